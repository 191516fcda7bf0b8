#include <assert.h>
#include <string.h>

#include "base/text.h"
#include "store/store_in.h"

void store_digest_import(struct digest *digest, int64_t school_id, const struct import *import)
{
    digest_start(digest);
    digest_int(digest, school_id);
    digest_int(digest, import->import_id);
    digest_text(digest, import->kind);
    digest_text(digest, import->file);
    digest_int(digest, import->added);
    digest_int(digest, import->unchanged);
    digest_int(digest, import->superseded);
    digest_int(digest, import->refused);
    digest_int(digest, import->undoes);
    digest_text(digest, import->recorded_by);
    digest_text(digest, import->recorded_at);
}

static enum err_code insert_import(struct store *store, int64_t school_id,
        const struct import *import, struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };

    query_start(&q, store, STMT_IMPORT_INSERT);
    query_bind_int(&q, school_id);
    query_bind_int(&q, import->import_id);
    query_bind_text(&q, import->kind);
    query_bind_text(&q, import->file);
    query_bind_int(&q, import->added);
    query_bind_int(&q, import->unchanged);
    query_bind_int(&q, import->superseded);
    query_bind_int(&q, import->refused);
    query_bind_int(&q, import->undoes);
    query_bind_text(&q, import->recorded_by);
    query_bind_text(&q, import->recorded_at);
    return query_run(&q, err);
}

static enum err_code next_import(struct store *store, int64_t school_id, int64_t *ret_id,
        struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };

    query_start(&q, store, STMT_IMPORT_NEXT);
    query_bind_int(&q, school_id);
    while (query_next(&q))
        *ret_id = query_int(&q, 0);
    return query_end(&q, err);
}

enum err_code store_import_begin(struct store *store, int64_t school_id, struct import *import,
        int64_t row_n, struct err *err)
{
    struct open_import *open = &store->import;
    int64_t first = 0;
    int64_t id = 0;
    enum err_code code = store_take_numbers(store, school_id, row_n, &first, err);

    if (code == ERR_OK)
        code = next_import(store, school_id, &id, err);
    if (code != ERR_OK)
        return code;
    import->import_id = id;
    code = insert_import(store, school_id, import, err);
    if (code != ERR_OK)
        return code;
    *open = (struct open_import){ .open = true };
    open->school_id = school_id;
    open->import_id = id;
    open->next_seq = first;
    open->last_seq = first + row_n - 1;
    (void)text_copy(open->recorded_at, sizeof(open->recorded_at), import->recorded_at);
    store_digest_import(&open->head, school_id, import);
    for (int i = 0; i < CHAINED__MAX; i++)
        digest_start(&open->tables[i]);
    return ERR_OK;
}

void store_chain(struct store *store, enum chained table, struct query *query, int64_t *ret_seq)
{
    struct open_import *open = &store->import;

    assert(open->open && open->next_seq <= open->last_seq);
    *ret_seq = open->next_seq++;
    open->row_n++;
    query->digest = &open->tables[table];
}

static enum err_code last_link(struct store *store, int64_t school_id, int64_t *ret_no,
        char hash[DIGEST_HEX_SIZE], struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };

    *ret_no = 0;
    hash[0] = '\0';
    query_start(&q, store, STMT_LINK_LAST);
    query_bind_int(&q, school_id);
    while (query_next(&q)) {
        *ret_no = query_int(&q, 0);
        (void)text_copy(hash, DIGEST_HEX_SIZE, query_text(&q, 1));
    }
    return query_end(&q, err);
}

void store_link_hash(const char *previous, const struct digest *head,
        const struct digest *parts, char hash[DIGEST_HEX_SIZE])
{
    struct digest link;
    struct digest nothing;
    char part[DIGEST_HEX_SIZE];
    char empty[DIGEST_HEX_SIZE];

    digest_start(&link);
    digest_text(&link, previous);
    digest_text(&link, digest_hex(head, part));
    for (int i = 0; i < CHAINED_FIRST__MAX; i++)
        digest_text(&link, digest_hex(&parts[i], part));
    digest_start(&nothing);
    (void)digest_hex(&nothing, empty);
    for (int i = CHAINED_FIRST__MAX; i < CHAINED__MAX; i++) {
        if (strcmp(digest_hex(&parts[i], part), empty) == 0)
            continue;
        digest_int(&link, i);
        digest_text(&link, part);
    }
    (void)digest_hex(&link, hash);
}

enum err_code store_import_end(struct store *store, struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };
    struct open_import *open = &store->import;
    char previous[DIGEST_HEX_SIZE];
    char hash[DIGEST_HEX_SIZE];
    int64_t no = 0;
    enum err_code code = store_latest_flush(store, err);

    if (code == ERR_OK)
        code = last_link(store, open->school_id, &no, previous, err);
    if (code != ERR_OK)
        return code;
    store_link_hash(previous, &open->head, open->tables, hash);
    query_start(&q, store, STMT_LINK_INSERT);
    query_bind_int(&q, open->school_id);
    query_bind_int(&q, no + 1);
    query_bind_int(&q, open->import_id);
    query_bind_int(&q, open->row_n);
    query_bind_text(&q, previous);
    query_bind_text(&q, hash);
    query_bind_text(&q, open->recorded_at);
    open->open = false;
    return query_run(&q, err);
}

static struct import read_import(struct query *q, struct arena *arena)
{
    return (struct import){
        .import_id = query_int(q, 0),
        .kind = query_copy(q, 1, arena),
        .file = query_copy(q, 2, arena),
        .added = query_int(q, 3),
        .unchanged = query_int(q, 4),
        .superseded = query_int(q, 5),
        .refused = query_int(q, 6),
        .undoes = query_int(q, 7),
        .recorded_by = query_copy(q, 8, arena),
        .recorded_at = query_copy(q, 9, arena),
    };
}

enum err_code store_imports(struct store *store, int64_t school_id, struct arena *arena,
        struct import_list *ret_list, struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };
    struct import_list list = { 0 };
    enum err_code code;

    query_start(&q, store, STMT_IMPORT_LIST);
    query_bind_int(&q, school_id);
    while (query_next(&q)) {
        list.items = query_grow(&q, arena, list.items, list.n, sizeof(*list.items));
        if (list.items == NULL)
            break;
        list.items[list.n++] = read_import(&q, arena);
    }
    code = query_end(&q, err);
    if (code == ERR_OK)
        *ret_list = list;
    return code;
}

enum err_code store_import(struct store *store, int64_t school_id, int64_t import_id,
        struct arena *arena, struct import *ret_import, struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };
    struct import import = { 0 };
    enum err_code code;

    query_start(&q, store, STMT_IMPORT_GET);
    query_bind_int(&q, school_id);
    query_bind_int(&q, import_id);
    while (query_next(&q))
        import = read_import(&q, arena);
    code = query_end(&q, err);
    if (code != ERR_OK)
        return code;
    if (import.kind == NULL) {
        (void)err_set(err, ERR_NOT_FOUND, "this school has no import %lld",
                (long long)import_id);
        return err_hint(err, "List them with `attain imports`.");
    }
    *ret_import = import;
    return ERR_OK;
}
