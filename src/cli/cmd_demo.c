#include <unistd.h>

#include "actions/demo_make.h"
#include "actions/report.h"
#include "base/text.h"
#include "cli/cmd_report.h"
#include "cli/command.h"

static void say_progress(const char *what)
{
    if (what != NULL && isatty(STDERR_FILENO))
        (void)fprintf(stderr, "\r\033[K%s ...", what);
}

static const char *demo_path(const struct args *args)
{
    return args->db == NULL ? "attain-demo.db" : args->db;
}

static enum err_code make_if_absent(const struct args *args, struct err *err)
{
    const char *path = demo_path(args);
    struct date today = date_is_set(args->today) ? args->today : clock_today();
    enum err_code code;

    if (args_option(args, "rebuild") != NULL)
        (void)unlink(path);
    if (access(path, F_OK) == 0)
        return ERR_OK;
    code = demo_make(path, today, args->quiet ? NULL : say_progress, err);
    if (!args->quiet && isatty(STDERR_FILENO))
        (void)fputs("\r\033[K", stderr);
    return code;
}

/* One class's progress report, and what to try next. */
static enum err_code show(const struct args *args, struct arena *arena, struct err *err)
{
    struct args as_report = *args;
    enum err_code code;

    as_report.db = demo_path(args);
    as_report.school = demo_main_laestab();
    as_report.option_n = 0;
    as_report.options[as_report.option_n++] = (struct option_given){ "registration", "5A" };
    as_report.options[as_report.option_n++] = (struct option_given){ "subject", "MAT" };
    code = command_run_report(&as_report, "progress", arena, err);
    if (code != ERR_OK || args->json)
        return code;
    (void)printf("\n%s\n\nTry next (the file is %s):\n"
                 "  attain report summary --db %s --school %s --basis target\n"
                 "  attain report targets --db %s --school %s --year-group 6\n"
                 "  attain report progress --db %s --school %s --year-group 8 --subject ENG\n"
                 "  attain help\n",
            demo_note(), as_report.db, as_report.db, as_report.school, as_report.db,
            as_report.school, as_report.db, as_report.school);
    return ERR_OK;
}

int command_demo(const struct args *args, struct arena *arena, struct err *err)
{
    enum err_code code = make_if_absent(args, err);

    if (code == ERR_OK)
        code = show(args, arena, err);
    return code == ERR_OK ? EXIT_DONE : -1;
}
