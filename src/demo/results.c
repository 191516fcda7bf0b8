#include <stdio.h>

#include "base/attr.h"
#include "demo/learning_in.h"

enum {
    MARK_SIZE = 12,
    EARLIEST_FSP = 7
};

enum err_code give(struct giver *giver, const struct giving *giving)
{
    char date[DATE_TEXT_SIZE], mark[MARK_SIZE], max_mark[MARK_SIZE];
    struct result_record record = {
        .row = ++giver->row,
        .upn = giver->upn,
        .subject = giving->code == NULL ? subject_infos[giving->subject].code : giving->code,
        .kind = giving->kind,
        .stage = giving->stage,
        .date = date_text(giving->date, date),
        .review = giving->review,
        .grade = giving->grade,
        .scale = giving->scale,
        .source = giving->source,
    };

    if (giving->max_mark > 0) {
        (void)snprintf(mark, sizeof(mark), "%d", giving->mark);
        (void)snprintf(max_mark, sizeof(max_mark), "%d", giving->max_mark);
        record.mark = mark;
        record.max_mark = max_mark;
    }
    return giver->sink->on_result(giver->sink->data, &record, giver->err);
}

/* Whether a result of that day is on record: it is past, and the pupil here or known before. */
static bool on_record(const struct giver *giver, struct date date)
{
    const struct person *person = giver->person;

    if (date.ymd > giver->demo->today.ymd)
        return false;
    if (date_is_set(person->leaving) && date.ymd > person->leaving.ymd)
        return false;
    return !person->newcomer || date.ymd >= person->entry.ymd;
}

static struct date day_of_year(const struct person *person, int year, int month, int day)
{
    return date_make(person->base + year, month, day);
}

static enum err_code give_area(struct giver *giver, const char *code, int scales, int32_t at,
        int *total)
{
    char text[MARK_SIZE];
    int each = 6280 + at * 14 / 10;
    int score = scales * (each < 1000 ? 1000 : each > 9000 ? 9000 : each) / 1000;
    struct giving giving = {
        .code = code,
        .kind = "result",
        .stage = "FSP",
        .grade = text,
        .source = "TA",
        .date = day_of_year(giver->person, 0, 6, 30),
    };

    (void)snprintf(text, sizeof(text), "%d", score);
    *total += score;
    return give(giver, &giving);
}

/* Foundation Stage Profile: six areas and their total; half reach 78 points. */
static enum err_code give_profile(struct giver *giver)
{
    static const struct {
        const char *code;
        int scales;
        enum subject_id like;
    } areas[] = { { "PSE", 3, S_ART }, { "CLL", 4, S_REA }, { "MAT", 3, S_MAT },
        { "KUW", 1, S_SCI }, { "PHY", 1, S_PED }, { "CRE", 1, S_MUS } };
    char text[MARK_SIZE];
    int total = 0;
    struct giving giving = {
        .code = "FSP",
        .kind = "result",
        .stage = "FSP",
        .grade = text,
        .source = "TA",
        .date = day_of_year(giver->person, 0, 6, 30),
    };

    if (!on_record(giver, giving.date) ||
            school_year(giver->demo->today) - giver->person->base > EARLIEST_FSP)
        return ERR_OK;
    for (size_t i = 0; i < COUNT(areas); i++) {
        int32_t at = ability_in(giver->person, areas[i].like, STAGE_FSP);
        enum err_code code = give_area(giver, areas[i].code, areas[i].scales, at, &total);

        if (code != ERR_OK)
            return code;
    }
    (void)snprintf(text, sizeof(text), "%d", total);
    return give(giver, &giving);
}

/* Key Stage 1 gives levels 1 and 3 undivided. */
static const char *ks1_text(const struct person *person, int step, char buffer[GRADE_SIZE])
{
    if (step == 2)
        return "1";
    return step == STEP_3B ? "3" : step_text(person, step, buffer);
}

static enum err_code give_ks1(struct giver *giver)
{
    static const enum subject_id subjects[] = { S_REA, S_WRI, S_MAT, S_SCI };
    struct date date = day_of_year(giver->person, 2, 6, 30);
    enum err_code code = ERR_OK;

    for (size_t i = 0; i < COUNT(subjects) && code == ERR_OK && on_record(giver, date); i++) {
        char text[GRADE_SIZE];
        int step = end_step(giver->person, subjects[i], STAGE_KS1);
        struct giving giving = {
            .subject = subjects[i],
            .kind = "result",
            .stage = "KS1",
            .grade = ks1_text(giver->person, step, text),
            .source = "TA",
            .date = date,
        };

        code = give(giver, &giving);
    }
    return code;
}

/* One subject by teacher assessment, which differs from the result by a step now and then. */
static enum err_code give_assessed(struct giver *giver, enum subject_id subject,
        enum stage_id stage, struct date date)
{
    const struct person *person = giver->person;
    char text[GRADE_SIZE];
    int off = chance_below(person->key, FOR_JUDGEMENT, 400 + (int)stage, (int)subject, 8);
    int step = end_step(person, subject, stage);
    struct giving giving = {
        .subject = subject,
        .kind = "result",
        .stage = stage_codes[stage],
        .grade = text,
        .source = "TA",
        .date = date,
    };

    if (subject != S_REA && subject != S_WRI && step > 1)
        step += off == 0 ? -1 : off == 1 ? 1 : 0;
    (void)step_text(person, step > STEP_TOP ? STEP_TOP : step, text);
    return give(giver, &giving);
}

static enum err_code give_tested(struct giver *giver, enum subject_id subject, struct date date)
{
    const struct person *person = giver->person;
    char text[GRADE_SIZE];
    int step = end_step(person, subject, STAGE_KS2);
    int at = chance_below(person->key, FOR_MISSING, 500, 0, 1000);
    struct giving giving = {
        .subject = subject,
        .kind = "result",
        .stage = "KS2",
        .grade = text,
        .source = "TT",
        .date = date,
    };

    (void)step_text(person, step, text);
    if (at < 8)
        giving.grade = "A";
    else if (step_level(step) <= 2)
        giving.grade = step <= 4 ? "B" : "N";
    return give(giver, &giving);
}

static enum err_code give_ks2(struct giver *giver)
{
    static const enum subject_id assessed[] = { S_REA, S_WRI, S_MAT, S_SCI };
    static const enum subject_id tested[] = { S_ENG, S_MAT, S_SCI };
    struct date date = day_of_year(giver->person, 6, 6, 26);
    struct date test_date = day_of_year(giver->person, 6, 7, 8);
    enum err_code code = ERR_OK;

    size_t n = person_left(giver->person) ? 2 : COUNT(assessed); /* reading and writing stay */

    for (size_t i = 0; i < n && code == ERR_OK && on_record(giver, date); i++)
        code = give_assessed(giver, assessed[i], STAGE_KS2, date);
    if (giver->person->p_levels || !on_record(giver, test_date))
        return code;
    for (size_t i = 0; i < COUNT(tested) && code == ERR_OK; i++)
        code = give_tested(giver, tested[i], test_date);
    return code;
}

static enum err_code give_ks3(struct giver *giver)
{
    enum subject_id subjects[SUBJECTS_MAX];
    int year = demo_schools[giver->person->school].ks3_last;
    struct date date = day_of_year(giver->person, year, 7, 4);
    size_t n = subjects_kept(giver->person, year, subjects);
    enum err_code code = ERR_OK;

    for (size_t i = 0; i < n && code == ERR_OK && on_record(giver, date); i++)
        code = give_assessed(giver, subjects[i], STAGE_KS3, date);
    return code;
}

static enum err_code give_awards(struct giver *giver, int year, const char *stage,
        const char *(*text)(enum subject_id subject, const struct person *person))
{
    enum subject_id subjects[SUBJECTS_MAX];
    struct date date = day_of_year(giver->person, year, 8, 21);
    size_t n = subjects_taken(giver->person, year, subjects);
    enum err_code code = ERR_OK;

    for (size_t i = 0; i < n && code == ERR_OK && on_record(giver, date); i++) {
        struct giving giving = {
            .subject = subjects[i],
            .kind = "result",
            .stage = stage,
            .grade = text(subjects[i], giver->person),
            .source = "TT",
            .date = date,
        };

        code = give(giver, &giving);
    }
    return code;
}

static const char *ks4_text(enum subject_id subject, const struct person *person)
{
    if (chance_hits(person->key, FOR_MISSING, 600, (int)subject, 4) &&
            subject_infos[subject].award == AWARD_GCSE && subject != S_REL_SHORT)
        return "Abs";
    return award_text(subject, end_grade(person, subject));
}

static const char *ks5_text(enum subject_id subject, const struct person *person)
{
    return a_level_text(end_a_level(person, subject));
}

enum err_code give_ends(struct giver *giver)
{
    enum err_code code = give_profile(giver);

    if (code == ERR_OK)
        code = give_ks1(giver);
    if (code == ERR_OK)
        code = give_ks2(giver);
    if (code == ERR_OK)
        code = give_ks3(giver);
    if (code == ERR_OK)
        code = give_awards(giver, 11, "KS4", ks4_text);
    if (code == ERR_OK && seats_in_year(giver->person->school, 13) > 0)
        code = give_awards(giver, 13, "KS5", ks5_text);
    return code;
}

enum err_code demo_results(void *data, const struct sink *sink, struct err *err)
{
    static enum err_code (*const parts[])(
            struct giver *) = { give_ends, give_judgements, give_targets, give_tests };
    const struct demo *demo = data;
    struct person_walk walk = person_walk(demo);
    struct person person;
    struct set_list sets = { .base = 0 };
    struct giver giver = { .demo = demo,
        .sink = sink,
        .err = err,
        .person = &person,
        .sets = &sets };

    if (sink->on_result == NULL)
        return ERR_OK;
    while (person_next(&walk, &person)) {
        person_upn(&person, giver.upn);
        for (size_t i = 0; i < COUNT(parts); i++) {
            enum err_code code = parts[i](&giver);

            if (code != ERR_OK)
                return code;
        }
    }
    return ERR_OK;
}
