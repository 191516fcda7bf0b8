/*
 * extreme: the cases on which a formula of a column is tried before anybody may use it.
 *
 * For every input that the formula reads: the lowest and the highest value, the two neighbours
 * between which the answer changes, missing, absent (a grade that is recorded and gives no
 * value) and a grade of another scale, each while everything else is usual; then everything
 * lowest, highest and missing at once. Each case says what came out, which colour it has, and
 * what is odd about it, so that a person can look at it and say that this is what was meant.
 *
 * Pure: the cases are made up, nobody's data is read.
 */
#ifndef ANALYSIS_EXTREME_H
#define ANALYSIS_EXTREME_H

#include "analysis/formula.h"

/* A column that the formula may read by COLUMN("name"). */
struct extreme_column {
    const char *name;
    enum formula_type type;
    int scale;               /* of grades: framework index; else -1 */
    bool has_range;          /* of numbers */
    int64_t lowest, highest; /* thousandths */
};

/* A colour: where the formula says yes. The first that holds counts. */
struct extreme_rule {
    const char *word, *formula;
};

struct extreme_ask {
    const struct framework *fw;
    const struct reckoning *reckoning;
    struct date day;
    int stage;          /* the key stage that the made-up pupils are in; -1: any */
    int stage_years;    /* how many years it has in this school */
    const char *column; /* the column's own name, for its colours */
    bool entered; /* the formula is the entered value itself: only its colours are tried */
    const char *formula;
    const struct formula_source *source; /* subject, groups and tables */
    const struct extreme_column *columns;
    size_t column_n;
    const struct extreme_rule *rules;
    size_t rule_n;
    enum formula_type type;  /* that must come out; FORMULA_NOTHING: any */
    int scale;               /* that a grade must be of; -1: any */
    bool has_range;          /* a number outside is odd */
    int64_t lowest, highest; /* thousandths */
};

enum extreme {
    EXTREME_USUAL,
    EXTREME_LOWEST,
    EXTREME_BEFORE, /* the last value before the answer changes */
    EXTREME_AFTER,  /* the first behind it */
    EXTREME_HIGHEST,
    EXTREME_MISSING,
    EXTREME_ABSENT,
    EXTREME_OTHER_SCALE,
    EXTREME_ALL_LOWEST,
    EXTREME_ALL_HIGHEST,
    EXTREME_ALL_MISSING,
    EXTREME__MAX
};
const char *extreme_words(enum extreme extreme); /* "lowest", "just before a change" */

struct extreme_case {
    enum extreme kind;
    int input;           /* the one that is not usual; -1: none or all */
    const char **values; /* one an input, as text; "" missing */
    const char *result;  /* as text; "" missing */
    const char *colour;  /* the word of the rule that holds; "" none */
    const char *remark;  /* what is odd, a sentence; "" nothing */
};

struct extreme_sheet {
    const char **inputs; /* names: `LATEST("MAT")` */
    size_t input_n;
    struct extreme_case *cases;
    size_t case_n;
    size_t odd_n;       /* cases with a remark */
    const char **notes; /* sentences: an input that never changes the answer */
    size_t note_n;
    enum formula_type type; /* of what comes out */
    int scale;              /* of a grade, where all that came out were of one; else -1 */
};

/*
 * Compile the formula and its colours and try them. Everything lives in `arena`. Errors: those
 * of formula_compile and formula_require; a colour's message begins with its word; ERR_MEMORY.
 */
MUST_USE enum err_code extreme_try(struct arena *arena, const struct extreme_ask *ask,
        struct extreme_sheet *ret_sheet, struct err *err);

#endif
