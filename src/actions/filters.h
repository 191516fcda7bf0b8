/*
 * filters: the words by which every report, export and page is narrowed (contract 1).
 *
 * The same names serve the command line (--year-group 5) and the query string of the web
 * (?year-group=5). Values are kept as given and looked up in the school when loaded.
 */
#ifndef ACTIONS_FILTERS_H
#define ACTIONS_FILTERS_H

#include <stdbool.h>
#include <stddef.h>

#include "analysis/cut.h"
#include "analysis/measure.h"
#include "base/date.h"
#include "base/err.h"
#include "targets/flag.h"

enum {
    FILTER_CUTS = 4
};

/* What a trend goes by. */
enum over {
    OVER_TERMS,
    OVER_REVIEWS,
    OVER_YEARS
};

struct filters {
    bool has_year;
    int year;
    const char *subject, *group, *registration, *review, *upn, *model, *where, *measure, *value;
    const char *x, *y, *from, *to, *column;
    const char *sets, *region; /* overlap: "NAME: FORMULA; ..."; "AB", "A+", "none" */
    enum flag flag;            /* FLAG_NONE: all */
    enum basis basis;          /* the first of those asked for */
    enum basis beside[2];      /* further ones, for reports that show them side by side */
    size_t beside_n;
    bool has_basis;
    enum cut by[FILTER_CUTS];
    size_t by_n;
    bool by_subject;   /* compare: --by subject */
    enum cut cross;    /* every cut of `by` is crossed with it; CUT_NONE: none is */
    struct date as_at; /* no date: today, and nothing hidden */
    int first_school_year, last_school_year; /* --years 2004-2008; 0: not given */
    enum over over;
    bool follow_year; /* --follow year-group: whoever was in it, not the same pupils */
    bool has_over, has_follow;
};

/*
 * Take one filter. `value` is borrowed for the life of the filters. *ret_known is false
 * (and nothing changed) when there is no filter of that name. ERR_INVALID with what would
 * be right.
 */
MUST_USE enum err_code filters_set(struct filters *filters, const char *name, const char *value,
        bool *ret_known, struct err *err);

/* Every filter's name and meaning, for --help and the pages. */
struct filter_info {
    const char *name, *argument, *meaning;
};
extern const struct filter_info filter_infos[];
extern const size_t filter_info_n;

#endif
