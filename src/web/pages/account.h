/*
 * account: one's own account: password, second factor, sessions, roles, school worked in.
 */
#ifndef WEB_PAGES_ACCOUNT_H
#define WEB_PAGES_ACCOUNT_H

#include "web/pages/layout.h"
#include "web/route.h"

/* A role held, in words. */
struct account_role {
    const char *role, *of_whom, *until; /* until NULL: no end */
};

struct account_session {
    const char *since, *seen, *from;
    bool here; /* the one this page is asked with */
};

struct account_school {
    int64_t id;
    const char *name;
    bool here;
};

struct account_view {
    struct layout_view layout;
    struct problems_view problems;
    const char *said; /* what was done, or NULL */
    bool must_change;
    bool privileged; /* a role that should have a second factor */
    bool has_totp;
    const char *username, *name;
    struct account_role *roles;
    size_t roles_n;
    struct account_session *sessions;
    size_t sessions_n;
    bool others; /* sessions elsewhere */
    struct account_school *schools;
    size_t schools_n; /* 0: only one */
    struct url password, end_others, school, second_factor;
};

struct second_factor_view {
    struct layout_view layout;
    struct problems_view problems;
    bool has_totp, required;
    const char *secret; /* base32, kept in the form until a code proves it */
    const char *spaced; /* the same in fours, to be typed */
    struct url action, account;
};

extern const struct route account_routes[];
extern const size_t account_route_n;

#endif
