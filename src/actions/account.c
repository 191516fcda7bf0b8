#include "actions/account.h"

#include <stdio.h>
#include <string.h>

#include "actions/account_in.h"
#include "base/text.h"

struct password_cost account_cost(const struct desk *desk)
{
    return desk->cost.passes == 0 ? password_cost_default() : desk->cost;
}

enum err_code account_audit(const struct desk *desk, const struct act *act, struct err *err)
{
    struct context *c = desk->context;
    const struct audit_entry entry = {
        .recorded_at = c->stamp,
        .account_id = act->account_id,
        .who = act->who != NULL ? act->who : c->who,
        .action = act->action,
        .what = act->what,
        .reason = act->reason,
        .from_where = desk->from_where,
        .result = act->result,
    };

    return store_audit_add(c->store, act->school_id, &entry, 1, err);
}

enum err_code account_finish(const struct desk *desk, enum err_code code, struct err *err)
{
    if (code == ERR_OK)
        return store_commit(desk->context->store, err);
    store_rollback(desk->context->store);
    return code;
}

bool account_username(const char *typed, char buffer[USERNAME_SIZE])
{
    char copy[USERNAME_SIZE * 2];
    bool fits = text_copy(copy, sizeof(copy), typed == NULL ? "" : typed);

    fits = text_copy(buffer, USERNAME_SIZE, text_trim(copy)) && fits;
    (void)text_lower(buffer);
    return fits && buffer[0] != '\0';
}

/* Letters, figures and . - _ @ of any alphabet: what a person can type and a log can show. */
static enum err_code check_username(const char *name, struct err *err)
{
    bool good = text_utf8_valid(name, strlen(name)) == strlen(name);

    for (const char *c = name; *c != '\0' && good; c++)
        good = (unsigned char)*c >= 0x80 || (*c >= 'a' && *c <= 'z') ||
               (*c >= '0' && *c <= '9') || strchr(".-_@", *c) != NULL;
    if (good)
        return ERR_OK;
    (void)err_set(err, ERR_INVALID, "\"%s\" cannot be a user name", name);
    return err_hint(err, "It has letters, figures, dots, hyphens and no spaces: p.shah");
}

static enum err_code insert(const struct desk *desk, const struct account *account,
        const struct account_new *new, int64_t *ret_id, struct err *err)
{
    char what[40];
    const struct act act = { .school_id = new->school_id,
        .account_id = desk->account_id,
        .action = "add-account",
        .what = what,
        .result = "done" };
    int64_t grant_id;
    int64_t id = 0;
    enum err_code code = store_begin(desk->context->store, err);

    if (code != ERR_OK)
        return code;
    code = grant_check_giver(desk, &new->grant, err);
    if (code == ERR_OK)
        code = store_account_add(desk->context->store, account, &id, err);
    (void)snprintf(what, sizeof(what), "account %lld", (long long)id);
    if (code == ERR_OK)
        code = account_audit(desk, &act, err);
    if (code == ERR_OK)
        code = grant_add(desk, id, &new->grant, new->note, &grant_id, err);
    code = account_finish(desk, code, err);
    if (code == ERR_OK)
        *ret_id = id;
    return code;
}

enum err_code account_add(const struct desk *desk, const struct account_new *new,
        int64_t *ret_id, char password[FIRST_PASSWORD_SIZE], struct err *err)
{
    struct password_cost cost = account_cost(desk);
    char username[USERNAME_SIZE];
    char hash[SECRET_PASSWORD_SIZE];
    struct account account = { .username = username,
        .name = new->name,
        .email = new->email,
        .school_id = new->school_id,
        .password = hash,
        .must_change = !new->keep_password,
        .created_at = desk->context->stamp };
    enum err_code code;

    if (!account_username(new->username, username))
        return err_set(err, ERR_INVALID, "an account needs a user name of at most %d letters",
                USERNAME_SIZE - 1);
    code = check_username(username, err);
    if (code == ERR_OK && text_empty(new->name))
        code = err_set(err, ERR_INVALID, "an account needs the person's name");
    if (code == ERR_OK)
        code = grant_check(&new->grant, err);
    if (code != ERR_OK)
        return code;
    password_first(password);
    code = secret_password_hash(password, &cost, hash, err);
    return code == ERR_OK ? insert(desk, &account, new, ret_id, err) : code;
}

enum err_code account_find(const struct desk *desk, const char *username,
        struct account *ret_account, struct err *err)
{
    struct context *c = desk->context;
    char name[USERNAME_SIZE];
    bool found = false;
    struct account account = { 0 };
    enum err_code code;

    (void)account_username(username, name);
    code = store_account_by_name(c->store, name, c->arena, &account, &found, err);
    if (code == ERR_OK && !found) {
        (void)err_set(err, ERR_NOT_FOUND, "there is no account %s", name);
        return err_hint(err, "List them with `attain user list`.");
    }
    if (code == ERR_OK)
        *ret_account = account;
    return code;
}

/* A change to one account that signs it out everywhere. */
static enum err_code finish_change(const struct desk *desk, const struct account *account,
        const char *action, struct err *err)
{
    char what[40];
    const struct act act = { .school_id = account->school_id,
        .account_id = desk->account_id,
        .action = action,
        .what = what,
        .result = "done" };
    enum err_code code =
            store_session_end_all(desk->context->store, account->account_id, "", err);

    (void)snprintf(what, sizeof(what), "account %lld", (long long)account->account_id);
    return code == ERR_OK ? account_audit(desk, &act, err) : code;
}

enum err_code account_reset(const struct desk *desk, const char *username,
        char password[FIRST_PASSWORD_SIZE], struct err *err)
{
    struct context *c = desk->context;
    struct password_cost cost = account_cost(desk);
    struct account account = { 0 };
    char hash[SECRET_PASSWORD_SIZE];
    enum err_code code = account_find(desk, username, &account, err);

    if (code != ERR_OK)
        return code;
    password_first(password);
    code = secret_password_hash(password, &cost, hash, err);
    if (code == ERR_OK)
        code = store_begin(c->store, err);
    if (code != ERR_OK)
        return code;
    code = account_check_reach(desk, account.account_id, err);
    if (code == ERR_OK)
        code = store_account_password(c->store, account.account_id, hash, true, c->stamp, err);
    if (code == ERR_OK)
        code = finish_change(desk, &account, "reset-password", err);
    return account_finish(desk, code, err);
}

enum err_code account_disable(const struct desk *desk, const char *username, bool disabled,
        struct err *err)
{
    struct context *c = desk->context;
    struct account account = { 0 };
    enum err_code code = account_find(desk, username, &account, err);

    if (code == ERR_OK)
        code = store_begin(c->store, err);
    if (code != ERR_OK)
        return code;
    code = account_check_reach(desk, account.account_id, err);
    if (code == ERR_OK)
        code = store_account_disable(c->store, account.account_id, disabled, err);
    if (code == ERR_OK)
        code = finish_change(desk, &account, disabled ? "disable-account" : "enable-account",
                err);
    return account_finish(desk, code, err);
}
