/* Bars start at nought; x is a share of the width, type never scales. */
#include "base/text.h"
#include "reports/render/html.h"
#include "reports/render/html_in.h"
#include "reports/render/paper.h"

/* Of the width, so that the figure behind the longest bar has room. */
enum {
    LONGEST = 86,
    ROW = 44,
    BAR = 16,
    WHOLE_BAR = 36
};

static const char *fill_of(const struct chart_series *series, size_t at)
{
    static const char *const plain[] = { "b", "corridor edge", "mark" };
    enum flag flag = html_series_flag(series);

    if (flag == FLAG_NONE)
        return plain[at % COUNT(plain)];
    return flag == FLAG_WELL_BELOW ? "b-well"
           : flag == FLAG_BELOW    ? "b-below"
           : flag == FLAG_ON       ? "b-on"
                                   : "b-above";
}

static int64_t value_at(const struct chart_series *series, size_t bar)
{
    int64_t y = bar < series->point_n ? series->points[bar].y : 0;

    return y < 0 ? 0 : y;
}

static int64_t stack_sum(const struct chart *chart, size_t bar)
{
    int64_t sum = 0;

    for (size_t i = 0; i < chart->series_n; i++)
        sum += value_at(&chart->series[i], bar);
    return sum;
}

static size_t bar_count(const struct chart *chart)
{
    size_t most = 0;

    for (size_t i = 0; i < chart->series_n; i++)
        if (chart->series[i].point_n > most)
            most = chart->series[i].point_n;
    return most;
}

/* A series' swatch: the flag itself, or a square of its fill. */
static void swatch(struct buf *buf, const struct chart_series *series, size_t at)
{
    enum flag flag = html_series_flag(series);

    if (flag != FLAG_NONE) {
        html_flag(buf, flag, NULL);
        return;
    }
    buf_printf(buf,
            "<svg class=\"s\" viewBox=\"0 0 12 12\" aria-hidden=\"true\">"
            "<rect class=\"%s\" width=\"12\" height=\"12\"/></svg> ",
            fill_of(series, at));
    html_text(buf, series->name);
}

/* What the colours mean; of a single bar with counts and shares. */
static void key(struct buf *buf, const struct chart *chart, bool counts)
{
    int64_t sum = stack_sum(chart, 0);

    html_raw(buf, "<ul>");
    for (size_t i = 0; i < chart->series_n; i++) {
        int64_t y = value_at(&chart->series[i], 0);

        html_raw(buf, "<li>");
        swatch(buf, &chart->series[i], i);
        if (counts) {
            html_raw(buf, " <b>");
            html_number(buf, chart, y);
            html_raw(buf, "</b>");
        }
        if (counts && sum > 0 && !text_eq(chart->unit, "%")) {
            int64_t share = report_percent(y, sum);

            buf_printf(buf, " <span class=\"quiet\">(%lld.%lld%%)</span>",
                    (long long)(share / 1000), (long long)(share % 1000 / 100));
        }
        html_raw(buf, "</li>");
    }
    html_raw(buf, "</ul>\n");
}

/* The sign of a part, and in a bar that stands alone its figure, where they fit. */
static void part_label(struct buf *buf, const struct chart *chart,
        const struct chart_series *series, int64_t part, bool single, int64_t hundredths)
{
    enum flag flag = html_series_flag(series);

    if (flag != FLAG_NONE && single && hundredths >= 11)
        buf_printf(buf, "<use href=\"#s-%s\" x=\"-32\" y=\"11\" width=\"14\" height=\"14\"/>",
                html_flag_symbol(flag));
    if (flag != FLAG_NONE && !single && hundredths >= 3)
        buf_printf(buf, "<use href=\"#s-%s\" x=\"-5\" y=\"3\" width=\"10\" height=\"10\"/>",
                html_flag_symbol(flag));
    if (!single || hundredths < 7)
        return;
    html_raw(buf, "<text y=\"25\" text-anchor=\"middle\">");
    html_number(buf, chart, part);
    html_raw(buf, "</text>");
}

/* The parts of one stacked bar from left to right. */
static void stack(struct buf *buf, const struct chart *chart, size_t bar, int y, int height)
{
    int64_t sum = stack_sum(chart, bar);
    int64_t before = 0;

    for (size_t i = 0; i < chart->series_n; i++) {
        const struct chart_series *series = &chart->series[i];
        int64_t part = value_at(series, bar);

        if (part == 0)
            continue;
        buf_printf(buf, "<rect class=\"%s halo\" x=\"", fill_of(series, i));
        html_percent(buf, before, sum);
        html_raw(buf, "\" width=\"");
        html_percent(buf, part, sum);
        buf_printf(buf, "\" y=\"%d\" height=\"%d\"/><svg class=\"o in\" x=\"", y, height);
        html_percent(buf, before * 2 + part, sum * 2);
        buf_printf(buf, "\" y=\"%d\">", y);
        part_label(buf, chart, series, part, height == WHOLE_BAR, part * 100 / sum);
        html_raw(buf, "</svg>\n");
        before += part;
    }
}

static void bar_label(struct buf *buf, const struct chart *chart, size_t bar, size_t y)
{
    for (size_t i = 0; i < chart->series_n; i++)
        if (bar < chart->series[i].point_n) {
            buf_printf(buf, "<text class=\"strong\" x=\"0\" y=\"%zu\">", y);
            html_text(buf, chart->series[i].points[bar].label);
            html_raw(buf, "</text>");
            return;
        }
}

static int64_t longest(const struct chart *chart)
{
    int64_t most = text_eq(chart->unit, "%") ? 100000 : 1;

    for (size_t i = 0; i < chart->series_n; i++)
        for (size_t n = 0; n < chart->series[i].point_n; n++)
            if (chart->series[i].points[n].y > most)
                most = chart->series[i].points[n].y;
    return most;
}

/* One bar a series beside each other, the figure behind each. */
static void side_by_side(struct buf *buf, const struct chart *chart, size_t bar, size_t y)
{
    int64_t whole = longest(chart) * 100;

    for (size_t i = 0; i < chart->series_n; i++, y += BAR + 2) {
        const struct chart_series *series = &chart->series[i];

        if (bar >= series->point_n)
            continue;
        buf_printf(buf, "<rect class=\"%s\" y=\"%zu\" height=\"%d\" width=\"",
                fill_of(series, i), y, BAR);
        html_percent(buf, value_at(series, bar) * LONGEST, whole);
        html_raw(buf, "\"/><svg class=\"o\" x=\"");
        html_percent(buf, value_at(series, bar) * LONGEST, whole);
        buf_printf(buf, "\" y=\"%zu\"><text x=\"6\" y=\"13\">", y);
        html_number(buf, chart, series->points[bar].y);
        html_raw(buf, "</text></svg>\n");
    }
}

void html_bars(struct buf *buf, const struct chart *chart, const char *id)
{
    bool stacked = text_eq(chart->kind, "stacked");
    size_t n = bar_count(chart);
    bool single = stacked && n == 1;
    size_t row = stacked ? ROW : (ROW - BAR - 2) + chart->series_n * (BAR + 2);

    if (stacked || chart->series_n > 1)
        key(buf, chart, single);
    if (single)
        html_raw(buf, "<svg class=\"dist\"");
    else
        buf_printf(buf, "<svg class=\"bars\" height=\"%zu\"", n * row);
    html_chart_names(buf, chart, id);
    for (size_t bar = 0; bar < n && single; bar++)
        stack(buf, chart, bar, 0, WHOLE_BAR);
    for (size_t bar = 0; bar < n && !single; bar++) {
        bar_label(buf, chart, bar, bar * row + 14);
        if (stacked)
            stack(buf, chart, bar, (int)(bar * row) + 20, BAR);
        else
            side_by_side(buf, chart, bar, bar * row + 20);
    }
    html_raw(buf, "</svg>\n");
}
