#include <stdio.h>

#include "actions/account_in.h"
#include "base/text.h"

static enum err_code not_signed_in(struct err *err)
{
    (void)err_set(err, ERR_FORBIDDEN, "you are not signed in");
    return err_hint(err, "Sign in and do it again.");
}

static bool is_over(const struct session_row *row, int64_t now)
{
    return now - row->started >= SESSION_ABSOLUTE || now - row->last_seen >= row->idle ||
           now < row->started - SESSION_TOUCH;
}

/* Privileged roles, parents and pupils are signed out sooner; so is who has no role. */
static int64_t idle_of(const struct grant_list *grants)
{
    bool staff = false;

    for (size_t i = 0; i < grants->n; i++) {
        if (role_privileged(grants->items[i].role))
            return SESSION_IDLE_SHORT;
        staff = staff || role_staff(grants->items[i].role);
    }
    return staff ? SESSION_IDLE_STAFF : SESSION_IDLE_SHORT;
}

/* Every grant that stands, in all schools; the first school is the account's own where it
   can be. */
static enum err_code all_grants(const struct desk *desk, const struct account *account,
        struct grant_list *grants, int64_t *ret_school_id, struct err *err)
{
    struct context *c = desk->context;
    struct school_id_list schools = { 0 };
    enum err_code code = store_grant_schools(c->store, account->account_id, c->today, c->arena,
            &schools, err);

    for (size_t i = 0; i < schools.n && code == ERR_OK; i++) {
        if (i == 0 || schools.items[i] == account->school_id)
            *ret_school_id = schools.items[i];
        code = store_grants_of(c->store, schools.items[i], account->account_id, c->today,
                c->arena, grants, err);
    }
    return code;
}

enum err_code session_open(const struct desk *desk, const struct account *account,
        struct session *ret_session, struct err *err)
{
    struct grant_list grants = { 0 };
    char hash[DIGEST_HEX_SIZE];
    struct session session = {
        .account_id = account->account_id,
        .username = account->username,
        .name = account->name,
        .started = desk->now,
        .last_seen = desk->now,
        .proved = desk->now,
        .must_change = account->must_change,
        .has_totp = !text_empty(account->totp_secret),
    };
    struct session_row row;
    enum err_code code = all_grants(desk, account, &grants, &session.school_id, err);

    if (code != ERR_OK)
        return code;
    if (account->disabled || grants.n == 0)
        return sign_in_refused(0, err);
    session.idle = idle_of(&grants);
    secret_token(session.token);
    row = (struct session_row){
        .token_hash = secret_hash(session.token, hash),
        .account_id = session.account_id,
        .school_id = session.school_id,
        .started = desk->now,
        .idle = session.idle,
        .from_where = desk->from_where,
    };
    code = store_session_add(desk->context->store, &row, err);
    if (code == ERR_OK)
        *ret_session = session;
    return code;
}

enum err_code session_begin(const struct desk *desk, int64_t account_id,
        struct session *ret_session, struct err *err)
{
    struct context *c = desk->context;
    struct account account = { 0 };
    bool found = false;
    enum err_code code = store_account(c->store, account_id, c->arena, &account, &found, err);

    if (code == ERR_OK && !found)
        code = sign_in_refused(0, err);
    if (code == ERR_OK)
        code = store_begin(c->store, err);
    if (code == ERR_OK)
        code = account_finish(desk, session_open(desk, &account, ret_session, err), err);
    return code;
}

enum err_code session_check(const struct desk *desk, const char *token,
        struct session *ret_session, bool *ret_stale, struct err *err)
{
    struct context *c = desk->context;
    struct session_row row = { 0 };
    struct session session = { 0 };
    char hash[DIGEST_HEX_SIZE];
    bool found = false;
    enum err_code code;

    if (text_empty(token) || !text_copy(session.token, sizeof(session.token), token))
        return not_signed_in(err);
    code = store_session(c->store, secret_hash(token, hash), c->arena, &row, &found, err);
    if (code != ERR_OK)
        return code;
    if (!found || row.disabled || is_over(&row, desk->now))
        return not_signed_in(err);
    session.account_id = row.account_id;
    session.school_id = row.school_id;
    session.username = row.username;
    session.name = row.name;
    session.started = row.started;
    session.last_seen = row.last_seen;
    session.proved = row.proved;
    session.idle = row.idle;
    session.must_change = row.must_change;
    session.has_totp = row.has_totp;
    *ret_session = session;
    *ret_stale = desk->now - row.last_seen >= SESSION_TOUCH;
    return ERR_OK;
}

enum err_code session_touch(const struct desk *desk, const char *token, struct err *err)
{
    char hash[DIGEST_HEX_SIZE];

    return store_session_touch(desk->context->store, secret_hash(token, hash), desk->now, err);
}

enum err_code session_end(const struct desk *desk, const char *token, struct err *err)
{
    struct store *store = desk->context->store;
    struct session session = { 0 };
    char hash[DIGEST_HEX_SIZE];
    bool stale = false;
    struct err none = { 0 };
    bool known = session_check(desk, token, &session, &stale, &none) == ERR_OK;
    enum err_code code = text_empty(token) ? ERR_OK : store_begin(store, err);

    if (text_empty(token) || code != ERR_OK)
        return code;
    code = store_session_end(store, secret_hash(token, hash), err);
    if (code == ERR_OK && known) {
        const struct act act = { .school_id = session.school_id,
            .account_id = session.account_id,
            .who = session.username,
            .action = "sign-out",
            .result = "done" };

        code = account_audit(desk, &act, err);
    }
    return account_finish(desk, code, err);
}

enum err_code session_end_others(const struct desk *desk, int64_t account_id, const char *keep,
        struct err *err)
{
    struct store *store = desk->context->store;
    char hash[DIGEST_HEX_SIZE] = "";
    char what[48];
    struct act act = { .school_id = desk->context->school.school_id,
        .account_id = desk->account_id,
        .action = "end-sessions",
        .what = what,
        .result = "done" };
    enum err_code code = store_begin(store, err);

    if (code != ERR_OK)
        return code;
    (void)snprintf(what, sizeof(what), "account %lld", (long long)account_id);
    if (keep != NULL)
        (void)secret_hash(keep, hash);
    code = store_session_end_all(store, account_id, hash, err);
    if (code == ERR_OK)
        code = account_audit(desk, &act, err);
    return account_finish(desk, code, err);
}

enum err_code session_choose_school(const struct desk *desk, const char *token,
        int64_t account_id, int64_t school_id, struct err *err)
{
    struct context *c = desk->context;
    struct school_id_list schools = { 0 };
    char hash[DIGEST_HEX_SIZE];
    enum err_code code =
            store_grant_schools(c->store, account_id, c->today, c->arena, &schools, err);

    if (code != ERR_OK)
        return code;
    for (size_t i = 0; i < schools.n; i++) {
        if (schools.items[i] == school_id || schools.items[i] == 0)
            return store_session_school(c->store, secret_hash(token, hash), school_id, err);
    }
    (void)err_set(err, ERR_FORBIDDEN, "you hold no role in that school");
    return err_hint(err, "Ask its data manager.");
}

bool session_is_fresh(const struct session *session, int64_t now)
{
    return now - session->proved < SESSION_FRESH;
}

enum err_code session_sweep(const struct desk *desk, struct err *err)
{
    enum err_code code = store_begin(desk->context->store, err);

    if (code != ERR_OK)
        return code;
    code = store_session_sweep(desk->context->store, desk->now, SESSION_ABSOLUTE, 90 * 86400,
            err);
    return account_finish(desk, code, err);
}
