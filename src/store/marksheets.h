/*
 * marksheets: a group, subjects and a review, and everything one marksheet shows.
 *
 * What store/store.h says of arenas, transactions and errors holds here. One function is
 * one statement, however many pupils and columns there are.
 */
#ifndef STORE_MARKSHEETS_H
#define STORE_MARKSHEETS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "assessments/fact.h"
#include "base/arena.h"
#include "base/date.h"
#include "base/err.h"
#include "pupils/pupil.h"
#include "store/facts.h"
#include "store/pupils.h"
#include "store/store.h"

/* The file that the store was opened with. */
const char *store_path(const struct store *store);

enum {
    MARKSHEET_SUBJECTS = 6
}; /* columns to write in, at most */

struct marksheet {
    int64_t marksheet_id, group_id;
    const char *name, *group, *group_type;
    const char *subjects; /* codes joined by commas */
    const char *year;     /* NC year of its pupils on the day, as text; "" when not asked for */
    struct review review;
    int64_t counter;      /* the last number given out in the school: changes with every fact */
    const char *template; /* code of the template it shows, or ""; not in a list */
};
struct marksheet_list {
    struct marksheet *items;
    size_t n;
};

/* All of the school, those of the latest review first; `day` is for `year`. */
MUST_USE enum err_code store_marksheets(struct store *store, int64_t school_id, struct date day,
        struct arena *arena, struct marksheet_list *ret_list, struct err *err);

/* ERR_NOT_FOUND when the school has no such marksheet. */
MUST_USE enum err_code store_marksheet(struct store *store, int64_t school_id, int64_t id,
        struct arena *arena, struct marksheet *ret_marksheet, struct err *err);

/* Make one; its number is taken from the school's. Within a transaction. */
MUST_USE enum err_code store_marksheet_add(struct store *store, int64_t school_id,
        const struct marksheet *marksheet, int64_t *ret_id, struct err *err);

/* Which pupils: those in the group on a day. */
struct marksheet_scope {
    int64_t school_id, group_id;
    struct date day;
    const char *subjects[MARKSHEET_SUBJECTS]; /* NULL behind the last */
};

/*
 * Pass on first every membership row of the group (as a fact with the attribute ""), then
 * the characteristics of those in it on the day: each by pupil, from, seq. `all` also those
 * that a marksheet does not always show (birth, sex, ethnicity ...).
 */
MUST_USE enum err_code store_marksheet_pupils(struct store *store,
        const struct marksheet_scope *scope, bool all, store_pupil_fact_fn fn, void *data,
        struct err *err);

/* A teaching group of a pupil; several rows may say different things, as with memberships. */
struct set_member {
    struct membership membership;
    const char *group;
};
struct set_member_list {
    struct set_member *items;
    size_t n;
};
/* The teaching groups of the pupils in `subject`, by pupil, group, from, seq. */
MUST_USE enum err_code store_marksheet_sets(struct store *store,
        const struct marksheet_scope *scope, const char *subject, struct arena *arena,
        struct set_member_list *ret_list, struct err *err);

/* Which values are wanted. */
struct marksheet_wants {
    const char *prior[2], *target[2]; /* codes of stages; "" for none */
    struct date period_end;           /* of the adjustments */
    enum fact_kind kind;              /* of the judgements ... */
    struct date since;                /* ... and from which day on */
};

/* What a reader gets: a fact, or, with `adjustment` set, a person's progress target (its date
   is the last day of the period). Borrowed for the call. */
typedef enum err_code (*store_marksheet_fn)(void *data, const struct fact *fact,
        bool adjustment, struct err *err);

/* Results and targets of the stages as they stand newest, adjustments, and every judgement,
   withdrawn or not, all in the scope's subjects, in the order in which they were recorded. */
MUST_USE enum err_code store_marksheet_values(struct store *store,
        const struct marksheet_scope *scope, const struct marksheet_wants *wants,
        store_marksheet_fn fn, void *data, struct err *err);

/* One thing that was said in a cell, and by whom. */
struct cell_word {
    struct fact fact;
    const char *recorded_by, *import_kind;
};
struct cell_word_list {
    struct cell_word *items;
    size_t n;
};
/* Everything said of one pupil and subject in this kind, oldest first. */
MUST_USE enum err_code store_cell_history(struct store *store, int64_t school_id,
        int64_t pupil_id, const char *subject, enum fact_kind kind, struct arena *arena,
        struct cell_word_list *ret_list, struct err *err);

/* After a fact was withdrawn: what stands newest for the pupil and subject now. Within a
 * transaction. */
MUST_USE enum err_code store_latest_redo(struct store *store, int64_t school_id,
        int64_t pupil_id, const char *subject, enum fact_kind kind, struct err *err);

/* What was typed and could not be saved. */
struct parked_entry {
    int64_t parked_id, marksheet_id, pupil_id;
    const char *subject, *typed, *reason, *recorded_by, *recorded_at;
};
struct parked_list {
    struct parked_entry *items;
    size_t n;
};
/* Within a transaction; its number is taken from the school's. */
MUST_USE enum err_code store_park(struct store *store, int64_t school_id,
        const struct parked_entry *entry, struct err *err);
/* Those that nobody has dealt with yet, oldest first. */
MUST_USE enum err_code store_parked(struct store *store, int64_t school_id, struct arena *arena,
        struct parked_list *ret_list, struct err *err);
/* Dealt with: not listed any more. Once for each. Within a transaction. */
MUST_USE enum err_code store_parked_settle(struct store *store, int64_t school_id,
        int64_t parked_id, const char *who, const char *stamp, struct err *err);

#endif
