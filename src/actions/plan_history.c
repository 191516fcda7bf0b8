#include <string.h>

#include "actions/plan_in.h"
#include "base/text.h"
#include "pupils/upn.h"

/* A row of a history file, read. */
struct row {
    const struct history_record *record;
    struct plan_value value;
    bool good;
};

static enum err_code refuse(struct plan *plan, struct row *row, const char *column,
        const char *value, const char *reason, struct err *err)
{
    struct finding where = { row->record->row, column, value, NULL };

    row->good = false;
    return outcome_refuse(plan->writer, &where, err, "%s", reason);
}

static enum err_code find_pupil(struct plan *plan, struct row *row, struct err *err)
{
    char upn[64];
    enum err_code code = ERR_OK;

    (void)text_copy(upn, sizeof(upn), row->record->upn == NULL ? "" : row->record->upn);
    upn_normalise(upn);
    row->value.pupil = plan_find_upn(plan, upn);
    if (row->value.pupil == PLAN_NONE) {
        code = plan_load_formers(plan, err);
        row->value.pupil = plan_find_former(plan, upn);
    }
    if (code != ERR_OK || row->value.pupil != PLAN_NONE)
        return code;
    return refuse(plan, row, "upn", row->record->upn,
            "no pupil with this UPN is on record; bring the pupils in first", err);
}

/* The name as it is stored; NULL when it is none. A number in use is not changed here: it
   comes with the pupils. */
static const char *attribute_of(const char *text)
{
    static const char *const more[] = { "surname", "forename", "dob", "sex", "former_upn",
        "uln", "uci" };

    for (size_t i = 0; i < COUNT(more); i++) {
        if (text_eq_fold(more[i], text))
            return more[i];
    }
    for (size_t i = 0; i < pupil_attribute_n; i++) {
        if (text_eq_fold(pupil_attributes[i].name, text))
            return pupil_attributes[i].name;
    }
    return NULL;
}

/* What the value would have to be, or NULL when it may stand; *ret_text is its one spelling. */
static const char *wrong_value(const char *attribute, const char *value, struct date today,
        char buffer[DATE_TEXT_SIZE], const char **ret_text)
{
    static const char no_day[] =
            "there is no such day; a date is written 2001-02-28 or 28/02/2001";
    struct date day = { 0 };
    int year;

    *ret_text = plan_canonical(attribute, value, buffer);
    if (text_empty(value))
        return "the value is missing";
    if (text_eq(attribute, "year_group") && !framework_year_parse(value, &year))
        return "it is not a year group; they are N1, N2, R and 1 to 13";
    if (text_eq(attribute, "sex")) {
        *ret_text = plan_sex(value);
        return *ret_text == NULL ? "it is written M or F" : NULL;
    }
    if (text_eq(attribute, "former_upn"))
        return upn_check(value, NULL) == UPN_WRONG ? "it is no UPN" : NULL;
    if (!text_eq(attribute, "dob") && !plan_is_day(attribute))
        return NULL;
    if (!date_parse(value, &day))
        return no_day;
    *ret_text = date_text(day, buffer);
    return text_eq(attribute, "dob") && day.ymd >= today.ymd
                   ? "the date of birth is not in the past"
                   : NULL;
}

static enum err_code read_value(struct plan *plan, struct row *row, struct err *err)
{
    const char *attribute = attribute_of(row->record->attribute);
    const char *value = row->record->value;
    const char *wrong;
    char buffer[DATE_TEXT_SIZE];
    enum err_code code = ERR_OK;

    if (attribute == NULL)
        return refuse(plan, row, "attribute", row->record->attribute,
                "there is no such characteristic; they are named as the columns of pupils.csv",
                err);
    row->value.attribute = plan_keep(plan, attribute, &code, err);
    if (code != ERR_OK)
        return code;
    wrong = wrong_value(attribute, value, plan->context->today, buffer, &value);
    if (wrong != NULL)
        return refuse(plan, row, "value", row->record->value, wrong, err);
    row->value.value = plan_keep(plan, value, &code, err);
    return code;
}

static enum err_code read_days(struct plan *plan, struct row *row, struct err *err)
{
    static const char wrong[] =
            "there is no such day; a date is written 2010-09-01 or 01/09/2010";
    const struct history_record *record = row->record;

    if (!text_empty(record->from) && !date_parse(record->from, &row->value.from))
        return refuse(plan, row, "from", record->from, wrong, err);
    if (!text_empty(record->to) && !date_parse(record->to, &row->value.to))
        return refuse(plan, row, "to", record->to, wrong, err);
    if (date_is_set(row->value.to) && row->value.to.ymd < row->value.from.ymd)
        return refuse(plan, row, "to", record->to, "it ends before it begins", err);
    return ERR_OK;
}

/* A refused row may have been about a value on record: what the file does not say of this
   characteristic of the pupil is then not withdrawn. Where nobody knows of whom or what it
   was, nothing is withdrawn at all. */
static enum err_code keep_what_stands(struct plan *plan, const struct row *row, struct err *err)
{
    enum err_code code;

    if (row->value.pupil == PLAN_NONE || row->value.attribute == NULL) {
        plan->history_unsure = true;
        return ERR_OK;
    }
    code = plan_load_attribute(plan, row->value.attribute, err);
    for (size_t i = plan_pupil_at(plan, row->value.pupil)->values;
            code == ERR_OK && i != PLAN_NONE; i = plan_value_at(plan, i)->next) {
        struct plan_value *value = plan_value_at(plan, i);

        value->said = value->said || value->attribute == row->value.attribute;
    }
    return code;
}

enum err_code plan_history(struct plan *plan, const struct history_record *record,
        struct err *err)
{
    struct row row = { .record = record, .good = true };
    enum plan_change change = PLAN_SAME;
    enum err_code code = find_pupil(plan, &row, err);

    if (code == ERR_OK && row.good)
        code = read_value(plan, &row, err);
    if (code == ERR_OK && row.good)
        code = read_days(plan, &row, err);
    if (code == ERR_OK && !row.good)
        return keep_what_stands(plan, &row, err);
    if (code != ERR_OK)
        return code;
    row.value.said = true;
    code = plan_say_dated(plan, &row.value, &change, err);
    if (code == ERR_OK)
        plan_count(plan, change);
    return code;
}

static bool is_said_at_all(const struct plan *plan, const struct plan_value *value)
{
    for (size_t i = plan_pupil_at(plan, value->pupil)->values; i != PLAN_NONE;
            i = plan_value_at(plan, i)->next) {
        const struct plan_value *other = plan_value_at(plan, i);

        if (other->said && other->attribute == value->attribute)
            return true;
    }
    return false;
}

void plan_history_end(struct plan *plan)
{
    for (size_t i = 0;
            plan->kind == FILE_HISTORY && !plan->history_unsure && i < plan->values.n; i++) {
        struct plan_value *value = plan_value_at(plan, i);

        if (value->said || value->withdrawn || !is_said_at_all(plan, value))
            continue;
        value->withdrawn = true;
        value->fresh = true;
        plan_count(plan, PLAN_OTHER);
    }
}
