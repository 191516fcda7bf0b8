#include "actions/template.h"
#include "visitor.h"
#include "web/worker.h"

enum {
    NAME = 40
};

/* Whoever stands on the first row: the name of the cell, and the revision it is drawn from. */
static void first_cell(const struct visitor *v, char name[NAME], char revision[NAME])
{
    const char *cell = strstr(v->body, "name=\"cell.");
    const char *rev = strstr(v->body, "name=\"rev.");

    CHECK_TRUE("a cell", cell != NULL && rev != NULL);
    cell += strlen("name=\"");
    rev = strstr(rev, "value=\"") + strlen("value=\"");
    (void)snprintf(name, NAME, "%.*s", (int)strcspn(cell, "\""), cell);
    (void)snprintf(revision, NAME, "%.*s", (int)strcspn(rev, "\""), rev);
}

static void sheet_address(const struct town *t, const char *behind, char address[80])
{
    (void)snprintf(address, 80, "/marksheets/%lld%s", (long long)t->sheet, behind);
}

static void sheet_form(const char *name, const char *typed, const char *revision,
        const char *more, char form[200])
{
    (void)snprintf(form, 200, "%s=%s&rev.%s=%s%s", name, typed, name + strlen("cell."),
            revision, more);
}

static void a_form_without_script_saves(void **state)
{
    struct town t;
    struct visitor v = { .body = "" };
    char address[80], form[200], name[NAME], revision[NAME], again[NAME], cell[NAME + 40];
    int64_t before;

    (void)state;
    town_open(&t);
    town_add(&t, "patel", "teacher", "group:5Ma1");
    visitor_enter(&v, &t, "patel");
    sheet_address(&t, "", address);
    visitor_get(&v, address);
    visitor_get(&v, address);
    CHECK_INT("page", v.status, 200);
    before = store_statement_n(((struct worker *)t.worker)->store);
    visitor_get(&v, address);
    CHECK_TRUE("at most six statements",
            store_statement_n(((struct worker *)t.worker)->store) - before <= 6);
    first_cell(&v, name, revision);
    CHECK_TEXT("nothing entered yet", revision, "0");
    CHECK_HAS("said in words", v.body, "Working at");
    CHECK_HAS("and the rule between grades", v.body, "Between two grades?");
    CHECK_HAS("not entered", v.body, "Not entered");
    sheet_form(name, "3B", revision, "", form);
    visitor_post(&v, address, form);
    CHECK_INT("see it again", v.status, 303);
    CHECK_HAS("where", v.location, "?saved=1");
    (void)snprintf(form, sizeof(form), "%s", v.location);
    visitor_get(&v, form);
    first_cell(&v, again, revision);
    CHECK_TEXT("the same name after saving", again, name);
    CHECK_TRUE("another revision", strcmp(revision, "0") != 0);
    (void)snprintf(cell, sizeof(cell), "name=\"%s\" value=\"3b\"", name);
    CHECK_HAS("in its cell", v.body, cell);
    CHECK_HAS("told", v.body, "1 saved.");
    CHECK_HAS("one sub-level under 3a", v.body, "class=\"flag below\"");
    sheet_address(&t, "?why=", address);
    (void)snprintf(address + strlen(address), 80 - strlen(address), "%s", name + 5);
    visitor_get(&v, address);
    CHECK_HAS("why", v.body, "Why is this below?");
    CHECK_HAS("start", v.body, "15.0 points");
    CHECK_HAS("8 of 12", v.body, "23.0 points");
    CHECK_HAS("gap", v.body, "\u22122.0 points");
    arena_free(&v.arena);
    town_close(&t);
}

static const char effort[] = "template mine \"Mine\"\nstages KS2\n"
                             "aspect EFFORT \"Effort\" number highest 5\n"
                             "enter \"Effort\" EFFORT\n";

static void a_cell_of_a_template_is_saved_by_the_same_form(void **state)
{
    struct town t;
    struct visitor v = { .body = "" };
    struct template_outcome outcome = { 0 };
    char address[80], form[200], name[NAME + 10], first[NAME], revision[NAME];
    struct context *context;
    int64_t before;

    (void)state;
    town_open(&t);
    context = &t.school.context;
    town_add(&t, "patel", "teacher", "group:5Ma1");
    CHECK_OK("template",
            template_import(context, "mine", effort, strlen(effort), NULL, false, &outcome,
                    &t.school.err),
            &t.school.err);
    CHECK_OK("choose", marksheet_choose(context, t.sheet, "mine", &t.school.err),
            &t.school.err);
    visitor_enter(&v, &t, "patel");
    sheet_address(&t, "", address);
    visitor_get(&v, address);
    first_cell(&v, first, revision);
    (void)snprintf(name, sizeof(name), "%.*s.a-EFFORT", (int)(strlen(first) - 4), first);
    (void)snprintf(form, sizeof(form), "name=\"%s\" value=\"\"", name);
    CHECK_HAS("one input, of pupil and column", v.body, form);
    sheet_form(name, "6", "0", "", form);
    visitor_post(&v, address, form);
    CHECK_INT("above its highest", v.status, 422);
    CHECK_HAS("said", v.body, "is not what Effort takes");
    CHECK_HAS("what was typed", v.body, "value=\"6\"");
    sheet_form(name, "4", "0", "", form);
    visitor_post(&v, address, form);
    CHECK_INT("saved", v.status, 303);
    sheet_form(name, "3", "0", "", form);
    visitor_post(&v, address, form);
    CHECK_INT("from an old page", v.status, 409);
    CHECK_HAS("whose", v.body, "A Person saved 4");
    CHECK_HAS("which column", v.body, "Effort");
    visitor_get(&v, address);
    CHECK_HAS("it stands", v.body, "value=\"4\"");
    before = store_statement_n(((struct worker *)t.worker)->store);
    visitor_get(&v, address);
    CHECK_TRUE("at most six statements",
            store_statement_n(((struct worker *)t.worker)->store) - before <= 6);
    arena_free(&v.arena);
    town_close(&t);
}

static void a_conflict_comes_back_with_what_was_typed(void **state)
{
    struct town t;
    struct visitor v = { .body = "" }, w = { .body = "" };
    char address[80], form[200], name[NAME], revision[NAME], fresh[NAME], cell[NAME + 40];

    (void)state;
    town_open(&t);
    town_add(&t, "patel", "teacher", "group:5Ma1");
    town_add(&t, "shaw", "teacher", "group:5Ma1");
    visitor_enter(&v, &t, "patel");
    visitor_enter(&w, &t, "shaw");
    sheet_address(&t, "", address);
    visitor_get(&v, address);
    visitor_get(&w, address);
    first_cell(&v, name, revision);
    sheet_form(name, "3b", revision, "", form);
    visitor_post(&v, address, form);
    CHECK_INT("the first saves", v.status, 303);

    sheet_form(name, "", revision, "", form);
    visitor_post(&w, address, form);
    CHECK_INT("a cell not touched is no conflict", w.status, 303);
    sheet_form(name, "3a", revision, "", form);
    visitor_post(&w, address, form);
    CHECK_INT("conflict", w.status, 409);
    (void)snprintf(cell, sizeof(cell), "name=\"%s\" value=\"3a\"", name);
    CHECK_HAS("what was typed", w.body, cell);
    CHECK_HAS("by whom", w.body, "A Person saved 3b");
    CHECK_HAS("a choice", w.body, "Keep 3b");
    CHECK_HAS("the other", w.body, "Use my 3a");
    first_cell(&w, name, fresh);
    CHECK_TRUE("drawn afresh", strcmp(fresh, revision) != 0);

    sheet_form(name, "3a", fresh, "&keep=", form);
    (void)snprintf(form + strlen(form), 200 - strlen(form), "%s", name);
    visitor_post(&w, address, form);
    CHECK_INT("kept", w.status, 303);
    visitor_get(&w, address);
    (void)snprintf(cell, sizeof(cell), "name=\"%s\" value=\"3b\"", name);
    CHECK_HAS("theirs stands", w.body, cell);
    sheet_form(name, "3a", fresh, "", form);
    visitor_post(&w, address, form);
    CHECK_INT("mine after all", w.status, 303);
    arena_free(&v.arena);
    arena_free(&w.arena);
    town_close(&t);
}

static void a_wrong_grade_comes_back(void **state)
{
    struct town t;
    struct visitor v = { .body = "" };
    char address[80], form[200], name[NAME], revision[NAME], cell[NAME + 40];

    (void)state;
    town_open(&t);
    town_add(&t, "patel", "teacher", "group:5Ma1");
    visitor_enter(&v, &t, "patel");
    sheet_address(&t, "", address);
    visitor_get(&v, address);
    first_cell(&v, name, revision);
    sheet_form(name, "3d", revision, "", form);
    visitor_post(&v, address, form);
    CHECK_INT("refused", v.status, 422);
    CHECK_HAS("title", v.body, "<title>Error: ");
    (void)snprintf(cell, sizeof(cell), "name=\"%s\" value=\"3d\"", name);
    CHECK_HAS("as typed", v.body, cell);
    CHECK_HAS("told to all", v.body, "aria-invalid=\"true\"");
    CHECK_HAS("what is wrong", v.body, "3d is not a grade");
    sheet_form(name, "%3Cscript%3E", revision, "", form);
    visitor_post(&v, address, form);
    CHECK_INT("refused too", v.status, 422);
    CHECK_TRUE("never as markup", strstr(v.body, "<script>") == NULL);
    arena_free(&v.arena);
    town_close(&t);
}

static void each_role_gets_its_own(void **state)
{
    static const struct {
        const char *row, *role, *scope;
        int status;
        bool writes;
    } rows[] = {
        { "teacher", "teacher", "group:5Ma1", 200, true },
        { "of another set", "teacher", "group:5Ma2", 404, false },
        { "head reads", "head", "school", 200, false },
        { "data manager", "data_manager", "school", 200, true },
        { "governor", "governor", "school", 404, false },
        { "parent", "parent", "pupil:Z354900108001", 403, false },
        { "pupil", "pupil", "pupil:Z354900108001", 403, false },
    };
    static const char *const behind[] = { "", ".json", ".csv" };
    struct town t;
    struct visitor v = { .body = "" };
    char name[16], address[80];

    (void)state;
    town_open(&t);
    for (size_t i = 0; i < COUNT(rows); i++) {
        (void)snprintf(name, sizeof(name), "person%zu", i);
        t.person_n = 0;
        town_add(&t, name, rows[i].role, rows[i].scope);
        visitor_enter(&v, &t, name);
        for (size_t j = 0; j < COUNT(behind); j++) {
            sheet_address(&t, behind[j], address);
            visitor_get(&v, address);
            if (rows[i].status == 200)
                CHECK_INT(rows[i].row, v.status, 200);
            else
                CHECK_TRUE(rows[i].row, v.status == 403 || v.status == 404);
            if (rows[i].status == 200)
                CHECK_HAS(rows[i].row, v.body, "Abel");
            else
                CHECK_TRUE(rows[i].row, strstr(v.body, "Abel") == NULL);
        }
        sheet_address(&t, "", address);
        visitor_get(&v, address);
        CHECK_INT(rows[i].row, strstr(v.body, "name=\"cell.") != NULL, rows[i].writes);
    }
    arena_free(&v.arena);
    town_close(&t);
}

static void ask_json(struct visitor *v, const char *target, const char *form)
{
    const struct app *app = program_app(v->town->program);
    const char *allow = NULL;
    struct err err = { 0 };
    char text[400];

    (void)snprintf(text, sizeof(text), "csrf_token=%s&%s", v->token, form);
    arena_free(&v->arena);
    v->response = (struct response){ 0 };
    v->request = (struct request){ .arena = &v->arena,
        .method = METHOD_POST,
        .target = target,
        .remote = "192.0.2.9",
        .host = "h",
        .fetch_site = "same-origin",
        .accept = "application/json",
        .worker = v->town->worker };
    CHECK_OK("cookies", fields_read_cookies(v->cookie, &v->arena, &v->request.cookies, &err),
            &err);
    CHECK_OK("form", fields_read_form(text, strlen(text), &v->arena, &v->request.form, &err),
            &err);
    CHECK_INT("route", route_match(app->routes, app->routes_n, &v->request, &allow), 0);
    app_run(app, &v->request, &v->response);
    v->status = v->response.status;
    v->body = v->response.body == NULL ? "" : v->response.body;
}

static void autosave_answers_for_each_cell(void **state)
{
    struct town t;
    struct visitor v = { .body = "" };
    char address[80], form[200], name[NAME], revision[NAME];

    (void)state;
    town_open(&t);
    town_add(&t, "patel", "teacher", "group:5Ma1");
    visitor_enter(&v, &t, "patel");
    sheet_address(&t, "", address);
    visitor_get(&v, address);
    first_cell(&v, name, revision);
    sheet_form(name, "3b", revision, "", form);
    ask_json(&v, address, form);
    CHECK_INT("answered", v.status, 200);
    CHECK_HAS("state", v.body, "\"state\":\"saved\"");
    CHECK_HAS("value", v.body, "\"value\":\"3b\"");
    CHECK_HAS("flag", v.body, "\"flag\":\"below\"");
    CHECK_HAS("count", v.body, "\"entered\":1,\"of\":1");
    sheet_form(name, "4a", revision, "", form);
    ask_json(&v, address, form);
    CHECK_HAS("both changed", v.body, "\"state\":\"conflict\"");
    CHECK_HAS("theirs", v.body, "\"theirs\":\"3b\"");
    sheet_form(name, "9z", revision, "", form);
    ask_json(&v, address, form);
    CHECK_HAS("invalid", v.body, "\"state\":\"invalid\"");
    arena_free(&v.arena);
    town_close(&t);
}

static void the_table_sorts_filters_and_shows_more(void **state)
{
    static const char *const asked[] = { "?sort=flag", "?sort=gap&down=1", "?show=todo",
        "?show=sen", "?with=sex", "?with=set&sort=extra", "?with=born", "?sort=prior",
        "?history=1.MAT", "?why=nonsense", "?sort=nonsense", "?show=%00" };
    struct town t;
    struct visitor v = { .body = "" };
    char address[80];

    (void)state;
    town_open(&t);
    town_add(&t, "patel", "teacher", "group:5Ma1");
    visitor_enter(&v, &t, "patel");
    for (size_t i = 0; i + 1 < COUNT(asked); i++) {
        sheet_address(&t, asked[i], address);
        visitor_get(&v, address);
        CHECK_INT(asked[i], v.status, 200);
        CHECK_HAS(asked[i], v.body, "Mathematics, 5Ma1");
    }
    visitor_get(&v, "/marksheets");
    CHECK_HAS("listed", v.body, "Mathematics, 5Ma1");
    CHECK_HAS("to enter", v.body, "To enter");
    arena_free(&v.arena);
    town_close(&t);
}

TESTS(TEST(a_form_without_script_saves), TEST(a_cell_of_a_template_is_saved_by_the_same_form),
        TEST(a_conflict_comes_back_with_what_was_typed), TEST(a_wrong_grade_comes_back),
        TEST(each_role_gets_its_own), TEST(autosave_answers_for_each_cell),
        TEST(the_table_sorts_filters_and_shows_more))
