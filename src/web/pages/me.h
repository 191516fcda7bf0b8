/*
 * me: a pupil's own page, and a parent's page of each child.
 *
 * Each subject in a sentence: the target, where things stand, and what comes next. Shown is
 * what has been released: judgements up to the last day of the newest review that is closed.
 */
#ifndef WEB_PAGES_ME_H
#define WEB_PAGES_ME_H

#include "web/pages/layout.h"
#include "web/route.h"

struct me_subject {
    const char *name, *target, *now;
    const char *sign, *kind, *flag; /* as in home.h */
    const char *next;               /* a sentence */
};

struct me_child {
    const char *name, *form;
    const char *says; /* "On the way or ahead in 9 of 12 subjects." */
    struct me_subject *subjects;
    size_t subjects_n;
};

struct me_view {
    struct layout_view layout;
    const char *heading, *under;
    bool released;
    struct me_child *children;
    size_t children_n;
    struct url json, help;
};

extern const struct route me_routes[];
extern const size_t me_route_n;

#endif
