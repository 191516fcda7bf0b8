/*
 * sqlgen_in: the parts of sqlgen, which turns db/schema and db/queries into C.
 *
 * Texts live in the arena of the run. Lines count from 1. A complaint is ERR_INVALID
 * with the file and line of the SQL it is about.
 */
#ifndef TOOLS_SQLGEN_IN_H
#define TOOLS_SQLGEN_IN_H

#include <stdbool.h>
#include <stddef.h>

#include "gen.h"

/* A named statement of db/queries. */
struct sqlgen_query {
    const char *name;  /* lower case, as written */
    const char *roles; /* as written, "" when the block names none */
    const char *text;  /* for SQLite: one line, no comments, ?1 for $1 */
    int param_n;       /* the highest parameter */
    const char *file;
    long line;
};

struct sqlgen_queries {
    struct sqlgen_query *items;
    size_t n;
};

/* What the `-- table:` line before a CREATE TABLE declares. */
struct sqlgen_table {
    const char *name;
    const char *kind; /* school, shared or node */
    bool append_only;
    const char *key; /* its columns, commas between, no spaces */
};

struct sqlgen_tables {
    struct sqlgen_table *items;
    size_t n;
};

/* One file of db/schema. */
struct sqlgen_migration {
    int number;
    const char *name;
    const char **statements; /* for SQLite, one line each */
    size_t statement_n;
};

struct sqlgen_schema {
    struct sqlgen_migration *items;
    size_t n;
    struct sqlgen_tables tables;
};

/*
 * A statement made fit for SQLite: comments left out, runs of blanks outside quotes made
 * one space, both ends cut, $n made ?n. `line` is where it begins, for complaints.
 *
 * Errors: ERR_MEMORY; ERR_INVALID for a quote that is not closed, a ';' before the end,
 * another kind of parameter than $n, or parameters with a gap.
 */
MUST_USE enum err_code sqlgen_tidy(const char *sql, size_t n, const char *file, long line,
        struct arena *arena, const char **ret_text, int *ret_param_n, struct err *err);

/* `text` with the types of the portable subset written as SQLite's: BIGINT is INTEGER ... */
MUST_USE enum err_code sqlgen_types(const char *text, struct arena *arena,
        const char **ret_text, struct err *err);

/* Read the blocks of one file and add them. Errors: ERR_MEMORY, ERR_INVALID. */
MUST_USE enum err_code sqlgen_read_queries(const struct gen_file *file, struct arena *arena,
        struct sqlgen_queries *queries, struct err *err);

/* Read one migration and add it and its tables. Errors: ERR_MEMORY, ERR_INVALID. */
MUST_USE enum err_code sqlgen_read_migration(const struct gen_file *file, struct arena *arena,
        struct sqlgen_schema *schema, struct err *err);

/*
 * Read a `-- table:` line; `text` is what stands behind the colon.
 * Errors: ERR_MEMORY; ERR_INVALID when a word is unknown, missing or said twice.
 */
MUST_USE enum err_code sqlgen_read_table(const char *text, const char *file, long line,
        struct arena *arena, struct sqlgen_table *ret_table, struct err *err);

/*
 * Check a tidied CREATE TABLE against its declaration: the name, the key's columns and the
 * PRIMARY KEY, and recorded_at, which stands in every append-only table and in no other.
 */
MUST_USE enum err_code sqlgen_check_table(const struct sqlgen_table *table, const char *create,
        const char *file, long line, struct arena *arena, struct err *err);

/* Fill *err with ERR_INVALID, the message and the place, and return the code. */
enum err_code sqlgen_refuse(struct err *err, const char *file, long line, const char *fmt, ...)
        PRINTF(4, 5);

/* Whether `c` may stand in a name of SQL. */
bool sqlgen_is_word(char c);

#endif
