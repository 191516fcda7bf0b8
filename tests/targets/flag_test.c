#include "targets/flag.h"

#include "check.h"

static const struct {
    const char *name, *rule;
    int steps;
    enum flag flag;
} cases[] = {
    { "three below", NULL, -3, FLAG_WELL_BELOW },
    { "two below", NULL, -2, FLAG_WELL_BELOW },
    { "one below", NULL, -1, FLAG_BELOW },
    { "on", NULL, 0, FLAG_ON },
    { "one above", NULL, 1, FLAG_ABOVE },
    { "far above stays above by default", NULL, 9, FLAG_ABOVE },
    { "a school's own: one below is on", "well-below -4, below -2, above 2, well-above 4", -1,
            FLAG_ON },
    { "own: below", "well-below -4, below -2, above 2, well-above 4", -3, FLAG_BELOW },
    { "own: well below", "well-below -4, below -2, above 2, well-above 4", -4,
            FLAG_WELL_BELOW },
    { "own: above", "well-below -4, below -2, above 2, well-above 4", 3, FLAG_ABOVE },
    { "own: well above", "well-below -4, below -2, above 2, well-above 4", 4, FLAG_WELL_ABOVE },
};

static void steps_give_a_flag(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct flag_rule rule = flag_rule_default();
        struct err err = { 0 };

        if (cases[i].rule != NULL)
            CHECK_OK(cases[i].name, flag_rule_parse(cases[i].rule, &rule, &err), &err);
        CHECK_INT(cases[i].name, flag_of(&rule, cases[i].steps), cases[i].flag);
    }
}

static void a_rule_reads_back_as_it_was_written(void **state)
{
    static const char *const rules[] = {
        "well-below -2, below -1, above 1",
        "well-below -4, below -2, above 2, well-above 4",
        "well-below -1000, below -999, above 999, well-above 1000",
    };
    struct flag_rule rule = flag_rule_default();
    struct err err = { 0 };
    char buffer[FLAG_RULE_SIZE];

    (void)state;
    CHECK_TEXT("default", flag_rule_text(&rule, buffer), rules[0]);
    for (size_t i = 0; i < COUNT(rules); i++) {
        CHECK_OK(rules[i], flag_rule_parse(rules[i], &rule, &err), &err);
        CHECK_TEXT(rules[i], flag_rule_text(&rule, buffer), rules[i]);
    }
    CHECK_OK("any order", flag_rule_parse(" above 2,BELOW -1 , well-below  -3", &rule, &err),
            &err);
    CHECK_TEXT("any order", flag_rule_text(&rule, buffer), "well-below -3, below -1, above 2");
}

static const struct {
    const char *name, *text, *part;
} refused[] = {
    { "nothing", "", "not a threshold" },
    { "one missing", "well-below -2, below -1", "do not ascend" },
    { "upside down", "well-below -1, below -2, above 1", "do not ascend" },
    { "equal", "well-below -1, below -1, above 1", "do not ascend" },
    { "below is above nought", "well-below -2, below 1, above 2", "do not ascend" },
    { "above is below nought", "well-below -3, below -2, above -1", "do not ascend" },
    { "well above is not above", "well-below -2, below -1, above 2, well-above 2",
            "do not ascend" },
    { "nought", "well-below -2, below 0, above 1", "not a threshold" },
    { "no number", "well-below -2, below, above 1", "not a threshold" },
    { "half a step", "well-below -2, below -0.5, above 1", "not a threshold" },
    { "an unknown word", "well-below -2, under -1, above 1", "not a threshold" },
    { "too far", "well-below -2000, below -1, above 1", "not a threshold" },
    { "twice", "below -2, below -1, above 1", "second time" },
};

static void a_rule_that_cannot_be_is_refused_in_words(void **state)
{
    struct err err = { 0 };
    struct flag_rule rule = { .above = 77 };

    (void)state;
    for (size_t i = 0; i < COUNT(refused); i++) {
        CHECK_INT(refused[i].name, flag_rule_parse(refused[i].text, &rule, &err), ERR_INVALID);
        CHECK_HAS(refused[i].name, err.message, refused[i].part);
        CHECK_INT(refused[i].name, rule.above, 77);
    }
    CHECK_INT("none", flag_rule_parse(NULL, &rule, &err), ERR_INVALID);
}

static void a_flag_has_a_code_a_word_and_a_sign(void **state)
{
    (void)state;
    CHECK_TEXT("none", flag_code(FLAG_NONE), NULL);
    CHECK_TEXT("none", flag_word(FLAG_NONE), "");
    CHECK_TEXT("none", flag_sign(FLAG_NONE), "–");
    CHECK_TEXT("well below", flag_code(FLAG_WELL_BELOW), "well-below");
    CHECK_TEXT("well below", flag_word(FLAG_WELL_BELOW), "Well below");
    CHECK_TEXT("well below", flag_sign(FLAG_WELL_BELOW), "▼▼");
    CHECK_TEXT("on", flag_code(FLAG_ON), "on");
    CHECK_TEXT("well above", flag_code(FLAG_WELL_ABOVE), "well-above");
    CHECK_TEXT("out of range", flag_code(FLAG__MAX), NULL);
}

TESTS(TEST(steps_give_a_flag), TEST(a_rule_reads_back_as_it_was_written),
        TEST(a_rule_that_cannot_be_is_refused_in_words),
        TEST(a_flag_has_a_code_a_word_and_a_sign))
