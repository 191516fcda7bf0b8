/*
 * summary: measures counted over a cohort, whole or by a cut (D3.1, D2.3).
 *
 * Pure. One row a measure and value of the cut, in the order of the measures given and
 * then of the cut's values; with CUT_NONE one row a measure. A value none of whose pupils
 * the measure asks about gives no row; one whose pupils have no value gives a row with
 * of = 0. Groups may overlap, so rows of a cut need not add up to the whole.
 */
#ifndef ANALYSIS_SUMMARY_H
#define ANALYSIS_SUMMARY_H

#include <stddef.h>
#include <stdint.h>

#include "analysis/cohort.h"
#include "analysis/cut.h"
#include "analysis/measure.h"

struct summary_row {
    const struct measure *measure;
    const char *group; /* "gender"; NULL with CUT_NONE */
    const char *value; /* "F"; NULL with CUT_NONE */
    struct proportion proportion;
};

struct summary {
    struct summary_row *rows;
    size_t row_n;
};

/*
 * `measures` are indexes into fw->measures; NULL: all of the framework (measure_n is then
 * passed over). Rows live in `arena`. A measure that asks about nobody gives no row.
 * Errors: ERR_MEMORY.
 */
MUST_USE enum err_code summary_make(struct arena *arena, const struct cohort *cohort,
        const int16_t *measures, size_t measure_n, enum basis basis, enum cut cut,
        struct summary *ret_summary, struct err *err);

enum {
    SUMMARY_YEARS_SIZE = 64
};

/* The years a measure counts as the report prints them: "5,6"; returns buffer. */
const char *measure_years(const struct measure *measure, char buffer[SUMMARY_YEARS_SIZE]);

#endif
