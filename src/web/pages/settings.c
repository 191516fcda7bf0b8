#include "web/pages/settings.h"

#include <string.h>

#include "base/text.h"
#include "generated/pages.h"
#include "web/pages/moment.h"
#include "web/program.h"

struct choice {
    const char *value, *label;
};

/* How each setting is asked for. */
struct question {
    const char *name, *label, *meaning, *example, *otherwise;
    const struct choice *choices; /* ends with a NULL value */
};

static const struct choice roundings[] = {
    { "nearest", "the nearest sub-level, a tie upwards: 4b" },
    { "pair", "the two neighbours: 4b/4a" },
    { NULL, NULL },
};
static const struct choice yes_no[] = { { "no", "no" }, { "yes", "yes" }, { NULL, NULL } };

static const struct choice factor_words[] = {
    { "required", "yes: they set it up before anything else" },
    { "optional", "they may" },
    { NULL, NULL },
};

static const struct question questions[] = {
    { "calendar", "Last days of the terms",
            "The parts of your school year with their last days, as month and day.",
            "autumn 12-31, spring 04-15, summer 08-31",
            "autumn 12-31, spring 04-15, summer 08-31", NULL },
    { "rounding", "How a progress target is written", "A line seldom falls on a grade exactly.",
            NULL, "nearest", roundings },
    { "flags", "How many steps make each flag",
            "Steps between the grade now and the progress target; sub-levels, or grades.",
            "well-below -2, below -1, above 1", "well-below -2, below -1, above 1", NULL },
    { "corridor", "Width of the corridor",
            "Points below and above the trajectory; one sub-level is two points.", "2 2", "2 2",
            NULL },
    { "target-rate", "Fewest levels of progress in a target",
            "A target with fewer whole levels over its key stage is pointed out; 0 never.", "2",
            "2", NULL },
    { "targets.window", "When do subject leaders set targets?",
            "First and last day of each year, as month and day; empty: never. Data managers, "
            "heads "
            "and senior leaders set them at any time, with a reason.",
            "09-01 10-31", "", NULL },
    { "tests-count", "Do tests and mocks count as where a pupil is now?",
            "If not, they are shown beside teachers' judgements.", NULL, "no", yes_no },
    { "years.KS3", "Years of Key Stage 3", "A two-year Key Stage 3 is 7-8.", "7-9", "7-9",
            NULL },
    { "years.KS4", "Years of Key Stage 4", "Beside a two-year Key Stage 3 it is 9-11.", "10-11",
            "10-11", NULL },
    { "borderline", "Between two grades",
            "What teachers are asked to enter then; it is shown on the marksheet.",
            "the lower grade", "", NULL },
    { "access.teachers-see-flags", "Do class teachers see disadvantage?",
            "Free school meals, pupil premium and care status of those they teach.", NULL, "no",
            yes_no },
    { "access.second-factor", "Do those who see the whole school need a second factor?",
            "Data managers, heads, senior leaders, SENCOs and the authority, to sign in.", NULL,
            "required", factor_words },
    { "access.parents-see-views", "Do parents see who looked at their child's record?",
            "Names of staff and days, on the parent's own page.", NULL, "no", yes_no },
};

/* ---- the form ---- */

static struct settings_choice *choices_of(struct arena *arena, const struct question *question,
        const char *value, size_t *ret_n)
{
    struct settings_choice *choices = arena_array(arena, 4, sizeof(*choices));
    size_t n = 0;

    for (; choices != NULL && n < 4 && question->choices[n].value != NULL; n++)
        choices[n] = (struct settings_choice){ question->choices[n].value,
            question->choices[n].label, text_eq(question->choices[n].value, value) };
    *ret_n = n;
    return choices;
}

/* What stands in the field: what was typed, else what is chosen. */
static const char *value_of(const struct request *request, const struct question *question)
{
    const char *typed =
            request->method == METHOD_POST ? fields_get(&request->form, question->name) : NULL;

    return typed != NULL ? typed
                         : context_setting(visit_of(request)->context, question->name,
                                   question->otherwise);
}

static enum err_code add_rows(const struct request *request, struct settings_view *view,
        struct err *err)
{
    view->rows = arena_array(request->arena, COUNT(questions), sizeof(*view->rows));
    if (view->rows == NULL)
        return err_memory(err);
    for (size_t i = 0; i < COUNT(questions); i++) {
        const struct question *question = &questions[i];
        struct settings_row *row = &view->rows[view->rows_n++];

        *row = (struct settings_row){ .name = question->name,
            .label = question->label,
            .meaning = question->meaning,
            .example = question->example,
            .value = value_of(request, question) };
        if (question->choices != NULL)
            row->choices = choices_of(request->arena, question, row->value, &row->choices_n);
        row->wrong = view->problems.items_n != 0 &&
                     text_eq(view->problems.items[0].field, question->name);
    }
    return ERR_OK;
}

static enum err_code draw(struct request *request, struct response *response,
        struct problems_view problems, int status, struct err *err)
{
    const struct context *c = visit_of(request)->context;
    struct arena *arena = request->arena;
    struct settings_view view = { .problems = problems,
        .school = c->school.name,
        .laestab = c->school.laestab,
        .framework = c->fw->name,
        .action = url_settings(arena, NULL),
        .scales = url_settings(arena, "scales"),
        .subjects = url_settings(arena, "subjects"),
        .templates = url_settings(arena, "templates"),
        .users = url_settings(arena, "users"),
        .audit = url_settings(arena, "audit") };
    struct html html = html_make(arena);
    enum err_code code = add_rows(request, &view, err);

    if (code != ERR_OK)
        return code;
    if (status == 200 && fields_get(&request->query, "saved") != NULL)
        view.said = "Your settings are saved.";
    visit_layout(request, &view.layout, "Settings");
    view.layout.refused = problems.items_n != 0;
    page_settings(&html, &view);
    return response_page(response, status, &html, err);
}

static enum err_code need_school(const struct request *request, struct err *err)
{
    if (visit_of(request)->context->has_school)
        return ERR_OK;
    return err_set(err, ERR_NOT_FOUND, "settings belong to a school, and you work in none");
}

static enum err_code settings_show(struct request *request, struct response *response,
        struct err *err)
{
    enum err_code code = need_school(request, err);

    return code == ERR_OK ? draw(request, response, (struct problems_view){ 0 }, 200, err)
                          : code;
}

/* Those that were sent and differ from what is chosen. */
static size_t changed(const struct request *request, struct setting settings[COUNT(questions)])
{
    const struct context *c = visit_of(request)->context;
    size_t n = 0;

    for (size_t i = 0; i < COUNT(questions); i++) {
        const struct input_value *value = request_value(request, questions[i].name);
        const char *now = context_setting(c, questions[i].name, questions[i].otherwise);

        if (fields_get(&request->form, questions[i].name) != NULL && !text_eq(value->text, now))
            settings[n++] = (struct setting){ questions[i].name, value->text };
    }
    return n;
}

static enum err_code note_changes(struct visit *visit, const struct setting *settings, size_t n,
        struct err *err)
{
    enum err_code code = ERR_OK;

    for (size_t i = 0; i < n && code == ERR_OK; i++)
        code = gate_note(&visit->gate, "setting",
                arena_printf(visit->context->arena, "%s: %s", settings[i].name,
                        settings[i].value),
                NULL, 0, "", err);
    return code;
}

static enum err_code settings_take(struct request *request, struct response *response,
        struct err *err)
{
    struct visit *visit = visit_of(request);
    struct setting settings[COUNT(questions)];
    size_t n;
    size_t wrong = 0;
    struct err why = { 0 };
    enum err_code code = need_school(request, err);

    if (code != ERR_OK)
        return code;
    if (request->refused_n != 0)
        return draw(request, response, problems_of(request), 422, err);
    n = changed(request, settings);
    visit_write(request);
    code = context_set_all(visit->context, settings, n, &wrong, &why);
    visit_wrote(request);
    if (code == ERR_INVALID || code == ERR_NOT_FOUND)
        return draw(request, response, problem_of(request->arena, settings[wrong].name, &why),
                422, err);
    if (code != ERR_OK) {
        *err = why;
        return code;
    }
    visit_school_changed(request);
    response_go(response,
            url_with(request->arena, url_settings(request->arena, NULL), "saved", "yes"));
    return note_changes(visit, settings, n, err);
}

/* ---- what it reckons with ---- */

static enum err_code draw_list(struct request *request, struct response *response,
        struct report *report, struct url here, struct err *err)
{
    struct settings_list_view view = { .up = url_settings(request->arena, NULL) };
    struct html html = html_make(request->arena);
    enum err_code code = report_end(report, err);

    if (code != ERR_OK || tree_answer(request, report, response, &code, err))
        return code;
    code = tree_draw(request, report, here, 1, false, &view.tree, err);
    if (code != ERR_OK)
        return code;
    visit_layout(request, &view.layout, view.tree.title);
    page_settings_list(&html, &view);
    return response_page(response, 200, &html, err);
}

static struct report *begin_list(const struct context *c, const char *name, const char *title)
{
    struct report *report = report_make(c->arena, name);

    report->title = title;
    report->school = c->school.name;
    report->as_at = c->today;
    report->audience = "everybody who signs in";
    return report;
}

static void add_scale(struct report *report, const struct framework *fw, int index)
{
    static const struct column columns[] = {
        { .key = "grade", .label = "Grade", .type = COLUMN_TEXT },
        { .key = "name", .label = "In words", .type = COLUMN_TEXT },
        { .key = "points", .label = "Points", .type = COLUMN_NUMBER },
    };
    const struct scale *scale = &fw->scales[index];
    struct table *table =
            report_table(report, scale->code, scale->name, columns, COUNT(columns));

    table->caption = report_text(report, "Source: %s", scale->source);
    if (scale->grade_n == 0)
        table->empty = report_text(report, "A number from %d to %d.", scale->min / 1000,
                scale->max / 1000);
    for (int i = 0; i < scale->grade_n; i++) {
        const struct grade *grade = &fw->grades[scale->first_grade + i];
        struct row *row = table_row(report, table);

        cell_text(report, row, 0, grade->code);
        cell_text(report, row, 1, grade->name);
        if (grade->points != POINTS_NONE)
            cell_number(row, 2, grade->points);
        else
            cell_missing(report, row, 2, "no points");
    }
}

static enum err_code scales_show(struct request *request, struct response *response,
        struct err *err)
{
    const struct context *c = visit_of(request)->context;
    struct report *report;
    enum err_code code = need_school(request, err);

    if (code != ERR_OK)
        return code;
    report = begin_list(c, "scales", "Scales and points");
    report->says = report_text(report,
            "%d scales; sub-levels and grades of one kind are "
            "compared by their points.",
            c->fw->scale_n);
    for (int i = 0; i < c->fw->scale_n; i++)
        add_scale(report, c->fw, i);
    return draw_list(request, response, report, url_settings(request->arena, "scales"), err);
}

static enum err_code subjects_show(struct request *request, struct response *response,
        struct err *err)
{
    static const struct column subject_columns[] = {
        { .key = "code", .label = "Code", .type = COLUMN_TEXT },
        { .key = "name", .label = "Subject", .type = COLUMN_TEXT },
        { .key = "core", .label = "Core", .type = COLUMN_BOOL },
    };
    static const struct column stage_columns[] = {
        { .key = "code", .label = "Code", .type = COLUMN_TEXT },
        { .key = "name", .label = "Key stage", .type = COLUMN_TEXT },
        { .key = "years", .label = "Years here", .type = COLUMN_TEXT },
    };
    const struct context *c = visit_of(request)->context;
    struct report *report;
    struct table *table;
    enum err_code code = need_school(request, err);

    if (code != ERR_OK)
        return code;
    report = begin_list(c, "subjects", "Subjects and key stages");
    table = report_table(report, "subjects", "Subjects", subject_columns,
            COUNT(subject_columns));
    for (int i = 0; i < c->fw->subject_n; i++) {
        struct row *row = table_row(report, table);

        cell_text(report, row, 0, c->fw->subjects[i].code);
        cell_text(report, row, 1, c->fw->subjects[i].name);
        cell_number(row, 2, c->fw->subjects[i].core);
    }
    table = report_table(report, "stages", "Key stages", stage_columns, COUNT(stage_columns));
    for (int i = 0; i < c->fw->stage_n; i++) {
        struct row *row;

        if (!c->fw->stages[i].whole)
            continue;
        row = table_row(report, table);
        cell_text(report, row, 0, c->fw->stages[i].code);
        cell_text(report, row, 1, c->fw->stages[i].name);
        cell_text(report, row, 2,
                report_text(report, "%s to %s", framework_year_text(c->stage_years[i].first),
                        framework_year_text(c->stage_years[i].last)));
    }
    return draw_list(request, response, report, url_settings(request->arena, "subjects"), err);
}

static const struct input take_inputs[] = {
    { "calendar", "the terms", INPUT_TEXT, .max = 400 },
    { "rounding", "how a progress target is written", INPUT_TEXT, .max = 20 },
    { "flags", "the flags", INPUT_TEXT, .max = 80 },
    { "corridor", "the corridor", INPUT_TEXT, .max = 40 },
    { "target-rate", "the levels of progress", INPUT_TEXT, .max = 4 },
    { "tests-count", "whether tests count", INPUT_TEXT, .max = 4 },
    { "years.KS3", "the years of Key Stage 3", INPUT_TEXT, .max = 16 },
    { "years.KS4", "the years of Key Stage 4", INPUT_TEXT, .max = 16 },
    { "borderline", "what holds between two grades", INPUT_TEXT, .max = 200 },
    { "access.teachers-see-flags", "what teachers see", INPUT_TEXT, .max = 4 },
    { "access.parents-see-views", "what parents see", INPUT_TEXT, .max = 4 },
};

const struct route settings_routes[] = {
    { METHOD_GET, "/settings", "settings", settings_show, .menu = "Settings",
            .help = "settings" },
    { METHOD_POST, "/settings", "settings", settings_take, .inputs = take_inputs,
            .inputs_n = COUNT(take_inputs), .help = "settings" },
    { METHOD_GET, "/settings/scales", "signed-in", scales_show, .formats = PAGE_TWINS,
            .help = "settings" },
    { METHOD_GET, "/settings/subjects", "signed-in", subjects_show, .formats = PAGE_TWINS,
            .help = "settings" },
};
const size_t settings_route_n = COUNT(settings_routes);
