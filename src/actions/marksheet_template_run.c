/* The columns of a template, reckoned for the pupils that a person may see. */

#include <string.h>

#include "actions/marksheet_in.h"
#include "analysis/formula.h"
#include "base/text.h"
#include "pupils/pupil.h"

struct running {
    struct context *context;
    const struct person *person;
    struct sheet *sheet;
    const struct sheet_template *own;
    struct template template;      /* for its tables */
    struct formula_column *values; /* "previous", then one a column */
    size_t n;                      /* of those reckoned */
    struct places places;
    struct err *err;
};

static int place_of(const struct running *r, const char *name)
{
    for (size_t i = 0; i < r->n; i++) {
        if (text_eq_fold(r->own->types[i].name, name))
            return (int)i;
    }
    return -1;
}

static bool offers(void *context, const struct formula_need *need,
        struct formula_offer *ret_offer)
{
    const struct running *r = context;
    int place = need->kind == FORMULA_NEED_COLUMN ? place_of(r, need->name) : -1;

    if (place < 0)
        return false;
    ret_offer->type = r->own->types[place].type;
    ret_offer->scale = r->own->types[place].scale;
    return true;
}

static enum err_code fill(void *context, const struct formula_need *need,
        const struct cohort *cohort, struct arena *arena, struct formula_column *ret_column,
        struct err *err)
{
    const struct running *r = context;
    int place = place_of(r, need->name);

    (void)cohort;
    (void)arena;
    if (place < 0)
        return err_set(err, ERR_INVALID, "the column %s is not there", need->name);
    *ret_column = r->values[place];
    return ERR_OK;
}

static bool table(void *context, const char *name, struct formula_table *ret_table)
{
    struct running *r = context;

    return template_table_of(&r->template, name, ret_table);
}

/* A column to be filled. */
struct filling {
    enum formula_type type;
    size_t n;
    int64_t *numbers;
    struct value *grades;
    uint8_t *answers;
    struct date *dates;
    const char **texts;
};

/* One of the type with nothing in it. */
static enum err_code empty(struct running *r, enum formula_type type, struct filling *filling)
{
    struct arena *arena = r->context->arena;
    size_t n = r->sheet->cohort.pupil_n;

    *filling = (struct filling){ .type = type, .n = n };
    filling->numbers = arena_array(arena, n + 1, sizeof(*filling->numbers));
    filling->grades = arena_array(arena, n + 1, sizeof(*filling->grades));
    filling->answers = arena_array(arena, n + 1, sizeof(*filling->answers));
    filling->dates = arena_array(arena, n + 1, sizeof(*filling->dates));
    filling->texts = arena_array(arena, n + 1, sizeof(*filling->texts));
    if (filling->numbers == NULL || filling->grades == NULL || filling->answers == NULL ||
            filling->dates == NULL || filling->texts == NULL)
        return err_memory(r->err);
    for (size_t i = 0; i < n; i++) {
        filling->numbers[i] = FORMULA_NO_NUMBER;
        filling->grades[i] = VALUE_NONE;
        filling->answers[i] = ANSWER_MISSING;
    }
    return ERR_OK;
}

static struct formula_column filled(const struct filling *filling)
{
    return (struct formula_column){ .type = filling->type,
        .n = filling->n,
        .answers = filling->answers,
        .numbers = filling->numbers,
        .grades = filling->grades,
        .dates = filling->dates,
        .texts = filling->texts };
}

static enum err_code empty_column(struct running *r, enum formula_type type,
        struct formula_column *ret_column)
{
    struct filling filling = { 0 };
    enum err_code code = empty(r, type, &filling);

    if (code == ERR_OK)
        *ret_column = filled(&filling);
    return code;
}

/* ---- entered columns ---- */

static struct may_answer ask(const struct running *r, enum action action,
        const struct aspect *aspect, size_t pupil)
{
    const struct cohort_pupil *p = &r->sheet->cohort.pupils[pupil];
    const char *group = r->sheet->marksheet.group;
    const struct framework *fw = r->context->fw;
    struct access_pupil asked = {
        .pupil_id = p->id,
        .school_id = p->school_id,
        .year = p->year,
        .registration = p->registration == NULL ? "" : p->registration,
        .groups = &group,
        .group_n = 1,
        .sen = p->sen != NULL && pupil_answer_is_yes(p->sen),
        .subject = aspect->subject[0] != '\0' ? aspect->subject
                                              : fw->subjects[r->sheet->cohort.subjects[0]].code,
    };
    enum field field = aspect->kind == ASPECT_COMMENT ? FIELD_COMMENTS : FIELD_MARKS;

    unsigned met = NEED_REASON | NEED_SUPPRESS | (r->sheet->open ? NEED_WINDOW : 0U);

    if (r->person == NULL)
        return (struct may_answer){ .yes = action == ACTION_VIEW };
    return may_with(r->person, action, field, &asked, r->context->today, met);
}

static bool in_use(const struct aspect *aspect, struct date day)
{
    return aspect->from.ymd <= day.ymd &&
           (!date_is_set(aspect->to) || aspect->to.ymd >= day.ymd);
}

/* Room for the cells, and who may write in them. */
static enum err_code make_entries(struct running *r, const struct aspect *aspect,
        struct sheet_column *to)
{
    struct sheet *sheet = r->sheet;
    size_t n = sheet->cohort.pupil_n;

    to->aspect = aspect;
    to->code = arena_printf(r->context->arena, SHEET_ASPECT_PREFIX "%s", aspect->code);
    to->entries = arena_array(r->context->arena, n + 1, sizeof(*to->entries));
    if (to->entries == NULL || to->code == NULL)
        return err_memory(r->err);
    for (size_t i = 0; i < n; i++) {
        struct may_answer answer = ask(r, ACTION_ENTER, aspect, i);

        to->entries[i] = (struct sheet_entry){ .text = "", .recorded_at = "" };
        to->entries[i].enters = answer.yes && sheet->open &&
                                in_use(aspect, r->context->today) &&
                                ask(r, ACTION_VIEW, aspect, i).yes;
        sheet->enters = sheet->enters || to->entries[i].enters;
        if (to->entries[i].enters && (answer.needs & NEED_REASON) != 0)
            sheet->wants_reason = true;
    }
    return ERR_OK;
}

static enum err_code keep_said(struct running *r, const struct aspect_value *value,
        struct sheet_entry *entry)
{
    struct cell_said *said = arena_alloc(r->context->arena, sizeof(*said));

    if (said == NULL)
        return err_memory(r->err);
    *said = (struct cell_said){ value->seq, value->withdrawn ? "" : value->value, entry->said };
    entry->said = said;
    entry->revision = value->seq;
    entry->text = said->text;
    entry->recorded_at = value->withdrawn ? "" : value->recorded_at;
    return ERR_OK;
}

static void put(const struct running *r, const struct aspect *aspect, const char *text,
        struct filling *column, size_t i)
{
    int64_t number = FORMULA_NO_NUMBER;

    switch (aspect->kind) {
    case ASPECT_GRADE:
        column->grades[i] = framework_stored(r->context->fw, aspect->scale, text);
        break;
    case ASPECT_MARK:
    case ASPECT_NUMBER:
        if (text[0] == '\0' || !text_milli(text, &number))
            number = FORMULA_NO_NUMBER;
        column->numbers[i] = number;
        break;
    case ASPECT_YES_NO:
        column->answers[i] = text_eq(text, "yes")  ? ANSWER_YES
                             : text_eq(text, "no") ? ANSWER_NO
                                                   : ANSWER_MISSING;
        break;
    case ASPECT_COMMENT:
    case ASPECT_KIND__MAX:
        column->texts[i] = text[0] == '\0' ? NULL : text;
        break;
    }
}

static enum err_code entered(struct running *r, const struct template_column *column,
        struct sheet_column *to, struct formula_column *ret_column)
{
    const struct aspect *aspect = &r->own->held.template.aspects[column->aspect];
    struct filling filling = { 0 };
    enum err_code code = empty(r, r->own->types[r->n].type, &filling);

    if (code == ERR_OK)
        code = make_entries(r, aspect, to);
    for (size_t i = 0; i < r->own->said.n && code == ERR_OK; i++) {
        const struct aspect_value *said = &r->own->said.items[i];
        long place = places_find(&r->places, said->pupil_id);

        if (place < 0 || !text_eq_fold(said->aspect, aspect->code) ||
                !ask(r, ACTION_VIEW, aspect, (size_t)place).yes)
            continue;
        put(r, aspect, said->withdrawn ? "" : said->value, &filling, (size_t)place);
        code = keep_said(r, said, &to->entries[place]);
    }
    if (code == ERR_OK)
        *ret_column = filled(&filling);
    return code;
}

/* ---- reckoned columns ---- */

static enum err_code run(struct running *r, const char *text, struct formula_column *ret_column)
{
    int16_t stage = (int16_t)r->own->stage;
    const struct framework *fw = r->context->fw;
    struct formula_source source = {
        .subject = fw->subjects[r->sheet->cohort.subjects[0]].code,
        .stages = stage < 0 ? NULL : &stage,
        .stage_n = stage >= 0,
        .context = r,
        .offers = offers,
        .fill = fill,
        .table = table,
    };
    const struct formula *formula = NULL;
    enum err_code code =
            formula_compile(r->context->arena, fw, text, &source, &formula, r->err);

    return code == ERR_OK ? formula_run(formula, &r->sheet->cohort, BASIS_ATTAINMENT,
                                    r->context->arena, ret_column, r->err)
                          : code;
}

static const char *text_of(struct running *r, const struct formula_column *column, size_t i)
{
    const struct framework *fw = r->context->fw;
    char grade[VALUE_TEXT_SIZE], number[TEXT_MILLI_SIZE], date[DATE_TEXT_SIZE];
    const char *text = "";

    switch (column->type) {
    case FORMULA_YES_NO:
        return column->answers[i] == ANSWER_YES  ? "yes"
               : column->answers[i] == ANSWER_NO ? "no"
                                                 : "";
    case FORMULA_NUMBER:
    case FORMULA_POINTS:
        if (column->numbers[i] != FORMULA_NO_NUMBER)
            text = text_from_milli(column->numbers[i], number);
        break;
    case FORMULA_GRADE:
        text = framework_shown_text(fw, column->grades[i], grade);
        break;
    case FORMULA_DATE:
        text = date_text(column->dates[i], date);
        break;
    case FORMULA_TEXT:
        return column->texts[i] == NULL ? "" : column->texts[i];
    case FORMULA_NOTHING:
    case FORMULA_TYPE__MAX:
        break;
    }
    return arena_text(r->context->arena, text);
}

static enum err_code colour(struct running *r, const struct template_column *from,
        struct sheet_column *to)
{
    enum err_code code = ERR_OK;

    for (size_t c = 0; c < from->colour_n && code == ERR_OK; c++) {
        struct formula_column answers = { 0 };

        code = run(r, from->colours[c].formula, &answers);
        for (size_t i = 0; i < answers.n && code == ERR_OK; i++) {
            if (to->colour[i] < 0 && answers.answers[i] == ANSWER_YES)
                to->colour[i] = (int16_t)c;
        }
    }
    return code;
}

static enum err_code show(struct running *r, const struct template_column *from,
        const struct formula_column *value, struct sheet_column *to)
{
    size_t n = r->sheet->cohort.pupil_n;

    to->texts = arena_array(r->context->arena, n + 1, sizeof(*to->texts));
    to->colour = arena_array(r->context->arena, n + 1, sizeof(*to->colour));
    if (to->texts == NULL || to->colour == NULL)
        return err_memory(r->err);
    for (size_t i = 0; i < n; i++) {
        to->colour[i] = -1;
        to->texts[i] = text_of(r, value, i);
        if (to->texts[i] == NULL)
            return err_memory(r->err);
    }
    to->number = value->type == FORMULA_NUMBER || value->type == FORMULA_POINTS;
    to->colours = from->colours;
    to->colour_n = from->colour_n;
    return ERR_OK;
}

/* What may not be used yet stays empty; what is entered is shown, without its colours. */
static enum err_code run_column(struct running *r, size_t i)
{
    const struct template_column *from = &r->own->held.template.columns[i];
    struct sheet_column *to = &r->sheet->columns[i];
    struct formula_column *value = &r->values[r->n];
    bool waits = r->own->waits[i] != NULL;
    enum err_code code;

    *to = (struct sheet_column){ .name = from->name, .waits = r->own->waits[i] };
    if (from->kind == TEMPLATE_ENTERED)
        code = entered(r, from, to, value);
    else if (waits)
        code = empty_column(r, r->own->types[r->n].type, value);
    else
        code = run(r, from->formula, value);
    if (code == ERR_OK)
        code = show(r, from, value, to);
    if (code == ERR_OK && value->type == FORMULA_POINTS)
        value->type = FORMULA_NUMBER;
    r->n++;
    return code == ERR_OK && !waits ? colour(r, from, to) : code;
}

/* What the review before had, in the first subject. */
static enum err_code previous(struct running *r)
{
    const struct sheet *sheet = r->sheet;
    struct filling filling = { 0 };
    enum err_code code = empty(r, FORMULA_GRADE, &filling);

    for (size_t i = 0; i < sheet->cohort.pupil_n && code == ERR_OK && sheet->earlier_n > 0; i++)
        filling.grades[i] = sheet_cell(sheet, i, 0)->earlier[sheet->earlier_n - 1];
    r->values[0] = filled(&filling);
    r->n = 1;
    return code;
}

enum err_code sheet_run_template(struct context *context, const struct person *person,
        struct sheet *sheet, struct err *err)
{
    struct running r = { .context = context,
        .person = person,
        .sheet = sheet,
        .own = sheet->template,
        .template = sheet->template->held.template,
        .err = err };
    size_t n = r.template.column_n;
    enum err_code code = places_make(&r.places, context->arena, sheet->cohort.pupils,
            sheet->cohort.pupil_n, err);

    r.values = arena_array(context->arena, n + 2, sizeof(*r.values));
    sheet->columns = arena_array(context->arena, n + 1, sizeof(*sheet->columns));
    if (r.values == NULL || sheet->columns == NULL)
        return err_memory(err);
    if (code == ERR_OK)
        code = previous(&r);
    for (size_t i = 0; i < n && code == ERR_OK; i++)
        code = run_column(&r, i);
    sheet->columns_n = n;
    return code;
}
