/*
 * formula: the formula language.
 *
 * The first two bytes say which allocation fails (0: none; odd high byte: every later one
 * too); the rest is a formula. What compiles is run over a small cohort, and what comes out
 * must be of its type and within its bounds.
 */
#include <stdlib.h>
#include <string.h>

#include "analysis/formula.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char framework_text[] =
        "framework small \"A framework for fuzzing\"\n"
        "metric nc one=sub-level many=sub-levels step=2 level=6 first-step=6\n"
        "scale nc \"Levels\" metric=nc prefix=\"Level,L\" source=\"invented\"\n"
        "grade W points=3 step=0 level=0 wide=yes\n"
        "grade 3c points=19 step=7 level=3\n"
        "grade 3 points=21 step=8 level=3 rung=no\n"
        "grade 3b points=21 step=8 level=3\n"
        "grade 4c points=25 step=10 level=4\n"
        "status A \"absent\"\n"
        "scale nc-decimal \"Decimal levels\" metric=nc kind=number min=0 max=9 places=2 "
        "points-per-unit=6 source=\"invented\"\n"
        "scale gcse \"GCSE\" size=1 source=\"invented\"\n"
        "grade D points=34\ngrade C points=40\ngrade B points=46\n"
        "scale effort \"Effort\" source=\"invented\"\n"
        "grade low\ngrade high\n"
        "subject MAT Mathematics\nsubject ENG English\nsubject ART Art\n"
        "stage KS1 \"Key Stage 1\" years=1-2 whole=yes trajectory=yes\n"
        "stage KS2 \"Key Stage 2\" years=3-6 previous=KS1 whole=yes trajectory=yes\n"
        "stage KS4 \"Key Stage 4\" years=10-11 previous=KS2 whole=yes\n"
        "rule scales=nc,nc-decimal\nrule stages=KS4 scales=gcse\n"
        "rule subjects=ART scales=effort\n";

enum {
    PUPILS = 7
};

static void check(bool holds)
{
    if (!holds)
        abort();
}

static struct arena lasting;
static const struct framework *fw;
static struct cohort cohort;
static const char *const groups[] = { "Booster", "Choir" };
static struct cohort_pupil pupils[PUPILS];

static struct value some_value(size_t i)
{
    static const char *const grades[] = { "3c", "4c", "C", "high", "4.5", "A", "3" };
    static const char *const scales[] = { "nc", "nc", "gcse", "effort", "nc-decimal", "nc",
        "nc" };

    i = i * 2654435761u % 11;
    return i < COUNT(grades) ? framework_stored(fw, scales[i], grades[i]) : VALUE_NONE;
}

static void make_pupils(void)
{
    for (size_t p = 0; p < PUPILS; p++) {
        struct cohort_pupil *pupil = &pupils[p];

        pupil->year = (int)(2 * p);
        pupil->stage = (int16_t)framework_stage_of_year(fw, pupil->year);
        pupil->stage_years = 2;
        pupil->period = 3;
        pupil->surname = p % 2 == 0 ? "Zo\xC3\xAB" : "O'Shea";
        pupil->sen = p % 3 == 0 ? NULL : "S";
        pupil->fsm = p % 3 == 1 ? "Y" : "N";
        pupil->language = p % 2 == 0 ? "URD" : "";
        pupil->dob = (struct date){ p == 0 ? 0 : 20150201 + (int32_t)p * 100 };
        pupil->groups = groups;
        pupil->group_n = p % 3;
    }
}

static void make_cohort(void)
{
    static int16_t subjects[] = { 0, 1, 2 };
    struct reckoning reckoning = { .calendar = calendar_default(),
        .flags = flag_rule_default() };
    struct framework_draft *draft = framework_begin(&lasting);
    struct err err = { 0 };

    check(framework_read(draft, "fuzz", framework_text, sizeof(framework_text) - 1, &err) ==
            ERR_OK);
    check(framework_finish(draft, &fw, &err) == ERR_OK);
    make_pupils();
    check(cohort_make(&lasting, fw, &reckoning, (struct date){ 20260327 }, pupils, PUPILS,
                  subjects, COUNT(subjects), &cohort, &err) == ERR_OK);
    for (size_t i = 0; i < PUPILS * COUNT(subjects); i++) {
        cohort.now[i] = some_value(i);
        cohort.target[i] = some_value(i + 1);
        cohort.prior[i] = some_value(i + 5);
        cohort.result[i] = some_value(i + 9);
    }
    cohort_reckon(&cohort);
}

static bool offers(void *context, const struct formula_need *need,
        struct formula_offer *ret_offer)
{
    (void)context;
    if (need->kind == FORMULA_NEED_COLUMN)
        *ret_offer = (struct formula_offer){ FORMULA_TEXT, -1 };
    return need->name == NULL || strlen(need->name) < 9;
}

static enum err_code fill(void *context, const struct formula_need *need,
        const struct cohort *of, struct arena *arena, struct formula_column *ret_column,
        struct err *err)
{
    static const char *const texts[PUPILS] = { "a", NULL, "b", "c", NULL, "d", "e" };
    static const int64_t numbers[PUPILS] = { 1, 0, -1, FORMULA_NO_NUMBER, 90000, 1000000000000,
        3 };

    (void)context;
    (void)arena;
    (void)err;
    *ret_column = (struct formula_column){ .type = FORMULA_GRADE, .n = PUPILS };
    if (need->kind == FORMULA_NEED_COLUMN) {
        ret_column->type = FORMULA_TEXT;
        ret_column->texts = texts;
    } else if (need->kind == FORMULA_NEED_ATTENDANCE) {
        ret_column->type = FORMULA_NUMBER;
        ret_column->numbers = numbers;
    } else {
        ret_column->grades = of->now;
    }
    return ERR_OK;
}

static void check_column(const struct formula_column *column, enum formula_type type)
{
    check(column->type == type && column->n == PUPILS);
    for (size_t i = 0; i < column->n; i++) {
        if (type == FORMULA_YES_NO)
            check(column->answers[i] <= ANSWER_YES);
        else if (type == FORMULA_NUMBER || type == FORMULA_POINTS)
            check(column->numbers[i] == FORMULA_NO_NUMBER ||
                    (column->numbers[i] <= 1000000000000 &&
                            column->numbers[i] >= -1000000000000));
        else if (type == FORMULA_GRADE)
            check(column->grades[i].scale < fw->scale_n &&
                    column->grades[i].grade < fw->grade_n);
        else if (type == FORMULA_TEXT && column->texts[i] != NULL)
            check(strlen(column->texts[i]) <= FORMULA_BYTES);
    }
}

static enum err_code compile_and_run(struct arena *arena, const char *text, struct err *err)
{
    const struct formula_source source = { .subject = "MAT",
        .groups = groups,
        .group_n = COUNT(groups),
        .offers = offers,
        .fill = fill };
    const struct formula *formula = NULL;
    enum err_code code = formula_compile(arena, fw, text, &source, &formula, err);

    check((code == ERR_OK) == (formula != NULL));
    for (int basis = BASIS_ATTAINMENT; code == ERR_OK && basis <= BASIS_PREDICTION; basis++) {
        struct formula_column column = { 0 };

        code = formula_run(formula, &cohort, (enum basis)basis, arena, &column, err);
        if (code == ERR_OK)
            check_column(&column, formula_type_of(formula));
    }
    return code;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = { .limit = (size_t)128 << 20 };
    struct err err = { 0 };
    enum err_code code;
    char *text;
    long fault;

    if (fw == NULL)
        make_cohort();
    if (size < 2)
        return 0;
    text = arena_bytes(&arena, (const char *)data + 2, size - 2);
    check(text != NULL);
    fault = data[0] + 256L * (data[1] / 2);
    arena_fault(fault == 0 ? -1 : fault - 1, data[1] % 2);
    code = compile_and_run(&arena, text, &err);
    check(code == ERR_OK || code == ERR_MEMORY || code == ERR_INVALID);
    check(code == ERR_MEMORY || arena_fault_fired() == 0);
    arena_fault(-1, 0);
    check(code == ERR_OK || err.message[0] != '\0');
    arena_free(&arena);
    return 0;
}
