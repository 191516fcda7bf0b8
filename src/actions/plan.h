/*
 * plan: what an import would do to one school: which pupils, values, results, contacts and
 * memberships are new, the same, other, or refused.
 *
 * A plan is made row by row from records while a file is read, in an arena of its own; it
 * reads the database and writes nothing. plan_apply writes it within the caller's
 * transaction, in the order in which the file said it.
 *
 * How a pupil of the file is found on record: by the UPN in use; by a UPN once in use, or
 * the file's former UPN; else, where surname, forename, date of birth and sex agree with a
 * pupil who is not in the file under the number on record, a person is asked.
 *
 * How a value is compared: one without dates with the value in force today; another value
 * then holds from today on, or, where nothing was known, always. A value with dates with
 * the row that begins on the same day.
 *
 * A row of the file counts once: added, superseded (something on record, or earlier in
 * the file, is now otherwise), unchanged, or refused.
 */
#ifndef ACTIONS_PLAN_H
#define ACTIONS_PLAN_H

#include "actions/context.h"
#include "actions/import_outcome.h"
#include "actions/plan_list.h"
#include "exchange/record.h"

/* "No pupil", "no value": numbers of items are otherwise from 0. */
#define PLAN_NONE SIZE_MAX

/* A pupil on record or in the file. */
struct plan_pupil {
    int64_t pupil_id; /* 0: not on record, numbered by plan_apply */
    const char *upn;  /* in use, as the plan leaves it */
    size_t values;    /* first of the pupil's values, or PLAN_NONE */
    size_t same_as;   /* found to be this pupil, or PLAN_NONE */
    long row;         /* where the file has the pupil; 0: it has not */
    int64_t lost_n;   /* results not taken because the pupil was refused */
    bool in_file, added, renamed, refused, waiting;
};

/* A value of a pupil: the row that holds of its attribute and first day. */
struct plan_value {
    const char *attribute, *value;
    struct date from, to;
    size_t pupil, next;
    bool withdrawn;
    bool fresh; /* to be written */
    bool said;  /* by a row of a history file */
};

struct plan_fact {
    const char *subject, *stage, *source, *review, *scale, *grade, *origin;
    int64_t mark, max_mark;
    size_t pupil;
    size_t before; /* of the same key, earlier in the file; PLAN_NONE */
    struct date date;
    enum fact_kind kind;
    bool dropped; /* not to be written: the file ends where the record is */
};

struct plan_contact {
    struct contact contact;
    size_t pupil;
    bool fresh;
};

struct plan_part {
    const char *path, *xml;
    size_t pupil;
    bool withdrawn, fresh;
};

struct plan_group {
    const char *name, *type, *subject;
    int64_t group_id; /* 0: not on record */
    bool empty;       /* nobody was in it before this file */
};

struct plan_member {
    size_t group, pupil;
    struct date from, to;
    bool withdrawn, fresh;
};

/* Results kept as they came, counted by what they are. */
struct plan_kept {
    const char *what, *reason;
    int64_t n;
};

/* A row put off until the whole file is known. */
struct plan_late {
    struct pupil_record *pupil;   /* or NULL */
    struct result_record *result; /* or NULL */
    struct group_record *group;
    size_t number, other; /* of the waiting pupil, and who it may be */
};

struct plan {
    struct arena arena;
    struct arena scratch; /* of one comparison with the database */
    struct context *context;
    struct outcome_writer *writer;
    enum file_kind kind;
    bool match_names;
    bool finishing;

    struct texts texts;
    struct chunks pupils, values, facts, contacts, parts, groups, members, kept, late;
    struct index by_id, by_upn, by_former, by_name, by_fact, by_place, by_path, by_group,
            by_member;
    size_t stored_n;             /* pupils on record come first */
    const char *attributes[128]; /* those whose values are loaded */
    size_t attribute_n;
    bool history_unsure; /* a row of a history file could not be told: withdraw nothing */
    bool formers_loaded, names_loaded, contacts_loaded, parts_loaded, groups_loaded;
    bool has_facts[FACT_KIND__MAX];
    const char *upn_, *former_upn_, *surname_, *forename_, *dob_, *sex_, *year_group_;

    int64_t added, unchanged, superseded;
    int64_t odd_la_n; /* UPNs of no known authority, and the first of them */
    const char *odd_la;
    const char *header_rest; /* of a transfer file's header, to go out again */
};

/* Begin a plan for the context's school; loads the pupils' numbers. */
MUST_USE enum err_code plan_begin(struct plan *plan, struct context *context,
        enum file_kind kind, bool match_names, struct outcome_writer *writer, struct err *err);

/* Free it; takes a plan that was never begun. */
void plan_end(struct plan *plan);

/* Take one record. Refusals go to the outcome and are no error. */
MUST_USE enum err_code plan_header(struct plan *plan, const struct ctf_header *header,
        struct err *err);
MUST_USE enum err_code plan_pupil(struct plan *plan, const struct pupil_record *record,
        struct err *err);
MUST_USE enum err_code plan_result(struct plan *plan, const struct result_record *record,
        struct err *err);
MUST_USE enum err_code plan_history(struct plan *plan, const struct history_record *record,
        struct err *err);
MUST_USE enum err_code plan_group(struct plan *plan, const struct group_record *record,
        struct err *err);

/* The file is at its end: settle who waits, and say what was kept or lost. */
MUST_USE enum err_code plan_finish(struct plan *plan, struct err *err);

/* Write it as one import of `file`, within a transaction. */
MUST_USE enum err_code plan_apply(struct plan *plan, const char *file, int64_t *ret_import_id,
        struct err *err);

#endif
