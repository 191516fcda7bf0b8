#include "pupils/pupil.h"

#include "base/attr.h"
#include "base/text.h"

const struct attribute_info pupil_attributes[] = {
    { "year_group", "Year group", false },
    { "registration", "Registration group", false },
    { "entry_date", "Joined", true },
    { "leaving_date", "Left", true },
    { "ethnicity", "Ethnicity", false },
    { "language", "First language", false },
    { "fsm", "Free school meals", false },
    { "pupil_premium", "Pupil premium", false },
    { "sen", "Special educational needs", false },
    { "looked_after", "Looked after", false },
    { "gifted", "Gifted and talented", false },
    { "house", "House", false },
};
const size_t pupil_attribute_n = COUNT(pupil_attributes);

bool pupil_on_roll(struct date entry, struct date leaving, struct date day)
{
    if (date_is_set(entry) && entry.ymd > day.ymd)
        return false;
    return !date_is_set(leaving) || leaving.ymd >= day.ymd;
}

static bool is_one_of(const char *text, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (text_eq_fold(text, words[i]))
            return true;
    }
    return false;
}

bool pupil_answer_is_yes(const char *value)
{
    static const char *const no[] = { "", "N", "no", "false", "0", "F" };

    return value != NULL && !is_one_of(value, no, COUNT(no));
}

bool pupil_language_is_known(const char *language)
{
    static const char *const unknown[] = { "REF", "NOT", "ZZZ" };

    return !text_empty(language) && !is_one_of(language, unknown, COUNT(unknown));
}

bool pupil_language_is_additional(const char *language)
{
    static const char *const english[] = { "ENG", "ENB" };

    return pupil_language_is_known(language) && !is_one_of(language, english, COUNT(english));
}
