/*
 * formula_answer: a formula run over the cohort of formula_class.h, and its answers written
 * down in one line.
 */
#ifndef TESTS_ANALYSIS_FORMULA_ANSWER_H
#define TESTS_ANALYSIS_FORMULA_ANSWER_H

#include "analysis/formula_class.h"
#include "base/buf.h"
#include "base/text.h"

static inline void write_item(struct buf *buf, const struct formula_column *column, size_t i)
{
    static const char *const answers[] = { "no", "-", "yes" };
    char buffer[VALUE_TEXT_SIZE];
    const char *text = NULL;

    switch (column->type) {
    case FORMULA_YES_NO:
        text = answers[column->answers[i]];
        break;
    case FORMULA_NUMBER:
    case FORMULA_POINTS:
        if (column->numbers[i] != FORMULA_NO_NUMBER)
            text = text_from_milli(column->numbers[i], buffer);
        break;
    case FORMULA_GRADE:
        if (value_is_set(column->grades[i]))
            text = framework_value_text(fw, column->grades[i], buffer);
        break;
    case FORMULA_DATE:
        if (date_is_set(column->dates[i]))
            text = date_text(column->dates[i], buffer);
        break;
    case FORMULA_TEXT:
        text = column->texts[i];
        break;
    case FORMULA_NOTHING:
    case FORMULA_TYPE__MAX:
        break;
    }
    buf_add(buf, text == NULL ? "-" : text);
}

/* "yes no - ...": the value of every pupil in order, a missing one as "-". */
static inline const char *written(const struct formula_column *column)
{
    struct buf buf = buf_make(&arena, 4096);
    const char *text = "";
    struct err err = { 0 };

    for (size_t i = 0; i < column->n; i++) {
        buf_add(&buf, i == 0 ? "" : " ");
        write_item(&buf, column, i);
    }
    CHECK_OK("written", buf_end(&buf, &text, NULL, &err), &err);
    return text;
}

static inline const struct formula *compiled(const char *text,
        const struct formula_source *source)
{
    const struct formula *formula = NULL;
    struct err err = { 0 };

    CHECK_OK(text, formula_compile(&arena, fw, text, source, &formula, &err), &err);
    return formula;
}

static inline const char *answer_of(const char *text, const struct formula_source *source,
        enum basis basis)
{
    struct formula_column column = { 0 };
    struct err err = { 0 };

    CHECK_OK(text, formula_run(compiled(text, source), &cohort, basis, &arena, &column, &err),
            &err);
    CHECK_INT(text, column.n, EIGHT);
    return written(&column);
}

#endif
