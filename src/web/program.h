/*
 * program: the whole web program: every page's route, who asks, and what a page works with.
 *
 * A page's file exports its routes (struct route x_routes[], size_t x_route_n); routes.c names
 * the tables, in the order of the menu. A route's permission is one of
 *
 *     "anyone"              signed in or not; a POST still needs its token
 *     "signed-in"           whoever is signed in
 *     "view marks" ...      words of school/access.h: an action, and its field where it has
 *                           one ("window", "import marks", "view identity"); `enter` asks
 *                           may() for it without a pupil, so it opens the page. The page asks
 *                           again for each pupil.
 *     "staff ..."           the same, and not for parents and pupils
 *
 * A handler finds its work in the visit: request->person. Its context is the request's own:
 * texts go into request->arena, and the school's framework and settings are shared with the
 * worker's later requests, so that a page does not load them. They are read again when the
 * database has changed; a handler that changes a setting calls visit_school_changed.
 */
#ifndef WEB_PROGRAM_H
#define WEB_PROGRAM_H

#include "actions/account.h"
#include "actions/context.h"
#include "actions/gate.h"
#include "web/app.h"
#include "web/server.h"

struct layout_view;
struct worker;

struct visit {
    const struct app *app;
    struct worker *worker;
    struct context *context; /* of the school worked in; has_school is false where none is */
    struct desk desk;        /* for actions/account.h; account_id is who asks */
    bool signed_in;          /* false: what follows is empty (permission "anyone") */
    bool needs_factor;       /* a second factor has to be set up before anything else */
    struct session session;
    struct gate gate;            /* of context: who asks; what it notes is written for you */
    const struct person *person; /* the gate's; NULL when not signed in */
    const char *token;           /* behind the forms' tokens: the session's, or a visitor's */
};

/* The visit of a request that passed `enter`; never NULL in a handler of such a route. */
struct visit *visit_of(const struct request *request);

/*
 * What every page does first: fill view.layout with the menu, the school, who is signed in and
 * a fresh form token.
 */
void visit_layout(const struct request *request, struct layout_view *layout, const char *title);

/* May the person do this at all; the short form of may() without a pupil. */
bool visit_may(const struct visit *visit, enum action action, enum field field);

/*
 * Around each change: the one writer's turn. Actions open and close their own transactions.
 * They may be nested: the inner pair does nothing.
 */
void visit_write(const struct request *request);
void visit_wrote(const struct request *request);

/* The worker reads its school afresh with the next request. */
void visit_school_changed(const struct request *request);

/* ---- the program ---- */

struct program_options {
    const char *db;
    const char *framework_folder; /* or NULL */
    struct date today;            /* no date: the clock's */
    const char *notice;           /* a sentence for the top of every page, or NULL */
};

struct program;

/* Make the program: its routes and how its workers open their database. ERR_MEMORY. */
MUST_USE enum err_code program_make(const struct program_options *options,
        struct program **ret_program, struct err *err);
void program_free(struct program *program);

const struct app *program_app(const struct program *program);

/*
 * Fill in app, worker_open, worker_close and worker_data, and begin to write the audit's notes
 * about once a second; program_free writes what is left. Without this call each request
 * writes its own. To be called once.
 */
MUST_USE enum err_code program_serve(struct program *program, struct server_options *options,
        struct err *err);

/* A worker of one's own, for tests without a server; program_close_worker ends it. */
MUST_USE enum err_code program_open_worker(struct program *program, void **ret_worker,
        struct err *err);
void program_close_worker(struct program *program, void *worker);

#endif
