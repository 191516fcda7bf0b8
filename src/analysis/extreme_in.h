/*
 * extreme_in: what the parts of trying a formula share.
 */
#ifndef ANALYSIS_EXTREME_IN_H
#define ANALYSIS_EXTREME_IN_H

#include "analysis/extreme.h"
#include "analysis/formula_input.h"

enum {
    TRIAL_VALUES = 90, /* of one input */
    TRIAL_INPUTS = 24
};

/* One value of an input. */
struct trial_value {
    bool missing;
    struct value grade;
    int64_t number;
    uint8_t answer;
    const char *text;
    struct date date;
};

struct trial_input {
    struct formula_input in;
    struct trial_value *values; /* lowest first */
    size_t value_n, usual;
    bool has_absent, has_other;
    struct trial_value absent, other;
};

/* A made-up pupil. */
struct trial_row {
    enum extreme kind;             /* of one of an input's values: EXTREME_USUAL */
    int input, value;              /* -1 */
    const struct trial_value **of; /* one an input */
};

struct trial {
    struct arena *arena;
    const struct extreme_ask *ask;
    struct formula_source source;
    const struct formula *formula;
    const struct formula **rules;
    struct trial_input *inputs;
    size_t input_n;
    struct formula_literals literals;
    struct trial_row *rows;
    size_t row_n;
    struct cohort cohort;
    struct cohort_pupil *pupils;
    struct formula_column result;
    int *colour; /* of each row, -1 none */
    const char **texts;
    struct err *err;
};

/* extreme_value.c: the values of one input. */
MUST_USE enum err_code trial_values(struct trial *trial, struct trial_input *input);
/* The value as a person reads it. */
MUST_USE enum err_code trial_text(struct trial *trial, const struct trial_input *input,
        const struct trial_value *value, const char **ret_text);
/* What came out of row `i`. */
MUST_USE enum err_code trial_result_text(struct trial *trial, size_t i, const char **ret_text);
/* Put the values of row `i` into the cohort. */
void trial_set(struct trial *trial, size_t i);

/* extreme_case.c: choose the rows to show and say what is odd. */
MUST_USE enum err_code trial_cases(struct trial *trial, struct extreme_sheet *sheet);

#endif
