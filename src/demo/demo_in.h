/*
 * demo_in: what the files of src/demo share and nobody else may include.
 *
 * A cohort is named by its base: the end year of the school year in which it is in
 * Reception, so its NC year in the school year that ends in E is E - base. A school has a
 * fixed number of seats in each NC year; a cohort's seats are numbered from 0, and the lower
 * numbers come earlier and stay longer. A seat may change hands once, on one night in
 * mid-year: turn 0 leaves and turn 1 arrives. So the number on roll never changes.
 *
 * Chance is a function, not a state: the key of a person, a purpose and two numbers give
 * the same draw whenever they are asked for, in any order.
 */
#ifndef DEMO_DEMO_IN_H
#define DEMO_DEMO_IN_H

#include <stdint.h>

#include "demo/demo.h"
#include "pupils/upn.h"

/* ---- chance (chance.c) ---- */

enum purpose {
    FOR_SCHOOL = 1,
    FOR_SEAT,
    FOR_NAME,
    FOR_BIRTH,
    FOR_TRAIT,
    FOR_ABILITY,
    FOR_PROGRESS,
    FOR_PATH,
    FOR_JUDGEMENT,
    FOR_MISSING,
    FOR_TARGET,
    FOR_TEST,
    FOR_OPTION,
    FOR_SET,
    FOR_CONTACT,
    FOR_STAFF,
    FOR_REVIEW,
};

uint64_t chance_key(uint64_t key, int a, int b);
/* 0 .. limit - 1, each as likely. */
int chance_below(uint64_t key, enum purpose purpose, int a, int b, int limit);
/* Whether something of `permille` thousandths happens. */
bool chance_hits(uint64_t key, enum purpose purpose, int a, int b, int permille);

/* A standard normal draw in thousandths, -3500 to 3500. */
int32_t chance_normal(uint64_t key, enum purpose purpose, int a, int b);

/* How many of 100,000 lie below a standard normal value in thousandths. */
enum {
    SHARE_ALL = 100000
};
int32_t chance_share(int32_t normal);

/* ---- persons (cohort.c, person.c) ---- */

enum {
    HISTORY_YEARS = 5,
    HISTORY_YEARS_PARTNER = 2,
    YEAR_N1 = -2,
    YEAR_LAST = 13,
    NAME_SIZE = 80
};

struct person {
    uint64_t key;
    int school, base, seat, turn;
    struct date entry, leaving; /* no leaving date while it lies after today */
    bool newcomer;              /* came in mid-year without results of an earlier school */
    bool girl, eal, fsm, fsm_ended, looked_after, gifted, p_levels;
    bool pathway; /* takes few GCSEs and other awards instead */
    char sen;     /* N A P S: what it comes to */
    int sen_year; /* NC year in which it is first recorded */
    int origin;   /* of the names */
    struct date dob;
    int32_t ability; /* across subjects, thousandths of a standard deviation */
};

/* Goes through everybody on record at a school, youngest cohort first. */
struct person_walk {
    const struct demo *demo;
    int base, seat, turn;
};
struct person_walk person_walk(const struct demo *demo);
bool person_next(struct person_walk *walk, struct person *ret_person);

/* The one in a seat at the end of the walk's day; false when nobody has it yet or any more. */
bool person_in_seat(const struct demo *demo, int base, int seat, struct person *ret_person);
/* Everything about a person that follows from the key, base and school. */
void person_fill(struct person *person);
/* Has left before the day of the demo: of these only the core subjects are kept in full. */
bool person_left(const struct person *person);
bool person_on_roll(const struct person *person, struct date day);

/* School years of history before this one: five, at the partner two. */
int history_years(int school);
int school_year(struct date today);   /* end year */
struct date year_start(int end_year); /* 1 September */
struct date history_start(const struct demo *demo);
struct date date_earlier(struct date a, struct date b);
struct date date_later(struct date a, struct date b);
struct date date_plus(struct date date, int days);

/* How many seats a school has in an NC year, and how many a cohort can have at all. */
int seats_in_year(int school, int year);
int seats_of_cohort(int school);
/* The youngest and oldest NC year that has seats. */
int year_youngest(int school);
int year_oldest(int school);

void person_upn(const struct person *person, char buffer[UPN_SIZE]);
/* The earlier, temporary number of a few; false for the others. */
bool person_former_upn(const struct person *person, char buffer[UPN_SIZE]);

void person_registration(const struct person *person, int year, char buffer[8]);
int forms_in_year(int school, int year);
int person_form(const struct person *person, int year);

/* ---- names (names.c) ---- */

struct origin {
    const char *ethnicity, *language; /* codes */
    int permille;                     /* of the pupils; the last takes the rest */
    bool eal;
};
extern const struct origin origins[];
extern const size_t origin_n;

void person_name(const struct person *person, char surname[NAME_SIZE],
        char forename[NAME_SIZE]);
void adult_name(uint64_t key, int origin, bool woman, char surname[NAME_SIZE],
        char forename[NAME_SIZE]);
const char *street_name(int number);
const char *house_name(const struct person *person);

#endif
