/*
 * moment: small texts that several pages need.
 */
#ifndef WEB_PAGES_MOMENT_H
#define WEB_PAGES_MOMENT_H

#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "web/pages/layout.h"

/* "27 March 2026, 15:42" of seconds since 1970, in the machine's time zone. */
const char *moment_text(struct arena *arena, int64_t seconds);

/* The same of a stamp as recorded, "2026-03-27T15:42:00Z": its day is the school's, its time is
   UTC. What is no stamp comes back as it is. */
const char *moment_stamp(struct arena *arena, const char *stamp);

/* What an action refused, as the problem of one field: its message as a sentence, and the hint.
   No items when memory is out. */
struct problems_view problem_of(struct arena *arena, const char *field, const struct err *why);

#endif
