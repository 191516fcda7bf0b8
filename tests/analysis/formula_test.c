#include "analysis/formula_answer.h"

/* In the order Ann Ben Cara Dev Eve Finn Gia Hal; all worked out by hand from the tables of
   formula_class.h. */
static const struct {
    const char *formula, *answers;
} rows[] = {
    /* comparisons of grades: by points, a status and another metric are missing */
    { "LATEST(\"MAT\") < \"3b\"", "yes no - no - - no -" },
    { "\"3b\" > LATEST(\"MAT\")", "yes no - no - - no -" },
    { "LATEST(\"MAT\") >= \"C\"", "- - - - - yes - -" },
    { "LATEST(\"MAT\") = \"4b\"", "no no - yes - - yes -" },
    { "LATEST(\"MAT\") <> \"4b\"", "yes yes - no - - no -" },
    { "LATEST(\"ENG\") >= \"4b\"", "no no yes - no - yes -" },
    { "LATEST(\"ENG\") <= \"4.5\"", "yes yes no - yes - yes -" },
    { "SEN = \"S\" AND LATEST(\"MAT\") < \"3b\"", "yes no - no no no no -" },
    /* a whole level in the formula takes in its sub-levels */
    { "LATEST(\"MAT\") >= \"4\"", "no yes - yes - - yes -" },
    { "LATEST(\"MAT\") = \"4\"", "no yes - yes - - yes -" },
    { "LATEST(\"MAT\") > \"4\"", "no no - no - - no -" },
    { "LATEST(\"MAT\") <= \"Level 3\"", "yes no - no - - no -" },
    { "LATEST(\"ENG\") = \"4\"", "yes no yes - no - yes -" },
    { "\"4b\" <= LATEST(\"MAT\")", "no no - yes - - yes -" },
    { "\"4b\" >= LATEST(\"MAT\")", "yes yes - yes - - yes -" },
    { "\"4b\" < LATEST(\"ENG\")", "no no yes - no - no -" },
    { "\"4b\" = LATEST(\"MAT\")", "no no - yes - - yes -" },
    /* grades without points or steps are in the order of the scale, raw marks by the mark */
    { "LATEST(\"ART\") >= \"fair\"", "no yes yes - yes yes - -" },
    { "MAX(LATEST(\"ART\"), \"fair\")", "fair good fair fair good fair fair fair" },
    { "POINTS(LATEST(\"ART\"))", "- - - - - - - -" },
    { "STEPS(LATEST(\"ART\"), \"fair\")", "- - - - - - - -" },
    { "LATEST(\"GEO\") > \"40\"", "yes no no - - - - -" },
    { "LATEST(\"GEO\") >= MAX(LATEST(\"GEO\"), \"40\")", "yes yes no - - - - -" },
    /* two columns; Finn's GCSE and his level do not compare */
    { "LATEST(\"MAT\") >= TARGET(\"MAT\")", "no no - no - no - -" },
    { "LATEST(\"MAT\") > PRIOR(\"MAT\")", "yes yes - yes - - - -" },
    { "LATEST(\"SCI\") = LATEST(\"ENG\")", "yes no - - - no - -" },
    /* the values themselves */
    { "LATEST(\"MAT\")", "3c 4c - 4b A C 4 -" },
    { "TARGET(\"Mathematics\")", "4b 4b 4b 5c - B - -" },
    { "PREDICTION(\"MAT\")", "4c 5c - - - C - -" },
    { "RESULT(\"MAT\")", "- - - 4a - - - -" },
    { "VALUE(\"MAT\")", "3c 4c - 4a A C 4 -" },
    { "PROGRESS_TARGET(\"MAT\")", "3a 4c - 4a - B - -" },
    { "POINTS(PROGRESS_TARGET(\"MAT\"))", "23 24.333 - 29.5 - 46 - -" },
    { "GAP(\"MAT\")", "-4 0.667 - -2.5 - -6 - -" },
    { "STEPS(\"MAT\")", "-2 0 - -1 - -1 - -" },
    { "FLAG(\"MAT\")", "well-below on - below - below - -" },
    { "FLAG(\"MAT\") = \"below\" OR GAP(\"MAT\") < -3", "yes no - yes - yes - -" },
    { "PRIOR(\"KS1\", \"MAT\")", "2b 3c - 2c - - - -" },
    { "STEPS(LATEST(\"MAT\"), PRIOR(\"MAT\"))", "2 3 - 7 - - - -" },
    { "STEPS(TARGET(\"MAT\"), \"4a\")", "-1 -1 -1 1 - - - -" },
    { "LEVEL(LATEST(\"MAT\"))", "3 4 - 4 - 7 4 -" },
    { "LEVEL(LATEST(\"MAT\")) - LEVEL(PRIOR(\"MAT\")) >= 2", "no no - yes - yes - -" },
    { "POINTS(LATEST(\"ENG\"))", "25 23 29 - 21 34 27 -" },
    /* points of two metrics do not subtract; Finn's 40 - 27 is not 13 */
    { "POINTS(LATEST(\"MAT\")) - POINTS(PRIOR(\"MAT\"))", "4 6 - 14 - - - -" },
    { "POINTS(LATEST(\"MAT\")) > POINTS(PRIOR(\"MAT\"))", "yes yes - yes - - - -" },
    { "POINTS(LATEST(\"MAT\")) >= 25", "no yes - yes - yes yes -" },
    { "POINTS(LATEST(\"MAT\")) / POINTS(TARGET(\"MAT\"))", "0.704 0.926 - 0.871 - 0.87 - -" },
    { "IF(FSM, POINTS(LATEST(\"MAT\")), 1) > 1", "yes no - no - no yes -" },
    { "GRADE(POINTS(LATEST(\"MAT\")), \"gcse\")", "- - - - - C - -" },
    { "GRADE(1 / 0, \"nc\")", "- - - - - - - -" },
    { "GRADE(25, \"nc-decimal\")", "4c 4c 4c 4c 4c 4c 4c 4c" },
    { "GRADE(24, \"nc\")", "4c 4c 4c 4c 4c 4c 4c 4c" },
    { "GRADE(AVERAGE(LATEST(\"MAT\"), LATEST(\"ENG\")), \"nc\")", "3a 4c 4a 4b 3b - 4b -" },
    { "GRADE(\"4b\", \"nc\") < TARGET(\"MAT\")", "no no no yes - - - -" },
    /* reckoning leaves out what is missing */
    { "SUM(LATEST(\"MAT\"), LATEST(\"ENG\"))", "44 48 29 27 21 74 54 -" },
    { "AVERAGE(LATEST(\"MAT\"), LATEST(\"ENG\"))", "22 24 29 27 21 37 27 -" },
    { "AVERAGE(LATEST(\"MAT\"), LATEST(\"ENG\"), LATEST(\"SCI\"))",
            "23 24.333 29 27 21 40 27 -" },
    { "MEDIAN(LATEST(\"MAT\"), LATEST(\"ENG\"), LATEST(\"SCI\"))", "25 25 29 27 21 40 27 -" },
    { "MEDIAN(1, 4, 2, 8)", "3 3 3 3 3 3 3 3" },
    { "MAX(LATEST(\"MAT\"), LATEST(\"ENG\"))", "4c 4c 4a 4b 3b C 4 -" },
    { "MIN(LATEST(\"MAT\"), LATEST(\"ENG\"))", "3c 3a 4a 4b 3b D 4 -" },
    { "MAX(LATEST(\"MAT\"), \"4b\")", "4b 4b 4b 4b 4b - 4 4b" },
    { "MAX(POINTS(LATEST(\"MAT\")), 26)", "26 26 26 27 26 40 27 26" },
    { "BEST(2, LATEST(\"MAT\"), LATEST(\"ENG\"), LATEST(\"SCI\"))", "50 50 29 27 21 86 54 -" },
    { "COUNT(LATEST(\"MAT\"), LATEST(\"ENG\"), LATEST(\"SCI\"))", "3 3 1 1 1 3 2 0" },
    { "COUNT(LATEST(\"MAT\") >= \"4c\", LATEST(\"ENG\") >= \"4c\")", "1 1 1 1 0 0 2 0" },
    { "MAX(BORN, \"2016-01-01\")",
            "2016-01-01 2016-03-27 2016-03-28 2016-01-01 2016-01-01 2016-01-01 2016-01-01 "
            "2016-01-01" },
    { "MIN(BORN, ENTRY)",
            "2015-10-10 2016-03-27 2016-03-28 2015-01-01 2015-09-01 2011-04-01 2016-01-01 -" },
    /* deciding */
    { "IF(SEN = \"S\", 1, 0)", "1 0 - 1 0 0 - -" },
    { "IF(SEN = \"S\", 1)", "1 - - 1 - - - -" },
    { "IF(IFMISSING(SEN = \"S\", NO), 1, 0)", "1 0 0 1 0 0 0 0" },
    { "IFS(SEN = \"S\", \"support\", SEN = \"E\", \"plan\", \"none\")",
            "support none - support plan none - -" },
    { "IF(FSM, BORN, ENTRY)", "2015-10-10 2020-09-01 - - 2015-09-01 - 2016-01-01 -" },
    { "FSM = EAL", "no no - - - yes - -" },
    { "FSM <> EAL", "yes yes - - - no - -" },
    { "IFS(YES, 1, MISSING, 2)", "1 1 1 1 1 1 1 1" },
    { "IF(FSM, LATEST(\"MAT\"), \"4b\")", "3c 4b - 4b A 4b 4 -" },
    { "LOOKUP(SEN, \"S\", 2, \"E\", 1, 0)", "2 0 - 2 1 0 - -" },
    { "LOOKUP(LATEST(\"MAT\"), \"3\", \"low\", \"4\", \"high\")",
            "low high - high - - high -" },
    { "BAND(POINTS(PRIOR(\"MAT\")), \"low\", 15, \"middle\", 19, \"high\")",
            "middle high - low - high - -" },
    { "BAND(LATEST(\"MAT\"), \"below\", \"4\", \"level 4\", \"5\", \"above\")",
            "below level 4 - level 4 - - level 4 -" },
    { "ISMISSING(LATEST(\"MAT\"))", "no no yes no yes no no yes" },
    { "ISMISSING(SEN)", "no no yes no no no yes yes" },
    { "IFMISSING(LATEST(\"MAT\"), LATEST(\"ENG\"))", "3c 4c 4a 4b 3b C 4 -" },
    { "IFMISSING(GAP(\"MAT\"), 0) < 0", "yes no no yes no yes no no" },
    /* characteristics and groups */
    { "SEN", "S N - S E N - -" },
    { "sen = 's'", "yes no - yes no no - -" },
    { "SEN <> \"N\"", "yes no - yes yes no - -" },
    { "FSM", "yes no - no yes no yes -" },
    { "NOT FSM", "no yes - yes no yes no -" },
    { "FSM = \"Y\"", "yes no - no yes no yes -" },
    { "FSM <> YES", "no yes - yes no yes no -" },
    { "EAL", "no yes - - - no - -" },
    { "GENDER", "F M F M F M F -" },
    { "IN(\"booster\")", "yes no no no no no no no" },
    { "IN(\"Choir\") AND NOT IN(\"Booster\")", "no no yes no no no no no" },
    { "REGISTRATION = \"5B\"", "yes yes no - - - - -" },
    { "YEAR", "5 5 5 6 5 10 5 -" },
    { "YEAR > \"R\"", "yes yes yes yes yes yes yes -" },
    { "AGE", "10 10 9 11 10 14 10 -" },
    { "BORN >= \"2015-09-01\"", "yes yes yes no yes no yes -" },
    { "BORN < DATE(\"1/9/2015\")", "no no no yes no yes no -" },
    { "TODAY - BORN", "3821 3652 3651 4103 3860 5474 3738 -" },
    { "TODAY - \"2026-03-01\"", "26 26 26 26 26 26 26 26" },
    { "ENTRY", "2019-09-01 2020-09-01 - - - - - -" },
    { "BIRTH_TERM = \"autumn\"", "yes no no no yes no no -" },
    { "PRIOR_BAND = \"middle\"", "yes no - yes - yes - -" },
    { "SURNAME < \"D\"", "yes yes yes no no no no no" },
    { "FORENAME & \" \" & YEAR", "Ann 5 Ben 5 Cara 5 Dev 6 Eve 5 Finn 10 Gia 5 -" },
    { "LATEST(\"MAT\") & \"/\" & GAP(\"MAT\")", "3c/-4 4c/0.667 - 4b/-2.5 - C/-6 - -" },
    { "IF(FSM, \"free\", \"\")", "free - - - free - free -" },
    { "BORN & \"!\"", "2015-10-10! 2016-03-27! 2016-03-28! 2015-01-01! 2015-09-01! 2011-04-01! "
                      "2016-01-01! "
                      "-" },
    { "FSM & \"!\"", "yes! no! - no! yes! no! yes! -" },
    /* order of signs, brackets, numbers */
    { "1 + 2 * 3", "7 7 7 7 7 7 7 7" },
    { "(1 + 2) * 3", "9 9 9 9 9 9 9 9" },
    { "10 - 4 - 3", "3 3 3 3 3 3 3 3" },
    { "-YEAR + 1", "-4 -4 -4 -5 -4 -9 -4 -" },
    { "7 / 2", "3.5 3.5 3.5 3.5 3.5 3.5 3.5 3.5" },
    { "YEAR / (YEAR - 5)", "- - - 6 - 2 - -" },
    { "1 / 3 * 3", "0.999 0.999 0.999 0.999 0.999 0.999 0.999 0.999" },
    { "2 / 3", "0.667 0.667 0.667 0.667 0.667 0.667 0.667 0.667" },
    { "-2 / 3", "-0.667 -0.667 -0.667 -0.667 -0.667 -0.667 -0.667 -0.667" },
    { "ROUND(2.5)", "3 3 3 3 3 3 3 3" },
    { "ROUND(-2.5)", "-3 -3 -3 -3 -3 -3 -3 -3" },
    { "ROUND(2.449, 1)", "2.4 2.4 2.4 2.4 2.4 2.4 2.4 2.4" },
    { "ROUND(GAP(\"MAT\"), 0)", "-4 1 - -3 - -6 - -" },
    { "999999999 * 999999999", "- - - - - - - -" },
    { "999999999 + 2", "- - - - - - - -" },
    { "YES OR NO AND NO", "yes yes yes yes yes yes yes yes" },
    { "NOT YES = NO", "yes yes yes yes yes yes yes yes" },
    { "NOT (YES) OR YES", "yes yes yes yes yes yes yes yes" },
    { "or(sen = \"E\", and(fsm, year >= 5))", "yes no - no yes no yes -" },
    { "= SEN = \"E\"", "no no - no yes no - -" },
    { "\"O\"\"Shea\" & 'it''s'", "O\"Sheait's O\"Sheait's O\"Sheait's O\"Sheait's O\"Sheait's "
                                 "O\"Sheait's O\"Sheait's O\"Sheait's" },
    { "SEN = \xE2\x80\x9CS\xE2\x80\x9D", "yes no - yes no no - -" },
    { "SEN\n=\t\xC2\xA0\"S\"", "yes no - yes no no - -" },
};

static void formulas_give_what_was_worked_out_by_hand(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        CHECK_TEXT(rows[i].formula, answer_of(rows[i].formula, NULL, BASIS_ATTAINMENT),
                rows[i].answers);
}

static void the_basis_says_which_value_counts(void **state)
{
    (void)state;
    CHECK_TEXT("target", answer_of("VALUE(\"MAT\")", NULL, BASIS_TARGET),
            "4b 4b 4b 5c - B - -");
    CHECK_TEXT("prediction", answer_of("VALUE(\"MAT\")", NULL, BASIS_PREDICTION),
            "4c 5c - - - C - -");
    CHECK_TEXT("attainment", answer_of("VALUE(\"MAT\")", NULL, BASIS_ATTAINMENT),
            "3c 4c - 4a A C 4 -");
}

/* Kleene's strong logic (formula.h): the two arguments, AND, OR. */
static const struct {
    const char *a, *b, *and_, *or_;
} truths[] = {
    { "YES", "YES", "yes", "yes" },
    { "YES", "NO", "no", "yes" },
    { "YES", "MISSING", "-", "yes" },
    { "NO", "NO", "no", "no" },
    { "NO", "MISSING", "no", "-" },
    { "MISSING", "MISSING", "-", "-" },
};

/* The formula gives every pupil the same. */
static void check_same(const char *formula, const char *want)
{
    char eight_times[80] = "";

    for (size_t i = 0, n = 0; i < EIGHT; i++)
        n += (size_t)snprintf(eight_times + n, sizeof(eight_times) - n, "%s%s",
                i == 0 ? "" : " ", want);
    CHECK_TEXT(formula, answer_of(formula, NULL, BASIS_ATTAINMENT), eight_times);
}

static void check_both(const char *a, const char *word, const char *b, const char *want)
{
    char formula[80];

    (void)snprintf(formula, sizeof(formula), "%s %s %s", a, word, b);
    check_same(formula, want);
    (void)snprintf(formula, sizeof(formula), "%s %s %s", b, word, a);
    check_same(formula, want);
    (void)snprintf(formula, sizeof(formula), "%s(%s, %s)", word, a, b);
    check_same(formula, want);
}

static void missing_is_neither_yes_nor_no(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(truths); i++) {
        check_both(truths[i].a, "AND", truths[i].b, truths[i].and_);
        check_both(truths[i].a, "OR", truths[i].b, truths[i].or_);
    }
    check_same("NOT YES", "no");
    check_same("NOT NO", "yes");
    check_same("NOT MISSING", "-");
}

/* Each reckons with a number that is there (1) and one that is not (1 / 0). */
static const struct {
    const char *formula, *want;
} gone[] = {
    { "1 + 1 / 0", "-" },
    { "1 - 1 / 0", "-" },
    { "2 * (1 / 0)", "-" },
    { "1 / 0 / 2", "-" },
    { "-(1 / 0)", "-" },
    { "1 / 0 = 1", "-" },
    { "1 / 0 <> 1", "-" },
    { "\"a\" & 1 / 0", "-" },
    { "ROUND(1 / 0)", "-" },
    { "SUM(1, 1 / 0)", "1" },
    { "SUM(1 / 0)", "-" },
    { "AVERAGE(1, 1 / 0)", "1" },
    { "MEDIAN(1, 1 / 0)", "1" },
    { "MIN(1, 1 / 0)", "1" },
    { "MAX(1 / 0, 1 / 0)", "-" },
    { "BEST(2, 1, 1 / 0)", "1" },
    { "COUNT(1, 1 / 0)", "1" },
    { "COUNT(1 / 0, MISSING)", "0" },
    { "IF(MISSING, 1, 2)", "-" },
    { "IF(YES, 1, 1 / 0)", "1" },
    { "IF(NO, 1, MISSING)", "-" },
    { "IFS(NO, 1, MISSING, 2, 3)", "-" },
    { "IFS(NO, 1, NO, 2)", "-" },
    { "LOOKUP(1 / 0, 1, 2, 3)", "-" },
    { "LOOKUP(4, 1, 2)", "-" },
    { "BAND(1 / 0, 1, 2, 3)", "-" },
    { "ISMISSING(1 / 0)", "yes" },
    { "ISMISSING(MISSING)", "yes" },
    { "ISMISSING(1 / 0 = 1)", "yes" },
    { "IFMISSING(1 / 0, 5)", "5" },
    { "IFMISSING(MISSING, 5)", "5" },
};

static void missing_has_its_rule_in_every_function(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(gone); i++)
        check_same(gone[i].formula, gone[i].want);
}

/* Block borders: 512 pupils a block. Pupil p is in Year p mod 12, every seventh has none. */
static void a_large_cohort_is_run_in_blocks(void **state)
{
    static struct cohort_pupil many[1300];
    struct cohort big = cohort;
    const size_t sizes[] = { 0, 1, 511, 512, 513, 1300 };

    (void)state;
    for (size_t p = 0; p < COUNT(many); p++)
        many[p] = (struct cohort_pupil){
            .year = p % 7 == 0 ? COHORT_YEAR_UNKNOWN : (int)(p % 12),
            .forename = "F",
        };
    big.pupils = many;
    for (size_t k = 0; k < COUNT(sizes); k++) {
        const char *text = "\"year \" & IF(YEAR > 5, YEAR * 2, YEAR)";
        struct formula_column column = { 0 };
        struct err err = { 0 };

        big.pupil_n = sizes[k];
        CHECK_OK(text,
                formula_run(compiled(text, NULL), &big, BASIS_TARGET, &arena, &column, &err),
                &err);
        CHECK_INT("as many", column.n, sizes[k]);
        for (size_t p = 0; p < sizes[k]; p++) {
            int year = (int)(p % 12);
            char want[24];

            (void)snprintf(want, sizeof(want), "year %d", year > 5 ? 2 * year : year);
            CHECK_TEXT("text", column.texts[p], p % 7 == 0 ? NULL : want);
        }
    }
}

static void a_subject_that_is_no_column_is_missing(void **state)
{
    (void)state;
    CHECK_TEXT("history", answer_of("LATEST(\"HIS\") >= \"4c\"", NULL, BASIS_TARGET),
            "- - - - - - - -");
    CHECK_TEXT("gap",
            answer_of("COUNT(GAP(\"HIS\"), FLAG(\"HIS\"), STEPS(\"HIS\"))", NULL, BASIS_TARGET),
            "0 0 0 0 0 0 0 0");
}

static void a_text_may_not_grow_without_end(void **state)
{
    struct buf buf = buf_make(&arena, 4000);
    const char *text = "";
    struct err err = { 0 };

    (void)state;
    buf_add(&buf, "\"");
    buf_add_pad(&buf, 'x', 250);
    buf_add(&buf, "\" & \"");
    buf_add_pad(&buf, 'x', 250);
    buf_add(&buf, "\" & 1");
    CHECK_OK("text", buf_end(&buf, &text, NULL, &err), &err);
    CHECK_TEXT("over 500 bytes", answer_of(text, NULL, BASIS_TARGET), "- - - - - - - -");
}

TESTS(EIGHT_TEST(formulas_give_what_was_worked_out_by_hand),
        EIGHT_TEST(the_basis_says_which_value_counts),
        EIGHT_TEST(missing_is_neither_yes_nor_no),
        EIGHT_TEST(missing_has_its_rule_in_every_function),
        EIGHT_TEST(a_large_cohort_is_run_in_blocks),
        EIGHT_TEST(a_subject_that_is_no_column_is_missing),
        EIGHT_TEST(a_text_may_not_grow_without_end))
