#include "web/pages/reports_tree.h"

#include <string.h>

#include "analysis/cut.h"
#include "base/clock.h"
#include "base/text.h"
#include "reports/render/html.h"
#include "reports/render/paper.h"
#include "reports/render/render.h"
#include "web/pages/moment.h"

struct visit *page_visit(const struct request *request, enum action action)
{
    struct visit *visit = visit_of(request);

    visit->context->gate = &visit->gate;
    visit->context->gate_action = action;
    return visit;
}

bool page_sees_names(const struct visit *visit)
{
    return visit_may(visit, ACTION_VIEW, FIELD_IDENTITY);
}

enum err_code page_ask_names(const struct visit *visit, struct err *err)
{
    if (page_sees_names(visit))
        return ERR_OK;
    (void)err_set(err, ERR_FORBIDDEN, "this page names pupils, and your role sees counts only");
    return err_hint(err, "The reports summary and average points show the school in counts.");
}

enum err_code page_note(struct visit *visit, const char *what, int64_t pupil_id,
        struct err *err)
{
    struct may_answer answer =
            gate_may(&visit->gate, visit->context->gate_action, FIELD_NONE, NULL);

    return gate_note(&visit->gate, "view", what, &pupil_id, pupil_id == 0 ? 0 : 1,
            answer.why == NULL ? "" : answer.why, err);
}

bool tree_answer(const struct request *request, const struct report *report,
        struct response *response, enum err_code *ret_code, struct err *err)
{
    enum render_format format = request->format == FORMAT_CSV ? RENDER_CSV : RENDER_JSON;
    const char *text = NULL;
    size_t n = 0;

    if (request->format == FORMAT_HTML)
        return false;
    *ret_code = render(report, format, NULL, request->arena, &text, &n, err);
    if (*ret_code != ERR_OK)
        return true;
    response_body(response, 200, render_media_type(format), text, n);
    if (format == RENDER_CSV) {
        const char *name = arena_printf(request->arena, "%s.csv", report->name);

        *ret_code = name == NULL ? err_memory(err)
                                 : response_attach(response, name, request->arena, err);
    }
    return true;
}

const char *page_made(const struct request *request)
{
    const struct visit *visit = visit_of(request);
    char text[DATE_LONG_SIZE];
    int minute = 0;
    struct date day = clock_local(visit->desk.now, &minute);

    return arena_printf(request->arena, "Made on %s at %02d:%02d for %s.", date_long(day, text),
            minute / 60, minute % 60,
            visit->person == NULL || visit->person->name == NULL ? "you" : visit->person->name);
}

static enum err_code finish(struct buf *buf, struct html_safe *ret_safe, struct err *err)
{
    return buf_end(buf, &ret_safe->html, &ret_safe->n, err);
}

static void add_twins(const struct request *request, struct url here, struct tree_view *view)
{
    static const struct {
        enum format format;
        const char *extension, *label;
    } twins[TREE_TWINS] = { { FORMAT_CSV, "csv", "CSV" }, { FORMAT_JSON, "json", "JSON" } };

    for (size_t i = 0; i < TREE_TWINS; i++) {
        if ((request->route->formats & ROUTE_FORMAT(twins[i].format)) != 0)
            view->twins[view->twins_n++] =
                    (struct tree_twin){ url_twin(request->arena, here, twins[i].extension),
                        twins[i].label };
    }
}

static struct url to_page(const struct request *request, struct url here, int64_t page)
{
    return url_with(request->arena, here, "page",
            arena_printf(request->arena, "%lld", (long long)page));
}

static size_t column_named(const struct table *table, const char *key)
{
    size_t c = 0;

    while (c < table->column_n && !text_eq(table->columns[c].key, key))
        c++;
    return c;
}

/* The columns whose codes and stamps a page puts in words. */
struct worded {
    size_t group, value, against, when, by;
};

static bool has_text(const struct row *row, size_t column)
{
    return column < row->cell_n && row->cells[column].state == CELL_SET;
}

static void word_cut(struct arena *arena, const struct row *row, const struct worded *at)
{
    struct cell *cells = row->cells;

    if (has_text(row, at->by))
        cells[at->group].text = cut_words(arena, cells[at->by].text, cells[at->group].text);
    if (has_text(row, at->value))
        cells[at->value].text = cut_words(arena, cells[at->group].text, cells[at->value].text);
    if (has_text(row, at->against))
        cells[at->against].text =
                text_eq(cells[at->against].text, "rest")
                        ? "all others"
                        : cut_words(arena, cells[at->group].text, cells[at->against].text);
}

/* Codes and stamps of the machine twins in words: a page is read by people. */
static void put_in_words(struct report *report)
{
    for (struct table *table = report->tables; table != NULL; table = table->next) {
        const struct worded at = { column_named(table, "group"), column_named(table, "value"),
            column_named(table, "against"), column_named(table, "recorded_at"),
            column_named(table, "by") };

        for (size_t i = 0; i < table->row_n; i++) {
            struct row *row = &table->rows[i];

            if (has_text(row, at.when))
                row->cells[at.when].text =
                        moment_stamp(report->arena, row->cells[at.when].text);
            if (has_text(row, at.group))
                word_cut(report->arena, row, &at);
        }
    }
}

/* Only what tells one row from another stands on a phone. */
static bool stands_on_phone(const struct table *table, const char *key)
{
    static const char *const kept[] = { "surname", "forename", "subject", "subject_name",
        "progress_target", "current", "flag", "label", "value", "count", "of", "percent",
        "group", "missing", "entered", "aps", "title", "answers", "met", "review", "to",
        "state", "id", "kind", "added", "refused", "explanation", "teacher", "pupils", "date",
        "grade", "points", "name", "term", "scale", "n", "mean", "median", "standing", "x", "y",
        "profile", "measured", "gap", "gap_pupils", "below_percent", "on_percent",
        "above_percent", "period", "body", "low", "high", "change_total", "last_year",
        "expected" };

    if (text_starts(table->name, "matrix") || text_starts(table->name, "shares"))
        return true;
    if (text_starts(key, "percent_")) /* of many years the last */
        return column_named(table, key) + 1 == table->column_n ||
               !text_starts(table->columns[column_named(table, key) + 1].key, "percent_");
    if (text_eq(key, "current") && column_named(table, "explanation") < table->column_n)
        return false;
    if (text_eq(key, "of") && column_named(table, "scale") < table->column_n)
        return false;
    for (size_t i = 0; i < COUNT(kept); i++) {
        if (text_eq(kept[i], key))
            return true;
    }
    return false;
}

static void slim(struct report *report)
{
    for (struct table *table = report->tables; table != NULL; table = table->next) {
        for (size_t c = 0; c < table->column_n; c++)
            table->columns[c].minor = !stands_on_phone(table, table->columns[c].key);
    }
}

/* The longest table: the one that is cut to pages. */
static struct table *longest(const struct report *report)
{
    struct table *found = report->tables;

    for (struct table *table = report->tables; table != NULL; table = table->next) {
        if (table->row_n > found->row_n)
            found = table;
    }
    return found;
}

/* A whole school has more flight paths than anybody looks at. */
static void cut_charts(struct report *report)
{
    struct chart *chart = report->charts;

    for (int n = 1; chart != NULL && n < TREE_CHARTS; n++)
        chart = chart->next;
    if (chart == NULL || chart->next == NULL)
        return;
    chart->next = NULL;
    report_note(report,
            "Only the first %d charts are drawn: choose fewer pupils to see theirs.",
            TREE_CHARTS);
}

/* Leave only the rows of one page in the longest table. */
static void cut_rows(const struct request *request, struct table *table, struct url here,
        int64_t page, struct tree_view *view)
{
    size_t first = page < 1 ? 0 : ((size_t)page - 1) * TREE_ROWS;
    size_t all = table->row_n;

    if (all <= TREE_ROWS)
        return;
    if (first >= all)
        first = (all - 1) / TREE_ROWS * TREE_ROWS;
    table->rows += first;
    table->row_n = all - first < TREE_ROWS ? all - first : TREE_ROWS;
    view->rows = arena_printf(request->arena, "Rows %zu to %zu of %zu", first + 1,
            first + table->row_n, all);
    if (first > 0)
        view->before = to_page(request, here, (int64_t)(first / TREE_ROWS));
    if (first + table->row_n < all)
        view->after = to_page(request, here, (int64_t)(first / TREE_ROWS + 2));
    table->caption = arena_printf(request->arena, "%s. The files have them all.", view->rows);
}

enum err_code tree_draw(const struct request *request, struct report *report, struct url here,
        int64_t page, bool links, struct tree_view *ret_view, struct err *err)
{
    struct html_options options = { .links = links, .id = "r", .made = page_made(request) };
    struct tree_view view = { .title = report->title,
        .under = paper_basis(request->arena, report) };
    struct buf body = buf_make(request->arena, BUF_MAX_PAGE);
    struct buf foot = buf_make(request->arena, BUF_MAX_PAGE);
    enum err_code code;

    add_twins(request, here, &view);
    if (report->tables != NULL)
        cut_rows(request, longest(report), here, page, &view);
    cut_charts(report);
    slim(report);
    put_in_words(report);
    html_fragment(&body, report, &options);
    html_foot(&foot, report, &options);
    code = finish(&body, &view.body, err);
    if (code == ERR_OK)
        code = finish(&foot, &view.foot, err);
    if (code == ERR_OK)
        *ret_view = view;
    return code;
}
