#include "analysis/roll_up.h"

#include "analysis/builder.h"
#include "analysis/measure.h"

static struct date dates[200];

static const struct measure *measure(const char *id)
{
    int measure = framework_measure(fw, id);

    CHECK_TRUE(id, measure >= 0);
    return &fw->measures[measure];
}

static void check(const char *name, size_t pupil, const char *id, int64_t roll, int64_t of,
        int64_t count)
{
    struct attained one = attained_of_pupil(&cohort, measure(id), pupil);

    CHECK_INT(name, one.roll, roll);
    CHECK_INT(name, one.of, of);
    CHECK_INT(name, one.count, count);
}

/* Year 6, each with a result or none in reading, writing, mathematics, and what was before. */
static void a_result_without_a_level_is_on_the_roll(void **state)
{
    (void)state;
    for (size_t i = 0; i < 5; i++)
        (void)class_add(6, 3);
    class_ready();
    class_set(cohort.result, 0, "MAT", "4b");
    class_set(cohort.prior, 0, "MAT", "2b");
    class_set(cohort.result, 1, "MAT", "Ab");
    class_set(cohort.prior, 1, "MAT", "2b");
    class_set(cohort.result, 2, "MAT", "3b");
    class_set(cohort.result, 3, "REA", "5b");
    class_set(cohort.result, 3, "WRI", "Ab");
    cohort_derive(&cohort);
    check("level 4", 0, "ks2-l4-mat", 1, 1, 1);
    check("absent", 1, "ks2-l4-mat", 1, 1, 0);
    check("level 3", 2, "ks2-l4-mat", 1, 1, 0);
    check("no mathematics", 3, "ks2-l4-mat", 0, 0, 0);
    check("nothing", 4, "ks2-l4-mat", 0, 0, 0);
    check("two levels", 0, "ks2-2lp-mat", 1, 1, 1);
    check("absent: progress is not reckoned", 1, "ks2-2lp-mat", 1, 0, 0);
    check("nothing before: neither", 2, "ks2-2lp-mat", 1, 0, 0);
    check("English of two parts, one absent", 3, "ks2-l4-eng", 1, 1, 0);
    check("both, and one is missing", 3, "ks2-l4-eng-mat", 0, 0, 0);
}

static void the_day_is_the_latest_of_the_measures_subjects(void **state)
{
    size_t rea, wri, mat;

    (void)state;
    (void)class_add(6, 3);
    class_ready();
    class_set(cohort.result, 0, "REA", "4b");
    class_set(cohort.result, 0, "WRI", "4b");
    class_set(cohort.result, 0, "MAT", "4b");
    rea = (size_t)cohort_column(&cohort, framework_subject(fw, "REA"));
    wri = (size_t)cohort_column(&cohort, framework_subject(fw, "WRI"));
    mat = (size_t)cohort_column(&cohort, framework_subject(fw, "MAT"));
    CHECK_TRUE("room", cohort.subject_n <= COUNT(dates));
    memset(dates, 0, sizeof(dates));
    dates[rea] = (struct date){ 20070514 };
    dates[wri] = (struct date){ 20070702 };
    dates[mat] = (struct date){ 20070516 };
    cohort_derive(&cohort);
    CHECK_INT("one", attained_day(&cohort, measure("ks2-l4-mat"), 0, dates).ymd, 20070516);
    CHECK_INT("of its parts", attained_day(&cohort, measure("ks2-l4-eng"), 0, dates).ymd,
            20070702);
    CHECK_INT("all", attained_day(&cohort, measure("ks2-l4-eng-mat"), 0, dates).ymd, 20070702);
}

/*
 * Three schools: 2 of 4 and 2 of 3 without the tag, 3 of 4 with it. Together 7 of 11; the mean
 * without is (50 + 66.667) / 2 = 58.333. Then 1 of 8 and 1 of 8 with: (75 + 12.5 + 12.5) / 3 =
 * 33.333. A mean that lies half-way between two tenths goes up: 61 of 80 is 76.25.
 */
static void schools_add_up_and_their_percentages_are_averaged(void **state)
{
    static const struct attained schools[][2] = {
        { { 4, 4, 2 }, { 0, 0, 0 } },
        { { 3, 3, 2 }, { 0, 0, 0 } },
        { { 0, 0, 0 }, { 4, 4, 3 } },
        { { 0, 0, 0 }, { 8, 8, 1 } },
        { { 0, 0, 0 }, { 9, 8, 1 } },
    };
    static const struct attained halves[2] = { { 80, 80, 61 }, { 0, 0, 0 } };
    struct roll_up sum = { 0 };
    struct roll_up half = { 0 };

    (void)state;
    CHECK_INT("nobody yet", roll_up_mean(&sum, false), -1);
    for (size_t i = 0; i < COUNT(schools); i++)
        roll_up_school_end(&sum, schools[i]);
    CHECK_INT("roll", sum.all.roll, 28);
    CHECK_INT("of", sum.all.of, 27);
    CHECK_INT("count", sum.all.count, 9);
    CHECK_INT("without", roll_up_mean(&sum, false), 58300);
    CHECK_INT("with", roll_up_mean(&sum, true), 33300);
    CHECK_INT("their roll", sum.body[1].roll, 21);
    roll_up_school_end(&half, halves);
    CHECK_INT("half-way", roll_up_mean(&half, false), 76300);
    CHECK_INT("nobody with it", roll_up_mean(&half, true), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CLASS_TEST(a_result_without_a_level_is_on_the_roll),
        CLASS_TEST(the_day_is_the_latest_of_the_measures_subjects),
        CLASS_TEST(schools_add_up_and_their_percentages_are_averaged),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
