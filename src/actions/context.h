/*
 * context: what every action needs to know: the open database, the day, who acts, and the
 * chosen school with its framework and its way of reckoning.
 *
 * Made once for a command or request by cli/ or web/. Texts live in the context's arena.
 */
#ifndef ACTIONS_CONTEXT_H
#define ACTIONS_CONTEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "analysis/cohort.h"
#include "base/arena.h"
#include "base/clock.h"
#include "base/date.h"
#include "base/err.h"
#include "scales/framework.h"
#include "school/access.h"
#include "store/store.h"

struct gate;
struct shelf_hold;

/* A stage's NC years in this school, where they differ from the framework's. */
struct stage_years {
    int first, last;
};

struct context {
    struct store *store;
    struct arena *arena;
    struct date today;
    char stamp[CLOCK_STAMP_SIZE]; /* recorded_at of everything this context saves */
    const char *who;              /* recorded_by: a user name, or "command line" */
    const char *framework_folder; /* the operator's own files, or NULL */

    const struct gate *gate; /* a person asks: what cohort_load and its like give passes it;
                                NULL: everything (command line) */
    enum action gate_action; /* and for what: view, report, export */

    struct shelf_hold
            *shelf; /* what may be taken from memory (actions/shelf.h); NULL: nothing */

    bool has_school;
    struct school school;
    const struct framework *fw;
    struct reckoning reckoning;
    const struct stage_years *stage_years; /* one a stage of fw */
    bool tests_count;                      /* tests and mocks count as "now" (contract 3.5) */
    struct setting_list settings;
};

/* How a context is opened. */
struct context_options {
    const char *db;
    enum store_mode mode;
    struct date today; /* no date: the clock's */
    const char *who;
    const char *framework_folder;
};

/* Open the database. Errors: those of store_open. */
MUST_USE enum err_code context_open(struct context *context, struct arena *arena,
        const struct context_options *options, struct err *err);

/*
 * Choose the school: `laestab` ("8064001", "806/4001") or NULL for the only one. Loads its
 * framework and settings. Errors: ERR_NOT_FOUND (no such school, or none yet), ERR_USAGE
 * (several and none named; the hint lists them), ERR_INVALID (its framework file is wrong).
 */
MUST_USE enum err_code context_choose_school(struct context *context, const char *laestab,
        struct err *err);

/* Closes the store; takes a context that was never opened. */
void context_close(struct context *context);

/* The value of a setting, or `otherwise`. */
const char *context_setting(const struct context *context, const char *name,
        const char *otherwise);

/* The whole key stage of an NC year in this school (two-year KS3 and all), -1 none. */
int context_stage_of_year(const struct context *context, int year);

/* The stage whose result is the prior attainment of `stage` here: the school's setting
   prior.STAGE, else the framework's first choice. -1 none. */
int context_prior_stage(const struct context *context, int stage);

/* Whether the window in which targets are set is open on the day: the setting targets.window,
   first and last day of each year as months and days ("09-01 10-31"); closed without one. */
bool context_targets_open(const struct context *context, struct date day);

/* How many years a stage has here. */
int context_stage_years(const struct context *context, int stage);

/* The settings a school may change: name, what it means, an example. */
struct setting_info {
    const char *name, *meaning, *example;
};
extern const struct setting_info setting_infos[];
extern const size_t setting_info_n;

/* Check and store one setting (in its own transaction), and reckon by it from now on.
   ERR_INVALID with what would be right. */
MUST_USE enum err_code context_set(struct context *context, const char *name, const char *value,
        struct err *err);

/* Several at once, all or none. *ret_wrong (may be NULL) is which one is refused. */
MUST_USE enum err_code context_set_all(struct context *context, const struct setting *settings,
        size_t n, size_t *ret_wrong, struct err *err);

/* Make a school; `laestab` is checked (seven digits). In its own transaction. */
MUST_USE enum err_code school_create(struct context *context, const char *laestab,
        const char *name, const char *phase, const char *framework, int64_t *ret_school_id,
        struct err *err);

/* "806/4001" and "8064001" to seven digits; ERR_INVALID. */
enum {
    LAESTAB_SIZE = 8
};
MUST_USE enum err_code laestab_parse(const char *text, char buffer[LAESTAB_SIZE],
        struct err *err);

/* Load a framework by code: embedded files, the operator's folder, then the school's own. */
MUST_USE enum err_code framework_load(struct context *context, const char *code,
        int64_t school_id, const struct framework **ret_framework, struct err *err);

#endif
