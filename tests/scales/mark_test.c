#include "england.h"

/* The worked cases of domain-numbers 1.7, whose bands are of no test in the data. */
static const char own_tests[] =
        "boundaries stage=KS2 subject=MAT test=Serlby year=2008 max=100 scales=nc "
        "decimal=nc-decimal bands=3:20,4:50,5:85 source=x\n"
        "boundaries stage=KS2 subject=MAT test=Fine year=2008 max=100 scales=nc "
        "decimal=nc-decimal bands=3:20,4:41,5:70,6:77 source=x\n"
        "boundaries stage=KS2 subject=MAT test=Five year=2008 max=100 scales=nc "
        "decimal=nc-decimal bands=4:40,5:77 source=x\n"
        "boundaries stage=KS2 subject=MAT test=Long year=2008 max=1000 scales=nc "
        "decimal=nc-decimal bands=4:0,5:900 source=x\n"
        "boundaries stage=KS2 subject=MAT test=Open scales=nc bands=4:10 source=x\n";

static const struct {
    const char *row, *stage, *subject, *test;
    int year;
    int64_t mark;
    const char *grade, *shown;
} marks[] = {
    /* 4 + 17/35 = 4.4857; 4 + 11/29 = 4.379; 4 + 27/29 = 4.9310; 5 + 11/24 = 5.458 */
    { "level 4 is 50..84", "KS2", "MAT", "Serlby", 2008, 67000, "4.49", "4.5" },
    { "level 4 is 41..69", "KS2", "MAT", "Fine", 2008, 52000, "4.38", "4.4" },
    { "near its top", "KS2", "MAT", "Fine", 2008, 68000, "4.93", "4.9" },
    { "level 5 is 77..100", "KS2", "MAT", "Five", 2008, 88000, "5.46", "5.5" },
    { "lowest mark of a level", "KS2", "MAT", "Serlby", 2008, 50000, "4.0", "4.0" },
    { "top of level 4 is not 5.0", "KS2", "MAT", "Serlby", 2008, 84000, "4.97", "4.9" },
    { "a half mark", "KS2", "MAT", "Serlby", 2008, 84500, "4.99", "4.9" },
    { "the highest mark of all", "KS2", "MAT", "Serlby", 2008, 100000, "5.94", "5.9" },
    { "a very long level", "KS2", "MAT", "Long", 2008, 899000, "4.99", "4.9" },
    { "any year", "KS2", "MAT", "open", 1999, 500000, "4", "4" },
    /* The tables of 1.8. 2003: 4 is 46..75, 4 + 0/30; 5 is 76..100, 5 + 24/25 = 5.96. */
    { "2003, level 4", "KS2", "MAT", NULL, 2003, 46000, "4.0", "4.0" },
    { "2003, full marks", "KS2", "MAT", NULL, 2003, 100000, "5.96", "5.9" },
    { "2003, no level", "KS2", "MAT", NULL, 2003, 15000, "N", "N" },
    { "2003, level 2 is not divided", "KS2", "MAT", NULL, 2003, 18000, "2", "2" },
    { "2003, level 3", "KS2", "MAT", "", 2003, 19000, "3.0", "3.0" },
    { "2008, 3 is 18..44", "KS2", "MAT", "KS2", 2008, 44000, "3.96", "3.9" },
    { "2008, 4 is 45..77, 4 + 16/33", "KS2", "MAT", "TT", 2008, 61000, "4.48", "4.5" },
    { "2014, level 5", "KS2", "MAT", NULL, 2014, 79000, "5.0", "5.0" },
    { "reading 2010, 4 is 18..30, 4 + 6/13", "KS2", "REA", NULL, 2010, 24000, "4.46", "4.5" },
    { "writing 2010, no level", "KS2", "WRI", NULL, 2010, 11000, "N", "N" },
    { "English 2010", "KS2", "ENG", NULL, 2010, 22000, "2", "2" },
    { "English 1998, 5 is 72..100", "KS2", "ENG", NULL, 1998, 72000, "5.0", "5.0" },
    { "level 6 test", "KS2", "MAT", "level 6", 2014, 32000, "6", "6" },
    { "publishers' sub-levels", "KS2", "MAT", "Sub-levels", 2013, 67000, "4b", "4b" },
    { "Y3 reading", "Y3", "REA", "QCA 2003", 2007, 19000, "2a", "2a" },
    { "Y3 reading, level 4", "Y3", "REA", "QCA 2003", 2005, 31000, "4", "4" },
    { "Y3 writing", "Y3", "WRI", "QCA 2003", 2007, 27000, "3c", "3c" },
    { "Y3 maths 3A", "Y3", "MAT", "QCA 2003 3A", 2007, 18000, "2b", "2b" },
    { "Y3 maths 3B", "Y3", "MAT", "qca 2003 3b", 2007, 50000, "4c", "4c" },
    { "Y3 maths 3B, below", "Y3", "MAT", "QCA 2003 3B", 2007, 21000, "N", "N" },
    { "Y4 reading", "Y4", "REA", "QCA 2003", 2007, 23000, "3b", "3b" },
};

static void a_mark_becomes_a_grade_or_a_decimal_level(void **state)
{
    struct arena arena = { 0 };
    const struct framework *fw = england_with(&arena, own_tests);

    (void)state;
    for (size_t i = 0; i < COUNT(marks); i++) {
        struct value value = VALUE_NONE;
        struct err err = { 0 };
        char buffer[VALUE_TEXT_SIZE];
        enum err_code code = framework_read_mark(fw, framework_stage(fw, marks[i].stage),
                framework_subject(fw, marks[i].subject), marks[i].test, marks[i].year,
                marks[i].mark, &value, &err);

        CHECK_OK(marks[i].row, code, &err);
        CHECK_TEXT(marks[i].row, framework_value_text(fw, value, buffer), marks[i].grade);
        CHECK_TEXT(marks[i].row, framework_shown_text(fw, value, buffer), marks[i].shown);
    }
    arena_free(&arena);
}

static const struct {
    const char *row, *stage, *subject, *test;
    int year;
    int64_t mark;
    enum err_code code;
    const char *message, *hint;
} refused[] = {
    { "below nothing", "KS2", "MAT", NULL, 2008, -1000, ERR_INVALID, "-1 is outside",
            "0 to 100" },
    { "above the maximum", "KS2", "MAT", NULL, 2008, 100500, ERR_INVALID, "100.5 is outside",
            "0 to 100" },
    { "a year without a test", "KS2", "MAT", NULL, 2001, 50000, ERR_NOT_FOUND,
            "no boundaries are known for the 2001 Key Stage 2 test in Mathematics",
            "2003 to 2014" },
    { "an unknown test", "KS2", "MAT", "Mock", 2008, 50000, ERR_NOT_FOUND, ": Mock",
            "Give the grade" },
    { "a subject without a test", "KS2", "HIS", NULL, 2008, 50000, ERR_NOT_FOUND, "History",
            "Give the grade" },
    { "below the pass of level 6", "KS2", "MAT", "Level 6", 2014, 31000, ERR_INVALID,
            "31 is below the lowest grade", "begins at 32" },
    { "a grade that is not known", "Y4", "REA", "QCA 2003", 2007, 24000, ERR_NOT_FOUND,
            "the grade for 24 marks and more is not known", "" },
    { "below nothing, no maximum", "KS2", "MAT", "Open", 2008, -1, ERR_INVALID, "is outside",
            "not below 0" },
    { "no stage", NULL, "MAT", NULL, 2008, 50000, ERR_NOT_FOUND, "without a stage", "" },
    { "no subject", "KS2", NULL, NULL, 2008, 50000, ERR_NOT_FOUND, "without a subject", "" },
};

static void a_mark_nobody_can_read_is_refused(void **state)
{
    struct arena arena = { 0 };
    const struct framework *fw = england_with(&arena, own_tests);

    (void)state;
    for (size_t i = 0; i < COUNT(refused); i++) {
        struct value value = { 1, 2, 3, 4 };
        struct err err = { 0 };

        CHECK_INT(refused[i].row,
                framework_read_mark(fw, framework_stage(fw, refused[i].stage),
                        framework_subject(fw, refused[i].subject), refused[i].test,
                        refused[i].year, refused[i].mark, &value, &err),
                refused[i].code);
        CHECK_HAS(refused[i].row, err.message, refused[i].message);
        CHECK_HAS(refused[i].row, err.hint, refused[i].hint);
        CHECK_INT(refused[i].row, value.points, 1);
    }
    arena_free(&arena);
}

static void a_mark_above_the_decimal_scale_is_refused(void **state)
{
    struct arena arena = { 0 };
    const struct framework *fw = england_with(&arena,
            "scale short-decimal \"Short\" metric=nc kind=number min=1 max=4 places=1 "
            "points-per-unit=6 source=x\n"
            "boundaries stage=KS2 subject=MAT test=T max=100 scales=nc decimal=short-decimal "
            "bands=4:0,5:50 source=x\n");
    struct value value = VALUE_NONE;
    struct err err = { 0 };
    int stage = framework_stage(fw, "KS2");
    int subject = framework_subject(fw, "MAT");

    (void)state;
    CHECK_OK("inside", framework_read_mark(fw, stage, subject, "T", 2008, 0, &value, &err),
            &err);
    CHECK_INT("above", framework_read_mark(fw, stage, subject, "T", 2008, 60000, &value, &err),
            ERR_INVALID);
    arena_free(&arena);
}

TESTS(TEST(a_mark_becomes_a_grade_or_a_decimal_level), TEST(a_mark_nobody_can_read_is_refused),
        TEST(a_mark_above_the_decimal_scale_is_refused))
