/*
 * sample: one report that uses every part of the tree. School, names and figures are
 * invented; the trajectory runs from 15 points at KS1 to 29 at the end of Year 6.
 */
#ifndef TESTS_REPORTS_SAMPLE_H
#define TESTS_REPORTS_SAMPLE_H

#include "reports/tree.h"

struct report *sample_report(struct arena *arena);

/* No tables' rows, no charts, nothing optional. */
struct report *sample_empty(struct arena *arena);

#endif
