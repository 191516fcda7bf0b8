/*
 * expected: the points that the framework expects of a pupil of an age (domain-numbers 1.6).
 *
 * Pure. At the end of a key stage it is the middle of the whole level that the lowest threshold
 * of that stage asks for (level 2 at Key Stage 1: 15 points, 4 at Key Stage 2: 27, 5 at Key
 * Stage 3: 33); between two such ends a straight line, the same share each period, as a
 * trajectory has. Before the first and where grades have no whole levels there is none.
 */
#ifndef ANALYSIS_EXPECTED_H
#define ANALYSIS_EXPECTED_H

#include "scales/framework.h"

/*
 * In thousandths of a point after period `period` of `periods` of the whole key stage `stage`
 * (index); POINTS_NONE where nothing is expected. *ret_metric, when a value is returned, is the
 * metric that the points are of.
 */
int32_t expected_points(const struct framework *fw, int stage, int period, int periods,
        const char **ret_metric);

#endif
