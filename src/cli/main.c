#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "actions/filters.h"
#include "base/text.h"
#include "cli/command.h"

static const struct option_info no_options[] = { { 0 } };
static const struct option_info demo_options[] = {
    { "listen", "ADDRESS:PORT",
            "where to listen; default 127.0.0.1:8080, port 0 any free one" },
    { "accounts", "FILE", "where the accounts and passwords go; default beside the database" },
    { "rebuild", NULL, "make it afresh" },
    { "report", NULL, "show one class's report instead of serving" },
    { 0 },
};
static const struct option_info serve_options[] = {
    { "listen", "ADDRESS:PORT",
            "where to listen; default 127.0.0.1:8080, port 0 any free one" },
    { "cert", "FILE", "certificate (PEM), for other addresses than this machine's own" },
    { "key", "FILE", "its key (PEM)" },
    { "insecure-http", NULL, "serve other addresses without encryption: behind a proxy only" },
    { 0 },
};
static const struct option_info init_options[] = {
    { "name", "NAME", "the school's name" },
    { "laestab", "NUMBER", "its LAESTAB number, seven digits" },
    { "phase", "WORD", "primary, secondary, all-through ..." },
    { "framework", "CODE", "assessment framework; default england-2008" },
    { 0 },
};
static const struct option_info import_options[] = {
    { "as", "KIND",
            "ctf, pupils, results, groups, schools, national, framework; default: by content" },
    { "map", "NAME", "a column mapping, by name or file" },
    { "preview", NULL, "show what would change and write nothing" },
    { "all-or-nothing", NULL, "write nothing if any row is refused" },
    { "match-names", NULL, "same name, date of birth and sex is the same pupil" },
    { "undo", "ID", "undo an import" },
    { 0 },
};
static const struct option_info export_options[] = {
    { "o", "FILE", "where to; default: the terminal (written -o FILE)" },
    { 0 },
};
static const struct option_info report_options[] = {
    { "share", "ROLE", "save: with whom: school (the default), a role, or private" },
    { "format", "FORMAT", "text, json, csv or html" },
    { "o", "FILE", "where to; default: the terminal (written -o FILE)" },
    { 0 },
};
static const struct option_info measure_options[] = {
    { "label", "TEXT", "add: what it is called in reports; default: its name" },
    { "years", "A-B", "add: the NC years it asks about; default: all" },
    { "format", "FORMAT", "list: text, json, csv or html" },
    { "o", "FILE", "list: where to; default: the terminal (written -o FILE)" },
    { 0 },
};
static const struct option_info target_options[] = {
    { "grade", "GRADE", "the target, or the adjusted progress target" },
    { "stage", "STAGE", "its horizon: KS2, Y4; default: the pupil's own key stage" },
    { "scale", "SCALE", "its scale, where it is not the subject's own" },
    { "term", "DATE", "adjust: a day of the term the progress target is for" },
    { "reason", "TEXT", "why; kept with the change" },
    { "format", "FORMAT", "text, json, csv or html" },
    { "o", "FILE", "where to; default: the terminal (written -o FILE)" },
    { 0 },
};
static const struct option_info template_options[] = {
    { "export", "FILE", "show: write the template's own file, to be changed and taken in" },
    { "as", "CODE", "import: under this code" },
    { "preview", NULL, "import: say what would happen, write nothing" },
    { "seen", "CODE", "accept: what was looked at, as `template check` ends with" },
    { "marksheet", "NUMBER", "use: the marksheet that shows it" },
    { "format", "FORMAT", "text, json, csv or html" },
    { "o", "FILE", "where to; default: the terminal (written -o FILE)" },
    { 0 },
};
static const struct option_info review_options[] = {
    { "from", "DATE", "its first day" },
    { "to", "DATE", "its last day" },
    { "years", "A-B", "NC years asked: 3-6" },
    { "subjects", "CODES", "subjects asked, commas between; default: all" },
    { "asks", "WORD", "assessment (working at) or likely (at the end)" },
    { "reason", "TEXT", "why a closed review is opened again" },
    { "format", "FORMAT", "text, json, csv or html" },
    { "o", "FILE", "where to; default: the terminal (written -o FILE)" },
    { 0 },
};
static const struct option_info group_options[] = {
    { "upn", "UPNS", "join, leave: the pupils, commas between" },
    { "from", "DATE", "the first day; default: today (of a new group by rule: always)" },
    { "to", "DATE", "the last day; leave, end: default today" },
    { "rule", "FORMULA", "add, rule: who is in it, such as LOOKED_AFTER" },
    { "purpose", "TEXT", "intervention: what it is for" },
    { "cost", "POUNDS", "intervention: what it costs in all" },
    { "staff", "NAMES", "intervention: who does it" },
    { "as-at", "DATE", "show: as on that day" },
    { "format", "FORMAT", "list, show: text, json, csv or html" },
    { "o", "FILE", "list, show: where to; default: the terminal (written -o FILE)" },
    { 0 },
};
static const struct option_info user_options[] = {
    { "username", "NAME", "the account's user name" },
    { "name", "NAME", "add: the person's name" },
    { "email", "ADDRESS", "add: where notices go" },
    { "role", "ROLE", "add, grant: data_manager, head, teacher ... (see `attain user roles`)" },
    { "scope", "SCOPE", "add, grant: school, group:10B, year:7, subject:MAT, pupil:UPN ..." },
    { "from", "DATE", "the role's first day; default: today" },
    { "to", "DATE", "the role's last day; default: open; end: yesterday" },
    { "grant", "NUMBER", "end: which role, by its number in the list" },
    { "sen-detail", NULL, "the role includes SEN detail (data manager)" },
    { "may-enter", NULL, "the role includes entry (teaching assistant)" },
    { "format", "FORMAT", "list: text, json, csv or html" },
    { "o", "FILE", "list: where to; default: the terminal (written -o FILE)" },
    { 0 },
};
static const struct option_info backup_options[] = {
    { "to", "FOLDER", "make a backup in this folder" },
    { "check", "FOLDER", "prove a backup, or the newest in the folder" },
    { 0 },
};
static const struct option_info restore_options[] = {
    { "replace", NULL, "keep the database that is there as *.before-restore and replace it" },
    { "drill", NULL, "restore to a temporary place, prove it, and note the date" },
    { 0 },
};
static const struct option_info verify_options[] = {
    { "rebuild", NULL, "compute the derived tables again from the facts" },
    { 0 },
};
static const struct option_info bench_options[] = {
    { "keep", "FOLDER", "leave the files it made there" },
    { 0 },
};

const struct command commands[] = {
    { "demo", "[--listen ADDRESS:PORT] [--accounts FILE]",
            "make an invented school and serve it, to try things on", demo_options, false,
            command_demo },
    { "serve", "[--listen ADDRESS:PORT] [--cert FILE --key FILE]",
            "serve the pages to browsers until stopped", serve_options, false, command_serve },
    { "init", "--name NAME --laestab NUMBER [--framework CODE]", "make an empty school",
            init_options, false, command_init },
    { "import", "FILE... [--as KIND] [--map NAME] [--preview] | --undo ID",
            "bring files in: transfer files, pupils, results, groups, schools, figures",
            import_options, false, command_import },
    { "imports", "", "list what was brought in, by number", no_options, false,
            command_imports },
    { "export", "ctf|pupils|history|groups|results|targets|predictions [filters] [-o FILE]",
            "write files for other programs", export_options, true, command_export },
    { "report", "NAME | save NAME REPORT | run NAME | list | remove NAME [filters] [-o FILE]",
            "progress, pupil, summary, compare, scatter, matrix and others", report_options,
            true, command_report },
    { "measure", "add NAME FORMULA | end NAME | list",
            "the school's own measures: a formula that says yes or no of each pupil",
            measure_options, false, command_measure },
    { "target", "set|adjust|list|check [filters] [--grade GRADE]",
            "set one target, adjust a progress target, list targets, show alerts",
            target_options, true, command_target },
    { "review", "list|add|open|close|missing [NAME]", "the collection calendar", review_options,
            true, command_review },
    { "group", "list|show|add|join|leave|rule|intervention|end [NAME]",
            "the school's own groups, by hand and by rule", group_options, false,
            command_group },
    { "template", "list|show|check|import|accept|use|withdraw [NAME|FILE]",
            "columns of marksheets: formulas are tried before use", template_options, false,
            command_template },
    { "settings", "[NAME VALUE]", "how the school reckons: rounding, flags, terms", no_options,
            false, command_settings },
    { "schools", "", "list the schools of the file", no_options, false, command_schools },
    { "user", "add|list|passwd|disable|enable|grant|end|roles [--username NAME]",
            "accounts, and who may see and do what", user_options, false, command_user },
    { "backup", "--to FOLDER | --check FOLDER",
            "copy the database to a folder, or prove a copy", backup_options, false,
            command_backup },
    { "restore", "FOLDER [--replace] | FOLDER --drill", "bring a backup back, or try to",
            restore_options, false, command_restore },
    { "verify", "[--rebuild]", "prove that the file is sound and nothing was changed",
            verify_options, false, command_verify },
    { "bench", "[authority] [--keep FOLDER]", "measure this program on this machine",
            bench_options, false, command_bench },
    { "help", "[COMMAND]", "this list, or one command", no_options, false, command_help },
};
const size_t command_n = COUNT(commands);

const struct command *command_find(const char *name)
{
    for (size_t i = 0; i < command_n; i++) {
        if (text_eq(commands[i].name, name))
            return &commands[i];
    }
    return NULL;
}

static void print_options(const struct option_info *options, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        char left[64];

        (void)snprintf(left, sizeof(left), "%s%s%s%s",
                strlen(options[i].name) == 1 ? "-" : "--", options[i].name,
                options[i].argument == NULL ? "" : " ",
                options[i].argument == NULL ? "" : options[i].argument);
        (void)printf("  %-26s %s\n", left, options[i].meaning);
    }
}

static void help_command(const struct command *command)
{
    size_t n = 0;

    (void)printf("attain %s %s\n\n%s.\n", command->name, command->usage, command->summary);
    while (command->options[n].name != NULL)
        n++;
    if (n > 0)
        (void)printf("\n");
    print_options(command->options, n);
    if (command->takes_filters) {
        (void)printf("\nFilters\n");
        for (size_t i = 0; i < filter_info_n; i++)
            print_options(&(struct option_info){ filter_infos[i].name, filter_infos[i].argument,
                                  filter_infos[i].meaning },
                    1);
    }
    (void)printf("\nEverywhere\n");
    print_options(global_options, global_option_n);
}

int command_help(const struct args *args, struct arena *arena, struct err *err)
{
    const struct command *command = args->word_n > 1 ? command_find(args->words[1]) : NULL;

    (void)arena;
    if (args->word_n > 1 && command == NULL) {
        (void)err_set(err, ERR_USAGE, "there is no command \"%s\"", args->words[1]);
        (void)err_hint(err, "See `attain help`.");
        return -1;
    }
    if (command != NULL) {
        help_command(command);
        return EXIT_DONE;
    }
    (void)printf("Attain: pupils' attainment, targets and progress.\n\n");
    for (size_t i = 0; i < command_n; i++)
        (void)printf("  %-10s %s\n", commands[i].name, commands[i].summary);
    (void)printf("\n`attain help COMMAND` tells what a command takes. Everywhere:\n");
    print_options(global_options, global_option_n);
    return EXIT_DONE;
}

/* A closed standard stream would let an error message overwrite a database file. */
static void open_standard_streams(void)
{
    int fd = open("/dev/null", O_RDWR);

    while (fd >= 0 && fd <= STDERR_FILENO)
        fd = open("/dev/null", O_RDWR);
    if (fd > STDERR_FILENO)
        (void)close(fd);
}

static int run(const struct args *args, const struct command *command, struct err *err)
{
    struct arena arena = { 0 };
    int status;

    if (args->help && command != NULL) {
        help_command(command);
        return EXIT_DONE;
    }
    if (command == NULL)
        return command_help(args, &arena, err);
    status = command->run(args, &arena, err);
    arena_free(&arena);
    return status;
}

/* What was printed on the way must have arrived. */
static int flush_output(int status, struct err *err)
{
    if (status < 0 || (fflush(stdout) == 0 && ferror(stdout) == 0))
        return status;
    (void)err_set(err, ERR_IO, "could not write the answer");
    (void)err_hint(err, "Check that the disk has room.");
    return -1;
}

int main(int argc, char **argv)
{
    static struct args args;
    const struct command *command = NULL;
    struct err err = { 0 };
    int status = -1;

    open_standard_streams();
    if (args_read(argc, argv, &args, &command, &err) == ERR_OK)
        status = flush_output(run(&args, command, &err), &err);
    if (status >= 0)
        return status;
    command_say_error(&args, &err);
    return err.code == ERR_USAGE ? EXIT_USAGE : EXIT_REFUSED;
}
