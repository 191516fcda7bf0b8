#include <string.h>

#include "actions/import.h"
#include "actions/outcome_json.h"
#include "base/text.h"
#include "cli/cmd_report.h"
#include "cli/command.h"
#include "reports/render/escape.h"

enum {
    SHOWN_REFUSALS = 40,
    ANSWER_MAX = 256 << 20
};

/* ---- the answer in words ---- */

static void text_refused(struct buf *buf, const struct import_outcome *outcome)
{
    for (size_t i = 0; i < outcome->refused_n && i < SHOWN_REFUSALS; i++) {
        const struct refusal *refusal = &outcome->refused[i];

        buf_printf(buf, "  row %ld", refusal->row);
        if (!text_empty(refusal->column)) {
            buf_add(buf, ", ");
            escape_terminal(buf, refusal->column);
        }
        if (!text_empty(refusal->value)) {
            buf_add(buf, " \"");
            escape_terminal(buf, refusal->value);
            buf_add(buf, "\"");
        }
        buf_add(buf, ": ");
        escape_terminal(buf, refusal->reason);
        buf_add(buf, "\n");
    }
    if (outcome->refused_n > SHOWN_REFUSALS)
        buf_printf(buf, "  and %zu more: --json lists them all\n",
                outcome->refused_n - SHOWN_REFUSALS);
}

static void text_outcome(struct buf *buf, const struct import_outcome *outcome)
{
    escape_terminal(buf, outcome->file);
    buf_printf(buf, " (%s): %s%lld added, %lld unchanged, %lld superseded, %zu refused",
            file_kind_name(outcome->kind), outcome->preview ? "would be " : "",
            (long long)outcome->added, (long long)outcome->unchanged,
            (long long)outcome->superseded, outcome->refused_n);
    if (outcome->id != 0)
        buf_printf(buf, ". Import %lld", (long long)outcome->id);
    else if (!outcome->preview)
        buf_add(buf, ". Nothing was written");
    buf_add(buf, ".\n");
    text_refused(buf, outcome);
    for (size_t i = 0; i < outcome->note_n; i++)
        buf_printf(buf, "  note: %s\n", outcome->notes[i]);
    for (size_t i = 0; i < outcome->kept_n; i++)
        buf_printf(buf, "  kept: %s\n", outcome->kept[i]);
    if (outcome->alert_n > 0)
        buf_printf(buf, "  %zu %s look too low: see `attain report targets`.\n",
                outcome->alert_n, outcome->alert_n == 1 ? "target" : "targets");
}

static enum err_code write_outcomes(const struct args *args, struct arena *arena,
        const struct import_outcome *outcomes, size_t n, struct err *err)
{
    struct buf buf = buf_make(arena, ANSWER_MAX);
    const char *text = NULL;
    size_t size = 0;
    enum err_code code;

    for (size_t i = 0; i < n; i++) {
        if (!args->json) {
            text_outcome(&buf, &outcomes[i]);
            continue;
        }
        buf_add(&buf, i > 0 ? "," : n > 1 ? "[" : "");
        outcome_json(&buf, &outcomes[i]);
    }
    if (args->json)
        buf_add(&buf, n > 1 ? "]\n" : "\n");
    code = buf_end(&buf, &text, &size, err);
    return code == ERR_OK ? command_write(NULL, text, size, err) : code;
}

/* ---- running ---- */

static enum err_code read_options(const struct args *args, struct import_options *options,
        struct err *err)
{
    const char *as = args_option(args, "as");

    options->map = args_option(args, "map");
    options->preview = args_option(args, "preview") != NULL;
    options->all_or_nothing = args_option(args, "all-or-nothing") != NULL;
    options->match_names = args_option(args, "match-names") != NULL;
    options->kind = as == NULL ? FILE_UNKNOWN : file_kind_parse(as);
    if (as == NULL || options->kind != FILE_UNKNOWN)
        return ERR_OK;
    (void)err_set(err, ERR_USAGE, "there is no kind of file called \"%s\"", as);
    return err_hint(err, "It is ctf, pupils, results, groups, schools, national or framework.");
}

/* Schools and national figures belong to no school; a mapped file names its own. */
static bool needs_school(const struct import_options *options)
{
    return options->kind != FILE_SCHOOLS && options->kind != FILE_NATIONAL &&
           options->map == NULL;
}

/* Files that bring their own schools need none to be there, nor a database. */
static bool makes_schools(const struct import_options *options)
{
    return !options->preview && (options->kind == FILE_SCHOOLS || options->map != NULL);
}

static enum err_code choose_school(const struct args *args, struct context *context,
        const struct import_options *options, struct err *err)
{
    struct err later;
    enum err_code code;

    if (needs_school(options) && options->kind != FILE_UNKNOWN)
        return context_choose_school(context, args->school, err);
    /* Until the file has been recognised a missing school is no failure, but a wrong one is. */
    code = context_choose_school(context, args->school, &later);
    if (code != ERR_OK && args->school != NULL) {
        *err = later;
        return code;
    }
    return ERR_OK;
}

static enum err_code import_all(const struct args *args, struct context *context,
        const struct import_options *options, int *ret_status, struct err *err)
{
    size_t n = args->word_n - 1;
    struct import_outcome *outcomes = arena_array(context->arena, n, sizeof(*outcomes));
    size_t done = 0;
    bool refused = false;
    struct err later;
    enum err_code code = outcomes == NULL ? err_memory(err) : ERR_OK;

    for (; done < n && code == ERR_OK; done++) {
        code = import_file(context, args->words[done + 1], options, &outcomes[done], err);
        if (code != ERR_OK)
            break;
        refused = refused || outcomes[done].refused_n > 0;
    }
    *ret_status = refused ? EXIT_REFUSED : EXIT_DONE;
    if (code == ERR_OK)
        return write_outcomes(args, context->arena, outcomes, done, err);
    /* What was brought in before the failure is said, too. */
    if (done > 0 && !args->json)
        (void)write_outcomes(args, context->arena, outcomes, done, &later);
    return code;
}

static enum err_code undo(const struct args *args, struct context *context, const char *id,
        struct err *err)
{
    struct import_outcome outcome = { 0 };
    int64_t number;
    enum err_code code;

    if (!text_int(id, &number) || number <= 0) {
        (void)err_set(err, ERR_USAGE, "\"%s\" is not the number of an import", id);
        return err_hint(err, "List them with `attain imports`.");
    }
    code = import_undo(context, number, &outcome, err);
    return code == ERR_OK ? write_outcomes(args, context->arena, &outcome, 1, err) : code;
}

int command_import(const struct args *args, struct arena *arena, struct err *err)
{
    const char *undone = args_option(args, "undo");
    struct import_options options = { 0 };
    struct context context = { 0 };
    int status = EXIT_DONE;
    enum err_code code = read_options(args, &options, err);

    if (code != ERR_OK)
        return -1;
    if ((args->word_n < 2) == (undone == NULL)) {
        (void)err_set(err, ERR_USAGE, undone == NULL ? "which file?" : "--undo takes no file");
        (void)err_hint(err, "attain import FILE..., or attain import --undo NUMBER");
        return -1;
    }
    code = command_open(args, arena, makes_schools(&options) ? STORE_CREATE : STORE_WRITE,
            undone != NULL, &context, err);
    if (code != ERR_OK)
        return -1;
    if (undone != NULL)
        code = undo(args, &context, undone, err);
    else
        code = choose_school(args, &context, &options, err);
    if (code == ERR_OK && undone == NULL)
        code = import_all(args, &context, &options, &status, err);
    context_close(&context);
    return code == ERR_OK ? status : -1;
}

/* ---- the register ---- */

static struct report *import_report(struct context *context, const struct import_list *list)
{
    static const struct column columns[] = {
        { .key = "id", .label = "Import", .type = COLUMN_INTEGER },
        { .key = "recorded_at", .label = "When", .type = COLUMN_TEXT },
        { .key = "kind", .label = "What", .type = COLUMN_TEXT },
        { .key = "file", .label = "File", .type = COLUMN_TEXT },
        { .key = "added", .label = "Added", .type = COLUMN_INTEGER },
        { .key = "unchanged", .label = "Unchanged", .type = COLUMN_INTEGER },
        { .key = "superseded", .label = "Superseded", .type = COLUMN_INTEGER },
        { .key = "refused", .label = "Refused", .type = COLUMN_INTEGER },
        { .key = "undoes", .label = "Undoes", .type = COLUMN_INTEGER },
        { .key = "recorded_by", .label = "By", .type = COLUMN_TEXT },
    };
    struct report *report = report_make(context->arena, "imports");
    struct table *table = report_table(report, "imports", "Imports", columns, COUNT(columns));

    report->title = "Imports and saves";
    report->school = context->school.name;
    report->as_at = context->today;
    for (size_t i = 0; i < list->n; i++) {
        const struct import *in = &list->items[i];
        struct row *row = table_row(report, table);

        cell_number(row, 0, in->import_id * 1000);
        cell_text(report, row, 1, in->recorded_at);
        cell_text(report, row, 2, in->kind);
        cell_text(report, row, 3, in->file);
        cell_number(row, 4, in->added * 1000);
        cell_number(row, 5, in->unchanged * 1000);
        cell_number(row, 6, in->superseded * 1000);
        cell_number(row, 7, in->refused * 1000);
        if (in->undoes != 0)
            cell_number(row, 8, in->undoes * 1000);
        cell_text(report, row, 9, in->recorded_by);
    }
    if (list->n == 0)
        table->empty = "Nothing has been brought in yet.";
    return report;
}

int command_imports(const struct args *args, struct arena *arena, struct err *err)
{
    struct context context = { 0 };
    struct import_list list = { 0 };
    enum err_code code = command_open(args, arena, STORE_READ, true, &context, err);

    if (code != ERR_OK)
        return -1;
    code = store_imports(context.store, context.school.school_id, arena, &list, err);
    if (code == ERR_OK) {
        struct report *report = import_report(&context, &list);

        code = report_end(report, err);
        if (code == ERR_OK)
            code = command_write_report(args, report, arena, err);
    }
    context_close(&context);
    return code == ERR_OK ? EXIT_DONE : -1;
}
