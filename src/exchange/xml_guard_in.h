/*
 * xml_guard: limits that hold before the parser sees the bytes: how long a tag, its
 * attributes and a stretch of text may be, and no NUL bytes. Counting bytes, it needs
 * no knowledge of the encoding but whether characters take two bytes.
 */
#ifndef EXCHANGE_XML_GUARD_IN_H
#define EXCHANGE_XML_GUARD_IN_H

#include <stdbool.h>
#include <stddef.h>

struct xml_guard {
    enum {
        GUARD_TEXT,
        GUARD_OPEN,
        GUARD_TAG,
        GUARD_DOUBLE,
        GUARD_SINGLE
    } state;
    size_t run;   /* bytes since the last '<', or since the tag's '>' */
    int attr_n;   /* quoted values in this tag */
    bool started; /* the first bytes were seen */
    bool wide;    /* UTF-16: NUL bytes are halves of characters */
};

/* What is wrong with the bytes, a message without its full stop; NULL: nothing. */
const char *xml_guard_scan(struct xml_guard *guard, const char *bytes, size_t n);

#endif
