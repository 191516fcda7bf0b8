#include "web/html.h"

#include <string.h>

#include "base/text.h"

struct html html_make(struct arena *arena)
{
    return (struct html){ .buf = buf_make(arena, BUF_MAX_PAGE) };
}

enum err_code html_end(struct html *html, const char **ret_text, size_t *ret_n, struct err *err)
{
    return buf_end(&html->buf, ret_text, ret_n, err);
}

void html_raw(struct html *html, const char *text, size_t n)
{
    buf_add_n(&html->buf, text, n);
}

/* What stands instead of a byte that may not stand for itself. */
static const char *reference(unsigned char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return "\xef\xbf\xbd"; /* a control character */
    }
}

/* Write `n` bytes above ASCII: whole characters stay, what is none is replaced. */
static void add_high(struct buf *buf, const char *text, size_t n)
{
    while (n != 0) {
        size_t valid = text_utf8_valid(text, n);

        buf_add_n(buf, text, valid);
        text += valid;
        n -= valid;
        if (n == 0)
            break;
        buf_add_n(buf, "\xef\xbf\xbd", 3);
        text++;
        n--;
    }
}

/* The characters of ASCII that stand for themselves, a bit each: all that can be printed but
   & < > " ', and tab, line feed, carriage return. */
static const uint64_t plain[2] = { 0xafffff3b00002600, 0x7fffffffffffffff };

/* How many bytes from here stand for themselves. */
static size_t plain_run(const char *text)
{
    size_t n = 0;
    unsigned char c = (unsigned char)text[0];

    while (c < 0x80 && (plain[c >> 6] >> (c & 63) & 1) != 0)
        c = (unsigned char)text[++n];
    return n;
}

static size_t high_run(const char *text)
{
    size_t n = 0;

    while ((unsigned char)text[n] >= 0x80)
        n++;
    return n;
}

void html_put_text(struct html *html, const char *text)
{
    struct buf *buf = &html->buf;

    while (text != NULL) {
        size_t n = plain_run(text);

        buf_add_n(buf, text, n);
        text += n;
        if (*text == '\0')
            return;
        n = high_run(text);
        if (n != 0) {
            add_high(buf, text, n);
            text += n;
        } else {
            buf_add(buf, reference((unsigned char)*text));
            text++;
        }
    }
}

void html_put_int(struct html *html, long long number)
{
    buf_printf(&html->buf, "%lld", number);
}

void html_put_uint(struct html *html, unsigned long long number)
{
    buf_printf(&html->buf, "%llu", number);
}

void html_put_decimal(struct html *html, struct html_milli number)
{
    buf_add_milli(&html->buf, number.milli, 0);
}

void html_put_ready(struct html *html, struct html_safe safe)
{
    if (safe.html != NULL)
        buf_add_n(&html->buf, safe.html, safe.n);
}

void html_put_address(struct html *html, struct url url)
{
    if (url.text == NULL)
        html->buf.failed = true; /* url.h: its memory ran out */
    else
        html_put_text(html, url.text);
}
