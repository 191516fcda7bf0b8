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

/* Today is 27 March 2010. */
static void a_review_closes_by_itself_a_day_after_its_last(void **state)
{
    static const struct {
        const char *row;
        int to;
        const char *state, *sheet;
    } rows[] = {
        { "its last day", 20100327, "open", "<dt>Closes</dt><dd>today</dd>" },
        { "the day after", 20100326, "closing", "<dt>Closes</dt><dd>at the end of today</dd>" },
        { "two days after", 20100325, "closed", "<dt>Closes</dt><dd>closed</dd>" },
    };
    struct town t;
    struct visitor v = { .body = "" };
    char address[60];
    char sheet[40];
    char has[60];

    (void)state;
    town_open(&t);
    town_add(&t, "data", "data_manager", "school");
    town_add(&t, "taught", "teacher", "group:5Ma1");
    visitor_enter(&v, &t, "data");
    address_of(&v, "Spring 2010", address);
    (void)snprintf(sheet, sizeof(sheet), "/marksheets/%lld", (long long)t.sheet);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct review review = { .name = "Spring 2010",
            .asks = "assessment",
            .first_year = 1,
            .last_year = 6,
            .subjects = "",
            .from = { 20100301 },
            .to = { rows[i].to } };

        CHECK_OK(rows[i].row, review_define(&t.school.context, &review, &t.school.err),
                &t.school.err);
        visitor_enter(&v, &t, "data");
        visitor_get(&v, address);
        (void)snprintf(has, sizeof(has), "<dt>State</dt><dd>%s</dd>", rows[i].state);
        CHECK_HAS(rows[i].row, v.body, has);
        visitor_enter(&v, &t, "taught");
        visitor_get(&v, sheet);
        CHECK_HAS(rows[i].row, v.body, rows[i].sheet);
        CHECK_INT(rows[i].row, strstr(v.body, "then it closes by itself") != NULL, i == 1);
    }
    visitor_enter(&v, &t, "data");
    visitor_get(&v, address);
    visitor_post(&v, address, "do=open&reason=please");
    CHECK_INT("its days are over", v.status, 422);
    CHECK_HAS("its days are over", v.body, "Give it a later last day first");
    arena_free(&v.arena);
    town_close(&t);
}

static void what_came_too_late_is_listed_until_it_is_dealt_with(void **state)
{
    struct town t;
    struct visitor v = { .body = "" };
    struct parked_entry entry = { .subject = "MAT",
        .typed = "3<a",
        .reason = "The review is closed.",
        .recorded_by = "taught",
        .recorded_at = "2010-03-26T09:15:00Z" };
    struct school_file *f;
    char settle[60] = "";
    const char *at;

    (void)state;
    town_open(&t);
    f = &t.school;
    town_add(&t, "data", "data_manager", "school");
    town_add(&t, "taught", "teacher", "group:5Ma1");
    visitor_enter(&v, &t, "data");
    visitor_get(&v, "/reviews");
    CHECK_TRUE("nothing late", strstr(v.body, "Late entries") == NULL);
    visitor_get(&v, "/pupils");
    visitor_post(&v, "/pupils", "q=abel");
    CHECK_TRUE("Ann", text_int(v.location + strlen("/pupils/"), &entry.pupil_id));
    entry.marksheet_id = t.sheet;
    CHECK_OK("begin", store_begin(f->context.store, &f->err), &f->err);
    CHECK_OK("park", store_park(f->context.store, f->context.school.school_id, &entry, &f->err),
            &f->err);
    CHECK_OK("commit", store_commit(f->context.store, &f->err), &f->err);
    visitor_get(&v, "/reviews");
    CHECK_HAS("pupil", v.body, "Ann Abel</a> 5A");
    CHECK_HAS("what was typed", v.body, "<td>3&lt;a</td>");
    CHECK_HAS("by whom", v.body, "<td>A Person</td><td class=\"nw\">26 March 2010, 09:15</td>");
    CHECK_HAS("why", v.body, "<td>The review is closed.</td>");
    at = strstr(v.body, "/reviews/parked/");
    CHECK_TRUE("a button", at != NULL);
    if (at != NULL)
        (void)snprintf(settle, sizeof(settle), "%.*s", (int)strcspn(at, "\""), at);
    visitor_enter(&v, &t, "taught");
    visitor_get(&v, "/reviews");
    CHECK_TRUE("not for a teacher", strstr(v.body, "Late entries") == NULL);
    visitor_post(&v, settle, "");
    CHECK_INT("nor the button", v.status, 403);
    visitor_enter(&v, &t, "data");
    visitor_get(&v, "/reviews");
    visitor_post(&v, settle, "");
    CHECK_INT("put aside", v.status, 303);
    visitor_get(&v, "/reviews");
    CHECK_TRUE("gone", strstr(v.body, "Late entries") == NULL);
    visitor_post(&v, settle, "");
    CHECK_INT("once", v.status, 404);
    arena_free(&v.arena);
    town_close(&t);
}

TESTS(TEST(a_review_shows_how_far_it_is),
        TEST(a_closed_review_is_opened_again_only_with_a_reason),
        TEST(a_review_is_made_or_comes_back),
        TEST(a_review_closes_by_itself_a_day_after_its_last),
        TEST(what_came_too_late_is_listed_until_it_is_dealt_with))
