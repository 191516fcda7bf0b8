#include "backed.h"
#include "store/statements.h"

/* ---- what works ---- */

static void a_backup_proves_itself_and_comes_back_whole(void **state)
{
    struct backed b;
    struct restored restored = { 0 };
    struct arena before = { 0 };
    struct arena after = { 0 };
    struct restore_order order;
    const char *all;
    char folder[128];

    (void)state;
    backed_school(&b);
    all = school_all(&b.school, &before);
    CHECK_OK("make", make_at(&b, "2010-03-27T15:50:02Z"), &b.school.err);
    (void)snprintf(folder, sizeof(folder), "%s/attain-2010-03-27-155002", b.place);
    CHECK_TEXT("its name", b.backup.folder, folder);
    CHECK_INT("two files", entries(folder), 2);
    CHECK_INT("sound", b.backup.manifest.finding_n, 0);
    CHECK_INT("one import each of pupils and results", b.backup.manifest.link_n, 2);
    CHECK_TEXT("nothing to say", b.backup.note, "");
    CHECK_INT("by its own folder", check(&b, folder), ERR_OK);
    CHECK_INT("by the folder of all", check(&b, b.place), ERR_OK);
    context_close(&b.school.context);
    CHECK_INT("lost", unlink(b.school.path), 0);
    order = order_of(&b, b.place);
    CHECK_OK("restore", backup_restore(&order, &b.arena, &restored, &b.school.err),
            &b.school.err);
    CHECK_TEXT("nothing was there", restored.kept, "");
    school_open_again(&b.school, NULL);
    CHECK_TEXT("everything is back", school_all(&b.school, &after), all);
    arena_free(&before);
    arena_free(&after);
    backed_remove(&b);
}

static void the_newest_is_taken_and_one_cut_short_is_told_of(void **state)
{
    struct backed b;
    struct backup found = { 0 };
    char later[256];

    (void)state;
    backed_make(&b);
    CHECK_OK("a later one", make_at(&b, "2010-03-28T01:00:00Z"), &b.school.err);
    CHECK_OK("check", backup_check(b.place, &b.arena, &found, &b.school.err), &b.school.err);
    CHECK_TEXT("the later", found.manifest.made_at, "2010-03-28T01:00:00Z");
    CHECK_TEXT("nothing besides", found.note, "");
    (void)snprintf(later, sizeof(later), "%s/attain-2010-03-29-010000.part", b.place);
    CHECK_INT("cut short", mkdir(later, 0700), 0);
    CHECK_OK("check", backup_check(b.place, &b.arena, &found, &b.school.err), &b.school.err);
    CHECK_TEXT("still the whole one", found.manifest.made_at, "2010-03-28T01:00:00Z");
    CHECK_HAS("it is told", found.note, "attain-2010-03-29-010000");
    CHECK_INT("by its name", check(&b, later), ERR_INVALID);
    CHECK_HAS("by its name", b.school.err.message, "cut short");
    CHECK_INT("the same second", make_at(&b, "2010-03-28T01:00:00Z"), ERR_CONFLICT);
    backed_remove(&b);
}

static void a_restore_replaces_only_when_told_and_keeps_what_was_there(void **state)
{
    struct backed b;
    struct restored restored = { 0 };
    struct restore_order order;
    struct arena arena = { 0 };
    char kept[128];

    (void)state;
    backed_make(&b);
    order = order_of(&b, b.backup.folder);
    CHECK_INT("not told", backup_restore(&order, &arena, &restored, &b.school.err),
            ERR_CONFLICT);
    CHECK_HAS("not told", b.school.err.hint, "--replace");
    order.replace = true;
    school_open_again(&b.school, NULL);
    CHECK_INT("in use", backup_restore(&order, &arena, &restored, &b.school.err), ERR_CONFLICT);
    CHECK_HAS("in use", b.school.err.message, "has");
    CHECK_HAS("in use", b.school.err.hint, "Nothing was changed");
    context_close(&b.school.context);
    for (int i = 1; i <= 2; i++) {
        CHECK_OK("told", backup_restore(&order, &arena, &restored, &b.school.err),
                &b.school.err);
        (void)snprintf(kept, sizeof(kept), "%s.before-restore%s", b.school.path,
                i == 1 ? "" : "-2");
        CHECK_TEXT("kept", restored.kept, kept);
        CHECK_INT("kept", access(kept, F_OK), 0);
    }
    /* The file, two kept, the backups, and the file that was imported last. */
    CHECK_INT("nothing else is left", entries(b.school.folder), 5);
    order.db = b.copy;
    CHECK_INT("the backup itself", backup_restore(&order, &arena, &restored, &b.school.err),
            ERR_CONFLICT);
    CHECK_HAS("the backup itself", b.school.err.message, "the backup itself");
    arena_free(&arena);
    backed_remove(&b);
}

static void a_damaged_database_is_replaced_with_its_wal(void **state)
{
    struct backed b;
    struct restored restored = { 0 };
    struct restore_order order;
    char wal[128], kept[160];

    (void)state;
    backed_make(&b);
    (void)snprintf(wal, sizeof(wal), "%s-wal", b.school.path);
    (void)snprintf(kept, sizeof(kept), "%s.before-restore-wal", b.school.path);
    spill(b.school.path, "rubbish", 7);
    spill(wal, "more rubbish", 12);
    order = order_of(&b, b.place);
    order.replace = true;
    CHECK_OK("restore", backup_restore(&order, &b.arena, &restored, &b.school.err),
            &b.school.err);
    CHECK_INT("the old -wal is out of the way", access(wal, F_OK), -1);
    CHECK_INT("and kept", access(kept, F_OK), 0);
    school_open_again(&b.school, NULL);
    backed_remove(&b);
}

static void a_drill_is_recorded_and_leaves_nothing(void **state)
{
    struct backed b;
    struct restored restored = { 0 };
    struct restore_order order;
    struct backup_record record = { 0 };
    char temporary[128];

    (void)state;
    backed_make(&b);
    (void)snprintf(temporary, sizeof(temporary), "%s/tmp", b.school.folder);
    CHECK_INT("folder", mkdir(temporary, 0700), 0);
    CHECK_INT("folder", setenv("TMPDIR", temporary, 1), 0);
    order = order_of(&b, b.place);
    CHECK_OK("drill", backup_drill(&order, &b.arena, &restored, &b.school.err), &b.school.err);
    CHECK_TRUE("recorded", restored.recorded);
    CHECK_INT("nothing is left", entries(temporary), 0);
    order.db = "/nonexistent/a.db";
    CHECK_OK("elsewhere", backup_drill(&order, &b.arena, &restored, &b.school.err),
            &b.school.err);
    CHECK_TRUE("not recorded", !restored.recorded);
    CHECK_HAS("and it says so", restored.backup.note, "no database here");
    CHECK_INT("folder", unsetenv("TMPDIR"), 0);
    school_open_again(&b.school, NULL);
    CHECK_OK("read",
            backup_record_read(b.school.context.store, &b.arena, &record, &b.school.err),
            &b.school.err);
    CHECK_TEXT("backup", record.last_backup, "2010-03-27T15:50:02Z");
    CHECK_TEXT("drill", record.last_drill, "2010-03-28T08:00:00Z");
    backed_remove(&b);
}

static int64_t rows_of(struct backed *b, const char *table)
{
    struct table_count_list counts = { 0 };

    CHECK_OK("counts",
            store_table_counts(b->school.context.store, &b->arena, &counts, &b->school.err),
            &b->school.err);
    for (size_t i = 0; i < counts.n; i++) {
        if (text_eq(counts.items[i].table, table))
            return counts.items[i].n;
    }
    return -1;
}

static void a_restore_signs_everybody_out_and_stands_in_the_audit(void **state)
{
    struct backed b;
    struct restored restored = { 0 };
    struct restore_order order;

    (void)state;
    backed_school(&b);
    context_close(&b.school.context);
    run_sql("signed in", b.school.path,
            "INSERT INTO account VALUES (1, 'rpatel', 'R Patel', '', 1, '', 0, 0, '', 0, "
            "'2010-01-01T00:00:00Z', '2010-01-01T00:00:00Z'); "
            "INSERT INTO session VALUES ('t', 1, 1, 4000000000, 4000000000, 1, 1800, '')");
    CHECK_OK("make", make_at(&b, "2010-03-27T15:50:02Z"), &b.school.err);
    order = order_of(&b, b.place);
    order.replace = true;
    CHECK_OK("restore", backup_restore(&order, &b.arena, &restored, &b.school.err),
            &b.school.err);
    school_open_again(&b.school, NULL);
    CHECK_INT("accounts", rows_of(&b, "account"), 1);
    CHECK_INT("sessions", rows_of(&b, "session"), 0);
    CHECK_INT("audit", rows_of(&b, "audit"), 1);
    backed_remove(&b);
}

static void an_older_schema_is_proved_and_restored(void **state)
{
    struct backed b;
    struct restored restored = { 0 };
    struct restore_order order;
    struct buf buf;
    const char *text = NULL;
    size_t n = 0;
    sqlite3 *db = NULL;
    struct backup_manifest manifest;
    char digest[DIGEST_HEX_SIZE];

    (void)state;
    backed_make(&b);
    manifest = b.backup.manifest;
    CHECK_INT("away", unlink(b.copy), 0);
    CHECK_INT("away", unlink(b.manifest), 0);
    CHECK_INT("open", sqlite3_open(b.copy, &db), SQLITE_OK);
    for (int i = 0; i < migrations[0].statement_n; i++)
        CHECK_INT("older", sqlite3_exec(db, migrations[0].statements[i], NULL, NULL, NULL),
                SQLITE_OK);
    CHECK_INT("mark",
            sqlite3_exec(db,
                    "PRAGMA application_id = 1096044081; "
                    "PRAGMA user_version = 1",
                    NULL, NULL, NULL),
            SQLITE_OK);
    CHECK_INT("close", sqlite3_close(db), SQLITE_OK);
    CHECK_OK("digest", store_file_digest(b.copy, &manifest.size, digest, &b.school.err),
            &b.school.err);
    manifest.digest = digest;
    manifest.schema = 1;
    manifest.heads.n = 0;
    buf = buf_make(&b.arena, 1 << 20);
    backup_manifest_write(&buf, &manifest);
    CHECK_OK("text", buf_end(&buf, &text, &n, &b.school.err), &b.school.err);
    spill(b.manifest, text, n);
    CHECK_OK("check", check(&b, b.backup.folder), &b.school.err);
    CHECK_INT("the backup is left as it is", entries(b.backup.folder), 2);
    order = order_of(&b, b.backup.folder);
    order.replace = true;
    CHECK_OK("restore", backup_restore(&order, &b.arena, &restored, &b.school.err),
            &b.school.err);
    /* The file, the kept one, the backups and the imported file: nothing of the migration. */
    CHECK_INT("nothing else is left", entries(b.school.folder), 4);
    backed_remove(&b);
}

/* ---- memory ---- */

enum what {
    MAKE,
    CHECK,
    RESTORE,
    DRILL
};

static enum err_code do_one(struct backed *b, enum what what, struct arena *arena,
        struct err *err)
{
    struct restored restored = { 0 };
    struct backup backup = { 0 };
    struct restore_order order = order_of(b, b->place);
    const struct backup_order making = { .db = b->school.path,
        .folder = b->place,
        .stamp = "2010-03-29T00:00:00Z",
        .who = "test" };

    order.replace = true;
    switch (what) {
    case MAKE:
        return backup_make(&making, arena, &backup, err);
    case CHECK:
        return backup_check(b->place, arena, &backup, err);
    case RESTORE:
        return backup_restore(&order, arena, &restored, err);
    case DRILL:
        return backup_drill(&order, arena, &restored, err);
    }
    return ERR_OK;
}

static void without_memory_nothing_is_done_by_halves(void **state)
{
    static const char *const names[] = { "make", "check", "restore", "drill" };
    struct backed b;

    (void)state;
    for (int what = MAKE; what <= DRILL; what++) {
        for (int keep = 0; keep < 2; keep++) {
            backed_make(&b);
            for (long n = 0;; n++) {
                struct arena arena = { 0 };
                struct err err = { 0 };
                enum err_code code;
                int fired;

                arena_fault(n, keep);
                code = do_one(&b, (enum what)what, &arena, &err);
                fired = arena_fault_fired();
                arena_fault(-1, 0);
                arena_free(&arena);
                /* What is noted afterwards may be left out; the rest is all or nothing. */
                if (!fired || code == ERR_OK) {
                    CHECK_OK(names[what], code, &err);
                    break;
                }
                CHECK_INT(names[what], code, ERR_MEMORY);
                CHECK_INT(names[what], entries(b.place), 1);
                CHECK_INT(names[what], entries(b.school.folder), 3);
            }
            CHECK_INT("the last is sound", check(&b, b.place), ERR_OK);
            school_open_again(&b.school, NULL);
            backed_remove(&b);
        }
    }
}

/* ---- what must be kept up ---- */

static void every_table_is_counted(void **state)
{
    struct backed b;
    sqlite3 *db = NULL;
    sqlite3_stmt *stmt = NULL;
    int n = 0;

    (void)state;
    backed_school(&b);
    CHECK_INT("open", sqlite3_open(b.school.path, &db), SQLITE_OK);
    CHECK_INT("tables",
            sqlite3_prepare_v2(db, "SELECT name FROM sqlite_schema WHERE type = 'table'", -1,
                    &stmt, NULL),
            SQLITE_OK);
    for (; sqlite3_step(stmt) == SQLITE_ROW; n++) {
        const char *table = (const char *)sqlite3_column_text(stmt, 0);

        /* A table that db/queries/backup.sql leaves out. */
        CHECK_TRUE(table, rows_of(&b, table) >= 0);
    }
    (void)sqlite3_finalize(stmt);
    (void)sqlite3_close(db);
    CHECK_TRUE("tables", n > 20);
    backed_remove(&b);
}

static void the_manifest_states_the_version_of_the_build(void **state)
{
    struct arena arena = { 0 };
    size_t n = 0;
    const char *text = slurp(&arena, ATTAIN_SOURCE_ROOT "/meson.build", &n);

    (void)state;
    CHECK_HAS("meson.build", text, "version: '" BACKUP_PROGRAM "'");
    arena_free(&arena);
}

TESTS(TEST(a_backup_proves_itself_and_comes_back_whole),
        TEST(the_newest_is_taken_and_one_cut_short_is_told_of),
        TEST(a_restore_replaces_only_when_told_and_keeps_what_was_there),
        TEST(a_damaged_database_is_replaced_with_its_wal),
        TEST(a_drill_is_recorded_and_leaves_nothing),
        TEST(a_restore_signs_everybody_out_and_stands_in_the_audit),
        TEST(an_older_schema_is_proved_and_restored),
        TEST(without_memory_nothing_is_done_by_halves), TEST(every_table_is_counted),
        TEST(the_manifest_states_the_version_of_the_build))
