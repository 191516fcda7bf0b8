/*
 * saved: what a school made for itself: named reports with their filters, and measures of its
 * own. Append-only: of each number or id the last row holds, and it may say that the thing is
 * withdrawn.
 *
 * What store/store.h says of arenas, transactions and errors holds here.
 */
#ifndef STORE_SAVED_H
#define STORE_SAVED_H

#include "store/store.h"

struct saved_report {
    int64_t saved_no; /* 0 on adding: a new one */
    const char *name;
    const char *report;  /* "progress" */
    const char *filters; /* one a line, NAME=VALUE */
    const char *shared;  /* "" only whose it is, "school", or a role's name */
    bool withdrawn;
    int64_t account_id; /* whose, 0: the command line */
    const char *recorded_by, *recorded_at;
};
struct saved_report_list {
    struct saved_report *items;
    size_t n;
};

/* Add a row; *ret_no is its number, a new one where it was 0. Within a transaction. */
MUST_USE enum err_code store_saved_report_add(struct store *store, int64_t school_id,
        const struct saved_report *row, int64_t *ret_no, struct err *err);

/* Those that hold, by number; withdrawn ones are left out. */
MUST_USE enum err_code store_saved_reports(struct store *store, int64_t school_id,
        struct arena *arena, struct saved_report_list *ret_list, struct err *err);

struct own_measure {
    const char *measure; /* its id */
    const char *label, *formula;
    const char *years; /* NC years it asks about: "7-11" */
    bool ended;
    const char *recorded_by, *recorded_at;
};
struct own_measure_list {
    struct own_measure *items;
    size_t n;
};

/* Within a transaction. */
MUST_USE enum err_code store_own_measure_add(struct store *store, int64_t school_id,
        const struct own_measure *row, struct err *err);

/* The last row of each id, by id; ended ones too. */
MUST_USE enum err_code store_own_measures(struct store *store, int64_t school_id,
        struct arena *arena, struct own_measure_list *ret_list, struct err *err);

#endif
