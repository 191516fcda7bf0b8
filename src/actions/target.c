#include "actions/target.h"

#include "actions/cohort_load.h"
#include "base/text.h"
#include "targets/alert.h"

/* One pupil, one subject, looked up. */
struct place {
    struct loaded loaded;
    const struct cohort_pupil *pupil;
    size_t cell;
    int subject, stage;
};

static enum err_code find_stage(struct context *context, struct place *place, const char *stage,
        struct err *err)
{
    place->stage = stage == NULL ? place->pupil->stage : framework_stage(context->fw, stage);
    if (place->stage >= 0)
        return ERR_OK;
    if (stage != NULL) {
        (void)err_set(err, ERR_NOT_FOUND, "there is no stage called %s", stage);
        return err_hint(err, "It is KS1 to KS4, or the end of a year: Y4.");
    }
    (void)err_set(err, ERR_INVALID, "%s %s is in no key stage", place->pupil->forename,
            place->pupil->surname);
    return err_hint(err, "Name the horizon with --stage.");
}

static enum err_code find_place(struct context *context, const struct target_change *change,
        struct place *place, struct err *err)
{
    struct filters filters = { .upn = change->upn, .subject = change->subject };
    struct cohort_options options = { 0 };
    const struct cohort *cohort = &place->loaded.cohort;
    enum err_code code;

    if (text_empty(change->upn) || text_empty(change->subject)) {
        (void)err_set(err, ERR_USAGE, "which pupil and subject?");
        return err_hint(err, "Name them with --upn and --subject.");
    }
    code = cohort_load(context, &filters, &options, &place->loaded, err);
    if (code != ERR_OK)
        return code;
    if (cohort->pupil_n == 0) {
        (void)err_set(err, ERR_NOT_FOUND, "the pupil %s is not on roll", change->upn);
        return err_hint(err, "Targets are set for pupils on roll.");
    }
    place->pupil = &cohort->pupils[0];
    place->subject = place->loaded.subject;
    for (size_t s = 0; s < cohort->subject_n; s++) {
        if (cohort->subjects[s] == place->subject)
            place->cell = s;
    }
    return find_stage(context, place, change->stage, err);
}

static enum err_code read_grade(struct context *context, const struct place *place,
        const struct target_change *change, struct value *ret_value, struct err *err)
{
    int scale = -1;

    if (change->scale != NULL) {
        scale = framework_scale(context->fw, change->scale);
        if (scale < 0)
            return err_set(err, ERR_NOT_FOUND, "there is no scale called %s", change->scale);
    }
    if (text_empty(change->grade)) {
        (void)err_set(err, ERR_USAGE, "which grade?");
        return err_hint(err, "Name it with --grade.");
    }
    return framework_read_grade(context->fw, scale, place->stage, place->subject, change->grade,
            ret_value, err);
}

/* One fact, in a save of its own. */
static enum err_code save(struct context *context, const struct target_change *change,
        const char *kind, const struct fact *fact, const struct adjustment *adjustment,
        int64_t *ret_id, struct err *err)
{
    struct import import = {
        .kind = kind,
        .file = change->reason == NULL ? "" : change->reason,
        .added = 1,
        .recorded_by = context->who,
        .recorded_at = context->stamp,
    };
    enum err_code code = store_begin(context->store, err);

    if (code == ERR_OK)
        code = store_import_begin(context->store, context->school.school_id, &import, 1, err);
    if (code == ERR_OK && fact != NULL)
        code = store_add_fact(context->store, fact, err);
    if (code == ERR_OK && adjustment != NULL)
        code = store_add_adjustment(context->store, adjustment, err);
    if (code == ERR_OK)
        code = store_import_end(context->store, err);
    if (code == ERR_OK)
        code = store_commit(context->store, err);
    if (code != ERR_OK)
        store_rollback(context->store);
    else
        *ret_id = import.import_id;
    return code;
}

static enum err_code warn(struct context *context, const struct place *place,
        struct value target, struct target_outcome *outcome, struct err *err)
{
    const struct cohort *cohort = &place->loaded.cohort;
    struct alert alerts[ALERT__MAX];
    struct alert_facts facts = {
        .stage = place->stage,
        .prior = cohort->prior[place->cell],
        .target = target,
        .now = cohort->now[place->cell],
        .prediction = VALUE_NONE,
        .period = place->pupil->period,
        .period_n = place->pupil->stage_years * context->reckoning.calendar.period_n,
        .periods_per_year = context->reckoning.calendar.period_n,
        .target_rate = place->stage == place->pupil->stage ? context->reckoning.target_rate : 0,
    };
    size_t n = alert_find(context->fw, &facts, alerts);

    for (size_t i = 0; i < n && outcome->alert_n < COUNT(outcome->alerts); i++) {
        const char *sentence = arena_text(context->arena, alerts[i].sentence);

        if (sentence == NULL)
            return err_memory(err);
        outcome->alerts[outcome->alert_n++] = sentence;
    }
    return ERR_OK;
}

enum err_code target_set(struct context *context, const struct target_change *change,
        struct target_outcome *ret_outcome, struct err *err)
{
    struct place place = { 0 };
    struct target_outcome outcome = { 0 };
    struct value value = VALUE_NONE;
    char grade[VALUE_TEXT_SIZE];
    enum err_code code = find_place(context, change, &place, err);

    if (code == ERR_OK)
        code = read_grade(context, &place, change, &value, err);
    if (code != ERR_OK)
        return code;
    struct fact fact = {
        .pupil_id = place.pupil->id,
        .kind = FACT_TARGET,
        .date = context->today,
        .subject = context->fw->subjects[place.subject].code,
        .stage = context->fw->stages[place.stage].code,
        .source = "",
        .review = "",
        .scale = context->fw->scales[value.scale].code,
        .grade = framework_value_text(context->fw, value, grade),
        .mark = MARK_NONE,
        .max_mark = MARK_NONE,
        .origin = "",
    };
    code = warn(context, &place, value, &outcome, err);
    if (code == ERR_OK)
        code = save(context, change, "target", &fact, NULL, &outcome.id, err);
    if (code != ERR_OK)
        return code;
    outcome.said = arena_printf(context->arena, "%s %s: target %s in %s for the end of %s.",
            place.pupil->forename, place.pupil->surname, fact.grade,
            context->fw->subjects[place.subject].name, context->fw->stages[place.stage].name);
    if (outcome.said == NULL)
        return err_memory(err);
    *ret_outcome = outcome;
    return ERR_OK;
}

static enum err_code refuse_no_line(struct context *context, const struct place *place,
        struct err *err)
{
    const struct cohort *cohort = &place->loaded.cohort;
    struct trajectory line = trajectory_make(context->fw, place->pupil->stage,
            place->pupil->stage_years, context->reckoning.calendar.period_n,
            cohort->prior[place->cell], cohort->target[place->cell]);

    if (line.period_n > 0)
        return ERR_OK;
    (void)err_set(err, ERR_INVALID, "%s %s has no progress targets in %s to adjust: %s",
            place->pupil->forename, place->pupil->surname,
            context->fw->subjects[place->subject].name, line.why_none);
    return err_hint(err, "Set a target and import the prior attainment first.");
}

enum err_code target_adjust(struct context *context, const struct target_change *change,
        struct target_outcome *ret_outcome, struct err *err)
{
    const struct calendar *calendar = &context->reckoning.calendar;
    struct date term = date_is_set(change->term) ? change->term : context->today;
    struct place place = { 0 };
    struct target_outcome outcome = { 0 };
    struct value value = VALUE_NONE;
    bool back = change->grade != NULL && change->grade[0] == '\0';
    char grade[VALUE_TEXT_SIZE] = "";
    char day[DATE_LONG_SIZE];
    enum err_code code = find_place(context, change, &place, err);

    if (code == ERR_OK)
        code = refuse_no_line(context, &place, err);
    if (code == ERR_OK && !back)
        code = read_grade(context, &place, change, &value, err);
    if (code != ERR_OK)
        return code;
    struct adjustment adjustment = {
        .pupil_id = place.pupil->id,
        .subject = context->fw->subjects[place.subject].code,
        .stage = context->fw->stages[place.stage].code,
        .period_end = calendar_period_end(calendar, calendar_year(calendar, term),
                calendar_period(calendar, term)),
        .scale = back ? "" : context->fw->scales[value.scale].code,
        .grade = back ? "" : framework_value_text(context->fw, value, grade),
        .reason = change->reason,
        .withdrawn = back,
    };
    code = save(context, change, "adjustment", NULL, &adjustment, &outcome.id, err);
    if (code != ERR_OK)
        return code;
    outcome.said = arena_printf(context->arena,
            "%s %s, %s: progress target for the term to %s %s%s.", place.pupil->forename,
            place.pupil->surname, context->fw->subjects[place.subject].name,
            date_long(adjustment.period_end, day), back ? "is computed again" : "adjusted to ",
            adjustment.grade);
    if (outcome.said == NULL)
        return err_memory(err);
    *ret_outcome = outcome;
    return ERR_OK;
}
