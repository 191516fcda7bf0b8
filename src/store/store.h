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

#include "base/arena.h"
#include "base/date.h"
#include "base/err.h"
#include "store/facts.h"
#include "store/pupils.h"

struct store;

enum store_mode {
    STORE_READ,   /* must exist; nothing is written but a migration, where the file allows it */
    STORE_WRITE,  /* must exist; migrated if it is older */
    STORE_CREATE, /* made when absent */
    STORE_SEALED, /* a copy that nobody changes: read without locks and without writing anything
                     beside it, also on a network drive; an older schema is refused */
};

/*
 * Open the file at `path`. Errors besides: ERR_NOT_FOUND (no such file, with a hint how to
 * make one); ERR_INVALID (not an Attain file; made by a newer program). An older schema is
 * copied to PATH.before-N before it is migrated.
 */
MUST_USE enum err_code store_open(const char *path, enum store_mode mode,
        struct store **ret_store, struct err *err);
void store_close(struct store *store);
void store_cleanup(struct store **store);

MUST_USE enum err_code store_begin(struct store *store, struct err *err);
MUST_USE enum err_code store_commit(struct store *store, struct err *err);
void store_rollback(struct store *store); /* also when none is open */

/* How many statements this store has run, for budgets in tests. */
int64_t store_statement_n(const struct store *store);

/*
 * A number that changes whenever another connection has changed the file; what this one
 * changes leaves it as it is. For those who keep what they have read.
 */
MUST_USE enum err_code store_data_version(struct store *store, int64_t *ret_version,
        struct err *err);

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

/* Make a school (its number, its counter); ERR_CONFLICT when the LAESTAB is taken. Within a
 * transaction. */
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
MUST_USE enum err_code store_settings(struct store *store, int64_t school_id,
        struct arena *arena, struct setting_list *ret_list, struct err *err);
/* Within a transaction. */
MUST_USE enum err_code store_setting_put(struct store *store, int64_t school_id,
        const char *name, const char *value, struct err *err);

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

/* The last number given out in the school: it moves with everything that is said of pupils. */
MUST_USE enum err_code store_counter(struct store *store, int64_t school_id,
        int64_t *ret_counter, struct err *err);

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

/* Facts of the open import; others are in store/facts.h and store/pupils.h. seq, import_id
   and recorded_at are filled by the store. */
struct school_tag {
    const char *tag;
    struct date from, to;
    bool withdrawn;
};
struct school_tag_list {
    struct school_tag *items;
    size_t n;
};
/* The tags of a school in force: of each tag and first day the last recorded, not withdrawn. */
MUST_USE enum err_code store_school_tags(struct store *store, int64_t school_id,
        struct arena *arena, struct school_tag_list *ret_list, struct err *err);
MUST_USE enum err_code store_add_school_tag(struct store *store, const struct school_tag *tag,
        struct err *err);
MUST_USE enum err_code store_add_framework_file(struct store *store, const char *name,
        const char *body, bool withdrawn, struct err *err);

/* Close the import: writes its link. */
MUST_USE enum err_code store_import_end(struct store *store, struct err *err);

MUST_USE enum err_code store_imports(struct store *store, int64_t school_id,
        struct arena *arena, struct import_list *ret_list, struct err *err);
/* ERR_NOT_FOUND when the school has no such import. */
MUST_USE enum err_code store_import(struct store *store, int64_t school_id, int64_t import_id,
        struct arena *arena, struct import *ret_import, struct err *err);

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
MUST_USE enum err_code store_reviews(struct store *store, int64_t school_id,
        struct arena *arena, struct review_list *ret_list, struct err *err);
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
/* *ret_change: 0 the same stood there, 1 new, 2 another percent stood there. Within a
 * transaction. */
MUST_USE enum err_code store_national_put(struct store *store,
        const struct national_figure *figure, int *ret_change, struct err *err);

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

/* A whole, consistent copy while others write (VACUUM INTO). ERR_CONFLICT when `path` exists.
 */
MUST_USE enum err_code store_copy(struct store *store, const char *path, struct err *err);

#endif
