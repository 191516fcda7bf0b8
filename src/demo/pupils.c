#include <stdio.h>

#include "base/attr.h"
#include "demo/demo_in.h"
#include "scales/framework.h"

enum {
    ATTRIBUTES_MAX = 48,
    CONTACTS_MAX = 2,
    ADDRESS_SIZE = 120,
    YEARS_SHOWN = HISTORY_YEARS + 1
};

/* One pupil's record with the texts it borrows. */
struct sheet {
    const struct demo *demo;
    const struct person *person;
    struct attribute_record attributes[ATTRIBUTES_MAX];
    char dates[ATTRIBUTES_MAX][2][DATE_TEXT_SIZE];
    char registrations[YEARS_SHOWN][8];
    char entry[DATE_TEXT_SIZE], leaving[DATE_TEXT_SIZE];
    size_t n;
    struct contact_record contacts[CONTACTS_MAX];
    char surnames[CONTACTS_MAX][NAME_SIZE], forenames[CONTACTS_MAX][NAME_SIZE];
    char phones[CONTACTS_MAX][16], emails[CONTACTS_MAX][48];
    char address[ADDRESS_SIZE];
    size_t contact_n;
};

static void say(struct sheet *sheet, const char *attribute, const char *value, struct date from,
        struct date to)
{
    size_t i = sheet->n;

    if (i >= ATTRIBUTES_MAX || from.ymd > sheet->demo->today.ymd)
        return;
    if (to.ymd >= sheet->demo->today.ymd)
        to = (struct date){ 0 };
    sheet->attributes[i] = (struct attribute_record){
        .attribute = attribute,
        .value = value,
        .from = date_text(from, sheet->dates[i][0]),
        .to = date_is_set(to) ? date_text(to, sheet->dates[i][1]) : NULL,
    };
    sheet->n++;
}

/* What holds from birth, or as long as the school knows the pupil. */
static void say_always(struct sheet *sheet, const char *attribute, const char *value)
{
    say(sheet, attribute, value, sheet->person->dob, (struct date){ 0 });
}

/* Year group and registration group, a row each school year. */
static void say_years(struct sheet *sheet)
{
    const struct person *person = sheet->person;
    int this_year = school_year(sheet->demo->today);

    for (int i = 0; i < YEARS_SHOWN; i++) {
        int end_year = this_year - HISTORY_YEARS + i;
        int year = end_year - person->base;
        struct date from = date_later(year_start(end_year), person->entry);

        if (year < YEAR_N1 || from.ymd >= year_start(end_year + 1).ymd)
            continue;
        if (date_is_set(person->leaving) && person->leaving.ymd < from.ymd)
            continue;
        person_registration(person, year, sheet->registrations[i]);
        say(sheet, "year_group", framework_year_text(year), from, (struct date){ 0 });
        say(sheet, "registration", sheet->registrations[i], from, (struct date){ 0 });
    }
}

static void say_sen(struct sheet *sheet)
{
    const struct person *person = sheet->person;
    struct date found = date_later(date_make(person->base + person->sen_year - 1, 11, 20),
            date_plus(person->entry, 40));
    struct date more = date_plus(found, 500);

    say(sheet, "sen", "N", person->entry, (struct date){ 0 });
    if (person->sen == 'N') {
        /* A few were helped for a while. */
        if (chance_hits(person->key, FOR_TRAIT, 30, 0, 25)) {
            say(sheet, "sen", "A", found, (struct date){ 0 });
            say(sheet, "sen", "N", more, (struct date){ 0 });
        }
        return;
    }
    say(sheet, "sen", "A", found, (struct date){ 0 });
    if (person->sen != 'A')
        say(sheet, "sen", "P", date_plus(found, 250), (struct date){ 0 });
    if (person->sen == 'S')
        say(sheet, "sen", "S", more, (struct date){ 0 });
}

static void say_help(struct sheet *sheet)
{
    const struct person *person = sheet->person;
    struct date entry = person->entry;
    struct date none = { 0 };
    struct date care = date_later(entry, date_make(person->base + 1, 2, 12));

    if (person->fsm_ended) {
        say(sheet, "fsm", "Y", entry, none);
        say(sheet, "fsm", "N", date_plus(entry, 600), none);
    } else if (person->fsm && chance_hits(person->key, FOR_TRAIT, 31, 0, 250)) {
        say(sheet, "fsm", "N", entry, none);
        say(sheet, "fsm", "Y", date_plus(entry, 200), none);
    } else {
        say(sheet, "fsm", person->fsm ? "Y" : "N", entry, none);
    }
    say(sheet, "pupil_premium", person->fsm || person->looked_after ? "Y" : "N", entry, none);
    if (!person->looked_after || care.ymd > entry.ymd)
        say(sheet, "looked_after", "N", entry, none);
    if (person->looked_after)
        say(sheet, "looked_after", "Y", care, none);
}

static void say_gifted(struct sheet *sheet)
{
    const struct person *person = sheet->person;
    struct date from = date_later(year_start(person->base + 3), person->entry);

    if (!person->gifted || from.ymd > person->entry.ymd)
        say(sheet, "gifted", "N", person->entry, (struct date){ 0 });
    if (person->gifted)
        say(sheet, "gifted", "Y", from, (struct date){ 0 });
}

static void say_all(struct sheet *sheet)
{
    const struct person *person = sheet->person;
    const struct origin *origin = &origins[person->origin];

    say_years(sheet);
    say_always(sheet, "entry_date", date_text(person->entry, sheet->entry));
    if (date_is_set(person->leaving))
        say(sheet, "leaving_date", date_text(person->leaving, sheet->leaving), person->leaving,
                (struct date){ 0 });
    say_always(sheet, "ethnicity", origin->ethnicity);
    say_always(sheet, "language", origin->language);
    say_help(sheet);
    say_sen(sheet);
    say_gifted(sheet);
    say(sheet, "house", house_name(person), person->entry, (struct date){ 0 });
}

static void add_contact(struct sheet *sheet, bool woman, const char *relationship)
{
    static const char *const places[CONTACTS_MAX] = { "1", "2" };
    const struct person *person = sheet->person;
    size_t i = sheet->contact_n;
    char forename[NAME_SIZE];

    /* A parent has the child's family name, in the form of a man's or a woman's. */
    adult_name(person->key, person->origin, woman, sheet->surnames[i], forename);
    adult_name(chance_key(person->key, 77, (int)i), person->origin, woman, forename,
            sheet->forenames[i]);
    (void)snprintf(sheet->phones[i], sizeof(sheet->phones[i]), "01632 960%03d",
            chance_below(person->key, FOR_CONTACT, 1, (int)i, 1000));
    (void)snprintf(sheet->emails[i], sizeof(sheet->emails[i]), "family%d.%d@example.org",
            person->base * 1000 + person->seat * 2 + person->turn, (int)i + 1);
    sheet->contacts[i] = (struct contact_record){
        .order = places[i],
        .title = woman ? "Ms" : "Mr",
        .surname = sheet->surnames[i],
        .forename = sheet->forenames[i],
        .relationship = relationship,
        .responsibility = "true",
        .phone = sheet->phones[i],
        .email = sheet->emails[i],
        .address = sheet->address,
    };
    sheet->contact_n++;
}

static void add_contacts(struct sheet *sheet)
{
    const struct person *person = sheet->person;
    int at = chance_below(person->key, FOR_CONTACT, 0, 0, 100);

    (void)snprintf(sheet->address, sizeof(sheet->address), "%d %s, Aldermere, ZZ99 %d%c%c",
            1 + chance_below(person->key, FOR_CONTACT, 2, 0, 120),
            street_name(chance_below(person->key, FOR_CONTACT, 3, 0, 12)),
            chance_below(person->key, FOR_CONTACT, 4, 0, 10),
            'A' + chance_below(person->key, FOR_CONTACT, 5, 0, 8),
            'P' + chance_below(person->key, FOR_CONTACT, 6, 0, 6));
    if (person->looked_after) {
        add_contact(sheet, at % 2 == 0, "FOS");
        return;
    }
    add_contact(sheet, at >= 12, at >= 12 ? "PAM" : "PAF");
    if (at >= 30)
        add_contact(sheet, at >= 96, at >= 96 ? "PAM" : at >= 90 ? "STP" : "PAF");
}

static enum err_code give_pupil(const struct person *person, const struct demo *demo,
        const struct sink *sink, long row, struct err *err)
{
    struct sheet sheet = { .demo = demo, .person = person };
    char surname[NAME_SIZE], forename[NAME_SIZE], dob[DATE_TEXT_SIZE];
    char upn[UPN_SIZE], former[UPN_SIZE];
    struct pupil_record record = {
        .row = row,
        .upn = upn,
        .surname = surname,
        .forename = forename,
        .dob = date_text(person->dob, dob),
        .sex = person->girl ? "F" : "M",
        .attributes = sheet.attributes,
        .contacts = sheet.contacts,
    };

    person_upn(person, upn);
    record.former_upn = person_former_upn(person, former) ? former : NULL;
    person_name(person, surname, forename);
    say_all(&sheet);
    add_contacts(&sheet);
    record.attribute_n = sheet.n;
    record.contact_n = sheet.contact_n;
    return sink->on_pupil(sink->data, &record, err);
}

enum err_code demo_pupils(void *data, const struct sink *sink, struct err *err)
{
    const struct demo *demo = data;
    struct person_walk walk = person_walk(demo);
    struct person person;
    long row = 0;

    if (sink->on_pupil == NULL)
        return ERR_OK;
    while (person_next(&walk, &person)) {
        enum err_code code = give_pupil(&person, demo, sink, ++row, err);

        if (code != ERR_OK)
            return code;
    }
    return ERR_OK;
}
