#include "analysis/summary.h"

#include <stdio.h>
#include <string.h>

static void merge(struct tally *into, const struct tally *one)
{
    into->count += one->count;
    into->of += one->of;
    into->left_out += one->left_out;
    into->empty += one->empty;
}

/* What is counted of one measure: each value's pupils, and all whose value is on record or
   who have none. */
struct counted {
    const struct measure *measure;
    struct tally *values;
    struct tally all;
};

static bool is_recorded(const struct cut_index *index, const bool *recorded, size_t pupil)
{
    for (size_t i = index->first[pupil]; i < index->first[pupil + 1]; i++) {
        if (!recorded[index->of[i]])
            return false;
    }
    return true;
}

static void count_measure(const struct cohort *cohort, enum basis basis,
        const struct cut_index *index, const bool *recorded, struct counted *counted)
{
    memset(counted->values, 0, index->value_n * sizeof(*counted->values));
    counted->all = (struct tally){ 0, 0, 0, 0 };
    for (size_t p = 0; p < cohort->pupil_n; p++) {
        struct tally one = { 0, 0, 0, 0 };

        tally_add(&one, cohort, counted->measure, p, basis);
        for (size_t i = index->first[p]; i < index->first[p + 1]; i++)
            merge(&counted->values[index->of[i]], &one);
        if (is_recorded(index, recorded, p))
            merge(&counted->all, &one);
    }
}

static void add_rows(const struct cut_index *index, const struct counted *counted,
        struct summary *summary)
{
    for (size_t v = 0; v < index->value_n; v++) {
        const struct tally *tally = &counted->values[v];

        if (tally->of == 0 && tally->left_out == 0)
            continue;
        summary->rows[summary->row_n++] = (struct summary_row){
            .measure = counted->measure,
            .group = index->cut == CUT_NONE ? NULL : index->name,
            .value = index->cut == CUT_NONE ? NULL : index->values[v],
            .proportion = proportion_of_tally(tally),
        };
    }
}

/* ---- gaps ---- */

static void add_gap(const struct cut_index *index, const struct counted *counted, size_t value,
        const char *against, const struct tally *other, struct summary *summary)
{
    struct summary_gap gap = { .measure = counted->measure,
        .group = index->name,
        .value = index->values[value],
        .against = against,
        .one = proportion_of_tally(&counted->values[value]),
        .other = proportion_of_tally(other) };

    if (gap.one.of == 0 || gap.other.of == 0)
        return;
    gap.gap = proportion_gap_make(&gap.one, &gap.other);
    summary->gaps[summary->gap_n++] = gap;
}

/* Everybody counted but those of one value. */
static struct tally rest_of(const struct counted *counted, size_t value)
{
    const struct tally *one = &counted->values[value];
    struct tally rest = counted->all;

    rest.count -= one->count;
    rest.of -= one->of;
    rest.left_out -= one->left_out;
    rest.empty -= one->empty;
    return rest;
}

static bool stands_second(const char *value)
{
    return strcmp(value, "N") == 0 || strcmp(value, "settled") == 0;
}

/* The two values of a cut that has just two on record and gives each pupil one. */
static bool are_a_pair(const struct cut_index *index, const bool *recorded, size_t pair[2])
{
    size_t n = 0;

    for (size_t v = 0; v < index->value_n; v++) {
        if (!recorded[v])
            continue;
        if (n == 2)
            return false;
        pair[n++] = v;
    }
    if (n == 2 && stands_second(index->values[pair[0]])) {
        size_t first = pair[1];

        pair[1] = pair[0];
        pair[0] = first;
    }
    return n == 2 && index->cross == CUT_NONE && !cut_overlaps(index->cut);
}

static void add_gaps(const struct cut_index *index, const bool *recorded,
        const struct counted *counted, struct summary *summary)
{
    size_t pair[2] = { 0, 0 };

    if (index->cut == CUT_NONE)
        return;
    if (are_a_pair(index, recorded, pair)) {
        add_gap(index, counted, pair[0], index->values[pair[1]], &counted->values[pair[1]],
                summary);
        return;
    }
    for (size_t v = 0; v < index->value_n; v++) {
        struct tally rest = rest_of(counted, v);

        if (recorded[v])
            add_gap(index, counted, v, NULL, &rest, summary);
    }
}

enum err_code summary_of_index(struct arena *arena, const struct cohort *cohort,
        const int16_t *measures, size_t measure_n, enum basis basis,
        const struct cut_index *index, struct summary *ret_summary, struct err *err)
{
    const struct framework *fw = cohort->fw;
    size_t n = measures == NULL ? (size_t)fw->measure_n : measure_n;
    struct summary summary = { 0 };
    struct counted counted = { 0 };
    bool *recorded = arena_array(arena, index->value_n, sizeof(*recorded));
    size_t room;

    counted.values = arena_array(arena, index->value_n, sizeof(*counted.values));
    if (__builtin_mul_overflow(n, index->value_n, &room) || counted.values == NULL ||
            recorded == NULL)
        return err_memory(err);
    summary.rows = arena_array(arena, room, sizeof(*summary.rows));
    summary.gaps = arena_array(arena, room, sizeof(*summary.gaps));
    if (summary.rows == NULL || summary.gaps == NULL)
        return err_memory(err);
    for (size_t v = 0; v < index->value_n; v++)
        recorded[v] = cut_is_recorded(index->values[v]);
    for (size_t i = 0; i < n; i++) {
        counted.measure = &fw->measures[measures == NULL ? (int)i : measures[i]];
        count_measure(cohort, basis, index, recorded, &counted);
        add_rows(index, &counted, &summary);
        add_gaps(index, recorded, &counted, &summary);
    }
    *ret_summary = summary;
    return ERR_OK;
}

enum err_code summary_make(struct arena *arena, const struct cohort *cohort,
        const int16_t *measures, size_t measure_n, enum basis basis, enum cut cut,
        struct summary *ret_summary, struct err *err)
{
    struct cut_index index;
    enum err_code code = cut_make(arena, cohort, cut, &index, err);

    return code == ERR_OK ? summary_of_index(arena, cohort, measures, measure_n, basis, &index,
                                    ret_summary, err)
                          : code;
}

const char *measure_years(const struct measure *measure, char buffer[SUMMARY_YEARS_SIZE])
{
    size_t n = 0;

    buffer[0] = '\0';
    for (int year = measure->first_year; year <= measure->last_year; year++) {
        int written = snprintf(buffer + n, SUMMARY_YEARS_SIZE - n, "%s%s", n == 0 ? "" : ",",
                framework_year_text(year));

        if (written < 0 || (size_t)written >= SUMMARY_YEARS_SIZE - n)
            break;
        n += (size_t)written;
    }
    return buffer;
}
