#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "actions/backup_in.h"
#include "base/text.h"

enum {
    KEPT_MAX = 99,
    NANOSECONDS_OF_MS = 1000000
};

static int64_t since(int64_t began)
{
    return (clock_monotonic() - began) / NANOSECONDS_OF_MS;
}

static bool is_there(const char *path)
{
    return access(path, F_OK) == 0;
}

/* The copy at `to`, proved, brought up to date and with the restore in its audit. */
static enum err_code restore_to(const struct restore_order *order, const struct backup *backup,
        const char *to, struct arena *arena, struct err *err)
{
    const struct backup_mark mark = { .db = to,
        .action = "restore",
        .what = backup->manifest.made_at,
        .stamp = order->stamp,
        .who = order->who,
        .ends_sessions = true };
    const char *from = backup_path(arena, backup->folder, backup->manifest.copy);
    enum err_code code;

    if (from == NULL)
        return err_memory(err);
    backup_file_drop(to);
    code = backup_file_copy(from, to, err);
    if (code == ERR_OK)
        code = backup_prove(to, backup, arena, err);
    if (code == ERR_OK)
        code = backup_mark_put(&mark, err);
    if (code == ERR_OK)
        code = backup_file_sync(to, err);
    if (code != ERR_OK)
        backup_file_drop(to);
    if (code == ERR_INVALID)
        (void)err_where(err, backup->folder, 0, NULL);
    return code;
}

/* ---- into place ---- */

/* Every name that is needed, found before anything is moved. */
struct places {
    const char *db, *part, *folder;
    const char *kept; /* "": nothing is there */
    const char *wal, *journal, *shm;
    const char *kept_wal, *kept_journal;
};

static enum err_code refuse_standing(const struct restore_order *order,
        const struct backup *backup, struct arena *arena, struct err *err)
{
    const char *copy = backup_path(arena, backup->folder, backup->manifest.copy);
    struct stat there, here;

    if (copy == NULL)
        return err_memory(err);
    if (stat(order->db, &there) != 0)
        return ERR_OK;
    if (stat(copy, &here) == 0 && here.st_dev == there.st_dev && here.st_ino == there.st_ino) {
        (void)err_set(err, ERR_CONFLICT, "%s is the backup itself", order->db);
        return err_hint(err, "Name the database to make with --db.");
    }
    if (S_ISREG(there.st_mode) && order->replace)
        return ERR_OK;
    (void)err_set(err, ERR_CONFLICT, "there is already %s %s",
            S_ISREG(there.st_mode) ? "a database" : "something else called", order->db);
    return err_hint(err, "Name another place with --db, or give --replace: the old file is "
                         "then kept beside it as *.before-restore.");
}

/* A name that nothing has yet, so that no kept file is ever written over. */
static const char *free_name(const char *db, struct arena *arena)
{
    const char *name = arena_printf(arena, "%s.before-restore", db);

    for (int i = 2; name != NULL && is_there(name) && i <= KEPT_MAX; i++)
        name = arena_printf(arena, "%s.before-restore-%d", db, i);
    return name;
}

static const char *folder_of(const char *path, struct arena *arena)
{
    const char *slash = strrchr(path, '/');

    return slash == NULL   ? "."
           : slash == path ? "/"
                           : arena_printf(arena, "%.*s", (int)(slash - path), path);
}

static enum err_code find_places(const char *db, struct arena *arena, struct places *places,
        struct err *err)
{
    char real[PATH_MAX];

    /* The file a link points at is replaced, not the link. */
    places->db = realpath(db, real) == NULL ? db : arena_text(arena, real);
    if (places->db == NULL)
        return err_memory(err);
    places->part = arena_printf(arena, "%s.restore-part", places->db);
    places->folder = folder_of(places->db, arena);
    places->wal = arena_printf(arena, "%s-wal", places->db);
    places->journal = arena_printf(arena, "%s-journal", places->db);
    places->shm = arena_printf(arena, "%s-shm", places->db);
    places->kept = free_name(places->db, arena);
    if (places->part == NULL || places->folder == NULL || places->wal == NULL ||
            places->journal == NULL || places->shm == NULL || places->kept == NULL)
        return err_memory(err);
    places->kept_wal = arena_printf(arena, "%s-wal", places->kept);
    places->kept_journal = arena_printf(arena, "%s-journal", places->kept);
    if (places->kept_wal == NULL || places->kept_journal == NULL)
        return err_memory(err);
    if (is_there(places->kept))
        return err_set(err, ERR_CONFLICT, "there are too many files %s.before-restore",
                places->db);
    return ERR_OK;
}

/* A -wal that stays behind would be read into the restored file. */
static enum err_code move_wal(const struct places *places, struct err *err)
{
    if (is_there(places->wal) && rename(places->wal, places->kept_wal) != 0)
        return backup_file_refuse("move", places->wal, err);
    if (is_there(places->journal) && rename(places->journal, places->kept_journal) != 0)
        return backup_file_refuse("move", places->journal, err);
    if (is_there(places->shm) && unlink(places->shm) != 0)
        return backup_file_refuse("remove", places->shm, err);
    return ERR_OK;
}

/* Undo move_wal after a failure. */
static void move_wal_back(const struct places *places)
{
    if (is_there(places->kept_wal))
        (void)rename(places->kept_wal, places->wal);
    if (is_there(places->kept_journal))
        (void)rename(places->kept_journal, places->journal);
}

/* Give the old file its second name before the first is taken from it, so that there is a
   database at every moment. */
static enum err_code exchange(const struct places *places, bool old, struct err *err)
{
    if (old && link(places->db, places->kept) != 0 && rename(places->db, places->kept) != 0)
        return backup_file_refuse("keep", places->db, err);
    if (rename(places->part, places->db) == 0)
        return ERR_OK;
    (void)backup_file_refuse("move into place", places->part, err);
    if (old && !is_there(places->db))
        (void)rename(places->kept, places->db);
    else if (old)
        (void)unlink(places->kept);
    return err->code;
}

static enum err_code swap(struct places *places, struct err *err)
{
    struct err later;
    bool old = is_there(places->db);
    enum err_code code = old ? store_settle(places->db, err) : ERR_OK;

    if (code != ERR_OK)
        return code;
    code = move_wal(places, err);
    if (code == ERR_OK)
        code = exchange(places, old, err);
    if (code != ERR_OK) {
        move_wal_back(places);
        return code;
    }
    if (!old)
        places->kept = "";
    /* Both files are whole and on the disk, whichever has the name after a power cut. */
    (void)backup_file_sync(places->folder, &later);
    return ERR_OK;
}

enum err_code backup_restore(const struct restore_order *order, struct arena *arena,
        struct restored *ret_restored, struct err *err)
{
    struct restored restored = { .kept = "" };
    struct places places = { 0 };
    int64_t began = clock_monotonic();
    enum err_code code = backup_find(order->folder, arena, &restored.backup, err);

    if (code == ERR_OK)
        code = refuse_standing(order, &restored.backup, arena, err);
    if (code == ERR_OK)
        code = find_places(order->db, arena, &places, err);
    if (code == ERR_OK)
        code = restore_to(order, &restored.backup, places.part, arena, err);
    if (code != ERR_OK)
        return code;
    code = swap(&places, err);
    /* After a success this is what a migration left. */
    backup_file_drop(places.part);
    if (code != ERR_OK)
        return code;
    restored.kept = places.kept;
    restored.milliseconds = since(began);
    *ret_restored = restored;
    return ERR_OK;
}

/* ---- the drill ---- */

static enum err_code drill_in(const struct restore_order *order, char *folder,
        struct restored *restored, struct arena *arena, struct err *err)
{
    const char *to = backup_path(arena, folder, BACKUP_COPY);
    enum err_code code;

    if (to == NULL)
        return err_memory(err);
    code = restore_to(order, &restored->backup, to, arena, err);
    if (code == ERR_OK)
        backup_file_drop(to);
    return code;
}

static const char *record(const struct restore_order *order, bool *ret_recorded)
{
    const struct backup_mark mark = { .db = order->db,
        .setting = SETTING_DRILL,
        .action = "drill",
        .what = "restore drill",
        .stamp = order->stamp,
        .who = order->who };
    struct err later = { 0 };

    *ret_recorded = false;
    if (!is_there(order->db))
        return "There is no database here to record the drill in: name it with --db.";
    *ret_recorded = backup_mark_put(&mark, &later) == ERR_OK;
    return *ret_recorded ? ""
                         : "The database could not be written to, so it does not say that the "
                           "drill was done.";
}

enum err_code backup_drill(const struct restore_order *order, struct arena *arena,
        struct restored *ret_restored, struct err *err)
{
    struct restored restored = { .kept = "" };
    const char *base = getenv("TMPDIR");
    char *folder =
            arena_printf(arena, "%s/attain-drill-XXXXXX", text_empty(base) ? "/tmp" : base);
    int64_t began = clock_monotonic();
    const char *note;
    enum err_code code = folder == NULL ? err_memory(err) : ERR_OK;

    if (code == ERR_OK)
        code = backup_find(order->folder, arena, &restored.backup, err);
    if (code != ERR_OK)
        return code;
    if (mkdtemp(folder) == NULL)
        return backup_file_refuse("make the folder", folder, err);
    code = drill_in(order, folder, &restored, arena, err);
    (void)rmdir(folder);
    if (code != ERR_OK)
        return code;
    restored.milliseconds = since(began);
    note = record(order, &restored.recorded);
    if (restored.backup.note[0] == '\0')
        restored.backup.note = note;
    else if (note[0] != '\0')
        restored.backup.note = arena_printf(arena, "%s %s", restored.backup.note, note);
    if (restored.backup.note == NULL)
        restored.backup.note = note;
    *ret_restored = restored;
    return ERR_OK;
}
