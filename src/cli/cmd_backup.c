#include <stdlib.h>
#include <string.h>

#include "actions/backup.h"
#include "base/text.h"
#include "cli/command.h"
#include "reports/render/escape.h"

enum {
    ANSWER_MAX = 32 << 20
};

static const char *database_of(const struct args *args)
{
    const char *db = args->db != NULL ? args->db : getenv("ATTAIN_DB");

    return text_empty(db) ? "attain.db" : db;
}

static int refuse_usage(const char *message, const char *hint, struct err *err)
{
    (void)err_set(err, ERR_USAGE, "%s", message);
    (void)err_hint(err, "%s", hint);
    return -1;
}

/* 12345678 is "12.3 MB". */
static void add_size(struct buf *buf, int64_t bytes)
{
    if (bytes < 1000000)
        buf_printf(buf, "%lld kB", (long long)((bytes + 999) / 1000));
    else
        buf_printf(buf, "%lld.%lld MB", (long long)(bytes / 1000000),
                (long long)(bytes / 100000 % 10));
}

static void add_contents(struct buf *buf, const struct backup_manifest *manifest)
{
    buf_printf(buf, "%lld facts in %lld saves and imports, ", (long long)manifest->fact_n,
            (long long)manifest->link_n);
    add_size(buf, manifest->size);
}

static void add_note(struct buf *buf, const struct backup *backup)
{
    if (backup->note[0] != '\0')
        buf_printf(buf, "%s\n", backup->note);
}

static void add_json_text(struct buf *buf, const char *key, const char *text)
{
    buf_printf(buf, "\"%s\":", key);
    escape_json(buf, text_empty(text) ? NULL : text);
    buf_add_char(buf, ',');
}

/* What every answer in JSON ends with. */
static void add_json_backup(struct buf *buf, const struct backup *backup)
{
    add_json_text(buf, "backup", backup->folder);
    add_json_text(buf, "note", backup->note);
    buf_add(buf, "\"manifest\":");
    backup_manifest_write(buf, &backup->manifest);
    buf_add(buf, "}\n");
}

static enum err_code answer(struct buf *buf, struct err *err)
{
    const char *text = NULL;
    size_t n = 0;
    enum err_code code = buf_end(buf, &text, &n, err);

    return code == ERR_OK ? command_write(NULL, text, n, err) : code;
}

/* ---- attain backup ---- */

static enum err_code write_made(const struct args *args, struct arena *arena,
        const struct backup *backup, struct err *err)
{
    struct buf buf = buf_make(arena, ANSWER_MAX);
    const struct backup_manifest *manifest = &backup->manifest;

    if (args->json) {
        buf_printf(&buf, "{\"sound\":%s,", manifest->finding_n == 0 ? "true" : "false");
        add_json_backup(&buf, backup);
        return answer(&buf, err);
    }
    if (manifest->finding_n == 0) {
        buf_printf(&buf, "The backup %s is made and proved: ", backup->folder);
        add_contents(&buf, manifest);
        buf_add(&buf, ".\n");
    }
    add_note(&buf, backup);
    return answer(&buf, err);
}

static int make(const struct args *args, struct arena *arena, struct err *err)
{
    char stamp[CLOCK_STAMP_SIZE];
    struct backup backup = { 0 };
    const struct backup_order order = { .db = database_of(args),
        .folder = args_option(args, "to"),
        .stamp = backup_stamp(args->today, stamp),
        .who = "command line" };
    enum err_code code = backup_make(&order, arena, &backup, err);

    if (code == ERR_OK)
        code = write_made(args, arena, &backup, err);
    if (code != ERR_OK)
        return -1;
    if (backup.manifest.finding_n == 0)
        return EXIT_DONE;
    if (args->json)
        return EXIT_REFUSED;
    (void)err_set(err, ERR_INVALID, "%s was made, but the database is not sound: %s",
            backup.folder, backup.manifest.findings[0]);
    (void)err_hint(err, "Keep the earlier backups, and see `attain verify`.");
    return -1;
}

static int check(const struct args *args, struct arena *arena, struct err *err)
{
    struct buf buf = buf_make(arena, ANSWER_MAX);
    struct backup backup = { 0 };
    enum err_code code = backup_check(args_option(args, "check"), arena, &backup, err);

    if (code != ERR_OK)
        return -1;
    if (args->json) {
        buf_add(&buf, "{\"sound\":true,");
        add_json_backup(&buf, &backup);
    } else {
        buf_printf(&buf, "The backup %s is whole and as it was made: ", backup.folder);
        add_contents(&buf, &backup.manifest);
        buf_add(&buf, ".\n");
        add_note(&buf, &backup);
    }
    return answer(&buf, err) == ERR_OK ? EXIT_DONE : -1;
}

int command_backup(const struct args *args, struct arena *arena, struct err *err)
{
    const char *to = args_option(args, "to");
    const char *checked = args_option(args, "check");

    if (args->word_n > 1 || (to == NULL) == (checked == NULL))
        return refuse_usage("a backup is made with --to, or checked with --check",
                "attain backup --to FOLDER, or attain backup --check FOLDER", err);
    if (text_empty(to == NULL ? checked : to))
        return refuse_usage("which folder?", "Name it: attain backup --to FOLDER", err);
    return to != NULL ? make(args, arena, err) : check(args, arena, err);
}

/* ---- attain restore ---- */

static void add_counts(struct buf *buf, const struct table_count_list *counts)
{
    for (size_t i = 0; i < counts->n; i++)
        buf_printf(buf, "  %-16s %10lld\n", counts->items[i].table,
                (long long)counts->items[i].n);
}

static void add_time(struct buf *buf, int64_t milliseconds)
{
    buf_printf(buf, "%lld.%lld s", (long long)(milliseconds / 1000),
            (long long)(milliseconds / 100 % 10));
}

static void add_restored(struct buf *buf, const char *db, const struct restored *restored)
{
    buf_printf(buf, "Restored %s from the backup of %s: ", db,
            restored->backup.manifest.made_at);
    add_contents(buf, &restored->backup.manifest);
    buf_add(buf, ".\n");
    if (restored->kept[0] != '\0')
        buf_printf(buf, "The database that was there is kept as %s.\n", restored->kept);
}

static void add_drill(struct buf *buf, const char *db, const struct restored *restored)
{
    buf_printf(buf, "Restored the backup of %s to a temporary place in ",
            restored->backup.manifest.made_at);
    add_time(buf, restored->milliseconds);
    buf_add(buf, " and proved it: ");
    add_contents(buf, &restored->backup.manifest);
    buf_add(buf, ".\n");
    add_counts(buf, &restored->backup.manifest.counts);
    if (restored->recorded)
        buf_printf(buf, "The drill is recorded in %s.\n", db);
}

static enum err_code write_restored(const struct args *args, struct arena *arena, bool drill,
        const struct restored *restored, struct err *err)
{
    struct buf buf = buf_make(arena, ANSWER_MAX);

    if (args->json) {
        buf_printf(&buf, "{\"drill\":%s,", drill ? "true" : "false");
        add_json_text(&buf, "restored", drill ? NULL : database_of(args));
        add_json_text(&buf, "kept", restored->kept);
        buf_printf(&buf, "\"recorded\":%s,\"milliseconds\":%lld,",
                restored->recorded ? "true" : "false", (long long)restored->milliseconds);
        add_json_backup(&buf, &restored->backup);
        return answer(&buf, err);
    }
    if (drill)
        add_drill(&buf, database_of(args), restored);
    else
        add_restored(&buf, database_of(args), restored);
    add_note(&buf, &restored->backup);
    return answer(&buf, err);
}

int command_restore(const struct args *args, struct arena *arena, struct err *err)
{
    bool drill = args_option(args, "drill") != NULL;
    char stamp[CLOCK_STAMP_SIZE];
    struct restored restored = { 0 };
    struct restore_order order = { .db = database_of(args),
        .replace = args_option(args, "replace") != NULL,
        .stamp = backup_stamp(args->today, stamp),
        .who = "command line" };
    enum err_code code;

    if (args->word_n != 2 || text_empty(args->words[1]))
        return refuse_usage("a restore needs the backup's folder", "attain restore FOLDER",
                err);
    if (drill && order.replace)
        return refuse_usage("a drill replaces nothing", "Leave out --drill or --replace.", err);
    order.folder = args->words[1];
    code = drill ? backup_drill(&order, arena, &restored, err)
                 : backup_restore(&order, arena, &restored, err);
    if (code == ERR_OK)
        code = write_restored(args, arena, drill, &restored, err);
    return code == ERR_OK ? EXIT_DONE : -1;
}
