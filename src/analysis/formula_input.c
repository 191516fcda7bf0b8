#include "analysis/formula_input.h"

#include "analysis/formula_names_in.h"
#include "base/text.h"

struct listing {
    const struct formula *formula;
    struct arena *arena;
    struct formula_input_list *list;
    struct err *err;
};

static bool same_need(const struct formula_need *a, const struct formula_need *b)
{
    return a->kind == b->kind && a->stage == b->stage && a->subject == b->subject &&
           text_eq_fold(a->name, b->name);
}

static bool same(const struct formula_input *a, const struct formula_input *b)
{
    return a->reads == b->reads && a->subject == b->subject && a->word == b->word &&
           text_eq_fold(a->group, b->group) && same_need(&a->need, &b->need);
}

static enum err_code add(struct listing *l, struct formula_input input)
{
    struct formula_input_list *list = l->list;

    if (input.name == NULL)
        return err_memory(l->err);
    for (size_t i = 0; i < list->n; i++) {
        if (same(&list->items[i], &input))
            return ERR_OK;
    }
    list->items = arena_grow(l->arena, list->items, list->n, sizeof(*list->items));
    if (list->items == NULL)
        return err_memory(l->err);
    list->items[list->n++] = input;
    return ERR_OK;
}

static const char *const read_words[READS__MAX] = {
    [READS_LATEST] = "LATEST",
    [READS_PRIOR] = "PRIOR",
    [READS_TARGET] = "TARGET",
    [READS_PREDICTION] = "PREDICTION",
    [READS_RESULT] = "RESULT",
};

/* The stage that a value of this kind is of: the pupil's own, or the one before. */
static int stage_of(const struct formula *formula, enum formula_reads reads)
{
    const struct framework *fw = formula->fw;
    int own = formula->source.stage_n > 0 ? formula->source.stages[0] : -1;

    if (reads != READS_PRIOR)
        return own;
    return own < 0 ? -1 : fw->stages[own].previous[0];
}

static enum err_code add_grade(struct listing *l, const struct node *node,
        enum formula_reads reads)
{
    const struct framework *fw = l->formula->fw;
    const struct scale_rule *rule = formula_rule(fw, stage_of(l->formula, reads), node->detail);

    return add(l, (struct formula_input){ .reads = reads,
                          .name = arena_printf(l->arena, "%s(\"%s\")", read_words[reads],
                                  fw->subjects[node->detail].code),
                          .type = FORMULA_GRADE,
                          .subject = node->detail,
                          .scales = rule == NULL ? NULL : rule->scales,
                          .scale_n = rule == NULL ? 0 : rule->scale_n });
}

/* What gaps and flags are reckoned from. */
static enum err_code add_reckoned(struct listing *l, const struct node *node)
{
    enum err_code code = add_grade(l, node, READS_LATEST);

    if (code == ERR_OK)
        code = add_grade(l, node, READS_TARGET);
    return code == ERR_OK ? add_grade(l, node, READS_PRIOR) : code;
}

static enum err_code add_value(struct listing *l, const struct node *node)
{
    enum err_code code;

    switch ((enum pupil_value)node->number) {
    case VALUE_LATEST:
        return add_grade(l, node, READS_LATEST);
    case VALUE_TARGET:
        return add_grade(l, node, READS_TARGET);
    case VALUE_PREDICTION:
        return add_grade(l, node, READS_PREDICTION);
    case VALUE_RESULT:
        return add_grade(l, node, READS_RESULT);
    case VALUE_PRIOR:
        return add_grade(l, node, READS_PRIOR);
    case VALUE_PROGRESS_TARGET:
        return add_reckoned(l, node);
    case VALUE_BY_BASIS:
        break;
    }
    code = add_grade(l, node, READS_RESULT);
    return code == ERR_OK ? add_grade(l, node, READS_LATEST) : code;
}

static enum err_code add_need(struct listing *l, const struct node *node)
{
    const struct formula_need *need = &l->formula->uses.needs[node->detail];
    const struct framework *fw = l->formula->fw;
    const char *name = NULL;

    switch (need->kind) {
    case FORMULA_NEED_RESULT:
        name = arena_printf(l->arena, "PRIOR(\"%s\", \"%s\")", fw->stages[need->stage].code,
                fw->subjects[need->subject].code);
        break;
    case FORMULA_NEED_AT:
        name = arena_printf(l->arena, "AT(\"%s\", \"%s\")", fw->subjects[need->subject].code,
                need->name);
        break;
    case FORMULA_NEED_ATTENDANCE:
        name = "ATTENDANCE";
        break;
    case FORMULA_NEED_COLUMN:
        name = arena_printf(l->arena, "%s", need->name);
        break;
    }
    return add(l, (struct formula_input){ .reads = READS_NEED,
                          .name = name,
                          .type = node->type,
                          .subject = -1,
                          .need = *need,
                          .scales = node->scales,
                          .scale_n = node->scale_n });
}

static enum err_code add_person(struct listing *l, enum formula_reads reads, const char *name,
        enum formula_type type, int word)
{
    return add(l, (struct formula_input){ .reads = reads,
                          .name = name,
                          .type = type,
                          .subject = -1,
                          .word = word });
}

static enum err_code add_cut(struct listing *l, const struct node *node)
{
    switch (node->function->detail) {
    case CUT_EAL:
        return add_person(l, READS_LANGUAGE, "first language", FORMULA_TEXT, WORD_LANGUAGE);
    case CUT_BIRTH_TERM:
        return add_person(l, READS_BORN, "date of birth", FORMULA_DATE, 0);
    default:
        return add_person(l, READS_BAND, "prior attainment", FORMULA_TEXT, 0);
    }
}

static enum err_code add_dates(struct listing *l, const struct node *node)
{
    int which = node->function->detail;

    if (which == PERSON_YEAR)
        return add_person(l, READS_YEAR, "YEAR", FORMULA_NUMBER, 0);
    if (which == PERSON_ENTRY)
        return add_person(l, READS_ENTRY, "ENTRY", FORMULA_DATE, 0);
    if (which == PERSON_TODAY)
        return ERR_OK;
    return add_person(l, READS_BORN, "date of birth", FORMULA_DATE, 0);
}

static enum err_code add_group(struct listing *l, const struct node *node)
{
    return add(l, (struct formula_input){ .reads = READS_GROUP,
                          .name = arena_printf(l->arena, "IN(\"%s\")", node->text),
                          .type = FORMULA_YES_NO,
                          .subject = -1,
                          .group = node->text });
}

static bool is_need(const struct node *node)
{
    const struct function *f = node->function;

    return f->check == call_at || f->check == call_column || f->check == call_attendance ||
           (f->check == call_prior && node->number != VALUE_PRIOR);
}

static enum err_code add_node(struct listing *l, const struct node *node)
{
    const struct function *f = node->function;

    if (node->kind != NODE_CALL || f == NULL)
        return ERR_OK;
    if (is_need(node))
        return add_need(l, node);
    if (f->check == call_value || f->check == call_prior)
        return add_value(l, node);
    if (f->check == call_gap || f->check == call_flag ||
            (f->check == call_steps && node->arg_n == 0))
        return add_reckoned(l, node);
    if (f->check == call_word)
        return add_person(l, READS_WORD, f->about.name, FORMULA_TEXT, f->detail);
    if (f->check == call_whether)
        return add_person(l, READS_ANSWER, f->about.name, FORMULA_YES_NO, f->detail);
    if (f->check == call_cut)
        return add_cut(l, node);
    if (f->check == call_in)
        return add_group(l, node);
    if (f->check == call_person_number || f->check == call_person_date)
        return add_dates(l, node);
    return ERR_OK;
}

enum err_code formula_inputs(const struct formula *formula, struct arena *arena,
        struct formula_input_list *list, struct err *err)
{
    struct listing l = { formula, arena, list, err };
    enum err_code code = ERR_OK;

    for (int i = 0; i < formula->step_n && code == ERR_OK; i++)
        code = add_node(&l, formula->steps[i]);
    return code;
}

/* ---- literals ---- */

static enum err_code add_literal(const struct node *node, struct arena *arena,
        struct formula_literals *list, struct err *err)
{
    if (node->kind == NODE_NUMBER) {
        list->numbers =
                arena_grow(arena, list->numbers, list->number_n, sizeof(*list->numbers));
        if (list->numbers == NULL)
            return err_memory(err);
        list->numbers[list->number_n++] = node->number;
    } else if (node->kind == NODE_TEXT) {
        list->texts = arena_grow(arena, list->texts, list->text_n, sizeof(*list->texts));
        if (list->texts == NULL)
            return err_memory(err);
        list->texts[list->text_n++] = node->text;
    } else if (node->kind == NODE_DATE) {
        list->dates = arena_grow(arena, list->dates, list->date_n, sizeof(*list->dates));
        if (list->dates == NULL)
            return err_memory(err);
        list->dates[list->date_n++] = node->date;
    }
    return ERR_OK;
}

enum err_code formula_literals(const struct formula *formula, struct arena *arena,
        struct formula_literals *list, struct err *err)
{
    enum err_code code = ERR_OK;

    for (int i = 0; i < formula->literal_n && code == ERR_OK; i++)
        code = add_literal(formula->literals[i], arena, list, err);
    return code;
}
