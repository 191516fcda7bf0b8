#include "analysis/roll_up.h"

#include "analysis/measure.h"

enum {
    SHARE_WHOLE = 100000000, /* a hundred percent in millionths */
    SHARE_PRINTED = 100000,  /* a tenth of a percent */
    PRINTED = 100            /* the same in thousandths */
};

void attained_add(struct attained *into, const struct attained *one)
{
    into->roll += one->roll;
    into->of += one->of;
    into->count += one->count;
}

static const struct derived *derived_of(const struct framework *fw, int subject)
{
    for (int i = 0; i < fw->derived_n; i++) {
        if (fw->derived[i].subject == subject)
            return &fw->derived[i];
    }
    return NULL;
}

static bool has_own(const struct cohort *cohort, size_t pupil, int subject)
{
    int column = cohort_column(cohort, subject);

    return column >= 0 &&
           value_is_set(cohort->result[cohort_cell(cohort, pupil, (size_t)column)]);
}

/* Also without a level: absent is a result. English has one where reading and writing have. */
static bool has_result(const struct cohort *cohort, size_t pupil, int subject)
{
    const struct derived *derived = derived_of(cohort->fw, subject);

    if (has_own(cohort, pupil, subject))
        return true;
    if (derived == NULL)
        return false;
    for (int i = 0; i < derived->from_n; i++) {
        if (!has_own(cohort, pupil, derived->from[i]))
            return false;
    }
    return derived->from_n > 0;
}

struct attained attained_of_pupil(const struct cohort *cohort, const struct measure *measure,
        size_t pupil)
{
    int met = measure_of_pupil(cohort, measure, pupil, BASIS_ATTAINMENT);
    struct attained one = { .roll = 1, .of = 1, .count = met == MEASURE_MET };

    for (int i = 0; i < measure->subject_n; i++) {
        if (!has_result(cohort, pupil, measure->subjects[i]))
            return (struct attained){ 0, 0, 0 };
    }
    if (measure->kind == MEASURE_PROGRESS)
        one.of = met != MEASURE_NOT_COUNTED;
    return one;
}

static void later(struct date *day, struct date other)
{
    if (other.ymd > day->ymd)
        *day = other;
}

static struct date day_in(const struct cohort *cohort, size_t pupil, int subject,
        const struct date *dates)
{
    int column = cohort_column(cohort, subject);

    return column < 0 ? (struct date){ 0 } : dates[cohort_cell(cohort, pupil, (size_t)column)];
}

/* A derived value has no date of its own. */
static struct date day_of_subject(const struct cohort *cohort, size_t pupil, int subject,
        const struct date *dates)
{
    const struct derived *derived = derived_of(cohort->fw, subject);
    struct date day = day_in(cohort, pupil, subject, dates);

    if (date_is_set(day) || derived == NULL)
        return day;
    for (int i = 0; i < derived->from_n; i++)
        later(&day, day_in(cohort, pupil, derived->from[i], dates));
    return day;
}

struct date attained_day(const struct cohort *cohort, const struct measure *measure,
        size_t pupil, const struct date *dates)
{
    struct date day = { 0 };

    for (size_t s = 0; s < cohort->subject_n && measure->subject_n == 0; s++)
        later(&day, dates[cohort_cell(cohort, pupil, s)]);
    for (int i = 0; i < measure->subject_n; i++)
        later(&day, day_of_subject(cohort, pupil, measure->subjects[i], dates));
    return day;
}

void roll_up_school_end(struct roll_up *sum, const struct attained school[2])
{
    for (int tagged = 0; tagged < 2; tagged++) {
        const struct attained *one = &school[tagged];

        attained_add(&sum->all, one);
        attained_add(&sum->body[tagged], one);
        if (one->of == 0)
            continue;
        sum->school_n[tagged]++;
        sum->share_sum[tagged] += (one->count * SHARE_WHOLE * 2 + one->of) / (one->of * 2);
    }
}

/* The sum is off by at most half a millionth a school; what lies so close under a half is one.
 */
int64_t roll_up_mean(const struct roll_up *sum, bool tagged)
{
    int64_t n = sum->school_n[tagged];

    if (n == 0)
        return -1;
    return ((sum->share_sum[tagged] * 2 + n) / n + SHARE_PRINTED) / (SHARE_PRINTED * 2) *
           PRINTED;
}
