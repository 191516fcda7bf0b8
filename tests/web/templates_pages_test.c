#include "visitor.h"

/* `text` as a form sends it. */
static const char *encoded(struct arena *arena, const char *text)
{
    struct buf buf = buf_make(arena, 1 << 16);
    const char *all = "";
    struct err err = { 0 };

    for (; *text != '\0'; text++)
        buf_printf(&buf, "%%%02x", (unsigned)(unsigned char)*text);
    CHECK_OK("room", buf_end(&buf, &all, NULL, &err), &err);
    return all;
}

static const char mine[] = "template mine \"Mine\"\n"
                           "stages KS2\n"
                           "show \"Start\" prior\n"
                           "calculate \"Since\" number from -20 to 30\n"
                           "formula STEPS(LATEST, PRIOR)\n"
                           "colour below \"Slow <b>\" COLUMN(\"Since\") < 4\n";

static const char *form_of(struct arena *arena, const char *body, const char *what)
{
    return arena_printf(arena, "do=%s&body=%s", what, encoded(arena, body));
}

static void a_template_is_looked_at_taken_in_and_accepted(void **state)
{
    struct town t;
    struct visitor v = { .body = "" };
    struct arena arena = { 0 };
    char seen[16] = "";
    const char *at;

    (void)state;
    town_open(&t);
    town_add(&t, "data", "data_manager", "school");
    visitor_enter(&v, &t, "data");
    visitor_get(&v, "/settings/templates");
    CHECK_INT("list", v.status, 200);
    CHECK_HAS("a ready one", v.body, "Key Stage 1 to Key Stage 2");
    visitor_post(&v, "/settings/templates", form_of(&arena, mine, "look"));
    CHECK_INT("looked at", v.status, 200);
    CHECK_HAS("nothing written", v.body, "Nothing has been written yet.");
    visitor_get(&v, "/settings/templates/mine");
    CHECK_INT("so it is not there", v.status, 404);
    visitor_post(&v, "/settings/templates",
            form_of(&arena, "template a \"A\"\nshow\n", "take"));
    CHECK_INT("refused", v.status, 422);
    CHECK_HAS("line and reason", v.body, "ine 2: the name of the column is missing");
    CHECK_HAS("what was typed", v.body, "template a &quot;A&quot;");
    visitor_post(&v, "/settings/templates", form_of(&arena, mine, "take"));
    CHECK_INT("taken in", v.status, 303);
    CHECK_TEXT("and shown", v.location, "/settings/templates/mine");
    visitor_get(&v, "/settings/templates/mine");
    CHECK_HAS("its cases", v.body, "just before a change");
    CHECK_HAS("a word is a text", v.body, "Slow &lt;b&gt;");
    visitor_get(&v, "/settings/templates/mine.json");
    CHECK_INT("as data", v.status, 200);
    CHECK_HAS("as data", v.body, "\"sheet_1\"");
    visitor_post(&v, "/settings/templates/mine", "do=accept&seen=00000000");
    CHECK_INT("not what was looked at", v.status, 409);
    at = strstr(v.body, "name=\"seen\" value=\"");
    CHECK_TRUE("what is", at != NULL);
    (void)snprintf(seen, sizeof(seen), "%.8s", at + strlen("name=\"seen\" value=\""));
    visitor_post(&v, "/settings/templates/mine",
            arena_printf(&arena, "do=accept&seen=%s", seen));
    CHECK_INT("accepted", v.status, 303);
    visitor_get(&v, v.location);
    CHECK_HAS("said", v.body, "Accepted: the columns may be used.");
    CHECK_HAS("by whom", v.body, "accepted by data on");
    arena_free(&arena);
    arena_free(&v.arena);
    town_close(&t);
}

static void a_marksheet_shows_the_template_chosen_for_it(void **state)
{
    struct town t;
    struct visitor v = { .body = "" };
    struct arena arena = { 0 };
    char address[80];

    (void)state;
    town_open(&t);
    town_add(&t, "data", "data_manager", "school");
    visitor_enter(&v, &t, "data");
    (void)snprintf(address, sizeof(address), "/marksheets/%lld", (long long)t.sheet);
    visitor_get(&v, "/settings/templates");
    visitor_post(&v, "/settings/templates", form_of(&arena, mine, "take"));
    CHECK_INT("taken in", v.status, 303);
    visitor_get(&v, address);
    CHECK_HAS("a way there", v.body, "/settings/templates?marksheet=");
    visitor_get(&v,
            arena_printf(&arena, "/settings/templates?marksheet=%lld", (long long)t.sheet));
    CHECK_HAS("chosen here", v.body, "Use it");
    visitor_post(&v, "/settings/templates",
            arena_printf(&arena, "do=use&use=mine&marksheet=%lld", (long long)t.sheet));
    CHECK_INT("chosen", v.status, 303);
    visitor_get(&v, address);
    CHECK_INT("page", v.status, 200);
    CHECK_HAS("its column", v.body, ">Since<small>not yet in use</small>");
    CHECK_HAS("and why", v.body, "Its extreme cases wait to be accepted.");
    visitor_post(&v, "/settings/templates",
            arena_printf(&arena, "do=use&use=nothing&marksheet=%lld", (long long)t.sheet));
    CHECK_INT("no such template", v.status, 404);
    arena_free(&arena);
    arena_free(&v.arena);
    town_close(&t);
}

static void templates_are_the_data_managers(void **state)
{
    struct town t;
    struct visitor v = { .body = "" };

    (void)state;
    town_open(&t);
    town_add(&t, "patel", "teacher", "group:5Ma1");
    visitor_enter(&v, &t, "patel");
    visitor_get(&v, "/settings/templates");
    CHECK_INT("list", v.status, 403);
    visitor_get(&v, "/settings/templates/ks1-ks2.json");
    CHECK_INT("one as data", v.status, 403);
    visitor_post(&v, "/settings/templates/ks1-ks2", "do=accept&seen=");
    CHECK_INT("accepting", v.status, 403);
    arena_free(&v.arena);
    town_close(&t);
}

TESTS(TEST(a_template_is_looked_at_taken_in_and_accepted),
        TEST(a_marksheet_shows_the_template_chosen_for_it),
        TEST(templates_are_the_data_managers))
