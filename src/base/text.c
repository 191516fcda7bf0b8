#include "base/text.h"

#include <stdio.h>
#include <string.h>

static char lower_char(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool text_eq(const char *a, const char *b)
{
    if (a == NULL || b == NULL)
        return a == b;
    return strcmp(a, b) == 0;
}

bool text_eq_fold(const char *a, const char *b)
{
    if (a == NULL || b == NULL)
        return a == b;
    return text_cmp_fold(a, b) == 0;
}

int text_cmp_fold(const char *a, const char *b)
{
    while (*a != '\0' && lower_char(*a) == lower_char(*b)) {
        a++;
        b++;
    }
    return (unsigned char)lower_char(*a) - (unsigned char)lower_char(*b);
}

bool text_empty(const char *text)
{
    return text == NULL || *text == '\0';
}

bool text_in_list(const char *list, const char *word)
{
    size_t n = strlen(word);

    if (text_empty(list))
        return false;
    for (const char *at = list; at != NULL; at = strchr(at, ',')) {
        at += *at == ',' ? 1 : 0;
        if (strncmp(at, word, n) == 0 && (at[n] == ',' || at[n] == '\0'))
            return true;
    }
    return false;
}

bool text_starts(const char *text, const char *start)
{
    return text != NULL && strncmp(text, start, strlen(start)) == 0;
}

/* The length of the white space `text` begins with: one character's, or 0. */
static size_t blank_at(const char *text)
{
    if (*text == ' ' || *text == '\t' || *text == '\r' || *text == '\n')
        return 1;
    if (text_starts(text, "\xC2\xA0"))
        return 2;
    return text_starts(text, "\xE2\x80\xAF") ? 3 : 0;
}

char *text_trim(char *text)
{
    size_t end;

    while (blank_at(text) != 0)
        text += blank_at(text);
    end = strlen(text);
    for (;;) {
        size_t cut = 0;

        for (size_t n = 1; n <= 3 && n <= end && cut == 0; n++)
            cut = blank_at(text + end - n) == n ? n : 0;
        if (cut == 0)
            return text;
        end -= cut;
        text[end] = '\0';
    }
}

char *text_lower(char *text)
{
    for (char *at = text; *at != '\0'; at++)
        *at = lower_char(*at);
    return text;
}

char *text_upper(char *text)
{
    for (char *at = text; *at != '\0'; at++)
        if (*at >= 'a' && *at <= 'z')
            *at = (char)(*at - 'a' + 'A');
    return text;
}

/* The length of a UTF-8 character by its first byte; 0 when none begins so. */
static size_t lead_length(unsigned char lead)
{
    if (lead < 0x80)
        return 1;
    if (lead >= 0xC2 && lead <= 0xDF)
        return 2;
    if (lead >= 0xE0 && lead <= 0xEF)
        return 3;
    return lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
}

/* Read one character of at most n > 0 bytes; its length, 0 when it is not valid. */
static size_t decode(const char *bytes, size_t n, uint32_t *ret_char)
{
    static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
    size_t length = lead_length((unsigned char)bytes[0]);
    uint32_t c = (unsigned char)bytes[0];

    if (length == 0 || length > n)
        return 0;
    if (length > 1)
        c &= 0x7FU >> length;
    for (size_t i = 1; i < length; i++) {
        unsigned char more = (unsigned char)bytes[i];

        if ((more & 0xC0) != 0x80)
            return 0;
        c = c << 6 | (more & 0x3FU);
    }
    if (c < least[length] || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
        return 0;
    *ret_char = c;
    return length;
}

size_t text_utf8_valid(const char *bytes, size_t n)
{
    size_t at = 0;
    size_t length;
    uint32_t c;

    while (at < n && (length = decode(bytes + at, n - at, &c)) != 0)
        at += length;
    return at;
}

uint32_t text_next(const char **text)
{
    uint32_t c = 0xFFFD;
    size_t length;

    if (**text == '\0')
        return 0;
    length = decode(*text, strnlen(*text, 4), &c);
    *text += length == 0 ? 1 : length;
    return c;
}

struct range {
    uint32_t first, last;
};

/* Characters drawn on the one before, or not at all; after Unicode's categories Mn, Me, Cf. */
static const struct range no_width[] = { { 0x300, 0x36F }, { 0x483, 0x489 }, { 0x591, 0x5BD },
    { 0x5BF, 0x5BF }, { 0x5C1, 0x5C2 }, { 0x5C4, 0x5C5 }, { 0x5C7, 0x5C7 }, { 0x610, 0x61A },
    { 0x64B, 0x65F }, { 0x670, 0x670 }, { 0x6D6, 0x6DC }, { 0x6DF, 0x6E4 }, { 0x6E7, 0x6E8 },
    { 0x6EA, 0x6ED }, { 0x711, 0x711 }, { 0x730, 0x74A }, { 0x900, 0x902 }, { 0x93A, 0x93A },
    { 0x93C, 0x93C }, { 0x941, 0x948 }, { 0x94D, 0x94D }, { 0x951, 0x957 }, { 0x981, 0x981 },
    { 0x9BC, 0x9BC }, { 0x9C1, 0x9C4 }, { 0x9CD, 0x9CD }, { 0xA01, 0xA02 }, { 0xA3C, 0xA51 },
    { 0xA70, 0xA71 }, { 0xE31, 0xE31 }, { 0xE34, 0xE3A }, { 0xE47, 0xE4E }, { 0x1AB0, 0x1AFF },
    { 0x1DC0, 0x1DFF }, { 0x200B, 0x200F }, { 0x202A, 0x202E }, { 0x2060, 0x2064 },
    { 0x2066, 0x206F }, { 0x20D0, 0x20FF }, { 0xFE00, 0xFE0F }, { 0xFE20, 0xFE2F },
    { 0xFEFF, 0xFEFF }, { 0xE0100, 0xE01EF } };

/* Characters two columns wide; after Unicode's East Asian Width W and F. */
static const struct range wide[] = { { 0x1100, 0x115F }, { 0x231A, 0x231B }, { 0x2329, 0x232A },
    { 0x23E9, 0x23EC }, { 0x2E80, 0x303E }, { 0x3041, 0x33FF }, { 0x3400, 0x4DBF },
    { 0x4E00, 0xA4CF }, { 0xA960, 0xA97F }, { 0xAC00, 0xD7A3 }, { 0xF900, 0xFAFF },
    { 0xFE30, 0xFE6F }, { 0xFF00, 0xFF60 }, { 0xFFE0, 0xFFE6 }, { 0x1F300, 0x1F64F },
    { 0x1F680, 0x1F6FF }, { 0x1F900, 0x1F9FF }, { 0x20000, 0x3FFFD } };

static bool in_ranges(const struct range *ranges, size_t n, uint32_t c)
{
    size_t low = 0;

    while (low < n) {
        size_t middle = low + (n - low) / 2;

        if (c > ranges[middle].last)
            low = middle + 1;
        else if (c < ranges[middle].first)
            n = middle;
        else
            return true;
    }
    return false;
}

size_t text_char_width(uint32_t c)
{
    if (c < 0x300)
        return 1;
    if (in_ranges(no_width, COUNT(no_width), c))
        return 0;
    return in_ranges(wide, COUNT(wide), c) ? 2 : 1;
}

size_t text_width(const char *text)
{
    size_t width = 0;
    uint32_t c;

    while ((c = text_next(&text)) != 0)
        width += text_char_width(c);
    return width;
}

/* What the letters of Latin-1 and Latin Extended-A (either case), apostrophes and hyphens
   fold to; in order of their characters. */
static const struct {
    uint32_t first, last;
    const char *fold;
} folds[] = { { '\'', '\'', "" }, { '-', '-', "" }, { '`', '`', "" }, { 0xAD, 0xAD, "" },
    { 0xB4, 0xB4, "" }, { 0xC0, 0xC5, "a" }, { 0xC6, 0xC6, "ae" }, { 0xC7, 0xC7, "c" },
    { 0xC8, 0xCB, "e" }, { 0xCC, 0xCF, "i" }, { 0xD0, 0xD0, "d" }, { 0xD1, 0xD1, "n" },
    { 0xD2, 0xD6, "o" }, { 0xD8, 0xD8, "o" }, { 0xD9, 0xDC, "u" }, { 0xDD, 0xDD, "y" },
    { 0xDE, 0xDE, "th" }, { 0xDF, 0xDF, "ss" }, { 0xE0, 0xE5, "a" }, { 0xE6, 0xE6, "ae" },
    { 0xE7, 0xE7, "c" }, { 0xE8, 0xEB, "e" }, { 0xEC, 0xEF, "i" }, { 0xF0, 0xF0, "d" },
    { 0xF1, 0xF1, "n" }, { 0xF2, 0xF6, "o" }, { 0xF8, 0xF8, "o" }, { 0xF9, 0xFC, "u" },
    { 0xFD, 0xFD, "y" }, { 0xFE, 0xFE, "th" }, { 0xFF, 0xFF, "y" }, { 0x100, 0x105, "a" },
    { 0x106, 0x10D, "c" }, { 0x10E, 0x111, "d" }, { 0x112, 0x11B, "e" }, { 0x11C, 0x123, "g" },
    { 0x124, 0x127, "h" }, { 0x128, 0x131, "i" }, { 0x132, 0x133, "ij" }, { 0x134, 0x135, "j" },
    { 0x136, 0x138, "k" }, { 0x139, 0x142, "l" }, { 0x143, 0x14B, "n" }, { 0x14C, 0x151, "o" },
    { 0x152, 0x153, "oe" }, { 0x154, 0x159, "r" }, { 0x15A, 0x161, "s" }, { 0x162, 0x167, "t" },
    { 0x168, 0x173, "u" }, { 0x174, 0x175, "w" }, { 0x176, 0x178, "y" }, { 0x179, 0x17E, "z" },
    { 0x17F, 0x17F, "s" }, { 0x2BC, 0x2BC, "" }, { 0x300, 0x36F, "" }, { 0x2010, 0x2015, "" },
    { 0x2018, 0x201B, "" }, { 0x2032, 0x2032, "" } };

/* The fold of a character, or NULL when it stays as it is. */
static const char *fold_of(uint32_t c)
{
    for (size_t i = 0; i < COUNT(folds) && folds[i].first <= c; i++)
        if (c <= folds[i].last)
            return folds[i].fold;
    return NULL;
}

void text_fold_name(const char *text, char *buffer, size_t size)
{
    size_t used = 0;

    while (*text != '\0' && size != 0) {
        const char *start = text;
        const char *fold = fold_of(text_next(&text));
        size_t n = fold == NULL ? (size_t)(text - start) : strlen(fold);

        if (used + n >= size)
            break;
        memcpy(buffer + used, fold == NULL ? start : fold, n);
        if (n == 1)
            buffer[used] = lower_char(buffer[used]);
        used += n;
    }
    if (size != 0)
        buffer[used] = '\0';
}

bool text_int(const char *text, int64_t *ret_value)
{
    bool minus = text != NULL && *text == '-';
    int64_t value = 0;

    if (text_empty(text))
        return false;
    if (*text == '-' || *text == '+')
        text++;
    if (*text == '\0')
        return false;
    for (; *text != '\0'; text++) {
        int digit = *text - '0';

        if (!text_is_digit(*text) || __builtin_mul_overflow(value, 10, &value))
            return false;
        if (__builtin_add_overflow(value, minus ? -digit : digit, &value))
            return false;
    }
    *ret_value = value;
    return true;
}

/* Read digits behind the point as thousandths, the fourth one rounding them. */
static bool read_places(const char *text, int64_t *ret_part)
{
    int64_t part = 0;

    if (*text == '\0')
        return false;
    for (size_t n = 0; *text != '\0' || n < 3; n++) {
        if (*text != '\0' && !text_is_digit(*text))
            return false;
        if (n < 3)
            part = part * 10 + (*text == '\0' ? 0 : *text - '0');
        else if (n == 3 && *text >= '5')
            part++;
        if (*text != '\0')
            text++;
    }
    *ret_part = part;
    return true;
}

bool text_milli(const char *text, int64_t *ret_milli)
{
    bool minus = text != NULL && *text == '-';
    int64_t whole = 0;
    int64_t part = 0;
    int n = 0;

    if (text_empty(text))
        return false;
    if (*text == '-' || *text == '+')
        text++;
    for (; text_is_digit(*text) && n <= 12; text++, n++)
        whole = whole * 10 + (*text - '0');
    if (n == 0 || n > 12 || (*text != '\0' && *text != '.'))
        return false;
    if (*text == '.' && !read_places(text + 1, &part))
        return false;
    whole = whole * 1000 + part;
    *ret_milli = minus ? -whole : whole;
    return true;
}

const char *text_from_milli(int64_t milli, char buffer[TEXT_MILLI_SIZE])
{
    uint64_t size = milli < 0 ? 0 - (uint64_t)milli : (uint64_t)milli;
    int n = snprintf(buffer, TEXT_MILLI_SIZE, "%s%llu.%03u", milli < 0 ? "-" : "",
            (unsigned long long)(size / 1000), (unsigned)(size % 1000));

    while (n > 1 && buffer[n - 1] == '0')
        buffer[--n] = '\0';
    if (n > 1 && buffer[n - 1] == '.')
        buffer[--n] = '\0';
    return buffer;
}

bool text_copy(char *buffer, size_t size, const char *text)
{
    size_t n = strlen(text);
    bool fits = n < size;

    if (!fits)
        n = size - 1;
    while (!fits && n > 0 && ((unsigned char)text[n] & 0xC0) == 0x80)
        n--;
    memcpy(buffer, text, n);
    buffer[n] = '\0';
    return fits;
}

enum {
    DISTANCE_MAX = 128
};

/* The characters of a text, folded; their count, or more than DISTANCE_MAX. */
static size_t spell(const char *text, uint32_t letters[DISTANCE_MAX])
{
    size_t n = 0;
    uint32_t c;

    while ((c = text_next(&text)) != 0) {
        if (n == DISTANCE_MAX)
            return n + 1;
        letters[n++] = c < 0x80 ? (uint32_t)lower_char((char)c) : c;
    }
    return n;
}

static size_t least_of(size_t a, size_t b)
{
    return a < b ? a : b;
}

size_t text_distance(const char *a, const char *b, size_t limit)
{
    uint32_t from[DISTANCE_MAX];
    uint32_t to[DISTANCE_MAX];
    size_t cost[DISTANCE_MAX + 1];
    size_t from_n, to_n;

    while (*a != '\0' && (unsigned char)*a < 0x80 && lower_char(*a) == lower_char(*b)) {
        a++;
        b++;
    }
    from_n = spell(a, from);
    to_n = spell(b, to);
    if (from_n > DISTANCE_MAX || to_n > DISTANCE_MAX)
        return limit;
    for (size_t j = 0; j <= to_n; j++)
        cost[j] = j;
    for (size_t i = 0; i < from_n; i++) {
        size_t diagonal = cost[0]++;

        for (size_t j = 0; j < to_n; j++) {
            size_t kept = diagonal + (from[i] != to[j]);

            diagonal = cost[j + 1];
            cost[j + 1] = least_of(kept, least_of(cost[j], cost[j + 1]) + 1);
        }
    }
    return least_of(cost[to_n], limit);
}
