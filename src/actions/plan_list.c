#include "actions/plan_list.h"

#include <string.h>

enum {
    BLOCK_SHIFT = 7,
    BLOCK_ITEMS = 1 << BLOCK_SHIFT,
    INDEX_FIRST = 64,
};

struct chunks chunks_make(struct arena *arena, size_t item_size)
{
    return (struct chunks){ .arena = arena, .item_size = item_size };
}

void *chunks_add(struct chunks *chunks)
{
    size_t block = chunks->n >> BLOCK_SHIFT;

    if ((chunks->n & (BLOCK_ITEMS - 1)) == 0) {
        char **blocks = arena_grow(chunks->arena, chunks->blocks, block, sizeof(*blocks));

        if (blocks == NULL)
            return NULL;
        chunks->blocks = blocks;
        blocks[block] = arena_array(chunks->arena, BLOCK_ITEMS, chunks->item_size);
        if (blocks[block] == NULL)
            return NULL;
    }
    chunks->n++;
    return chunks_at(chunks, chunks->n - 1);
}

void *chunks_at(const struct chunks *chunks, size_t i)
{
    return chunks->blocks[i >> BLOCK_SHIFT] + (i & (BLOCK_ITEMS - 1)) * chunks->item_size;
}

bool index_next(const struct index *index, uint32_t hash, size_t *cursor, size_t *ret_item)
{
    size_t mask = index->room - 1;
    size_t at = *cursor == INDEX_START ? hash : *cursor + 1;

    if (index->room == 0)
        return false;
    for (at &= mask; index->slots[at].item != 0; at = (at + 1) & mask) {
        if (index->slots[at].hash == hash) {
            *cursor = at;
            *ret_item = index->slots[at].item - 1;
            return true;
        }
    }
    return false;
}

static void place(struct index *index, struct index_slot slot)
{
    size_t mask = index->room - 1;
    size_t at = slot.hash & mask;

    while (index->slots[at].item != 0)
        at = (at + 1) & mask;
    index->slots[at] = slot;
}

/* Four times the room, so that the tables left behind weigh a third of the last. */
static enum err_code grow(struct index *index, struct err *err)
{
    struct index more = { index->arena, NULL, index->room == 0 ? INDEX_FIRST : index->room * 4,
        index->n };

    more.slots = arena_array(index->arena, more.room, sizeof(*more.slots));
    if (more.slots == NULL)
        return err_memory(err);
    for (size_t i = 0; i < index->room; i++) {
        if (index->slots[i].item != 0)
            place(&more, index->slots[i]);
    }
    *index = more;
    return ERR_OK;
}

enum err_code index_put(struct index *index, uint32_t hash, size_t item, struct err *err)
{
    if (index->n * 4 >= index->room * 3) {
        enum err_code code = grow(index, err);

        if (code != ERR_OK)
            return code;
    }
    place(index, (struct index_slot){ hash, (uint32_t)item + 1 });
    index->n++;
    return ERR_OK;
}

void index_replace(struct index *index, size_t cursor, size_t item)
{
    index->slots[cursor].item = (uint32_t)item + 1;
}

struct texts texts_make(struct arena *arena)
{
    return (struct texts){
        .items = chunks_make(arena, sizeof(char *)),
        .index = { .arena = arena },
    };
}

const char *texts_keep(struct texts *texts, const char *text)
{
    const char *wanted = text == NULL ? "" : text;
    uint32_t hash = hash_end(hash_text(HASH_START, wanted));
    size_t cursor = INDEX_START;
    size_t i;
    const char **item;
    struct err err;

    while (index_next(&texts->index, hash, &cursor, &i)) {
        item = chunks_at(&texts->items, i);
        if (strcmp(*item, wanted) == 0)
            return *item;
    }
    item = chunks_add(&texts->items);
    if (item == NULL)
        return NULL;
    *item = arena_text(texts->items.arena, wanted);
    if (*item == NULL)
        return NULL;
    return index_put(&texts->index, hash, texts->items.n - 1, &err) == ERR_OK ? *item : NULL;
}
