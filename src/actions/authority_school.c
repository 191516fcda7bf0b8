/* One school added to the authority's sums, stage by stage and year by year. */
#include "actions/authority_in.h"
#include "actions/cohort_in.h"
#include "base/text.h"

/* ---- one year of one stage as a cohort ---- */

static bool is_of_year(const struct authority_one *one, const struct authority_hit *hit)
{
    return hit->year == one->run->out.first_year + (int)one->year &&
           !authority_is_brought(one, hit);
}

static enum err_code make_pupils(struct authority_one *one, struct cohort_pupil **ret_pupils,
        size_t *ret_n, struct err *err)
{
    const struct stage *stage = &one->context.fw->stages[one->stage];
    struct cohort_pupil *pupils =
            arena_array(one->context.arena, one->results.n + 1, sizeof(*pupils));
    size_t n = 0;

    if (pupils == NULL)
        return err_memory(err);
    for (size_t i = 0; i < one->results.n; i++) {
        const struct authority_hit *hit = &one->results.items[i];

        if ((n > 0 && pupils[n - 1].id == hit->pupil_id) || !is_of_year(one, hit))
            continue;
        pupils[n++] = (struct cohort_pupil){ .id = hit->pupil_id,
            .stage = (int16_t)one->stage,
            .prior_stage = (int16_t)context_prior_stage(&one->context, one->stage),
            .earlier_stage = (int16_t)load_earlier_stage(&one->context, one->stage),
            .year_stage = -1,
            .year = stage->last_year,
            .stage_years = stage->last_year - stage->first_year + 1 };
    }
    *ret_pupils = pupils;
    *ret_n = n;
    return ERR_OK;
}

static enum err_code make_subjects(struct authority_one *one, int16_t **ret_subjects,
        size_t *ret_n, struct err *err)
{
    const struct framework *fw = one->context.fw;
    int16_t *subjects =
            arena_array(one->context.arena, (size_t)fw->subject_n + 1, sizeof(*subjects));
    bool *seen = arena_array(one->context.arena, (size_t)fw->subject_n + 1, sizeof(*seen));
    size_t n = 0;

    if (subjects == NULL || seen == NULL)
        return err_memory(err);
    for (size_t i = 0; i < one->results.n; i++)
        seen[one->results.items[i].subject] = true;
    for (size_t i = 0; i < one->priors.n; i++)
        seen[one->priors.items[i].subject] = true;
    for (size_t i = 0; i < one->earliers.n; i++)
        seen[one->earliers.items[i].subject] = true;
    for (int i = 0; i < fw->derived_n; i++) {
        for (int j = 0; j < fw->derived[i].from_n; j++)
            seen[fw->derived[i].subject] |= seen[fw->derived[i].from[j]];
    }
    for (int i = 0; i < fw->subject_n; i++) {
        if (seen[i])
            subjects[n++] = (int16_t)i;
    }
    *ret_subjects = subjects;
    *ret_n = n;
    return ERR_OK;
}

/* Believed first: the better source, then the later date, then the later recorded. */
static bool replaces(const struct authority_hit *old, const struct authority_hit *hit)
{
    if (old == NULL || hit->rank != old->rank)
        return old == NULL || hit->rank < old->rank;
    if (hit->date.ymd != old->date.ymd)
        return hit->date.ymd > old->date.ymd;
    return hit->seq > old->seq;
}

/* Put the believed hits into a column. Hits and pupils both stand by pupil. */
static enum err_code fill(struct authority_one *one, const struct authority_hits *hits,
        struct value *values, struct date *dates, struct err *err)
{
    struct cohort *cohort = &one->cohort;
    const struct authority_hit **best = arena_array(one->context.arena,
            cohort->pupil_n * cohort->subject_n + 1, sizeof(const struct authority_hit *));
    bool results = hits == &one->results;
    size_t p = 0;

    if (best == NULL)
        return err_memory(err);
    for (size_t i = 0; i < hits->n; i++) {
        const struct authority_hit *hit = &hits->items[i];
        size_t cell;

        while (p < cohort->pupil_n && cohort->pupils[p].id < hit->pupil_id)
            p++;
        if (p == cohort->pupil_n || cohort->pupils[p].id != hit->pupil_id ||
                (results ? !is_of_year(one, hit)
                         : hit->year > one->run->out.first_year + (int)one->year))
            continue;
        cell = cohort_cell(cohort, p, (size_t)cohort_column(cohort, hit->subject));
        if (!replaces(best[cell], hit))
            continue;
        best[cell] = hit;
        values[cell] = hit->value;
        if (dates != NULL)
            dates[cell] = hit->date;
    }
    return ERR_OK;
}

/* The column of a stage further back, where a measure counts progress from it. */
static enum err_code fill_earlier(struct authority_one *one, struct err *err)
{
    struct cohort *cohort = &one->cohort;
    size_t n = cohort->pupil_n * cohort->subject_n;

    if (one->earliers.n == 0)
        return ERR_OK;
    cohort->earlier = arena_array(one->context.arena, n + 1, sizeof(*cohort->earlier));
    if (cohort->earlier == NULL)
        return err_memory(err);
    for (size_t i = 0; i < n; i++)
        cohort->earlier[i] = VALUE_NONE;
    return fill(one, &one->earliers, cohort->earlier, NULL, err);
}

static enum err_code make_cohort(struct authority_one *one, struct err *err)
{
    struct context *context = &one->context;
    struct cohort_pupil *pupils = NULL;
    int16_t *subjects = NULL;
    size_t pupil_n = 0;
    size_t subject_n = 0;
    enum err_code code = make_pupils(one, &pupils, &pupil_n, err);

    if (code == ERR_OK)
        code = make_subjects(one, &subjects, &subject_n, err);
    if (code == ERR_OK)
        code = cohort_make(context->arena, context->fw, &context->reckoning,
                date_make(one->run->out.first_year + (int)one->year, 8, 31), pupils, pupil_n,
                subjects, subject_n, &one->cohort, err);
    if (code != ERR_OK)
        return code;
    one->dates = arena_array(context->arena, pupil_n * subject_n + 1, sizeof(*one->dates));
    if (one->dates == NULL)
        return err_memory(err);
    code = fill(one, &one->results, one->cohort.result, one->dates, err);
    if (code == ERR_OK)
        code = fill(one, &one->priors, one->cohort.prior, one->cohort.prior_date, err);
    if (code == ERR_OK)
        code = fill_earlier(one, err);
    for (size_t p = 0; p < pupil_n && code == ERR_OK; p++) {
        struct date day = { 0 };

        for (size_t s = 0; s < subject_n; s++) {
            if (one->dates[p * subject_n + s].ymd > day.ymd)
                day = one->dates[p * subject_n + s];
        }
        traits_describe(&one->traits, day, &pupils[p]);
    }
    if (code == ERR_OK)
        cohort_derive(&one->cohort);
    return code;
}

/* ---- the sums ---- */

static bool is_tagged(const struct authority_one *one, struct date day)
{
    for (size_t i = 0; i < one->tags.n; i++) {
        const struct school_tag *tag = &one->tags.items[i];

        if (!tag->withdrawn && text_eq_fold(tag->tag, "supported") &&
                tag->from.ymd <= day.ymd && (!date_is_set(tag->to) || tag->to.ymd >= day.ymd))
            return true;
    }
    return false;
}

/* The authority's row of a measure; made when the first school that knows it comes by. */
static struct authority_measure *measure_of(struct authority_run *run,
        const struct framework *fw, const struct measure *measure)
{
    struct arena *arena = run->context->arena;
    struct authority *out = &run->out;
    struct authority_measure *made;

    for (size_t i = 0; i < out->measure_n; i++) {
        if (text_eq(out->measures[i].id, measure->id))
            return &out->measures[i];
    }
    if (out->measure_n == AUTHORITY_MEASURES)
        return NULL;
    made = &out->measures[out->measure_n];
    *made = (struct authority_measure){
        .id = arena_text(arena, measure->id),
        .label = arena_text(arena, measure->label),
        .subject = measure->subject_n == 1
                           ? arena_text(arena, fw->subjects[measure->subjects[0]].code)
                           : NULL,
        .kind = measure->kind,
        .years = arena_array(arena, out->year_n, sizeof(*made->years)),
        .national = arena_array(arena, out->year_n, sizeof(*made->national)),
        .schools = arena_array(arena, out->school_n * out->year_n, sizeof(*made->schools)),
    };
    if (made->id == NULL || made->label == NULL || made->years == NULL ||
            made->national == NULL || made->schools == NULL)
        return NULL;
    out->measure_n++;
    return made;
}

static struct attained *group_of(struct authority_run *run, struct authority_measure *measure,
        const char *by, const char *value)
{
    struct arena *arena = run->context->arena;
    struct authority_group *groups = measure->groups;

    for (size_t i = 0; i < measure->group_n; i++) {
        if (text_eq(groups[i].by, by) && text_eq(groups[i].value, value))
            return groups[i].years;
    }
    groups = arena_grow(arena, groups, measure->group_n, sizeof(*groups));
    if (groups == NULL)
        return NULL;
    measure->groups = groups;
    groups += measure->group_n;
    *groups = (struct authority_group){ arena_text(arena, by), arena_text(arena, value),
        arena_array(arena, run->out.year_n, sizeof(*groups->years)) };
    if (groups->by == NULL || groups->value == NULL || groups->years == NULL)
        return NULL;
    measure->group_n++;
    return groups->years;
}

static enum err_code add_cut(struct authority_one *one, const struct measure *measure,
        struct authority_measure *into, const struct cut_index *index, struct err *err)
{
    struct attained *sums = arena_array(one->context.arena, index->value_n + 1, sizeof(*sums));

    if (sums == NULL)
        return err_memory(err);
    for (size_t p = 0; p < one->cohort.pupil_n; p++) {
        struct attained pupil = attained_of_pupil(&one->cohort, measure, p);

        for (size_t i = index->first[p]; i < index->first[p + 1]; i++)
            attained_add(&sums[index->of[i]], &pupil);
    }
    for (size_t v = 0; v < index->value_n; v++) {
        struct attained *years;

        if (sums[v].roll == 0)
            continue;
        years = group_of(one->run, into, index->name, index->values[v]);
        if (years == NULL)
            return err_memory(err);
        attained_add(&years[one->year], &sums[v]);
    }
    return ERR_OK;
}

static enum err_code add_measure(struct authority_one *one, const struct measure *measure,
        struct err *err)
{
    struct authority *out = &one->run->out;
    struct authority_measure *into = measure_of(one->run, one->context.fw, measure);
    struct attained school[2] = { 0 };

    if (into == NULL)
        return err_memory(err);
    for (size_t p = 0; p < one->cohort.pupil_n; p++) {
        struct attained pupil = attained_of_pupil(&one->cohort, measure, p);
        bool tagged = pupil.roll != 0 &&
                      is_tagged(one, attained_day(&one->cohort, measure, p, one->dates));

        attained_add(&school[tagged], &pupil);
    }
    for (int tagged = 0; tagged < 2; tagged++)
        attained_add(&into->schools[one->place * out->year_n + one->year], &school[tagged]);
    if (school[1].roll != 0)
        out->schools[one->place].tagged[one->year] = true;
    out->has_tags = out->has_tags || school[1].roll != 0;
    roll_up_school_end(&into->years[one->year], school);
    return ERR_OK;
}

static bool is_wanted(const struct authority_one *one, const struct measure *measure)
{
    const struct filters *filters = one->run->filters;
    int subject = filters->subject == NULL
                          ? -1
                          : framework_subject(one->context.fw, filters->subject);

    if (measure->stage != one->stage || measure->kind == MEASURE_FORMULA ||
            (filters->measure != NULL && !text_eq_fold(filters->measure, measure->id)))
        return false;
    if (filters->subject == NULL)
        return true;
    for (int i = 0; i < measure->subject_n; i++) {
        if (measure->subjects[i] == subject)
            return true;
    }
    return false;
}

static enum err_code add_year(struct authority_one *one, struct err *err)
{
    const struct framework *fw = one->context.fw;
    const struct filters *filters = one->run->filters;
    struct cut_index cuts[FILTER_CUTS];
    enum err_code code = make_cohort(one, err);

    for (size_t c = 0; c < filters->by_n && code == ERR_OK; c++)
        code = cut_make_crossed(one->context.arena, &one->cohort, filters->by[c],
                filters->by[c] == filters->cross ? CUT_NONE : filters->cross, &cuts[c], err);
    for (int i = 0; i < fw->measure_n && code == ERR_OK && one->cohort.pupil_n != 0; i++) {
        const struct measure *measure = &fw->measures[i];

        if (!is_wanted(one, measure))
            continue;
        code = add_measure(one, measure, err);
        for (size_t c = 0; c < filters->by_n && code == ERR_OK; c++)
            code = add_cut(one, measure, measure_of(one->run, fw, measure), &cuts[c], err);
    }
    return code;
}

static enum err_code add_stage(struct authority_one *one, bool prior_too, struct err *err)
{
    const struct authority *out = &one->run->out;
    int prior = context_prior_stage(&one->context, one->stage);
    int earlier = load_earlier_stage(&one->context, one->stage);
    enum err_code code = authority_load_hits(one, one->stage, &one->results, err);

    one->priors = one->earliers = (struct authority_hits){ NULL, 0, false };
    if (code == ERR_OK && prior_too && prior >= 0 && one->results.n != 0)
        code = authority_load_hits(one, prior, &one->priors, err);
    if (code == ERR_OK && prior_too && earlier >= 0 && one->results.n != 0)
        code = authority_load_hits(one, earlier, &one->earliers, err);
    for (one->year = 0; one->year < out->year_n && code == ERR_OK && one->results.n != 0;
            one->year++)
        code = add_year(one, err);
    return code;
}

static bool cuts_by_prior(const struct filters *filters)
{
    for (size_t i = 0; i < filters->by_n; i++) {
        if (filters->by[i] == CUT_PRIOR_BAND)
            return true;
    }
    return filters->by_n != 0 && filters->cross == CUT_PRIOR_BAND;
}

/* Whether a measure asked for is of the stage; whether one of those reckons progress. */
static bool asks_of_stage(const struct authority_one *one, bool *ret_prior)
{
    const struct framework *fw = one->context.fw;
    bool wanted = false;

    *ret_prior = cuts_by_prior(one->run->filters);
    for (int i = 0; i < fw->measure_n; i++) {
        if (!is_wanted(one, &fw->measures[i]))
            continue;
        wanted = true;
        *ret_prior = *ret_prior || fw->measures[i].kind == MEASURE_PROGRESS;
    }
    return wanted;
}

static enum err_code add_stages(struct authority_one *one, struct err *err)
{
    const struct framework *fw = one->context.fw;
    bool prior = false;
    enum err_code code = ERR_OK;

    for (one->stage = 0; one->stage < fw->stage_n; one->stage++)
        one->wants_prior = (asks_of_stage(one, &prior) && prior) || one->wants_prior;
    for (one->stage = 0; one->stage < fw->stage_n && code == ERR_OK; one->stage++) {
        if (asks_of_stage(one, &prior))
            code = add_stage(one, prior, err);
    }
    return code;
}

enum err_code authority_add_school(struct authority_run *run, size_t place, struct err *err)
{
    struct arena arena = { .limit = run->context->arena->limit };
    struct authority_one one = { .run = run, .context = *run->context, .place = place };
    const char *subject = run->filters->subject;
    enum err_code code;

    one.context.arena = &arena;
    code = context_choose_school(&one.context, run->out.schools[place].laestab, err);
    if (code == ERR_OK)
        code = authority_load_one(&one, err);
    if (code == ERR_OK)
        code = add_stages(&one, err);
    if (code == ERR_OK) {
        run->knows_subject = run->knows_subject || subject == NULL ||
                             framework_subject(one.context.fw, subject) >= 0;
        run->knows_measure = run->knows_measure ||
                             framework_measure(one.context.fw, run->filters->measure) >= 0;
    }
    arena_free(&arena);
    return code;
}
