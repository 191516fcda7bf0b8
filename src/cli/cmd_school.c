#include <string.h>

#include "actions/latest.h"
#include "base/text.h"
#include "cli/cmd_report.h"
#include "cli/command.h"
#include "reports/render/escape.h"

static enum err_code say(const struct args *args, struct arena *arena, const char *key,
        const char *sentence, struct err *err)
{
    struct buf buf = buf_make(arena, 1 << 16);
    const char *text = NULL;
    size_t n = 0;
    enum err_code code;

    if (args->json) {
        buf_printf(&buf, "{\"%s\":", key);
        escape_json(&buf, sentence);
        buf_add(&buf, "}\n");
    } else {
        buf_printf(&buf, "%s\n", sentence);
    }
    code = buf_end(&buf, &text, &n, err);
    return code == ERR_OK ? command_write(NULL, text, n, err) : code;
}

static enum err_code make_school(const struct args *args, struct context *context,
        struct err *err)
{
    const char *name = args_option(args, "name");
    const char *laestab = args_option(args, "laestab");
    const char *phase = args_option(args, "phase");
    const char *framework = args_option(args, "framework");
    int64_t id = 0;
    enum err_code code;

    framework = framework == NULL ? "england-2008" : framework;
    code = school_create(context, laestab, name, phase == NULL ? "" : phase, framework, &id,
            err);
    if (code != ERR_OK)
        return code;
    return say(args, context->arena, "made",
            arena_printf(context->arena,
                    "%s (%s) is ready, with the framework %s. Bring its files in with `attain "
                    "import`.",
                    name, laestab, framework),
            err);
}

int command_init(const struct args *args, struct arena *arena, struct err *err)
{
    struct context context = { 0 };
    enum err_code code;

    if (args_option(args, "name") == NULL || args_option(args, "laestab") == NULL) {
        (void)err_set(err, ERR_USAGE, "a school needs a name and a number");
        (void)err_hint(err, "Give --name and --laestab.");
        return -1;
    }
    code = command_open(args, arena, STORE_CREATE, false, &context, err);
    if (code == ERR_OK) {
        code = make_school(args, &context, err);
        context_close(&context);
    }
    return code == ERR_OK ? EXIT_DONE : -1;
}

static struct report *school_report(struct context *context, const struct school_list *list)
{
    static const struct column columns[] = {
        { .key = "laestab", .label = "LAESTAB", .type = COLUMN_TEXT },
        { .key = "name", .label = "School", .type = COLUMN_TEXT },
        { .key = "phase", .label = "Phase", .type = COLUMN_TEXT },
        { .key = "framework", .label = "Framework", .type = COLUMN_TEXT },
    };
    struct report *report = report_make(context->arena, "schools");
    struct table *table = report_table(report, "schools", "Schools", columns, COUNT(columns));

    report->title = "Schools of this file";
    report->as_at = context->today;
    for (size_t i = 0; i < list->n; i++) {
        struct row *row = table_row(report, table);

        cell_text(report, row, 0, list->items[i].laestab);
        cell_text(report, row, 1, list->items[i].name);
        cell_text(report, row, 2, list->items[i].phase);
        cell_text(report, row, 3, list->items[i].framework);
    }
    if (list->n == 0)
        table->empty = "There is no school yet.";
    return report;
}

int command_schools(const struct args *args, struct arena *arena, struct err *err)
{
    struct context context = { 0 };
    struct school_list list = { 0 };
    struct report *report;
    enum err_code code = command_open(args, arena, STORE_READ, false, &context, err);

    if (code != ERR_OK)
        return -1;
    code = store_schools(context.store, arena, &list, err);
    if (code == ERR_OK) {
        report = school_report(&context, &list);
        code = report_end(report, err);
        if (code == ERR_OK)
            code = command_write_report(args, report, arena, err);
    }
    context_close(&context);
    return code == ERR_OK ? EXIT_DONE : -1;
}

static struct report *setting_report(struct context *context)
{
    static const struct column columns[] = {
        { .key = "name", .label = "Setting", .type = COLUMN_TEXT },
        { .key = "value", .label = "Chosen", .type = COLUMN_TEXT },
        { .key = "meaning", .label = "What it decides", .type = COLUMN_TEXT },
        { .key = "example", .label = "For example", .type = COLUMN_TEXT },
    };
    struct report *report = report_make(context->arena, "settings");
    struct table *table = report_table(report, "settings", "Settings", columns, COUNT(columns));

    report->title = "How the school reckons";
    report->school = context->school.name;
    report->as_at = context->today;
    for (size_t i = 0; i < setting_info_n; i++) {
        struct row *row = table_row(report, table);

        cell_text(report, row, 0, setting_infos[i].name);
        cell_text(report, row, 1, context_setting(context, setting_infos[i].name, "(default)"));
        cell_text(report, row, 2, setting_infos[i].meaning);
        cell_text(report, row, 3, setting_infos[i].example);
    }
    return report;
}

int command_settings(const struct args *args, struct arena *arena, struct err *err)
{
    bool change = args->word_n == 3;
    struct context context = { 0 };
    enum err_code code;

    if (args->word_n == 2 || args->word_n > 3) {
        (void)err_set(err, ERR_USAGE, "a setting needs its name and its value");
        (void)err_hint(err, "attain settings rounding pair");
        return -1;
    }
    code = command_open(args, arena, change ? STORE_WRITE : STORE_READ, true, &context, err);
    if (code != ERR_OK)
        return -1;
    if (change)
        code = context_set(&context, args->words[1], args->words[2], err);
    if (code == ERR_OK && change)
        code = say(args, arena, "set",
                arena_printf(arena, "%s is now: %s", args->words[1], args->words[2]), err);
    if (code == ERR_OK && !change) {
        struct report *report = setting_report(&context);

        code = report_end(report, err);
        if (code == ERR_OK)
            code = command_write_report(args, report, arena, err);
    }
    context_close(&context);
    return code == ERR_OK ? EXIT_DONE : -1;
}

static enum err_code write_verified(const struct args *args, struct arena *arena,
        const struct verify_result *result, struct err *err)
{
    struct buf buf = buf_make(arena, 1 << 20);
    const char *text = NULL;
    size_t n = 0;
    enum err_code code;

    if (args->json) {
        buf_printf(&buf, "{\"sound\":%s,\"links\":%lld,\"facts\":%lld,\"findings\":[",
                result->finding_n == 0 ? "true" : "false", (long long)result->link_n,
                (long long)result->fact_n);
        for (size_t i = 0; i < result->finding_n; i++) {
            buf_add(&buf, i == 0 ? "" : ",");
            escape_json(&buf, result->findings[i].what);
        }
        buf_add(&buf, "]}\n");
    } else if (result->finding_n == 0) {
        buf_printf(&buf,
                "Sound: %lld facts in %lld saves and imports are as they were written.\n",
                (long long)result->fact_n, (long long)result->link_n);
    } else {
        for (size_t i = 0; i < result->finding_n; i++)
            buf_printf(&buf, "%s\n", result->findings[i].what);
    }
    code = buf_end(&buf, &text, &n, err);
    return code == ERR_OK ? command_write(NULL, text, n, err) : code;
}

int command_verify(const struct args *args, struct arena *arena, struct err *err)
{
    bool again = args_option(args, "rebuild") != NULL;
    struct context context = { 0 };
    struct verify_result result = { 0 };
    enum err_code code =
            command_open(args, arena, again ? STORE_WRITE : STORE_READ, false, &context, err);

    if (code != ERR_OK)
        return -1;
    if (again)
        code = latest_rebuild(&context, err);
    if (code == ERR_OK)
        code = store_verify(context.store, arena, &result, err);
    context_close(&context);
    if (code == ERR_OK)
        code = write_verified(args, arena, &result, err);
    if (code != ERR_OK)
        return -1;
    if (result.finding_n == 0)
        return EXIT_DONE;
    if (!args->json)
        (void)fprintf(stderr,
                "attain: the database is not sound, findings: %zu. Keep the file as it is, and "
                "restore the last backup beside it.\n",
                result.finding_n);
    return EXIT_REFUSED;
}
