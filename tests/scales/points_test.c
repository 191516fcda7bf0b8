/* The points are those of domain-numbers 1.1 to 1.4, 2.1, 2.2 and 2.4, typed in from there. */
#include "england.h"

static const struct {
    const char *scale, *grade;
    int points, step, level; /* points in thousandths; step 99: none */
} levels[] = {
    { "nc", "W", 3000, 0, 0 },
    { "nc", "1c", 7000, 1, 1 },
    { "nc", "1b", 9000, 2, 1 },
    { "nc", "1a", 11000, 3, 1 },
    { "nc", "1", 9000, 2, 1 },
    { "nc", "2c", 13000, 4, 2 },
    { "nc", "2b", 15000, 5, 2 },
    { "nc", "2a", 17000, 6, 2 },
    { "nc", "2", 15000, 5, 2 },
    { "nc", "3c", 19000, 7, 3 },
    { "nc", "3b", 21000, 8, 3 },
    { "nc", "3a", 23000, 9, 3 },
    { "nc", "3", 21000, 8, 3 },
    { "nc", "4c", 25000, 10, 4 },
    { "nc", "4b", 27000, 11, 4 },
    { "nc", "4a", 29000, 12, 4 },
    { "nc", "4", 27000, 11, 4 },
    { "nc", "5c", 31000, 13, 5 },
    { "nc", "5b", 33000, 14, 5 },
    { "nc", "5a", 35000, 15, 5 },
    { "nc", "5", 33000, 14, 5 },
    { "nc", "6c", 37000, 16, 6 },
    { "nc", "6b", 39000, 17, 6 },
    { "nc", "6a", 41000, 18, 6 },
    { "nc", "6", 39000, 17, 6 },
    { "nc", "7c", 43000, 19, 7 },
    { "nc", "7b", 45000, 20, 7 },
    { "nc", "7a", 47000, 21, 7 },
    { "nc", "7", 45000, 20, 7 },
    { "nc", "8c", 49000, 22, 8 },
    { "nc", "8b", 51000, 23, 8 },
    { "nc", "8a", 53000, 24, 8 },
    { "nc", "8", 51000, 23, 8 },
    { "nc", "EP", 57000, 25, 9 },
    { "nc-ks2", "B", 15000, 99, 0 },
    { "nc-ks2", "N", 15000, 99, 0 },
    { "nc-ks3", "B", 15000, 99, 0 },
    { "nc-ks3", "N", 15000, 99, 0 },
    { "nc-ks3-english", "B", 21000, 99, 0 },
    { "nc-ks3-english", "N", 21000, 99, 0 },
    { "p", "P1i", 500, -10, 0 },
    { "p", "P1ii", 700, -9, 0 },
    { "p", "P2i", 900, -8, 0 },
    { "p", "P2ii", 1100, -7, 0 },
    { "p", "P3i", 1300, -6, 0 },
    { "p", "P3ii", 1500, -5, 0 },
    { "p", "P4", 2000, -4, 0 },
    { "p", "P5", 3000, -3, 0 },
    { "p", "P6", 4000, -2, 0 },
    { "p", "P7", 5000, -1, 0 },
    { "p", "P8", 6000, 0, 0 },
    /* P4 2 + 1/5 of the way to P5 3, and so on. */
    { "pivats", "P4e", 2200, -4, 0 },
    { "pivats", "P4a", 3000, -4, 0 },
    { "pivats", "P5d", 3400, -3, 0 },
    { "pivats", "P8e", 6200, 0, 0 },
    { "pivats", "1Ce", 7400, 1, 1 },
    { "pivats", "1Cb", 8600, 1, 1 },
    { "pivats", "3Aa", 25000, 9, 3 },
    /* 6 x 4.49 = 26.94, [26, 28) is 4b; 5.46 is 32.76, [32, 34) is 5b; 4.33 is 25.98, 4c. */
    { "nc-decimal", "4.49", 26940, 11, 4 },
    { "nc-decimal", "5.46", 32760, 14, 5 },
    { "nc-decimal", "4.33", 25980, 10, 4 },
    { "nc-decimal", "4.0", 24000, 10, 4 },
    { "nc-decimal", "4.99", 29940, 12, 4 },
    { "nc-decimal", "1.0", 6000, 1, 1 },
};

static void levels_have_the_points_and_steps_of_the_tables(void **state)
{
    struct arena arena = { 0 };
    const struct framework *fw = england(&arena);

    (void)state;
    for (size_t i = 0; i < COUNT(levels); i++) {
        struct value value = england_grade(fw, levels[i].scale, levels[i].grade);
        int step = framework_step(fw, value);

        CHECK_INT(levels[i].grade, value.points, levels[i].points);
        CHECK_INT(levels[i].grade, step, levels[i].step == 99 ? STEP_NONE : levels[i].step);
        CHECK_INT(levels[i].grade, framework_level(fw, value), levels[i].level);
    }
    arena_free(&arena);
}

static const struct {
    const char *scale, *grade;
    int points, level2, level1, size;
} awards[] = {
    { "gcse", "A*", 58000, 20, 20, 1000 },
    { "gcse", "A", 52000, 20, 20, 1000 },
    { "gcse", "B", 46000, 20, 20, 1000 },
    { "gcse", "C", 40000, 20, 20, 1000 },
    { "gcse", "D", 34000, 0, 20, 1000 },
    { "gcse", "E", 28000, 0, 20, 1000 },
    { "gcse", "F", 22000, 0, 20, 1000 },
    { "gcse", "G", 16000, 0, 20, 1000 },
    { "gcse", "U", 0, 0, 0, 1000 },
    { "gcse-thirds", "C-", 38000, 20, 20, 1000 },
    { "gcse-thirds", "C", 40000, 20, 20, 1000 },
    { "gcse-thirds", "C+", 42000, 20, 20, 1000 },
    { "gcse-thirds", "D+", 36000, 0, 20, 1000 },
    { "gcse-short", "A*", 29000, 10, 10, 500 },
    { "gcse-short", "C", 20000, 10, 10, 500 },
    { "gcse-short", "D", 17000, 0, 10, 500 },
    { "gcse-short", "G", 8000, 0, 10, 500 },
    { "gcse-double", "A*A*", 116000, 40, 40, 2000 },
    { "gcse-double", "A*A", 110000, 40, 40, 2000 },
    { "gcse-double", "AA", 104000, 40, 40, 2000 },
    { "gcse-double", "CC", 80000, 40, 40, 2000 },
    { "gcse-double", "CD", 74000, 20, 40, 2000 },
    { "gcse-double", "DD", 68000, 0, 40, 2000 },
    { "gcse-double", "GG", 32000, 0, 40, 2000 },
    { "gcse-2003", "A*", 8000, 20, 20, 1000 },
    { "gcse-2003", "C", 5000, 20, 20, 1000 },
    { "gcse-2003", "G", 1000, 0, 20, 1000 },
    { "btec-diploma", "D*", 232000, 80, 80, 4000 },
    { "btec-diploma", "P", 160000, 80, 80, 4000 },
    { "btec-extended", "M", 92000, 40, 40, 2000 },
    { "btec-certificate", "D", 52000, 20, 20, 1000 },
    { "btec-first-diploma", "M", 196000, 80, 80, 4000 },
    { "btec-first", "D", 110000, 40, 40, 2000 },
    { "ocr-award", "P", 80000, 40, 40, 2000 },
    { "gnvq-foundation", "D", 136000, 0, 80, 4000 },
    { "gnvq-intermediate-2003", "M", 24000, 80, 80, 4000 },
    { "gnvq-part-one-foundation", "D", 8000, 0, 40, 2000 },
    { "gnvq-language-intermediate", "P", 3500, 10, 10, 500 },
    { "cida", "M", 98000, 40, 40, 2000 },
    { "aida", "D", 55000, 20, 20, 1000 },
    { "cope-2", "P", 46000, 20, 20, 1000 },
    { "cope-1", "P", 25000, 0, 20, 1000 },
    { "key-skills", "L1", 12500, 0, 10, 500 },
    { "entry-level", "E3", 14000, 0, 0, 1000 },
    { "as-level", "A", 135000, 40, 40, 2000 },
    { "a-level", "A*", 300000, 0, 0, 0 },
};

static void awards_have_their_points_sizes_and_shares(void **state)
{
    struct arena arena = { 0 };
    const struct framework *fw = england(&arena);

    (void)state;
    for (size_t i = 0; i < COUNT(awards); i++) {
        struct value value = england_grade(fw, awards[i].scale, awards[i].grade);
        const struct grade *grade = &fw->grades[value.grade];

        CHECK_INT(awards[i].scale, value.points, awards[i].points);
        CHECK_INT(awards[i].scale, grade->level2, awards[i].level2);
        CHECK_INT(awards[i].scale, grade->level1, awards[i].level1);
        CHECK_INT(awards[i].scale, fw->scales[value.scale].size, awards[i].size);
    }
    arena_free(&arena);
}

static const struct {
    const char *grade;
    int level;
} gcse_levels[] = { { "A*", 10 }, { "A", 9 }, { "B", 8 }, { "C", 7 }, { "D", 6 }, { "E", 5 },
    { "F", 4 }, { "G", 3 }, { "U", 0 } };

static void gcse_grades_continue_the_ladder_of_levels(void **state)
{
    struct arena arena = { 0 };
    const struct framework *fw = england(&arena);

    (void)state;
    for (size_t i = 0; i < COUNT(gcse_levels); i++) {
        struct value value = england_grade(fw, "gcse", gcse_levels[i].grade);
        struct value third = england_grade(fw, "gcse-thirds", gcse_levels[i].grade);

        CHECK_INT(gcse_levels[i].grade, framework_level(fw, value), gcse_levels[i].level);
        CHECK_INT(gcse_levels[i].grade, framework_level(fw, third), gcse_levels[i].level);
        CHECK_INT(gcse_levels[i].grade, framework_step(fw, third), framework_step(fw, value));
        CHECK_INT(gcse_levels[i].grade, third.points, value.points);
    }
    arena_free(&arena);
}

static const struct {
    const char *row, *metric;
    int points, level;
} bands[] = {
    /* domain-numbers 1.9: under 6 W, 6 to under 12 level 1, ... 24 and more level 4. */
    { "just below level 1", "nc", 5999, 0 },
    { "level 1 begins", "nc", 6000, 1 },
    { "just below level 2", "nc", 11999, 1 },
    { "level 2 begins", "nc", 12000, 2 },
    { "mean of 2a and 3c", "nc", 18000, 3 },
    { "level 4 begins", "nc", 24000, 4 },
    { "W", "nc", 3000, 0 },
    { "a GCSE C", "gcse", 40000, 7 },
    { "a low C", "gcse", 38000, 7 },
    { "just below it", "gcse", 37999, 6 },
    { "a metric nobody defined", "nonsense", 24000, LEVEL_NONE },
    { "a metric without levels", "cat-sas", 100000, LEVEL_NONE },
    { "no points", "nc", POINTS_NONE, LEVEL_NONE },
};

static void points_have_the_level_of_their_band(void **state)
{
    struct arena arena = { 0 };
    const struct framework *fw = england(&arena);

    (void)state;
    for (size_t i = 0; i < COUNT(bands); i++)
        CHECK_INT(bands[i].row, framework_level_of_points(fw, bands[i].metric, bands[i].points),
                bands[i].level);
    arena_free(&arena);
}

static void an_outcome_without_a_level_counts_as_level_2_only_as_prior_attainment(void **state)
{
    struct arena arena = { 0 };
    const struct framework *fw = england(&arena);
    struct value n = england_grade(fw, "nc-ks2", "N");

    (void)state;
    CHECK_INT("now", framework_level(fw, n), 0);
    CHECK_INT("as prior attainment", framework_prior_level(fw, n), 2);
    CHECK_INT("a level is itself", framework_prior_level(fw, england_grade(fw, "nc", "3a")), 3);
    CHECK_INT("a status", framework_prior_level(fw, england_grade(fw, "nc", "A")), LEVEL_NONE);
    CHECK_INT("nothing", framework_prior_level(fw, VALUE_NONE), LEVEL_NONE);
    arena_free(&arena);
}

TESTS(TEST(levels_have_the_points_and_steps_of_the_tables),
        TEST(awards_have_their_points_sizes_and_shares),
        TEST(gcse_grades_continue_the_ladder_of_levels),
        TEST(points_have_the_level_of_their_band),
        TEST(an_outcome_without_a_level_counts_as_level_2_only_as_prior_attainment))
