#include "store/templates.h"

#include "base/text.h"
#include "store/store_in.h"

enum err_code store_templates(struct store *store, int64_t school_id, struct arena *arena,
        struct named_text_list *ret_list, struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };

    query_start(&q, store, STMT_TEMPLATE_FILE_LIST);
    query_bind_int(&q, school_id);
    return query_named_texts(&q, arena, ret_list, err);
}

enum err_code store_add_template(struct store *store, const char *code, const char *body,
        bool withdrawn, struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };
    int64_t seq = 0;

    query_start(&q, store, STMT_TEMPLATE_FILE_INSERT);
    store_chain(store, CHAINED_TEMPLATE_FILE, &q, &seq);
    query_bind_int(&q, store->import.school_id);
    query_bind_text(&q, code);
    query_bind_int(&q, seq);
    query_bind_text(&q, body);
    query_bind_int(&q, withdrawn);
    query_bind_int(&q, store->import.import_id);
    query_bind_text(&q, store->import.recorded_at);
    return query_run(&q, err);
}

/* ---- what was accepted ---- */

enum err_code store_acceptances(struct store *store, int64_t school_id, const char *template,
        struct arena *arena, struct acceptance_list *ret_list, struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };
    struct acceptance_list list = { 0 };
    enum err_code code;

    query_start(&q, store, STMT_TEMPLATE_ACCEPTED_LIST);
    query_bind_int(&q, school_id);
    query_bind_text(&q, template);
    while (query_next(&q)) {
        struct acceptance one = {
            .label = query_copy(&q, 0, arena),
            .hash = query_copy(&q, 1, arena),
            .recorded_at = query_copy(&q, 3, arena),
            .recorded_by = query_copy(&q, 4, arena),
        };

        if (list.n > 0 && text_eq(list.items[list.n - 1].label, one.label))
            list.n--;
        if (query_int(&q, 2) != 0)
            continue;
        list.items = query_grow(&q, arena, list.items, list.n, sizeof(*list.items));
        if (list.items == NULL)
            break;
        list.items[list.n++] = one;
    }
    code = query_end(&q, err);
    if (code == ERR_OK)
        *ret_list = list;
    return code;
}

enum err_code store_add_acceptance(struct store *store, const char *template, const char *label,
        const char *hash, struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };
    int64_t seq = 0;

    query_start(&q, store, STMT_TEMPLATE_ACCEPTED_INSERT);
    store_chain(store, CHAINED_TEMPLATE_ACCEPTED, &q, &seq);
    query_bind_int(&q, store->import.school_id);
    query_bind_text(&q, template);
    query_bind_text(&q, label);
    query_bind_int(&q, seq);
    query_bind_text(&q, hash);
    query_bind_int(&q, 0);
    query_bind_int(&q, store->import.import_id);
    query_bind_text(&q, store->import.recorded_at);
    return query_run(&q, err);
}

enum err_code store_add_marksheet_template(struct store *store, int64_t marksheet_id,
        const char *template, struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };
    int64_t seq = 0;

    query_start(&q, store, STMT_MARKSHEET_TEMPLATE_INSERT);
    store_chain(store, CHAINED_MARKSHEET_TEMPLATE, &q, &seq);
    query_bind_int(&q, store->import.school_id);
    query_bind_int(&q, marksheet_id);
    query_bind_int(&q, seq);
    query_bind_text(&q, template);
    query_bind_int(&q, store->import.import_id);
    query_bind_text(&q, store->import.recorded_at);
    return query_run(&q, err);
}

/* ---- aspects ---- */

static struct aspect read_aspect(struct query *q, struct arena *arena)
{
    struct aspect aspect = {
        .code = query_copy(q, 0, arena),
        .name = query_copy(q, 1, arena),
        .scale = query_copy(q, 3, arena),
        .subject = query_copy(q, 4, arena),
        .lowest = query_int(q, 5),
        .highest = query_int(q, 6),
        .from = { (int32_t)query_int(q, 7) },
        .to = { (int32_t)query_int(q, 8) },
    };

    if (!aspect_kind_parse(query_text(q, 2), &aspect.kind))
        aspect.kind = ASPECT_COMMENT;
    return aspect;
}

enum err_code store_aspects(struct store *store, int64_t school_id, struct arena *arena,
        struct aspect_list *ret_list, struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };
    struct aspect_list list = { 0 };
    enum err_code code;

    query_start(&q, store, STMT_ASPECT_LIST);
    query_bind_int(&q, school_id);
    while (query_next(&q)) {
        if (query_int(&q, 9) != 0)
            continue;
        list.items = query_grow(&q, arena, list.items, list.n, sizeof(*list.items));
        if (list.items == NULL)
            break;
        list.items[list.n++] = read_aspect(&q, arena);
    }
    code = query_end(&q, err);
    if (code == ERR_OK)
        *ret_list = list;
    return code;
}

enum err_code store_add_aspect(struct store *store, const struct aspect *aspect, bool withdrawn,
        struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };
    int64_t seq = 0;

    query_start(&q, store, STMT_ASPECT_INSERT);
    store_chain(store, CHAINED_ASPECT, &q, &seq);
    query_bind_int(&q, store->import.school_id);
    query_bind_text(&q, aspect->code);
    query_bind_int(&q, seq);
    query_bind_text(&q, aspect->name);
    query_bind_text(&q, aspect_kind_word(aspect->kind));
    query_bind_text(&q, aspect->scale);
    query_bind_text(&q, aspect->subject);
    query_bind_int(&q, aspect->lowest);
    query_bind_int(&q, aspect->highest);
    query_bind_int(&q, aspect->from.ymd);
    query_bind_int(&q, aspect->to.ymd);
    query_bind_int(&q, withdrawn);
    query_bind_int(&q, store->import.import_id);
    query_bind_text(&q, store->import.recorded_at);
    return query_run(&q, err);
}

/* ---- their values ---- */

enum err_code store_add_aspect_value(struct store *store, const struct aspect_value *value,
        struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };
    int64_t seq = 0;

    query_start(&q, store, STMT_ASPECT_VALUE_INSERT);
    store_chain(store, CHAINED_ASPECT_VALUE, &q, &seq);
    query_bind_int(&q, store->import.school_id);
    query_bind_int(&q, value->pupil_id);
    query_bind_text(&q, value->aspect);
    query_bind_text(&q, value->review);
    query_bind_int(&q, seq);
    query_bind_int(&q, value->date.ymd);
    query_bind_text(&q, value->value);
    query_bind_int(&q, value->withdrawn);
    query_bind_int(&q, store->import.import_id);
    query_bind_text(&q, store->import.recorded_at);
    return query_run(&q, err);
}

static enum err_code add_value(struct query *q, struct arena *arena,
        struct aspect_value_list *list, struct aspect_value value)
{
    list->items = query_grow(q, arena, list->items, list->n, sizeof(*list->items));
    if (list->items == NULL)
        return ERR_MEMORY;
    list->items[list->n++] = value;
    return ERR_OK;
}

enum err_code store_aspect_values(struct store *store, const struct marksheet_scope *scope,
        const char *review, struct arena *arena, struct aspect_value_list *ret_list,
        struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };
    struct aspect_value_list list = { 0 };
    enum err_code code = ERR_OK;

    query_start(&q, store, STMT_ASPECT_VALUE_SHEET);
    query_bind_int(&q, scope->school_id);
    query_bind_int(&q, scope->group_id);
    query_bind_int(&q, scope->day.ymd);
    query_bind_text(&q, review);
    while (code == ERR_OK && query_next(&q)) {
        code = add_value(&q, arena, &list,
                (struct aspect_value){
                        .pupil_id = query_int(&q, 0),
                        .aspect = query_copy(&q, 1, arena),
                        .review = review,
                        .seq = query_int(&q, 2),
                        .date = { (int32_t)query_int(&q, 3) },
                        .value = query_copy(&q, 4, arena),
                        .withdrawn = query_int(&q, 5) != 0,
                        .recorded_at = query_copy(&q, 6, arena),
                });
    }
    code = query_end(&q, err);
    if (code == ERR_OK)
        *ret_list = list;
    return code;
}

enum err_code store_aspect_cell(struct store *store, int64_t school_id, int64_t pupil_id,
        const char *aspect, const char *review, struct arena *arena,
        struct aspect_value_list *ret_list, struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };
    struct aspect_value_list list = { 0 };
    enum err_code code = ERR_OK;

    query_start(&q, store, STMT_ASPECT_VALUE_CELL);
    query_bind_int(&q, school_id);
    query_bind_int(&q, pupil_id);
    query_bind_text(&q, aspect);
    query_bind_text(&q, review);
    while (code == ERR_OK && query_next(&q)) {
        code = add_value(&q, arena, &list,
                (struct aspect_value){
                        .pupil_id = pupil_id,
                        .aspect = aspect,
                        .review = review,
                        .seq = query_int(&q, 0),
                        .date = { (int32_t)query_int(&q, 1) },
                        .value = query_copy(&q, 2, arena),
                        .withdrawn = query_int(&q, 3) != 0,
                        .recorded_at = query_copy(&q, 4, arena),
                        .import_id = query_int(&q, 5),
                        .recorded_by = query_copy(&q, 6, arena),
                });
    }
    code = query_end(&q, err);
    if (code == ERR_OK)
        *ret_list = list;
    return code;
}

enum err_code store_aspect_values_of_import(struct store *store, int64_t school_id,
        int64_t import_id, struct arena *arena, struct aspect_value_list *ret_list,
        struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };
    struct aspect_value_list list = { 0 };
    enum err_code code = ERR_OK;

    query_start(&q, store, STMT_ASPECT_VALUE_OF_IMPORT);
    query_bind_int(&q, school_id);
    query_bind_int(&q, import_id);
    while (code == ERR_OK && query_next(&q)) {
        code = add_value(&q, arena, &list,
                (struct aspect_value){
                        .pupil_id = query_int(&q, 0),
                        .aspect = query_copy(&q, 1, arena),
                        .review = query_copy(&q, 2, arena),
                        .seq = query_int(&q, 3),
                        .date = { (int32_t)query_int(&q, 4) },
                        .value = query_copy(&q, 5, arena),
                        .withdrawn = query_int(&q, 6) != 0,
                        .import_id = import_id,
                        .recorded_at = "",
                });
    }
    code = query_end(&q, err);
    if (code == ERR_OK)
        *ret_list = list;
    return code;
}
