#include "reports/render/paper.h"

#include "check.h"
#include "sample.h"

static void thousandths_round_half_away_from_zero(void **state)
{
    static const struct {
        const char *name;
        int64_t milli;
        int places;
        int64_t want;
    } rows[] = {
        { "down", 1049, 1, 1000 },
        { "half up", 1050, 1, 1100 },
        { "half of a whole", 500, 0, 1000 },
        { "below nought, half", -1050, 1, -1100 },
        { "below nought, less", -1049, 1, -1000 },
        { "below nought, to nought", -49, 1, 0 },
        { "hundredths", 1235, 2, 1240 },
        { "nothing to do", 1235, 3, 1235 },
        { "a third of a sub-level", -333, 1, -300 },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        CHECK_INT(rows[i].name, paper_round(rows[i].milli, rows[i].places), rows[i].want);
}

static void a_cell_is_written_for_a_person(void **state)
{
    static const struct {
        const char *name;
        struct column column;
        struct cell cell;
        const char *want;
    } rows[] = {
        { "text", { .type = COLUMN_TEXT }, { CELL_SET, "4b", 0 }, "4b" },
        { "text without letters", { .type = COLUMN_TEXT }, { CELL_SET, NULL, 0 }, "–" },
        { "grade", { .type = COLUMN_GRADE }, { CELL_SET, "A*", 0 }, "A*" },
        { "missing", { .type = COLUMN_INTEGER }, { CELL_MISSING, NULL, 0 }, "–" },
        { "missing, and why", { .type = COLUMN_GRADE }, { CELL_MISSING, "absent", 0 },
                "– absent" },
        { "hidden", { .type = COLUMN_PERCENT }, { CELL_SUPPRESSED, NULL, 5 }, "c" },
        { "whole number", { .type = COLUMN_INTEGER }, { CELL_SET, NULL, 57000 }, "57" },
        { "nought", { .type = COLUMN_INTEGER, .signed_ = true }, { CELL_SET, NULL, 0 }, "0" },
        { "steps", { .type = COLUMN_INTEGER, .signed_ = true }, { CELL_SET, NULL, -2000 },
                "−2" },
        { "number", { .type = COLUMN_NUMBER }, { CELL_SET, NULL, 225 }, "0.23" },
        { "gain", { .type = COLUMN_POINTS, .signed_ = true }, { CELL_SET, NULL, 3333 },
                "+3.3" },
        { "loss", { .type = COLUMN_POINTS, .signed_ = true }, { CELL_SET, NULL, -5333 },
                "−5.3" },
        { "neither", { .type = COLUMN_POINTS, .signed_ = true }, { CELL_SET, NULL, -40 },
                "0.0" },
        { "points", { .type = COLUMN_POINTS }, { CELL_SET, NULL, 23000 }, "23.0" },
        { "share", { .type = COLUMN_PERCENT }, { CELL_SET, NULL, 87500 }, "87.5%" },
        { "all", { .type = COLUMN_PERCENT }, { CELL_SET, NULL, 100000 }, "100.0%" },
        { "day", { .type = COLUMN_DATE }, { CELL_SET, NULL, 20260327 }, "27 March 2026" },
        { "flag by number", { .type = COLUMN_FLAG }, { CELL_SET, NULL, FLAG_BELOW },
                "▼ Below" },
        { "flag by code", { .type = COLUMN_FLAG }, { CELL_SET, "well-below", 0 },
                "▼▼ Well below" },
        { "no such flag", { .type = COLUMN_FLAG }, { CELL_SET, "purple", 99 }, "–" },
        { "yes", { .type = COLUMN_BOOL }, { CELL_SET, NULL, 1 }, "yes" },
        { "no", { .type = COLUMN_BOOL }, { CELL_SET, NULL, 0 }, "no" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct arena arena = { 0 };
        struct column column = rows[i].column;
        struct cell cell = rows[i].cell;
        struct row row = { .cells = &cell, .cell_n = 1 };
        struct table table = { .columns = &column, .column_n = 1, .rows = &row, .row_n = 1 };
        struct paper_column *columns;
        size_t n = 0;

        column.key = "key";
        columns = paper_columns(&arena, &table, &n);
        CHECK_INT(rows[i].name, n, 1);
        CHECK_TEXT(rows[i].name, paper_cell(&arena, columns, &row), rows[i].want);
        arena_free(&arena);
    }
}

static void numbers_of_a_column_have_the_same_places(void **state)
{
    struct arena arena = { 0 };
    struct report *report = report_make(&arena, "x");
    struct column column = { .key = "effect", .label = "Effect", .type = COLUMN_NUMBER };
    struct table *table = report_table(report, "t", "T", &column, 1);
    struct paper_column *columns;
    size_t n = 0;

    (void)state;
    cell_number(table_row(report, table), 0, 1000);
    cell_number(table_row(report, table), 0, 1500);
    cell_suppressed(table_row(report, table), 0);
    columns = paper_columns(&arena, table, &n);
    CHECK_TEXT("whole", paper_cell(&arena, columns, &table->rows[0]), "1.0");
    CHECK_TEXT("half", paper_cell(&arena, columns, &table->rows[1]), "1.5");
    arena_free(&arena);
}

static void names_stand_joined_and_in_front(void **state)
{
    struct arena arena = { 0 };
    struct report *report = sample_report(&arena);
    struct paper_column *columns;
    size_t n = 0;

    (void)state;
    columns = paper_columns(&arena, report->tables, &n);
    CHECK_INT("two columns became one", n, report->tables->column_n - 1);
    CHECK_TEXT("head", columns[0].label, "Pupil");
    CHECK_TEXT("a quiet column stands behind", columns[1].label, "UPN");
    CHECK_TEXT("name", paper_cell(&arena, &columns[0], &report->tables->rows[0]),
            "Jarvis, Megan");
    arena_free(&arena);
}

static void what_stands_under_the_title_is_put_in_words(void **state)
{
    static const struct {
        const char *basis;
        int32_t as_at;
        const char *want;
    } rows[] = {
        { "attainment", 20260327, "Current attainment, as at 27 March 2026" },
        { "target", 20260327, "Targets, as at 27 March 2026" },
        { "prediction", 0, "Predictions" },
        { NULL, 20260327, "As at 27 March 2026" },
        { NULL, 0, "" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct arena arena = { 0 };
        struct report report = { .basis = rows[i].basis, .as_at = { rows[i].as_at } };

        CHECK_TEXT(rows[i].want, paper_basis(&arena, &report), rows[i].want);
        arena_free(&arena);
    }
}

static void who_is_counted_is_put_in_words(void **state)
{
    struct arena arena = { 0 };

    (void)state;
    CHECK_TEXT("all of it",
            paper_population(&arena,
                    &(struct report){ .population = "Year 5", .counted = 57, .of = 64 }),
            "57 of 64: Year 5");
    CHECK_TEXT("nobody of some",
            paper_population(&arena, &(struct report){ .counted = 0, .of = 64 }), "0 of 64");
    CHECK_TEXT("no counts",
            paper_population(&arena, &(struct report){ .population = "Year 5" }), "Year 5");
    CHECK_TEXT("nothing", paper_population(&arena, &(struct report){ 0 }), "");
    CHECK_TEXT("a note under its heading", paper_note(&arena, "How to read this: each dot."),
            "Each dot.");
    CHECK_TEXT("another note", paper_note(&arena, "each dot."), "each dot.");
    arena_free(&arena);
}

TESTS(TEST(thousandths_round_half_away_from_zero), TEST(a_cell_is_written_for_a_person),
        TEST(numbers_of_a_column_have_the_same_places), TEST(names_stand_joined_and_in_front),
        TEST(what_stands_under_the_title_is_put_in_words), TEST(who_is_counted_is_put_in_words))
