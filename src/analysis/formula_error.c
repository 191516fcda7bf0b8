#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "analysis/formula_in.h"
#include "base/text.h"

/* Line and character of a byte of the formula, both from 1. */
static void place_of(const char *text, size_t at, long *ret_line, long *ret_character)
{
    const char *next = text;
    long line = 1, character = 1;

    while ((size_t)(next - text) < at && *next != '\0') {
        if (text_next(&next) == '\n') {
            line++;
            character = 1;
        } else {
            character++;
        }
    }
    *ret_line = line;
    *ret_character = character;
}

enum err_code formula_fail(struct checker *c, size_t at, const char *fmt, ...)
{
    char said[sizeof(c->err->message)];
    char column[32];
    long line, character;
    va_list args;

    va_start(args, fmt);
    (void)vsnprintf(said, sizeof(said), fmt, args);
    va_end(args);
    place_of(c->text, at, &line, &character);
    (void)snprintf(column, sizeof(column), "%ld", character);
    if (line > 1)
        (void)err_set(c->err, ERR_INVALID, "line %ld, character %ld: %s", line, character,
                said);
    else
        (void)err_set(c->err, ERR_INVALID, "character %ld: %s", character, said);
    return err_where(c->err, "formula", line, column);
}

const char *formula_quote(const struct checker *c, const struct node *node,
        char buffer[QUOTE_SIZE])
{
    char whole[QUOTE_SIZE];
    size_t n = node->n < QUOTE_SIZE - 1 ? node->n : QUOTE_SIZE - 1;

    memcpy(whole, c->text + node->at, n);
    whole[n] = '\0';
    if (n == node->n) {
        memcpy(buffer, whole, n + 1);
        return buffer;
    }
    (void)text_copy(buffer, QUOTE_SIZE - 4, whole);
    (void)snprintf(buffer + strlen(buffer), 5, " ...");
    return buffer;
}

const char *formula_nearest(const char *word, const char *const *words, size_t n)
{
    size_t limit = strlen(word) > 4 ? 2 : strlen(word) > 2 ? 1 : 0;
    size_t best = limit + 1;
    const char *found = NULL;

    for (size_t i = 0; i < n; i++) {
        size_t far = text_distance(word, words[i], limit + 1);

        if (far < best && far < strlen(words[i])) {
            best = far;
            found = words[i];
        }
    }
    return found;
}
