/*
 * roll_up: schools' figures added up over years: the sum behind the report `authority`.
 *
 * Pure. Counts may be added, pupil by pupil and school by school, in any order; a school is
 * looked at once and forgotten. Only the mean of the schools' percentages needs to know where
 * a school ends: roll_up_school_end.
 *
 * The schools that carry a tag on the day of a result (supported) are one body, the others
 * another. A school whose pupils' results lie on both sides of that day counts in both, each
 * with its own percentage.
 */
#ifndef ANALYSIS_ROLL_UP_H
#define ANALYSIS_ROLL_UP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "analysis/cohort.h"

/* Counts that may be added up: with a result, of them counted by the measure, reaching it. */
struct attained {
    int64_t roll, of, count;
};

void attained_add(struct attained *into, const struct attained *one);

/*
 * What one pupil adds. `cohort` is of one stage and year: its result column holds the
 * stage's results, its prior column those of the stage before; every pupil's stage is the
 * measure's.
 *   threshold  on the roll with a result in each of the subjects; all of them are counted: a
 *              result without a level (absent, below the test) does not reach the standard
 *   progress   on the roll likewise; counted who has a level before and after
 *   awards     everybody
 */
struct attained attained_of_pupil(const struct cohort *cohort, const struct measure *measure,
        size_t pupil);

/* The date of the pupil's result that the measure rests on: the latest of its subjects'
   (derived ones: of their parts'; awards: of all). `dates` has one a cell. No date without. */
struct date attained_day(const struct cohort *cohort, const struct measure *measure,
        size_t pupil, const struct date *dates);

/* One measure in one year: all schools, and the two bodies of them. */
struct roll_up {
    struct attained all;
    struct attained body[2]; /* without the tag, with it */
    int64_t school_n[2];     /* schools whose percentages make the mean */
    int64_t share_sum[2];    /* those percentages, millionths of a percent */
};

/* Add what one school has in one year, by the tag. */
void roll_up_school_end(struct roll_up *sum, const struct attained school[2]);

/* The percentage of a body as it is printed: one decimal place, half away from zero, in
   thousandths of a percent; -1 without a school. */
int64_t roll_up_mean(const struct roll_up *sum, bool tagged);

#endif
