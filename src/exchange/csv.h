/*
 * csv: rows of a comma-, semicolon- or tab-separated file (RFC 4180), streamed.
 *
 * The separator is the one that occurs most in the header line (outside quotes; a
 * comma when none does). Lines end in CR LF, LF or CR. Encodings: exchange/encoding.h.
 * A quoted field may hold separators, line ends and doubled quotes; a quote inside an
 * unquoted field is an ordinary character. Blank lines are passed over but counted.
 *
 * Rows count records from 1, as a spreadsheet numbers them, whatever line ends stand
 * inside quotes.
 *
 * Limits, each an ERR_INVALID with file and row: a field 64 KiB, a record 1 MiB, 256
 * columns; no NUL bytes; a quote must be closed. So is text in no known encoding.
 * Memory: about 1.2 MiB, whatever the size of the file. Not shared between threads.
 */
#ifndef EXCHANGE_CSV_H
#define EXCHANGE_CSV_H

#include <stdbool.h>
#include <stddef.h>

#include "exchange/encoding.h"
#include "exchange/source.h"

enum {
    CSV_COLUMN_MAX = 256,
    CSV_FIELD_MAX = 64 * 1024,
    CSV_RECORD_MAX = 1024 * 1024,
};

struct csv {
    char separator;
    long row;                     /* of the fields below */
    char *fields[CSV_COLUMN_MAX]; /* NUL-terminated; may be changed; until the next call */
    size_t field_n;
    const char *fault; /* why this row cannot be trusted (stray quotes), or NULL */

    struct decoder decoder;
    char *buffer;
    size_t at, n;
    bool ended, skip_lf;
    bool stops[256];
    struct csv_span {
        size_t from, to;
        bool quoted, doubled;
    } spans[CSV_COLUMN_MAX];
};

/* Reads the beginning and settles the separator. Errors: ERR_MEMORY, ERR_INVALID,
   ERR_IO. Close it also after an error. */
MUST_USE enum err_code csv_open(struct csv *csv, struct source *source, struct err *err);

/* The next row that is not blank, into fields; the header is the first. *ret_more is
   false at the end. */
MUST_USE enum err_code csv_next(struct csv *csv, bool *ret_more, struct err *err);

void csv_close(struct csv *csv);

#endif
