/*
 * terminal_in: what the two halves of the terminal renderer share. Private to this folder.
 */
#ifndef REPORTS_RENDER_TERMINAL_IN_H
#define REPORTS_RENDER_TERMINAL_IN_H

#include "base/buf.h"
#include "reports/render/render.h"

enum terminal_style {
    TERMINAL_BOLD,
    TERMINAL_FEINT,
    TERMINAL_MARGIN
};

/* Switch an ANSI style on, or all off; writes nothing without options->colour. */
void terminal_on(struct buf *buf, const struct render_options *options,
        enum terminal_style style);
void terminal_off(struct buf *buf, const struct render_options *options);

/* A line's share of a text: at most `width` columns (0: no limit), cut between words and behind
 * hyphens where it can be. */
struct terminal_span {
    const char *start;
    size_t n;     /* bytes */
    size_t width; /* columns */
};

/* The next span of *text, which steps behind it and the white space there; n is 0 at the end.
 */
struct terminal_span terminal_take(const char **text, size_t width);

/* `text` free of control characters; "" when memory is out (and buf has failed). */
const char *terminal_clean(struct buf *buf, const char *text);

/* One table with its title, heads and rows, or why there are none. */
void terminal_table(struct buf *buf, const struct table *table,
        const struct render_options *options);

#endif
