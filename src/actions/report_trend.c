/* The reports `trend` (D4.1) and `forecast` (D4.2). */
#include "actions/report.h"
#include "actions/trend_in.h"
#include "base/text.h"

static enum err_code found(void *data, const struct fact *fact, struct err *err)
{
    (void)fact;
    *(bool *)data = true;
    return err_set(err, ERR_CONFLICT, "found");
}

/* The first measure of a stage with final results on file; NULL without any. */
static enum err_code usual_measure(struct context *context, const char **ret_id,
        struct err *err)
{
    const struct framework *fw = context->fw;

    *ret_id = NULL;
    for (int i = 0; i < fw->measure_n; i++) {
        const char *subject = fw->measures[i].subject_n != 1
                                      ? NULL
                                      : fw->subjects[fw->measures[i].subjects[0]].code;
        bool any = false;
        enum err_code code;

        if (fw->measures[i].stage < 0 || fw->measures[i].kind == MEASURE_FORMULA)
            continue;
        code = store_latest(context->store, context->school.school_id, FACT_RESULT,
                fw->stages[fw->measures[i].stage].code, subject, found, &any, err);

        if (any) {
            *ret_id = fw->measures[i].id;
            return ERR_OK;
        }
        if (code != ERR_OK)
            return code;
    }
    return ERR_OK;
}

static enum err_code find_measure(struct trend_run *run, struct err *err)
{
    const struct framework *fw = run->context->fw;
    const char *id = run->filters->measure;
    int measure = framework_measure(fw, id);

    if (id == NULL)
        return ERR_OK;
    if (measure < 0) {
        (void)err_set(err, ERR_NOT_FOUND, "there is no measure called %s", id);
        return err_hint(err, "The report summary lists them all.");
    }
    run->measure = &fw->measures[measure];
    return ERR_OK;
}

static enum err_code check_filters(const struct filters *filters, const char *report,
        struct err *err)
{
    if (filters->by_n > 1 || filters->by_subject) {
        (void)err_set(err, ERR_INVALID, "the report %s takes one cut at a time", report);
        return err_hint(err, "Name one, such as --by gender.");
    }
    if (filters->basis != BASIS_ATTAINMENT) {
        (void)err_set(err, ERR_INVALID,
                "the report %s follows attainment; targets and predictions are set once for "
                "the end",
                report);
        return err_hint(err, "Leave --basis out; the report summary counts by target.");
    }
    if (filters->review != NULL) {
        (void)err_set(err, ERR_INVALID, "the report %s takes no --review", report);
        return err_hint(err, "All reviews side by side are --over reviews.");
    }
    return ERR_OK;
}

/* The NC years that are followed: those asked for, else where the measure is taken, else all.
 */
static void choose_years(struct trend_run *run)
{
    const struct filters *filters = run->filters;

    run->first_year = 1;
    run->last_year = 0;
    if (filters->has_year)
        run->first_year = run->last_year = filters->year;
    else if (run->measure != NULL)
        run->first_year = run->last_year = run->measure->last_year;
}

static bool is_national(const struct national_figure *figure, const struct trend_run *run)
{
    const struct measure *measure = run->measure;

    return text_eq_fold(figure->body, "national") &&
           text_eq_fold(figure->measure, measure->id) &&
           (text_empty(figure->subject) || measure->subject_n != 1 ||
                   text_eq_fold(figure->subject,
                           run->context->fw->subjects[measure->subjects[0]].code));
}

/* A national figure is of the end of the stage: it stands beside that year group at the end of
   a year. */
static enum err_code add_national(struct trend_run *run, struct err *err)
{
    struct national_list list = { 0 };
    bool ends = run->measure != NULL && run->over == OVER_YEARS && run->by_year &&
                run->first_year == run->measure->last_year;
    enum err_code code =
            ends ? store_national(run->context->store, run->context->arena, &list, err)
                 : ERR_OK;

    for (size_t i = 0; i < list.n && code == ERR_OK; i++) {
        for (size_t r = 0; r < run->out.row_n && is_national(&list.items[i], run); r++) {
            struct trend_row *row = &run->out.rows[r];

            if (run->out.periods[row->period].year == list.items[i].year)
                row->national = list.items[i].percent;
        }
    }
    return code;
}

static const char *words_of_years(const struct trend_run *run)
{
    struct arena *arena = run->context->arena;

    if (run->first_year > run->last_year)
        return "All pupils";
    if (run->first_year == 0)
        return "Reception";
    return arena_printf(arena, "Year %s", framework_year_text(run->first_year));
}

static enum err_code describe(struct trend_run *run, struct err *err)
{
    const struct filters *f = run->filters;
    struct arena *arena = run->context->arena;
    const char **words = arena_array(arena, 8, sizeof(*words));
    char day[DATE_LONG_SIZE];
    size_t n = 0;

    if (words == NULL)
        return err_memory(err);
    run->frame = (struct frame){ .school = run->context->school.name,
        .subject = -1,
        .by = f->by,
        .by_n = f->by_n,
        .measure = f->measure,
        .filter_words = words };
    if (run->by_year || f->has_year)
        words[n++] = run->by_year
                             ? words_of_years(run)
                             : arena_printf(arena, "Year %s", framework_year_text(f->year));
    if (f->registration != NULL)
        words[n++] = arena_printf(arena, "Registration group %s", f->registration);
    if (f->group != NULL)
        words[n++] = arena_printf(arena, "Group %s", f->group);
    if (f->upn != NULL)
        words[n++] = arena_printf(arena, "UPN %s", f->upn);
    if (f->where != NULL)
        words[n++] = arena_printf(arena, "Where %s", f->where);
    if (f->subject != NULL)
        words[n++] = arena_printf(arena, "Subject %s", f->subject);
    if (date_is_set(f->as_at))
        words[n++] = arena_printf(arena, "As at %s", date_long(f->as_at, day));
    for (size_t i = 0; i < n; i++) {
        if (words[i] == NULL)
            return err_memory(err);
    }
    run->frame.filter_n = n;
    run->frame.description = n == 0 ? "All pupils on roll" : words[0];
    return ERR_OK;
}

/* A subject asked for beside a measure narrows nothing: the measure names its own. */
static enum err_code gather(struct trend_run *run, const char *report, struct err *err)
{
    static const char *const names[] = { "term", "review", "year" };
    enum err_code code = check_filters(run->filters, report, err);

    run->day = date_is_set(run->filters->as_at) ? run->filters->as_at : run->context->today;
    run->recorded = run->filters->as_at;
    run->out.fw = run->context->fw;
    run->cut = run->filters->by_n == 0 ? CUT_NONE : run->filters->by[0];
    run->cross = run->cut == CUT_NONE || run->cut == run->filters->cross ? CUT_NONE
                                                                         : run->filters->cross;
    run->out.over = names[run->over];
    run->out.years = run->over == OVER_YEARS;
    run->out.follow = run->by_year ? "whoever was in it each time" : "the same pupils";
    if (code == ERR_OK)
        code = find_measure(run, err);
    if (code != ERR_OK)
        return code;
    run->out.measure = run->measure;
    choose_years(run);
    code = trend_load(run, err);
    if (code == ERR_OK)
        code = trend_count(run, err);
    if (code == ERR_OK)
        code = add_national(run, err);
    return code == ERR_OK ? describe(run, err) : code;
}

enum err_code trend_on_day(struct context *context, const struct filters *filters,
        const struct cohort *like, struct date day, enum cut cut, bool by_year,
        struct trend *ret_trend, struct err *err)
{
    struct trend_run run = { .context = context,
        .filters = filters,
        .like = like,
        .day = date_is_set(filters->as_at) ? filters->as_at : context->today,
        .recorded = filters->as_at,
        .over = OVER_TERMS,
        .by_year = by_year };
    enum err_code code;

    run.out.fw = context->fw;
    run.cut = cut;
    run.cross = cut == CUT_NONE || cut == filters->cross ? CUT_NONE : filters->cross;
    run.out.period_n = 1;
    run.out.periods = arena_alloc(context->arena, sizeof(*run.out.periods));
    if (run.out.periods == NULL)
        return err_memory(err);
    run.out.periods->end = day;
    choose_years(&run);
    code = trend_load(&run, err);
    if (code == ERR_OK)
        code = trend_count(&run, err);
    if (code == ERR_OK)
        *ret_trend = run.out;
    return code;
}

enum err_code report_run_trend(struct context *context, const struct filters *filters,
        struct report **ret_report, struct err *err)
{
    struct trend_run run = { .context = context,
        .filters = filters,
        .over = filters->over,
        .by_year = filters->follow_year };
    enum err_code code = gather(&run, "trend", err);

    if (code != ERR_OK)
        return code;
    *ret_report =
            build_trend(context->arena, &run.frame, &run.out, run.day, (int64_t)run.pupil_n);
    return ERR_OK;
}

/* Whether a measure is one of the school's own formulas. */
static bool is_own(const struct context *context, const char *id)
{
    int measure = framework_measure(context->fw, id);

    return measure >= 0 && context->fw->measures[measure].kind == MEASURE_FORMULA;
}

enum err_code report_run_forecast(struct context *context, const struct filters *filters,
        struct report **ret_report, struct err *err)
{
    struct filters usual = *filters;
    struct trend_run run = { .context = context,
        .filters = &usual,
        .over = OVER_YEARS,
        .by_year = true };
    enum err_code code = ERR_OK;

    if (filters->measure == NULL)
        code = usual_measure(context, &usual.measure, err);
    if (code == ERR_OK && usual.measure == NULL) {
        (void)err_set(err, ERR_NOT_FOUND, "there is no final result that a measure counts");
        return err_hint(err, "Bring in final results, or name a measure with --measure.");
    }
    if (code != ERR_OK)
        return code;
    if (is_own(context, usual.measure)) {
        (void)err_set(err, ERR_INVALID, "%s is a formula; a forecast goes by final results",
                usual.measure);
        return err_hint(err, "The report trend follows it: attain report trend --measure %s.",
                usual.measure);
    }
    if (filters->has_over || filters->has_follow) {
        (void)err_set(err, ERR_INVALID,
                "a forecast goes by years and by year group, and takes no --over or --follow");
        return err_hint(err, "The report trend takes them.");
    }
    code = gather(&run, "forecast", err);
    if (code != ERR_OK)
        return code;
    *ret_report = build_forecast(context->arena, &run.frame, &run.out, run.day);
    return ERR_OK;
}
