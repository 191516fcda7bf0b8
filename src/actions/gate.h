/*
 * gate: one person, one request: what of the loaded data may go through, and what is
 * written down about it.
 *
 * gate_open reads the person's grants as they stand now, in two statements (three for a
 * subject leader). Everything after that is asked of school/access.h. A page or export loads
 * its cohort with all characteristics (groups decide who is taught), narrows it here, and only
 * then builds its report; a save asks gate_ask for each pupil and field in the transaction
 * that writes.
 */
#ifndef ACTIONS_GATE_H
#define ACTIONS_GATE_H

#include "actions/context.h"
#include "school/access.h"
#include "store/people.h"

struct gate {
    struct context *context;
    struct person person;
    const char *from_where;
    unsigned met;       /* enum need that the page has made sure of: a release, a window */
    bool knows_studies; /* groups were loaded, for subjects */
    struct pupil_group_list groups;
    struct audit_entry *entries; /* to be flushed */
    size_t entry_n;
};

/*
 * Open it for an account in the context's school (or the authority alone, when none is
 * chosen). `username` is for the audit; it and `from_where` are borrowed. ERR_FORBIDDEN when no
 * role of the account is in force here today: also for one that ended since signing in.
 */
MUST_USE enum err_code gate_open(struct context *context, int64_t account_id,
        const char *username, const char *from_where, struct gate *ret_gate, struct err *err);

/* May this be done? Conditions in gate->met count as met; `pupil` NULL: at all. */
struct may_answer gate_may(const struct gate *gate, enum action action, enum field field,
        const struct access_pupil *pupil);

/* The same as an error for the user, ERR_FORBIDDEN with the reason; a refusal is noted in
   the audit when the gate is flushed. */
MUST_USE enum err_code gate_ask(struct gate *gate, enum action action, enum field field,
        const struct access_pupil *pupil, struct err *err);

/* A pupil of a cohort as the table asks about it; `subject` is its code or NULL. In the
   context's arena. */
MUST_USE enum err_code gate_pupil(const struct gate *gate, const struct cohort_pupil *pupil,
        const char *subject, struct access_pupil *ret_pupil, struct err *err);

/* Whether the person may have counts over groups of everybody, and no single pupil. */
bool gate_sees_counts_only(const struct gate *gate, enum action action);

/*
 * Take out of a loaded and reckoned cohort whatever the person may not have by `action`
 * (view, report, export): pupils, characteristics (""), and cells of subjects and kinds.
 *
 * `aggregate` says that only counts over groups will be shown: who may see those without
 * names (governor, authority) keeps every pupil with name, UPN and number blanked, and the
 * report must hide small numbers: *ret_suppress is then true.
 */
MUST_USE enum err_code gate_narrow(const struct gate *gate, enum action action,
        struct cohort *cohort, bool aggregate, bool *ret_suppress, struct err *err);

/* ---- the audit ---- */

/*
 * Note that something was seen or done: `action` is "view", "export" ..., `what` the page
 * ("marksheet 12", "report progress"), in ids and kinds, `reason` why it was allowed
 * (may_answer.why). One line for a page or sheet, with the pupils on it.
 */
MUST_USE enum err_code gate_note(struct gate *gate, const char *action, const char *what,
        const int64_t *pupils, size_t n, const char *reason, struct err *err);

/* Write what was noted in a transaction of its own. */
MUST_USE enum err_code gate_flush(struct gate *gate, struct err *err);

/*
 * Notes of all requests, written together by one thread about once a second. Any thread may
 * add; nothing is dropped: a full queue (AUDIT_QUEUE lines) refuses with ERR_CLOSED and the
 * request flushes its own gate.
 */
enum {
    AUDIT_QUEUE = 4096
};
struct audit_queue;
MUST_USE enum err_code audit_queue_open(struct audit_queue **ret_queue, struct err *err);
void audit_queue_close(struct audit_queue *queue);
/* Copies the gate's notes and empties the gate. */
MUST_USE enum err_code audit_queue_add(struct audit_queue *queue, struct gate *gate,
        struct err *err);
/* Write everything queued through this connection; a failure leaves it queued. */
MUST_USE enum err_code audit_queue_flush(struct audit_queue *queue, struct store *store,
        struct err *err);
size_t audit_queue_n(struct audit_queue *queue);

#endif
