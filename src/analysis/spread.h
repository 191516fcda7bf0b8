/*
 * spread: how the values of a group lie: mean, quartiles, correlation.
 *
 * Pure. Values, means and quartiles are thousandths, rounded half away from zero; nothing is
 * rounded before the last step.
 *
 * Quartiles by Hyndman and Fan's definition 7 ("Sample Quantiles in Statistical Packages", The
 * American Statistician 50, 1996, 361-365), the default of R's quantile(): with the values x1
 * .. xn ascending and h = 1 + (n - 1) p, the value at h, on the straight line between its two
 * neighbours. For 1, 2, 3, 4 the quartiles are 1.75, 2.5 and 3.25.
 *
 * Correlation by Pearson's product-moment formula, as R's cor():
 *     r = sum (x - mx)(y - my) / sqrt(sum (x - mx)^2 * sum (y - my)^2)
 */
#ifndef ANALYSIS_SPREAD_H
#define ANALYSIS_SPREAD_H

#include <stddef.h>
#include <stdint.h>

enum {
    SPREAD_FEW = 10 /* fewer values are shown singly, and say nothing about a correlation */
};

/* All 0 where n is 0. */
struct spread {
    size_t n;
    int64_t mean, low, lower_quartile, median, upper_quartile, high;
};

/* Sorts the values, each within 10^14 either way. */
struct spread spread_make(int64_t *values, size_t n);

/* The mean alone; 0 where n is 0. */
int64_t spread_mean(const int64_t *values, size_t n);

/* From -1 to 1; NaN for fewer than SPREAD_FEW pairs, or where all of one side are equal. */
double spread_correlation(const int64_t *x, const int64_t *y, size_t n);

#endif
