/*
 * buf: a text that grows, with a maximum, and keeps its first failure.
 *
 * Append as often as needed and ask once: buf_end reports what went wrong. A buf
 * lives in an arena and cannot be made without a maximum.
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"

struct buf {
    struct arena *arena;
    size_t max; /* the largest length allowed */
    char *data; /* NUL-terminated once something was added */
    size_t n;
    size_t room;
    bool failed;
};

#define BUF_MAX_PAGE ((size_t)64 << 20)

/* An empty buf. `max` is the most bytes it may hold. */
struct buf buf_make(struct arena *arena, size_t max);

void buf_add(struct buf *buf, const char *text);
void buf_add_n(struct buf *buf, const char *bytes, size_t n);
void buf_add_char(struct buf *buf, char c);
void buf_add_pad(struct buf *buf, char c, size_t n);
void buf_printf(struct buf *buf, const char *fmt, ...) PRINTF(2, 3);
void buf_add_milli(struct buf *buf, long long milli, int least_places);

/* The text, or ERR_MEMORY when any append failed. *ret_text lives in the arena. */
MUST_USE enum err_code buf_end(struct buf *buf, const char **ret_text, size_t *ret_n,
        struct err *err);

#endif
