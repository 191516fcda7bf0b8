#include <string.h>

#include "actions/template.h"
#include "base/text.h"
#include "cli/cmd_report.h"
#include "cli/command.h"
#include "reports/render/escape.h"

static struct report *list_report(struct context *context, const struct template_listed *items,
        size_t n)
{
    static const struct column columns[] = {
        { .key = "code", .label = "Code", .type = COLUMN_TEXT },
        { .key = "name", .label = "Template", .type = COLUMN_TEXT },
        { .key = "own", .label = "The school's own", .type = COLUMN_BOOL },
        { .key = "columns", .label = "Columns", .type = COLUMN_INTEGER },
        { .key = "formulas", .label = "Formulas", .type = COLUMN_INTEGER },
        { .key = "accepted", .label = "Accepted", .type = COLUMN_INTEGER },
        { .key = "problem", .label = "Problem", .type = COLUMN_TEXT, .minor = true },
    };
    struct report *report = report_make(context->arena, "templates");
    struct table *table =
            report_table(report, "templates", "Templates", columns, COUNT(columns));

    report->title = "Templates of marksheets";
    report->school = context->school.name;
    report->as_at = context->today;
    for (size_t i = 0; i < n; i++) {
        struct row *row = table_row(report, table);

        cell_text(report, row, 0, items[i].code);
        cell_text(report, row, 1, items[i].name);
        cell_number(row, 2, items[i].own);
        cell_number(row, 3, (int64_t)items[i].column_n * 1000);
        cell_number(row, 4, (int64_t)items[i].asked_n * 1000);
        cell_number(row, 5, (int64_t)items[i].accepted_n * 1000);
        cell_text(report, row, 6, items[i].problem);
    }
    return report;
}

static enum err_code list(const struct args *args, struct context *context, struct err *err)
{
    struct template_listed *items = NULL;
    struct report *report;
    size_t n = 0;
    enum err_code code = template_list(context, &items, &n, err);

    if (code != ERR_OK)
        return code;
    report = list_report(context, items, n);
    code = report_end(report, err);
    return code == ERR_OK ? command_write_report(args, report, context->arena, err) : code;
}

/* The template as a file with --export, else what it holds. */
static enum err_code show(const struct args *args, struct context *context, const char *name,
        struct err *err)
{
    struct template_held held = { 0 };
    struct report *report = NULL;
    enum err_code code;

    if (args_option(args, "export") != NULL) {
        code = template_load(context, name, &held, err);
        return code == ERR_OK ? command_write(args_option(args, "export"), held.body,
                                        strlen(held.body), err)
                              : code;
    }
    code = template_show(context, name, &report, err);
    return code == ERR_OK ? command_write_report(args, report, context->arena, err) : code;
}

static enum err_code check(const struct args *args, struct context *context, const char *name,
        struct err *err)
{
    struct report *report = NULL;
    enum err_code code = template_report(context, name, &report, err);

    return code == ERR_OK ? command_write_report(args, report, context->arena, err) : code;
}

static enum err_code write_outcome(const struct args *args, struct context *context,
        const struct template_outcome *outcome, struct err *err)
{
    struct buf buf = buf_make(context->arena, 1 << 18);
    const char *text = NULL;
    size_t n = 0;
    enum err_code code;

    if (args->json) {
        buf_printf(&buf,
                "{\"id\":%lld,\"preview\":%s,\"changed\":%s,\"said\":", (long long)outcome->id,
                outcome->preview ? "true" : "false", outcome->changed ? "true" : "false");
        escape_json(&buf, outcome->said);
        buf_add(&buf, ",\"notes\":[");
        for (size_t i = 0; i < outcome->note_n; i++) {
            buf_add(&buf, i == 0 ? "" : ",");
            escape_json(&buf, outcome->notes[i]);
        }
        buf_add(&buf, "]}\n");
    } else {
        escape_terminal(&buf, outcome->said);
        buf_add(&buf, outcome->preview ? " Nothing was written: a preview.\n" : "\n");
        for (size_t i = 0; i < outcome->note_n; i++) {
            buf_add(&buf, "  ");
            escape_terminal(&buf, outcome->notes[i]);
            buf_add(&buf, "\n");
        }
    }
    code = buf_end(&buf, &text, &n, err);
    return code == ERR_OK ? command_write(NULL, text, n, err) : code;
}

static enum err_code take_in(const struct args *args, struct context *context, const char *path,
        struct err *err)
{
    struct template_outcome outcome = { 0 };
    enum err_code code = template_import_file(context, path, args_option(args, "as"),
            args_option(args, "preview") != NULL, &outcome, err);

    return code == ERR_OK ? write_outcome(args, context, &outcome, err) : code;
}

/* Without --seen the cases are shown first, so that nothing is accepted unseen. */
static enum err_code accept(const struct args *args, struct context *context, const char *name,
        struct err *err)
{
    struct template_outcome outcome = { 0 };
    const char *seen = args_option(args, "seen");
    enum err_code code = ERR_OK;

    if (seen == NULL && args->json) {
        (void)err_set(err, ERR_USAGE, "which cases were looked at?");
        return err_hint(err,
                "Run `attain template check %s --json` and give its code with "
                "--seen.",
                name);
    }
    if (seen == NULL)
        code = check(args, context, name, err);
    if (code == ERR_OK)
        code = template_accept(context, name, seen, &outcome, err);
    return code == ERR_OK ? write_outcome(args, context, &outcome, err) : code;
}

static enum err_code withdraw(const struct args *args, struct context *context,
        const char *name, struct err *err)
{
    enum err_code code = template_withdraw(context, name, err);

    return code == ERR_OK ? list(args, context, err) : code;
}

static enum err_code use(const struct args *args, struct context *context, const char *name,
        struct err *err)
{
    const char *marksheet = args_option(args, "marksheet");
    int64_t id = 0;
    enum err_code code;

    if (marksheet == NULL || !text_int(marksheet, &id)) {
        (void)err_set(err, ERR_USAGE, "which marksheet?");
        return err_hint(err, "Name it by its number: --marksheet 12.");
    }
    code = marksheet_choose(context, id, text_eq(name, "none") ? "" : name, err);
    return code == ERR_OK ? list(args, context, err) : code;
}

static const struct {
    const char *word;
    bool writes;
    enum err_code (*run)(const struct args *args, struct context *context, const char *name,
            struct err *err);
} parts[] = {
    { "show", false, show },
    { "check", false, check },
    { "import", true, take_in },
    { "accept", true, accept },
    { "withdraw", true, withdraw },
    { "use", true, use },
};

static enum err_code run(const struct args *args, struct arena *arena, size_t part,
        const char *name, struct err *err)
{
    struct context context = { 0 };
    bool writes = part < COUNT(parts) && parts[part].writes;
    enum err_code code =
            command_open(args, arena, writes ? STORE_WRITE : STORE_READ, true, &context, err);

    if (code != ERR_OK)
        return code;
    code = part < COUNT(parts) ? parts[part].run(args, &context, name, err)
                               : list(args, &context, err);
    context_close(&context);
    return code;
}

int command_template(const struct args *args, struct arena *arena, struct err *err)
{
    const char *what = args->word_n > 1 ? args->words[1] : "list";
    const char *name = args->word_n > 2 ? args->words[2] : NULL;
    size_t part = 0;

    while (part < COUNT(parts) && !text_eq(parts[part].word, what))
        part++;
    if (part == COUNT(parts) && !text_eq(what, "list")) {
        (void)err_set(err, ERR_USAGE, "template what?");
        (void)err_hint(err, "It is list, show, check, import, accept, use or withdraw.");
        return -1;
    }
    if (part < COUNT(parts) && name == NULL) {
        (void)err_set(err, ERR_USAGE, "which template?");
        (void)err_hint(err, "Name it behind `template %s`.", what);
        return -1;
    }
    return run(args, arena, part, name, err) == ERR_OK ? EXIT_DONE : -1;
}
