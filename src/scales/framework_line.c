#include <string.h>

#include "base/text.h"
#include "scales/framework_draft_in.h"

static bool is_space(char c)
{
    return c == ' ' || c == '\t';
}

static enum err_code line_refuse(const struct line *line, const char *file, struct err *err,
        const char *what)
{
    (void)err_set(err, ERR_INVALID, "%s", what);
    return err_where(err, file, line->row, NULL);
}

/*
 * Read the quoted text that starts behind `at` (which is on the opening quote); "" inside
 * is one quote. Moves what follows up, returns where the line goes on, NULL without an end.
 */
static char *quoted(char *at, char **ret_value)
{
    char *to = at;

    *ret_value = at;
    for (at++; *at != '\0'; at++) {
        if (*at == '"') {
            if (at[1] != '"')
                break;
            at++;
        }
        *to++ = *at;
    }
    if (*at == '\0')
        return NULL;
    *to = '\0';
    return at + 1;
}

/* Read one word from `at` on; returns where the line goes on, NULL when it is refused. */
static char *one_word(char *at, struct word *word, const char **ret_why)
{
    char *start = at;

    *ret_why = "a quoted text has no closing quote";
    if (*at == '"') {
        word->key = NULL;
        return quoted(at, &word->value);
    }
    while (*at != '\0' && !is_space(*at) && *at != '=' && *at != '"')
        at++;
    *word = (struct word){ NULL, start };
    if (*at == '"') {
        *ret_why = "a quote stands inside a word; quote the whole text";
        return NULL;
    }
    if (*at != '=')
        return at;
    if (at == start) {
        *ret_why = "an equals sign has no key before it";
        return NULL;
    }
    *at++ = '\0';
    word->key = start;
    word->value = at;
    if (*at == '"')
        return quoted(at, &word->value);
    while (*at != '\0' && !is_space(*at) && *at != '"')
        at++;
    if (*at == '"') {
        *ret_why = "a quote stands inside a word; quote the whole text";
        return NULL;
    }
    return at;
}

enum err_code line_split(char *text, const char *file, struct line *line, struct err *err)
{
    char *at = text;

    line->word_n = 0;
    for (;;) {
        const char *why = NULL;

        while (is_space(*at))
            at++;
        if (*at == '\0' || *at == '#')
            return ERR_OK;
        if (line->word_n == LINE_MAX_WORDS)
            return line_refuse(line, file, err, "the line has too many words");
        at = one_word(at, &line->words[line->word_n], &why);
        if (at == NULL)
            return line_refuse(line, file, err, why);
        line->word_n++;
        if (*at == '\0')
            return ERR_OK;
        if (!is_space(*at))
            return line_refuse(line, file, err, "a space is missing behind a closing quote");
        *at++ = '\0';
    }
}
