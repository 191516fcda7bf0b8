#include "base/text.h"
#include "store/store_in.h"

enum err_code store_schools(struct store *store, struct arena *arena,
        struct school_list *ret_list, struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };
    struct school_list list = { 0 };
    enum err_code code;

    query_start(&q, store, STMT_SCHOOL_LIST);
    while (query_next(&q)) {
        list.items = query_grow(&q, arena, list.items, list.n, sizeof(*list.items));
        if (list.items == NULL)
            break;
        list.items[list.n++] = (struct school){
            .school_id = query_int(&q, 0),
            .laestab = query_copy(&q, 1, arena),
            .name = query_copy(&q, 2, arena),
            .phase = query_copy(&q, 3, arena),
            .framework = query_copy(&q, 4, arena),
        };
    }
    code = query_end(&q, err);
    if (code == ERR_OK)
        *ret_list = list;
    return code;
}

static enum err_code insert_school(struct store *store, int64_t school_id,
        const struct school *school, struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };
    enum err_code code;
    int sqlite_code;

    query_start(&q, store, STMT_SCHOOL_INSERT);
    query_bind_int(&q, school_id);
    query_bind_text(&q, school->laestab);
    query_bind_text(&q, school->name);
    query_bind_text(&q, school->phase);
    query_bind_text(&q, school->framework);
    (void)query_next(&q);
    sqlite_code = q.sqlite_code;
    code = query_end(&q, err);
    if (sqlite_code == SQLITE_CONSTRAINT_UNIQUE ||
            sqlite_code == SQLITE_CONSTRAINT_PRIMARYKEY) {
        code = err_set(err, ERR_CONFLICT, "there is already a school with the number %s",
                school->laestab);
        (void)err_hint(err, "Use another LAESTAB number, or work in the school that is there.");
    }
    return code;
}

static enum err_code next_school(struct store *store, int64_t *ret_id, struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };

    query_start(&q, store, STMT_SCHOOL_NEXT);
    while (query_next(&q))
        *ret_id = query_int(&q, 0);
    return query_end(&q, err);
}

enum err_code store_school_add(struct store *store, const struct school *school,
        int64_t *ret_school_id, struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };
    int64_t id = 0;
    enum err_code code = ERR_OK;

    if (!text_eq(school->laestab, "0000000"))
        code = next_school(store, &id, err);
    if (code == ERR_OK)
        code = insert_school(store, id, school, err);
    if (code != ERR_OK)
        return code;
    query_start(&q, store, STMT_COUNTER_INSERT);
    query_bind_int(&q, id);
    query_bind_int(&q, 0);
    code = query_run(&q, err);
    if (code == ERR_OK)
        *ret_school_id = id;
    return code;
}

enum err_code store_school_rename(struct store *store, const struct school *school,
        struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };

    query_start(&q, store, STMT_SCHOOL_UPDATE);
    query_bind_int(&q, school->school_id);
    query_bind_text(&q, school->name);
    query_bind_text(&q, school->phase);
    return query_run(&q, err);
}

enum err_code store_settings(struct store *store, int64_t school_id, struct arena *arena,
        struct setting_list *ret_list, struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };
    struct setting_list list = { 0 };
    enum err_code code;

    query_start(&q, store, STMT_SETTING_LIST);
    query_bind_int(&q, school_id);
    while (query_next(&q)) {
        list.items = query_grow(&q, arena, list.items, list.n, sizeof(*list.items));
        if (list.items == NULL)
            break;
        list.items[list.n++] = (struct setting){
            .name = query_copy(&q, 0, arena),
            .value = query_copy(&q, 1, arena),
        };
    }
    code = query_end(&q, err);
    if (code == ERR_OK)
        *ret_list = list;
    return code;
}

enum err_code store_setting_put(struct store *store, int64_t school_id, const char *name,
        const char *value, struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };

    query_start(&q, store, STMT_SETTING_PUT);
    query_bind_int(&q, school_id);
    query_bind_text(&q, name);
    query_bind_text(&q, value);
    return query_run(&q, err);
}

enum err_code store_framework_files(struct store *store, int64_t school_id, struct arena *arena,
        struct named_text_list *ret_list, struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };

    query_start(&q, store, STMT_FRAMEWORK_FILE_LIST);
    query_bind_int(&q, school_id);
    return query_named_texts(&q, arena, ret_list, err);
}

enum err_code store_counter(struct store *store, int64_t school_id, int64_t *ret_counter,
        struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };

    query_start(&q, store, STMT_COUNTER_NOW);
    query_bind_int(&q, school_id);
    while (query_next(&q))
        *ret_counter = query_int(&q, 0);
    return query_end(&q, err);
}

enum err_code store_take_numbers(struct store *store, int64_t school_id, int64_t n,
        int64_t *ret_first, struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };
    int64_t last = 0;
    enum err_code code;

    query_start(&q, store, STMT_COUNTER_TAKE);
    query_bind_int(&q, school_id);
    query_bind_int(&q, n);
    while (query_next(&q))
        last = query_int(&q, 0);
    code = query_end(&q, err);
    if (code == ERR_OK)
        *ret_first = last - n + 1;
    return code;
}

enum err_code store_national(struct store *store, struct arena *arena,
        struct national_list *ret_list, struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };
    struct national_list list = { 0 };
    enum err_code code;

    query_start(&q, store, STMT_NATIONAL_LIST);
    while (query_next(&q)) {
        list.items = query_grow(&q, arena, list.items, list.n, sizeof(*list.items));
        if (list.items == NULL)
            break;
        list.items[list.n++] = (struct national_figure){
            .body = query_copy(&q, 0, arena),
            .measure = query_copy(&q, 1, arena),
            .subject = query_copy(&q, 2, arena),
            .year = (int)query_int(&q, 3),
            .percent = query_int(&q, 4),
        };
    }
    code = query_end(&q, err);
    if (code == ERR_OK)
        *ret_list = list;
    return code;
}

/* 0 the same, 1 new, 2 another. */
static enum err_code compare_national(struct store *store, const struct national_figure *figure,
        int *ret_change, struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };

    *ret_change = 1;
    query_start(&q, store, STMT_NATIONAL_GET);
    query_bind_text(&q, figure->body);
    query_bind_text(&q, figure->measure);
    query_bind_text(&q, figure->subject);
    query_bind_int(&q, figure->year);
    while (query_next(&q))
        *ret_change = query_int(&q, 0) == figure->percent ? 0 : 2;
    return query_end(&q, err);
}

enum err_code store_national_put(struct store *store, const struct national_figure *figure,
        int *ret_change, struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };
    int change = 0;
    enum err_code code = compare_national(store, figure, &change, err);

    if (code == ERR_OK && change != 0) {
        query_start(&q, store, STMT_NATIONAL_PUT);
        query_bind_text(&q, figure->body);
        query_bind_text(&q, figure->measure);
        query_bind_text(&q, figure->subject);
        query_bind_int(&q, figure->year);
        query_bind_int(&q, figure->percent);
        code = query_run(&q, err);
    }
    if (code == ERR_OK)
        *ret_change = change;
    return code;
}

enum err_code store_reviews(struct store *store, int64_t school_id, struct arena *arena,
        struct review_list *ret_list, struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };
    struct review_list list = { 0 };
    enum err_code code;

    query_start(&q, store, STMT_REVIEW_LIST);
    query_bind_int(&q, school_id);
    while (query_next(&q)) {
        list.items = query_grow(&q, arena, list.items, list.n, sizeof(*list.items));
        if (list.items == NULL)
            break;
        list.items[list.n++] = (struct review){
            .review_id = query_int(&q, 0),
            .name = query_copy(&q, 1, arena),
            .asks = query_copy(&q, 2, arena),
            .first_year = (int)query_int(&q, 3),
            .last_year = (int)query_int(&q, 4),
            .subjects = query_copy(&q, 5, arena),
            .from = { (int32_t)query_int(&q, 6) },
            .to = { (int32_t)query_int(&q, 7) },
            .state = query_copy(&q, 8, arena),
        };
    }
    code = query_end(&q, err);
    if (code == ERR_OK)
        *ret_list = list;
    return code;
}

enum err_code store_review_put(struct store *store, int64_t school_id,
        const struct review *review, struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };
    int64_t id = review->review_id;
    enum err_code code = ERR_OK;

    if (id == 0)
        code = store_take_numbers(store, school_id, 1, &id, err);
    if (code != ERR_OK)
        return code;
    query_start(&q, store, STMT_REVIEW_PUT);
    query_bind_int(&q, school_id);
    query_bind_int(&q, id);
    query_bind_text(&q, review->name);
    query_bind_text(&q, review->asks);
    query_bind_int(&q, review->first_year);
    query_bind_int(&q, review->last_year);
    query_bind_text(&q, review->subjects);
    query_bind_int(&q, review->from.ymd);
    query_bind_int(&q, review->to.ymd);
    query_bind_text(&q, review->state);
    return query_run(&q, err);
}
