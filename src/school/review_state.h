/*
 * review_state: where a review stands on a day.
 *
 * Pure. The states are draft, open, closing, closed, final. Nothing runs at midnight: an open
 * review is open until its last day, closing on the day after it (entries are still taken
 * for these 24 hours), and closed from then on. What was decided by hand (draft, closed,
 * final) stands whatever the day.
 */
#ifndef SCHOOL_REVIEW_STATE_H
#define SCHOOL_REVIEW_STATE_H

#include <stdbool.h>

#include "base/date.h"

enum review_state {
    REVIEW_DRAFT,
    REVIEW_OPEN,
    REVIEW_CLOSING,
    REVIEW_CLOSED,
    REVIEW_FINAL,
    REVIEW_STATE__MAX,
};

/* "draft" ... */
const char *review_state_word(enum review_state state);

/* The state with the last day `to`, kept as the word `kept`, on the day `today`. A word that
   is none counts as closed: nothing is entered by mistake. */
enum review_state review_state_on(const char *kept, struct date to, struct date today);

/* Whether entries are taken in this state. */
bool review_state_takes(enum review_state state);

/* The day after the last day: until its end a review that was open is closing. */
struct date review_state_end(struct date to);

/* Whether a review that names these subjects (codes joined by commas; none: all) asks one. */
bool review_subjects_hold(const char *subjects, const char *code);

#endif
