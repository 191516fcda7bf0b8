#include "actions/fact_record.h"
#include "actions/plan_in.h"
#include "actions/plan_origin.h"
#include "base/text.h"

enum {
    SCRATCH_MAX = 1 << 18,
    KEPT_MAX = 200
};

/* Kept texts are told apart by where they are. */
static uint32_t fact_hash(const struct plan_fact *fact)
{
    uint64_t hash = hash_number(HASH_START, fact->pupil);

    hash = hash_number(hash, (uint64_t)fact->date.ymd << 8 | (uint64_t)fact->kind);
    hash = hash_number(hash, (uintptr_t)fact->subject);
    hash = hash_number(hash, (uintptr_t)fact->stage);
    return hash_end(hash_number(hash, (uintptr_t)fact->source));
}

static bool same_key(const struct plan_fact *a, const struct plan_fact *b)
{
    return a->pupil == b->pupil && a->date.ymd == b->date.ymd && a->kind == b->kind &&
           a->subject == b->subject && a->stage == b->stage && a->source == b->source;
}

static bool same_content(const struct plan_fact *a, const struct plan_fact *b)
{
    return a->scale == b->scale && a->grade == b->grade && a->mark == b->mark &&
           a->max_mark == b->max_mark && a->review == b->review && a->origin == b->origin;
}

/* Against what is on record; the pupil must be. A file that does not say for which review a
   result was, or how a transfer file wrote it, does not deny it. */
static enum err_code compare_stored(struct plan *plan, const struct plan_fact *fact,
        enum plan_change *ret_change, struct err *err)
{
    struct fact stored = { 0 };
    struct fact like = {
        .pupil_id = plan_pupil_at(plan, fact->pupil)->pupil_id,
        .kind = fact->kind,
        .date = fact->date,
        .subject = fact->subject,
        .stage = fact->stage,
        .source = fact->source,
        .review = fact->review,
        .scale = fact->scale,
        .grade = fact->grade,
        .mark = fact->mark,
        .max_mark = fact->max_mark,
        .origin = fact->origin,
    };
    bool found = false;
    enum err_code code;

    if (plan->scratch.used > SCRATCH_MAX)
        arena_free(&plan->scratch);
    code = store_fact_current(plan->context->store, plan->context->school.school_id, &like,
            &plan->scratch, &stored, &found, err);
    if (code != ERR_OK)
        return code;
    if (text_empty(like.origin))
        like.origin = stored.origin;
    else if (found && text_empty(stored.origin)) {
        bool says = false;

        code = fact_says(&stored, like.origin, &plan->scratch, &says, err);
        if (code != ERR_OK)
            return code;
        like.origin = says ? stored.origin : like.origin;
    }
    if (text_empty(like.review))
        like.review = stored.review;
    if (!found || stored.withdrawn)
        *ret_change = PLAN_NEW;
    else
        *ret_change = fact_same_content(&stored, &like) ? PLAN_SAME : PLAN_OTHER;
    return ERR_OK;
}

/* A statement of a transfer file, and whether one on record says just that under another
   source or in other words: a model's estimate, a mock, a judgement for a review. */
struct twin {
    struct arena *arena;
    const char *origin;
    bool found;
};

static enum err_code look_at_twin(void *data, const struct fact *fact, struct err *err)
{
    struct twin *twin = data;

    return twin->found ? ERR_OK : fact_says(fact, twin->origin, twin->arena, &twin->found, err);
}

static enum err_code find_twin(struct plan *plan, const struct plan_fact *fact, bool *ret_found,
        struct err *err)
{
    struct twin twin = { &plan->scratch, fact->origin, false };
    enum err_code code = ERR_OK;

    for (enum fact_kind kind = 0; kind < FACT_KIND__MAX && code == ERR_OK && !twin.found;
            kind++) {
        const struct fact_question question = { .kind = kind,
            .pupil_id = plan_pupil_at(plan, fact->pupil)->pupil_id,
            .subject = fact->subject };

        if (plan->has_facts[kind])
            code = store_facts_in_force(plan->context->store, plan->context->school.school_id,
                    &question, look_at_twin, &twin, err);
    }
    *ret_found = twin.found;
    return code;
}

/* The rows of one key that this file put in the plan say, all told, what is on record. */
static void drop(struct plan *plan, size_t last)
{
    for (size_t i = last; i != PLAN_NONE;) {
        struct plan_fact *fact = chunks_at(&plan->facts, i);

        if (fact->dropped)
            return;
        fact->dropped = true;
        plan->superseded--;
        plan->unchanged++;
        i = fact->before;
    }
}

/* Against the row of the same key that stands earlier in the file. */
static enum err_code compare_earlier(struct plan *plan, size_t earlier,
        const struct plan_fact *fact, enum plan_change *ret_change, bool *ret_dropped,
        struct err *err)
{
    enum plan_change stored = PLAN_NEW;
    enum err_code code = ERR_OK;

    *ret_change = PLAN_SAME;
    if (same_content(chunks_at(&plan->facts, earlier), fact))
        return ERR_OK;
    if (plan->has_facts[fact->kind] && plan_pupil_at(plan, fact->pupil)->pupil_id != 0)
        code = compare_stored(plan, fact, &stored, err);
    if (code != ERR_OK)
        return code;
    *ret_dropped = stored == PLAN_SAME;
    if (*ret_dropped)
        drop(plan, earlier);
    else
        *ret_change = PLAN_OTHER;
    return ERR_OK;
}

enum err_code plan_say_fact(struct plan *plan, const struct plan_fact *fact,
        enum plan_change *ret_change, struct err *err)
{
    uint32_t hash = fact_hash(fact);
    size_t cursor = INDEX_START;
    size_t i = 0;
    bool again = false;
    bool dropped = false;
    enum plan_change change = PLAN_NEW;
    struct plan_fact *more;
    enum err_code code = ERR_OK;

    while (!again && index_next(&plan->by_fact, hash, &cursor, &i))
        again = same_key(chunks_at(&plan->facts, i), fact);
    if (again)
        code = compare_earlier(plan, i, fact, &change, &dropped, err);
    else if (plan->has_facts[fact->kind] && plan_pupil_at(plan, fact->pupil)->pupil_id != 0)
        code = compare_stored(plan, fact, &change, err);
    if (code == ERR_OK && change == PLAN_NEW && *fact->origin != '\0' &&
            plan_pupil_at(plan, fact->pupil)->pupil_id != 0) {
        bool twin = false;

        code = find_twin(plan, fact, &twin, err);
        change = twin ? PLAN_SAME : change;
    }
    if (code != ERR_OK)
        return code;
    *ret_change = change;
    if (change == PLAN_SAME && !dropped)
        return ERR_OK;
    more = chunks_add(&plan->facts);
    if (more == NULL)
        return err_memory(err);
    *more = *fact;
    more->before = again ? i : PLAN_NONE;
    more->dropped = dropped;
    if (!again)
        return index_put(&plan->by_fact, hash, plan->facts.n - 1, err);
    index_replace(&plan->by_fact, cursor, plan->facts.n - 1);
    return ERR_OK;
}

enum err_code plan_kept_result(struct plan *plan, const struct result_record *record,
        const char *reason, struct err *err)
{
    char what[80];
    struct plan_kept *kept = NULL;
    enum err_code code;

    if (plan->scratch.used > SCRATCH_MAX)
        arena_free(&plan->scratch);
    code = plan_origin_name(record->origin, &plan->scratch, what, sizeof(what), err);
    if (code != ERR_OK)
        return code;
    for (size_t i = 0; i < plan->kept.n; i++) {
        kept = chunks_at(&plan->kept, i);
        if (text_eq(kept->what, what) || i + 1 == KEPT_MAX) {
            kept->n++;
            return ERR_OK;
        }
    }
    if (plan->kept.n + 1 == KEPT_MAX) {
        (void)text_copy(what, sizeof(what), "other kinds");
        reason = "they were not understood";
    }
    kept = chunks_add(&plan->kept);
    if (kept == NULL)
        return err_memory(err);
    kept->what = plan_keep(plan, what, &code, err);
    kept->reason = plan_keep(plan, reason, &code, err);
    kept->n = 1;
    return code;
}
