#include "base/date.h"

#include <stdio.h>

static const char *const month_names[] = { "January", "February", "March", "April", "May",
    "June", "July", "August", "September", "October", "November", "December" };

static int month_days(int year, int month)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    return month == 2 && leap ? 29 : days[month - 1];
}

struct date date_make(int year, int month, int day)
{
    if (year < 1900 || year > 2199 || month < 1 || month > 12 || day < 1 ||
            day > month_days(year, month))
        return (struct date){ 0 };
    return (struct date){ year * 10000 + month * 100 + day };
}

/* Read up to `most` digits; the count read, 0 when there is none. */
static int digits(const char **text, int most, int *ret_value)
{
    int n = 0;
    int value = 0;

    while (n < most && **text >= '0' && **text <= '9') {
        value = value * 10 + (**text - '0');
        (*text)++;
        n++;
    }
    *ret_value = value;
    return n;
}

static bool accept_date(int year, int month, int day, struct date *ret_date)
{
    struct date date = date_make(year, month, day);

    if (date_is_set(date))
        *ret_date = date;
    return date_is_set(date);
}

bool date_parse_iso(const char *text, struct date *ret_date)
{
    int year, month, day;

    if (digits(&text, 4, &year) != 4 || *text++ != '-')
        return false;
    if (digits(&text, 2, &month) != 2 || *text++ != '-')
        return false;
    if (digits(&text, 2, &day) != 2 || *text != '\0')
        return false;
    return accept_date(year, month, day, ret_date);
}

bool date_parse(const char *text, struct date *ret_date)
{
    const char *start = text;
    int year, month, day;

    if (digits(&text, 2, &day) == 0 || *text++ != '/')
        return date_parse_iso(start, ret_date);
    if (digits(&text, 2, &month) == 0 || *text++ != '/')
        return false;
    if (digits(&text, 4, &year) != 4 || *text != '\0')
        return false;
    return accept_date(year, month, day, ret_date);
}

const char *date_text(struct date date, char buffer[DATE_TEXT_SIZE])
{
    buffer[0] = '\0';
    if (date_is_set(date))
        (void)snprintf(buffer, DATE_TEXT_SIZE, "%04u-%02u-%02u",
                (unsigned)date_year(date) % 10000, (unsigned)date_month(date) % 100,
                (unsigned)date_day(date) % 100);
    return buffer;
}

const char *date_long(struct date date, char buffer[DATE_LONG_SIZE])
{
    buffer[0] = '\0';
    if (date_is_set(date))
        (void)snprintf(buffer, DATE_LONG_SIZE, "%u %s %04u", (unsigned)date_day(date) % 100,
                month_names[((unsigned)date_month(date) + 11) % 12],
                (unsigned)date_year(date) % 10000);
    return buffer;
}

/* Days from civil: years begin on 1 March, so the leap day is the year's last. */
int32_t date_number(struct date date)
{
    int year = date_year(date) - (date_month(date) <= 2);
    int era = year / 400;
    int in_era = year - era * 400;
    int month = (date_month(date) + 9) % 12;
    int in_year = (153 * month + 2) / 5 + date_day(date) - 1;

    return era * 146097 + in_era * 365 + in_era / 4 - in_era / 100 + in_year - 719468;
}

struct date date_from_number(int32_t days)
{
    int shifted = days + 719468;
    int era = shifted / 146097;
    int in_era = shifted - era * 146097;
    int year = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
    int in_year = in_era - (365 * year + year / 4 - year / 100);
    int month = (5 * in_year + 2) / 153;
    int day = in_year - (153 * month + 2) / 5 + 1;

    month = month < 10 ? month + 3 : month - 9;
    return date_make(year + era * 400 + (month <= 2), month, day);
}

int date_school_year(struct date date)
{
    return date_year(date) + (date_month(date) >= 9);
}

int date_age(struct date born, struct date on)
{
    int age = date_year(on) - date_year(born);

    if (on.ymd % 10000 < born.ymd % 10000)
        age--;
    return age < 0 ? 0 : age;
}
