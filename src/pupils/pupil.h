/*
 * pupil: what a school knows of a pupil, as dated facts.
 *
 * A characteristic is a row {attribute, value, from, to}. Of several rows with one `from`
 * the last recorded holds. On a day the row with the latest `from` on or before it holds,
 * unless that row has ended. `from` 0 means "since always, as far as the school knows".
 */
#ifndef PUPILS_PUPIL_H
#define PUPILS_PUPIL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/date.h"

struct pupil_fact {
    int64_t pupil_id;
    int64_t seq, import_id;
    const char *attribute;
    const char *value;
    struct date from, to; /* no date: always, open */
    const char *recorded_at;
    bool withdrawn;
};

struct contact {
    int64_t pupil_id;
    int64_t seq, import_id;
    const char *place, *title, *surname, *forename, *relationship, *responsibility;
    const char *phone, *email, *address, *xml;
    const char *recorded_at;
    bool withdrawn;
};

struct ctf_part {
    int64_t pupil_id;
    int64_t seq, import_id;
    const char *path, *xml;
    const char *recorded_at;
    bool withdrawn;
};

struct membership {
    int64_t group_id, pupil_id;
    int64_t seq, import_id;
    struct date from, to;
    const char *recorded_at;
    bool withdrawn;
};

struct pupil_group {
    int64_t group_id;
    const char *name, *type, *subject;
};

/* The columns of pupils.csv behind sex, in their order there, and how they read on paper. */
struct attribute_info {
    const char *name;
    const char *label;
    bool dated_by_day; /* a date, not a word: entry_date, leaving_date */
};
extern const struct attribute_info pupil_attributes[];
extern const size_t pupil_attribute_n;

/* On roll on `day`: entry on or before it (or unknown), leaving on or after it (or none). */
bool pupil_on_roll(struct date entry, struct date leaving, struct date day);

/* "Y", "yes", "true", "1", "T" and any SEN or FSM code but N, no, false, 0 and "" mean yes. */
bool pupil_answer_is_yes(const char *value);

/*
 * Whether a first language (code set of the school census: ENG, ENB, REF, NOT, ZZZ) is known,
 * and whether it is one other than English. Unknown or refused is not additional.
 */
bool pupil_language_is_known(const char *language);
bool pupil_language_is_additional(const char *language);

#endif
