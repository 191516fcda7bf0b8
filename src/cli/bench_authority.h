/*
 * bench_authority: `attain bench authority`, the case that takes minutes to make: 50 schools,
 * 46,300 pupils, five million judgements.
 */
#ifndef CLI_BENCH_AUTHORITY_H
#define CLI_BENCH_AUTHORITY_H

#include "base/arena.h"
#include "base/err.h"
#include "cli/args.h"

/* Make the file, measure, print, take the file away (unless --keep). Errors: ERR_IO, and those
   of the actions that are measured. */
MUST_USE enum err_code bench_authority(const struct args *args, struct arena *arena,
        struct err *err);

#endif
