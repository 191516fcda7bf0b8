#include "fixture.h"
#include "store/templates.h"

static struct verify_result verified(struct fixture *f)
{
    struct verify_result result = { 0 };

    CHECK_OK("verify", store_verify(f->store, &f->arena, &result, &f->err), &f->err);
    return result;
}

static void a_file_nobody_touched_is_sound(void **state)
{
    struct fixture f;
    struct verify_result result;

    (void)state;
    fixture_open(&f);
    fixture_fill(&f);
    result = verified(&f);
    CHECK_INT("untouched", result.finding_n, 0);
    CHECK_INT("untouched", result.link_n, 3);
    /* Four facts about a pupil, three results, five by form. */
    CHECK_INT("untouched", result.fact_n, 12);
    fixture_reopen(&f, STORE_READ);
    result = verified(&f);
    CHECK_INT("opened again", result.finding_n, 0);
    fixture_close(&f);
}

static void an_empty_school_is_sound(void **state)
{
    struct fixture f;
    struct verify_result result;

    (void)state;
    fixture_open(&f);
    result = verified(&f);
    CHECK_INT("empty", result.finding_n, 0);
    CHECK_INT("empty", result.link_n, 0);
    fixture_close(&f);
}

/* What somebody might do who dropped the triggers; which of the three imports is then named
   first. */
static const struct {
    const char *row, *sql;
    int named; /* 1 to 3; 0: some finding, of no import */
} tampers[] = {
    { "a grade made better", "UPDATE result SET grade = '5a'", 2 },
    { "a mark changed by a thousandth", "UPDATE result SET mark = mark + 1", 2 },
    { "a mark where there was none", "UPDATE target SET mark = 1", 2 },
    { "a judgement dated back", "UPDATE result SET date = 20260326", 2 },
    { "a target lowered", "UPDATE target SET grade = '3c'", 2 },
    { "a prediction by another model", "UPDATE prediction SET source = 'x'", 2 },
    { "a result removed", "DELETE FROM result", 2 },
    { "all of an import's facts removed",
            "DELETE FROM result; DELETE FROM target; DELETE FROM prediction", 2 },
    { "a result added to an import",
            "INSERT INTO result SELECT school_id, pupil_id, subject, kind, date, stage, "
            "source, "
            "seq + 1000, review, scale, '5a', mark, max_mark, origin, withdrawn, import_id, "
            "recorded_at FROM result",
            2 },
    { "a withdrawal slipped in", "UPDATE result SET withdrawn = 1", 2 },
    { "recorded on another day", "UPDATE result SET recorded_at = '2026-03-28T00:00:00Z'", 2 },
    { "a surname changed", "UPDATE pupil_fact SET value = 'Smith'", 1 },
    { "a contact's number changed", "UPDATE contact SET phone = '0'", 1 },
    { "a part of a transfer file changed", "UPDATE ctf_part SET xml = ''", 1 },
    { "a membership ended", "UPDATE membership SET to_date = 20260101", 1 },
    { "an adjustment's reason changed", "UPDATE adjustment SET reason = ''", 3 },
    { "a tag renamed", "UPDATE school_tag SET tag = 'pilot'", 3 },
    { "a rule changed", "UPDATE group_rule SET formula = 'FSM'", 3 },
    { "a cost lowered", "UPDATE intervention SET pence = 5", 3 },
    { "a cost taken out", "UPDATE intervention SET pence = NULL", 3 },
    { "all that a group was made for removed", "DELETE FROM intervention", 3 },
    { "a framework file changed", "UPDATE framework_file SET body = 'x'", 3 },
    { "another person's name on an import",
            "UPDATE import SET recorded_by = 'head' WHERE file = 'results.csv'", 2 },
    { "an import's count changed", "UPDATE import SET refused = 5 WHERE file = 'pupils.csv'",
            1 },
    { "a link's hash changed",
            "UPDATE link SET hash = replace(hash, substr(hash, 1, 1), 'z') WHERE link_no = 2",
            2 },
    { "a link taken out",
            "DELETE FROM link WHERE link_no = 2; UPDATE link SET link_no = 2 WHERE link_no = 3",
            0 },
    { "a fact moved to another import",
            "UPDATE result SET import_id = (SELECT min(import_id) FROM import)", 1 },
    { "facts of an import that never was",
            "PRAGMA foreign_keys = OFF; UPDATE result SET import_id = 1000", 0 },
    { "an import's row removed",
            "PRAGMA foreign_keys = OFF; DELETE FROM import WHERE file = 'results.csv'", 0 },
    { "all of the last link and its facts removed, but not its import",
            "DELETE FROM link WHERE link_no = 3", 0 },
};

static void tampering_is_found_and_the_first_broken_import_named(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(tampers); i++) {
        struct fixture f;
        struct verify_result result;
        char part[32] = "";
        sqlite3 *db;

        fixture_open(&f);
        fixture_fill(&f);
        store_cleanup(&f.store);
        db = outsider_open(f.path);
        outsider_drop_triggers(db);
        CHECK_INT(tampers[i].row, outsider_run(db, tampers[i].sql), SQLITE_OK);
        (void)sqlite3_close(db);
        CHECK_OK(tampers[i].row, store_open(f.path, STORE_READ, &f.store, &f.err), &f.err);
        CHECK_OK(tampers[i].row, store_verify(f.store, &f.arena, &result, &f.err), &f.err);
        CHECK_TRUE(tampers[i].row, result.finding_n > 0);
        if (tampers[i].named > 0)
            (void)snprintf(part, sizeof(part), "import %lld ",
                    (long long)f.imports[tampers[i].named - 1]);
        CHECK_HAS(tampers[i].row, result.findings[0].what, part);
        CHECK_HAS(tampers[i].row, result.findings[0].what, ".");
        fixture_close(&f);
    }
}

/* A fourth import: what templates and aspects leave behind. */
static int64_t fill_templates(struct fixture *f)
{
    struct import import = { .kind = "template",
        .file = "mine",
        .added = 4,
        .recorded_by = "test",
        .recorded_at = "2026-03-27T12:00:00Z" };
    const struct aspect aspect = { .code = "EFFORT",
        .name = "Effort",
        .kind = ASPECT_NUMBER,
        .scale = "",
        .subject = "",
        .highest = 5000 };
    const struct aspect_value value = { .pupil_id = f->pupils[0],
        .aspect = "EFFORT",
        .review = "Spring",
        .date = { 20260327 },
        .value = "4" };

    CHECK_OK("begin", store_begin(f->store, &f->err), &f->err);
    CHECK_OK("import", store_import_begin(f->store, f->school_id, &import, 4, &f->err),
            &f->err);
    CHECK_OK("file", store_add_template(f->store, "mine", "template", false, &f->err), &f->err);
    CHECK_OK("accepted", store_add_acceptance(f->store, "mine", "Gap", "abc", &f->err),
            &f->err);
    CHECK_OK("aspect", store_add_aspect(f->store, &aspect, false, &f->err), &f->err);
    CHECK_OK("value", store_add_aspect_value(f->store, &value, &f->err), &f->err);
    CHECK_OK("end", store_import_end(f->store, &f->err), &f->err);
    CHECK_OK("commit", store_commit(f->store, &f->err), &f->err);
    return import.import_id;
}

static const struct {
    const char *row, *sql;
} template_tampers[] = {
    { "a formula changed", "UPDATE template_file SET body = 'other'" },
    { "an acceptance for another formula", "UPDATE template_accepted SET hash = 'def'" },
    { "an acceptance removed", "DELETE FROM template_accepted" },
    { "an aspect's range changed", "UPDATE aspect SET highest = 9000" },
    { "a value made better", "UPDATE aspect_value SET value = '5'" },
    { "a value removed", "DELETE FROM aspect_value" },
    { "a value moved to an import that wrote none", "UPDATE aspect_value SET import_id = 1" },
};

static void templates_and_aspects_are_in_the_chain(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(template_tampers); i++) {
        const char *row = template_tampers[i].row;
        struct fixture f;
        struct verify_result result;
        sqlite3 *db;

        fixture_open(&f);
        fixture_fill(&f);
        (void)fill_templates(&f);
        result = verified(&f);
        CHECK_INT("untouched", result.finding_n, 0);
        CHECK_INT("untouched", result.fact_n, 16);
        store_cleanup(&f.store);
        db = outsider_open(f.path);
        CHECK_TRUE("refused while the triggers stand",
                outsider_run(db, template_tampers[i].sql) != SQLITE_OK);
        outsider_drop_triggers(db);
        CHECK_INT(row, outsider_run(db, template_tampers[i].sql), SQLITE_OK);
        (void)sqlite3_close(db);
        CHECK_OK(row, store_open(f.path, STORE_READ, &f.store, &f.err), &f.err);
        CHECK_OK(row, store_verify(f.store, &f.arena, &result, &f.err), &f.err);
        CHECK_TRUE(row, result.finding_n > 0);
        fixture_close(&f);
    }
}

static void a_torn_page_is_found(void **state)
{
    struct fixture f;
    struct verify_result result = { 0 };
    enum err_code code;
    FILE *file;
    long size;

    (void)state;
    fixture_open(&f);
    fixture_fill(&f);
    store_cleanup(&f.store);
    file = fopen(f.path, "r+b");
    assert_non_null(file);
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    size = ftell(file);
    for (long at = size / 2; at < size / 2 + 4096; at++) {
        assert_int_equal(fseek(file, at, SEEK_SET), 0);
        assert_true(fputc(0xA5, file) != EOF);
    }
    assert_int_equal(fclose(file), 0);
    code = store_open(f.path, STORE_READ, &f.store, &f.err);
    if (code == ERR_OK)
        code = store_verify(f.store, &f.arena, &result, &f.err);
    CHECK_TRUE("torn", code == ERR_STORE || result.finding_n > 0);
    if (code != ERR_OK)
        CHECK_HAS("torn", f.err.message, "damaged");
    fixture_close(&f);
}

static void each_school_has_its_own_chain(void **state)
{
    const struct school other = { .laestab = "8064002",
        .name = "Vale School",
        .phase = "",
        .framework = "england-2008" };
    struct fixture f;
    struct verify_result result;
    int64_t first, pupil;
    struct fact fact;
    sqlite3 *db;

    (void)state;
    fixture_open(&f);
    fixture_fill(&f);
    first = f.school_id;
    CHECK_OK("second", store_begin(f.store, &f.err), &f.err);
    CHECK_OK("second", store_school_add(f.store, &other, &f.school_id, &f.err), &f.err);
    CHECK_TRUE("its own number", f.school_id != first);
    CHECK_OK("second", store_take_numbers(f.store, f.school_id, 1, &pupil, &f.err), &f.err);
    CHECK_OK("second", store_pupil_add(f.store, f.school_id, pupil, "A820200000001", &f.err),
            &f.err);
    CHECK_OK("second", store_commit(f.store, &f.err), &f.err);
    fact = fixture_fact(pupil, "ENG", 20260301, "3b");
    CHECK_OK("second", fixture_save(&f, &fact, 1), &f.err);
    result = verified(&f);
    CHECK_INT("both", result.finding_n, 0);
    CHECK_INT("both", result.link_n, 4);

    store_cleanup(&f.store);
    db = outsider_open(f.path);
    outsider_drop_triggers(db);
    CHECK_INT("tamper", outsider_run(db, "UPDATE result SET grade = '5a' WHERE school_id = 2"),
            SQLITE_OK);
    (void)sqlite3_close(db);
    fixture_reopen(&f, STORE_READ);
    result = verified(&f);
    CHECK_HAS("one", result.findings[0].what, "School 8064002");
    for (size_t i = 1; i < result.finding_n; i++)
        CHECK_TRUE("one", strstr(result.findings[i].what, "School") == NULL);
    fixture_close(&f);
}

static void guards_taken_away_are_found_though_nothing_was_changed(void **state)
{
    struct fixture f;
    struct verify_result result;
    sqlite3 *db;

    (void)state;
    fixture_open(&f);
    fixture_fill(&f);
    store_cleanup(&f.store);
    db = outsider_open(f.path);
    CHECK_INT("drop", outsider_run(db, "DROP TRIGGER result_no_update"), SQLITE_OK);
    (void)sqlite3_close(db);
    fixture_reopen(&f, STORE_READ);
    result = verified(&f);
    CHECK_INT("one guard", result.finding_n, 1);
    CHECK_HAS("one guard", result.findings[0].what, "table result");
    fixture_close(&f);
}

static void verifying_without_memory_says_so(void **state)
{
    struct fixture f;
    struct verify_result result;

    (void)state;
    fixture_open(&f);
    fixture_fill(&f);
    for (int keep = 0; keep < 2; keep++) {
        for (long n = 0;; n++) {
            struct arena arena = { 0 };
            enum err_code code;
            int fired;

            arena_fault(n, keep);
            code = store_verify(f.store, &arena, &result, &f.err);
            fired = arena_fault_fired();
            arena_fault(-1, 0);
            arena_free(&arena);
            CHECK_INT("verify", code, fired ? ERR_MEMORY : ERR_OK);
            if (!fired)
                break;
        }
    }
    fixture_close(&f);
}

TESTS(TEST(a_file_nobody_touched_is_sound), TEST(an_empty_school_is_sound),
        TEST(tampering_is_found_and_the_first_broken_import_named),
        TEST(templates_and_aspects_are_in_the_chain), TEST(a_torn_page_is_found),
        TEST(each_school_has_its_own_chain),
        TEST(guards_taken_away_are_found_though_nothing_was_changed),
        TEST(verifying_without_memory_says_so))
