/* compare, scatter, matrix and profile as trees: what is hidden, and memory that runs out. */
#include "reports/build_figures.h"

#include "analysis/builder.h"
#include "reports/matrix_in.h"

enum {
    CELLS = 12
};

/*
 * By hand. 1 to 5 are hidden; one alone hidden in a row would follow from its total, so the
 * smallest beside it goes too; a row of 1 to 5 pupils is hidden whole, and where one row alone
 * is, the smallest other row, since the report says how many are counted in all.
 */
static const struct {
    const char *name;
    size_t from, to;
    int64_t counts[CELLS];
    const char *hidden;    /* one a cell: c hidden, . shown */
    const char *hidden_of; /* one a row */
} grids[] = {
    { "large numbers", 2, 2, { 6, 7, 8, 9 }, "....", ".." },
    { "nought is no pupil", 1, 3, { 0, 6, 7 }, "...", "." },
    { "one small: the smallest beside it goes too", 1, 3, { 3, 20, 10 }, "c.c", "." },
    { "two small hide each other", 1, 3, { 3, 20, 1 }, "c.c", "." },
    { "beside noughts the only other goes", 1, 3, { 0, 20, 5 }, ".cc", "." },
    { "a small row, and the smallest beside it", 3, 2, { 1, 2, 10, 10, 30, 30 }, "cccc..",
            "cc." },
    { "two small rows are enough", 3, 2, { 1, 2, 2, 2, 30, 30 }, "cccc..", "cc." },
    { "a small row alone", 1, 2, { 2, 0 }, "cc", "c" },
};

static void small_counts_and_what_gives_them_away_are_hidden(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(grids); i++) {
        int64_t counts[CELLS], of[CELLS] = { 0 };
        bool hidden[CELLS] = { false }, hidden_of[CELLS] = { false };
        char got[CELLS + 1] = "", got_of[CELLS + 1] = "";
        struct matrix_grid grid = { .from = { NULL, grids[i].from },
            .to = { NULL, grids[i].to },
            .counts = counts,
            .of = of,
            .hidden = hidden,
            .hidden_of = hidden_of };

        for (size_t c = 0; c < grids[i].from * grids[i].to; c++) {
            counts[c] = grids[i].counts[c];
            of[c / grids[i].to] += counts[c];
        }
        matrix_hide(&grid);
        for (size_t c = 0; c < grids[i].from * grids[i].to; c++)
            got[c] = hidden[c] ? 'c' : '.';
        for (size_t r = 0; r < grids[i].from; r++)
            got_of[r] = hidden_of[r] ? 'c' : '.';
        CHECK_TEXT(grids[i].name, got, grids[i].hidden);
        CHECK_TEXT(grids[i].name, got_of, grids[i].hidden_of);
    }
}

/* ---- a class ---- */

/* `girls` girls and `boys` boys of Year 5, all at 2b before and 3b, 3a or 4c now. */
static void make_class(size_t girls, size_t boys)
{
    static const char *const now[] = { "3b", "3a", "4c" };

    for (size_t i = 0; i < girls + boys; i++)
        class_add(5, 8)->sex = i < girls ? "F" : "M";
    class_ready();
    for (size_t i = 0; i < girls + boys; i++) {
        class_set(cohort.prior, i, "MAT", "2b");
        class_set(cohort.target, i, "MAT", "4b");
        class_set(cohort.now, i, "MAT", now[i % 3]);
    }
    cohort_reckon(&cohort);
}

static struct frame make_frame(void)
{
    return (struct frame){ .school = "Hill School",
        .description = "Year 5",
        .subject = framework_subject(fw, "MAT") };
}

static const struct cell *cell_of(const struct table *table, size_t row, const char *key)
{
    size_t c = 0;

    while (c < table->column_n && strcmp(table->columns[c].key, key) != 0)
        c++;
    CHECK_TRUE(key, c < table->column_n && row < table->row_n);
    return &table->rows[row].cells[c];
}

/* How a cell stands: c hidden, - missing, . a value. */
static char look(const struct table *table, size_t row, const char *key)
{
    const struct cell *cell = cell_of(table, row, key);

    return cell->state == CELL_SUPPRESSED ? 'c' : cell->state == CELL_MISSING ? '-' : '.';
}

static void compare_hides_small_groups_and_single_values(void **state)
{
    static const char *const keys[] = { "n", "mean", "prior_mean", "low", "lower_quartile",
        "median", "high", "below_percent", "of" };
    static const struct {
        const char *name;
        size_t girls, boys;
        bool suppress;
        const char *want[2]; /* a letter a key, of girls and boys */
    } rows[] = {
        { "who may see pupils sees all", 8, 4, false, { ".........", "........." } },
        { "four are few, and eight alone beside them", 8, 4, true,
                { "ccccccccc", "ccccccccc" } },
        /* 3b is below, 3a on and 4c above the 3a of k = 8: of 7 girls 3, 2, 2. */
        { "seven and six: no single values, no small shares", 7, 6, true,
                { "...ccccc.", "...ccccc." } },
        { "ten have quartiles", 10, 6, true, { "...c..cc.", "...ccccc." } },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct compare_question question = { .cut = CUT_GENDER, .suppress = rows[i].suppress };
        struct arena own = { 0 };
        struct err err = { 0 };
        struct frame frame;
        struct report *report;

        pupil_n = 0;
        make_class(rows[i].girls, rows[i].boys);
        frame = make_frame();
        report = build_compare(&own, &frame, &cohort, &question);
        CHECK_OK(rows[i].name, report_end(report, &err), &err);
        CHECK_INT(rows[i].name, (int64_t)report->tables->row_n, 2);
        for (size_t r = 0; r < 2; r++) {
            char got[COUNT(keys) + 1] = "";

            for (size_t k = 0; k < COUNT(keys); k++)
                got[k] = look(report->tables, r, keys[k]);
            CHECK_TEXT(rows[i].name, got, rows[i].want[r]);
        }
        CHECK_TRUE(rows[i].name, (report->charts == NULL) == rows[i].suppress);
        arena_free(&own);
    }
}

/* ---- memory ---- */

static int64_t numbers[CLASS_PUPILS];

static struct report *build_one(size_t which, struct arena *own)
{
    size_t mat = (size_t)cohort_column(&cohort, framework_subject(fw, "MAT"));
    struct frame frame = make_frame();
    struct figures figures = { .label = "Now", .points = true, .numbers = numbers };
    struct value from[CLASS_PUPILS], to[CLASS_PUPILS];
    struct outside outside = { "ks2-2lp-mat", 2008, 78000 };
    struct matrix_question matrix = { .from = { "Prior attainment", true, false, from },
        .to = { "Now", false, false, to },
        .outside = &outside,
        .outside_n = 1,
        .only = "2b" };
    struct compare_question compare = { .cut = CUT_GENDER, .only = "F" };
    struct profile_question profile = { .x = &fw->subjects[0],
        .y = &fw->subjects[1],
        .x_scores = numbers,
        .y_scores = numbers };

    for (size_t p = 0; p < pupil_n; p++) {
        from[p] = cohort.prior[cohort_cell(&cohort, p, mat)];
        to[p] = cohort.now[cohort_cell(&cohort, p, mat)];
        numbers[p] = 90000 + (int64_t)p * 1000;
    }
    if (which == 0)
        return build_compare(own, &frame, &cohort, &compare);
    if (which == 1)
        return build_scatter(own, &frame, &cohort, &figures, &figures);
    if (which == 2)
        return build_matrix(own, &frame, &cohort, &matrix);
    return build_profile(own, &frame, &cohort, &profile);
}

static void fail_each(size_t which, int keep)
{
    long n = 0;

    for (;; n++) {
        struct arena own = { 0 };
        struct err err = { 0 };
        struct report *report;
        enum err_code code;

        arena_fault(n, keep);
        report = build_one(which, &own);
        code = report_end(report, &err);
        arena_free(&own);
        if (!arena_fault_fired()) {
            CHECK_INT("unharmed", code, ERR_OK);
            break;
        }
        CHECK_INT("reported", code, ERR_MEMORY);
    }
    arena_fault(-1, 0);
    CHECK_TRUE("some allocation was made to fail", n > 10);
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    make_class(11, 4);
    for (size_t which = 0; which < 4; which++) {
        fail_each(which, 0);
        fail_each(which, 1);
    }
}

TESTS(TEST(small_counts_and_what_gives_them_away_are_hidden),
        CLASS_TEST(compare_hides_small_groups_and_single_values),
        CLASS_TEST(every_allocation_may_fail))
