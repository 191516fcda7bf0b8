#include "web/pages/saved.h"

#include <string.h>

#include "actions/saved_report.h"
#include "base/text.h"
#include "generated/pages.h"
#include "web/pages/reports.h"

static const char *const do_words[] = { "save", "remove", NULL };

enum {
    DO_SAVE,
    DO_REMOVE
};

const struct input saved_inputs[SAVED_INPUT_N] = {
    { .name = "do",
            .label = "what to do",
            .kind = INPUT_CHOICE,
            .required = true,
            .choices = do_words },
    { .name = "name", .label = "name", .max = SAVED_NAME_MAX * 4 + 4 },
    { .name = "share", .label = "whom it is shared with", .max = 40 },
    { .name = "report", .label = "report", .max = 40 },
    { .name = "filters", .label = "filters", .max = 4000 },
    { .name = "saved", .label = "saved report", .kind = INPUT_INT, .min = 0 },
};

/* ---- the form ---- */

/* What the page is narrowed to, one filter a line. */
static enum err_code filters_of(const struct request *request, const char **ret_text,
        struct err *err)
{
    struct buf buf = buf_make(request->arena, 8000);

    for (size_t i = 0; i < REPORT_INPUT_N; i++) {
        const char *name = report_inputs[i].name;
        const char *value = request_value(request, name)->text;

        if (!text_eq(name, "page") && !text_empty(value))
            buf_printf(&buf, "%s=%s\n", name, value);
    }
    return buf_end(&buf, ret_text, NULL, err);
}

static void add_share(struct saved_form *form, const char *value, const char *label,
        const char *chosen)
{
    form->shares[form->shares_n++] =
            (struct form_choice){ value, label, text_eq(value, chosen) };
}

static void fill_shares(struct saved_form *form, const char *chosen)
{
    add_share(form, "", "nobody else", chosen);
    add_share(form, "school", "the school", chosen);
    for (int role = 0; role < ROLE__MAX; role++) {
        if (role_staff((enum role)role))
            add_share(form, role_word((enum role)role), role_title((enum role)role), chosen);
    }
}

static struct url saved_address(struct arena *arena)
{
    return url_report(arena, "saved");
}

enum err_code saved_form_fill(const struct request *request, const char *name,
        const char *csrf_token, struct saved_form *ret_form, struct err *err)
{
    struct saved_form form = { .action = saved_address(request->arena),
        .csrf_token = csrf_token,
        .report = name,
        .name = "" };
    enum err_code code = filters_of(request, &form.filters, err);

    fill_shares(&form, "");
    if (code == ERR_OK)
        *ret_form = form;
    return code;
}

/* ---- the list ---- */

static struct url address_of(struct arena *arena, const struct saved_report *saved)
{
    struct url url = url_report(arena, saved->report);
    const char *at = saved->filters;
    struct saved_filter filter;

    while (saved_report_next(&at, arena, &filter))
        url = url_with(arena, url, filter.name, filter.value);
    return url;
}

static void put_saved(struct arena *arena, struct report *tree, struct table *table,
        const struct saved_report *saved)
{
    struct row *row = table_row(tree, table);

    cell_text(tree, row, 0, saved->name);
    cell_text(tree, row, 1, reports_title(saved->report));
    cell_text(tree, row, 2, saved_report_shared_words(saved));
    cell_text(tree, row, 3, saved->recorded_by);
    cell_number(row, 4, saved->saved_no * 1000);
    row->link = address_of(arena, saved).text;
}

enum err_code saved_list(const struct request *request, struct report *tree,
        struct saved_removal *ret_removal, struct err *err)
{
    static const struct column columns[] = {
        { .key = "name", .label = "Saved report", .type = COLUMN_TEXT },
        { .key = "report", .label = "Which report", .type = COLUMN_TEXT },
        { .key = "shared", .label = "Shared with", .type = COLUMN_TEXT },
        { .key = "by", .label = "Saved by", .type = COLUMN_TEXT },
        { .key = "id", .label = "No.", .type = COLUMN_INTEGER, .quiet = true },
    };
    const struct visit *visit = visit_of(request);
    struct saved_removal removal = { .action = saved_address(request->arena) };
    struct saved_report_list list = { 0 };
    struct table *table;
    enum err_code code;

    if (!visit->context->has_school)
        return ERR_OK;
    code = saved_report_list(visit->context, &visit->gate, &list, err);
    if (code != ERR_OK || list.n == 0)
        return code;
    removal.items = arena_array(request->arena, list.n, sizeof(*removal.items));
    if (removal.items == NULL)
        return err_memory(err);
    table = report_table(tree, "saved", "Saved reports", columns, COUNT(columns));
    for (size_t i = 0; i < list.n; i++) {
        put_saved(request->arena, tree, table, &list.items[i]);
        if (saved_report_may_remove(&visit->gate, &list.items[i]))
            removal.items[removal.items_n++] =
                    (struct saved_choice){ list.items[i].saved_no, list.items[i].name };
    }
    *ret_removal = removal;
    return ERR_OK;
}

/* ---- what is posted ---- */

/* A browser sends the lines of a field with CR LF between them. */
static size_t read_filters(const struct request *request, struct saved_filter *filters,
        size_t room)
{
    char *text = arena_text(request->arena, request_value(request, "filters")->text);
    char *to = text;
    const char *at = text;
    size_t n = 0;

    for (const char *from = text; text != NULL && *from != '\0'; from++) {
        if (*from != '\r')
            *to++ = *from;
    }
    if (text == NULL)
        return 0;
    *to = '\0';
    while (n < room && saved_report_next(&at, request->arena, &filters[n]))
        n++;
    return n;
}

static enum err_code save(const struct request *request, struct visit *visit, int64_t *ret_no,
        struct err *err)
{
    struct saved_filter filters[REPORT_INPUT_N];
    size_t n = read_filters(request, filters, REPORT_INPUT_N);
    struct saved_report what = { .name = request_value(request, "name")->text,
        .report = request_value(request, "report")->text,
        .shared = request_value(request, "share")->text };

    return saved_report_save(visit->context, &visit->gate, &what, filters, n, ret_no, err);
}

/* The form back with the reason. */
static enum err_code refuse(const struct request *request, struct response *response,
        const struct err *why, struct err *err)
{
    struct html html = html_make(request->arena);
    struct problem problem = { "name",
        arena_printf(request->arena, "%c%s. %s",
                why->message[0] >= 'a' && why->message[0] <= 'z' ? why->message[0] - 'a' + 'A'
                                                                 : why->message[0],
                why->message + 1, why->hint) };
    struct saved_view view = { .problems = { &problem, 1 }, .reports = url_reports() };

    visit_layout(request, &view.layout, "Save a report");
    view.layout.refused = true;
    view.saved = (struct saved_form){ .action = saved_address(request->arena),
        .csrf_token = view.layout.csrf_token,
        .report = request_value(request, "report")->text,
        .filters = request_value(request, "filters")->text,
        .name = request_value(request, "name")->text,
        .open = true };
    fill_shares(&view.saved, request_value(request, "share")->text);
    page_saved(&html, &view);
    return response_page(response, 422, &html, err);
}

enum err_code saved_post(struct request *request, struct response *response, struct err *err)
{
    struct visit *visit = page_visit(request, ACTION_REPORT);
    bool saves = request_value(request, "do")->number == DO_SAVE;
    int64_t no = request_value(request, "saved")->number;
    struct err why = { 0 };
    enum err_code code;

    visit_write(request);
    code = saves ? save(request, visit, &no, &why)
                 : saved_report_remove(visit->context, &visit->gate, no, &why);
    visit_wrote(request);
    if (code == ERR_INVALID && saves)
        return refuse(request, response, &why, err);
    if (code != ERR_OK) {
        *err = why;
        return code;
    }
    code = gate_note(&visit->gate, saves ? "save-report" : "remove-report",
            arena_printf(request->arena, "saved report %lld", (long long)no), NULL, 0, "", err);
    if (code == ERR_OK)
        response_go(response, url_reports());
    return code;
}
