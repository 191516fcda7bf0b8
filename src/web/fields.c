#include "web/fields.h"

#include <stdbool.h>
#include <string.h>

#include "base/text.h"

const char *fields_get(const struct fields *fields, const char *name)
{
    for (size_t i = 0; i < fields->n; i++)
        if (strcmp(fields->items[i].name, name) == 0)
            return fields->items[i].value;
    return NULL;
}

enum err_code fields_add(struct fields *fields, const char *name, const char *value,
        struct arena *arena, struct err *err)
{
    struct form_field *items;

    if (fields->n >= FIELDS_MAX)
        return err_set(err, ERR_INVALID, "the form has more than %d fields", FIELDS_MAX);
    items = arena_grow(arena, fields->items, fields->n, sizeof(*items));
    if (items == NULL)
        return err_memory(err);
    fields->items = items;
    fields->items[fields->n++] = (struct form_field){ name, value };
    return ERR_OK;
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

/* The byte that `%xy` at `bytes` stands for; -1 when it is broken or a NUL. */
static int escaped_byte(const char *bytes, size_t left)
{
    int high = left < 3 ? -1 : hex_digit(bytes[1]);
    int low = left < 3 ? -1 : hex_digit(bytes[2]);
    int byte = high < 0 || low < 0 ? -1 : high * 16 + low;

    return byte == 0 ? -1 : byte;
}

enum err_code fields_decode(const char *bytes, size_t n, int plus, struct arena *arena,
        const char **ret_text, struct err *err)
{
    char *text = arena_alloc(arena, n + 1);
    size_t to = 0;

    if (text == NULL)
        return err_memory(err);
    for (size_t i = 0; i < n; i++) {
        int byte = (unsigned char)bytes[i];

        if (bytes[i] == '%') {
            byte = escaped_byte(bytes + i, n - i);
            i += 2;
        } else if (bytes[i] == '+' && plus) {
            byte = ' ';
        }
        if (byte <= 0)
            return err_set(err, ERR_INVALID, "the address or form is not encoded properly");
        text[to++] = (char)byte;
    }
    text[to] = '\0';
    if (text_utf8_valid(text, to) != to)
        return err_set(err, ERR_INVALID, "the text sent is not UTF-8");
    *ret_text = text;
    return ERR_OK;
}

static enum err_code read_pair(const char *bytes, size_t n, struct arena *arena,
        struct fields *fields, struct err *err)
{
    const char *equals = memchr(bytes, '=', n);
    size_t name_n = equals == NULL ? n : (size_t)(equals - bytes);
    const char *name = NULL;
    const char *value = "";
    enum err_code code = fields_decode(bytes, name_n, 1, arena, &name, err);

    if (code == ERR_OK && equals != NULL)
        code = fields_decode(equals + 1, n - name_n - 1, 1, arena, &value, err);
    if (code != ERR_OK)
        return code;
    return fields_add(fields, name, value, arena, err);
}

enum err_code fields_read_form(const char *bytes, size_t n, struct arena *arena,
        struct fields *fields, struct err *err)
{
    while (n != 0) {
        const char *end = memchr(bytes, '&', n);
        size_t pair = end == NULL ? n : (size_t)(end - bytes);
        enum err_code code = ERR_OK;

        if (pair != 0)
            code = read_pair(bytes, pair, arena, fields, err);
        if (code != ERR_OK)
            return code;
        pair += end == NULL ? 0 : 1;
        bytes += pair;
        n -= pair;
    }
    return ERR_OK;
}

enum err_code fields_read_cookies(const char *header, struct arena *arena,
        struct fields *fields, struct err *err)
{
    while (*header != '\0') {
        size_t n = strcspn(header, ";");
        const char *equals = memchr(header, '=', n);
        enum err_code code = ERR_OK;

        if (equals != NULL) {
            char *name = arena_bytes(arena, header, (size_t)(equals - header));
            char *value = arena_bytes(arena, equals + 1, n - (size_t)(equals - header) - 1);

            if (name == NULL || value == NULL)
                return err_memory(err);
            code = fields_add(fields, text_trim(name), text_trim(value), arena, err);
        }
        if (code != ERR_OK)
            return code;
        header += n;
        header += *header == ';' ? 1 : 0;
    }
    return ERR_OK;
}
