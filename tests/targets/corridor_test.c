#include "targets/corridor.h"

#include "targets/small_framework.h"

static struct arena arena;
static const struct framework *fw;

/* 2b (15) to 4b (27) over 12 terms: one point a term. */
static struct trajectory line_of(const char *prior, const char *target)
{
    return trajectory_make(fw, framework_stage(fw, "KS2"), 4, 3, level_of(fw, prior),
            level_of(fw, target));
}

static const struct {
    const char *name;
    int k;
    int32_t below, above;
    int32_t lower, upper;
    const char *lower_grade, *upper_grade;
} milestones[] = {
    { "one sub-level each side", 8, 2000, 2000, 21000, 25000, "3b", "4c" },
    { "at the start", 0, 2000, 2000, 13000, 17000, "2c", "2a" },
    { "at the end", 12, 2000, 2000, 25000, 29000, "4c", "4a" },
    { "uneven", 8, 4000, 1000, 19000, 24000, "3c", "4c" },
    { "no width", 8, 0, 0, 23000, 23000, "3a", "3a" },
    { "below the scale", 0, 20000, 2000, -5000, 17000, "W", "2a" },
};

static void the_milestones_lie_beside_the_line(void **state)
{
    struct trajectory line = line_of("2b", "4b");

    (void)state;
    for (size_t i = 0; i < COUNT(milestones); i++) {
        struct corridor corridor = corridor_at(fw, &line, milestones[i].k,
                (struct corridor_width){ milestones[i].below, milestones[i].above });
        char buffer[VALUE_TEXT_SIZE];

        CHECK_INT(milestones[i].name, corridor.line, 15000 + 1000 * milestones[i].k);
        CHECK_INT(milestones[i].name, corridor.lower, milestones[i].lower);
        CHECK_INT(milestones[i].name, corridor.upper, milestones[i].upper);
        CHECK_TEXT(milestones[i].name, framework_value_text(fw, corridor.lower_grade, buffer),
                milestones[i].lower_grade);
        CHECK_TEXT(milestones[i].name, framework_value_text(fw, corridor.upper_grade, buffer),
                milestones[i].upper_grade);
    }
}

static void without_a_line_there_is_no_corridor(void **state)
{
    struct trajectory line = line_of("", "4b");
    struct corridor corridor = corridor_at(fw, &line, 8, corridor_width_default());

    (void)state;
    CHECK_INT("line", corridor.line, POINTS_NONE);
    CHECK_INT("lower", corridor.lower, POINTS_NONE);
    CHECK_TRUE("grades", !value_is_set(corridor.lower_grade));
    CHECK_INT("place", corridor_place(&corridor, 23000), CORRIDOR_UNKNOWN);
    line = line_of("2b", "4b");
    corridor = corridor_at(fw, &line, 13, corridor_width_default());
    CHECK_INT("after the stage", corridor.upper, POINTS_NONE);
}

static void a_judgement_lies_under_inside_or_over(void **state)
{
    struct trajectory line = line_of("2b", "4b");
    struct corridor corridor = corridor_at(fw, &line, 8, corridor_width_default());

    (void)state;
    CHECK_TEXT("under", corridor_place_words(corridor_place(&corridor, 20999)),
            "below the corridor");
    CHECK_TEXT("on the lower", corridor_place_words(corridor_place(&corridor, 21000)),
            "in the corridor");
    CHECK_TEXT("on the upper", corridor_place_words(corridor_place(&corridor, 25000)),
            "in the corridor");
    CHECK_TEXT("over", corridor_place_words(corridor_place(&corridor, 25001)),
            "above the corridor");
    CHECK_TEXT("nothing", corridor_place_words(corridor_place(&corridor, POINTS_NONE)), "");
}

static void a_width_is_read_and_written(void **state)
{
    static const struct {
        const char *text, *back;
    } widths[] = { { "2", "2 2" }, { "2 4", "2 4" }, { " 1.5  0 ", "1.5 0" },
        { "60 60", "60 60" } };
    struct corridor_width width;
    struct err err = { 0 };
    char buffer[CORRIDOR_TEXT_SIZE];

    (void)state;
    CHECK_TEXT("default", corridor_width_text(corridor_width_default(), buffer), "2 2");
    for (size_t i = 0; i < COUNT(widths); i++) {
        CHECK_OK(widths[i].text, corridor_width_parse(widths[i].text, &width, &err), &err);
        CHECK_TEXT(widths[i].text, corridor_width_text(width, buffer), widths[i].back);
    }
}

static void a_width_that_cannot_be_is_refused(void **state)
{
    static const char *const refused[] = { "", "wide", "-1", "2 -1", "61", "2 2 2", NULL };
    struct corridor_width width = { 7, 7 };
    struct err err = { 0 };

    (void)state;
    for (size_t i = 0; i < COUNT(refused); i++) {
        const char *row = refused[i] == NULL ? "none" : refused[i];

        CHECK_INT(row, corridor_width_parse(refused[i], &width, &err), ERR_INVALID);
        CHECK_HAS(row, err.message, "not the width");
        CHECK_INT(row, width.lower, 7);
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
        TEST(the_milestones_lie_beside_the_line),
        TEST(without_a_line_there_is_no_corridor),
        TEST(a_judgement_lies_under_inside_or_over),
        TEST(a_width_is_read_and_written),
        TEST(a_width_that_cannot_be_is_refused),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
