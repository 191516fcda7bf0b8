/* A chart's figure: names, drawing, legend, and the same figures as a table. */
#include "base/text.h"
#include "reports/render/html.h"
#include "reports/render/html_in.h"
#include "reports/render/paper.h"

void html_percent(struct buf *buf, int64_t part, int64_t whole)
{
    int64_t hundredths = whole == 0 ? 0 : (part * 20000 + whole) / (whole * 2);

    if (hundredths < 0)
        hundredths = 0;
    buf_printf(buf, "%lld.%02lld%%", (long long)(hundredths / 100),
            (long long)(hundredths % 100));
}

void html_chart_names(struct buf *buf, const struct chart *chart, const char *id)
{
    html_raw(buf, " role=\"img\" aria-labelledby=\"");
    html_text(buf, id);
    html_raw(buf, "-t ");
    html_text(buf, id);
    html_raw(buf, "-d\"><title id=\"");
    html_text(buf, id);
    html_raw(buf, "-t\">");
    html_text(buf, chart->title);
    html_raw(buf, "</title><desc id=\"");
    html_text(buf, id);
    html_raw(buf, "-d\">");
    html_text(buf, chart->description);
    html_raw(buf, "</desc>\n");
}

enum flag html_series_flag(const struct chart_series *series)
{
    return paper_flag_named(series->role);
}

static bool has_role(const struct chart *chart, const char *role)
{
    for (size_t i = 0; i < chart->series_n; i++)
        if (text_eq(chart->series[i].role, role) && chart->series[i].point_n != 0)
            return true;
    return false;
}

static bool has_mark(const struct chart *chart, enum flag flag)
{
    for (size_t i = 0; i < chart->series_n; i++)
        for (size_t n = 0; n < chart->series[i].point_n; n++)
            if (chart->series[i].points[n].flag == flag)
                return true;
    return false;
}

static const char *name_of(const struct chart *chart, const char *role)
{
    for (size_t i = 0; i < chart->series_n; i++)
        if (text_eq(chart->series[i].role, role))
            return chart->series[i].name;
    return "";
}

static void line_legend(struct buf *buf, const struct chart *chart)
{
    html_raw(buf, "<ul class=\"legend\">");
    if (has_role(chart, "start")) {
        html_raw(buf,
                "<li><svg class=\"s\" aria-hidden=\"true\"><use href=\"#s-start\"/></svg> ");
        html_text(buf, name_of(chart, "start"));
        html_raw(buf, "</li>");
    }
    for (int flag = FLAG_NONE + 1; flag < FLAG__MAX; flag++)
        if (has_mark(chart, (enum flag)flag)) {
            html_raw(buf, "<li>");
            html_flag(buf, (enum flag)flag, NULL);
            html_raw(buf, "</li>");
        }
    if (has_role(chart, "line")) {
        html_raw(buf, "<li><svg class=\"s\" viewBox=\"0 0 12 12\" aria-hidden=\"true\">"
                      "<path class=\"tick\" d=\"M0 6h12\"/></svg> ");
        html_text(buf, name_of(chart, "line"));
        html_raw(buf, "</li>");
    }
    if (has_role(chart, "band-high")) {
        html_raw(buf, "<li><svg class=\"s\" viewBox=\"0 0 12 12\" aria-hidden=\"true\">"
                      "<path class=\"corridor edge\" d=\"M.5 2.500h11v7H.5z\"/></svg> ");
        html_text(buf, name_of(chart, "band-high"));
        html_raw(buf, "</li>");
    }
    if (has_role(chart, "target")) {
        html_raw(buf,
                "<li><svg class=\"s\" aria-hidden=\"true\"><use href=\"#s-goal\"/></svg> ");
        html_text(buf, name_of(chart, "target"));
        html_raw(buf, "</li>");
    }
    html_raw(buf, "</ul>\n");
}

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

/* A figure without places stands alone only where none of the chart has any. */
static bool is_whole(const struct chart *chart)
{
    for (size_t i = 0; i < chart->series_n; i++)
        for (size_t n = 0; n < chart->series[i].point_n; n++)
            if (chart->series[i].points[n].y % 1000 != 0)
                return false;
    return !text_eq(chart->unit, "%");
}

void html_number(struct buf *buf, const struct chart *chart, int64_t milli)
{
    struct column column = { .type = text_eq(chart->unit, "%") ? COLUMN_PERCENT
                                                               : COLUMN_NUMBER };
    const char *text = paper_number(buf->arena, &column, is_whole(chart) ? 0 : 1, milli);

    if (text == NULL)
        buf->failed = true;
    html_text(buf, text);
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

static void twin_head(struct buf *buf, const struct chart *chart, const char *first)
{
    html_raw(buf, "<details><summary>The same as a table</summary>"
                  "<div class=\"scroll\"><table class=\"book twin\"><caption class=\"vh\">");
    html_text(buf, chart->title);
    html_raw(buf, "</caption><thead><tr><th scope=\"col\">");
    html_text(buf, chart->x_title == NULL ? first : chart->x_title);
    html_raw(buf, "</th>");
    for (size_t i = 0; i < chart->series_n; i++) {
        html_raw(buf, "<th scope=\"col\" class=\"num\">");
        html_text(buf, chart->series[i].name);
        html_raw(buf, "</th>");
    }
    html_raw(buf, "</tr></thead><tbody>\n");
}

static void line_twin(struct buf *buf, const struct chart *chart)
{
    size_t n = 0;
    int64_t *list = places(buf->arena, chart, &n);

    if (list == NULL)
        buf->failed = true;
    twin_head(buf, chart, "When");
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
    html_raw(buf, "</tbody></table></div></details>\n");
}

static void bar_twin(struct buf *buf, const struct chart *chart)
{
    size_t n = chart->series_n == 0 ? 0 : chart->series[0].point_n;

    twin_head(buf, chart, "Group");
    for (size_t i = 0; i < n; i++) {
        html_raw(buf, "<tr><th scope=\"row\">");
        html_text(buf, chart->series[0].points[i].label);
        html_raw(buf, "</th>");
        for (size_t s = 0; s < chart->series_n; s++)
            figure(buf, chart,
                    i < chart->series[s].point_n ? &chart->series[s].points[i] : NULL, false);
        html_raw(buf, "</tr>\n");
    }
    html_raw(buf, "</tbody></table></div></details>\n");
}

/* Without a point there is nothing to draw, only to say. */
static bool is_bare(const struct chart *chart)
{
    for (size_t i = 0; i < chart->series_n; i++)
        if (chart->series[i].point_n != 0)
            return false;
    return true;
}

void html_chart(struct buf *buf, const struct chart *chart, const char *id)
{
    bool line = text_eq(chart->kind, "line");

    buf_printf(buf, "<figure class=\"fig%s\"><figcaption><h2>", line ? "" : " split");
    html_text(buf, chart->title);
    html_raw(buf, "</h2>");
    html_text(buf,
            chart->caption == NULL && is_bare(chart) ? chart->description : chart->caption);
    html_raw(buf, "</figcaption>\n");
    if (!is_bare(chart) && line) {
        html_lines(buf, chart, id);
        line_legend(buf, chart);
        line_twin(buf, chart);
    } else if (!is_bare(chart)) {
        html_bars(buf, chart, id);
        bar_twin(buf, chart);
    }
    html_raw(buf, "</figure>\n");
}
