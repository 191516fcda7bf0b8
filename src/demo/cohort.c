#include "demo/demo_in.h"
#include "pupils/pupil.h"

static const uint64_t seed = 0x41747461696E2031u;

/* Seats by NC year from N1 on. The 3-18 school: 500 in the primary phase, 650 above. */
enum {
    YEARS = YEAR_LAST - YEAR_N1 + 1
};
static const int16_t seats[DEMO_SCHOOL_N][YEARS] = {
    { 20, 40, 60, 62, 62, 64, 64, 64, 64, 118, 118, 118, 118, 114, 38, 26 },
    { 0, 0, 0, 0, 0, 0, 0, 0, 0, 40, 40, 40, 40, 40, 0, 0 },
};
enum {
    AFTER_YEAR_11 = 11
};

int seats_in_year(int school, int year)
{
    return year < YEAR_N1 || year > YEAR_LAST ? 0 : seats[school][year - YEAR_N1];
}

int seats_of_cohort(int school)
{
    int most = 0;

    for (int year = YEAR_N1; year <= YEAR_LAST; year++) {
        if (seats_in_year(school, year) > most)
            most = seats_in_year(school, year);
    }
    return most;
}

int year_youngest(int school)
{
    int year = YEAR_N1;

    while (seats_in_year(school, year) == 0)
        year++;
    return year;
}

int year_oldest(int school)
{
    int year = YEAR_LAST;

    while (seats_in_year(school, year) == 0)
        year--;
    return year;
}

int history_years(int school)
{
    return school == DEMO_MAIN ? HISTORY_YEARS : HISTORY_YEARS_PARTNER;
}

int school_year(struct date today)
{
    return date_school_year(today);
}

struct date year_start(int end_year)
{
    return date_make(end_year - 1, 9, 1);
}

struct date history_start(const struct demo *demo)
{
    return year_start(school_year(demo->today) - history_years(demo->school));
}

struct date date_earlier(struct date a, struct date b)
{
    return a.ymd < b.ymd ? a : b;
}

struct date date_later(struct date a, struct date b)
{
    return a.ymd > b.ymd ? a : b;
}

struct date date_plus(struct date date, int days)
{
    return date_from_number(date_number(date) + days);
}

/* The first and last NC year in which a seat exists. */
static void seat_years(int school, int seat, int *ret_first, int *ret_last)
{
    int first = YEAR_N1;
    int last;

    while (first < YEAR_LAST && seats_in_year(school, first) <= seat)
        first++;
    last = first;
    while (last < YEAR_LAST && seats_in_year(school, last + 1) > seat)
        last++;
    *ret_first = first;
    *ret_last = last;
}

/* The last day of turn 0 in a seat that changes hands: a Sunday in term. No date: it does not.
 */
static struct date seat_change(uint64_t key, int base, int first, int last)
{
    static const struct {
        int month, day;
    } times[] = { { 11, 8 }, { 1, 18 }, { 4, 26 } };
    int year, time;
    int32_t number;

    if (!chance_hits(key, FOR_SEAT, 0, 0, 110))
        return (struct date){ 0 };
    year = first + chance_below(key, FOR_SEAT, 1, 0, last - first + 1);
    time = chance_below(key, FOR_SEAT, 2, 0, 3);
    number = date_number(
                     date_make(base + year - (time == 0), times[time].month, times[time].day)) +
             chance_below(key, FOR_SEAT, 3, 0, 20);
    return date_from_number(number - (number + 4) % 7);
}

/* When a turn came and went; false when the seat never had it by `today`. */
static bool turn_dates(const struct demo *demo, uint64_t key, struct person *person)
{
    int first, last;
    struct date change;

    seat_years(person->school, person->seat, &first, &last);
    change = seat_change(key, person->base, first, last);
    person->entry = year_start(person->base + first);
    person->leaving = date_plus(year_start(person->base + last + 1), -1);
    if (person->turn == 1) {
        if (!date_is_set(change))
            return false;
        person->entry = date_plus(change, 1);
    } else if (date_is_set(change)) {
        person->leaving = change;
    }
    if (person->leaving.ymd >= demo->today.ymd)
        person->leaving = (struct date){ 0 };
    return person->entry.ymd <= demo->today.ymd;
}

static bool person_make(const struct demo *demo, struct person *person)
{
    uint64_t seat_key =
            chance_key(chance_key(seed, demo->school, person->base), person->seat, 7);

    person->school = demo->school;
    if (!turn_dates(demo, seat_key, person))
        return false;
    person->key = chance_key(seat_key, person->turn, 1);
    person_fill(person);
    return true;
}

bool person_left(const struct person *person)
{
    return date_is_set(person->leaving);
}

bool person_on_roll(const struct person *person, struct date day)
{
    return pupil_on_roll(person->entry, person->leaving, day);
}

struct person_walk person_walk(const struct demo *demo)
{
    return (struct person_walk){
        .demo = demo,
        .base = school_year(demo->today) - year_youngest(demo->school),
    };
}

/* The base of the oldest cohort that finished Year 11 within the history. */
static int oldest_base(const struct demo *demo)
{
    return school_year(demo->today) - AFTER_YEAR_11 - history_years(demo->school);
}

bool person_next(struct person_walk *walk, struct person *ret_person)
{
    int seat_count = seats_of_cohort(walk->demo->school);

    while (walk->base >= oldest_base(walk->demo)) {
        struct person person = { .base = walk->base, .seat = walk->seat, .turn = walk->turn };

        walk->turn++;
        if (walk->turn > 1) {
            walk->turn = 0;
            walk->seat++;
        }
        if (walk->seat >= seat_count) {
            walk->seat = 0;
            walk->base--;
        }
        if (!person_make(walk->demo, &person))
            continue;
        if (date_is_set(person.leaving) && person.leaving.ymd < history_start(walk->demo).ymd)
            continue;
        *ret_person = person;
        return true;
    }
    return false;
}

bool person_in_seat(const struct demo *demo, int base, int seat, struct person *ret_person)
{
    for (int turn = 1; turn >= 0; turn--) {
        struct person person = { .base = base, .seat = seat, .turn = turn };

        if (person_make(demo, &person)) {
            *ret_person = person;
            return true;
        }
    }
    return false;
}
