#include "reports/matrix_in.h"

#include <string.h>

#include "base/text.h"
#include "reports/suppress.h"

/* ---- grades and levels ---- */

/* What a whole level is called: the shortest code of a grade that stands for it (W, 4). */
static const char *level_label(const struct framework *fw, const char *metric, int level)
{
    const char *found = NULL;

    for (int i = 0; i < fw->grade_n; i++) {
        const struct grade *grade = &fw->grades[i];

        if (grade->status || grade->level != level ||
                !text_eq(fw->scales[grade->scale].metric, metric))
            continue;
        if (found == NULL || strlen(grade->code) < strlen(found))
            found = grade->code;
    }
    return found;
}

static bool has_levels(const struct framework *fw, struct value value)
{
    const struct metric *metric = framework_metric_of(fw, value);

    return metric != NULL && metric->level_points > 0;
}

/* Across, levels are taken whole, and so are grades that may be sub-divided: C of C+, C, C-. */
static bool is_banded(const struct framework *fw, struct value value)
{
    const struct metric *metric = framework_metric_of(fw, value);

    return has_levels(fw, value) || (metric != NULL && metric->part_one != NULL &&
                                            framework_level(fw, value) != LEVEL_NONE);
}

/* Levels lie among the grades of their metric: 4 before 4c. */
static int64_t level_rank(const struct framework *fw, struct value value, int level)
{
    const struct metric *metric = framework_metric_of(fw, value);

    return metric == NULL || metric->level_points == 0
                   ? level
                   : (int64_t)level * metric->level_points * 1000;
}

static struct matrix_mark by_level(const struct framework *fw, struct value value)
{
    const char *metric = fw->scales[value.scale].metric;
    int level = framework_level(fw, value);

    return (struct matrix_mark){ .label = level_label(fw, metric, level),
        .metric = framework_metric(fw, metric),
        .rank = level_rank(fw, value, level),
        .level = level,
        .prior_level = framework_prior_level(fw, value) };
}

/* A grade by itself; a number in levels by its whole level; any other as it is shown. The text
   of a number lives in buffer. */
static struct matrix_mark by_grade(const struct framework *fw, struct value value,
        char buffer[VALUE_TEXT_SIZE])
{
    struct matrix_mark mark;

    if (value.grade < 0 && has_levels(fw, value))
        return by_level(fw, value);
    mark = by_level(fw, value);
    mark.label = framework_shown_text(fw, value, buffer);
    mark.rank = (int64_t)value.points * 1000 + (value.grade < 0 ? 0 : value.grade % 1000);
    return mark;
}

static bool place(const struct cohort *cohort, const struct matrix_question *question, size_t p,
        struct matrix_mark *from, struct matrix_mark *to, char text[2][VALUE_TEXT_SIZE])
{
    struct value was = question->from.values[p];
    struct value is = question->to.values[p];

    if (!value_has_points(was) || !value_has_points(is))
        return false;
    *from = by_grade(cohort->fw, was, text[0]);
    *to = is_banded(cohort->fw, is) ? by_level(cohort->fw, is)
                                    : by_grade(cohort->fw, is, text[1]);
    return from->label != NULL && to->label != NULL;
}

bool matrix_place(const struct cohort *cohort, const struct matrix_question *question, size_t p,
        struct matrix_mark *ret_from, struct matrix_mark *ret_to)
{
    char text[2][VALUE_TEXT_SIZE];

    if (!place(cohort, question, p, ret_from, ret_to, text))
        return false;
    ret_from->label = ret_to->label = NULL; /* it may live in `text` */
    return true;
}

/* ---- axes ---- */

static int compare(const struct matrix_mark *a, const struct matrix_mark *b)
{
    if (a->metric != b->metric)
        return a->metric < b->metric ? -1 : 1;
    return (a->rank > b->rank) - (a->rank < b->rank);
}

static size_t find(const struct matrix_axis *axis, const struct matrix_mark *mark)
{
    size_t i = 0;

    while (i < axis->n && compare(&axis->marks[i], mark) < 0)
        i++;
    return i;
}

static enum err_code add_mark(struct arena *arena, struct matrix_axis *axis,
        struct matrix_mark mark, struct err *err)
{
    size_t at = find(axis, &mark);
    struct matrix_mark *marks;

    if (at < axis->n && compare(&axis->marks[at], &mark) == 0)
        return ERR_OK;
    mark.label = arena_text(arena, mark.label);
    marks = arena_grow(arena, axis->marks, axis->n, sizeof(*marks));
    if (mark.label == NULL || marks == NULL)
        return err_memory(err);
    axis->marks = marks;
    memmove(&marks[at + 1], &marks[at], (axis->n - at) * sizeof(*marks));
    marks[at] = mark;
    axis->n++;
    return ERR_OK;
}

/* ---- counting ---- */

/* Whose results the prior column of these pupils holds, -1 none. */
static int prior_stage_of(const struct cohort *cohort, int stage)
{
    for (size_t p = 0; p < cohort->pupil_n; p++) {
        if (cohort->pupils[p].stage == stage)
            return cohort->pupils[p].prior_stage;
    }
    return -1;
}

static const struct measure *expected_progress(const struct frame *frame,
        const struct cohort *cohort, const struct matrix_question *question, int stage)
{
    const struct framework *fw = cohort->fw;
    int before = prior_stage_of(cohort, stage);

    for (int i = 0; i < fw->measure_n && question->from.prior && stage >= 0; i++) {
        const struct measure *measure = &fw->measures[i];

        if (measure->kind == MEASURE_PROGRESS && measure->stage == stage &&
                (measure->from < 0 || measure->from == before) && measure->subject_n == 1 &&
                measure->subjects[0] == frame->subject)
            return measure;
    }
    return NULL;
}

static enum err_code find_axes(struct arena *arena, const struct cohort *cohort,
        const struct matrix_question *question, struct matrix_grid *grid, struct err *err)
{
    for (size_t p = 0; p < cohort->pupil_n; p++) {
        char text[2][VALUE_TEXT_SIZE];
        struct matrix_mark from, to;
        enum err_code code;

        if (cohort->pupils[p].stage != grid->stage)
            continue;
        if (!place(cohort, question, p, &from, &to, text)) {
            grid->left_out++;
            continue;
        }
        grid->counted++;
        code = add_mark(arena, &grid->from, from, err);
        if (code == ERR_OK)
            code = add_mark(arena, &grid->to, to, err);
        if (code != ERR_OK)
            return code;
    }
    return ERR_OK;
}

enum err_code matrix_count(struct arena *arena, const struct frame *frame,
        const struct cohort *cohort, const struct matrix_question *question, int stage,
        struct matrix_grid *ret_grid, struct err *err)
{
    struct matrix_grid grid = { .stage = stage };
    enum err_code code = find_axes(arena, cohort, question, &grid, err);
    size_t cells = grid.from.n * grid.to.n;

    if (code != ERR_OK)
        return code;
    grid.asked = expected_progress(frame, cohort, question, grid.stage);
    grid.counts = arena_array(arena, cells + 1, sizeof(*grid.counts));
    grid.hidden = arena_array(arena, cells + 1, sizeof(*grid.hidden));
    grid.of = arena_array(arena, grid.from.n + 1, sizeof(*grid.of));
    grid.hidden_of = arena_array(arena, grid.from.n + 1, sizeof(*grid.hidden_of));
    if (grid.counts == NULL || grid.hidden == NULL || grid.of == NULL || grid.hidden_of == NULL)
        return err_memory(err);
    for (size_t p = 0; p < cohort->pupil_n; p++) {
        struct matrix_mark from, to;
        size_t row;

        if (cohort->pupils[p].stage != stage || !matrix_place(cohort, question, p, &from, &to))
            continue;
        row = find(&grid.from, &from);
        grid.counts[row * grid.to.n + find(&grid.to, &to)]++;
        grid.of[row]++;
    }
    *ret_grid = grid;
    return ERR_OK;
}

enum flag matrix_flag(const struct matrix_grid *grid, const struct matrix_mark *from,
        const struct matrix_mark *to)
{
    int gain;

    if (grid->asked == NULL || from->metric != to->metric || from->prior_level == LEVEL_NONE ||
            to->level == LEVEL_NONE)
        return FLAG_NONE;
    gain = to->level - from->prior_level - grid->asked->at_least;
    return gain < 0 ? FLAG_BELOW : gain == 0 ? FLAG_ON : FLAG_ABOVE;
}

/* ---- hiding ---- */

static void hide_row(struct matrix_grid *grid, size_t row)
{
    grid->hidden_of[row] = true;
    for (size_t c = 0; c < grid->to.n; c++)
        grid->hidden[row * grid->to.n + c] = true;
}

static void hide_cells(struct matrix_grid *grid, size_t row)
{
    bool *hidden = &grid->hidden[row * grid->to.n];
    const int64_t *counts = &grid->counts[row * grid->to.n];
    size_t n = 0, least = grid->to.n;

    for (size_t c = 0; c < grid->to.n; c++) {
        hidden[c] = suppress_is_small(counts[c]);
        n += hidden[c];
        if (!hidden[c] && counts[c] > 0 && (least == grid->to.n || counts[c] < counts[least]))
            least = c;
    }
    if (n == 1 && least < grid->to.n)
        hidden[least] = true;
}

void matrix_hide(struct matrix_grid *grid)
{
    size_t n = 0, least = grid->from.n;

    for (size_t r = 0; r < grid->from.n; r++) {
        if (suppress_is_small(grid->of[r])) {
            hide_row(grid, r);
            n++;
            continue;
        }
        hide_cells(grid, r);
        if (least == grid->from.n || grid->of[r] < grid->of[least])
            least = r;
    }
    if (n == 1 && least < grid->from.n)
        hide_row(grid, least);
}
