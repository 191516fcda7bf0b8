/*
 * plan_origin: questions about the parts of a transfer file's result (exchange/ctf_codes.h).
 */
#ifndef ACTIONS_PLAN_ORIGIN_H
#define ACTIONS_PLAN_ORIGIN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"

/* What the result is called: "PHO CHK (NY)". `arena` is for passing work. */
MUST_USE enum err_code plan_origin_name(const char *origin, struct arena *arena, char *buffer,
        size_t size, struct err *err);

/* Whether the qualifier says that the Result is a grade, not a count or a score. */
bool plan_origin_is_grade(const char *origin);

#endif
