#include "base/clock.h"

#include <stdlib.h>
#include <time.h>

#include "check.h"

static void today_is_a_date(void **state)
{
    (void)state;
    CHECK_TRUE("set", date_is_set(clock_today()));
    CHECK_TRUE("not in the past of this program", clock_today().ymd > 20240101);
}

static void a_stamp_takes_its_day_from_the_caller(void **state)
{
    char stamp[CLOCK_STAMP_SIZE];

    (void)state;
    CHECK_INT("length", strlen(clock_stamp((struct date){ 20260327 }, stamp)), 20);
    CHECK_INT("day", memcmp(stamp, "2026-03-27T", 11), 0);
    CHECK_INT("zone", stamp[19], 'Z');
    CHECK_TRUE("hour", stamp[11] >= '0' && stamp[11] <= '2' && stamp[13] == ':');
}

static void the_measuring_clock_never_runs_back(void **state)
{
    int64_t before = clock_monotonic();

    (void)state;
    for (int i = 0; i < 1000; i++) {
        int64_t now = clock_monotonic();

        CHECK_TRUE("forward", now >= before);
        before = now;
    }
}

static void seconds_are_a_day_and_a_minute(void **state)
{
    int minute = -1;

    (void)state;
    CHECK_TRUE("this century", clock_seconds() > 1700000000);
    /* 27 March 2026, 12:00 UTC, is that day in every zone from -12 to +11 hours. */
    CHECK_INT("day", clock_local(1774612800, &minute).ymd, 20260327);
    CHECK_TRUE("minute of the day", minute >= 0 && minute < 1440);
    CHECK_INT("a minute later", clock_local(1774612860, &minute).ymd, 20260327);
}

static void a_stamp_is_shown_in_the_time_of_the_place(void **state)
{
    static const struct {
        const char *name, *zone, *stamp;
        int day, minute;
    } rows[] = {
        { "winter", "GMT0BST,M3.5.0/1,M10.5.0", "2026-01-27T15:42:00Z", 20260127, 942 },
        { "summer", "GMT0BST,M3.5.0/1,M10.5.0", "2026-06-27T15:42:00Z", 20260627, 1002 },
        { "past midnight", "GMT0BST,M3.5.0/1,M10.5.0", "2026-06-27T23:30:00Z", 20260627, 30 },
        { "west", "EST5", "2026-06-27T02:00:00Z", 20260627, 1260 },
        { "no stamp", "UTC0", "yesterday", 20260627, 0 },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        (void)setenv("TZ", rows[i].zone, 1);
        tzset();
        CHECK_INT(rows[i].name,
                clock_local_minute((struct date){ rows[i].day },
                        clock_stamp_minute(rows[i].stamp)),
                rows[i].minute);
    }
    (void)setenv("TZ", "UTC0", 1);
    tzset();
}

TESTS(TEST(a_stamp_is_shown_in_the_time_of_the_place), TEST(today_is_a_date),
        TEST(seconds_are_a_day_and_a_minute), TEST(a_stamp_takes_its_day_from_the_caller),
        TEST(the_measuring_clock_never_runs_back))
