#include "web/pages/reports.h"

#include "actions/report.h"
#include "base/text.h"
#include "generated/pages.h"
#include "web/pages/exports.h"
#include "web/pages/report.h"
#include "web/pages/reports_form.h"

/* What each is called on a page. */
static const struct {
    const char *name, *title;
    bool counts; /* counts over groups only, without names */
    bool hidden; /* reached from another page */
} titles[] = {
    { "progress", "Progress against targets", false, false },
    { "summary", "Summary of standards", true, false },
    { "aps", "Average points", true, false },
    { "compare", "Groups side by side", true, false },
    { "scatter", "Two figures of each pupil", false, false },
    { "matrix", "From grade to grade", true, false },
    { "profile", "Learning styles", true, false },
    { "overlap", "Overlapping groups", true, false },
    { "trend", "Over time", true, false },
    { "forecast", "Forecast of a measure", true, false },
    { "authority", "Results over the years", true, false },
    { "missing", "Missing entries", false, false },
    { "targets", "Targets that look too low", false, false },
    { "trajectory", "Progress targets, term by term", false, false },
    { "names", "The pupils behind a figure", false, true },
    { "intervention", "What an intervention did", false, true },
    { "pupil", "One pupil", false, true },
};

const char *reports_title(const char *name)
{
    for (size_t i = 0; i < COUNT(titles); i++) {
        if (text_eq(titles[i].name, name))
            return titles[i].title;
    }
    return name;
}

bool reports_counts_only(const char *name)
{
    for (size_t i = 0; i < COUNT(titles); i++) {
        if (text_eq(titles[i].name, name))
            return titles[i].counts;
    }
    return false;
}

static bool is_hidden(const char *name)
{
    for (size_t i = 0; i < COUNT(titles); i++) {
        if (text_eq(titles[i].name, name))
            return titles[i].hidden;
    }
    return false;
}

static void put_report(struct report *tree, struct table *table, const struct report_info *info)
{
    struct row *row = table_row(tree, table);
    const char *says =
            report_text(tree, "%c%s.", info->summary[0] - 'a' + 'A', info->summary + 1);

    cell_text(tree, row, 0, reports_title(info->name));
    cell_text(tree, row, 1, says);
    cell_text(tree, row, 2, info->name);
    row->link = report_text(tree, "/reports/%s", info->name);
}

/* Figures of whole schools are for who sees whole schools. */
static bool may_open(const struct visit *visit, const char *name)
{
    struct may_answer answer;

    if (!text_eq(name, "authority"))
        return true;
    answer = may_with(&visit->gate.person, ACTION_REPORT, FIELD_AGGREGATES, NULL,
            visit->context->today, visit->gate.met | NEED_SUPPRESS);
    return answer.yes && (answer.scope == SCOPE_SCHOOL || answer.scope == SCOPE_AGGREGATES);
}

static struct report *list(const struct visit *visit)
{
    static const struct column columns[] = {
        { .key = "title", .label = "Report", .type = COLUMN_TEXT },
        { .key = "answers", .label = "What it answers", .type = COLUMN_TEXT },
        { .key = "report", .label = "Name", .type = COLUMN_TEXT, .quiet = true },
    };
    struct report *tree = report_make(visit->context->arena, "reports");
    struct table *table = report_table(tree, "reports", "All reports", columns, COUNT(columns));
    bool names = page_sees_names(visit);

    tree->title = "Reports";
    tree->school = visit->context->school.name;
    tree->as_at = visit->context->today;
    tree->audience = "whoever may see these pupils, each with those they may see";
    for (size_t i = 0; i < report_info_n; i++) {
        const char *name = report_infos[i].name;

        if (!is_hidden(name) && (names || reports_counts_only(name)) && may_open(visit, name))
            put_report(tree, table, &report_infos[i]);
    }
    report_note(tree, "How to read this: every report counts the pupils whom you may see and "
                      "who fit the filters chosen on its page, and says how many that are. "
                      "From a figure a link leads to the names behind it, and from a name to "
                      "the pupil.");
    return tree;
}

static enum err_code reports_show(struct request *request, struct response *response,
        struct err *err)
{
    const struct visit *visit = page_visit(request, ACTION_REPORT);
    struct reports_view view = { 0 };
    struct html html = html_make(request->arena);
    struct report *tree = list(visit);
    enum err_code code = saved_list(request, tree, &view.removal, err);
    if (code == ERR_OK)
        code = report_end(tree, err);
    if (code != ERR_OK || tree_answer(request, tree, response, &code, err))
        return code;
    code = tree_draw(request, tree, url_reports(), 1, true, &view.tree, err);
    if (code != ERR_OK)
        return code;
    if (exports_may(visit))
        view.exports = url_exports();
    visit_layout(request, &view.layout, "Reports");
    view.removal.csrf_token = view.layout.csrf_token;
    view.layout.script = url_asset("find.js");
    page_reports(&html, &view);
    return response_page(response, 200, &html, err);
}

const struct route reports_routes[] = {
    { METHOD_GET, "/reports", "staff report", reports_show, .formats = PAGE_TWINS,
            .menu = "Reports", .help = "reports" },
    { METHOD_POST, "/reports/saved", "staff report", saved_post, .formats = 0,
            .inputs = saved_inputs, .inputs_n = SAVED_INPUT_N, .help = "reports" },
    { METHOD_GET, "/reports/{name}", "staff report", report_show, .formats = PAGE_TWINS,
            .inputs = report_inputs, .inputs_n = REPORT_INPUT_N, .help = "reports" },
};
const size_t reports_route_n = COUNT(reports_routes);
