#include "analysis/measure.h"

#include "analysis/formula.h"
#include "base/text.h"

enum {
    AWARD = 20,
    FULL_SIZE = 1000
};

static const char *const bases[] = {
    [BASIS_ATTAINMENT] = "attainment",
    [BASIS_TARGET] = "target",
    [BASIS_PREDICTION] = "prediction",
};

bool basis_parse(const char *word, enum basis *ret_basis)
{
    for (size_t i = 0; i < COUNT(bases); i++) {
        if (text_eq_fold(word, bases[i])) {
            *ret_basis = (enum basis)i;
            return true;
        }
    }
    return false;
}

const char *basis_name(enum basis basis)
{
    return bases[basis];
}

/* Whether the measure's stage is one year within the pupil's own key stage. */
static bool year_within_stage(const struct framework *fw, const struct measure *measure,
        const struct cohort_pupil *pupil)
{
    const struct stage *year = &fw->stages[measure->stage];
    const struct stage *own;

    if (pupil->stage < 0 || year->whole)
        return false;
    own = &fw->stages[pupil->stage];
    return year->first_year >= own->first_year &&
           year->last_year < own->first_year + pupil->stage_years;
}

bool measure_asks(const struct cohort *cohort, const struct measure *measure, size_t pupil)
{
    const struct cohort_pupil *who = &cohort->pupils[pupil];

    if (who->year < measure->first_year || who->year > measure->last_year)
        return false;
    if (measure->kind == MEASURE_FORMULA)
        return true;
    if (measure->stage < 0)
        return false;
    return measure->stage == who->stage || measure->stage == who->year_stage ||
           year_within_stage(cohort->fw, measure, who);
}

/* The grade nearest to the trajectory at the end of the measure's year. */
static struct value on_trajectory(const struct cohort *cohort, const struct measure *measure,
        const struct cohort_pupil *pupil, size_t cell)
{
    const struct framework *fw = cohort->fw;
    int periods = cohort->reckoning.calendar.period_n;
    struct trajectory line;
    int years;

    if (!measure->trajectory || !year_within_stage(fw, measure, pupil))
        return VALUE_NONE;
    line = trajectory_make(fw, pupil->stage, pupil->stage_years, periods, cohort->prior[cell],
            cohort->target[cell]);
    years = fw->stages[measure->stage].last_year - fw->stages[pupil->stage].first_year + 1;
    return trajectory_target(fw, &line, years * periods, ROUND_NEAREST).lower;
}

static struct value first_set(struct value first, struct value second)
{
    return value_is_set(first) ? first : second;
}

struct value measure_value(const struct cohort *cohort, const struct measure *measure,
        size_t pupil, size_t cell, enum basis basis)
{
    const struct cohort_pupil *who = &cohort->pupils[pupil];
    bool own = measure->stage == who->stage;
    bool other = measure->stage == who->year_stage;
    bool within = own || year_within_stage(cohort->fw, measure, who);
    struct value value = VALUE_NONE;

    switch (basis) {
    case BASIS_TARGET:
        if (own)
            return cohort->target[cell];
        value = other ? cohort->year_target[cell] : VALUE_NONE;
        return first_set(value, on_trajectory(cohort, measure, who, cell));
    case BASIS_PREDICTION:
        if (own)
            return cohort->prediction[cell];
        return other ? cohort->year_prediction[cell] : VALUE_NONE;
    case BASIS_ATTAINMENT:
        if (own)
            value = cohort->result[cell];
        else if (other)
            value = cohort->year_result[cell];
        return first_set(value, within ? cohort->now[cell] : VALUE_NONE);
    }
    return VALUE_NONE;
}

/* What the measure makes of a pupil's values. */
enum found {
    FOUND_NONE,
    FOUND_LEFT_OUT, /* never counted, whatever the measure says of those without a value */
    FOUND_NOT_MET,
    FOUND_MET
};

static int level_in(const struct cohort *cohort, const struct measure *measure, size_t pupil,
        int column, enum basis basis)
{
    size_t cell = cohort_cell(cohort, pupil, (size_t)column);

    return framework_level(cohort->fw, measure_value(cohort, measure, pupil, cell, basis));
}

static enum found threshold_of(const struct cohort *cohort, const struct measure *measure,
        size_t pupil, enum basis basis)
{
    enum found found = FOUND_MET;

    for (int i = 0; i < measure->subject_n; i++) {
        int column = cohort_column(cohort, measure->subjects[i]);
        int level = column < 0 ? LEVEL_NONE : level_in(cohort, measure, pupil, column, basis);

        if (level == LEVEL_NONE)
            return FOUND_NONE;
        if (level < measure->at_least)
            found = FOUND_NOT_MET;
    }
    return found;
}

/* The level of the result that progress is counted from. */
static int level_before(const struct cohort *cohort, const struct measure *measure,
        size_t pupil, size_t cell)
{
    const struct cohort_pupil *who = &cohort->pupils[pupil];

    if (measure->from < 0 || who->prior_stage == measure->from)
        return framework_prior_level(cohort->fw, cohort->prior[cell]);
    if (cohort->earlier == NULL || who->earlier_stage != measure->from)
        return LEVEL_NONE;
    return framework_prior_level(cohort->fw, cohort->earlier[cell]);
}

/* Progress without a prior result (domain-numbers 1.9): a high level is enough, a lower one
   is not counted, and nothing, or nought, has not been reached. */
static enum found without_prior(const struct measure *measure, int to)
{
    if (measure->no_prior == 0 || to == LEVEL_NONE)
        return FOUND_NONE;
    if (to >= measure->no_prior)
        return FOUND_MET;
    return to <= 0 ? FOUND_NOT_MET : FOUND_LEFT_OUT;
}

/* The prior column is that of the pupil's own stage, so no other stage can be counted. */
static enum found progress_of(const struct cohort *cohort, const struct measure *measure,
        size_t pupil, enum basis basis)
{
    enum found found = FOUND_MET;

    if (measure->stage != cohort->pupils[pupil].stage)
        return FOUND_NONE;
    for (int i = 0; i < measure->subject_n; i++) {
        int column = cohort_column(cohort, measure->subjects[i]);
        int from, to;

        if (column < 0)
            return FOUND_NONE;
        from = level_before(cohort, measure, pupil, cohort_cell(cohort, pupil, (size_t)column));
        to = level_in(cohort, measure, pupil, column, basis);
        if (from == LEVEL_NONE && measure->no_prior != 0)
            return without_prior(measure, to);
        if (from == LEVEL_NONE || to == LEVEL_NONE)
            return FOUND_NONE;
        if (to - from < measure->at_least)
            found = FOUND_NOT_MET;
    }
    return found;
}

/* Passed at level 2 with a course the size of a GCSE or larger. */
static bool passed_in(const struct cohort *cohort, const struct measure *measure, size_t pupil,
        int subject, enum basis basis)
{
    const struct framework *fw = cohort->fw;
    int column = cohort_column(cohort, subject);
    struct value value;

    if (column < 0)
        return false;
    value = measure_value(cohort, measure, pupil, cohort_cell(cohort, pupil, (size_t)column),
            basis);
    return value.grade >= 0 && fw->grades[value.grade].level2 > 0 &&
           fw->scales[value.scale].size >= FULL_SIZE;
}

static bool named_subjects_right(const struct cohort *cohort, const struct measure *measure,
        size_t pupil, enum basis basis)
{
    for (int i = 0; i < measure->with_n; i++) {
        if (!passed_in(cohort, measure, pupil, measure->with[i], basis))
            return false;
    }
    for (int i = 0; i < measure->without_n; i++) {
        if (passed_in(cohort, measure, pupil, measure->without[i], basis))
            return false;
    }
    return true;
}

static enum found awards_of(const struct cohort *cohort, const struct measure *measure,
        size_t pupil, enum basis basis)
{
    int share = 0;
    bool any = false;

    for (size_t s = 0; s < cohort->subject_n; s++) {
        struct value value =
                measure_value(cohort, measure, pupil, cohort_cell(cohort, pupil, s), basis);

        if (value.grade < 0 || cohort->fw->grades[value.grade].status)
            continue;
        any = true;
        share += cohort->fw->grades[value.grade].level2;
    }
    if (!any)
        return FOUND_NONE;
    if (share < measure->at_least * AWARD ||
            !named_subjects_right(cohort, measure, pupil, basis))
        return FOUND_NOT_MET;
    return FOUND_MET;
}

static enum found formula_of(const struct cohort *cohort, const struct measure *measure,
        size_t pupil, enum basis basis)
{
    const struct formula_measure *asked =
            cohort->formulas == NULL ? NULL : &cohort->formulas[measure - cohort->fw->measures];
    const uint8_t *answers = asked == NULL ? NULL : asked->answers[basis];

    if (answers == NULL || answers[pupil] == ANSWER_MISSING)
        return FOUND_NONE;
    return answers[pupil] == ANSWER_YES ? FOUND_MET : FOUND_NOT_MET;
}

static enum found find(const struct cohort *cohort, const struct measure *measure, size_t pupil,
        enum basis basis)
{
    switch (measure->kind) {
    case MEASURE_THRESHOLD:
        return threshold_of(cohort, measure, pupil, basis);
    case MEASURE_PROGRESS:
        return progress_of(cohort, measure, pupil, basis);
    case MEASURE_AWARDS:
        return awards_of(cohort, measure, pupil, basis);
    case MEASURE_FORMULA:
        return formula_of(cohort, measure, pupil, basis);
    }
    return FOUND_NONE;
}

bool measure_has_value(const struct cohort *cohort, const struct measure *measure, size_t pupil,
        enum basis basis)
{
    return measure_asks(cohort, measure, pupil) &&
           find(cohort, measure, pupil, basis) > FOUND_LEFT_OUT;
}

int measure_of_pupil(const struct cohort *cohort, const struct measure *measure, size_t pupil,
        enum basis basis)
{
    enum found found;

    if (!measure_asks(cohort, measure, pupil))
        return MEASURE_NOT_COUNTED;
    found = find(cohort, measure, pupil, basis);
    if (found == FOUND_LEFT_OUT)
        return MEASURE_NOT_COUNTED;
    if (found == FOUND_NONE)
        return measure->everybody ? MEASURE_NOT_MET : MEASURE_NOT_COUNTED;
    return found == FOUND_MET ? MEASURE_MET : MEASURE_NOT_MET;
}

void tally_add(struct tally *tally, const struct cohort *cohort, const struct measure *measure,
        size_t pupil, enum basis basis)
{
    int met;

    if (!measure_asks(cohort, measure, pupil))
        return;
    met = measure_of_pupil(cohort, measure, pupil, basis);
    tally->count += met == MEASURE_MET;
    tally->of += met != MEASURE_NOT_COUNTED;
    tally->left_out += met == MEASURE_NOT_COUNTED;
    tally->empty += measure->everybody && met == MEASURE_NOT_MET &&
                    find(cohort, measure, pupil, basis) == FOUND_NONE;
}

struct proportion measure_count(const struct cohort *cohort, const struct measure *measure,
        enum basis basis, const bool *include)
{
    struct tally tally = { 0, 0, 0, 0 };

    for (size_t p = 0; p < cohort->pupil_n; p++) {
        if (include == NULL || include[p])
            tally_add(&tally, cohort, measure, p, basis);
    }
    return proportion_of_tally(&tally);
}
