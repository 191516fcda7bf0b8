/*
 * figures: one value for each pupil of a loaded cohort, from a word or a formula, for the
 * reports that set two columns against each other.
 *
 * Everything lives in context->arena. What the gate keeps from the cohort it keeps from these
 * columns too.
 */
#ifndef ACTIONS_FIGURES_H
#define ACTIONS_FIGURES_H

#include "actions/cohort_load.h"
#include "reports/build_figures.h"

/*
 * The filters with a subject: the framework's first core subject where none was asked for.
 * *ret_chosen is then true and a note should say so. ERR_NOT_FOUND where there is none.
 */
MUST_USE enum err_code figures_subject(const struct context *context,
        const struct filters *filters, struct filters *ret_filters, bool *ret_chosen,
        struct err *err);

/* The note of a subject that was chosen for the reader. */
void figures_say_subject(const struct context *context, const struct loaded *loaded,
        struct report *report);

/* What a cohort must hold for any formula to be right. */
extern const struct cohort_options figures_everything;

/*
 * The grades of one subject at a point: prior, target, prediction, now, result (columns of the
 * cohort), the judgement of a review, or the latest judgement on a day. The pupils are the
 * cohort's. ERR_NOT_FOUND when the word is none of them; ERR_INVALID for a day to come;
 * ERR_FORBIDDEN for a review or day where small numbers are hidden: two days would tell.
 */
MUST_USE enum err_code figures_point(struct context *context, const struct filters *filters,
        const struct loaded *loaded, int subject, const char *word, struct point *ret_point,
        struct err *err);

/*
 * A formula's value of each pupil as a number: of a grade the points. `subject` (framework
 * index, -1 none) stands where the formula names none. Errors: those of formula_compile;
 * ERR_INVALID when it gives neither a number, points nor a grade.
 */
MUST_USE enum err_code figures_formula(struct context *context, const struct filters *filters,
        const struct loaded *loaded, int subject, const char *text, struct figures *ret_figures,
        struct err *err);

/*
 * The newest standard score (of a scale with a mean of 100; a test, result or assessment) of
 * each pupil in the subject on or before the cohort's day, thousandths; FORMULA_NO_NUMBER. The
 * newest of them all makes loaded->newest later.
 */
MUST_USE enum err_code figures_scores(struct context *context, const struct filters *filters,
        struct loaded *loaded, int subject, const int64_t **ret_scores, struct err *err);

#endif
