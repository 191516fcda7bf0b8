#include "actions/account.h"

#include "school.h"

/* The day of school.h, 27 March 2010, at 08:40: seconds since 1970. */
enum {
    MORNING = 1269679200
};

struct office {
    struct school_file school;
    struct desk desk;
    char password[FIRST_PASSWORD_SIZE];
    int64_t account_id;
};

static int64_t add(struct office *o, const char *username, enum role role, enum grant_kind kind,
        const char *value)
{
    struct account_new account = { .username = username, .name = "Priya Shah", .email = "" };
    int64_t id = 0;

    account.school_id = o->school.context.school.school_id;
    account.keep_password = true;
    account.grant = (struct grant){ .role = role,
        .kind = kind,
        .value = value,
        .subject = "",
        .school_id = account.school_id };
    CHECK_OK(username, account_add(&o->desk, &account, &id, o->password, &o->school.err),
            &o->school.err);
    return id;
}

static void office_open(struct office *o)
{
    *o = (struct office){ 0 };
    school_make(&o->school);
    o->desk = (struct desk){ .context = &o->school.context,
        .now = MORNING,
        .from_where = "192.0.2.7",
        .cost = { .passes = 1, .memory = 8192 } };
    o->account_id = add(o, "P.Shah ", ROLE_TEACHER, GRANT_GROUP, "10B");
}

static void office_close(struct office *o)
{
    school_remove(&o->school);
}

static enum err_code try(struct office *o, const char *username, const char *password,
        struct session *session, int64_t *wait)
{
    o->school.err = (struct err){ 0 };
    return sign_in(&o->desk, username, password, NULL, session, wait, &o->school.err);
}

static int64_t audit_count(struct office *o, const char *action, const char *result)
{
    struct audit_list list = { 0 };
    const struct audit_filter filter = { .action = action };
    int64_t n = 0;

    for (int64_t school = 0; school <= o->school.context.school.school_id; school++) {
        CHECK_OK("audit",
                store_audit(o->school.context.store, school, &filter, &o->school.arena, &list,
                        &o->school.err),
                &o->school.err);
        for (size_t i = 0; i < list.n; i++)
            n += strcmp(list.items[i].result, result) == 0 ? 1 : 0;
    }
    return n;
}

static void the_right_password_begins_a_session(void **state)
{
    struct office o;
    struct session session = { 0 };
    struct session again = { 0 };
    bool stale = true;

    (void)state;
    office_open(&o);
    CHECK_OK("sign in", try(&o, " p.SHAH", o.password, &session, NULL), &o.school.err);
    CHECK_INT("account", session.account_id, o.account_id);
    CHECK_INT("school", session.school_id, o.school.context.school.school_id);
    CHECK_INT("idle", session.idle, 30 * 60);
    CHECK_OK("next request",
            session_check(&o.desk, session.token, &again, &stale, &o.school.err),
            &o.school.err);
    CHECK_TEXT("who", again.username, "p.shah");
    CHECK_INT("just seen", stale, 0);
    CHECK_INT("audit", audit_count(&o, "sign-in", "done"), 1);
    office_close(&o);
}

static void every_wrong_sign_in_gets_the_same_answer(void **state)
{
    struct office o;
    struct session session = { 0 };
    const struct {
        const char *row, *username;
        bool right;
    } rows[] = {
        { "wrong password", "p.shah", false },
        { "no such user", "nobody", true },
        { "a name too long to be one",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                true },
        { "no name", "", true },
        { "disabled", "gone", true },
        { "role ended", "left", true },
    };

    (void)state;
    office_open(&o);
    (void)add(&o, "gone", ROLE_TEACHER, GRANT_GROUP, "10B");
    CHECK_OK("disable", account_disable(&o.desk, "gone", true, &o.school.err), &o.school.err);
    (void)add(&o, "left", ROLE_TEACHER, GRANT_GROUP, "10B");
    CHECK_OK("end",
            grant_stop(&o.desk, o.school.context.school.school_id, o.account_id + 2, 3,
                    (struct date){ 20100326 }, &o.school.err),
            &o.school.err);
    for (size_t i = 0; i < COUNT(rows); i++) {
        CHECK_INT(rows[i].row,
                try(&o, rows[i].username, rows[i].right ? o.password : "wrong password here",
                        &session, NULL),
                ERR_FORBIDDEN);
        CHECK_TEXT(rows[i].row, o.school.err.message, "the user name or the password is wrong");
        CHECK_TEXT(rows[i].row, o.school.err.hint,
                "Check both and try again. The data manager can give you a new password.");
    }
    CHECK_INT("each is in the audit", audit_count(&o, "sign-in", "refused"), COUNT(rows));
    office_close(&o);
}

static void failures_slow_down_and_never_lock(void **state)
{
    /* Five are free; then 1, 2, 4 ... seconds, at most 900. */
    static const int64_t waits[] = { 0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900,
        900, 900 };
    struct office o;
    struct session session = { 0 };

    (void)state;
    office_open(&o);
    for (size_t i = 0; i < COUNT(waits); i++) {
        int64_t wait = -1;
        char row[24];

        (void)snprintf(row, sizeof(row), "failure %zu", i + 1);
        CHECK_INT(row, try(&o, "p.shah", "wrong", &session, &wait), ERR_FORBIDDEN);
        CHECK_INT(row, wait, waits[i]);
        if (wait > 0) {
            o.desk.now += wait - 1;
            CHECK_INT(row, try(&o, "p.shah", o.password, &session, &wait), ERR_FORBIDDEN);
            CHECK_INT(row, wait, 1);
            CHECK_HAS(row, o.school.err.hint, "Try again in 1 second.");
            o.desk.now++;
        }
    }
    CHECK_OK("the wait is over", try(&o, "p.shah", o.password, &session, NULL), &o.school.err);
    CHECK_INT("forgotten", try(&o, "p.shah", "wrong", &session, NULL), ERR_FORBIDDEN);
    CHECK_OK("at once", try(&o, "p.shah", o.password, &session, NULL), &o.school.err);
    office_close(&o);
}

static void an_unknown_name_is_slowed_like_a_known_one(void **state)
{
    static const char *const names[] = { "p.shah", "nobody" };
    struct office o;
    struct session session = { 0 };
    int64_t waits[2][8];

    (void)state;
    office_open(&o);
    for (size_t n = 0; n < COUNT(names); n++) {
        for (size_t i = 0; i < 8; i++) {
            waits[n][i] = 0;
            (void)try(&o, names[n], "wrong", &session, &waits[n][i]);
        }
    }
    for (size_t i = 0; i < 8; i++)
        CHECK_INT("wait", waits[1][i], waits[0][i]);
    office_close(&o);
}

static void a_stranger_cannot_lock_a_teacher_out(void **state)
{
    struct office o;
    struct session session = { 0 };
    int64_t wait = 0;

    (void)state;
    office_open(&o);
    CHECK_OK("at her desk", try(&o, "p.shah", o.password, &session, NULL), &o.school.err);
    for (int i = 0; i < 60; i++) {
        char address[24];

        (void)snprintf(address, sizeof(address), "198.51.100.%d", i);
        o.desk.from_where = address;
        (void)try(&o, "p.shah", "wrong", &session, &wait);
    }
    o.desk.from_where = "203.0.113.5";
    wait = 0;
    CHECK_INT("from elsewhere", try(&o, "p.shah", o.password, &session, &wait), ERR_FORBIDDEN);
    CHECK_TRUE("not for long", wait > 0 && wait <= 30);
    o.desk.from_where = "192.0.2.7";
    CHECK_OK("at her desk again", try(&o, "p.shah", o.password, &session, NULL), &o.school.err);
    office_close(&o);
}

static void a_session_ends_when_idle_and_after_its_day(void **state)
{
    static const struct {
        const char *row;
        enum role role;
        enum grant_kind kind;
        const char *value;
        int64_t idle;
    } rows[] = {
        { "teacher", ROLE_TEACHER, GRANT_GROUP, "10B", 30 * 60 },
        { "governor", ROLE_GOVERNOR, GRANT_SCHOOL, "", 30 * 60 },
        { "data manager", ROLE_DATA_MANAGER, GRANT_SCHOOL, "", 15 * 60 },
        { "head", ROLE_HEAD, GRANT_SCHOOL, "", 15 * 60 },
        { "slt", ROLE_SLT, GRANT_SCHOOL, "", 15 * 60 },
        { "senco", ROLE_SENCO, GRANT_SCHOOL, "", 15 * 60 },
    };
    struct office o;

    (void)state;
    office_open(&o);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct session session = { 0 };
        struct session seen = { 0 };
        char name[8];
        bool stale = false;
        int64_t start = o.desk.now;
        int64_t id;

        (void)snprintf(name, sizeof(name), "u%zu", i);
        id = add(&o, name, rows[i].role, rows[i].kind, rows[i].value);
        CHECK_OK(rows[i].row, session_begin(&o.desk, id, &session, &o.school.err),
                &o.school.err);
        CHECK_INT(rows[i].row, session.idle, rows[i].idle);
        o.desk.now = start + rows[i].idle - 1;
        CHECK_OK("just in time",
                session_check(&o.desk, session.token, &seen, &stale, &o.school.err),
                &o.school.err);
        CHECK_TRUE("to be touched", stale);
        o.desk.now = start + rows[i].idle;
        CHECK_INT("idle", session_check(&o.desk, session.token, &seen, &stale, &o.school.err),
                ERR_FORBIDDEN);
        for (o.desk.now = start; o.desk.now < start + SESSION_ABSOLUTE; o.desk.now += 600) {
            CHECK_OK("kept alive",
                    session_check(&o.desk, session.token, &seen, &stale, &o.school.err),
                    &o.school.err);
            CHECK_OK("touch", session_touch(&o.desk, session.token, &o.school.err),
                    &o.school.err);
        }
        o.desk.now = start + 12 * 60 * 60;
        CHECK_INT("after twelve hours",
                session_check(&o.desk, session.token, &seen, &stale, &o.school.err),
                ERR_FORBIDDEN);
    }
    office_close(&o);
}

static void a_token_from_before_never_becomes_signed_in(void **state)
{
    struct office o;
    char before[SECRET_TOKEN_SIZE];
    struct session one = { 0 };
    struct session two = { 0 };
    struct session seen = { 0 };
    bool stale = false;

    (void)state;
    office_open(&o);
    secret_token(before);
    CHECK_OK("sign in", try(&o, "p.shah", o.password, &one, NULL), &o.school.err);
    CHECK_OK("again", try(&o, "p.shah", o.password, &two, NULL), &o.school.err);
    CHECK_TRUE("new", strcmp(one.token, two.token) != 0 && strcmp(one.token, before) != 0);
    CHECK_INT("before", session_check(&o.desk, before, &seen, &stale, &o.school.err),
            ERR_FORBIDDEN);
    CHECK_INT("nothing", session_check(&o.desk, "", &seen, &stale, &o.school.err),
            ERR_FORBIDDEN);
    CHECK_OK("sign out", session_end(&o.desk, one.token, &o.school.err), &o.school.err);
    CHECK_INT("gone", session_check(&o.desk, one.token, &seen, &stale, &o.school.err),
            ERR_FORBIDDEN);
    CHECK_OK("the other stays", session_check(&o.desk, two.token, &seen, &stale, &o.school.err),
            &o.school.err);
    CHECK_OK("twice is no error", session_end(&o.desk, one.token, &o.school.err),
            &o.school.err);
    office_close(&o);
}

static void disabling_and_a_new_password_end_sessions_at_once(void **state)
{
    struct office o;
    struct session session = { 0 };
    struct session other = { 0 };
    struct session seen = { 0 };
    char given[FIRST_PASSWORD_SIZE];
    bool stale = false;

    (void)state;
    office_open(&o);
    CHECK_OK("one", try(&o, "p.shah", o.password, &session, NULL), &o.school.err);
    CHECK_OK("two", try(&o, "p.shah", o.password, &other, NULL), &o.school.err);
    CHECK_OK("change",
            password_change(&o.desk, &session, o.password, "granite otter umbrella",
                    &o.school.err),
            &o.school.err);
    CHECK_OK("this one stays",
            session_check(&o.desk, session.token, &seen, &stale, &o.school.err), &o.school.err);
    CHECK_INT("the other ends",
            session_check(&o.desk, other.token, &seen, &stale, &o.school.err), ERR_FORBIDDEN);
    CHECK_INT("the old password", try(&o, "p.shah", o.password, &other, NULL), ERR_FORBIDDEN);
    CHECK_OK("the new one", try(&o, "p.shah", "granite otter umbrella", &other, NULL),
            &o.school.err);
    CHECK_OK("reset", account_reset(&o.desk, "p.shah", given, &o.school.err), &o.school.err);
    CHECK_INT("ended", session_check(&o.desk, other.token, &seen, &stale, &o.school.err),
            ERR_FORBIDDEN);
    CHECK_OK("first password", try(&o, "p.shah", given, &other, NULL), &o.school.err);
    CHECK_TRUE("to be changed", other.must_change);
    CHECK_OK("disable", account_disable(&o.desk, "p.shah", true, &o.school.err), &o.school.err);
    CHECK_INT("ended", session_check(&o.desk, other.token, &seen, &stale, &o.school.err),
            ERR_FORBIDDEN);
    CHECK_INT("nobody", account_disable(&o.desk, "nobody", true, &o.school.err), ERR_NOT_FOUND);
    office_close(&o);
}

static void a_second_factor_is_asked_for_and_each_code_counts_once(void **state)
{
    struct office o;
    struct session session = { 0 };
    struct session other = { 0 };
    char secret[TOTP_SECRET_SIZE];
    char code[8];

    (void)state;
    office_open(&o);
    totp_secret_make(secret);
    CHECK_OK("sign in", try(&o, "p.shah", o.password, &session, NULL), &o.school.err);
    (void)snprintf(code, sizeof(code), "%06d", (int)totp_code(secret, MORNING / 30));
    CHECK_OK("set", account_set_totp(&o.desk, &session, secret, code, &o.school.err),
            &o.school.err);
    CHECK_INT("without", try(&o, "p.shah", o.password, &other, NULL), ERR_CLOSED);
    CHECK_INT("the code that set it",
            sign_in(&o.desk, "p.shah", o.password, code, &other, NULL, &o.school.err),
            ERR_FORBIDDEN);
    o.desk.now += 60;
    (void)snprintf(code, sizeof(code), "%06d", (int)totp_code(secret, o.desk.now / 30));
    CHECK_OK("the next",
            sign_in(&o.desk, "p.shah", o.password, code, &other, NULL, &o.school.err),
            &o.school.err);
    CHECK_INT("twice",
            sign_in(&o.desk, "p.shah", o.password, code, &other, NULL, &o.school.err),
            ERR_FORBIDDEN);
    CHECK_INT("wrong password tells nothing of it",
            try(&o, "p.shah", "wrong password here", &other, NULL), ERR_FORBIDDEN);
    office_close(&o);
}

static void a_bulk_act_asks_for_the_password_again(void **state)
{
    struct office o;
    struct session session = { 0 };
    struct session seen = { 0 };
    bool stale = false;

    (void)state;
    office_open(&o);
    CHECK_OK("sign in", try(&o, "p.shah", o.password, &session, NULL), &o.school.err);
    CHECK_TRUE("fresh", session_is_fresh(&session, MORNING + 599));
    CHECK_INT("no more", session_is_fresh(&session, MORNING + 600), 0);
    o.desk.now = MORNING + 700;
    CHECK_INT("wrong", session_prove(&o.desk, &session, "wrong", &o.school.err), ERR_FORBIDDEN);
    CHECK_OK("right", session_prove(&o.desk, &session, o.password, &o.school.err),
            &o.school.err);
    CHECK_OK("read", session_check(&o.desk, session.token, &seen, &stale, &o.school.err),
            &o.school.err);
    CHECK_TRUE("fresh again", session_is_fresh(&seen, o.desk.now));
    office_close(&o);
}

static void an_account_that_makes_no_sense_is_refused(void **state)
{
    static const struct {
        const char *row, *username, *name;
        enum role role;
        enum grant_kind kind;
        const char *value;
        enum err_code code;
    } rows[] = {
        { "no user name", "", "A", ROLE_HEAD, GRANT_SCHOOL, "", ERR_INVALID },
        { "a space", "a b", "A", ROLE_HEAD, GRANT_SCHOOL, "", ERR_INVALID },
        { "markup", "<b>", "A", ROLE_HEAD, GRANT_SCHOOL, "", ERR_INVALID },
        { "no name", "a", "", ROLE_HEAD, GRANT_SCHOOL, "", ERR_INVALID },
        { "taken", "p.shah", "A", ROLE_HEAD, GRANT_SCHOOL, "", ERR_CONFLICT },
        { "a teacher of everybody", "a", "A", ROLE_TEACHER, GRANT_SCHOOL, "", ERR_INVALID },
        { "a teacher of nothing", "a", "A", ROLE_TEACHER, GRANT_GROUP, "", ERR_INVALID },
        { "year 14", "a", "A", ROLE_HEAD_OF_YEAR, GRANT_YEAR, "14", ERR_INVALID },
        { "no child", "a", "A", ROLE_PARENT, GRANT_PUPIL, "", ERR_INVALID },
    };
    struct office o;

    (void)state;
    office_open(&o);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct account_new account = { .username = rows[i].username, .name = rows[i].name };
        char password[FIRST_PASSWORD_SIZE];
        int64_t id = 0;

        account.school_id = o.school.context.school.school_id;
        account.grant = (struct grant){ .role = rows[i].role,
            .kind = rows[i].kind,
            .value = rows[i].value,
            .school_id = account.school_id };
        CHECK_INT(rows[i].row, account_add(&o.desk, &account, &id, password, &o.school.err),
                rows[i].code);
        CHECK_INT(rows[i].row, id, 0);
    }
    office_close(&o);
}

static void a_data_manager_gives_what_she_holds(void **state)
{
    struct office o;
    struct grant grant = { .role = ROLE_TEACHER, .kind = GRANT_GROUP, .value = "7A" };
    int64_t id = 0;

    (void)state;
    office_open(&o);
    grant.school_id = o.school.context.school.school_id;
    o.desk.account_id = o.account_id;
    CHECK_INT("a teacher", grant_give(&o.desk, o.account_id, &grant, "", &id, &o.school.err),
            ERR_FORBIDDEN);
    o.desk.account_id = 0;
    o.desk.account_id = add(&o, "office", ROLE_DATA_MANAGER, GRANT_SCHOOL, "");
    CHECK_OK("a data manager",
            grant_give(&o.desk, o.account_id, &grant, "cover", &id, &o.school.err),
            &o.school.err);
    grant.role = ROLE_SENCO;
    grant.kind = GRANT_SCHOOL;
    CHECK_INT("a SENCO", grant_give(&o.desk, o.account_id, &grant, "", &id, &o.school.err),
            ERR_FORBIDDEN);
    CHECK_INT("grants in the audit", audit_count(&o, "grant", "done"), 3);
    grant = (struct grant){ .role = ROLE_TEACHER, .kind = GRANT_GROUP, .value = "7A" };
    grant.school_id = o.school.context.school.school_id;
    grant.to.ymd = 20100326;
    CHECK_INT("over before it began",
            grant_give(&o.desk, o.account_id, &grant, "", &id, &o.school.err), ERR_INVALID);
    office_close(&o);
}

static void who_changes_an_account_could_give_all_it_holds(void **state)
{
    static const struct {
        const char *row, *actor, *username;
        enum err_code code;
    } rows[] = {
        { "a data manager, a teacher's", "office", "p.shah", ERR_OK },
        { "her own", "office", "office", ERR_OK },
        { "a SENCO's holds more", "office", "senco", ERR_FORBIDDEN },
        { "one that holds more besides", "office", "both", ERR_FORBIDDEN },
        { "one that holds nothing today", "office", "left", ERR_OK },
        { "nobody's", "office", "nobody", ERR_NOT_FOUND },
        { "a SENCO manages no users", "senco", "p.shah", ERR_FORBIDDEN },
        { "nor one that holds nothing", "p.shah", "left", ERR_FORBIDDEN },
        { "the server's operator", NULL, "senco", ERR_OK },
    };
    struct office o;
    struct grant grant = { .role = ROLE_SENCO, .kind = GRANT_SCHOOL, .value = "" };
    int64_t school;
    int64_t both;
    int64_t id = 0;
    int64_t done = 0;

    (void)state;
    office_open(&o);
    school = o.school.context.school.school_id;
    (void)add(&o, "office", ROLE_DATA_MANAGER, GRANT_SCHOOL, "");
    (void)add(&o, "senco", ROLE_SENCO, GRANT_SCHOOL, "");
    id = add(&o, "left", ROLE_TEACHER, GRANT_GROUP, "10B");
    CHECK_OK("end",
            grant_stop(&o.desk, school, id, 4, (struct date){ 20100326 }, &o.school.err),
            &o.school.err);
    both = add(&o, "both", ROLE_TEACHER, GRANT_GROUP, "10B");
    grant.school_id = school;
    CHECK_OK("also a SENCO", grant_give(&o.desk, both, &grant, "", &id, &o.school.err),
            &o.school.err);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct account actor = { 0 };
        struct account account = { 0 };
        char given[FIRST_PASSWORD_SIZE];
        enum err_code code = rows[i].code;

        o.desk.account_id = 0;
        if (rows[i].actor != NULL)
            CHECK_OK(rows[i].row, account_find(&o.desk, rows[i].actor, &actor, &o.school.err),
                    &o.school.err);
        o.desk.account_id = actor.account_id;
        CHECK_INT(rows[i].row, account_disable(&o.desk, rows[i].username, true, &o.school.err),
                code);
        if (code != ERR_NOT_FOUND) {
            CHECK_OK(rows[i].row,
                    account_find(&o.desk, rows[i].username, &account, &o.school.err),
                    &o.school.err);
            CHECK_INT(rows[i].row, account.disabled, code == ERR_OK);
        }
        CHECK_INT(rows[i].row, account_disable(&o.desk, rows[i].username, false, &o.school.err),
                code);
        CHECK_INT(rows[i].row, account_reset(&o.desk, rows[i].username, given, &o.school.err),
                code);
        done += code == ERR_OK ? 1 : 0;
        CHECK_INT("disabled", audit_count(&o, "disable-account", "done"), done);
        CHECK_INT("enabled", audit_count(&o, "enable-account", "done"), done);
        CHECK_INT("reset", audit_count(&o, "reset-password", "done"), done);
    }
    office_close(&o);
}

static void the_nth_failing_statement_signs_nobody_in(void **state)
{
    struct office o;
    struct session session = { 0 };
    struct session seen = { 0 };
    bool stale = false;
    long n = 0;

    (void)state;
    office_open(&o);
    for (; n < 100; n++) {
        enum err_code code;

        session = (struct session){ 0 };
        store_fault(o.school.context.store, n);
        code = try(&o, "p.shah", o.password, &session, NULL);
        store_fault(o.school.context.store, -1);
        if (code == ERR_OK)
            break;
        CHECK_INT("error", code, ERR_STORE);
        CHECK_TEXT("no token", session.token, "");
    }
    CHECK_TRUE("some failed, then none", n > 5 && n < 100);
    CHECK_OK("signed in", session_check(&o.desk, session.token, &seen, &stale, &o.school.err),
            &o.school.err);
    CHECK_INT("once", audit_count(&o, "sign-in", "done"), 1);
    office_close(&o);
}

static void the_nth_failing_allocation_signs_nobody_in(void **state)
{
    struct office o;
    struct session session = { 0 };

    (void)state;
    office_open(&o);
    for (int keep = 0; keep < 2; keep++) {
        for (long n = 0; n < 100; n++) {
            enum err_code code;
            int fired;

            session = (struct session){ 0 };
            arena_fault(n, keep);
            code = try(&o, "p.shah", o.password, &session, NULL);
            fired = arena_fault_fired();
            arena_fault(-1, 0);
            if (!fired) {
                CHECK_OK("none failed", code, &o.school.err);
                break;
            }
            CHECK_INT("error", code, ERR_MEMORY);
            CHECK_TEXT("no token", session.token, "");
        }
    }
    office_close(&o);
}

TESTS(TEST(the_right_password_begins_a_session), TEST(every_wrong_sign_in_gets_the_same_answer),
        TEST(failures_slow_down_and_never_lock),
        TEST(an_unknown_name_is_slowed_like_a_known_one),
        TEST(a_stranger_cannot_lock_a_teacher_out),
        TEST(a_session_ends_when_idle_and_after_its_day),
        TEST(a_token_from_before_never_becomes_signed_in),
        TEST(disabling_and_a_new_password_end_sessions_at_once),
        TEST(a_second_factor_is_asked_for_and_each_code_counts_once),
        TEST(a_bulk_act_asks_for_the_password_again),
        TEST(an_account_that_makes_no_sense_is_refused),
        TEST(a_data_manager_gives_what_she_holds),
        TEST(who_changes_an_account_could_give_all_it_holds),
        TEST(the_nth_failing_statement_signs_nobody_in),
        TEST(the_nth_failing_allocation_signs_nobody_in))
