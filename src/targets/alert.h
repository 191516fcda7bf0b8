/*
 * alert: whether an individual target looks too low (B4.1, B4.2).
 *
 * Pure. An alert is an invitation to look at a target again, never a verdict on a pupil:
 * it refuses nothing. Five questions are asked, each only when what it needs is there:
 *
 *   below-prior       The target is lower than the result of the previous stage.
 *   below-current     The target is lower than the attainment now, or than any recent one.
 *                     Where a stage is judged by likely grades, "now" is the likely grade.
 *   below-rate        The target's whole level less the prior result's is smaller than the
 *                     rate the school has set for the stage (sub-levels do not count).
 *   now-too-low       Asked from the end of the first year of the stage on, when a line
 *                     can be drawn and the target is not already below-current:
 *                     (a) the pupil has reached the target with a year or more to go, or
 *                     (b) at the pace so far the pupil would end a whole level or more above
 *                     it. Pace: points gained from the prior result to now, over the k
 *                     periods up to the one that the day lies in, so that the end would be
 *                         prior + (now - prior) x N / k.
 *   below-prediction  A model's prediction for the same horizon is higher than the target.
 *                     Pass no prediction where the school does not want this one.
 *
 * Lower means fewer points where the two share a metric, or a lower step where that
 * metric has no points. Where they do not share one (a level from Key Stage 2, a GCSE
 * grade as target), whole levels are compared, if both have them; a pair that has nothing
 * in common gives no alert, nor does a status such as absent.
 */
#ifndef TARGETS_ALERT_H
#define TARGETS_ALERT_H

#include <stddef.h>

#include "scales/framework.h"

enum alert_kind {
    ALERT_BELOW_PRIOR,
    ALERT_BELOW_CURRENT,
    ALERT_BELOW_RATE,
    ALERT_NOW_TOO_LOW,
    ALERT_BELOW_PREDICTION,
    ALERT__MAX,
};

/* What is known of one target. Values that are missing are VALUE_NONE. */
struct alert_facts {
    int stage; /* the stage the target is for: framework index, or -1 */
    struct value prior, target, now, prediction;
    const struct value *recent; /* other recent attainments, or NULL */
    size_t recent_n;
    int period;           /* k: which period of the stage the day lies in; 0 unknown */
    int period_n;         /* N; 0 unknown */
    int periods_per_year; /* of the school's calendar */
    int target_rate;      /* whole levels over the stage; 0: the school has set none */
};

struct alert {
    enum alert_kind kind;
    /* below-rate: the lowest rung that meets the rate; now-too-low: where the pace leads,
       or (a) the attainment now; else the higher value itself */
    struct value against;
    char sentence[240]; /* "The target 2a is below the Key Stage 1 result, 3c." */
};

/*
 * The alerts of one target, in the order above, into `alerts`; returns how many; 0
 * without a target.
 */
size_t alert_find(const struct framework *fw, const struct alert_facts *facts,
        struct alert alerts[ALERT__MAX]);

const char *alert_code(enum alert_kind kind); /* "below-prior" */

#endif
