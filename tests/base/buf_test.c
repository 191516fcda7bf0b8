#include "base/buf.h"

#include "check.h"

static const char *text_of(struct buf *buf, size_t *ret_n)
{
    const char *text = NULL;
    struct err err = { 0 };

    CHECK_OK("buf_end", buf_end(buf, &text, ret_n, &err), &err);
    return text;
}

static void what_is_added_stands_in_order(void **state)
{
    struct arena arena = { 0 };
    struct buf buf = buf_make(&arena, 1000);
    size_t n = 0;

    (void)state;
    buf_add(&buf, "Year ");
    buf_add_char(&buf, '5');
    buf_add_n(&buf, ", set 2", 5);
    buf_add_pad(&buf, '.', 3);
    buf_printf(&buf, "%d of %s", 57, "64");
    CHECK_TEXT("all", text_of(&buf, &n), "Year 5, set...57 of 64");
    CHECK_INT("length", n, 22);
    arena_free(&arena);
}

static void a_buf_with_nothing_is_an_empty_text(void **state)
{
    struct arena arena = { 0 };
    struct buf buf = buf_make(&arena, 0);
    size_t n = 9;

    (void)state;
    buf_add(&buf, "");
    buf_add_pad(&buf, ' ', 0);
    CHECK_TEXT("empty", text_of(&buf, &n), "");
    CHECK_INT("length", n, 0);
    CHECK_TEXT("length not asked for", text_of(&buf, NULL), "");
    arena_free(&arena);
}

static void growth_keeps_every_byte(void **state)
{
    struct arena arena = { 0 };
    struct buf buf = buf_make(&arena, 100000);
    const char *text;
    size_t n;

    (void)state;
    for (int i = 0; i < 30000; i++)
        buf_add_char(&buf, (char)('a' + i % 26));
    text = text_of(&buf, &n);
    CHECK_INT("length", n, 30000);
    for (int i = 0; i < 30000; i++)
        CHECK_INT("byte", text[i], 'a' + i % 26);
    arena_free(&arena);
}

static void the_maximum_is_exact(void **state)
{
    static const struct {
        const char *name;
        size_t n;
        enum err_code code;
    } rows[] = { { "just fits", 10, ERR_OK }, { "one too many", 11, ERR_MEMORY },
        { "far too many", SIZE_MAX, ERR_MEMORY } };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct arena arena = { 0 };
        struct buf buf = buf_make(&arena, 10);
        const char *text = "untouched";
        struct err err = { 0 };

        buf_add_pad(&buf, 'x', rows[i].n);
        CHECK_INT(rows[i].name, buf_end(&buf, &text, NULL, &err), rows[i].code);
        CHECK_TEXT(rows[i].name, text, rows[i].code == ERR_OK ? "xxxxxxxxxx" : "untouched");
        arena_free(&arena);
    }
}

static void the_first_failure_is_kept(void **state)
{
    struct arena arena = { 0 };
    struct buf buf = buf_make(&arena, 4);
    const char *text = NULL;
    struct err err = { 0 };

    (void)state;
    buf_add(&buf, "too long");
    buf_add(&buf, "ok");
    CHECK_INT("kept", buf_end(&buf, &text, NULL, &err), ERR_MEMORY);
    CHECK_INT("told", err.code, ERR_MEMORY);
    buf = buf_make(&arena, 4);
    buf_printf(&buf, "%s", "too long");
    CHECK_INT("by printf", buf_end(&buf, &text, NULL, &err), ERR_MEMORY);
    arena_free(&arena);
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    for (int keep = 0; keep < 2; keep++) {
        long n = 0;

        for (;; n++) {
            struct arena arena = { 0 };
            struct buf buf = buf_make(&arena, 10000);
            const char *text = NULL;
            struct err err = { 0 };
            enum err_code code;

            arena_fault(n, keep);
            for (int i = 0; i < 500; i++)
                buf_printf(&buf, "%d,", i);
            code = buf_end(&buf, &text, NULL, &err);
            arena_free(&arena);
            if (!arena_fault_fired()) {
                CHECK_INT("unharmed", code, ERR_OK);
                break;
            }
            CHECK_INT("reported", code, ERR_MEMORY);
            CHECK_TRUE("output untouched", text == NULL);
        }
        arena_fault(-1, 0);
        CHECK_TRUE("some allocation was made to fail", n > 1);
    }
}

static void thousandths_are_written_as_decimals(void **state)
{
    static const struct {
        const char *name;
        long long milli;
        int places;
        const char *text;
    } rows[] = {
        { "nought", 0, 0, "0" },
        { "nought with places", 0, 2, "0.00" },
        { "whole", 23000, 0, "23" },
        { "whole with places", 23000, 2, "23.00" },
        { "a quarter below nought", -250, 0, "-0.25" },
        { "more than asked for", -1250, 1, "-1.25" },
        { "a thousandth", 1, 0, "0.001" },
        { "a hundredth", 2010, 0, "2.01" },
        { "one place", 4500, 0, "4.5" },
        { "one place of two", 4500, 2, "4.50" },
        { "never more than three", 4500, 9, "4.500" },
        { "smallest", INT64_MIN, 0, "-9223372036854775.808" },
        { "largest", INT64_MAX, 0, "9223372036854775.807" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct arena arena = { 0 };
        struct buf buf = buf_make(&arena, 100);

        buf_add_milli(&buf, rows[i].milli, rows[i].places);
        CHECK_TEXT(rows[i].name, text_of(&buf, NULL), rows[i].text);
        arena_free(&arena);
    }
}

TESTS(TEST(what_is_added_stands_in_order), TEST(a_buf_with_nothing_is_an_empty_text),
        TEST(growth_keeps_every_byte), TEST(the_maximum_is_exact),
        TEST(the_first_failure_is_kept), TEST(every_allocation_may_fail),
        TEST(thousandths_are_written_as_decimals))
