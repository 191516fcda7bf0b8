/* What the authority's sums need of one school: results, characteristics, tags. */
#include <stdlib.h>

#include "actions/authority_in.h"
#include "base/hash.h"
#include "base/text.h"

enum {
    PRIOR_YEARS = 12 /* no stage's result is longer ago than that when the next one's comes */
};

uint64_t authority_hash(const char *upn)
{
    return hash_text(HASH_START, upn);
}

/* ---- what is loaded ---- */

static enum err_code take_hit(void *data, const struct fact *fact, struct err *err)
{
    struct authority_one *one = ((void **)data)[0];
    struct authority_hits *hits = ((void **)data)[1];
    const struct framework *fw = one->context.fw;
    struct authority_hit hit = { .pupil_id = fact->pupil_id,
        .seq = fact->seq,
        .date = fact->date,
        .value = framework_stored(fw, fact->scale, fact->grade),
        .rank = framework_source_rank(fw, fact->source),
        .subject = (int16_t)framework_subject(fw, fact->subject),
        .year = date_school_year(fact->date) };
    struct authority_hit *items;

    if (!value_is_set(hit.value) || hit.subject < 0 || fact->date.ymd > one->run->day.ymd)
        return ERR_OK;
    if (hit.value.points == POINTS_NONE)
        hit.rank = INT32_MAX; /* absent, disapplied: whoever gave a grade is believed first */
    items = arena_grow(one->context.arena, hits->items, hits->n, sizeof(*items));
    if (items == NULL)
        return err_memory(err);
    hits->items = items;
    items[hits->n++] = hit;
    return ERR_OK;
}

struct stage_question {
    void *to[2]; /* one_school, hits */
    const char *stage;
};

static enum err_code take_hit_of_stage(void *data, const struct fact *fact, struct err *err)
{
    struct stage_question *question = data;

    return text_eq(fact->stage, question->stage) ? take_hit(question->to, fact, err) : ERR_OK;
}

/* As at a day in the past `latest` does not know who had a result: everything is walked. */
enum err_code authority_load_hits(struct authority_one *one, int stage,
        struct authority_hits *ret_hits, struct err *err)
{
    struct context *context = &one->context;
    const struct authority *out = &one->run->out;
    struct authority_hits *hits = &one->stages[stage];
    struct stage_question question = { { one, hits }, context->fw->stages[stage].code };
    struct date since =
            date_make(out->first_year - 1 - (one->wants_prior ? PRIOR_YEARS : 0), 9, 1);
    struct date until = date_make(out->first_year + (int)out->year_n - 1, 8, 31);
    enum err_code code;

    if (hits->loaded) {
        *ret_hits = *hits;
        return ERR_OK;
    }
    if (date_is_set(one->run->recorded))
        code = store_facts_since(context->store, context->school.school_id,
                &(struct fact_question){ FACT_RESULT, 0, NULL, until, one->run->recorded },
                since, take_hit_of_stage, &question, err);
    else
        code = store_results_of_stage(context->store, context->school.school_id, question.stage,
                since, until, take_hit, question.to, err);
    hits->loaded = true;
    *ret_hits = *hits;
    return code;
}

static int by_hash(const void *a, const void *b)
{
    const uint64_t *x = a;
    const uint64_t *y = b;

    return (*x > *y) - (*x < *y);
}

static int by_id(const void *a, const void *b)
{
    const struct pupil_handle *x = a;
    const struct pupil_handle *y = b;

    return (x->pupil_id > y->pupil_id) - (x->pupil_id < y->pupil_id);
}

/* Keep of the school's pupils those whom another school has too. */
static enum err_code load_shared(struct authority_one *one, struct err *err)
{
    const struct context *context = &one->context;
    struct pupil_handle_list list = { 0 };
    enum err_code code;

    if (one->run->shared_n == 0)
        return ERR_OK;
    code = store_pupils(context->store, context->school.school_id, context->arena, &list, err);
    if (code != ERR_OK)
        return code;
    for (size_t i = 0; i < list.n; i++) {
        uint64_t hash = authority_hash(list.items[i].upn);

        if (bsearch(&hash, one->run->shared, one->run->shared_n, sizeof(hash), by_hash) != NULL)
            list.items[one->pupils.n++] = list.items[i];
    }
    one->pupils.items = list.items;
    if (one->pupils.n > 1)
        qsort(list.items, one->pupils.n, sizeof(*list.items), by_id);
    return ERR_OK;
}

bool authority_is_brought(const struct authority_one *one, const struct authority_hit *hit)
{
    struct pupil_handle key = { .pupil_id = hit->pupil_id };
    struct date entry, leaving;

    if (one->pupils.n == 0 ||
            bsearch(&key, one->pupils.items, one->pupils.n, sizeof(key), by_id) == NULL)
        return false;
    entry = trait_date(&one->traits, TRAIT_ENTRY, hit->pupil_id, one->run->day);
    leaving = trait_date(&one->traits, TRAIT_LEAVING, hit->pupil_id, one->run->day);
    return entry.ymd > hit->date.ymd ||
           (date_is_set(leaving) && leaving.ymd < date_make(hit->year - 1, 9, 1).ymd);
}

enum err_code authority_load_one(struct authority_one *one, struct err *err)
{
    const struct context *context = &one->context;
    const struct filters *filters = one->run->filters;
    unsigned wanted =
            traits_of_cuts(filters->by, filters->by_n) | traits_of_cuts(&filters->cross, 1);
    enum err_code code;

    one->stages =
            arena_array(context->arena, (size_t)context->fw->stage_n + 1, sizeof(*one->stages));
    if (one->stages == NULL)
        return err_memory(err);
    code = store_school_tags(context->store, context->school.school_id, context->arena,
            &one->tags, err);
    if (code == ERR_OK)
        code = load_shared(one, err);
    if (one->pupils.n != 0)
        wanted |= 1u << TRAIT_ENTRY | 1u << TRAIT_LEAVING;
    return code == ERR_OK ? traits_load(context, one->run->recorded, wanted, &one->traits, err)
                          : code;
}
