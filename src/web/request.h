/*
 * request: what was asked, apart from how it came.
 *
 * The server fills one from a connection, a test from literals; a handler cannot tell.
 * Everything lives in the request's arena and is gone when the answer was sent.
 */
#ifndef WEB_REQUEST_H
#define WEB_REQUEST_H

#include <stdbool.h>
#include <stdint.h>

#include "web/fields.h"
#include "web/input.h"
#include "web/multipart.h"

struct lane;
struct route;

enum method {
    METHOD_GET,
    METHOD_HEAD,
    METHOD_POST
};

/* The machine twins: the same address with the extension added. */
enum format {
    FORMAT_HTML,
    FORMAT_JSON,
    FORMAT_CSV,
    FORMAT_XLSX,
    FORMAT_PDF,
    FORMAT__MAX
};

struct request {
    struct arena *arena;
    enum method method;
    const char *target; /* as sent: path and query, not decoded; never logged */
    bool secure;        /* came over TLS */
    const char *remote; /* the other end's address, numeric; "" when unknown */

    /* headers, NULL when absent */
    const char *host;
    const char *origin;
    const char *fetch_site; /* Sec-Fetch-Site */
    const char *content_type;
    const char *accept;
    const char *if_none_match;
    bool accepts_gzip;

    struct fields query;
    struct fields form;
    struct fields cookies;
    const struct uploads *uploads; /* NULL: none */

    /* set by route_match */
    const struct route *route;
    enum format format;
    struct fields captures; /* what stood for {id} and the like */

    /* set by app_run */
    struct input_value *values; /* one for each of route->inputs */
    size_t refused_n;

    /* for the program: */
    void *worker;      /* what the worker owns (its database connection) */
    struct lane *lane; /* the one writer's queue: lane_take before writing */
    void *person;      /* who asks: set by the app's `enter` */
};

/* The number captured for `{name}`; 0 when the route has none. */
int64_t request_id(const struct request *request, const char *name);

/* The word captured for `{name}`; "" when the route has none. */
const char *request_word(const struct request *request, const char *name);

/* What came for a declared input; an absent value when the route does not declare it. */
const struct input_value *request_value(const struct request *request, const char *name);

/*
 * The fields whose names begin with `prefix`, which the route must declare as an input
 * ("cell."); `ret_n` of them in the arena, first of each name only. ERR_MEMORY.
 */
MUST_USE enum err_code request_cells(const struct request *request, const char *prefix,
        struct form_field **ret_cells, size_t *ret_n, struct err *err);

/*
 * Whether a change may be asked from where this came: the browser says same origin
 * (Sec-Fetch-Site, Origin against Host), or says nothing (not a browser).
 */
bool request_same_origin(const struct request *request);

/* Split and decode ->target's query into ->query. ERR_INVALID, ERR_MEMORY. */
MUST_USE enum err_code request_read_query(struct request *request, struct err *err);

#endif
