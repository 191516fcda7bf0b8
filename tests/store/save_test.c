#include "fixture.h"

#include <sys/wait.h>
#include <unistd.h>

static long long rows_of(const char *path, const char *table)
{
    sqlite3 *db = outsider_open(path);
    char *sql = sqlite3_mprintf("SELECT count(*) FROM \"%w\"", table);
    long long n = outsider_int(db, sql);

    sqlite3_free(sql);
    (void)sqlite3_close(db);
    return n;
}

static enum err_code save_three(struct fixture *f)
{
    struct fact facts[3];

    for (int i = 0; i < 3; i++)
        facts[i] = fixture_fact(f->pupils[1], "MAT", 20260101 + i, "3b");
    return fixture_save(f, facts, COUNT(facts));
}

static void a_save_that_fails_at_any_statement_leaves_nothing(void **state)
{
    struct fixture f;
    struct verify_result result;
    long failures = 0;

    (void)state;
    fixture_open(&f);
    fixture_fill(&f);
    for (long n = 0;; n++) {
        enum err_code code;

        store_fault(f.store, n);
        code = save_three(&f);
        store_fault(f.store, -1);
        if (code == ERR_OK)
            break;
        failures++;
        CHECK_INT("code", code, ERR_STORE);
        CHECK_TRUE("in words", f.err.message[0] != '\0' && f.err.hint[0] != '\0');
        CHECK_INT("facts", rows_of(f.path, "result"), 1);
        CHECK_INT("imports", rows_of(f.path, "import"), 3);
        CHECK_INT("links", rows_of(f.path, "link"), 3);
    }
    /* BEGIN, counter, import, 3 x (fact, latest), last link, link, COMMIT: at least 12. */
    CHECK_TRUE("every statement was failed", failures >= 12);
    CHECK_INT("then it is saved", rows_of(f.path, "result"), 4);
    CHECK_INT("then it is saved", rows_of(f.path, "link"), 4);
    CHECK_OK("sound", store_verify(f.store, &f.arena, &result, &f.err), &f.err);
    CHECK_INT("sound", result.finding_n, 0);
    fixture_close(&f);
}

static void what_is_not_committed_is_not_there(void **state)
{
    struct fixture f;

    (void)state;
    fixture_open(&f);
    CHECK_OK("begin", store_begin(f.store, &f.err), &f.err);
    CHECK_OK("put", store_setting_put(f.store, f.school_id, "rounding", "pair", &f.err),
            &f.err);
    CHECK_INT("another does not see it", rows_of(f.path, "setting"), 0);
    store_rollback(f.store);
    store_rollback(f.store);
    CHECK_INT("nor later", rows_of(f.path, "setting"), 0);
    CHECK_OK("begin", store_begin(f.store, &f.err), &f.err);
    CHECK_OK("put", store_setting_put(f.store, f.school_id, "rounding", "pair", &f.err),
            &f.err);
    store_cleanup(&f.store);
    CHECK_INT("nor after a sudden end", rows_of(f.path, "setting"), 0);
    fixture_close(&f);
}

/* A process that holds the file for writing until it is told to stop. */
static pid_t hold(const char *path, int *ret_stop)
{
    int said[2], stop[2];
    char c = 0;
    pid_t child;

    assert_int_equal(pipe(said), 0);
    assert_int_equal(pipe(stop), 0);
    child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        sqlite3 *db = NULL;
        bool held = sqlite3_open(path, &db) == SQLITE_OK &&
                    outsider_run(db, "BEGIN IMMEDIATE") == SQLITE_OK;

        (void)close(stop[1]);
        if (write(said[1], held ? "y" : "n", 1) == 1)
            (void)!read(stop[0], &c, 1);
        _exit(0);
    }
    assert_int_equal(read(said[0], &c, 1), 1);
    assert_int_equal(c, 'y');
    (void)close(said[0]);
    (void)close(said[1]);
    (void)close(stop[0]);
    *ret_stop = stop[1];
    return child;
}

static void a_second_writer_is_told_and_can_save_afterwards(void **state)
{
    struct fixture f;
    struct school_list schools = { 0 };
    int stop = -1;
    int status;
    pid_t child;

    (void)state;
    assert_int_equal(setenv("ATTAIN_BUSY_MS", "40", 1), 0);
    fixture_open(&f);
    fixture_fill(&f);
    store_cleanup(&f.store);
    child = hold(f.path, &stop);
    fixture_reopen(&f, STORE_WRITE);
    CHECK_INT("busy", save_three(&f), ERR_STORE);
    CHECK_HAS("busy", f.err.message, "another program is writing");
    CHECK_HAS("busy", f.err.hint, "do it again");
    CHECK_OK("reading goes on", store_schools(f.store, &f.arena, &schools, &f.err), &f.err);
    CHECK_INT("reading goes on", schools.n, 1);
    (void)close(stop);
    assert_int_equal(waitpid(child, &status, 0), child);
    CHECK_OK("afterwards", save_three(&f), &f.err);
    fixture_close(&f);
    assert_int_equal(unsetenv("ATTAIN_BUSY_MS"), 0);
}

static void two_stores_take_turns_and_both_are_kept(void **state)
{
    struct fixture f;
    struct store *first, *second = NULL;
    struct verify_result result;

    (void)state;
    fixture_open(&f);
    CHECK_OK("second", store_open(f.path, STORE_WRITE, &second, &f.err), &f.err);
    first = f.store;
    for (int i = 0; i < 6; i++) {
        f.store = i % 2 == 0 ? first : second;
        CHECK_OK("in turns", save_three(&f), &f.err);
    }
    f.store = first;
    store_close(second);
    CHECK_INT("all", rows_of(f.path, "result"), 18);
    CHECK_OK("sound", store_verify(f.store, &f.arena, &result, &f.err), &f.err);
    CHECK_INT("sound", result.finding_n, 0);
    CHECK_INT("sound", result.link_n, 6);
    fixture_close(&f);
}

struct seen {
    size_t n;
    char grades[128];
};

static enum err_code note_grade(void *data, const struct fact *fact, struct err *err)
{
    struct seen *seen = data;
    size_t used = strlen(seen->grades);

    (void)err;
    (void)snprintf(seen->grades + used, sizeof(seen->grades) - used, "%s%s ", fact->grade,
            fact->withdrawn ? "-" : "");
    seen->n++;
    return ERR_OK;
}

/* One fact recorded on `day`. */
static void record(struct fixture *f, const struct fact *fact, const char *stamp)
{
    struct import import = { .kind = "form",
        .file = "",
        .recorded_by = "t",
        .recorded_at = stamp };

    CHECK_OK("record", store_begin(f->store, &f->err), &f->err);
    CHECK_OK("record", store_import_begin(f->store, f->school_id, &import, 1, &f->err),
            &f->err);
    CHECK_OK("record", store_add_fact(f->store, fact, &f->err), &f->err);
    CHECK_OK("record", store_import_end(f->store, &f->err), &f->err);
    CHECK_OK("record", store_commit(f->store, &f->err), &f->err);
}

static void as_at_hides_what_was_dated_or_recorded_later(void **state)
{
    static const struct {
        const char *row;
        int32_t day, recorded;
        const char *all, *in_force;
    } rows[] = {
        /* Of 1 March: 3b recorded on the day, 3a on 20 March, withdrawn on 1 April.
           Of 2 February: 3c recorded on 10 March. */
        { "everything", 0, 0, "3a- 3a 3b 3c ", "3c " },
        { "known on 31 March", 0, 20260331, "3a 3b 3c ", "3a 3c " },
        { "known on 19 March", 0, 20260319, "3b 3c ", "3b 3c " },
        { "known on 1 March", 0, 20260301, "3b ", "3b " },
        { "known on 28 February", 0, 20260228, "", "" },
        { "of February, known today", 20260228, 0, "3c ", "3c " },
        { "of the very day", 20260202, 0, "3c ", "3c " },
        { "of the day before", 20260201, 0, "", "" },
        { "of February, known on 9 March", 20260228, 20260309, "", "" },
    };
    struct fixture f;
    struct fact march, february;

    (void)state;
    fixture_open(&f);
    march = fixture_fact(f.pupils[0], "MAT", 20260301, "3b");
    record(&f, &march, "2026-03-01T09:00:00Z");
    february = fixture_fact(f.pupils[0], "MAT", 20260202, "3c");
    record(&f, &february, "2026-03-10T23:59:59Z");
    march.grade = "3a";
    record(&f, &march, "2026-03-20T00:00:00Z");
    march.withdrawn = true;
    record(&f, &march, "2026-04-01T00:00:00Z");
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct date day = { rows[i].day }, recorded = { rows[i].recorded };
        struct seen all = { 0 }, in_force = { 0 };

        CHECK_OK(rows[i].row,
                store_facts(f.store, f.school_id,
                        &(struct fact_question){ FACT_ASSESSMENT, 0, NULL, day, recorded },
                        note_grade, &all, &f.err),
                &f.err);
        CHECK_TEXT(rows[i].row, all.grades, rows[i].all);
        CHECK_OK(rows[i].row,
                store_facts_in_force(f.store, f.school_id,
                        &(struct fact_question){ FACT_ASSESSMENT, f.pupils[0], "MAT", day,
                                recorded },
                        note_grade, &in_force, &f.err),
                &f.err);
        CHECK_TEXT(rows[i].row, in_force.grades, rows[i].in_force);
    }
    fixture_close(&f);
}

static enum err_code refuse_second(void *data, const struct fact *fact, struct err *err)
{
    int *n = data;

    (void)fact;
    return ++*n == 2 ? err_set(err, ERR_INVALID, "enough") : ERR_OK;
}

static void a_reader_that_stops_is_passed_on_and_the_statement_is_free_again(void **state)
{
    struct fixture f;
    const struct date any = { 0 };

    (void)state;
    fixture_open(&f);
    CHECK_OK("save", save_three(&f), &f.err);
    for (int i = 0; i < 2; i++) {
        int n = 0;

        CHECK_INT("stopped",
                store_facts(f.store, f.school_id,
                        &(struct fact_question){ FACT_ASSESSMENT, 0, NULL, any, any },
                        refuse_second, &n, &f.err),
                ERR_INVALID);
        CHECK_TEXT("stopped", f.err.message, "enough");
        CHECK_INT("stopped", n, 2);
    }
    CHECK_OK("saving again", save_three(&f), &f.err);
    fixture_close(&f);
}

static void a_school_s_number_is_taken_once(void **state)
{
    const struct school again = { .laestab = "8064001",
        .name = "Copy",
        .phase = "",
        .framework = "england-2008" };
    struct fixture f;
    int64_t id = -7;

    (void)state;
    fixture_open(&f);
    CHECK_OK("begin", store_begin(f.store, &f.err), &f.err);
    CHECK_INT("taken", store_school_add(f.store, &again, &id, &f.err), ERR_CONFLICT);
    CHECK_INT("nothing set", id, -7);
    CHECK_HAS("taken", f.err.message, "8064001");
    store_rollback(f.store);
    fixture_close(&f);
}

TESTS(TEST(a_save_that_fails_at_any_statement_leaves_nothing),
        TEST(what_is_not_committed_is_not_there),
        TEST(a_second_writer_is_told_and_can_save_afterwards),
        TEST(two_stores_take_turns_and_both_are_kept),
        TEST(as_at_hides_what_was_dated_or_recorded_later),
        TEST(a_reader_that_stops_is_passed_on_and_the_statement_is_free_again),
        TEST(a_school_s_number_is_taken_once))
