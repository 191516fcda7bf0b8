/*
 * demo_people: who signs in to the demo, with which roles, and the marksheets they fill in.
 *
 * Added to a demo database when it is served, not when it is made: each time every account
 * gets a new password, and the file made for one day stays the same bytes. Needs no second
 * factor and no change of password.
 */
#ifndef ACTIONS_DEMO_PEOPLE_H
#define ACTIONS_DEMO_PEOPLE_H

#include <stddef.h>

#include "actions/account.h"

enum {
    DEMO_PERSON_SHEETS = 4
};

struct demo_person {
    const char *username, *name, *role;
    const char *laestab; /* NULL: the authority's */
    char password[FIRST_PASSWORD_SIZE];
    int64_t marksheets[DEMO_PERSON_SHEETS];
    size_t marksheet_n;
    int64_t pupil_id; /* of a parent or pupil, else 0 */
};

struct demo_people {
    struct demo_person *items;
    size_t n;
};

/*
 * Make or renew them all in the file at `path`, and open the reviews of `today`. Lives in
 * `arena`. Errors: ERR_NOT_FOUND when the file is no demo, with a hint; ERR_CONFLICT when it
 * was made for another school year than today's; those of the store.
 */
MUST_USE enum err_code demo_people_make(const char *path, struct date today,
        struct arena *arena, struct demo_people *ret_people, struct err *err);

#endif
