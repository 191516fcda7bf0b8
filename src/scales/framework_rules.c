#include <string.h>

#include "scales/framework_draft_in.h"

static struct stage make_stage(const struct item *item)
{
    const struct field *years = item_field(item, KEY_YEARS);

    return (struct stage){
        .code = item->code,
        .name = item->name,
        .first_year = (int)years->a,
        .last_year = (int)years->b,
        .previous = { -1, -1 },
        .trajectory = item_number(item, KEY_TRAJECTORY, 0) != 0,
        .judged_by = (enum judged_by)item_number(item, KEY_JUDGED_BY, JUDGE_ASSESSMENT),
        .whole = item_number(item, KEY_WHOLE, 0) != 0,
    };
}

enum err_code making_stages(struct making *making)
{
    const struct items *items = &making->draft->items[DIRECTIVE_STAGE];
    struct stage *stages = making_array(making, (size_t)items->n, sizeof(*stages));
    enum err_code code = stages == NULL ? ERR_MEMORY : ERR_OK;
    int16_t n = 0;

    making->fw->stages = stages;
    making->fw->stage_n = items->n;
    for (int i = 0; i < items->n && code == ERR_OK; i++) {
        stages[i] = make_stage(items->list[i]);
        code = making_name(making, items->list[i], SCOPE_STAGE, stages[i].code, i);
    }
    for (int i = 0; i < items->n && code == ERR_OK; i++) {
        code = making_find_all(making, items->list[i], SCOPE_STAGE, KEY_PREVIOUS,
                stages[i].previous, &n);
        for (int k = 0; k < n && code == ERR_OK; k++)
            if (stages[i].previous[k] == i)
                code = item_refuse(items->list[i], making->err,
                        "the stage %.60s cannot be its own previous stage", stages[i].code);
    }
    return code;
}

/* Enter one rule for a stage and a subject (-1: any); a later file's replaces an earlier's. */
static enum err_code enter_rule(struct making *making, const struct item *item,
        struct scale_rule *rules, const struct item **from, struct scale_rule rule)
{
    size_t at = (size_t)(rule.stage + 1) * (size_t)(making->fw->subject_n + 1) +
                (size_t)(rule.subject + 1);
    int16_t *place = &making->index->rule_of[at];

    if (*place < 0) {
        if (making->fw->rule_n == ALL_MAX)
            return item_refuse(item, making->err, "there are more than %d scale rules",
                    ALL_MAX);
        *place = (int16_t)making->fw->rule_n++;
    } else if (from[*place]->file_no == item->file_no) {
        return item_refuse(item, making->err,
                "line %ld of this file already has a rule for one of these stages and subjects",
                from[*place]->row);
    }
    rules[*place] = rule;
    from[*place] = item;
    return ERR_OK;
}

static size_t list_n(const struct item *item, enum key key)
{
    const struct field *field = item_field(item, key);

    return field == NULL ? 1 : (size_t)field->a;
}

/* One rule line stands for every pair of its stages and subjects. */
static enum err_code expand_rule(struct making *making, const struct item *item,
        struct scale_rule *rules, const struct item **from)
{
    struct scale_rule rule = { .stage = -1, .subject = -1 };
    enum err_code code =
            making_find_all(making, item, SCOPE_SCALE, KEY_SCALES, rule.scales, &rule.scale_n);

    for (size_t i = 0; i < list_n(item, KEY_STAGES) && code == ERR_OK; i++) {
        code = making_find(making, item, SCOPE_STAGE, item_entry(item, KEY_STAGES, (int)i),
                &rule.stage);
        for (size_t k = 0; k < list_n(item, KEY_SUBJECTS) && code == ERR_OK; k++) {
            code = making_find(making, item, SCOPE_SUBJECT,
                    item_entry(item, KEY_SUBJECTS, (int)k), &rule.subject);
            if (code == ERR_OK)
                code = enter_rule(making, item, rules, from, rule);
        }
    }
    return code;
}

static enum err_code make_sources(struct making *making)
{
    const struct items *items = &making->draft->items[DIRECTIVE_SOURCE];
    struct source_rank *sources = making_array(making, (size_t)items->n, sizeof(*sources));
    enum err_code code = sources == NULL ? ERR_MEMORY : ERR_OK;

    making->fw->sources = sources;
    making->fw->source_n = items->n;
    for (int i = 0; i < items->n && code == ERR_OK; i++) {
        const struct item *item = items->list[i];

        sources[i] = (struct source_rank){ item->code, (int)item_number(item, KEY_RANK, 0) };
        code = making_name(making, item, SCOPE_SOURCE, item->code, i);
    }
    return code;
}

enum err_code making_rules(struct making *making)
{
    const struct items *items = &making->draft->items[DIRECTIVE_RULE];
    size_t cells = (size_t)(making->fw->stage_n + 1) * (size_t)(making->fw->subject_n + 1);
    struct scale_rule *rules;
    const struct item **from;
    enum err_code code = ERR_OK;
    size_t n = 0;

    for (int i = 0; i < items->n; i++)
        n += list_n(items->list[i], KEY_STAGES) * list_n(items->list[i], KEY_SUBJECTS);
    if (n > ALL_MAX)
        n = ALL_MAX;
    rules = making_array(making, n, sizeof(*rules));
    from = rules == NULL ? NULL : making_array(making, n, sizeof(*from));
    making->index->rule_of = from == NULL ? NULL : making_array(making, cells, sizeof(int16_t));
    if (making->index->rule_of == NULL)
        return ERR_MEMORY;
    memset(making->index->rule_of, 0xFF, cells * sizeof(int16_t));
    making->fw->rules = rules;
    for (int i = 0; i < items->n && code == ERR_OK; i++)
        code = expand_rule(making, items->list[i], rules, from);
    return code == ERR_OK ? make_sources(making) : code;
}

static enum err_code check_measure(struct making *making, const struct item *item,
        const struct measure *measure)
{
    bool awards = measure->kind == MEASURE_AWARDS;
    bool formula = measure->kind == MEASURE_FORMULA;

    if (formula != (measure->formula != NULL))
        return item_refuse(item, making->err,
                "a measure of the kind formula has a formula=, and no other has: %.60s",
                item->code);
    if (formula)
        return ERR_OK;
    if (measure->stage < 0)
        return item_refuse(item, making->err, "the measure %.60s has no stage=", item->code);
    if (item_field(item, KEY_AT_LEAST) == NULL)
        return item_refuse(item, making->err, "the measure %.60s has no at-least=", item->code);
    if (!awards && measure->subject_n == 0)
        return item_refuse(item, making->err, "the measure %.60s has no subjects=", item->code);
    if (awards && measure->subject_n > 0)
        return item_refuse(item, making->err,
                "the measure %.60s counts awards in any subject; use with= and without=",
                item->code);
    if (!awards && measure->with_n + measure->without_n > 0)
        return item_refuse(item, making->err,
                "with= and without= are for measures of awards, not %.60s", item->code);
    return ERR_OK;
}

static enum err_code make_measure(struct making *making, const struct item *item, int i,
        struct measure *measure)
{
    const struct field *years = item_field(item, KEY_YEARS);
    enum err_code code;

    *measure = (struct measure){
        .id = item->code,
        .label = item->name,
        .kind = (enum measure_kind)item_number(item, KEY_KIND, 0),
        .first_year = (int)years->a,
        .last_year = (int)years->b,
        .at_least = (int16_t)item_number(item, KEY_AT_LEAST, 0),
        .everybody = item_number(item, KEY_EVERYBODY, 0) != 0,
        .trajectory = item_number(item, KEY_TRAJECTORY, 0) != 0,
        .no_prior = (int16_t)item_number(item, KEY_NO_PRIOR, 0),
        .floor = (int32_t)item_number(item, KEY_FLOOR, 0),
        .national_target = (int32_t)item_number(item, KEY_NATIONAL_TARGET, 0),
        .formula = item_text(item, KEY_FORMULA),
        .source = item_text(item, KEY_SOURCE),
    };
    code = making_find(making, item, SCOPE_STAGE, item_text(item, KEY_STAGE), &measure->stage);
    if (code == ERR_OK)
        code = making_find(making, item, SCOPE_STAGE, item_text(item, KEY_FROM),
                &measure->from);
    if (code == ERR_OK)
        code = making_find_all(making, item, SCOPE_SUBJECT, KEY_SUBJECTS, measure->subjects,
                &measure->subject_n);
    if (code == ERR_OK)
        code = making_find_all(making, item, SCOPE_SUBJECT, KEY_WITH, measure->with,
                &measure->with_n);
    if (code == ERR_OK)
        code = making_find_all(making, item, SCOPE_SUBJECT, KEY_WITHOUT, measure->without,
                &measure->without_n);
    if (code == ERR_OK)
        code = check_measure(making, item, measure);
    return code == ERR_OK ? making_name(making, item, SCOPE_MEASURE, measure->id, i) : code;
}

enum err_code making_measures(struct making *making)
{
    const struct items *items = &making->draft->items[DIRECTIVE_MEASURE];
    struct measure *measures = making_array(making, (size_t)items->n, sizeof(*measures));
    enum err_code code = measures == NULL ? ERR_MEMORY : ERR_OK;

    making->fw->measures = measures;
    making->fw->measure_n = items->n;
    for (int i = 0; i < items->n && code == ERR_OK; i++)
        code = make_measure(making, items->list[i], i, &measures[i]);
    return code;
}
