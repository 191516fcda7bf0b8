/*
 * template_in: what the parts of reading a template share.
 */
#ifndef SCHOOL_TEMPLATE_IN_H
#define SCHOOL_TEMPLATE_IN_H

#include "school/template.h"

struct template_reading {
    const char *file;
    long row;
    struct arena *arena;
    struct template *out;
    bool has_table; /* rows are added to the last table */
    char *rest;     /* of the line, behind the words taken */
    struct err *err;
};

/* Refuse with file and line. */
enum err_code template_refuse(struct template_reading *r, const char *fmt, ...) PRINTF(2, 3);

/* template_line.c: the next word of the line, copied; *ret_word NULL at its end. A word may
   stand in quotation marks; a mark inside is written twice. */
MUST_USE enum err_code template_word(struct template_reading *r, const char **ret_word);
/* A word that must be there: `what` is "a name". */
MUST_USE enum err_code template_need(struct template_reading *r, const char *what,
        const char **ret_word);
/* Nothing more may stand there. */
MUST_USE enum err_code template_end(struct template_reading *r);
/* What is left of the line, as it stands, copied and trimmed; must not be empty. */
MUST_USE enum err_code template_rest(struct template_reading *r, const char *what,
        const char **ret_text);
/* A name of 1 to TEMPLATE_NAME_BYTES bytes without control characters. */
MUST_USE enum err_code template_name(struct template_reading *r, const char *what,
        const char **ret_name);
/* Letters, digits, '-' and '_'. */
MUST_USE enum err_code template_code(struct template_reading *r, const char *what,
        const char **ret_code);
/* A number in thousandths. */
MUST_USE enum err_code template_number(struct template_reading *r, const char *what,
        int64_t *ret_number);

/* template_column.c: lines about columns. */
MUST_USE enum err_code template_read_enter(struct template_reading *r);
MUST_USE enum err_code template_read_show(struct template_reading *r);
MUST_USE enum err_code template_read_calculate(struct template_reading *r);
MUST_USE enum err_code template_read_formula(struct template_reading *r);
MUST_USE enum err_code template_read_colour(struct template_reading *r);

#endif
