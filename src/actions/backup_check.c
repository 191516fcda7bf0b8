#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "actions/backup_in.h"
#include "base/text.h"

enum {
    MANIFEST_MAX = 16 << 20,
    NAME_LENGTH = 24 /* attain-2026-03-27-155002 */
};

/* ---- finding it ---- */

/* The name of a backup, whatever stands behind it. */
static bool named_so(const char *name)
{
    static const char shape[] = "attain-0000-00-00-000000";

    if (strlen(name) < NAME_LENGTH)
        return false;
    for (size_t i = 0; i < NAME_LENGTH; i++) {
        bool digit = name[i] >= '0' && name[i] <= '9';

        if (shape[i] == '0' ? !digit : name[i] != shape[i])
            return false;
    }
    return true;
}

/* The newest by name, and the newest of those cut short ("...part"). */
struct newest {
    char name[NAME_LENGTH + 1], part[NAME_LENGTH + 1];
};

static enum err_code look_through(const char *folder, struct newest *newest, struct err *err)
{
    DIR *dir = opendir(folder);
    const struct dirent *entry;
    int number;

    if (dir == NULL)
        return backup_file_refuse("read the folder", folder, err);
    errno = 0;
    while ((entry = readdir(dir)) != NULL) {
        const char *rest = entry->d_name + NAME_LENGTH;
        char *kept = newest->name;

        if (!named_so(entry->d_name) || (rest[0] != '\0' && !text_eq(rest, ".part")))
            continue;
        if (rest[0] != '\0')
            kept = newest->part;
        if (strncmp(entry->d_name, kept, NAME_LENGTH) > 0)
            (void)snprintf(kept, NAME_LENGTH + 1, "%.*s", NAME_LENGTH, entry->d_name);
    }
    number = errno;
    (void)closedir(dir);
    errno = number;
    return number == 0 ? ERR_OK : backup_file_refuse("read the folder", folder, err);
}

static enum err_code refuse_none(const char *folder, const struct newest *newest,
        struct err *err)
{
    if (newest->part[0] != '\0')
        (void)err_set(err, ERR_NOT_FOUND, "there is no backup in %s, only one cut short: %s",
                folder, newest->part);
    else
        (void)err_set(err, ERR_NOT_FOUND, "there is no backup in %s", folder);
    return err_hint(err, "Name the folder of a backup, or the one that `attain backup --to` "
                         "was given.");
}

static enum err_code choose_newest(const char *folder, struct arena *arena,
        struct backup *backup, struct err *err)
{
    struct newest newest = { 0 };
    enum err_code code = look_through(folder, &newest, err);

    if (code != ERR_OK)
        return code;
    if (newest.name[0] == '\0')
        return refuse_none(folder, &newest, err);
    backup->folder = backup_path(arena, folder, newest.name);
    backup->note = strcmp(newest.part, newest.name) <= 0
                           ? ""
                           : arena_printf(arena,
                                     "A later backup, %s, was cut short or is being made now.",
                                     newest.part);
    return backup->folder == NULL || backup->note == NULL ? err_memory(err) : ERR_OK;
}

/* The name without a slash at the end, however the folder was named. */
static bool is_part(const char *folder)
{
    size_t n = strlen(folder);

    while (n > 0 && folder[n - 1] == '/')
        n--;
    return n >= NAME_LENGTH + 5 && strncmp(folder + n - 5, ".part", 5) == 0 &&
           named_so(folder + n - 5 - NAME_LENGTH);
}

static enum err_code refuse_folder(const char *folder, struct err *err)
{
    struct stat info;

    if (stat(folder, &info) != 0 && (errno == ENOENT || errno == ENOTDIR)) {
        (void)err_set(err, ERR_NOT_FOUND, "there is no folder %s", folder);
        return err_hint(err, "Check that the drive is there.");
    }
    if (stat(folder, &info) != 0)
        return backup_file_refuse("read the folder", folder, err);
    if (!S_ISDIR(info.st_mode)) {
        (void)err_set(err, ERR_INVALID, "%s is not a folder", folder);
        return err_hint(err, "Name the backup's folder, not a file in it.");
    }
    if (is_part(folder)) {
        (void)err_set(err, ERR_INVALID, "the backup %s was cut short while it was made",
                folder);
        return err_hint(err, "Use an earlier one; this folder may be deleted.");
    }
    return ERR_OK;
}

static bool holds(struct arena *arena, const char *folder, const char *name)
{
    const char *path = backup_path(arena, folder, name);

    return path != NULL && access(path, F_OK) == 0;
}

static bool looks_like_one(const char *folder, struct arena *arena)
{
    size_t n = strlen(folder);

    while (n > 0 && folder[n - 1] == '/')
        n--;
    return holds(arena, folder, BACKUP_MANIFEST) || holds(arena, folder, BACKUP_COPY) ||
           (n >= NAME_LENGTH && named_so(folder + n - NAME_LENGTH));
}

static enum err_code read_manifest(struct backup *backup, struct arena *arena, struct err *err)
{
    const char *path = backup_path(arena, backup->folder, BACKUP_MANIFEST);
    const char *text = NULL;
    size_t n = 0;
    enum err_code code;

    if (path == NULL)
        return err_memory(err);
    if (access(path, F_OK) != 0 && errno == ENOENT) {
        (void)err_set(err, ERR_INVALID, "the backup %s has no %s, so nothing proves it",
                backup->folder, BACKUP_MANIFEST);
        return err_hint(err, "Do not rely on this backup. Check an earlier one.");
    }
    code = backup_file_read(path, MANIFEST_MAX, arena, &text, &n, err);
    if (code == ERR_OK)
        code = backup_manifest_read(text, n, arena, &backup->manifest, err);
    return code == ERR_INVALID ? err_where(err, path, 0, NULL) : code;
}

enum err_code backup_find(const char *folder, struct arena *arena, struct backup *ret_backup,
        struct err *err)
{
    struct backup backup = { .folder = folder, .note = "" };
    enum err_code code = refuse_folder(folder, err);

    if (code == ERR_OK && !looks_like_one(folder, arena))
        code = choose_newest(folder, arena, &backup, err);
    if (code == ERR_OK)
        code = read_manifest(&backup, arena, err);
    if (code == ERR_OK)
        *ret_backup = backup;
    return code;
}

/* ---- proving it ---- */

enum err_code backup_inspect(const char *path, enum store_mode mode, struct arena *arena,
        struct backup_contents *ret_contents, struct err *err)
{
    CLEANUP(store_cleanup) struct store *store = NULL;
    struct backup_contents contents = { 0 };
    enum err_code code = store_open(path, mode, &store, err);

    if (code == ERR_OK)
        code = store_verify(store, arena, &contents.verified, err);
    if (code == ERR_OK)
        code = store_table_counts(store, arena, &contents.counts, err);
    if (code == ERR_OK)
        code = store_chain_heads(store, arena, &contents.heads, err);
    if (code == ERR_OK)
        *ret_contents = contents;
    return code;
}

static enum err_code distrust(struct err *err)
{
    return err_hint(err, "Do not rely on this backup: check an earlier one, and make a new "
                         "one.");
}

static enum err_code check_bytes(const char *path, const struct backup_manifest *manifest,
        struct err *err)
{
    char digest[DIGEST_HEX_SIZE];
    int64_t size = 0;
    enum err_code code = store_file_digest(path, &size, digest, err);

    if (code != ERR_OK)
        return code;
    if (size != manifest->size) {
        (void)err_set(err, ERR_INVALID,
                "the copy in the backup is %s: it has %lld bytes, not %lld",
                size < manifest->size ? "cut short" : "too long", (long long)size,
                (long long)manifest->size);
        return distrust(err);
    }
    if (!text_eq(digest, manifest->digest)) {
        (void)err_set(err, ERR_INVALID,
                "the copy in the backup is damaged: it is not what was written");
        return distrust(err);
    }
    return ERR_OK;
}

static const struct table_count *find_count(const struct table_count_list *list,
        const char *table)
{
    for (size_t i = 0; i < list->n; i++) {
        if (text_eq(list->items[i].table, table))
            return &list->items[i];
    }
    return NULL;
}

static enum err_code compare_counts(const struct backup_contents *contents,
        const struct backup_manifest *manifest, struct err *err)
{
    for (size_t i = 0; i < contents->counts.n; i++) {
        const struct table_count *here = &contents->counts.items[i];
        const struct table_count *said = find_count(&manifest->counts, here->table);

        if (said != NULL && said->n == here->n)
            continue;
        (void)err_set(err, ERR_INVALID,
                "the backup and its manifest disagree: %lld rows of %s, not %lld",
                (long long)here->n, here->table, said == NULL ? 0LL : (long long)said->n);
        return distrust(err);
    }
    return ERR_OK;
}

static enum err_code compare_heads(const struct backup_contents *contents,
        const struct backup_manifest *manifest, struct err *err)
{
    const struct chain_head_list *here = &contents->heads;
    const struct chain_head_list *said = &manifest->heads;

    for (size_t i = 0; i < here->n && i < said->n; i++) {
        if (text_eq(here->items[i].laestab, said->items[i].laestab) &&
                here->items[i].link_n == said->items[i].link_n &&
                text_eq(here->items[i].hash, said->items[i].hash))
            continue;
        (void)err_set(err, ERR_INVALID,
                "the backup and its manifest disagree on the hash chain of school %s",
                here->items[i].laestab);
        return distrust(err);
    }
    if (here->n == said->n)
        return ERR_OK;
    (void)err_set(err, ERR_INVALID,
            "the backup and its manifest disagree: %zu schools with facts, not %zu", here->n,
            said->n);
    return distrust(err);
}

static enum err_code refuse_unsound(const char *finding, size_t n, struct err *err)
{
    (void)err_set(err, ERR_INVALID, "the database in the backup is not sound: %.*s%s",
            (int)strcspn(finding, "\n") - (finding[strlen(finding) - 1] == '.' ? 1 : 0),
            finding, n > 1 ? " (and more)" : "");
    return distrust(err);
}

static enum err_code compare(const struct backup_contents *contents, bool migrated,
        const struct backup_manifest *manifest, struct err *err)
{
    enum err_code code = ERR_OK;

    if (contents->verified.finding_n > 0)
        return refuse_unsound(contents->verified.findings[0].what, contents->verified.finding_n,
                err);
    /* A migration may add and fill tables; facts and their chains it never touches. */
    if (!migrated)
        code = compare_counts(contents, manifest, err);
    return code == ERR_OK ? compare_heads(contents, manifest, err) : code;
}

/* An older schema is brought up to date in a copy of the copy, which goes again. */
static enum err_code inspect_older(const char *path, struct arena *arena,
        struct backup_contents *ret_contents, struct err *err)
{
    const char *base = getenv("TMPDIR");
    char *folder =
            arena_printf(arena, "%s/attain-check-XXXXXX", text_empty(base) ? "/tmp" : base);
    const char *copy;
    enum err_code code;

    if (folder == NULL)
        return err_memory(err);
    if (mkdtemp(folder) == NULL)
        return backup_file_refuse("make the folder", folder, err);
    copy = backup_path(arena, folder, BACKUP_COPY);
    code = copy == NULL ? err_memory(err) : backup_file_copy(path, copy, err);
    if (code == ERR_OK)
        code = backup_inspect(copy, STORE_WRITE, arena, ret_contents, err);
    if (copy != NULL)
        backup_file_drop(copy);
    (void)rmdir(folder);
    return code;
}

enum err_code backup_prove(const char *path, const struct backup *backup, struct arena *arena,
        struct err *err)
{
    const struct backup_manifest *manifest = &backup->manifest;
    struct backup_contents contents = { 0 };
    bool older = manifest->schema < store_schema_newest();
    int64_t schema = 0;
    enum err_code code = check_bytes(path, manifest, err);

    if (code == ERR_OK)
        code = store_schema_of(path, &schema, err);
    if (code == ERR_OK && schema != manifest->schema)
        code = err_set(err, ERR_INVALID,
                "the backup and its manifest disagree: schema %lld, not %lld",
                (long long)schema, (long long)manifest->schema);
    if (code == ERR_OK)
        code = older ? inspect_older(path, arena, &contents, err)
                     : backup_inspect(path, STORE_SEALED, arena, &contents, err);
    if (code == ERR_OK)
        code = compare(&contents, older, manifest, err);
    if (code == ERR_OK && manifest->finding_n > 0)
        code = refuse_unsound(manifest->findings[0], manifest->finding_n, err);
    return code;
}

enum err_code backup_check(const char *folder, struct arena *arena, struct backup *ret_backup,
        struct err *err)
{
    struct backup backup = { 0 };
    const char *copy;
    enum err_code code = backup_find(folder, arena, &backup, err);

    if (code != ERR_OK)
        return code;
    copy = backup_path(arena, backup.folder, backup.manifest.copy);
    code = copy == NULL ? err_memory(err) : backup_prove(copy, &backup, arena, err);
    if (code == ERR_INVALID && err->file[0] == '\0')
        (void)err_where(err, backup.folder, 0, NULL);
    if (code == ERR_OK)
        *ret_backup = backup;
    return code;
}
