#include "cli/args.h"

#include <string.h>

#include "actions/filters.h"
#include "base/text.h"
#include "cli/command.h"

const struct option_info global_options[] = {
    { "db", "FILE",
            "the database; default $ATTAIN_DB, else attain.db here (demo: attain-demo.db)" },
    { "school", "LAESTAB", "which school, where the file holds more than one" },
    { "today", "DATE", "the day to reckon from; default: today" },
    { "frameworks", "FOLDER", "the operator's own assessment frameworks" },
    { "json", NULL, "machine-readable answer on stdout, also for errors" },
    { "quiet", NULL, "no progress bar" },
    { "help", NULL, "what a command does and takes" },
};
const size_t global_option_n = COUNT(global_options);

static const struct option_info *find_option(const struct option_info *options, size_t n,
        const char *name)
{
    for (size_t i = 0; i < n; i++) {
        if (text_eq(options[i].name, name))
            return &options[i];
    }
    return NULL;
}

static size_t option_count(const struct command *command)
{
    size_t n = 0;

    while (command != NULL && command->options != NULL && command->options[n].name != NULL)
        n++;
    return n;
}

/* What an option's name means for this command; NULL when it takes no such option. */
static const struct option_info *look_up(const struct command *command, const char *name)
{
    static struct option_info filter = { "", "VALUE", "" };
    const struct option_info *found = find_option(global_options, global_option_n, name);

    if (found == NULL && command != NULL)
        found = find_option(command->options, option_count(command), name);
    if (found != NULL || command == NULL || !command->takes_filters)
        return found;
    for (size_t i = 0; i < filter_info_n; i++) {
        if (text_eq(filter_infos[i].name, name)) {
            filter.name = filter_infos[i].name;
            return &filter;
        }
    }
    return NULL;
}

static enum err_code unknown_option(const struct command *command, const char *name,
        struct err *err)
{
    const char *nearest = NULL;
    size_t best = 3;

    for (size_t i = 0; i < option_count(command); i++) {
        size_t far = text_distance(command->options[i].name, name, best);

        if (far < best) {
            best = far;
            nearest = command->options[i].name;
        }
    }
    for (size_t i = 0; command != NULL && command->takes_filters && i < filter_info_n; i++) {
        size_t far = text_distance(filter_infos[i].name, name, best);

        if (far < best) {
            best = far;
            nearest = filter_infos[i].name;
        }
    }
    (void)err_set(err, ERR_USAGE, "%s%sthere is no option --%s",
            command == NULL ? "" : command->name, command == NULL ? "" : ": ", name);
    if (nearest != NULL)
        return err_hint(err, "Did you mean --%s?", nearest);
    return err_hint(err, "See `attain help%s%s`.", command == NULL ? "" : " ",
            command == NULL ? "" : command->name);
}

static enum err_code take_global(struct args *args, const char *name, const char *value,
        bool *ret_taken, struct err *err)
{
    *ret_taken = true;
    if (text_eq(name, "db"))
        args->db = value;
    else if (text_eq(name, "school"))
        args->school = value;
    else if (text_eq(name, "frameworks"))
        args->frameworks = value;
    else if (text_eq(name, "json"))
        args->json = true;
    else if (text_eq(name, "quiet"))
        args->quiet = true;
    else if (text_eq(name, "help"))
        args->help = true;
    else if (!text_eq(name, "today"))
        *ret_taken = false;
    else if (!date_parse(value, &args->today)) {
        (void)err_set(err, ERR_USAGE, "\"%s\" is not a date", value);
        return err_hint(err, "Give the day as 2026-03-27.");
    }
    return ERR_OK;
}

static enum err_code take_option(struct args *args, const char *name, const char *value,
        struct err *err)
{
    bool taken = false;
    enum err_code code = take_global(args, name, value, &taken, err);

    if (code != ERR_OK || taken)
        return code;
    if (args->option_n == ARGS_MAX)
        return err_set(err, ERR_USAGE, "there are too many options");
    args->options[args->option_n++] = (struct option_given){ name, value };
    return ERR_OK;
}

/* One `--name`, `--name=value` or `--name value`; *at moves past its value. */
static enum err_code read_option(int argc, char **argv, int *at, struct args *args,
        const struct command *command, struct err *err)
{
    const char *name = argv[*at] + 2;
    const char *equals = strchr(name, '=');
    const char *value = "";
    const struct option_info *info;

    if (equals != NULL) {
        char *cut = args->inline_names[args->option_n % ARGS_MAX];
        size_t n = (size_t)(equals - name);

        n = n < sizeof(args->inline_names[0]) ? n : sizeof(args->inline_names[0]) - 1;
        memcpy(cut, name, n);
        cut[n] = '\0';
        name = cut;
        value = equals + 1;
    }
    info = look_up(command, name);
    if (info == NULL)
        return unknown_option(command, name, err);
    if (info->argument == NULL && equals != NULL)
        return err_set(err, ERR_USAGE, "--%s takes no value", name);
    if (info->argument != NULL && equals == NULL) {
        if (*at + 1 >= argc)
            return err_set(err, ERR_USAGE, "--%s needs a value (%s)", name, info->argument);
        value = argv[++*at];
    }
    return take_option(args, info->name, value, err);
}

static bool is_option(const char *word)
{
    return word[0] == '-' && word[1] == '-' && word[2] != '\0';
}

/* The command is the first plain word that is not the value of a global option. */
static enum err_code find_command(int argc, char **argv, const struct command **ret_command,
        struct err *err)
{
    *ret_command = NULL;
    for (int i = 1; i < argc; i++) {
        const struct option_info *info;

        if (text_eq(argv[i], "--"))
            break;
        if (!is_option(argv[i])) {
            *ret_command = command_find(argv[i]);
            if (*ret_command != NULL)
                return ERR_OK;
            (void)err_set(err, ERR_USAGE, "there is no command \"%s\"", argv[i]);
            return err_hint(err, "See `attain help`.");
        }
        info = find_option(global_options, global_option_n, argv[i] + 2);
        if (info != NULL && info->argument != NULL)
            i++;
    }
    return ERR_OK;
}

enum err_code args_read(int argc, char **argv, struct args *ret_args,
        const struct command **ret_command, struct err *err)
{
    const struct command *command = NULL;
    bool ended = false;
    enum err_code code = find_command(argc, argv, &command, err);

    *ret_args = (struct args){ 0 };
    for (int i = 1; i < argc; i++)
        ret_args->json = ret_args->json || text_eq(argv[i], "--json");
    for (int i = 1; i < argc && code == ERR_OK; i++) {
        if (!ended && text_eq(argv[i], "--")) {
            ended = true;
        } else if (!ended && is_option(argv[i])) {
            code = read_option(argc, argv, &i, ret_args, command, err);
        } else if (!ended && text_eq(argv[i], "-o") && i + 1 < argc) {
            code = take_option(ret_args, "o", argv[++i], err);
        } else if (ret_args->word_n < ARGS_MAX) {
            ret_args->words[ret_args->word_n++] = argv[i];
        } else {
            code = err_set(err, ERR_USAGE, "there are too many arguments");
        }
    }
    *ret_command = command;
    return code;
}

const char *args_option(const struct args *args, const char *name)
{
    const char *value = NULL;

    for (size_t i = 0; i < args->option_n; i++) {
        if (text_eq(args->options[i].name, name))
            value = args->options[i].value;
    }
    return value;
}
