#include "analysis/forecast.h"

#include <math.h>

/* Student's t, 97.5 %, for 1 to FORECAST_YEARS - 2 degrees of freedom. */
static const double t975[FORECAST_YEARS - 1] = { 0, 12.7062047361747, 4.30265272974946,
    3.18244630528371, 2.77644510519779, 2.57058183563632 };

bool forecast_make(const double *x, const double *y, size_t n, struct forecast *ret_forecast)
{
    struct forecast line = { .n = n > FORECAST_YEARS ? FORECAST_YEARS : n };
    double mean_y = 0;
    double sxy = 0;
    double rss = 0;

    if (n < FORECAST_LEAST)
        return false;
    x += n - line.n;
    y += n - line.n;
    for (size_t i = 0; i < line.n; i++) {
        line.mean_x += x[i] / (double)line.n;
        mean_y += y[i] / (double)line.n;
    }
    for (size_t i = 0; i < line.n; i++) {
        line.sxx += (x[i] - line.mean_x) * (x[i] - line.mean_x);
        sxy += (x[i] - line.mean_x) * (y[i] - mean_y);
    }
    if (!(line.sxx > 0))
        return false;
    line.slope = sxy / line.sxx;
    line.intercept = mean_y;
    for (size_t i = 0; i < line.n; i++) {
        double rest = y[i] - mean_y - line.slope * (x[i] - line.mean_x);

        rss += rest * rest;
    }
    line.residual = sqrt(rss / (double)(line.n - 2));
    *ret_forecast = line;
    return true;
}

void forecast_at(const struct forecast *forecast, double x, double *ret_y, double *ret_low,
        double *ret_high)
{
    double away = x - forecast->mean_x;
    double y = forecast->intercept + forecast->slope * away;
    double half = t975[forecast->n - 2] * forecast->residual *
                  sqrt(1 + 1 / (double)forecast->n + away * away / forecast->sxx);

    *ret_y = y;
    *ret_low = y - half;
    *ret_high = y + half;
}
