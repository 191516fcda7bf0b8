/*
 * csv_write: pupils.csv, results.csv, groups.csv and history.csv out, to be read again by
 * csv_files.
 *
 * UTF-8 without a byte-order mark, commas, CR LF, quotes where a field needs them
 * (RFC 4180). These are files for exchange between programs, so a field that begins with
 * = + - or @ is written as it is: defusing it for spreadsheets would change the data
 * when it comes back. Reports (reports/render) are for people and are defused there.
 */
#ifndef EXCHANGE_CSV_WRITE_H
#define EXCHANGE_CSV_WRITE_H

#include <stddef.h>

#include "exchange/output.h"
#include "exchange/record.h"

/* One row. A NULL cell is an empty one. Errors: ERR_MEMORY, those of the output. */
MUST_USE enum err_code csv_write_row(const struct output *output, const char *const *cells,
        size_t cell_n, struct err *err);

/* The header lines: every column of the format, in its order. */
MUST_USE enum err_code csv_write_pupil_header(const struct output *output, struct err *err);
MUST_USE enum err_code csv_write_result_header(const struct output *output, struct err *err);
MUST_USE enum err_code csv_write_group_header(const struct output *output, struct err *err);
MUST_USE enum err_code csv_write_history_header(const struct output *output, struct err *err);

/*
 * One pupil: of several records of one attribute the latest (by `from`, then by place)
 * is written; attributes the format has no column for are left out.
 */
MUST_USE enum err_code csv_write_pupil(const struct output *output,
        const struct pupil_record *pupil, struct err *err);
MUST_USE enum err_code csv_write_result(const struct output *output,
        const struct result_record *result, struct err *err);

MUST_USE enum err_code csv_write_group(const struct output *output,
        const struct group_record *group, struct err *err);
MUST_USE enum err_code csv_write_history(const struct output *output,
        const struct history_record *row, struct err *err);

/* The value that holds last among the records of one attribute; NULL when there is none. */
const char *pupil_attribute(const struct pupil_record *pupil, const char *attribute);

#endif
