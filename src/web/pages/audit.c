#include "web/pages/audit.h"

#include <string.h>

#include "actions/roll.h"
#include "base/text.h"
#include "generated/pages.h"
#include "web/pages/moment.h"
#include "web/program.h"

enum {
    ROWS_MOST = 500
};

struct search {
    struct visit *visit;
    struct audit_view *view;
    struct audit_filter filter;
    bool one_pupil;
    enum scope scope;
};

static const char *stamp_of(struct arena *arena, struct date day)
{
    char text[DATE_TEXT_SIZE];

    return arena_printf(arena, "%sT00:00:00Z", date_text(day, text));
}

static enum err_code problem(struct search *search, const char *field, const char *words,
        const char *hint, struct err *err)
{
    struct err why = { 0 };

    (void)err_set(&why, ERR_INVALID, "%s", words);
    (void)err_hint(&why, "%s", hint);
    search->view->problems = problem_of(search->visit->context->arena, field, &why);
    return search->view->problems.items_n == 0 ? err_memory(err) : ERR_OK;
}

/* The one pupil on roll that the words mean, whom this person may ask about. */
static enum err_code find_pupil(struct search *search, const char *typed, struct err *err)
{
    struct visit *visit = search->visit;
    const struct roll_words words = roll_words_of(typed);
    const struct filters everybody = { 0 };
    const struct cohort_pupil *match = NULL;
    struct access_pupil asked = { 0 };
    struct loaded loaded = { 0 };
    size_t n = 0;
    enum err_code code = roll_load(visit->context, &everybody, &loaded, err);

    for (size_t i = 0; code == ERR_OK && words.n != 0 && i < loaded.cohort.pupil_n; i++) {
        if (!roll_matches(&loaded.cohort.pupils[i], &words, true))
            continue;
        match = &loaded.cohort.pupils[i];
        n++;
    }
    if (code != ERR_OK)
        return code;
    if (n != 1)
        return problem(search, "pupil",
                n == 0 ? "there is no such pupil on roll" : "several pupils have this name",
                "Type the whole name, or the UPN.", err);
    code = gate_pupil(&visit->gate, match, NULL, &asked, err);
    if (code == ERR_OK)
        code = gate_ask(&visit->gate, ACTION_AUDIT, FIELD_NONE, &asked, err);
    search->filter.pupil_id = match->id;
    search->one_pupil = true;
    return code;
}

static enum err_code find_account(struct search *search, const char *typed, struct err *err)
{
    struct account account = { 0 };
    struct err why = { 0 };
    enum err_code code = account_find(&search->visit->desk, typed, &account, &why);

    if (code == ERR_OK)
        search->filter.account_id = account.account_id;
    else if (code == ERR_NOT_FOUND)
        return problem(search, "who", "there is no such user name", "", err);
    else
        *err = why;
    return code;
}

/* What was asked, as a filter; problems stand in the view. */
static enum err_code read_search(struct search *search, const struct request *request,
        struct err *err)
{
    struct context *c = search->visit->context;
    const struct input_value *first = request_value(request, "first");
    const struct input_value *last = request_value(request, "last");
    const char *pupil = request_value(request, "pupil")->text;
    const char *who = request_value(request, "who")->text;
    enum err_code code = ERR_OK;

    search->filter.limit = ROWS_MOST;
    if (first->state == INPUT_GIVEN)
        search->filter.from = stamp_of(c->arena, first->date);
    if (last->state == INPUT_GIVEN)
        search->filter.before =
                stamp_of(c->arena, date_from_number(date_number(last->date) + 1));
    if (search->scope == SCOPE_OWN) {
        search->filter.account_id = search->visit->person->account_id;
        return ERR_OK;
    }
    if (!text_empty(pupil))
        code = find_pupil(search, pupil, err);
    else if (search->scope != SCOPE_SCHOOL)
        code = problem(search, "pupil", "name the pupil whose record you ask about",
                "Your role covers part of the school.", err);
    if (code == ERR_OK && search->view->problems.items_n == 0 && !text_empty(who))
        code = find_account(search, who, err);
    return code;
}

static size_t count_pupils(const char *list)
{
    size_t n = 0;

    for (const char *c = list; *c != '\0'; c++)
        n += *c == ',' && c[1] != '\0';
    return n;
}

static const char *pupils_text(const struct search *search, const struct audit_entry *entry)
{
    struct arena *arena = search->visit->context->arena;
    size_t n = entry->pupil_id != 0 ? 1 : count_pupils(entry->pupils);

    if (n == 0)
        return "";
    return n == 1 ? search->one_pupil ? "this pupil" : "1 pupil"
                  : arena_printf(arena, "%zu pupils", n);
}

static enum err_code look(struct search *search, struct err *err)
{
    struct context *c = search->visit->context;
    struct audit_view *view = search->view;
    struct audit_list list = { 0 };
    enum err_code code = store_audit(c->store, c->has_school ? c->school.school_id : 0,
            &search->filter, c->arena, &list, err);

    if (code != ERR_OK)
        return code;
    view->rows = arena_array(c->arena, list.n + 1, sizeof(*view->rows));
    if (view->rows == NULL)
        return err_memory(err);
    for (size_t i = 0; i < list.n; i++) {
        const struct audit_entry *entry = &list.items[i];

        view->rows[view->rows_n++] =
                (struct audit_row){ moment_stamp(c->arena, entry->recorded_at), entry->who,
                    entry->action, entry->what, pupils_text(search, entry), entry->reason,
                    entry->from_where, entry->result };
    }
    view->searched = true;
    view->says = list.n == 0 ? "Nothing is written down for this."
                 : list.n == ROWS_MOST
                         ? "These are the newest 500; ask for fewer days to see others."
                         : arena_printf(c->arena, "%zu line%s, newest first.", list.n,
                                   list.n == 1 ? "" : "s");
    return gate_note(&search->visit->gate, "view", "audit", &search->filter.pupil_id,
            search->filter.pupil_id == 0 ? 0 : 1, "", err);
}

static enum err_code draw(struct request *request, struct response *response,
        struct audit_view *view, struct err *err)
{
    struct html html = html_make(request->arena);

    view->action = url_settings(request->arena, "audit");
    view->up = url_home();
    view->first = fields_get(&request->form, "first");
    view->last = fields_get(&request->form, "last");
    view->pupil = fields_get(&request->form, "pupil");
    view->who = fields_get(&request->form, "who");
    visit_layout(request, &view->layout, "Who saw and did what");
    view->layout.refused = view->problems.items_n != 0;
    page_audit(&html, view);
    return response_page(response, view->problems.items_n == 0 ? 200 : 422, &html, err);
}

static struct search begin(const struct request *request, struct audit_view *view)
{
    struct visit *visit = visit_of(request);
    struct search search = { .visit = visit, .view = view };

    search.scope =
            may(visit->person, ACTION_AUDIT, FIELD_NONE, NULL, visit->context->today).scope;
    view->own = search.scope == SCOPE_OWN;
    return search;
}

static enum err_code audit_show(struct request *request, struct response *response,
        struct err *err)
{
    struct audit_view view = { 0 };

    (void)begin(request, &view);
    return draw(request, response, &view, err);
}

static enum err_code audit_search(struct request *request, struct response *response,
        struct err *err)
{
    struct audit_view view = { .problems = problems_of(request) };
    struct search search = begin(request, &view);
    enum err_code code = ERR_OK;

    if (view.problems.items_n == 0)
        code = read_search(&search, request, err);
    if (code == ERR_OK && view.problems.items_n == 0)
        code = look(&search, err);
    return code == ERR_OK ? draw(request, response, &view, err) : code;
}

static const struct input search_inputs[] = {
    { "first", "the first day", INPUT_DATE, .required = false },
    { "last", "the last day", INPUT_DATE, .required = false },
    { "pupil", "the pupil", INPUT_TEXT, .max = 120 },
    { "who", "the user name", INPUT_TEXT, .max = 64 },
};

const struct route audit_routes[] = {
    { METHOD_GET, "/settings/audit", "staff audit", audit_show, .help = "audit" },
    { METHOD_POST, "/settings/audit", "staff audit", audit_search, .inputs = search_inputs,
            .inputs_n = COUNT(search_inputs), .help = "audit" },
};
const size_t audit_route_n = COUNT(audit_routes);
