/*
 * A flight path or a trend: x in percent of the width, y and type in pixels, the corridor
 * in an inner drawing that stretches; so the type never scales.
 */
#include "base/text.h"
#include "reports/render/html.h"
#include "reports/render/html_in.h"

enum {
    HEIGHT = 320,
    TICKS_MOST = 10
};

struct plane {
    const struct chart *chart;
    int64_t x_low, x_high, y_low, y_high; /* thousandths */
    bool tiers;                           /* strong and other places on x stand on two lines */
};

static void stretch(int64_t at, int64_t *low, int64_t *high, bool *any)
{
    if (!*any || at < *low)
        *low = at;
    if (!*any || at > *high)
        *high = at;
    *any = true;
}

/* A step of 1, 2 or 5 times a power of ten that divides the height into ten parts at most. */
static int64_t round_step(int64_t range)
{
    static const int64_t factors[] = { 2, 5 };
    const int64_t most = TICKS_MOST - 2;
    int64_t ten = 100;

    for (;; ten *= 10) {
        if (range <= ten * most)
            return ten;
        for (size_t i = 0; i < COUNT(factors); i++)
            if (range <= ten * factors[i] * most)
                return ten * factors[i];
    }
}

static int64_t floor_to(int64_t at, int64_t step)
{
    int64_t rest = at % step;

    return at - rest - (rest < 0 ? step : 0);
}

static struct plane plane_of(const struct chart *chart)
{
    struct plane plane = { .chart = chart };
    bool x = false;
    bool y = false;
    bool plain = false;
    bool strong = false;

    for (size_t i = 0; i < chart->series_n; i++)
        for (size_t n = 0; n < chart->series[i].point_n; n++) {
            stretch(chart->series[i].points[n].x, &plane.x_low, &plane.x_high, &x);
            stretch(chart->series[i].points[n].y, &plane.y_low, &plane.y_high, &y);
        }
    for (size_t i = 0; i < chart->y_tick_n; i++)
        stretch(chart->y_ticks[i].at, &plane.y_low, &plane.y_high, &y);
    for (size_t i = 0; i < chart->x_tick_n; i++) {
        stretch(chart->x_ticks[i].at, &plane.x_low, &plane.x_high, &x);
        plain = plain || !chart->x_ticks[i].strong;
        strong = strong || chart->x_ticks[i].strong;
    }
    plane.tiers = plain && strong;
    if (chart->y_tick_n == 0) {
        int64_t step = round_step(plane.y_high - plane.y_low);

        plane.y_low = floor_to(plane.y_low, step);
        plane.y_high = floor_to(plane.y_high + step - 1, step);
    }
    if (plane.x_low == plane.x_high)
        plane.x_high++;
    if (plane.y_low == plane.y_high)
        plane.y_high += 1000;
    return plane;
}

static void x_of(struct buf *buf, const struct plane *plane, int64_t x)
{
    html_percent(buf, x - plane->x_low, plane->x_high - plane->x_low);
}

/* Tenths of a pixel from the top. */
static long long y_tenths(const struct plane *plane, int64_t y)
{
    return (long long)((plane->y_high - y) * HEIGHT * 10 / (plane->y_high - plane->y_low));
}

static void y_of(struct buf *buf, const struct plane *plane, int64_t y)
{
    long long tenths = y_tenths(plane, y);

    buf_printf(buf, "%lld.%lld", tenths / 10, tenths % 10);
}

static void level(struct buf *buf, const struct plane *plane, int64_t at, bool strong)
{
    long long y = y_tenths(plane, at) / 10;

    buf_printf(buf, "<line class=\"%s\" x1=\"0\" x2=\"100%%\" y1=\"%lld\" y2=\"%lld\"/>",
            strong ? "level" : "feint", y, y);
    buf_printf(buf, "<text x=\"-10\" y=\"%lld\" text-anchor=\"end\"%s>", y + 4,
            strong ? " class=\"strong\"" : "");
}

static void y_axis(struct buf *buf, const struct plane *plane)
{
    const struct chart *chart = plane->chart;
    int64_t step = round_step(plane->y_high - plane->y_low);

    for (size_t i = 0; i < chart->y_tick_n; i++) {
        level(buf, plane, chart->y_ticks[i].at, chart->y_ticks[i].strong);
        html_text(buf, chart->y_ticks[i].label);
        html_raw(buf, "</text>");
    }
    for (int64_t at = plane->y_low; chart->y_tick_n == 0 && at <= plane->y_high; at += step) {
        level(buf, plane, at, false);
        buf_add_milli(buf, at, 0);
        if (text_eq(chart->unit, "%"))
            html_raw(buf, "%");
        html_raw(buf, "</text>");
    }
    html_raw(buf, "\n");
}

static void x_axis(struct buf *buf, const struct plane *plane)
{
    const struct chart *chart = plane->chart;

    buf_printf(buf, "<line class=\"axis\" x1=\"0\" x2=\"100%%\" y1=\"%d\" y2=\"%d\"/>", HEIGHT,
            HEIGHT);
    for (size_t i = 0; i < chart->x_tick_n; i++) {
        bool low = chart->x_ticks[i].strong && plane->tiers;

        if (!low) {
            html_raw(buf, "<line class=\"axis\" x1=\"");
            x_of(buf, plane, chart->x_ticks[i].at);
            html_raw(buf, "\" x2=\"");
            x_of(buf, plane, chart->x_ticks[i].at);
            buf_printf(buf, "\" y1=\"%d\" y2=\"%d\"/>", HEIGHT, HEIGHT + 5);
        }
        html_raw(buf, "<text x=\"");
        x_of(buf, plane, chart->x_ticks[i].at);
        buf_printf(buf, "\" y=\"%d\" text-anchor=\"%s\" class=\"%s\">",
                HEIGHT + (low ? 37 : 19),
                chart->x_ticks[i].at == plane->x_high ? "end" : "middle",
                chart->x_ticks[i].strong ? "strong" : "term");
        html_text(buf, chart->x_ticks[i].label);
        html_raw(buf, "</text>");
    }
    html_raw(buf, "\n");
}

static void segment(struct buf *buf, const struct plane *plane, const char *css,
        const struct chart_point *from)
{
    buf_printf(buf, "<line class=\"%s\" x1=\"", css);
    x_of(buf, plane, from[0].x);
    html_raw(buf, "\" x2=\"");
    x_of(buf, plane, from[1].x);
    html_raw(buf, "\" y1=\"");
    y_of(buf, plane, from[0].y);
    html_raw(buf, "\" y2=\"");
    y_of(buf, plane, from[1].y);
    html_raw(buf, "\"/>");
}

static void path(struct buf *buf, const struct plane *plane, const char *css,
        const struct chart_series *series)
{
    for (size_t i = 0; i + 1 < series->point_n; i++)
        segment(buf, plane, css, &series->points[i]);
    html_raw(buf, "\n");
}

static const struct chart_series *with_role(const struct chart *chart, const char *role)
{
    for (size_t i = 0; i < chart->series_n; i++)
        if (text_eq(chart->series[i].role, role))
            return &chart->series[i];
    return NULL;
}

/* x of the corridor's drawing, a hundred wide. */
static void corner(struct buf *buf, const struct plane *plane, const struct chart_point *point)
{
    int64_t x = (point->x - plane->x_low) * 100000 / (plane->x_high - plane->x_low);

    buf_add_milli(buf, x, 0);
    html_raw(buf, " ");
    y_of(buf, plane, point->y);
}

static void corridor(struct buf *buf, const struct plane *plane)
{
    const struct chart_series *low = with_role(plane->chart, "band-low");
    const struct chart_series *high = with_role(plane->chart, "band-high");

    if (low == NULL || high == NULL || low->point_n == 0 || high->point_n == 0)
        return;
    buf_printf(buf,
            "<svg viewBox=\"0 0 100 %d\" preserveAspectRatio=\"none\" width=\"100%%\" "
            "height=\"%d\" x=\"0\" y=\"0\"><path class=\"corridor\" d=\"",
            HEIGHT, HEIGHT);
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

/* Open a drawing whose nought is the point. */
static void at_point(struct buf *buf, const struct plane *plane, int64_t x, int64_t y)
{
    html_raw(buf, "<svg class=\"o\" x=\"");
    x_of(buf, plane, x);
    html_raw(buf, "\" y=\"");
    y_of(buf, plane, y);
    html_raw(buf, "\">");
}

static void mark(struct buf *buf, enum flag flag)
{
    if (flag == FLAG_NONE) {
        html_raw(buf, "<circle class=\"mark halo\" r=\"5\"/>");
        return;
    }
    buf_printf(buf, "<g class=\"m-%s halo\">", html_flag_css(flag));
    switch (flag) {
    case FLAG_WELL_BELOW:
        html_raw(buf, "<path d=\"M-7-8H7L0 1zM-7-1H7L0 8z\"/>");
        break;
    case FLAG_BELOW:
        html_raw(buf, "<path d=\"M-7-5.500H7L0 7z\"/>");
        break;
    case FLAG_ABOVE:
        html_raw(buf, "<path d=\"M-7 5.500H7L0-7z\"/>");
        break;
    case FLAG_WELL_ABOVE:
        html_raw(buf, "<path d=\"M-7 8H7L0-1zM-7 1H7L0-8z\"/>");
        break;
    case FLAG_NONE:
    case FLAG_ON:
    case FLAG__MAX:
        html_raw(buf, "<circle r=\"6\"/>");
        break;
    }
    html_raw(buf, "</g>");
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
        at_point(buf, plane, series->points[i].x, series->points[i].y);
        mark(buf, series->points[i].flag);
        mark_label(buf, plane, series, i);
        html_raw(buf, "</svg>\n");
    }
}

static void ticks(struct buf *buf, const struct plane *plane, const struct chart_series *series)
{
    for (size_t i = 1; i + 1 < series->point_n; i++) {
        at_point(buf, plane, series->points[i].x, series->points[i].y);
        html_raw(buf, "<path class=\"tick\" d=\"M-5 0H5\"/></svg>");
    }
    html_raw(buf, "\n");
}

static void start(struct buf *buf, const struct plane *plane, const struct chart_series *series)
{
    for (size_t i = 0; i < series->point_n; i++) {
        at_point(buf, plane, series->points[i].x, series->points[i].y);
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
        at_point(buf, plane, series->points[i].x, series->points[i].y);
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

    if (before == 0 && with_role(plane->chart, "line") != NULL)
        return;
    at_point(buf, plane, end->x, end->y);
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
    x_of(buf, plane, plane->chart->mark_x);
    html_raw(buf, "\" x2=\"");
    x_of(buf, plane, plane->chart->mark_x);
    buf_printf(buf, "\" y1=\"0\" y2=\"%d\"/><text x=\"", HEIGHT);
    x_of(buf, plane, plane->chart->mark_x);
    html_raw(buf, "\" y=\"-8\" text-anchor=\"middle\">");
    html_text(buf, plane->chart->mark_label);
    html_raw(buf, "</text>\n");
}

/* The first path sets out from the start. */
static void from_start(struct buf *buf, const struct plane *plane,
        const struct chart_series *series)
{
    const struct chart_series *origin = with_role(plane->chart, "start");
    struct chart_point ends[2];

    if (origin == NULL || origin->point_n == 0 || series->point_n == 0 ||
            origin->points[0].x >= series->points[0].x)
        return;
    ends[0] = origin->points[0];
    ends[1] = series->points[0];
    segment(buf, plane, "path", ends);
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

    buf_printf(buf, "<div class=\"plot\"><svg height=\"%d\"", HEIGHT + (plane.tiers ? 44 : 26));
    html_chart_names(buf, chart, id);
    y_axis(buf, &plane);
    corridor(buf, &plane);
    x_axis(buf, &plane);
    all_series(buf, &plane);
    html_raw(buf, "</svg></div>\n");
}
