/*
 * formula_class: eight pupils on england-2008 for the tests of formulas, small enough to work
 * every answer out by hand.
 *
 * The day is 2026-03-27, so Year 5 is in period 8 of 12 of Key Stage 2, Year 6 in period 11.
 * Points: 2c 13, 2b 15, 2a 17, 3c 19, 3b 21, 3a 23, 4c 25, 4b 27, 4a 29, 5c 31; D 34, C 40,
 * B 46 (domain-numbers 1.2 and 2.1). Progress targets in mathematics: Ann
 * 15 + 12 x 8/12 = 23 (3a), Ben 19 + 8 x 8/12 = 24.333 (4c), Dev 13 + 18 x 11/12 = 29.5 (4a),
 * Finn has no line, so the target B.
 */
#ifndef TESTS_ANALYSIS_FORMULA_CLASS_H
#define TESTS_ANALYSIS_FORMULA_CLASS_H

#include "analysis/formula.h"
#include "scales/england.h"

enum {
    EIGHT = 8
};

static const char *const booster[] = { "Choir", "Booster" };

static const struct cohort_pupil eight[EIGHT] = {
    { .upn = "A1",
            .surname = "Abbott",
            .forename = "Ann",
            .sex = "F",
            .year = 5,
            .period = 8,
            .sen = "S",
            .fsm = "Y",
            .language = "ENG",
            .registration = "5B",
            .dob = { 20151010 },
            .entry = { 20190901 },
            .groups = booster,
            .group_n = 2 },
    { .upn = "A2",
            .surname = "Brown",
            .forename = "Ben",
            .sex = "M",
            .year = 5,
            .period = 8,
            .sen = "N",
            .fsm = "N",
            .language = "URD",
            .registration = "5B",
            .dob = { 20160327 },
            .entry = { 20200901 } },
    { .upn = "A3",
            .surname = "Cole",
            .forename = "Cara",
            .sex = "F",
            .year = 5,
            .period = 8,
            .dob = { 20160328 },
            .registration = "5C",
            .groups = booster,
            .group_n = 1 },
    { .upn = "A4",
            .surname = "Das",
            .forename = "Dev",
            .sex = "M",
            .year = 6,
            .period = 11,
            .sen = "S",
            .fsm = "N",
            .language = "REF",
            .dob = { 20150101 } },
    { .upn = "A5",
            .surname = "Ellis",
            .forename = "Eve",
            .sex = "F",
            .year = 5,
            .period = 8,
            .sen = "E",
            .fsm = "Y",
            .dob = { 20150901 } },
    { .upn = "A6",
            .surname = "Ford",
            .forename = "Finn",
            .sex = "M",
            .year = 10,
            .period = 2,
            .sen = "N",
            .fsm = "N",
            .language = "ENG",
            .dob = { 20110401 } },
    { .upn = "A7",
            .surname = "Grey",
            .forename = "Gia",
            .sex = "F",
            .year = 5,
            .period = 8,
            .sen = "",
            .fsm = "Y",
            .dob = { 20160101 } },
    { .upn = "A8", .surname = "Hill", .forename = "Hal", .year = COHORT_YEAR_UNKNOWN },
};

#define NOBODY                                                                                 \
    {                                                                                          \
        "", "", "", "", "", "", "", ""                                                         \
    }

/* "scale:grade", the scale nc where it is left out. */
static const struct {
    const char *subject;
    const char *prior[EIGHT], *target[EIGHT], *prediction[EIGHT], *now[EIGHT], *result[EIGHT];
} marks[] = {
    { "MAT", .prior = { "2b", "3c", "", "2c", "", "4b", "", "" },
            .target = { "4b", "4b", "4b", "5c", "", "gcse:B", "", "" },
            .prediction = { "4c", "5c", "", "", "", "gcse:C", "", "" },
            .now = { "3c", "4c", "", "4b", "A", "gcse:C", "4", "" },
            .result = { "", "", "", "4a", "", "", "", "" } },
    { "ENG", .prior = { "2a", "", "", "", "", "", "", "" },
            .target = { "4b", "4b", "", "", "", "", "", "" }, .prediction = NOBODY,
            .now = { "4c", "3a", "4a", "", "3b", "gcse:D", "nc-decimal:4.5", "" },
            .result = NOBODY },
    { "SCI", .prior = NOBODY, .target = NOBODY, .prediction = NOBODY,
            .now = { "4c", "4c", "", "", "", "gcse:B", "", "" }, .result = NOBODY },
    { "ART", .prior = NOBODY, .target = NOBODY, .prediction = NOBODY,
            .now = { "effort:poor", "effort:good", "effort:fair", "", "effort:good",
                    "effort:fair", "", "" },
            .result = NOBODY },
    { "GEO", .prior = NOBODY, .target = NOBODY, .prediction = NOBODY,
            .now = { "mock:45", "mock:40", "mock:7", "", "", "", "", "" }, .result = NOBODY },
};

/* Beside england-2008: grades without points or steps, and raw marks. */
static const char own_scales[] = "scale effort \"Effort\" source=\"invented\"\n"
                                 "grade poor\ngrade fair\ngrade good\n"
                                 "scale mock \"Mock marks\" kind=raw min=0 max=60 "
                                 "source=\"invented\"\n"
                                 "rule subjects=ART scales=effort\n"
                                 "rule subjects=GEO scales=mock\n";

static struct arena arena;
static const struct framework *fw;
static struct cohort_pupil pupils[EIGHT];
static int16_t subjects[COUNT(marks)];
static struct cohort cohort;

static inline struct value mark(const char *text)
{
    const char *colon = strchr(text, ':');
    char scale[16] = "nc";

    if (text[0] == '\0')
        return VALUE_NONE;
    if (colon != NULL) {
        memcpy(scale, text, (size_t)(colon - text));
        scale[colon - text] = '\0';
        text = colon + 1;
    }
    return england_grade(fw, scale, text);
}

static inline void fill_marks(void)
{
    for (size_t s = 0; s < COUNT(marks); s++) {
        for (size_t p = 0; p < EIGHT; p++) {
            size_t cell = cohort_cell(&cohort, p, s);

            cohort.prior[cell] = mark(marks[s].prior[p]);
            cohort.target[cell] = mark(marks[s].target[p]);
            cohort.prediction[cell] = mark(marks[s].prediction[p]);
            cohort.now[cell] = mark(marks[s].now[p]);
            cohort.result[cell] = mark(marks[s].result[p]);
        }
    }
}

static inline int eight_set_up(void **state)
{
    struct reckoning reckoning = {
        .calendar = calendar_default(),
        .rounding = ROUND_NEAREST,
        .flags = flag_rule_default(),
    };
    struct err err = { 0 };

    (void)state;
    fw = england_with(&arena, own_scales);
    for (size_t p = 0; p < EIGHT; p++) {
        pupils[p] = eight[p];
        pupils[p].stage = (int16_t)framework_stage_of_year(fw, eight[p].year);
        pupils[p].year_stage = -1;
        if (pupils[p].stage >= 0)
            pupils[p].stage_years = fw->stages[pupils[p].stage].last_year -
                                    fw->stages[pupils[p].stage].first_year + 1;
    }
    for (size_t s = 0; s < COUNT(marks); s++)
        subjects[s] = (int16_t)framework_subject(fw, marks[s].subject);
    CHECK_OK("cohort",
            cohort_make(&arena, fw, &reckoning, (struct date){ 20260327 }, pupils, EIGHT,
                    subjects, COUNT(marks), &cohort, &err),
            &err);
    fill_marks();
    cohort_reckon(&cohort);
    return 0;
}

static inline int eight_tear_down(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

#define EIGHT_TEST(function)                                                                   \
    cmocka_unit_test_setup_teardown(function, eight_set_up, eight_tear_down)

#endif
