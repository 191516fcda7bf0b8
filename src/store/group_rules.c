#include "store/groups.h"
#include "store/store_in.h"

enum err_code store_group_rules(struct store *store, int64_t school_id, struct date recorded,
        struct arena *arena, struct group_rule_list *ret_list, struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };
    struct group_rule_list list = { 0 };
    char until[STORE_UNTIL_SIZE];
    enum err_code code;

    query_start(&q, store, STMT_GROUP_RULE_LIST);
    query_bind_int(&q, school_id);
    query_bind_text(&q, store_until(recorded, until));
    while (query_next(&q)) {
        list.items = query_grow(&q, arena, list.items, list.n, sizeof(*list.items));
        if (list.items == NULL)
            break;
        list.items[list.n++] = (struct group_rule){
            .group_id = query_int(&q, 0),
            .from = { (int32_t)query_int(&q, 1) },
            .seq = query_int(&q, 2),
            .to = { (int32_t)query_int(&q, 3) },
            .formula = query_copy(&q, 4, arena),
            .withdrawn = query_int(&q, 5) != 0,
            .import_id = query_int(&q, 6),
            .recorded_at = query_copy(&q, 7, arena),
            .recorded_by = query_copy(&q, 8, arena),
        };
    }
    code = query_end(&q, err);
    if (code == ERR_OK)
        *ret_list = list;
    return code;
}

enum err_code store_add_group_rule(struct store *store, const struct group_rule *rule,
        struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };
    int64_t seq = 0;

    query_start(&q, store, STMT_GROUP_RULE_INSERT);
    store_chain(store, CHAINED_GROUP_RULE, &q, &seq);
    query_bind_int(&q, store->import.school_id);
    query_bind_int(&q, rule->group_id);
    query_bind_int(&q, rule->from.ymd);
    query_bind_int(&q, seq);
    query_bind_int(&q, rule->to.ymd);
    query_bind_text(&q, rule->formula);
    query_bind_int(&q, rule->withdrawn);
    query_bind_int(&q, store->import.import_id);
    query_bind_text(&q, store->import.recorded_at);
    return query_run(&q, err);
}

enum err_code store_interventions(struct store *store, int64_t school_id, struct date recorded,
        struct arena *arena, struct intervention_list *ret_list, struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };
    struct intervention_list list = { 0 };
    char until[STORE_UNTIL_SIZE];
    enum err_code code;

    query_start(&q, store, STMT_INTERVENTION_LIST);
    query_bind_int(&q, school_id);
    query_bind_text(&q, store_until(recorded, until));
    while (query_next(&q)) {
        list.items = query_grow(&q, arena, list.items, list.n, sizeof(*list.items));
        if (list.items == NULL)
            break;
        list.items[list.n++] = (struct intervention){
            .group_id = query_int(&q, 0),
            .from = { (int32_t)query_int(&q, 1) },
            .seq = query_int(&q, 2),
            .to = { (int32_t)query_int(&q, 3) },
            .purpose = query_copy(&q, 4, arena),
            .pence = query_is_null(&q, 5) ? PENCE_NONE : query_int(&q, 5),
            .staff = query_copy(&q, 6, arena),
            .withdrawn = query_int(&q, 7) != 0,
            .import_id = query_int(&q, 8),
            .recorded_at = query_copy(&q, 9, arena),
            .recorded_by = query_copy(&q, 10, arena),
        };
    }
    code = query_end(&q, err);
    if (code == ERR_OK)
        *ret_list = list;
    return code;
}

enum err_code store_add_intervention(struct store *store,
        const struct intervention *intervention, struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };
    int64_t seq = 0;

    query_start(&q, store, STMT_INTERVENTION_INSERT);
    store_chain(store, CHAINED_INTERVENTION, &q, &seq);
    query_bind_int(&q, store->import.school_id);
    query_bind_int(&q, intervention->group_id);
    query_bind_int(&q, intervention->from.ymd);
    query_bind_int(&q, seq);
    query_bind_int(&q, intervention->to.ymd);
    query_bind_text(&q, intervention->purpose);
    if (intervention->pence == PENCE_NONE)
        query_bind_null(&q);
    else
        query_bind_int(&q, intervention->pence);
    query_bind_text(&q, intervention->staff);
    query_bind_int(&q, intervention->withdrawn);
    query_bind_int(&q, store->import.import_id);
    query_bind_text(&q, store->import.recorded_at);
    return query_run(&q, err);
}
