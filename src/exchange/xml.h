/*
 * xml: XML read a piece at a time, safely, and written.
 *
 * A reader walks the file once and gathers the elements its handler asks for as small
 * trees, one after another, so a file of any size needs the memory of one piece.
 * Names are local names. The namespace of the root element counts as none, so files
 * with and without one read alike; another namespace is kept and written out again.
 * White space between elements, comments and processing instructions are layout and
 * are left out; every other text is kept as it came.
 *
 * Safety: a DOCTYPE is refused before anything in it is read, so there are no entities
 * but the five of XML and character references; nothing is fetched. Limits: 64 levels,
 * a tag 64 KiB and 256 attributes, a text 1 MiB, a gathered piece 8 MiB; NUL bytes are
 * refused. Each refusal is an ERR_INVALID with the file and the line.
 */
#ifndef EXCHANGE_XML_H
#define EXCHANGE_XML_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "exchange/source.h"

enum {
    XML_DEPTH_MAX = 64,
    XML_TAG_MAX = 64 * 1024,
    XML_ATTR_MAX = 256,
    XML_TEXT_MAX = 1024 * 1024,
    XML_PIECE_MAX = 8 * 1024 * 1024,
};

struct xml_attr {
    const char *name, *prefix, *uri; /* prefix and uri NULL: none */
    const char *value;
    struct xml_attr *next;
};

/* An element, or (name NULL) a text between elements. */
struct xml_node {
    const char *name;
    const char *uri;  /* NULL: none, or the root's */
    const char *text; /* of an element without child elements, and of a text; else NULL */
    struct xml_attr *attrs;
    struct xml_node *child, *last; /* first and last child */
    struct xml_node *next;
    long line;
};

struct xml_handler {
    void *data;
    /* An element begins, `depth` 1 is the root. Set *ret_gather to have it as a tree;
       otherwise its children come here too. */
    enum err_code (*on_start)(void *data, int depth, const char *name, bool *ret_gather,
            struct err *err);
    /* A gathered element is complete. It and what is put into `arena` are gone afterwards. */
    enum err_code (*on_piece)(void *data, int depth, const struct xml_node *node,
            struct arena *arena, struct err *err);
};

/*
 * Read the whole of `source`. Errors: ERR_INVALID as above and for XML that is not well
 * formed or cut off, in words; ERR_MEMORY, ERR_IO; any code the handler returns, which
 * stops the reading. Pieces may have been handed over before an error.
 */
MUST_USE enum err_code xml_read(struct source *source, const struct xml_handler *handler,
        struct err *err);

/*
 * Read kept XML (any number of elements one after another) into `arena`: *ret_first is
 * the first of them, NULL when there is none. `what` is for messages.
 */
MUST_USE enum err_code xml_parse(struct arena *arena, const char *what, const char *xml,
        struct xml_node **ret_first, struct err *err);

/* The first child element of that local name, or NULL. Takes NULL. */
struct xml_node *xml_child(const struct xml_node *node, const char *name);

/* The text of a child element, cut of blanks at both ends in `arena`; NULL when there is
   no such child or no memory. */
const char *xml_child_text(const struct xml_node *node, const char *name, struct arena *arena);

/* A text cut of blanks at both ends; the same pointer when there are none. */
const char *xml_trim(const char *text, struct arena *arena);

/* A new element with a text (NULL: none), not yet anywhere; NULL without memory. */
struct xml_node *xml_make(struct arena *arena, const char *name, const char *text);

/* Put `node` in behind `after`, a child of `parent` (NULL: before all children). */
void xml_insert(struct xml_node *parent, struct xml_node *after, struct xml_node *node);

/*
 * Write `node` and what is in it. `indent` >= 0 lays it out: that many levels of two
 * spaces, a line for each element; -1 writes it in one piece.
 */
void xml_write(struct buf *buf, const struct xml_node *node, int indent);

/* Write `text` with & < > " escaped; characters that XML cannot hold become U+FFFD. */
void xml_escape(struct buf *buf, const char *text);

#endif
