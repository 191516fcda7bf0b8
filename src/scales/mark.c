#include <stdio.h>

#include "base/text.h"
#include "scales/framework_in.h"

/* Whether `test` means the stage's own test: nothing, the stage itself ("KS2") or a word for
   how the result was got ("TT"). */
static bool is_own_test(const struct framework *fw, int stage, const char *test)
{
    const struct stage *s = &fw->stages[stage];

    return test == NULL || is_blank(test) || text_eq_fold(test, s->code) ||
           text_eq_fold(test, s->name) ||
           names_find(&fw->index->names, SCOPE_SOURCE, test) >= 0;
}

static bool is_of_test(const struct boundary_set *set, bool own, const char *test)
{
    if (own)
        return set->test == NULL;
    return set->test != NULL && text_eq_fold(set->test, test);
}

static enum err_code no_boundaries(const struct framework *fw, int stage, int subject,
        const char *test, int year, struct err *err)
{
    bool own = is_own_test(fw, stage, test);
    int first = 0;
    int last = 0;

    for (int i = 0; i < fw->boundary_set_n; i++) {
        const struct boundary_set *set = &fw->boundary_sets[i];

        if (set->stage != stage || set->subject != subject || !is_of_test(set, own, test))
            continue;
        first = first == 0 || set->year < first ? set->year : first;
        last = set->year > last ? set->year : last;
    }
    (void)err_set(err, ERR_NOT_FOUND,
            "no boundaries are known for the %d %.60s test in %.60s%s%.60s", year,
            fw->stages[stage].name, fw->subjects[subject].name, own ? "" : ": ",
            own ? "" : test);
    if (first == 0)
        return err_hint(err, "Give the grade instead of the mark, or add the boundaries.");
    return err_hint(err, "They are known for years from %d to %d.", first, last);
}

static const struct boundary_set *find_set(const struct framework *fw, int stage, int subject,
        const char *test, int year)
{
    const struct boundary_set *any = NULL;
    bool own = is_own_test(fw, stage, test);

    for (int i = 0; i < fw->boundary_set_n; i++) {
        const struct boundary_set *set = &fw->boundary_sets[i];

        if (set->stage != stage || set->subject != subject || !is_of_test(set, own, test))
            continue;
        if (set->year == year)
            return set;
        if (set->year == 0)
            any = set;
    }
    return any;
}

static enum err_code mark_outside(const struct boundary_set *set, int64_t mark_milli,
        struct err *err)
{
    char mark[TEXT_MILLI_SIZE];

    (void)text_from_milli(mark_milli, mark);
    if (mark_milli < 0 || (set->max_mark > 0 && mark_milli > (int64_t)set->max_mark * 1000)) {
        (void)err_set(err, ERR_INVALID, "the mark %s is outside the test", mark);
        return set->max_mark > 0
                       ? err_hint(err, "Its marks run from 0 to %d.", (int)set->max_mark)
                       : err_hint(err, "A mark is not below 0.");
    }
    (void)err_set(err, ERR_INVALID, "the mark %s is below the lowest grade of the test", mark);
    return err_hint(err, "Its lowest grade begins at %d.", (int)set->boundaries[0].from);
}

/* The place of the mark inside its level, in the decimals of the set's numeric scale; the top
   mark stays below the next level. */
static enum err_code decimal_level(const struct framework *fw, const struct boundary_set *set,
        int band, int64_t mark_milli, struct value *ret_value, struct err *err)
{
    static const int32_t units[] = { 1000, 100, 10, 1 };
    const struct scale *scale = &fw->scales[set->decimal];
    int32_t unit = units[scale->places > 3 ? 3 : scale->places];
    int64_t from = set->boundaries[band].from;
    int64_t next = band + 1 < set->boundary_n ? set->boundaries[band + 1].from
                                              : (int64_t)set->max_mark + 1;
    int64_t level = fw->grades[set->boundaries[band].grade].level * INT64_C(1000);
    int64_t width = (next - from) * unit;
    int64_t number = ((mark_milli - from * 1000) * 2 + width) / (2 * width) * unit;

    if (number >= 1000)
        number = 1000 - unit;
    number += level;
    if (number < scale->min || number > scale->max)
        return err_set(err, ERR_INVALID, "the mark lies outside %.100s", scale->name);
    *ret_value = value_of_number(fw, set->decimal, (int32_t)number);
    return ERR_OK;
}

enum err_code framework_read_mark(const struct framework *fw, int stage, int subject,
        const char *test, int school_year, int64_t mark_milli, struct value *ret_value,
        struct err *err)
{
    const struct boundary_set *set;
    const struct grade *grade;
    int band;

    if (stage < 0 || subject < 0)
        return err_set(err, ERR_NOT_FOUND, "a mark without %s cannot be turned into a grade",
                stage < 0 ? "a stage" : "a subject");
    set = find_set(fw, stage, subject, test, school_year);
    if (set == NULL)
        return no_boundaries(fw, stage, subject, test, school_year, err);
    band = set->boundary_n - 1;
    while (band >= 0 && mark_milli < (int64_t)set->boundaries[band].from * 1000)
        band--;
    if (band < 0 || (set->max_mark > 0 && mark_milli > (int64_t)set->max_mark * 1000))
        return mark_outside(set, mark_milli, err);
    if (set->boundaries[band].grade < 0)
        return err_set(err, ERR_NOT_FOUND, "the grade for %d marks and more is not known",
                (int)set->boundaries[band].from);
    grade = &fw->grades[set->boundaries[band].grade];
    if (set->decimal >= 0 && !grade->status && grade->level >= set->decimal_from)
        return decimal_level(fw, set, band, mark_milli, ret_value, err);
    *ret_value = value_of_grade(fw, set->boundaries[band].grade);
    return ERR_OK;
}
