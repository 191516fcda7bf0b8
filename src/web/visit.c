#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "web/lane.h"
#include "web/pages/layout.h"
#include "web/program_in.h"

struct visit *visit_of(const struct request *request)
{
    return request->person;
}

/* ---- permissions ---- */

static int find_word(const char *word, const char *(*word_of)(int), int n)
{
    for (int i = 0; i < n; i++) {
        if (text_eq(word_of(i), word))
            return i;
    }
    return -1;
}

static const char *word_of_action(int i)
{
    return action_word((enum action)i);
}

static const char *word_of_field(int i)
{
    return field_word((enum field)i);
}

bool permission_read(const char *text, struct permission *ret_permission)
{
    struct permission permission = { 0 };
    char copy[48];
    char *field;
    int action;

    if (!text_copy(copy, sizeof(copy), text))
        return false;
    field = copy;
    if (text_starts(field, "staff ")) {
        permission.staff = true;
        field += strlen("staff ");
    }
    text = field;
    field = strchr(field, ' ');
    if (field != NULL)
        *field++ = '\0';
    action = find_word(text, word_of_action, ACTION__MAX);
    permission.field = FIELD_NONE;
    if (field != NULL) {
        int found = find_word(field, word_of_field, FIELD__MAX);

        if (found < 0)
            return false;
        permission.field = (enum field)found;
    }
    permission.action = (enum action)action;
    *ret_permission = permission;
    return action >= 0;
}

bool visit_may(const struct visit *visit, enum action action, enum field field)
{
    return visit->signed_in &&
           may(visit->person, action, field, NULL, visit->context->today).yes;
}

static bool permitted(const struct visit *visit, const char *text)
{
    struct permission permission;

    if (text_eq(text, "anyone"))
        return true;
    if (text_eq(text, "signed-in"))
        return visit->signed_in;
    if (!visit->signed_in || !permission_read(text, &permission))
        return false;
    if (permission.staff && !person_is_staff(visit->person, visit->context->today))
        return false;
    return visit_may(visit, permission.action, permission.field);
}

/* Something has to be done first: a password chosen, a second factor set up. */
static bool is_held(const struct visit *visit)
{
    return visit->session.must_change || visit->needs_factor;
}

bool visit_menu(const struct request *request, const char *permission)
{
    const struct visit *visit = visit_of(request);

    return visit != NULL && visit->signed_in && !is_held(visit) && permitted(visit, permission);
}

/* ---- who asks ---- */

/* The context of a school, made this request's own. */
static enum err_code enter_school(struct visit *visit, struct request *request,
        int64_t school_id, struct err *err)
{
    const struct program *program = program_of(visit->app);
    struct context *context = visit->context;
    struct date today =
            date_is_set(program->options.today) ? program->options.today : clock_today();
    enum err_code code = worker_school(visit->worker, school_id, context, err);

    if (code != ERR_OK)
        return code;
    context->arena = request->arena;
    context->shelf = request->method == METHOD_POST ? NULL : &visit->worker->hold;
    context->today = today;
    (void)clock_stamp(today, context->stamp);
    context->who = visit->session.username == NULL ? "" : visit->session.username;
    return ERR_OK;
}

/* The gate, and the name that the account goes by. */
static enum err_code open_gate(struct visit *visit, struct err *err)
{
    enum err_code code = gate_open(visit->context, visit->session.account_id,
            visit->session.username, visit->desk.from_where, &visit->gate, err);

    if (code != ERR_OK)
        return code;
    visit->gate.person.name = visit->session.name;
    visit->person = &visit->gate.person;
    return ERR_OK;
}

/* Seen again: written now and then only. A failure here is no reason to refuse the page. */
static void touch(struct visit *visit, struct request *request)
{
    struct err ignored;

    visit_write(request);
    if (session_touch(&visit->desk, visit->session.token, &ignored) == ERR_OK)
        visit->session.last_seen = visit->desk.now;
    visit_wrote(request);
}

/* Whose role sees the whole school signs in with a second factor, unless the school leaves it
   to them. */
static bool needs_factor(const struct visit *visit)
{
    const struct context *c = visit->context;
    bool privileged = false;

    for (size_t i = 0; i < visit->person->grant_n; i++)
        privileged = privileged || role_privileged(visit->person->grants[i].role);
    return privileged && !visit->session.has_totp && c->has_school &&
           !text_eq(context_setting(c, "access.second-factor", "required"), "optional");
}

static enum err_code recognise(struct visit *visit, struct request *request, struct err *err)
{
    const char *token = fields_get(&request->cookies, response_cookie_name(request->secure));
    bool stale = false;
    struct err refused;
    enum err_code code;

    if (token == NULL || strlen(token) != SECRET_TOKEN_SIZE - 1)
        return ERR_OK;
    visit->token = token;
    code = session_check(&visit->desk, token, &visit->session, &stale, &refused);
    if (code == ERR_OK)
        code = enter_school(visit, request, visit->session.school_id, &refused);
    if (code == ERR_OK)
        code = open_gate(visit, &refused);
    if (code == ERR_FORBIDDEN)
        return ERR_OK; /* over, disabled, or no role any more: nobody is signed in */
    if (code != ERR_OK) {
        *err = refused;
        return code;
    }
    visit->signed_in = true;
    visit->needs_factor = needs_factor(visit);
    visit->desk.account_id = visit->session.account_id;
    if (stale)
        touch(visit, request);
    return ERR_OK;
}

static enum err_code make_visit(const struct app *app, struct request *request,
        struct visit **ret_visit, struct err *err)
{
    struct visit *visit = arena_alloc(request->arena, sizeof(*visit));
    enum err_code code;

    if (visit == NULL)
        return err_memory(err);
    visit->context = arena_alloc(request->arena, sizeof(*visit->context));
    if (visit->context == NULL)
        return err_memory(err);
    visit->app = app;
    visit->worker = request->worker;
    request->person = visit;
    visit->desk = (struct desk){ .context = visit->context,
        .now = clock_seconds(),
        .from_where = request->remote == NULL ? "" : request->remote };
    code = enter_school(visit, request, 0, err);
    if (code == ERR_OK)
        code = recognise(visit, request, err);
    if (code == ERR_OK)
        *ret_visit = visit;
    return code;
}

/* ---- the door ---- */

static enum err_code check_token(const struct visit *visit, const struct request *request,
        struct err *err)
{
    const char *given = fields_get(&request->form, "csrf_token");

    if (request->method != METHOD_POST)
        return ERR_OK;
    if (visit->token != NULL && given != NULL && secret_form_is(visit->token, given))
        return ERR_OK;
    (void)err_set(err, ERR_FORBIDDEN, "this form is out of date");
    return err_hint(err, "You were signed out since it was opened, or your browser keeps no "
                         "cookies. Open the page again and send the form once more.");
}

static enum err_code ask_to_sign_in(struct request *request, struct response *response,
        struct err *err)
{
    struct url url = url_sign_in();

    if (request->method == METHOD_POST || request->format != FORMAT_HTML) {
        (void)err_set(err, ERR_FORBIDDEN, "you are not signed in");
        return err_hint(err, "Sign in and do it again.");
    }
    if (!text_eq(request->target, "/"))
        url = url_with(request->arena, url, "return_to", request->target);
    response_go(response, url);
    return ERR_OK;
}

static bool open_before_change(const char *path)
{
    return text_starts(path, "/account") || text_starts(path, "/sign-") ||
           text_starts(path, "/help");
}

enum err_code visit_enter(const struct app *app, struct request *request,
        struct response *response, struct err *err)
{
    const struct route *route = request->route;
    struct visit *visit = NULL;
    enum err_code code = make_visit(app, request, &visit, err);

    if (code != ERR_OK || visit == NULL)
        return code;
    if (!visit->signed_in && !text_eq(route->permission, "anyone"))
        return ask_to_sign_in(request, response, err);
    code = check_token(visit, request, err);
    if (code != ERR_OK)
        return code;
    if (visit->signed_in && visit->session.must_change && !open_before_change(route->path)) {
        response_go(response, url_account());
        return ERR_OK;
    }
    if (visit->signed_in && visit->needs_factor && !open_before_change(route->path)) {
        response_go(response, url_under(request->arena, url_account(), "second-factor"));
        return ERR_OK;
    }
    if (permitted(visit, route->permission))
        return ERR_OK;
    (void)err_set(err, ERR_FORBIDDEN, "you may not see or do this");
    return err_hint(err, "Your role does not include it. The data manager can say who may.");
}

/* Notes go to the queue; when there is none, or it is full, they are written here. */
static void keep_notes(struct visit *visit, struct request *request)
{
    struct audit_queue *queue = program_of(visit->app)->notes.queue;
    struct err ignored;

    if (visit->gate.entry_n == 0)
        return;
    if (queue != NULL && audit_queue_add(queue, &visit->gate, &ignored) == ERR_OK)
        return;
    visit_write(request);
    if (gate_flush(&visit->gate, &ignored) != ERR_OK)
        visit->gate.entry_n = 0; /* nothing more can be done: the answer stands */
    visit_wrote(request);
}

void visit_leave(const struct app *app, struct request *request)
{
    struct visit *visit = visit_of(request);

    (void)app;
    if (visit == NULL || visit->worker == NULL)
        return;
    shelf_let_go(&visit->worker->hold);
    while (visit->worker->writing > 0)
        visit_wrote(request); /* a handler that failed in between */
    if (visit->signed_in)
        keep_notes(visit, request);
}

/* ---- what pages ask ---- */

static const char *said_seen(const struct visit *visit, struct arena *arena)
{
    struct date day;
    char text[DATE_LONG_SIZE];
    int minute;

    day = clock_local(visit->session.started, &minute);
    return arena_printf(arena, "You signed in at %02d:%02d on %s.", minute / 60, minute % 60,
            date_long(day, text));
}

static const char *said_printed(const struct visit *visit, struct arena *arena)
{
    struct date day;
    char text[DATE_LONG_SIZE];
    int minute;

    day = clock_local(visit->desk.now, &minute);
    return arena_printf(arena,
            "%s%sConfidential: keep it safe, shred it when done. Printed for %s on %s at "
            "%02d:%02d.",
            visit->context->has_school ? visit->context->school.name : "",
            visit->context->has_school ? ". " : "", visit->person->name, date_long(day, text),
            minute / 60, minute % 60);
}

void visit_dress(const struct request *request, struct layout_view *layout)
{
    const struct visit *visit = visit_of(request);

    if (visit == NULL)
        return;
    layout->notice = program_of(visit->app)->options.notice;
    if (visit->token != NULL) {
        char *token = arena_alloc(request->arena, SECRET_FORM_SIZE);

        if (token != NULL)
            secret_form_token(visit->token, token);
        layout->csrf_token = token;
    }
    if (!visit->signed_in)
        return;
    layout->person = visit->person->name;
    layout->school = visit->context->has_school ? visit->context->school.name : NULL;
    layout->seen = said_seen(visit, request->arena);
    layout->printed = said_printed(visit, request->arena);
    layout->finds = visit->context->has_school && !is_held(visit) &&
                    permitted(visit, "staff view identity");
}

void visit_layout(const struct request *request, struct layout_view *layout, const char *title)
{
    layout_fill(layout, visit_of(request)->app, request, title);
    visit_dress(request, layout);
}

void visit_write(const struct request *request)
{
    struct worker *worker = visit_of(request)->worker;

    if (worker->writing++ == 0)
        lane_take(request->lane);
}

void visit_wrote(const struct request *request)
{
    struct worker *worker = visit_of(request)->worker;

    if (--worker->writing == 0)
        lane_give(request->lane);
}

void visit_school_changed(const struct request *request)
{
    visit_of(request)->worker->stale = true;
}
