#include "england.h"

#define HEAD "framework t \"T\"\n"
#define SCALE "scale s \"S\" source=x\n"
#define STAGE "stage Y5 \"Year 5\" years=5\n"
#define SUBJECT "subject ART \"Art\"\n"

static const struct {
    const char *row, *text;
    long line;
    const char *message, *hint;
} refused[] = {
    { "unknown directive", HEAD "\n# note\nscael s \"S\"\n", 4, "unknown directive scael",
            "Did you mean scale?" },
    { "nothing like one", "elephants 4\n", 1, "unknown directive elephants",
            "A line begins with" },
    { "a key first", "points=3\n", 1, "unknown directive points", "" },
    { "unknown key", "scale s \"S\" colour=red source=x\n", 1,
            "unknown key colour in a scale line", "A scale line may have metric, kind" },
    { "key on a line without keys", "framework a \"A\" source=x\n", 1, "unknown key source",
            "has no keys" },
    { "missing key", "scale s \"S\"\n", 1, "the scale line has no source=", "" },
    { "empty source", "scale s \"S\" source=\"  \"\n", 1, "source is empty", "" },
    { "empty source without quotes", "scale s \"S\" source=\n", 1, "source is empty", "" },
    { "missing code", "subject\n", 1, "the subject line has no code", "" },
    { "missing name", "subject ART\n", 1, "the subject line has no name", "" },
    { "empty code", "subject \"\" \"Art\"\n", 1, "empty code or name", "" },
    { "too long a code",
            "subject ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKLM \"A\"\n",
            1, "longer than 60 bytes", "" },
    { "a word too many", "subject ART \"Art\" more\n", 1, "\"more\" does not belong", "" },
    { "a code where none belongs", "rule KS2 scales=nc\n", 1, "does not belong in a rule line",
            "" },
    { "a key twice", "subject ART \"Art\" core=yes core=no\n", 1, "core is given twice", "" },
    { "the same code twice", SUBJECT "subject art \"Other\"\n", 2,
            "the subject art is already in line 1 of this file", "" },
    { "two framework lines", HEAD "framework u \"U\"\n", 2, "already in line 1", "" },
    { "not a number", SCALE "grade a points=much\n", 2, "points=much is not a number", "" },
    { "not a whole number", SCALE "grade a step=1.5\n", 2, "step=1.5 is not a whole number",
            "" },
    { "too large a number", SCALE "grade a points=10001\n", 2, "points=10001 is out of range",
            "" },
    { "not yes or no", "subject ART \"Art\" core=perhaps\n", 1, "should be yes or no", "" },
    { "not a kind", "scale s \"S\" kind=vague source=x\n", 1, "is not one of the words", "" },
    { "years the wrong way", "stage Y5 \"Y\" years=6-3\n", 1, "is not a run of school years",
            "" },
    { "years nobody has", "stage Y5 \"Y\" years=3-14\n", 1, "years=3-14", "" },
    { "an empty entry in a list", "derive ENG from=REA,,WRI\n", 1, "from has an empty entry",
            "" },
    { "too long a list", "derive ENG from=A,B,C,D,E\n", 1, "5 entries, at most 4", "" },
    { "a grade without a scale", "grade 4b points=27\n", 1, "no scale line above it", "" },
    { "a grade after another directive", SCALE SUBJECT "grade a\n", 3, "no scale line above",
            "" },
    { "unterminated quote", "subject ART \"Art\n", 1, "has no closing quote", "" },
    { "unterminated quote of a key", "scale s \"S\" source=\"x\n", 1, "has no closing quote",
            "" },
    { "a quote inside a word", "subject AR\"T \"Art\"\n", 1, "a quote stands inside a word",
            "" },
    { "a quote inside a value", "scale s \"S\" source=a\"b\"\n", 1, "inside a word", "" },
    { "no space behind a quote", "subject ART \"Art\"core=yes\n", 1, "a space is missing", "" },
    { "no key before the sign", "subject ART \"Art\" =yes\n", 1, "has no key before it", "" },
    { "too many words",
            "rule a b c d e f g h i j k l m n o p q r s t u v w x y z a b c d e f g h i j k l "
            "m n o\n",
            1, "too many words", "" },
    { "a control character", "subject ART \"A\x01rt\"\n", 1,
            "control character in it at byte 15", "" },
    { "not UTF-8",
            "subject ART \"Fran\xE7"
            "ais\"\n",
            1, "is not UTF-8", "" },
    { "points do not ascend", HEAD SCALE "grade a points=3\ngrade b points=2\n", 4,
            "the points of b are lower", "" },
    { "steps do not ascend", HEAD SCALE "grade a points=1 step=2\ngrade b points=2 step=1\n", 4,
            "the step of b is lower", "" },
    { "two rungs at the same points", HEAD SCALE "grade a points=3\ngrade b points=3\n", 4,
            "b has the points of the rung before it", "" },
    { "a rung without points", HEAD SCALE "grade a rung=yes\n", 3,
            "a is a rung but has no points", "" },
    { "a grade twice", HEAD SCALE "grade a points=1\ngrade A points=2\n", 4,
            "A already means something else", "" },
    { "an alias twice", HEAD SCALE "grade a points=1\ngrade b points=2 alias=\"x,A\"\n", 4,
            "A already means something else", "" },
    { "a scale without grades", HEAD SCALE, 2, "the scale s has no grades", "" },
    { "a number without a range", HEAD "scale s \"S\" kind=number min=1 source=x\n", 2,
            "no min= and max=", "" },
    { "a range the wrong way", HEAD "scale s \"S\" kind=number min=5 max=5 source=x\n", 2,
            "min of the scale s is not below max", "" },
    { "grades on a scale of numbers",
            HEAD "scale s \"S\" kind=number min=1 max=5 source=x\ngrade a\n", 2,
            "is not one of grades", "" },
    { "validity the wrong way", HEAD "scale s \"S\" from=2004 to=2003 source=x\ngrade a\n", 2,
            "to is before from", "" },
    { "an undefined metric", HEAD "scale s \"S\" metric=m source=x\ngrade a\n", 2,
            "no metric is called m", "" },
    { "half a part", HEAD "metric m one=a many=b part-one=c\n", 2, "belong together", "" },
    { "an undefined subject", HEAD SUBJECT "derive ART from=REA\n", 3,
            "no subject is called REA", "" },
    { "derived from itself", HEAD SUBJECT "derive ART from=art\n", 3, "cannot be derived", "" },
    { "two subjects of one name", HEAD SUBJECT "subject FIN \"ART\"\n", 3,
            "ART already means something else", "" },
    { "an undefined stage", HEAD "stage Y5 \"Y\" years=5 previous=KS1\n", 2,
            "no stage is called KS1", "" },
    { "its own previous stage", HEAD "stage Y5 \"Y\" years=5 previous=Y5\n", 2,
            "cannot be its own previous", "" },
    { "an undefined scale", HEAD "rule scales=nc\n", 2, "no scale is called nc", "" },
    { "an undefined stage in a rule", HEAD SCALE "grade a\nrule stages=KS2 scales=s\n", 4,
            "no stage is called KS2", "" },
    { "two rules for one stage",
            HEAD SCALE "grade a\n" STAGE "rule stages=Y5 scales=s\nrule stages=Y5 scales=s\n",
            6, "line 5 of this file already has a rule", "" },
    { "a measure without its level",
            HEAD STAGE SUBJECT "measure m \"M\" kind=threshold stage=Y5 years=5 subjects=ART "
                               "source=x\n",
            4, "has no at-least=", "" },
    { "a measure without its stage",
            HEAD SUBJECT "measure m \"M\" kind=threshold years=5 at-least=4 subjects=ART "
                         "source=x\n",
            3, "has no stage=", "" },
    { "a formula that is not there", HEAD "measure m \"M\" kind=formula years=5 source=x\n", 2,
            "has a formula=", "" },
    { "a formula where none belongs",
            HEAD STAGE SUBJECT "measure m \"M\" kind=threshold stage=Y5 years=5 at-least=4 "
                               "subjects=ART formula=YEAR source=x\n",
            4, "no other has", "" },
    { "a measure without subjects",
            HEAD STAGE "measure m \"M\" kind=threshold stage=Y5 years=5 at-least=4 source=x\n",
            3, "has no subjects=", "" },
    { "awards of a subject",
            HEAD STAGE SUBJECT "measure m \"M\" kind=awards stage=Y5 years=5 at-least=4 "
                               "subjects=ART source=x\n",
            4, "counts awards in any subject", "" },
    { "a threshold with",
            HEAD STAGE SUBJECT "measure m \"M\" kind=threshold stage=Y5 years=5 at-least=4 "
                               "subjects=ART with=ART source=x\n",
            4, "are for measures of awards", "" },
    { "bands without a mark",
            HEAD STAGE SUBJECT SCALE
            "grade a points=1\nboundaries stage=Y5 subject=ART scales=s "
            "bands=a source=x\n",
            6, "is not a grade, a colon and the lowest mark", "" },
    { "a band of no grade",
            HEAD STAGE SUBJECT SCALE
            "grade a points=1\nboundaries stage=Y5 subject=ART scales=s "
            "bands=b:1 source=x\n",
            6, "b is not a grade of these scales", "" },
    { "bands of an undefined scale",
            HEAD STAGE SUBJECT SCALE "grade a points=1\nboundaries stage=Y5 subject=ART "
                                     "scales=s,z bands=b:1 source=x\n",
            6, "no scale is called z", "" },
    { "an undefined stage of a test",
            HEAD SUBJECT SCALE "grade a points=1\nboundaries stage=Y5 subject=ART "
                               "scales=s bands=a:1 source=x\n",
            5, "no stage is called Y5", "" },
    { "an undefined subject of a test",
            HEAD STAGE SCALE "grade a points=1\nboundaries stage=Y5 subject=ART "
                             "scales=s bands=a:1 source=x\n",
            5, "no subject is called ART", "" },
    { "an undefined decimal scale",
            HEAD STAGE SUBJECT SCALE "grade a points=1\nboundaries stage=Y5 subject=ART "
                                     "scales=s decimal=z bands=a:1 source=x\n",
            6, "no scale is called z", "" },
    { "a band without a grade",
            HEAD STAGE SUBJECT SCALE "grade a points=1\nboundaries stage=Y5 subject=ART "
                                     "scales=s bands=:1 source=x\n",
            6, "is not a grade, a colon", "" },
    { "a mark below nothing",
            HEAD STAGE SUBJECT SCALE "grade a points=1\nboundaries stage=Y5 subject=ART "
                                     "scales=s bands=a:-1 source=x\n",
            6, "is not a grade, a colon", "" },
    { "an undefined subject in a rule", HEAD SCALE "grade a\nrule subjects=ART scales=s\n", 4,
            "no subject is called ART", "" },
    { "a measure at no stage",
            HEAD "measure m \"M\" kind=awards stage=Y5 years=5 at-least=4 "
                 "source=x\n",
            2, "no stage is called Y5", "" },
    { "a measure of no subject",
            HEAD STAGE
            "measure m \"M\" kind=threshold stage=Y5 years=5 at-least=4 subjects=ART "
            "source=x\n",
            3, "no subject is called ART", "" },
    { "awards with no subject",
            HEAD STAGE "measure m \"M\" kind=awards stage=Y5 years=5 at-least=4 with=ART "
                       "source=x\n",
            3, "no subject is called ART", "" },
    { "awards without no subject",
            HEAD STAGE "measure m \"M\" kind=awards stage=Y5 years=5 at-least=4 without=ART "
                       "source=x\n",
            3, "no subject is called ART", "" },
    { "a subject derived by nobody", HEAD SUBJECT "derive ENG from=ART\n", 3,
            "no subject is called ENG", "" },
    { "marks that do not ascend",
            HEAD STAGE SUBJECT SCALE
            "grade a points=1\nboundaries stage=Y5 subject=ART scales=s "
            "bands=a:5,a:5 source=x\n",
            6, "do not ascend at a:5", "" },
    { "a band above the maximum",
            HEAD STAGE SUBJECT SCALE
            "grade a points=1\nboundaries stage=Y5 subject=ART scales=s "
            "max=4 bands=a:5 source=x\n",
            6, "a:5 lies above max=", "" },
    { "decimals on grades",
            HEAD STAGE SUBJECT SCALE
            "grade a points=1\nboundaries stage=Y5 subject=ART scales=s "
            "decimal=s max=9 bands=a:5 source=x\n",
            6, "not a scale of numbers", "" },
    { "decimals of another metric",
            HEAD STAGE SUBJECT SCALE
            "grade a points=1\nscale d \"D\" kind=number min=1 max=9 source=x\n"
            "boundaries stage=Y5 subject=ART scales=s decimal=d max=9 bands=a:5 source=x\n",
            7, "a scale of another metric", "" },
    { "decimals without a maximum",
            HEAD STAGE SUBJECT SCALE
            "grade a points=1\nscale d \"D\" metric=s kind=number min=1 max=9 source=x\n"
            "boundaries stage=Y5 subject=ART scales=s decimal=d bands=a:5 source=x\n",
            7, "decimal= needs max=", "" },
    { "the same boundaries twice",
            HEAD STAGE SUBJECT SCALE
            "grade a points=1\n"
            "boundaries stage=Y5 subject=ART scales=s bands=a:5 source=x\n"
            "boundaries stage=Y5 subject=ART scales=s bands=a:6 source=x\n",
            7, "line 6 of this file already has the boundaries", "" },
    { "no framework line", SUBJECT, 0, "no file has a framework line", "One file begins with" },
};

static enum err_code read_text(const char *bytes, size_t n, struct err *err)
{
    struct arena arena = { 0 };
    struct framework_draft *draft = framework_begin(&arena);
    const struct framework *fw = NULL;
    enum err_code code = framework_read(draft, "t.framework", bytes, n, err);

    if (code == ERR_OK)
        code = framework_finish(draft, &fw, err);
    CHECK_TRUE("no framework without success", (fw != NULL) == (code == ERR_OK));
    arena_free(&arena);
    return code;
}

static void a_wrong_file_is_refused_with_line_and_reason(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(refused); i++) {
        struct err err = { 0 };

        CHECK_INT(refused[i].row, read_text(refused[i].text, strlen(refused[i].text), &err),
                ERR_INVALID);
        CHECK_HAS(refused[i].row, err.message, refused[i].message);
        CHECK_HAS(refused[i].row, err.hint, refused[i].hint);
        CHECK_INT(refused[i].row, err.row, refused[i].line);
        CHECK_TEXT(refused[i].row, err.file, refused[i].line == 0 ? "" : "t.framework");
    }
}

static void a_nul_byte_is_refused(void **state)
{
    static const char text[] = HEAD "subject A\0T \"Art\"\n";
    struct err err = { 0 };

    (void)state;
    CHECK_INT("NUL", read_text(text, sizeof(text) - 1, &err), ERR_INVALID);
    CHECK_HAS("NUL", err.message, "NUL byte");
    CHECK_INT("NUL", err.row, 2);
}

static char large[1024 * 1024];

static void a_line_of_4096_bytes_is_read_and_one_more_is_refused(void **state)
{
    struct err err = { 0 };
    size_t head = strlen(HEAD);

    (void)state;
    memcpy(large, HEAD, head);
    memset(large + head, '#', 4097);
    CHECK_OK("4096", read_text(large, head + 4096, &err), &err);
    CHECK_INT("4097", read_text(large, head + 4097, &err), ERR_INVALID);
    CHECK_HAS("4097", err.message, "longer than 4096 bytes");
    CHECK_INT("4097", err.row, 2);
}

static void a_file_of_20000_lines_is_read_and_one_more_is_refused(void **state)
{
    struct err err = { 0 };
    size_t head = strlen(HEAD);

    (void)state;
    memcpy(large, HEAD, head);
    memset(large + head, '\n', 20000);
    CHECK_OK("20000", read_text(large, head + 19999, &err), &err);
    CHECK_INT("20001", read_text(large, head + 20000, &err), ERR_INVALID);
    CHECK_INT("20001", err.row, 20001);
}

static void more_than_2000_of_a_kind_are_refused(void **state)
{
    struct err err = { 0 };
    size_t n = 0;

    (void)state;
    for (int i = 0; i < 2001; i++)
        n += (size_t)snprintf(large + n, sizeof(large) - n, "source s%d rank=1\n", i);
    CHECK_INT("2001", read_text(large, n, &err), ERR_INVALID);
    CHECK_HAS("2001", err.message, "more than 2000 source lines");
    CHECK_INT("2001", err.row, 2001);
}

static void more_than_30000_grades_are_refused(void **state)
{
    struct arena arena = { 0 };
    struct framework_draft *draft = framework_begin(&arena);
    const struct framework *fw = NULL;
    struct err err = { 0 };

    (void)state;
    for (int file = 0; file < 2; file++) {
        size_t n = (size_t)snprintf(large, sizeof(large),
                "framework t \"T\"\nscale s%d \"S\" source=x\n", file);

        for (int i = 0; i < 15001; i++)
            n += (size_t)snprintf(large + n, sizeof(large) - n, "grade g%d\n", i);
        CHECK_OK("read", framework_read(draft, "t", large, n, &err), &err);
    }
    CHECK_INT("finish", framework_finish(draft, &fw, &err), ERR_INVALID);
    CHECK_HAS("finish", err.message, "more than 30000 grades");
    arena_free(&arena);
}

static void more_than_30000_rules_are_refused(void **state)
{
    size_t n = (size_t)snprintf(large, sizeof(large), HEAD SCALE "grade a\n");
    struct err err = { 0 };

    (void)state;
    for (int i = 0; i < 600; i++)
        n += (size_t)snprintf(large + n, sizeof(large) - n, "stage s%d \"S\" years=1\n", i);
    for (int i = 0; i < 60; i++)
        n += (size_t)snprintf(large + n, sizeof(large) - n, "subject u%d \"U%d\"\n", i, i);
    for (int i = 0; i < 600; i++) {
        n += (size_t)snprintf(large + n, sizeof(large) - n,
                "rule scales=s stages=s%d subjects=u0", i);
        for (int k = 1; k < 60; k++)
            n += (size_t)snprintf(large + n, sizeof(large) - n, ",u%d", k);
        n += (size_t)snprintf(large + n, sizeof(large) - n, "\n");
    }
    CHECK_INT("rules", read_text(large, n, &err), ERR_INVALID);
    CHECK_HAS("rules", err.message, "more than 30000 scale rules");
}

static void a_draft_there_was_no_memory_for_is_reported(void **state)
{
    const struct framework *fw = NULL;
    struct err err = { 0 };

    (void)state;
    CHECK_INT("read", framework_read(NULL, "t", "", 0, &err), ERR_MEMORY);
    CHECK_INT("finish", framework_finish(NULL, &fw, &err), ERR_MEMORY);
    CHECK_TRUE("none", fw == NULL);
}

static void a_draft_with_a_refused_file_cannot_be_finished(void **state)
{
    struct arena arena = { 0 };
    struct framework_draft *draft = framework_begin(&arena);
    const struct framework *fw = NULL;
    struct err err = { 0 };

    (void)state;
    CHECK_INT("bad", framework_read(draft, "bad", "x", 1, &err), ERR_INVALID);
    CHECK_OK("good", framework_read(draft, "good", HEAD, strlen(HEAD), &err), &err);
    CHECK_INT("finish", framework_finish(draft, &fw, &err), ERR_INVALID);
    CHECK_HAS("finish", err.message, "a file of the framework was refused");
    CHECK_TRUE("none", fw == NULL);
    arena_free(&arena);
}

TESTS(TEST(a_wrong_file_is_refused_with_line_and_reason), TEST(a_nul_byte_is_refused),
        TEST(a_line_of_4096_bytes_is_read_and_one_more_is_refused),
        TEST(a_file_of_20000_lines_is_read_and_one_more_is_refused),
        TEST(more_than_2000_of_a_kind_are_refused), TEST(more_than_30000_grades_are_refused),
        TEST(more_than_30000_rules_are_refused),
        TEST(a_draft_there_was_no_memory_for_is_reported),
        TEST(a_draft_with_a_refused_file_cannot_be_finished))
