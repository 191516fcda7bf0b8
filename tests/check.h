/*
 * check: what every test includes. A thin layer over cmocka whose failures name the row
 * of the table that failed: `tests/scales/grade_test.c:38: spoken form: level is 5, not 4`.
 *
 * A test is a function `static void a_sentence_about_behaviour(void **state)`; TESTS(...)
 * at the end of the file runs them.
 */
#ifndef TESTS_CHECK_H
#define TESTS_CHECK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/attr.h"
#include "base/err.h"

static inline void check_int_at(const char *row, const char *what, long long got,
        long long want, const char *file, int line)
{
    if (got == want)
        return;
    print_error("%s:%d: %s: %s is %lld, not %lld\n", file, line, row, what, got, want);
    _fail(file, line);
}

static inline void check_text_at(const char *row, const char *what, const char *got,
        const char *want, const char *file, int line)
{
    if (got == want || (got != NULL && want != NULL && strcmp(got, want) == 0))
        return;
    print_error("%s:%d: %s: %s is \"%s\", not \"%s\"\n", file, line, row, what,
            got == NULL ? "(null)" : got, want == NULL ? "(null)" : want);
    _fail(file, line);
}

static inline void check_has_at(const char *row, const char *what, const char *got,
        const char *part, const char *file, int line)
{
    if (got != NULL && strstr(got, part) != NULL)
        return;
    print_error("%s:%d: %s: %s does not hold \"%s\": \"%s\"\n", file, line, row, what, part,
            got == NULL ? "(null)" : got);
    _fail(file, line);
}

static inline void check_ok_at(const char *row, enum err_code code, const struct err *err,
        const char *file, int line)
{
    if (code == ERR_OK)
        return;
    print_error("%s:%d: %s: %s: %s (%s) [%s] %s:%ld %s\n", file, line, row, err_code_name(code),
            err->message, err->hint, err->detail, err->file, err->row, err->column);
    _fail(file, line);
}

/* Each takes the row's name first. */
#define CHECK_INT(row, got, want)                                                              \
    check_int_at((row), #got, (long long)(got), (long long)(want), __FILE__, __LINE__)
#define CHECK_TRUE(row, got) check_int_at((row), #got, (got) ? 1 : 0, 1, __FILE__, __LINE__)
#define CHECK_TEXT(row, got, want) check_text_at((row), #got, (got), (want), __FILE__, __LINE__)
#define CHECK_HAS(row, got, part) check_has_at((row), #got, (got), (part), __FILE__, __LINE__)
#define CHECK_OK(row, code, err) check_ok_at((row), (code), (err), __FILE__, __LINE__)

#define TEST(function) cmocka_unit_test(function)
#define TESTS(...)                                                                             \
    int main(void)                                                                             \
    {                                                                                          \
        const struct CMUnitTest tests[] = { __VA_ARGS__ };                                     \
        return cmocka_run_group_tests(tests, NULL, NULL);                                      \
    }

#endif
