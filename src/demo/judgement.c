#include "demo/learning_in.h"

/*
 * Between two ends of key stages a pupil's attainment rises unevenly: least in the autumn,
 * most in the summer; some years stand still and some leap; a judgement is off by about a
 * point. Only the last is near the result. Extra teaching brings progress forward.
 */
enum {
    TERMS = 3,
    AUTUMN = 20,
    SPRING = 33,
    SUMMER = 47,
    STALLS = 120,
    LEAPS = 120,
    HELPED = 170, /* hundredths: how much faster in the terms of extra teaching */
    OFF_BY = 850,
    OFF_BY_LAST = 450
};

/* How much of the stage's rise a year brings, in hundredths of the ordinary. */
static int year_weight(const struct person *person, enum subject_id subject, int year)
{
    int at = chance_below(person->key, FOR_PATH, year, 0, 1000);
    int own = chance_below(person->key, FOR_PATH, year, 1 + (int)subject, 40);

    if (at < STALLS)
        return 4 + own / 4;
    if (at < STALLS + LEAPS)
        return 180 + own;
    return 80 + own;
}

static int term_weight(const struct person *person, enum subject_id subject, int year, int term)
{
    static const int weights[TERMS] = { AUTUMN, SPRING, SUMMER };

    int weight = year_weight(person, subject, year) *
                 (weights[term] +
                         chance_below(person->key, FOR_PATH, 100 + year, (int)subject, 13) - 6);

    return term > 0 && person_helped(person, subject, year) ? weight * HELPED / 100 : weight;
}

/* The way done by the end of the term, thousandths of the whole. */
static int way_done(const struct person *person, enum subject_id subject, int year, int term)
{
    enum stage_id stage = stage_of(person->school, year);
    int last = stage_last(person->school, stage);
    int64_t done = 0;
    int64_t all = 0;

    for (int y = stage_first(person->school, stage); y <= last; y++) {
        for (int t = 0; t < TERMS; t++) {
            int weight = term_weight(person, subject, y, t);

            all += weight;
            if (y < year || (y == year && t <= term))
                done += weight;
        }
    }
    return all == 0 ? 0 : (int)(done * 1000 / all);
}

/* Points at the end of the stage before. */
static int32_t start_points(const struct person *person, enum subject_id subject,
        enum stage_id stage, int32_t end)
{
    int32_t start;

    if (stage == STAGE_KS1) {
        start = end - 9000 - chance_below(person->key, FOR_PATH, 200, (int)subject, 2000);
        return start < 3000 ? 3000 : start;
    }
    if (stage == STAGE_KS2)
        return step_points(end_step(person, subject, STAGE_KS1));
    if (subject == S_ENG || subject == S_MAT || subject == S_SCI)
        return step_points(end_step(person, subject, STAGE_KS2));
    start = end - 7000 - chance_below(person->key, FOR_PATH, 201, (int)subject, 3000);
    return start < 3000 ? 3000 : start;
}

/* On P levels a step takes a year or more. */
static int judged_p_step(const struct person *person, enum subject_id subject, int year,
        int term)
{
    enum stage_id stage = stage_of(person->school, year);
    int end = end_step(person, subject, stage);
    int start = stage == STAGE_KS1 ? end - 1 : end_step(person, subject, stage - 1);

    return start + (end - start) * way_done(person, subject, year, term) / 1000;
}

int judged_step(const struct person *person, enum subject_id subject, int year, int term)
{
    enum stage_id stage = stage_of(person->school, year);
    bool last = year == stage_last(person->school, stage) && term == TERMS - 1;
    int32_t end, start, points;

    if (person->p_levels)
        return judged_p_step(person, subject, year, term);
    end = step_points(end_step(person, subject, stage));
    start = start_points(person, subject, stage, end);
    points = start + (end - start) * way_done(person, subject, year, term) / 1000;
    points += chance_normal(person->key, FOR_JUDGEMENT, year * TERMS + term, (int)subject) *
              (last ? OFF_BY_LAST : OFF_BY) / 1000;
    return step_of_points(points);
}

int judged_thirds(const struct person *person, enum subject_id subject, int year, int term)
{
    bool a_level = stage_of(person->school, year) == STAGE_KS5;
    int last_year = a_level ? 13 : 11;
    int end = a_level ? end_a_level(person, subject) : end_grade(person, subject);
    int left = (last_year - year) * TERMS + TERMS - 1 - term;
    /* What the teacher sees too high or too low is half the pupil's, half the term's. */
    int32_t off = chance_normal(person->key, FOR_JUDGEMENT, 300, (int)subject) * left / 4 +
                  chance_normal(person->key, FOR_JUDGEMENT, year * TERMS + term, (int)subject) *
                          (2 + left) / 6;
    int thirds = end * TERMS + chance_below(person->key, FOR_JUDGEMENT, 301, (int)subject, 3) -
                 1 + off / 1000;

    if (a_level) {
        thirds = end + off / 2000;
        return thirds < 0 ? 0 : thirds > 5 ? 5 : thirds;
    }
    return thirds < 0 ? 0 : thirds > 24 ? 24 : thirds;
}
