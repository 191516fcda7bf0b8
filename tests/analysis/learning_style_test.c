#include "analysis/learning_style.h"

#include <stdio.h>

#include "check.h"

/* domain-numbers 4.1: the lowest and the highest score of each stanine. */
static void a_stanine_is_that_of_the_published_table(void **state)
{
    static const struct {
        int stanine, low, high;
    } rows[] = { { 1, 59, 73 }, { 2, 74, 81 }, { 3, 82, 88 }, { 4, 89, 96 }, { 5, 97, 103 },
        { 6, 104, 111 }, { 7, 112, 118 }, { 8, 119, 126 }, { 9, 127, 141 } };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        char row[32];

        (void)snprintf(row, sizeof(row), "stanine %d", rows[i].stanine);
        CHECK_INT(row, stanine_of_score(rows[i].low * 1000), rows[i].stanine);
        CHECK_INT(row, stanine_of_score(rows[i].high * 1000), rows[i].stanine);
        CHECK_INT(row, stanine_of_score(rows[i].high * 1000 + 999), rows[i].stanine);
    }
}

/* The example of the publisher: 95 (stanine 4) and 106 (stanine 6) lean mildly to the second.
 */
static void a_style_is_by_the_stanines_apart(void **state)
{
    static const struct {
        const char *name;
        int first, second;
        enum learning_style want;
        const char *word;
        int usual;
    } rows[] = {
        { "alike", 100, 100, STYLE_EVEN, "even", 66 },
        { "one apart", 103, 104, STYLE_EVEN, "even", 66 },
        { "the publisher's", 95, 106, STYLE_MILD_SECOND, "mild", 11 },
        { "the other way", 106, 95, STYLE_MILD_FIRST, "mild", 11 },
        { "three: 3 and 6", 88, 104, STYLE_MODERATE_SECOND, "moderate", 4 },
        { "three: 6 and 3", 111, 82, STYLE_MODERATE_FIRST, "moderate", 4 },
        { "four: 3 and 7", 82, 112, STYLE_EXTREME_SECOND, "extreme", 2 },
        { "eight: 9 and 1", 141, 59, STYLE_EXTREME_FIRST, "extreme", 2 },
    };
    int sum = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        enum learning_style got = learning_style(rows[i].first * 1000, rows[i].second * 1000);

        CHECK_INT(rows[i].name, got, rows[i].want);
        CHECK_TEXT(rows[i].name, learning_style_word(got), rows[i].word);
        CHECK_INT(rows[i].name, learning_style_usual(got), rows[i].usual);
    }
    for (int style = 0; style < STYLE__MAX; style++)
        sum += learning_style_usual((enum learning_style)style);
    CHECK_INT("all", sum, 100);
}

TESTS(TEST(a_stanine_is_that_of_the_published_table), TEST(a_style_is_by_the_stanines_apart))
