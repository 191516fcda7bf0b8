#include <string.h>

#include "actions/cohort_in.h"
#include "base/text.h"
#include "store/people.h"

/* Names that belong to one group, or are collected for one pupil. */
struct names {
    const char **items;
    size_t n;
};

struct sets_load {
    struct load *load;
    struct pupil_group_list groups;
    struct grant_row_list grants;
    struct account_list accounts;
    const char *subject;    /* code of the one subject asked about, or NULL */
    const char **set;       /* one a group: what the set is called, NULL: not one */
    struct names *teachers; /* one a group */
    struct names *of_pupil; /* two a candidate: sets, teachers */
};

static bool of_subject(const struct sets_load *sl, const char *subject)
{
    return sl->subject == NULL || text_eq_fold(subject, sl->subject);
}

static enum err_code add_name(struct arena *arena, struct names *names, const char *name,
        struct err *err)
{
    for (size_t i = 0; i < names->n; i++) {
        if (text_eq(names->items[i], name))
            return ERR_OK;
    }
    names->items = arena_grow(arena, names->items, names->n, sizeof(*names->items));
    if (names->items == NULL)
        return err_memory(err);
    names->items[names->n++] = name;
    return ERR_OK;
}

/* A set's name, with its subject where another set of the school bears the same. */
static enum err_code name_sets(struct sets_load *sl, struct err *err)
{
    struct arena *arena = sl->load->context->arena;

    for (size_t g = 0; g < sl->groups.n; g++) {
        const struct pupil_group *group = &sl->groups.items[g];
        bool shared = false;

        if (!text_eq(group->type, "teaching") || !of_subject(sl, group->subject))
            continue;
        for (size_t i = 0; i < sl->groups.n && sl->subject == NULL; i++)
            shared = shared || (i != g && text_eq(sl->groups.items[i].type, "teaching") &&
                                       text_eq_fold(sl->groups.items[i].name, group->name));
        sl->set[g] = shared ? arena_printf(arena, "%s in %s", group->name, group->subject)
                            : group->name;
        if (sl->set[g] == NULL)
            return err_memory(err);
    }
    return ERR_OK;
}

/* ---- who teaches ---- */

/* An account's name, with the user name where another account bears the same. */
static const char *teacher_name(const struct sets_load *sl, int64_t account_id)
{
    const struct account *found = NULL;
    bool shared = false;

    for (size_t i = 0; i < sl->accounts.n; i++) {
        if (sl->accounts.items[i].account_id == account_id)
            found = &sl->accounts.items[i];
    }
    for (size_t i = 0; i < sl->accounts.n && found != NULL; i++)
        shared = shared || (&sl->accounts.items[i] != found &&
                                   text_eq_fold(sl->accounts.items[i].name, found->name));
    if (found == NULL)
        return NULL;
    return shared ? arena_printf(sl->load->context->arena, "%s (%s)", found->name,
                            found->username)
                  : found->name;
}

/* Whether a grant's value names this group: "10A", or "10A in HIS" for one subject of it. */
static bool names_group(const struct sets_load *sl, const char *value,
        const struct pupil_group *group)
{
    size_t n = strlen(group->name);

    if (text_eq_fold(value, group->name))
        return text_empty(group->subject) || of_subject(sl, group->subject);
    return strncmp(value, group->name, n) == 0 && strncmp(value + n, " in ", 4) == 0 &&
           of_subject(sl, value + n + 4) &&
           (text_empty(group->subject) || text_eq_fold(group->subject, value + n + 4));
}

static bool teaches_on(const struct grant *grant, struct date day)
{
    return grant->role == ROLE_TEACHER && grant->kind == GRANT_GROUP &&
           grant->from.ymd <= day.ymd && (!date_is_set(grant->to) || grant->to.ymd >= day.ymd);
}

static enum err_code name_teachers(struct sets_load *sl, struct err *err)
{
    struct arena *arena = sl->load->context->arena;
    enum err_code code = ERR_OK;

    for (size_t i = 0; i < sl->grants.n && code == ERR_OK; i++) {
        const struct grant_row *row = &sl->grants.items[i];
        const char *name;

        if (!teaches_on(&row->grant, sl->load->out->day))
            continue;
        name = teacher_name(sl, row->account_id);
        for (size_t g = 0; name != NULL && g < sl->groups.n && code == ERR_OK; g++) {
            if (names_group(sl, row->grant.value, &sl->groups.items[g]))
                code = add_name(arena, &sl->teachers[g], name, err);
        }
    }
    return code;
}

/* ---- to the pupils ---- */

static size_t place_of(const struct pupil_group_list *groups, int64_t id)
{
    size_t g = 0;

    while (g < groups->n && groups->items[g].group_id != id)
        g++;
    return g;
}

static enum err_code join(struct sets_load *sl, struct names *of_pupil, size_t g,
        struct err *err)
{
    struct arena *arena = sl->load->context->arena;
    enum err_code code = ERR_OK;

    if (sl->set[g] != NULL)
        code = add_name(arena, &of_pupil[0], sl->set[g], err);
    for (size_t i = 0; i < sl->teachers[g].n && code == ERR_OK; i++)
        code = add_name(arena, &of_pupil[1], sl->teachers[g].items[i], err);
    return code;
}

static void hand_over(const struct sets_load *sl, struct candidates *all)
{
    for (size_t i = 0; i < all->n; i++) {
        all->pupils[i].sets = sl->of_pupil[2 * i].items;
        all->pupils[i].set_n = sl->of_pupil[2 * i].n;
        all->pupils[i].teachers = sl->of_pupil[2 * i + 1].items;
        all->pupils[i].teacher_n = sl->of_pupil[2 * i + 1].n;
    }
}

static enum err_code join_all(struct sets_load *sl, struct candidates *all, struct err *err)
{
    struct context *context = sl->load->context;
    struct membership_list list = { 0 };
    size_t g = sl->groups.n;
    size_t n;
    enum err_code code = store_memberships(context->store, context->school.school_id,
            sl->load->out->recorded, context->arena, &list, err);

    for (size_t i = 0; i < list.n && code == ERR_OK; i += n) {
        const struct membership *rows = &list.items[i];
        struct cohort_pupil *pupil;

        for (n = 1; i + n < list.n && rows[n].group_id == rows->group_id &&
                    rows[n].pupil_id == rows->pupil_id;)
            n++;
        if (i == 0 || rows->group_id != list.items[i - 1].group_id)
            g = place_of(&sl->groups, rows->group_id);
        if (g == sl->groups.n || (sl->set[g] == NULL && sl->teachers[g].n == 0))
            continue;
        pupil = load_candidate(all, rows->pupil_id);
        if (pupil != NULL && load_holding(rows, n, sl->load->out->day) != NULL)
            code = join(sl, &sl->of_pupil[2 * (pupil - all->pupils)], g, err);
    }
    return code;
}

enum err_code load_sets(struct load *load, struct candidates *all, struct err *err)
{
    struct context *context = load->context;
    struct sets_load sl = { .load = load };
    bool teachers = load_cut_by(load, CUT_TEACHER);
    enum err_code code;

    if (!teachers && !load_cut_by(load, CUT_SET))
        return ERR_OK;
    if (load->out->subject >= 0)
        sl.subject = context->fw->subjects[load->out->subject].code;
    code = store_groups(context->store, context->school.school_id, context->arena, &sl.groups,
            err);
    sl.set = arena_array(context->arena, sl.groups.n + 1, sizeof(*sl.set));
    sl.teachers = arena_array(context->arena, sl.groups.n + 1, sizeof(*sl.teachers));
    sl.of_pupil = arena_array(context->arena, 2 * all->n + 1, sizeof(*sl.of_pupil));
    if (code == ERR_OK && (sl.set == NULL || sl.teachers == NULL || sl.of_pupil == NULL))
        code = err_memory(err);
    if (code == ERR_OK)
        code = name_sets(&sl, err);
    if (code == ERR_OK && teachers)
        code = store_grants(context->store, context->school.school_id, context->arena,
                &sl.grants, err);
    if (code == ERR_OK && teachers)
        code = store_accounts(context->store, context->arena, &sl.accounts, err);
    if (code == ERR_OK && teachers)
        code = name_teachers(&sl, err);
    if (code == ERR_OK)
        code = join_all(&sl, all, err);
    if (code == ERR_OK)
        hand_over(&sl, all);
    return code;
}
