#include "base/arena.h"

#include "check.h"

static void memory_is_zeroed_aligned_and_apart(void **state)
{
    struct arena arena = { 0 };
    unsigned char *last = NULL;

    (void)state;
    for (size_t size = 0; size < 3000; size += 7) {
        unsigned char *memory = arena_alloc(&arena, size);

        CHECK_TRUE("given", memory != NULL);
        CHECK_INT("aligned", (uintptr_t)memory % _Alignof(max_align_t), 0);
        CHECK_TRUE("a place of its own", memory != last);
        for (size_t i = 0; i < size; i++)
            CHECK_INT("zeroed", memory[i], 0);
        memset(memory, 0xAB, size);
        last = memory;
    }
    arena_free(&arena);
    CHECK_INT("nothing left", arena.used, 0);
}

static void an_arena_may_be_used_again(void **state)
{
    struct arena arena = { .limit = 8192 };

    (void)state;
    arena_free(NULL);
    arena_free(&arena);
    CHECK_TRUE("first use", arena_alloc(&arena, 8000) != NULL);
    CHECK_TRUE("full", arena_alloc(&arena, 8000) == NULL);
    arena_free(&arena);
    CHECK_TRUE("second use", arena_alloc(&arena, 8000) != NULL);
    arena_free(&arena);
}

static void the_limit_is_kept(void **state)
{
    static const struct {
        const char *name;
        size_t limit, size;
        long most;
    } rows[] = {
        { "small pieces", 10000, 100, 100 },
        { "one large piece", 100000, 99968, 1 },
        { "a piece over the limit", 1000, 2000, 0 },
        { "a piece as large as memory", 1000, SIZE_MAX, 0 },
        { "a piece nearly as large as memory", 1000, SIZE_MAX - 64, 0 },
        { "no memory for the machine either", SIZE_MAX, SIZE_MAX - 64, 0 },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct arena arena = { .limit = rows[i].limit };
        long n = 0;

        while (n < 1000 && arena_alloc(&arena, rows[i].size) != NULL)
            n++;
        CHECK_TRUE(rows[i].name, n <= rows[i].most);
        CHECK_TRUE(rows[i].name, arena.used <= rows[i].limit);
        CHECK_TRUE(rows[i].name, n > 0 || rows[i].most == 0);
        arena_free(&arena);
    }
}

static void a_product_that_overflows_is_refused(void **state)
{
    struct arena arena = { 0 };

    (void)state;
    CHECK_TRUE("overflow", arena_array(&arena, SIZE_MAX / 2, 3) == NULL);
    CHECK_TRUE("overflow in growth",
            arena_grow(&arena, NULL, (SIZE_MAX >> 1) + 1, sizeof(int)) == NULL);
    CHECK_TRUE("no items", arena_array(&arena, 0, 8) != NULL);
    arena_free(&arena);
}

static void a_list_grows_and_keeps_its_items(void **state)
{
    struct arena arena = { 0 };
    int *items = NULL;

    (void)state;
    for (size_t n = 0; n < 1000; n++) {
        items = arena_grow(&arena, items, n, sizeof(*items));
        CHECK_TRUE("room", items != NULL);
        items[n] = (int)n * 3;
    }
    for (size_t n = 0; n < 1000; n++)
        CHECK_INT("kept", items[n], n * 3);
    arena_free(&arena);
}

static void texts_are_copied(void **state)
{
    struct arena arena = { 0 };
    char text[] = "O'Shea";
    char *copy = arena_text(&arena, text);

    (void)state;
    text[0] = 'X';
    CHECK_TEXT("a copy", copy, "O'Shea");
    CHECK_TRUE("no text stays none", arena_text(&arena, NULL) == NULL);
    CHECK_TEXT("part of a text", arena_bytes(&arena, "abcdef", 3), "abc");
    CHECK_TEXT("no bytes", arena_bytes(&arena, NULL, 0), "");
    CHECK_TEXT("formatted", arena_printf(&arena, "%s %d", "Year", 5), "Year 5");
    arena_free(&arena);
}

static void a_fault_comes_where_it_was_asked_for(void **state)
{
    struct arena arena = { 0 };

    (void)state;
    arena_fault(2, 0);
    CHECK_TRUE("first", arena_alloc(&arena, 1) != NULL);
    CHECK_TRUE("second", arena_text(&arena, "x") != NULL);
    CHECK_INT("not yet", arena_fault_fired(), 0);
    CHECK_TRUE("third fails", arena_printf(&arena, "x") == NULL);
    CHECK_INT("fired", arena_fault_fired(), 1);
    CHECK_TRUE("fourth", arena_alloc(&arena, 1) != NULL);
    arena_fault(0, 1);
    CHECK_TRUE("fails", arena_alloc(&arena, 1) == NULL);
    CHECK_TRUE("and goes on", arena_grow(&arena, NULL, 0, 4) == NULL);
    CHECK_TRUE("outside arenas", mem_alloc(8) == NULL);
    CHECK_TRUE("outside arenas", mem_resize(NULL, 8) == NULL);
    arena_fault(-1, 0);
    CHECK_TRUE("off", arena_alloc(&arena, 1) != NULL);
    CHECK_INT("off", arena_fault_fired(), 0);
    arena_free(&arena);
}

static void memory_outside_arenas_is_kept_by_hand(void **state)
{
    unsigned char *memory = mem_alloc(16);

    (void)state;
    CHECK_TRUE("given", memory != NULL);
    CHECK_INT("zeroed", memory[15], 0);
    memory[3] = 7;
    memory = mem_resize(memory, 4096);
    CHECK_TRUE("larger", memory != NULL);
    CHECK_INT("kept", memory[3], 7);
    mem_free(memory);
    mem_free(NULL);
}

TESTS(TEST(memory_is_zeroed_aligned_and_apart), TEST(an_arena_may_be_used_again),
        TEST(the_limit_is_kept), TEST(a_product_that_overflows_is_refused),
        TEST(a_list_grows_and_keeps_its_items), TEST(texts_are_copied),
        TEST(a_fault_comes_where_it_was_asked_for), TEST(memory_outside_arenas_is_kept_by_hand))
