#include "actions/plan_in.h"
#include "base/text.h"
#include "pupils/upn.h"

static const char *const types[] = { "registration", "year", "house", "teaching", "user" };

static struct plan_group *group_at(const struct plan *plan, size_t i)
{
    return chunks_at(&plan->groups, i);
}

static struct plan_member *member_at(const struct plan *plan, size_t i)
{
    return chunks_at(&plan->members, i);
}

static uint32_t group_hash(const char *name, const char *type, const char *subject)
{
    return hash_end(hash_text(hash_text(hash_text(HASH_START, name), type), subject));
}

static uint32_t member_hash(size_t group, size_t pupil)
{
    return hash_end(hash_number(hash_number(HASH_START, group), pupil));
}

static enum err_code add_group(struct plan *plan, const struct pupil_group *from, bool empty,
        size_t *ret_group, struct err *err)
{
    enum err_code code = ERR_OK;
    struct plan_group group = {
        .name = plan_keep(plan, from->name, &code, err),
        .type = plan_keep(plan, from->type, &code, err),
        .subject = plan_keep(plan, from->subject, &code, err),
        .group_id = from->group_id,
        .empty = empty,
    };
    struct plan_group *more = code == ERR_OK ? chunks_add(&plan->groups) : NULL;

    if (more == NULL)
        return err_memory(err);
    *more = group;
    *ret_group = plan->groups.n - 1;
    return index_put(&plan->by_group, group_hash(group.name, group.type, group.subject),
            *ret_group, err);
}

static enum err_code find_group(struct plan *plan, const struct pupil_group *wanted,
        size_t *ret_group, struct err *err)
{
    uint32_t hash = group_hash(wanted->name, wanted->type, wanted->subject);
    size_t cursor = INDEX_START;
    size_t i;

    while (index_next(&plan->by_group, hash, &cursor, &i)) {
        const struct plan_group *group = group_at(plan, i);

        if (text_eq(group->name, wanted->name) && text_eq(group->type, wanted->type) &&
                text_eq(group->subject, wanted->subject)) {
            *ret_group = i;
            return ERR_OK;
        }
    }
    return add_group(plan, wanted, true, ret_group, err);
}

/* The membership of a pupil that begins on `from`; PLAN_NONE. */
static size_t find_member(const struct plan *plan, size_t group, size_t pupil, struct date from)
{
    uint32_t hash = member_hash(group, pupil);
    size_t cursor = INDEX_START;
    size_t i;

    while (index_next(&plan->by_member, hash, &cursor, &i)) {
        const struct plan_member *member = member_at(plan, i);

        if (member->group == group && member->pupil == pupil && member->from.ymd == from.ymd)
            return i;
    }
    return PLAN_NONE;
}

/* The membership that covers today; PLAN_NONE. */
static size_t find_current(const struct plan *plan, size_t group, size_t pupil)
{
    uint32_t hash = member_hash(group, pupil);
    int32_t today = plan->context->today.ymd;
    size_t cursor = INDEX_START;
    size_t i;

    while (index_next(&plan->by_member, hash, &cursor, &i)) {
        const struct plan_member *member = member_at(plan, i);

        if (member->group == group && member->pupil == pupil && !member->withdrawn &&
                member->from.ymd <= today &&
                (!date_is_set(member->to) || member->to.ymd >= today))
            return i;
    }
    return PLAN_NONE;
}

static enum err_code put_member(struct plan *plan, const struct plan_member *member,
        struct err *err)
{
    size_t at = find_member(plan, member->group, member->pupil, member->from);
    struct plan_member *row =
            at == PLAN_NONE ? chunks_add(&plan->members) : member_at(plan, at);

    if (row == NULL)
        return err_memory(err);
    *row = *member;
    return at != PLAN_NONE
                   ? ERR_OK
                   : index_put(&plan->by_member, member_hash(member->group, member->pupil),
                             plan->members.n - 1, err);
}

static size_t group_of_id(const struct plan *plan, int64_t group_id)
{
    for (size_t i = 0; i < plan->groups.n; i++) {
        if (group_at(plan, i)->group_id == group_id)
            return i;
    }
    return PLAN_NONE;
}

static enum err_code load_members(struct plan *plan, struct arena *arena, struct err *err)
{
    struct membership_list list = { 0 };
    enum err_code code = store_memberships(plan->context->store,
            plan->context->school.school_id, (struct date){ 0 }, arena, &list, err);
    size_t group = PLAN_NONE;

    for (size_t i = 0; i < list.n && code == ERR_OK; i++) {
        const struct membership *from = &list.items[i];
        struct plan_member member = { .from = from->from,
            .to = from->to,
            .withdrawn = from->withdrawn };

        if (i == 0 || list.items[i - 1].group_id != from->group_id)
            group = group_of_id(plan, from->group_id);
        member.group = group;
        member.pupil = plan_find_id(plan, from->pupil_id);
        if (group == PLAN_NONE || member.pupil == PLAN_NONE)
            continue;
        code = put_member(plan, &member, err);
        if (!from->withdrawn)
            group_at(plan, group)->empty = false;
    }
    return code;
}

static enum err_code load_groups(struct plan *plan, struct err *err)
{
    struct arena arena = { 0 };
    struct pupil_group_list list = { 0 };
    enum err_code code;

    if (plan->groups_loaded)
        return ERR_OK;
    plan->groups_loaded = true;
    code = store_groups(plan->context->store, plan->context->school.school_id, &arena, &list,
            err);
    for (size_t i = 0; i < list.n && code == ERR_OK; i++) {
        size_t group = 0;

        code = add_group(plan, &list.items[i], true, &group, err);
    }
    if (code == ERR_OK)
        code = load_members(plan, &arena, err);
    arena_free(&arena);
    return code;
}

/* ---- a row ---- */

struct row {
    const struct group_record *record;
    struct pupil_group group;
    size_t pupil;
    struct date from, to;
    bool good;
};

static enum err_code refuse(struct plan *plan, struct row *row, const char *column,
        const char *value, const char *reason, struct err *err)
{
    struct finding where = { row->record->row, column, value, NULL };

    row->good = false;
    return outcome_refuse(plan->writer, &where, err, "%s", reason);
}

static enum err_code find_pupil(struct plan *plan, struct row *row, bool *ret_wait,
        struct err *err)
{
    char upn[64];
    const struct plan_pupil *pupil;
    enum err_code code = ERR_OK;

    (void)text_copy(upn, sizeof(upn), row->record->upn == NULL ? "" : row->record->upn);
    upn_normalise(upn);
    row->pupil = plan_find_upn(plan, upn);
    if (row->pupil == PLAN_NONE) {
        code = plan_load_formers(plan, err);
        row->pupil = plan_find_former(plan, upn);
    }
    if (code != ERR_OK)
        return code;
    pupil = row->pupil == PLAN_NONE ? NULL : plan_pupil_at(plan, row->pupil);
    if (pupil != NULL && pupil->waiting) {
        *ret_wait = true;
        return ERR_OK;
    }
    if (pupil != NULL && pupil->same_as != PLAN_NONE) {
        row->pupil = pupil->same_as;
        pupil = plan_pupil_at(plan, row->pupil);
    }
    if (pupil != NULL && !pupil->refused && (pupil->pupil_id != 0 || pupil->added))
        return ERR_OK;
    return refuse(plan, row, "upn", row->record->upn,
            "no pupil with this UPN is on record; bring the pupils in first", err);
}

static enum err_code read_type(struct plan *plan, struct row *row, struct err *err)
{
    const char *type = text_empty(row->record->type) ? "user" : row->record->type;

    for (size_t i = 0; i < COUNT(types); i++) {
        if (text_eq_fold(types[i], type))
            row->group.type = types[i];
    }
    if (row->group.type != NULL)
        return ERR_OK;
    return refuse(plan, row, "type", type,
            "there is no such type; they are registration, year, house, teaching and user",
            err);
}

static enum err_code read_subject(struct plan *plan, struct row *row, struct err *err)
{
    const struct framework *fw = plan->context->fw;
    const char *text = row->record->subject;
    int subject = framework_subject(fw, text);

    row->group.subject = "";
    if (text_empty(text))
        return ERR_OK;
    if (subject < 0)
        return refuse(plan, row, "subject", text,
                "the framework of this school has no such subject", err);
    if (text_eq(row->group.type, "teaching"))
        row->group.subject = fw->subjects[subject].code;
    return ERR_OK;
}

static enum err_code read_day(struct plan *plan, struct row *row, const char *column,
        const char *text, struct date *ret_date, struct err *err)
{
    if (text_empty(text) || date_parse(text, ret_date))
        return ERR_OK;
    return refuse(plan, row, column, text,
            "there is no such day; a date is written 2010-09-01 or 01/09/2010", err);
}

static enum err_code read_row(struct plan *plan, struct row *row, struct err *err)
{
    const struct group_record *record = row->record;
    enum err_code code = ERR_OK;

    row->group.name = record->group;
    if (text_empty(record->group))
        code = refuse(plan, row, "group", "", "the group's name is missing", err);
    if (code == ERR_OK)
        code = read_type(plan, row, err);
    if (code == ERR_OK && row->good)
        code = read_subject(plan, row, err);
    if (code == ERR_OK)
        code = read_day(plan, row, "from", record->from, &row->from, err);
    if (code == ERR_OK)
        code = read_day(plan, row, "to", record->to, &row->to, err);
    if (code == ERR_OK && date_is_set(row->to) && row->to.ymd < row->from.ymd)
        code = refuse(plan, row, "to", record->to, "the membership ends before it begins", err);
    return code;
}

/* Who is in a group by rule follows from its formula: a file cannot put anybody in. */
static enum err_code check_by_hand(struct plan *plan, struct row *row, struct err *err)
{
    for (size_t i = 0; i < plan->groups.n; i++) {
        if (text_eq(group_at(plan, i)->type, "rule") &&
                text_eq_fold(group_at(plan, i)->name, row->group.name))
            return refuse(plan, row, "group", row->group.name,
                    "this is a group by rule: who is in it follows from its formula", err);
    }
    return ERR_OK;
}

/* Without a first day: an open membership stands; else the group's first members were
   always in it, as far as anybody knows, and later ones are from today. */
static struct date first_day(const struct plan *plan, const struct row *row, size_t group)
{
    size_t current = find_current(plan, group, row->pupil);

    if (!text_empty(row->record->from))
        return row->from;
    if (current != PLAN_NONE)
        return member_at(plan, current)->from;
    return group_at(plan, group)->empty ? (struct date){ 0 } : plan->context->today;
}

static enum err_code take(struct plan *plan, const struct row *row, size_t group,
        struct err *err)
{
    struct plan_member member = { .group = group,
        .pupil = row->pupil,
        .to = row->to,
        .fresh = true };
    enum plan_change change = PLAN_NEW;
    enum err_code code = ERR_OK;
    size_t at;

    member.from = first_day(plan, row, group);
    at = find_member(plan, group, row->pupil, member.from);
    if (at != PLAN_NONE && !member_at(plan, at)->withdrawn) {
        bool silent = text_empty(row->record->to) && text_empty(row->record->from);

        change =
                silent || member_at(plan, at)->to.ymd == member.to.ymd ? PLAN_SAME : PLAN_OTHER;
    }
    if (change != PLAN_SAME)
        code = put_member(plan, &member, err);
    if (code == ERR_OK)
        plan_count(plan, change);
    return code;
}

enum err_code plan_group(struct plan *plan, const struct group_record *record, struct err *err)
{
    struct row row = { .record = record, .pupil = PLAN_NONE, .good = true };
    size_t group = 0;
    bool wait = false;
    enum err_code code = load_groups(plan, err);

    if (code == ERR_OK)
        code = find_pupil(plan, &row, &wait, err);
    if (code == ERR_OK && wait)
        return plan_wait_group(plan, record, err);
    if (code == ERR_OK && row.good)
        code = read_row(plan, &row, err);
    if (code == ERR_OK && row.good)
        code = check_by_hand(plan, &row, err);
    if (code == ERR_OK && row.good)
        code = find_group(plan, &row.group, &group, err);
    return code == ERR_OK && row.good ? take(plan, &row, group, err) : code;
}
