/*
 * group: the school's own groups: made, filled, changed and ended by hand or by rule, and what
 * they were made for.
 *
 * Two types are changed here. `user`: pupils are put in and out from a day. `rule`: a formula
 * says who is in it, on each day by that day's facts; nobody is put in by hand, and no
 * permission follows from it. Registration, year, house and teaching groups come with the
 * school's files.
 *
 * Every change is one import of the kind `group`: it stands in the register, in the hash chain,
 * and import_undo takes it back. Nothing is overwritten. Where a person asks
 * (context->gate), the right to enter pupil lists is asked in the transaction that writes.
 */
#ifndef ACTIONS_GROUP_H
#define ACTIONS_GROUP_H

#include "actions/context.h"
#include "reports/tree.h"
#include "store/groups.h"

enum {
    GROUP_NAME_MAX = 60,        /* characters */
    GROUP_WORDS_MAX = 400,      /* of a purpose */
    GROUP_STAFF_MAX = 200,      /* of who does it */
    GROUP_PENCE_MAX = 100000000 /* a million pounds */
};

/* What came of a change. */
struct group_outcome {
    int64_t import_id; /* 0: nothing was to be changed */
    int64_t group_id;
    const char *said; /* a sentence */
};

/* A group by name; ERR_NOT_FOUND with the nearest ones. */
MUST_USE enum err_code group_find(struct context *context, const char *name,
        struct pupil_group *ret_group, struct err *err);
MUST_USE enum err_code group_by_id(struct context *context, int64_t group_id,
        struct pupil_group *ret_group, struct err *err);

/*
 * Make a group: of type `rule` when `formula` is not NULL. Errors: ERR_INVALID (the name, the
 * formula: the message says at which character), ERR_CONFLICT (there is one of that name),
 * ERR_FORBIDDEN.
 */
MUST_USE enum err_code group_add(struct context *context, const char *name, const char *formula,
        struct date from, struct date to, struct group_outcome *ret_outcome, struct err *err);

/* Another formula from a day (no day: today) until another (no day: open). ERR_INVALID also
   when the rule refers to itself, directly or through other groups: the chain is named. */
MUST_USE enum err_code group_rule_set(struct context *context, const char *name,
        const char *formula, struct date from, struct date to,
        struct group_outcome *ret_outcome, struct err *err);

/* Pupils by number, for the functions below. */
struct group_pupils {
    const int64_t *ids;
    size_t n;
};

/* The pupils of UPNs joined by commas or blanks. ERR_NOT_FOUND names the first unknown one. */
MUST_USE enum err_code group_pupils_of(struct context *context, const char *upns,
        struct group_pupils *ret_pupils, struct err *err);

/* Put pupils in from a day (no day: today) to another (no day: open). Who is in already is
   left; ERR_CONFLICT where a later membership would overlap. */
MUST_USE enum err_code group_join(struct context *context, const char *name,
        const struct group_pupils *pupils, struct date from, struct date to,
        struct group_outcome *ret_outcome, struct err *err);

/* `day` is their last (no day: today). A membership that would begin later is taken back.
   ERR_NOT_FOUND where somebody is not in the group then. */
MUST_USE enum err_code group_leave(struct context *context, const char *name,
        const struct group_pupils *pupils, struct date day, struct group_outcome *ret_outcome,
        struct err *err);

/* What the group was made for; another with the same first day corrects it. `from` is
   needed. */
MUST_USE enum err_code group_intervene(struct context *context, const char *name,
        const struct intervention *intervention, struct group_outcome *ret_outcome,
        struct err *err);

/* `day` is the last of the group (no day: today): memberships, rule and interventions end. */
MUST_USE enum err_code group_end(struct context *context, const char *name, struct date day,
        struct group_outcome *ret_outcome, struct err *err);

/* "12.50", "£1,200" to pence; false when it is no sum, or out of bounds. */
bool group_pence(const char *text, int64_t *ret_pence);
/* "£1,200.00" */
const char *group_pounds(struct arena *arena, int64_t pence);

/* Whether the person who asks may change groups (always, at the command line). */
bool group_may_change(const struct context *context);

/* ---- as trees ---- */

/* Every group of the school's own with type, rule and how many are in it on the day. */
MUST_USE enum err_code group_list_report(struct context *context, struct report **ret_report,
        struct err *err);

/* One group: its pupils on the day (no day: today; the number of each in the column
   GROUP_PUPIL_ID), its rules, what it was made for. */
enum {
    GROUP_PUPIL_ID = 5
};
MUST_USE enum err_code group_report(struct context *context, const struct pupil_group *group,
        struct date day, struct report **ret_report, struct err *err);

#endif
