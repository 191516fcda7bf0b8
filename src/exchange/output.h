/*
 * output: where written bytes go: a file, a response, a buffer. The writer calls `put`
 * with one piece after another; what it returns other than ERR_OK stops the writing and
 * is returned to the caller.
 */
#ifndef EXCHANGE_OUTPUT_H
#define EXCHANGE_OUTPUT_H

#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"

struct output {
    void *data;
    enum err_code (*put)(void *data, const char *bytes, size_t n, struct err *err);
};

/* An output that appends to `buf`; ERR_MEMORY when it is full. */
struct output output_to_buf(struct buf *buf);

#endif
