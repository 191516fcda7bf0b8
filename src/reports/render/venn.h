/*
 * venn: circles whose areas, and the areas they share, stand for counts. Pure geometry.
 *
 * Two circles can always show two sets exactly. Three circles mostly cannot show three sets
 * exactly: they are laid as near as circles can be, and the error is told.
 *
 * Regions are named by a bit mask: bit 0 is the first circle. An area is measured in the unit
 * of the counts.
 */
#ifndef REPORTS_RENDER_VENN_H
#define REPORTS_RENDER_VENN_H

#include <stddef.h>

enum {
    VENN_CIRCLES = 3,
    VENN_REGIONS = 1 << VENN_CIRCLES
};

struct venn_circle {
    double x, y, r;
};

/* The area that all n circles share (1 to 3). A circle with r 0 shares nothing. */
double venn_common(const struct venn_circle *circles, size_t n);

/* For each mask but 0 the area inside exactly those circles; areas[0] is 0. */
void venn_areas(const struct venn_circle *circles, size_t n, double areas[VENN_REGIONS]);

/*
 * Lay 2 or 3 circles for the counts of the regions (counts[0] is not looked at). Each is not
 * negative. The first circle is left of the second, the third below them (y grows downwards). A
 * set with nobody has r 0.
 *
 * Returns the largest difference between a region's area and its count, as a share of all that
 * the circles hold: 0.02 is two in a hundred; 0 when they hold nobody.
 */
double venn_layout(const double counts[VENN_REGIONS], size_t n,
        struct venn_circle ret_circles[VENN_CIRCLES]);

/* Three (or two) equal circles, each region with room, whatever the counts. */
void venn_equal(size_t n, struct venn_circle ret_circles[VENN_CIRCLES]);

/*
 * The place inside exactly the circles of the mask that is farthest from every edge, to about
 * a hundredth of the drawing's width; returns how far that is, 0 when the region is
 * not there. For a mask without circles 0.
 */
double venn_pole(const struct venn_circle *circles, size_t n, unsigned mask, double *ret_x,
        double *ret_y);

#endif
