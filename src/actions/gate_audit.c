#include <pthread.h>
#include <stdlib.h>

#include "actions/gate.h"
#include "base/text.h"

/* ",12,13," in the arena; "" for one pupil or none. */
static const char *list_pupils(struct arena *arena, const int64_t *pupils, size_t n)
{
    struct buf buf = buf_make(arena, 1 << 20);

    if (n < 2)
        return "";
    for (size_t i = 0; i < n; i++)
        buf_printf(&buf, ",%lld", (long long)pupils[i]);
    buf_add(&buf, ",");
    return buf.failed ? NULL : buf.data;
}

enum err_code gate_note(struct gate *gate, const char *action, const char *what,
        const int64_t *pupils, size_t n, const char *reason, struct err *err)
{
    struct context *c = gate->context;
    struct audit_entry entry = {
        .school_id = c->has_school ? c->school.school_id : 0,
        .recorded_at = c->stamp,
        .account_id = gate->person.account_id,
        .who = gate->person.username,
        .action = action,
        .pupil_id = n == 1 ? pupils[0] : 0,
        .pupils = list_pupils(c->arena, pupils, n),
        .what = arena_text(c->arena, what),
        .reason = reason,
        .from_where = gate->from_where,
        .result = "done",
    };
    struct audit_entry *entries =
            arena_grow(c->arena, gate->entries, gate->entry_n, sizeof(*entries));

    if (entries == NULL || entry.pupils == NULL || (what != NULL && entry.what == NULL))
        return err_memory(err);
    gate->entries = entries;
    gate->entries[gate->entry_n++] = entry;
    return ERR_OK;
}

/* Entries of one school from `first` on, in one transaction; a transaction touches one
   school. */
static enum err_code write_run(struct store *store, const struct audit_entry *entries, size_t n,
        struct err *err)
{
    enum err_code code = store_begin(store, err);

    if (code != ERR_OK)
        return code;
    code = store_audit_add(store, entries[0].school_id, entries, n, err);
    if (code == ERR_OK)
        return store_commit(store, err);
    store_rollback(store);
    return code;
}

static size_t run_length(const struct audit_entry *entries, size_t n)
{
    size_t run = 1;

    while (run < n && entries[run].school_id == entries[0].school_id)
        run++;
    return run;
}

enum err_code gate_flush(struct gate *gate, struct err *err)
{
    enum err_code code = ERR_OK;

    if (gate->entry_n > 0)
        code = write_run(gate->context->store, gate->entries, gate->entry_n, err);
    if (code == ERR_OK)
        gate->entry_n = 0;
    return code;
}

struct audit_queue {
    pthread_mutex_t lock;
    struct arena arena; /* the texts; freed when the queue is empty */
    struct audit_entry *entries;
    size_t n;
};

enum err_code audit_queue_open(struct audit_queue **ret_queue, struct err *err)
{
    struct audit_queue *queue = mem_alloc(sizeof(*queue));

    if (queue != NULL)
        queue->entries = mem_alloc(AUDIT_QUEUE * sizeof(*queue->entries));
    if (queue == NULL || queue->entries == NULL) {
        mem_free(queue);
        return err_memory(err);
    }
    (void)pthread_mutex_init(&queue->lock, NULL);
    *ret_queue = queue;
    return ERR_OK;
}

void audit_queue_close(struct audit_queue *queue)
{
    if (queue == NULL)
        return;
    (void)pthread_mutex_destroy(&queue->lock);
    arena_free(&queue->arena);
    mem_free(queue->entries);
    mem_free(queue);
}

/* A copy whose texts the queue owns; false when memory is out. */
static bool copy_entry(struct arena *arena, const struct audit_entry *entry,
        struct audit_entry *ret_copy)
{
    const char *const from[] = { entry->recorded_at, entry->who, entry->action, entry->pupils,
        entry->what, entry->reason, entry->from_where, entry->result };
    const char *texts[COUNT(from)];

    for (size_t i = 0; i < COUNT(from); i++) {
        texts[i] = arena_text(arena, from[i] == NULL ? "" : from[i]);
        if (texts[i] == NULL)
            return false;
    }
    *ret_copy = *entry;
    ret_copy->recorded_at = texts[0];
    ret_copy->who = texts[1];
    ret_copy->action = texts[2];
    ret_copy->pupils = texts[3];
    ret_copy->what = texts[4];
    ret_copy->reason = texts[5];
    ret_copy->from_where = texts[6];
    ret_copy->result = texts[7];
    return true;
}

static enum err_code add_locked(struct audit_queue *queue, const struct gate *gate,
        struct err *err)
{
    size_t n = queue->n;

    if (gate->entry_n > AUDIT_QUEUE - n)
        return err_set(err, ERR_CLOSED, "too much is waiting to be written to the audit");
    for (size_t i = 0; i < gate->entry_n; i++) {
        if (!copy_entry(&queue->arena, &gate->entries[i], &queue->entries[n + i]))
            return err_memory(err);
    }
    queue->n += gate->entry_n;
    return ERR_OK;
}

enum err_code audit_queue_add(struct audit_queue *queue, struct gate *gate, struct err *err)
{
    enum err_code code;

    (void)pthread_mutex_lock(&queue->lock);
    code = add_locked(queue, gate, err);
    (void)pthread_mutex_unlock(&queue->lock);
    if (code == ERR_OK)
        gate->entry_n = 0;
    return code;
}

/* In the order they came, school by school; a school's rows go in one transaction. */
static int by_school(const void *a, const void *b)
{
    const struct audit_entry *left = a;
    const struct audit_entry *right = b;

    if (left->school_id != right->school_id)
        return left->school_id < right->school_id ? -1 : 1;
    return left->seq < right->seq ? -1 : left->seq > right->seq;
}

static enum err_code flush_locked(struct audit_queue *queue, struct store *store,
        struct err *err)
{
    size_t done = 0;
    enum err_code code = ERR_OK;

    for (size_t i = 0; i < queue->n; i++)
        queue->entries[i].seq = (int64_t)i;
    qsort(queue->entries, queue->n, sizeof(*queue->entries), by_school);
    while (done < queue->n && code == ERR_OK) {
        size_t run = run_length(queue->entries + done, queue->n - done);

        code = write_run(store, queue->entries + done, run, err);
        if (code == ERR_OK)
            done += run;
    }
    for (size_t i = done; i < queue->n; i++)
        queue->entries[i - done] = queue->entries[i];
    queue->n -= done;
    if (queue->n == 0)
        arena_free(&queue->arena);
    return code;
}

enum err_code audit_queue_flush(struct audit_queue *queue, struct store *store, struct err *err)
{
    enum err_code code;

    (void)pthread_mutex_lock(&queue->lock);
    code = flush_locked(queue, store, err);
    (void)pthread_mutex_unlock(&queue->lock);
    return code;
}

size_t audit_queue_n(struct audit_queue *queue)
{
    size_t n;

    (void)pthread_mutex_lock(&queue->lock);
    n = queue->n;
    (void)pthread_mutex_unlock(&queue->lock);
    return n;
}
