#include "base/text.h"
#include "reports/render/escape.h"
#include "reports/render/paper.h"
#include "reports/render/render_in.h"
#include "reports/render/terminal_in.h"

/* Prose is read more easily on lines no longer than this. */
enum {
    MEASURE = 92,
    LABEL = 11
};

void terminal_on(struct buf *buf, const struct render_options *options,
        enum terminal_style style)
{
    static const char *const codes[] = { [TERMINAL_BOLD] = "\033[1m",
        [TERMINAL_FEINT] = "\033[2m",
        [TERMINAL_MARGIN] = "\033[31m" };

    if (options->colour)
        buf_add(buf, codes[style]);
}

void terminal_off(struct buf *buf, const struct render_options *options)
{
    if (options->colour)
        buf_add(buf, "\033[0m");
}

struct terminal_span terminal_take(const char **text, size_t width)
{
    struct terminal_span span = { .start = *text };
    struct terminal_span whole = span; /* up to the last place to break */
    const char *at = *text;

    while (*at != '\0') {
        const char *next = at;
        size_t more = text_char_width(text_next(&next));

        if (*at == ' ' || (at != *text && at[-1] == '-'))
            whole = span;
        if (width != 0 && span.width + more > width && span.n != 0)
            break;
        span.width += more;
        span.n = (size_t)(next - span.start);
        at = next;
    }
    if (*at != '\0' && *at != ' ' && whole.n != 0)
        span = whole;
    *text = span.start + span.n;
    while (**text == ' ')
        (*text)++;
    while (span.n != 0 && span.start[span.n - 1] == ' ') {
        span.n--;
        span.width--;
    }
    return span;
}

const char *terminal_clean(struct buf *buf, const char *text)
{
    struct buf clean = buf_make(buf->arena, BUF_MAX_PAGE);
    const char *at = text;
    struct err err;

    while (*at >= ' ' && *at <= '~')
        at++;
    if (*at == '\0')
        return text;
    escape_terminal(&clean, text);
    if (buf_end(&clean, &text, NULL, &err) == ERR_OK)
        return text;
    buf->failed = true;
    return "";
}

static size_t measure(const struct render_options *options)
{
    if (options->width <= 0)
        return 0;
    return options->width < MEASURE ? (size_t)options->width : MEASURE;
}

/* Wrapped lines; those behind the first stand `indent` columns in. */
static void prose(struct buf *buf, const struct render_options *options, size_t indent,
        const char *text)
{
    size_t width = measure(options);
    const char *rest = terminal_clean(buf, text);

    if (width != 0)
        width = width > indent + 10 ? width - indent : 10;
    for (bool first = true; *rest != '\0'; first = false) {
        struct terminal_span span = terminal_take(&rest, width);

        if (!first)
            buf_add_pad(buf, ' ', indent);
        buf_add_n(buf, span.start, span.n);
        buf_add_char(buf, '\n');
    }
}

/* A short word in front, aligned with the others, then prose. */
static void labelled(struct buf *buf, const struct render_options *options, const char *label,
        const char *text)
{
    if (text == NULL || *text == '\0')
        return;
    terminal_on(buf, options, TERMINAL_FEINT);
    buf_add(buf, label);
    terminal_off(buf, options);
    buf_add_pad(buf, ' ', LABEL > text_width(label) ? LABEL - text_width(label) : 1);
    prose(buf, options, LABEL, text);
}

/* Several texts on one line, between dots; "" when there are none. */
static const char *joined(struct buf *buf, const struct text_list *list)
{
    struct buf line = buf_make(buf->arena, BUF_MAX_PAGE);
    const char *text = "";
    struct err err;

    for (size_t i = 0; i < list->n; i++) {
        if (i != 0)
            buf_add(&line, " \xC2\xB7 ");
        buf_add(&line, list->items[i]);
    }
    if (buf_end(&line, &text, NULL, &err) != ERR_OK)
        buf->failed = true;
    return text;
}

/* A text that may be NULL because memory ran out. */
static const char *sure(struct buf *buf, const char *text)
{
    if (text == NULL)
        buf->failed = true;
    return text == NULL ? "" : text;
}

static void heading(struct buf *buf, const struct report *report,
        const struct render_options *options)
{
    const char *items[2];
    struct text_list under = { .items = items };
    const char *basis = sure(buf, paper_basis(buf->arena, report));

    if (!text_empty(report->school))
        items[under.n++] = report->school;
    if (*basis != '\0')
        items[under.n++] = basis;
    terminal_on(buf, options, TERMINAL_BOLD);
    prose(buf, options, 0, report->title == NULL ? "" : report->title);
    terminal_off(buf, options);
    prose(buf, options, 0, joined(buf, &under));
    if (!text_empty(report->says)) {
        buf_add_char(buf, '\n');
        prose(buf, options, 0, report->says);
    }
    buf_add_char(buf, '\n');
    labelled(buf, options, "Counted", sure(buf, paper_population(buf->arena, report)));
    labelled(buf, options, "Filters", joined(buf, &report->filters));
}

static void footer(struct buf *buf, const struct report *report,
        const struct render_options *options)
{
    bool hidden = paper_has(report, CELL_SUPPRESSED);
    bool dashes = paper_has(report, CELL_MISSING);
    const char *items[2];
    struct text_list signs = { .items = items };

    if (dashes)
        items[signs.n++] = "\xE2\x80\x93 is no value, never nought";
    if (hidden)
        items[signs.n++] = "c is hidden because the figure is small";
    for (size_t i = 0; i < report->notes.n; i++)
        labelled(buf, options, i == 0 ? "To read" : "",
                sure(buf, paper_note(buf->arena, report->notes.items[i])));
    labelled(buf, options, "Signs", joined(buf, &signs));
    for (size_t i = 0; i < report->cautions.n; i++)
        labelled(buf, options, i == 0 ? "Take care" : "", report->cautions.items[i]);
    labelled(buf, options, "Source", report->freshness);
    labelled(buf, options, "Seen by", report->audience);
    labelled(buf, options, "", options->made);
}

void render_text(struct buf *buf, const struct report *report,
        const struct render_options *options)
{
    heading(buf, report, options);
    for (const struct table *table = report->tables; table != NULL; table = table->next) {
        buf_add_char(buf, '\n');
        terminal_table(buf, table, options);
    }
    for (const struct chart *chart = report->charts; chart != NULL; chart = chart->next) {
        if (chart == report->charts)
            buf_add_char(buf, '\n');
        labelled(buf, options, "Chart", chart->title);
        labelled(buf, options, "", chart->description);
    }
    buf_add_char(buf, '\n');
    footer(buf, report, options);
}
