/*
 * render: a report tree written in one format. Each renderer has its own escaper and
 * knows no report.
 *
 * Result: a NUL-terminated UTF-8 text in `arena`. Errors: ERR_MEMORY. The same tree and
 * options always give the same bytes.
 */
#ifndef REPORTS_RENDER_RENDER_H
#define REPORTS_RENDER_RENDER_H

#include <stdbool.h>

#include "reports/tree.h"

enum render_format {
    RENDER_TEXT,
    RENDER_JSON,
    RENDER_CSV,
    RENDER_HTML,
    RENDER__MAX,
};

struct render_options {
    int width;        /* text: columns of the terminal, 0: no limit */
    bool colour;      /* text: ANSI colours; the signs are there either way */
    const char *made; /* text, html: when and for whom it was made, a sentence; or NULL */
};

/* "text", "json" ...; false when unknown or not built yet. */
MUST_USE bool render_format_parse(const char *name, enum render_format *ret_format);

/* "text/html; charset=utf-8" and the like, for a web server's answer. */
const char *render_media_type(enum render_format format);

/* `options` may be NULL. *ret_n may be NULL. */
MUST_USE enum err_code render(const struct report *report, enum render_format format,
        const struct render_options *options, struct arena *arena, const char **ret_text,
        size_t *ret_n, struct err *err);

#endif
