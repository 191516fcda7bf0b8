/*
 * visitor: somebody with a browser, for tests of whole pages without a socket.
 *
 * A town is a database with one school of three pupils, an open review and a marksheet for
 * 5Ma1, and the program over it. visitor_get and visitor_post ask; the answer stands in the
 * visitor. Cookies are kept as a browser keeps them, and visitor_post adds the token of the
 * last page.
 */
#ifndef TESTS_WEB_VISITOR_H
#define TESTS_WEB_VISITOR_H

#include <stdlib.h>
#include <string.h>

#include "../actions/school.h"
#include "actions/account.h"
#include "actions/marksheet.h"
#include "actions/review.h"
#include "web/program.h"

enum {
    TOWN_PEOPLE = 16
};

struct town {
    struct school_file school;
    struct desk desk;
    struct program *program;
    void *worker;
    int64_t sheet;
    struct {
        const char *username;
        char password[FIRST_PASSWORD_SIZE];
        int64_t id;
    } people[TOWN_PEOPLE];
    size_t person_n;
};

struct visitor {
    struct town *town;
    struct arena arena;
    char cookie[100], token[100];
    struct request request;
    struct response response;
    const char *body, *location, *set_cookie;
    int status;
};

static const char town_pupils[] =
        "upn,surname,forename,dob,sex,year_group,registration,sen,fsm,ethnicity\n"
        "Z354900108001,Abel,Ann,2000-01-02,F,5,5A,K,Y,WBRI\n"
        "N354900108002,Baker,Bob,2000-02-03,M,5,5B,N,N,WBRI\n"
        "C354900108003,Clark,Cy,1999-02-03,M,6,6A,N,N,WBRI\n";

/* Ann has to be at 3b in the spring of Year 5 (2b to 4b in four years) and is at 2a. */
static const char town_results[] = "upn,subject,kind,stage,date,grade\n"
                                   "Z354900108001,MAT,result,KS1,2007-07-01,2b\n"
                                   "Z354900108001,MAT,target,KS2,2009-09-10,4b\n"
                                   "Z354900108001,MAT,assessment,Y5,2010-01-10,2a\n"
                                   "N354900108002,MAT,result,KS1,2007-07-01,2b\n"
                                   "N354900108002,MAT,target,KS2,2009-09-10,4b\n"
                                   "N354900108002,MAT,assessment,Y5,2010-01-10,3b\n";

static inline void town_add(struct town *t, const char *username, const char *role,
        const char *scope)
{
    struct school_file *f = &t->school;
    struct account_new account = { .username = username,
        .name = "A Person",
        .keep_password = true };
    size_t i = t->person_n++;

    CHECK_TRUE("room for people", i < TOWN_PEOPLE);
    account.school_id = account.grant.school_id = f->context.school.school_id;
    CHECK_OK(role, grant_read(&f->context, role, scope, &account.grant, &f->err), &f->err);
    account.grant.from = (struct date){ 20090901 };
    CHECK_OK(role,
            account_add(&t->desk, &account, &t->people[i].id, t->people[i].password, &f->err),
            &f->err);
    t->people[i].username = username;
}

static inline void town_review(struct town *t, const char *name, int from, int to, bool open)
{
    struct school_file *f = &t->school;
    const struct review review = { .name = name,
        .asks = "assessment",
        .first_year = 1,
        .last_year = 6,
        .subjects = "",
        .from = { from },
        .to = { to } };

    CHECK_OK(name, review_define(&f->context, &review, &f->err), &f->err);
    if (open)
        CHECK_OK(name, review_open(&f->context, name, "", &f->err), &f->err);
    else
        CHECK_OK(name, review_close(&f->context, name, &f->err), &f->err);
}

static inline void town_open(struct town *t)
{
    struct program_options options = { .today = { 20100327 }, .notice = "For trying." };
    struct school_file *f = &t->school;

    *t = (struct town){ 0 };
    school_make(f);
    t->desk = (struct desk){ .context = &f->context,
        .from_where = "192.0.2.7",
        .cost = { .passes = 1, .memory = 8192 } };
    school_import(f, "pupils", town_pupils);
    school_import(f, "groups",
            "upn,group,type,subject,from,to\nZ354900108001,5Ma1,teaching,MAT,2009-09-01,\n"
            "N354900108002,5Ma2,teaching,MAT,2009-09-01,\n");
    school_import(f, "results", town_results);
    check_counts(f, "results", 6, 0, 0, 0);
    town_review(t, "Autumn 2009", 20091101, 20091213, false);
    town_review(t, "Spring 2010", 20100301, 20100401, true);
    CHECK_OK("begin", store_begin(f->context.store, &f->err), &f->err);
    CHECK_OK("sheet",
            marksheet_define(&f->context, "Mathematics, 5Ma1", "5Ma1", "teaching", "MAT",
                    "Spring 2010", &t->sheet, &f->err),
            &f->err);
    CHECK_OK("commit", store_commit(f->context.store, &f->err), &f->err);
    CHECK_OK("no phones", context_set(&f->context, "access.second-factor", "optional", &f->err),
            &f->err);
    options.db = f->path;
    CHECK_OK("program", program_make(&options, &t->program, &f->err), &f->err);
    CHECK_OK("worker", program_open_worker(t->program, &t->worker, &f->err), &f->err);
}

static inline void town_close(struct town *t)
{
    program_close_worker(t->program, t->worker);
    program_free(t->program);
    school_remove(&t->school);
}

static inline const char *visitor_header(const struct visitor *v, const char *name)
{
    for (size_t i = 0; i < v->response.headers_n; i++) {
        if (text_eq(v->response.headers[i].name, name))
            return v->response.headers[i].value;
    }
    return NULL;
}

/* Keep what a browser would keep: the cookie, and the token of the page's forms. */
static inline void visitor_keep(struct visitor *v)
{
    const char *field = strstr(v->body, "name=\"csrf_token\" value=\"");

    v->location = visitor_header(v, "Location");
    v->set_cookie = visitor_header(v, "Set-Cookie");
    if (v->set_cookie != NULL) {
        size_t n = strcspn(v->set_cookie, ";");

        CHECK_TRUE("cookie",
                n < sizeof(v->cookie) && strncmp(v->set_cookie, "attain=", 7) == 0);
        memcpy(v->cookie, v->set_cookie, n);
        v->cookie[n] = '\0';
    }
    if (field != NULL) {
        field += strlen("name=\"csrf_token\" value=\"");
        (void)snprintf(v->token, sizeof(v->token), "%.*s", (int)strcspn(field, "\""), field);
    }
}

static inline void visitor_ask(struct visitor *v, enum method method, const char *target,
        const char *form)
{
    const struct app *app = program_app(v->town->program);
    const char *allow = NULL;
    struct err err = { 0 };
    char kept[300]; /* `target` may be of the answer before */

    CHECK_TRUE("short", text_copy(kept, sizeof(kept), target));
    target = kept;
    arena_free(&v->arena);
    v->response = (struct response){ 0 };
    v->request = (struct request){ .arena = &v->arena,
        .method = method,
        .target = target,
        .remote = "192.0.2.9",
        .host = "h",
        .fetch_site = "same-origin",
        .worker = v->town->worker };
    CHECK_OK(target, request_read_query(&v->request, &err), &err);
    CHECK_OK(target, fields_read_cookies(v->cookie, &v->arena, &v->request.cookies, &err),
            &err);
    if (form != NULL)
        CHECK_OK(target,
                fields_read_form(form, strlen(form), &v->arena, &v->request.form, &err), &err);
    v->status = route_match(app->routes, app->routes_n, &v->request, &allow);
    if (v->status == 0)
        app_run(app, &v->request, &v->response);
    else
        app_refuse(app, &v->request, &v->response, v->status, NULL);
    v->status = v->response.status;
    v->body = v->response.body == NULL ? "" : v->response.body;
    visitor_keep(v);
}

static inline void visitor_get(struct visitor *v, const char *target)
{
    visitor_ask(v, METHOD_GET, target, NULL);
}

/* `form` is urlencoded, without the token. */
static inline void visitor_post(struct visitor *v, const char *target, const char *form)
{
    char text[4000];

    (void)snprintf(text, sizeof(text), "csrf_token=%s&%s", v->token, form);
    visitor_ask(v, METHOD_POST, target, text);
}

static inline const char *town_password(const struct town *t, const char *username)
{
    for (size_t i = 0; i < t->person_n; i++) {
        if (text_eq(t->people[i].username, username))
            return t->people[i].password;
    }
    return "";
}

/* Sign in from the form; the visitor begins anew. */
static inline void visitor_enter(struct visitor *v, struct town *t, const char *username)
{
    char form[200];

    arena_free(&v->arena);
    *v = (struct visitor){ .town = t, .body = "" };
    visitor_get(v, "/sign-in");
    (void)snprintf(form, sizeof(form), "username=%s&password=%s&return_to=", username,
            town_password(t, username));
    visitor_post(v, "/sign-in", form);
    CHECK_INT(username, v->status, 303);
}

#endif
