/*
 * Two or three sets as circles in a box. The drawing has a fixed shape and grows with the page
 * up to a limit, so that its areas stay areas.
 */
#include <math.h>

#include "base/text.h"
#include "reports/render/html.h"
#include "reports/render/html_in.h"
#include "reports/render/venn.h"

enum {
    WIDE = 260,     /* the drawing, in its own units */
    HEAD = 34,      /* above the circles: names */
    FOOT = 30,      /* below them: who is in none */
    TALLEST = 200,  /* the circles */
    NAME_WIDE = 13, /* the longest name that stands in the drawing, in letters */
    TOLERANCE = 2,  /* percent of all that the circles hold */
    PLACES = 3      /* where names stand */
};

struct venn {
    const struct chart *chart;
    const struct chart_series *sets[VENN_CIRCLES];
    size_t n;
    bool links;
    double counts[VENN_REGIONS];
    const struct chart_point *regions[VENN_REGIONS];
    struct venn_circle circles[VENN_CIRCLES]; /* in units of the drawing */
    struct {
        double x, y, room;
    } poles[VENN_REGIONS];
    bool to_scale;
    bool letters; /* names are too long: letters stand in the drawing */
    double bottom;
};

static void gather(struct venn *v)
{
    for (size_t i = 0; i < v->chart->series_n; i++) {
        const struct chart_series *series = &v->chart->series[i];

        if (!text_eq(series->role, "region"))
            continue;
        for (size_t p = 0; p < series->point_n; p++) {
            unsigned mask = html_mask(&series->points[p]);

            if (mask >= 1u << v->n)
                continue;
            v->regions[mask] = &series->points[p];
            v->counts[mask] = series->points[p].y > 0 ? (double)series->points[p].y / 1000 : 0;
        }
    }
}

/* Move and stretch the circles into the drawing's middle. */
static void fit(struct venn *v)
{
    double left = HUGE_VAL, top = HUGE_VAL, right = -HUGE_VAL, bottom = -HUGE_VAL;
    double by;

    for (size_t i = 0; i < v->n; i++) {
        const struct venn_circle *c = &v->circles[i];

        if (c->r <= 0)
            continue;
        left = fmin(left, c->x - c->r);
        right = fmax(right, c->x + c->r);
        top = fmin(top, c->y - c->r);
        bottom = fmax(bottom, c->y + c->r);
    }
    v->bottom = HEAD;
    if (right <= left || bottom <= top)
        return;
    by = fmin((WIDE - 20) / (right - left), TALLEST / (bottom - top));
    for (size_t i = 0; i < v->n; i++) {
        struct venn_circle *c = &v->circles[i];

        c->x = WIDE / 2.0 + (c->x - (left + right) / 2) * by;
        c->y = HEAD + (c->y - top) * by;
        c->r *= by;
    }
    v->bottom = HEAD + (bottom - top) * by;
}

/* How much room a number needs around its middle. */
static double need(double count)
{
    return count < 10 ? 6.5 : count < 100 ? 8.5 : 11;
}

static bool has_room(const struct venn *v, unsigned mask)
{
    return v->poles[mask].room >= need(v->counts[mask]);
}

static void find_poles(struct venn *v)
{
    for (unsigned mask = 1; mask < 1u << v->n; mask++)
        v->poles[mask].room =
                venn_pole(v->circles, v->n, mask, &v->poles[mask].x, &v->poles[mask].y);
}

static bool all_have_room(const struct venn *v)
{
    for (unsigned mask = 1; mask < 1u << v->n; mask++) {
        if (v->counts[mask] > 0 && !has_room(v, mask))
            return false;
    }
    return true;
}

/* To area as nearly as circles can; where that is not true anyway and parts would be lost,
   equal circles that show them all. */
static void lay_out(struct venn *v)
{
    v->to_scale = venn_layout(v->counts, v->n, v->circles) * 100 <= TOLERANCE;
    fit(v);
    find_poles(v);
    if (v->to_scale || all_have_room(v))
        return;
    venn_equal(v->n, v->circles);
    fit(v);
    find_poles(v);
}

static void add_count(struct buf *buf, const struct venn *v, double count)
{
    html_number(buf, v->chart, (int64_t)llround(count * 1000));
}

static int64_t set_size(const struct venn *v, size_t i)
{
    return v->sets[i]->point_n == 0 ? 0 : v->sets[i]->points[0].y;
}

/* The name above or under a circle, with a line to it where they stand apart. */
static void name(struct buf *buf, const struct venn *v, size_t i)
{
    static const char *const anchors[PLACES] = { "start", "end", "middle" };
    const struct venn_circle *c = &v->circles[i];
    double at[PLACES] = { 10, WIDE - 10, WIDE / 2.0 };
    double x = i == 0   ? fmin(fmax(c->x, 14), 110)
               : i == 1 ? fmax(fmin(c->x, WIDE - 14), WIDE - 110)
                        : WIDE / 2.0;
    double y = i < 2 ? 22 : v->bottom + 6;
    double far = hypot(c->x - x, c->y - y);

    if (c->r > 0 && far > c->r + 8) {
        html_raw(buf, "<line class=\"axis\" x1=\"");
        html_decimal(buf, x);
        html_raw(buf, "\" y1=\"");
        html_decimal(buf, y);
        html_raw(buf, "\" x2=\"");
        html_decimal(buf, c->x + (x - c->x) * c->r / far);
        html_raw(buf, "\" y2=\"");
        html_decimal(buf, c->y + (y - c->y) * c->r / far);
        html_raw(buf, "\"/>");
    }
    html_raw(buf, "<text x=\"");
    html_decimal(buf, at[i]);
    html_raw(buf, "\" y=\"");
    html_decimal(buf, i < 2 ? 18 : v->bottom + 17);
    buf_printf(buf, "\" text-anchor=\"%s\">", anchors[i]);
    if (v->letters)
        buf_add_char(buf, (char)('A' + i));
    else
        html_text(buf, v->sets[i]->name);
    html_raw(buf, " <tspan class=\"strong\">");
    html_number(buf, v->chart, set_size(v, i));
    html_raw(buf, "</tspan></text>\n");
}

static void circles(struct buf *buf, const struct venn *v)
{
    for (size_t i = 0; i < v->n; i++) {
        if (v->circles[i].r <= 0)
            continue;
        html_raw(buf, "<circle fill=\"var(--bar)\" fill-opacity=\".22\" "
                      "stroke=\"var(--ink-2)\" stroke-width=\"1.2\" cx=\"");
        html_decimal(buf, v->circles[i].x);
        html_raw(buf, "\" cy=\"");
        html_decimal(buf, v->circles[i].y);
        html_raw(buf, "\" r=\"");
        html_decimal(buf, v->circles[i].r);
        html_raw(buf, "\"/>");
    }
    html_raw(buf, "\n");
}

/* A number where it has room; nobody is written only where there is a part to see. */
static void number(struct buf *buf, const struct venn *v, unsigned mask)
{
    bool linked;

    if (!has_room(v, mask))
        return;
    linked = html_link_open(buf, v->regions[mask], v->links && v->counts[mask] > 0, true);
    if (linked) {
        html_raw(buf, "<circle fill=\"transparent\" r=\"13\" cx=\"");
        html_decimal(buf, v->poles[mask].x);
        html_raw(buf, "\" cy=\"");
        html_decimal(buf, v->poles[mask].y);
        html_raw(buf, "\"/>");
    }
    html_raw(buf, "<text class=\"strong\" text-anchor=\"middle\" x=\"");
    html_decimal(buf, v->poles[mask].x);
    html_raw(buf, "\" y=\"");
    html_decimal(buf, v->poles[mask].y + 4);
    html_raw(buf, "\">");
    add_count(buf, v, v->counts[mask]);
    html_raw(buf, "</text>");
    if (linked)
        html_raw(buf, "</a>");
    html_raw(buf, "\n");
}

/* Those outside stand in the corner of the box. */
static void outside(struct buf *buf, const struct venn *v, double height)
{
    bool linked;

    if (v->regions[0] == NULL)
        return;
    linked = html_link_open(buf, v->regions[0], v->links && v->counts[0] > 0, false);
    html_raw(buf, "<text x=\"10\" y=\"");
    html_decimal(buf, height - 10);
    html_raw(buf, "\"><tspan class=\"strong\">");
    add_count(buf, v, v->counts[0]);
    html_raw(buf, "</tspan> in none</text>");
    if (linked)
        html_raw(buf, "</a>");
    html_raw(buf, "\n");
}

static void drawing(struct buf *buf, const struct venn *v, const char *id)
{
    double height = v->bottom + FOOT + (v->n == VENN_CIRCLES ? 20 : 0);

    buf_printf(buf, "<svg class=\"venn\" width=\"100%%\" viewBox=\"0 0 %d ", WIDE);
    html_decimal(buf, height);
    html_raw(buf, "\"");
    html_chart_group(buf, v->chart, id, v->links);
    buf_printf(buf, "<rect fill=\"none\" stroke=\"var(--rule-2)\" x=\"1\" y=\"1\" width=\"%d\"",
            WIDE - 2);
    html_raw(buf, " height=\"");
    html_decimal(buf, height - 2);
    html_raw(buf, "\" rx=\"3\"/>");
    circles(buf, v);
    for (size_t i = 0; i < v->n && i < PLACES; i++)
        name(buf, v, i);
    for (unsigned mask = 1; mask < 1u << v->n; mask++)
        number(buf, v, mask);
    outside(buf, v, height);
    html_raw(buf, "</svg>\n");
}

/* What each letter stands for. */
static void key(struct buf *buf, const struct venn *v)
{
    html_raw(buf, "<ul>");
    for (size_t i = 0; i < v->n; i++) {
        buf_printf(buf, "<li><b>%c</b> ", (char)('A' + i));
        html_text(buf, v->sets[i]->name);
        html_raw(buf, "</li>");
    }
    html_raw(buf, "</ul>\n");
}

/* Parts too small for their number are named beneath. */
static void beneath(struct buf *buf, const struct venn *v)
{
    bool any = false;

    for (unsigned mask = 1; mask < 1u << v->n; mask++) {
        bool linked;

        if (v->counts[mask] <= 0 || has_room(v, mask))
            continue;
        if (any)
            html_raw(buf, "; ");
        else
            html_raw(buf, "<p class=\"quiet small\">Too small for a number in the drawing: ");
        any = true;
        linked = html_link_open(buf, v->regions[mask], v->links, false);
        html_text(buf, v->regions[mask]->label);
        html_raw(buf, " <b>");
        add_count(buf, v, v->counts[mask]);
        html_raw(buf, "</b>");
        if (linked)
            html_raw(buf, "</a>");
    }
    if (any)
        html_raw(buf, ".</p>\n");
}

static void how_true(struct buf *buf, const struct venn *v)
{
    if (!v->to_scale)
        buf_printf(buf,
                "<p class=\"legend\">The areas are not to scale: circles cannot show these "
                "numbers to "
                "within %d%%. Read the numbers.</p>\n",
                TOLERANCE);
    else if (v->n == 2)
        html_raw(buf, "<p class=\"legend\">The circles and the part they share are drawn to "
                      "area; the box is "
                      "not.</p>\n");
    else
        buf_printf(buf,
                "<p class=\"legend\">The circles and the parts they share are drawn to area, "
                "to within "
                "%d%% of all they hold; the box is not.</p>\n",
                TOLERANCE);
}

void html_venn(struct buf *buf, const struct chart *chart, const char *id, bool links)
{
    struct venn v = { .chart = chart, .links = links };

    v.n = html_sets(chart, v.sets, VENN_CIRCLES);
    v.n = v.n < VENN_CIRCLES ? v.n : VENN_CIRCLES;
    gather(&v);
    for (size_t i = 0; i < v.n; i++)
        v.letters = v.letters || text_width(v.sets[i]->name) > NAME_WIDE;
    lay_out(&v);
    if (v.letters)
        key(buf, &v);
    drawing(buf, &v, id);
    beneath(buf, &v);
    how_true(buf, &v);
    if (links)
        html_raw(buf, "<p class=\"legend\">Choose a number to see the names.</p>\n");
}
