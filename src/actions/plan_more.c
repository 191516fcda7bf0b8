/* What a pupil's record has besides values: contacts, and parts of a transfer file. */

#include <stdio.h>
#include <string.h>

#include "actions/plan_in.h"
#include "base/text.h"

enum {
    PLACE_SIZE = 80
};

static uint32_t place_hash(size_t pupil, const char *place)
{
    return hash_end(hash_text(hash_number(HASH_START, pupil), place));
}

static struct plan_contact *find_contact(const struct plan *plan, size_t pupil,
        const char *place)
{
    size_t cursor = INDEX_START;
    size_t i;

    while (index_next(&plan->by_place, place_hash(pupil, place), &cursor, &i)) {
        struct plan_contact *contact = chunks_at(&plan->contacts, i);

        if (contact->pupil == pupil && text_eq(contact->contact.place, place))
            return contact;
    }
    return NULL;
}

static enum err_code add_contact(struct plan *plan, const struct plan_contact *contact,
        struct err *err)
{
    struct plan_contact *more = chunks_add(&plan->contacts);

    if (more == NULL)
        return err_memory(err);
    *more = *contact;
    return index_put(&plan->by_place, place_hash(contact->pupil, contact->contact.place),
            plan->contacts.n - 1, err);
}

/* The contact with its texts kept in the plan. */
static enum err_code keep_contact(struct plan *plan, struct contact *contact, struct err *err)
{
    const char **const texts[] = { &contact->place, &contact->title, &contact->surname,
        &contact->forename, &contact->relationship, &contact->responsibility, &contact->phone,
        &contact->email, &contact->address, &contact->xml };
    enum err_code code = ERR_OK;

    for (size_t i = 0; i < COUNT(texts) && code == ERR_OK; i++)
        *texts[i] = plan_keep(plan, *texts[i], &code, err);
    return code;
}

static enum err_code load_contacts(struct plan *plan, struct err *err)
{
    struct arena arena = { 0 };
    struct contact_list list = { 0 };
    enum err_code code = ERR_OK;

    if (plan->contacts_loaded || plan->stored_n == 0)
        return ERR_OK;
    plan->contacts_loaded = true;
    code = store_contacts(plan->context->store, plan->context->school.school_id, 0, &arena,
            &list, err);
    for (size_t i = 0; i < list.n && code == ERR_OK; i++) {
        struct plan_contact contact = { .contact = list.items[i],
            .pupil = plan_find_id(plan, list.items[i].pupil_id) };

        code = keep_contact(plan, &contact.contact, err);
        if (code == ERR_OK && contact.pupil != PLAN_NONE)
            code = add_contact(plan, &contact, err);
    }
    arena_free(&arena);
    return code;
}

/* Kept texts are equal when they are the same. */
static bool same_contact(const struct contact *a, const struct contact *b)
{
    return !a->withdrawn && !b->withdrawn && a->title == b->title && a->surname == b->surname &&
           a->forename == b->forename && a->relationship == b->relationship &&
           a->responsibility == b->responsibility && a->phone == b->phone &&
           a->email == b->email && a->address == b->address && a->xml == b->xml;
}

/* The contact's own number, set apart where a pupil has two of one number. */
static void place_of(const struct pupil_record *record, size_t i, char buffer[PLACE_SIZE])
{
    const char *order = record->contacts[i].order;
    size_t before = 0;

    for (size_t k = 0; k < i; k++)
        before += text_eq(record->contacts[k].order, order);
    if (text_empty(order))
        (void)snprintf(buffer, PLACE_SIZE, "-%zu", i + 1);
    else if (before == 0)
        (void)snprintf(buffer, PLACE_SIZE, "%.40s", order);
    else
        (void)snprintf(buffer, PLACE_SIZE, "%.40s-%zu", order, before + 1);
}

static enum err_code say_contact(struct plan *plan, size_t pupil,
        const struct pupil_record *record, size_t i, bool *changed, struct err *err)
{
    const struct contact_record *from = &record->contacts[i];
    char place[PLACE_SIZE];
    struct plan_contact contact = { .pupil = pupil, .fresh = true };
    struct plan_contact *old;
    enum err_code code;

    place_of(record, i, place);
    contact.contact = (struct contact){ .place = place,
        .title = from->title,
        .surname = from->surname,
        .forename = from->forename,
        .relationship = from->relationship,
        .responsibility = from->responsibility,
        .phone = from->phone,
        .email = from->email,
        .address = from->address,
        .xml = from->xml };
    code = keep_contact(plan, &contact.contact, err);
    if (code != ERR_OK)
        return code;
    old = find_contact(plan, pupil, contact.contact.place);
    if (old != NULL && same_contact(&old->contact, &contact.contact))
        return ERR_OK;
    *changed = true;
    if (old == NULL)
        return add_contact(plan, &contact, err);
    *old = contact;
    return ERR_OK;
}

enum err_code plan_contacts(struct plan *plan, size_t pupil, const struct pupil_record *record,
        bool *changed, struct err *err)
{
    enum err_code code = record->contact_n == 0 ? ERR_OK : load_contacts(plan, err);

    for (size_t i = 0; i < record->contact_n && code == ERR_OK; i++)
        code = say_contact(plan, pupil, record, i, changed, err);
    return code;
}

/* ---- parts of a transfer file ---- */

static struct plan_part *find_part(const struct plan *plan, size_t pupil, const char *path)
{
    size_t cursor = INDEX_START;
    size_t i;

    while (index_next(&plan->by_path, place_hash(pupil, path), &cursor, &i)) {
        struct plan_part *part = chunks_at(&plan->parts, i);

        if (part->pupil == pupil && text_eq(part->path, path))
            return part;
    }
    return NULL;
}

static enum err_code add_part(struct plan *plan, const struct plan_part *part, struct err *err)
{
    struct plan_part *more = chunks_add(&plan->parts);

    if (more == NULL)
        return err_memory(err);
    *more = *part;
    return index_put(&plan->by_path, place_hash(part->pupil, part->path), plan->parts.n - 1,
            err);
}

static enum err_code load_parts(struct plan *plan, struct err *err)
{
    struct arena arena = { 0 };
    struct ctf_part_list list = { 0 };
    enum err_code code = ERR_OK;

    if (plan->parts_loaded || plan->stored_n == 0)
        return ERR_OK;
    plan->parts_loaded = true;
    code = store_ctf_parts(plan->context->store, plan->context->school.school_id, 0, &arena,
            &list, err);
    for (size_t i = 0; i < list.n && code == ERR_OK; i++) {
        struct plan_part part = {
            .path = plan_keep(plan, list.items[i].path, &code, err),
            .xml = plan_keep(plan, list.items[i].xml, &code, err),
            .pupil = plan_find_id(plan, list.items[i].pupil_id),
            .withdrawn = list.items[i].withdrawn,
        };

        if (code == ERR_OK && part.pupil != PLAN_NONE)
            code = add_part(plan, &part, err);
    }
    arena_free(&arena);
    return code;
}

enum err_code plan_parts(struct plan *plan, size_t pupil, const struct pupil_record *record,
        bool *changed, struct err *err)
{
    enum err_code code = record->rest_n == 0 ? ERR_OK : load_parts(plan, err);

    for (size_t i = 0; i < record->rest_n && code == ERR_OK; i++) {
        struct plan_part part = {
            .path = plan_keep(plan, record->rests[i].path, &code, err),
            .xml = plan_keep(plan, record->rests[i].xml, &code, err),
            .pupil = pupil,
            .fresh = true,
        };
        struct plan_part *old = code == ERR_OK ? find_part(plan, pupil, part.path) : NULL;

        if (old != NULL && !old->withdrawn && old->xml == part.xml)
            continue;
        *changed = true;
        if (code == ERR_OK && old == NULL)
            code = add_part(plan, &part, err);
        else if (code == ERR_OK)
            *old = part;
    }
    return code;
}

enum err_code plan_header(struct plan *plan, const struct ctf_header *header, struct err *err)
{
    const char *laestab = plan->context->school.laestab;
    enum err_code code = ERR_OK;

    plan->header_rest = plan_keep(plan, header->rest_xml, &code, err);
    if (code != ERR_OK || text_empty(header->dest_estab) || strlen(header->dest_estab) != 4 ||
            header->dest_estab[0] < '0' || header->dest_estab[0] > '9')
        return code;
    if (strncmp(laestab, header->dest_lea, 3) == 0 && text_eq(laestab + 3, header->dest_estab))
        return ERR_OK;
    return outcome_note(plan->writer, err,
            "The file is addressed to school %s/%s; this is %.3s/%s.", header->dest_lea,
            header->dest_estab, laestab, laestab + 3);
}
