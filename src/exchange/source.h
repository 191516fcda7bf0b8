/*
 * source: bytes of a file, pulled a block at a time, so that a reader never needs the
 * whole file in memory.
 *
 * Not shared between threads. Open, read until *ret_n is 0, close.
 */
#ifndef EXCHANGE_SOURCE_H
#define EXCHANGE_SOURCE_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/err.h"

struct source {
    const char *name;  /* for messages: the file's name without its folder; borrowed */
    FILE *file;        /* or NULL: memory */
    const char *bytes; /* memory */
    size_t n, at;
    int64_t size; /* of the file, -1 when unknown */
};

/* ERR_NOT_FOUND / ERR_IO with the reason in words. A folder is refused. `path` is borrowed. */
MUST_USE enum err_code source_open(struct source *source, const char *path, struct err *err);

/* Bytes in memory, for tests, uploads and fuzzing; borrowed. */
void source_memory(struct source *source, const char *name, const char *bytes, size_t n);

/* Up to `size` bytes; *ret_n is 0 at the end. ERR_IO when the disk fails. */
MUST_USE enum err_code source_read(struct source *source, char *buffer, size_t size,
        size_t *ret_n, struct err *err);

/* Back to the first byte. */
MUST_USE enum err_code source_rewind(struct source *source, struct err *err);

void source_close(struct source *source);

#endif
