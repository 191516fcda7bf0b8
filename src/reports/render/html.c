#include "reports/render/html.h"

#include "base/text.h"
#include "reports/render/escape.h"
#include "reports/render/html_in.h"
#include "reports/render/paper.h"
#include "reports/render/render_in.h"

void html_text(struct buf *buf, const char *text)
{
    if (text != NULL)
        escape_html(buf, text);
}

/* A text that may be NULL because memory ran out. */
static const char *sure(struct buf *buf, const char *text)
{
    if (text == NULL)
        buf->failed = true;
    return text == NULL ? "" : text;
}

void html_symbols(struct buf *buf)
{
    html_raw(buf, "<svg class=\"vh\" aria-hidden=\"true\" focusable=\"false\">\n");
    html_raw(buf, "<symbol id=\"s-well\" viewBox=\"0 0 12 12\">"
                  "<path d=\"M.8.6h10.400L6 6zM.8 6.200h10.400L6 11.600z\"/></symbol>\n");
    html_raw(buf, "<symbol id=\"s-below\" viewBox=\"0 0 12 12\">"
                  "<path d=\"M.8 1.600h10.400L6 10.600z\"/></symbol>\n");
    html_raw(buf, "<symbol id=\"s-on\" viewBox=\"0 0 12 12\">"
                  "<circle cx=\"6\" cy=\"6\" r=\"4.400\"/></symbol>\n");
    html_raw(buf, "<symbol id=\"s-above\" viewBox=\"0 0 12 12\">"
                  "<path d=\"M.8 10.400h10.400L6 1.400z\"/></symbol>\n");
    html_raw(buf, "<symbol id=\"s-high\" viewBox=\"0 0 12 12\">"
                  "<path d=\"M.8 5.800h10.400L6 .4zM.8 11.400h10.400L6 6z\"/></symbol>\n");
    html_raw(buf, "<symbol id=\"s-none\" viewBox=\"0 0 12 12\">"
                  "<path d=\"M2 5.200h8v1.600H2z\"/></symbol>\n");
    html_raw(buf, "<symbol id=\"s-goal\" viewBox=\"0 0 12 12\"><path fill-rule=\"evenodd\" "
                  "d=\"M6 0a6 6 0 1 0 0 12A6 6 0 0 0 6 0zm0 2a4 4 0 1 1 0 8 4 4 0 0 1 0-8z\"/>"
                  "<circle cx=\"6\" cy=\"6\" r=\"1.800\"/></symbol>\n");
    html_raw(buf, "<symbol id=\"s-start\" viewBox=\"0 0 12 12\">"
                  "<path d=\"M1.500 1.500h9v9h-9z\"/></symbol>\n</svg>\n");
}

static void heading(struct buf *buf, const struct report *report)
{
    html_raw(buf, "<div class=\"label subj-6\">\n<div><h1>");
    html_text(buf, report->title);
    html_raw(buf, "</h1><p>");
    html_text(buf, sure(buf, paper_basis(buf->arena, report)));
    html_raw(buf, "</p></div>\n</div>\n");
}

static void filters(struct buf *buf, const struct report *report)
{
    if (report->filters.n == 0)
        return;
    html_raw(buf, "<div class=\"strip filters\"><span class=\"quiet\">This report counts</span>"
                  " <ul class=\"chips\">");
    for (size_t i = 0; i < report->filters.n; i++) {
        html_raw(buf, "<li><span>");
        html_text(buf, report->filters.items[i]);
        html_raw(buf, "</span></li>");
    }
    html_raw(buf, "</ul></div>\n");
}

/* The first sentence of several is the headline. */
static void says(struct buf *buf, const char *text)
{
    const char *end = text;
    const char *lead;

    while (*end != '\0' && !(end != text && end[-1] == '.' && *end == ' '))
        end++;
    lead = arena_bytes(buf->arena, text, (size_t)(end - text));
    html_raw(buf, "<section><p class=\"says\">");
    if (*end != '\0')
        html_raw(buf, "<b>");
    html_text(buf, sure(buf, lead));
    if (*end != '\0')
        html_raw(buf, "</b>");
    html_text(buf, end);
    html_raw(buf, "</p></section>\n");
}

static void paragraphs(struct buf *buf, const struct text_list *list)
{
    for (size_t i = 0; i < list->n; i++) {
        html_raw(buf, "<p>");
        html_text(buf, sure(buf, paper_note(buf->arena, list->items[i])));
        html_raw(buf, "</p>\n");
    }
}

static void aside(struct buf *buf, const struct report *report)
{
    const char *population = sure(buf, paper_population(buf->arena, report));

    html_raw(buf, "<aside class=\"aside\" aria-label=\"About this report\">\n");
    if (report->notes.n != 0) {
        html_raw(buf, "<section><h2>How to read this</h2>");
        paragraphs(buf, &report->notes);
        html_raw(buf, "</section>\n");
    }
    if (report->cautions.n != 0) {
        html_raw(buf, "<section class=\"care\"><h2>Take care</h2>");
        paragraphs(buf, &report->cautions);
        html_raw(buf, "</section>\n");
    }
    if (*population != '\0') {
        html_raw(buf, "<section><h2>Who is counted</h2><p>");
        html_text(buf, population);
        html_raw(buf, ".</p></section>\n");
    }
    if (!text_empty(report->freshness)) {
        html_raw(buf, "<section><h2>Source</h2><p>");
        html_text(buf, report->freshness);
        html_raw(buf, "</p></section>\n");
    }
    html_raw(buf, "</aside>\n");
}

/* Bars are a glance and come first; a line with its axes follows the first table. */
static bool is_glance(const struct chart *chart)
{
    return !text_eq(chart->kind, "line");
}

static void charts(struct buf *buf, const struct report *report,
        const struct html_options *options, bool glance)
{
    int n = 0;

    for (const struct chart *chart = report->charts; chart != NULL; chart = chart->next, n++) {
        if (is_glance(chart) != glance)
            continue;
        html_chart(buf, chart, sure(buf, arena_printf(buf->arena, "%sc%d", options->id, n)),
                options->links);
    }
}

static void tables(struct buf *buf, const struct report *report,
        const struct html_options *options)
{
    int n = 0;

    for (const struct table *table = report->tables; table != NULL; table = table->next, n++) {
        html_table(buf, table, sure(buf, arena_printf(buf->arena, "%st%d", options->id, n)),
                options->links);
        if (n == 0)
            charts(buf, report, options, false);
    }
    if (n == 0)
        charts(buf, report, options, false);
}

void html_fragment(struct buf *buf, const struct report *report,
        const struct html_options *options)
{
    struct html_options own = *options;

    own.id = options->id == NULL ? "r" : options->id;
    if (own.heading)
        heading(buf, report);
    if (own.filters)
        filters(buf, report);
    html_raw(buf, "<div class=\"cols with-aside\">\n<div class=\"main\">\n");
    if (!text_empty(report->says))
        says(buf, report->says);
    charts(buf, report, &own, true);
    tables(buf, report, &own);
    html_raw(buf, "</div>\n");
    aside(buf, report);
    html_raw(buf, "</div>\n");
}

void html_foot(struct buf *buf, const struct report *report, const struct html_options *options)
{
    html_raw(buf, "<p>");
    if (!text_empty(options->made)) {
        html_text(buf, options->made);
        html_raw(buf, " ");
    }
    if (!text_empty(report->audience)) {
        html_raw(buf, "Seen by: ");
        html_text(buf, report->audience);
        html_raw(buf, ". ");
    }
    html_raw(buf, "\xE2\x80\x9C\xE2\x80\x93\xE2\x80\x9D means no value, never nought.");
    if (paper_has(report, CELL_SUPPRESSED))
        html_raw(buf, " \xE2\x80\x9C"
                      "c\xE2\x80\x9D means hidden because the figure is "
                      "small.");
    html_raw(buf, "</p>\n");
}

static void head(struct buf *buf, const struct report *report)
{
    html_raw(buf, "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n");
    html_raw(buf, "<meta http-equiv=\"Content-Security-Policy\" "
                  "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n");
    html_raw(buf, "<title>");
    html_text(buf, report->title);
    html_raw(buf, " \xC2\xB7 Attain</title>\n");
    html_raw(buf, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    html_raw(buf, "<meta name=\"color-scheme\" content=\"light dark\">\n");
    html_raw(buf, "<style>\n");
    html_style(buf);
    html_raw(buf, "</style>\n</head>\n<body>\n");
}

static void cover(struct buf *buf, const struct report *report)
{
    html_raw(buf, "<header class=\"cover\"><div class=\"cover-in\"><span class=\"brand\">"
                  "<svg viewBox=\"0 0 24 24\" aria-hidden=\"true\">");
    html_raw(buf, "<path d=\"M3 13.500l5.500 6L17.200 8\" fill=\"none\" "
                  "stroke=\"currentColor\" stroke-width=\"3\" stroke-linecap=\"round\" "
                  "stroke-linejoin=\"round\"/>");
    html_raw(buf, "<circle cx=\"19.500\" cy=\"4.800\" r=\"2.600\" fill=\"none\" "
                  "stroke=\"currentColor\" stroke-width=\"2\"/></svg>Attain</span>");
    if (!text_empty(report->school)) {
        html_raw(buf, "<span class=\"school\">");
        html_text(buf, report->school);
        html_raw(buf, "</span>");
    }
    html_raw(buf, "</div></header>\n");
}

void render_html(struct buf *buf, const struct report *report,
        const struct render_options *options)
{
    struct html_options parts = { .heading = true,
        .filters = true,
        .id = "r",
        .made = options->made };

    head(buf, report);
    html_symbols(buf);
    cover(buf, report);
    html_raw(buf, "<main class=\"page\" id=\"main\">\n");
    html_fragment(buf, report, &parts);
    html_raw(buf, "</main>\n<footer class=\"foot\"><div class=\"foot-in\">\n");
    html_foot(buf, report, &parts);
    html_raw(buf, "</div></footer>\n</body>\n</html>\n");
}
