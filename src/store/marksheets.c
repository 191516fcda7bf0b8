#include "store/marksheets.h"

#include "store/store_in.h"

const char *store_path(const struct store *store)
{
    return store->path;
}

static struct marksheet read_marksheet(struct query *q, struct arena *arena)
{
    return (struct marksheet){
        .marksheet_id = query_int(q, 0),
        .name = query_copy(q, 1, arena),
        .group_id = query_int(q, 2),
        .group = query_copy(q, 3, arena),
        .group_type = query_copy(q, 4, arena),
        .subjects = query_copy(q, 5, arena),
        .review = {
            .review_id = query_int(q, 6),
            .name = query_copy(q, 7, arena),
            .asks = query_copy(q, 8, arena),
            .first_year = (int)query_int(q, 9),
            .last_year = (int)query_int(q, 10),
            .subjects = query_copy(q, 11, arena),
            .from = { (int32_t)query_int(q, 12) },
            .to = { (int32_t)query_int(q, 13) },
            .state = query_copy(q, 14, arena),
        },
        .year = query_copy(q, 15, arena),
        .counter = query_int(q, 16),
        .template = query_copy(q, 17, arena),
    };
}

enum err_code store_marksheets(struct store *store, int64_t school_id, struct date day,
        struct arena *arena, struct marksheet_list *ret_list, struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };
    struct marksheet_list list = { 0 };
    enum err_code code;

    query_start(&q, store, STMT_MARKSHEET_LIST);
    query_bind_int(&q, school_id);
    query_bind_int(&q, day.ymd);
    while (query_next(&q)) {
        list.items = query_grow(&q, arena, list.items, list.n, sizeof(*list.items));
        if (list.items == NULL)
            break;
        list.items[list.n++] = read_marksheet(&q, arena);
    }
    code = query_end(&q, err);
    if (code == ERR_OK)
        *ret_list = list;
    return code;
}

enum err_code store_marksheet(struct store *store, int64_t school_id, int64_t id,
        struct arena *arena, struct marksheet *ret_marksheet, struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };
    struct marksheet marksheet = { 0 };
    bool found = false;
    enum err_code code;

    query_start(&q, store, STMT_MARKSHEET_GET);
    query_bind_int(&q, school_id);
    query_bind_int(&q, id);
    while (query_next(&q)) {
        marksheet = read_marksheet(&q, arena);
        found = true;
    }
    code = query_end(&q, err);
    if (code != ERR_OK)
        return code;
    if (!found) {
        (void)err_set(err, ERR_NOT_FOUND, "there is no such marksheet");
        return err_hint(err, "Choose one from the list of marksheets.");
    }
    *ret_marksheet = marksheet;
    return ERR_OK;
}

enum err_code store_marksheet_add(struct store *store, int64_t school_id,
        const struct marksheet *marksheet, int64_t *ret_id, struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };
    int64_t id = 0;
    enum err_code code = store_take_numbers(store, school_id, 1, &id, err);

    if (code != ERR_OK)
        return code;
    query_start(&q, store, STMT_MARKSHEET_INSERT);
    query_bind_int(&q, school_id);
    query_bind_int(&q, id);
    query_bind_text(&q, marksheet->name);
    query_bind_int(&q, marksheet->group_id);
    query_bind_text(&q, marksheet->subjects);
    query_bind_int(&q, marksheet->review.review_id);
    code = query_run(&q, err);
    if (code == ERR_OK)
        *ret_id = id;
    return code;
}

static void bind_scope(struct query *q, const struct marksheet_scope *scope)
{
    query_bind_int(q, scope->school_id);
    query_bind_int(q, scope->group_id);
    query_bind_int(q, scope->day.ymd);
}

static void bind_subjects(struct query *q, const struct marksheet_scope *scope)
{
    for (int i = 0; i < MARKSHEET_SUBJECTS; i++)
        query_bind_text(q,
                scope->subjects[i] == NULL ? scope->subjects[0] : scope->subjects[i]);
}

enum err_code store_marksheet_pupils(struct store *store, const struct marksheet_scope *scope,
        bool all, store_pupil_fact_fn fn, void *data, struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };

    query_start(&q, store, all ? STMT_MARKSHEET_PUPILS_MORE : STMT_MARKSHEET_PUPILS);
    bind_scope(&q, scope);
    while (query_next(&q)) {
        struct pupil_fact fact = {
            .pupil_id = query_int(&q, 0),
            .attribute = query_text(&q, 1),
            .from = { (int32_t)query_int(&q, 2) },
            .seq = query_int(&q, 3),
            .to = { (int32_t)query_int(&q, 4) },
            .value = query_text(&q, 5),
            .withdrawn = query_int(&q, 6) != 0,
        };
        enum err_code code = fn(data, &fact, err);

        if (code != ERR_OK)
            return code;
    }
    return query_end(&q, err);
}

enum err_code store_marksheet_sets(struct store *store, const struct marksheet_scope *scope,
        const char *subject, struct arena *arena, struct set_member_list *ret_list,
        struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };
    struct set_member_list list = { 0 };
    enum err_code code;

    query_start(&q, store, STMT_MARKSHEET_SETS);
    bind_scope(&q, scope);
    query_bind_text(&q, subject);
    while (query_next(&q)) {
        list.items = query_grow(&q, arena, list.items, list.n, sizeof(*list.items));
        if (list.items == NULL)
            break;
        list.items[list.n++] = (struct set_member){
            .membership = { .pupil_id = query_int(&q, 0),
                    .group_id = query_int(&q, 2),
                    .from = { (int32_t)query_int(&q, 3) },
                    .seq = query_int(&q, 4),
                    .to = { (int32_t)query_int(&q, 5) },
                    .withdrawn = query_int(&q, 6) != 0 },
            .group = query_copy(&q, 1, arena),
        };
    }
    code = query_end(&q, err);
    if (code == ERR_OK)
        *ret_list = list;
    return code;
}

static int64_t read_mark(struct query *q, int column)
{
    return query_is_null(q, column) ? MARK_NONE : query_int(q, column);
}

static struct fact read_fact(struct query *q, enum fact_kind kind)
{
    return (struct fact){
        .pupil_id = query_int(q, 0),
        .subject = query_text(q, 1),
        .kind = kind,
        .date = { (int32_t)query_int(q, 2) },
        .stage = query_text(q, 3),
        .source = query_text(q, 4),
        .seq = query_int(q, 5),
        .review = query_text(q, 6),
        .scale = query_text(q, 7),
        .grade = query_text(q, 8),
        .mark = read_mark(q, 9),
        .max_mark = read_mark(q, 10),
        .origin = "",
        .withdrawn = query_int(q, 11) != 0,
        .import_id = query_int(q, 12),
        .recorded_at = query_text(q, 13),
    };
}

enum err_code store_marksheet_values(struct store *store, const struct marksheet_scope *scope,
        const struct marksheet_wants *wants, store_marksheet_fn fn, void *data, struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };

    query_start(&q, store, STMT_MARKSHEET_VALUES);
    bind_scope(&q, scope);
    bind_subjects(&q, scope);
    query_bind_text(&q, wants->prior[0]);
    query_bind_text(&q, wants->prior[1]);
    query_bind_text(&q, wants->target[0]);
    query_bind_text(&q, wants->target[1]);
    query_bind_int(&q, wants->period_end.ymd);
    query_bind_text(&q, fact_kind_name(wants->kind));
    query_bind_int(&q, wants->since.ymd);
    while (query_next(&q)) {
        struct fact fact = {
            .pupil_id = query_int(&q, 0),
            .subject = query_text(&q, 1),
            .date = { (int32_t)query_int(&q, 3) },
            .stage = query_text(&q, 4),
            .source = query_text(&q, 5),
            .seq = query_int(&q, 6),
            .review = query_text(&q, 7),
            .scale = query_text(&q, 8),
            .grade = query_text(&q, 9),
            .mark = read_mark(&q, 10),
            .max_mark = MARK_NONE,
            .origin = "",
            .withdrawn = query_int(&q, 11) != 0,
            .recorded_at = query_text(&q, 12),
        };
        bool adjustment = !fact_kind_parse(query_text(&q, 2), &fact.kind);
        enum err_code code = fn(data, &fact, adjustment, err);

        if (code != ERR_OK)
            return code;
    }
    return query_end(&q, err);
}

enum err_code store_cell_history(struct store *store, int64_t school_id, int64_t pupil_id,
        const char *subject, enum fact_kind kind, struct arena *arena,
        struct cell_word_list *ret_list, struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };
    struct cell_word_list list = { 0 };
    enum err_code code;

    query_start(&q, store, STMT_MARKSHEET_CELL_HISTORY);
    query_bind_int(&q, school_id);
    query_bind_int(&q, pupil_id);
    query_bind_text(&q, subject);
    query_bind_text(&q, fact_kind_name(kind));
    while (query_next(&q)) {
        struct cell_word *word;

        list.items = query_grow(&q, arena, list.items, list.n, sizeof(*list.items));
        if (list.items == NULL)
            break;
        word = &list.items[list.n++];
        word->fact = read_fact(&q, kind);
        word->fact.subject = subject;
        word->fact.stage = query_copy(&q, 3, arena);
        word->fact.source = query_copy(&q, 4, arena);
        word->fact.review = query_copy(&q, 6, arena);
        word->fact.scale = query_copy(&q, 7, arena);
        word->fact.grade = query_copy(&q, 8, arena);
        word->fact.recorded_at = query_copy(&q, 13, arena);
        word->recorded_by = query_copy(&q, 14, arena);
        word->import_kind = query_copy(&q, 15, arena);
    }
    code = query_end(&q, err);
    if (code == ERR_OK)
        *ret_list = list;
    return code;
}

struct redo {
    struct store *store;
    int64_t school_id;
};

/* latest_put is guarded by date and seq, so that every row in force may be offered. */
static enum err_code offer(void *data, const struct fact *fact, struct err *err)
{
    const struct redo *redo = data;

    return store_latest_put(redo->store, redo->school_id, fact, fact->seq, err);
}

enum err_code store_latest_redo(struct store *store, int64_t school_id, int64_t pupil_id,
        const char *subject, enum fact_kind kind, struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };
    struct redo redo = { store, school_id };
    enum err_code code;

    query_start(&q, store, STMT_MARKSHEET_LATEST_DROP);
    query_bind_int(&q, school_id);
    query_bind_text(&q, fact_kind_name(kind));
    query_bind_int(&q, pupil_id);
    query_bind_text(&q, subject);
    code = query_run(&q, err);
    if (code != ERR_OK)
        return code;
    return store_facts_in_force(store, school_id,
            &(struct fact_question){ kind, pupil_id, subject, (struct date){ 0 },
                    (struct date){ 0 } },
            offer, &redo, err);
}

enum err_code store_park(struct store *store, int64_t school_id,
        const struct parked_entry *entry, struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };
    int64_t id = 0;
    enum err_code code = store_take_numbers(store, school_id, 1, &id, err);

    if (code != ERR_OK)
        return code;
    query_start(&q, store, STMT_PARKED_ENTRY_INSERT);
    query_bind_int(&q, school_id);
    query_bind_int(&q, id);
    query_bind_int(&q, entry->marksheet_id);
    query_bind_int(&q, entry->pupil_id);
    query_bind_text(&q, entry->subject);
    query_bind_text(&q, entry->typed);
    query_bind_text(&q, entry->reason);
    query_bind_text(&q, entry->recorded_by);
    query_bind_text(&q, entry->recorded_at);
    return query_run(&q, err);
}

enum err_code store_parked(struct store *store, int64_t school_id, struct arena *arena,
        struct parked_list *ret_list, struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };
    struct parked_list list = { 0 };
    enum err_code code;

    query_start(&q, store, STMT_PARKED_ENTRY_LIST);
    query_bind_int(&q, school_id);
    while (query_next(&q)) {
        list.items = query_grow(&q, arena, list.items, list.n, sizeof(*list.items));
        if (list.items == NULL)
            break;
        list.items[list.n++] = (struct parked_entry){
            .parked_id = query_int(&q, 0),
            .marksheet_id = query_int(&q, 1),
            .pupil_id = query_int(&q, 2),
            .subject = query_copy(&q, 3, arena),
            .typed = query_copy(&q, 4, arena),
            .reason = query_copy(&q, 5, arena),
            .recorded_by = query_copy(&q, 6, arena),
            .recorded_at = query_copy(&q, 7, arena),
        };
    }
    code = query_end(&q, err);
    if (code == ERR_OK)
        *ret_list = list;
    return code;
}

enum err_code store_parked_settle(struct store *store, int64_t school_id, int64_t parked_id,
        const char *who, const char *stamp, struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };

    query_start(&q, store, STMT_PARKED_SETTLED_INSERT);
    query_bind_int(&q, school_id);
    query_bind_int(&q, parked_id);
    query_bind_text(&q, who);
    query_bind_text(&q, stamp);
    return query_run(&q, err);
}
