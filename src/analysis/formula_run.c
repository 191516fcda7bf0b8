#include <string.h>

#include "analysis/formula_names_in.h"
#include "analysis/formula_run_in.h"
#include "base/text.h"

const uint8_t *truth_of(enum token_kind op)
{
    static const uint8_t truth[][3] = {
        { ANSWER_NO, ANSWER_YES, ANSWER_NO },
        { ANSWER_YES, ANSWER_NO, ANSWER_YES },
        { ANSWER_YES, ANSWER_NO, ANSWER_NO },
        { ANSWER_YES, ANSWER_YES, ANSWER_NO },
        { ANSWER_NO, ANSWER_NO, ANSWER_YES },
        { ANSWER_NO, ANSWER_YES, ANSWER_YES },
    };

    return truth[op - TOKEN_EQ];
}

void run_logic(struct run *run, const struct node *node)
{
    uint8_t *restrict out = reg_items(run, node);
    bool least = node->detail == TOKEN_AND;

    memcpy(out, reg_items(run, node->args[0]), run->n);
    for (int k = 1; k < node->arg_n; k++) {
        const uint8_t *restrict arg = reg_items(run, node->args[k]);

        if (least) {
            for (size_t i = 0; i < run->n; i++)
                out[i] = arg[i] < out[i] ? arg[i] : out[i];
        } else {
            for (size_t i = 0; i < run->n; i++)
                out[i] = arg[i] > out[i] ? arg[i] : out[i];
        }
    }
}

void run_not(struct run *run, const struct node *node)
{
    const uint8_t *arg = reg_items(run, node->args[0]);
    uint8_t *out = reg_items(run, node);

    for (size_t i = 0; i < run->n; i++)
        out[i] = (uint8_t)(ANSWER_YES - arg[i]);
}

bool item_missing(const struct run *run, const struct node *node, size_t i)
{
    const void *items = reg_items(run, node);

    switch (node->type) {
    case FORMULA_YES_NO:
        return ((const uint8_t *)items)[i] == ANSWER_MISSING;
    case FORMULA_NUMBER:
    case FORMULA_POINTS:
        return ((const int64_t *)items)[i] == FORMULA_NO_NUMBER;
    case FORMULA_GRADE:
        return grade_key(run->formula, ((const struct value *)items)[i]) == KEY_NONE;
    case FORMULA_DATE:
        return !date_is_set(((const struct date *)items)[i]);
    case FORMULA_TEXT:
        return ((const char *const *)items)[i] == NULL;
    case FORMULA_NOTHING:
    case FORMULA_TYPE__MAX:
        break;
    }
    return true;
}

/* out[i] of `to` becomes that of `from`, or missing where `from` is NULL. */
void item_copy(struct run *run, const struct node *to, const struct node *from, size_t i)
{
    void *out = reg_items(run, to);
    const void *in = from == NULL ? NULL : reg_items(run, from);

    switch (to->type) {
    case FORMULA_YES_NO:
        ((uint8_t *)out)[i] = in == NULL ? ANSWER_MISSING : ((const uint8_t *)in)[i];
        return;
    case FORMULA_POINTS:
        reg_metrics(run, to)[i] = (int16_t)METRIC_PLAIN;
        if (in != NULL && from->type == FORMULA_POINTS)
            reg_metrics(run, to)[i] = reg_metrics(run, from)[i];
        ((int64_t *)out)[i] = in == NULL ? FORMULA_NO_NUMBER : ((const int64_t *)in)[i];
        return;
    case FORMULA_NUMBER:
        ((int64_t *)out)[i] = in == NULL ? FORMULA_NO_NUMBER : ((const int64_t *)in)[i];
        return;
    case FORMULA_GRADE:
        ((struct value *)out)[i] = in == NULL ? VALUE_NONE : ((const struct value *)in)[i];
        return;
    case FORMULA_DATE:
        ((struct date *)out)[i] =
                in == NULL ? (struct date){ 0 } : ((const struct date *)in)[i];
        return;
    case FORMULA_TEXT:
        ((const char **)out)[i] = in == NULL ? NULL : ((const char *const *)in)[i];
        return;
    case FORMULA_NOTHING:
    case FORMULA_TYPE__MAX:
        break;
    }
}

/* Which argument is the value for pupil i; NULL: missing. */
static const struct node *chosen(const struct run *run, const struct node *node, size_t i)
{
    int k = 0;

    for (; k + 1 < node->arg_n; k += 2) {
        uint8_t holds = ((const uint8_t *)reg_items(run, node->args[k]))[i];

        if (holds == ANSWER_YES)
            return node->args[k + 1];
        if (holds == ANSWER_MISSING)
            return NULL;
    }
    return k < node->arg_n ? node->args[k] : NULL;
}

void run_choose(struct run *run, const struct node *node)
{
    for (size_t i = 0; i < run->n; i++)
        item_copy(run, node, chosen(run, node, i), i);
}

void run_if_missing(struct run *run, const struct node *node)
{
    for (size_t i = 0; i < run->n; i++)
        item_copy(run, node, node->args[item_missing(run, node->args[0], i)], i);
}

void run_is_missing(struct run *run, const struct node *node)
{
    uint8_t *out = reg_items(run, node);

    for (size_t i = 0; i < run->n; i++)
        out[i] = item_missing(run, node->args[0], i) ? ANSWER_YES : ANSWER_NO;
}

void run_count(struct run *run, const struct node *node)
{
    int64_t *out = reg_items(run, node);

    for (size_t i = 0; i < run->n; i++) {
        out[i] = 0;
        for (int k = 0; k < node->arg_n; k++) {
            const struct node *arg = node->args[k];

            if (arg->type == FORMULA_YES_NO)
                out[i] += ((const uint8_t *)reg_items(run, arg))[i] == ANSWER_YES ? 1000 : 0;
            else
                out[i] += item_missing(run, arg, i) ? 0 : 1000;
        }
    }
}

void run_extreme_date(struct run *run, const struct node *node)
{
    struct date *out = reg_items(run, node);
    bool latest = node->detail == TOTAL_MAX;

    for (size_t i = 0; i < run->n; i++) {
        struct date best = { 0 };

        for (int k = 0; k < node->arg_n; k++) {
            struct date date = ((const struct date *)reg_items(run, node->args[k]))[i];

            if (date_is_set(date) && (!date_is_set(best) || (date.ymd > best.ymd) == latest))
                best = date;
        }
        out[i] = best;
    }
}

/* Two sets of points only compare on one metric; numbers and sums over several do. */
static bool comparable(const struct run *run, const struct node *a, const struct node *b,
        size_t i)
{
    int one, other;

    if (a->type != FORMULA_POINTS || b->type != FORMULA_POINTS)
        return true;
    one = reg_metrics(run, a)[i];
    other = reg_metrics(run, b)[i];
    return one < 0 || other < 0 || one == other;
}

static int order_of(const struct run *run, const struct node *a, const struct node *b, size_t i)
{
    const void *left = reg_items(run, a);
    const void *right = reg_items(run, b);

    if (a->type == FORMULA_TEXT) {
        int order =
                text_cmp_fold(((const char *const *)left)[i], ((const char *const *)right)[i]);

        return (order > 0) - (order < 0);
    }
    if (a->type == FORMULA_DATE) {
        int32_t one = ((const struct date *)left)[i].ymd;
        int32_t other = ((const struct date *)right)[i].ymd;

        return (one > other) - (one < other);
    }
    return ((const uint8_t *)left)[i] - ((const uint8_t *)right)[i];
}

static void compare_numbers(struct run *run, const struct node *node)
{
    const struct node *left = node->args[0], *right = node->args[1];
    const int64_t *a = reg_items(run, left), *b = reg_items(run, right);
    const uint8_t *truth = truth_of((enum token_kind)node->detail);
    uint8_t *out = reg_items(run, node);

    for (size_t i = 0; i < run->n; i++) {
        bool there = a[i] != FORMULA_NO_NUMBER && b[i] != FORMULA_NO_NUMBER;

        out[i] = there ? truth[(a[i] > b[i]) - (a[i] < b[i]) + 1] : (uint8_t)ANSWER_MISSING;
    }
    for (size_t i = 0; i < run->n; i++) {
        if (!comparable(run, left, right, i))
            out[i] = ANSWER_MISSING;
    }
}

void run_compare(struct run *run, const struct node *node)
{
    const struct node *a = node->args[0], *b = node->args[1];
    const uint8_t *truth = truth_of((enum token_kind)node->detail);
    uint8_t *out = reg_items(run, node);

    if (is_quantity(a->type)) {
        compare_numbers(run, node);
        return;
    }
    for (size_t i = 0; i < run->n; i++) {
        int order;

        out[i] = ANSWER_MISSING;
        if (item_missing(run, a, i) || item_missing(run, b, i))
            continue;
        order = order_of(run, a, b, i);
        out[i] = truth[(order > 0) - (order < 0) + 1];
    }
}

void run_literal(struct run *run, const struct node *node, size_t n)
{
    void *out = reg_items(run, node);

    for (size_t i = 0; i < n; i++) {
        switch (node->kind) {
        case NODE_NUMBER:
            ((int64_t *)out)[i] = node->number;
            break;
        case NODE_TEXT:
            ((const char **)out)[i] = node->text;
            break;
        case NODE_ANSWER:
            ((uint8_t *)out)[i] = node->answer;
            break;
        case NODE_GRADE:
            ((struct value *)out)[i] = node->grade;
            break;
        case NODE_DATE:
            ((struct date *)out)[i] = node->date;
            break;
        case NODE_MISSING:
        case NODE_OPERATOR:
        case NODE_CALL:
            item_copy(run, node, NULL, i);
            break;
        }
    }
}
