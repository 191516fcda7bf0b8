#include "visitor.h"

static void settings_are_saved_all_or_none(void **state)
{
    struct town t;
    struct visitor v = { .body = "" };

    (void)state;
    town_open(&t);
    town_add(&t, "data", "data_manager", "school");
    visitor_enter(&v, &t, "data");
    visitor_get(&v, "/settings");
    CHECK_INT("form", v.status, 200);
    CHECK_HAS("school", v.body, "Testbury School, 3549002");
    visitor_post(&v, "/settings", "rounding=pair&flags=nonsense");
    CHECK_INT("refused", v.status, 422);
    CHECK_HAS("which", v.body, "<a href=\"#flags\">");
    CHECK_HAS("typed again", v.body, "value=\"nonsense\"");
    visitor_get(&v, "/settings");
    CHECK_HAS("nothing of it", v.body, "<option value=\"nearest\" selected>");
    visitor_post(&v, "/settings", "rounding=pair&corridor=3+3&target-rate=3");
    CHECK_INT("saved", v.status, 303);
    visitor_get(&v, v.location);
    CHECK_HAS("said", v.body, "Your settings are saved.");
    CHECK_HAS("pair", v.body, "<option value=\"pair\" selected>");
    CHECK_HAS("corridor", v.body, "value=\"3 3\"");
    arena_free(&v.arena);
    town_close(&t);
}

static void a_change_from_elsewhere_is_seen_at_once(void **state)
{
    struct town t;
    struct visitor v = { .body = "" };

    (void)state;
    town_open(&t);
    town_add(&t, "data", "data_manager", "school");
    visitor_enter(&v, &t, "data");
    visitor_get(&v, "/settings");
    CHECK_HAS("before", v.body, "<option value=\"nearest\" selected>");
    CHECK_OK("command line", context_set(&t.school.context, "rounding", "pair", &t.school.err),
            &t.school.err);
    visitor_get(&v, "/settings");
    CHECK_HAS("after", v.body, "<option value=\"pair\" selected>");
    arena_free(&v.arena);
    town_close(&t);
}

static void pages_keep_to_their_roles(void **state)
{
    static const struct {
        const char *row, *role, *scope, *target;
        int status;
    } rows[] = {
        { "settings are the data manager's", "head", "school", "/settings", 403 },
        { "users too", "head", "school", "/settings/users", 403 },
        { "also as data", "head", "school", "/settings/users.json", 403 },
        { "one user", "teacher", "group:5Ma1", "/settings/users/1", 403 },
        { "a head reads the audit", "head", "school", "/settings/audit", 200 },
        { "a governor does not", "governor", "school", "/settings/audit", 403 },
        { "a parent does not", "parent", "pupil:Z354900108001", "/settings/audit", 403 },
        { "everybody may look at scales", "teacher", "group:5Ma1", "/settings/scales", 200 },
        { "as data", "teacher", "group:5Ma1", "/settings/scales.json", 200 },
        { "and subjects", "ta", "group:5Ma1", "/settings/subjects.csv", 200 },
    };
    struct town t;
    struct visitor v = { .body = "" };
    char name[16];

    (void)state;
    town_open(&t);
    for (size_t i = 0; i < COUNT(rows); i++) {
        (void)snprintf(name, sizeof(name), "person%zu", i);
        t.person_n = 0;
        town_add(&t, name, rows[i].role, rows[i].scope);
        visitor_enter(&v, &t, name);
        visitor_get(&v, rows[i].target);
        CHECK_INT(rows[i].row, v.status, rows[i].status);
    }
    arena_free(&v.arena);
    town_close(&t);
}

static void an_account_is_made_reset_disabled_and_refused_at_once(void **state)
{
    struct town t;
    struct visitor data = { .body = "" };
    struct visitor other = { .body = "" };
    char target[60];

    (void)state;
    town_open(&t);
    town_add(&t, "data", "data_manager", "school");
    town_add(&t, "teacher", "teacher", "group:5Ma1");
    (void)snprintf(target, sizeof(target), "/settings/users/%lld", (long long)t.people[1].id);
    visitor_enter(&data, &t, "data");
    visitor_enter(&other, &t, "teacher");
    visitor_get(&data, "/settings/users");
    CHECK_HAS("listed", data.body, "teacher, group 5Ma1");
    visitor_post(&data, "/settings/users",
            "name=Pat+Shah&username=p.shah&role=form_tutor&kind=registration&value=5A");
    CHECK_INT("made", data.status, 200);
    CHECK_HAS("password once", data.body, "First password, shown now only");
    CHECK_HAS("role", data.body, "registration 5A");
    visitor_post(&data, "/settings/users",
            "name=Pat+Shah&username=p.shah&role=teacher&kind=group&value=5Ma1");
    CHECK_INT("taken", data.status, 422);
    visitor_post(&data, "/settings/users",
            "name=X&username=x&role=governor&kind=group&value=5Ma1");
    CHECK_INT("no governor of a class", data.status, 422);
    visitor_post(&data, "/settings/users", "name=X&username=x&role=senco&kind=school&value=");
    CHECK_INT("no more than one holds", data.status, 422);
    visitor_get(&other, "/");
    CHECK_INT("signed in", other.status, 200);
    visitor_post(&data, target, "do=disable");
    CHECK_HAS("disabled", data.body, "This account is disabled.");
    visitor_get(&other, "/");
    CHECK_INT("out with the next click", other.status, 303);
    visitor_post(&data, target, "do=enable");
    visitor_enter(&other, &t, "teacher");
    visitor_post(&data, target, "do=end&grant=999");
    CHECK_INT("no such role", data.status, 422);
    arena_free(&data.arena);
    arena_free(&other.arena);
    town_close(&t);
}

static void a_role_that_ends_ends_at_once(void **state)
{
    struct town t;
    struct visitor data = { .body = "" };
    struct visitor other = { .body = "" };
    char target[60];
    const char *grant;
    char form[60];

    (void)state;
    town_open(&t);
    town_add(&t, "data", "data_manager", "school");
    town_add(&t, "teacher", "teacher", "group:5Ma1");
    (void)snprintf(target, sizeof(target), "/settings/users/%lld", (long long)t.people[1].id);
    visitor_enter(&data, &t, "data");
    visitor_enter(&other, &t, "teacher");
    visitor_get(&other, "/");
    CHECK_INT("before", other.status, 200);
    visitor_get(&data, target);
    grant = strstr(data.body, "name=\"grant\" value=\"");
    CHECK_TRUE("a grant", grant != NULL);
    (void)snprintf(form, sizeof(form), "do=end&grant=%d",
            (int)strcspn(grant + 20, "\"") == 0 ? 0 : grant[20] - '0');
    visitor_post(&data, target, form);
    CHECK_HAS("ended", data.body, "The role has ended.");
    visitor_get(&other, "/");
    CHECK_INT("after", other.status, 303);
    arena_free(&data.arena);
    arena_free(&other.arena);
    town_close(&t);
}

static void the_audit_tells_who_saw_a_pupil(void **state)
{
    struct town t;
    struct visitor v = { .body = "" };

    (void)state;
    town_open(&t);
    town_add(&t, "tutor", "form_tutor", "registration:5A");
    town_add(&t, "data", "data_manager", "school");
    town_add(&t, "hoy", "head_of_year", "year:6");
    visitor_enter(&v, &t, "tutor");
    visitor_get(&v, "/");
    visitor_enter(&v, &t, "data");
    visitor_get(&v, "/settings/audit");
    visitor_post(&v, "/settings/audit", "first=27/03/2010&last=27/03/2010&pupil=abel&who=");
    CHECK_INT("found", v.status, 200);
    CHECK_HAS("who", v.body, "<td>tutor</td><td>view</td><td>home</td><td>this pupil</td>");
    visitor_post(&v, "/settings/audit", "first=28/03/2010&last=&pupil=abel&who=");
    CHECK_HAS("not on another day", v.body, "Nothing is written down for this.");
    visitor_post(&v, "/settings/audit", "first=&last=&pupil=nobody&who=");
    CHECK_INT("unknown pupil", v.status, 422);
    visitor_enter(&v, &t, "hoy");
    visitor_get(&v, "/settings/audit");
    visitor_post(&v, "/settings/audit", "first=&last=&pupil=&who=");
    CHECK_INT("a head of year names a pupil", v.status, 422);
    visitor_post(&v, "/settings/audit", "first=&last=&pupil=abel&who=");
    CHECK_INT("of the own year", v.status, 403);
    visitor_post(&v, "/settings/audit", "first=&last=&pupil=clark&who=");
    CHECK_INT("this one is", v.status, 200);
    arena_free(&v.arena);
    town_close(&t);
}

TESTS(TEST(settings_are_saved_all_or_none), TEST(a_change_from_elsewhere_is_seen_at_once),
        TEST(pages_keep_to_their_roles),
        TEST(an_account_is_made_reset_disabled_and_refused_at_once),
        TEST(a_role_that_ends_ends_at_once), TEST(the_audit_tells_who_saw_a_pupil))
