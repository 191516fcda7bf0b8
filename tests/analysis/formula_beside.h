/*
 * formula_beside: what a school might keep beside the cohort of formula_class.h, as a source
 * of formulas: the judgements of the review "Autumn" in mathematics, results of Key Stage 1
 * in mathematics (Finn's too), attendance, and columns of a marksheet: "Effort" (numbers),
 * "Book band" (grades of levels), "Agreed" (yes or no), "Seen" (dates) and "Comment" (texts).
 * The subject of TARGET without a subject is mathematics.
 */
#ifndef TESTS_ANALYSIS_FORMULA_BESIDE_H
#define TESTS_ANALYSIS_FORMULA_BESIDE_H

#include "analysis/formula_answer.h"

static const char *const autumn[EIGHT] = { "2a", "3a", "3c", "4c", "", "gcse:D", "", "" };
static const char *const key_stage_1[EIGHT] = { "2b", "3c", "", "2c", "", "2c", "", "" };
static const char *const book_bands[EIGHT] = { "3b", "", "4c", "", "", "", "", "" };
static const int64_t attendance[EIGHT] = { 88500, 96000, 100000, 90000, FORMULA_NO_NUMBER,
    91200, 95000, FORMULA_NO_NUMBER };
static const int64_t effort[EIGHT] = { 3000, 5000, 4000, FORMULA_NO_NUMBER, 1000, 2000, 2000,
    FORMULA_NO_NUMBER };
static const uint8_t agreed[EIGHT] = { ANSWER_YES, ANSWER_NO, ANSWER_MISSING, ANSWER_YES,
    ANSWER_NO, ANSWER_MISSING, ANSWER_NO, ANSWER_MISSING };
static const struct date seen[EIGHT] = { { 20260301 }, { 20260302 }, { 0 }, { 20260304 } };
static const char *const comments[EIGHT] = { "well done", NULL, "tries" };
static const struct {
    const char *name;
    enum formula_type type;
} columns_there[] = {
    { "Effort", FORMULA_NUMBER },
    { "Book band", FORMULA_GRADE },
    { "Agreed", FORMULA_YES_NO },
    { "Seen", FORMULA_DATE },
    { "Comment", FORMULA_TEXT },
};
static const char *const groups_there[] = { "Booster", "Choir", "Set 1" };

static int fills; /* how often a column was asked for */

static inline bool beside_offers(void *context, const struct formula_need *need,
        struct formula_offer *ret_offer)
{
    (void)context;
    switch (need->kind) {
    case FORMULA_NEED_RESULT:
        return need->stage == framework_stage(fw, "KS1");
    case FORMULA_NEED_AT:
        return text_eq_fold(need->name, "Autumn");
    case FORMULA_NEED_ATTENDANCE:
        return true;
    case FORMULA_NEED_COLUMN:
        break;
    }
    for (size_t i = 0; i < COUNT(columns_there); i++) {
        if (!text_eq(need->name, columns_there[i].name))
            continue;
        ret_offer->type = columns_there[i].type;
        if (ret_offer->type == FORMULA_GRADE)
            ret_offer->scale = framework_scale(fw, "nc");
        return true;
    }
    return false;
}

static inline struct formula_column beside_grades(struct arena *memory,
        const char *const texts[EIGHT])
{
    struct value *values = arena_array(memory, EIGHT, sizeof(*values));

    for (size_t p = 0; values != NULL && p < EIGHT; p++)
        values[p] = mark(texts[p]);
    return (struct formula_column){ .type = FORMULA_GRADE, .n = EIGHT, .grades = values };
}

static inline struct formula_column beside_column(struct arena *memory, const char *name)
{
    struct formula_column column = { .type = FORMULA_NUMBER, .n = EIGHT, .numbers = effort };

    if (text_eq(name, "Book band"))
        return beside_grades(memory, book_bands);
    for (size_t i = 0; i < COUNT(columns_there); i++) {
        if (text_eq(name, columns_there[i].name))
            column.type = columns_there[i].type;
    }
    column.answers = agreed;
    column.dates = seen;
    column.texts = comments;
    return column;
}

static inline enum err_code beside_fill(void *context, const struct formula_need *need,
        const struct cohort *of, struct arena *memory, struct formula_column *ret_column,
        struct err *err)
{
    struct formula_column column = { .type = FORMULA_NUMBER,
        .n = EIGHT,
        .numbers = attendance };

    fills++;
    if (context != NULL)
        return err_set(err, ERR_STORE, "the register could not be read");
    CHECK_INT("the cohort", of->pupil_n, EIGHT);
    if (need->kind == FORMULA_NEED_RESULT)
        column = beside_grades(memory, key_stage_1);
    else if (need->kind == FORMULA_NEED_AT)
        column = beside_grades(memory, autumn);
    else if (need->kind == FORMULA_NEED_COLUMN)
        column = beside_column(memory, need->name);
    if (column.type == FORMULA_GRADE && column.grades == NULL)
        return err_memory(err);
    *ret_column = column;
    return ERR_OK;
}

static const struct formula_source beside = {
    .subject = "MAT",
    .groups = groups_there,
    .group_n = COUNT(groups_there),
    .offers = beside_offers,
    .fill = beside_fill,
};

#endif
