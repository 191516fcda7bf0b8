#include "actions/report.h"

#include "actions/cohort_load.h"
#include "actions/places.h"
#include "actions/trend_in.h"
#include "base/text.h"
#include "reports/build.h"
#include "reports/suppress.h"

/* The band of prior attainment rests on several subjects, also where one is shown. */
static bool by_prior_band(const struct filters *filters)
{
    bool found = filters->cross == CUT_PRIOR_BAND;

    for (size_t i = 0; i < filters->by_n; i++)
        found = found || filters->by[i] == CUT_PRIOR_BAND;
    return found;
}

/* A scale that is shown though it was withdrawn before the day (2008 levels today), or NULL. */
static const struct scale *ended_scale(const struct loaded *loaded)
{
    const struct cohort *cohort = &loaded->cohort;

    for (size_t i = 0; i < cohort->pupil_n * cohort->subject_n; i++) {
        struct value value = value_is_set(cohort->now[i]) ? cohort->now[i] : cohort->target[i];
        const struct scale *scale;

        if (!value_is_set(value))
            continue;
        scale = &cohort->fw->scales[value.scale];
        if (scale->valid_to != 0 && date_school_year(cohort->day) > scale->valid_to)
            return scale;
    }
    return NULL;
}

struct frame report_frame(const struct context *context, const struct filters *filters,
        const struct loaded *loaded)
{
    return (struct frame){
        .school = context->school.name,
        .description = loaded->description,
        .filter_words = loaded->filter_words,
        .filter_n = loaded->filter_n,
        .school_n = loaded->school_n,
        .newest = loaded->newest,
        .subject = loaded->subject,
        .basis = filters->basis,
        .beside = filters->beside,
        .beside_n = filters->beside_n,
        .by = filters->by,
        .by_n = filters->by_n,
        .cross = filters->cross,
        .has_one_year = filters->has_year,
        .measure = filters->measure,
        .flag = filters->flag,
        .ended = ended_scale(loaded),
    };
}

static enum err_code run_progress(struct context *context, const struct filters *filters,
        struct report **ret_report, struct err *err)
{
    struct cohort_options options = { .all_subjects = by_prior_band(filters) };
    struct loaded loaded;
    struct frame frame;
    enum err_code code = cohort_load(context, filters, &options, &loaded, err);

    if (code != ERR_OK)
        return code;
    frame = report_frame(context, filters, &loaded);
    *ret_report = build_progress(context->arena, &frame, &loaded.cohort);
    return ERR_OK;
}

static const struct suppress_columns summary_columns = { .block = { NULL, "measure", "group" },
    .value = "value",
    .count = "count",
    .of = "of",
    .derived = { "percent", "low", "high", "without_value" },
    .rest = true };

static const struct suppress_columns aps_columns = { .block = { "laestab", "subject", "group" },
    .value = "value",
    .count = "count",
    .of = "of",
    .derived = { "aps", "last_term", "last_year", "expected" } };

static bool wants_predictions(const struct filters *filters)
{
    bool found = filters->basis == BASIS_PREDICTION;

    for (size_t i = 0; i < filters->beside_n; i++)
        found = found || filters->beside[i] == BASIS_PREDICTION;
    return found;
}

/* The counts of each basis tell of pupils by themselves. */
static void hide_small(struct report *report)
{
    static const struct suppress_columns beside[] = {
        { .block = { NULL, "measure", "group" },
                .value = "value",
                .count = "attainment_count",
                .of = "attainment_of",
                .derived = { "attainment_percent" },
                .rest = true },
        { .block = { NULL, "measure", "group" },
                .value = "value",
                .count = "target_count",
                .of = "target_of",
                .derived = { "target_percent" },
                .rest = true },
        { .block = { NULL, "measure", "group" },
                .value = "value",
                .count = "prediction_count",
                .of = "prediction_of",
                .derived = { "prediction_percent" },
                .rest = true },
    };

    report_suppress(report, &summary_columns);
    for (size_t i = 0; i < COUNT(beside); i++) {
        if (report_has_column(report, beside[i].count))
            report_suppress(report, &beside[i]);
    }
    report_suppress_gaps(report, &summary_columns, "gaps");
}

static enum err_code run_summary(struct context *context, const struct filters *filters,
        struct report **ret_report, struct err *err)
{
    struct cohort_options options = { .all_subjects = true,
        .derived = true,
        .aggregate = true,
        .predictions = wants_predictions(filters),
        .results = true };
    struct loaded loaded;
    struct frame frame;
    enum err_code code;

    if (filters->measure != NULL && framework_measure(context->fw, filters->measure) < 0) {
        (void)err_set(err, ERR_NOT_FOUND, "there is no measure called %s", filters->measure);
        return err_hint(err, "Run the summary without --measure to see them all.");
    }
    code = cohort_load(context, filters, &options, &loaded, err);
    if (code != ERR_OK)
        return code;
    frame = report_frame(context, filters, &loaded);
    code = report_goals(context, loaded.day, &frame.goals, err);
    if (code != ERR_OK)
        return code;
    *ret_report = build_summary(context->arena, &frame, &loaded.cohort);
    if (loaded.suppress)
        hide_small(*ret_report);
    return ERR_OK;
}

static enum err_code load_adjusted(struct context *context, const struct loaded *loaded,
        struct adjusted_point **ret_points, size_t *ret_n, struct err *err)
{
    const struct cohort *cohort = &loaded->cohort;
    struct adjustment_list list = { 0 };
    struct adjusted_point *points;
    struct places places = { 0 };
    size_t n = 0;
    enum err_code code = store_adjustments(context->store, context->school.school_id,
            loaded->recorded, context->arena, &list, err);

    if (code != ERR_OK)
        return code;
    code = places_make(&places, context->arena, cohort->pupils, cohort->pupil_n, err);
    if (code != ERR_OK)
        return code;
    points = arena_array(context->arena, list.n + 1, sizeof(*points));
    if (points == NULL)
        return err_memory(err);
    for (size_t i = 0; i < list.n; i++) {
        const struct adjustment *row = &list.items[i];
        long p = places_find(&places, row->pupil_id);
        int s = cohort_column(cohort, framework_subject(context->fw, row->subject));

        if (p < 0 || s < 0)
            continue;
        points[n++] = (struct adjusted_point){
            .pupil = (size_t)p,
            .subject = (size_t)s,
            .period_end = row->period_end,
            .value = row->withdrawn ? VALUE_NONE
                                    : framework_stored(context->fw, row->scale, row->grade),
            .reason = row->reason,
        };
    }
    *ret_points = points;
    *ret_n = n;
    return ERR_OK;
}

static enum err_code run_trajectory(struct context *context, const struct filters *filters,
        struct report **ret_report, struct err *err)
{
    struct cohort_options options = { 0 };
    struct loaded loaded;
    struct adjusted_point *points = NULL;
    struct frame frame;
    size_t n = 0;
    enum err_code code = cohort_load(context, filters, &options, &loaded, err);

    if (code == ERR_OK)
        code = load_adjusted(context, &loaded, &points, &n, err);
    if (code != ERR_OK)
        return code;
    frame = report_frame(context, filters, &loaded);
    *ret_report = build_trajectory(context->arena, &frame, &loaded.cohort, points, n);
    return ERR_OK;
}

static enum err_code aps_cohort(struct context *context, const struct filters *filters,
        const struct school *school, struct school_cohort *ret_school,
        struct loaded *ret_loaded, struct err *err)
{
    struct cohort_options options = { .all_subjects = by_prior_band(filters),
        .aggregate = true,
        .predictions = filters->basis == BASIS_PREDICTION,
        .results = true };
    struct loaded *loaded = arena_alloc(context->arena, sizeof(*loaded));
    enum err_code code = context_choose_school(context, school->laestab, err);

    if (code == ERR_OK && loaded == NULL)
        code = err_memory(err);
    if (code == ERR_OK)
        code = cohort_load(context, filters, &options, loaded, err);
    if (code != ERR_OK)
        return code;
    *ret_school = (struct school_cohort){ school->laestab, school->name, &loaded->cohort };
    *ret_loaded = *loaded;
    return ERR_OK;
}

/* The last day of the period before. */
static struct date end_of_last_term(const struct calendar *calendar, struct date day)
{
    int year = calendar_year(calendar, day);
    int period = calendar_period(calendar, day);

    return period > 0 ? calendar_period_end(calendar, year, period - 1)
                      : calendar_period_end(calendar, year - 1, calendar->period_n - 1);
}

static struct date a_year_before(struct date day)
{
    struct date before = date_make(date_year(day) - 1, date_month(day), date_day(day));

    return date_is_set(before) ? before : date_make(date_year(day) - 1, 2, 28);
}

/*
 * Earlier points in time beside the means of one school: where a year group, a subject or
 * a group is chosen, for then it is quick. Last year's parallel cohort is a year group, or the
 * whole school.
 */
static enum err_code load_beside(struct context *context, const struct filters *filters,
        const struct loaded *loaded, struct aps_beside *beside, size_t *ret_n, struct err *err)
{
    const struct calendar *calendar = &context->reckoning.calendar;
    bool parallel = filters->registration == NULL && filters->group == NULL &&
                    filters->upn == NULL && filters->where == NULL;
    enum cut cross = filters->cross;
    bool chosen = !parallel || filters->has_year || filters->subject != NULL;
    size_t n = filters->by_n == 0 ? 1 : filters->by_n;
    enum err_code code = ERR_OK;

    *ret_n = 0;
    if (!chosen || filters->basis != BASIS_ATTAINMENT || filters->review != NULL)
        return ERR_OK;
    for (size_t i = 0; i < n && code == ERR_OK; i++) {
        enum cut cut = filters->by_n == 0 ? CUT_NONE : filters->by[i];
        bool then = parallel && !cut_overlaps(cut) && !cut_overlaps(cross);

        beside[i] = (struct aps_beside){ .name = "" };
        code = trend_on_day(context, filters, &loaded->cohort,
                end_of_last_term(calendar, loaded->day), cut, false, &beside[i].last_term, err);
        if (code == ERR_OK && then)
            code = trend_on_day(context, filters, &loaded->cohort, a_year_before(loaded->day),
                    cut, true, &beside[i].last_year, err);
        if (beside[i].last_term.by != NULL)
            beside[i].name = beside[i].last_term.by;
    }
    *ret_n = n;
    return code;
}

/* One school when one is chosen, else all of the file. */
static enum err_code run_aps(struct context *context, const struct filters *filters,
        struct report **ret_report, struct err *err)
{
    struct school_list list = { &context->school, 1 };
    struct school_cohort *schools;
    struct aps_beside beside[FILTER_CUTS];
    struct loaded loaded = { 0 };
    struct frame frame;
    size_t beside_n = 0;
    bool many = !context->has_school;
    enum err_code code = ERR_OK;

    if (many)
        code = store_schools(context->store, context->arena, &list, err);
    if (code == ERR_OK && list.n == 0)
        return context_choose_school(context, NULL, err);
    schools = arena_array(context->arena, list.n, sizeof(*schools));
    if (code == ERR_OK && schools == NULL)
        code = err_memory(err);
    for (size_t i = 0; i < list.n && code == ERR_OK; i++) {
        struct school school = list.items[i];

        code = aps_cohort(context, filters, &school, &schools[i], &loaded, err);
    }
    if (code == ERR_OK && list.n == 1)
        code = load_beside(context, filters, &loaded, beside, &beside_n, err);
    if (code != ERR_OK)
        return code;
    frame = report_frame(context, filters, &loaded);
    if (many)
        frame.school = "All schools of this file";
    *ret_report = build_aps(context->arena, &frame, schools, list.n, beside, beside_n);
    if (loaded.suppress)
        report_suppress(*ret_report, &aps_columns);
    return ERR_OK;
}

const struct report_info report_infos[] = {
    { "progress", "who is above, on and below the progress target, by how much", false,
            run_progress },
    { "pupil", "everything about one pupil (needs --upn)", false, report_run_pupil },
    { "trajectory", "progress targets term by term, from prior attainment to target", false,
            run_trajectory },
    { "targets", "targets that look too low", false, report_run_targets },
    { "missing", "entries expected this term, or for a review, and not there", false,
            report_run_missing },
    { "summary", "how many reach each standard, of how many", false, run_summary },
    { "names", "the pupils behind one figure of the summary (needs --measure)", false,
            report_run_names },
    { "aps", "average points by subject, in one school or in all", true, run_aps },
    { "compare", "sets, teachers, forms, years or subjects side by side", false,
            report_run_compare },
    { "scatter", "each pupil by two figures: prior attainment against now, or any two", false,
            report_run_scatter },
    { "matrix", "from which grade to which: any point in time against any other", false,
            report_run_matrix },
    { "profile", "verbal against non-verbal scores, and the learning styles of a group", false,
            report_run_profile },
    { "overlap", "how sets of pupils overlap, and who stands in each part", false,
            report_run_overlap },
    { "authority", "results of all schools over years, against national figures", true,
            report_run_authority },
    { "intervention",
            "a group's progress before, during and after, beside like pupils (needs --group)",
            false, report_run_intervention },
    { "trend", "a measure or mean points over terms, reviews or years", false,
            report_run_trend },
    { "forecast", "a measure's past years carried on to the next", false, report_run_forecast },
};
const size_t report_info_n = COUNT(report_infos);

const struct report_info *report_find(const char *name)
{
    for (size_t i = 0; i < report_info_n; i++) {
        if (text_eq(report_infos[i].name, name))
            return &report_infos[i];
    }
    return NULL;
}

static enum err_code check_beside(const struct report_info *info, const struct filters *filters,
        struct err *err)
{
    if (filters->beside_n == 0 || text_eq(info->name, "summary"))
        return ERR_OK;
    (void)err_set(err, ERR_USAGE, "the report %s has one basis", info->name);
    return err_hint(err, "Name one; the summary shows several side by side.");
}

/* Reports that divide pupils two ways at once. */
static bool crosses(const struct report_info *info)
{
    static const char *const names[] = { "summary", "names", "aps", "progress", "trend",
        "forecast", "authority" };

    for (size_t i = 0; i < COUNT(names); i++) {
        if (text_eq(info->name, names[i]))
            return true;
    }
    return false;
}

/* One way alone is no crossing, whichever filter named it. */
static enum err_code settle_cuts(const struct report_info *info, struct filters *filters,
        struct err *err)
{
    if (filters->cross == CUT_NONE)
        return ERR_OK;
    if (filters->by_n == 0)
        filters->by[filters->by_n++] = filters->cross;
    if (filters->by_n == 1 && filters->by[0] == filters->cross)
        filters->cross = CUT_NONE;
    if (filters->cross == CUT_NONE || crosses(info))
        return ERR_OK;
    (void)err_set(err, ERR_USAGE, "the report %s does not divide pupils two ways at once",
            info->name);
    return err_hint(err, "Leave out --cross; summary, aps, trend and progress take it.");
}

enum err_code report_run(struct context *context, const struct report_info *info,
        const struct filters *asked, struct report **ret_report, struct err *err)
{
    struct filters settled = *asked;
    const struct filters *filters = &settled;
    struct report *report = NULL;
    enum err_code code = settle_cuts(info, &settled, err);

    if (code == ERR_OK)
        code = check_beside(info, filters, err);
    if (code != ERR_OK)
        return code;

    if (!context->has_school && !info->many_schools) {
        (void)err_set(err, ERR_INVALID, "this report is of one school, and none is chosen");
        return err_hint(err, "Choose the school first.");
    }
    if (filters->by_subject && info->run != report_run_compare) {
        (void)err_set(err, ERR_INVALID, "only the report compare is divided by subject");
        return err_hint(err, "Narrow this one with --subject.");
    }
    code = info->run(context, filters, &report, err);
    if (code == ERR_OK)
        code = report_end(report, err);
    if (code == ERR_OK)
        *ret_report = report;
    return code;
}
