/*
 * cohort_in: what the three parts of cohort_load share: the population, the facts, the
 * words.
 */
#ifndef ACTIONS_COHORT_IN_H
#define ACTIONS_COHORT_IN_H

#include "actions/cohort_load.h"
#include "actions/places.h"
#include "analysis/formula.h"
#include "store/groups.h"

/* Every pupil the school ever had, by pupil_id, while the population is chosen. */
struct candidates {
    struct cohort_pupil *pupils; /* sorted by id */
    size_t n;
};

struct snapshot;

/* Only these pupils, by id ascending; ids NULL: everybody. */
struct load_only {
    const int64_t *ids;
    size_t n;
};

/* A group by rule, with the rule that is in force on the day asked about. */
struct load_rule {
    const char *name, *text;
    const struct formula *formula; /* NULL: not compiled, or broken */
    bool wanted;                   /* its pupils are asked for */
    bool named; /* by name: then a rule that cannot be reckoned is an error */
    int state;  /* while they are put in order */
};
struct load_rules {
    struct load_rule *items;
    size_t n;
    bool any;                 /* some are wanted */
    const char *const *known; /* a rule about to be saved: the groups there are */
    size_t known_n;
    const struct load_rule *trial; /* the rule about to be saved, in place of its group's */
};

struct load {
    struct context *context;
    const struct filters *filters;
    const struct cohort_options *options;
    struct loaded *out;
    struct load_only only; /* --where, answered */
    bool all_rules;        /* every group by rule is asked for, not only --group */
    bool needs_groups;
    struct pupil_group_list groups;
    struct load_rules rules;
    const struct snapshot *snapshot; /* the school kept in memory, NULL: the store is asked */
    const struct review *review;     /* --review, when the school has it in its calendar */

    struct cohort_pupil *pupils; /* the population in report order */
    size_t pupil_n;
    struct places places; /* of each in `pupils` */
};

/* Whether pupils are to be divided by this cut. */
bool load_cut_by(const struct load *load, enum cut cut);

/* The candidate with this id, or NULL. */
struct cohort_pupil *load_candidate(const struct candidates *all, int64_t id);

/* The row that holds on the day among the n rows of one group and pupil (from and seq
   ascending): of each from the last recorded, of those the latest that is not withdrawn. */
const struct membership *load_holding(const struct membership *rows, size_t n, struct date day);

/* The teaching groups of everybody and who teaches them, when cut by set or teacher. */
enum err_code load_sets(struct load *load, struct candidates *all, struct err *err);
/* The pupil is in a group besides. */
enum err_code load_join_group(struct arena *arena, struct cohort_pupil *pupil, const char *name,
        struct err *err);

/* Key stage and period of a pupil on the day. */
void load_place_in_stage(const struct context *context, struct date day,
        struct cohort_pupil *pupil);

/* The rules in force on the day, and which of them are wanted; then, with what is known of the
   candidates, their pupils: each of a rule's groups becomes one of the pupil's groups. */
enum err_code load_rules_find(struct load *load, struct err *err);
enum err_code load_rules_join(struct load *load, struct candidates *all, struct err *err);

/* A yes/no formula over the cohort's key stages; `known` NULL: any group's name is taken. */
enum err_code load_compile(struct context *context, const struct cohort *cohort, int subject,
        const char *text, const struct load_rules *rules, const struct formula **ret_formula,
        struct err *err);

/* Everybody the school ever had, with all that is known on the day, groups too (not those by
   rule), in the arena. */
enum err_code load_candidates(struct context *context, struct date day, struct arena *arena,
        struct candidates *ret_all, struct err *err);

/* Choose the population and sort it; fills load->pupils, places, out->school_n. */
enum err_code load_population(struct load *load, struct err *err);

/* Whether somebody asks who does not see everything, so that groups must be known. */
bool load_needs_groups(const struct context *context);

/* Take out of the cohort what context->gate does not let through. */
enum err_code load_through_gate(const struct context *context, struct loaded *loaded,
        bool aggregate, struct err *err);

/* Another previous stage of `stage` whose results a measure is counted from, -1 none. */
int load_earlier_stage(const struct context *context, int stage);

/* Make the cohort and fill its columns. */
enum err_code load_facts(struct load *load, struct err *err);

/* The pupils of the filters for whom --where says yes. */
enum err_code load_where(struct context *context, const struct filters *filters,
        struct load_only *ret_only, struct err *err);

#endif
