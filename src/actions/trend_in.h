/*
 * trend_in: what the parts of the reports `trend` and `forecast` share.
 *
 * Everything that was ever recorded of the pupils and subjects in question is read once, in
 * the order of its key (trend_load.c); each period is then a small cohort filled from it
 * (trend_count.c), so that measures, cuts and the gate are those of every other report.
 */
#ifndef ACTIONS_TREND_IN_H
#define ACTIONS_TREND_IN_H

#include "actions/cohort_in.h"
#include "actions/places.h"
#include "actions/traits.h"
#include "reports/build.h"

/* Something on record: the last of its key, not withdrawn. */
struct trend_event {
    struct date date;
    struct value value;
    enum fact_kind kind;
    int16_t stage;
    int rank; /* of its source; lower is believed first */
    int64_t seq;
    const char *review; /* NULL: none is named */
    uint64_t key;       /* of stage and source, for telling corrections from others */
};

/* The events of one pupil in one subject, kind by kind, day by day. */
struct trend_line {
    struct trend_event *events;
    size_t n;
};

struct trend_run {
    struct context *context;
    const struct filters *filters;
    const struct measure *measure; /* NULL: mean points */
    struct date day, recorded;
    bool by_year;              /* whoever was in the year group */
    int first_year, last_year; /* by_year: NC years; first > last: all */
    enum over over;
    enum cut cut, cross;

    struct cohort_pupil *pupils; /* who may be counted in some period, by id */
    size_t pupil_n;
    struct places places;
    struct traits traits; /* by_year */

    const struct cohort *like; /* show the means of its subjects; NULL: choose by the filters */
    int16_t *subjects;         /* framework indexes, those shown or rested on */
    size_t subject_n;
    bool *shown;              /* of those, whose means are shown */
    struct trend_line *lines; /* [pupil * subject_n + subject] */

    char last_code[16]; /* while lines are read */
    size_t last_place;

    const struct review **reviews; /* over reviews, one a period */
    struct trend out;
    struct frame frame;
};

/* Choose pupils and subjects and read their lines. */
MUST_USE enum err_code trend_load(struct trend_run *run, struct err *err);

/* Settle the periods; run->out.periods, reviews. */
MUST_USE enum err_code trend_periods(struct trend_run *run, struct err *err);

/* Count every period; run->out.rows. */
MUST_USE enum err_code trend_count(struct trend_run *run, struct err *err);

/*
 * How the mean points of some subjects stood on one day before: of the same pupils, or
 * (by_year) of whoever was in the year group then. `cut` may be CUT_NONE.
 */
MUST_USE enum err_code trend_on_day(struct context *context, const struct filters *filters,
        const struct cohort *like, struct date day, enum cut cut, bool by_year,
        struct trend *ret_trend, struct err *err);

/* Whether a measure is asked only of pupils of its years, as they were then: awards, which are
   taken at the end, progress from a stage that it names, and formulas, of no key stage. */
bool trend_keeps_years(const struct measure *measure);

#endif
