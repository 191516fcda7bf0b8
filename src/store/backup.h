/*
 * backup: what a backup needs of the store besides store_copy and store_verify: what a file
 * holds, whether its bytes are those that were written, and whether it may be replaced.
 *
 * The digest is BLAKE2b with 32 bytes over the plain bytes, as `b2sum -l 256` prints it.
 */
#ifndef STORE_BACKUP_H
#define STORE_BACKUP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/digest.h"
#include "base/err.h"
#include "store/store.h"

struct table_count {
    const char *table;
    int64_t n; /* rows, over all schools */
};
struct table_count_list {
    struct table_count *items;
    size_t n;
};
/* Every table, by name. */
MUST_USE enum err_code store_table_counts(struct store *store, struct arena *arena,
        struct table_count_list *ret_list, struct err *err);

/* The last link of a school's hash chain. */
struct chain_head {
    const char *laestab;
    int64_t link_n;
    const char *hash;
};
struct chain_head_list {
    struct chain_head *items;
    size_t n;
};
/* Every school that has saved anything, by LAESTAB. */
MUST_USE enum err_code store_chain_heads(struct store *store, struct arena *arena,
        struct chain_head_list *ret_list, struct err *err);

/* The newest schema this program knows. */
int store_schema_newest(void);

/*
 * The schema number in the first bytes of a file, which is not opened as a database.
 * ERR_IO when it cannot be read; ERR_INVALID when it is no Attain file.
 */
MUST_USE enum err_code store_schema_of(const char *path, int64_t *ret_schema, struct err *err);

/* Size and digest of a file that nobody has open as a database. ERR_IO. */
MUST_USE enum err_code store_file_digest(const char *path, int64_t *ret_size,
        char hash[DIGEST_HEX_SIZE], struct err *err);

/*
 * Make sure that no other program has the database at `path` open, and write what stands in
 * its -wal into the file itself, so that the file may be moved. A file too damaged for that
 * is left as it is: then a -wal beside it belongs to it. ERR_CONFLICT when it is in use.
 */
MUST_USE enum err_code store_settle(const char *path, struct err *err);

#endif
