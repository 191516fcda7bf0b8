#include <string.h>

#include "base/text.h"
#include "generated/pages.h"
#include "web/pages/moment.h"
#include "web/pages/users_in.h"

/* One account as this school knows it. */
struct known {
    struct account account;
    struct grant_row_list grants; /* of the school */
};

/* ERR_NOT_FOUND also for accounts of other schools: they are not to be known here. */
static enum err_code know(struct visit *visit, int64_t id, struct known *known, struct err *err)
{
    struct context *c = visit->context;
    bool found = false;
    bool ours = false;
    enum err_code code = store_account(c->store, id, c->arena, &known->account, &found, err);

    if (code == ERR_OK)
        code = store_grants(c->store, c->school.school_id, c->arena, &known->grants, err);
    if (code != ERR_OK)
        return code;
    ours = found && known->account.school_id == c->school.school_id;
    for (size_t i = 0; i < known->grants.n && found; i++)
        ours = ours || known->grants.items[i].account_id == id;
    return ours ? ERR_OK : err_set(err, ERR_NOT_FOUND, "there is no such account here");
}

static bool ended(const struct grant *grant, struct date today)
{
    return date_is_set(grant->to) && grant->to.ymd < today.ymd;
}

static const char *day_text(struct arena *arena, struct date day)
{
    char text[DATE_LONG_SIZE];

    return date_is_set(day) ? arena_text(arena, date_long(day, text)) : NULL;
}

static enum err_code add_grants(const struct context *c, const struct known *known,
        struct user_view *view, struct err *err)
{
    view->grants = arena_array(c->arena, known->grants.n + 1, sizeof(*view->grants));
    if (view->grants == NULL)
        return err_memory(err);
    for (size_t i = 0; i < known->grants.n; i++) {
        const struct grant_row *row = &known->grants.items[i];

        if (row->account_id != known->account.account_id || row->grant.role == ROLE__MAX)
            continue;
        view->grants[view->grants_n++] = (struct user_grant){
            .id = row->grant.grant_id,
            .role = role_title(row->grant.role),
            .of_whom = grant_text(c->arena, &row->grant),
            .from = day_text(c->arena, row->grant.from),
            .to = day_text(c->arena, row->grant.to),
            .by = row->granted_by,
            .ended = ended(&row->grant, c->today),
        };
    }
    return ERR_OK;
}

enum err_code user_draw(struct request *request, struct response *response, int64_t id,
        struct problems_view problems, const char *said, const char *password, struct err *err)
{
    struct visit *visit = visit_of(request);
    struct arena *arena = request->arena;
    struct url users = url_settings(arena, "users");
    struct user_view view = { .problems = problems,
        .said = said,
        .password = password,
        .prove = users_must_prove(visit),
        .action = url_under_id(arena, users, id),
        .up = url_settings(arena, NULL),
        .users = users };
    struct known known = { 0 };
    struct html html = html_make(arena);
    enum err_code code = know(visit, id, &known, err);

    if (code == ERR_OK)
        code = add_grants(visit->context, &known, &view, err);
    if (code == ERR_OK)
        code = users_role(request, &view.role, err);
    if (code != ERR_OK)
        return code;
    view.name = known.account.name;
    view.username = known.account.username;
    view.disabled = known.account.disabled;
    visit_layout(request, &view.layout, "One user");
    view.layout.refused = problems.items_n != 0;
    page_user(&html, &view);
    return response_page(response, problems.items_n == 0 ? 200 : 422, &html, err);
}

enum err_code user_show(struct request *request, struct response *response, struct err *err)
{
    enum err_code code = users_need_school(request, err);

    return code == ERR_OK ? user_draw(request, response, request_id(request, "id"),
                                    (struct problems_view){ 0 }, NULL, NULL, err)
                          : code;
}

static enum err_code give(struct request *request, int64_t id, struct err *why)
{
    struct grant grant;
    int64_t grant_id;
    enum err_code code = users_read_role(request, &grant, why);

    return code == ERR_OK ? grant_give(&visit_of(request)->desk, id, &grant, "", &grant_id, why)
                          : code;
}

static enum err_code end(struct request *request, const struct known *known, struct err *why)
{
    struct visit *visit = visit_of(request);
    int64_t wanted = request_value(request, "grant")->number;

    for (size_t i = 0; i < known->grants.n; i++) {
        const struct grant_row *row = &known->grants.items[i];

        if (row->account_id == known->account.account_id && row->grant.grant_id == wanted)
            return grant_stop(&visit->desk, visit->context->school.school_id,
                    known->account.account_id, wanted,
                    date_from_number(date_number(visit->context->today) - 1), why);
    }
    return err_set(why, ERR_NOT_FOUND, "there is no such role to end");
}

enum deed {
    DEED_GRANT,
    DEED_END,
    DEED_PASSWORD,
    DEED_DISABLE,
    DEED_ENABLE
};

static enum err_code act(struct request *request, const struct known *known,
        char password[FIRST_PASSWORD_SIZE], struct err *why)
{
    struct visit *visit = visit_of(request);
    const char *username = known->account.username;
    enum deed deed = (enum deed)request_value(request, "do")->number;

    if (deed == DEED_GRANT)
        return give(request, known->account.account_id, why);
    if (deed == DEED_END)
        return end(request, known, why);
    if (deed == DEED_PASSWORD)
        return account_reset(&visit->desk, username, password, why);
    return account_disable(&visit->desk, username, deed == DEED_DISABLE, why);
}

enum err_code user_change(struct request *request, struct response *response, struct err *err)
{
    static const char *const said[] = { "The role is given.", "The role has ended.",
        "There is a new first password.", "The account is disabled.",
        "The account is enabled." };
    int64_t id = request_id(request, "id");
    char password[FIRST_PASSWORD_SIZE] = "";
    struct problems_view problems = { 0 };
    struct known known = { 0 };
    struct err why = { 0 };
    int64_t deed;
    enum err_code code = users_need_school(request, err);

    if (code == ERR_OK)
        code = know(visit_of(request), id, &known, err);
    if (code != ERR_OK)
        return code;
    deed = request_value(request, "do")->number;
    if (request->refused_n != 0)
        problems = problems_of(request);
    else if (deed == DEED_GRANT || deed == DEED_PASSWORD)
        code = users_prove(request, &problems, err);
    if (code != ERR_OK)
        return code;
    if (problems.items_n != 0)
        return user_draw(request, response, id, problems, NULL, NULL, err);
    code = act(request, &known, password, &why);
    if (code == ERR_OK)
        return user_draw(request, response, id, problems, said[deed],
                password[0] == '\0' ? NULL : arena_text(request->arena, password), err);
    if (response_status(code) >= 500) {
        *err = why;
        return code;
    }
    problems = problem_of(request->arena, "role", &why);
    return user_draw(request, response, id, problems, NULL, NULL, err);
}
