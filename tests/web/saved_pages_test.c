#include "visitor.h"

static void enter(struct town *t, struct visitor *v, const char *name, const char *role,
        const char *scope)
{
    town_add(t, name, role, scope);
    visitor_enter(v, t, name);
}

/* The number of the saved report of this name on the list of the visitor, as JSON has it. */
static int number_of(struct visitor *v, const char *name)
{
    char wanted[100];
    const char *at, *id;

    visitor_get(v, "/reports.json");
    (void)snprintf(wanted, sizeof(wanted), "\"name\":\"%s\"", name);
    at = strstr(v->body, wanted);
    id = at == NULL ? NULL : strstr(at, "\"id\":");
    return id == NULL ? 0 : (int)strtol(id + 5, NULL, 10);
}

static void a_report_is_saved_with_its_filters_and_run_again(void **state)
{
    struct town t;
    struct visitor v = { .body = "" };

    (void)state;
    town_open(&t);
    enter(&t, &v, "head", "head", "school");
    visitor_get(&v, "/reports/summary?year-group=5&by=gender&cross=fsm");
    CHECK_HAS("the form", v.body, "Save this report");
    CHECK_HAS("keeps the filters", v.body,
            "name=\"filters\" value=\"year-group=5\nby=gender\ncross=fsm\n\"");
    CHECK_HAS("offers roles of staff", v.body, "<option value=\"head_of_year\">");
    CHECK_TRUE("not those of parents", strstr(v.body, "<option value=\"parent\">") == NULL);
    visitor_post(&v, "/reports/saved",
            "do=save&name=Year+5+gaps&share=school&report=summary"
            "&filters=year-group%3D5%0D%0Aby%3Dgender%0D%0Across%3Dfsm%0D%0A");
    CHECK_INT("to the list", v.status, 303);
    visitor_get(&v, "/reports");
    CHECK_HAS("which leads to it", v.body,
            "<a href=\"/reports/summary?year-group=5&amp;by=gender&amp;cross=fsm\">Year 5 "
            "gaps");
    CHECK_HAS("and says with whom", v.body, "the school");
    visitor_post(&v, "/reports/saved", "do=save&name=Year+5+gaps&report=progress&filters=");
    visitor_get(&v, "/reports");
    CHECK_HAS("one of the same name is replaced", v.body,
            "<a href=\"/reports/progress\">Year 5 gaps");
    CHECK_TRUE("not doubled", strstr(v.body, "/reports/summary?year-group=5") == NULL);
    arena_free(&v.arena);
    town_close(&t);
}

/* The head saves one for herself, one for heads of year, one for the school. */
static void whom_it_is_shared_with_sees_it(void **state)
{
    static const struct {
        const char *name, *role, *scope;
        bool own, years, school;
    } rows[] = {
        { "head", "head", "school", true, true, true },
        { "year-five", "head_of_year", "year:5", false, true, true },
        { "adeyemi", "teacher", "group:5Ma1", false, false, true },
    };
    struct town t;
    struct visitor v = { .body = "" };

    (void)state;
    town_open(&t);
    enter(&t, &v, rows[0].name, rows[0].role, rows[0].scope);
    visitor_get(&v, "/reports/progress");
    visitor_post(&v, "/reports/saved", "do=save&name=Mine&share=&report=progress&filters=");
    visitor_post(&v, "/reports/saved",
            "do=save&name=For+years&share=head_of_year&report=progress&filters=");
    visitor_post(&v, "/reports/saved",
            "do=save&name=For+all&share=school&report=progress&filters=");
    for (size_t i = 0; i < COUNT(rows); i++) {
        if (i > 0)
            enter(&t, &v, rows[i].name, rows[i].role, rows[i].scope);
        CHECK_TRUE(rows[i].name, (number_of(&v, "Mine") != 0) == rows[i].own);
        CHECK_TRUE(rows[i].name, (number_of(&v, "For years") != 0) == rows[i].years);
        CHECK_TRUE(rows[i].name, (number_of(&v, "For all") != 0) == rows[i].school);
    }
    visitor_get(&v, "/reports/progress.json");
    CHECK_HAS("and runs it with her own permissions", v.body, "Abel");
    CHECK_TRUE("not the head's", strstr(v.body, "Baker") == NULL);
    arena_free(&v.arena);
    town_close(&t);
}

static void whose_it_is_removes_it(void **state)
{
    struct town t;
    struct visitor v = { .body = "" };
    char form[60];
    int no;

    (void)state;
    town_open(&t);
    enter(&t, &v, "head", "head", "school");
    visitor_get(&v, "/reports/progress");
    visitor_post(&v, "/reports/saved",
            "do=save&name=Shared&share=school&report=progress&filters=");
    enter(&t, &v, "adeyemi", "teacher", "group:5Ma1");
    no = number_of(&v, "Shared");
    CHECK_TRUE("she sees it", no > 0);
    visitor_get(&v, "/reports");
    CHECK_TRUE("but cannot remove it", strstr(v.body, "Remove a saved report") == NULL);
    (void)snprintf(form, sizeof(form), "do=remove&saved=%d", no);
    visitor_get(&v, "/reports/progress");
    visitor_post(&v, "/reports/saved", form);
    CHECK_INT("nor by hand", v.status, 403);
    visitor_post(&v, "/reports/saved", "do=remove&saved=999");
    CHECK_INT("there is none of that number", v.status, 404);
    enter(&t, &v, "manager", "data_manager", "school");
    visitor_get(&v, "/reports");
    CHECK_HAS("who changes settings can", v.body, "Remove a saved report");
    visitor_post(&v, "/reports/saved", form);
    CHECK_INT("to the list", v.status, 303);
    CHECK_INT("it is gone", number_of(&v, "Shared"), 0);
    visitor_get(&v, "/settings/audit");
    visitor_post(&v, "/settings/audit", "first=&last=&pupil=&who=");
    CHECK_HAS("and in the audit", v.body, "remove-report");
    arena_free(&v.arena);
    town_close(&t);
}

static void what_cannot_be_saved_comes_back(void **state)
{
    static const struct {
        const char *row, *form, *has;
    } rows[] = {
        { "no name", "do=save&name=&share=school&report=progress&filters=subject%3DMAT",
                "A saved report needs a name" },
        { "no such report",
                "do=save&name=A&report=nothing&filters=", "There is no report called nothing" },
        { "a filter that is wrong", "do=save&name=A&report=progress&filters=year-group%3D99",
                "not a value for --year-group" },
        { "a filter that is none", "do=save&name=A&report=progress&filters=shoe%3D44",
                "no filter that can be kept" },
        { "a role that is none", "do=save&name=A&share=king&report=progress&filters=",
                "nobody a report can be shared with" },
        { "parents", "do=save&name=A&share=parent&report=progress&filters=",
                "nobody a report can be shared with" },
    };
    struct town t;
    struct visitor v = { .body = "" };

    (void)state;
    town_open(&t);
    enter(&t, &v, "head", "head", "school");
    visitor_get(&v, "/reports/progress");
    for (size_t i = 0; i < COUNT(rows); i++) {
        visitor_post(&v, "/reports/saved", rows[i].form);
        CHECK_INT(rows[i].row, v.status, 422);
        CHECK_HAS(rows[i].row, v.body, rows[i].has);
        CHECK_HAS("with the form", v.body, "name=\"share\"");
    }
    visitor_post(&v, "/reports/saved", rows[0].form);
    CHECK_HAS("and its filters", v.body, "name=\"filters\" value=\"subject=MAT\"");
    CHECK_HAS("and whom it was for", v.body, "<option value=\"school\" selected>");
    arena_free(&v.arena);
    town_close(&t);
}

TESTS(TEST(a_report_is_saved_with_its_filters_and_run_again),
        TEST(whom_it_is_shared_with_sees_it), TEST(whose_it_is_removes_it),
        TEST(what_cannot_be_saved_comes_back))
