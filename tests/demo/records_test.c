#include "check.h"

#include "base/text.h"
#include "demo/gather.h"

struct source {
    enum err_code (*fn)(void *demo, const struct sink *sink, struct err *err);
};

static void the_same_day_gives_the_same_records(void **state)
{
    (void)state;
    for (int school = 0; school < DEMO_SCHOOL_N; school++) {
        struct fingerprint once = gather_fingerprint(school, "2026-03-27");
        struct fingerprint again = gather_fingerprint(school, "2026-03-27");

        CHECK_TRUE(demo_schools[school].name, once.hash == again.hash);
    }
}

static void another_day_gives_other_records(void **state)
{
    static const char *const days[] = { "2026-03-28", "2026-03-26", "2026-09-01", "2027-03-27",
        "2031-03-27" };
    struct fingerprint of = gather_fingerprint(DEMO_MAIN, "2026-03-27");

    (void)state;
    for (size_t i = 0; i < COUNT(days); i++)
        CHECK_TRUE(days[i], gather_fingerprint(DEMO_MAIN, days[i]).hash != of.hash);
}

/* The sizes the contract and the brief of the demo speak of. */
static void there_is_enough_to_try_the_program_on(void **state)
{
    struct fingerprint of = gather_fingerprint(DEMO_MAIN, "2026-03-27");

    (void)state;
    CHECK_INT("schools", of.schools, 2);
    CHECK_TRUE("pupils, with those who left", of.pupils > 1400 && of.pupils < 2200);
    CHECK_TRUE("results", of.results > 124000 && of.results < 170000);
    CHECK_TRUE("memberships", of.groups > 5000);
    CHECK_TRUE("national", of.national > 60);
}

static const char day_of_dates[] = "2026-03-27";

static enum err_code check_date(void *data, const struct result_record *result, struct err *err)
{
    const struct demo *demo = data;
    struct date date = { 0 };

    (void)err;
    CHECK_TRUE(result->upn, date_parse_iso(result->date, &date));
    if (date.ymd > demo->today.ymd)
        CHECK_TEXT(result->upn, result->date, "a day not after today");
    if (date_is_set(date) && date.ymd < 20080101)
        CHECK_TEXT(result->upn, result->date, "a day of the last eighteen years");
    return ERR_OK;
}

static void no_result_lies_in_the_future(void **state)
{
    static const char *const days[] = { day_of_dates, "2026-08-31", "2026-09-01",
        "2028-02-29" };

    (void)state;
    for (size_t i = 0; i < COUNT(days); i++) {
        struct demo demo = gather_demo(DEMO_MAIN, days[i]);
        struct sink sink = { .data = &demo, .on_result = check_date };
        struct err err = { 0 };

        CHECK_OK(days[i], demo_results(&demo, &sink, &err), &err);
    }
}

/* Judgements of one review, and of the pairs of later and earlier ones how they moved. */
struct tally {
    const char *open, *before;
    long in_open, in_before, absent;
};

static enum err_code count_review(void *data, const struct result_record *result,
        struct err *err)
{
    struct tally *tally = data;

    (void)err;
    if (text_eq(result->review, tally->open))
        tally->in_open++;
    if (text_eq(result->review, tally->before)) {
        tally->in_before++;
        tally->absent += text_eq(result->grade, "A");
    }
    return ERR_OK;
}

static void the_open_review_is_about_three_fifths_entered(void **state)
{
    struct demo demo = gather_demo(DEMO_MAIN, day_of_dates);
    struct tally tally = { .open = "Spring 2026", .before = "Autumn 2025" };
    struct sink sink = { .data = &tally, .on_result = count_review };
    struct err err = { 0 };

    (void)state;
    CHECK_OK("results", demo_results(&demo, &sink, &err), &err);
    /* Autumn lacks two or three in a hundred. */
    CHECK_TRUE("at least half", tally.in_open * 100 > tally.in_before * 50);
    CHECK_TRUE("at most seven tenths", tally.in_open * 100 < tally.in_before * 70);
    CHECK_TRUE("some were absent", tally.absent > 10);
}

/* A key of a fact: two statements with one key would be a statement and its correction. */
enum {
    KEYS_MAX = 200000
};
static uint64_t keys[KEYS_MAX];

static enum err_code keep_key(void *data, const struct result_record *result, struct err *err)
{
    size_t *n = data;
    const char *const fields[] = { result->upn, result->subject, result->kind, result->stage,
        result->date, result->source == NULL ? "" : result->source };
    uint64_t key = 0xCBF29CE484222325u;

    (void)err;
    for (size_t i = 0; i < COUNT(fields); i++) {
        for (const char *at = fields[i]; *at != '\0'; at++)
            key = (key ^ (unsigned char)*at) * 0x100000001B3u;
        key = (key ^ 0xFFu) * 0x100000001B3u;
    }
    CHECK_TRUE("room", *n < KEYS_MAX);
    keys[(*n)++] = key;
    return ERR_OK;
}

static int by_number(const void *a, const void *b)
{
    const uint64_t *x = a;
    const uint64_t *y = b;

    return *x < *y ? -1 : *x > *y;
}

static void nothing_is_stated_twice(void **state)
{
    static const char *const days[] = { day_of_dates, "2026-08-31", "2026-09-01",
        "2027-01-22" };

    (void)state;
    for (size_t i = 0; i < COUNT(days); i++) {
        struct demo demo = gather_demo(DEMO_MAIN, days[i]);
        size_t n = 0;
        struct sink sink = { .data = &n, .on_result = keep_key };
        struct err err = { 0 };

        CHECK_OK(days[i], demo_results(&demo, &sink, &err), &err);
        qsort(keys, n, sizeof(keys[0]), by_number);
        for (size_t k = 1; k < n; k++) {
            if (keys[k - 1] == keys[k])
                CHECK_TRUE(days[i], keys[k - 1] != keys[k]);
        }
    }
}

static enum err_code stop_at_100(void *data, const struct result_record *result,
        struct err *err)
{
    long *n = data;

    (void)result;
    return ++*n == 100 ? err_set(err, ERR_STORE, "the disk is full") : ERR_OK;
}

static enum err_code stop_at_pupil(void *data, const struct pupil_record *pupil,
        struct err *err)
{
    long *n = data;

    (void)pupil;
    return ++*n == 100 ? err_set(err, ERR_STORE, "the disk is full") : ERR_OK;
}

static enum err_code stop_at_group(void *data, const struct group_record *group,
        struct err *err)
{
    long *n = data;

    (void)group;
    return ++*n == 100 ? err_set(err, ERR_STORE, "the disk is full") : ERR_OK;
}

static void what_the_sink_refuses_stops_the_source(void **state)
{
    static const struct source sources[] = { { demo_pupils }, { demo_groups },
        { demo_results } };
    struct demo demo = gather_demo(DEMO_MAIN, day_of_dates);

    (void)state;
    for (size_t i = 0; i < COUNT(sources); i++) {
        long n = 0;
        struct sink sink = {
            .data = &n,
            .on_result = stop_at_100,
            .on_pupil = stop_at_pupil,
            .on_group = stop_at_group,
        };
        struct err err = { 0 };

        CHECK_INT("code", sources[i].fn(&demo, &sink, &err), ERR_STORE);
        CHECK_INT("records handed over", n, 100);
        CHECK_HAS("message", err.message, "disk is full");
    }
}

static void a_sink_without_functions_is_passed_over(void **state)
{
    static const struct source sources[] = { { demo_schools_emit }, { demo_pupils },
        { demo_groups }, { demo_results }, { demo_national } };
    struct demo demo = gather_demo(DEMO_MAIN, day_of_dates);
    struct sink sink = { 0 };

    (void)state;
    for (size_t i = 0; i < COUNT(sources); i++) {
        struct err err = { 0 };

        CHECK_OK("source", sources[i].fn(&demo, &sink, &err), &err);
    }
}

TESTS(TEST(the_same_day_gives_the_same_records), TEST(another_day_gives_other_records),
        TEST(there_is_enough_to_try_the_program_on), TEST(no_result_lies_in_the_future),
        TEST(nothing_is_stated_twice), TEST(the_open_review_is_about_three_fifths_entered),
        TEST(what_the_sink_refuses_stops_the_source),
        TEST(a_sink_without_functions_is_passed_over))
