#include "analysis/impact.h"

#include <math.h>

#include "analysis/student.h"
#include "check.h"

/* ---- the t distribution ---- */

static void t_is_that_of_the_published_table(void **state)
{
    /* Two-sided 5 %, as printed in tables of Student's t. */
    static const struct {
        const char *row;
        int64_t df;
        double t;
    } rows[] = {
        { "1", 1, 12.7062 },
        { "2", 2, 4.3027 },
        { "3", 3, 3.1824 },
        { "4", 4, 2.7764 },
        { "5", 5, 2.5706 },
        { "6", 6, 2.4469 },
        { "9", 9, 2.2622 },
        { "10", 10, 2.2281 },
        { "19", 19, 2.0930 },
        { "30", 30, 2.0423 },
        { "60", 60, 2.0003 },
        { "120", 120, 1.9799 },
        { "1000", 1000, 1.9623 },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        CHECK_TRUE(rows[i].row, fabs(student_t95(rows[i].df) - rows[i].t) <= 0.00005);
    /* With two degrees there is a closed form: 0.95 sqrt(2 / (1 - 0.95^2)). */
    CHECK_TRUE("closed form", fabs(student_t95(2) - 0.95 * sqrt(2 / (1 - 0.95 * 0.95))) < 1e-9);
    CHECK_TRUE("ever so many", fabs(student_t95(1000000) - 1.96) < 0.002);
}

/* ---- progress ---- */

static void progress_is_points_by_term(void **state)
{
    static const struct {
        const char *row;
        int32_t from, to;
        int terms;
        int32_t progress;
    } rows[] = {
        { "one term", 21000, 23000, 1, 2000 },
        { "two terms", 21000, 24000, 2, 1500 },
        { "lost", 24000, 21000, 2, -1500 },
        { "a third, rounded", 21000, 22000, 3, 333 },
        { "two thirds, rounded", 21000, 23000, 3, 667 },
        { "lost, rounded away from nought", 23000, 21000, 3, -667 },
        { "half a thousandth", 0, 1, 2, 1 },
        { "one term for both", 21000, 23000, 0, IMPACT_NONE },
        { "nothing at first", IMPACT_NONE, 23000, 1, IMPACT_NONE },
        { "nothing at last", 21000, IMPACT_NONE, 1, IMPACT_NONE },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct impact_pupil pupil = { .points = { IMPACT_NONE, rows[i].from, rows[i].to,
                                              IMPACT_NONE },
            .term = { 0, 10, 10 + rows[i].terms, 0 } };

        CHECK_INT(rows[i].row, impact_progress(&pupil, SPAN_DURING), rows[i].progress);
        CHECK_INT(rows[i].row, impact_progress(&pupil, SPAN_BEFORE), IMPACT_NONE);
    }
}

/* ---- matching and figures ---- */

static struct impact_pupil pupil(bool in, int32_t prior, int32_t start, int32_t end)
{
    return (struct impact_pupil){ .in = in,
        .year = 5,
        .metric = 1,
        .prior = prior == 0 ? IMPACT_NONE : prior * 1000,
        .points = { IMPACT_NONE, start * 1000, end * 1000, IMPACT_NONE },
        .term = { 0, 10, 11, 0 } };
}

enum {
    A,
    B,
    C,
    D,
    E,
    F,
    G,
    H,
    OTHER_YEAR,
    OTHER_METRIC,
    NO_END,
    PUPIL_N
};

/*
 * In the group: A from 25 to 29, B from 19 to 21, C without prior attainment from 13 to 15.
 * Nearest to A lies D (nothing between them); to B lie E (2 at the start) and, as far in all, G
 * (2 at prior), of whom G is the nearer at the start; F lies 4 off. C can only have H.
 * The last three agree with A and may not be taken.
 */
static void fill(struct impact_pupil pupils[PUPIL_N])
{
    pupils[A] = pupil(true, 21, 25, 29);
    pupils[B] = pupil(true, 15, 19, 21);
    pupils[C] = pupil(true, 0, 13, 15);
    pupils[D] = pupil(false, 21, 25, 27);
    pupils[E] = pupil(false, 15, 21, 27);
    pupils[F] = pupil(false, 17, 17, 19);
    pupils[G] = pupil(false, 17, 19, 21);
    pupils[H] = pupil(false, 0, 15, 16);
    pupils[OTHER_YEAR] = pupil(false, 21, 25, 29);
    pupils[OTHER_YEAR].year = 6;
    pupils[OTHER_METRIC] = pupil(false, 21, 25, 29);
    pupils[OTHER_METRIC].metric = 2;
    pupils[NO_END] = pupil(false, 21, 25, 29);
    pupils[NO_END].points[IMPACT_END] = IMPACT_NONE;
}

static bool near(double got, double want)
{
    return fabs(got - want) < 0.01;
}

/*
 * Differences during: A 4 - 2 = 2, B 2 - 2 = 0, C 2 - 1 = 1; mean 1, standard deviation 1, over
 * the root of 3 0.57735; t of two degrees 4.30265, so 1 -+ 2.48414.
 * At the start the group had 25, 19, 13 and the matched 25, 19, 15: two thirds of a point less.
 * About their mean of 19 1/3 the six lie 5 2/3, 1/3, 6 1/3, 5 2/3, 1/3 and 4 1/3 off; the
 * squares add up to 32.111 + 0.111 + 40.111 + 32.111 + 0.111 + 18.778 = 123.333, a fifth of
 * which has the root 4.96655.
 */
static void a_case_worked_by_hand(void **state)
{
    struct impact_pupil pupils[PUPIL_N];
    struct arena arena = { 0 };
    struct impact impact = { 0 };
    struct err err = { 0 };

    (void)state;
    fill(pupils);
    CHECK_OK("make", impact_make(&arena, pupils, PUPIL_N, &impact, &err), &err);
    CHECK_INT("pairs", impact.pair_n, 3);
    CHECK_INT("A", impact.pairs[0].other, D);
    CHECK_INT("B", impact.pairs[1].other, G);
    CHECK_INT("C", impact.pairs[2].other, H);
    CHECK_INT("in the group", impact.group_n, 3);
    CHECK_TRUE("group's mean", near(impact.group[SPAN_DURING].mean, 8000.0 / 3));
    CHECK_TRUE("matched mean", near(impact.matched[SPAN_DURING].mean, 5000.0 / 3));
    CHECK_INT("nobody before", impact.group[SPAN_BEFORE].n, 0);
    CHECK_TRUE("difference", near(impact.difference, 1000));
    CHECK_TRUE("interval", impact.has_interval);
    CHECK_TRUE("low", near(impact.low, -1484.14));
    CHECK_TRUE("high", near(impact.high, 3484.14));
    CHECK_TRUE("apart", near(impact.start_apart, -2000.0 / 3));
    CHECK_TRUE("deviation", near(impact.start_deviation, 4966.55));
    arena_free(&arena);
}

/* Two of the group are nearest to the same pupil: the nearer has him, the other the next. */
static void nobody_is_taken_twice(void **state)
{
    struct impact_pupil pupils[] = { pupil(true, 15, 21, 23), pupil(true, 15, 20, 23),
        pupil(false, 15, 19, 21), pupil(false, 15, 25, 25) };
    struct arena arena = { 0 };
    struct impact impact = { 0 };
    struct err err = { 0 };

    (void)state;
    CHECK_OK("make", impact_make(&arena, pupils, COUNT(pupils), &impact, &err), &err);
    CHECK_INT("pairs", impact.pair_n, 2);
    CHECK_INT("the nearer", impact.pairs[1].other, 2);
    CHECK_INT("the next", impact.pairs[0].other, 3);
    arena_free(&arena);
}

static void what_is_not_there_is_not_made_up(void **state)
{
    struct impact_pupil one[] = { pupil(true, 15, 21, 23), pupil(false, 15, 19, 21) };
    struct impact_pupil alone[] = { pupil(true, 15, 21, 23) };
    struct arena arena = { 0 };
    struct impact impact = { 0 };
    struct err err = { 0 };

    (void)state;
    CHECK_OK("nobody", impact_make(&arena, NULL, 0, &impact, &err), &err);
    CHECK_INT("nobody", impact.pair_n, 0);
    CHECK_OK("one pair", impact_make(&arena, one, COUNT(one), &impact, &err), &err);
    CHECK_INT("one pair", impact.pair_n, 1);
    CHECK_INT("one pair has no interval", impact.has_interval, 0);
    CHECK_TRUE("but a difference", near(impact.difference, 0));
    CHECK_OK("alone", impact_make(&arena, alone, COUNT(alone), &impact, &err), &err);
    CHECK_INT("alone", impact.pair_n, 0);
    CHECK_INT("yet counted", impact.group_n, 1);
    arena_free(&arena);
}

static void every_allocation_may_fail(void **state)
{
    struct impact_pupil pupils[PUPIL_N];

    (void)state;
    fill(pupils);
    for (long n = 0;; n++) {
        struct arena arena = { 0 };
        struct impact impact = { 0 };
        struct err err = { 0 };
        enum err_code code;
        int fired;

        arena_fault(n, 0);
        code = impact_make(&arena, pupils, PUPIL_N, &impact, &err);
        fired = arena_fault_fired();
        arena_fault(-1, 0);
        arena_free(&arena);
        if (!fired) {
            CHECK_OK("unharmed", code, &err);
            CHECK_TRUE("some failed", n > 0);
            break;
        }
        CHECK_INT("reported", code, ERR_MEMORY);
        CHECK_INT("untouched", impact.pair_n, 0);
    }
}

TESTS(TEST(t_is_that_of_the_published_table), TEST(progress_is_points_by_term),
        TEST(a_case_worked_by_hand), TEST(nobody_is_taken_twice),
        TEST(what_is_not_there_is_not_made_up), TEST(every_allocation_may_fail))
