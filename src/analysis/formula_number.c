#include "analysis/formula_names_in.h"
#include "analysis/formula_run_in.h"

static int64_t number_limit(int64_t number)
{
    if (number > FORMULA_NUMBER_MAX || number < -FORMULA_NUMBER_MAX)
        return FORMULA_NO_NUMBER;
    return number;
}

/* a / b to the nearest whole, half away from zero. */
static int64_t number_divide(int64_t a, int64_t b)
{
    int64_t quotient = a / b;
    int64_t rest = a % b;

    if (rest < 0)
        rest = -rest;
    if (rest >= (b < 0 ? -b : b) - rest)
        quotient += (a < 0) == (b < 0) ? 1 : -1;
    return quotient;
}

static int64_t reckon(int op, int64_t a, int64_t b)
{
    int64_t product;

    if (a == FORMULA_NO_NUMBER || b == FORMULA_NO_NUMBER)
        return FORMULA_NO_NUMBER;
    if (op == TOKEN_ADD)
        return number_limit(a + b);
    if (op == TOKEN_SUB)
        return number_limit(a - b);
    if (op == TOKEN_DIV)
        return b == 0 ? FORMULA_NO_NUMBER : number_limit(number_divide(a * 1000, b));
    if (__builtin_mul_overflow(a, b, &product))
        return FORMULA_NO_NUMBER;
    return number_limit(number_divide(product, 1000));
}

static int metric_at(const struct run *run, const struct node *node, size_t i)
{
    return node->type == FORMULA_POINTS ? reg_metrics(run, node)[i] : METRIC_PLAIN;
}

/* The metric of both together. */
static int metric_with(int a, int b)
{
    if (a == METRIC_PLAIN || a == b)
        return b;
    return b == METRIC_PLAIN ? a : METRIC_MIXED;
}

void run_arithmetic(struct run *run, const struct node *node)
{
    const struct node *left = node->args[0], *right = node->args[1];
    const int64_t *a = reg_items(run, left), *b = reg_items(run, right);
    int64_t *out = reg_items(run, node);
    bool apart = node->detail == TOKEN_SUB || node->detail == TOKEN_DIV;

    for (size_t i = 0; i < run->n; i++)
        out[i] = reckon(node->detail, a[i], b[i]);
    if (left->type != FORMULA_POINTS && right->type != FORMULA_POINTS)
        return;
    for (size_t i = 0; i < run->n; i++) {
        int one = metric_at(run, left, i), other = metric_at(run, right, i);

        if (apart && one >= 0 && other >= 0 && one != other)
            out[i] = FORMULA_NO_NUMBER;
        reg_metrics(run, node)[i] = (int16_t)metric_with(one, other);
    }
}

void run_minus(struct run *run, const struct node *node)
{
    const int64_t *arg = reg_items(run, node->args[0]);
    int64_t *out = reg_items(run, node);

    for (size_t i = 0; i < run->n; i++) {
        out[i] = arg[i] == FORMULA_NO_NUMBER ? arg[i] : -arg[i];
        reg_metrics(run, node)[i] = (int16_t)metric_at(run, node->args[0], i);
    }
}

void run_round(struct run *run, const struct node *node)
{
    static const int64_t units[] = { 1000, 100, 10, 1 };
    const int64_t *arg = reg_items(run, node->args[0]);
    int64_t *out = reg_items(run, node);
    int64_t unit = units[node->detail];

    for (size_t i = 0; i < run->n; i++) {
        out[i] = arg[i];
        if (arg[i] != FORMULA_NO_NUMBER)
            out[i] = number_divide(arg[i], unit) * unit;
        reg_metrics(run, node)[i] = (int16_t)metric_at(run, node->args[0], i);
    }
}

/* Days as a number. */
void run_days(struct run *run, const struct node *node)
{
    const struct date *a = reg_items(run, node->args[0]), *b = reg_items(run, node->args[1]);
    int64_t *out = reg_items(run, node);

    for (size_t i = 0; i < run->n; i++) {
        out[i] = FORMULA_NO_NUMBER;
        if (date_is_set(a[i]) && date_is_set(b[i]))
            out[i] = (int64_t)(date_number(a[i]) - date_number(b[i])) * 1000;
    }
}

/* Those of a pupil's values that are there, lowest first. */
struct pile {
    int64_t values[FORMULA_ARGS];
    int n;
    int metric;
};

static void pile_add(struct pile *pile, int64_t value, int metric)
{
    int at = pile->n++;

    while (at > 0 && pile->values[at - 1] > value) {
        pile->values[at] = pile->values[at - 1];
        at--;
    }
    pile->values[at] = value;
    pile->metric = metric_with(pile->metric, metric);
}

static int64_t sum_of(const struct pile *pile, int first)
{
    int64_t sum = 0;

    for (int i = first; i < pile->n; i++)
        sum += pile->values[i];
    return sum;
}

static int64_t total_of(const struct pile *pile, const struct node *node)
{
    const int64_t *values = pile->values;
    int n = pile->n;

    switch ((enum total)node->detail) {
    case TOTAL_SUM:
        return sum_of(pile, 0);
    case TOTAL_AVERAGE:
        return number_divide(sum_of(pile, 0), n);
    case TOTAL_MEDIAN:
        return n % 2 == 1 ? values[n / 2] : number_divide(values[n / 2 - 1] + values[n / 2], 2);
    case TOTAL_BEST:
        return sum_of(pile, n > node->number ? n - (int)node->number : 0);
    case TOTAL_MIN:
        return values[0];
    case TOTAL_MAX:
        return values[n - 1];
    }
    return FORMULA_NO_NUMBER;
}

void run_total(struct run *run, const struct node *node)
{
    int64_t *out = reg_items(run, node);
    int16_t *metrics = reg_metrics(run, node);

    for (size_t i = 0; i < run->n; i++) {
        struct pile pile;

        pile.n = 0;
        pile.metric = METRIC_PLAIN;
        for (int k = 0; k < node->arg_n; k++) {
            const struct node *arg = node->args[k];
            int64_t value = ((const int64_t *)reg_items(run, arg))[i];

            if (value != FORMULA_NO_NUMBER)
                pile_add(&pile, value, metric_at(run, arg, i));
        }
        out[i] = pile.n == 0 ? FORMULA_NO_NUMBER : number_limit(total_of(&pile, node));
        metrics[i] = (int16_t)pile.metric;
    }
}
