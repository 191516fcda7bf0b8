#include "analysis/measure.h"

#include <math.h>

#include "analysis/builder.h"

static const struct measure *measure_named(const char *id)
{
    int found = framework_measure(fw, id);

    CHECK_TRUE(id, found >= 0);
    return &fw->measures[found];
}

/*
 * Ten pupils, counted by hand below. Mathematics unless the column says otherwise.
 * met: level 4+ by target; two levels from prior to target.
 *
 *       year prior target now  result        target 4+  2 levels   attainment 4+
 *   1   6    2b    4b     4c                 yes        yes        yes
 *   2   6    2a    4c     3a                 yes        yes        no
 *   3   6    2c    3a     3b   4c            no         no         yes (result)
 *   4   6    3c    5c     4a                 yes        yes        yes
 *   5   6    W     2a     1a                 no         yes        no
 *   6   5    1b    3b     2a                 no         yes        no
 *   7   5          4b     3b                 yes        no prior   no
 *   8   5    2b           3c                 no target  no target  no
 *   9   4    2b    5b     4b                 Year 4 is not asked
 *  10   5    2b    Ab                        no value   no value   no value
 */
static const struct {
    int year;
    const char *prior, *target, *prediction, *now, *result;
    const char *target_reading, *target_writing, *target_english;
} ten[] = {
    { 6, "2b", "4b", "4c", "4c", "", "4b", "4c", "" },
    { 6, "2a", "4c", "", "3a", "", "4c", "3a", "" },
    { 6, "2c", "3a", "", "3b", "4c", "", "", "" },
    { 6, "3c", "5c", "", "4a", "", "5b", "", "3a" },
    { 6, "W", "2a", "3c", "1a", "", "3a", "", "" },
    { 5, "1b", "3b", "", "2a", "", "", "", "" },
    { 5, "", "4b", "", "3b", "", "", "", "" },
    { 5, "2b", "", "", "3c", "", "", "", "" },
    { 4, "2b", "5b", "5b", "4b", "", "5b", "5b", "" },
    { 5, "2b", "Ab", "", "", "", "", "", "" },
};

static void ten_pupils(void)
{
    for (size_t i = 0; i < COUNT(ten); i++)
        class_add(ten[i].year, 3 * (ten[i].year - 2));
    class_ready();
    for (size_t i = 0; i < COUNT(ten); i++) {
        class_set(cohort.prior, i, "MAT", ten[i].prior);
        class_set(cohort.target, i, "MAT", ten[i].target);
        class_set(cohort.prediction, i, "MAT", ten[i].prediction);
        class_set(cohort.now, i, "MAT", ten[i].now);
        class_set(cohort.result, i, "MAT", ten[i].result);
        class_set(cohort.target, i, "REA", ten[i].target_reading);
        class_set(cohort.target, i, "WRI", ten[i].target_writing);
        class_set(cohort.target, i, "ENG", ten[i].target_english);
    }
    cohort_derive(&cohort);
    cohort_reckon(&cohort);
}

static const struct {
    const char *measure;
    enum basis basis;
    int64_t count, of, left_out, printed;
} counts[] = {
    { "ks2-l4-mat", BASIS_TARGET, 4, 7, 2, 57100 },
    { "ks2-l5-mat", BASIS_TARGET, 1, 7, 2, 14300 },
    { "ks2-2lp-mat", BASIS_TARGET, 5, 6, 3, 83300 },
    { "ks2-l4-mat", BASIS_ATTAINMENT, 3, 8, 1, 37500 },
    { "ks2-l4-mat", BASIS_PREDICTION, 1, 2, 7, 50000 },
    /* Of those with a prior: 1 (2 to 4), 3 (2 to 4), no 2, 4, 5, 6, 8. */
    { "ks2-2lp-mat", BASIS_ATTAINMENT, 2, 7, 2, 28600 },
    /* English 26 (level 4) with 4b, 24 (level 4) with 4c, its own 3a with 5c. */
    { "ks2-l4-eng-mat", BASIS_TARGET, 2, 3, 6, 66700 },
    /* Reading: 4b, 4c and 5b of four; pupil 5 has 3a. */
    { "ks2-l4-rea", BASIS_TARGET, 3, 4, 5, 75000 },
    { "ks2-l4-sci", BASIS_TARGET, 0, 0, 9, -1 },
    { "ks1-l2-mat", BASIS_TARGET, 0, 0, 0, -1 },
};

static void ten_pupils_are_counted_as_by_hand(void **state)
{
    (void)state;
    ten_pupils();
    for (size_t i = 0; i < COUNT(counts); i++) {
        struct proportion p =
                measure_count(&cohort, measure_named(counts[i].measure), counts[i].basis, NULL);

        CHECK_INT(counts[i].measure, p.count, counts[i].count);
        CHECK_INT(counts[i].measure, p.of, counts[i].of);
        CHECK_INT(counts[i].measure, p.left_out, counts[i].left_out);
        CHECK_INT(counts[i].measure, proportion_printed(p.count, p.of), counts[i].printed);
        CHECK_INT(counts[i].measure, isnan(p.percent) != 0, counts[i].of == 0);
    }
}

static void only_those_included_are_counted(void **state)
{
    bool include[COUNT(ten)] = { true, false, true, false, false, false, false, true };
    struct proportion p;

    (void)state;
    ten_pupils();
    p = measure_count(&cohort, measure_named("ks2-l4-mat"), BASIS_TARGET, include);
    CHECK_INT("1 of 1 and 3", p.count, 1);
    CHECK_INT("1 and 3", p.of, 2);
    CHECK_INT("8 has none", p.left_out, 1);
}

/* Two whole levels from each start; sub-levels do not count (domain-numbers 1.9). */
static const struct {
    const char *name, *prior, *target;
    int met;
} levels[] = {
    { "W needs 2", "W", "1a", 0 },
    { "W to 2c", "W", "2c", 1 },
    { "1 needs 3", "1b", "2a", 0 },
    { "1 to 3c", "1a", "3c", 1 },
    { "2c needs 4", "2c", "3a", 0 },
    { "2c to 4c", "2c", "4c", 1 },
    { "2a needs 4 as well", "2a", "3a", 0 },
    { "2a to 4c: only 8 points", "2a", "4c", 1 },
    { "3 needs 5", "3", "4a", 0 },
    { "3 to 5c", "3", "5c", 1 },
    { "no prior", "", "5c", -1 },
    { "no target", "2b", "", -1 },
    { "an absence before", "Ab", "5c", -1 },
};

static void two_levels_of_progress_are_whole_levels(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(levels); i++) {
        class_set_up(state);
        class_add(6, 10);
        class_ready();
        class_set(cohort.prior, 0, "MAT", levels[i].prior);
        class_set(cohort.target, 0, "MAT", levels[i].target);
        CHECK_INT(levels[i].name,
                measure_of_pupil(&cohort, measure_named("ks2-2lp-mat"), 0, BASIS_TARGET),
                levels[i].met);
        class_tear_down(state);
    }
    class_set_up(state);
}

/* By hand: the end of Year 4 is k = 6 of 12, half way from prior to target. */
static const struct {
    const char *name;
    int year;
    const char *prior, *target, *year_target, *now, *year_result;
    bool another_horizon;
    int by_target, by_attainment;
} year4[] = {
    { "a Year 4 target in Year 3", 3, "2b", "", "3b", "3c", "", false, 1, 1 },
    { "a Year 4 target in Year 4", 4, "2b", "4b", "2a", "2b", "", false, 0, 0 },
    { "the line: 21 is 3b", 4, "2b", "4b", "", "3c", "2a", false, 1, 0 },
    { "the line: 16 is a tie, 2a", 4, "2c", "3c", "", "2c", "3c", false, 0, 1 },
    { "the line: 18 is a tie, 3c", 3, "2b", "3b", "", "", "", false, 1, -1 },
    { "no line", 3, "", "4b", "", "3b", "", false, -1, 1 },
    { "the year columns are of another stage", 3, "1b", "2a", "5b", "2a", "5b", true, 0, 0 },
    { "Year 5 is not asked", 5, "2b", "4b", "4b", "4b", "4b", false, -1, -1 },
};

static void year_4_is_judged_by_its_target_or_the_line(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(year4); i++) {
        const struct measure *measure;

        class_set_up(state);
        class_add(year4[i].year, 1);
        if (year4[i].another_horizon)
            pupils[0].year_stage = (int16_t)framework_stage(fw, "Y3");
        class_ready();
        class_set(cohort.prior, 0, "MAT", year4[i].prior);
        class_set(cohort.target, 0, "MAT", year4[i].target);
        class_set(cohort.year_target, 0, "MAT", year4[i].year_target);
        class_set(cohort.now, 0, "MAT", year4[i].now);
        class_set(cohort.year_result, 0, "MAT", year4[i].year_result);
        measure = measure_named("y4-l3-mat");
        CHECK_INT(year4[i].name, measure_of_pupil(&cohort, measure, 0, BASIS_TARGET),
                year4[i].by_target);
        CHECK_INT(year4[i].name, measure_of_pupil(&cohort, measure, 0, BASIS_ATTAINMENT),
                year4[i].by_attainment);
        CHECK_INT(year4[i].name, measure_of_pupil(&cohort, measure, 0, BASIS_PREDICTION), -1);
        CHECK_INT(year4[i].name, measure_asks(&cohort, measure, 0), year4[i].year != 5);
        class_tear_down(state);
    }
    class_set_up(state);
}

static void half_terms_give_the_same_year_4(void **state)
{
    struct err err = { 0 };

    (void)state;
    class_add(3, 1);
    class_ready();
    CHECK_OK("half-terms",
            calendar_parse("a 10-25, b 12-31, c 02-15, d 04-15, e 06-01, f 08-31",
                    &cohort.reckoning.calendar, &err),
            &err);
    class_set(cohort.prior, 0, "MAT", "2b");
    class_set(cohort.target, 0, "MAT", "3b");
    CHECK_INT("18 is a tie, 3c",
            measure_of_pupil(&cohort, measure_named("y4-l3-mat"), 0, BASIS_TARGET), 1);
}

static void a_prediction_for_year_4_counts(void **state)
{
    (void)state;
    class_add(4, 4);
    class_ready();
    class_set(cohort.year_prediction, 0, "MAT", "3c");
    CHECK_INT("met", measure_of_pupil(&cohort, measure_named("y4-l3-mat"), 0, BASIS_PREDICTION),
            1);
}

/*
 * Shares of the Level 2 threshold by hand: a GCSE at C or better 20, a short course 10, a
 * BTEC First Diploma 80; 100 is five. 5ac, with both, with English only, with mathematics only.
 */
static const struct {
    const char *name;
    int year;
    const char *english, *maths, *science, *computing, *history;
    int all, both, only_english, only_maths;
} awards[] = {
    { "five good GCSEs", 11, "gcse:C", "gcse:C", "gcse:C", "gcse:C", "gcse:B", 1, 1, 0, 0 },
    { "four of five", 11, "gcse:C", "gcse:C", "gcse:C", "gcse:C", "gcse:D", 0, 0, 0, 0 },
    { "English and a diploma", 11, "gcse:C", "gcse:D", "", "first:Pass", "", 1, 0, 1, 0 },
    { "mathematics and a diploma", 10, "gcse:D", "gcse:A*", "", "first:Merit", "", 1, 0, 0, 1 },
    { "a third below C is C", 11, "gcse:C-", "gcse:C+", "", "first:Pass", "", 1, 1, 0, 0 },
    { "a short course in mathematics is not mathematics", 11, "gcse:C", "short:C", "",
            "first:Pass", "", 1, 0, 1, 0 },
    { "half an award short", 11, "gcse:C", "gcse:C", "gcse:C", "short:C", "gcse:C", 0, 0, 0,
            0 },
    { "two halves make one", 11, "gcse:C", "gcse:C", "short:C", "short:C", "first:Pass", 1, 1,
            0, 0 },
    { "a diploma alone", 11, "", "", "", "first:Pass", "", 0, 0, 0, 0 },
    { "nothing at all still counts", 11, "", "", "", "", "", 0, 0, 0, 0 },
    { "Year 9 is not asked", 9, "gcse:C", "gcse:C", "gcse:C", "gcse:C", "gcse:C", -1, -1, -1,
            -1 },
};

static void set_awards(size_t i)
{
    class_set(cohort.target, i, "ENG", awards[i].english);
    class_set(cohort.target, i, "MAT", awards[i].maths);
    class_set(cohort.target, i, "SCI", awards[i].science);
    class_set(cohort.target, i, "ICT", awards[i].computing);
    class_set(cohort.target, i, "HIS", awards[i].history);
}

static void awards_add_up_to_the_threshold(void **state)
{
    static const char *const ids[] = { "ks4-5ac", "ks4-5ac-em", "ks4-5ac-e", "ks4-5ac-m" };
    static const int64_t totals[] = { 6, 3, 2, 1 };

    (void)state;
    for (size_t i = 0; i < COUNT(awards); i++)
        class_add(awards[i].year, 3);
    class_ready();
    for (size_t i = 0; i < COUNT(awards); i++)
        set_awards(i);
    for (size_t m = 0; m < COUNT(ids); m++) {
        struct proportion p = measure_count(&cohort, measure_named(ids[m]), BASIS_TARGET, NULL);

        for (size_t i = 0; i < COUNT(awards); i++) {
            const int want[] = { awards[i].all, awards[i].both, awards[i].only_english,
                awards[i].only_maths };

            CHECK_INT(awards[i].name,
                    measure_of_pupil(&cohort, measure_named(ids[m]), i, BASIS_TARGET), want[m]);
        }
        CHECK_INT(ids[m], p.count, totals[m]);
        CHECK_INT("everybody in Years 10 and 11", p.of, 10);
        CHECK_INT("nobody is left out", p.left_out, 0);
        CHECK_INT("one has nothing", p.empty, 1);
    }
}

static void awards_by_attainment_are_results_or_likely_grades(void **state)
{
    (void)state;
    class_add(11, 6);
    class_ready();
    class_set(cohort.result, 0, "ENG", "gcse:C");
    class_set(cohort.now, 0, "ENG", "gcse:D");
    class_set(cohort.now, 0, "MAT", "gcse:B");
    class_set(cohort.now, 0, "ICT", "first:Pass");
    CHECK_INT("met",
            measure_of_pupil(&cohort, measure_named("ks4-5ac-em"), 0, BASIS_ATTAINMENT), 1);
    CHECK_INT("no targets",
            measure_of_pupil(&cohort, measure_named("ks4-5ac-em"), 0, BASIS_TARGET), 0);
}

/* A Year 10 pupil whose school's Key Stage 3 runs on: the measure reads the year_ columns. */
static void a_later_stage_counts_what_is_known_of_it(void **state)
{
    (void)state;
    class_add(10, 9);
    class_add(10, 9);
    for (size_t p = 0; p < 2; p++) {
        pupils[p].stage = (int16_t)framework_stage(fw, "KS3");
        pupils[p].year_stage = (int16_t)framework_stage(fw, "KS4");
        pupils[p].stage_years = 4;
    }
    class_ready();
    class_set(cohort.year_target, 0, "ENG", "gcse:C");
    class_set(cohort.year_target, 0, "ICT", "first:Pass");
    class_set(cohort.target, 1, "ENG", "5b");
    class_set(cohort.now, 1, "ENG", "5b");
    CHECK_INT("met", measure_of_pupil(&cohort, measure_named("ks4-5ac"), 0, BASIS_TARGET), 1);
    CHECK_INT("nothing known",
            measure_of_pupil(&cohort, measure_named("ks4-5ac"), 1, BASIS_TARGET), 0);
    CHECK_TRUE("nothing known",
            !measure_has_value(&cohort, measure_named("ks4-5ac"), 1, BASIS_TARGET));
    CHECK_TRUE("levels are no grades",
            !measure_has_value(&cohort, measure_named("ks4-5ac"), 1, BASIS_ATTAINMENT));
}

static void a_basis_has_a_name(void **state)
{
    static const char *const names[] = { "attainment", "target", "prediction" };
    enum basis basis;

    (void)state;
    for (size_t i = 0; i < COUNT(names); i++) {
        CHECK_TRUE(names[i], basis_parse(names[i], &basis));
        CHECK_TEXT(names[i], basis_name(basis), names[i]);
    }
    CHECK_TRUE("unknown", !basis_parse("hope", &basis));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CLASS_TEST(ten_pupils_are_counted_as_by_hand),
        CLASS_TEST(only_those_included_are_counted),
        CLASS_TEST(two_levels_of_progress_are_whole_levels),
        CLASS_TEST(year_4_is_judged_by_its_target_or_the_line),
        CLASS_TEST(half_terms_give_the_same_year_4),
        CLASS_TEST(a_prediction_for_year_4_counts),
        CLASS_TEST(awards_add_up_to_the_threshold),
        CLASS_TEST(awards_by_attainment_are_results_or_likely_grades),
        CLASS_TEST(a_later_stage_counts_what_is_known_of_it),
        CLASS_TEST(a_basis_has_a_name),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
