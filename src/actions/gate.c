#include "actions/gate.h"

#include <string.h>

#include "base/text.h"

/* Who leads or teaches English does so for reading and writing, of which it is made. */
static enum err_code add_parts(struct context *c, struct grant_list *grants,
        const struct derived *derived, const struct grant *grant, struct err *err)
{
    for (int i = 0; i < derived->from_n; i++) {
        const char *part = c->fw->subjects[derived->from[i]].code;
        struct grant copy = *grant;

        if (copy.kind == GRANT_SUBJECT)
            copy.value = part;
        else
            copy.subject = part;
        grants->items = arena_grow(c->arena, grants->items, grants->n, sizeof(*grants->items));
        if (grants->items == NULL)
            return err_memory(err);
        grants->items[grants->n++] = copy;
    }
    return ERR_OK;
}

static enum err_code widen(struct context *c, struct grant_list *grants, struct err *err)
{
    size_t given = grants->n;
    enum err_code code = ERR_OK;

    for (size_t i = 0; i < given && c->fw != NULL; i++) {
        const struct grant grant = grants->items[i];
        const char *subject = grant.kind == GRANT_SUBJECT ? grant.value : grant.subject;

        for (int d = 0; d < c->fw->derived_n && code == ERR_OK; d++) {
            const struct derived *derived = &c->fw->derived[d];

            if (text_eq_fold(c->fw->subjects[derived->subject].code, subject))
                code = add_parts(c, grants, derived, &grant, err);
        }
    }
    return code;
}

static enum err_code load_grants(struct gate *gate, struct grant_list *grants, struct err *err)
{
    struct context *c = gate->context;
    enum err_code code = ERR_OK;

    if (c->has_school)
        code = store_grants_of(c->store, c->school.school_id, gate->person.account_id, c->today,
                c->arena, grants, err);
    if (code == ERR_OK)
        code = store_grants_of(c->store, 0, gate->person.account_id, c->today, c->arena, grants,
                err);
    return code == ERR_OK ? widen(c, grants, err) : code;
}

static bool leads_subject(const struct grant_list *grants)
{
    for (size_t i = 0; i < grants->n; i++) {
        if (grants->items[i].kind == GRANT_SUBJECT)
            return true;
    }
    return false;
}

static unsigned options_of(const struct context *c)
{
    unsigned options = 0;

    if (text_eq(context_setting(c, "access.teachers-see-flags", "no"), "yes"))
        options |= OPTION_TEACHERS_SEE_FLAGS;
    if (text_eq(context_setting(c, "access.parents-see-views", "no"), "yes"))
        options |= OPTION_PARENTS_SEE_VIEWS;
    return options;
}

enum err_code gate_open(struct context *context, int64_t account_id, const char *username,
        const char *from_where, struct gate *ret_gate, struct err *err)
{
    struct gate gate = { .context = context, .from_where = from_where };
    struct grant_list grants = { 0 };
    enum err_code code;

    gate.person.account_id = account_id;
    gate.person.username = username;
    code = load_grants(&gate, &grants, err);
    if (code != ERR_OK)
        return code;
    if (grants.n == 0) {
        (void)err_set(err, ERR_FORBIDDEN, "no role of yours is in force here today");
        return err_hint(err, "Ask the data manager of the school.");
    }
    if (leads_subject(&grants) && context->has_school) {
        gate.knows_studies = true;
        code = store_groups(context->store, context->school.school_id, context->arena,
                &gate.groups, err);
    }
    gate.person.grants = grants.items;
    gate.person.grant_n = grants.n;
    gate.person.options = options_of(context);
    if (code == ERR_OK)
        *ret_gate = gate;
    return code;
}

struct may_answer gate_may(const struct gate *gate, enum action action, enum field field,
        const struct access_pupil *pupil)
{
    return may_with(&gate->person, action, field, pupil, gate->context->today, gate->met);
}

enum err_code gate_ask(struct gate *gate, enum action action, enum field field,
        const struct access_pupil *pupil, struct err *err)
{
    struct may_answer answer = gate_may(gate, action, field, pupil);
    int64_t id = pupil == NULL ? 0 : pupil->pupil_id;
    const char *what;
    enum err_code code;

    if (answer.yes)
        return ERR_OK;
    what = arena_printf(gate->context->arena, "%s %s", action_word(action), field_word(field));
    if (what == NULL)
        return err_memory(err);
    code = gate_note(gate, "refused", what, &id, pupil == NULL ? 0 : 1, answer.why, err);
    if (code != ERR_OK)
        return code;
    gate->entries[gate->entry_n - 1].result = "refused";
    (void)err_set(err, ERR_FORBIDDEN, "you may not do this: %s", answer.why);
    return err_hint(err, "Ask the data manager which roles you hold, and until when.");
}

/* The subjects of the pupil's teaching groups. */
static enum err_code add_studies(const struct gate *gate, const struct cohort_pupil *pupil,
        struct access_pupil *asked, struct err *err)
{
    const char **studies = NULL;
    size_t n = 0;

    for (size_t g = 0; g < pupil->group_n; g++) {
        for (size_t i = 0; i < gate->groups.n; i++) {
            const struct pupil_group *group = &gate->groups.items[i];

            if (text_empty(group->subject) || !text_eq_fold(group->name, pupil->groups[g]))
                continue;
            studies = arena_grow(gate->context->arena, studies, n, sizeof(*studies));
            if (studies == NULL)
                return err_memory(err);
            studies[n++] = group->subject;
        }
    }
    asked->studies = studies;
    asked->study_n = n;
    return ERR_OK;
}

enum err_code gate_pupil(const struct gate *gate, const struct cohort_pupil *pupil,
        const char *subject, struct access_pupil *ret_pupil, struct err *err)
{
    struct access_pupil asked = {
        .pupil_id = pupil->id,
        .school_id = pupil->school_id,
        .year = pupil->year,
        .registration = pupil->registration,
        .groups = pupil->groups,
        .group_n = pupil->group_n - pupil->rule_n,
        .sen = pupil_answer_is_yes(pupil->sen == NULL ? "" : pupil->sen),
        .subject = subject,
    };
    enum err_code code = gate->knows_studies ? add_studies(gate, pupil, &asked, err) : ERR_OK;

    if (code == ERR_OK)
        *ret_pupil = asked;
    return code;
}
