/*
 * cohort_in: what the three parts of cohort_load share: the population, the facts, the
 * words.
 */
#ifndef ACTIONS_COHORT_IN_H
#define ACTIONS_COHORT_IN_H

#include "actions/cohort_load.h"

/* Every pupil the school ever had, by pupil_id, while the population is chosen. */
struct candidates {
    struct cohort_pupil *pupils; /* sorted by id */
    size_t n;
};

struct load {
    struct context *context;
    const struct filters *filters;
    const struct cohort_options *options;
    struct loaded *out;
    const struct review *review; /* --review, when the school has it in its calendar */

    struct cohort_pupil *pupils; /* the population in report order */
    size_t pupil_n;
    int64_t *ids;       /* pupil ids ascending ... */
    uint32_t *place_of; /* ... and the place of each in `pupils` */
};

/* Choose the population and sort it; fills load->pupils, ids, out->school_n. */
enum err_code load_population(struct load *load, struct err *err);

/* The place of a pupil in the population, -1 when he is not in it. */
long load_place(const struct load *load, int64_t pupil_id);

/* Make the cohort and fill its columns. */
enum err_code load_facts(struct load *load, struct err *err);

#endif
