/*
 * mapping: which columns of a supplier's file are what. A mapping is a small text file
 * (docs/manual/mappings.md describes it); with it any table becomes school, pupil, result
 * and group records.
 */
#ifndef EXCHANGE_MAPPING_H
#define EXCHANGE_MAPPING_H

#include <stdbool.h>
#include <stddef.h>

#include "exchange/record.h"
#include "exchange/source.h"

/* Where one field of a record comes from. */
struct mapping_field {
    const char *field;  /* "grade" */
    const char *column; /* the file's column, or NULL: text */
    const char *text;   /* a constant, in which {column} stands for that column's cell */
    int table;          /* of values, into mapping.tables; -1: none */
    int offset;         /* in the record; -1: an attribute of a pupil */
};

enum mapping_part {
    MAPPING_PUPIL,
    MAPPING_RESULT,
    MAPPING_GROUP,
    MAPPING_PART__MAX
};

/* One record made of each row. */
struct mapping_section {
    enum mapping_part part;
    struct mapping_field *fields;
    size_t field_n;
};

enum mapping_otherwise {
    MAPPING_REFUSE,
    MAPPING_KEEP,
    MAPPING_EMPTY
};

struct mapping_table {
    const char *name;
    const char **from, **to;
    size_t n;
    enum mapping_otherwise otherwise;
};

struct mapping {
    const char *name;
    const char *about;          /* a sentence, or "" */
    enum file_kind kind;        /* what the file counts as: pupils, results or groups */
    const char *school_column;  /* or NULL: every row is of one school */
    const char *school_laestab; /* "9984NNN": the number's digits for the Ns; "": the cell
                                   itself; NULL: the import's school */
    const char *school_name;    /* may hold {column}; or NULL */
    const char *school_phase;   /* or NULL */
    bool anonymous;             /* pupils without UPN and name: both are made up */
    struct mapping_section *sections;
    size_t section_n;
    struct mapping_table *tables;
    size_t table_n;
};

/*
 * Read the bytes of a mapping file. Everything lives in `arena`; the bytes need not.
 * Errors: ERR_INVALID with file, row (the line) and what would be right; ERR_MEMORY.
 */
MUST_USE enum err_code mapping_parse(const char *file, const char *bytes, size_t n,
        struct arena *arena, struct mapping *ret_mapping, struct err *err);

/*
 * Read a table through a mapping. For each row the sink gets its school the first time
 * that is met, then the records of the sections in their order; `laestab` of each record
 * is the row's school. A result whose grade and mark are both empty is none. Columns the
 * mapping does not use are named once through on_note.
 *
 * `pupils anonymous`: the nth row of a school is the pupil with that school's nth
 * temporary UPN (upn_make_temporary, year 00) and the name "Pupil 0001".
 *
 * A row whose value is in no table, whose school is no number, or whose UPN cannot be
 * right goes to on_finding. Errors: ERR_INVALID when a column is missing, and those of
 * csv_next; ERR_MEMORY, ERR_IO; any code the sink returns.
 */
MUST_USE enum err_code mapping_read(const struct mapping *mapping, struct source *source,
        const struct sink *sink, struct err *err);

#endif
