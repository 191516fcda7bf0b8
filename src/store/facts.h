/*
 * facts: judgements, results, targets, predictions and adjustments in the store.
 *
 * What store/store.h says of arenas, transactions and errors holds here.
 */
#ifndef STORE_FACTS_H
#define STORE_FACTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "assessments/fact.h"
#include "base/arena.h"
#include "base/date.h"
#include "base/err.h"

struct store;

/* What a reader does with each row. A function that returns other than ERR_OK stops the
   reading and its code is passed on. The row is borrowed for the call. */
typedef enum err_code (*store_fact_fn)(void *data, const struct fact *fact, struct err *err);

/* In the open import. */
MUST_USE enum err_code store_add_fact(struct store *store, const struct fact *fact,
        struct err *err);

/*
 * The newest facts of one kind: for assessments and likely grades one a pupil and subject
 * (stage is then NULL); for results, targets and predictions of one stage, one a pupil and
 * subject (and source, for results and predictions). `subject` NULL: all. Order: pupil,
 * subject.
 */
MUST_USE enum err_code store_latest(struct store *store, int64_t school_id, enum fact_kind kind,
        const char *stage, const char *subject, store_fact_fn fn, void *data, struct err *err);

/* The same of every kind and stage; order: kind, stage, pupil, subject. The kind is as stored.
 */
MUST_USE enum err_code store_latest_all(struct store *store, int64_t school_id,
        store_fact_fn fn, void *data, struct err *err);

/* Which facts are asked for. */
struct fact_question {
    enum fact_kind kind;
    int64_t pupil_id;     /* 0: all */
    const char *subject;  /* NULL: all */
    struct date day;      /* dated on or before it; no date: all */
    struct date recorded; /* recorded on or before it; no date: all */
};

/* Every such fact, in force or not, by pupil, subject, date descending, seq descending. */
MUST_USE enum err_code store_facts(struct store *store, int64_t school_id,
        const struct fact_question *question, store_fact_fn fn, void *data, struct err *err);

/* The same, but only those in force: the last recorded of each key, not withdrawn. */
MUST_USE enum err_code store_facts_in_force(struct store *store, int64_t school_id,
        const struct fact_question *question, store_fact_fn fn, void *data, struct err *err);

/* Of results, assessments, likely grades, tests and mocks those in force dated on `since` or
   later; pupil_id and subject of the question are not asked. */
MUST_USE enum err_code store_facts_since(struct store *store, int64_t school_id,
        const struct fact_question *question, struct date since, store_fact_fn fn, void *data,
        struct err *err);

/* Final results of one stage in force, dated from `since` to `until`, by pupil, subject, date
   descending: asks only for those, where store_facts_since walks everything recorded. */
MUST_USE enum err_code store_results_of_stage(struct store *store, int64_t school_id,
        const char *stage, struct date since, struct date until, store_fact_fn fn, void *data,
        struct err *err);

/* Whose lines are asked for: of all pupils in some subjects, or of one in one. */
enum {
    LINES_SUBJECTS = 8
};
struct line_question {
    int64_t pupil_id; /* 0: all */
    const char *const *subjects;
    size_t subject_n; /* 0, or more than LINES_SUBJECTS: all */
    struct date day, recorded;
};

/*
 * Everything but targets and predictions over time, in the order of the key (pupil, subject,
 * kind, date, stage, source, seq): of rows that agree in all but seq the last holds, unless it
 * is withdrawn. Marks, origins and who recorded it are not read.
 */
MUST_USE enum err_code store_lines(struct store *store, int64_t school_id,
        const struct line_question *question, store_fact_fn fn, void *data, struct err *err);

/* The last recorded fact with the key of `like`; *ret_found false when there is none. */
MUST_USE enum err_code store_fact_current(struct store *store, int64_t school_id,
        const struct fact *like, struct arena *arena, struct fact *ret_fact, bool *ret_found,
        struct err *err);

/* Whether the school has any fact of the kind. */
MUST_USE enum err_code store_has_facts(struct store *store, int64_t school_id,
        enum fact_kind kind, bool *ret_has, struct err *err);

struct adjustment {
    int64_t pupil_id, seq, import_id;
    const char *subject, *stage;
    struct date period_end;
    const char *scale, *grade, *reason, *recorded_at;
    bool withdrawn;
};

struct adjustment_list {
    struct adjustment *items;
    size_t n;
};
MUST_USE enum err_code store_adjustments(struct store *store, int64_t school_id,
        struct date recorded, struct arena *arena, struct adjustment_list *ret_list,
        struct err *err);

/* Compute the school's `latest` afresh from the facts. Within a transaction. */
MUST_USE enum err_code store_latest_rebuild(struct store *store, int64_t school_id,
        struct err *err);

/* In the open import. */
MUST_USE enum err_code store_add_adjustment(struct store *store,
        const struct adjustment *adjustment, struct err *err);

/* What an import wrote, in the order of writing, for undoing it. */
MUST_USE enum err_code store_facts_of_import(struct store *store, int64_t school_id,
        enum fact_kind kind, int64_t import_id, store_fact_fn fn, void *data, struct err *err);

#endif
