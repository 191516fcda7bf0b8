#include "analysis/student.h"

#include <math.h>
#include <stdbool.h>

enum {
    SERIES_MOST = 2000, /* beyond it the t of 2000: 1.96115 against 1.95996 for ever */
    HALVINGS = 60
};

static const double half_turn = 3.14159265358979323846;

/* The share of the distribution between -t and t. */
static double share(double t, int64_t df)
{
    double angle = atan(t / sqrt((double)df));
    double c = cos(angle);
    bool odd = df % 2 == 1;
    double term = odd ? c : 1;
    double sum = df == 1 ? 0 : term;

    for (int64_t k = odd ? 2 : 1; k <= df - 3; k += 2) {
        term *= c * c * (double)k / (double)(k + 1);
        sum += term;
    }
    return odd ? 2 / half_turn * (angle + sin(angle) * sum) : sin(angle) * sum;
}

double student_t95(int64_t df)
{
    double low = 1;
    double high = 13; /* 12.706 with one degree */
    int64_t n = df > SERIES_MOST ? SERIES_MOST : df;

    for (int i = 0; i < HALVINGS; i++) {
        double middle = (low + high) / 2;

        if (share(middle, n) < 0.95)
            low = middle;
        else
            high = middle;
    }
    return (low + high) / 2;
}
