/*
 * demo: an invented 3-18 school, its partner and their authority, made of records.
 *
 * Everything follows from a fixed seed and the day asked about: the same day gives the
 * same records in the same order, on every machine (whole numbers only). Records go to a
 * sink one at a time and so through the one import plan; nothing here knows the database.
 *
 * The school year is that of `today` (1 September to 31 August), so the demo is always
 * current: each cohort moves up on 1 September and the same children grow older. On any
 * day exactly demo_schools[i].pupils are on roll. Termly judgements go back five school
 * years (at the partner two), results of key stages as far as pupils are old; none is
 * dated after `today`. Of those who have left, only the core subjects are kept.
 *
 * How pupils do: each has a latent ability, correlated about 0.7 across subjects, with
 * gaps by free school meals, special needs, language, sex and birth month. Key Stage 1
 * follows the national percentages of 2007-2008, Key Stage 2 the chances of each level
 * given Key Stage 1, Key Stage 3 and GCSE those given Key Stage 2 (DCSF statistics; the
 * tables with their sources stand in chances.c). Termly judgements move between these
 * unevenly: least in autumn, most in summer, with years of stalling and leaping.
 *
 * People, schools, addresses and numbers are invented: LAESTAB numbers 9001 and up are
 * given to no school, postcodes begin with ZZ99, telephone numbers are of the range
 * kept for drama.
 *
 * The functions that take (void *demo, sink, err) have the shape of a record source:
 * `demo` is a struct demo. They return ERR_OK, or what the sink returned. No memory is
 * allocated; texts of records are borrowed until the sink returns.
 */
#ifndef DEMO_DEMO_H
#define DEMO_DEMO_H

#include <stdbool.h>
#include <stddef.h>

#include "base/date.h"
#include "base/err.h"
#include "exchange/record.h"

enum {
    DEMO_MAIN,    /* the 3-18 school */
    DEMO_PARTNER, /* a secondary school that shares courses with it */
    DEMO_SCHOOL_N
};

struct demo_school {
    const char *laestab, *name, *phase;
    int pupils;      /* on roll, any day */
    int ks3_last;    /* NC year in which Key Stage 3 ends: 8 in a two-year Key Stage 3 */
    const char *tag; /* on record with dates, see demo_schools_emit; NULL none */
};
extern const struct demo_school demo_schools[DEMO_SCHOOL_N];

/* The invented authority both belong to. */
extern const char demo_authority[];

/* What every page and report of the demo says of its levels. A sentence. */
extern const char demo_notice[];

/* Which school, reckoned on which day (1930 to 2190). */
struct demo {
    int school;
    struct date today;
};

/* on_school: both schools, with their tags. `demo` only gives the day. */
MUST_USE enum err_code demo_schools_emit(void *demo, const struct sink *sink, struct err *err);

/* on_pupil: everybody on roll in the last five years or now, with all characteristics of
   pupils.csv as dated histories, and contacts. `laestab` of the records is NULL. */
MUST_USE enum err_code demo_pupils(void *demo, const struct sink *sink, struct err *err);

/* on_group: registration groups, teaching sets, options, houses and interventions of this
   school year and the last. After demo_pupils. */
MUST_USE enum err_code demo_groups(void *demo, const struct sink *sink, struct err *err);

/* on_result: results of key stages, termly judgements, tests, mocks, targets and
   predictions. After demo_pupils. */
MUST_USE enum err_code demo_results(void *demo, const struct sink *sink, struct err *err);

/* on_national: the national figures of 2004 to 2008, and the same five years shifted to
   the five that ended last, so that they stand beside the demo's own. `demo` gives the day. */
MUST_USE enum err_code demo_national(void *demo, const struct sink *sink, struct err *err);

enum {
    DEMO_NAME_SIZE = 96,
    DEMO_SUBJECTS_SIZE = 80
};

/* A collection of judgements. Names are unique in a school. */
struct demo_review {
    char name[DEMO_NAME_SIZE];         /* "Spring 2026", "Spring 2026 likely" */
    const char *asks;                  /* "assessment" or "likely" */
    int first_year, last_year;         /* NC years */
    char subjects[DEMO_SUBJECTS_SIZE]; /* codes joined by commas, "": all */
    struct date from, to;              /* of the open ones from <= today < to */
    const char *state;                 /* "open" or "closed" */
};

/*
 * The `index`th review of a school, oldest first; false past the last. Three terms a year
 * over five school years and the terms of this one that have begun. The term's own are
 * open on `today`, whatever day it is.
 */
bool demo_review(const struct demo *demo, size_t index, struct demo_review *ret_review);

/* What one of the groups of demo_groups was made for. */
struct demo_intervention {
    const char *group, *purpose, *staff;
    int64_t pence;
    struct date from, to;
};

/* The `index`th that has begun, of this school year and the last; false past the last. Only the
   main school has any. */
bool demo_intervention(const struct demo *demo, size_t index,
        struct demo_intervention *ret_intervention);

/* A group whose marks somebody enters: "7 English set 1" in ENG, class "5A" in MAT. */
struct demo_class {
    char group[DEMO_NAME_SIZE];
    const char *type;    /* of the group: "registration" or "teaching" */
    const char *subject; /* code */
    int year;            /* NC year */
};
enum {
    DEMO_CLASSES_MAX = 4
};

/* Somebody who signs in. */
struct demo_staff {
    char username[DEMO_NAME_SIZE]; /* unique over both schools; ASCII */
    char name[DEMO_NAME_SIZE];
    const char *role;     /* as in the contract: "teacher", "head" ... */
    const char *laestab;  /* NULL: belongs to the authority */
    int year;             /* head of year: NC year; else -100 */
    const char *subject;  /* subject leader: code; else NULL */
    char registration[8]; /* form tutor: "8B"; else "" */
    char pupil_upn[16];   /* parent: the child; pupil: self; else "" */
    struct demo_class
            classes[DEMO_CLASSES_MAX]; /* taught, or helped in by a teaching assistant */
    size_t class_n;
};

enum {
    DEMO_YEAR_NONE = -100,
    DEMO_TEACHER_N = 200 /* with the role teacher, over both schools */
};

/*
 * The `index`th account, false past the last: first one at least of each other role, a
 * data manager in each school, then the 200 teachers, each with a class of its own but for
 * the last two of the main school, who share one. `demo->school` is not asked.
 */
bool demo_staff(const struct demo *demo, size_t index, struct demo_staff *ret_staff);

#endif
