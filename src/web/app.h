/*
 * app: from a request to a response, without a socket.
 *
 * The order for every request, so that no page can forget a step: the route, the same-origin
 * check of a POST, `enter` (who is it, may they), the inputs, the handler, and at the end an
 * error page when any of them failed. A failure that is ours (out of memory, database) shows
 * a reference number, which the log holds with its cause.
 */
#ifndef WEB_APP_H
#define WEB_APP_H

#include "web/request.h"
#include "web/response.h"
#include "web/route.h"

struct layout_view;

struct app {
    const struct route *routes;
    size_t routes_n;
    void *data; /* the program's own */

    /*
     * Find out who asks (the session), check the token of a POST, set request->person, and
     * judge request->route->permission. May answer itself (a redirect to the sign-in page)
     * by setting response->status. ERR_FORBIDDEN, or ERR_NOT_FOUND where even existence is
     * private. Not called for ROUTE_OPEN; when it is NULL every other route is forbidden.
     */
    enum err_code (*enter)(const struct app *app, struct request *request,
            struct response *response, struct err *err);

    /* Whether this person's menu has routes with this permission; NULL: none. */
    bool (*may)(const struct request *request, const char *permission);

    /* Fill the layout's school, person and tokens for error pages; NULL: leave them empty. */
    void (*dress)(const struct request *request, struct layout_view *layout);

    /* After the answer was made, also a failed one; NULL: nothing to do. */
    void (*leave)(const struct app *app, struct request *request);
};

/* The routes every program has: /health and the assets. Put them into the table. */
#define APP_ROUTES                                                                             \
    { METHOD_GET, "/health", ROUTE_OPEN, app_health, .formats = 0 },                           \
    {                                                                                          \
        METHOD_GET, "/static/{hash}/{file}", ROUTE_OPEN, asset_handle, .formats = 0            \
    }

enum err_code app_health(struct request *request, struct response *response, struct err *err);

/* Answer a request whose route was found by route_match. */
void app_run(const struct app *app, struct request *request, struct response *response);

/* Answer with an error page (or JSON) of this status. `err` may be NULL: a text for the status.
 */
void app_refuse(const struct app *app, struct request *request, struct response *response,
        int status, const struct err *err);

#endif
