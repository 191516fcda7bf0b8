#include <string.h>

#include "actions/undo_in.h"
#include "base/text.h"

/* A copy of the fact whose texts live in the arena. */
static enum err_code copy_fact(struct arena *arena, struct fact *fact, struct err *err)
{
    const char **const texts[] = { &fact->subject, &fact->stage, &fact->source, &fact->review,
        &fact->scale, &fact->grade, &fact->origin };

    fact->recorded_at = "";
    for (size_t i = 0; i < COUNT(texts); i++) {
        *texts[i] = arena_text(arena, *texts[i]);
        if (*texts[i] == NULL)
            return err_memory(err);
    }
    return ERR_OK;
}

struct collecting {
    struct arena *arena;
    struct chunks *facts;
};

static enum err_code collect(void *data, const struct fact *fact, struct err *err)
{
    struct collecting *collecting = data;
    struct fact *more = chunks_add(collecting->facts);

    if (more == NULL)
        return err_memory(err);
    *more = *fact;
    return copy_fact(collecting->arena, more, err);
}

/* Finds the statement that held before the import. */
struct finding_before {
    const struct fact *like;
    struct arena *arena;
    struct fact before;
    bool found;
};

static enum err_code look(void *data, const struct fact *fact, struct err *err)
{
    struct finding_before *finding = data;

    if (fact->import_id == finding->like->import_id || fact->seq > finding->like->seq ||
            !fact_same_key(fact, finding->like) ||
            (finding->found && fact->seq < finding->before.seq))
        return ERR_OK;
    finding->found = true;
    finding->before = *fact;
    return copy_fact(finding->arena, &finding->before, err);
}

static enum err_code state_fact(struct undo *undo, const struct fact *fact, struct err *err)
{
    struct finding_before finding = { .like = fact, .arena = &undo->arena };
    struct fact *more;
    bool holds;
    enum err_code code = ERR_OK;

    if (!undo->all_new)
        code = store_facts(undo->context->store, undo->school_id,
                &(struct fact_question){ fact->kind, fact->pupil_id, fact->subject,
                        (struct date){ 0 }, (struct date){ 0 } },
                look, &finding, err);

    holds = finding.found && !finding.before.withdrawn;
    if (code != ERR_OK || (!holds && fact->withdrawn))
        return code;
    more = chunks_add(&undo->facts);
    if (more == NULL)
        return err_memory(err);
    *more = holds ? finding.before : *fact;
    more->withdrawn = !holds;
    return ERR_OK;
}

static enum err_code undo_fact(struct undo *undo, const struct fact *fact,
        struct arena *scratch, struct err *err)
{
    struct fact now = { 0 };
    bool found = false;
    enum err_code code = store_fact_current(undo->context->store, undo->school_id, fact,
            scratch, &now, &found, err);

    if (code != ERR_OK)
        return code;
    if (found && now.import_id != undo->import_id)
        undo->left++;
    if (!found || now.seq != fact->seq)
        return ERR_OK;
    return state_fact(undo, fact, err);
}

enum err_code undo_facts(struct undo *undo, struct err *err)
{
    struct arena scratch = { 0 };
    struct chunks facts = chunks_make(&undo->arena, sizeof(struct fact));
    struct collecting collecting = { &undo->arena, &facts };
    enum err_code code = ERR_OK;

    for (int kind = 0; kind < FACT_KIND__MAX && code == ERR_OK; kind++)
        code = store_facts_of_import(undo->context->store, undo->school_id,
                (enum fact_kind)kind, undo->import_id, collect, &collecting, err);
    for (size_t i = 0; i < facts.n && code == ERR_OK; i++) {
        code = undo_fact(undo, chunks_at(&facts, i), &scratch, err);
        if (i % 256 == 255)
            arena_free(&scratch);
    }
    arena_free(&scratch);
    return code;
}

/* ---- adjusted progress targets ---- */

static bool same_adjustment(const struct adjustment *a, const struct adjustment *b)
{
    return a->pupil_id == b->pupil_id && a->period_end.ymd == b->period_end.ymd &&
           text_eq(a->subject, b->subject) && text_eq(a->stage, b->stage);
}

/* They come by pupil, subject, stage, term and order of recording: the rows from `first`
   to the next key are one adjustment's history. */
static enum err_code undo_adjustment(struct undo *undo, const struct adjustment *rows,
        size_t row_n, struct err *err)
{
    const struct adjustment *mine = NULL;
    const struct adjustment *before = NULL;
    struct adjustment *more;
    bool holds;

    for (size_t i = 0; i < row_n; i++) {
        if (rows[i].import_id == undo->import_id)
            mine = &rows[i];
        else if (mine == NULL)
            before = &rows[i];
    }
    holds = before != NULL && !before->withdrawn;
    if (mine == NULL || (!holds && mine->withdrawn))
        return ERR_OK;
    if (mine != &rows[row_n - 1]) {
        undo->left++;
        return ERR_OK;
    }
    more = chunks_add(&undo->adjustments);
    if (more == NULL)
        return err_memory(err);
    *more = holds ? *before : *mine;
    more->withdrawn = !holds;
    return ERR_OK;
}

enum err_code undo_adjustments(struct undo *undo, struct err *err)
{
    struct adjustment_list list = { 0 };
    enum err_code code = store_adjustments(undo->context->store, undo->school_id,
            (struct date){ 0 }, &undo->arena, &list, err);
    size_t first = 0;

    for (size_t i = 0; i < list.n && code == ERR_OK; i++) {
        if (i + 1 < list.n && same_adjustment(&list.items[i], &list.items[i + 1]))
            continue;
        code = undo_adjustment(undo, &list.items[first], i + 1 - first, err);
        first = i + 1;
    }
    return code;
}
