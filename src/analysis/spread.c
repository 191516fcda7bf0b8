#include "analysis/spread.h"

#include <math.h>
#include <stdlib.h>

static int by_size(const void *a, const void *b)
{
    const int64_t *x = a;
    const int64_t *y = b;

    return (*x > *y) - (*x < *y);
}

/* Half away from zero; n > 0. */
static int64_t divide(int64_t sum, int64_t n)
{
    int64_t size = sum < 0 ? -sum : sum;
    int64_t part = size / n + (size % n >= n - size % n ? 1 : 0);

    return sum < 0 ? -part : part;
}

int64_t spread_mean(const int64_t *values, size_t n)
{
    int64_t sum = 0;

    for (size_t i = 0; i < n; i++)
        sum += values[i];
    return n == 0 ? 0 : divide(sum, (int64_t)n);
}

/* The k-th quartile of sorted values; n > 0. */
static int64_t quartile(const int64_t *sorted, size_t n, size_t k)
{
    size_t quarters = (n - 1) * k;
    size_t at = quarters / 4;
    int64_t over = (int64_t)(quarters % 4);

    if (over == 0)
        return sorted[at];
    return divide(sorted[at] * (4 - over) + sorted[at + 1] * over, 4);
}

struct spread spread_make(int64_t *values, size_t n)
{
    struct spread spread = { .n = n };

    if (n == 0)
        return spread;
    qsort(values, n, sizeof(*values), by_size);
    spread.mean = spread_mean(values, n);
    spread.low = values[0];
    spread.lower_quartile = quartile(values, n, 1);
    spread.median = quartile(values, n, 2);
    spread.upper_quartile = quartile(values, n, 3);
    spread.high = values[n - 1];
    return spread;
}

static double mean_of(const int64_t *values, size_t n)
{
    double sum = 0;

    for (size_t i = 0; i < n; i++)
        sum += (double)values[i];
    return sum / (double)n;
}

double spread_correlation(const int64_t *x, const int64_t *y, size_t n)
{
    double mx, my, xx = 0, yy = 0, xy = 0, r;

    if (n < SPREAD_FEW)
        return (double)NAN;
    mx = mean_of(x, n);
    my = mean_of(y, n);
    for (size_t i = 0; i < n; i++) {
        double dx = (double)x[i] - mx;
        double dy = (double)y[i] - my;

        xx += dx * dx;
        yy += dy * dy;
        xy += dx * dy;
    }
    if (!(xx > 0) || !(yy > 0))
        return (double)NAN;
    r = xy / (sqrt(xx) * sqrt(yy));
    return fmax(-1, fmin(1, r));
}
