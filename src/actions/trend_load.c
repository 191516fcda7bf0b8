/* The pupils and subjects of a trend, and everything on record of them, read once. */
#include <stdlib.h>
#include <string.h>

#include "actions/trend_in.h"
#include "base/hash.h"
#include "base/text.h"

enum {
    SINGLY = 2500, /* lines up to which each is asked for; beyond, everything is read */
    LAST_YEAR = 13
};

/* ---- subjects ---- */

static void want(struct trend_run *run, int subject, bool shown)
{
    for (size_t i = 0; i < run->subject_n; i++) {
        if (run->subjects[i] == subject) {
            run->shown[i] = run->shown[i] || shown;
            return;
        }
    }
    run->subjects[run->subject_n] = (int16_t)subject;
    run->shown[run->subject_n++] = shown;
}

/* A derived subject rests on its parts. */
static void want_with_parts(struct trend_run *run, int subject, bool shown)
{
    const struct framework *fw = run->context->fw;

    want(run, subject, shown);
    for (int i = 0; i < fw->derived_n; i++) {
        for (int j = 0; fw->derived[i].subject == subject && j < fw->derived[i].from_n; j++)
            want(run, fw->derived[i].from[j], false);
    }
}

static bool is_part(const struct framework *fw, int subject)
{
    for (int i = 0; i < fw->derived_n; i++) {
        for (int j = 0; j < fw->derived[i].from_n; j++) {
            if (fw->derived[i].from[j] == subject)
                return true;
        }
    }
    return false;
}

static enum err_code choose_subjects(struct trend_run *run, struct err *err)
{
    const struct framework *fw = run->context->fw;
    const struct filters *filters = run->filters;
    size_t room = (size_t)fw->subject_n + 1;

    run->subjects = arena_array(run->context->arena, room, sizeof(*run->subjects));
    run->shown = arena_array(run->context->arena, room, sizeof(*run->shown));
    if (run->subjects == NULL || run->shown == NULL)
        return err_memory(err);
    for (size_t i = 0; run->like != NULL && i < run->like->subject_n; i++)
        want_with_parts(run, run->like->subjects[i], true);
    if (run->like != NULL)
        return ERR_OK;
    if (run->measure != NULL) {
        for (int i = 0; i < run->measure->subject_n; i++)
            want_with_parts(run, run->measure->subjects[i], true);
    } else if (filters->subject != NULL) {
        int subject = framework_subject(fw, filters->subject);

        if (subject < 0) {
            (void)err_set(err, ERR_NOT_FOUND, "there is no subject called %s",
                    filters->subject);
            return err_hint(err, "Use a code such as MAT, or the subject's name.");
        }
        want_with_parts(run, subject, true);
    }
    for (int i = 0; i < fw->subject_n; i++) {
        bool banded = run->cut == CUT_PRIOR_BAND || run->cross == CUT_PRIOR_BAND;
        bool means = run->measure == NULL && filters->subject == NULL;

        if (run->measure != NULL && run->measure->subject_n == 0)
            want(run, i, false);
        else if (fw->subjects[i].core && (banded || means))
            want_with_parts(run, i, means && !is_part(fw, i));
    }
    return ERR_OK;
}

/* ---- pupils ---- */

static int by_id(const void *a, const void *b)
{
    const struct cohort_pupil *x = a;
    const struct cohort_pupil *y = b;

    return (x->id > y->id) - (x->id < y->id);
}

/* Those whom the filters choose today, ungated: each period's cohort passes the gate. */
static enum err_code load_same_pupils(struct trend_run *run, struct err *err)
{
    struct context *context = run->context;
    struct context bare = *context;
    struct filters filters = *run->filters;
    struct cohort_options options = { .aggregate = true,
        .characteristics = load_needs_groups(context) ||
                           (run->measure != NULL && run->measure->kind == MEASURE_FORMULA) };
    struct loaded *loaded = arena_alloc(context->arena, sizeof(*loaded));
    enum err_code code;

    if (loaded == NULL)
        return err_memory(err);
    bare.gate = NULL;
    if (filters.subject == NULL && run->subject_n != 0)
        filters.subject = context->fw->subjects[run->subjects[0]].code;
    code = cohort_load(&bare, &filters, &options, loaded, err);
    if (code != ERR_OK)
        return code;
    run->pupils = arena_array(context->arena, loaded->cohort.pupil_n + 1, sizeof(*run->pupils));
    if (run->pupils == NULL)
        return err_memory(err);
    run->pupil_n = loaded->cohort.pupil_n;
    if (run->pupil_n != 0) {
        memcpy(run->pupils, loaded->cohort.pupils, run->pupil_n * sizeof(*run->pupils));
        qsort(run->pupils, run->pupil_n, sizeof(*run->pupils), by_id);
    }
    return ERR_OK;
}

static enum err_code refuse_narrowing(const char *name, struct err *err)
{
    (void)err_set(err, ERR_INVALID,
            "--%s chooses pupils of today, and a year group followed through the years is "
            "others "
            "each time",
            name);
    return err_hint(err, "Leave it out, or follow the same pupils with --follow cohort.");
}

static enum err_code check_year_filters(const struct filters *filters, struct err *err)
{
    enum cut cut = filters->by_n == 0 ? CUT_NONE : filters->by[0];

    if (cut_overlaps(cut) || cut_overlaps(filters->cross))
        return refuse_narrowing("by group, set or teacher", err);
    if (filters->group != NULL)
        return refuse_narrowing("group", err);
    if (filters->registration != NULL)
        return refuse_narrowing("registration", err);
    if (filters->upn != NULL)
        return refuse_narrowing("upn", err);
    if (filters->where != NULL)
        return refuse_narrowing("where", err);
    return ERR_OK;
}

/* Everybody the school ever had, with the characteristics that tell who was where when. */
static enum err_code load_everybody(struct trend_run *run, struct err *err)
{
    struct context *context = run->context;
    struct pupil_handle_list list = { 0 };
    unsigned wanted = traits_of_cuts(&run->cut, 1) | traits_of_cuts(&run->cross, 1) |
                      1u << TRAIT_ENTRY | 1u << TRAIT_LEAVING | 1u << TRAIT_YEAR;
    enum err_code code = check_year_filters(run->filters, err);

    if (code == ERR_OK)
        code = store_pupils(context->store, context->school.school_id, context->arena, &list,
                err);
    if (code == ERR_OK)
        code = traits_load(context, run->recorded, wanted, &run->traits, err);
    if (code != ERR_OK)
        return code;
    run->pupils = arena_array(context->arena, list.n + 1, sizeof(*run->pupils));
    if (run->pupils == NULL)
        return err_memory(err);
    for (size_t i = 0; i < list.n; i++)
        run->pupils[i] = (struct cohort_pupil){ .id = list.items[i].pupil_id,
            .school_id = context->school.school_id,
            .upn = list.items[i].upn,
            .surname = "",
            .forename = "" };
    run->pupil_n = list.n;
    if (list.n > 1)
        qsort(run->pupils, run->pupil_n, sizeof(*run->pupils), by_id);
    return ERR_OK;
}

/* Whether a pupil was in one of the years asked on one of the periods' last days. */
static bool ever_counts(const struct trend_run *run, const struct cohort_pupil *pupil)
{
    const struct measure *measure = run->measure;

    if (!run->by_year && measure != NULL && trend_keeps_years(measure))
        return pupil->year >= measure->first_year && pupil->year <= LAST_YEAR;
    if (!run->by_year || run->first_year > run->last_year)
        return true;
    for (size_t i = 0; i < run->out.period_n; i++) {
        int year = trait_year(&run->traits, pupil->id, run->out.periods[i].end);

        if (year >= run->first_year && year <= run->last_year)
            return true;
    }
    return false;
}

static void drop_others(struct trend_run *run)
{
    size_t kept = 0;

    for (size_t i = 0; i < run->pupil_n; i++) {
        if (ever_counts(run, &run->pupils[i]))
            run->pupils[kept++] = run->pupils[i];
    }
    run->pupil_n = kept;
}

/* ---- what is on record ---- */

/* Rows of one subject follow one another, so the last one asked for is remembered. */
static size_t place_of_subject(struct trend_run *run, const char *code)
{
    int subject;
    size_t i = 0;

    if (strcmp(run->last_code, code) == 0)
        return run->last_place;
    subject = framework_subject(run->context->fw, code);
    while (i < run->subject_n && run->subjects[i] != subject)
        i++;
    if (!text_copy(run->last_code, sizeof(run->last_code), code))
        run->last_code[0] = '\0';
    run->last_place = i;
    return i;
}

static bool same_key(const struct trend_event *a, const struct trend_event *b)
{
    return a->kind == b->kind && a->date.ymd == b->date.ymd && a->key == b->key;
}

static const char *review_of(struct trend_run *run, const struct fact *fact)
{
    for (size_t i = 0; i < run->out.period_n && run->over == OVER_REVIEWS; i++) {
        if (text_eq_fold(run->reviews[i]->name, fact->review))
            return run->reviews[i]->name;
    }
    return text_empty(fact->review) ? NULL : "";
}

/* Rows of one key follow one another: the last replaces those before it. */
static enum err_code take_event(void *data, const struct fact *fact, struct err *err)
{
    struct trend_run *run = data;
    const struct framework *fw = run->context->fw;
    long p = places_find(&run->places, fact->pupil_id);
    size_t s = p < 0 ? 0 : place_of_subject(run, fact->subject);
    struct trend_event event = { .date = fact->date,
        .kind = fact->kind,
        .value = fact->withdrawn ? VALUE_NONE : framework_stored(fw, fact->scale, fact->grade),
        .seq = fact->seq,
        .key = hash_text(hash_text(HASH_START, fact->stage), fact->source) };
    struct trend_event *events;
    struct trend_line *line;

    if (p < 0 || s == run->subject_n)
        return ERR_OK;
    line = &run->lines[(size_t)p * run->subject_n + s];
    event.stage = (int16_t)framework_stage(fw, fact->stage);
    event.rank = framework_source_rank(fw, fact->source);
    if (event.value.points == POINTS_NONE)
        event.rank = INT32_MAX; /* absent: whoever gave a grade is believed first */
    event.review = review_of(run, fact);
    if (line->n > 0 && same_key(&line->events[line->n - 1], &event)) {
        line->events[line->n - 1] = event;
        return ERR_OK;
    }
    events = arena_grow(run->context->arena, line->events, line->n, sizeof(*events));
    if (events == NULL)
        return err_memory(err);
    line->events = events;
    events[line->n++] = event;
    return ERR_OK;
}

static enum err_code read_lines(struct trend_run *run, struct err *err)
{
    struct context *context = run->context;
    struct line_question question = { .day = run->day, .recorded = run->recorded };
    size_t cells = run->pupil_n * run->subject_n;
    const char **codes = arena_array(context->arena, run->subject_n + 1, sizeof(*codes));
    enum err_code code =
            places_make(&run->places, context->arena, run->pupils, run->pupil_n, err);

    run->lines = arena_array(context->arena, cells + 1, sizeof(*run->lines));
    if (code == ERR_OK && (run->lines == NULL || codes == NULL))
        code = err_memory(err);
    for (size_t s = 0; s < run->subject_n && code == ERR_OK; s++)
        codes[s] = context->fw->subjects[run->subjects[s]].code;
    question.subjects = codes;
    question.subject_n = run->subject_n;
    if (code == ERR_OK && cells > SINGLY)
        return store_lines(context->store, context->school.school_id, &question, take_event,
                run, err);
    question.subject_n = 1;
    for (size_t p = 0; p < run->pupil_n; p++) {
        question.pupil_id = run->pupils[p].id;
        for (size_t s = 0; s < run->subject_n && code == ERR_OK; s++) {
            question.subjects = codes + s;
            code = store_lines(context->store, context->school.school_id, &question, take_event,
                    run, err);
        }
    }
    return code;
}

enum err_code trend_load(struct trend_run *run, struct err *err)
{
    enum err_code code = choose_subjects(run, err);

    if (code == ERR_OK)
        code = run->by_year ? load_everybody(run, err) : load_same_pupils(run, err);
    if (code == ERR_OK && run->out.period_n == 0)
        code = trend_periods(run, err);
    if (code != ERR_OK)
        return code;
    drop_others(run);
    return read_lines(run, err);
}
