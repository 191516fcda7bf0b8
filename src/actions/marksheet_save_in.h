/*
 * marksheet_save_in: what the parts of saving a marksheet share.
 */
#ifndef ACTIONS_MARKSHEET_SAVE_IN_H
#define ACTIONS_MARKSHEET_SAVE_IN_H

#include "actions/marksheet_in.h"

/* What one save has decided so far. */
struct save {
    struct context *context;
    const struct person *person;
    const struct sheet *sheet;
    struct save_outcome *outcome;
    const char *reason;
    bool counts_only;

    struct fact *facts; /* to be written */
    size_t fact_n;
    struct aspect_value *values; /* the same, of the template's aspects */
    size_t value_n;
    int64_t added; /* cells that had nothing before */
    struct parked_entry *parked;
    size_t parked_n;
};

/* What stood in a cell at the revision the form was drawn from; NULL when it never had it. */
const char *save_said_at(const struct cell_said *said, int64_t revision);
/* The cell is not written; with `keep` what was typed is kept for the data manager. */
MUST_USE enum err_code save_refuse(struct save *save, struct cell_outcome *out,
        const char *message, bool keep, struct err *err);
MUST_USE enum err_code save_invalid(struct save *save, struct cell_outcome *out,
        const struct err *why, struct err *err);
const char *save_why_not(const struct sheet *sheet);
bool save_was_in_group(const struct sheet *sheet, int64_t pupil_id);

/* marksheet_aspect.c: a cell of the template's. *ret_mine false: it is none. */
MUST_USE enum err_code save_decide_entry(struct save *save, struct cell_outcome *out,
        bool *ret_mine, struct err *err);

#endif
