#include "base/clock.h"
#include "web/program_in.h"

enum {
    SWEEP_SECONDS = 3600
};

static void flush(struct notes *notes)
{
    struct err ignored;

    if (audit_queue_flush(notes->queue, notes->store, &ignored) != ERR_OK)
        return; /* it stays queued for the next time */
}

/* Wait a second, or until the end; true at the end. */
static bool wait_a_second(struct notes *notes)
{
    int64_t until = clock_monotonic() + 1000000000;
    const struct timespec at = { .tv_sec = until / 1000000000, .tv_nsec = until % 1000000000 };
    bool stop;
    int failed = 0;

    (void)pthread_mutex_lock(&notes->mutex);
    while (!notes->stop && failed == 0)
        failed = pthread_cond_timedwait(&notes->stop_asked, &notes->mutex, &at);
    stop = notes->stop;
    (void)pthread_mutex_unlock(&notes->mutex);
    return stop;
}

/* Forget sessions that are over, once an hour; a failure is made good an hour later. */
static void sweep(struct notes *notes)
{
    struct arena arena = { .limit = 1 << 20 };
    struct context context = { .store = notes->store, .arena = &arena };
    const struct desk desk = { .context = &context, .now = clock_seconds() };
    struct err ignored;

    if (desk.now - notes->swept < SWEEP_SECONDS)
        return;
    if (session_sweep(&desk, &ignored) == ERR_OK)
        notes->swept = desk.now;
    arena_free(&arena);
}

static void *work(void *data)
{
    struct notes *notes = data;

    while (!wait_a_second(notes)) {
        sweep(notes);
        if (audit_queue_n(notes->queue) != 0)
            flush(notes);
    }
    flush(notes);
    return NULL;
}

static void make_ready(struct notes *notes)
{
    pthread_condattr_t monotonic;

    (void)pthread_mutex_init(&notes->mutex, NULL);
    (void)pthread_condattr_init(&monotonic);
    (void)pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    (void)pthread_cond_init(&notes->stop_asked, &monotonic);
    (void)pthread_condattr_destroy(&monotonic);
}

enum err_code notes_start(struct notes *notes, const char *db, struct err *err)
{
    struct audit_queue *queue = NULL;
    enum err_code code = store_open(db, STORE_WRITE, &notes->store, err);

    if (code == ERR_OK)
        code = audit_queue_open(&queue, err);
    if (code == ERR_OK) {
        make_ready(notes);
        notes->queue = queue;
        if (pthread_create(&notes->thread, NULL, work, notes) != 0) {
            code = err_set(err, ERR_IO, "the machine has no room for another thread");
            audit_queue_close(queue);
            notes->queue = NULL;
        }
    }
    if (code == ERR_OK)
        return ERR_OK;
    store_close(notes->store);
    notes->store = NULL;
    return code;
}

void notes_stop(struct notes *notes)
{
    if (notes->queue == NULL)
        return;
    (void)pthread_mutex_lock(&notes->mutex);
    notes->stop = true;
    (void)pthread_cond_signal(&notes->stop_asked);
    (void)pthread_mutex_unlock(&notes->mutex);
    (void)pthread_join(notes->thread, NULL);
    audit_queue_close(notes->queue);
    store_close(notes->store);
    notes->queue = NULL;
    notes->store = NULL;
}
