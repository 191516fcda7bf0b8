/*
 * worker: what one worker thread owns: a database connection and the schools it has read.
 *
 * A school's framework and settings cost more to read than a page does to make, so they are
 * kept. Before each use the connection is asked whether somebody has changed the file; if so,
 * the school's row, settings and own framework files are read and compared, and only when one
 * of them differs is the whole read again. Not shared between threads.
 */
#ifndef WEB_WORKER_H
#define WEB_WORKER_H

#include "actions/context.h"
#include "actions/shelf.h"
#include "base/digest.h"

enum {
    WORKER_SCHOOLS = 8 /* kept at once; the one longest unused makes room */
};

struct figures;

struct kept_school {
    int64_t school_id; /* 0: free */
    int64_t version;   /* of the file when it was last compared */
    int64_t used;      /* a count, for which one to give up */
    struct arena arena;
    struct context context;
    char print[DIGEST_HEX_SIZE];
};

struct worker {
    struct store *store;
    const char *framework_folder;
    bool stale; /* this connection changed a school itself */
    int writing;
    int64_t uses;
    struct kept_school schools[WORKER_SCHOOLS];
    struct shelf_hold hold;  /* of the request being answered */
    struct figures *figures; /* of the home pages, pages/home_figures.h; NULL: none yet */
};

/* `shelf` is borrowed; NULL: everything is read from the store each time. */
MUST_USE enum err_code worker_open(const char *db, const char *framework_folder,
        struct shelf *shelf, struct worker **ret_worker, struct err *err);
void worker_close(struct worker *worker);

/*
 * The school as it stands in the database now; 0: a context without a school. *ret_context is
 * to be copied and is good until the next call. Its arena must not be used. ERR_NOT_FOUND.
 */
MUST_USE enum err_code worker_school(struct worker *worker, int64_t school_id,
        struct context *ret_context, struct err *err);

#endif
