/*
 * fields: names and values as they come in a query, a form or a cookie header.
 *
 * Pure: bytes in, a list in the arena out. A field comes as often as it was sent, in order;
 * fields_get answers the first one (the documented rule for duplicates: the first wins).
 *
 * Refused as ERR_INVALID: text that is not UTF-8, a NUL, a broken %-escape, more than
 * FIELDS_MAX fields. '+' is a space in queries and forms.
 */
#ifndef WEB_FIELDS_H
#define WEB_FIELDS_H

#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"

enum {
    FIELDS_MAX = 5000
};

struct form_field {
    const char *name;
    const char *value;
};

struct fields {
    struct form_field *items;
    size_t n;
};

/* The value of the first field called `name`, or NULL. */
const char *fields_get(const struct fields *fields, const char *name);

/* Add one field; the texts are not copied. ERR_INVALID past FIELDS_MAX, ERR_MEMORY. */
MUST_USE enum err_code fields_add(struct fields *fields, const char *name, const char *value,
        struct arena *arena, struct err *err);

/* Read `a=1&b=2` (query or application/x-www-form-urlencoded) and add to *fields. */
MUST_USE enum err_code fields_read_form(const char *bytes, size_t n, struct arena *arena,
        struct fields *fields, struct err *err);

/* Read a Cookie header. Pairs that are not name=value are passed over; values stay as sent. */
MUST_USE enum err_code fields_read_cookies(const char *header, struct arena *arena,
        struct fields *fields, struct err *err);

/*
 * Decode %-escapes of `n` bytes into a new text; `plus` makes '+' a space. ERR_INVALID for a
 * broken escape, a NUL (plain or %00), or a result that is not UTF-8.
 */
MUST_USE enum err_code fields_decode(const char *bytes, size_t n, int plus, struct arena *arena,
        const char **ret_text, struct err *err);

#endif
