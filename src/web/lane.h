/*
 * lane: one writer at a time, first come, first served.
 *
 * A plain mutex may let the same thread in again and again; with a database that has one
 * writer somebody then waits seconds although nothing failed. Here each waiter has a place
 * in a queue. Not recursive. Shared between threads.
 */
#ifndef WEB_LANE_H
#define WEB_LANE_H

#include <pthread.h>
#include <stdint.h>

struct lane {
    pthread_mutex_t mutex;
    struct lane_waiter *first;
    struct lane_waiter *last;
    int busy;
};

#define LANE_READY                                                                             \
    {                                                                                          \
        .mutex = PTHREAD_MUTEX_INITIALIZER                                                     \
    }

/* Wait for one's turn. NULL is a lane for one thread alone: nothing happens. */
void lane_take(struct lane *lane);

/* Let the next one in. */
void lane_give(struct lane *lane);

#endif
