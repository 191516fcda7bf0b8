#include <string.h>

#include "base/hash.h"
#include "base/text.h"
#include "store/store_in.h"

static enum err_code write_latest(struct store *store, const struct waiting_latest *row,
        struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };

    query_start(&q, store, STMT_LATEST_PUT);
    query_bind_int(&q, row->school_id);
    query_bind_text(&q, fact_kind_name(row->kind));
    query_bind_text(&q, row->stage);
    query_bind_int(&q, row->pupil_id);
    query_bind_text(&q, row->subject);
    query_bind_text(&q, row->source);
    query_bind_int(&q, row->date);
    query_bind_int(&q, row->seq);
    query_bind_text(&q, row->scale);
    query_bind_text(&q, row->grade);
    return query_run(&q, err);
}

enum err_code store_latest_flush(struct store *store, struct err *err)
{
    bool waits = store->latest.waits;

    store->latest.waits = false;
    return waits ? write_latest(store, &store->latest, err) : ERR_OK;
}

/* Copy the row and its texts into the store; false when they are longer than there is room
   for. */
static bool keep_texts(struct waiting_latest *waiting, const struct waiting_latest *row)
{
    const char *const from[] = { row->stage, row->subject, row->source, row->scale,
        row->grade };
    const char **const to[] = { &waiting->stage, &waiting->subject, &waiting->source,
        &waiting->scale, &waiting->grade };
    size_t used = 0;

    for (size_t i = 0; i < COUNT(from); i++)
        used += text_empty(from[i]) ? 1 : strlen(from[i]) + 1;
    if (used > sizeof(waiting->texts))
        return false;
    *waiting = *row;
    used = 0;
    for (size_t i = 0; i < COUNT(from); i++) {
        const char *text = text_empty(from[i]) ? "" : from[i];

        *to[i] = waiting->texts + used;
        memcpy(waiting->texts + used, text, strlen(text) + 1);
        used += strlen(text) + 1;
    }
    return true;
}

static bool same_key(const struct waiting_latest *a, const struct waiting_latest *b)
{
    return a->school_id == b->school_id && a->pupil_id == b->pupil_id && a->kind == b->kind &&
           text_eq(a->subject, b->subject) && text_eq(a->stage, b->stage) &&
           text_eq(a->source, b->source);
}

/*
 * `latest` keeps, for judgements, one row a pupil and subject whatever their stage; for
 * results and predictions one a stage and source; for targets one a stage; nothing for
 * tests and mocks.
 *
 * The newest of facts that follow one another with one key waits in the store, so that a
 * pupil's nine terms are one write.
 */
enum err_code store_latest_put(struct store *store, int64_t school_id, const struct fact *fact,
        int64_t seq, struct err *err)
{
    bool judged = fact->kind == FACT_ASSESSMENT || fact->kind == FACT_LIKELY;
    bool sourced = fact->kind == FACT_RESULT || fact->kind == FACT_PREDICTION;
    struct waiting_latest *waiting = &store->latest;
    struct waiting_latest row = { .waits = true,
        .school_id = school_id,
        .pupil_id = fact->pupil_id,
        .seq = seq,
        .kind = fact->kind,
        .date = fact->date.ymd };
    enum err_code code = ERR_OK;

    if (fact->kind == FACT_TEST || fact->kind == FACT_MOCK)
        return ERR_OK;
    row.stage = judged ? "" : fact->stage;
    row.subject = fact->subject;
    row.source = sourced ? fact->source : "";
    row.scale = fact->scale;
    row.grade = fact->grade;
    if (waiting->waits && same_key(waiting, &row) &&
            (row.date < waiting->date || (row.date == waiting->date && row.seq < waiting->seq)))
        return ERR_OK;
    if (waiting->waits && !same_key(waiting, &row))
        code = store_latest_flush(store, err);
    if (code != ERR_OK)
        return code;
    if (keep_texts(waiting, &row))
        return ERR_OK;
    waiting->waits = false;
    return write_latest(store, &row, err);
}

enum {
    SEEN_MAX = 64
};

/* Passes on the first row of each key: rows come by pupil, subject, date and seq descending. */
struct in_force {
    store_fact_fn fn;
    void *data;
    int64_t pupil_id;
    char subject[32];
    struct date date;
    uint64_t seen[SEEN_MAX];
    size_t seen_n;
};

static bool seen_before(struct in_force *state, const struct fact *fact)
{
    uint64_t key = hash_text(hash_text(HASH_START, fact->stage), fact->source);

    if (fact->pupil_id != state->pupil_id || fact->date.ymd != state->date.ymd ||
            strcmp(fact->subject, state->subject) != 0) {
        state->pupil_id = fact->pupil_id;
        state->date = fact->date;
        (void)text_copy(state->subject, sizeof(state->subject), fact->subject);
        state->seen_n = 0;
    }
    for (size_t i = 0; i < state->seen_n; i++) {
        if (state->seen[i] == key)
            return true;
    }
    if (state->seen_n < SEEN_MAX)
        state->seen[state->seen_n++] = key;
    return false;
}

static enum err_code pass_in_force(void *data, const struct fact *fact, struct err *err)
{
    struct in_force *state = data;

    if (seen_before(state, fact) || fact->withdrawn)
        return ERR_OK;
    return state->fn(state->data, fact, err);
}

enum err_code store_facts_in_force(struct store *store, int64_t school_id,
        const struct fact_question *question, store_fact_fn fn, void *data, struct err *err)
{
    struct in_force state = { .fn = fn, .data = data };

    return store_facts(store, school_id, question, pass_in_force, &state, err);
}

enum err_code store_facts_since(struct store *store, int64_t school_id,
        const struct fact_question *question, struct date since, store_fact_fn fn, void *data,
        struct err *err)
{
    struct in_force state = { .fn = fn, .data = data };

    return store_facts_between(store, school_id, question, since, pass_in_force, &state, err);
}

enum err_code store_results_of_stage(struct store *store, int64_t school_id, const char *stage,
        struct date since, struct date until, store_fact_fn fn, void *data, struct err *err)
{
    struct in_force state = { .fn = fn, .data = data };

    return store_facts_of_stage(store, school_id, stage, since, until, pass_in_force, &state,
            err);
}

struct rebuild {
    struct store *store;
    int64_t school_id;
};

static enum err_code put_row(void *data, const struct fact *fact, struct err *err)
{
    struct rebuild *rebuild = data;

    return store_latest_put(rebuild->store, rebuild->school_id, fact, fact->seq, err);
}

enum err_code store_latest_rebuild(struct store *store, int64_t school_id, struct err *err)
{
    static const enum fact_kind kinds[] = { FACT_RESULT, FACT_ASSESSMENT, FACT_LIKELY,
        FACT_TARGET, FACT_PREDICTION };
    CLEANUP(query_done) struct query q = { 0 };
    struct rebuild rebuild = { store, school_id };
    enum err_code code;

    store->latest.waits = false;
    query_start(&q, store, STMT_LATEST_CLEAR);
    query_bind_int(&q, school_id);
    code = query_run(&q, err);
    for (size_t i = 0; i < COUNT(kinds) && code == ERR_OK; i++)
        code = store_facts_in_force(store, school_id,
                &(struct fact_question){ kinds[i], 0, NULL, (struct date){ 0 },
                        (struct date){ 0 } },
                put_row, &rebuild, err);
    return code == ERR_OK ? store_latest_flush(store, err) : code;
}
