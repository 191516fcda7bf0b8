/*
 * group_in: what the files of group*.c share.
 */
#ifndef ACTIONS_GROUP_IN_H
#define ACTIONS_GROUP_IN_H

#include "actions/group.h"

/* The rows that one change writes. */
struct group_change {
    struct context *context;
    struct pupil_group group;
    bool make; /* the group is not on record yet */
    struct membership *members;
    size_t member_n;
    struct group_rule *rules;
    size_t rule_n;
    struct intervention *interventions;
    size_t intervention_n;
    int64_t unchanged;
    const char *what; /* for the register of imports: "Booster: 3 pupils in" */
};

MUST_USE enum err_code group_begin(struct group_change *change, struct context *context,
        const char *name, struct err *err);
MUST_USE enum err_code group_add_member(struct group_change *change,
        const struct membership *row, struct err *err);
MUST_USE enum err_code group_add_rule(struct group_change *change, const struct group_rule *row,
        struct err *err);
MUST_USE enum err_code group_add_intervention(struct group_change *change,
        const struct intervention *row, struct err *err);

/* Inside a transaction begun with group_open: write the rows as one import, and commit. A code
   other than ERR_OK is passed through; either way the transaction is over. */
MUST_USE enum err_code group_open(struct context *context, struct err *err);
MUST_USE enum err_code group_close(struct group_change *change, enum err_code code,
        struct group_outcome *ret_outcome, struct err *err);

/* ERR_INVALID unless the group is of the type; the message says what it is. */
MUST_USE enum err_code group_want_type(const struct pupil_group *group, const char *type,
        struct err *err);

/* The day, or today. */
struct date group_day(const struct context *context, struct date day);

/* Words that were typed, trimmed: 1 (or none, when `may_miss`) to `most` characters. */
MUST_USE enum err_code group_words(struct context *context, const char *typed, const char *what,
        size_t most, bool may_miss, const char **ret_text, struct err *err);

/*
 * Try a rule as the group's: it must compile, give yes or no, name groups that there are, and
 * not refer to itself on the first of its days, or any later on which another rule begins.
 * *ret_n: how many pupils it has today.
 */
MUST_USE enum err_code group_try_rule(struct context *context, const struct group_rule *rule,
        const char *name, size_t *ret_n, struct err *err);

#endif
