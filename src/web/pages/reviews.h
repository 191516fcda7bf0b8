/*
 * reviews: the collection calendar, /reviews, and one review with its progress, missing
 * entries and what may be done with it, /reviews/{id}.
 */
#ifndef WEB_PAGES_REVIEWS_H
#define WEB_PAGES_REVIEWS_H

#include "web/pages/layout.h"
#include "web/pages/reports_tree.h"

/* What was typed to make a review. */
struct review_typed {
    const char *name, *asks, *first_year, *last_year, *subjects, *from, *to;
    bool likely;
};

/* A late entry that could not be saved. */
struct reviews_parked {
    const char *pupil, *registration, *subject, *typed, *who, *when, *why;
    struct url page, sheet, settle;
};

struct reviews_view {
    struct layout_view layout;
    struct problems_view problems;
    struct url action;
    bool manages; /* may open, close and make reviews */
    struct review_typed typed;
    struct reviews_parked *parked; /* of those who open and close reviews */
    size_t parked_n;
    struct tree_view tree;
};

struct review_view {
    struct layout_view layout;
    struct problems_view problems;
    struct url reviews, action;
    const char *name, *under, *state;
    const char *says_state; /* what the state means, a sentence */
    const char *done;       /* what was just done, a sentence; or NULL */
    bool manages, opens, reopens, closes, finishes;
    const char *reason; /* as typed */
    struct tree_view tree;
};

extern const struct route reviews_routes[];
extern const size_t reviews_route_n;

#endif
