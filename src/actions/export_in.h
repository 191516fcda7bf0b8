/*
 * export_in: what the files of export*.c share: the school's pupils one by one, and their
 * facts.
 */
#ifndef ACTIONS_EXPORT_IN_H
#define ACTIONS_EXPORT_IN_H

#include "actions/export.h"
#include "actions/plan_list.h"
#include "exchange/output.h"
#include "exchange/record.h"

#define EXPORT_NONE SIZE_MAX

/* One fact, its texts kept once. */
struct export_fact {
    struct fact fact;
    size_t next; /* of the same pupil */
};

struct export_pupil {
    int64_t pupil_id;
    const char *upn;
    size_t facts; /* first, or EXPORT_NONE */
    bool in_group;
    bool wanted; /* by the filters; set where asked */
};

struct exporting {
    struct context *context;
    const struct filters *filters;
    struct arena arena, scratch; /* of the whole; of one pupil */
    struct date day, recorded;
    struct texts texts;
    struct chunks pupils, facts;
    struct index by_id;
    const char *subject; /* code of the filter, or NULL */
    struct contact_list contacts;
    struct ctf_part_list parts;
};

/* Load the pupils' numbers and look the filters up. */
MUST_USE enum err_code exporting_begin(struct exporting *exporting, struct context *context,
        const struct filters *filters, struct err *err);
void exporting_end(struct exporting *exporting);

/* Load the facts in force of one kind, for every pupil. */
MUST_USE enum err_code exporting_load(struct exporting *exporting, enum fact_kind kind,
        struct err *err);

struct export_pupil *export_pupil_at(const struct exporting *exporting, size_t i);

/*
 * The pupil's record, in the scratch arena. `dated`: every row of the histories, with its
 * days; else the values in force. `whole`: also of what identifies the pupil but the number
 * in use, and what begins after the day. *ret_there is false when nothing is known of the pupil
 * any more or the filters leave the pupil out; `on_roll` leaves out who is not on roll.
 */
struct export_choice {
    bool dated, on_roll, whole;
};
MUST_USE enum err_code exporting_pupil(struct exporting *exporting, size_t pupil,
        struct export_choice choice, struct pupil_record *ret_record, bool *ret_there,
        struct err *err);

/* Write who was in which group, a line for each membership. */
MUST_USE enum err_code exporting_groups(struct exporting *exporting,
        const struct output *output, struct err *err);

/* The pupil with that id, or NULL. */
struct export_pupil *exporting_find(const struct exporting *exporting, int64_t pupil_id);

/* A day as text in the scratch arena; NULL for none, *failed when there is no room. */
const char *exporting_day(struct exporting *exporting, struct date date, bool *failed);

/* The pupil's facts as records in the order they were recorded, in the scratch arena. */
MUST_USE enum err_code exporting_results(struct exporting *exporting, size_t pupil,
        struct result_record **ret_results, size_t *ret_n, struct err *err);

#endif
