#include "school/template.h"

#include "base/text.h"
#include "check.h"

static struct arena arena;

static enum err_code parse(const char *text, struct template *template, struct err *err)
{
    *err = (struct err){ 0 };
    return template_parse("mine.template", text, strlen(text), &arena, template, err);
}

static const char whole[] =
        "# A template of every kind of line.\n"
        "template year5 \"Year 5, \"\"maths\"\"\"\r\n"
        "about Where they stand\n"
        "about and where they go.\n"
        "stages KS2,KS3\n"
        "subject MAT\n"
        "\n"
        "aspect EFFORT \"Effort\" grade scale effort subject MAT\n"
        "aspect HW \"Homework\" number lowest -2 highest 20.5 from 2026-09-01 "
        "to 2027-07-31\n"
        "aspect TEST \"Test\" mark highest 40\n"
        "aspect NEXT \"Next step\" comment longest 120\n"
        "aspect CAN-ADD \"Adds\" yes-no\n"
        "table \"Expected\"\n"
        "row \"2b\" \"4b\"\n"
        "row 3 \"5b\"\n"
        "otherwise none\n"
        "show \"Start\" prior\n"
        "enter \"Effort\" EFFORT\n"
        "colour below \"Low\" COLUMN(\"Effort\") < \"3\"\n"
        "calculate \"Gap\" points from -60 to 60\n"
        "formula GAP\n"
        "formula + 1\n"
        "calculate \"Aim\" grade scale nc\n"
        "formula TARGET\n";

static void every_line_is_read(void **state)
{
    struct template t = { 0 };
    struct err err;

    (void)state;
    CHECK_OK("whole", parse(whole, &t, &err), &err);
    CHECK_TEXT("code", t.code, "year5");
    CHECK_TEXT("a mark inside a text", t.name, "Year 5, \"maths\"");
    CHECK_TEXT("about goes on", t.about, "Where they stand and where they go.");
    CHECK_TEXT("stages", t.stages, "KS2,KS3");
    CHECK_TEXT("subject", t.subject, "MAT");
    CHECK_INT("aspects", t.aspect_n, 5);
    CHECK_INT("kind", t.aspects[0].kind, ASPECT_GRADE);
    CHECK_TEXT("scale", t.aspects[0].scale, "effort");
    CHECK_INT("thousandths", t.aspects[1].lowest, -2000);
    CHECK_INT("thousandths", t.aspects[1].highest, 20500);
    CHECK_INT("first day", t.aspects[1].from.ymd, 20260901);
    CHECK_INT("last day", t.aspects[1].to.ymd, 20270731);
    CHECK_INT("marks", t.aspects[2].highest, 40000);
    CHECK_INT("bytes of a comment", t.aspects[3].highest, 120);
    CHECK_INT("its line", t.aspects[4].row, 12);
    CHECK_INT("rows of a table", t.tables[0].n, 2);
    CHECK_TEXT("key", t.tables[0].keys[1], "3");
    CHECK_TEXT("value", t.tables[0].values[0], "4b");
    CHECK_TEXT("otherwise", t.tables[0].otherwise, "none");
    CHECK_INT("columns", t.column_n, 4);
    CHECK_TEXT("shown", t.columns[0].formula, "PRIOR");
    CHECK_INT("entered", t.columns[1].aspect, 0);
    CHECK_TEXT("colour", t.columns[1].colours[0].flag, "below");
    CHECK_TEXT("word", t.columns[1].colours[0].word, "Low");
    CHECK_TEXT("condition as it stands", t.columns[1].colours[0].formula,
            "COLUMN(\"Effort\") < \"3\"");
    CHECK_TEXT("formula over two lines", t.columns[2].formula, "GAP\n+ 1");
    CHECK_INT("range", t.columns[2].lowest, -60000);
    CHECK_TEXT("scale of the answer", t.columns[3].scale, "nc");
    CHECK_INT("found whatever the case", template_column(&t, "gap"), 2);
    CHECK_INT("not found", template_column(&t, "Gaps"), -1);
}

#define HEAD "template t \"T\"\n"

static const struct {
    const char *row, *text;
    long line;
    const char *message;
} refused[] = {
    { "nothing", "", 0, "holds no template" },
    { "no head", "show \"A\" prior\n", 1, "begins with its code and name" },
    { "two heads", HEAD HEAD, 2, "already" },
    { "no name", "template t\n", 1, "the name of the template is missing" },
    { "a code with a blank", "template \"a b\" \"T\"\n", 1, "letters, digits and hyphens" },
    { "more behind it", "template t \"T\" more\n", 1, "\"more\" has no meaning here" },
    { "no column", HEAD, 0, "has no column" },
    { "an unknown line", HEAD "shows \"A\" prior\n", 2, "begins no line" },
    { "a quote not closed", HEAD "show \"A prior\n", 2, "quotation mark is not closed" },
    { "no space behind a quote", HEAD "show \"A\"prior\n", 2, "a space is missing" },
    { "what cannot be shown", HEAD "show \"A\" shoesize\n", 2, "cannot be shown" },
    { "a column twice", HEAD "show \"A\" prior\nshow \"a\" target\n", 3, "already" },
    { "a name that is kept", HEAD "show \"Previous\" prior\n", 2, "already" },
    { "an aspect that is not there", HEAD "enter \"A\" EFFORT\n", 2, "no aspect EFFORT" },
    { "an aspect twice", HEAD "aspect E \"E\" yes-no\naspect e \"E\" yes-no\n", 3, "already" },
    { "an aspect in two columns", HEAD "aspect E \"E\" yes-no\nenter \"A\" E\nenter \"B\" E\n",
            4, "in another column" },
    { "a kind of no aspect", HEAD "aspect E \"E\" colour\n", 2, "no kind of aspect" },
    { "a grade without scale", HEAD "aspect E \"E\" grade\n", 2, "names its scale" },
    { "a scale of no grade", HEAD "aspect E \"E\" number scale nc\n", 2, "has no meaning" },
    { "half marks", HEAD "aspect E \"E\" mark highest 1.5\n", 2, "whole number" },
    { "a range upside down", HEAD "aspect E \"E\" number lowest 3 highest 2\n", 2, "above" },
    { "a comment without room", HEAD "aspect E \"E\" comment longest 0\n", 2, "1 to 2000" },
    { "a day that is none", HEAD "aspect E \"E\" yes-no from 2026-13-01\n", 2, "is a date" },
    { "days upside down", HEAD "aspect E \"E\" yes-no from 2026-02-02 to 2026-02-01\n", 2,
            "before the first" },
    { "no number", HEAD "aspect E \"E\" number highest ten\n", 2, "is a number" },
    { "no formula", HEAD "calculate \"A\" number\n", 2, "has no formula" },
    { "a formula of nothing", HEAD "formula GAP\n", 2, "under no column" },
    { "a formula of a shown one", HEAD "show \"A\" prior\nformula GAP\n", 3,
            "only a calculated" },
    { "an empty formula", HEAD "calculate \"A\"\nformula  \n", 3, "formula is missing" },
    { "a formula below colours",
            HEAD "calculate \"A\"\nformula 1\ncolour on \"B\" 1\nformula 2\n", 5,
            "above the colours" },
    { "no colour", HEAD "show \"A\" prior\ncolour red \"R\" YES\n", 3, "is no colour" },
    { "a colour without condition", HEAD "show \"A\" prior\ncolour on \"R\"\n", 3,
            "formula is missing" },
    { "a type twice", HEAD "calculate \"A\" number text\n", 2, "has no meaning here" },
    { "a range without to", HEAD "calculate \"A\" from 1 until 2\n", 2, "\"from 0 to 20\"" },
    { "a table without rows", HEAD "table \"A\"\nshow \"A\" prior\n", 2, "has no row" },
    { "a row of no table", HEAD "row 1 2\n", 2, "under no table" },
    { "a row twice", HEAD "table \"A\"\nrow 1 2\nrow 1 3\n", 4, "already" },
    { "not UTF-8", HEAD "show \"\xff\" prior\n", 0, "no text" },
};

static void what_is_wrong_is_said_with_its_line(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(refused); i++) {
        struct template t = { .code = "untouched" };
        struct err err;

        CHECK_INT(refused[i].row, parse(refused[i].text, &t, &err), ERR_INVALID);
        CHECK_HAS(refused[i].row, err.message, refused[i].message);
        CHECK_INT(refused[i].row, err.row, refused[i].line);
        CHECK_TEXT(refused[i].row, err.file, "mine.template");
        CHECK_TEXT(refused[i].row, t.code, "untouched");
    }
}

static void bounds_hold(void **state)
{
    static char text[80 * 1024];
    struct template t;
    struct err err;
    size_t n;

    (void)state;
    n = (size_t)snprintf(text, sizeof(text), HEAD);
    for (int i = 0; i < 41; i++)
        n += (size_t)snprintf(text + n, sizeof(text) - n, "show \"C%d\" prior\n", i);
    CHECK_INT("a column too many", parse(text, &t, &err), ERR_INVALID);
    CHECK_INT("its line", err.row, 42);
    n = (size_t)snprintf(text, sizeof(text), HEAD "table \"A\"\n");
    for (int i = 0; i < 61; i++)
        n += (size_t)snprintf(text + n, sizeof(text) - n, "row %d x\n", i);
    CHECK_INT("a row too many", parse(text, &t, &err), ERR_INVALID);
    CHECK_INT("its line", err.row, 63);
    memset(text, '#', 64 * 1024 + 1);
    text[64 * 1024 + 1] = '\0';
    CHECK_INT("too long", parse(text, &t, &err), ERR_INVALID);
    CHECK_HAS("too long", err.message, "65536 bytes");
}

static void without_memory_it_says_so(void **state)
{
    struct template t;
    struct err err;
    long n = 0;

    (void)state;
    for (;; n++) {
        enum err_code code;

        arena_free(&arena);
        arena_fault(n, 0);
        code = parse(whole, &t, &err);
        if (!arena_fault_fired()) {
            arena_fault(-1, 0);
            CHECK_OK("in the end", code, &err);
            break;
        }
        arena_fault(-1, 0);
        CHECK_INT("memory", code, ERR_MEMORY);
    }
    CHECK_TRUE("it was tried", n > 5);
    arena_free(&arena);
}

static void meaning_is_kind_scale_and_subject(void **state)
{
    struct aspect a = { .code = "E",
        .name = "E",
        .kind = ASPECT_GRADE,
        .scale = "effort",
        .subject = "" };
    struct aspect b = a;

    (void)state;
    b.name = "Effort";
    CHECK_TRUE("another name", aspect_same_meaning(&a, &b));
    CHECK_TRUE("is a change", !aspect_same(&a, &b));
    b.scale = "nc";
    CHECK_TRUE("another scale", !aspect_same_meaning(&a, &b));
}

TESTS(TEST(every_line_is_read), TEST(what_is_wrong_is_said_with_its_line), TEST(bounds_hold),
        TEST(without_memory_it_says_so), TEST(meaning_is_kind_scale_and_subject))
