/*
 * fact_record: a fact on record as the files of exchange say it.
 */
#ifndef ACTIONS_FACT_RECORD_H
#define ACTIONS_FACT_RECORD_H

#include "assessments/fact.h"
#include "exchange/record.h"

/* The record of a fact; its texts are the fact's or in the arena. Errors: ERR_MEMORY. */
MUST_USE enum err_code fact_record(const struct fact *fact, const char *upn,
        struct arena *arena, struct result_record *ret_record, struct err *err);

/*
 * Whether a transfer file says of the fact just what `origin` says, so that reading `origin`
 * teaches nothing. A fact with an origin of its own is compared by that.
 */
MUST_USE enum err_code fact_says(const struct fact *fact, const char *origin,
        struct arena *arena, bool *ret_says, struct err *err);

#endif
