/*
 * html_in: what the parts of the HTML renderer share. Private to this folder.
 */
#ifndef REPORTS_RENDER_HTML_IN_H
#define REPORTS_RENDER_HTML_IN_H

#include "base/buf.h"
#include "reports/tree.h"

/* Markup, as a literal only: html_raw(buf, variable) does not compile. */
#define html_raw(buf, markup) buf_add((buf), "" markup)

/* Text, escaped; NULL writes nothing. */
void html_text(struct buf *buf, const char *text);

/* What a flag is called in classes ("well": "flag well", "m-well") and in symbols ("s-well").
 */
const char *html_flag_css(enum flag flag);
const char *html_flag_symbol(enum flag flag);

/* `<svg ...><use href="#s-..."/></svg>` of a flag, hidden from screen readers. */
void html_sign(struct buf *buf, enum flag flag);

/* The style sheet of a page that stands alone. */
void html_style(struct buf *buf);

/* Where thousandths of a percent stand: "12.34%". */
void html_percent(struct buf *buf, int64_t part, int64_t whole);

/* Kinds "bar" and "stacked": the SVG with its bars. */
void html_bars(struct buf *buf, const struct chart *chart, const char *id);

/* Kind "line": the SVG with axes, corridor, paths and marks. */
void html_lines(struct buf *buf, const struct chart *chart, const char *id);

/* title and desc as the first children of a chart's SVG. */
void html_chart_names(struct buf *buf, const struct chart *chart, const char *id);

/* A figure of the chart in its unit. */
void html_number(struct buf *buf, const struct chart *chart, int64_t milli);

/* The flag a series is coloured by, or FLAG_NONE. */
enum flag html_series_flag(const struct chart_series *series);

#endif
