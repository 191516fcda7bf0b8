/*
 * groups: the groups that have pupils today, /groups, and one with its pupils, its rule, what
 * it was made for and what may be done with it, /groups/{id}.
 */
#ifndef WEB_PAGES_GROUPS_H
#define WEB_PAGES_GROUPS_H

#include "web/pages/layout.h"
#include "web/pages/reports_tree.h"

/* What was typed into one of the forms. */
struct group_typed {
    const char *name, *rule, *from, *to, *purpose, *cost, *staff;
};

struct groups_view {
    struct layout_view layout;
    struct problems_view problems;
    struct url action;
    bool manages; /* may make and change groups */
    struct group_typed typed;
    struct tree_view tree;
};

/* A pupil with a tick box. */
struct group_choice {
    const char *field; /* "pupil.12" */
    const char *label; /* "Abel, Ann 5A" */
};

struct group_view {
    struct layout_view layout;
    struct problems_view problems;
    struct url groups, action, progress;
    struct url intervention; /* text NULL: nothing says what it was made for */
    const char *name, *kind;
    const char *done;      /* what was just done, a sentence; or NULL */
    bool manages;          /* a group of the school's own, and the person may change it */
    bool by_hand, by_rule; /* manages, and it is one */
    const char *year;      /* whose pupils are offered, as typed; "" none */
    struct group_choice *offered, *members;
    size_t offered_n, members_n;
    struct group_typed typed;
    struct tree_view tree;
};

extern const struct route groups_routes[];
extern const size_t groups_route_n;

#endif
