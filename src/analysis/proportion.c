#include "analysis/measure.h"

#include <math.h>

static const double z = 1.959963984540054; /* 97.5 % of the standard normal */

void proportion_interval(int64_t x, int64_t n, double *ret_low, double *ret_high)
{
    double size = (double)n;
    double p = (double)x / size;
    double z2 = z * z;
    double centre = (p + z2 / (2 * size)) / (1 + z2 / size);
    double half = z * sqrt(p * (1 - p) / size + z2 / (4 * size * size)) / (1 + z2 / size);

    *ret_low = x == 0 ? 0 : 100 * fmax(centre - half, 0);
    *ret_high = x == n ? 100 : 100 * fmin(centre + half, 1);
}

struct proportion proportion_make(int64_t count, int64_t of, int64_t left_out)
{
    struct proportion proportion = {
        .count = count,
        .of = of,
        .left_out = left_out,
        .percent = (double)NAN,
        .low = (double)NAN,
        .high = (double)NAN,
    };

    if (of <= 0)
        return proportion;
    proportion.percent = 100 * (double)count / (double)of;
    proportion_interval(count, of, &proportion.low, &proportion.high);
    return proportion;
}

struct proportion proportion_of_tally(const struct tally *tally)
{
    struct proportion proportion = proportion_make(tally->count, tally->of, tally->left_out);

    proportion.empty = tally->empty;
    return proportion;
}

int64_t proportion_printed(int64_t count, int64_t of)
{
    return of <= 0 ? -1 : (2000 * count + of) / (2 * of) * 100;
}

int64_t percent_printed(double percent)
{
    if (isnan(percent))
        return -1;
    return percent < 0 ? (int64_t)ceil(percent * 10 - 0.5) * 100
                       : (int64_t)floor(percent * 10 + 0.5) * 100;
}

/* numerator / denominator, half away from zero; the denominator is above 0. */
static int64_t rounded(int64_t numerator, int64_t denominator)
{
    int64_t twice = numerator < 0 ? -2 * numerator : 2 * numerator;
    int64_t size = (twice + denominator) / (2 * denominator);

    return numerator < 0 ? -size : size;
}

struct proportion_gap proportion_gap_make(const struct proportion *first,
        const struct proportion *second)
{
    double difference = first->percent - second->percent;
    int64_t across = first->count * second->of - second->count * first->of;
    struct proportion_gap gap = {
        .low = difference - hypot(first->percent - first->low, second->high - second->percent),
        .high = difference + hypot(first->high - first->percent, second->percent - second->low),
    };

    gap.printed = rounded(1000 * across, first->of * second->of) * 100;
    gap.pupils = across < 0 ? -across / second->of : across / first->of;
    return gap;
}
