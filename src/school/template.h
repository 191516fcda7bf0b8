/*
 * template: the columns of a marksheet as a school wants them, and what they are made of.
 *
 * A template is a small text file (docs/manual/templates.md describes it): aspects, which are
 * what is entered besides judgements; named tables for LOOKUP; and columns in order, each
 * entered, shown or calculated by a formula, with rules that colour them. It is read here into
 * plain values; whether its scales, subjects and formulas are right is for who knows the
 * framework (actions/template.h).
 *
 * Pure: no framework, store or clock.
 */
#ifndef SCHOOL_TEMPLATE_H
#define SCHOOL_TEMPLATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/err.h"

enum {
    TEMPLATE_BYTES = 64 * 1024,
    TEMPLATE_COLUMNS = 40,
    TEMPLATE_ASPECTS = 60,
    TEMPLATE_TABLES = 20,
    TEMPLATE_TABLE_ROWS = 60,
    TEMPLATE_COLOURS = 8, /* of one column */
    TEMPLATE_CODE_BYTES = 40,
    TEMPLATE_NAME_BYTES = 80,
    ASPECT_COMMENT_BYTES = 300 /* of a comment, where the aspect says nothing else */
};

enum aspect_kind {
    ASPECT_GRADE,   /* of its scale */
    ASPECT_MARK,    /* a whole number from 0 on */
    ASPECT_NUMBER,  /* up to three decimals */
    ASPECT_COMMENT, /* words */
    ASPECT_YES_NO,
    ASPECT_KIND__MAX
};

const char *aspect_kind_word(enum aspect_kind kind); /* "grade", "yes-no" */
MUST_USE bool aspect_kind_parse(const char *word, enum aspect_kind *ret_kind);

/* What a school records besides judgements. */
struct aspect {
    const char *code, *name;
    enum aspect_kind kind;
    const char *scale;       /* code, of a grade; "" otherwise */
    const char *subject;     /* code, or "" */
    int64_t lowest, highest; /* of a mark or number, thousandths; of a comment: bytes */
    struct date from, to;    /* when it is entered; no date: always */
    long row;                /* of the file */
};

/* Whether two aspects mean the same: what was recorded by one may be read as the other. */
bool aspect_same_meaning(const struct aspect *a, const struct aspect *b);
/* Whether all of both is the same. */
bool aspect_same(const struct aspect *a, const struct aspect *b);

enum template_column_kind {
    TEMPLATE_ENTERED,
    TEMPLATE_SHOWN,
    TEMPLATE_CALCULATED
};

/* A colour: what is shown where the formula says yes. The first rule that holds counts. */
struct template_colour {
    const char *flag; /* well-below, below, on, above, well-above: colour and sign */
    const char *word; /* "Behind" */
    const char *formula;
    long row;
};

struct template_column {
    const char *name; /* at its head, and in COLUMN("...") */
    enum template_column_kind kind;
    int aspect;          /* of an entered one: in template.aspects; else -1 */
    const char *shows;   /* of a shown one: "prior"; else "" */
    const char *formula; /* of a shown or calculated one; "" of an entered one */
    const char *type;    /* that the formula must give: "number", "grade" ...; "" any */
    const char *scale;   /* that a grade must be of; "" any */
    bool has_range;      /* a number outside is wrong */
    int64_t lowest, highest;
    struct template_colour *colours;
    size_t colour_n;
    long row;
};

/* For LOOKUP(value, "name"). */
struct template_table {
    const char *name;
    const char **keys, **values;
    size_t n;
    const char *otherwise; /* NULL: missing */
    long row;
};

struct template
{
    const char *code, *name, *about; /* about: a sentence, or "" */
    const char *stages;              /* codes joined by commas it is meant for; "" any */
    const char *subject;             /* whose scales its formulas are tried on; "" any */
    struct aspect *aspects;
    size_t aspect_n;
    struct template_table *tables;
    size_t table_n;
    struct template_column *columns;
    size_t column_n;
};

/* The words that a `show` line knows, and the formula each stands for. */
struct template_shown {
    const char *word, *formula, *meaning;
};
extern const struct template_shown template_shown[];
extern const size_t template_shown_n;

/*
 * Read the bytes of a template file. Everything lives in `arena`; the bytes need not.
 * Errors: ERR_INVALID with file, row (the line) and what would be right; ERR_MEMORY.
 */
MUST_USE enum err_code template_parse(const char *file, const char *bytes, size_t n,
        struct arena *arena, struct template *ret_template, struct err *err);

/* Where the column, aspect or table of this name is (case ignored); -1: nowhere. */
int template_column(const struct template *template, const char *name);
int template_aspect(const struct template *template, const char *code);
int template_table(const struct template *template, const char *name);

#endif
