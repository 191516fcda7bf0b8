/* The report `authority`: all schools of the file over years (M.3). */
#include <stdlib.h>

#include "actions/authority_in.h"
#include "actions/gate.h"
#include "actions/report.h"
#include "base/text.h"

enum {
    YEARS_SHOWN = 5
};

static enum err_code refuse_filter(const char *name, struct err *err)
{
    (void)err_set(err, ERR_INVALID,
            "the report authority counts final results of whole schools and cannot be "
            "narrowed by --%s",
            name);
    return err_hint(err, "It takes --years, --measure, --subject, --by and --as-at.");
}

static enum err_code check_filters(const struct filters *filters, struct err *err)
{
    const struct {
        bool given;
        const char *name;
    } others[] = {
        { filters->has_year, "year-group" },
        { filters->group != NULL, "group" },
        { filters->registration != NULL, "registration" },
        { filters->upn != NULL, "upn" },
        { filters->review != NULL, "review" },
        { filters->where != NULL, "where" },
        { filters->model != NULL, "model" },
        { filters->value != NULL, "value" },
        { filters->basis != BASIS_ATTAINMENT, "basis" },
        { filters->flag != FLAG_NONE, "flag" },
        { filters->by_subject, "by subject" },
        { filters->x != NULL || filters->y != NULL, "x and --y" },
        { filters->from != NULL || filters->to != NULL, "from and --to" },
        { filters->column != NULL, "column" },
        { filters->has_over, "over" },
        { filters->has_follow, "follow" },
    };

    for (size_t i = 0; i < COUNT(others); i++) {
        if (others[i].given)
            return refuse_filter(others[i].name, err);
    }
    for (size_t i = 0; i <= filters->by_n; i++) {
        enum cut cut = i < filters->by_n ? filters->by[i] : filters->cross;

        if (cut != CUT_REGISTRATION && cut != CUT_HOUSE && cut != CUT_YEAR &&
                !cut_overlaps(cut))
            continue;
        (void)err_set(err, ERR_INVALID, "schools cannot be added up by %s", cut_name(cut));
        return err_hint(err, "Each school has its own; cut by gender, fsm, sen and the like.");
    }
    return ERR_OK;
}

/* Figures of whole schools are for who sees a whole school; *ret_suppress: without its pupils.
 */
static enum err_code ask(const struct context *context, bool *ret_suppress, struct err *err)
{
    struct may_answer answer;

    *ret_suppress = false;
    if (context->gate == NULL)
        return ERR_OK;
    answer = may_with(&context->gate->person, context->gate_action, FIELD_AGGREGATES, NULL,
            context->today, context->gate->met | NEED_SUPPRESS);
    *ret_suppress = answer.scope == SCOPE_AGGREGATES;
    if (answer.yes && (*ret_suppress || answer.scope == SCOPE_SCHOOL))
        return ERR_OK;
    (void)err_set(err, ERR_FORBIDDEN, "these are figures of whole schools, and you see a part");
    return err_hint(err, "Ask the head or the data manager for them.");
}

/* ---- the schools ---- */

static enum err_code list_schools(struct authority_run *run, struct err *err)
{
    struct context *context = run->context;
    struct school_list list = { &context->school, 1 };
    struct authority *out = &run->out;
    enum err_code code = ERR_OK;

    if (!context->has_school)
        code = store_schools(context->store, context->arena, &list, err);
    if (code != ERR_OK)
        return code;
    if (list.n == 0)
        return context_choose_school(context, NULL, err);
    out->schools = arena_array(context->arena, list.n, sizeof(*out->schools));
    if (out->schools == NULL)
        return err_memory(err);
    for (size_t i = 0; i < list.n; i++) {
        bool *tagged = arena_array(context->arena, out->year_n, sizeof(*tagged));

        if (tagged == NULL)
            return err_memory(err);
        out->schools[i] =
                (struct authority_school){ list.items[i].laestab, list.items[i].name, tagged };
    }
    out->school_n = list.n;
    return ERR_OK;
}

static int by_hash(const void *a, const void *b)
{
    const uint64_t *x = a;
    const uint64_t *y = b;

    return (*x > *y) - (*x < *y);
}

/* Leave each number that stands more than once, once. */
static size_t keep_doubles(uint64_t *hashes, size_t n)
{
    size_t kept = 0;

    for (size_t i = 1; i < n; i++) {
        if (hashes[i] == hashes[i - 1] && (kept == 0 || hashes[kept - 1] != hashes[i]))
            hashes[kept++] = hashes[i];
    }
    return kept;
}

static enum err_code add_hashes(struct authority_run *run, int64_t school_id,
        struct arena *scratch, struct err *err)
{
    struct pupil_handle_list pupils = { 0 };
    enum err_code code = store_pupils(run->context->store, school_id, scratch, &pupils, err);

    for (size_t i = 0; i < pupils.n && code == ERR_OK; i++) {
        uint64_t *more =
                arena_grow(run->context->arena, run->shared, run->shared_n, sizeof(*more));

        if (more == NULL)
            return err_memory(err);
        run->shared = more;
        more[run->shared_n++] = authority_hash(pupils.items[i].upn);
    }
    return code;
}

/* Which pupils are in more than one school. */
static enum err_code find_shared(struct authority_run *run, struct err *err)
{
    struct context *context = run->context;
    struct school_list list = { 0 };
    enum err_code code;

    if (run->out.school_n < 2)
        return ERR_OK;
    code = store_schools(context->store, context->arena, &list, err);
    for (size_t i = 0; i < list.n && code == ERR_OK; i++) {
        struct arena scratch = { .limit = context->arena->limit };

        code = add_hashes(run, list.items[i].school_id, &scratch, err);
        arena_free(&scratch);
    }
    if (code != ERR_OK)
        return code;
    if (run->shared_n > 1)
        qsort(run->shared, run->shared_n, sizeof(*run->shared), by_hash);
    run->shared_n = keep_doubles(run->shared, run->shared_n);
    return ERR_OK;
}

/* ---- what stands beside them ---- */

/* A figure is of the measure where its subject is the measure's, or is not given. */
static enum err_code add_national(struct authority_run *run, struct err *err)
{
    struct context *context = run->context;
    struct authority *out = &run->out;
    struct national_list list = { 0 };
    enum err_code code = store_national(context->store, context->arena, &list, err);

    for (size_t m = 0; m < out->measure_n && code == ERR_OK; m++) {
        struct authority_measure *measure = &out->measures[m];

        for (size_t y = 0; y < out->year_n; y++)
            measure->national[y] = -1;
        for (size_t i = 0; i < list.n; i++) {
            const struct national_figure *figure = &list.items[i];
            int year = figure->year - out->first_year;

            if (year < 0 || year >= (int)out->year_n ||
                    !text_eq_fold(figure->body, "national") ||
                    !text_eq_fold(figure->measure, measure->id) ||
                    (!text_empty(figure->subject) && measure->subject != NULL &&
                            !text_eq_fold(figure->subject, measure->subject)))
                continue;
            measure->national[year] = figure->percent;
        }
    }
    return code;
}

static bool year_has_results(const struct authority *out, size_t year)
{
    for (size_t m = 0; m < out->measure_n; m++) {
        if (out->measures[m].years[year].all.roll != 0)
            return true;
    }
    return false;
}

/* A measure without a single result is not told of. */
static void drop_empty(struct authority *out)
{
    size_t kept = 0;

    for (size_t m = 0; m < out->measure_n; m++) {
        int64_t roll = 0;

        for (size_t y = 0; y < out->year_n; y++)
            roll += out->measures[m].years[y].all.roll;
        if (roll != 0)
            out->measures[kept++] = out->measures[m];
    }
    out->measure_n = kept;
}

/* Without --years the last ones that have results: the running year has none before summer. */
static void choose_years(struct authority_run *run)
{
    const struct filters *filters = run->filters;
    int now = date_school_year(run->day);

    run->out.first_year = filters->first_school_year;
    run->out.year_n = (size_t)(filters->last_school_year - filters->first_school_year) + 1;
    if (filters->first_school_year != 0)
        return;
    run->out.first_year = now - YEARS_SHOWN;
    run->out.year_n = YEARS_SHOWN + 1;
}

/* Drop one end of the six years looked at: the last when it is empty, else the first. */
static void trim_years(struct authority *out)
{
    size_t last = out->year_n - 1;
    size_t first = year_has_results(out, last) ? 1 : 0;

    for (size_t m = 0; m < out->measure_n; m++) {
        struct authority_measure *measure = &out->measures[m];

        measure->years += first;
        measure->national += first;
        for (size_t g = 0; g < measure->group_n; g++)
            measure->groups[g].years += first;
        /* Schools' years stand one behind the other and keep their stride. */
        for (size_t s = 0; s < out->school_n; s++) {
            for (size_t y = 0; y + 1 < out->year_n; y++)
                measure->schools[s * last + y] = measure->schools[s * out->year_n + y + first];
        }
    }
    for (size_t s = 0; s < out->school_n; s++)
        out->schools[s].tagged += first;
    out->first_year += (int)first;
    out->year_n--;
}

static enum err_code check_found(const struct authority_run *run, struct err *err)
{
    const struct filters *filters = run->filters;

    if (!run->knows_subject) {
        (void)err_set(err, ERR_NOT_FOUND, "there is no subject called %s", filters->subject);
        return err_hint(err, "Use a code such as ENG or MAT, or the subject's name.");
    }
    if (filters->measure != NULL && !run->knows_measure) {
        (void)err_set(err, ERR_NOT_FOUND, "there is no measure called %s", filters->measure);
        return err_hint(err, "Run the report without --measure to see them all.");
    }
    return ERR_OK;
}

static enum err_code gather(struct authority_run *run, struct err *err)
{
    enum err_code code = list_schools(run, err);

    if (code == ERR_OK)
        code = find_shared(run, err);
    for (size_t s = 0; s < run->out.school_n && code == ERR_OK; s++)
        code = authority_add_school(run, s, err);
    if (code == ERR_OK)
        code = check_found(run, err);
    drop_empty(&run->out);
    if (code == ERR_OK)
        code = add_national(run, err);
    if (code == ERR_OK && run->filters->first_school_year == 0)
        trim_years(&run->out);
    return code;
}

static enum err_code describe(const struct authority_run *run, struct frame *frame,
        struct err *err)
{
    const struct filters *filters = run->filters;
    struct arena *arena = run->context->arena;
    const char **words = arena_array(arena, 5, sizeof(*words));
    char day[DATE_LONG_SIZE];
    size_t n = 0;

    if (words == NULL)
        return err_memory(err);
    if (filters->first_school_year != 0)
        words[n++] = arena_printf(arena, "Years %d to %d", filters->first_school_year,
                filters->last_school_year);
    if (filters->measure != NULL)
        words[n++] = arena_printf(arena, "Measure %s", filters->measure);
    if (filters->subject != NULL)
        words[n++] = arena_printf(arena, "Subject %s", filters->subject);
    if (date_is_set(filters->as_at))
        words[n++] = arena_printf(arena, "As at %s", date_long(filters->as_at, day));
    for (size_t i = 0; i < n; i++) {
        if (words[i] == NULL)
            return err_memory(err);
    }
    *frame = (struct frame){ .filter_words = words,
        .filter_n = n,
        .subject = -1,
        .by = filters->by,
        .by_n = filters->by_n,
        .measure = filters->measure,
        .school = run->context->has_school ? run->context->school.name
                                           : "All schools of this file" };
    return ERR_OK;
}

enum err_code report_run_authority(struct context *context, const struct filters *filters,
        struct report **ret_report, struct err *err)
{
    struct authority_run run = { .context = context,
        .filters = filters,
        .day = date_is_set(filters->as_at) ? filters->as_at : context->today,
        .recorded = filters->as_at };
    struct frame frame;
    bool suppress = false;
    enum err_code code = check_filters(filters, err);

    if (code == ERR_OK)
        code = ask(context, &suppress, err);
    if (code != ERR_OK)
        return code;
    choose_years(&run);
    run.out.chosen = filters->measure != NULL;
    run.out.measures =
            arena_array(context->arena, AUTHORITY_MEASURES, sizeof(*run.out.measures));
    if (run.out.measures == NULL)
        return err_memory(err);
    code = gather(&run, err);
    if (code == ERR_OK)
        code = describe(&run, &frame, err);
    if (code != ERR_OK)
        return code;
    *ret_report = build_authority(context->arena, &frame, &run.out, run.day, suppress);
    return ERR_OK;
}
