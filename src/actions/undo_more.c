/* Undoing contacts, parts of transfer files, and memberships. */

#include "actions/undo_in.h"
#include "base/text.h"

static uint32_t place_hash(int64_t pupil_id, const char *place)
{
    return hash_end(hash_text(hash_number(HASH_START, (uint64_t)pupil_id), place));
}

/* Whether an import may have written contacts and parts before the one that is undone. */
static bool is_earlier(const struct undo *undo, const struct import *import)
{
    return import->import_id < undo->import_id;
}

/* ---- contacts ---- */

static const struct contact *find_contact(const struct contact_list *list,
        const struct index *index, const struct contact *like)
{
    uint32_t hash = place_hash(like->pupil_id, like->place);
    const struct contact *best = NULL;
    size_t cursor = INDEX_START;
    size_t i;

    while (index_next(index, hash, &cursor, &i)) {
        const struct contact *item = &list->items[i];

        if (item->pupil_id == like->pupil_id && text_eq(item->place, like->place) &&
                (best == NULL || item->seq > best->seq))
            best = item;
    }
    return best;
}

static enum err_code index_contacts(struct index *index, const struct contact_list *list,
        struct err *err)
{
    enum err_code code = ERR_OK;

    for (size_t i = 0; i < list->n && code == ERR_OK; i++)
        code = index_put(index, place_hash(list->items[i].pupil_id, list->items[i].place), i,
                err);
    return code;
}

/* What every earlier import said of contacts, in one list. */
static enum err_code earlier_contacts(struct undo *undo, const struct import_list *imports,
        struct contact_list *all, struct err *err)
{
    enum err_code code = ERR_OK;

    for (size_t i = 0; i < imports->n && code == ERR_OK; i++) {
        struct contact_list list = { 0 };

        if (!is_earlier(undo, &imports->items[i]))
            continue;
        code = store_contacts_of_import(undo->context->store, undo->school_id,
                imports->items[i].import_id, &undo->arena, &list, err);
        for (size_t k = 0; k < list.n && code == ERR_OK; k++) {
            struct contact *more = arena_grow(&undo->arena, all->items, all->n, sizeof(*more));

            if (more == NULL)
                return err_memory(err);
            all->items = more;
            more[all->n++] = list.items[k];
        }
    }
    return code;
}

static enum err_code state_contact(struct undo *undo, const struct contact *mine,
        const struct contact *before, struct err *err)
{
    bool holds = before != NULL && !before->withdrawn;
    struct contact *more = !holds && mine->withdrawn ? NULL : chunks_add(&undo->contacts);

    if (!holds && mine->withdrawn)
        return ERR_OK;
    if (more == NULL)
        return err_memory(err);
    *more = holds ? *before : *mine;
    more->withdrawn = !holds;
    return ERR_OK;
}

enum err_code undo_contacts(struct undo *undo, struct err *err)
{
    struct arena *arena = &undo->arena;
    struct store *store = undo->context->store;
    struct contact_list mine = { 0 };
    struct contact_list now = { 0 };
    struct contact_list before = { 0 };
    struct import_list imports = { 0 };
    struct index by_now = { .arena = arena };
    struct index by_before = { .arena = arena };
    enum err_code code = store_contacts_of_import(store, undo->school_id, undo->import_id,
            arena, &mine, err);

    if (code != ERR_OK || mine.n == 0)
        return code;
    code = store_contacts(store, undo->school_id, 0, arena, &now, err);
    if (code == ERR_OK)
        code = store_imports(store, undo->school_id, arena, &imports, err);
    if (code == ERR_OK)
        code = earlier_contacts(undo, &imports, &before, err);
    if (code == ERR_OK)
        code = index_contacts(&by_now, &now, err);
    if (code == ERR_OK)
        code = index_contacts(&by_before, &before, err);
    for (size_t i = 0; i < mine.n && code == ERR_OK; i++) {
        const struct contact *held = find_contact(&now, &by_now, &mine.items[i]);

        if (held == NULL || held->import_id != undo->import_id)
            undo->left++;
        else
            code = state_contact(undo, &mine.items[i],
                    find_contact(&before, &by_before, &mine.items[i]), err);
    }
    return code;
}

/* ---- parts of transfer files ---- */

static const struct ctf_part *find_part(const struct ctf_part_list *list,
        const struct index *index, const struct ctf_part *like)
{
    uint32_t hash = place_hash(like->pupil_id, like->path);
    const struct ctf_part *best = NULL;
    size_t cursor = INDEX_START;
    size_t i;

    while (index_next(index, hash, &cursor, &i)) {
        const struct ctf_part *item = &list->items[i];

        if (item->pupil_id == like->pupil_id && text_eq(item->path, like->path) &&
                (best == NULL || item->seq > best->seq))
            best = item;
    }
    return best;
}

static enum err_code index_parts(struct index *index, const struct ctf_part_list *list,
        struct err *err)
{
    enum err_code code = ERR_OK;

    for (size_t i = 0; i < list->n && code == ERR_OK; i++)
        code = index_put(index, place_hash(list->items[i].pupil_id, list->items[i].path), i,
                err);
    return code;
}

static enum err_code earlier_parts(struct undo *undo, const struct import_list *imports,
        struct ctf_part_list *all, struct err *err)
{
    enum err_code code = ERR_OK;

    for (size_t i = 0; i < imports->n && code == ERR_OK; i++) {
        struct ctf_part_list list = { 0 };

        if (!is_earlier(undo, &imports->items[i]))
            continue;
        code = store_ctf_parts_of_import(undo->context->store, undo->school_id,
                imports->items[i].import_id, &undo->arena, &list, err);
        for (size_t k = 0; k < list.n && code == ERR_OK; k++) {
            struct ctf_part *more = arena_grow(&undo->arena, all->items, all->n, sizeof(*more));

            if (more == NULL)
                return err_memory(err);
            all->items = more;
            more[all->n++] = list.items[k];
        }
    }
    return code;
}

static enum err_code state_part(struct undo *undo, const struct ctf_part *mine,
        const struct ctf_part *before, struct err *err)
{
    bool holds = before != NULL && !before->withdrawn;
    struct ctf_part *more = !holds && mine->withdrawn ? NULL : chunks_add(&undo->parts);

    if (!holds && mine->withdrawn)
        return ERR_OK;
    if (more == NULL)
        return err_memory(err);
    *more = holds ? *before : *mine;
    more->withdrawn = !holds;
    return ERR_OK;
}

enum err_code undo_parts(struct undo *undo, struct err *err)
{
    struct arena *arena = &undo->arena;
    struct store *store = undo->context->store;
    struct ctf_part_list mine = { 0 };
    struct ctf_part_list now = { 0 };
    struct ctf_part_list before = { 0 };
    struct import_list imports = { 0 };
    struct index by_now = { .arena = arena };
    struct index by_before = { .arena = arena };
    enum err_code code = store_ctf_parts_of_import(store, undo->school_id, undo->import_id,
            arena, &mine, err);

    if (code != ERR_OK || mine.n == 0)
        return code;
    code = store_ctf_parts(store, undo->school_id, 0, arena, &now, err);
    if (code == ERR_OK)
        code = store_imports(store, undo->school_id, arena, &imports, err);
    if (code == ERR_OK)
        code = earlier_parts(undo, &imports, &before, err);
    if (code == ERR_OK)
        code = index_parts(&by_now, &now, err);
    if (code == ERR_OK)
        code = index_parts(&by_before, &before, err);
    for (size_t i = 0; i < mine.n && code == ERR_OK; i++) {
        const struct ctf_part *held = find_part(&now, &by_now, &mine.items[i]);

        if (held == NULL || held->import_id != undo->import_id)
            undo->left++;
        else
            code = state_part(undo, &mine.items[i],
                    find_part(&before, &by_before, &mine.items[i]), err);
    }
    return code;
}

/* ---- memberships ---- */

static uint32_t member_hash(const struct membership *member)
{
    uint64_t hash = hash_number(HASH_START, (uint64_t)member->group_id);

    return hash_end(hash_number(hash, (uint64_t)member->pupil_id));
}

/* The newest row of the key, or the newest that is not of the import (`before`). */
static const struct membership *find_member(const struct undo *undo,
        const struct membership_list *all, const struct index *index,
        const struct membership *like, bool before)
{
    const struct membership *best = NULL;
    size_t cursor = INDEX_START;
    size_t i;

    while (index_next(index, member_hash(like), &cursor, &i)) {
        const struct membership *item = &all->items[i];

        if (item->group_id == like->group_id && item->pupil_id == like->pupil_id &&
                item->from.ymd == like->from.ymd &&
                !(before && item->import_id == undo->import_id) &&
                (best == NULL || item->seq > best->seq))
            best = item;
    }
    return best;
}

enum err_code undo_members(struct undo *undo, struct err *err)
{
    struct store *store = undo->context->store;
    struct membership_list mine = { 0 };
    struct membership_list all = { 0 };
    struct index index = { .arena = &undo->arena };
    enum err_code code = store_memberships_of_import(store, undo->school_id, undo->import_id,
            &undo->arena, &mine, err);

    if (code != ERR_OK || mine.n == 0)
        return code;
    code = store_memberships(store, undo->school_id, (struct date){ 0 }, &undo->arena, &all,
            err);
    for (size_t i = 0; i < all.n && code == ERR_OK; i++)
        code = index_put(&index, member_hash(&all.items[i]), i, err);
    for (size_t i = 0; i < mine.n && code == ERR_OK; i++) {
        const struct membership *item = &mine.items[i];
        const struct membership *now = find_member(undo, &all, &index, item, false);
        const struct membership *before = find_member(undo, &all, &index, item, true);
        bool holds = before != NULL && !before->withdrawn;
        struct membership *more;

        if (now == NULL || now->import_id != undo->import_id) {
            undo->left++;
            continue;
        }
        if (now->seq != item->seq || (!holds && item->withdrawn))
            continue;
        more = chunks_add(&undo->members);
        if (more == NULL)
            return err_memory(err);
        *more = holds ? *before : *item;
        more->withdrawn = !holds;
    }
    return code;
}
