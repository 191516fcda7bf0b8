#include "targets/trajectory.h"

#include "targets/small_framework.h"

static struct arena arena;
static const struct framework *fw;

static int stage(const char *code)
{
    int found = framework_stage(fw, code);

    CHECK_TRUE(code, found >= 0);
    return found;
}

/* Key Stage 2, four years of three terms. */
static struct trajectory line_of(const char *prior, const char *target)
{
    return trajectory_make(fw, stage("KS2"), 4, 3, level_of(fw, prior), level_of(fw, target));
}

/* By hand: p0 + (pT - p0) x k / N in thousandths, half away from zero (contract 3.3). */
static const struct {
    const char *name, *stage;
    int years, periods;
    const char *prior, *target;
    int k;
    int32_t points;
    const char *nearest, *pair;
} lines[] = {
    { "the start is the prior attainment", "KS2", 4, 3, "2b", "4b", 0, 15000, "2b", "2b" },
    { "one point a term", "KS2", 4, 3, "2b", "4b", 1, 16000, "2a", "2b/2a" },
    { "27 March in Year 5", "KS2", 4, 3, "2b", "4b", 8, 23000, "3a", "3a" },
    { "the end is the target", "KS2", 4, 3, "2b", "4b", 12, 27000, "4b", "4b" },
    { "a tie goes to the higher grade", "KS2", 4, 3, "2b", "4b", 5, 20000, "3b", "3c/3b" },
    { "two thirds of a point up", "KS2", 4, 3, "2b", "4c", 4, 18333, "3c", "2a/3c" },
    { "two thirds are rounded up", "KS2", 4, 3, "2b", "4c", 5, 19167, "3c", "3c/3b" },
    { "half-terms: N is 24", "KS2", 4, 6, "2b", "4b", 1, 15500, "2b", "2b/2a" },
    { "half-terms: half way", "KS2", 4, 6, "2b", "4b", 13, 21500, "3b", "3b/3a" },
    { "Key Stage 3, three years: N is 9", "KS3", 3, 3, "4b", "5b", 4, 29667, "4a", "4a/5c" },
    { "Key Stage 3, two years: N is 6", "KS3", 2, 3, "4b", "5b", 4, 31000, "5c", "5c" },
    { "Key Stage 1: N is 6", "KS1", 2, 3, "1c", "2b", 3, 11000, "1a", "1a" },
    { "a whole level stands at its b", "KS2", 4, 3, "2", "4", 8, 23000, "3a", "3a" },
    { "from W", "KS2", 4, 3, "W", "3b", 2, 6000, "1c", "W/1c" },
    { "a target below the start goes down", "KS2", 4, 3, "4b", "4c", 4, 26333, "4b", "4c/4b" },
    { "a flat line", "KS2", 4, 3, "3b", "3b", 7, 21000, "3b", "3b" },
};

static void a_line_has_a_point_and_a_grade_at_every_period(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(lines); i++) {
        struct trajectory line = trajectory_make(fw, stage(lines[i].stage), lines[i].years,
                lines[i].periods, level_of(fw, lines[i].prior), level_of(fw, lines[i].target));
        struct progress_target nearest =
                trajectory_target(fw, &line, lines[i].k, ROUND_NEAREST);
        struct progress_target pair = trajectory_target(fw, &line, lines[i].k, ROUND_PAIR);
        char buffer[PROGRESS_TEXT_SIZE];

        CHECK_INT(lines[i].name, line.period_n, lines[i].years * lines[i].periods);
        CHECK_TEXT(lines[i].name, line.why_none, NULL);
        CHECK_INT(lines[i].name, trajectory_points(&line, lines[i].k), lines[i].points);
        CHECK_INT(lines[i].name, nearest.points, lines[i].points);
        CHECK_INT(lines[i].name, pair.computed, lines[i].points);
        CHECK_TEXT(lines[i].name, progress_target_text(fw, &nearest, buffer), lines[i].nearest);
        CHECK_TEXT(lines[i].name, progress_target_text(fw, &pair, buffer), lines[i].pair);
    }
}

/* 0.0005 up and down: the third decimal is rounded away from zero on both sides. */
static void a_half_thousandth_is_rounded_away_from_zero(void **state)
{
    struct trajectory line = { .period_n = 2 };

    (void)state;
    line.prior.points = 0;
    line.target.points = 1;
    CHECK_INT("up", trajectory_points(&line, 1), 1);
    line.target.points = -1;
    CHECK_INT("down", trajectory_points(&line, 1), -1);
    line.prior.points = INT32_MAX;
    line.target.points = -INT32_MAX;
    CHECK_INT("the widest line", trajectory_points(&line, 1), 0);
}

static void outside_the_stage_there_is_no_point(void **state)
{
    struct trajectory line = line_of("2b", "4b");
    struct progress_target target = trajectory_target(fw, &line, 13, ROUND_NEAREST);
    char buffer[PROGRESS_TEXT_SIZE];

    (void)state;
    CHECK_INT("before", trajectory_points(&line, -1), POINTS_NONE);
    CHECK_INT("after", trajectory_points(&line, 13), POINTS_NONE);
    CHECK_INT("target", target.points, POINTS_NONE);
    CHECK_INT("target", target.computed, POINTS_NONE);
    CHECK_TEXT("target", progress_target_text(fw, &target, buffer), "");
}

static const struct {
    const char *name, *stage, *scale, *prior, *target;
    enum no_line why;
    const char *short_reason, *reason;
} none[] = {
    { "no prior", "KS2", "nc", "", "4b", LINE_NO_PRIOR,
            "no result of the previous key stage in this subject",
            "no Key Stage 1 result in this subject" },
    { "absent", "KS2", "nc", "Ab", "4b", LINE_NO_PRIOR,
            "no result of the previous key stage in this subject",
            "no Key Stage 1 result in this subject" },
    { "no target", "KS2", "nc", "2b", "", LINE_NO_TARGET,
            "no target for the end of the key stage", "no target for the end of Key Stage 2" },
    { "another scale", "KS1", "fsp", "6", "2b", LINE_TWO_SCALES,
            "the prior result and the target are on different scales",
            "the Foundation Stage result and the target are on different scales" },
    { "Key Stage 4", "KS4", "nc", "4b", "5b", LINE_NOT_USED,
            "this key stage has no line: the likely grade is compared with the target",
            "Key Stage 4 has no line: the likely grade is compared with the target" },
    { "no stage before", "FSP", "nc", "", "", LINE_NOT_USED,
            "this key stage has no line: the likely grade is compared with the target",
            "Foundation Stage has no line: the likely grade is compared with the target" },
    { "no stage", NULL, "nc", "2b", "4b", LINE_NO_STAGE, "this year group is in no key stage",
            "this year group is in no key stage" },
};

static void without_a_line_a_sentence_says_why(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(none); i++) {
        int of = none[i].stage == NULL ? -1 : stage(none[i].stage);
        struct trajectory line = trajectory_make(fw, of, 4, 3,
                grade_of(fw, none[i].scale, none[i].prior), level_of(fw, none[i].target));
        struct progress_target target = trajectory_target(fw, &line, 1, ROUND_PAIR);
        char buffer[TRAJECTORY_WHY_SIZE];

        CHECK_INT(none[i].name, line.period_n, 0);
        CHECK_INT(none[i].name, line.why, none[i].why);
        CHECK_TEXT(none[i].name, line.why_none, none[i].short_reason);
        CHECK_TEXT(none[i].name, trajectory_why(fw, &line, of, buffer), none[i].reason);
        CHECK_INT(none[i].name, trajectory_points(&line, 1), POINTS_NONE);
        CHECK_TRUE(none[i].name, !value_is_set(target.lower) && !value_is_set(target.upper));
    }
}

static void a_drawn_line_has_no_reason(void **state)
{
    struct trajectory line = line_of("2b", "4b");
    char buffer[TRAJECTORY_WHY_SIZE];

    (void)state;
    CHECK_TEXT("drawn", trajectory_why(fw, &line, stage("KS2"), buffer), "");
    line = trajectory_make(fw, stage("KS2"), 0, 3, level_of(fw, "2b"), level_of(fw, "4b"));
    CHECK_INT("a stage of no years", line.why, LINE_NO_STAGE);
}

static void an_adjustment_replaces_the_point_and_both_are_kept(void **state)
{
    struct trajectory line = line_of("2b", "4b");
    struct progress_target target =
            trajectory_adjusted(fw, &line, 8, ROUND_PAIR, level_of(fw, "3b"));
    char buffer[PROGRESS_TEXT_SIZE];

    (void)state;
    CHECK_TRUE("adjusted", target.adjusted);
    CHECK_INT("the person's", target.points, 21000);
    CHECK_INT("the line's", target.computed, 23000);
    CHECK_TEXT("one grade", progress_target_text(fw, &target, buffer), "3b");
}

static void an_adjustment_that_says_nothing_is_passed_over(void **state)
{
    struct trajectory line = line_of("2b", "4b");
    struct progress_target target;

    (void)state;
    target = trajectory_adjusted(fw, &line, 8, ROUND_NEAREST, VALUE_NONE);
    CHECK_TRUE("none", !target.adjusted && target.points == 23000);
    target = trajectory_adjusted(fw, &line, 8, ROUND_NEAREST, level_of(fw, "Ab"));
    CHECK_TRUE("absent", !target.adjusted && target.points == 23000);
    target = trajectory_adjusted(fw, &line, 8, ROUND_NEAREST, grade_of(fw, "gcse", "C"));
    CHECK_TRUE("another scale", !target.adjusted && target.points == 23000);
}

static void an_adjustment_stands_alone_without_a_line(void **state)
{
    struct trajectory line = line_of("", "4b");
    struct progress_target target =
            trajectory_adjusted(fw, &line, 8, ROUND_NEAREST, level_of(fw, "3b"));

    (void)state;
    CHECK_TRUE("adjusted", target.adjusted);
    CHECK_INT("the person's", target.points, 21000);
    CHECK_INT("no line", target.computed, POINTS_NONE);
}

/* Ladder steps by hand: 3c 7, 3b 8, 3a 9, 4c 10; C- 15, C 16, C+ 17, B 19, A 22. */
static const struct {
    const char *name, *scale, *lower, *upper, *now;
    bool known;
    int steps;
} steps[] = {
    { "below a pair: from its lower end", "nc", "3b", "3a", "3c", true, -1 },
    { "the lower end is inside", "nc", "3b", "3a", "3b", true, 0 },
    { "the upper end is inside", "nc", "3b", "3a", "3a", true, 0 },
    { "above a pair: from its upper end", "nc", "3b", "3a", "4c", true, 1 },
    { "far below one grade", "nc", "4c", "4c", "2a", true, -4 },
    { "a whole level stands at its b", "nc", "3a", "3a", "3", true, -1 },
    { "whole grades count as one", "gcse", "A", "A", "C", true, -2 },
    { "a third against a whole grade", "gcse", "C", "C", "C-", true, -1 },
    { "a whole grade against a third", "gcse", "B-", "B-", "A", true, 4 },
    { "nothing now", "nc", "3b", "3a", "", false, 0 },
    { "absent now", "nc", "3b", "3a", "Ab", false, 0 },
    { "no target", "nc", "", "", "3b", false, 0 },
};

static void steps_count_from_the_nearer_end(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(steps); i++) {
        struct progress_target target = {
            .lower = grade_of(fw, steps[i].scale, steps[i].lower),
            .upper = grade_of(fw, steps[i].scale, steps[i].upper),
        };
        int found = 99;

        CHECK_INT(steps[i].name,
                progress_target_steps(fw, grade_of(fw, steps[i].scale, steps[i].now), &target,
                        &found),
                steps[i].known);
        CHECK_INT(steps[i].name, found, steps[i].known ? steps[i].steps : 99);
    }
}

static int set_up(void **state)
{
    (void)state;
    fw = small_framework(&arena);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_line_has_a_point_and_a_grade_at_every_period),
        TEST(a_half_thousandth_is_rounded_away_from_zero),
        TEST(outside_the_stage_there_is_no_point),
        TEST(without_a_line_a_sentence_says_why),
        TEST(a_drawn_line_has_no_reason),
        TEST(an_adjustment_replaces_the_point_and_both_are_kept),
        TEST(an_adjustment_that_says_nothing_is_passed_over),
        TEST(an_adjustment_stands_alone_without_a_line),
        TEST(steps_count_from_the_nearer_end),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
