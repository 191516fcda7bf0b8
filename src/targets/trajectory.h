/*
 * trajectory: the notional straight line from prior attainment to the target.
 *
 * "Notional" is the guidance's word (B3.1): one part of the evidence, not a forecast.
 * Pure. Points are thousandths.
 *
 * A stage of Y years whose school year has P periods (three terms, or six half-terms)
 * has N = Y x P periods. Period k (1 .. N) ends at
 *     p0 + (pT - p0) x k / N
 * p0 the prior attainment at the end of the previous stage, pT the target at the end
 * of this one (contract 3.3).
 */
#ifndef TARGETS_TRAJECTORY_H
#define TARGETS_TRAJECTORY_H

#include <stdbool.h>

#include "base/date.h"
#include "scales/framework.h"
#include "school/calendar.h"

enum rounding {
    ROUND_NEAREST,
    ROUND_PAIR
};

/* Why there is no line. */
enum no_line {
    LINE_DRAWN,
    LINE_NO_STAGE,  /* the pupil is in no key stage */
    LINE_NOT_USED,  /* the stage has none: the likely grade is compared with the target */
    LINE_NO_PRIOR,  /* no result of the previous stage, or one without points (absent) */
    LINE_NO_TARGET, /* no target, or one without points */
    LINE_TWO_SCALES /* both are there, but their points do not compare */
};

struct trajectory {
    struct value prior, target;
    int period_n;         /* N; 0: there is no trajectory, `why_none` says why */
    const char *why_none; /* in words that fit every stage, lower case, or NULL; static */
    enum no_line why;
};

/* A progress target: the point on the line, and how it is written. */
struct progress_target {
    int32_t points;            /* exact, thousandths, half away from zero; POINTS_NONE: none */
    struct value lower, upper; /* nearest: both the same rung; pair: the two neighbours */
    bool adjusted;             /* a person has set it; `computed` is what the line says */
    int32_t computed;
};

/* The line, or the reason why there is none (no prior, no target, scales that do not
   compare, a stage without a line). `years` is the number of years of the stage in this
   school (KS3 may have two). */
struct trajectory trajectory_make(const struct framework *fw, int stage, int years,
        int periods_per_year, struct value prior, struct value target);

/*
 * why_none with the stages' names: "no Key Stage 1 result in this subject", "no target
 * for the end of Key Stage 2", "the Foundation Stage result and the target are on
 * different scales", "Key Stage 4 has no line: the likely grade is compared with the
 * target". "" when there is a line. `stage` as in trajectory_make; returns buffer.
 */
enum {
    TRAJECTORY_WHY_SIZE = 160
};
const char *trajectory_why(const struct framework *fw, const struct trajectory *line, int stage,
        char buffer[TRAJECTORY_WHY_SIZE]);

/* Points at the end of period k, 0 <= k <= N, to the nearest thousandth, half away from
   zero; POINTS_NONE without a line or for another k. */
int32_t trajectory_points(const struct trajectory *line, int k);

/* The progress target at the end of period k, rounded as the school chose. */
struct progress_target trajectory_target(const struct framework *fw,
        const struct trajectory *line, int k, enum rounding rounding);

/*
 * The same with a person's adjustment in place of the computed point. Where there is no
 * line the adjustment stands alone and `computed` is POINTS_NONE. An adjustment without
 * points, or on another metric than the target, is passed over.
 */
struct progress_target trajectory_adjusted(const struct framework *fw,
        const struct trajectory *line, int k, enum rounding rounding, struct value adjustment);

/* "3a"; for a pair "4b/4a", the lower before the slash; "" for none. Returns buffer. */
enum {
    PROGRESS_TEXT_SIZE = 48
};
const char *progress_target_text(const struct framework *fw,
        const struct progress_target *target, char buffer[PROGRESS_TEXT_SIZE]);

/* Steps of `now` above the progress target: 0 inside a pair, else from the nearer end.
   False when either is missing or they do not compare. */
bool progress_target_steps(const struct framework *fw, struct value now,
        const struct progress_target *target, int *ret_steps);

#endif
