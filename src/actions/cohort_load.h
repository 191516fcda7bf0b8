/*
 * cohort_load: the chosen pupils brought into columns; the only bridge from the store to
 * analysis/cohort.h.
 *
 * It loads what is asked and no more: the newest facts of the stages that the pupils are
 * in, from `latest`; a day in the past or an as-at question walks the history instead.
 */
#ifndef ACTIONS_COHORT_LOAD_H
#define ACTIONS_COHORT_LOAD_H

#include "actions/context.h"
#include "actions/filters.h"
#include "analysis/cohort.h"

struct cohort_options {
    bool all_subjects;    /* do not narrow the columns to --subject */
    bool derived;         /* add derived subjects (English) wherever their parts are */
    bool characteristics; /* load every characteristic and group, not only what is filtered by
                           */
    bool predictions;     /* fill the prediction columns */
    bool aggregate;       /* only counts over groups will be shown, and small ones hidden when
                             loaded->suppress */
    bool results;         /* fill the own stage's result columns */
    bool people;          /* the pupils alone, without facts */
    struct date day;      /* another day than today's or that of --as-at is asked about */
};

struct snapshot;

struct loaded {
    struct cohort cohort;
    size_t school_n;                 /* pupils on roll on the day, before filters */
    struct date day;                 /* the day asked about */
    struct date recorded;            /* what was recorded later is hidden; no date: nothing */
    struct date newest;              /* date of the newest judgement used; no date: none */
    const char *description;         /* "Year 5, Mathematics" */
    const char *const *filter_words; /* each filter in words */
    size_t filter_n;
    int subject;                     /* framework index of --subject, -1 none */
    const struct snapshot *snapshot; /* what it was taken from, NULL: from the store */
    bool suppress; /* the person who asks may see no single pupil: hide small numbers */
};

/*
 * Load into context->arena; where context->gate is set, only what it lets through. Errors
 * besides those of the store: ERR_NOT_FOUND (no such subject, group, registration group,
 * review, pupil: the message names it and the hint what there is).
 */
MUST_USE enum err_code cohort_load(struct context *context, const struct filters *filters,
        const struct cohort_options *options, struct loaded *ret_loaded, struct err *err);

#endif
