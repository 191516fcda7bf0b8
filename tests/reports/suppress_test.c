#include "reports/suppress.h"

#include <string.h>

#include "check.h"

enum {
    C_MEASURE,
    C_GROUP,
    C_VALUE,
    C_COUNT,
    C_OF,
    C_PERCENT,
    C__MAX
};

static const struct column columns[C__MAX] = {
    { .key = "measure", .label = "Measure", .type = COLUMN_TEXT },
    { .key = "group", .label = "By", .type = COLUMN_TEXT },
    { .key = "value", .label = "Value", .type = COLUMN_TEXT },
    { .key = "count", .label = "Count", .type = COLUMN_INTEGER },
    { .key = "of", .label = "Of", .type = COLUMN_INTEGER },
    { .key = "percent", .label = "Share", .type = COLUMN_PERCENT },
};

static const struct suppress_columns shares = { .block = { NULL, "measure", "group" },
    .value = "value",
    .count = "count",
    .of = "of",
    .derived = { "percent" },
    .rest = true };

static struct arena arena;
static struct report *report;
static struct table *table;

static void begin(void)
{
    arena_free(&arena);
    report = report_make(&arena, "summary");
    table = report_table(report, "measures", "Measures", columns, C__MAX);
}

static void add(const char *group, const char *value, int count, int of)
{
    struct row *row = table_row(report, table);

    cell_text(report, row, C_MEASURE, "m");
    cell_text(report, row, C_GROUP, group);
    cell_text(report, row, C_VALUE, value);
    cell_number(row, C_COUNT, count * 1000);
    cell_number(row, C_OF, of * 1000);
    if (of > 0)
        cell_number(row, C_PERCENT, report_percent(count, of));
}

/* One letter a row: s shown, c count hidden, a number of pupils hidden too. */
static const char *state_of(void)
{
    static char letters[32];
    size_t i;

    for (i = 0; i < table->row_n && i < sizeof(letters) - 1; i++) {
        const struct row *row = &table->rows[i];

        letters[i] = row->cells[C_OF].state == CELL_SUPPRESSED      ? 'a'
                     : row->cells[C_COUNT].state == CELL_SUPPRESSED ? 'c'
                                                                    : 's';
        CHECK_TRUE("the share goes with the count",
                (letters[i] == 's') == (row->cells[C_PERCENT].state != CELL_SUPPRESSED));
    }
    letters[i] = '\0';
    return letters;
}

static void small_counts_are_hidden_with_one_more(void **state)
{
    (void)state;
    begin();
    add("sen", "A", 5, 20);
    add("sen", "N", 60, 90);
    add("sen", "P", 8, 14);
    report_suppress(report, &shares);
    /* 5 is small; of the others 8 tells least */
    CHECK_TEXT("and the least beside it", state_of(), "csc");
}

static void those_who_do_not_reach_it_are_as_telling(void **state)
{
    (void)state;
    begin();
    add("gender", "F", 38, 40);
    add("gender", "M", 20, 40);
    report_suppress(report, &shares);
    CHECK_TEXT("two girls do not", state_of(), "cc");
}

/* The number of pupils of one group alone is hidden: a total would tell it. */
static void a_small_group_s_size_needs_another_hidden(void **state)
{
    (void)state;
    begin();
    add("sen", "A", 3, 30);
    add("sen", "N", 60, 90);
    add("sen", "S", 0, 4);
    report_suppress(report, &shares);
    CHECK_TEXT("the smaller of the two others too", state_of(), "asa");
}

static void one_way_alone_stands_for_itself(void **state)
{
    (void)state;
    begin();
    add(NULL, NULL, 3, 30);
    add(NULL, NULL, 20, 40);
    report_suppress(report, &shares);
    CHECK_TEXT("no total tells it", state_of(), "cs");
}

/*
 * Girls and boys by free meals. Only girls with free meals are few (3 of 20): among all girls
 * and among all with free meals a total would give them away, so one more is hidden in each,
 * and in the row and column of those again.
 */
static void a_crossing_is_closed_along_both_ways(void **state)
{
    (void)state;
    begin();
    add("gender*fsm", "F*N", 30, 60);
    add("gender*fsm", "F*Y", 3, 20);
    add("gender*fsm", "M*N", 30, 60);
    add("gender*fsm", "M*Y", 10, 20);
    report_suppress(report, &shares);
    CHECK_TEXT("all four", state_of(), "cccc");
    begin();
    add("sen*fsm", "A*N", 30, 60);
    add("sen*fsm", "A*Y", 3, 20);
    add("sen*fsm", "N*N", 30, 60);
    add("sen*fsm", "N*Y", 10, 20);
    add("sen*fsm", "P*N", 28, 60);
    add("sen*fsm", "P*Y", 9, 20);
    report_suppress(report, &shares);
    /* A*Y; A*N beside it; P*Y (9) with it; P*N (28) for both */
    CHECK_TEXT("two of three kinds", state_of(), "ccsscc");
    begin();
    add("gender*fsm", "F*N", 30, 60);
    add("gender*fsm", "F*Y", 10, 20);
    report_suppress(report, &shares);
    CHECK_TEXT("nothing small, nothing hidden", state_of(), "ss");
}

static const struct column gap_columns[] = {
    { .key = "measure", .label = "Measure", .type = COLUMN_TEXT },
    { .key = "group", .label = "By", .type = COLUMN_TEXT },
    { .key = "value", .label = "Value", .type = COLUMN_TEXT },
    { .key = "against", .label = "Against", .type = COLUMN_TEXT },
    { .key = "count", .label = "Count", .type = COLUMN_INTEGER },
    { .key = "of", .label = "Of", .type = COLUMN_INTEGER },
    { .key = "against_count", .label = "Count", .type = COLUMN_INTEGER },
    { .key = "against_of", .label = "Of", .type = COLUMN_INTEGER },
    { .key = "gap", .label = "Gap", .type = COLUMN_PERCENT },
};

static void add_gap(struct table *gaps, const char *value, const char *against, int count,
        int of, int against_count, int against_of)
{
    struct row *row = table_row(report, gaps);

    cell_text(report, row, 0, "m");
    cell_text(report, row, 1, "sen");
    cell_text(report, row, 2, value);
    cell_text(report, row, 3, against);
    cell_number(row, 4, count * 1000);
    cell_number(row, 5, of * 1000);
    cell_number(row, 6, against_count * 1000);
    cell_number(row, 7, against_of * 1000);
    cell_number(row, 8, 10000);
}

static bool is_hidden(const struct table *gaps, size_t i)
{
    const struct cell *cells = gaps->rows[i].cells;

    for (size_t c = 5; c < 9; c++)
        CHECK_INT("all or none", cells[c].state, cells[4].state);
    return cells[4].state == CELL_SUPPRESSED;
}

static void a_gap_is_hidden_with_either_side(void **state)
{
    struct table *gaps;

    (void)state;
    begin();
    add("sen", "A", 5, 20);
    add("sen", "N", 60, 90);
    add("sen", "P", 8, 14);
    gaps = report_table(report, "gaps", "Gaps", gap_columns, COUNT(gap_columns));
    add_gap(gaps, "A", "rest", 5, 20, 68, 104);
    add_gap(gaps, "N", "rest", 60, 90, 13, 34);
    add_gap(gaps, "P", "rest", 8, 14, 65, 110);
    add_gap(gaps, "N", "A", 60, 90, 20, 40);
    add_gap(gaps, "N", "rest", 60, 90, 4, 34);
    report_suppress(report, &shares);
    report_suppress_gaps(report, &shares, "gaps");
    CHECK_TRUE("few", is_hidden(gaps, 0));
    CHECK_TRUE("shown against the rest", !is_hidden(gaps, 1));
    CHECK_TRUE("hidden beside it", is_hidden(gaps, 2));
    CHECK_TRUE("against a hidden one", is_hidden(gaps, 3));
    CHECK_TRUE("the rest is few", is_hidden(gaps, 4));
    report_suppress_gaps(report, &shares, "another");
}

static void it_is_said_once(void **state)
{
    (void)state;
    begin();
    add("sen", "A", 5, 20);
    report_suppress(report, &shares);
    report_suppress(report, &shares);
    CHECK_INT("one note", report->notes.n, 1);
    arena_free(&arena);
}

TESTS(TEST(small_counts_are_hidden_with_one_more),
        TEST(those_who_do_not_reach_it_are_as_telling),
        TEST(a_small_group_s_size_needs_another_hidden), TEST(one_way_alone_stands_for_itself),
        TEST(a_crossing_is_closed_along_both_ways), TEST(a_gap_is_hidden_with_either_side),
        TEST(it_is_said_once))
