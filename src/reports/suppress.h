/*
 * suppress: hide small numbers of a table made for people who may see no single pupil.
 *
 * A row whose `count` is 1 to 5, or (with `rest`) whose `of` less `count` is, shows "c" in
 * place of the count and of what is worked out from it; a row whose `of` is 1 to 5 hides
 * that too. Where one row alone of a block is hidden, a total would give it away: the row
 * with the smallest count beside it is then hidden as well. A block is the rows that agree
 * in the block columns; rows without a value in the last (no cut) stand for themselves.
 */
#ifndef REPORTS_SUPPRESS_H
#define REPORTS_SUPPRESS_H

#include <stdbool.h>
#include <stdint.h>

#include "reports/tree.h"

enum {
    SUPPRESS_MOST = 5, /* the largest count that is hidden */
    SUPPRESS_DERIVED = 5
};

struct suppress_columns {
    const char *block[3]; /* keys of columns: school, what is counted, the cut */
    const char *count, *of;
    const char *derived[SUPPRESS_DERIVED]; /* NULL after the last */
    bool rest; /* the pupils not counted are as telling as those counted */
};

/* The report's first table, and a note that says so. */
void report_suppress(struct report *report, const struct suppress_columns *columns);

#endif
