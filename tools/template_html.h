/*
 * template_html: where in the HTML a template's reader stands.
 *
 * The follower is fed the template's literal characters and is asked at each value what may
 * stand there. It is stricter than a browser on purpose: what it does not understand, and
 * what the content security policy would block, is refused.
 *
 *   text, quoted attribute       any value, escaped
 *   address attribute            a struct url as the first thing, or any value behind '#'
 *   unquoted attribute, tag and attribute names, comments, <script>, <style>, style=, on...=,
 *   srcset=, srcdoc=, ping=, content= of <meta>                      refused
 *
 * A <form method="post"> without an <input name="csrf_token"> of its own is refused too.
 */
#ifndef TOOLS_TEMPLATE_HTML_H
#define TOOLS_TEMPLATE_HTML_H

#include <stdbool.h>
#include <stddef.h>

#include "base/attr.h"

enum html_place {
    PLACE_TEXT,
    PLACE_OPEN,        /* behind '<' */
    PLACE_TAG_NAME,    /* in the name of a start tag */
    PLACE_CLOSE_NAME,  /* in the name of an end tag */
    PLACE_CLOSE_SPACE, /* behind that name */
    PLACE_TAG,         /* in a start tag, behind a space */
    PLACE_EDGE,        /* in a start tag, where a space must come before the next attribute */
    PLACE_NAME,        /* in an attribute's name */
    PLACE_AFTER_NAME,  /* behind it and a space */
    PLACE_EQUALS,      /* behind '=' */
    PLACE_QUOTED,      /* in a quoted value */
    PLACE_SLASH,       /* behind the '/' of "/>" */
    PLACE_DECLARATION, /* in <!doctype ...> */
    PLACE_COMMENT,     /* in <!-- ... --> */
};

enum {
    HTML_NAME_SIZE = 32,
    HTML_DEPTH = 48
};

struct html_element {
    char name[HTML_NAME_SIZE];
    int line;
};

struct html_state {
    enum html_place place;
    char quote;
    char name[HTML_NAME_SIZE]; /* the tag being read */
    char attr[HTML_NAME_SIZE]; /* the attribute being read */
    bool started;              /* something of its value was read */
    bool hash;                 /* a literal '#' stands in its value */
    char literal[12];          /* how its value begins */
    bool posts;                /* in a <form method="post"> */
    bool token;                /* and its csrf_token was read */
    int dashes;
    int line; /* where the tag began */
    struct html_element open[HTML_DEPTH];
    int open_n;
    char problem[200]; /* what was refused last */
};

enum html_context {
    CONTEXT_REFUSED,
    CONTEXT_TEXT,
    CONTEXT_ATTRIBUTE,
    CONTEXT_ADDRESS
};

/* One literal character at `line`; false with ->problem set when it may not stand there. */
MUST_USE bool html_follow(struct html_state *state, char c, int line);

/* What may be written here, for a value; CONTEXT_REFUSED with ->problem set. */
enum html_context html_value_here(struct html_state *state);

/* Whether a block ({{#if}}, {{else}}, {{#each}} ...) may begin or end here; makes ready for it.
 */
MUST_USE bool html_block_here(struct html_state *state);

/* Bring two ways to one place together in *state; false with ->problem set when they differ. */
MUST_USE bool html_join(struct html_state *state, const struct html_state *other);

/* Whether a template may end here. */
MUST_USE bool html_end_here(struct html_state *state);

/* The element one stands in, for messages: "p", or "the page". */
const char *html_here(const struct html_state *state);

/* Whether white space counts here (pre, textarea). */
bool html_keeps_space(const struct html_state *state);

#endif
