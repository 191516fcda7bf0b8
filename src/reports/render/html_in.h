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

/* An address within this server. */
bool html_is_local(const char *link);

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

/* Kind "scatter": the SVG with axes, reference lines and points, and its legend. */
void html_scatter(struct buf *buf, const struct chart *chart, const char *id);

/* Kind "box": the SVG with one row a group. */
void html_boxes(struct buf *buf, const struct chart *chart, const char *id);

/* Kind "matrix": the SVG of counts, and its legend. */
void html_matrix(struct buf *buf, const struct chart *chart, const char *id, bool links);

/* Kind "venn" with two or three sets: the SVG, and a sentence on how true its areas are. */
void html_venn(struct buf *buf, const struct chart *chart, const char *id, bool links);

/* Kind "upset", and "venn" with any other number of sets: the SVG of dots and bars. */
void html_upset(struct buf *buf, const struct chart *chart, const char *id, bool links);

/* The figures of a chart as a table under "The same as a table". */
void html_twin(struct buf *buf, const struct chart *chart, bool links);

/* ---- of charts with sets ---- */

/* The sets of the chart, at most `most`, in order; returns how many there are in all. */
size_t html_sets(const struct chart *chart, const struct chart_series **ret_sets, size_t most);

/* The regions with anybody in them, most first; of equal ones fewer sets first, then the lower
   mask; those outside all sets last. NULL when there are none, or memory is out. */
const struct chart_point **html_regions(struct buf *buf, const struct chart *chart,
        size_t *ret_n);

/* The bit mask that a region stands for. */
unsigned html_mask(const struct chart_point *region);

/* Open the link of a point, where it has one into this server and links are wanted; `named`:
   what stands in it is a mere number, and its name is the point's label with it. Whether it was
   opened, and has to be closed. */
bool html_link_open(struct buf *buf, const struct chart_point *point, bool links, bool named);

/* Role, title and desc as the first children of a chart's SVG; with links in it the drawing
   is a group and not an image, so that they can be reached. */
void html_chart_names(struct buf *buf, const struct chart *chart, const char *id);
void html_chart_group(struct buf *buf, const struct chart *chart, const char *id, bool links);

/* A mark whose middle is nought, shaped by the flag. */
void html_mark(struct buf *buf, enum flag flag);

/* The signs and words of the flags that points of the chart have, as items of a list. */
void html_flag_items(struct buf *buf, const struct chart *chart);

/* The first series with the role, or NULL. */
const struct chart_series *html_role(const struct chart *chart, const char *role);

/* Rounded to a tenth: "-3.5". */
void html_decimal(struct buf *buf, double number);

/* A figure of the chart in its unit. */
void html_number(struct buf *buf, const struct chart *chart, int64_t milli);

/* The flag a series is coloured by, or FLAG_NONE. */
enum flag html_series_flag(const struct chart_series *series);

#endif
