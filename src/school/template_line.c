#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "school/template_in.h"

enum err_code template_refuse(struct template_reading *r, const char *fmt, ...)
{
    char message[280];
    va_list args;

    va_start(args, fmt);
    (void)vsnprintf(message, sizeof(message), fmt, args);
    va_end(args);
    (void)err_set(r->err, ERR_INVALID, "%s", message);
    (void)err_hint(r->err, "The manual's page on templates shows how a template is written.");
    return err_where(r->err, r->file, r->row, NULL);
}

/* Behind the closing quote, or NULL without one; what it holds goes to *ret_word. */
static char *quoted(char *at, const char **ret_word)
{
    char *to = at + 1;
    char *start = to;

    for (at++; *at != '\0'; at++) {
        if (*at == '"' && at[1] != '"')
            break;
        at += *at == '"';
        *to++ = *at;
    }
    if (*at == '\0')
        return NULL;
    *to = '\0';
    *ret_word = start;
    return at + 1;
}

enum err_code template_word(struct template_reading *r, const char **ret_word)
{
    char *at = r->rest + strspn(r->rest, " \t");
    const char *word = at;
    char *end;

    if (*at == '\0') {
        r->rest = at;
        *ret_word = NULL;
        return ERR_OK;
    }
    if (*at == '"') {
        end = quoted(at, &word);
        if (end == NULL)
            return template_refuse(r, "a quotation mark is not closed");
        if (*end != '\0' && *end != ' ' && *end != '\t')
            return template_refuse(r, "a space is missing behind a closing quotation mark");
    } else {
        end = at + strcspn(at, " \t");
    }
    r->rest = *end == '\0' ? end : end + 1;
    *end = '\0';
    word = arena_text(r->arena, word);
    if (word == NULL)
        return err_memory(r->err);
    *ret_word = word;
    return ERR_OK;
}

enum err_code template_need(struct template_reading *r, const char *what, const char **ret_word)
{
    const char *word = NULL;
    enum err_code code = template_word(r, &word);

    if (code == ERR_OK && word == NULL)
        return template_refuse(r, "%s is missing", what);
    if (code == ERR_OK)
        *ret_word = word;
    return code;
}

enum err_code template_end(struct template_reading *r)
{
    const char *word = NULL;
    enum err_code code = template_word(r, &word);

    if (code != ERR_OK || word == NULL)
        return code;
    return template_refuse(r, "\"%.40s\" has no meaning here", word);
}

enum err_code template_rest(struct template_reading *r, const char *what, const char **ret_text)
{
    char *text = arena_text(r->arena, r->rest);

    if (text == NULL)
        return err_memory(r->err);
    text = text_trim(text);
    if (*text == '\0')
        return template_refuse(r, "%s is missing", what);
    r->rest += strlen(r->rest);
    *ret_text = text;
    return ERR_OK;
}

enum err_code template_name(struct template_reading *r, const char *what, const char **ret_name)
{
    const char *name = NULL;
    enum err_code code = template_need(r, what, &name);

    if (code != ERR_OK)
        return code;
    if (*name == '\0' || strlen(name) > TEMPLATE_NAME_BYTES)
        return template_refuse(r, "%s has 1 to %d characters", what, TEMPLATE_NAME_BYTES);
    for (const char *c = name; *c != '\0'; c++) {
        if ((unsigned char)*c < ' ' || *c == 0x7f)
            return template_refuse(r, "%s has a character that cannot be shown", what);
    }
    *ret_name = name;
    return ERR_OK;
}

enum err_code template_code(struct template_reading *r, const char *what, const char **ret_code)
{
    static const char allowed[] =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const char *word = NULL;
    enum err_code code = template_need(r, what, &word);

    if (code != ERR_OK)
        return code;
    if (*word == '\0' || strlen(word) > TEMPLATE_CODE_BYTES ||
            word[strspn(word, allowed)] != '\0')
        return template_refuse(r, "%s is a word of letters, digits and hyphens, not \"%.40s\"",
                what, word);
    *ret_code = word;
    return ERR_OK;
}

enum err_code template_number(struct template_reading *r, const char *what, int64_t *ret_number)
{
    const char *word = NULL;
    enum err_code code = template_need(r, what, &word);

    if (code != ERR_OK)
        return code;
    if (strlen(word) > 16 || !text_milli(word, ret_number))
        return template_refuse(r, "%s is a number, not \"%.40s\"", what, word);
    return ERR_OK;
}
