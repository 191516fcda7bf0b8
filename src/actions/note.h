/*
 * note: notes on a pupil's record: writing one, taking one back with a reason, reading them.
 *
 * Nothing is overwritten: a note that is taken back stays on record with who did it and why,
 * and is listed without its words. Who may is asked of the gate in the transaction that writes.
 * They are staff's words about a child: parents and pupils do not see them here.
 */
#ifndef ACTIONS_NOTE_H
#define ACTIONS_NOTE_H

#include "actions/context.h"
#include "actions/gate.h"

enum {
    NOTE_MAX = 4000,       /* characters */
    NOTE_REASON_MAX = 200, /* characters, of a withdrawal */
    NOTE_KINDS = 4
};

/* What a note is about: "note", "concern", "contact", "intervention", and in words. */
struct note_kind {
    const char *code, *label;
};
extern const struct note_kind note_kinds[NOTE_KINDS];

struct note {
    int64_t note_no, account_id; /* who wrote it, 0: the command line */
    const char *kind;            /* the label */
    const char *body;            /* "" once it is withdrawn */
    const char *who, *at;        /* a name, and a UTC stamp */
    bool withdrawn;
    const char *withdrawn_who, *withdrawn_at, *reason;
    bool mine; /* the person at the gate may take it back */
};
struct note_list {
    struct note *items;
    size_t n;
};

/*
 * Write a note of 1 to NOTE_MAX characters of UTF-8; blanks at its ends are cut, and CR LF
 * becomes LF. *ret_no is its number in the school. Errors: ERR_FORBIDDEN; ERR_INVALID (the
 * kind, nothing but blanks, too long, not UTF-8, a control character); ERR_STORE.
 */
MUST_USE enum err_code note_add(struct gate *gate, const struct cohort_pupil *pupil,
        const char *kind, const char *body, int64_t *ret_no, struct err *err);

/*
 * Take a note back; the reason is 1 to NOTE_REASON_MAX characters. One's own, or anybody's
 * for who may write notes of the whole school. Errors: ERR_FORBIDDEN, ERR_INVALID,
 * ERR_NOT_FOUND (the pupil has no such note), ERR_CONFLICT (it is withdrawn already).
 */
MUST_USE enum err_code note_withdraw(struct gate *gate, const struct cohort_pupil *pupil,
        int64_t note_no, const char *reason, struct err *err);

/* The notes about a pupil as they stood at the end of a day (no date: now), newest first; in
   the context's arena. None when the person may not see notes of the pupil: *ret_sees. */
MUST_USE enum err_code note_read(const struct gate *gate, const struct cohort_pupil *pupil,
        struct date as_at, struct note_list *ret_list, bool *ret_sees, struct err *err);

/* Whether the person may write notes about the pupil. */
bool note_may_add(const struct gate *gate, const struct cohort_pupil *pupil);

#endif
