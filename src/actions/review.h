/*
 * review: the collection calendar: what is asked of whom, from when to when.
 *
 * States: draft, open, closing, closed, final. A closed review is opened again only with a
 * reason, which the register of saves keeps; one that closed by its dates needs a later last
 * day first.
 */
#ifndef ACTIONS_REVIEW_H
#define ACTIONS_REVIEW_H

#include "actions/context.h"
#include "school/review_state.h"

/* The reviews with their state on the context's day (school/review_state.h): open until the
   last day, closing on the day after, then closed. */
MUST_USE enum err_code review_read(struct context *context, struct review_list *ret_list,
        struct err *err);

/* The state that one review has on the context's day. */
enum review_state review_state_now(const struct context *context, const struct review *review);

/* Make a review (state draft, or open when its days hold today), or change one of that name.
   ERR_INVALID: days the wrong way round, years, subjects, an unknown word. */
MUST_USE enum err_code review_define(struct context *context, const struct review *review,
        struct err *err);

/* Open or close; ERR_NOT_FOUND; ERR_CLOSED when it is final; reopening needs a reason. */
MUST_USE enum err_code review_open(struct context *context, const char *name,
        const char *reason, struct err *err);
MUST_USE enum err_code review_close(struct context *context, const char *name, struct err *err);

/* A closed review stays as it is from now on. ERR_CLOSED when it is not closed. */
MUST_USE enum err_code review_finish(struct context *context, const char *name,
        struct err *err);

#endif
