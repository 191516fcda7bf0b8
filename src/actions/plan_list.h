/*
 * plan_list: lists that grow without copying, hash indexes into them, and texts kept once.
 *
 * What a plan is made of. Everything lives in one arena and is freed with it. Items keep
 * their places, so a pointer to one stays good while the list grows.
 */
#ifndef ACTIONS_PLAN_LIST_H
#define ACTIONS_PLAN_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/hash.h"

/* A list of items of one size, in blocks. */
struct chunks {
    struct arena *arena;
    size_t item_size;
    char **blocks;
    size_t n;
};

struct chunks chunks_make(struct arena *arena, size_t item_size);

/* One more item, zeroed; NULL when memory is out. */
void *chunks_add(struct chunks *chunks);

/* Item `i`, which must be there. */
void *chunks_at(const struct chunks *chunks, size_t i);

/* Numbers of items by hash. Several may have one hash: the caller compares. */
struct index_slot {
    uint32_t hash, item; /* item + 1; 0: empty */
};
struct index {
    struct arena *arena;
    struct index_slot *slots;
    size_t room, n;
};

/* Before the first index_next. */
#define INDEX_START SIZE_MAX

/* The next item with that hash; false when there is no more. */
bool index_next(const struct index *index, uint32_t hash, size_t *cursor, size_t *ret_item);

MUST_USE enum err_code index_put(struct index *index, uint32_t hash, size_t item,
        struct err *err);

/* Let the slot that index_next stopped at point to another item. */
void index_replace(struct index *index, size_t cursor, size_t item);

/* Texts kept once each: two that are equal are the same pointer. */
struct texts {
    struct chunks items;
    struct index index;
};

struct texts texts_make(struct arena *arena);

/* The kept copy of `text` (NULL counts as ""); NULL when memory is out. */
const char *texts_keep(struct texts *texts, const char *text);

#endif
