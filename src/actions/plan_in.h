/*
 * plan_in: what the files of plan_*.c share.
 */
#ifndef ACTIONS_PLAN_IN_H
#define ACTIONS_PLAN_IN_H

#include "actions/plan.h"

/* What became of one statement. */
enum plan_change {
    PLAN_SAME,
    PLAN_NEW,
    PLAN_OTHER
};

/* Count a row by what became of it. */
void plan_count(struct plan *plan, enum plan_change change);

/* The text kept once in the plan; *code becomes ERR_MEMORY when there is no room. */
const char *plan_keep(struct plan *plan, const char *text, enum err_code *code,
        struct err *err);

/* One item, by number. */
struct plan_pupil *plan_pupil_at(const struct plan *plan, size_t i);
struct plan_value *plan_value_at(const struct plan *plan, size_t i);

/* A new pupil, findable by `upn`. */
MUST_USE enum err_code plan_pupil_new(struct plan *plan, const char *upn, size_t *ret_pupil,
        struct err *err);

/* The pupil whose number in use is `upn`, or was once; PLAN_NONE. */
size_t plan_find_upn(const struct plan *plan, const char *upn);
size_t plan_find_former(const struct plan *plan, const char *upn);

/* Let a number lead to a pupil from now on. */
MUST_USE enum err_code plan_know_upn(struct plan *plan, const char *upn, size_t pupil,
        struct err *err);
MUST_USE enum err_code plan_know_former(struct plan *plan, const char *upn, size_t pupil,
        struct err *err);

/* Load what makes former numbers, and names, findable. Once is enough. */
MUST_USE enum err_code plan_load_formers(struct plan *plan, struct err *err);
MUST_USE enum err_code plan_load_names(struct plan *plan, struct err *err);

/* Load the values of an attribute (a kept text) of every pupil on record. Once is enough. */
MUST_USE enum err_code plan_load_attribute(struct plan *plan, const char *attribute,
        struct err *err);

/* The pupil of a number in the database; PLAN_NONE. */
size_t plan_find_id(const struct plan *plan, int64_t pupil_id);

/* The value of an attribute (kept, loaded) in force today; "" when there is none. */
const char *plan_value_now(const struct plan *plan, size_t pupil, const char *attribute);

/* Whether the pupil ever had that value of the attribute. */
bool plan_had_value(const struct plan *plan, size_t pupil, const char *attribute,
        const char *value);

/* "M", "F", "U" or "W" of what a file says; NULL when it is none. */
const char *plan_sex(const char *text);

/* Whether the attribute's values are days. */
bool plan_is_day(const char *attribute);

/* Days and year groups are stored in one spelling. */
const char *plan_canonical(const char *attribute, const char *value,
        char buffer[DATE_TEXT_SIZE]);

/* Once the file is read: what a history file does not say of a characteristic that it names
   for a pupil is withdrawn. */
void plan_history_end(struct plan *plan);

/* State a value without dates, and one with. Texts are kept ones. */
MUST_USE enum err_code plan_say_value(struct plan *plan, size_t pupil, const char *attribute,
        const char *value, enum plan_change *change, struct err *err);
MUST_USE enum err_code plan_say_dated(struct plan *plan, const struct plan_value *value,
        enum plan_change *change, struct err *err);

/* The pupil on record whose surname, forename, date of birth and sex these are; PLAN_NONE. */
struct plan_name {
    const char *surname, *forename, *dob, *sex;
};
size_t plan_find_name(const struct plan *plan, const struct plan_name *name);

/* "Ann Test", for messages. */
enum {
    PLAN_NAME_SIZE = 160,
    REASON_SIZE = 420
};
const char *plan_pupil_name(const struct plan *plan, size_t pupil, char buffer[PLAN_NAME_SIZE]);

/* Contacts and kept parts of a pupil record; *changed when anything was. */
MUST_USE enum err_code plan_contacts(struct plan *plan, size_t pupil,
        const struct pupil_record *record, bool *changed, struct err *err);
MUST_USE enum err_code plan_parts(struct plan *plan, size_t pupil,
        const struct pupil_record *record, bool *changed, struct err *err);

/* Put a record off; texts are copied. */
MUST_USE enum err_code plan_wait_pupil(struct plan *plan, const struct pupil_record *record,
        size_t waiting, size_t other, struct err *err);
MUST_USE enum err_code plan_wait_result(struct plan *plan, const struct result_record *record,
        struct err *err);
MUST_USE enum err_code plan_wait_group(struct plan *plan, const struct group_record *record,
        struct err *err);

/* The rows of a pupil who waited, once it is settled who it is (PLAN_NONE: somebody new). */
MUST_USE enum err_code plan_pupil_settled(struct plan *plan, const struct pupil_record *record,
        size_t waiting, size_t other, struct err *err);

/* The NC year of a pupil on a day; false when it is not known. */
bool plan_year_on(const struct plan *plan, size_t pupil, struct date day, int *ret_year);

/* Remember a result that was kept as it came. */
MUST_USE enum err_code plan_kept_result(struct plan *plan, const struct result_record *record,
        const char *reason, struct err *err);

/* Put a fact, whose texts are kept ones, into the plan unless it is on record. */
MUST_USE enum err_code plan_say_fact(struct plan *plan, const struct plan_fact *fact,
        enum plan_change *ret_change, struct err *err);

#endif
