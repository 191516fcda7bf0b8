/*
 * cohort_in: what the three parts of cohort_load share: the population, the facts, the
 * words.
 */
#ifndef ACTIONS_COHORT_IN_H
#define ACTIONS_COHORT_IN_H

#include "actions/cohort_load.h"
#include "actions/places.h"

/* Every pupil the school ever had, by pupil_id, while the population is chosen. */
struct candidates {
    struct cohort_pupil *pupils; /* sorted by id */
    size_t n;
};

/* Only these pupils, by id ascending; ids NULL: everybody. */
struct load_only {
    const int64_t *ids;
    size_t n;
};

struct load {
    struct context *context;
    const struct filters *filters;
    const struct cohort_options *options;
    struct loaded *out;
    struct load_only only;       /* --where, answered */
    const struct review *review; /* --review, when the school has it in its calendar */

    struct cohort_pupil *pupils; /* the population in report order */
    size_t pupil_n;
    struct places places; /* of each in `pupils` */
};

/* Whether pupils are to be divided by this cut. */
bool load_cut_by(const struct load *load, enum cut cut);

/* The candidate with this id, or NULL. */
struct cohort_pupil *load_candidate(const struct candidates *all, int64_t id);

/* The row that holds on the day among the n rows of one group and pupil (from and seq
   ascending): of each from the last recorded, of those the latest that is not withdrawn. */
const struct membership *load_holding(const struct membership *rows, size_t n, struct date day);

/* The teaching groups of everybody and who teaches them, when cut by set or teacher. */
enum err_code load_sets(struct load *load, struct candidates *all, struct err *err);

/* Choose the population and sort it; fills load->pupils, places, out->school_n. */
enum err_code load_population(struct load *load, struct err *err);

/* Whether somebody asks who does not see everything, so that groups must be known. */
bool load_needs_groups(const struct context *context);

/* Take out of the cohort what context->gate does not let through. */
enum err_code load_through_gate(const struct context *context, struct loaded *loaded,
        bool aggregate, struct err *err);

/* Make the cohort and fill its columns. */
enum err_code load_facts(struct load *load, struct err *err);

/* The whole key stages that anybody in the cohort is in, for the formula's grades. */
struct formula_source;
enum err_code load_stages(struct context *context, const struct cohort *cohort,
        struct formula_source *source, struct err *err);

/* The pupils of the filters for whom --where says yes. */
enum err_code load_where(struct context *context, const struct filters *filters,
        struct load_only *ret_only, struct err *err);

#endif
