#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "actions/marksheet_in.h"
#include "base/text.h"

/* A pupil of the group while rows go by: in it on the day or not, and what is known. */
struct member {
    struct cohort_pupil pupil;
    bool in;
    char key[96]; /* surname and forename, folded */
};

struct members_load {
    struct sheet_load *load;
    struct member *items; /* by pupil_id, as the rows come */
    size_t n;
    size_t next; /* walked along with the rows of one attribute */
    char attribute[24];

    /* The rows of one pupil (and attribute): what holds on the day. */
    int64_t pupil_id;
    struct date from, to, earlier_to;
    const char *value, *earlier; /* of this `from`, of the ones before */
};

static const struct {
    const char *name;
    size_t offset;
} texts[] = {
    { "surname", offsetof(struct cohort_pupil, surname) },
    { "forename", offsetof(struct cohort_pupil, forename) },
    { "registration", offsetof(struct cohort_pupil, registration) },
    { "sen", offsetof(struct cohort_pupil, sen) },
    { "pupil_premium", offsetof(struct cohort_pupil, pupil_premium) },
    { "language", offsetof(struct cohort_pupil, language) },
    { "sex", offsetof(struct cohort_pupil, sex) },
    { "ethnicity", offsetof(struct cohort_pupil, ethnicity) },
    { "fsm", offsetof(struct cohort_pupil, fsm) },
    { "looked_after", offsetof(struct cohort_pupil, looked_after) },
    { "gifted", offsetof(struct cohort_pupil, gifted) },
    { "house", offsetof(struct cohort_pupil, house) },
};

static void set_attribute(struct cohort_pupil *pupil, const char *name, const char *value)
{
    struct date date = { 0 };

    for (size_t i = 0; i < COUNT(texts); i++) {
        if (text_eq(texts[i].name, name)) {
            memcpy((char *)pupil + texts[i].offset, &value, sizeof(value));
            return;
        }
    }
    if (text_eq(name, "year_group") && !framework_year_parse(value, &pupil->year))
        pupil->year = COHORT_YEAR_UNKNOWN;
    if (text_eq(name, "leaving_date") && date_parse_iso(value, &date))
        pupil->leaving = date;
    if (text_eq(name, "dob") && date_parse_iso(value, &date))
        pupil->dob = date;
}

/* Hand over what the rows of one pupil came to. */
static void settle(struct members_load *ml)
{
    const char *value = ml->value != NULL ? ml->value : ml->earlier;
    struct date to = ml->value != NULL ? ml->to : ml->earlier_to;
    struct date day = ml->load->scope.day;
    bool holds = value != NULL && (!date_is_set(to) || to.ymd >= day.ymd);

    if (ml->pupil_id == 0)
        return;
    if (ml->attribute[0] == '\0') {
        ml->items[ml->n - 1].in = holds;
        return;
    }
    while (ml->next < ml->n && ml->items[ml->next].pupil.id < ml->pupil_id)
        ml->next++;
    if (holds && ml->next < ml->n && ml->items[ml->next].pupil.id == ml->pupil_id)
        set_attribute(&ml->items[ml->next].pupil, ml->attribute, value);
}

static enum err_code begin_pupil(struct members_load *ml, const struct pupil_fact *fact,
        struct err *err)
{
    settle(ml);
    if (!text_eq(ml->attribute, fact->attribute)) {
        (void)text_copy(ml->attribute, sizeof(ml->attribute), fact->attribute);
        ml->next = 0;
    }
    ml->pupil_id = fact->pupil_id;
    ml->from = ml->to = ml->earlier_to = (struct date){ 0 };
    ml->value = ml->earlier = NULL;
    if (ml->attribute[0] != '\0')
        return ERR_OK;
    ml->items = arena_grow(ml->load->arena, ml->items, ml->n, sizeof(*ml->items));
    if (ml->items == NULL)
        return err_memory(err);
    ml->items[ml->n++] = (struct member){
        .pupil = { .id = fact->pupil_id,
                .school_id = ml->load->scope.school_id,
                .year = COHORT_YEAR_UNKNOWN,
                .stage = -1,
                .year_stage = -1 },
    };
    return ERR_OK;
}

static enum err_code take_row(void *data, const struct pupil_fact *fact, struct err *err)
{
    struct members_load *ml = data;

    if (fact->pupil_id != ml->pupil_id || !text_eq(fact->attribute, ml->attribute)) {
        enum err_code code = begin_pupil(ml, fact, err);

        if (code != ERR_OK)
            return code;
    }
    if (fact->from.ymd > ml->load->scope.day.ymd)
        return ERR_OK;
    if (fact->from.ymd != ml->from.ymd && ml->value != NULL) {
        ml->earlier = ml->value;
        ml->earlier_to = ml->to;
    }
    ml->from = fact->from;
    ml->to = fact->to;
    ml->value = NULL;
    if (fact->withdrawn)
        return ERR_OK;
    ml->value = fact->value[0] == '\0' ? "" : arena_text(ml->load->arena, fact->value);
    return ml->value == NULL ? err_memory(err) : ERR_OK;
}

/* ---- who is in it, in which order ---- */

static void place_in_stage(const struct sheet_load *load, struct cohort_pupil *pupil)
{
    const struct context *context = load->context;
    const struct calendar *calendar = &context->reckoning.calendar;

    pupil->stage = (int16_t)context_stage_of_year(context, pupil->year);
    if (pupil->stage < 0)
        return;
    pupil->stage_years = context_stage_years(context, pupil->stage);
    pupil->period =
            (pupil->year - context->stage_years[pupil->stage].first) * calendar->period_n +
            calendar_period(calendar, load->scope.day) + 1;
}

static void make_key(struct member *member)
{
    size_t half = sizeof(member->key) / 2;

    text_fold_name(member->pupil.surname, member->key, half);
    memset(member->key + strlen(member->key), ' ', half - strlen(member->key));
    text_fold_name(member->pupil.forename, member->key + half, half);
}

static int by_key(const void *a, const void *b)
{
    const struct member *x = a;
    const struct member *y = b;
    int order = strcmp(x->key, y->key);

    if (order != 0)
        return order;
    return (x->pupil.id > y->pupil.id) - (x->pupil.id < y->pupil.id);
}

static struct sheet_pupil shown_of(const struct cohort_pupil *pupil)
{
    struct sheet_pupil shown = { .sen = pupil->sen != NULL && pupil_answer_is_yes(pupil->sen),
        .premium = pupil->pupil_premium != NULL && pupil_answer_is_yes(pupil->pupil_premium),
        .eal = pupil_language_is_additional(pupil->language) };

    return shown;
}

static bool wanted(const struct member *member, struct date day)
{
    return member->in && member->pupil.surname != NULL &&
           (!date_is_set(member->pupil.leaving) || member->pupil.leaving.ymd >= day.ymd);
}

static enum err_code choose(struct sheet_load *load, struct members_load *ml, struct err *err)
{
    struct arena *arena = load->arena;
    int64_t *former = arena_array(arena, ml->n + 1, sizeof(*former));
    size_t n = 0;

    load->pupils = arena_array(arena, ml->n + 1, sizeof(*load->pupils));
    load->shown = arena_array(arena, ml->n + 1, sizeof(*load->shown));
    if (former == NULL || load->pupils == NULL || load->shown == NULL)
        return err_memory(err);
    load->sheet->former = former;
    for (size_t i = 0; i < ml->n; i++) {
        if (!wanted(&ml->items[i], load->scope.day)) {
            former[load->sheet->former_n++] = ml->items[i].pupil.id;
            continue;
        }
        if (ml->items[i].pupil.forename == NULL)
            ml->items[i].pupil.forename = "";
        make_key(&ml->items[i]);
        ml->items[n++] = ml->items[i];
    }
    if (n != 0)
        qsort(ml->items, n, sizeof(*ml->items), by_key);
    for (size_t i = 0; i < n; i++) {
        struct cohort_pupil *pupil = &ml->items[i].pupil;

        place_in_stage(load, pupil);
        load->shown[load->pupil_n] = shown_of(pupil);
        load->pupils[load->pupil_n++] = *pupil;
    }
    return ERR_OK;
}

/* ---- sets ---- */

static bool last_of_its_day(const struct set_member *row, const struct set_member *end)
{
    const struct membership *now = &row->membership;
    const struct membership *next = &row[1].membership;

    return row + 1 == end || next->pupil_id != now->pupil_id ||
           next->group_id != now->group_id || next->from.ymd != now->from.ymd;
}

static enum err_code load_sets(struct sheet_load *load, struct err *err)
{
    struct context *context = load->context;
    struct set_member_list list = { 0 };
    enum err_code code = store_marksheet_sets(context->store, &load->scope,
            load->scope.subjects[0], load->arena, &list, err);

    for (size_t i = 0; i < list.n && code == ERR_OK; i++) {
        const struct membership *row = &list.items[i].membership;
        long place = places_find(&load->places, row->pupil_id);
        struct date day = load->scope.day;

        if (place < 0 || row->withdrawn || row->from.ymd > day.ymd ||
                (date_is_set(row->to) && row->to.ymd < day.ymd) ||
                !last_of_its_day(&list.items[i], list.items + list.n))
            continue;
        load->shown[place].set = list.items[i].group;
    }
    return code;
}

enum err_code load_sheet_pupils(struct sheet_load *load, struct err *err)
{
    struct members_load ml = { .load = load };
    enum err_code code = store_marksheet_pupils(load->context->store, &load->scope,
            load->options->all || load->sheet->marksheet.template[0] != '\0', take_row, &ml,
            err);

    if (code != ERR_OK)
        return code;
    settle(&ml);
    code = choose(load, &ml, err);
    if (code == ERR_OK)
        code = places_make(&load->places, load->arena, load->pupils, load->pupil_n, err);
    if (code == ERR_OK && load->options->sets)
        code = load_sets(load, err);
    load->sheet->pupils = load->shown;
    return code;
}
