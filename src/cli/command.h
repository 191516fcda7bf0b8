/*
 * command: the table of commands; --help and the dispatch are made from it.
 */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include <stdio.h>

#include "actions/context.h"
#include "base/buf.h"
#include "cli/args.h"

enum {
    EXIT_DONE = 0,
    EXIT_REFUSED = 1,
    EXIT_USAGE = 2
};

struct command {
    const char *name;
    const char *usage;                 /* behind the name: "FILE... [--preview]" */
    const char *summary;               /* one line */
    const struct option_info *options; /* ends with a NULL name */
    bool takes_filters;
    /* Returns an exit status, or fills *err and returns -1: main says it. */
    int (*run)(const struct args *args, struct arena *arena, struct err *err);
};

extern const struct command commands[];
extern const size_t command_n;

const struct command *command_find(const char *name);

/* Open the context a command works in; `choose` also chooses the school. */
MUST_USE enum err_code command_open(const struct args *args, struct arena *arena,
        enum store_mode mode, bool choose, struct context *ret_context, struct err *err);

/* Write a whole text to stdout, or to the file of -o. ERR_IO when it could not be written. */
MUST_USE enum err_code command_write(const char *path, const char *text, size_t n,
        struct err *err);

/* The error as one line on stderr, or as JSON on stdout. */
void command_say_error(const struct args *args, const struct err *err);

int command_demo(const struct args *args, struct arena *arena, struct err *err);
int command_init(const struct args *args, struct arena *arena, struct err *err);
int command_import(const struct args *args, struct arena *arena, struct err *err);
int command_imports(const struct args *args, struct arena *arena, struct err *err);
int command_export(const struct args *args, struct arena *arena, struct err *err);
int command_measure(const struct args *args, struct arena *arena, struct err *err);
int command_report(const struct args *args, struct arena *arena, struct err *err);
int command_target(const struct args *args, struct arena *arena, struct err *err);
int command_template(const struct args *args, struct arena *arena, struct err *err);
int command_review(const struct args *args, struct arena *arena, struct err *err);
int command_group(const struct args *args, struct arena *arena, struct err *err);
int command_serve(const struct args *args, struct arena *arena, struct err *err);
int command_settings(const struct args *args, struct arena *arena, struct err *err);
int command_schools(const struct args *args, struct arena *arena, struct err *err);
int command_user(const struct args *args, struct arena *arena, struct err *err);
int command_backup(const struct args *args, struct arena *arena, struct err *err);
int command_restore(const struct args *args, struct arena *arena, struct err *err);
int command_verify(const struct args *args, struct arena *arena, struct err *err);
int command_bench(const struct args *args, struct arena *arena, struct err *err);
int command_help(const struct args *args, struct arena *arena, struct err *err);

#endif
