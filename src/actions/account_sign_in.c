#include <stdio.h>
#include <string.h>

#include "actions/account_in.h"
#include "base/text.h"

/* One try to sign in, or to prove it is still the same person. */
struct attempt {
    char username[USERNAME_SIZE];
    struct account account;
    bool found;
    bool right;                         /* the password is */
    int64_t totp_step;                  /* of the code given; 0 none wanted, -1 wrong */
    char renewed[SECRET_PASSWORD_SIZE]; /* the password hashed at today's cost, or "" */
};

enum err_code sign_in_refused(int64_t wait, struct err *err)
{
    (void)err_set(err, ERR_FORBIDDEN, "the user name or the password is wrong");
    if (wait > 0)
        return err_hint(err, "There were many failed attempts. Try again in %lld second%s.",
                (long long)wait, wait == 1 ? "" : "s");
    return err_hint(err, "Check both and try again. The data manager can give you a new "
                         "password.");
}

/* Well formed and nobody's: checking a password against it takes as long as any other. */
static const char *nobody(const struct password_cost *cost, char buffer[SECRET_PASSWORD_SIZE])
{
    (void)snprintf(buffer, SECRET_PASSWORD_SIZE,
            "$argon2id$v=19$m=%zu,t=%llu,p=1$AAAAAAAAAAAAAAAAAAAAAA$"
            "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
            cost->memory / 1024, (unsigned long long)cost->passes);
    return buffer;
}

static enum err_code look_up(const struct desk *desk, struct attempt *attempt, struct err *err)
{
    struct context *c = desk->context;

    return store_account_by_name(c->store, attempt->username, c->arena, &attempt->account,
            &attempt->found, err);
}

/* The slow part, outside any transaction. */
static enum err_code weigh(const struct desk *desk, struct attempt *attempt,
        const char *password, const char *code, struct err *err)
{
    struct password_cost cost = account_cost(desk);
    char other[SECRET_PASSWORD_SIZE];
    bool real = attempt->found && !text_empty(attempt->account.password);
    bool same = secret_password_is(real ? attempt->account.password : nobody(&cost, other),
            password);

    attempt->right = real && same && !attempt->account.disabled;
    if (!attempt->right) {
        /* A hash of an older, cheaper cost would tell by its haste that the name is known. */
        if (real && secret_password_stale(attempt->account.password, &cost))
            (void)secret_password_is(nobody(&cost, other), password);
        return ERR_OK;
    }
    if (!text_empty(attempt->account.totp_secret) && code != NULL) {
        attempt->totp_step =
                text_empty(code) ? -1
                                 : totp_match(attempt->account.totp_secret, code, desk->now);
        attempt->right = attempt->totp_step > 0;
    }
    if (attempt->right && secret_password_stale(attempt->account.password, &cost))
        return secret_password_hash(password, &cost, attempt->renewed, err);
    return ERR_OK;
}

/* The second factor's code counts once; the password is kept at today's cost. */
static enum err_code use_up(const struct desk *desk, const struct attempt *attempt,
        struct err *err)
{
    struct context *c = desk->context;
    const struct account *account = &attempt->account;
    bool fresh = true;
    enum err_code code = ERR_OK;

    if (attempt->totp_step > 0)
        code = store_account_totp_use(c->store, account->account_id, attempt->totp_step, &fresh,
                err);
    if (code == ERR_OK && !fresh)
        code = sign_in_refused(0, err);
    if (code == ERR_OK && attempt->renewed[0] != '\0')
        code = store_account_password(c->store, account->account_id, attempt->renewed,
                account->must_change, c->stamp, err);
    return code;
}

static enum err_code note(const struct desk *desk, const struct attempt *attempt,
        const char *action, const char *result, struct err *err)
{
    const struct act act = { .school_id = attempt->found ? attempt->account.school_id : 0,
        .account_id = attempt->found ? attempt->account.account_id : 0,
        .who = attempt->found ? attempt->account.username : "",
        .action = action,
        .result = result };

    return account_audit(desk, &act, err);
}

/* Count it and say it; the answer is the same whatever was wrong. */
static enum err_code fail(const struct desk *desk, const struct attempt *attempt,
        const char *action, int64_t *ret_wait, struct err *err)
{
    int64_t wait = 0;
    enum err_code code = store_begin(desk->context->store, err);

    if (code != ERR_OK)
        return code;
    code = throttle_failed(desk, attempt->username, err);
    if (code == ERR_OK)
        code = throttle_wait(desk, attempt->username, &wait, err);
    if (code == ERR_OK)
        code = note(desk, attempt, action, "refused", err);
    code = account_finish(desk, code, err);
    if (code != ERR_OK)
        return code;
    if (ret_wait != NULL)
        *ret_wait = wait;
    return sign_in_refused(wait, err);
}

/* Guesses that were being weighed while others failed are not let past the brake. */
static enum err_code still_free(const struct desk *desk, const struct attempt *attempt,
        struct err *err)
{
    int64_t wait = 0;
    enum err_code code = throttle_wait(desk, attempt->username, &wait, err);

    return code == ERR_OK && wait > 0 ? sign_in_refused(wait, err) : code;
}

static enum err_code pass(const struct desk *desk, const struct attempt *attempt,
        struct session *ret_session, struct err *err)
{
    struct session session = { 0 };
    enum err_code code = store_begin(desk->context->store, err);

    if (code != ERR_OK)
        return code;
    code = still_free(desk, attempt, err);
    if (code == ERR_OK)
        code = use_up(desk, attempt, err);
    if (code == ERR_OK)
        code = session_open(desk, &attempt->account, &session, err);
    if (code == ERR_OK)
        code = throttle_passed(desk, attempt->username, err);
    if (code == ERR_OK)
        code = note(desk, attempt, "sign-in", "done", err);
    code = account_finish(desk, code, err);
    if (code == ERR_OK)
        *ret_session = session;
    return code;
}

/* Read what is typed and whether it may be tried at all. */
static enum err_code begin(const struct desk *desk, const char *username,
        struct attempt *attempt, int64_t *ret_wait, struct err *err)
{
    int64_t wait = 0;
    enum err_code code;

    (void)account_username(username, attempt->username);
    code = throttle_wait(desk, attempt->username, &wait, err);
    if (code != ERR_OK)
        return code;
    if (wait > 0) {
        if (ret_wait != NULL)
            *ret_wait = wait;
        return sign_in_refused(wait, err);
    }
    return look_up(desk, attempt, err);
}

enum err_code sign_in(const struct desk *desk, const char *username, const char *password,
        const char *code, struct session *ret_session, int64_t *ret_wait, struct err *err)
{
    struct attempt attempt = { 0 };
    enum err_code done = begin(desk, username, &attempt, ret_wait, err);

    if (done == ERR_OK)
        done = weigh(desk, &attempt, password == NULL ? "" : password, code, err);
    if (done != ERR_OK)
        return done;
    if (attempt.right && code == NULL && !text_empty(attempt.account.totp_secret)) {
        (void)err_set(err, ERR_CLOSED, "the code of your second factor is needed as well");
        return err_hint(err, "Type the six digits that your app shows now.");
    }
    if (attempt.right)
        done = pass(desk, &attempt, ret_session, err);
    secret_wipe(attempt.renewed, sizeof(attempt.renewed));
    if (attempt.right && done != ERR_FORBIDDEN)
        return done;
    return fail(desk, &attempt, "sign-in", ret_wait, err);
}

enum err_code session_prove(const struct desk *desk, const struct session *session,
        const char *password, struct err *err)
{
    struct attempt attempt = { 0 };
    char hash[DIGEST_HEX_SIZE];
    enum err_code code = begin(desk, session->username, &attempt, NULL, err);

    if (code == ERR_OK)
        code = weigh(desk, &attempt, password == NULL ? "" : password, NULL, err);
    if (code != ERR_OK)
        return code;
    if (!attempt.right)
        return fail(desk, &attempt, "prove", NULL, err);
    code = store_begin(desk->context->store, err);
    if (code != ERR_OK)
        return code;
    code = store_session_proved(desk->context->store, secret_hash(session->token, hash),
            desk->now, err);
    if (code == ERR_OK)
        code = throttle_passed(desk, attempt.username, err);
    if (code == ERR_OK)
        code = note(desk, &attempt, "prove", "done", err);
    return account_finish(desk, code, err);
}
