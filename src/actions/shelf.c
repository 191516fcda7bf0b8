#include <pthread.h>
#include <string.h>

#include "actions/shelf_in.h"

enum {
    KEPT = 4, /* schools */
    TRIES = 2
};

struct shelf {
    pthread_mutex_t lock;
    struct snapshot *kept[KEPT];
    uint64_t clock;
};

enum err_code shelf_make(struct shelf **ret_shelf, struct err *err)
{
    struct shelf *shelf = mem_alloc(sizeof(*shelf));

    if (shelf == NULL)
        return err_memory(err);
    if (pthread_mutex_init(&shelf->lock, NULL) != 0) {
        mem_free(shelf);
        return err_memory(err);
    }
    *ret_shelf = shelf;
    return ERR_OK;
}

static void snapshot_free(struct snapshot *snapshot)
{
    if (snapshot == NULL)
        return;
    arena_free(&snapshot->recent_arena);
    arena_free(&snapshot->arena);
    mem_free(snapshot);
}

void shelf_free(struct shelf *shelf)
{
    if (shelf == NULL)
        return;
    for (int i = 0; i < KEPT; i++)
        snapshot_free(shelf->kept[i]);
    (void)pthread_mutex_destroy(&shelf->lock);
    mem_free(shelf);
}

static bool is_kept(const struct shelf *shelf, const struct snapshot *snapshot)
{
    for (int i = 0; i < KEPT; i++) {
        if (shelf->kept[i] == snapshot)
            return true;
    }
    return false;
}

void shelf_let_go(struct shelf_hold *hold)
{
    if (hold->n == 0)
        return;
    (void)pthread_mutex_lock(&hold->shelf->lock);
    for (size_t i = 0; i < hold->n; i++) {
        struct snapshot *snapshot = hold->held[i];

        snapshot->holders--;
        if (snapshot->holders == 0 && !is_kept(hold->shelf, snapshot))
            snapshot_free(snapshot);
    }
    (void)pthread_mutex_unlock(&hold->shelf->lock);
    hold->n = 0;
}

static struct snapshot *held_already(const struct shelf_hold *hold, int64_t school_id,
        struct date day)
{
    for (size_t i = 0; i < hold->n; i++) {
        if (hold->held[i]->school_id == school_id && hold->held[i]->day.ymd == day.ymd)
            return hold->held[i];
    }
    return NULL;
}

/* The school's place on the shelf: where it stands, else the one longest unused. */
static int place_of(const struct shelf *shelf, int64_t school_id)
{
    int oldest = 0;

    for (int i = 0; i < KEPT; i++) {
        const struct snapshot *kept = shelf->kept[i];

        if (kept != NULL && kept->school_id == school_id)
            return i;
        if (kept == NULL ||
                (shelf->kept[oldest] != NULL && kept->used < shelf->kept[oldest]->used))
            oldest = i;
    }
    return oldest;
}

/* What stood there goes when nobody holds it. */
static void put(struct shelf *shelf, struct snapshot *snapshot)
{
    int place = place_of(shelf, snapshot->school_id);
    struct snapshot *old = shelf->kept[place];

    shelf->kept[place] = snapshot;
    if (old != NULL && old->holders == 0)
        snapshot_free(old);
}

/* Read the school while its counter stands still; *ret_snapshot stays NULL when it does not. */
static enum err_code read_school(struct context *context, struct date day,
        struct snapshot **ret_snapshot, struct err *err)
{
    int64_t school_id = context->school.school_id;
    int64_t after = 0;
    enum err_code code = ERR_OK;

    for (int i = 0; i < TRIES && code == ERR_OK && *ret_snapshot == NULL; i++) {
        struct snapshot *snapshot = mem_alloc(sizeof(*snapshot));

        if (snapshot == NULL)
            return err_memory(err);
        snapshot->school_id = school_id;
        snapshot->day = day;
        code = store_counter(context->store, school_id, &snapshot->counter, err);
        if (code == ERR_OK)
            code = snapshot_fill(context, snapshot, err);
        if (code == ERR_OK)
            code = store_counter(context->store, school_id, &after, err);
        if (code == ERR_OK && after == snapshot->counter)
            *ret_snapshot = snapshot;
        else
            snapshot_free(snapshot);
    }
    return code;
}

static enum err_code find_or_read(struct context *context, struct date day, int64_t counter,
        struct snapshot **ret_snapshot, struct err *err)
{
    struct shelf *shelf = context->shelf->shelf;
    struct snapshot *found = shelf->kept[place_of(shelf, context->school.school_id)];
    enum err_code code = ERR_OK;

    if (found == NULL || found->school_id != context->school.school_id ||
            found->day.ymd != day.ymd || found->counter != counter) {
        found = NULL;
        code = read_school(context, day, &found, err);
        if (found != NULL)
            put(shelf, found);
    }
    *ret_snapshot = found;
    return code;
}

enum err_code shelf_take(struct context *context, struct date day,
        const struct snapshot **ret_snapshot, struct err *err)
{
    struct shelf_hold *hold = context->shelf;
    struct snapshot *found = NULL;
    int64_t counter = 0;
    enum err_code code;

    *ret_snapshot = NULL;
    if (hold == NULL || !context->has_school)
        return ERR_OK;
    found = held_already(hold, context->school.school_id, day);
    if (found != NULL || hold->n == SHELF_HOLDS) {
        *ret_snapshot = found;
        return ERR_OK;
    }
    code = store_counter(context->store, context->school.school_id, &counter, err);
    if (code != ERR_OK)
        return code;
    /* Who comes while a school is read waits for it: reading it twice would take longer. */
    (void)pthread_mutex_lock(&hold->shelf->lock);
    code = find_or_read(context, day, counter, &found, err);
    if (found != NULL) {
        found->holders++;
        found->used = ++hold->shelf->clock;
        hold->held[hold->n++] = found;
    }
    (void)pthread_mutex_unlock(&hold->shelf->lock);
    *ret_snapshot = found;
    return code;
}

static struct snapshot *own_of(const struct shelf_hold *hold, const struct snapshot *snapshot)
{
    for (size_t i = 0; i < hold->n; i++) {
        if (hold->held[i] == snapshot)
            return hold->held[i];
    }
    return NULL;
}

/* In the lock: read what is asked for, when the school still is what the snapshot says. */
static enum err_code read_recent(struct context *context, struct snapshot *own,
        struct date since, struct err *err)
{
    int64_t before = 0;
    int64_t after = 0;
    enum err_code code = store_counter(context->store, own->school_id, &before, err);

    if (code != ERR_OK || before != own->counter)
        return code;
    code = snapshot_fill_recent(context, own, since, err);
    if (code == ERR_OK)
        code = store_counter(context->store, own->school_id, &after, err);
    own->has_recent = code == ERR_OK && after == own->counter;
    own->recent_since = since;
    if (!own->has_recent)
        arena_free(&own->recent_arena);
    return code;
}

enum err_code snapshot_recent(struct context *context, const struct snapshot *snapshot,
        struct date since, store_fact_fn fn, void *data, bool *ret_kept, struct err *err)
{
    struct snapshot *own = own_of(context->shelf, snapshot);
    enum err_code code = ERR_OK;

    *ret_kept = false;
    if (own == NULL)
        return ERR_OK;
    (void)pthread_mutex_lock(&context->shelf->shelf->lock);
    if (!own->has_recent)
        code = read_recent(context, own, since, err);
    *ret_kept = code == ERR_OK && own->has_recent && own->recent_since.ymd == since.ymd;
    (void)pthread_mutex_unlock(&context->shelf->shelf->lock);
    for (size_t i = 0; *ret_kept && i < own->recent_n && code == ERR_OK; i++) {
        const struct kept_recent *row = &own->recent[i];
        const struct fact fact = { .pupil_id = own->all.pupils[row->pupil].id,
            .date = own->day,
            .subject = row->subject,
            .scale = row->scale,
            .grade = row->grade };

        code = fn(data, &fact, err);
    }
    return code;
}
