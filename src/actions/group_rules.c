/* Groups made, and the rules of those that have one. */

#include "actions/cohort_in.h"
#include "actions/group_in.h"
#include "base/text.h"

/* ---- trying a rule before it is saved ---- */

static enum err_code known_names(struct context *context, const char *name,
        struct load_rules *rules, struct err *err)
{
    struct pupil_group_list list = { 0 };
    const char **names;
    enum err_code code =
            store_groups(context->store, context->school.school_id, context->arena, &list, err);

    if (code != ERR_OK)
        return code;
    names = arena_array(context->arena, list.n + 1, sizeof(*names));
    if (names == NULL)
        return err_memory(err);
    for (size_t i = 0; i < list.n; i++)
        names[rules->known_n++] = list.items[i].name;
    names[rules->known_n++] = name;
    rules->known = names;
    return ERR_OK;
}

/* Who would be in it on one day. */
static enum err_code try_on(struct context *context, const struct load_rule *trial,
        const struct load_rules *known, struct date day, size_t *ret_n, struct err *err)
{
    static const struct filters nothing = { 0 };
    struct cohort_options options = { .characteristics = true };
    struct loaded out = { .day = day, .subject = -1 };
    struct load load = { .context = context,
        .filters = &nothing,
        .options = &options,
        .out = &out,
        .rules = *known };
    size_t n = 0;
    enum err_code code;

    load.rules.trial = trial;
    code = load_population(&load, err);
    if (code != ERR_OK)
        return code;
    for (size_t p = 0; p < load.pupil_n; p++) {
        const struct cohort_pupil *pupil = &load.pupils[p];

        for (size_t g = pupil->group_n - pupil->rule_n; g < pupil->group_n; g++)
            n += text_eq_fold(pupil->groups[g], trial->name);
    }
    *ret_n = n;
    return ERR_OK;
}

/* Days on which a rule begins while this one holds: on each the rules may lead in a circle. */
static enum err_code try_later_days(struct context *context, const struct group_rule *rule,
        const struct load_rule *trial, const struct load_rules *known, struct err *err)
{
    struct group_rule_list list = { 0 };
    int32_t before = rule->from.ymd;
    size_t n = 0;
    enum err_code code = store_group_rules(context->store, context->school.school_id,
            (struct date){ 0 }, context->arena, &list, err);

    for (size_t i = 0; i < list.n && code == ERR_OK; i++) {
        struct date day = list.items[i].from;

        if (day.ymd <= before || day.ymd == context->today.ymd ||
                (date_is_set(rule->to) && day.ymd > rule->to.ymd))
            continue;
        code = try_on(context, trial, known, day, &n, err);
    }
    return code;
}

enum err_code group_try_rule(struct context *context, const struct group_rule *rule,
        const char *name, size_t *ret_n, struct err *err)
{
    struct load_rule trial = { .name = name, .text = rule->formula };
    struct load_rules known = { 0 };
    size_t n = 0;
    enum err_code code;

    if (text_empty(rule->formula)) {
        (void)err_set(err, ERR_INVALID, "the rule is empty");
        return err_hint(err, "Write a formula such as LOOKED_AFTER or SEN = \"K\".");
    }
    code = known_names(context, name, &known, err);
    if (code == ERR_OK)
        code = try_on(context, &trial, &known, context->today, ret_n, err);
    if (code == ERR_OK && rule->from.ymd > context->today.ymd)
        code = try_on(context, &trial, &known, rule->from, &n, err);
    return code == ERR_OK ? try_later_days(context, rule, &trial, &known, err) : code;
}

/* ---- making ---- */

static enum err_code check_free(struct context *context, const char *name, struct err *err)
{
    struct pupil_group_list list = { 0 };
    enum err_code code =
            store_groups(context->store, context->school.school_id, context->arena, &list, err);

    for (size_t i = 0; i < list.n && code == ERR_OK; i++) {
        if (!text_eq_fold(list.items[i].name, name))
            continue;
        (void)err_set(err, ERR_CONFLICT, "there is a group called %.80s already",
                list.items[i].name);
        return err_hint(err, "Choose another name, or change that group.");
    }
    return code;
}

static enum err_code check_days(struct date from, struct date to, struct err *err)
{
    if (!date_is_set(to) || to.ymd >= from.ymd)
        return ERR_OK;
    (void)err_set(err, ERR_INVALID, "the rule would end before it begins");
    return err_hint(err, "Give the first day, then the last.");
}

static enum err_code add_rule(struct group_change *change, struct group_rule rule,
        size_t *ret_n, struct err *err)
{
    enum err_code code = group_try_rule(change->context, &rule, change->group.name, ret_n, err);

    if (code == ERR_OK)
        code = group_words(change->context, rule.formula, "the rule", FORMULA_BYTES, false,
                &rule.formula, err);
    return code == ERR_OK ? group_add_rule(change, &rule, err) : code;
}

enum err_code group_add(struct context *context, const char *name, const char *formula,
        struct date from, struct date to, struct group_outcome *ret_outcome, struct err *err)
{
    struct group_change change = { .context = context, .make = true };
    struct group_rule rule = { .from = from, .to = to, .formula = formula };
    size_t n = 0;
    enum err_code code = check_days(from, to, err);

    change.group =
            (struct pupil_group){ .type = formula == NULL ? "user" : "rule", .subject = "" };
    if (code == ERR_OK)
        code = group_words(context, name, "the name of the group", GROUP_NAME_MAX, false,
                &change.group.name, err);
    if (code == ERR_OK)
        code = group_open(context, err);
    if (code != ERR_OK)
        return code;
    code = check_free(context, change.group.name, err);
    if (code == ERR_OK && formula != NULL)
        code = add_rule(&change, rule, &n, err);
    if (code == ERR_OK)
        change.what =
                formula == NULL
                        ? arena_printf(context->arena, "%s: a group is made", change.group.name)
                        : arena_printf(context->arena,
                                  "%s: a group by rule is made; %zu %s in it today",
                                  change.group.name, n, n == 1 ? "pupil is" : "pupils are");
    return group_close(&change, code, ret_outcome, err);
}

enum err_code group_rule_set(struct context *context, const char *name, const char *formula,
        struct date from, struct date to, struct group_outcome *ret_outcome, struct err *err)
{
    struct group_change change = { 0 };
    struct group_rule rule = { .from = group_day(context, from), .to = to, .formula = formula };
    size_t n = 0;
    char day[DATE_LONG_SIZE];
    enum err_code code = check_days(rule.from, to, err);

    if (code == ERR_OK)
        code = group_open(context, err);
    if (code != ERR_OK)
        return code;
    code = group_begin(&change, context, name, err);
    if (code == ERR_OK)
        code = group_want_type(&change.group, "rule", err);
    if (code == ERR_OK)
        code = add_rule(&change, rule, &n, err);
    if (code == ERR_OK)
        change.what = arena_printf(context->arena,
                "%s: the rule is another from %s; by it %zu %s in the group today",
                change.group.name, date_long(rule.from, day), n,
                n == 1 ? "pupil is" : "pupils are");
    change.context = context;
    return group_close(&change, code, ret_outcome, err);
}
