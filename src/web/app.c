#include "web/app.h"

#include <stdio.h>
#include <string.h>
#include <sys/random.h>

#include "generated/pages.h"
#include "web/json.h"
#include "web/pages/error.h"
#include "web/pages/layout.h"

enum err_code app_health(struct request *request, struct response *response, struct err *err)
{
    (void)request;
    (void)err;
    response_body(response, 200, "text/plain; charset=utf-8", "ok\n", 3);
    return ERR_OK;
}

static const char *words_for(int status)
{
    switch (status) {
    case 400:
        return "this request could not be understood";
    case 403:
        return "you may not do this";
    case 404:
        return "there is no such page";
    case 405:
        return "this page cannot be asked in this way";
    case 409:
        return "somebody else changed it first";
    case 413:
        return "what was sent is too large";
    case 414:
        return "the address is too long";
    case 415:
        return "what was sent is not a form";
    case 422:
        return "something in the form is not right";
    case 431:
        return "the headers sent are too large";
    case 503:
        return "the server is busy";
    default:
        return "something went wrong on our side";
    }
}

static unsigned new_reference(void)
{
    unsigned number = 0;

    if (getrandom(&number, sizeof(number), GRND_NONBLOCK) != (ssize_t)sizeof(number))
        number = 0;
    return number == 0 ? 1 : number;
}

static void refuse_json(struct request *request, struct response *response, int status,
        const struct err *err)
{
    struct buf buf = buf_make(request->arena, BUF_MAX_PAGE);
    struct err failed;
    const char *text;
    size_t n;

    json_error(&buf, err, response->reference);
    if (buf_end(&buf, &text, &n, &failed) == ERR_OK)
        response_body(response, status, "application/json", text, n);
}

/* First letter large and a full stop: a message as a sentence. */
static const char *sentence(const char *message, struct arena *arena)
{
    char *text = arena_printf(arena, "%s.", message);

    if (text == NULL)
        return "";
    if (text[0] >= 'a' && text[0] <= 'z')
        text[0] = (char)(text[0] - 'a' + 'A');
    return text;
}

static void refuse_page(const struct app *app, struct request *request,
        struct response *response, int status, const struct err *err)
{
    struct html html = html_make(request->arena);
    struct error_view view = { .heading = sentence(err->message, request->arena),
        .hint = err->hint,
        .home = url_home() };
    struct err failed;
    char reference[12];

    if (response->reference != 0) {
        (void)snprintf(reference, sizeof(reference), "%08x", response->reference);
        view.reference = reference;
    }
    layout_fill(&view.layout, app, request, words_for(status));
    if (app->dress != NULL)
        app->dress(request, &view.layout);
    page_error(&html, &view);
    if (response_page(response, status, &html, &failed) != ERR_OK)
        return; /* the plain text set before stays */
}

void app_refuse(const struct app *app, struct request *request, struct response *response,
        int status, const struct err *err)
{
    static const char *const last = "Something went wrong on our side.\n";
    struct err own = { .code = ERR_INVALID };

    if (status >= 500 && status != 503) {
        response->reference = new_reference();
        response->failure = err == NULL ? ""
                                        : arena_printf(request->arena, "%s: %s",
                                                  err_code_name(err->code), err->detail);
    }
    if (err == NULL || status >= 500) {
        own.code = status == 404   ? ERR_NOT_FOUND
                   : status == 403 ? ERR_FORBIDDEN
                   : status >= 500 ? ERR_STORE
                                   : ERR_INVALID;
        (void)err_set(&own, own.code, "%s", words_for(status));
        err = &own;
    }
    response->lasting = false;
    response->encoded = false;
    response_body(response, status, "text/plain; charset=utf-8", last, strlen(last));
    if (request->format == FORMAT_JSON)
        refuse_json(request, response, status, err);
    else
        refuse_page(app, request, response, status, err);
}

static enum err_code admit(const struct app *app, struct request *request,
        struct response *response, struct err *err)
{
    const char *permission = request->route->permission;

    if (request->method == METHOD_POST && !request_same_origin(request)) {
        (void)err_set(err, ERR_FORBIDDEN, "this form was sent from another site");
        return err_hint(err, "Open the page here and send the form again.");
    }
    if (permission != NULL && strcmp(permission, ROUTE_OPEN) == 0)
        return ERR_OK;
    if (permission == NULL || app->enter == NULL)
        return err_set(err, ERR_FORBIDDEN, "you may not do this");
    return app->enter(app, request, response, err);
}

static enum err_code answer(const struct app *app, struct request *request,
        struct response *response, struct err *err)
{
    const struct route *route = request->route;
    const struct fields *fields;
    enum err_code code = admit(app, request, response, err);

    if (code != ERR_OK || response->status != 0)
        return code;
    fields = request->method == METHOD_POST ? &request->form : &request->query;
    code = input_read(route->inputs, route->inputs_n, fields, request->uploads, request->arena,
            &request->values, &request->refused_n, err);
    if (code == ERR_OK)
        code = route->handle(request, response, err);
    if (code == ERR_OK && response->status == 0)
        code = err_set(err, ERR_STORE, "the page answered nothing");
    return code;
}

void app_run(const struct app *app, struct request *request, struct response *response)
{
    struct err err = { 0 };
    enum err_code code = answer(app, request, response, &err);

    if (code != ERR_OK)
        app_refuse(app, request, response, response_status(code), &err);
    if (app->leave != NULL)
        app->leave(app, request);
}
