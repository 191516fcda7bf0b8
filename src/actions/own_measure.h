/*
 * own_measure: measures that a school defines as formulas (D3.4).
 *
 * A measure counts the pupils of its years of whom its formula (analysis/formula.h) says yes,
 * out of those of whom it says yes or no. It stands among the framework's measures wherever
 * those do: summary, names, everything that counts measures. What was said of it stays on
 * record; the last word holds.
 */
#ifndef ACTIONS_OWN_MEASURE_H
#define ACTIONS_OWN_MEASURE_H

#include "actions/context.h"
#include "store/saved.h"

enum {
    OWN_MEASURE_ID_MAX = 40,
    OWN_MEASURE_LABEL_MAX = 120, /* bytes */
    OWN_MEASURE_FORMULA_MAX = 1500
};

/*
 * Define a measure, or define one of the school's own anew. `measure` is its id: lower-case
 * letters, digits and hyphens. `label` NULL: its id; `years` NULL: all years. *ret_changed:
 * there was one of this id. recorded_by and recorded_at are filled in.
 *
 * ERR_INVALID: an id that is none or is the framework's, years that are none, a formula that
 * does not compile (err.file "formula", row and column say where) or says no yes or no.
 */
MUST_USE enum err_code own_measure_add(struct context *context, const struct own_measure *what,
        bool *ret_changed, struct err *err);

/* Take it out of the reports. ERR_NOT_FOUND. */
MUST_USE enum err_code own_measure_end(struct context *context, const char *measure,
        struct err *err);

/* Every measure the school ever defined, as it stands now, by id. */
MUST_USE enum err_code own_measure_list(struct context *context,
        struct own_measure_list *ret_list, struct err *err);

/* The school's measures in force as lines of a framework file, read into the draft. */
struct framework_draft;
MUST_USE enum err_code own_measures_read(struct context *context, int64_t school_id,
        struct framework_draft *draft, struct err *err);

#endif
