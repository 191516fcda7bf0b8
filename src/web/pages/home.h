/*
 * home: what this person has to do now.
 *
 * One page for every role: a sentence, the marksheets to fill in, how the open reviews come
 * on, pupils to look at, a line for each key stage, and what comes up. A part without
 * anything in it is left out.
 */
#ifndef WEB_PAGES_HOME_H
#define WEB_PAGES_HOME_H

#include "base/date.h"
#include "base/err.h"
#include "web/html.h"
#include "web/pages/layout.h"
#include "web/route.h"

struct visit;

/* A piece of a bar: class ("b-below") and place, in percent. */
struct home_piece {
    const char *kind;
    struct html_milli from, width;
};

/* Judgements against the progress target, as a bar with its words. */
struct home_bar {
    struct home_piece pieces[8];
    size_t pieces_n;
    const char *words; /* "2 well below, 4 below, 11 on, 4 above"; NULL: nothing to show */
    int below, on, above;
};

/* A marksheet to fill in. */
struct home_sheet {
    struct url url;
    const char *subject; /* "Mathematics" */
    const char *group;   /* "5A" */
    const char *letters; /* on the book: "Ma" */
    int cover;           /* 1 .. 6: colour of the book */
    int entered, of;
    int part;          /* entered in percent of all, for the meter */
    const char *state; /* "4 missing", "Not started" */
    bool done;
    const char *due; /* "today", "Thursday 2 April" */
    bool urgent;
    const char *verb; /* on its button: "Carry on" */
    struct home_bar bar;
};

/* An open review as a whole. */
struct home_review {
    struct url url;
    const char *name;
    const char *entered, *of; /* "2,738" */
    int missing, part;
    const char *state, *due;
};

/* A key stage, or a school. */
struct home_line {
    struct url url;
    const char *name;
    const char *pupils;
    const char *percent; /* "68.4%" at or above, or "–" */
    struct home_bar bar;
};

/* Somebody to look at. */
struct home_alert {
    struct url url;
    const char *sign;  /* of the symbols: "s-well" */
    const char *kind;  /* class of the flag: "well" */
    const char *flag;  /* "Well below" */
    const char *who;   /* "Tyler Clegg" */
    const char *words; /* "below in 4 of 12 subjects, furthest in Science" */
    const char *form;  /* "5A" */
};

/* A line in the margin. */
struct home_note {
    struct url url;   /* text NULL: words only */
    const char *when; /* "2 April", or NULL */
    const char *words;
};

struct home_view {
    struct layout_view layout;
    const char *heading;      /* "Friday 27 March" */
    const char *under;        /* the term, or NULL */
    const char *says;         /* one sentence: what to do before when */
    const char *sheets_under; /* the review's name */
    struct home_sheet *sheets;
    size_t sheets_n;
    struct home_review *reviews;
    size_t reviews_n;
    const char *lines_title, *lines_under;
    const char *lines_what; /* head of the first column: "Key stage" */
    struct home_line *lines;
    size_t lines_n;
    const char *alerts_title;
    struct home_alert *alerts;
    size_t alerts_n;
    struct home_note *dates;
    size_t dates_n;
    struct home_note *links; /* find again */
    size_t links_n;
    struct home_note *help;
    size_t help_n;
};

/* Add one of n to an array in the arena, NULL when memory is out. */
struct home_note *home_note_add(struct arena *arena, struct home_note **notes, size_t *n);

/* Each fills its part; ERR_MEMORY or what the store says. home_sheets.c, home_leaders.c */
MUST_USE enum err_code home_add_sheets(struct visit *visit, struct home_view *view,
        struct err *err);
MUST_USE enum err_code home_add_figures(struct visit *visit, struct home_view *view,
        struct err *err);

/* The bar over flag counts; n has FLAG__MAX numbers. */
struct home_bar home_bar_of(struct arena *arena, const int *n);

/* "3,801". */
const char *home_count(struct arena *arena, int n);

/* "today", "tomorrow", "Thursday 2 April". */
const char *home_day(struct arena *arena, struct date day, struct date today);

extern const struct route home_routes[];
extern const size_t home_route_n;

#endif
