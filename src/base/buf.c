#include "base/buf.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

struct buf buf_make(struct arena *arena, size_t max)
{
    return (struct buf){ .arena = arena, .max = max };
}

/* Make room for n more bytes and a NUL. */
static bool reserve(struct buf *buf, size_t n)
{
    size_t room = buf->room == 0 ? 256 : buf->room;
    char *data;

    if (buf->failed)
        return false;
    if (n > buf->max || buf->n > buf->max - n) {
        buf->failed = true;
        return false;
    }
    if (buf->n + n < buf->room)
        return true;
    while (room < buf->n + n + 1)
        room *= 2;
    data = arena_alloc(buf->arena, room);
    if (data == NULL) {
        buf->failed = true;
        return false;
    }
    if (buf->n != 0)
        memcpy(data, buf->data, buf->n);
    buf->data = data;
    buf->room = room;
    return true;
}

void buf_add_n(struct buf *buf, const char *bytes, size_t n)
{
    if (!reserve(buf, n))
        return;
    if (n != 0)
        memcpy(buf->data + buf->n, bytes, n);
    buf->n += n;
    buf->data[buf->n] = '\0';
}

void buf_add(struct buf *buf, const char *text)
{
    buf_add_n(buf, text, strlen(text));
}

void buf_add_char(struct buf *buf, char c)
{
    if (!reserve(buf, 1))
        return;
    buf->data[buf->n++] = c;
    buf->data[buf->n] = '\0';
}

void buf_add_pad(struct buf *buf, char c, size_t n)
{
    if (!reserve(buf, n))
        return;
    memset(buf->data + buf->n, c, n);
    buf->n += n;
    buf->data[buf->n] = '\0';
}

void buf_printf(struct buf *buf, const char *fmt, ...)
{
    va_list args;
    size_t room;
    int n;

    if (!reserve(buf, 0))
        return;
    /* Most fit into the room there is; what does not is written again. */
    room = buf->room - buf->n;
    va_start(args, fmt);
    n = vsnprintf(buf->data + buf->n, room, fmt, args);
    va_end(args);
    if (n < 0 || !reserve(buf, (size_t)n)) {
        buf->data[buf->n] = '\0';
        buf->failed = true;
        return;
    }
    if ((size_t)n >= room) {
        va_start(args, fmt);
        (void)vsnprintf(buf->data + buf->n, (size_t)n + 1, fmt, args);
        va_end(args);
    }
    buf->n += (size_t)n;
}

/* `value` in decimal, at least `least` digits; faster than printf, for tables of numbers. */
static void add_digits(struct buf *buf, unsigned long long value, int least)
{
    char text[20];
    int n = 0;

    do {
        text[sizeof(text) - (size_t)++n] = (char)('0' + value % 10);
        value /= 10;
    } while (value != 0 || n < least);
    buf_add_n(buf, text + sizeof(text) - n, (size_t)n);
}

void buf_add_milli(struct buf *buf, long long milli, int least_places)
{
    unsigned long long size =
            milli < 0 ? 0ULL - (unsigned long long)milli : (unsigned long long)milli;
    int places = size % 10 != 0 ? 3 : size % 100 != 0 ? 2 : size % 1000 != 0 ? 1 : 0;
    unsigned long long part = size % 1000;

    if (places < least_places)
        places = least_places > 3 ? 3 : least_places;
    if (milli < 0)
        buf_add_char(buf, '-');
    add_digits(buf, size / 1000, 1);
    if (places == 0)
        return;
    buf_add_char(buf, '.');
    add_digits(buf, places == 1 ? part / 100 : places == 2 ? part / 10 : part, places);
}

enum err_code buf_end(struct buf *buf, const char **ret_text, size_t *ret_n, struct err *err)
{
    if (!buf->failed && buf->data == NULL)
        buf_add_n(buf, "", 0);
    if (buf->failed)
        return err_memory(err);
    *ret_text = buf->data;
    if (ret_n != NULL)
        *ret_n = buf->n;
    return ERR_OK;
}
