#include "analysis/cut.h"

enum {
    JULY = 7,
    SEPTEMBER = 9
};

/* The years over which a stay is looked at, and the one after whose September nobody joins
   at a usual time; 0: none. */
static const struct {
    int first, last, settled_by;
} stays[] = {
    { 1, 2, 0 },
    { 3, 6, 6 },
    { 7, 11, 10 },
};

static bool joined_late(struct date entry, int joined, int settled_by)
{
    int month = date_month(entry);

    if (month < JULY || month > SEPTEMBER)
        return true;
    if (settled_by == 0 || joined < settled_by)
        return false;
    return joined > settled_by || month != SEPTEMBER;
}

enum mobility cohort_mobility(const struct cohort *cohort, size_t pupil)
{
    const struct cohort_pupil *who = &cohort->pupils[pupil];

    for (size_t i = 0; i < COUNT(stays); i++) {
        int joined;

        if (who->year < stays[i].first || who->year > stays[i].last)
            continue;
        if (!date_is_set(who->entry))
            return MOBILITY_UNKNOWN;
        joined = who->year - date_school_year(cohort->day) + date_school_year(who->entry);
        return joined >= stays[i].first && joined_late(who->entry, joined, stays[i].settled_by)
                       ? MOBILITY_MOBILE
                       : MOBILITY_SETTLED;
    }
    return MOBILITY_NONE;
}
