#include "visitor.h"

static void home_says_what_each_role_has_to_do(void **state)
{
    static const struct {
        const char *row, *role, *scope, *says, *lacks;
    } rows[] = {
        { "a teacher's sheet is not started", "teacher", "group:5Ma1",
                "1 judgement to enter in 1 marksheet, last day Thursday 1 April.",
                "Open reviews" },
        { "another's sheet is not shown", "teacher", "group:5Ma2",
                "There is nothing you have to do today.", "5Ma1" },
        { "a class in one subject", "teacher", "group:5Ma1 in MAT",
                "1 judgement to enter in 1 marksheet", "Open reviews" },
        { "not in another subject", "teacher", "group:5Ma1 in REA",
                "There is nothing you have to do today.", "Your marksheets" },
        { "a data manager sees the review", "data_manager", "school",
                "2 judgements are missing in the open review", "Your marksheets" },
        { "a head sees key stages", "head", "school", "Key stages now", "Your marksheets" },
        { "a form tutor sees those below", "form_tutor", "registration:5A",
                "<b>Ann Abel</b></a>: below in 1 of 1 subject, furthest in Mathematics.",
                "Baker" },
        { "and nobody of another form", "form_tutor", "registration:6A",
                "There is nothing you have to do today.", "Abel" },
        { "a head of year sees the year", "head_of_year", "year:5", "<b>Ann Abel</b>",
                "Clark" },
        { "a governor sees no names", "governor", "school", "Key stages now", "Abel" },
        { "a governor sees no small numbers", "governor", "school", "<td class=\"num\">c</td>",
                "50.0%" },
        { "a parent is sent to the own page", "parent", "pupil:Z354900108001", "href=\"/me\"",
                "Find a pupil" },
        { "a pupil too", "pupil", "pupil:Z354900108001", "href=\"/me\"", "Marksheets</a>" },
        { "a teaching assistant", "ta", "group:5Ma1", "There is nothing you have to do",
                "Settings" },
        { "the special needs coordinator", "senco", "school", "<b>Ann Abel</b>", "/imports" },
    };
    struct town t;
    struct visitor v = { .body = "" };
    char name[16];

    (void)state;
    town_open(&t);
    for (size_t i = 0; i < COUNT(rows); i++) {
        (void)snprintf(name, sizeof(name), "person%zu", i);
        t.person_n = 0;
        town_add(&t, name, rows[i].role, rows[i].scope);
        visitor_enter(&v, &t, name);
        visitor_get(&v, "/");
        CHECK_INT(rows[i].row, v.status, 200);
        CHECK_HAS(rows[i].row, v.body, "<h1>Saturday 27 March</h1>");
        CHECK_HAS(rows[i].row, v.body, rows[i].says);
        CHECK_TRUE(rows[i].row, strstr(v.body, rows[i].lacks) == NULL);
    }
    arena_free(&v.arena);
    town_close(&t);
}

static void names_on_the_home_page_are_noted(void **state)
{
    struct town t;
    struct visitor v = { .body = "" };
    const struct audit_filter filter = { .action = "view" };
    struct audit_list list = { 0 };

    (void)state;
    town_open(&t);
    town_add(&t, "tutor", "form_tutor", "registration:5A");
    visitor_enter(&v, &t, "tutor");
    visitor_get(&v, "/");
    CHECK_OK("audit",
            store_audit(t.school.context.store, t.school.context.school.school_id, &filter,
                    &t.school.arena, &list, &t.school.err),
            &t.school.err);
    CHECK_INT("one line", list.n, 1);
    CHECK_TEXT("which page", list.items[0].what, "home");
    CHECK_TEXT("who", list.items[0].who, "tutor");
    arena_free(&v.arena);
    town_close(&t);
}

static void parents_and_pupils_see_what_was_released(void **state)
{
    struct town t;
    struct visitor v = { .body = "" };

    (void)state;
    town_open(&t);
    town_add(&t, "parent", "parent", "pupil:Z354900108001");
    town_add(&t, "pupil", "pupil", "pupil:N354900108002");
    town_add(&t, "head", "head", "school");
    visitor_enter(&v, &t, "parent");
    visitor_get(&v, "/me");
    CHECK_INT("own page", v.status, 200);
    CHECK_HAS("day of the closed review", v.body, "As it stood on 13 December 2009");
    CHECK_HAS("child", v.body, "Ann Abel, 5A.");
    CHECK_HAS("target", v.body, "<td>4b</td>");
    CHECK_TRUE("nothing later than the release", strstr(v.body, "<td>2a</td>") == NULL);
    CHECK_TRUE("nobody else", strstr(v.body, "Baker") == NULL);
    visitor_get(&v, "/me.json");
    CHECK_HAS("as data", v.body, "\"pupil\":\"Ann Abel\"");
    visitor_enter(&v, &t, "pupil");
    visitor_get(&v, "/me");
    CHECK_HAS("oneself", v.body, "How I am getting on");
    CHECK_HAS("name", v.body, "Bob Baker");
    visitor_enter(&v, &t, "head");
    visitor_get(&v, "/me");
    CHECK_INT("not staff's", v.status, 403);
    arena_free(&v.arena);
    town_close(&t);
}

static void help_is_there_for_every_topic_and_role(void **state)
{
    struct town t;
    struct visitor v = { .town = &t, .body = "" };
    size_t n = 0;

    (void)state;
    town_open(&t);
    visitor_get(&v, "/help");
    CHECK_INT("index", v.status, 200);
    for (const char *at = strstr(v.body, "href=\"/help/"); at != NULL;
            at = strstr(at + 1, "href=\"/help/"))
        n++;
    CHECK_TRUE("many topics", n > 30);
    for (int role = 0; role < ROLE__MAX; role++) {
        char target[64];

        (void)snprintf(target, sizeof(target), "/help/start-%s", role_word((enum role)role));
        for (char *c = target; *c != '\0'; c++)
            *c = *c == '_' ? '-' : *c;
        visitor_get(&v, target);
        CHECK_INT(target, v.status, 200);
    }
    visitor_get(&v, "/help/nothing");
    CHECK_INT("unknown", v.status, 404);
    arena_free(&v.arena);
    town_close(&t);
}

static void every_route_with_help_has_its_topic(void **state)
{
    struct town t;
    struct visitor v = { .town = &t, .body = "" };
    const struct app *app;

    (void)state;
    town_open(&t);
    app = program_app(t.program);
    for (size_t i = 0; i < app->routes_n; i++) {
        char target[80];

        if (app->routes[i].help == NULL)
            continue;
        (void)snprintf(target, sizeof(target), "/help/%s", app->routes[i].help);
        visitor_get(&v, target);
        CHECK_INT(app->routes[i].path, v.status, 200);
    }
    arena_free(&v.arena);
    town_close(&t);
}

TESTS(TEST(home_says_what_each_role_has_to_do), TEST(names_on_the_home_page_are_noted),
        TEST(parents_and_pupils_see_what_was_released),
        TEST(help_is_there_for_every_topic_and_role), TEST(every_route_with_help_has_its_topic))
