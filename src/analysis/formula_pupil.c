#include "analysis/formula_names_in.h"
#include "analysis/formula_run_in.h"
#include "base/text.h"

enum {
    NEAR_SUBJECTS = 400
};

enum err_code text_argument(struct checker *c, const struct node *node, int i, const char *what,
        const char **ret_text)
{
    char quote[QUOTE_SIZE];

    if (node->args[i]->kind == NODE_TEXT) {
        *ret_text = node->args[i]->text;
        return ERR_OK;
    }
    (void)formula_fail(c, node->args[i]->at,
            "%s stands where %s in quotation marks was expected",
            formula_quote(c, node->args[i], quote), what);
    return err_hint(c->err, "Write %s.", node->function->about.usage);
}

static enum err_code unknown_subject(struct checker *c, const struct node *node,
        const char *name)
{
    const char *codes[NEAR_SUBJECTS];
    size_t n = 0;
    const char *near;

    for (int i = 0; i < c->fw->subject_n && n + 2 <= NEAR_SUBJECTS; i++) {
        codes[n++] = c->fw->subjects[i].code;
        codes[n++] = c->fw->subjects[i].name;
    }
    near = formula_nearest(name, codes, n);
    (void)formula_fail(c, node->at, "\"%.40s\" is not a subject", name);
    if (near != NULL)
        return err_hint(c->err, "Did you mean \"%.60s\"?", near);
    return err_hint(c->err, "Write a code such as \"%.20s\".",
            c->fw->subject_n > 0 ? c->fw->subjects[0].code : "MAT");
}

static enum err_code note_subject(struct checker *c, int subject)
{
    struct formula_uses *uses = &c->formula->uses;
    int16_t *grown;

    for (size_t i = 0; i < uses->subject_n; i++) {
        if (uses->subjects[i] == subject)
            return ERR_OK;
    }
    grown = arena_array(c->arena, uses->subject_n + 1, sizeof(*grown));
    if (grown == NULL)
        return err_memory(c->err);
    for (size_t i = 0; i < uses->subject_n; i++)
        grown[i] = uses->subjects[i];
    grown[uses->subject_n++] = (int16_t)subject;
    uses->subjects = grown;
    return ERR_OK;
}

enum err_code subject_argument(struct checker *c, struct node *node, int i, int *ret_subject)
{
    const char *name = c->source->subject;
    const struct node *where = node;
    enum err_code code;
    int subject;

    if (i < node->arg_n) {
        where = node->args[i];
        code = text_argument(c, node, i, "a subject", &name);
        if (code != ERR_OK)
            return code;
    } else if (name == NULL) {
        (void)formula_fail(c, node->at, "%s needs a subject here", node->function->about.name);
        return err_hint(c->err, "Write %s, for example with \"MAT\".",
                node->function->about.usage);
    }
    subject = framework_subject(c->fw, name);
    if (subject < 0)
        return unknown_subject(c, where, name);
    *ret_subject = subject;
    return note_subject(c, subject);
}

const struct scale_rule *formula_rule(const struct framework *fw, int stage, int subject)
{
    const struct scale_rule *best = NULL;
    int best_rank = -1;

    for (int i = 0; i < fw->rule_n; i++) {
        const struct scale_rule *rule = &fw->rules[i];
        int rank = 2 * (rule->subject >= 0) + (rule->stage >= 0);

        if ((rule->subject >= 0 && rule->subject != subject) ||
                (rule->stage >= 0 && rule->stage != stage) || rank < best_rank)
            continue;
        best = rule;
        best_rank = rank;
    }
    return best;
}

static enum err_code add_stage(struct checker *c, struct node *node, int stage, int subject)
{
    const struct scale_rule *rule = formula_rule(c->fw, stage, subject);

    if (rule == NULL || scales_join(c, node, rule->scales, rule->scale_n))
        return ERR_OK;
    return ERR_MEMORY;
}

/* The scales of the pupils' own stages, or of those before. */
static enum err_code add_scales(struct checker *c, struct node *node, int subject, bool before)
{
    enum err_code code = ERR_OK;

    for (size_t i = 0; i < c->stage_n && code == ERR_OK; i++) {
        const struct stage *stage = &c->fw->stages[c->stages[i]];

        if (!before)
            code = add_stage(c, node, c->stages[i], subject);
        for (int k = 0; before && k < 2 && code == ERR_OK; k++) {
            if (stage->previous[k] >= 0)
                code = add_stage(c, node, stage->previous[k], subject);
        }
    }
    return code;
}

/* The column of the cohort that a value is read from; NULL for those that need more. */
static const struct value *column_of(const struct run *run, int kind)
{
    const struct cohort *cohort = run->cohort;

    switch ((enum pupil_value)kind) {
    case VALUE_LATEST:
        return cohort->now;
    case VALUE_TARGET:
        return cohort->target;
    case VALUE_PREDICTION:
        return cohort->prediction;
    case VALUE_RESULT:
        return cohort->result;
    case VALUE_PRIOR:
        return cohort->prior;
    case VALUE_BY_BASIS:
        if (run->basis == BASIS_TARGET)
            return cohort->target;
        return run->basis == BASIS_PREDICTION ? cohort->prediction : NULL;
    case VALUE_PROGRESS_TARGET:
        break;
    }
    return NULL;
}

static struct value progress_value(const struct progress_target *progress)
{
    struct value value = progress->lower;

    if (value_is_set(value) && progress->points != POINTS_NONE)
        value.points = progress->points;
    return value;
}

/* The whole stage before a pupil's own is `stage`, and no other may be meant. */
static bool prior_is_of(const struct framework *fw, int own, int stage)
{
    return own >= 0 && fw->stages[own].previous[0] == stage && fw->stages[own].previous[1] < 0;
}

static void take_none(const struct run *run, struct value *out)
{
    for (size_t i = 0; i < run->n; i++)
        out[i] = VALUE_NONE;
}

static void take_column(const struct run *run, const struct value *column, size_t step,
        struct value *out)
{
    for (size_t i = 0; i < run->n; i++)
        out[i] = column[i * step];
}

static void take_progress(const struct run *run, const struct progress_target *progress,
        size_t step, struct value *out)
{
    for (size_t i = 0; i < run->n; i++)
        out[i] = progress_value(&progress[i * step]);
}

/* The stage's result, and where there is none the latest judgement. */
static void take_attainment(const struct run *run, size_t cell, size_t step, struct value *out)
{
    const struct value *result = run->cohort->result + cell;
    const struct value *now = run->cohort->now + cell;

    for (size_t i = 0; i < run->n; i++)
        out[i] = result[i * step].scale >= 0 ? result[i * step] : now[i * step];
}

static void run_value(struct run *run, const struct node *node)
{
    const struct cohort *cohort = run->cohort;
    const struct value *column = column_of(run, (int)node->number);
    struct value *out = reg_items(run, node);
    int s = cohort_column(cohort, node->detail);
    size_t step = cohort->subject_n;
    size_t cell = run->start * step + (size_t)(s < 0 ? 0 : s);

    if (s < 0)
        take_none(run, out);
    else if (column != NULL)
        take_column(run, column + cell, step, out);
    else if (node->number == VALUE_PROGRESS_TARGET)
        take_progress(run, cohort->progress + cell, step, out);
    else
        take_attainment(run, cell, step, out);
    for (size_t i = 0; node->other >= 0 && i < run->n; i++) {
        int own = cohort->pupils[run->start + i].stage;

        if (!prior_is_of(run->formula->fw, own, node->other))
            out[i] = VALUE_NONE;
    }
}

static void note_kind(struct formula_uses *uses, int kind)
{
    uses->latest |= kind == VALUE_LATEST || kind == VALUE_BY_BASIS;
    uses->results |= kind == VALUE_RESULT || kind == VALUE_BY_BASIS;
    uses->predictions |= kind == VALUE_PREDICTION || kind == VALUE_BY_BASIS;
    uses->targets |=
            kind == VALUE_TARGET || kind == VALUE_BY_BASIS || kind == VALUE_PROGRESS_TARGET;
    uses->prior |= kind == VALUE_PRIOR || kind == VALUE_PROGRESS_TARGET;
    uses->basis |= kind == VALUE_BY_BASIS;
}

static enum err_code value_of(struct checker *c, struct node *node, int kind)
{
    enum err_code code = subject_argument(c, node, 0, &node->detail);

    if (code == ERR_OK)
        code = add_scales(c, node, node->detail, kind == VALUE_PRIOR);
    if (code != ERR_OK)
        return code;
    note_kind(&c->formula->uses, kind);
    node->arg_n = 0;
    node->number = kind;
    node->other = -1;
    node->type = FORMULA_GRADE;
    node->run = run_value;
    return ERR_OK;
}

enum err_code call_value(struct checker *c, struct node *node)
{
    return value_of(c, node, node->function->detail);
}

static enum err_code unknown_stage(struct checker *c, const struct node *node, const char *name)
{
    (void)formula_fail(c, node->at, "\"%.40s\" is not a key stage", name);
    if (framework_subject(c->fw, name) >= 0)
        return err_hint(c->err, "Put the stage first: PRIOR(\"KS1\", \"%.20s\").", name);
    return err_hint(c->err, "Write its code, such as \"%.20s\".",
            c->fw->stage_n > 0 ? c->fw->stages[0].code : "KS1");
}

/* How many of the stages in play have `stage` before them, and nothing else. */
static size_t stages_after(const struct checker *c, int stage)
{
    size_t n = 0;

    for (size_t i = 0; i < c->stage_n; i++)
        n += prior_is_of(c->fw, c->stages[i], stage);
    return n;
}

static bool offered(struct checker *c, const struct formula_need *need)
{
    struct formula_offer offer = { FORMULA_GRADE, -1 };

    return c->source->offers != NULL && c->source->offers(c->source->context, need, &offer);
}

enum err_code call_prior(struct checker *c, struct node *node)
{
    struct formula_need need = { FORMULA_NEED_RESULT, -1, -1, NULL };
    const char *name = NULL;
    enum err_code code;

    if (node->arg_n < 2)
        return value_of(c, node, VALUE_PRIOR);
    code = text_argument(c, node, 0, "a key stage", &name);
    if (code != ERR_OK)
        return code;
    need.stage = framework_stage(c->fw, name);
    if (need.stage < 0)
        return unknown_stage(c, node->args[0], name);
    code = subject_argument(c, node, 1, &need.subject);
    if (code == ERR_OK)
        code = add_stage(c, node, need.stage, need.subject);
    if (code != ERR_OK)
        return code;
    if (stages_after(c, need.stage) < c->stage_n &&
            (stages_after(c, need.stage) == 0 || offered(c, &need)))
        return need_add(c, node, need, FORMULA_GRADE);
    c->formula->uses.prior = true;
    node->detail = need.subject;
    node->number = VALUE_PRIOR;
    node->other = need.stage;
    node->arg_n = 0;
    node->type = FORMULA_GRADE;
    node->run = run_value;
    return ERR_OK;
}

static void run_gap(struct run *run, const struct node *node)
{
    const struct cohort *cohort = run->cohort;
    int64_t *out = reg_items(run, node);
    int16_t *metrics = reg_metrics(run, node);
    int s = cohort_column(cohort, node->detail);

    for (size_t i = 0; i < run->n; i++) {
        size_t cell = cohort_cell(cohort, run->start + i, (size_t)(s < 0 ? 0 : s));
        bool there = s >= 0 && cohort->gap[cell] != POINTS_NONE;

        out[i] = there ? cohort->gap[cell] : FORMULA_NO_NUMBER;
        metrics[i] =
                (int16_t)(there ? grade_metric(run->formula, cohort->now[cell]) : METRIC_PLAIN);
    }
}

static void note_reckoned(struct formula_uses *uses)
{
    uses->latest = uses->targets = uses->prior = true;
}

enum err_code call_gap(struct checker *c, struct node *node)
{
    enum err_code code = subject_argument(c, node, 0, &node->detail);

    if (code == ERR_OK)
        code = add_scales(c, node, node->detail, false);
    note_reckoned(&c->formula->uses);
    node->arg_n = 0;
    node->type = FORMULA_POINTS;
    node->run = run_gap;
    return code;
}

void run_own_steps(struct run *run, const struct node *node)
{
    const struct cohort *cohort = run->cohort;
    int64_t *out = reg_items(run, node);
    int s = cohort_column(cohort, node->detail);

    for (size_t i = 0; i < run->n; i++) {
        size_t cell = cohort_cell(cohort, run->start + i, (size_t)(s < 0 ? 0 : s));
        bool there = s >= 0 && cohort->steps[cell] != STEP_NONE;

        out[i] = there ? (int64_t)cohort->steps[cell] * 1000 : FORMULA_NO_NUMBER;
    }
}

static void run_flag(struct run *run, const struct node *node)
{
    const struct cohort *cohort = run->cohort;
    const char **out = reg_items(run, node);
    int s = cohort_column(cohort, node->detail);

    for (size_t i = 0; i < run->n; i++) {
        size_t cell = cohort_cell(cohort, run->start + i, (size_t)(s < 0 ? 0 : s));

        out[i] = s < 0 ? NULL : flag_code((enum flag)cohort->flag[cell]);
    }
}

enum err_code call_flag(struct checker *c, struct node *node)
{
    enum err_code code = subject_argument(c, node, 0, &node->detail);
    const char **words;

    if (code != ERR_OK)
        return code;
    words = arena_array(c->arena, FLAG__MAX - 1, sizeof(*words));
    if (words == NULL)
        return err_memory(c->err);
    for (int i = 1; i < FLAG__MAX; i++)
        words[i - 1] = flag_code((enum flag)i);
    note_reckoned(&c->formula->uses);
    node->words = words;
    node->word_n = FLAG__MAX - 1;
    node->arg_n = 0;
    node->type = FORMULA_TEXT;
    node->run = run_flag;
    return ERR_OK;
}
