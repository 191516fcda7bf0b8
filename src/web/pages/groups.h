/*
 * groups: the groups that have pupils today, /groups.
 */
#ifndef WEB_PAGES_GROUPS_H
#define WEB_PAGES_GROUPS_H

#include "web/route.h"

extern const struct route groups_routes[];
extern const size_t groups_route_n;

#endif
