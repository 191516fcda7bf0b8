#include "analysis/forecast.h"

#include <math.h>

#include "analysis/expected.h"
#include "targets/small_framework.h"

static void check_near(const char *name, double got, double want)
{
    if (!(fabs(got - want) < 1e-6))
        print_error("%s: %.8f, not %.8f\n", name, got, want);
    assert_true(fabs(got - want) < 1e-6);
}

/*
 * Years 2004 to 2008, the English of Middlesbrough: 72.6 75.3 74.4 78.3 79.1.
 *   mean 75.94, Sxx 10, Sxy -2 x 72.6 - 75.3 + 78.3 + 2 x 79.1 = 16.0: slope 1.6
 *   rests -0.14 0.96 -1.54 0.76 -0.04: squares 0.0196 0.9216 2.3716 0.5776 0.0016, sum 3.892
 *   s = sqrt(3.892 / 3) = 1.1390054; t(0.975, 3) = 3.18244630528371
 *   2009: 75.94 + 3 x 1.6 = 80.74; root(1 + 0.2 + 9/10) = 1.44913767;
 *         half 3.18244631 x 1.1390054 x 1.44913767 = 5.252868
 */
static void a_line_and_its_interval(void **state)
{
    static const double x[] = { 2004, 2005, 2006, 2007, 2008 };
    static const double y[] = { 72.6, 75.3, 74.4, 78.3, 79.1 };
    const double half = 3.18244630528371 * sqrt(3.892 / 3) * sqrt(2.1);
    struct forecast line;
    double at, low, high;

    (void)state;
    CHECK_TRUE("made", forecast_make(x, y, 5, &line));
    check_near("slope", line.slope, 1.6);
    check_near("about the line", line.residual, 1.1390054);
    forecast_at(&line, 2009, &at, &low, &high);
    check_near("2009", at, 80.74);
    check_near("low", low, 80.74 - half);
    check_near("high", high, 80.74 + half);
    assert_true(fabs(half - 5.253) < 0.001);
}

/* Three years on a line: no scatter, so the interval has no width: 60 62 64, then 66. */
static void three_years_are_enough_and_two_are_not(void **state)
{
    static const double x[] = { 2006, 2007, 2008 };
    static const double y[] = { 60, 62, 64 };
    static const double same[] = { 2008, 2008, 2008 };
    struct forecast line = { .n = 77 };
    double at, low, high;

    (void)state;
    CHECK_TRUE("two", !forecast_make(x, y, 2, &line));
    CHECK_TRUE("none", !forecast_make(x, y, 0, &line));
    CHECK_TRUE("one year only", !forecast_make(same, y, 3, &line));
    CHECK_INT("untouched", line.n, 77);
    CHECK_TRUE("three", forecast_make(x, y, 3, &line));
    forecast_at(&line, 2009, &at, &low, &high);
    check_near("2009", at, 66);
    check_near("low", low, 66);
    check_near("high", high, 66);
}

/* Only the latest seven: a wild figure before them changes nothing. */
static void older_years_take_no_part(void **state)
{
    static const double x[] = { 2000, 2001, 2002, 2003, 2004, 2005, 2006, 2007 };
    static const double y[] = { 99, 50, 51, 52, 53, 54, 55, 56 };
    struct forecast line;
    double at, low, high;

    (void)state;
    CHECK_TRUE("made", forecast_make(x, y, 8, &line));
    CHECK_INT("years", line.n, 7);
    forecast_at(&line, 2008, &at, &low, &high);
    check_near("2008", at, 57);
}

/*
 * Key Stage 2 of twelve terms from level 2 (15 points) to level 4 (27): one point a term.
 * Nothing is expected within the first key stage but at its end.
 */
static void what_is_expected_lies_on_a_line_between_the_stages_ends(void **state)
{
    struct arena arena = { 0 };
    const struct framework *fw = small_framework(&arena);
    int ks1 = framework_stage(fw, "KS1");
    int ks2 = framework_stage(fw, "KS2");
    const char *metric = NULL;

    (void)state;
    CHECK_INT("first term", expected_points(fw, ks2, 1, 12, &metric), 16000);
    CHECK_TEXT("in levels", metric, "nc");
    CHECK_INT("eighth", expected_points(fw, ks2, 8, 12, &metric), 23000);
    CHECK_INT("last", expected_points(fw, ks2, 12, 12, &metric), 27000);
    CHECK_INT("in half-terms", expected_points(fw, ks2, 1, 24, &metric), 15500);
    CHECK_INT("end of the first", expected_points(fw, ks1, 6, 6, &metric), 15000);
    CHECK_INT("within it", expected_points(fw, ks1, 5, 6, &metric), POINTS_NONE);
    CHECK_INT("no stage", expected_points(fw, -1, 1, 12, &metric), POINTS_NONE);
    CHECK_INT("no period", expected_points(fw, ks2, 0, 12, &metric), POINTS_NONE);
    CHECK_INT("beyond", expected_points(fw, ks2, 13, 12, &metric), POINTS_NONE);
    arena_free(&arena);
}

TESTS(TEST(a_line_and_its_interval), TEST(three_years_are_enough_and_two_are_not),
        TEST(older_years_take_no_part),
        TEST(what_is_expected_lies_on_a_line_between_the_stages_ends))
