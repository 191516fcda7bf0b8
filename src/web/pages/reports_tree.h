/*
 * reports_tree: a report tree inside a page, and as the page's machine twins.
 *
 * Pages that show data fill a report tree; the same tree is drawn by the report renderer
 * here and written as JSON or CSV at the same address, after the same gate.
 */
#ifndef WEB_PAGES_REPORTS_TREE_H
#define WEB_PAGES_REPORTS_TREE_H

#include "reports/tree.h"
#include "web/html.h"
#include "web/program.h"

/* The formats that the report renderers have beside the page. */
#define PAGE_TWINS (ROUTE_FORMAT(FORMAT_JSON) | ROUTE_FORMAT(FORMAT_CSV))

struct tree_twin {
    struct url url;
    const char *label; /* "CSV" */
};

enum {
    TREE_TWINS = 2,
    TREE_CHARTS = 8,
    TREE_ROWS = 200 /* of the longest table on one page */
};

struct tree_view {
    const char *title;
    const char *under;     /* "Current attainment, as at 27 March 2026" */
    struct html_safe body; /* the sentence, charts, tables and what explains them */
    struct html_safe foot; /* made when, seen by whom */
    struct tree_twin twins[TREE_TWINS];
    size_t twins_n;
    const char *rows; /* "Rows 1 to 200 of 8,231"; NULL: all are here */
    struct url before, after;
};

/* The visit of the request, whose context lets through what `action` shows this person. */
struct visit *page_visit(const struct request *request, enum action action);

/* Whether the person may see single pupils at all; else counts over groups only. */
bool page_sees_names(const struct visit *visit);

/* ERR_FORBIDDEN in plain words when they may not. */
MUST_USE enum err_code page_ask_names(const struct visit *visit, struct err *err);

/* Note in the audit that this page was seen: "report progress". pupil_id 0: several or none. */
MUST_USE enum err_code page_note(struct visit *visit, const char *what, int64_t pupil_id,
        struct err *err);

/* For a twin: answer with the tree and return true (*ret_code says how it went). */
bool tree_answer(const struct request *request, const struct report *report,
        struct response *response, enum err_code *ret_code, struct err *err);

/*
 * Draw the tree for a page at `here` (the address with its query, for twins and further
 * rows). `page` counts from 1; the tree's first table is cut to the rows of that page. Rows
 * link where the tree says when `links`. ERR_MEMORY.
 */
MUST_USE enum err_code tree_draw(const struct request *request, struct report *report,
        struct url here, int64_t page, bool links, struct tree_view *ret_view, struct err *err);

/* "Made on Friday 27 March 2026 at 15:50 for R. Adeyemi." in the request's arena, or NULL. */
const char *page_made(const struct request *request);

#endif
