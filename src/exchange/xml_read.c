#include "exchange/xml.h"

#include <ctype.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <string.h>

#include "base/text.h"
#include "exchange/xml_guard_in.h"

/* What was kept has its names copied, so it may be larger than the piece it was. */
enum {
    BLOCK_SIZE = 32 * 1024,
    ARENA_MAX = 128 * 1024 * 1024,
    KEPT_MAX = 8 * XML_PIECE_MAX
};

struct reader {
    xmlParserCtxtPtr parser;
    struct source *source;
    const struct xml_handler *handler;
    struct err *err;
    enum err_code rc;
    struct xml_guard guard;
    int depth;
    const char *names[XML_DEPTH_MAX + 1]; /* of the elements open, by depth */
    long lines[XML_DEPTH_MAX + 1];
    const char *root_uri;
    bool ended; /* all bytes were handed over */
    bool keep;  /* xml_parse: our own XML, and the pieces outlive the reading */

    int gather_depth; /* 0: not gathering */
    size_t piece_size;
    struct arena own;
    struct arena *arena;
    struct xml_node *nodes[XML_DEPTH_MAX + 1];
    char *text; /* gathered since the last tag */
    size_t text_n, text_room;
};

static long line_of(const struct reader *reader)
{
    return reader->parser->input == NULL ? 0 : (long)reader->parser->input->line;
}

/* Keep the first failure and stop the parser. */
static void stop(struct reader *reader, enum err_code rc)
{
    if (reader->rc == ERR_OK)
        reader->rc = rc;
    xmlStopParser(reader->parser);
}

static void refuse(struct reader *reader, long line, const char *message, const char *hint)
{
    if (reader->rc != ERR_OK)
        return;
    err_set(reader->err, ERR_INVALID, "%s", message);
    err_hint(reader->err, "%s", hint);
    stop(reader, err_where(reader->err, reader->source->name, line, NULL));
}

static const char again[] = "Ask the sender to make the file again.";

/* Room in the piece; NULL when it is too large or memory is out, which is then reported. */
static void *take(struct reader *reader, size_t size)
{
    void *memory = NULL;

    reader->piece_size += size;
    if (reader->piece_size > (reader->keep ? (size_t)KEPT_MAX : XML_PIECE_MAX)) {
        char message[160];

        (void)snprintf(message, sizeof(message),
                "the element %.60s that begins here is too large",
                reader->names[reader->gather_depth]);
        refuse(reader, reader->lines[reader->gather_depth], message,
                "No pupil's record is that large. Ask the sender to make the file again.");
        return NULL;
    }
    memory = arena_alloc(reader->arena, size);
    if (memory == NULL)
        stop(reader, reader->rc == ERR_OK ? err_memory(reader->err) : reader->rc);
    return memory;
}

static const char *take_text(struct reader *reader, const char *text, size_t n)
{
    char *copy = take(reader, n + 1);

    if (copy != NULL)
        memcpy(copy, text, n);
    return copy;
}

/* A name: the parser's own copy serves as long as the reading does. */
static const char *take_name(struct reader *reader, const xmlChar *name)
{
    const char *text = (const char *)name;

    return text == NULL || !reader->keep ? text : take_text(reader, text, strlen(text));
}

static bool all_blank(const char *text, size_t n)
{
    size_t at = 0;

    while (at < n && strchr(" \t\r\n", text[at]) != NULL && text[at] != '\0')
        at++;
    return at == n;
}

static void append(struct xml_node *parent, struct xml_node *node)
{
    if (parent->last == NULL)
        parent->child = node;
    else
        parent->last->next = node;
    parent->last = node;
}

/* Give the text gathered since the last tag to the element it stands in. */
static void flush_text(struct reader *reader, bool element_ends)
{
    struct xml_node *node = reader->nodes[reader->depth];
    size_t n = reader->text_n;
    const char *text;

    reader->text_n = 0;
    if (n == 0 || ((!element_ends || node->child != NULL) && all_blank(reader->text, n)))
        return;
    text = take_text(reader, reader->text, n);
    if (text == NULL)
        return;
    if (element_ends && node->child == NULL) {
        node->text = text;
        return;
    }
    node = take(reader, sizeof(*node));
    if (node == NULL)
        return;
    node->text = text;
    append(reader->nodes[reader->depth], node);
}

/* The namespace as it is kept: the root's is none. */
static const char *uri_of(struct reader *reader, const xmlChar *uri)
{
    if (uri == NULL || text_eq((const char *)uri, reader->root_uri))
        return NULL;
    return take_name(reader, uri);
}

/* The name of an attribute. A prefix that nothing declares becomes part of it. */
static const char *attr_name(struct reader *reader, const xmlChar *const *five)
{
    char name[256];

    if (five[1] == NULL || five[2] != NULL)
        return take_name(reader, five[0]);
    (void)snprintf(name, sizeof(name), "%.100s.%.100s", (const char *)five[1],
            (const char *)five[0]);
    name[text_utf8_valid(name, strlen(name))] = '\0';
    return take_text(reader, name, strlen(name));
}

/* Five pointers for each: name, prefix, namespace, and where its value begins and ends. */
static void take_attrs(struct reader *reader, struct xml_node *node, int n,
        const xmlChar **five)
{
    struct xml_attr **end = &node->attrs;

    for (int i = 0; i < n && reader->rc == ERR_OK; i++, five += 5) {
        struct xml_attr *attr = take(reader, sizeof(*attr));
        const struct xml_attr *other = node->attrs;

        if (attr == NULL)
            return;
        attr->name = attr_name(reader, five);
        attr->prefix = five[2] == NULL ? NULL : take_name(reader, five[1]);
        attr->uri = take_name(reader, five[2]);
        attr->value = take_text(reader, (const char *)five[3], (size_t)(five[4] - five[3]));
        if (reader->rc != ERR_OK)
            return;
        while (other != NULL &&
                !(text_eq(other->name, attr->name) && text_eq(other->uri, attr->uri)))
            other = other->next;
        if (other != NULL)
            continue;
        *end = attr;
        end = &attr->next;
    }
}

static void gather(struct reader *reader, const xmlChar *name, const xmlChar *uri, int attr_n,
        const xmlChar **attrs)
{
    struct xml_node *node = take(reader, sizeof(*node));

    if (node == NULL)
        return;
    node->name = take_name(reader, name);
    node->uri = uri_of(reader, uri);
    node->line = reader->lines[reader->depth];
    take_attrs(reader, node, attr_n, attrs);
    if (reader->rc != ERR_OK)
        return;
    if (reader->depth > reader->gather_depth)
        append(reader->nodes[reader->depth - 1], node);
    reader->nodes[reader->depth] = node;
}

static void on_start(void *data, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
        int namespace_n, const xmlChar **namespaces, int attr_n, int default_n,
        const xmlChar **attrs)
{
    struct reader *reader = data;
    bool wanted = false;

    (void)prefix;
    (void)namespace_n;
    (void)namespaces;
    (void)default_n;
    if (reader->rc != ERR_OK)
        return;
    if (reader->depth == XML_DEPTH_MAX) {
        refuse(reader, line_of(reader),
                "elements stand more than 64 levels deep in one another", again);
        return;
    }
    if (reader->gather_depth != 0)
        flush_text(reader, false);
    if (reader->depth == 0)
        reader->root_uri = (const char *)uri;
    reader->depth++;
    reader->names[reader->depth] = (const char *)name;
    reader->lines[reader->depth] = line_of(reader);
    if (reader->gather_depth == 0 && reader->rc == ERR_OK) {
        enum err_code rc = reader->handler->on_start(reader->handler->data, reader->depth,
                (const char *)name, &wanted, reader->err);

        if (rc != ERR_OK)
            stop(reader, rc);
        reader->gather_depth = wanted ? reader->depth : 0;
        reader->piece_size = 0;
    }
    if (reader->gather_depth != 0 && reader->rc == ERR_OK)
        gather(reader, name, uri, attr_n, attrs);
}

static void on_end(void *data, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    struct reader *reader = data;

    (void)name;
    (void)prefix;
    (void)uri;
    if (reader->rc != ERR_OK)
        return;
    if (reader->gather_depth != 0)
        flush_text(reader, true);
    if (reader->gather_depth == reader->depth && reader->rc == ERR_OK) {
        const struct xml_node *node = reader->nodes[reader->depth];
        enum err_code rc = reader->handler->on_piece(reader->handler->data, reader->depth, node,
                reader->arena, reader->err);

        if (rc != ERR_OK)
            stop(reader, rc);
        reader->gather_depth = 0;
        arena_free(&reader->own);
    }
    reader->depth--;
}

static void on_text(void *data, const xmlChar *text, int n)
{
    struct reader *reader = data;
    size_t need = reader->text_n + (size_t)n;

    if (reader->rc != ERR_OK || reader->gather_depth == 0 || n <= 0)
        return;
    if (need > XML_TEXT_MAX) {
        refuse(reader, line_of(reader), "a text in the file is longer than 1 MiB", again);
        return;
    }
    if (need > reader->text_room) {
        size_t room = need < 4096 ? 4096 : need * 2;
        char *more = mem_resize(reader->text, room);

        if (more == NULL) {
            stop(reader, err_memory(reader->err));
            return;
        }
        reader->text = more;
        reader->text_room = room;
    }
    memcpy(reader->text + reader->text_n, text, (size_t)n);
    reader->text_n = need;
}

static void on_doctype(void *data, const xmlChar *name, const xmlChar *public_id,
        const xmlChar *system_id)
{
    struct reader *reader = data;

    (void)name;
    (void)public_id;
    (void)system_id;
    refuse(reader, line_of(reader),
            "the file declares a document type (DOCTYPE), which no "
            "transfer file has",
            "It is not opened, because such a declaration can do harm. Ask the sender to make "
            "the file again.");
}

/* The parser's own words, without the line feed and the capital at the start. */
static void explain_broken(struct reader *reader, const xmlError *error)
{
    char words[160];
    char message[240];

    (void)text_copy(words, sizeof(words), error->message == NULL ? "?" : error->message);
    words[strcspn(words, "\n")] = '\0';
    if (isupper((unsigned char)words[0]) && islower((unsigned char)words[1]))
        words[0] = (char)tolower((unsigned char)words[0]);
    (void)snprintf(message, sizeof(message), "the XML is not well formed: %s", words);
    refuse(reader, error->line, message, again);
}

static void explain_cut_off(struct reader *reader)
{
    char message[200];

    if (reader->depth == 0) {
        refuse(reader, 0, "the file ends before anything in it began",
                "It may be empty or cut off; ask for it again.");
        return;
    }
    (void)snprintf(message, sizeof(message),
            "the file ends in the middle of the element %.60s, which began on line %ld",
            reader->names[reader->depth], reader->lines[reader->depth]);
    refuse(reader, line_of(reader), message, "It was cut off on its way; ask for it again.");
}

static void on_error(void *data, xmlErrorPtr error)
{
    struct reader *reader = data;

    if (reader->rc != ERR_OK || error->level < XML_ERR_FATAL)
        return;
    if (error->code == XML_ERR_NO_MEMORY)
        stop(reader, err_memory(reader->err));
    else if (error->code == XML_ERR_INVALID_ENCODING || error->code == XML_ERR_INVALID_CHAR ||
             error->code == XML_I18N_CONV_FAILED || error->code == XML_ERR_UNKNOWN_ENCODING ||
             error->code == XML_ERR_UNSUPPORTED_ENCODING)
        refuse(reader, error->line,
                "there are bytes here that are no characters in the encoding the file claims",
                "A transfer file is in UTF-8. Ask the sender to make it again.");
    else if (reader->ended)
        explain_cut_off(reader);
    else
        explain_broken(reader, error);
}

static enum err_code feed(struct reader *reader, struct source *source, char *block)
{
    size_t n = 1;

    while (reader->rc == ERR_OK && n != 0) {
        enum err_code rc = source_read(source, block, BLOCK_SIZE, &n, reader->err);
        const char *fault;

        if (rc != ERR_OK)
            return rc;
        fault = reader->keep ? NULL : xml_guard_scan(&reader->guard, block, n);
        if (fault != NULL)
            refuse(reader, line_of(reader), fault, again);
        else if (n != 0)
            (void)xmlParseChunk(reader->parser, block, (int)n, 0);
    }
    reader->ended = true;
    if (reader->rc != ERR_OK)
        return reader->rc;
    (void)xmlParseChunk(reader->parser, block, 0, 1);
    if (reader->rc == ERR_OK && reader->depth != 0)
        explain_cut_off(reader);
    else if (reader->rc == ERR_OK && !reader->parser->wellFormed)
        refuse(reader, line_of(reader), "the XML is not well formed", again);
    return reader->rc;
}

static xmlSAXHandler handlers(void)
{
    xmlSAXHandler sax;

    memset(&sax, 0, sizeof(sax));
    sax.initialized = XML_SAX2_MAGIC;
    sax.startElementNs = on_start;
    sax.endElementNs = on_end;
    sax.characters = on_text;
    sax.ignorableWhitespace = on_text;
    sax.internalSubset = on_doctype;
    sax.serror = on_error;
    return sax;
}

static enum err_code read_with(struct reader *reader, struct source *source)
{
    xmlSAXHandler sax = handlers();
    char *block = mem_alloc(BLOCK_SIZE);
    enum err_code rc;

    xmlInitParser();
    reader->parser =
            block == NULL ? NULL : xmlCreatePushParserCtxt(&sax, reader, NULL, 0, NULL);
    if (reader->parser == NULL) {
        mem_free(block);
        return err_memory(reader->err);
    }
    reader->source = source;
    (void)xmlCtxtUseOptions(reader->parser,
            XML_PARSE_NONET | XML_PARSE_COMPACT | XML_PARSE_NOCDATA);
    rc = feed(reader, source, block);
    xmlFreeParserCtxt(reader->parser);
    arena_free(&reader->own);
    mem_free(reader->text);
    mem_free(block);
    return rc;
}

enum err_code xml_read(struct source *source, const struct xml_handler *handler,
        struct err *err)
{
    struct reader *reader = mem_alloc(sizeof(*reader));
    enum err_code rc;

    if (reader == NULL)
        return err_memory(err);
    reader->handler = handler;
    reader->err = err;
    reader->own.limit = ARENA_MAX;
    reader->arena = &reader->own;
    rc = read_with(reader, source);
    mem_free(reader);
    return rc;
}

static enum err_code want_root(void *data, int depth, const char *name, bool *ret_gather,
        struct err *err)
{
    (void)data;
    (void)name;
    (void)err;
    *ret_gather = depth == 1;
    return ERR_OK;
}

static enum err_code keep_root(void *data, int depth, const struct xml_node *node,
        struct arena *arena, struct err *err)
{
    (void)depth;
    (void)arena;
    (void)err;
    *(struct xml_node **)data = node->child;
    return ERR_OK;
}

enum err_code xml_parse(struct arena *arena, const char *what, const char *xml,
        struct xml_node **ret_first, struct err *err)
{
    struct xml_node *first = NULL;
    struct xml_handler handler = { &first, want_root, keep_root };
    const char *whole = arena_printf(arena, "<kept>%s</kept>", xml);
    struct reader *reader = whole == NULL ? NULL : mem_alloc(sizeof(*reader));
    struct source source;
    enum err_code rc;

    if (reader == NULL)
        return err_memory(err);
    source_memory(&source, what, whole, strlen(whole));
    reader->handler = &handler;
    reader->err = err;
    reader->arena = arena;
    reader->keep = true;
    rc = read_with(reader, &source);
    mem_free(reader);
    if (rc == ERR_OK)
        *ret_first = first;
    return rc;
}
