#include "analysis/expected.h"

/* The level that the lowest threshold of a stage asks for; LEVEL_NONE without one. */
static int lowest_level(const struct framework *fw, int stage)
{
    int lowest = LEVEL_NONE;

    for (int i = 0; i < fw->measure_n; i++) {
        const struct measure *measure = &fw->measures[i];

        if (measure->kind == MEASURE_THRESHOLD && measure->stage == stage &&
                (lowest == LEVEL_NONE || measure->at_least < lowest))
            lowest = measure->at_least;
    }
    return lowest;
}

/* The one metric whose points make whole levels, -1 when there are several or none. */
static int level_metric(const struct framework *fw)
{
    int found = -1;

    for (int i = 0; i < fw->metric_n; i++) {
        if (fw->metrics[i].level_points <= 0)
            continue;
        if (found >= 0)
            return -1;
        found = i;
    }
    return found;
}

static int32_t at_end(const struct framework *fw, int stage, int32_t level_points)
{
    int level = stage < 0 ? LEVEL_NONE : lowest_level(fw, stage);

    return level == LEVEL_NONE ? POINTS_NONE : level * level_points + level_points / 2;
}

int32_t expected_points(const struct framework *fw, int stage, int period, int periods,
        const char **ret_metric)
{
    int metric = level_metric(fw);
    int32_t from, to;

    if (metric < 0 || stage < 0 || period < 1 || period > periods)
        return POINTS_NONE;
    to = at_end(fw, stage, fw->metrics[metric].level_points);
    from = at_end(fw, fw->stages[stage].previous[0], fw->metrics[metric].level_points);
    if (to == POINTS_NONE || (from == POINTS_NONE && period != periods))
        return POINTS_NONE;
    *ret_metric = fw->metrics[metric].code;
    if (period == periods)
        return to;
    return (int32_t)(from + ((int64_t)(to - from) * period * 2 + periods) / (2 * periods));
}
