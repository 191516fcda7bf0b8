#include "analysis/impact.h"

#include <math.h>
#include <stdlib.h>

#include "analysis/student.h"

int32_t impact_progress(const struct impact_pupil *pupil, enum impact_span span)
{
    int32_t from = pupil->points[span];
    int32_t to = pupil->points[span + 1];
    int terms = pupil->term[span + 1] - pupil->term[span];
    int32_t gained;

    if (from == IMPACT_NONE || to == IMPACT_NONE || terms <= 0)
        return IMPACT_NONE;
    gained = to - from;
    return (2 * gained + (gained < 0 ? -terms : terms)) / (2 * terms);
}

/* ---- matching ---- */

struct nearness {
    int32_t apart, start;
    size_t in, other;
};

static int32_t between(int32_t a, int32_t b)
{
    return a < b ? b - a : a - b;
}

static bool may_match(const struct impact_pupil *a, const struct impact_pupil *b)
{
    return b->year == a->year && b->metric == a->metric &&
           (a->prior == IMPACT_NONE) == (b->prior == IMPACT_NONE);
}

static int by_nearness(const void *a, const void *b)
{
    const struct nearness *x = a;
    const struct nearness *y = b;

    if (x->apart != y->apart)
        return x->apart < y->apart ? -1 : 1;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    if (x->in != y->in)
        return x->in < y->in ? -1 : 1;
    return (x->other > y->other) - (x->other < y->other);
}

static bool is_candidate(const struct impact_pupil *in, const struct impact_pupil *other)
{
    return !other->in && may_match(in, other) &&
           impact_progress(other, SPAN_DURING) != IMPACT_NONE;
}

/* Fill what could be pairs (`list` NULL: only count them). */
static size_t gather(const struct impact_pupil *pupils, size_t n, struct nearness *list)
{
    size_t list_n = 0;

    for (size_t i = 0; i < n; i++) {
        if (!pupils[i].in || impact_progress(&pupils[i], SPAN_DURING) == IMPACT_NONE)
            continue;
        for (size_t k = 0; k < n; k++) {
            const struct impact_pupil *a = &pupils[i];
            const struct impact_pupil *b = &pupils[k];
            int32_t start;

            if (!is_candidate(a, b))
                continue;
            start = between(a->points[IMPACT_START], b->points[IMPACT_START]);
            if (list != NULL)
                list[list_n] = (struct nearness){
                    start + (a->prior == IMPACT_NONE ? 0 : between(a->prior, b->prior)), start,
                    i, k
                };
            list_n++;
        }
    }
    return list_n;
}

/* All that could be pairs, nearest first. */
static enum err_code list_candidates(struct arena *arena, const struct impact_pupil *pupils,
        size_t n, struct nearness **ret_list, size_t *ret_n, struct err *err)
{
    size_t list_n = gather(pupils, n, NULL);
    struct nearness *list = arena_array(arena, list_n + 1, sizeof(*list));

    if (list == NULL)
        return err_memory(err);
    (void)gather(pupils, n, list);
    qsort(list, list_n, sizeof(*list), by_nearness);
    *ret_list = list;
    *ret_n = list_n;
    return ERR_OK;
}

static enum err_code match(struct arena *arena, const struct impact_pupil *pupils, size_t n,
        struct impact *impact, struct err *err)
{
    struct nearness *list = NULL;
    size_t list_n = 0;
    size_t *partner = arena_array(arena, n + 1, sizeof(*partner)); /* plus one; 0: none */
    enum err_code code = list_candidates(arena, pupils, n, &list, &list_n, err);

    if (code != ERR_OK)
        return code;
    impact->pairs = arena_array(arena, n + 1, sizeof(*impact->pairs));
    if (partner == NULL || impact->pairs == NULL)
        return err_memory(err);
    for (size_t i = 0; i < list_n; i++) {
        if (partner[list[i].in] != 0 || partner[list[i].other] != 0)
            continue;
        partner[list[i].in] = list[i].other + 1;
        partner[list[i].other] = list[i].in + 1;
    }
    for (size_t i = 0; i < n; i++) {
        if (pupils[i].in && partner[i] != 0)
            impact->pairs[impact->pair_n++] = (struct impact_pair){ i, partner[i] - 1 };
    }
    return ERR_OK;
}

/* ---- figures ---- */

static void add(struct impact_mean *mean, int32_t value)
{
    if (value == IMPACT_NONE)
        return;
    mean->mean += (double)value;
    mean->n++;
}

static void divide(struct impact_mean *mean)
{
    if (mean->n > 0)
        mean->mean /= (double)mean->n;
}

static void count_means(const struct impact_pupil *pupils, size_t n, struct impact *impact)
{
    for (int span = 0; span < IMPACT_SPANS; span++) {
        for (size_t i = 0; i < n; i++) {
            if (pupils[i].in)
                add(&impact->group[span], impact_progress(&pupils[i], (enum impact_span)span));
        }
        for (size_t i = 0; i < impact->pair_n; i++)
            add(&impact->matched[span],
                    impact_progress(&pupils[impact->pairs[i].other], (enum impact_span)span));
        divide(&impact->group[span]);
        divide(&impact->matched[span]);
    }
    impact->group_n = impact->group[SPAN_DURING].n;
}

static double difference_of(const struct impact_pupil *pupils, const struct impact_pair *pair)
{
    return (double)impact_progress(&pupils[pair->in], SPAN_DURING) -
           (double)impact_progress(&pupils[pair->other], SPAN_DURING);
}

static void compare(const struct impact_pupil *pupils, struct impact *impact)
{
    double n = (double)impact->pair_n;
    double squares = 0;
    double half;

    if (impact->pair_n == 0)
        return;
    for (size_t i = 0; i < impact->pair_n; i++)
        impact->difference += difference_of(pupils, &impact->pairs[i]) / n;
    for (size_t i = 0; i < impact->pair_n; i++) {
        double off = difference_of(pupils, &impact->pairs[i]) - impact->difference;

        squares += off * off;
    }
    if (impact->pair_n < 2)
        return;
    half = student_t95((int64_t)impact->pair_n - 1) * sqrt(squares / (n - 1) / n);
    impact->has_interval = true;
    impact->low = impact->difference - half;
    impact->high = impact->difference + half;
}

/* How alike the two sides were at the start. */
static void balance(const struct impact_pupil *pupils, struct impact *impact)
{
    double n = (double)impact->pair_n;
    double mean = 0;
    double squares = 0;

    if (impact->pair_n == 0)
        return;
    for (size_t i = 0; i < impact->pair_n; i++) {
        double in = (double)pupils[impact->pairs[i].in].points[IMPACT_START];
        double other = (double)pupils[impact->pairs[i].other].points[IMPACT_START];

        impact->start_apart += (in - other) / n;
        mean += (in + other) / (2 * n);
    }
    for (size_t i = 0; i < impact->pair_n; i++) {
        double in = (double)pupils[impact->pairs[i].in].points[IMPACT_START] - mean;
        double other = (double)pupils[impact->pairs[i].other].points[IMPACT_START] - mean;

        squares += in * in + other * other;
    }
    impact->start_deviation = sqrt(squares / (2 * n - 1));
}

enum err_code impact_make(struct arena *arena, const struct impact_pupil *pupils, size_t n,
        struct impact *ret_impact, struct err *err)
{
    struct impact impact = { 0 };
    enum err_code code = match(arena, pupils, n, &impact, err);

    if (code != ERR_OK)
        return code;
    count_means(pupils, n, &impact);
    compare(pupils, &impact);
    balance(pupils, &impact);
    *ret_impact = impact;
    return ERR_OK;
}
