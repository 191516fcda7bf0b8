#include "base/clock.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

struct date clock_today(void)
{
    time_t now = time(NULL);
    struct tm tm;

    if (localtime_r(&now, &tm) == NULL)
        return date_from_number((int32_t)(now / 86400));
    return date_make(tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday);
}

const char *clock_stamp(struct date day, char buffer[CLOCK_STAMP_SIZE])
{
    int second = (int)(time(NULL) % 86400);
    char text[DATE_TEXT_SIZE];

    (void)snprintf(buffer, CLOCK_STAMP_SIZE, "%sT%02d:%02d:%02dZ", date_text(day, text),
            second / 3600 % 24, second / 60 % 60, second % 60);
    return buffer;
}

int64_t clock_seconds(void)
{
    return (int64_t)time(NULL);
}

struct date clock_local(int64_t seconds, int *ret_minute)
{
    time_t at = (time_t)seconds;
    struct tm tm;

    *ret_minute = (int)(at / 60 % 1440);
    if (localtime_r(&at, &tm) == NULL)
        return date_from_number((int32_t)(at / 86400));
    *ret_minute = tm.tm_hour * 60 + tm.tm_min;
    return date_make(tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday);
}

int clock_stamp_minute(const char *stamp)
{
    const char *at = strchr(stamp, 'T');

    for (int i = 1; i <= 5; i++) {
        if (at == NULL || (i == 3 ? at[i] != ':' : at[i] < '0' || at[i] > '9'))
            return 0;
    }
    return ((at[1] - '0') * 10 + at[2] - '0') * 60 + (at[4] - '0') * 10 + at[5] - '0';
}

int clock_local_minute(struct date day, int utc_minute)
{
    int64_t seconds = ((int64_t)date_number(day) * 1440 + utc_minute) * 60;
    int minute = 0;

    (void)clock_local(seconds, &minute);
    return minute;
}

int64_t clock_monotonic(void)
{
    struct timespec now;

    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}
