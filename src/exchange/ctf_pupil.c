#include "exchange/ctf_pupil_in.h"

#include <string.h>

#include "base/text.h"
#include "exchange/ctf_codes.h"
#include "pupils/upn.h"

enum {
    XML_KEPT_MAX = 64 * 1024 * 1024
};

/* A Pupil being turned into records. Memory running out is kept and asked for once. */
struct building {
    struct arena *arena;
    const struct ctf_header *header;
    const char *file;
    struct ctf_pupil *out;
    struct attribute_record *attributes;
    struct contact_record *contacts;
    struct rest_record *rests;
    bool failed;
};

static const char *whole(struct building *building, const struct xml_node *node)
{
    struct buf buf = buf_make(building->arena, XML_KEPT_MAX);
    struct err err;
    const char *text = NULL;

    xml_write(&buf, node, -1);
    if (buf_end(&buf, &text, NULL, &err) != ERR_OK)
        building->failed = true;
    return text;
}

/* Keep an element to go out again; those of one name become one rest. */
static void add_rest(struct building *building, const char *path, const struct xml_node *node)
{
    struct pupil_record *pupil = &building->out->pupil;
    const char *xml = whole(building, node);
    struct rest_record *more;

    for (size_t i = 0; i < pupil->rest_n && building->rests != NULL; i++) {
        struct rest_record *rest = &building->rests[i];

        if (!text_eq(rest->path, path))
            continue;
        xml = xml == NULL ? NULL : arena_printf(building->arena, "%s%s", rest->xml, xml);
        building->failed = building->failed || xml == NULL;
        rest->xml = xml;
        return;
    }
    more = arena_grow(building->arena, building->rests, pupil->rest_n, sizeof(*more));
    if (xml == NULL || more == NULL) {
        building->failed = true;
        return;
    }
    building->rests = more;
    more[pupil->rest_n++] = (struct rest_record){ path, xml };
}

static void add_dated(struct building *building, const char *attribute, const char *value,
        const char *from, const char *to)
{
    struct pupil_record *pupil = &building->out->pupil;
    struct attribute_record *more;

    if (text_empty(value))
        return;
    more = arena_grow(building->arena, building->attributes, pupil->attribute_n, sizeof(*more));
    if (more == NULL) {
        building->failed = true;
        return;
    }
    building->attributes = more;
    more[pupil->attribute_n++] = (struct attribute_record){ attribute, value,
        text_empty(from) ? NULL : from, text_empty(to) ? NULL : to };
}

static void add_attribute(struct building *building, const char *attribute, const char *value)
{
    add_dated(building, attribute, value, NULL, NULL);
}

/* An element's own text; NULL when it has child elements. */
static const char *own_text(struct building *building, const struct xml_node *node)
{
    const char *text = node->child != NULL ? NULL : node->text == NULL ? "" : node->text;

    if (text == NULL)
        return NULL;
    text = xml_trim(text, building->arena);
    building->failed = building->failed || text == NULL;
    return text;
}

/* A child's text; NULL when there is none. */
static const char *text_of(struct building *building, const struct xml_node *node,
        const char *name)
{
    const char *text = xml_child_text(node, name, building->arena);

    if (text == NULL && xml_child(node, name) != NULL)
        building->failed = true;
    return text;
}

/* The first language; where several are given as first, the first of them. */
static void read_languages(struct building *building, const struct xml_node *node)
{
    const char *first = NULL;
    const char *multiple = NULL;

    for (const struct xml_node *type = node->child; type != NULL; type = type->next) {
        const char *kind = text_of(building, type, "LanguageType");
        const char *language = text_of(building, type, "Language");

        if (first == NULL && text_eq_fold(kind, "F"))
            first = language;
        if (multiple == NULL && text_eq_fold(kind, "M"))
            multiple = language;
    }
    add_attribute(building, "language", first == NULL ? multiple : first);
}

static void read_details(struct building *building, const struct xml_node *node)
{
    for (const struct xml_node *child = node->child; child != NULL; child = child->next) {
        const char *value = child->name == NULL ? NULL : own_text(building, child);

        if (text_eq(child->name, "Languages"))
            read_languages(building, child);
        else if (text_eq(child->name, "FormerUPN"))
            building->out->pupil.former_upn = value == NULL ? "" : value;
        else if (!text_empty(value)) {
            const char *name = ctf_attribute_name(child->name, building->arena);

            building->failed = building->failed || name == NULL;
            add_attribute(building, name, value);
        }
    }
}

static void read_fsm(struct building *building, const struct xml_node *node)
{
    for (const struct xml_node *child = node->child; child != NULL; child = child->next) {
        if (text_eq(child->name, "FSMinstance"))
            add_dated(building, "fsm", "Y", text_of(building, child, "FSMstartDate"),
                    text_of(building, child, "FSMendDate"));
    }
}

static void read_sen(struct building *building, const struct xml_node *node)
{
    for (const struct xml_node *child = node->child; child != NULL; child = child->next) {
        if (text_eq(child->name, "SEN"))
            add_dated(building, "sen", text_of(building, child, "SENprovision"),
                    text_of(building, child, "StartDate"), text_of(building, child, "EndDate"));
    }
}

static void read_care(struct building *building, const struct xml_node *node)
{
    const char *care = text_of(building, node, "InCare");

    if (text_eq_fold(care, "true") || text_eq(care, "1"))
        add_attribute(building, "looked_after", "Y");
    else if (text_eq_fold(care, "false") || text_eq(care, "0"))
        add_attribute(building, "looked_after", "N");
}

/* The history is of the schools before; only an entry for the school the file is sent to
   tells when the pupil came here. */
static void read_schools(struct building *building, const struct xml_node *node)
{
    const struct ctf_header *header = building->header;

    for (const struct xml_node *child = node->child; child != NULL; child = child->next) {
        if (text_empty(header->dest_lea) ||
                !text_eq(text_of(building, child, "LEA"), header->dest_lea) ||
                !text_eq(text_of(building, child, "Estab"), header->dest_estab))
            continue;
        add_attribute(building, "entry_date", text_of(building, child, "EntryDate"));
        add_attribute(building, "leaving_date", text_of(building, child, "LeavingDate"));
    }
}

/* An address on one line. */
static const char *address_of(struct building *building, const struct xml_node *node)
{
    struct buf buf = buf_make(building->arena, XML_TEXT_MAX);
    const char *text = NULL;
    struct err err;

    if (node == NULL)
        return NULL;
    if (xml_child(node, "AddressAsPupil") != NULL)
        return "as pupil";
    for (const struct xml_node *child = node->child; child != NULL; child = child->next) {
        const struct xml_node *line = child->child == NULL ? child : child->child;

        for (; line != NULL; line = child->child == NULL ? NULL : line->next) {
            if (text_empty(line->text))
                continue;
            buf_add(&buf, buf.n == 0 ? "" : ", ");
            buf_add(&buf, line->text);
        }
    }
    if (buf_end(&buf, &text, NULL, &err) != ERR_OK)
        building->failed = true;
    return text;
}

static void add_contact(struct building *building, const struct xml_node *node)
{
    struct pupil_record *pupil = &building->out->pupil;
    struct contact_record *more =
            arena_grow(building->arena, building->contacts, pupil->contact_n, sizeof(*more));

    if (more == NULL) {
        building->failed = true;
        return;
    }
    building->contacts = more;
    more[pupil->contact_n++] = (struct contact_record){
        .order = text_of(building, node, "Order"),
        .title = text_of(building, node, "Title"),
        .surname = text_of(building, node, "Surname"),
        .forename = text_of(building, node, "Forename"),
        .relationship = text_of(building, node, "Relationship"),
        .responsibility = text_of(building, node, "Responsibility"),
        .phone = text_of(building, xml_child(xml_child(node, "Phones"), "Phone"), "PhoneNo"),
        .email = text_of(building, node, "Email"),
        .address = address_of(building, xml_child(node, "Address")),
        .xml = whole(building, node),
    };
}

static void read_contacts(struct building *building, const struct xml_node *node)
{
    struct xml_node rest = *node;
    bool unusual = node->attrs != NULL || node->uri != NULL || node->child == NULL;

    rest.child = rest.last = rest.next = NULL;
    for (const struct xml_node *child = node->child; child != NULL; child = child->next) {
        struct xml_node *copy;

        if (text_eq(child->name, "Contact")) {
            add_contact(building, child);
            continue;
        }
        unusual = true;
        copy = arena_alloc(building->arena, sizeof(*copy));
        if (copy == NULL) {
            building->failed = true;
            return;
        }
        *copy = *child;
        xml_insert(&rest, rest.last, copy);
    }
    if (unusual)
        add_rest(building, "Contacts", &rest);
}

/* UPN, names, DOB and sex. True when the element was one of them, not met before. */
static bool read_identity(struct building *building, const struct xml_node *node)
{
    struct pupil_record *pupil = &building->out->pupil;
    const struct {
        const char *element;
        const char **field;
    } fields[] = {
        { "UPN", &pupil->upn },
        { "Surname", &pupil->surname },
        { "Forename", &pupil->forename },
        { "DOB", &pupil->dob },
        { "Gender", &pupil->sex },
        { "Sex", &pupil->sex },
    };

    for (size_t i = 0; i < COUNT(fields); i++) {
        if (!text_eq(node->name, fields[i].element) || *fields[i].field != NULL)
            continue;
        *fields[i].field = node->child == NULL ? own_text(building, node) : "";
        if (node->attrs != NULL || node->child != NULL || node->uri != NULL)
            add_rest(building, node->name, node);
        return true;
    }
    return false;
}

/* What is understood of an element that is also kept whole. */
static void read_container(struct building *building, const struct xml_node *node)
{
    static const struct {
        const char *element;
        void (*read)(struct building *building, const struct xml_node *node);
    } containers[] = {
        { "BasicDetails", read_details },
        { "FSMhistory", read_fsm },
        { "SENhistory", read_sen },
        { "LookedAfter", read_care },
        { "SchoolHistory", read_schools },
    };
    const char *text = own_text(building, node);

    for (size_t i = 0; i < COUNT(containers); i++) {
        if (text_eq(node->name, containers[i].element))
            containers[i].read(building, node);
    }
    if (text_eq(node->name, "UniqueLearnerNumber"))
        add_attribute(building, "uln", text);
    else if (text_eq(node->name, "UCI"))
        add_attribute(building, "uci", text);
    else if (text_eq(node->name, "FormerUPN") && building->out->pupil.former_upn == NULL)
        building->out->pupil.former_upn = text;
}

static enum err_code read_child(struct building *building, const struct xml_node *node,
        struct err *err)
{
    struct xml_node *rest = NULL;
    enum err_code rc;

    if (text_eq(node->name, "StageAssessments")) {
        rc = ctf_results_read(node, building->file, building->arena, building->out, &rest, err);
        if (rc == ERR_OK && rest != NULL)
            add_rest(building, "StageAssessments", rest);
        return rc;
    }
    if (text_eq(node->name, "Contacts")) {
        read_contacts(building, node);
        return ERR_OK;
    }
    if (node->name == NULL || read_identity(building, node))
        return ERR_OK;
    read_container(building, node);
    add_rest(building, node->name, node);
    return ERR_OK;
}

/* UPNs in capitals without blanks, also in the results that were read before them. */
static void settle_upns(struct building *building)
{
    struct ctf_pupil *out = building->out;
    const char **upns[] = { &out->pupil.upn, &out->pupil.former_upn };

    for (size_t i = 0; i < COUNT(upns); i++) {
        char *copy = arena_text(building->arena, *upns[i]);

        if (copy == NULL)
            building->failed = building->failed || *upns[i] != NULL;
        else
            *upns[i] = upn_normalise(copy);
    }
    for (size_t i = 0; i < out->result_n; i++)
        out->results[i].upn = out->pupil.upn;
}

enum err_code ctf_pupil_read(const struct xml_node *node, const struct ctf_header *header,
        const char *file, struct arena *arena, struct ctf_pupil *ret_pupil, struct err *err)
{
    struct ctf_pupil out = { .pupil = { .row = node->line } };
    struct building building = {
        .arena = arena,
        .header = header,
        .file = file,
        .out = &out,
    };

    if (node->attrs != NULL) {
        struct xml_node alone = *node;

        alone.child = alone.last = NULL;
        alone.text = NULL;
        add_rest(&building, "Pupil", &alone);
    }
    for (const struct xml_node *child = node->child; child != NULL; child = child->next) {
        enum err_code rc = read_child(&building, child, err);

        if (rc != ERR_OK)
            return rc;
    }
    settle_upns(&building);
    if (building.failed)
        return err_memory(err);
    out.pupil.attributes = building.attributes;
    out.pupil.contacts = building.contacts;
    out.pupil.rests = building.rests;
    *ret_pupil = out;
    return ERR_OK;
}
