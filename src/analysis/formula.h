/*
 * formula: the one small language of filters, calculated columns, own measures and
 * conditions, compiled once and run over the columns of a cohort.
 *
 * Pure: no store, clock or file. docs/manual/formulas.md is the language's manual; its
 * examples are run as tests. A compiled formula never changes and may be shared between
 * threads, as far as the callbacks of its source allow that.
 *
 * Types: yes/no, number, points (of a metric), grade (of a scale), date, text. A value of
 * any type may be missing; missing is neither yes nor no and not 0:
 *   AND, OR, NOT       three-valued: missing AND no is no, missing OR yes is yes, else
 *                      missing
 *   = <> < <= > >=     missing when either side is, or when the two are not on one metric
 *   + - * / & ROUND POINTS LEVEL STEPS GRADE     missing when any part is
 *   IF IFS LOOKUP BAND       missing when the condition that would decide is missing, or
 *                      when nothing holds and there is no last value
 *   SUM AVERAGE MIN MAX MEDIAN BEST     leave out what is missing; missing when all is
 *   COUNT              how many are there (of yes/no: are yes); never missing
 *   ISMISSING IFMISSING      ask for it, replace it
 * A status (absent) is missing, and so is the text "". So is a division by 0, a number beyond a
 * thousand million either way, and a text of more than 500 bytes.
 *
 * Grades compare by points where their metric has points, else by step, else by their place
 * in the scale. A grade that stands
 * for a whole level ("4" where there are 4c, 4b, 4a) compares by whole levels when it is
 * written in the formula: LATEST("MAT") >= "4" holds for 4c. As recorded value it stands at
 * its own points.
 *
 * Bounds: FORMULA_BYTES, FORMULA_DEPTH, FORMULA_NODES; arguments of one function
 * FORMULA_ARGS. A run takes memory for the result, at most 8 MB besides (32 MB more
 * while texts are joined), and time in proportion to pupils x nodes.
 */
#ifndef ANALYSIS_FORMULA_H
#define ANALYSIS_FORMULA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "analysis/cohort.h"
#include "analysis/measure.h"
#include "base/arena.h"
#include "base/err.h"
#include "scales/framework.h"

enum {
    FORMULA_BYTES = 4096,
    FORMULA_DEPTH = 64,
    FORMULA_NODES = 512,
    FORMULA_ARGS = 64,
    FORMULA_TEXT_BYTES = 500 /* bytes of a text that & makes */
};

enum formula_type {
    FORMULA_NOTHING, /* never the type of a whole formula */
    FORMULA_YES_NO,
    FORMULA_NUMBER,
    FORMULA_POINTS,
    FORMULA_GRADE,
    FORMULA_DATE,
    FORMULA_TEXT,
    FORMULA_TYPE__MAX,
};

const char *formula_type_words(enum formula_type type); /* "a grade", "yes or no" */

/* The order makes AND the lesser of two, OR the greater. */
enum answer {
    ANSWER_NO,
    ANSWER_MISSING,
    ANSWER_YES
};

#define FORMULA_NO_NUMBER INT64_MIN

/* One value a pupil; only the array of the type is set. */
struct formula_column {
    enum formula_type type;
    size_t n;
    const uint8_t *answers;     /* yes/no: enum answer */
    const int64_t *numbers;     /* number, points: thousandths, or FORMULA_NO_NUMBER */
    const struct value *grades; /* no value, or one without points or step: missing */
    const struct date *dates;   /* no date: missing */
    const char *const *texts;   /* NULL: missing; else not "" */
};

/* What a formula may ask for that a cohort does not hold. */
enum formula_need_kind {
    FORMULA_NEED_RESULT,     /* PRIOR(stage, subject): a grade */
    FORMULA_NEED_AT,         /* AT(subject, name): a grade at the review `name` */
    FORMULA_NEED_ATTENDANCE, /* ATTENDANCE: a number, percent */
    FORMULA_NEED_COLUMN,     /* COLUMN(name): of a marksheet; the offer says the type */
};
struct formula_need {
    enum formula_need_kind kind;
    int stage;        /* framework index; -1 none */
    int subject;      /* framework index; -1 none */
    const char *name; /* NULL none; lives with the formula */
};
struct formula_offer {
    enum formula_type type; /* preset; of a column to be set: not points, not nothing */
    int scale;              /* of a column of grades: framework index */
};

/* A look-up table of the place where the formula stands: keys and what stands for them. */
struct formula_table {
    const char *const *keys, *const *values;
    size_t n;              /* at most FORMULA_TABLE_ROWS */
    const char *otherwise; /* NULL: missing */
};
enum {
    FORMULA_TABLE_ROWS = 60
};

/*
 * Where a formula is used and what there is besides the cohort. All parts may be left
 * NULL or 0. It is copied; what it points to outlives the formula.
 */
struct formula_source {
    const char *subject;   /* code of the subject of TARGET without a subject; NULL: none */
    const int16_t *stages; /* whole key stages the pupils are in; NULL: any */
    size_t stage_n;
    const char *const *groups; /* the groups there are; NULL: not known, any name is taken */
    size_t group_n;
    void *context;
    /* Whether the column can be had; asked while compiling. */
    bool (*offers)(void *context, const struct formula_need *need,
            struct formula_offer *ret_offer);
    /* The column, one value for each pupil of the cohort, in its order; asked once a run. */
    enum err_code (*fill)(void *context, const struct formula_need *need,
            const struct cohort *cohort, struct arena *arena, struct formula_column *ret_column,
            struct err *err);
    /* The table that LOOKUP(value, "name") names; asked while compiling, borrowed. NULL: there
       are no tables. */
    bool (*table)(void *context, const char *name, struct formula_table *ret_table);
};

/* Fill the source's stages: the whole key stages that anybody in the cohort is in. */
MUST_USE enum err_code formula_stages(const struct cohort *cohort, struct arena *arena,
        struct formula_source *source, struct err *err);

struct formula;

/*
 * Compile `text`. The formula lives in `arena`, does not borrow `text`, and runs over
 * cohorts of this framework. `source` may be NULL.
 *
 * A text compared or joined with a grade becomes a grade of that value's scale: the scales
 * that the framework's rules name for the subject at the stages of the source. One that none
 * of them has is refused, as are two values that never share a metric.
 *
 * Errors: ERR_INVALID, the message begins "character 6: " ("line 2, character 6: " behind a
 * first line), says what stands there and what was expected; the hint what was probably
 * meant. err.file is "formula", err.row the line, err.column the character. ERR_MEMORY.
 */
MUST_USE enum err_code formula_compile(struct arena *arena, const struct framework *fw,
        const char *text, const struct formula_source *source,
        const struct formula **ret_formula, struct err *err);

enum formula_type formula_type_of(const struct formula *formula);

/* ERR_INVALID unless the formula is of this type: "the formula gives a grade, not yes or
   no" and how to make it so. Numbers and points are as good as each other. */
MUST_USE enum err_code formula_require(const struct formula *formula, enum formula_type type,
        struct err *err);

/*
 * What must be in the cohort for the formula to be right; a value of a subject that is no
 * column of it is missing for everybody.
 */
struct formula_uses {
    const int16_t *subjects; /* framework indexes, each once */
    size_t subject_n;
    bool results, predictions, targets, latest, prior; /* columns of the cohort */
    bool characteristics, groups;
    const char *const *group_names; /* that IN names, each once */
    size_t group_name_n;
    bool basis; /* VALUE is asked for: what counts depends on the basis */
    const struct formula_need *needs;
    size_t need_n;
};
const struct formula_uses *formula_uses(const struct formula *formula);

/*
 * The formula's value of every pupil. VALUE is the target, the prediction, or the result and
 * where there is none the latest judgement, as `basis` says. Texts may be the cohort's or
 * the formula's own. Errors: ERR_MEMORY, those of source.fill.
 */
MUST_USE enum err_code formula_run(const struct formula *formula, const struct cohort *cohort,
        enum basis basis, struct arena *arena, struct formula_column *ret_column,
        struct err *err);

/* Every function and value of the language, for help pages, in the manual's order. */
struct formula_function {
    const char *name;    /* "BEST" */
    const char *usage;   /* "BEST(n, value, ...)" */
    const char *meaning; /* a sentence */
};
size_t formula_function_n(void);
struct formula_function formula_function_at(size_t i);

#endif
