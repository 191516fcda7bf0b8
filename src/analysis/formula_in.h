/*
 * formula_in: the parts of the formula language, for src/analysis/formula*.c only.
 *
 * The way of a formula: formula_token.c cuts the text into words, formula_parse.c makes a
 * tree of nodes of them, formula_check.c with formula_call.c, formula_pupil.c and
 * formula_grade.c gives each node a type and the function that reckons it, formula.c puts
 * the nodes in order, gives them registers and runs them block by block. A register holds
 * one value a pupil of the block; missing values are in the band: ANSWER_MISSING,
 * FORMULA_NO_NUMBER, a grade without a key, no date, NULL.
 */
#ifndef ANALYSIS_FORMULA_IN_H
#define ANALYSIS_FORMULA_IN_H

#include "analysis/cut.h"
#include "analysis/formula.h"

enum {
    FORMULA_BLOCK = 512,
    METRIC_MIXED = -2, /* points added up over several metrics */
    METRIC_PLAIN = -1, /* a number */
    KEY_NONE = INT32_MIN
};

#define FORMULA_NUMBER_MAX ((int64_t)1000000000000) /* thousandths */

enum token_kind {
    TOKEN_END,
    TOKEN_NUMBER,
    TOKEN_TEXT,
    TOKEN_NAME,
    TOKEN_OPEN,
    TOKEN_CLOSE,
    TOKEN_COMMA,
    TOKEN_EQ, /* from here to TOKEN_GE: comparisons */
    TOKEN_NE,
    TOKEN_LT,
    TOKEN_LE,
    TOKEN_GT,
    TOKEN_GE,
    TOKEN_ADD,
    TOKEN_SUB,
    TOKEN_MUL,
    TOKEN_DIV,
    TOKEN_JOIN,
    TOKEN_AND,
    TOKEN_OR,
    TOKEN_NOT,
};

struct token {
    enum token_kind kind;
    size_t at, n;     /* bytes of the formula */
    const char *text; /* a text without its quotes, a name in capitals */
    int64_t number;   /* thousandths */
};

enum node_kind {
    NODE_NUMBER,
    NODE_TEXT,
    NODE_ANSWER,
    NODE_MISSING,
    NODE_GRADE, /* a literal that became one */
    NODE_DATE,  /* the same */
    NODE_OPERATOR,
    NODE_CALL
};

struct run;
struct node;
struct checker;

struct function {
    struct formula_function about;
    int least, most; /* arguments */
    enum err_code (*check)(struct checker *c, struct node *node);
    int detail; /* what the checker wants to know besides */
};

struct node {
    enum node_kind kind;
    enum token_kind op; /* of an operator */
    const struct function *function;
    size_t at, n; /* where it stands */
    struct node **args;
    int arg_n;
    int64_t number;
    const char *text;
    struct value grade;
    struct date date;
    uint8_t answer;

    /* given by the checker */
    bool checked;
    enum formula_type type;
    const int16_t *scales; /* of a grade or points: those it may be on */
    int scale_n;
    const char *const *words; /* of a text: all that it can be; NULL: anything */
    size_t word_n;
    void (*run)(struct run *run, const struct node *node);
    const void *extra; /* for run, as these two */
    int detail, other;

    int reg, uses;
    bool placed;
};

struct formula {
    const struct framework *fw;
    struct formula_source source;
    struct node *root;
    struct node **steps; /* in the order of reckoning; literals apart */
    int step_n;
    struct node **literals;
    int literal_n;
    int reg_n;
    bool makes_text;
    bool cuts[CUT__MAX];
    struct formula_uses uses;
    int32_t *key_of_grade; /* KEY_NONE: a status, or no order */
    int16_t *metric_of_scale;
};

struct checker {
    struct arena *arena;
    const struct framework *fw;
    const struct formula_source *source;
    struct formula *formula;
    const char *text;
    int node_n;
    int depth;
    size_t read; /* the next byte to read */
    struct token token;
    int16_t *stages;
    size_t stage_n;
    struct err *err;
};

/* formula_error.c */
enum err_code formula_fail(struct checker *c, size_t at, const char *fmt, ...) PRINTF(3, 4);
/* What stands there, cut to `size`; returns buffer. */
enum {
    QUOTE_SIZE = 64
};
const char *formula_quote(const struct checker *c, const struct node *node,
        char buffer[QUOTE_SIZE]);
/* The nearest of the words, or NULL. */
const char *formula_nearest(const char *word, const char *const *words, size_t n);

/* formula_token.c: read the next word into c->token. */
MUST_USE enum err_code formula_next(struct checker *c);

/* formula_parse.c */
MUST_USE enum err_code formula_parse(struct checker *c, struct node **ret_root);
struct node *formula_node(struct checker *c, enum node_kind kind, size_t at, size_t n);
bool formula_node_add(struct checker *c, struct node *node, struct node *arg);

/* formula_names.c */
const struct function *formula_function_find(const char *name);
const char *formula_function_near(const char *name);

/* formula_check.c */
MUST_USE enum err_code formula_check(struct checker *c, struct node *node);
MUST_USE enum err_code check_args(struct checker *c, struct node *node);
/* One type for all the items, which becomes the node's: texts become grades or dates. */
MUST_USE enum err_code check_alike(struct checker *c, struct node *node, struct node **items,
        int n);
MUST_USE enum err_code check_yes_no(struct checker *c, struct node *node, struct node **slot);
/* A number or points; a grade is turned into its points. */
MUST_USE enum err_code check_quantity(struct checker *c, struct node **slot);
MUST_USE enum err_code check_compare(struct checker *c, struct node *node);
bool is_quantity(enum formula_type type);

/* formula_grade.c */
/* Add the scales of b to those of a (either may be empty). */
bool scales_join(struct checker *c, struct node *to, const int16_t *scales, int n);
bool scales_meet(const struct checker *c, const struct node *a, const struct node *b);
/* The text literal becomes a grade of the scales of `like`. */
MUST_USE enum err_code grade_literal(struct checker *c, struct node *literal,
        const struct node *like);
/* value OP "4c": one look into a table a pupil. */
MUST_USE enum err_code grade_verdict(struct checker *c, struct node *node, struct node *literal,
        struct node *value, enum token_kind op);
int32_t grade_key(const struct formula *formula, struct value value);
int grade_metric(const struct formula *formula, struct value value);

/* formula_pupil.c: values of the pupil. */
/* The subject that argument `i` names, or the source's; -1 after an error. */
MUST_USE enum err_code subject_argument(struct checker *c, struct node *node, int i,
        int *ret_subject);
/* The column of the source that the need asks for; ERR_INVALID where there is none. */
MUST_USE enum err_code need_add(struct checker *c, struct node *node, struct formula_need need,
        enum formula_type preset);
/* The rule for this stage and subject, as scales/framework.h ranks them: the most special. */
const struct scale_rule *formula_rule(const struct framework *fw, int stage, int subject);
/* The text that argument `i` is written as. */
MUST_USE enum err_code text_argument(struct checker *c, const struct node *node, int i,
        const char *what, const char **ret_text);

#endif
