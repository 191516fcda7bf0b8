#include "web/pages/pupils.h"

#include <stdlib.h>
#include <string.h>

#include "actions/listing.h"
#include "actions/roll.h"
#include "base/text.h"
#include "generated/pages.h"
#include "web/pages/pupil.h"
#include "web/pages/pupil_notes.h"
#include "web/pages/reports_form.h"

enum {
    LIST_MOST = 300, /* so many are listed without being asked for */
    QUERY_MOST = 100
};

static const struct input pupils_search[] = {
    { .name = "q", .label = "name or UPN", .max = QUERY_MOST },
};

/* ---- by registration group ---- */

static int by_form(const void *a, const void *b)
{
    const struct cohort_pupil *x = *(const struct cohort_pupil *const *)a;
    const struct cohort_pupil *y = *(const struct cohort_pupil *const *)b;

    if (x->year != y->year)
        return (x->year > y->year) - (x->year < y->year);
    return strcmp(x->registration == NULL ? "" : x->registration,
            y->registration == NULL ? "" : y->registration);
}

static const char *year_label(struct arena *arena, int year)
{
    if (year == COHORT_YEAR_UNKNOWN)
        return "No year group";
    return year == 0 ? "Reception" : arena_printf(arena, "Year %s", framework_year_text(year));
}

static bool add_year(const struct request *request, struct pupils_view *view, int year)
{
    struct pupils_year *years =
            arena_grow(request->arena, view->years, view->years_n, sizeof(*years));

    if (years == NULL)
        return false;
    view->years = years;
    years[view->years_n++] = (struct pupils_year){ .label = year_label(request->arena, year),
        .url = year == COHORT_YEAR_UNKNOWN ? url_pupils()
                                           : url_with(request->arena, url_pupils(),
                                                     "year-group", framework_year_text(year)) };
    return true;
}

static bool add_form(const struct request *request, struct pupils_year *year, const char *form)
{
    struct pupils_form *forms =
            arena_grow(request->arena, year->forms, year->forms_n, sizeof(*forms));

    if (forms == NULL)
        return false;
    year->forms = forms;
    forms[year->forms_n++] = (struct pupils_form){ .label = form,
        .url = url_with(request->arena, url_pupils(), "registration", form) };
    return true;
}

/* Years and their registration groups, with how many pupils each has. */
static enum err_code fill_years(const struct request *request, const struct cohort *cohort,
        struct pupils_view *view, struct err *err)
{
    const struct cohort_pupil **sorted =
            arena_array(request->arena, cohort->pupil_n + 1, sizeof(*sorted));

    if (sorted == NULL)
        return err_memory(err);
    for (size_t i = 0; i < cohort->pupil_n; i++)
        sorted[i] = &cohort->pupils[i];
    qsort(sorted, cohort->pupil_n, sizeof(*sorted), by_form);
    for (size_t i = 0; i < cohort->pupil_n; i++) {
        const struct cohort_pupil *last = i == 0 ? NULL : sorted[i - 1];
        const char *form = sorted[i]->registration;
        struct pupils_year *year;

        if ((last == NULL || last->year != sorted[i]->year) &&
                !add_year(request, view, sorted[i]->year))
            return err_memory(err);
        year = &view->years[view->years_n - 1];
        year->n++;
        if (text_empty(form))
            continue;
        if ((year->forms_n == 0 || !text_eq(year->forms[year->forms_n - 1].label, form)) &&
                !add_form(request, year, form))
            return err_memory(err);
        year->forms[year->forms_n - 1].n++;
    }
    return ERR_OK;
}

/* ---- the page ---- */

static enum err_code show(struct request *request, struct response *response,
        struct pupils_view *view, struct report *tree, struct err *err)
{
    struct html html = html_make(request->arena);
    struct tree_view empty = { .title = "Pupils" };
    enum err_code code = ERR_OK;

    visit_layout(request, &view->layout, "Pupils");
    view->layout.script = url_asset("find.js");
    view->action = url_pupils();
    view->tree = empty;
    if (tree != NULL) {
        view->listed = true;
        code = tree_draw(request, tree, report_url(request, url_pupils(), NULL),
                request_value(request, "page")->number, true, &view->tree, err);
    }
    if (code != ERR_OK)
        return code;
    if (request->method == METHOD_POST)
        view->tree.twins_n = 0;
    page_pupils(&html, view);
    return response_page(response, 200, &html, err);
}

static bool is_narrowed(const struct filters *filters)
{
    return filters->has_year || filters->registration != NULL || filters->group != NULL;
}

static const char *title_of(const struct request *request, const struct filters *filters)
{
    struct arena *arena = request->arena;

    if (filters->registration != NULL)
        return arena_printf(arena, "Registration group %s", filters->registration);
    if (filters->group != NULL)
        return arena_printf(arena, "Group %s", filters->group);
    return filters->has_year ? year_label(arena, filters->year) : "On roll today";
}

static enum err_code pupils_list(struct request *request, struct response *response,
        struct err *err)
{
    struct visit *visit = page_visit(request, ACTION_VIEW);
    struct pupils_view view = { .q = "" };
    struct filters filters = { 0 };
    struct loaded loaded = { 0 };
    struct report *tree = NULL;
    bool list;
    enum err_code code = report_filters_read(request, &filters, err);

    if (code == ERR_OK)
        code = roll_load(visit->context, &filters, &loaded, err);
    if (code != ERR_OK)
        return code;
    list = is_narrowed(&filters) || loaded.cohort.pupil_n <= LIST_MOST ||
           request->format != FORMAT_HTML;
    if (list)
        code = listing_pupils(visit->context, &loaded, NULL, true, true,
                title_of(request, &filters), &tree, err);
    if (code == ERR_OK && list && tree_answer(request, tree, response, &code, err))
        return code;
    if (code == ERR_OK && !is_narrowed(&filters))
        code = fill_years(request, &loaded.cohort, &view, err);
    if (code == ERR_OK)
        code = page_note(visit, "pupils", 0, err);
    return code == ERR_OK ? show(request, response, &view, tree, err) : code;
}

/* ---- searching ---- */

static const char *found_words(struct arena *arena, size_t n, const char *q)
{
    if (n == 0)
        return arena_printf(arena,
                "Nobody on roll today whom you may see is called \"%s\". Fewer letters find "
                "more.",
                q);
    return arena_printf(arena, "%zu pupils found for \"%s\".", n, q);
}

static size_t match(const struct loaded *loaded, const char *q, bool *keep, size_t *ret_first)
{
    struct roll_words words = roll_words_of(q);
    size_t n = 0;

    for (size_t p = 0; p < loaded->cohort.pupil_n; p++) {
        keep[p] = roll_matches(&loaded->cohort.pupils[p], &words, true);
        if (keep[p] && n++ == 0)
            *ret_first = p;
    }
    return n;
}

static enum err_code pupils_find(struct request *request, struct response *response,
        struct err *err)
{
    struct visit *visit = page_visit(request, ACTION_VIEW);
    struct pupils_view view = { .q = request_value(request, "q")->text };
    struct filters filters = { 0 };
    struct loaded loaded = { 0 };
    struct report *tree = NULL;
    bool *keep;
    size_t first = 0;
    size_t n;
    enum err_code code = roll_load(visit->context, &filters, &loaded, err);

    if (code != ERR_OK)
        return code;
    keep = arena_array(request->arena, loaded.cohort.pupil_n + 1, sizeof(*keep));
    if (keep == NULL)
        return err_memory(err);
    n = match(&loaded, view.q, keep, &first);
    if (n == 1 && request->format == FORMAT_HTML) {
        response_go(response, url_pupil(request->arena, loaded.cohort.pupils[first].id));
        return ERR_OK;
    }
    code = listing_pupils(visit->context, &loaded, keep, true, true, "Found", &tree, err);
    if (code != ERR_OK || tree_answer(request, tree, response, &code, err))
        return code;
    if (view.q[0] != '\0')
        view.said = found_words(request->arena, n, view.q);
    if (n == 0)
        code = fill_years(request, &loaded.cohort, &view, err);
    return code == ERR_OK ? show(request, response, &view, n == 0 ? NULL : tree, err) : code;
}

const struct route pupils_routes[] = {
    { METHOD_GET, "/pupils", "staff view identity", pupils_list, .formats = PAGE_TWINS,
            .inputs = report_inputs, .inputs_n = REPORT_INPUT_N, .menu = "Pupils",
            .help = "pupils" },
    { METHOD_POST, "/pupils", "staff view identity", pupils_find,
            .formats = ROUTE_FORMAT(FORMAT_JSON), .inputs = pupils_search,
            .inputs_n = COUNT(pupils_search), .help = "pupils" },
    { METHOD_GET, "/pupils/{id}", "staff view identity", pupil_show, .formats = PAGE_TWINS,
            .inputs = pupil_inputs, .inputs_n = PUPIL_INPUT_N, .help = "pupil" },
    { METHOD_POST, "/pupils/{id}", "staff set_target targets", pupil_set_target, .formats = 0,
            .inputs = pupil_target_inputs, .inputs_n = PUPIL_TARGET_INPUT_N, .help = "pupil" },
    { METHOD_POST, "/pupils/{id}/notes", "staff enter notes", pupil_change_notes, .formats = 0,
            .inputs = pupil_note_inputs, .inputs_n = PUPIL_NOTE_INPUT_N, .help = "pupil" },
};
const size_t pupils_route_n = COUNT(pupils_routes);
