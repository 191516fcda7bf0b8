#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

static const char *const names[ERR__MAX] = {
    [ERR_OK] = "ok",
    [ERR_MEMORY] = "memory",
    [ERR_INVALID] = "invalid",
    [ERR_USAGE] = "usage",
    [ERR_NOT_FOUND] = "not_found",
    [ERR_CLOSED] = "closed",
    [ERR_FORBIDDEN] = "forbidden",
    [ERR_CONFLICT] = "conflict",
    [ERR_IO] = "io",
    [ERR_STORE] = "store",
};

/* Cut a text that vsnprintf shortened back to a whole UTF-8 character. */
static void whole_characters(char *text, size_t size)
{
    size_t n = strlen(text);
    size_t last = n;

    if (n + 1 < size || n == 0)
        return;
    do
        last--;
    while (last > 0 && ((unsigned char)text[last] & 0xC0) == 0x80);
    if (text_utf8_valid(text + last, n - last) != n - last)
        text[last] = '\0';
}

enum err_code err_set(struct err *err, enum err_code code, const char *fmt, ...)
{
    struct err fresh = { .code = code };
    va_list args;

    va_start(args, fmt);
    (void)vsnprintf(fresh.message, sizeof(fresh.message), fmt, args);
    va_end(args);
    whole_characters(fresh.message, sizeof(fresh.message));
    *err = fresh;
    return code;
}

enum err_code err_hint(struct err *err, const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    (void)vsnprintf(err->hint, sizeof(err->hint), fmt, args);
    va_end(args);
    whole_characters(err->hint, sizeof(err->hint));
    return err->code;
}

enum err_code err_detail(struct err *err, const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    (void)vsnprintf(err->detail, sizeof(err->detail), fmt, args);
    va_end(args);
    whole_characters(err->detail, sizeof(err->detail));
    return err->code;
}

enum err_code err_where(struct err *err, const char *file, long row, const char *column)
{
    (void)snprintf(err->file, sizeof(err->file), "%s", file == NULL ? "" : file);
    (void)snprintf(err->column, sizeof(err->column), "%s", column == NULL ? "" : column);
    whole_characters(err->file, sizeof(err->file));
    whole_characters(err->column, sizeof(err->column));
    err->row = row;
    return err->code;
}

enum err_code err_memory(struct err *err)
{
    *err = (struct err){ .code = ERR_MEMORY };
    (void)snprintf(err->message, sizeof(err->message), "out of memory");
    (void)snprintf(err->hint, sizeof(err->hint),
            "Close other programs, or take the work in smaller parts.");
    return ERR_MEMORY;
}

const char *err_code_name(enum err_code code)
{
    return code < ERR__MAX ? names[code] : "unknown";
}
