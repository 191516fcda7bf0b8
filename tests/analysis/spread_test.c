#include "analysis/spread.h"

#include <math.h>
#include <stdio.h>

#include "check.h"

enum {
    MOST = 16
};

/*
 * By hand, h = 1 + (n - 1) p: of 1 2 3 4 the lower quartile stands at 1.75, so 1.75; of five
 * values at 2, 3, 4: the values themselves; of 7 15 36 39 40 41 at 2.25: 15 + 21/4
 * = 20.25, 3.5: 37.5, 4.75: 39 + 3/4 = 39.75 (the worked example of the definition in most
 * textbooks). The mean of 1 2 2 is 1.667, of -1 -2 -2 is -1.667; of 1 and 2 thousandths 1.5,
 * away from zero 2.
 */
static const struct {
    const char *name;
    size_t n;
    int64_t values[MOST];
    struct spread want;
} spreads[] = {
    { "nobody", 0, { 0 }, { 0, 0, 0, 0, 0, 0, 0 } },
    { "one", 1, { 21000 }, { 1, 21000, 21000, 21000, 21000, 21000, 21000 } },
    { "two", 2, { 30000, 10000 }, { 2, 20000, 10000, 15000, 20000, 25000, 30000 } },
    { "four", 4, { 4000, 1000, 3000, 2000 }, { 4, 2500, 1000, 1750, 2500, 3250, 4000 } },
    { "five", 5, { 5000, 4000, 3000, 2000, 1000 }, { 5, 3000, 1000, 2000, 3000, 4000, 5000 } },
    { "six", 6, { 7000, 15000, 36000, 39000, 40000, 41000 },
            { 6, 29667, 7000, 20250, 37500, 39750, 41000 } },
    { "below nought", 3, { -1000, -2000, -2000 },
            { 3, -1667, -2000, -2000, -2000, -1500, -1000 } },
    { "a half of the last place", 2, { 1, 2 }, { 2, 2, 1, 1, 2, 2, 2 } },
    { "and below nought", 2, { -1, -2 }, { 2, -2, -2, -2, -2, -1, -1 } },
    { "all alike", 4, { 9000, 9000, 9000, 9000 }, { 4, 9000, 9000, 9000, 9000, 9000, 9000 } },
};

static void quartiles_are_those_of_definition_seven(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(spreads); i++) {
        int64_t values[MOST];
        struct spread got;

        for (size_t v = 0; v < MOST; v++)
            values[v] = spreads[i].values[v];
        got = spread_make(values, spreads[i].n);
        CHECK_INT(spreads[i].name, (int64_t)got.n, (int64_t)spreads[i].want.n);
        CHECK_INT(spreads[i].name, got.mean, spreads[i].want.mean);
        CHECK_INT(spreads[i].name, got.low, spreads[i].want.low);
        CHECK_INT(spreads[i].name, got.lower_quartile, spreads[i].want.lower_quartile);
        CHECK_INT(spreads[i].name, got.median, spreads[i].want.median);
        CHECK_INT(spreads[i].name, got.upper_quartile, spreads[i].want.upper_quartile);
        CHECK_INT(spreads[i].name, got.high, spreads[i].want.high);
    }
}

/*
 * Anscombe's quartet ("Graphs in Statistical Analysis", The American Statistician 27, 1973):
 * the first three sets share the correlation 0.816 to three places; to six, R's cor() gives
 * 0.816421, 0.816237, 0.816287.
 */
static const int64_t anscombe_x[] = { 10000, 8000, 13000, 9000, 11000, 14000, 6000, 4000, 12000,
    7000, 5000 };
static const struct {
    const char *name;
    int64_t y[11];
    double want;
} quartet[] = {
    { "I", { 8040, 6950, 7580, 8810, 8330, 9960, 7240, 4260, 10840, 4820, 5680 }, 0.816421 },
    { "II", { 9140, 8140, 8740, 8770, 9260, 8100, 6130, 3100, 9130, 7260, 4740 }, 0.816237 },
    { "III", { 7460, 6770, 12740, 7110, 7810, 8840, 6080, 5390, 8150, 6420, 5730 }, 0.816287 },
};

static void a_correlation_is_pearsons(void **state)
{
    int64_t down[11];

    (void)state;
    for (size_t i = 0; i < COUNT(quartet); i++) {
        double got = spread_correlation(anscombe_x, quartet[i].y, 11);

        if (!(fabs(got - quartet[i].want) <= 0.51e-6)) {
            print_error("%s: %.9f is not %.9f\n", quartet[i].name, got, quartet[i].want);
            fail();
        }
    }
    for (size_t i = 0; i < COUNT(down); i++)
        down[i] = 50000 - 2 * anscombe_x[i];
    CHECK_TRUE("a falling line",
            spread_correlation(anscombe_x, down, COUNT(down)) < -0.999999999 &&
                    spread_correlation(anscombe_x, down, COUNT(down)) >= -1);
}

static void few_pairs_and_pairs_all_alike_have_no_correlation(void **state)
{
    int64_t alike[11] = { 0 };

    (void)state;
    CHECK_TRUE("nine", isnan(spread_correlation(anscombe_x, quartet[0].y, 9)));
    CHECK_TRUE("ten", !isnan(spread_correlation(anscombe_x, quartet[0].y, 10)));
    CHECK_TRUE("alike", isnan(spread_correlation(anscombe_x, alike, 11)));
    CHECK_TRUE("alike", isnan(spread_correlation(alike, anscombe_x, 11)));
    CHECK_TRUE("none", isnan(spread_correlation(NULL, NULL, 0)));
}

TESTS(TEST(quartiles_are_those_of_definition_seven), TEST(a_correlation_is_pearsons),
        TEST(few_pairs_and_pairs_all_alike_have_no_correlation))
