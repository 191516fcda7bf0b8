#include "assessments/fact.h"

#include <stddef.h>

#include "base/attr.h"
#include "base/text.h"

static const char *const names[FACT_KIND__MAX] = {
    [FACT_RESULT] = "result",
    [FACT_ASSESSMENT] = "assessment",
    [FACT_LIKELY] = "likely",
    [FACT_TEST] = "test",
    [FACT_MOCK] = "mock",
    [FACT_TARGET] = "target",
    [FACT_PREDICTION] = "prediction",
};

const char *fact_kind_name(enum fact_kind kind)
{
    return kind < FACT_KIND__MAX ? names[kind] : "";
}

bool fact_kind_parse(const char *word, enum fact_kind *ret_kind)
{
    if (text_eq_fold(word, "prior")) {
        *ret_kind = FACT_RESULT;
        return true;
    }
    for (int kind = 0; kind < FACT_KIND__MAX; kind++) {
        if (text_eq_fold(word, names[kind])) {
            *ret_kind = (enum fact_kind)kind;
            return true;
        }
    }
    return false;
}

bool fact_same_key(const struct fact *a, const struct fact *b)
{
    return a->pupil_id == b->pupil_id && a->kind == b->kind && a->date.ymd == b->date.ymd &&
           text_eq(a->subject, b->subject) && text_eq(a->stage, b->stage) &&
           text_eq(a->source, b->source);
}

bool fact_same_content(const struct fact *a, const struct fact *b)
{
    return a->withdrawn == b->withdrawn && a->mark == b->mark && a->max_mark == b->max_mark &&
           text_eq(a->scale, b->scale) && text_eq(a->grade, b->grade) &&
           text_eq(a->review, b->review) && text_eq(a->origin, b->origin);
}
