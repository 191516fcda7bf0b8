#include "newcomer.h"

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
    leave_town(&t, &v);
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
    leave_town(&t, &v);
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
    leave_town(&t, &v);
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
    leave_town(&t, &v);
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
    leave_town(&t, &v);
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
    leave_town(&t, &v);
}

/* Ann has free meals, needs, and is below target; Bob is below; Cy has no judgement. */
static void sets_overlap_and_open_their_names(void **state)
{
    static const struct {
        const char *row, *target;
        int status;
        const char *has, *lacks;
    } rows[] = {
        { "every part", "/reports/overlap.json", 200,
                "\"region\":\"ABC\",\"label\":\"All three\",\"sets\":\"Free meals, Special "
                "needs, Below target\",\"count\":1,\"of\":2,\"percent\":50.0",
                "Abel" },
        { "a table row opens a part", "/reports/overlap", 200,
                "<a href=\"/reports/overlap?region=C\">Below target only</a>", "Abel" },
        { "so does a set", "/reports/overlap", 200, "/reports/overlap?region=A%2B", "Abel" },
        { "and the drawing", "/reports/overlap", 200,
                "<a href=\"/reports/overlap?region=ABC\" aria-label=\"All three: 1\">",
                "Abel" },
        { "the names in a part", "/reports/overlap?region=ABC", 200, "Abel", "Baker" },
        { "and of a set", "/reports/overlap?region=C%2B", 200, "Baker", "Clark" },
        { "sets of one's own stay in links", "/reports/overlap?sets=FSM%3B+EAL", 200,
                "?sets=FSM%3B%20EAL&amp;region=", "Abel" },
        { "and are a chip", "/reports/overlap?sets=FSM%3B+EAL", 200, "Sets of your own",
                "Abel" },
        { "a field to write them in", "/reports/overlap", 200, "name=\"sets\"", "Abel" },
        { "a wrong set", "/reports/overlap?sets=FSM%3B+EIL", 422,
                "Character 6: EIL is not a name of the formula language", "Abel" },
        { "a part there is not", "/reports/overlap?region=Z", 422, "The sets are A to C",
                "Abel" },
    };
    struct town t;
    struct visitor v = { .body = "" };

    (void)state;
    town_open(&t);
    enter_as(&t, &v, "head", "school");
    for (size_t i = 0; i < COUNT(rows); i++) {
        visitor_get(&v, rows[i].target);
        CHECK_INT(rows[i].row, v.status, rows[i].status);
        CHECK_HAS(rows[i].row, v.body, rows[i].has);
        CHECK_TRUE(rows[i].row, strstr(v.body, rows[i].lacks) == NULL);
    }
    leave_town(&t, &v);
}

static void sets_show_no_more_than_the_person_may_see(void **state)
{
    static const struct {
        const char *row, *role, *scope, *target;
        int status;
        const char *has, *lacks;
    } rows[] = {
        { "counts only: small ones hidden", "governor", "school", "/reports/overlap.json", 200,
                "\"count\":\"c\",\"of\":\"c\",\"percent\":\"c\"", "\"count\":1" },
        { "no picture then", "governor", "school", "/reports/overlap.json", 200,
                "\"charts\":[]", "Abel" },
        { "no links", "governor", "school", "/reports/overlap", 200, "too few pupils",
                "region=" },
        { "no field for sets", "governor", "school", "/reports/overlap", 200,
                "hidden because the figure is small", "name=\"sets\"" },
        { "no sets of one's own", "governor", "school", "/reports/overlap?sets=FSM%3B+EAL", 403,
                "may tell of single pupils", "Abel" },
        { "no names", "governor", "school", "/reports/overlap?region=ABC", 403,
                "may tell of single pupils", "Abel" },
        { "no single year", "governor", "school", "/reports/overlap?year-group=5", 403, "",
                "Abel" },
        { "a teacher: without free meals, of the class", "teacher", "group:5Ma1",
                "/reports/overlap.json", 200,
                "\"region\":\"AB\",\"label\":\"Both\",\"sets\":\"Special needs, Below "
                "target\",\"count\":1,\"of\":1",
                "Free meals" },
        { "nor by a formula", "teacher", "group:5Ma1",
                "/reports/overlap.json?sets=FSM%3B+GENDER%3D%22F%22", 200,
                "Nobody here has an answer to every set", "\"count\":1" },
        { "a teacher's names", "teacher", "group:5Ma1", "/reports/overlap?region=AB", 200,
                "Abel", "Baker" },
        { "a parent", "parent", "pupil:Z354900108001", "/reports/overlap", 403, "", "Abel" },
    };
    struct town t;
    struct visitor v = { .body = "" };

    (void)state;
    town_open(&t);
    for (size_t i = 0; i < COUNT(rows); i++) {
        enter_as(&t, &v, rows[i].role, rows[i].scope);
        visitor_get(&v, rows[i].target);
        CHECK_INT(rows[i].row, v.status, rows[i].status);
        CHECK_HAS(rows[i].row, v.body, rows[i].has);
        CHECK_TRUE(rows[i].row, strstr(v.body, rows[i].lacks) == NULL);
    }
    leave_town(&t, &v);
}

static void every_report_has_its_furniture(void **state)
{
    static const char *const addresses[] = { "/reports", "/reports/progress",
        "/reports/summary", "/reports/overlap", "/reports/aps", "/reports/missing",
        "/reports/targets", "/reports/trajectory", "/reports/names?measure=ks2-l4-mat",
        "/targets", "/groups", "/reviews" };
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
    leave_town(&t, &v);
}

TESTS(TEST(a_report_and_its_twins_show_whom_the_person_may_see),
        TEST(progress_is_reckoned_from_prior_to_target),
        TEST(filters_are_chips_and_lead_to_names),
        TEST(names_say_who_reaches_it_and_who_is_not_counted),
        TEST(counts_without_names_hide_small_numbers), TEST(sets_overlap_and_open_their_names),
        TEST(sets_show_no_more_than_the_person_may_see),
        TEST(a_wrong_filter_comes_back_with_the_form), TEST(every_report_has_its_furniture))
