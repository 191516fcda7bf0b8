/* What an intervention did: its pupils at four moments, and everybody they may be matched with.
 */

#include <stdlib.h>

#include "actions/cohort_in.h"
#include "actions/gate.h"
#include "actions/group_in.h"
#include "actions/listing_in.h"
#include "actions/report.h"
#include "base/text.h"
#include "reports/build.h"

enum {
    YEAR_SLOTS = 128,      /* of NC years, the unknown one first */
    ASKED_ONE_BY_ONE = 400 /* pupils; more are read in one walk through the history */
};

struct impact_load {
    struct context *context;
    const struct filters *filters;
    struct loaded loaded;
    struct pupil_group group;
    struct intervention run; /* the one that is reported */
    struct intervention_facts facts;

    int64_t *member_ids; /* ascending */
    size_t member_n;
    size_t *scope; /* places in the cohort */
    bool *in;      /* one for each of scope */
    size_t n;
    struct places places;             /* of the scope's pupils */
    struct cohort at[IMPACT_MOMENTS]; /* the scope's pupils on each day */
    int64_t *seqs[IMPACT_MOMENTS];    /* of the judgement in each cell */
    int *ranks; /* of the source of each prior result, plus one; 0: none */
    struct date oldest[IMPACT_MOMENTS]; /* judgements before it count no more */
    enum fact_kind kind;                /* being read */
};

/* ---- which intervention ---- */

/* The first day that was asked for; no date: none was. */
static enum err_code read_first_day(const struct filters *filters, struct date *ret_day,
        struct err *err)
{
    if (filters->value == NULL || date_parse(filters->value, ret_day))
        return ERR_OK;
    (void)err_set(err, ERR_INVALID, "\"%.40s\" is not a day", filters->value);
    return err_hint(err, "Give the first day of the intervention as 2026-01-12.");
}

static enum err_code find_run(struct impact_load *il, struct err *err)
{
    struct context *context = il->context;
    struct date day = group_day(context, il->filters->as_at);
    struct intervention_list list = { 0 };
    struct date first = { 0 };
    bool found = false;
    enum err_code code = read_first_day(il->filters, &first, err);

    if (code == ERR_OK)
        code = store_interventions(context->store, context->school.school_id,
                il->filters->as_at, context->arena, &list, err);
    for (size_t i = 0; i < list.n; i++) {
        const struct intervention *row = &list.items[i];
        bool last = i + 1 == list.n || row[1].group_id != row->group_id ||
                    row[1].from.ymd != row->from.ymd;

        if (!last || row->withdrawn || row->group_id != il->group.group_id ||
                row->from.ymd > day.ymd || (date_is_set(first) && row->from.ymd != first.ymd))
            continue;
        il->run = *row;
        found = true;
    }
    if (code != ERR_OK || found)
        return code;
    (void)err_set(err, ERR_NOT_FOUND, "nothing says what %.80s was made for, and from when",
            il->group.name);
    return err_hint(err,
            "Say so with `attain group intervention \"%.60s\" --purpose ... --from "
            "DATE`, or on the group's page.",
            il->group.name);
}

static enum err_code find_group(struct impact_load *il, struct err *err)
{
    enum err_code code;

    if (il->filters->group == NULL) {
        (void)err_set(err, ERR_USAGE, "which group's intervention?");
        return err_hint(err, "Name the group with --group.");
    }
    code = group_find(il->context, il->filters->group, &il->group, err);
    return code == ERR_OK ? find_run(il, err) : code;
}

/* The same day a year earlier or later; 29 February becomes the 28th. */
static struct date years_on(struct date day, int years)
{
    struct date there = date_make(date_year(day) + years, date_month(day), date_day(day));

    return date_is_set(there) ? there : date_make(date_year(day) + years, 2, 28);
}

static void set_days(struct impact_load *il)
{
    struct date today = group_day(il->context, il->filters->as_at);
    struct date *days = il->facts.days;

    il->facts.over = date_is_set(il->run.to) && il->run.to.ymd < today.ymd;
    days[IMPACT_BEFORE] = years_on(il->run.from, -1);
    days[IMPACT_START] = il->run.from;
    days[IMPACT_END] = il->facts.over ? il->run.to : today;
    if (!il->facts.over)
        return;
    days[IMPACT_AFTER] = years_on(il->run.to, 1);
    if (days[IMPACT_AFTER].ymd > today.ymd)
        days[IMPACT_AFTER] = today;
}

/* ---- who was in it ---- */

static int by_number(const void *a, const void *b)
{
    const int64_t *x = a;
    const int64_t *y = b;

    return (*x > *y) - (*x < *y);
}

/* Put in by hand: on any day of it. */
static enum err_code members_by_hand(struct impact_load *il, struct err *err)
{
    struct context *context = il->context;
    struct membership_list list = { 0 };
    enum err_code code = store_memberships(context->store, context->school.school_id,
            il->filters->as_at, context->arena, &list, err);

    if (code != ERR_OK)
        return code;
    il->member_ids = arena_array(context->arena, list.n + 1, sizeof(*il->member_ids));
    if (il->member_ids == NULL)
        return err_memory(err);
    for (size_t i = 0; i < list.n; i++) {
        const struct membership *row = &list.items[i];
        bool last = i + 1 == list.n || row[1].group_id != row->group_id ||
                    row[1].pupil_id != row->pupil_id || row[1].from.ymd != row->from.ymd;

        if (!last || row->withdrawn || row->group_id != il->group.group_id ||
                row->from.ymd > il->facts.days[IMPACT_END].ymd ||
                (date_is_set(row->to) && row->to.ymd < il->run.from.ymd))
            continue;
        if (il->member_n == 0 || il->member_ids[il->member_n - 1] != row->pupil_id)
            il->member_ids[il->member_n++] = row->pupil_id;
    }
    qsort(il->member_ids, il->member_n, sizeof(*il->member_ids), by_number);
    return ERR_OK;
}

/* By rule: on its first day. */
static enum err_code members_by_rule(struct impact_load *il, struct err *err)
{
    struct filters filters = { .group = il->group.name };
    struct cohort_options options = { .characteristics = true };
    struct loaded out = { .day = il->run.from, .recorded = il->filters->as_at, .subject = -1 };
    struct load load = { .context = il->context,
        .filters = &filters,
        .options = &options,
        .out = &out };
    enum err_code code = load_population(&load, err);

    if (code != ERR_OK)
        return code;
    il->member_ids = arena_array(il->context->arena, load.pupil_n + 1, sizeof(int64_t));
    if (il->member_ids == NULL)
        return err_memory(err);
    for (size_t p = 0; p < load.pupil_n; p++)
        il->member_ids[il->member_n++] = load.pupils[p].id;
    qsort(il->member_ids, il->member_n, sizeof(*il->member_ids), by_number);
    return ERR_OK;
}

static bool is_member(const struct impact_load *il, int64_t id)
{
    return il->member_n > 0 &&
           bsearch(&id, il->member_ids, il->member_n, sizeof(id), by_number) != NULL;
}

static size_t year_slot(const struct cohort_pupil *pupil)
{
    int slot = pupil->year - COHORT_YEAR_UNKNOWN;

    return slot >= 0 && slot < YEAR_SLOTS ? (size_t)slot : 0;
}

/* The group's pupils on roll, and everybody of their year groups. */
static enum err_code choose_scope(struct impact_load *il, struct err *err)
{
    const struct cohort *cohort = &il->loaded.cohort;
    struct arena *arena = il->context->arena;
    bool years[YEAR_SLOTS] = { false };

    il->scope = arena_array(arena, cohort->pupil_n + 1, sizeof(*il->scope));
    il->in = arena_array(arena, cohort->pupil_n + 1, sizeof(*il->in));
    if (il->scope == NULL || il->in == NULL)
        return err_memory(err);
    for (size_t p = 0; p < cohort->pupil_n; p++) {
        if (is_member(il, cohort->pupils[p].id))
            years[year_slot(&cohort->pupils[p])] = true;
    }
    for (size_t p = 0; p < cohort->pupil_n; p++) {
        if (!years[year_slot(&cohort->pupils[p])])
            continue;
        il->in[il->n] = is_member(il, cohort->pupils[p].id);
        il->scope[il->n++] = p;
    }
    return ERR_OK;
}

/* ---- how they stood on each day ---- */

static enum err_code make_moment(struct impact_load *il, int moment, struct err *err)
{
    struct context *context = il->context;
    const struct cohort *from = &il->loaded.cohort;
    struct date day = il->facts.days[moment];
    struct cohort_pupil *pupils = arena_array(context->arena, il->n + 1, sizeof(*pupils));
    int later = date_school_year(il->loaded.day) - date_school_year(day);

    il->oldest[moment] = date_is_set(day) ? years_on(day, -1) : day;
    il->seqs[moment] =
            arena_array(context->arena, il->n * from->subject_n + 1, sizeof(*il->seqs[moment]));
    if (pupils == NULL || il->seqs[moment] == NULL)
        return err_memory(err);
    for (size_t i = 0; i < il->n; i++) {
        pupils[i] = from->pupils[il->scope[i]];
        if (pupils[i].year != COHORT_YEAR_UNKNOWN)
            pupils[i].year -= later;
        pupils[i].stage = (int16_t)context_stage_of_year(context, pupils[i].year);
    }
    return cohort_make(context->arena, context->fw, &context->reckoning, day, pupils, il->n,
            from->subjects, from->subject_n, &il->at[moment], err);
}

static enum err_code make_moments(struct impact_load *il, struct err *err)
{
    enum err_code code = ERR_OK;

    il->ranks = arena_array(il->context->arena, il->n * il->loaded.cohort.subject_n + 1,
            sizeof(*il->ranks));
    if (il->ranks == NULL)
        return err_memory(err);

    for (int moment = 0; moment < IMPACT_MOMENTS && code == ERR_OK; moment++)
        code = make_moment(il, moment, err);
    return code == ERR_OK ? places_make(&il->places, il->context->arena,
                                    il->at[IMPACT_START].pupils, il->n, err)
                          : code;
}

/* Whether a judgement of this kind counts for the pupil on the day of the moment. */
static bool counts(const struct impact_load *il, int moment, size_t p, enum fact_kind kind)
{
    const struct framework *fw = il->context->fw;
    int stage = il->at[moment].pupils[p].stage;
    bool likely;

    if (stage < 0 || !date_is_set(il->facts.days[moment]))
        return false;
    likely = fw->stages[stage].judged_by == JUDGE_LIKELY;
    if (kind == FACT_ASSESSMENT || kind == FACT_LIKELY)
        return likely == (kind == FACT_LIKELY);
    return il->context->tests_count && (kind == FACT_MOCK || (kind == FACT_TEST && !likely));
}

/* The result of the stage before the one a pupil was in on the first day, if it was known then;
   the better source is believed, then the later. */
static void take_prior(struct impact_load *il, const struct fact *fact, struct value value,
        size_t p, size_t s)
{
    const struct framework *fw = il->context->fw;
    struct cohort *at = &il->at[IMPACT_START];
    size_t cell = cohort_cell(at, p, s);
    int stage = at->pupils[p].stage;
    int prior = stage < 0 ? -1 : context_prior_stage(il->context, stage);
    int rank = framework_source_rank(fw, fact->source) + 1;

    if (prior < 0 || !text_eq(fact->stage, fw->stages[prior].code) ||
            fact->date.ymd > at->day.ymd || value.points == POINTS_NONE ||
            (il->ranks[cell] != 0 && rank >= il->ranks[cell]))
        return;
    il->ranks[cell] = rank;
    at->prior[cell] = value;
    at->prior_date[cell] = fact->date;
}

static enum err_code take_fact(void *data, const struct fact *fact, struct err *err)
{
    struct impact_load *il = data;
    struct value value = framework_stored(il->context->fw, fact->scale, fact->grade);
    long p = places_find(&il->places, fact->pupil_id);
    int s = cohort_column(&il->at[0], framework_subject(il->context->fw, fact->subject));

    (void)err;
    if (p < 0 || s < 0 || !value_is_set(value))
        return ERR_OK;
    if (il->kind == FACT_RESULT)
        take_prior(il, fact, value, (size_t)p, (size_t)s);
    for (int moment = 0; moment < IMPACT_MOMENTS; moment++) {
        struct cohort *at = &il->at[moment];
        size_t cell = cohort_cell(at, (size_t)p, (size_t)s);

        if (!counts(il, moment, (size_t)p, il->kind) || fact->date.ymd > at->day.ymd ||
                fact->date.ymd < il->oldest[moment].ymd ||
                fact->date.ymd < at->now_date[cell].ymd ||
                (fact->date.ymd == at->now_date[cell].ymd &&
                        fact->seq < il->seqs[moment][cell]))
            continue;
        at->now[cell] = value;
        at->now_date[cell] = fact->date;
        il->seqs[moment][cell] = fact->seq;
    }
    return ERR_OK;
}

static bool kind_is_asked(const struct impact_load *il, size_t p, enum fact_kind kind)
{
    if (kind == FACT_RESULT)
        return true;
    for (int moment = 0; moment < IMPACT_MOMENTS; moment++) {
        if (counts(il, moment, p, kind))
            return true;
    }
    return false;
}

static bool any_is_asked(const struct impact_load *il, enum fact_kind kind)
{
    for (size_t p = 0; p < il->n; p++) {
        if (kind_is_asked(il, p, kind))
            return true;
    }
    return false;
}

static struct date last_day(const struct impact_load *il)
{
    const struct date *days = il->facts.days;

    return date_is_set(days[IMPACT_AFTER]) ? days[IMPACT_AFTER] : days[IMPACT_END];
}

/* The subject that the database may be asked to narrow to; NULL: all, as of English, which is
   made of others. */
static const char *one_subject(const struct impact_load *il)
{
    const struct framework *fw = il->context->fw;

    for (int i = 0; i < fw->derived_n && il->loaded.subject >= 0; i++) {
        if (fw->derived[i].subject == il->loaded.subject)
            return NULL;
    }
    return il->loaded.subject < 0 ? NULL : fw->subjects[il->loaded.subject].code;
}

static enum err_code read_each(struct impact_load *il, struct fact_question *question,
        struct err *err)
{
    struct context *context = il->context;
    enum err_code code = ERR_OK;

    for (size_t p = 0; p < il->n && code == ERR_OK; p++) {
        question->pupil_id = il->at[IMPACT_START].pupils[p].id;
        if (kind_is_asked(il, p, question->kind))
            code = store_facts_in_force(context->store, context->school.school_id, question,
                    take_fact, il, err);
    }
    return code;
}

/* Pupils one by one where they are few, else everybody in one walk; judgements that are too old
   are not fetched. */
static enum err_code read_kind(struct impact_load *il, enum fact_kind kind, struct err *err)
{
    struct context *context = il->context;
    struct fact_question question = { .kind = kind,
        .subject = one_subject(il),
        .day = kind == FACT_RESULT ? il->run.from : last_day(il),
        .recorded = il->loaded.recorded };

    il->kind = kind;
    if (!any_is_asked(il, kind))
        return ERR_OK;
    if (il->n <= ASKED_ONE_BY_ONE)
        return read_each(il, &question, err);
    if (kind == FACT_RESULT || question.subject != NULL)
        return store_facts_in_force(context->store, context->school.school_id, &question,
                take_fact, il, err);
    return store_facts_since(context->store, context->school.school_id, &question,
            il->oldest[IMPACT_BEFORE], take_fact, il, err);
}

static enum err_code read_moments(struct impact_load *il, struct err *err)
{
    static const enum fact_kind kinds[] = { FACT_RESULT, FACT_ASSESSMENT, FACT_LIKELY,
        FACT_TEST, FACT_MOCK };
    enum err_code code = ERR_OK;

    for (size_t i = 0; i < COUNT(kinds) && code == ERR_OK; i++)
        code = read_kind(il, kinds[i], err);
    for (int moment = 0; moment < IMPACT_MOMENTS && code == ERR_OK; moment++)
        cohort_derive(&il->at[moment]);
    return code;
}

/* ---- one subject ---- */

static int term_number(const struct calendar *calendar, struct date day)
{
    return calendar_year(calendar, day) * calendar->period_n + calendar_period(calendar, day);
}

/* What was read from the history asks the gate itself: the cohort was narrowed without it. */
static enum err_code may_see(const struct impact_load *il, size_t p, int subject, bool *ret_may,
        struct err *err)
{
    const struct context *context = il->context;
    struct access_pupil asked = { 0 };
    enum err_code code;

    *ret_may = true;
    if (!load_needs_groups(context))
        return ERR_OK;
    code = gate_pupil(context->gate, &il->loaded.cohort.pupils[p],
            context->fw->subjects[subject].code, &asked, err);
    if (code == ERR_OK)
        *ret_may = gate_may(context->gate, context->gate_action, FIELD_MARKS, &asked).yes;
    return code;
}

static void fill_points(const struct impact_load *il, size_t i, size_t s,
        struct impact_pupil *pupil)
{
    const struct framework *fw = il->context->fw;
    const struct calendar *calendar = &il->context->reckoning.calendar;
    size_t cell = cohort_cell(&il->at[0], i, s);
    struct value prior = il->at[IMPACT_START].prior[cell];
    struct value start = il->at[IMPACT_START].now[cell];

    if (start.scale < 0 || start.points == POINTS_NONE)
        return;
    pupil->metric = framework_metric(fw, fw->scales[start.scale].metric);
    for (int moment = 0; moment < IMPACT_MOMENTS; moment++) {
        struct value value = il->at[moment].now[cell];

        if (!framework_comparable(fw, start, value))
            continue;
        pupil->points[moment] = value.points;
        pupil->term[moment] = term_number(calendar, il->at[moment].now_date[cell]);
    }
    if (framework_comparable(fw, start, prior))
        pupil->prior = prior.points;
}

static enum err_code fill_subject(const struct impact_load *il, size_t s,
        struct impact_subject *ret_subject, struct err *err)
{
    const struct cohort *cohort = &il->loaded.cohort;
    struct impact_pupil *pupils = arena_array(il->context->arena, il->n + 1, sizeof(*pupils));
    enum err_code code = pupils == NULL ? err_memory(err) : ERR_OK;

    for (size_t i = 0; i < il->n && code == ERR_OK; i++) {
        bool may = false;

        pupils[i] = (struct impact_pupil){ .in = il->in[i],
            .year = cohort->pupils[il->scope[i]].year,
            .metric = -1,
            .prior = IMPACT_NONE };
        for (int moment = 0; moment < IMPACT_MOMENTS; moment++)
            pupils[i].points[moment] = IMPACT_NONE;
        code = may_see(il, il->scope[i], cohort->subjects[s], &may, err);
        if (code == ERR_OK && may)
            fill_points(il, i, s, &pupils[i]);
    }
    *ret_subject = (struct impact_subject){ cohort->subjects[s], pupils };
    return code;
}

static enum err_code fill_subjects(struct impact_load *il, struct err *err)
{
    const struct cohort *cohort = &il->loaded.cohort;
    struct impact_subject *subjects =
            arena_array(il->context->arena, cohort->subject_n + 1, sizeof(*subjects));
    enum err_code code = subjects == NULL ? err_memory(err) : ERR_OK;

    for (size_t s = 0; s < cohort->subject_n && code == ERR_OK; s++) {
        if (il->loaded.subject >= 0 && cohort->subjects[s] != il->loaded.subject)
            continue;
        code = fill_subject(il, s, &subjects[il->facts.subject_n++], err);
    }
    il->facts.subjects = subjects;
    il->facts.places = il->scope;
    il->facts.place_n = il->n;
    return code;
}

/* ---- the report ---- */

static void set_words(struct impact_load *il)
{
    struct intervention_facts *facts = &il->facts;

    facts->group = il->group.name;
    facts->purpose = il->run.purpose;
    facts->staff = il->run.staff;
    facts->member_n = il->member_n;
    if (il->run.pence == PENCE_NONE)
        return;
    facts->cost = group_pounds(il->context->arena, il->run.pence);
    if (il->member_n > 0)
        facts->cost_each = group_pounds(il->context->arena,
                (2 * il->run.pence + (int64_t)il->member_n) / (2 * (int64_t)il->member_n));
}

static enum err_code load_all(struct impact_load *il, struct err *err)
{
    struct cohort_options options = { .derived = true };
    struct filters filters = *il->filters;
    enum err_code code = find_group(il, err);

    if (code != ERR_OK)
        return code;
    set_days(il);
    filters.group = NULL;
    il->facts.by_rule = text_eq(il->group.type, "rule");
    code = il->facts.by_rule ? members_by_rule(il, err) : members_by_hand(il, err);
    if (code == ERR_OK)
        code = cohort_load(il->context, &filters, &options, &il->loaded, err);
    if (code == ERR_OK)
        code = choose_scope(il, err);
    if (code == ERR_OK)
        code = make_moments(il, err);
    if (code == ERR_OK)
        code = read_moments(il, err);
    if (code == ERR_OK)
        code = fill_subjects(il, err);
    return code;
}

/* From the figures of a subject to the pupils behind them. */
static void link_subjects(const struct impact_load *il, struct report *report)
{
    char day[DATE_TEXT_SIZE];
    struct table *table = report->tables;

    for (size_t i = 0; il->loaded.subject < 0 && i < table->row_n; i++)
        table->rows[i].link = listing_link(report,
                report_text(report, "/reports/intervention?subject=%s&value=%s&group=",
                        table->rows[i].cells[0].text, date_text(il->run.from, day)),
                il->group.name);
}

enum err_code report_run_intervention(struct context *context, const struct filters *filters,
        struct report **ret_report, struct err *err)
{
    struct impact_load il = { .context = context, .filters = filters };
    struct frame frame;
    enum err_code code = load_all(&il, err);

    if (code != ERR_OK)
        return code;
    set_words(&il);
    frame = report_frame(context, filters, &il.loaded);
    *ret_report = build_intervention(context->arena, &frame, &il.loaded.cohort, &il.facts);
    link_subjects(&il, *ret_report);
    return ERR_OK;
}
