#include "web/app.h"

#include "check.h"
#include "generated/pages.h"
#include "web/asset.h"
#include "web/pages/home.h"
#include "web/pages/layout.h"
#include "web/pages/sign_in.h"

static int entered;
static int left;

static enum err_code page(struct request *request, struct response *response, struct err *err)
{
    (void)request;
    (void)err;
    response_body(response, 200, "text/plain; charset=utf-8", "page", 4);
    return ERR_OK;
}

static enum err_code nothing(struct request *request, struct response *response,
        struct err *err)
{
    (void)request;
    (void)response;
    (void)err;
    return ERR_OK;
}

/* Fails as the number in the address says. */
static enum err_code go_wrong(struct request *request, struct response *response,
        struct err *err)
{
    (void)response;
    (void)err_set(err, (enum err_code)request_id(request, "id"), "it failed <b>for Ada</b>");
    return err_hint(err, "Try another.");
}

static enum err_code enter(const struct app *app, struct request *request,
        struct response *response, struct err *err)
{
    (void)app;
    entered++;
    if (strcmp(request->route->permission, "sign-in-first") == 0)
        response_go(response, url_sign_in());
    if (strcmp(request->route->permission, "never") == 0)
        return err_set(err, ERR_FORBIDDEN, "you may not see this");
    return ERR_OK;
}

static void leave(const struct app *app, struct request *request)
{
    (void)app;
    (void)request;
    left++;
}

static bool may(const struct request *request, const char *permission)
{
    (void)request;
    return strcmp(permission, "see") == 0;
}

static const struct route routes[] = {
    APP_ROUTES,
    { METHOD_GET, "/", "see", page, .menu = "Home" },
    { METHOD_GET, "/pupils", "see", page, .menu = "Pupils", .help = "pupils" },
    { METHOD_POST, "/pupils", "see", page, .formats = 0 },
    { METHOD_GET, "/pupils/{id}", "see", page, .formats = ROUTE_TWINS },
    { METHOD_GET, "/reports/{name}", "see", page, .formats = ROUTE_FORMAT(FORMAT_CSV) },
    { METHOD_GET, "/secret", "never", page, .menu = "Secret" },
    { METHOD_GET, "/sheet", "sign-in-first", page, .formats = 0 },
    { METHOD_GET, "/forgotten", NULL, page, .formats = 0 },
    { METHOD_GET, "/nothing", "see", nothing, .formats = 0 },
    { METHOD_GET, "/fail/{id}", "see", go_wrong, .formats = ROUTE_TWINS },
};

static const struct app app = { .routes = routes,
    .routes_n = COUNT(routes),
    .enter = enter,
    .may = may,
    .leave = leave };

static void addresses_find_their_route(void **state)
{
    static const struct {
        const char *row;
        enum method method;
        const char *target;
        int status;
        const char *path;
        enum format format;
    } rows[] = {
        { "home", METHOD_GET, "/", 0, "/", FORMAT_HTML },
        { "home with query", METHOD_GET, "/?a=1", 0, "/", FORMAT_HTML },
        { "word", METHOD_GET, "/pupils", 0, "/pupils", FORMAT_HTML },
        { "number", METHOD_GET, "/pupils/17", 0, "/pupils/{id}", FORMAT_HTML },
        { "twin", METHOD_GET, "/pupils/17.json?x=1", 0, "/pupils/{id}", FORMAT_JSON },
        { "twin of a word", METHOD_GET, "/reports/value-added.csv", 0, "/reports/{name}",
                FORMAT_CSV },
        { "encoded", METHOD_GET, "/pup%69ls", 0, "/pupils", FORMAT_HTML },
        { "HEAD", METHOD_HEAD, "/pupils", 0, "/pupils", FORMAT_HTML },
        { "asset", METHOD_GET, "/static/00ff/attain.css", 0, "/static/{hash}/{file}",
                FORMAT_HTML },
        { "twin that is not offered", METHOD_GET, "/reports/aps.pdf", 404, NULL, FORMAT_HTML },
        { "unknown extension", METHOD_GET, "/pupils/17.xml", 404, NULL, FORMAT_HTML },
        { "extension alone", METHOD_GET, "/pupils/.json", 404, NULL, FORMAT_HTML },
        { "not a number", METHOD_GET, "/pupils/x", 404, NULL, FORMAT_HTML },
        { "nineteen digits", METHOD_GET, "/pupils/1234567890123456789", 404, NULL,
                FORMAT_HTML },
        { "slash at the end", METHOD_GET, "/pupils/", 404, NULL, FORMAT_HTML },
        { "two slashes", METHOD_GET, "//pupils", 404, NULL, FORMAT_HTML },
        { "encoded slash", METHOD_GET, "/pupils%2f17", 404, NULL, FORMAT_HTML },
        { "dots", METHOD_GET, "/pupils/..", 404, NULL, FORMAT_HTML },
        { "encoded dots", METHOD_GET, "/pupils/%2e%2e", 404, NULL, FORMAT_HTML },
        { "too deep", METHOD_GET, "/a/b/c/d/e/f/g/h/i", 404, NULL, FORMAT_HTML },
        { "no slash", METHOD_GET, "pupils", 404, NULL, FORMAT_HTML },
        { "star", METHOD_GET, "*", 404, NULL, FORMAT_HTML },
        { "other method", METHOD_POST, "/pupils/17", 405, "GET, HEAD", FORMAT_HTML },
        { "other method, unknown page", METHOD_POST, "/x", 404, NULL, FORMAT_HTML },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct arena arena = { 0 };
        struct request request = { .arena = &arena,
            .method = rows[i].method,
            .target = rows[i].target };
        const char *allow = NULL;

        CHECK_INT(rows[i].row, route_match(routes, COUNT(routes), &request, &allow),
                rows[i].status);
        if (rows[i].status == 0) {
            CHECK_TEXT(rows[i].row, request.route->path, rows[i].path);
            CHECK_INT(rows[i].row, request.format, rows[i].format);
        } else if (rows[i].status == 405) {
            CHECK_TEXT(rows[i].row, allow, rows[i].path);
        }
        arena_free(&arena);
    }
}

static struct response run(enum method method, const char *target, const char *origin,
        struct arena *arena)
{
    struct request request = { .arena = arena,
        .method = method,
        .target = target,
        .host = "h:1",
        .origin = origin };
    struct response response = { 0 };
    const char *allow;

    CHECK_INT(target, route_match(routes, COUNT(routes), &request, &allow), 0);
    app_run(&app, &request, &response);
    return response;
}

static void every_request_is_judged_before_it_is_answered(void **state)
{
    static const struct {
        const char *row;
        enum method method;
        const char *target;
        const char *origin;
        int status;
        int entered;
    } rows[] = {
        { "health is open", METHOD_GET, "/health", NULL, 200, 0 },
        { "allowed", METHOD_GET, "/pupils", NULL, 200, 1 },
        { "forbidden", METHOD_GET, "/secret", NULL, 403, 1 },
        { "sent to sign in", METHOD_GET, "/sheet", NULL, 303, 1 },
        { "permission forgotten", METHOD_GET, "/forgotten", NULL, 403, 0 },
        { "form from here", METHOD_POST, "/pupils", "http://h:1", 200, 1 },
        { "form without origin", METHOD_POST, "/pupils", NULL, 200, 1 },
        { "form from another host", METHOD_POST, "/pupils", "http://i:1", 403, 0 },
        { "form from another port", METHOD_POST, "/pupils", "http://h:2", 403, 0 },
        { "form from TLS", METHOD_POST, "/pupils", "https://h:1", 403, 0 },
        { "form from nowhere", METHOD_POST, "/pupils", "null", 403, 0 },
        { "handler that answers nothing", METHOD_GET, "/nothing", NULL, 500, 1 },
        { "memory", METHOD_GET, "/fail/1", NULL, 500, 1 },
        { "invalid", METHOD_GET, "/fail/2", NULL, 422, 1 },
        { "not found", METHOD_GET, "/fail/4", NULL, 404, 1 },
        { "closed", METHOD_GET, "/fail/5", NULL, 409, 1 },
        { "conflict", METHOD_GET, "/fail/7", NULL, 409, 1 },
        { "store", METHOD_GET, "/fail/9", NULL, 500, 1 },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct arena arena = { 0 };
        struct response response;

        entered = 0;
        left = 0;
        response = run(rows[i].method, rows[i].target, rows[i].origin, &arena);
        CHECK_INT(rows[i].row, response.status, rows[i].status);
        CHECK_INT(rows[i].row, entered, rows[i].entered);
        CHECK_INT(rows[i].row, left, 1);
        CHECK_TRUE(rows[i].row, (response.reference != 0) == (rows[i].status == 500));
        arena_free(&arena);
    }
}

static void an_error_says_what_is_wrong_unless_it_is_ours(void **state)
{
    struct arena arena = { 0 };
    struct response mine = run(METHOD_GET, "/fail/2", NULL, &arena);
    struct response ours = run(METHOD_GET, "/fail/9", NULL, &arena);
    struct response json = run(METHOD_GET, "/fail/2.json", NULL, &arena);

    (void)state;
    CHECK_HAS("message", mine.body, "<h1>It failed &lt;b&gt;for Ada&lt;/b&gt;.</h1>");
    CHECK_HAS("hint", mine.body, "Try another.");
    CHECK_HAS("menu", mine.body, "href=\"/static/");
    CHECK_TRUE("ours", strstr(ours.body, "Ada") == NULL);
    CHECK_HAS("number", ours.body, arena_printf(&arena, "<b>%08x</b>", ours.reference));
    CHECK_TEXT("JSON", json.body,
            "{\"error\":{\"code\":\"invalid\",\"message\":\"it failed "
            "\\u003cb\\u003efor Ada\\u003c/b\\u003e\",\"hint\":\"Try another.\"}}\n");
    arena_free(&arena);
}

static void same_site_is_not_same_origin(void **state)
{
    static const struct {
        const char *row;
        const char *site;
        bool own;
    } rows[] = {
        { "not a browser", NULL, true },
        { "typed", "none", true },
        { "own", "same-origin", true },
        { "neighbour", "same-site", false },
        { "other", "cross-site", false },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct request request = { .host = "h", .fetch_site = rows[i].site };

        CHECK_INT(rows[i].row, request_same_origin(&request), rows[i].own);
    }
}

static void pages_escape_what_they_are_given(void **state)
{
    struct arena arena = { 0 };
    struct request request = { .arena = &arena, .method = METHOD_GET, .target = "/pupils" };
    struct home_sheet sheets[] = { { .url = { "/marksheets/1" },
            .subject = "Maths <5>",
            .group = "5A",
            .due = "today",
            .verb = "Carry on",
            .urgent = true } };
    struct home_view home = { .heading = "Friday",
        .says = "Nothing to do.",
        .sheets = sheets,
        .sheets_n = 1 };
    struct problem items[] = { { "username", "User name is missing." } };
    struct sign_in_view sign_in = { .problems = { items, 1 }, .username = "\"><script>" };
    struct html html = html_make(&arena);
    const char *allow;
    const char *text;
    struct err err = { 0 };

    (void)state;
    CHECK_INT("route", route_match(routes, COUNT(routes), &request, &allow), 0);
    layout_fill(&home.layout, &app, &request, "Home");
    home.layout.person = "Ms O'Shea";
    home.layout.csrf_token = "t0k";
    page_home(&html, &home);
    CHECK_OK("home", html_end(&html, &text, NULL, &err), &err);
    CHECK_HAS("doctype", text, "<!DOCTYPE html>\n<html lang=\"en-GB\">");
    CHECK_HAS("title", text, "<title>Home · Attain</title>");
    CHECK_HAS("sheet", text, "href=\"/marksheets/1\"");
    CHECK_HAS("subject", text, "<b>Maths &lt;5&gt;</b>");
    CHECK_HAS("urgent", text, "class=\"btn tiny\"");
    CHECK_HAS("menu", text, "<a href=\"/pupils\" aria-current=\"page\">Pupils</a>");
    CHECK_TRUE("menu without what one may not", strstr(text, "Secret") == NULL);
    CHECK_HAS("person", text, "Ms O&#39;Shea");
    CHECK_HAS("help", text, "href=\"/help/pupils\"");
    html = html_make(&arena);
    layout_fill(&sign_in.layout, &app, &request, "Sign in");
    sign_in.layout.refused = true;
    page_sign_in(&html, &sign_in);
    CHECK_OK("sign in", html_end(&html, &text, NULL, &err), &err);
    CHECK_HAS("title", text, "<title>Error: Sign in · Attain</title>");
    CHECK_HAS("typed", text, "value=\"&quot;&gt;&lt;script&gt;\"");
    CHECK_HAS("problem", text, "<a href=\"#username\">User name is missing.</a>");
    arena_free(&arena);
}

static void memory_that_runs_out_is_still_answered(void **state)
{
    static const char *const targets[] = { "/pupils/7", "/fail/2", "/fail/9", "/fail/2.json" };

    (void)state;
    for (size_t i = 0; i < COUNT(targets); i++) {
        bool done = false;

        for (long n = 0; !done && n < 2000; n++) {
            struct arena arena = { 0 };
            struct request request = { .arena = &arena, .target = targets[i] };
            struct response response = { 0 };
            const char *allow;

            CHECK_INT("route", route_match(routes, COUNT(routes), &request, &allow), 0);
            arena_fault(n, (int)(n % 2));
            app_run(&app, &request, &response);
            done = !arena_fault_fired();
            arena_fault(-1, 0);
            CHECK_TRUE(targets[i], response.status >= 200 && response.body != NULL);
            CHECK_TRUE(targets[i], strstr(response.body, "SQL") == NULL);
            arena_free(&arena);
        }
        CHECK_TRUE("it ends", done);
    }
}

static void a_response_cannot_be_split(void **state)
{
    struct arena arena = { 0 };
    struct response response = { 0 };
    struct err err = { 0 };

    (void)state;
    response_header(&response, "X", "a\r\nSet-Cookie: b");
    CHECK_INT("line end", response.headers_n, 0);
    response_go(&response, (struct url){ "//evil.example" });
    CHECK_TEXT("other host", response.headers[0].value, "/");
    CHECK_OK("file", response_attach(&response, "Zo\xc3\xab \"x\"\r\n.csv", &arena, &err),
            &err);
    CHECK_TEXT("file", response.headers[1].value,
            "attachment; filename=\"Zo____x___.csv\"; "
            "filename*=UTF-8''Zo%C3%AB%20%22x%22%0D%0A.csv");
    CHECK_OK("cookie", response_cookie(&response, "abc", true, &arena, &err), &err);
    CHECK_TEXT("cookie", response.headers[2].value,
            "__Host-attain=abc; Path=/; HttpOnly; SameSite=Lax; Secure");
    CHECK_OK("cookie", response_cookie(&response, "", false, &arena, &err), &err);
    CHECK_TEXT("cookie", response.headers[3].value,
            "attain=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
    arena_free(&arena);
}

TESTS(TEST(addresses_find_their_route), TEST(every_request_is_judged_before_it_is_answered),
        TEST(an_error_says_what_is_wrong_unless_it_is_ours), TEST(same_site_is_not_same_origin),
        TEST(pages_escape_what_they_are_given), TEST(memory_that_runs_out_is_still_answered),
        TEST(a_response_cannot_be_split))
