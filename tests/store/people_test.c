#include "store/people.h"

#include "fixture.h"
#include "store/people_secret.h"

#define STAMP "2026-03-27T08:40:00Z"

static const struct date friday = { 20260327 };

static int64_t add_account(struct fixture *f, const char *username)
{
    const struct account account = { .username = username,
        .name = "P Shah",
        .email = "",
        .school_id = f->school_id,
        .password = "$argon2id$",
        .must_change = true,
        .created_at = STAMP };
    int64_t id = 0;

    CHECK_OK(username, store_begin(f->store, &f->err), &f->err);
    CHECK_OK(username, store_account_add(f->store, &account, &id, &f->err), &f->err);
    CHECK_OK(username, store_commit(f->store, &f->err), &f->err);
    return id;
}

static void an_account_is_found_by_name_and_taken_once(void **state)
{
    struct fixture f;
    struct account account = { 0 };
    struct account again = { .username = "p.shah", .name = "X", .email = "", .password = "" };
    bool found = true;
    int64_t id;

    (void)state;
    fixture_open(&f);
    CHECK_OK("nobody",
            store_account_by_name(f.store, "p.shah", &f.arena, &account, &found, &f.err),
            &f.err);
    CHECK_INT("nobody", found, 0);
    id = add_account(&f, "p.shah");
    CHECK_OK("by name",
            store_account_by_name(f.store, "p.shah", &f.arena, &account, &found, &f.err),
            &f.err);
    CHECK_TRUE("by name", found && account.account_id == id && account.must_change);
    again.created_at = STAMP;
    CHECK_OK("again", store_begin(f.store, &f.err), &f.err);
    CHECK_INT("again", store_account_add(f.store, &again, &id, &f.err), ERR_CONFLICT);
    CHECK_HAS("again", f.err.message, "p.shah");
    store_rollback(f.store);
    fixture_close(&f);
}

static void a_session_is_one_statement_and_shows_its_account_as_it_is_now(void **state)
{
    struct fixture f;
    struct session_row row = { .token_hash = "hash", .started = 1000, .idle = 900 };
    struct session_row read = { 0 };
    bool found = false;
    int64_t before;

    (void)state;
    fixture_open(&f);
    row.account_id = add_account(&f, "p.shah");
    CHECK_OK("add", store_session_add(f.store, &row, &f.err), &f.err);
    before = store_statement_n(f.store);
    CHECK_OK("read", store_session(f.store, "hash", &f.arena, &read, &found, &f.err), &f.err);
    CHECK_INT("statements", store_statement_n(f.store) - before, 1);
    CHECK_TRUE("found", found && !read.disabled);
    CHECK_TEXT("who", read.username, "p.shah");
    CHECK_OK("disable", store_account_disable(f.store, row.account_id, true, &f.err), &f.err);
    CHECK_OK("read", store_session(f.store, "hash", &f.arena, &read, &found, &f.err), &f.err);
    CHECK_TRUE("disabled now", read.disabled);
    CHECK_OK("touch", store_session_touch(f.store, "hash", 500, &f.err), &f.err);
    CHECK_OK("read", store_session(f.store, "hash", &f.arena, &read, &found, &f.err), &f.err);
    CHECK_INT("never backwards", read.last_seen, 1000);
    CHECK_OK("sweep", store_session_sweep(f.store, 1900, 43200, 1, &f.err), &f.err);
    CHECK_OK("read", store_session(f.store, "hash", &f.arena, &read, &found, &f.err), &f.err);
    CHECK_INT("swept when idle for 900 seconds", found, 0);
    fixture_close(&f);
}

static void give(struct fixture *f, int64_t account_id, const struct grant *grant)
{
    const struct grant_row row = { .account_id = account_id,
        .grant = *grant,
        .note = "",
        .granted_at = STAMP };
    int64_t id = 0;

    CHECK_OK("give", store_begin(f->store, &f->err), &f->err);
    CHECK_OK("give", store_grant_add(f->store, grant->school_id, &row, &id, &f->err), &f->err);
    CHECK_OK("give", store_commit(f->store, &f->err), &f->err);
}

static void add_group(struct fixture *f, const char *name, const char *subject)
{
    struct pupil_group group = { .name = name, .type = "teaching", .subject = subject };

    CHECK_OK(name, store_begin(f->store, &f->err), &f->err);
    CHECK_OK(name, store_take_numbers(f->store, f->school_id, 1, &group.group_id, &f->err),
            &f->err);
    CHECK_OK(name, store_group_add(f->store, f->school_id, &group, &f->err), &f->err);
    CHECK_OK(name, store_commit(f->store, &f->err), &f->err);
}

static void grants_come_with_the_subjects_of_their_groups_and_only_while_they_stand(
        void **state)
{
    struct fixture f;
    struct grant grant = { .role = ROLE_TEACHER,
        .kind = GRANT_GROUP,
        .value = "10B",
        .to = friday };
    struct grant_list list = { 0 };
    int64_t id;

    (void)state;
    fixture_open(&f);
    id = add_account(&f, "p.shah");
    add_group(&f, "10B", "MAT");
    add_group(&f, "10B", "SCI");
    grant.school_id = f.school_id;
    give(&f, id, &grant);
    CHECK_OK("Friday",
            store_grants_of(f.store, f.school_id, id, friday, &f.arena, &list, &f.err), &f.err);
    CHECK_INT("one for each subject", list.n, 2);
    CHECK_TEXT("first", list.items[0].subject, "MAT");
    CHECK_TEXT("second", list.items[1].subject, "SCI");
    list.n = 0;
    CHECK_OK("Saturday",
            store_grants_of(f.store, f.school_id, id, (struct date){ 20260328 }, &f.arena,
                    &list, &f.err),
            &f.err);
    CHECK_INT("ended", list.n, 0);
    CHECK_OK("end now",
            store_grant_end(f.store, f.school_id, id, 1, (struct date){ 20260326 }, "test",
                    &f.err),
            &f.err);
    CHECK_OK("Friday again",
            store_grants_of(f.store, f.school_id, id, friday, &f.arena, &list, &f.err), &f.err);
    CHECK_INT("ended at once", list.n, 0);
    fixture_close(&f);
}

static void add_audit(struct fixture *f, const struct audit_entry *entries, size_t n)
{
    CHECK_OK("audit", store_begin(f->store, &f->err), &f->err);
    CHECK_OK("audit", store_audit_add(f->store, f->school_id, entries, n, &f->err), &f->err);
    CHECK_OK("audit", store_commit(f->store, &f->err), &f->err);
}

static void the_audit_tells_who_saw_a_pupil_between_two_days(void **state)
{
    static const struct audit_entry entries[] = {
        { .recorded_at = "2026-03-25T09:00:00Z",
                .who = "early",
                .action = "view",
                .pupil_id = 12 },
        { .recorded_at = "2026-03-26T09:00:00Z",
                .who = "one",
                .action = "view",
                .pupil_id = 12 },
        { .recorded_at = "2026-03-26T10:00:00Z",
                .who = "sheet",
                .action = "view",
                .pupils = ",3,12,30," },
        { .recorded_at = "2026-03-26T11:00:00Z",
                .who = "other",
                .action = "view",
                .pupils = ",1,2,112," },
        { .recorded_at = "2026-03-28T00:00:00Z",
                .who = "late",
                .action = "view",
                .pupil_id = 12 },
    };
    const struct audit_filter filter = { .from = "2026-03-26",
        .before = "2026-03-28",
        .pupil_id = 12 };
    struct fixture f;
    struct audit_list list = { 0 };

    (void)state;
    fixture_open(&f);
    add_audit(&f, entries, COUNT(entries));
    CHECK_OK("read", store_audit(f.store, f.school_id, &filter, &f.arena, &list, &f.err),
            &f.err);
    CHECK_INT("lines", list.n, 2);
    CHECK_TEXT("newest first", list.items[0].who, "sheet");
    CHECK_TEXT("then", list.items[1].who, "one");
    fixture_close(&f);
}

static void the_audit_s_chain_names_the_first_row_that_was_touched(void **state)
{
    static const struct audit_entry entries[] = {
        { .recorded_at = STAMP, .who = "a", .action = "view" },
        { .recorded_at = STAMP, .who = "b", .action = "view" },
        { .recorded_at = STAMP, .who = "c", .action = "view" },
    };
    struct fixture f;
    sqlite3 *db;
    int64_t row_n = 0;
    int64_t broken = 0;

    (void)state;
    fixture_open(&f);
    add_audit(&f, entries, 2);
    add_audit(&f, entries + 2, 1);
    CHECK_OK("check", store_audit_check(f.store, f.school_id, &row_n, &broken, &f.err), &f.err);
    CHECK_INT("rows", row_n, 3);
    CHECK_INT("sound", broken, 0);
    db = outsider_open(f.path);
    outsider_drop_triggers(db);
    CHECK_INT("touch", outsider_run(db, "UPDATE audit SET who = 'z' WHERE seq = 2"), SQLITE_OK);
    (void)sqlite3_close(db);
    CHECK_OK("check", store_audit_check(f.store, f.school_id, &row_n, &broken, &f.err), &f.err);
    CHECK_INT("broken", broken, 2);
    fixture_close(&f);
}

static void a_form_token_is_another_text_each_time_and_good_for_one_session(void **state)
{
    char token[SECRET_TOKEN_SIZE];
    char other[SECRET_TOKEN_SIZE];
    char one[SECRET_FORM_SIZE];
    char two[SECRET_FORM_SIZE];

    (void)state;
    secret_token(token);
    secret_token(other);
    CHECK_TRUE("tokens differ", strcmp(token, other) != 0);
    CHECK_INT("length", strlen(token), 43);
    secret_form_token(token, one);
    secret_form_token(token, two);
    CHECK_TRUE("masked", strcmp(one, two) != 0);
    CHECK_TRUE("first", secret_form_is(token, one));
    CHECK_TRUE("second", secret_form_is(token, two));
    CHECK_INT("another session's", secret_form_is(other, one), 0);
    one[40] = one[40] == 'A' ? 'B' : 'A';
    CHECK_INT("changed", secret_form_is(token, one), 0);
    CHECK_INT("the token itself", secret_form_is(token, token), 0);
    CHECK_INT("nothing", secret_form_is(token, ""), 0);
    CHECK_INT("NULL", secret_form_is(token, NULL), 0);
    CHECK_INT("no session", secret_form_is("", two), 0);
}

static void a_password_is_kept_as_argon2id_with_its_cost(void **state)
{
    const struct password_cost small = { .passes = 1, .memory = 8192 };
    const struct password_cost full = password_cost_default();
    char stored[SECRET_PASSWORD_SIZE];
    char longest[129];
    struct err err = { 0 };

    (void)state;
    CHECK_INT("19 MiB", full.memory, 19 * 1024 * 1024);
    CHECK_INT("2 passes", full.passes, 2);
    memset(longest, 'q', sizeof(longest) - 1);
    longest[sizeof(longest) - 1] = '\0';
    CHECK_OK("hash", secret_password_hash(longest, &small, stored, &err), &err);
    CHECK_HAS("kind", stored, "$argon2id$");
    CHECK_TRUE("right", secret_password_is(stored, longest));
    longest[127] = 'r';
    CHECK_INT("nothing is cut off", secret_password_is(stored, longest), 0);
    CHECK_TRUE("to be made anew", secret_password_stale(stored, &full));
    CHECK_INT("as it should be", secret_password_stale(stored, &small), 0);
    CHECK_INT("nothing stored", secret_password_is("", ""), 0);
}

static void a_statement_that_fails_is_an_error_and_leaves_nothing(void **state)
{
    static const struct audit_entry entry = { .recorded_at = STAMP, .action = "view" };
    struct fixture f;
    struct audit_list list = { 0 };
    const struct audit_filter filter = { 0 };

    (void)state;
    fixture_open(&f);
    for (long n = 0; n < 2; n++) {
        CHECK_OK("begin", store_begin(f.store, &f.err), &f.err);
        store_fault(f.store, n);
        CHECK_INT("add", store_audit_add(f.store, f.school_id, &entry, 1, &f.err), ERR_STORE);
        store_fault(f.store, -1);
        store_rollback(f.store);
    }
    CHECK_OK("read", store_audit(f.store, f.school_id, &filter, &f.arena, &list, &f.err),
            &f.err);
    CHECK_INT("lines", list.n, 0);
    fixture_close(&f);
}

TESTS(TEST(an_account_is_found_by_name_and_taken_once),
        TEST(a_session_is_one_statement_and_shows_its_account_as_it_is_now),
        TEST(grants_come_with_the_subjects_of_their_groups_and_only_while_they_stand),
        TEST(the_audit_tells_who_saw_a_pupil_between_two_days),
        TEST(the_audit_s_chain_names_the_first_row_that_was_touched),
        TEST(a_form_token_is_another_text_each_time_and_good_for_one_session),
        TEST(a_password_is_kept_as_argon2id_with_its_cost),
        TEST(a_statement_that_fails_is_an_error_and_leaves_nothing))
