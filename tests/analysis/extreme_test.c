#include "analysis/extreme.h"

#include "base/text.h"
#include "builder.h"

/* The levels of the small framework from W to 6b are 18 rungs: the usual one is 3a. */

static struct reckoning reckoning;
static struct extreme_column beside[] = {
    { .name = "Effort",
            .type = FORMULA_NUMBER,
            .scale = -1,
            .has_range = true,
            .highest = 5000 },
    { .name = "Agreed", .type = FORMULA_YES_NO, .scale = -1 },
};
static const char *const keys[] = { "1", "2", "3" };
static const char *const values[] = { "low", "middle", "high" };

static bool table(void *context, const char *name, struct formula_table *ret_table)
{
    (void)context;
    if (!text_eq(name, "bands"))
        return false;
    *ret_table = (struct formula_table){ keys, values, COUNT(keys), "top" };
    return true;
}

static struct formula_source source = { .subject = "MAT", .table = table };

static struct extreme_ask asked(const char *formula)
{
    int stage = framework_stage(fw, "KS2");

    reckoning = class_reckoning();
    return (struct extreme_ask){ .fw = fw,
        .reckoning = &reckoning,
        .day = { 20260327 },
        .stage = stage,
        .stage_years = 4,
        .column = "Mine",
        .formula = formula,
        .source = &source,
        .columns = beside,
        .column_n = COUNT(beside),
        .scale = -1 };
}

static struct extreme_sheet tried(const struct extreme_ask *ask)
{
    struct extreme_sheet sheet = { 0 };
    struct err err = { 0 };

    CHECK_OK(ask->formula, extreme_try(&arena, ask, &sheet, &err), &err);
    return sheet;
}

/* The case of this kind of this input; the first where there are several. */
static const struct extreme_case *case_of(const struct extreme_sheet *sheet, enum extreme kind,
        int input)
{
    static const struct extreme_case none;

    for (size_t i = 0; i < sheet->case_n; i++) {
        if (sheet->cases[i].kind == kind && sheet->cases[i].input == input)
            return &sheet->cases[i];
    }
    fail_msg("no such case");
    return &none;
}

static const struct {
    enum extreme kind;
    int input;
    const char *value, *result;
} threshold[] = {
    { EXTREME_USUAL, -1, "3a", "no" },
    { EXTREME_LOWEST, 0, "W", "no" },
    { EXTREME_BEFORE, 0, "3a", "no" },
    { EXTREME_AFTER, 0, "4c", "yes" },
    { EXTREME_HIGHEST, 0, "6b", "yes" },
    { EXTREME_MISSING, 0, "", "" },
    { EXTREME_ABSENT, 0, "Ab", "" },
    { EXTREME_OTHER_SCALE, 0, "A*", "" },
    { EXTREME_ALL_LOWEST, -1, "W", "no" },
    { EXTREME_ALL_HIGHEST, -1, "6b", "yes" },
    { EXTREME_ALL_MISSING, -1, "", "" },
};

static void a_threshold_is_tried_on_both_sides(void **state)
{
    struct extreme_ask ask = asked("LATEST >= \"4c\"");
    struct extreme_sheet sheet = tried(&ask);

    (void)state;
    CHECK_INT("one input", sheet.input_n, 1);
    CHECK_TEXT("its name", sheet.inputs[0], "LATEST(\"MAT\")");
    CHECK_INT("cases", sheet.case_n, COUNT(threshold));
    CHECK_INT("nothing odd", sheet.odd_n, 0);
    for (size_t i = 0; i < COUNT(threshold); i++) {
        const char *row = extreme_words(threshold[i].kind);

        CHECK_INT(row, sheet.cases[i].kind, threshold[i].kind);
        CHECK_INT(row, sheet.cases[i].input, threshold[i].input);
        CHECK_TEXT(row, sheet.cases[i].values[0], threshold[i].value);
        CHECK_TEXT(row, sheet.cases[i].result, threshold[i].result);
    }
}

static void what_is_missing_and_counted_is_pointed_out(void **state)
{
    struct extreme_ask ask = asked("IFMISSING(POINTS(LATEST), 0)");
    struct extreme_sheet sheet;

    (void)state;
    ask.type = FORMULA_NUMBER;
    ask.has_range = true;
    ask.highest = 35000;
    sheet = tried(&ask);
    CHECK_TEXT("missing is 0", case_of(&sheet, EXTREME_MISSING, 0)->result, "0");
    CHECK_HAS("and said", case_of(&sheet, EXTREME_MISSING, 0)->remark, "counted as 0");
    CHECK_HAS("absent", case_of(&sheet, EXTREME_ABSENT, 0)->remark, "is an absence");
    CHECK_TEXT("the highest, 39 points", case_of(&sheet, EXTREME_HIGHEST, 0)->result, "39");
    CHECK_TEXT("is too high", case_of(&sheet, EXTREME_HIGHEST, 0)->remark,
            "39 is outside 0 to 35.");
    CHECK_TEXT("A* is worth 58", case_of(&sheet, EXTREME_OTHER_SCALE, 0)->result, "58");
    CHECK_HAS("everything missing", case_of(&sheet, EXTREME_ALL_MISSING, -1)->remark,
            "nothing is known");
}

static void nothing_out_of_something_is_pointed_out(void **state)
{
    struct extreme_ask ask = asked("IF(LATEST >= \"4c\", 1)");
    struct extreme_sheet sheet = tried(&ask);

    (void)state;
    CHECK_TEXT("below", case_of(&sheet, EXTREME_LOWEST, 0)->result, "");
    CHECK_HAS("below", case_of(&sheet, EXTREME_LOWEST, 0)->remark, "Nothing comes out");
    CHECK_TEXT("above", case_of(&sheet, EXTREME_HIGHEST, 0)->result, "1");
    CHECK_TEXT("above", case_of(&sheet, EXTREME_HIGHEST, 0)->remark, "");
}

static void colours_have_borders_of_their_own(void **state)
{
    static const struct extreme_rule rules[] = {
        { "Red", "COLUMN(\"mine\") < 2" },
        { "Green", "COLUMN(\"Mine\") >= 4" },
    };
    struct extreme_ask ask = asked("COLUMN(\"Effort\")");
    struct extreme_sheet sheet;

    (void)state;
    ask.rules = rules;
    ask.rule_n = COUNT(rules);
    sheet = tried(&ask);
    CHECK_TEXT("name", sheet.inputs[0], "Effort");
    CHECK_TEXT("lowest", case_of(&sheet, EXTREME_LOWEST, 0)->colour, "Red");
    CHECK_TEXT("highest", case_of(&sheet, EXTREME_HIGHEST, 0)->colour, "Green");
    CHECK_TEXT("missing", case_of(&sheet, EXTREME_MISSING, 0)->colour, "");
    CHECK_TEXT("the usual", sheet.cases[0].colour, "");
}

static void gaps_read_three_values(void **state)
{
    struct extreme_ask ask = asked("GAP");
    struct extreme_sheet sheet = tried(&ask);

    (void)state;
    CHECK_INT("inputs", sheet.input_n, 3);
    CHECK_TEXT("latest", sheet.inputs[0], "LATEST(\"MAT\")");
    CHECK_TEXT("target", sheet.inputs[1], "TARGET(\"MAT\")");
    CHECK_TEXT("prior", sheet.inputs[2], "PRIOR(\"MAT\")");
    /* All at 3a: the line from 23 points to 23 points is level. */
    CHECK_TEXT("usual", sheet.cases[0].result, "0");
    CHECK_TEXT("no target", case_of(&sheet, EXTREME_MISSING, 1)->result, "");
}

static void an_input_that_changes_nothing_is_noted(void **state)
{
    struct extreme_ask ask = asked("IF(COLUMN(\"Agreed\"), 1, 1)");
    struct extreme_sheet sheet = tried(&ask);

    (void)state;
    /* Missing makes the condition missing, so that something does change. */
    CHECK_INT("missing changes it", sheet.note_n, 0);
    ask = asked("IFMISSING(COUNT(COLUMN(\"Agreed\")) * 0, 1)");
    sheet = tried(&ask);
    CHECK_INT("nothing changes it", sheet.note_n, 1);
    CHECK_HAS("named", sheet.notes[0], "Agreed changes nothing");
}

static void a_table_stands_for_its_rows(void **state)
{
    struct extreme_ask ask = asked("LOOKUP(COLUMN(\"Effort\"), \"bands\")");
    struct extreme_sheet sheet = tried(&ask);
    struct err err = { 0 };

    (void)state;
    CHECK_TEXT("lowest, 0", case_of(&sheet, EXTREME_LOWEST, 0)->result, "top");
    CHECK_TEXT("highest, 5", case_of(&sheet, EXTREME_HIGHEST, 0)->result, "top");
    CHECK_TEXT("missing", case_of(&sheet, EXTREME_MISSING, 0)->result, "");
    ask = asked("LOOKUP(COLUMN(\"Effort\"), \"hands\")");
    CHECK_INT("no such table", extreme_try(&arena, &ask, &sheet, &err), ERR_INVALID);
    CHECK_HAS("no such table", err.message, "there is no look-up table \"hands\"");
    ask = asked("LOOKUP(COLUMN(\"Effort\"), 3)");
    CHECK_INT("no table at all", extreme_try(&arena, &ask, &sheet, &err), ERR_INVALID);
}

static void characteristics_are_tried_too(void **state)
{
    static const struct {
        const char *formula, *input, *lowest, *highest;
    } rows[] = {
        { "IF(FSM, 1, 2)", "FSM", "2", "1" },
        { "IF(EAL, 1, 2)", "first language", "2", "1" },
        { "IF(IN(\"Booster\"), 1, 2)", "IN(\"Booster\")", "2", "1" },
        { "IF(YEAR >= 4, 1, 2)", "YEAR", "2", "1" },
        { "IF(SEN = \"S\", 1, 2)", "SEN", "1", "2" },
        { "IF(GENDER = \"F\", 1, 2)", "GENDER", "1", "2" },
        { "IF(AGE >= 10, 1, 2)", "date of birth", "1", "2" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct extreme_ask ask = asked(rows[i].formula);
        struct extreme_sheet sheet = tried(&ask);

        CHECK_TEXT(rows[i].formula, sheet.inputs[0], rows[i].input);
        CHECK_TEXT(rows[i].formula, case_of(&sheet, EXTREME_LOWEST, 0)->result, rows[i].lowest);
        CHECK_TEXT(rows[i].formula, case_of(&sheet, EXTREME_HIGHEST, 0)->result,
                rows[i].highest);
    }
}

static void a_wrong_colour_is_named(void **state)
{
    static const struct extreme_rule rules[] = { { "Red", "LATEST" } };
    struct extreme_ask ask = asked("GAP");
    struct extreme_sheet sheet = { .case_n = 77 };
    struct err err = { 0 };

    (void)state;
    ask.rules = rules;
    ask.rule_n = 1;
    CHECK_INT("code", extreme_try(&arena, &ask, &sheet, &err), ERR_INVALID);
    CHECK_TEXT("said", err.message, "colour \"Red\": the formula gives a grade, not yes or no");
    CHECK_INT("untouched", sheet.case_n, 77);
    ask = asked("GAP");
    ask.type = FORMULA_TEXT;
    CHECK_INT("type", extreme_try(&arena, &ask, &sheet, &err), ERR_INVALID);
    CHECK_TEXT("type", err.message, "the formula gives points, not a text");
}

static void without_memory_it_says_so(void **state)
{
    static const struct extreme_rule rules[] = { { "Red", "GAP < -2" } };
    struct extreme_ask ask = asked("GAP + COLUMN(\"Effort\")");
    long tried_n = 0;

    (void)state;
    ask.rules = rules;
    ask.rule_n = 1;
    for (long n = 0;; n += n < 60 ? 1 : 97) {
        struct arena own = { 0 };
        struct extreme_sheet sheet = { 0 };
        struct err err = { 0 };
        enum err_code code;
        int fired;

        arena_fault(n, 0);
        code = extreme_try(&own, &ask, &sheet, &err);
        fired = arena_fault_fired();
        arena_fault(-1, 0);
        arena_free(&own);
        if (!fired) {
            CHECK_OK("in the end", code, &err);
            break;
        }
        CHECK_INT("memory", code, ERR_MEMORY);
        tried_n++;
    }
    CHECK_TRUE("it was tried", tried_n > 20);
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, class_set_up, class_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        EACH(a_threshold_is_tried_on_both_sides),
        EACH(what_is_missing_and_counted_is_pointed_out),
        EACH(nothing_out_of_something_is_pointed_out),
        EACH(colours_have_borders_of_their_own),
        EACH(gaps_read_three_values),
        EACH(an_input_that_changes_nothing_is_noted),
        EACH(a_table_stands_for_its_rows),
        EACH(characteristics_are_tried_too),
        EACH(a_wrong_colour_is_named),
        EACH(without_memory_it_says_so),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
