/*
 * html: a report as HTML in the visual language of the program's pages (mark book tables,
 * signs with words, fluid charts). Only classes and presentation attributes are written,
 * no style attribute and no script, so a fragment can stand under a strict policy.
 *
 * Every text of the tree goes through escape_html. Failures stay in the buf.
 */
#ifndef REPORTS_RENDER_HTML_H
#define REPORTS_RENDER_HTML_H

#include "base/buf.h"
#include "reports/tree.h"

struct html_options {
    bool heading;     /* the label on the book: h1 and the line under it */
    bool filters;     /* what the page counts, in words (a page may bring its own chips) */
    bool links;       /* rows link where their `link` says */
    const char *id;   /* begins every id; unlike that of other fragments on the page */
    const char *made; /* html_foot: when and for whom it was made, a sentence; or NULL */
};

/* The heading, the sentence, tables and charts, and beside them how to read it, cautions
   and who is counted. Needs html_symbols once on the page. */
void html_fragment(struct buf *buf, const struct report *report,
        const struct html_options *options);

/* The sentence at the foot: made when, seen by whom, what the signs for no value mean. */
void html_foot(struct buf *buf, const struct report *report,
        const struct html_options *options);

/* The hidden sheet of SVG symbols (s-well s-below s-on s-above s-high s-none s-goal s-start).
 */
void html_symbols(struct buf *buf);

/* A flag: sign and word in its colour; FLAG_NONE: a dash and `word` ("not entered"). */
void html_flag(struct buf *buf, enum flag flag, const char *word);

/* One table with caption and scopes in a sheet, or why it is empty. `id` names the caption. */
void html_table(struct buf *buf, const struct table *table, const char *id, bool links);

/* One chart as a figure: SVG with title and description, legend, the figures as a table.
   With `links` points link where their `link` says. */
void html_chart(struct buf *buf, const struct chart *chart, const char *id, bool links);

#endif
