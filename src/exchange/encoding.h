/*
 * encoding: the bytes of a text file as valid UTF-8, a block at a time.
 *
 * A byte-order mark decides (UTF-8, UTF-16 little and big endian) and is left out.
 * Without one the file is UTF-8 if its first characters beyond ASCII are, else
 * Windows-1252, what spreadsheets on Windows write. The choice holds for the whole
 * file: a UTF-8 file with other bytes further on, bytes that Windows-1252 does not
 * know (81 8D 8F 90 9D) and half surrogate pairs are refused with ERR_INVALID.
 *
 * Memory: one block. Not shared between threads.
 */
#ifndef EXCHANGE_ENCODING_H
#define EXCHANGE_ENCODING_H

#include <stdbool.h>
#include <stddef.h>

#include "exchange/source.h"

enum encoding {
    ENCODING_ASCII, /* nothing else so far: still undecided */
    ENCODING_UTF8,
    ENCODING_WINDOWS_1252,
    ENCODING_UTF16LE,
    ENCODING_UTF16BE,
};

struct decoder {
    struct source *source; /* borrowed */
    enum encoding encoding;
    bool started, ended;
    char *raw;
    size_t raw_at, raw_n;
};

/* Errors: ERR_MEMORY. Nothing is read yet. Close it also after an error. */
MUST_USE enum err_code decoder_open(struct decoder *decoder, struct source *source,
        struct err *err);

/*
 * Up to `size` bytes (at least 4) of whole characters; *ret_n is 0 at the end.
 * Errors: ERR_INVALID (the err names no row: the caller knows it), ERR_IO.
 */
MUST_USE enum err_code decoder_read(struct decoder *decoder, char *buffer, size_t size,
        size_t *ret_n, struct err *err);

/* Takes a decoder that failed to open. */
void decoder_close(struct decoder *decoder);

#endif
