/*
 * arena: memory that is freed all at once.
 *
 * One arena serves one command, request or import. It has a limit; reaching it
 * is an ordinary error (ERR_MEMORY), not a crash. Nothing is freed singly.
 * Not shared between threads. `(struct arena){ .limit = N }` is a ready arena.
 *
 * Memory is zeroed and aligned for any type.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

#include "base/attr.h"

struct arena_block;

struct arena {
    size_t limit; /* bytes; 0 means ARENA_LIMIT */
    size_t used;  /* bytes taken from the system */
    struct arena_block *blocks;
};

#define ARENA_LIMIT ((size_t)512 << 20)

/* `size` zeroed bytes, or NULL when the limit or the machine's memory is reached. */
void *arena_alloc(struct arena *arena, size_t size);

/* Room for `n` items of `size` bytes; NULL also when the product overflows. */
void *arena_array(struct arena *arena, size_t n, size_t size);

/*
 * Make room for one more item behind `n` items of `size` bytes: returns `items`
 * while n is not a power of two (or 0), else a copy with twice the room. NULL when
 * memory is out; `items` is then still whole.
 */
void *arena_grow(struct arena *arena, void *items, size_t n, size_t size);

/* A copy of `text` (NULL stays NULL; NULL also when memory is out). */
char *arena_text(struct arena *arena, const char *text);

/* A copy of `n` bytes with a NUL behind them. */
char *arena_bytes(struct arena *arena, const char *bytes, size_t n);

/* A formatted text; NULL when memory is out. */
char *arena_printf(struct arena *arena, const char *fmt, ...) PRINTF(2, 3);

/* Free everything; the arena may be used again. Takes NULL and an empty arena. */
void arena_free(struct arena *arena);

/*
 * Tests only: let `n` more allocations of this thread succeed and fail the next
 * one (every later one too when `keep` is set); n < 0 switches it off.
 */
void arena_fault(long n, int keep);

/* Whether the fault was reached since arena_fault was called. */
int arena_fault_fired(void);

/*
 * Memory for what lives outside any arena (handles, the program's own state).
 * Zeroed (what mem_resize adds is not); NULL when memory is out, and the old memory is then
 * still whole; freed with mem_free, which takes NULL.
 * These take part in arena_fault.
 */
void *mem_alloc(size_t size);
void *mem_resize(void *memory, size_t size);
void mem_free(void *memory);

#endif
