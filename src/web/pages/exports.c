#include "web/pages/exports.h"

#include "actions/export.h"
#include "base/text.h"
#include "generated/pages.h"
#include "web/pages/moment.h"
#include "web/pages/reports_tree.h"

static const struct export_kind export_kinds[] = {
    { "ctf", "Common Transfer File",
            "identity, histories, contacts and results, for another "
            "school or the authority",
            false },
    { "pupils", "Pupils (CSV)", "every pupil the school knows, with the values in force",
            false },
    { "history", "Histories (CSV)",
            "every dated value of every characteristic, name and number", false },
    { "groups", "Groups (CSV)", "who was in which group, from when to when", false },
    { "results", "Results (CSV)", "every result, assessment, target and prediction in force",
            false },
    { "targets", "Targets (CSV)", "only the targets", false },
    { "predictions", "Predictions (CSV)", "only the predictions", false },
};

enum {
    EXPORT_KINDS = COUNT(export_kinds)
};

static const char *const what_words[] = { "ctf", "pupils", "history", "groups", "results",
    "targets", "predictions", NULL };

static const struct input exports_inputs[] = {
    { .name = "what",
            .label = "what to take out",
            .kind = INPUT_CHOICE,
            .required = true,
            .choices = what_words },
    { .name = "year-group", .label = "year group", .max = 4 },
    { .name = "registration", .label = "registration group", .max = 60 },
    { .name = "group", .label = "group", .max = 120 },
    { .name = "subject", .label = "subject", .max = 60 },
    { .name = "password", .label = "password", .kind = INPUT_SECRET, .max = 200 },
};

bool exports_may(const struct visit *visit)
{
    static const enum field fields[] = { FIELD_IDENTITY, FIELD_UPN, FIELD_BIRTH, FIELD_MARKS,
        FIELD_TARGETS, FIELD_PREDICTIONS, FIELD_DISADVANTAGE, FIELD_ETHNICITY, FIELD_CONTACTS };
    struct may_answer answer = gate_may(&visit->gate, ACTION_EXPORT, FIELD_NONE, NULL);
    bool whole = answer.yes && answer.scope == SCOPE_SCHOOL;

    for (size_t i = 0; i < COUNT(fields) && whole; i++) {
        answer = gate_may(&visit->gate, ACTION_EXPORT, fields[i], NULL);
        whole = answer.yes && answer.scope == SCOPE_SCHOOL;
    }
    return whole;
}

/* Whole files are for those who may have the whole school. */
static enum err_code ask(const struct visit *visit, struct err *err)
{
    if (exports_may(visit))
        return ERR_OK;
    (void)err_set(err, ERR_FORBIDDEN,
            "whole files are for those who may have the whole school");
    return err_hint(err, "Open a report and take its CSV: it holds the pupils you may see.");
}

static bool is_fresh(const struct visit *visit)
{
    return session_is_fresh(&visit->session, visit->desk.now);
}

static enum err_code show(struct request *request, struct response *response,
        struct problems_view problems, int status, struct err *err)
{
    struct visit *visit = page_visit(request, ACTION_EXPORT);
    struct exports_view view = { .problems = problems,
        .action = url_exports(),
        .asks_password = !is_fresh(visit),
        .made = page_made(request) };
    struct export_kind kinds[EXPORT_KINDS];
    const struct input_value *what = request_value(request, "what");
    struct html html = html_make(request->arena);
    enum err_code code = report_form_fill(request, url_exports(), FORM_PEOPLE | FORM_SUBJECT,
            &view.form, err);

    if (code != ERR_OK)
        return code;
    for (size_t i = 0; i < EXPORT_KINDS; i++) {
        kinds[i] = export_kinds[i];
        kinds[i].chosen = what->state == INPUT_GIVEN ? what->number == (int64_t)i : i == 0;
    }
    view.kinds = kinds;
    view.kinds_n = EXPORT_KINDS;
    visit_layout(request, &view.layout, "Exports");
    view.layout.script = url_asset("find.js");
    view.layout.refused = problems.items_n != 0;
    page_exports(&html, &view);
    return response_page(response, status, &html, err);
}

static enum err_code exports_show(struct request *request, struct response *response,
        struct err *err)
{
    enum err_code code = ask(visit_of(request), err);

    return code == ERR_OK ? show(request, response, (struct problems_view){ 0 }, 200, err)
                          : code;
}

static enum err_code show_problem(struct request *request, struct response *response,
        const char *field, const struct err *why, struct err *err)
{
    struct problems_view problems = problem_of(request->arena, field, why);

    return problems.items_n == 0 ? err_memory(err)
                                 : show(request, response, problems, 422, err);
}

/* ---- the file ---- */

static enum err_code add_bytes(void *data, const char *bytes, size_t n, struct err *err)
{
    struct buf *buf = data;

    buf_add_n(buf, bytes, n);
    return buf->failed ? err_memory(err) : ERR_OK;
}

static enum err_code read_filters(const struct request *request, struct filters *filters,
        struct err *err)
{
    static const char *const names[] = { "year-group", "registration", "group", "subject" };
    enum err_code code = ERR_OK;

    for (size_t i = 0; i < COUNT(names) && code == ERR_OK; i++) {
        const char *value = request_value(request, names[i])->text;
        bool known = false;

        if (value[0] != '\0')
            code = filters_set(filters, names[i], value, &known, err);
    }
    return code;
}

static enum err_code prove(const struct request *request, struct err *err)
{
    struct visit *visit = visit_of(request);
    const char *password = request_value(request, "password")->text;
    enum err_code code;

    if (is_fresh(visit))
        return ERR_OK;
    if (password[0] == '\0') {
        (void)err_set(err, ERR_INVALID, "whole files are given out only with your password");
        return err_hint(err, "Type it once more.");
    }
    visit_write(request);
    code = session_prove(&visit->desk, &visit->session, password, err);
    visit_wrote(request);
    return code;
}

static const char *media_type(const char *what)
{
    return text_eq(what, "ctf") ? "application/xml; charset=utf-8" : "text/csv; charset=utf-8";
}

static enum err_code write_file(struct request *request, struct response *response,
        const char *what, struct err *err)
{
    struct visit *visit = visit_of(request);
    struct filters filters = { 0 };
    struct buf buf = buf_make(request->arena, BUF_MAX_PAGE);
    char name[EXPORT_NAME_SIZE];
    const char *text = NULL;
    size_t n = 0;
    enum err_code code = read_filters(request, &filters, err);

    if (code == ERR_OK)
        code = export_file(visit->context, what, &filters, add_bytes, &buf, NULL, err);
    if (code == ERR_OK)
        code = buf_end(&buf, &text, &n, err);
    if (code == ERR_OK)
        code = gate_note(&visit->gate, "export", what, NULL, 0, "whole file", err);
    if (code != ERR_OK)
        return code;
    response_body(response, 200, media_type(what), text, n);
    return response_attach(response, export_name(visit->context, what, name), request->arena,
            err);
}

static enum err_code exports_take(struct request *request, struct response *response,
        struct err *err)
{
    const struct input_value *what = request_value(request, "what");
    struct err why = { 0 };
    enum err_code code = ask(page_visit(request, ACTION_EXPORT), err);

    if (code != ERR_OK)
        return code;
    if (request->refused_n != 0)
        return show(request, response, problems_of(request), 422, err);
    code = prove(request, &why);
    if (code != ERR_OK && response_status(code) != 500)
        return show_problem(request, response, "password", &why, err);
    if (code == ERR_OK)
        code = write_file(request, response, what_words[what->number], &why);
    if (code != ERR_OK && response_status(code) != 500)
        return show_problem(request, response, "what", &why, err);
    if (code != ERR_OK)
        *err = why;
    return code;
}

const struct route exports_routes[] = {
    { METHOD_GET, "/exports", "export", exports_show, .formats = 0, .help = "exports" },
    { METHOD_POST, "/exports", "export", exports_take, .formats = 0, .inputs = exports_inputs,
            .inputs_n = COUNT(exports_inputs), .help = "exports" },
};
const size_t exports_route_n = COUNT(exports_routes);
