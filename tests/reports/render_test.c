#include "reports/render/render.h"

#include "base/text.h"
#include "check.h"
#include "golden.h"
#include "reports/render/html.h"
#include "sample.h"
#include "syntax.h"

static const struct render_options made = { .width = 100,
    .made = "Made on Friday 27 March 2026 for Mr D. Whitlock." };

static const char *rendered(struct arena *arena, const struct report *report,
        enum render_format format, const struct render_options *options, size_t *ret_n)
{
    const char *text = NULL;
    struct err err = { 0 };

    CHECK_OK("render", render(report, format, options, arena, &text, ret_n, &err), &err);
    return text;
}

static void a_report_is_written_as_its_golden_file(void **state)
{
    static const struct {
        const char *file;
        enum render_format format;
        struct render_options options;
        struct report *(*make)(struct arena *arena);
    } rows[] = {
        { "reports/sample.txt", RENDER_TEXT, { .width = 100, .made = "Made on 27 March 2026." },
                sample_report },
        { "reports/sample-narrow.txt", RENDER_TEXT, { .width = 60 }, sample_report },
        { "reports/sample-wide-colour.txt", RENDER_TEXT, { .colour = true }, sample_report },
        { "reports/sample.json", RENDER_JSON, { 0 }, sample_report },
        { "reports/sample.csv", RENDER_CSV, { 0 }, sample_report },
        { "reports/sample.html", RENDER_HTML, { .made = "Made on 27 March 2026." },
                sample_report },
        { "reports/empty.txt", RENDER_TEXT, { .width = 80 }, sample_empty },
        { "reports/empty.json", RENDER_JSON, { 0 }, sample_empty },
        { "reports/empty.csv", RENDER_CSV, { 0 }, sample_empty },
        { "reports/empty.html", RENDER_HTML, { 0 }, sample_empty },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct arena arena = { 0 };
        size_t n = 0;
        const char *text =
                rendered(&arena, rows[i].make(&arena), rows[i].format, &rows[i].options, &n);

        CHECK_INT(rows[i].file, strlen(text), n);
        golden_check(rows[i].file, text, n);
        arena_free(&arena);
    }
}

static void what_is_written_is_well_formed(void **state)
{
    struct report *(*const makers[])(struct arena *) = { sample_report, sample_empty };

    (void)state;
    for (size_t i = 0; i < COUNT(makers); i++) {
        struct arena arena = { 0 };
        struct report *report = makers[i](&arena);
        const char *csv = rendered(&arena, report, RENDER_CSV, NULL, NULL);

        CHECK_TEXT("JSON", syntax_json(rendered(&arena, report, RENDER_JSON, NULL, NULL)),
                NULL);
        CHECK_INT("CSV", syntax_csv(csv), report->tables->column_n);
        CHECK_TEXT("HTML", syntax_html(rendered(&arena, report, RENDER_HTML, &made, NULL)),
                NULL);
        arena_free(&arena);
    }
}

static void the_checkers_refuse_what_is_wrong(void **state)
{
    static const char *const json[] = { "", "{", "[1,]", "{\"a\" 1}", "\"a\nb\"", "01", "1.",
        "\"\\x\"", "\"\xFF\"", "nul", "[1] 2" };
    static const char *const csv[] = { "a,b\r\nc\r\n", "a\n", "\"a\r\n", "a\"b\r\n" };
    static const char *const html[] = { "<p>", "<b><i></b></i>", "<p style=\"x\"></p>",
        "<p onclick=\"x\"></p>", "<p class=x></p>", "a < b", "<p id=\"a\"></p><p id=\"a\"></p>",
        "<use href=\"#gone\"/>", "<script></script>" };

    (void)state;
    for (size_t i = 0; i < COUNT(json); i++)
        CHECK_TRUE(json[i], syntax_json(json[i]) != NULL);
    for (size_t i = 0; i < COUNT(csv); i++)
        CHECK_INT(csv[i], syntax_csv(csv[i]), -1);
    for (size_t i = 0; i < COUNT(html); i++)
        CHECK_TRUE(html[i], syntax_html(html[i]) != NULL);
}

static void figures_in_json_keep_the_contract(void **state)
{
    static const char *const parts[] = { "\"as_at\":\"2026-03-27\"", "\"basis\":\"attainment\"",
        "\"population\":{\"description\":\"Year 5, Mathematics\",\"counted\":57,\"of\":64}",
        "\"filters\":[\"Year 5\",\"Mathematics\"]",
        "{\"key\":\"gap_points\",\"label\":\"Gap\",\"type\":\"number\",\"unit\":\"points\"}",
        "{\"key\":\"percent\",\"label\":\"Share\",\"type\":\"number\",\"unit\":\"%\"}",
        "\"current_points\":17.00,\"gap_points\":-5.333,\"gap_steps\":-2,\"flag\":",
        "\"flag\":\"well-below\",\"judged_on\":\"2026-03-20\"", "\"gap_points\":12.25",
        "\"prior\":null", "\"flag\":null", "\"percent\":75.0", "\"count\":\"c\"",
        "\"significant\":false", "\"effect\":0.225", "Nobody was absent for the whole term.\"]",
        "\"rows\":[]" };
    struct arena arena = { 0 };
    const char *text = rendered(&arena, sample_report(&arena), RENDER_JSON, NULL, NULL);

    (void)state;
    for (size_t i = 0; i < COUNT(parts); i++)
        CHECK_HAS(parts[i], text, parts[i]);
    arena_free(&arena);
}

/* The longest line in columns of a terminal. */
static size_t widest(struct arena *arena, const char *text)
{
    size_t most = 0;

    while (*text != '\0') {
        size_t n = strcspn(text, "\n");
        size_t width = text_width(arena_bytes(arena, text, n));

        CHECK_TRUE("no blanks at the end of a line", n == 0 || text[n - 1] != ' ');
        most = width > most ? width : most;
        text += n + 1;
    }
    return most;
}

static void a_terminal_of_any_width_is_kept(void **state)
{
    (void)state;
    for (int width = 30; width <= 220; width += 5) {
        struct arena arena = { 0 };
        char name[20];
        struct render_options options = { .width = width };
        const char *text = rendered(&arena, sample_report(&arena), RENDER_TEXT, &options, NULL);

        (void)snprintf(name, sizeof(name), "%d columns", width);
        CHECK_TRUE(name, widest(&arena, text) <= (size_t)width);
        CHECK_HAS(name, text, "▼▼ Well below");
        arena_free(&arena);
    }
}

static void columns_without_room_are_named(void **state)
{
    struct arena arena = { 0 };
    struct render_options options = { .width = 80 };
    const char *text = rendered(&arena, sample_report(&arena), RENDER_TEXT, &options, NULL);

    (void)state;
    CHECK_HAS("quiet ones first", text, "want of width: UPN, KS1, Points, Steps, Judged on");
    options.width = 0;
    text = rendered(&arena, sample_report(&arena), RENDER_TEXT, &options, NULL);
    CHECK_TRUE("all where there is room", strstr(text, "want of width") == NULL);
    CHECK_HAS("all where there is room", text, "F806400120001");
    arena_free(&arena);
}

static void a_name_cannot_command_the_terminal(void **state)
{
    struct arena arena = { 0 };
    const char *text = rendered(&arena, sample_report(&arena), RENDER_TEXT, NULL, NULL);
    struct render_options colour = { .colour = true };

    (void)state;
    CHECK_TRUE("no escape without colour", strchr(text, '\033') == NULL);
    text = rendered(&arena, sample_report(&arena), RENDER_TEXT, &colour, NULL);
    CHECK_HAS("colour has words beside it", text, "\033[1;31m▼▼ Well below");
    CHECK_TRUE("nor with colour", strstr(text, "Ann, \033") == NULL);
    arena_free(&arena);
}

static void very_long_names_are_shortened_in_a_terminal_only(void **state)
{
    enum {
        LONG = 5000
    };
    static char name[LONG + 1];
    static const struct column columns[] = { { .key = "name", .label = "Name" },
        { .key = "mark", .label = "Mark", .type = COLUMN_INTEGER } };
    struct arena arena = { 0 };
    struct report *report = report_make(&arena, "x");
    struct table *table = report_table(report, "t", "T", columns, 2);
    struct row *row = table_row(report, table);
    struct render_options options = { .width = 60 };
    const char *text;

    (void)state;
    memset(name, 'm', LONG);
    cell_text(report, row, 0, name);
    cell_number(row, 1, 7000);
    text = rendered(&arena, report, RENDER_TEXT, &options, NULL);
    CHECK_TRUE("shortened", widest(&arena, text) <= 60 && strlen(text) < 1000);
    CHECK_HAS("says so", text, "…");
    CHECK_HAS("JSON", rendered(&arena, report, RENDER_JSON, NULL, NULL), name);
    CHECK_HAS("CSV", rendered(&arena, report, RENDER_CSV, NULL, NULL), name);
    CHECK_HAS("HTML", rendered(&arena, report, RENDER_HTML, NULL, NULL), name);
    arena_free(&arena);
}

static void a_report_without_tables_is_still_a_report(void **state)
{
    struct arena arena = { 0 };
    struct report *report = report_make(&arena, "x");

    (void)state;
    report_caution(report, "Nothing was asked for.");
    CHECK_TEXT("CSV", rendered(&arena, report, RENDER_CSV, NULL, NULL), "");
    CHECK_TEXT("JSON", syntax_json(rendered(&arena, report, RENDER_JSON, NULL, NULL)), NULL);
    CHECK_TEXT("HTML", syntax_html(rendered(&arena, report, RENDER_HTML, NULL, NULL)), NULL);
    CHECK_HAS("text", rendered(&arena, report, RENDER_TEXT, NULL, NULL), "Nothing was asked");
    arena_free(&arena);
}

static void charts_bear_odd_figures(void **state)
{
    static const char *const kinds[] = { "line", "bar", "stacked" };
    static const char *const roles[] = { "line", "band-low", "band-high", "points", "target",
        "start", "bar", "well-above" };
    struct arena arena = { 0 };
    struct report *report = report_make(&arena, "x");
    struct chart *chart;

    (void)state;
    for (size_t k = 0; k < COUNT(kinds); k++)
        for (int n = 0; n < 3; n++) {
            chart = report_chart(report, "c", "C", kinds[k], "Odd figures.");
            for (size_t r = 0; r < COUNT(roles); r++) {
                struct chart_series *series = chart_series(report, chart, "S", roles[r]);

                for (int p = 0; p < n; p++)
                    chart_flagged(report, series, 0, (int64_t)-5000 * p, NULL,
                            (enum flag)((int)r % FLAG__MAX));
            }
        }
    CHECK_TEXT("HTML", syntax_html(rendered(&arena, report, RENDER_HTML, NULL, NULL)), NULL);
    CHECK_TEXT("JSON", syntax_json(rendered(&arena, report, RENDER_JSON, NULL, NULL)), NULL);
    arena_free(&arena);
}

static const char *fragment(struct arena *arena, const struct html_options *options)
{
    struct buf buf = buf_make(arena, BUF_MAX_PAGE);
    const char *text = NULL;
    struct err err = { 0 };

    html_symbols(&buf);
    html_fragment(&buf, sample_report(arena), options);
    html_foot(&buf, sample_report(arena), options);
    CHECK_OK("fragment", buf_end(&buf, &text, NULL, &err), &err);
    return text;
}

static void a_fragment_has_the_parts_it_is_asked_for(void **state)
{
    struct arena arena = { 0 };
    struct html_options options = { 0 };
    const char *text = fragment(&arena, &options);

    (void)state;
    CHECK_TEXT("well formed", syntax_html(text), NULL);
    CHECK_TRUE("no heading", strstr(text, "<h1>") == NULL);
    CHECK_TRUE("no filters", strstr(text, "This report counts") == NULL);
    CHECK_TRUE("no links", strstr(text, "<a href") == NULL);
    options = (struct html_options){ .heading = true,
        .filters = true,
        .links = true,
        .id = "p",
        .made = "Made today." };
    text = fragment(&arena, &options);
    CHECK_TEXT("well formed", syntax_html(text), NULL);
    CHECK_HAS("heading", text, "<h1>Year 5 mathematics");
    CHECK_HAS("filters", text, "This report counts");
    CHECK_HAS("row link", text, "<a href=\"/pupils/1\"><b>Jarvis</b>, Megan</a>");
    CHECK_TRUE("no link out of the school", strstr(text, "elsewhere") == NULL);
    CHECK_HAS("its own ids", text, "id=\"pc0-t\"");
    CHECK_HAS("foot", text, "Made today. Seen by: the mathematics leader");
    CHECK_HAS("a name stays a name", text, "<b>O&#39;Shea&lt;script&gt;</b>");
    arena_free(&arena);
}

static void formats_are_known_by_name(void **state)
{
    static const struct {
        const char *name, *media;
        enum render_format format;
    } rows[] = {
        { "text", "text/plain; charset=utf-8", RENDER_TEXT },
        { "json", "application/json", RENDER_JSON },
        { "csv", "text/csv; charset=utf-8", RENDER_CSV },
        { "HTML", "text/html; charset=utf-8", RENDER_HTML },
    };
    enum render_format format = RENDER__MAX;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        CHECK_TRUE(rows[i].name, render_format_parse(rows[i].name, &format));
        CHECK_INT(rows[i].name, format, rows[i].format);
        CHECK_TEXT(rows[i].name, render_media_type(format), rows[i].media);
    }
    format = RENDER__MAX;
    CHECK_TRUE("unknown", !render_format_parse("rtf", &format));
    CHECK_INT("untouched", format, RENDER__MAX);
}

static void fail_each(enum render_format format, int keep)
{
    struct arena kept = { 0 };
    const struct report *report = sample_report(&kept);
    long n = 0;

    for (;; n++) {
        struct arena arena = { 0 };
        const char *text = NULL;
        struct err err = { 0 };
        enum err_code code;

        arena_fault(n, keep);
        code = render(report, format, &made, &arena, &text, NULL, &err);
        arena_free(&arena);
        if (!arena_fault_fired()) {
            CHECK_INT("unharmed", code, ERR_OK);
            break;
        }
        CHECK_INT("reported", code, ERR_MEMORY);
        CHECK_INT("told", err.code, ERR_MEMORY);
        CHECK_TRUE("output untouched", text == NULL);
    }
    arena_fault(-1, 0);
    CHECK_TRUE("some allocation was made to fail", n > 1);
    arena_free(&kept);
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    for (int format = 0; format < RENDER__MAX; format++) {
        fail_each((enum render_format)format, 0);
        fail_each((enum render_format)format, 1);
    }
}

TESTS(TEST(a_report_is_written_as_its_golden_file), TEST(what_is_written_is_well_formed),
        TEST(the_checkers_refuse_what_is_wrong), TEST(figures_in_json_keep_the_contract),
        TEST(a_terminal_of_any_width_is_kept), TEST(columns_without_room_are_named),
        TEST(a_name_cannot_command_the_terminal),
        TEST(very_long_names_are_shortened_in_a_terminal_only),
        TEST(a_report_without_tables_is_still_a_report), TEST(charts_bear_odd_figures),
        TEST(a_fragment_has_the_parts_it_is_asked_for), TEST(formats_are_known_by_name),
        TEST(every_allocation_may_fail))
