#include "analysis/cohort.h"

#include "check.h"

static const struct {
    const char *name;
    int32_t now, progress;
    int16_t step, low, high;
    uint8_t unit;
    int32_t gap;
    int16_t steps;
    enum flag flag;
} cells[] = {
    { "on", 23000, 23000, 9, 9, 9, 1, 0, 0, FLAG_ON },
    { "one below", 21000, 23000, 8, 9, 9, 1, -2000, -1, FLAG_BELOW },
    { "two below", 19000, 23000, 7, 9, 9, 1, -4000, -2, FLAG_WELL_BELOW },
    { "one above", 25000, 23000, 10, 9, 9, 1, 2000, 1, FLAG_ABOVE },
    { "far above", 35000, 23000, 15, 9, 9, 1, 12000, 6, FLAG_ABOVE },
    { "the lower end of a pair", 21000, 22000, 8, 8, 9, 1, -1000, 0, FLAG_ON },
    { "the upper end of a pair", 23000, 22000, 9, 8, 9, 1, 1000, 0, FLAG_ON },
    { "under a pair", 19000, 22000, 7, 8, 9, 1, -3000, -1, FLAG_BELOW },
    { "over a pair", 25000, 22000, 10, 8, 9, 1, 3000, 1, FLAG_ABOVE },
    { "whole grades", 40000, 52000, 16, 22, 22, 3, -12000, -2, FLAG_WELL_BELOW },
    { "less than a unit is cut towards nought", 40000, 42000, 16, 18, 18, 3, -2000, 0,
            FLAG_ON },
    { "no judgement", POINTS_NONE, 23000, STEP_NONE, 9, 9, 1, POINTS_NONE, STEP_NONE,
            FLAG_NONE },
    { "no target", 23000, POINTS_NONE, 9, STEP_NONE, STEP_NONE, 1, POINTS_NONE, STEP_NONE,
            FLAG_NONE },
    { "points without steps", 30000, 32000, STEP_NONE, STEP_NONE, STEP_NONE, 1, -2000,
            STEP_NONE, FLAG_NONE },
    { "steps without points", POINTS_NONE, POINTS_NONE, 2, 3, 3, 1, POINTS_NONE, -1,
            FLAG_BELOW },
};
enum {
    CELLS = COUNT(cells),
    MANY = 1000
};

static const struct flag_rule rule = { -2, -1, 1, 0 };

static void a_cell_has_a_gap_steps_and_a_flag(void **state)
{
    (void)state;
    for (size_t i = 0; i < CELLS; i++) {
        int32_t gap;
        int16_t steps;
        uint8_t flag;

        cohort_gap_flag(1, &cells[i].now, &cells[i].progress, &cells[i].step, &cells[i].low,
                &cells[i].high, &cells[i].unit, &rule, &gap, &steps, &flag);
        CHECK_INT(cells[i].name, gap, cells[i].gap);
        CHECK_INT(cells[i].name, steps, cells[i].steps);
        CHECK_INT(cells[i].name, flag, cells[i].flag);
    }
}

/* The same rows over and over, so that whole blocks and what is left behind them agree. */
static void many_cells_are_reckoned_as_one_is(void **state)
{
    static int32_t now[MANY], progress[MANY], gap[MANY];
    static int16_t step[MANY], low[MANY], high[MANY], steps[MANY];
    static uint8_t unit[MANY], flag[MANY];

    (void)state;
    for (size_t i = 0; i < MANY; i++) {
        now[i] = cells[i % CELLS].now;
        progress[i] = cells[i % CELLS].progress;
        step[i] = cells[i % CELLS].step;
        low[i] = cells[i % CELLS].low;
        high[i] = cells[i % CELLS].high;
        unit[i] = cells[i % CELLS].unit;
    }
    for (size_t n = 0; n <= MANY; n += 37) {
        memset(flag, 0xEE, sizeof(flag));
        cohort_gap_flag(n, now, progress, step, low, high, unit, &rule, gap, steps, flag);
        for (size_t i = 0; i < n; i++) {
            CHECK_INT(cells[i % CELLS].name, gap[i], cells[i % CELLS].gap);
            CHECK_INT(cells[i % CELLS].name, steps[i], cells[i % CELLS].steps);
            CHECK_INT(cells[i % CELLS].name, flag[i], cells[i % CELLS].flag);
        }
        if (n < MANY)
            CHECK_INT("not beyond the end", flag[n], 0xEE);
    }
}

/* Every distance a ladder of 16 bits may have, divided by every unit, as integers divide. */
static void steps_divide_as_whole_numbers_do(void **state)
{
    const int16_t low = 0;

    (void)state;
    for (int unit = 1; unit <= UINT8_MAX; unit++) {
        const uint8_t by = (uint8_t)unit;

        for (int away = -32767; away <= 32767; away += unit < 4 ? 1 : 11) {
            const int16_t now = (int16_t)away;
            const int32_t points = 0;
            int32_t gap;
            int16_t steps;
            uint8_t flag;

            cohort_gap_flag(1, &points, &points, &now, &low, &low, &by, &rule, &gap, &steps,
                    &flag);
            if (steps != away / unit)
                CHECK_INT("quotient", steps, away / unit);
        }
    }
}

/* Flags of the loop are those of flag_of for every rule a school may have. */
static void flags_are_those_of_the_school(void **state)
{
    static const struct flag_rule rules[] = { { -2, -1, 1, 0 }, { -2, -1, 1, 2 },
        { -5, -3, 2, 9 } };
    const int16_t low = 20;
    const uint8_t unit = 1;
    const int32_t points = 0;

    (void)state;
    for (size_t r = 0; r < COUNT(rules); r++) {
        for (int16_t now = 0; now < 50; now++) {
            int32_t gap;
            int16_t steps;
            uint8_t flag;

            cohort_gap_flag(1, &points, &points, &now, &low, &low, &unit, &rules[r], &gap,
                    &steps, &flag);
            CHECK_INT("flag", flag, flag_of(&rules[r], now - low));
        }
    }
}

TESTS(TEST(a_cell_has_a_gap_steps_and_a_flag), TEST(many_cells_are_reckoned_as_one_is),
        TEST(steps_divide_as_whole_numbers_do), TEST(flags_are_those_of_the_school))
