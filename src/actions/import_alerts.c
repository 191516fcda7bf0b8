#include "actions/cohort_load.h"
#include "actions/import_in.h"
#include "actions/plan_in.h"
#include "base/text.h"
#include "targets/alert.h"

/* Alerts about the targets of one school that an import wrote (B4.1): told, never refused. */
struct alerting {
    struct import_run *run;
    struct import_school *school;
    struct loaded loaded;
};

static size_t pupil_place(const struct cohort *cohort, int64_t id)
{
    for (size_t p = 0; p < cohort->pupil_n; p++) {
        if (cohort->pupils[p].id == id)
            return p;
    }
    return cohort->pupil_n;
}

static enum err_code tell(struct alerting *alerting, const struct cohort_pupil *pupil,
        size_t cell, const struct plan_fact *fact, const struct alert *alert, struct err *err)
{
    struct arena *arena = alerting->run->context->arena;
    const struct framework *fw = alerting->school->context.fw;
    struct import_outcome *outcome = &alerting->run->outcome;
    char target[VALUE_TEXT_SIZE];
    char against[VALUE_TEXT_SIZE];
    struct outcome_alert *items =
            arena_grow(arena, outcome->alerts, outcome->alert_n, sizeof(*items));
    struct outcome_alert made = {
        .upn = arena_text(arena, pupil->upn),
        .subject = arena_text(arena, fact->subject),
        .target = arena_text(arena,
                framework_value_text(fw, alerting->loaded.cohort.target[cell], target)),
        .reason = alert_code(alert->kind),
        .against = arena_text(arena, framework_value_text(fw, alert->against, against)),
    };

    if (items == NULL || made.upn == NULL || made.subject == NULL || made.target == NULL ||
            made.against == NULL)
        return err_memory(err);
    outcome->alerts = items;
    items[outcome->alert_n++] = made;
    return ERR_OK;
}

static enum err_code check_target(struct alerting *alerting, const struct plan_fact *fact,
        struct err *err)
{
    const struct cohort *cohort = &alerting->loaded.cohort;
    const struct context *context = &alerting->school->context;
    const struct plan_pupil *in = plan_pupil_at(&alerting->school->plan, fact->pupil);
    size_t p = pupil_place(cohort, in->pupil_id);
    size_t s = cohort_column(cohort, framework_subject(context->fw, fact->subject));
    struct alert alerts[ALERT__MAX];
    struct alert_facts facts = { .prediction = VALUE_NONE };
    enum err_code code = ERR_OK;
    size_t cell, n;

    if (p == cohort->pupil_n || s == cohort->subject_n || cohort->pupils[p].stage < 0 ||
            !text_eq(context->fw->stages[cohort->pupils[p].stage].code, fact->stage))
        return ERR_OK;
    cell = cohort_cell(cohort, p, s);
    facts.stage = cohort->pupils[p].stage;
    facts.prior = cohort->prior[cell];
    facts.target = cohort->target[cell];
    facts.now = cohort->now[cell];
    facts.period = cohort->pupils[p].period;
    facts.periods_per_year = context->reckoning.calendar.period_n;
    facts.period_n = cohort->pupils[p].stage_years * facts.periods_per_year;
    facts.target_rate = context->reckoning.target_rate;
    n = alert_find(context->fw, &facts, alerts);
    for (size_t i = 0; i < n && code == ERR_OK; i++)
        code = tell(alerting, &cohort->pupils[p], cell, fact, &alerts[i], err);
    return code;
}

static enum err_code check_school(struct import_run *run, struct import_school *school,
        struct err *err)
{
    struct alerting alerting = { .run = run, .school = school };
    struct filters filters = { 0 };
    struct cohort_options options = { 0 };
    bool loaded = false;
    enum err_code code = ERR_OK;

    for (size_t i = 0; i < school->plan.facts.n && code == ERR_OK; i++) {
        const struct plan_fact *fact = chunks_at(&school->plan.facts, i);

        if (fact->kind != FACT_TARGET || fact->dropped)
            continue;
        if (!loaded)
            code = cohort_load(&school->context, &filters, &options, &alerting.loaded, err);
        loaded = true;
        if (code == ERR_OK)
            code = check_target(&alerting, fact, err);
    }
    return code;
}

enum err_code import_alerts(struct import_run *run, struct err *err)
{
    enum err_code code = ERR_OK;

    for (size_t i = 0; i < run->school_n && code == ERR_OK; i++)
        code = check_school(run, run->schools[i], err);
    return code;
}
