/*
 * help: a page of help beside each page of the program, and a first look round for each role.
 *
 * The words stand in help_TOPIC.html, one file a topic; help.c has their titles and order.
 */
#ifndef WEB_PAGES_HELP_H
#define WEB_PAGES_HELP_H

#include "web/html.h"
#include "web/pages/layout.h"
#include "web/route.h"

struct help_link {
    struct url url;
    const char *title;
    bool here;
};

struct help_view {
    struct layout_view layout;
    const char *heading;
    struct html_safe body; /* empty on the index */
    struct help_link *pages;
    size_t pages_n;
    struct help_link *starts;
    size_t starts_n;
};

extern const struct route help_routes[];
extern const size_t help_route_n;

#endif
