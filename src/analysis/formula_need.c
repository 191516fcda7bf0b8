#include <string.h>

#include "analysis/formula_names_in.h"
#include "analysis/formula_run_in.h"
#include "base/text.h"

static void run_need(struct run *run, const struct node *node)
{
    const struct formula_column *column = &run->needs[node->detail];
    void *out = reg_items(run, node);
    size_t start = run->start, n = run->n;

    switch (node->type) {
    case FORMULA_YES_NO:
        memcpy(out, column->answers + start, n);
        return;
    case FORMULA_NUMBER:
        memcpy(out, column->numbers + start, n * sizeof(*column->numbers));
        return;
    case FORMULA_GRADE:
        memcpy(out, column->grades + start, n * sizeof(*column->grades));
        return;
    case FORMULA_DATE:
        memcpy(out, column->dates + start, n * sizeof(*column->dates));
        return;
    case FORMULA_TEXT:
        memcpy(out, column->texts + start, n * sizeof(*column->texts));
        return;
    case FORMULA_NOTHING:
    case FORMULA_POINTS:
    case FORMULA_TYPE__MAX:
        break;
    }
}

static bool same_need(const struct formula_need *a, const struct formula_need *b)
{
    return a->kind == b->kind && a->stage == b->stage && a->subject == b->subject &&
           text_eq(a->name, b->name);
}

/* Where the need stands among those of the formula; added when it is new. */
static enum err_code place_need(struct checker *c, const struct formula_need *need,
        int *ret_place)
{
    struct formula_uses *uses = &c->formula->uses;
    struct formula_need *grown;

    for (size_t i = 0; i < uses->need_n; i++) {
        if (same_need(&uses->needs[i], need)) {
            *ret_place = (int)i;
            return ERR_OK;
        }
    }
    grown = arena_array(c->arena, uses->need_n + 1, sizeof(*grown));
    if (grown == NULL)
        return err_memory(c->err);
    if (uses->need_n > 0)
        memcpy(grown, uses->needs, uses->need_n * sizeof(*grown));
    grown[uses->need_n] = *need;
    *ret_place = (int)uses->need_n++;
    uses->needs = grown;
    return ERR_OK;
}

static enum err_code not_to_be_had(struct checker *c, const struct node *node,
        const struct formula_need *need)
{
    char quote[QUOTE_SIZE];

    (void)formula_fail(c, node->at, "%s is not to be had here", formula_quote(c, node, quote));
    switch (need->kind) {
    case FORMULA_NEED_RESULT:
        return err_hint(c->err,
                "PRIOR(\"%.20s\") is the result of the stage before the pupil's own.",
                c->fw->subjects[need->subject].code);
    case FORMULA_NEED_AT:
        return err_hint(c->err, "LATEST(\"%.20s\") is the latest judgement.",
                c->fw->subjects[need->subject].code);
    case FORMULA_NEED_ATTENDANCE:
        return err_hint(c->err, "No attendance is kept with these pupils.");
    case FORMULA_NEED_COLUMN:
        return err_hint(c->err, "A column can be named in a formula of its own marksheet.");
    }
    return c->err->code;
}

enum err_code need_add(struct checker *c, struct node *node, struct formula_need need,
        enum formula_type preset)
{
    struct formula_offer offer = { preset, -1 };
    int16_t *scale;

    if (c->source->offers == NULL || c->source->fill == NULL ||
            !c->source->offers(c->source->context, &need, &offer))
        return not_to_be_had(c, node, &need);
    node->type = need.kind == FORMULA_NEED_COLUMN ? offer.type : preset;
    node->arg_n = 0;
    node->run = run_need;
    if (need.kind == FORMULA_NEED_COLUMN && offer.scale >= 0) {
        scale = arena_array(c->arena, 1, sizeof(*scale));
        if (scale == NULL)
            return err_memory(c->err);
        *scale = (int16_t)offer.scale;
        node->scales = scale;
        node->scale_n = 1;
    }
    return place_need(c, &need, &node->detail);
}

enum err_code call_at(struct checker *c, struct node *node)
{
    struct formula_need need = { FORMULA_NEED_AT, -1, -1, NULL };
    struct node like = { .function = node->function };
    enum err_code code;

    /* The subject comes first, but may be left out; the scales are those of LATEST. */
    like = *node;
    like.arg_n = node->arg_n - 1;
    code = subject_argument(c, &like, 0, &need.subject);
    if (code == ERR_OK)
        code = text_argument(c, node, node->arg_n - 1, "a review", &need.name);
    if (code != ERR_OK)
        return code;
    code = call_value(c, &like);
    if (code != ERR_OK)
        return code;
    node->scales = like.scales;
    node->scale_n = like.scale_n;
    return need_add(c, node, need, FORMULA_GRADE);
}

enum err_code call_column(struct checker *c, struct node *node)
{
    struct formula_need need = { FORMULA_NEED_COLUMN, -1, -1, NULL };
    enum err_code code = text_argument(c, node, 0, "the name of a column", &need.name);

    return code == ERR_OK ? need_add(c, node, need, FORMULA_NUMBER) : code;
}

enum err_code call_attendance(struct checker *c, struct node *node)
{
    struct formula_need need = { FORMULA_NEED_ATTENDANCE, -1, -1, NULL };

    return need_add(c, node, need, FORMULA_NUMBER);
}

enum err_code formula_stages(const struct cohort *cohort, struct arena *arena,
        struct formula_source *source, struct err *err)
{
    int16_t *stages = arena_array(arena, (size_t)cohort->fw->stage_n + 1, sizeof(*stages));

    if (stages == NULL)
        return err_memory(err);
    for (int i = 0; i < cohort->fw->stage_n; i++) {
        bool any = false;

        for (size_t p = 0; p < cohort->pupil_n && !any; p++)
            any = cohort->pupils[p].stage == i;
        if (any)
            stages[source->stage_n++] = (int16_t)i;
    }
    source->stages = stages;
    return ERR_OK;
}
