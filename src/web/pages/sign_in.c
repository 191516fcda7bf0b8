#include "web/pages/sign_in.h"

#include <string.h>

#include "base/text.h"
#include "generated/pages.h"
#include "web/program.h"

enum {
    STATUS_MANY = 429
};

/* A form's token needs something to hang on before there is a session. */
static enum err_code give_visitor_token(struct request *request, struct response *response,
        struct err *err)
{
    struct visit *visit = visit_of(request);
    char *token;

    if (visit->token != NULL)
        return ERR_OK;
    token = arena_alloc(request->arena, SECRET_TOKEN_SIZE);
    if (token == NULL)
        return err_memory(err);
    secret_token(token);
    visit->token = token;
    return response_cookie(response, token, request->secure, request->arena, err);
}

static enum err_code show(struct request *request, struct response *response,
        struct sign_in_view *view, int status, struct err *err)
{
    struct html html = html_make(request->arena);

    visit_layout(request, &view->layout, "Sign in");
    view->layout.refused = view->problems.items_n != 0;
    page_sign_in(&html, view);
    return response_page(response, status, &html, err);
}

static struct url after(const struct request *request, const char *return_to)
{
    struct url url = url_home();

    (void)request;
    if (!text_empty(return_to) && !text_starts(return_to, "/sign-") && url_own(return_to, &url))
        return url;
    return url_home();
}

static enum err_code sign_in_show(struct request *request, struct response *response,
        struct err *err)
{
    struct sign_in_view view = { 0 };
    enum err_code code;

    view.return_to = request_value(request, "return_to")->text;
    if (visit_of(request)->signed_in) {
        response_go(response, after(request, view.return_to));
        return ERR_OK;
    }
    if (request_value(request, "signed_out")->state == INPUT_GIVEN)
        view.said = "You are signed out.";
    code = give_visitor_token(request, response, err);
    return code == ERR_OK ? show(request, response, &view, 200, err) : code;
}

/* The form again, with what was wrong. */
static enum err_code again(struct request *request, struct response *response,
        struct sign_in_view *view, const struct err *why, int64_t wait, struct err *err)
{
    struct problem *problem = arena_array(request->arena, 1, sizeof(*problem));

    if (problem == NULL)
        return err_memory(err);
    problem->field = view->code ? "code" : "username";
    problem->words =
            view->code
                    ? arena_printf(request->arena, "Your code is asked as well. %s", why->hint)
                    : arena_printf(request->arena, "The user name or the password is wrong. %s",
                              why->hint);
    if (problem->words == NULL)
        return err_memory(err);
    view->problems = (struct problems_view){ problem, 1 };
    if (wait > 0)
        response_header(response, "Retry-After",
                arena_printf(request->arena, "%lld", (long long)wait));
    return show(request, response, view, wait > 0 ? STATUS_MANY : 422, err);
}

/* The old session, if there was one, ends: its token is worth nothing from now on. */
static enum err_code let_in(struct request *request, struct response *response,
        const struct session *session, const char *return_to, struct err *err)
{
    struct visit *visit = visit_of(request);
    char *token = arena_text(request->arena, session->token);
    enum err_code code = ERR_OK;

    if (token == NULL)
        return err_memory(err);
    if (visit->signed_in)
        code = session_end(&visit->desk, visit->session.token, err);
    if (code == ERR_OK)
        code = response_cookie(response, token, request->secure, request->arena, err);
    if (code == ERR_OK)
        response_go(response, session->must_change ? url_account() : after(request, return_to));
    return code;
}

static enum err_code sign_in_take(struct request *request, struct response *response,
        struct err *err)
{
    const struct input_value *typed = request_value(request, "code");
    struct sign_in_view view = { .username = request_value(request, "username")->text,
        .return_to = request_value(request, "return_to")->text,
        .problems = problems_of(request) };
    struct session session = { 0 };
    struct err why = { 0 };
    int64_t wait = 0;
    enum err_code code;

    if (request->refused_n != 0)
        return show(request, response, &view, 422, err);
    code = sign_in(&visit_of(request)->desk, view.username,
            request_value(request, "password")->text,
            typed->state == INPUT_GIVEN ? typed->text : NULL, &session, &wait, &why);
    if (code == ERR_OK)
        return let_in(request, response, &session, view.return_to, err);
    if (code != ERR_FORBIDDEN && code != ERR_CLOSED) {
        *err = why;
        return code;
    }
    view.code = code == ERR_CLOSED;
    return again(request, response, &view, &why, wait, err);
}

static enum err_code sign_out(struct request *request, struct response *response,
        struct err *err)
{
    struct visit *visit = visit_of(request);
    enum err_code code = ERR_OK;

    if (visit->signed_in) {
        visit_write(request);
        code = session_end(&visit->desk, visit->session.token, err);
        visit_wrote(request);
    }
    if (code == ERR_OK)
        code = response_cookie(response, "", request->secure, request->arena, err);
    if (code != ERR_OK)
        return code;
    /* Not "storage": what could not be sent from a marksheet waits there for its teacher, as
       numbers and grades without a name, and is there when they sign in again. */
    response_header(response, "Clear-Site-Data", "\"cache\"");
    response_go(response, url_with(request->arena, url_sign_in(), "signed_out", "yes"));
    return ERR_OK;
}

static const struct input show_inputs[] = {
    { "return_to", "the page to go to", INPUT_TEXT, .max = URL_MAX },
    { "signed_out", "signed out", INPUT_TEXT, .max = 8 },
};

static const struct input take_inputs[] = {
    { "username", "your user name", INPUT_TEXT, .required = true, .max = 64 },
    { "password", "your password", INPUT_SECRET, .required = true },
    { "code", "the code", INPUT_TEXT, .max = 12 },
    { "return_to", "the page to go to", INPUT_TEXT, .max = URL_MAX },
};

const struct route sign_in_routes[] = {
    { METHOD_GET, "/sign-in", "anyone", sign_in_show, .inputs = show_inputs,
            .inputs_n = COUNT(show_inputs), .help = "sign-in" },
    { METHOD_POST, "/sign-in", "anyone", sign_in_take, .inputs = take_inputs,
            .inputs_n = COUNT(take_inputs), .help = "sign-in" },
    { METHOD_POST, "/sign-out", "anyone", sign_out, .formats = 0 },
};
const size_t sign_in_route_n = COUNT(sign_in_routes);
