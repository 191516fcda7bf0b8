/*
 * cmd_report: running and writing reports, for every command that answers with one.
 */
#ifndef CLI_CMD_REPORT_H
#define CLI_CMD_REPORT_H

#include "actions/filters.h"
#include "cli/args.h"
#include "reports/render/render.h"

MUST_USE enum err_code command_filters(const struct args *args, struct filters *ret_filters,
        struct err *err);

/* Run the report called `name` (NULL: ERR_USAGE) with the filters given and write it. */
MUST_USE enum err_code command_run_report(const struct args *args, const char *name,
        struct arena *arena, struct err *err);

/* Write a report as --format, --json and -o say. */
MUST_USE enum err_code command_write_report(const struct args *args,
        const struct report *report, struct arena *arena, struct err *err);

#endif
