#include "store/backup.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

#include "store/store_in.h"

enum {
    HEADER_SIZE = 100,
    HEADER_SCHEMA = 60, /* where SQLite keeps user_version */
    HEADER_MARK = 68,   /* and application_id */
    ATTAIN_MARK = 1096044081,
    DIGEST_BYTES = 32,
    READ_SIZE = 1 << 16,
    SETTLE_WAIT_MS = 500
};

/* What every SQLite file begins with, its NUL too. */
static const char magic[] = "SQLite format 3";

enum err_code store_table_counts(struct store *store, struct arena *arena,
        struct table_count_list *ret_list, struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };
    struct table_count_list list = { 0 };
    enum err_code code;

    query_start(&q, store, STMT_TABLE_COUNTS);
    while (query_next(&q)) {
        list.items = query_grow(&q, arena, list.items, list.n, sizeof(*list.items));
        if (list.items == NULL)
            break;
        list.items[list.n].table = query_copy(&q, 0, arena);
        list.items[list.n++].n = query_int(&q, 1);
    }
    code = query_end(&q, err);
    if (code == ERR_OK)
        *ret_list = list;
    return code;
}

enum err_code store_chain_heads(struct store *store, struct arena *arena,
        struct chain_head_list *ret_list, struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };
    struct chain_head_list list = { 0 };
    enum err_code code;

    query_start(&q, store, STMT_LINK_HEADS);
    while (query_next(&q)) {
        list.items = query_grow(&q, arena, list.items, list.n, sizeof(*list.items));
        if (list.items == NULL)
            break;
        list.items[list.n].laestab = query_copy(&q, 0, arena);
        list.items[list.n].link_n = query_int(&q, 1);
        list.items[list.n++].hash = query_copy(&q, 2, arena);
    }
    code = query_end(&q, err);
    if (code == ERR_OK)
        *ret_list = list;
    return code;
}

int store_schema_newest(void)
{
    return migrations[migration_n - 1].number;
}

static enum err_code refuse_reading(const char *path, struct err *err)
{
    int number = errno;

    (void)err_set(err, ERR_IO, "could not read %s: %s", path,
            number == 0 ? "it ends too soon" : strerrordesc_np(number));
    return err_hint(err, "Check that the drive is there and the file may be read.");
}

static int64_t big_endian(const unsigned char *bytes)
{
    return (int64_t)bytes[0] << 24 | (int64_t)bytes[1] << 16 | (int64_t)bytes[2] << 8 |
           (int64_t)bytes[3];
}

enum err_code store_schema_of(const char *path, int64_t *ret_schema, struct err *err)
{
    unsigned char header[HEADER_SIZE] = { 0 };
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t n;

    if (fd < 0)
        return refuse_reading(path, err);
    n = read(fd, header, sizeof(header));
    if (n < 0)
        (void)refuse_reading(path, err);
    (void)close(fd);
    if (n < 0)
        return err->code;
    if (n != HEADER_SIZE || memcmp(header, magic, sizeof(magic)) != 0 ||
            big_endian(header + HEADER_MARK) != ATTAIN_MARK)
        return err_set(err, ERR_INVALID, "%s is not an Attain file", path);
    *ret_schema = big_endian(header + HEADER_SCHEMA);
    return ERR_OK;
}

static void to_hex(const unsigned char *hash, char text[DIGEST_HEX_SIZE])
{
    (void)sodium_bin2hex(text, DIGEST_HEX_SIZE, hash, DIGEST_BYTES);
}

enum err_code store_file_digest(const char *path, int64_t *ret_size, char hash[DIGEST_HEX_SIZE],
        struct err *err)
{
    static _Thread_local unsigned char bytes[READ_SIZE];
    crypto_generichash_state state;
    unsigned char result[DIGEST_BYTES];
    int64_t size = 0;
    ssize_t n = 0;
    int fd = open(path, O_RDONLY | O_CLOEXEC);

    if (fd < 0)
        return refuse_reading(path, err);
    (void)crypto_generichash_init(&state, NULL, 0, DIGEST_BYTES);
    while ((n = read(fd, bytes, sizeof(bytes))) > 0) {
        (void)crypto_generichash_update(&state, bytes, (size_t)n);
        size += n;
    }
    if (n < 0)
        (void)refuse_reading(path, err);
    (void)close(fd);
    if (n < 0)
        return err->code;
    (void)crypto_generichash_final(&state, result, sizeof(result));
    to_hex(result, hash);
    *ret_size = size;
    return ERR_OK;
}

/* SQLite throws away the -wal of a file that is too short to be one. */
static bool is_database(const char *path)
{
    char start[sizeof(magic)] = "";
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? 0 : read(fd, start, sizeof(start));

    if (fd >= 0)
        (void)close(fd);
    return n == (ssize_t)sizeof(start) && memcmp(start, magic, sizeof(magic)) == 0;
}

static bool in_use(int code)
{
    return (code & 0xFF) == SQLITE_BUSY || (code & 0xFF) == SQLITE_LOCKED;
}

enum err_code store_settle(const char *path, struct err *err)
{
    sqlite3 *db = NULL;
    int code;

    if (!is_database(path))
        return ERR_OK;
    code = sqlite3_open_v2(path, &db,
            SQLITE_OPEN_READWRITE | SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_NOMUTEX, NULL);
    /* Leaving WAL needs the file for oneself: whoever has it open is found out by it. */
    if (code == SQLITE_OK) {
        (void)sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
        (void)sqlite3_busy_timeout(db, SETTLE_WAIT_MS);
        code = sqlite3_exec(db, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL);
    }
    (void)sqlite3_close(db);
    if ((code & 0xFF) == SQLITE_NOMEM)
        return err_memory(err);
    if (in_use(code)) {
        (void)err_set(err, ERR_CONFLICT, "another program has %s open", path);
        return err_hint(err,
                "Stop `attain serve` and whatever else uses the file, then do it again. "
                "Nothing was changed.");
    }
    return ERR_OK;
}
