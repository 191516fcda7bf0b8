#include "demo/learning_in.h"

/* How much of what a review asks for is entered, in thousandths. */
enum {
    TERMS = 3,
    MISSING = 28,
    ABSENT = 9,
    CLASS_DONE = 450,
    CLASS_BEGUN = 300, /* half of its pupils */
    SETTLING_IN = 21   /* days before somebody who came in mid-year is judged */
};

/* One pupil's judgements of one term. */
struct judging {
    struct giver *giver;
    int year, term, end_year;
    enum stage_id stage;
    struct window window;
    char review[DEMO_NAME_SIZE];
};

/* The day the class's marks were entered. */
static struct date entered_on(const struct judging *judging, enum subject_id subject,
        int class_no)
{
    const struct demo *demo = judging->giver->demo;
    struct date last = date_earlier(date_plus(judging->window.to, -1), demo->today);
    int days = date_number(last) - date_number(judging->window.from) + 1;
    uint64_t key = chance_key((uint64_t)demo->school, judging->end_year * TERMS + judging->term,
            judging->year);

    return date_plus(judging->window.from,
            chance_below(key, FOR_REVIEW, (int)subject, class_no, days));
}

/* In an open review some classes are done, some begun, some not yet. */
static bool entered(const struct judging *judging, enum subject_id subject, int class_no)
{
    const struct person *person = judging->giver->person;
    uint64_t key = chance_key((uint64_t)person->school, judging->end_year, judging->year);
    int nth = judging->end_year * TERMS + judging->term;
    int at = chance_below(key, FOR_REVIEW, 100 + (int)subject, class_no, 1000);

    if (chance_hits(person->key, FOR_MISSING, nth, (int)subject, MISSING))
        return false;
    if (!judging->window.open || at < CLASS_DONE)
        return true;
    return at < CLASS_DONE + CLASS_BEGUN &&
           chance_hits(person->key, FOR_MISSING, 1000 + nth, (int)subject, 500);
}

static enum err_code give_likely(struct judging *judging, enum subject_id subject,
        struct date date)
{
    const struct person *person = judging->giver->person;
    bool thirds = judging->stage == STAGE_KS4 && subject_infos[subject].thirds;
    int at = judged_thirds(person, subject, judging->year, judging->term);
    char text[GRADE_SIZE];
    struct giving giving = {
        .subject = subject,
        .kind = "likely",
        .stage = stage_codes[judging->stage],
        .review = judging->review,
        .scale = thirds ? "gcse-thirds" : NULL,
        .date = date,
    };

    if (judging->stage == STAGE_KS5)
        giving.grade = a_level_text(at);
    else if (thirds)
        giving.grade = thirds_text(at, text);
    else
        giving.grade = award_text(subject, (at + 1) / 3);
    return give(judging->giver, &giving);
}

static enum err_code give_working_at(struct judging *judging, enum subject_id subject,
        struct date date)
{
    const struct person *person = judging->giver->person;
    int nth = judging->end_year * TERMS + judging->term;
    char text[GRADE_SIZE];
    struct giving giving = {
        .subject = subject,
        .kind = "assessment",
        .stage = stage_codes[judging->stage],
        .review = judging->review,
        .grade = text,
        .date = date,
    };

    (void)step_text(person, judged_step(person, subject, judging->year, judging->term), text);
    if (chance_hits(person->key, FOR_MISSING, 2000 + nth, 0, ABSENT))
        giving.grade = "A";
    return give(judging->giver, &giving);
}

static bool here_on(const struct person *person, struct date date)
{
    int settling = person->turn == 1 ? SETTLING_IN : 0;

    return person_on_roll(person, date) && person_on_roll(person, date_plus(date, -settling));
}

static enum err_code give_term(struct judging *judging)
{
    const struct person *person = judging->giver->person;
    enum subject_id subjects[SUBJECTS_MAX];
    size_t n = subjects_kept(person, judging->year, subjects);
    enum err_code code = ERR_OK;

    for (size_t i = 0; i < n && code == ERR_OK; i++) {
        int class_no = person_class(judging->giver->sets, judging->giver->demo, person,
                judging->year, subjects[i]);
        struct date date = entered_on(judging, subjects[i], class_no);

        if (!here_on(person, date) || !entered(judging, subjects[i], class_no))
            continue;
        code = judging->stage >= STAGE_KS4 ? give_likely(judging, subjects[i], date)
                                           : give_working_at(judging, subjects[i], date);
    }
    return code;
}

enum err_code give_judgements(struct giver *giver)
{
    const struct person *person = giver->person;
    int this_year = school_year(giver->demo->today);
    enum err_code code = ERR_OK;

    for (int end_year = this_year - history_years(person->school); end_year <= this_year;
            end_year++) {
        struct judging judging = { .giver = giver,
            .end_year = end_year,
            .year = end_year - person->base };

        if (judging.year < 1 || judging.year > year_oldest(person->school))
            continue;
        judging.stage = stage_of(person->school, judging.year);
        for (judging.term = 0; judging.term < TERMS && code == ERR_OK; judging.term++) {
            if (!review_window(giver->demo, end_year, judging.term, &judging.window))
                break;
            review_name(end_year, judging.term, judging.stage >= STAGE_KS4, judging.review);
            code = give_term(&judging);
        }
    }
    return code;
}
