#include <stdlib.h>

#include "actions/export_in.h"
#include "actions/fact_record.h"
#include "base/text.h"

struct export_pupil *export_pupil_at(const struct exporting *exporting, size_t i)
{
    return chunks_at(&exporting->pupils, i);
}

static struct export_fact *fact_at(const struct exporting *exporting, size_t i)
{
    return chunks_at(&exporting->facts, i);
}

static uint32_t id_hash(int64_t pupil_id)
{
    return hash_end(hash_number(HASH_START, (uint64_t)pupil_id));
}

struct export_pupil *exporting_find(const struct exporting *exporting, int64_t pupil_id)
{
    size_t cursor = INDEX_START;
    size_t i;

    while (index_next(&exporting->by_id, id_hash(pupil_id), &cursor, &i)) {
        struct export_pupil *pupil = export_pupil_at(exporting, i);

        if (pupil->pupil_id == pupil_id)
            return pupil;
    }
    return NULL;
}

static enum err_code load_pupils(struct exporting *exporting, struct err *err)
{
    struct pupil_handle_list list = { 0 };
    enum err_code code = store_pupils(exporting->context->store,
            exporting->context->school.school_id, &exporting->arena, &list, err);

    for (size_t i = 0; i < list.n && code == ERR_OK; i++) {
        struct export_pupil *pupil = chunks_add(&exporting->pupils);

        if (pupil == NULL)
            return err_memory(err);
        *pupil = (struct export_pupil){ .pupil_id = list.items[i].pupil_id,
            .upn = list.items[i].upn,
            .facts = EXPORT_NONE };
        code = index_put(&exporting->by_id, id_hash(pupil->pupil_id), i, err);
    }
    return code;
}

/* ---- filters ---- */

static enum err_code mark_members(struct exporting *exporting, int64_t group_id,
        struct err *err)
{
    struct membership_list list = { 0 };
    enum err_code code =
            store_memberships(exporting->context->store, exporting->context->school.school_id,
                    exporting->recorded, &exporting->arena, &list, err);

    for (size_t i = 0; i < list.n && code == ERR_OK; i++) {
        const struct membership *row = &list.items[i];
        const struct membership *next = i + 1 < list.n ? row + 1 : NULL;
        struct export_pupil *pupil;

        if (row->group_id != group_id || row->withdrawn ||
                (next != NULL && next->group_id == group_id &&
                        next->pupil_id == row->pupil_id && next->from.ymd == row->from.ymd))
            continue;
        pupil = exporting_find(exporting, row->pupil_id);
        if (pupil != NULL && row->from.ymd <= exporting->day.ymd &&
                (!date_is_set(row->to) || row->to.ymd >= exporting->day.ymd))
            pupil->in_group = true;
    }
    return code;
}

static enum err_code find_group(struct exporting *exporting, struct err *err)
{
    const char *name = exporting->filters->group;
    struct pupil_group_list list = { 0 };
    enum err_code code = ERR_OK;
    bool found = false;

    if (name == NULL)
        return ERR_OK;
    code = store_groups(exporting->context->store, exporting->context->school.school_id,
            &exporting->arena, &list, err);
    for (size_t i = 0; i < list.n && code == ERR_OK; i++) {
        if (!text_eq_fold(list.items[i].name, name))
            continue;
        found = true;
        code = mark_members(exporting, list.items[i].group_id, err);
    }
    if (code == ERR_OK && !found)
        return err_set(err, ERR_NOT_FOUND, "there is no group %s in this school", name);
    return code;
}

static enum err_code find_others(struct exporting *exporting, struct err *err)
{
    const struct framework *fw = exporting->context->fw;
    const struct filters *filters = exporting->filters;
    bool found = filters->upn == NULL;

    if (filters->subject != NULL) {
        int subject = framework_subject(fw, filters->subject);

        if (subject < 0)
            return err_set(err, ERR_NOT_FOUND,
                    "there is no subject %s in this school's framework", filters->subject);
        exporting->subject = fw->subjects[subject].code;
    }
    for (size_t i = 0; i < exporting->pupils.n && !found; i++)
        found = text_eq_fold(export_pupil_at(exporting, i)->upn, filters->upn);
    if (!found)
        return err_set(err, ERR_NOT_FOUND, "there is no pupil with the UPN %s in this school",
                filters->upn);
    return ERR_OK;
}

enum err_code exporting_begin(struct exporting *exporting, struct context *context,
        const struct filters *filters, struct err *err)
{
    struct arena *arena = &exporting->arena;
    enum err_code code;

    *exporting = (struct exporting){ .context = context, .filters = filters };
    exporting->day = date_is_set(filters->as_at) ? filters->as_at : context->today;
    exporting->recorded = filters->as_at;
    exporting->texts = texts_make(arena);
    exporting->pupils = chunks_make(arena, sizeof(struct export_pupil));
    exporting->facts = chunks_make(arena, sizeof(struct export_fact));
    exporting->by_id.arena = arena;
    code = load_pupils(exporting, err);
    if (code == ERR_OK)
        code = find_group(exporting, err);
    return code == ERR_OK ? find_others(exporting, err) : code;
}

void exporting_end(struct exporting *exporting)
{
    arena_free(&exporting->arena);
    arena_free(&exporting->scratch);
}

/* ---- facts ---- */

static enum err_code take_fact(void *data, const struct fact *fact, struct err *err)
{
    struct exporting *exporting = data;
    struct export_pupil *pupil = exporting_find(exporting, fact->pupil_id);
    struct export_fact *more = pupil == NULL ? NULL : chunks_add(&exporting->facts);
    const char **texts[7];

    if (pupil == NULL)
        return ERR_OK;
    if (more == NULL)
        return err_memory(err);
    more->fact = *fact;
    more->fact.recorded_at = "";
    texts[0] = &more->fact.subject;
    texts[1] = &more->fact.stage;
    texts[2] = &more->fact.source;
    texts[3] = &more->fact.review;
    texts[4] = &more->fact.scale;
    texts[5] = &more->fact.grade;
    texts[6] = &more->fact.origin;
    for (size_t i = 0; i < COUNT(texts); i++) {
        *texts[i] = texts_keep(&exporting->texts, *texts[i]);
        if (*texts[i] == NULL)
            return err_memory(err);
    }
    more->next = pupil->facts;
    pupil->facts = exporting->facts.n - 1;
    return ERR_OK;
}

enum err_code exporting_load(struct exporting *exporting, enum fact_kind kind, struct err *err)
{
    return store_facts_in_force(exporting->context->store, exporting->context->school.school_id,
            &(struct fact_question){ kind, 0, exporting->subject, (struct date){ 0 },
                    exporting->recorded },
            take_fact, exporting, err);
}

static int by_seq(const void *a, const void *b)
{
    const struct fact *const *one = a;
    const struct fact *const *other = b;

    return (*one)->seq < (*other)->seq ? -1 : (*one)->seq > (*other)->seq;
}

enum err_code exporting_results(struct exporting *exporting, size_t pupil,
        struct result_record **ret_results, size_t *ret_n, struct err *err)
{
    const struct export_pupil *item = export_pupil_at(exporting, pupil);
    const struct fact **facts;
    struct result_record *results;
    enum err_code code = ERR_OK;
    size_t n = 0;

    for (size_t i = item->facts; i != EXPORT_NONE; i = fact_at(exporting, i)->next)
        n++;
    facts = arena_array(&exporting->scratch, n, sizeof(*facts));
    results = arena_array(&exporting->scratch, n, sizeof(*results));
    if (facts == NULL || results == NULL)
        return err_memory(err);
    n = 0;
    for (size_t i = item->facts; i != EXPORT_NONE; i = fact_at(exporting, i)->next)
        facts[n++] = &fact_at(exporting, i)->fact;
    if (n != 0)
        qsort(facts, n, sizeof(*facts), by_seq);
    for (size_t i = 0; i < n && code == ERR_OK; i++)
        code = fact_record(facts[i], item->upn, &exporting->scratch, &results[i], err);
    *ret_results = results;
    *ret_n = n;
    return code;
}
