#include "fixture.h"

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store/statements.h"

enum {
    NOBODY = 65534
};

static void write_file(const char *path, const char *bytes, size_t n)
{
    FILE *file = fopen(path, "wb");

    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, n, file), n);
    assert_int_equal(fclose(file), 0);
}

static char *read_file(const char *path, size_t *ret_n)
{
    FILE *file = fopen(path, "rb");
    char *bytes = calloc(1, 1 << 20);

    assert_non_null(file);
    assert_non_null(bytes);
    *ret_n = fread(bytes, 1, 1 << 20, file);
    assert_int_equal(fclose(file), 0);
    return bytes;
}

static void wrong_files_are_refused_in_words_and_left_alone(void **state)
{
    static const char letter[] = "Dear parent, this is a letter and not a database at all.";
    static const char torn[] = "SQLite format 3\0 and then nothing that makes sense, for a "
                               "hundred bytes and more, so that there is a header to look at.";
    static const struct {
        const char *row, *bytes;
        size_t n;
        enum store_mode mode;
        enum err_code code;
        const char *message;
    } rows[] = {
        { "a letter, to read", letter, sizeof(letter), STORE_READ, ERR_STORE,
                "not an Attain file" },
        { "a letter, to write", letter, sizeof(letter), STORE_WRITE, ERR_STORE,
                "not an Attain file" },
        { "a letter, to make", letter, sizeof(letter), STORE_CREATE, ERR_STORE,
                "not an Attain file" },
        { "a torn header", torn, sizeof(torn), STORE_WRITE, ERR_STORE, "not an Attain file" },
        { "an empty file, to read", "", 0, STORE_READ, ERR_INVALID, "holds no school" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct fixture f;
        size_t n;
        char *bytes;

        fixture_folder(&f);
        write_file(f.path, rows[i].bytes, rows[i].n);
        CHECK_INT(rows[i].row, store_open(f.path, rows[i].mode, &f.store, &f.err),
                rows[i].code);
        CHECK_HAS(rows[i].row, f.err.message, rows[i].message);
        CHECK_TRUE(rows[i].row, f.err.hint[0] != '\0' && f.store == NULL);
        bytes = read_file(f.path, &n);
        CHECK_TRUE(rows[i].row, n == rows[i].n && memcmp(bytes, rows[i].bytes, n) == 0);
        free(bytes);
        fixture_close(&f);
    }
}

static void what_is_no_file_is_refused(void **state)
{
    struct fixture f;

    (void)state;
    fixture_folder(&f);
    CHECK_INT("a folder", store_open(f.folder, STORE_CREATE, &f.store, &f.err), ERR_INVALID);
    CHECK_HAS("a folder", f.err.message, "is a folder");
    CHECK_INT("nothing, to read", store_open(f.path, STORE_READ, &f.store, &f.err),
            ERR_NOT_FOUND);
    CHECK_HAS("nothing", f.err.hint, "attain init");
    CHECK_INT("nothing, to write", store_open(f.path, STORE_WRITE, &f.store, &f.err),
            ERR_NOT_FOUND);
    CHECK_INT("nothing was made", access(f.path, F_OK), -1);
    (void)snprintf(f.path, sizeof(f.path), "%s/no/a.db", f.folder);
    CHECK_INT("no folder", store_open(f.path, STORE_CREATE, &f.store, &f.err), ERR_STORE);
    CHECK_HAS("no folder", f.err.message, "could not be opened");
    fixture_close(&f);
}

static void another_program_s_database_is_refused_whatever_its_number(void **state)
{
    static const struct {
        const char *row, *sql, *message;
    } rows[] = {
        { "no number", "CREATE TABLE fish (name TEXT)", "of another program" },
        { "our number by chance", "CREATE TABLE fish (name TEXT); PRAGMA user_version = 1",
                "of another program" },
        { "another program's mark",
                "CREATE TABLE fish (name TEXT); PRAGMA user_version = 1; "
                "PRAGMA application_id = 42",
                "of another program" },
        { "a high number", "CREATE TABLE fish (name TEXT); PRAGMA user_version = 70",
                "of another program" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        for (int mode = STORE_READ; mode <= STORE_CREATE; mode++) {
            struct fixture f;
            sqlite3 *db;

            fixture_folder(&f);
            db = outsider_open(f.path);
            CHECK_INT(rows[i].row, outsider_run(db, rows[i].sql), SQLITE_OK);
            (void)sqlite3_close(db);
            CHECK_INT(rows[i].row, store_open(f.path, (enum store_mode)mode, &f.store, &f.err),
                    ERR_INVALID);
            CHECK_HAS(rows[i].row, f.err.message, rows[i].message);
            db = outsider_open(f.path);
            CHECK_INT(rows[i].row, outsider_int(db, "SELECT count(*) FROM sqlite_schema"), 1);
            (void)sqlite3_close(db);
            fixture_close(&f);
        }
    }
}

/* A file as the first schema had it, made by hand. */
static void make_oldest(const char *path)
{
    sqlite3 *db = outsider_open(path);

    for (int i = 0; i < migrations[0].statement_n; i++)
        CHECK_INT("oldest", outsider_run(db, migrations[0].statements[i]), SQLITE_OK);
    CHECK_INT("oldest",
            outsider_run(db, "PRAGMA user_version = 1; PRAGMA application_id = 1096044081; "
                             "INSERT INTO school VALUES (1, '8064001', 'Hill', '', 'x'); "
                             "INSERT INTO counter VALUES (1, 0)"),
            SQLITE_OK);
    (void)sqlite3_close(db);
}

static void an_older_schema_is_copied_and_brought_up_to_a_new_one(void **state)
{
    struct fixture f, fresh;
    int newest = migrations[migration_n - 1].number;
    char copy[FIXTURE_PATH + 40];
    char *migrated, *made;
    sqlite3 *db;

    (void)state;
    if (newest == 1)
        skip();
    fixture_folder(&f);
    make_oldest(f.path);
    /* A reader may do it, where the file may be written to. */
    CHECK_OK("to read", store_open(f.path, STORE_READ, &f.store, &f.err), &f.err);
    store_cleanup(&f.store);

    (void)snprintf(copy, sizeof(copy), "%s.before-%d", f.path, newest);
    db = outsider_open(copy);
    CHECK_INT("the copy", outsider_int(db, "PRAGMA user_version"), 1);
    CHECK_INT("the copy", outsider_int(db, "SELECT count(*) FROM school"), 1);
    (void)sqlite3_close(db);

    fixture_open(&fresh);
    db = outsider_open(fresh.path);
    made = outsider_dump(db, "sqlite_schema");
    (void)sqlite3_close(db);
    db = outsider_open(f.path);
    migrated = outsider_dump(db, "sqlite_schema");
    CHECK_INT("the number", outsider_int(db, "PRAGMA user_version"), newest);
    CHECK_INT("what was there",
            outsider_int(db, "SELECT count(*) FROM school WHERE name = 'Hill'"), 1);
    (void)sqlite3_close(db);
    CHECK_TEXT("like a new file", migrated, made);
    sqlite3_free(migrated);
    sqlite3_free(made);
    fixture_close(&fresh);
    fixture_close(&f);
}

static void a_newer_schema_is_refused_and_left_alone(void **state)
{
    struct fixture f;
    sqlite3 *db;
    size_t before_n, after_n;
    char *before, *after;

    (void)state;
    fixture_open(&f);
    fixture_fill(&f);
    store_cleanup(&f.store);
    db = outsider_open(f.path);
    CHECK_INT("newer", outsider_run(db, "PRAGMA user_version = 9999"), SQLITE_OK);
    (void)sqlite3_close(db);
    before = read_file(f.path, &before_n);
    for (int mode = STORE_READ; mode <= STORE_CREATE; mode++) {
        CHECK_INT("newer", store_open(f.path, (enum store_mode)mode, &f.store, &f.err),
                ERR_INVALID);
        CHECK_HAS("newer", f.err.message, "newer Attain");
        CHECK_HAS("newer", f.err.message, "9999");
    }
    after = read_file(f.path, &after_n);
    CHECK_TRUE("unchanged", before_n == after_n && memcmp(before, after, before_n) == 0);
    free(before);
    free(after);
    fixture_close(&f);
}

static void an_empty_file_may_be_made_into_a_database(void **state)
{
    struct fixture f;

    (void)state;
    fixture_folder(&f);
    write_file(f.path, "", 0);
    CHECK_OK("empty", store_open(f.path, STORE_CREATE, &f.store, &f.err), &f.err);
    fixture_close(&f);
}

static void a_new_file_is_its_owner_s_alone(void **state)
{
    struct fixture f;
    struct stat info;

    (void)state;
    fixture_open(&f);
    assert_int_equal(stat(f.path, &info), 0);
    CHECK_INT("mode", info.st_mode & 0777, 0600);
    fixture_close(&f);
}

/* As somebody who may not write, in a process of its own: 0, or the number of what failed. */
static int read_as_nobody(const struct fixture *f)
{
    struct arena arena = { 0 };
    struct store *store = NULL;
    struct school_list schools = { 0 };
    struct verify_result result = { 0 };
    struct err err = { 0 };

    if (getuid() == 0 && (setgid(NOBODY) != 0 || setuid(NOBODY) != 0))
        return 1;
    if (store_open(f->path, STORE_READ, &store, &err) != ERR_OK) {
        print_error("%s [%s]\n", err.message, err.detail);
        return 2;
    }
    if (store_schools(store, &arena, &schools, &err) != ERR_OK || schools.n != 1)
        return 3;
    if (store_verify(store, &arena, &result, &err) != ERR_OK || result.finding_n != 0 ||
            result.fact_n != 12)
        return 4;
    if (store_begin(store, &err) == ERR_OK &&
            store_setting_put(store, 1, "rounding", "pair", &err) == ERR_OK &&
            store_commit(store, &err) == ERR_OK)
        return 5;
    store_rollback(store);
    store_close(store);
    /* To write is refused when it is opened or, at the latest, when the first row is saved. */
    err.code = ERR_OK;
    if (store_open(f->path, STORE_WRITE, &store, &err) == ERR_OK) {
        if (store_begin(store, &err) == ERR_OK &&
                store_setting_put(store, 1, "rounding", "pair", &err) == ERR_OK)
            return 6;
        store_close(store);
    }
    arena_free(&arena);
    return err.code == ERR_STORE && err.hint[0] != '\0' ? 0 : 7;
}

static void a_file_that_may_only_be_read_is_read(void **state)
{
    static const struct {
        const char *row;
        mode_t file, folder;
    } rows[] = {
        { "the file", 0444, 0777 },
        { "the file and its folder", 0444, 0555 },
        { "the folder", 0666, 0555 },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct fixture f;
        int status = 0;
        pid_t child;

        fixture_open(&f);
        fixture_fill(&f);
        store_cleanup(&f.store);
        assert_int_equal(chmod(f.path, rows[i].file), 0);
        assert_int_equal(chmod(f.folder, rows[i].folder), 0);
        child = fork();
        assert_true(child >= 0);
        if (child == 0)
            _exit(read_as_nobody(&f));
        assert_int_equal(waitpid(child, &status, 0), child);
        CHECK_INT(rows[i].row, WIFEXITED(status) ? WEXITSTATUS(status) : 99, 0);
        fixture_close(&f);
    }
}

static void a_copy_is_whole_and_never_over_another_file(void **state)
{
    struct fixture f;
    struct verify_result result = { 0 };
    char copy[FIXTURE_PATH + 16];
    sqlite3 *db;

    (void)state;
    fixture_open(&f);
    fixture_fill(&f);
    (void)snprintf(copy, sizeof(copy), "%s/copy.db", f.folder);
    db = outsider_open(f.path);
    CHECK_INT("a writer at work",
            outsider_run(db, "BEGIN IMMEDIATE; UPDATE school SET name = 'half'"), SQLITE_OK);
    CHECK_OK("copy", store_copy(f.store, copy, &f.err), &f.err);
    (void)sqlite3_close(db);
    CHECK_INT("again", store_copy(f.store, copy, &f.err), ERR_CONFLICT);
    CHECK_HAS("again", f.err.message, copy);
    store_cleanup(&f.store);
    CHECK_OK("the copy", store_open(copy, STORE_READ, &f.store, &f.err), &f.err);
    CHECK_OK("the copy", store_verify(f.store, &f.arena, &result, &f.err), &f.err);
    CHECK_INT("the copy", result.finding_n, 0);
    CHECK_INT("the copy", result.fact_n, 12);
    fixture_close(&f);
}

static void opening_without_memory_says_so(void **state)
{
    struct fixture f;

    (void)state;
    fixture_open(&f);
    store_cleanup(&f.store);
    for (int keep = 0; keep < 2; keep++) {
        arena_fault(0, keep);
        CHECK_INT("open", store_open(f.path, STORE_WRITE, &f.store, &f.err), ERR_MEMORY);
        arena_fault(-1, 0);
    }
    fixture_close(&f);
}

TESTS(TEST(wrong_files_are_refused_in_words_and_left_alone), TEST(what_is_no_file_is_refused),
        TEST(another_program_s_database_is_refused_whatever_its_number),
        TEST(a_newer_schema_is_refused_and_left_alone),
        TEST(an_older_schema_is_copied_and_brought_up_to_a_new_one),
        TEST(an_empty_file_may_be_made_into_a_database), TEST(a_new_file_is_its_owner_s_alone),
        TEST(a_file_that_may_only_be_read_is_read),
        TEST(a_copy_is_whole_and_never_over_another_file), TEST(opening_without_memory_says_so))
