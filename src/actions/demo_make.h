/*
 * demo_make: the demo database: an invented 3-18 school, its partner and their authority,
 * brought in through the one import plan.
 */
#ifndef ACTIONS_DEMO_MAKE_H
#define ACTIONS_DEMO_MAKE_H

#include "actions/context.h"
#include "demo/demo.h"

/*
 * Make it at `path`, which must not exist (it is made beside and moved into place, so that
 * a demo cut short leaves nothing). The same day gives the same bytes. `progress` is told
 * what is being made, may be NULL.
 */
MUST_USE enum err_code demo_make(const char *path, struct date today,
        void (*progress)(const char *what), struct err *err);

/* A review of the demo as the calendar keeps it; borrows from `in`. */
struct review demo_review_kept(const struct demo_review *in);

/* The number of the demo's own school, and what its pages say of its levels. */
const char *demo_main_laestab(void);
const char *demo_note(void);

#endif
