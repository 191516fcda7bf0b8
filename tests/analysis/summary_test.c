#include "analysis/summary.h"

#include "analysis/builder.h"

/*
 * Six pupils of Year 6 and their targets in mathematics, counted by hand:
 *   F 4b, F 3b, F none, M 5c, M 4c, not recorded 4b; and one boy of Year 4 with 5b.
 */
static const struct {
    int year;
    const char *sex, *target;
} six[] = { { 6, "F", "4b" }, { 6, "F", "3b" }, { 6, "F", "" }, { 6, "M", "5c" },
    { 6, "M", "4c" }, { 6, NULL, "4b" }, { 4, "M", "5b" } };

static void six_pupils(void)
{
    static const char *const sets[] = { "Set 1", "Set 2" };

    for (size_t i = 0; i < COUNT(six); i++)
        class_add(six[i].year, 3)->sex = six[i].sex;
    for (size_t i = 0; i < 2; i++) {
        pupils[i].groups = sets;
        pupils[i].group_n = 2 - i;
    }
    class_ready();
    for (size_t i = 0; i < COUNT(six); i++)
        class_set(cohort.target, i, "MAT", six[i].target);
}

static struct summary summary_by(const char *const *ids, size_t n, enum cut cut)
{
    struct summary summary = { 0 };
    struct err err = { 0 };
    int16_t measures[8];

    for (size_t i = 0; i < n; i++)
        measures[i] = (int16_t)framework_measure(fw, ids[i]);
    CHECK_OK("summary",
            summary_make(&arena, &cohort, ids == NULL ? NULL : measures, n, BASIS_TARGET, cut,
                    &summary, &err),
            &err);
    return summary;
}

static void check_row(const char *name, const struct summary_row *row, const char *measure,
        const char *value, int64_t count, int64_t of, int64_t left_out)
{
    CHECK_TEXT(name, row->measure->id, measure);
    CHECK_TEXT(name, row->value, value);
    CHECK_INT(name, row->proportion.count, count);
    CHECK_INT(name, row->proportion.of, of);
    CHECK_INT(name, row->proportion.left_out, left_out);
}

static const char *const two[] = { "ks2-l4-mat", "ks2-l5-mat" };

static void everybody_together_is_one_row_a_measure(void **state)
{
    struct summary summary;

    (void)state;
    six_pupils();
    summary = summary_by(two, 2, CUT_NONE);
    CHECK_INT("rows", summary.row_n, 2);
    CHECK_TEXT("no group", summary.rows[0].group, NULL);
    check_row("level 4", &summary.rows[0], "ks2-l4-mat", NULL, 4, 5, 1);
    check_row("level 5", &summary.rows[1], "ks2-l5-mat", NULL, 1, 5, 1);
}

static void a_cut_gives_a_row_for_each_value(void **state)
{
    struct summary summary;

    (void)state;
    six_pupils();
    summary = summary_by(two, 2, CUT_GENDER);
    CHECK_INT("rows", summary.row_n, 6);
    CHECK_TEXT("group", summary.rows[0].group, "gender");
    check_row("girls", &summary.rows[0], "ks2-l4-mat", "F", 1, 2, 1);
    check_row("boys", &summary.rows[1], "ks2-l4-mat", "M", 2, 2, 0);
    check_row("not recorded", &summary.rows[2], "ks2-l4-mat", "unclassified", 1, 1, 0);
    check_row("girls", &summary.rows[3], "ks2-l5-mat", "F", 0, 2, 1);
    check_row("boys", &summary.rows[4], "ks2-l5-mat", "M", 1, 2, 0);
}

/* The first pupil is in both sets, the second in Set 1. */
static void overlapping_groups_count_a_pupil_in_each(void **state)
{
    struct summary summary;

    (void)state;
    six_pupils();
    summary = summary_by(two, 1, CUT_GROUP);
    CHECK_INT("rows", summary.row_n, 2);
    check_row("both", &summary.rows[0], "ks2-l4-mat", "Set 1", 1, 2, 0);
    check_row("the first", &summary.rows[1], "ks2-l4-mat", "Set 2", 1, 1, 0);
}

static void a_value_the_measure_does_not_ask_about_has_no_row(void **state)
{
    struct summary summary;

    (void)state;
    six_pupils();
    summary = summary_by(two, 1, CUT_YEAR);
    CHECK_INT("Year 6 alone", summary.row_n, 1);
    check_row("Year 6", &summary.rows[0], "ks2-l4-mat", "6", 4, 5, 1);
}

/* Of the small framework's measures, those of Key Stage 2 ask about Year 6, that of Year 4
   about Year 4: seven and one; nobody is in Key Stages 1 and 4. */
static void all_measures_serve_when_none_is_named(void **state)
{
    struct summary summary;

    (void)state;
    six_pupils();
    summary = summary_by(NULL, 0, CUT_NONE);
    CHECK_INT("rows", summary.row_n, 8);
    CHECK_TEXT("in the framework's order", summary.rows[0].measure->id, "y4-l3-mat");
}

/* Level 4+: girls 1 of 2, boys 2 of 2, and one whose sex is not recorded, who is in neither. */
static void two_values_stand_against_each_other(void **state)
{
    struct summary summary;
    const struct summary_gap *gap;

    (void)state;
    six_pupils();
    summary = summary_by(two, 1, CUT_GENDER);
    CHECK_INT("one gap", summary.gap_n, 1);
    gap = &summary.gaps[0];
    CHECK_TEXT("girls", gap->value, "F");
    CHECK_TEXT("against boys", gap->against, "M");
    CHECK_INT("50 less 100", gap->gap.printed, -50000);
    CHECK_INT("one girl more would close it", gap->gap.pupils, 1);
    CHECK_INT("none without a cut", summary_by(two, 1, CUT_NONE).gap_n, 0);
}

static void yes_stands_against_no(void **state)
{
    static const char *const fsm[] = { "Y", "N", "Y", "N", "N", "N", "N" };
    struct summary summary;

    (void)state;
    six_pupils();
    for (size_t i = 0; i < COUNT(fsm); i++)
        pupils[i].fsm = fsm[i];
    summary = summary_by(two, 1, CUT_FSM);
    CHECK_INT("one gap", summary.gap_n, 1);
    CHECK_TEXT("with free meals", summary.gaps[0].value, "Y");
    CHECK_TEXT("against those without", summary.gaps[0].against, "N");
    /* 1 of 1 less 3 of 4; a quarter of the four is one pupil */
    CHECK_INT("100 less 75", summary.gaps[0].gap.printed, 25000);
    CHECK_INT("one pupil", summary.gaps[0].gap.pupils, 1);
}

/* Set 1: pupils 1 and 2, 1 of 2; all others with a value 3 of 3. Set 2: pupil 1, 1 of 1;
   all others 3 of 4. */
static void groups_stand_against_the_rest(void **state)
{
    struct summary summary;

    (void)state;
    six_pupils();
    summary = summary_by(two, 1, CUT_GROUP);
    CHECK_INT("two gaps", summary.gap_n, 2);
    CHECK_TEXT("Set 1", summary.gaps[0].value, "Set 1");
    CHECK_TRUE("against the rest", summary.gaps[0].against == NULL);
    CHECK_INT("of two", summary.gaps[0].one.of, 2);
    CHECK_INT("three of three", summary.gaps[0].other.count, 3);
    CHECK_INT("three of three", summary.gaps[0].other.of, 3);
    CHECK_INT("50 less 100", summary.gaps[0].gap.printed, -50000);
    CHECK_INT("all others of Set 2", summary.gaps[1].other.of, 4);
    CHECK_INT("100 less 75", summary.gaps[1].gap.printed, 25000);
}

static void years_are_printed_as_the_report_wants_them(void **state)
{
    struct measure measure = { .first_year = 5, .last_year = 6 };
    char buffer[SUMMARY_YEARS_SIZE];

    (void)state;
    CHECK_TEXT("two", measure_years(&measure, buffer), "5,6");
    measure.last_year = 5;
    CHECK_TEXT("one", measure_years(&measure, buffer), "5");
    measure = (struct measure){ .first_year = -2, .last_year = 13 };
    CHECK_TEXT("all", measure_years(&measure, buffer), "N1,N2,R,1,2,3,4,5,6,7,8,9,10,11,12,13");
}

static void a_summary_reports_every_failed_allocation(void **state)
{
    (void)state;
    six_pupils();
    for (int keep = 0; keep <= 1; keep++) {
        long n = 0;

        for (;; n++) {
            struct arena own = { 0 };
            struct summary summary = { .row_n = 77 };
            struct err err = { 0 };
            enum err_code code;
            int fired;

            arena_fault(n, keep);
            code = summary_make(&own, &cohort, NULL, 0, BASIS_TARGET, CUT_GENDER, &summary,
                    &err);
            fired = arena_fault_fired();
            arena_fault(-1, 0);
            arena_free(&own);
            CHECK_INT("reported", code, fired ? ERR_MEMORY : ERR_OK);
            CHECK_TRUE("output", fired ? summary.row_n == 77 : summary.row_n > 0);
            if (!fired)
                break;
        }
        CHECK_INT("four of the cut and four", n, 8);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CLASS_TEST(everybody_together_is_one_row_a_measure),
        CLASS_TEST(a_cut_gives_a_row_for_each_value),
        CLASS_TEST(overlapping_groups_count_a_pupil_in_each),
        CLASS_TEST(a_value_the_measure_does_not_ask_about_has_no_row),
        CLASS_TEST(all_measures_serve_when_none_is_named),
        CLASS_TEST(two_values_stand_against_each_other),
        CLASS_TEST(yes_stands_against_no),
        CLASS_TEST(groups_stand_against_the_rest),
        CLASS_TEST(years_are_printed_as_the_report_wants_them),
        CLASS_TEST(a_summary_reports_every_failed_allocation),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
