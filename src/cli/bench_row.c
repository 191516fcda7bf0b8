#include "cli/bench_row.h"

void bench_row(struct report *report, struct table *table, const char *measure, int64_t milli,
        const char *unit, int64_t bar, const char *how)
{
    struct row *row = table_row(report, table);

    cell_text(report, row, 0, measure);
    cell_number(row, 1, milli);
    cell_text(report, row, 2, unit);
    if (bar > 0)
        cell_number(row, 3, bar);
    cell_text(report, row, 4, how);
}
