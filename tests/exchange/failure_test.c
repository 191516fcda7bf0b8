/* Every allocation is made to fail, once and for ever: the answer is success or "out of
   memory", and nothing is leaked. */
#include "exchange/csv_files.h"
#include "exchange/ctf_read.h"
#include "exchange/ctf_write.h"
#include "exchange/mapping.h"
#include "exchange/recognise.h"
#include "gather.h"

static const char ctf[] =
        "<c:CTfile xmlns:c=\"u\"><c:Header><c:CTFversion>12.0</c:CTFversion><c:SourceSchool>"
        "<c:LEA> 354 </c:LEA><c:Own/></c:SourceSchool></c:Header><c:CTFpupilData><c:Pupil "
        "a=\"1\">"
        "<c:UPN>N354900108002</c:UPN><c:BasicDetails><c:Ethnicity> WBRI </c:Ethnicity>"
        "<c:OwnDetail>x</c:OwnDetail></c:BasicDetails><c:SENhistory><c:SEN>"
        "<c:SENprovision>A</c:SENprovision></c:SEN></c:SENhistory><c:Contacts><c:Contact>"
        "<c:Surname>T</c:Surname></c:Contact><c:Own/></"
        "c:Contacts><c:StageAssessments><c:KeyStage>"
        "<c:Stage>Y03</c:Stage><c:StageAssessment><c:Year>2012</c:Year><c:Subject>MAT</"
        "c:Subject>"
        "<c:Method>TT</c:Method><c:Component>MTC</c:Component><c:Result>|</c:Result>"
        "</c:StageAssessment><c:StageAssessment><c:Subject>MAT</c:Subject><c:Own>y</c:Own>"
        "</c:StageAssessment></c:KeyStage></c:StageAssessments><c:Note>a<c:b>c</c:b></c:Note>"
        "</c:Pupil></c:CTFpupilData></c:CTfile>";

static const char csv[] = "upn,surname,forename,dob,sex,year_group,extra\n"
                          "N354900108002,a,\"b\"\"c\",2003-09-01,M,4,\nbad,,,,,,\n";

static const char map[] =
        "map m\nschool from column s as laestab 9984NNN\nschool name \"S {s}\"\n"
        "pupils anonymous\nvalues v\n1 -> F\npupil\ncolumn x -> sex using v\n"
        "result\nconstant kind result\ncolumn g -> grade\n";
static const char table[] = "s,x,g,u\n1,1,0.5,\n2,1,0.7,\n";

static enum err_code count_only(void *data, const struct pupil_record *pupil, struct err *err)
{
    (void)pupil;
    (void)err;
    ++*(int *)data;
    return ERR_OK;
}

static enum err_code no_note(void *data, const char *text, struct err *err)
{
    (void)data;
    (void)text;
    (void)err;
    return ERR_OK;
}

static enum err_code read_ctf(struct err *err)
{
    int n = 0;
    struct sink sink = { .data = &n, .on_pupil = count_only, .on_note = no_note };
    struct source source;

    source_memory(&source, "t.xml", ctf, sizeof(ctf) - 1);
    return ctf_read(&source, &sink, err);
}

static enum err_code read_csv(struct err *err)
{
    int n = 0;
    struct sink sink = { .data = &n, .on_pupil = count_only, .on_note = no_note };
    struct source source;

    source_memory(&source, "t.csv", csv, sizeof(csv) - 1);
    return csv_file_read(&source, FILE_PUPILS, &sink, err);
}

static enum err_code miss_column(struct err *err)
{
    static const char bad[] = "upn,colour\n";
    struct sink sink = { 0 };
    struct source source;
    enum err_code rc;

    source_memory(&source, "t.csv", bad, sizeof(bad) - 1);
    rc = csv_file_read(&source, FILE_PUPILS, &sink, err);
    return rc == ERR_INVALID ? ERR_OK : rc;
}

static enum err_code read_mapped(struct err *err)
{
    int n = 0;
    struct sink sink = { .data = &n, .on_pupil = count_only, .on_note = no_note };
    struct arena arena = { 0 };
    struct mapping mapping;
    struct source source;
    enum err_code rc = mapping_parse("m.map", map, sizeof(map) - 1, &arena, &mapping, err);

    source_memory(&source, "t.csv", table, sizeof(table) - 1);
    if (rc == ERR_OK)
        rc = mapping_read(&mapping, &source, &sink, err);
    arena_free(&arena);
    return rc;
}

static enum err_code recognise(struct err *err)
{
    enum file_kind kind;
    struct source source;
    enum err_code rc;

    source_memory(&source, "t.xml", ctf, sizeof(ctf) - 1);
    rc = recognise_file(&source, &kind, err);
    if (rc != ERR_OK)
        return rc;
    source_memory(&source, "t.csv", csv, sizeof(csv) - 1);
    return recognise_file(&source, &kind, err);
}

static enum err_code drop(void *data, const char *bytes, size_t n, struct err *err)
{
    (void)data;
    (void)bytes;
    (void)n;
    (void)err;
    return ERR_OK;
}

static enum err_code write_ctf(struct err *err)
{
    const struct rest_record rests[] = {
        { "BasicDetails", "<BasicDetails><Languages/><Own> x </Own></BasicDetails>" },
        { "SENhistory",
                "<SENhistory><SEN><StartDate>2010-01-01</StartDate></SEN></SENhistory>" },
        { "StageAssessments", "<StageAssessments><KeyStage><Stage>KS1</Stage><StageAssessment>"
                              "<Subject>MAT</Subject><Own/></StageAssessment></KeyStage>"
                              "</StageAssessments>" },
    };
    const struct attribute_record attributes[] = {
        { "language", "ENG", NULL, NULL },
        { "ethnicity", "WBRI", NULL, NULL },
        { "sen", "P", "2012-01-01", NULL },
        { "fsm", "Y", "2012-01-01", "2013-01-01" },
        { "looked_after", "Y", NULL, NULL },
    };
    const struct contact_record contacts[] = {
        { .surname = "A", .phone = "1", .email = "e", .address = "1 Road" },
        { .xml = "<Contact/>" },
    };
    const struct result_record results[] = {
        { .origin = "||MAT|||||2||KS1" },
        { .subject = "REA",
                .kind = "result",
                .stage = "Y3",
                .date = "2012-06-30",
                .grade = "2b",
                .source = "TA" },
    };
    const struct pupil_record pupil = { .upn = "N354900108002",
        .attributes = attributes,
        .attribute_n = COUNT(attributes),
        .contacts = contacts,
        .contact_n = COUNT(contacts),
        .rests = rests,
        .rest_n = COUNT(rests) };
    const struct ctf_header header = { .academic_year = "2012",
        .source_lea = "354",
        .rest_xml = "<SourceSchool><Own/></SourceSchool><DataQualifier/><SuppInfo/>" };
    const struct output output = { NULL, drop };
    struct ctf_writer writer;
    enum err_code rc = ctf_write_begin(&writer, &output, &header, err);

    if (rc == ERR_OK)
        rc = ctf_write_pupil(&writer, &pupil, results, COUNT(results), err);
    return rc == ERR_OK ? ctf_write_end(&writer, err) : rc;
}

static const struct {
    const char *name;
    enum err_code (*work)(struct err *err);
    long least; /* allocations it makes at the least */
} works[] = {
    { "read a transfer file", read_ctf, 40 },
    { "read a table", read_csv, 4 },
    { "miss a column", miss_column, 4 },
    { "read through a mapping", read_mapped, 20 },
    { "recognise", recognise, 4 },
    { "write a transfer file", write_ctf, 40 },
};

static void every_allocation_may_fail(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(works); i++) {
        for (int keep = 0; keep <= 1; keep++) {
            long n = 0;

            for (;; n++) {
                struct err err = { 0 };
                enum err_code rc;

                arena_fault(n, keep);
                rc = works[i].work(&err);
                if (!arena_fault_fired()) {
                    arena_fault(-1, 0);
                    CHECK_OK(works[i].name, rc, &err);
                    break;
                }
                arena_fault(-1, 0);
                if (rc != ERR_MEMORY)
                    print_error("allocation %ld of %s, keep %d\n", n, works[i].name, keep);
                CHECK_INT(works[i].name, rc, ERR_MEMORY);
                CHECK_TEXT(works[i].name, err.message, "out of memory");
            }
            CHECK_TRUE(works[i].name, n >= works[i].least);
        }
    }
}

TESTS(TEST(every_allocation_may_fail))
