#include "actions/own_measure.h"
#include "base/text.h"
#include "cli/cmd_report.h"
#include "cli/command.h"
#include "reports/render/escape.h"

static enum err_code say(const struct args *args, struct arena *arena, const char *measure,
        const char *done, struct err *err)
{
    struct buf buf = buf_make(arena, 4096);
    const char *text = NULL;
    size_t n = 0;
    enum err_code code;

    if (args->json) {
        buf_add(&buf, "{\"measure\":");
        escape_json(&buf, measure);
        buf_printf(&buf, ",\"done\":\"%s\"}\n", done);
    } else {
        buf_printf(&buf, "The measure %s is %s.\n", measure, done);
    }
    code = buf_end(&buf, &text, &n, err);
    return code == ERR_OK ? command_write(NULL, text, n, err) : code;
}

static enum err_code add(const struct args *args, struct context *context, struct err *err)
{
    struct own_measure what = { .measure = args->words[2],
        .formula = args->words[3],
        .label = args_option(args, "label"),
        .years = args_option(args, "years") };
    bool changed = false;
    enum err_code code = own_measure_add(context, &what, &changed, err);

    return code == ERR_OK
                   ? say(args, context->arena, what.measure, changed ? "changed" : "added", err)
                   : code;
}

static enum err_code end(const struct args *args, struct context *context, struct err *err)
{
    enum err_code code = own_measure_end(context, args->words[2], err);

    return code == ERR_OK ? say(args, context->arena, args->words[2], "ended", err) : code;
}

static enum err_code list(const struct args *args, struct context *context, struct err *err)
{
    static const struct column columns[] = {
        { .key = "measure", .label = "Measure", .type = COLUMN_TEXT },
        { .key = "label", .label = "In words", .type = COLUMN_TEXT },
        { .key = "years", .label = "Years", .type = COLUMN_GRADE },
        { .key = "formula", .label = "Formula", .type = COLUMN_TEXT },
        { .key = "state", .label = "State", .type = COLUMN_TEXT },
        { .key = "recorded_by", .label = "By", .type = COLUMN_TEXT, .quiet = true },
        { .key = "recorded_at", .label = "On", .type = COLUMN_TEXT, .quiet = true },
    };
    struct own_measure_list own = { 0 };
    struct report *report = report_make(context->arena, "measures");
    struct table *table = report_table(report, "measures", "Measures of the school's own",
            columns, COUNT(columns));
    enum err_code code = own_measure_list(context, &own, err);

    report->title = "Measures of the school's own";
    report->school = context->school.name;
    report->as_at = context->today;
    for (size_t i = 0; i < own.n && code == ERR_OK; i++) {
        struct row *row = table_row(report, table);

        cell_text(report, row, 0, own.items[i].measure);
        cell_text(report, row, 1, own.items[i].label);
        cell_text(report, row, 2, own.items[i].years);
        cell_text(report, row, 3, own.items[i].formula);
        cell_text(report, row, 4, own.items[i].ended ? "ended" : "in force");
        cell_text(report, row, 5, own.items[i].recorded_by);
        cell_text(report, row, 6, own.items[i].recorded_at);
    }
    if (own.n == 0)
        table->empty = "The school has no measure of its own yet.";
    if (code == ERR_OK)
        code = report_end(report, err);
    return code == ERR_OK ? command_write_report(args, report, context->arena, err) : code;
}

static const struct {
    const char *name;
    size_t word_n;
    enum store_mode mode;
    enum err_code (*run)(const struct args *args, struct context *context, struct err *err);
} verbs[] = {
    { "add", 4, STORE_WRITE, add },
    { "end", 3, STORE_WRITE, end },
    { "list", 2, STORE_READ, list },
};

int command_measure(const struct args *args, struct arena *arena, struct err *err)
{
    struct context context = { 0 };
    enum err_code code;

    for (size_t i = 0; i < COUNT(verbs); i++) {
        if (args->word_n < 2 || !text_eq(args->words[1], verbs[i].name) ||
                args->word_n != verbs[i].word_n)
            continue;
        code = command_open(args, arena, verbs[i].mode, true, &context, err);
        if (code != ERR_OK)
            return -1;
        code = verbs[i].run(args, &context, err);
        context_close(&context);
        return code == ERR_OK ? EXIT_DONE : -1;
    }
    (void)err_set(err, ERR_USAGE, "a measure is added, ended or listed");
    (void)err_hint(err, "attain measure add high-readers 'VALUE(\"REA\") >= \"5\"' --label "
                        "\"Level 5+ in reading\" --years 5-6");
    return -1;
}
