#include "web/pages/reviews.h"

#include "actions/listing.h"
#include "actions/review.h"
#include "actions/review_progress.h"
#include "base/text.h"
#include "generated/pages.h"
#include "web/pages/moment.h"
#include "web/pages/reviews_parked.h"

static const char *const asks_words[] = { "assessment", "likely", NULL };
static const char *const do_words[] = { "open", "close", "finish", NULL };

enum {
    DO_OPEN,
    DO_CLOSE,
    DO_FINISH
};

enum {
    MISSING_SHOWN = 40
};

static const struct input reviews_inputs[] = {
    { .name = "name", .label = "name", .required = true, .max = 80 },
    { .name = "asks",
            .label = "what it asks for",
            .kind = INPUT_CHOICE,
            .required = true,
            .choices = asks_words },
    { .name = "first-year", .label = "first year", .required = true, .max = 4 },
    { .name = "last-year", .label = "last year", .required = true, .max = 4 },
    { .name = "subjects", .label = "subjects", .max = 80 },
    { .name = "from", .label = "first day", .kind = INPUT_DATE, .required = true },
    { .name = "to", .label = "last day", .kind = INPUT_DATE, .required = true },
};

static const struct input review_inputs[] = {
    { .name = "do",
            .label = "what to do",
            .kind = INPUT_CHOICE,
            .required = true,
            .choices = do_words },
    { .name = "reason", .label = "reason", .max = 200 },
};

static const struct input page_inputs[] = {
    { .name = "page", .label = "page", .kind = INPUT_INT, .min = 1, .max = 10000 },
};

static bool manages(const struct visit *visit)
{
    return visit_may(visit, ACTION_WINDOW, FIELD_NONE);
}

/* ---- the calendar ---- */

static enum err_code show_list(struct request *request, struct response *response,
        struct reviews_view *view, int status, struct err *err)
{
    struct visit *visit = page_visit(request, ACTION_REPORT);
    struct html html = html_make(request->arena);
    struct report *tree = NULL;
    enum err_code code = page_ask_names(visit, err);

    if (code == ERR_OK)
        code = listing_reviews(visit->context, &tree, err);
    if (code != ERR_OK || tree_answer(request, tree, response, &code, err))
        return code;
    code = reviews_fill_parked(request, view, err);
    if (code != ERR_OK)
        return code;
    code = tree_draw(request, tree, url_reviews(), request_value(request, "page")->number, true,
            &view->tree, err);
    if (code != ERR_OK)
        return code;
    view->action = url_reviews();
    view->manages = manages(visit);
    visit_layout(request, &view->layout, "Reviews");
    view->layout.script = url_asset("find.js");
    view->layout.refused = view->problems.items_n != 0;
    page_reviews(&html, view);
    return response_page(response, status, &html, err);
}

static enum err_code reviews_show(struct request *request, struct response *response,
        struct err *err)
{
    struct reviews_view view = { .typed = { "", "", "", "", "", "", "", false } };

    return show_list(request, response, &view, 200, err);
}

static struct review_typed typed_of(const struct request *request)
{
    return (struct review_typed){
        .name = request_value(request, "name")->text,
        .asks = request_value(request, "asks")->text,
        .first_year = request_value(request, "first-year")->text,
        .last_year = request_value(request, "last-year")->text,
        .subjects = request_value(request, "subjects")->text,
        .from = request_value(request, "from")->text,
        .to = request_value(request, "to")->text,
        .likely = text_eq(request_value(request, "asks")->text, "likely"),
    };
}

static enum err_code define(struct request *request, const struct review_typed *typed,
        struct err *err)
{
    struct review review = { .name = typed->name,
        .asks = typed->asks,
        .subjects = typed->subjects,
        .from = request_value(request, "from")->date,
        .to = request_value(request, "to")->date };
    enum err_code code;

    if (!framework_year_parse(typed->first_year, &review.first_year) ||
            !framework_year_parse(typed->last_year, &review.last_year) ||
            review.first_year > review.last_year) {
        (void)err_set(err, ERR_INVALID, "%s to %s are not two year groups in order",
                typed->first_year, typed->last_year);
        return err_hint(err, "Give NC years: R, 1 .. 13.");
    }
    visit_write(request);
    code = review_define(visit_of(request)->context, &review, err);
    visit_wrote(request);
    return code;
}

static enum err_code reviews_save(struct request *request, struct response *response,
        struct err *err)
{
    struct reviews_view view = { .typed = typed_of(request) };
    struct err why = { 0 };
    enum err_code failed;

    if (request->refused_n != 0) {
        view.problems = problems_of(request);
        return show_list(request, response, &view, 422, err);
    }
    failed = define(request, &view.typed, &why);
    if (failed != ERR_OK && response_status(failed) == 500) {
        *err = why;
        return failed;
    }
    if (failed == ERR_OK) {
        response_go(response, url_reviews());
        return ERR_OK;
    }
    view.problems = problem_of(request->arena, "name", &why);
    return show_list(request, response, &view, response_status(failed), err);
}

/* ---- one review ---- */

static const char *state_sentence(const char *state)
{
    static const char *const words[][2] = {
        { "draft", "Not open yet: nobody can enter anything." },
        { "open", "Open: the teachers of these classes can enter judgements." },
        { "closing", "Closing: the last day is over. Entries are still taken until the end of "
                     "today; then it closes by itself." },
        { "closed", "Closed: entries are kept as they are. What is sent late is parked for "
                    "the data manager and not lost. It is opened again only with a reason." },
        { "final", "Final: it stays as it is." },
    };

    for (size_t i = 0; i < COUNT(words); i++) {
        if (text_eq(words[i][0], state))
            return words[i][1];
    }
    return "";
}

static void fill_head(const struct request *request, const struct review *review,
        struct review_view *view)
{
    struct arena *arena = request->arena;
    char from[DATE_LONG_SIZE];
    char to[DATE_LONG_SIZE];
    const char *first = arena_text(arena, framework_year_text(review->first_year));

    view->reviews = url_reviews();
    view->action = url_under_id(arena, url_reviews(), review->review_id);
    view->name = review->name;
    view->state = review->state;
    view->says_state = state_sentence(review->state);
    view->under = arena_printf(arena, "Asks for %s in Years %s to %s, %s, from %s to %s.",
            text_eq(review->asks, "likely") ? "the likely grade at the end" : "working at",
            first, framework_year_text(review->last_year),
            text_empty(review->subjects) ? "all subjects" : review->subjects,
            date_long(review->from, from), date_long(review->to, to));
    view->manages = manages(visit_of(request)) && !text_eq(review->state, "final");
    view->opens = text_eq(review->state, "draft");
    view->reopens = text_eq(review->state, "closed");
    view->finishes = view->reopens;
    view->closes = text_eq(review->state, "open") || text_eq(review->state, "closing");
}

/* By teacher and by class come first, and of the pupils behind them the first. */
static void turn_round(struct report *report)
{
    struct table *missing = report->tables;
    struct table *classes = missing == NULL ? NULL : missing->next;
    struct table *teachers = classes == NULL ? NULL : classes->next;

    if (teachers == NULL || teachers->next != NULL)
        return;
    report->tables = teachers;
    teachers->next = classes;
    classes->next = missing;
    missing->next = NULL;
    report->last_table = missing;
    if (missing->row_n > MISSING_SHOWN) {
        missing->row_n = MISSING_SHOWN;
        missing->caption = "The first of them. The files have them all; choose a class for "
                           "its own.";
    }
}

static void link_classes(const struct request *request, const struct review *review,
        const struct report *report)
{
    struct arena *arena = request->arena;
    struct url base = url_with(arena, url_report(arena, "missing"), "review", review->name);

    for (struct table *table = report->tables; table != NULL; table = table->next) {
        for (size_t i = 0; text_eq(table->name, "classes") && i < table->row_n; i++) {
            const struct cell *cells = table->rows[i].cells;

            if (!text_empty(cells[0].text))
                table->rows[i].link = url_with(arena,
                        url_with(arena, base, "group", cells[0].text), "subject", cells[1].text)
                                              .text;
        }
    }
}

static enum err_code show_one(struct request *request, struct response *response,
        struct review_view *view, int status, struct err *err)
{
    struct visit *visit = page_visit(request, ACTION_REPORT);
    struct html html = html_make(request->arena);
    struct review review = { 0 };
    struct report *tree = NULL;
    enum err_code code = page_ask_names(visit, err);

    if (code == ERR_OK)
        code = listing_review(visit->context, request_id(request, "id"), &review, err);
    if (code == ERR_OK)
        code = review_progress(visit->context, review.name, &tree, err);
    if (code == ERR_OK)
        code = page_note(visit, "review", 0, err);
    if (code != ERR_OK || tree_answer(request, tree, response, &code, err))
        return code;
    fill_head(request, &review, view);
    link_classes(request, &review, tree);
    turn_round(tree);
    code = tree_draw(request, tree, view->action, request_value(request, "page")->number, true,
            &view->tree, err);
    if (code != ERR_OK)
        return code;
    visit_layout(request, &view->layout, view->name);
    view->layout.script = url_asset("find.js");
    view->layout.refused = view->problems.items_n != 0;
    page_review(&html, view);
    return response_page(response, status, &html, err);
}

static enum err_code review_show(struct request *request, struct response *response,
        struct err *err)
{
    struct review_view view = { .reason = "" };

    return show_one(request, response, &view, 200, err);
}

static enum err_code do_it(struct request *request, const char *reason, struct err *err)
{
    struct context *context = visit_of(request)->context;
    struct review review = { 0 };
    enum err_code code = listing_review(context, request_id(request, "id"), &review, err);

    if (code != ERR_OK)
        return code;
    if (text_eq(review.state, "closed") && text_empty(reason) &&
            request_value(request, "do")->number == DO_OPEN) {
        (void)err_set(err, ERR_INVALID, "a closed review is opened again only with a reason");
        return err_hint(err, "Say in a few words why; it stays on record.");
    }
    visit_write(request);
    if (request_value(request, "do")->number == DO_OPEN)
        code = review_open(context, review.name, reason, err);
    else if (request_value(request, "do")->number == DO_CLOSE)
        code = review_close(context, review.name, err);
    else
        code = review_finish(context, review.name, err);
    visit_wrote(request);
    return code;
}

static enum err_code review_change(struct request *request, struct response *response,
        struct err *err)
{
    static const char *const done[] = { "The review is open.", "The review is closed.",
        "The review is final." };
    struct review_view view = { .reason = request_value(request, "reason")->text };
    struct err why = { 0 };
    enum err_code failed;

    if (request->refused_n != 0) {
        view.problems = problems_of(request);
        return show_one(request, response, &view, 422, err);
    }
    failed = do_it(request, view.reason, &why);
    if (failed != ERR_OK && response_status(failed) == 500) {
        *err = why;
        return failed;
    }
    if (failed != ERR_OK)
        view.problems = problem_of(request->arena, "reason", &why);
    else
        view.done = done[request_value(request, "do")->number];
    if (failed == ERR_OK)
        view.reason = "";
    return show_one(request, response, &view, failed == ERR_OK ? 200 : response_status(failed),
            err);
}

const struct route reviews_routes[] = {
    { METHOD_GET, "/reviews", "staff view upn", reviews_show, .formats = PAGE_TWINS,
            .inputs = page_inputs, .inputs_n = COUNT(page_inputs), .menu = "Reviews",
            .help = "reviews" },
    { METHOD_POST, "/reviews", "window", reviews_save, .formats = 0, .inputs = reviews_inputs,
            .inputs_n = COUNT(reviews_inputs), .help = "reviews" },
    { METHOD_POST, "/reviews/parked/{id}", "window", reviews_settle_parked, .formats = 0,
            .help = "reviews" },
    { METHOD_GET, "/reviews/{id}", "staff view upn", review_show, .formats = PAGE_TWINS,
            .inputs = page_inputs, .inputs_n = COUNT(page_inputs), .help = "reviews" },
    { METHOD_POST, "/reviews/{id}", "window", review_change, .formats = 0,
            .inputs = review_inputs, .inputs_n = COUNT(review_inputs), .help = "reviews" },
};
const size_t reviews_route_n = COUNT(reviews_routes);
