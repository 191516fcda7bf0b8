#include <stdlib.h>
#include <string.h>

#include "actions/cohort_in.h"
#include "actions/shelf_in.h"
#include "base/text.h"

/* The value of one attribute on a day, found while its rows go by (from, then seq, ascending).
 */
struct in_force {
    int64_t pupil_id;
    struct date from;
    const char *value, *earlier; /* of this from, of the froms before */
    struct date to, earlier_to;
};

struct attribute_load {
    struct load *load;
    struct candidates *candidates;
    size_t next; /* candidates are walked along with the rows */
    void (*set)(struct cohort_pupil *pupil, const char *value);
    struct in_force state;
};

static void set_surname(struct cohort_pupil *pupil, const char *value)
{
    pupil->surname = value;
}
static void set_forename(struct cohort_pupil *pupil, const char *value)
{
    pupil->forename = value;
}
static void set_sex(struct cohort_pupil *pupil, const char *value)
{
    pupil->sex = value;
}
static void set_dob(struct cohort_pupil *pupil, const char *value)
{
    if (!date_parse_iso(value, &pupil->dob))
        pupil->dob = (struct date){ 0 };
}
static void set_year(struct cohort_pupil *pupil, const char *value)
{
    if (!framework_year_parse(value, &pupil->year))
        pupil->year = COHORT_YEAR_UNKNOWN;
}
static void set_registration(struct cohort_pupil *pupil, const char *value)
{
    pupil->registration = value;
}
static void set_entry(struct cohort_pupil *pupil, const char *value)
{
    if (!date_parse_iso(value, &pupil->entry))
        pupil->entry = (struct date){ 0 };
}
static void set_leaving(struct cohort_pupil *pupil, const char *value)
{
    if (!date_parse_iso(value, &pupil->leaving))
        pupil->leaving = (struct date){ 0 };
}
static void set_sen(struct cohort_pupil *pupil, const char *value)
{
    pupil->sen = value;
}
static void set_fsm(struct cohort_pupil *pupil, const char *value)
{
    pupil->fsm = value;
}
static void set_premium(struct cohort_pupil *pupil, const char *value)
{
    pupil->pupil_premium = value;
}
static void set_language(struct cohort_pupil *pupil, const char *value)
{
    pupil->language = value;
}
static void set_ethnicity(struct cohort_pupil *pupil, const char *value)
{
    pupil->ethnicity = value;
}
static void set_looked_after(struct cohort_pupil *pupil, const char *value)
{
    pupil->looked_after = value;
}
static void set_gifted(struct cohort_pupil *pupil, const char *value)
{
    pupil->gifted = value;
}
static void set_house(struct cohort_pupil *pupil, const char *value)
{
    pupil->house = value;
}

/* What each attribute sets, and for which cut it is wanted; CUT_NONE: always. */
static const struct {
    const char *name;
    void (*set)(struct cohort_pupil *pupil, const char *value);
    enum cut cut;
} attributes[] = {
    { "surname", set_surname, CUT_NONE },
    { "forename", set_forename, CUT_NONE },
    { "sex", set_sex, CUT_NONE },
    { "year_group", set_year, CUT_NONE },
    { "registration", set_registration, CUT_NONE },
    { "entry_date", set_entry, CUT_NONE },
    { "leaving_date", set_leaving, CUT_NONE },
    { "dob", set_dob, CUT_BIRTH_TERM },
    { "sen", set_sen, CUT_SEN },
    { "fsm", set_fsm, CUT_FSM },
    { "pupil_premium", set_premium, CUT_PUPIL_PREMIUM },
    { "language", set_language, CUT_EAL },
    { "ethnicity", set_ethnicity, CUT_ETHNICITY },
    { "looked_after", set_looked_after, CUT_LOOKED_AFTER },
    { "gifted", set_gifted, CUT_GIFTED },
    { "house", set_house, CUT_HOUSE },
};

bool load_cut_by(const struct load *load, enum cut cut)
{
    for (size_t i = 0; i < load->filters->by_n; i++) {
        if (load->filters->by[i] == cut)
            return true;
    }
    return load->filters->cross == cut && cut != CUT_NONE;
}

static bool wanted(const struct load *load, enum cut cut)
{
    if (cut == CUT_NONE || load->options->characteristics || load->rules.any ||
            load_cut_by(load, cut))
        return true;
    return (cut == CUT_BIRTH_TERM && load_cut_by(load, CUT_BIRTH_MONTH)) ||
           (cut == CUT_ETHNICITY && load_cut_by(load, CUT_ETHNICITY_MAIN));
}

/* Hand the finished value of one pupil over. */
static void settle(struct attribute_load *al)
{
    struct in_force *state = &al->state;
    const char *value = state->value != NULL ? state->value : state->earlier;
    struct date to = state->value != NULL ? state->to : state->earlier_to;
    struct candidates *all = al->candidates;

    if (state->pupil_id == 0)
        return;
    while (al->next < all->n && all->pupils[al->next].id < state->pupil_id)
        al->next++;
    if (al->next == all->n || all->pupils[al->next].id != state->pupil_id || value == NULL)
        return;
    if (date_is_set(to) && to.ymd < al->load->out->day.ymd)
        return;
    al->set(&all->pupils[al->next], value);
}

static enum err_code take_fact(void *data, const struct pupil_fact *fact, struct err *err)
{
    struct attribute_load *al = data;
    struct in_force *state = &al->state;

    if (fact->pupil_id != state->pupil_id) {
        settle(al);
        *state = (struct in_force){ .pupil_id = fact->pupil_id };
    }
    if (fact->from.ymd > al->load->out->day.ymd)
        return ERR_OK;
    if (fact->from.ymd != state->from.ymd && state->value != NULL) {
        state->earlier = state->value;
        state->earlier_to = state->to;
    }
    state->from = fact->from;
    state->to = fact->to;
    state->value = NULL;
    if (fact->withdrawn)
        return ERR_OK;
    state->value = arena_text(al->load->context->arena, fact->value);
    return state->value == NULL ? err_memory(err) : ERR_OK;
}

static enum err_code load_attributes(struct load *load, struct candidates *all, struct err *err)
{
    enum err_code code = ERR_OK;

    for (size_t i = 0; i < COUNT(attributes) && code == ERR_OK; i++) {
        struct attribute_load al = { .load = load,
            .candidates = all,
            .set = attributes[i].set };

        if (!wanted(load, attributes[i].cut))
            continue;
        code = store_attribute(load->context->store, load->context->school.school_id,
                attributes[i].name, load->out->recorded, take_fact, &al, err);
        if (code == ERR_OK)
            settle(&al);
    }
    return code;
}

static int by_id(const void *a, const void *b)
{
    const struct cohort_pupil *x = a;
    const struct cohort_pupil *y = b;

    return (x->id > y->id) - (x->id < y->id);
}

static enum err_code load_handles(struct load *load, struct candidates *all, struct err *err)
{
    struct context *context = load->context;
    struct pupil_handle_list list = { 0 };
    enum err_code code =
            store_pupils(context->store, context->school.school_id, context->arena, &list, err);

    if (code != ERR_OK)
        return code;
    all->pupils = arena_array(context->arena, list.n + 1, sizeof(*all->pupils));
    if (all->pupils == NULL)
        return err_memory(err);
    for (size_t i = 0; i < list.n; i++) {
        all->pupils[i] = (struct cohort_pupil){
            .id = list.items[i].pupil_id,
            .school_id = context->school.school_id,
            .upn = list.items[i].upn,
            .stage = -1,
            .year = COHORT_YEAR_UNKNOWN,
        };
    }
    all->n = list.n;
    qsort(all->pupils, all->n, sizeof(*all->pupils), by_id);
    return ERR_OK;
}

/* ---- groups ---- */

struct cohort_pupil *load_candidate(const struct candidates *all, int64_t id)
{
    struct cohort_pupil key = { .id = id };

    return all->n == 0 ? NULL : bsearch(&key, all->pupils, all->n, sizeof(*all->pupils), by_id);
}

static const char *group_name(const struct pupil_group_list *groups, int64_t id)
{
    for (size_t i = 0; i < groups->n; i++) {
        if (groups->items[i].group_id == id)
            return groups->items[i].name;
    }
    return NULL;
}

enum err_code load_join_group(struct arena *arena, struct cohort_pupil *pupil, const char *name,
        struct err *err)
{
    const char **names = arena_array(arena, pupil->group_n + 1, sizeof(*names));

    if (names == NULL)
        return err_memory(err);
    if (pupil->group_n != 0)
        memcpy(names, pupil->groups, pupil->group_n * sizeof(*names));
    names[pupil->group_n++] = name;
    pupil->groups = names;
    return ERR_OK;
}

const struct membership *load_holding(const struct membership *rows, size_t n, struct date day)
{
    const struct membership *found = NULL;

    for (size_t i = 0; i < n; i++) {
        bool last_of_from = i + 1 == n || rows[i + 1].from.ymd != rows[i].from.ymd;

        if (last_of_from && rows[i].from.ymd <= day.ymd && !rows[i].withdrawn)
            found = &rows[i];
    }
    return found == NULL || (date_is_set(found->to) && found->to.ymd < day.ymd) ? NULL : found;
}

static enum err_code load_memberships(struct load *load, struct candidates *all,
        const struct pupil_group_list *groups, struct err *err)
{
    struct context *context = load->context;
    struct arena scratch = { 0 }; /* ten thousand rows, of which names are kept */
    struct membership_list list = { 0 };
    size_t n;
    enum err_code code = store_memberships(context->store, context->school.school_id,
            load->out->recorded, &scratch, &list, err);

    for (size_t i = 0; i < list.n && code == ERR_OK; i += n) {
        const struct membership *rows = &list.items[i];
        struct cohort_pupil *pupil;

        for (n = 1; i + n < list.n && rows[n].group_id == rows->group_id &&
                    rows[n].pupil_id == rows->pupil_id;)
            n++;
        pupil = load_candidate(all, rows->pupil_id);
        if (pupil != NULL && load_holding(rows, n, load->out->day) != NULL)
            code = load_join_group(context->arena, pupil, group_name(groups, rows->group_id),
                    err);
    }
    arena_free(&scratch);
    return code;
}

static enum err_code check_group(const struct load *load, struct err *err)
{
    bool known = load->filters->group == NULL;

    for (size_t i = 0; i < load->groups.n && !known; i++)
        known = text_eq_fold(load->groups.items[i].name, load->filters->group);
    if (known)
        return ERR_OK;
    (void)err_set(err, ERR_NOT_FOUND, "there is no group called %s", load->filters->group);
    return err_hint(err,
            "List the groups with `attain group list`; the name must be the same.");
}

/* Which groups there are, and by which rules, before it is known what to load for them. */
static enum err_code find_groups(struct load *load, struct err *err)
{
    struct context *context = load->context;
    enum err_code code;

    load->needs_groups = load->filters->group != NULL || wanted(load, CUT_GROUP);
    if (!load->needs_groups)
        return ERR_OK;
    code = store_groups(context->store, context->school.school_id, context->arena,
            &load->groups, err);
    if (code == ERR_OK)
        code = check_group(load, err);
    return code == ERR_OK ? load_rules_find(load, err) : code;
}

static enum err_code load_groups(struct load *load, struct candidates *all, struct err *err)
{
    enum err_code code = ERR_OK;

    if (!load->needs_groups)
        return ERR_OK;
    if (load->snapshot == NULL)
        code = load_memberships(load, all, &load->groups, err);
    return code == ERR_OK ? load_rules_join(load, all, err) : code;
}

/* ---- the population ---- */

static bool in_group(const struct cohort_pupil *pupil, const char *name)
{
    for (size_t i = 0; i < pupil->group_n; i++) {
        if (text_eq_fold(pupil->groups[i], name))
            return true;
    }
    return false;
}

static int by_number(const void *a, const void *b)
{
    const int64_t *x = a;
    const int64_t *y = b;

    return (*x > *y) - (*x < *y);
}

static bool chosen(const struct load *load, const struct cohort_pupil *pupil)
{
    const struct filters *filters = load->filters;

    if (load->only.ids != NULL && bsearch(&pupil->id, load->only.ids, load->only.n,
                                          sizeof(pupil->id), by_number) == NULL)
        return false;

    if (filters->has_year && pupil->year != filters->year)
        return false;
    if (filters->registration != NULL &&
            !text_eq_fold(pupil->registration, filters->registration) &&
            !in_group(pupil, filters->registration))
        return false;
    if (filters->group != NULL && !in_group(pupil, filters->group))
        return false;
    if (load->review != NULL &&
            (pupil->year < load->review->first_year || pupil->year > load->review->last_year))
        return false;
    return filters->upn == NULL || text_eq_fold(pupil->upn, filters->upn);
}

/* A pupil and the key by which he is sorted. */
struct sorted {
    char key[96];
    struct cohort_pupil pupil;
};

static int by_key(const void *a, const void *b)
{
    const struct sorted *x = a;
    const struct sorted *y = b;
    int order = strcmp(x->key, y->key);

    return order != 0 ? order : strcmp(x->pupil.upn, y->pupil.upn);
}

static void make_key(struct sorted *sorted)
{
    char *forename = sorted->key + sizeof(sorted->key) / 2;

    text_fold_name(sorted->pupil.surname, sorted->key, sizeof(sorted->key) / 2);
    memset(sorted->key + strlen(sorted->key), ' ',
            sizeof(sorted->key) / 2 - strlen(sorted->key));
    text_fold_name(sorted->pupil.forename, forename, sizeof(sorted->key) / 2);
}

int load_earlier_stage(const struct context *context, int stage)
{
    const struct framework *fw = context->fw;

    for (int i = 0; i < fw->measure_n && stage >= 0; i++) {
        const struct measure *measure = &fw->measures[i];

        if (measure->kind == MEASURE_PROGRESS && measure->stage == stage &&
                measure->from >= 0 && measure->from != context_prior_stage(context, stage))
            return measure->from;
    }
    return -1;
}

void load_place_in_stage(const struct context *context, struct date day,
        struct cohort_pupil *pupil)
{
    const struct calendar *calendar = &context->reckoning.calendar;

    pupil->stage = (int16_t)context_stage_of_year(context, pupil->year);
    pupil->year_stage = (int16_t)cohort_other_stage(context->fw, pupil->stage, pupil->year);
    pupil->prior_stage = pupil->earlier_stage = -1;
    if (pupil->stage < 0)
        return;
    pupil->prior_stage = (int16_t)context_prior_stage(context, pupil->stage);
    pupil->earlier_stage = (int16_t)load_earlier_stage(context, pupil->stage);
    pupil->stage_years = context_stage_years(context, pupil->stage);
    pupil->period =
            (pupil->year - context->stage_years[pupil->stage].first) * calendar->period_n +
            calendar_period(calendar, day) + 1;
}

static enum err_code choose(struct load *load, const struct candidates *all, struct err *err)
{
    struct arena *arena = load->context->arena;
    struct sorted *sorted = arena_array(arena, all->n + 1, sizeof(*sorted));

    load->pupils = arena_array(arena, all->n + 1, sizeof(*load->pupils));
    if (sorted == NULL || load->pupils == NULL)
        return err_memory(err);
    for (size_t i = 0; i < all->n; i++) {
        struct cohort_pupil *pupil = &all->pupils[i];

        if (pupil->surname == NULL ||
                !pupil_on_roll(pupil->entry, pupil->leaving, load->out->day))
            continue;
        load->out->school_n++;
        if (!chosen(load, pupil))
            continue;
        load_place_in_stage(load->context, load->out->day, pupil);
        if (pupil->forename == NULL)
            pupil->forename = "";
        sorted[load->pupil_n].pupil = *pupil;
        make_key(&sorted[load->pupil_n++]);
    }
    qsort(sorted, load->pupil_n, sizeof(*sorted), by_key);
    for (size_t i = 0; i < load->pupil_n; i++)
        load->pupils[i] = sorted[i].pupil;
    return ERR_OK;
}

static enum err_code check_upn(const struct load *load, const struct candidates *all,
        struct err *err)
{
    if (load->filters->upn == NULL)
        return ERR_OK;
    for (size_t i = 0; i < all->n; i++) {
        if (text_eq_fold(all->pupils[i].upn, load->filters->upn))
            return ERR_OK;
    }
    (void)err_set(err, ERR_NOT_FOUND, "there is no pupil with the UPN %s", load->filters->upn);
    return err_hint(err, "Check the UPN, or the school named with --school.");
}

enum err_code load_candidates(struct context *context, struct date day, struct arena *arena,
        struct candidates *ret_all, struct err *err)
{
    static const struct filters none;
    static const struct cohort_options everything = { .characteristics = true };
    struct context own = *context;
    struct loaded out = { .day = day };
    struct load load = { .context = &own,
        .filters = &none,
        .options = &everything,
        .out = &out };
    enum err_code code;

    own.arena = arena;
    code = load_handles(&load, ret_all, err);
    if (code == ERR_OK)
        code = load_attributes(&load, ret_all, err);
    if (code == ERR_OK)
        code = store_groups(own.store, own.school.school_id, arena, &load.groups, err);
    return code == ERR_OK ? load_memberships(&load, ret_all, &load.groups, err) : code;
}

/* A copy of those in memory, without the groups where nobody asks for them. */
static enum err_code copy_candidates(const struct load *load, struct candidates *all,
        struct err *err)
{
    const struct candidates *kept = &load->snapshot->all;

    all->pupils = arena_array(load->context->arena, kept->n + 1, sizeof(*all->pupils));
    if (all->pupils == NULL)
        return err_memory(err);
    all->n = kept->n;
    if (kept->n != 0)
        memcpy(all->pupils, kept->pupils, kept->n * sizeof(*all->pupils));
    for (size_t i = 0; i < all->n && !load->needs_groups; i++)
        all->pupils[i].group_n = 0;
    return ERR_OK;
}

enum err_code load_population(struct load *load, struct err *err)
{
    struct candidates all = { 0 };
    enum err_code code = find_groups(load, err);

    if (code == ERR_OK)
        code = load->snapshot == NULL ? load_handles(load, &all, err)
                                      : copy_candidates(load, &all, err);
    if (code == ERR_OK)
        code = check_upn(load, &all, err);
    if (code == ERR_OK && load->snapshot == NULL)
        code = load_attributes(load, &all, err);
    if (code == ERR_OK)
        code = load_groups(load, &all, err);
    if (code == ERR_OK)
        code = load_sets(load, &all, err);
    if (code == ERR_OK)
        code = choose(load, &all, err);
    return code == ERR_OK ? places_make(&load->places, load->context->arena, load->pupils,
                                    load->pupil_n, err)
                          : code;
}
