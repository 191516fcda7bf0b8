#include <string.h>

#include "base/text.h"
#include "store/store_in.h"

/* Results, targets and predictions have one shape in three tables: the statements of each. */
struct family {
    enum chained chained;
    enum stmt insert, history, of_pupil, of_pupil_subject, current, of_import, any;
};

static const struct family result_family = { CHAINED_RESULT, STMT_RESULT_INSERT,
    STMT_RESULT_HISTORY, STMT_RESULT_OF_PUPIL, STMT_RESULT_OF_PUPIL_SUBJECT,
    STMT_RESULT_CURRENT, STMT_RESULT_OF_IMPORT, STMT_RESULT_ANY };
static const struct family target_family = { CHAINED_TARGET, STMT_TARGET_INSERT,
    STMT_TARGET_HISTORY, STMT_TARGET_OF_PUPIL, STMT_TARGET_OF_PUPIL_SUBJECT,
    STMT_TARGET_CURRENT, STMT_TARGET_OF_IMPORT, STMT_TARGET_ANY };
static const struct family prediction_family = { CHAINED_PREDICTION, STMT_PREDICTION_INSERT,
    STMT_PREDICTION_HISTORY, STMT_PREDICTION_OF_PUPIL, STMT_PREDICTION_OF_PUPIL_SUBJECT,
    STMT_PREDICTION_CURRENT, STMT_PREDICTION_OF_IMPORT, STMT_PREDICTION_ANY };

static const struct family *family_of(enum fact_kind kind)
{
    if (kind == FACT_TARGET)
        return &target_family;
    return kind == FACT_PREDICTION ? &prediction_family : &result_family;
}

static void bind_mark(struct query *q, int64_t mark)
{
    if (mark == MARK_NONE)
        query_bind_null(q);
    else
        query_bind_int(q, mark);
}

static int64_t read_mark(struct query *q, int column)
{
    return query_is_null(q, column) ? MARK_NONE : query_int(q, column);
}

enum err_code store_add_fact(struct store *store, const struct fact *fact, struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };
    const struct family *family = family_of(fact->kind);
    int64_t seq = 0;
    enum err_code code;

    query_start(&q, store, family->insert);
    store_chain(store, family->chained, &q, &seq);
    query_bind_int(&q, store->import.school_id);
    query_bind_int(&q, fact->pupil_id);
    query_bind_text(&q, fact->subject);
    if (family == &result_family)
        query_bind_text(&q, fact_kind_name(fact->kind));
    query_bind_int(&q, fact->date.ymd);
    query_bind_text(&q, fact->stage);
    query_bind_text(&q, fact->source);
    query_bind_int(&q, seq);
    query_bind_text(&q, fact->review);
    query_bind_text(&q, fact->scale);
    query_bind_text(&q, fact->grade);
    bind_mark(&q, fact->mark);
    bind_mark(&q, fact->max_mark);
    query_bind_text(&q, fact->origin);
    query_bind_int(&q, fact->withdrawn);
    query_bind_int(&q, store->import.import_id);
    query_bind_text(&q, store->import.recorded_at);
    code = query_run(&q, err);
    if (code == ERR_OK && !fact->withdrawn)
        code = store_latest_put(store, store->import.school_id, fact, seq, err);
    return code;
}

/* The columns of every statement about facts, in one order. */
static struct fact read_fact(struct query *q)
{
    struct fact fact = {
        .pupil_id = query_int(q, 0),
        .subject = query_text(q, 1),
        .date = { (int32_t)query_int(q, 3) },
        .stage = query_text(q, 4),
        .source = query_text(q, 5),
        .seq = query_int(q, 6),
        .review = query_text(q, 7),
        .scale = query_text(q, 8),
        .grade = query_text(q, 9),
        .mark = read_mark(q, 10),
        .max_mark = read_mark(q, 11),
        .origin = query_text(q, 12),
        .withdrawn = query_int(q, 13) != 0,
        .import_id = query_int(q, 14),
        .recorded_at = query_text(q, 15),
    };

    if (!fact_kind_parse(query_text(q, 2), &fact.kind))
        query_stop(q, ERR_STORE);
    return fact;
}

static enum err_code each_fact(struct query *q, store_fact_fn fn, void *data, struct err *err)
{
    while (query_next(q)) {
        struct fact fact = read_fact(q);
        enum err_code code = fn(data, &fact, err);

        if (code != ERR_OK) {
            query_done(q);
            return code;
        }
    }
    return query_end(q, err);
}

static enum err_code each_latest(struct query *q, store_fact_fn fn, void *data, struct err *err)
{
    while (query_next(q)) {
        struct fact fact = {
            .stage = query_text(q, 1),
            .pupil_id = query_int(q, 2),
            .subject = query_text(q, 3),
            .date = { (int32_t)query_int(q, 4) },
            .source = query_text(q, 5),
            .seq = query_int(q, 6),
            .review = "",
            .scale = query_text(q, 7),
            .grade = query_text(q, 8),
            .mark = MARK_NONE,
            .max_mark = MARK_NONE,
            .origin = "",
        };
        enum err_code code = ERR_OK;

        if (fact_kind_parse(query_text(q, 0), &fact.kind))
            code = fn(data, &fact, err);
        if (code != ERR_OK) {
            query_done(q);
            return code;
        }
    }
    return query_end(q, err);
}

enum err_code store_latest(struct store *store, int64_t school_id, enum fact_kind kind,
        const char *stage, const char *subject, store_fact_fn fn, void *data, struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };
    enum err_code code = store_latest_flush(store, err);

    if (code != ERR_OK)
        return code;
    query_start(&q, store, STMT_LATEST_LIST);
    query_bind_int(&q, school_id);
    query_bind_text(&q, fact_kind_name(kind));
    query_bind_text(&q, stage);
    query_bind_text(&q, subject);
    return each_latest(&q, fn, data, err);
}

enum err_code store_latest_all(struct store *store, int64_t school_id, store_fact_fn fn,
        void *data, struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };
    enum err_code code = store_latest_flush(store, err);

    if (code != ERR_OK)
        return code;
    query_start(&q, store, STMT_LATEST_ALL);
    query_bind_int(&q, school_id);
    return each_latest(&q, fn, data, err);
}

/* The narrowest walk down the key that answers the question. */
static enum stmt statement_of(const struct family *family, const struct fact_question *question)
{
    if (question->pupil_id != 0)
        return text_empty(question->subject) ? family->of_pupil : family->of_pupil_subject;
    return family == &result_family && !text_empty(question->subject) ? STMT_RESULT_OF_SUBJECT
                                                                      : family->history;
}

enum err_code store_facts(struct store *store, int64_t school_id,
        const struct fact_question *question, store_fact_fn fn, void *data, struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };
    const struct family *family = family_of(question->kind);
    char until[STORE_UNTIL_SIZE];

    query_start(&q, store, statement_of(family, question));
    query_bind_int(&q, school_id);
    query_bind_text(&q, fact_kind_name(question->kind));
    query_bind_int(&q, question->pupil_id);
    query_bind_text(&q, question->subject);
    query_bind_int(&q, date_is_set(question->day) ? question->day.ymd : INT32_MAX);
    query_bind_text(&q, store_until(question->recorded, until));
    return each_fact(&q, fn, data, err);
}

enum err_code store_facts_between(struct store *store, int64_t school_id,
        const struct fact_question *question, struct date since, store_fact_fn fn, void *data,
        struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };
    char until[STORE_UNTIL_SIZE];

    query_start(&q, store, STMT_RESULT_SINCE);
    query_bind_int(&q, school_id);
    query_bind_text(&q, fact_kind_name(question->kind));
    query_bind_int(&q, since.ymd);
    query_bind_int(&q, date_is_set(question->day) ? question->day.ymd : INT32_MAX);
    query_bind_text(&q, store_until(question->recorded, until));
    return each_fact(&q, fn, data, err);
}

enum err_code store_facts_of_stage(struct store *store, int64_t school_id, const char *stage,
        struct date since, struct date until, store_fact_fn fn, void *data, struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };
    enum err_code code = store_latest_flush(store, err);

    if (code != ERR_OK)
        return code;
    query_start(&q, store, STMT_RESULT_OF_STAGE);
    query_bind_int(&q, school_id);
    query_bind_text(&q, stage);
    query_bind_int(&q, since.ymd);
    query_bind_int(&q, until.ymd);
    return each_fact(&q, fn, data, err);
}

static struct fact read_line(struct query *q)
{
    struct fact fact = {
        .pupil_id = query_int(q, 0),
        .subject = query_text(q, 1),
        .date = { (int32_t)query_int(q, 3) },
        .stage = query_text(q, 4),
        .source = query_text(q, 5),
        .seq = query_int(q, 6),
        .review = query_text(q, 7),
        .scale = query_text(q, 8),
        .grade = query_text(q, 9),
        .withdrawn = query_int(q, 10) != 0,
        .mark = MARK_NONE,
        .max_mark = MARK_NONE,
        .origin = "",
        .recorded_at = "",
    };

    if (!fact_kind_parse(query_text(q, 2), &fact.kind))
        query_stop(q, ERR_STORE);
    return fact;
}

enum err_code store_lines(struct store *store, int64_t school_id,
        const struct line_question *question, store_fact_fn fn, void *data, struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };
    char until[STORE_UNTIL_SIZE];
    size_t n = question->subject_n > LINES_SUBJECTS ? 0 : question->subject_n;

    query_start(&q, store,
            question->pupil_id != 0 ? STMT_RESULT_LINE
            : n == 0                ? STMT_RESULT_LINES
                                    : STMT_RESULT_LINES_IN);
    query_bind_int(&q, school_id);
    query_bind_int(&q, date_is_set(question->day) ? question->day.ymd : INT32_MAX);
    query_bind_text(&q, store_until(question->recorded, until));
    for (size_t i = 0; i < LINES_SUBJECTS && n != 0 && question->pupil_id == 0; i++)
        query_bind_text(&q, question->subjects[i < n ? i : 0]);
    if (question->pupil_id != 0) {
        query_bind_text(&q, question->subjects[0]);
        query_bind_int(&q, question->pupil_id);
    }
    while (query_next(&q)) {
        struct fact fact = read_line(&q);
        enum err_code code = fn(data, &fact, err);

        if (code != ERR_OK) {
            query_done(&q);
            return code;
        }
    }
    return query_end(&q, err);
}

static void copy_texts(struct query *q, struct arena *arena, struct fact *fact)
{
    const char **const texts[] = { &fact->subject, &fact->stage, &fact->source, &fact->review,
        &fact->scale, &fact->grade, &fact->origin, &fact->recorded_at };

    for (size_t i = 0; i < COUNT(texts); i++) {
        *texts[i] = arena_text(arena, *texts[i]);
        if (*texts[i] == NULL)
            query_stop(q, ERR_MEMORY);
    }
}

enum err_code store_fact_current(struct store *store, int64_t school_id,
        const struct fact *like, struct arena *arena, struct fact *ret_fact, bool *ret_found,
        struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };
    struct fact fact = { 0 };
    bool found = false;
    enum err_code code;

    query_start(&q, store, family_of(like->kind)->current);
    query_bind_int(&q, school_id);
    query_bind_text(&q, fact_kind_name(like->kind));
    query_bind_int(&q, like->pupil_id);
    query_bind_text(&q, like->subject);
    query_bind_int(&q, like->date.ymd);
    query_bind_text(&q, like->stage);
    query_bind_text(&q, like->source);
    if (query_next(&q)) {
        fact = read_fact(&q);
        copy_texts(&q, arena, &fact);
        found = true;
    }
    code = query_end(&q, err);
    if (code != ERR_OK)
        return code;
    *ret_found = found;
    if (found)
        *ret_fact = fact;
    return ERR_OK;
}

enum err_code store_has_facts(struct store *store, int64_t school_id, enum fact_kind kind,
        bool *ret_has, struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };
    bool has = false;
    enum err_code code;

    query_start(&q, store, family_of(kind)->any);
    query_bind_int(&q, school_id);
    query_bind_text(&q, fact_kind_name(kind));
    while (query_next(&q))
        has = true;
    code = query_end(&q, err);
    if (code == ERR_OK)
        *ret_has = has;
    return code;
}

enum err_code store_facts_of_import(struct store *store, int64_t school_id, enum fact_kind kind,
        int64_t import_id, store_fact_fn fn, void *data, struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };

    query_start(&q, store, family_of(kind)->of_import);
    query_bind_int(&q, school_id);
    query_bind_text(&q, fact_kind_name(kind));
    query_bind_int(&q, import_id);
    return each_fact(&q, fn, data, err);
}

enum err_code store_add_adjustment(struct store *store, const struct adjustment *adjustment,
        struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };
    int64_t seq = 0;

    query_start(&q, store, STMT_ADJUSTMENT_INSERT);
    store_chain(store, CHAINED_ADJUSTMENT, &q, &seq);
    query_bind_int(&q, store->import.school_id);
    query_bind_int(&q, adjustment->pupil_id);
    query_bind_text(&q, adjustment->subject);
    query_bind_text(&q, adjustment->stage);
    query_bind_int(&q, adjustment->period_end.ymd);
    query_bind_int(&q, seq);
    query_bind_text(&q, adjustment->scale);
    query_bind_text(&q, adjustment->grade);
    query_bind_text(&q, adjustment->reason);
    query_bind_int(&q, adjustment->withdrawn);
    query_bind_int(&q, store->import.import_id);
    query_bind_text(&q, store->import.recorded_at);
    return query_run(&q, err);
}

enum err_code store_adjustments(struct store *store, int64_t school_id, struct date recorded,
        struct arena *arena, struct adjustment_list *ret_list, struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };
    struct adjustment_list list = { 0 };
    char until[STORE_UNTIL_SIZE];
    enum err_code code;

    query_start(&q, store, STMT_ADJUSTMENT_LIST);
    query_bind_int(&q, school_id);
    query_bind_text(&q, store_until(recorded, until));
    while (query_next(&q)) {
        list.items = query_grow(&q, arena, list.items, list.n, sizeof(*list.items));
        if (list.items == NULL)
            break;
        list.items[list.n++] = (struct adjustment){
            .pupil_id = query_int(&q, 0),
            .subject = query_copy(&q, 1, arena),
            .stage = query_copy(&q, 2, arena),
            .period_end = { (int32_t)query_int(&q, 3) },
            .seq = query_int(&q, 4),
            .scale = query_copy(&q, 5, arena),
            .grade = query_copy(&q, 6, arena),
            .reason = query_copy(&q, 7, arena),
            .withdrawn = query_int(&q, 8) != 0,
            .import_id = query_int(&q, 9),
            .recorded_at = query_copy(&q, 10, arena),
        };
    }
    code = query_end(&q, err);
    if (code == ERR_OK)
        *ret_list = list;
    return code;
}
