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

bool pupil_answer_is_yes(const char *value)
{
    static const char *const no[] = { "", "N", "no", "false", "0", "F" };

    if (value == NULL)
        return false;
    for (size_t i = 0; i < COUNT(no); i++) {
        if (text_eq_fold(value, no[i]))
            return false;
    }
    return true;
}
