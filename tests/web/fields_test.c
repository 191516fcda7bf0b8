#include "web/fields.h"

#include "check.h"
#include "web/heading.h"

/* All fields as name=value, one a line. */
static const char *shown(const struct fields *fields, struct arena *arena)
{
    const char *text = "";

    for (size_t i = 0; i < fields->n; i++)
        text = arena_printf(arena, "%s%s=%s\n", text, fields->items[i].name,
                fields->items[i].value);
    return text;
}

static void a_form_is_decoded_or_refused(void **state)
{
    static const struct {
        const char *row;
        const char *text;
        size_t n;         /* 0: its length */
        const char *want; /* NULL: refused */
    } rows[] = {
        { "nothing", "", 0, "" },
        { "two fields", "a=1&b=2", 0, "a=1\nb=2\n" },
        { "plus and escapes", "a=x+y%20z%2B&%62=%C3%A9", 0, "a=x y z+\nb=\xc3\xa9\n" },
        { "no value", "a&b=", 0, "a=\nb=\n" },
        { "empty pairs", "&&a=1&&", 0, "a=1\n" },
        { "equals in a value", "a=b=c", 0, "a=b=c\n" },
        { "duplicates stay in order", "a=1&a=2", 0, "a=1\na=2\n" },
        { "broken escape", "a=%4", 0, NULL },
        { "letters that are no hex", "a=%zz", 0, NULL },
        { "escape cut by the next field", "a=%4&b=1", 0, NULL },
        { "NUL", "a=1\0", 4, NULL },
        { "escaped NUL", "a=%00", 0, NULL },
        { "not UTF-8", "a=%FF", 0, NULL },
        { "surrogate", "a=%ED%A0%80", 0, NULL },
        { "not UTF-8 in a name", "%FF=a", 0, NULL },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct arena arena = { 0 };
        struct fields fields = { 0 };
        struct err err = { 0 };
        size_t n = rows[i].n == 0 ? strlen(rows[i].text) : rows[i].n;
        enum err_code code = fields_read_form(rows[i].text, n, &arena, &fields, &err);

        CHECK_INT(rows[i].row, code, rows[i].want == NULL ? ERR_INVALID : ERR_OK);
        if (rows[i].want != NULL)
            CHECK_TEXT(rows[i].row, shown(&fields, &arena), rows[i].want);
        arena_free(&arena);
    }
}

static void the_first_of_equal_names_counts(void **state)
{
    struct arena arena = { 0 };
    struct fields fields = { 0 };
    struct err err = { 0 };

    (void)state;
    CHECK_OK("read", fields_read_form("a=1&a=2", 7, &arena, &fields, &err), &err);
    CHECK_TEXT("first", fields_get(&fields, "a"), "1");
    CHECK_TRUE("none", fields_get(&fields, "b") == NULL);
    arena_free(&arena);
}

static void five_thousand_fields_are_taken_and_no_more(void **state)
{
    static char text[2 * (FIELDS_MAX + 1)];
    struct arena arena = { 0 };
    struct fields fields = { 0 };
    struct err err = { 0 };

    (void)state;
    for (size_t i = 0; i < sizeof(text); i++)
        text[i] = i % 2 == 0 ? 'a' : '&';
    CHECK_OK("limit", fields_read_form(text, 2 * FIELDS_MAX, &arena, &fields, &err), &err);
    CHECK_INT("n", fields.n, FIELDS_MAX);
    fields = (struct fields){ 0 };
    CHECK_INT("past it", fields_read_form(text, sizeof(text), &arena, &fields, &err),
            ERR_INVALID);
    arena_free(&arena);
}

static void cookies_are_read_as_they_stand(void **state)
{
    static const struct {
        const char *row;
        const char *header;
        const char *want;
    } rows[] = {
        { "one", "attain=abc", "attain=abc\n" },
        { "two", "a=1; attain=x%20+y", "a=1\nattain=x%20+y\n" },
        { "no pair", "nonsense; a=1;", "a=1\n" },
        { "equals in the value", "a=b==", "a=b==\n" },
        { "empty", "", "" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct arena arena = { 0 };
        struct fields fields = { 0 };
        struct err err = { 0 };

        CHECK_OK(rows[i].row, fields_read_cookies(rows[i].header, &arena, &fields, &err), &err);
        CHECK_TEXT(rows[i].row, shown(&fields, &arena), rows[i].want);
        arena_free(&arena);
    }
}

static void memory_that_runs_out_is_said(void **state)
{
    bool done = false;

    (void)state;
    for (int keep = 0; keep < 2; keep++) {
        done = false;
        for (long n = 0; !done && n < 100; n++) {
            struct arena arena = { 0 };
            struct fields fields = { 0 };
            struct err err = { 0 };
            enum err_code code;

            arena_fault(n, keep);
            code = fields_read_form("a=1&b=2&c=3", 11, &arena, &fields, &err);
            done = !arena_fault_fired();
            arena_fault(-1, 0);
            CHECK_INT("code", code, done ? ERR_OK : ERR_MEMORY);
            arena_free(&arena);
        }
        CHECK_TRUE("it ends", done);
    }
}

static void a_header_that_was_folded_is_known_by_its_place(void **state)
{
    static const char plain[] = "Host\0  a\0";
    static const char other[] = "Host\0x a\0";

    (void)state;
    CHECK_TRUE("as it came", !heading_is_folded(plain, plain + 7));
    CHECK_TRUE("something between", heading_is_folded(other, other + 7));
    CHECK_TRUE("value before name", heading_is_folded(plain + 7, plain));
    CHECK_TRUE("no value", heading_is_folded(plain, NULL));
}

TESTS(TEST(a_form_is_decoded_or_refused), TEST(the_first_of_equal_names_counts),
        TEST(five_thousand_fields_are_taken_and_no_more), TEST(cookies_are_read_as_they_stand),
        TEST(memory_that_runs_out_is_said),
        TEST(a_header_that_was_folded_is_known_by_its_place))
