#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "exchange/ctf_pupil_in.h"

/* Where the parts of a Header go: those NULL are kept in rest_xml. */
struct part {
    const char *element;
    const char **field;
};

static bool is_plain(const struct xml_node *node)
{
    return node->child == NULL && node->attrs == NULL && node->uri == NULL;
}

/* Take the children of `node` that are in `parts`; the others are put in `rest`. */
static bool take(const struct xml_node *node, const struct part *parts, size_t part_n,
        struct arena *arena, struct xml_node *rest)
{
    for (const struct xml_node *child = node->child; child != NULL; child = child->next) {
        struct xml_node *copy;
        size_t i = 0;

        while (i < part_n && !text_eq(parts[i].element, child->name))
            i++;
        if (i < part_n && is_plain(child) && text_empty(*parts[i].field)) {
            *parts[i].field = child->text == NULL ? "" : xml_trim(child->text, arena);
            if (*parts[i].field == NULL)
                return false;
            continue;
        }
        copy = arena_alloc(arena, sizeof(*copy));
        if (copy == NULL)
            return false;
        *copy = *child;
        xml_insert(rest, rest->last, copy);
    }
    return true;
}

/* Replace a school in `rest` by what of it is not in the fields; nothing left, it goes. */
static bool take_school(struct xml_node *rest, const char *name, const struct part *parts,
        size_t part_n, struct arena *arena)
{
    struct xml_node *school = xml_child(rest, name);
    struct xml_node alone;

    if (school == NULL)
        return true;
    alone = *school;
    alone.child = alone.last = NULL;
    if (!take(school, parts, part_n, arena, &alone))
        return false;
    if (alone.child == NULL && alone.attrs == NULL) {
        struct xml_node **link = &rest->child;

        while (*link != NULL && *link != school)
            link = &(*link)->next;
        if (*link != NULL)
            *link = school->next;
    } else {
        school->child = alone.child;
        school->last = alone.last;
    }
    return true;
}

enum err_code ctf_header_read(const struct xml_node *node, struct arena *arena,
        struct ctf_header *ret_header, struct err *err)
{
    struct ctf_header header = { "", "", "", "", "", "", "", "", "", "", "", "", "", "", "" };
    struct xml_node rest = { 0 };
    const struct part top[] = {
        { "DocumentName", &header.document_name },
        { "CTFversion", &header.version },
        { "ATFversion", &header.version },
        { "DateTime", &header.datetime },
        { "DocumentQualifier", &header.qualifier },
        { "DataDescriptor", &header.descriptor },
        { "SupplierID", &header.supplier },
    };
    const struct part source[] = {
        { "LEA", &header.source_lea },
        { "Estab", &header.source_estab },
        { "URN", &header.source_urn },
        { "SchoolName", &header.source_name },
        { "AcademicYear", &header.academic_year },
    };
    const struct part dest[] = {
        { "LEA", &header.dest_lea },
        { "Estab", &header.dest_estab },
        { "URN", &header.dest_urn },
    };
    struct buf buf = buf_make(arena, XML_PIECE_MAX);

    if (!take(node, top, COUNT(top), arena, &rest) ||
            !take_school(&rest, "SourceSchool", source, COUNT(source), arena) ||
            !take_school(&rest, "DestSchool", dest, COUNT(dest), arena))
        return err_memory(err);
    for (const struct xml_node *child = rest.child; child != NULL; child = child->next)
        xml_write(&buf, child, -1);
    if (buf_end(&buf, &header.rest_xml, NULL, err) != ERR_OK)
        return err->code;
    *ret_header = header;
    return ERR_OK;
}
