/*
 * exports: taking the school's data out in whole files, /exports: for those who may have the
 * whole school, written down, and with the password given lately.
 */
#ifndef WEB_PAGES_EXPORTS_H
#define WEB_PAGES_EXPORTS_H

#include "web/pages/layout.h"
#include "web/pages/reports_form.h"

struct export_kind {
    const char *value, *label, *what;
    bool chosen;
};

struct exports_view {
    struct layout_view layout;
    struct problems_view problems;
    struct url action;
    const struct export_kind *kinds;
    size_t kinds_n;
    struct report_form form; /* year group, registration group, group, subject */
    bool asks_password;
    const char *made;
};

/* Whether the person may take whole files. */
bool exports_may(const struct visit *visit);

extern const struct route exports_routes[];
extern const size_t exports_route_n;

#endif
