#include "scales/framework_in.h"

/* a / b rounded down, b > 0. */
static int32_t floor_div(int32_t a, int32_t b)
{
    int32_t q = a / b;

    return a % b < 0 ? q - 1 : q;
}

struct value value_of_grade(const struct framework *fw, int grade)
{
    const struct grade *g = &fw->grades[grade];

    return (struct value){ g->status ? POINTS_NONE : g->points, 0, g->scale, (int16_t)grade };
}

struct value value_of_number(const struct framework *fw, int scale, int32_t number)
{
    const struct scale *s = &fw->scales[scale];
    struct value value = { POINTS_NONE, number, (int16_t)scale, -1 };
    int64_t product = (int64_t)number * s->points_per_unit;

    if (s->kind == SCALE_NUMBER)
        value.points = (int32_t)((product + (product < 0 ? -500 : 500)) / 1000);
    return value;
}

int framework_step(const struct framework *fw, struct value value)
{
    const struct metric *metric = framework_metric_of(fw, value);

    if (metric == NULL)
        return STEP_NONE;
    if (value.grade >= 0)
        return fw->grades[value.grade].status ? STEP_NONE : fw->grades[value.grade].step;
    if (value.points == POINTS_NONE || metric->step_points == 0)
        return STEP_NONE;
    return floor_div(value.points - metric->step_from, metric->step_points) + 1;
}

/* The smallest rungs that one grade of this value spans. */
static int value_unit(const struct framework *fw, struct value value)
{
    return value.grade >= 0 ? fw->grades[value.grade].unit : 1;
}

bool framework_steps(const struct framework *fw, struct value a, struct value b, int *ret_steps)
{
    int step_a = framework_step(fw, a);
    int step_b = framework_step(fw, b);
    int unit_a, unit_b;

    if (step_a == STEP_NONE || step_b == STEP_NONE ||
            framework_metric_of(fw, a) != framework_metric_of(fw, b))
        return false;
    unit_a = value_unit(fw, a);
    unit_b = value_unit(fw, b);
    *ret_steps = (step_a - step_b) / (unit_a < unit_b ? unit_a : unit_b);
    return true;
}

const char *framework_step_word(const struct framework *fw, struct value a, struct value b,
        int steps)
{
    const struct metric *metric = framework_metric_of(fw, a);
    bool one = steps == 1 || steps == -1;
    int ignored;

    if (!framework_steps(fw, a, b, &ignored))
        return "";
    if (metric->part_one != NULL && (value_unit(fw, a) == 1 || value_unit(fw, b) == 1))
        return one ? metric->part_one : metric->part_many;
    return one ? metric->unit_one : metric->unit_many;
}

/* The level of the highest rung of the metric at or below `points`. */
static int level_by_rungs(const struct framework *fw, int metric, int32_t points)
{
    int32_t best = INT32_MIN;
    int level = LEVEL_NONE;

    for (int i = 0; i < fw->grade_n; i++) {
        const struct grade *grade = &fw->grades[i];

        if (!grade->rung || grade->status || fw->index->metric_of_scale[grade->scale] != metric)
            continue;
        if (grade->points > points || grade->points <= best || grade->level == LEVEL_NONE)
            continue;
        best = grade->points;
        level = grade->level;
    }
    return level;
}

static int level_in_metric(const struct framework *fw, int metric, int32_t points)
{
    if (metric < 0 || points == POINTS_NONE)
        return LEVEL_NONE;
    if (fw->metrics[metric].level_points > 0)
        return floor_div(points, fw->metrics[metric].level_points);
    return level_by_rungs(fw, metric, points);
}

int framework_level_of_points(const struct framework *fw, const char *metric, int32_t points)
{
    return level_in_metric(fw, framework_metric(fw, metric), points);
}

int framework_level(const struct framework *fw, struct value value)
{
    if (!value_is_set(value))
        return LEVEL_NONE;
    if (value.grade >= 0)
        return fw->grades[value.grade].status ? LEVEL_NONE : fw->grades[value.grade].level;
    return level_in_metric(fw, fw->index->metric_of_scale[value.scale], value.points);
}

int framework_prior_level(const struct framework *fw, struct value value)
{
    if (value_is_set(value) && value.grade >= 0 && !fw->grades[value.grade].status)
        return fw->grades[value.grade].prior_level;
    return framework_level(fw, value);
}

/* The scales whose rungs serve: at most two, -1 where there is none. */
struct ladder {
    int scales[2];
};

static bool has_rungs(const struct framework *fw, int scale)
{
    const struct scale *s = &fw->scales[scale];

    for (int i = s->first_grade; i < s->first_grade + s->grade_n; i++)
        if (fw->grades[i].rung && !fw->grades[i].status)
            return true;
    return false;
}

/* The scale itself, or for one of numbers the first with rungs that shares its metric. */
static int rung_scale(const struct framework *fw, struct value value)
{
    const int16_t *metric_of = fw->index->metric_of_scale;

    if (has_rungs(fw, value.scale))
        return value.scale;
    for (int i = 0; i < fw->scale_n; i++)
        if (metric_of[i] == metric_of[value.scale] && has_rungs(fw, i))
            return i;
    return -1;
}

static struct ladder ladder_of(const struct framework *fw, struct value like, struct value also)
{
    struct ladder ladder = { { -1, -1 } };

    if (!value_is_set(like))
        return ladder;
    ladder.scales[0] = rung_scale(fw, like);
    if (value_is_set(also) && framework_metric_of(fw, like) == framework_metric_of(fw, also))
        ladder.scales[1] = rung_scale(fw, also);
    if (ladder.scales[1] == ladder.scales[0])
        ladder.scales[1] = -1;
    return ladder;
}

/* Of two rungs on one side of the points: the nearer; at the same points the one found first,
   unless that is a wide one. */
static bool is_nearer(const struct grade *rung, const struct grade *best, int32_t points)
{
    int64_t far = (int64_t)rung->points - points;
    int64_t best_far;

    if (best == NULL)
        return true;
    best_far = (int64_t)best->points - points;
    far = far < 0 ? -far : far;
    best_far = best_far < 0 ? -best_far : best_far;
    return far < best_far || (far == best_far && best->wide && !rung->wide);
}

/* The rung at or below the points, and the one at or above; NULL where there is none. */
struct neighbours {
    const struct grade *lower, *upper;
};

static struct neighbours neighbours_of(const struct framework *fw, struct ladder ladder,
        int32_t points)
{
    struct neighbours found = { NULL, NULL };

    for (size_t k = 0; k < COUNT(ladder.scales); k++) {
        const struct scale *scale = &fw->scales[ladder.scales[k] < 0 ? 0 : ladder.scales[k]];
        const struct grade *rung = fw->grades + scale->first_grade;
        const struct grade *end = ladder.scales[k] < 0 ? rung : rung + scale->grade_n;

        for (; rung < end; rung++) {
            if (!rung->rung || rung->status)
                continue;
            if (rung->points <= points && is_nearer(rung, found.lower, points))
                found.lower = rung;
            if (rung->points >= points && is_nearer(rung, found.upper, points))
                found.upper = rung;
        }
    }
    return found;
}

/* On a scale of numbers without any ladder: the number itself, as exact as the scale allows. */
static struct value nearest_number(const struct framework *fw, struct value like,
        int32_t points)
{
    static const int32_t units[] = { 1000, 100, 10, 1 };
    const struct scale *scale = &fw->scales[like.scale];
    int32_t unit = units[scale->places > 3 ? 3 : scale->places];
    int64_t number;

    if (scale->kind != SCALE_NUMBER || scale->points_per_unit == 0)
        return VALUE_NONE;
    number = (int64_t)points * 1000 / scale->points_per_unit;
    number = (number + (number < 0 ? -unit / 2 : unit / 2)) / unit * unit;
    if (number < scale->min)
        number = scale->min;
    if (number > scale->max)
        number = scale->max;
    return value_of_number(fw, like.scale, (int32_t)number);
}

static struct value rung_value(const struct framework *fw, const struct grade *rung)
{
    return value_of_grade(fw, (int)(rung - fw->grades));
}

void framework_pair(const struct framework *fw, struct value like, struct value also,
        int32_t points, struct value *ret_lower, struct value *ret_upper)
{
    struct ladder ladder = ladder_of(fw, like, also);
    struct neighbours found = { NULL, NULL };

    *ret_lower = *ret_upper = VALUE_NONE;
    if (!value_is_set(like) || points == POINTS_NONE)
        return;
    if (ladder.scales[0] < 0) {
        *ret_lower = *ret_upper = nearest_number(fw, like, points);
        return;
    }
    found = neighbours_of(fw, ladder, points);
    if (found.lower == NULL)
        found.lower = found.upper;
    if (found.upper == NULL)
        found.upper = found.lower;
    *ret_lower = rung_value(fw, found.lower);
    *ret_upper = rung_value(fw, found.upper);
}

struct value framework_nearest(const struct framework *fw, struct value like, struct value also,
        int32_t points)
{
    struct value lower, upper;

    framework_pair(fw, like, also, points, &lower, &upper);
    if (!value_is_set(lower) || lower.points == POINTS_NONE)
        return lower;
    return (int64_t)upper.points - points <= (int64_t)points - lower.points ? upper : lower;
}
