/*
 * program_in: what the files of the program share.
 */
#ifndef WEB_PROGRAM_IN_H
#define WEB_PROGRAM_IN_H

#include <pthread.h>

#include "web/program.h"
#include "web/worker.h"

/* Who writes the audit's notes, and sweeps old sessions: one thread with its own connection. */
struct notes {
    struct audit_queue *queue; /* NULL: each request writes its own */
    struct store *store;
    pthread_t thread;
    pthread_mutex_t mutex;
    pthread_cond_t stop_asked;
    bool stop;
    int64_t swept; /* seconds: when old sessions were removed last */
};
MUST_USE enum err_code notes_start(struct notes *notes, const char *db, struct err *err);
void notes_stop(struct notes *notes); /* writes what is left; also when never started */

struct program {
    struct app app; /* app.data is the program */
    struct program_options options;
    struct arena arena;
    struct notes notes;
    struct shelf *shelf; /* schools in memory, for every worker */
};

static inline const struct program *program_of(const struct app *app)
{
    return app->data;
}

/* A route's permission, read. */
struct permission {
    bool staff;
    enum action action;
    enum field field;
};
/* False for words that are none: such a route is never allowed. */
bool permission_read(const char *text, struct permission *ret_permission);

/* The steps of struct app. */
enum err_code visit_enter(const struct app *app, struct request *request,
        struct response *response, struct err *err);
bool visit_menu(const struct request *request, const char *permission);
void visit_dress(const struct request *request, struct layout_view *layout);
void visit_leave(const struct app *app, struct request *request);

/* The tables of routes, each in its page's file. */
struct route_table {
    const struct route *routes;
    const size_t *n;
};
extern const struct route_table route_tables[];
extern const size_t route_table_n;

#endif
