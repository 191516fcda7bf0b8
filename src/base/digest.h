/*
 * digest: a running BLAKE2b-256 hash of typed values, for the hash chain.
 *
 * Every value goes in with its type and length, so that no two different sequences of
 * values give the same bytes.
 */
#ifndef BASE_DIGEST_H
#define BASE_DIGEST_H

#include <stddef.h>
#include <stdint.h>

enum {
    DIGEST_HEX_SIZE = 65,
    DIGEST_STATE_SIZE = 384
};

struct digest {
    _Alignas(64) unsigned char state[DIGEST_STATE_SIZE];
};

void digest_start(struct digest *digest);
void digest_int(struct digest *digest, int64_t value);
void digest_text(struct digest *digest, const char *text); /* NULL is a value of its own */
void digest_bytes(struct digest *digest, const void *bytes, size_t n);

/* The hash in hexadecimal. The digest may go on afterwards. */
const char *digest_hex(const struct digest *digest, char buffer[DIGEST_HEX_SIZE]);

#endif
