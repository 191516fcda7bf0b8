/*
 * The template compiler's own test set. The compiler is a tool of the build and no library,
 * so its sources are included here.
 */
#include "../../tools/template.c"
#include "../../tools/template_html.c"

#include "check.h"

static const char *const head = "{{view struct v from \"v.h\"}}\n";

static enum err_code compile_text(const char *body, struct arena *arena,
        struct template_output *ret_output, struct err *err)
{
    const char *text = arena_printf(arena, "%s%s", head, body);
    const struct template_source sources[] = {
        { "pages/page.html", text },
        { "pages/sign.html", "{{view none}}\n<i>s</i>\n" },
        { "pages/row.html", "{{view struct row from \"row.h\"}}\n<b>{{name}}</b>\n" },
        { "pages/frame.html",
                "{{view struct frame from \"frame.h\"}}\n<main>{{slot}}</main>\n" },
    };

    return template_compile(sources, COUNT(sources), "pages.h", arena, ret_output, err);
}

static void every_unsafe_place_is_refused_with_its_line_and_element(void **state)
{
    static const struct {
        const char *row;
        const char *body;
        const char *element;
        const char *reason;
    } rows[] = {
        { "unquoted address", "<a href={{x}}>a</a>", "<a>", "without quotes" },
        { "unquoted attribute", "<p class={{x}}>a</p>", "<p>", "without quotes" },
        { "literal without quotes", "<p class=a>a</p>", "<p>", "not in quotes" },
        { "script", "<script>var a=\"{{x}}\"</script>", "<script>", "blocked" },
        { "value alone in script", "<script>{{x}}</script>", "<script>", "in <script>" },
        { "style element", "<style>p{}</style>", "<style>", "blocked" },
        { "handler", "<p onclick=\"f({{x}})\">a</p>", "<p>", "onclick=" },
        { "handler in capitals", "<p ONCLICK=\"f()\">a</p>", "<p>", "ONCLICK=" },
        { "literal handler", "<p onclick=\"f()\">a</p>", "<p>", "onclick=" },
        { "style attribute", "<p style=\"{{x}}\">a</p>", "<p>", "style=" },
        { "tag name", "<{{x}}>", "the page", "name of an element" },
        { "part of a tag name", "<h{{x}}>", "<h>", "name of an element" },
        { "end tag name", "<p>a</{{x}}>", "<p>", "name of an element" },
        { "comment", "<!-- {{x}} -->", "the page", "comment" },
        { "attribute name", "<p {{x}}=\"1\">a</p>", "<p>", "name of an attribute" },
        { "behind an attribute name", "<p a{{x}}=\"1\">a</p>", "<p>", "name of an attribute" },
        { "ends inside a tag", "<p class=\"a", "<p>", "ends inside" },
        { "unclosed element", "<div><p>a</p>", "<div>", "not closed" },
        { "wrong end tag", "<div><p>a</div></p>", "<p>", "</p> is due" },
        { "end tag of nothing", "a</p>", "the page", "closes nothing" },
        { "second value in an address", "<a href=\"{{x}}/{{y}}\">a</a>", "<a>",
                "whole address" },
        { "value behind a literal address", "<a href=\"/p/{{x}}\">a</a>", "<a>",
                "whole address" },
        { "script address", "<a href=\"javascript:{{x}}\">a</a>", "<a>", "whole address" },
        { "literal script address", "<a href=\"javascript:f()\">a</a>", "<a>", "function" },
        { "literal own address", "<a href=\"/pupils\">a</a>", "<a>", "function" },
        { "outside picture", "<img src=\"https://x.example/a.png\" alt=\"\">", "<img>",
                "function" },
        { "srcset", "<img srcset=\"{{x}}\" alt=\"\">", "<img>", "srcset=" },
        { "frame", "<iframe src=\"{{x}}\"></iframe>", "<iframe>", "blocks" },
        { "animation", "<svg><set to=\"{{x}}\"/></svg>", "<set>", "blocks" },
        { "refresh", "<meta content=\"{{x}}\">", "<meta>", "content" },
        { "element in title", "<title><b>a</b></title>", "<b>", "may stand in" },
        { "stray less-than", "a < b", "the page", "&lt;" },
        { "self-closing outside SVG", "<div/>", "<div>", "only in SVG" },
        { "one branch opens", "{{#if x}}<p>{{/if}}", "<p>", "one way only" },
        { "branches differ", "{{#if x}}<p>{{else}}<b>{{/if}}</p>", "<b>", "one way" },
        { "block into an attribute", "<p {{#if x}}class=\"{{/if}}\">a</p>", "<p>",
                "different" },
        { "address begun on one way", "<a href=\"{{#if x}}#{{/if}}{{y}}\">a</a>", "<a>",
                "same way" },
        { "no space before a block's attribute", "<p{{#if x}}class=\"a\"{{/if}}>a</p>", "<p>",
                "space is missing" },
        { "block in a comment", "<!-- {{#if x}} -->", "the page", "block" },
        { "block not closed", "{{#if x}}a", "the page", "not closed" },
        { "wrong block closed", "{{#if x}}a{{/each}}", "the page", "closes nothing" },
        { "else without if", "{{else}}", "the page", "no {{#if}}" },
        { "not a name", "{{a b}}", "the page", "name of a field" },
        { "code", "{{f(x)}}", "the page", "name of a field" },
        { "empty", "{{}}", "the page", "empty" },
        { "open braces", "{{x", "the page", "without }}" },
        { "loop without name", "{{#each rows}}a{{/each}}", "the page", "as item" },
        { "loop name used twice", "{{#each a as r}}{{#each b as r}}{{/each}}{{/each}}",
                "the page", "outer loop" },
        { "unknown partial", "{{>nothing}}", "the page", "no template" },
        { "partial that needs data", "{{>row}}", "the page", "needs something" },
        { "partial without data given some", "{{>sign x}}", "the page", "draws nothing" },
        { "partial in a tag", "<p {{>sign}}>a</p>", "<p>", "between elements" },
        { "form without its token", "<form method=\"post\" action=\"{{x}}\"></form>",
                "the page", "csrf_token" },
        { "form with its token on one way only",
                "<form method=\"post\">{{#if x}}<input name=\"csrf_token\">{{/if}}</form>",
                "the page", "csrf_token" },
        { "form in a form", "<form><form></form></form>", "<form>", "in a form" },
        { "partial in a script", "<script>{{>sign}}</script>", "<script>", "between elements" },
        { "slot in a script", "<script>{{slot}}</script>", "<script>", "between elements" },
        { "plain text element", "<xmp>{{x}}</xmp>", "<xmp>", "blocks" },
        { "wrapping template as partial", "{{>frame x}}", "the page", "use {{#wrap}}" },
        { "wrap of a template without slot", "{{#wrap row x}}{{/wrap}}", "the page",
                "no {{slot}}" },
        { "second declaration", "{{view none}}", "the page", "stands first" },
        { "slot in a block", "{{#if x}}{{slot}}{{/if}}", "the page", "one {{slot}}" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct arena arena = { 0 };
        struct template_output output = { 0 };
        struct err err = { 0 };
        char element[64];
        const char *body = arena_printf(&arena, "one\n%s\n", rows[i].body);

        CHECK_INT(rows[i].row, compile_text(body, &arena, &output, &err), ERR_INVALID);
        CHECK_HAS(rows[i].row, err.message, rows[i].reason);
        (void)snprintf(element, sizeof(element), "in <%s>",
                rows[i].element[0] == '<' ? "" : rows[i].element);
        if (rows[i].element[0] == '<')
            (void)snprintf(element, sizeof(element), "in %s", rows[i].element);
        CHECK_HAS(rows[i].row, err.message, element);
        CHECK_TEXT(rows[i].row, err.file, "pages/page.html");
        CHECK_TRUE(rows[i].row, err.row >= 3 && err.row <= 4);
        CHECK_TRUE(rows[i].row, output.source == NULL);
        arena_free(&arena);
    }
}

static void what_may_stand_compiles_to_the_call_for_its_place(void **state)
{
    static const struct {
        const char *row;
        const char *body;
        const char *want;
    } rows[] = {
        { "text", "<p>{{name}}</p>", "html_put(out, view->name);" },
        { "quoted attribute", "<p title=\"a {{name}}\">a</p>",
                "html_put_attribute(out, view->name);" },
        { "single quotes", "<p title='{{name}}'>a</p>",
                "html_put_attribute(out, view->name);" },
        { "address", "<a href=\"{{link}}\">a</a>", "html_put_address(out, view->link);" },
        { "action", "<form action=\"{{link}}\"></form>", "html_put_address(out, view->link);" },
        { "form with its token",
                "<form method=\"post\" action=\"{{a}}\"><input name=\"csrf_token\" "
                "value=\"{{t}}\"></form><form action=\"{{b}}\"></form>",
                "html_put_attribute(out, view->t);" },
        { "script file", "<script src=\"{{js}}\" defer></script>",
                "html_put_address(out, view->js);" },
        { "place in the page", "<a href=\"#p{{id}}\">a</a>",
                "html_put_attribute(out, view->id);" },
        { "SVG sign", "<svg><use href=\"#s-{{sign}}\"/></svg>",
                "html_put_attribute(out, view->sign);" },
        { "nested field", "{{a.b}}", "html_put(out, view->a.b);" },
        { "pointer field", "{{a->b}}", "html_put(out, view->a->b);" },
        { "condition", "{{#if on}}a{{/if}}", "if (html_is(view->on)) {" },
        { "negative condition", "{{#if !on}}a{{/if}}", "if (!html_is(view->on)) {" },
        { "attribute in a condition", "<p{{#if on}} class=\"a\"{{/if}}>a</p>",
                "if (html_is(view->on)) {" },
        { "loop", "{{#each rows as r}}{{r.name}}{{/each}}", "html_put(out, r->name);" },
        { "loop over texts", "{{#each names as n}}{{n}}{{/each}}", "html_put(out, (*n));" },
        { "loop's items", "{{#each rows as r}}a{{/each}}", "= &view->rows[i1];" },
        { "partial", "{{>sign}}", "page_sign(out);" },
        { "partial with data", "{{>row best}}", "page_row(out, &view->best);" },
        { "partial with a loop's item", "{{#each rows as r}}{{>row r}}{{/each}}",
                "page_row(out, &(*r));" },
        { "wrap", "{{#wrap frame f}}a{{/wrap}}", "page_frame_open(out, &view->f);" },
        { "unwrap", "{{#wrap frame f}}a{{/wrap}}", "page_frame_close(out, &view->f);" },
        { "title", "<title>{{name}}</title>", "html_put(out, view->name);" },
        { "open web", "<a href=\"https://www.gov.uk/\">a</a>", "https://www.gov.uk/" },
        { "quote in a literal", "<p title='\"?'>\\</p>", "'\\\"\\?'>\\\\</p>" },
        { "comment is left out", "a<!-- secret -->b", "\"ab\\n\"" },
        { "line of the template", "{{name}}", "#line 2 \"pages/page.html\"" },
        { "space shrinks", "<p>\n\n   a</p>", "<p>\\na</p>" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct arena arena = { 0 };
        struct template_output output = { 0 };
        struct err err = { 0 };
        const char *body = arena_printf(&arena, "%s\n", rows[i].body);

        CHECK_OK(rows[i].row, compile_text(body, &arena, &output, &err), &err);
        CHECK_HAS(rows[i].row, output.source, rows[i].want);
        CHECK_HAS(rows[i].row, output.source,
                "void page_page(struct html *out, const struct v *view)");
        CHECK_HAS(rows[i].row, output.header, "void page_sign(struct html *out);");
        arena_free(&arena);
    }
}

static void a_template_must_declare_what_it_draws(void **state)
{
    static const struct {
        const char *row;
        const char *text;
    } rows[] = {
        { "nothing", "<p>a</p>\n" },
        { "empty", "" },
        { "no header", "{{view struct v}}\na\n" },
        { "text on the line", "{{view none}} a\n" },
        { "unclosed", "{{view struct v from \"v.h\n\"}}\n" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct template_source source = { "pages/page.html", rows[i].text };
        struct arena arena = { 0 };
        struct template_output output;
        struct err err = { 0 };

        CHECK_INT(rows[i].row, template_compile(&source, 1, "pages.h", &arena, &output, &err),
                ERR_INVALID);
        CHECK_HAS(rows[i].row, err.message, "begins with {{view");
        arena_free(&arena);
    }
}

static void memory_that_runs_out_is_an_error_and_no_half_output(void **state)
{
    bool done = false;

    (void)state;
    for (int keep = 0; keep < 2; keep++) {
        done = false;
        for (long n = 0; !done && n < 500; n++) {
            const struct template_source source = { "page.html",
                "{{view struct v from \"v.h\"}}\n<p>{{a}}{{#if b}}c{{/if}}</p>\n" };
            struct arena arena = { 0 };
            struct template_output output = { 0 };
            struct err err = { 0 };
            enum err_code code;

            arena_fault(n, keep);
            code = template_compile(&source, 1, "pages.h", &arena, &output, &err);
            done = !arena_fault_fired();
            arena_fault(-1, 0);
            CHECK_INT("code", code, done ? ERR_OK : ERR_MEMORY);
            CHECK_TRUE("output", done == (output.source != NULL));
            arena_free(&arena);
        }
        CHECK_TRUE("it ends", done);
    }
}

TESTS(TEST(every_unsafe_place_is_refused_with_its_line_and_element),
        TEST(what_may_stand_compiles_to_the_call_for_its_place),
        TEST(a_template_must_declare_what_it_draws),
        TEST(memory_that_runs_out_is_an_error_and_no_half_output))
