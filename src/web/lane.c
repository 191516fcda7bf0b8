#include "web/lane.h"

#include <stddef.h>

struct lane_waiter {
    struct lane_waiter *next;
    pthread_cond_t turn;
    int called;
};

void lane_take(struct lane *lane)
{
    struct lane_waiter self = { .turn = PTHREAD_COND_INITIALIZER };

    if (lane == NULL)
        return;
    (void)pthread_mutex_lock(&lane->mutex);
    if (!lane->busy) {
        lane->busy = 1;
        (void)pthread_mutex_unlock(&lane->mutex);
        return;
    }
    if (lane->last == NULL)
        lane->first = &self;
    else
        lane->last->next = &self;
    lane->last = &self;
    while (!self.called)
        (void)pthread_cond_wait(&self.turn, &lane->mutex);
    (void)pthread_mutex_unlock(&lane->mutex);
    (void)pthread_cond_destroy(&self.turn);
}

void lane_give(struct lane *lane)
{
    struct lane_waiter *next;

    if (lane == NULL)
        return;
    (void)pthread_mutex_lock(&lane->mutex);
    next = lane->first;
    if (next == NULL) {
        lane->busy = 0;
    } else {
        lane->first = next->next;
        if (lane->first == NULL)
            lane->last = NULL;
        next->called = 1; /* the lane stays busy: it is handed over */
        (void)pthread_cond_signal(&next->turn);
    }
    (void)pthread_mutex_unlock(&lane->mutex);
}
