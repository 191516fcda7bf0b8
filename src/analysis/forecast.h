/*
 * forecast: a straight line through a school's past figures, carried on (D4.2).
 *
 * Pure. Least squares of y on the year; the interval is the one in which a new year's figure
 * lies with 95 % chance if the years scatter about one line independently and normally:
 *
 *   y(x) +- t(0.975, n - 2) s sqrt(1 + 1/n + (x - mean x)^2 / Sxx),  s^2 = RSS / (n - 2)
 *
 * (Draper and Smith, Applied Regression Analysis, chapter 1; R: predict(lm(y ~ x),
 * interval = "prediction")). At most FORECAST_YEARS past years take part: older ones tell of
 * another school.
 */
#ifndef ANALYSIS_FORECAST_H
#define ANALYSIS_FORECAST_H

#include <stdbool.h>
#include <stddef.h>

enum {
    FORECAST_LEAST = 3, /* past figures without which there is none */
    FORECAST_YEARS = 7  /* past figures that take part, the latest */
};

struct forecast {
    size_t n;                     /* figures that the line rests on */
    double slope, intercept;      /* y = intercept + slope (x - mean_x) */
    double mean_x, sxx, residual; /* residual: s, the standard deviation about the line */
};

/* From n figures, x ascending. False with fewer than FORECAST_LEAST, or on one year only. */
bool forecast_make(const double *x, const double *y, size_t n, struct forecast *ret_forecast);

/* The figure at x with its interval. */
void forecast_at(const struct forecast *forecast, double x, double *ret_y, double *ret_low,
        double *ret_high);

#endif
