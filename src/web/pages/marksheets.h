/*
 * marksheets: the list of marksheets a person may see, those to write in first.
 */
#ifndef WEB_PAGES_MARKSHEETS_H
#define WEB_PAGES_MARKSHEETS_H

#include "web/pages/layout.h"
#include "web/route.h"

extern const struct route marksheets_routes[];
extern const size_t marksheets_route_n;

struct marksheets_item {
    struct url url;
    const char *name, *group, *review, *asks, *closes, *verb;
    bool enters;
};

struct marksheets_view {
    struct layout_view layout;
    const char *says;
    struct marksheets_item *open;
    size_t open_n;
    struct marksheets_item *others; /* to look at */
    size_t others_n;
};

#endif
