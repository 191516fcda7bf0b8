#include "actions/traits.h"

#include "base/text.h"

static const struct {
    const char *attribute;
    enum cut cuts[2]; /* that divide by it */
} infos[TRAIT__MAX] = {
    [TRAIT_ENTRY] = { "entry_date", { CUT_MOBILITY, CUT_NONE } },
    [TRAIT_LEAVING] = { "leaving_date", { CUT_NONE, CUT_NONE } },
    [TRAIT_YEAR] = { "year_group", { CUT_NONE, CUT_NONE } },
    [TRAIT_SEX] = { "sex", { CUT_GENDER, CUT_NONE } },
    [TRAIT_DOB] = { "dob", { CUT_BIRTH_TERM, CUT_BIRTH_MONTH } },
    [TRAIT_SEN] = { "sen", { CUT_SEN, CUT_NONE } },
    [TRAIT_FSM] = { "fsm", { CUT_FSM, CUT_NONE } },
    [TRAIT_PREMIUM] = { "pupil_premium", { CUT_PUPIL_PREMIUM, CUT_NONE } },
    [TRAIT_LANGUAGE] = { "language", { CUT_EAL, CUT_NONE } },
    [TRAIT_ETHNICITY] = { "ethnicity", { CUT_ETHNICITY, CUT_ETHNICITY_MAIN } },
    [TRAIT_LOOKED_AFTER] = { "looked_after", { CUT_LOOKED_AFTER, CUT_NONE } },
    [TRAIT_GIFTED] = { "gifted", { CUT_GIFTED, CUT_NONE } },
    [TRAIT_REGISTRATION] = { "registration", { CUT_REGISTRATION, CUT_NONE } },
    [TRAIT_HOUSE] = { "house", { CUT_HOUSE, CUT_NONE } },
};

unsigned traits_of_cuts(const enum cut *by, size_t n)
{
    unsigned wanted = 0;

    for (size_t i = 0; i < n; i++) {
        for (int trait = 0; trait < TRAIT__MAX; trait++) {
            if (by[i] != CUT_NONE &&
                    (infos[trait].cuts[0] == by[i] || infos[trait].cuts[1] == by[i]))
                wanted |= 1u << trait;
        }
    }
    return wanted;
}

struct trait_load {
    struct traits *traits;
    enum trait trait;
};

static int year_recorded(struct arena *arena, const struct pupil_fact *fact)
{
    const char *day = arena_bytes(arena, fact->recorded_at, 10);
    struct date date;

    return day != NULL && date_parse_iso(day, &date) ? date_school_year(date) : 0;
}

static enum err_code take_span(void *data, const struct pupil_fact *fact, struct err *err)
{
    struct trait_load *load = data;
    struct arena *arena = load->traits->arena;
    size_t n = load->traits->of[load->trait].n;
    struct trait_span *items =
            arena_grow(arena, load->traits->of[load->trait].items, n, sizeof(*items));
    const char *value = fact->withdrawn ? NULL : arena_text(arena, fact->value);

    if (items == NULL || (value == NULL && !fact->withdrawn))
        return err_memory(err);
    load->traits->of[load->trait].items = items;
    items[n] = (struct trait_span){ fact->pupil_id, fact->from, fact->to, value, 0 };
    if (load->trait == TRAIT_YEAR && !date_is_set(fact->from))
        items[n].recorded = year_recorded(arena, fact);
    load->traits->of[load->trait].n++;
    return ERR_OK;
}

enum err_code traits_load(const struct context *context, struct date recorded, unsigned wanted,
        struct traits *ret_traits, struct err *err)
{
    struct traits traits = { .arena = context->arena };
    enum err_code code = ERR_OK;

    for (int trait = 0; trait < TRAIT__MAX && code == ERR_OK; trait++) {
        struct trait_load load = { &traits, (enum trait)trait };

        if ((wanted & (1u << trait)) != 0)
            code = store_attribute(context->store, context->school.school_id,
                    infos[trait].attribute, recorded, take_span, &load, err);
    }
    if (code == ERR_OK)
        *ret_traits = traits;
    return code;
}

/* The first span of the pupil, or of a later one. */
static size_t first_of(const struct trait_span *items, size_t n, int64_t pupil_id)
{
    size_t low = 0;
    size_t high = n;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (items[middle].pupil_id < pupil_id)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static const struct trait_span *span_on(const struct traits *traits, enum trait trait,
        int64_t pupil_id, struct date day)
{
    const struct trait_span *items = traits->of[trait].items;
    size_t n = traits->of[trait].n;
    const struct trait_span *found = NULL;

    for (size_t i = first_of(items, n, pupil_id); i < n && items[i].pupil_id == pupil_id; i++) {
        bool last_of_from = i + 1 == n || items[i + 1].pupil_id != pupil_id ||
                            items[i + 1].from.ymd != items[i].from.ymd;

        if (last_of_from && items[i].from.ymd <= day.ymd && items[i].value != NULL)
            found = &items[i];
    }
    if (found != NULL && date_is_set(found->to) && found->to.ymd < day.ymd)
        return NULL;
    return found;
}

const char *trait_on(const struct traits *traits, enum trait trait, int64_t pupil_id,
        struct date day)
{
    const struct trait_span *span = span_on(traits, trait, pupil_id, day);

    return span == NULL ? NULL : span->value;
}

struct date trait_date(const struct traits *traits, enum trait trait, int64_t pupil_id,
        struct date day)
{
    const char *text = trait_on(traits, trait, pupil_id, day);
    struct date date;

    return text != NULL && date_parse_iso(text, &date) ? date : (struct date){ 0 };
}

int trait_year(const struct traits *traits, int64_t pupil_id, struct date day)
{
    const struct trait_span *span = span_on(traits, TRAIT_YEAR, pupil_id, day);
    int year, before;

    if (span == NULL || !framework_year_parse(span->value, &year))
        return COHORT_YEAR_UNKNOWN;
    before = span->recorded == 0 ? 0 : span->recorded - date_school_year(day);
    return before > 0 ? year - before : year;
}

void traits_describe(const struct traits *traits, struct date day, struct cohort_pupil *pupil)
{
    const char **const texts[TRAIT__MAX] = {
        [TRAIT_SEX] = &pupil->sex,
        [TRAIT_SEN] = &pupil->sen,
        [TRAIT_FSM] = &pupil->fsm,
        [TRAIT_PREMIUM] = &pupil->pupil_premium,
        [TRAIT_LANGUAGE] = &pupil->language,
        [TRAIT_ETHNICITY] = &pupil->ethnicity,
        [TRAIT_LOOKED_AFTER] = &pupil->looked_after,
        [TRAIT_GIFTED] = &pupil->gifted,
        [TRAIT_REGISTRATION] = &pupil->registration,
        [TRAIT_HOUSE] = &pupil->house,
    };

    for (int trait = 0; trait < TRAIT__MAX; trait++) {
        if (texts[trait] != NULL && traits->of[trait].n != 0)
            *texts[trait] = trait_on(traits, (enum trait)trait, pupil->id, day);
    }
    if (traits->of[TRAIT_DOB].n != 0)
        pupil->dob = trait_date(traits, TRAIT_DOB, pupil->id, day);
    if (traits->of[TRAIT_ENTRY].n != 0)
        pupil->entry = trait_date(traits, TRAIT_ENTRY, pupil->id, day);
}
