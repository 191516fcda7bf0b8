#include "web/html.h"

#include "check.h"
#include "web/url.h"

static void every_value_is_escaped_for_text_and_attributes(void **state)
{
    static const struct {
        const char *row;
        const char *text;
        const char *want;
    } rows[] = {
        { "plain", "Ada", "Ada" },
        { "nothing", NULL, "" },
        { "empty", "", "" },
        { "script", "O'Shea<script>", "O&#39;Shea&lt;script&gt;" },
        { "quotes and ampersand", "\"a\" & b", "&quot;a&quot; &amp; b" },
        { "already escaped", "&lt;", "&amp;lt;" },
        { "accents stay", "Zo\xc3\xab", "Zo\xc3\xab" },
        { "four bytes stay", "\xf0\x9f\x98\x80", "\xf0\x9f\x98\x80" },
        { "stray byte", "a\xff<", "a\xef\xbf\xbd&lt;" },
        { "overlong less-than", "\xc0\xbc", "\xef\xbf\xbd\xef\xbf\xbd" },
        { "half a character at the end", "a\xc3", "a\xef\xbf\xbd" },
        { "control character",
                "a\x01"
                "b\x7f",
                "a\xef\xbf\xbd"
                "b\xef\xbf\xbd" },
        { "line ends and tabs stay", "a\r\n\tb", "a\r\n\tb" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct arena arena = { 0 };
        struct html html = html_make(&arena);
        struct err err = { 0 };
        const char *text;

        html_put(&html, rows[i].text);
        html_raw(&html, "|", 1);
        html_put_attribute(&html, rows[i].text);
        CHECK_OK(rows[i].row, html_end(&html, &text, NULL, &err), &err);
        CHECK_TEXT(rows[i].row, text,
                arena_printf(&arena, "%s|%s", rows[i].want, rows[i].want));
        arena_free(&arena);
    }
}

static void every_byte_of_ascii_stays_or_is_replaced(void **state)
{
    (void)state;
    for (int c = 1; c < 0x80; c++) {
        struct arena arena = { 0 };
        struct html html = html_make(&arena);
        struct err err = { 0 };
        const char byte[] = { (char)c, '\0' };
        bool stays = (c >= 0x20 && c < 0x7f && strchr("&<>\"'", c) == NULL) || c == '\t' ||
                     c == '\n' || c == '\r';
        const char *text;

        html_put(&html, &byte[0]);
        CHECK_OK("end", html_end(&html, &text, NULL, &err), &err);
        CHECK_INT(byte, strcmp(text, byte) == 0, stays);
        arena_free(&arena);
    }
}

static void each_type_is_written_in_its_own_way(void **state)
{
    struct arena arena = { 0 };
    struct html html = html_make(&arena);
    struct err err = { 0 };
    const char *text;

    (void)state;
    html_put(&html, -7);
    html_put(&html, (int64_t)9000000000);
    html_put(&html, (size_t)3);
    html_put(&html, ((struct html_milli){ 4500 }));
    html_put(&html, ((struct html_safe){ "<b>x</b>", 8 }));
    html_put_address(&html, (struct url){ "/a?b=1&c=2" });
    CHECK_OK("end", html_end(&html, &text, NULL, &err), &err);
    CHECK_TEXT("text", text, "-7900000000034.5<b>x</b>/a?b=1&amp;c=2");
    CHECK_TRUE("nought is no", !html_is(0) && html_is(-1) && !html_is((size_t)0));
    CHECK_TRUE("empty is no", !html_is("") && html_is("a") && !html_is((const char *)NULL));
    CHECK_TRUE("no address is no",
            !html_is((struct url){ NULL }) && html_is((struct url){ "/" }));
    arena_free(&arena);
}

static void a_lost_address_or_memory_makes_the_page_fail(void **state)
{
    struct arena arena = { 0 };
    struct html html = html_make(&arena);
    struct err err = { 0 };
    const char *text = NULL;

    (void)state;
    html_put_address(&html, (struct url){ NULL });
    CHECK_INT("lost", html_end(&html, &text, NULL, &err), ERR_MEMORY);
    html = html_make(&arena);
    arena_fault(0, 1);
    html_put(&html, "a");
    arena_fault(-1, 0);
    html_put(&html, "b");
    CHECK_INT("memory", html_end(&html, &text, NULL, &err), ERR_MEMORY);
    CHECK_TRUE("no text", text == NULL);
    arena_free(&arena);
}

static void addresses_encode_what_varies(void **state)
{
    struct arena arena = { 0 };
    struct url report = url_report(&arena, "value-added");
    struct url with =
            url_with(&arena, url_with(&arena, report, "group", "5 B/\xc3\xa9&x"), "by", "sen");
    struct arena *a = &arena;

    (void)state;
    CHECK_TEXT("pupil", url_pupil(a, 17).text, "/pupils/17");
    CHECK_TEXT("under", url_under(a, url_home(), "a/../b").text, "/a%2F..%2Fb");
    CHECK_TEXT("with", with.text, "/reports/value-added?group=5%20B%2F%C3%A9%26x&by=sen");
    CHECK_TEXT("nothing to add", url_with(a, report, "by", "").text, "/reports/value-added");
    CHECK_TEXT("twin", url_twin(a, with, "csv").text,
            "/reports/value-added.csv?group=5%20B%2F%C3%A9%26x&by=sen");
    CHECK_TEXT("place", url_place(a, with, "p 7").text,
            "/reports/value-added?group=5%20B%2F%C3%A9%26x&by=sen#p%207");
    CHECK_TEXT("query before place", url_with(a, url_place(a, report, "t"), "by", "sen").text,
            "/reports/value-added?by=sen#t");
    arena_fault(0, 1);
    CHECK_TRUE("memory",
            url_pupil(a, 1).text == NULL && url_twin(a, report, "csv").text == NULL);
    arena_fault(-1, 0);
    arena_free(&arena);
}

static void only_own_paths_are_taken_from_outside(void **state)
{
    static const struct {
        const char *row;
        const char *text;
        bool own;
    } rows[] = {
        { "path", "/pupils/7?by=sen", true },
        { "home", "/", true },
        { "other host", "https://evil.example/", false },
        { "other host without scheme", "//evil.example/", false },
        { "backslash", "/\\evil.example", false },
        { "script", "javascript:f()", false },
        { "line end", "/a\r\nSet-Cookie: b", false },
        { "tab", "/\t/evil.example", false },
        { "empty", "", false },
        { "nothing", NULL, false },
    };
    struct url url;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        CHECK_INT(rows[i].row, url_own(rows[i].text, &url), rows[i].own);
}

TESTS(TEST(every_value_is_escaped_for_text_and_attributes),
        TEST(every_byte_of_ascii_stays_or_is_replaced),
        TEST(each_type_is_written_in_its_own_way),
        TEST(a_lost_address_or_memory_makes_the_page_fail), TEST(addresses_encode_what_varies),
        TEST(only_own_paths_are_taken_from_outside))
