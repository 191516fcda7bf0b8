#include "actions/plan_in.h"
#include "base/text.h"

/* Whether the pupil is to be on record: was, or is new and not refused. */
static bool is_new(const struct plan_pupil *pupil)
{
    return pupil->pupil_id == 0 && pupil->added && !pupil->refused;
}

static int64_t fresh_n(const struct plan *plan)
{
    int64_t n = 0;

    for (size_t i = 0; i < plan->facts.n; i++)
        n += !((struct plan_fact *)chunks_at(&plan->facts, i))->dropped;
    for (size_t i = 0; i < plan->values.n; i++)
        n += plan_value_at(plan, i)->fresh;
    for (size_t i = 0; i < plan->contacts.n; i++)
        n += ((struct plan_contact *)chunks_at(&plan->contacts, i))->fresh;
    for (size_t i = 0; i < plan->parts.n; i++)
        n += ((struct plan_part *)chunks_at(&plan->parts, i))->fresh;
    for (size_t i = 0; i < plan->members.n; i++)
        n += ((struct plan_member *)chunks_at(&plan->members, i))->fresh;
    return n;
}

static enum err_code add_pupils(struct plan *plan, struct err *err)
{
    struct store *store = plan->context->store;
    int64_t school_id = plan->context->school.school_id;
    int64_t new_n = 0;
    int64_t next = 0;
    enum err_code code = ERR_OK;

    for (size_t i = 0; i < plan->pupils.n; i++)
        new_n += is_new(plan_pupil_at(plan, i));
    if (new_n != 0)
        code = store_take_numbers(store, school_id, new_n, &next, err);
    for (size_t i = 0; i < plan->pupils.n && code == ERR_OK; i++) {
        struct plan_pupil *pupil = plan_pupil_at(plan, i);

        if (is_new(pupil)) {
            pupil->pupil_id = next++;
            code = store_pupil_add(store, school_id, pupil->pupil_id, pupil->upn, err);
        } else if (pupil->renamed) {
            code = store_pupil_rename(store, school_id, pupil->pupil_id, pupil->upn, err);
        }
    }
    return code;
}

static enum err_code add_groups(struct plan *plan, struct err *err)
{
    struct store *store = plan->context->store;
    int64_t school_id = plan->context->school.school_id;
    enum err_code code = ERR_OK;

    for (size_t i = 0; i < plan->groups.n && code == ERR_OK; i++) {
        struct plan_group *group = chunks_at(&plan->groups, i);
        struct pupil_group row = { 0, group->name, group->type, group->subject };

        if (group->group_id != 0)
            continue;
        code = store_take_numbers(store, school_id, 1, &group->group_id, err);
        row.group_id = group->group_id;
        if (code == ERR_OK)
            code = store_group_add(store, school_id, &row, err);
    }
    return code;
}

static enum err_code write_values(struct plan *plan, struct err *err)
{
    enum err_code code = ERR_OK;

    for (size_t i = 0; i < plan->values.n && code == ERR_OK; i++) {
        const struct plan_value *value = plan_value_at(plan, i);
        struct pupil_fact fact = {
            .pupil_id = plan_pupil_at(plan, value->pupil)->pupil_id,
            .attribute = value->attribute,
            .value = value->value,
            .from = value->from,
            .to = value->to,
            .withdrawn = value->withdrawn,
        };

        if (value->fresh)
            code = store_add_pupil_fact(plan->context->store, &fact, err);
    }
    return code;
}

static enum err_code write_more(struct plan *plan, struct err *err)
{
    enum err_code code = ERR_OK;

    for (size_t i = 0; i < plan->contacts.n && code == ERR_OK; i++) {
        struct plan_contact *contact = chunks_at(&plan->contacts, i);

        contact->contact.pupil_id = plan_pupil_at(plan, contact->pupil)->pupil_id;
        if (contact->fresh)
            code = store_add_contact(plan->context->store, &contact->contact, err);
    }
    for (size_t i = 0; i < plan->parts.n && code == ERR_OK; i++) {
        const struct plan_part *part = chunks_at(&plan->parts, i);
        struct ctf_part row = {
            .pupil_id = plan_pupil_at(plan, part->pupil)->pupil_id,
            .path = part->path,
            .xml = part->xml,
        };

        if (part->fresh)
            code = store_add_ctf_part(plan->context->store, &row, err);
    }
    return code;
}

static enum err_code write_members(struct plan *plan, struct err *err)
{
    enum err_code code = ERR_OK;

    for (size_t i = 0; i < plan->members.n && code == ERR_OK; i++) {
        const struct plan_member *member = chunks_at(&plan->members, i);
        const struct plan_group *group = chunks_at(&plan->groups, member->group);
        struct membership row = {
            .group_id = group->group_id,
            .pupil_id = plan_pupil_at(plan, member->pupil)->pupil_id,
            .from = member->from,
            .to = member->to,
        };

        if (member->fresh)
            code = store_add_membership(plan->context->store, &row, err);
    }
    return code;
}

/* The facts' numbers pupil by pupil, each pupil's in the order of the file: rows that lie
   together in the database are written together. */
static uint32_t *by_pupil(struct plan *plan)
{
    uint32_t *starts = arena_array(&plan->arena, plan->pupils.n + 1, sizeof(*starts));
    uint32_t *order = arena_array(&plan->arena, plan->facts.n, sizeof(*order));

    if (starts == NULL || order == NULL)
        return NULL;
    for (size_t i = 0; i < plan->facts.n; i++)
        starts[((struct plan_fact *)chunks_at(&plan->facts, i))->pupil + 1]++;
    for (size_t i = 0; i < plan->pupils.n; i++)
        starts[i + 1] += starts[i];
    for (size_t i = 0; i < plan->facts.n; i++)
        order[starts[((struct plan_fact *)chunks_at(&plan->facts, i))->pupil]++] = (uint32_t)i;
    return order;
}

static enum err_code write_facts(struct plan *plan, struct err *err)
{
    const uint32_t *order = by_pupil(plan);
    enum err_code code = order == NULL ? err_memory(err) : ERR_OK;

    for (size_t i = 0; i < plan->facts.n && code == ERR_OK; i++) {
        const struct plan_fact *from = chunks_at(&plan->facts, order[i]);
        struct fact fact = {
            .pupil_id = plan_pupil_at(plan, from->pupil)->pupil_id,
            .kind = from->kind,
            .date = from->date,
            .subject = from->subject,
            .stage = from->stage,
            .source = from->source,
            .review = from->review,
            .scale = from->scale,
            .grade = from->grade,
            .mark = from->mark,
            .max_mark = from->max_mark,
            .origin = from->origin,
        };

        if (!from->dropped)
            code = store_add_fact(plan->context->store, &fact, err);
    }
    return code;
}

static enum err_code write_all(struct plan *plan, struct err *err)
{
    enum err_code code = write_values(plan, err);

    if (code == ERR_OK)
        code = write_more(plan, err);
    if (code == ERR_OK)
        code = write_members(plan, err);
    if (code == ERR_OK)
        code = write_facts(plan, err);
    if (code == ERR_OK && !text_empty(plan->header_rest))
        code = store_setting_put(plan->context->store, plan->context->school.school_id,
                "ctf.header", plan->header_rest, err);
    return code;
}

enum err_code plan_apply(struct plan *plan, const char *file, int64_t *ret_import_id,
        struct err *err)
{
    struct context *context = plan->context;
    struct import import = {
        .kind = file_kind_name(plan->kind),
        .file = file,
        .added = plan->added,
        .unchanged = plan->unchanged,
        .superseded = plan->superseded,
        .refused = (int64_t)plan->writer->outcome->refused_n,
        .recorded_by = context->who,
        .recorded_at = context->stamp,
    };
    enum err_code code = add_pupils(plan, err);

    if (code == ERR_OK)
        code = add_groups(plan, err);
    if (code == ERR_OK)
        code = store_import_begin(context->store, context->school.school_id, &import,
                fresh_n(plan), err);
    if (code == ERR_OK)
        code = write_all(plan, err);
    if (code == ERR_OK)
        code = store_import_end(context->store, err);
    if (code == ERR_OK)
        *ret_import_id = import.import_id;
    return code;
}
