#include "sqlgen_in.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* SQLite's own default is 32766; ours keeps the bit set small. */
enum {
    PARAMS_MAX = 512
};

static const struct {
    const char *portable;
    const char *sqlite;
} types[] = {
    { "BIGINT", "INTEGER" },
    { "SMALLINT", "INTEGER" },
    { "BYTEA", "BLOB" },
    { "DOUBLE PRECISION", "REAL" },
};

struct tidy {
    const char *at;
    const char *end;
    const char *file;
    long line;
    struct buf out;
    bool seen[PARAMS_MAX + 1];
    int highest;
    bool ended; /* the closing ';' was met */
};

enum err_code sqlgen_refuse(struct err *err, const char *file, long line, const char *fmt, ...)
{
    char message[sizeof(err->message)];
    va_list args;

    va_start(args, fmt);
    (void)vsnprintf(message, sizeof(message), fmt, args);
    va_end(args);
    (void)err_set(err, ERR_INVALID, "%s", message);
    return err_where(err, file, line, NULL);
}

bool sqlgen_is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           c == '_';
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* A space, unless there is one already or nothing to part. */
static void add_space(struct buf *out)
{
    if (out->n > 0 && out->data[out->n - 1] != ' ')
        buf_add_char(out, ' ');
}

static void skip_comment(struct tidy *tidy)
{
    while (tidy->at < tidy->end && *tidy->at != '\n')
        tidy->at++;
}

static enum err_code copy_quoted(struct tidy *tidy, struct err *err)
{
    const char *from = tidy->at;
    const char *close = memchr(from + 1, *from, (size_t)(tidy->end - from - 1));

    if (close == NULL)
        return sqlgen_refuse(err, tidy->file, tidy->line, "a %c is not closed", *from);
    for (const char *c = from; c < close; c++)
        tidy->line += *c == '\n';
    buf_add_n(&tidy->out, from, (size_t)(close - from) + 1);
    tidy->at = close + 1;
    return ERR_OK;
}

static enum err_code copy_param(struct tidy *tidy, struct err *err)
{
    int number = 0;

    tidy->at++;
    while (tidy->at < tidy->end && is_digit(*tidy->at) && number <= PARAMS_MAX)
        number = number * 10 + (*tidy->at++ - '0');
    if (number < 1 || number > PARAMS_MAX)
        return sqlgen_refuse(err, tidy->file, tidy->line,
                "a parameter is $ and a number from 1 to %d", PARAMS_MAX);
    tidy->seen[number] = true;
    if (number > tidy->highest)
        tidy->highest = number;
    buf_printf(&tidy->out, "?%d", number);
    return ERR_OK;
}

static enum err_code copy_next(struct tidy *tidy, struct err *err)
{
    char c = *tidy->at;
    bool comment = c == '-' && tidy->at + 1 < tidy->end && tidy->at[1] == '-';

    if (c == '\n')
        tidy->line++;
    if (comment) {
        skip_comment(tidy);
        return ERR_OK;
    }
    if (is_blank(c)) {
        add_space(&tidy->out);
        tidy->at++;
        return ERR_OK;
    }
    if (tidy->ended)
        return sqlgen_refuse(err, tidy->file, tidy->line, "a ';' stands inside the statement");
    if (c == '\'' || c == '"')
        return copy_quoted(tidy, err);
    if (c == '$')
        return copy_param(tidy, err);
    if (c == '?' || c == '@')
        return sqlgen_refuse(err, tidy->file, tidy->line, "write parameters as $1, $2 ...");
    if (c == ';')
        tidy->ended = true;
    else
        buf_add_char(&tidy->out, c);
    tidy->at++;
    return ERR_OK;
}

static enum err_code check_params(const struct tidy *tidy, long line, struct err *err)
{
    for (int i = 1; i <= tidy->highest; i++) {
        if (!tidy->seen[i])
            return sqlgen_refuse(err, tidy->file, line, "$%d is used but $%d is not",
                    tidy->highest, i);
    }
    return ERR_OK;
}

enum err_code sqlgen_tidy(const char *sql, size_t n, const char *file, long line,
        struct arena *arena, const char **ret_text, int *ret_param_n, struct err *err)
{
    struct tidy tidy = { .at = sql, .end = sql + n, .file = file, .line = line };
    const char *text;
    enum err_code code;

    tidy.out = buf_make(arena, BUF_MAX_PAGE);
    while (tidy.at < tidy.end) {
        code = copy_next(&tidy, err);
        if (code != ERR_OK)
            return code;
    }
    code = check_params(&tidy, line, err);
    if (code == ERR_OK)
        code = buf_end(&tidy.out, &text, &n, err);
    if (code != ERR_OK)
        return code;
    if (n > 0 && text[n - 1] == ' ')
        tidy.out.data[n - 1] = '\0';
    *ret_text = text;
    *ret_param_n = tidy.highest;
    return ERR_OK;
}

/* The index of the type that stands as whole words at `at`, or -1. */
static int type_at(const char *at)
{
    for (size_t i = 0; i < COUNT(types); i++) {
        size_t n = strlen(types[i].portable);

        if (strncmp(at, types[i].portable, n) == 0 && !sqlgen_is_word(at[n]))
            return (int)i;
    }
    return -1;
}

enum err_code sqlgen_types(const char *text, struct arena *arena, const char **ret_text,
        struct err *err)
{
    struct buf out = buf_make(arena, BUF_MAX_PAGE);
    char quote = '\0';

    for (const char *at = text; *at != '\0'; at++) {
        bool starts = quote == '\0' && (at == text || !sqlgen_is_word(at[-1]));
        int type = starts ? type_at(at) : -1;

        if (type >= 0) {
            buf_add(&out, types[type].sqlite);
            at += strlen(types[type].portable) - 1;
            continue;
        }
        if (quote == *at)
            quote = '\0';
        else if (quote == '\0' && (*at == '\'' || *at == '"'))
            quote = *at;
        buf_add_char(&out, *at);
    }
    return buf_end(&out, ret_text, NULL, err);
}
