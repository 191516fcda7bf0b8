/* The plane of a line chart or scatter: ranges, ticks, and where a point stands. */
#include "base/text.h"
#include "reports/render/html.h"
#include "reports/render/html_in.h"
#include "reports/render/html_plane_in.h"

enum {
    TICKS_MOST = 10
};

static void stretch(int64_t at, int64_t *low, int64_t *high, bool *any)
{
    if (!*any || at < *low)
        *low = at;
    if (!*any || at > *high)
        *high = at;
    *any = true;
}

int64_t plane_step(int64_t range)
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

int64_t plane_floor(int64_t at, int64_t step)
{
    int64_t rest = at % step;

    return at - rest - (rest < 0 ? step : 0);
}

/* To round numbers on either side; returns the step between them. */
static int64_t widen(int64_t *low, int64_t *high)
{
    int64_t step = plane_step(*high - *low);

    *low = plane_floor(*low, step);
    *high = plane_floor(*high + step - 1, step);
    if (*low == *high)
        *high += step;
    return step;
}

struct plane plane_of(const struct chart *chart)
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
    if (chart->y_tick_n == 0)
        (void)widen(&plane.y_low, &plane.y_high);
    if (chart->x_tick_n == 0 && text_eq(chart->kind, "scatter"))
        plane.x_step = widen(&plane.x_low, &plane.x_high);
    if (plane.x_low == plane.x_high)
        plane.x_high++;
    if (plane.y_low == plane.y_high)
        plane.y_high += 1000;
    return plane;
}

void plane_x(struct buf *buf, const struct plane *plane, int64_t x)
{
    html_percent(buf, x - plane->x_low, plane->x_high - plane->x_low);
}

/* Tenths of a pixel from the top. */
static long long y_tenths(const struct plane *plane, int64_t y)
{
    return (long long)((plane->y_high - y) * PLANE_HEIGHT * 10 /
                       (plane->y_high - plane->y_low));
}

void plane_y(struct buf *buf, const struct plane *plane, int64_t y)
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

void plane_y_axis(struct buf *buf, const struct plane *plane)
{
    const struct chart *chart = plane->chart;
    int64_t step = plane_step(plane->y_high - plane->y_low);

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

void plane_x_axis(struct buf *buf, const struct plane *plane)
{
    const struct chart *chart = plane->chart;

    buf_printf(buf, "<line class=\"axis\" x1=\"0\" x2=\"100%%\" y1=\"%d\" y2=\"%d\"/>",
            PLANE_HEIGHT, PLANE_HEIGHT);
    for (int64_t at = plane->x_low; plane->x_step != 0 && at <= plane->x_high;
            at += plane->x_step) {
        html_raw(buf, "<text x=\"");
        plane_x(buf, plane, at);
        buf_printf(buf, "\" y=\"%d\" text-anchor=\"middle\">", PLANE_HEIGHT + 19);
        buf_add_milli(buf, at, 0);
        html_raw(buf, "</text>");
    }
    for (size_t i = 0; i < chart->x_tick_n; i++) {
        bool low = chart->x_ticks[i].strong && plane->tiers;

        if (!low) {
            html_raw(buf, "<line class=\"axis\" x1=\"");
            plane_x(buf, plane, chart->x_ticks[i].at);
            html_raw(buf, "\" x2=\"");
            plane_x(buf, plane, chart->x_ticks[i].at);
            buf_printf(buf, "\" y1=\"%d\" y2=\"%d\"/>", PLANE_HEIGHT, PLANE_HEIGHT + 5);
        }
        html_raw(buf, "<text x=\"");
        plane_x(buf, plane, chart->x_ticks[i].at);
        buf_printf(buf, "\" y=\"%d\" text-anchor=\"%s\" class=\"%s\">",
                PLANE_HEIGHT + (low ? 37 : 19),
                chart->x_ticks[i].at == plane->x_high ? "end" : "middle",
                chart->x_ticks[i].strong ? "strong" : "term");
        html_text(buf, chart->x_ticks[i].label);
        html_raw(buf, "</text>");
    }
    html_raw(buf, "\n");
}

void plane_segment(struct buf *buf, const struct plane *plane, const char *css,
        const struct chart_point *from)
{
    buf_printf(buf, "<line class=\"%s\" x1=\"", css);
    plane_x(buf, plane, from[0].x);
    html_raw(buf, "\" x2=\"");
    plane_x(buf, plane, from[1].x);
    html_raw(buf, "\" y1=\"");
    plane_y(buf, plane, from[0].y);
    html_raw(buf, "\" y2=\"");
    plane_y(buf, plane, from[1].y);
    html_raw(buf, "\"/>");
}

void plane_at(struct buf *buf, const struct plane *plane, int64_t x, int64_t y)
{
    html_raw(buf, "<svg class=\"o\" x=\"");
    plane_x(buf, plane, x);
    html_raw(buf, "\" y=\"");
    plane_y(buf, plane, y);
    html_raw(buf, "\">");
}

void html_mark(struct buf *buf, enum flag flag)
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

const struct chart_series *html_role(const struct chart *chart, const char *role)
{
    for (size_t i = 0; i < chart->series_n; i++)
        if (text_eq(chart->series[i].role, role))
            return &chart->series[i];
    return NULL;
}
