/*
 * shelf: a school as it stands today, read once and kept for every thread of the program.
 *
 * Between two saves a school's pupils and newest facts are the same for everybody who asks, so
 * cohort_load takes them from here where it may. A school's numbers come from one counter
 * (docs/design/SQL.md): what was read while it stood still is true until it moves. Only the
 * answer to "who and what is there today" is kept; who may see it, filters and the reckoning
 * are asked of it each time.
 */
#ifndef ACTIONS_SHELF_H
#define ACTIONS_SHELF_H

#include <stddef.h>

#include "base/err.h"

struct shelf;
struct snapshot;

MUST_USE enum err_code shelf_make(struct shelf **ret_shelf, struct err *err);

/* Nobody may hold anything any more. Takes NULL. */
void shelf_free(struct shelf *shelf);

enum {
    SHELF_HOLDS = 4
};

/*
 * What one request holds: what it has taken stays until it lets go, and a second question sees
 * the same state. For requests that change nothing: in a transaction of one's own the store
 * says more than the shelf. Not shared between threads.
 */
struct shelf_hold {
    struct shelf *shelf;
    struct snapshot *held[SHELF_HOLDS];
    size_t n;
};

void shelf_let_go(struct shelf_hold *hold);

#endif
