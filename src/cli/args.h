/*
 * args: the command line, taken apart.
 *
 * Options may stand before or after the command's name, as `--name value` or
 * `--name=value`; `--` ends them. Which options a command takes is in its table; the
 * global ones work everywhere.
 */
#ifndef CLI_ARGS_H
#define CLI_ARGS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/date.h"
#include "base/err.h"

enum {
    ARGS_MAX = 256
};

/* An option of a command. `argument` NULL: a switch. */
struct option_info {
    const char *name, *argument, *meaning;
};

struct option_given {
    const char *name, *value; /* value "" for a switch */
};

struct args {
    const char *db, *school, *frameworks;
    struct date today; /* no date: the clock's */
    bool json, quiet, help;
    const char *words[ARGS_MAX]; /* the command's name and its plain arguments */
    size_t word_n;
    struct option_given options[ARGS_MAX];
    size_t option_n;
    char inline_names[ARGS_MAX][32]; /* names cut off `--name=value` */
};

extern const struct option_info global_options[];
extern const size_t global_option_n;

struct command;

/* Find the command's name and sort the rest. Errors: ERR_USAGE. *ret_command NULL: none named.
 */
MUST_USE enum err_code args_read(int argc, char **argv, struct args *ret_args,
        const struct command **ret_command, struct err *err);

/* The value of an option ("" for a switch that was given), NULL when it was not. */
const char *args_option(const struct args *args, const char *name);

#endif
