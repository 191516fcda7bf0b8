#include "analysis/formula_beside.h"

/* What is refused, the character it is refused at, what is said and what is proposed. */
static const struct {
    const char *formula;
    int at;
    const char *message, *hint;
} rows[] = {
    /* words and signs */
    { "", 1, "the formula is empty", "Write a condition" },
    { "  ", 1, "the formula is empty", "" },
    { "=", 1, "the formula is empty", "" },
    { "SEN = S", 7, "S is not a name of the formula language", "in quotation marks: \"S\"" },
    { "SEN = \"S", 7, "this text does not end", "Close it" },
    { "SEN = 'S\"", 7, "this text does not end", "" },
    { "SEN == \"S\"", 5, "== has no meaning here", "Write = for equal." },
    { "SEN != \"S\"", 5, "!= has no meaning here", "Write <>" },
    { "FSM && EAL", 5, "&& has no meaning here", "Write AND." },
    { "YEAR \xE2\x89\xA5 5", 6, "\xE2\x89\xA5 has no meaning here", "Write >=" },
    { "S\xC3\xA9n = 1", 2, "\xC3\xA9 has no meaning here", "" },
    { "FSM\x01", 4, "a character that cannot be shown", "" },
    { "FSM \xFF", 5, "a character that cannot be shown", "" },
    { "MAX(1; 2)", 6, "; has no meaning here", "commas" },
    { "LATEST(\"MAT\") < 3b", 17, "3b is neither a number nor a name", "\"3b\"" },
    { "1.", 3, "a digit was expected", "" },
    { "1.2345", 1, "at most three decimal places", "" },
    { "1234567890", 1, "at most nine digits", "" },
    { "\"\xC3\xA9\xC3\xA9\" = SEN AND x", 16, "x is not a name", "" },
    { "FSM AND\n  EEL", 3, "EEL is not a name", "Did you mean EAL?" },
    /* order of words */
    { "SEN = \"S\" AND", 14, "the formula ends here, but a value was expected", "" },
    { "SEN = \"S\" SEN", 11, "SEN stands where an operator or the end was expected", "" },
    { "AND SEN", 1, "AND stands where a value was expected", "AND(first, second)" },
    { "1 +* 2", 4, "* stands where a value was expected", "" },
    { "(1", 3, "the formula ends here, but an operator or ) was expected", "" },
    { "1)", 2, ") stands where an operator or the end was expected", "" },
    { "MAX(1 2)", 7, "2 stands where a comma or ) was expected", "" },
    { "MAX(1,)", 7, ") stands where a value was expected", "" },
    { "1 < YEAR < 5", 10, "comparisons cannot be chained", "2 < YEAR AND YEAR < 7" },
    /* names and arguments */
    { "LATST(\"MAT\") < \"3b\"", 1, "LATST is not a name", "Did you mean LATEST?" },
    { "SEX = \"F\"", 1, "SEX is not a name", "Did you mean GENDER?" },
    { "MAT >= \"4c\"", 1, "MAT is not a name", "LATEST(\"MAT\")" },
    { "FSM AND LATEST(\"MATT\") < \"3b\"", 16, "\"MATT\" is not a subject", "\"MAT\"" },
    { "LATEST(\"qqqqqq\")", 8, "\"qqqqqq\" is not a subject", "Write a code" },
    { "LATEST(MAT) < \"3b\"", 8, "MAT is not a name", "LATEST(\"MAT\")" },
    { "LATEST(YEAR)", 8, "YEAR stands where a subject in quotation marks", "Write LATEST" },
    { "LATEST < \"3b\"", 1, "LATEST needs a subject here", "LATEST(\"subject\")" },
    { "IF(FSM)", 1, "IF needs at least 2 arguments and has 1", "IF(condition, value" },
    { "NOT(FSM, FSM)", 1, "NOT takes at most 1 argument and has 2", "NOT(condition)" },
    { "GRADE(1)", 1, "GRADE needs 2 arguments and has 1", "" },
    { "SEN(3)", 1, "SEN takes nothing in brackets", "Write SEN." },
    { "IN(Booster)", 4, "Booster is not a name", "\"Booster\"" },
    /* grades */
    { "LATEST(\"MAT\") < \"3d\"", 17, "\"3d\" is not a grade of National Curriculum levels",
            "Did you mean 3c, 3b or 3a?" },
    { "\"3d\" < LATEST(\"MAT\")", 1, "\"3d\" is not a grade", "Did you mean" },
    { "MAX(LATEST(\"MAT\"), \"3d\")", 20, "the scale of LATEST(\"MAT\")", "Did you mean" },
    { "LATEST(\"MAT\") < 4", 17, "4 is a number and cannot be compared with LATEST(\"MAT\")",
            "LEVEL" },
    { "4 > LATEST(\"MAT\")", 5, "LATEST(\"MAT\") is a grade", "LEVEL" },
    { "LATEST(\"MAT\") = \"M\"", 17, "\"M\" is recorded, but is no value to compare",
            "ISMISSING" },
    { "1 + LATEST(\"MAT\")", 5, "LATEST(\"MAT\") is a grade where a number was expected",
            "POINTS" },
    { "PREDICTION(\"DIDA\") > LATEST(\"MAT\")", 22, "are never on the same scale", "LEVEL" },
    { "POINTS(TARGET(\"DIDA\")) - POINTS(PRIOR(\"MAT\"))", 26, "never on the same scale", "" },
    { "STEPS(TARGET(\"DIDA\"), PRIOR(\"MAT\"))", 23, "never on the same scale", "" },
    { "STEPS(1, 2)", 7, "1 is a number where a grade was expected", "" },
    { "STEPS(\"4b\", \"4c\")", 7, "\"4b\" is a text", "GRADE(\"4b\", \"nc\")" },
    { "POINTS(\"4b\")", 8, "\"4b\" is a text where a grade was expected", "GRADE(\"4b\"" },
    { "LEVEL(YEAR)", 7, "YEAR is a number where a grade was expected", "" },
    { "GRADE(\"4b\", \"gcsee\")", 13, "\"gcsee\" is not a scale", "Did you mean \"gcse\"?" },
    { "GRADE(\"4b\", \"levels\")", 13, "\"levels\" is not a scale", "It is one of" },
    { "GRADE(\"4z\", \"nc\")", 7, "4z is not a grade", "4c, 4b or 4a" },
    { "GRADE(1, \"mock\")", 10, "Mock marks has no points", "" },
    { "GRADE(1 + SEN, \"nc\")", 11, "SEN is a text where a number was expected", "" },
    { "LATEST(\"ART\") >= \"4b\"", 18,
            "\"4b\" is a grade of National Curriculum levels, but LATEST(\"ART\") is on Effort",
            "Its grades run from poor to good." },
    { "LATEST(\"GEO\") > \"xx\"", 17, "\"xx\" is not a grade of Mock marks", "0 to 60" },
    { "LATEST(\"GEO\") > \"61\"", 17, "\"61\" is not a grade of Mock marks", "0 to 60" },
    { "LATEST(\"ART\") > LATEST(\"MAT\")", 17, "never on the same scale", "" },
    { "GRADE(SEN, \"nc\")", 7, "SEN is a text where a number was expected", "" },
    { "PRIOR(\"MAT\", \"KS1\")", 7, "\"MAT\" is not a key stage", "PRIOR(\"KS1\", \"MAT\")" },
    { "PRIOR(\"KS9\", \"MAT\")", 7, "\"KS9\" is not a key stage", "Write its code" },
    { "PRIOR(\"Y4\", \"MAT\")", 1, "is not to be had here", "the stage before" },
    /* types */
    { "IF(SEN, 1, 2)", 4, "SEN is a text where a condition", "SEN = \"...\"" },
    { "IF(YEAR, 1, 2)", 4, "YEAR is a number where a condition", "YEAR = 0" },
    { "AND(1, FSM)", 5, "1 is a number where a condition", "YEAR = 1" },
    { "NOT \"x\"", 5, "\"x\" is a text where a condition", "SEN = \"x\"" },
    { "FSM OR SEN", 8, "SEN is a text where a condition", "" },
    { "IF(FSM, 1, \"one\")", 12, "\"one\" is a text, but 1 is a number", "" },
    { "IF(FSM, LATEST(\"MAT\"), 3)", 24, "3 is a number, but LATEST(\"MAT\") is a grade", "" },
    { "IF(FSM, MISSING)", 1, "every value here is missing", "" },
    { "MISSING", 1, "this formula is missing for everybody", "" },
    { "SEN = MISSING", 1, "nothing can be compared with MISSING", "ISMISSING" },
    { "SEN = \"\"", 1, "nothing can be compared with MISSING", "ISMISSING" },
    { "SEN & \"\"", 7, "nothing can be joined to MISSING", "" },
    { "\"4b\" > \"4c\"", 1, "both sides of this comparison are fixed texts", "" },
    { "YEAR + \"1\"", 8, "\"1\" is a text where a number was expected", "without quotation" },
    { "- SEN", 3, "SEN is a text where a number was expected", "" },
    { "SUM(SEN)", 5, "SEN is a text where a number was expected", "" },
    { "SUM(1, FSM)", 8, "FSM is yes or no where a number was expected", "IF(condition, 1, 0)" },
    { "MAX(FSM)", 5, "FSM is yes or no where a number was expected", "" },
    { "YEAR = \"Q\"", 8, "\"Q\" is not a year group", "\"R\"" },
    { "AGE = \"9\"", 7, "\"9\" is a text and cannot be compared", "without quotation marks" },
    { "SURNAME > 4", 11, "4 is a number and cannot be compared with SURNAME, a text", "" },
    { "FSM = \"maybe\"", 7, "FSM is yes or no, not \"maybe\"", "Write FSM, or NOT FSM." },
    { "FSM > YES", 1, "yes or no has no order", "= or <>" },
    { "FLAG(\"MAT\") = \"blow\"", 15, "FLAG(\"MAT\") is never \"blow\"", "\"below\"" },
    { "FLAG(\"MAT\") = \"red\"", 15, "is never \"red\"", "well-below" },
    { "FLAG(\"MAT\") < \"on\"", 1, "has no order", "= or <>" },
    { "BIRTH_TERM = \"winter\"", 14, "is never \"winter\"", "autumn" },
    { "GAP(\"MAT\") * GAP(\"MAT\")", 14, "points cannot be multiplied by points", "" },
    { "BORN > \"yesterday\"", 8, "\"yesterday\" is not a date", "\"2026-03-27\"" },
    { "DATE(\"2026-02-30\")", 6, "\"2026-02-30\" is not a date", "" },
    { "DATE(5)", 6, "5 stands where a date in quotation marks was expected", "" },
    { "3 + BORN", 5, "BORN is a date where a number was expected", "" },
    { "BORN + 3", 1, "BORN is a date where a number was expected", "compared and subtracted" },
    { "BORN - 3", 8, "3 is a number, but BORN is a date", "" },
    { "BEST(YEAR, 1)", 6, "BEST begins with how many values", "whole number" },
    { "BEST(1.5, 1)", 6, "BEST begins with how many values", "" },
    { "BEST(0, 1)", 6, "BEST begins with how many values", "" },
    { "ROUND(1, 4)", 10, "ROUND takes 0, 1, 2 or 3", "" },
    { "BAND(YEAR, \"a\", 5, \"b\", 4, \"c\")", 25, "not above the one before it", "lowest" },
    { "BAND(YEAR, \"a\", 5, \"b\", 6)", 25, "a limit of BAND has no value behind it", "" },
    { "LOOKUP(LATEST(\"MAT\"), \"4q\", 1)", 23, "\"4q\" is not a grade", "" },
    { "LOOKUP(SEN, \"S\", 1, \"E\", \"x\")", 26, "\"x\" is a text, but 1 is a number", "" },
    /* what is not to be had without a source */
    { "AT(\"MAT\", \"Autumn\") = \"3b\"", 1, "AT(\"MAT\", \"Autumn\") is not to be had here",
            "LATEST(\"MAT\")" },
    { "FSM OR ATTENDANCE < 90", 8, "ATTENDANCE is not to be had here", "attendance" },
    { "COLUMN(Effort) < 3", 8, "Effort is not a name", "\"Effort\"" },
    { "AT(\"MAT\", YEAR)", 11, "YEAR stands where a review in quotation marks", "" },
    { "COLUMN(\"Effort\") < 3", 1, "COLUMN(\"Effort\") is not to be had here", "marksheet" },
};

static void check_refused(const char *text, const struct formula_source *source, int at,
        const char *message, const char *hint)
{
    const struct formula *formula = NULL;
    struct err err = { 0 };
    char column[16];

    (void)snprintf(column, sizeof(column), "%d", at);
    CHECK_INT(text, formula_compile(&arena, fw, text, source, &formula, &err), ERR_INVALID);
    CHECK_HAS(text, err.message, message);
    CHECK_HAS(text, err.hint, hint);
    CHECK_TEXT(text, err.file, "formula");
    CHECK_TEXT(text, err.column, column);
    CHECK_TRUE(text, formula == NULL);
}

static void what_is_wrong_is_told_at_its_place(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        check_refused(rows[i].formula, NULL, rows[i].at, rows[i].message, rows[i].hint);
}

static void the_place_is_in_words_and_in_fields(void **state)
{
    const struct formula *formula = NULL;
    struct err err = { 0 };

    (void)state;
    CHECK_INT("one line", formula_compile(&arena, fw, "FSM AND x", NULL, &formula, &err),
            ERR_INVALID);
    CHECK_TEXT("one line", err.message, "character 9: x is not a name of the formula language");
    CHECK_INT("one line", err.row, 1);
    CHECK_INT("two lines", formula_compile(&arena, fw, "FSM\r\nAND x", NULL, &formula, &err),
            ERR_INVALID);
    CHECK_TEXT("two lines", err.message,
            "line 2, character 5: x is not a name of the formula language");
    CHECK_INT("two lines", err.row, 2);
}

static void only_the_pupils_stages_say_which_scales_there_are(void **state)
{
    int16_t stages[] = { (int16_t)framework_stage(fw, "KS2") };
    struct formula_source primary = { .stages = stages, .stage_n = 1 };

    (void)state;
    CHECK_TEXT("a whole school", answer_of("LATEST(\"MAT\") >= \"A*\"", NULL, BASIS_TARGET),
            "- - - - - no - -");
    check_refused("LATEST(\"MAT\") >= \"A*\"", &primary, 18,
            "\"A*\" is a grade of GCSE, but LATEST(\"MAT\") is on National Curriculum levels",
            "Its grades run from W to EP.");
    check_refused("FSM AND LATEST(\"MAT\") >= \"C\"", &primary, 26, "\"C\" is a grade of GCSE",
            "4c");
    check_refused("GRADE(\"C\", \"gcse\") > LATEST(\"MAT\")", &primary, 22,
            "are never on the same scale", "LEVEL");
    check_refused("PRIOR(\"KS2\", \"MAT\") < \"3b\"", &primary, 1, "is not to be had here",
            "PRIOR(\"MAT\")");
    CHECK_TEXT("the stage before", answer_of("PRIOR(\"KS1\", \"MAT\")", &primary, BASIS_TARGET),
            "2b 3c - 2c - - - -");
}

static void a_source_knows_its_groups_and_columns(void **state)
{
    struct formula_source none = beside;
    static const char *const empty[] = { NULL };

    (void)state;
    check_refused("IN(\"Chior\")", &beside, 4, "there is no group \"Chior\"", "\"Choir\"");
    check_refused("IN(\"Set 99999\")", &beside, 4, "there is no group",
            "There is \"Booster\".");
    check_refused("AT(\"MAT\", \"Spring\")", &beside, 1, "is not to be had here", "LATEST");
    check_refused("AT(\"Spring\", \"MAT\")", &beside, 4, "\"Spring\" is not a subject", "");
    check_refused("COLUMN(\"Efort\")", &beside, 1, "is not to be had here", "marksheet");
    check_refused("PRIOR(\"KS3\")", &beside, 7, "\"KS3\" is not a subject", "");
    none.groups = empty;
    none.group_n = 0;
    check_refused("IN(\"Choir\")", &none, 4, "there is no group \"Choir\"", "");
    none.subject = "nothing";
    check_refused("YES OR LATEST = \"4b\"", &none, 8, "\"nothing\" is not a subject", "");
}

static void long_words_are_cut_in_messages(void **state)
{
    char text[400];

    (void)state;
    memset(text, 'x', sizeof(text) - 1);
    text[sizeof(text) - 1] = '\0';
    check_refused(text, NULL, 1, "xxxxxxxx is not a name", "");
    memcpy(text, "1 + \"", 5);
    text[398] = '"';
    check_refused(text, NULL, 5, "xxxx ... is a text where a number was expected", "");
}

TESTS(EIGHT_TEST(what_is_wrong_is_told_at_its_place),
        EIGHT_TEST(the_place_is_in_words_and_in_fields),
        EIGHT_TEST(only_the_pupils_stages_say_which_scales_there_are),
        EIGHT_TEST(a_source_knows_its_groups_and_columns),
        EIGHT_TEST(long_words_are_cut_in_messages))
