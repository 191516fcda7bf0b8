#include <string.h>

#include "base/text.h"
#include "store/people.h"
#include "store/store_in.h"

static enum err_code next_grant(struct store *store, int64_t school_id, int64_t *ret_id,
        struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };

    query_start(&q, store, STMT_GRANT_NEXT);
    query_bind_int(&q, school_id);
    while (query_next(&q))
        *ret_id = query_int(&q, 0);
    return query_end(&q, err);
}

enum err_code store_grant_add(struct store *store, int64_t school_id,
        const struct grant_row *row, int64_t *ret_grant_id, struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };
    const struct grant *grant = &row->grant;
    int64_t id = 0;
    enum err_code code = next_grant(store, school_id, &id, err);

    if (code != ERR_OK)
        return code;
    query_start(&q, store, STMT_GRANT_INSERT);
    query_bind_int(&q, school_id);
    query_bind_int(&q, id);
    query_bind_int(&q, row->account_id);
    query_bind_text(&q, role_word(grant->role));
    query_bind_text(&q, grant_kind_word(grant->kind));
    query_bind_text(&q, grant->value);
    query_bind_int(&q, grant->pupil_id);
    query_bind_int(&q, grant->extras);
    query_bind_text(&q, row->note);
    query_bind_int(&q, grant->from.ymd);
    query_bind_int(&q, grant->to.ymd);
    query_bind_text(&q, row->granted_by);
    query_bind_text(&q, row->granted_at);
    code = query_run(&q, err);
    if (code == ERR_OK)
        *ret_grant_id = id;
    return code;
}

/* Role and kind in words from two columns on; false when a word is unknown. */
static bool read_words(struct query *q, int column, struct grant *grant)
{
    int role = role_find(query_text(q, column));
    int kind = grant_kind_find(query_text(q, column + 1));

    if (role < 0 || kind < 0)
        return false;
    grant->role = (enum role)role;
    grant->kind = (enum grant_kind)kind;
    return true;
}

static struct grant_row read_row(struct query *q, int64_t school_id, struct arena *arena)
{
    struct grant_row row = {
        .account_id = query_int(q, 1),
        .note = query_copy(q, 7, arena),
        .granted_by = query_copy(q, 10, arena),
        .granted_at = query_copy(q, 11, arena),
        .ended_by = query_copy(q, 12, arena),
    };

    row.grant = (struct grant){
        .role = ROLE__MAX,
        .kind = GRANT__MAX,
        .school_id = school_id,
        .grant_id = query_int(q, 0),
        .value = query_copy(q, 4, arena),
        .subject = "",
        .pupil_id = query_int(q, 5),
        .extras = (unsigned)query_int(q, 6),
        .from = { (int32_t)query_int(q, 8) },
        .to = { (int32_t)query_int(q, 9) },
    };
    (void)read_words(q, 2, &row.grant);
    return row;
}

enum err_code store_grants(struct store *store, int64_t school_id, struct arena *arena,
        struct grant_row_list *ret_list, struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };
    struct grant_row_list list = { 0 };
    enum err_code code;

    query_start(&q, store, STMT_GRANT_LIST);
    query_bind_int(&q, school_id);
    while (query_next(&q)) {
        list.items = query_grow(&q, arena, list.items, list.n, sizeof(*list.items));
        if (list.items == NULL)
            break;
        list.items[list.n++] = read_row(&q, school_id, arena);
    }
    code = query_end(&q, err);
    if (code == ERR_OK)
        *ret_list = list;
    return code;
}

/* "7A in HIS": one subject of a group that has none of its own, such as a registration group.
 */
static void split_subject(struct query *q, struct arena *arena, struct grant *grant)
{
    const char *at = strstr(grant->value, " in ");
    size_t n = at == NULL ? 0 : strspn(at + 4, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-");

    if (grant->kind != GRANT_GROUP || n < 2 || at[4 + n] != '\0')
        return;
    grant->subject = at + 4;
    grant->value = arena_bytes(arena, grant->value, (size_t)(at - grant->value));
    if (grant->value == NULL)
        query_stop(q, ERR_MEMORY);
}

enum err_code store_grants_of(struct store *store, int64_t school_id, int64_t account_id,
        struct date today, struct arena *arena, struct grant_list *list, struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };
    struct grant_list found = *list;
    enum err_code code;

    query_start(&q, store, STMT_GRANT_OF_ACCOUNT);
    query_bind_int(&q, school_id);
    query_bind_int(&q, account_id);
    query_bind_int(&q, today.ymd);
    while (query_next(&q)) {
        struct grant grant = { .school_id = school_id };

        if (!read_words(&q, 1, &grant))
            continue;
        found.items = query_grow(&q, arena, found.items, found.n, sizeof(*found.items));
        if (found.items == NULL)
            break;
        grant.grant_id = query_int(&q, 0);
        grant.value = query_copy(&q, 3, arena);
        grant.pupil_id = query_int(&q, 4);
        grant.extras = (unsigned)query_int(&q, 5);
        grant.from.ymd = (int32_t)query_int(&q, 6);
        grant.to.ymd = (int32_t)query_int(&q, 7);
        grant.subject = query_copy(&q, 8, arena);
        if (grant.value != NULL)
            split_subject(&q, arena, &grant);
        found.items[found.n++] = grant;
    }
    code = query_end(&q, err);
    if (code == ERR_OK)
        *list = found;
    return code;
}

enum err_code store_grant_schools(struct store *store, int64_t account_id, struct date today,
        struct arena *arena, struct school_id_list *ret_list, struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };
    struct school_id_list list = { 0 };
    enum err_code code;

    query_start(&q, store, STMT_GRANT_SCHOOLS);
    query_bind_int(&q, account_id);
    query_bind_int(&q, today.ymd);
    while (query_next(&q)) {
        list.items = query_grow(&q, arena, list.items, list.n, sizeof(*list.items));
        if (list.items == NULL)
            break;
        list.items[list.n++] = query_int(&q, 0);
    }
    code = query_end(&q, err);
    if (code == ERR_OK)
        *ret_list = list;
    return code;
}

enum err_code store_grant_end(struct store *store, int64_t school_id, int64_t account_id,
        int64_t grant_id, struct date last, const char *ended_by, struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };

    query_start(&q, store, STMT_GRANT_END);
    query_bind_int(&q, school_id);
    query_bind_int(&q, account_id);
    query_bind_int(&q, grant_id);
    query_bind_int(&q, last.ymd);
    query_bind_text(&q, ended_by);
    return query_run(&q, err);
}
