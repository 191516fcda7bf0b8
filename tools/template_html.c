#include "template_html.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

static bool refuse(struct html_state *state, const char *fmt, ...) PRINTF(2, 3);

static bool refuse(struct html_state *state, const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    (void)vsnprintf(state->problem, sizeof(state->problem), fmt, args);
    va_end(args);
    return false;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_name(char c)
{
    return is_letter(c) || (c >= '0' && c <= '9') || c == '-' || c == ':' || c == '_';
}

static bool listed(const char *name, const char *const *list)
{
    for (; *list != NULL; list++)
        if (strcasecmp(name, *list) == 0)
            return true;
    return false;
}

static bool is_address(const char *attr)
{
    static const char *const names[] = { "href", "src", "action", "formaction", "poster",
        "cite", "data", "manifest", "background", "longdesc", "xlink:href", NULL };

    return listed(attr, names);
}

static bool is_void(const char *name)
{
    static const char *const names[] = { "area", "base", "br", "col", "embed", "hr", "img",
        "input", "link", "meta", "source", "track", "wbr", NULL };

    return listed(name, names);
}

static bool within(const struct html_state *state, const char *name)
{
    for (int i = 0; i < state->open_n; i++)
        if (strcasecmp(state->open[i].name, name) == 0)
            return true;
    return false;
}

static const char *top(const struct html_state *state)
{
    return state->open_n == 0 ? "" : state->open[state->open_n - 1].name;
}

const char *html_here(const struct html_state *state)
{
    bool in_tag = state->place >= PLACE_TAG_NAME && state->place <= PLACE_SLASH;

    if (in_tag && state->name[0] != '\0')
        return state->name;
    return state->open_n == 0 ? "the page" : top(state);
}

bool html_keeps_space(const struct html_state *state)
{
    return within(state, "pre") || within(state, "textarea") ||
           (state->place != PLACE_TEXT && state->place != PLACE_TAG);
}

/* Add one character to a name being read; upper case is refused so that names compare. */
static bool grow(struct html_state *state, char *name, char c)
{
    size_t n = strlen(name);

    if (n + 1 >= HTML_NAME_SIZE)
        return refuse(state, "the name \"%s...\" is too long", name);
    name[n] = c;
    name[n + 1] = '\0';
    return true;
}

static bool push(struct html_state *state)
{
    struct html_element *element;

    if (state->open_n == HTML_DEPTH)
        return refuse(state, "elements are nested more than %d deep", HTML_DEPTH);
    element = &state->open[state->open_n++];
    memcpy(element->name, state->name, HTML_NAME_SIZE);
    element->line = state->line;
    return true;
}

static bool start_tag_named(struct html_state *state)
{
    static const char *const never[] = { "base", "object", "embed", "iframe", "frame",
        "plaintext", "xmp", "noembed", "noframes", "animate", "set", NULL };

    if (strcasecmp(state->name, "style") == 0)
        return refuse(state, "a <style> element is blocked by the content security policy; "
                             "use the style sheet");
    if (listed(state->name, never))
        return refuse(state, "the content security policy blocks <%s>", state->name);
    if (strcasecmp(top(state), "title") == 0 || strcasecmp(top(state), "textarea") == 0)
        return refuse(state, "no element may stand in <%s>", top(state));
    return true;
}

static bool start_tag_done(struct html_state *state, bool slash)
{
    bool whole = is_void(state->name);

    if (strcasecmp(state->name, "form") == 0 && within(state, "form"))
        return refuse(state, "a form may not stand in a form");
    if (slash && !whole && !within(state, "svg"))
        return refuse(state, "<%s/> closes itself only in SVG", state->name);
    state->place = PLACE_TEXT;
    return whole || slash || push(state);
}

static bool end_tag_done(struct html_state *state)
{
    state->place = PLACE_TEXT;
    if (state->open_n == 0)
        return refuse(state, "</%s> closes nothing", state->name);
    if (strcasecmp(top(state), state->name) != 0)
        return refuse(state, "</%s> where </%s> is due (opened in line %d)", state->name,
                top(state), state->open[state->open_n - 1].line);
    state->open_n--;
    if (strcasecmp(state->name, "form") != 0)
        return true;
    if (state->posts && !state->token)
        return refuse(state, "the <form> that posts has no <input name=\"csrf_token\">");
    state->posts = false;
    state->token = false;
    return true;
}

static bool attribute_named(struct html_state *state)
{
    static const char *const never[] = { "style", "srcset", "srcdoc", "ping", NULL };

    if (strncasecmp(state->attr, "on", 2) == 0)
        return refuse(state,
                "%s= is a script in the page, which the content security policy "
                "blocks",
                state->attr);
    if (listed(state->attr, never))
        return refuse(state, "%s= may not stand in a page", state->attr);
    return true;
}

/* A literal address may be a place in the page, or a link to the open web. */
static bool attribute_done(struct html_state *state)
{
    const char *text = state->literal;
    bool link = strcasecmp(state->name, "a") == 0 && strncasecmp(text, "https://", 8) == 0;

    state->place = PLACE_EDGE;
    if (strcasecmp(state->name, "form") == 0 && strcasecmp(state->attr, "method") == 0)
        state->posts = strcasecmp(text, "get") != 0;
    if (strcasecmp(state->attr, "name") == 0 && strcmp(text, "csrf_token") == 0)
        state->token = true;
    if (!is_address(state->attr) || text[0] == '\0' || text[0] == '#' || link)
        return true;
    return refuse(state,
            "%s=\"%s...\": an address comes from a function of web/url.h, or "
            "begins with '#'",
            state->attr, text);
}

static bool in_text(struct html_state *state, char c, int line)
{
    if (c == '<') {
        state->place = PLACE_OPEN;
        state->line = line;
        state->name[0] = '\0';
        return true;
    }
    if (strcasecmp(top(state), "script") == 0 && !is_space(c))
        return refuse(state, "a script in the page is blocked by the content security policy; "
                             "name a file with src");
    return true;
}

static bool behind_open(struct html_state *state, char c)
{
    if (c == '/') {
        state->place = PLACE_CLOSE_NAME;
        return true;
    }
    if (c == '!') {
        state->place = PLACE_DECLARATION;
        state->dashes = 0;
        return true;
    }
    if (!is_letter(c))
        return refuse(state, "'<' begins no tag; write &lt;");
    state->place = PLACE_TAG_NAME;
    return grow(state, state->name, c);
}

static bool in_declaration(struct html_state *state, char c)
{
    if (c == '-' && state->dashes >= 0) {
        state->dashes++;
        if (state->dashes == 2) {
            state->place = PLACE_COMMENT;
            state->dashes = 0;
        }
        return true;
    }
    state->dashes = -1;
    if (c == '>')
        state->place = PLACE_TEXT;
    return true;
}

static bool in_comment(struct html_state *state, char c)
{
    if (c == '>' && state->dashes >= 2)
        state->place = PLACE_TEXT;
    state->dashes = c == '-' ? state->dashes + 1 : 0;
    return true;
}

/* The common part of every place in a start tag where the tag may go on or end. */
static bool in_start_tag(struct html_state *state, char c)
{
    if (is_space(c)) {
        state->place = PLACE_TAG;
        return true;
    }
    if (c == '>')
        return start_tag_done(state, false);
    if (c == '/') {
        state->place = PLACE_SLASH;
        return true;
    }
    if (state->place == PLACE_EDGE)
        return refuse(state, "a space is missing in <%s> before '%c'", state->name, c);
    if (!is_letter(c))
        return refuse(state, "'%c' may not stand in <%s>", c, state->name);
    state->place = PLACE_NAME;
    state->attr[0] = '\0';
    return grow(state, state->attr, c);
}

static bool in_tag_name(struct html_state *state, char c)
{
    if (is_name(c))
        return grow(state, state->name, c);
    if (!start_tag_named(state))
        return false;
    state->place = PLACE_EDGE;
    return in_start_tag(state, c);
}

static bool in_name(struct html_state *state, char c)
{
    if (is_name(c))
        return grow(state, state->attr, c);
    if (!attribute_named(state))
        return false;
    if (c == '=') {
        state->place = PLACE_EQUALS;
        return true;
    }
    state->place = PLACE_EDGE;
    return in_start_tag(state, c);
}

static bool behind_equals(struct html_state *state, char c)
{
    if (c != '"' && c != '\'')
        return refuse(state, "the value of %s= is not in quotes", state->attr);
    state->place = PLACE_QUOTED;
    state->quote = c;
    state->started = false;
    state->hash = false;
    state->literal[0] = '\0';
    return true;
}

static bool in_quotes(struct html_state *state, char c)
{
    size_t n = strlen(state->literal);

    if (c == state->quote)
        return attribute_done(state);
    if (c == '#')
        state->hash = true;
    if ((!state->started || n != 0) && n + 1 < sizeof(state->literal)) {
        state->literal[n] = c;
        state->literal[n + 1] = '\0';
    }
    state->started = true;
    return true;
}

static bool in_close(struct html_state *state, char c)
{
    if (state->place == PLACE_CLOSE_NAME && is_name(c))
        return grow(state, state->name, c);
    if (c == '>')
        return end_tag_done(state);
    if (!is_space(c))
        return refuse(state, "'%c' may not stand in </%s>", c, state->name);
    state->place = PLACE_CLOSE_SPACE;
    return true;
}

bool html_follow(struct html_state *state, char c, int line)
{
    switch (state->place) {
    case PLACE_TEXT:
        return in_text(state, c, line);
    case PLACE_OPEN:
        return behind_open(state, c);
    case PLACE_TAG_NAME:
        return in_tag_name(state, c);
    case PLACE_CLOSE_NAME:
    case PLACE_CLOSE_SPACE:
        return in_close(state, c);
    case PLACE_TAG:
    case PLACE_EDGE:
        return in_start_tag(state, c);
    case PLACE_NAME:
    case PLACE_AFTER_NAME:
        return in_name(state, c);
    case PLACE_EQUALS:
        return behind_equals(state, c);
    case PLACE_QUOTED:
        return in_quotes(state, c);
    case PLACE_SLASH:
        return c == '>' ? start_tag_done(state, true) : refuse(state, "'/' stands alone");
    case PLACE_DECLARATION:
        return in_declaration(state, c);
    case PLACE_COMMENT:
        return in_comment(state, c);
    }
    return false;
}

static enum html_context refuse_value(struct html_state *state, const char *where)
{
    (void)refuse(state, "a value may not stand %s", where);
    return CONTEXT_REFUSED;
}

static enum html_context in_attribute(struct html_state *state)
{
    bool first = !state->started;

    state->started = true;
    if (strcasecmp(state->name, "meta") == 0 && strcasecmp(state->attr, "content") == 0)
        return refuse_value(state, "in the content of <meta>");
    if (!is_address(state->attr))
        return CONTEXT_ATTRIBUTE;
    if (first)
        return CONTEXT_ADDRESS;
    if (state->hash)
        return CONTEXT_ATTRIBUTE;
    return refuse_value(state, "inside an address; make the whole address a struct url");
}

enum html_context html_value_here(struct html_state *state)
{
    switch (state->place) {
    case PLACE_TEXT:
        if (strcasecmp(top(state), "script") == 0)
            return refuse_value(state, "in <script>");
        return CONTEXT_TEXT;
    case PLACE_QUOTED:
        return in_attribute(state);
    case PLACE_EQUALS:
        return refuse_value(state, "in an attribute without quotes");
    case PLACE_COMMENT:
    case PLACE_DECLARATION:
        return refuse_value(state, "in a comment or declaration");
    case PLACE_OPEN:
    case PLACE_TAG_NAME:
    case PLACE_CLOSE_NAME:
    case PLACE_CLOSE_SPACE:
        return refuse_value(state, "in the name of an element");
    case PLACE_TAG:
    case PLACE_EDGE:
    case PLACE_NAME:
    case PLACE_AFTER_NAME:
    case PLACE_SLASH:
        return refuse_value(state, "in the name of an attribute");
    }
    return CONTEXT_REFUSED;
}

bool html_block_here(struct html_state *state)
{
    switch (state->place) {
    case PLACE_TEXT:
    case PLACE_QUOTED:
    case PLACE_TAG:
    case PLACE_EDGE:
        return true;
    case PLACE_TAG_NAME:
        state->place = PLACE_EDGE;
        return start_tag_named(state);
    case PLACE_NAME:
    case PLACE_AFTER_NAME:
        state->place = PLACE_EDGE;
        return attribute_named(state);
    case PLACE_OPEN:
    case PLACE_CLOSE_NAME:
    case PLACE_CLOSE_SPACE:
    case PLACE_EQUALS:
    case PLACE_SLASH:
    case PLACE_DECLARATION:
    case PLACE_COMMENT:
        break;
    }
    return refuse(state, "a block may not begin or end here");
}

static bool same_elements(struct html_state *a, const struct html_state *b)
{
    int n = a->open_n < b->open_n ? a->open_n : b->open_n;

    for (int i = 0; i < n; i++)
        if (strcasecmp(a->open[i].name, b->open[i].name) != 0)
            return refuse(a, "one way leads into <%s>, the other into <%s>", a->open[i].name,
                    b->open[i].name);
    if (a->open_n != b->open_n)
        return refuse(a, "<%s> is opened or closed on one way only",
                a->open_n > n ? a->open[n].name : b->open[n].name);
    return true;
}

bool html_join(struct html_state *state, const struct html_state *other)
{
    bool token = state->token && other->token;
    bool edges = (state->place == PLACE_TAG || state->place == PLACE_EDGE) &&
                 (other->place == PLACE_TAG || other->place == PLACE_EDGE);

    if (!same_elements(state, other))
        return false;
    state->token = token;
    state->posts = state->posts || other->posts;
    if (edges && strcasecmp(state->name, other->name) == 0) {
        state->place = PLACE_EDGE;
        return true;
    }
    if (state->place != other->place)
        return refuse(state, "the block begins and ends in different places");
    if (state->place != PLACE_QUOTED)
        return true;
    if (state->quote != other->quote || strcasecmp(state->attr, other->attr) != 0)
        return refuse(state, "the block begins and ends in different attributes");
    if (is_address(state->attr) &&
            (state->started != other->started || state->hash != other->hash))
        return refuse(state, "an address must begin the same way on both ways");
    state->started = state->started && other->started;
    return true;
}

bool html_end_here(struct html_state *state)
{
    if (state->place != PLACE_TEXT)
        return refuse(state, "the template ends inside a tag or comment");
    if (state->open_n != 0)
        return refuse(state, "<%s>, opened in line %d, is not closed", top(state),
                state->open[state->open_n - 1].line);
    return true;
}
