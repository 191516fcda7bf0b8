#include <string.h>

#include "base/text.h"
#include "store/people.h"
#include "store/store_in.h"

/* The reading of each chained table, and which of its columns (counted with school_id)
   holds the import's number: the last but one of every table. */
static const enum stmt readers[CHAINED__MAX] = {
    [CHAINED_PUPIL_FACT] = STMT_VERIFY_PUPIL_FACT,
    [CHAINED_CONTACT] = STMT_VERIFY_CONTACT,
    [CHAINED_CTF_PART] = STMT_VERIFY_CTF_PART,
    [CHAINED_MEMBERSHIP] = STMT_VERIFY_MEMBERSHIP,
    [CHAINED_RESULT] = STMT_VERIFY_RESULT,
    [CHAINED_TARGET] = STMT_VERIFY_TARGET,
    [CHAINED_PREDICTION] = STMT_VERIFY_PREDICTION,
    [CHAINED_ADJUSTMENT] = STMT_VERIFY_ADJUSTMENT,
    [CHAINED_SCHOOL_TAG] = STMT_VERIFY_SCHOOL_TAG,
    [CHAINED_FRAMEWORK_FILE] = STMT_VERIFY_FRAMEWORK_FILE,
    [CHAINED_GROUP_RULE] = STMT_VERIFY_GROUP_RULE,
    [CHAINED_INTERVENTION] = STMT_VERIFY_INTERVENTION,
    [CHAINED_TEMPLATE_FILE] = STMT_VERIFY_TEMPLATE_FILE,
    [CHAINED_TEMPLATE_ACCEPTED] = STMT_VERIFY_TEMPLATE_ACCEPTED,
    [CHAINED_MARKSHEET_TEMPLATE] = STMT_VERIFY_MARKSHEET_TEMPLATE,
    [CHAINED_ASPECT] = STMT_VERIFY_ASPECT,
    [CHAINED_ASPECT_VALUE] = STMT_VERIFY_ASPECT_VALUE,
};

struct reader {
    struct query query;
    bool more;
    int64_t import_id;
};

struct verify {
    struct store *store;
    struct arena *arena;
    const struct school *school;
    struct verify_result *result;
    struct reader readers[CHAINED__MAX];
    char previous[DIGEST_HEX_SIZE];
    int64_t expected_no;
};

static enum err_code complain(struct verify_result *result, struct arena *arena,
        const char *sentence, struct err *err)
{
    struct verify_finding *items =
            arena_grow(arena, result->findings, result->finding_n, sizeof(*items));

    if (items == NULL || sentence == NULL)
        return err_memory(err);
    result->findings = items;
    items[result->finding_n++].what = sentence;
    return ERR_OK;
}

static void advance(struct reader *reader)
{
    reader->more = query_next(&reader->query);
    if (reader->more)
        reader->import_id =
                query_int(&reader->query, sqlite3_column_count(reader->query.stmt) - 2);
}

static void digest_row(struct query *q, struct digest *digest)
{
    int n = sqlite3_column_count(q->stmt);

    for (int i = 0; i < n; i++) {
        int type = sqlite3_column_type(q->stmt, i);

        if (type == SQLITE_INTEGER)
            digest_int(digest, query_int(q, i));
        else
            digest_text(digest, type == SQLITE_NULL ? NULL : query_text(q, i));
    }
}

/* Take the rows of one import from one table. */
static int64_t digest_table(struct reader *reader, int64_t import_id, struct digest *digest)
{
    int64_t n = 0;

    digest_start(digest);
    for (; reader->more && reader->import_id <= import_id; n++) {
        digest_row(&reader->query, digest);
        advance(reader);
    }
    return n;
}

struct link {
    int64_t no, import_id, row_n;
    const char *previous, *hash;
};

static enum err_code check_link(struct verify *v, const struct link *link, struct err *err)
{
    struct digest parts[CHAINED__MAX];
    struct digest head;
    struct import import = { 0 };
    char hash[DIGEST_HEX_SIZE];
    int64_t n = 0;
    bool sound;
    enum err_code code = store_import(v->store, v->school->school_id, link->import_id, v->arena,
            &import, err);

    /* Without its row the import is an empty one: the hash cannot be right. */
    if (code == ERR_NOT_FOUND)
        import = (struct import){ .import_id = link->import_id,
            .kind = "?",
            .file = "its own row is gone",
            .recorded_at = "?" };
    else if (code != ERR_OK)
        return code;
    store_digest_import(&head, v->school->school_id, &import);
    for (int i = 0; i < CHAINED__MAX; i++)
        n += digest_table(&v->readers[i], link->import_id, &parts[i]);
    store_link_hash(v->previous, &head, parts, hash);
    sound = link->no == v->expected_no && text_eq(link->previous, v->previous) &&
            n == link->row_n && text_eq(hash, link->hash);
    v->expected_no = link->no + 1;
    (void)text_copy(v->previous, sizeof(v->previous), link->hash);
    v->result->link_n++;
    v->result->fact_n += n;
    if (sound)
        return ERR_OK;
    return complain(v->result, v->arena,
            arena_printf(v->arena,
                    "School %s: what import %lld (%s, %s) wrote on %.10s is no longer what the "
                    "file "
                    "holds.",
                    v->school->laestab, (long long)import.import_id, import.kind, import.file,
                    import.recorded_at),
            err);
}

static enum err_code check_links(struct verify *v, struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };

    query_start(&q, v->store, STMT_LINK_LIST);
    query_bind_int(&q, v->school->school_id);
    while (query_next(&q)) {
        struct link link = {
            .no = query_int(&q, 0),
            .import_id = query_int(&q, 1),
            .row_n = query_int(&q, 2),
            .previous = query_copy(&q, 3, v->arena),
            .hash = query_copy(&q, 4, v->arena),
        };
        enum err_code code = check_link(v, &link, err);

        if (code != ERR_OK)
            return code;
    }
    return query_end(&q, err);
}

static enum err_code check_leftovers(struct verify *v, struct err *err)
{
    for (int i = 0; i < CHAINED__MAX; i++) {
        if (!v->readers[i].more)
            continue;
        return complain(v->result, v->arena,
                arena_printf(v->arena, "School %s: there are facts (%s) that no import wrote.",
                        v->school->laestab, stmt_name[readers[i]] + sizeof("verify_") - 1),
                err);
    }
    return ERR_OK;
}

static enum err_code check_audit(struct verify *v, struct err *err)
{
    int64_t broken = 0;
    int64_t row_n = 0;
    enum err_code code =
            store_audit_check(v->store, v->school->school_id, &row_n, &broken, err);

    if (code != ERR_OK || broken == 0)
        return code;
    return complain(v->result, v->arena,
            arena_printf(v->arena,
                    "School %s: line %lld of the audit is no longer as it was written.",
                    v->school->laestab, (long long)broken),
            err);
}

static enum err_code check_school(struct verify *v, struct err *err)
{
    enum err_code code;

    v->previous[0] = '\0';
    v->expected_no = 1;
    for (int i = 0; i < CHAINED__MAX; i++) {
        query_start(&v->readers[i].query, v->store, readers[i]);
        query_bind_int(&v->readers[i].query, v->school->school_id);
        advance(&v->readers[i]);
    }
    code = check_links(v, err);
    if (code == ERR_OK)
        code = check_leftovers(v, err);
    if (code == ERR_OK)
        code = check_audit(v, err);
    for (int i = 0; i < CHAINED__MAX; i++) {
        struct err later = { 0 };
        enum err_code end = query_end(&v->readers[i].query, &later);

        if (code == ERR_OK && end != ERR_OK) {
            *err = later;
            code = end;
        }
    }
    return code;
}

/* The file's own checks; every line but "ok" is a finding. */
static enum err_code check_file(struct store *store, const char *pragma, struct arena *arena,
        struct verify_result *result, struct err *err)
{
    sqlite3_stmt *stmt = NULL;
    int code = sqlite3_prepare_v2(store->db, pragma, -1, &stmt, NULL);
    enum err_code failed = ERR_OK;

    while (code == SQLITE_OK || code == SQLITE_ROW) {
        code = sqlite3_step(stmt);
        if (code == SQLITE_ROW && strcmp((const char *)sqlite3_column_text(stmt, 0), "ok") != 0)
            failed = complain(result, arena,
                    arena_printf(arena, "The file: %s.",
                            (const char *)sqlite3_column_text(stmt, 0)),
                    err);
        if (failed != ERR_OK)
            break;
    }
    (void)sqlite3_finalize(stmt);
    if (failed != ERR_OK || code == SQLITE_DONE)
        return failed;
    return store_failure(store, code, err);
}

/* The guards that refuse change, removal and replacement: three on each append-only table. */
static enum err_code check_guards(struct store *store, struct arena *arena,
        struct verify_result *result, struct err *err)
{
    enum err_code failed = ERR_OK;

    for (int i = 0; i < table_n && failed == ERR_OK; i++) {
        sqlite3_stmt *stmt = NULL;
        int64_t n = 0;
        int code;

        if (!tables[i].append_only)
            continue;
        code = sqlite3_prepare_v2(store->db,
                "SELECT count(*) FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = ?1",
                -1, &stmt, NULL);
        if (code == SQLITE_OK)
            code = sqlite3_bind_text(stmt, 1, tables[i].name, -1, SQLITE_STATIC);
        if (code == SQLITE_OK)
            code = sqlite3_step(stmt);
        if (code == SQLITE_ROW)
            n = sqlite3_column_int64(stmt, 0);
        (void)sqlite3_finalize(stmt);
        if (code != SQLITE_ROW)
            failed = store_failure(store, code, err);
        else if (n < 3)
            failed = complain(result, arena,
                    arena_printf(arena,
                            "The file: what keeps the table %s from being changed was taken "
                            "away.",
                            tables[i].name),
                    err);
    }
    return failed;
}

static enum err_code check_everything(struct store *store, struct arena *arena,
        struct verify_result *result, struct err *err)
{
    static const struct school no_school = { .school_id = 0, .laestab = "(none)" };
    struct verify v = { .store = store, .arena = arena, .result = result };
    struct school_list schools = { 0 };
    enum err_code code = check_file(store, "PRAGMA integrity_check", arena, result, err);

    if (code == ERR_OK)
        code = check_file(store, "PRAGMA foreign_key_check", arena, result, err);
    if (code == ERR_OK)
        code = store_schools(store, arena, &schools, err);
    v.school = &no_school;
    if (code == ERR_OK)
        code = check_school(&v, err);
    for (size_t i = 0; i < schools.n && code == ERR_OK; i++) {
        v.school = &schools.items[i];
        code = check_school(&v, err);
    }
    if (code == ERR_OK)
        code = check_guards(store, arena, result, err);
    return code;
}

enum err_code store_verify(struct store *store, struct arena *arena,
        struct verify_result *ret_result, struct err *err)
{
    struct verify_result result = { 0 };
    struct err later;
    enum err_code code = store_plain(store, "SAVEPOINT verify", err);

    /* One moment of the file throughout, whatever is saved meanwhile. */
    if (code != ERR_OK)
        return code;
    code = check_everything(store, arena, &result, err);
    (void)store_plain(store, "RELEASE verify", &later);
    if (code == ERR_OK)
        *ret_result = result;
    return code;
}
