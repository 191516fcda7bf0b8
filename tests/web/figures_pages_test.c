/* The pages of compare, scatter, matrix and profile: forms, links, and who sees what. */
#include "newcomer.h"

/* Ann and Bob have 2b before; she has 2a (17 points) and he 3b (21). Cy has nothing. */
static void each_page_has_its_fields_and_furniture(void **state)
{
    static const struct {
        const char *target, *field, *says;
    } rows[] = {
        { "/reports/compare?subject=MAT", "name=\"column\"", "Groups side by side" },
        { "/reports/compare?subject=MAT", "<option value=\"subject\">Subject</option>",
                "Teaching set" },
        { "/reports/compare?subject=MAT&by=registration&column=gap",
                "<option value=\"gap\" selected>", "Gap to the progress target" },
        { "/reports/scatter?subject=MAT", "id=\"x\" name=\"x\" value=\"\"",
                "2 pupils have both figures." },
        { "/reports/scatter?subject=MAT&y=GAP", "name=\"y\" value=\"GAP\"", "Upright: GAP" },
        { "/reports/matrix?subject=MAT", "name=\"from\"", "2 of 3 pupils have a grade" },
        { "/reports/matrix?subject=MAT&to=target", "<option value=\"target\" selected>Target",
                "from prior attainment to target" },
        { "/reports/matrix?subject=MAT", "<option value=\"Autumn 2009\">",
                "Expected progress" },
        { "/reports/profile", "name=\"year-group\"", "Nobody here has both scores." },
    };
    struct town t;
    struct visitor v = { .body = "" };

    (void)state;
    town_open(&t);
    enter_as(&t, &v, "head", "school");
    for (size_t i = 0; i < COUNT(rows); i++) {
        visitor_get(&v, rows[i].target);
        CHECK_INT(rows[i].target, v.status, 200);
        CHECK_HAS(rows[i].target, v.body, rows[i].field);
        CHECK_HAS(rows[i].target, v.body, rows[i].says);
        CHECK_HAS(rows[i].target, v.body, "How to read this");
        CHECK_HAS(rows[i].target, v.body, "Made on ");
        CHECK_TRUE(rows[i].target, strstr(v.body, "style=") == NULL);
    }
    visitor_get(&v, "/reports");
    CHECK_HAS("all four are listed", v.body, "/reports/compare");
    CHECK_HAS("all four are listed", v.body, "/reports/scatter");
    CHECK_HAS("all four are listed", v.body, "/reports/matrix");
    CHECK_HAS("all four are listed", v.body, "/reports/profile");
    leave_town(&t, &v);
}

static void a_row_leads_to_its_pupils_and_they_to_theirs(void **state)
{
    struct town t;
    struct visitor v = { .body = "" };

    (void)state;
    town_open(&t);
    enter_as(&t, &v, "head", "school");
    visitor_get(&v, "/reports/matrix?subject=MAT&to=target");
    CHECK_HAS("a grade", v.body,
            "href=\"/reports/matrix?subject=MAT&amp;to=target&amp;value=2b\"");
    visitor_get(&v, "/reports/matrix?subject=MAT&to=target&value=2b");
    CHECK_HAS("its pupils", v.body, "Abel");
    CHECK_HAS("and theirs", v.body, "<a href=\"/pupils/");
    visitor_get(&v, "/reports/compare?subject=MAT");
    CHECK_HAS("a set", v.body, "href=\"/reports/compare?subject=MAT&amp;value=5Ma2\"");
    visitor_get(&v, "/reports/compare.json?subject=MAT&value=5Ma2");
    CHECK_HAS("its pupil", v.body, "\"surname\":\"Baker\"");
    CHECK_TRUE("and nobody else", strstr(v.body, "Abel") == NULL);
    leave_town(&t, &v);
}

/* On 15 January the same judgements stood as now. */
static void a_teacher_sees_the_class_at_every_point(void **state)
{
    static const struct {
        const char *target, *has;
    } rows[] = {
        { "/reports/scatter.json?subject=MAT", "Abel" },
        { "/reports/compare.json?subject=MAT", "\"value\":\"5Ma1\"" },
        { "/reports/matrix.json?subject=MAT", "\"from\":\"2b\",\"of\":1" },
        { "/reports/matrix.json?subject=MAT&from=2010-01-15", "\"from\":\"2a\",\"of\":1" },
        { "/reports/matrix.json?subject=MAT&from=2010-01-15&value=2a", "Abel" },
    };
    struct town t;
    struct visitor v = { .body = "" };

    (void)state;
    town_open(&t);
    enter_as(&t, &v, "teacher", "group:5Ma1");
    for (size_t i = 0; i < COUNT(rows); i++) {
        visitor_get(&v, rows[i].target);
        CHECK_INT(rows[i].target, v.status, 200);
        CHECK_HAS(rows[i].target, v.body, rows[i].has);
        CHECK_TRUE(rows[i].target, strstr(v.body, "Baker") == NULL);
        CHECK_TRUE(rows[i].target, strstr(v.body, "5Ma2") == NULL);
        CHECK_TRUE(rows[i].target, strstr(v.body, "\"3b\"") == NULL);
    }
    leave_town(&t, &v);
}

static void counts_hide_small_numbers_and_single_values(void **state)
{
    static const struct {
        const char *row, *target;
        int status;
        const char *has;
    } rows[] = {
        { "groups of two are hidden", "/reports/compare.json?subject=MAT", 200,
                "\"n\":\"c\",\"mean\":\"c\",\"prior_mean\":\"c\",\"low\":\"c\"" },
        { "by year, when nothing else is asked", "/reports/compare.json?subject=MAT", 200,
                "\"group\":\"year\"" },
        { "no dots", "/reports/compare.json?subject=MAT", 200, "\"charts\":[]" },
        { "not by set", "/reports/compare.json?subject=MAT&by=set", 403, "" },
        { "not by teacher", "/reports/compare.json?subject=MAT&by=teacher", 403, "" },
        { "no formula", "/reports/compare.json?subject=MAT&column=IF(FSM,1,0)", 403,
                "may tell of single pupils" },
        { "no pupils of a group", "/reports/compare.json?subject=MAT&by=year&value=5", 200,
                "\"rows\":[]" },
        { "a row of two", "/reports/matrix.json?subject=MAT", 200,
                "\"from\":\"2b\",\"of\":\"c\",\"to_2\":\"c\",\"to_3\":\"c\"" },
        { "nor what is expected", "/reports/matrix.json?subject=MAT", 200,
                "\"count\":\"c\",\"of\":\"c\",\"percent\":\"c\"" },
        { "not at another day", "/reports/matrix.json?subject=MAT&from=2010-01-15", 403,
                "those of two days may tell of single pupils" },
        { "nor at a review", "/reports/matrix.json?subject=MAT&to=Autumn%202009", 403, "" },
        { "no picture", "/reports/matrix.json?subject=MAT", 200, "\"charts\":[]" },
        { "no names", "/reports/matrix.json?subject=MAT&value=2b", 200, "\"rows\":[]" },
        { "no marks of single pupils", "/reports/scatter.json?subject=MAT", 403, "" },
        { "the profile has no pupils", "/reports/profile.json", 200, "\"name\":\"profile\"" },
    };
    struct town t;
    struct visitor v = { .body = "" };

    (void)state;
    town_open(&t);
    enter_as(&t, &v, "governor", "school");
    for (size_t i = 0; i < COUNT(rows); i++) {
        visitor_get(&v, rows[i].target);
        CHECK_INT(rows[i].row, v.status, rows[i].status);
        CHECK_HAS(rows[i].row, v.body, rows[i].has);
        CHECK_TRUE(rows[i].row, strstr(v.body, "Abel") == NULL);
        CHECK_TRUE(rows[i].row, strstr(v.body, "Baker") == NULL);
    }
    leave_town(&t, &v);
}

static void what_is_wrong_comes_back_with_what_was_typed(void **state)
{
    static const struct {
        const char *row, *target;
        const char *says, *keeps;
    } rows[] = {
        { "a formula", "/reports/scatter?subject=MAT&x=LATST", "Formula x: character 1: LATST",
                "name=\"x\" value=\"LATST\"" },
        { "a text", "/reports/scatter?subject=MAT&y=SEN", "gives a text, not a number",
                "name=\"y\" value=\"SEN\"" },
        { "a point", "/reports/matrix?subject=MAT&from=Never", "is no point to go from or to",
                "From: Never" },
        { "a day to come", "/reports/matrix?subject=MAT&to=2030-01-01", "is still to come",
                "" },
        { "two ways", "/reports/compare?subject=MAT&by=gender,sen", "in one way at a time",
                "" },
        { "an unknown battery", "/reports/profile?x=CAT-X", "There is no subject called CAT-X",
                "" },
        { "a report that is not divided so", "/reports/summary?by=subject",
                "Only the report compare is divided by subject", "" },
    };
    struct town t;
    struct visitor v = { .body = "" };

    (void)state;
    town_open(&t);
    enter_as(&t, &v, "head", "school");
    for (size_t i = 0; i < COUNT(rows); i++) {
        visitor_get(&v, rows[i].target);
        CHECK_INT(rows[i].row, v.status, 422);
        CHECK_HAS(rows[i].row, v.body, "There is a problem");
        CHECK_HAS(rows[i].row, v.body, rows[i].says);
        CHECK_HAS(rows[i].row, v.body, rows[i].keeps);
    }
    leave_town(&t, &v);
}

TESTS(TEST(each_page_has_its_fields_and_furniture),
        TEST(a_row_leads_to_its_pupils_and_they_to_theirs),
        TEST(a_teacher_sees_the_class_at_every_point),
        TEST(counts_hide_small_numbers_and_single_values),
        TEST(what_is_wrong_comes_back_with_what_was_typed))
