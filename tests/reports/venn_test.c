#include "reports/render/venn.h"

#include <math.h>
#include <stdbool.h>

#include "check.h"

static const double pi = 3.14159265358979323846;

enum {
    LINES = 4000
};

/* Areas by another road: horizontal lines across the drawing, cut where they cross a circle,
   each piece given to the circles that its middle lies in. */
static void integrate(const struct venn_circle *circles, size_t n, double areas[VENN_REGIONS])
{
    double top = HUGE_VAL;
    double bottom = -HUGE_VAL;

    memset(areas, 0, VENN_REGIONS * sizeof(*areas));
    for (size_t i = 0; i < n; i++) {
        top = fmin(top, circles[i].y - circles[i].r);
        bottom = fmax(bottom, circles[i].y + circles[i].r);
    }
    for (int line = 0; line < LINES; line++) {
        double y = top + (bottom - top) * (line + 0.5) / LINES;
        double cuts[2 * VENN_CIRCLES];
        size_t cut_n = 0;

        for (size_t i = 0; i < n; i++) {
            double half = circles[i].r * circles[i].r - (y - circles[i].y) * (y - circles[i].y);

            if (half <= 0)
                continue;
            cuts[cut_n++] = circles[i].x - sqrt(half);
            cuts[cut_n++] = circles[i].x + sqrt(half);
        }
        for (size_t a = 0; a < cut_n; a++)
            for (size_t b = a + 1; b < cut_n; b++)
                if (cuts[b] < cuts[a]) {
                    double swap = cuts[a];

                    cuts[a] = cuts[b];
                    cuts[b] = swap;
                }
        for (size_t k = 0; k + 1 < cut_n; k++) {
            double x = (cuts[k] + cuts[k + 1]) / 2;
            unsigned mask = 0;

            for (size_t i = 0; i < n; i++)
                if (hypot(x - circles[i].x, y - circles[i].y) < circles[i].r)
                    mask |= 1u << i;
            areas[mask] += (cuts[k + 1] - cuts[k]) * (bottom - top) / LINES;
        }
    }
    areas[0] = 0;
}

#define CHECK_NEAR(row, got, want, by)                                                         \
    check_near((row), #got, (got), (want), (by), __FILE__, __LINE__)

static void check_near(const char *row, const char *what, double got, double want, double by,
        const char *file, int line)
{
    if (fabs(got - want) <= by)
        return;
    print_error("%s:%d: %s: %s is %g, not %g\n", file, line, row, what, got, want);
    _fail(file, line);
}

static void areas_are_those_of_an_integration(void **state)
{
    static const struct {
        const char *row;
        struct venn_circle circles[VENN_CIRCLES];
    } rows[] = {
        { "in general", { { 0, 0, 3 }, { 3, 0.5, 2.5 }, { 1, 3, 2 } } },
        { "apart", { { 0, 0, 1 }, { 5, 0, 1 }, { 0, 7, 2 } } },
        { "one in another", { { 0, 0, 3 }, { 0.5, 0.5, 1 }, { 3, 0, 1.5 } } },
        { "one in both", { { 0, 0, 3 }, { 1, 0, 3 }, { 0.5, 0, 0.5 } } },
        { "nested", { { 0, 0, 3 }, { 0, 0, 2 }, { 0, 0, 1 } } },
        { "two equal", { { 0, 0, 2 }, { 0, 0, 2 }, { 1, 1, 2 } } },
        { "all equal", { { 1, 1, 2 }, { 1, 1, 2 }, { 1, 1, 2 } } },
        { "touching", { { 0, 0, 1 }, { 2, 0, 1 }, { 1, 1.7320508, 1 } } },
        { "no shared part", { { 0, 0, 1 }, { 1.8, 0, 1 }, { 0.9, 1.5588457, 1 } } },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        double got[VENN_REGIONS];
        double want[VENN_REGIONS];

        venn_areas(rows[i].circles, VENN_CIRCLES, got);
        integrate(rows[i].circles, VENN_CIRCLES, want);
        for (unsigned mask = 0; mask < VENN_REGIONS; mask++)
            CHECK_NEAR(rows[i].row, got[mask], want[mask], 0.005);
    }
}

static void a_lens_is_that_of_the_closed_form(void **state)
{
    /* Two circles of radius 1, their middles 1 apart: 2 pi / 3 - sqrt(3) / 2. */
    static const struct venn_circle pair[] = { { 0, 0, 1 }, { 1, 0, 1 } };

    (void)state;
    CHECK_NEAR("lens", venn_common(pair, 2), 2 * pi / 3 - sqrt(3) / 2, 1e-12);
    CHECK_NEAR("one", venn_common(pair, 1), pi, 1e-12);
}

static void two_sets_are_drawn_exactly(void **state)
{
    static const struct {
        const char *row;
        double counts[VENN_REGIONS];
    } rows[] = {
        { "some shared", { 0, 12, 40, 18 } },
        { "one shared of many", { 0, 300, 200, 1 } },
        { "none shared", { 0, 30, 10, 0 } },
        { "one within the other", { 0, 0, 50, 20 } },
        { "the same", { 0, 0, 0, 25 } },
        { "one is empty", { 0, 0, 25, 0 } },
        { "nobody at all", { 0, 0, 0, 0 } },
        { "a whole authority", { 9, 23000, 4100, 7350 } },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct venn_circle circles[VENN_CIRCLES];
        double whole = rows[i].counts[1] + rows[i].counts[2] + rows[i].counts[3];
        double areas[VENN_REGIONS];
        double error = venn_layout(rows[i].counts, 2, circles);

        CHECK_NEAR(rows[i].row, error, 0, 1e-6);
        integrate(circles, 2, areas);
        for (unsigned mask = 1; mask < 4; mask++)
            CHECK_NEAR(rows[i].row, areas[mask], rows[i].counts[mask], whole * 0.002);
        CHECK_NEAR("first circle", pi * circles[0].r * circles[0].r,
                rows[i].counts[1] + rows[i].counts[3], whole * 1e-6);
        CHECK_NEAR("second circle", pi * circles[1].r * circles[1].r,
                rows[i].counts[2] + rows[i].counts[3], whole * 1e-6);
        CHECK_TRUE("first stands left", circles[0].x <= circles[1].x || whole < 26);
    }
}

/* What three circles hold can be drawn by three circles. */
static void three_sets_that_circles_can_show_are_found(void **state)
{
    static const struct venn_circle drawn[][VENN_CIRCLES] = {
        { { 0, 0, 3 }, { 3, 0.5, 2.5 }, { 1, 3, 2 } },
        { { 0, 0, 1 }, { 1.16, 0, 1 }, { 0.58, 1, 1 } },
        { { 0, 0, 4 }, { 3, 0, 3 }, { 2, 4, 1.5 } },
        { { 0, 0, 3 }, { 4, 0, 2 }, { 2, 4, 2 } },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(drawn); i++) {
        double counts[VENN_REGIONS];
        double areas[VENN_REGIONS];
        struct venn_circle circles[VENN_CIRCLES];
        double error, whole = 0;
        char row[20];

        (void)snprintf(row, sizeof(row), "drawing %zu", i);
        integrate(drawn[i], VENN_CIRCLES, counts);
        error = venn_layout(counts, VENN_CIRCLES, circles);
        integrate(circles, VENN_CIRCLES, areas);
        for (unsigned mask = 1; mask < VENN_REGIONS; mask++)
            whole += counts[mask];
        for (unsigned mask = 1; mask < VENN_REGIONS; mask++)
            CHECK_NEAR(row, areas[mask], counts[mask], whole * 0.005);
        CHECK_TRUE(row, error < 0.005);
        CHECK_TRUE("third below", circles[2].y >= 0);
        CHECK_TRUE("first left of second", circles[0].x <= circles[1].x);
    }
}

/* The error told is the error an integration finds. */
static void the_error_is_told(void **state)
{
    static const struct {
        const char *row;
        double counts[VENN_REGIONS];
        bool possible;
    } rows[] = {
        { "a common case", { 0, 150, 60, 25, 90, 40, 22, 14 }, true },
        { "most in all three", { 0, 10, 8, 30, 9, 12, 11, 36 }, false },
        { "pairs only", { 0, 0, 0, 10, 0, 10, 10, 0 }, false },
        { "all three or none", { 0, 20, 20, 0, 20, 0, 0, 20 }, false },
        { "a chain", { 0, 30, 20, 10, 30, 0, 10, 0 }, true },
        { "apart", { 0, 10, 20, 0, 30, 0, 0, 0 }, true },
        { "one is empty", { 0, 10, 20, 5, 0, 0, 0, 0 }, true },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct venn_circle circles[VENN_CIRCLES];
        double areas[VENN_REGIONS];
        double error = venn_layout(rows[i].counts, VENN_CIRCLES, circles);
        double most = 0;
        double whole = 0;

        integrate(circles, VENN_CIRCLES, areas);
        for (unsigned mask = 1; mask < VENN_REGIONS; mask++) {
            whole += rows[i].counts[mask];
            most = fmax(most, fabs(areas[mask] - rows[i].counts[mask]));
        }
        CHECK_NEAR(rows[i].row, error, most / whole, 0.002);
        CHECK_INT(rows[i].row, error <= 0.02, rows[i].possible);
    }
}

static void a_pole_is_far_from_every_edge(void **state)
{
    static const struct venn_circle circles[] = { { 0, 0, 2 }, { 3, 0, 2 }, { 9, 9, 0 } };
    double x = 0;
    double y = 0;

    (void)state;
    /* The lens is 1 wide: its middle is half of that from either edge. */
    CHECK_NEAR("lens", venn_pole(circles, 2, 3, &x, &y), 0.5, 0.03);
    CHECK_NEAR("lens", x, 1.5, 0.04);
    CHECK_NEAR("lens", y, 0, 0.2);
    /* What the first keeps for itself is 3 wide on the axis. */
    CHECK_NEAR("crescent", venn_pole(circles, 2, 1, &x, &y), 1.5, 0.03);
    CHECK_NEAR("crescent", x, -0.5, 0.05);
    CHECK_NEAR("no circle", venn_pole(circles, 3, 4, &x, &y), 0, 0);
    CHECK_NEAR("outside all", venn_pole(circles, 3, 0, &x, &y), 0, 0);
}

static void equal_circles_have_room_everywhere(void **state)
{
    (void)state;
    for (size_t n = 2; n <= VENN_CIRCLES; n++) {
        struct venn_circle circles[VENN_CIRCLES];
        double x = 0;
        double y = 0;

        venn_equal(n, circles);
        for (unsigned mask = 1; mask < 1u << n; mask++)
            CHECK_TRUE("room", venn_pole(circles, n, mask, &x, &y) > 0.2);
    }
}

TESTS(TEST(areas_are_those_of_an_integration), TEST(a_lens_is_that_of_the_closed_form),
        TEST(two_sets_are_drawn_exactly), TEST(three_sets_that_circles_can_show_are_found),
        TEST(the_error_is_told), TEST(a_pole_is_far_from_every_edge),
        TEST(equal_circles_have_room_everywhere))
