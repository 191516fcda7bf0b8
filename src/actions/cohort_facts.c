#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "actions/cohort_in.h"
#include "actions/shelf_in.h"
#include "base/text.h"

/* What a cell may hold, one column each. */
enum slot {
    SLOT_PRIOR,
    SLOT_EARLIER,
    SLOT_TARGET,
    SLOT_PREDICTION,
    SLOT_NOW,
    SLOT_RESULT,
    SLOT_YEAR_TARGET,
    SLOT_YEAR_PREDICTION,
    SLOT_YEAR_RESULT,
    SLOT__MAX,
};

struct entry {
    struct value value;
    struct date date;
    int64_t seq;
    int rank; /* of its source; lower is believed first */
    bool set;
};

/* The entries of one subject, made when its first fact comes by. */
struct subject_column {
    struct entry *entries[SLOT__MAX]; /* one a pupil each */
    bool seen;
};

enum {
    KNOWN_SUBJECTS = 32,
    KNOWN_CODE = 12,
    RANK_NO_VALUE = INT_MAX /* absent, disapplied: whoever gave a grade is believed first */
};

struct facts_load {
    struct load *load;
    struct subject_column *columns; /* one a subject of the framework */
    struct arena scratch;           /* of columns and entries, until the cohort is made */

    /* Codes met so far: the same dozen comes by ten thousand times. */
    struct {
        char code[KNOWN_CODE];
        int subject;
    } known[KNOWN_SUBJECTS];
    size_t known_n;

    /* The query that is running: */
    enum fact_kind kind;
    enum slot slot;
    const char *stage; /* only this stage, NULL: any */
    int for_stage;     /* only pupils in this whole stage, -1: any */
    int for_other;     /* only pupils who are also asked about this stage, -1: any */
    int for_judge;     /* only pupils whose stage is judged so (enum judged_by), -1: any */
    bool walk;         /* `latest` does not serve: the history is walked */
};

static bool concerns(const struct facts_load *fl, const struct cohort_pupil *pupil)
{
    if (fl->for_stage >= 0 && pupil->stage != fl->for_stage)
        return false;
    if (fl->for_judge >= 0 &&
            (pupil->stage < 0 || (int)fl->load->context->fw->stages[pupil->stage].judged_by !=
                                         fl->for_judge))
        return false;
    return fl->for_other < 0 || pupil->year_stage == fl->for_other;
}

/* Whether a fact is said to belong to the review asked for, or lies between its days. */
static bool of_review(const struct load *load, const struct fact *fact)
{
    const struct review *review = load->review;

    if (text_eq_fold(fact->review, load->filters->review))
        return true;
    return review != NULL && text_empty(fact->review) && fact->date.ymd >= review->from.ymd &&
           fact->date.ymd <= review->to.ymd;
}

static int subject_of(struct facts_load *fl, const char *code)
{
    int subject;

    for (size_t i = 0; i < fl->known_n; i++) {
        if (strcmp(fl->known[i].code, code) == 0)
            return fl->known[i].subject;
    }
    subject = framework_subject(fl->load->context->fw, code);
    if (fl->known_n < KNOWN_SUBJECTS &&
            text_copy(fl->known[fl->known_n].code, KNOWN_CODE, code))
        fl->known[fl->known_n++].subject = subject;
    return subject;
}

static struct entry *entry_of(struct facts_load *fl, const char *subject, size_t place,
        struct err *err)
{
    struct load *load = fl->load;
    int index = subject_of(fl, subject);
    struct subject_column *column;

    if (index < 0)
        return NULL;
    column = &fl->columns[index];
    if (column->entries[fl->slot] == NULL)
        column->entries[fl->slot] =
                arena_array(&fl->scratch, load->pupil_n, sizeof(struct entry));
    if (column->entries[fl->slot] == NULL) {
        (void)err_memory(err);
        return NULL;
    }
    column->seen = true;
    return &column->entries[fl->slot][place];
}

/* Believed first: the better source, then the later date, then the later recorded. */
static bool replaces(const struct entry *entry, int rank, const struct fact *fact)
{
    if (!entry->set)
        return true;
    if (rank != entry->rank)
        return rank < entry->rank;
    if (fact->date.ymd != entry->date.ymd)
        return fact->date.ymd > entry->date.ymd;
    return fact->seq > entry->seq;
}

static enum err_code keep(struct facts_load *fl, size_t place, const struct fact *fact,
        struct err *err)
{
    const struct framework *fw = fl->load->context->fw;
    struct value value = framework_stored(fw, fact->scale, fact->grade);
    int rank = fl->kind == FACT_RESULT ? framework_source_rank(fw, fact->source) : 0;
    struct entry *entry;

    if (!value_is_set(value))
        return ERR_OK;
    if (fl->kind == FACT_RESULT && value.points == POINTS_NONE)
        rank = RANK_NO_VALUE;
    err->code = ERR_OK;
    entry = entry_of(fl, fact->subject, place, err);
    if (entry == NULL)
        return err->code;
    if (!replaces(entry, rank, fact))
        return ERR_OK;
    *entry = (struct entry){ value, fact->date, fact->seq, rank, true };
    return ERR_OK;
}

static bool passes(const struct facts_load *fl, const struct fact *fact)
{
    const struct load *load = fl->load;

    if (fl->stage != NULL && !text_eq(fact->stage, fl->stage))
        return false;
    if (fl->kind == FACT_PREDICTION && load->filters->model != NULL &&
            !text_eq_fold(fact->source, load->filters->model))
        return false;
    return fl->slot != SLOT_NOW || load->filters->review == NULL || of_review(load, fact);
}

static enum err_code take_walked(void *data, const struct fact *fact, struct err *err)
{
    struct facts_load *fl = data;
    long place = places_find(&fl->load->places, fact->pupil_id);

    if (place < 0 || !concerns(fl, &fl->load->pupils[place]) || !passes(fl, fact))
        return ERR_OK;
    return keep(fl, (size_t)place, fact, err);
}

/* An absence hides a grade of the same source that was given on another day. */
static bool hides_another(const struct facts_load *fl, const struct fact *fact)
{
    const struct framework *fw = fl->load->context->fw;

    return fl->kind == FACT_RESULT &&
           framework_stored(fw, fact->scale, fact->grade).points == POINTS_NONE;
}

/* A row of `latest`: where it is later than the day asked about, or hides another, that one
   cell's history is walked instead. */
static enum err_code take_latest(void *data, const struct fact *fact, struct err *err)
{
    struct facts_load *fl = data;
    struct load *load = fl->load;
    long place = places_find(&load->places, fact->pupil_id);

    if (place < 0 || !concerns(fl, &load->pupils[place]))
        return ERR_OK;
    if (fact->date.ymd > load->out->day.ymd || hides_another(fl, fact))
        return store_facts_in_force(load->context->store, load->context->school.school_id,
                &(struct fact_question){ fl->kind, fact->pupil_id, fact->subject,
                        load->out->day, load->out->recorded },
                take_walked, fl, err);
    return passes(fl, fact) ? keep(fl, (size_t)place, fact, err) : ERR_OK;
}

/* The one subject that the database may be asked to narrow to, NULL: all. */
static const char *only_subject(const struct load *load)
{
    const struct framework *fw = load->context->fw;

    if (load->out->subject < 0 || load->options->all_subjects)
        return NULL;
    for (int i = 0; i < fw->derived_n; i++) {
        if (fw->derived[i].subject == load->out->subject)
            return NULL;
    }
    return fw->subjects[load->out->subject].code;
}

static enum err_code fetch(struct facts_load *fl, enum fact_kind kind, enum slot slot,
        int stage, struct err *err)
{
    struct load *load = fl->load;
    struct context *context = load->context;

    fl->kind = kind;
    fl->slot = slot;
    fl->stage = stage < 0 ? NULL : context->fw->stages[stage].code;
    if (fl->walk || (slot == SLOT_NOW && load->filters->review != NULL) || kind == FACT_TEST ||
            kind == FACT_MOCK)
        return store_facts_in_force(context->store, context->school.school_id,
                &(struct fact_question){ kind, 0, only_subject(load), load->out->day,
                        load->out->recorded },
                take_walked, fl, err);
    if (load->snapshot != NULL)
        return snapshot_latest(load->snapshot, kind, fl->stage, only_subject(load), take_latest,
                fl, err);
    return store_latest(context->store, context->school.school_id, kind, fl->stage,
            only_subject(load), take_latest, fl, err);
}

static bool judge_is_present(const struct load *load, enum judged_by judge)
{
    const struct framework *fw = load->context->fw;

    for (size_t i = 0; i < load->pupil_n; i++) {
        if (load->pupils[i].stage >= 0 && fw->stages[load->pupils[i].stage].judged_by == judge)
            return true;
    }
    return false;
}

/* Judgements are read once for all stages that are judged alike. */
static enum err_code fetch_now(struct facts_load *fl, enum judged_by judge, struct err *err)
{
    const struct context *context = fl->load->context;
    bool likely = judge == JUDGE_LIKELY;
    enum err_code code;

    if (!judge_is_present(fl->load, judge))
        return ERR_OK;
    fl->for_stage = -1;
    fl->for_other = -1;
    fl->for_judge = (int)judge;
    code = fetch(fl, likely ? FACT_LIKELY : FACT_ASSESSMENT, SLOT_NOW, -1, err);
    if (code == ERR_OK && context->tests_count && !likely)
        code = fetch(fl, FACT_TEST, SLOT_NOW, -1, err);
    if (code == ERR_OK && context->tests_count)
        code = fetch(fl, FACT_MOCK, SLOT_NOW, -1, err);
    fl->for_judge = -1;
    return code;
}

static enum err_code fetch_stage(struct facts_load *fl, int stage, struct err *err)
{
    struct load *load = fl->load;
    int previous = context_prior_stage(load->context, stage);
    int earlier = load_earlier_stage(load->context, stage);
    enum err_code code = ERR_OK;

    fl->for_stage = stage;
    fl->for_other = -1;
    if (previous >= 0)
        code = fetch(fl, FACT_RESULT, SLOT_PRIOR, previous, err);
    if (code == ERR_OK && load->options->results && earlier >= 0)
        code = fetch(fl, FACT_RESULT, SLOT_EARLIER, earlier, err);
    if (code == ERR_OK)
        code = fetch(fl, FACT_TARGET, SLOT_TARGET, stage, err);
    if (code == ERR_OK && load->options->predictions)
        code = fetch(fl, FACT_PREDICTION, SLOT_PREDICTION, stage, err);
    if (code == ERR_OK && load->options->results)
        code = fetch(fl, FACT_RESULT, SLOT_RESULT, stage, err);
    return code;
}

/* Targets, predictions and results of the other stage that measures ask some pupils about:
   the end of one year ("Y4"), or a later key stage. */
static enum err_code fetch_other(struct facts_load *fl, int stage, struct err *err)
{
    struct load *load = fl->load;
    enum err_code code;

    fl->for_stage = -1;
    fl->for_other = stage;
    code = fetch(fl, FACT_TARGET, SLOT_YEAR_TARGET, stage, err);
    if (code == ERR_OK && load->options->predictions)
        code = fetch(fl, FACT_PREDICTION, SLOT_YEAR_PREDICTION, stage, err);
    if (code == ERR_OK && load->options->results)
        code = fetch(fl, FACT_RESULT, SLOT_YEAR_RESULT, stage, err);
    return code;
}

static bool stage_is_present(const struct load *load, int stage)
{
    for (size_t i = 0; i < load->pupil_n; i++) {
        if (load->pupils[i].stage == stage)
            return true;
    }
    return false;
}

static bool is_other_stage(const struct load *load, int stage)
{
    for (size_t i = 0; i < load->pupil_n; i++) {
        if (load->pupils[i].year_stage == stage)
            return true;
    }
    return false;
}

static enum err_code fetch_all(struct facts_load *fl, struct err *err)
{
    const struct framework *fw = fl->load->context->fw;
    enum err_code code = ERR_OK;

    if (fl->load->options->people)
        return ERR_OK;
    code = fetch_now(fl, JUDGE_ASSESSMENT, err);
    if (code == ERR_OK)
        code = fetch_now(fl, JUDGE_LIKELY, err);
    for (int i = 0; i < fw->stage_n && code == ERR_OK; i++) {
        if (fw->stages[i].whole && stage_is_present(fl->load, i))
            code = fetch_stage(fl, i, err);
        if (code == ERR_OK && fl->load->options->results && is_other_stage(fl->load, i))
            code = fetch_other(fl, i, err);
    }
    return code;
}

/* ---- into the cohort ---- */

static bool column_is_wanted(const struct facts_load *fl, int subject)
{
    const struct load *load = fl->load;
    const struct framework *fw = load->context->fw;

    if (load->out->subject >= 0 && !load->options->all_subjects) {
        if (subject == load->out->subject)
            return true;
        for (int i = 0; i < fw->derived_n; i++) {
            if (fw->derived[i].subject != load->out->subject)
                continue;
            for (int j = 0; j < fw->derived[i].from_n; j++) {
                if (fw->derived[i].from[j] == subject)
                    return true;
            }
        }
        return false;
    }
    return fl->columns[subject].seen;
}

static void add_derived_columns(struct facts_load *fl)
{
    const struct framework *fw = fl->load->context->fw;

    for (int i = 0; i < fw->derived_n && fl->load->options->derived; i++) {
        for (int j = 0; j < fw->derived[i].from_n; j++) {
            if (fl->columns[fw->derived[i].from[j]].seen)
                fl->columns[fw->derived[i].subject].seen = true;
        }
    }
}

static void copy_slot(struct cohort *cohort, const struct subject_column *column,
        enum slot slot, size_t subject, struct value *values, struct date *dates)
{
    if (column->entries[slot] == NULL)
        return;
    for (size_t p = 0; p < cohort->pupil_n; p++) {
        const struct entry *entry = &column->entries[slot][p];
        size_t cell = cohort_cell(cohort, p, subject);

        if (!entry->set)
            continue;
        values[cell] = entry->value;
        if (dates != NULL)
            dates[cell] = entry->date;
    }
}

/* The column of earlier results, where any subject has them. */
static enum err_code make_earlier(struct facts_load *fl, struct err *err)
{
    struct cohort *cohort = &fl->load->out->cohort;
    size_t n = cohort->pupil_n * cohort->subject_n;
    bool any = false;

    for (size_t s = 0; s < cohort->subject_n; s++)
        any = any || fl->columns[cohort->subjects[s]].entries[SLOT_EARLIER] != NULL;
    if (!any)
        return ERR_OK;
    cohort->earlier = arena_array(fl->load->context->arena, n, sizeof(*cohort->earlier));
    if (cohort->earlier == NULL)
        return err_memory(err);
    for (size_t i = 0; i < n; i++)
        cohort->earlier[i] = VALUE_NONE;
    return ERR_OK;
}

static void copy_column(struct cohort *cohort, const struct subject_column *column, size_t s)
{
    copy_slot(cohort, column, SLOT_PRIOR, s, cohort->prior, cohort->prior_date);
    if (cohort->earlier != NULL)
        copy_slot(cohort, column, SLOT_EARLIER, s, cohort->earlier, NULL);
    copy_slot(cohort, column, SLOT_TARGET, s, cohort->target, cohort->target_date);
    copy_slot(cohort, column, SLOT_PREDICTION, s, cohort->prediction, NULL);
    copy_slot(cohort, column, SLOT_NOW, s, cohort->now, cohort->now_date);
    copy_slot(cohort, column, SLOT_RESULT, s, cohort->result, NULL);
    copy_slot(cohort, column, SLOT_YEAR_TARGET, s, cohort->year_target, NULL);
    copy_slot(cohort, column, SLOT_YEAR_PREDICTION, s, cohort->year_prediction, NULL);
    copy_slot(cohort, column, SLOT_YEAR_RESULT, s, cohort->year_result, NULL);
}

static size_t column_of(const struct cohort *cohort, int subject)
{
    for (size_t s = 0; s < cohort->subject_n; s++) {
        if (cohort->subjects[s] == subject)
            return s;
    }
    return cohort->subject_n;
}

/* Adjustments of the period that the day lies in. Rows come with the newest of a key last. */
static enum err_code load_adjustments(struct load *load, struct err *err)
{
    struct context *context = load->context;
    struct cohort *cohort = &load->out->cohort;
    const struct calendar *calendar = &context->reckoning.calendar;
    struct adjustment_list list = { 0 };
    struct date end = calendar_period_end(calendar, calendar_year(calendar, load->out->day),
            calendar_period(calendar, load->out->day));
    enum err_code code = store_adjustments(context->store, context->school.school_id,
            load->out->recorded, context->arena, &list, err);

    for (size_t i = 0; i < list.n && code == ERR_OK; i++) {
        const struct adjustment *row = &list.items[i];
        long place = places_find(&load->places, row->pupil_id);
        size_t s = column_of(cohort, framework_subject(context->fw, row->subject));

        if (place < 0 || s == cohort->subject_n || row->period_end.ymd != end.ymd ||
                cohort->pupils[place].stage != framework_stage(context->fw, row->stage))
            continue;
        cohort->adjustment[cohort_cell(cohort, (size_t)place, s)] =
                row->withdrawn ? VALUE_NONE
                               : framework_stored(context->fw, row->scale, row->grade);
    }
    return code;
}

static void note_newest(struct loaded *out)
{
    const struct cohort *cohort = &out->cohort;

    for (size_t i = 0; i < cohort->pupil_n * cohort->subject_n; i++) {
        if (value_is_set(cohort->now[i]) && cohort->now_date[i].ymd > out->newest.ymd)
            out->newest = cohort->now_date[i];
    }
}

static enum err_code make_cohort(struct facts_load *fl, struct err *err)
{
    struct load *load = fl->load;
    struct context *context = load->context;
    struct cohort *cohort = &load->out->cohort;
    int16_t *subjects =
            arena_array(context->arena, (size_t)context->fw->subject_n + 1, sizeof(*subjects));
    size_t n = 0;
    enum err_code code;

    if (subjects == NULL)
        return err_memory(err);
    add_derived_columns(fl);
    for (int i = 0; i < context->fw->subject_n; i++) {
        if (column_is_wanted(fl, i))
            subjects[n++] = (int16_t)i;
    }
    code = cohort_make(context->arena, context->fw, &context->reckoning, load->out->day,
            load->pupils, load->pupil_n, subjects, n, cohort, err);
    if (code == ERR_OK)
        code = make_earlier(fl, err);
    for (size_t s = 0; s < n && code == ERR_OK; s++)
        copy_column(cohort, &fl->columns[subjects[s]], s);
    return code;
}

enum err_code load_facts(struct load *load, struct err *err)
{
    struct facts_load fl = { .load = load,
        .for_stage = -1,
        .for_other = -1,
        .for_judge = -1,
        .walk = date_is_set(load->out->recorded) };
    enum err_code code;

    fl.columns = arena_array(&fl.scratch, (size_t)load->context->fw->subject_n + 1,
            sizeof(*fl.columns));
    code = fl.columns == NULL ? err_memory(err) : fetch_all(&fl, err);
    if (code == ERR_OK)
        code = make_cohort(&fl, err);
    arena_free(&fl.scratch);
    if (code == ERR_OK)
        code = load_adjustments(load, err);
    if (code != ERR_OK)
        return code;
    note_newest(load->out);
    cohort_derive(&load->out->cohort);
    cohort_reckon(&load->out->cohort);
    return ERR_OK;
}
