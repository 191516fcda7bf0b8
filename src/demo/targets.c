#include "base/attr.h"
#include "demo/learning_in.h"

enum {
    KEPT_YEARS = 2, /* after the end of a key stage its targets stay on record */
    REVISED = 150,
    TOO_LOW = 15, /* thousandths whose target lies below where they began */
    TWO_LEVELS = 6
};

/* One subject's target or prediction with the horizon of a stage. */
struct aim {
    struct giver *giver;
    enum subject_id subject;
    enum stage_id stage;
    struct date date;
};

/* Steps above or below the usual. */
static int spread(const struct aim *aim)
{
    int at = chance_below(aim->giver->person->key, FOR_TARGET, (int)aim->stage,
            (int)aim->subject, 100);

    if (at < 12)
        return -1;
    return at < 62 ? 0 : at < 92 ? 1 : 2;
}

static int start_step(const struct aim *aim)
{
    const struct person *person = aim->giver->person;
    static const enum subject_id core[] = { S_ENG, S_MAT, S_SCI };
    int32_t sum = 0;

    if (aim->stage == STAGE_KS2)
        return end_step(person, aim->subject, STAGE_KS1);
    if (aim->subject == S_ENG || aim->subject == S_MAT || aim->subject == S_SCI)
        return end_step(person, aim->subject, STAGE_KS2);
    for (size_t i = 0; i < COUNT(core); i++)
        sum += step_points(end_step(person, core[i], STAGE_KS2));
    return step_of_points(sum / (int32_t)COUNT(core));
}

/*
 * Two levels on from the stage before; less in a short Key Stage 3; 2b in Key Stage 1. A
 * teacher who knows the pupil leans four parts in five towards what the pupil will do.
 */
static int target_step(const struct aim *aim)
{
    const struct person *person = aim->giver->person;
    bool short_stage = aim->stage == STAGE_KS3 && demo_schools[person->school].ks3_last == 8;
    int step;

    if (person->p_levels)
        return end_step(person, aim->subject, aim->stage);
    if (aim->stage == STAGE_KS1)
        return ability_in(person, aim->subject, STAGE_FSP) < -1200 ? 3 : STEP_2B + spread(aim);
    step = start_step(aim);
    if (chance_hits(person->key, FOR_TARGET, 50, (int)aim->subject, TOO_LOW) && step > 2)
        return step - 1;
    step += TWO_LEVELS - (short_stage ? 2 : 0) + spread(aim);
    step = (step + 4 * end_step(person, aim->subject, aim->stage)) / 5;
    return step > STEP_TOP ? STEP_TOP : step;
}

/* Three levels from Key Stage 2: 3 to D, 4 to C, 5 to B; the top of a level aims higher. */
static int target_grade(const struct aim *aim)
{
    int step = start_step(aim);
    int level = step_level(step);
    int grade = (level < 2 ? 2 : level) + 1 + (step % 3 == 0 ? 1 : 0) + spread(aim) / 2;

    if (chance_hits(aim->giver->person->key, FOR_TARGET, 51, (int)aim->subject, 2 * TOO_LOW))
        grade -= 2;
    else
        grade = (grade + end_grade(aim->giver->person, aim->subject) + 1) / 2;
    return grade < 1 ? 1 : grade > GRADE_TOP ? GRADE_TOP : grade;
}

static const char *target_text(const struct aim *aim, int higher, char buffer[GRADE_SIZE])
{
    const struct person *person = aim->giver->person;
    int grade, step;

    if (aim->stage == STAGE_KS5) {
        grade = target_grade(aim) - 3 + higher;
        return a_level_text(grade < 1 ? 1 : grade > 5 ? 5 : grade);
    }
    if (aim->stage == STAGE_KS4) {
        grade = target_grade(aim) + higher;
        return award_text(aim->subject, grade > GRADE_TOP ? GRADE_TOP : grade);
    }
    step = target_step(aim) + higher;
    return step_text(person, step > STEP_TOP ? STEP_TOP : step, buffer);
}

static enum err_code give_target(const struct aim *aim)
{
    const struct person *person = aim->giver->person;
    struct date revised = date_make(date_school_year(aim->date), 1, 22);
    char text[GRADE_SIZE];
    struct giving giving = {
        .subject = aim->subject,
        .kind = "target",
        .stage = stage_codes[aim->stage],
        .grade = target_text(aim, 0, text),
        .date = aim->date,
    };
    enum err_code code = give(aim->giver, &giving);

    if (code != ERR_OK || revised.ymd <= aim->date.ymd ||
            revised.ymd > aim->giver->demo->today.ymd || !person_on_roll(person, revised) ||
            person->p_levels ||
            !chance_hits(person->key, FOR_TARGET, 60 + (int)aim->stage, (int)aim->subject,
                    REVISED))
        return code;
    giving.date = revised;
    giving.grade = target_text(aim, 1, text);
    return give(aim->giver, &giving);
}

/* The target for the end of Year 4, halfway through Key Stage 2. */
static enum err_code give_year_4(const struct aim *aim)
{
    const struct person *person = aim->giver->person;
    char text[GRADE_SIZE];
    struct giving giving = {
        .subject = aim->subject,
        .kind = "target",
        .stage = "Y4",
        .grade = text,
        .date = aim->date,
    };

    if (person->p_levels || school_year(aim->date) - person->base > 4)
        return ERR_OK;
    (void)step_text(person, (start_step(aim) + target_step(aim) + 1) / 2, text);
    return give(aim->giver, &giving);
}

/* What pupils who began alike most often reach: the middle draw. */
static enum err_code give_prediction(const struct aim *aim)
{
    const struct person *person = aim->giver->person;
    char text[GRADE_SIZE];
    int start = start_step(aim);
    struct giving giving = {
        .subject = aim->subject,
        .kind = "prediction",
        .stage = stage_codes[aim->stage],
        .source = "demo estimate",
        .date = aim->date,
    };

    if (person->newcomer || person->p_levels)
        return ERR_OK;
    if (aim->stage == STAGE_KS2)
        giving.grade = step_text(person, chances_ks2(aim->subject, start, SHARE_ALL / 2), text);
    else
        giving.grade =
                award_text(aim->subject, chances_ks4(aim->subject, start, SHARE_ALL / 2));
    return give(aim->giver, &giving);
}

/* When the aims of a stage were set for this pupil; false when they are not on record. */
static bool aims_date(const struct giver *giver, enum stage_id stage, struct date *ret_date)
{
    const struct person *person = giver->person;
    int first = stage_first(person->school, stage);
    int last = stage_last(person->school, stage);
    struct date start = year_start(person->base + first);
    struct date date = date_make(person->base + first - 1, 10, 10);

    if (start.ymd > giver->demo->today.ymd)
        return false;
    if (person->entry.ymd >= year_start(person->base + last + 1).ymd)
        return false;
    if (person->entry.ymd > date.ymd)
        date = date_plus(person->entry, 30);
    date = date_earlier(date, giver->demo->today);
    if (date_is_set(person->leaving) && person->leaving.ymd < date.ymd)
        return false;
    *ret_date = date;
    return school_year(giver->demo->today) - (person->base + last) <= KEPT_YEARS;
}

static enum err_code give_aims(struct aim *aim)
{
    enum err_code code = give_target(aim);

    if (code == ERR_OK && aim->stage == STAGE_KS2)
        code = give_year_4(aim);
    if (code == ERR_OK && (aim->stage == STAGE_KS2 || aim->stage == STAGE_KS4))
        code = give_prediction(aim);
    return code;
}

enum err_code give_targets(struct giver *giver)
{
    const struct person *person = giver->person;
    enum err_code code = ERR_OK;

    for (enum stage_id stage = STAGE_KS1; stage <= STAGE_KS5; stage++) {
        struct aim aim = { .giver = giver, .stage = stage };
        enum subject_id subjects[SUBJECTS_MAX];
        size_t n = subjects_kept(person, stage_last(person->school, stage), subjects);

        if (seats_in_year(person->school, stage_last(person->school, stage)) == 0 ||
                !aims_date(giver, stage, &aim.date))
            continue;
        for (size_t i = 0; i < n && code == ERR_OK; i++) {
            aim.subject = subjects[i];
            code = give_aims(&aim);
        }
    }
    return code;
}
