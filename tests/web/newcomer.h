/*
 * newcomer: a town whose visitors come one after the other, each in a role of their own.
 */
#ifndef TESTS_WEB_NEWCOMER_H
#define TESTS_WEB_NEWCOMER_H

#include "visitor.h"

/* Sign in as somebody new with this role. */
static inline void enter_as(struct town *t, struct visitor *v, const char *role,
        const char *scope)
{
    static int n;
    char name[32];

    (void)snprintf(name, sizeof(name), "%.20s%d", role, n++);
    for (char *c = name; *c != '\0'; c++)
        *c = *c == '_' ? '-' : *c;
    t->person_n = 0;
    town_add(t, name, role, scope);
    visitor_enter(v, t, name);
}

static inline void leave_town(struct town *t, struct visitor *v)
{
    arena_free(&v->arena);
    town_close(t);
}

#endif
