#include <stdio.h>

#include "base/attr.h"
#include "demo/learning_in.h"

/*
 * What a group is above or below the others, thousandths of a standard deviation: from the
 * gaps at level 4 in English and mathematics in 2008 and 2009 (free meals 53 against 75%,
 * needs without a statement 34%, girls 75 against boys 71%).
 */
enum {
    LESS_FSM = 500,
    LESS_ACTION = 850,
    LESS_ACTION_PLUS = 1200,
    LESS_STATEMENT = 1500,
    LESS_CARE = 500,
    LESS_EAL_FIRST = 350,
    LESS_EAL_LATER = 80,
    MORE_GIRLS_ENGLISH = 200,
    MORE_SEPTEMBER = 220,
    MEAN_LESS = 370, /* of all groups together */
    REST = 830       /* of the spread, left to the person */
};
/* What the groups gain or lose from one stage to the next, beyond where they start. */
enum {
    SLOWER_FSM = 150,
    SLOWER_NEEDS = 220,
    FASTER_EAL = 300,
    MEAN_SLOWER = 50
};

static int32_t mixed(int32_t a, int32_t b, int of_b)
{
    /* a^2 + b^2 = 1: the weight of a for a weight of b in steps of 0.05 */
    static const int16_t other[] = { 1000, 999, 995, 989, 980, 968, 954, 937, 917, 893, 866,
        835, 800, 760, 714, 661, 600, 527, 436, 312, 0 };
    int i = of_b / 50;

    return (int32_t)(((int64_t)a * other[i] + (int64_t)b * i * 50) / 1000);
}

static bool is_english(enum subject_id subject)
{
    return subject == S_ENG || subject == S_REA || subject == S_WRI || subject == S_FRE ||
           subject == S_DRAMA;
}

static int32_t needs(const struct person *person)
{
    switch (person->sen) {
    case 'A':
        return -LESS_ACTION;
    case 'P':
        return -LESS_ACTION_PLUS;
    case 'S':
        return -LESS_STATEMENT;
    default:
        return 0;
    }
}

static int32_t age_in_year(const struct person *person, enum stage_id stage)
{
    int days = date_number(person->dob) - date_number(year_start(person->base - 4));
    int32_t most = stage <= STAGE_KS1 ? MORE_SEPTEMBER : MORE_SEPTEMBER / 2;

    return most - 2 * most * days / 365;
}

int32_t ability_in(const struct person *person, enum subject_id subject, enum stage_id stage)
{
    int32_t own = chance_normal(person->key, FOR_ABILITY, 1, (int)subject);
    /* A weight of 0.55 for the subject's own part gives a correlation of 0.7. */
    int32_t base = mixed(person->ability, own, subject_infos[subject].own > 400 ? 750 : 550);
    int32_t at = MEAN_LESS + needs(person) + age_in_year(person, stage);

    at += person->fsm ? -LESS_FSM : 0;
    at += person->looked_after ? -LESS_CARE : 0;
    if (person->eal)
        at -= stage <= STAGE_KS1 ? LESS_EAL_FIRST : LESS_EAL_LATER;
    if (is_english(subject))
        at += person->girl ? MORE_GIRLS_ENGLISH : -MORE_GIRLS_ENGLISH;
    return at + base * REST / 1000;
}

/* How somebody does from one stage to the next, against others who started alike. */
static int32_t progress_in(const struct person *person, enum subject_id subject,
        enum stage_id stage)
{
    int32_t all = chance_normal(person->key, FOR_PROGRESS, 0, (int)stage);
    int32_t own = chance_normal(person->key, FOR_PROGRESS, 1 + (int)stage, (int)subject);
    int32_t at = mixed(all, own, 600);

    if (stage == STAGE_KS4)
        at = mixed(at, progress_in(person, subject, STAGE_KS3), 550);
    at += MEAN_SLOWER;
    at += person->fsm ? -SLOWER_FSM : 0;
    at += person->sen != 'N' ? -SLOWER_NEEDS : 0;
    at += person->eal ? FASTER_EAL : 0;
    if (is_english(subject))
        at += person->girl ? 60 : -60;
    return at;
}

int step_points(int step)
{
    static const int16_t below[] = { 2000, 3000, 4000, 5000 };

    if (step < STEP_W)
        return below[step < -4 ? 0 : step + 4];
    return step == STEP_W ? 3000 : 5000 + 2000 * step;
}

int step_of_points(int32_t points)
{
    int step = points < 6000 ? STEP_W : (int)(points - 6000) / 2000 + 1;

    return step > STEP_TOP ? STEP_TOP : step;
}

int step_level(int step)
{
    return step <= STEP_W ? 0 : (step + 2) / 3;
}

static int mean_step(const struct person *person, const enum subject_id *subjects, int n,
        enum stage_id stage)
{
    int32_t sum = 0;

    for (int i = 0; i < n; i++)
        sum += step_points(end_step(person, subjects[i], stage));
    return step_of_points(sum / n);
}

/* P levels rise by a step or two in a key stage. */
static int p_step(const struct person *person, enum subject_id subject, enum stage_id stage)
{
    int step = -4 + chance_below(person->key, FOR_ABILITY, 3, (int)subject, 3);

    for (int s = STAGE_KS2; s <= (int)stage; s++)
        step += 1 + chance_below(person->key, FOR_PROGRESS, s, (int)subject, 2);
    return step;
}

/* The result that is the starting point of a subject in Key Stages 3 and 4. */
static int ks2_start(const struct person *person, enum subject_id subject)
{
    static const enum subject_id core[] = { S_ENG, S_MAT, S_SCI };

    if (subject == S_ENG || subject == S_MAT || subject == S_SCI)
        return end_step(person, subject, STAGE_KS2);
    return mean_step(person, core, COUNT(core), STAGE_KS2);
}

int end_step(const struct person *person, enum subject_id subject, enum stage_id stage)
{
    static const enum subject_id english[] = { S_REA, S_WRI };
    int32_t share;

    if (person->p_levels)
        return p_step(person, subject, stage);
    if (subject == S_ENG && stage <= STAGE_KS2)
        return mean_step(person, english, COUNT(english), stage);
    if (stage == STAGE_KS1)
        return chances_ks1(subject, chance_share(ability_in(person, subject, stage)));
    share = chance_share(progress_in(person, subject, stage));
    if (stage == STAGE_KS2)
        return chances_ks2(subject, end_step(person, subject, STAGE_KS1), share);
    return chances_ks3(subject, ks2_start(person, subject), share);
}

int end_grade(const struct person *person, enum subject_id subject)
{
    int32_t share = chance_share(progress_in(person, subject, STAGE_KS4));

    return chances_ks4(subject, ks2_start(person, subject), share);
}

int end_a_level(const struct person *person, enum subject_id subject)
{
    int grade = end_grade(person, subject) - 3 +
                chance_normal(person->key, FOR_PROGRESS, 40, (int)subject) / 1000;

    return grade < 0 ? 0 : grade > 5 ? 5 : grade;
}

const char *step_text(const struct person *person, int step, char buffer[GRADE_SIZE])
{
    if (person->p_levels && step <= STEP_W)
        (void)snprintf(buffer, GRADE_SIZE, "P%d", step < -4 ? 4 : 8 + step);
    else if (step <= STEP_W)
        (void)snprintf(buffer, GRADE_SIZE, "W");
    else
        (void)snprintf(buffer, GRADE_SIZE, "%d%c", step_level(step) % 10,
                "abc"[3 * step_level(step) - step]);
    return buffer;
}

const char *award_text(enum subject_id subject, int grade)
{
    static const char *const gcse[] = { "U", "G", "F", "E", "D", "C", "B", "A", "A*" };
    static const char *const passes[] = { "U", "U", "U", "U", "P", "P", "M", "D", "D" };
    static const char *const entries[] = { "E1", "E2", "E3", "E3", "E3", "E3", "E3", "E3",
        "E3" };

    switch (subject_infos[subject].award) {
    case AWARD_PASS_MERIT:
        return passes[grade];
    case AWARD_PASS:
        return grade >= 1 ? "P" : "U";
    case AWARD_ENTRY:
        return entries[grade];
    case AWARD_GCSE:
        break;
    }
    return gcse[grade];
}

const char *thirds_text(int thirds, char buffer[GRADE_SIZE])
{
    static const char *const signs[] = { "", "+", "-" };

    if (thirds < 2)
        return "U";
    if (thirds > 24)
        thirds = 24;
    (void)snprintf(buffer, GRADE_SIZE, "%s%s", award_text(S_ENG, (thirds + 1) / 3),
            signs[thirds % 3]);
    return buffer;
}

const char *a_level_text(int grade)
{
    static const char *const grades[] = { "U", "E", "D", "C", "B", "A" };

    return grades[grade];
}
