#include <stdlib.h>
#include <string.h>

#include "actions/cohort_load.h"
#include "actions/gate.h"
#include "actions/report.h"
#include "base/text.h"
#include "reports/build.h"

/* Rows of one pupil, collected while they go by. */
struct collect {
    struct context *context;
    struct date recorded;
    struct history_row *history;
    size_t history_n;
    struct characteristic_row *facts;
    size_t fact_n;
    struct access_pupil asked; /* who it is, for the gate */
};

/* Whether the person who asks may have this field of the pupil; the command line may. */
static bool may_have(struct collect *collect, enum field field, const char *subject)
{
    struct context *context = collect->context;

    collect->asked.subject = subject;
    return context->gate == NULL ||
           gate_may(context->gate, context->gate_action, field, &collect->asked).yes;
}

static enum field field_of_kind(enum fact_kind kind)
{
    if (kind == FACT_TARGET)
        return FIELD_TARGETS;
    return kind == FACT_PREDICTION ? FIELD_PREDICTIONS : FIELD_MARKS;
}

static enum field field_of_attribute(const char *attribute)
{
    static const struct {
        const char *attribute;
        enum field field;
    } fields[] = {
        { "upn", FIELD_UPN },
        { "former_upn", FIELD_UPN },
        { "dob", FIELD_BIRTH },
        { "sex", FIELD_BIRTH },
        { "sen", FIELD_SEN_SUMMARY },
        { "fsm", FIELD_DISADVANTAGE },
        { "pupil_premium", FIELD_DISADVANTAGE },
        { "looked_after", FIELD_DISADVANTAGE },
        { "service_child", FIELD_DISADVANTAGE },
        { "ethnicity", FIELD_ETHNICITY },
        { "ethnicity_source", FIELD_ETHNICITY },
        { "language", FIELD_ETHNICITY },
        { "medical_flag", FIELD_SEN_DETAIL },
    };

    for (size_t i = 0; i < COUNT(fields); i++) {
        if (text_eq(fields[i].attribute, attribute))
            return fields[i].field;
    }
    return FIELD_IDENTITY;
}

static const char *copy(struct collect *collect, const char *text, bool *ret_failed)
{
    const char *made = arena_text(collect->context->arena, text);

    *ret_failed = *ret_failed || made == NULL;
    return made;
}

/* Whether a row with the same key came by already (rows: date, then seq descending). */
static bool shadowed(const struct collect *collect, const struct history_row *row, size_t from)
{
    for (size_t i = from; i < collect->history_n; i++) {
        const struct history_row *other = &collect->history[i];

        if (other->date.ymd == row->date.ymd && text_eq(other->subject, row->subject) &&
                text_eq(other->kind, row->kind) && text_eq(other->stage, row->stage) &&
                text_eq(other->source, row->source))
            return true;
    }
    return false;
}

static enum err_code take_fact(void *data, const struct fact *fact, struct err *err)
{
    struct collect *collect = data;
    const struct framework *fw = collect->context->fw;
    struct value value = framework_stored(fw, fact->scale, fact->grade);
    struct history_row *items = arena_grow(collect->context->arena, collect->history,
            collect->history_n, sizeof(*items));
    bool failed = items == NULL;
    struct history_row row = {
        .date = fact->date,
        .subject = copy(collect, fact->subject, &failed),
        .kind = fact_kind_name(fact->kind),
        .stage = copy(collect, fact->stage, &failed),
        .review = copy(collect, fact->review, &failed),
        .grade = copy(collect, fact->withdrawn ? "withdrawn" : fact->grade, &failed),
        .source = copy(collect, fact->source, &failed),
        .points = value_is_set(value) && !fact->withdrawn ? value.points : POINTS_NONE,
        .recorded_at = copy(collect, fact->recorded_at, &failed),
    };

    if (failed)
        return err_memory(err);
    if (!may_have(collect, field_of_kind(fact->kind), row.subject))
        return ERR_OK;
    row.superseded =
            fact->withdrawn ||
            shadowed(collect, &row, collect->history_n > 40 ? collect->history_n - 40 : 0);
    collect->history = items;
    items[collect->history_n++] = row;
    return ERR_OK;
}

static int newest_first(const void *a, const void *b)
{
    const struct history_row *x = a;
    const struct history_row *y = b;
    int order = (x->date.ymd < y->date.ymd) - (x->date.ymd > y->date.ymd);

    if (order == 0)
        order = strcmp(x->subject, y->subject);
    if (order == 0)
        order = strcmp(x->kind, y->kind);
    return order != 0 ? order : strcmp(y->recorded_at, x->recorded_at);
}

static const char *attribute_label(const char *attribute)
{
    static const char *const others[][2] = {
        { "dob", "Date of birth" },
        { "sex", "Sex" },
        { "upn", "UPN" },
        { "former_upn", "Former UPN" },
        { "preferred_surname", "Preferred surname" },
        { "preferred_forename", "Preferred forename" },
        { "middle_names", "Middle names" },
        { "enrol_status", "Enrolment" },
        { "ethnicity_source", "Source of ethnicity" },
        { "medical_flag", "Medical note" },
        { "service_child", "Service child" },
    };

    for (size_t i = 0; i < pupil_attribute_n; i++) {
        if (text_eq(pupil_attributes[i].name, attribute))
            return pupil_attributes[i].label;
    }
    for (size_t i = 0; i < COUNT(others); i++) {
        if (text_eq(others[i][0], attribute))
            return others[i][1];
    }
    return attribute;
}

/* Rows come by attribute, from, seq: the last of each from holds. */
static enum err_code take_pupil_fact(void *data, const struct pupil_fact *fact, struct err *err)
{
    struct collect *collect = data;
    struct characteristic_row *last =
            collect->fact_n == 0 ? NULL : &collect->facts[collect->fact_n - 1];
    struct characteristic_row *items;
    bool failed = false;

    if (date_is_set(collect->recorded)) {
        struct date day;

        if (!date_parse_iso(arena_bytes(collect->context->arena, fact->recorded_at, 10),
                    &day) ||
                day.ymd > collect->recorded.ymd)
            return ERR_OK;
    }
    if (text_eq(fact->attribute, "surname") || text_eq(fact->attribute, "forename") ||
            !may_have(collect, field_of_attribute(fact->attribute), NULL))
        return ERR_OK;
    if (last != NULL && text_eq(last->label, attribute_label(fact->attribute)) &&
            last->from.ymd == fact->from.ymd)
        collect->fact_n--;
    if (fact->withdrawn)
        return ERR_OK;
    items = arena_grow(collect->context->arena, collect->facts, collect->fact_n,
            sizeof(*items));
    if (items == NULL)
        return err_memory(err);
    collect->facts = items;
    items[collect->fact_n++] = (struct characteristic_row){
        .label = copy(collect, attribute_label(fact->attribute), &failed),
        .value = copy(collect, fact->value, &failed),
        .from = fact->from,
        .to = fact->to,
    };
    return failed ? err_memory(err) : ERR_OK;
}

static enum err_code collect_history(struct collect *collect, const struct loaded *loaded,
        int64_t pupil_id, struct err *err)
{
    struct context *context = collect->context;
    enum err_code code = ERR_OK;

    for (int kind = 0; kind < FACT_KIND__MAX && code == ERR_OK; kind++)
        code = store_facts(context->store, context->school.school_id,
                &(struct fact_question){ (enum fact_kind)kind, pupil_id, NULL, loaded->day,
                        loaded->recorded },
                take_fact, collect, err);
    if (code == ERR_OK && collect->history_n > 1)
        qsort(collect->history, collect->history_n, sizeof(*collect->history), newest_first);
    return code;
}

static enum err_code collect_contacts(struct collect *collect, int64_t pupil_id,
        struct pupil_extra *extra, struct err *err)
{
    struct context *context = collect->context;
    struct contact_list list = { 0 };
    struct contact_row *rows;
    enum err_code code = store_contacts(context->store, context->school.school_id, pupil_id,
            context->arena, &list, err);

    if (code != ERR_OK)
        return code;
    rows = arena_array(context->arena, list.n + 1, sizeof(*rows));
    if (rows == NULL)
        return err_memory(err);
    for (size_t i = 0; i < list.n; i++) {
        const struct contact *in = &list.items[i];

        if (in->withdrawn)
            continue;
        rows[extra->contact_n++] = (struct contact_row){
            .name = arena_printf(context->arena, "%s%s%s %s", in->title,
                    in->title[0] == '\0' ? "" : " ", in->forename, in->surname),
            .relationship = in->relationship,
            .responsibility = text_eq(in->responsibility, "true")    ? "yes"
                              : text_eq(in->responsibility, "false") ? "no"
                                                                     : in->responsibility,
            .phone = in->phone,
            .email = in->email,
        };
    }
    extra->contacts = rows;
    return ERR_OK;
}

static enum err_code run(struct context *context, const struct filters *filters,
        struct report **ret_report, struct cohort_pupil *ret_pupil, struct err *err)
{
    struct cohort_options options = { .characteristics = true,
        .predictions = true,
        .results = true };
    struct collect collect = { .context = context };
    struct pupil_extra extra = { 0 };
    struct loaded loaded;
    struct frame frame;
    int64_t id;
    enum err_code code;

    if (filters->upn == NULL) {
        (void)err_set(err, ERR_USAGE, "the report pupil needs to know which pupil");
        return err_hint(err, "Name the pupil with --upn.");
    }
    code = cohort_load(context, filters, &options, &loaded, err);
    if (code != ERR_OK)
        return code;
    collect.recorded = loaded.recorded;
    id = loaded.cohort.pupil_n == 0 ? 0 : loaded.cohort.pupils[0].id;
    if (id != 0 && context->gate != NULL)
        code = gate_pupil(context->gate, &loaded.cohort.pupils[0], NULL, &collect.asked, err);
    if (code == ERR_OK && id != 0)
        code = collect_history(&collect, &loaded, id, err);
    if (code == ERR_OK && id != 0)
        code = store_pupil_facts(context->store, context->school.school_id, id, take_pupil_fact,
                &collect, err);
    if (code == ERR_OK && id != 0 && may_have(&collect, FIELD_CONTACTS, NULL))
        code = collect_contacts(&collect, id, &extra, err);
    if (code != ERR_OK)
        return code;
    extra.history = collect.history;
    extra.history_n = collect.history_n;
    extra.characteristics = collect.facts;
    extra.characteristic_n = collect.fact_n;
    frame = report_frame(context, filters, &loaded);
    *ret_report = build_pupil(context->arena, &frame, &loaded.cohort, &extra);
    *ret_pupil = id == 0 ? (struct cohort_pupil){ 0 } : loaded.cohort.pupils[0];
    return ERR_OK;
}

enum err_code report_run_pupil(struct context *context, const struct filters *filters,
        struct report **ret_report, struct err *err)
{
    struct cohort_pupil pupil;

    return run(context, filters, ret_report, &pupil, err);
}

enum err_code report_record(struct context *context, const struct filters *filters,
        struct report **ret_report, struct cohort_pupil *ret_pupil, struct err *err)
{
    struct report *report = NULL;
    struct cohort_pupil pupil = { 0 };
    enum err_code code = run(context, filters, &report, &pupil, err);

    if (code == ERR_OK)
        code = report_end(report, err);
    if (code == ERR_OK && pupil.id == 0) {
        (void)err_set(err, ERR_NOT_FOUND, "there is no such pupil here");
        return err_hint(err, "Look for the pupil by name.");
    }
    if (code != ERR_OK)
        return code;
    /* The pupil was not chosen by UPN, and the number may be hidden from who asks. */
    report->filters.n = 0;
    report->population = arena_printf(context->arena, "%s %s", pupil.forename, pupil.surname);
    *ret_report = report;
    *ret_pupil = pupil;
    return ERR_OK;
}
