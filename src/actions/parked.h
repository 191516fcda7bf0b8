/*
 * parked: entries that were typed and could not be saved any more (the review was closed,
 * the pupil had left): kept until the data manager has dealt with them.
 */
#ifndef ACTIONS_PARKED_H
#define ACTIONS_PARKED_H

#include "actions/context.h"
#include "actions/gate.h"

struct parked_line {
    int64_t parked_id, pupil_id, marksheet_id;
    const char *pupil;        /* "Ann Abel"; of nobody on roll "not on roll" */
    const char *registration; /* or "" */
    const char *subject;      /* its name */
    const char *typed, *why;  /* why it was refused, a sentence */
    const char *who, *at;     /* a name, and a UTC stamp */
};
struct parked_lines {
    struct parked_line *items;
    size_t n;
};

/* What is not dealt with yet, newest first, in the context's arena. The pupils are read through
   context->gate. Errors: those of cohort_load. */
MUST_USE enum err_code parked_read(struct context *context, struct parked_lines *ret_lines,
        struct err *err);

/*
 * Put one aside as dealt with; it stays on record. Who may open and close reviews may.
 * ERR_FORBIDDEN; ERR_NOT_FOUND when it is none, or was dealt with meanwhile.
 */
MUST_USE enum err_code parked_settle(struct gate *gate, int64_t parked_id, struct err *err);

#endif
