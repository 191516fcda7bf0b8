/*
 * marksheet_in: what the parts of loading a marksheet share.
 */
#ifndef ACTIONS_MARKSHEET_IN_H
#define ACTIONS_MARKSHEET_IN_H

#include "actions/marksheet.h"
#include "actions/places.h"
#include "actions/template.h"

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
    size_t read_from; /* subjects from here on are only read by formulas of the template */
};

/* What the marksheet's template is, kept with the sheet: it holds nothing of a framework. */
struct sheet_template {
    struct template_held held;
    struct extreme_column *types;  /* "previous", then one a column */
    const char **waits;            /* of each column why it stays empty, or NULL */
    struct aspect_value_list said; /* in the order of recording */
    int stage;                     /* the first that pupils are in, -1 none */
};

/* The template of the marksheet and what was entered by its aspects; adds the subjects that its
   formulas read to the load. Before the pupils' facts are read, behind the pupils. */
enum err_code load_sheet_template(struct sheet_load *load, struct err *err);
/* Fill sheet->columns for the pupils of a narrowed sheet. */
enum err_code sheet_run_template(struct context *context, const struct person *person,
        struct sheet *sheet, struct err *err);
/* Another subject for the cohort, while there is room. */
void load_add_subject(struct sheet_load *load, int subject);

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
