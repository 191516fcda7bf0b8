/* Expected rungs are worked out from the points of domain-numbers 1.2, 1.3 and 2.1. */
#include "england.h"

static struct value named(const struct framework *fw, const char *scale, const char *grade)
{
    return scale == NULL ? VALUE_NONE : england_grade(fw, scale, grade);
}

static const struct {
    const char *row, *like_scale, *like, *also_scale, *also;
    int points;
    const char *nearest, *lower, *upper;
} rungs[] = {
    { "on a rung", "nc", "4b", NULL, NULL, 27000, "4b", "4b", "4b" },
    { "below the middle", "nc", "4b", NULL, NULL, 25999, "4c", "4c", "4b" },
    { "a tie goes to the higher", "nc", "4b", NULL, NULL, 26000, "4b", "4c", "4b" },
    { "a tie between levels", "nc", "4", NULL, NULL, 24000, "4c", "3a", "4c" },
    { "23 points are 3a, not 4c", "nc", "4b", "nc", "2b", 23000, "3a", "3a", "3a" },
    { "an undivided level is no rung", "nc", "3", NULL, NULL, 21000, "3b", "3b", "3b" },
    { "below the ladder", "nc", "4b", NULL, NULL, -5000, "W", "W", "W" },
    { "above the ladder", "nc", "4b", NULL, NULL, 90000, "EP", "EP", "EP" },
    { "between W and 1c", "nc", "1b", NULL, NULL, 4999, "W", "W", "1c" },
    { "the tie of W and 1c", "nc", "1b", NULL, NULL, 5000, "1c", "W", "1c" },
    { "P levels join in", "nc", "1b", "p", "P4", 5000, "P7", "P7", "P7" },
    { "P5 is better than W at 3 points", "nc", "1b", "p", "P4", 3000, "P5", "P5", "P5" },
    { "and the other way round", "p", "P4", "nc", "1b", 3000, "P5", "P5", "P5" },
    { "from P8 to 1c", "nc", "1b", "p", "P4", 6500, "1c", "P8", "1c" },
    { "P levels do not hinder levels", "nc", "4b", "p", "P4", 26000, "4b", "4c", "4b" },
    { "PIVATS stones", "pivats", "P5c", NULL, NULL, 3300, "P5d", "P5e", "P5d" },
    { "decimals borrow sub-levels", "nc-decimal", "4.5", NULL, NULL, 26940, "4b", "4c", "4b" },
    { "decimal and level together", "nc-decimal", "4.5", "nc", "2b", 31000, "5c", "5c", "5c" },
    { "another metric does not mix", "nc", "4b", "gcse", "C", 40000, "6a", "6b", "6a" },
    { "whole grades", "gcse", "C", NULL, NULL, 43000, "B", "C", "B" },
    { "just under", "gcse", "C", NULL, NULL, 42999, "C", "C", "B" },
    { "thirds", "gcse-thirds", "C+", NULL, NULL, 43000, "B-", "C+", "B-" },
    { "whole grades and thirds", "gcse", "C", "gcse-thirds", "B-", 43000, "B-", "C+", "B-" },
    { "the first scale's C", "gcse-thirds", "C+", "gcse", "C", 40000, "C", "C", "C" },
    { "U and G, 16 apart", "gcse", "E", NULL, NULL, 7999, "U", "U", "G" },
    { "a number without a ladder", "cat-sas", "100", NULL, NULL, 103500, "104", "104", "104" },
    { "a number below its range", "cat-sas", "100", NULL, NULL, 1000, "59", "59", "59" },
    { "a number above its range", "cat-sas", "100", NULL, NULL, 200000, "141", "141", "141" },
    { "a negative number", "normal-score", "1", NULL, NULL, -1234, "-1.234", "-1.234",
            "-1.234" },
    { "a raw mark has none", "raw", "50", NULL, NULL, 50000, "", "", "" },
    { "like no value", NULL, NULL, "nc", "4b", 27000, "", "", "" },
    { "no points", "nc", "4b", NULL, NULL, POINTS_NONE, "", "", "" },
    { "a scale without rungs of its own", "nc-ks2", "N", NULL, NULL, 27000, "4b", "4b", "4b" },
};

static void points_have_a_nearest_rung_and_two_neighbours(void **state)
{
    struct arena arena = { 0 };
    const struct framework *fw = england(&arena);

    (void)state;
    for (size_t i = 0; i < COUNT(rungs); i++) {
        struct value like = named(fw, rungs[i].like_scale, rungs[i].like);
        struct value also = named(fw, rungs[i].also_scale, rungs[i].also);
        struct value lower = VALUE_NONE;
        struct value upper = VALUE_NONE;
        char buffer[VALUE_TEXT_SIZE];

        CHECK_TEXT(rungs[i].row,
                framework_value_text(fw, framework_nearest(fw, like, also, rungs[i].points),
                        buffer),
                rungs[i].nearest);
        framework_pair(fw, like, also, rungs[i].points, &lower, &upper);
        CHECK_TEXT(rungs[i].row, framework_value_text(fw, lower, buffer), rungs[i].lower);
        CHECK_TEXT(rungs[i].row, framework_value_text(fw, upper, buffer), rungs[i].upper);
    }
    arena_free(&arena);
}

static void of_equal_rungs_the_one_of_the_first_scale_is_taken(void **state)
{
    struct arena arena = { 0 };
    const struct framework *fw = england(&arena);
    struct value whole = england_grade(fw, "gcse", "C");
    struct value third = england_grade(fw, "gcse-thirds", "C+");

    (void)state;
    CHECK_INT("whole", framework_nearest(fw, whole, third, 40000).scale, whole.scale);
    CHECK_INT("third", framework_nearest(fw, third, whole, 40000).scale, third.scale);
    arena_free(&arena);
}

enum {
    NO_STEPS = 99
};

static const struct {
    const char *row, *a_scale, *a, *b_scale, *b;
    int steps;
    const char *word;
} steps[] = {
    { "the same", "nc", "4b", "nc", "4b", 0, "sub-levels" },
    { "one up", "nc", "4a", "nc", "4b", 1, "sub-level" },
    { "one down", "nc", "4c", "nc", "4b", -1, "sub-level" },
    { "two down, across a level", "nc", "3a", "nc", "4b", -2, "sub-levels" },
    { "an undivided level stands at its b", "nc", "4", "nc", "4a", -1, "sub-level" },
    { "P8 to 1c", "nc", "1c", "p", "P8", 1, "sub-level" },
    { "P5 to 1b", "p", "P5", "nc", "1b", -5, "sub-levels" },
    { "a decimal at the sub-level of its band", "nc-decimal", "4.49", "nc", "4c", 1,
            "sub-level" },
    { "two decimals in one band", "nc-decimal", "4.35", "nc-decimal", "4.6", 0, "sub-levels" },
    { "stones of one level", "pivats", "P5a", "pivats", "P5e", 0, "sub-levels" },
    { "a test without a level has no step", "nc-ks2", "N", "nc", "4b", NO_STEPS, "" },
    { "absent", "nc", "A", "nc", "4b", NO_STEPS, "" },
    { "whole grades", "gcse", "B", "gcse", "D", 2, "grades" },
    { "one whole grade", "gcse", "B", "gcse", "C", 1, "grade" },
    { "U is one below G", "gcse", "U", "gcse", "G", -1, "grade" },
    { "thirds", "gcse-thirds", "C+", "gcse-thirds", "C-", 2, "thirds of a grade" },
    { "a third against a whole grade", "gcse-thirds", "C+", "gcse", "C", 1,
            "third of a grade" },
    { "a whole grade against a third", "gcse", "B", "gcse-thirds", "C+", 2,
            "thirds of a grade" },
    { "secure is the whole grade", "gcse-thirds", "C", "gcse", "C", 0, "thirds of a grade" },
    { "short course", "gcse-short", "A*", "gcse-short", "C", 3, "grades" },
    { "double award", "gcse-double", "BB", "gcse-double", "CC", 2, "half grades" },
    { "a BTEC", "btec-first", "D", "btec-first", "P", 2, "grades" },
    { "different measures", "nc", "4b", "gcse", "C", NO_STEPS, "" },
    { "scores have no steps", "cat-sas", "100", "cat-sas", "90", NO_STEPS, "" },
    { "nothing", NULL, NULL, "nc", "4b", NO_STEPS, "" },
};

static void steps_count_in_the_finer_unit(void **state)
{
    struct arena arena = { 0 };
    const struct framework *fw = england(&arena);

    (void)state;
    for (size_t i = 0; i < COUNT(steps); i++) {
        struct value a = named(fw, steps[i].a_scale, steps[i].a);
        struct value b = named(fw, steps[i].b_scale, steps[i].b);
        int got = NO_STEPS;
        int back = NO_STEPS;

        CHECK_INT(steps[i].row, framework_steps(fw, a, b, &got), steps[i].steps != NO_STEPS);
        CHECK_INT(steps[i].row, got, steps[i].steps);
        CHECK_TEXT(steps[i].row, framework_step_word(fw, a, b, got), steps[i].word);
        if (framework_steps(fw, b, a, &back))
            CHECK_INT(steps[i].row, back, -got);
    }
    arena_free(&arena);
}

static void only_points_of_one_metric_are_comparable(void **state)
{
    struct arena arena = { 0 };
    const struct framework *fw = england(&arena);
    struct value level = england_grade(fw, "nc", "4b");

    (void)state;
    CHECK_TRUE("level and decimal",
            framework_comparable(fw, level, england_grade(fw, "nc-decimal", "4.5")));
    CHECK_TRUE("level and P level",
            framework_comparable(fw, england_grade(fw, "p", "P5"), level));
    CHECK_TRUE("level and grade",
            !framework_comparable(fw, level, england_grade(fw, "gcse", "C")));
    CHECK_TRUE("CAT and WRAT", !framework_comparable(fw, england_grade(fw, "cat-sas", "100"),
                                       england_grade(fw, "wrat", "100")));
    CHECK_TRUE("a raw mark and itself", !framework_comparable(fw, england_grade(fw, "raw", "5"),
                                                england_grade(fw, "raw", "5")));
    CHECK_TRUE("nothing", !framework_comparable(fw, VALUE_NONE, VALUE_NONE));
    CHECK_TRUE("no metric of nothing", framework_metric_of(fw, VALUE_NONE) == NULL);
    CHECK_TEXT("its metric", framework_metric_of(fw, level)->code, "nc");
    arena_free(&arena);
}

static const struct {
    const char *text;
    int year;
} years[] = { { "N1", -2 }, { "n2", -1 }, { "R", 0 }, { "r", 0 }, { "1", 1 }, { "9", 9 },
    { "10", 10 }, { "13", 13 } };

static void school_years_are_read_and_written(void **state)
{
    static const char *const wrong[] = { "", "0", "14", "01", "N3", "Y5", "5 ", "-1", NULL };
    int year = 77;

    (void)state;
    for (size_t i = 0; i < COUNT(years); i++) {
        CHECK_TRUE(years[i].text, framework_year_parse(years[i].text, &year));
        CHECK_INT(years[i].text, year, years[i].year);
    }
    CHECK_TEXT("R", framework_year_text(0), "R");
    CHECK_TEXT("N1", framework_year_text(-2), "N1");
    CHECK_TEXT("13", framework_year_text(13), "13");
    CHECK_TEXT("out of range", framework_year_text(14), "");
    CHECK_TEXT("below", framework_year_text(-3), "");
    for (size_t i = 0; i < COUNT(wrong); i++)
        CHECK_TRUE("wrong", !framework_year_parse(wrong[i], &year));
    CHECK_INT("untouched", year, 13);
}

TESTS(TEST(points_have_a_nearest_rung_and_two_neighbours),
        TEST(of_equal_rungs_the_one_of_the_first_scale_is_taken),
        TEST(steps_count_in_the_finer_unit), TEST(only_points_of_one_metric_are_comparable),
        TEST(school_years_are_read_and_written))
