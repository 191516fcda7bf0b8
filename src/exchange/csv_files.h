/*
 * csv_files: pupils.csv, results.csv, groups.csv, history.csv, schools.csv and national.csv as
 * records.
 *
 * Columns stand in any order; capitals, spaces, underscores, hyphens and dots in their
 * names do not matter. A column that is not known is named once through on_note and kept out.
 * A row with a stray quotation mark, or with more or fewer fields than the header, goes
 * to on_finding; so does a pupil whose UPN cannot be right (pupils/upn.h). Everything
 * else about a value is for whoever takes the records. Cells are cut at both ends of
 * blanks; rows without any content are passed over. UPNs arrive in capitals without
 * spaces.
 *
 * pupils.csv: every column behind upn, former_upn, surname, forename, dob and sex is an
 * attribute of the same name. An empty cell there says nothing about the pupil, so no
 * attribute comes of it. Empty cells of all other columns arrive as "", columns that are
 * not there as NULL.
 */
#ifndef EXCHANGE_CSV_FILES_H
#define EXCHANGE_CSV_FILES_H

#include <stdbool.h>
#include <stddef.h>

#include "exchange/record.h"
#include "exchange/source.h"

/*
 * Read the whole of `source` as `kind` (FILE_PUPILS to FILE_NATIONAL) into `sink`.
 *
 * Errors: ERR_INVALID with file, row and column when a needed column is missing or
 * stands twice, and everything csv_next refuses; ERR_MEMORY, ERR_IO; any code a
 * function of the sink returns. Records may have been handed over before an error.
 */
MUST_USE enum err_code csv_file_read(struct source *source, enum file_kind kind,
        const struct sink *sink, struct err *err);

/* The kind whose columns a header line has best; FILE_UNKNOWN when none fits. */
enum file_kind csv_file_kind(char *const *cells, size_t cell_n);

/* Whether a header cell is the column `name`, as loosely as above. */
bool csv_column_is(const char *cell, const char *name);

/* The cell without blanks at both ends; changes it. */
char *csv_cell_trim(char *cell);

#endif
