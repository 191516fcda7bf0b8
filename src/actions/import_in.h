/*
 * import_in: what the files of import_*.c share.
 */
#ifndef ACTIONS_IMPORT_IN_H
#define ACTIONS_IMPORT_IN_H

#include "actions/import_outcome.h"
#include "actions/plan.h"

/* The plan of one school, with the context it reckons by. */
struct import_school {
    struct context context;
    struct plan plan;
    bool made;      /* the school is not on record yet */
    int64_t newest; /* its newest import when the plan was begun */
};

/* schools.csv and national.csv: what belongs to no single school. */
struct import_shared;

/* One import while it goes on. */
struct import_run {
    struct context *context;
    const struct import_options *options;
    struct outcome_writer writer;
    struct import_outcome outcome;
    struct import_school **schools;
    size_t school_n, last; /* last: the school found last */
    struct import_shared *shared;
    bool several; /* records name their schools: one plan and one transaction each */
};

/* The plan of the school that a record names (NULL: the chosen one). */
MUST_USE enum err_code import_plan_of(struct import_run *run, const char *laestab,
        struct plan **ret_plan, struct err *err);

/* A school that a mapped file names; made when it is applied if it is not on record. */
MUST_USE enum err_code import_school_named(struct import_run *run,
        const struct school_record *record, struct err *err);

/* The number of the school's newest import; 0 when there is none. */
MUST_USE enum err_code import_newest(struct context *context, int64_t school_id,
        int64_t *ret_newest, struct err *err);

/* Write the plans, each in a transaction of its own where there are several. */
MUST_USE enum err_code import_apply_schools(struct import_run *run, struct err *err);

/* Tell which of the targets just written look too low, into the outcome. */
MUST_USE enum err_code import_alerts(struct import_run *run, struct err *err);

/* Free the plans. */
void import_schools_end(struct import_run *run);

/* Begin, take records, count into the outcome and write; freed with the context's arena. */
MUST_USE enum err_code import_shared_begin(struct import_run *run, struct err *err);
MUST_USE enum err_code import_shared_school(struct import_run *run,
        const struct school_record *record, struct err *err);
MUST_USE enum err_code import_shared_national(struct import_run *run,
        const struct national_record *record, struct err *err);
void import_shared_end(struct import_run *run);
MUST_USE enum err_code import_shared_apply(struct import_run *run, struct err *err);

/* A file of assessment framework, into the chosen school. */
struct source;
MUST_USE enum err_code import_framework(struct context *context, struct source *source,
        const struct import_options *options, struct import_outcome *ret_outcome,
        struct err *err);

/* All bytes of a source, at most `max`. ERR_INVALID when there are more. */
MUST_USE enum err_code import_read_all(struct source *source, size_t max, struct arena *arena,
        const char **ret_bytes, size_t *ret_n, struct err *err);

#endif
