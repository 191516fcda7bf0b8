/* The periods of a trend, and each counted as a cohort of its own. */
#include <string.h>

#include "actions/trend_in.h"
#include "analysis/cut.h"
#include "analysis/expected.h"
#include "base/text.h"
#include "pupils/pupil.h"

enum {
    YEARS_OF_TERMS = 3,
    YEARS_OF_YEARS = 7,
    PERIODS_MOST = 60
};

/* ---- the periods ---- */

static const char *year_name(struct arena *arena, int year)
{
    return arena_printf(arena, "%d/%02d", year - 1, year % 100);
}

static enum err_code add_period(struct trend_run *run, const struct trend_period *period,
        struct err *err)
{
    struct trend_period *periods = arena_grow(run->context->arena, run->out.periods,
            run->out.period_n, sizeof(*periods));

    if (periods == NULL || period->name == NULL || period->tick == NULL)
        return err_memory(err);
    run->out.periods = periods;
    periods[run->out.period_n++] = *period;
    return ERR_OK;
}

/* A period that is not over is looked at as on the day. */
static struct date ended(const struct trend_run *run, struct date end)
{
    return end.ymd < run->day.ymd ? end : run->day;
}

static enum err_code add_terms(struct trend_run *run, int year, struct err *err)
{
    struct arena *arena = run->context->arena;
    const struct calendar *calendar = &run->context->reckoning.calendar;
    enum err_code code = ERR_OK;

    for (int i = 0; i < calendar->period_n && code == ERR_OK; i++) {
        struct trend_period period = { .year = year, .tick = calendar->periods[i].name };

        if (i > 0 && calendar_period_end(calendar, year, i - 1).ymd >= run->day.ymd)
            break;
        period.end = ended(run, calendar_period_end(calendar, year, i));
        period.name = arena_printf(arena, "%s %s", year_name(arena, year), period.tick);
        code = add_period(run, &period, err);
    }
    return code;
}

static enum err_code add_reviews(struct trend_run *run, int first, int last, struct err *err)
{
    struct context *context = run->context;
    const struct calendar *calendar = &context->reckoning.calendar;
    struct review_list list = { 0 };
    enum err_code code = store_reviews(context->store, context->school.school_id,
            context->arena, &list, err);

    run->reviews = arena_array(context->arena, list.n + 1, sizeof(*run->reviews));
    if (code == ERR_OK && run->reviews == NULL)
        code = err_memory(err);
    for (size_t i = 0; i < list.n && code == ERR_OK; i++) {
        const struct review *review = &list.items[i];
        struct trend_period period = { .name = review->name,
            .tick = review->name,
            .end = ended(run, review->to),
            .year = calendar_year(calendar, review->to) };

        if (review->from.ymd > run->day.ymd || period.year < first || period.year > last)
            continue;
        run->reviews[run->out.period_n] = review;
        code = add_period(run, &period, err);
    }
    return code;
}

enum err_code trend_periods(struct trend_run *run, struct err *err)
{
    const struct filters *filters = run->filters;
    const struct calendar *calendar = &run->context->reckoning.calendar;
    int last = calendar_year(calendar, run->day);
    int first = last - (run->over == OVER_YEARS ? YEARS_OF_YEARS : YEARS_OF_TERMS) + 1;
    enum err_code code = ERR_OK;

    if (filters->first_school_year != 0) {
        first = filters->first_school_year;
        last = filters->last_school_year < last ? filters->last_school_year : last;
    }
    if (run->over == OVER_REVIEWS)
        return add_reviews(run, first, last, err);
    for (int year = first; year <= last && code == ERR_OK; year++) {
        struct trend_period period = { .year = year,
            .name = year_name(run->context->arena, year) };

        period.tick = period.name;
        period.end = ended(run, calendar_period_end(calendar, year, calendar->period_n - 1));
        code = run->over == OVER_YEARS ? add_period(run, &period, err)
                                       : add_terms(run, year, err);
    }
    return code;
}

/* ---- who is counted in a period ---- */

struct counting {
    struct trend_run *run;
    struct arena *arena; /* of this period alone */
    size_t period;
    struct date day;
    struct cohort cohort;
    size_t *line_of; /* pupil of the cohort to pupil of the run */
    int16_t *stage;  /* the whole stage the pupil was in, whatever the measure asks */
};

/* The year of a pupil of today on a day before. */
static int year_then(const struct trend_run *run, const struct cohort_pupil *pupil,
        struct date day)
{
    const struct calendar *calendar = &run->context->reckoning.calendar;

    if (run->by_year)
        return trait_year(&run->traits, pupil->id, day);
    if (pupil->year == COHORT_YEAR_UNKNOWN)
        return COHORT_YEAR_UNKNOWN;
    return pupil->year - (calendar_year(calendar, run->day) - calendar_year(calendar, day));
}

static bool was_there(const struct trend_run *run, const struct cohort_pupil *pupil, int year,
        struct date day)
{
    if (!run->by_year)
        return true;
    if (run->first_year <= run->last_year && (year < run->first_year || year > run->last_year))
        return false;
    return year != COHORT_YEAR_UNKNOWN &&
           pupil_on_roll(trait_date(&run->traits, TRAIT_ENTRY, pupil->id, day),
                   trait_date(&run->traits, TRAIT_LEAVING, pupil->id, run->day), day);
}

bool trend_keeps_years(const struct measure *measure)
{
    return measure->kind == MEASURE_AWARDS || measure->kind == MEASURE_FORMULA ||
           (measure->kind == MEASURE_PROGRESS && measure->from >= 0);
}

/* Awards are asked only of the years that take them. */
static bool takes_awards(const struct trend_run *run, int year)
{
    const struct measure *measure = run->measure;

    return measure == NULL || !trend_keeps_years(measure) ||
           (year >= measure->first_year && year <= measure->last_year);
}

/* The same pupils are measured by the standard from whichever year they come; awards only
   where they are taken. */
static void ask_of_everybody(const struct counting *c, struct cohort_pupil *pupil)
{
    const struct measure *measure = c->run->measure;

    if (c->run->by_year || measure == NULL || trend_keeps_years(measure))
        return;
    pupil->prior_stage = (int16_t)context_prior_stage(c->run->context, measure->stage);
    pupil->earlier_stage = (int16_t)load_earlier_stage(c->run->context, measure->stage);
    pupil->year_stage = pupil->stage; /* for what is expected of them */
    pupil->stage = measure->stage;
    pupil->year = measure->last_year;
}

static int own_stage(const struct trend_run *run, const struct cohort_pupil *pupil)
{
    bool asked = !run->by_year && run->measure != NULL && !trend_keeps_years(run->measure);

    return asked ? pupil->year_stage : pupil->stage;
}

static enum err_code choose_pupils(struct counting *c, struct err *err)
{
    struct trend_run *run = c->run;
    struct arena *arena = c->arena;
    struct cohort_pupil *pupils = arena_array(arena, run->pupil_n + 1, sizeof(*pupils));
    size_t n = 0;

    c->line_of = arena_array(arena, run->pupil_n + 1, sizeof(*c->line_of));
    c->stage = arena_array(arena, run->pupil_n + 1, sizeof(*c->stage));
    if (pupils == NULL || c->line_of == NULL || c->stage == NULL)
        return err_memory(err);
    for (size_t i = 0; i < run->pupil_n; i++) {
        int year = year_then(run, &run->pupils[i], c->day);

        if (!was_there(run, &run->pupils[i], year, c->day) || !takes_awards(run, year))
            continue;
        pupils[n] = run->pupils[i];
        pupils[n].year = year;
        if (run->by_year)
            traits_describe(&run->traits, c->day, &pupils[n]);
        load_place_in_stage(c->run->context, c->day, &pupils[n]);
        c->stage[n] = pupils[n].stage;
        ask_of_everybody(c, &pupils[n]);
        c->line_of[n++] = i;
    }
    if (cohort_make(arena, run->context->fw, &run->context->reckoning, c->day, pupils, n,
                run->subjects, run->subject_n, &c->cohort, err) != ERR_OK)
        return err->code;
    c->cohort.earlier = arena_array(arena, n * run->subject_n + 1, sizeof(struct value));
    return c->cohort.earlier == NULL ? err_memory(err) : ERR_OK;
}

/* ---- what they had on record by its last day ---- */

static bool is_judgement(const struct counting *c, size_t pupil,
        const struct trend_event *event)
{
    const struct context *context = c->run->context;
    const struct review *review =
            c->run->over == OVER_REVIEWS ? c->run->reviews[c->period] : NULL;
    int stage = c->stage[pupil];
    bool likely = stage >= 0 && context->fw->stages[stage].judged_by == JUDGE_LIKELY;

    if (event->kind == FACT_TEST && (likely || !context->tests_count))
        return false;
    if (event->kind == FACT_MOCK && !context->tests_count)
        return false;
    if (event->kind == FACT_RESULT || (event->kind == FACT_ASSESSMENT && likely) ||
            (event->kind == FACT_LIKELY && !likely))
        return false;
    if (review == NULL || text_eq(event->review, review->name))
        return true;
    return event->review == NULL && event->date.ymd >= review->from.ymd &&
           event->date.ymd <= review->to.ymd;
}

static bool is_later(const struct trend_event *best, const struct trend_event *event)
{
    if (best == NULL || event->date.ymd != best->date.ymd)
        return best == NULL || event->date.ymd > best->date.ymd;
    return event->seq > best->seq;
}

static bool is_believed(const struct trend_event *best, const struct trend_event *event)
{
    if (best == NULL || event->rank != best->rank)
        return best == NULL || event->rank < best->rank;
    return is_later(best, event);
}

/* What a pupil's line in a subject holds on the day. */
struct standing {
    const struct trend_event *now, *result, *prior, *other, *earlier;
};

static void believe(const struct trend_event **best, const struct trend_event *event, int stage)
{
    if (event->stage == stage && is_believed(*best, event))
        *best = event;
}

static void take_event_in(struct counting *c, size_t p, const struct trend_event *event,
        struct standing *at)
{
    const struct cohort_pupil *pupil = &c->cohort.pupils[p];

    if (is_judgement(c, p, event)) {
        at->now = is_later(at->now, event) ? event : at->now;
        return;
    }
    if (event->kind != FACT_RESULT || event->stage < 0)
        return;
    believe(&at->result, event, pupil->stage);
    believe(&at->prior, event, pupil->prior_stage);
    believe(&at->other, event, pupil->year_stage);
    believe(&at->earlier, event, pupil->earlier_stage);
}

static struct value value_of(const struct trend_event *event)
{
    return event == NULL ? VALUE_NONE : event->value;
}

static void fill_cell(struct counting *c, size_t p, size_t s)
{
    const struct trend_line *line = &c->run->lines[c->line_of[p] * c->run->subject_n + s];
    struct standing at = { 0 };
    size_t cell = cohort_cell(&c->cohort, p, s);

    for (size_t i = 0; i < line->n; i++) {
        const struct trend_event *event = &line->events[i];

        if (event->date.ymd <= c->day.ymd && value_is_set(event->value))
            take_event_in(c, p, event, &at);
    }
    c->cohort.now[cell] = value_of(at.now);
    c->cohort.result[cell] = value_of(at.result);
    c->cohort.prior[cell] = value_of(at.prior);
    c->cohort.earlier[cell] = value_of(at.earlier);
    c->cohort.year_result[cell] = value_of(at.other);
}

/* A review asks for judgements; results are no answer to it. */
static void forget_results(struct cohort *cohort)
{
    for (size_t i = 0; i < cohort->pupil_n * cohort->subject_n; i++) {
        cohort->result[i] = VALUE_NONE;
        cohort->year_result[i] = VALUE_NONE;
    }
}

static enum err_code fill(struct counting *c, struct err *err)
{
    struct loaded loaded;
    enum err_code code;

    for (size_t p = 0; p < c->cohort.pupil_n; p++) {
        for (size_t s = 0; s < c->cohort.subject_n; s++)
            fill_cell(c, p, s);
    }
    if (c->run->over == OVER_REVIEWS)
        forget_results(&c->cohort);
    cohort_derive(&c->cohort);
    loaded = (struct loaded){ .cohort = c->cohort, .day = c->day };
    code = load_through_gate(c->run->context, &loaded, true, err);
    c->cohort = loaded.cohort;
    c->run->out.suppress = c->run->out.suppress || loaded.suppress;
    return code;
}

/* ---- the rows ---- */

static struct value now_of(const struct cohort *cohort, size_t cell)
{
    return value_is_set(cohort->result[cell]) ? cohort->result[cell] : cohort->now[cell];
}

/* Values of some pupils in some subjects, by scale. */
struct chosen_values {
    const struct counting *c;
    const bool *include, *subjects;
};

static bool next_value(const struct chosen_values *chosen, size_t *at, struct value *ret_value)
{
    const struct cohort *cohort = &chosen->c->cohort;

    for (; *at < cohort->pupil_n * cohort->subject_n; ++*at) {
        if (!chosen->include[*at / cohort->subject_n] ||
                !chosen->subjects[*at % cohort->subject_n])
            continue;
        *ret_value = now_of(cohort, *at);
        if (value_has_points(*ret_value))
            return true;
    }
    return false;
}

static bool same_metric(const struct framework *fw, int a, int b)
{
    return text_eq(fw->scales[a].metric, fw->scales[b].metric);
}

/* The first scale of the metric that most values have; -1 without any. `counts` has one a
   scale. */
static int common_scale(const struct chosen_values *chosen, size_t *counts)
{
    const struct framework *fw = chosen->c->cohort.fw;
    struct value value;
    size_t best_n = 0;
    int best = -1;

    memset(counts, 0, (size_t)fw->scale_n * sizeof(*counts));
    for (size_t at = 0; next_value(chosen, &at, &value); at++)
        counts[value.scale]++;
    for (int scale = 0; scale < fw->scale_n; scale++) {
        size_t n = counts[scale];

        for (int other = scale + 1; n != 0 && other < fw->scale_n; other++) {
            if (counts[other] != 0 && same_metric(fw, other, scale))
                n += counts[other];
        }
        if (n > best_n) {
            best_n = n;
            best = scale;
        }
    }
    return best;
}

/* What is expected of the pupil on that day, in points of the scale; POINTS_NONE. Once the
   stage of a measure is over its result stands and nothing more is expected of it. */
static int32_t expected_of(const struct counting *c, size_t p, int scale)
{
    const struct cohort_pupil *pupil = &c->cohort.pupils[p];
    const struct framework *fw = c->cohort.fw;
    int stage = own_stage(c->run, pupil);
    int periods = c->run->context->reckoning.calendar.period_n;
    const char *metric = NULL;
    int32_t expected;

    if (stage < 0 || (c->run->measure != NULL && c->run->measure->stage >= 0 &&
                             fw->stages[stage].first_year >
                                     fw->stages[c->run->measure->stage].last_year))
        return POINTS_NONE;
    expected = expected_points(fw, stage, pupil->period, pupil->stage_years * periods, &metric);
    if (expected == POINTS_NONE || !text_eq(metric, fw->scales[scale].metric))
        return POINTS_NONE;
    return expected;
}

/* Points of one metric, and what is expected of the same pupils on that day. */
static enum err_code add_points(const struct counting *c, const bool *include,
        const bool *subjects, struct trend_row *row, struct err *err)
{
    const struct framework *fw = c->cohort.fw;
    struct chosen_values chosen = { c, include, subjects };
    size_t *counts = arena_array(c->arena, (size_t)fw->scale_n + 1, sizeof(*counts));
    struct value value;

    if (counts == NULL)
        return err_memory(err);
    row->scale = common_scale(&chosen, counts);
    for (size_t at = 0; row->scale >= 0 && next_value(&chosen, &at, &value); at++) {
        int32_t expected;

        if (value.scale != row->scale && !same_metric(fw, value.scale, row->scale))
            continue;
        row->sum += value.points;
        row->points_n++;
        expected = expected_of(c, at / c->cohort.subject_n, row->scale);
        if (expected == POINTS_NONE)
            continue;
        row->expected_sum += expected;
        row->expected_n++;
    }
    return ERR_OK;
}

static enum err_code put_row(struct trend_run *run, const struct trend_row *row,
        struct err *err)
{
    struct trend_row *rows =
            arena_grow(run->context->arena, run->out.rows, run->out.row_n, sizeof(*rows));

    if (rows == NULL)
        return err_memory(err);
    run->out.rows = rows;
    rows[run->out.row_n++] = *row;
    return ERR_OK;
}

static enum err_code put_measure(const struct counting *c, const bool *include,
        const char *group, struct err *err)
{
    struct proportion share =
            measure_count(&c->cohort, c->run->measure, BASIS_ATTAINMENT, include);
    struct trend_row row = { .period = c->period,
        .group = group,
        .subject = -1,
        .count = share.count,
        .of = share.of,
        .national = -1 };

    if (share.of == 0)
        return ERR_OK;
    if (add_points(c, include, c->run->shown, &row, err) != ERR_OK)
        return err->code;
    return put_row(c->run, &row, err);
}

/* Every subject that is shown, one at a time. */
static enum err_code put_means(const struct counting *c, const bool *include, const char *group,
        struct err *err)
{
    const struct cohort *cohort = &c->cohort;
    enum err_code code = ERR_OK;

    for (size_t s = 0; s < cohort->subject_n && code == ERR_OK; s++) {
        struct trend_row row = { .period = c->period,
            .group = group,
            .subject = cohort->subjects[s],
            .national = -1 };
        bool *one = arena_array(c->arena, cohort->subject_n, sizeof(*one));

        if (one == NULL)
            return err_memory(err);
        if (!c->run->shown[s])
            continue;
        one[s] = true;
        code = add_points(c, include, one, &row, err);
        for (size_t p = 0; p < cohort->pupil_n; p++)
            row.of += include[p];
        row.count = row.points_n;
        if (code == ERR_OK && row.points_n != 0)
            code = put_row(c->run, &row, err);
    }
    return code;
}

static enum err_code put_groups(const struct counting *c, struct err *err)
{
    struct trend_run *run = c->run;
    struct cut_index index;
    bool *include = arena_array(c->arena, c->cohort.pupil_n + 1, sizeof(*include));
    enum err_code code =
            cut_make_crossed(c->arena, &c->cohort, run->cut, run->cross, &index, err);

    if (code == ERR_OK && run->cut != CUT_NONE && run->out.by == NULL)
        run->out.by = arena_text(run->context->arena, index.name);
    if (code == ERR_OK && (include == NULL || (run->cut != CUT_NONE && run->out.by == NULL)))
        return err_memory(err);
    for (size_t v = 0; code == ERR_OK && v < index.value_n; v++) {
        const char *group = NULL;

        if (run->cut != CUT_NONE) {
            group = arena_text(run->context->arena, index.values[v]);
            if (group == NULL)
                return err_memory(err);
        }
        cut_include(&index, c->cohort.pupil_n, v, include);
        code = run->measure != NULL ? put_measure(c, include, group, err)
                                    : put_means(c, include, group, err);
    }
    return code;
}

static enum err_code count_period(struct trend_run *run, size_t period, struct err *err)
{
    struct arena arena = { .limit = run->context->arena->limit };
    struct counting c = { .run = run,
        .arena = &arena,
        .period = period,
        .day = run->out.periods[period].end };
    enum err_code code = choose_pupils(&c, err);

    if (code == ERR_OK)
        code = fill(&c, err);
    if (code == ERR_OK && run->measure != NULL && run->measure->kind == MEASURE_FORMULA)
        code = cohort_ask_formulas(&c.cohort, &arena, err);
    if (code == ERR_OK)
        code = put_groups(&c, err);
    arena_free(&arena);
    return code;
}

enum err_code trend_count(struct trend_run *run, struct err *err)
{
    enum err_code code = ERR_OK;

    if (run->out.period_n > PERIODS_MOST) {
        (void)err_set(err, ERR_INVALID, "these years have %zu periods, and a trend shows %d",
                run->out.period_n, PERIODS_MOST);
        return err_hint(err, "Choose fewer years with --years, or --over years.");
    }
    for (size_t i = 0; i < run->out.period_n && code == ERR_OK; i++)
        code = count_period(run, i, err);
    return code;
}
