#include <string.h>

#include "analysis/formula_in.h"
#include "base/text.h"

enum {
    NUMBER_DIGITS = 9,
    NUMBER_PLACES = 3
};

static bool is_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '_';
}

/* The length of the quotation mark at `text`, straight or typographic; 0: none. */
static size_t quote_length(const char *text, bool opens)
{
    if (text[0] == '"')
        return 1;
    if (opens ? text_starts(text, "\xE2\x80\x9C") : text_starts(text, "\xE2\x80\x9D"))
        return 3;
    return 0;
}

/* Blank also when it was pasted: no-break space. */
static size_t blank_length(const char *text)
{
    if (text[0] == ' ' || text[0] == '\t' || text[0] == '\r' || text[0] == '\n')
        return 1;
    return text_starts(text, "\xC2\xA0") ? 2 : 0;
}

static enum err_code read_number(struct checker *c)
{
    size_t at = c->read, end = at, point = 0;
    char digits[NUMBER_DIGITS + NUMBER_PLACES + 2];

    while (text_is_digit(c->text[end]))
        end++;
    if (end - at > NUMBER_DIGITS)
        return formula_fail(c, at, "a number has at most nine digits before the point");
    if (c->text[end] == '.') {
        point = end++;
        while (text_is_digit(c->text[end]))
            end++;
        if (end - point - 1 > NUMBER_PLACES)
            return formula_fail(c, at, "a number has at most three decimal places");
        if (end - point == 1)
            return formula_fail(c, end, "a digit was expected behind the point");
    }
    if (is_letter(c->text[end])) {
        while (is_letter(c->text[end]) || text_is_digit(c->text[end]))
            end++;
        (void)formula_fail(c, at, "%.*s is neither a number nor a name",
                (int)(end - at > 30 ? 30 : end - at), c->text + at);
        return err_hint(c->err, "Put a grade in quotation marks: \"%.*s\".",
                (int)(end - at > 30 ? 30 : end - at), c->text + at);
    }
    memcpy(digits, c->text + at, end - at);
    digits[end - at] = '\0';
    c->token = (struct token){ .kind = TOKEN_NUMBER, .at = at, .n = end - at };
    if (!text_milli(digits, &c->token.number))
        return formula_fail(c, at, "%s is not a number", digits);
    c->read = end;
    return ERR_OK;
}

/* A text in quotation marks; a mark inside is written twice. */
static enum err_code read_text(struct checker *c, size_t open)
{
    const char *text = c->text;
    bool single = text[c->read] == '\'';
    size_t start = c->read + open, end = start, n = 0;
    char *copy = arena_alloc(c->arena, strlen(text + start) + 1);

    if (copy == NULL)
        return err_memory(c->err);
    for (;;) {
        size_t close = single ? text[end] == '\'' : quote_length(text + end, false);

        if (text[end] == '\0') {
            (void)formula_fail(c, c->read, "this text does not end");
            return err_hint(c->err, "Close it with a quotation mark.");
        }
        if (close == 1 && text[end + 1] == text[end])
            end++;
        else if (close > 0) {
            end += close;
            break;
        }
        copy[n++] = text[end++];
    }
    copy[n] = '\0';
    c->token = (struct token){ TOKEN_TEXT, c->read, end - c->read, copy, 0 };
    c->read = end;
    return ERR_OK;
}

static enum err_code read_name(struct checker *c)
{
    static const struct {
        const char *word;
        enum token_kind kind;
    } words[] = { { "AND", TOKEN_AND }, { "OR", TOKEN_OR }, { "NOT", TOKEN_NOT } };
    size_t end = c->read;
    char *name;

    while (is_letter(c->text[end]) || text_is_digit(c->text[end]))
        end++;
    name = arena_bytes(c->arena, c->text + c->read, end - c->read);
    if (name == NULL)
        return err_memory(c->err);
    c->token = (struct token){ TOKEN_NAME, c->read, end - c->read, text_upper(name), 0 };
    for (size_t i = 0; i < COUNT(words); i++) {
        if (text_eq(name, words[i].word))
            c->token.kind = words[i].kind;
    }
    c->read = end;
    return ERR_OK;
}

static const struct {
    const char *sign;
    enum token_kind kind;
} signs[] = {
    { "<>", TOKEN_NE },
    { "<=", TOKEN_LE },
    { ">=", TOKEN_GE },
    { "<", TOKEN_LT },
    { ">", TOKEN_GT },
    { "=", TOKEN_EQ },
    { "+", TOKEN_ADD },
    { "-", TOKEN_SUB },
    { "*", TOKEN_MUL },
    { "/", TOKEN_DIV },
    { "&", TOKEN_JOIN },
    { "(", TOKEN_OPEN },
    { ")", TOKEN_CLOSE },
    { ",", TOKEN_COMMA },
};

/* Signs of other languages, and what to write here. */
static const struct {
    const char *sign, *right;
} foreign[] = {
    { "==", "Write = for equal." },
    { "!=", "Write <> for not equal." },
    { "=<", "Write <= for at most." },
    { "=>", "Write >= for at least." },
    { "&&", "Write AND." },
    { "||", "Write OR." },
    { "!", "Write NOT." },
    { ";", "Separate arguments with commas." },
    { "%", "Write a percentage as a number: 90." },
    { "{", "Use round brackets." },
    { "[", "Use round brackets." },
    { "\xE2\x89\xA4", "Write <= for at most." },
    { "\xE2\x89\xA5", "Write >= for at least." },
    { "\xE2\x89\xA0", "Write <> for not equal." },
    { "\xE2\x80\x98", "Put texts in \"straight\" quotation marks." },
    { "\xE2\x80\x99", "Put texts in \"straight\" quotation marks." },
};

static enum err_code read_sign(struct checker *c)
{
    const char *text = c->text + c->read;
    const char *end = text;

    for (size_t i = 0; i < COUNT(foreign); i++) {
        if (!text_starts(text, foreign[i].sign))
            continue;
        (void)formula_fail(c, c->read, "%s has no meaning here", foreign[i].sign);
        return err_hint(c->err, "%s", foreign[i].right);
    }
    for (size_t i = 0; i < COUNT(signs); i++) {
        if (!text_starts(text, signs[i].sign))
            continue;
        c->token = (struct token){ signs[i].kind, c->read, strlen(signs[i].sign), NULL, 0 };
        c->read += c->token.n;
        return ERR_OK;
    }
    (void)text_next(&end);
    if ((unsigned char)text[0] < 0x20 || text_utf8_valid(text, (size_t)(end - text)) == 0)
        return formula_fail(c, c->read, "a character that cannot be shown stands here");
    return formula_fail(c, c->read, "%.*s has no meaning here", (int)(end - text), text);
}

enum err_code formula_next(struct checker *c)
{
    size_t quote;

    while (blank_length(c->text + c->read) > 0)
        c->read += blank_length(c->text + c->read);
    if (c->text[c->read] == '\0') {
        c->token = (struct token){ .kind = TOKEN_END, .at = c->read };
        return ERR_OK;
    }
    if (text_is_digit(c->text[c->read]))
        return read_number(c);
    if (is_letter(c->text[c->read]))
        return read_name(c);
    quote = quote_length(c->text + c->read, true);
    if (quote > 0 || c->text[c->read] == '\'')
        return read_text(c, quote > 0 ? quote : 1);
    return read_sign(c);
}
