#include <stdio.h>

#include "base/attr.h"
#include "demo/learning_in.h"

enum {
    GROUPED_YEARS = 2,
    FORM_SETS = 0
};

static bool is_core(enum subject_id subject)
{
    return subject == S_ENG || subject == S_MAT || subject == S_SCI;
}

int set_n(int school, int year, enum subject_id subject)
{
    enum stage_id stage = stage_of(school, year);

    if (stage == STAGE_KS5)
        return 1;
    if (stage < STAGE_KS3 || subject == S_REL_SHORT)
        return FORM_SETS;
    if (is_core(subject))
        return school == DEMO_MAIN ? 4 : 2;
    if (stage == STAGE_KS3)
        return FORM_SETS;
    if (subject == S_COPE_1 || subject == S_BTEC_ENGINEERING || subject == S_ENTRY_ENG ||
            subject == S_ENTRY_MAT)
        return 1;
    return school == DEMO_MAIN ? 2 : 1;
}

/* One cohort while its sets are made up. */
struct setting {
    int n;
    uint64_t keys[COHORT_MAX];
    int32_t abilities[SET_SUBJECTS][COHORT_MAX];
};

static const enum subject_id set_subjects[SET_SUBJECTS] = { S_ENG, S_MAT, S_SCI };

static int set_subject(enum subject_id subject)
{
    int i = 0;

    while (i + 1 < SET_SUBJECTS && set_subjects[i] != subject)
        i++;
    return i;
}

static void set_cohort(const struct demo *demo, int base, struct setting *setting)
{
    setting->n = seats_of_cohort(demo->school);
    for (int seat = 0; seat < setting->n; seat++) {
        struct person person;

        if (!person_in_seat(demo, base, seat, &person))
            continue;
        setting->keys[seat] = person.key;
        for (int i = 0; i < SET_SUBJECTS; i++)
            setting->abilities[i][seat] = ability_in(&person, set_subjects[i], STAGE_KS2);
    }
}

/* What the sets of a year were made by: ability as the year before showed it. */
static int32_t shown(const struct setting *setting, int year, int subject, int seat)
{
    return setting->abilities[subject][seat] +
           chance_normal(setting->keys[seat], FOR_SET, year, subject) / 5;
}

/* The top sets are the largest. */
static int set_at(int rank, int of, int n)
{
    static const int percent[] = { 28, 54, 79 };

    if (n == 2)
        return rank * 2 < of ? 1 : 2;
    for (int i = 0; i < (int)COUNT(percent); i++) {
        if (rank * 100 < of * percent[i])
            return i + 1;
    }
    return (int)COUNT(percent) + 1;
}

static void set_year(const struct setting *setting, int year, int subject, int sets,
        uint8_t ret_sets[COHORT_MAX])
{
    int32_t values[COHORT_MAX];

    for (int seat = 0; seat < setting->n; seat++)
        values[seat] = shown(setting, year, subject, seat);
    for (int seat = 0; seat < setting->n; seat++) {
        int rank = 0;

        for (int other = 0; other < setting->n; other++)
            rank += values[other] > values[seat] ||
                    (values[other] == values[seat] && other < seat);
        ret_sets[seat] = (uint8_t)set_at(rank, setting->n, sets);
    }
}

static void set_all(const struct demo *demo, int base, struct set_list *list)
{
    struct setting setting = { .n = 0 };
    int sets = set_n(demo->school, SET_FIRST_YEAR, S_ENG);

    set_cohort(demo, base, &setting);
    for (int i = 0; i < SET_YEARS; i++) {
        for (int subject = 0; subject < SET_SUBJECTS; subject++)
            set_year(&setting, SET_FIRST_YEAR + i, subject, sets, list->sets[i][subject]);
    }
    list->base = base;
}

int person_class(struct set_list *list, const struct demo *demo, const struct person *person,
        int year, enum subject_id subject)
{
    int n = set_n(person->school, year, subject);

    if (n == FORM_SETS)
        return person_form(person, year) + 1;
    if (n == 1)
        return 1;
    if (!is_core(subject))
        return 1 + chance_below(person->key, FOR_SET, 200, (int)subject, n);
    if (list->base != person->base)
        set_all(demo, person->base, list);
    return list->sets[year - SET_FIRST_YEAR][set_subject(subject)][person->seat];
}

void class_name(int school, int year, enum subject_id subject, int number,
        char buffer[DEMO_NAME_SIZE])
{
    int n = set_n(school, year, subject);
    const char *word = subject_infos[subject].word;

    if (n == FORM_SETS)
        (void)snprintf(buffer, DEMO_NAME_SIZE, "%d%c", year, 'A' + number - 1);
    else if (subject == S_BTEC_ENGINEERING && school == DEMO_MAIN)
        (void)snprintf(buffer, DEMO_NAME_SIZE, "%d %s at Quillhaven", year, word);
    else if (n == 1)
        (void)snprintf(buffer, DEMO_NAME_SIZE, "%d %s", year, word);
    else
        (void)snprintf(buffer, DEMO_NAME_SIZE,
                is_core(subject) ? "%d %s set %d" : "%d %s group %d", year, word, number);
}

/* One membership being handed out. */
struct joining {
    const struct demo *demo;
    const struct sink *sink;
    struct err *err;
    const struct person *person;
    char upn[UPN_SIZE];
    long row;
    struct set_list *sets;
};

static enum err_code join(struct joining *joining, struct group_record record, struct date from,
        struct date to)
{
    char from_text[DATE_TEXT_SIZE], to_text[DATE_TEXT_SIZE];
    const struct person *person = joining->person;

    from = date_later(from, person->entry);
    if (date_is_set(person->leaving) && (!date_is_set(to) || to.ymd > person->leaving.ymd))
        to = person->leaving;
    if (from.ymd > joining->demo->today.ymd || (date_is_set(to) && to.ymd < from.ymd))
        return ERR_OK;
    record.row = ++joining->row;
    record.upn = joining->upn;
    record.from = date_text(from, from_text);
    record.to = date_text(to, to_text);
    return joining->sink->on_group(joining->sink->data, &record, joining->err);
}

/* The last day of a school year's groups; none while the year goes on. */
static struct date year_end(const struct demo *demo, int end_year)
{
    return end_year == school_year(demo->today) ? (struct date){ 0 }
                                                : date_plus(year_start(end_year + 1), -1);
}

static enum err_code join_form(struct joining *joining, int end_year)
{
    const struct person *person = joining->person;
    char name[8];

    person_registration(person, end_year - person->base, name);
    return join(joining,
            (struct group_record){ .group = name, .type = "registration", .subject = "" },
            year_start(end_year), year_end(joining->demo, end_year));
}

static enum err_code join_sets(struct joining *joining, int end_year)
{
    const struct person *person = joining->person;
    int year = end_year - person->base;
    enum subject_id subjects[SUBJECTS_MAX];
    size_t n = subjects_taken(person, year, subjects);
    enum err_code code = ERR_OK;

    for (size_t i = 0; i < n && code == ERR_OK; i++) {
        char name[DEMO_NAME_SIZE];

        if (set_n(person->school, year, subjects[i]) == FORM_SETS)
            continue;
        class_name(person->school, year, subjects[i],
                person_class(joining->sets, joining->demo, person, year, subjects[i]), name);
        code = join(joining,
                (struct group_record){ .group = name,
                        .type = "teaching",
                        .subject = subject_infos[subjects[i]].code },
                year_start(end_year), year_end(joining->demo, end_year));
    }
    return code;
}

/* Groups made for a purpose, for part of a year. */
static const struct intervention {
    const char *name;
    int first_year, last_year; /* NC years */
    enum subject_id subject;
    enum stage_id stage;
    int lowest, highest; /* steps of the result they would come to */
    int from_month, from_day, to_month, to_day;
    int64_t pence;
    const char *staff, *purpose;
} interventions[] = {
    { "Reading recovery", 1, 2, S_REA, STAGE_KS1, STEP_W, 2, 10, 5, 3, 27, 214000,
            "Mrs Thornbury", "Half an hour a day with one adult, for the slowest readers" },
    { "Writing clinic", 3, 4, S_WRI, STAGE_KS2, 1, 8, 11, 9, 3, 27, 70000, "Mr Aske",
            "Writing conferences twice a week" },
    { "Booster maths spring", 6, 6, S_MAT, STAGE_KS2, 9, 10, 1, 12, 5, 8, 184000,
            "Mrs Sedgley, Mr Aske",
            "Small groups before the tests, for those just below level 4" },
    { "Catch-up English", 7, 8, S_ENG, STAGE_KS2, 1, 8, 9, 21, 12, 11, 96050, "Ms Harrowgate",
            "Reading and spelling each morning, for those who came below level 4" },
};

static bool has(const struct person *person, const struct intervention *of, int year)
{
    int step;

    if (year < of->first_year || year > of->last_year || person->p_levels)
        return false;
    step = end_step(person, of->subject, of->stage);
    return step >= of->lowest && step <= of->highest &&
           chance_hits(person->key, FOR_SET, 300 + (int)(of - interventions), year, 700);
}

bool person_helped(const struct person *person, enum subject_id subject, int year)
{
    for (size_t i = 0; i < COUNT(interventions); i++) {
        if (interventions[i].subject == subject && has(person, &interventions[i], year))
            return true;
    }
    return false;
}

static struct date first_day(const struct intervention *of, int end_year)
{
    return date_make(of->from_month >= 9 ? end_year - 1 : end_year, of->from_month,
            of->from_day);
}

static struct date last_day(const struct intervention *of, int end_year)
{
    return date_make(of->to_month >= 9 ? end_year - 1 : end_year, of->to_month, of->to_day);
}

static enum err_code join_interventions(struct joining *joining, int end_year)
{
    const struct person *person = joining->person;
    enum err_code code = ERR_OK;

    for (size_t i = 0; i < COUNT(interventions) && code == ERR_OK; i++) {
        const struct intervention *of = &interventions[i];

        if (!has(person, of, end_year - person->base))
            continue;
        code = join(joining,
                (struct group_record){ .group = of->name, .type = "user", .subject = "" },
                first_day(of, end_year), last_day(of, end_year));
    }
    return code;
}

bool demo_intervention(const struct demo *demo, size_t index,
        struct demo_intervention *ret_intervention)
{
    int this_year = school_year(demo->today);
    size_t begun = 0;

    for (size_t i = 0; demo->school == DEMO_MAIN && i < COUNT(interventions); i++) {
        const struct intervention *of = &interventions[i];

        for (int year = this_year - GROUPED_YEARS + 1; year <= this_year; year++) {
            struct date from = first_day(of, year);

            if (from.ymd > demo->today.ymd || begun++ != index)
                continue;
            *ret_intervention = (struct demo_intervention){ of->name, of->purpose, of->staff,
                of->pence, from, last_day(of, year) };
            return true;
        }
    }
    return false;
}

static enum err_code join_lasting(struct joining *joining)
{
    const struct person *person = joining->person;
    enum err_code code = join(joining,
            (struct group_record){ .group = house_name(person),
                    .type = "house",
                    .subject = "" },
            person->entry, (struct date){ 0 });
    struct date gifted_from = date_later(year_start(person->base + 3), person->entry);

    if (code == ERR_OK && person->gifted)
        code = join(joining,
                (struct group_record){ .group = "Gifted and talented",
                        .type = "user",
                        .subject = "" },
                gifted_from, (struct date){ 0 });
    return code;
}

static enum err_code join_year(struct joining *joining, int end_year)
{
    static enum err_code (*const parts[])(struct joining *, int) = { join_form, join_sets,
        join_interventions };
    int year = end_year - joining->person->base;
    enum err_code code = ERR_OK;

    if (year < YEAR_N1 || year > YEAR_LAST)
        return ERR_OK;
    for (size_t i = 0; i < COUNT(parts) && code == ERR_OK; i++)
        code = parts[i](joining, end_year);
    return code;
}

enum err_code demo_groups(void *data, const struct sink *sink, struct err *err)
{
    const struct demo *demo = data;
    int this_year = school_year(demo->today);
    struct person_walk walk = person_walk(demo);
    struct person person;
    struct set_list sets = { .base = 0 };
    struct joining joining = { .demo = demo,
        .sink = sink,
        .err = err,
        .person = &person,
        .sets = &sets };

    if (sink->on_group == NULL)
        return ERR_OK;
    while (person_next(&walk, &person)) {
        enum err_code code;

        if (date_is_set(person.leaving) &&
                person.leaving.ymd < year_start(this_year - GROUPED_YEARS + 1).ymd)
            continue;
        person_upn(&person, joining.upn);
        code = join_lasting(&joining);
        for (int year = this_year - GROUPED_YEARS + 1; year <= this_year && code == ERR_OK;
                year++)
            code = join_year(&joining, year);
        if (code != ERR_OK)
            return code;
    }
    return ERR_OK;
}
