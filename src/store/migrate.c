#include <stdio.h>

#include "store/store_in.h"

enum {
    APPLICATION_ID = 1096044081 /* "ATN1" */
};

/* The schema's number is kept in user_version: it is read before any table is. */
static enum err_code schema_number(struct store *store, const char *pragma, int64_t *ret_number,
        struct err *err)
{
    sqlite3_stmt *stmt = NULL;
    int code = sqlite3_prepare_v2(store->db, pragma, -1, &stmt, NULL);

    if (code == SQLITE_OK)
        code = sqlite3_step(stmt);
    if (code == SQLITE_ROW)
        *ret_number = sqlite3_column_int64(stmt, 0);
    (void)sqlite3_finalize(stmt);
    return code == SQLITE_ROW ? ERR_OK : store_failure(store, code, err);
}

static int newest(void)
{
    return migrations[migration_n - 1].number;
}

/* Copy the file beside itself before it is changed; a copy already there stays. */
static enum err_code keep_copy(struct store *store, int64_t number, struct err *err)
{
    char path[600];
    enum err_code code;

    (void)snprintf(path, sizeof(path), "%s.before-%d", store->path, newest());
    (void)number;
    code = store_copy(store, path, err);
    return code == ERR_CONFLICT ? ERR_OK : code;
}

static enum err_code run_migration(struct store *store, const struct migration *migration,
        struct err *err)
{
    char pragma[64];
    enum err_code code = ERR_OK;

    for (int i = 0; i < migration->statement_n && code == ERR_OK; i++)
        code = store_plain(store, migration->statements[i], err);
    (void)snprintf(pragma, sizeof(pragma), "PRAGMA user_version = %d", migration->number);
    return code == ERR_OK ? store_plain(store, pragma, err) : code;
}

static enum err_code run_all(struct store *store, int64_t number, struct err *err)
{
    enum err_code code = store_begin(store, err);

    for (int i = 0; i < migration_n && code == ERR_OK; i++) {
        if (migrations[i].number > number)
            code = run_migration(store, &migrations[i], err);
    }
    if (code == ERR_OK && number == 0)
        code = store_plain(store, "PRAGMA application_id = 1096044081", err);
    if (code == ERR_OK)
        return store_commit(store, err);
    store_rollback(store);
    return code;
}

static enum err_code has_tables(struct store *store, bool *ret_has, struct err *err)
{
    int64_t n = 0;
    enum err_code code = schema_number(store, "SELECT count(*) FROM sqlite_schema", &n, err);

    *ret_has = n > 0;
    return code;
}

/* Other programs number their schemas too: only a file with our mark is ours. */
static enum err_code refuse_foreign(struct store *store, int64_t number, struct err *err)
{
    int64_t mark = 0;
    bool has = false;
    enum err_code code = schema_number(store, "PRAGMA application_id", &mark, err);

    if (code == ERR_OK)
        code = has_tables(store, &has, err);
    if (code != ERR_OK || (!has && number == 0) || mark == APPLICATION_ID)
        return code;
    (void)err_set(err, ERR_INVALID, "%s is a database of another program", store->path);
    return err_hint(err, "Name the file that `attain init` or `attain demo` made.");
}

enum err_code store_migrate(struct store *store, bool may_write, bool may_make, struct err *err)
{
    int64_t number = 0;
    enum err_code code = schema_number(store, "PRAGMA user_version", &number, err);

    if (code == ERR_OK)
        code = refuse_foreign(store, number, err);
    if (code != ERR_OK)
        return code;
    if (number > newest()) {
        (void)err_set(err, ERR_INVALID,
                "%s was written by a newer Attain (schema %lld; this one knows %d)",
                store->path, (long long)number, newest());
        return err_hint(err, "Use the newer program. Nothing was changed.");
    }
    if (number == newest())
        return ERR_OK;
    if (!may_write || (number == 0 && !may_make)) {
        (void)err_set(err, ERR_INVALID, "%s %s", store->path,
                number == 0 ? "is empty: it holds no school yet"
                            : "was written by an older Attain and may only be read");
        return err_hint(err, number == 0
                                     ? "Make a school with `attain init`."
                                     : "Allow writing to it once, so that it can be brought "
                                       "up to date.");
    }
    if (number > 0)
        code = keep_copy(store, number, err);
    return code == ERR_OK ? run_all(store, number, err) : code;
}
