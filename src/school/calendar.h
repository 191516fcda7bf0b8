/*
 * calendar: a school's years, divided into periods (terms, or half-terms).
 *
 * Pure. A school year runs from the day after the last period's end to the last
 * period's end; it is named by the calendar year in which it ends (2026 for 2025/26).
 * The default is England's three terms: autumn ends 31 December, spring 15 April,
 * summer 31 August (contract 3.8).
 */
#ifndef SCHOOL_CALENDAR_H
#define SCHOOL_CALENDAR_H

#include "base/arena.h"
#include "base/date.h"
#include "base/err.h"

enum {
    CALENDAR_PERIODS = 12,
    CALENDAR_NAME = 32
};

struct period {
    char name[CALENDAR_NAME]; /* "autumn" */
    int month, day;           /* its last day, every year */
};

struct calendar {
    struct period periods[CALENDAR_PERIODS]; /* in the order of the school year */
    int period_n;
};

/* England's three terms. */
struct calendar calendar_default(void);

/*
 * Read "autumn 12-31, spring 04-15, summer 08-31" (names without commas, last days as
 * mm-dd). The first period is the first of the school year. Errors: ERR_INVALID.
 */
MUST_USE enum err_code calendar_parse(const char *text, struct calendar *ret_calendar,
        struct err *err);

/* The same text back; returns buffer. */
enum {
    CALENDAR_TEXT_SIZE = CALENDAR_PERIODS * (CALENDAR_NAME + 8)
};
const char *calendar_text(const struct calendar *calendar, char buffer[CALENDAR_TEXT_SIZE]);

/* The end year of the school year that `day` lies in. */
int calendar_year(const struct calendar *calendar, struct date day);

/* Which period of its school year `day` lies in, 0-based. */
int calendar_period(const struct calendar *calendar, struct date day);

/* The last day of period `period` (0-based) of the school year that ends in `year`. */
struct date calendar_period_end(const struct calendar *calendar, int year, int period);

/* The first day of the school year that ends in `year`. */
struct date calendar_year_start(const struct calendar *calendar, int year);

#endif
