/*
 * formula_names_in: the functions of the formula language and their checkers, for
 * src/analysis/formula*.c only. A checker gives its node a type and the function that
 * reckons it; the detail beside its name says which of several it is.
 */
#ifndef ANALYSIS_FORMULA_NAMES_IN_H
#define ANALYSIS_FORMULA_NAMES_IN_H

#include "analysis/formula_in.h"

enum total {
    TOTAL_SUM,
    TOTAL_AVERAGE,
    TOTAL_MEDIAN,
    TOTAL_BEST,
    TOTAL_MIN,
    TOTAL_MAX
};

enum pupil_value {
    VALUE_LATEST,
    VALUE_TARGET,
    VALUE_PREDICTION,
    VALUE_RESULT,
    VALUE_PRIOR,
    VALUE_PROGRESS_TARGET,
    VALUE_BY_BASIS
};

enum pupil_word {
    WORD_SEN,
    WORD_GENDER,
    WORD_ETHNICITY,
    WORD_LANGUAGE,
    WORD_REGISTRATION,
    WORD_HOUSE,
    WORD_SURNAME,
    WORD_FORENAME,
    WORD_UPN,
    WORD_FSM,
    WORD_PUPIL_PREMIUM,
    WORD_LOOKED_AFTER,
    WORD_GIFTED,
    WORD__MAX
};

enum person_fact {
    PERSON_YEAR,
    PERSON_AGE,
    PERSON_BORN,
    PERSON_ENTRY,
    PERSON_TODAY
};

/* formula_call.c: checkers of the general functions. */
enum err_code call_if(struct checker *c, struct node *node);
enum err_code call_ifs(struct checker *c, struct node *node);
enum err_code call_lookup(struct checker *c, struct node *node);
enum err_code call_band(struct checker *c, struct node *node);
enum err_code call_logic(struct checker *c, struct node *node);
enum err_code call_not(struct checker *c, struct node *node);
enum err_code call_total(struct checker *c, struct node *node);
enum err_code call_extreme(struct checker *c, struct node *node);
enum err_code call_count(struct checker *c, struct node *node);
enum err_code call_best(struct checker *c, struct node *node);
enum err_code call_round(struct checker *c, struct node *node);
enum err_code call_is_missing(struct checker *c, struct node *node);
enum err_code call_if_missing(struct checker *c, struct node *node);
enum err_code call_date(struct checker *c, struct node *node);

/* formula_grade.c */
enum err_code call_points(struct checker *c, struct node *node);
enum err_code call_level(struct checker *c, struct node *node);
enum err_code call_steps(struct checker *c, struct node *node);
enum err_code call_grade(struct checker *c, struct node *node);

/* formula_pupil.c */
enum err_code call_value(struct checker *c, struct node *node);
enum err_code call_prior(struct checker *c, struct node *node);
enum err_code call_at(struct checker *c, struct node *node);
enum err_code call_gap(struct checker *c, struct node *node);
enum err_code call_flag(struct checker *c, struct node *node);
enum err_code call_column(struct checker *c, struct node *node);
enum err_code call_attendance(struct checker *c, struct node *node);

/* formula_person.c */
enum err_code call_word(struct checker *c, struct node *node);
enum err_code call_whether(struct checker *c, struct node *node);
enum err_code call_cut(struct checker *c, struct node *node);
enum err_code call_in(struct checker *c, struct node *node);
enum err_code call_person_number(struct checker *c, struct node *node);
enum err_code call_person_date(struct checker *c, struct node *node);

#endif
