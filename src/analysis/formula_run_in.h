/*
 * formula_run_in: what reckons the nodes of a formula, for src/analysis/formula*.c only.
 *
 * Each function fills the register of its node for one block of pupils from those of the
 * node's arguments. None fails, but run_join may note that memory was out.
 */
#ifndef ANALYSIS_FORMULA_RUN_IN_H
#define ANALYSIS_FORMULA_RUN_IN_H

#include "analysis/formula_in.h"

struct reg {
    void *items;
    int16_t *metrics; /* of points */
};

struct run {
    const struct formula *formula;
    const struct cohort *cohort;
    enum basis basis;
    size_t start, n; /* the block */
    struct reg *regs;
    struct formula_column *needs;
    struct cut_index cuts[CUT__MAX];
    struct arena scratch; /* texts of one block */
    bool out_of_memory;
};

/* formula_run.c: what reckons a node, a block at a time. */
void run_logic(struct run *run, const struct node *node);
void run_not(struct run *run, const struct node *node);
void run_choose(struct run *run, const struct node *node);
void run_if_missing(struct run *run, const struct node *node);
void run_is_missing(struct run *run, const struct node *node);
void run_count(struct run *run, const struct node *node);
void run_extreme_date(struct run *run, const struct node *node);
void run_compare(struct run *run, const struct node *node);
void run_literal(struct run *run, const struct node *node, size_t n);
bool item_missing(const struct run *run, const struct node *node, size_t i);
void item_copy(struct run *run, const struct node *to, const struct node *from, size_t i);
/* The answer of a comparison for less, equal, greater. */
const uint8_t *truth_of(enum token_kind op);

/* formula_number.c */
void run_arithmetic(struct run *run, const struct node *node);
void run_minus(struct run *run, const struct node *node);
void run_round(struct run *run, const struct node *node);
void run_total(struct run *run, const struct node *node);
void run_days(struct run *run, const struct node *node);

/* formula_text.c */
void run_join(struct run *run, const struct node *node);

/* formula_grade.c and formula_pupil.c */
void run_points(struct run *run, const struct node *node);
void run_compare_grades(struct run *run, const struct node *node);
void run_extreme_grade(struct run *run, const struct node *node);
void run_own_steps(struct run *run, const struct node *node);

static inline void *reg_items(const struct run *run, const struct node *node)
{
    return run->regs[node->reg].items;
}

static inline int16_t *reg_metrics(const struct run *run, const struct node *node)
{
    return run->regs[node->reg].metrics;
}

#endif
