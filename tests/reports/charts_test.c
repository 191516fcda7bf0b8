#include "reports/render/html.h"

#include <math.h>

#include "base/text.h"
#include "check.h"
#include "kinds.h"
#include "reports/render/render.h"
#include "syntax.h"

static const char *page(struct arena *arena, const struct report *report, bool links)
{
    struct html_options options = { .id = "r", .links = links };
    struct buf buf = buf_make(arena, BUF_MAX_PAGE);
    const char *text = NULL;
    struct err err = { 0 };

    html_symbols(&buf);
    html_fragment(&buf, report, &options);
    CHECK_OK("fragment", buf_end(&buf, &text, NULL, &err), &err);
    return text;
}

/* The number behind `before`, from *at on; *at steps behind it. */
static double number_behind(const char **at, const char *before)
{
    const char *found = strstr(*at, before);

    CHECK_TRUE(before, found != NULL);
    *at = found + strlen(before);
    return strtod(*at, NULL);
}

static void every_chart_has_its_names_and_figures(void **state)
{
    struct arena arena = { 0 };
    const char *text = page(&arena, kinds_report(&arena), true);
    size_t titles = 0;
    size_t tables = 0;

    (void)state;
    CHECK_TEXT("well formed", syntax_html(text), NULL);
    for (const char *at = text; (at = strstr(at, "</title><desc id=")) != NULL; at++)
        titles++;
    for (const char *at = text; (at = strstr(at, "The same as a table")) != NULL; at++)
        tables++;
    CHECK_INT("title and description", titles, 8);
    CHECK_INT("table", tables, 8);
    arena_free(&arena);
}

/* Values from 15 to 39: the axis goes in fives from 15 to 40, 94 percent of the width from 3.
 */
static void boxes_stand_where_their_figures_are(void **state)
{
    struct arena arena = { 0 };
    const char *at = page(&arena, kinds_report(&arena), false);

    (void)state;
    at = strstr(at, ">Set 1 (24 pupils)<");
    CHECK_TRUE("row", at != NULL);
    CHECK_INT("low", 100 * number_behind(&at, "<line class=\"axis\" x1=\""),
            (int)round(300 + 9400 * 4 / 25.0));
    CHECK_INT("lower quartile", 100 * number_behind(&at, "<rect class=\"corridor edge\" x=\""),
            (int)round(300 + 9400 * 10 / 25.0));
    CHECK_INT("quartile to quartile", 100 * number_behind(&at, "width=\""),
            (int)round(9400 * 5 / 25.0));
    CHECK_INT("median", 100 * number_behind(&at, "<line class=\"path\" x1=\""),
            (int)round(300 + 9400 * 12 / 25.0));
    CHECK_HAS("its figure", at, ">27<");
    at = strstr(at, ">Set 3 (4 pupils)<");
    CHECK_TRUE("row", at != NULL);
    for (size_t i = 0; i < 4; i++) {
        static const double values[] = { 17, 19, 19, 25 };

        CHECK_INT("dot", 100 * number_behind(&at, "<svg class=\"o\" x=\"") + 0.5,
                (int)round(300 + 9400 * (values[i] - 15) / 25.0));
        CHECK_INT("equal ones stand apart", number_behind(&at, "cy=\""), i == 2 ? -6 : 0);
    }
    CHECK_HAS("figures", at, "17, 19, 19, 25");
    arena_free(&arena);
}

/* Six on one place: the whole radius whose square is nearest to 6 x 4 x 4 = 96 is 10. */
static void what_falls_together_is_counted(void **state)
{
    struct arena arena = { 0 };
    const char *text = page(&arena, kinds_report(&arena), false);
    const char *at = strstr(text, "; Pupil &lt;4&gt;");

    (void)state;
    CHECK_TRUE("names", at != NULL);
    CHECK_INT("radius", number_behind(&at, "r=\""), 10);
    CHECK_HAS("the number is written", at, ">6</text>");
    CHECK_HAS("a line to compare with", text, ">no progress</text>");
    CHECK_HAS("what is across", text, ">Points at KS1</text>");
    CHECK_HAS("what is up", text, ">Points now</text>");
    CHECK_HAS("figures", text, "Pupil &lt;10&gt;</th><td class=\"num\">21</td>");
    arena_free(&arena);
}

static void a_matrix_writes_its_counts(void **state)
{
    struct arena arena = { 0 };
    const char *text = page(&arena, kinds_report(&arena), true);
    const char *at = strstr(text, "href=\"/cell/4/2\"");

    (void)state;
    CHECK_TRUE("cell", at != NULL);
    CHECK_HAS("column in the middle", at, "x=\"62.50%\"");
    CHECK_HAS("count and sign", at, "#s-above\"");
    CHECK_HAS("count", at, ">17</text>");
    CHECK_TRUE("no link for nobody", strstr(text, "/cell/0/1") == NULL);
    CHECK_HAS("a word for the colour", text, "<span class=\"vh\">");
    text = page(&arena, kinds_report(&arena), false);
    CHECK_TRUE("links only where wanted", strstr(text, "/cell/") == NULL);
    arena_free(&arena);
}

/* Most pupils first; 7 each: one set before two, then the lower mask; outside all last. */
static void combinations_stand_by_size(void **state)
{
    static const int order[] = { 8, 1, 2, 3, 9, 16, 4, 24, 7, 31, 0 };
    struct arena arena = { 0 };
    const char *at = page(&arena, kinds_report(&arena), true);

    (void)state;
    at = strstr(at, "<b>E</b> Booster");
    CHECK_TRUE("upset", at != NULL);
    for (size_t i = 0; i < COUNT(order); i++) {
        CHECK_INT("place in the drawing", number_behind(&at, "href=\"/region/"), order[i]);
        if (order[i] == 24) {
            /* D and E of five: joined dots in the fourth and fifth column of 40 percent. */
            CHECK_INT("joined from", number_behind(&at, "<line class=\"path\" x1=\""), 28);
            CHECK_INT("to", number_behind(&at, "x2=\""), 36);
        }
    }
    for (size_t i = 0; i < COUNT(order); i++)
        CHECK_INT("place in the table", number_behind(&at, "href=\"/region/"), order[i]);
    arena_free(&arena);
}

/* Of 32 combinations 24 rows are drawn, the last of them outside all sets, though it is small.
 */
static void those_outside_all_sets_are_always_drawn(void **state)
{
    static const char *const names[] = { "a", "b", "c", "d", "e" };
    struct arena arena = { 0 };
    struct report *report = report_make(&arena, "x");
    int counts[32];
    const char *at;

    (void)state;
    for (int mask = 0; mask < 32; mask++)
        counts[mask] = mask == 0 ? 1 : 100 - mask;
    (void)kinds_sets(report, "upset", counts, names, 5);
    at = strstr(page(&arena, report, true), "class=\"bars\"");
    CHECK_TRUE("drawn", at != NULL);
    for (int i = 1; i <= 24; i++)
        CHECK_INT("row", number_behind(&at, "href=\"/region/"), i == 24 ? 0 : i);
    CHECK_HAS("says so", at, "The 24 largest of 32 combinations");
    arena_free(&arena);
}

/* Areas of the circles as drawn, against the sizes: 30 and 58, 18 of them in both. */
static void two_circles_are_drawn_to_area(void **state)
{
    static const char *const names[] = { "A", "B" };
    static const int counts[] = { 7, 12, 40, 18 };
    struct arena arena = { 0 };
    struct report *report = report_make(&arena, "x");
    const char *at;
    double x[2], r[2], d, lens, along;

    (void)state;
    (void)kinds_sets(report, "venn", counts, names, 2);
    at = strstr(page(&arena, report, true), "class=\"venn\"");
    CHECK_TRUE("drawn", at != NULL);
    for (int i = 0; i < 2; i++) {
        x[i] = number_behind(&at, "cx=\"");
        r[i] = number_behind(&at, "r=\"");
    }
    CHECK_INT("sizes", 100 * (r[1] * r[1]) / (r[0] * r[0]) + 0.5, 193);
    d = x[1] - x[0];
    along = (d * d + r[0] * r[0] - r[1] * r[1]) / (2 * d);
    lens = r[0] * r[0] * acos(along / r[0]) + r[1] * r[1] * acos((d - along) / r[1]) -
           d * sqrt(r[0] * r[0] - along * along);
    CHECK_INT("shared", 100 * lens / (3.14159265 * r[0] * r[0]) + 0.5, 60);
    CHECK_HAS("says so", at, "drawn to area; the box is not");
    CHECK_HAS("each opens its names", at, "href=\"/region/3\" aria-label=\"Part 3: 18\"");
    CHECK_HAS("outside", at, ">7</tspan> in none");
    arena_free(&arena);
}

static void what_circles_cannot_show_is_said(void **state)
{
    static const char *const names[] = { "A", "B", "A name that is too long to stand here" };
    static const int never[] = { 0, 0, 0, 10, 0, 10, 10, 0 };
    static const int fits[] = { 6, 150, 60, 25, 90, 40, 22, 14 };
    static const int nobody[8] = { 5 };
    struct arena arena = { 0 };
    struct report *report = report_make(&arena, "x");
    const char *text;

    (void)state;
    (void)kinds_sets(report, "venn", never, names, 3);
    text = page(&arena, report, true);
    CHECK_HAS("not to scale", text, "The areas are not to scale");
    for (unsigned mask = 1; mask < 8; mask++) {
        char link[40];

        (void)snprintf(link, sizeof(link), "href=\"/region/%u\"", mask);
        CHECK_INT("all with pupils are there", strstr(text, link) != NULL, never[mask] > 0);
    }
    CHECK_HAS("long names have a letter", text, "<b>C</b> A name that is too long");
    report = report_make(&arena, "x");
    (void)kinds_sets(report, "venn", fits, names, 3);
    CHECK_HAS("to scale", page(&arena, report, true), "to within 2% of all they hold");
    report = report_make(&arena, "x");
    (void)kinds_sets(report, "venn", nobody, names, 3);
    text = page(&arena, report, true);
    CHECK_TEXT("nobody", syntax_html(text), NULL);
    CHECK_HAS("nobody", text, ">5</tspan> in none");
    arena_free(&arena);
}

static void a_link_leads_nowhere_else(void **state)
{
    static const char *const names[] = { "A", "B" };
    static const int counts[] = { 7, 12, 40, 18 };
    static const char *const links[] = { "//elsewhere.example", "https://elsewhere.example",
        "javascript:alert(1)", "/\\elsewhere", "/ok\"><script>" };
    struct arena arena = { 0 };

    (void)state;
    for (size_t i = 0; i < COUNT(links); i++) {
        struct report *report = report_make(&arena, "x");
        struct chart *chart = kinds_sets(report, "venn", counts, names, 2);
        const char *text;

        for (size_t p = 0; p < 4; p++)
            chart->series[2].points[p].link = links[i];
        text = page(&arena, report, true);
        CHECK_TEXT(links[i], syntax_html(text), NULL);
        CHECK_TRUE(links[i], strstr(text, "elsewhere") == NULL);
        CHECK_TRUE(links[i], strstr(text, "javascript") == NULL);
    }
    arena_free(&arena);
}

static void odd_figures_are_borne(void **state)
{
    static const char *const kinds[] = { "box", "scatter", "matrix", "venn", "upset" };
    static const char *const roles[] = { "box", "dots", "points", "line", "row", "set", "set",
        "region" };
    static const int64_t odd[] = { 0, -5000, 999, 4000000000000, INT64_MAX / 1000000 };
    struct arena arena = { 0 };
    struct report *report = report_make(&arena, "x");

    (void)state;
    for (size_t k = 0; k < COUNT(kinds); k++)
        for (size_t n = 0; n < 7; n++) {
            struct chart *chart = report_chart(report, "c", "C", kinds[k], "Odd figures.");

            for (size_t r = 0; r < COUNT(roles); r++) {
                struct chart_series *series = chart_series(report, chart, "S", roles[r]);

                for (size_t p = 0; p < n; p++)
                    chart_flagged(report, series, odd[(p + r) % COUNT(odd)],
                            odd[p % COUNT(odd)], NULL, (enum flag)(r % FLAG__MAX));
            }
        }
    CHECK_TEXT("HTML", syntax_html(page(&arena, report, true)), NULL);
    arena_free(&arena);
}

static void other_formats_have_them_too(void **state)
{
    struct arena arena = { 0 };
    const struct report *report = kinds_report(&arena);
    struct render_options options = { .width = 60 };
    const char *text = NULL;
    struct err err = { 0 };

    (void)state;
    CHECK_OK("JSON", render(report, RENDER_JSON, NULL, &arena, &text, NULL, &err), &err);
    CHECK_TEXT("JSON", syntax_json(text), NULL);
    CHECK_HAS("JSON", text, "\"role\":\"region\",\"points\":[{\"x\":0,\"y\":30,\"label\":");
    CHECK_OK("text", render(report, RENDER_TEXT, &options, &arena, &text, NULL, &err), &err);
    CHECK_HAS("text", text, "Points now, set by set");
    CHECK_OK("CSV", render(report, RENDER_CSV, NULL, &arena, &text, NULL, &err), &err);
    arena_free(&arena);
}

static void every_allocation_may_fail(void **state)
{
    struct arena kept = { 0 };
    const struct report *report = kinds_report(&kept);
    struct html_options options = { .id = "r", .links = true };

    (void)state;
    for (int keep = 0; keep < 2; keep++) {
        for (long n = 0;; n++) {
            struct arena arena = { 0 };
            const char *text = NULL;
            struct err err = { 0 };
            struct buf buf;
            enum err_code code;

            arena_fault(n, keep);
            buf = buf_make(&arena, BUF_MAX_PAGE);
            html_fragment(&buf, report, &options);
            code = buf_end(&buf, &text, NULL, &err);
            arena_free(&arena);
            if (!arena_fault_fired()) {
                CHECK_INT("unharmed", code, ERR_OK);
                break;
            }
            CHECK_INT("reported", code, ERR_MEMORY);
        }
        arena_fault(-1, 0);
    }
    arena_free(&kept);
}

TESTS(TEST(every_chart_has_its_names_and_figures), TEST(boxes_stand_where_their_figures_are),
        TEST(what_falls_together_is_counted), TEST(a_matrix_writes_its_counts),
        TEST(combinations_stand_by_size), TEST(those_outside_all_sets_are_always_drawn),
        TEST(two_circles_are_drawn_to_area), TEST(what_circles_cannot_show_is_said),
        TEST(a_link_leads_nowhere_else), TEST(odd_figures_are_borne),
        TEST(other_formats_have_them_too), TEST(every_allocation_may_fail))
