#include "analysis/measure.h"

#include <math.h>

#include "check.h"

static void check_near(const char *row, double got, double want, double within)
{
    if (!(fabs(got - want) <= within)) {
        print_error("%s: %.9f is not %.9f\n", row, got, want);
        fail();
    }
}

/*
 * domain-numbers 8.2, Wilson, in percent to one decimal place. Two ends there are rounded
 * twice and stand here rounded once: 0/5 gives z2 / (5 + z2) = 3.841459 / 8.841459 = 0.434482,
 * and 1/5 gives 0.330345 + 0.294120 = 0.624465.
 */
static const struct {
    const char *name;
    int64_t x, n;
    double percent, low, high;
} intervals[] = {
    { "0/5", 0, 5, 0, 0.0, 43.4 },
    { "1/5", 1, 5, 20, 3.6, 62.4 },
    { "3/4", 3, 4, 75, 30.1, 95.4 },
    { "7/10", 7, 10, 70, 39.7, 89.2 },
    { "10/10", 10, 10, 100, 72.2, 100 },
    { "18/24", 18, 24, 75, 55.1, 88.0 },
    { "21/30", 21, 30, 70, 52.1, 83.3 },
    { "45/60", 45, 60, 75, 62.8, 84.2 },
    { "81/100", 81, 100, 81, 72.2, 87.5 },
    { "150/200", 150, 200, 75, 68.6, 80.5 },
};

static void an_interval_is_wilsons(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(intervals); i++) {
        struct proportion p = proportion_make(intervals[i].x, intervals[i].n, 0);

        check_near(intervals[i].name, p.percent, intervals[i].percent, 1e-12);
        check_near(intervals[i].name, p.low, intervals[i].low, 0.05);
        check_near(intervals[i].name, p.high, intervals[i].high, 0.05);
    }
}

/* models.md 5, as shares to six places; half a unit of the last place may be off. */
static const struct {
    const char *name;
    int64_t x, n;
    double low, high;
} shares[] = {
    { "81/263", 81, 263, 0.255289, 0.366210 },
    { "15/148", 15, 148, 0.062386, 0.160487 },
    { "0/20", 0, 20, 0, 0.161125 },
    { "1/29", 1, 29, 0.006113, 0.171755 },
};

static void an_interval_agrees_to_six_places(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(shares); i++) {
        double low, high;

        proportion_interval(shares[i].x, shares[i].n, &low, &high);
        check_near(shares[i].name, low / 100, shares[i].low, 0.51e-6);
        check_near(shares[i].name, high / 100, shares[i].high, 0.51e-6);
    }
}

static void none_and_all_are_exact_at_their_end(void **state)
{
    (void)state;
    for (int64_t n = 1; n < 3000; n++) {
        double low, high;

        proportion_interval(0, n, &low, &high);
        CHECK_TRUE("none", low <= 0 && low >= 0);
        CHECK_TRUE("none", high > 0 && high < 100);
        proportion_interval(n, n, &low, &high);
        CHECK_TRUE("all", high <= 100 && high >= 100);
        CHECK_TRUE("all", low > 0 && low < 100);
        proportion_interval(n / 2, n, &low, &high);
        CHECK_TRUE("inside", low >= 0 && high <= 100 && low < high);
    }
}

static void of_nobody_there_is_no_percentage(void **state)
{
    struct proportion p = proportion_make(0, 0, 4);

    (void)state;
    CHECK_TRUE("percent", isnan(p.percent));
    CHECK_TRUE("low", isnan(p.low));
    CHECK_TRUE("high", isnan(p.high));
    CHECK_INT("left out", p.left_out, 4);
    CHECK_INT("printed", proportion_printed(0, 0), -1);
    CHECK_INT("printed", percent_printed(p.low), -1);
}

/* By hand: count x 100 / of to one decimal place, half away from zero (contract 3.7). */
static const struct {
    const char *name;
    int64_t count, of, printed;
} printed[] = {
    { "1/16 is 6.25", 1, 16, 6300 },
    { "3/16 is 18.75", 3, 16, 18800 },
    { "41/2000 is 2.05", 41, 2000, 2100 },
    { "203/2000 is 10.15", 203, 2000, 10200 },
    { "1/3", 1, 3, 33300 },
    { "2/3", 2, 3, 66700 },
    { "6249/100000 is 6.249", 6249, 100000, 6200 },
    { "999/1000", 999, 1000, 99900 },
    { "1999/2000 is 99.95", 1999, 2000, 100000 },
    { "none", 0, 7, 0 },
    { "all", 7, 7, 100000 },
    { "a country", 300000000000, 600000000001, 50000 },
};

static void a_percentage_is_printed_half_away_from_zero(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(printed); i++)
        CHECK_INT(printed[i].name, proportion_printed(printed[i].count, printed[i].of),
                printed[i].printed);
    CHECK_INT("an end of an interval", percent_printed(39.678), 39700);
    CHECK_INT("a half", percent_printed(6.25), 6300);
}

/* Newcombe, Statistics in Medicine 17 (1998), table II, method 10. */
static const struct {
    const char *name;
    int64_t first, of_first, second, of_second;
    double low, high;
} newcombe[] = {
    { "56/70 - 48/80", 56, 70, 48, 80, 0.0524, 0.3339 },
    { "9/10 - 3/10", 9, 10, 3, 10, 0.1705, 0.8090 },
    { "6/7 - 2/7", 6, 7, 2, 7, 0.0582, 0.8062 },
    { "5/56 - 0/29", 5, 56, 0, 29, -0.0381, 0.1926 },
    { "0/10 - 0/20", 0, 10, 0, 20, -0.1611, 0.2775 },
    { "0/10 - 0/10", 0, 10, 0, 10, -0.2775, 0.2775 },
    { "10/10 - 0/20", 10, 10, 0, 20, 0.6791, 1.0000 },
    { "10/10 - 0/10", 10, 10, 0, 10, 0.6075, 1.0000 },
};

static struct proportion_gap gap_of(int64_t first, int64_t of_first, int64_t second,
        int64_t of_second)
{
    struct proportion one = proportion_make(first, of_first, 0);
    struct proportion other = proportion_make(second, of_second, 0);

    return proportion_gap_make(&one, &other);
}

static void a_gap_has_newcombes_interval(void **state)
{
    struct proportion_gap gap = gap_of(56, 70, 48, 80);

    (void)state;
    for (size_t i = 0; i < COUNT(newcombe); i++) {
        gap = gap_of(newcombe[i].first, newcombe[i].of_first, newcombe[i].second,
                newcombe[i].of_second);
        CHECK_TRUE(newcombe[i].name, fabs(gap.low / 100 - newcombe[i].low) < 0.00005);
        CHECK_TRUE(newcombe[i].name, fabs(gap.high / 100 - newcombe[i].high) < 0.00005);
        gap = gap_of(newcombe[i].second, newcombe[i].of_second, newcombe[i].first,
                newcombe[i].of_first);
        CHECK_TRUE("the other way about", fabs(gap.low / 100 + newcombe[i].high) < 0.00005);
    }
    gap = gap_of(56, 70, 48, 80);
    CHECK_TRUE("models.md 5: low", fabs(gap.low - 5.2431) < 0.00005);
    CHECK_TRUE("models.md 5: high", fabs(gap.high - 33.3873) < 0.00005);
}

/* The pupils by hand: the smaller group's size x the difference, whole pupils only. */
static const struct {
    const char *name;
    int64_t first, of_first, second, of_second, printed, pupils;
} gaps[] = {
    { "28 pupils, 15 points: 4.2", 7, 28, 40, 100, -15000, 4 },
    { "80 pupils, 20 points", 56, 70, 48, 80, 20000, 16 },
    { "less than a pupil: 10 x 5 points", 4, 10, 45, 100, -5000, 0 },
    { "exactly one pupil", 4, 10, 1, 2, -10000, 1 },
    { "no gap", 3, 6, 5, 10, 0, 0 },
    { "1/3 less 1/2 is -16.67", 1, 3, 1, 2, -16700, 0 },
    { "1/16 less 0 is 6.25, half away", 1, 16, 0, 4, 6300, 0 },
    { "0 less 1/16 as well", 0, 4, 1, 16, -6300, 0 },
};

static void a_gap_is_printed_exactly_and_counted_in_pupils(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(gaps); i++) {
        struct proportion_gap gap =
                gap_of(gaps[i].first, gaps[i].of_first, gaps[i].second, gaps[i].of_second);

        CHECK_INT(gaps[i].name, gap.printed, gaps[i].printed);
        CHECK_INT(gaps[i].name, gap.pupils, gaps[i].pupils);
    }
    CHECK_INT("an end below nought", percent_printed(-42.04), -42000);
    CHECK_INT("half away from zero", percent_printed(-6.25), -6300);
}

TESTS(TEST(a_gap_has_newcombes_interval), TEST(a_gap_is_printed_exactly_and_counted_in_pupils),
        TEST(an_interval_is_wilsons), TEST(an_interval_agrees_to_six_places),
        TEST(none_and_all_are_exact_at_their_end), TEST(of_nobody_there_is_no_percentage),
        TEST(a_percentage_is_printed_half_away_from_zero))
