#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <unistd.h>

#include "base/text.h"
#include "store/store_in.h"

enum {
    BUSY_WAIT_MS = 10000,
    BUSY_WAIT_MAX_MS = 600000
};

struct failure {
    int code;
    const char *message, *hint;
};

static const struct failure failures[] = {
    { SQLITE_FULL, "the disk is full: nothing of this was saved",
            "Make room on the disk and do it again." },
    { SQLITE_READONLY, "the file may only be read, not written: nothing was saved",
            "Check the permissions of the file and of its folder." },
    { SQLITE_BUSY, "another program is writing to the file: nothing of this was saved",
            "Wait until the other program has finished and do it again." },
    { SQLITE_LOCKED, "another program is writing to the file: nothing of this was saved",
            "Wait until the other program has finished and do it again." },
    { SQLITE_CORRUPT, "the file is damaged",
            "Run `attain verify`, and restore the last backup." },
    { SQLITE_NOTADB, "this is not an Attain file",
            "Name the file that `attain init` or `attain demo` made." },
    { SQLITE_CANTOPEN, "the file could not be opened",
            "Check that the folder exists and may be written to." },
    { SQLITE_NOMEM, "out of memory",
            "Close other programs, or take the work in smaller parts." },
    { SQLITE_IOERR, "the disk could not be read or written: nothing of this was saved",
            "Check the disk and do it again." },
    { SQLITE_CONSTRAINT, "the database refused this because it breaks one of its rules",
            "Nothing was saved. Please report this with the file that caused it." },
};

enum err_code store_failure(struct store *store, int sqlite_code, struct err *err)
{
    const char *words =
            store->db == NULL ? sqlite3_errstr(sqlite_code) : sqlite3_errmsg(store->db);
    const struct failure *found = NULL;

    for (size_t i = 0; i < COUNT(failures) && found == NULL; i++) {
        if (failures[i].code == (sqlite_code & 0xFF))
            found = &failures[i];
    }
    (void)err_set(err, (sqlite_code & 0xFF) == SQLITE_NOMEM ? ERR_MEMORY : ERR_STORE, "%s",
            found == NULL ? "the database failed" : found->message);
    (void)err_hint(err, "%s", found == NULL ? "Run `attain verify` on the file." : found->hint);
    (void)err_detail(err, "sqlite %d: %s", sqlite_code, words);
    return err_where(err, store->path, 0, NULL);
}

enum err_code store_plain(struct store *store, const char *sql, struct err *err)
{
    sqlite3_stmt *stmt = NULL;
    int code = sqlite3_prepare_v2(store->db, sql, -1, &stmt, NULL);

    if (code == SQLITE_OK) {
        do {
            code = store->fault_left >= 0 && store->fault_left-- == 0 ? SQLITE_IOERR
                                                                      : sqlite3_step(stmt);
        } while (code == SQLITE_ROW);
        code = code == SQLITE_DONE ? SQLITE_OK : code;
    }
    (void)sqlite3_finalize(stmt);
    return code == SQLITE_OK ? ERR_OK : store_failure(store, code, err);
}

/* SQLite must never live on a network file system: its locks do not hold there. */
static bool on_network(const char *path)
{
    static const long kinds[] = { 0x6969 /* NFS */, 0x517B /* SMB */, 0xFF534D42 /* CIFS */,
        0xFE534D42 /* SMB2 */ };
    struct statfs fs;

    if (statfs(path, &fs) != 0)
        return false;
    for (size_t i = 0; i < COUNT(kinds); i++) {
        if ((long)fs.f_type == kinds[i])
            return true;
    }
    return false;
}

static enum err_code refuse_missing(const char *path, enum store_mode mode, struct err *err)
{
    struct stat info;

    if (stat(path, &info) != 0) {
        if (mode == STORE_CREATE)
            return ERR_OK;
        (void)err_set(err, ERR_NOT_FOUND, "there is no file %s", path);
        return err_hint(err, "Name the database with --db, or make one with `attain init` or "
                             "`attain demo`.");
    }
    if (S_ISDIR(info.st_mode)) {
        (void)err_set(err, ERR_INVALID, "%s is a folder, not a database", path);
        return err_hint(err, "Name a file with --db.");
    }
    if (mode != STORE_SEALED && on_network(path)) {
        (void)err_set(err, ERR_INVALID, "%s lies on a network drive, where saving is not safe",
                path);
        return err_hint(err, "Keep the file on this machine's own disk.");
    }
    return ERR_OK;
}

/* How long to wait for another writer. ATTAIN_BUSY_MS serves tests and impatient scripts. */
static int busy_wait(void)
{
    const char *asked = getenv("ATTAIN_BUSY_MS");
    int64_t ms;

    if (asked == NULL || !text_int(asked, &ms) || ms < 0 || ms > BUSY_WAIT_MAX_MS)
        return BUSY_WAIT_MS;
    return (int)ms;
}

/* Only what is on: DEFENSIVE, no trust in the schema's functions, checked cells, no attaching.
 */
static void harden(sqlite3 *db)
{
    (void)sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    (void)sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    (void)sqlite3_limit(db, SQLITE_LIMIT_ATTACHED, 1);
    (void)sqlite3_limit(db, SQLITE_LIMIT_LENGTH, 64 << 20);
    (void)sqlite3_limit(db, SQLITE_LIMIT_SQL_LENGTH, 200000);
    (void)sqlite3_limit(db, SQLITE_LIMIT_COLUMN, 100);
    (void)sqlite3_busy_timeout(db, busy_wait());
}

static enum err_code configure(struct store *store, bool writes, struct err *err)
{
    static const char *const common[] = {
        "PRAGMA foreign_keys = ON",
        "PRAGMA recursive_triggers = ON",
        "PRAGMA cell_size_check = ON",
        "PRAGMA temp_store = MEMORY",
        "PRAGMA cache_size = -640",
    };
    static const char *const writing[] = {
        "PRAGMA journal_mode = WAL",
        "PRAGMA synchronous = FULL",
        "PRAGMA journal_size_limit = 16777216",
    };
    enum err_code code = ERR_OK;

    for (size_t i = 0; i < COUNT(common) && code == ERR_OK; i++)
        code = store_plain(store, common[i], err);
    for (size_t i = 0; writes && i < COUNT(writing) && code == ERR_OK; i++)
        code = store_plain(store, writing[i], err);
    return code;
}

/* WAL needs a file beside the database, also to read; sqlite_code says whether it had one. */
static int try_reading(sqlite3 *db)
{
    return sqlite3_exec(db, "SELECT count(*) FROM sqlite_schema", NULL, NULL, NULL);
}

/* No permission, no folder to write in, or a full disk. */
static bool lacks_room(int code)
{
    return code == SQLITE_CANTOPEN || code == SQLITE_READONLY || code == SQLITE_IOERR ||
           code == SQLITE_FULL;
}

/* Where nothing may be written there is no room for the shared memory of WAL; with
   nothing in a -wal beside it the file is whole by itself. */
static int open_immutable(const char *path, sqlite3 **ret_db)
{
    sqlite3_str *uri = sqlite3_str_new(NULL);
    char *text;
    int code;

    sqlite3_str_appendall(uri, "file:");
    for (const char *c = path; *c != '\0'; c++) {
        if (strchr("?#%", *c) != NULL)
            sqlite3_str_appendf(uri, "%%%02X", (unsigned)*c);
        else
            sqlite3_str_appendchar(uri, 1, *c);
    }
    sqlite3_str_appendall(uri, "?immutable=1");
    text = sqlite3_str_finish(uri);
    if (text == NULL)
        return SQLITE_NOMEM;
    code = sqlite3_open_v2(text, ret_db,
            SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_EXRESCODE, NULL);
    sqlite3_free(text);
    return code;
}

static int open_to_read(const char *path, int flags, sqlite3 **ret_db)
{
    char wal[560];
    struct stat info;
    int code = sqlite3_open_v2(path, ret_db, flags, NULL);

    (void)sqlite3_busy_timeout(*ret_db, busy_wait());
    if (code == SQLITE_OK)
        code = try_reading(*ret_db);
    (void)sqlite3_snprintf(sizeof(wal), wal, "%s-wal", path);
    if (!lacks_room(code & 0xFF) || (stat(wal, &info) == 0 && info.st_size > 0))
        return code;
    (void)sqlite3_close(*ret_db);
    *ret_db = NULL;
    return open_immutable(path, ret_db);
}

static int open_database(const char *path, enum store_mode mode, sqlite3 **ret_db)
{
    int flags = SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_NOMUTEX;

    if (mode == STORE_SEALED)
        return open_immutable(path, ret_db);
    if (mode == STORE_READ)
        return open_to_read(path,
                flags | (access(path, W_OK) == 0 ? SQLITE_OPEN_READWRITE
                                                 : SQLITE_OPEN_READONLY),
                ret_db);
    if (mode == STORE_CREATE)
        flags |= SQLITE_OPEN_CREATE;
    return sqlite3_open_v2(path, ret_db, flags | SQLITE_OPEN_READWRITE, NULL);
}

enum err_code store_open(const char *path, enum store_mode mode, struct store **ret_store,
        struct err *err)
{
    CLEANUP(store_cleanup) struct store *store = NULL;
    enum err_code code = refuse_missing(path, mode, err);
    bool reads = mode == STORE_READ || mode == STORE_SEALED;
    bool writes;
    int sqlite_code;

    if (code != ERR_OK)
        return code;
    store = mem_alloc(sizeof(*store));
    if (store == NULL)
        return err_memory(err);
    store->fault_left = -1;
    (void)text_copy(store->path, sizeof(store->path), path);
    (void)umask(0077);
    sqlite_code = open_database(path, mode, &store->db);
    if (sqlite_code != SQLITE_OK)
        return store_failure(store, sqlite_code, err);
    harden(store->db);
    /* A reader may bring an older file up to date where it can, and never makes a new one. */
    writes = !reads || (mode == STORE_READ && access(path, W_OK) == 0);
    code = configure(store, !reads, err);
    if (code == ERR_OK)
        code = store_migrate(store, writes, !reads, err);
    if (code != ERR_OK)
        return code;
    *ret_store = store;
    store = NULL;
    return ERR_OK;
}

void store_close(struct store *store)
{
    if (store == NULL)
        return;
    for (int i = 0; i < STMT__MAX; i++)
        (void)sqlite3_finalize(store->statements[i]);
    (void)sqlite3_close(store->db);
    mem_free(store);
}

void store_cleanup(struct store **store)
{
    store_close(*store);
    *store = NULL;
}

enum err_code store_begin(struct store *store, struct err *err)
{
    enum err_code code = store_plain(store, "BEGIN IMMEDIATE", err);

    store->in_transaction = code == ERR_OK;
    return code;
}

enum err_code store_commit(struct store *store, struct err *err)
{
    enum err_code code = store_plain(store, "COMMIT", err);

    if (code == ERR_OK)
        store->in_transaction = false;
    else
        store_rollback(store);
    return code;
}

void store_rollback(struct store *store)
{
    store->import.open = false;
    store->latest.waits = false;
    if (!store->in_transaction)
        return;
    store->in_transaction = false;
    (void)sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
}

int64_t store_statement_n(const struct store *store)
{
    return store->statement_n;
}

enum err_code store_data_version(struct store *store, int64_t *ret_version, struct err *err)
{
    sqlite3_stmt *stmt = NULL;
    int64_t version = 0;
    int code = sqlite3_prepare_v2(store->db, "PRAGMA data_version", -1, &stmt, NULL);

    if (code == SQLITE_OK)
        code = sqlite3_step(stmt);
    if (code == SQLITE_ROW)
        version = sqlite3_column_int64(stmt, 0);
    (void)sqlite3_finalize(stmt);
    if (code != SQLITE_ROW)
        return store_failure(store, code, err);
    *ret_version = version;
    return ERR_OK;
}

void store_fault(struct store *store, long n)
{
    store->fault_left = n;
}

enum err_code store_copy(struct store *store, const char *path, struct err *err)
{
    sqlite3_stmt *stmt = NULL;
    int code;

    if (access(path, F_OK) == 0) {
        (void)err_set(err, ERR_CONFLICT, "there is already a file %s", path);
        return err_hint(err, "Name another place for the copy.");
    }
    code = sqlite3_prepare_v2(store->db, "VACUUM INTO ?1", -1, &stmt, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_bind_text(stmt, 1, path, -1, SQLITE_STATIC);
    if (code == SQLITE_OK)
        code = sqlite3_step(stmt);
    (void)sqlite3_finalize(stmt);
    return code == SQLITE_DONE ? ERR_OK : store_failure(store, code, err);
}
