#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "actions/report.h"
#include "base/text.h"
#include "cli/cmd_report.h"
#include "cli/cmd_saved.h"
#include "cli/command.h"

enum err_code command_filters(const struct args *args, struct filters *ret_filters,
        struct err *err)
{
    struct filters filters = { 0 };
    enum err_code code = ERR_OK;

    for (size_t i = 0; i < args->option_n && code == ERR_OK; i++) {
        bool known = false;

        code = filters_set(&filters, args->options[i].name, args->options[i].value, &known,
                err);
    }
    if (code == ERR_OK)
        *ret_filters = filters;
    return code;
}

static int terminal_width(void)
{
    const char *columns = getenv("COLUMNS");
    struct winsize size;
    int64_t n;

    if (columns != NULL && text_int(columns, &n) && n > 20 && n < 1000)
        return (int)n;
    if (isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 &&
            size.ws_col > 20)
        return size.ws_col;
    return 100;
}

enum err_code command_write_report(const struct args *args, const struct report *report,
        struct arena *arena, struct err *err)
{
    const char *format_name = args_option(args, "format");
    const char *path = args_option(args, "o");
    enum render_format format = args->json ? RENDER_JSON : RENDER_TEXT;
    struct render_options options = {
        .width = terminal_width(),
        .colour = path == NULL && isatty(STDOUT_FILENO) && getenv("NO_COLOR") == NULL,
    };
    const char *text = NULL;
    size_t n = 0;
    enum err_code code;

    if (format_name != NULL && !render_format_parse(format_name, &format)) {
        (void)err_set(err, ERR_USAGE, "there is no format \"%s\"", format_name);
        return err_hint(err, "It is text, json, csv or html.");
    }
    code = render(report, format, &options, arena, &text, &n, err);
    return code == ERR_OK ? command_write(path, text, n, err) : code;
}

static enum err_code unknown_report(const char *name, struct err *err)
{
    char list[400] = "";

    for (size_t i = 0; i < report_info_n; i++) {
        size_t used = strlen(list);

        (void)snprintf(list + used, sizeof(list) - used, "%s%s", i == 0 ? "" : ", ",
                report_infos[i].name);
    }
    if (name == NULL)
        (void)err_set(err, ERR_USAGE, "which report?");
    else
        (void)err_set(err, ERR_USAGE, "there is no report called \"%s\"", name);
    return err_hint(err, "It is one of %s.", list);
}

enum err_code command_run_report(const struct args *args, const char *name, struct arena *arena,
        struct err *err)
{
    const struct report_info *info = name == NULL ? NULL : report_find(name);
    struct context context = { 0 };
    struct filters filters;
    struct report *report = NULL;
    bool choose;
    enum err_code code;

    if (info == NULL)
        return unknown_report(name, err);
    choose = !info->many_schools || args->school != NULL;
    code = command_filters(args, &filters, err);
    if (code == ERR_OK)
        code = command_open(args, arena, STORE_READ, choose, &context, err);
    if (code != ERR_OK)
        return code;
    code = report_run(&context, info, &filters, &report, err);
    if (code == ERR_OK)
        code = command_write_report(args, report, arena, err);
    context_close(&context);
    return code;
}

int command_report(const struct args *args, struct arena *arena, struct err *err)
{
    const char *name = args->word_n > 1 ? args->words[1] : NULL;

    if (name != NULL && command_is_saved(name))
        return command_saved(args, arena, err) == ERR_OK ? EXIT_DONE : -1;
    return command_run_report(args, name, arena, err) == ERR_OK ? EXIT_DONE : -1;
}
