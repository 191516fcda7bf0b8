#include "reports/render/venn.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/attr.h"

static const double pi = 3.14159265358979323846;

/* ---- areas ---- */

static bool same(const struct venn_circle *a, const struct venn_circle *b)
{
    return fabs(a->x - b->x) < 1e-9 && fabs(a->y - b->y) < 1e-9 && fabs(a->r - b->r) < 1e-9;
}

/* Whether a place on the edge of circle i lies in all the others; of equal circles the first
   one's edge counts. */
static bool edge_counts(const struct venn_circle *circles, size_t n, size_t i, double angle)
{
    double x = circles[i].x + circles[i].r * cos(angle);
    double y = circles[i].y + circles[i].r * sin(angle);

    for (size_t j = 0; j < n; j++) {
        double d = hypot(circles[i].x - circles[j].x, circles[i].y - circles[j].y);
        bool within = d <= circles[j].r - circles[i].r;

        if (j == i || (within && !same(&circles[i], &circles[j])))
            continue;
        if (within ? j < i
                   : d <= circles[i].r - circles[j].r ||
                                hypot(x - circles[j].x, y - circles[j].y) > circles[j].r)
            return false;
    }
    return true;
}

static int by_size(const void *a, const void *b)
{
    const double *x = a;
    const double *y = b;

    return (*x > *y) - (*x < *y);
}

/* The angles on circle i at which it crosses the others, ascending. */
static size_t crossings(const struct venn_circle *circles, size_t n, size_t i, double *angles)
{
    const struct venn_circle *own = &circles[i];
    size_t found = 0;

    for (size_t j = 0; j < n; j++) {
        const struct venn_circle *other = &circles[j];
        double d = hypot(other->x - own->x, other->y - own->y);
        double base, half;

        if (j == i || d >= own->r + other->r || d <= fabs(own->r - other->r) || d < 1e-12)
            continue;
        base = atan2(other->y - own->y, other->x - own->x);
        half = acos((d * d + own->r * own->r - other->r * other->r) / (2 * d * own->r));
        angles[found++] = fmod(base - half + 4 * pi, 2 * pi);
        angles[found++] = fmod(base + half + 4 * pi, 2 * pi);
    }
    qsort(angles, found, sizeof(*angles), by_size);
    return found;
}

/* Green's theorem on one arc: half the integral of x dy - y dx. */
static double arc(const struct venn_circle *c, double from, double to)
{
    return 0.5 * (c->r * c->r * (to - from) + c->r * c->x * (sin(to) - sin(from)) -
                         c->r * c->y * (cos(to) - cos(from)));
}

double venn_common(const struct venn_circle *circles, size_t n)
{
    double area = 0;

    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < i; j++) {
            if (hypot(circles[i].x - circles[j].x, circles[i].y - circles[j].y) >=
                    circles[i].r + circles[j].r)
                return 0;
        }
    }
    for (size_t i = 0; i < n; i++) {
        double angles[4 * VENN_CIRCLES];
        size_t found;

        if (circles[i].r <= 0)
            return 0;
        found = crossings(circles, n, i, angles);
        if (found == 0) {
            area += edge_counts(circles, n, i, 0) ? arc(&circles[i], 0, 2 * pi) : 0;
            continue;
        }
        angles[found] = angles[0] + 2 * pi;
        for (size_t k = 0; k < found; k++) {
            if (edge_counts(circles, n, i, (angles[k] + angles[k + 1]) / 2))
                area += arc(&circles[i], angles[k], angles[k + 1]);
        }
    }
    return area;
}

/* The area all circles of the mask share, whatever else is there. */
static double shared(const struct venn_circle *circles, size_t n, unsigned mask)
{
    struct venn_circle chosen[VENN_CIRCLES];
    size_t m = 0;

    for (size_t i = 0; i < n; i++) {
        if ((mask >> i & 1u) != 0)
            chosen[m++] = circles[i];
    }
    return venn_common(chosen, m);
}

void venn_areas(const struct venn_circle *circles, size_t n, double areas[VENN_REGIONS])
{
    unsigned all = (1u << n) - 1;

    for (unsigned mask = 0; mask < VENN_REGIONS; mask++)
        areas[mask] = mask != 0 && mask <= all ? shared(circles, n, mask) : 0;
    /* From the inside out: what is shared by more is taken from what is shared by fewer. */
    for (size_t i = 0; i < n; i++) {
        for (unsigned mask = 1; mask <= all; mask++) {
            if ((mask >> i & 1u) == 0)
                areas[mask] -= areas[mask | 1u << i];
        }
    }
}

/* ---- layout ---- */

/* How far apart two circles share this area. */
static double apart(double r1, double r2, double area)
{
    double low = fabs(r1 - r2);
    double high = r1 + r2;

    if (area <= 0)
        return high * 1.05;
    for (int i = 0; i < 60; i++) {
        struct venn_circle pair[2] = { { 0, 0, r1 }, { (low + high) / 2, 0, r2 } };

        if (venn_common(pair, 2) > area)
            low = pair[1].x;
        else
            high = pair[1].x;
    }
    return (low + high) / 2;
}

static double worst(const struct venn_circle *circles, size_t n,
        const double counts[VENN_REGIONS], double *ret_squares)
{
    double areas[VENN_REGIONS];
    double most = 0;
    double whole = 0;

    *ret_squares = 0;
    venn_areas(circles, n, areas);
    for (unsigned mask = 1; mask < 1u << n; mask++) {
        double off = fabs(areas[mask] - counts[mask]);

        whole += counts[mask];
        most = off > most ? off : most;
        *ret_squares += off * off;
    }
    return whole > 0 ? most / whole : 0;
}

/* What is free of three circles once the first stands at nought and the second on its right. */
enum {
    FREE = 6
};

static void from_free(const double at[FREE], struct venn_circle circles[VENN_CIRCLES])
{
    circles[0] = (struct venn_circle){ 0, 0, fabs(at[3]) };
    circles[1] = (struct venn_circle){ at[0], 0, fabs(at[4]) };
    circles[2] = (struct venn_circle){ at[1], at[2], fabs(at[5]) };
}

static double cost(const double at[FREE], const double counts[VENN_REGIONS])
{
    struct venn_circle circles[VENN_CIRCLES];
    double squares = 0;

    from_free(at, circles);
    (void)worst(circles, VENN_CIRCLES, counts, &squares);
    return squares;
}

struct corner {
    double at[FREE], cost;
};

static int by_cost(const void *a, const void *b)
{
    return by_size(&((const struct corner *)a)->cost, &((const struct corner *)b)->cost);
}

/* The corner on the line from the last one through the middle of the others. */
static struct corner beyond(const struct corner corners[FREE + 1], double by,
        const double counts[VENN_REGIONS])
{
    struct corner moved;

    for (size_t k = 0; k < FREE; k++) {
        double middle = 0;

        for (size_t i = 0; i < FREE; i++)
            middle += corners[i].at[k] / FREE;
        moved.at[k] = middle + by * (corners[FREE].at[k] - middle);
    }
    moved.cost = cost(moved.at, counts);
    return moved;
}

/* One step of Nelder and Mead's method on sorted corners. */
static void step(struct corner corners[FREE + 1], const double counts[VENN_REGIONS])
{
    struct corner mirrored = beyond(corners, -1, counts);
    struct corner further;

    if (mirrored.cost < corners[0].cost) {
        further = beyond(corners, -2, counts);
        corners[FREE] = further.cost < mirrored.cost ? further : mirrored;
    } else if (mirrored.cost < corners[FREE - 1].cost) {
        corners[FREE] = mirrored;
    } else {
        further = beyond(corners, 0.5, counts);
        if (further.cost < corners[FREE].cost) {
            corners[FREE] = further;
            return;
        }
        for (size_t i = 1; i <= FREE; i++) {
            for (size_t k = 0; k < FREE; k++)
                corners[i].at[k] = (corners[i].at[k] + corners[0].at[k]) / 2;
            corners[i].cost = cost(corners[i].at, counts);
        }
    }
}

static void refine(double at[FREE], double size, const double counts[VENN_REGIONS])
{
    enum {
        STEPS = 500
    };
    struct corner corners[FREE + 1];

    for (size_t i = 0; i <= FREE; i++) {
        memcpy(corners[i].at, at, sizeof(corners[i].at));
        if (i < FREE)
            corners[i].at[i] += size * 0.1;
        corners[i].cost = cost(corners[i].at, counts);
    }
    for (int i = 0; i < STEPS; i++) {
        qsort(corners, FREE + 1, sizeof(corners[0]), by_cost);
        if (corners[FREE].cost - corners[0].cost < 1e-10)
            break;
        step(corners, counts);
    }
    qsort(corners, FREE + 1, sizeof(corners[0]), by_cost);
    memcpy(at, corners[0].at, sizeof(corners[0].at));
}

static double size_of(const double counts[VENN_REGIONS], size_t n, unsigned mask)
{
    double sum = 0;

    for (unsigned m = 1; m < 1u << n; m++)
        sum += (m & mask) == mask ? counts[m] : 0;
    return sum;
}

static void lay_two(const double counts[VENN_REGIONS], size_t n, size_t first, size_t second,
        struct venn_circle *circles)
{
    double r1 = sqrt(size_of(counts, n, 1u << first) / pi);
    double r2 = sqrt(size_of(counts, n, 1u << second) / pi);

    circles[first] = (struct venn_circle){ 0, 0, r1 };
    circles[second] =
            (struct venn_circle){ apart(r1, r2, size_of(counts, n, 1u << first | 1u << second)),
                0, r2 };
}

/* Each pair shares its area exactly, where three distances close to a triangle. */
static void lay_three(const double counts[VENN_REGIONS], double at[FREE])
{
    double r[VENN_CIRCLES];
    double d12, d13, d23, along;

    for (size_t i = 0; i < VENN_CIRCLES; i++)
        at[3 + i] = r[i] = sqrt(size_of(counts, VENN_CIRCLES, 1u << i) / pi);
    d12 = apart(r[0], r[1], size_of(counts, VENN_CIRCLES, 3));
    d13 = apart(r[0], r[2], size_of(counts, VENN_CIRCLES, 5));
    d23 = apart(r[1], r[2], size_of(counts, VENN_CIRCLES, 6));
    along = d12 > 1e-9 ? (d12 * d12 + d13 * d13 - d23 * d23) / (2 * d12) : 0;
    if (fabs(along) > d13)
        along = along > 0 ? d13 : -d13;
    at[0] = d12;
    at[1] = along;
    at[2] = sqrt(d13 * d13 - along * along);
}

static double best_three(const double counts[VENN_REGIONS],
        struct venn_circle circles[VENN_CIRCLES])
{
    double plain[FREE];
    double squares = 0;
    double error;

    lay_three(counts, plain);
    from_free(plain, circles);
    error = worst(circles, VENN_CIRCLES, counts, &squares);
    /* From the plain layout, and from one drawn together, where circles that hardly meet can
       find a shared part. */
    for (int i = 0; i < 2 && error > 1e-4; i++) {
        struct venn_circle tried[VENN_CIRCLES];
        double at[FREE];
        double off;

        memcpy(at, plain, sizeof(at));
        for (size_t k = 0; k < 3 && i == 1; k++)
            at[k] *= 0.8;
        refine(at, (plain[3] + plain[4] + plain[5]) / 3, counts);
        from_free(at, tried);
        off = worst(tried, VENN_CIRCLES, counts, &squares);
        if (off < error) {
            error = off;
            memcpy(circles, tried, sizeof(tried));
        }
    }
    return error;
}

double venn_layout(const double counts[VENN_REGIONS], size_t n,
        struct venn_circle ret_circles[VENN_CIRCLES])
{
    size_t held[VENN_CIRCLES];
    size_t held_n = 0;
    double squares = 0;

    memset(ret_circles, 0, VENN_CIRCLES * sizeof(*ret_circles));
    for (size_t i = 0; i < n; i++) {
        if (size_of(counts, n, 1u << i) > 0)
            held[held_n++] = i;
    }
    if (held_n == VENN_CIRCLES) {
        double error = best_three(counts, ret_circles);

        for (size_t i = 0; i < n && ret_circles[2].y < 0; i++)
            ret_circles[i].y = -ret_circles[i].y;
        for (size_t i = 0; i < n && ret_circles[1].x < 0; i++)
            ret_circles[i].x = -ret_circles[i].x;
        return error;
    }
    if (held_n == 2)
        lay_two(counts, n, held[0], held[1], ret_circles);
    else if (held_n == 1)
        ret_circles[held[0]].r = sqrt(size_of(counts, n, 1u << held[0]) / pi);
    return worst(ret_circles, n, counts, &squares);
}

void venn_equal(size_t n, struct venn_circle ret_circles[VENN_CIRCLES])
{
    static const struct venn_circle three[VENN_CIRCLES] = { { -0.58, -0.5, 1 },
        { 0.58, -0.5, 1 }, { 0, 0.5, 1 } };
    static const struct venn_circle two[VENN_CIRCLES] = { { -0.6, 0, 1 }, { 0.6, 0, 1 } };

    memcpy(ret_circles, n == 2 ? two : three, sizeof(three));
}

/* ---- where a number has room ---- */

static double clearance(const struct venn_circle *circles, size_t n, unsigned mask, double x,
        double y)
{
    double least = HUGE_VAL;

    for (size_t i = 0; i < n; i++) {
        double depth = circles[i].r - hypot(x - circles[i].x, y - circles[i].y);

        if (circles[i].r <= 0)
            continue;
        if ((mask >> i & 1u) == 0)
            depth = -depth;
        least = depth < least ? depth : least;
    }
    return least;
}

double venn_pole(const struct venn_circle *circles, size_t n, unsigned mask, double *ret_x,
        double *ret_y)
{
    enum {
        GRID = 100
    };
    double left = -HUGE_VAL, top = -HUGE_VAL, right = HUGE_VAL, bottom = HUGE_VAL;
    double most = 0;

    for (size_t i = 0; i < n; i++) {
        if ((mask >> i & 1u) == 0)
            continue;
        if (circles[i].r <= 0)
            return 0;
        left = fmax(left, circles[i].x - circles[i].r);
        right = fmin(right, circles[i].x + circles[i].r);
        top = fmax(top, circles[i].y - circles[i].r);
        bottom = fmin(bottom, circles[i].y + circles[i].r);
    }
    for (int k = 0; mask != 0 && k < GRID * GRID; k++) {
        int line = k / GRID;
        double x = left + (right - left) * (k % GRID + 0.5) / GRID;
        double y = top + (bottom - top) * (line + 0.5) / GRID;
        double room = clearance(circles, n, mask, x, y);

        if (room > most) {
            most = room;
            *ret_x = x;
            *ret_y = y;
        }
    }
    return most;
}
