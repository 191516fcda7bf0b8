#include "actions/plan.h"

#include <string.h>

#include "actions/plan_in.h"
#include "base/text.h"

static enum err_code keep_names(struct plan *plan, struct err *err)
{
    enum err_code code = ERR_OK;

    plan->upn_ = plan_keep(plan, "upn", &code, err);
    plan->former_upn_ = plan_keep(plan, "former_upn", &code, err);
    plan->surname_ = plan_keep(plan, "surname", &code, err);
    plan->forename_ = plan_keep(plan, "forename", &code, err);
    plan->dob_ = plan_keep(plan, "dob", &code, err);
    plan->sex_ = plan_keep(plan, "sex", &code, err);
    plan->year_group_ = plan_keep(plan, "year_group", &code, err);
    return code;
}

/* The pupils on record, found by their number in the database and by UPN. */
static enum err_code load_pupils(struct plan *plan, struct err *err)
{
    struct arena arena = { 0 };
    struct pupil_handle_list list = { 0 };
    enum err_code code = store_pupils(plan->context->store, plan->context->school.school_id,
            &arena, &list, err);

    for (size_t i = 0; i < list.n && code == ERR_OK; i++) {
        size_t pupil = 0;

        code = plan_pupil_new(plan, list.items[i].upn, &pupil, err);
        if (code != ERR_OK)
            break;
        plan_pupil_at(plan, pupil)->pupil_id = list.items[i].pupil_id;
        code = index_put(&plan->by_id,
                hash_end(hash_number(HASH_START, (uint64_t)list.items[i].pupil_id)), pupil,
                err);
    }
    plan->stored_n = plan->pupils.n;
    arena_free(&arena);
    return code;
}

static enum err_code ask_facts(struct plan *plan, struct err *err)
{
    enum err_code code = ERR_OK;

    for (int kind = 0; kind < FACT_KIND__MAX && code == ERR_OK; kind++)
        code = store_has_facts(plan->context->store, plan->context->school.school_id,
                (enum fact_kind)kind, &plan->has_facts[kind], err);
    return code;
}

enum err_code plan_begin(struct plan *plan, struct context *context, enum file_kind kind,
        bool match_names, struct outcome_writer *writer, struct err *err)
{
    struct arena *arena = &plan->arena;
    struct index index = { .arena = arena };
    enum err_code code;

    *plan = (struct plan){ .context = context, .kind = kind, .match_names = match_names };
    plan->writer = writer;
    plan->texts = texts_make(arena);
    plan->pupils = chunks_make(arena, sizeof(struct plan_pupil));
    plan->values = chunks_make(arena, sizeof(struct plan_value));
    plan->facts = chunks_make(arena, sizeof(struct plan_fact));
    plan->contacts = chunks_make(arena, sizeof(struct plan_contact));
    plan->parts = chunks_make(arena, sizeof(struct plan_part));
    plan->groups = chunks_make(arena, sizeof(struct plan_group));
    plan->members = chunks_make(arena, sizeof(struct plan_member));
    plan->kept = chunks_make(arena, sizeof(struct plan_kept));
    plan->late = chunks_make(arena, sizeof(struct plan_late));
    plan->by_id = plan->by_upn = plan->by_former = plan->by_name = plan->by_fact = index;
    plan->by_place = plan->by_path = plan->by_group = plan->by_member = index;
    code = keep_names(plan, err);
    if (code == ERR_OK)
        code = load_pupils(plan, err);
    return code == ERR_OK ? ask_facts(plan, err) : code;
}

void plan_end(struct plan *plan)
{
    arena_free(&plan->arena);
    arena_free(&plan->scratch);
}

const char *plan_keep(struct plan *plan, const char *text, enum err_code *code, struct err *err)
{
    const char *kept = texts_keep(&plan->texts, text);

    if (kept == NULL)
        *code = err_memory(err);
    return kept;
}

void plan_count(struct plan *plan, enum plan_change change)
{
    plan->added += change == PLAN_NEW;
    plan->unchanged += change == PLAN_SAME;
    plan->superseded += change == PLAN_OTHER;
}

struct plan_pupil *plan_pupil_at(const struct plan *plan, size_t i)
{
    return chunks_at(&plan->pupils, i);
}

struct plan_value *plan_value_at(const struct plan *plan, size_t i)
{
    return chunks_at(&plan->values, i);
}

enum err_code plan_pupil_new(struct plan *plan, const char *upn, size_t *ret_pupil,
        struct err *err)
{
    enum err_code code = ERR_OK;
    const char *kept = plan_keep(plan, upn, &code, err);
    struct plan_pupil *pupil = code == ERR_OK ? chunks_add(&plan->pupils) : NULL;

    if (pupil == NULL)
        return err_memory(err);
    *pupil = (struct plan_pupil){ .upn = kept, .values = PLAN_NONE, .same_as = PLAN_NONE };
    code = plan_know_upn(plan, kept, plan->pupils.n - 1, err);
    if (code == ERR_OK)
        *ret_pupil = plan->pupils.n - 1;
    return code;
}

enum err_code plan_know_upn(struct plan *plan, const char *upn, size_t pupil, struct err *err)
{
    return index_put(&plan->by_upn, hash_of_text(upn), pupil, err);
}

/* By the pointer: numbers once in use are kept texts as well. */
size_t plan_find_upn(const struct plan *plan, const char *upn)
{
    size_t cursor = INDEX_START;
    size_t i;

    while (index_next(&plan->by_upn, hash_of_text(upn), &cursor, &i)) {
        if (strcmp(plan_pupil_at(plan, i)->upn, upn) == 0)
            return i;
    }
    return PLAN_NONE;
}

enum err_code plan_know_former(struct plan *plan, const char *upn, size_t pupil,
        struct err *err)
{
    return index_put(&plan->by_former, hash_of_text(upn), pupil, err);
}

size_t plan_find_former(const struct plan *plan, const char *upn)
{
    size_t cursor = INDEX_START;
    size_t i;

    while (index_next(&plan->by_former, hash_of_text(upn), &cursor, &i)) {
        if (plan_had_value(plan, i, plan->upn_, upn) ||
                plan_had_value(plan, i, plan->former_upn_, upn))
            return i;
    }
    return PLAN_NONE;
}

size_t plan_find_id(const struct plan *plan, int64_t pupil_id)
{
    size_t cursor = INDEX_START;
    uint32_t hash = hash_end(hash_number(HASH_START, (uint64_t)pupil_id));
    size_t i;

    while (index_next(&plan->by_id, hash, &cursor, &i)) {
        if (plan_pupil_at(plan, i)->pupil_id == pupil_id)
            return i;
    }
    return PLAN_NONE;
}
