#include "analysis/cohort.h"

enum {
    BLOCK = 256
};

static struct value *value_column(struct arena *arena, size_t n)
{
    struct value *column = arena_array(arena, n, sizeof(*column));

    for (size_t i = 0; column != NULL && i < n; i++)
        column[i] = VALUE_NONE;
    return column;
}

static bool make_values(struct arena *arena, size_t n, struct cohort *cohort)
{
    struct value **const columns[] = {
        &cohort->prior,
        &cohort->target,
        &cohort->prediction,
        &cohort->now,
        &cohort->result,
        &cohort->adjustment,
        &cohort->year_target,
        &cohort->year_prediction,
        &cohort->year_result,
    };

    for (size_t i = 0; i < COUNT(columns); i++) {
        *columns[i] = value_column(arena, n);
        if (*columns[i] == NULL)
            return false;
    }
    return true;
}

static bool make_dates(struct arena *arena, size_t n, struct cohort *cohort)
{
    cohort->prior_date = arena_array(arena, n, sizeof(*cohort->prior_date));
    cohort->target_date = arena_array(arena, n, sizeof(*cohort->target_date));
    cohort->now_date = arena_array(arena, n, sizeof(*cohort->now_date));
    return cohort->prior_date != NULL && cohort->target_date != NULL &&
           cohort->now_date != NULL;
}

static bool make_reckoned(struct arena *arena, size_t n, struct cohort *cohort)
{
    static const struct progress_target none = {
        .points = POINTS_NONE,
        .lower = { POINTS_NONE, 0, -1, -1 },
        .upper = { POINTS_NONE, 0, -1, -1 },
        .computed = POINTS_NONE,
    };

    cohort->progress = arena_array(arena, n, sizeof(*cohort->progress));
    cohort->gap = arena_array(arena, n, sizeof(*cohort->gap));
    cohort->steps = arena_array(arena, n, sizeof(*cohort->steps));
    cohort->flag = arena_array(arena, n, sizeof(*cohort->flag));
    if (cohort->progress == NULL || cohort->gap == NULL || cohort->steps == NULL ||
            cohort->flag == NULL)
        return false;
    for (size_t i = 0; i < n; i++) {
        cohort->progress[i] = none;
        cohort->gap[i] = POINTS_NONE;
        cohort->steps[i] = STEP_NONE;
    }
    return true;
}

enum err_code cohort_make(struct arena *arena, const struct framework *fw,
        const struct reckoning *reckoning, struct date day, const struct cohort_pupil *pupils,
        size_t pupil_n, const int16_t *subjects, size_t subject_n, struct cohort *ret_cohort,
        struct err *err)
{
    struct cohort cohort = {
        .fw = fw,
        .reckoning = *reckoning,
        .day = day,
        .pupils = pupils,
        .pupil_n = pupil_n,
        .subjects = subjects,
        .subject_n = subject_n,
    };
    size_t n;

    if (__builtin_mul_overflow(pupil_n, subject_n, &n) || !make_values(arena, n, &cohort) ||
            !make_dates(arena, n, &cohort) || !make_reckoned(arena, n, &cohort))
        return err_memory(err);
    *ret_cohort = cohort;
    return ERR_OK;
}

int cohort_column(const struct cohort *cohort, int subject)
{
    for (size_t s = 0; s < cohort->subject_n; s++) {
        if (cohort->subjects[s] == subject)
            return (int)s;
    }
    return -1;
}

int cohort_other_stage(const struct framework *fw, int stage, int year)
{
    int whole = -1, single = -1;

    for (int i = fw->measure_n - 1; i >= 0; i--) {
        const struct measure *m = &fw->measures[i];

        if (m->stage < 0 || m->stage == stage || year < m->first_year || year > m->last_year)
            continue;
        if (!fw->stages[m->stage].whole)
            single = m->stage;
        else if (stage < 0 || fw->stages[m->stage].first_year > fw->stages[stage].first_year)
            whole = m->stage;
    }
    if (single >= 0 || whole >= 0)
        return single >= 0 ? single : whole;
    for (int i = 0; i < fw->stage_n; i++) {
        if (!fw->stages[i].whole && fw->stages[i].first_year <= year &&
                year <= fw->stages[i].last_year)
            return i;
    }
    return -1;
}

/* A stage without a line is judged against the target itself (contract 3.4). */
static struct progress_target progress_of(const struct cohort *cohort,
        const struct cohort_pupil *pupil, size_t cell)
{
    struct value target = cohort->target[cell];
    struct trajectory line = trajectory_make(cohort->fw, pupil->stage, pupil->stage_years,
            cohort->reckoning.calendar.period_n, cohort->prior[cell], target);
    struct progress_target progress = trajectory_adjusted(cohort->fw, &line, pupil->period,
            cohort->reckoning.rounding, cohort->adjustment[cell]);

    if (line.why != LINE_NOT_USED || !value_is_set(target))
        return progress;
    progress.computed = target.points;
    if (!progress.adjusted) {
        progress.points = target.points;
        progress.lower = progress.upper = target;
    }
    return progress;
}

/* The inputs of the hot loop for one block of cells. */
struct block {
    int32_t now_points[BLOCK], progress_points[BLOCK];
    int16_t now_step[BLOCK], low_step[BLOCK], high_step[BLOCK];
    uint8_t unit[BLOCK];
};

static int unit_of(const struct framework *fw, struct value value)
{
    int unit = value.grade < 0 ? 1 : fw->grades[value.grade].unit;

    return unit < 1 ? 1 : unit;
}

/* The finer of the units of now and the end it is away from, as framework_steps takes it. */
static uint8_t finer_unit(const struct framework *fw, struct value now, struct value end)
{
    int unit = unit_of(fw, now);
    int other = unit_of(fw, end);

    if (other < unit)
        unit = other;
    return (uint8_t)(unit > UINT8_MAX ? UINT8_MAX : unit);
}

static void fill_block(const struct cohort *cohort, size_t cell, size_t i, struct block *block)
{
    const struct framework *fw = cohort->fw;
    const struct progress_target *progress = &cohort->progress[cell];
    struct value now = cohort->now[cell];
    struct value like = value_is_set(progress->lower) ? progress->lower : cohort->target[cell];
    int now_step = framework_step(fw, now);
    int low_step = framework_step(fw, progress->lower);
    bool same = framework_metric_of(fw, now) == framework_metric_of(fw, like);

    block->now_points[i] = same ? now.points : POINTS_NONE;
    block->progress_points[i] = progress->points;
    block->now_step[i] = (int16_t)(same ? now_step : STEP_NONE);
    block->low_step[i] = (int16_t)low_step;
    block->high_step[i] = (int16_t)framework_step(fw, progress->upper);
    block->unit[i] =
            finer_unit(fw, now, now_step < low_step ? progress->lower : progress->upper);
}

void cohort_reckon(struct cohort *cohort)
{
    size_t n = cohort->pupil_n * cohort->subject_n;
    struct block block;

    for (size_t start = 0; start < n; start += BLOCK) {
        size_t some = n - start;

        if (some > BLOCK)
            some = BLOCK;
        for (size_t i = 0; i < some; i++) {
            size_t cell = start + i;

            cohort->progress[cell] =
                    progress_of(cohort, &cohort->pupils[cell / cohort->subject_n], cell);
            fill_block(cohort, cell, i, &block);
        }
        cohort_gap_flag(some, block.now_points, block.progress_points, block.now_step,
                block.low_step, block.high_step, block.unit, &cohort->reckoning.flags,
                &cohort->gap[start], &cohort->steps[start], &cohort->flag[start]);
    }
}
