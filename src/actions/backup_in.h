/*
 * backup_in: what the files of backup share: files and folders, and proving a copy.
 */
#ifndef ACTIONS_BACKUP_IN_H
#define ACTIONS_BACKUP_IN_H

#include "actions/backup.h"

#define BACKUP_COPY "attain.db"
#define BACKUP_MANIFEST "manifest.json"
#define SETTING_BACKUP "backup.last"
#define SETTING_DRILL "backup.last-drill"

/* ERR_IO from errno: "could not <verb> <path>: ...", with what to do. */
enum err_code backup_file_refuse(const char *verb, const char *path, struct err *err);

/* "a/b", or NULL. */
const char *backup_path(struct arena *arena, const char *folder, const char *name);

/* A copy of a file that nobody has open, on the disk when this returns. `to` is new. */
enum err_code backup_file_copy(const char *from, const char *to, struct err *err);

/* Let a file or a folder reach the disk. */
enum err_code backup_file_sync(const char *path, struct err *err);

/* A new file, on the disk when this returns. */
enum err_code backup_file_write(const char *path, const char *text, size_t n, struct err *err);

/* A whole file of at most `max` bytes. */
enum err_code backup_file_read(const char *path, size_t max, struct arena *arena,
        const char **ret_text, size_t *ret_n, struct err *err);

/* Remove a database and what SQLite and a migration leave beside it. */
void backup_file_drop(const char *path);

/* What a database holds, read at one moment. */
struct backup_contents {
    struct verify_result verified;
    struct table_count_list counts;
    struct chain_head_list heads;
};
enum err_code backup_inspect(const char *path, enum store_mode mode, struct arena *arena,
        struct backup_contents *ret_contents, struct err *err);

/* Find the backup that `folder` means, and read its manifest. */
enum err_code backup_find(const char *folder, struct arena *arena, struct backup *ret_backup,
        struct err *err);

/* Prove that the file at `path` is the copy that the manifest speaks of. */
enum err_code backup_prove(const char *path, const struct backup *backup, struct arena *arena,
        struct err *err);

/* A setting of school 0 and a line of the audit, in one transaction. */
struct backup_mark {
    const char *db, *setting, *action, *what, *stamp, *who; /* setting NULL: none */
    bool ends_sessions;
};
enum err_code backup_mark_put(const struct backup_mark *mark, struct err *err);

#endif
