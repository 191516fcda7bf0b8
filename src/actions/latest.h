/*
 * latest: the newest facts kept beside the facts, computed again.
 */
#ifndef ACTIONS_LATEST_H
#define ACTIONS_LATEST_H

#include "actions/context.h"

/* Of every school of the file, each in a transaction of its own. Errors: those of the store. */
MUST_USE enum err_code latest_rebuild(struct context *context, struct err *err);

#endif
