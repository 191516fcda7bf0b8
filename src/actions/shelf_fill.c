#include <string.h>

#include "actions/plan_list.h"
#include "actions/shelf_in.h"
#include "base/text.h"

enum {
    TEXTS_MAX = UINT16_MAX
};

/* Rows while they are read: texts become numbers. */
struct filling {
    struct snapshot *snapshot;
    struct arena scratch;
    struct chunks rows, lists, words;
    struct index by_word;
    size_t walked; /* candidates are walked along with the rows of a list */
};

/* A list while it is read: its rows are those from `first` on. */
struct list_read {
    enum fact_kind kind;
    const char *stage;
    size_t first;
};

static enum err_code number_of(struct filling *f, const char *text, uint16_t *ret_number,
        struct err *err)
{
    uint32_t hash = hash_of_text(text);
    size_t cursor = INDEX_START;
    size_t i = 0;
    const char **word;

    while (index_next(&f->by_word, hash, &cursor, &i)) {
        word = chunks_at(&f->words, i);
        if (strcmp(*word, text) == 0) {
            *ret_number = (uint16_t)i;
            return ERR_OK;
        }
    }
    if (f->words.n == TEXTS_MAX)
        return err_set(err, ERR_INVALID, "the school has more than %d grades and sources",
                TEXTS_MAX);
    word = chunks_add(&f->words);
    if (word == NULL)
        return err_memory(err);
    *word = arena_text(&f->snapshot->arena, text);
    *ret_number = (uint16_t)(f->words.n - 1);
    return *word == NULL ? err_memory(err) : index_put(&f->by_word, hash, f->words.n - 1, err);
}

static struct list_read *last_list(const struct filling *f)
{
    return f->lists.n == 0 ? NULL : chunks_at(&f->lists, f->lists.n - 1);
}

static enum err_code begin_list(struct filling *f, const struct fact *fact, struct err *err)
{
    struct list_read *list = last_list(f);

    if (list != NULL && list->kind == fact->kind && text_eq(list->stage, fact->stage))
        return ERR_OK;
    list = chunks_add(&f->lists);
    if (list == NULL)
        return err_memory(err);
    *list = (struct list_read){ fact->kind, arena_text(&f->snapshot->arena, fact->stage),
        f->rows.n };
    f->walked = 0;
    return list->stage == NULL ? err_memory(err) : ERR_OK;
}

static enum err_code take_row(void *data, const struct fact *fact, struct err *err)
{
    struct filling *f = data;
    const struct candidates *all = &f->snapshot->all;
    struct kept_fact row = { .seq = fact->seq, .date = fact->date };
    struct kept_fact *more;
    enum err_code code = begin_list(f, fact, err);

    while (f->walked < all->n && all->pupils[f->walked].id < fact->pupil_id)
        f->walked++;
    if (code != ERR_OK || f->walked == all->n || all->pupils[f->walked].id != fact->pupil_id)
        return code;
    row.pupil = (uint32_t)f->walked;
    code = number_of(f, fact->subject, &row.subject, err);
    if (code == ERR_OK)
        code = number_of(f, fact->source, &row.source, err);
    if (code == ERR_OK)
        code = number_of(f, fact->scale, &row.scale, err);
    if (code == ERR_OK)
        code = number_of(f, fact->grade, &row.grade, err);
    if (code != ERR_OK)
        return code;
    more = chunks_add(&f->rows);
    if (more == NULL)
        return err_memory(err);
    *more = row;
    return ERR_OK;
}

/* What was read, in arrays of the snapshot's own. */
static enum err_code settle(struct filling *f, struct err *err)
{
    struct snapshot *snapshot = f->snapshot;
    struct kept_fact *rows = arena_array(&snapshot->arena, f->rows.n + 1, sizeof(*rows));

    snapshot->texts = arena_array(&snapshot->arena, f->words.n + 1, sizeof(*snapshot->texts));
    snapshot->lists = arena_array(&snapshot->arena, f->lists.n + 1, sizeof(*snapshot->lists));
    if (rows == NULL || snapshot->texts == NULL || snapshot->lists == NULL)
        return err_memory(err);
    for (size_t i = 0; i < f->rows.n; i++)
        rows[i] = *(const struct kept_fact *)chunks_at(&f->rows, i);
    for (size_t i = 0; i < f->words.n; i++)
        snapshot->texts[i] = *(const char **)chunks_at(&f->words, i);
    for (size_t i = 0; i < f->lists.n; i++) {
        const struct list_read *list = chunks_at(&f->lists, i);
        const struct list_read *next = i + 1 < f->lists.n ? chunks_at(&f->lists, i + 1) : NULL;

        snapshot->lists[i] = (struct kept_list){ list->kind, list->stage, rows + list->first,
            (next == NULL ? f->rows.n : next->first) - list->first };
    }
    snapshot->text_n = f->words.n;
    snapshot->list_n = f->lists.n;
    return ERR_OK;
}

enum err_code snapshot_fill(struct context *context, struct snapshot *snapshot, struct err *err)
{
    struct filling f = { .snapshot = snapshot };
    enum err_code code =
            load_candidates(context, snapshot->day, &snapshot->arena, &snapshot->all, err);

    f.rows = chunks_make(&f.scratch, sizeof(struct kept_fact));
    f.lists = chunks_make(&f.scratch, sizeof(struct list_read));
    f.words = chunks_make(&f.scratch, sizeof(const char *));
    f.by_word.arena = &f.scratch;
    if (code == ERR_OK)
        code = store_latest_all(context->store, snapshot->school_id, take_row, &f, err);
    if (code == ERR_OK)
        code = settle(&f, err);
    arena_free(&f.scratch);
    return code;
}

enum err_code snapshot_latest(const struct snapshot *snapshot, enum fact_kind kind,
        const char *stage, const char *subject, store_fact_fn fn, void *data, struct err *err)
{
    const char *const *texts = snapshot->texts;
    const struct kept_list *list = NULL;
    size_t only = snapshot->text_n;
    enum err_code code = ERR_OK;

    for (size_t i = 0; i < snapshot->list_n; i++) {
        if (snapshot->lists[i].kind == kind &&
                text_eq(snapshot->lists[i].stage, stage == NULL ? "" : stage))
            list = &snapshot->lists[i];
    }
    for (size_t i = 0; subject != NULL && i < snapshot->text_n && only == snapshot->text_n; i++)
        only = strcmp(texts[i], subject) == 0 ? i : only;
    for (size_t i = 0; list != NULL && i < list->n && code == ERR_OK; i++) {
        const struct kept_fact *row = &list->items[i];
        const struct fact fact = { .pupil_id = snapshot->all.pupils[row->pupil].id,
            .kind = kind,
            .date = row->date,
            .subject = texts[row->subject],
            .stage = list->stage,
            .source = texts[row->source],
            .seq = row->seq,
            .review = "",
            .scale = texts[row->scale],
            .grade = texts[row->grade],
            .mark = MARK_NONE,
            .max_mark = MARK_NONE,
            .origin = "" };

        if (subject == NULL || row->subject == only)
            code = fn(data, &fact, err);
    }
    return code;
}

/* ---- judgements of the year ---- */

struct recent_filling {
    struct snapshot *snapshot;
    struct arena scratch;
    struct chunks rows;
    struct texts texts;
};

static enum err_code take_recent(void *data, const struct fact *fact, struct err *err)
{
    struct recent_filling *f = data;
    const struct cohort_pupil *pupil = load_candidate(&f->snapshot->all, fact->pupil_id);
    struct kept_recent *more = pupil == NULL ? NULL : chunks_add(&f->rows);

    if (pupil == NULL)
        return ERR_OK;
    if (more == NULL)
        return err_memory(err);
    *more = (struct kept_recent){ (uint32_t)(pupil - f->snapshot->all.pupils),
        texts_keep(&f->texts, fact->subject), texts_keep(&f->texts, fact->scale),
        texts_keep(&f->texts, fact->grade) };
    return more->subject == NULL || more->scale == NULL || more->grade == NULL ? err_memory(err)
                                                                               : ERR_OK;
}

enum err_code snapshot_fill_recent(struct context *context, struct snapshot *snapshot,
        struct date since, struct err *err)
{
    static const enum fact_kind kinds[] = { FACT_ASSESSMENT, FACT_LIKELY };
    struct recent_filling f = { .snapshot = snapshot };
    struct kept_recent *rows;
    enum err_code code = ERR_OK;

    f.rows = chunks_make(&f.scratch, sizeof(struct kept_recent));
    f.texts = texts_make(&snapshot->recent_arena);
    for (size_t i = 0; i < COUNT(kinds) && code == ERR_OK; i++)
        code = store_facts_since(context->store, snapshot->school_id,
                &(struct fact_question){ .kind = kinds[i], .day = snapshot->day }, since,
                take_recent, &f, err);
    rows = arena_array(&snapshot->recent_arena, f.rows.n + 1, sizeof(*rows));
    if (code == ERR_OK && rows == NULL)
        code = err_memory(err);
    for (size_t i = 0; i < f.rows.n && code == ERR_OK; i++)
        rows[i] = *(const struct kept_recent *)chunks_at(&f.rows, i);
    if (code == ERR_OK) {
        snapshot->recent = rows;
        snapshot->recent_n = f.rows.n;
    }
    arena_free(&f.scratch);
    return code;
}
