#include "exchange/ctf_write.h"

#include <string.h>

#include "base/text.h"
#include "exchange/csv_write.h"
#include "exchange/ctf_write_in.h"

enum {
    ARENA_MAX = 256 * 1024 * 1024,
    WRITTEN_MAX = 64 * 1024 * 1024,
    SEX_SINCE = 23
};

/* Children of Pupil in the order of the format. */
static const char *const order[] = { "ApplicationReference", "UPN", "UniqueLearnerNumber",
    "UCI", "Surname", "Forename", "DOB", "Gender", "Sex", "BasicDetails", "FSMhistory",
    "NAWdetails", "LookedAfter", "SENhistory", "Admissions", "Address", "Phones", "Email",
    "Contacts", "Attendance", "StageAssessments", "SchoolHistory" };

static void append_list(struct xml_node *parent, struct xml_node *first)
{
    while (first != NULL) {
        struct xml_node *next = first->next;

        xml_insert(parent, parent->last, first);
        first = next;
    }
}

/* A plain child, or the one that was kept for what else it holds. */
static void draw_identity(struct drawing *drawing, struct xml_node *pupil, const char *name,
        const char *value)
{
    struct xml_node *kept = drawing_kept(drawing, name);

    if (kept == NULL && value != NULL)
        (void)draw(drawing, pupil, name, value);
    if (kept != NULL && value != NULL && kept->child == NULL && !text_eq(kept->text, value))
        kept->text = value;
    append_list(pupil, kept);
}

static void draw_address(struct drawing *drawing, struct xml_node *contact, const char *text)
{
    bool as_pupil = text_eq(text, "as pupil");
    struct xml_node *address = draw(drawing, contact, "Address", NULL);

    if (address != NULL && !as_pupil)
        address = draw(drawing, address, "AddressLines", NULL);
    if (address != NULL)
        (void)draw(drawing, address, as_pupil ? "AddressAsPupil" : "AddressLine1",
                as_pupil ? "true" : text);
}

static void draw_phone(struct drawing *drawing, struct xml_node *contact, const char *number)
{
    struct xml_node *phones = draw(drawing, contact, "Phones", NULL);
    struct xml_node *phone = phones == NULL ? NULL : draw(drawing, phones, "Phone", NULL);

    if (phone != NULL)
        (void)draw(drawing, phone, "PhoneNo", number);
}

static struct xml_node *new_contact(struct drawing *drawing,
        const struct contact_record *contact)
{
    const struct {
        const char *element;
        const char *value;
    } fields[] = {
        { "Order", contact->order },
        { "Title", contact->title },
        { "Surname", contact->surname },
        { "Forename", contact->forename },
        { "Relationship", contact->relationship },
        { "Responsibility", contact->responsibility },
    };
    struct xml_node *node = draw(drawing, NULL, "Contact", NULL);

    if (node == NULL)
        return NULL;
    for (size_t i = 0; i < COUNT(fields); i++) {
        if (!text_empty(fields[i].value))
            (void)draw(drawing, node, fields[i].element, fields[i].value);
    }
    if (!text_empty(contact->address))
        draw_address(drawing, node, contact->address);
    if (!text_empty(contact->phone))
        draw_phone(drawing, node, contact->phone);
    if (!text_empty(contact->email))
        (void)draw(drawing, node, "Email", contact->email);
    return node;
}

static enum err_code draw_contacts(struct drawing *drawing, struct xml_node **ret_node,
        struct err *err)
{
    struct xml_node *all = drawing_kept(drawing, "Contacts");
    struct xml_node *after = NULL;

    if (all == NULL && drawing->pupil->contact_n != 0)
        all = draw(drawing, NULL, "Contacts", NULL);
    for (size_t i = 0; i < drawing->pupil->contact_n && all != NULL; i++) {
        const struct contact_record *contact = &drawing->pupil->contacts[i];
        struct xml_node *made = NULL;
        enum err_code rc = ERR_OK;

        if (text_empty(contact->xml))
            made = new_contact(drawing, contact);
        else
            rc = xml_parse(drawing->arena, "a contact", contact->xml, &made, err);
        if (rc != ERR_OK)
            return rc;
        if (made == NULL)
            continue;
        xml_insert(all, after, made);
        after = made;
    }
    *ret_node = all;
    return ERR_OK;
}

static void draw_number(struct drawing *drawing, struct xml_node *pupil, const char *element,
        const char *attribute)
{
    draw_identity(drawing, pupil, element, pupil_attribute(drawing->pupil, attribute));
}

/* One kind of child of Pupil. */
static enum err_code draw_child(struct drawing *drawing, struct xml_node *root,
        const char *name, struct err *err)
{
    const struct pupil_record *pupil = drawing->pupil;
    struct xml_node *node = NULL;
    enum err_code rc = ERR_OK;

    if (text_eq(name, "UPN"))
        draw_identity(drawing, root, name, pupil->upn);
    else if (text_eq(name, "UniqueLearnerNumber"))
        draw_number(drawing, root, name, "uln");
    else if (text_eq(name, "UCI"))
        draw_number(drawing, root, name, "uci");
    else if (text_eq(name, "Surname"))
        draw_identity(drawing, root, name, pupil->surname);
    else if (text_eq(name, "Forename"))
        draw_identity(drawing, root, name, pupil->forename);
    else if (text_eq(name, "DOB"))
        draw_identity(drawing, root, name, pupil->dob);
    else if (text_eq(name, drawing->sex ? "Sex" : "Gender"))
        draw_identity(drawing, root, name, pupil->sex);
    else if (text_eq(name, "BasicDetails"))
        node = draw_details(drawing);
    else if (text_eq(name, "FSMhistory"))
        node = draw_fsm(drawing);
    else if (text_eq(name, "SENhistory"))
        node = draw_sen(drawing);
    else if (text_eq(name, "LookedAfter"))
        node = draw_care(drawing);
    else if (text_eq(name, "Contacts"))
        rc = draw_contacts(drawing, &node, err);
    else if (text_eq(name, "StageAssessments"))
        rc = draw_results(drawing, &node, err);
    else
        node = drawing_kept(drawing, name);
    if (rc == ERR_OK)
        append_list(root, node);
    return rc;
}

/* The rests as trees. */
static enum err_code read_rests(struct drawing *drawing, struct err *err)
{
    size_t n = drawing->pupil->rest_n;

    drawing->kept = arena_array(drawing->arena, n + 1, sizeof(*drawing->kept));
    drawing->used = arena_array(drawing->arena, n + 1, sizeof(*drawing->used));
    if (drawing->kept == NULL || drawing->used == NULL)
        return err_memory(err);
    for (size_t i = 0; i < n; i++) {
        const struct rest_record *rest = &drawing->pupil->rests[i];
        enum err_code rc =
                xml_parse(drawing->arena, rest->path, rest->xml, &drawing->kept[i], err);

        if (rc != ERR_OK)
            return rc;
    }
    return ERR_OK;
}

static enum err_code draw_pupil(struct drawing *drawing, struct xml_node **ret_node,
        struct err *err)
{
    enum err_code rc = read_rests(drawing, err);
    struct xml_node *pupil;

    if (rc != ERR_OK)
        return rc;
    pupil = drawing_kept(drawing, "Pupil");
    if (pupil == NULL)
        pupil = draw(drawing, NULL, "Pupil", NULL);
    if (pupil == NULL)
        return err_memory(err);
    for (size_t i = 0; rc == ERR_OK && i < COUNT(order); i++)
        rc = draw_child(drawing, pupil, order[i], err);
    if (rc != ERR_OK)
        return rc;
    for (size_t i = 0; i < drawing->pupil->rest_n; i++) {
        if (!drawing->used[i])
            append_list(pupil, drawing->kept[i]);
    }
    if (drawing->failed)
        return err_memory(err);
    *ret_node = pupil;
    return ERR_OK;
}

static enum err_code put_node(const struct output *output, const struct xml_node *node,
        int indent, struct arena *arena, struct err *err)
{
    struct buf buf = buf_make(arena, WRITTEN_MAX);
    const char *text;
    size_t n;
    enum err_code rc;

    xml_write(&buf, node, indent);
    rc = buf_end(&buf, &text, &n, err);
    return rc == ERR_OK ? output->put(output->data, text, n, err) : rc;
}

enum err_code ctf_write_pupil(struct ctf_writer *writer, const struct pupil_record *pupil,
        const struct result_record *results, size_t result_n, struct err *err)
{
    struct arena arena = { .limit = ARENA_MAX };
    struct drawing drawing = {
        .arena = &arena,
        .pupil = pupil,
        .results = results,
        .result_n = result_n,
        .sex = writer->sex,
    };
    struct xml_node *node = NULL;
    enum err_code rc = draw_pupil(&drawing, &node, err);

    if (rc == ERR_OK)
        rc = put_node(&writer->output, node, 2, &arena, err);
    else if (rc == ERR_INVALID) {
        err_set(err, ERR_INVALID, "what is kept of pupil %s cannot be written out",
                pupil->upn == NULL ? "?" : pupil->upn);
        err_hint(err, "Take the pupil's transfer file in again.");
    }
    arena_free(&arena);
    return rc;
}

/* A child of the header, unless it has nothing to say. */
static void head(struct drawing *drawing, struct xml_node *parent, const char *name,
        const char *text)
{
    if (parent != NULL && !text_empty(text))
        (void)draw(drawing, parent, name, text);
}

static const char *version_of(const struct ctf_header *header, struct arena *arena)
{
    const char *year = header->academic_year;

    if (!text_empty(header->version))
        return header->version;
    if (year == NULL || strlen(year) != 4)
        return "12.0";
    return arena_printf(arena, "%s.0", year[2] == '0' ? year + 3 : year + 2);
}

/* Put what was kept of a header where it belongs: the schools' parts into the schools. */
static void merge(struct xml_node *header, struct xml_node *rest)
{
    while (rest != NULL) {
        struct xml_node *next = rest->next;
        bool school = text_eq(rest->name, "SourceSchool") || text_eq(rest->name, "DestSchool");
        struct xml_node *there = school ? xml_child(header, rest->name) : NULL;

        if (there != NULL) {
            if (there->attrs == NULL)
                there->attrs = rest->attrs;
            append_list(there, rest->child);
        } else if (text_eq(rest->name, "DataQualifier"))
            xml_insert(header, xml_child(header, "DocumentQualifier"), rest);
        else
            xml_insert(header, header->last, rest);
        rest = next;
    }
}

static struct xml_node *draw_header(struct drawing *drawing, const struct ctf_header *header,
        const char *version)
{
    struct xml_node *root = draw(drawing, NULL, "Header", NULL);
    struct xml_node *school;

    head(drawing, root, "DocumentName",
            text_empty(header->document_name) ? "Common Transfer File" : header->document_name);
    head(drawing, root, "CTFversion", version);
    head(drawing, root, "DateTime", header->datetime);
    head(drawing, root, "DocumentQualifier",
            text_empty(header->qualifier) ? "full" : header->qualifier);
    head(drawing, root, "DataDescriptor", header->descriptor);
    head(drawing, root, "SupplierID", header->supplier);
    school = root == NULL ? NULL : draw(drawing, root, "SourceSchool", NULL);
    head(drawing, school, "LEA", header->source_lea);
    head(drawing, school, "Estab", header->source_estab);
    head(drawing, school, "URN", header->source_urn);
    head(drawing, school, "SchoolName", header->source_name);
    head(drawing, school, "AcademicYear", header->academic_year);
    school = root == NULL ? NULL : draw(drawing, root, "DestSchool", NULL);
    head(drawing, school, "LEA", header->dest_lea);
    head(drawing, school, "Estab", header->dest_estab);
    head(drawing, school, "URN", header->dest_urn);
    return root;
}

static enum err_code put_text(const struct output *output, const char *text, struct err *err)
{
    return output->put(output->data, text, strlen(text), err);
}

static enum err_code write_header(struct ctf_writer *writer, const struct ctf_header *header,
        struct arena *arena, struct err *err)
{
    struct drawing drawing = { .arena = arena };
    const char *version = version_of(header, arena);
    struct xml_node *root = draw_header(&drawing, header, version);
    struct xml_node *rest = NULL;
    int64_t milli = 0;
    enum err_code rc = ERR_OK;

    if (version == NULL || root == NULL || drawing.failed)
        return err_memory(err);
    if (!text_empty(header->rest_xml))
        rc = xml_parse(arena, "the header", header->rest_xml, &rest, err);
    if (rc != ERR_OK)
        return rc;
    merge(root, rest);
    writer->sex = text_milli(version, &milli) && milli >= SEX_SINCE * 1000;
    rc = put_text(&writer->output, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<CTfile>\n",
            err);
    if (rc == ERR_OK)
        rc = put_node(&writer->output, root, 1, arena, err);
    return rc == ERR_OK ? put_text(&writer->output, "  <CTFpupilData>\n", err) : rc;
}

enum err_code ctf_write_begin(struct ctf_writer *writer, const struct output *output,
        const struct ctf_header *header, struct err *err)
{
    struct arena arena = { .limit = ARENA_MAX };
    struct ctf_writer begun = { .output = *output };
    enum err_code rc = write_header(&begun, header, &arena, err);

    arena_free(&arena);
    if (rc == ERR_OK)
        *writer = begun;
    return rc;
}

enum err_code ctf_write_end(struct ctf_writer *writer, struct err *err)
{
    return put_text(&writer->output, "  </CTFpupilData>\n</CTfile>\n", err);
}
