/*
 * traits: characteristics of all pupils of a school as dated histories, for reports that ask
 * about many days at once (cohort_load asks about one).
 *
 * What holds on a day: of the facts with one first day the last recorded, of those the
 * latest that has begun and not ended.
 */
#ifndef ACTIONS_TRAITS_H
#define ACTIONS_TRAITS_H

#include "actions/context.h"
#include "analysis/cut.h"

enum trait {
    TRAIT_ENTRY,
    TRAIT_LEAVING,
    TRAIT_YEAR,
    TRAIT_SEX,
    TRAIT_DOB,
    TRAIT_SEN,
    TRAIT_FSM,
    TRAIT_PREMIUM,
    TRAIT_LANGUAGE,
    TRAIT_ETHNICITY,
    TRAIT_LOOKED_AFTER,
    TRAIT_GIFTED,
    TRAIT_REGISTRATION,
    TRAIT_HOUSE,
    TRAIT__MAX
};

struct trait_span {
    int64_t pupil_id;
    struct date from, to;
    const char *value; /* NULL: withdrawn */
    int recorded;      /* school year, by its end, in which it was recorded */
};

struct traits {
    struct arena *arena;
    struct {
        struct trait_span *items; /* by pupil, from, order of recording */
        size_t n;
    } of[TRAIT__MAX];
};

/* Bits (1u << trait) of what the cuts divide by; 0 for those by groups or marks. */
unsigned traits_of_cuts(const enum cut *by, size_t n);

/* Load the wanted ones into the context's arena. Errors: those of the store. */
MUST_USE enum err_code traits_load(const struct context *context, struct date recorded,
        unsigned wanted, struct traits *ret_traits, struct err *err);

/* What holds of a pupil on the day; NULL: nothing on record, or not loaded. */
const char *trait_on(const struct traits *traits, enum trait trait, int64_t pupil_id,
        struct date day);
struct date trait_date(const struct traits *traits, enum trait trait, int64_t pupil_id,
        struct date day);

/*
 * The NC year on a day. A year group that is on record "since always" was that of the year in
 * which it was recorded: for days before, a year less for each school year between.
 * COHORT_YEAR_UNKNOWN without one.
 */
int trait_year(const struct traits *traits, int64_t pupil_id, struct date day);

/* Fill what a cohort_pupil has of the loaded traits, but the year. */
void traits_describe(const struct traits *traits, struct date day, struct cohort_pupil *pupil);

#endif
