/*
 * saved: reports kept with their filters: the form on each report's page, the list on /reports,
 * and what both post to, /reports/saved.
 */
#ifndef WEB_PAGES_SAVED_H
#define WEB_PAGES_SAVED_H

#include "reports/tree.h"
#include "web/pages/layout.h"
#include "web/pages/reports_form.h"

enum {
    SAVED_INPUT_N = 6,
    SAVED_SHARES = ROLE__MAX + 2
};
extern const struct input saved_inputs[SAVED_INPUT_N];

/* Save this report. Template `report_saved`. */
struct saved_form {
    struct url action; /* text NULL: there is no form */
    const char *csrf_token;
    const char *report, *filters;
    const char *name; /* as typed */
    struct form_choice shares[SAVED_SHARES];
    size_t shares_n;
    bool open;
};

/* The form back, after what was typed was refused. */
struct saved_view {
    struct layout_view layout;
    struct problems_view problems;
    struct url reports;
    struct saved_form saved;
};

/* A saved report that the person may take off the list. Template `reports`. */
struct saved_choice {
    int64_t no;
    const char *name;
};

struct saved_removal {
    struct url action;
    const char *csrf_token;
    struct saved_choice *items;
    size_t items_n;
};

/* The form for the report `name` with the filters of the request. */
MUST_USE enum err_code saved_form_fill(const struct request *request, const char *name,
        const char *csrf_token, struct saved_form *ret_form, struct err *err);

/* The saved reports that the person may run, as a table with links, behind the tree's own. */
MUST_USE enum err_code saved_list(const struct request *request, struct report *tree,
        struct saved_removal *ret_removal, struct err *err);

/* POST /reports/saved: save one, or take one off the list; then to the list. */
enum err_code saved_post(struct request *request, struct response *response, struct err *err);

#endif
