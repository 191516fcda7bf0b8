/*
 * users: who may sign in to this school, with which roles; and one of them.
 *
 * Giving access asks for one's own password again when it was typed more than ten minutes ago.
 * A new first password is shown once, on the page that answers, and nowhere kept.
 */
#ifndef WEB_PAGES_USERS_H
#define WEB_PAGES_USERS_H

#include "web/pages/layout.h"
#include "web/route.h"

struct users_option {
    const char *value, *label;
    bool chosen;
};

/* What a role is given with; shared by both pages: template `users_role`. */
struct users_role_view {
    struct users_option *roles;
    size_t roles_n;
    struct users_option *kinds;
    size_t kinds_n;
    const char *value, *until; /* as typed */
};

struct users_row {
    struct url url;
    const char *name, *username, *roles;
    const char *state; /* "disabled", "has to choose a password", or NULL */
};

struct users_view {
    struct layout_view layout;
    struct problems_view problems;
    struct users_row *rows;
    size_t rows_n;
    struct users_role_view role;
    const char *name, *username; /* as typed */
    bool prove;                  /* ask one's own password */
    struct url action, up, json;
};

struct user_grant {
    int64_t id;
    const char *role, *of_whom, *from, *to, *by;
    bool ended;
};

struct user_view {
    struct layout_view layout;
    struct problems_view problems;
    const char *said;
    const char *password; /* a new first password, shown now only; or NULL */
    const char *name, *username;
    bool disabled;
    struct user_grant *grants;
    size_t grants_n;
    struct users_role_view role;
    bool prove;
    struct url action, up, users;
};

extern const struct route users_routes[];
extern const size_t users_route_n;

#endif
