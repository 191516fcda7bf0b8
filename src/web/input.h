/*
 * input: what a route expects to be sent, and what came.
 *
 * A route declares its inputs; the handler sees each as absent, refused (with the reason, in
 * words for the person who typed it, and the text as typed) or given. What is not declared is
 * not seen. When a name is sent more than once the first counts.
 *
 * A declared name that ends in '.' stands for every field whose name begins with it (the
 * cells of a marksheet: "cell."); those are read with request_cells.
 */
#ifndef WEB_INPUT_H
#define WEB_INPUT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/date.h"
#include "web/fields.h"
#include "web/multipart.h"

enum input_kind {
    INPUT_TEXT,   /* trimmed; min and max count bytes, max 0 means INPUT_TEXT_MAX */
    INPUT_SECRET, /* as sent, never trimmed, never shown again (passwords) */
    INPUT_INT,    /* whole number; min and max, both 0 means 0 to 2^53 */
    INPUT_MILLI,  /* decimal in thousandths; min and max likewise in thousandths */
    INPUT_DATE,   /* yyyy-mm-dd or d/m/yyyy */
    INPUT_YES,    /* a tick box: given and 1 when sent, given and 0 when not */
    INPUT_CHOICE, /* one of `choices` */
    INPUT_FILE,   /* an upload */
};

enum {
    INPUT_TEXT_MAX = 1000,
    INPUTS_MAX = 64
};

struct input {
    const char *name;
    const char *label; /* as the page calls it, for messages: "date of birth" */
    enum input_kind kind;
    bool required;
    int64_t min;
    int64_t max;
    const char *const *choices; /* NULL-terminated; the number given is the index */
};

enum input_state {
    INPUT_ABSENT,
    INPUT_REFUSED,
    INPUT_GIVEN
};

struct input_value {
    const struct input *input;
    enum input_state state;
    const char *text;            /* as typed (trimmed), "" when absent */
    int64_t number;              /* of INT, MILLI, YES, CHOICE */
    struct date date;            /* of DATE */
    const struct upload *upload; /* of FILE */
    const char *reason;          /* of REFUSED: a full sentence */
};

/*
 * Check the fields and uploads against n declared inputs. *ret_values (in the arena) has one
 * entry for each, in their order; *ret_refused counts those refused. An empty text is absent;
 * an absent required input is refused. ERR_MEMORY.
 */
MUST_USE enum err_code input_read(const struct input *inputs, size_t n,
        const struct fields *fields, const struct uploads *uploads, struct arena *arena,
        struct input_value **ret_values, size_t *ret_refused, struct err *err);

#endif
