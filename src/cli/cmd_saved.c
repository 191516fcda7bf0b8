#include "cli/cmd_saved.h"

#include <string.h>

#include "actions/report.h"
#include "actions/saved_report.h"
#include "base/text.h"
#include "cli/cmd_report.h"
#include "cli/command.h"

static enum err_code want_words(const struct args *args, size_t n, const char *usage,
        struct err *err)
{
    if (args->word_n == n)
        return ERR_OK;
    (void)err_set(err, ERR_USAGE, "it takes %zu words", n - 2);
    return err_hint(err, "%s", usage);
}

static enum err_code say(const struct context *context, const struct args *args,
        const char *name, int64_t no, const char *done, struct err *err)
{
    struct buf buf = buf_make(context->arena, 4096);
    const char *text = NULL;
    size_t n = 0;
    enum err_code code;

    if (args->json)
        buf_printf(&buf, "{\"id\":%lld}\n", (long long)no);
    else
        buf_printf(&buf, "%s is %s.\n", name, done);
    code = buf_end(&buf, &text, &n, err);
    return code == ERR_OK ? command_write(NULL, text, n, err) : code;
}

/* What the command line gave of the filters, as given. */
static size_t given_filters(const struct args *args, struct saved_filter *filters)
{
    size_t n = 0;

    for (size_t i = 0; i < args->option_n; i++) {
        for (size_t f = 0; f < filter_info_n; f++) {
            if (text_eq(args->options[i].name, filter_infos[f].name))
                filters[n++] =
                        (struct saved_filter){ args->options[i].name, args->options[i].value };
        }
    }
    return n;
}

static enum err_code save(const struct args *args, struct context *context, struct err *err)
{
    struct saved_filter filters[ARGS_MAX];
    const char *share = args_option(args, "share");
    struct saved_report what = { .name = args->words[2],
        .report = args->words[3],
        .shared = share == NULL               ? "school"
                  : text_eq(share, "private") ? ""
                                              : share };
    int64_t no = 0;
    enum err_code code = saved_report_save(context, NULL, &what, filters,
            given_filters(args, filters), &no, err);

    return code == ERR_OK ? say(context, args, what.name, no, "saved", err) : code;
}

static enum err_code list(const struct args *args, struct context *context, struct err *err)
{
    static const struct column columns[] = {
        { .key = "id", .label = "No.", .type = COLUMN_INTEGER },
        { .key = "name", .label = "Name", .type = COLUMN_TEXT },
        { .key = "report", .label = "Report", .type = COLUMN_TEXT },
        { .key = "filters", .label = "Filters", .type = COLUMN_TEXT },
        { .key = "shared", .label = "Shared with", .type = COLUMN_TEXT },
        { .key = "recorded_by", .label = "Saved by", .type = COLUMN_TEXT },
    };
    struct saved_report_list saved = { 0 };
    struct report *report = report_make(context->arena, "saved-reports");
    struct table *table =
            report_table(report, "saved", "Saved reports", columns, COUNT(columns));
    enum err_code code = saved_report_list(context, NULL, &saved, err);

    report->title = "Saved reports";
    report->school = context->school.name;
    report->as_at = context->today;
    for (size_t i = 0; i < saved.n && code == ERR_OK; i++) {
        struct row *row = table_row(report, table);
        char *filters = arena_text(context->arena, saved.items[i].filters);

        for (char *at = filters; at != NULL && *at != '\0'; at++)
            *at = *at != '\n' ? *at : at[1] == '\0' ? '\0' : ' ';
        cell_number(row, 0, saved.items[i].saved_no * 1000);
        cell_text(report, row, 1, saved.items[i].name);
        cell_text(report, row, 2, saved.items[i].report);
        cell_text(report, row, 3, filters);
        cell_text(report, row, 4, saved_report_shared_words(&saved.items[i]));
        cell_text(report, row, 5, saved.items[i].recorded_by);
    }
    if (saved.n == 0)
        table->empty = "No report has been saved yet.";
    if (code == ERR_OK)
        code = report_end(report, err);
    return code == ERR_OK ? command_write_report(args, report, context->arena, err) : code;
}

/* With its own filters, and those given now instead of them. */
static enum err_code run(const struct args *args, struct context *context, struct err *err)
{
    struct saved_report saved = { 0 };
    struct filters filters = { 0 };
    const struct report_info *info = NULL;
    struct report *report = NULL;
    struct saved_filter given[ARGS_MAX];
    size_t n = given_filters(args, given);
    bool known;
    enum err_code code = saved_report_find(context, NULL, args->words[2], 0, &saved, err);

    if (code == ERR_OK)
        code = saved_report_filters(&saved, context->arena, &filters, err);
    for (size_t i = 0; i < n && code == ERR_OK; i++)
        code = filters_set(&filters, given[i].name, given[i].value, &known, err);
    if (code != ERR_OK)
        return code;
    info = report_find(saved.report);
    if (info == NULL) {
        (void)err_set(err, ERR_NOT_FOUND, "there is no report called %s any more",
                saved.report);
        return err_hint(err, "Remove it with `attain report remove`.");
    }
    code = report_run(context, info, &filters, &report, err);
    return code == ERR_OK ? command_write_report(args, report, context->arena, err) : code;
}

static enum err_code remove_saved(const struct args *args, struct context *context,
        struct err *err)
{
    struct saved_report saved = { 0 };
    enum err_code code = saved_report_find(context, NULL, args->words[2], 0, &saved, err);

    if (code == ERR_OK)
        code = saved_report_remove(context, NULL, saved.saved_no, err);
    return code == ERR_OK ? say(context, args, saved.name, saved.saved_no, "removed", err)
                          : code;
}

static const struct {
    const char *name;
    size_t word_n;
    enum store_mode mode;
    const char *usage;
    enum err_code (*run)(const struct args *args, struct context *context, struct err *err);
} verbs[] = {
    { "save", 4, STORE_WRITE, "attain report save NAME REPORT [filters] [--share ROLE]", save },
    { "run", 3, STORE_READ, "attain report run NAME [filters]", run },
    { "list", 2, STORE_READ, "attain report list", list },
    { "remove", 3, STORE_WRITE, "attain report remove NAME", remove_saved },
};

bool command_is_saved(const char *word)
{
    for (size_t i = 0; i < COUNT(verbs); i++) {
        if (text_eq(word, verbs[i].name))
            return true;
    }
    return false;
}

enum err_code command_saved(const struct args *args, struct arena *arena, struct err *err)
{
    struct context context = { 0 };
    size_t verb = 0;
    enum err_code code;

    while (!text_eq(args->words[1], verbs[verb].name))
        verb++;
    code = want_words(args, verbs[verb].word_n, verbs[verb].usage, err);
    if (code == ERR_OK)
        code = command_open(args, arena, verbs[verb].mode, true, &context, err);
    if (code != ERR_OK)
        return code;
    code = verbs[verb].run(args, &context, err);
    context_close(&context);
    return code;
}
