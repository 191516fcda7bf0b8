/*
 * backup: copies of the database that prove themselves, and the way back from one.
 *
 * A backup is a folder attain-YYYY-MM-DD-HHMMSS (UTC) with two files: attain.db, the whole
 * database of one moment, and manifest.json, which says what attain.db is: its size, its
 * digest (BLAKE2b, 32 bytes, as `b2sum -l 256` prints it), the rows of each table and the
 * head of each school's hash chain. The folder is called ...part until everything in it has
 * reached the disk and was read back, so one that was cut short is never taken for a backup.
 *
 * Texts live in the arena given. Errors of all functions besides those they name:
 * ERR_MEMORY; ERR_IO (a folder or file cannot be read or written, the disk is full); those of
 * store_open. After an error nothing is left behind and no database was changed.
 */
#ifndef ACTIONS_BACKUP_H
#define ACTIONS_BACKUP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "store/backup.h"

/* The program's version as the manifest states it; meson.build has the same. */
#define BACKUP_PROGRAM "0.1.0"

struct backup_manifest {
    int64_t schema;
    const char *program; /* version that made it */
    const char *made_at; /* UTC */
    const char *source;  /* the database's file name, without folder */
    const char *copy;    /* the copy's file name in the backup's folder */
    int64_t size;        /* of the copy, in bytes */
    const char *digest;
    int64_t link_n, fact_n; /* proved when it was made */
    struct table_count_list counts;
    struct chain_head_list heads;
    const char **findings; /* what was wrong with the database already, in sentences */
    size_t finding_n;      /* 0: it was sound */
};

struct backup {
    const char *folder;
    struct backup_manifest manifest;
    const char *note; /* a sentence that a person should read besides, or "" */
};

/* The manifest as a JSON object, without a line break behind it. */
void backup_manifest_write(struct buf *buf, const struct backup_manifest *manifest);

/* Read one back. ERR_INVALID when it is not one, was cut short, or is of a newer schema. */
MUST_USE enum err_code backup_manifest_read(const char *text, size_t n, struct arena *arena,
        struct backup_manifest *ret_manifest, struct err *err);

/* The moment for backup_make: `day`T00:00:00Z where the caller was given a day, else now. */
const char *backup_stamp(struct date day, char buffer[CLOCK_STAMP_SIZE]);

struct backup_order {
    const char *db;
    const char *folder; /* where the backup's own folder is made; made itself if its parent is
                           there */
    const char *stamp;
    const char *who;
};

/*
 * Make a backup while others may write, read it back and prove it, and record in the
 * database when (setting backup.last of school 0) and by whom (audit). An unsound database
 * is copied all the same, and the manifest says what is wrong: look at finding_n.
 * ERR_CONFLICT when there is a backup of the same second.
 */
MUST_USE enum err_code backup_make(const struct backup_order *order, struct arena *arena,
        struct backup *ret_backup, struct err *err);

/*
 * Prove the backup in `folder`, or the newest where `folder` holds several: size, digest,
 * the file's structure, every hash chain, and the manifest's counts and chain heads.
 * ERR_NOT_FOUND when there is none; ERR_INVALID with what is wrong; it changes nothing.
 */
MUST_USE enum err_code backup_check(const char *folder, struct arena *arena,
        struct backup *ret_backup, struct err *err);

struct restore_order {
    const char *folder; /* as for backup_check */
    const char *db;
    bool replace; /* a database that is there is kept beside as *.before-restore */
    const char *stamp;
    const char *who;
};

struct restored {
    struct backup backup;
    const char *kept;     /* where the database that was there is now, or "" */
    int64_t milliseconds; /* from the first byte read to the last check */
    bool recorded;        /* drill: whether the database says when it was done */
};

/*
 * Copy the backup beside the database, prove the copy, then move it into place. The restore
 * stands in the audit of what is restored, and every session in it is ended. ERR_CONFLICT when
 * there is a database and `replace` is not set, or when another program has it open; else as
 * backup_check.
 */
MUST_USE enum err_code backup_restore(const struct restore_order *order, struct arena *arena,
        struct restored *ret_restored, struct err *err);

/*
 * The same into a temporary folder, which is removed again; then, where the database exists,
 * record the moment in it (setting backup.last-drill of school 0).
 */
MUST_USE enum err_code backup_drill(const struct restore_order *order, struct arena *arena,
        struct restored *ret_restored, struct err *err);

/* When this database was last copied and last drilled: UTC, or "" for never. */
struct backup_record {
    const char *last_backup, *last_drill;
};
MUST_USE enum err_code backup_record_read(struct store *store, struct arena *arena,
        struct backup_record *ret_record, struct err *err);

#endif
