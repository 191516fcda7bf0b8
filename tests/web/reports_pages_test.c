#include "visitor.h"

/* One town, and a person with this role. */
static void enter_as(struct town *t, struct visitor *v, const char *role, const char *scope)
{
    static int n;
    char name[32];

    (void)snprintf(name, sizeof(name), "%.20s%d", role, n++);
    for (char *c = name; *c != '\0'; c++)
        *c = *c == '_' ? '-' : *c;
    t->person_n = 0;
    town_add(t, name, role, scope);
    visitor_enter(v, t, name);
}

static void leave(struct town *t, struct visitor *v)
{
    arena_free(&v->arena);
    town_close(t);
}

static void a_report_and_its_twins_show_whom_the_person_may_see(void **state)
{
    static const struct {
        const char *row, *role, *scope;
        int status;
        const char *has, *lacks;
    } rows[] = {
        { "the data manager sees the school", "data_manager", "school", 200, "Baker", "\x01" },
        { "a teacher the class taught", "teacher", "group:5Ma1", 200, "Abel", "Baker" },
        { "a form tutor the form", "form_tutor", "registration:5B", 200, "Baker", "Abel" },
        { "a head of year the year", "head_of_year", "year:6", 200, "", "Abel" },
        { "a governor no names", "governor", "school", 403, "", "Abel" },
        { "a teaching assistant no reports", "ta", "group:5Ma1", 403, "", "Abel" },
        { "a parent no reports", "parent", "pupil:Z354900108001", 403, "", "Abel" },
        { "a pupil no reports", "pupil", "pupil:Z354900108001", 403, "", "Abel" },
    };
    static const char *const addresses[] = { "/reports/progress", "/reports/progress.json",
        "/reports/progress.csv", "/reports/progress?subject=MAT&year-group=5" };
    struct town t;
    struct visitor v = { .body = "" };

    (void)state;
    town_open(&t);
    for (size_t i = 0; i < COUNT(rows); i++) {
        enter_as(&t, &v, rows[i].role, rows[i].scope);
        for (size_t a = 0; a < COUNT(addresses); a++) {
            visitor_get(&v, addresses[a]);
            CHECK_INT(rows[i].row, v.status, rows[i].status);
            CHECK_TRUE(rows[i].row, strstr(v.body, rows[i].lacks) == NULL);
            if (strchr(addresses[a], '?') == NULL)
                CHECK_HAS(rows[i].row, v.body, rows[i].has);
        }
    }
    leave(&t, &v);
}

/*
 * By hand: 2b is 15 points and 4b 27, so the end of the spring term of Year 5 (8 of 12) asks
 * for 15 + 12 * 8 / 12 = 23, which is 3a. Ann's 2a is 17: 6 under, three sub-levels; Bob's 3b
 * is 21: 2 under, one sub-level.
 */
static void progress_is_reckoned_from_prior_to_target(void **state)
{
    struct town t;
    struct visitor v = { .body = "" };

    (void)state;
    town_open(&t);
    enter_as(&t, &v, "head", "school");
    visitor_get(&v, "/reports/progress.json?subject=MAT&year-group=5");
    CHECK_HAS("Ann's target", v.body, "\"progress_target\":\"3a\",\"current\":\"2a\"");
    CHECK_HAS("Ann's gap", v.body,
            "\"gap_points\":-6.00,\"gap_steps\":-3,\"flag\":\"well-below\"");
    CHECK_HAS("Bob's gap", v.body, "\"gap_points\":-2.00,\"gap_steps\":-1,\"flag\":\"below\"");
    CHECK_HAS("who is counted", v.body, "\"counted\":2,\"of\":2");
    visitor_get(&v, "/reports/progress.csv?subject=MAT&flag=below");
    CHECK_HAS("only those below", v.body, "Baker");
    CHECK_TRUE("and nobody else", strstr(v.body, "Abel") == NULL);
    CHECK_HAS("as a file", visitor_header(&v, "Content-Disposition"), "progress.csv");
    leave(&t, &v);
}

static void filters_are_chips_and_lead_to_names(void **state)
{
    struct town t;
    struct visitor v = { .body = "" };

    (void)state;
    town_open(&t);
    enter_as(&t, &v, "head", "school");
    visitor_get(&v, "/reports/progress?year-group=5&subject=MAT");
    CHECK_HAS("a chip takes away itself", v.body,
            "<li><a href=\"/reports/progress?subject=MAT\">Year 5 ");
    CHECK_HAS("the other too", v.body,
            "<li><a href=\"/reports/progress?year-group=5\">Mathematics ");
    CHECK_HAS("the form keeps the choice", v.body,
            "<option value=\"MAT\" selected>Mathematics</option>");
    CHECK_HAS("a standing leads to names", v.body,
            "href=\"/reports/progress?year-group=5&amp;subject=MAT&amp;flag=well-below\"");
    CHECK_HAS("a name leads to the pupil", v.body, "<a href=\"/pupils/");
    CHECK_HAS("the twin has the filters", v.body,
            "href=\"/reports/progress.csv?year-group=5&amp;subject=MAT\"");
    visitor_get(&v, "/reports/summary?by=gender");
    CHECK_HAS("a figure leads to names", v.body,
            "href=\"/reports/names?measure=ks2-l4-mat&amp;by=gender&amp;value=F\"");
    CHECK_HAS("a value is in words", v.body, "Girls");
    CHECK_HAS("gaps beside it", v.body, "Gaps");
    visitor_get(&v, "/reports/summary?by=gender&cross=fsm");
    CHECK_HAS("a pair is in words", v.body, "Girls; Free school meals");
    CHECK_HAS("a pair leads to its names", v.body,
            "href=\"/reports/"
            "names?measure=ks2-l4-mat&amp;by=gender&amp;cross=fsm&amp;value=F%2AY\"");
    CHECK_HAS("the second way is a choice of the form", v.body,
            "<option value=\"fsm\" selected>Free school meals</option>");
    CHECK_HAS("and a chip of its own", v.body,
            "<li><a href=\"/reports/summary?by=gender\">and by Free school meals ");
    visitor_get(&v, "/reports/progress?subject=MAT&by=gender");
    CHECK_HAS("progress by a cut", v.body, "Where each group stands");
    leave(&t, &v);
}

/* Level 4 in mathematics at the end of Key Stage 2: Ann has 2a and Bob 3b, Cy nothing. */
static void names_say_who_reaches_it_and_who_is_not_counted(void **state)
{
    struct town t;
    struct visitor v = { .body = "" };

    (void)state;
    town_open(&t);
    enter_as(&t, &v, "head", "school");
    visitor_get(&v, "/reports/names.json?measure=ks2-l4-mat");
    CHECK_HAS("Ann", v.body, "\"value\":\"2a\",\"met\":false");
    CHECK_HAS("Bob", v.body, "\"value\":\"3b\",\"met\":false");
    CHECK_HAS("Cy is not counted", v.body, "\"value\":null,\"met\":null");
    CHECK_HAS("two of three", v.body, "\"counted\":2,\"of\":3");
    visitor_get(&v, "/reports/names.json?measure=ks2-l4-mat&by=gender&value=F");
    CHECK_HAS("the girl", v.body, "Abel");
    CHECK_TRUE("no boy", strstr(v.body, "Baker") == NULL);
    visitor_get(&v, "/reports/names");
    CHECK_INT("which figure?", v.status, 422);
    visitor_get(&v, "/reports/names?measure=none");
    CHECK_INT("no such measure", v.status, 422);
    CHECK_HAS("in words", v.body, "There is no measure called none.");
    leave(&t, &v);
}

static void counts_without_names_hide_small_numbers(void **state)
{
    static const struct {
        const char *row, *target;
        int status;
    } rows[] = {
        { "the school", "/reports/summary.json", 200 },
        { "divided by sex", "/reports/summary.json?by=gender", 200 },
        { "one year is fewer pupils", "/reports/summary.json?year-group=5", 403 },
        { "a form too", "/reports/summary.json?registration=5A", 403 },
        { "divided by form", "/reports/summary.json?by=registration", 403 },
        { "divided by set", "/reports/summary.json?by=set", 403 },
        { "divided by teacher", "/reports/summary.json?by=teacher", 403 },
        { "divided by month of birth", "/reports/summary.json?by=birth-month", 403 },
        { "crossed with a form", "/reports/summary.json?by=gender&cross=registration", 403 },
        { "names", "/reports/names.json?measure=ks2-l4-mat", 403 },
        { "pupils", "/pupils.json", 403 },
        { "groups", "/groups.json", 403 },
        { "targets", "/targets.json", 403 },
        { "reviews", "/reviews.json", 403 },
    };
    struct town t;
    struct visitor v = { .body = "" };

    (void)state;
    town_open(&t);
    enter_as(&t, &v, "governor", "school");
    for (size_t i = 0; i < COUNT(rows); i++) {
        visitor_get(&v, rows[i].target);
        CHECK_INT(rows[i].row, v.status, rows[i].status);
        CHECK_TRUE(rows[i].row, strstr(v.body, "Abel") == NULL);
        if (rows[i].status == 200)
            CHECK_HAS(rows[i].row, v.body, "\"count\":\"c\",\"of\":\"c\"");
    }
    visitor_get(&v, "/reports");
    CHECK_HAS("two reports", v.body, "/reports/summary");
    CHECK_TRUE("not progress", strstr(v.body, "/reports/progress") == NULL);
    visitor_get(&v, "/reports/summary");
    CHECK_TRUE("no way to names", strstr(v.body, "/reports/names") == NULL);
    CHECK_HAS("c is explained", v.body, "hidden because the figure is small");
    leave(&t, &v);
}

static void a_wrong_filter_comes_back_with_the_form(void **state)
{
    static const struct {
        const char *row, *target;
        int status;
        const char *says;
    } rows[] = {
        { "no such year", "/reports/progress?year-group=99", 422, "There is a problem" },
        { "no such group", "/reports/progress?group=Nobodies", 422,
                "There is no group called Nobodies." },
        { "no such subject", "/reports/progress?subject=QQQ", 422,
                "There is no subject called QQQ." },
        { "no such cut", "/reports/summary?by=height", 422, "There is a problem" },
        { "no such day", "/reports/progress?as-at=yesterday", 422, "There is a problem" },
        { "no such standing", "/reports/progress?flag=late", 422, "There is a problem" },
        { "as JSON", "/reports/progress.json?year-group=99", 422, "\"code\":\"invalid\"" },
        { "no such report", "/reports/none", 404, "There is no report called none." },
        { "one pupil is looked for", "/reports/pupil", 303, "" },
    };
    struct town t;
    struct visitor v = { .body = "" };

    (void)state;
    town_open(&t);
    enter_as(&t, &v, "head", "school");
    for (size_t i = 0; i < COUNT(rows); i++) {
        visitor_get(&v, rows[i].target);
        CHECK_INT(rows[i].row, v.status, rows[i].status);
        CHECK_HAS(rows[i].row, v.body, rows[i].says);
    }
    CHECK_TEXT("by name", v.location, "/pupils");
    leave(&t, &v);
}

static void every_report_has_its_furniture(void **state)
{
    static const char *const addresses[] = { "/reports", "/reports/progress",
        "/reports/summary", "/reports/aps", "/reports/missing", "/reports/targets",
        "/reports/trajectory", "/reports/names?measure=ks2-l4-mat", "/targets", "/groups",
        "/reviews" };
    struct town t;
    struct visitor v = { .body = "" };

    (void)state;
    town_open(&t);
    enter_as(&t, &v, "head", "school");
    for (size_t i = 0; i < COUNT(addresses); i++) {
        visitor_get(&v, addresses[i]);
        CHECK_INT(addresses[i], v.status, 200);
        CHECK_HAS(addresses[i], v.body, "How to read this");
        CHECK_HAS(addresses[i], v.body, "Made on ");
        CHECK_HAS(addresses[i], v.body, "<h1>");
        CHECK_HAS(addresses[i], v.body, ".json");
        CHECK_TRUE(addresses[i], strstr(v.body, "style=") == NULL);
        CHECK_TRUE(addresses[i], strstr(v.body, "upn=") == NULL);
    }
    leave(&t, &v);
}

TESTS(TEST(a_report_and_its_twins_show_whom_the_person_may_see),
        TEST(progress_is_reckoned_from_prior_to_target),
        TEST(filters_are_chips_and_lead_to_names),
        TEST(names_say_who_reaches_it_and_who_is_not_counted),
        TEST(counts_without_names_hide_small_numbers),
        TEST(a_wrong_filter_comes_back_with_the_form), TEST(every_report_has_its_furniture))
