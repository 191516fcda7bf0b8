#include "exchange/recognise.h"

#include "gather.h"

#define BYTES(text) (text), sizeof(text) - 1

static const struct {
    const char *name;
    const char *bytes;
    size_t n;
    enum file_kind kind;
} files[] = {
    { "a transfer file", BYTES("<?xml version=\"1.0\"?><CTfile><Header/></CTfile>"), FILE_CTF },
    { "with a mark and a namespace",
            BYTES("\xEF\xBB\xBF<c:CTfile xmlns:c=\"http://example.invalid/cbds\"/>"),
            FILE_CTF },
    { "in UTF-16", BYTES("\xFF\xFE<\0C\0T\0f\0i\0l\0e\0/\0>\0"), FILE_CTF },
    { "an admissions file", BYTES("\n<ATfile>"), FILE_CTF },
    { "pupils", BYTES("upn,surname,forename,dob,sex,year_group\n"), FILE_PUPILS },
    { "pupils without a needed column", BYTES("upn,forename,dob,sex,year_group\n"),
            FILE_PUPILS },
    { "results", BYTES("UPN;Subject;Kind;Date;Grade\n"), FILE_RESULTS },
    { "groups", BYTES("\xEF\xBB\xBFupn,group,type,subject,from,to\n"), FILE_GROUPS },
    { "history", BYTES("upn,attribute,value,from,to\n"), FILE_HISTORY },
    { "schools", BYTES("laestab,name,phase,tag,from,to\n"), FILE_SCHOOLS },
    { "national", BYTES("body\tmeasure\tsubject\tyear\tpercent\n"), FILE_NATIONAL },
    { "a framework", BYTES("# England\n\nframework england-2008 \"England, 2008\"\n"),
            FILE_FRAMEWORK },
    { "a framework of boundaries", BYTES("boundaries stage=KS2 bands=N:0,2:16 source=\"x\"\n"),
            FILE_FRAMEWORK },
};

static void a_file_is_known_by_its_content(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(files); i++) {
        enum file_kind kind = FILE_UNKNOWN;
        struct source source;
        struct err err = { 0 };

        source_memory(&source, "any.dat", files[i].bytes, files[i].n);
        CHECK_OK(files[i].name, recognise_file(&source, &kind, &err), &err);
        CHECK_INT(files[i].name, kind, files[i].kind);
        CHECK_INT("rewound", source.at, 0);
    }
}

static const struct {
    const char *name;
    const char *bytes;
    size_t n;
    const char *message;
} unknown[] = {
    { "a spreadsheet", BYTES("PK\x03\x04zzzz"), "this is a spreadsheet (XLSX)" },
    { "an old spreadsheet", BYTES("\xD0\xCF\x11\xE0\xA1\xB1"), "an old spreadsheet" },
    { "a PDF", BYTES("%PDF-1.7"), "a PDF" },
    { "other XML", BYTES("<html><body/></html>"), "it begins with <html>" },
    { "XML with a DOCTYPE", BYTES("<!DOCTYPE CTfile><CTfile/>"), "DOCTYPE" },
    { "an unknown table", BYTES("colour,size\nred,7\n"), "it begins with \"colour\"" },
    { "nothing", BYTES(""), "the file is empty" },
    { "a text", BYTES("Dear parents\n"), "it begins with \"Dear parents\"" },
};

static void what_is_not_understood_is_said_so(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(unknown); i++) {
        enum file_kind kind = FILE_MAPPED;
        struct source source;
        struct err err = { 0 };

        source_memory(&source, "any.dat", unknown[i].bytes, unknown[i].n);
        CHECK_INT(unknown[i].name, recognise_file(&source, &kind, &err), ERR_INVALID);
        CHECK_HAS(unknown[i].name, err.message, unknown[i].message);
        CHECK_TEXT(unknown[i].name, err.file, "any.dat");
        CHECK_TRUE(unknown[i].name, err.hint[0] != '\0');
        CHECK_INT("untouched", kind, FILE_MAPPED);
    }
}

static const struct {
    const char *file;
    const char *source_lea, *source_estab, *dest_lea, *dest_estab;
    const char *note;
} names[] = {
    { "3549001_CTF_3549002_001.xml", "354", "9001", "354", "9002", NULL },
    { "3549001_CTF_3549003_001.xml", "354", "9001", "354", "9002",
            "The file's name says that it is for 3549003, its header says 3549002. The header "
            "is "
            "believed." },
    { "3559001_CTF_3549002_001.xml", "354", "9001", "354", "9002",
            "The file's name says that it comes from 3559001, its header says 3549001. The "
            "header "
            "is believed." },
    { "3549001_KS1_354LLLL_001.xml", "354", "9001", "354", "LLLL", NULL },
    { "3549001_CTF_XXXXXXX_001.xml", "354", "9001", "354", "9002", NULL },
    { "CTF.xml", "354", "9001", "354", "9002", NULL },
    { "3549001_CTF_3549003_001.xml", "354", "9001", "", "", NULL },
};

static void a_name_that_contradicts_the_header_is_noted(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(names); i++) {
        struct ctf_header header = {
            .source_lea = names[i].source_lea,
            .source_estab = names[i].source_estab,
            .dest_lea = names[i].dest_lea,
            .dest_estab = names[i].dest_estab,
        };
        char note[RECOGNISE_NOTE_SIZE] = "";

        CHECK_INT(names[i].file, recognise_ctf_name(names[i].file, &header, note),
                names[i].note != NULL);
        if (names[i].note != NULL)
            CHECK_TEXT(names[i].file, note, names[i].note);
    }
}

static void kinds_have_words(void **state)
{
    (void)state;
    CHECK_TEXT("ctf", file_kind_name(FILE_CTF), "ctf");
    CHECK_INT("Results", file_kind_parse("Results"), FILE_RESULTS);
    CHECK_INT("no kind", file_kind_parse("spreadsheet"), FILE_UNKNOWN);
}

TESTS(TEST(a_file_is_known_by_its_content), TEST(what_is_not_understood_is_said_so),
        TEST(a_name_that_contradicts_the_header_is_noted), TEST(kinds_have_words))
