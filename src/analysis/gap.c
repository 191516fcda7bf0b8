#include "analysis/cohort.h"

enum {
    BLOCK = 64
};

/*
 * One block of a known size, without a branch on data, so that the compiler turns the two
 * loops into vector code at -O2.
 */
static inline void gap_block(size_t n, const int32_t *restrict now,
        const int32_t *restrict progress, int32_t *restrict gap)
{
    for (size_t i = 0; i < n; i++) {
        bool none = (now[i] == POINTS_NONE) | (progress[i] == POINTS_NONE);
        uint32_t difference = (uint32_t)now[i] - (uint32_t)progress[i];

        gap[i] = none ? POINTS_NONE : (int32_t)difference;
    }
}

/*
 * The quotient of two numbers under 2^17 in float, cut off, is exactly that of the integers;
 * vector units have no integer division.
 */
static inline void flag_block(size_t n, const int16_t *restrict now_step,
        const int16_t *restrict low_step, const int16_t *restrict high_step,
        const uint8_t *restrict unit, const struct flag_rule *restrict rule,
        int16_t *restrict steps, uint8_t *restrict flag)
{
    const int well_below = rule->well_below, below = rule->below, above = rule->above;
    const int well_above = rule->well_above == 0 ? INT32_MAX : rule->well_above;

    for (size_t i = 0; i < n; i++) {
        int now = now_step[i], low = low_step[i], high = high_step[i];
        bool none = (now == STEP_NONE) | (low == STEP_NONE) | (high == STEP_NONE);
        int under = now - low < 0 ? now - low : 0;
        int over = now - high > 0 ? now - high : 0;
        int away = (int)((float)(under + over) / (float)unit[i]);
        int found = 1 + (away > well_below) + (away > below) + (away >= above) +
                    (away >= well_above);

        steps[i] = (int16_t)(none ? STEP_NONE : away);
        flag[i] = (uint8_t)(none ? FLAG_NONE : found);
    }
}

void cohort_gap_flag(size_t n, const int32_t *now_points, const int32_t *progress_points,
        const int16_t *now_step, const int16_t *low_step, const int16_t *high_step,
        const uint8_t *unit, const struct flag_rule *rule, int32_t *gap, int16_t *steps,
        uint8_t *flag)
{
    size_t i = 0;

    for (; n - i >= BLOCK; i += BLOCK) {
        gap_block(BLOCK, now_points + i, progress_points + i, gap + i);
        flag_block(BLOCK, now_step + i, low_step + i, high_step + i, unit + i, rule, steps + i,
                flag + i);
    }
    gap_block(n - i, now_points + i, progress_points + i, gap + i);
    flag_block(n - i, now_step + i, low_step + i, high_step + i, unit + i, rule, steps + i,
            flag + i);
}
