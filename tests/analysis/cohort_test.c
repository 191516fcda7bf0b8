#include "analysis/cohort.h"

#include "analysis/builder.h"

/* Key Stage 2, 27 March in Year 5 is k = 8; all figures by hand from contract 3.3 and 3.4. */
static const struct {
    const char *name;
    int year, k;
    enum rounding rounding;
    const char *prior, *target, *now, *adjustment;
    const char *progress;
    int32_t points, gap;
    int steps;
    enum flag flag;
} cells[] = {
    { "on the line", 5, 8, ROUND_NEAREST, "2b", "4b", "3a", "", "3a", 23000, 0, 0, FLAG_ON },
    { "one sub-level below", 5, 8, ROUND_NEAREST, "2b", "4b", "3b", "", "3a", 23000, -2000, -1,
            FLAG_BELOW },
    { "two below", 5, 8, ROUND_NEAREST, "2b", "4b", "3c", "", "3a", 23000, -4000, -2,
            FLAG_WELL_BELOW },
    { "one above", 5, 8, ROUND_NEAREST, "2b", "4b", "4c", "", "3a", 23000, 2000, 1,
            FLAG_ABOVE },
    { "a whole level now", 5, 8, ROUND_NEAREST, "2b", "4b", "3", "", "3a", 23000, -2000, -1,
            FLAG_BELOW },
    { "between two rungs the gap is exact", 5, 7, ROUND_NEAREST, "2b", "4b", "3b", "", "3a",
            22000, -1000, -1, FLAG_BELOW },
    { "a pair holds both its ends", 5, 7, ROUND_PAIR, "2b", "4b", "3b", "", "3b/3a", 22000,
            -1000, 0, FLAG_ON },
    { "under a pair", 5, 7, ROUND_PAIR, "2b", "4b", "3c", "", "3b/3a", 22000, -3000, -1,
            FLAG_BELOW },
    { "adjusted", 5, 8, ROUND_NEAREST, "2b", "4b", "3b", "3b", "3b", 21000, 0, 0, FLAG_ON },
    { "nothing now", 5, 8, ROUND_NEAREST, "2b", "4b", "", "", "3a", 23000, POINTS_NONE,
            STEP_NONE, FLAG_NONE },
    { "absent now", 5, 8, ROUND_NEAREST, "2b", "4b", "Ab", "", "3a", 23000, POINTS_NONE,
            STEP_NONE, FLAG_NONE },
    { "no prior", 5, 8, ROUND_NEAREST, "", "4b", "3a", "", "", POINTS_NONE, POINTS_NONE,
            STEP_NONE, FLAG_NONE },
    { "no target", 5, 8, ROUND_NEAREST, "2b", "", "3a", "", "", POINTS_NONE, POINTS_NONE,
            STEP_NONE, FLAG_NONE },
    { "an adjustment without a line", 5, 8, ROUND_NEAREST, "", "4b", "3c", "3b", "3b", 21000,
            -2000, -1, FLAG_BELOW },
    { "now on another scale", 5, 8, ROUND_NEAREST, "2b", "4b", "gcse:C", "", "3a", 23000,
            POINTS_NONE, STEP_NONE, FLAG_NONE },
    { "Key Stage 1 from another scale", 2, 6, ROUND_NEAREST, "fsp:6", "2b", "2b", "", "",
            POINTS_NONE, POINTS_NONE, STEP_NONE, FLAG_NONE },
    { "Key Stage 4: on", 10, 2, ROUND_NEAREST, "4b", "gcse:B", "gcse:B", "", "B", 46000, 0, 0,
            FLAG_ON },
    { "Key Stage 4: one grade below", 10, 2, ROUND_PAIR, "4b", "gcse:B", "gcse:C", "", "B",
            46000, -6000, -1, FLAG_BELOW },
    { "Key Stage 4: two grades below", 11, 4, ROUND_NEAREST, "4b", "gcse:A", "gcse:C", "", "A",
            52000, -12000, -2, FLAG_WELL_BELOW },
    { "Key Stage 4: two grades above", 11, 4, ROUND_NEAREST, "", "gcse:B", "gcse:A*", "", "B",
            46000, 12000, 2, FLAG_ABOVE },
    { "Key Stage 4: a third below", 11, 4, ROUND_NEAREST, "4b", "gcse:C", "gcse:C-", "", "C",
            40000, -2000, -1, FLAG_BELOW },
    { "Key Stage 4: thirds against a third", 11, 4, ROUND_NEAREST, "4b", "gcse:B-", "gcse:C-",
            "", "B-", 44000, -6000, -3, FLAG_WELL_BELOW },
    { "Key Stage 4: another course's grade", 11, 4, ROUND_NEAREST, "4b", "gcse:B",
            "first:Merit", "", "B", 46000, POINTS_NONE, STEP_NONE, FLAG_NONE },
    { "Key Stage 4: no target", 11, 4, ROUND_NEAREST, "4b", "", "gcse:B", "", "", POINTS_NONE,
            POINTS_NONE, STEP_NONE, FLAG_NONE },
    { "in no key stage", 12, 0, ROUND_NEAREST, "4b", "5b", "5b", "", "", POINTS_NONE,
            POINTS_NONE, STEP_NONE, FLAG_NONE },
};

static void one_cell(size_t i)
{
    char buffer[PROGRESS_TEXT_SIZE];
    size_t cell;

    class_add(cells[i].year, cells[i].k);
    class_ready();
    cohort.reckoning.rounding = cells[i].rounding;
    cell = class_cell(0, "MAT");
    class_set(cohort.prior, 0, "MAT", cells[i].prior);
    class_set(cohort.target, 0, "MAT", cells[i].target);
    class_set(cohort.now, 0, "MAT", cells[i].now);
    class_set(cohort.adjustment, 0, "MAT", cells[i].adjustment);
    cohort_reckon(&cohort);
    CHECK_TEXT(cells[i].name, progress_target_text(fw, &cohort.progress[cell], buffer),
            cells[i].progress);
    CHECK_INT(cells[i].name, cohort.progress[cell].points, cells[i].points);
    CHECK_INT(cells[i].name, cohort.progress[cell].adjusted, cells[i].adjustment[0] != '\0');
    CHECK_INT(cells[i].name, cohort.gap[cell], cells[i].gap);
    CHECK_INT(cells[i].name, cohort.steps[cell], cells[i].steps);
    CHECK_INT(cells[i].name, cohort.flag[cell], cells[i].flag);
    CHECK_INT("a cell without facts", cohort.flag[class_cell(0, "HIS")], FLAG_NONE);
}

static void a_cell_is_reckoned_against_its_progress_target(void **state)
{
    for (size_t i = 0; i < COUNT(cells); i++) {
        class_set_up(state);
        one_cell(i);
        class_tear_down(state);
    }
    class_set_up(state);
}

static void an_adjusted_target_keeps_what_the_line_says(void **state)
{
    size_t cell;

    (void)state;
    class_add(5, 8);
    class_add(11, 4);
    class_ready();
    class_set(cohort.prior, 0, "MAT", "2b");
    class_set(cohort.target, 0, "MAT", "4b");
    class_set(cohort.adjustment, 0, "MAT", "3b");
    class_set(cohort.target, 1, "MAT", "gcse:B");
    class_set(cohort.adjustment, 1, "MAT", "gcse:C");
    cohort_reckon(&cohort);
    cell = class_cell(0, "MAT");
    CHECK_INT("the line", cohort.progress[cell].computed, 23000);
    CHECK_INT("the person", cohort.progress[cell].points, 21000);
    cell = class_cell(1, "MAT");
    CHECK_INT("the target", cohort.progress[cell].computed, 46000);
    CHECK_INT("the person", cohort.progress[cell].points, 40000);
}

static void a_two_year_stage_has_a_steeper_line(void **state)
{
    (void)state;
    class_add(8, 4)->stage_years = 2;
    class_ready();
    class_set(cohort.prior, 0, "MAT", "4b");
    class_set(cohort.target, 0, "MAT", "5b");
    cohort_reckon(&cohort);
    CHECK_INT("27 + 6 x 4 / 6", cohort.progress[class_cell(0, "MAT")].points, 31000);
}

/* Whatever the grades, the loop's steps are those of progress_target_steps. */
static void check_grade_against_all(int target)
{
    const struct grade *grades = fw->grades;
    const struct scale *scale = &fw->scales[grades[target].scale];
    size_t cell = class_cell(0, "MAT");

    cohort.target[cell] = framework_stored(fw, scale->code, grades[target].code);
    for (int now = 0; now < fw->grade_n; now++) {
        int steps = STEP_NONE;

        cohort.now[cell] =
                framework_stored(fw, fw->scales[grades[now].scale].code, grades[now].code);
        cohort_reckon(&cohort);
        (void)progress_target_steps(fw, cohort.now[cell], &cohort.progress[cell], &steps);
        if (cohort.steps[cell] != steps)
            CHECK_INT(grades[now].code, cohort.steps[cell], steps);
    }
}

static void steps_agree_for_every_pair_of_grades(void **state)
{
    (void)state;
    class_add(11, 4);
    class_ready();
    for (int target = 0; target < fw->grade_n; target++)
        check_grade_against_all(target);
}

/* Means of two by hand; the bands are those of domain-numbers 1.9. */
static const struct {
    const char *name, *reading, *writing, *own;
    const char *english;
    int32_t points;
    int level;
} means[] = {
    { "both alike", "2b", "2b", "", "2b", 15000, 2 },
    { "one rung apart: the higher", "2b", "2a", "", "2a", 16000, 2 },
    { "2a and 3c: 18 is level 3", "2a", "3c", "", "3c", 18000, 3 },
    { "2c and 3c: 16", "2c", "3c", "", "2a", 16000, 2 },
    { "3 and 2b: 18", "3", "2b", "", "3c", 18000, 3 },
    { "1 and 3: 15", "1b", "3", "", "2b", 15000, 2 },
    { "W and 1c: 5 is below level 1", "W", "1c", "", "W", 5000, 0 },
    { "W and 1b: 6 is level 1", "W", "1b", "", "1c", 6000, 1 },
    { "whole levels 4 and 5: 30", "4", "5b", "", "5c", 30000, 5 },
    { "its own value stays", "2b", "2b", "3c", "3c", 19000, 3 },
    { "reading alone", "2b", "", "", "", POINTS_NONE, LEVEL_NONE },
    { "writing absent", "2b", "Ab", "", "", POINTS_NONE, LEVEL_NONE },
    { "two scales", "2b", "gcse:C", "", "", POINTS_NONE, LEVEL_NONE },
};

static void check_mean(size_t i, struct value *column)
{
    size_t cell = class_cell(0, "ENG");
    char buffer[VALUE_TEXT_SIZE];

    class_set(column, 0, "REA", means[i].reading);
    class_set(column, 0, "WRI", means[i].writing);
    class_set(column, 0, "ENG", means[i].own);
    cohort_derive(&cohort);
    CHECK_TEXT(means[i].name, framework_value_text(fw, column[cell], buffer), means[i].english);
    CHECK_INT(means[i].name, column[cell].points, means[i].points);
    CHECK_INT(means[i].name, framework_level(fw, column[cell]), means[i].level);
}

static void english_is_the_mean_of_reading_and_writing_in_every_column(void **state)
{
    for (size_t i = 0; i < COUNT(means); i++) {
        for (int column = 0; column < 8; column++) {
            class_set_up(state);
            class_add(5, 8);
            class_ready();
            check_mean(i, (struct value *[]){ cohort.prior, cohort.target, cohort.prediction,
                                  cohort.now, cohort.result, cohort.year_target,
                                  cohort.year_prediction, cohort.year_result }[column]);
            class_tear_down(state);
        }
    }
    class_set_up(state);
}

static void a_derived_value_bears_the_later_date(void **state)
{
    (void)state;
    class_add(5, 8);
    class_add(5, 8);
    class_ready();
    class_set(cohort.now, 0, "REA", "3b");
    class_set(cohort.now, 0, "WRI", "3c");
    class_set(cohort.now, 1, "REA", "3b");
    cohort.now_date[class_cell(0, "REA")] = (struct date){ 20260210 };
    cohort.now_date[class_cell(0, "WRI")] = (struct date){ 20260320 };
    cohort.now_date[class_cell(1, "REA")] = (struct date){ 20260320 };
    cohort_derive(&cohort);
    CHECK_INT("later", cohort.now_date[class_cell(0, "ENG")].ymd, 20260320);
    CHECK_INT("none", cohort.now_date[class_cell(1, "ENG")].ymd, 0);
}

/* English: prior 2b and 2a is 16, target 4b and 4c is 26, k = 6 of 12: 21; now 3c and 3b is 20.
 */
static void derived_english_has_a_line_and_a_gap(void **state)
{
    size_t cell;

    (void)state;
    class_add(4, 6);
    class_ready();
    class_set(cohort.prior, 0, "REA", "2b");
    class_set(cohort.prior, 0, "WRI", "2a");
    class_set(cohort.target, 0, "REA", "4b");
    class_set(cohort.target, 0, "WRI", "4c");
    class_set(cohort.now, 0, "REA", "3c");
    class_set(cohort.now, 0, "WRI", "3b");
    cohort_derive(&cohort);
    cohort_reckon(&cohort);
    cell = class_cell(0, "ENG");
    CHECK_INT("progress", cohort.progress[cell].points, 21000);
    CHECK_INT("gap", cohort.gap[cell], -1000);
    CHECK_INT("3b against 3b", cohort.steps[cell], 0);
}

static void adjustments_are_not_derived(void **state)
{
    (void)state;
    class_add(4, 6);
    class_ready();
    class_set(cohort.adjustment, 0, "REA", "3b");
    class_set(cohort.adjustment, 0, "WRI", "3b");
    cohort_derive(&cohort);
    CHECK_TRUE("none", !value_is_set(cohort.adjustment[class_cell(0, "ENG")]));
}

static void without_its_parts_as_columns_nothing_is_derived(void **state)
{
    struct reckoning reckoning = class_reckoning();
    int16_t two[2] = { (int16_t)framework_subject(fw, "REA"),
        (int16_t)framework_subject(fw, "ENG") };
    struct err err = { 0 };

    (void)state;
    class_add(5, 8);
    CHECK_OK("made",
            cohort_make(&arena, fw, &reckoning, (struct date){ 20260327 }, pupils, pupil_n, two,
                    2, &cohort, &err),
            &err);
    cohort.now[0] = level_of(fw, "3b");
    cohort_derive(&cohort);
    CHECK_TRUE("English", !value_is_set(cohort.now[1]));
    two[1] = (int16_t)framework_subject(fw, "WRI");
    cohort.now[1] = level_of(fw, "3c");
    cohort_derive(&cohort);
    CHECK_INT("no English to fill", cohort.now[1].points, 19000);
    CHECK_INT("no such column", cohort_column(&cohort, framework_subject(fw, "MAT")), -1);
}

/* Year 3 and 4 measures of the small framework ask for the end of Year 4. */
static void the_other_horizon_is_what_the_measures_ask_for(void **state)
{
    static const struct {
        int year;
        const char *stage;
    } years[] = { { 3, "Y4" }, { 4, "Y4" }, { 5, "Y5" }, { 6, NULL }, { 10, NULL },
        { 13, NULL } };

    (void)state;
    for (size_t i = 0; i < COUNT(years); i++) {
        int own = framework_stage_of_year(fw, years[i].year);
        int want = years[i].stage == NULL ? -1 : framework_stage(fw, years[i].stage);

        CHECK_INT(years[i].stage == NULL ? "none" : years[i].stage,
                cohort_other_stage(fw, own, years[i].year), want);
    }
    CHECK_INT("a Year 10 pupil still in Key Stage 3",
            cohort_other_stage(fw, framework_stage(fw, "KS3"), 10), framework_stage(fw, "KS4"));
    CHECK_INT("a Year 5 pupil already in Key Stage 3",
            cohort_other_stage(fw, framework_stage(fw, "KS3"), 5), framework_stage(fw, "Y5"));
    CHECK_INT("in no stage", cohort_other_stage(fw, -1, 10), framework_stage(fw, "KS4"));
}

static void a_cohort_of_nobody_is_no_error(void **state)
{
    (void)state;
    class_ready();
    cohort_derive(&cohort);
    cohort_reckon(&cohort);
    CHECK_INT("nobody", cohort.pupil_n, 0);
}

static void a_cohort_too_large_is_out_of_memory(void **state)
{
    struct reckoning reckoning = class_reckoning();
    struct cohort made = { .pupil_n = 7 };
    struct err err = { 0 };

    (void)state;
    CHECK_INT("overflow",
            cohort_make(&arena, fw, &reckoning, (struct date){ 20260327 }, pupils, SIZE_MAX / 2,
                    subjects, 16, &made, &err),
            ERR_MEMORY);
    CHECK_INT("untouched", made.pupil_n, 7);
}

static void making_a_cohort_reports_every_failed_allocation(void **state)
{
    struct reckoning reckoning = class_reckoning();
    long n = 0;

    (void)state;
    class_add(5, 8);
    class_ready();
    for (int keep = 0; keep <= 1; keep++) {
        for (n = 0;; n++) {
            struct arena own = { 0 };
            struct cohort made = { .pupil_n = 7 };
            struct err err = { 0 };
            enum err_code code;

            arena_fault(n, keep);
            code = cohort_make(&own, fw, &reckoning, (struct date){ 20260327 }, pupils, 1,
                    subjects, 2, &made, &err);
            if (!arena_fault_fired()) {
                CHECK_INT("unharmed", code, ERR_OK);
                arena_free(&own);
                break;
            }
            arena_fault(-1, 0);
            arena_free(&own);
            CHECK_INT("reported", code, ERR_MEMORY);
            CHECK_INT("said", err.code, ERR_MEMORY);
            CHECK_INT("untouched", made.pupil_n, 7);
        }
        arena_fault(-1, 0);
        CHECK_INT("nine values, three dates, four reckoned", n, 16);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CLASS_TEST(a_cell_is_reckoned_against_its_progress_target),
        CLASS_TEST(an_adjusted_target_keeps_what_the_line_says),
        CLASS_TEST(a_two_year_stage_has_a_steeper_line),
        CLASS_TEST(steps_agree_for_every_pair_of_grades),
        CLASS_TEST(english_is_the_mean_of_reading_and_writing_in_every_column),
        CLASS_TEST(a_derived_value_bears_the_later_date),
        CLASS_TEST(derived_english_has_a_line_and_a_gap),
        CLASS_TEST(adjustments_are_not_derived),
        CLASS_TEST(without_its_parts_as_columns_nothing_is_derived),
        CLASS_TEST(the_other_horizon_is_what_the_measures_ask_for),
        CLASS_TEST(a_cohort_of_nobody_is_no_error),
        CLASS_TEST(a_cohort_too_large_is_out_of_memory),
        CLASS_TEST(making_a_cohort_reports_every_failed_allocation),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
