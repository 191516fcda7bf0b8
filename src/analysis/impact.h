/*
 * impact: how pupils of a group got on before, during and after an intervention, and beside
 * pupils like them who were not in it (D2.2).
 *
 * Pure; one subject at a time. Points are thousandths. Progress is points gained by term: the
 * points of the later judgement less those of the earlier, divided by the terms between the
 * two; without it where either is missing, where the two are on different metrics, or where
 * both lie in one term.
 *
 * Matching is one to one and nearest first, without anybody being taken twice (greedy
 * nearest-neighbour matching: Rubin, Biometrics 29 (1973) 159-183): of all pairs of a pupil in
 * the group and one not in it, of the same NC year, both with progress during, the pair that
 * lies nearest is made first. How far two pupils lie apart is the points between their prior
 * attainment and the points between them at the start, added up; a pupil without prior
 * attainment is matched with another without. Ties go to the nearer at the start, then to who
 * stands first. The result follows from the pupils alone.
 *
 * The interval is that of the mean of paired differences: mean +- t s / sqrt(n), t of n - 1
 * degrees, 95 %. It is there from two pairs on.
 */
#ifndef ANALYSIS_IMPACT_H
#define ANALYSIS_IMPACT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"

enum impact_moment {
    IMPACT_BEFORE, /* a year before the first day */
    IMPACT_START,  /* the first day */
    IMPACT_END,    /* the last day, or the day asked about */
    IMPACT_AFTER,  /* at most a year after the last day */
    IMPACT_MOMENTS,
};

enum impact_span {
    SPAN_BEFORE,
    SPAN_DURING,
    SPAN_AFTER,
    IMPACT_SPANS,
};

/* Neither points nor progress. */
#define IMPACT_NONE INT32_MIN

/* A pupil in one subject. */
struct impact_pupil {
    bool in;                        /* in the group */
    int year;                       /* NC year */
    int metric;                     /* of the points at the start; others are on it too */
    int32_t prior;                  /* points of the previous stage's result; IMPACT_NONE */
    int32_t points[IMPACT_MOMENTS]; /* IMPACT_NONE */
    int term[IMPACT_MOMENTS];       /* number of the term that judgement lies in */
};

struct impact_pair {
    size_t in, other; /* numbers of pupils */
};

struct impact_mean {
    int64_t n;
    double mean; /* thousandths of points; of n = 0: 0 */
};

struct impact {
    int64_t group_n;                        /* in the group with progress during */
    struct impact_mean group[IMPACT_SPANS]; /* progress of all of the group who have it */
    struct impact_pair *pairs;              /* in the order of `in` */
    size_t pair_n;
    struct impact_mean matched[IMPACT_SPANS]; /* progress of the matched pupils */
    double difference; /* mean of the pairs' differences in progress during */
    bool has_interval; /* two pairs or more */
    double low, high;
    double start_apart;     /* mean points at the start: group's less the matched */
    double start_deviation; /* standard deviation of the points at the start, both together */
};

/* Progress of one pupil in a span, thousandths of points by term, half away from zero;
   IMPACT_NONE. */
int32_t impact_progress(const struct impact_pupil *pupil, enum impact_span span);

/* Errors: ERR_MEMORY. */
MUST_USE enum err_code impact_make(struct arena *arena, const struct impact_pupil *pupils,
        size_t n, struct impact *ret_impact, struct err *err);

#endif
