/*
 * formula_input: what a formula reads of a pupil, one by one, so that each can be tried.
 *
 * Pure. Two places of the formula that read the same are one input.
 */
#ifndef ANALYSIS_FORMULA_INPUT_H
#define ANALYSIS_FORMULA_INPUT_H

#include "analysis/formula.h"

enum formula_reads {
    READS_LATEST, /* the first five: a grade of a subject, a column of the cohort */
    READS_PRIOR,
    READS_TARGET,
    READS_PREDICTION,
    READS_RESULT,
    READS_NEED,   /* what the source fills */
    READS_WORD,   /* a text of the pupil */
    READS_ANSWER, /* a yes or no of the pupil */
    READS_YEAR,
    READS_BORN,
    READS_ENTRY,
    READS_LANGUAGE, /* for EAL */
    READS_GROUP,    /* whether in one group */
    READS_BAND,     /* prior attainment in all subjects */
    READS__MAX
};

struct formula_input {
    enum formula_reads reads;
    const char *name;         /* `LATEST("MAT")`, `COLUMN("Effort")`, `SEN` */
    enum formula_type type;   /* of a need; else what is read */
    int subject;              /* framework index, -1 none */
    int word;                 /* of a word or answer: where in struct cohort_pupil */
    struct formula_need need; /* of a need */
    const char *group;
    const int16_t *scales; /* of a grade */
    int scale_n;
};
struct formula_input_list {
    struct formula_input *items;
    size_t n;
};

/* Add what the formula reads to the list. GAP, FLAG, STEPS() and PROGRESS_TARGET read the
   latest judgement, the target and the prior result. ERR_MEMORY. */
MUST_USE enum err_code formula_inputs(const struct formula *formula, struct arena *arena,
        struct formula_input_list *list, struct err *err);

/* What is written out in a formula: thresholds to try around. */
struct formula_literals {
    int64_t *numbers;
    size_t number_n;
    const char **texts;
    size_t text_n;
    struct date *dates;
    size_t date_n;
};
MUST_USE enum err_code formula_literals(const struct formula *formula, struct arena *arena,
        struct formula_literals *list, struct err *err);

/* Where a word of a pupil stands: a text of struct cohort_pupil. */
const char **formula_word_place(struct cohort_pupil *pupil, int word);

#endif
