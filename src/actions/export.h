/*
 * export: the one way out: transfer files, pupils.csv, history.csv, groups.csv and results.csv,
 * to be read again by import (here or elsewhere). Reports are another matter: reports/render.
 *
 * What an export holds:
 *
 *   ctf          everybody on roll on the day, or everybody the filters name: identity, the
 *                dated histories, contacts, the parts that came with a transfer file and
 *                every result; a result that came in a transfer file goes out as it came.
 *                Targets go out with status T, predictions and likely grades with E.
 *   pupils       every pupil the school knows, on roll or not, with the values in force
 *   history      every dated value of every characteristic, name and former number
 *   groups       who was in which group, from when to when
 *   results      every result, assessment, likely grade, test, mock, target and prediction
 *                in force
 *   targets      only the targets
 *   predictions  only the predictions
 *
 * Read into an empty school in the order ctf, pupils, history, groups, results, they make the
 * same school again. A school's settings, reviews, notes and accounts are in its backup.
 *
 * Pupils come by UPN, what is said of one in the order in which it was recorded, so the
 * same school always gives the same bytes. Results of a transfer file that were kept as
 * they came, not understood, have no place in results.csv: they are counted.
 */
#ifndef ACTIONS_EXPORT_H
#define ACTIONS_EXPORT_H

#include "actions/context.h"
#include "actions/filters.h"

/* Where the bytes go. What it returns other than ERR_OK stops the export. */
typedef enum err_code (
        *export_write_fn)(void *data, const char *bytes, size_t n, struct err *err);

/*
 * Write the chosen school's `what` ("ctf", "pupils", "history", "groups",
 * "results", "targets", "predictions").
 * Of the filters year, registration, group, upn, subject and as_at count. *ret_left_out
 * (may be NULL) counts the results that have no place in the format. Errors: ERR_USAGE (no
 * such export), ERR_NOT_FOUND (no such pupil, group or subject), those of `write`.
 */
MUST_USE enum err_code export_file(struct context *context, const char *what,
        const struct filters *filters, export_write_fn write, void *data, int64_t *ret_left_out,
        struct err *err);

/* A good name for the file: "8064001_CTF_XXXXXXX_001.xml", "pupils.csv". */
enum {
    EXPORT_NAME_SIZE = 64
};
const char *export_name(const struct context *context, const char *what,
        char buffer[EXPORT_NAME_SIZE]);

#endif
