#include "kinds.h"

#include <stdbool.h>

static void box(struct report *report, struct chart *chart, const char *name, int64_t x,
        const int64_t *five)
{
    static const char *const labels[] = { "low", "lower quartile", "median", "upper quartile",
        "high" };
    struct chart_series *series = chart_series(report, chart, name, "box");

    for (size_t i = 0; i < COUNT(labels); i++)
        chart_point(report, series, x, five[i], labels[i]);
}

static void boxes(struct report *report)
{
    static const int64_t first[] = { 19000, 25000, 27000, 30000, 39000 };
    static const int64_t second[] = { 15000, 21000, 23000, 25000, 33000 };
    static const int64_t few[] = { 17000, 19000, 19000, 25000 };
    struct chart *chart = report_chart(report, "sets", "Points now, set by set", "box",
            "Set 1 from 19 to 39, median 27; set 2 from 15 to 33, median 23; set 3: 17, 19, "
            "19 and 25.");
    struct chart_series *series;

    chart->caption = "Points now.";
    box(report, chart, "Set 1 (24 pupils)", 0, first);
    box(report, chart, "Set 2 (21 pupils)", 1000, second);
    series = chart_series(report, chart, "Set 3 (4 pupils)", "dots");
    for (size_t i = 0; i < COUNT(few); i++)
        chart_point(report, series, 2000, few[i], NULL);
}

static void scatter(struct report *report)
{
    static const int64_t pairs[][2] = { { 9000, 15000 }, { 13000, 21000 }, { 15000, 23000 },
        { 15000, 23000 }, { 15000, 23000 }, { 15000, 23000 }, { 15000, 23000 },
        { 15000, 23000 }, { 17000, 19000 }, { 21000, 31000 } };
    struct chart *chart = report_chart(report, "prior-now", "Prior attainment and now",
            "scatter", "Ten pupils; most gained eight points.");
    struct chart_series *series = chart_series(report, chart, "Points now", "points");

    chart->x_title = "Points at KS1";
    for (size_t i = 0; i < COUNT(pairs); i++)
        chart_flagged(report, series, pairs[i][0], pairs[i][1],
                report_text(report, "Pupil <%zu>", i + 1), i == 8 ? FLAG_BELOW : FLAG_NONE);
    series = chart_series(report, chart, "no progress", "line");
    chart_point(report, series, 9000, 9000, NULL);
    chart_point(report, series, 31000, 31000, NULL);
}

static void matrix(struct report *report)
{
    static const char *const rows[] = { "W", "1", "2c", "2b", "2a", "3" };
    static const char *const columns[] = { "3", "4", "5", "6" };
    static const int counts[][4] = { { 1, 0, 0, 0 }, { 3, 2, 0, 0 }, { 2, 11, 1, 0 },
        { 0, 14, 9, 0 }, { 0, 6, 17, 1 }, { 0, 0, 12, 4 } };
    struct chart *chart = report_chart(report, "transition", "From Key Stage 1 to Key Stage 2",
            "matrix", "Rows are levels at Key Stage 1, columns at Key Stage 2.");

    chart->x_title = "Key Stage 1";
    for (size_t r = 0; r < COUNT(rows); r++) {
        struct chart_series *series = chart_series(report, chart, rows[r], "row");

        for (size_t c = 0; c < COUNT(columns); c++) {
            int steps = (int)c + 3 - (r < 1 ? 1 : r < 2 ? 1 : r < 5 ? 2 : 3);

            chart_flagged(report, series, (int64_t)c * 1000, counts[r][c] * 1000, columns[c],
                    steps < 2    ? FLAG_BELOW
                    : steps == 2 ? FLAG_ON
                                 : FLAG_ABOVE);
            chart_link(report, series, report_text(report, "/cell/%zu/%zu", r, c));
        }
    }
}

struct chart *kinds_sets(struct report *report, const char *kind, const int *counts,
        const char *const *names, size_t n)
{
    struct chart *chart = report_chart(report, "overlap", "How the sets overlap", kind,
            "Numbers of pupils in each combination of the sets.");
    struct chart_series *series;

    for (size_t i = 0; i < n; i++) {
        int size = 0;

        for (unsigned mask = 0; mask < 1u << n; mask++)
            size += (mask >> i & 1u) != 0 ? counts[mask] : 0;
        series = chart_series(report, chart, names[i], "set");
        chart_point(report, series, (int64_t)i * 1000, size * 1000, NULL);
    }
    series = chart_series(report, chart, "Pupils", "region");
    for (unsigned mask = 0; mask < 1u << n; mask++) {
        chart_point(report, series, mask * 1000, counts[mask] * 1000,
                report_text(report, "Part %u", mask));
        chart_link(report, series, report_text(report, "/region/%u", mask));
    }
    return chart;
}

struct report *kinds_report(struct arena *arena)
{
    static const char *const names[] = { "English", "Maths", "Science",
        "Free school meals in the last six years", "Booster" };
    static const int two[] = { 30, 12, 40, 18 };
    static const int three[] = { 600, 150, 60, 25, 90, 40, 22, 14 };
    static const int apart[] = { 6, 1, 1, 3, 4, 6, 4, 36 };
    static const int never[] = { 3, 0, 0, 10, 0, 10, 10, 0 };
    static const int five[32] = { 50, 12, 7, 7,
        3, [7] = 1, [8] = 20, [9] = 7, [16] = 5, [24] = 2, [31] = 1 };
    struct report *report = report_make(arena, "kinds");

    report->title = "Every kind of chart";
    boxes(report);
    scatter(report);
    matrix(report);
    (void)kinds_sets(report, "venn", two, names, 2);
    (void)kinds_sets(report, "venn", three, names, 3);
    (void)kinds_sets(report, "venn", apart, names + 1, 3);
    (void)kinds_sets(report, "venn", never, names, 3);
    (void)kinds_sets(report, "upset", five, names, 5);
    return report;
}
