#include "web/pages/marksheet.h"

#include <pthread.h>

#include "base/text.h"
#include "generated/pages.h"
#include "web/pages/marksheet_in.h"
#include "web/program.h"

/* ---- drawing ---- */

static enum err_code note_view(struct sheet_page *page, struct err *err)
{
    struct visit *visit = visit_of(page->request);
    const struct cohort *cohort = &page->sheet->cohort;
    int64_t *ids = arena_array(page->request->arena, page->order_n + 1, sizeof(*ids));
    const char *what = arena_printf(page->request->arena, "marksheet %lld",
            (long long)page->sheet->marksheet.marksheet_id);

    if (ids == NULL || what == NULL)
        return err_memory(err);
    for (size_t i = 0; i < page->order_n; i++)
        ids[i] = cohort->pupils[page->order[i]].id;
    return gate_note(&visit->gate, "view", what, ids, page->order_n,
            gate_may(&visit->gate, ACTION_VIEW, FIELD_MARKS, NULL).why, err);
}

/* What became of one cell, where the page has to say it. */
static void tell_cell(struct sheet_page *page, const struct cell_outcome *out,
        struct marksheet_view *view)
{
    struct arena *arena = page->request->arena;
    const struct cohort_pupil *pupil =
            out->pupil == SIZE_MAX ? NULL : &page->sheet->cohort.pupils[out->pupil];
    const char *who = pupil == NULL
                              ? "A pupil"
                              : arena_printf(arena, "%s %s", pupil->forename, pupil->surname);
    const char *field =
            arena_printf(arena, "c%lld-%s", (long long)out->cell->pupil_id, out->cell->subject);

    if (out->state == ENTRY_CONFLICT)
        view->conflicts.items[view->conflicts.items_n++] = (struct conflict){ field,
            arena_printf(arena, "%s, %s", who,
                    out->entry != SIZE_MAX ? page->sheet->columns[out->entry].name
                                           : column_name(page->sheet, out->column)),
            out->who, out->when, out->theirs[0] == '\0' ? "nothing" : out->theirs,
            out->cell->typed[0] == '\0' ? "nothing" : out->cell->typed };
    else if (out->message != NULL)
        view->problems.items[view->problems.items_n++] = (struct problem){ field,
            arena_printf(arena, "%s: you typed %s. %s %s", who, out->cell->typed, out->message,
                    out->hint == NULL ? "" : out->hint) };
}

static enum err_code fill_trouble(struct sheet_page *page, struct marksheet_view *view,
        struct err *err)
{
    const struct save_outcome *outcome = page->outcome;
    struct arena *arena = page->request->arena;

    if (outcome == NULL)
        return ERR_OK;
    view->problems.items = arena_array(arena, outcome->cell_n + 1, sizeof(struct problem));
    view->conflicts.items = arena_array(arena, outcome->cell_n + 1, sizeof(struct conflict));
    if (view->problems.items == NULL || view->conflicts.items == NULL)
        return err_memory(err);
    view->conflicts.saved_n = outcome->state_n[ENTRY_SAVED] + outcome->state_n[ENTRY_SAME];
    for (size_t i = 0; i < outcome->cell_n; i++)
        tell_cell(page, &outcome->cells[i], view);
    view->layout.refused = view->problems.items_n != 0 || view->conflicts.items_n != 0;
    return ERR_OK;
}

static enum err_code draw(struct sheet_page *page, int status, struct response *response,
        struct err *err)
{
    struct request *request = page->request;
    struct marksheet_view view = { 0 };
    struct html html = html_make(request->arena);
    enum err_code code;

    visit_layout(request, &view.layout, page->sheet->marksheet.name);
    view.layout.script = page->sheet->enters ? url_asset("marksheet.js") : (struct url){ 0 };
    view.account = visit_of(request)->person->account_id;
    code = sheet_frame(page, &view, err);
    if (code == ERR_OK)
        code = sheet_table(page, &view, err);
    if (code == ERR_OK)
        code = fill_trouble(page, &view, err);
    if (code != ERR_OK)
        return code;
    if (page->outcome != NULL)
        view.said = arena_printf(request->arena, "%zu saved.",
                page->outcome->state_n[ENTRY_SAVED] + page->outcome->state_n[ENTRY_SAME]);
    page_marksheet(&html, &view);
    return response_page(response, status, &html, err);
}

/* ---- reading ---- */

static pthread_once_t cache_once = PTHREAD_ONCE_INIT;
static pthread_key_t cache_key;
static bool cache_usable;

static void free_cache(void *cache)
{
    sheet_cache_free(cache);
}

static void make_key(void)
{
    cache_usable = pthread_key_create(&cache_key, free_cache) == 0;
}

/* This thread's, freed when it ends; NULL when there is no room for one. */
static struct sheet_cache *cache_of_thread(void)
{
    struct sheet_cache *cache;
    struct err ignored;

    (void)pthread_once(&cache_once, make_key);
    if (!cache_usable)
        return NULL;
    cache = pthread_getspecific(cache_key);
    if (cache != NULL || sheet_cache_make(&cache, &ignored) != ERR_OK)
        return cache;
    if (pthread_setspecific(cache_key, cache) == 0)
        return cache;
    sheet_cache_free(cache);
    return NULL;
}

static enum err_code marksheet_show(struct request *request, struct response *response,
        struct err *err)
{
    struct visit *visit = visit_of(request);
    struct sheet sheet = { 0 };
    struct sheet_page page = { .request = request,
        .context = visit->context,
        .sheet = &sheet,
        .asked = sheet_asked_of(request) };
    struct sheet_options options = sheet_options_of(&page.asked);
    enum err_code code;

    options.cache = cache_of_thread();
    code = sheet_load(visit->context, visit->person, request_id(request, "id"), &options,
            &sheet, err);
    if (code == ERR_OK)
        code = sheet_arrange(&page, err);
    if (code == ERR_OK)
        code = note_view(&page, err);
    if (code != ERR_OK)
        return code;
    if (request->format == FORMAT_HTML)
        return draw(&page, 200, response, err);
    return sheet_answer_twin(&page, response, err);
}

/* ---- saving ---- */

static bool wants_json(const struct request *request)
{
    return request->accept != NULL && text_starts(request->accept, "application/json");
}

static void go_back(struct sheet_page *page, struct response *response)
{
    const struct save_outcome *outcome = page->outcome;
    size_t saved = outcome->state_n[ENTRY_SAVED] + outcome->state_n[ENTRY_SAME];
    struct url url = sheet_url(page, "", NULL);

    if (saved != 0)
        url = url_with(page->request->arena, url, "saved",
                arena_printf(page->request->arena, "%zu", saved));
    response_go(response, url);
}

static enum err_code answer(struct sheet_page *page, struct response *response, struct err *err)
{
    const size_t *n = page->outcome->state_n;
    int status = n[ENTRY_CONFLICT] + n[ENTRY_REFUSED] != 0 ? 409
                 : n[ENTRY_INVALID] != 0                   ? 422
                                                           : 0;
    enum err_code code = ERR_OK;

    if (wants_json(page->request))
        return sheet_answer_json(page, response, err);
    if (status == 0) {
        go_back(page, response);
        return ERR_OK;
    }
    page->asked.show = SHOW_ALL; /* whatever came back must be seen */
    code = sheet_arrange(page, err);
    return code == ERR_OK ? draw(page, status, response, err) : code;
}

static enum err_code marksheet_post(struct request *request, struct response *response,
        struct err *err)
{
    struct visit *visit = visit_of(request);
    struct save_outcome outcome = { 0 };
    struct sheet_page page = { .request = request,
        .context = visit->context,
        .sheet = &outcome.sheet,
        .outcome = &outcome,
        .asked = sheet_asked_of(request) };
    struct sheet_options options = sheet_options_of(&page.asked);
    struct sheet_sent sent = { .reason = request_value(request, "reason")->text,
        .counts_only = !wants_json(request) };
    enum err_code code =
            sheet_read_cells(request, request_value(request, "keep")->text, &sent, err);

    if (code != ERR_OK)
        return code;
    visit_write(request);
    code = sheet_save(visit->context, visit->person, request_id(request, "id"), &options, &sent,
            &outcome, err);
    visit_wrote(request);
    return code == ERR_OK ? answer(&page, response, err) : code;
}

/* ---- routes ---- */

#define SHEET_ASKED                                                                            \
    { .name = "sort", .label = "order", .kind = INPUT_CHOICE, .choices = sheet_sort_words },   \
            { .name = "column",                                                                \
                .label = "column",                                                             \
                .kind = INPUT_INT,                                                             \
                .max = MARKSHEET_SUBJECTS },                                                   \
            { .name = "down", .label = "order", .kind = INPUT_INT, .max = 1 },                 \
            { .name = "show",                                                                  \
                .label = "filter",                                                             \
                .kind = INPUT_CHOICE,                                                          \
                .choices = sheet_show_words },                                                 \
            { .name = "with",                                                                  \
                .label = "column",                                                             \
                .kind = INPUT_CHOICE,                                                          \
                .choices = sheet_extra_words },

static const struct input show_inputs[] = {
    SHEET_ASKED{ .name = "why", .label = "cell", .kind = INPUT_TEXT, .max = 60 },
    { .name = "history", .label = "cell", .kind = INPUT_TEXT, .max = 60 },
    { .name = "saved", .label = "saved", .kind = INPUT_INT },
};

static const struct input post_inputs[] = {
    SHEET_ASKED{ .name = "cell.", .label = "cell", .kind = INPUT_TEXT },
    { .name = "rev.", .label = "revision", .kind = INPUT_TEXT },
    { .name = "keep", .label = "cell", .kind = INPUT_TEXT, .max = 60 },
    { .name = "use", .label = "cell", .kind = INPUT_TEXT, .max = 60 },
    { .name = "reason", .label = "reason", .kind = INPUT_TEXT, .max = 120 },
};

const struct route marksheet_routes[] = {
    { METHOD_GET, "/marksheets/{id}", "staff view marks", marksheet_show,
            .formats = ROUTE_FORMAT(FORMAT_JSON) | ROUTE_FORMAT(FORMAT_CSV),
            .inputs = show_inputs, .inputs_n = COUNT(show_inputs), .help = "marksheet" },
    { METHOD_POST, "/marksheets/{id}", "staff view marks", marksheet_post,
            .inputs = post_inputs, .inputs_n = COUNT(post_inputs), .help = "marksheet" },
};
const size_t marksheet_route_n = COUNT(marksheet_routes);
