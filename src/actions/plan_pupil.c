#include "actions/plan_in.h"
#include "base/text.h"
#include "pupils/upn.h"

/* A pupil's row, read: texts are kept ones. */
struct row {
    const struct pupil_record *record;
    const char *upn, *former_upn; /* former "" when there is none */
    const char *surname, *forename, *dob, *sex;
    bool good;
};

static enum err_code refuse(struct plan *plan, struct row *row, const char *column,
        const char *value, const char *reason, struct err *err)
{
    struct finding where = { row->record->row, column, value, NULL };

    row->good = false;
    return outcome_refuse(plan->writer, &where, err, "%s", reason);
}

const char *plan_sex(const char *text)
{
    static const char *const words[][2] = { { "male", "M" }, { "female", "F" }, { "boy", "M" },
        { "girl", "F" }, { "M", "M" }, { "F", "F" }, { "U", "U" }, { "W", "W" } };

    for (size_t i = 0; i < COUNT(words); i++) {
        if (text_eq_fold(words[i][0], text))
            return words[i][1];
    }
    return NULL;
}

static enum err_code read_upns(struct plan *plan, struct row *row, struct err *err)
{
    const struct pupil_record *record = row->record;
    char reason[UPN_REASON_SIZE];
    char upn[64];
    enum err_code code = ERR_OK;

    (void)text_copy(upn, sizeof(upn), record->upn == NULL ? "" : record->upn);
    row->upn = plan_keep(plan, upn_normalise(upn), &code, err);
    if (code == ERR_OK && upn_check(upn, reason) == UPN_WRONG)
        code = refuse(plan, row, "upn", record->upn, reason, err);
    else if (code == ERR_OK && !upn_la_known(upn)) {
        plan->odd_la = plan->odd_la_n == 0 ? row->upn : plan->odd_la;
        plan->odd_la_n++;
    }
    (void)text_copy(upn, sizeof(upn), record->former_upn == NULL ? "" : record->former_upn);
    row->former_upn = plan_keep(plan, upn_normalise(upn), &code, err);
    if (code == ERR_OK && *upn != '\0' && upn_check(upn, reason) == UPN_WRONG)
        code = refuse(plan, row, "former_upn", record->former_upn, reason, err);
    return code;
}

static enum err_code read_birth(struct plan *plan, struct row *row, struct err *err)
{
    const char *text = row->record->dob;
    char iso[DATE_TEXT_SIZE] = "";
    struct date date = { 0 };
    enum err_code code = ERR_OK;

    if (text_empty(text))
        code = refuse(plan, row, "dob", "", "the date of birth is missing", err);
    else if (!date_parse(text, &date))
        code = refuse(plan, row, "dob", text,
                "there is no such day; a date is written 2001-02-28 or 28/02/2001", err);
    else if (date.ymd >= plan->context->today.ymd)
        code = refuse(plan, row, "dob", text, "the date of birth is not in the past", err);
    if (code == ERR_OK)
        row->dob = plan_keep(plan, date_text(date, iso), &code, err);
    return code;
}

static enum err_code read_identity(struct plan *plan, struct row *row, struct err *err)
{
    const struct pupil_record *record = row->record;
    const char *sex = plan_sex(record->sex);
    enum err_code code = ERR_OK;

    row->surname = plan_keep(plan, record->surname, &code, err);
    row->forename = plan_keep(plan, record->forename, &code, err);
    row->sex = plan_keep(plan, sex, &code, err);
    if (code == ERR_OK && *row->surname == '\0')
        code = refuse(plan, row, "surname", "", "the surname is missing", err);
    if (code == ERR_OK && *row->forename == '\0')
        code = refuse(plan, row, "forename", "", "the forename is missing", err);
    if (code == ERR_OK && text_empty(record->sex))
        code = refuse(plan, row, "sex", "", "the sex is missing", err);
    else if (code == ERR_OK && sex == NULL)
        code = refuse(plan, row, "sex", record->sex, "it is written M or F", err);
    return code == ERR_OK ? read_birth(plan, row, err) : code;
}

static const struct attribute_record *find_attribute(const struct pupil_record *record,
        const char *name)
{
    for (size_t i = 0; i < record->attribute_n; i++) {
        if (text_eq(record->attributes[i].attribute, name))
            return &record->attributes[i];
    }
    return NULL;
}

/* A date among the attributes; what is none is refused where files are ours. */
static enum err_code check_day(struct plan *plan, struct row *row, const char *name,
        struct date *ret_date, struct err *err)
{
    const struct attribute_record *attribute = find_attribute(row->record, name);

    if (attribute == NULL || text_empty(attribute->value) ||
            date_parse(attribute->value, ret_date))
        return ERR_OK;
    return refuse(plan, row, name, attribute->value,
            "there is no such day; a date is written 2001-02-28 or 28/02/2001", err);
}

/* A transfer file may leave the year group out, or have one that is no NC year. */
static enum err_code check_year(struct plan *plan, struct row *row, struct err *err)
{
    const struct attribute_record *year = find_attribute(row->record, "year_group");
    int number;

    if (plan->kind == FILE_CTF)
        return ERR_OK;
    if (year == NULL || text_empty(year->value))
        return refuse(plan, row, "year_group", "", "the year group is missing", err);
    if (framework_year_parse(year->value, &number))
        return ERR_OK;
    return refuse(plan, row, "year_group", year->value,
            "it is not a year group; they are N1, N2, R and 1 to 13", err);
}

static enum err_code check_attributes(struct plan *plan, struct row *row, struct err *err)
{
    struct date entry = { 0 };
    struct date leaving = { 0 };
    char day[DATE_TEXT_SIZE];
    enum err_code code = check_year(plan, row, err);

    if (code == ERR_OK)
        code = check_day(plan, row, "entry_date", &entry, err);
    if (code == ERR_OK)
        code = check_day(plan, row, "leaving_date", &leaving, err);
    if (code == ERR_OK && date_is_set(entry) && date_is_set(leaving) && leaving.ymd < entry.ymd)
        code = refuse(plan, row, "leaving_date", date_text(leaving, day),
                "the pupil leaves before joining", err);
    return code;
}

static enum err_code read_row(struct plan *plan, struct row *row, struct err *err)
{
    enum err_code code = read_upns(plan, row, err);

    if (code == ERR_OK)
        code = read_identity(plan, row, err);
    return code == ERR_OK ? check_attributes(plan, row, err) : code;
}

/* ---- who is it ---- */

/* A permanent number takes the place of a temporary one, and of one the file calls former. */
static bool takes_over(const struct plan *plan, const struct row *row, size_t pupil)
{
    const char *stored = plan_pupil_at(plan, pupil)->upn;

    return upn_check(row->upn, NULL) == UPN_PERMANENT &&
           (upn_check(stored, NULL) == UPN_TEMPORARY || text_eq(stored, row->former_upn));
}

static enum err_code rename_pupil(struct plan *plan, size_t pupil, const char *upn,
        struct err *err)
{
    struct plan_pupil *item = plan_pupil_at(plan, pupil);
    const char *old = item->upn;
    enum plan_change change;
    enum err_code code = plan_know_former(plan, old, pupil, err);

    item->upn = upn;
    item->renamed = item->pupil_id != 0;
    if (code == ERR_OK)
        code = plan_know_upn(plan, upn, pupil, err);
    if (code == ERR_OK)
        code = plan_load_attribute(plan, plan->upn_, err);
    if (code == ERR_OK)
        code = plan_say_value(plan, pupil, plan->former_upn_, old, &change, err);
    return code;
}

/* The pupil of the row on record by a number: in use, once in use, or named as former. */
static enum err_code find_by_number(struct plan *plan, const struct row *row, size_t *ret_pupil,
        bool *ret_rename, struct err *err)
{
    size_t pupil = plan_find_upn(plan, row->upn);
    enum err_code code = ERR_OK;

    *ret_rename = false;
    if (pupil == PLAN_NONE && plan->stored_n > 0) {
        code = plan_load_formers(plan, err);
        if (code != ERR_OK)
            return code;
        pupil = plan_find_former(plan, row->upn);
        if (pupil != PLAN_NONE) {
            *ret_pupil = pupil;
            return ERR_OK;
        }
    }
    if (pupil == PLAN_NONE && *row->former_upn != '\0') {
        pupil = plan_find_upn(plan, row->former_upn);
        if (pupil == PLAN_NONE)
            pupil = plan_find_former(plan, row->former_upn);
        *ret_rename = pupil != PLAN_NONE && takes_over(plan, row, pupil);
    }
    *ret_pupil = pupil;
    return code;
}

static size_t find_by_name(const struct plan *plan, const struct row *row)
{
    struct plan_name name = { row->surname, row->forename, row->dob, row->sex };

    return plan->stored_n == 0 ? PLAN_NONE : plan_find_name(plan, &name);
}

/* ---- what is said of the pupil ---- */

static enum err_code say_dated(struct plan *plan, const struct row *row, size_t pupil,
        const struct attribute_record *attribute, enum plan_change *change, struct err *err)
{
    struct finding where = { row->record->row, attribute->attribute, attribute->from, NULL };
    enum err_code code = ERR_OK;
    struct plan_value value = {
        .attribute = plan_keep(plan, attribute->attribute, &code, err),
        .value = plan_keep(plan, attribute->value, &code, err),
        .pupil = pupil,
    };

    *change = PLAN_SAME;
    if (code != ERR_OK)
        return code;
    if (!text_empty(attribute->from) && !date_parse(attribute->from, &value.from))
        return outcome_refuse(plan->writer, &where, err,
                "there is no such day, so \"%s\" was not taken", attribute->value);
    where.value = attribute->to;
    if (!text_empty(attribute->to) && !date_parse(attribute->to, &value.to))
        return outcome_refuse(plan->writer, &where, err,
                "there is no such day, so \"%s\" was not taken", attribute->value);
    return plan_say_dated(plan, &value, change, err);
}

static enum err_code say_attribute(struct plan *plan, const struct row *row, size_t pupil,
        const struct attribute_record *attribute, enum plan_change *change, struct err *err)
{
    char buffer[DATE_TEXT_SIZE];
    const char *name;
    const char *value;
    enum err_code code = ERR_OK;

    *change = PLAN_SAME;
    if (text_empty(attribute->value))
        return ERR_OK;
    if (attribute->from != NULL || attribute->to != NULL)
        return say_dated(plan, row, pupil, attribute, change, err);
    name = plan_keep(plan, attribute->attribute, &code, err);
    value = plan_keep(plan, plan_canonical(attribute->attribute, attribute->value, buffer),
            &code, err);
    return code == ERR_OK ? plan_say_value(plan, pupil, name, value, change, err) : code;
}

/* The numbers: the one in use, and a former one that was not known yet. */
static enum err_code say_numbers(struct plan *plan, const struct row *row, size_t pupil,
        bool *changed, struct err *err)
{
    const char *upn = plan_pupil_at(plan, pupil)->upn;
    const char *former = row->upn != upn ? row->upn : row->former_upn;
    enum plan_change change = PLAN_SAME;
    enum err_code code = plan_say_value(plan, pupil, plan->upn_, upn, &change, err);

    *changed = *changed || change != PLAN_SAME;
    if (code == ERR_OK)
        code = plan_load_attribute(plan, plan->former_upn_, err);
    if (code != ERR_OK || *former == '\0' || former == upn ||
            plan_had_value(plan, pupil, plan->former_upn_, former) ||
            plan_had_value(plan, pupil, plan->upn_, former))
        return code;
    *changed = true;
    code = plan_know_former(plan, former, pupil, err);
    return code == ERR_OK ? plan_say_value(plan, pupil, plan->former_upn_, former, &change, err)
                          : code;
}

static enum err_code say_all(struct plan *plan, const struct row *row, size_t pupil,
        bool *changed, struct err *err)
{
    const char *const names[] = { plan->surname_, plan->forename_, plan->dob_, plan->sex_ };
    const char *const values[] = { row->surname, row->forename, row->dob, row->sex };
    enum plan_change change = PLAN_SAME;
    enum err_code code = say_numbers(plan, row, pupil, changed, err);

    for (size_t i = 0; i < COUNT(names) && code == ERR_OK; i++) {
        code = plan_say_value(plan, pupil, names[i], values[i], &change, err);
        *changed = *changed || change != PLAN_SAME;
    }
    for (size_t i = 0; i < row->record->attribute_n && code == ERR_OK; i++) {
        code = say_attribute(plan, row, pupil, &row->record->attributes[i], &change, err);
        *changed = *changed || change != PLAN_SAME;
    }
    if (code == ERR_OK)
        code = plan_contacts(plan, pupil, row->record, changed, err);
    return code == ERR_OK ? plan_parts(plan, pupil, row->record, changed, err) : code;
}

static enum err_code take(struct plan *plan, const struct row *row, size_t pupil, bool rename,
        struct err *err)
{
    bool changed = false;
    bool known = false;
    enum err_code code = ERR_OK;
    struct plan_pupil *item;

    if (pupil == PLAN_NONE)
        code = plan_pupil_new(plan, row->upn, &pupil, err);
    if (code == ERR_OK)
        code = plan_load_attribute(plan, plan->surname_, err);
    if (code != ERR_OK)
        return code;
    item = plan_pupil_at(plan, pupil);
    known = *plan_value_now(plan, pupil, plan->surname_) != '\0';
    item->in_file = true;
    item->row = row->record->row;
    item->added = item->added || item->pupil_id == 0;
    item->refused = false;
    if (rename)
        code = rename_pupil(plan, pupil, row->upn, err);
    if (code == ERR_OK)
        code = say_all(plan, row, pupil, &changed, err);
    if (code == ERR_OK)
        plan_count(plan, !known ? PLAN_NEW : changed || rename ? PLAN_OTHER : PLAN_SAME);
    return code;
}

/* A refused pupil of a transfer file takes the results that follow along. */
static enum err_code remember_refused(struct plan *plan, const struct row *row, struct err *err)
{
    size_t pupil = plan_find_upn(plan, row->upn);
    enum err_code code = ERR_OK;

    if (plan->kind != FILE_CTF)
        return ERR_OK;
    if (pupil == PLAN_NONE)
        code = plan_pupil_new(plan, row->upn, &pupil, err);
    if (code != ERR_OK)
        return code;
    if (!plan_pupil_at(plan, pupil)->in_file) {
        plan_pupil_at(plan, pupil)->refused = true;
        plan_pupil_at(plan, pupil)->row = row->record->row;
    }
    return ERR_OK;
}

enum err_code plan_pupil(struct plan *plan, const struct pupil_record *record, struct err *err)
{
    struct row row = { .record = record, .good = true };
    size_t pupil = PLAN_NONE;
    size_t other = PLAN_NONE;
    bool rename = false;
    enum err_code code = read_row(plan, &row, err);

    if (code == ERR_OK && !row.good)
        return remember_refused(plan, &row, err);
    if (code == ERR_OK)
        code = find_by_number(plan, &row, &pupil, &rename, err);
    if (code != ERR_OK)
        return code;
    if (pupil != PLAN_NONE && plan_pupil_at(plan, pupil)->waiting)
        return plan_wait_pupil(plan, record, pupil, PLAN_NONE, err);
    if (pupil == PLAN_NONE && plan->stored_n > 0) {
        code = plan_load_names(plan, err);
        if (code != ERR_OK)
            return code;
        other = find_by_name(plan, &row);
    }
    if (other == PLAN_NONE)
        return take(plan, &row, pupil, rename, err);
    code = plan_pupil_new(plan, row.upn, &pupil, err);
    if (code != ERR_OK)
        return code;
    plan_pupil_at(plan, pupil)->waiting = true;
    return plan_wait_pupil(plan, record, pupil, other, err);
}

/* What is permanent stays where the file has a temporary number; else the file's is newer. */
static bool may_take_over(const struct plan *plan, const struct row *row, size_t other)
{
    return upn_check(row->upn, NULL) == UPN_PERMANENT ||
           upn_check(plan_pupil_at(plan, other)->upn, NULL) == UPN_TEMPORARY;
}

enum err_code plan_pupil_settled(struct plan *plan, const struct pupil_record *record,
        size_t waiting, size_t other, struct err *err)
{
    struct row row = { .record = record, .good = true };
    int64_t odd_la_n = plan->odd_la_n;
    enum err_code code = read_row(plan, &row, err);

    plan->odd_la_n = odd_la_n; /* counted when the row was read first */
    if (code != ERR_OK)
        return code;
    if (other == PLAN_NONE)
        return take(plan, &row, waiting, false, err);
    plan_pupil_at(plan, waiting)->same_as = other;
    return take(plan, &row, other,
            plan_pupil_at(plan, other)->upn != row.upn && may_take_over(plan, &row, other),
            err);
}
