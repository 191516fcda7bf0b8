#include "reports/build.h"

#include "check.h"
#include "reports/render/render.h"

/* 176 pupils in three sets; one part has three. The cheapest square around it is B, C, BC less
   or more A and C: AB 6, B 20 and ABC 40. */
static const struct overlap school = { .set_n = 3,
    .counts = { 60, 10, 20, 6, 30, 7, 3, 40 },
    .sizes = { 63, 69, 80 },
    .without = { 0, 4, 12 },
    .counted = 176,
    .left_out = 4 };

static const struct overlap_sets sets = {
    .sets = { { "Meals", "FSM", "FSM" }, { "Needs", "SEN <> \"N\"", "SEN <> \"N\"" },
            { "Girls", "GENDER = \"F\"", "GENDER = \"F\"" } },
    .n = 3
};

static const char *built(struct arena *arena, struct overlap_view view, const struct overlap *o,
        enum render_format format)
{
    struct frame frame = { .description = "All pupils on roll", .subject = -1 };
    struct cohort cohort = { .day = { 20260327 }, .pupil_n = 180 };
    struct report *report;
    const char *text = NULL;
    struct err err = { 0 };

    view.sets = &sets;
    view.overlap = o;
    report = build_overlap(arena, &frame, &cohort, &view);
    CHECK_OK("built", report_end(report, &err), &err);
    CHECK_OK("written", render(report, format, NULL, arena, &text, NULL, &err), &err);
    return text;
}

static void parts_are_told_in_words_and_numbers(void **state)
{
    struct arena arena = { 0 };
    struct overlap_view view = { .own = true };
    const char *text = built(&arena, view, &school, RENDER_CSV);

    (void)state;
    CHECK_TEXT("every part", text,
            "region,label,sets,count,of,percent\r\n"
            "ABC,All three,\"Meals, Needs, Girls\",40,176,22.7\r\n"
            "AC,\"Meals and Girls, not Needs\",\"Meals, Girls\",7,176,4.0\r\n"
            "AB,\"Meals and Needs, not Girls\",\"Meals, Needs\",6,176,3.4\r\n"
            "BC,\"Needs and Girls, not Meals\",\"Needs, Girls\",3,176,1.7\r\n"
            "C,Girls only,Girls,30,176,17.0\r\n"
            "B,Needs only,Needs,20,176,11.4\r\n"
            "A,Meals only,Meals,10,176,5.7\r\n"
            "none,None of the three,,60,176,34.1\r\n"
            "all,All counted,,176,176,100.0\r\n");
    text = built(&arena, view, &school, RENDER_JSON);
    CHECK_HAS("sizes", text,
            "{\"name\":\"Needs\",\"set\":\"B\",\"formula\":\"SEN <> \\\"N\\\"\",\"count\":69,"
            "\"of\":176,\"percent\":39.2,\"without_value\":4}");
    CHECK_HAS("left out", text, "4 pupils have no answer to at least one set");
    CHECK_HAS("the picture", text, "\"kind\":\"venn\"");
    CHECK_HAS("who is counted", text, "\"counted\":176,\"of\":180");
    arena_free(&arena);
}

static void small_parts_are_hidden_with_what_tells_them(void **state)
{
    struct arena arena = { 0 };
    struct overlap_view view = { .suppress = true };
    const char *text = built(&arena, view, &school, RENDER_CSV);

    (void)state;
    CHECK_TEXT("every part, in no order of size", text,
            "region,label,sets,count,of,percent\r\n"
            "ABC,All three,\"Meals, Needs, Girls\",c,176,c\r\n"
            "AB,\"Meals and Needs, not Girls\",\"Meals, Needs\",c,176,c\r\n"
            "AC,\"Meals and Girls, not Needs\",\"Meals, Girls\",7,176,4.0\r\n"
            "BC,\"Needs and Girls, not Meals\",\"Needs, Girls\",c,176,c\r\n"
            "A,Meals only,Meals,10,176,5.7\r\n"
            "B,Needs only,Needs,c,176,c\r\n"
            "C,Girls only,Girls,30,176,17.0\r\n"
            "none,None of the three,,60,176,34.1\r\n"
            "all,All counted,,176,176,100.0\r\n");
    text = built(&arena, view, &school, RENDER_JSON);
    CHECK_HAS("sizes stay", text, "\"count\":69,\"of\":176,\"percent\":39.2");
    CHECK_HAS("few without an answer do not", text, "\"without_value\":\"c\"");
    CHECK_HAS("many do", text, "\"without_value\":12");
    CHECK_HAS("nor few left out", text, "\"counted\":176,\"of\":176");
    CHECK_TRUE("nor in words", strstr(text, "no answer to at least one") == NULL);
    CHECK_HAS("no picture", text, "\"charts\":[]");
    CHECK_HAS("and why", text, "There is no picture, because its areas would tell them.");
    CHECK_TRUE("nor in the sentence", strstr(text, "in all three sets") == NULL);
    arena_free(&arena);
}

static void a_handful_is_hidden_whole(void **state)
{
    static const struct overlap few = { .set_n = 3,
        .counts = { 1, 1, 0, 0, 0, 0, 0, 1 },
        .sizes = { 2, 1, 1 },
        .counted = 3 };
    struct arena arena = { 0 };
    struct overlap_view view = { .suppress = true };
    const char *text = built(&arena, view, &few, RENDER_CSV);

    (void)state;
    CHECK_HAS("no count", text, "none,None of the three,,c,c,c\r\n");
    CHECK_HAS("not even nobody", text,
            "BC,\"Needs and Girls, not Meals\",\"Needs, Girls\",c,c,c");
    CHECK_HAS("no total", text, "all,All counted,,c,c,c\r\n");
    CHECK_HAS("says so", built(&arena, view, &few, RENDER_TEXT), "too few pupils to show");
    arena_free(&arena);
}

static void memory_may_end(void **state)
{
    static uint8_t region[4] = { 7, 0, 3, OVERLAP_OUT };
    struct overlap o = school;
    struct cohort_pupil pupils[4] = { { .upn = "A", .surname = "Abel", .forename = "Ann" },
        { .upn = "B", .surname = "Baker", .forename = "Bob" },
        { .upn = "C", .surname = "Clark", .forename = "Cy" },
        { .upn = "D", .surname = "Dunn", .forename = "Di" } };
    struct cohort cohort = { .day = { 20260327 }, .pupils = pupils, .pupil_n = 4 };
    struct frame frame = { .description = "All pupils on roll", .subject = -1 };
    struct overlap_view view = { .sets = &sets,
        .overlap = &o,
        .asked = { 1, true },
        .has_region = true };

    (void)state;
    o.region = region;
    for (long n = 0;; n++) {
        struct arena arena = { 0 };
        struct err err = { 0 };
        enum err_code code;

        arena_fault(n, 0);
        code = report_end(build_overlap(&arena, &frame, &cohort, &view), &err);
        arena_free(&arena);
        if (!arena_fault_fired()) {
            CHECK_OK("unharmed", code, &err);
            CHECK_TRUE("some were made to fail", n > 10);
            break;
        }
        CHECK_INT("reported", code, ERR_MEMORY);
    }
    arena_fault(-1, 0);
}

TESTS(TEST(parts_are_told_in_words_and_numbers),
        TEST(small_parts_are_hidden_with_what_tells_them), TEST(a_handful_is_hidden_whole),
        TEST(memory_may_end))
