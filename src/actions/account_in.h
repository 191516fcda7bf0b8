/*
 * account_in: what the files of account share.
 */
#ifndef ACTIONS_ACCOUNT_IN_H
#define ACTIONS_ACCOUNT_IN_H

#include "actions/account.h"

/* One line of the audit, in the open transaction. */
struct act {
    int64_t school_id, account_id; /* account_id: who acts */
    const char *who, *action, *what, *reason, *result;
};
enum err_code account_audit(const struct desk *desk, const struct act *act, struct err *err);

/* Commit when `code` is ERR_OK, else roll back; the first failure. */
enum err_code account_finish(const struct desk *desk, enum err_code code, struct err *err);

struct password_cost account_cost(const struct desk *desk);

/* The user name as it is kept: without spaces around it, lower case; false when too long. */
enum {
    USERNAME_SIZE = 65
};
bool account_username(const char *typed, char buffer[USERNAME_SIZE]);

/* Seconds to wait before a sign-in may be tried; 0 none. */
enum err_code throttle_wait(const struct desk *desk, const char *username, int64_t *ret_wait,
        struct err *err);
/* Count a failure, or a success that clears them. Within a transaction. */
enum err_code throttle_failed(const struct desk *desk, const char *username, struct err *err);
enum err_code throttle_passed(const struct desk *desk, const char *username, struct err *err);

/* Begin within a transaction. */
enum err_code session_open(const struct desk *desk, const struct account *account,
        struct session *ret_session, struct err *err);

/* The one answer to everything that is wrong with a sign-in. */
enum err_code sign_in_refused(int64_t wait, struct err *err);

/* Whether the grant makes sense; whether who acts may give it; give it (in a transaction). */
enum err_code grant_check(const struct grant *grant, struct err *err);
enum err_code grant_check_giver(const struct desk *desk, const struct grant *grant,
        struct err *err);
/* Whether who acts may give the account a new password, disable or enable it: ERR_FORBIDDEN
   when it holds what they could not give. Within the transaction that does it. */
enum err_code account_check_reach(const struct desk *desk, int64_t account_id, struct err *err);
enum err_code grant_add(const struct desk *desk, int64_t account_id, const struct grant *grant,
        const char *note, int64_t *ret_grant_id, struct err *err);

/* Whether a password is among those often used, or made as they are. */
bool password_common(const char *password);

#endif
