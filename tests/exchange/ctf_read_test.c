#include "exchange/ctf_read.h"

#include "gather.h"

#define HEAD                                                                                   \
    "<CTfile><Header><CTFversion>12.0</CTFversion><DestSchool><LEA>354</LEA><Estab>9002</"     \
    "Estab>"                                                                                   \
    "</DestSchool></Header><CTFpupilData><Pupil><UPN>N354900108002</UPN>"
#define TAIL "</Pupil></CTFpupilData></CTfile>"
#define RESULT(subject, method, component, status, qualifier, result)                          \
    "<StageAssessment><Locale>ENG</Locale><Year>2012</Year><Subject>" subject                  \
    "</Subject><Method>" method "</Method><Component>" component                               \
    "</Component><ResultStatus>" status "</ResultStatus><ResultQualifier>" qualifier           \
    "</ResultQualifier><Result>" result "</Result></StageAssessment>"
#define KS(stage, results)                                                                     \
    "<StageAssessments><KeyStage><Stage>" stage "</Stage>" results                             \
    "</KeyStage></StageAssessments>"

static enum err_code read_text(const char *text, struct gather *gather, struct err *err)
{
    struct sink sink = gather_sink(gather);
    struct source source;

    source_memory(&source, "t.xml", text, strlen(text));
    return ctf_read(&source, &sink, err);
}

static const struct {
    const char *name;
    const char *xml;
    const char *want;
} results[] = {
    { "the status gives the kind",
            HEAD KS("KS2", RESULT("MAT", "TA", "MAT", "R", "NL", "4") RESULT("MAT", "TA", "MAT",
                                   "I", "NL", "4") RESULT("MAT", "TA", "MAT", "E", "NL", "4")
                                   RESULT("MAT", "TA", "MAT", "T", "NL", "5")) TAIL,
            "|MAT|result|KS2|2012-06-30|~|4|~|~|~|TA|"
            "&|MAT|assessment|KS2|2012-06-30|~|4|~|~|~|TA|"
            "&|MAT|likely|KS2|2012-06-30|~|4|~|~|~|TA|"
            "&|MAT|target|KS2|2012-06-30|~|5|~|~|~|TA|" },
    { "an interim result of a test is a test, not the outcome of the stage",
            HEAD KS("KS2", RESULT("MAT", "TT", "MAT", "I", "NL", "4")) TAIL,
            "|MAT|test|KS2|2012-06-30|~|4|~|~|~|TT|" },
    { "a part of English is a subject, another component is not",
            HEAD KS("KS2", RESULT("ENG", "TT", "WRI", "R", "NL", "3") RESULT("ENG", "TA", "AT2",
                                   "R", "NL", "4") RESULT("ENG", "TT", "ENG", "R", "NL", "4"))
                    TAIL,
            "|WRI|result|KS2|2012-06-30|~|3|~|~|~|TT|"
            "&|ENG|result|KS2|2012-06-30|~|4|~|~|~|TA AT2 NL|"
            "&|ENG|result|KS2|2012-06-30|~|4|~|~|~|TT|" },
    { "two qualifiers of one component are two results",
            HEAD KS("KS1", RESULT("PHO", "TT", "CHK", "R", "NY", "WA") RESULT("PHO", "TT",
                                   "CHK", "R", "NM", "34") RESULT("MAT", "TT", "MAT", "R", "NL",
                                   "2") RESULT("MAT", "TT", "MAT", "R", "ND", "2.4")) TAIL,
            "|PHO|result|KS1|2012-06-30|~|WA|~|~|~|TT CHK NY|"
            "&|PHO|result|KS1|2012-06-30|~|34|~|~|~|TT CHK NM|"
            "&|MAT|result|KS1|2012-06-30|~|2|~|~|~|TT|"
            "&|MAT|result|KS1|2012-06-30|~|2.4|~|~|nc-decimal|TT ND|" },
    { "what would look like one result is set apart",
            HEAD KS("KS1", RESULT("MAT", "TA", "MAT", "R", "NL", "W") RESULT("MAT", "TA", "MAT",
                                   "R", "NP", "P6") RESULT("MAT", "TA", "MAT", "R", "NP", "P7")
                                   RESULT("MAT", "TA", "MAT", "R", "NP", "P8")
                                           RESULT("MAT", "TA", "MAT", "P", "NL", "1")) TAIL,
            "|MAT|result|KS1|2012-06-30|~|W|~|~|~|TA|"
            "&|MAT|result|KS1|2012-06-30|~|P6|~|~|p|TA NP|"
            "&|MAT|result|KS1|2012-06-30|~|P7|~|~|p|TA NP 2|"
            "&|MAT|result|KS1|2012-06-30|~|P8|~|~|p|TA NP 3|"
            "&|MAT|result|KS1|2012-06-30|~|1|~|~|~|TA P|" },
    { "a year's stage, a fine grade with a point, a status that is unknown",
            HEAD KS("Y05", RESULT("MAT", "TT", "MAT", "Q", "NF", "4.2")) TAIL,
            "|MAT|Q|Y5|2012-06-30|~|4.2|~|~|nc-decimal|TT NF|" },
};

static void results_become_records(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(results); i++) {
        struct gather gather = { 0 };
        struct err err = { 0 };
        char want[2048];
        const char *part = results[i].want;

        CHECK_OK(results[i].name, read_text(results[i].xml, &gather, &err), &err);
        for (; part != NULL; part = strchr(part, '&')) {
            part += *part == '&';
            (void)snprintf(want, sizeof(want), "result N354900108002%.*s",
                    (int)strcspn(part, "&"), part);
            CHECK_HAS(results[i].name, gathered(&gather), want);
        }
        gather_free(&gather);
    }
}

static const struct {
    const char *name;
    const char *xml;
    const char *want;
} pupils[] = {
    { "entry is that to the school the file is for",
            HEAD "<SchoolHistory><School><LEA>354</LEA><Estab>9001</Estab>"
                 "<EntryDate>2008-09-03</EntryDate></School></SchoolHistory>" TAIL,
            "pupil N354900108002|~|~|~|~|~|~ rest(SchoolHistory)\n" },
    { "elements of one name become one rest",
            HEAD
            "<Phones><Phone/></Phones><Email>a@example.invalid</Email><Phones>x</Phones>" TAIL,
            "rest(Phones <Phones><Phone/></Phones><Phones>x</Phones>) "
            "rest(Email <Email>a@example.invalid</Email>)\n" },
    { "an identity with more than its text is also kept whole",
            HEAD "<Surname kind=\"legal\">Smith</Surname><Surname>Jones</Surname>" TAIL,
            "|Smith|~|~|~|~ rest(Surname <Surname kind=\"legal\">Smith</Surname>"
            "<Surname>Jones</Surname>)\n" },
    { "looked after, by number", HEAD "<LookedAfter><InCare>1</InCare></LookedAfter>" TAIL,
            "looked_after=Y[~,~]" },
    { "the first of several first languages",
            HEAD "<BasicDetails><Languages><Type><LanguageType>M</LanguageType>"
                 "<Language>URD</Language></Type><Type><LanguageType>M</LanguageType>"
                 "<Language>ENG</Language></Type></Languages></BasicDetails>" TAIL,
            " language=URD[~,~]" },
    { "empty details say nothing",
            HEAD "<BasicDetails><Ethnicity/><NCyearActual> </NCyearActual></BasicDetails>" TAIL,
            "pupil N354900108002|~|~|~|~|~|~ rest(BasicDetails" },
    { "learner numbers", HEAD "<UniqueLearnerNumber>9276308686</UniqueLearnerNumber>" TAIL,
            " uln=9276308686[~,~] rest(UniqueLearnerNumber" },
    { "characters",
            HEAD "<Surname>&lt;O&apos;Neill&gt; &amp; Zo&#xEB;<![CDATA[ <b>]]></Surname>" TAIL,
            "|<O'Neill> & Zo\xC3\xAB <b>|" },
    { "results before the UPN still have it",
            "<CTfile><Header/><CTFpupilData><Pupil>" KS("KS1",
                    RESULT("MAT", "TA", "MAT", "R", "NL", "2")) "<UPN>n354900108002</UPN>" TAIL,
            "result N354900108002|MAT" },
};

static void pupils_become_records(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(pupils); i++) {
        struct gather gather = { .rests = true };
        struct err err = { 0 };

        CHECK_OK(pupils[i].name, read_text(pupils[i].xml, &gather, &err), &err);
        if (strstr(pupils[i].want, "rest(SchoolHistory)") != NULL) {
            gather_free(&gather);
            gather = (struct gather){ 0 };
            CHECK_OK(pupils[i].name, read_text(pupils[i].xml, &gather, &err), &err);
        }
        CHECK_HAS(pupils[i].name, gathered(&gather), pupils[i].want);
        gather_free(&gather);
    }
}

static void a_file_in_a_namespace_reads_whole(void **state)
{
    static const char path[] =
            ATTAIN_SOURCE_ROOT "/tests/exchange/data/3549001_CTF_3549002_002.xml";
    struct gather gather = { 0 };
    struct sink sink = gather_sink(&gather);
    struct source source;
    struct err err = { 0 };

    (void)state;
    CHECK_OK("open", source_open(&source, path, &err), &err);
    CHECK_OK("read", ctf_read(&source, &sink, &err), &err);
    source_close(&source);
    CHECK_TEXT("all of it", gathered(&gather),
            "header 12.0|full||TESTSUP|2013-07-19T14:05:00|354|9001|"
            "Invented Primary & Nursery School|2012|354|9002|"
            "<DataQualifier>Q1</DataQualifier><SourceSchool><HeadTeacher>A. "
            "Nobody</HeadTeacher>"
            "</SourceSchool><SuppInfo><SuppID>TESTSUP</SuppID>"
            "<batch xmlns=\"http://example.invalid/own\" n=\"7\">first</batch></SuppInfo>|"
            "Common Transfer File||\n"
            "pupil Z354900108001|Y35490010801A|O'Test-Pupil|Zo\xC3\xAB|2004-02-29|F|~"
            " year_group=4[~,~] ethnicity=MWAS[~,~] language=PNJ[~,~] medical_flag=1[~,~]"
            " travel_to_school=WLK[~,~] fsm=Y[2011-09-05,2012-03-30] fsm=Y[2013-01-07,~]"
            " looked_after=N[~,~] sen=A[2010-10-01,~] entry_date=2013-09-04[~,~]"
            " contact(1|~|Test|~|PAM|true|01632 960001|~|12, Imaginary Street, ZZ99 9ZZ)"
            " rest(Pupil) rest(StageAssessments) rest(BasicDetails) rest(FSMhistory)"
            " rest(LookedAfter) rest(SENhistory) rest(Attendance) rest(SchoolHistory)"
            " rest(Notes)\n"
            "result Z354900108001|REA|result|KS1|2011-06-20|~|2B|~|~|~|TA|"
            "ENG|2011|ENG|TA|REA|R|NL|2B|2011-06-20|KS1|~\n"
            "result Z354900108001|MAT|result|KS1|2011-06-30|~|2.5|~|~|nc-decimal|TT ND|"
            "ENG|2011|MAT|TT|MAT|R|ND|2.5||KS1|~\n"
            "result Z354900108001|SCI|assessment|Y3|2012-06-30|~|"
            "asks | answers \\ wonders\n <often>|~|~|~|TA AT1 CM|"
            "\\e|2012|SCI|TA|AT1|I|CM|asks \\p answers \\\\ wonders\n <often>||Y03|~\n"
            "pupil N354900108002|~|Minimal|Child|2003-09-01|M|~ rest(StageAssessments)\n");
    gather_free(&gather);
}

static const struct {
    const char *name;
    const char *xml;
    const char *note;
} notes[] = {
    { "an unknown version",
            "<CTfile><Header><CTFversion>99.0</CTFversion></Header><CTFpupilData/>"
            "</CTfile>",
            "note The file says it is version \"99.0\"; versions 7 to 25 are known." },
    { "no version", "<CTfile><Header/><CTFpupilData/></CTfile>",
            "note The file says it is version \"\"" },
    { "an element beside the pupils",
            "<CTfile><Header><CTFversion>9.0</CTFversion></Header><CTFpupilData><Other/>"
            "</CTFpupilData></CTfile>",
            "note The element Other on line 1 stands outside the header and the pupils and was "
            "left "
            "out." },
};

static void oddities_are_noted(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(notes); i++) {
        struct gather gather = { 0 };
        struct err err = { 0 };

        CHECK_OK(notes[i].name, read_text(notes[i].xml, &gather, &err), &err);
        CHECK_HAS(notes[i].name, gathered(&gather), notes[i].note);
        CHECK_INT(notes[i].name, gather.note_n, 1);
        gather_free(&gather);
    }
}

static const struct {
    const char *name;
    const char *xml;
    const char *message;
} refused[] = {
    { "no pupils' data", "<CTfile><Header/></CTfile>", "has no CTFpupilData, so no pupils" },
    { "no header", "<CTfile><CTFpupilData/></CTfile>", "has no Header" },
    { "other XML", "<Message><Header/></Message>", "it begins with <Message>" },
};

static void what_is_no_transfer_file_is_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(refused); i++) {
        struct gather gather = { 0 };
        struct err err = { 0 };

        CHECK_INT(refused[i].name, read_text(refused[i].xml, &gather, &err), ERR_INVALID);
        CHECK_HAS(refused[i].name, err.message, refused[i].message);
        CHECK_TEXT(refused[i].name, err.file, "t.xml");
        gather_free(&gather);
    }
}

TESTS(TEST(results_become_records), TEST(pupils_become_records),
        TEST(a_file_in_a_namespace_reads_whole), TEST(oddities_are_noted),
        TEST(what_is_no_transfer_file_is_refused))
