#include "check.h"

#include "base/text.h"
#include "demo/gather.h"
#include "pupils/upn.h"

enum {
    PUPILS_MAX = 3000,
    VALUE_MAX = 8
};

struct roll {
    struct date today;
    long on_roll, by_year[16], temporary, former;
    long fsm, sen[4], looked_after, gifted, eal, girls, arrived_mid_year;
    size_t n;
    char upns[PUPILS_MAX][UPN_SIZE];
};

static bool holds(const struct pupil_record *pupil, const char *attribute, const char *value,
        struct date day)
{
    return text_eq(gather_attribute(pupil, attribute, day), value);
}

static void count_characteristics(struct roll *roll, const struct pupil_record *pupil)
{
    static const char *const needs[] = { "N", "A", "P", "S" };
    static const char *const asked[] = { "year_group", "registration", "entry_date",
        "ethnicity", "language", "fsm", "pupil_premium", "sen", "looked_after", "gifted",
        "house" };

    for (size_t i = 0; i < COUNT(asked); i++) {
        if (gather_attribute(pupil, asked[i], roll->today)[0] == '\0')
            CHECK_TEXT(pupil->upn, "", asked[i]);
    }
    roll->on_roll++;
    roll->girls += text_eq(pupil->sex, "F");
    roll->fsm += holds(pupil, "fsm", "Y", roll->today);
    roll->looked_after += holds(pupil, "looked_after", "Y", roll->today);
    roll->gifted += holds(pupil, "gifted", "Y", roll->today);
    roll->eal += !holds(pupil, "language", "ENG", roll->today);
    for (size_t i = 0; i < COUNT(needs); i++)
        roll->sen[i] += holds(pupil, "sen", needs[i], roll->today);
    roll->arrived_mid_year +=
            strcmp(gather_attribute(pupil, "entry_date", roll->today) + 4, "-09-01") != 0;
}

static enum err_code on_pupil(void *data, const struct pupil_record *pupil, struct err *err)
{
    struct roll *roll = data;
    char reason[UPN_REASON_SIZE];
    enum upn_kind kind = upn_check(pupil->upn, reason);

    (void)err;
    CHECK_TEXT(pupil->upn, reason, "");
    CHECK_TRUE(pupil->upn, upn_la_known(pupil->upn));
    CHECK_TRUE("room", roll->n < PUPILS_MAX);
    (void)text_copy(roll->upns[roll->n++], UPN_SIZE, pupil->upn);
    roll->temporary += kind == UPN_TEMPORARY;
    if (pupil->former_upn != NULL) {
        roll->former++;
        CHECK_INT(pupil->former_upn, upn_check(pupil->former_upn, reason), UPN_TEMPORARY);
    }
    CHECK_TRUE(pupil->upn, pupil->contact_n >= 1);
    CHECK_TRUE(pupil->upn, strlen(pupil->surname) > 1 && strlen(pupil->forename) > 1);
    CHECK_INT(pupil->surname, text_utf8_valid(pupil->surname, strlen(pupil->surname)),
            strlen(pupil->surname));
    CHECK_HAS(pupil->upn, pupil->contacts[0].phone, "01632 960");
    CHECK_HAS(pupil->upn, pupil->contacts[0].address, "ZZ99");
    if (gather_on_roll(pupil, roll->today))
        count_characteristics(roll, pupil);
    return ERR_OK;
}

static struct roll roll; /* large */

static void call_roll(int school, const char *today)
{
    struct demo demo = gather_demo(school, today);
    struct sink sink = { .data = &roll, .on_pupil = on_pupil };
    struct err err = { 0 };

    memset(&roll, 0, sizeof(roll));
    roll.today = demo.today;
    CHECK_OK(today, demo_pupils(&demo, &sink, &err), &err);
}

static int by_text(const void *a, const void *b)
{
    return strcmp(a, b);
}

static const char *const days[] = { "2026-03-27", "2026-08-31", "2026-09-01", "2028-02-29",
    "2025-12-31", "2026-01-01", "2026-11-16", "2040-05-05", "2010-06-30" };

static void as_many_are_on_roll_on_any_day(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(days); i++) {
        call_roll(DEMO_MAIN, days[i]);
        CHECK_INT(days[i], roll.on_roll, 1150);
        call_roll(DEMO_PARTNER, days[i]);
        CHECK_INT(days[i], roll.on_roll, 200);
    }
}

static void every_upn_is_valid_and_nobody_elses(void **state)
{
    static char all[2 * PUPILS_MAX][UPN_SIZE];

    (void)state;
    for (size_t i = 0; i < COUNT(days); i++) {
        size_t n = 0;

        for (int school = 0; school < DEMO_SCHOOL_N; school++) {
            call_roll(school, days[i]);
            memcpy(all + n, roll.upns, roll.n * sizeof(roll.upns[0]));
            n += roll.n;
        }
        qsort(all, n, sizeof(all[0]), by_text);
        for (size_t k = 1; k < n; k++) {
            if (strcmp(all[k - 1], all[k]) == 0)
                CHECK_TEXT(days[i], all[k], "given once");
        }
    }
}

static void some_numbers_are_temporary_or_were(void **state)
{
    (void)state;
    call_roll(DEMO_MAIN, "2026-03-27");
    CHECK_TRUE("temporary", roll.temporary >= 2 && roll.temporary < 30);
    CHECK_TRUE("former", roll.former >= 4 && roll.former < 60);
}

/* The model school: 22% free meals, nearly one in four with special needs; the rest of the
   usual size, so that each characteristic has a group. */
static void every_characteristic_has_its_group(void **state)
{
    (void)state;
    call_roll(DEMO_MAIN, "2026-03-27");
    CHECK_TRUE("girls", roll.girls > 500 && roll.girls < 640);
    CHECK_TRUE("free meals 18 to 26%", roll.fsm > 207 && roll.fsm < 299);
    CHECK_TRUE("special needs 17 to 27%",
            roll.on_roll - roll.sen[0] > 195 && roll.on_roll - roll.sen[0] < 310);
    CHECK_TRUE("action", roll.sen[1] > 60);
    CHECK_TRUE("action plus", roll.sen[2] > 25);
    CHECK_TRUE("statements", roll.sen[3] > 8);
    CHECK_TRUE("looked after", roll.looked_after >= 4 && roll.looked_after < 30);
    CHECK_TRUE("gifted", roll.gifted > 40 && roll.gifted < 130);
    CHECK_TRUE("another language", roll.eal > 110 && roll.eal < 300);
    CHECK_TRUE("came in mid-year 3 to 8%",
            roll.arrived_mid_year > 34 && roll.arrived_mid_year < 93);
}

struct letters {
    bool apostrophe, hyphen, accent, two_byte_outside, space, long_name;
};

static enum err_code look_at_names(void *data, const struct pupil_record *pupil,
        struct err *err)
{
    struct letters *letters = data;

    (void)err;
    letters->apostrophe |= strchr(pupil->surname, '\'') != NULL;
    letters->hyphen |= strchr(pupil->surname, '-') != NULL;
    letters->accent |= strstr(pupil->forename, "ë") != NULL;
    letters->two_byte_outside |=
            strstr(pupil->surname, "ś") != NULL || strstr(pupil->surname, "Ś") != NULL;
    letters->space |= strchr(pupil->surname, ' ') != NULL;
    letters->long_name |= text_width(pupil->surname) >= 24;
    return ERR_OK;
}

static void names_are_as_varied_as_names_are(void **state)
{
    struct demo demo = gather_demo(DEMO_MAIN, "2026-03-27");
    struct letters letters = { 0 };
    struct sink sink = { .data = &letters, .on_pupil = look_at_names };
    struct err err = { 0 };

    (void)state;
    CHECK_OK("pupils", demo_pupils(&demo, &sink, &err), &err);
    CHECK_TRUE("apostrophe", letters.apostrophe);
    CHECK_TRUE("hyphen", letters.hyphen);
    CHECK_TRUE("accent", letters.accent);
    CHECK_TRUE("a letter outside Latin-1", letters.two_byte_outside);
    CHECK_TRUE("space", letters.space);
    CHECK_TRUE("long", letters.long_name);
}

TESTS(TEST(as_many_are_on_roll_on_any_day), TEST(every_upn_is_valid_and_nobody_elses),
        TEST(some_numbers_are_temporary_or_were), TEST(every_characteristic_has_its_group),
        TEST(names_are_as_varied_as_names_are))
