#include <stdlib.h>
#include <string.h>

#include "actions/undo_in.h"
#include "base/text.h"

/* Pupil facts with texts of their own. */
struct value_list {
    struct arena *arena;
    struct pupil_fact *items;
    size_t n;
};

static enum err_code collect(void *data, const struct pupil_fact *fact, struct err *err)
{
    struct value_list *list = data;
    struct pupil_fact *more = arena_grow(list->arena, list->items, list->n, sizeof(*more));

    if (more == NULL)
        return err_memory(err);
    list->items = more;
    more[list->n] = *fact;
    more[list->n].attribute = arena_text(list->arena, fact->attribute);
    more[list->n].value = arena_text(list->arena, fact->value);
    more[list->n].recorded_at = "";
    if (more[list->n].attribute == NULL || more[list->n].value == NULL)
        return err_memory(err);
    list->n++;
    return ERR_OK;
}

static bool same_key(const struct pupil_fact *a, const struct pupil_fact *b)
{
    return a->pupil_id == b->pupil_id && a->from.ymd == b->from.ymd &&
           text_eq(a->attribute, b->attribute);
}

static int by_pupil(const void *a, const void *b)
{
    const struct pupil_fact *one = a;
    const struct pupil_fact *other = b;

    if (one->pupil_id != other->pupil_id)
        return one->pupil_id < other->pupil_id ? -1 : 1;
    return one->seq < other->seq ? -1 : one->seq > other->seq;
}

/* The newest row of the key, or the newest that is not of the import (`before`). */
static const struct pupil_fact *newest(const struct value_list *all,
        const struct pupil_fact *like, bool before)
{
    const struct pupil_fact *best = NULL;

    for (size_t i = 0; i < all->n; i++) {
        const struct pupil_fact *row = &all->items[i];

        if (!same_key(row, like) || (before && row->import_id == like->import_id))
            continue;
        if (best == NULL || row->seq > best->seq)
            best = row;
    }
    return best;
}

/* The pupil's number goes back with the statement about it. */
static enum err_code rename_back(struct undo *undo, const struct value_list *all,
        const struct pupil_fact *undone, struct err *err)
{
    const struct pupil_fact *best = NULL;
    struct pupil_handle *more;

    for (size_t i = 0; i < all->n; i++) {
        const struct pupil_fact *row = &all->items[i];
        const struct pupil_fact *before;

        if (!text_eq(row->attribute, "upn") || newest(all, row, false) != row)
            continue;
        before = row->import_id == undone->import_id ? newest(all, row, true) : row;
        if (before != NULL && !before->withdrawn &&
                (best == NULL || before->from.ymd > best->from.ymd))
            best = before;
    }
    if (best == NULL)
        return ERR_OK;
    more = chunks_add(&undo->renames);
    if (more == NULL)
        return err_memory(err);
    more->pupil_id = undone->pupil_id;
    more->upn = arena_text(&undo->arena, best->value);
    return more->upn == NULL ? err_memory(err) : ERR_OK;
}

static enum err_code undo_value(struct undo *undo, const struct value_list *all,
        const struct pupil_fact *fact, struct err *err)
{
    const struct pupil_fact *now = newest(all, fact, false);
    const struct pupil_fact *before = newest(all, fact, true);
    bool holds = before != NULL && !before->withdrawn;
    struct pupil_fact *more;

    if (now == NULL || now->import_id != fact->import_id) {
        undo->left++;
        return ERR_OK;
    }
    if (now->seq != fact->seq || (!holds && fact->withdrawn))
        return ERR_OK;
    more = chunks_add(&undo->values);
    if (more == NULL)
        return err_memory(err);
    *more = holds ? *before : *fact;
    more->withdrawn = !holds;
    more->attribute = arena_text(&undo->arena, more->attribute);
    more->value = arena_text(&undo->arena, more->value);
    if (more->attribute == NULL || more->value == NULL)
        return err_memory(err);
    return text_eq(fact->attribute, "upn") ? rename_back(undo, all, fact, err) : ERR_OK;
}

enum err_code undo_values(struct undo *undo, struct err *err)
{
    struct arena scratch = { 0 };
    struct value_list mine = { .arena = &undo->arena };
    struct value_list all = { .arena = &scratch };
    enum err_code code = store_pupil_facts_of_import(undo->context->store, undo->school_id,
            undo->import_id, collect, &mine, err);

    if (code == ERR_OK && mine.n != 0)
        qsort(mine.items, mine.n, sizeof(*mine.items), by_pupil);
    for (size_t i = 0; i < mine.n && code == ERR_OK; i++) {
        if (i == 0 || mine.items[i].pupil_id != mine.items[i - 1].pupil_id) {
            arena_free(&scratch);
            all = (struct value_list){ .arena = &scratch };
            code = store_pupil_facts(undo->context->store, undo->school_id,
                    mine.items[i].pupil_id, collect, &all, err);
        }
        if (code == ERR_OK)
            code = undo_value(undo, &all, &mine.items[i], err);
    }
    arena_free(&scratch);
    return code;
}
