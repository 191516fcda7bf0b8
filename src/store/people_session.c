#include "store/people.h"
#include "store/store_in.h"

enum err_code store_session_add(struct store *store, const struct session_row *session,
        struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };

    query_start(&q, store, STMT_SESSION_INSERT);
    query_bind_text(&q, session->token_hash);
    query_bind_int(&q, session->account_id);
    query_bind_int(&q, session->school_id);
    query_bind_int(&q, session->started);
    query_bind_int(&q, session->idle);
    query_bind_text(&q, session->from_where);
    return query_run(&q, err);
}

enum err_code store_session(struct store *store, const char *token_hash, struct arena *arena,
        struct session_row *ret_session, bool *ret_found, struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };
    struct session_row row = { 0 };
    bool found = false;
    enum err_code code;

    query_start(&q, store, STMT_SESSION_GET);
    query_bind_text(&q, token_hash);
    while (query_next(&q)) {
        row = (struct session_row){
            .account_id = query_int(&q, 0),
            .school_id = query_int(&q, 1),
            .started = query_int(&q, 2),
            .last_seen = query_int(&q, 3),
            .proved = query_int(&q, 4),
            .idle = query_int(&q, 5),
            .from_where = query_copy(&q, 6, arena),
            .username = query_copy(&q, 7, arena),
            .name = query_copy(&q, 8, arena),
            .must_change = query_int(&q, 9) != 0,
            .disabled = query_int(&q, 10) != 0,
            .has_totp = query_text(&q, 11)[0] != '\0',
        };
        row.token_hash = arena_text(arena, token_hash);
        if (row.token_hash == NULL)
            query_stop(&q, ERR_MEMORY);
        found = true;
    }
    code = query_end(&q, err);
    if (code == ERR_OK) {
        *ret_session = row;
        *ret_found = found;
    }
    return code;
}

enum err_code store_sessions(struct store *store, int64_t account_id, struct arena *arena,
        struct session_row_list *ret_list, struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };
    struct session_row_list list = { 0 };
    enum err_code code;

    query_start(&q, store, STMT_SESSION_LIST);
    query_bind_int(&q, account_id);
    while (query_next(&q)) {
        list.items = query_grow(&q, arena, list.items, list.n, sizeof(*list.items));
        if (list.items == NULL)
            break;
        list.items[list.n++] = (struct session_row){
            .account_id = account_id,
            .token_hash = query_copy(&q, 0, arena),
            .started = query_int(&q, 1),
            .last_seen = query_int(&q, 2),
            .idle = query_int(&q, 3),
            .from_where = query_copy(&q, 4, arena),
        };
    }
    code = query_end(&q, err);
    if (code == ERR_OK)
        *ret_list = list;
    return code;
}

static enum err_code set_number(struct store *store, enum stmt id, const char *token_hash,
        int64_t number, struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };

    query_start(&q, store, id);
    query_bind_text(&q, token_hash);
    query_bind_int(&q, number);
    return query_run(&q, err);
}

enum err_code store_session_touch(struct store *store, const char *token_hash, int64_t now,
        struct err *err)
{
    return set_number(store, STMT_SESSION_TOUCH, token_hash, now, err);
}

enum err_code store_session_proved(struct store *store, const char *token_hash, int64_t now,
        struct err *err)
{
    return set_number(store, STMT_SESSION_PROVED, token_hash, now, err);
}

enum err_code store_session_school(struct store *store, const char *token_hash,
        int64_t school_id, struct err *err)
{
    return set_number(store, STMT_SESSION_SCHOOL, token_hash, school_id, err);
}

enum err_code store_session_end(struct store *store, const char *token_hash, struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };

    query_start(&q, store, STMT_SESSION_END);
    query_bind_text(&q, token_hash);
    return query_run(&q, err);
}

enum err_code store_session_end_all(struct store *store, int64_t account_id, const char *keep,
        struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };

    query_start(&q, store, STMT_SESSION_END_ALL);
    query_bind_int(&q, account_id);
    query_bind_text(&q, keep);
    return query_run(&q, err);
}

static enum err_code sweep_throttles(struct store *store, int64_t before, struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };

    query_start(&q, store, STMT_THROTTLE_SWEEP);
    query_bind_int(&q, before);
    return query_run(&q, err);
}

enum err_code store_session_sweep(struct store *store, int64_t now, int64_t absolute,
        int64_t forget, struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };
    enum err_code code;

    query_start(&q, store, STMT_SESSION_SWEEP);
    query_bind_int(&q, now);
    query_bind_int(&q, absolute);
    code = query_run(&q, err);
    return code == ERR_OK ? sweep_throttles(store, now - forget, err) : code;
}

enum err_code store_throttle(struct store *store, const char *key,
        struct throttle *ret_throttle, struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };
    struct throttle throttle = { 0 };
    enum err_code code;

    query_start(&q, store, STMT_THROTTLE_GET);
    query_bind_text(&q, key);
    while (query_next(&q))
        throttle = (struct throttle){ query_int(&q, 0), query_int(&q, 1), query_int(&q, 2),
            query_int(&q, 3) };
    code = query_end(&q, err);
    if (code == ERR_OK)
        *ret_throttle = throttle;
    return code;
}

enum err_code store_throttle_put(struct store *store, const char *key,
        const struct throttle *throttle, struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };

    query_start(&q, store, STMT_THROTTLE_PUT);
    query_bind_text(&q, key);
    query_bind_int(&q, throttle->n);
    query_bind_int(&q, throttle->last);
    query_bind_int(&q, throttle->until);
    query_bind_int(&q, throttle->good);
    return query_run(&q, err);
}
