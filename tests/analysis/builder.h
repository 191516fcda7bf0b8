/*
 * builder: small cohorts for the tests of analysis. One class at a time: class_begin makes
 * room for pupils whose fields a test then fills, class_ready turns them into a cohort with
 * every subject of the small framework as a column.
 */
#ifndef TESTS_ANALYSIS_BUILDER_H
#define TESTS_ANALYSIS_BUILDER_H

#include "analysis/cohort.h"
#include "targets/small_framework.h"

enum {
    CLASS_PUPILS = 16,
    CLASS_SUBJECTS = 200
};

static struct arena arena;
static const struct framework *fw;
static struct cohort_pupil pupils[CLASS_PUPILS];
static size_t pupil_n;
static int16_t subjects[CLASS_SUBJECTS];
static struct cohort cohort;

/* Another pupil of this NC year in its key stage, in period k of the stage. */
static inline struct cohort_pupil *class_add(int year, int k)
{
    struct cohort_pupil *pupil = &pupils[pupil_n++];
    int stage = framework_stage_of_year(fw, year);

    *pupil = (struct cohort_pupil){ .year = year, .period = k, .stage = (int16_t)stage };
    pupil->upn = "A000000000000";
    pupil->surname = "Surname";
    pupil->forename = "Forename";
    if (stage >= 0)
        pupil->stage_years = fw->stages[stage].last_year - fw->stages[stage].first_year + 1;
    pupil->year_stage = (int16_t)cohort_other_stage(fw, stage, year);
    return pupil;
}

static inline struct reckoning class_reckoning(void)
{
    return (struct reckoning){
        .calendar = calendar_default(),
        .rounding = ROUND_NEAREST,
        .flags = flag_rule_default(),
        .corridor_lower = 2000,
        .corridor_upper = 2000,
    };
}

static inline void class_ready(void)
{
    struct reckoning reckoning = class_reckoning();
    struct err err = { 0 };

    for (int i = 0; i < fw->subject_n; i++)
        subjects[i] = (int16_t)i;
    CHECK_OK("cohort",
            cohort_make(&arena, fw, &reckoning, (struct date){ 20260327 }, pupils, pupil_n,
                    subjects, (size_t)fw->subject_n, &cohort, &err),
            &err);
}

static inline size_t class_cell(size_t pupil, const char *subject)
{
    int column = cohort_column(&cohort, framework_subject(fw, subject));

    CHECK_TRUE(subject, column >= 0);
    return cohort_cell(&cohort, pupil, (size_t)column);
}

/* column[pupil, subject] = the grade; "" sets nothing. "gcse:C" names the scale, else nc. */
static inline void class_set(struct value *column, size_t pupil, const char *subject,
        const char *grade)
{
    const char *colon = strchr(grade, ':');
    char scale[16] = "nc";

    if (grade[0] == '\0')
        return;
    if (colon != NULL) {
        memcpy(scale, grade, (size_t)(colon - grade));
        scale[colon - grade] = '\0';
        grade = colon + 1;
    }
    column[class_cell(pupil, subject)] = grade_of(fw, scale, grade);
}

static inline int class_set_up(void **state)
{
    (void)state;
    pupil_n = 0;
    memset(pupils, 0, sizeof(pupils));
    fw = small_framework(&arena);
    return 0;
}

static inline int class_tear_down(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

#define CLASS_TEST(function)                                                                   \
    cmocka_unit_test_setup_teardown(function, class_set_up, class_tear_down)

#endif
