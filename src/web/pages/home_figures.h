/*
 * home_figures: what the home pages of a school's leaders rest on, counted over everybody.
 *
 * Reckoned from one cohort of the whole school and kept by the worker for a minute: a home
 * page is asked for often, and these figures change slowly. The page says from when they are.
 * Names in it must pass may() before they are shown.
 */
#ifndef WEB_PAGES_HOME_FIGURES_H
#define WEB_PAGES_HOME_FIGURES_H

#include "actions/context.h"
#include "targets/flag.h"

struct worker;

enum {
    FIGURES_SECONDS = 60
};

/* How a pupil's subjects stand against their progress targets. */
struct figures_pupil {
    int64_t id;
    const char *surname, *forename, *registration;
    int year;
    bool sen;
    int n[FLAG__MAX];  /* subjects with each flag */
    const char *worst; /* the subject furthest below, by name; NULL: none is below */
    int worst_steps;
};

/* Judgements of one key stage. */
struct figures_stage {
    const char *name;
    int pupils;
    int n[FLAG__MAX];
};

/* An open review: judgements expected and there. */
struct figures_review {
    const char *name;
    struct date from, to;
    int expected, entered;
};

struct figures {
    struct arena arena;
    int64_t school_id; /* 0: nothing reckoned yet */
    int64_t made;      /* seconds */
    struct date today;
    struct figures_pupil *pupils; /* only those with a subject below, worst first */
    size_t pupil_n;
    struct figures_stage *stages;
    size_t stage_n;
    struct figures_review *reviews;
    size_t review_n;
    int on_roll;
};

/* The figures of the context's school, reckoned anew when they are older than a minute.
   Borrowed until the next call with this worker. */
MUST_USE enum err_code figures_of(struct worker *worker, struct context *context, int64_t now,
        const struct figures **ret_figures, struct err *err);

void figures_free(struct figures *figures);

#endif
