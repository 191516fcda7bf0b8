/*
 * clock: the only place that asks the machine what time it is.
 *
 * Domain code takes the day as an argument; actions/, cli/ and web/ ask here once.
 */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdint.h>

#include "base/date.h"

enum {
    CLOCK_STAMP_SIZE = 21
};

/* Today in the machine's time zone. */
struct date clock_today(void);

/* The time of day in UTC as `Thh:mm:ssZ` behind `day`: 2026-03-27T15:50:02Z. */
const char *clock_stamp(struct date day, char buffer[CLOCK_STAMP_SIZE]);

/* Seconds since 1970 UTC. */
int64_t clock_seconds(void);

/* The day and the minute of the day (0 .. 1439) of such seconds in the machine's time zone. */
struct date clock_local(int64_t seconds, int *ret_minute);

/* The minute of the day that such a stamp says; 0 for a text that is none. */
int clock_stamp_minute(const char *stamp);

/* The minute of the day in the machine's time zone that a UTC minute of that day is. */
int clock_local_minute(struct date day, int utc_minute);

/* Nanoseconds of a clock that only runs forward; for measuring. */
int64_t clock_monotonic(void);

#endif
