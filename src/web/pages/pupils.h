/*
 * pupils: finding a pupil, /pupils. Searching posts, so that no name or UPN stands in an
 * address; lists by registration group are ordinary links.
 */
#ifndef WEB_PAGES_PUPILS_H
#define WEB_PAGES_PUPILS_H

#include "web/pages/layout.h"
#include "web/pages/reports_tree.h"

/* A registration group, and its pupils whom the person may see. */
struct pupils_form {
    const char *label;
    int64_t n;
    struct url url;
};

struct pupils_year {
    const char *label;
    int64_t n;
    struct url url;
    struct pupils_form *forms;
    size_t forms_n;
};

struct pupils_view {
    struct layout_view layout;
    struct url action;
    const char *q;    /* as typed */
    const char *said; /* what was found, a sentence; or NULL */
    struct pupils_year *years;
    size_t years_n;
    bool listed; /* the tree is shown */
    struct tree_view tree;
};

extern const struct route pupils_routes[];
extern const size_t pupils_route_n;

#endif
