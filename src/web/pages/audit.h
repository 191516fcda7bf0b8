/*
 * audit: who saw and did what, between two days.
 *
 * The search posts, so that no name or UPN stands in an address. Those whose role covers part
 * of the school name a pupil of theirs; some see only what they did themselves.
 */
#ifndef WEB_PAGES_AUDIT_H
#define WEB_PAGES_AUDIT_H

#include "web/pages/layout.h"
#include "web/route.h"

struct audit_row {
    const char *when, *who, *action, *what, *pupils, *reason, *from, *result;
};

struct audit_view {
    struct layout_view layout;
    struct problems_view problems;
    const char *who, *first, *last, *pupil; /* as typed */
    bool own;                               /* sees only their own doings */
    bool searched;                          /* rows are an answer, also when there are none */
    const char *says;
    struct audit_row *rows;
    size_t rows_n;
    struct url action, up;
};

extern const struct route audit_routes[];
extern const size_t audit_route_n;

#endif
