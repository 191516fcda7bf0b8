#include <string.h>

#include "actions/plan_in.h"
#include "base/text.h"

/* The row of an attribute that begins on `from`; PLAN_NONE. Attributes are kept texts. */
static size_t find_row(const struct plan *plan, size_t pupil, const char *attribute,
        struct date from)
{
    for (size_t i = plan_pupil_at(plan, pupil)->values; i != PLAN_NONE;
            i = plan_value_at(plan, i)->next) {
        const struct plan_value *value = plan_value_at(plan, i);

        if (value->attribute == attribute && value->from.ymd == from.ymd)
            return i;
    }
    return PLAN_NONE;
}

static enum err_code put_row(struct plan *plan, const struct plan_value *value, struct err *err)
{
    size_t at = find_row(plan, value->pupil, value->attribute, value->from);
    struct plan_value *row =
            at == PLAN_NONE ? chunks_add(&plan->values) : plan_value_at(plan, at);
    size_t next;

    if (row == NULL)
        return err_memory(err);
    next = row->next;
    *row = *value;
    row->next = next;
    if (at == PLAN_NONE) {
        row->next = plan_pupil_at(plan, value->pupil)->values;
        plan_pupil_at(plan, value->pupil)->values = plan->values.n - 1;
    }
    return ERR_OK;
}

static enum err_code take_stored(void *data, const struct pupil_fact *fact, struct err *err)
{
    struct plan *plan = data;
    enum err_code code = ERR_OK;
    struct plan_value value = {
        .attribute = plan_keep(plan, fact->attribute, &code, err),
        .value = plan_keep(plan, fact->value, &code, err),
        .from = fact->from,
        .to = fact->to,
        .pupil = plan_find_id(plan, fact->pupil_id),
        .withdrawn = fact->withdrawn,
    };

    if (code != ERR_OK || value.pupil == PLAN_NONE)
        return code;
    return put_row(plan, &value, err);
}

enum err_code plan_load_attribute(struct plan *plan, const char *attribute, struct err *err)
{
    if (plan->stored_n == 0)
        return ERR_OK;
    for (size_t i = 0; i < plan->attribute_n; i++) {
        if (plan->attributes[i] == attribute)
            return ERR_OK;
    }
    if (plan->attribute_n == COUNT(plan->attributes))
        return err_set(err, ERR_INVALID, "the file has more than %zu kinds of characteristics",
                COUNT(plan->attributes));
    plan->attributes[plan->attribute_n++] = attribute;
    return store_attribute(plan->context->store, plan->context->school.school_id, attribute,
            (struct date){ 0 }, take_stored, plan, err);
}

/* Of the rows that have begun the one that began last; PLAN_NONE when there is none. */
static size_t row_now(const struct plan *plan, size_t pupil, const char *attribute)
{
    size_t best = PLAN_NONE;

    for (size_t i = plan_pupil_at(plan, pupil)->values; i != PLAN_NONE;
            i = plan_value_at(plan, i)->next) {
        const struct plan_value *value = plan_value_at(plan, i);

        if (value->attribute != attribute || value->withdrawn ||
                value->from.ymd > plan->context->today.ymd)
            continue;
        if (best == PLAN_NONE || plan_value_at(plan, best)->from.ymd < value->from.ymd)
            best = i;
    }
    return best;
}

const char *plan_value_now(const struct plan *plan, size_t pupil, const char *attribute)
{
    size_t at = row_now(plan, pupil, attribute);
    const struct plan_value *value = at == PLAN_NONE ? NULL : plan_value_at(plan, at);

    if (value == NULL || (date_is_set(value->to) && value->to.ymd < plan->context->today.ymd))
        return "";
    return value->value;
}

bool plan_had_value(const struct plan *plan, size_t pupil, const char *attribute,
        const char *value)
{
    for (size_t i = plan_pupil_at(plan, pupil)->values; i != PLAN_NONE;
            i = plan_value_at(plan, i)->next) {
        const struct plan_value *row = plan_value_at(plan, i);

        if (row->attribute == attribute && !row->withdrawn && text_eq(row->value, value))
            return true;
    }
    return false;
}

static bool has_any(const struct plan *plan, size_t pupil, const char *attribute)
{
    for (size_t i = plan_pupil_at(plan, pupil)->values; i != PLAN_NONE;
            i = plan_value_at(plan, i)->next) {
        const struct plan_value *row = plan_value_at(plan, i);

        if (row->attribute == attribute && !row->withdrawn)
            return true;
    }
    return false;
}

bool plan_is_day(const char *attribute)
{
    for (size_t i = 0; i < pupil_attribute_n; i++) {
        if (pupil_attributes[i].dated_by_day && text_eq(pupil_attributes[i].name, attribute))
            return true;
    }
    return false;
}

const char *plan_canonical(const char *attribute, const char *value,
        char buffer[DATE_TEXT_SIZE])
{
    struct date date;
    int year;

    if (text_eq(attribute, "year_group") && framework_year_parse(value, &year))
        return framework_year_text(year);
    return plan_is_day(attribute) && date_parse(value, &date) ? date_text(date, buffer) : value;
}

enum err_code plan_say_value(struct plan *plan, size_t pupil, const char *attribute,
        const char *value, enum plan_change *change, struct err *err)
{
    struct plan_value row = { .attribute = attribute, .value = value, .pupil = pupil };
    enum err_code code = plan_load_attribute(plan, attribute, err);

    if (code != ERR_OK)
        return code;
    if (text_eq(plan_value_now(plan, pupil, attribute), value)) {
        *change = PLAN_SAME;
        return ERR_OK;
    }
    *change = PLAN_NEW;
    if (has_any(plan, pupil, attribute)) {
        *change = PLAN_OTHER;
        row.from = plan->context->today;
    }
    row.fresh = true;
    return put_row(plan, &row, err);
}

enum err_code plan_say_dated(struct plan *plan, const struct plan_value *value,
        enum plan_change *change, struct err *err)
{
    struct plan_value row = *value;
    size_t at;
    enum err_code code = plan_load_attribute(plan, value->attribute, err);

    if (code != ERR_OK)
        return code;
    at = find_row(plan, value->pupil, value->attribute, value->from);
    *change = PLAN_NEW;
    if (at != PLAN_NONE && !plan_value_at(plan, at)->withdrawn) {
        const struct plan_value *old = plan_value_at(plan, at);

        /* A transfer file says when support began, not always when it ended. */
        bool silent = plan->kind == FILE_CTF && !date_is_set(value->to);

        *change = old->value == value->value && (silent || old->to.ymd == value->to.ymd)
                          ? PLAN_SAME
                          : PLAN_OTHER;
    }
    if (*change == PLAN_SAME) {
        plan_value_at(plan, at)->said = plan_value_at(plan, at)->said || value->said;
        return ERR_OK;
    }
    row.fresh = true;
    return put_row(plan, &row, err);
}

/* ---- finding pupils by what is known of them ---- */

static enum err_code know_formers(struct plan *plan, const char *attribute, struct err *err)
{
    enum err_code code = plan_load_attribute(plan, attribute, err);

    for (size_t i = 0; i < plan->values.n && code == ERR_OK; i++) {
        const struct plan_value *value = plan_value_at(plan, i);

        if (value->attribute == attribute && !value->withdrawn)
            code = plan_know_former(plan, value->value, value->pupil, err);
    }
    return code;
}

enum err_code plan_load_formers(struct plan *plan, struct err *err)
{
    enum err_code code;

    if (plan->formers_loaded)
        return ERR_OK;
    plan->formers_loaded = true;
    code = know_formers(plan, plan->upn_, err);
    return code == ERR_OK ? know_formers(plan, plan->former_upn_, err) : code;
}

enum {
    FOLD_SIZE = 128
};

static uint32_t name_hash(const struct plan_name *name)
{
    char surname[FOLD_SIZE];
    char forename[FOLD_SIZE];
    uint64_t hash = HASH_START;

    text_fold_name(name->surname, surname, sizeof(surname));
    text_fold_name(name->forename, forename, sizeof(forename));
    hash = hash_text(hash_text(hash, surname), forename);
    return hash_end(hash_text(hash_text(hash, name->dob), name->sex));
}

static bool same_folded(const char *a, const char *b)
{
    char folded_a[FOLD_SIZE];
    char folded_b[FOLD_SIZE];

    text_fold_name(a, folded_a, sizeof(folded_a));
    text_fold_name(b, folded_b, sizeof(folded_b));
    return strcmp(folded_a, folded_b) == 0;
}

static struct plan_name name_of(const struct plan *plan, size_t pupil)
{
    return (struct plan_name){
        .surname = plan_value_now(plan, pupil, plan->surname_),
        .forename = plan_value_now(plan, pupil, plan->forename_),
        .dob = plan_value_now(plan, pupil, plan->dob_),
        .sex = plan_value_now(plan, pupil, plan->sex_),
    };
}

enum err_code plan_load_names(struct plan *plan, struct err *err)
{
    const char *const attributes[] = { plan->surname_, plan->forename_, plan->dob_,
        plan->sex_ };
    enum err_code code = ERR_OK;

    if (plan->names_loaded)
        return ERR_OK;
    plan->names_loaded = true;
    for (size_t i = 0; i < COUNT(attributes) && code == ERR_OK; i++)
        code = plan_load_attribute(plan, attributes[i], err);
    for (size_t i = 0; i < plan->stored_n && code == ERR_OK; i++) {
        struct plan_name name = name_of(plan, i);

        if (*name.surname != '\0')
            code = index_put(&plan->by_name, name_hash(&name), i, err);
    }
    return code;
}

size_t plan_find_name(const struct plan *plan, const struct plan_name *name)
{
    uint32_t hash = name_hash(name);
    size_t cursor = INDEX_START;
    size_t i;

    while (index_next(&plan->by_name, hash, &cursor, &i)) {
        struct plan_name other = name_of(plan, i);

        if (same_folded(other.surname, name->surname) &&
                same_folded(other.forename, name->forename) && text_eq(other.dob, name->dob) &&
                text_eq(other.sex, name->sex))
            return i;
    }
    return PLAN_NONE;
}

const char *plan_pupil_name(const struct plan *plan, size_t pupil, char buffer[PLAN_NAME_SIZE])
{
    struct plan_name name = name_of(plan, pupil);
    char *at = buffer;

    (void)text_copy(at, PLAN_NAME_SIZE / 2, name.forename);
    at += strlen(at);
    (void)text_copy(at, 2, " ");
    (void)text_copy(at + 1, PLAN_NAME_SIZE / 2 - 2, name.surname);
    return buffer;
}

bool plan_year_on(const struct plan *plan, size_t pupil, struct date day, int *ret_year)
{
    const struct calendar *calendar = &plan->context->reckoning.calendar;
    const char *text = plan_value_now(plan, pupil, plan->year_group_);
    int year;

    if (!framework_year_parse(text, &year))
        return false;
    *ret_year = year -
                (calendar_year(calendar, plan->context->today) - calendar_year(calendar, day));
    return true;
}
