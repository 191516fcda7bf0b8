#include "base/text.h"

#include "check.h"

static void names_fold_for_searching(void **state)
{
    static const struct {
        const char *name, *fold;
    } rows[] = {
        { "O'Shea-N\xC3\xBA\xC3\xB1"
          "ez",
                "osheanunez" },
        { "O\xE2\x80\x99"
          "Brien",
                "obrien" },
        { "Zo\xC3\xAB", "zoe" },
        { "ZO\xC3\x8B", "zoe" },
        { "Zoe\xCC\x88", "zoe" },
        { "\xC5\x81ukasz", "lukasz" },
        { "\xC4\x90or\xC4\x91"
          "evi\xC4\x87",
                "dordevic" },
        { "S\xC3\xB8ren", "soren" },
        { "Stra\xC3\x9F"
          "e",
                "strasse" },
        { "\xC3\x86lfric", "aelfric" },
        { "\xC5\x93uvre", "oeuvre" },
        { "\xC3\x9Eorn", "thorn" },
        { "\xC5\xBB\xC3\xB3\xC5\x82\xC4\x87", "zolc" },
        { "\xC4\xB0"
          "pek I\xC5\x9F\xC4\xB1k",
                "ipek isik" },
        { "\xC5\x98\xC3\xADha", "riha" },
        { "Mary Ann", "mary ann" },
        { "Smith\xE2\x80\x90Jones", "smithjones" },
        { "\xC3\x97", "\xC3\x97" },
        { "\xE6\x9D\x8E", "\xE6\x9D\x8E" },
        { "\xCE\x91", "\xCE\x91" },
        { "", "" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        char buffer[64];

        text_fold_name(rows[i].name, buffer, sizeof(buffer));
        CHECK_TEXT(rows[i].name, buffer, rows[i].fold);
    }
}

static void a_fold_stays_within_its_buffer(void **state)
{
    static const struct {
        size_t size;
        const char *fold;
    } rows[] = { { 1, "" }, { 2, "a" }, { 3, "a" }, { 4, "ass" }, { 6, "ass" },
        { 7, "ass\xE6\x9D\x8E" } };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        char buffer[8] = "zzzzzzz";

        text_fold_name("\xC3\x81\xC3\x9F\xE6\x9D\x8E", buffer, rows[i].size);
        CHECK_TEXT("cut", buffer, rows[i].fold);
        CHECK_TRUE("behind the end", rows[i].size == 7 || buffer[rows[i].size] == 'z');
    }
    text_fold_name("abc", NULL, 0);
}

static void distance_counts_single_letter_edits(void **state)
{
    static const struct {
        const char *a, *b;
        size_t limit, distance;
    } rows[] = {
        { "kitten", "sitting", 9, 3 },
        { "kitten", "sitting", 2, 2 },
        { "progress", "PROGRESS", 9, 0 },
        { "progres", "progress", 9, 1 },
        { "year-group", "yaer-group", 9, 2 },
        { "", "abc", 9, 3 },
        { "abc", "", 9, 3 },
        { "", "", 9, 0 },
        { "\xC3\xA9", "\xC3\xA8", 9, 1 },
        { "a\xC3\xA9", "ae", 9, 1 },
        { "flaw", "lawn", 9, 2 },
    };
    char longer[400];

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        CHECK_INT(rows[i].a, text_distance(rows[i].a, rows[i].b, rows[i].limit),
                rows[i].distance);
    memset(longer, 'x', 399);
    longer[399] = '\0';
    CHECK_INT("long and different", text_distance(longer, "abc", 5), 5);
    CHECK_INT("long and the same", text_distance(longer, longer, 5), 0);
    longer[128] = '\0';
    CHECK_INT("as long as can be told", text_distance(longer, "", 500), 128);
}

TESTS(TEST(names_fold_for_searching), TEST(a_fold_stays_within_its_buffer),
        TEST(distance_counts_single_letter_edits))
