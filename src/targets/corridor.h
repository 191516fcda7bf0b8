/*
 * corridor: the milestones above and below a trajectory (B3.4).
 *
 * Pure. A corridor follows the trajectory at a distance in points on each side that the
 * school chooses; one sub-level (2000 thousandths) unless it says otherwise (contract 3.3).
 * It begins at the prior attainment with its full width: it says how far beside the
 * line a judgement may lie before somebody should look, not how sure anybody is.
 */
#ifndef TARGETS_CORRIDOR_H
#define TARGETS_CORRIDOR_H

#include <stdint.h>

#include "base/err.h"
#include "scales/framework.h"
#include "targets/trajectory.h"

/* How far from the line the milestones lie, in thousandths of a point, neither negative. */
struct corridor_width {
    int32_t lower, upper;
};

struct corridor_width corridor_width_default(void);

/* Read "2" (both sides) or "2 4" (below, above) in points, at most 60 each. ERR_INVALID. */
MUST_USE enum err_code corridor_width_parse(const char *text, struct corridor_width *ret_width,
        struct err *err);
enum {
    CORRIDOR_TEXT_SIZE = 48
};
const char *corridor_width_text(struct corridor_width width, char buffer[CORRIDOR_TEXT_SIZE]);

/* The corridor at the end of one period. */
struct corridor {
    int32_t lower, line, upper;            /* thousandths; POINTS_NONE without a line */
    struct value lower_grade, upper_grade; /* the nearest rungs of the two milestones */
};

/* Without a line, or for a k outside 0 .. N, every part is without a value. */
struct corridor corridor_at(const struct framework *fw, const struct trajectory *line, int k,
        struct corridor_width width);

enum corridor_place {
    CORRIDOR_UNKNOWN,
    CORRIDOR_UNDER,
    CORRIDOR_INSIDE,
    CORRIDOR_OVER
};

/* Where `points` lies; both milestones are inside. Unknown where either has no value. */
enum corridor_place corridor_place(const struct corridor *corridor, int32_t points);

/* "below the corridor", "in the corridor", "above the corridor"; "" when unknown. */
const char *corridor_place_words(enum corridor_place place);

#endif
