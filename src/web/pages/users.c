#include "web/pages/users.h"

#include <string.h>

#include "base/text.h"
#include "generated/pages.h"
#include "web/pages/moment.h"
#include "web/pages/reports_tree.h"
#include "web/pages/users_in.h"

bool users_must_prove(const struct visit *visit)
{
    return !session_is_fresh(&visit->session, visit->desk.now);
}

enum err_code users_prove(struct request *request, struct problems_view *ret_problems,
        struct err *err)
{
    struct visit *visit = visit_of(request);
    struct err why = { 0 };
    enum err_code code;

    *ret_problems = (struct problems_view){ 0 };
    if (!users_must_prove(visit))
        return ERR_OK;
    code = session_prove(&visit->desk, &visit->session, request_value(request, "own")->text,
            &why);
    if (code == ERR_OK)
        return ERR_OK;
    if (code != ERR_FORBIDDEN) {
        *err = why;
        return code;
    }
    (void)err_set(&why, ERR_FORBIDDEN, "your own password is asked here, and this is not it");
    *ret_problems = problem_of(request->arena, "own", &why);
    return ret_problems->items_n == 0 ? err_memory(err) : ERR_OK;
}

/* What a school gives; the authority's roles are given at the command line. */
static bool given_here(int role)
{
    return role != ROLE_LA_ADVISER;
}

enum err_code users_role(const struct request *request, struct users_role_view *view,
        struct err *err)
{
    static const struct users_option kinds[] = {
        { "school", "the whole school", false },
        { "group", "a class or group, also in one subject: 7A in HIS", false },
        { "registration", "a registration group: 8B", false },
        { "year", "a year group: 7", false },
        { "subject", "a subject: MAT", false },
        { "sen", "pupils with special needs", false },
        { "pupil", "one pupil: the UPN", false },
    };
    const char *role = fields_get(&request->form, "role");
    const char *kind = fields_get(&request->form, "kind");

    view->roles = arena_array(request->arena, ROLE__MAX, sizeof(*view->roles));
    view->kinds = arena_array(request->arena, COUNT(kinds), sizeof(*view->kinds));
    if (view->roles == NULL || view->kinds == NULL)
        return err_memory(err);
    for (int i = 0; i < ROLE__MAX; i++) {
        const char *word = role_word((enum role)i);

        if (given_here(i))
            view->roles[view->roles_n++] =
                    (struct users_option){ word, role_title((enum role)i),
                        text_eq(word, role == NULL ? role_word(ROLE_TEACHER) : role) };
    }
    for (size_t i = 0; i < COUNT(kinds); i++) {
        view->kinds[i] = kinds[i];
        view->kinds[i].chosen = text_eq(kinds[i].value, kind == NULL ? "group" : kind);
    }
    view->kinds_n = COUNT(kinds);
    view->value = fields_get(&request->form, "value");
    view->until = fields_get(&request->form, "until");
    return ERR_OK;
}

enum err_code users_read_role(struct request *request, struct grant *grant, struct err *err)
{
    struct visit *visit = visit_of(request);
    const char *kind = request_value(request, "kind")->text;
    const char *value = request_value(request, "value")->text;
    const char *scope =
            text_empty(value) ? kind : arena_printf(request->arena, "%s:%s", kind, value);

    *grant = (struct grant){ .school_id = visit->context->school.school_id,
        .from = visit->context->today };
    if (request_value(request, "until")->state == INPUT_GIVEN)
        grant->to = request_value(request, "until")->date;
    return grant_read(visit->context, request_value(request, "role")->text, scope, grant, err);
}

/* ---- the list ---- */

static bool stands(const struct grant *grant, struct date today)
{
    return !date_is_set(grant->to) || grant->to.ymd >= today.ymd;
}

/* The roles of one account that stand, joined. */
static const char *roles_of(const struct context *c, const struct grant_row_list *grants,
        int64_t account_id, bool *ret_any)
{
    struct buf buf = buf_make(c->arena, 4000);
    struct err ignored;
    const char *text = "";

    *ret_any = false;
    for (size_t i = 0; i < grants->n; i++) {
        const struct grant_row *row = &grants->items[i];

        if (row->account_id != account_id || row->grant.role == ROLE__MAX)
            continue;
        *ret_any = true;
        if (!stands(&row->grant, c->today))
            continue;
        buf_printf(&buf, "%s%s, %s", buf.n == 0 ? "" : "; ", role_title(row->grant.role),
                grant_text(c->arena, &row->grant));
    }
    return buf.n != 0 && buf_end(&buf, &text, NULL, &ignored) == ERR_OK ? text : "none";
}

static enum err_code add_rows(struct visit *visit, struct users_view *view, struct err *err)
{
    struct context *c = visit->context;
    struct account_list accounts = { 0 };
    struct grant_row_list grants = { 0 };
    struct url base = url_settings(c->arena, "users");
    enum err_code code = store_accounts(c->store, c->arena, &accounts, err);

    if (code == ERR_OK)
        code = store_grants(c->store, c->school.school_id, c->arena, &grants, err);
    view->rows = arena_array(c->arena, accounts.n + 1, sizeof(*view->rows));
    if (code == ERR_OK && view->rows == NULL)
        return err_memory(err);
    for (size_t i = 0; i < accounts.n && code == ERR_OK; i++) {
        const struct account *account = &accounts.items[i];
        bool any;
        const char *roles = roles_of(c, &grants, account->account_id, &any);

        if (!any && account->school_id != c->school.school_id)
            continue;
        view->rows[view->rows_n++] = (struct users_row){
            .url = url_under_id(c->arena, base, account->account_id),
            .name = account->name,
            .username = account->username,
            .roles = roles,
            .state = account->disabled      ? "disabled"
                     : account->must_change ? "has to choose a password"
                                            : NULL,
        };
    }
    return code;
}

static struct report *list_report(const struct context *c, const struct users_view *view)
{
    static const struct column columns[] = {
        { .key = "name", .label = "Name", .type = COLUMN_TEXT },
        { .key = "username", .label = "User name", .type = COLUMN_TEXT },
        { .key = "roles", .label = "Roles", .type = COLUMN_TEXT },
        { .key = "state", .label = "State", .type = COLUMN_TEXT },
    };
    struct report *report = report_make(c->arena, "users");
    struct table *table =
            report_table(report, "users", "Users and roles", columns, COUNT(columns));

    report->title = "Users and roles";
    report->school = c->school.name;
    report->as_at = c->today;
    for (size_t i = 0; i < view->rows_n; i++) {
        struct row *row = table_row(report, table);

        cell_text(report, row, 0, view->rows[i].name);
        cell_text(report, row, 1, view->rows[i].username);
        cell_text(report, row, 2, view->rows[i].roles);
        cell_text(report, row, 3, view->rows[i].state);
    }
    return report;
}

static enum err_code answer_twin(struct request *request, struct response *response,
        const struct users_view *view, struct err *err)
{
    struct report *report = list_report(visit_of(request)->context, view);
    enum err_code code = report_end(report, err);

    if (code == ERR_OK)
        (void)tree_answer(request, report, response, &code, err);
    return code;
}

static enum err_code draw(struct request *request, struct response *response,
        struct problems_view problems, struct err *err)
{
    struct visit *visit = visit_of(request);
    struct url here = url_settings(request->arena, "users");
    struct users_view view = { .problems = problems,
        .name = fields_get(&request->form, "name"),
        .username = fields_get(&request->form, "username"),
        .prove = users_must_prove(visit),
        .action = here,
        .up = url_settings(request->arena, NULL),
        .json = url_twin(request->arena, here, "json") };
    struct html html = html_make(request->arena);
    enum err_code code = add_rows(visit, &view, err);

    if (code == ERR_OK && request->format != FORMAT_HTML)
        return answer_twin(request, response, &view, err);
    if (code == ERR_OK)
        code = users_role(request, &view.role, err);
    if (code != ERR_OK)
        return code;
    visit_layout(request, &view.layout, "Users and roles");
    view.layout.refused = problems.items_n != 0;
    page_users(&html, &view);
    return response_page(response, problems.items_n == 0 ? 200 : 422, &html, err);
}

enum err_code users_need_school(const struct request *request, struct err *err)
{
    if (visit_of(request)->context->has_school)
        return ERR_OK;
    return err_set(err, ERR_NOT_FOUND, "users are kept by school, and you work in none");
}

static enum err_code users_show(struct request *request, struct response *response,
        struct err *err)
{
    enum err_code code = users_need_school(request, err);

    return code == ERR_OK ? draw(request, response, (struct problems_view){ 0 }, err) : code;
}

/* Which field a refusal is about. */
static const char *field_of(const struct err *why)
{
    if (strstr(why->message, "user name") != NULL || why->code == ERR_CONFLICT)
        return "username";
    return strstr(why->message, "name") != NULL && strstr(why->message, "account") != NULL
                   ? "name"
                   : "role";
}

static enum err_code refused(struct request *request, struct response *response,
        const struct err *why, struct err *err)
{
    struct problems_view problems;

    if (response_status(why->code) >= 500) {
        *err = *why;
        return why->code;
    }
    problems = problem_of(request->arena, field_of(why), why);
    return problems.items_n == 0 ? err_memory(err) : draw(request, response, problems, err);
}

static enum err_code users_add(struct request *request, struct response *response,
        struct err *err)
{
    struct visit *visit = visit_of(request);
    struct account_new account = { .username = request_value(request, "username")->text,
        .name = request_value(request, "name")->text,
        .school_id = visit->context->school.school_id };
    char password[FIRST_PASSWORD_SIZE];
    struct problems_view problems;
    struct err why = { 0 };
    int64_t id = 0;
    enum err_code code = users_need_school(request, err);

    if (code != ERR_OK)
        return code;
    if (request->refused_n != 0)
        return draw(request, response, problems_of(request), err);
    code = users_prove(request, &problems, err);
    if (code != ERR_OK || problems.items_n != 0)
        return code != ERR_OK ? code : draw(request, response, problems, err);
    code = users_read_role(request, &account.grant, &why);
    if (code == ERR_OK)
        code = account_add(&visit->desk, &account, &id, password, &why);
    if (code != ERR_OK)
        return refused(request, response, &why, err);
    return user_draw(request, response, id, (struct problems_view){ 0 }, "The account is made.",
            password, err);
}

#define ROLE_INPUTS                                                                            \
    { "role", "the role", INPUT_TEXT, .max = 30 },                                             \
            { "kind", "of whom", INPUT_TEXT, .max = 20 },                                      \
            { "value", "which", INPUT_TEXT, .max = 80 },                                       \
            { "until", "the last day", INPUT_DATE, .required = false },                        \
    {                                                                                          \
        "own", "your own password", INPUT_SECRET, .required = false                            \
    }

static const struct input add_inputs[] = {
    { "name", "the name", INPUT_TEXT, .required = true, .max = 120 },
    { "username", "the user name", INPUT_TEXT, .required = true, .max = 64 },
    ROLE_INPUTS,
};
static const char *const deeds[] = { "grant", "end", "password", "disable", "enable", NULL };
static const struct input change_inputs[] = {
    { "do", "what to do", INPUT_CHOICE, .required = true, .choices = deeds },
    { "grant", "the role to end", INPUT_INT, .required = false },
    ROLE_INPUTS,
};

const struct route users_routes[] = {
    { METHOD_GET, "/settings/users", "users", users_show, .formats = PAGE_TWINS,
            .help = "users" },
    { METHOD_POST, "/settings/users", "users", users_add, .inputs = add_inputs,
            .inputs_n = COUNT(add_inputs), .help = "users" },
    { METHOD_GET, "/settings/users/{id}", "users", user_show, .help = "users" },
    { METHOD_POST, "/settings/users/{id}", "users", user_change, .inputs = change_inputs,
            .inputs_n = COUNT(change_inputs), .help = "users" },
};
const size_t users_route_n = COUNT(users_routes);
