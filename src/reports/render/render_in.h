/*
 * render_in: the renderers, each writing a whole report into a buf. Failures stay in the
 * buf. Private to this folder.
 */
#ifndef REPORTS_RENDER_RENDER_IN_H
#define REPORTS_RENDER_RENDER_IN_H

#include "base/buf.h"
#include "reports/render/render.h"

void render_text(struct buf *buf, const struct report *report,
        const struct render_options *options);
void render_json(struct buf *buf, const struct report *report,
        const struct render_options *options);
void render_csv(struct buf *buf, const struct report *report,
        const struct render_options *options);
void render_html(struct buf *buf, const struct report *report,
        const struct render_options *options);

/* A set cell of numbers or of yes and no, as JSON and CSV write it: no unit, no thousands mark,
   "true" or "false". Writes nothing and answers false for other types: they need the quotes of
   the format. */
bool render_bare(struct buf *buf, const struct column *column, const struct cell *cell);

#endif
