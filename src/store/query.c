#include <string.h>

#include "store/store_in.h"

void query_start(struct query *query, struct store *store, enum stmt id)
{
    *query = (struct query){ .store = store, .id = id };
    store->statement_n++;
    if (!store->busy[id] && store->statements[id] != NULL) {
        query->stmt = store->statements[id];
        query->shared = true;
        store->busy[id] = true;
        return;
    }
    query->sqlite_code = sqlite3_prepare_v3(store->db, stmt_text[id], -1,
            SQLITE_PREPARE_PERSISTENT, &query->stmt, NULL);
    if (query->sqlite_code != SQLITE_OK) {
        query->code = ERR_STORE;
        return;
    }
    if (!store->busy[id]) {
        store->statements[id] = query->stmt;
        store->busy[id] = true;
        query->shared = true;
    }
}

static void note(struct query *query, int sqlite_code)
{
    if (query->code == ERR_OK && sqlite_code != SQLITE_OK) {
        query->code = ERR_STORE;
        query->sqlite_code = sqlite_code;
    }
}

void query_bind_int(struct query *query, int64_t value)
{
    if (query->code != ERR_OK)
        return;
    note(query, sqlite3_bind_int64(query->stmt, ++query->bound, value));
    if (query->digest != NULL)
        digest_int(query->digest, value);
}

void query_bind_text(struct query *query, const char *text)
{
    if (query->code != ERR_OK)
        return;
    if (text == NULL)
        text = "";
    note(query, sqlite3_bind_text(query->stmt, ++query->bound, text, -1, SQLITE_STATIC));
    if (query->digest != NULL)
        digest_text(query->digest, text);
}

void query_bind_null(struct query *query)
{
    if (query->code != ERR_OK)
        return;
    note(query, sqlite3_bind_null(query->stmt, ++query->bound));
    if (query->digest != NULL)
        digest_text(query->digest, NULL);
}

/* Whether this step is the one a test wants to fail. */
static bool faulted(struct store *store)
{
    return store->fault_left >= 0 && store->fault_left-- == 0;
}

bool query_next(struct query *query)
{
    int code;

    if (query->code != ERR_OK)
        return false;
    if (faulted(query->store)) {
        note(query, SQLITE_IOERR);
        return false;
    }
    code = sqlite3_step(query->stmt);
    if (code == SQLITE_ROW)
        return true;
    if (code != SQLITE_DONE)
        note(query, sqlite3_extended_errcode(query->store->db));
    return false;
}

int64_t query_int(struct query *query, int column)
{
    return sqlite3_column_int64(query->stmt, column);
}

bool query_is_null(struct query *query, int column)
{
    return sqlite3_column_type(query->stmt, column) == SQLITE_NULL;
}

const char *query_text(struct query *query, int column)
{
    const unsigned char *text = sqlite3_column_text(query->stmt, column);

    return text == NULL ? "" : (const char *)text;
}

const char *query_copy(struct query *query, int column, struct arena *arena)
{
    const char *text = query_text(query, column);
    const char *copy = text[0] == '\0' ? "" : arena_text(arena, text);

    if (copy == NULL)
        query_stop(query, ERR_MEMORY);
    return copy == NULL ? "" : copy;
}

void *query_grow(struct query *query, struct arena *arena, void *items, size_t n, size_t size)
{
    void *more = arena_grow(arena, items, n, size);

    if (more == NULL)
        query_stop(query, ERR_MEMORY);
    return more;
}

void query_stop(struct query *query, enum err_code code)
{
    if (query->code == ERR_OK)
        query->code = code;
}

void query_done(struct query *query)
{
    if (query->stmt == NULL)
        return;
    if (query->shared) {
        (void)sqlite3_reset(query->stmt);
        (void)sqlite3_clear_bindings(query->stmt);
        query->store->busy[query->id] = false;
    } else {
        (void)sqlite3_finalize(query->stmt);
    }
    query->stmt = NULL;
}

enum err_code query_end(struct query *query, struct err *err)
{
    enum err_code code = query->code;

    if (code == ERR_STORE)
        code = store_failure(query->store, query->sqlite_code, err);
    else if (code == ERR_MEMORY)
        code = err_memory(err);
    query_done(query);
    return code;
}

enum err_code query_run(struct query *query, struct err *err)
{
    while (query_next(query))
        ;
    return query_end(query, err);
}

const char *store_until(struct date recorded, char buffer[STORE_UNTIL_SIZE])
{
    char text[DATE_TEXT_SIZE];

    if (!date_is_set(recorded)) {
        memcpy(buffer, "9999", sizeof("9999"));
        return buffer;
    }
    memcpy(buffer, date_text(recorded, text), DATE_TEXT_SIZE - 1);
    memcpy(buffer + DATE_TEXT_SIZE - 1, "T99", sizeof("T99"));
    return buffer;
}

enum err_code query_named_texts(struct query *query, struct arena *arena,
        struct named_text_list *ret_list, struct err *err)
{
    struct named_text_list list = { 0 };
    enum err_code code;

    while (query_next(query)) {
        if (query_int(query, 2) != 0)
            continue;
        list.items = query_grow(query, arena, list.items, list.n, sizeof(*list.items));
        if (list.items == NULL)
            break;
        list.items[list.n++] = (struct named_text){
            .name = query_copy(query, 0, arena),
            .body = query_copy(query, 1, arena),
        };
    }
    code = query_end(query, err);
    if (code == ERR_OK)
        *ret_list = list;
    return code;
}
