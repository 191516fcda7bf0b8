#include "base/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct arena_block {
    struct arena_block *next;
    size_t size;
    size_t used;
    max_align_t data[];
};

static const size_t first_block = 4096;
static const size_t largest_block = (size_t)1 << 20;

static _Thread_local long fault_left = -1;
static _Thread_local int fault_keep;
static _Thread_local int fault_hit;

void arena_fault(long n, int keep)
{
    fault_left = n;
    fault_keep = keep;
    fault_hit = 0;
}

int arena_fault_fired(void)
{
    return fault_hit;
}

/* Whether this allocation is the one a test wants to fail. */
static int faulted(void)
{
    if (fault_left < 0)
        return fault_hit && fault_keep;
    if (fault_left-- > 0)
        return 0;
    fault_hit = 1;
    return 1;
}

static struct arena_block *block_new(struct arena *arena, size_t size)
{
    size_t limit = arena->limit == 0 ? ARENA_LIMIT : arena->limit;
    size_t want = arena->blocks == NULL ? first_block : arena->blocks->size * 2;
    struct arena_block *block;

    if (want > largest_block)
        want = largest_block;
    if (want < size)
        want = size;
    if (arena->used + want > limit)
        want = size;
    if (want > SIZE_MAX / 2 || want > limit || arena->used > limit - want)
        return NULL;
    /* Zeroed once and never taken back: large blocks come so from the system. */
    block = calloc(1, sizeof(*block) + want);
    if (block == NULL)
        return NULL;
    block->size = want;
    block->next = arena->blocks;
    arena->blocks = block;
    arena->used += want;
    return block;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    struct arena_block *block = arena->blocks;
    unsigned char *memory;

    if (size > SIZE_MAX - sizeof(max_align_t) || faulted())
        return NULL;
    size = (size + sizeof(max_align_t) - 1) / sizeof(max_align_t) * sizeof(max_align_t);
    if (size == 0)
        size = sizeof(max_align_t);
    if (block == NULL || block->size - block->used < size)
        block = block_new(arena, size);
    if (block == NULL)
        return NULL;
    memory = (unsigned char *)block->data + block->used;
    block->used += size;
    return memory;
}

void *arena_array(struct arena *arena, size_t n, size_t size)
{
    size_t bytes;

    if (__builtin_mul_overflow(n, size, &bytes))
        return NULL;
    return arena_alloc(arena, bytes);
}

void *arena_grow(struct arena *arena, void *items, size_t n, size_t size)
{
    void *more;

    if (n != 0 && (n & (n - 1)) != 0)
        return items;
    if (n > SIZE_MAX / 2)
        return NULL;
    more = arena_array(arena, n == 0 ? 1 : n * 2, size);
    if (more != NULL && n != 0)
        memcpy(more, items, n * size);
    return more;
}

char *arena_bytes(struct arena *arena, const char *bytes, size_t n)
{
    char *copy = n == SIZE_MAX ? NULL : arena_alloc(arena, n + 1);

    if (copy != NULL && n != 0)
        memcpy(copy, bytes, n);
    return copy;
}

char *arena_text(struct arena *arena, const char *text)
{
    return text == NULL ? NULL : arena_bytes(arena, text, strlen(text));
}

char *arena_printf(struct arena *arena, const char *fmt, ...)
{
    va_list args;
    char *text = NULL;
    int n;

    va_start(args, fmt);
    n = vsnprintf(NULL, 0, fmt, args);
    va_end(args);
    if (n >= 0)
        text = arena_alloc(arena, (size_t)n + 1);
    if (text == NULL)
        return NULL;
    va_start(args, fmt);
    (void)vsnprintf(text, (size_t)n + 1, fmt, args);
    va_end(args);
    return text;
}

void arena_free(struct arena *arena)
{
    if (arena == NULL)
        return;
    while (arena->blocks != NULL) {
        struct arena_block *block = arena->blocks;

        arena->blocks = block->next;
        free(block);
    }
    arena->used = 0;
}

void *mem_alloc(size_t size)
{
    return faulted() ? NULL : calloc(1, size == 0 ? 1 : size);
}

void *mem_resize(void *memory, size_t size)
{
    return faulted() ? NULL : realloc(memory, size == 0 ? 1 : size);
}

void mem_free(void *memory)
{
    free(memory);
}
