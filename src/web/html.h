/*
 * html: the only writer of HTML; what compiled templates call.
 *
 * Every value is escaped for text and quoted attributes alike: & < > " ' become references,
 * bytes that are not UTF-8 and control characters become U+FFFD. Addresses are a struct url,
 * ready-made HTML is a struct html_safe: each is a type of its own, so a mistake does not
 * compile. Nothing here fails singly; html_end reports the first failure.
 *
 * html_put, html_put_attribute and html_is take a value of any type that may stand there:
 * texts (NULL is ""), whole numbers, struct html_milli; html_put also struct html_safe.
 * A bool, a double or a struct is an error of the compiler.
 */
#ifndef WEB_HTML_H
#define WEB_HTML_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "web/url.h"

struct html {
    struct buf buf;
};

/* HTML made by another escaper of this program (reports/render), never by hand. */
struct html_safe {
    const char *html; /* NULL: nothing */
    size_t n;
};

/* Thousandths, written as the shortest decimal: 4500 is 4.5. */
struct html_milli {
    int64_t milli;
};

/* A page of at most BUF_MAX_PAGE bytes in `arena`. */
struct html html_make(struct arena *arena);

/* The page, or ERR_MEMORY. The text lives in the arena. */
MUST_USE enum err_code html_end(struct html *html, const char **ret_text, size_t *ret_n,
        struct err *err);

/* For generated code only: literal parts of templates (tools/check-banned knows). */
void html_raw(struct html *html, const char *text, size_t n);

void html_put_text(struct html *html, const char *text);
void html_put_int(struct html *html, long long number);
void html_put_uint(struct html *html, unsigned long long number);
void html_put_decimal(struct html *html, struct html_milli number);
void html_put_ready(struct html *html, struct html_safe safe);
void html_put_address(struct html *html, struct url url);

static inline bool html_is_number(long long number)
{
    return number != 0;
}
static inline bool html_is_count(unsigned long long number)
{
    return number != 0;
}
static inline bool html_is_text(const char *text)
{
    return text != NULL && text[0] != '\0';
}
static inline bool html_is_url(struct url url)
{
    return html_is_text(url.text);
}
static inline bool html_is_safe(struct html_safe safe)
{
    return safe.n != 0;
}

/* clang-format off */
#define html_put_attribute(out, value) _Generic((value), \
    const char *: html_put_text, char *: html_put_text, \
    int: html_put_int, long: html_put_int, long long: html_put_int, \
    unsigned: html_put_uint, unsigned long: html_put_uint, unsigned long long: html_put_uint, \
    struct html_milli: html_put_decimal)((out), (value))

#define html_put(out, value) _Generic((value), \
    const char *: html_put_text, char *: html_put_text, \
    int: html_put_int, long: html_put_int, long long: html_put_int, \
    unsigned: html_put_uint, unsigned long: html_put_uint, unsigned long long: html_put_uint, \
    struct html_milli: html_put_decimal, struct html_safe: html_put_ready)((out), (value))

/* What {{#if}} asks: not nought, not empty. */
#define html_is(value) _Generic((value), \
    bool: html_is_number, const char *: html_is_text, char *: html_is_text, \
    int: html_is_number, long: html_is_number, long long: html_is_number, \
    unsigned: html_is_count, unsigned long: html_is_count, unsigned long long: html_is_count, \
    struct url: html_is_url, struct html_safe: html_is_safe)(value)
/* clang-format on */

#endif
