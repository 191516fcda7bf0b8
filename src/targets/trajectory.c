#include "targets/trajectory.h"

#include <stdio.h>

static const struct progress_target no_target = {
    .points = POINTS_NONE,
    .lower = { POINTS_NONE, 0, -1, -1 },
    .upper = { POINTS_NONE, 0, -1, -1 },
    .computed = POINTS_NONE,
};

static const char *const reasons[] = {
    [LINE_DRAWN] = NULL,
    [LINE_NO_STAGE] = "this year group is in no key stage",
    [LINE_NOT_USED] =
            "this key stage has no line: the likely grade is compared with the target",
    [LINE_NO_PRIOR] = "no result of the previous key stage in this subject",
    [LINE_NO_TARGET] = "no target for the end of the key stage",
    [LINE_TWO_SCALES] = "the prior result and the target are on different scales",
};

static enum no_line why_no_line(const struct framework *fw, int stage, int periods,
        struct value prior, struct value target)
{
    if (stage < 0 || stage >= fw->stage_n || periods <= 0)
        return LINE_NO_STAGE;
    if (!fw->stages[stage].trajectory)
        return LINE_NOT_USED;
    if (!value_has_points(prior))
        return LINE_NO_PRIOR;
    if (!value_has_points(target))
        return LINE_NO_TARGET;
    return framework_comparable(fw, prior, target) ? LINE_DRAWN : LINE_TWO_SCALES;
}

struct trajectory trajectory_make(const struct framework *fw, int stage, int years,
        int periods_per_year, struct value prior, struct value target)
{
    int periods = years * periods_per_year;
    enum no_line why = why_no_line(fw, stage, periods, prior, target);

    return (struct trajectory){
        .prior = prior,
        .target = target,
        .period_n = why == LINE_DRAWN ? periods : 0,
        .why_none = reasons[why],
        .why = why,
    };
}

/* The sentence where both names it needs are known; else nothing is written. */
static int named_reason(enum no_line why, const char *stage, const char *before, char *buffer)
{
    const size_t size = TRAJECTORY_WHY_SIZE;

    if (why == LINE_NOT_USED && stage != NULL)
        return snprintf(buffer, size,
                "%s has no line: the likely grade is compared with the target", stage);
    if (why == LINE_NO_TARGET && stage != NULL)
        return snprintf(buffer, size, "no target for the end of %s", stage);
    if (why == LINE_NO_PRIOR && before != NULL)
        return snprintf(buffer, size, "no %s result in this subject", before);
    if (why == LINE_TWO_SCALES && before != NULL)
        return snprintf(buffer, size, "the %s result and the target are on different scales",
                before);
    return 0;
}

const char *trajectory_why(const struct framework *fw, const struct trajectory *line, int stage,
        char buffer[TRAJECTORY_WHY_SIZE])
{
    const struct stage *own = stage >= 0 && stage < fw->stage_n ? &fw->stages[stage] : NULL;
    int before = own == NULL ? -1 : own->previous[0];

    if (named_reason(line->why, own == NULL ? NULL : own->name,
                before < 0 ? NULL : fw->stages[before].name, buffer) == 0)
        (void)snprintf(buffer, TRAJECTORY_WHY_SIZE, "%s",
                line->why_none == NULL ? "" : line->why_none);
    return buffer;
}

int32_t trajectory_points(const struct trajectory *line, int k)
{
    int64_t n = line->period_n;
    int64_t sum, size;

    if (n <= 0 || k < 0 || k > n)
        return POINTS_NONE;
    sum = line->prior.points * (n - k) + (int64_t)line->target.points * k;
    size = sum < 0 ? -sum : sum;
    size = (2 * size + n) / (2 * n);
    return (int32_t)(sum < 0 ? -size : size);
}

struct progress_target trajectory_target(const struct framework *fw,
        const struct trajectory *line, int k, enum rounding rounding)
{
    struct progress_target target = no_target;
    int32_t points = trajectory_points(line, k);

    if (points == POINTS_NONE)
        return target;
    target.points = target.computed = points;
    if (rounding == ROUND_PAIR) {
        framework_pair(fw, line->target, line->prior, points, &target.lower, &target.upper);
        return target;
    }
    target.lower = framework_nearest(fw, line->target, line->prior, points);
    target.upper = target.lower;
    return target;
}

struct progress_target trajectory_adjusted(const struct framework *fw,
        const struct trajectory *line, int k, enum rounding rounding, struct value adjustment)
{
    struct progress_target target = trajectory_target(fw, line, k, rounding);

    if (!value_has_points(adjustment))
        return target;
    if (value_is_set(line->target) && !framework_comparable(fw, adjustment, line->target))
        return target;
    target.points = adjustment.points;
    target.lower = target.upper = adjustment;
    target.adjusted = true;
    return target;
}

static bool same_rung(struct value a, struct value b)
{
    return a.scale == b.scale && a.grade == b.grade && a.number == b.number;
}

const char *progress_target_text(const struct framework *fw,
        const struct progress_target *target, char buffer[PROGRESS_TEXT_SIZE])
{
    char lower[VALUE_TEXT_SIZE], upper[VALUE_TEXT_SIZE] = "";
    bool pair = !same_rung(target->lower, target->upper);

    (void)snprintf(buffer, PROGRESS_TEXT_SIZE, "%s%s%s",
            framework_shown_text(fw, target->lower, lower), pair ? "/" : "",
            pair ? framework_shown_text(fw, target->upper, upper) : upper);
    return buffer;
}

bool progress_target_steps(const struct framework *fw, struct value now,
        const struct progress_target *target, int *ret_steps)
{
    int above_lower, above_upper;

    if (!framework_steps(fw, now, target->lower, &above_lower) ||
            !framework_steps(fw, now, target->upper, &above_upper))
        return false;
    if (above_lower < 0)
        *ret_steps = above_lower;
    else
        *ret_steps = above_upper > 0 ? above_upper : 0;
    return true;
}
