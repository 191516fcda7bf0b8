/*
 * date: civil dates of the Gregorian calendar, 1900-01-01 to 2199-12-31.
 *
 * Pure: no clock (base/clock.h has the only one). A date is one number,
 * yyyymmdd, so dates compare with < and are readable in the database. 0 is "no
 * date"; date_is_set asks.
 */
#ifndef BASE_DATE_H
#define BASE_DATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/attr.h"

struct date {
    int32_t ymd;
};

enum {
    DATE_TEXT_SIZE = 11,
    DATE_LONG_SIZE = 24
};

static inline bool date_is_set(struct date date)
{
    return date.ymd != 0;
}
static inline int date_year(struct date date)
{
    return date.ymd / 10000;
}
static inline int date_month(struct date date)
{
    return date.ymd / 100 % 100;
}
static inline int date_day(struct date date)
{
    return date.ymd % 100;
}

/* The date, or no date when there is no such day. */
struct date date_make(int year, int month, int day);

/*
 * Read `yyyy-mm-dd` or `d/m/yyyy` (one or two digits for day and month), the
 * whole text, no spaces. False when it is neither or there is no such day;
 * *ret_date is then untouched.
 */
MUST_USE bool date_parse(const char *text, struct date *ret_date);

/* As date_parse, but takes only `yyyy-mm-dd`. */
MUST_USE bool date_parse_iso(const char *text, struct date *ret_date);

/* `yyyy-mm-dd`, or "" for no date; returns buffer. */
const char *date_text(struct date date, char buffer[DATE_TEXT_SIZE]);

/* `27 March 2026`, or "" for no date; returns buffer. */
const char *date_long(struct date date, char buffer[DATE_LONG_SIZE]);

/* Days from 1970-01-01 (may be negative), and back. */
int32_t date_number(struct date date);
struct date date_from_number(int32_t days);

/* The calendar year in which the academic year of `date` ends: September to
   August, so 2025-09-01 and 2026-08-31 both give 2026. */
int date_school_year(struct date date);

/* Whole years from `born` to `on` (0 when on is earlier). */
int date_age(struct date born, struct date on);

#endif
