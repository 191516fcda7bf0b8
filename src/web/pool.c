#include "web/pool.h"

#include <pthread.h>
#include <string.h>

#include "base/arena.h"

struct pool {
    struct pool_options options;
    pthread_mutex_t mutex;
    pthread_cond_t work;  /* a job came, or the pool stops */
    pthread_cond_t ready; /* a worker has opened, or failed to */
    pthread_t threads[POOL_WORKERS];
    size_t threads_n;
    size_t opened;
    bool failed;
    struct err err;
    bool stopping;
    void **ring;
    size_t from;
    size_t n;
};

static void *next_job(struct pool *pool)
{
    void *job = NULL;

    (void)pthread_mutex_lock(&pool->mutex);
    while (pool->n == 0 && !pool->stopping)
        (void)pthread_cond_wait(&pool->work, &pool->mutex);
    if (pool->n != 0) {
        job = pool->ring[pool->from];
        pool->from = (pool->from + 1) % pool->options.queue;
        pool->n--;
    }
    (void)pthread_mutex_unlock(&pool->mutex);
    return job;
}

/* Tell pool_start how the opening went. */
static void report(struct pool *pool, enum err_code code, const struct err *err)
{
    (void)pthread_mutex_lock(&pool->mutex);
    if (code != ERR_OK && !pool->failed) {
        pool->failed = true;
        pool->err = *err;
    }
    pool->opened++;
    (void)pthread_cond_signal(&pool->ready);
    (void)pthread_mutex_unlock(&pool->mutex);
}

static void *worker(void *argument)
{
    struct pool *pool = argument;
    const struct pool_options *options = &pool->options;
    void *context = NULL;
    struct err err = { 0 };
    enum err_code code = ERR_OK;
    void *job;

    if (options->open != NULL)
        code = options->open(options->data, &context, &err);
    report(pool, code, &err);
    if (code != ERR_OK)
        return NULL;
    while ((job = next_job(pool)) != NULL)
        options->run(options->data, context, job);
    if (options->close != NULL)
        options->close(options->data, context);
    return NULL;
}

static enum err_code start_threads(struct pool *pool, struct err *err)
{
    enum err_code code = ERR_OK;

    for (size_t i = 0; i < pool->options.workers && code == ERR_OK; i++) {
        if (pthread_create(&pool->threads[i], NULL, worker, pool) != 0)
            code = err_set(err, ERR_IO, "the machine has no room for another thread");
        else
            pool->threads_n++;
    }
    (void)pthread_mutex_lock(&pool->mutex);
    while (pool->opened < pool->threads_n)
        (void)pthread_cond_wait(&pool->ready, &pool->mutex);
    if (code == ERR_OK && pool->failed) {
        *err = pool->err;
        code = err->code;
    }
    (void)pthread_mutex_unlock(&pool->mutex);
    return code;
}

enum err_code pool_start(const struct pool_options *options, struct pool **ret_pool,
        struct err *err)
{
    struct pool *pool = mem_alloc(sizeof(*pool));
    enum err_code code;

    if (pool == NULL)
        return err_memory(err);
    pool->options = *options;
    if (pool->options.workers == 0 || pool->options.workers > POOL_WORKERS)
        pool->options.workers = pool->options.workers == 0 ? 1 : POOL_WORKERS;
    if (pool->options.queue == 0)
        pool->options.queue = 1;
    pool->ring = mem_alloc(pool->options.queue * sizeof(*pool->ring));
    if (pool->ring == NULL) {
        mem_free(pool);
        return err_memory(err);
    }
    (void)pthread_mutex_init(&pool->mutex, NULL);
    (void)pthread_cond_init(&pool->work, NULL);
    (void)pthread_cond_init(&pool->ready, NULL);
    code = start_threads(pool, err);
    if (code != ERR_OK) {
        pool_finish(pool);
        pool_free(pool);
        return code;
    }
    *ret_pool = pool;
    return ERR_OK;
}

bool pool_push(struct pool *pool, void *job)
{
    bool taken = false;

    (void)pthread_mutex_lock(&pool->mutex);
    if (!pool->stopping && pool->n < pool->options.queue) {
        pool->ring[(pool->from + pool->n) % pool->options.queue] = job;
        pool->n++;
        taken = true;
        (void)pthread_cond_signal(&pool->work);
    }
    (void)pthread_mutex_unlock(&pool->mutex);
    return taken;
}

void pool_finish(struct pool *pool)
{
    (void)pthread_mutex_lock(&pool->mutex);
    pool->stopping = true;
    (void)pthread_cond_broadcast(&pool->work);
    (void)pthread_mutex_unlock(&pool->mutex);
    for (size_t i = 0; i < pool->threads_n; i++)
        (void)pthread_join(pool->threads[i], NULL);
    pool->threads_n = 0;
}

void pool_free(struct pool *pool)
{
    if (pool == NULL)
        return;
    (void)pthread_cond_destroy(&pool->ready);
    (void)pthread_cond_destroy(&pool->work);
    (void)pthread_mutex_destroy(&pool->mutex);
    mem_free(pool->ring);
    mem_free(pool);
}
