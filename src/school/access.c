#include "school/access.h"

#include "base/text.h"
#include "school/access_in.h"

/* What is asked, in one piece. */
struct question {
    const struct person *person;
    enum action action;
    enum field field;
    const struct access_pupil *pupil;
    struct date today;
};

static const char *const allowed[SCOPE__MAX] = {
    [SCOPE_NONE] = "",
    [SCOPE_TAUGHT] = "you teach this class",
    [SCOPE_FORM] = "this is your registration group",
    [SCOPE_YEAR] = "this is your year group",
    [SCOPE_SUBJECT] = "you lead this subject",
    [SCOPE_LIST] = "this pupil is on your list",
    [SCOPE_SCHOOL] = "your role covers the whole school",
    [SCOPE_AGGREGATES] = "figures that name nobody",
    [SCOPE_CHILD] = "this is your child",
    [SCOPE_SELF] = "this is your own record",
    [SCOPE_GUEST] = "you teach this guest",
    [SCOPE_AGREED] = "an agreement with this school is in force",
    [SCOPE_OWN] = "you recorded this yourself",
};

static const char no_grant[] = "no role of yours is in force today";
static const char no_rule[] = "none of your roles allows this";
static const char no_pupil[] = "this is outside the classes, years or subjects of your roles";
static const char no_school[] = "you hold no role in this school";
static const char no_condition[] = "a condition for this is not met: a window, a reason, a "
                                   "release or a second person's approval";
static const char no_parent[] = "access to this record is restricted";

bool grant_in_force(const struct grant *grant, struct date today)
{
    return date_is_set(today) && (!date_is_set(grant->from) || grant->from.ymd <= today.ymd) &&
           (!date_is_set(grant->to) || grant->to.ymd >= today.ymd);
}

bool person_is_staff(const struct person *person, struct date today)
{
    for (size_t i = 0; i < person->grant_n; i++) {
        if (grant_in_force(&person->grants[i], today) && role_staff(person->grants[i].role))
            return true;
    }
    return false;
}

static bool in_group(const struct access_pupil *pupil, const char *name)
{
    for (size_t i = 0; i < pupil->group_n; i++) {
        if (text_eq_fold(pupil->groups[i], name))
            return true;
    }
    return pupil->registration != NULL && text_eq_fold(pupil->registration, name);
}

static bool studies(const struct access_pupil *pupil, const char *subject)
{
    for (size_t i = 0; i < pupil->study_n; i++) {
        if (text_eq_fold(pupil->studies[i], subject))
            return true;
    }
    return pupil->study_n == 0;
}

static bool covers_subject(const struct question *q, const char *subject)
{
    if (q->pupil->subject != NULL)
        return text_eq_fold(q->pupil->subject, subject);
    return !field_has_subject(q->field) && studies(q->pupil, subject);
}

/* Who teaches a set sees the pupil whole, and writes in the set's own subject. */
static bool covers_taught(const struct question *q, const struct grant *grant)
{
    if (grant->kind != GRANT_GROUP || text_empty(grant->value) ||
            !in_group(q->pupil, grant->value))
        return false;
    if (q->action == ACTION_VIEW || q->action == ACTION_REPORT || q->action == ACTION_EXPORT ||
            !field_has_subject(q->field) || text_empty(grant->subject))
        return true;
    return q->pupil->subject != NULL && text_eq_fold(q->pupil->subject, grant->subject);
}

/* A guest is seen in the course taught here and in no other. */
static bool covers_guest(const struct question *q, const struct grant *grant)
{
    if (grant->kind != GRANT_GROUP || text_empty(grant->value) ||
            !in_group(q->pupil, grant->value))
        return false;
    if (!field_has_subject(q->field))
        return true;
    return q->pupil->subject != NULL && !text_empty(grant->subject) &&
           text_eq_fold(q->pupil->subject, grant->subject);
}

static bool covers_list(const struct question *q, const struct grant *grant)
{
    if (grant->kind == GRANT_GROUP)
        return covers_taught(q, grant);
    return q->pupil->sen && (grant->kind == GRANT_SEN || grant->kind == GRANT_SCHOOL);
}

static bool covers_year(const struct question *q, const struct grant *grant)
{
    int year;

    return grant->kind == GRANT_YEAR && access_year(grant->value, &year) &&
           q->pupil->year == year;
}

static bool covers_form(const struct question *q, const struct grant *grant)
{
    return grant->kind == GRANT_REGISTRATION && !text_empty(grant->value) &&
           q->pupil->registration != NULL && text_eq_fold(q->pupil->registration, grant->value);
}

/* Whether this grant, reaching so far, takes in the pupil. */
static bool covers(const struct question *q, const struct grant *grant, enum scope scope)
{
    switch (scope) {
    case SCOPE_TAUGHT:
        return covers_taught(q, grant);
    case SCOPE_FORM:
        return covers_form(q, grant);
    case SCOPE_YEAR:
        return covers_year(q, grant);
    case SCOPE_SUBJECT:
        return grant->kind == GRANT_SUBJECT && !text_empty(grant->value) &&
               covers_subject(q, grant->value);
    case SCOPE_LIST:
        return covers_list(q, grant);
    case SCOPE_SCHOOL:
        return grant->kind == GRANT_SCHOOL;
    case SCOPE_CHILD:
    case SCOPE_SELF:
        return grant->kind == GRANT_PUPIL && grant->pupil_id != 0 &&
               grant->pupil_id == q->pupil->pupil_id;
    case SCOPE_GUEST:
        return covers_guest(q, grant);
    case SCOPE_AGREED:
        return grant->kind == GRANT_AGREEMENT;
    case SCOPE_OWN:
        return q->pupil->by != 0 && q->pupil->by == q->person->account_id;
    case SCOPE_NONE:
    case SCOPE_AGGREGATES:
    case SCOPE__MAX:
        break;
    }
    return false;
}

/* Asked about nobody in particular: whether the grant can reach so far at all. */
static bool reaches(const struct grant *grant, enum scope scope)
{
    if (scope == SCOPE_LIST || scope == SCOPE_TAUGHT)
        return grant->kind == GRANT_GROUP ? scope == SCOPE_TAUGHT || grant->role == ROLE_TA
                                          : scope == SCOPE_LIST;
    return scope != SCOPE_AGREED || grant->kind == GRANT_AGREEMENT;
}

static bool cell_open(const struct question *q, const struct access_rule *rule, uint32_t cell,
        const struct grant *grant)
{
    if ((cell & CELL_IF_OPTION) != 0 && (q->person->options & rule->option) == 0)
        return false;
    return (cell & CELL_IF_EXTRA) == 0 || (grant->extras & rule->extra) != 0;
}

static int need_count(unsigned needs)
{
    return __builtin_popcount(needs);
}

/* Keep the better of two yeses: fewer needs, then the whole school. */
static void take_yes(struct may_answer *best, const struct grant *grant, enum scope scope,
        unsigned needs)
{
    if (best->yes && (need_count(best->needs) < need_count(needs) ||
                             (need_count(best->needs) == need_count(needs) &&
                                     (best->scope == SCOPE_SCHOOL || scope != SCOPE_SCHOOL))))
        return;
    *best = (struct may_answer){ true, allowed[scope], scope, grant->role, needs };
}

/* Every scope of the cell with this grant. */
static void ask_grant(const struct question *q, const struct access_rule *rule,
        const struct grant *grant, struct may_answer *best)
{
    uint32_t cell = rule->cells[grant->role];
    unsigned needs = (cell >> CELL_NEED_SHIFT) & 0xFF;

    if (cell == 0 || !cell_open(q, rule, cell, grant))
        return;
    if (!best->yes && best->why == no_rule && q->pupil != NULL)
        best->why = no_pupil;
    for (int i = 1; i < SCOPE__MAX; i++) {
        enum scope scope = (enum scope)i;

        if ((cell & (1U << i)) == 0)
            continue;
        if (q->pupil == NULL ? reaches(grant, scope) : covers(q, grant, scope))
            take_yes(best, grant, scope, needs);
    }
}

/* A parent whom a court keeps from a child is kept from it by every other grant too. */
static bool restricted(const struct question *q)
{
    for (size_t i = 0; i < q->person->grant_n && q->pupil != NULL; i++) {
        const struct grant *grant = &q->person->grants[i];

        if ((grant->extras & EXTRA_RESTRICTED) != 0 && grant_in_force(grant, q->today) &&
                grant->pupil_id == q->pupil->pupil_id)
            return true;
    }
    return false;
}

static bool in_school(const struct question *q, const struct grant *grant)
{
    return q->pupil == NULL || grant->school_id == q->pupil->school_id;
}

static struct may_answer ask(const struct question *q)
{
    const struct access_rule *rule = access_rule_find(q->action, q->field);
    struct may_answer best = { false, no_grant, SCOPE_NONE, ROLE__MAX, 0 };

    if (restricted(q)) {
        best.why = no_parent;
        return best;
    }
    for (size_t i = 0; i < q->person->grant_n; i++) {
        const struct grant *grant = &q->person->grants[i];

        if (!grant_in_force(grant, q->today) || grant->role >= ROLE__MAX ||
                (grant->extras & EXTRA_RESTRICTED) != 0)
            continue;
        if (!in_school(q, grant)) {
            if (best.why == no_grant)
                best.why = no_school;
            continue;
        }
        if (best.why == no_grant || best.why == no_school)
            best.why = no_rule;
        if (rule != NULL)
            ask_grant(q, rule, grant, &best);
    }
    return best;
}

/* Both must be yes; the needs add up. */
static struct may_answer both(struct may_answer first, struct may_answer second)
{
    if (!first.yes)
        return first;
    if (second.yes)
        second.needs |= first.needs;
    return second;
}

struct may_answer may(const struct person *person, enum action action, enum field field,
        const struct access_pupil *pupil, struct date today)
{
    struct question q = { person, action, field, pupil, today };
    struct may_answer answer;

    if ((action != ACTION_EXPORT && action != ACTION_REPORT) || field == FIELD_NONE)
        return ask(&q);
    q.field = FIELD_NONE;
    answer = ask(&q);
    q.action = ACTION_VIEW;
    q.field = field;
    return both(answer, ask(&q));
}

struct may_answer may_with(const struct person *person, enum action action, enum field field,
        const struct access_pupil *pupil, struct date today, unsigned met)
{
    struct may_answer answer = may(person, action, field, pupil, today);

    if (answer.yes && (answer.needs & ~met) != 0)
        answer = (struct may_answer){ false, no_condition, SCOPE_NONE, ROLE__MAX,
            answer.needs & ~met };
    return answer;
}

size_t access_filter(const struct person *person, enum action action, enum field field,
        const struct access_pupil *pupils, size_t n, struct date today, unsigned met,
        bool *ret_keep)
{
    size_t kept = 0;

    for (size_t i = 0; i < n; i++) {
        ret_keep[i] = may_with(person, action, field, &pupils[i], today, met).yes;
        kept += ret_keep[i] ? 1 : 0;
    }
    return kept;
}

unsigned access_columns(const struct person *person, enum action action, struct date today)
{
    unsigned columns = 0;

    for (int field = FIELD_NONE + 1; field < FIELD__MAX; field++) {
        if (may(person, action, (enum field)field, NULL, today).yes)
            columns |= 1U << field;
    }
    return columns;
}

/* Whether the holder's grant allows all that the given role allows at its widest. */
static bool holds_all(const struct person *holder, const struct grant *grant,
        const struct grant *given)
{
    for (size_t i = 0; i < access_rule_n; i++) {
        const struct access_rule *rule = &access_rules[i];
        const struct question q = { .person = holder };
        uint32_t cell = rule->cells[given->role];

        if ((cell & CELL_IF_EXTRA) != 0 && (given->extras & rule->extra) == 0)
            cell = 0;
        if (cell != 0 && (rule->cells[grant->role] == 0 ||
                                 !cell_open(&q, rule, rule->cells[grant->role], grant)))
            return false;
    }
    return true;
}

bool may_grant(const struct person *holder, const struct grant *given, struct date today)
{
    const struct access_rule *users = access_rule_find(ACTION_USERS, FIELD_NONE);

    if (given->school_id == 0 || !role_takes(given->role, given->kind))
        return false;
    for (size_t i = 0; i < holder->grant_n; i++) {
        const struct grant *grant = &holder->grants[i];

        if (grant_in_force(grant, today) && grant->school_id == given->school_id &&
                users->cells[grant->role] != 0 &&
                (!role_staff(given->role) || holds_all(holder, grant, given)))
            return true;
    }
    return false;
}
