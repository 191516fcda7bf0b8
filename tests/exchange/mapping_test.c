#include "exchange/mapping.h"

#include "gather.h"
#include "pupils/upn.h"

static enum err_code parse(const char *text, struct arena *arena, struct mapping *mapping,
        struct err *err)
{
    return mapping_parse("m.map", text, strlen(text), arena, mapping, err);
}

static enum err_code apply(const char *map, const char *table, struct gather *gather,
        struct err *err)
{
    struct arena arena = { 0 };
    struct mapping mapping;
    struct sink sink = gather_sink(gather);
    struct source source;
    enum err_code rc = parse(map, &arena, &mapping, err);

    source_memory(&source, "t.csv", table, strlen(table));
    if (rc == ERR_OK)
        rc = mapping_read(&mapping, &source, &sink, err);
    arena_free(&arena);
    return rc;
}

#define SCORES                                                                                 \
    "# a comment\nmap scores\nabout \"Scores of a test\"\nkind results\n\n"                    \
    "values likert\n high -> 3\n \"very high\" -> 4\notherwise keep\n\n"                       \
    "result\ncolumn \"Pupil UPN\" -> upn\ncolumn Subject -> subject\n"                         \
    "column Score -> mark using likert\nconstant kind test\n"                                  \
    "constant date 2008-05-12\nconstant source \"Test {Form} of {Year}\"\n"

static const struct {
    const char *name;
    const char *map;
    const char *table;
    const char *want;
} maps[] = {
    { "columns, constants, places and values", SCORES,
            "pupil_upn;Subject;Score;Form;Year;Hall\nb801200005001;MAT;High;A;2008;East\n"
            "B801200005001;REA;67;B;2008;East\n",
            "note Columns that the mapping does not use: Hall.\n"
            "result B801200005001|MAT|test|~|2008-05-12|~|~|3|~|~|Test A of 2008|~|~\n"
            "result B801200005001|REA|test|~|2008-05-12|~|~|67|~|~|Test B of 2008|~|~\n" },
    { "a result without grade and mark is none", SCORES,
            "pupil_upn,Subject,Score,Form,Year\nB801200005001,MAT,,A,2008\n", "" },
    { "a row of pupil, two results and a group",
            "map m\nschool from column School as laestab\nschool name \"School {School}\"\n"
            "pupil\ncolumn UPN -> upn\ncolumn Name -> surname\ncolumn Year -> year_group\n"
            "result\nconstant subject ENG\ncolumn En -> grade\n"
            "result\nconstant subject MAT\ncolumn Ma -> grade\n"
            "group\ncolumn Set -> group\nconstant type teaching\n",
            "School,UPN,Name,Year,En,Ma,Set\n"
            "806/4001,b801200005001,Smith,5,4b,3a,5x\n8064002,N354900108002,Jones,6,,5c,\n"
            "8064001,R354900108004,Brown,5,2a,,\n",
            "school 8064001|School 806/4001|~|~|~|~\n"
            "pupil B801200005001|~|Smith|~|~|~|8064001 year_group=5[~,~]\n"
            "result B801200005001|ENG|~|~|~|~|4b|~|~|~|~|~|8064001\n"
            "result B801200005001|MAT|~|~|~|~|3a|~|~|~|~|~|8064001\n"
            "group B801200005001|5x|teaching|~|~|~|8064001\n"
            "school 8064002|School 8064002|~|~|~|~\n"
            "pupil N354900108002|~|Jones|~|~|~|8064002 year_group=6[~,~]\n"
            "result N354900108002|MAT|~|~|~|~|5c|~|~|~|~|~|8064002\n"
            "school 8064001|School 8064001|~|~|~|~\n"
            "pupil R354900108004|~|Brown|~|~|~|8064001 year_group=5[~,~]\n"
            "result R354900108004|ENG|~|~|~|~|2a|~|~|~|~|~|8064001\n" },
    /* 998400100 00A: 2x9 + 3x9 + 4x8 + 5x4 + 8x1 = 105, mod 23 = 13, P; school 2: 113, 21, Y;
       00B adds 13: 118, 3, D. */
    { "anonymous pupils get the school's temporary numbers",
            "map m\nschool from column s as laestab 9984NNN\npupils anonymous\n"
            "pupil\ncolumn sex -> sex\nresult\ncolumn score -> grade\n",
            "s,sex,score\n1,F,0.5\n2,M,-1.25\n1,F,0.5\n",
            "school 9984001|~|~|~|~|~\n"
            "pupil P99840010000A|~|0001|Pupil|~|F|9984001\n"
            "result P99840010000A|~|~|~|~|~|0.5|~|~|~|~|~|9984001\n"
            "school 9984002|~|~|~|~|~\n"
            "pupil Y99840020000A|~|0001|Pupil|~|M|9984002\n"
            "result Y99840020000A|~|~|~|~|~|-1.25|~|~|~|~|~|9984002\n"
            "pupil D99840010000B|~|0002|Pupil|~|F|9984001\n"
            "result D99840010000B|~|~|~|~|~|0.5|~|~|~|~|~|9984001\n" },
    { "rows that cannot be taken",
            "map m\nschool from column s as laestab 9984NNN\npupils anonymous\n"
            "values sexes\n1 -> F\n2 -> M\npupil\ncolumn sex -> sex using sexes\n",
            "s,sex\nx,1\n1234,1\n1,3\n1\n",
            "finding 2 s \"x\": it cannot be made the number of a school\n"
            "finding 3 s \"1234\": it cannot be made the number of a school\n"
            "school 9984001|~|~|~|~|~\n"
            "finding 4 sex \"3\": the mapping's table of values does not have it\n"
            "finding 5 ~ \"~\": the row has more or fewer fields than the header\n" },
    { "a pupil's wrong UPN", "map m\npupil\ncolumn UPN -> upn\n", "UPN,x\nA801200005001,\n",
            "note Columns that the mapping does not use: x.\n"
            "finding 2 upn \"A801200005001\": the check letter should be B, not A\n" },
};

static void a_mapping_makes_records_of_any_table(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(maps); i++) {
        struct gather gather = { 0 };
        struct err err = { 0 };

        CHECK_OK(maps[i].name, apply(maps[i].map, maps[i].table, &gather, &err), &err);
        CHECK_TEXT(maps[i].name, gathered(&gather), maps[i].want);
        gather_free(&gather);
    }
}

static const struct {
    const char *name;
    const char *map;
    long row;
    const char *message;
} refused[] = {
    { "no name", "pupil\ncolumn a -> upn\n", 0, "a mapping begins with" },
    { "nothing made", "map m\n", 0, "makes nothing" },
    { "an unknown line", "map m\ncolour red\n", 2, "colour is not understood" },
    { "an unknown field", "map m\nresult\ncolumn a -> colour\n", 3,
            "colour is no field of a result: there are upn, subject" },
    { "a field twice", "map m\nresult\ncolumn a -> upn\ncolumn b -> upn\n", 4, "given twice" },
    { "a field nowhere", "map m\ncolumn a -> upn\n", 2,
            "belongs under pupil, result or group" },
    { "no UPN", "map m\nresult\ncolumn a -> grade\n", 0, "result number 1 has no upn" },
    { "an open quote", "map \"m\n", 1, "quotation mark is not closed" },
    { "no such table", "map m\nresult\ncolumn a -> grade using t\n", 3,
            "no table of values t" },
    { "a school without digits", "map m\nschool from column s as laestab NNNNNNN\n", 2,
            "is no LAESTAB" },
    { "anonymous without a school", "map m\npupils anonymous\npupil\nconstant sex F\n", 0,
            "need a school line" },
    { "a kind that is none", "map m\nkind ctf\n", 2, "kind is pupils, results or groups" },
    { "not a text", "map \xFF\n", 0, "a text in UTF-8" },
};

static void a_mapping_that_is_wrong_is_refused_with_its_line(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(refused); i++) {
        struct arena arena = { 0 };
        struct mapping mapping;
        struct err err = { 0 };

        CHECK_INT(refused[i].name, parse(refused[i].map, &arena, &mapping, &err), ERR_INVALID);
        CHECK_HAS(refused[i].name, err.message, refused[i].message);
        CHECK_INT(refused[i].name, err.row, refused[i].row);
        CHECK_TEXT(refused[i].name, err.file, "m.map");
        arena_free(&arena);
    }
}

static void a_missing_column_is_refused(void **state)
{
    struct gather gather = { 0 };
    struct err err = { 0 };

    (void)state;
    CHECK_INT("missing", apply(SCORES, "pupil_upn,Subject,Score,Form\n", &gather, &err),
            ERR_INVALID);
    CHECK_HAS("which", err.message,
            "the column Year, which the mapping scores uses, is missing");
    CHECK_INT("where", err.row, 1);
    gather_free(&gather);
}

static void the_shipped_mapping_reads(void **state)
{
    struct arena arena = { 0 };
    struct mapping mapping;
    struct err err = { 0 };
    size_t n = 0;
    char *bytes = slurp(ATTAIN_SOURCE_ROOT "/data/maps/exam-london.map", &n);

    (void)state;
    CHECK_TRUE("there", bytes != NULL);
    CHECK_OK("parsed", mapping_parse("exam-london.map", bytes, n, &arena, &mapping, &err),
            &err);
    CHECK_TEXT("its name", mapping.name, "exam-london");
    CHECK_INT("a pupil and two results", mapping.section_n, 3);
    arena_free(&arena);
    free(bytes);
}

static void the_exam_data_are_4059_pupils_of_65_schools(void **state)
{
    const char *folder = getenv("ATTAIN_SAMPLES");
    struct gather gather = { .silent = true };
    struct sink sink = gather_sink(&gather);
    struct arena arena = { 0 };
    struct mapping mapping;
    struct source source;
    struct err err = { 0 };
    char path[1024];
    size_t n = 0;
    char *bytes;

    (void)state;
    if (folder == NULL) {
        print_message("skipped: ATTAIN_SAMPLES names no folder of sample files\n");
        skip();
    }
    bytes = slurp(ATTAIN_SOURCE_ROOT "/data/maps/exam-london.map", &n);
    CHECK_TRUE("there", bytes != NULL);
    CHECK_OK("parsed", mapping_parse("exam-london.map", bytes, n, &arena, &mapping, &err),
            &err);
    (void)snprintf(path, sizeof(path), "%s/models/exam.csv", folder);
    CHECK_OK("open", source_open(&source, path, &err), &err);
    CHECK_OK("read", mapping_read(&mapping, &source, &sink, &err), &err);
    CHECK_INT("schools", gather.other_n, 65);
    CHECK_INT("pupils", gather.pupil_n, 4059);
    CHECK_INT("results", gather.result_n, 2 * 4059);
    CHECK_INT("findings", gather.finding_n, 0);
    source_close(&source);
    gather_free(&gather);
    arena_free(&arena);
    free(bytes);
}

TESTS(TEST(a_mapping_makes_records_of_any_table),
        TEST(a_mapping_that_is_wrong_is_refused_with_its_line),
        TEST(a_missing_column_is_refused), TEST(the_shipped_mapping_reads),
        TEST(the_exam_data_are_4059_pupils_of_65_schools))
