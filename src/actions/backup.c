#include "actions/backup.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "actions/backup_in.h"
#include "base/text.h"
#include "store/people.h"

enum {
    SECONDS_OF_DAY = 86400,
    FINDINGS_KEPT = 20,
    MANIFEST_MAX = 16 << 20
};

/* Later than any session began. */
#define FAR_AWAY (INT64_MAX / 4)

const char *backup_stamp(struct date day, char buffer[CLOCK_STAMP_SIZE])
{
    int64_t seconds = clock_seconds();
    char text[DATE_TEXT_SIZE];

    if (date_is_set(day)) {
        (void)snprintf(buffer, CLOCK_STAMP_SIZE, "%sT00:00:00Z", date_text(day, text));
        return buffer;
    }
    day = date_from_number((int32_t)(seconds / SECONDS_OF_DAY));
    seconds %= SECONDS_OF_DAY;
    (void)snprintf(buffer, CLOCK_STAMP_SIZE, "%sT%02d:%02d:%02dZ", date_text(day, text),
            (int)(seconds / 3600 % 24), (int)(seconds / 60 % 60), (int)(seconds % 60));
    return buffer;
}

/* ---- what is recorded in a database ---- */

/* Settings need their school; number 0 is there only once somebody needed it. */
static enum err_code need_school_0(struct store *store, struct err *err)
{
    const struct school none = { .laestab = "0000000",
        .name = "",
        .phase = "",
        .framework = "" };
    int64_t id = 0;
    enum err_code code = store_school_add(store, &none, &id, err);

    return code == ERR_CONFLICT ? ERR_OK : code;
}

static enum err_code put_mark(struct store *store, const struct backup_mark *mark,
        struct err *err)
{
    const struct audit_entry entry = { .recorded_at = mark->stamp,
        .who = mark->who,
        .action = mark->action,
        .what = mark->what,
        .from_where = "command line",
        .result = "done" };
    enum err_code code = store_begin(store, err);

    if (code == ERR_OK && mark->setting != NULL)
        code = need_school_0(store, err);
    if (code == ERR_OK && mark->setting != NULL)
        code = store_setting_put(store, 0, mark->setting, mark->stamp, err);
    /* Whoever was signed in at the backup's time may have been shut out since. */
    if (code == ERR_OK && mark->ends_sessions)
        code = store_session_sweep(store, FAR_AWAY, 0, FAR_AWAY, err);
    if (code == ERR_OK)
        code = store_audit_add(store, 0, &entry, 1, err);
    if (code == ERR_OK)
        return store_commit(store, err);
    store_rollback(store);
    return code;
}

enum err_code backup_mark_put(const struct backup_mark *mark, struct err *err)
{
    CLEANUP(store_cleanup) struct store *store = NULL;
    enum err_code code = store_open(mark->db, STORE_WRITE, &store, err);

    return code == ERR_OK ? put_mark(store, mark, err) : code;
}

enum err_code backup_record_read(struct store *store, struct arena *arena,
        struct backup_record *ret_record, struct err *err)
{
    struct setting_list list = { 0 };
    struct backup_record record = { "", "" };
    enum err_code code = store_settings(store, 0, arena, &list, err);

    if (code != ERR_OK)
        return code;
    for (size_t i = 0; i < list.n; i++) {
        if (text_eq(list.items[i].name, SETTING_BACKUP))
            record.last_backup = list.items[i].value;
        else if (text_eq(list.items[i].name, SETTING_DRILL))
            record.last_drill = list.items[i].value;
    }
    *ret_record = record;
    return ERR_OK;
}

/* ---- making one ---- */

/* Where things stand while a backup is made. */
struct making {
    const struct backup_order *order;
    struct arena *arena;
    const char *folder, *part, *copy, *manifest;
};

/* "2026-03-27T15:50:02Z" is "attain-2026-03-27-155002" in the folder. */
static enum err_code name_all(struct making *m, struct err *err)
{
    const char *stamp = m->order->stamp;
    const char *name = arena_printf(m->arena, "attain-%.10s-%.2s%.2s%.2s", stamp, stamp + 11,
            stamp + 14, stamp + 17);

    m->folder = name == NULL ? NULL : backup_path(m->arena, m->order->folder, name);
    m->part = m->folder == NULL ? NULL : arena_printf(m->arena, "%s.part", m->folder);
    m->copy = m->part == NULL ? NULL : backup_path(m->arena, m->part, BACKUP_COPY);
    m->manifest = m->part == NULL ? NULL : backup_path(m->arena, m->part, BACKUP_MANIFEST);
    return m->copy == NULL || m->manifest == NULL ? err_memory(err) : ERR_OK;
}

/* Only the last part of the path is made: a drive that is not there must not be taken for a
   folder that is missing. */
static enum err_code need_folder(const char *folder, struct err *err)
{
    struct stat info;

    if (stat(folder, &info) == 0 && !S_ISDIR(info.st_mode)) {
        (void)err_set(err, ERR_INVALID, "%s is not a folder", folder);
        return err_hint(err, "Name the folder that backups are kept in.");
    }
    if (stat(folder, &info) == 0 || mkdir(folder, 0700) == 0)
        return ERR_OK;
    return backup_file_refuse("make the folder", folder, err);
}

static enum err_code start_part(const struct making *m, struct err *err)
{
    if (access(m->folder, F_OK) == 0 || (mkdir(m->part, 0700) != 0 && errno == EEXIST)) {
        (void)err_set(err, ERR_CONFLICT, "there is already a backup of this second: %s",
                m->folder);
        return err_hint(err, "Do it again in a second, or name another folder.");
    }
    if (access(m->part, F_OK) != 0)
        return backup_file_refuse("make the folder", m->part, err);
    return ERR_OK;
}

static enum err_code copy_database(const struct making *m, struct err *err)
{
    CLEANUP(store_cleanup) struct store *store = NULL;
    enum err_code code = store_open(m->order->db, STORE_READ, &store, err);

    if (code != ERR_OK)
        return code;
    code = store_copy(store, m->copy, err);
    if (code == ERR_STORE && text_eq(err->file, m->order->db))
        (void)err_hint(err, "%s The copy was to go to %s.", err->hint, m->order->folder);
    return code == ERR_OK ? backup_file_sync(m->copy, err) : code;
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash == NULL ? path : slash + 1;
}

static enum err_code take_findings(struct arena *arena, const struct verify_result *verified,
        struct backup_manifest *manifest, struct err *err)
{
    size_t n = verified->finding_n < FINDINGS_KEPT ? verified->finding_n : FINDINGS_KEPT;
    const char **findings = arena_array(arena, n + 1, sizeof(*findings));

    if (findings == NULL)
        return err_memory(err);
    for (size_t i = 0; i < n; i++)
        findings[i] = verified->findings[i].what;
    manifest->findings = findings;
    manifest->finding_n = n;
    return ERR_OK;
}

/* Everything is read from the copy: the database has gone on meanwhile. */
static enum err_code describe(const struct making *m, struct backup_manifest *ret_manifest,
        struct err *err)
{
    struct backup_contents contents = { 0 };
    struct backup_manifest manifest = { .program = BACKUP_PROGRAM,
        .made_at = m->order->stamp,
        .source = base_name(m->order->db),
        .copy = BACKUP_COPY };
    char digest[DIGEST_HEX_SIZE];
    enum err_code code = store_file_digest(m->copy, &manifest.size, digest, err);

    if (code == ERR_OK)
        code = store_schema_of(m->copy, &manifest.schema, err);
    if (code == ERR_OK)
        code = backup_inspect(m->copy, STORE_SEALED, m->arena, &contents, err);
    if (code == ERR_OK)
        code = take_findings(m->arena, &contents.verified, &manifest, err);
    if (code != ERR_OK)
        return code;
    manifest.digest = arena_text(m->arena, digest);
    manifest.link_n = contents.verified.link_n;
    manifest.fact_n = contents.verified.fact_n;
    manifest.counts = contents.counts;
    manifest.heads = contents.heads;
    if (manifest.digest == NULL)
        return err_memory(err);
    *ret_manifest = manifest;
    return ERR_OK;
}

static enum err_code write_manifest(const struct making *m,
        const struct backup_manifest *manifest, struct err *err)
{
    struct buf buf = buf_make(m->arena, MANIFEST_MAX);
    const char *text = NULL;
    size_t n = 0;
    enum err_code code;

    backup_manifest_write(&buf, manifest);
    buf_add_char(&buf, '\n');
    code = buf_end(&buf, &text, &n, err);
    return code == ERR_OK ? backup_file_write(m->manifest, text, n, err) : code;
}

/* The name is given only to what is whole and on the disk. */
static enum err_code put_in_place(const struct making *m, struct err *err)
{
    enum err_code code = backup_file_sync(m->part, err);

    if (code != ERR_OK)
        return code;
    if (rename(m->part, m->folder) != 0)
        return backup_file_refuse("name", m->folder, err);
    code = backup_file_sync(m->order->folder, err);
    if (code != ERR_OK)
        (void)rename(m->folder, m->part);
    return code;
}

static enum err_code fill_part(const struct making *m, struct backup_manifest *ret_manifest,
        struct err *err)
{
    enum err_code code = copy_database(m, err);

    if (code == ERR_OK)
        code = describe(m, ret_manifest, err);
    if (code == ERR_OK)
        code = write_manifest(m, ret_manifest, err);
    return code == ERR_OK ? put_in_place(m, err) : code;
}

static void drop_part(const struct making *m)
{
    backup_file_drop(m->copy);
    (void)unlink(m->manifest);
    (void)rmdir(m->part);
}

/* The backup is good whether or not the database could note it. */
static const char *record(const struct making *m, bool sound)
{
    const struct backup_mark mark = { .db = m->order->db,
        .setting = sound ? SETTING_BACKUP : NULL,
        .action = "backup",
        .what = base_name(m->folder),
        .stamp = m->order->stamp,
        .who = m->order->who };
    struct err later = { 0 };

    return backup_mark_put(&mark, &later) == ERR_OK
                   ? ""
                   : "The database could not be written to, so it does not say that this "
                     "backup was made.";
}

enum err_code backup_make(const struct backup_order *order, struct arena *arena,
        struct backup *ret_backup, struct err *err)
{
    struct making m = { .order = order, .arena = arena };
    struct backup backup = { 0 };
    bool made = access(order->folder, F_OK) != 0;
    struct store *store = NULL;
    enum err_code code = name_all(&m, err);

    /* A database that is not there is found before anything is made. */
    if (code == ERR_OK)
        code = store_open(order->db, STORE_READ, &store, err);
    store_close(store);
    if (code == ERR_OK)
        code = need_folder(order->folder, err);
    if (code != ERR_OK)
        return code;
    code = start_part(&m, err);
    if (code == ERR_OK) {
        code = fill_part(&m, &backup.manifest, err);
        if (code != ERR_OK)
            drop_part(&m);
    }
    if (code != ERR_OK) {
        if (made)
            (void)rmdir(order->folder);
        return code;
    }
    backup.folder = m.folder;
    backup.note = record(&m, backup.manifest.finding_n == 0);
    *ret_backup = backup;
    return ERR_OK;
}
