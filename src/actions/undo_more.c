/* Undoing contacts, parts of transfer files, and memberships. */

#include "actions/undo_in.h"
#include "base/text.h"

/* ---- contacts and parts of transfer files ---- */

/* What undoing looks at in either kind: of `contact` and `part` one is NULL. */
struct statement {
    int64_t pupil_id, seq, import_id;
    const char *name; /* the contact's place, the part's path */
    bool withdrawn;
    const struct contact *contact;
    const struct ctf_part *part;
};

struct statements {
    struct chunks items;
    struct index by_name;
};

/* Adds what an import said of one kind, or what holds now (`import_id` 0). */
typedef enum err_code statements_load(struct undo *undo, int64_t import_id,
        struct statements *list, struct err *err);

static uint32_t statement_hash(const struct statement *item)
{
    return hash_end(hash_text(hash_number(HASH_START, (uint64_t)item->pupil_id), item->name));
}

static enum err_code add_statement(struct statements *list, struct statement item,
        struct err *err)
{
    struct statement *more = chunks_add(&list->items);

    if (more == NULL)
        return err_memory(err);
    *more = item;
    return index_put(&list->by_name, statement_hash(more), list->items.n - 1, err);
}

static enum err_code load_contacts(struct undo *undo, int64_t import_id,
        struct statements *list, struct err *err)
{
    struct store *store = undo->context->store;
    struct contact_list from = { 0 };
    enum err_code code =
            import_id == 0 ? store_contacts(store, undo->school_id, 0, &undo->arena, &from, err)
                           : store_contacts_of_import(store, undo->school_id, import_id,
                                     &undo->arena, &from, err);

    for (size_t i = 0; i < from.n && code == ERR_OK; i++) {
        const struct contact *item = &from.items[i];

        code = add_statement(list,
                (struct statement){ item->pupil_id, item->seq, item->import_id, item->place,
                        item->withdrawn, item, NULL },
                err);
    }
    return code;
}

static enum err_code load_parts(struct undo *undo, int64_t import_id, struct statements *list,
        struct err *err)
{
    struct store *store = undo->context->store;
    struct ctf_part_list from = { 0 };
    enum err_code code = import_id == 0 ? store_ctf_parts(store, undo->school_id, 0,
                                                  &undo->arena, &from, err)
                                        : store_ctf_parts_of_import(store, undo->school_id,
                                                  import_id, &undo->arena, &from, err);

    for (size_t i = 0; i < from.n && code == ERR_OK; i++) {
        const struct ctf_part *item = &from.items[i];

        code = add_statement(list,
                (struct statement){ item->pupil_id, item->seq, item->import_id, item->path,
                        item->withdrawn, NULL, item },
                err);
    }
    return code;
}

/* The newest of the name from imports before `end`. */
static const struct statement *newest(const struct statements *list,
        const struct statement *like, int64_t end)
{
    const struct statement *best = NULL;
    size_t cursor = INDEX_START;
    size_t i;

    while (index_next(&list->by_name, statement_hash(like), &cursor, &i)) {
        const struct statement *item = chunks_at(&list->items, i);

        if (item->pupil_id == like->pupil_id && text_eq(item->name, like->name) &&
                item->import_id < end && (best == NULL || item->seq > best->seq))
            best = item;
    }
    return best;
}

static enum err_code restate(struct undo *undo, const struct statement *item, bool withdrawn,
        struct err *err)
{
    struct contact *contact = item->contact == NULL ? NULL : chunks_add(&undo->contacts);
    struct ctf_part *part = item->part == NULL ? NULL : chunks_add(&undo->parts);

    if (contact == NULL && part == NULL)
        return err_memory(err);
    if (contact != NULL) {
        *contact = *item->contact;
        contact->withdrawn = withdrawn;
    }
    if (part != NULL) {
        *part = *item->part;
        part->withdrawn = withdrawn;
    }
    return ERR_OK;
}

static enum err_code undo_statements(struct undo *undo, statements_load *load, struct err *err)
{
    struct statements all = { chunks_make(&undo->arena, sizeof(struct statement)),
        { .arena = &undo->arena } };
    struct import_list imports = { 0 };
    enum err_code code = load(undo, undo->import_id, &all, err);
    size_t mine_n = all.items.n; /* the import's own stand first */

    if (code != ERR_OK || mine_n == 0)
        return code;
    code = load(undo, 0, &all, err);
    if (code == ERR_OK)
        code = store_imports(undo->context->store, undo->school_id, &undo->arena, &imports,
                err);
    for (size_t i = 0; i < imports.n && code == ERR_OK; i++) {
        if (imports.items[i].import_id < undo->import_id)
            code = load(undo, imports.items[i].import_id, &all, err);
    }
    for (size_t i = 0; i < mine_n && code == ERR_OK; i++) {
        const struct statement *mine = chunks_at(&all.items, i);
        const struct statement *before = newest(&all, mine, undo->import_id);
        bool holds = before != NULL && !before->withdrawn;

        if (newest(&all, mine, INT64_MAX)->import_id != undo->import_id)
            undo->left++;
        else if (holds || !mine->withdrawn)
            code = restate(undo, holds ? before : mine, !holds, err);
    }
    return code;
}

enum err_code undo_contacts(struct undo *undo, struct err *err)
{
    return undo_statements(undo, load_contacts, err);
}

enum err_code undo_parts(struct undo *undo, struct err *err)
{
    return undo_statements(undo, load_parts, err);
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
