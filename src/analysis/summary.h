/*
 * summary: measures counted over a cohort, whole or by a cut (D3.1, D2.3).
 *
 * Pure. One row a measure and value of the cut, in the order of the measures given and
 * then of the cut's values; with CUT_NONE one row a measure. A value none of whose pupils
 * the measure asks about gives no row; one whose pupils have no value gives a row with
 * of = 0. Groups may overlap, so rows of a cut need not add up to the whole.
 */
#ifndef ANALYSIS_SUMMARY_H
#define ANALYSIS_SUMMARY_H

#include <stddef.h>
#include <stdint.h>

#include "analysis/cohort.h"
#include "analysis/cut.h"
#include "analysis/measure.h"

struct summary_row {
    const struct measure *measure;
    const char *group; /* "gender"; NULL with CUT_NONE */
    const char *value; /* "F"; NULL with CUT_NONE */
    struct proportion proportion;
};

/* One group's share against another's, or against everybody else's. */
struct summary_gap {
    const struct measure *measure;
    const char *group, *value;
    const char *against; /* a value; NULL: the rest */
    struct proportion one, other;
    struct proportion_gap gap;
};

struct summary {
    struct summary_row *rows;
    size_t row_n;
    struct summary_gap *gaps;
    size_t gap_n;
};

/*
 * `measures` are indexes into fw->measures; NULL: all of the framework (measure_n is then
 * passed over). Rows live in `arena`. A measure that asks about nobody gives no row.
 * Errors: ERR_MEMORY.
 */
MUST_USE enum err_code summary_make(struct arena *arena, const struct cohort *cohort,
        const int16_t *measures, size_t measure_n, enum basis basis, enum cut cut,
        struct summary *ret_summary, struct err *err);

/*
 * The same by a cut that was made before (cut_make, cut_make_crossed), with the gaps of each
 * measure. Where the cut has two values on record and no pupil can have both, the gap is
 * between those: the first against the second, but "Y" against "N" and "mobile" against
 * "settled"; else each value stands against the rest: all others whom the measure counts, but
 * those whose value is not on record. A side with nobody gives no gap.
 */
MUST_USE enum err_code summary_of_index(struct arena *arena, const struct cohort *cohort,
        const int16_t *measures, size_t measure_n, enum basis basis,
        const struct cut_index *index, struct summary *ret_summary, struct err *err);

enum {
    SUMMARY_YEARS_SIZE = 64
};

/* The years a measure counts as the report prints them: "5,6"; returns buffer. */
const char *measure_years(const struct measure *measure, char buffer[SUMMARY_YEARS_SIZE]);

#endif
