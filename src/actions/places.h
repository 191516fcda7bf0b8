/*
 * places: where in an array of pupils each one stands, by pupil_id.
 */
#ifndef ACTIONS_PLACES_H
#define ACTIONS_PLACES_H

#include "analysis/cohort.h"
#include "base/arena.h"
#include "base/err.h"

struct places {
    int64_t *ids; /* ascending ... */
    uint32_t *at; /* ... and the place of each in the array */
    size_t n;
};

/* Of `n` pupils, in the arena. ERR_MEMORY. */
MUST_USE enum err_code places_make(struct places *places, struct arena *arena,
        const struct cohort_pupil *pupils, size_t n, struct err *err);

/* The place of a pupil, -1 when not in the array. */
long places_find(const struct places *places, int64_t pupil_id);

#endif
