/*
 * groups: the rules of groups by rule, and what groups were made for, in the store.
 *
 * What store/store.h says of arenas, transactions and errors holds here.
 */
#ifndef STORE_GROUPS_H
#define STORE_GROUPS_H

#include "store/store.h"

struct group_rule {
    int64_t group_id, seq, import_id;
    struct date from, to; /* first and last day; no date: always, open */
    const char *formula;
    bool withdrawn;
    const char *recorded_by, *recorded_at; /* filled by the store */
};
struct group_rule_list {
    struct group_rule *items;
    size_t n;
};

struct intervention {
    int64_t group_id, seq, import_id;
    struct date from, to; /* no last day: it goes on */
    const char *purpose, *staff;
    int64_t pence; /* what it costs in all; PENCE_NONE */
    bool withdrawn;
    const char *recorded_by, *recorded_at; /* filled by the store */
};
#define PENCE_NONE INT64_MIN
struct intervention_list {
    struct intervention *items;
    size_t n;
};

/* Every row, by group, from, seq; those recorded on or before `recorded`. */
MUST_USE enum err_code store_group_rules(struct store *store, int64_t school_id,
        struct date recorded, struct arena *arena, struct group_rule_list *ret_list,
        struct err *err);
MUST_USE enum err_code store_interventions(struct store *store, int64_t school_id,
        struct date recorded, struct arena *arena, struct intervention_list *ret_list,
        struct err *err);

/* In the open import. */
MUST_USE enum err_code store_add_group_rule(struct store *store, const struct group_rule *rule,
        struct err *err);
MUST_USE enum err_code store_add_intervention(struct store *store,
        const struct intervention *intervention, struct err *err);

#endif
