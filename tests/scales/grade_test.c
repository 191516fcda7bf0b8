#include "england.h"

static const struct {
    const char *row, *stage, *subject, *text, *scale, *grade;
} spoken[] = {
    { "plain", "KS2", "MAT", "2c", "nc", "2c" },
    { "upper case", "KS2", "MAT", "2C", "nc", "2c" },
    { "L before it", "KS2", "MAT", "L2c", "nc", "2c" },
    { "the word level", "KS2", "MAT", "Level 2c", "nc", "2c" },
    { "level in lower case, no space", "KS2", "MAT", "level2C", "nc", "2c" },
    { "a space inside", "KS2", "MAT", "2 c", "nc", "2c" },
    { "spaces around", "KS2", "MAT", "  2c\t", "nc", "2c" },
    { "a no-break space", "KS2", "MAT",
            "Level\xC2\xA0"
            "4",
            "nc", "4" },
    { "a narrow no-break space", "KS2", "MAT",
            "Level\xE2\x80\xAF"
            "4\xE2\x80\xAF",
            "nc", "4" },
    { "minus is low", "KS2", "MAT", "2-", "nc", "2c" },
    { "plus is high", "KS2", "MAT", "2+", "nc", "2a" },
    { "low", "KS1", "REA", "low 2", "nc", "2c" },
    { "secure", "KS1", "REA", "2 secure", "nc", "2b" },
    { "high", "KS1", "REA", "Level 2 high", "nc", "2a" },
    { "undivided", "KS2", "MAT", "4", "nc", "4" },
    { "decimal", "KS2", "MAT", "4.5", "nc-decimal", "4.5" },
    { "decimal with a word", "KS2", "MAT", "Level 4.5", "nc-decimal", "4.5" },
    { "decimal, two places", "Y5", "MAT", "4.49", "nc-decimal", "4.49" },
    { "decimal, a whole level", "Y5", "MAT", "4.0", "nc-decimal", "4.0" },
    { "working towards", "KS1", "REA", "W", "nc", "W" },
    { "working towards, two letters", "KS1", "REA", "wt", "nc", "W" },
    { "exceptional", "KS3", "SCI", "ep", "nc", "EP" },
    { "a P level", "KS1", "MAT", "p3II", "p", "P3ii" },
    { "a P level with brackets", "KS1", "MAT", "P1(i)", "p", "P1i" },
    { "PIVATS", "KS1", "MAT", "p5E", "pivats", "P5e" },
    { "PIVATS above P8", "KS1", "MAT", "1ce", "pivats", "1Ce" },
    { "absent", "KS2", "MAT", "a", "nc", "A" },
    { "left, not a prefix", "KS2", "MAT", "L", "nc", "L" },
    { "no level awarded", "KS2", "MAT", "n", "nc-ks2", "N" },
    { "no level in KS3 maths", "KS3", "MAT", "N", "nc-ks3", "N" },
    { "no level in KS3 English", "KS3", "ENG", "N", "nc-ks3-english", "N" },
    { "a whole GCSE grade", "KS4", "MAT", "C", "gcse", "C" },
    { "A is a grade at KS4", "KS4", "MAT", "A", "gcse", "A" },
    { "a star", "KS4", "HIS", "a*", "gcse", "A*" },
    { "X is U", "KS4", "HIS", "X", "gcse", "U" },
    { "a third", "KS4", "HIS", "C+", "gcse-thirds", "C+" },
    { "a third in words", "Y10", "HIS", "low C", "gcse-thirds", "C-" },
    { "a secure C", "Y10", "HIS", "C secure", "gcse-thirds", "C" },
    { "a double award", "KS4", "SCI", "BB", "gcse-double", "BB" },
    { "a double award by its subject", "KS4", "SCD", "A*-A", "gcse-double", "A*A" },
    { "a short course by its subject", "KS4", "REL-S", "B", "gcse-short", "B" },
    { "a BTEC by its subject", "KS4", "BT-SPO", "Merit", "btec-first", "M" },
    { "an entry level", "KS4", "MAT", "Entry 3", "entry-level", "E3" },
    { "P levels at KS4", "KS4", "MAT", "P8", "p", "P8" },
    { "A level", "KS5", "MAT", "B", "a-level", "B" },
    { "Foundation Stage scale", "FSP", "KUW", "7", "fsp", "7" },
    { "Foundation Stage total", "FSP", "FSP", "104", "fsp-total", "104" },
    { "Foundation Stage area", "FSP", "CLL", "30", "fsp-36", "30" },
    { "CAT by its subject", "Y7", "CAT-V", "104", "cat-sas", "104" },
    { "no stage is the levels", NULL, "MAT", "3b", "nc", "3b" },
};

static void grades_are_read_as_people_write_them(void **state)
{
    struct arena arena = { 0 };
    const struct framework *fw = england(&arena);

    (void)state;
    for (size_t i = 0; i < COUNT(spoken); i++) {
        struct value value = VALUE_NONE;
        struct err err = { 0 };
        char buffer[VALUE_TEXT_SIZE];
        enum err_code code = framework_read_grade(fw, -1, framework_stage(fw, spoken[i].stage),
                framework_subject(fw, spoken[i].subject), spoken[i].text, &value, &err);

        CHECK_OK(spoken[i].row, code, &err);
        CHECK_TEXT(spoken[i].row, fw->scales[value.scale].code, spoken[i].scale);
        CHECK_TEXT(spoken[i].row, framework_value_text(fw, value, buffer), spoken[i].grade);
    }
    arena_free(&arena);
}

static const struct {
    const char *row, *scale, *stage, *text, *message, *hint;
} refused[] = {
    { "the letter after c", NULL, "KS2", "3d",
            "3d is not a grade of National Curriculum levels", "Did you mean 3c, 3b or 3a?" },
    { "nothing alike", NULL, "KS4", "K", "K is not a grade of GCSE",
            "Its grades are U, G, F, E, D, C, B, A, A*." },
    { "too high", NULL, "KS2", "9.5", "9.5 is outside Decimal levels",
            "It is a number from 1 to 9." },
    { "too exact", NULL, "KS2", "4.567",
            "4.567 has more decimal places than Decimal levels allows", "It allows 2." },
    { "N is no KS1 outcome", NULL, "KS1", "N", "N is not a grade of National Curriculum levels",
            "run from the lowest" },
    { "below a CAT score", "cat-sas", NULL, "58", "58 is outside Cognitive Abilities Test",
            "from 59 to 141" },
    { "above a CAT score", "cat-sas", NULL, "142", "142 is outside", "from 59 to 141" },
    { "not a number", "cat-sas", NULL, "high", "high is not a grade of Cognitive",
            "from 59 to 141" },
    { "empty", NULL, "KS2", "", "no grade is given", "" },
    { "only spaces", NULL, "KS2", " \t\xC2\xA0 ", "no grade is given", "" },
    { "only a line end", NULL, "KS2", "\r\n", "no grade is given", "" },
    { "NULL", NULL, "KS2", NULL, "no grade is given", "" },
    { "a level alone", NULL, "KS2", "Level", "Level is not a grade", "" },
    { "an essay", NULL, "KS2",
            "she has made very good progress in all she set out to do since the autumn",
            "too long to be a grade", "" },
};

static void a_wrong_grade_is_refused_with_its_scale_and_a_hint(void **state)
{
    struct arena arena = { 0 };
    const struct framework *fw = england(&arena);

    (void)state;
    for (size_t i = 0; i < COUNT(refused); i++) {
        struct value value = { 1, 2, 3, 4 };
        struct err err = { 0 };
        int scale = framework_scale(fw, refused[i].scale);
        int stage = framework_stage(fw, refused[i].stage);

        CHECK_INT(refused[i].row,
                framework_read_grade(fw, scale, stage, framework_subject(fw, "MAT"),
                        refused[i].text, &value, &err),
                ERR_INVALID);
        CHECK_HAS(refused[i].row, err.message, refused[i].message);
        CHECK_HAS(refused[i].row, err.hint, refused[i].hint);
        CHECK_INT(refused[i].row, value.points, 1);
    }
    arena_free(&arena);
}

static void a_grade_without_any_rule_asks_for_the_scale(void **state)
{
    static const char text[] = "framework t \"T\"\nsubject ART \"Art\"\n"
                               "stage Y5 \"Year 5\" years=5\n"
                               "scale s \"S\" source=x\ngrade a points=1\n";
    struct arena arena = { 0 };
    struct framework_draft *draft = framework_begin(&arena);
    const struct framework *fw = NULL;
    struct value value = VALUE_NONE;
    struct err err = { 0 };

    (void)state;
    CHECK_OK("read", framework_read(draft, "t", text, strlen(text), &err), &err);
    CHECK_OK("finish", framework_finish(draft, &fw, &err), &err);
    CHECK_INT("no rule", framework_read_grade(fw, -1, 0, 0, "a", &value, &err), ERR_INVALID);
    CHECK_HAS("no rule", err.message, "no scale is known for grades in Art at Year 5");
    CHECK_INT("nowhere", framework_read_grade(fw, -1, -1, -1, "a", &value, &err), ERR_INVALID);
    CHECK_HAS("nowhere", err.message, "any subject at no stage");
    CHECK_OK("named scale", framework_read_grade(fw, 0, -1, -1, "A", &value, &err), &err);
    CHECK_INT("named scale", value.points, 1000);
    arena_free(&arena);
}

static void a_status_is_recorded_without_points(void **state)
{
    struct arena arena = { 0 };
    const struct framework *fw = england(&arena);
    static const char *const codes[] = { "A", "D", "T", "M", "L", "F", "Q", "X", "S" };

    (void)state;
    for (size_t i = 0; i < COUNT(codes); i++) {
        struct value value = england_grade(fw, "nc", codes[i]);

        CHECK_INT(codes[i], value.points, POINTS_NONE);
        CHECK_TRUE(codes[i], fw->grades[value.grade].status);
        CHECK_INT(codes[i], framework_step(fw, value), STEP_NONE);
        CHECK_INT(codes[i], framework_level(fw, value), LEVEL_NONE);
        CHECK_TRUE(codes[i], !framework_comparable(fw, value, england_grade(fw, "nc", "4b")));
    }
    CHECK_TRUE("absent for a CAT test", value_is_set(england_grade(fw, "cat-sas", "A")));
    arena_free(&arena);
}

static void a_comment_takes_any_words(void **state)
{
    struct arena arena = { 0 };
    const struct framework *fw = england(&arena);
    struct value value = VALUE_NONE;
    struct err err = { 0 };
    char buffer[VALUE_TEXT_SIZE];
    int scale = framework_scale(fw, "comment");

    (void)state;
    CHECK_OK("words",
            framework_read_grade(fw, scale, -1, -1,
                    "Reads with understanding and is beginning to infer; see the notes of 3 "
                    "May",
                    &value, &err),
            &err);
    CHECK_INT("no points", value.points, POINTS_NONE);
    CHECK_TEXT("no text of its own", framework_value_text(fw, value, buffer), "");
    CHECK_INT("stored", framework_stored(fw, "comment", "Well done").scale, scale);
    arena_free(&arena);
}

static void a_raw_mark_has_a_number_but_no_points(void **state)
{
    struct arena arena = { 0 };
    const struct framework *fw = england(&arena);
    struct value value = england_grade(fw, "raw", "67.5");

    (void)state;
    CHECK_INT("number", value.number, 67500);
    CHECK_INT("points", value.points, POINTS_NONE);
    CHECK_INT("step", framework_step(fw, value), STEP_NONE);
    CHECK_INT("level", framework_level(fw, value), LEVEL_NONE);
    arena_free(&arena);
}

static void stored_text_must_be_exact(void **state)
{
    struct arena arena = { 0 };
    const struct framework *fw = england(&arena);

    (void)state;
    CHECK_TRUE("canonical", value_is_set(framework_stored(fw, "nc", "2b")));
    CHECK_TRUE("other case", !value_is_set(framework_stored(fw, "nc", "2B")));
    CHECK_TRUE("an alias", !value_is_set(framework_stored(fw, "nc", "2-")));
    CHECK_TRUE("another scale", !value_is_set(framework_stored(fw, "gcse", "2b")));
    CHECK_TRUE("no such scale", !value_is_set(framework_stored(fw, "nonsense", "2b")));
    CHECK_TRUE("scale in other case", !value_is_set(framework_stored(fw, "NC-decimal", "4.5")));
    CHECK_TRUE("number out of range", !value_is_set(framework_stored(fw, "nc-decimal", "12")));
    CHECK_TRUE("NULL", !value_is_set(framework_stored(fw, NULL, "2b")));
    CHECK_TRUE("NULL text", !value_is_set(framework_stored(fw, "nc", NULL)));
    CHECK_TRUE("empty", !value_is_set(framework_stored(fw, "comment", "")));
    arena_free(&arena);
}

static const struct {
    const char *scale, *stored, *text, *shown;
} texts[] = {
    { "nc", "4b", "4b", "4b" },
    { "nc-decimal", "4", "4.0", "4.0" },
    { "nc-decimal", "4.49", "4.49", "4.5" },
    { "nc-decimal", "4.96", "4.96", "4.9" }, /* contract 3.2: never as the next level */
    { "nc-decimal", "4.94", "4.94", "4.9" },
    { "nc-decimal", "4.05", "4.05", "4.1" },
    { "normal-score", "-0.25", "-0.25", "-0.25" },
    { "normal-score", "-1.996", "-1.996", "-1.99" },
    { "cat-sas", "104", "104", "104" },
    { "raw", "67.5", "67.5", "67.5" },
};

static void numbers_are_written_back_and_shown(void **state)
{
    struct arena arena = { 0 };
    const struct framework *fw = england(&arena);

    (void)state;
    for (size_t i = 0; i < COUNT(texts); i++) {
        struct value value = england_grade(fw, texts[i].scale, texts[i].stored);
        char buffer[VALUE_TEXT_SIZE];

        CHECK_TEXT(texts[i].stored, framework_value_text(fw, value, buffer), texts[i].text);
        CHECK_TEXT(texts[i].stored, framework_shown_text(fw, value, buffer), texts[i].shown);
    }
    arena_free(&arena);
}

static void every_grade_is_read_back_from_its_own_text(void **state)
{
    struct arena arena = { 0 };
    const struct framework *fw = england(&arena);

    (void)state;
    for (int i = 0; i < fw->grade_n; i++) {
        const struct grade *grade = &fw->grades[i];
        struct value stored = framework_stored(fw, fw->scales[grade->scale].code, grade->code);
        struct value read = VALUE_NONE;
        struct err err = { 0 };

        CHECK_INT(grade->code, stored.grade, i);
        CHECK_OK(grade->code,
                framework_read_grade(fw, grade->scale, -1, -1, grade->code, &read, &err), &err);
        CHECK_INT(grade->code, read.grade, i);
        CHECK_INT(grade->code, read.points, grade->status ? POINTS_NONE : grade->points);
    }
    arena_free(&arena);
}

TESTS(TEST(grades_are_read_as_people_write_them),
        TEST(a_wrong_grade_is_refused_with_its_scale_and_a_hint),
        TEST(a_grade_without_any_rule_asks_for_the_scale),
        TEST(a_status_is_recorded_without_points), TEST(a_comment_takes_any_words),
        TEST(a_raw_mark_has_a_number_but_no_points), TEST(stored_text_must_be_exact),
        TEST(numbers_are_written_back_and_shown),
        TEST(every_grade_is_read_back_from_its_own_text))
