#include "actions/figures.h"

#include "actions/cohort_in.h"
#include "actions/gate.h"
#include "base/text.h"

const struct cohort_options figures_everything = { .all_subjects = true,
    .derived = true,
    .characteristics = true,
    .predictions = true,
    .results = true };

enum err_code figures_subject(const struct context *context, const struct filters *filters,
        struct filters *ret_filters, bool *ret_chosen, struct err *err)
{
    const struct framework *fw = context->fw;

    *ret_filters = *filters;
    *ret_chosen = false;
    if (filters->subject != NULL)
        return ERR_OK;
    for (int i = 0; i < fw->subject_n && !*ret_chosen; i++) {
        ret_filters->subject = fw->subjects[i].code;
        *ret_chosen = fw->subjects[i].core;
    }
    if (*ret_chosen)
        return ERR_OK;
    (void)err_set(err, ERR_USAGE, "this report needs to know which subject");
    return err_hint(err, "Name one with --subject.");
}

void figures_say_subject(const struct context *context, const struct loaded *loaded,
        struct report *report)
{
    report_note(report, "No subject was asked for: this is %s.",
            context->fw->subjects[loaded->subject].name);
}

/* ---- a moment that the cohort does not hold ---- */

/* Whether the person who asks may see this pupil's marks in the subject. */
static enum err_code may_see(const struct context *context, const struct loaded *loaded,
        size_t p, const char *subject, bool *ret_may, struct err *err)
{
    struct access_pupil asked = { 0 };
    enum err_code code;

    *ret_may = true;
    if (!load_needs_groups(context) || loaded->suppress)
        return ERR_OK;
    code = gate_pupil(context->gate, &loaded->cohort.pupils[p], subject, &asked, err);
    asked.subject = subject;
    *ret_may = code == ERR_OK &&
               gate_may(context->gate, context->gate_action, FIELD_MARKS, &asked).yes;
    return code;
}

static struct value *no_values(struct arena *arena, size_t n)
{
    struct value *values = arena_array(arena, n + 1, sizeof(*values));

    for (size_t i = 0; values != NULL && i < n; i++)
        values[i] = VALUE_NONE;
    return values;
}

/* The judgements of another moment's cohort, brought to the places of this one's pupils. */
static enum err_code take_over(const struct context *context, const struct loaded *loaded,
        const struct loaded *then, int subject, struct value *values, struct err *err)
{
    const struct cohort *from = &then->cohort;
    int column = cohort_column(from, subject);
    struct places places = { 0 };
    enum err_code code = places_make(&places, context->arena, from->pupils, from->pupil_n, err);

    for (size_t p = 0; p < loaded->cohort.pupil_n && column >= 0 && code == ERR_OK; p++) {
        long place = places_find(&places, loaded->cohort.pupils[p].id);
        bool may = false;

        code = may_see(context, loaded, p, context->fw->subjects[subject].code, &may, err);
        if (may && place >= 0)
            values[p] = from->now[cohort_cell(from, (size_t)place, (size_t)column)];
    }
    return code;
}

/* Everybody's judgements of a review, or as they stood on a day; whom they are shown of is
   for take_over to say. */
static enum err_code load_moment(struct context *context, const struct filters *filters,
        const struct loaded *loaded, int subject, const char *review, struct date day,
        struct value *values, struct err *err)
{
    struct context at = *context;
    struct cohort_options options = { .derived = true, .day = day };
    struct filters other = { .subject = context->fw->subjects[subject].code,
        .review = review,
        .as_at = filters->as_at };
    struct loaded then;
    enum err_code code;

    at.gate = NULL;
    code = cohort_load(&at, &other, &options, &then, err);
    return code == ERR_OK ? take_over(context, loaded, &then, subject, values, err) : code;
}

static enum err_code point_elsewhere(struct context *context, const struct filters *filters,
        const struct loaded *loaded, int subject, const char *word, struct point *point,
        struct err *err)
{
    struct value *values = no_values(context->arena, loaded->cohort.pupil_n);
    char text[DATE_LONG_SIZE];
    struct date day = { 0 };
    bool dated = date_parse(word, &day);
    enum err_code code;

    if (values == NULL)
        return err_memory(err);
    if (loaded->suppress) {
        (void)err_set(err, ERR_FORBIDDEN,
                "your role sees counts only, and those of two days may tell of single pupils");
        return err_hint(err, "Choose among prior, target, prediction, now and result.");
    }
    if (dated && day.ymd > context->today.ymd) {
        (void)err_set(err, ERR_INVALID, "%s is still to come", date_long(day, text));
        return err_hint(err, "Give a day that has been, or a review.");
    }
    code = load_moment(context, filters, loaded, subject, dated ? NULL : word, day, values,
            err);
    if (code == ERR_NOT_FOUND) {
        (void)err_set(err, code, "\"%s\" is no point to go from or to", word);
        return err_hint(err, "It is prior, target, prediction, now, result, a review's name "
                             "or a date.");
    }
    if (code != ERR_OK)
        return code;
    *point = (struct point){ .label = arena_printf(context->arena, dated ? "%s" : "Review %s",
                                     dated ? date_long(day, text) : word),
        .values = values };
    return point->label == NULL ? err_memory(err) : ERR_OK;
}

/* ---- points ---- */

/* A column of the cohort's one subject, as one value a pupil. */
static struct value *column_of(struct arena *arena, const struct cohort *cohort, int subject,
        const struct value *cells)
{
    struct value *values = no_values(arena, cohort->pupil_n);
    int column = cohort_column(cohort, subject);

    for (size_t p = 0; values != NULL && p < cohort->pupil_n && column >= 0; p++)
        values[p] = cells[cohort_cell(cohort, p, (size_t)column)];
    return values;
}

enum err_code figures_point(struct context *context, const struct filters *filters,
        const struct loaded *loaded, int subject, const char *word, struct point *ret_point,
        struct err *err)
{
    const struct cohort *cohort = &loaded->cohort;
    const struct {
        const char *word, *label;
        const struct value *cells;
        bool prior, final;
    } words[] = {
        { "prior", "Prior attainment", cohort->prior, true, false },
        { "target", "Target", cohort->target, false, true },
        { "prediction", "Prediction", cohort->prediction, false, true },
        { "now", "Now", cohort->now, false, false },
        { "result", "Result", cohort->result, false, true },
    };

    for (size_t i = 0; i < COUNT(words); i++) {
        struct point point = { .label = words[i].label,
            .prior = words[i].prior,
            .final = words[i].final };

        if (!text_eq_fold(word, words[i].word))
            continue;
        point.values = column_of(context->arena, cohort, subject, words[i].cells);
        if (point.values == NULL)
            return err_memory(err);
        *ret_point = point;
        return ERR_OK;
    }
    return point_elsewhere(context, filters, loaded, subject, word, ret_point, err);
}

/* ---- formulas ---- */

struct asking {
    struct context *context;
    const struct filters *filters;
    const struct loaded *loaded;
};

/* A judgement of a review can be had; attendance, other columns and stages further back not. */
static bool offers(void *data, const struct formula_need *need, struct formula_offer *ret_offer)
{
    (void)data;
    (void)ret_offer;
    return need->kind == FORMULA_NEED_AT && need->subject >= 0;
}

static enum err_code fill(void *data, const struct formula_need *need,
        const struct cohort *cohort, struct arena *arena, struct formula_column *ret_column,
        struct err *err)
{
    const struct asking *asking = data;
    struct point point = { 0 };
    enum err_code code = figures_point(asking->context, asking->filters, asking->loaded,
            need->subject, need->name, &point, err);

    (void)arena;
    if (code == ERR_OK)
        *ret_column = (struct formula_column){ .type = FORMULA_GRADE,
            .n = cohort->pupil_n,
            .grades = point.values };
    return code;
}

static enum err_code as_numbers(struct context *context, const struct formula_column *column,
        struct figures *figures, struct err *err)
{
    int64_t *numbers;

    figures->points = column->type != FORMULA_NUMBER;
    if (column->type != FORMULA_GRADE) {
        figures->numbers = column->numbers;
        return ERR_OK;
    }
    numbers = arena_array(context->arena, column->n + 1, sizeof(*numbers));
    if (numbers == NULL)
        return err_memory(err);
    for (size_t i = 0; i < column->n; i++)
        numbers[i] = value_has_points(column->grades[i]) ? column->grades[i].points
                                                         : FORMULA_NO_NUMBER;
    figures->numbers = numbers;
    figures->grades = column->grades;
    return ERR_OK;
}

enum err_code figures_formula(struct context *context, const struct filters *filters,
        const struct loaded *loaded, int subject, const char *text, struct figures *ret_figures,
        struct err *err)
{
    struct asking asking = { context, filters, loaded };
    struct formula_source source = { .context = &asking, .offers = offers, .fill = fill };
    struct figures figures = { .label = text };
    const struct formula *formula = NULL;
    struct formula_column column = { 0 };
    enum err_code code = formula_stages(&loaded->cohort, context->arena, &source, err);

    if (subject >= 0)
        source.subject = context->fw->subjects[subject].code;
    if (code == ERR_OK)
        code = formula_compile(context->arena, context->fw, text, &source, &formula, err);
    if (code == ERR_OK && formula_type_of(formula) != FORMULA_GRADE)
        code = formula_require(formula, FORMULA_NUMBER, err);
    if (code == ERR_OK)
        code = formula_run(formula, &loaded->cohort, filters->basis, context->arena, &column,
                err);
    if (code == ERR_OK)
        code = as_numbers(context, &column, &figures, err);
    if (code == ERR_OK)
        *ret_figures = figures;
    return code;
}

/* ---- standard scores ---- */

/* The pupils with their numbers. Who sees counts alone has a cohort without; it is loaded once
   more for that, and in the same order. */
static enum err_code find_who(struct context *at, const struct filters *filters,
        const struct loaded *loaded, const struct cohort_pupil **ret_who, struct err *err)
{
    struct cohort_options options = { .people = true };
    struct loaded again;
    enum err_code code = ERR_OK;

    *ret_who = loaded->cohort.pupils;
    if (!loaded->suppress)
        return ERR_OK;
    code = cohort_load(at, filters, &options, &again, err);
    if (code == ERR_OK && again.cohort.pupil_n != loaded->cohort.pupil_n)
        code = err_set(err, ERR_CONFLICT, "the register changed while it was read");
    if (code == ERR_OK)
        *ret_who = again.cohort.pupils;
    return code;
}

struct score {
    struct date date;
    int64_t seq, number;
};

struct scores_load {
    const struct framework *fw;
    struct places places;
    struct score *scores; /* one a pupil */
};

/* Numbers about a mean of 100 with a standard deviation of 15: the scale reaches from two or
   more deviations below to two or more above, and not to nought. */
static bool is_standard(const struct scale *scale)
{
    enum {
        LEAST = 40000,
        LOW = 70000,
        HIGH = 130000,
        MOST = 160000
    };

    return scale->kind == SCALE_NUMBER && scale->min >= LEAST && scale->min <= LOW &&
           scale->max >= HIGH && scale->max <= MOST;
}

static enum err_code take_score(void *data, const struct fact *fact, struct err *err)
{
    struct scores_load *sl = data;
    struct value value = framework_stored(sl->fw, fact->scale, fact->grade);
    long place = places_find(&sl->places, fact->pupil_id);
    struct score *score;

    (void)err;
    if (place < 0 || !value_has_points(value) || value.grade >= 0 ||
            !is_standard(&sl->fw->scales[value.scale]))
        return ERR_OK;
    score = &sl->scores[place];
    if (fact->date.ymd < score->date.ymd ||
            (fact->date.ymd == score->date.ymd && fact->seq < score->seq))
        return ERR_OK;
    *score = (struct score){ fact->date, fact->seq, value.number };
    return ERR_OK;
}

static enum err_code read_scores(struct context *context, const struct loaded *loaded,
        int subject, struct scores_load *sl, struct err *err)
{
    static const enum fact_kind kinds[] = { FACT_RESULT, FACT_ASSESSMENT, FACT_TEST };
    enum err_code code = ERR_OK;

    for (size_t i = 0; i < COUNT(kinds) && code == ERR_OK; i++)
        code = store_facts_in_force(context->store, context->school.school_id,
                &(struct fact_question){ kinds[i], 0, context->fw->subjects[subject].code,
                        loaded->day, loaded->recorded },
                take_score, sl, err);
    return code;
}

static enum err_code keep_seen(const struct context *context, struct loaded *loaded,
        int subject, const struct scores_load *sl, int64_t *numbers, struct err *err)
{
    for (size_t p = 0; p < loaded->cohort.pupil_n; p++) {
        bool may = false;
        enum err_code code =
                may_see(context, loaded, p, context->fw->subjects[subject].code, &may, err);

        if (code != ERR_OK)
            return code;
        may = may && date_is_set(sl->scores[p].date);
        numbers[p] = may ? sl->scores[p].number : FORMULA_NO_NUMBER;
        if (may && sl->scores[p].date.ymd > loaded->newest.ymd)
            loaded->newest = sl->scores[p].date;
    }
    return ERR_OK;
}

enum err_code figures_scores(struct context *context, const struct filters *filters,
        struct loaded *loaded, int subject, const int64_t **ret_scores, struct err *err)
{
    size_t n = loaded->cohort.pupil_n;
    struct context at = *context;
    struct scores_load sl = { .fw = context->fw };
    const struct cohort_pupil *who = NULL;
    int64_t *numbers = arena_array(context->arena, n + 1, sizeof(*numbers));
    enum err_code code;

    at.gate = NULL;
    sl.scores = arena_array(context->arena, n + 1, sizeof(*sl.scores));
    if (numbers == NULL || sl.scores == NULL)
        return err_memory(err);
    code = find_who(&at, filters, loaded, &who, err);
    if (code == ERR_OK)
        code = places_make(&sl.places, context->arena, who, n, err);
    if (code == ERR_OK)
        code = read_scores(context, loaded, subject, &sl, err);
    if (code == ERR_OK)
        code = keep_seen(context, loaded, subject, &sl, numbers, err);
    if (code == ERR_OK)
        *ret_scores = numbers;
    return code;
}
