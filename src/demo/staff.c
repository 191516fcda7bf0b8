#include <stdio.h>

#include "base/attr.h"
#include "base/text.h"
#include "demo/learning_in.h"

enum {
    MAIN_TEACHERS = 160,
    SUBJECTS_OF_A_YEAR = 24
};

/* ---- the classes that are taught ---- */

/* Subjects taught in a year anywhere in the school. */
static size_t taught(int school, int year, enum subject_id subjects[SUBJECTS_OF_A_YEAR])
{
    static const enum subject_id primary[] = { S_REA, S_WRI, S_MAT, S_SCI };
    static const enum subject_id lower[] = { S_ENG, S_MAT, S_SCI, S_HIS, S_GEO, S_FRE, S_ART,
        S_DAT, S_ICT, S_MUS, S_PED, S_REL };
    static const enum subject_id upper[] = { S_ENG, S_MAT, S_SCI, S_REL_SHORT, S_HIS, S_GEO,
        S_FRE, S_ART, S_DAT, S_ICT, S_MUS, S_PED, S_BUSINESS, S_DRAMA, S_BTEC_SPORT,
        S_OCR_ICT };
    static const enum subject_id sixth[] = { S_ENG, S_MAT, S_SCI, S_HIS, S_GEO, S_ART,
        S_BUSINESS };
    static const struct {
        const enum subject_id *list;
        size_t n;
    } lists[STAGE__MAX] = {
        [STAGE_KS1] = { primary, COUNT(primary) },
        [STAGE_KS2] = { primary, COUNT(primary) },
        [STAGE_KS3] = { lower, COUNT(lower) },
        [STAGE_KS4] = { upper, COUNT(upper) },
        [STAGE_KS5] = { sixth, COUNT(sixth) },
    };
    enum stage_id stage = stage_of(school, year);

    if (seats_in_year(school, year) == 0)
        return 0;
    for (size_t i = 0; i < lists[stage].n; i++)
        subjects[i] = lists[stage].list[i];
    return lists[stage].n;
}

static int classes_in(int school, int year, enum subject_id subject)
{
    int n = set_n(school, year, subject);

    return n == 0 ? forms_in_year(school, year) : n;
}

static void set_class(int school, int year, enum subject_id subject, int number,
        struct demo_class *ret_class)
{
    *ret_class = (struct demo_class){
        .type = set_n(school, year, subject) == 0 ? "registration" : "teaching",
        .subject = subject_infos[subject].code,
        .year = year,
    };
    class_name(school, year, subject, number, ret_class->group);
}

/* The `index`th class of a school, year by year; false past the last. In the primary phase
   the subjects of a registration group stand together, so that one person teaches them. */
static bool class_at(int school, int index, struct demo_class *ret_class)
{
    for (int year = 1; year <= YEAR_LAST; year++) {
        enum subject_id subjects[SUBJECTS_OF_A_YEAR];
        size_t n = taught(school, year, subjects);
        int together =
                stage_of(school, year) <= STAGE_KS2 ? forms_in_year(school, year) * (int)n : 0;

        if (n > 0 && index < together) {
            set_class(school, year, subjects[index % (int)n], index / (int)n + 1, ret_class);
            return true;
        }
        index -= together;
        for (size_t i = 0; i < n && together == 0; i++) {
            int classes = classes_in(school, year, subjects[i]);

            if (index >= classes) {
                index -= classes;
                continue;
            }
            set_class(school, year, subjects[i], index + 1, ret_class);
            return true;
        }
    }
    return false;
}

static int class_count(int school)
{
    struct demo_class found;
    int n = 0;

    while (class_at(school, n, &found))
        n++;
    return n;
}

/* The classes of teacher `nth` of `teachers`, who share them out evenly in order. */
static void give_classes(struct demo_staff *staff, int school, int nth, int teachers)
{
    int all = class_count(school);
    int first = nth * all / teachers;
    int end = (nth + 1) * all / teachers;

    for (int i = first; i < end && staff->class_n < DEMO_CLASSES_MAX; i++) {
        if (class_at(school, i, &staff->classes[staff->class_n]))
            staff->class_n++;
    }
}

/* ---- the accounts that are not teachers' ---- */

struct post {
    const char *role, *username;
    int school; /* DEMO_SCHOOL_N: the authority */
    int year;
    const char *subject;
    const char *registration;
};

static const struct post posts[] = {
    { "data_manager", "data", DEMO_MAIN, DEMO_YEAR_NONE, NULL, "" },
    { "data_manager", "data.quillhaven", DEMO_PARTNER, DEMO_YEAR_NONE, NULL, "" },
    { "head", "head", DEMO_MAIN, DEMO_YEAR_NONE, NULL, "" },
    { "head", "head.quillhaven", DEMO_PARTNER, DEMO_YEAR_NONE, NULL, "" },
    { "slt", "deputy.primary", DEMO_MAIN, DEMO_YEAR_NONE, NULL, "" },
    { "slt", "deputy.secondary", DEMO_MAIN, DEMO_YEAR_NONE, NULL, "" },
    { "head_of_year", "year6", DEMO_MAIN, 6, NULL, "" },
    { "head_of_year", "year8", DEMO_MAIN, 8, NULL, "" },
    { "head_of_year", "year11", DEMO_MAIN, 11, NULL, "" },
    { "subject_leader", "leader.english", DEMO_MAIN, DEMO_YEAR_NONE, "ENG", "" },
    { "subject_leader", "leader.maths", DEMO_MAIN, DEMO_YEAR_NONE, "MAT", "" },
    { "subject_leader", "leader.science", DEMO_MAIN, DEMO_YEAR_NONE, "SCI", "" },
    { "form_tutor", "tutor.7a", DEMO_MAIN, DEMO_YEAR_NONE, NULL, "7A" },
    { "form_tutor", "tutor.10c", DEMO_MAIN, DEMO_YEAR_NONE, NULL, "10C" },
    { "ta", "assistant", DEMO_MAIN, DEMO_YEAR_NONE, NULL, "" },
    { "senco", "senco", DEMO_MAIN, DEMO_YEAR_NONE, NULL, "" },
    { "governor", "governor", DEMO_MAIN, DEMO_YEAR_NONE, NULL, "" },
    { "la_adviser", "adviser", DEMO_SCHOOL_N, DEMO_YEAR_NONE, NULL, "" },
    { "partner", "partner", DEMO_PARTNER, DEMO_YEAR_NONE, "BT-ENR", "" },
    { "parent", "parent", DEMO_MAIN, DEMO_YEAR_NONE, NULL, "" },
    { "pupil", "pupil", DEMO_MAIN, DEMO_YEAR_NONE, NULL, "" },
};

/* The child of the parent's account, and the pupil's own: somebody of Year 8. */
static void find_child(struct demo_staff *staff, const struct demo *demo)
{
    enum {
        YEAR = 8,
        SEAT = 20
    };
    struct demo at_main = { .school = DEMO_MAIN, .today = demo->today };
    int base = school_year(demo->today) - YEAR;
    struct person person;
    char surname[NAME_SIZE], forename[NAME_SIZE];

    if (!person_in_seat(&at_main, base, SEAT, &person))
        return;
    person_upn(&person, staff->pupil_upn);
    person_name(&person, surname, forename);
    if (!text_eq(staff->role, "pupil"))
        adult_name(chance_key(person.key, 77, 0), person.origin, true, staff->name, forename);
    (void)snprintf(staff->name, sizeof(staff->name), "%.47s %.47s", forename, surname);
}

static void name_staff(struct demo_staff *staff, int number)
{
    uint64_t key = chance_key(0x7374616666u, number, 0);
    int origin = chance_below(key, FOR_STAFF, 0, 0, 3) > 0
                         ? 0
                         : chance_below(key, FOR_STAFF, 1, 0, (int)origin_n - 1);
    char surname[NAME_SIZE], forename[NAME_SIZE];

    adult_name(key, origin, chance_hits(key, FOR_STAFF, 2, 0, 680), surname, forename);
    (void)snprintf(staff->name, sizeof(staff->name), "%.40s %.50s", forename, surname);
}

static void fill_post(struct demo_staff *staff, const struct demo *demo, size_t index)
{
    const struct post *post = &posts[index];

    *staff = (struct demo_staff){
        .role = post->role,
        .laestab = post->school == DEMO_SCHOOL_N ? NULL : demo_schools[post->school].laestab,
        .year = post->year,
        .subject = post->subject,
    };
    (void)text_copy(staff->username, sizeof(staff->username), post->username);
    (void)text_copy(staff->registration, sizeof(staff->registration), post->registration);
    name_staff(staff, (int)index);
    if (text_eq(post->role, "parent") || text_eq(post->role, "pupil"))
        find_child(staff, demo);
    if (text_eq(post->role, "ta"))
        give_classes(staff, DEMO_MAIN, MAIN_TEACHERS / 4, MAIN_TEACHERS - 1);
}

static void fill_teacher(struct demo_staff *staff, int number)
{
    int school = number < MAIN_TEACHERS ? DEMO_MAIN : DEMO_PARTNER;

    *staff = (struct demo_staff){
        .role = "teacher",
        .laestab = demo_schools[school].laestab,
        .year = DEMO_YEAR_NONE,
    };
    (void)snprintf(staff->username, sizeof(staff->username), "teacher%03d", number + 1);
    name_staff(staff, (int)COUNT(posts) + number);
    if (school == DEMO_PARTNER)
        give_classes(staff, school, number - MAIN_TEACHERS, DEMO_TEACHER_N - MAIN_TEACHERS);
    else /* the last two share what the last one teaches */
        give_classes(staff, school, number < MAIN_TEACHERS - 1 ? number : MAIN_TEACHERS - 2,
                MAIN_TEACHERS - 1);
}

bool demo_staff(const struct demo *demo, size_t index, struct demo_staff *ret_staff)
{
    if (index < COUNT(posts)) {
        fill_post(ret_staff, demo, index);
        return true;
    }
    index -= COUNT(posts);
    if (index >= DEMO_TEACHER_N)
        return false;
    fill_teacher(ret_staff, (int)index);
    return true;
}
