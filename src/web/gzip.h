/*
 * gzip: compress answers. One per worker: its tables are made once and used again.
 */
#ifndef WEB_GZIP_H
#define WEB_GZIP_H

#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"

struct gzip;

enum {
    GZIP_LEAST = 1024,
    GZIP_FAST = 2,
    GZIP_SMALL = 9
};

/* `level` 1 (fast) to 9 (small). ERR_MEMORY. */
MUST_USE enum err_code gzip_open(int level, struct gzip **ret_gzip, struct err *err);

void gzip_close(struct gzip *gzip);

/* Compress n bytes into the arena. ERR_MEMORY. */
MUST_USE enum err_code gzip_bytes(struct gzip *gzip, const char *bytes, size_t n,
        struct arena *arena, const char **ret_bytes, size_t *ret_n, struct err *err);

#endif
