/*
 * html_plane_in: the plane of a line chart or a scatter. x stands in percent of the width, y in
 * pixels. Private to this folder.
 */
#ifndef REPORTS_RENDER_HTML_PLANE_IN_H
#define REPORTS_RENDER_HTML_PLANE_IN_H

#include "base/buf.h"
#include "reports/tree.h"

enum {
    PLANE_HEIGHT = 320
};

struct plane {
    const struct chart *chart;
    int64_t x_low, x_high, y_low, y_high; /* thousandths; low < high */
    int64_t x_step;                       /* between round numbers on x; 0: only its ticks */
    bool tiers;                           /* strong and other places on x stand on two lines */
};

/* The plane that holds every point and tick. An axis without ticks ends at round numbers: y
   always, x of a scatter. */
struct plane plane_of(const struct chart *chart);

/* Where x stands ("12.34%"), and y ("56.7" pixels from the top). */
void plane_x(struct buf *buf, const struct plane *plane, int64_t x);
void plane_y(struct buf *buf, const struct plane *plane, int64_t y);

void plane_y_axis(struct buf *buf, const struct plane *plane);
void plane_x_axis(struct buf *buf, const struct plane *plane);

/* A straight line of the class `css` from one point to the next. */
void plane_segment(struct buf *buf, const struct plane *plane, const char *css,
        const struct chart_point *from);

/* Open a drawing whose nought is the point. */
void plane_at(struct buf *buf, const struct plane *plane, int64_t x, int64_t y);

/* The low end of an axis that begins at a round number, and the step between them: 1, 2 or 5
   times a power of ten, at most eight steps on the range; never under a tenth. */
int64_t plane_step(int64_t range);
int64_t plane_floor(int64_t at, int64_t step);

#endif
