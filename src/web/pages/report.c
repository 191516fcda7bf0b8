#include "web/pages/report.h"

#include "actions/report.h"
#include "analysis/overlap.h"
#include "base/text.h"
#include "generated/pages.h"
#include "reports/render/paper.h"
#include "web/pages/reports.h"

/* Which selects each report's form has. */
static unsigned parts_of(const char *name, bool names)
{
    static const struct {
        const char *name;
        unsigned parts;
    } parts[] = {
        { "progress", FORM_PEOPLE | FORM_SUBJECT | FORM_REVIEW | FORM_BY | FORM_AS_AT },
        { "summary",
                FORM_PEOPLE | FORM_SUBJECT | FORM_BASIS | FORM_BESIDE | FORM_BY | FORM_AS_AT },
        { "aps", FORM_PEOPLE | FORM_SUBJECT | FORM_BASIS | FORM_BY | FORM_AS_AT },
        { "compare",
                FORM_PEOPLE | FORM_SUBJECT | FORM_BASIS | FORM_BY | FORM_COLUMN | FORM_AS_AT },
        { "scatter", FORM_PEOPLE | FORM_SUBJECT | FORM_BASIS | FORM_XY | FORM_AS_AT },
        { "matrix", FORM_PEOPLE | FORM_SUBJECT | FORM_POINTS | FORM_AS_AT },
        { "profile", FORM_PEOPLE | FORM_AS_AT },
        { "overlap", FORM_PEOPLE | FORM_SUBJECT | FORM_BASIS | FORM_SETS | FORM_AS_AT },
        { "trend", FORM_PEOPLE | FORM_SUBJECT | FORM_MEASURE | FORM_OVER | FORM_YEARS |
                           FORM_BY | FORM_AS_AT },
        { "forecast", FORM_MEASURE | FORM_YEARS | FORM_BY | FORM_AS_AT },
        { "authority", FORM_SUBJECT | FORM_MEASURE | FORM_YEARS | FORM_BY | FORM_AS_AT },
        { "missing", FORM_PEOPLE | FORM_SUBJECT | FORM_REVIEW },
        { "names", FORM_PEOPLE | FORM_BASIS | FORM_AS_AT },
    };
    unsigned found = FORM_PEOPLE | FORM_SUBJECT | FORM_AS_AT;

    for (size_t i = 0; i < COUNT(parts); i++) {
        if (text_eq(parts[i].name, name))
            found = parts[i].parts;
    }
    return names ? found
                 : found & ~((unsigned)FORM_PEOPLE | FORM_REVIEW | FORM_AS_AT | FORM_SETS);
}

/* ---- from a figure to the names behind it ---- */

static size_t place_of(const struct table *table, const char *key)
{
    size_t i = 0;

    while (i < table->column_n && !text_eq(table->columns[i].key, key))
        i++;
    return i;
}

static const char *text_at(const struct table *table, const struct row *row, const char *key)
{
    size_t i = place_of(table, key);

    return i < row->cell_n && row->cells[i].state == CELL_SET ? row->cells[i].text : NULL;
}

/* "gender*fsm" as the two filters that ask for it. */
static struct url url_by(struct arena *arena, struct url url, const char *group)
{
    enum cut cut, cross;

    if (group == NULL || !cut_parse_name(group, &cut, &cross))
        return url;
    url = url_with(arena, url, "by", cut_name(cut));
    return cross == CUT_NONE ? url : url_with(arena, url, "cross", cut_name(cross));
}

/* A row of the summary to its names: the same filters, the row's measure and value. */
static struct url names_of(const struct request *request, const struct table *table,
        const struct row *row)
{
    struct arena *arena = request->arena;
    struct url url = url_report(arena, "names");
    static const char *const kept[] = { "year-group", "registration", "group", "basis",
        "as-at" };

    for (size_t i = 0; i < COUNT(kept); i++) {
        const char *value = request_value(request, kept[i])->text;
        enum basis basis;

        if (!text_eq(kept[i], "basis") || basis_parse(value, &basis))
            url = url_with(arena, url, kept[i], value);
    }
    url = url_with(arena, url, "measure", text_at(table, row, "measure"));
    if (text_at(table, row, "value") == NULL)
        return url;
    url = url_by(arena, url, text_at(table, row, "group"));
    return url_with(arena, url, "value", text_at(table, row, "value"));
}

/* The overlap with the names of one part: exactly these sets, or all of one set ("A+"). */
static struct url part_of(const struct request *request, struct url base, const char *letters,
        const char *more)
{
    return url_with(request->arena, report_url(request, base, "region"), "region",
            letters == NULL ? NULL : arena_printf(request->arena, "%s%s", letters, more));
}

static struct url link_of(const struct request *request, const struct report *report,
        const struct table *table, const struct row *row, struct url base)
{
    if (text_eq(report->name, "summary"))
        return names_of(request, table, row);
    if (text_eq(report->name, "compare") && text_eq(table->name, "groups"))
        return url_with(request->arena, report_url(request, base, "value"), "value",
                text_at(table, row, "value"));
    if (text_eq(report->name, "matrix") && text_starts(table->name, "matrix"))
        return url_with(request->arena, report_url(request, base, "value"), "value",
                text_at(table, row, "from"));
    if (text_eq(report->name, "overlap") && text_eq(table->name, "regions") && !row->total)
        return part_of(request, base, text_at(table, row, "region"), "");
    if (text_eq(report->name, "overlap") && text_eq(table->name, "sets"))
        return part_of(request, base, text_at(table, row, "set"), "+");
    if (text_eq(table->name, "flags"))
        return url_with(request->arena, report_url(request, base, "flag"), "flag",
                paper_flag_code(&row->cells[place_of(table, "flag")]));
    if (text_eq(report->name, "missing") && text_at(table, row, "group") != NULL)
        return url_with(request->arena, report_url(request, base, "group"), "group",
                text_at(table, row, "group"));
    return (struct url){ NULL };
}

static void add_links(const struct request *request, const struct report *report,
        struct url base)
{
    for (struct table *table = report->tables; table != NULL; table = table->next) {
        for (size_t i = 0; i < table->row_n; i++) {
            struct row *row = &table->rows[i];

            if (row->link == NULL)
                row->link = link_of(request, report, table, row, base).text;
        }
    }
}

/* Each part of a drawing of sets opens its names. */
static void link_parts(const struct request *request, struct report *report, struct url base)
{
    for (struct chart *chart = report->charts; chart != NULL; chart = chart->next) {
        for (size_t i = 0; i < chart->series_n; i++) {
            struct chart_series *series = &chart->series[i];
            char letters[OVERLAP_LETTERS_SIZE];

            for (size_t p = 0; p < series->point_n && text_eq(series->role, "region"); p++)
                series->points[p].link = part_of(request, base,
                        overlap_letters((unsigned)(series->points[p].x / 1000), letters), "")
                                                 .text;
        }
    }
}

/* A column that says the same in every row gives way on a phone. */
static void hide_subject(const struct request *request, struct report *report)
{
    for (struct table *table = report->tables; table != NULL; table = table->next) {
        size_t subject = place_of(table, "subject");

        if (request_value(request, "subject")->text[0] != '\0' && subject < table->column_n)
            table->columns[subject].quiet = true;
    }
}

/* Where they stand comes before who stands there. */
static void flags_first(struct report *report)
{
    struct table *pupils = report->tables;
    struct table *flags = pupils == NULL ? NULL : pupils->next;

    if (flags == NULL || !text_eq(report->name, "progress") || !text_eq(flags->name, "flags"))
        return;
    flags->caption = "Choose one to see who stands there.";
    report->tables = flags;
    report->last_table->next = pupils;
    pupils->next = NULL;
    report->last_table = pupils;
}

/* ---- the page ---- */

static enum err_code refuse_unnamed(const struct visit *visit, const char *name,
        struct err *err)
{
    return reports_counts_only(name) ? ERR_OK : page_ask_names(visit, err);
}

/* A filter that is wrong: the form again, with what was chosen and what to do. */
static enum err_code show_refused(struct request *request, struct response *response,
        struct report_view *view, const struct err *why, struct err *err)
{
    struct html html = html_make(request->arena);
    struct problem problem = { "main",
        arena_printf(request->arena, "%c%s. %s",
                why->message[0] >= 'a' && why->message[0] <= 'z' ? why->message[0] - 'a' + 'A'
                                                                 : why->message[0],
                why->message + 1, why->hint) };

    view->problems = (struct problems_view){ &problem, 1 };
    view->layout.refused = true;
    view->form.open = true;
    view->tree.title = view->name;
    page_report(&html, view);
    view->problems = (struct problems_view){ NULL, 0 };
    return response_page(response, 422, &html, err);
}

static bool is_for_the_form(const struct request *request, enum err_code code)
{
    return request->format == FORMAT_HTML &&
           (code == ERR_INVALID || code == ERR_USAGE || code == ERR_NOT_FOUND);
}

static enum err_code run(const struct request *request, struct visit *visit,
        const struct report_info *info, struct report **ret_report, struct err *err)
{
    struct filters filters = { 0 };
    enum err_code code = report_filters_read(request, &filters, err);

    if (code == ERR_OK)
        code = report_filters_ask(visit, &filters, err);
    return code == ERR_OK ? report_run(visit->context, info, &filters, ret_report, err) : code;
}

enum err_code report_page(struct request *request, struct response *response, const char *name,
        struct url base, struct err *err)
{
    struct visit *visit = page_visit(request, ACTION_REPORT);
    struct report_view view = { .reports = url_reports(), .name = reports_title(name) };
    struct html html = html_make(request->arena);
    struct report *report = NULL;
    struct err why = { 0 };
    bool names = page_sees_names(visit);
    enum err_code failed, code = refuse_unnamed(visit, name, err);

    if (code == ERR_OK)
        code = report_form_fill(request, base, parts_of(name, names), &view.form, err);
    if (code == ERR_OK)
        code = page_note(visit, arena_printf(request->arena, "report %s", name), 0, err);
    if (code != ERR_OK)
        return code;
    visit_layout(request, &view.layout, view.name);
    view.layout.script = url_asset("find.js");
    failed = run(request, visit, report_find(name), &report, &why);
    if (failed != ERR_OK && is_for_the_form(request, failed))
        return show_refused(request, response, &view, &why, err);
    if (failed != ERR_OK) {
        *err = why;
        return failed;
    }
    if (tree_answer(request, report, response, &code, err))
        return code;
    if (names) {
        add_links(request, report, base);
        link_parts(request, report, base);
    }
    flags_first(report);
    hide_subject(request, report);
    code = tree_draw(request, report, report_url(request, base, NULL),
            request_value(request, "page")->number, names, &view.tree, err);
    if (code != ERR_OK)
        return code;
    code = saved_form_fill(request, name, view.layout.csrf_token, &view.saved, err);
    if (code != ERR_OK)
        return code;
    view.saves = visit->context->has_school;
    page_report(&html, &view);
    return response_page(response, 200, &html, err);
}

enum err_code report_show(struct request *request, struct response *response, struct err *err)
{
    const char *name = request_word(request, "name");

    if (report_find(name) == NULL) {
        (void)err_set(err, ERR_NOT_FOUND, "there is no report called %s", name);
        return err_hint(err, "The page Reports lists them all.");
    }
    if (text_eq(name, "pupil")) {
        response_go(response, url_pupils());
        return ERR_OK;
    }
    return report_page(request, response, name, url_report(request->arena, name), err);
}
