#include "analysis/formula_beside.h"

/* In the order Ann Ben Cara Dev Eve Finn Gia Hal, from formula_class.h and formula_beside.h. */
static const struct {
    const char *formula, *answers;
} rows[] = {
    { "LATEST", "3c 4c - 4b A C 4 -" },
    { "GAP < -3 AND FLAG = \"well-below\"", "yes no - no - no - -" },
    { "STEPS()", "-2 0 - -1 - -1 - -" },
    { "STEPS(LATEST, PRIOR)", "2 3 - 7 - - - -" },
    { "AT(\"MAT\", \"Autumn\")", "2a 3a 3c 4c - D - -" },
    { "LATEST > AT(\"autumn\")", "yes yes - yes - yes - -" },
    { "AT(\"Autumn\") >= \"3c\"", "no yes yes yes - - - -" },
    { "ATTENDANCE < 90", "yes no no no - no no -" },
    { "COLUMN(\"Effort\") + COLUMN(\"Effort\")", "6 10 8 - 2 4 4 -" },
    { "COLUMN(\"Book band\") < \"4\"", "yes - no - - - - -" },
    { "COLUMN(\"Agreed\")", "yes no - yes no - no -" },
    { "COLUMN(\"Seen\") >= \"2026-03-02\"", "no yes - yes - - - -" },
    { "COLUMN(\"Comment\") = \"Tries\"", "no - yes - - - - -" },
    { "PRIOR(\"KS1\", \"MAT\")", "2b 3c - 2c - 2c - -" },
    { "IN(\"choir\")", "yes no yes no no no no no" },
};

static void a_source_supplies_what_the_cohort_does_not_hold(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        CHECK_TEXT(rows[i].formula, answer_of(rows[i].formula, &beside, BASIS_ATTAINMENT),
                rows[i].answers);
}

static void a_column_is_asked_for_once(void **state)
{
    (void)state;
    fills = 0;
    (void)answer_of("COLUMN(\"Effort\") + COLUMN(\"Effort\") * ATTENDANCE", &beside,
            BASIS_TARGET);
    CHECK_INT("effort and attendance", fills, 2);
}

static void a_source_that_fails_is_passed_up(void **state)
{
    struct formula_source broken = beside;
    struct formula_column column = { .n = 77 };
    struct err err = { 0 };

    (void)state;
    broken.context = &broken;
    CHECK_INT("code",
            formula_run(compiled("ATTENDANCE > 1", &broken), &cohort, BASIS_TARGET, &arena,
                    &column, &err),
            ERR_STORE);
    CHECK_TEXT("message", err.message, "the register could not be read");
    CHECK_INT("column untouched", column.n, 77);
}

static bool uses_subject(const struct formula_uses *uses, const char *code)
{
    for (size_t i = 0; i < uses->subject_n; i++) {
        if (uses->subjects[i] == framework_subject(fw, code))
            return true;
    }
    return false;
}

static const struct {
    const char *formula;
    const char *flags; /* l latest, t target, p prediction, r result, b prior, c
                          characteristics, g groups, v basis, in this order */
    size_t subject_n, need_n;
} uses_rows[] = {
    { "SEN = \"S\"", "c", 0, 0 },
    { "LATEST(\"MAT\") < \"3b\" OR LATEST(\"ENG\") < \"3b\" OR LATEST < \"2b\"", "l", 2, 0 },
    { "TARGET > PRIOR", "tb", 1, 0 },
    { "PREDICTION = \"4b\"", "p", 1, 0 },
    { "RESULT = \"4b\"", "r", 1, 0 },
    { "VALUE >= \"4b\"", "ltprv", 1, 0 },
    { "GAP < 0", "ltb", 1, 0 },
    { "IN(\"Choir\")", "g", 0, 0 },
    { "PRIOR_BAND = \"low\"", "bc", 0, 0 },
    { "ATTENDANCE < 90 AND COLUMN(\"Effort\") < 2", "", 0, 2 },
    { "YES", "", 0, 0 },
};

static void a_formula_says_what_it_uses(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(uses_rows); i++) {
        const char *row = uses_rows[i].formula;
        const struct formula_uses *uses = formula_uses(compiled(row, &beside));
        char flags[16];

        (void)snprintf(flags, sizeof(flags), "%s%s%s%s%s%s%s%s", uses->latest ? "l" : "",
                uses->targets ? "t" : "", uses->predictions ? "p" : "",
                uses->results ? "r" : "", uses->prior ? "b" : "",
                uses->characteristics ? "c" : "", uses->groups ? "g" : "",
                uses->basis ? "v" : "");
        CHECK_TEXT(row, flags, uses_rows[i].flags);
        CHECK_INT(row, uses->subject_n, uses_rows[i].subject_n);
        CHECK_INT(row, uses->need_n, uses_rows[i].need_n);
        CHECK_INT(row, uses_subject(uses, "MAT"), uses_rows[i].subject_n > 0);
    }
}

static void a_formula_is_required_to_be_of_a_type(void **state)
{
    struct err err = { 0 };

    (void)state;
    CHECK_INT("condition", formula_require(compiled("FSM", NULL), FORMULA_YES_NO, &err),
            ERR_OK);
    CHECK_INT("points as number",
            formula_require(compiled("GAP(\"MAT\")", NULL), FORMULA_NUMBER, &err), ERR_OK);
    CHECK_INT("grade", formula_require(compiled("LATEST(\"MAT\")", NULL), FORMULA_YES_NO, &err),
            ERR_INVALID);
    CHECK_TEXT("grade", err.message, "the formula gives a grade, not yes or no");
    CHECK_HAS("grade", err.hint, "Compare it");
    CHECK_INT("text", formula_require(compiled("SEN", NULL), FORMULA_NUMBER, &err),
            ERR_INVALID);
    CHECK_TEXT("text", err.hint, "Change it so that it gives a number.");
    CHECK_INT("type", formula_type_of(compiled("BORN", NULL)), FORMULA_DATE);
}

/* Pieces that are repeated up to a limit and once beyond it; what is said then. */
static const struct {
    const char *name, *start, *piece, *end;
    size_t most;
    const char *message;
} limits[] = {
    /* n pieces of two bytes and 3 bytes around them: 4,095 with 2,046 */
    { "bytes", "YES", " \n", "", 2046, "the formula is longer than 4096 bytes" },
    /* 64 values one in another: 63 brackets and the word inside */
    { "brackets", "", "(", "YES", 63, "nested more than 64 deep" },
    { "minus signs", "", "- ", "YEAR", 63, "nested more than 64 deep" },
    { "NOT", "", "NOT ", "YES", 63, "nested more than 64 deep" },
    { "functions", "", "NOT(", "YES", 63, "nested more than 64 deep" },
    /* 1 and 255 times + 1: 511 parts; 256 times: 513 */
    { "parts", "1", "+1", "", 255, "the formula has more than 512 parts" },
    { "arguments", "COUNT(1", ",1", ")", 63, "COUNT has more than 64 arguments" },
};

static const char *repeated(size_t row, size_t n)
{
    bool closes = strchr(limits[row].piece, '(') != NULL;
    struct buf buf = buf_make(&arena, 1 << 16);
    const char *text = "";
    struct err err = { 0 };

    buf_add(&buf, limits[row].start);
    for (size_t i = 0; i < n; i++)
        buf_add(&buf, limits[row].piece);
    buf_add(&buf, limits[row].end);
    buf_add_pad(&buf, ')', closes ? n : 0);
    CHECK_OK(limits[row].name, buf_end(&buf, &text, NULL, &err), &err);
    return text;
}

static void every_limit_holds_at_its_place(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(limits); i++) {
        const struct formula *formula = NULL;
        struct err err = { 0 };

        (void)answer_of(repeated(i, limits[i].most), NULL, BASIS_TARGET);
        CHECK_INT(limits[i].name,
                formula_compile(&arena, fw, repeated(i, limits[i].most + 1), NULL, &formula,
                        &err),
                ERR_INVALID);
        CHECK_HAS(limits[i].name, err.message, limits[i].message);
        CHECK_TRUE(limits[i].name, formula == NULL);
    }
}

/* 512 parts that are all needed at once: 8 sums of 63 values in one. */
static const char *most_at_once(void)
{
    struct buf buf = buf_make(&arena, FORMULA_BYTES);
    const char *text = "";
    struct err err = { 0 };

    buf_add(&buf, "SUM(0");
    for (int i = 0; i < 8; i++) {
        buf_add(&buf, ",SUM(");
        for (int k = 0; k < 62; k++)
            buf_add(&buf, k == 0 ? "AGE" : ",AGE");
        buf_add(&buf, ")");
    }
    buf_add(&buf, ")");
    CHECK_OK("most at once", buf_end(&buf, &text, NULL, &err), &err);
    return text;
}

/* Ann is 10: 8 x 62 x 10 = 4,960. */
static void the_largest_formulas_run_in_bounded_memory(void **state)
{
    const struct formula *formula = compiled(most_at_once(), NULL);
    struct arena small = { .limit = (size_t)8 << 20 };
    struct formula_column column = { 0 };
    struct err err = { 0 };

    (void)state;
    CHECK_OK("run", formula_run(formula, &cohort, BASIS_TARGET, &small, &column, &err), &err);
    CHECK_INT("Ann", column.numbers[0], 4960000);
    arena_free(&small);
}

static const char *const whole[] = {
    ("IF(SEN = \"S\" AND LATEST < \"3b\" OR IN(\"Choir\"), SURNAME & MAX(LATEST, \"3c\"), "
     "BAND(POINTS(PRIOR(\"KS1\", \"MAT\")), \"low\", 15, BIRTH_TERM) & "
     "LOOKUP(COLUMN(\"Effort\"), 3, \"x\", ROUND(AVERAGE(GAP, 1)) & \"y\"))"),
    ("IFS(FLAG = \"on\", COLUMN(\"Book band\"), STEPS > 1, AT(\"Autumn\"), "
     "GRADE(BEST(1, LATEST, TARGET) - 2, \"nc\"))"),
    "IFMISSING(SUM(LATEST(\"ENG\"), GRADE(\"4b\", \"nc\"), 1), -MIN(GAP(\"MAT\"), 1.5)) / 2",
    "LATEST & \"x\"",
};

/* The n-th allocation of compiling and running fails; whether it was reached. */
static bool fail_at(const char *text, long n, int keep)
{
    struct arena memory = { 0 };
    const struct formula *formula = NULL;
    struct formula_column column = { .n = 77 };
    struct err err = { 0 };
    enum err_code code;
    bool fired;

    arena_fault(n, keep);
    code = formula_compile(&memory, fw, text, &beside, &formula, &err);
    CHECK_TRUE("all or nothing", (code == ERR_OK) == (formula != NULL));
    if (code == ERR_OK)
        code = formula_run(formula, &cohort, BASIS_TARGET, &memory, &column, &err);
    fired = arena_fault_fired() != 0;
    arena_fault(-1, 0);
    arena_free(&memory);
    CHECK_INT(text, code, fired ? ERR_MEMORY : ERR_OK);
    CHECK_INT(text, err.code, code);
    CHECK_INT("column untouched", column.n, fired ? 77 : EIGHT);
    return fired;
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(whole); i++) {
        for (int keep = 0; keep <= 1; keep++) {
            long n = 0;

            while (fail_at(whole[i], n, keep))
                n++;
            CHECK_TRUE("some failed", n > 10);
        }
    }
}

/* Every error on the way out may meet a full memory as well. */
static const char *const wrong[] = { "LATEST(\"MATT\") < \"3d\"", "GRADE(1, \"nn\")", "SEN = S",
    "MAX(LATEST, \"3d\")", "IF(SEN, 1, 2)", "1 +" };

static void errors_under_full_memory_are_one_or_the_other(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(wrong); i++) {
        for (long n = 0;; n++) {
            struct arena memory = { 0 };
            const struct formula *formula = NULL;
            struct err err = { 0 };
            enum err_code code;
            int fired;

            arena_fault(n, 1);
            code = formula_compile(&memory, fw, wrong[i], &beside, &formula, &err);
            fired = arena_fault_fired();
            arena_free(&memory);
            CHECK_INT(wrong[i], code, fired ? ERR_MEMORY : ERR_INVALID);
            CHECK_TRUE(wrong[i], formula == NULL);
            if (!fired)
                break;
        }
        arena_fault(-1, 0);
    }
}

TESTS(EIGHT_TEST(a_source_supplies_what_the_cohort_does_not_hold),
        EIGHT_TEST(a_column_is_asked_for_once), EIGHT_TEST(a_source_that_fails_is_passed_up),
        EIGHT_TEST(a_formula_says_what_it_uses),
        EIGHT_TEST(a_formula_is_required_to_be_of_a_type),
        EIGHT_TEST(every_limit_holds_at_its_place),
        EIGHT_TEST(the_largest_formulas_run_in_bounded_memory),
        EIGHT_TEST(every_allocation_may_fail),
        EIGHT_TEST(errors_under_full_memory_are_one_or_the_other))
