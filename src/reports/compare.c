#include "reports/compare_in.h"

#include "base/text.h"
#include "reports/suppress.h"

enum {
    METRICS = 8
};

struct grouping {
    struct arena *arena;
    const struct frame *frame;
    const struct cohort *cohort;
    const struct compare_question *question;
    struct cut_index index;
    struct compare_groups groups;
};

static int64_t points_of(struct value value)
{
    return value_has_points(value) ? value.points : FORMULA_NO_NUMBER;
}

int64_t compare_value(const struct cohort *cohort, const struct frame *frame,
        const struct compare_question *question, size_t p, size_t s, struct value *ret_like)
{
    size_t cell = cohort_cell(cohort, p, s);
    struct value value = build_value(cohort, cell, frame->basis);
    struct value prior = cohort->prior[cell];
    const struct figures *figures;

    *ret_like = VALUE_NONE;
    switch (question->column) {
    case COMPARE_POINTS:
        *ret_like = value;
        return points_of(value);
    case COMPARE_GAP:
        *ret_like = cohort->now[cell];
        return cohort->gap[cell] == POINTS_NONE ? FORMULA_NO_NUMBER : cohort->gap[cell];
    case COMPARE_PROGRESS:
        *ret_like = value;
        return framework_comparable(cohort->fw, value, prior)
                       ? (int64_t)value.points - prior.points
                       : FORMULA_NO_NUMBER;
    case COMPARE_PRIOR:
        *ret_like = prior;
        return points_of(prior);
    case COMPARE_FORMULA:
        break;
    }
    figures = &question->formulas[s];
    if (figures->numbers == NULL)
        return FORMULA_NO_NUMBER;
    if (figures->grades != NULL)
        *ret_like = figures->grades[p];
    return figures->numbers[p];
}

static const struct scale *scale_of(const struct cohort *cohort, struct value like)
{
    return value_is_set(like) ? &cohort->fw->scales[like.scale] : NULL;
}

/* ---- one group ---- */

static void stand(struct compare_group *group, enum flag flag)
{
    if (flag == FLAG_NONE)
        return;
    group->flagged++;
    if (flag < FLAG_ON)
        group->standing[STANDING_BELOW]++;
    else
        group->standing[flag == FLAG_ON ? STANDING_ON : STANDING_ABOVE]++;
}

/* Take in the pupils of value v whose figure is in points of the group's metric. */
static enum err_code fill_group(struct grouping *g, size_t v, struct compare_group *group,
        struct err *err)
{
    const struct cohort *cohort = g->cohort;
    int64_t *priors = arena_array(g->arena, cohort->pupil_n + 1, sizeof(*priors));
    size_t n = 0;

    group->values = arena_array(g->arena, cohort->pupil_n + 1, sizeof(*group->values));
    if (priors == NULL || group->values == NULL)
        return err_memory(err);
    for (size_t p = 0; p < cohort->pupil_n; p++) {
        size_t cell = cohort_cell(cohort, p, group->subject);
        const struct scale *scale;
        struct value like;
        int64_t number;

        if (!cut_has(&g->index, p, v))
            continue;
        number = compare_value(cohort, g->frame, g->question, p, group->subject, &like);
        scale = scale_of(cohort, like);
        if (number == FORMULA_NO_NUMBER ||
                !text_eq(scale == NULL ? NULL : scale->metric, group->metric))
            continue;
        group->values[n++] = number;
        stand(group, (enum flag)cohort->flag[cell]);
        if (value_has_points(cohort->prior[cell]))
            priors[group->prior_n++] = cohort->prior[cell].points;
    }
    group->spread = spread_make(group->values, n);
    group->prior_mean = spread_mean(priors, (size_t)group->prior_n);
    return ERR_OK;
}

/* A pupil who might have a value: one with anything on record, where subjects are compared. */
static bool is_expected(const struct grouping *g, size_t cell)
{
    return g->question->cut != CUT_NONE || value_is_set(g->cohort->now[cell]) ||
           value_is_set(g->cohort->target[cell]) || value_is_set(g->cohort->prior[cell]);
}

/* The kinds of points in a group, in the order met; how many have none of any. */
static size_t find_metrics(struct grouping *g, size_t v, size_t s,
        const struct scale *scales[METRICS], int64_t *ret_without)
{
    size_t n = 0;

    for (size_t p = 0; p < g->cohort->pupil_n; p++) {
        struct value like;
        const struct scale *scale;
        size_t i = 0;

        if (!cut_has(&g->index, p, v))
            continue;
        if (compare_value(g->cohort, g->frame, g->question, p, s, &like) == FORMULA_NO_NUMBER) {
            *ret_without += is_expected(g, cohort_cell(g->cohort, p, s));
            continue;
        }
        scale = scale_of(g->cohort, like);
        while (i < n && !text_eq(scales[i] == NULL ? NULL : scales[i]->metric,
                                scale == NULL ? NULL : scale->metric))
            i++;
        if (i == n && n < METRICS)
            scales[n++] = scale;
    }
    return n;
}

static enum err_code add_group(struct grouping *g, size_t v, size_t s, struct err *err)
{
    const struct subject *subject = &g->cohort->fw->subjects[g->cohort->subjects[s]];
    const struct scale *scales[METRICS] = { NULL };
    bool by_subject = g->question->cut == CUT_NONE;
    int64_t without = 0;
    size_t n = find_metrics(g, v, s, scales, &without);
    enum err_code code = ERR_OK;

    if (n == 0 && by_subject)
        return ERR_OK;
    for (size_t i = 0; i < (n == 0 ? 1 : n) && code == ERR_OK; i++) {
        struct compare_group group = { .subject = s,
            .value = by_subject ? subject->code : g->index.values[v],
            .metric = scales[i] == NULL ? NULL : scales[i]->metric,
            .scale = scales[i] == NULL ? NULL : scales[i]->name,
            .without = i == 0 ? without : 0 };
        struct compare_group *items =
                arena_grow(g->arena, g->groups.items, g->groups.n, sizeof(*items));

        if (items == NULL)
            return err_memory(err);
        group.label =
                by_subject ? subject->name : cut_value_label(g->question->cut, group.value);
        code = fill_group(g, v, &group, err);
        g->groups.items = items;
        items[g->groups.n++] = group;
    }
    return code;
}

/* ---- hiding ---- */

static void hide_small(struct compare_groups *groups)
{
    size_t n = 0, least = groups->n;

    for (size_t i = 0; i < groups->n; i++) {
        size_t size = groups->items[i].spread.n;

        groups->items[i].hidden = suppress_is_small(size);
        n += groups->items[i].hidden;
        if (size > SUPPRESS_MOST &&
                (least == groups->n || size < groups->items[least].spread.n))
            least = i;
    }
    if (n == 1 && least < groups->n)
        groups->items[least].hidden = true;
}

enum err_code compare_groups(struct arena *arena, const struct frame *frame,
        const struct cohort *cohort, const struct compare_question *question,
        struct compare_groups *ret_groups, struct err *err)
{
    struct grouping g = { .arena = arena,
        .frame = frame,
        .cohort = cohort,
        .question = question };
    enum err_code code = cut_make(arena, cohort, question->cut, &g.index, err);

    for (size_t s = 0; s < cohort->subject_n && code == ERR_OK; s++) {
        if (frame->subject >= 0 && cohort->subjects[s] != frame->subject)
            continue;
        for (size_t v = 0; v < g.index.value_n && code == ERR_OK; v++)
            code = add_group(&g, v, s, err);
    }
    if (code != ERR_OK)
        return code;
    if (question->suppress)
        hide_small(&g.groups);
    *ret_groups = g.groups;
    return ERR_OK;
}

enum err_code compare_members(struct arena *arena, const struct cohort *cohort,
        const struct compare_question *question, const char *value, bool **ret_in,
        struct err *err)
{
    struct cut_index index;
    bool *in = arena_array(arena, cohort->pupil_n + 1, sizeof(*in));
    enum err_code code = cut_make(arena, cohort, question->cut, &index, err);

    if (code != ERR_OK)
        return code;
    if (in == NULL)
        return err_memory(err);
    for (size_t v = 0; v < index.value_n; v++) {
        if (question->cut == CUT_NONE || text_eq_fold(index.values[v], value))
            cut_include(&index, cohort->pupil_n, v, in);
    }
    *ret_in = in;
    return ERR_OK;
}
