/*
 * store_in: what the files of this folder share: the connection, and queries by name.
 *
 * A query keeps its first failure: start, bind, step, read, and ask once with query_end.
 */
#ifndef STORE_STORE_IN_H
#define STORE_STORE_IN_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/digest.h"
#include "store/statements.h"
#include "store/store.h"

/* The append-only tables that a link of the chain covers, in the order it takes them. */
enum chained {
    CHAINED_PUPIL_FACT,
    CHAINED_CONTACT,
    CHAINED_CTF_PART,
    CHAINED_MEMBERSHIP,
    CHAINED_RESULT,
    CHAINED_TARGET,
    CHAINED_PREDICTION,
    CHAINED_ADJUSTMENT,
    CHAINED_SCHOOL_TAG,
    CHAINED_FRAMEWORK_FILE,
    CHAINED_FIRST__MAX, /* links of the first schema cover those above: see store_link_hash */
    CHAINED_GROUP_RULE = CHAINED_FIRST__MAX,
    CHAINED_INTERVENTION,
    CHAINED_TEMPLATE_FILE,
    CHAINED_TEMPLATE_ACCEPTED,
    CHAINED_MARKSHEET_TEMPLATE,
    CHAINED_ASPECT,
    CHAINED_ASPECT_VALUE,
    CHAINED__MAX,
};

/* The import being written. */
struct open_import {
    bool open;
    int64_t school_id, import_id;
    int64_t next_seq, last_seq, row_n;
    char recorded_at[24];
    struct digest head;
    struct digest tables[CHAINED__MAX];
};

/* A row of `latest` that waits for the next one: its texts stand in `texts`. */
struct waiting_latest {
    bool waits;
    int64_t school_id, pupil_id, seq;
    enum fact_kind kind;
    int32_t date;
    const char *stage, *subject, *source, *scale, *grade;
    char texts[256];
};

struct store {
    sqlite3 *db;
    sqlite3_stmt *statements[STMT__MAX];
    bool busy[STMT__MAX]; /* in use; a second use at once prepares its own */
    bool in_transaction;
    int64_t statement_n;
    long fault_left;
    char path[512];
    struct open_import import;
    struct waiting_latest latest;
};

struct query {
    struct store *store;
    enum stmt id;
    sqlite3_stmt *stmt;
    bool shared; /* stmt is the store's own and goes back to it */
    enum err_code code;
    int sqlite_code;
    int bound;
    struct digest *digest; /* bound values go in here too, or NULL */
};

void query_start(struct query *query, struct store *store, enum stmt id);
/* Values are bound in order: the first call is $1. */
void query_bind_int(struct query *query, int64_t value);
void query_bind_text(struct query *query,
        const char *text); /* borrowed until query_end; NULL binds '' */
void query_bind_null(struct query *query);
bool query_next(struct query *query);
int64_t query_int(struct query *query, int column);
bool query_is_null(struct query *query, int column);
const char *query_text(struct query *query,
        int column); /* borrowed until the next step; never NULL */
const char *query_copy(struct query *query, int column,
        struct arena *arena); /* keeps ERR_MEMORY */
void *query_grow(struct query *query, struct arena *arena, void *items, size_t n, size_t size);
/* The rows {name, body, withdrawn} of a query that are not withdrawn; finishes it. */
enum err_code query_named_texts(struct query *query, struct arena *arena,
        struct named_text_list *ret_list, struct err *err);
/* Stop with the caller's own failure (a row function refused). */
void query_stop(struct query *query, enum err_code code);
/* Run a statement that returns no rows to its end. */
enum err_code query_run(struct query *query, struct err *err);
/* The first failure, put into words; releases the statement. */
enum err_code query_end(struct query *query, struct err *err);
void query_done(struct query *query); /* for CLEANUP */

/* What SQLite's last failure means, in words for the user. */
enum err_code store_failure(struct store *store, int sqlite_code, struct err *err);

/* Bring the schema up to date, or refuse; `may_write` false only looks, `may_make` false does
   not make one in an empty file. */
enum err_code store_migrate(struct store *store, bool may_write, bool may_make,
        struct err *err);

/* A statement of the schema or a pragma; literals only. */
enum err_code store_plain(struct store *store, const char *sql, struct err *err);

/* "recorded_at <= this" for a day, or for always. */
enum {
    STORE_UNTIL_SIZE = 16
};
const char *store_until(struct date recorded, char buffer[STORE_UNTIL_SIZE]);

/* Begin a row of a chained table in the open import: its seq, and the digest it goes into. */
void store_chain(struct store *store, enum chained table, struct query *query,
        int64_t *ret_seq);

/* Every row that store_facts_since looks through, in force or not. */
MUST_USE enum err_code store_facts_between(struct store *store, int64_t school_id,
        const struct fact_question *question, struct date since, store_fact_fn fn, void *data,
        struct err *err);
/* Likewise of final results of one stage, asked by what `latest` knows. */
MUST_USE enum err_code store_facts_of_stage(struct store *store, int64_t school_id,
        const char *stage, struct date since, struct date until, store_fact_fn fn, void *data,
        struct err *err);

/* Put a fact into `latest`, unless something newer stands there. It is there for certain
   after store_latest_flush, which store_import_end and the readers of `latest` call. */
enum err_code store_latest_put(struct store *store, int64_t school_id, const struct fact *fact,
        int64_t seq, struct err *err);
enum err_code store_latest_flush(struct store *store, struct err *err);

/* The start of a link: the import's own row. */
void store_digest_import(struct digest *digest, int64_t school_id, const struct import *import);

/* The hash of a link over the link before, the import's row and each table's rows. A table that
   came later counts, under its number, only where it has rows: so links that were written
   before it came keep their hash. */
void store_link_hash(const char *previous, const struct digest *head,
        const struct digest *parts, char hash[DIGEST_HEX_SIZE]);

#endif
