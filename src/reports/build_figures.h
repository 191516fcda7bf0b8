/*
 * build_figures: the reports that set groups, columns or moments against each other:
 * compare, scatter, matrix, profile.
 *
 * As reports/build.h: each takes a loaded cohort and what is to be said around it. `suppress`
 * says that the reader may see no single pupil: no row of one, no value of one (lowest,
 * highest, dots), and small numbers hidden as reports/suppress.h says.
 */
#ifndef REPORTS_BUILD_FIGURES_H
#define REPORTS_BUILD_FIGURES_H

#include "analysis/formula.h"
#include "reports/build.h"

/* One number a pupil, thousandths; FORMULA_NO_NUMBER where there is none. */
struct figures {
    const char *label;          /* heads the column: "Prior attainment", or the formula */
    bool points;                /* points of a scale, not any number */
    const int64_t *numbers;     /* one a pupil */
    const struct value *grades; /* what the numbers are the points of; NULL: not grades */
};

/* The grade of one subject at one moment, one a pupil. */
struct point {
    const char *label; /* "Prior attainment", "Review Autumn 2009", "27 March 2026" */
    bool prior;        /* the result of the stage before: progress can be reckoned from it */
    bool final;        /* target, prediction or result: the end of the pupil's own stage */
    const struct value *values;
};

/* A label within a sentence: "prior attainment" of "Prior attainment"; a formula stays. */
const char *figure_words(struct report *report, const char *label);

/* D4.1: each pupil by two figures. */
struct report *build_scatter(struct arena *arena, const struct frame *frame,
        const struct cohort *cohort, const struct figures *x, const struct figures *y);

/* A published percentage to stand beside the school's. */
struct outside {
    const char *measure; /* "ks2-2lp-mat" */
    int year;
    int64_t percent; /* thousandths */
};

/* D4.1: from which grade to which. `outside` are the national figures on file; `only` is the
   grade at `from` whose pupils are listed, or NULL. */
struct matrix_question {
    struct point from, to;
    const struct outside *outside;
    size_t outside_n;
    const char *only;
    bool suppress;
};
struct report *build_matrix(struct arena *arena, const struct frame *frame,
        const struct cohort *cohort, const struct matrix_question *question);

/* S.6: two standard scores a pupil and the learning style that they suggest. */
struct profile_question {
    const struct subject *x, *y; /* the batteries: verbal, and what it is set against */
    const int64_t *x_scores;     /* thousandths, one a pupil; FORMULA_NO_NUMBER */
    const int64_t *y_scores;
    bool published; /* the bands were published for just these two batteries */
    bool suppress;
};
struct report *build_profile(struct arena *arena, const struct frame *frame,
        const struct cohort *cohort, const struct profile_question *question);

/* What compare measures. */
enum compare_column {
    COMPARE_POINTS,
    COMPARE_GAP,
    COMPARE_PROGRESS,
    COMPARE_PRIOR,
    COMPARE_FORMULA
};

/* D2.1: groups side by side. */
struct compare_question {
    enum compare_column column;
    const struct figures *formulas; /* COMPARE_FORMULA: one a subject of the cohort */
    enum cut cut;                   /* CUT_NONE: by subject */
    const char *only;               /* the group whose pupils are listed, or NULL */
    bool suppress;
};
struct report *build_compare(struct arena *arena, const struct frame *frame,
        const struct cohort *cohort, const struct compare_question *question);

#endif
