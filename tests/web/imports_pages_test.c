#include "visitor.h"

/* Send a file as the browser's form does, after the page was got. */
static void visitor_upload(struct visitor *v, const char *target, const char *filename,
        const char *text)
{
    const struct app *app = program_app(v->town->program);
    struct uploads uploads = { .n = 1 };
    char path[] = "/tmp/attain-upload-XXXXXX";
    const char *allow = NULL;
    struct err err = { 0 };
    int file = mkstemp(path);

    CHECK_TRUE("file", file >= 0 && write(file, text, strlen(text)) == (ssize_t)strlen(text));
    (void)close(file);
    uploads.items[0] = (struct upload){ "file", filename, path, strlen(text) };
    arena_free(&v->arena);
    v->response = (struct response){ 0 };
    v->request = (struct request){ .arena = &v->arena,
        .method = METHOD_POST,
        .target = target,
        .remote = "192.0.2.9",
        .host = "h",
        .fetch_site = "same-origin",
        .uploads = &uploads,
        .worker = v->town->worker };
    CHECK_OK(target, fields_read_cookies(v->cookie, &v->arena, &v->request.cookies, &err),
            &err);
    CHECK_OK(target, fields_add(&v->request.form, "csrf_token", v->token, &v->arena, &err),
            &err);
    CHECK_INT(target, route_match(app->routes, app->routes_n, &v->request, &allow), 0);
    app_run(app, &v->request, &v->response);
    (void)unlink(path);
    v->status = v->response.status;
    v->body = v->response.body == NULL ? "" : v->response.body;
    visitor_keep(v);
}

/* One good row (Cy was at 4b on 1 March), one of an unknown pupil, one that is no grade. */
static const char file_text[] = "upn,subject,kind,date,grade\n"
                                "C354900108003,MAT,assessment,2010-03-01,4b\n"
                                "A000000000000,MAT,assessment,2010-03-01,4b\n"
                                "C354900108003,MAT,assessment,2010-03-02,9z\n";

/* The value of the form's field `upload`, or "". */
static void take_token(const struct visitor *v, char token[80])
{
    const char *at = strstr(v->body, "name=\"upload\" value=\"");

    token[0] = '\0';
    if (at == NULL)
        return;
    at += strlen("name=\"upload\" value=\"");
    (void)snprintf(token, 80, "%.*s", (int)strcspn(at, "\""), at);
}

static void look_at(struct visitor *v, char token[80])
{
    visitor_get(v, "/imports");
    visitor_upload(v, "/imports", "../my <file>.csv", file_text);
    CHECK_INT("taken", v->status, 303);
    CHECK_TRUE("to its preview", text_starts(v->location, "/imports?upload="));
    visitor_get(v, v->location);
    CHECK_INT("preview", v->status, 200);
    take_token(v, token);
    CHECK_INT("token", strlen(token), DIGEST_HEX_SIZE - 1);
}

static void a_file_is_looked_at_applied_and_undone(void **state)
{
    struct town t;
    struct visitor v = { .body = "" };
    char token[80];
    char form[120];
    char address[40] = "";
    const char *at;

    (void)state;
    town_open(&t);
    town_add(&t, "data", "data_manager", "school");
    visitor_enter(&v, &t, "data");
    look_at(&v, token);
    CHECK_HAS("counts", v.body, "<dt>Added</dt><dd>1</dd>");
    CHECK_HAS("refused", v.body, "<dt>Refused</dt><dd>2</dd>");
    CHECK_HAS("row and column", v.body, "<th scope=\"row\" class=\"num\">3</th><td>upn</td>");
    CHECK_HAS("value", v.body, "<td>9z</td>");
    CHECK_TRUE("its name is no path", strstr(v.body, "../my") == NULL);
    visitor_get(&v, "/reports/progress.csv?year-group=6");
    CHECK_TRUE("nothing is written yet", strstr(v.body, "4b") == NULL);

    visitor_get(&v, "/imports");
    (void)snprintf(form, sizeof(form), "upload=%s&kind=auto", token);
    visitor_post(&v, "/imports", form);
    CHECK_INT("applied", v.status, 200);
    CHECK_HAS("applied", v.body, "1 row was added");
    at = strstr(v.body, "href=\"/imports/");
    CHECK_TRUE("its page", at != NULL);
    if (at != NULL)
        (void)snprintf(address, sizeof(address), "%.*s", (int)strcspn(at + 6, "\""), at + 6);
    visitor_get(&v, "/reports/progress.csv?year-group=6");
    CHECK_HAS("it is there", v.body, ",4b,2010-03-01,");

    visitor_get(&v, address);
    CHECK_HAS("may be undone", v.body, "Undo this import");
    visitor_post(&v, address, "do=undo");
    CHECK_INT("undone", v.status, 200);
    CHECK_HAS("undone", v.body, "This import was undone.");
    visitor_post(&v, address, "do=undo");
    CHECK_INT("not twice", v.status, 409);
    visitor_get(&v, "/reports/progress.csv?year-group=6");
    CHECK_TRUE("it is gone", strstr(v.body, ",4b,2010-03-01,") == NULL);
    visitor_post(&v, "/imports", form);
    CHECK_INT("the upload is gone", v.status, 422);
    CHECK_HAS("in words", v.body, "not here any more");
    visitor_get(&v, "/imports/99999");
    CHECK_INT("no such import", v.status, 404);
    arena_free(&v.arena);
    town_close(&t);
}

static void a_form_without_a_good_file_comes_back(void **state)
{
    static const struct {
        const char *row, *form, *says;
    } rows[] = {
        { "no file", "kind=auto", "No file was chosen" },
        { "a token that is none", "kind=auto&upload=..%2F..%2Fetc%2Fpasswd",
                "not here any more" },
        { "a kind that is none", "kind=sql", "There is a problem" },
    };
    struct town t;
    struct visitor v = { .body = "" };

    (void)state;
    town_open(&t);
    town_add(&t, "data", "data_manager", "school");
    visitor_enter(&v, &t, "data");
    for (size_t i = 0; i < COUNT(rows); i++) {
        visitor_get(&v, "/imports");
        visitor_post(&v, "/imports", rows[i].form);
        CHECK_INT(rows[i].row, v.status, 422);
        CHECK_HAS(rows[i].row, v.body, rows[i].says);
    }
    visitor_get(&v, "/imports");
    visitor_upload(&v, "/imports", "x.csv", "hello\nworld\n");
    visitor_get(&v, v.location);
    CHECK_INT("not understood", v.status, 422);
    CHECK_HAS("not understood", v.body, "names no table that is known");
    arena_free(&v.arena);
    town_close(&t);
}

static void only_data_managers_bring_files_in(void **state)
{
    static const char *const roles[] = { "head", "slt", "senco", "governor" };
    struct town t;
    struct visitor v = { .body = "" };
    char token[80];
    char form[120];

    (void)state;
    town_open(&t);
    town_add(&t, "data", "data_manager", "school");
    town_add(&t, "other", "data_manager", "school");
    for (size_t i = 0; i < COUNT(roles); i++)
        town_add(&t, roles[i], roles[i], "school");
    visitor_enter(&v, &t, "data");
    look_at(&v, token);
    (void)snprintf(form, sizeof(form), "upload=%s&kind=auto", token);
    visitor_enter(&v, &t, "other");
    visitor_get(&v, "/imports");
    visitor_post(&v, "/imports", form);
    CHECK_INT("another's upload is nobody's", v.status, 422);
    for (size_t i = 0; i < COUNT(roles); i++) {
        visitor_enter(&v, &t, roles[i]);
        visitor_get(&v, "/account");
        visitor_post(&v, "/imports", form);
        CHECK_INT(roles[i], v.status, 403);
        visitor_get(&v, "/imports");
        CHECK_INT(roles[i], v.status, 403);
        visitor_get(&v, "/imports.json");
        CHECK_INT(roles[i], v.status, 403);
    }
    arena_free(&v.arena);
    town_close(&t);
}

static void whole_files_are_for_those_with_the_whole_school(void **state)
{
    static const struct {
        const char *row, *role, *scope;
        int status;
    } rows[] = {
        { "data manager", "data_manager", "school", 200 },
        { "head", "head", "school", 200 },
        { "teacher", "teacher", "group:5Ma1", 403 },
        { "head of year", "head_of_year", "year:5", 403 },
        { "governor", "governor", "school", 403 },
        { "senco", "senco", "school", 403 },
    };
    struct town t;
    struct visitor v = { .body = "" };

    (void)state;
    town_open(&t);
    for (size_t i = 0; i < COUNT(rows); i++) {
        t.person_n = 0;
        town_add(&t,
                i == 0   ? "zero"
                : i == 1 ? "one"
                : i == 2 ? "two"
                : i == 3 ? "three"
                : i == 4 ? "four"
                         : "five",
                rows[i].role, rows[i].scope);
        visitor_enter(&v, &t, t.people[0].username);
        visitor_get(&v, "/account");
        visitor_post(&v, "/exports", "what=results&year-group=5");
        CHECK_INT(rows[i].row, v.status, rows[i].status);
        if (rows[i].status != 200)
            continue;
        CHECK_HAS(rows[i].row, v.body, "Z354900108001,MAT,");
        CHECK_HAS(rows[i].row, visitor_header(&v, "Content-Disposition"), "results.csv");
    }
    arena_free(&v.arena);
    town_close(&t);
}

TESTS(TEST(a_file_is_looked_at_applied_and_undone), TEST(a_form_without_a_good_file_comes_back),
        TEST(only_data_managers_bring_files_in),
        TEST(whole_files_are_for_those_with_the_whole_school))
