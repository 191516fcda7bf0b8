#include "web/pages/groups.h"
#include "web/pages/moment.h"

#include "actions/group.h"
#include "actions/listing.h"
#include "actions/roll.h"
#include "base/text.h"
#include "generated/pages.h"

static const char *const do_words[] = { "join", "leave", "rule", "intervention", "end", NULL };

enum {
    DO_JOIN,
    DO_LEAVE,
    DO_RULE,
    DO_INTERVENTION,
    DO_END
};

static const struct input groups_inputs[] = {
    { .name = "page", .label = "page", .kind = INPUT_INT, .min = 1, .max = 10000 },
};
static const struct input make_inputs[] = {
    { .name = "name", .label = "name", .required = true, .max = 240 },
    { .name = "rule", .label = "rule", .max = 4000 },
};
static const struct input group_inputs[] = {
    { .name = "year-group", .label = "year group", .max = 4 },
    { .name = "page", .label = "page", .kind = INPUT_INT, .min = 1, .max = 10000 },
};
static const struct input change_inputs[] = {
    { .name = "do",
            .label = "what to do",
            .kind = INPUT_CHOICE,
            .required = true,
            .choices = do_words },
    { .name = "year-group", .label = "year group", .max = 4 },
    { .name = "rule", .label = "rule", .max = 4000 },
    { .name = "from", .label = "first day", .kind = INPUT_DATE },
    { .name = "to", .label = "last day", .kind = INPUT_DATE },
    { .name = "purpose", .label = "purpose", .max = 1600 },
    { .name = "cost", .label = "cost", .max = 20 },
    { .name = "staff", .label = "done by", .max = 800 },
    { .name = "pupil.", .label = "pupils" },
};

static struct group_typed typed_of(const struct request *request)
{
    return (struct group_typed){
        .name = request_value(request, "name")->text,
        .rule = request_value(request, "rule")->text,
        .from = request_value(request, "from")->text,
        .to = request_value(request, "to")->text,
        .purpose = request_value(request, "purpose")->text,
        .cost = request_value(request, "cost")->text,
        .staff = request_value(request, "staff")->text,
    };
}

static bool may_change(const struct visit *visit)
{
    return visit_may(visit, ACTION_ENTER, FIELD_IDENTITY);
}

/* ---- all groups ---- */

/* Groups of the pupils whom the person may see, counting only those. */
static enum err_code show_list(struct request *request, struct response *response,
        struct groups_view *view, int status, struct err *err)
{
    struct visit *visit = page_visit(request, ACTION_VIEW);
    struct html html = html_make(request->arena);
    struct filters filters = { 0 };
    struct loaded loaded = { 0 };
    struct report *tree = NULL;
    enum err_code code = page_ask_names(visit, err);

    if (code == ERR_OK)
        code = roll_load_groups(visit->context, &filters, &loaded, err);
    if (code == ERR_OK)
        code = listing_groups(visit->context, &loaded, NULL, &tree, err);
    if (code != ERR_OK || tree_answer(request, tree, response, &code, err))
        return code;
    code = tree_draw(request, tree, url_groups(), request_value(request, "page")->number, true,
            &view->tree, err);
    if (code != ERR_OK)
        return code;
    view->action = url_groups();
    view->manages = may_change(visit);
    visit_layout(request, &view->layout, "Groups");
    view->layout.script = url_asset("find.js");
    view->layout.refused = view->problems.items_n != 0;
    page_groups(&html, view);
    return response_page(response, status, &html, err);
}

static enum err_code groups_show(struct request *request, struct response *response,
        struct err *err)
{
    struct groups_view view = { .typed = { "", "", "", "", "", "", "" } };

    return show_list(request, response, &view, 200, err);
}

static enum err_code groups_make(struct request *request, struct response *response,
        struct err *err)
{
    struct context *context = page_visit(request, ACTION_VIEW)->context;
    struct groups_view view = { .typed = typed_of(request) };
    struct group_outcome outcome = { 0 };
    struct err why = { 0 };
    bool ruled = !text_empty(view.typed.rule);
    enum err_code failed;

    if (request->refused_n != 0) {
        view.problems = problems_of(request);
        return show_list(request, response, &view, 422, err);
    }
    visit_write(request);
    failed = group_add(context, view.typed.name, ruled ? view.typed.rule : NULL,
            (struct date){ 0 }, (struct date){ 0 }, &outcome, &why);
    visit_wrote(request);
    if (failed != ERR_OK && response_status(failed) == 500) {
        *err = why;
        return failed;
    }
    if (failed == ERR_OK) {
        response_go(response, url_under_id(request->arena, url_groups(), outcome.group_id));
        return ERR_OK;
    }
    view.problems =
            problem_of(request->arena, ruled && failed == ERR_INVALID ? "rule" : "name", &why);
    return show_list(request, response, &view, response_status(failed), err);
}

/* ---- one group ---- */

static bool in_group(const struct cohort_pupil *pupil, const char *name)
{
    for (size_t g = 0; g < pupil->group_n; g++) {
        if (text_eq_fold(pupil->groups[g], name))
            return true;
    }
    return false;
}

/* The pupils of a year who are in the group, or are not, with a tick box each. */
static enum err_code fill_choices(const struct request *request, const struct loaded *loaded,
        const char *name, bool in, struct group_choice **ret_choices, size_t *ret_n,
        struct err *err)
{
    struct arena *arena = request->arena;
    const struct cohort *cohort = &loaded->cohort;
    struct group_choice *choices = arena_array(arena, cohort->pupil_n + 1, sizeof(*choices));
    size_t n = 0;

    if (choices == NULL)
        return err_memory(err);
    for (size_t p = 0; p < cohort->pupil_n; p++) {
        const struct cohort_pupil *pupil = &cohort->pupils[p];

        if (in_group(pupil, name) != in)
            continue;
        choices[n].field = arena_printf(arena, "pupil.%lld", (long long)pupil->id);
        choices[n].label = arena_printf(arena, "%s, %s %s", pupil->surname, pupil->forename,
                pupil->registration == NULL ? "" : pupil->registration);
        if (choices[n].field == NULL || choices[n].label == NULL)
            return err_memory(err);
        n++;
    }
    *ret_choices = choices;
    *ret_n = n;
    return ERR_OK;
}

static enum err_code fill_forms(struct request *request, struct group_view *view,
        struct err *err)
{
    struct context *context = visit_of(request)->context;
    struct filters filters = { .group = view->name };
    struct loaded loaded = { 0 };
    enum err_code code;

    if (!view->by_hand)
        return ERR_OK;
    code = roll_load(context, &filters, &loaded, err);
    if (code == ERR_OK)
        code = fill_choices(request, &loaded, view->name, true, &view->members,
                &view->members_n, err);
    filters = (struct filters){ .has_year = true };
    if (code != ERR_OK || !framework_year_parse(view->year, &filters.year))
        return code;
    code = roll_load(context, &filters, &loaded, err);
    return code == ERR_OK ? fill_choices(request, &loaded, view->name, false, &view->offered,
                                    &view->offered_n, err)
                          : code;
}

/* Who was seen, in the audit. */
static enum err_code note_view(struct visit *visit, const struct pupil_group *group,
        const struct report *tree, struct err *err)
{
    struct arena *arena = visit->context->arena;
    const struct table *table = tree->tables;
    int64_t *ids = arena_array(arena, table->row_n + 1, sizeof(*ids));
    const char *what = arena_printf(arena, "group %lld", (long long)group->group_id);

    if (ids == NULL || what == NULL)
        return err_memory(err);
    for (size_t i = 0; i < table->row_n; i++)
        ids[i] = table->rows[i].cells[GROUP_PUPIL_ID].number / 1000;
    return gate_note(&visit->gate, "view", what, ids, table->row_n,
            gate_may(&visit->gate, ACTION_VIEW, FIELD_IDENTITY, NULL).why, err);
}

static bool has_table(const struct report *tree, const char *name)
{
    for (const struct table *table = tree->tables; table != NULL; table = table->next) {
        if (text_eq(table->name, name))
            return true;
    }
    return false;
}

static void fill_head(const struct request *request, const struct pupil_group *group,
        const struct report *tree, struct group_view *view)
{
    struct arena *arena = request->arena;
    bool manages = may_change(visit_of(request));

    view->groups = url_groups();
    view->action = url_under_id(arena, url_groups(), group->group_id);
    view->name = group->name;
    view->by_hand = manages && text_eq(group->type, "user");
    view->by_rule = manages && text_eq(group->type, "rule");
    view->manages = view->by_hand || view->by_rule;
    view->kind = text_eq(group->type, "rule")   ? "A group by rule"
                 : text_eq(group->type, "user") ? "A group whose pupils are put in by hand"
                                                : "From the school's files";
    view->progress = url_with(arena, url_report(arena, "progress"), "group", group->name);
    view->intervention = (struct url){ NULL };
    if (has_table(tree, "interventions") &&
            visit_may(visit_of(request), ACTION_REPORT, FIELD_NONE))
        view->intervention =
                url_with(arena, url_report(arena, "intervention"), "group", group->name);
}

static enum err_code show_one(struct request *request, struct response *response,
        struct group_view *view, int status, struct err *err)
{
    struct visit *visit = page_visit(request, ACTION_VIEW);
    struct html html = html_make(request->arena);
    struct pupil_group group = { 0 };
    struct report *tree = NULL;
    enum err_code code = page_ask_names(visit, err);

    if (code == ERR_OK)
        code = group_by_id(visit->context, request_id(request, "id"), &group, err);
    if (code == ERR_OK)
        code = group_report(visit->context, &group, (struct date){ 0 }, &tree, err);
    if (code == ERR_OK)
        code = note_view(visit, &group, tree, err);
    if (code != ERR_OK || tree_answer(request, tree, response, &code, err))
        return code;
    view->year = request_value(request, "year-group")->text;
    fill_head(request, &group, tree, view);
    code = fill_forms(request, view, err);
    if (code == ERR_OK)
        code = tree_draw(request, tree, view->action, request_value(request, "page")->number,
                true, &view->tree, err);
    if (code != ERR_OK)
        return code;
    visit_layout(request, &view->layout, view->name);
    view->layout.script = url_asset("find.js");
    view->layout.refused = view->problems.items_n != 0;
    page_group(&html, view);
    return response_page(response, status, &html, err);
}

static enum err_code group_show(struct request *request, struct response *response,
        struct err *err)
{
    struct group_view view = { .typed = { "", "", "", "", "", "", "" } };

    return show_one(request, response, &view, 200, err);
}

/* ---- changes ---- */

static enum err_code ticked(const struct request *request, struct group_pupils *ret_pupils,
        struct err *err)
{
    struct form_field *fields = NULL;
    size_t n = 0;
    int64_t *ids;
    enum err_code code = request_cells(request, "pupil.", &fields, &n, err);

    if (code != ERR_OK)
        return code;
    ids = arena_array(request->arena, n + 1, sizeof(*ids));
    if (ids == NULL)
        return err_memory(err);
    if (n == 0) {
        (void)err_set(err, ERR_INVALID, "nobody is ticked");
        return err_hint(err, "Tick the pupils whom it is about.");
    }
    for (size_t i = 0; i < n; i++) {
        if (!text_int(fields[i].name + sizeof("pupil.") - 1, &ids[i]))
            return err_set(err, ERR_INVALID, "a pupil's number is not one");
    }
    *ret_pupils = (struct group_pupils){ ids, n };
    return ERR_OK;
}

static enum err_code intervene(const struct request *request, struct context *context,
        const char *name, const struct group_typed *typed, struct group_outcome *outcome,
        struct err *err)
{
    struct intervention row = { .from = request_value(request, "from")->date,
        .to = request_value(request, "to")->date,
        .purpose = typed->purpose,
        .staff = typed->staff,
        .pence = PENCE_NONE };

    if (!text_empty(typed->cost) && !group_pence(typed->cost, &row.pence)) {
        (void)err_set(err, ERR_INVALID, "\"%s\" is not a sum in pounds", typed->cost);
        return err_hint(err, "Write 1200 or 1200.50.");
    }
    return group_intervene(context, name, &row, outcome, err);
}

static enum err_code do_it(struct request *request, const struct pupil_group *group,
        const struct group_typed *typed, struct group_outcome *outcome, struct err *err)
{
    struct context *context = visit_of(request)->context;
    struct date from = request_value(request, "from")->date;
    struct date to = request_value(request, "to")->date;
    struct group_pupils pupils = { 0 };
    enum err_code code = ERR_OK;

    switch (request_value(request, "do")->number) {
    case DO_JOIN:
        code = ticked(request, &pupils, err);
        return code == ERR_OK
                       ? group_join(context, group->name, &pupils, from, to, outcome, err)
                       : code;
    case DO_LEAVE:
        code = ticked(request, &pupils, err);
        return code == ERR_OK ? group_leave(context, group->name, &pupils, to, outcome, err)
                              : code;
    case DO_RULE:
        return group_rule_set(context, group->name, typed->rule, from, to, outcome, err);
    case DO_INTERVENTION:
        return intervene(request, context, group->name, typed, outcome, err);
    default:
        return group_end(context, group->name, to, outcome, err);
    }
}

static const char *field_of(const struct request *request)
{
    static const char *const fields[] = { "from", "last", "rule", "purpose", "over" };

    return fields[request_value(request, "do")->number];
}

static enum err_code group_change(struct request *request, struct response *response,
        struct err *err)
{
    struct context *context = page_visit(request, ACTION_VIEW)->context;
    struct group_view view = { .typed = typed_of(request) };
    struct pupil_group group = { 0 };
    struct group_outcome outcome = { 0 };
    struct err why = { 0 };
    enum err_code failed;

    if (request->refused_n != 0) {
        view.problems = problems_of(request);
        return show_one(request, response, &view, 422, err);
    }
    failed = group_by_id(context, request_id(request, "id"), &group, &why);
    if (failed == ERR_OK) {
        visit_write(request);
        failed = do_it(request, &group, &view.typed, &outcome, &why);
        visit_wrote(request);
    }
    if (failed != ERR_OK && (response_status(failed) == 500 || group.name == NULL)) {
        *err = why;
        return failed;
    }
    if (failed != ERR_OK) {
        view.problems = problem_of(request->arena, field_of(request), &why);
        return show_one(request, response, &view, response_status(failed), err);
    }
    view.typed = (struct group_typed){ "", "", "", "", "", "", "" };
    view.done = outcome.said;
    return show_one(request, response, &view, 200, err);
}

const struct route groups_routes[] = {
    { METHOD_GET, "/groups", "staff view identity", groups_show, .formats = PAGE_TWINS,
            .inputs = groups_inputs, .inputs_n = COUNT(groups_inputs), .menu = "Groups",
            .help = "groups" },
    { METHOD_POST, "/groups", "staff enter identity", groups_make, .formats = 0,
            .inputs = make_inputs, .inputs_n = COUNT(make_inputs), .help = "groups" },
    { METHOD_GET, "/groups/{id}", "staff view identity", group_show, .formats = PAGE_TWINS,
            .inputs = group_inputs, .inputs_n = COUNT(group_inputs), .help = "groups" },
    { METHOD_POST, "/groups/{id}", "staff enter identity", group_change, .formats = 0,
            .inputs = change_inputs, .inputs_n = COUNT(change_inputs), .help = "groups" },
};
const size_t groups_route_n = COUNT(groups_routes);
