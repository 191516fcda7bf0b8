/*
 * Counts in rows and columns. Each cell has its number written in it and, where the point has a
 * flag, a light colour and the flag's sign, so that colour is never alone.
 */
#include "base/text.h"
#include "reports/render/html.h"
#include "reports/render/html_in.h"

enum {
    CELL = 30,
    NARROW = 4, /* row labels up to this many letters stand in the margin */
    OVER = 18   /* longer ones over their row */
};

struct matrix {
    const struct chart *chart;
    int64_t *places; /* of the columns on x, ascending */
    size_t n;
    size_t row; /* height of one */
    bool links;
};

static bool find_places(struct buf *buf, struct matrix *m)
{
    for (size_t i = 0; i < m->chart->series_n; i++)
        for (size_t p = 0; p < m->chart->series[i].point_n; p++) {
            int64_t x = m->chart->series[i].points[p].x;
            size_t at = m->n;

            while (at > 0 && m->places[at - 1] > x)
                at--;
            if (at > 0 && m->places[at - 1] == x)
                continue;
            m->places = arena_grow(buf->arena, m->places, m->n, sizeof(*m->places));
            if (m->places == NULL) {
                buf->failed = true;
                return false;
            }
            for (size_t move = m->n++; move > at; move--)
                m->places[move] = m->places[move - 1];
            m->places[at] = x;
        }
    return m->n != 0;
}

static size_t column_of(const struct matrix *m, int64_t x)
{
    size_t c = 0;

    while (m->places[c] != x)
        c++;
    return c;
}

static const char *column_label(const struct matrix *m, int64_t x)
{
    for (size_t i = 0; i < m->chart->series_n; i++)
        for (size_t p = 0; p < m->chart->series[i].point_n; p++)
            if (m->chart->series[i].points[p].x == x &&
                    !text_empty(m->chart->series[i].points[p].label))
                return m->chart->series[i].points[p].label;
    return NULL;
}

/* Left edge, or with `half` the middle, of a column. */
static void column_x(struct buf *buf, const struct matrix *m, size_t c, bool half)
{
    html_percent(buf, (int64_t)(2 * c + half), (int64_t)(2 * m->n));
}

static void heads(struct buf *buf, const struct matrix *m)
{
    for (size_t c = 0; c < m->n; c++) {
        html_raw(buf, "<text class=\"strong\" text-anchor=\"middle\" y=\"-6\" x=\"");
        column_x(buf, m, c, true);
        html_raw(buf, "\">");
        html_text(buf, column_label(m, m->places[c]));
        html_raw(buf, "</text>");
    }
    html_raw(buf, "\n");
}

static const char *wash(enum flag flag)
{
    switch (flag) {
    case FLAG_WELL_BELOW:
        return "var(--well-bg)";
    case FLAG_BELOW:
        return "var(--below-bg)";
    case FLAG_ON:
        return "var(--band)";
    case FLAG_ABOVE:
    case FLAG_WELL_ABOVE:
        return "var(--above-bg)";
    case FLAG_NONE:
    case FLAG__MAX:
        break;
    }
    return "none";
}

static void cell(struct buf *buf, const struct matrix *m, const struct chart_point *point,
        size_t top)
{
    size_t c = column_of(m, point->x);
    bool linked;

    buf_printf(buf, "<rect fill=\"%s\" stroke=\"var(--rule)\" y=\"%zu\" height=\"%d\" x=\"",
            wash(point->flag), top, CELL);
    column_x(buf, m, c, false);
    html_raw(buf, "\" width=\"");
    html_percent(buf, 1, (int64_t)m->n);
    html_raw(buf, "\"/>");
    if (point->y == 0)
        return;
    linked = html_link_open(buf, point, m->links, true);
    html_raw(buf, "<svg class=\"o\" x=\"");
    column_x(buf, m, c, true);
    buf_printf(buf, "\" y=\"%zu\">", top);
    if (point->flag != FLAG_NONE)
        buf_printf(buf,
                "<use href=\"#s-%s\" class=\"m-%s\" x=\"-4\" y=\"1\" width=\"8\" "
                "height=\"8\"/>",
                html_flag_symbol(point->flag), html_flag_css(point->flag));
    html_raw(buf, "<text class=\"strong\" text-anchor=\"middle\" y=\"22\">");
    html_number(buf, m->chart, point->y);
    html_raw(buf, "</text></svg>");
    if (linked)
        html_raw(buf, "</a>");
    html_raw(buf, "\n");
}

static void row(struct buf *buf, const struct matrix *m, const struct chart_series *series,
        size_t top)
{
    size_t over = m->row - CELL;

    if (over == 0)
        buf_printf(buf, "<text class=\"strong\" x=\"-8\" y=\"%zu\" text-anchor=\"end\">",
                top + 20);
    else
        buf_printf(buf, "<text class=\"strong\" x=\"0\" y=\"%zu\">", top + 13);
    html_text(buf, series->name);
    html_raw(buf, "</text>");
    for (size_t p = 0; p < series->point_n; p++)
        cell(buf, m, &series->points[p], top + over);
}

void html_matrix(struct buf *buf, const struct chart *chart, const char *id, bool links)
{
    struct matrix m = { .chart = chart, .row = CELL, .links = links };
    size_t rows = 0;

    if (!find_places(buf, &m))
        return;
    for (size_t i = 0; i < chart->series_n; i++) {
        rows += text_eq(chart->series[i].role, "row");
        if (text_width(chart->series[i].name) > NARROW)
            m.row = CELL + OVER;
    }
    buf_printf(buf, "<div class=\"plot\"><svg height=\"%zu\"", rows * m.row + 4);
    html_chart_group(buf, chart, id, links);
    heads(buf, &m);
    rows = 0;
    for (size_t i = 0; i < chart->series_n; i++)
        if (text_eq(chart->series[i].role, "row"))
            row(buf, &m, &chart->series[i], rows++ * m.row);
    html_raw(buf, "</svg></div>\n<ul class=\"legend\">");
    html_flag_items(buf, chart);
    html_raw(buf, "</ul>\n");
}
