#include "school/calendar.h"

#include "check.h"

static struct date day(const char *text)
{
    struct date date = { 0 };

    CHECK_TRUE(text, date_parse_iso(text, &date));
    return date;
}

static const struct {
    const char *name, *text;
} calendars[] = {
    { "England's terms", "autumn 12-31, spring 04-15, summer 08-31" },
    { "half-terms", "autumn 1 10-31, autumn 2 12-31, spring 1 02-20, spring 2 04-15, "
                    "summer 1 05-31, summer 2 08-31" },
    { "one period, the calendar year", "year 12-31" },
    { "ends in February of a leap year", "first 08-31, second 02-29" },
};

static void a_calendar_reads_back_as_it_was_written(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(calendars); i++) {
        struct calendar calendar = { 0 };
        struct err err = { 0 };
        char buffer[CALENDAR_TEXT_SIZE];

        CHECK_OK(calendars[i].name, calendar_parse(calendars[i].text, &calendar, &err), &err);
        CHECK_TEXT(calendars[i].name, calendar_text(&calendar, buffer), calendars[i].text);
    }
}

static void the_default_is_englands_three_terms(void **state)
{
    struct calendar calendar = calendar_default();
    char buffer[CALENDAR_TEXT_SIZE];

    (void)state;
    CHECK_TEXT("default", calendar_text(&calendar, buffer), calendars[0].text);
}

static const struct {
    const char *name, *text, *part;
} refused[] = {
    { "nothing", "", "not a period" },
    { "no date", "autumn", "not a period" },
    { "no name", "12-31", "not a period" },
    { "blank name", "  12-31", "not a period" },
    { "no such day", "autumn 02-30, summer 08-31", "not a period" },
    { "month 13", "autumn 13-01", "not a period" },
    { "a word for a day", "autumn Dec-31", "not a period" },
    { "three digits", "autumn 12-310", "not a period" },
    { "day and year", "autumn 31/12", "not a period" },
    { "a comma too many", "autumn 12-31,, summer 08-31", "not a period" },
    { "out of order", "spring 04-15, autumn 12-31, summer 08-31", "does not end after" },
    { "two end on one day", "autumn 08-31, summer 08-31", "does not end after" },
    { "the same name", "term 12-31, Term 08-31", "two periods" },
    { "a name too long", "a name of more than thirty-one letters 12-31", "too long" },
    { "thirteen periods",
            "a 09-10, b 09-20, c 10-10, d 10-20, e 11-10, f 11-20, g 12-10, h 12-20, i 01-10, "
            "j 01-20, k 02-10, l 02-20, m 08-31",
            "at most 12" },
};

static void a_calendar_that_cannot_be_is_refused_in_words(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(refused); i++) {
        struct calendar calendar = { .period_n = -7 };
        struct err err = { 0 };

        CHECK_INT(refused[i].name, calendar_parse(refused[i].text, &calendar, &err),
                ERR_INVALID);
        CHECK_HAS(refused[i].name, err.message, refused[i].part);
        CHECK_INT(refused[i].name, calendar.period_n, -7);
    }
}

static void no_text_and_too_much_text_are_refused(void **state)
{
    struct calendar calendar = { .period_n = -7 };
    struct err err = { 0 };
    char much[4096];

    (void)state;
    memset(much, 'a', sizeof(much) - 1);
    much[sizeof(much) - 1] = '\0';
    CHECK_INT("none", calendar_parse(NULL, &calendar, &err), ERR_INVALID);
    CHECK_INT("much", calendar_parse(much, &calendar, &err), ERR_INVALID);
    CHECK_INT("untouched", calendar.period_n, -7);
}

/* The year 2025/26 with England's terms; contract 3.3 and 3.8. */
static const struct {
    const char *day;
    int year, period;
} days[] = {
    { "2025-08-31", 2025, 2 },
    { "2025-09-01", 2026, 0 },
    { "2025-12-31", 2026, 0 },
    { "2026-01-01", 2026, 1 },
    { "2026-03-27", 2026, 1 },
    { "2026-04-15", 2026, 1 },
    { "2026-04-16", 2026, 2 },
    { "2026-08-31", 2026, 2 },
    { "2026-09-01", 2027, 0 },
    { "2028-02-29", 2028, 1 },
};

static void a_day_lies_in_a_year_and_a_term(void **state)
{
    struct calendar calendar = calendar_default();

    (void)state;
    for (size_t i = 0; i < COUNT(days); i++) {
        CHECK_INT(days[i].day, calendar_year(&calendar, day(days[i].day)), days[i].year);
        CHECK_INT(days[i].day, calendar_period(&calendar, day(days[i].day)), days[i].period);
    }
}

static void a_term_ends_in_the_right_calendar_year(void **state)
{
    struct calendar calendar = calendar_default();
    char buffer[DATE_TEXT_SIZE];

    (void)state;
    CHECK_TEXT("autumn", date_text(calendar_period_end(&calendar, 2026, 0), buffer),
            "2025-12-31");
    CHECK_TEXT("spring", date_text(calendar_period_end(&calendar, 2026, 1), buffer),
            "2026-04-15");
    CHECK_TEXT("summer", date_text(calendar_period_end(&calendar, 2026, 2), buffer),
            "2026-08-31");
    CHECK_TEXT("start", date_text(calendar_year_start(&calendar, 2026), buffer), "2025-09-01");
}

static void a_year_may_end_on_the_leap_day(void **state)
{
    struct calendar calendar;
    struct err err = { 0 };
    char buffer[DATE_TEXT_SIZE];

    (void)state;
    CHECK_OK("read", calendar_parse("first 08-31, second 02-29", &calendar, &err), &err);
    CHECK_TEXT("leap", date_text(calendar_period_end(&calendar, 2024, 1), buffer),
            "2024-02-29");
    CHECK_TEXT("plain", date_text(calendar_period_end(&calendar, 2023, 1), buffer),
            "2023-02-28");
    CHECK_TEXT("next year", date_text(calendar_year_start(&calendar, 2024), buffer),
            "2023-03-01");
    CHECK_INT("leap day", calendar_year(&calendar, day("2024-02-29")), 2024);
    CHECK_INT("day after", calendar_year(&calendar, day("2024-03-01")), 2025);
    CHECK_INT("its period", calendar_period(&calendar, day("2024-02-29")), 1);
}

/* Every day of eight years lies between the ends of the period it is said to lie in. */
static void every_day_lies_inside_its_period(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(calendars); i++) {
        struct calendar calendar = { 0 };
        struct err err = { 0 };

        CHECK_OK(calendars[i].name, calendar_parse(calendars[i].text, &calendar, &err), &err);
        for (int n = date_number(day("2020-01-01")); n < date_number(day("2028-01-01")); n++) {
            struct date at = date_from_number(n);
            int year = calendar_year(&calendar, at), period = calendar_period(&calendar, at);
            struct date start =
                    period == 0 ? date_from_number(
                                          date_number(calendar_year_start(&calendar, year)) - 1)
                                : calendar_period_end(&calendar, year, period - 1);

            CHECK_TRUE(calendars[i].name, at.ymd > start.ymd);
            CHECK_TRUE(calendars[i].name,
                    at.ymd <= calendar_period_end(&calendar, year, period).ymd);
        }
    }
}

TESTS(TEST(a_calendar_reads_back_as_it_was_written), TEST(the_default_is_englands_three_terms),
        TEST(a_calendar_that_cannot_be_is_refused_in_words),
        TEST(no_text_and_too_much_text_are_refused), TEST(a_day_lies_in_a_year_and_a_term),
        TEST(a_term_ends_in_the_right_calendar_year), TEST(a_year_may_end_on_the_leap_day),
        TEST(every_day_lies_inside_its_period))
