/*
 * saved_report: reports kept with their filters, to be run again and shared (D3.6).
 *
 * A saved report holds no figure: it is run like any other, with the permissions of whoever
 * runs it. It is seen by whose it is, and by those it is shared with: the whole school, or a
 * role. Withdrawn ones leave the list and stay on record.
 */
#ifndef ACTIONS_SAVED_REPORT_H
#define ACTIONS_SAVED_REPORT_H

#include "actions/context.h"
#include "actions/filters.h"
#include "actions/gate.h"
#include "store/saved.h"

enum {
    SAVED_NAME_MAX = 80 /* characters */
};

/* One filter as it was given: "year-group", "5". */
struct saved_filter {
    const char *name, *value;
};

/*
 * Keep a report. `gate` says who; NULL is the command line. `shared` is "" (only theirs),
 * "school" or a role's name. A saved report of the same name and person is replaced by it.
 * *ret_no is its number. ERR_INVALID: no name, no such report, filters that do not fit, no
 * such role.
 */
MUST_USE enum err_code saved_report_save(struct context *context, const struct gate *gate,
        const struct saved_report *what, const struct saved_filter *filters, size_t filter_n,
        int64_t *ret_no, struct err *err);

/* Those that the person may see (gate NULL: all of the school), by name. */
MUST_USE enum err_code saved_report_list(struct context *context, const struct gate *gate,
        struct saved_report_list *ret_list, struct err *err);

/* One that the person may see, by name (their own first) or, with name NULL, by number.
   ERR_NOT_FOUND. */
MUST_USE enum err_code saved_report_find(struct context *context, const struct gate *gate,
        const char *name, int64_t no, struct saved_report *ret_saved, struct err *err);

/* Its filters, one after another: whether there was another. *at begins as saved->filters. */
bool saved_report_next(const char **at, struct arena *arena, struct saved_filter *ret_filter);

/* All its filters put into `filters`; ERR_INVALID when one is not known any more. */
MUST_USE enum err_code saved_report_filters(const struct saved_report *saved,
        struct arena *arena, struct filters *filters, struct err *err);

/* Whether the person may take it off the list: whose it is, or who changes settings. */
bool saved_report_may_remove(const struct gate *gate, const struct saved_report *saved);

/* ERR_FORBIDDEN, ERR_NOT_FOUND. */
MUST_USE enum err_code saved_report_remove(struct context *context, const struct gate *gate,
        int64_t no, struct err *err);

/* Whom it is shared with, in words: "the school", "teacher", "nobody else". */
const char *saved_report_shared_words(const struct saved_report *saved);

#endif
