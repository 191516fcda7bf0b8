/*
 * Points of two values each. Points on one place become one mark whose area grows with how
 * many there are, with the number in it where it has room; nothing is hidden.
 */
#include <stdlib.h>

#include "base/text.h"
#include "reports/render/html.h"
#include "reports/render/html_in.h"
#include "reports/render/html_plane_in.h"

enum {
    SINGLE = 4, /* pixels: the radius of one */
    LARGEST = 18,
    WRITTEN = 9, /* the smallest radius that has room for a number */
    NAMED = 6    /* of those on one place, in the note on it */
};

/* By place, then flag, so that what falls together stands together. */
static int by_place(const void *a, const void *b)
{
    const struct chart_point *x = *(const struct chart_point *const *)a;
    const struct chart_point *y = *(const struct chart_point *const *)b;

    if (x->x != y->x)
        return x->x < y->x ? -1 : 1;
    if (x->y != y->y)
        return x->y < y->y ? -1 : 1;
    if (x->flag != y->flag)
        return x->flag < y->flag ? -1 : 1;
    return (x > y) - (x < y);
}

static bool together(const struct chart_point *a, const struct chart_point *b)
{
    return a->x == b->x && a->y == b->y && a->flag == b->flag;
}

/* The whole radius whose area is nearest to n times that of one. */
static int radius(size_t n)
{
    size_t r = SINGLE;

    while (r < LARGEST && r * r + r < n * SINGLE * SINGLE)
        r++;
    return (int)r;
}

/* What a pointer that rests on the mark is told. */
static void names(struct buf *buf, const struct chart_point *const *points, size_t n)
{
    if (text_empty(points[0]->label))
        return;
    html_raw(buf, "<title>");
    for (size_t i = 0; i < n && i < NAMED; i++) {
        if (i != 0)
            html_raw(buf, "; ");
        html_text(buf, points[i]->label);
    }
    if (n > NAMED)
        buf_printf(buf, "; and %zu more", n - NAMED);
    html_raw(buf, "</title>");
}

static void place(struct buf *buf, const struct plane *plane,
        const struct chart_point *const *points, size_t n)
{
    enum flag flag = points[0]->flag;
    int r = radius(n);

    plane_at(buf, plane, points[0]->x, points[0]->y);
    html_raw(buf, "<g>");
    names(buf, points, n);
    if (flag != FLAG_NONE && n == 1)
        html_mark(buf, flag);
    else if (flag != FLAG_NONE)
        buf_printf(buf, "<circle class=\"m-%s halo\" r=\"%d\"/>", html_flag_css(flag), r);
    else
        buf_printf(buf, "<circle class=\"%s\" r=\"%d\"/>", r >= WRITTEN ? "ring" : "mark halo",
                r);
    if (r >= WRITTEN)
        buf_printf(buf,
                "<text class=\"lab strong\" y=\"4\" "
                "text-anchor=\"middle\">%zu</text>",
                n);
    html_raw(buf, "</g></svg>\n");
}

static void places(struct buf *buf, const struct plane *plane,
        const struct chart_series *series)
{
    const struct chart_point **list =
            arena_array(buf->arena, series->point_n + 1, sizeof(*list));

    if (list == NULL) {
        buf->failed = true;
        return;
    }
    for (size_t i = 0; i < series->point_n; i++)
        list[i] = &series->points[i];
    qsort(list, series->point_n, sizeof(*list), by_place);
    for (size_t first = 0, n; first < series->point_n; first += n) {
        n = 1;
        while (first + n < series->point_n && together(list[first], list[first + n]))
            n++;
        place(buf, plane, list + first, n);
    }
}

/* The name of a line stands at its end. */
static void line(struct buf *buf, const struct plane *plane, const struct chart_series *series)
{
    const struct chart_point *end;

    if (series->point_n == 0)
        return;
    for (size_t i = 0; i + 1 < series->point_n; i++)
        plane_segment(buf, plane, "line", &series->points[i]);
    end = &series->points[series->point_n - 1];
    plane_at(buf, plane, end->x, end->y);
    html_raw(buf, "<text class=\"lab\" x=\"-6\" y=\"-6\" text-anchor=\"end\">");
    html_text(buf, series->name);
    html_raw(buf, "</text></svg>\n");
}

static void titles(struct buf *buf, const struct chart *chart, int y)
{
    const struct chart_series *points = html_role(chart, "points");

    html_raw(buf, "<text class=\"strong\" x=\"0\" y=\"-12\">");
    html_text(buf, chart->y_title != NULL ? chart->y_title
                   : points != NULL       ? points->name
                                          : NULL);
    buf_printf(buf, "</text><text class=\"strong\" x=\"100%%\" y=\"%d\" text-anchor=\"end\">",
            y);
    html_text(buf, chart->x_title);
    html_raw(buf, "</text>\n");
}

void html_scatter(struct buf *buf, const struct chart *chart, const char *id)
{
    struct plane plane = plane_of(chart);
    int foot = plane.tiers ? 56 : 38;

    buf_printf(buf, "<div class=\"plot\"><svg height=\"%d\"", PLANE_HEIGHT + foot + 6);
    html_chart_names(buf, chart, id);
    plane_y_axis(buf, &plane);
    plane_x_axis(buf, &plane);
    titles(buf, chart, PLANE_HEIGHT + foot);
    for (size_t i = 0; i < chart->series_n; i++)
        if (text_eq(chart->series[i].role, "line"))
            line(buf, &plane, &chart->series[i]);
    for (size_t i = 0; i < chart->series_n; i++)
        if (text_eq(chart->series[i].role, "points"))
            places(buf, &plane, &chart->series[i]);
    html_raw(buf, "</svg></div>\n<ul class=\"legend\"><li>One dot: one pupil. A larger one: "
                  "several on the same place, by its area.</li>");
    html_flag_items(buf, chart);
    html_raw(buf, "</ul>\n");
}
