#include "web/pages/templates.h"

#include <string.h>

#include "actions/marksheet.h"
#include "actions/template.h"
#include "base/text.h"
#include "generated/pages.h"
#include "web/pages/moment.h"
#include "web/program.h"

static const char *const list_words[] = { "look", "take", "use", NULL };
static const char *const one_words[] = { "accept", "withdraw", NULL };

static enum err_code need_school(const struct request *request, struct err *err)
{
    if (visit_of(request)->context->has_school)
        return ERR_OK;
    return err_set(err, ERR_NOT_FOUND, "templates belong to a school, and you work in none");
}

static struct url url_templates(struct arena *arena)
{
    return url_settings(arena, "templates");
}

static struct url url_template(struct arena *arena, const char *code)
{
    return url_under(arena, url_templates(arena), code);
}

/* ---- the list ---- */

static const char *state_of(struct arena *arena, const struct template_listed *listed)
{
    if (listed->problem != NULL)
        return listed->problem;
    return arena_printf(arena, "%s; %zu columns; %zu of %zu formulas accepted",
            listed->own ? "the school's own" : "comes with the program", listed->column_n,
            listed->accepted_n, listed->asked_n);
}

static enum err_code fill_lines(struct request *request, struct templates_view *view,
        struct err *err)
{
    struct context *context = visit_of(request)->context;
    struct template_listed *items = NULL;
    size_t n = 0;
    enum err_code code = template_list(context, &items, &n, err);

    if (code != ERR_OK)
        return code;
    view->lines = arena_array(request->arena, n + 1, sizeof(*view->lines));
    if (view->lines == NULL)
        return err_memory(err);
    for (size_t i = 0; i < n; i++)
        view->lines[view->lines_n++] = (struct template_line){
            .url = url_template(request->arena, items[i].code),
            .code = items[i].code,
            .name = items[i].name[0] == '\0' ? items[i].code : items[i].name,
            .about = items[i].about,
            .state = state_of(request->arena, &items[i]),
        };
    return ERR_OK;
}

/* The marksheet that a template is chosen for, where the address names one. */
static enum err_code fill_marksheet(struct request *request, struct templates_view *view,
        struct err *err)
{
    struct context *context = visit_of(request)->context;
    int64_t id = request_value(request, "marksheet")->number;
    struct marksheet marksheet = { 0 };
    enum err_code code;

    if (id <= 0)
        return ERR_OK;
    code = store_marksheet(context->store, context->school.school_id, id, request->arena,
            &marksheet, err);
    if (code != ERR_OK)
        return code;
    view->marksheet = arena_printf(request->arena, "%lld", (long long)id);
    view->marksheet_name = marksheet.name;
    view->back = url_marksheet(request->arena, id);
    return ERR_OK;
}

static enum err_code draw_list(struct request *request, struct response *response,
        struct templates_view *view, int status, struct err *err)
{
    struct arena *arena = request->arena;
    struct html html = html_make(arena);
    enum err_code code = fill_lines(request, view, err);

    if (code == ERR_OK)
        code = fill_marksheet(request, view, err);
    if (code != ERR_OK)
        return code;
    view->settings = url_settings(arena, NULL);
    view->action = url_templates(arena);
    if (view->body == NULL)
        view->body = view->code = "";
    visit_layout(request, &view->layout, "Templates of marksheets");
    view->layout.refused = view->problems.items_n != 0;
    page_templates(&html, view);
    return response_page(response, status, &html, err);
}

static enum err_code templates_show(struct request *request, struct response *response,
        struct err *err)
{
    struct templates_view view = { 0 };
    enum err_code code = need_school(request, err);

    return code == ERR_OK ? draw_list(request, response, &view, 200, err) : code;
}

static struct problems_view wrong(struct arena *arena, const char *field, const struct err *why)
{
    struct err shown = *why;

    if (why->row > 0)
        (void)err_set(&shown, why->code, "line %ld: %s", why->row, why->message);
    return problem_of(arena, field, &shown);
}

static enum err_code take_in(struct request *request, struct response *response, bool look,
        struct err *err)
{
    struct visit *visit = visit_of(request);
    const char *body = request_value(request, "body")->text;
    const char *code = request_value(request, "code")->text;
    struct templates_view view = { .body = body, .code = code };
    struct template_outcome outcome = { 0 };
    struct err why = { 0 };
    enum err_code failed;

    visit_write(request);
    failed = template_import(visit->context, "the text", body, strlen(body),
            text_empty(code) ? NULL : code, look, &outcome, &why);
    visit_wrote(request);
    if (failed == ERR_INVALID) {
        view.problems = wrong(request->arena, "body", &why);
        return draw_list(request, response, &view, 422, err);
    }
    if (failed != ERR_OK) {
        *err = why;
        return failed;
    }
    if (look) {
        view.said =
                arena_printf(request->arena, "%s Nothing has been written yet.", outcome.said);
        view.notes = outcome.notes;
        view.notes_n = outcome.note_n;
        return draw_list(request, response, &view, 200, err);
    }
    failed = gate_note(&visit->gate, "template",
            arena_printf(request->arena, "template %s taken in, import %lld",
                    outcome.held.template.code, (long long)outcome.id),
            NULL, 0, "", err);
    response_go(response, url_template(request->arena, outcome.held.template.code));
    return failed;
}

static enum err_code use(struct request *request, struct response *response, struct err *err)
{
    struct visit *visit = visit_of(request);
    int64_t id = request_value(request, "marksheet")->number;
    const char *code = request_value(request, "use")->text;
    enum err_code failed;

    visit_write(request);
    failed = marksheet_choose(visit->context, id, code, err);
    visit_wrote(request);
    if (failed != ERR_OK)
        return failed;
    response_go(response, url_marksheet(request->arena, id));
    return gate_note(&visit->gate, "template",
            arena_printf(request->arena, "marksheet %lld shows template %s", (long long)id,
                    text_empty(code) ? "none" : code),
            NULL, 0, "", err);
}

static enum err_code templates_take(struct request *request, struct response *response,
        struct err *err)
{
    struct templates_view view = { .body = "", .code = "" };
    const char *what = request_value(request, "do")->text;
    enum err_code code = need_school(request, err);

    if (code != ERR_OK)
        return code;
    if (request->refused_n != 0) {
        view.problems = problems_of(request);
        return draw_list(request, response, &view, 422, err);
    }
    if (text_eq(what, "use"))
        return use(request, response, err);
    return take_in(request, response, !text_eq(what, "take"), err);
}

/* ---- one ---- */

static enum err_code fill_one(struct request *request, struct template_view *view,
        const char *name, struct err *err)
{
    struct context *context = visit_of(request)->context;
    struct arena *arena = request->arena;
    struct template_held held = { 0 };
    struct report *columns = NULL, *cases = NULL;
    char *seen = arena_alloc(arena, TEMPLATE_SEEN_SIZE);
    enum err_code code = template_load(context, name, &held, err);

    if (code == ERR_OK)
        code = template_show(context, name, &columns, err);
    if (code == ERR_OK)
        code = template_report(context, name, &cases, err);
    if (code == ERR_OK)
        code = tree_draw(request, columns, view->action, 1, false, &view->columns, err);
    if (code == ERR_OK)
        code = tree_draw(request, cases, view->action, 1, false, &view->cases, err);
    if (code != ERR_OK)
        return code;
    if (seen == NULL)
        return err_memory(err);
    view->name = held.template.name;
    view->code = held.template.code;
    view->body = held.body;
    view->own = held.own;
    view->waits = held.accepted_n < held.asked_n;
    view->seen = template_seen(&held, seen);
    return ERR_OK;
}

static enum err_code draw_one(struct request *request, struct response *response,
        struct problems_view problems, int status, struct err *err)
{
    const char *name = request_word(request, "name");
    struct arena *arena = request->arena;
    struct template_view view = { .problems = problems };
    struct html html = html_make(arena);
    enum err_code code;

    view.list = view.take = url_templates(arena);
    view.action = url_template(arena, name);
    code = fill_one(request, &view, name, err);
    if (code != ERR_OK)
        return code;
    if (status == 200 && fields_get(&request->query, "accepted") != NULL)
        view.said = "Accepted: the columns may be used.";
    visit_layout(request, &view.layout, view.name);
    view.layout.refused = problems.items_n != 0;
    page_template(&html, &view);
    return response_page(response, status, &html, err);
}

static enum err_code template_page(struct request *request, struct response *response,
        struct err *err)
{
    struct report *cases = NULL;
    enum err_code code = need_school(request, err);

    if (code != ERR_OK)
        return code;
    if (request->format == FORMAT_HTML)
        return draw_one(request, response, (struct problems_view){ 0 }, 200, err);
    code = template_report(visit_of(request)->context, request_word(request, "name"), &cases,
            err);
    if (code == ERR_OK)
        (void)tree_answer(request, cases, response, &code, err);
    return code;
}

static enum err_code accepted(struct request *request, struct response *response,
        struct err *err)
{
    struct visit *visit = visit_of(request);
    const char *name = request_word(request, "name");
    struct template_outcome outcome = { 0 };
    struct err why = { 0 };
    enum err_code code;

    visit_write(request);
    code = template_accept(visit->context, name, request_value(request, "seen")->text, &outcome,
            &why);
    visit_wrote(request);
    if (code == ERR_CONFLICT || code == ERR_INVALID)
        return draw_one(request, response, problem_of(request->arena, "body", &why), 409, err);
    if (code != ERR_OK) {
        *err = why;
        return code;
    }
    response_go(response,
            url_with(request->arena, url_template(request->arena, name), "accepted", "yes"));
    return gate_note(&visit->gate, "template",
            arena_printf(request->arena, "formulas of template %s accepted, import %lld", name,
                    (long long)outcome.id),
            NULL, 0, "", err);
}

static enum err_code template_post(struct request *request, struct response *response,
        struct err *err)
{
    struct visit *visit = visit_of(request);
    const char *name = request_word(request, "name");
    enum err_code code = need_school(request, err);

    if (code != ERR_OK)
        return code;
    if (!text_eq(request_value(request, "do")->text, "withdraw"))
        return accepted(request, response, err);
    visit_write(request);
    code = template_withdraw(visit->context, name, err);
    visit_wrote(request);
    if (code != ERR_OK)
        return code;
    response_go(response, url_templates(request->arena));
    return gate_note(&visit->gate, "template",
            arena_printf(request->arena, "template %s taken away", name), NULL, 0, "", err);
}

/* ---- routes ---- */

static const struct input list_query[] = {
    { .name = "marksheet", .label = "marksheet", .kind = INPUT_INT },
};

static const struct input list_form[] = {
    { .name = "do", .label = "what to do", .kind = INPUT_CHOICE, .choices = list_words },
    { .name = "body",
            .label = "text of the template",
            .kind = INPUT_TEXT,
            .max = TEMPLATE_BYTES },
    { .name = "code", .label = "code", .kind = INPUT_TEXT, .max = TEMPLATE_CODE_BYTES },
    { .name = "use", .label = "template", .kind = INPUT_TEXT, .max = TEMPLATE_CODE_BYTES },
    { .name = "marksheet", .label = "marksheet", .kind = INPUT_INT },
};

static const struct input one_form[] = {
    { .name = "do", .label = "what to do", .kind = INPUT_CHOICE, .choices = one_words },
    { .name = "seen", .label = "what was looked at", .kind = INPUT_TEXT, .max = 16 },
};

const struct route templates_routes[] = {
    { METHOD_GET, "/settings/templates", "settings", templates_show, .inputs = list_query,
            .inputs_n = COUNT(list_query), .help = "templates" },
    { METHOD_POST, "/settings/templates", "settings", templates_take, .inputs = list_form,
            .inputs_n = COUNT(list_form), .help = "templates" },
    { METHOD_GET, "/settings/templates/{name}", "settings", template_page,
            .formats = PAGE_TWINS, .help = "templates" },
    { METHOD_POST, "/settings/templates/{name}", "settings", template_post, .inputs = one_form,
            .inputs_n = COUNT(one_form), .help = "templates" },
};
const size_t templates_route_n = COUNT(templates_routes);
