/*
 * report: one report, /reports/{name}?filters, with its filters and the way to the names
 * behind each figure.
 */
#ifndef WEB_PAGES_REPORT_H
#define WEB_PAGES_REPORT_H

#include "web/pages/layout.h"
#include "web/pages/reports_form.h"
#include "web/pages/reports_tree.h"
#include "web/pages/saved.h"

struct report_view {
    struct layout_view layout;
    struct problems_view problems;
    struct url reports;
    const char *name;
    struct report_form form;
    bool saves; /* it may be kept with these filters */
    struct saved_form saved;
    struct tree_view tree; /* empty when the filters were refused */
};

/* The handler. Errors: those of report_run; ERR_FORBIDDEN. */
enum err_code report_show(struct request *request, struct response *response, struct err *err);

/*
 * Draw a report of the core at `base` with its form: for pages that are a report under
 * another address (/targets). `name` is the report's, `parts` the form's.
 */
MUST_USE enum err_code report_page(struct request *request, struct response *response,
        const char *name, struct url base, struct err *err);

#endif
