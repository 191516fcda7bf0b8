/*
 * settings: how the school reckons, and what it reckons with.
 *
 * The first page is one form of everything a school may choose; scales and subjects are
 * shown with their sources and come from the framework's files.
 */
#ifndef WEB_PAGES_SETTINGS_H
#define WEB_PAGES_SETTINGS_H

#include "web/pages/layout.h"
#include "web/pages/reports_tree.h"
#include "web/route.h"

struct settings_choice {
    const char *value, *label;
    bool chosen;
};

/* One setting as a field of the form. */
struct settings_row {
    const char *name;    /* of the setting, and of its input */
    const char *label;   /* "Last days of the terms" */
    const char *meaning; /* a sentence */
    const char *example; /* NULL with choices */
    const char *value;
    bool wrong;
    struct settings_choice *choices; /* a list to choose from; none: a text */
    size_t choices_n;
};

struct settings_view {
    struct layout_view layout;
    struct problems_view problems;
    const char *said;
    const char *school, *laestab, *framework;
    struct settings_row *rows;
    size_t rows_n;
    struct url action, scales, subjects, templates, users, audit;
};

struct settings_list_view {
    struct layout_view layout;
    struct tree_view tree;
    struct url up;
};

extern const struct route settings_routes[];
extern const size_t settings_route_n;

#endif
