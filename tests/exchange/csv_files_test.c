#include "exchange/csv_files.h"

#include "exchange/csv_write.h"
#include "gather.h"

static const struct {
    const char *name;
    enum file_kind kind;
    const char *text;
    const char *want;
} files[] = {
    { "pupils, columns in another order and spelling", FILE_PUPILS,
            "Surname,FORENAME,Former UPN,Sex,DOB,Year Group,SEN,UPN,fsm\n"
            "O'Shea,Zo\xC3\xAB,,F,29/02/2004,4,A,z354900108001,\n",
            "pupil Z354900108001||O'Shea|Zo\xC3\xAB|29/02/2004|F|~ year_group=4[~,~] "
            "sen=A[~,~]\n" },
    { "gender is another word for sex", FILE_PUPILS,
            "upn;surname;forename;dob;gender;year_group\nN354900108002;M;C;2003-09-01;M;R\n",
            "pupil N354900108002|~|M|C|2003-09-01|M|~ year_group=R[~,~]\n" },
    { "a UPN with a wrong check letter", FILE_PUPILS,
            "upn,surname,forename,dob,sex,year_group\nA801200005001,a,b,2003-09-01,M,4\n"
            "B801200005001,a,b,2003-09-01,M,4\n",
            "finding 2 upn \"A801200005001\": the check letter should be B, not A\n"
            "pupil B801200005001|~|a|b|2003-09-01|M|~ year_group=4[~,~]\n" },
    { "unknown columns are named once and kept out", FILE_PUPILS,
            "upn,surname,forename,dob,sex,year_group,Shoe size,Colour\n"
            "B801200005001,a,b,2003-09-01,M,4,7,red\n",
            "note Columns that are not known and were left out: Shoe size, Colour.\n"
            "pupil B801200005001|~|a|b|2003-09-01|M|~ year_group=4[~,~]\n" },
    { "results", FILE_RESULTS,
            "upn,subject,kind,date,grade,stage\nB801200005001,MAT,assessment,2008-03-27, 4b "
            ",KS2\n",
            "result B801200005001|MAT|assessment|KS2|2008-03-27|~|4b|~|~|~|~|~|~\n" },
    { "results with marks only", FILE_RESULTS,
            "upn,subject,kind,date,mark,max_mark\nB801200005001,MAT,test,2008-05-12,67,100\n",
            "result B801200005001|MAT|test|~|2008-05-12|~|~|67|100|~|~|~|~\n" },
    { "rows of the wrong length, bad quotes, empty rows", FILE_RESULTS,
            "upn,subject,kind,date,grade\nB801200005001,MAT,assessment,2008-03-27\n"
            "B801200005001,MAT,assessment,2008-03-27,4b,x\n,,,,\n"
            "B801200005001,\"M\"AT,assessment,2008-03-27,4b\n"
            "B801200005001,MAT,assessment,2008-03-27,4b,,\n",
            "finding 2 ~ \"~\": the row has 4 fields where the header has 5; a separator "
            "inside a "
            "field needs quotation marks around it\n"
            "finding 3 ~ \"~\": the row has 6 fields where the header has 5; a separator "
            "inside a "
            "field needs quotation marks around it\n"
            "finding 5 ~ \"~\": there is text behind a closing quotation mark\n"
            "result B801200005001|MAT|assessment|~|2008-03-27|~|4b|~|~|~|~|~|~\n" },
    { "groups", FILE_GROUPS,
            "group\ttype\tupn\tfrom\n5B\tregistration\tB801200005001\t2008-09-01\n",
            "group B801200005001|5B|registration|~|2008-09-01|~|~\n" },
    { "histories", FILE_HISTORY,
            "upn,attribute,value,from,to\nB801200005001,sen,A,2008-09-01,\n",
            "history B801200005001|sen|A|2008-09-01|\n" },
    { "schools", FILE_SCHOOLS,
            "laestab,name,phase,tag,from,to\n8064001,An Invented School,secondary,pilot,,\n",
            "school 8064001|An Invented School|secondary|pilot||\n" },
    { "national figures", FILE_NATIONAL,
            "body,measure,subject,year,percent\nnational,ks2-l4-mat,MAT,2008,78.5\n",
            "national national|ks2-l4-mat|MAT|2008|78.5\n" },
};

static void each_kind_of_file_gives_its_records(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(files); i++) {
        struct gather gather = { 0 };
        struct sink sink = gather_sink(&gather);
        struct source source;
        struct err err = { 0 };

        source_memory(&source, "f.csv", files[i].text, strlen(files[i].text));
        CHECK_OK(files[i].name, csv_file_read(&source, files[i].kind, &sink, &err), &err);
        CHECK_TEXT(files[i].name, gathered(&gather), files[i].want);
        gather_free(&gather);
    }
}

static const struct {
    const char *name;
    enum file_kind kind;
    const char *text;
    enum err_code code;
    long row;
    const char *column, *message;
} refused[] = {
    { "a needed column is missing", FILE_PUPILS,
            "upn,forename,dob,sex,year_group\nB801200005001,b,2003-09-01,M,4\n", ERR_INVALID, 1,
            "surname",
            "the column surname is missing; there are: upn, forename, dob, sex, year_group" },
    { "neither grade nor mark", FILE_RESULTS, "upn,subject,kind,date\n", ERR_INVALID, 1,
            "grade", "the column grade (or mark) is missing" },
    { "a column twice", FILE_GROUPS, "upn,group,UPN\n", ERR_INVALID, 1, "upn",
            "the column upn stands twice" },
    { "an empty file", FILE_GROUPS, "", ERR_INVALID, 0, "", "the file is empty" },
    { "not a kind of table", FILE_CTF, "", ERR_USAGE, 0, "", "ctf is not a kind of CSV file" },
};

static void a_table_without_its_columns_is_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(refused); i++) {
        struct gather gather = { 0 };
        struct sink sink = gather_sink(&gather);
        struct source source;
        struct err err = { 0 };

        source_memory(&source, "f.csv", refused[i].text, strlen(refused[i].text));
        CHECK_INT(refused[i].name, csv_file_read(&source, refused[i].kind, &sink, &err),
                refused[i].code);
        CHECK_HAS(refused[i].name, err.message, refused[i].message);
        CHECK_INT(refused[i].name, err.row, refused[i].row);
        CHECK_TEXT(refused[i].name, err.column, refused[i].column);
        CHECK_TRUE(refused[i].name, err.hint[0] != '\0');
        gather_free(&gather);
    }
}

static enum err_code stop_at_once(void *data, const struct result_record *result,
        struct err *err)
{
    (void)data;
    (void)result;
    return err_set(err, ERR_CLOSED, "enough");
}

static void the_taker_can_stop_the_reading(void **state)
{
    const char *text = "upn,subject,kind,date,grade\na,b,c,d,e\n";
    struct sink sink = { .on_result = stop_at_once };
    struct source source;
    struct err err = { 0 };

    (void)state;
    source_memory(&source, "f.csv", text, strlen(text));
    CHECK_INT("stopped", csv_file_read(&source, FILE_RESULTS, &sink, &err), ERR_CLOSED);
    CHECK_TEXT("with its own words", err.message, "enough");
    source_memory(&source, "f.csv", text, strlen(text));
    sink = (struct sink){ 0 };
    CHECK_OK("a sink of nothing", csv_file_read(&source, FILE_RESULTS, &sink, &err), &err);
}

static void what_is_written_reads_the_same_again(void **state)
{
    const struct attribute_record attributes[] = {
        { "house", "Elm, \"the tall\"", NULL, NULL },
        { "sen", "A", "2007-09-01", NULL },
        { "sen", "P", "2008-01-07", NULL },
        { "shoe_size", "7", NULL, NULL },
        { "year_group", "5", NULL, NULL },
    };
    const struct pupil_record pupil = {
        .upn = "B801200005001",
        .surname = " D'Arcy; Smith ",
        .forename = "=1+1",
        .dob = "2003-09-01",
        .sex = "F",
        .attributes = attributes,
        .attribute_n = COUNT(attributes),
    };
    const struct result_record result = { .upn = "B801200005001",
        .subject = "MAT",
        .kind = "result",
        .stage = "KS1",
        .date = "2007-06-30",
        .grade = "2b",
        .source = "two\nlines" };
    struct arena arena = { 0 };
    struct buf buf = buf_make(&arena, 1 << 16);
    struct output output = output_to_buf(&buf);
    struct gather gather = { 0 };
    struct sink sink = gather_sink(&gather);
    struct source source;
    struct err err = { 0 };

    (void)state;
    CHECK_OK("head", csv_write_pupil_header(&output, &err), &err);
    CHECK_OK("pupil", csv_write_pupil(&output, &pupil, &err), &err);
    CHECK_TEXT("the bytes", buf.data,
            "upn,former_upn,surname,forename,dob,sex,year_group,registration,entry_date,"
            "leaving_date,ethnicity,language,fsm,pupil_premium,sen,looked_after,gifted,"
            "house\r\n"
            "B801200005001,,\" D'Arcy; Smith \",=1+1,2003-09-01,F,5,,,,,,,,P,,,"
            "\"Elm, \"\"the tall\"\"\"\r\n");
    source_memory(&source, "p.csv", buf.data, buf.n);
    CHECK_OK("read", csv_file_read(&source, FILE_PUPILS, &sink, &err), &err);
    buf = buf_make(&arena, 1 << 16);
    CHECK_OK("head", csv_write_result_header(&output, &err), &err);
    CHECK_OK("result", csv_write_result(&output, &result, &err), &err);
    source_memory(&source, "r.csv", buf.data, buf.n);
    CHECK_OK("read", csv_file_read(&source, FILE_RESULTS, &sink, &err), &err);
    CHECK_TEXT("again", gathered(&gather),
            "pupil B801200005001||D'Arcy; Smith|=1+1|2003-09-01|F|~ year_group=5[~,~] "
            "sen=P[~,~] "
            "house=Elm, \"the tall\"[~,~]\n"
            "result B801200005001|MAT|result|KS1|2007-06-30||2b||||two\nlines|~|~\n");
    gather_free(&gather);
    arena_free(&arena);
}

TESTS(TEST(each_kind_of_file_gives_its_records), TEST(a_table_without_its_columns_is_refused),
        TEST(the_taker_can_stop_the_reading), TEST(what_is_written_reads_the_same_again))
