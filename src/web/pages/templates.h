/*
 * templates: the school's templates of marksheets: the list, one with its extreme cases and the
 * button that accepts them, and a template's text to change and take in.
 */
#ifndef WEB_PAGES_TEMPLATES_H
#define WEB_PAGES_TEMPLATES_H

#include "web/pages/layout.h"
#include "web/pages/reports_tree.h"
#include "web/route.h"

struct template_line {
    struct url url;
    const char *code, *name, *about, *state;
};

struct templates_view {
    struct layout_view layout;
    struct problems_view problems;
    const char *said;
    struct url settings, action;
    struct template_line *lines;
    size_t lines_n;
    const char *marksheet; /* its number, when a template is chosen for it; or NULL */
    const char *marksheet_name;
    struct url back;  /* to the marksheet */
    const char *body; /* what was typed, or "" */
    const char *code;
    const char **notes; /* of a preview */
    size_t notes_n;
};

struct template_view {
    struct layout_view layout;
    struct problems_view problems;
    const char *said;
    struct url list, action, take;
    const char *name, *code, *body, *seen;
    bool waits; /* something is to be accepted */
    bool own;   /* the school's own: it can be taken away */
    struct tree_view columns, cases;
};

extern const struct route templates_routes[];
extern const size_t templates_route_n;

#endif
