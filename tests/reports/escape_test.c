#include "reports/render/escape.h"

#include "check.h"

#define BAD "\xEF\xBF\xBD"

static const struct {
    const char *name, *text, *html, *json, *csv, *terminal;
} rows[] = {
    { "nothing", "", "", "\"\"", "", "" },
    { "plain", "Megan 4b", "Megan 4b", "\"Megan 4b\"", "Megan 4b", "Megan 4b" },
    { "a name to beware of", "O'Shea<script>", "O&#39;Shea&lt;script&gt;", "\"O'Shea<script>\"",
            "O'Shea<script>", "O'Shea<script>" },
    { "double quotes", "Z \"Zed\" x", "Z &quot;Zed&quot; x", "\"Z \\\"Zed\\\" x\"",
            "\"Z \"\"Zed\"\" x\"", "Z \"Zed\" x" },
    { "ampersand", "R&D &amp;", "R&amp;D &amp;amp;", "\"R&D &amp;\"", "R&D &amp;",
            "R&D &amp;" },
    { "backslash", "a\\b", "a\\b", "\"a\\\\b\"", "a\\b", "a\\b" },
    { "comma", "a,b", "a,b", "\"a,b\"", "\"a,b\"", "a,b" },
    { "line feed", "a\nb", "a\nb", "\"a\\nb\"", "\"a\nb\"", "a b" },
    { "carriage return", "a\rb", "a" BAD "b", "\"a\\rb\"", "\"a\rb\"", "a b" },
    { "tab", "a\tb", "a\tb", "\"a\\tb\"", "a\tb", "a b" },
    { "other white space", "a\bb\fc\vd", "a" BAD "b" BAD "c" BAD "d", "\"a\\bb\\fc\\u000bd\"",
            "a\bb\fc\vd", "a" BAD "b" BAD "c" BAD "d" },
    { "escape sequence", "\033[31m", BAD "[31m", "\"\\u001b[31m\"", "\033[31m", BAD "[31m" },
    { "delete", "a\x7F", "a" BAD, "\"a\\u007f\"", "a\x7F", "a" BAD },
    { "a control of Latin-1",
            "a\xC2\x9B"
            "b",
            "a" BAD "b",
            "\"a\xC2\x9B"
            "b\"",
            "a\xC2\x9B"
            "b",
            "a" BAD "b" },
    { "line separator",
            "a\xE2\x80\xA8"
            "b",
            "a\xE2\x80\xA8"
            "b",
            "\"a\\u2028b\"",
            "a\xE2\x80\xA8"
            "b",
            "a b" },
    { "paragraph separator",
            "a\xE2\x80\xA9"
            "b",
            "a\xE2\x80\xA9"
            "b",
            "\"a\\u2029b\"",
            "a\xE2\x80\xA9"
            "b",
            "a b" },
    { "right to left override",
            "a\xE2\x80\xAE"
            "b",
            "a\xE2\x80\xAE"
            "b",
            "\"a\xE2\x80\xAE"
            "b\"",
            "a\xE2\x80\xAE"
            "b",
            "a" BAD "b" },
    { "accents",
            "N\xC3\xBA\xC3\xB1"
            "ez",
            "N\xC3\xBA\xC3\xB1"
            "ez",
            "\"N\xC3\xBA\xC3\xB1"
            "ez\"",
            "N\xC3\xBA\xC3\xB1"
            "ez",
            "N\xC3\xBA\xC3\xB1"
            "ez" },
    { "beyond the basic plane", "\xF0\x9F\x8E\x93", "\xF0\x9F\x8E\x93", "\"\xF0\x9F\x8E\x93\"",
            "\xF0\x9F\x8E\x93", "\xF0\x9F\x8E\x93" },
    { "a noncharacter", "\xEF\xBF\xBF", BAD, "\"\xEF\xBF\xBF\"", "\xEF\xBF\xBF",
            "\xEF\xBF\xBF" },
    { "Windows-1252", "Zo\xEB x", "Zo" BAD " x", "\"Zo" BAD " x\"", "Zo" BAD " x",
            "Zo" BAD " x" },
    { "overlong less-than", "\xC0\xBC", BAD BAD, "\"" BAD BAD "\"", BAD BAD, BAD BAD },
    { "surrogate", "\xED\xA0\x80", BAD BAD BAD, "\"" BAD BAD BAD "\"", BAD BAD BAD,
            BAD BAD BAD },
    { "cut off, then a quote", "\xE2\x82\"", BAD BAD "&quot;", "\"" BAD BAD "\\\"\"",
            "\"" BAD BAD "\"\"\"", BAD BAD "\"" },
    { "formula", "=1+1", "=1+1", "\"=1+1\"", "'=1+1", "=1+1" },
    { "formula in quotes", "=HYPERLINK(\"x\")", "=HYPERLINK(&quot;x&quot;)",
            "\"=HYPERLINK(\\\"x\\\")\"", "\"'=HYPERLINK(\"\"x\"\")\"", "=HYPERLINK(\"x\")" },
    { "plus", "+44", "+44", "\"+44\"", "'+44", "+44" },
    { "minus", "-1", "-1", "\"-1\"", "'-1", "-1" },
    { "at", "@SUM", "@SUM", "\"@SUM\"", "'@SUM", "@SUM" },
    { "tab in front", "\tx", "\tx", "\"\\tx\"", "'\tx", " x" },
    { "return in front", "\rx", BAD "x", "\"\\rx\"", "\"'\rx\"", " x" },
    { "line feed in front", "\nx", "\nx", "\"\\nx\"", "\"'\nx\"", " x" },
    { "sign inside", "A*-B", "A*-B", "\"A*-B\"", "A*-B", "A*-B" },
};

static const char *ended(struct buf *buf)
{
    const char *text = NULL;
    struct err err = { 0 };

    CHECK_OK("buf_end", buf_end(buf, &text, NULL, &err), &err);
    return text;
}

static void each_format_has_its_own_escaper(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct arena arena = { 0 };
        struct buf buf = buf_make(&arena, 1000);

        escape_html(&buf, rows[i].text);
        CHECK_TEXT(rows[i].name, ended(&buf), rows[i].html);
        buf = buf_make(&arena, 1000);
        escape_json(&buf, rows[i].text);
        CHECK_TEXT(rows[i].name, ended(&buf), rows[i].json);
        buf = buf_make(&arena, 1000);
        escape_csv(&buf, rows[i].text, true);
        CHECK_TEXT(rows[i].name, ended(&buf), rows[i].csv);
        buf = buf_make(&arena, 1000);
        escape_terminal(&buf, rows[i].text);
        CHECK_TEXT(rows[i].name, ended(&buf), rows[i].terminal);
        arena_free(&arena);
    }
}

static void every_control_character_is_escaped_in_json(void **state)
{
    (void)state;
    for (int c = 1; c < 0x20; c++) {
        struct arena arena = { 0 };
        struct buf buf = buf_make(&arena, 100);
        const char text[2] = { (char)c, '\0' };
        const char *got;

        escape_json(&buf, text);
        got = ended(&buf);
        CHECK_INT("quote", got[0], '"');
        CHECK_INT("backslash", got[1], '\\');
        if (got[2] == 'u')
            CHECK_INT("number", strtol(got + 3, NULL, 16), c);
        arena_free(&arena);
    }
}

static void no_text_is_null_in_json(void **state)
{
    struct arena arena = { 0 };
    struct buf buf = buf_make(&arena, 100);

    (void)state;
    escape_json(&buf, NULL);
    escape_csv(&buf, "=1", false);
    CHECK_TEXT("null, then not defused", ended(&buf), "null=1");
    arena_free(&arena);
}

TESTS(TEST(each_format_has_its_own_escaper), TEST(every_control_character_is_escaped_in_json),
        TEST(no_text_is_null_in_json))
