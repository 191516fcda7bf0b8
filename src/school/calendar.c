#include "school/calendar.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"

enum {
    MONTH = 100,
    A_YEAR = 1300,
    LEAP_YEAR = 2000
};

static int period_key(const struct period *period)
{
    return period->month * MONTH + period->day;
}

static int last_key(const struct calendar *calendar)
{
    return period_key(&calendar->periods[calendar->period_n - 1]);
}

/* Month and day as a number that ascends through the school year. */
static int year_order(const struct calendar *calendar, int key)
{
    return key > last_key(calendar) ? key : key + A_YEAR;
}

struct calendar calendar_default(void)
{
    return (struct calendar){
        .periods = { { "autumn", 12, 31 }, { "spring", 4, 15 }, { "summer", 8, 31 } },
        .period_n = 3,
    };
}

/* "mm-dd" or "m-d"; false when no year has such a day. */
static bool read_last_day(const char *text, int *ret_month, int *ret_day)
{
    const char *dash = strchr(text, '-');
    char month[3] = "";
    int64_t m, d;

    if (dash == NULL || dash == text || dash - text > 2 || strlen(dash + 1) > 2)
        return false;
    memcpy(month, text, (size_t)(dash - text));
    if (!text_int(month, &m) || !text_int(dash + 1, &d) || m < 1 || d < 1)
        return false;
    if (!date_is_set(date_make(LEAP_YEAR, (int)m, (int)d)))
        return false;
    *ret_month = (int)m;
    *ret_day = (int)d;
    return true;
}

static enum err_code read_period(char *item, struct period *ret_period, struct err *err)
{
    struct period period = { .month = 0 };
    char *space = strrchr(item, ' ');

    if (space == NULL || !read_last_day(space + 1, &period.month, &period.day)) {
        (void)err_set(err, ERR_INVALID, "\"%s\" is not a period of the school year", item);
        return err_hint(err, "Write its name and its last day as month-day: autumn 12-31.");
    }
    *space = '\0';
    item = text_trim(item);
    if (item[0] == '\0' || !text_copy(period.name, sizeof(period.name), item)) {
        (void)err_set(err, ERR_INVALID, "the name of the period \"%s\" is missing or too long",
                item);
        return err_hint(err, "A name has 1 to %d letters.", CALENDAR_NAME - 1);
    }
    *ret_period = period;
    return ERR_OK;
}

static enum err_code check_periods(const struct calendar *calendar, struct err *err)
{
    for (int i = 1; i < calendar->period_n; i++) {
        const struct period *before = &calendar->periods[i - 1];
        const struct period *after = &calendar->periods[i];

        if (year_order(calendar, period_key(before)) >=
                year_order(calendar, period_key(after))) {
            (void)err_set(err, ERR_INVALID, "%s does not end after %s", after->name,
                    before->name);
            return err_hint(err,
                    "List the periods in the order of the school year; the last one ends it.");
        }
        for (int j = 0; j < i; j++) {
            if (text_eq_fold(calendar->periods[j].name, after->name))
                return err_set(err, ERR_INVALID, "two periods are called \"%s\"", after->name);
        }
    }
    return ERR_OK;
}

enum err_code calendar_parse(const char *text, struct calendar *ret_calendar, struct err *err)
{
    struct calendar calendar = { .period_n = 0 };
    char copy[2 * CALENDAR_TEXT_SIZE];
    char *next;
    enum err_code code;

    if (text == NULL || !text_copy(copy, sizeof(copy), text))
        return err_set(err, ERR_INVALID, "the list of periods is missing or too long");
    for (char *item = copy; item != NULL; item = next) {
        next = strchr(item, ',');
        if (next != NULL)
            *next++ = '\0';
        if (calendar.period_n == CALENDAR_PERIODS)
            return err_set(err, ERR_INVALID, "a school year has at most %d periods",
                    CALENDAR_PERIODS);
        code = read_period(text_trim(item), &calendar.periods[calendar.period_n], err);
        if (code != ERR_OK)
            return code;
        calendar.period_n++;
    }
    code = check_periods(&calendar, err);
    if (code != ERR_OK)
        return code;
    *ret_calendar = calendar;
    return ERR_OK;
}

const char *calendar_text(const struct calendar *calendar, char buffer[CALENDAR_TEXT_SIZE])
{
    size_t n = 0;

    buffer[0] = '\0';
    for (int i = 0; i < calendar->period_n && n < CALENDAR_TEXT_SIZE; i++) {
        const struct period *period = &calendar->periods[i];
        int written = snprintf(buffer + n, CALENDAR_TEXT_SIZE - n, "%s%s %02d-%02d",
                i == 0 ? "" : ", ", period->name, period->month, period->day);

        n += written > 0 ? (size_t)written : 0;
    }
    return buffer;
}

int calendar_year(const struct calendar *calendar, struct date day)
{
    return date_year(day) + (day.ymd % 10000 > last_key(calendar) ? 1 : 0);
}

int calendar_period(const struct calendar *calendar, struct date day)
{
    int order = year_order(calendar, day.ymd % 10000);
    int i = 0;

    while (i < calendar->period_n - 1 &&
            order > year_order(calendar, period_key(&calendar->periods[i])))
        i++;
    return i;
}

struct date calendar_period_end(const struct calendar *calendar, int year, int period)
{
    const struct period *p = &calendar->periods[period];
    struct date end;

    if (period_key(p) > last_key(calendar))
        year--;
    end = date_make(year, p->month, p->day);
    return date_is_set(end) ? end : date_make(year, p->month, p->day - 1);
}

struct date calendar_year_start(const struct calendar *calendar, int year)
{
    struct date end = calendar_period_end(calendar, year - 1, calendar->period_n - 1);

    return date_from_number(date_number(end) + 1);
}
