/* A chart's figure: names, the drawing of its kind, legend, and the figures as a table. */
#include <math.h>
#include <stdlib.h>

#include "base/text.h"
#include "reports/render/html.h"
#include "reports/render/html_in.h"
#include "reports/render/paper.h"

void html_percent(struct buf *buf, int64_t part, int64_t whole)
{
    int64_t hundredths;

    while (part > INT64_MAX / 40000 || whole > INT64_MAX / 40000) {
        part /= 2;
        whole /= 2;
    }
    hundredths = whole == 0 ? 0 : (part * 20000 + whole) / (whole * 2);
    if (hundredths < 0)
        hundredths = 0;
    buf_printf(buf, "%lld.%02lld%%", (long long)(hundredths / 100),
            (long long)(hundredths % 100));
}

void html_decimal(struct buf *buf, double number)
{
    long long tenths = llround(number * 10);

    buf_printf(buf, "%s%lld.%lld", tenths < 0 ? "-" : "", llabs(tenths) / 10,
            llabs(tenths) % 10);
}

void html_chart_group(struct buf *buf, const struct chart *chart, const char *id, bool links)
{
    if (links)
        html_raw(buf, " role=\"group\" aria-labelledby=\"");
    else
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

void html_chart_names(struct buf *buf, const struct chart *chart, const char *id)
{
    html_chart_group(buf, chart, id, false);
}

bool html_link_open(struct buf *buf, const struct chart_point *point, bool links, bool named)
{
    if (!links || point == NULL || !html_is_local(point->link))
        return false;
    html_raw(buf, "<a href=\"");
    html_text(buf, point->link);
    if (named) {
        html_raw(buf, "\" aria-label=\"");
        html_text(buf, point->label);
        html_raw(buf, ": ");
        buf_add_milli(buf, point->y, 0);
    }
    html_raw(buf, "\">");
    return true;
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

void html_flag_items(struct buf *buf, const struct chart *chart)
{
    for (int flag = FLAG_NONE + 1; flag < FLAG__MAX; flag++)
        if (has_mark(chart, (enum flag)flag)) {
            html_raw(buf, "<li>");
            html_flag(buf, (enum flag)flag, NULL);
            html_raw(buf, "</li>");
        }
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
    html_flag_items(buf, chart);
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

/* Without a point there is nothing to draw, only to say. */
static bool is_bare(const struct chart *chart)
{
    for (size_t i = 0; i < chart->series_n; i++)
        if (chart->series[i].point_n != 0)
            return false;
    return true;
}

/* The drawing, with what explains its signs. */
static void drawing(struct buf *buf, const struct chart *chart, const char *id, bool links)
{
    const struct chart_series *none = NULL;
    size_t sets = html_sets(chart, &none, 0);

    if (text_eq(chart->kind, "line")) {
        html_lines(buf, chart, id);
        line_legend(buf, chart);
    } else if (text_eq(chart->kind, "box")) {
        html_boxes(buf, chart, id);
    } else if (text_eq(chart->kind, "scatter")) {
        html_scatter(buf, chart, id);
    } else if (text_eq(chart->kind, "matrix")) {
        html_matrix(buf, chart, id, links);
    } else if (text_eq(chart->kind, "venn") && (sets == 2 || sets == 3)) {
        html_venn(buf, chart, id, links);
    } else if (text_eq(chart->kind, "venn") || text_eq(chart->kind, "upset")) {
        html_upset(buf, chart, id, links);
    } else {
        html_bars(buf, chart, id);
    }
}

static bool has_links(const struct chart *chart)
{
    for (size_t i = 0; i < chart->series_n; i++)
        for (size_t n = 0; n < chart->series[i].point_n; n++)
            if (html_is_local(chart->series[i].points[n].link))
                return true;
    return false;
}

void html_chart(struct buf *buf, const struct chart *chart, const char *id, bool links)
{
    bool linked = links && has_links(chart);

    buf_printf(buf, "<figure class=\"fig%s\"><figcaption><h2>",
            text_eq(chart->kind, "line") ? "" : " split");
    html_text(buf, chart->title);
    html_raw(buf, "</h2>");
    html_text(buf,
            chart->caption == NULL && is_bare(chart) ? chart->description : chart->caption);
    html_raw(buf, "</figcaption>\n");
    if (!is_bare(chart)) {
        drawing(buf, chart, id, linked);
        html_twin(buf, chart, linked);
    }
    html_raw(buf, "</figure>\n");
}
