#include "targets/alert.h"

#include "targets/small_framework.h"

static struct arena arena;
static const struct framework *fw;

/* Key Stage 2 unless said: 12 terms, three a year. Pace by hand: prior + gain x 12 / k. */
static const struct {
    const char *name;
    const char *prior, *target, *now, *recent, *prediction;
    int period, rate;
    const char *code, *against, *sentence; /* of the only alert; NULL: none */
} cases[] = {
    { "a target of two levels", "2b", "4b", "3b", "", "", 6, 2, NULL, NULL, NULL },
    { "no target", "2b", "", "4b", "", "", 6, 2, NULL, NULL, NULL },
    { "absent is no target", "2b", "Ab", "4b", "", "", 6, 2, NULL, NULL, NULL },
    { "nothing but a target", "", "4b", "", "", "", 6, 2, NULL, NULL, NULL },
    { "an absence before", "Ab", "4b", "Ab", "Ab", "Ab", 6, 2, NULL, NULL, NULL },

    { "below prior", "3c", "2a", "", "", "", 1, 0, "below-prior", "3c",
            "The target 2a is below the Key Stage 1 result, 3c." },
    { "a whole level stands at its b", "3a", "3", "", "", "", 1, 0, "below-prior", "3a",
            "The target 3 is below the Key Stage 1 result, 3a." },
    { "equal to prior", "3c", "3c", "", "", "", 1, 0, NULL, NULL, NULL },

    { "below current", "2b", "4b", "4a", "", "", 8, 0, "below-current", "4a",
            "The target 4b is below the latest assessment, 4a." },
    { "below a recent one", "2b", "4b", "4c", "4a", "", 11, 0, "below-current", "4a",
            "The target 4b is below a recent assessment, 4a." },
    { "the higher of both", "2b", "4b", "4a", "5c", "", 11, 0, "below-current", "5c",
            "The target 4b is below a recent assessment, 5c." },
    { "the same twice", "2b", "4b", "4a", "4a", "", 11, 0, "below-current", "4a",
            "The target 4b is below the latest assessment, 4a." },
    { "equal to current near the end", "2b", "4b", "4b", "", "", 11, 0, NULL, NULL, NULL },

    { "one level for two", "2b", "3a", "", "", "", 1, 2, "below-rate", "4c",
            "The target 3a is 1 whole level above the Key Stage 1 result, 2b; the school's "
            "rate is "
            "2." },
    { "sub-levels do not count", "2a", "4c", "", "", "", 1, 2, NULL, NULL, NULL },
    { "five sub-levels within two levels", "2c", "3a", "", "", "", 1, 2, "below-rate", "4c",
            "The target 3a is 1 whole level above the Key Stage 1 result, 2c; the school's "
            "rate is "
            "2." },
    { "no level for one", "2c", "2a", "", "", "", 1, 1, "below-rate", "3c",
            "The target 2a is not a whole level above the Key Stage 1 result, 2c; the school's "
            "rate is 1." },
    { "a rate beyond the scale", "5c", "6b", "", "", "", 1, 2, "below-rate", "",
            "The target 6b is 1 whole level above the Key Stage 1 result, 5c; the school's "
            "rate is "
            "2." },
    { "no rate set", "2b", "3a", "", "", "", 1, 0, NULL, NULL, NULL },

    { "pace to 35 points", "2b", "4b", "4c", "", "", 6, 0, "now-too-low", "5a",
            "At the pace so far, 2b to 4c in 6 of 12 terms, the pupil would end at 5a, a whole "
            "level or more above the target 4b." },
    { "pace to exactly a level above", "2b", "4c", "3a", "", "", 6, 0, "now-too-low", "5c",
            "At the pace so far, 2b to 3a in 6 of 12 terms, the pupil would end at 5c, a whole "
            "level or more above the target 4c." },
    { "pace to just under a level above", "2b", "4c", "3a", "", "", 7, 0, NULL, NULL, NULL },
    { "in the first year pace says little", "2b", "4b", "4c", "", "", 2, 0, NULL, NULL, NULL },
    { "from the first year's end on it is asked", "2b", "4b", "3b", "", "", 3, 0, "now-too-low",
            "6b",
            "At the pace so far, 2b to 3b in 3 of 12 terms, the pupil would end at 6b, a whole "
            "level or more above the target 4b." },
    { "reached with a year to go", "3b", "4c", "4c", "", "", 9, 0, "now-too-low", "4c",
            "The target 4c is reached already, with 3 terms to go." },
    { "reached in the last year", "3b", "4c", "4c", "", "", 10, 0, NULL, NULL, NULL },
    { "slipping back", "3b", "4c", "3c", "", "", 6, 0, NULL, NULL, NULL },
    { "no prior, no pace", "", "4c", "4c", "", "", 6, 0, NULL, NULL, NULL },
    { "a period beyond the stage", "3b", "4c", "4c", "", "", 13, 0, NULL, NULL, NULL },

    { "below the prediction", "2b", "4b", "", "", "5c", 1, 0, "below-prediction", "5c",
            "The target 4b is below the prediction, 5c." },
    { "at the prediction", "2b", "4b", "", "", "4b", 1, 0, NULL, NULL, NULL },
};

static struct alert_facts facts_of(size_t i, struct value *recent)
{
    *recent = level_of(fw, cases[i].recent);
    return (struct alert_facts){
        .stage = framework_stage(fw, "KS2"),
        .prior = level_of(fw, cases[i].prior),
        .target = level_of(fw, cases[i].target),
        .now = level_of(fw, cases[i].now),
        .prediction = level_of(fw, cases[i].prediction),
        .recent = recent,
        .recent_n = 1,
        .period = cases[i].period,
        .period_n = 12,
        .periods_per_year = 3,
        .target_rate = cases[i].rate,
    };
}

static void a_target_that_looks_low_raises_its_alert(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct value recent;
        struct alert_facts facts = facts_of(i, &recent);
        struct alert alerts[ALERT__MAX];
        char buffer[VALUE_TEXT_SIZE];

        CHECK_INT(cases[i].name, alert_find(fw, &facts, alerts), cases[i].code == NULL ? 0 : 1);
        if (cases[i].code == NULL)
            continue;
        CHECK_TEXT(cases[i].name, alert_code(alerts[0].kind), cases[i].code);
        CHECK_TEXT(cases[i].name, framework_value_text(fw, alerts[0].against, buffer),
                cases[i].against);
        CHECK_TEXT(cases[i].name, alerts[0].sentence, cases[i].sentence);
    }
}

static void every_reason_is_given_in_order(void **state)
{
    struct alert_facts facts = {
        .stage = framework_stage(fw, "KS2"),
        .prior = level_of(fw, "4b"),
        .target = level_of(fw, "4c"),
        .now = level_of(fw, "4a"),
        .prediction = level_of(fw, "5b"),
        .period = 9,
        .period_n = 12,
        .periods_per_year = 3,
        .target_rate = 1,
    };
    struct alert alerts[ALERT__MAX];

    (void)state;
    CHECK_INT("four", alert_find(fw, &facts, alerts), 4);
    CHECK_TEXT("first", alert_code(alerts[0].kind), "below-prior");
    CHECK_TEXT("second", alert_code(alerts[1].kind), "below-current");
    CHECK_TEXT("third", alert_code(alerts[2].kind), "below-rate");
    CHECK_TEXT("fourth", alert_code(alerts[3].kind), "below-prediction");
}

/* Level 4 to C (level 7) is three levels; E is level 5, D level 6 (domain-numbers 1.9). */
static const struct {
    const char *name, *prior, *target, *likely;
    int rate;
    const char *code, *sentence;
} grades[] = {
    { "three levels", "4b", "C", "C", 3, NULL, NULL },
    { "two for three", "4b", "D", "", 3, "below-rate",
            "The target D is 2 whole levels above the Key Stage 2 result, 4b; the school's "
            "rate "
            "is 3." },
    { "lower than the level before", "6c", "E", "", 0, "below-prior",
            "The target E is below the Key Stage 2 result, 6c." },
    { "lower than the likely grade", "4b", "C", "B-", 0, "below-current",
            "The target C is below the likely grade, B-." },
    { "a third lower", "4b", "C", "C+", 0, "below-current",
            "The target C is below the likely grade, C+." },
    { "likely as the target, with no pace", "4b", "C", "C", 0, NULL, NULL },
};

static void grades_are_compared_with_levels_and_likely_grades(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(grades); i++) {
        struct alert_facts facts = {
            .stage = framework_stage(fw, "KS4"),
            .prior = level_of(fw, grades[i].prior),
            .target = grade_of(fw, "gcse", grades[i].target),
            .now = grade_of(fw, "gcse", grades[i].likely),
            .prediction = VALUE_NONE,
            .period = 3,
            .period_n = 6,
            .periods_per_year = 3,
            .target_rate = grades[i].rate,
        };
        struct alert alerts[ALERT__MAX];

        CHECK_INT(grades[i].name, alert_find(fw, &facts, alerts),
                grades[i].code == NULL ? 0 : 1);
        if (grades[i].code == NULL)
            continue;
        CHECK_TEXT(grades[i].name, alert_code(alerts[0].kind), grades[i].code);
        CHECK_TEXT(grades[i].name, alerts[0].sentence, grades[i].sentence);
    }
}

static void what_cannot_be_compared_raises_nothing(void **state)
{
    struct alert_facts facts = {
        .stage = framework_stage(fw, "KS1"),
        .prior = grade_of(fw, "fsp", "9"),
        .target = level_of(fw, "1c"),
        .now = grade_of(fw, "short", "C"),
        .prediction = grade_of(fw, "first", "Merit"),
        .period = 3,
        .period_n = 6,
        .periods_per_year = 3,
    };
    struct alert alerts[ALERT__MAX];

    (void)state;
    CHECK_INT("nothing in common", alert_find(fw, &facts, alerts), 0);
    facts.stage = -1;
    facts.now = level_of(fw, "2c");
    CHECK_INT("outside the stages", alert_find(fw, &facts, alerts), 1);
    CHECK_TEXT("outside the stages", alerts[0].sentence,
            "The target 1c is below the latest assessment, 2c.");
}

static void periods_are_called_as_the_school_divides_its_year(void **state)
{
    static const struct {
        int per_year;
        const char *part;
    } words[] = { { 3, "with 3 terms" }, { 6, "with 6 half-terms" }, { 4, "with 4 periods" } };

    (void)state;
    for (size_t i = 0; i < COUNT(words); i++) {
        struct alert_facts facts = {
            .stage = framework_stage(fw, "KS2"),
            .prior = level_of(fw, "3b"),
            .target = level_of(fw, "4c"),
            .now = level_of(fw, "4c"),
            .prediction = VALUE_NONE,
            .period = 3 * words[i].per_year,
            .period_n = 4 * words[i].per_year,
            .periods_per_year = words[i].per_year,
        };
        struct alert alerts[ALERT__MAX];

        CHECK_INT(words[i].part, alert_find(fw, &facts, alerts), 1);
        CHECK_HAS(words[i].part, alerts[0].sentence, words[i].part);
    }
}

static int set_up(void **state)
{
    (void)state;
    fw = small_framework(&arena);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_target_that_looks_low_raises_its_alert),
        TEST(every_reason_is_given_in_order),
        TEST(grades_are_compared_with_levels_and_likely_grades),
        TEST(what_cannot_be_compared_raises_nothing),
        TEST(periods_are_called_as_the_school_divides_its_year),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
