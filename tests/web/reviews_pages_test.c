#include "visitor.h"

/* The address of a review, from the calendar. */
static void address_of(struct visitor *v, const char *name, char address[60])
{
    char link[120];
    const char *at;

    visitor_get(v, "/reviews");
    CHECK_INT("calendar", v->status, 200);
    (void)snprintf(link, sizeof(link), "\">%s</a>", name);
    at = strstr(v->body, link);
    CHECK_TRUE(name, at != NULL);
    address[0] = '\0';
    if (at == NULL)
        return;
    while (at > v->body && at[-1] != '"')
        at--;
    (void)snprintf(address, 60, "%.*s", (int)strcspn(at, "\""), at);
}

/* Ann and Bob have no judgement since 1 March, Cy is asked for nothing: 2 of 2 are missing. */
static void a_review_shows_how_far_it_is(void **state)
{
    struct town t;
    struct visitor v = { .body = "" };
    char address[60];
    char twin[70];

    (void)state;
    town_open(&t);
    town_add(&t, "data", "data_manager", "school");
    town_add(&t, "taught", "teacher", "group:5Ma1");
    visitor_enter(&v, &t, "data");
    address_of(&v, "Spring 2010", address);
    visitor_get(&v, address);
    CHECK_HAS("state", v.body, "<dt>State</dt><dd>open</dd>");
    CHECK_HAS("missing", v.body, "2 of 2 entries are still missing");
    CHECK_HAS("by class", v.body, "By class");
    CHECK_HAS("by teacher", v.body, "By teacher");
    CHECK_HAS("the teacher's name", v.body, "A Person");
    CHECK_HAS("a class without one", v.body, "nobody");
    CHECK_HAS("who", v.body, "Abel");
    (void)snprintf(twin, sizeof(twin), "%s.json", address);
    visitor_get(&v, twin);
    CHECK_HAS("twin", v.body, "\"name\":\"teachers\"");
    visitor_enter(&v, &t, "taught");
    visitor_get(&v, address);
    CHECK_INT("a teacher too", v.status, 200);
    CHECK_TRUE("but only of those taught", strstr(v.body, "Baker") == NULL);
    CHECK_TRUE("and closes nothing", strstr(v.body, "value=\"close\"") == NULL);
    arena_free(&v.arena);
    town_close(&t);
}

static void a_closed_review_is_opened_again_only_with_a_reason(void **state)
{
    static const struct {
        const char *row, *form;
        int status;
        const char *has;
    } rows[] = {
        { "nothing to do", "do=sleep", 422, "There is a problem" },
        { "final before it is closed", "do=finish", 409, "Close it first." },
        { "close", "do=close", 200, "The review is closed." },
        { "open without a reason", "do=open&reason=", 422, "only with a reason" },
        { "open with one", "do=open&reason=a+teacher+was+ill", 200, "The review is open." },
        { "close again", "do=close", 200, "The review is closed." },
        { "final", "do=finish", 200, "The review is final." },
        { "final stays", "do=open&reason=please", 409, "is final" },
    };
    struct town t;
    struct visitor v = { .body = "" };
    char address[60];

    (void)state;
    town_open(&t);
    town_add(&t, "data", "data_manager", "school");
    town_add(&t, "taught", "teacher", "group:5Ma1");
    visitor_enter(&v, &t, "taught");
    address_of(&v, "Spring 2010", address);
    visitor_post(&v, address, "do=close");
    CHECK_INT("a teacher does not close", v.status, 403);
    visitor_enter(&v, &t, "data");
    for (size_t i = 0; i < COUNT(rows); i++) {
        visitor_get(&v, "/reviews");
        visitor_post(&v, address, rows[i].form);
        CHECK_INT(rows[i].row, v.status, rows[i].status);
        CHECK_HAS(rows[i].row, v.body, rows[i].has);
    }
    visitor_get(&v, "/reviews/999999");
    CHECK_INT("no such review", v.status, 404);
    arena_free(&v.arena);
    town_close(&t);
}

static void a_review_is_made_or_comes_back(void **state)
{
    static const struct {
        const char *row, *form;
        int status;
        const char *has;
    } rows[] = {
        { "no name", "asks=assessment&first-year=3&last-year=6&from=1/5/2010&to=30/5/2010", 422,
                "href=\"#name\"" },
        { "days the wrong way",
                "name=May&asks=assessment&first-year=3&last-year=6&"
                "from=30/5/2010&to=1/5/2010",
                422, "There is a problem" },
        { "years the wrong way",
                "name=May&asks=assessment&first-year=6&last-year=3&"
                "from=1/5/2010&to=30/5/2010",
                422, "6 to 3 are not two year groups in order" },
        { "what was typed stays",
                "name=May&asks=assessment&first-year=6&last-year=3&"
                "from=1/5/2010&to=30/5/2010",
                422, "value=\"May\"" },
        { "no such subject",
                "name=May&asks=likely&first-year=3&last-year=6&subjects=QQQ&"
                "from=1/5/2010&to=30/5/2010",
                422, "There is no subject called QQQ." },
        { "good",
                "name=May&asks=likely&first-year=3&last-year=6&subjects=MAT&from=1/5/2010&"
                "to=30/5/2010",
                303, "" },
    };
    struct town t;
    struct visitor v = { .body = "" };
    char address[60];

    (void)state;
    town_open(&t);
    town_add(&t, "data", "data_manager", "school");
    visitor_enter(&v, &t, "data");
    for (size_t i = 0; i < COUNT(rows); i++) {
        visitor_get(&v, "/reviews");
        visitor_post(&v, "/reviews", rows[i].form);
        CHECK_INT(rows[i].row, v.status, rows[i].status);
        CHECK_HAS(rows[i].row, v.body, rows[i].has);
    }
    address_of(&v, "May", address);
    CHECK_TRUE("it is in the calendar", address[0] != '\0');
    visitor_get(&v, address);
    CHECK_HAS("and not open yet", v.body, "<dd>draft</dd>");
    arena_free(&v.arena);
    town_close(&t);
}

TESTS(TEST(a_review_shows_how_far_it_is),
        TEST(a_closed_review_is_opened_again_only_with_a_reason),
        TEST(a_review_is_made_or_comes_back))
