/*
 * marksheet_in: what the parts of loading a marksheet share.
 */
#ifndef ACTIONS_MARKSHEET_IN_H
#define ACTIONS_MARKSHEET_IN_H

#include "actions/marksheet.h"
#include "actions/places.h"

#define SHEET_CELL_NONE                                                                        \
    ((struct sheet_cell){ .text = "",                                                          \
            .value = VALUE_NONE,                                                               \
            .mark = MARK_NONE,                                                                 \
            .recorded_at = "",                                                                 \
            .earlier = { VALUE_NONE, VALUE_NONE, VALUE_NONE } })

/* Loading what the database has, apart from who asks. */
struct sheet_load {
    struct context *context;
    struct arena *arena; /* where what is loaded lives */
    const struct sheet_options *options;
    struct sheet *sheet;
    struct marksheet_scope scope;

    struct cohort_pupil *pupils; /* in the order of the page, once chosen */
    struct sheet_pupil *shown;
    size_t pupil_n;
    struct places places; /* of each in `pupils` */

    int16_t subjects[MARKSHEET_SUBJECTS]; /* columns, then the parts of derived ones */
    size_t subject_n;
};

/* The pupils in the group on the day, by surname. */
enum err_code load_sheet_pupils(struct sheet_load *load, struct err *err);

/* Prior attainment, targets, adjustments, this review's entries and the reviews before. */
enum err_code load_sheet_values(struct sheet_load *load, struct err *err);

/* The place of a subject among the columns, -1 when it has none. */
int sheet_column(const struct sheet_load *load, const char *subject);

/*
 * The sheet as a person may see it, in context->arena, from one that holds everything:
 * pupils, characteristics, values and cells that may not be seen are not in it; gaps and flags
 * are reckoned. `person` NULL sees everything and writes nothing.
 */
enum err_code sheet_narrow(struct context *context, const struct person *person,
        const struct sheet *whole, struct sheet *ret_sheet, struct err *err);

#endif
