/*
 * authority_in: what the parts of the report `authority` share: the run over all schools,
 * one school loaded, and added to it.
 */
#ifndef ACTIONS_AUTHORITY_IN_H
#define ACTIONS_AUTHORITY_IN_H

#include "actions/context.h"
#include "actions/filters.h"
#include "actions/traits.h"
#include "reports/build.h"

struct authority_run {
    struct context *context;
    const struct filters *filters;
    struct date day, recorded; /* the day asked about; what was recorded later is hidden */
    struct authority out;      /* lives in the context's arena */

    /* UPNs that more than one school has, as hashes, ascending: who came with results of
       another school is counted there. */
    uint64_t *shared;
    size_t shared_n;

    /* Some school's framework has the subject, the measure asked for. */
    bool knows_subject, knows_measure;
};

enum {
    AUTHORITY_MEASURES = 200 /* more is no framework's */
};

/*
 * Add school `place` of run->out.schools. It is loaded into an arena of its own, which is
 * gone afterwards: memory does not grow with the number of schools.
 */
MUST_USE enum err_code authority_add_school(struct authority_run *run, size_t place,
        struct err *err);

/* A UPN as run->shared holds it. */
uint64_t authority_hash(const char *upn);

/* ---- one school ---- */

/* A final result on record. */
struct authority_hit {
    int64_t pupil_id, seq;
    struct date date;
    struct value value;
    int rank; /* of its source; lower is believed first */
    int16_t subject;
    int year; /* the school year that it lies in, by its end */
};

struct authority_hits {
    struct authority_hit *items; /* by pupil */
    size_t n;
    bool loaded;
};

/* One school while it is added. */
struct authority_one {
    struct authority_run *run;
    struct context context; /* of this school, in an arena of its own */
    size_t place;
    struct school_tag_list tags;
    struct traits traits;
    struct pupil_handle_list pupils; /* who is in another school too, by id */

    struct authority_hits *stages; /* one a stage, loaded when it is asked for */
    bool wants_prior;

    int stage;
    struct authority_hits results, priors, earliers; /* of this stage, of those before it */

    /* One year of the stage: */
    size_t year;
    struct cohort cohort;
    struct date *dates; /* of the results, one a cell */
};

/* What is asked of every stage: tags, who is in another school too, the characteristics that
   the cuts need. */
MUST_USE enum err_code authority_load_one(struct authority_one *one, struct err *err);

/* The results of a stage, of all years asked (and, where progress is, of those before); loaded
   once. */
MUST_USE enum err_code authority_load_hits(struct authority_one *one, int stage,
        struct authority_hits *ret_hits, struct err *err);

/* Whether the result came with a pupil from the school where it was won: another school has
   the pupil too, and this one did not in that year up to that day. */
bool authority_is_brought(const struct authority_one *one, const struct authority_hit *hit);

#endif
