#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "web/pages/marksheet_in.h"

const char *const sheet_sort_words[SORT__MAX + 1] = {
    [SORT_PUPIL] = "pupil",
    [SORT_GROUPS] = "groups",
    [SORT_EXTRA] = "extra",
    [SORT_PRIOR] = "prior",
    [SORT_TARGET] = "target",
    [SORT_EARLIER_1] = "earlier-1",
    [SORT_EARLIER_2] = "earlier-2",
    [SORT_EARLIER_3] = "earlier-3",
    [SORT_PROGRESS] = "progress-target",
    [SORT_ENTRY] = "entry",
    [SORT_GAP] = "gap",
    [SORT_FLAG] = "flag",
};

const char *const sheet_show_words[SHOW__MAX + 1] = {
    [SHOW_ALL] = "all",
    [SHOW_TODO] = "todo",
    [SHOW_WELL] = "well-below",
    [SHOW_BELOW] = "below",
    [SHOW_ABOVE] = "above",
    [SHOW_SEN] = "sen",
    [SHOW_PREMIUM] = "premium",
    [SHOW_EAL] = "eal",
};

const char *const sheet_extra_words[EXTRA__MAX + 1] = {
    [EXTRA_NONE] = "none",
    [EXTRA_SET] = "set",
    [EXTRA_REGISTRATION] = "registration",
    [EXTRA_SEX] = "sex",
    [EXTRA_BORN] = "born",
    [EXTRA_ETHNICITY] = "ethnicity",
    [EXTRA_LANGUAGE] = "language",
    [EXTRA_FSM] = "fsm",
    [EXTRA_LOOKED_AFTER] = "looked-after",
    [EXTRA_GIFTED] = "gifted",
    [EXTRA_HOUSE] = "house",
};

const char *const sheet_extra_labels[EXTRA__MAX] = {
    [EXTRA_NONE] = "",
    [EXTRA_SET] = "Set",
    [EXTRA_REGISTRATION] = "Registration",
    [EXTRA_SEX] = "Sex",
    [EXTRA_BORN] = "Born",
    [EXTRA_ETHNICITY] = "Ethnicity",
    [EXTRA_LANGUAGE] = "First language",
    [EXTRA_FSM] = "Free school meals",
    [EXTRA_LOOKED_AFTER] = "Looked after",
    [EXTRA_GIFTED] = "Gifted and talented",
    [EXTRA_HOUSE] = "House",
};

static int64_t chosen(const struct request *request, const char *name)
{
    const struct input_value *value = request_value(request, name);

    return value->state == INPUT_GIVEN ? value->number : 0;
}

/* "12.MAT": a pupil and a column. */
static bool read_place(const struct request *request, const char *name,
        struct sheet_asked *asked)
{
    const char *text = request_value(request, name)->text;
    const char *dot = strchr(text, '.');
    const char *number;

    if (dot == NULL)
        return false;
    number = arena_bytes(request->arena, text, (size_t)(dot - text));
    if (number == NULL || !text_int(number, &asked->pupil))
        return false;
    asked->subject = dot + 1;
    return true;
}

struct sheet_asked sheet_asked_of(const struct request *request)
{
    struct sheet_asked asked = {
        .sort = (enum sheet_sort)chosen(request, "sort"),
        .sort_column = (size_t)chosen(request, "column"),
        .down = chosen(request, "down") != 0,
        .show = (enum sheet_show)chosen(request, "show"),
        .extra = (enum sheet_extra)chosen(request, "with"),
        .saved = chosen(request, "saved"),
        .subject = "",
    };

    if (!read_place(request, "why", &asked))
        asked.history = read_place(request, "history", &asked);
    return asked;
}

struct sheet_options sheet_options_of(const struct sheet_asked *asked)
{
    bool always = asked->extra == EXTRA_NONE || asked->extra == EXTRA_SET ||
                  asked->extra == EXTRA_REGISTRATION || asked->extra == EXTRA_LANGUAGE;

    return (struct sheet_options){ .all = !always, .sets = asked->extra == EXTRA_SET };
}

bool sheet_todo(const struct sheet *sheet, size_t pupil)
{
    for (size_t c = 0; c < sheet->column_n; c++) {
        if (sheet_cell(sheet, pupil, c)->text[0] == '\0')
            return true;
    }
    return false;
}

static bool has_flag(const struct sheet *sheet, size_t pupil, enum flag flag, enum flag or_flag)
{
    for (size_t c = 0; c < sheet->column_n; c++) {
        enum flag found = sheet_flag(sheet, pupil, c);

        if (found == flag || found == or_flag)
            return true;
    }
    return false;
}

bool sheet_shows(const struct sheet *sheet, enum sheet_show show, size_t pupil)
{
    switch (show) {
    case SHOW_TODO:
        return sheet_todo(sheet, pupil);
    case SHOW_WELL:
        return has_flag(sheet, pupil, FLAG_WELL_BELOW, FLAG_WELL_BELOW);
    case SHOW_BELOW:
        return has_flag(sheet, pupil, FLAG_BELOW, FLAG_WELL_BELOW);
    case SHOW_ABOVE:
        return has_flag(sheet, pupil, FLAG_ABOVE, FLAG_WELL_ABOVE);
    case SHOW_SEN:
        return sheet->pupils[pupil].sen;
    case SHOW_PREMIUM:
        return sheet->pupils[pupil].premium;
    case SHOW_EAL:
        return sheet->pupils[pupil].eal;
    case SHOW_ALL:
    case SHOW__MAX:
        break;
    }
    return true;
}

/* What a pupil is sorted by: words, or a number; those without stand last. */
struct sort_key {
    size_t pupil;
    int64_t number;
    const char *words;
    bool none, down;
};

static int by_sort_key(const void *a, const void *b)
{
    const struct sort_key *x = a;
    const struct sort_key *y = b;
    int order = (x->number > y->number) - (x->number < y->number);

    if (x->none != y->none)
        return x->none ? 1 : -1;
    if (x->words != NULL && y->words != NULL)
        order = text_cmp_fold(x->words, y->words);
    if (order != 0)
        return x->down ? -order : order;
    return (x->pupil > y->pupil) - (x->pupil < y->pupil);
}

static int64_t value_key(const struct sheet *sheet, struct value value, bool *ret_none)
{
    *ret_none = !value_is_set(value);
    if (value.points != POINTS_NONE)
        return value.points;
    return value.grade < 0 ? value.number : framework_step(sheet->cohort.fw, value);
}

static int64_t number_key(const struct sheet *sheet, const struct sheet_asked *asked,
        size_t pupil, bool *ret_none)
{
    const struct cohort *cohort = &sheet->cohort;
    size_t column = asked->sort_column < sheet->column_n ? asked->sort_column : 0;
    size_t cell = cohort_cell(cohort, pupil, column);
    const struct sheet_pupil *shown = &sheet->pupils[pupil];

    *ret_none = false;
    switch (asked->sort) {
    case SORT_GROUPS:
        return -(shown->sen * 4 + shown->premium * 2 + shown->eal);
    case SORT_PRIOR:
        return value_key(sheet, cohort->prior[cell], ret_none);
    case SORT_TARGET:
        return value_key(sheet, cohort->target[cell], ret_none);
    case SORT_EARLIER_1:
    case SORT_EARLIER_2:
    case SORT_EARLIER_3:
        return value_key(sheet,
                sheet_cell(sheet, pupil, column)->earlier[asked->sort - SORT_EARLIER_1],
                ret_none);
    case SORT_PROGRESS:
        *ret_none = cohort->progress[cell].points == POINTS_NONE;
        return cohort->progress[cell].points;
    case SORT_ENTRY:
        return value_key(sheet, sheet_cell(sheet, pupil, column)->value, ret_none);
    case SORT_GAP:
        *ret_none = cohort->gap[cell] == POINTS_NONE;
        return cohort->gap[cell];
    case SORT_FLAG:
        *ret_none = cohort->flag[cell] == FLAG_NONE;
        return cohort->flag[cell];
    case SORT_PUPIL:
    case SORT_EXTRA:
    case SORT__MAX:
        break;
    }
    return 0;
}

enum err_code sheet_arrange(struct sheet_page *page, struct err *err)
{
    const struct sheet *sheet = page->sheet;
    struct arena *arena = page->request->arena;
    size_t n = sheet->cohort.pupil_n;
    struct sort_key *keys = arena_array(arena, n + 1, sizeof(*keys));

    page->order = arena_array(arena, n + 1, sizeof(*page->order));
    if (keys == NULL || page->order == NULL)
        return err_memory(err);
    for (size_t p = 0; p < n; p++) {
        struct sort_key *key = &keys[page->order_n];

        if (!sheet_shows(sheet, page->asked.show, p))
            continue;
        *key = (struct sort_key){ .pupil = p, .down = page->asked.down };
        key->number = number_key(sheet, &page->asked, p, &key->none);
        if (page->asked.sort == SORT_PUPIL)
            key->number = (int64_t)p;
        if (page->asked.sort == SORT_EXTRA) {
            key->words = extra_words(sheet, arena, p, page->asked.extra);
            key->none = text_empty(key->words);
        }
        page->order_n++;
    }
    if (page->order_n != 0)
        qsort(keys, page->order_n, sizeof(*keys), by_sort_key);
    for (size_t i = 0; i < page->order_n; i++)
        page->order[i] = keys[i].pupil;
    return ERR_OK;
}
