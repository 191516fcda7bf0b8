/*
 * learning_in: subjects, what pupils attain in them, sets and reviews; shared inside
 * src/demo only.
 */
#ifndef DEMO_LEARNING_IN_H
#define DEMO_LEARNING_IN_H

#include "demo/demo_in.h"

/* ---- subjects (subjects.c) ---- */

enum subject_id {
    S_REA,
    S_WRI,
    S_MAT,
    S_SCI,
    S_ENG,
    S_HIS,
    S_GEO,
    S_FRE,
    S_ART,
    S_DAT,
    S_ICT,
    S_MUS,
    S_PED,
    S_REL,
    S_REL_SHORT,
    S_BUSINESS,
    S_DRAMA,
    S_BTEC_SPORT,
    S_BTEC_ENGINEERING,
    S_OCR_ICT,
    S_COPE_1,
    S_ENTRY_ENG,
    S_ENTRY_MAT,
    S__MAX
};

enum award {
    AWARD_GCSE,
    AWARD_PASS_MERIT,
    AWARD_PASS,
    AWARD_ENTRY
};

struct subject_info {
    const char *code;
    const char *word; /* in the names of sets: "English" */
    enum award award; /* in Key Stage 4 */
    bool thirds;      /* likely grades are sub-divided */
    int own;          /* thousandths of its ability that are its own */
};
extern const struct subject_info subject_infos[S__MAX];

enum stage_id {
    STAGE_FSP,
    STAGE_KS1,
    STAGE_KS2,
    STAGE_KS3,
    STAGE_KS4,
    STAGE_KS5,
    STAGE__MAX
};
extern const char *const stage_codes[STAGE__MAX];

enum stage_id stage_of(int school, int year);
int stage_first(int school, enum stage_id stage);
int stage_last(int school, enum stage_id stage);

enum {
    SUBJECTS_MAX = 12
};
/* The subjects a person is assessed in during an NC year. */
/* Those of them whose termly judgements and targets are on record. */
size_t subjects_kept(const struct person *person, int year,
        enum subject_id subjects[SUBJECTS_MAX]);
size_t subjects_taken(const struct person *person, int year,
        enum subject_id subjects[SUBJECTS_MAX]);
/* Only the four options (fewer on the pathway). */
size_t options_taken(const struct person *person, enum subject_id subjects[SUBJECTS_MAX]);

/* ---- attainment (chances.c, attainment.c) ---- */

/* Steps of the National Curriculum: 0 is W, 1 is 1c ... 24 is 8a; below 0 P7 and down. */
enum {
    STEP_W = 0,
    STEP_2B = 5,
    STEP_3B = 8,
    STEP_4C = 10,
    STEP_TOP = 24
};
/* Grades of GCSE: 0 is U, 1 is G ... 8 is A*. */
enum {
    GRADE_U = 0,
    GRADE_C = 5,
    GRADE_TOP = 8
};

int chances_ks1(enum subject_id subject, int32_t share);
int chances_ks2(enum subject_id subject, int ks1_step, int32_t share);
int chances_ks3(enum subject_id subject, int ks2_step, int32_t share);
int chances_ks4(enum subject_id subject, int ks2_step, int32_t share);

int32_t ability_in(const struct person *person, enum subject_id subject, enum stage_id stage);
int end_step(const struct person *person, enum subject_id subject, enum stage_id stage);
int end_grade(const struct person *person, enum subject_id subject);   /* Key Stage 4 */
int end_a_level(const struct person *person, enum subject_id subject); /* 0 U .. 5 A */
int step_points(int step);                                             /* thousandths */
int step_of_points(int32_t points);
int step_level(int step);

enum {
    GRADE_SIZE = 8
};
const char *step_text(const struct person *person, int step, char buffer[GRADE_SIZE]);
const char *award_text(enum subject_id subject, int grade);
const char *thirds_text(int thirds, char buffer[GRADE_SIZE]); /* 3 is G, 24 A* */
const char *a_level_text(int grade);

/* ---- judgements ---- */

/* The step judged at the end of term `term` (0 autumn, 1, 2) of NC year `year`. */
int judged_step(const struct person *person, enum subject_id subject, int year, int term);
/* The likely grade then, in thirds (GCSE) or, for A level, in grades. */
int judged_thirds(const struct person *person, enum subject_id subject, int year, int term);

/* ---- reviews (review.c) ---- */

struct window {
    struct date from, to; /* exclusive */
    bool open;
};
/* The window of a term of the school year that ends in `end_year`; false when it has not begun.
 */
bool review_window(const struct demo *demo, int end_year, int term, struct window *ret_window);
void review_name(int end_year, int term, bool likely, char buffer[DEMO_NAME_SIZE]);

/* ---- sets and groups (groups.c) ---- */

/* How many teaching groups a subject has in an NC year; 0 where registration groups are taught.
 */
int set_n(int school, int year, enum subject_id subject);

/* The sets of one cohort, reckoned when somebody of it is first asked about; zeroed at first.
 */
enum {
    SET_YEARS = 5,
    SET_FIRST_YEAR = 7,
    SET_SUBJECTS = 3,
    COHORT_MAX = 120
};
struct set_list {
    int base;
    uint8_t sets[SET_YEARS][SET_SUBJECTS][COHORT_MAX];
};

/* Which of them, from 1, or which registration group, from 1, a person is in. */
int person_class(struct set_list *list, const struct demo *demo, const struct person *person,
        int year, enum subject_id subject);
/* The name of one: "7 English set 1", or of the registration group: "7A". */
void class_name(int school, int year, enum subject_id subject, int number,
        char buffer[DEMO_NAME_SIZE]);

/* Whether a person had extra teaching in a subject during spring and summer of an NC year. */
bool person_helped(const struct person *person, enum subject_id subject, int year);

/* ---- handing out results (results.c) ---- */

struct giver {
    const struct demo *demo;
    const struct sink *sink;
    struct err *err;
    const struct person *person;
    char upn[UPN_SIZE];
    long row;
    struct set_list *sets;
};
struct giving {
    enum subject_id subject;
    const char *code; /* NULL: the subject's own */
    const char *kind, *stage, *review, *grade, *scale, *source;
    int mark, max_mark; /* max_mark 0: none */
    struct date date;
};
enum err_code give(struct giver *giver, const struct giving *giving);

enum err_code give_ends(struct giver *giver);       /* results of key stages */
enum err_code give_judgements(struct giver *giver); /* termly */
enum err_code give_targets(struct giver *giver);    /* and predictions */
enum err_code give_tests(struct giver *giver);      /* tests and mocks */

#endif
