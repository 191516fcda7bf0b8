/* Undoing what was entered by the aspects of a template. */

#include "actions/undo_in.h"
#include "store/templates.h"

/* The history of one pupil, aspect and review, oldest first: what stood before the import is
   stated again, or what it said is withdrawn. */
static enum err_code undo_value(struct undo *undo, const struct aspect_value *value,
        const struct aspect_value_list *history, struct err *err)
{
    const struct aspect_value *before = NULL;
    struct aspect_value *more;
    bool holds;

    for (size_t i = 0; i < history->n; i++) {
        if (history->items[i].seq < value->seq &&
                history->items[i].import_id != undo->import_id)
            before = &history->items[i];
    }
    holds = before != NULL && !before->withdrawn;
    if (history->items[history->n - 1].seq != value->seq) {
        undo->left += history->items[history->n - 1].import_id != undo->import_id;
        return ERR_OK;
    }
    if (!holds && value->withdrawn)
        return ERR_OK;
    more = chunks_add(&undo->aspect_values);
    if (more == NULL)
        return err_memory(err);
    *more = holds ? *before : *value;
    more->withdrawn = !holds;
    return ERR_OK;
}

enum err_code undo_aspect_values(struct undo *undo, struct err *err)
{
    struct store *store = undo->context->store;
    struct aspect_value_list list = { 0 };
    enum err_code code = store_aspect_values_of_import(store, undo->school_id, undo->import_id,
            &undo->arena, &list, err);

    for (size_t i = 0; i < list.n && code == ERR_OK; i++) {
        const struct aspect_value *value = &list.items[i];
        struct aspect_value_list history = { 0 };

        code = store_aspect_cell(store, undo->school_id, value->pupil_id, value->aspect,
                value->review, &undo->arena, &history, err);
        if (code == ERR_OK && history.n > 0)
            code = undo_value(undo, value, &history, err);
    }
    return code;
}
