#include <stdio.h>
#include <string.h>

#include "actions/plan_in.h"
#include "actions/plan_origin.h"
#include "base/text.h"
#include "pupils/upn.h"

enum {
    YEAR_SIZE = 16
};

/* A result's row while it is read. */
struct row {
    const struct result_record *record;
    const struct framework *fw;
    struct plan_fact fact;
    int subject, stage, scale; /* framework indexes, -1 none */
    int year;                  /* NC year of the pupil on the day, where known */
    bool has_year;
    bool good;
    bool raw;      /* of a transfer file, and not understood: kept as it came */
    bool odd_kind; /* raw, because its status is unknown */
    char why[REASON_SIZE];
};

/* What is wrong: our own files are refused, a transfer file's result is kept. */
static enum err_code wrong(struct plan *plan, struct row *row, const char *column,
        const char *value, const char *reason, struct err *err)
{
    struct finding where = { row->record->row, column, value, NULL };

    if (row->record->origin != NULL) {
        if (!row->raw)
            (void)text_copy(row->why, sizeof(row->why), reason);
        row->raw = true;
        return ERR_OK;
    }
    row->good = false;
    return outcome_refuse(plan->writer, &where, err, "%s", reason);
}

static enum err_code refuse(struct plan *plan, struct row *row, const char *column,
        const char *value, const char *reason, struct err *err)
{
    struct finding where = { row->record->row, column, value, NULL };

    row->good = false;
    return outcome_refuse(plan->writer, &where, err, "%s", reason);
}

/* The framework's own words as a reason: message and hint. */
static enum err_code wrong_err(struct plan *plan, struct row *row, const char *column,
        const char *value, const struct err *why, struct err *err)
{
    char reason[REASON_SIZE];
    size_t n;

    if (why->code == ERR_MEMORY)
        return err_memory(err);
    (void)snprintf(reason, sizeof(reason), "%.200s%s%.180s", why->message,
            *why->hint == '\0' ? "" : ". ", why->hint);
    n = strlen(reason);
    if (n > 0 && reason[n - 1] == '.')
        reason[n - 1] = '\0';
    return wrong(plan, row, column, value, reason, err);
}

/* ---- the pupil ---- */

static enum err_code unknown_pupil(struct plan *plan, struct row *row, const char *upn,
        struct err *err)
{
    char why[UPN_REASON_SIZE];
    char reason[REASON_SIZE];

    if (upn_check(upn, why) == UPN_WRONG)
        (void)snprintf(reason, sizeof(reason), "no pupil with this UPN is on record; %s", why);
    else
        (void)snprintf(reason, sizeof(reason),
                "no pupil with this UPN is on record; bring the pupils in first");
    return refuse(plan, row, "upn", row->record->upn, reason, err);
}

/* One refusal for all results of a pupil of a transfer file who was not taken. */
static enum err_code lose(struct plan *plan, struct row *row, size_t pupil, const char *upn,
        struct err *err)
{
    enum err_code code = ERR_OK;

    row->good = false;
    if (pupil == PLAN_NONE)
        code = plan_pupil_new(plan, upn, &pupil, err);
    if (code != ERR_OK)
        return code;
    plan_pupil_at(plan, pupil)->refused = true;
    if (plan_pupil_at(plan, pupil)->row == 0)
        plan_pupil_at(plan, pupil)->row = row->record->row;
    plan_pupil_at(plan, pupil)->lost_n++;
    return ERR_OK;
}

static enum err_code find_pupil(struct plan *plan, struct row *row, bool *ret_wait,
        struct err *err)
{
    char upn[64];
    size_t pupil;
    const struct plan_pupil *item;
    enum err_code code = ERR_OK;

    (void)text_copy(upn, sizeof(upn), row->record->upn == NULL ? "" : row->record->upn);
    upn_normalise(upn);
    pupil = plan_find_upn(plan, upn);
    if (pupil == PLAN_NONE) {
        code = plan_load_formers(plan, err);
        pupil = plan_find_former(plan, upn);
    }
    if (code != ERR_OK)
        return code;
    item = pupil == PLAN_NONE ? NULL : plan_pupil_at(plan, pupil);
    if (item != NULL && item->waiting) {
        *ret_wait = true;
        return ERR_OK;
    }
    if (item != NULL && item->same_as != PLAN_NONE) {
        pupil = item->same_as;
        item = plan_pupil_at(plan, pupil);
    }
    if (item != NULL && !item->refused && (item->pupil_id != 0 || item->added)) {
        row->fact.pupil = pupil;
        return ERR_OK;
    }
    if (plan->kind == FILE_CTF)
        return lose(plan, row, pupil, upn, err);
    return unknown_pupil(plan, row, upn, err);
}

/* ---- what, of what, when ---- */

static enum err_code read_kind(struct plan *plan, struct row *row, struct err *err)
{
    const char *kind = row->record->kind;

    row->fact.kind = FACT_RESULT;
    if (text_empty(kind))
        return refuse(plan, row, "kind", "", "the kind is missing", err);
    if (fact_kind_parse(kind, &row->fact.kind))
        return ERR_OK;
    row->odd_kind = true;
    return wrong(plan, row, "kind", kind,
            "there is no such kind; they are result, assessment, likely, test, mock, target "
            "and "
            "prediction",
            err);
}

static enum err_code read_date(struct plan *plan, struct row *row, struct err *err)
{
    const char *text = row->record->date;
    enum fact_kind kind = row->fact.kind;

    if (text_empty(text))
        return wrong(plan, row, "date", "", "the date is missing", err);
    if (!date_parse(text, &row->fact.date))
        return wrong(plan, row, "date", text,
                "there is no such day; a date is written 2010-06-30 or 30/06/2010", err);
    if (row->fact.date.ymd > plan->context->today.ymd && kind != FACT_TARGET &&
            kind != FACT_PREDICTION)
        return refuse(plan, row, "date", text, "the date is in the future", err);
    return ERR_OK;
}

static enum err_code read_subject(struct plan *plan, struct row *row, struct err *err)
{
    const char *text = row->record->subject;

    if (text_empty(text))
        return wrong(plan, row, "subject", "", "the subject is missing", err);
    row->subject = framework_subject(row->fw, text);
    if (row->subject >= 0)
        return ERR_OK;
    return wrong(plan, row, "subject", text, "the framework of this school has no such subject",
            err);
}

/* Y1 to Y13: the end of one year is a stage whether the framework names it or not. */
static bool is_year_stage(const char *text, int *ret_year)
{
    return text != NULL && (text[0] == 'Y' || text[0] == 'y') &&
           framework_year_parse(text + 1, ret_year) && *ret_year >= 1;
}

static enum err_code read_stage(struct plan *plan, struct row *row, struct err *err)
{
    const char *text = row->record->stage;
    int year;

    row->has_year = date_is_set(row->fact.date) &&
                    plan_year_on(plan, row->fact.pupil, row->fact.date, &row->year);
    if (text_empty(text))
        return ERR_OK;
    row->stage = framework_stage(row->fw, text);
    if (row->stage >= 0 || is_year_stage(text, &year))
        return ERR_OK;
    return wrong(plan, row, "stage", text, "the framework of this school has no such stage",
            err);
}

/* The stage's code where the file gives none: the pupil's own key stage for what lies
   ahead; for an outcome the key stage that ends with the pupil's year, else the year. */
static enum err_code own_stage(struct plan *plan, struct row *row, char buffer[YEAR_SIZE],
        const char **ret_code, struct err *err)
{
    enum fact_kind kind = row->fact.kind;
    bool ahead = kind == FACT_TARGET || kind == FACT_PREDICTION;
    int stage;

    *ret_code = "";
    if (!ahead && kind != FACT_RESULT)
        return ERR_OK;
    stage = row->has_year ? context_stage_of_year(plan->context, row->year) : -1;
    if (stage >= 0 && !ahead && plan->context->stage_years[stage].last != row->year)
        stage = -1;
    if (stage >= 0) {
        *ret_code = row->fw->stages[stage].code;
        return ERR_OK;
    }
    if (!row->has_year || ahead || row->year < 1 || row->year > 13)
        return wrong(plan, row, "stage", "",
                "the stage is missing, and the pupil's year group on that day does not tell it",
                err);
    (void)snprintf(buffer, YEAR_SIZE, "Y%d", row->year);
    *ret_code = buffer;
    return ERR_OK;
}

/* The stage whose scales a grade is read on. */
static int reading_stage(const struct plan *plan, const struct row *row)
{
    int year;

    if (row->stage >= 0)
        return row->stage;
    if (is_year_stage(row->record->stage, &year))
        return context_stage_of_year(plan->context, year);
    return row->has_year ? context_stage_of_year(plan->context, row->year) : -1;
}

/* ---- the value ---- */

static enum err_code read_number(struct plan *plan, struct row *row, const char *column,
        const char *text, int64_t *ret_mark, struct err *err)
{
    *ret_mark = MARK_NONE;
    if (text_empty(text))
        return ERR_OK;
    if (!text_milli(text, ret_mark)) {
        *ret_mark = MARK_NONE;
        return wrong(plan, row, column, text, "it is not a number", err);
    }
    if (*ret_mark < 0)
        return wrong(plan, row, column, text, "a mark is not below 0", err);
    return ERR_OK;
}

static enum err_code read_marks(struct plan *plan, struct row *row, struct err *err)
{
    struct plan_fact *fact = &row->fact;
    enum err_code code = read_number(plan, row, "mark", row->record->mark, &fact->mark, err);

    if (code == ERR_OK)
        code = read_number(plan, row, "max_mark", row->record->max_mark, &fact->max_mark, err);
    if (code == ERR_OK && fact->mark != MARK_NONE && fact->max_mark != MARK_NONE &&
            fact->mark > fact->max_mark)
        code = wrong(plan, row, "mark", row->record->mark, "the mark is above its maximum",
                err);
    return code;
}

/* Of what is no grade only numbers on a numeric scale are understood, so that a raw score
   of 4 never becomes a level 4. */
static bool is_understood(const struct result_record *record, struct value value)
{
    return record->origin == NULL || !text_empty(record->scale) || value.grade < 0 ||
           plan_origin_is_grade(record->origin);
}

static enum err_code set_value(struct plan *plan, struct row *row, struct value value,
        struct err *err)
{
    char buffer[VALUE_TEXT_SIZE];
    enum err_code code = ERR_OK;
    const struct scale *scale = &row->fw->scales[value.scale];
    const char *text = scale->kind == SCALE_TEXT ? row->record->grade
                                                 : framework_value_text(row->fw, value, buffer);

    row->fact.scale = plan_keep(plan, scale->code, &code, err);
    row->fact.grade = plan_keep(plan, text, &code, err);
    return code;
}

static enum err_code read_grade(struct plan *plan, struct row *row, struct err *err)
{
    struct value value = VALUE_NONE;
    struct err why = { 0 };
    const char *text = row->record->grade;

    if (framework_read_grade(row->fw, row->scale, reading_stage(plan, row), row->subject, text,
                &value, &why) != ERR_OK)
        return wrong_err(plan, row, "grade", text, &why, err);
    if (!is_understood(row->record, value))
        return wrong(plan, row, "grade", text, "its qualifier is not one of grades", err);
    return set_value(plan, row, value, err);
}

static int raw_scale(const struct framework *fw)
{
    for (int i = 0; i < fw->scale_n; i++) {
        if (fw->scales[i].kind == SCALE_RAW)
            return i;
    }
    return -1;
}

/* A mark for which no boundaries are known: a number of the named scale, or a raw mark. */
static enum err_code read_bare_mark(struct plan *plan, struct row *row, const struct err *why,
        struct err *err)
{
    const struct scale *scale = row->scale < 0 ? NULL : &row->fw->scales[row->scale];
    struct value value = VALUE_NONE;
    struct err also = { 0 };
    const char *text = row->record->mark;
    enum err_code code = ERR_OK;
    int raw = raw_scale(row->fw);

    if (scale != NULL && scale->kind == SCALE_NUMBER) {
        if (framework_read_grade(row->fw, row->scale, -1, row->subject, text, &value, &also) !=
                ERR_OK)
            return wrong_err(plan, row, "mark", text, &also, err);
        return set_value(plan, row, value, err);
    }
    if (scale != NULL && scale->kind == SCALE_RAW)
        raw = row->scale;
    if (raw < 0)
        return wrong_err(plan, row, "mark", text, why, err);
    row->fact.scale = plan_keep(plan, row->fw->scales[raw].code, &code, err);
    row->fact.grade = plan_keep(plan, "", &code, err);
    return code;
}

static enum err_code read_mark(struct plan *plan, struct row *row, struct err *err)
{
    struct value value = VALUE_NONE;
    struct err why = { 0 };
    const struct calendar *calendar = &plan->context->reckoning.calendar;
    const char *test = text_empty(row->record->source) ? NULL : row->record->source;
    enum err_code code;

    if (row->fact.mark == MARK_NONE)
        return wrong(plan, row, "grade", "", "there is neither a grade nor a mark", err);
    code = framework_read_mark(row->fw, reading_stage(plan, row), row->subject, test,
            calendar_year(calendar, row->fact.date), row->fact.mark, &value, &why);
    if (code == ERR_OK)
        return set_value(plan, row, value, err);
    if (code == ERR_NOT_FOUND)
        return read_bare_mark(plan, row, &why, err);
    return wrong_err(plan, row, "mark", row->record->mark, &why, err);
}

static enum err_code read_value(struct plan *plan, struct row *row, struct err *err)
{
    const char *scale = row->record->scale;
    enum err_code code = ERR_OK;

    if (!text_empty(scale)) {
        row->scale = framework_scale(row->fw, scale);
        if (row->scale < 0)
            code = wrong(plan, row, "scale", scale,
                    "the framework of this school has no such scale", err);
    }
    if (code == ERR_OK)
        code = read_marks(plan, row, err);
    if (code != ERR_OK || !row->good || row->raw)
        return code;
    if (text_empty(row->record->grade))
        return read_mark(plan, row, err);
    return read_grade(plan, row, err);
}

/* ---- the whole row ---- */

static enum err_code read_row(struct plan *plan, struct row *row, struct err *err)
{
    enum err_code code = read_kind(plan, row, err);

    if (code == ERR_OK && row->good)
        code = read_date(plan, row, err);
    if (code == ERR_OK && row->good)
        code = read_subject(plan, row, err);
    if (code == ERR_OK && row->good)
        code = read_stage(plan, row, err);
    if (code == ERR_OK && row->good)
        code = read_value(plan, row, err);
    return code;
}

/* The source, set apart from that of an ordinary result where the status is unknown. */
static const char *odd_source(struct plan *plan, const struct row *row)
{
    const char *source = row->record->source == NULL ? "" : row->record->source;
    const char *odd;

    if (!row->odd_kind)
        return source;
    odd = arena_printf(&plan->scratch, "%s status %s", source, row->record->kind);
    return odd == NULL ? source : odd;
}

static enum err_code keep_texts(struct plan *plan, struct row *row, struct err *err)
{
    const struct result_record *record = row->record;
    struct plan_fact *fact = &row->fact;
    const char *stage = record->stage;
    char year[YEAR_SIZE];
    int number;
    enum err_code code = ERR_OK;

    if (row->stage >= 0)
        stage = row->fw->stages[row->stage].code;
    else if (is_year_stage(stage, &number)) {
        (void)snprintf(year, sizeof(year), "Y%d", number);
        stage = year;
    } else if (text_empty(stage))
        code = own_stage(plan, row, year, &stage, err);
    if (code != ERR_OK || !row->good)
        return code;
    fact->subject = plan_keep(plan,
            row->subject >= 0 ? row->fw->subjects[row->subject].code : record->subject, &code,
            err);
    fact->stage = plan_keep(plan, stage, &code, err);
    fact->source = plan_keep(plan, odd_source(plan, row), &code, err);
    fact->review = plan_keep(plan, record->review, &code, err);
    fact->origin = plan_keep(plan, record->origin, &code, err);
    if (row->raw) {
        fact->scale = plan_keep(plan, "", &code, err);
        fact->grade = plan_keep(plan, record->grade, &code, err);
    }
    return code;
}

enum err_code plan_result(struct plan *plan, const struct result_record *record,
        struct err *err)
{
    struct row row = { .record = record, .fw = plan->context->fw, .good = true };
    enum plan_change change = PLAN_SAME;
    bool wait = false;
    enum err_code code;

    row.subject = row.stage = row.scale = -1;
    code = find_pupil(plan, &row, &wait, err);
    if (code == ERR_OK && wait)
        return plan_wait_result(plan, record, err);
    if (code == ERR_OK && row.good)
        code = plan_load_attribute(plan, plan->year_group_, err);
    if (code == ERR_OK && row.good)
        code = read_row(plan, &row, err);
    if (code == ERR_OK && row.good)
        code = keep_texts(plan, &row, err);
    if (code == ERR_OK && row.good)
        code = plan_say_fact(plan, &row.fact, &change, err);
    if (code != ERR_OK || !row.good)
        return code;
    plan_count(plan, change);
    return row.raw ? plan_kept_result(plan, record, row.why, err) : ERR_OK;
}
