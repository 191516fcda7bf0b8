/*
 * build_extreme: the extreme cases of a formula as a table, for whoever has to accept it.
 */
#ifndef REPORTS_BUILD_EXTREME_H
#define REPORTS_BUILD_EXTREME_H

#include "analysis/extreme.h"
#include "reports/tree.h"

/* Add a table of the cases to the report, and its notes. `name` is unique in the report. */
void build_extreme(struct report *report, const struct extreme_sheet *sheet, const char *name,
        const char *title, const char *caption);

#endif
