#include "store/saved.h"

#include <string.h>

#include "store/store_in.h"

enum err_code store_saved_report_add(struct store *store, int64_t school_id,
        const struct saved_report *row, int64_t *ret_no, struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };
    int64_t seq = 0;
    int64_t no;
    enum err_code code = store_take_numbers(store, school_id, 1, &seq, err);

    if (code != ERR_OK)
        return code;
    no = row->saved_no == 0 ? seq : row->saved_no;
    query_start(&q, store, STMT_SAVED_REPORT_INSERT);
    query_bind_int(&q, school_id);
    query_bind_int(&q, no);
    query_bind_int(&q, seq);
    query_bind_text(&q, row->name);
    query_bind_text(&q, row->report);
    query_bind_text(&q, row->filters);
    query_bind_text(&q, row->shared);
    query_bind_int(&q, row->withdrawn);
    query_bind_int(&q, row->account_id);
    query_bind_text(&q, row->recorded_by);
    query_bind_text(&q, row->recorded_at);
    code = query_run(&q, err);
    if (code == ERR_OK)
        *ret_no = no;
    return code;
}

/* The list without what was withdrawn. */
static void drop_withdrawn(struct saved_report_list *list)
{
    size_t kept = 0;

    for (size_t i = 0; i < list->n; i++) {
        if (!list->items[i].withdrawn)
            list->items[kept++] = list->items[i];
    }
    list->n = kept;
}

enum err_code store_saved_reports(struct store *store, int64_t school_id, struct arena *arena,
        struct saved_report_list *ret_list, struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };
    struct saved_report_list list = { 0 };
    enum err_code code;

    query_start(&q, store, STMT_SAVED_REPORT_LIST);
    query_bind_int(&q, school_id);
    while (query_next(&q)) {
        int64_t no = query_int(&q, 0);

        if (list.n == 0 || list.items[list.n - 1].saved_no != no)
            list.items = query_grow(&q, arena, list.items, list.n++, sizeof(*list.items));
        if (list.items == NULL)
            break;
        list.items[list.n - 1] = (struct saved_report){
            .saved_no = no,
            .name = query_copy(&q, 1, arena),
            .report = query_copy(&q, 2, arena),
            .filters = query_copy(&q, 3, arena),
            .shared = query_copy(&q, 4, arena),
            .withdrawn = query_int(&q, 5) != 0,
            .account_id = query_int(&q, 6),
            .recorded_by = query_copy(&q, 7, arena),
            .recorded_at = query_copy(&q, 8, arena),
        };
    }
    code = query_end(&q, err);
    if (code != ERR_OK)
        return code;
    drop_withdrawn(&list);
    *ret_list = list;
    return ERR_OK;
}

enum err_code store_own_measure_add(struct store *store, int64_t school_id,
        const struct own_measure *row, struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };
    int64_t seq = 0;
    enum err_code code = store_take_numbers(store, school_id, 1, &seq, err);

    if (code != ERR_OK)
        return code;
    query_start(&q, store, STMT_OWN_MEASURE_INSERT);
    query_bind_int(&q, school_id);
    query_bind_text(&q, row->measure);
    query_bind_int(&q, seq);
    query_bind_text(&q, row->label);
    query_bind_text(&q, row->formula);
    query_bind_text(&q, row->years);
    query_bind_int(&q, row->ended);
    query_bind_text(&q, row->recorded_by);
    query_bind_text(&q, row->recorded_at);
    return query_run(&q, err);
}

enum err_code store_own_measures(struct store *store, int64_t school_id, struct arena *arena,
        struct own_measure_list *ret_list, struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };
    struct own_measure_list list = { 0 };
    enum err_code code;

    query_start(&q, store, STMT_OWN_MEASURE_LIST);
    query_bind_int(&q, school_id);
    while (query_next(&q)) {
        const char *measure = query_copy(&q, 0, arena);

        if (list.n == 0 || strcmp(list.items[list.n - 1].measure, measure) != 0)
            list.items = query_grow(&q, arena, list.items, list.n++, sizeof(*list.items));
        if (list.items == NULL)
            break;
        list.items[list.n - 1] = (struct own_measure){
            .measure = measure,
            .label = query_copy(&q, 1, arena),
            .formula = query_copy(&q, 2, arena),
            .years = query_copy(&q, 3, arena),
            .ended = query_int(&q, 4) != 0,
            .recorded_by = query_copy(&q, 5, arena),
            .recorded_at = query_copy(&q, 6, arena),
        };
    }
    code = query_end(&q, err);
    if (code == ERR_OK)
        *ret_list = list;
    return code;
}
