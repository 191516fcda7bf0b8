#include "actions/plan_in.h"
#include "base/text.h"

/* ---- putting rows off: copies in the plan's arena ---- */

static enum err_code keep_list(struct plan *plan, const char **const *texts, size_t n,
        struct err *err)
{
    enum err_code code = ERR_OK;

    for (size_t i = 0; i < n && code == ERR_OK; i++) {
        if (*texts[i] != NULL)
            *texts[i] = plan_keep(plan, *texts[i], &code, err);
    }
    return code;
}

static enum err_code copy_attributes(struct plan *plan, struct pupil_record *copy,
        struct err *err)
{
    struct attribute_record *list = arena_array(&plan->arena, copy->attribute_n, sizeof(*list));
    enum err_code code = list == NULL ? err_memory(err) : ERR_OK;

    for (size_t i = 0; i < copy->attribute_n && code == ERR_OK; i++) {
        const char **const texts[] = { &list[i].attribute, &list[i].value, &list[i].from,
            &list[i].to };

        list[i] = copy->attributes[i];
        code = keep_list(plan, texts, COUNT(texts), err);
    }
    copy->attributes = list;
    return code;
}

static enum err_code copy_contacts(struct plan *plan, struct pupil_record *copy,
        struct err *err)
{
    struct contact_record *list = arena_array(&plan->arena, copy->contact_n, sizeof(*list));
    enum err_code code = list == NULL ? err_memory(err) : ERR_OK;

    for (size_t i = 0; i < copy->contact_n && code == ERR_OK; i++) {
        struct contact_record *item = &list[i];
        const char **const texts[] = { &item->order, &item->title, &item->surname,
            &item->forename, &item->relationship, &item->responsibility, &item->phone,
            &item->email, &item->address, &item->xml };

        *item = copy->contacts[i];
        code = keep_list(plan, texts, COUNT(texts), err);
    }
    copy->contacts = list;
    return code;
}

static enum err_code copy_rests(struct plan *plan, struct pupil_record *copy, struct err *err)
{
    struct rest_record *list = arena_array(&plan->arena, copy->rest_n, sizeof(*list));
    enum err_code code = list == NULL ? err_memory(err) : ERR_OK;

    for (size_t i = 0; i < copy->rest_n && code == ERR_OK; i++) {
        const char **const texts[] = { &list[i].path, &list[i].xml };

        list[i] = copy->rests[i];
        code = keep_list(plan, texts, COUNT(texts), err);
    }
    copy->rests = list;
    return code;
}

enum err_code plan_wait_pupil(struct plan *plan, const struct pupil_record *record,
        size_t waiting, size_t other, struct err *err)
{
    struct pupil_record *copy = arena_alloc(&plan->arena, sizeof(*copy));
    struct plan_late *late = copy == NULL ? NULL : chunks_add(&plan->late);
    enum err_code code;

    if (late == NULL)
        return err_memory(err);
    *late = (struct plan_late){ .pupil = copy, .number = waiting, .other = other };
    *copy = *record;
    {
        const char **const texts[] = { &copy->upn, &copy->former_upn, &copy->surname,
            &copy->forename, &copy->dob, &copy->sex };

        code = keep_list(plan, texts, COUNT(texts), err);
    }
    if (code == ERR_OK)
        code = copy_attributes(plan, copy, err);
    if (code == ERR_OK)
        code = copy_contacts(plan, copy, err);
    return code == ERR_OK ? copy_rests(plan, copy, err) : code;
}

enum err_code plan_wait_result(struct plan *plan, const struct result_record *record,
        struct err *err)
{
    struct result_record *copy = arena_alloc(&plan->arena, sizeof(*copy));
    struct plan_late *late = copy == NULL ? NULL : chunks_add(&plan->late);

    if (late == NULL)
        return err_memory(err);
    *late = (struct plan_late){ .result = copy };
    *copy = *record;
    {
        const char **const texts[] = { &copy->upn, &copy->subject, &copy->kind, &copy->stage,
            &copy->date, &copy->review, &copy->grade, &copy->mark, &copy->max_mark,
            &copy->scale, &copy->source, &copy->origin };

        return keep_list(plan, texts, COUNT(texts), err);
    }
}

enum err_code plan_wait_group(struct plan *plan, const struct group_record *record,
        struct err *err)
{
    struct group_record *copy = arena_alloc(&plan->arena, sizeof(*copy));
    struct plan_late *late = copy == NULL ? NULL : chunks_add(&plan->late);

    if (late == NULL)
        return err_memory(err);
    *late = (struct plan_late){ .group = copy };
    *copy = *record;
    {
        const char **const texts[] = { &copy->upn, &copy->group, &copy->type, &copy->subject,
            &copy->from, &copy->to };

        return keep_list(plan, texts, COUNT(texts), err);
    }
}

/* ---- settling, at the end of the file ---- */

/* A person has to say whether this is the pupil on record. */
static enum err_code doubt(struct plan *plan, const struct plan_late *late, struct err *err)
{
    char name[PLAN_NAME_SIZE];
    char other_name[PLAN_NAME_SIZE];
    const char *other_upn = plan_pupil_at(plan, late->other)->upn;
    struct finding where = { late->pupil->row, "upn", late->pupil->upn, NULL };
    struct doubt doubtful = {
        .row = late->pupil->row,
        .upn = late->pupil->upn,
        .name = name,
        .other_upn = other_upn,
        .other_name = plan_pupil_name(plan, late->other, other_name),
    };
    enum err_code code;

    (void)text_copy(name, PLAN_NAME_SIZE / 2, late->pupil->forename);
    {
        size_t used = 0;

        while (name[used] != '\0')
            used++;
        name[used] = ' ';
        (void)text_copy(name + used + 1, PLAN_NAME_SIZE / 2 - 2, late->pupil->surname);
    }
    plan_pupil_at(plan, late->number)->refused = true;
    code = outcome_doubt(plan->writer, &doubtful, err);
    if (code != ERR_OK)
        return code;
    return outcome_refuse(plan->writer, &where, err,
            "looks like %s, UPN %s, already on record; import again with --match-names if it "
            "is "
            "the same pupil",
            other_name, other_upn);
}

static enum err_code settle(struct plan *plan, const struct plan_late *late, struct err *err)
{
    struct plan_pupil *waiting = plan_pupil_at(plan, late->number);

    waiting->waiting = false;
    waiting->row = late->pupil->row;
    if (late->other == PLAN_NONE) {
        if (waiting->refused)
            return ERR_OK;
        return plan_pupil_settled(plan, late->pupil, late->number, waiting->same_as, err);
    }
    if (plan_pupil_at(plan, late->other)->in_file)
        return plan_pupil_settled(plan, late->pupil, late->number, PLAN_NONE, err);
    if (plan->match_names)
        return plan_pupil_settled(plan, late->pupil, late->number, late->other, err);
    return doubt(plan, late, err);
}

/* Rows that waited, in the order of the file: a pupil's own row stands before its results. */
static enum err_code settle_all(struct plan *plan, struct err *err)
{
    enum err_code code = ERR_OK;

    for (size_t i = 0; i < plan->late.n && code == ERR_OK; i++) {
        const struct plan_late *late = chunks_at(&plan->late, i);

        if (late->pupil != NULL)
            code = settle(plan, late, err);
        else if (late->result != NULL)
            code = plan_result(plan, late->result, err);
        else
            code = plan_group(plan, late->group, err);
    }
    return code;
}

static enum err_code say_lost(struct plan *plan, struct err *err)
{
    enum err_code code = ERR_OK;

    for (size_t i = 0; i < plan->pupils.n && code == ERR_OK; i++) {
        const struct plan_pupil *pupil = plan_pupil_at(plan, i);
        struct finding where = { pupil->row, "upn", pupil->upn, NULL };

        if (pupil->lost_n != 0)
            code = outcome_refuse(plan->writer, &where, err,
                    "%lld result%s of this pupil could not be taken, because the pupil was not",
                    (long long)pupil->lost_n, pupil->lost_n == 1 ? "" : "s");
    }
    return code;
}

static enum err_code say_kept(struct plan *plan, struct err *err)
{
    enum err_code code = ERR_OK;

    for (size_t i = 0; i < plan->kept.n && code == ERR_OK; i++) {
        const struct plan_kept *kept = chunks_at(&plan->kept, i);

        code = outcome_kept(plan->writer, err, "%lld result%s of %s kept as %s came: %s.",
                (long long)kept->n, kept->n == 1 ? "" : "s", kept->what,
                kept->n == 1 ? "it" : "they", kept->reason);
    }
    return code;
}

static enum err_code say_odd(struct plan *plan, struct err *err)
{
    if (plan->odd_la_n == 0)
        return ERR_OK;
    return outcome_note(plan->writer, err,
            "%lld UPN%s with the number of no local authority (%s%s).",
            (long long)plan->odd_la_n, plan->odd_la_n == 1 ? " begins" : "s begin",
            plan->odd_la, plan->odd_la_n == 1 ? "" : " is the first");
}

enum err_code plan_finish(struct plan *plan, struct err *err)
{
    enum err_code code = settle_all(plan, err);

    if (code == ERR_OK)
        plan_history_end(plan);
    if (code == ERR_OK)
        code = say_lost(plan, err);
    if (code == ERR_OK)
        code = say_odd(plan, err);
    return code == ERR_OK ? say_kept(plan, err) : code;
}
