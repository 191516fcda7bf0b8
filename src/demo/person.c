#include <stdio.h>

#include "demo/demo_in.h"
#include "scales/framework.h"

/*
 * Shares of pupils, in thousandths. Free school meals and special needs as in the model
 * school (22% and nearly one in four); looked after, gifted and P levels round figures.
 */
enum {
    FSM = 220,
    FSM_ENDED = 45,
    SEN_ACTION = 140,
    SEN_ACTION_PLUS = 200,
    SEN_STATEMENT = 228,
    LOOKED_AFTER = 11,
    P_LEVELS_OF_STATEMENTS = 540,
    NEWCOMER_OF_ARRIVALS = 650,
    GIFTED_ABILITY = 1400,
    PATHWAY_ABILITY = -1080
};

enum trait {
    T_SEX,
    T_ORIGIN,
    T_FSM,
    T_SEN,
    T_SEN_YEAR,
    T_CARE,
    T_P_LEVELS,
    T_NEWCOMER,
    T_UPN
};

static int origin_of(uint64_t key)
{
    int at = chance_below(key, FOR_TRAIT, T_ORIGIN, 0, 1000);
    size_t i = 0;

    while (i + 1 < origin_n && at >= origins[i].permille) {
        at -= origins[i].permille;
        i++;
    }
    return (int)i;
}

static char sen_of(uint64_t key)
{
    int at = chance_below(key, FOR_TRAIT, T_SEN, 0, 1000);

    if (at < SEN_ACTION)
        return 'A';
    if (at < SEN_ACTION_PLUS)
        return 'P';
    return at < SEN_STATEMENT ? 'S' : 'N';
}

/* A day of the year of birth that the cohort shares: 1 September to 31 August. */
static struct date birthday(const struct person *person)
{
    return date_plus(year_start(person->base - 4),
            chance_below(person->key, FOR_BIRTH, 0, 0, 365));
}

static int entry_year(const struct person *person)
{
    return date_school_year(person->entry) - person->base;
}

void person_fill(struct person *person)
{
    uint64_t key = person->key;
    int at;

    person->girl = chance_hits(key, FOR_TRAIT, T_SEX, 0, 490);
    person->origin = origin_of(key);
    person->eal = origins[person->origin].eal;
    at = chance_below(key, FOR_TRAIT, T_FSM, 0, 1000);
    person->fsm = at < FSM + FSM_ENDED;
    person->fsm_ended = at >= FSM && at < FSM + FSM_ENDED;
    person->sen = sen_of(key);
    person->sen_year = entry_year(person) + chance_below(key, FOR_TRAIT, T_SEN_YEAR, 0, 4);
    person->looked_after = chance_hits(key, FOR_TRAIT, T_CARE, 0, LOOKED_AFTER);
    person->p_levels = person->sen == 'S' &&
                       chance_hits(key, FOR_TRAIT, T_P_LEVELS, 0, P_LEVELS_OF_STATEMENTS);
    person->newcomer = person->turn == 1 &&
                       chance_hits(key, FOR_TRAIT, T_NEWCOMER, 0, NEWCOMER_OF_ARRIVALS);
    person->dob = birthday(person);
    person->ability = chance_normal(key, FOR_ABILITY, 0, 0);
    person->gifted = person->ability > GIFTED_ABILITY && !person->p_levels;
    person->pathway = person->p_levels || person->ability < PATHWAY_ABILITY;
}

/* Schools that give a number before the pupil comes here; no such establishments. */
static const char *giving_school(const struct person *person)
{
    static const char *const feeders[DEMO_SCHOOL_N][3] = {
        { "8069101", "8069102", "8069103" },
        { "8069111", "8069112", "8069113" },
    };

    if (person->turn == 0 && person->school == DEMO_MAIN && entry_year(person) <= 0)
        return demo_schools[DEMO_MAIN].laestab;
    return feeders[person->school]
                  [person->turn == 1 ? 2 : chance_below(person->key, FOR_TRAIT, T_UPN, 0, 2)];
}

/* Whether the pupil's number is, or was at first, a temporary one; 2: it still is. */
static int temporary(const struct person *person)
{
    int at;

    if (person->turn == 0)
        return 0;
    at = chance_below(person->key, FOR_TRAIT, T_UPN, 1, 100);
    if (at < 7)
        return 2;
    return at < 25 ? 1 : 0;
}

static void temporary_upn(const struct person *person, char buffer[UPN_SIZE])
{
    int number = (person->base % 19) * 120 + person->seat;

    if (!upn_make_temporary(demo_schools[person->school].laestab, date_year(person->entry),
                number, buffer))
        buffer[0] = '\0';
}

void person_upn(const struct person *person, char buffer[UPN_SIZE])
{
    const char *laestab = giving_school(person);
    int year = person->base - 1;
    int serial = person->seat;

    if (temporary(person) == 2) {
        temporary_upn(person, buffer);
        return;
    }
    if (laestab == demo_schools[DEMO_MAIN].laestab) {
        year = person->base - 1 + entry_year(person);
        serial += 250 * (entry_year(person) - YEAR_N1);
    }
    if (!upn_make(laestab, year, serial, buffer))
        buffer[0] = '\0';
}

bool person_former_upn(const struct person *person, char buffer[UPN_SIZE])
{
    if (temporary(person) != 1)
        return false;
    temporary_upn(person, buffer);
    return true;
}

int forms_in_year(int school, int year)
{
    if (school == DEMO_PARTNER)
        return 2;
    if (year <= -1)
        return 1;
    if (year <= 6)
        return 2;
    return year <= 11 ? 4 : 1;
}

int person_form(const struct person *person, int year)
{
    return person->seat % forms_in_year(person->school, year);
}

void person_registration(const struct person *person, int year, char buffer[8])
{
    (void)snprintf(buffer, 8, "%s%c", framework_year_text(year),
            'A' + person_form(person, year));
}
