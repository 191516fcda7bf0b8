/* Pupils in and out of a group by hand; ends; what a group was made for. */

#include <string.h>

#include "actions/group_in.h"
#include "base/text.h"
#include "pupils/upn.h"

/* ---- memberships as they stand ---- */

/* Rows of the change's group that hold: of each pupil and first day the last recorded. */
static enum err_code standing(struct group_change *change, struct membership_list *ret_list,
        struct err *err)
{
    struct context *context = change->context;
    struct membership_list list = { 0 };
    size_t n = 0;
    enum err_code code = store_memberships(context->store, context->school.school_id,
            (struct date){ 0 }, context->arena, &list, err);

    if (code != ERR_OK)
        return code;
    for (size_t i = 0; i < list.n; i++) {
        const struct membership *row = &list.items[i];
        bool last = i + 1 == list.n || row[1].group_id != row->group_id ||
                    row[1].pupil_id != row->pupil_id || row[1].from.ymd != row->from.ymd;

        if (last && row->group_id == change->group.group_id && !row->withdrawn)
            list.items[n++] = *row;
    }
    list.n = n;
    *ret_list = list;
    return ERR_OK;
}

static bool covers(const struct membership *row, struct date day)
{
    return row->from.ymd <= day.ymd && (!date_is_set(row->to) || row->to.ymd >= day.ymd);
}

static bool ends_before(struct date a, struct date b)
{
    return date_is_set(a) && (!date_is_set(b) || a.ymd < b.ymd);
}

static const char *plural(int64_t n, const char *one, const char *more)
{
    return n == 1 ? one : more;
}

static enum err_code who_is(struct context *context, int64_t pupil_id, const char **ret_upn,
        struct err *err)
{
    struct pupil_handle_list list = { 0 };
    enum err_code code =
            store_pupils(context->store, context->school.school_id, context->arena, &list, err);

    *ret_upn = "?";
    for (size_t i = 0; i < list.n && code == ERR_OK; i++) {
        if (list.items[i].pupil_id == pupil_id)
            *ret_upn = list.items[i].upn;
    }
    return code;
}

/* ---- who ---- */

static const char upn_gaps[] = ", ;\t\r\n";

static enum err_code find_upn(const struct pupil_handle_list *list, const char *typed, size_t n,
        int64_t *ret_id, struct err *err)
{
    char upn[32] = "";

    if (n < sizeof(upn))
        memcpy(upn, typed, n);
    upn[n < sizeof(upn) ? n : sizeof(upn) - 1] = '\0';
    upn_normalise(upn);
    for (size_t i = 0; i < list->n; i++) {
        if (text_eq_fold(list->items[i].upn, upn)) {
            *ret_id = list->items[i].pupil_id;
            return ERR_OK;
        }
    }
    (void)err_set(err, ERR_NOT_FOUND, "there is no pupil with the UPN %.*s", (int)n, typed);
    return err_hint(err, "Check the UPN; nothing was changed.");
}

enum err_code group_pupils_of(struct context *context, const char *upns,
        struct group_pupils *ret_pupils, struct err *err)
{
    struct pupil_handle_list list = { 0 };
    const char *at = upns == NULL ? "" : upns;
    int64_t *ids = arena_array(context->arena, strlen(at) / 2 + 1, sizeof(*ids));
    size_t n = 0;
    enum err_code code = ids == NULL ? err_memory(err)
                                     : store_pupils(context->store, context->school.school_id,
                                               context->arena, &list, err);

    for (at += strspn(at, upn_gaps); *at != '\0' && code == ERR_OK;
            at += strspn(at, upn_gaps)) {
        size_t length = strcspn(at, upn_gaps);

        code = find_upn(&list, at, length, &ids[n], err);
        n++;
        at += length;
    }
    if (code == ERR_OK && n == 0) {
        (void)err_set(err, ERR_INVALID, "no pupil is named");
        return err_hint(err, "Give UPNs, with commas between.");
    }
    if (code == ERR_OK)
        *ret_pupils = (struct group_pupils){ ids, n };
    return code;
}

/* A form may be sent with numbers of its own. */
static enum err_code check_known(struct context *context, const struct group_pupils *pupils,
        struct err *err)
{
    struct pupil_handle_list list = { 0 };
    enum err_code code =
            store_pupils(context->store, context->school.school_id, context->arena, &list, err);

    for (size_t i = 0; i < pupils->n && code == ERR_OK; i++) {
        bool known = false;

        for (size_t k = 0; k < list.n && !known; k++)
            known = list.items[k].pupil_id == pupils->ids[i];
        if (known)
            continue;
        (void)err_set(err, ERR_NOT_FOUND, "there is no pupil of the number %lld here",
                (long long)pupils->ids[i]);
        code = err_hint(err, "Open the page again and tick the pupils there.");
    }
    return code;
}

/* ---- in ---- */

struct joining {
    struct group_change *change;
    struct membership_list list;
    struct date from, to;
};

static enum err_code overlaps(struct joining *j, const struct membership *row, struct err *err)
{
    char day[DATE_LONG_SIZE];
    const char *upn = NULL;
    enum err_code code = who_is(j->change->context, row->pupil_id, &upn, err);

    if (code != ERR_OK)
        return code;
    (void)err_set(err, ERR_CONFLICT, "%s is in %.80s already from %s", upn,
            j->change->group.name, date_long(row->from, day));
    return err_hint(err, "Let the new membership end before that day.");
}

/* A membership that covers the first day is made longer where it ends too early. */
static enum err_code join_one(struct joining *j, int64_t pupil_id, struct err *err)
{
    struct membership row = { .pupil_id = pupil_id, .from = j->from, .to = j->to };

    for (size_t i = 0; i < j->list.n; i++) {
        const struct membership *old = &j->list.items[i];

        if (old->pupil_id != pupil_id)
            continue;
        if (old->from.ymd > j->from.ymd && (!date_is_set(j->to) || old->from.ymd <= j->to.ymd))
            return overlaps(j, old, err);
        if (covers(old, j->from))
            row.from = old->from;
        if (covers(old, j->from) && !ends_before(old->to, j->to)) {
            j->change->unchanged++;
            return ERR_OK;
        }
    }
    return group_add_member(j->change, &row, err);
}

enum err_code group_join(struct context *context, const char *name,
        const struct group_pupils *pupils, struct date from, struct date to,
        struct group_outcome *ret_outcome, struct err *err)
{
    struct group_change change = { 0 };
    struct joining j = { .change = &change, .from = group_day(context, from), .to = to };
    char day[DATE_LONG_SIZE];
    enum err_code code;

    if (date_is_set(to) && to.ymd < j.from.ymd) {
        (void)err_set(err, ERR_INVALID, "the membership would end before it begins");
        return err_hint(err, "Give the first day, then the last.");
    }
    code = group_open(context, err);
    if (code != ERR_OK)
        return code;
    code = group_begin(&change, context, name, err);
    if (code == ERR_OK)
        code = group_want_type(&change.group, "user", err);
    if (code == ERR_OK)
        code = check_known(context, pupils, err);
    if (code == ERR_OK)
        code = standing(&change, &j.list, err);
    for (size_t i = 0; i < pupils->n && code == ERR_OK; i++)
        code = join_one(&j, pupils->ids[i], err);
    if (code == ERR_OK)
        change.what = arena_printf(context->arena, "%s: %zu %s in from %s", change.group.name,
                change.member_n, plural((int64_t)change.member_n, "pupil", "pupils"),
                date_long(j.from, day));
    change.context = context;
    return group_close(&change, code, ret_outcome, err);
}

/* ---- out ---- */

/* The rows by which a membership ends on the day: shortened, or taken back when it would only
   begin later. *ret_any when there was one. */
static enum err_code leave_one(struct group_change *change, const struct membership *old,
        struct date day, bool *ret_any, struct err *err)
{
    struct membership row = *old;

    if (date_is_set(old->to) && old->to.ymd < day.ymd)
        return ERR_OK;
    *ret_any = true;
    if (date_is_set(old->to) && old->to.ymd == day.ymd) {
        change->unchanged++;
        return ERR_OK;
    }
    if (old->from.ymd > day.ymd)
        row.withdrawn = true;
    else
        row.to = day;
    return group_add_member(change, &row, err);
}

static enum err_code leave_pupil(struct group_change *change,
        const struct membership_list *list, int64_t pupil_id, struct date day, struct err *err)
{
    char text[DATE_LONG_SIZE];
    const char *upn = NULL;
    bool any = false;
    enum err_code code = ERR_OK;

    for (size_t i = 0; i < list->n && code == ERR_OK; i++) {
        if (list->items[i].pupil_id == pupil_id)
            code = leave_one(change, &list->items[i], day, &any, err);
    }
    if (code != ERR_OK || any)
        return code;
    code = who_is(change->context, pupil_id, &upn, err);
    if (code != ERR_OK)
        return code;
    (void)err_set(err, ERR_NOT_FOUND, "%s is not in %.80s on %s", upn, change->group.name,
            date_long(day, text));
    return err_hint(err, "Look who is in it with `attain group show`.");
}

enum err_code group_leave(struct context *context, const char *name,
        const struct group_pupils *pupils, struct date day, struct group_outcome *ret_outcome,
        struct err *err)
{
    struct group_change change = { 0 };
    struct membership_list list = { 0 };
    struct date last = group_day(context, day);
    char text[DATE_LONG_SIZE];
    enum err_code code = group_open(context, err);

    if (code != ERR_OK)
        return code;
    code = group_begin(&change, context, name, err);
    if (code == ERR_OK)
        code = group_want_type(&change.group, "user", err);
    if (code == ERR_OK)
        code = standing(&change, &list, err);
    for (size_t i = 0; i < pupils->n && code == ERR_OK; i++)
        code = leave_pupil(&change, &list, pupils->ids[i], last, err);
    if (code == ERR_OK)
        change.what = arena_printf(context->arena, "%s: %zu %s out after %s", change.group.name,
                change.member_n, plural((int64_t)change.member_n, "pupil", "pupils"),
                date_long(last, text));
    change.context = context;
    return group_close(&change, code, ret_outcome, err);
}

/* ---- the end of a group ---- */

static enum err_code end_rules(struct group_change *change, struct date day, struct err *err)
{
    struct context *context = change->context;
    struct group_rule_list list = { 0 };
    enum err_code code = store_group_rules(context->store, context->school.school_id,
            (struct date){ 0 }, context->arena, &list, err);

    for (size_t i = 0; i < list.n && code == ERR_OK; i++) {
        struct group_rule row = list.items[i];
        bool last = i + 1 == list.n || list.items[i + 1].group_id != row.group_id ||
                    list.items[i + 1].from.ymd != row.from.ymd;

        if (!last || row.group_id != change->group.group_id || row.withdrawn ||
                (date_is_set(row.to) && row.to.ymd <= day.ymd))
            continue;
        if (row.from.ymd > day.ymd)
            row.withdrawn = true;
        else
            row.to = day;
        code = group_add_rule(change, &row, err);
    }
    return code;
}

static enum err_code end_interventions(struct group_change *change, struct date day,
        struct err *err)
{
    struct context *context = change->context;
    struct intervention_list list = { 0 };
    enum err_code code = store_interventions(context->store, context->school.school_id,
            (struct date){ 0 }, context->arena, &list, err);

    for (size_t i = 0; i < list.n && code == ERR_OK; i++) {
        struct intervention row = list.items[i];
        bool last = i + 1 == list.n || list.items[i + 1].group_id != row.group_id ||
                    list.items[i + 1].from.ymd != row.from.ymd;

        if (!last || row.group_id != change->group.group_id || row.withdrawn ||
                (date_is_set(row.to) && row.to.ymd <= day.ymd))
            continue;
        if (row.from.ymd > day.ymd)
            row.withdrawn = true; /* planned only */
        else
            row.to = day;
        code = group_add_intervention(change, &row, err);
    }
    return code;
}

static enum err_code end_members(struct group_change *change, struct date day, struct err *err)
{
    struct membership_list list = { 0 };
    bool any = false;
    enum err_code code = standing(change, &list, err);

    for (size_t i = 0; i < list.n && code == ERR_OK; i++)
        code = leave_one(change, &list.items[i], day, &any, err);
    return code;
}

enum err_code group_end(struct context *context, const char *name, struct date day,
        struct group_outcome *ret_outcome, struct err *err)
{
    struct group_change change = { 0 };
    struct date last = group_day(context, day);
    char text[DATE_LONG_SIZE];
    enum err_code code = group_open(context, err);

    if (code != ERR_OK)
        return code;
    code = group_begin(&change, context, name, err);
    if (code == ERR_OK && !text_eq(change.group.type, "rule"))
        code = group_want_type(&change.group, "user", err);
    if (code == ERR_OK)
        code = end_members(&change, last, err);
    if (code == ERR_OK)
        code = end_rules(&change, last, err);
    if (code == ERR_OK)
        code = end_interventions(&change, last, err);
    if (code == ERR_OK)
        change.what = arena_printf(context->arena, "%s: ended on %s", change.group.name,
                date_long(last, text));
    change.context = context;
    return group_close(&change, code, ret_outcome, err);
}

/* ---- what it was made for ---- */

bool group_pence(const char *text, int64_t *ret_pence)
{
    char digits[32];
    size_t n = 0;
    int64_t milli = 0;

    if (text_starts(text, "\xC2\xA3"))
        text += 2;
    for (; *text != '\0' && n + 1 < sizeof(digits); text++) {
        if (*text != ',')
            digits[n++] = *text;
    }
    digits[n] = '\0';
    if (*text != '\0' || !text_milli(digits, &milli) || milli < 0 || milli % 10 != 0 ||
            milli / 10 > GROUP_PENCE_MAX)
        return false;
    *ret_pence = milli / 10;
    return true;
}

const char *group_pounds(struct arena *arena, int64_t pence)
{
    int64_t pounds = pence / 100;

    if (pounds >= 1000)
        return arena_printf(arena, "\xC2\xA3%lld,%03lld.%02lld", (long long)(pounds / 1000),
                (long long)(pounds % 1000), (long long)(pence % 100));
    return arena_printf(arena, "\xC2\xA3%lld.%02lld", (long long)pounds,
            (long long)(pence % 100));
}

static enum err_code read_intervention(struct context *context,
        const struct intervention *typed, struct intervention *ret_row, struct err *err)
{
    struct intervention row = *typed;
    enum err_code code = ERR_OK;

    if (!date_is_set(row.from) || (date_is_set(row.to) && row.to.ymd < row.from.ymd)) {
        (void)err_set(err, ERR_INVALID,
                "an intervention needs its first day, and its last not before it");
        return err_hint(err, "Give them with --from and --to as 2026-01-12.");
    }
    if (row.pence != PENCE_NONE && (row.pence < 0 || row.pence > GROUP_PENCE_MAX)) {
        (void)err_set(err, ERR_INVALID, "the cost is not between nothing and a million pounds");
        return err_hint(err, "Give what it costs in all, in pounds: 1200 or 1200.50.");
    }
    code = group_words(context, row.purpose, "the purpose", GROUP_WORDS_MAX, false,
            &row.purpose, err);
    if (code == ERR_OK)
        code = group_words(context, row.staff, "who does it", GROUP_STAFF_MAX, true, &row.staff,
                err);
    if (code == ERR_OK)
        *ret_row = row;
    return code;
}

enum err_code group_intervene(struct context *context, const char *name,
        const struct intervention *intervention, struct group_outcome *ret_outcome,
        struct err *err)
{
    struct group_change change = { 0 };
    struct intervention row = { 0 };
    char day[DATE_LONG_SIZE];
    enum err_code code = read_intervention(context, intervention, &row, err);

    if (code == ERR_OK)
        code = group_open(context, err);
    if (code != ERR_OK)
        return code;
    code = group_begin(&change, context, name, err);
    if (code == ERR_OK)
        code = group_add_intervention(&change, &row, err);
    if (code == ERR_OK)
        change.what = arena_printf(context->arena, "%s: intervention from %s",
                change.group.name, date_long(row.from, day));
    change.context = context;
    return group_close(&change, code, ret_outcome, err);
}
