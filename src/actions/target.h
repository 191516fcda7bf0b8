/*
 * target: setting one target and adjusting one progress target. Each is a dated fact that
 * supersedes; what stood before stays readable.
 */
#ifndef ACTIONS_TARGET_H
#define ACTIONS_TARGET_H

#include "actions/context.h"

struct target_change {
    const char *upn, *subject;
    const char *stage; /* horizon; NULL: the pupil's own key stage */
    const char *scale; /* NULL: by the framework's rules */
    const char *grade;
    const char *reason; /* kept in the register of saves; "" none */
    struct date term;   /* adjust: a day of the term; no date: today */
};

struct target_outcome {
    int64_t id;
    const char *said;      /* one sentence: what holds now */
    const char *alerts[8]; /* sentences; nothing is refused for them */
    size_t alert_n;
};

/* Errors: ERR_NOT_FOUND (pupil, subject, stage), ERR_INVALID (grade), ERR_STORE. */
MUST_USE enum err_code target_set(struct context *context, const struct target_change *change,
        struct target_outcome *ret_outcome, struct err *err);

/*
 * Put a person's value in place of the computed progress target of the term. grade "" takes
 * the adjustment back. ERR_INVALID also when the pupil has no line to adjust.
 */
MUST_USE enum err_code target_adjust(struct context *context,
        const struct target_change *change, struct target_outcome *ret_outcome,
        struct err *err);

#endif
