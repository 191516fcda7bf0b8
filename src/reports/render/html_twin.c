/* The figures of a chart as a table: what a reader without the drawing has. */
#include "base/text.h"
#include "reports/render/html.h"
#include "reports/render/html_in.h"

/* The distinct places on x of all series, ascending; NULL when memory is out. */
static int64_t *places(struct arena *arena, const struct chart *chart, size_t *ret_n)
{
    int64_t *list = NULL;
    size_t n = 0;

    for (size_t i = 0; i < chart->series_n; i++)
        for (size_t p = 0; p < chart->series[i].point_n; p++) {
            int64_t x = chart->series[i].points[p].x;
            size_t at = n;

            while (at > 0 && list[at - 1] > x)
                at--;
            if (at > 0 && list[at - 1] == x)
                continue;
            list = arena_grow(arena, list, n, sizeof(*list));
            if (list == NULL)
                return NULL;
            for (size_t move = n++; move > at; move--)
                list[move] = list[move - 1];
            list[at] = x;
        }
    *ret_n = n;
    return list;
}

/* The tick's label there, or what starts there. */
static const char *place_label(const struct chart *chart, int64_t x)
{
    for (size_t i = 0; i < chart->x_tick_n; i++)
        if (chart->x_ticks[i].at == x && !chart->x_ticks[i].strong)
            return chart->x_ticks[i].label;
    for (size_t i = 0; i < chart->x_tick_n; i++)
        if (chart->x_ticks[i].at == x)
            return chart->x_ticks[i].label;
    for (size_t i = 0; i < chart->series_n; i++)
        if (text_eq(chart->series[i].role, "start") && chart->series[i].point_n != 0 &&
                chart->series[i].points[0].x == x)
            return chart->series[i].name;
    return NULL;
}

static const struct chart_point *point_at(const struct chart_series *series, int64_t x)
{
    for (size_t i = 0; i < series->point_n; i++)
        if (series->points[i].x == x)
            return &series->points[i];
    return NULL;
}

/* A grade beside its points, or the number alone. */
static void figure(struct buf *buf, const struct chart *chart, const struct chart_point *point,
        bool labels)
{
    html_raw(buf, "<td class=\"num\">");
    if (point == NULL)
        html_raw(buf, "<span class=\"quiet\">\xE2\x80\x93</span>");
    else {
        if (labels && !text_empty(point->label)) {
            html_raw(buf, "<b>");
            html_text(buf, point->label);
            html_raw(buf, "</b> ");
        }
        html_number(buf, chart, point->y);
    }
    html_raw(buf, "</td>");
}

/* Opens the table and its head row, with the heading of the first column. */
static void open_table(struct buf *buf, const struct chart *chart, const char *first)
{
    html_raw(buf, "<details><summary>The same as a table</summary>"
                  "<div class=\"scroll\"><table class=\"book twin\"><caption class=\"vh\">");
    html_text(buf, chart->title);
    html_raw(buf, "</caption><thead><tr><th scope=\"col\">");
    html_text(buf, chart->x_title == NULL ? first : chart->x_title);
    html_raw(buf, "</th>");
}

static void head(struct buf *buf, const char *text)
{
    html_raw(buf, "<th scope=\"col\" class=\"num\">");
    html_text(buf, text);
    html_raw(buf, "</th>");
}

static void open_rows(struct buf *buf)
{
    html_raw(buf, "</tr></thead><tbody>\n");
}

static void close_table(struct buf *buf)
{
    html_raw(buf, "</tbody></table></div></details>\n");
}

static void open_row(struct buf *buf, const char *text)
{
    html_raw(buf, "<tr><th scope=\"row\">");
    html_text(buf, text);
    html_raw(buf, "</th>");
}

/* One column a series. */
static void series_heads(struct buf *buf, const struct chart *chart, const char *first)
{
    open_table(buf, chart, first);
    for (size_t i = 0; i < chart->series_n; i++)
        head(buf, chart->series[i].name);
    open_rows(buf);
}

static void line_twin(struct buf *buf, const struct chart *chart)
{
    size_t n = 0;
    int64_t *list = places(buf->arena, chart, &n);

    if (list == NULL)
        buf->failed = true;
    series_heads(buf, chart, "When");
    for (size_t i = 0; list != NULL && i < n; i++) {
        const char *label = place_label(chart, list[i]);

        html_raw(buf, "<tr><th scope=\"row\">");
        if (label != NULL)
            html_text(buf, label);
        else
            buf_add_milli(buf, list[i], 0);
        html_raw(buf, "</th>");
        for (size_t s = 0; s < chart->series_n; s++)
            figure(buf, chart, point_at(&chart->series[s], list[i]), true);
        html_raw(buf, "</tr>\n");
    }
    close_table(buf);
}

static void bar_twin(struct buf *buf, const struct chart *chart)
{
    size_t n = chart->series_n == 0 ? 0 : chart->series[0].point_n;

    series_heads(buf, chart, "Group");
    for (size_t i = 0; i < n; i++) {
        open_row(buf, chart->series[0].points[i].label);
        for (size_t s = 0; s < chart->series_n; s++)
            figure(buf, chart,
                    i < chart->series[s].point_n ? &chart->series[s].points[i] : NULL, false);
        html_raw(buf, "</tr>\n");
    }
    close_table(buf);
}

/* ---- kinds of their own ---- */

/* One row a group: the five figures of its box, or its single values. */
static void box_twin(struct buf *buf, const struct chart *chart)
{
    static const char *const five[] = { "Lowest", "Lower quartile", "Median", "Upper quartile",
        "Highest" };
    bool dots = html_role(chart, "dots") != NULL;

    open_table(buf, chart, "Group");
    for (size_t i = 0; i < COUNT(five); i++)
        head(buf, five[i]);
    if (dots)
        head(buf, "Single values");
    open_rows(buf);
    for (size_t i = 0; i < chart->series_n; i++) {
        const struct chart_series *series = &chart->series[i];
        bool box = text_eq(series->role, "box") && series->point_n == COUNT(five);

        open_row(buf, series->name);
        for (size_t n = 0; n < COUNT(five); n++)
            figure(buf, chart, box ? &series->points[n] : NULL, false);
        if (dots)
            html_raw(buf, "<td class=\"num\">");
        for (size_t n = 0; dots && !box && n < series->point_n; n++) {
            if (n != 0)
                html_raw(buf, ", ");
            html_number(buf, chart, series->points[n].y);
        }
        if (dots)
            html_raw(buf, "</td>");
        html_raw(buf, "</tr>\n");
    }
    close_table(buf);
}

static void scatter_row(struct buf *buf, const struct chart *chart, const char *name,
        const struct chart_point *point)
{
    open_row(buf, text_empty(point->label) ? name : point->label);
    html_raw(buf, "<td class=\"num\">");
    buf_add_milli(buf, point->x, 0);
    html_raw(buf, "</td>");
    figure(buf, chart, point, false);
    html_raw(buf, "</tr>\n");
}

/* One row a point; lines by their ends. */
static void scatter_twin(struct buf *buf, const struct chart *chart)
{
    const struct chart_series *points = html_role(chart, "points");
    struct chart named = *chart;

    named.x_title = NULL;
    open_table(buf, &named, "Who");
    head(buf, chart->x_title == NULL ? "Across" : chart->x_title);
    head(buf, chart->y_title != NULL ? chart->y_title : points != NULL ? points->name : "Up");
    open_rows(buf);
    for (size_t i = 0; i < chart->series_n; i++)
        for (size_t n = 0; n < chart->series[i].point_n; n++)
            scatter_row(buf, chart, chart->series[i].name, &chart->series[i].points[n]);
    close_table(buf);
}

/* The count, and the flag's word with it. */
static void matrix_cell(struct buf *buf, const struct chart *chart,
        const struct chart_point *point)
{
    html_raw(buf, "<td class=\"num\">");
    if (point == NULL)
        html_raw(buf, "0");
    else
        html_number(buf, chart, point->y);
    if (point != NULL && point->y != 0 && point->flag != FLAG_NONE) {
        html_raw(buf, " ");
        html_sign(buf, point->flag);
        html_raw(buf, "<span class=\"vh\">");
        html_text(buf, flag_word(point->flag));
        html_raw(buf, "</span>");
    }
    html_raw(buf, "</td>");
}

static void matrix_twin(struct buf *buf, const struct chart *chart)
{
    size_t n = 0;
    int64_t *list = places(buf->arena, chart, &n);

    if (list == NULL) {
        buf->failed = true;
        return;
    }
    open_table(buf, chart, "From");
    for (size_t c = 0; c < n; c++) {
        const char *label = NULL;

        for (size_t i = 0; i < chart->series_n && label == NULL; i++) {
            const struct chart_point *point = point_at(&chart->series[i], list[c]);

            label = point == NULL ? NULL : point->label;
        }
        head(buf, label);
    }
    open_rows(buf);
    for (size_t i = 0; i < chart->series_n; i++) {
        open_row(buf, chart->series[i].name);
        for (size_t c = 0; c < n; c++)
            matrix_cell(buf, chart, point_at(&chart->series[i], list[c]));
        html_raw(buf, "</tr>\n");
    }
    close_table(buf);
}

/* The sets with their sizes, then the combinations as they are drawn. */
static void set_twin(struct buf *buf, const struct chart *chart, bool links)
{
    size_t n = 0;
    const struct chart_point **regions = html_regions(buf, chart, &n);

    open_table(buf, chart, "Who");
    head(buf, "Number");
    open_rows(buf);
    for (size_t i = 0; i < chart->series_n; i++) {
        const struct chart_series *series = &chart->series[i];

        if (!text_eq(series->role, "set"))
            continue;
        open_row(buf, series->name);
        figure(buf, chart, series->point_n == 0 ? NULL : &series->points[0], false);
        html_raw(buf, "</tr>\n");
    }
    for (size_t i = 0; i < n; i++) {
        bool linked;

        html_raw(buf, "<tr><th scope=\"row\">");
        linked = html_link_open(buf, regions[i], links, false);
        html_text(buf, regions[i]->label);
        if (linked)
            html_raw(buf, "</a>");
        html_raw(buf, "</th>");
        figure(buf, chart, regions[i], false);
        html_raw(buf, "</tr>\n");
    }
    close_table(buf);
}

void html_twin(struct buf *buf, const struct chart *chart, bool links)
{
    if (text_eq(chart->kind, "line"))
        line_twin(buf, chart);
    else if (text_eq(chart->kind, "box"))
        box_twin(buf, chart);
    else if (text_eq(chart->kind, "scatter"))
        scatter_twin(buf, chart);
    else if (text_eq(chart->kind, "matrix"))
        matrix_twin(buf, chart);
    else if (text_eq(chart->kind, "venn") || text_eq(chart->kind, "upset"))
        set_twin(buf, chart, links);
    else
        bar_twin(buf, chart);
}
