#include "exchange/xml_guard_in.h"

#include <string.h>

#include "exchange/xml.h"

static bool starts_wide(const char *bytes, size_t n)
{
    static const char *const starts[] = { "\xFF\xFE", "\xFE\xFF", "<\0", "\0<" };

    for (size_t i = 0; n >= 2 && i < COUNT(starts); i++) {
        if (memcmp(bytes, starts[i], 2) == 0)
            return true;
    }
    return false;
}

/* Text up to the next '<'; how many bytes were taken. */
static size_t scan_text(struct xml_guard *guard, const char *bytes, size_t n)
{
    const char *open = memchr(bytes, '<', n);
    size_t used = open == NULL ? n : (size_t)(open - bytes) + 1;

    guard->run += used;
    if (open != NULL && guard->run <= XML_TEXT_MAX) {
        guard->state = GUARD_OPEN;
        guard->run = 0;
        guard->attr_n = 0;
    }
    return used;
}

static void scan_tag(struct xml_guard *guard, char c)
{
    guard->run++;
    if (c == '<') {
        guard->state = GUARD_OPEN;
        guard->run = 0;
        guard->attr_n = 0;
    } else if (guard->state == GUARD_OPEN) {
        guard->state = c == '!' || c == '?' ? GUARD_TEXT : GUARD_TAG;
    } else if (guard->state == GUARD_TAG && (c == '"' || c == '\'')) {
        guard->state = c == '"' ? GUARD_DOUBLE : GUARD_SINGLE;
        guard->attr_n++;
    } else if (guard->state == GUARD_TAG && c == '>') {
        guard->state = GUARD_TEXT;
        guard->run = 0;
    } else if ((guard->state == GUARD_DOUBLE && c == '"') ||
               (guard->state == GUARD_SINGLE && c == '\'')) {
        guard->state = GUARD_TAG;
    }
}

/* How many bytes inside a tag mean nothing to scan_tag. */
static size_t plain_run(const char *bytes, size_t n)
{
    size_t at = 0;

    while (at < n && bytes[at] != '>' && bytes[at] != '<' && bytes[at] != '"' &&
            bytes[at] != '\'')
        at++;
    return at;
}

const char *xml_guard_scan(struct xml_guard *guard, const char *bytes, size_t n)
{
    if (!guard->started)
        guard->wide = starts_wide(bytes, n);
    guard->started = true;
    if (!guard->wide && memchr(bytes, '\0', n) != NULL)
        return "the file holds a NUL byte, which no XML has";
    for (size_t at = 0; at < n;) {
        if (guard->state == GUARD_TEXT) {
            at += scan_text(guard, bytes + at, n - at);
            if (guard->run > XML_TEXT_MAX)
                return "a text in the file is longer than 1 MiB";
            continue;
        }
        if (guard->state != GUARD_OPEN) {
            size_t plain = plain_run(bytes + at, n - at);

            guard->run += plain;
            at += plain;
        }
        if (at < n)
            scan_tag(guard, bytes[at++]);
        if (guard->run > XML_TAG_MAX)
            return "a tag in the file is longer than 64 KiB";
        if (guard->attr_n > XML_ATTR_MAX)
            return "a tag in the file has more than 256 attributes";
    }
    return NULL;
}
