/*
 * pool: worker threads and the bounded queue of jobs they take from.
 *
 * Each worker owns one context, made in its own thread before it takes its first job.
 */
#ifndef WEB_POOL_H
#define WEB_POOL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

struct pool;

struct pool_options {
    size_t workers; /* 1 to POOL_WORKERS */
    size_t queue;   /* jobs that may wait */
    void *data;     /* handed to all three */
    /* Make a worker's context; NULL: contexts are NULL. */
    enum err_code (*open)(void *data, void **ret_context, struct err *err);
    void (*run)(void *data, void *context, void *job);
    void (*close)(void *data, void *context);
};

enum {
    POOL_WORKERS = 64
};

/*
 * Start the workers and wait until all have their context. The first failure of `open` stops
 * the rest and is returned. ERR_MEMORY, ERR_IO when no thread can be made.
 */
MUST_USE enum err_code pool_start(const struct pool_options *options, struct pool **ret_pool,
        struct err *err);

/* Queue a job; false when the queue is full or the pool is stopping. */
MUST_USE bool pool_push(struct pool *pool, void *job);

/* Take no more jobs, finish those queued, end the workers. pool_push goes on to answer false.
 */
void pool_finish(struct pool *pool);

/* Free a finished pool. Takes NULL. */
void pool_free(struct pool *pool);

#endif
