#include "analysis/cut.h"

/* The stage whose results are the pupil's prior attainment; -1 none. */
static int stage_before(const struct cohort *cohort, size_t pupil)
{
    int stage = cohort->pupils[pupil].stage;

    return stage < 0 ? -1 : cohort->fw->stages[stage].previous[0];
}

static bool is_threshold(const struct measure *measure, int stage)
{
    return measure->kind == MEASURE_THRESHOLD && measure->stage == stage;
}

static bool names_subject(const struct framework *fw, int stage, int subject)
{
    for (int i = 0; i < fw->measure_n; i++) {
        const struct measure *measure = &fw->measures[i];

        for (int s = 0; is_threshold(measure, stage) && s < measure->subject_n; s++) {
            if (measure->subjects[s] == subject)
                return true;
        }
    }
    return false;
}

/* Whether a derived subject that is counted itself stands for this one. */
static bool is_part(const struct framework *fw, int stage, int subject)
{
    for (int i = 0; i < fw->derived_n; i++) {
        const struct derived *derived = &fw->derived[i];

        for (int f = 0; f < derived->from_n; f++) {
            if (derived->from[f] == subject && names_subject(fw, stage, derived->subject))
                return true;
        }
    }
    return false;
}

/* The mean, and in *ret_metric whose points they are. */
static int32_t prior_mean(const struct cohort *cohort, size_t pupil, const char **ret_metric)
{
    const struct framework *fw = cohort->fw;
    int stage = stage_before(cohort, pupil);
    struct value first = VALUE_NONE;
    int64_t sum = 0, n = 0;

    for (size_t s = 0; stage >= 0 && s < cohort->subject_n; s++) {
        int subject = cohort->subjects[s];
        struct value value = cohort->prior[cohort_cell(cohort, pupil, s)];

        if (!value_is_set(value) || value.points == POINTS_NONE)
            continue;
        if (!names_subject(fw, stage, subject) || is_part(fw, stage, subject))
            continue;
        if (n > 0 && !framework_comparable(fw, first, value))
            continue;
        first = value;
        sum += value.points;
        n++;
    }
    if (n == 0)
        return POINTS_NONE;
    *ret_metric = fw->scales[first.scale].metric;
    return (int32_t)((sum < 0 ? 2 * sum - n : 2 * sum + n) / (2 * n));
}

int32_t cohort_prior_points(const struct cohort *cohort, size_t pupil)
{
    const char *metric;

    return prior_mean(cohort, pupil, &metric);
}

/* The level that the lowest threshold of a stage asks for; LEVEL_NONE without one. */
static int expected_level(const struct framework *fw, int stage)
{
    int lowest = LEVEL_NONE;

    for (int i = 0; i < fw->measure_n; i++) {
        const struct measure *measure = &fw->measures[i];

        if (is_threshold(measure, stage) &&
                (lowest == LEVEL_NONE || measure->at_least < lowest))
            lowest = measure->at_least;
    }
    return lowest;
}

enum prior_band cohort_prior_band(const struct cohort *cohort, size_t pupil)
{
    const char *metric = NULL;
    int32_t points = prior_mean(cohort, pupil, &metric);
    int expected, level;

    if (points == POINTS_NONE)
        return PRIOR_BAND_NONE;
    expected = expected_level(cohort->fw, stage_before(cohort, pupil));
    level = framework_level_of_points(cohort->fw, metric, points);
    if (expected == LEVEL_NONE || level == LEVEL_NONE)
        return PRIOR_BAND_NONE;
    if (level < expected)
        return PRIOR_BAND_LOW;
    return level == expected ? PRIOR_BAND_MIDDLE : PRIOR_BAND_HIGH;
}
