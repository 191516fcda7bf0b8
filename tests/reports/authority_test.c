#include "analysis/roll_up.h"
#include "base/text.h"
#include "check.h"
#include "reports/build.h"

/*
 * Three schools in one year, nobody supported: 9 of 40, 3 of 30 and 12 of 24 reach the
 * standard. For who may see no single pupil the 3 are hidden, and the 9 beside them: from the
 * whole, 24 of 94, and the 12 the 3 could be worked out. Boys 20 of 50 and girls 4 of 44: both
 * are hidden.
 */
static struct attained schools[] = { { 40, 40, 9 }, { 30, 30, 3 }, { 24, 24, 12 } };
static struct attained girls = { 44, 44, 4 };
static struct attained boys = { 50, 50, 20 };

static struct report *build(struct arena *arena, bool suppress)
{
    static bool tagged[3];
    static int64_t national = 76000;
    static struct roll_up year;
    static struct authority_group groups[] = { { "gender", "F", &girls },
        { "gender", "M", &boys } };
    static struct authority_school listed[] = { { "8064001", "Ash", &tagged[0] },
        { "8064002", "Birch", &tagged[1] }, { "8064003", "Cole", &tagged[2] } };
    static struct authority_measure measure = { "ks2-l4-mat", "Level 4+ in mathematics", "MAT",
        MEASURE_THRESHOLD, &year, &national, schools, groups, 2 };
    static const enum cut by[] = { CUT_GENDER };
    const struct authority authority = { 2007, 1, listed, 3, &measure, 1, false, true };
    const struct frame frame = { .school = "All schools", .by = by, .by_n = 1 };

    year = (struct roll_up){ 0 };
    for (size_t i = 0; i < COUNT(schools); i++) {
        const struct attained one[2] = { schools[i], { 0, 0, 0 } };

        roll_up_school_end(&year, one);
    }
    return build_authority(arena, &frame, &authority, (struct date){ 20080327 }, suppress);
}

static const struct cell *cell(const struct report *report, const char *table, size_t row,
        const char *key)
{
    const struct table *at = report->tables;
    size_t column = 0;

    while (!text_eq(at->name, table))
        at = at->next;
    while (!text_eq(at->columns[column].key, key))
        column++;
    return &at->rows[row].cells[column];
}

static void small_numbers_and_their_neighbours_are_hidden(void **state)
{
    struct arena arena = { 0 };
    struct report *report = build(&arena, true);
    struct err err = { 0 };

    (void)state;
    CHECK_OK("built", report_end(report, &err), &err);
    CHECK_INT("the whole", cell(report, "attainment", 0, "percent_2007")->number, 25500);
    CHECK_INT("its roll", cell(report, "attainment", 0, "roll_2007")->number, 94000);
    CHECK_INT("national", cell(report, "attainment", 1, "percent_2007")->number, 76000);
    CHECK_INT("next smallest", cell(report, "schools", 0, "percent")->state, CELL_SUPPRESSED);
    CHECK_INT("small", cell(report, "schools", 1, "percent")->state, CELL_SUPPRESSED);
    CHECK_INT("small roll", cell(report, "schools", 1, "roll")->state, CELL_SUPPRESSED);
    CHECK_INT("large", cell(report, "schools", 2, "percent")->number, 50000);
    CHECK_INT("girls", cell(report, "groups", 0, "percent_2007")->state, CELL_SUPPRESSED);
    CHECK_INT("boys", cell(report, "groups", 1, "percent_2007")->state, CELL_SUPPRESSED);
    arena_free(&arena);
}

static void who_sees_pupils_sees_all(void **state)
{
    struct arena arena = { 0 };
    struct report *report = build(&arena, false);

    (void)state;
    CHECK_INT("small", cell(report, "schools", 1, "percent")->number, 10000);
    CHECK_INT("girls", cell(report, "groups", 0, "percent_2007")->number, 9100);
    CHECK_INT("boys", cell(report, "groups", 1, "roll_2007")->number, 50000);
    arena_free(&arena);
}

/* Whichever allocation fails, the report says so and nothing is lost. */
static void every_failed_allocation_is_reported(void **state)
{
    (void)state;
    for (long n = 0; n < 400; n++) {
        struct arena arena = { 0 };
        struct err err = { 0 };
        struct report *report;
        enum err_code code;
        bool fired;

        arena_fault(n, 0);
        report = build(&arena, true);
        fired = arena_fault_fired() != 0;
        arena_fault(-1, 0);
        code = report_end(report, &err);
        CHECK_INT("code", code, fired ? ERR_MEMORY : ERR_OK);
        arena_free(&arena);
        if (!fired)
            return;
    }
    CHECK_TRUE("it ends", false);
}

TESTS(TEST(small_numbers_and_their_neighbours_are_hidden), TEST(who_sees_pupils_sees_all),
        TEST(every_failed_allocation_is_reported))
