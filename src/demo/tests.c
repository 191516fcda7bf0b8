#include <stdio.h>

#include "base/attr.h"
#include "demo/learning_in.h"

static bool taken_here(const struct giver *giver, struct date date)
{
    const struct person *person = giver->person;

    return date.ymd <= giver->demo->today.ymd && person_on_roll(person, date) &&
           date.ymd >= history_start(giver->demo).ymd &&
           !chance_hits(person->key, FOR_MISSING, 3000, date.ymd, 30);
}

/* A standard score: mean 100, standard deviation 15. */
static int standard_score(const struct person *person, enum subject_id like, int nth,
        int lowest, int highest)
{
    int32_t z = ability_in(person, like, STAGE_KS3) * 9 / 10 +
                chance_normal(person->key, FOR_TEST, nth, 0) * 4 / 10;
    int score = 100 + (int)(z * 15 / 1000);

    return score < lowest ? lowest : score > highest ? highest : score;
}

/* Cognitive abilities in the first weeks of Year 7. */
static enum err_code give_cat(struct giver *giver)
{
    static const struct {
        const char *code;
        enum subject_id like;
    } batteries[] = { { "CAT-V", S_ENG }, { "CAT-Q", S_MAT }, { "CAT-N", S_DAT } };
    struct date date = date_make(giver->person->base + 6, 9, 24);
    enum err_code code = ERR_OK;

    if (!taken_here(giver, date))
        return ERR_OK;
    for (size_t i = 0; i < COUNT(batteries) && code == ERR_OK; i++) {
        char text[GRADE_SIZE];
        struct giving giving = {
            .code = batteries[i].code,
            .kind = "test",
            .stage = "Y7",
            .grade = text,
            .scale = "cat-sas",
            .source = "CAT3",
            .date = date,
        };

        (void)snprintf(text, sizeof(text), "%d",
                standard_score(giver->person, batteries[i].like, (int)i, 59, 141));
        code = give(giver, &giving);
    }
    return code;
}

/* Reading and spelling in Years 3, 7 and 9. */
static enum err_code give_wrat(struct giver *giver, int year)
{
    static const struct {
        const char *code;
        enum subject_id like;
    } parts[] = { { "REA", S_REA }, { "SPE", S_WRI } };
    struct date date = date_make(giver->person->base + year - 1, 10, 2);
    enum err_code code = ERR_OK;

    if (seats_in_year(giver->person->school, year) == 0 || !taken_here(giver, date))
        return ERR_OK;
    for (size_t i = 0; i < COUNT(parts) && code == ERR_OK; i++) {
        char text[GRADE_SIZE];
        struct giving giving = {
            .code = parts[i].code,
            .kind = "test",
            .stage = "Y3",
            .grade = text,
            .scale = "wrat",
            .source = "WRAT",
            .date = date,
        };

        giving.stage = year == 3 ? "Y3" : year == 7 ? "Y7" : "Y9";
        (void)snprintf(text, sizeof(text), "%d",
                standard_score(giver->person, parts[i].like, year * 10 + (int)i, 45, 155));
        code = give(giver, &giving);
    }
    return code;
}

/* A practice paper in mathematics in the spring of Year 6: marks by the thresholds of 2008. */
static enum err_code give_practice(struct giver *giver)
{
    static const int16_t from[] = { 15, 18, 27, 36, 45, 56, 67, 78, 86, 94, 101 };
    const struct person *person = giver->person;
    int step = judged_step(person, S_MAT, 6, 1);
    int band = step < 7 ? 0 : step > 15 ? 9 : step - 6;
    char text[GRADE_SIZE];
    struct giving giving = {
        .subject = S_MAT,
        .kind = "mock",
        .stage = "KS2",
        .grade = text,
        .source = "practice paper",
        .max_mark = 100,
        .date = date_make(person->base + 6, 3, 10),
    };

    if (seats_in_year(person->school, 6) == 0 || person->p_levels ||
            !taken_here(giver, giving.date) || step <= STEP_W)
        return ERR_OK;
    giving.mark = from[band] +
                  chance_below(person->key, FOR_TEST, 70, 0, from[band + 1] - from[band]);
    (void)step_text(person, step > 15 ? 15 : step < 4 ? 4 : step, text);
    return give(giver, &giving);
}

/* Mock examinations in January of Year 11. */
static enum err_code give_mocks(struct giver *giver)
{
    static const enum subject_id subjects[] = { S_ENG, S_MAT, S_SCI };
    const struct person *person = giver->person;
    struct date date = date_make(person->base + 11, 1, 14);
    enum err_code code = ERR_OK;

    if (person->p_levels || !taken_here(giver, date))
        return ERR_OK;
    for (size_t i = 0; i < COUNT(subjects) && code == ERR_OK; i++) {
        int grade = end_grade(person, subjects[i]) -
                    chance_below(person->key, FOR_TEST, 80, (int)subjects[i], 3) +
                    chance_below(person->key, FOR_TEST, 81, (int)subjects[i], 2);
        struct giving giving = {
            .subject = subjects[i],
            .kind = "mock",
            .stage = "KS4",
            .source = "January mock",
            .date = date,
        };

        giving.grade = award_text(subjects[i], grade < GRADE_U     ? GRADE_U
                                               : grade > GRADE_TOP ? GRADE_TOP
                                                                   : grade);
        code = give(giver, &giving);
    }
    return code;
}

enum err_code give_tests(struct giver *giver)
{
    static const int wrat_years[] = { 3, 7, 9 };
    enum err_code code = give_practice(giver);

    for (size_t i = 0; i < COUNT(wrat_years) && code == ERR_OK; i++)
        code = give_wrat(giver, wrat_years[i]);
    if (code == ERR_OK)
        code = give_cat(giver);
    if (code == ERR_OK)
        code = give_mocks(giver);
    return code;
}
