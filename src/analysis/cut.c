#include "analysis/cut.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "pupils/pupil.h"

static const char unclassified[] = "unclassified";

static const struct {
    const char *name, *label;
} cuts[CUT__MAX] = {
    [CUT_NONE] = { "", "" },
    [CUT_GENDER] = { "gender", "Gender" },
    [CUT_SEN] = { "sen", "Special educational needs" },
    [CUT_FSM] = { "fsm", "Free school meals" },
    [CUT_PUPIL_PREMIUM] = { "pupil-premium", "Pupil premium" },
    [CUT_EAL] = { "eal", "First language" },
    [CUT_ETHNICITY] = { "ethnicity", "Ethnic group" },
    [CUT_ETHNICITY_MAIN] = { "ethnicity-main", "Main ethnic group" },
    [CUT_LOOKED_AFTER] = { "looked-after", "Looked after" },
    [CUT_GIFTED] = { "gifted", "Gifted and talented" },
    [CUT_PRIOR_BAND] = { "prior-band", "Prior attainment" },
    [CUT_BIRTH_TERM] = { "birth-term", "Term of birth" },
    [CUT_BIRTH_MONTH] = { "birth-month", "Month of birth" },
    [CUT_MOBILITY] = { "mobility", "Mobility" },
    [CUT_YEAR] = { "year", "Year group" },
    [CUT_REGISTRATION] = { "registration", "Registration group" },
    [CUT_HOUSE] = { "house", "House" },
    [CUT_GROUP] = { "group", "Group" },
    [CUT_SET] = { "set", "Teaching set" },
    [CUT_TEACHER] = { "teacher", "Teacher" },
};

static const struct {
    enum cut cut;
    const char *value, *label;
} value_labels[] = {
    { CUT_GENDER, "F", "Girls" },
    { CUT_GENDER, "M", "Boys" },
    { CUT_FSM, "Y", "Free school meals" },
    { CUT_FSM, "N", "No free school meals" },
    { CUT_PUPIL_PREMIUM, "Y", "Pupil premium" },
    { CUT_PUPIL_PREMIUM, "N", "No pupil premium" },
    { CUT_EAL, "Y", "English as an additional language" },
    { CUT_EAL, "N", "English as first language" },
    { CUT_LOOKED_AFTER, "Y", "Looked after" },
    { CUT_LOOKED_AFTER, "N", "Not looked after" },
    { CUT_GIFTED, "Y", "Gifted and talented" },
    { CUT_GIFTED, "N", "Not gifted and talented" },
    { CUT_PRIOR_BAND, "low", "Low prior attainment" },
    { CUT_PRIOR_BAND, "middle", "Middle prior attainment" },
    { CUT_PRIOR_BAND, "high", "High prior attainment" },
    { CUT_BIRTH_TERM, "autumn", "Born September to December" },
    { CUT_BIRTH_TERM, "spring", "Born January to April" },
    { CUT_BIRTH_TERM, "summer", "Born May to August" },
    { CUT_BIRTH_MONTH, "09", "Born in September" },
    { CUT_BIRTH_MONTH, "10", "Born in October" },
    { CUT_BIRTH_MONTH, "11", "Born in November" },
    { CUT_BIRTH_MONTH, "12", "Born in December" },
    { CUT_BIRTH_MONTH, "01", "Born in January" },
    { CUT_BIRTH_MONTH, "02", "Born in February" },
    { CUT_BIRTH_MONTH, "03", "Born in March" },
    { CUT_BIRTH_MONTH, "04", "Born in April" },
    { CUT_BIRTH_MONTH, "05", "Born in May" },
    { CUT_BIRTH_MONTH, "06", "Born in June" },
    { CUT_BIRTH_MONTH, "07", "Born in July" },
    { CUT_BIRTH_MONTH, "08", "Born in August" },
    { CUT_MOBILITY, "settled", "Joined at a usual time" },
    { CUT_MOBILITY, "mobile", "Joined during the stage" },
    { CUT_ETHNICITY_MAIN, "white", "White" },
    { CUT_ETHNICITY_MAIN, "mixed", "Mixed" },
    { CUT_ETHNICITY_MAIN, "asian", "Asian" },
    { CUT_ETHNICITY_MAIN, "black", "Black" },
    { CUT_ETHNICITY_MAIN, "chinese", "Chinese" },
    { CUT_ETHNICITY_MAIN, "other", "Any other group" },
};

bool cut_parse(const char *word, enum cut *ret_cut)
{
    for (int i = CUT_NONE + 1; i < CUT__MAX; i++) {
        if (text_eq_fold(word, cuts[i].name)) {
            *ret_cut = (enum cut)i;
            return true;
        }
    }
    return false;
}

const char *cut_name(enum cut cut)
{
    return cuts[cut].name;
}

const char *cut_label(enum cut cut)
{
    return cuts[cut].label;
}

const char *cut_value_label(enum cut cut, const char *value)
{
    for (size_t i = 0; i < COUNT(value_labels); i++) {
        if (value_labels[i].cut == cut && text_eq(value_labels[i].value, value))
            return value_labels[i].label;
    }
    return text_eq(value, unclassified) ? "Not recorded" : value;
}

/* A value and where it belongs among the others of its cut. */
struct ranked {
    const char *value;
    int rank;
};

enum {
    RANK_LAST = INT32_MAX
};

static struct ranked on_record(const char *value)
{
    if (text_empty(value))
        return (struct ranked){ unclassified, RANK_LAST };
    return (struct ranked){ value, 0 };
}

static struct ranked yes_or_no(const char *value)
{
    if (text_empty(value))
        return on_record(value);
    return pupil_answer_is_yes(value) ? (struct ranked){ "Y", 1 } : (struct ranked){ "N", 0 };
}

static struct ranked first_language(const char *language)
{
    if (!pupil_language_is_known(language))
        return on_record("");
    return yes_or_no(pupil_language_is_additional(language) ? "Y" : "N");
}

static struct ranked in_year(int year)
{
    const char *text = framework_year_text(year);

    return text_empty(text) ? on_record("") : (struct ranked){ text, year };
}

static struct ranked birth_term(struct date dob)
{
    int month = date_month(dob);

    if (!date_is_set(dob))
        return on_record("");
    if (month >= 9)
        return (struct ranked){ "autumn", 0 };
    return month <= 4 ? (struct ranked){ "spring", 1 } : (struct ranked){ "summer", 2 };
}

static struct ranked birth_month(struct date dob)
{
    static const char *const months[] = { "01", "02", "03", "04", "05", "06", "07", "08", "09",
        "10", "11", "12" };
    int month = date_month(dob);

    if (!date_is_set(dob))
        return on_record("");
    return (struct ranked){ months[month - 1], (month + 3) % 12 };
}

/* The codes of ethnic groups begin with the letter of their main group. */
static struct ranked main_ethnic_group(const char *code)
{
    static const struct {
        char letter;
        const char *value;
    } groups[] = { { 'W', "white" }, { 'M', "mixed" }, { 'A', "asian" }, { 'B', "black" },
        { 'C', "chinese" }, { 'O', "other" } };

    for (size_t i = 0; !text_empty(code) && i < COUNT(groups); i++) {
        if (code[0] == groups[i].letter)
            return (struct ranked){ groups[i].value, (int)i };
    }
    return on_record("");
}

static struct ranked mobility(const struct cohort *cohort, size_t pupil)
{
    switch (cohort_mobility(cohort, pupil)) {
    case MOBILITY_SETTLED:
        return (struct ranked){ "settled", 0 };
    case MOBILITY_MOBILE:
        return (struct ranked){ "mobile", 1 };
    case MOBILITY_UNKNOWN:
        return on_record("");
    case MOBILITY_NONE:
        break;
    }
    return (struct ranked){ NULL, 0 };
}

static struct ranked prior_band(const struct cohort *cohort, size_t pupil)
{
    static const char *const words[] = {
        [PRIOR_BAND_NONE] = NULL,
        [PRIOR_BAND_LOW] = "low",
        [PRIOR_BAND_MIDDLE] = "middle",
        [PRIOR_BAND_HIGH] = "high",
    };
    enum prior_band band = cohort_prior_band(cohort, pupil);

    return (struct ranked){ words[band], (int)band };
}

/* The one value of a pupil by a cut that gives one; value NULL: none. */
static struct ranked value_of(const struct cohort *cohort, enum cut cut, size_t pupil)
{
    const struct cohort_pupil *who = &cohort->pupils[pupil];

    switch (cut) {
    case CUT_NONE:
        return (struct ranked){ "", 0 };
    case CUT_GENDER:
        return on_record(who->sex);
    case CUT_SEN:
        return on_record(who->sen);
    case CUT_FSM:
        return yes_or_no(who->fsm);
    case CUT_PUPIL_PREMIUM:
        return yes_or_no(who->pupil_premium);
    case CUT_EAL:
        return first_language(who->language);
    case CUT_ETHNICITY:
        return on_record(who->ethnicity);
    case CUT_ETHNICITY_MAIN:
        return main_ethnic_group(who->ethnicity);
    case CUT_LOOKED_AFTER:
        return yes_or_no(who->looked_after);
    case CUT_GIFTED:
        return yes_or_no(who->gifted);
    case CUT_PRIOR_BAND:
        return prior_band(cohort, pupil);
    case CUT_BIRTH_TERM:
        return birth_term(who->dob);
    case CUT_BIRTH_MONTH:
        return birth_month(who->dob);
    case CUT_MOBILITY:
        return mobility(cohort, pupil);
    case CUT_YEAR:
        return in_year(who->year);
    case CUT_REGISTRATION:
        return on_record(who->registration);
    case CUT_HOUSE:
        return on_record(who->house);
    case CUT_GROUP:
    case CUT_SET:
    case CUT_TEACHER:
    case CUT__MAX:
        break;
    }
    return (struct ranked){ NULL, 0 };
}

/* The names of a pupil by a cut that gives several; NULL for a cut that gives one value. */
static const char *const *names_of(const struct cohort_pupil *who, enum cut cut, size_t *ret_n)
{
    static const char *const none[] = { NULL };
    const char *const *names = cut == CUT_GROUP ? who->groups
                               : cut == CUT_SET ? who->sets
                                                : who->teachers;

    if (cut != CUT_GROUP && cut != CUT_SET && cut != CUT_TEACHER)
        return NULL;
    *ret_n = cut == CUT_GROUP ? who->group_n : cut == CUT_SET ? who->set_n : who->teacher_n;
    return names == NULL ? none : names;
}

static size_t values_of(const struct cohort *cohort, enum cut cut, size_t pupil)
{
    size_t n = 0;

    if (names_of(&cohort->pupils[pupil], cut, &n) != NULL)
        return n;
    return value_of(cohort, cut, pupil).value == NULL ? 0 : 1;
}

static struct ranked value_at(const struct cohort *cohort, enum cut cut, size_t pupil, size_t i)
{
    size_t n = 0;
    const char *const *names = names_of(&cohort->pupils[pupil], cut, &n);

    if (names != NULL)
        return (struct ranked){ names[i], 0 };
    return value_of(cohort, cut, pupil);
}

static int compare_ranked(const void *left, const void *right)
{
    const struct ranked *a = left;
    const struct ranked *b = right;

    if (a->rank != b->rank)
        return a->rank < b->rank ? -1 : 1;
    return strcmp(a->value, b->value);
}

/* Keep one of each in a sorted list; returns how many are left. */
static size_t keep_distinct(struct ranked *list, size_t n)
{
    size_t kept = 0;

    for (size_t i = 0; i < n; i++) {
        if (kept == 0 || compare_ranked(&list[kept - 1], &list[i]) != 0)
            list[kept++] = list[i];
    }
    return kept;
}

static uint32_t position(const struct ranked *distinct, size_t n, struct ranked value)
{
    const struct ranked *found =
            bsearch(&value, distinct, n, sizeof(*distinct), compare_ranked);

    return (uint32_t)(found - distinct);
}

enum err_code cut_make(struct arena *arena, const struct cohort *cohort, enum cut cut,
        struct cut_index *ret_index, struct err *err)
{
    struct cut_index index = { .cut = cut, .name = cut_name(cut) };
    struct ranked *all;
    size_t n = 0;

    index.first = arena_array(arena, cohort->pupil_n + 1, sizeof(*index.first));
    if (index.first == NULL)
        return err_memory(err);
    for (size_t p = 0; p < cohort->pupil_n; p++)
        index.first[p + 1] = index.first[p] + values_of(cohort, cut, p);
    n = index.first[cohort->pupil_n];
    all = arena_array(arena, n, sizeof(*all));
    index.of = arena_array(arena, n, sizeof(*index.of));
    if (all == NULL || index.of == NULL)
        return err_memory(err);

    for (size_t p = 0; p < cohort->pupil_n; p++) {
        for (size_t i = index.first[p]; i < index.first[p + 1]; i++)
            all[i] = value_at(cohort, cut, p, i - index.first[p]);
    }
    qsort(all, n, sizeof(*all), compare_ranked);
    index.value_n = keep_distinct(all, n);
    index.values = arena_array(arena, index.value_n, sizeof(*index.values));
    if (index.values == NULL)
        return err_memory(err);
    for (size_t v = 0; v < index.value_n; v++)
        index.values[v] = all[v].value;
    for (size_t p = 0; p < cohort->pupil_n; p++) {
        for (size_t i = index.first[p]; i < index.first[p + 1]; i++)
            index.of[i] =
                    position(all, index.value_n, value_at(cohort, cut, p, i - index.first[p]));
    }
    *ret_index = index;
    return ERR_OK;
}

bool cut_has(const struct cut_index *index, size_t pupil, size_t value)
{
    for (size_t i = index->first[pupil]; i < index->first[pupil + 1]; i++) {
        if (index->of[i] == value)
            return true;
    }
    return false;
}

void cut_include(const struct cut_index *index, size_t pupil_n, size_t value, bool *include)
{
    for (size_t p = 0; p < pupil_n; p++)
        include[p] = cut_has(index, p, value);
}
