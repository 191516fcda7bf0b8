/*
 * account: accounts, signing in, sessions and grants.
 *
 * A desk is where they are asked for: the open context, the time, and from where. Each
 * function that writes opens and closes its own transaction and leaves a line in the audit
 * (never a password, a token or a name typed that is nobody's). What fails tells a visitor
 * nothing about which accounts exist: wrong user name, wrong password, disabled account and
 * account without a role give one answer, after the same work.
 *
 * Time-outs (seconds): staff 30 minutes idle, privileged roles, parents and pupils 15;
 * 12 hours in all. Failed sign-ins slow down, they never lock for good: see sign_in.
 */
#ifndef ACTIONS_ACCOUNT_H
#define ACTIONS_ACCOUNT_H

#include "actions/context.h"
#include "school/access.h"
#include "store/people.h"
#include "store/people_secret.h"

enum {
    SESSION_IDLE_STAFF = 30 * 60,
    SESSION_IDLE_SHORT = 15 * 60,
    SESSION_ABSOLUTE = 12 * 60 * 60,
    SESSION_FRESH = 10 * 60, /* a bulk export or a grant wants the password given since */
    SESSION_TOUCH = 30,      /* last_seen is written when it is this far behind */
    PASSWORD_LEAST = 12,     /* characters */
    PASSWORD_MOST = 128,
    FIRST_PASSWORD_SIZE = 40
};

struct desk {
    struct context *context;
    int64_t now;               /* seconds since 1970 UTC */
    const char *from_where;    /* the address, or "command line" */
    int64_t account_id;        /* who acts; 0: the command line */
    struct password_cost cost; /* passes 0: the default */
};

/* ---- signing in ---- */

struct session {
    char token[SECRET_TOKEN_SIZE]; /* for the cookie; only its hash is kept */
    int64_t account_id, school_id; /* the school worked in; 0: the authority's */
    const char *username, *name;   /* in the context's arena */
    int64_t started, last_seen, proved, idle;
    bool must_change; /* nothing but a change of password until that is done */
    bool has_totp;
};

/*
 * Check the password and begin a session with a new token; whatever token the visitor
 * had before stays worthless. `code` is the second factor's, or NULL. Errors: ERR_FORBIDDEN
 * "the user name or the password is wrong", also for too many failures, where the hint says
 * how long to wait and *ret_wait (may be NULL) has the seconds.
 *
 * Failures are counted by account and address together, by account and by address. The
 * first 5 (20 for an account from anywhere, 50 for an address, behind which a whole school
 * may sit) cost nothing; each further one doubles the wait from 1 second, up to 15 minutes (30
 * seconds, 1 minute). A pause of 30 minutes after the wait forgets them. An address from which
 * this account has signed in within 90 days is not held up by failures from other places, so
 * that nobody can be locked out by a stranger.
 */
MUST_USE enum err_code sign_in(const struct desk *desk, const char *username,
        const char *password, const char *code, struct session *ret_session, int64_t *ret_wait,
        struct err *err);

/* Begin a session for an account without a password: for tests and after a reset. */
MUST_USE enum err_code session_begin(const struct desk *desk, int64_t account_id,
        struct session *ret_session, struct err *err);

/*
 * Who brings this token, as things stand in the database now: an ended session, a disabled
 * account or a role that has ended is refused at once. One statement, and one more for the
 * grants in gate_open. ERR_FORBIDDEN "you are not signed in". When *ret_stale, call
 * session_touch with a connection that writes.
 */
MUST_USE enum err_code session_check(const struct desk *desk, const char *token,
        struct session *ret_session, bool *ret_stale, struct err *err);
MUST_USE enum err_code session_touch(const struct desk *desk, const char *token,
        struct err *err);

/* Sign out: the session is gone on the server. No error when there was none. */
MUST_USE enum err_code session_end(const struct desk *desk, const char *token, struct err *err);

/* End every session of an account but the one with `keep` (NULL: all). */
MUST_USE enum err_code session_end_others(const struct desk *desk, int64_t account_id,
        const char *keep, struct err *err);

/* Work in another school where the account holds a role; ERR_FORBIDDEN otherwise. */
MUST_USE enum err_code session_choose_school(const struct desk *desk, const char *token,
        int64_t account_id, int64_t school_id, struct err *err);

/* Give the password again before an act that asks for it; throttled like signing in. */
MUST_USE enum err_code session_prove(const struct desk *desk, const struct session *session,
        const char *password, struct err *err);
bool session_is_fresh(const struct session *session, int64_t now);

/* Remove sessions that are over and throttles that say nothing; for an hourly call. */
MUST_USE enum err_code session_sweep(const struct desk *desk, struct err *err);

/* ---- passwords ---- */

/*
 * ERR_INVALID with what would be right: 12 to 128 characters of any kind, not one that is
 * often used, nor the user name, the person's or the school's name with little else.
 * `words` are further words that make a password guessable (school, town); NULL ends them.
 */
MUST_USE enum err_code password_check(const char *password, const char *const *words,
        struct err *err);

/* Five made-up words of five letters that can be read out, 83 bits: "bolap-...". */
void password_first(char buffer[FIRST_PASSWORD_SIZE]);

/* Change one's own: the old one is asked, other sessions end; `token` is the session's, which
   goes on. */
MUST_USE enum err_code password_change(const struct desk *desk, const struct session *session,
        const char *old_password, const char *new_password, struct err *err);

/* ---- second factor (RFC 6238: SHA-1, 30 seconds, 6 digits) ---- */

enum {
    TOTP_SECRET_SIZE = 33 /* 20 bytes in base32 */
};
void totp_secret_make(char buffer[TOTP_SECRET_SIZE]);
/* The code of a step (seconds / 30), 0 .. 999999; -1 when the secret is not base32. */
int32_t totp_code(const char *secret, int64_t step);
/* The step whose code this is, now or one before or after; -1: none. */
int64_t totp_match(const char *secret, const char *code, int64_t now);
/* Set it after the person has shown one code of it; "" removes it. Others' sessions end. */
MUST_USE enum err_code account_set_totp(const struct desk *desk, const struct session *session,
        const char *secret, const char *code, struct err *err);

/* ---- accounts ---- */

struct account_new {
    const char *username, *name, *email; /* email may be NULL */
    int64_t school_id;                   /* 0: the authority's */
    struct grant grant;                  /* its first role */
    const char *note;                    /* or NULL */
    bool keep_password;                  /* need not change it (the demo) */
};

/*
 * Make an account with a first password, which is told once and must be changed. Errors:
 * ERR_INVALID (user name, name, or a role that does not go with the scope), ERR_CONFLICT.
 */
MUST_USE enum err_code account_add(const struct desk *desk, const struct account_new *account,
        int64_t *ret_id, char password[FIRST_PASSWORD_SIZE], struct err *err);

/*
 * These two are for who manages users and could give every role that the account holds today;
 * ERR_FORBIDDEN otherwise, and nothing has changed. The command line may.
 */
/* A new first password; every session of the account ends. ERR_NOT_FOUND. */
MUST_USE enum err_code account_reset(const struct desk *desk, const char *username,
        char password[FIRST_PASSWORD_SIZE], struct err *err);

/* Disable or enable; disabling ends every session. ERR_NOT_FOUND. */
MUST_USE enum err_code account_disable(const struct desk *desk, const char *username,
        bool disabled, struct err *err);

/* By user name; ERR_NOT_FOUND with a hint. */
MUST_USE enum err_code account_find(const struct desk *desk, const char *username,
        struct account *ret_account, struct err *err);

/* ---- grants ---- */

/* Read `school`, `group:10B`, `year:7`, `subject:MAT`, `pupil:UPN` ...; the pupil is looked up
   in grant->school_id. ERR_INVALID says which scopes the role takes. */
MUST_USE enum err_code grant_read(struct context *context, const char *role, const char *scope,
        struct grant *grant, struct err *err);
/* "group 10B", "school"; in the arena, NULL when memory is out. */
const char *grant_text(struct arena *arena, const struct grant *grant);

MUST_USE enum err_code grant_give(const struct desk *desk, int64_t account_id,
        const struct grant *grant, const char *note, int64_t *ret_grant_id, struct err *err);
/* End it after `last`, its last day. What should end now ends yesterday. */
MUST_USE enum err_code grant_stop(const struct desk *desk, int64_t school_id,
        int64_t account_id, int64_t grant_id, struct date last, struct err *err);

#endif
