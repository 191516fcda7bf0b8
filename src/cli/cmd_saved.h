/*
 * cmd_saved: `attain report save|run|list|remove`: reports kept with their filters.
 */
#ifndef CLI_CMD_SAVED_H
#define CLI_CMD_SAVED_H

#include <stdbool.h>

#include "base/arena.h"
#include "cli/args.h"

/* Whether the word behind `report` is one of these verbs; no report bears such a name. */
bool command_is_saved(const char *word);

MUST_USE enum err_code command_saved(const struct args *args, struct arena *arena,
        struct err *err);

#endif
