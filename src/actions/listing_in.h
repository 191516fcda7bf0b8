/*
 * listing_in: how every listing begins and ends.
 */
#ifndef ACTIONS_LISTING_IN_H
#define ACTIONS_LISTING_IN_H

#include "actions/listing.h"

/* A tree of the school and of today, in the arena of the context. */
struct report *listing_begin(const struct context *context, const char *name,
        const char *title);

/* An address with a value behind it, made fit for an address; in the report's arena. */
const char *listing_link(struct report *report, const char *address, const char *value);

/* *ret_report is the tree when memory sufficed. ERR_MEMORY. */
MUST_USE enum err_code listing_end(struct report *report, struct report **ret_report,
        struct err *err);

#endif
