#include "england.h"

/* Allocations of one reading, found by letting none fail. */
static long allocations(void)
{
    struct arena arena = { 0 };
    const struct framework *fw = NULL;
    struct err err = { 0 };
    long n = 1L << 24;
    long low = 0;

    while (low < n) {
        long middle = low + (n - low) / 2;

        arena_fault(middle, 0);
        (void)england_try(&arena, NULL, &fw, &err);
        arena_free(&arena);
        if (arena_fault_fired())
            low = middle + 1;
        else
            n = middle;
    }
    arena_fault(-1, 0);
    return low;
}

static void fail_at(long n, int keep)
{
    struct arena arena = { 0 };
    const struct framework *fw = NULL;
    struct err err = { 0 };
    char row[32];
    enum err_code code;

    (void)snprintf(row, sizeof(row), "allocation %ld", n);
    arena_fault(n, keep);
    code = england_try(&arena, NULL, &fw, &err);
    arena_fault(-1, 0);
    CHECK_INT(row, code, ERR_MEMORY);
    CHECK_INT(row, err.code, ERR_MEMORY);
    CHECK_TRUE(row, fw == NULL);
    arena_free(&arena);
}

static void every_allocation_may_fail(void **state)
{
    long n;

    (void)state;
    england_fetch();
    n = allocations();
    CHECK_TRUE("there are some", n > 500);
    for (long i = 0; i < n; i++) {
        fail_at(i, 0);
        fail_at(i, 1);
    }
}

static void a_limit_of_the_arena_is_an_ordinary_error(void **state)
{
    struct arena arena = { .limit = 100 * 1024 };
    const struct framework *fw = NULL;
    struct err err = { 0 };

    (void)state;
    england_fetch();
    CHECK_INT("limit", england_try(&arena, NULL, &fw, &err), ERR_MEMORY);
    CHECK_TRUE("none", fw == NULL);
    arena_free(&arena);
}

TESTS(TEST(every_allocation_may_fail), TEST(a_limit_of_the_arena_is_an_ordinary_error))
