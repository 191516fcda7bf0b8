#include "exchange/xml.h"

#include <string.h>

#include "base/text.h"

struct xml_node *xml_child(const struct xml_node *node, const char *name)
{
    struct xml_node *child = node == NULL ? NULL : node->child;

    while (child != NULL && (child->name == NULL || strcmp(child->name, name) != 0))
        child = child->next;
    return child;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

const char *xml_trim(const char *text, struct arena *arena)
{
    size_t n = strlen(text);

    if (n == 0 || (!is_blank(text[0]) && !is_blank(text[n - 1])))
        return text;
    while (n != 0 && is_blank(text[n - 1]))
        n--;
    while (n != 0 && is_blank(*text)) {
        text++;
        n--;
    }
    return arena_bytes(arena, text, n);
}

const char *xml_child_text(const struct xml_node *node, const char *name, struct arena *arena)
{
    const struct xml_node *child = xml_child(node, name);

    if (child == NULL)
        return NULL;
    return child->text == NULL ? "" : xml_trim(child->text, arena);
}

struct xml_node *xml_make(struct arena *arena, const char *name, const char *text)
{
    struct xml_node *node = arena_alloc(arena, sizeof(*node));

    if (node != NULL) {
        node->name = name;
        node->text = text;
    }
    return node;
}

void xml_insert(struct xml_node *parent, struct xml_node *after, struct xml_node *node)
{
    if (after == NULL) {
        node->next = parent->child;
        parent->child = node;
    } else {
        node->next = after->next;
        after->next = node;
    }
    if (node->next == NULL)
        parent->last = node;
    parent->text = NULL;
}

/* What a byte must be written as, or NULL for itself. In an attribute a reader would make
   blanks of tabs and line feeds. */
static const char *escape_of(unsigned char c, bool attr)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\r':
        return "&#13;";
    case '\t':
        return attr ? "&#9;" : NULL;
    case '\n':
        return attr ? "&#10;" : NULL;
    default:
        return c >= ' ' ? NULL : "\xEF\xBF\xBD";
    }
}

/* Two characters that are well-formed UTF-8 but not allowed in XML: U+FFFE and U+FFFF. */
static bool is_noncharacter(const char *at)
{
    return (unsigned char)at[0] == 0xEF && (unsigned char)at[1] == 0xBF &&
           ((unsigned char)at[2] == 0xBE || (unsigned char)at[2] == 0xBF);
}

static void escape(struct buf *buf, const char *text, bool attr)
{
    const char *plain = text;

    for (const char *at = text; *at != '\0'; at++) {
        const char *instead = escape_of((unsigned char)*at, attr);
        size_t used = 1;

        if (instead == NULL && is_noncharacter(at)) {
            instead = "\xEF\xBF\xBD";
            used = 3;
        }
        if (instead == NULL)
            continue;
        buf_add_n(buf, plain, (size_t)(at - plain));
        buf_add(buf, instead);
        at += used - 1;
        plain = at + 1;
    }
    buf_add(buf, plain);
}

void xml_escape(struct buf *buf, const char *text)
{
    escape(buf, text, false);
}

/* Whether an attribute before this one has its prefix, so that it is declared already. */
static bool is_declared(const struct xml_node *node, const struct xml_attr *attr)
{
    for (const struct xml_attr *other = node->attrs; other != attr; other = other->next) {
        if (text_eq(other->prefix, attr->prefix))
            return true;
    }
    return text_eq(attr->prefix, "xml");
}

static void write_value(struct buf *buf, const char *value)
{
    buf_add(buf, "=\"");
    escape(buf, value, true);
    buf_add_char(buf, '"');
}

static void write_attrs(struct buf *buf, const struct xml_node *node, const char *uri_around)
{
    if (!text_eq(node->uri, uri_around)) {
        buf_add(buf, " xmlns");
        write_value(buf, node->uri == NULL ? "" : node->uri);
    }
    for (const struct xml_attr *attr = node->attrs; attr != NULL; attr = attr->next) {
        if (attr->prefix != NULL && !is_declared(node, attr)) {
            buf_printf(buf, " xmlns:%s", attr->prefix);
            write_value(buf, attr->uri);
        }
        buf_printf(buf, " %s%s%s", attr->prefix == NULL ? "" : attr->prefix,
                attr->prefix == NULL ? "" : ":", attr->name);
        write_value(buf, attr->value);
    }
}

/* Whether texts stand between the elements, so that layout would change them. */
static bool is_mixed(const struct xml_node *node)
{
    for (const struct xml_node *child = node->child; child != NULL; child = child->next) {
        if (child->name == NULL)
            return true;
    }
    return false;
}

static void write_node(struct buf *buf, const struct xml_node *node, int indent,
        const char *uri)
{
    int inner = indent < 0 || is_mixed(node) ? -1 : indent + 1;

    if (node->name == NULL) {
        xml_escape(buf, node->text == NULL ? "" : node->text);
        return;
    }
    buf_add_pad(buf, ' ', indent < 0 ? 0 : (size_t)indent * 2);
    buf_add_char(buf, '<');
    buf_add(buf, node->name);
    write_attrs(buf, node, uri);
    if (node->child == NULL && text_empty(node->text)) {
        buf_add(buf, "/>");
    } else {
        buf_add_char(buf, '>');
        if (node->child == NULL)
            xml_escape(buf, node->text);
        else if (inner >= 0)
            buf_add_char(buf, '\n');
        for (const struct xml_node *child = node->child; child != NULL; child = child->next)
            write_node(buf, child, inner, node->uri);
        if (node->child != NULL && inner >= 0)
            buf_add_pad(buf, ' ', (size_t)indent * 2);
        buf_printf(buf, "</%s>", node->name);
    }
    if (indent >= 0)
        buf_add_char(buf, '\n');
}

void xml_write(struct buf *buf, const struct xml_node *node, int indent)
{
    write_node(buf, node, indent, NULL);
}
