#include "england.h"

static const struct framework *read_small(struct arena *arena, const char *text)
{
    struct framework_draft *draft = framework_begin(arena);
    const struct framework *fw = NULL;
    struct err err = { 0 };

    CHECK_OK("read", framework_read(draft, "t", text, strlen(text), &err), &err);
    CHECK_OK("finish", framework_finish(draft, &fw, &err), &err);
    return fw;
}

static void layout_is_free(void **state)
{
    struct arena arena = { 0 };
    const struct framework *fw =
            read_small(&arena, "\xEF\xBB\xBF# a byte-order mark before this\r\n"
                               "\t framework   t \"A \"\"T\"\"\"   # and a comment\r\n"
                               "\r\n"
                               "subject \"C#\" \"C sharp\" alias=\"See sharp,  csharp \"\n"
                               "   scale s \"S\" source=x\n"
                               "grade A* points=1.5");

    (void)state;
    CHECK_TEXT("quotes", fw->name, "A \"T\"");
    CHECK_TEXT("code", fw->code, "t");
    CHECK_INT("by code", framework_subject(fw, "c#"), 0);
    CHECK_INT("by name, other case", framework_subject(fw, "C SHARP"), 0);
    CHECK_INT("by alias", framework_subject(fw, "CSharp"), 0);
    CHECK_INT("nobody", framework_subject(fw, "D sharp"), -1);
    CHECK_INT("NULL", framework_subject(fw, NULL), -1);
    CHECK_INT("no line end", fw->grades[0].points, 1500);
    arena_free(&arena);
}

static void an_own_scale_is_a_ladder_without_more_words(void **state)
{
    struct arena arena = { 0 };
    const struct framework *fw = read_small(&arena,
            "framework t \"T\"\nscale s \"S\" source=x\n"
            "grade low points=1\ngrade middle points=2 rung=no\ngrade high points=3\n"
            "status gone\n");
    int steps = 0;

    (void)state;
    CHECK_TEXT("metric", fw->scales[0].metric, "s");
    CHECK_INT("low", fw->grades[0].step, 1);
    CHECK_INT("not a rung", fw->grades[1].step, STEP_NONE);
    CHECK_INT("high", fw->grades[2].step, 2);
    CHECK_INT("status", fw->grades[3].step, STEP_NONE);
    CHECK_INT("count", fw->scales[0].grade_n, 4);
    CHECK_TRUE("steps", framework_steps(fw, framework_stored(fw, "s", "high"),
                                framework_stored(fw, "s", "low"), &steps));
    CHECK_INT("steps", steps, 1);
    arena_free(&arena);
}

static void a_declared_metric_of_the_same_code_serves_the_scale(void **state)
{
    struct arena arena = { 0 };
    const struct framework *fw = read_small(&arena,
            "framework t \"T\"\nmetric s one=badge many=badges\nscale s \"S\" source=x\n"
            "grade low points=1 step=4\ngrade high points=3 step=6\n"
            "subject ART \"Art\xC2\xA0 and design\"\n");
    struct value low = framework_stored(fw, "s", "low");

    (void)state;
    CHECK_INT("one metric", fw->metric_n, 1);
    CHECK_INT("given steps stay", framework_step(fw, low), 4);
    CHECK_TEXT("word", framework_step_word(fw, low, low, 1), "badge");
    CHECK_INT("a no-break space is a space", framework_subject(fw, "art and design"), 0);
    arena_free(&arena);
}

static void a_later_file_replaces_what_has_the_same_code(void **state)
{
    struct arena arena = { 0 };
    const struct framework *fw = england_with(&arena,
            "scale effort \"Our effort\" source=own\n"
            "grade C points=1\ngrade B points=2\ngrade A points=3\n"
            "subject MAT \"Numeracy\"\n"
            "stage KS2 \"Juniors\" years=3-6 whole=yes\n"
            "rule stages=KS3 scales=effort\n"
            "rule stages=KS2 subjects=ART scales=effort\n"
            "measure ks2-l4-mat \"Level 5\" kind=threshold stage=KS2 years=6 subjects=MAT "
            "at-least=5 source=own\n"
            "boundaries stage=KS2 subject=MAT year=2008 max=50 scales=nc bands=4:25 "
            "source=own\n"
            "source TA rank=1\n");
    struct arena plain_arena = { 0 };
    const struct framework *plain = england(&plain_arena);
    int subject = framework_subject(fw, "MAT");
    int measure = framework_measure(fw, "KS2-L4-MAT");
    struct value value = VALUE_NONE;
    struct err err = { 0 };

    (void)state;
    CHECK_INT("as many scales", fw->scale_n, plain->scale_n);
    CHECK_INT("as many subjects", fw->subject_n, plain->subject_n);
    CHECK_INT("as many measures", fw->measure_n, plain->measure_n);
    CHECK_INT("as many tests", fw->boundary_set_n, plain->boundary_set_n);
    CHECK_INT("one rule more", fw->rule_n, plain->rule_n + 1);
    CHECK_TRUE("new grade", value_is_set(framework_stored(fw, "effort", "A")));
    CHECK_TRUE("old grade gone", !value_is_set(framework_stored(fw, "effort", "5")));
    CHECK_TEXT("subject", fw->subjects[subject].name, "Numeracy");
    CHECK_INT("old alias gone", framework_subject(fw, "Maths"), -1);
    CHECK_INT("same place", subject, framework_subject(plain, "MAT"));
    CHECK_INT("measure", fw->measures[measure].at_least, 5);
    CHECK_INT("rank", framework_source_rank(fw, "ta"), 1);
    CHECK_OK("boundaries",
            framework_read_mark(fw, framework_stage(fw, "KS2"), subject, NULL, 2008, 30000,
                    &value, &err),
            &err);
    CHECK_INT("undivided 4", value.points, 27000);
    CHECK_OK("rule replaced",
            framework_read_grade(fw, -1, framework_stage(fw, "KS3"), subject, "B", &value,
                    &err),
            &err);
    CHECK_OK("rule added",
            framework_read_grade(fw, -1, framework_stage(fw, "KS2"),
                    framework_subject(fw, "ART"), "B", &value, &err),
            &err);
    arena_free(&arena);
    arena_free(&plain_arena);
}

/* The text between ```framework and ``` of the manual. */
static const char *manual_example(char *page, size_t room)
{
    size_t n = england_slurp("docs/manual/frameworks.md", page, room - 1);
    char *start;
    char *end;

    page[n] = '\0';
    start = strstr(page, "```framework\n");
    CHECK_TRUE("begins", start != NULL);
    start += strlen("```framework\n");
    end = strstr(start, "```");
    CHECK_TRUE("ends", end != NULL);
    *end = '\0';
    return start;
}

static void the_example_of_the_manual_loads_and_does_what_the_page_says(void **state)
{
    static char page[32 * 1024];
    struct arena arena = { 0 };
    const struct framework *fw = england_with(&arena, manual_example(page, sizeof(page)));
    struct value value = VALUE_NONE;
    struct err err = { 0 };
    char buffer[VALUE_TEXT_SIZE];
    int stage = framework_stage(fw, "KS2");

    (void)state;
    CHECK_OK("by alias",
            framework_read_grade(fw, -1, stage, framework_subject(fw, "swim"), "2nd", &value,
                    &err),
            &err);
    CHECK_TEXT("by alias", framework_value_text(fw, value, buffer), "Silver");
    CHECK_INT("level", framework_level(fw, value), 3);
    CHECK_OK("mock",
            framework_read_mark(fw, stage, framework_subject(fw, "MAT"), "Autumn mock", 2007,
                    67000, &value, &err),
            &err);
    CHECK_TEXT("mock", framework_value_text(fw, value, buffer), "4.49");
    CHECK_TEXT("mock", framework_shown_text(fw, value, buffer), "4.5");
    CHECK_TRUE("measure", framework_measure(fw, "own-silver-swi") >= 0);
    arena_free(&arena);
}

TESTS(TEST(layout_is_free), TEST(an_own_scale_is_a_ladder_without_more_words),
        TEST(a_declared_metric_of_the_same_code_serves_the_scale),
        TEST(a_later_file_replaces_what_has_the_same_code),
        TEST(the_example_of_the_manual_loads_and_does_what_the_page_says))
