/*
 * compare_in: the groups behind the report compare, with what each holds.
 */
#ifndef REPORTS_COMPARE_IN_H
#define REPORTS_COMPARE_IN_H

#include "analysis/spread.h"
#include "reports/build_figures.h"

enum {
    STANDING_BELOW,
    STANDING_ON,
    STANDING_ABOVE,
    STANDING__MAX
};

/* The pupils of one group who have a value of one kind of points. */
struct compare_group {
    size_t subject;     /* column of the cohort */
    const char *value;  /* of the cut, or the subject's code */
    const char *label;  /* in words */
    const char *metric; /* whose points they are; NULL: plain numbers */
    const char *scale;  /* a scale of that metric, in words; NULL */
    int64_t *values;    /* ascending */
    struct spread spread;
    int64_t prior_n, prior_mean;
    int64_t standing[STANDING__MAX], flagged;
    int64_t without; /* pupils of the group without a value */
    bool hidden;     /* too few for this reader */
};

struct compare_groups {
    struct compare_group *items;
    size_t n;
};

/* The value of one pupil in one subject; FORMULA_NO_NUMBER. *ret_like is the grade whose points
   it is reckoned in (no value: plain numbers). */
int64_t compare_value(const struct cohort *cohort, const struct frame *frame,
        const struct compare_question *question, size_t p, size_t s, struct value *ret_like);

/* ERR_MEMORY. With question->suppress groups of 1 to SUPPRESS_MOST pupils are hidden, and the
   smallest of a kind beside one that is hidden alone. */
MUST_USE enum err_code compare_groups(struct arena *arena, const struct frame *frame,
        const struct cohort *cohort, const struct compare_question *question,
        struct compare_groups *ret_groups, struct err *err);

/* Whether the pupil is in the group with this value. */
MUST_USE enum err_code compare_members(struct arena *arena, const struct cohort *cohort,
        const struct compare_question *question, const char *value, bool **ret_in,
        struct err *err);

#endif
