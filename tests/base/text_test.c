#include "base/text.h"

#include "check.h"

static void texts_are_compared_with_and_without_case(void **state)
{
    static const struct {
        const char *name, *a, *b;
        bool eq, fold;
        int order;
    } rows[] = {
        { "same", "Year 5", "Year 5", true, true, 0 },
        { "case", "YEAR 5", "year 5", false, true, 0 },
        { "beginning", "Year", "Year 5", false, false, -1 },
        { "behind", "b", "A", false, false, 1 },
        { "empty", "", "", true, true, 0 },
        { "empty before", "", "a", false, false, -1 },
        { "only A-Z fold", "\xC3\x89", "\xC3\xA9", false, false, -1 },
        { "between the alphabets", "[", "{", false, false, -1 },
        { "bytes above 127 come last", "z", "\xC3\xA9", false, false, -1 },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        int order = text_cmp_fold(rows[i].a, rows[i].b);

        CHECK_INT(rows[i].name, text_eq(rows[i].a, rows[i].b), rows[i].eq);
        CHECK_INT(rows[i].name, text_eq_fold(rows[i].a, rows[i].b), rows[i].fold);
        CHECK_INT(rows[i].name, (order > 0) - (order < 0), rows[i].order);
    }
    CHECK_TRUE("NULL equals NULL", text_eq(NULL, NULL) && text_eq_fold(NULL, NULL));
    CHECK_TRUE("and nothing else", !text_eq(NULL, "") && !text_eq_fold("", NULL));
}

static void beginnings_and_emptiness_are_told(void **state)
{
    (void)state;
    CHECK_TRUE("NULL is empty", text_empty(NULL));
    CHECK_TRUE("no letters is empty", text_empty(""));
    CHECK_TRUE("a space is not", !text_empty(" "));
    CHECK_TRUE("begins", text_starts("ks2-l4-eng", "ks2-"));
    CHECK_TRUE("all of it", text_starts("ks2", "ks2"));
    CHECK_TRUE("nothing begins all", text_starts("ks2", ""));
    CHECK_TRUE("too short", !text_starts("ks", "ks2"));
    CHECK_TRUE("NULL begins with nothing", !text_starts(NULL, ""));
}

static void white_space_is_cut_from_both_ends(void **state)
{
    static const struct {
        const char *name, *text, *want;
    } rows[] = {
        { "nothing to cut", "4b", "4b" },
        { "spaces", "  4b ", "4b" },
        { "tab, CR, LF", "\t4b\r\n", "4b" },
        { "no-break space", "\xC2\xA0 4b\xC2\xA0\xC2\xA0", "4b" },
        { "narrow no-break space",
                "\xE2\x80\xAF"
                "4b\xE2\x80\xAF",
                "4b" },
        { "inside stays", " Mary Ann ", "Mary Ann" },
        { "only white space", " \xC2\xA0\t ", "" },
        { "empty", "", "" },
        { "a letter that ends like one", "\xC3\xA0", "\xC3\xA0" },
        { "half a no-break space", "\xA0", "\xA0" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        char text[40];

        (void)text_copy(text, sizeof(text), rows[i].text);
        CHECK_TEXT(rows[i].name, text_trim(text), rows[i].want);
    }
}

static void case_is_changed_for_a_to_z_only(void **state)
{
    char text[] = "Zo\xC3\x8B @[`{ 5B";

    (void)state;
    CHECK_TEXT("lower", text_lower(text), "zo\xC3\x8B @[`{ 5b");
    CHECK_TEXT("upper", text_upper(text), "ZO\xC3\x8B @[`{ 5B");
}

/* Forms after the Unicode standard, table 3-7 (well-formed UTF-8 byte sequences). */
static void only_well_formed_utf8_is_valid(void **state)
{
    static const struct {
        const char *name, *bytes;
        size_t n, valid;
    } rows[] = {
        { "nothing", "", 0, 0 },
        { "ASCII", "abc", 3, 3 },
        { "a NUL", "a\0b", 3, 3 },
        { "two bytes", "\xC3\xA9", 2, 2 },
        { "three bytes", "\xE2\x82\xAC", 3, 3 },
        { "four bytes", "\xF0\x9F\x8E\x93", 4, 4 },
        { "last character of all", "\xF4\x8F\xBF\xBF", 4, 4 },
        { "behind the last", "\xF4\x90\x80\x80", 4, 0 },
        { "first of two", "\xC2\x80", 2, 2 },
        { "overlong slash", "\xC0\xAF", 2, 0 },
        { "overlong in three", "\xE0\x9F\xBF", 3, 0 },
        { "first of three", "\xE0\xA0\x80", 3, 3 },
        { "overlong in four", "\xF0\x8F\xBF\xBF", 4, 0 },
        { "surrogate", "\xED\xA0\x80", 3, 0 },
        { "before the surrogates", "\xED\x9F\xBF", 3, 3 },
        { "behind the surrogates", "\xEE\x80\x80", 3, 3 },
        { "cut off", "ab\xE2\x82", 4, 2 },
        { "lone continuation", "a\x80", 2, 1 },
        { "Windows-1252", "Zo\xEB x", 5, 2 },
        { "byte that never occurs", "\xFF", 1, 0 },
        { "five-byte form", "\xF8\x88\x80\x80\x80", 5, 0 },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        CHECK_INT(rows[i].name, text_utf8_valid(rows[i].bytes, rows[i].n), rows[i].valid);
}

static void characters_are_read_one_by_one(void **state)
{
    static const uint32_t want[] = { 'a', 0xE9, 0x20AC, 0x1F393, 0xFFFD, 'b', 0xFFFD, 0xFFFD,
        0 };
    const char *text = "a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x8E\x93\xFF"
                       "b\xE2\x82";

    (void)state;
    for (size_t i = 0; i < COUNT(want); i++)
        CHECK_INT("character", text_next(&text), want[i]);
    CHECK_INT("stays at the end", *text, 0);
}

static void width_counts_what_the_eye_sees(void **state)
{
    static const struct {
        const char *name, *text;
        size_t width;
    } rows[] = {
        { "nothing", "", 0 },
        { "ASCII", "Clegg", 5 },
        { "accents",
                "N\xC3\xBA\xC3\xB1"
                "ez",
                5 },
        { "combining acute", "e\xCC\x81", 1 },
        { "dash and flag signs", "\xE2\x80\x93\xE2\x96\xBC", 2 },
        { "Chinese", "\xE6\x9D\x8E\xE5\xB0\x8F", 4 },
        { "Korean", "\xEA\xB9\x80", 2 },
        { "full width A", "\xEF\xBC\xA1", 2 },
        { "emoji", "\xF0\x9F\x8E\x93", 2 },
        { "zero width joiner",
                "a\xE2\x80\x8D"
                "b",
                2 },
        { "Arabic with a vowel mark", "\xD8\xA8\xD9\x8E", 1 },
        { "invalid byte", "a\xFF", 2 },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        CHECK_INT(rows[i].name, text_width(rows[i].text), rows[i].width);
}

static void whole_numbers_are_read_whole(void **state)
{
    static const struct {
        const char *text;
        bool read;
        int64_t value;
    } rows[] = {
        { "0", true, 0 },
        { "+7", true, 7 },
        { "-12", true, -12 },
        { "007", true, 7 },
        { "9223372036854775807", true, INT64_MAX },
        { "-9223372036854775808", true, INT64_MIN },
        { "9223372036854775808", false, 0 },
        { "-9223372036854775809", false, 0 },
        { "99999999999999999999", false, 0 },
        { "", false, 0 },
        { "-", false, 0 },
        { "+", false, 0 },
        { "--1", false, 0 },
        { "1 ", false, 0 },
        { " 1", false, 0 },
        { "1.0", false, 0 },
        { "0x10", false, 0 },
        { "1e3", false, 0 },
        { "five", false, 0 },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        int64_t value = 77;

        CHECK_INT(rows[i].text, text_int(rows[i].text, &value), rows[i].read);
        CHECK_INT(rows[i].text, value, rows[i].read ? rows[i].value : 77);
    }
    CHECK_TRUE("NULL is none", !text_int(NULL, &(int64_t){ 0 }));
}

static void decimals_are_read_in_thousandths(void **state)
{
    static const struct {
        const char *text;
        bool read;
        int64_t milli;
    } rows[] = {
        { "12", true, 12000 },
        { "-0.25", true, -250 },
        { "4.5", true, 4500 },
        { "+1.125", true, 1125 },
        { "0.0004", true, 0 },
        { "0.0005", true, 1 },
        { "-0.0005", true, -1 },
        { "-0.0004", true, 0 },
        { "0.00049999", true, 0 },
        { "1.9995", true, 2000 },
        { "-1.9995", true, -2000 },
        { "999999999999.999", true, 999999999999999 },
        { "1000000000000", false, 0 },
        { "", false, 0 },
        { "-", false, 0 },
        { ".5", false, 0 },
        { "5.", false, 0 },
        { "1.2.3", false, 0 },
        { "1,5", false, 0 },
        { "4b", false, 0 },
        { "1.0x", false, 0 },
        { "1.00000x", false, 0 },
        { "1 ", false, 0 },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        int64_t milli = 77;

        CHECK_INT(rows[i].text, text_milli(rows[i].text, &milli), rows[i].read);
        CHECK_INT(rows[i].text, milli, rows[i].read ? rows[i].milli : 77);
    }
    CHECK_TRUE("NULL is none", !text_milli(NULL, &(int64_t){ 0 }));
}

static void thousandths_have_a_shortest_text(void **state)
{
    static const struct {
        int64_t milli;
        const char *text;
    } rows[] = { { 4500, "4.5" }, { -250, "-0.25" }, { 0, "0" }, { 100000, "100" },
        { 1, "0.001" }, { -1000, "-1" }, { 23010, "23.01" },
        { INT64_MIN, "-9223372036854775.808" }, { INT64_MAX, "9223372036854775.807" } };
    char buffer[TEXT_MILLI_SIZE];

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        CHECK_TEXT(rows[i].text, text_from_milli(rows[i].milli, buffer), rows[i].text);
}

static void what_fits_is_copied_in_whole_characters(void **state)
{
    static const struct {
        const char *name, *text;
        size_t size;
        const char *want;
        bool fits;
    } rows[] = {
        { "fits", "abc", 4, "abc", true },
        { "one short", "abc", 3, "ab", false },
        { "no room", "abc", 1, "", false },
        { "nothing", "", 1, "", true },
        { "cut before an accent", "a\xC3\xA9", 3, "a", false },
        { "accent fits", "a\xC3\xA9", 4, "a\xC3\xA9", true },
        { "cut before a character of four", "\xF0\x9F\x8E\x93", 4, "", false },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        char buffer[8] = "zzzzzzz";

        CHECK_INT(rows[i].name, text_copy(buffer, rows[i].size, rows[i].text), rows[i].fits);
        CHECK_TEXT(rows[i].name, buffer, rows[i].want);
    }
}

TESTS(TEST(texts_are_compared_with_and_without_case), TEST(beginnings_and_emptiness_are_told),
        TEST(white_space_is_cut_from_both_ends), TEST(case_is_changed_for_a_to_z_only),
        TEST(only_well_formed_utf8_is_valid), TEST(characters_are_read_one_by_one),
        TEST(width_counts_what_the_eye_sees), TEST(whole_numbers_are_read_whole),
        TEST(decimals_are_read_in_thousandths), TEST(thousandths_have_a_shortest_text),
        TEST(what_fits_is_copied_in_whole_characters))
