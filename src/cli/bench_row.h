/*
 * bench_row: one measured figure of `attain bench`.
 */
#ifndef CLI_BENCH_ROW_H
#define CLI_BENCH_ROW_H

#include "reports/tree.h"

/* A row {measure, figure in thousandths, unit, bar in thousandths, how}; `bar` 0: there is
 * none. */
void bench_row(struct report *report, struct table *table, const char *measure, int64_t milli,
        const char *unit, int64_t bar, const char *how);

#endif
