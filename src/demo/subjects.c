#include "base/attr.h"
#include "demo/learning_in.h"

const struct subject_info subject_infos[S__MAX] = {
    [S_REA] = { "REA", "Reading", AWARD_GCSE, false, 300 },
    [S_WRI] = { "WRI", "Writing", AWARD_GCSE, false, 300 },
    [S_MAT] = { "MAT", "Maths", AWARD_GCSE, true, 300 },
    [S_SCI] = { "SCI", "Science", AWARD_GCSE, true, 300 },
    [S_ENG] = { "ENG", "English", AWARD_GCSE, true, 300 },
    [S_HIS] = { "HIS", "History", AWARD_GCSE, false, 350 },
    [S_GEO] = { "GEO", "Geography", AWARD_GCSE, false, 350 },
    [S_FRE] = { "FRE", "French", AWARD_GCSE, false, 400 },
    [S_ART] = { "ART", "Art", AWARD_GCSE, false, 600 },
    [S_DAT] = { "DAT", "Technology", AWARD_GCSE, false, 450 },
    [S_ICT] = { "ICT", "ICT", AWARD_GCSE, false, 400 },
    [S_MUS] = { "MUS", "Music", AWARD_GCSE, false, 600 },
    [S_PED] = { "PED", "PE", AWARD_GCSE, false, 650 },
    [S_REL] = { "REL", "RE", AWARD_GCSE, false, 350 },
    [S_REL_SHORT] = { "REL-S", "RE", AWARD_GCSE, false, 350 },
    [S_BUSINESS] = { "BUS", "Business", AWARD_GCSE, false, 350 },
    [S_DRAMA] = { "DRA", "Drama", AWARD_GCSE, false, 550 },
    [S_BTEC_SPORT] = { "BT-SPO", "BTEC Sport", AWARD_PASS_MERIT, false, 600 },
    [S_BTEC_ENGINEERING] = { "BT-ENR", "BTEC Engineering", AWARD_PASS_MERIT, false, 500 },
    [S_OCR_ICT] = { "OC-ICT", "OCR ICT", AWARD_PASS_MERIT, false, 450 },
    [S_COPE_1] = { "COPE-1", "CoPE", AWARD_PASS, false, 500 },
    [S_ENTRY_ENG] = { "EL-ENG", "Entry English", AWARD_ENTRY, false, 400 },
    [S_ENTRY_MAT] = { "EL-MAT", "Entry maths", AWARD_ENTRY, false, 400 },
};

const char *const stage_codes[STAGE__MAX] = { "FSP", "KS1", "KS2", "KS3", "KS4", "KS5" };

enum stage_id stage_of(int school, int year)
{
    if (year <= 0)
        return STAGE_FSP;
    if (year <= 2)
        return STAGE_KS1;
    if (year <= 6)
        return STAGE_KS2;
    if (year <= demo_schools[school].ks3_last)
        return STAGE_KS3;
    return year <= 11 ? STAGE_KS4 : STAGE_KS5;
}

int stage_first(int school, enum stage_id stage)
{
    int year = YEAR_N1;

    while (stage_of(school, year) != stage)
        year++;
    return year;
}

int stage_last(int school, enum stage_id stage)
{
    int year = YEAR_LAST;

    while (stage_of(school, year) != stage)
        year--;
    return year;
}

static size_t take(enum subject_id subjects[SUBJECTS_MAX], const enum subject_id *list,
        size_t n)
{
    for (size_t i = 0; i < n; i++)
        subjects[i] = list[i];
    return n;
}

size_t options_taken(const struct person *person, enum subject_id subjects[SUBJECTS_MAX])
{
    static const enum subject_id columns[4][3] = {
        { S_HIS, S_GEO, S_DRAMA },
        { S_FRE, S_BUSINESS, S_OCR_ICT },
        { S_ART, S_DAT, S_ICT },
        { S_PED, S_MUS, S_BTEC_SPORT },
    };
    static const enum subject_id pathway[] = { S_COPE_1, S_BTEC_SPORT, S_OCR_ICT };

    if (person->p_levels)
        return take(subjects, pathway, 1);
    if (person->pathway)
        return take(subjects, pathway, COUNT(pathway));
    for (int i = 0; i < 4; i++)
        subjects[i] = columns[i][chance_below(person->key, FOR_OPTION, i, 0, 3)];
    if (subjects[1] == S_OCR_ICT && subjects[2] == S_ICT)
        subjects[2] = S_ART;
    /* The partner school runs engineering for both. */
    if (chance_hits(person->key, FOR_OPTION, 9, 0, 90))
        subjects[2] = S_BTEC_ENGINEERING;
    return 4;
}

static size_t taken_in_ks4(const struct person *person, enum subject_id subjects[SUBJECTS_MAX])
{
    static const enum subject_id core[] = { S_ENG, S_MAT, S_SCI, S_REL_SHORT };
    static const enum subject_id entry[] = { S_ENTRY_ENG, S_ENTRY_MAT };
    enum subject_id options[SUBJECTS_MAX];
    size_t n = person->p_levels ? take(subjects, entry, COUNT(entry))
                                : take(subjects, core, COUNT(core) - person->pathway);
    size_t option_n = options_taken(person, options);

    for (size_t i = 0; i < option_n; i++)
        subjects[n++] = options[i];
    return n;
}

static size_t taken_in_ks5(const struct person *person, enum subject_id subjects[SUBJECTS_MAX])
{
    static const enum subject_id list[] = { S_ENG, S_MAT, S_SCI, S_HIS, S_GEO, S_ART,
        S_BUSINESS };
    int start = chance_below(person->key, FOR_OPTION, 20, 0, COUNT(list));

    for (int i = 0; i < 3; i++)
        subjects[i] = list[(start + 2 * i) % (int)COUNT(list)];
    return 3;
}

size_t subjects_taken(const struct person *person, int year,
        enum subject_id subjects[SUBJECTS_MAX])
{
    static const enum subject_id primary[] = { S_REA, S_WRI, S_MAT, S_SCI };
    static const enum subject_id lower[] = { S_ENG, S_MAT, S_SCI, S_HIS, S_GEO, S_FRE, S_ART,
        S_DAT, S_ICT, S_MUS, S_PED, S_REL };

    switch (stage_of(person->school, year)) {
    case STAGE_KS1:
    case STAGE_KS2:
        return take(subjects, primary, COUNT(primary));
    case STAGE_KS3:
        return take(subjects, lower, person->p_levels ? 3 : COUNT(lower));
    case STAGE_KS4:
        return taken_in_ks4(person, subjects);
    case STAGE_KS5:
        return taken_in_ks5(person, subjects);
    case STAGE_FSP:
    case STAGE__MAX:
        break;
    }
    return 0;
}

size_t subjects_kept(const struct person *person, int year,
        enum subject_id subjects[SUBJECTS_MAX])
{
    size_t n = subjects_taken(person, year, subjects);

    return person_left(person) && stage_of(person->school, year) >= STAGE_KS3 && n > 3 ? 3 : n;
}
