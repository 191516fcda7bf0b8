#include "analysis/cohort.h"

/* One rule of the framework, in columns of this cohort. */
struct rule {
    size_t into;
    size_t from[COUNT(((struct derived *)0)->from)];
    size_t from_n;
};

/* False when the cohort lacks a column that the rule needs. */
static bool find_columns(const struct cohort *cohort, const struct derived *derived,
        struct rule *rule)
{
    int into = cohort_column(cohort, derived->subject);

    if (into < 0 || derived->from_n <= 0)
        return false;
    rule->into = (size_t)into;
    rule->from_n = 0;
    for (int i = 0; i < derived->from_n; i++) {
        int from = cohort_column(cohort, derived->from[i]);

        if (from < 0)
            return false;
        rule->from[rule->from_n++] = (size_t)from;
    }
    return true;
}

/* Half away from zero; n > 0. */
static int32_t mean(int64_t sum, int64_t n)
{
    return (int32_t)((sum < 0 ? 2 * sum - n : 2 * sum + n) / (2 * n));
}

static struct value value_at(const struct framework *fw, struct value like, struct value also,
        int32_t points)
{
    const char *metric = fw->scales[like.scale].metric;
    int level = framework_level_of_points(fw, metric, points);
    struct value value = framework_nearest(fw, like, also, points);
    struct value lower, upper;

    if (value_is_set(value) && level != LEVEL_NONE && framework_level(fw, value) != level) {
        framework_pair(fw, like, also, points, &lower, &upper);
        if (framework_level(fw, lower) == level)
            value = lower;
        else if (framework_level(fw, upper) == level)
            value = upper;
    }
    value.points = value_is_set(value) ? points : POINTS_NONE;
    return value;
}

/* The mean of the parts at one pupil; no value when a part is missing or does not compare. */
static struct value mean_of_parts(const struct cohort *cohort, const struct value *column,
        const struct rule *rule, size_t pupil)
{
    struct value first = column[cohort_cell(cohort, pupil, rule->from[0])];
    struct value other = first;
    int64_t sum = 0, n = 0;

    for (size_t i = 0; i < rule->from_n; i++) {
        struct value part = column[cohort_cell(cohort, pupil, rule->from[i])];

        if (!value_has_points(part) || !value_has_points(first) ||
                !framework_comparable(cohort->fw, first, part))
            return VALUE_NONE;
        if (part.scale != first.scale)
            other = part;
        sum += part.points;
        n++;
    }
    return n == 0 ? VALUE_NONE : value_at(cohort->fw, first, other, mean(sum, n));
}

static void derive_date(const struct cohort *cohort, struct date *dates,
        const struct rule *rule, size_t pupil)
{
    struct date latest = { 0 };

    for (size_t i = 0; i < rule->from_n; i++) {
        struct date date = dates[cohort_cell(cohort, pupil, rule->from[i])];

        if (date.ymd > latest.ymd)
            latest = date;
    }
    dates[cohort_cell(cohort, pupil, rule->into)] = latest;
}

static void derive_column(const struct cohort *cohort, struct value *column, struct date *dates,
        const struct rule *rule)
{
    for (size_t p = 0; p < cohort->pupil_n; p++) {
        struct value *cell = &column[cohort_cell(cohort, p, rule->into)];

        if (value_is_set(*cell))
            continue;
        *cell = mean_of_parts(cohort, column, rule, p);
        if (value_is_set(*cell) && dates != NULL)
            derive_date(cohort, dates, rule, p);
    }
}

void cohort_derive(struct cohort *cohort)
{
    const struct framework *fw = cohort->fw;
    struct rule rule;

    for (int i = 0; i < fw->derived_n; i++) {
        if (!find_columns(cohort, &fw->derived[i], &rule))
            continue;
        derive_column(cohort, cohort->prior, cohort->prior_date, &rule);
        derive_column(cohort, cohort->target, cohort->target_date, &rule);
        derive_column(cohort, cohort->now, cohort->now_date, &rule);
        derive_column(cohort, cohort->prediction, NULL, &rule);
        derive_column(cohort, cohort->result, NULL, &rule);
        derive_column(cohort, cohort->year_target, NULL, &rule);
        derive_column(cohort, cohort->year_prediction, NULL, &rule);
        derive_column(cohort, cohort->year_result, NULL, &rule);
        if (cohort->earlier != NULL)
            derive_column(cohort, cohort->earlier, NULL, &rule);
    }
}
