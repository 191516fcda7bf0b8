/*
 * shelf_in: what is kept of a school, for the files of cohort_load.
 */
#ifndef ACTIONS_SHELF_IN_H
#define ACTIONS_SHELF_IN_H

#include "actions/cohort_in.h"
#include "actions/shelf.h"

/* A row of `latest`, its texts by number. */
struct kept_fact {
    int64_t seq;
    uint32_t pupil; /* place among the candidates */
    struct date date;
    uint16_t subject, source, scale, grade;
};

/* The rows of one kind and stage in the order of the store: pupil_id, subject, source. */
struct kept_list {
    enum fact_kind kind;
    const char *stage;
    struct kept_fact *items;
    size_t n;
};

/* A judgement of the year before the day. */
struct kept_recent {
    uint32_t pupil; /* place among the candidates */
    const char *subject, *scale, *grade;
};

struct snapshot {
    /* What it is of; changed by nobody once it is on the shelf. */
    int64_t school_id, counter;
    struct date day;
    struct arena arena;
    struct candidates
            all; /* with every attribute, and the groups of the day but those by rule */
    const char **texts;
    size_t text_n;
    struct kept_list *lists;
    size_t list_n;

    /* Under the shelf's lock: */
    int holders;
    uint64_t used;
    struct kept_recent *recent; /* read when first asked for; then changed by nobody */
    size_t recent_n;
    struct date recent_since;
    bool has_recent;
    struct arena recent_arena;
};

/*
 * The school of the context on the day, held for the request. *ret_snapshot is NULL where
 * nothing is kept (the command line; a request that writes; a school that changed while it was
 * read): then the store is asked.
 */
MUST_USE enum err_code shelf_take(struct context *context, struct date day,
        const struct snapshot **ret_snapshot, struct err *err);

/* As store_latest; one list of the snapshot. */
MUST_USE enum err_code snapshot_latest(const struct snapshot *snapshot, enum fact_kind kind,
        const char *stage, const char *subject, store_fact_fn fn, void *data, struct err *err);

/*
 * As store_facts_since of assessments and likely grades, dated from `since` to the snapshot's
 * day: of each only pupil_id, subject, scale and grade are set. *ret_kept is false, and nothing
 * was given out, where the store has to be asked: the school changed since the snapshot, or
 * others asked for another year.
 */
MUST_USE enum err_code snapshot_recent(struct context *context, const struct snapshot *snapshot,
        struct date since, store_fact_fn fn, void *data, bool *ret_kept, struct err *err);

/* Read the judgements of the year into the snapshot's arena, in the shelf's lock. */
MUST_USE enum err_code snapshot_fill_recent(struct context *context, struct snapshot *snapshot,
        struct date since, struct err *err);

/* Read everything into the snapshot's arena; school_id and day are set. */
MUST_USE enum err_code snapshot_fill(struct context *context, struct snapshot *snapshot,
        struct err *err);

#endif
