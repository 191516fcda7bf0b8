#include "visitor.h"

#include "actions/group.h"

static int64_t made(struct town *t, const char *name, const char *rule)
{
    struct school_file *f = &t->school;
    struct group_outcome outcome = { 0 };

    CHECK_OK(name,
            group_add(&f->context, name, rule, (struct date){ 0 }, (struct date){ 0 }, &outcome,
                    &f->err),
            &f->err);
    return outcome.group_id;
}

static int64_t number_of(struct town *t, const char *upn)
{
    struct school_file *f = &t->school;
    struct group_pupils found = { 0 };

    CHECK_OK(upn, group_pupils_of(&f->context, upn, &found, &f->err), &f->err);
    return found.ids[0];
}

static void a_group_is_made_or_comes_back(void **state)
{
    static const struct {
        const char *row, *form;
        int status;
        const char *has;
    } rows[] = {
        { "no name", "rule=", 422, "href=\"#name\"" },
        { "taken", "name=5ma1", 409, "There is a group called 5Ma1 already" },
        { "a broken rule", "name=Late&rule=YEAR+%3D", 422, "href=\"#rule\"" },
        { "what was typed stays", "name=Late&rule=YEAR+%3D", 422, "value=\"YEAR =\"" },
        { "by hand", "name=Booster&rule=", 303, "" },
        { "by rule", "name=Fifth&rule=YEAR+%3D+5", 303, "" },
    };
    struct town t;
    struct visitor v = { .body = "" };

    (void)state;
    town_open(&t);
    town_add(&t, "data", "data_manager", "school");
    visitor_enter(&v, &t, "data");
    for (size_t i = 0; i < COUNT(rows); i++) {
        visitor_get(&v, "/groups");
        visitor_post(&v, "/groups", rows[i].form);
        CHECK_INT(rows[i].row, v.status, rows[i].status);
        CHECK_HAS(rows[i].row, v.body, rows[i].has);
    }
    visitor_get(&v, "/groups");
    CHECK_HAS("an empty one is listed for those who change it", v.body, ">Booster</a>");
    CHECK_HAS("one by rule", v.body, "Group by rule");
    arena_free(&v.arena);
    town_close(&t);
}

static void pupils_are_ticked_in_and_out(void **state)
{
    struct town t;
    struct visitor v = { .body = "" };
    char page[60], form[160];
    int64_t id, ann;

    (void)state;
    town_open(&t);
    town_add(&t, "slt", "slt", "school");
    id = made(&t, "Booster", NULL);
    ann = number_of(&t, "Z354900108001");
    visitor_enter(&v, &t, "slt");
    (void)snprintf(page, sizeof(page), "/groups/%lld?year-group=5", (long long)id);
    visitor_get(&v, page);
    CHECK_INT("page", v.status, 200);
    CHECK_HAS("offered", v.body, "> Abel, Ann 5A</label>");
    CHECK_TRUE("only the year asked for", strstr(v.body, "> Clark, Cy") == NULL);
    (void)snprintf(page, sizeof(page), "/groups/%lld", (long long)id);
    visitor_post(&v, page, "do=join&from=11/1/2010");
    CHECK_INT("nobody ticked", v.status, 422);
    CHECK_HAS("nobody ticked", v.body, "Nobody is ticked.");
    visitor_post(&v, page, "do=join&pupil.999999=yes");
    CHECK_INT("somebody unknown", v.status, 404);
    (void)snprintf(form, sizeof(form), "do=join&pupil.%lld=yes&from=11/1/2010", (long long)ann);
    visitor_get(&v, page);
    visitor_post(&v, page, form);
    CHECK_INT("in", v.status, 200);
    CHECK_HAS("in", v.body, "Booster: 1 pupil in from 11 January 2010");
    CHECK_HAS("in", v.body, "1 pupil is in the group.");
    (void)snprintf(form, sizeof(form), "do=leave&pupil.%lld=yes&to=26/3/2010", (long long)ann);
    visitor_post(&v, page, form);
    CHECK_HAS("out", v.body, "Booster: 1 pupil out after 26 March 2010");
    CHECK_HAS("out", v.body, "Nobody on roll is in the group on this day.");
    visitor_post(&v, page, form);
    CHECK_INT("out again changes nothing", v.status, 200);
    CHECK_HAS("out again changes nothing", v.body, "Nothing was to be changed.");
    visitor_get(&v, "/groups/999999");
    CHECK_INT("no such group", v.status, 404);
    arena_free(&v.arena);
    town_close(&t);
}

static void a_rule_and_a_purpose_are_saved_or_come_back(void **state)
{
    static const struct {
        const char *row, *form;
        int status;
        const char *has;
    } rows[] = {
        { "nothing to do", "do=sleep", 422, "There is a problem" },
        { "by hand", "do=join&pupil.1=yes", 422, "is a group by rule" },
        { "itself", "do=rule&rule=IN(%22Fifth%22)", 422,
                "The rule refers to itself: Fifth, Fifth" },
        { "another rule", "do=rule&rule=YEAR+%3D+6", 200,
                "by it 1 pupil is in the group today" },
        { "no purpose", "do=intervention&from=1/3/2010", 422, "The purpose is missing" },
        { "no day", "do=intervention&purpose=x", 422, "needs its first day" },
        { "no sum", "do=intervention&purpose=x&from=1/3/2010&cost=ten", 422,
                "is not a sum in pounds" },
        { "a purpose", "do=intervention&purpose=Tables&from=1/3/2010&cost=12.50&staff=Mr+X",
                200,
                "\xC2\xA3"
                "12.50" },
        { "to its report", "do=intervention&purpose=Tables&from=1/3/2010", 200,
                "/reports/intervention?group=Fifth" },
        { "an end", "do=end&to=20/3/2010", 200, "Fifth: ended on 20 March 2010" },
    };
    struct town t;
    struct visitor v = { .body = "" };
    char page[60];

    (void)state;
    town_open(&t);
    town_add(&t, "data", "data_manager", "school");
    (void)snprintf(page, sizeof(page), "/groups/%lld",
            (long long)made(&t, "Fifth", "YEAR = 5"));
    visitor_enter(&v, &t, "data");
    visitor_get(&v, page);
    CHECK_HAS("the rule is shown", v.body, "YEAR = 5");
    for (size_t i = 0; i < COUNT(rows); i++) {
        visitor_get(&v, page);
        visitor_post(&v, page, rows[i].form);
        CHECK_INT(rows[i].row, v.status, rows[i].status);
        CHECK_HAS(rows[i].row, v.body, rows[i].has);
    }
    visitor_get(&v, "/reports/intervention?group=Fifth");
    CHECK_INT("report", v.status, 200);
    CHECK_HAS("report", v.body, "This is no trial");
    visitor_get(&v, "/reports/intervention?group=5Ma1");
    CHECK_INT("no intervention", v.status, 422);
    CHECK_HAS("no intervention", v.body, "Nothing says what 5Ma1 was made for");
    arena_free(&v.arena);
    town_close(&t);
}

static void others_look_and_change_nothing(void **state)
{
    struct town t;
    struct visitor v = { .body = "" };
    char page[60];

    (void)state;
    town_open(&t);
    town_add(&t, "taught", "teacher", "group:5Ma1");
    town_add(&t, "gov", "governor", "school");
    (void)snprintf(page, sizeof(page), "/groups/%lld",
            (long long)made(&t, "Fifth", "YEAR = 5"));
    visitor_enter(&v, &t, "taught");
    visitor_get(&v, page);
    CHECK_INT("a teacher", v.status, 200);
    CHECK_HAS("sees those taught", v.body, "Abel");
    CHECK_TRUE("and no others", strstr(v.body, "Baker") == NULL);
    CHECK_TRUE("without a form", strstr(v.body, "name=\"do\"") == NULL);
    visitor_get(&v, "/groups");
    visitor_post(&v, page, "do=end");
    CHECK_INT("ends nothing", v.status, 403);
    visitor_get(&v, "/groups");
    visitor_post(&v, "/groups", "name=Mine");
    CHECK_INT("makes nothing", v.status, 403);
    visitor_enter(&v, &t, "gov");
    visitor_get(&v, page);
    CHECK_INT("a governor sees no names", v.status, 403);
    arena_free(&v.arena);
    town_close(&t);
}

TESTS(TEST(a_group_is_made_or_comes_back), TEST(pupils_are_ticked_in_and_out),
        TEST(a_rule_and_a_purpose_are_saved_or_come_back), TEST(others_look_and_change_nothing))
