#include "exchange/encoding.h"

#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"

enum {
    RAW_SIZE = 64 * 1024,
    LONGEST = 4
};

/* Windows-1252 from 0x80 to 0x9F as Unicode; 0 where there is none. */
static const uint16_t windows_1252[32] = { 0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020,
    0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0, 0, 0x2018, 0x2019, 0x201C,
    0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178 };

enum err_code decoder_open(struct decoder *decoder, struct source *source, struct err *err)
{
    *decoder = (struct decoder){ .source = source, .raw = mem_alloc(RAW_SIZE) };
    return decoder->raw == NULL ? err_memory(err) : ERR_OK;
}

void decoder_close(struct decoder *decoder)
{
    mem_free(decoder->raw);
    decoder->raw = NULL;
}

/* Bring more bytes in behind those left over. */
static enum err_code refill(struct decoder *decoder, struct err *err)
{
    size_t left = decoder->raw_n - decoder->raw_at;
    size_t n;
    enum err_code rc;

    if (left != 0)
        memmove(decoder->raw, decoder->raw + decoder->raw_at, left);
    decoder->raw_at = 0;
    decoder->raw_n = left;
    rc = source_read(decoder->source, decoder->raw + left, RAW_SIZE - left, &n, err);
    if (rc != ERR_OK)
        return rc;
    decoder->raw_n += n;
    decoder->ended = n == 0;
    return ERR_OK;
}

static enum err_code start(struct decoder *decoder, struct err *err)
{
    static const struct {
        const char *mark;
        size_t n;
        enum encoding encoding;
    } marks[] = {
        { "\xEF\xBB\xBF", 3, ENCODING_UTF8 },
        { "\xFF\xFE", 2, ENCODING_UTF16LE },
        { "\xFE\xFF", 2, ENCODING_UTF16BE },
    };

    decoder->started = true;
    while (decoder->raw_n < LONGEST && !decoder->ended) {
        enum err_code rc = refill(decoder, err);

        if (rc != ERR_OK)
            return rc;
    }
    for (size_t i = 0; i < COUNT(marks); i++) {
        if (decoder->raw_n < marks[i].n || memcmp(decoder->raw, marks[i].mark, marks[i].n) != 0)
            continue;
        decoder->encoding = marks[i].encoding;
        decoder->raw_at = marks[i].n;
        break;
    }
    return ERR_OK;
}

/* The length of the ASCII that `bytes` begins with. */
static size_t ascii_run(const char *bytes, size_t n)
{
    size_t at = 0;

    for (; at + 8 <= n; at += 8) {
        uint64_t eight;

        memcpy(&eight, bytes + at, 8);
        if ((eight & UINT64_C(0x8080808080808080)) != 0)
            break;
    }
    while (at < n && (unsigned char)bytes[at] < 0x80)
        at++;
    return at;
}

/* How long the UTF-8 character is that starts so; 0 when none does. */
static size_t utf8_length(unsigned char lead)
{
    if (lead >= 0xC2 && lead <= 0xDF)
        return 2;
    if (lead >= 0xE0 && lead <= 0xEF)
        return 3;
    return lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
}

/* Whether the bytes could be the beginning of a character that the block cuts off. */
static bool utf8_cut(const char *bytes, size_t n)
{
    size_t length = utf8_length((unsigned char)bytes[0]);

    if (length <= n)
        return false;
    for (size_t i = 1; i < n; i++) {
        if (((unsigned char)bytes[i] & 0xC0) != 0x80)
            return false;
    }
    return true;
}

/* The length of the valid UTF-8 that `bytes` begins with, fast through ASCII. */
static size_t utf8_run(const char *bytes, size_t n)
{
    size_t at = ascii_run(bytes, n);

    while (at < n) {
        size_t length = utf8_length((unsigned char)bytes[at]);

        if (length == 0 || length > n - at || text_utf8_valid(bytes + at, length) != length)
            break;
        at += length;
        at += ascii_run(bytes + at, n - at);
    }
    return at;
}

static enum err_code mixed(struct err *err)
{
    err_set(err, ERR_INVALID, "the file is in UTF-8 but holds bytes that are not");
    return err_hint(err,
            "Save it again as \"CSV UTF-8\"; it may be two files joined together.");
}

/* One Unicode character as UTF-8; the number of bytes. */
static size_t put_character(char *to, uint32_t c)
{
    if (c < 0x80) {
        to[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        to[0] = (char)(0xC0 | c >> 6);
        to[1] = (char)(0x80 | (c & 0x3F));
        return 2;
    }
    if (c < 0x10000) {
        to[0] = (char)(0xE0 | c >> 12);
        to[1] = (char)(0x80 | (c >> 6 & 0x3F));
        to[2] = (char)(0x80 | (c & 0x3F));
        return 3;
    }
    to[0] = (char)(0xF0 | c >> 18);
    to[1] = (char)(0x80 | (c >> 12 & 0x3F));
    to[2] = (char)(0x80 | (c >> 6 & 0x3F));
    to[3] = (char)(0x80 | (c & 0x3F));
    return 4;
}

/* Takes raw bytes as they are while they are UTF-8; decides for Windows-1252 at the
   first that are not, if nothing was decided before. */
static enum err_code read_utf8(struct decoder *decoder, char *buffer, size_t size,
        size_t *ret_n, struct err *err)
{
    const char *bytes = decoder->raw + decoder->raw_at;
    size_t left = decoder->raw_n - decoder->raw_at;
    size_t most = left < size ? left : size;
    size_t ascii = decoder->encoding == ENCODING_ASCII ? ascii_run(bytes, most) : 0;
    size_t n = ascii + utf8_run(bytes + ascii, most - ascii);

    if (n > ascii)
        decoder->encoding = ENCODING_UTF8;
    if (n == 0 && left != 0) {
        if (decoder->encoding == ENCODING_UTF8)
            return mixed(err);
        decoder->encoding = ENCODING_WINDOWS_1252;
    }
    if (n != 0)
        memcpy(buffer, bytes, n);
    decoder->raw_at += n;
    *ret_n = n;
    return ERR_OK;
}

static enum err_code read_windows(struct decoder *decoder, char *buffer, size_t size,
        size_t *ret_n, struct err *err)
{
    size_t n = 0;

    while (decoder->raw_at < decoder->raw_n && n + LONGEST <= size) {
        uint32_t c = (unsigned char)decoder->raw[decoder->raw_at];

        if (c >= 0x80 && c < 0xA0)
            c = windows_1252[c - 0x80];
        if (c == 0 && decoder->raw[decoder->raw_at] != '\0') {
            if (n != 0)
                break;
            err_set(err, ERR_INVALID,
                    "the file is neither UTF-8 nor Windows-1252: it holds the byte %02X",
                    (unsigned char)decoder->raw[decoder->raw_at]);
            return err_hint(err, "Open it in a spreadsheet and save it as \"CSV UTF-8\".");
        }
        n += put_character(buffer + n, c);
        decoder->raw_at++;
    }
    *ret_n = n;
    return ERR_OK;
}

static uint32_t unit_at(const struct decoder *decoder, size_t at)
{
    uint32_t first = (unsigned char)decoder->raw[at];
    uint32_t second = (unsigned char)decoder->raw[at + 1];

    return decoder->encoding == ENCODING_UTF16LE ? second << 8 | first : first << 8 | second;
}

static enum err_code read_utf16(struct decoder *decoder, char *buffer, size_t size,
        size_t *ret_n, struct err *err)
{
    size_t n = 0;

    while (decoder->raw_n - decoder->raw_at >= 2 && n + LONGEST <= size) {
        uint32_t c = unit_at(decoder, decoder->raw_at);
        size_t used = 2;

        if (c >= 0xD800 && c <= 0xDBFF) {
            uint32_t low = 0;

            if (decoder->raw_n - decoder->raw_at >= 4)
                low = unit_at(decoder, decoder->raw_at + 2);
            else if (!decoder->ended)
                break;
            c = low >= 0xDC00 && low <= 0xDFFF ? 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00)
                                               : 0xDC00;
            used = 4;
        }
        if (c >= 0xDC00 && c <= 0xDFFF) {
            if (n != 0)
                break;
            err_set(err, ERR_INVALID, "the file is in UTF-16 but holds half a character");
            return err_hint(err, "Save it again as \"CSV UTF-8\".");
        }
        n += put_character(buffer + n, c);
        decoder->raw_at += used;
    }
    *ret_n = n;
    return ERR_OK;
}

static enum err_code convert(struct decoder *decoder, char *buffer, size_t size, size_t *ret_n,
        struct err *err)
{
    switch (decoder->encoding) {
    case ENCODING_WINDOWS_1252:
        return read_windows(decoder, buffer, size, ret_n, err);
    case ENCODING_UTF16LE:
    case ENCODING_UTF16BE:
        return read_utf16(decoder, buffer, size, ret_n, err);
    case ENCODING_ASCII:
    case ENCODING_UTF8:
    default:
        return read_utf8(decoder, buffer, size, ret_n, err);
    }
}

/* Whether what is left cannot be converted before more has been read. */
static bool wants_more(const struct decoder *decoder)
{
    const char *bytes = decoder->raw + decoder->raw_at;
    size_t left = decoder->raw_n - decoder->raw_at;

    if (decoder->ended)
        return false;
    if (left == 0)
        return true;
    switch (decoder->encoding) {
    case ENCODING_UTF16LE:
    case ENCODING_UTF16BE:
        return left < LONGEST;
    case ENCODING_ASCII:
    case ENCODING_UTF8:
        return left < LONGEST && (unsigned char)bytes[0] >= 0x80 && utf8_cut(bytes, left);
    case ENCODING_WINDOWS_1252:
    default:
        return false;
    }
}

enum err_code decoder_read(struct decoder *decoder, char *buffer, size_t size, size_t *ret_n,
        struct err *err)
{
    enum err_code rc = decoder->started ? ERR_OK : start(decoder, err);
    size_t n = 0;

    while (rc == ERR_OK && n == 0) {
        while (rc == ERR_OK && wants_more(decoder))
            rc = refill(decoder, err);
        if (rc != ERR_OK)
            return rc;
        if (decoder->raw_at == decoder->raw_n)
            break;
        rc = convert(decoder, buffer, size, &n, err);
        if (rc == ERR_OK && n == 0 && decoder->encoding >= ENCODING_UTF16LE) {
            err_set(err, ERR_INVALID, "the file is in UTF-16 but ends inside a character");
            return err_hint(err, "It may have been cut off; ask for it again.");
        }
    }
    if (rc == ERR_OK)
        *ret_n = n;
    return rc;
}
