#include "reports/tree.h"

#include "check.h"
#include "sample.h"

static const struct column two[] = { { .key = "a", .label = "A", .type = COLUMN_TEXT },
    { .key = "b", .label = "B", .type = COLUMN_NUMBER } };

static void percentages_round_half_away_from_zero(void **state)
{
    static const struct {
        const char *name;
        int64_t x, n, want;
    } rows[] = {
        { "two thirds", 2, 3, 66700 },
        { "one third", 1, 3, 33300 },
        { "none", 0, 7, 0 },
        { "all", 7, 7, 100000 },
        { "7 of 8 needs no rounding", 7, 8, 87500 },
        { "half a tenth goes up: 1 of 2000", 1, 2000, 100 },
        { "just under half a tenth: 1 of 2001", 1, 2001, 0 },
        { "half a tenth: 3 of 16 is 18.75", 3, 16, 18800 },
        { "below nought: -3 of 16", -3, 16, -18800 },
        { "more than all", 9, 4, 225000 },
        { "a country's pupils", 412345678, 600000000, 68700 },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        CHECK_INT(rows[i].name, report_percent(rows[i].x, rows[i].n), rows[i].want);
}

static void a_new_row_is_missing_in_every_cell(void **state)
{
    struct arena arena = { 0 };
    struct report *report = report_make(&arena, "x");
    struct table *table = report_table(report, "t", "T", two, 2);
    struct row *row = table_row(report, table);

    (void)state;
    CHECK_INT("cells", row->cell_n, 2);
    CHECK_INT("first", row->cells[0].state, CELL_MISSING);
    cell_text(report, row, 0, "");
    CHECK_INT("an empty text is missing", row->cells[0].state, CELL_MISSING);
    cell_text(report, row, 0, "4b");
    CHECK_INT("set", row->cells[0].state, CELL_SET);
    CHECK_TEXT("set", row->cells[0].text, "4b");
    cell_number(row, 1, 0);
    CHECK_INT("nought is a value", row->cells[1].state, CELL_SET);
    cell_flag(row, 1, FLAG_BELOW);
    CHECK_TEXT("a flag has its code", row->cells[1].text, "below");
    cell_flag(row, 1, FLAG_NONE);
    CHECK_INT("no flag is missing", row->cells[1].state, CELL_MISSING);
    cell_suppressed(row, 1);
    CHECK_INT("hidden", row->cells[1].state, CELL_SUPPRESSED);
    cell_number(row, 2, 5);
    CHECK_TRUE("behind the last column nothing happens", row->cells[1].number == 0);
    arena_free(&arena);
}

static void texts_are_copied_and_lists_kept_in_order(void **state)
{
    struct arena arena = { 0 };
    struct report *report = report_make(&arena, "x");
    struct table *table = report_table(report, "t", "T", two, 2);
    char text[] = "first";
    struct err err = { 0 };

    (void)state;
    cell_text(report, table_row(report, table), 0, text);
    report_note(report, "%s", text);
    report_note(report, "second of %d", 2);
    text[0] = 'X';
    CHECK_TEXT("cell", table->rows[0].cells[0].text, "first");
    CHECK_TEXT("note", report->notes.items[0], "first");
    CHECK_TEXT("note", report->notes.items[1], "second of 2");
    CHECK_INT("notes", report->notes.n, 2);
    for (int i = 0; i < 100; i++)
        cell_number(table_row(report, table), 1, i);
    CHECK_INT("rows", table->row_n, 101);
    CHECK_INT("last", table->rows[100].cells[1].number, 99);
    CHECK_INT("tables in order", report_table(report, "u", "U", two, 1) == table->next, 1);
    CHECK_OK("end", report_end(report, &err), &err);
    arena_free(&arena);
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    for (int keep = 0; keep < 2; keep++) {
        long n = 0;

        for (;; n++) {
            struct arena arena = { 0 };
            struct err err = { 0 };
            enum err_code code;

            arena_fault(n, keep);
            code = report_end(sample_report(&arena), &err);
            if (!arena_fault_fired()) {
                CHECK_INT("unharmed", code, ERR_OK);
                arena_free(&arena);
                break;
            }
            CHECK_INT("reported", code, ERR_MEMORY);
            CHECK_INT("told", err.code, ERR_MEMORY);
            arena_free(&arena);
        }
        arena_fault(-1, 0);
        CHECK_TRUE("many allocations were made to fail", n > 100);
    }
}

TESTS(TEST(percentages_round_half_away_from_zero), TEST(a_new_row_is_missing_in_every_cell),
        TEST(texts_are_copied_and_lists_kept_in_order), TEST(every_allocation_may_fail))
