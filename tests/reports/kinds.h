/*
 * kinds: one report with a chart of every kind that stands for groups, places and sets. All
 * figures are invented.
 */
#ifndef TESTS_REPORTS_KINDS_H
#define TESTS_REPORTS_KINDS_H

#include "reports/tree.h"

struct report *kinds_report(struct arena *arena);

/* A chart of sets: counts[mask] of each region; a link on each to /region/mask. */
struct chart *kinds_sets(struct report *report, const char *kind, const int *counts,
        const char *const *names, size_t n);

#endif
