#include "reports/render/escape.h"

#include <string.h>

#include "base/text.h"

#define REPLACEMENT "\xEF\xBF\xBD"

/* What a character becomes, or NULL when it stays. */
typedef const char *escape_fn(uint32_t c);

/* Letters, digits and a few signs stay as they are everywhere: most of every text. */
static bool is_plain(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           c == ' ' || c == '.' || c == '-' || c == '_';
}

/* Copy valid runs as they are; ask `special` about each character. */
static void escape(struct buf *buf, const char *text, escape_fn *special)
{
    const char *run = text;

    while (*text != '\0') {
        const char *at = text;
        const char *instead;
        uint32_t c;

        if (is_plain((unsigned char)*text)) {
            text++;
            continue;
        }
        c = text_next(&text);
        instead = c == 0xFFFD ? REPLACEMENT : special(c);
        if (instead == NULL)
            continue;
        buf_add_n(buf, run, (size_t)(at - run));
        buf_add(buf, instead);
        run = text;
    }
    buf_add_n(buf, run, (size_t)(text - run));
}

static bool is_control(uint32_t c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0);
}

static const char *special_html(uint32_t c)
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
    case '\t':
    case '\n':
        return NULL;
    default:
        break;
    }
    if (is_control(c) || (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF))
        return REPLACEMENT;
    return NULL;
}

void escape_html(struct buf *buf, const char *text)
{
    escape(buf, text, special_html);
}

static const char *special_json(uint32_t c)
{
    static const char *const low[] = { NULL, "\\u0001", "\\u0002", "\\u0003", "\\u0004",
        "\\u0005", "\\u0006", "\\u0007", "\\b", "\\t", "\\n", "\\u000b", "\\f", "\\r",
        "\\u000e", "\\u000f", "\\u0010", "\\u0011", "\\u0012", "\\u0013", "\\u0014", "\\u0015",
        "\\u0016", "\\u0017", "\\u0018", "\\u0019", "\\u001a", "\\u001b", "\\u001c", "\\u001d",
        "\\u001e", "\\u001f" };

    if (c < COUNT(low))
        return low[c];
    switch (c) {
    case '"':
        return "\\\"";
    case '\\':
        return "\\\\";
    case 0x7F:
        return "\\u007f";
    case 0x2028:
        return "\\u2028";
    case 0x2029:
        return "\\u2029";
    default:
        return NULL;
    }
}

void escape_json(struct buf *buf, const char *text)
{
    if (text == NULL) {
        buf_add(buf, "null");
        return;
    }
    buf_add_char(buf, '"');
    escape(buf, text, special_json);
    buf_add_char(buf, '"');
}

static const char *special_csv(uint32_t c)
{
    return c == '"' ? "\"\"" : NULL;
}

void escape_csv(struct buf *buf, const char *text, bool defuse)
{
    bool armed = defuse && *text != '\0' && strchr("=+-@\t\r\n", *text) != NULL;
    bool quoted = strpbrk(text, "\",\r\n") != NULL;

    if (quoted)
        buf_add_char(buf, '"');
    if (armed)
        buf_add_char(buf, '\'');
    escape(buf, text, special_csv);
    if (quoted)
        buf_add_char(buf, '"');
}

static const char *special_terminal(uint32_t c)
{
    if (c == '\n' || c == '\r' || c == '\t' || c == 0x2028 || c == 0x2029)
        return " ";
    if (is_control(c) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069))
        return REPLACEMENT;
    return NULL;
}

void escape_terminal(struct buf *buf, const char *text)
{
    escape(buf, text, special_terminal);
}
