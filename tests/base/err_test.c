#include "base/err.h"

#include "check.h"

static void a_failure_is_one_line(void **state)
{
    struct err err = { 0 };

    (void)state;
    CHECK_INT("returns its code", err_set(&err, ERR_INVALID, "grade \"%s\" is unknown", "3d"),
            ERR_INVALID);
    CHECK_INT("code", err.code, ERR_INVALID);
    CHECK_TEXT("message", err.message, "grade \"3d\" is unknown");
    CHECK_TEXT("no hint", err.hint, "");
    CHECK_INT("hint", err_hint(&err, "Grades are %s.", "1c to 8a"), ERR_INVALID);
    CHECK_TEXT("hint", err.hint, "Grades are 1c to 8a.");
    CHECK_INT("detail", err_detail(&err, "errno %d", 5), ERR_INVALID);
    CHECK_TEXT("detail", err.detail, "errno 5");
    CHECK_INT("where", err_where(&err, "results.csv", 12, "grade"), ERR_INVALID);
    CHECK_TEXT("file", err.file, "results.csv");
    CHECK_INT("row", err.row, 12);
    CHECK_TEXT("column", err.column, "grade");
}

static void a_new_failure_forgets_the_last_one(void **state)
{
    struct err err = { 0 };

    (void)state;
    (void)err_set(&err, ERR_IO, "first");
    (void)err_hint(&err, "Look.");
    (void)err_where(&err, "a.csv", 3, NULL);
    (void)err_set(&err, ERR_STORE, "second");
    CHECK_TEXT("message", err.message, "second");
    CHECK_TEXT("hint", err.hint, "");
    CHECK_TEXT("file", err.file, "");
    CHECK_INT("row", err.row, 0);
}

static void a_failure_may_quote_itself(void **state)
{
    struct err err = { 0 };

    (void)state;
    (void)err_set(&err, ERR_IO, "no room");
    (void)err_set(&err, ERR_IO, "backup: %s", err.message);
    CHECK_TEXT("quoted", err.message, "backup: no room");
}

static void a_long_text_ends_with_a_whole_character(void **state)
{
    static const struct {
        const char *name;
        int before; /* bytes in front of a row of characters of two bytes */
        size_t length;
    } rows[] = {
        { "the last character fits", 1, 319 },
        { "the last character would be cut", 0, 318 },
    };
    char text[1001];

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct err err = { 0 };

        for (int n = 0; n < 500; n++)
            memcpy(text + n * 2, "\xC3\xA9", 2);
        text[1000] = '\0';
        (void)err_set(&err, ERR_IO, "%s%s", rows[i].before == 1 ? "x" : "", text);
        CHECK_INT(rows[i].name, strlen(err.message), rows[i].length);
    }
}

static void out_of_memory_needs_no_memory(void **state)
{
    struct err err = { 0 };

    (void)state;
    CHECK_INT("code", err_memory(&err), ERR_MEMORY);
    CHECK_TEXT("message", err.message, "out of memory");
    CHECK_TRUE("hint", err.hint[0] != '\0');
}

static void every_code_has_a_word(void **state)
{
    static const struct {
        enum err_code code;
        const char *word;
    } rows[] = { { ERR_OK, "ok" }, { ERR_MEMORY, "memory" }, { ERR_INVALID, "invalid" },
        { ERR_USAGE, "usage" }, { ERR_NOT_FOUND, "not_found" }, { ERR_CLOSED, "closed" },
        { ERR_FORBIDDEN, "forbidden" }, { ERR_CONFLICT, "conflict" }, { ERR_IO, "io" },
        { ERR_STORE, "store" }, { ERR__MAX, "unknown" } };

    (void)state;
    CHECK_INT("all of them", COUNT(rows), ERR__MAX + 1);
    for (size_t i = 0; i < COUNT(rows); i++)
        CHECK_TEXT(rows[i].word, err_code_name(rows[i].code), rows[i].word);
}

TESTS(TEST(a_failure_is_one_line), TEST(a_new_failure_forgets_the_last_one),
        TEST(a_failure_may_quote_itself), TEST(a_long_text_ends_with_a_whole_character),
        TEST(out_of_memory_needs_no_memory), TEST(every_code_has_a_word))
