#include "web/pages/pupil.h"

#include "actions/report.h"
#include "actions/roll.h"
#include "actions/target.h"
#include "base/text.h"
#include "generated/pages.h"
#include "web/pages/moment.h"
#include "web/pages/pupil_parts.h"

const struct input pupil_inputs[PUPIL_INPUT_N] = {
    { .name = "subject", .label = "subject", .max = 40 },
    { .name = "as-at", .label = "as at", .kind = INPUT_DATE },
    { .name = "history", .label = "history", .max = 10 },
};

const struct input pupil_target_inputs[PUPIL_TARGET_INPUT_N] = {
    { .name = "subject", .label = "subject", .required = true, .max = 40 },
    { .name = "grade", .label = "target", .required = true, .max = 20 },
    { .name = "reason", .label = "reason", .max = 200 },
};

static enum err_code load(const struct request *request, struct visit *visit,
        struct pupil_page *page, struct err *err)
{
    struct filters filters = { 0 };
    enum err_code code = roll_upn(visit->context, request_id(request, "id"), &filters.upn, err);

    filters.as_at = request_value(request, "as-at")->date;
    if (code == ERR_OK)
        code = report_record(visit->context, &filters, &page->report, &page->pupil, err);
    return code;
}

/* The record may be private: who may not see the pupil learns nothing of it. */
enum err_code pupil_open(struct request *request, struct pupil_page *page, struct err *err)
{
    struct visit *visit = page_visit(request, ACTION_VIEW);
    enum err_code code = load(request, visit, page, err);

    page->request = request;
    page->visit = visit;
    page->here = url_pupil(request->arena, page->pupil.id);
    if (context_targets_open(visit->context, visit->context->today))
        visit->gate.met |= NEED_WINDOW;
    if (code == ERR_OK)
        code = page_note(visit, "pupil", page->pupil.id, err);
    return code;
}

enum err_code pupil_draw(struct pupil_page *page, struct pupil_view *view,
        struct response *response, int status, struct err *err)
{
    struct html html = html_make(page->request->arena);
    enum err_code code = pupil_fill(page, view, err);

    if (code != ERR_OK)
        return code;
    visit_layout(page->request, &view->layout, view->name);
    view->layout.script = url_asset("find.js");
    view->layout.refused = view->problems.items_n != 0;
    page_pupil(&html, view);
    return response_page(response, status, &html, err);
}

enum err_code pupil_show(struct request *request, struct response *response, struct err *err)
{
    struct pupil_page page = { .subject = request_value(request, "subject")->text,
        .whole_history = text_eq(request_value(request, "history")->text, "all") };
    struct pupil_view view = { .target = { .grade = "", .reason = "" } };
    enum err_code code = pupil_open(request, &page, err);

    if (code != ERR_OK || tree_answer(request, page.report, response, &code, err))
        return code;
    return pupil_draw(&page, &view, response, 200, err);
}

/* ---- setting a target ---- */

/* May this be set, and is there a reason where one is wanted? */
static enum err_code ask_target(struct pupil_page *page, const char *subject,
        const char *reason, struct err *err)
{
    struct gate *gate = &page->visit->gate;
    struct access_pupil asked = { 0 };
    enum err_code code = gate_pupil(gate, &page->pupil, subject, &asked, err);

    gate->met |= text_empty(reason) ? 0 : NEED_REASON;
    if (code == ERR_OK && text_empty(reason) &&
            (pupil_target_needs(page, subject) & NEED_REASON) != 0) {
        (void)err_set(err, ERR_INVALID, "a target you set needs a reason");
        return err_hint(err, "Say in a few words why; it stays with the target.");
    }
    return code == ERR_OK ? gate_ask(gate, ACTION_SET_TARGET, FIELD_TARGETS, &asked, err)
                          : code;
}

static enum err_code save_target(struct pupil_page *page, struct pupil_view *view,
        struct err *err)
{
    struct target_change change = { .upn = page->pupil.upn,
        .subject = page->subject,
        .grade = view->target.grade,
        .reason = view->target.reason };
    struct target_outcome outcome = { 0 };
    enum err_code code = ask_target(page, page->subject, view->target.reason, err);

    if (code == ERR_OK)
        code = roll_upn(page->visit->context, page->pupil.id, &change.upn, err);
    if (code != ERR_OK)
        return code;
    visit_write(page->request);
    code = target_set(page->visit->context, &change, &outcome, err);
    visit_wrote(page->request);
    if (code != ERR_OK)
        return code;
    view->target.said = outcome.said;
    view->target.alerts = arena_array(page->request->arena, outcome.alert_n + 1,
            sizeof(*view->target.alerts));
    for (size_t i = 0; view->target.alerts != NULL && i < outcome.alert_n; i++)
        view->target.alerts[view->target.alerts_n++] = outcome.alerts[i];
    return gate_note(&page->visit->gate, "set_target", "target", &page->pupil.id, 1, "", err);
}

enum err_code pupil_set_target(struct request *request, struct response *response,
        struct err *err)
{
    struct pupil_page page = { .subject = request_value(request, "subject")->text };
    struct pupil_view view = { .target = { .grade = request_value(request, "grade")->text,
                                       .reason = request_value(request, "reason")->text } };
    struct err why = { 0 };
    enum err_code code = pupil_open(request, &page, err);
    enum err_code failed;

    if (code != ERR_OK)
        return code;
    view.target_refused = true;
    if (request->refused_n != 0) {
        view.problems = problems_of(request);
        return pupil_draw(&page, &view, response, 422, err);
    }
    failed = save_target(&page, &view, &why);
    if (failed != ERR_OK && response_status(failed) != 422) {
        *err = why;
        return failed;
    }
    if (failed != ERR_OK) {
        view.problems = problem_of(request->arena,
                text_empty(view.target.reason) ? "reason" : "grade", &why);
        return pupil_draw(&page, &view, response, 422, err);
    }
    view.target.grade = view.target.reason = "";
    view.target_refused = false;
    code = load(request, page.visit, &page, err);
    return code == ERR_OK ? pupil_draw(&page, &view, response, 200, err) : code;
}
