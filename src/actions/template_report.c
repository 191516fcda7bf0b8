#include "actions/template.h"
#include "base/text.h"
#include "reports/build_extreme.h"

static struct report *begin(struct context *context, const struct template_held *held,
        const char *name)
{
    struct report *report = report_make(context->arena, name);

    report->school = context->school.name;
    report->as_at = context->today;
    report->audience = "who may change the school's settings";
    report->population = report_text(report, "template %s", held->template.code);
    return report;
}

static const char *state_words(struct report *report, const struct template_state *state)
{
    if (!state->asks)
        return "needs no look";
    if (state->accepted)
        return report_text(report, "accepted by %s on %.10s", state->who, state->when);
    if (state->who != NULL)
        return report_text(report, "changed since %s accepted it on %.10s", state->who,
                state->when);
    return "not accepted yet";
}

/* ---- what it holds ---- */

static const char *made_of(struct report *report, const struct template *template,
        const struct template_column *column)
{
    const struct aspect *aspect;
    char lowest[TEXT_MILLI_SIZE], highest[TEXT_MILLI_SIZE];

    if (column->kind != TEMPLATE_ENTERED)
        return column->kind == TEMPLATE_SHOWN ? column->shows : column->formula;
    aspect = &template->aspects[column->aspect];
    if (aspect->kind == ASPECT_GRADE)
        return report_text(report, "%s, a grade of %s", aspect->code, aspect->scale);
    if (aspect->kind == ASPECT_MARK || aspect->kind == ASPECT_NUMBER)
        return report_text(report, "%s, a %s from %s to %s", aspect->code,
                aspect_kind_word(aspect->kind), text_from_milli(aspect->lowest, lowest),
                text_from_milli(aspect->highest, highest));
    return report_text(report, "%s, %s", aspect->code,
            aspect->kind == ASPECT_YES_NO ? "yes or no" : "a comment");
}

static const char *colour_words(struct report *report, const struct template_column *column)
{
    const char *words = "";

    for (size_t i = 0; i < column->colour_n; i++)
        words = report_text(report, "%s%s%s (%s): %s", words, i == 0 ? "" : "; ",
                column->colours[i].word, column->colours[i].flag, column->colours[i].formula);
    return words;
}

static void add_columns(struct report *report, const struct template_held *held)
{
    static const struct column columns[] = {
        { .key = "column", .label = "Column", .type = COLUMN_TEXT },
        { .key = "kind", .label = "Kind", .type = COLUMN_TEXT },
        { .key = "made_of", .label = "Made of", .type = COLUMN_TEXT },
        { .key = "colours", .label = "Colours", .type = COLUMN_TEXT },
        { .key = "state", .label = "State", .type = COLUMN_TEXT },
        { .key = "accepted", .label = "May be used", .type = COLUMN_BOOL, .quiet = true },
    };
    static const char *const kinds[] = { "entered", "shown", "calculated" };
    struct table *table = report_table(report, "columns", "Columns", columns, COUNT(columns));

    for (size_t i = 0; i < held->template.column_n; i++) {
        const struct template_column *column = &held->template.columns[i];
        const struct template_state *state = &held->states[i];
        struct row *row = table_row(report, table);

        cell_text(report, row, 0, column->name);
        cell_text(report, row, 1, kinds[column->kind]);
        cell_text(report, row, 2, made_of(report, &held->template, column));
        cell_text(report, row, 3, colour_words(report, column));
        cell_text(report, row, 4, state_words(report, state));
        cell_number(row, 5, !state->asks || state->accepted);
    }
}

static void add_tables(struct report *report, const struct template *template)
{
    static const struct column columns[] = {
        { .key = "value", .label = "Value", .type = COLUMN_TEXT },
        { .key = "stands_for", .label = "Stands for", .type = COLUMN_TEXT },
    };

    for (size_t t = 0; t < template->table_n; t++) {
        const struct template_table *from = &template->tables[t];
        struct table *table = report_table(report, report_text(report, "table_%zu", t + 1),
                report_text(report, "Table %s", from->name), columns, COUNT(columns));

        for (size_t i = 0; i < from->n; i++) {
            struct row *row = table_row(report, table);

            cell_text(report, row, 0, from->keys[i]);
            cell_text(report, row, 1, from->values[i]);
        }
        if (from->otherwise != NULL) {
            struct row *row = table_row(report, table);

            cell_text(report, row, 0, "any other");
            cell_text(report, row, 1, from->otherwise);
        }
    }
}

enum err_code template_show(struct context *context, const char *code,
        struct report **ret_report, struct err *err)
{
    struct template_held held = { 0 };
    struct report *report;
    enum err_code failed = template_load(context, code, &held, err);

    if (failed != ERR_OK)
        return failed;
    report = begin(context, &held, "template");
    report->title = report_text(report, "Template: %s", held.template.name);
    if (held.template.about[0] != '\0')
        report->says = report_text(report, "%s", held.template.about);
    report_note(report, "%s. Meant for %s.",
            held.own ? "The school's own" : "It comes with the program",
            held.template.stages[0] == '\0' ? "any key stage" : held.template.stages);
    add_columns(report, &held);
    add_tables(report, &held.template);
    if (held.accepted_n < held.asked_n)
        report_caution(report,
                "%zu of %zu formulas have not been accepted: their columns stay empty.",
                held.asked_n - held.accepted_n, held.asked_n);
    failed = report_end(report, err);
    if (failed == ERR_OK)
        *ret_report = report;
    return failed;
}

/* ---- the extreme cases ---- */

static void add_trial(struct report *report, const struct context *context,
        const struct template_held *held, const struct template_trial *trial, size_t i)
{
    const struct template_column *column = &held->template.columns[trial->column];
    const struct template_state *state = &held->states[trial->column];
    const char *stage = trial->stage < 0 ? "any stage" : context->fw->stages[trial->stage].name;
    const char *title = report_text(report, "%s, %s", column->name, stage);
    const char *formula = column->kind == TEMPLATE_CALCULATED ? column->formula
                          : column->kind == TEMPLATE_SHOWN    ? column->shows
                                                              : "entered";

    build_extreme(report, &trial->sheet, report_text(report, "sheet_%zu", i + 1), title,
            report_text(report, "%s%s%s. %zu of %zu cases to look at; %s.", formula,
                    column->colour_n == 0 ? "" : "; colours: ",
                    column->colour_n == 0 ? "" : colour_words(report, column),
                    trial->sheet.odd_n, trial->sheet.case_n, state_words(report, state)));
}

enum err_code template_report(struct context *context, const char *code,
        struct report **ret_report, struct err *err)
{
    struct template_held held = { 0 };
    struct template_trial *trials = NULL;
    struct report *report;
    size_t n = 0, odd = 0;
    char seen[TEMPLATE_SEEN_SIZE];
    enum err_code failed = template_load(context, code, &held, err);

    if (failed == ERR_OK)
        failed = template_try(context, &held.template, &trials, &n, err);
    if (failed != ERR_OK)
        return failed;
    report = begin(context, &held, "template-check");
    report->title = report_text(report, "Extreme cases: %s", held.template.name);
    for (size_t i = 0; i < n; i++)
        odd += trials[i].sheet.odd_n;
    report->says = report_text(report,
            "%zu of %zu columns with a formula or colours are accepted; %zu cases to look at.",
            held.accepted_n, held.asked_n, odd);
    report_note(report,
            "How to read this: each row is a made-up pupil in %s. One value is "
            "lowest, highest, next to a change, missing, absent or on another "
            "scale; the others are usual. Look whether the result is what you "
            "meant.",
            context->fw->subjects[template_subject(context, &held.template)].name);
    report_note(report, "Accept with `attain template accept %s --seen %s`.",
            held.template.code, template_seen(&held, seen));
    for (size_t i = 0; i < n; i++)
        add_trial(report, context, &held, &trials[i], i);
    failed = report_end(report, err);
    if (failed == ERR_OK)
        *ret_report = report;
    return failed;
}
