#include <string.h>

#include "actions/marksheet_in.h"
#include "base/text.h"

enum {
    REVIEWS_SEEN = 24
};

int sheet_column(const struct sheet_load *load, const char *subject)
{
    for (size_t i = 0; i < load->subject_n; i++) {
        if (strcmp(load->scope.subjects[i], subject) == 0)
            return (int)i;
    }
    return -1;
}

/* ---- prior attainment, targets, adjustments ---- */

struct aims_load {
    int stages[2], priors[2]; /* framework indexes, -1 none */
    int *rank;                /* of the source behind each prior; lower is believed first */
    bool *seen;
};

/* The first two key stages that pupils of the sheet are in: mixed-age classes have two. */
static void find_stages(const struct sheet_load *load, struct aims_load *al)
{
    size_t n = 0;

    al->stages[0] = al->stages[1] = al->priors[0] = al->priors[1] = -1;
    for (size_t i = 0; i < load->pupil_n && n < 2; i++) {
        int stage = load->pupils[i].stage;

        if (stage < 0 || stage == al->stages[0])
            continue;
        al->stages[n] = stage;
        al->priors[n++] = context_prior_stage(load->context, stage);
    }
}

static bool is_of(const struct framework *fw, int stage, const char *code)
{
    return stage >= 0 && strcmp(fw->stages[stage].code, code) == 0;
}

static void keep_prior(struct aims_load *al, struct cohort *cohort, const struct fact *fact,
        size_t cell, struct value value)
{
    /* An absence is believed last: it stands before no grade. */
    int rank = value.points == POINTS_NONE ? INT16_MAX
                                           : framework_source_rank(cohort->fw, fact->source);
    bool older = fact->date.ymd < cohort->prior_date[cell].ymd;

    if (al->seen[cell] && (rank > al->rank[cell] || (rank == al->rank[cell] && older)))
        return;
    al->seen[cell] = true;
    al->rank[cell] = rank;
    cohort->prior[cell] = value;
    cohort->prior_date[cell] = fact->date;
}

static void take_aim(struct sheet_load *load, struct aims_load *al, const struct fact *fact,
        bool adjustment, size_t place, size_t column)
{
    struct cohort *cohort = &load->sheet->cohort;
    const struct framework *fw = cohort->fw;
    struct value value = framework_stored(fw, fact->scale, fact->grade);
    size_t cell = cohort_cell(cohort, place, column);
    int stage = load->pupils[place].stage;
    int prior = stage == al->stages[0] ? al->priors[0] : al->priors[1];

    if (adjustment) {
        if (is_of(fw, stage, fact->stage))
            cohort->adjustment[cell] = fact->withdrawn ? VALUE_NONE : value;
    } else if (fact->kind == FACT_TARGET && is_of(fw, stage, fact->stage)) {
        cohort->target[cell] = value;
        cohort->target_date[cell] = fact->date;
    } else if (fact->kind == FACT_PREDICTION && is_of(fw, stage, fact->stage)) {
        cohort->prediction[cell] = value;
    } else if (fact->kind == FACT_RESULT && is_of(fw, prior, fact->stage) &&
               value_is_set(value)) {
        keep_prior(al, cohort, fact, cell, value);
    }
}

static const char *stage_code(const struct framework *fw, int stage)
{
    return stage < 0 ? "" : fw->stages[stage].code;
}

/* ---- what was judged ---- */

/* The newest thing said of one pupil and subject in one review. */
struct judged {
    struct value value;
    struct date date;
    bool withdrawn;
};

struct marks_load {
    struct sheet_load *load;
    struct aims_load aims;
    const char *reviews[REVIEWS_SEEN]; /* names of reviews other than the sheet's */
    struct date last[REVIEWS_SEEN];    /* the last day anything was judged in it */
    size_t review_n;
    struct judged *judged; /* cell x REVIEWS_SEEN */
};

static enum err_code keep_entry(struct sheet_load *load, size_t cell, const struct fact *fact,
        struct err *err)
{
    struct arena *arena = load->arena;
    struct sheet_cell *entry = &load->sheet->cells[cell];
    struct cell_said *said = arena_alloc(arena, sizeof(*said));

    if (said == NULL)
        return err_memory(err);
    *said = (struct cell_said){ fact->seq,
        fact->withdrawn ? "" : arena_text(arena, fact->grade), entry->said };
    entry->said = said;
    entry->revision = fact->seq;
    entry->text = said->text;
    entry->value = fact->withdrawn
                           ? VALUE_NONE
                           : framework_stored(load->context->fw, fact->scale, fact->grade);
    entry->mark = fact->withdrawn ? MARK_NONE : fact->mark;
    entry->date = fact->date;
    entry->recorded_at = fact->withdrawn ? "" : arena_text(arena, fact->recorded_at);
    return said->text == NULL || entry->recorded_at == NULL ? err_memory(err) : ERR_OK;
}

static int review_of(struct marks_load *ml, const struct fact *fact, struct err *err)
{
    size_t i = 0;

    while (i < ml->review_n && strcmp(ml->reviews[i], fact->review) != 0)
        i++;
    if (i == ml->review_n) {
        if (i == REVIEWS_SEEN)
            return -1;
        ml->reviews[i] = arena_text(ml->load->arena, fact->review);
        if (ml->reviews[i] == NULL) {
            (void)err_memory(err);
            return -1;
        }
        ml->review_n++;
    }
    if (fact->date.ymd > ml->last[i].ymd)
        ml->last[i] = fact->date;
    return (int)i;
}

static enum err_code take_mark(struct marks_load *ml, const struct fact *fact, size_t cell,
        struct err *err)
{
    struct sheet_load *load = ml->load;
    int review;

    if (strcmp(fact->review, load->sheet->marksheet.review.name) == 0)
        return keep_entry(load, cell, fact, err);
    if (fact->review[0] == '\0' || fact->date.ymd > load->scope.day.ymd)
        return ERR_OK;
    err->code = ERR_OK;
    review = review_of(ml, fact, err);
    if (review < 0)
        return err->code;
    ml->judged[cell * REVIEWS_SEEN + (size_t)review] =
            (struct judged){ framework_stored(load->context->fw, fact->scale, fact->grade),
                fact->date, fact->withdrawn };
    return ERR_OK;
}

/* A subject that only a formula of the template reads: its latest judgement as it stands. */
static void take_latest(struct sheet_load *load, const struct fact *fact, size_t place,
        size_t column)
{
    struct cohort *cohort = &load->sheet->cohort;
    size_t cell = cohort_cell(cohort, place, column);

    if (column < load->read_from || fact->recorded_at[0] != '\0')
        return;
    cohort->now[cell] = framework_stored(cohort->fw, fact->scale, fact->grade);
    cohort->now_date[cell] = fact->date;
}

static enum err_code take_value(void *data, const struct fact *fact, bool adjustment,
        struct err *err)
{
    struct marks_load *ml = data;
    struct sheet_load *load = ml->load;
    long place = places_find(&load->places, fact->pupil_id);
    int column = sheet_column(load, fact->subject);

    if (place < 0 || column < 0)
        return ERR_OK;
    if (adjustment || fact->kind != load->sheet->kind) {
        take_aim(load, &ml->aims, fact, adjustment, (size_t)place, (size_t)column);
        return ERR_OK;
    }
    if ((size_t)column >= load->sheet->column_n) {
        take_latest(load, fact, (size_t)place, (size_t)column);
        return ERR_OK;
    }
    return take_mark(ml, fact, (size_t)place * load->sheet->column_n + (size_t)column, err);
}

/* The last reviews that ended before this one's entries, oldest first. */
static void choose_earlier(struct marks_load *ml, int chosen[SHEET_EARLIER])
{
    struct sheet *sheet = ml->load->sheet;
    bool taken[REVIEWS_SEEN] = { false };
    int found[SHEET_EARLIER];
    size_t n = 0;

    while (n < SHEET_EARLIER) {
        int best = -1;

        for (size_t i = 0; i < ml->review_n; i++) {
            bool before = ml->last[i].ymd < sheet->marksheet.review.to.ymd;

            if (!taken[i] && before && (best < 0 || ml->last[i].ymd > ml->last[best].ymd))
                best = (int)i;
        }
        if (best < 0)
            break;
        taken[best] = true;
        found[n++] = best;
    }
    sheet->earlier_n = n;
    for (size_t i = 0; i < n; i++) {
        chosen[i] = found[n - 1 - i];
        sheet->earlier[i] = ml->reviews[chosen[i]];
    }
}

static void fill_earlier(struct marks_load *ml)
{
    struct sheet *sheet = ml->load->sheet;
    int chosen[SHEET_EARLIER] = { 0 };

    choose_earlier(ml, chosen);
    for (size_t c = 0; c < ml->load->pupil_n * sheet->column_n; c++) {
        for (size_t i = 0; i < SHEET_EARLIER; i++) {
            const struct judged *judged =
                    i < sheet->earlier_n ? &ml->judged[c * REVIEWS_SEEN + (size_t)chosen[i]]
                                         : NULL;
            bool set = judged != NULL && date_is_set(judged->date) && !judged->withdrawn;

            sheet->cells[c].earlier[i] = set ? judged->value : VALUE_NONE;
        }
    }
}

static struct date since(const struct sheet_load *load)
{
    enum {
        BACK = 500
    };
    struct date from = load->sheet->marksheet.review.from;
    struct date day = load->scope.day;

    return date_from_number(
            date_number(!date_is_set(from) || from.ymd > day.ymd ? day : from) - BACK);
}

static enum err_code make_room(struct marks_load *ml, struct err *err)
{
    struct arena *arena = ml->load->arena;
    struct sheet *sheet = ml->load->sheet;
    size_t n = ml->load->pupil_n * sheet->column_n;
    size_t all = ml->load->pupil_n * ml->load->subject_n;

    sheet->cells = arena_array(arena, n + 1, sizeof(*sheet->cells));
    ml->judged = arena_array(arena, (n + 1) * REVIEWS_SEEN, sizeof(*ml->judged));
    ml->aims.rank = arena_array(arena, all + 1, sizeof(*ml->aims.rank));
    ml->aims.seen = arena_array(arena, all + 1, sizeof(*ml->aims.seen));
    if (sheet->cells == NULL || ml->judged == NULL || ml->aims.rank == NULL ||
            ml->aims.seen == NULL)
        return err_memory(err);
    for (size_t i = 0; i < n; i++)
        sheet->cells[i] = SHEET_CELL_NONE;
    return ERR_OK;
}

enum err_code load_sheet_values(struct sheet_load *load, struct err *err)
{
    struct context *context = load->context;
    const struct calendar *calendar = &context->reckoning.calendar;
    struct marks_load ml = { .load = load };
    struct marksheet_wants wants = { .kind = load->sheet->kind, .since = since(load) };
    enum err_code code = make_room(&ml, err);

    if (code != ERR_OK)
        return code;
    find_stages(load, &ml.aims);
    for (int i = 0; i < 2; i++) {
        wants.prior[i] = stage_code(context->fw, ml.aims.priors[i]);
        wants.target[i] = stage_code(context->fw, ml.aims.stages[i]);
    }
    wants.period_end = calendar_period_end(calendar, calendar_year(calendar, load->scope.day),
            calendar_period(calendar, load->scope.day));
    code = store_marksheet_values(context->store, &load->scope, &wants, take_value, &ml, err);
    if (code == ERR_OK)
        fill_earlier(&ml);
    return code;
}
