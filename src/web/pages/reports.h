/*
 * reports: the list of reports, /reports, and the routes of all of them.
 */
#ifndef WEB_PAGES_REPORTS_H
#define WEB_PAGES_REPORTS_H

#include "web/pages/layout.h"
#include "web/pages/reports_tree.h"
#include "web/pages/saved.h"

struct reports_view {
    struct layout_view layout;
    struct url exports; /* whole files; text NULL: not for this person */
    struct tree_view tree;
    struct saved_removal removal; /* of saved reports */
};

/* What a report of the core is called on a page; its own name when it has none. */
const char *reports_title(const char *name);

/* Whether it shows counts over groups only, without names. */
bool reports_counts_only(const char *name);

extern const struct route reports_routes[];
extern const size_t reports_route_n;

#endif
