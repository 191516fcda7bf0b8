#include "web/pages/account.h"

#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "generated/pages.h"
#include "web/pages/moment.h"
#include "web/program.h"

/* ---- what the page shows ---- */

static enum err_code add_roles(const struct visit *visit, struct account_view *view,
        struct err *err)
{
    struct arena *arena = visit->context->arena;
    char text[DATE_LONG_SIZE];

    view->roles = arena_array(arena, visit->person->grant_n + 1, sizeof(*view->roles));
    if (view->roles == NULL)
        return err_memory(err);
    for (size_t i = 0; i < visit->person->grant_n; i++) {
        const struct grant *grant = &visit->person->grants[i];

        if (i > 0 && grant[-1].grant_id == grant->grant_id &&
                grant[-1].school_id == grant->school_id)
            continue; /* a group of several subjects comes once for each */
        view->roles[view->roles_n++] = (struct account_role){ role_title(grant->role),
            grant_text(arena, grant),
            date_is_set(grant->to) ? arena_text(arena, date_long(grant->to, text)) : NULL };
        view->privileged = view->privileged || role_privileged(grant->role);
    }
    return ERR_OK;
}

static enum err_code add_sessions(struct visit *visit, struct account_view *view,
        struct err *err)
{
    struct context *c = visit->context;
    struct session_row_list list = { 0 };
    char hash[DIGEST_HEX_SIZE];
    enum err_code code =
            store_sessions(c->store, visit->session.account_id, c->arena, &list, err);

    view->sessions = arena_array(c->arena, list.n + 1, sizeof(*view->sessions));
    if (code == ERR_OK && view->sessions == NULL)
        return err_memory(err);
    (void)secret_hash(visit->session.token, hash);
    for (size_t i = 0; i < list.n && code == ERR_OK; i++) {
        const struct session_row *row = &list.items[i];
        bool over = visit->desk.now - row->last_seen >= row->idle;

        if (over)
            continue;
        view->sessions[view->sessions_n++] = (struct account_session){
            .since = moment_text(c->arena, row->started),
            .seen = moment_text(c->arena, row->last_seen),
            .from = row->from_where,
            .here = text_eq(row->token_hash, hash),
        };
        view->others = view->others || !text_eq(row->token_hash, hash);
    }
    return code;
}

static enum err_code add_schools(struct visit *visit, struct account_view *view,
        struct err *err)
{
    struct context *c = visit->context;
    struct school_id_list ids = { 0 };
    struct school_list schools = { 0 };
    enum err_code code = store_grant_schools(c->store, visit->session.account_id, c->today,
            c->arena, &ids, err);

    if (code != ERR_OK || ids.n < 2)
        return code;
    code = store_schools(c->store, c->arena, &schools, err);
    view->schools = arena_array(c->arena, ids.n, sizeof(*view->schools));
    if (code == ERR_OK && view->schools == NULL)
        return err_memory(err);
    for (size_t i = 0; i < ids.n && code == ERR_OK; i++) {
        struct account_school *school = &view->schools[view->schools_n++];

        *school = (struct account_school){ ids.items[i], "The authority",
            ids.items[i] == visit->session.school_id };
        for (size_t s = 0; s < schools.n; s++) {
            if (schools.items[s].school_id == ids.items[i])
                school->name = schools.items[s].name;
        }
    }
    return code;
}

static const char *said_of(const struct request *request)
{
    static const struct {
        const char *word, *said;
    } sentences[] = {
        { "password", "Your password is changed. You are signed out everywhere else." },
        { "sessions", "You are signed out everywhere else." },
        { "on", "Your second factor is on." },
        { "off", "Your second factor is removed." },
    };
    const char *done = fields_get(&request->query, "done");

    for (size_t i = 0; i < COUNT(sentences); i++) {
        if (text_eq(done, sentences[i].word))
            return sentences[i].said;
    }
    return NULL;
}

static enum err_code draw(struct request *request, struct response *response,
        struct problems_view problems, int status, struct err *err)
{
    struct visit *visit = visit_of(request);
    struct account_view view = { .problems = problems,
        .must_change = visit->session.must_change,
        .has_totp = visit->session.has_totp,
        .username = visit->session.username,
        .name = visit->session.name,
        .password = url_under(request->arena, url_account(), "password"),
        .end_others = url_under(request->arena, url_account(), "sessions"),
        .school = url_under(request->arena, url_account(), "school"),
        .second_factor = url_under(request->arena, url_account(), "second-factor"),
        .said = status == 200 ? said_of(request) : NULL };
    struct html html = html_make(request->arena);
    enum err_code code = add_roles(visit, &view, err);

    if (code == ERR_OK)
        code = add_sessions(visit, &view, err);
    if (code == ERR_OK)
        code = add_schools(visit, &view, err);
    if (code != ERR_OK)
        return code;
    visit_layout(request, &view.layout, "Your account");
    view.layout.refused = problems.items_n != 0;
    page_account(&html, &view);
    return response_page(response, status, &html, err);
}

static enum err_code account_show(struct request *request, struct response *response,
        struct err *err)
{
    return draw(request, response, (struct problems_view){ 0 }, 200, err);
}

/* ---- what it does ---- */

static void go_done(struct request *request, struct response *response, const char *word)
{
    response_go(response, url_with(request->arena, url_account(), "done", word));
}

/* The form again with what the action says of one field. */
static enum err_code refused(struct request *request, struct response *response,
        const char *field, const struct err *why, struct err *err)
{
    struct problems_view problems = problem_of(request->arena, field, why);

    return problems.items_n == 0 ? err_memory(err)
                                 : draw(request, response, problems, 422, err);
}

static enum err_code change_password(struct request *request, struct response *response,
        struct err *err)
{
    struct visit *visit = visit_of(request);
    const char *new_password = request_value(request, "new")->text;
    struct err why = { 0 };
    enum err_code code;

    if (request->refused_n != 0)
        return draw(request, response, problems_of(request), 422, err);
    if (!text_eq(new_password, request_value(request, "again")->text)) {
        (void)err_set(&why, ERR_INVALID, "the new password is not the same both times");
        return refused(request, response, "again", &why, err);
    }
    code = password_change(&visit->desk, &visit->session, request_value(request, "old")->text,
            new_password, &why);
    if (code == ERR_FORBIDDEN || code == ERR_INVALID)
        return refused(request, response, code == ERR_INVALID ? "new" : "old", &why, err);
    if (code == ERR_OK)
        go_done(request, response, "password");
    else
        *err = why;
    return code;
}

static enum err_code end_others(struct request *request, struct response *response,
        struct err *err)
{
    struct visit *visit = visit_of(request);
    enum err_code code;

    visit_write(request);
    code = session_end_others(&visit->desk, visit->session.account_id, visit->session.token,
            err);
    visit_wrote(request);
    if (code == ERR_OK)
        go_done(request, response, "sessions");
    return code;
}

static enum err_code choose_school(struct request *request, struct response *response,
        struct err *err)
{
    struct visit *visit = visit_of(request);
    enum err_code code;

    if (request->refused_n != 0)
        return draw(request, response, problems_of(request), 422, err);
    visit_write(request);
    code = session_choose_school(&visit->desk, visit->session.token, visit->session.account_id,
            request_value(request, "to")->number, err);
    visit_wrote(request);
    if (code == ERR_OK)
        response_go(response, url_home());
    return code;
}

/* ---- second factor ---- */

static const char *in_fours(struct arena *arena, const char *secret)
{
    struct buf buf = buf_make(arena, 128);
    struct err ignored;
    const char *text = "";

    for (size_t i = 0; secret[i] != '\0'; i++) {
        if (i != 0 && i % 4 == 0)
            buf_add_char(&buf, ' ');
        buf_add_char(&buf, secret[i]);
    }
    return buf_end(&buf, &text, NULL, &ignored) == ERR_OK ? text : "";
}

static enum err_code draw_factor(struct request *request, struct response *response,
        const char *secret, struct problems_view problems, struct err *err)
{
    struct second_factor_view view = { .problems = problems,
        .has_totp = visit_of(request)->session.has_totp,
        .required = visit_of(request)->needs_factor,
        .secret = secret,
        .spaced = in_fours(request->arena, secret),
        .action = url_under(request->arena, url_account(), "second-factor"),
        .account = url_account() };
    struct html html = html_make(request->arena);

    visit_layout(request, &view.layout, "Second factor");
    view.layout.refused = problems.items_n != 0;
    page_second_factor(&html, &view);
    return response_page(response, problems.items_n == 0 ? 200 : 422, &html, err);
}

static enum err_code factor_show(struct request *request, struct response *response,
        struct err *err)
{
    char secret[TOTP_SECRET_SIZE];

    totp_secret_make(secret);
    return draw_factor(request, response, arena_text(request->arena, secret),
            (struct problems_view){ 0 }, err);
}

static enum err_code factor_remove(struct request *request, struct err *why)
{
    struct visit *visit = visit_of(request);
    enum err_code code = session_prove(&visit->desk, &visit->session,
            request_value(request, "password")->text, why);

    return code == ERR_OK ? account_set_totp(&visit->desk, &visit->session, "", "", why) : code;
}

static enum err_code factor_take(struct request *request, struct response *response,
        struct err *err)
{
    struct visit *visit = visit_of(request);
    bool remove = request_value(request, "remove")->state == INPUT_GIVEN;
    const char *secret = request_value(request, "secret")->text;
    char fresh[TOTP_SECRET_SIZE];
    struct err why = { 0 };
    struct problems_view problems;
    enum err_code code;

    code = remove ? factor_remove(request, &why)
                  : account_set_totp(&visit->desk, &visit->session,
                            text_empty(secret) ? "-" : secret,
                            request_value(request, "code")->text, &why);
    if (code == ERR_OK) {
        go_done(request, response, remove ? "off" : "on");
        return ERR_OK;
    }
    if (code != ERR_FORBIDDEN && code != ERR_INVALID) {
        *err = why;
        return code;
    }
    problems = problem_of(request->arena, remove ? "password" : "code", &why);
    if (problems.items_n == 0)
        return err_memory(err);
    totp_secret_make(fresh);
    return draw_factor(request, response,
            strlen(secret) == TOTP_SECRET_SIZE - 1 ? secret : arena_text(request->arena, fresh),
            problems, err);
}

static const struct input password_inputs[] = {
    { "old", "your password now", INPUT_SECRET, .required = true },
    { "new", "the new password", INPUT_SECRET, .required = true },
    { "again", "the new password once more", INPUT_SECRET, .required = true },
};
static const struct input school_inputs[] = {
    { "to", "the school", INPUT_INT, .required = true },
};
static const struct input factor_inputs[] = {
    { "secret", "the key", INPUT_TEXT, .max = 64 },
    { "code", "the code", INPUT_TEXT, .max = 12 },
    { "password", "your password", INPUT_SECRET, .required = false },
    { "remove", "removing it", INPUT_TEXT, .max = 4 },
};

const struct route account_routes[] = {
    { METHOD_GET, "/account", "signed-in", account_show, .help = "account" },
    { METHOD_POST, "/account/password", "signed-in", change_password, .inputs = password_inputs,
            .inputs_n = COUNT(password_inputs), .help = "account" },
    { METHOD_POST, "/account/sessions", "signed-in", end_others, .help = "account" },
    { METHOD_POST, "/account/school", "signed-in", choose_school, .inputs = school_inputs,
            .inputs_n = COUNT(school_inputs), .help = "account" },
    { METHOD_GET, "/account/second-factor", "signed-in", factor_show, .help = "account" },
    { METHOD_POST, "/account/second-factor", "signed-in", factor_take, .inputs = factor_inputs,
            .inputs_n = COUNT(factor_inputs), .help = "account" },
};
const size_t account_route_n = COUNT(account_routes);
