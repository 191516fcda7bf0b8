#include <stdio.h>
#include <string.h>

#include "actions/account_in.h"
#include "base/text.h"

enum err_code grant_check(const struct grant *grant, struct err *err)
{
    char kinds[120] = "";
    size_t n = 0;
    int year;

    if (!role_takes(grant->role, grant->kind)) {
        for (int kind = 0; kind < GRANT__MAX; kind++) {
            if (role_takes(grant->role, (enum grant_kind)kind))
                n += (size_t)snprintf(kinds + n, sizeof(kinds) - n, "%s%s", n == 0 ? "" : ", ",
                        grant_kind_word((enum grant_kind)kind));
        }
        (void)err_set(err, ERR_INVALID, "a %s cannot be given the scope %s",
                role_title(grant->role), grant_kind_word(grant->kind));
        return err_hint(err, "Its scope is: %s.", kinds);
    }
    if (grant->school_id == 0 && grant->role != ROLE_LA_ADVISER)
        return err_set(err, ERR_INVALID, "a %s belongs to a school", role_title(grant->role));
    if (grant->kind == GRANT_PUPIL && grant->pupil_id == 0)
        return err_set(err, ERR_INVALID, "the pupil is not named");
    if (grant->kind == GRANT_YEAR && !access_year(grant->value, &year))
        return err_set(err, ERR_INVALID, "\"%s\" is not a year group", grant->value);
    if (grant->kind != GRANT_PUPIL && grant->kind != GRANT_SCHOOL && grant->kind != GRANT_SEN &&
            text_empty(grant->value))
        return err_set(err, ERR_INVALID, "the %s is not named", grant_kind_word(grant->kind));
    return ERR_OK;
}

/* Who acts, with the roles that stand in the school today. */
static enum err_code load_actor(const struct desk *desk, int64_t school_id,
        struct person *ret_person, struct err *err)
{
    struct context *c = desk->context;
    struct grant_list grants = { 0 };
    enum err_code code = store_grants_of(c->store, school_id, desk->account_id, c->today,
            c->arena, &grants, err);

    *ret_person = (struct person){ .account_id = desk->account_id,
        .grants = grants.items,
        .grant_n = grants.n };
    return code;
}

/* Who acts gives only what they hold; the command line is the server's operator. */
enum err_code grant_check_giver(const struct desk *desk, const struct grant *grant,
        struct err *err)
{
    struct person giver;
    enum err_code code;

    if (desk->account_id == 0)
        return ERR_OK;
    code = load_actor(desk, grant->school_id, &giver, err);
    if (code != ERR_OK)
        return code;
    if (may_grant(&giver, grant, desk->context->today))
        return ERR_OK;
    (void)err_set(err, ERR_FORBIDDEN, "you may not make anybody a %s", role_title(grant->role));
    return err_hint(err, "Nobody gives more than they hold. The server's operator can, with "
                         "`attain user add`.");
}

/* What the account holds today, in every school. */
static enum err_code load_held(struct context *c, int64_t account_id,
        struct grant_list *ret_grants, struct err *err)
{
    struct school_id_list schools = { 0 };
    enum err_code code =
            store_grant_schools(c->store, account_id, c->today, c->arena, &schools, err);

    for (size_t i = 0; i < schools.n && code == ERR_OK; i++)
        code = store_grants_of(c->store, schools.items[i], account_id, c->today, c->arena,
                ret_grants, err);
    return code;
}

/* A new password opens all that the account may see: so who makes one must be able to give
   every role it holds, in the school they work in. The same holds for disabling and enabling.
   An account that holds nothing today is for those who manage users. */
enum err_code account_check_reach(const struct desk *desk, int64_t account_id, struct err *err)
{
    struct context *c = desk->context;
    struct person actor;
    struct grant_list held = { 0 };
    enum err_code code;

    if (desk->account_id == 0)
        return ERR_OK;
    code = load_actor(desk, c->has_school ? c->school.school_id : 0, &actor, err);
    if (code == ERR_OK)
        code = load_held(c, account_id, &held, err);
    if (code != ERR_OK)
        return code;
    if (!may(&actor, ACTION_USERS, FIELD_NONE, NULL, c->today).yes)
        return err_set(err, ERR_FORBIDDEN, "accounts are not yours to change");
    for (size_t i = 0; i < held.n; i++) {
        if (may_grant(&actor, &held.items[i], c->today))
            continue;
        (void)err_set(err, ERR_FORBIDDEN, "a %s's account is not yours to change",
                role_title(held.items[i].role));
        return err_hint(err, "It opens more than you hold. The server's operator can, with "
                             "`attain user`.");
    }
    return ERR_OK;
}

/* A group by rule is reckoned anew for each day and reader; a permission needs one that is
   the same for everybody: docs/design/ACCESS.md. */
static enum err_code check_not_rule(struct context *c, const struct grant *grant,
        struct err *err)
{
    struct pupil_group_list list = { 0 };
    enum err_code code = ERR_OK;

    if (grant->kind == GRANT_GROUP)
        code = store_groups(c->store, grant->school_id, c->arena, &list, err);
    for (size_t i = 0; i < list.n && code == ERR_OK; i++) {
        if (!text_eq(list.items[i].type, "rule") ||
                !text_eq_fold(list.items[i].name, grant->value))
            continue;
        (void)err_set(err, ERR_INVALID, "%.80s is a group by rule: no role can be given for it",
                list.items[i].name);
        return err_hint(err, "Give it for a group whose pupils are put in by hand.");
    }
    return code;
}

enum err_code grant_add(const struct desk *desk, int64_t account_id, const struct grant *grant,
        const char *note, int64_t *ret_grant_id, struct err *err)
{
    struct context *c = desk->context;
    struct grant_row row = { .account_id = account_id,
        .grant = *grant,
        .note = note,
        .granted_by = c->who,
        .granted_at = c->stamp };
    char what[200];
    struct act act = { .school_id = grant->school_id,
        .account_id = desk->account_id,
        .action = "grant",
        .what = what,
        .reason = note,
        .result = "done" };
    int64_t id = 0;
    enum err_code code;

    if (!date_is_set(row.grant.from))
        row.grant.from = c->today;
    if (date_is_set(row.grant.to) && row.grant.to.ymd < row.grant.from.ymd)
        return err_set(err, ERR_INVALID, "the role would end before it begins");
    code = check_not_rule(c, grant, err);
    if (code != ERR_OK)
        return code;
    code = store_grant_add(c->store, grant->school_id, &row, &id, err);
    if (code != ERR_OK)
        return code;
    (void)snprintf(what, sizeof(what), "account %lld: %s, %s %.80s", (long long)account_id,
            role_word(grant->role), grant_kind_word(grant->kind), grant->value);
    code = account_audit(desk, &act, err);
    if (code == ERR_OK)
        *ret_grant_id = id;
    return code;
}

enum err_code grant_give(const struct desk *desk, int64_t account_id, const struct grant *grant,
        const char *note, int64_t *ret_grant_id, struct err *err)
{
    enum err_code code = grant_check(grant, err);

    if (code == ERR_OK)
        code = store_begin(desk->context->store, err);
    if (code != ERR_OK)
        return code;
    code = grant_check_giver(desk, grant, err);
    if (code == ERR_OK)
        code = grant_add(desk, account_id, grant, note, ret_grant_id, err);
    return account_finish(desk, code, err);
}

enum err_code grant_stop(const struct desk *desk, int64_t school_id, int64_t account_id,
        int64_t grant_id, struct date last, struct err *err)
{
    struct context *c = desk->context;
    char what[80];
    char day[DATE_TEXT_SIZE];
    const struct act act = { .school_id = school_id,
        .account_id = desk->account_id,
        .action = "end-grant",
        .what = what,
        .result = "done" };
    enum err_code code;

    (void)snprintf(what, sizeof(what), "account %lld: grant %lld, last day %s",
            (long long)account_id, (long long)grant_id, date_text(last, day));
    code = store_begin(c->store, err);
    if (code != ERR_OK)
        return code;
    code = store_grant_end(c->store, school_id, account_id, grant_id, last, c->who, err);
    if (code == ERR_OK)
        code = account_audit(desk, &act, err);
    return account_finish(desk, code, err);
}

/* The pupil's number by UPN. */
static enum err_code find_pupil(struct context *context, int64_t school_id, const char *upn,
        int64_t *ret_id, struct err *err)
{
    struct pupil_handle_list list = { 0 };
    enum err_code code = store_pupils(context->store, school_id, context->arena, &list, err);

    for (size_t i = 0; i < list.n && code == ERR_OK; i++) {
        if (text_eq_fold(list.items[i].upn, upn)) {
            *ret_id = list.items[i].pupil_id;
            return ERR_OK;
        }
    }
    if (code == ERR_OK)
        code = err_set(err, ERR_NOT_FOUND, "there is no pupil with the UPN %s", upn);
    return code;
}

/* The only scope a role can have needs no words. */
static int only_kind(enum role role)
{
    int found = -1;

    for (int kind = 0; kind < GRANT__MAX; kind++) {
        if (role_takes(role, (enum grant_kind)kind))
            found = found < 0 ? kind : GRANT__MAX;
    }
    return found;
}

static enum err_code read_kind(const char *scope, enum role role, struct grant *grant,
        struct err *err)
{
    size_t n = text_empty(scope) ? 0 : strcspn(scope, ":");
    char word[24] = "";
    int kind = only_kind(role);

    if (!text_empty(scope)) {
        (void)snprintf(word, sizeof(word), "%.*s", (int)n, scope);
        kind = grant_kind_find(word);
    } else if (kind != GRANT_SCHOOL) {
        kind = role == ROLE_LA_ADVISER ? GRANT_SCHOOL : -1;
    }
    if (kind < 0 || kind >= GRANT__MAX) {
        (void)err_set(err, ERR_INVALID, "\"%s\" is not a scope for a %s",
                scope == NULL ? "" : scope, role_title(role));
        return err_hint(err, "For example: school, group:10B, registration:7R, year:7, "
                             "subject:MAT, sen, pupil:UPN.");
    }
    grant->kind = (enum grant_kind)kind;
    grant->value = n > 0 && scope[n] == ':' ? scope + n + 1 : "";
    return ERR_OK;
}

enum err_code grant_read(struct context *context, const char *role, const char *scope,
        struct grant *grant, struct err *err)
{
    int which = role_find(role);
    enum err_code code;

    if (which < 0) {
        (void)err_set(err, ERR_INVALID, "there is no role \"%s\"", role == NULL ? "" : role);
        return err_hint(err, "The roles are the columns of `attain user roles`.");
    }
    grant->role = (enum role)which;
    grant->subject = "";
    code = read_kind(scope, grant->role, grant, err);
    if (code == ERR_OK && grant->kind == GRANT_PUPIL) {
        code = find_pupil(context, grant->school_id, grant->value, &grant->pupil_id, err);
        grant->value = "";
    }
    return code == ERR_OK ? grant_check(grant, err) : code;
}

const char *grant_text(struct arena *arena, const struct grant *grant)
{
    if (grant->kind == GRANT_PUPIL)
        return arena_printf(arena, "pupil %lld", (long long)grant->pupil_id);
    return arena_printf(arena, "%s%s%s", grant_kind_word(grant->kind),
            text_empty(grant->value) ? "" : " ", grant->value);
}
