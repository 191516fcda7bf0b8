/* Undoing rules of groups, and what groups were made for. */

#include "actions/undo_in.h"

/* One kind of row, as the loop below looks at it. */
struct history_row {
    int64_t group_id, import_id;
    int32_t from;
    bool withdrawn;
};

/* Of the rows `first` .. `first + n` of one group and first day, by order of recording: which
   is to be stated again, and whether as withdrawn. False: none. */
static bool to_restate(struct undo *undo, const struct history_row *rows, size_t n,
        size_t *ret_which, bool *ret_withdrawn)
{
    size_t mine = n;
    size_t before = n;

    for (size_t i = 0; i < n; i++) {
        if (rows[i].import_id == undo->import_id)
            mine = i;
        else if (mine == n)
            before = i;
    }
    if (mine == n)
        return false;
    if (mine != n - 1) {
        undo->left++;
        return false;
    }
    *ret_withdrawn = before == n || rows[before].withdrawn;
    *ret_which = *ret_withdrawn ? mine : before;
    return !(*ret_withdrawn && rows[mine].withdrawn);
}

static bool same_key(const struct history_row *a, const struct history_row *b)
{
    return a->group_id == b->group_id && a->from == b->from;
}

/* Calls `state` for each row to be stated again; rows come by group, first day and seq. */
static enum err_code restate_all(struct undo *undo, const struct history_row *rows, size_t n,
        enum err_code (*state)(struct undo *undo, const void *list, size_t i, bool withdrawn,
                struct err *err),
        const void *list, struct err *err)
{
    size_t first = 0;
    enum err_code code = ERR_OK;

    for (size_t i = 0; i < n && code == ERR_OK; i++) {
        size_t which = 0;
        bool withdrawn = false;

        if (i + 1 < n && same_key(&rows[i], &rows[i + 1]))
            continue;
        if (to_restate(undo, &rows[first], i + 1 - first, &which, &withdrawn))
            code = state(undo, list, first + which, withdrawn, err);
        first = i + 1;
    }
    return code;
}

static enum err_code state_rule(struct undo *undo, const void *list, size_t i, bool withdrawn,
        struct err *err)
{
    struct group_rule *more = chunks_add(&undo->rules);

    if (more == NULL)
        return err_memory(err);
    *more = ((const struct group_rule_list *)list)->items[i];
    more->withdrawn = withdrawn;
    return ERR_OK;
}

enum err_code undo_group_rules(struct undo *undo, struct err *err)
{
    struct group_rule_list list = { 0 };
    struct history_row *rows;
    enum err_code code = store_group_rules(undo->context->store, undo->school_id,
            (struct date){ 0 }, &undo->arena, &list, err);

    if (code != ERR_OK)
        return code;
    rows = arena_array(&undo->arena, list.n + 1, sizeof(*rows));
    if (rows == NULL)
        return err_memory(err);
    for (size_t i = 0; i < list.n; i++)
        rows[i] = (struct history_row){ list.items[i].group_id, list.items[i].import_id,
            list.items[i].from.ymd, list.items[i].withdrawn };
    return restate_all(undo, rows, list.n, state_rule, &list, err);
}

static enum err_code state_intervention(struct undo *undo, const void *list, size_t i,
        bool withdrawn, struct err *err)
{
    struct intervention *more = chunks_add(&undo->interventions);

    if (more == NULL)
        return err_memory(err);
    *more = ((const struct intervention_list *)list)->items[i];
    more->withdrawn = withdrawn;
    return ERR_OK;
}

enum err_code undo_interventions(struct undo *undo, struct err *err)
{
    struct intervention_list list = { 0 };
    struct history_row *rows;
    enum err_code code = store_interventions(undo->context->store, undo->school_id,
            (struct date){ 0 }, &undo->arena, &list, err);

    if (code != ERR_OK)
        return code;
    rows = arena_array(&undo->arena, list.n + 1, sizeof(*rows));
    if (rows == NULL)
        return err_memory(err);
    for (size_t i = 0; i < list.n; i++)
        rows[i] = (struct history_row){ list.items[i].group_id, list.items[i].import_id,
            list.items[i].from.ymd, list.items[i].withdrawn };
    return restate_all(undo, rows, list.n, state_intervention, &list, err);
}
