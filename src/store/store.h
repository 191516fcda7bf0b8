/*
 * store: the only door to the database.
 *
 * One typed function for each question; the SQL stands in db/queries and is compiled in as
 * a closed list. A store is one connection: not shared between threads. Record types come
 * from the domain folders; strings that a function returns live in the arena it was given.
 *
 * Writing happens between store_begin and store_commit; anything else rolls back. A
 * transaction touches one school. Every fact written through store_add_... belongs to the
 * import opened with store_import_begin, and store_import_end closes the hash chain over it.
 *
 * Errors of all functions: ERR_MEMORY; ERR_STORE with a sentence for the user (disk full,
 * file read-only, busy, damaged) and the database's own words in detail.
 */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "assessments/fact.h"
#include "base/arena.h"
#include "base/date.h"
#include "base/err.h"
#include "pupils/pupil.h"

struct store;

enum store_mode {
    STORE_READ,   /* must exist; nothing is written, not even a migration */
    STORE_WRITE,  /* must exist; migrated if it is older */
    STORE_CREATE, /* made when absent */
};

/*
 * Open the file at `path`. Errors besides: ERR_NOT_FOUND (no such file, with a hint how to
 * make one); ERR_INVALID (not an Attain file; made by a newer program). An older schema is
 * copied to PATH.before-N before it is migrated.
 */
MUST_USE enum err_code store_open(const char *path, enum store_mode mode, struct store **ret_store,
        struct err *err);
void store_close(struct store *store);
void store_cleanup(struct store **store);

MUST_USE enum err_code store_begin(struct store *store, struct err *err);
MUST_USE enum err_code store_commit(struct store *store, struct err *err);
void store_rollback(struct store *store); /* also when none is open */

/* How many statements this store has run, for budgets in tests and `attain bench`. */
int64_t store_statement_n(const struct store *store);

/* Tests only: let n more steps of statements succeed and fail the next; n < 0 is off. */
void store_fault(struct store *store, long n);

/* ---- schools ---- */

struct school {
    int64_t school_id;
    const char *laestab, *name, *phase, *framework;
};

struct school_list {
    struct school *items;
    size_t n;
};

/* All schools but number 0, by LAESTAB. */
MUST_USE enum err_code store_schools(struct store *store, struct arena *arena,
        struct school_list *ret_list, struct err *err);

/* Make a school (its number, its counter); ERR_CONFLICT when the LAESTAB is taken. Within a transaction. */
MUST_USE enum err_code store_school_add(struct store *store, const struct school *school,
        int64_t *ret_school_id, struct err *err);
MUST_USE enum err_code store_school_rename(struct store *store, const struct school *school,
        struct err *err);

struct setting {
    const char *name, *value;
};
struct setting_list {
    struct setting *items;
    size_t n;
};
MUST_USE enum err_code store_settings(struct store *store, int64_t school_id, struct arena *arena,
        struct setting_list *ret_list, struct err *err);
/* Within a transaction. */
MUST_USE enum err_code store_setting_put(struct store *store, int64_t school_id, const char *name,
        const char *value, struct err *err);

/* The school's own framework files in force, in the order they were added. */
struct named_text {
    const char *name, *body;
};
struct named_text_list {
    struct named_text *items;
    size_t n;
};
MUST_USE enum err_code store_framework_files(struct store *store, int64_t school_id,
        struct arena *arena, struct named_text_list *ret_list, struct err *err);

/* Take `n` consecutive numbers of the school; *ret_first is the first. Within a transaction. */
MUST_USE enum err_code store_take_numbers(struct store *store, int64_t school_id, int64_t n,
        int64_t *ret_first, struct err *err);

/* ---- imports and saves ---- */

struct import {
    int64_t import_id;
    const char *kind, *file;
    int64_t added, unchanged, superseded, refused;
    int64_t undoes;
    const char *recorded_by, *recorded_at;
};
struct import_list {
    struct import *items;
    size_t n;
};

/*
 * Open an import in the school: writes its row (with the counts that the plan worked out)
 * and begins a link of the hash chain. import->import_id is set. `row_n` is how many facts
 * will follow; their seqs are taken in one go. Within a transaction.
 */
MUST_USE enum err_code store_import_begin(struct store *store, int64_t school_id,
        struct import *import, int64_t row_n, struct err *err);

/* The facts of the open import. seq, import_id and recorded_at are filled by the store. */
MUST_USE enum err_code store_add_fact(struct store *store, const struct fact *fact, struct err *err);
MUST_USE enum err_code store_add_pupil_fact(struct store *store, const struct pupil_fact *fact,
        struct err *err);
MUST_USE enum err_code store_add_contact(struct store *store, const struct contact *contact,
        struct err *err);
MUST_USE enum err_code store_add_ctf_part(struct store *store, const struct ctf_part *part,
        struct err *err);
MUST_USE enum err_code store_add_membership(struct store *store, const struct membership *membership,
        struct err *err);
struct adjustment {
    int64_t pupil_id, seq, import_id;
    const char *subject, *stage;
    struct date period_end;
    const char *scale, *grade, *reason, *recorded_at;
    bool withdrawn;
};
MUST_USE enum err_code store_add_adjustment(struct store *store, const struct adjustment *adjustment,
        struct err *err);
struct school_tag {
    const char *tag;
    struct date from, to;
    bool withdrawn;
};
MUST_USE enum err_code store_add_school_tag(struct store *store, const struct school_tag *tag,
        struct err *err);
MUST_USE enum err_code store_add_framework_file(struct store *store, const char *name,
        const char *body, bool withdrawn, struct err *err);

/* Close the import: writes its link. */
MUST_USE enum err_code store_import_end(struct store *store, struct err *err);

MUST_USE enum err_code store_imports(struct store *store, int64_t school_id, struct arena *arena,
        struct import_list *ret_list, struct err *err);
/* ERR_NOT_FOUND when the school has no such import. */
MUST_USE enum err_code store_import(struct store *store, int64_t school_id, int64_t import_id,
        struct arena *arena, struct import *ret_import, struct err *err);

/* ---- pupils ---- */

struct pupil_handle {
    int64_t pupil_id;
    const char *upn;
};
struct pupil_handle_list {
    struct pupil_handle *items;
    size_t n;
};
/* Every pupil the school ever had, by UPN. */
MUST_USE enum err_code store_pupils(struct store *store, int64_t school_id, struct arena *arena,
        struct pupil_handle_list *ret_list, struct err *err);
/* Within a transaction. */
MUST_USE enum err_code store_pupil_add(struct store *store, int64_t school_id, int64_t pupil_id,
        const char *upn, struct err *err);
MUST_USE enum err_code store_pupil_rename(struct store *store, int64_t school_id, int64_t pupil_id,
        const char *upn, struct err *err);

/*
 * What a reader does with each row. A function that returns other than ERR_OK stops the
 * reading and its code is passed on. The row is borrowed for the call.
 */
typedef enum err_code (*store_pupil_fact_fn)(void *data, const struct pupil_fact *fact,
        struct err *err);
typedef enum err_code (*store_fact_fn)(void *data, const struct fact *fact, struct err *err);

/* Facts of one attribute of all pupils, by pupil, from, seq; those recorded on or before
   `recorded` (no date: all). */
MUST_USE enum err_code store_attribute(struct store *store, int64_t school_id,
        const char *attribute, struct date recorded, store_pupil_fact_fn fn, void *data,
        struct err *err);

/* All facts about one pupil, by attribute, from, seq. */
MUST_USE enum err_code store_pupil_facts(struct store *store, int64_t school_id, int64_t pupil_id,
        store_pupil_fact_fn fn, void *data, struct err *err);

struct contact_list {
    struct contact *items;
    size_t n;
};
/* Contacts in force (newest of each place, not withdrawn), by pupil and place; pupil_id 0: all pupils. */
MUST_USE enum err_code store_contacts(struct store *store, int64_t school_id, int64_t pupil_id,
        struct arena *arena, struct contact_list *ret_list, struct err *err);
struct ctf_part_list {
    struct ctf_part *items;
    size_t n;
};
MUST_USE enum err_code store_ctf_parts(struct store *store, int64_t school_id, int64_t pupil_id,
        struct arena *arena, struct ctf_part_list *ret_list, struct err *err);

/* ---- groups ---- */

struct pupil_group_list {
    struct pupil_group *items;
    size_t n;
};
MUST_USE enum err_code store_groups(struct store *store, int64_t school_id, struct arena *arena,
        struct pupil_group_list *ret_list, struct err *err);
/* Within a transaction. */
MUST_USE enum err_code store_group_add(struct store *store, int64_t school_id,
        const struct pupil_group *group, struct err *err);
struct membership_list {
    struct membership *items;
    size_t n;
};
/* Every row, by group, pupil, from, seq; those recorded on or before `recorded`. */
MUST_USE enum err_code store_memberships(struct store *store, int64_t school_id,
        struct date recorded, struct arena *arena, struct membership_list *ret_list,
        struct err *err);

/* ---- facts ---- */

/*
 * The newest facts of one kind: for assessments and likely grades one a pupil and subject
 * (stage is then NULL); for results, targets and predictions of one stage, one a pupil and
 * subject (and source, for results and predictions). `subject` NULL: all. Order: pupil, subject.
 */
MUST_USE enum err_code store_latest(struct store *store, int64_t school_id, enum fact_kind kind,
        const char *stage, const char *subject, store_fact_fn fn, void *data, struct err *err);

/*
 * Every fact of one kind dated on or before `day` and recorded on or before `recorded` (no
 * date: all), in force or not, by pupil, subject, date descending, seq descending. stage,
 * subject NULL: all; pupil_id 0: all.
 */
MUST_USE enum err_code store_facts(struct store *store, int64_t school_id, enum fact_kind kind,
        int64_t pupil_id, const char *subject, struct date day, struct date recorded,
        store_fact_fn fn, void *data, struct err *err);

/* The same, but only those in force: the last recorded of each key, not withdrawn. */
MUST_USE enum err_code store_facts_in_force(struct store *store, int64_t school_id,
        enum fact_kind kind, int64_t pupil_id, const char *subject, struct date day,
        struct date recorded, store_fact_fn fn, void *data, struct err *err);

/* The last recorded fact with the key of `like`; *ret_found false when there is none. */
MUST_USE enum err_code store_fact_current(struct store *store, int64_t school_id,
        const struct fact *like, struct arena *arena, struct fact *ret_fact, bool *ret_found,
        struct err *err);

/* Whether the school has any fact of the kind. */
MUST_USE enum err_code store_has_facts(struct store *store, int64_t school_id, enum fact_kind kind,
        bool *ret_has, struct err *err);

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

/* ---- what an import wrote, for undoing it ---- */
MUST_USE enum err_code store_facts_of_import(struct store *store, int64_t school_id,
        enum fact_kind kind, int64_t import_id, store_fact_fn fn, void *data, struct err *err);
MUST_USE enum err_code store_pupil_facts_of_import(struct store *store, int64_t school_id,
        int64_t import_id, store_pupil_fact_fn fn, void *data, struct err *err);
MUST_USE enum err_code store_contacts_of_import(struct store *store, int64_t school_id,
        int64_t import_id, struct arena *arena, struct contact_list *ret_list, struct err *err);
MUST_USE enum err_code store_ctf_parts_of_import(struct store *store, int64_t school_id,
        int64_t import_id, struct arena *arena, struct ctf_part_list *ret_list, struct err *err);
MUST_USE enum err_code store_memberships_of_import(struct store *store, int64_t school_id,
        int64_t import_id, struct arena *arena, struct membership_list *ret_list,
        struct err *err);

/* ---- reviews ---- */

struct review {
    int64_t review_id;
    const char *name, *asks, *subjects, *state;
    int first_year, last_year;
    struct date from, to;
};
struct review_list {
    struct review *items;
    size_t n;
};
MUST_USE enum err_code store_reviews(struct store *store, int64_t school_id, struct arena *arena,
        struct review_list *ret_list, struct err *err);
/* Insert or change by name. Within a transaction. */
MUST_USE enum err_code store_review_put(struct store *store, int64_t school_id,
        const struct review *review, struct err *err);

/* ---- figures to compare with ---- */

struct national_figure {
    const char *body, *measure, *subject;
    int year;
    int64_t percent; /* thousandths of a percent */
};
struct national_list {
    struct national_figure *items;
    size_t n;
};
MUST_USE enum err_code store_national(struct store *store, struct arena *arena,
        struct national_list *ret_list, struct err *err);
/* *ret_change: 0 the same stood there, 1 new, 2 another percent stood there. Within a transaction. */
MUST_USE enum err_code store_national_put(struct store *store, const struct national_figure *figure,
        int *ret_change, struct err *err);

/* ---- soundness ---- */

struct verify_finding {
    const char *what; /* a sentence */
};
struct verify_result {
    int64_t link_n, fact_n; /* read and proved */
    struct verify_finding *findings;
    size_t finding_n; /* 0: sound */
};
/* Check the file's structure, the foreign keys and every school's hash chain. */
MUST_USE enum err_code store_verify(struct store *store, struct arena *arena,
        struct verify_result *ret_result, struct err *err);

/* A whole, consistent copy while others write (VACUUM INTO). ERR_CONFLICT when `path` exists. */
MUST_USE enum err_code store_copy(struct store *store, const char *path, struct err *err);

#endif
