#include "actions/export_in.h"
#include "base/text.h"

/* The rows of one pupil that hold, each of its attribute and first day. */
struct rows {
    struct arena *arena;
    struct date recorded;
    struct pupil_fact *items;
    size_t n;
};

/* They come by attribute, first day and order of recording: the last of a day holds. */
static enum err_code take_row(void *data, const struct pupil_fact *fact, struct err *err)
{
    struct rows *rows = data;
    struct pupil_fact *last = rows->n == 0 ? NULL : &rows->items[rows->n - 1];
    char day[DATE_TEXT_SIZE];
    struct pupil_fact *more;

    if (date_is_set(rows->recorded)) {
        (void)text_copy(day, sizeof(day), fact->recorded_at);
        if (text_cmp_fold(day, date_text(rows->recorded, (char[DATE_TEXT_SIZE]){ 0 })) > 0)
            return ERR_OK;
    }
    if (last != NULL && last->from.ymd == fact->from.ymd &&
            text_eq(last->attribute, fact->attribute))
        rows->n--;
    more = arena_grow(rows->arena, rows->items, rows->n, sizeof(*more));
    if (more == NULL)
        return err_memory(err);
    rows->items = more;
    more[rows->n] = *fact;
    more[rows->n].attribute = arena_text(rows->arena, fact->attribute);
    more[rows->n].value = arena_text(rows->arena, fact->value);
    if (more[rows->n].attribute == NULL || more[rows->n].value == NULL)
        return err_memory(err);
    rows->n++;
    return ERR_OK;
}

/* The row in force on the day, or NULL. */
static const struct pupil_fact *row_on(const struct rows *rows, const char *attribute,
        struct date day)
{
    const struct pupil_fact *best = NULL;

    for (size_t i = 0; i < rows->n; i++) {
        const struct pupil_fact *row = &rows->items[i];

        if (row->withdrawn || row->from.ymd > day.ymd || !text_eq(row->attribute, attribute))
            continue;
        if (best == NULL || row->from.ymd > best->from.ymd)
            best = row;
    }
    if (best != NULL && date_is_set(best->to) && best->to.ymd < day.ymd)
        return NULL;
    return best;
}

static const char *value_on(const struct rows *rows, const char *attribute, struct date day)
{
    const struct pupil_fact *row = row_on(rows, attribute, day);

    return row == NULL ? NULL : row->value;
}

static bool is_identity(const char *attribute)
{
    static const char *const names[] = { "upn", "former_upn", "surname", "forename", "dob",
        "sex" };

    for (size_t i = 0; i < COUNT(names); i++) {
        if (text_eq(names[i], attribute))
            return true;
    }
    return false;
}

static bool is_wanted(const struct exporting *exporting, const struct rows *rows,
        const struct export_pupil *pupil, struct export_choice choice)
{
    const struct filters *filters = exporting->filters;
    struct date entry = { 0 };
    struct date leaving = { 0 };
    int year;

    if (filters->upn != NULL)
        return text_eq_fold(pupil->upn, filters->upn);
    if (choice.on_roll) {
        const char *joined = value_on(rows, "entry_date", exporting->day);
        const char *left = value_on(rows, "leaving_date", exporting->day);

        if ((joined != NULL && !date_parse(joined, &entry)) ||
                (left != NULL && !date_parse(left, &leaving)) ||
                !pupil_on_roll(entry, leaving, exporting->day))
            return false;
    }
    if (filters->group != NULL && !pupil->in_group)
        return false;
    if (filters->registration != NULL &&
            !text_eq_fold(value_on(rows, "registration", exporting->day),
                    filters->registration))
        return false;
    return !filters->has_year ||
           (framework_year_parse(value_on(rows, "year_group", exporting->day), &year) &&
                   year == filters->year);
}

const char *exporting_day(struct exporting *exporting, struct date date, bool *failed)
{
    char buffer[DATE_TEXT_SIZE];
    const char *text;

    if (!date_is_set(date))
        return NULL;
    text = arena_text(&exporting->scratch, date_text(date, buffer));
    *failed = *failed || text == NULL;
    return text;
}

static enum err_code add_attributes(struct exporting *exporting, const struct rows *rows,
        struct export_choice choice, struct pupil_record *record, struct err *err)
{
    bool dated = choice.dated;
    struct arena *arena = &exporting->scratch;
    struct attribute_record *list = arena_array(arena, rows->n, sizeof(*list));
    bool failed = list == NULL;

    for (size_t i = 0; i < rows->n && !failed; i++) {
        const struct pupil_fact *row = &rows->items[i];

        if (row->withdrawn || (choice.whole ? text_eq(row->attribute, "upn")
                                            : is_identity(row->attribute) ||
                                                      row->from.ymd > exporting->day.ymd))
            continue;
        if (!dated && row_on(rows, row->attribute, exporting->day) != row)
            continue;
        list[record->attribute_n++] = (struct attribute_record){
            .attribute = row->attribute,
            .value = row->value,
            .from = dated ? exporting_day(exporting, row->from, &failed) : NULL,
            .to = dated ? exporting_day(exporting, row->to, &failed) : NULL,
        };
    }
    record->attributes = list;
    return failed ? err_memory(err) : ERR_OK;
}

enum err_code exporting_pupil(struct exporting *exporting, size_t pupil,
        struct export_choice choice, struct pupil_record *ret_record, bool *ret_there,
        struct err *err)
{
    const struct export_pupil *item = export_pupil_at(exporting, pupil);
    struct rows rows = { .arena = &exporting->scratch, .recorded = exporting->recorded };
    struct date day = exporting->day;
    struct pupil_record record = { .upn = item->upn };
    enum err_code code = store_pupil_facts(exporting->context->store,
            exporting->context->school.school_id, item->pupil_id, take_row, &rows, err);

    if (code != ERR_OK)
        return code;
    record.surname = value_on(&rows, "surname", day);
    record.forename = value_on(&rows, "forename", day);
    record.dob = value_on(&rows, "dob", day);
    record.sex = value_on(&rows, "sex", day);
    record.former_upn = value_on(&rows, "former_upn", day);
    *ret_there = record.surname != NULL && is_wanted(exporting, &rows, item, choice);
    if (!*ret_there)
        return ERR_OK;
    code = add_attributes(exporting, &rows, choice, &record, err);
    if (code == ERR_OK)
        *ret_record = record;
    return code;
}
