/*
 * suppress: hide small numbers of a table made for people who may see no single pupil.
 *
 * A row whose `count` is 1 to 5, or (with `rest`) whose `of` less `count` is, shows "c" in
 * place of the count and of what is worked out from it; a row whose `of` is 1 to 5 hides
 * that too. Where one row alone of a block is hidden, a total would give it away: the row
 * with the smallest count beside it is then hidden as well. A block is the rows that agree
 * in the block columns; rows without a value in the last (no cut) stand for themselves.
 *
 * Rows of two cuts crossed ("gender*fsm") have a total along each of the two: with one
 * hidden alone among all girls, or among all with free meals, another is hidden there, until
 * none is alone. Gaps between rows (report_suppress_gaps) are hidden with either of the rows.
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
    const char *value;    /* of the cut, "F*Y" where two are crossed; NULL: none is */
    const char *count, *of;
    const char *derived[SUPPRESS_DERIVED]; /* NULL after the last */
    bool rest; /* the pupils not counted are as telling as those counted */
};

/* Whether a number of pupils is one that is hidden: 1 to SUPPRESS_MOST. */
bool suppress_is_small(int64_t n);

/* Who is counted, of how many, where one of the numbers would tell of a few pupils. */
void report_suppress_population(struct report *report);

/* Whether the report's first table has a column of this key. */
bool report_has_column(const struct report *report, const char *key);

/* The report's first table, and a note that says so. Called again for other columns of the
   same table, it says it once. */
void report_suppress(struct report *report, const struct suppress_columns *columns);

/*
 * The report's table `name`, whose rows compare a value of the first table with another
 * ("against") or with all others: hide what was worked out from a row that is hidden there,
 * or from few pupils. The table has the columns count, of, against_count and against_of.
 * After report_suppress with the same columns.
 */
void report_suppress_gaps(struct report *report, const struct suppress_columns *columns,
        const char *name);

#endif
