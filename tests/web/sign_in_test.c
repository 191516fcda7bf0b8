#include "base/clock.h"
#include "visitor.h"

static void a_visitor_is_sent_to_sign_in_and_back(void **state)
{
    struct town t;
    struct visitor v = { .town = &t, .body = "" };
    char form[200];

    (void)state;
    town_open(&t);
    town_add(&t, "teacher", "teacher", "group:5Ma1");
    visitor_get(&v, "/account");
    CHECK_INT("sent away", v.status, 303);
    CHECK_TEXT("to sign in", v.location, "/sign-in?return_to=%2Faccount");
    visitor_get(&v, v.location);
    CHECK_INT("form", v.status, 200);
    CHECK_HAS("where to", v.body, "name=\"return_to\" value=\"/account\"");
    CHECK_HAS("notice", v.body, "For trying.");
    (void)snprintf(form, sizeof(form), "username=Teacher&password=%s&return_to=/account",
            town_password(&t, "teacher"));
    visitor_post(&v, "/sign-in", form);
    CHECK_INT("in", v.status, 303);
    CHECK_TEXT("back", v.location, "/account");
    visitor_get(&v, "/account");
    CHECK_INT("account", v.status, 200);
    CHECK_HAS("who", v.body, "user name teacher");
    CHECK_HAS("role", v.body, "teacher: group 5Ma1");
    arena_free(&v.arena);
    town_close(&t);
}

/* Whose role sees the whole school. The page shows the key; the code of the moment proves it.
 */
static void a_second_factor_comes_before_everything_else(void **state)
{
    struct town t;
    struct visitor v = { .town = &t, .body = "" };
    char secret[TOTP_SECRET_SIZE] = "";
    char form[200];
    const char *at;

    (void)state;
    town_open(&t);
    CHECK_OK("required",
            context_set(&t.school.context, "access.second-factor", "required", &t.school.err),
            &t.school.err);
    town_add(&t, "teacher", "teacher", "group:5Ma1");
    town_add(&t, "head", "head", "school");
    visitor_enter(&v, &t, "teacher");
    visitor_get(&v, "/marksheets");
    CHECK_INT("a teacher may have one", v.status, 200);
    visitor_enter(&v, &t, "head");
    visitor_get(&v, "/pupils");
    CHECK_INT("a head has to", v.status, 303);
    CHECK_TEXT("where", v.location, "/account/second-factor");
    visitor_get(&v, "/reports/progress.json");
    CHECK_INT("nor data", v.status, 303);
    visitor_get(&v, "/account/second-factor");
    CHECK_HAS("why", v.body, "Your role sees the whole school");
    CHECK_TRUE("no way round", strstr(v.body, "Leave it") == NULL);
    at = strstr(v.body, "name=\"secret\" value=\"");
    CHECK_TRUE("key", at != NULL);
    (void)text_copy(secret, sizeof(secret), at + strlen("name=\"secret\" value=\""));
    (void)snprintf(form, sizeof(form), "secret=%s&code=%06d", secret,
            (int)totp_code(secret, clock_seconds() / 30));
    visitor_post(&v, "/account/second-factor", form);
    CHECK_TEXT("on", v.location, "/account?done=on");
    visitor_get(&v, "/pupils");
    CHECK_INT("and in", v.status, 200);
    arena_free(&v.arena);
    town_close(&t);
}

static void the_token_changes_and_the_old_one_is_worth_nothing(void **state)
{
    struct town t;
    struct visitor v = { .town = &t, .body = "" };
    char before[100];
    char inside[100];

    (void)state;
    town_open(&t);
    town_add(&t, "head", "head", "school");
    visitor_get(&v, "/sign-in");
    memcpy(before, v.cookie, sizeof(before));
    visitor_enter(&v, &t, "head");
    CHECK_HAS("flags", v.set_cookie, "; Path=/; HttpOnly; SameSite=Lax");
    CHECK_TRUE("new", strcmp(before, v.cookie) != 0);
    memcpy(inside, v.cookie, sizeof(inside));
    memcpy(v.cookie, before, sizeof(before));
    visitor_get(&v, "/");
    CHECK_INT("the visitor's own token opens nothing", v.status, 303);
    memcpy(v.cookie, inside, sizeof(inside));
    visitor_get(&v, "/");
    CHECK_INT("home", v.status, 200);
    visitor_post(&v, "/sign-out", "");
    CHECK_INT("out", v.status, 303);
    CHECK_HAS("cookie removed", v.set_cookie, "attain=; ");
    CHECK_TRUE("cache cleared", visitor_header(&v, "Clear-Site-Data") != NULL);
    memcpy(v.cookie, inside, sizeof(inside));
    visitor_get(&v, "/");
    CHECK_INT("the session is gone on the server", v.status, 303);
    arena_free(&v.arena);
    town_close(&t);
}

static void what_is_wrong_is_said_the_same_way(void **state)
{
    static const struct {
        const char *row, *form, *says;
    } rows[] = {
        { "wrong password", "username=head&password=nothing-of-it",
                "The user name or the password is wrong." },
        { "nobody", "username=nobody&password=nothing-of-it",
                "The user name or the password is wrong." },
        { "no password", "username=head&password=", "Your password is missing." },
        { "no name", "username=&password=x", "Your user name is missing." },
    };
    struct town t;
    struct visitor v = { .town = &t, .body = "" };

    (void)state;
    town_open(&t);
    town_add(&t, "head", "head", "school");
    for (size_t i = 0; i < COUNT(rows); i++) {
        visitor_get(&v, "/sign-in");
        visitor_post(&v, "/sign-in", rows[i].form);
        CHECK_INT(rows[i].row, v.status, 422);
        CHECK_HAS(rows[i].row, v.body, rows[i].says);
        CHECK_HAS(rows[i].row, v.body, "<title>Error: Sign in");
        CHECK_TRUE(rows[i].row, strstr(v.body, "nothing-of-it") == NULL);
    }
    arena_free(&v.arena);
    town_close(&t);
}

static void many_failures_slow_down(void **state)
{
    struct town t;
    struct visitor v = { .town = &t, .body = "" };
    int status = 0;

    (void)state;
    town_open(&t);
    town_add(&t, "head", "head", "school");
    for (int i = 0; i < 12 && status != 429; i++) {
        visitor_get(&v, "/sign-in");
        visitor_post(&v, "/sign-in", "username=head&password=guess-number-1");
        status = v.status;
    }
    CHECK_INT("too many", status, 429);
    CHECK_TRUE("how long", visitor_header(&v, "Retry-After") != NULL);
    CHECK_HAS("in words", v.body, "Try again in ");
    visitor_get(&v, "/help");
    CHECK_INT("only signing in is slowed", v.status, 200);
    arena_free(&v.arena);
    town_close(&t);
}

static void every_form_needs_its_token(void **state)
{
    static const char *const targets[] = { "/sign-in", "/sign-out", "/account/password",
        "/account/sessions", "/settings", "/settings/users", "/settings/audit" };
    struct town t;
    struct visitor v = { .town = &t, .body = "" };

    (void)state;
    town_open(&t);
    town_add(&t, "data", "data_manager", "school");
    visitor_enter(&v, &t, "data");
    for (size_t i = 0; i < COUNT(targets); i++) {
        visitor_ask(&v, METHOD_POST, targets[i], "username=data&password=x");
        CHECK_INT(targets[i], v.status, 403);
        visitor_ask(&v, METHOD_POST, targets[i], "csrf_token=AAAA&rounding=pair");
        CHECK_INT(targets[i], v.status, 403);
    }
    visitor_get(&v, "/settings");
    CHECK_HAS("nothing was changed", v.body, "<option value=\"nearest\" selected>");
    arena_free(&v.arena);
    town_close(&t);
}

static void only_own_addresses_are_gone_to(void **state)
{
    static const char *const places[] = { "https://evil.example/", "//evil.example",
        "/\\evil.example", "javascript:alert(1)", "/sign-out" };
    struct town t;
    struct visitor v = { .town = &t, .body = "" };
    char form[300];

    (void)state;
    town_open(&t);
    town_add(&t, "head", "head", "school");
    for (size_t i = 0; i < COUNT(places); i++) {
        v.cookie[0] = '\0';
        visitor_get(&v, "/sign-in");
        (void)snprintf(form, sizeof(form), "username=head&password=%s&return_to=%s",
                town_password(&t, "head"), places[i]);
        visitor_post(&v, "/sign-in", form);
        CHECK_INT(places[i], v.status, 303);
        CHECK_TEXT(places[i], v.location, "/");
    }
    arena_free(&v.arena);
    town_close(&t);
}

static void a_first_password_is_changed_before_anything_else(void **state)
{
    struct town t;
    struct visitor v = { .town = &t, .body = "" };
    char form[300];

    (void)state;
    town_open(&t);
    town_add(&t, "head", "head", "school");
    CHECK_OK("reset", account_reset(&t.desk, "head", t.people[0].password, &t.school.err),
            &t.school.err);
    visitor_enter(&v, &t, "head");
    CHECK_TEXT("to the account", v.location, "/account");
    visitor_get(&v, "/");
    CHECK_INT("no way round", v.status, 303);
    CHECK_TEXT("back to it", v.location, "/account");
    visitor_get(&v, "/account");
    CHECK_HAS("asked", v.body, "Choose a password of your own");
    (void)snprintf(form, sizeof(form), "old=%s&new=short&again=short",
            town_password(&t, "head"));
    visitor_post(&v, "/account/password", form);
    CHECK_INT("too short", v.status, 422);
    (void)snprintf(form, sizeof(form), "old=%s&new=seven+green+lamps&again=seven+green+camps",
            town_password(&t, "head"));
    visitor_post(&v, "/account/password", form);
    CHECK_INT("not the same", v.status, 422);
    (void)snprintf(form, sizeof(form), "old=%s&new=seven+green+lamps&again=seven+green+lamps",
            town_password(&t, "head"));
    visitor_post(&v, "/account/password", form);
    CHECK_INT("changed", v.status, 303);
    visitor_get(&v, "/");
    CHECK_INT("home", v.status, 200);
    arena_free(&v.arena);
    town_close(&t);
}

TESTS(TEST(a_second_factor_comes_before_everything_else),
        TEST(a_visitor_is_sent_to_sign_in_and_back),
        TEST(the_token_changes_and_the_old_one_is_worth_nothing),
        TEST(what_is_wrong_is_said_the_same_way), TEST(many_failures_slow_down),
        TEST(every_form_needs_its_token), TEST(only_own_addresses_are_gone_to),
        TEST(a_first_password_is_changed_before_anything_else))
