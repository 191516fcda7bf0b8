#include "base/clock.h"

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

TESTS(TEST(today_is_a_date), TEST(seconds_are_a_day_and_a_minute),
        TEST(a_stamp_takes_its_day_from_the_caller), TEST(the_measuring_clock_never_runs_back))
