#include <stdio.h>

#include "base/text.h"
#include "store/people.h"
#include "store/store_in.h"

enum {
    AUDIT_ROWS = 1000
};

static void hash_entry(const char *previous, int64_t school_id, const struct audit_entry *entry,
        char hash[DIGEST_HEX_SIZE])
{
    struct digest digest;

    digest_start(&digest);
    digest_text(&digest, previous);
    digest_int(&digest, school_id);
    digest_int(&digest, entry->seq);
    digest_text(&digest, entry->recorded_at);
    digest_int(&digest, entry->account_id);
    digest_text(&digest, entry->who);
    digest_text(&digest, entry->action);
    digest_int(&digest, entry->pupil_id);
    digest_text(&digest, entry->pupils);
    digest_text(&digest, entry->what);
    digest_text(&digest, entry->reason);
    digest_text(&digest, entry->from_where);
    digest_text(&digest, entry->result);
    (void)digest_hex(&digest, hash);
}

static enum err_code insert_entry(struct store *store, int64_t school_id,
        const struct audit_entry *entry, const char *hash, struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };

    query_start(&q, store, STMT_AUDIT_INSERT);
    query_bind_int(&q, school_id);
    query_bind_int(&q, entry->seq);
    query_bind_text(&q, entry->recorded_at);
    query_bind_int(&q, entry->account_id);
    query_bind_text(&q, entry->who);
    query_bind_text(&q, entry->action);
    query_bind_int(&q, entry->pupil_id);
    query_bind_text(&q, entry->pupils);
    query_bind_text(&q, entry->what);
    query_bind_text(&q, entry->reason);
    query_bind_text(&q, entry->from_where);
    query_bind_text(&q, entry->result);
    query_bind_text(&q, hash);
    return query_run(&q, err);
}

static enum err_code last_entry(struct store *store, int64_t school_id, int64_t *ret_seq,
        char hash[DIGEST_HEX_SIZE], struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };

    *ret_seq = 0;
    hash[0] = '\0';
    query_start(&q, store, STMT_AUDIT_LAST);
    query_bind_int(&q, school_id);
    while (query_next(&q)) {
        *ret_seq = query_int(&q, 0);
        (void)text_copy(hash, DIGEST_HEX_SIZE, query_text(&q, 1));
    }
    return query_end(&q, err);
}

static const char *or_empty(const char *text)
{
    return text == NULL ? "" : text;
}

/* As it will be read again, so that its hash is the same then. */
static struct audit_entry written(const struct audit_entry *entry, int64_t seq)
{
    struct audit_entry copy = *entry;

    copy.seq = seq;
    copy.recorded_at = or_empty(entry->recorded_at);
    copy.who = or_empty(entry->who);
    copy.action = or_empty(entry->action);
    copy.pupils = or_empty(entry->pupils);
    copy.what = or_empty(entry->what);
    copy.reason = or_empty(entry->reason);
    copy.from_where = or_empty(entry->from_where);
    copy.result = or_empty(entry->result);
    return copy;
}

enum err_code store_audit_add(struct store *store, int64_t school_id,
        const struct audit_entry *entries, size_t n, struct err *err)
{
    char previous[DIGEST_HEX_SIZE];
    char hash[DIGEST_HEX_SIZE];
    int64_t seq = 0;
    enum err_code code = last_entry(store, school_id, &seq, previous, err);

    for (size_t i = 0; i < n && code == ERR_OK; i++) {
        struct audit_entry entry = written(&entries[i], ++seq);

        hash_entry(previous, school_id, &entry, hash);
        code = insert_entry(store, school_id, &entry, hash, err);
        (void)text_copy(previous, sizeof(previous), hash);
    }
    return code;
}

static struct audit_entry read_entry(struct query *q, int64_t school_id, struct arena *arena)
{
    return (struct audit_entry){
        .school_id = school_id,
        .seq = query_int(q, 0),
        .recorded_at = query_copy(q, 1, arena),
        .account_id = query_int(q, 2),
        .who = query_copy(q, 3, arena),
        .action = query_copy(q, 4, arena),
        .pupil_id = query_int(q, 5),
        .pupils = query_copy(q, 6, arena),
        .what = query_copy(q, 7, arena),
        .reason = query_copy(q, 8, arena),
        .from_where = query_copy(q, 9, arena),
        .result = query_copy(q, 10, arena),
    };
}

enum err_code store_audit(struct store *store, int64_t school_id,
        const struct audit_filter *filter, struct arena *arena, struct audit_list *ret_list,
        struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };
    struct audit_list list = { 0 };
    char like[32];
    enum err_code code;

    (void)snprintf(like, sizeof(like), "%%,%lld,%%", (long long)filter->pupil_id);
    query_start(&q, store, STMT_AUDIT_LIST);
    query_bind_int(&q, school_id);
    query_bind_text(&q, or_empty(filter->from));
    query_bind_text(&q, filter->before == NULL ? "9999" : filter->before);
    query_bind_int(&q, filter->pupil_id);
    query_bind_text(&q, like);
    query_bind_int(&q, filter->account_id);
    query_bind_text(&q, or_empty(filter->action));
    query_bind_int(&q, filter->limit <= 0 ? AUDIT_ROWS : filter->limit);
    while (query_next(&q)) {
        list.items = query_grow(&q, arena, list.items, list.n, sizeof(*list.items));
        if (list.items == NULL)
            break;
        list.items[list.n++] = read_entry(&q, school_id, arena);
    }
    code = query_end(&q, err);
    if (code == ERR_OK)
        *ret_list = list;
    return code;
}

/* The texts are the query's own: hashed before the next step, never kept. */
static struct audit_entry borrow_entry(struct query *q)
{
    return (struct audit_entry){
        .seq = query_int(q, 0),
        .recorded_at = query_text(q, 1),
        .account_id = query_int(q, 2),
        .who = query_text(q, 3),
        .action = query_text(q, 4),
        .pupil_id = query_int(q, 5),
        .pupils = query_text(q, 6),
        .what = query_text(q, 7),
        .reason = query_text(q, 8),
        .from_where = query_text(q, 9),
        .result = query_text(q, 10),
    };
}

enum err_code store_audit_check(struct store *store, int64_t school_id, int64_t *ret_row_n,
        int64_t *ret_broken, struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };
    char previous[DIGEST_HEX_SIZE] = "";
    char hash[DIGEST_HEX_SIZE];
    int64_t row_n = 0;
    int64_t broken = 0;
    enum err_code code;

    query_start(&q, store, STMT_AUDIT_CHAIN);
    query_bind_int(&q, school_id);
    while (query_next(&q)) {
        struct audit_entry entry = borrow_entry(&q);

        row_n++;
        hash_entry(previous, school_id, &entry, hash);
        if (broken == 0 && (entry.seq != row_n || !text_eq(hash, query_text(&q, 11))))
            broken = row_n;
        (void)text_copy(previous, sizeof(previous), hash);
    }
    code = query_end(&q, err);
    if (code == ERR_OK) {
        *ret_row_n = row_n;
        *ret_broken = broken;
    }
    return code;
}
