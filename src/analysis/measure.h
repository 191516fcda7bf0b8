/*
 * measure: a framework's measure counted over a cohort, with its interval.
 *
 * Pure. A measure is data (framework.measures); here is only how its kinds are counted.
 *
 * What counts for a pupil depends on the basis and on the measure's stage:
 *   own key stage     target; prediction; attainment: the stage's result, else now
 *   pupil.year_stage  the year_ columns in the same way
 *   another single year of the own key stage: now, for the basis attainment
 * Where measure.trajectory is set and there is no target of a single year, the grade
 * nearest to the trajectory at the end of that year stands in.
 *
 * A measure of the kind formula asks everybody of its years, and counts those of whom the
 * formula says yes out of those of whom it says yes or no. It is answered for a cohort by
 * cohort_ask_formulas; before that it counts nobody.
 *
 * Progress is counted from the prior column; a measure that names the stage it is counted from
 * takes it from whichever column holds that stage's results (cohort_pupil).
 *
 * A measure that counts everybody (measure.everybody) takes a pupil whom it asks about
 * and who has no value as not met.
 */
#ifndef ANALYSIS_MEASURE_H
#define ANALYSIS_MEASURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "analysis/cohort.h"

enum basis {
    BASIS_ATTAINMENT,
    BASIS_TARGET,
    BASIS_PREDICTION
};

MUST_USE bool basis_parse(const char *word, enum basis *ret_basis);
const char *basis_name(enum basis basis);

/* Whether any measure of the framework is a formula. */
bool framework_has_formulas(const struct framework *fw);

/* Run every formula among the measures over the cohort, for each basis. One that does not fit
   the framework any more counts nobody. ERR_MEMORY. */
MUST_USE enum err_code cohort_ask_formulas(struct cohort *cohort, struct arena *arena,
        struct err *err);

/* 1 met, 0 not met, -1 not counted (no value, or another year group). */
enum {
    MEASURE_NOT_COUNTED = -1,
    MEASURE_NOT_MET = 0,
    MEASURE_MET = 1
};
int measure_of_pupil(const struct cohort *cohort, const struct measure *measure, size_t pupil,
        enum basis basis);

/*
 * Whether the measure asks about this pupil at all: the year group is one of the
 * measure's, and its stage is the pupil's own, a year of it, or pupil.year_stage.
 */
bool measure_asks(const struct cohort *cohort, const struct measure *measure, size_t pupil);

/* The value that counts in one cell of the pupil's (see the head of this file). */
struct value measure_value(const struct cohort *cohort, const struct measure *measure,
        size_t pupil, size_t cell, enum basis basis);

struct proportion {
    int64_t count, of;
    int64_t left_out; /* asked, but not counted: no value */
    int64_t empty;    /* counted, though without a value: the measure counts everybody */
    double percent, low, high; /* of 100; low and high: Wilson, 95 %; NaN when of is 0 */
};

/*
 * Whether the pupil has the values that the measure needs on this basis: one in each of
 * its subjects (and a prior result in each, for progress); for awards, any at all.
 */
bool measure_has_value(const struct cohort *cohort, const struct measure *measure, size_t pupil,
        enum basis basis);

/* The figures for `count` of `of`; nobody is empty. */
struct proportion proportion_make(int64_t count, int64_t of, int64_t left_out);

/* Counts that may be added up, pupil by pupil and school by school. */
struct tally {
    int64_t count, of, left_out, empty;
};

/* Count one pupil in; one whom the measure does not ask about changes nothing. */
void tally_add(struct tally *tally, const struct cohort *cohort, const struct measure *measure,
        size_t pupil, enum basis basis);
struct proportion proportion_of_tally(const struct tally *tally);

/* Over the pupils for whom include[p] is true (NULL: all). of may be 0: percent is then NaN. */
struct proportion measure_count(const struct cohort *cohort, const struct measure *measure,
        enum basis basis, const bool *include);

/*
 * The percentage as it is printed: to one decimal place, half away from zero, in
 * thousandths of a percent (1 of 16 is 6300). Exact: no double takes part. -1 when
 * of is 0.
 */
int64_t proportion_printed(int64_t count, int64_t of);

/* A percentage that is a double (low, high) to one decimal place in thousandths; -1 for NaN. */
int64_t percent_printed(double percent);

/* Wilson's interval for x of n at 95 % (domain-numbers 8.2), in percent; exactly 0 for
   x = 0 below and exactly 100 for x = n above. n > 0. */
void proportion_interval(int64_t x, int64_t n, double *ret_low, double *ret_high);

/*
 * The difference of two shares, the first less the second, in percentage points, with the
 * 95 % interval that Newcombe (1998) makes of Wilson's two (domain-numbers 8.2).
 */
struct proportion_gap {
    double low, high;
    int64_t printed; /* to one decimal, half away from zero, in thousandths; exact */
    int64_t pupils;  /* how many more of the group with the smaller share would have to be
                        counted to close it, in whole pupils: 28 pupils and 15 points are 4 */
};

/* Neither `of` may be 0. */
struct proportion_gap proportion_gap_make(const struct proportion *first,
        const struct proportion *second);

#endif
