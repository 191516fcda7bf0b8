/*
 * home: what this person has to do now.
 */
#ifndef WEB_PAGES_HOME_H
#define WEB_PAGES_HOME_H

#include "web/pages/layout.h"

/* Something to do, or to look at. */
struct home_task {
    struct url url;
    const char *what;  /* "Mathematics, Year 5 set 2" */
    const char *state; /* "24 of 28 pupils" */
    const char *due;   /* "today, 17:00", or NULL */
    const char *verb;  /* on its button: "Carry on" */
    bool urgent;
};

/* A line in the margin. */
struct home_note {
    struct url url; /* text NULL: words only */
    const char *words;
};

struct home_view {
    struct layout_view layout;
    const char *heading;     /* "Friday 27 March" */
    const char *under;       /* the term and week, or NULL */
    const char *says;        /* one sentence: what to do before when */
    const char *tasks_title; /* "Your marksheets" */
    struct home_task *tasks;
    size_t tasks_n;
    struct home_note *alerts;
    size_t alerts_n;
    struct home_note *dates;
    size_t dates_n;
};

#endif
