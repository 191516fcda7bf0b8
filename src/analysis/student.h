/*
 * student: the t distribution of a mean of few values, for intervals.
 */
#ifndef ANALYSIS_STUDENT_H
#define ANALYSIS_STUDENT_H

#include <stdint.h>

/*
 * The t for which a share of 0.95 lies between -t and t with `df` degrees of freedom (at least
 * 1), to 1e-9: by the finite series of Abramowitz and Stegun, 26.7.3 and 26.7.4.
 */
double student_t95(int64_t df);

#endif
