#include "fixture.h"

#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/people.h"

#define STAMP "2026-03-27T00:00:00Z"

void fixture_folder(struct fixture *fixture)
{
    const char *base = getenv("TMPDIR");

    *fixture = (struct fixture){ 0 };
    (void)snprintf(fixture->folder, sizeof(fixture->folder), "%s/attain-store-XXXXXX",
            base == NULL || strlen(base) > 80 ? "/tmp" : base);
    assert_non_null(mkdtemp(fixture->folder));
    (void)snprintf(fixture->path, sizeof(fixture->path), "%s/a.db", fixture->folder);
}

static void check(struct fixture *fixture, enum err_code code)
{
    CHECK_OK("fixture", code, &fixture->err);
}

void fixture_open(struct fixture *fixture)
{
    static const char *const upns[] = { "A820200000001", "B820200000002", "C820200000003",
        "D820200000004" };
    const struct school school = { .laestab = "8064001",
        .name = "Hill School",
        .phase = "",
        .framework = "england-2008" };

    fixture_folder(fixture);
    check(fixture, store_open(fixture->path, STORE_CREATE, &fixture->store, &fixture->err));
    check(fixture, store_begin(fixture->store, &fixture->err));
    check(fixture,
            store_school_add(fixture->store, &school, &fixture->school_id, &fixture->err));
    for (size_t i = 0; i < COUNT(upns); i++) {
        check(fixture, store_take_numbers(fixture->store, fixture->school_id, 1,
                               &fixture->pupils[i], &fixture->err));
        check(fixture, store_pupil_add(fixture->store, fixture->school_id, fixture->pupils[i],
                               upns[i], &fixture->err));
    }
    check(fixture, store_commit(fixture->store, &fixture->err));
}

void fixture_reopen(struct fixture *fixture, enum store_mode mode)
{
    store_cleanup(&fixture->store);
    check(fixture, store_open(fixture->path, mode, &fixture->store, &fixture->err));
}

void fixture_close(struct fixture *fixture)
{
    DIR *dir;
    const struct dirent *entry;

    store_cleanup(&fixture->store);
    arena_free(&fixture->arena);
    (void)chmod(fixture->folder, 0700);
    dir = opendir(fixture->folder);
    assert_non_null(dir);
    while ((entry = readdir(dir)) != NULL) {
        char path[FIXTURE_PATH + 300];

        (void)snprintf(path, sizeof(path), "%s/%s", fixture->folder, entry->d_name);
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0 &&
                unlink(path) != 0)
            (void)rmdir(path);
    }
    (void)closedir(dir);
    assert_int_equal(rmdir(fixture->folder), 0);
}

struct fact fixture_fact(int64_t pupil_id, const char *subject, int32_t ymd, const char *grade)
{
    return (struct fact){
        .pupil_id = pupil_id,
        .kind = FACT_ASSESSMENT,
        .date = { ymd },
        .subject = subject,
        .stage = "Y5",
        .source = "",
        .review = "",
        .scale = "nc-levels",
        .grade = grade,
        .mark = MARK_NONE,
        .max_mark = MARK_NONE,
        .origin = "",
    };
}

static struct import fixture_import(const char *file, int64_t added)
{
    return (struct import){ .kind = "results",
        .file = file,
        .added = added,
        .recorded_by = "test",
        .recorded_at = STAMP };
}

static enum err_code add_all(struct fixture *f, const struct fact *facts, size_t n)
{
    struct import import = fixture_import("results.csv", (int64_t)n);
    enum err_code code =
            store_import_begin(f->store, f->school_id, &import, (int64_t)n, &f->err);

    for (size_t i = 0; i < n && code == ERR_OK; i++)
        code = store_add_fact(f->store, &facts[i], &f->err);
    return code == ERR_OK ? store_import_end(f->store, &f->err) : code;
}

enum err_code fixture_save(struct fixture *f, const struct fact *facts, size_t n)
{
    enum err_code code = store_begin(f->store, &f->err);

    if (code == ERR_OK)
        code = add_all(f, facts, n);
    if (code == ERR_OK)
        return store_commit(f->store, &f->err);
    store_rollback(f->store);
    return code;
}

static void fill_pupils(struct fixture *f)
{
    struct import import = fixture_import("pupils.csv", 5);
    const struct pupil_fact fact = { .pupil_id = f->pupils[0],
        .attribute = "surname",
        .value = "Ampleforth",
        .from = { 20250901 } };
    const struct contact contact = { .pupil_id = f->pupils[0],
        .place = "1",
        .title = "Mr",
        .surname = "Ampleforth",
        .forename = "Roy",
        .relationship = "PAF",
        .responsibility = "true",
        .phone = "01632 960001",
        .email = "",
        .address = "1 Hill Lane",
        .xml = "" };
    const struct ctf_part part = { .pupil_id = f->pupils[0], .path = "SEN", .xml = "<SEN/>" };
    struct pupil_group group = { .name = "5A", .type = "registration", .subject = "" };
    struct membership member = { .pupil_id = f->pupils[0], .from = { 20250901 } };

    check(f, store_begin(f->store, &f->err));
    check(f, store_take_numbers(f->store, f->school_id, 1, &group.group_id, &f->err));
    check(f, store_group_add(f->store, f->school_id, &group, &f->err));
    check(f, store_import_begin(f->store, f->school_id, &import, 4, &f->err));
    f->imports[0] = import.import_id;
    check(f, store_add_pupil_fact(f->store, &fact, &f->err));
    check(f, store_add_contact(f->store, &contact, &f->err));
    check(f, store_add_ctf_part(f->store, &part, &f->err));
    member.group_id = f->group_id = group.group_id;
    check(f, store_add_membership(f->store, &member, &f->err));
    check(f, store_import_end(f->store, &f->err));
    check(f, store_commit(f->store, &f->err));
}

static void fill_facts(struct fixture *f)
{
    struct import import = fixture_import("results.csv", 3);
    struct fact fact = fixture_fact(f->pupils[0], "MAT", 20260327, "3a");

    check(f, store_begin(f->store, &f->err));
    check(f, store_import_begin(f->store, f->school_id, &import, 3, &f->err));
    f->imports[1] = import.import_id;
    fact.mark = 17000;
    check(f, store_add_fact(f->store, &fact, &f->err));
    fact.kind = FACT_TARGET;
    fact.stage = "KS2";
    fact.mark = MARK_NONE;
    check(f, store_add_fact(f->store, &fact, &f->err));
    fact.kind = FACT_PREDICTION;
    check(f, store_add_fact(f->store, &fact, &f->err));
    check(f, store_import_end(f->store, &f->err));
    check(f, store_commit(f->store, &f->err));
}

static void fill_rest(struct fixture *f)
{
    struct import import = fixture_import("form", 5);
    const struct group_rule rule = { .group_id = f->group_id, .formula = "LOOKED_AFTER" };
    const struct intervention purpose = { .group_id = f->group_id,
        .from = { 20260112 },
        .purpose = "Tables",
        .staff = "",
        .pence = 120050 };
    const struct adjustment adjustment = { .pupil_id = f->pupils[0],
        .subject = "MAT",
        .stage = "KS2",
        .period_end = { 20260415 },
        .scale = "nc-levels",
        .grade = "4c",
        .reason = "long illness" };
    const struct school_tag tag = { .tag = "supported", .from = { 20250901 } };

    check(f, store_begin(f->store, &f->err));
    check(f, store_import_begin(f->store, f->school_id, &import, 5, &f->err));
    f->imports[2] = import.import_id;
    check(f, store_add_adjustment(f->store, &adjustment, &f->err));
    check(f, store_add_school_tag(f->store, &tag, &f->err));
    check(f, store_add_group_rule(f->store, &rule, &f->err));
    check(f, store_add_intervention(f->store, &purpose, &f->err));
    check(f,
            store_add_framework_file(f->store, "own.framework", "scale own\n", false, &f->err));
    check(f, store_import_end(f->store, &f->err));
    check(f, store_commit(f->store, &f->err));
}

static void fill_audit(struct fixture *f)
{
    const struct audit_entry entry = { .recorded_at = STAMP,
        .who = "test",
        .action = "view",
        .pupil_id = f->pupils[0],
        .what = "pupil",
        .result = "done" };

    check(f, store_begin(f->store, &f->err));
    check(f, store_audit_add(f->store, f->school_id, &entry, 1, &f->err));
    check(f, store_commit(f->store, &f->err));
}

void fixture_fill(struct fixture *fixture)
{
    fill_pupils(fixture);
    fill_facts(fixture);
    fill_rest(fixture);
    fill_audit(fixture);
}

sqlite3 *outsider_open(const char *path)
{
    sqlite3 *db = NULL;

    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    (void)sqlite3_busy_timeout(db, 0);
    return db;
}

int outsider_run(sqlite3 *db, const char *sql)
{
    return sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK ? SQLITE_OK
                                                                : sqlite3_extended_errcode(db);
}

long long outsider_int(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *stmt = NULL;
    long long n;

    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &stmt, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
    n = sqlite3_column_int64(stmt, 0);
    (void)sqlite3_finalize(stmt);
    return n;
}

char *outsider_dump(sqlite3 *db, const char *table)
{
    char *sql = sqlite3_mprintf("SELECT * FROM \"%w\"", table);
    sqlite3_str *text = sqlite3_str_new(db);
    sqlite3_stmt *stmt = NULL;

    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &stmt, NULL), SQLITE_OK);
    while (sqlite3_step(stmt) == SQLITE_ROW) {
        for (int i = 0; i < sqlite3_column_count(stmt); i++) {
            const unsigned char *value = sqlite3_column_text(stmt, i);

            sqlite3_str_appendf(text, "%s|", value == NULL ? "(null)" : (const char *)value);
        }
        sqlite3_str_appendall(text, "\n");
    }
    (void)sqlite3_finalize(stmt);
    sqlite3_free(sql);
    return sqlite3_str_finish(text);
}

void outsider_drop_triggers(sqlite3 *db)
{
    sqlite3_stmt *stmt = NULL;
    char *names[100];
    size_t n = 0;

    assert_int_equal(sqlite3_prepare_v2(db,
                             "SELECT name FROM sqlite_schema WHERE type = 'trigger'", -1, &stmt,
                             NULL),
            SQLITE_OK);
    while (sqlite3_step(stmt) == SQLITE_ROW && n < COUNT(names))
        names[n++] = sqlite3_mprintf("DROP TRIGGER \"%w\"", sqlite3_column_text(stmt, 0));
    (void)sqlite3_finalize(stmt);
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(outsider_run(db, names[i]), SQLITE_OK);
        sqlite3_free(names[i]);
    }
}
