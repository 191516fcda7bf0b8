/*
 * template_name: the names a template may use, as C spells them.
 */
#ifndef TOOLS_TEMPLATE_NAME_H
#define TOOLS_TEMPLATE_NAME_H

#include <stdbool.h>
#include <stddef.h>

static inline bool name_char(char ch, bool first)
{
    return (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || ch == '_' ||
           (!first && ch >= '0' && ch <= '9');
}

static inline size_t name_length(const char *text)
{
    size_t n = 0;

    while (name_char(text[n], n == 0))
        n++;
    return n;
}

/* Whether `text` is a field as C writes it: `name`, `a.b`, `a->b`. */
static inline bool is_path(const char *text)
{
    for (;;) {
        size_t n = name_length(text);

        if (n == 0)
            return false;
        text += n;
        if (*text == '\0')
            return true;
        if (*text == '.')
            text++;
        else if (text[0] == '-' && text[1] == '>')
            text += 2;
        else
            return false;
    }
}

#endif
