#include "base/hash.h"

uint64_t hash_number(uint64_t hash, uint64_t number)
{
    hash = (hash ^ number) * 0xFF51AFD7ED558CCDU;
    return hash ^ hash >> 32;
}

uint64_t hash_text(uint64_t hash, const char *text)
{
    for (; *text != '\0'; text++)
        hash = (hash ^ (unsigned char)*text) * 1099511628211U;
    return hash_number(hash, 0xFF);
}

uint32_t hash_end(uint64_t hash)
{
    return (uint32_t)(hash ^ hash >> 29);
}

uint32_t hash_of_text(const char *text)
{
    return hash_end(hash_text(HASH_START, text));
}
