#include "base/date.h"

#include "check.h"

static void only_days_that_exist_are_dates(void **state)
{
    static const struct {
        const char *name;
        int year, month, day, ymd;
    } rows[] = {
        { "first of all", 1900, 1, 1, 19000101 },
        { "last of all", 2199, 12, 31, 21991231 },
        { "before the first", 1899, 12, 31, 0 },
        { "after the last", 2200, 1, 1, 0 },
        { "leap day of a plain leap year", 2024, 2, 29, 20240229 },
        { "no leap day in a plain year", 2025, 2, 29, 0 },
        { "2000 is a leap year", 2000, 2, 29, 20000229 },
        { "1900 is not", 1900, 2, 29, 0 },
        { "2100 is not", 2100, 2, 29, 0 },
        { "30 February", 2024, 2, 30, 0 },
        { "31 April", 2026, 4, 31, 0 },
        { "31 June", 2026, 6, 31, 0 },
        { "31 September", 2026, 9, 31, 0 },
        { "31 November", 2026, 11, 31, 0 },
        { "31 August", 2026, 8, 31, 20260831 },
        { "no day", 2026, 3, 0, 0 },
        { "no month", 2026, 0, 1, 0 },
        { "month 13", 2026, 13, 1, 0 },
        { "negative", 2026, -1, -1, 0 },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct date date = date_make(rows[i].year, rows[i].month, rows[i].day);

        CHECK_INT(rows[i].name, date.ymd, rows[i].ymd);
        CHECK_INT(rows[i].name, date_is_set(date), rows[i].ymd != 0);
    }
}

static void a_date_has_parts(void **state)
{
    struct date date = { 20260327 };

    (void)state;
    CHECK_INT("year", date_year(date), 2026);
    CHECK_INT("month", date_month(date), 3);
    CHECK_INT("day", date_day(date), 27);
}

static const struct {
    const char *text;
    int32_t iso; /* what date_parse_iso reads; 0: refused */
    int32_t any; /* what date_parse reads */
} texts[] = {
    { "2026-03-27", 20260327, 20260327 },
    { "27/03/2026", 0, 20260327 },
    { "7/3/2026", 0, 20260307 },
    { "29/2/2024", 0, 20240229 },
    { "29/2/2100", 0, 0 },
    { "2023-02-29", 0, 0 },
    { "2026-3-27", 0, 0 },
    { "2026-03-27 ", 0, 0 },
    { " 2026-03-27", 0, 0 },
    { "2026-03-271", 0, 0 },
    { "20260327", 0, 0 },
    { "2026/03/27", 0, 0 },
    { "27/03/26", 0, 0 },
    { "27/03/20266", 0, 0 },
    { "27-03-2026", 0, 0 },
    { "027/03/2026", 0, 0 },
    { "27//2026", 0, 0 },
    { "/3/2026", 0, 0 },
    { "31/04/2026", 0, 0 },
    { "03/27/2026", 0, 0 },
    { "", 0, 0 },
    { "2", 0, 0 },
    { "2/", 0, 0 },
    { "2/3", 0, 0 },
    { "2026-", 0, 0 },
    { "2026-03-", 0, 0 },
    { "-2026-03-27", 0, 0 },
    { "today", 0, 0 },
};

static void only_whole_dates_are_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(texts); i++) {
        struct date date = { 7 };

        CHECK_INT(texts[i].text, date_parse_iso(texts[i].text, &date), texts[i].iso != 0);
        CHECK_INT(texts[i].text, date.ymd, texts[i].iso == 0 ? 7 : texts[i].iso);
        date = (struct date){ 7 };
        CHECK_INT(texts[i].text, date_parse(texts[i].text, &date), texts[i].any != 0);
        CHECK_INT(texts[i].text, date.ymd, texts[i].any == 0 ? 7 : texts[i].any);
    }
}

static void a_date_is_written_in_two_ways(void **state)
{
    static const struct {
        int32_t ymd;
        const char *iso, *words;
    } rows[] = {
        { 20260327, "2026-03-27", "27 March 2026" },
        { 19000101, "1900-01-01", "1 January 1900" },
        { 21991231, "2199-12-31", "31 December 2199" },
        { 20240229, "2024-02-29", "29 February 2024" },
        { 20260904, "2026-09-04", "4 September 2026" },
        { 0, "", "" },
    };
    char iso[DATE_TEXT_SIZE];
    char words[DATE_LONG_SIZE];

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct date date = { rows[i].ymd };

        CHECK_TEXT(rows[i].iso, date_text(date, iso), rows[i].iso);
        CHECK_TEXT(rows[i].iso, date_long(date, words), rows[i].words);
    }
}

/* Day numbers by hand: 365.2425 days a year on average, 719468 from 0000-03-01 to 1970. */
static void days_are_numbered_from_1970(void **state)
{
    static const struct {
        int32_t ymd, number;
    } rows[] = {
        { 19700101, 0 },
        { 19691231, -1 },
        { 19700301, 59 },
        { 20000229, 11016 }, /* 30 x 365 + 7 leap days + 31 + 28 */
        { 20000301, 11017 },
        { 19000101, -25567 }, /* 70 x 365 + 17 leap days, 1900 none */
        { 19000301, -25508 },
        { 21000228, 47540 }, /* 130 x 365 + 32 leap days + 58 - 1 */
        { 21000301, 47541 },
    };
    char name[DATE_TEXT_SIZE];

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct date date = { rows[i].ymd };

        CHECK_INT(date_text(date, name), date_number(date), rows[i].number);
        CHECK_INT(date_text(date, name), date_from_number(rows[i].number).ymd, rows[i].ymd);
    }
}

static void every_day_follows_the_one_before(void **state)
{
    int32_t number = date_number((struct date){ 19000101 });
    char name[DATE_TEXT_SIZE];

    (void)state;
    for (int year = 1900; year <= 2199; year++)
        for (int month = 1; month <= 12; month++)
            for (int day = 1; day <= 31; day++) {
                struct date date = date_make(year, month, day);

                if (!date_is_set(date))
                    continue;
                CHECK_INT(date_text(date, name), date_number(date), number);
                CHECK_INT(date_text(date, name), date_from_number(number).ymd, date.ymd);
                number++;
            }
    CHECK_INT("300 years of 365 days and 73 leap days", number,
            date_number((struct date){ 19000101 }) + 300 * 365 + 73);
}

static void a_school_year_ends_in_august(void **state)
{
    static const struct {
        int32_t ymd;
        int year;
    } rows[] = { { 20250831, 2025 }, { 20250901, 2026 }, { 20251231, 2026 }, { 20260101, 2026 },
        { 20260831, 2026 }, { 20260901, 2027 } };
    char name[DATE_TEXT_SIZE];

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct date date = { rows[i].ymd };

        CHECK_INT(date_text(date, name), date_school_year(date), rows[i].year);
    }
}

static void an_age_grows_on_the_birthday(void **state)
{
    static const struct {
        const char *name;
        int32_t born, on;
        int age;
    } rows[] = {
        { "the day before", 20160609, 20260608, 9 },
        { "the birthday", 20160609, 20260609, 10 },
        { "born on a leap day, day before", 20160229, 20250228, 8 },
        { "born on a leap day, in March", 20160229, 20250301, 9 },
        { "not born yet", 20160609, 20150101, 0 },
        { "born today", 20160609, 20160609, 0 },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        CHECK_INT(rows[i].name,
                date_age((struct date){ rows[i].born }, (struct date){ rows[i].on }),
                rows[i].age);
}

TESTS(TEST(only_days_that_exist_are_dates), TEST(a_date_has_parts),
        TEST(only_whole_dates_are_read), TEST(a_date_is_written_in_two_ways),
        TEST(days_are_numbered_from_1970), TEST(every_day_follows_the_one_before),
        TEST(a_school_year_ends_in_august), TEST(an_age_grows_on_the_birthday))
