/*
 * hash: numbers for hash tables; quick, not secret, the same on every machine. For what must
 * not be forged there is digest.
 */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include <stdint.h>

/* A hash, begun with HASH_START and led on value by value. */
#define HASH_START 0x9E3779B97F4A7C15U
uint64_t hash_text(uint64_t hash, const char *text);
uint64_t hash_number(uint64_t hash, uint64_t number);
uint32_t hash_end(uint64_t hash);

/* Of one text. */
uint32_t hash_of_text(const char *text);

#endif
