/*
 * roll: the pupils on roll without their marks: for lists, for finding one, and for who
 * stands behind a number in an address.
 */
#ifndef ACTIONS_ROLL_H
#define ACTIONS_ROLL_H

#include "actions/cohort_load.h"
#include "actions/context.h"

/*
 * Everybody on roll today whom the filters leave (year, registration, group, upn), with all
 * characteristics and groups, in the order of reports; where context->gate is set, only whom
 * and what it lets through. loaded->cohort has no subjects.
 * Errors: those of cohort_load.
 */
MUST_USE enum err_code roll_load(struct context *context, const struct filters *filters,
        struct loaded *ret_loaded, struct err *err);

/* The same, with every group by rule among the pupils' groups; filters->as_at may be a past
   day. */
MUST_USE enum err_code roll_load_groups(struct context *context, const struct filters *filters,
        struct loaded *ret_loaded, struct err *err);

/* The UPN of a pupil of the chosen school, on roll or not. ERR_NOT_FOUND. */
MUST_USE enum err_code roll_upn(struct context *context, int64_t pupil_id, const char **ret_upn,
        struct err *err);

enum {
    ROLL_WORDS = 6
};

/* What somebody typed to find a pupil, made ready to compare. */
struct roll_words {
    char words[ROLL_WORDS][48]; /* folded */
    size_t n;
};

/* Take up to ROLL_WORDS words of a text; n is 0 when it holds no letter or digit. */
struct roll_words roll_words_of(const char *text);

/*
 * Whether every word begins a name of the pupil's (surname, forename, or a part of either),
 * or, with `upn`, the UPN; accents, case, hyphens and apostrophes do not matter.
 */
bool roll_matches(const struct cohort_pupil *pupil, const struct roll_words *words, bool upn);

#endif
