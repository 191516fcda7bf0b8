#include "base/digest.h"

#include <sodium.h>
#include <string.h>

#include "base/attr.h"

enum {
    HASH_BYTES = 32
};

_Static_assert(sizeof(crypto_generichash_state) <= DIGEST_STATE_SIZE,
        "digest state is too small");

static crypto_generichash_state *state_of(struct digest *digest)
{
    return (crypto_generichash_state *)(void *)digest->state;
}

static void feed(struct digest *digest, const void *bytes, size_t n)
{
    (void)crypto_generichash_update(state_of(digest), bytes, n);
}

void digest_start(struct digest *digest)
{
    memset(digest, 0, sizeof(*digest));
    (void)crypto_generichash_init(state_of(digest), NULL, 0, HASH_BYTES);
}

/* A type letter and a number, least byte first. */
static void feed_number(struct digest *digest, unsigned char type, uint64_t value)
{
    unsigned char bytes[9] = { type };

    for (size_t i = 1; i < sizeof(bytes); i++) {
        bytes[i] = (unsigned char)(value & 0xFF);
        value >>= 8;
    }
    feed(digest, bytes, sizeof(bytes));
}

void digest_int(struct digest *digest, int64_t value)
{
    feed_number(digest, 'i', (uint64_t)value);
}

void digest_bytes(struct digest *digest, const void *bytes, size_t n)
{
    feed_number(digest, 't', n);
    feed(digest, bytes, n);
}

void digest_text(struct digest *digest, const char *text)
{
    if (text == NULL)
        feed(digest, "n", 1);
    else
        digest_bytes(digest, text, strlen(text));
}

const char *digest_hex(const struct digest *digest, char buffer[DIGEST_HEX_SIZE])
{
    static const char digits[] = "0123456789abcdef";
    struct digest copy = *digest;
    unsigned char hash[HASH_BYTES];

    (void)crypto_generichash_final(state_of(&copy), hash, sizeof(hash));
    for (size_t i = 0; i < sizeof(hash); i++) {
        buffer[2 * i] = digits[hash[i] >> 4];
        buffer[2 * i + 1] = digits[hash[i] & 15];
    }
    buffer[DIGEST_HEX_SIZE - 1] = '\0';
    return buffer;
}
