/*
 * route: the one table of what can be asked: address, permission, inputs, handler, help.
 *
 * Menus, the permission test and the manual's index are made from it.
 *
 * A path's segments are words or captures: `{id}` takes a number of 1 to 18 digits, `{file}`
 * a name with dots, any other `{name}` letters, digits, '-' and '_' (at most 64). A machine
 * twin has its extension on the last segment and needs its format in `formats`.
 */
#ifndef WEB_ROUTE_H
#define WEB_ROUTE_H

#include "web/request.h"
#include "web/response.h"

/* May be asked by anybody, without a look at who it is: assets, health. */
#define ROUTE_OPEN "open"

#define ROUTE_FORMAT(format) (1U << (format))
/* Every tabular format beside the page. */
#define ROUTE_TWINS                                                                            \
    (ROUTE_FORMAT(FORMAT_JSON) | ROUTE_FORMAT(FORMAT_CSV) | ROUTE_FORMAT(FORMAT_XLSX) |        \
            ROUTE_FORMAT(FORMAT_PDF))

struct route {
    enum method method; /* GET (answers HEAD too) or POST */
    const char *path;
    const char *permission; /* a word app->enter judges; ROUTE_OPEN; NULL is never allowed */
    /*
     * Answers. An error becomes a page (or JSON) with the status response_status gives; a
     * handler that answers itself (a form again with 422) returns ERR_OK.
     */
    enum err_code (
            *handle)(struct request *request, struct response *response, struct err *err);
    unsigned formats; /* ROUTE_FORMAT bits beside HTML */
    const struct input *inputs;
    size_t inputs_n;
    uint64_t upload_max; /* bytes of files; 0: none */
    const char *menu;    /* its name in the main menu, or NULL */
    const char *help;    /* topic under /help, or NULL */
};

/*
 * Find the route for request->method and ->target; sets ->route, ->format, ->captures.
 * Returns 0, or the status to answer: 400, 404, 405, 414, 500 (out of memory). For 405
 * *ret_allow is the Allow header.
 */
int route_match(const struct route *routes, size_t n, struct request *request,
        const char **ret_allow);

/* Whether a body of this type can be read: 0, or 415. NULL stands for no body. */
int route_takes(const char *content_type);

/* The method of this name; false for every other than GET, HEAD and POST. */
bool route_method(const char *text, enum method *ret_method);

const char *format_extension(enum format format); /* "" for HTML */

#endif
