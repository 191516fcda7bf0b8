/*
 * import: the one way in. Every file becomes a plan (add, unchanged, supersede, refuse)
 * that a person can look at, apply in one transaction, and undo.
 */
#ifndef ACTIONS_IMPORT_H
#define ACTIONS_IMPORT_H

#include <stdbool.h>
#include <stdint.h>

#include "actions/context.h"
#include "exchange/record.h"

struct import_options {
    enum file_kind kind; /* FILE_UNKNOWN: recognised by content */
    const char *map; /* column mapping: a name embedded in the program, or a path; NULL none */
    bool preview;    /* plan only, write nothing */
    bool all_or_nothing; /* one refused row refuses all */
    bool match_names;    /* take name + date of birth + sex as the same pupil without asking */
};

struct refusal {
    long row;
    const char *column, *value, *reason;
};

/* A pupil of the file who looks like one on record under another UPN; a person decides. */
struct doubt {
    long row;
    const char *upn, *name;
    const char *other_upn, *other_name;
};

struct outcome_alert {
    const char *upn, *subject, *target, *reason, *against;
};

struct import_outcome {
    int64_t id; /* 0: nothing was written (a preview, or refused as a whole) */
    enum file_kind kind;
    const char *file;
    bool preview;
    int64_t added, unchanged, superseded;
    struct refusal *refused;
    size_t refused_n;
    struct doubt *doubts; /* also in refused */
    size_t doubt_n;
    const char **notes;
    size_t note_n;
    const char **kept; /* results kept as they came, not understood: one sentence each kind */
    size_t kept_n;
    struct outcome_alert *alerts;
    size_t alert_n;
};

/*
 * Read `path`, plan, and (unless options->preview) apply. Refused rows are in the outcome
 * and are no error. Errors: the file cannot be read or is not understood (ERR_IO,
 * ERR_NOT_FOUND, ERR_INVALID: nothing was written); ERR_STORE.
 */
MUST_USE enum err_code import_file(struct context *context, const char *path,
        const struct import_options *options, struct import_outcome *ret_outcome,
        struct err *err);

/* The same for records that a function hands to the sink (the demo school, uploads, forms). */
typedef enum err_code (*record_source_fn)(void *data, const struct sink *sink, struct err *err);
MUST_USE enum err_code import_records(struct context *context, const char *file,
        enum file_kind kind, record_source_fn fn, void *data,
        const struct import_options *options, struct import_outcome *ret_outcome,
        struct err *err);

/*
 * Undo an import of the chosen school: for every statement it made that still holds, the
 * one before is stated again, or the statement is withdrawn. Facts superseded since by a
 * later import are left, and counted in outcome->unchanged. Errors: ERR_NOT_FOUND;
 * ERR_CONFLICT when it was undone already.
 */
MUST_USE enum err_code import_undo(struct context *context, int64_t import_id,
        struct import_outcome *ret_outcome, struct err *err);

#endif
