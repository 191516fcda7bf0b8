#include <string.h>

#include "analysis/formula_in.h"
#include "analysis/formula_names_in.h"
#include "base/text.h"

enum {
    ANY = FORMULA_ARGS,
    NEAR_MAX = 100
};

static const struct function functions[] = {
    /* deciding */
    { { "IF", "IF(condition, value, otherwise)", "The one or the other value." }, 2, 3, call_if,
            0 },
    { { "IFS", "IFS(condition, value, condition, value, ..., otherwise)",
              "The value behind the first condition that holds." },
            2, ANY, call_ifs, 0 },
    { { "AND", "AND(condition, condition, ...)", "Whether all hold." }, 1, ANY, call_logic,
            TOKEN_AND },
    { { "OR", "OR(condition, condition, ...)", "Whether at least one holds." }, 1, ANY,
            call_logic, TOKEN_OR },
    { { "NOT", "NOT(condition)", "Whether it does not hold." }, 1, 1, call_not, 0 },
    { { "ISMISSING", "ISMISSING(value)", "Whether there is no value; never missing itself." },
            1, 1, call_is_missing, 0 },
    { { "IFMISSING", "IFMISSING(value, otherwise)",
              "The value, or the other where it is missing." },
            2, 2, call_if_missing, 0 },
    { { "LOOKUP", "LOOKUP(value, key, result, key, result, ..., otherwise)",
              "The result beside the key that is equal to the value; or LOOKUP(value, "
              "\"table\") with a table of the template." },
            2, ANY, call_lookup, 0 },
    { { "BAND", "BAND(value, lowest, from, next, from, next, ...)",
              "The name of the band that the value lies in." },
            4, ANY, call_band, 0 },

    /* reckoning */
    { { "MIN", "MIN(value, value, ...)", "The lowest of numbers, points, grades or dates." }, 1,
            ANY, call_extreme, TOTAL_MIN },
    { { "MAX", "MAX(value, value, ...)", "The highest of numbers, points, grades or dates." },
            1, ANY, call_extreme, TOTAL_MAX },
    { { "SUM", "SUM(value, value, ...)", "The sum; grades give their points." }, 1, ANY,
            call_total, TOTAL_SUM },
    { { "AVERAGE", "AVERAGE(value, value, ...)", "The mean; grades give their points." }, 1,
            ANY, call_total, TOTAL_AVERAGE },
    { { "COUNT", "COUNT(value, value, ...)",
              "How many are there; of conditions, how many hold." },
            1, ANY, call_count, 0 },
    { { "MEDIAN", "MEDIAN(value, value, ...)",
              "The middle value, or the mean of the middle two." },
            1, ANY, call_total, TOTAL_MEDIAN },
    { { "BEST", "BEST(n, value, value, ...)",
              "The sum of the n highest; grades give their points." },
            2, ANY, call_best, 0 },
    { { "ROUND", "ROUND(number, places)",
              "To so many decimal places, or to a whole number; half away from zero." },
            1, 2, call_round, 0 },

    /* grades */
    { { "POINTS", "POINTS(grade)", "Its points." }, 1, 1, call_points, 0 },
    { { "GRADE", "GRADE(points, \"scale\")",
              "The nearest grade of the scale; or a grade in writing on that scale." },
            2, 2, call_grade, 0 },
    { { "LEVEL", "LEVEL(grade)", "Its whole level, a number." }, 1, 1, call_level, 0 },
    { { "STEPS", "STEPS(grade, grade)",
              "Steps from the second up to the first; of a subject, from the progress "
              "target." },
            0, 2, call_steps, 0 },
    { { "DATE", "DATE(\"2026-03-27\")", "A date." }, 1, 1, call_date, 0 },

    /* values of the pupil */
    { { "LATEST", "LATEST(\"subject\")", "The latest judgement." }, 0, 1, call_value,
            VALUE_LATEST },
    { { "PRIOR", "PRIOR(\"subject\") or PRIOR(\"stage\", \"subject\")",
              "The result of the previous stage, or of the stage named." },
            0, 2, call_prior, 0 },
    { { "TARGET", "TARGET(\"subject\")", "The target for the end of the stage." }, 0, 1,
            call_value, VALUE_TARGET },
    { { "PREDICTION", "PREDICTION(\"subject\")", "The prediction for the end of the stage." },
            0, 1, call_value, VALUE_PREDICTION },
    { { "PROGRESS_TARGET", "PROGRESS_TARGET(\"subject\")",
              "The progress target at the end of this term; of a pair the lower grade." },
            0, 1, call_value, VALUE_PROGRESS_TARGET },
    { { "RESULT", "RESULT(\"subject\")", "The result of the pupil's own stage." }, 0, 1,
            call_value, VALUE_RESULT },
    { { "VALUE", "VALUE(\"subject\")",
              "What the report counts: the target, the prediction or the attainment." },
            0, 1, call_value, VALUE_BY_BASIS },
    { { "GAP", "GAP(\"subject\")", "Points now less those of the progress target." }, 0, 1,
            call_gap, 0 },
    { { "FLAG", "FLAG(\"subject\")",
              "\"well-below\", \"below\", \"on\", \"above\" or \"well-above\"." },
            0, 1, call_flag, 0 },
    { { "AT", "AT(\"subject\", \"review\")", "The judgement made for a review." }, 1, 2,
            call_at, 0 },
    { { "COLUMN", "COLUMN(\"name\")", "A column of the same marksheet." }, 1, 1, call_column,
            0 },

    /* characteristics and groups */
    { { "IN", "IN(\"group\")", "Whether the pupil is in the group." }, 1, 1, call_in, 0 },
    { { "SEN", "SEN", "The code of special educational needs, a text." }, 0, 0, call_word,
            WORD_SEN },
    { { "FSM", "FSM", "Free school meals, yes or no." }, 0, 0, call_whether, WORD_FSM },
    { { "PUPIL_PREMIUM", "PUPIL_PREMIUM", "Yes or no." }, 0, 0, call_whether,
            WORD_PUPIL_PREMIUM },
    { { "EAL", "EAL", "English as an additional language, yes or no." }, 0, 0, call_cut,
            CUT_EAL },
    { { "LOOKED_AFTER", "LOOKED_AFTER", "Yes or no." }, 0, 0, call_whether, WORD_LOOKED_AFTER },
    { { "GIFTED", "GIFTED", "Gifted and talented, yes or no." }, 0, 0, call_whether,
            WORD_GIFTED },
    { { "GENDER", "GENDER", "\"F\" or \"M\"." }, 0, 0, call_word, WORD_GENDER },
    { { "ETHNICITY", "ETHNICITY", "The code, a text." }, 0, 0, call_word, WORD_ETHNICITY },
    { { "LANGUAGE", "LANGUAGE", "The code of the first language, a text." }, 0, 0, call_word,
            WORD_LANGUAGE },
    { { "REGISTRATION", "REGISTRATION", "The registration group, a text." }, 0, 0, call_word,
            WORD_REGISTRATION },
    { { "HOUSE", "HOUSE", "A text." }, 0, 0, call_word, WORD_HOUSE },
    { { "SURNAME", "SURNAME", "A text." }, 0, 0, call_word, WORD_SURNAME },
    { { "FORENAME", "FORENAME", "A text." }, 0, 0, call_word, WORD_FORENAME },
    { { "UPN", "UPN", "A text." }, 0, 0, call_word, WORD_UPN },
    { { "YEAR", "YEAR", "The year group, a number; \"R\" may be written for Reception." }, 0, 0,
            call_person_number, PERSON_YEAR },
    { { "AGE", "AGE", "Whole years on the day asked about." }, 0, 0, call_person_number,
            PERSON_AGE },
    { { "ATTENDANCE", "ATTENDANCE", "Percent, where it is kept." }, 0, 0, call_attendance, 0 },
    { { "PRIOR_BAND", "PRIOR_BAND", "\"low\", \"middle\" or \"high\"." }, 0, 0, call_cut,
            CUT_PRIOR_BAND },
    { { "BIRTH_TERM", "BIRTH_TERM", "\"autumn\", \"spring\" or \"summer\"." }, 0, 0, call_cut,
            CUT_BIRTH_TERM },
    { { "BORN", "BORN", "The date of birth." }, 0, 0, call_person_date, PERSON_BORN },
    { { "ENTRY", "ENTRY", "The date of entry." }, 0, 0, call_person_date, PERSON_ENTRY },
    { { "TODAY", "TODAY", "The day asked about." }, 0, 0, call_person_date, PERSON_TODAY },
};

/* Words that people try, and what they are called here. */
static const struct {
    const char *word, *name;
} synonyms[] = {
    { "SEX", "GENDER" },
    { "DOB", "BORN" },
    { "MEAN", "AVERAGE" },
    { "AVG", "AVERAGE" },
    { "NOW", "LATEST" },
    { "CURRENT", "LATEST" },
    { "GROUP", "IN" },
    { "LAC", "LOOKED_AFTER" },
    { "ISBLANK", "ISMISSING" },
    { "YEAR_GROUP", "YEAR" },
    { "SWITCH", "LOOKUP" },
    { "VLOOKUP", "LOOKUP" },
    { "TOTAL", "SUM" },
    { "PP", "PUPIL_PREMIUM" },
    { "PREDICTED", "PREDICTION" },
    { "KS1", "PRIOR" },
    { "KS2", "PRIOR" },
};

const struct function *formula_function_find(const char *name)
{
    for (size_t i = 0; i < COUNT(functions); i++) {
        if (text_eq(functions[i].about.name, name))
            return &functions[i];
    }
    return NULL;
}

const char *formula_function_near(const char *name)
{
    const char *names[NEAR_MAX];

    _Static_assert(COUNT(functions) <= NEAR_MAX, "every name fits");
    for (size_t i = 0; i < COUNT(synonyms); i++) {
        if (text_eq(name, synonyms[i].word))
            return synonyms[i].name;
    }
    for (size_t i = 0; i < COUNT(functions); i++)
        names[i] = functions[i].about.name;
    return formula_nearest(name, names, COUNT(functions));
}

size_t formula_function_n(void)
{
    return COUNT(functions);
}

struct formula_function formula_function_at(size_t i)
{
    return functions[i].about;
}
