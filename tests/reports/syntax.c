#include "syntax.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

/* ---- JSON: each reader returns where it stopped, NULL when it could not read ---- */

static const char *json_value(const char *at, int depth);

static const char *blanks(const char *at)
{
    return at + strspn(at, " \t\r\n");
}

static const char *json_text(const char *at)
{
    if (*at++ != '"')
        return NULL;
    while (*at != '"') {
        if ((unsigned char)*at < 0x20)
            return NULL;
        if (*at != '\\') {
            at++;
            continue;
        }
        at++;
        if (*at == 'u') {
            for (int i = 1; i <= 4; i++)
                if (!isxdigit((unsigned char)at[i]))
                    return NULL;
            at += 5;
        } else if (*at != '\0' && strchr("\"\\/bfnrt", *at) != NULL)
            at++;
        else
            return NULL;
    }
    return at + 1;
}

static const char *json_digits(const char *at)
{
    size_t n = strspn(at, "0123456789");

    return n == 0 ? NULL : at + n;
}

static const char *json_number(const char *at)
{
    if (*at == '-')
        at++;
    at = *at == '0' ? at + 1 : json_digits(at);
    if (at != NULL && *at == '.')
        at = json_digits(at + 1);
    return at;
}

/* Items between brackets; of an object with a name and a colon each. */
static const char *json_list(const char *at, char end, int depth)
{
    at = blanks(at + 1);
    if (*at == end)
        return at + 1;
    for (;;) {
        if (end == '}') {
            at = json_text(blanks(at));
            if (at == NULL || *blanks(at) != ':')
                return NULL;
            at = blanks(at) + 1;
        }
        at = json_value(at, depth + 1);
        if (at == NULL)
            return NULL;
        at = blanks(at);
        if (*at == end)
            return at + 1;
        if (*at++ != ',')
            return NULL;
    }
}

static const char *json_value(const char *at, int depth)
{
    static const char *const words[] = { "true", "false", "null" };

    at = blanks(at);
    if (depth > 20)
        return NULL;
    if (*at == '{' || *at == '[')
        return json_list(at, *at == '{' ? '}' : ']', depth);
    if (*at == '"')
        return json_text(at);
    for (size_t i = 0; i < COUNT(words); i++)
        if (strncmp(at, words[i], strlen(words[i])) == 0)
            return at + strlen(words[i]);
    return json_number(at);
}

const char *syntax_json(const char *text)
{
    const char *end = json_value(text, 0);
    size_t n = strlen(text);

    if (text_utf8_valid(text, n) != n)
        return text + text_utf8_valid(text, n);
    if (end == NULL)
        return text;
    end = blanks(end);
    return *end == '\0' ? NULL : end;
}

/* ---- CSV ---- */

/* Step behind one field; NULL when its quotes are wrong. */
static const char *csv_field(const char *at)
{
    if (*at != '"') {
        at += strcspn(at, ",\"\r\n");
        return *at == '"' ? NULL : at;
    }
    at++;
    while (*at != '\0') {
        if (*at == '"' && at[1] != '"')
            return strchr(",\r", at[1]) == NULL ? NULL : at + 1;
        at += *at == '"' ? 2 : 1;
    }
    return NULL;
}

int syntax_csv(const char *text)
{
    int first = 0;

    while (*text != '\0') {
        int n = 0;

        for (;;) {
            text = csv_field(text);
            n++;
            if (text == NULL)
                return -1;
            if (*text != ',')
                break;
            text++;
        }
        if (strncmp(text, "\r\n", 2) != 0 || (first != 0 && n != first))
            return -1;
        text += 2;
        first = n;
    }
    return first;
}

/* ---- HTML ---- */

enum {
    DEPTH = 64,
    IDS = 400,
    NAME = 64
};

struct names {
    char names[IDS][NAME];
    int n;
};

static struct names ids, uses;
static char wrong[200];

static bool holds(const struct names *list, const char *name)
{
    for (int i = 0; i < list->n; i++)
        if (strcmp(list->names[i], name) == 0)
            return true;
    return false;
}

static const char *complain(const char *what, const char *about)
{
    (void)snprintf(wrong, sizeof(wrong), "%s: %.100s", what, about);
    return wrong;
}

static bool keep(struct names *list, const char *start, size_t n)
{
    if (list->n == IDS || n >= NAME)
        return false;
    memcpy(list->names[list->n], start, n);
    list->names[list->n++][n] = '\0';
    return true;
}

/* References in an attribute: "#a" or "a b". */
static bool keep_uses(const char *value, size_t n)
{
    while (n != 0) {
        size_t word = strcspn(value, " \"");

        if (!keep(&uses, value, word))
            return false;
        value += word + (word < n);
        n -= word + (word < n);
    }
    return true;
}

static const char *html_attribute(const char *at, size_t name_n, const char *value, size_t n)
{
    if (strncmp(at, "style", name_n) == 0 || (name_n > 2 && strncmp(at, "on", 2) == 0))
        return complain("attribute", at);
    if (memchr(value, '<', n) != NULL)
        return complain("less-than in an attribute", at);
    if (name_n == 2 && strncmp(at, "id", 2) == 0) {
        char name[NAME];

        (void)snprintf(name, sizeof(name), "%.*s", (int)n, value);
        if (holds(&ids, name))
            return complain("id twice", name);
        return keep(&ids, value, n) ? NULL : complain("too many ids", name);
    }
    if (name_n == 4 && strncmp(at, "href", 4) == 0 && value[0] == '#')
        return keep_uses(value + 1, n - 1) ? NULL : complain("too many uses", value);
    if (name_n == 15 && strncmp(at, "aria-labelledby", 15) == 0)
        return keep_uses(value, n) ? NULL : complain("too many uses", value);
    return NULL;
}

/* Step behind a tag's attributes; NULL, with `wrong` filled, when one is bad. */
static const char *html_attributes(const char *at)
{
    for (;;) {
        size_t name_n, n;

        at = blanks(at);
        if (*at == '>' || (*at == '/' && at[1] == '>'))
            return at;
        name_n = strcspn(at, "= >\"");
        n = name_n;
        if (at[n] != '=' || at[n + 1] != '"') {
            (void)complain("unquoted attribute", at);
            return NULL;
        }
        n = strcspn(at + name_n + 2, "\"");
        if (html_attribute(at, name_n, at + name_n + 2, n) != NULL)
            return NULL;
        at += name_n + 2 + n + 1;
    }
}

static bool is_void(const char *tag)
{
    return strcmp(tag, "meta") == 0 || strcmp(tag, "br") == 0 || strcmp(tag, "link") == 0;
}

static const char *html_ids_met(void)
{
    for (int i = 0; i < uses.n; i++)
        if (!holds(&ids, uses.names[i]))
            return complain("no such id", uses.names[i]);
    return NULL;
}

const char *syntax_html(const char *text)
{
    static char open[DEPTH][NAME];
    int depth = 0;
    const char *at = text;

    ids.n = uses.n = 0;
    if (strncmp(at, "<!DOCTYPE html>", 15) == 0)
        at += 15;
    while ((at = strchr(at, '<')) != NULL) {
        bool closes = at[1] == '/';
        const char *start = at + 1 + closes;
        size_t n = strspn(start, "abcdefghijklmnopqrstuvwxyzABCDEFGH0123456789");
        char tag[NAME];

        if (n == 0 || n >= NAME)
            return complain("bare less-than", at);
        (void)snprintf(tag, sizeof(tag), "%.*s", (int)n, start);
        if (closes) {
            if (depth == 0 || strcmp(open[--depth], tag) != 0)
                return complain("closed out of order", at);
            at = start + n;
            continue;
        }
        at = html_attributes(start + n);
        if (at == NULL)
            return wrong;
        if (*at != '/' && !is_void(tag)) {
            if (depth == DEPTH)
                return complain("too deep", start);
            (void)snprintf(open[depth++], NAME, "%s", tag);
        }
        if (strcmp(tag, "script") == 0 || strcmp(tag, "iframe") == 0)
            return complain("active content", start);
    }
    return depth == 0 ? html_ids_met() : complain("not closed", open[depth - 1]);
}
