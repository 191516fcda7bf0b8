#include <time.h>

#include "visitor.h"
#include "web/program_in.h"

static void every_route_has_words_that_are_understood(void **state)
{
    const struct program_options options = { .db = "none" };
    struct program *program = NULL;
    struct err err = { 0 };
    const struct app *app;

    (void)state;
    CHECK_OK("make", program_make(&options, &program, &err), &err);
    app = program_app(program);
    for (size_t i = 0; i < app->routes_n; i++) {
        const char *permission = app->routes[i].permission;
        struct permission read;

        if (text_eq(permission, ROUTE_OPEN) || text_eq(permission, "anyone") ||
                text_eq(permission, "signed-in"))
            continue;
        CHECK_TRUE(app->routes[i].path, permission_read(permission, &read));
    }
    program_free(program);
}

static void permissions_are_read_from_words(void **state)
{
    static const struct {
        const char *row, *text;
        bool good, staff;
        enum action action;
        enum field field;
    } rows[] = {
        { "an action", "settings", true, false, ACTION_SETTINGS, FIELD_NONE },
        { "with a field", "view marks", true, false, ACTION_VIEW, FIELD_MARKS },
        { "of staff", "staff report", true, true, ACTION_REPORT, FIELD_NONE },
        { "both", "staff view identity", true, true, ACTION_VIEW, FIELD_IDENTITY },
        { "no such action", "look", false, false, ACTION_VIEW, FIELD_NONE },
        { "no such field", "view nothing", false, false, ACTION_VIEW, FIELD_NONE },
        { "nothing", "", false, false, ACTION_VIEW, FIELD_NONE },
        { "staff alone", "staff", false, false, ACTION_VIEW, FIELD_NONE },
        { "too long", "view marks and everything else that there might ever be", false, false,
                ACTION_VIEW, FIELD_NONE },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct permission got = { 0 };

        CHECK_INT(rows[i].row, permission_read(rows[i].text, &got), rows[i].good);
        if (!rows[i].good)
            continue;
        CHECK_INT(rows[i].row, got.staff, rows[i].staff);
        CHECK_INT(rows[i].row, got.action, rows[i].action);
        CHECK_INT(rows[i].row, got.field, rows[i].field);
    }
}

static void a_worker_keeps_a_school_until_it_changes(void **state)
{
    struct town t;
    struct worker *worker;
    struct context first = { 0 };
    struct context again = { 0 };
    struct err err = { 0 };
    int64_t school;
    int64_t before;

    (void)state;
    town_open(&t);
    worker = t.worker;
    school = t.school.context.school.school_id;
    CHECK_OK("first", worker_school(worker, school, &first, &err), &err);
    before = store_statement_n(worker->store);
    CHECK_OK("again", worker_school(worker, school, &again, &err), &err);
    CHECK_INT("nothing is read twice", store_statement_n(worker->store), before);
    CHECK_TRUE("the same framework", first.fw == again.fw);
    town_review(&t, "Another", 20100301, 20100401, true);
    CHECK_OK("changed otherwise", worker_school(worker, school, &again, &err), &err);
    CHECK_TRUE("the framework stays", first.fw == again.fw);
    CHECK_OK("a setting", context_set(&t.school.context, "rounding", "pair", &err), &err);
    CHECK_OK("read again", worker_school(worker, school, &again, &err), &err);
    CHECK_INT("pair", again.reckoning.rounding, ROUND_PAIR);
    CHECK_INT("unknown school", worker_school(worker, 99, &again, &err), ERR_NOT_FOUND);
    CHECK_OK("none", worker_school(worker, 0, &again, &err), &err);
    CHECK_TRUE("none chosen", !again.has_school);
    town_close(&t);
}

static void memory_that_runs_out_is_said(void **state)
{
    struct town t;
    struct visitor v = { .body = "" };
    long n = 0;

    (void)state;
    town_open(&t);
    town_add(&t, "teacher", "teacher", "group:5Ma1");
    visitor_enter(&v, &t, "teacher");
    visitor_get(&v, "/");
    for (;; n += 3) {
        const struct app *app = program_app(t.program);
        const char *allow = NULL;
        struct err err = { 0 };
        int fired;

        arena_free(&v.arena);
        v.response = (struct response){ 0 };
        v.request = (struct request){ .arena = &v.arena,
            .method = METHOD_GET,
            .target = "/",
            .remote = "",
            .worker = t.worker };
        CHECK_OK("cookies", fields_read_cookies(v.cookie, &v.arena, &v.request.cookies, &err),
                &err);
        CHECK_INT("route", route_match(app->routes, app->routes_n, &v.request, &allow), 0);
        arena_fault(n, 0);
        app_run(app, &v.request, &v.response);
        fired = arena_fault_fired();
        arena_fault(-1, 0);
        CHECK_TRUE("answered", v.response.status == 200 || v.response.status == 500);
        if (!fired)
            break;
    }
    CHECK_INT("unharmed", v.response.status, 200);
    CHECK_TRUE("some failed", n > 0);
    arena_free(&v.arena);
    town_close(&t);
}

static void notes_are_written_while_it_serves_and_at_the_end(void **state)
{
    const struct audit_filter filter = { .action = "view" };
    const struct timespec nap = { .tv_nsec = 50000000 };
    struct server_options options = { 0 };
    struct town t;
    struct visitor v = { .body = "" };
    struct audit_list list = { 0 };

    (void)state;
    town_open(&t);
    town_add(&t, "tutor", "form_tutor", "registration:5A");
    CHECK_OK("serve", program_serve(t.program, &options, &t.school.err), &t.school.err);
    CHECK_TRUE("app", options.app == program_app(t.program));
    visitor_enter(&v, &t, "tutor");
    visitor_get(&v, "/");
    for (int i = 0; i < 100 && list.n == 0; i++) {
        (void)nanosleep(&nap, NULL);
        CHECK_OK("audit",
                store_audit(t.school.context.store, t.school.context.school.school_id, &filter,
                        &t.school.arena, &list, &t.school.err),
                &t.school.err);
    }
    CHECK_INT("within seconds", list.n, 1);
    visitor_get(&v, "/");
    program_close_worker(t.program, t.worker);
    program_free(t.program);
    CHECK_OK("audit",
            store_audit(t.school.context.store, t.school.context.school.school_id, &filter,
                    &t.school.arena, &list, &t.school.err),
            &t.school.err);
    CHECK_INT("the rest at the end", list.n, 2);
    arena_free(&v.arena);
    school_remove(&t.school);
}

TESTS(TEST(every_route_has_words_that_are_understood), TEST(permissions_are_read_from_words),
        TEST(a_worker_keeps_a_school_until_it_changes), TEST(memory_that_runs_out_is_said),
        TEST(notes_are_written_while_it_serves_and_at_the_end))
