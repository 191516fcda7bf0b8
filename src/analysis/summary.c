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

static void count_measure(const struct cohort *cohort, const struct measure *measure,
        enum basis basis, const struct cut_index *index, struct tally *tallies)
{
    memset(tallies, 0, index->value_n * sizeof(*tallies));
    for (size_t p = 0; p < cohort->pupil_n; p++) {
        struct tally one = { 0, 0, 0, 0 };

        tally_add(&one, cohort, measure, p, basis);
        for (size_t i = index->first[p]; i < index->first[p + 1]; i++)
            merge(&tallies[index->of[i]], &one);
    }
}

static void add_rows(const struct measure *measure, const struct cut_index *index,
        const struct tally *tallies, struct summary *summary)
{
    for (size_t v = 0; v < index->value_n; v++) {
        const struct tally *tally = &tallies[v];

        if (tally->of == 0 && tally->left_out == 0)
            continue;
        summary->rows[summary->row_n++] = (struct summary_row){
            .measure = measure,
            .group = index->cut == CUT_NONE ? NULL : cut_name(index->cut),
            .value = index->cut == CUT_NONE ? NULL : index->values[v],
            .proportion = proportion_of_tally(tally),
        };
    }
}

enum err_code summary_make(struct arena *arena, const struct cohort *cohort,
        const int16_t *measures, size_t measure_n, enum basis basis, enum cut cut,
        struct summary *ret_summary, struct err *err)
{
    const struct framework *fw = cohort->fw;
    size_t n = measures == NULL ? (size_t)fw->measure_n : measure_n;
    struct summary summary = { NULL, 0 };
    struct cut_index index;
    struct tally *tallies;
    size_t room;
    enum err_code code = cut_make(arena, cohort, cut, &index, err);

    if (code != ERR_OK)
        return code;
    tallies = arena_array(arena, index.value_n, sizeof(*tallies));
    if (__builtin_mul_overflow(n, index.value_n, &room) || tallies == NULL)
        return err_memory(err);
    summary.rows = arena_array(arena, room, sizeof(*summary.rows));
    if (summary.rows == NULL)
        return err_memory(err);
    for (size_t i = 0; i < n; i++) {
        const struct measure *measure = &fw->measures[measures == NULL ? (int)i : measures[i]];

        count_measure(cohort, measure, basis, &index, tallies);
        add_rows(measure, &index, tallies, &summary);
    }
    *ret_summary = summary;
    return ERR_OK;
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
