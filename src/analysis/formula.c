#include "analysis/formula.h"

#include <assert.h>
#include <string.h>

#include "analysis/formula_run_in.h"
#include "base/text.h"

enum {
    ITEM_MAX = sizeof(struct value),
    SCRATCH = 32 << 20
};

/* What orders the grades of one metric. */
enum order {
    ORDER_PLACE, /* neither points nor steps: their place in the scale */
    ORDER_STEPS,
    ORDER_POINTS
};

static void find_orders(struct formula *formula, enum order *orders)
{
    const struct framework *fw = formula->fw;

    for (int i = 0; i < fw->grade_n; i++) {
        const struct grade *grade = &fw->grades[i];
        int metric = formula->metric_of_scale[grade->scale];

        if (metric < 0 || grade->status)
            continue;
        if (grade->points != POINTS_NONE)
            orders[metric] = ORDER_POINTS;
        else if (grade->step != STEP_NONE && orders[metric] == ORDER_PLACE)
            orders[metric] = ORDER_STEPS;
    }
}

static int32_t key_of(const struct formula *formula, int i, enum order order)
{
    const struct grade *grade = &formula->fw->grades[i];

    if (grade->status)
        return KEY_NONE;
    if (order == ORDER_POINTS)
        return grade->points == POINTS_NONE ? KEY_NONE : grade->points;
    if (order == ORDER_STEPS)
        return grade->step == STEP_NONE ? KEY_NONE : grade->step;
    return i - formula->fw->scales[grade->scale].first_grade;
}

/* Places in two scales say nothing about each other, so each has a metric of its own. */
static void part_places(struct formula *formula, const enum order *orders)
{
    const struct framework *fw = formula->fw;

    for (int i = 0; i < fw->scale_n; i++) {
        int metric = formula->metric_of_scale[i];

        if (fw->scales[i].kind == SCALE_GRADES && (metric < 0 || orders[metric] == ORDER_PLACE))
            formula->metric_of_scale[i] = (int16_t)(fw->metric_n + i);
    }
}

/* The order of grades and the metrics of scales, looked up once. */
static bool make_tables(struct formula *formula, struct arena *arena)
{
    const struct framework *fw = formula->fw;
    enum order *orders = arena_array(arena, (size_t)fw->metric_n, sizeof(*orders));

    formula->metric_of_scale = arena_array(arena, (size_t)fw->scale_n, sizeof(int16_t));
    formula->key_of_grade = arena_array(arena, (size_t)fw->grade_n, sizeof(int32_t));
    if (formula->metric_of_scale == NULL || formula->key_of_grade == NULL || orders == NULL)
        return false;
    for (int i = 0; i < fw->scale_n; i++) {
        struct value value = { 0, 0, (int16_t)i, -1 };
        const struct metric *metric = framework_metric_of(fw, value);

        formula->metric_of_scale[i] = (int16_t)(metric == NULL ? -1 : metric - fw->metrics);
    }
    find_orders(formula, orders);
    for (int i = 0; i < fw->grade_n; i++) {
        int metric = formula->metric_of_scale[fw->grades[i].scale];

        formula->key_of_grade[i] =
                key_of(formula, i, metric < 0 ? ORDER_PLACE : orders[metric]);
    }
    part_places(formula, orders);
    return true;
}

static bool take_stages(struct checker *c)
{
    const struct formula_source *source = c->source;
    size_t n = source->stage_n > 0 ? source->stage_n : (size_t)c->fw->stage_n;

    c->stages = arena_array(c->arena, n, sizeof(*c->stages));
    if (c->stages == NULL)
        return false;
    for (size_t i = 0; i < n; i++) {
        if (source->stage_n > 0)
            c->stages[c->stage_n++] = source->stages[i];
        else if (c->fw->stages[i].whole)
            c->stages[c->stage_n++] = (int16_t)i;
    }
    return true;
}

static bool is_literal(const struct node *node)
{
    return node->kind != NODE_OPERATOR && node->kind != NODE_CALL;
}

/* Registers that are free again. */
struct free_regs {
    int regs[FORMULA_NODES * 4];
    int n;
};

static void count_uses(struct node *node)
{
    node->uses++;
    if (node->uses > 1)
        return;
    for (int i = 0; i < node->arg_n; i++)
        count_uses(node->args[i]);
}

/* Arguments first; a register is taken before those of the arguments are given back. */
static void place(struct formula *formula, struct free_regs *spare, struct node *node)
{
    if (node->placed)
        return;
    node->placed = true;
    if (is_literal(node)) {
        node->reg = formula->reg_n++;
        formula->literals[formula->literal_n++] = node;
        return;
    }
    for (int i = 0; i < node->arg_n; i++)
        place(formula, spare, node->args[i]);
    node->reg = spare->n > 0 ? spare->regs[--spare->n] : formula->reg_n++;
    for (int i = 0; i < node->arg_n; i++) {
        struct node *arg = node->args[i];

        arg->uses--;
        if (arg->uses == 0 && !is_literal(arg))
            spare->regs[spare->n++] = arg->reg;
    }
    formula->steps[formula->step_n++] = node;
}

static enum err_code emit(struct checker *c, struct node *root)
{
    struct formula *formula = c->formula;
    struct free_regs *spare = arena_alloc(c->arena, sizeof(*spare));

    /* Each written node may become a comparison of a table and be given its points. */
    formula->steps = arena_array(c->arena, FORMULA_NODES * 4, sizeof(struct node *));
    formula->literals = arena_array(c->arena, FORMULA_NODES * 4, sizeof(struct node *));
    if (spare == NULL || formula->steps == NULL || formula->literals == NULL)
        return err_memory(c->err);
    count_uses(root);
    place(formula, spare, root);
    formula->root = root;
    return ERR_OK;
}

static enum err_code check_size(struct checker *c)
{
    size_t n = strnlen(c->text, FORMULA_BYTES + 1);

    if (n <= FORMULA_BYTES)
        return ERR_OK;
    (void)err_set(c->err, ERR_INVALID, "the formula is longer than %d bytes", FORMULA_BYTES);
    return err_hint(c->err, "Take a part of it into a column of its own.");
}

static enum err_code compile(struct checker *c)
{
    struct node *root = NULL;
    enum err_code code = check_size(c);

    if (code == ERR_OK)
        code = formula_parse(c, &root);
    if (code == ERR_OK)
        code = formula_check(c, root);
    if (code != ERR_OK)
        return code;
    if (root->type == FORMULA_NOTHING)
        return formula_fail(c, root->at, "this formula is missing for everybody");
    return emit(c, root);
}

enum err_code formula_compile(struct arena *arena, const struct framework *fw, const char *text,
        const struct formula_source *source, const struct formula **ret_formula,
        struct err *err)
{
    static const struct formula_source nothing = { 0 };
    struct formula *formula = arena_alloc(arena, sizeof(*formula));
    struct checker c = { .arena = arena, .fw = fw, .text = text, .err = err };
    enum err_code code;

    if (formula == NULL)
        return err_memory(err);
    formula->fw = fw;
    formula->source = source == NULL ? nothing : *source;
    c.source = &formula->source;
    c.formula = formula;
    if (!make_tables(formula, arena) || !take_stages(&c))
        return err_memory(err);
    code = compile(&c);
    if (code == ERR_OK)
        *ret_formula = formula;
    return code;
}

enum formula_type formula_type_of(const struct formula *formula)
{
    return formula->root->type;
}

enum err_code formula_require(const struct formula *formula, enum formula_type type,
        struct err *err)
{
    enum formula_type is = formula->root->type;

    if (is == type || (is_quantity(is) && is_quantity(type)))
        return ERR_OK;
    (void)err_set(err, ERR_INVALID, "the formula gives %s, not %s", formula_type_words(is),
            formula_type_words(type));
    if (type == FORMULA_YES_NO)
        return err_hint(err, "Compare it with something: SEN = \"S\".");
    return err_hint(err, "Change it so that it gives %s.", formula_type_words(type));
}

const struct formula_uses *formula_uses(const struct formula *formula)
{
    return &formula->uses;
}

static enum err_code make_regs(struct run *run, struct arena *arena, struct err *err)
{
    size_t n = (size_t)run->formula->reg_n;

    run->regs = arena_array(arena, n, sizeof(*run->regs));
    for (size_t i = 0; run->regs != NULL && i < n; i++) {
        run->regs[i].items = arena_array(arena, FORMULA_BLOCK, ITEM_MAX);
        run->regs[i].metrics = arena_array(arena, FORMULA_BLOCK, sizeof(int16_t));
        if (run->regs[i].items == NULL || run->regs[i].metrics == NULL)
            return err_memory(err);
    }
    return run->regs == NULL ? err_memory(err) : ERR_OK;
}

static enum err_code fill_needs(struct run *run, struct arena *arena, struct err *err)
{
    const struct formula *formula = run->formula;
    const struct formula_uses *uses = &formula->uses;

    run->needs = arena_array(arena, uses->need_n, sizeof(*run->needs));
    if (run->needs == NULL)
        return err_memory(err);
    for (size_t i = 0; i < uses->need_n; i++) {
        enum err_code code = formula->source.fill(formula->source.context, &uses->needs[i],
                run->cohort, arena, &run->needs[i], err);

        if (code != ERR_OK)
            return code;
        assert(run->needs[i].n == run->cohort->pupil_n);
    }
    return ERR_OK;
}

static enum err_code make_cuts(struct run *run, struct arena *arena, struct err *err)
{
    for (int i = 0; i < CUT__MAX; i++) {
        enum err_code code = ERR_OK;

        if (run->formula->cuts[i])
            code = cut_make(arena, run->cohort, (enum cut)i, &run->cuts[i], err);
        if (code != ERR_OK)
            return code;
    }
    return ERR_OK;
}

static size_t item_size(enum formula_type type)
{
    switch (type) {
    case FORMULA_YES_NO:
        return sizeof(uint8_t);
    case FORMULA_GRADE:
        return sizeof(struct value);
    case FORMULA_DATE:
        return sizeof(struct date);
    case FORMULA_TEXT:
        return sizeof(const char *);
    case FORMULA_NUMBER:
    case FORMULA_POINTS:
    case FORMULA_NOTHING:
    case FORMULA_TYPE__MAX:
        break;
    }
    return sizeof(int64_t);
}

/* The block's results behind those of the blocks before; texts are taken out of scratch. */
static void keep_block(struct run *run, struct arena *arena, void *items)
{
    const struct node *root = run->formula->root;
    size_t size = item_size(root->type);
    const char **texts = reg_items(run, root);

    for (size_t i = 0; i < run->n && root->type == FORMULA_TEXT; i++) {
        if (!run->formula->makes_text || texts[i] == NULL)
            continue;
        texts[i] = arena_text(arena, texts[i]);
        run->out_of_memory |= texts[i] == NULL;
    }
    memcpy((char *)items + run->start * size, reg_items(run, root), run->n * size);
}

static struct formula_column column_of(enum formula_type type, size_t n, const void *items)
{
    struct formula_column column = { .type = type, .n = n };

    if (type == FORMULA_YES_NO)
        column.answers = items;
    else if (type == FORMULA_GRADE)
        column.grades = items;
    else if (type == FORMULA_DATE)
        column.dates = items;
    else if (type == FORMULA_TEXT)
        column.texts = items;
    else
        column.numbers = items;
    return column;
}

static enum err_code run_blocks(struct run *run, struct arena *arena, void *items,
        struct err *err)
{
    const struct formula *formula = run->formula;
    size_t all = run->cohort->pupil_n;

    for (int i = 0; i < formula->literal_n; i++)
        run_literal(run, formula->literals[i], FORMULA_BLOCK);
    for (run->start = 0; run->start < all; run->start += FORMULA_BLOCK) {
        run->n = all - run->start < FORMULA_BLOCK ? all - run->start : FORMULA_BLOCK;
        for (int i = 0; i < formula->step_n; i++)
            formula->steps[i]->run(run, formula->steps[i]);
        keep_block(run, arena, items);
        arena_free(&run->scratch);
        if (run->out_of_memory)
            return err_memory(err);
    }
    return ERR_OK;
}

enum err_code formula_run(const struct formula *formula, const struct cohort *cohort,
        enum basis basis, struct arena *arena, struct formula_column *ret_column,
        struct err *err)
{
    struct run run = { .formula = formula, .cohort = cohort, .basis = basis };
    enum formula_type type = formula->root->type;
    void *items = arena_array(arena, cohort->pupil_n, item_size(type));
    enum err_code code;

    assert(cohort->fw == formula->fw);
    if (items == NULL)
        return err_memory(err);
    run.scratch.limit = SCRATCH;
    code = make_regs(&run, arena, err);
    if (code == ERR_OK)
        code = fill_needs(&run, arena, err);
    if (code == ERR_OK)
        code = make_cuts(&run, arena, err);
    if (code == ERR_OK)
        code = run_blocks(&run, arena, items, err);
    if (code == ERR_OK)
        *ret_column = column_of(type, cohort->pupil_n, items);
    return code;
}
