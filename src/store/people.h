/*
 * people: accounts, sessions, throttles, grants and the audit in the store.
 *
 * Reading and writing only: what is allowed is decided by school/access.h and
 * actions/account.h. Functions that write want an open transaction. Times that are
 * numbers are seconds since 1970 UTC, given by the caller; "stamp" is a UTC text.
 * Errors of all: those of store/store.h.
 */
#ifndef STORE_PEOPLE_H
#define STORE_PEOPLE_H

#include "school/access.h"
#include "store/store.h"

struct account {
    int64_t account_id;
    const char *username; /* lower case */
    const char *name, *email;
    int64_t school_id;    /* 0: the authority's */
    const char *password; /* argon2id string, "" when it was not read */
    bool must_change, disabled;
    const char *totp_secret; /* base32, or "" */
    int64_t totp_step;
    const char *created_at;
};
struct account_list {
    struct account *items;
    size_t n;
};

/* *ret_id is its number. ERR_CONFLICT when the user name is taken. */
MUST_USE enum err_code store_account_add(struct store *store, const struct account *account,
        int64_t *ret_id, struct err *err);
/* *ret_found false: there is none. */
MUST_USE enum err_code store_account_by_name(struct store *store, const char *username,
        struct arena *arena, struct account *ret_account, bool *ret_found, struct err *err);
MUST_USE enum err_code store_account(struct store *store, int64_t account_id,
        struct arena *arena, struct account *ret_account, bool *ret_found, struct err *err);
/* By user name; without passwords and secrets. */
MUST_USE enum err_code store_accounts(struct store *store, struct arena *arena,
        struct account_list *ret_list, struct err *err);
MUST_USE enum err_code store_account_password(struct store *store, int64_t account_id,
        const char *password, bool must_change, const char *stamp, struct err *err);
MUST_USE enum err_code store_account_disable(struct store *store, int64_t account_id,
        bool disabled, struct err *err);
MUST_USE enum err_code store_account_totp(struct store *store, int64_t account_id,
        const char *secret, int64_t step, const char *stamp, struct err *err);
/* Use up a step; *ret_fresh false when it, or a later one, was used before. */
MUST_USE enum err_code store_account_totp_use(struct store *store, int64_t account_id,
        int64_t step, bool *ret_fresh, struct err *err);

struct session_row {
    const char *token_hash;
    int64_t account_id, school_id;
    int64_t started, last_seen, proved, idle;
    const char *from_where;
    const char *username, *name; /* read only */
    bool must_change, disabled, has_totp;
};
struct session_row_list {
    struct session_row *items;
    size_t n;
};
MUST_USE enum err_code store_session_add(struct store *store, const struct session_row *session,
        struct err *err);
/* One statement: the session and its account as they stand now. */
MUST_USE enum err_code store_session(struct store *store, const char *token_hash,
        struct arena *arena, struct session_row *ret_session, bool *ret_found, struct err *err);
MUST_USE enum err_code store_sessions(struct store *store, int64_t account_id,
        struct arena *arena, struct session_row_list *ret_list, struct err *err);
MUST_USE enum err_code store_session_touch(struct store *store, const char *token_hash,
        int64_t now, struct err *err);
MUST_USE enum err_code store_session_proved(struct store *store, const char *token_hash,
        int64_t now, struct err *err);
MUST_USE enum err_code store_session_school(struct store *store, const char *token_hash,
        int64_t school_id, struct err *err);
MUST_USE enum err_code store_session_end(struct store *store, const char *token_hash,
        struct err *err);
/* All of an account's, but `keep` ("" ends every one). */
MUST_USE enum err_code store_session_end_all(struct store *store, int64_t account_id,
        const char *keep, struct err *err);
/* Forget sessions that are over, and throttles untouched for `forget` seconds. */
MUST_USE enum err_code store_session_sweep(struct store *store, int64_t now, int64_t absolute,
        int64_t forget, struct err *err);

struct throttle {
    int64_t n, last, until, good;
};
/* All zero when nothing is known of the key. */
MUST_USE enum err_code store_throttle(struct store *store, const char *key,
        struct throttle *ret_throttle, struct err *err);
MUST_USE enum err_code store_throttle_put(struct store *store, const char *key,
        const struct throttle *throttle, struct err *err);

/* A grant as it is kept, for those who manage them. */
struct grant_row {
    int64_t account_id;
    struct grant grant;
    const char *note, *granted_by, *granted_at, *ended_by;
};
struct grant_row_list {
    struct grant_row *items;
    size_t n;
};
MUST_USE enum err_code store_grant_add(struct store *store, int64_t school_id,
        const struct grant_row *row, int64_t *ret_grant_id, struct err *err);
/* All of the school, ended ones too, by account and number. */
MUST_USE enum err_code store_grants(struct store *store, int64_t school_id, struct arena *arena,
        struct grant_row_list *ret_list, struct err *err);
struct grant_list {
    struct grant *items;
    size_t n;
};
/*
 * Append the account's grants that stand on `today` in the school (0: the authority's) to
 * *list. A grant of a group that several subjects' groups share the name of comes once for
 * each; the value "7A in HIS" means the group 7A in that subject only. A row whose words the
 * program does not know is left out: it grants nothing.
 */
MUST_USE enum err_code store_grants_of(struct store *store, int64_t school_id,
        int64_t account_id, struct date today, struct arena *arena, struct grant_list *list,
        struct err *err);
struct school_id_list {
    int64_t *items;
    size_t n;
};
MUST_USE enum err_code store_grant_schools(struct store *store, int64_t account_id,
        struct date today, struct arena *arena, struct school_id_list *ret_list,
        struct err *err);
/* `last` is its last day. */
MUST_USE enum err_code store_grant_end(struct store *store, int64_t school_id,
        int64_t account_id, int64_t grant_id, struct date last, const char *ended_by,
        struct err *err);

/* One line of the audit. Ids and kinds only: no names of pupils, marks or secrets. */
struct audit_entry {
    int64_t school_id, seq;
    const char *recorded_at;
    int64_t account_id;
    const char *who, *action;
    int64_t pupil_id;   /* 0: several or none */
    const char *pupils; /* ",12,13," of a sheet, or "" */
    const char *what, *reason, *from_where, *result;
};
struct audit_list {
    struct audit_entry *items;
    size_t n;
};
struct audit_filter {
    const char *from, *before; /* stamps, from inclusive; NULL: open */
    int64_t pupil_id, account_id;
    const char *action; /* NULL: all */
    int64_t limit;      /* 0: 1,000 */
};
/* Append entries of one school; each carries the hash of the one before it. */
MUST_USE enum err_code store_audit_add(struct store *store, int64_t school_id,
        const struct audit_entry *entries, size_t n, struct err *err);
/* Newest first. */
MUST_USE enum err_code store_audit(struct store *store, int64_t school_id,
        const struct audit_filter *filter, struct arena *arena, struct audit_list *ret_list,
        struct err *err);
/* Prove the audit's chain: *ret_broken is the first row that is not as written, 0 none. */
MUST_USE enum err_code store_audit_check(struct store *store, int64_t school_id,
        int64_t *ret_row_n, int64_t *ret_broken, struct err *err);

#endif
