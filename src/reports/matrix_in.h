/*
 * matrix_in: the counts behind the report matrix, and what is hidden of them.
 */
#ifndef REPORTS_MATRIX_IN_H
#define REPORTS_MATRIX_IN_H

#include "reports/build_figures.h"

/* One row or column: a grade, or a whole level. */
struct matrix_mark {
    const char *label;
    int metric;      /* framework index: grades of several kinds do not mix */
    int64_t rank;    /* within the metric, ascending */
    int level;       /* whole level it counts as; LEVEL_NONE */
    int prior_level; /* the same where progress is reckoned from it */
};

struct matrix_axis {
    struct matrix_mark *marks; /* ascending */
    size_t n;
};

struct matrix_grid {
    struct matrix_axis from, to;
    int64_t *counts;             /* from.n x to.n */
    int64_t *of;                 /* one a row */
    bool *hidden;                /* from.n x to.n */
    bool *hidden_of;             /* one a row: the whole row is hidden */
    int64_t counted, left_out;   /* pupils with both grades; without one of them */
    int stage;                   /* key stage of those counted; -1: in none */
    const struct measure *asked; /* the progress that the framework expects; NULL: none */
};

/* Which row and column the pupil stands in; false without both grades. */
bool matrix_place(const struct cohort *cohort, const struct matrix_question *question, size_t p,
        struct matrix_mark *ret_from, struct matrix_mark *ret_to);

/* The pupils of one key stage (-1: those in none). ERR_MEMORY. */
MUST_USE enum err_code matrix_count(struct arena *arena, const struct frame *frame,
        const struct cohort *cohort, const struct matrix_question *question, int stage,
        struct matrix_grid *ret_grid, struct err *err);

/*
 * Hide counts of 1 to SUPPRESS_MOST; where one alone of a row is hidden the smallest beside it
 * too, and where one row alone is, the smallest row beside it: else a total gives them away.
 */
void matrix_hide(struct matrix_grid *grid);

/* Below, on or above the progress expected; FLAG_NONE where none is. */
enum flag matrix_flag(const struct matrix_grid *grid, const struct matrix_mark *from,
        const struct matrix_mark *to);

#endif
