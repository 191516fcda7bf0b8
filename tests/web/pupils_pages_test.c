#include "newcomer.h"

/* Where the pupil's page is, as the data manager's search says. */
static void find_address(struct town *t, struct visitor *v, const char *q, char address[40])
{
    char form[80];

    enter_as(t, v, "data_manager", "school");
    visitor_get(v, "/pupils");
    (void)snprintf(form, sizeof(form), "q=%s", q);
    visitor_post(v, "/pupils", form);
    CHECK_INT(q, v->status, 303);
    CHECK_TRUE(q, text_copy(address, 40, v->location));
}

static void a_pupil_is_found_by_name_or_upn_without_standing_in_an_address(void **state)
{
    static const struct {
        const char *row, *form;
        int status;
        const char *has;
    } rows[] = {
        { "by surname", "q=abel", 303, "" },
        { "by forename", "q=Bob", 303, "" },
        { "both, any order", "q=bob+bak", 303, "" },
        { "with a comma", "q=Baker%2C+B", 303, "" },
        { "by UPN", "q=c354900108003", 303, "" },
        { "by its beginning", "q=N3549", 303, "" },
        { "nobody", "q=zebra", 200, "Nobody on roll today whom you may see" },
        { "both names must fit", "q=ann+baker", 200, "Nobody on roll today" },
        { "nothing typed", "q=", 200, "Name or UPN" },
        { "markup is text", "q=%3Cb%3E", 200, "value=\"&lt;b&gt;\"" },
    };
    struct town t;
    struct visitor v = { .body = "" };

    (void)state;
    town_open(&t);
    enter_as(&t, &v, "head", "school");
    for (size_t i = 0; i < COUNT(rows); i++) {
        visitor_get(&v, "/pupils");
        visitor_post(&v, "/pupils", rows[i].form);
        CHECK_INT(rows[i].row, v.status, rows[i].status);
        CHECK_HAS(rows[i].row, v.body, rows[i].has);
        if (v.status == 303) {
            CHECK_TRUE(rows[i].row, text_starts(v.location, "/pupils/"));
            CHECK_INT(rows[i].row, strspn(v.location + 8, "0123456789"),
                    strlen(v.location + 8));
        }
    }
    visitor_get(&v, "/pupils");
    visitor_post(&v, "/pupils.json", "q=a");
    CHECK_INT("as you type", v.status, 200);
    CHECK_HAS("as you type", v.body, "\"surname\":\"Abel\"");
    CHECK_TRUE("only those", strstr(v.body, "Clark") == NULL);
    arena_free(&v.arena);
    town_close(&t);
}

static void who_may_not_see_a_pupil_learns_nothing(void **state)
{
    static const struct {
        const char *row, *role, *scope;
    } rows[] = {
        { "a teacher of another class", "teacher", "group:5Ma1" },
        { "a tutor of another form", "form_tutor", "registration:6A" },
        { "a head of another year", "head_of_year", "year:6" },
    };
    struct town t;
    struct visitor v = { .body = "" };
    char address[40];
    char twin[48];

    (void)state;
    town_open(&t);
    find_address(&t, &v, "baker", address);
    (void)snprintf(twin, sizeof(twin), "%s.json", address);
    for (size_t i = 0; i < COUNT(rows); i++) {
        enter_as(&t, &v, rows[i].role, rows[i].scope);
        visitor_get(&v, "/pupils");
        CHECK_TRUE(rows[i].row, strstr(v.body, "Baker") == NULL);
        visitor_post(&v, "/pupils", "q=baker");
        CHECK_INT(rows[i].row, v.status, 200);
        CHECK_HAS(rows[i].row, v.body, "Nobody on roll today");
        visitor_get(&v, address);
        CHECK_INT(rows[i].row, v.status, 404);
        CHECK_HAS(rows[i].row, v.body, "There is no such pupil here.");
        visitor_get(&v, twin);
        CHECK_INT(rows[i].row, v.status, 404);
        CHECK_TRUE(rows[i].row, strstr(v.body, "Baker") == NULL);
        visitor_get(&v, "/pupils/999999999");
        CHECK_INT("nobody at all", v.status, 404);
        CHECK_HAS("the same words", v.body, "There is no such pupil here.");
    }
    arena_free(&v.arena);
    town_close(&t);
}

static void the_page_shows_the_fields_of_the_role(void **state)
{
    static const struct {
        const char *row, *role, *scope;
        bool upn, meals, marks;
    } rows[] = {
        { "data manager", "data_manager", "school", true, true, true },
        { "head", "head", "school", true, true, true },
        { "form tutor", "form_tutor", "registration:5A", true, true, true },
        { "teacher", "teacher", "group:5Ma1", true, false, true },
        { "teaching assistant", "ta", "group:5Ma1", false, false, true },
    };
    struct town t;
    struct visitor v = { .body = "" };
    char address[40];
    char twin[48];

    (void)state;
    town_open(&t);
    find_address(&t, &v, "abel", address);
    (void)snprintf(twin, sizeof(twin), "%s.json", address);
    for (size_t i = 0; i < COUNT(rows); i++) {
        enter_as(&t, &v, rows[i].role, rows[i].scope);
        for (int as_json = 0; as_json < 2; as_json++) {
            visitor_get(&v, as_json ? twin : address);
            CHECK_INT(rows[i].row, v.status, 200);
            CHECK_HAS(rows[i].row, v.body, "Abel");
            CHECK_INT(rows[i].row, strstr(v.body, "Z354900108001") != NULL, rows[i].upn);
            CHECK_INT(rows[i].row, strstr(v.body, "Free school meals") != NULL, rows[i].meals);
            CHECK_INT(rows[i].row, strstr(v.body, "2a") != NULL, rows[i].marks);
        }
    }
    arena_free(&v.arena);
    town_close(&t);
}

static void a_pupils_page_joins_everything_up(void **state)
{
    struct town t;
    struct visitor v = { .body = "" };
    char address[40];

    (void)state;
    town_open(&t);
    find_address(&t, &v, "abel", address);
    visitor_get(&v, address);
    CHECK_HAS("name", v.body, "<h1>Ann Abel</h1>");
    CHECK_HAS("tags", v.body, "title=\"Special educational needs\"");
    CHECK_HAS("the flight path is a picture", v.body, "role=\"img\"");
    CHECK_HAS("with a title", v.body, "<title id=\"path-t\">Mathematics: flight path</title>");
    CHECK_HAS("a description", v.body, "<desc id=\"path-d\">");
    CHECK_HAS("and a table", v.body, "The same as a table");
    CHECK_HAS("its corridor", v.body, "class=\"corridor");
    CHECK_HAS("flag", v.body, "Well below");
    CHECK_HAS("history", v.body, "<h2 id=\"t-history\">History</h2>");
    CHECK_HAS("groups", v.body, ">5Ma1</a>");
    CHECK_HAS("made", v.body, "Made on ");
    arena_free(&v.arena);
    town_close(&t);
}

static void a_target_is_set_with_a_reason_or_comes_back(void **state)
{
    static const struct {
        const char *row, *form;
        int status;
        const char *has;
    } rows[] = {
        { "without a reason", "subject=MAT&grade=5c&reason=", 422, "needs a reason" },
        { "what was typed stays", "subject=MAT&grade=5c&reason=", 422, "value=\"5c\"" },
        { "no such grade", "subject=MAT&grade=9z&reason=why", 422, "9z is not a grade" },
        { "no grade", "subject=MAT&grade=&reason=why", 422, "There is a problem" },
        { "good", "subject=MAT&grade=5c&reason=agreed+in+March", 200, "target 5c in" },
    };
    struct town t;
    struct visitor v = { .body = "" };
    char address[40];

    (void)state;
    town_open(&t);
    find_address(&t, &v, "abel", address);
    for (size_t i = 0; i < COUNT(rows); i++) {
        visitor_get(&v, address);
        visitor_post(&v, address, rows[i].form);
        CHECK_INT(rows[i].row, v.status, rows[i].status);
        CHECK_HAS(rows[i].row, v.body, rows[i].has);
    }
    enter_as(&t, &v, "teacher", "group:5Ma1");
    visitor_get(&v, address);
    CHECK_TRUE("no form for a teacher", strstr(v.body, "name=\"grade\"") == NULL);
    visitor_post(&v, address, "subject=MAT&grade=6c&reason=x");
    CHECK_INT("nor a way round it", v.status, 403);
    arena_free(&v.arena);
    town_close(&t);
}

/* Today is 27 March 2010. */
static void a_subject_leader_sets_targets_while_the_window_is_open(void **state)
{
    static const struct {
        const char *row, *window;
        bool open;
    } rows[] = {
        { "none", "", false },
        { "over", "09-01 10-31", false },
        { "open", "03-01 03-27", true },
        { "begins tomorrow", "03-28 04-30", false },
        { "over the turn of the year", "11-01 03-31", true },
    };
    struct town t;
    struct visitor v = { .body = "" };
    char address[40];

    (void)state;
    town_open(&t);
    find_address(&t, &v, "abel", address);
    enter_as(&t, &v, "subject_leader", "subject:MAT");
    for (size_t i = 0; i < COUNT(rows); i++) {
        CHECK_OK(rows[i].row,
                context_set(&t.school.context, "targets.window", rows[i].window, &t.school.err),
                &t.school.err);
        visitor_get(&v, address);
        CHECK_INT(rows[i].row, strstr(v.body, "name=\"grade\"") != NULL, rows[i].open);
        visitor_post(&v, address, "subject=MAT&grade=5c&reason=");
        CHECK_INT(rows[i].row, v.status, rows[i].open ? 200 : 403);
    }
    CHECK_INT("no window",
            context_set(&t.school.context, "targets.window", "soon", &t.school.err),
            ERR_INVALID);
    CHECK_INT("no day",
            context_set(&t.school.context, "targets.window", "02-30 03-01", &t.school.err),
            ERR_INVALID);
    arena_free(&v.arena);
    town_close(&t);
}

static void a_note_is_written_withdrawn_or_comes_back(void **state)
{
    static const struct {
        const char *row, *form;
        int status;
        const char *has;
    } rows[] = {
        { "empty", "do=add&kind=concern&body=++", 422, "The note is empty." },
        { "the kind chosen stays", "do=add&kind=concern&body=", 422,
                "value=\"concern\" selected" },
        { "no kind", "do=add&kind=gossip&body=Talks+a+lot", 422, "is no kind of note" },
        { "what was typed stays", "do=add&kind=gossip&body=Talks+%3Ca+lot", 422,
                ">Talks &lt;a lot</textarea>" },
        { "what?", "kind=note&body=x", 422, "There is a problem" },
        { "no such note", "do=withdraw&note=999999&why=x", 404, "no such note" },
        { "good", "do=add&kind=concern&body=Late+%3Cagain%3E.%0D%0ARang+home.", 303, "" },
    };
    struct town t;
    struct visitor v = { .body = "" };
    char address[40];
    char notes[48];
    char form[80];
    const char *no;

    (void)state;
    town_open(&t);
    find_address(&t, &v, "abel", address);
    (void)snprintf(notes, sizeof(notes), "%s/notes", address);
    enter_as(&t, &v, "teacher", "group:5Ma1");
    visitor_get(&v, address);
    CHECK_HAS("none yet", v.body, "No note yet.");
    for (size_t i = 0; i < COUNT(rows); i++) {
        visitor_get(&v, address);
        visitor_post(&v, notes, rows[i].form);
        CHECK_INT(rows[i].row, v.status, rows[i].status);
        CHECK_HAS(rows[i].row, v.body, rows[i].has);
    }
    visitor_get(&v, address);
    CHECK_HAS("kind and who", v.body,
            "<b>Concern</b> <span class=\"small quiet\">A Person, 27");
    CHECK_HAS("each line its own", v.body, "<p>Late &lt;again&gt;.</p><p>Rang home.</p>");
    no = strstr(v.body, "name=\"note\" value=\"");
    CHECK_TRUE("its form", no != NULL);
    no = no == NULL ? "0" : no + strlen("name=\"note\" value=\"");
    (void)snprintf(form, sizeof(form),
            "do=withdraw&note=%.*s&why=", (int)strspn(no, "0123456789"), no);
    visitor_post(&v, notes, form);
    CHECK_INT("without a reason", v.status, 422);
    CHECK_HAS("without a reason", v.body, "The reason is empty.");
    (void)text_copy(form + strlen(form), sizeof(form) - strlen(form), "Wrong+child");
    visitor_post(&v, notes, form);
    CHECK_INT("with one", v.status, 303);
    visitor_post(&v, notes, form);
    CHECK_INT("only once", v.status, 409);
    visitor_get(&v, address);
    CHECK_HAS("said", v.body, "Withdrawn by A Person, 27");
    CHECK_HAS("why", v.body, ": Wrong child");
    CHECK_TRUE("without its words", strstr(v.body, "again") == NULL);
    enter_as(&t, &v, "ta", "group:5Ma1");
    visitor_get(&v, address);
    CHECK_TRUE("not for an assistant", strstr(v.body, "<h2>Notes</h2>") == NULL);
    visitor_post(&v, notes, "do=add&kind=note&body=x");
    CHECK_INT("nor a way round it", v.status, 403);
    enter_as(&t, &v, "teacher", "group:5Ma2");
    visitor_get(&v, "/pupils");
    visitor_post(&v, notes, "do=add&kind=note&body=x");
    CHECK_INT("nor for another class's teacher", v.status, 404);
    arena_free(&v.arena);
    town_close(&t);
}

TESTS(TEST(a_pupil_is_found_by_name_or_upn_without_standing_in_an_address),
        TEST(who_may_not_see_a_pupil_learns_nothing),
        TEST(the_page_shows_the_fields_of_the_role), TEST(a_pupils_page_joins_everything_up),
        TEST(a_target_is_set_with_a_reason_or_comes_back),
        TEST(a_subject_leader_sets_targets_while_the_window_is_open),
        TEST(a_note_is_written_withdrawn_or_comes_back))
