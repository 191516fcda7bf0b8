/*
 * A flight path or a trend: x in percent of the width, y and type in pixels, the corridor
 * in an inner drawing that stretches; so the type never scales.
 */
#include "base/text.h"
#include "reports/render/html.h"
#include "reports/render/html_in.h"
#include "reports/render/html_plane_in.h"

static void path(struct buf *buf, const struct plane *plane, const char *css,
        const struct chart_series *series)
{
    for (size_t i = 0; i + 1 < series->point_n; i++)
        plane_segment(buf, plane, css, &series->points[i]);
    html_raw(buf, "\n");
}

/* x of the corridor's drawing, a hundred wide. */
static void corner(struct buf *buf, const struct plane *plane, const struct chart_point *point)
{
    int64_t x = (point->x - plane->x_low) * 100000 / (plane->x_high - plane->x_low);

    buf_add_milli(buf, x, 0);
    html_raw(buf, " ");
    plane_y(buf, plane, point->y);
}

static void corridor(struct buf *buf, const struct plane *plane)
{
    const struct chart_series *low = html_role(plane->chart, "band-low");
    const struct chart_series *high = html_role(plane->chart, "band-high");

    if (low == NULL || high == NULL || low->point_n == 0 || high->point_n == 0)
        return;
    buf_printf(buf,
            "<svg viewBox=\"0 0 100 %d\" preserveAspectRatio=\"none\" width=\"100%%\" "
            "height=\"%d\" x=\"0\" y=\"0\"><path class=\"corridor\" d=\"",
            PLANE_HEIGHT, PLANE_HEIGHT);
    for (size_t i = 0; i < high->point_n; i++) {
        buf_add_char(buf, i == 0 ? 'M' : 'L');
        corner(buf, plane, &high->points[i]);
    }
    for (size_t i = low->point_n; i-- > 0;) {
        buf_add_char(buf, 'L');
        corner(buf, plane, &low->points[i]);
    }
    html_raw(buf, "z\"/></svg>");
    path(buf, plane, "brim", high);
    path(buf, plane, "brim", low);
}

/* Whether a point stands in the last eighth of the width, where nothing fits behind it. */
static bool near_end(const struct plane *plane, const struct chart_point *point)
{
    return (plane->x_high - point->x) * 8 < plane->x_high - plane->x_low;
}

/* Under the mark; of the last one behind it, where the path leaves room. A label that only
   repeats the one before gives way on narrow screens. */
static void mark_label(struct buf *buf, const struct plane *plane,
        const struct chart_series *series, size_t i)
{
    const struct chart_point *point = &series->points[i];
    bool repeats = i > 0 && text_eq(point->label, point[-1].label);

    if (text_empty(point->label))
        return;
    if (i + 1 == series->point_n && i > 0 && !near_end(plane, point))
        html_raw(buf, "<text class=\"strong lab\" x=\"13\" y=\"5\">");
    else if (repeats)
        html_raw(buf, "<text class=\"strong lab rep\" y=\"23\" text-anchor=\"middle\">");
    else
        html_raw(buf, "<text class=\"strong lab\" y=\"23\" text-anchor=\"middle\">");
    html_text(buf, point->label);
    html_raw(buf, "</text>");
}

static void marks(struct buf *buf, const struct plane *plane, const struct chart_series *series)
{
    for (size_t i = 0; i < series->point_n; i++) {
        plane_at(buf, plane, series->points[i].x, series->points[i].y);
        html_mark(buf, series->points[i].flag);
        mark_label(buf, plane, series, i);
        html_raw(buf, "</svg>\n");
    }
}

static void ticks(struct buf *buf, const struct plane *plane, const struct chart_series *series)
{
    for (size_t i = 1; i + 1 < series->point_n; i++) {
        plane_at(buf, plane, series->points[i].x, series->points[i].y);
        html_raw(buf, "<path class=\"tick\" d=\"M-5 0H5\"/></svg>");
    }
    html_raw(buf, "\n");
}

static void start(struct buf *buf, const struct plane *plane, const struct chart_series *series)
{
    for (size_t i = 0; i < series->point_n; i++) {
        plane_at(buf, plane, series->points[i].x, series->points[i].y);
        html_raw(buf, "<path class=\"mark halo\" d=\"M-6-6H6V6H-6z\"/>"
                      "<text class=\"strong lab\" x=\"-6\" y=\"-13\">");
        html_text(buf, series->points[i].label);
        html_raw(buf, "</text></svg>\n");
    }
}

static void target(struct buf *buf, const struct plane *plane,
        const struct chart_series *series)
{
    for (size_t i = 0; i < series->point_n; i++) {
        plane_at(buf, plane, series->points[i].x, series->points[i].y);
        html_raw(buf, "<circle class=\"ring\" r=\"9\"/><circle class=\"mark\" r=\"3.500\"/>"
                      "<text class=\"strong lab\" x=\"-16\" y=\"-16\" text-anchor=\"end\">");
        html_text(buf, series->points[i].label);
        html_raw(buf, "</text></svg>\n");
    }
}

/* Several paths are told apart by name at their ends, on the side the path does not come
   from. */
static void path_name(struct buf *buf, const struct plane *plane,
        const struct chart_series *series, size_t before)
{
    const struct chart_point *end = &series->points[series->point_n - 1];
    bool falls = series->point_n > 1 && end->y < end[-1].y;

    if (before == 0 && html_role(plane->chart, "line") != NULL)
        return;
    plane_at(buf, plane, end->x, end->y);
    buf_printf(buf, "<text class=\"lab\" x=\"-4\" y=\"%d\" text-anchor=\"end\">",
            falls ? 21 : -12);
    html_text(buf, series->name);
    html_raw(buf, "</text></svg>\n");
}

static void mark_line(struct buf *buf, const struct plane *plane)
{
    if (plane->chart->mark_label == NULL)
        return;
    html_raw(buf, "<line class=\"today\" x1=\"");
    plane_x(buf, plane, plane->chart->mark_x);
    html_raw(buf, "\" x2=\"");
    plane_x(buf, plane, plane->chart->mark_x);
    buf_printf(buf, "\" y1=\"0\" y2=\"%d\"/><text x=\"", PLANE_HEIGHT);
    plane_x(buf, plane, plane->chart->mark_x);
    html_raw(buf, "\" y=\"-8\" text-anchor=\"middle\">");
    html_text(buf, plane->chart->mark_label);
    html_raw(buf, "</text>\n");
}

/* The first path sets out from the start. */
static void from_start(struct buf *buf, const struct plane *plane,
        const struct chart_series *series)
{
    const struct chart_series *origin = html_role(plane->chart, "start");
    struct chart_point ends[2];

    if (origin == NULL || origin->point_n == 0 || series->point_n == 0 ||
            origin->points[0].x >= series->points[0].x)
        return;
    ends[0] = origin->points[0];
    ends[1] = series->points[0];
    plane_segment(buf, plane, "path", ends);
}

static void all_series(struct buf *buf, const struct plane *plane)
{
    const struct chart *chart = plane->chart;
    size_t paths = 0;

    for (size_t i = 0; i < chart->series_n; i++)
        if (text_eq(chart->series[i].role, "line")) {
            path(buf, plane, "line", &chart->series[i]);
            ticks(buf, plane, &chart->series[i]);
        }
    mark_line(buf, plane);
    for (size_t i = 0; i < chart->series_n; i++)
        if (text_eq(chart->series[i].role, "points")) {
            if (paths == 0)
                from_start(buf, plane, &chart->series[i]);
            path(buf, plane, paths == 0 ? "path" : "path other", &chart->series[i]);
            marks(buf, plane, &chart->series[i]);
            if (chart->series[i].point_n != 0)
                path_name(buf, plane, &chart->series[i], paths++);
        }
    for (size_t i = 0; i < chart->series_n; i++) {
        if (text_eq(chart->series[i].role, "start"))
            start(buf, plane, &chart->series[i]);
        if (text_eq(chart->series[i].role, "target"))
            target(buf, plane, &chart->series[i]);
    }
}

void html_lines(struct buf *buf, const struct chart *chart, const char *id)
{
    struct plane plane = plane_of(chart);

    buf_printf(buf, "<div class=\"plot\"><svg height=\"%d\"",
            PLANE_HEIGHT + (plane.tiers ? 44 : 26));
    html_chart_names(buf, chart, id);
    plane_y_axis(buf, &plane);
    corridor(buf, &plane);
    plane_x_axis(buf, &plane);
    all_series(buf, &plane);
    html_raw(buf, "</svg></div>\n");
}
