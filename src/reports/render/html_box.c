/*
 * Groups compared: one row a group with its box (the middle half, the median in it, whiskers
 * to the ends), or with single values where the group is small. Values run across.
 */
#include "base/text.h"
#include "reports/render/html.h"
#include "reports/render/html_in.h"
#include "reports/render/html_plane_in.h"

enum {
    ROW = 62,
    MIDDLE = 34, /* of the box, from the row's top */
    HALF = 9,    /* of its height */
    SIDE = 3,    /* percent left free on either side */
    MARGIN = 26, /* under the last row: the axis */
    STACK = 5    /* equal values drawn one by one; more get a number */
};

struct axis {
    int64_t low, high, step;
};

enum {
    LOW,
    LOWER,
    MEDIAN,
    UPPER,
    HIGH,
    POINTS
};

static struct axis axis_of(const struct chart *chart)
{
    struct axis axis = { INT64_MAX, INT64_MIN, 0 };

    for (size_t i = 0; i < chart->series_n; i++)
        for (size_t n = 0; n < chart->series[i].point_n; n++) {
            int64_t y = chart->series[i].points[n].y;

            axis.low = y < axis.low ? y : axis.low;
            axis.high = y > axis.high ? y : axis.high;
        }
    for (size_t i = 0; i < chart->y_tick_n; i++) {
        int64_t at = chart->y_ticks[i].at;

        axis.low = at < axis.low ? at : axis.low;
        axis.high = at > axis.high ? at : axis.high;
    }
    axis.step = plane_step(axis.high - axis.low);
    if (chart->y_tick_n == 0) {
        axis.low = plane_floor(axis.low, axis.step);
        axis.high = plane_floor(axis.high + axis.step - 1, axis.step);
    }
    if (axis.low == axis.high)
        axis.high += axis.step;
    return axis;
}

static void across(struct buf *buf, const struct axis *axis, int64_t y)
{
    int64_t range = axis->high - axis->low;

    html_percent(buf, range * SIDE + (y - axis->low) * (100 - 2 * SIDE), range * 100);
}

static void upright(struct buf *buf, const struct axis *axis, int64_t y, const char *css,
        size_t from, size_t to)
{
    buf_printf(buf, "<line class=\"%s\" x1=\"", css);
    across(buf, axis, y);
    html_raw(buf, "\" x2=\"");
    across(buf, axis, y);
    buf_printf(buf, "\" y1=\"%zu\" y2=\"%zu\"/>", from, to);
}

static void axis_text(struct buf *buf, const struct axis *axis, int64_t at, size_t bottom,
        const char *css)
{
    buf_printf(buf, "<text class=\"%s\" text-anchor=\"middle\" y=\"%zu\" x=\"", css,
            bottom + 18);
    across(buf, axis, at);
    html_raw(buf, "\">");
}

/* Feint lines under everything, and what they stand for. On narrow screens plain ticks between
   strong ones have no label. */
static void grid(struct buf *buf, const struct chart *chart, const struct axis *axis,
        size_t bottom)
{
    bool strong = false;

    for (size_t i = 0; i < chart->y_tick_n; i++)
        strong = strong || chart->y_ticks[i].strong;
    for (size_t i = 0; i < chart->y_tick_n; i++) {
        const struct chart_tick *tick = &chart->y_ticks[i];

        upright(buf, axis, tick->at, tick->strong ? "level" : "feint", 0, bottom);
        axis_text(buf, axis, tick->at, bottom, tick->strong ? "strong" : strong ? "term" : "");
        html_text(buf, tick->label);
        html_raw(buf, "</text>");
    }
    for (int64_t at = axis->low; chart->y_tick_n == 0 && at <= axis->high; at += axis->step) {
        upright(buf, axis, at, "feint", 0, bottom);
        axis_text(buf, axis, at, bottom, "");
        buf_add_milli(buf, at, 0);
        if (text_eq(chart->unit, "%"))
            html_raw(buf, "%");
        html_raw(buf, "</text>");
    }
    html_raw(buf, "\n");
}

static void whisker(struct buf *buf, const struct axis *axis, int64_t from, int64_t to,
        size_t middle)
{
    html_raw(buf, "<line class=\"axis\" x1=\"");
    across(buf, axis, from);
    html_raw(buf, "\" x2=\"");
    across(buf, axis, to);
    buf_printf(buf, "\" y1=\"%zu\" y2=\"%zu\"/>", middle, middle);
}

static void box(struct buf *buf, const struct chart *chart, const struct axis *axis,
        const struct chart_point *points, size_t middle)
{
    int64_t range = axis->high - axis->low;

    whisker(buf, axis, points[LOW].y, points[LOWER].y, middle);
    whisker(buf, axis, points[UPPER].y, points[HIGH].y, middle);
    upright(buf, axis, points[LOW].y, "axis", middle - 5, middle + 5);
    upright(buf, axis, points[HIGH].y, "axis", middle - 5, middle + 5);
    html_raw(buf, "<rect class=\"corridor edge\" x=\"");
    across(buf, axis, points[LOWER].y);
    html_raw(buf, "\" width=\"");
    html_percent(buf, (points[UPPER].y - points[LOWER].y) * (100 - 2 * SIDE), range * 100);
    buf_printf(buf, "\" y=\"%zu\" height=\"%d\"/>", middle - HALF, 2 * HALF);
    upright(buf, axis, points[MEDIAN].y, "path", middle - HALF, middle + HALF);
    buf_printf(buf, "<text class=\"lab strong\" text-anchor=\"middle\" y=\"%zu\" x=\"",
            middle + HALF + 13);
    across(buf, axis, points[MEDIAN].y);
    html_raw(buf, "\">");
    html_number(buf, chart, points[MEDIAN].y);
    html_raw(buf, "</text>\n");
}

/* How many of the values before, and of all, are equal to this one. */
static size_t equals(const struct chart_series *series, size_t i, size_t *ret_before)
{
    size_t n = 0;

    *ret_before = 0;
    for (size_t k = 0; k < series->point_n; k++) {
        if (series->points[k].y != series->points[i].y)
            continue;
        n++;
        *ret_before += k < i;
    }
    return n;
}

static void dots(struct buf *buf, const struct axis *axis, const struct chart_series *series,
        size_t middle)
{
    static const int lift[STACK] = { 0, -6, 6, -12, 12 };

    for (size_t i = 0; i < series->point_n; i++) {
        size_t before = 0;
        size_t n = equals(series, i, &before);

        if (n > STACK && before > 0)
            continue;
        html_raw(buf, "<svg class=\"o\" x=\"");
        across(buf, axis, series->points[i].y);
        buf_printf(buf, "\" y=\"%zu\"><circle class=\"mark halo\" r=\"%d\" cy=\"%d\"/>", middle,
                n > STACK ? 7 : 4, n > STACK ? 0 : lift[before]);
        if (n > STACK)
            buf_printf(buf,
                    "<text class=\"lab strong\" text-anchor=\"middle\" y=\"22\">"
                    "\xC3\x97%zu</text>",
                    n);
        html_raw(buf, "</svg>\n");
    }
}

/* Whether an earlier series has the same name, and so the same row. */
static bool is_again(const struct chart *chart, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (text_eq(chart->series[k].name, chart->series[i].name))
            return true;
    return false;
}

static void group(struct buf *buf, const struct chart *chart, const struct axis *axis,
        size_t first, size_t top)
{
    const char *name = chart->series[first].name;

    buf_printf(buf, "<text class=\"lab strong\" x=\"0\" y=\"%zu\">", top + 14);
    html_text(buf, name);
    html_raw(buf, "</text>\n");
    for (size_t i = first; i < chart->series_n; i++) {
        const struct chart_series *series = &chart->series[i];

        if (!text_eq(series->name, name))
            continue;
        if (text_eq(series->role, "box") && series->point_n == POINTS)
            box(buf, chart, axis, series->points, top + MIDDLE);
        else if (text_eq(series->role, "dots"))
            dots(buf, axis, series, top + MIDDLE);
    }
}

void html_boxes(struct buf *buf, const struct chart *chart, const char *id)
{
    struct axis axis = axis_of(chart);
    size_t rows = 0;
    size_t top = 0;

    for (size_t i = 0; i < chart->series_n; i++)
        rows += !is_again(chart, i);
    buf_printf(buf, "<svg class=\"bars\" height=\"%zu\"", rows * ROW + MARGIN);
    html_chart_names(buf, chart, id);
    grid(buf, chart, &axis, rows * ROW);
    for (size_t i = 0; i < chart->series_n; i++) {
        if (is_again(chart, i))
            continue;
        group(buf, chart, &axis, i, top);
        top += ROW;
    }
    html_raw(buf, "</svg>\n");
    if (html_role(chart, "box") != NULL)
        html_raw(buf, "<p class=\"legend\">Box: the middle half of the pupils, its line the "
                      "median. Lines: down to the lowest and up to the highest.</p>\n");
}
