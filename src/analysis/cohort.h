/*
 * cohort: the chosen pupils as columns (pupil x subject), ready to be counted.
 *
 * One load fills it (actions/cohort_load.h); every analysis is a pure function from it.
 * It knows no database and no page, and is the same for a class, a school and an
 * authority. Cell (p, s) of a column is column[p * subject_n + s]. Pupils are sorted by
 * surname, forename, UPN.
 *
 * What the columns mean (contract 3.5), all as of `day`:
 *   prior       result of the previous stage
 *   target      target for the end of the pupil's own stage
 *   prediction  prediction for the end of the pupil's own stage
 *   now         latest judgement: working at, or likely grade where the stage is judged so
 *   result      the own stage's result, where there is one
 *   progress    progress target of the period that `day` lies in; for a stage without a line
 *               the target itself
 * The year_ columns hold facts of one other horizon, cohort_other_stage():
 *   year_target, year_prediction, year_result   target, prediction, result of that stage
 * A derived subject (English from reading and writing) is filled by cohort_derive.
 *
 * Who loads a cohort fills the columns from prior to year_result, then calls
 * cohort_derive and cohort_reckon once each, in this order.
 */
#ifndef ANALYSIS_COHORT_H
#define ANALYSIS_COHORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/err.h"
#include "scales/framework.h"
#include "school/calendar.h"
#include "targets/flag.h"
#include "targets/trajectory.h"

enum {
    COHORT_YEAR_UNKNOWN = -100
};

struct cohort_pupil {
    int64_t id, school_id;
    const char *upn, *surname, *forename, *sex, *registration, *house;
    const char *ethnicity, *language, *sen, *fsm, *pupil_premium, *looked_after, *gifted;
    struct date dob, entry, leaving;
    int year;            /* NC year; R is 0 */
    int16_t stage;       /* index of the whole key stage, -1 none */
    int16_t year_stage;  /* which stage the year_ columns are of: cohort_other_stage(), -1 none
                          */
    int16_t prior_stage; /* whose results the prior column holds, -1 none */
    int16_t earlier_stage; /* whose results the earlier column holds, -1 none */
    int stage_years;       /* years of that stage in this school */
    int period; /* k: which period of the stage `day` lies in, 1 .. N; 0 without a stage */
    const char *const *groups; /* names of groups on `day`, those by rule last */
    size_t group_n;
    const char *const *sets; /* names of teaching groups on `day`, when cut by set or teacher */
    size_t set_n;
    const char *const *teachers; /* of those groups, each once */
    size_t teacher_n;
    size_t rule_n; /* how many of the groups are by rule: no permission follows from these */
};

/* How a school reckons; from its settings. */
struct reckoning {
    struct calendar calendar;
    enum rounding rounding;
    struct flag_rule flags;
    int32_t corridor_lower,
            corridor_upper; /* points each side, thousandths; 2000 = one sub-level */
    int target_rate; /* whole levels over the stage below which a target is flagged; 0: none
                        (B4.2) */
};

struct cohort {
    const struct framework *fw;
    struct reckoning reckoning;
    struct date day;
    const struct cohort_pupil *pupils;
    size_t pupil_n;
    const int16_t *subjects; /* framework indexes */
    size_t subject_n;

    struct value *prior, *target, *prediction, *now, *result;
    struct value *earlier; /* result of another previous stage that a measure asks for (Key
                              Stage 3 beside Key Stage 2), if any */
    struct date *prior_date, *target_date, *now_date;
    struct value *adjustment;  /* of the progress target at `day`; no value: none */
    struct value *year_target; /* target with the horizon pupil.year_stage ("Y4"), if any */
    struct value *year_prediction;
    struct value *year_result;

    /* Filled by cohort_reckon: */
    struct progress_target *progress;
    int32_t *gap;   /* now - progress, thousandths; POINTS_NONE */
    int16_t *steps; /* STEP_NONE */
    uint8_t *flag;  /* enum flag */

    /* Filled by cohort_ask_formulas, one a measure of fw; NULL: not asked. */
    struct formula_measure *formulas;
};

/* What a measure of the kind formula said of each pupil. */
struct formula_measure {
    const uint8_t *answers[3]; /* one a basis: enum answer (formula.h); NULL: not this one */
    const int16_t *subjects;   /* whose values it looks at, framework indexes */
    size_t subject_n;
};

/*
 * Room for n pupils x m subjects; every cell without a value. `pupils` and `subjects`
 * are borrowed for the cohort's life. ERR_MEMORY.
 */
MUST_USE enum err_code cohort_make(struct arena *arena, const struct framework *fw,
        const struct reckoning *reckoning, struct date day, const struct cohort_pupil *pupils,
        size_t pupil_n, const int16_t *subjects, size_t subject_n, struct cohort *ret_cohort,
        struct err *err);

static inline size_t cohort_cell(const struct cohort *cohort, size_t pupil, size_t subject)
{
    return pupil * cohort->subject_n + subject;
}

/*
 * The horizon beside the pupil's own key stage that this framework's measures ask of NC
 * year `year`: Y4 for Years 3 and 4, where Year 4 measures count both; KS4 for Years 7 to 9,
 * where Key Stage 4 measures count them; never an earlier key stage; else the year's own
 * ("Y5"); -1 when there is neither. `stage` is the pupil's own key stage, or -1.
 */
int cohort_other_stage(const struct framework *fw, int stage, int year);

/* Where subject `subject` (framework index) stands among the columns; -1 when it does not. */
int cohort_column(const struct cohort *cohort, int subject);

/*
 * Fill derived subjects that have no value of their own, in every column of facts (not
 * the adjustments: those are a person's) where all their parts have one. The value has
 * the exact mean of the parts' points and is written as the nearest rung; where that
 * rung's whole level is not the one whose band the mean lies in (W and 1c: 5 points, a
 * tie), the neighbour that has that level, so that what is shown and what is counted
 * agree. The date is the latest of the parts'.
 */
void cohort_derive(struct cohort *cohort);

/*
 * Progress targets, gaps, steps and flags of every cell. Pure arithmetic on columns.
 * gap = now - exact progress points, also where the progress target is written as a pair;
 * steps as by progress_target_steps. No gap, steps or flag where either is missing or
 * the two do not share a metric.
 */
void cohort_reckon(struct cohort *cohort);

/*
 * The hot loop alone, for cohort_reckon and `attain bench`: n cells of points and ladder
 * positions in, gaps and flags out. low_step and high_step are the progress target's two
 * ends, low <= high; unit (at least 1) divides steps (1 sub-levels, 3 whole GCSE grades in
 * thirds), towards 0. A cell without points gives no gap, one without a step of any of
 * the three no steps and FLAG_NONE. The arrays must not overlap.
 */
void cohort_gap_flag(size_t n, const int32_t *now_points, const int32_t *progress_points,
        const int16_t *now_step, const int16_t *low_step, const int16_t *high_step,
        const uint8_t *unit, const struct flag_rule *rule, int32_t *gap, int16_t *steps,
        uint8_t *flag);

#endif
