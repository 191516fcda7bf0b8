#include "store/people.h"

#include "base/text.h"
#include "store/store_in.h"

static struct account read_account(struct query *q, struct arena *arena)
{
    return (struct account){
        .account_id = query_int(q, 0),
        .username = query_copy(q, 1, arena),
        .name = query_copy(q, 2, arena),
        .email = query_copy(q, 3, arena),
        .school_id = query_int(q, 4),
        .password = query_copy(q, 5, arena),
        .must_change = query_int(q, 6) != 0,
        .disabled = query_int(q, 7) != 0,
        .totp_secret = query_copy(q, 8, arena),
        .totp_step = query_int(q, 9),
        .created_at = query_copy(q, 10, arena),
    };
}

static enum err_code next_account(struct store *store, int64_t *ret_id, struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };

    query_start(&q, store, STMT_ACCOUNT_NEXT);
    while (query_next(&q))
        *ret_id = query_int(&q, 0);
    return query_end(&q, err);
}

enum err_code store_account_add(struct store *store, const struct account *account,
        int64_t *ret_id, struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };
    int64_t id = 0;
    enum err_code code = next_account(store, &id, err);
    int sqlite_code;

    if (code != ERR_OK)
        return code;
    query_start(&q, store, STMT_ACCOUNT_INSERT);
    query_bind_int(&q, id);
    query_bind_text(&q, account->username);
    query_bind_text(&q, account->name);
    query_bind_text(&q, account->email);
    query_bind_int(&q, account->school_id);
    query_bind_text(&q, account->password);
    query_bind_int(&q, account->must_change ? 1 : 0);
    query_bind_text(&q, account->created_at);
    (void)query_next(&q);
    sqlite_code = q.sqlite_code;
    code = query_end(&q, err);
    if (sqlite_code == SQLITE_CONSTRAINT_UNIQUE) {
        code = err_set(err, ERR_CONFLICT, "there is already an account %s", account->username);
        (void)err_hint(err, "Choose another user name, or enable the account that is there.");
    }
    if (code == ERR_OK)
        *ret_id = id;
    return code;
}

/* The one account of a started query. */
static enum err_code one_account(struct query *q, struct arena *arena,
        struct account *ret_account, bool *ret_found, struct err *err)
{
    struct account account = { 0 };
    bool found = false;
    enum err_code code;

    while (query_next(q)) {
        account = read_account(q, arena);
        found = true;
    }
    code = query_end(q, err);
    if (code == ERR_OK) {
        *ret_account = account;
        *ret_found = found;
    }
    return code;
}

enum err_code store_account_by_name(struct store *store, const char *username,
        struct arena *arena, struct account *ret_account, bool *ret_found, struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };

    query_start(&q, store, STMT_ACCOUNT_BY_NAME);
    query_bind_text(&q, username);
    return one_account(&q, arena, ret_account, ret_found, err);
}

enum err_code store_account(struct store *store, int64_t account_id, struct arena *arena,
        struct account *ret_account, bool *ret_found, struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };

    query_start(&q, store, STMT_ACCOUNT_BY_ID);
    query_bind_int(&q, account_id);
    return one_account(&q, arena, ret_account, ret_found, err);
}

enum err_code store_accounts(struct store *store, struct arena *arena,
        struct account_list *ret_list, struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };
    struct account_list list = { 0 };
    enum err_code code;

    query_start(&q, store, STMT_ACCOUNT_LIST);
    while (query_next(&q)) {
        list.items = query_grow(&q, arena, list.items, list.n, sizeof(*list.items));
        if (list.items == NULL)
            break;
        list.items[list.n++] = read_account(&q, arena);
    }
    code = query_end(&q, err);
    if (code == ERR_OK)
        *ret_list = list;
    return code;
}

enum err_code store_account_password(struct store *store, int64_t account_id,
        const char *password, bool must_change, const char *stamp, struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };

    query_start(&q, store, STMT_ACCOUNT_PASSWORD);
    query_bind_int(&q, account_id);
    query_bind_text(&q, password);
    query_bind_int(&q, must_change ? 1 : 0);
    query_bind_text(&q, stamp);
    return query_run(&q, err);
}

enum err_code store_account_disable(struct store *store, int64_t account_id, bool disabled,
        struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };

    query_start(&q, store, STMT_ACCOUNT_DISABLE);
    query_bind_int(&q, account_id);
    query_bind_int(&q, disabled ? 1 : 0);
    return query_run(&q, err);
}

enum err_code store_account_totp(struct store *store, int64_t account_id, const char *secret,
        int64_t step, const char *stamp, struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };

    query_start(&q, store, STMT_ACCOUNT_TOTP);
    query_bind_int(&q, account_id);
    query_bind_text(&q, secret);
    query_bind_int(&q, step);
    query_bind_text(&q, stamp);
    return query_run(&q, err);
}

enum err_code store_account_totp_use(struct store *store, int64_t account_id, int64_t step,
        bool *ret_fresh, struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };
    bool fresh = false;
    enum err_code code;

    query_start(&q, store, STMT_ACCOUNT_TOTP_USED);
    query_bind_int(&q, account_id);
    query_bind_int(&q, step);
    while (query_next(&q))
        fresh = true;
    code = query_end(&q, err);
    if (code == ERR_OK)
        *ret_fresh = fresh;
    return code;
}
