#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "actions/demo_make.h"
#include "actions/demo_people.h"
#include "actions/report.h"
#include "base/text.h"
#include "cli/cmd_report.h"
#include "cli/cmd_serve.h"
#include "cli/command.h"
#include "reports/render/escape.h"

struct work {
    const struct args *args;
    struct arena *arena;
    struct demo_people people;
    const char *accounts; /* the file they go to */
};

static void say_progress(const char *what)
{
    if (what != NULL && isatty(STDERR_FILENO))
        (void)fprintf(stderr, "\r\033[K%s ...", what);
}

static const char *demo_path(const struct args *args)
{
    return args->db == NULL ? "attain-demo.db" : args->db;
}

/* The file with what SQLite keeps beside it; NULL as `to` removes it. */
static void put_aside(const char *path, const char *to)
{
    static const char *const beside[] = { "", "-wal", "-shm" };
    char from[1100];
    char name[1100];

    for (size_t i = 0; i < COUNT(beside); i++) {
        (void)snprintf(from, sizeof(from), "%s%s", path, beside[i]);
        (void)snprintf(name, sizeof(name), "%s%s", to == NULL ? "" : to, beside[i]);
        if (to == NULL)
            (void)unlink(from);
        else
            (void)rename(from, name);
    }
}

static enum err_code make_if_absent(const struct args *args, struct err *err)
{
    const char *path = demo_path(args);
    struct date today = date_is_set(args->today) ? args->today : clock_today();
    enum err_code code;

    if (args_option(args, "rebuild") != NULL)
        put_aside(path, NULL);
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

/* ---- the accounts ---- */

static void add_person(struct buf *buf, const struct demo_person *person)
{
    buf_add(buf, "  {\"username\":");
    escape_json(buf, person->username);
    buf_add(buf, ",\"password\":");
    escape_json(buf, person->password);
    buf_add(buf, ",\"name\":");
    escape_json(buf, person->name);
    buf_printf(buf, ",\"role\":\"%s\",\"school\":", person->role);
    if (person->laestab == NULL)
        buf_add(buf, "null");
    else
        escape_json(buf, person->laestab);
    buf_add(buf, ",\"marksheets\":[");
    for (size_t i = 0; i < person->marksheet_n; i++)
        buf_printf(buf, "%s\"/marksheets/%lld\"", i == 0 ? "" : ",",
                (long long)person->marksheets[i]);
    if (person->pupil_id != 0)
        buf_printf(buf, "],\"pupil\":\"/pupils/%lld\"}", (long long)person->pupil_id);
    else
        buf_add(buf, "],\"pupil\":null}");
}

static enum err_code accounts_text(const struct work *work, const char *url,
        const char **ret_text, size_t *ret_n, struct err *err)
{
    struct buf buf = buf_make(work->arena, (size_t)4 << 20);

    buf_add(&buf, "{\"url\":");
    escape_json(&buf, url);
    buf_add(&buf, ",\"accounts\":[\n");
    for (size_t i = 0; i < work->people.n; i++) {
        add_person(&buf, &work->people.items[i]);
        buf_add(&buf, i + 1 == work->people.n ? "\n" : ",\n");
    }
    buf_add(&buf, "]}\n");
    return buf_end(&buf, ret_text, ret_n, err);
}

/* For nobody else's eyes, and never half: made beside and moved into place. */
static enum err_code write_private(const char *path, const char *text, size_t n,
        struct arena *arena, struct err *err)
{
    const char *beside = arena_printf(arena, "%s.part", path);
    bool good;
    int file;

    if (beside == NULL)
        return err_memory(err);
    (void)unlink(beside);
    file = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
    good = file >= 0 && write(file, text, n) == (ssize_t)n;
    if (file >= 0)
        good = close(file) == 0 && good;
    if (good && rename(beside, path) == 0)
        return ERR_OK;
    (void)unlink(beside);
    (void)err_set(err, ERR_IO, "the accounts could not be written to %s", path);
    return err_hint(err, "Name another place with --accounts.");
}

/* One of each role on the terminal; the file has them all. */
static void print_accounts(const struct work *work, const char *url)
{
    const char *before = "";

    (void)printf("%s\n\n%-18s %-18s %s\n", demo_note(), "role", "user name", "password");
    for (size_t i = 0; i < work->people.n; i++) {
        const struct demo_person *person = &work->people.items[i];

        if (!text_eq(person->role, before))
            (void)printf("%-18s %-18s %s\n", person->role, person->username, person->password);
        before = person->role;
    }
    (void)printf("\nAll %zu accounts are in %s\nAttain listens at %s (Ctrl+C stops it)\n",
            work->people.n, work->accounts, url);
}

static enum err_code ready(void *data, const char *url, struct err *err)
{
    struct work *work = data;
    const char *text = NULL;
    size_t n = 0;
    enum err_code code = accounts_text(work, url, &text, &n, err);

    if (code == ERR_OK)
        code = write_private(work->accounts, text, n, work->arena, err);
    if (code != ERR_OK)
        return code;
    if (work->args->json)
        (void)fwrite(text, 1, n, stdout);
    else
        print_accounts(work, url);
    return fflush(stdout) == 0 ? ERR_OK : err_set(err, ERR_IO, "the terminal is closed");
}

/* A demo of another school year makes room for one of this year. */
static enum err_code make_people(struct work *work, struct err *err)
{
    const struct args *args = work->args;
    const char *path = demo_path(args);
    struct date today = date_is_set(args->today) ? args->today : clock_today();
    const char *old = arena_printf(work->arena, "%s.old", path);
    enum err_code code = demo_people_make(path, today, work->arena, &work->people, err);

    if (code != ERR_CONFLICT || old == NULL)
        return code;
    put_aside(old, NULL);
    put_aside(path, old);
    if (!args->quiet)
        (void)fprintf(stderr,
                "The demo was made for another school year: it is now %s, and a new one is "
                "made.\n",
                old);
    code = make_if_absent(args, err);
    return code == ERR_OK ? demo_people_make(path, today, work->arena, &work->people, err)
                          : code;
}

static enum err_code serve(const struct args *args, struct arena *arena, struct err *err)
{
    struct work work = { .args = args,
        .arena = arena,
        .accounts = args_option(args, "accounts") };
    const struct serve serving = { .db = demo_path(args),
        .frameworks = args->frameworks,
        .listen = args_option(args, "listen"),
        .today = args->today,
        .notice = demo_note(),
        .ready = ready,
        .data = &work };
    enum err_code code;

    if (work.accounts == NULL)
        work.accounts = arena_printf(arena, "%s.accounts.json", demo_path(args));
    if (work.accounts == NULL)
        return err_memory(err);
    code = make_people(&work, err);
    return code == ERR_OK ? serve_run(&serving, err) : code;
}

int command_demo(const struct args *args, struct arena *arena, struct err *err)
{
    bool report = args_option(args, "report") != NULL;
    enum err_code code = make_if_absent(args, err);

    if (code == ERR_OK)
        code = report ? show(args, arena, err) : serve(args, arena, err);
    return code == ERR_OK ? EXIT_DONE : -1;
}
