/*
 * Groups by rule, as of the day a cohort is loaded for.
 *
 * A rule is reckoned from what the person who asks may see, as --where is: else the names in a
 * group would tell what its formula asks about. Who sees only counts over groups gets them of
 * everybody.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "actions/cohort_in.h"
#include "actions/gate.h"
#include "base/text.h"

enum {
    RULE_NEW,
    RULE_OPEN, /* being looked into */
    RULE_DONE
};

/* The rules while their pupils are found. */
struct rules_run {
    struct load *load;
    struct load_rules *rules;
    struct loaded out;
    struct cohort_pupil *pupils; /* of the cohort in `out` */
    struct load_rule **order, **chain;
    size_t order_n, chain_n;
    bool several; /* marks of more than one subject are asked for */
};

/* ---- which rules there are ---- */

/* Of each first day the last recorded, of those the latest that is not withdrawn. */
static const struct group_rule *in_force(const struct group_rule *rows, size_t n,
        struct date day)
{
    const struct group_rule *found = NULL;

    for (size_t i = 0; i < n; i++) {
        bool last = i + 1 == n || rows[i + 1].from.ymd != rows[i].from.ymd;

        if (last && rows[i].from.ymd <= day.ymd && !rows[i].withdrawn)
            found = &rows[i];
    }
    return found == NULL || (date_is_set(found->to) && found->to.ymd < day.ymd) ? NULL : found;
}

static const char *name_of(const struct pupil_group_list *groups, int64_t id)
{
    for (size_t i = 0; i < groups->n; i++) {
        if (groups->items[i].group_id == id)
            return groups->items[i].name;
    }
    return NULL;
}

static void add_rule(struct load *load, const char *name, const char *text)
{
    struct load_rules *rules = &load->rules;
    bool named = load->filters->group != NULL && text_eq_fold(load->filters->group, name);
    bool trial = rules->trial != NULL && text_eq_fold(rules->trial->name, name);

    rules->items[rules->n++] = (struct load_rule){ .name = name,
        .text = text,
        .wanted = named || trial || load->all_rules,
        .named = named || trial };
    rules->any = rules->any || named || trial || load->all_rules;
}

enum err_code load_rules_find(struct load *load, struct err *err)
{
    struct context *context = load->context;
    struct load_rules *rules = &load->rules;
    struct group_rule_list list = { 0 };
    size_t n;
    enum err_code code = store_group_rules(context->store, context->school.school_id,
            load->out->recorded, context->arena, &list, err);

    if (code != ERR_OK)
        return code;
    rules->items = arena_array(context->arena, list.n + 1, sizeof(*rules->items));
    if (rules->items == NULL)
        return err_memory(err);
    for (size_t i = 0; i < list.n; i += n) {
        const struct group_rule *rule;
        const char *name = name_of(&load->groups, list.items[i].group_id);

        for (n = 1; i + n < list.n && list.items[i + n].group_id == list.items[i].group_id;)
            n++;
        rule = in_force(&list.items[i], n, load->out->day);
        if (rule != NULL && name != NULL &&
                (rules->trial == NULL || !text_eq_fold(rules->trial->name, name)))
            add_rule(load, name, rule->formula);
    }
    if (rules->trial != NULL)
        add_rule(load, rules->trial->name, rules->trial->text);
    return ERR_OK;
}

/* ---- in order: a rule after those it asks for ---- */

static struct load_rule *find_rule(const struct load_rules *rules, const char *name)
{
    for (size_t i = 0; i < rules->n; i++) {
        if (text_eq_fold(rules->items[i].name, name))
            return &rules->items[i];
    }
    return NULL;
}

static enum err_code refers_to_itself(const struct rules_run *run, const struct load_rule *rule,
        struct err *err)
{
    char words[120] = "";
    size_t n = 0;
    size_t i = 0;

    while (i + 1 < run->chain_n && run->chain[i] != rule)
        i++;
    for (; i < run->chain_n && n < sizeof(words) - 1; i++)
        n += (size_t)snprintf(words + n, sizeof(words) - n, "%s, ", run->chain[i]->name);
    (void)err_set(err, ERR_INVALID, "the rule refers to itself: %s%s", words, rule->name);
    return err_hint(err, "Take IN(\"%s\") out of one of these rules.", rule->name);
}

/* The rule's own words: "the rule of Late starters: character 6: ..." */
static enum err_code of_rule(const struct load_rule *rule, struct err *err)
{
    struct err why = *err;

    (void)err_set(err, why.code, "the rule of %.80s: %s", rule->name, why.message);
    if (why.hint[0] != '\0')
        (void)err_hint(err, "%s", why.hint);
    return why.code;
}

/* A broken rule is an error where it was asked for by name; else its group has nobody. */
static enum err_code compile_rule(struct rules_run *run, struct load_rule *rule,
        struct err *err)
{
    bool trial = run->rules->trial != NULL && run->rules->trial->text == rule->text;
    struct err why = { 0 };
    enum err_code code = load_compile(run->load->context, &run->out.cohort, -1, rule->text,
            trial ? run->rules : NULL, &rule->formula, &why);

    if (code == ERR_OK || (code == ERR_INVALID && !rule->named))
        return ERR_OK;
    *err = why;
    return code == ERR_INVALID && !trial ? of_rule(rule, err) : code;
}

/* Depth first, without recursion: the chain is the stack. */
static enum err_code visit_next(struct rules_run *run, struct err *err)
{
    struct load_rule *rule = run->chain[run->chain_n - 1];
    const struct formula_uses *uses =
            rule->formula == NULL ? NULL : formula_uses(rule->formula);

    for (size_t i = 0; uses != NULL && i < uses->group_name_n; i++) {
        struct load_rule *other = find_rule(run->rules, uses->group_names[i]);

        if (other == NULL || other->state == RULE_DONE)
            continue;
        if (other->state == RULE_OPEN && rule->named)
            return refers_to_itself(run, other, err);
        if (other->state == RULE_OPEN) {
            rule->formula = NULL;
            return ERR_OK;
        }
        other->state = RULE_OPEN;
        other->wanted = true;
        other->named = other->named || rule->named;
        run->chain[run->chain_n++] = other;
        return compile_rule(run, other, err);
    }
    rule->state = RULE_DONE;
    run->order[run->order_n++] = rule;
    run->chain_n--;
    return ERR_OK;
}

static enum err_code put_in_order(struct rules_run *run, struct err *err)
{
    struct arena *arena = run->load->context->arena;
    enum err_code code = ERR_OK;

    run->order = arena_array(arena, run->rules->n + 1, sizeof(struct load_rule *));
    run->chain = arena_array(arena, run->rules->n + 1, sizeof(struct load_rule *));
    if (run->order == NULL || run->chain == NULL)
        return err_memory(err);
    for (size_t i = 0; i < run->rules->n && code == ERR_OK; i++) {
        struct load_rule *rule = &run->rules->items[i];

        if (!rule->wanted || rule->state != RULE_NEW)
            continue;
        rule->state = RULE_OPEN;
        run->chain[run->chain_n++] = rule;
        code = compile_rule(run, rule, err);
        while (code == ERR_OK && run->chain_n > 0)
            code = visit_next(run, err);
    }
    return code;
}

/* ---- the cohort the rules are run over ---- */

static enum err_code take_pupils(struct rules_run *run, const struct candidates *all,
        struct err *err)
{
    struct load *load = run->load;
    struct arena *arena = load->context->arena;
    size_t n = 0;

    run->pupils = arena_array(arena, all->n + 1, sizeof(*run->pupils));
    if (run->pupils == NULL)
        return err_memory(err);
    for (size_t i = 0; i < all->n; i++) {
        const struct cohort_pupil *pupil = &all->pupils[i];

        if (pupil->surname == NULL ||
                !pupil_on_roll(pupil->entry, pupil->leaving, load->out->day))
            continue;
        run->pupils[n] = *pupil;
        load_place_in_stage(load->context, load->out->day, &run->pupils[n++]);
    }
    return cohort_make(arena, load->context->fw, &load->context->reckoning, load->out->day,
            run->pupils, n, NULL, 0, &run->out.cohort, err);
}

static bool asks_marks(const struct formula_uses *uses)
{
    return uses->predictions || uses->results || uses->targets || uses->latest || uses->prior ||
           uses->subject_n > 0;
}

/* One subject is enough where no rule asks for another; not one that is made of others. */
static void note_subject(struct rules_run *run, const struct formula_uses *uses)
{
    const struct framework *fw = run->load->context->fw;

    for (size_t i = 0; i < uses->subject_n; i++) {
        bool made = false;

        for (int d = 0; d < fw->derived_n; d++)
            made = made || fw->derived[d].subject == uses->subjects[i];
        if (made || (run->out.subject >= 0 && run->out.subject != uses->subjects[i]))
            run->several = true;
        run->out.subject = uses->subjects[i];
    }
    run->several = run->several || uses->subject_n == 0;
}

static bool needs_facts(struct rules_run *run, struct cohort_options *options)
{
    bool any = false;

    for (size_t i = 0; i < run->order_n; i++) {
        const struct formula_uses *uses =
                run->order[i]->formula == NULL ? NULL : formula_uses(run->order[i]->formula);

        if (uses == NULL || !asks_marks(uses))
            continue;
        options->predictions |= uses->predictions;
        options->results |= uses->results;
        note_subject(run, uses);
        any = true;
    }
    if (run->several)
        run->out.subject = -1;
    options->all_subjects = run->several;
    return any;
}

/* The same pupils, with their marks. */
static enum err_code take_facts(struct rules_run *run, const struct cohort_options *options,
        struct err *err)
{
    static const struct filters nothing = { 0 };
    struct load *load = run->load;
    struct load inner = { .context = load->context,
        .filters = &nothing,
        .options = options,
        .out = &run->out,
        .pupils = run->pupils,
        .pupil_n = run->out.cohort.pupil_n };
    enum err_code code =
            places_make(&inner.places, load->context->arena, inner.pupils, inner.pupil_n, err);

    return code == ERR_OK ? load_facts(&inner, err) : code;
}

static enum err_code through_gate(struct rules_run *run, struct err *err)
{
    struct load *load = run->load;
    const struct context *context = load->context;
    enum err_code code = ERR_OK;

    if (!load_needs_groups(context) ||
            (load->options->aggregate &&
                    gate_sees_counts_only(context->gate, context->gate_action)))
        return ERR_OK;
    code = load_through_gate(context, &run->out, false, err);
    if (code != ERR_OK)
        return code;
    run->pupils =
            arena_array(context->arena, run->out.cohort.pupil_n + 1, sizeof(*run->pupils));
    if (run->pupils == NULL)
        return err_memory(err);
    if (run->out.cohort.pupil_n > 0)
        memcpy(run->pupils, run->out.cohort.pupils,
                run->out.cohort.pupil_n * sizeof(*run->pupils));
    run->out.cohort.pupils = run->pupils;
    return ERR_OK;
}

/* ---- who is in ---- */

static int by_id(const void *a, const void *b)
{
    const struct cohort_pupil *x = a;
    const struct cohort_pupil *y = b;

    return (x->id > y->id) - (x->id < y->id);
}

static enum err_code join_both(struct rules_run *run, struct candidates *all, size_t p,
        const char *name, struct err *err)
{
    struct arena *arena = run->load->context->arena;
    struct cohort_pupil *here = &run->pupils[p];
    struct cohort_pupil *there = bsearch(here, all->pupils, all->n, sizeof(*here), by_id);
    enum err_code code = load_join_group(arena, here, name, err);

    here->rule_n++;
    if (code != ERR_OK || there == NULL)
        return code;
    there->rule_n++;
    return load_join_group(arena, there, name, err);
}

static enum err_code run_rule(struct rules_run *run, const struct load_rule *rule,
        struct candidates *all, struct err *err)
{
    struct formula_column column = { 0 };
    enum err_code code = ERR_OK;

    if (rule->formula == NULL)
        return ERR_OK;
    code = formula_run(rule->formula, &run->out.cohort, BASIS_ATTAINMENT,
            run->load->context->arena, &column, err);
    for (size_t p = 0; p < run->out.cohort.pupil_n && code == ERR_OK; p++) {
        if (column.answers[p] == ANSWER_YES)
            code = join_both(run, all, p, rule->name, err);
    }
    return code;
}

enum err_code load_rules_join(struct load *load, struct candidates *all, struct err *err)
{
    struct rules_run run = { .load = load, .rules = &load->rules };
    struct cohort_options options = { .derived = true };
    enum err_code code;

    if (!load->rules.any)
        return ERR_OK;
    run.out.day = load->out->day;
    run.out.recorded = load->out->recorded;
    run.out.subject = -1;
    code = take_pupils(&run, all, err);
    if (code == ERR_OK)
        code = put_in_order(&run, err);
    if (code == ERR_OK && needs_facts(&run, &options))
        code = take_facts(&run, &options, err);
    if (code == ERR_OK)
        code = through_gate(&run, err);
    for (size_t i = 0; i < run.order_n && code == ERR_OK; i++)
        code = run_rule(&run, run.order[i], all, err);
    return code;
}
