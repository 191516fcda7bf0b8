#include "analysis/formula_names_in.h"
#include "analysis/formula_run_in.h"
#include "base/text.h"

enum {
    SCALES_NEAR = 200
};

static enum err_code need_grade(struct checker *c, const struct node *node)
{
    char quote[QUOTE_SIZE];

    if (node->type == FORMULA_GRADE)
        return ERR_OK;
    (void)formula_fail(c, node->at, "%s is %s where a grade was expected",
            formula_quote(c, node, quote), formula_type_words(node->type));
    if (node->kind == NODE_TEXT)
        return err_hint(c->err, "Name its scale: GRADE(%s, \"nc\").", quote);
    return c->err->code;
}

void run_points(struct run *run, const struct node *node)
{
    const struct value *values = reg_items(run, node->args[0]);
    int64_t *out = reg_items(run, node);
    int16_t *metrics = reg_metrics(run, node);

    for (size_t i = 0; i < run->n; i++) {
        bool there = values[i].scale >= 0 && values[i].points != POINTS_NONE;

        out[i] = there ? values[i].points : FORMULA_NO_NUMBER;
        metrics[i] = (int16_t)grade_metric(run->formula, values[i]);
    }
}

enum err_code call_points(struct checker *c, struct node *node)
{
    enum err_code code = check_args(c, node);

    if (code == ERR_OK)
        code = need_grade(c, node->args[0]);
    if (code != ERR_OK)
        return code;
    node->type = FORMULA_POINTS;
    node->run = run_points;
    return scales_join(c, node, node->args[0]->scales, node->args[0]->scale_n) ? ERR_OK
                                                                               : ERR_MEMORY;
}

static void run_level(struct run *run, const struct node *node)
{
    const struct value *values = reg_items(run, node->args[0]);
    int64_t *out = reg_items(run, node);

    for (size_t i = 0; i < run->n; i++) {
        int level = framework_level(run->formula->fw, values[i]);

        out[i] = level == LEVEL_NONE ? FORMULA_NO_NUMBER : (int64_t)level * 1000;
    }
}

enum err_code call_level(struct checker *c, struct node *node)
{
    enum err_code code = check_args(c, node);

    if (code == ERR_OK)
        code = need_grade(c, node->args[0]);
    node->type = FORMULA_NUMBER;
    node->run = run_level;
    return code;
}

static void run_steps(struct run *run, const struct node *node)
{
    const struct value *a = reg_items(run, node->args[0]);
    const struct value *b = reg_items(run, node->args[1]);
    int64_t *out = reg_items(run, node);

    for (size_t i = 0; i < run->n; i++) {
        int steps;

        if (framework_steps(run->formula->fw, a[i], b[i], &steps))
            out[i] = (int64_t)steps * 1000;
        else
            out[i] = FORMULA_NO_NUMBER;
    }
}

/* Of one subject: the steps that the cohort has reckoned. */
static enum err_code own_steps(struct checker *c, struct node *node)
{
    enum err_code code = subject_argument(c, node, 0, &node->detail);

    if (code != ERR_OK)
        return code;
    c->formula->uses.latest = c->formula->uses.targets = c->formula->uses.prior = true;
    node->arg_n = 0;
    node->type = FORMULA_NUMBER;
    node->run = run_own_steps;
    return ERR_OK;
}

enum err_code call_steps(struct checker *c, struct node *node)
{
    struct node like = { .at = node->at, .n = node->n };
    enum err_code code = ERR_OK;

    if (node->arg_n < 2)
        return own_steps(c, node);
    code = check_args(c, node);
    if (code == ERR_OK)
        code = check_alike(c, &like, node->args, 2);
    for (int i = 0; i < 2 && code == ERR_OK; i++)
        code = need_grade(c, node->args[i]);
    if (code != ERR_OK)
        return code;
    if (!scales_meet(c, node->args[0], node->args[1]))
        return formula_fail(c, node->args[1]->at, "the two are never on the same scale");
    node->type = FORMULA_NUMBER;
    node->run = run_steps;
    return ERR_OK;
}

static enum err_code unknown_scale(struct checker *c, const struct node *node, const char *code)
{
    const char *codes[SCALES_NEAR];
    size_t n = 0;
    const char *near;

    while (n < SCALES_NEAR && n < (size_t)c->fw->scale_n) {
        codes[n] = c->fw->scales[n].code;
        n++;
    }
    near = formula_nearest(code, codes, n);
    (void)formula_fail(c, node->at, "\"%.40s\" is not a scale", code);
    if (near != NULL)
        return err_hint(c->err, "Did you mean \"%.40s\"?", near);
    return err_hint(c->err, "It is one of \"%.40s\", \"%.40s\" ...", codes[0],
            codes[n > 1 ? 1 : 0]);
}

static void run_nearest(struct run *run, const struct node *node)
{
    const int64_t *points = reg_items(run, node->args[0]);
    const int16_t *metrics = reg_metrics(run, node->args[0]);
    bool plain = node->args[0]->type == FORMULA_NUMBER;
    struct value *out = reg_items(run, node);
    int metric = grade_metric(run->formula, node->grade);

    for (size_t i = 0; i < run->n; i++) {
        bool fits = points[i] > INT32_MIN && points[i] <= INT32_MAX &&
                    (plain || metrics[i] < 0 || metrics[i] == metric);

        out[i] = VALUE_NONE;
        if (fits)
            out[i] = framework_nearest(run->formula->fw, node->grade, VALUE_NONE,
                    (int32_t)points[i]);
    }
}

/* GRADE("4b", "nc"): a literal. */
static enum err_code read_literal(struct checker *c, struct node *node, int scale)
{
    struct value value;
    struct err err;

    if (framework_read_grade(c->fw, scale, -1, -1, node->args[0]->text, &value, &err) !=
            ERR_OK) {
        (void)formula_fail(c, node->args[0]->at, "%s", err.message);
        return err_hint(c->err, "%s", err.hint);
    }
    node->kind = NODE_GRADE;
    node->grade = value;
    node->arg_n = 0;
    return ERR_OK;
}

static enum err_code nearest_of(struct checker *c, struct node *node, int scale)
{
    const struct scale *s = &c->fw->scales[scale];
    enum err_code code = formula_check(c, node->args[0]);

    if (code == ERR_OK)
        code = check_quantity(c, &node->args[0]);
    if (code != ERR_OK)
        return code;
    if (s->kind != SCALE_GRADES && s->kind != SCALE_NUMBER)
        return formula_fail(c, node->args[1]->at, "%.80s has no points", s->name);
    node->grade = (struct value){ 0, 0, (int16_t)scale, -1 };
    if (s->kind == SCALE_GRADES && s->grade_n > 0)
        node->grade.grade = (int16_t)s->first_grade;
    node->arg_n = 1;
    node->run = run_nearest;
    return ERR_OK;
}

enum err_code call_grade(struct checker *c, struct node *node)
{
    const char *name;
    int16_t *scales;
    int scale;
    enum err_code code = text_argument(c, node, 1, "the code of a scale", &name);

    if (code != ERR_OK)
        return code;
    scale = framework_scale(c->fw, name);
    if (scale < 0)
        return unknown_scale(c, node->args[1], name);
    scales = arena_array(c->arena, 1, sizeof(*scales));
    if (scales == NULL)
        return err_memory(c->err);
    scales[0] = (int16_t)scale;
    node->type = FORMULA_GRADE;
    node->scales = scales;
    node->scale_n = 1;
    return node->args[0]->kind == NODE_TEXT ? read_literal(c, node, scale)
                                            : nearest_of(c, node, scale);
}
