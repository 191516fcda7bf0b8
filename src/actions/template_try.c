#include <stdio.h>
#include <string.h>

#include "actions/template.h"
#include "analysis/formula_input.h"
#include "base/text.h"

/* A failure of the framework or a formula, at the line of the file. */
static enum err_code at_line(struct err *err, const struct template *template, long row,
        const char *what, const char *name)
{
    char message[sizeof(err->message)];

    (void)text_copy(message, sizeof(message), err->message);
    if (what != NULL)
        (void)snprintf(err->message, sizeof(err->message), "%s \"%.80s\", %.200s", what, name,
                message);
    return err_where(err, template->code, row, NULL);
}

enum err_code template_fills_nothing(void *context, const struct formula_need *need,
        const struct cohort *cohort, struct arena *arena, struct formula_column *ret_column,
        struct err *err)
{
    (void)context;
    (void)cohort;
    (void)arena;
    (void)ret_column;
    return err_set(err, ERR_INVALID, "the column %s is not filled here", need->name);
}

bool template_table_of(void *template, const char *name, struct formula_table *ret_table)
{
    const struct template *own = template;
    int index = template_table(own, name);

    if (index < 0)
        return false;
    *ret_table = (struct formula_table){ .keys = own->tables[index].keys,
        .values = own->tables[index].values,
        .n = own->tables[index].n,
        .otherwise = own->tables[index].otherwise };
    return true;
}

int template_subject(const struct context *context, const struct template *template)
{
    const struct framework *fw = context->fw;
    int subject =
            framework_subject(fw, template->subject[0] == '\0' ? "MAT" : template->subject);

    return subject < 0 && template->subject[0] == '\0' && fw->subject_n > 0 ? 0 : subject;
}

/* ---- the columns before ---- */

struct before {
    struct context *context;
    struct template template;
    int subject, stage;
    struct formula_source source;
    int16_t stage_of_source;
    struct extreme_column *columns;
    size_t n;
    struct err *err;
};

static struct extreme_column aspect_column(const struct framework *fw,
        const struct aspect *aspect, const char *name)
{
    struct extreme_column column = { .name = name, .scale = -1 };

    switch (aspect->kind) {
    case ASPECT_GRADE:
        column.type = FORMULA_GRADE;
        column.scale = framework_scale(fw, aspect->scale);
        break;
    case ASPECT_MARK:
    case ASPECT_NUMBER:
        column.type = FORMULA_NUMBER;
        column.has_range = true;
        column.lowest = aspect->lowest;
        column.highest = aspect->highest;
        break;
    case ASPECT_YES_NO:
        column.type = FORMULA_YES_NO;
        break;
    case ASPECT_COMMENT:
    case ASPECT_KIND__MAX:
        column.type = FORMULA_TEXT;
        break;
    }
    return column;
}

static bool offers(void *context, const struct formula_need *need,
        struct formula_offer *ret_offer)
{
    const struct before *before = context;

    for (size_t i = 0; i < before->n && need->kind == FORMULA_NEED_COLUMN; i++) {
        if (!text_eq_fold(before->columns[i].name, need->name))
            continue;
        ret_offer->type = before->columns[i].type;
        ret_offer->scale = before->columns[i].scale;
        return true;
    }
    return false;
}

static bool own_table(void *context, const char *name, struct formula_table *ret_table)
{
    struct before *before = context;

    return template_table_of(&before->template, name, ret_table);
}

/* The first scale with grades that the one value of a formula may be on. */
static enum err_code scale_of(struct before *b, const char *text, int *ret_scale)
{
    struct formula_input_list list = { 0 };
    const struct formula *formula = NULL;
    const struct framework *fw = b->context->fw;
    enum err_code code =
            formula_compile(b->context->arena, fw, text, &b->source, &formula, b->err);

    if (code == ERR_OK)
        code = formula_inputs(formula, b->context->arena, &list, b->err);
    *ret_scale = -1;
    for (int i = 0; code == ERR_OK && list.n > 0 && i < list.items[0].scale_n; i++) {
        int scale = list.items[0].scales[i];

        if (*ret_scale < 0 && fw->scales[scale].kind == SCALE_GRADES)
            *ret_scale = scale;
    }
    return code;
}

static enum err_code formula_column_of(struct before *b, const struct template_column *column)
{
    const struct formula *formula = NULL;
    struct extreme_column *out = &b->columns[b->n];
    enum err_code code = formula_compile(b->context->arena, b->context->fw, column->formula,
            &b->source, &formula, b->err);

    if (code != ERR_OK)
        return code;
    *out = (struct extreme_column){ .name = column->name,
        .type = formula_type_of(formula),
        .scale = column->scale[0] == '\0' ? -1 : framework_scale(b->context->fw, column->scale),
        .has_range = column->has_range,
        .lowest = column->lowest,
        .highest = column->highest };
    if (out->type == FORMULA_POINTS)
        out->type = FORMULA_NUMBER;
    if (out->type == FORMULA_GRADE && out->scale < 0)
        return scale_of(b, column->formula, &out->scale);
    return ERR_OK;
}

static enum err_code add_column(struct before *b, const struct template_column *column)
{
    enum err_code code = ERR_OK;

    if (column->kind == TEMPLATE_ENTERED)
        b->columns[b->n] = aspect_column(b->context->fw, &b->template.aspects[column->aspect],
                column->name);
    else
        code = formula_column_of(b, column);
    b->n++;
    return code;
}

enum err_code template_columns_before(struct context *context, const struct template *template,
        int subject, int stage, size_t i, struct extreme_column **ret_columns, size_t *ret_n,
        struct err *err)
{
    struct before b = { .context = context,
        .template = *template,
        .subject = subject,
        .stage = stage,
        .stage_of_source = (int16_t)stage,
        .err = err };
    enum err_code code;

    b.columns = arena_array(context->arena, i + 2, sizeof(*b.columns));
    if (b.columns == NULL)
        return err_memory(err);
    b.source = (struct formula_source){ .subject = context->fw->subjects[subject].code,
        .stages = stage < 0 ? NULL : &b.stage_of_source,
        .stage_n = stage >= 0,
        .context = &b,
        .offers = offers,
        .fill = template_fills_nothing,
        .table = own_table };
    b.columns[0] =
            (struct extreme_column){ .name = "previous", .type = FORMULA_GRADE, .scale = -1 };
    code = scale_of(&b, "LATEST", &b.columns[0].scale);
    b.n = 1;
    for (size_t k = 0; k < i && code == ERR_OK; k++)
        code = add_column(&b, &template->columns[k]);
    if (code != ERR_OK)
        return code;
    *ret_columns = b.columns;
    *ret_n = b.n;
    return ERR_OK;
}

/* ---- trying ---- */

struct trying {
    struct context *context;
    const struct template *template;
    int subject;
    struct template_trial *trials;
    size_t n;
    struct err *err;
};

static bool type_of(const char *word, enum formula_type *ret_type)
{
    static const struct {
        const char *word;
        enum formula_type type;
    } types[] = {
        { "", FORMULA_NOTHING },
        { "number", FORMULA_NUMBER },
        { "points", FORMULA_POINTS },
        { "grade", FORMULA_GRADE },
        { "text", FORMULA_TEXT },
        { "yes-no", FORMULA_YES_NO },
        { "date", FORMULA_DATE },
    };

    for (size_t i = 0; i < COUNT(types); i++) {
        if (!text_eq_fold(types[i].word, word))
            continue;
        *ret_type = types[i].type;
        return true;
    }
    return false;
}

static enum err_code fill_ask(struct trying *t, size_t i, int stage, struct extreme_ask *ask)
{
    const struct template_column *column = &t->template->columns[i];
    struct extreme_rule *rules =
            arena_array(t->context->arena, column->colour_n + 1, sizeof(*rules));
    struct extreme_column *columns = NULL;
    bool entered = column->kind == TEMPLATE_ENTERED;
    enum err_code code;

    if (rules == NULL)
        return err_memory(t->err);
    for (size_t c = 0; c < column->colour_n; c++)
        rules[c] = (struct extreme_rule){ column->colours[c].word, column->colours[c].formula };
    /* What is entered is read as a column of itself. */
    code = template_columns_before(t->context, t->template, t->subject, stage, i + entered,
            &columns, &ask->column_n, t->err);
    ask->columns = columns;
    ask->rules = rules;
    ask->rule_n = column->colour_n;
    ask->stage = stage;
    ask->stage_years = stage < 0 ? 1 : context_stage_years(t->context, stage);
    ask->column = entered ? "" : column->name;
    ask->entered = entered;
    ask->formula = entered ? arena_printf(t->context->arena, "COLUMN(\"%s\")", column->name)
                           : column->formula;
    ask->scale = column->scale[0] == '\0' ? -1 : framework_scale(t->context->fw, column->scale);
    ask->has_range = column->has_range;
    ask->lowest = column->lowest;
    ask->highest = column->highest;
    (void)type_of(column->type, &ask->type);
    return code == ERR_OK && ask->formula == NULL ? err_memory(t->err) : code;
}

static enum err_code try_column(struct trying *t, size_t i, int stage, bool keep)
{
    struct context *context = t->context;
    struct template *template = arena_alloc(context->arena, sizeof(*template));
    struct formula_source source = { .subject = context->fw->subjects[t->subject].code,
        .table = template_table_of };
    struct extreme_ask ask = { .fw = context->fw,
        .reckoning = &context->reckoning,
        .day = context->today,
        .source = &source };
    struct template_trial trial = { .column = i, .stage = stage };
    enum err_code code;

    if (template == NULL)
        return err_memory(t->err);
    *template = *t->template;
    source.context = template;
    code = fill_ask(t, i, stage, &ask);
    if (code == ERR_OK)
        code = extreme_try(context->arena, &ask, &trial.sheet, t->err);
    if (code == ERR_INVALID)
        return at_line(t->err, t->template, t->template->columns[i].row, "column",
                t->template->columns[i].name);
    if (code != ERR_OK || !keep)
        return code;
    t->trials = arena_grow(context->arena, t->trials, t->n, sizeof(trial));
    if (t->trials == NULL)
        return err_memory(t->err);
    t->trials[t->n++] = trial;
    return ERR_OK;
}

static enum err_code try_columns(struct trying *t, int stage)
{
    enum err_code code = ERR_OK;

    for (size_t i = 0; i < t->template->column_n && code == ERR_OK; i++) {
        const struct template_column *column = &t->template->columns[i];
        bool asks = column->kind == TEMPLATE_CALCULATED || column->colour_n > 0;

        code = try_column(t, i, stage, asks);
    }
    return code;
}

/* ---- what the framework has to have ---- */

static enum err_code check_aspect(struct trying *t, const struct aspect *aspect)
{
    const struct framework *fw = t->context->fw;
    int scale = aspect->kind == ASPECT_GRADE ? framework_scale(fw, aspect->scale) : -1;

    if (aspect->subject[0] != '\0' && framework_subject(fw, aspect->subject) < 0) {
        (void)err_set(t->err, ERR_INVALID, "there is no subject called %.40s", aspect->subject);
        return at_line(t->err, t->template, aspect->row, NULL, NULL);
    }
    if (aspect->kind != ASPECT_GRADE || (scale >= 0 && fw->scales[scale].kind == SCALE_GRADES))
        return ERR_OK;
    (void)err_set(t->err, ERR_INVALID, "there is no scale of grades called %.40s",
            aspect->scale);
    (void)err_hint(t->err,
            "Take it in first: `attain import` of a file with a line that begins with scale.");
    return at_line(t->err, t->template, aspect->row, NULL, NULL);
}

static enum err_code check_names(struct trying *t)
{
    const struct template *template = t->template;
    enum err_code code = ERR_OK;

    if (t->subject < 0) {
        (void)err_set(t->err, ERR_INVALID, "there is no subject called %.40s",
                template->subject);
        return at_line(t->err, template, 0, NULL, NULL);
    }
    for (size_t i = 0; i < template->aspect_n && code == ERR_OK; i++)
        code = check_aspect(t, &template->aspects[i]);
    for (size_t i = 0; i < template->column_n && code == ERR_OK; i++) {
        const struct template_column *column = &template->columns[i];

        if (column->scale[0] == '\0' || framework_scale(t->context->fw, column->scale) >= 0)
            continue;
        (void)err_set(t->err, ERR_INVALID, "there is no scale called %.40s", column->scale);
        code = at_line(t->err, template, column->row, NULL, NULL);
    }
    return code;
}

static enum err_code try_stages(struct trying *t)
{
    const char *at = t->template->stages;
    enum err_code code = ERR_OK;

    if (*at == '\0')
        return try_columns(t, context_stage_of_year(t->context, 5));
    while (*at != '\0' && code == ERR_OK) {
        char word[32] = "";
        size_t n = strcspn(at, ",");
        int stage = -1;

        if (n < sizeof(word)) {
            memcpy(word, at, n);
            stage = framework_stage(t->context->fw, word);
        }
        if (stage < 0 || !t->context->fw->stages[stage].whole) {
            (void)err_set(t->err, ERR_INVALID, "there is no key stage called %.*s",
                    (int)(n > 40 ? 40 : n), at);
            return at_line(t->err, t->template, 0, NULL, NULL);
        }
        code = try_columns(t, stage);
        at += n + (at[n] == ',');
    }
    return code;
}

enum err_code template_try(struct context *context, const struct template *template,
        struct template_trial **ret_trials, size_t *ret_n, struct err *err)
{
    struct trying t = { .context = context,
        .template = template,
        .subject = template_subject(context, template),
        .err = err };
    enum err_code code = check_names(&t);

    if (code == ERR_OK)
        code = try_stages(&t);
    if (code != ERR_OK)
        return code;
    *ret_trials = t.trials;
    *ret_n = t.n;
    return ERR_OK;
}
