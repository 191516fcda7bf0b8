#include "school.h"

#include <dirent.h>

static const char *const results =
        "upn,subject,kind,stage,date,review,grade,mark,max_mark,scale,source\n"
        "Z354900108001,MAT,assessment,,2010-03-01,Spring,3b,,,,\n"
        "Z354900108001,MAT,target,,2009-09-01,,4b,,,,\n"
        "Z354900108001,MAT,result,KS1,2007-06-30,,2a,,,,TA\n"
        "Z354900108001,MAT,result,KS1,2007-06-30,,2b,,,,TT\n"
        "Z354900108001,MAT,assessment,,2009-12-01,,3.2,,,nc-decimal,\n"
        "Z354900108001,MAT,test,,2009-12-02,,3c,17.5,30,,\"Half-term \"\"A\"\"\"\n"
        "N354900108002,MAT,prediction,KS2,2009-10-01,,4c,,,,model\n"
        "N354900108002,REA,likely,,2009-10-01,,4a,,,,\n"
        "N354900108002,REA,mock,,2009-10-01,,105,,,cat-sas,\n";

static void school_second(struct school_file *f, const char *laestab)
{
    int64_t id = 0;

    CHECK_OK("second",
            school_create(&f->context, laestab, "Testbury School", "", "england-2008", &id,
                    &f->err),
            &f->err);
    school_open_again(f, laestab);
}

static void export_and_import_make_the_same_school_again(void **state)
{
    struct school_file f;
    struct arena arena = { 0 };
    const char *pupils;
    const char *facts;

    (void)state;
    school_make(&f);
    school_import(&f, "pupils",
            "upn,former_upn,surname,forename,dob,sex,year_group,registration,entry_date,"
            "leaving_date,ethnicity,language,fsm,pupil_premium,sen,looked_after,gifted,house\n"
            "Z354900108001,Y35490010801A,\"O'Test, Pupil\",Zoë,2000-02-29,F,5,5B,2005-09-05,,"
            "MWAS,PNJ,Y,Y,A,N,Y,Oak\n"
            "N354900108002,,Minimal,Child,1999-09-01,M,5,,,2009-12-18,,,,,,,,\n");
    school_import(&f, "results", results);
    check_counts(&f, "results", 9, 0, 0, 0);
    pupils = school_export(&f, &arena, "pupils");
    facts = school_export(&f, &arena, "results");
    CHECK_HAS("quoted", pupils, "\"O'Test, Pupil\",Zoë,2000-02-29,F,5,5B,2005-09-05,,MWAS,PNJ");
    CHECK_HAS("marks", facts, "3c,17.5,30,nc,\"Half-term \"\"A\"\"\"");
    school_second(&f, "3549003");
    school_import(&f, "pupils", pupils);
    check_counts(&f, "pupils", 2, 0, 0, 0);
    school_import(&f, "results", facts);
    check_counts(&f, "results", 9, 0, 0, 0);
    CHECK_TEXT("pupils", school_export(&f, &arena, "pupils"), pupils);
    CHECK_TEXT("results", school_export(&f, &arena, "results"), facts);
    arena_free(&arena);
    school_remove(&f);
}

/* A transfer file of one pupil with what only such files have: a contact, a part that no
   column models, a result that is not understood. */
static const char *const transfer =
        "<CTfile><Header><DocumentName>Common Transfer File</DocumentName>"
        "<CTFversion>9.0</CTFversion></Header><CTFpupilData><Pupil>"
        "<UPN>Z354900108001</UPN><Surname>O'Test</Surname><Forename>Zo\xC3\xAB</Forename>"
        "<DOB>2000-02-29</DOB><Gender>F</Gender>"
        "<Contacts><Contact><Order>1</Order><Surname>O'Test</Surname></Contact></Contacts>"
        "<Attendance><YearData><Year>2009</Year></YearData></Attendance>"
        "<StageAssessments><KeyStage><Stage>KS1</Stage><StageAssessment><Locale>ENG</Locale>"
        "<Year>2007</Year><Subject>PHO</Subject><Method>TT</Method><Component>CHK</Component>"
        "<ResultStatus>R</ResultStatus><ResultQualifier>NY</ResultQualifier><Result>Wa</Result>"
        "<ResultDate>2007-06-01</ResultDate></StageAssessment></KeyStage></StageAssessments>"
        "</Pupil></CTFpupilData></CTfile>";

static void five_files_make_the_whole_school_again(void **state)
{
    static const char *const whats[] = { "pupils", "history", "groups", "results", "ctf" };
    struct school_file f;
    struct arena arena = { 0 };
    const char *files[COUNT(whats)];

    (void)state;
    school_make(&f);
    school_import(&f, "pupils",
            "upn,former_upn,surname,forename,dob,sex,year_group,registration,sen,fsm\n"
            "Z354900108001,Y35490010801A,O'Test,Zo\xC3\xAB,2000-02-29,F,5,5B,A,N\n"
            "N354900108002,,Minimal,Child,1999-09-01,M,5,,,\n");
    school_import(&f, "history",
            "upn,attribute,value,from,to\nZ354900108001,sen,A,2008-09-01,2009-07-31\n"
            "Z354900108001,sen,P,2009-09-01,\nZ354900108001,year_group,4,,\n"
            "Z354900108001,Year_Group,5,2009-09-01,\nZ354900108001,house,Oak,2011-09-01,\n");
    check_counts(&f, "history", 4, 0, 2, 0);
    school_import(&f, "groups",
            "upn,group,type,subject,from,to\nZ354900108001,5/Ma1,teaching,MAT,2009-09-01,\n"
            "Z354900108001,Boosters,user,,2009-01-05,2009-03-27\n"
            "N354900108002,Boosters,user,,,\n");
    school_import(&f, "results", results);
    school_import(&f, "ctf", transfer);
    for (size_t i = 0; i < COUNT(whats); i++)
        files[i] = school_export(&f, &arena, whats[i]);
    CHECK_HAS("the first support is over", files[1],
            "Z354900108001,sen,A,2008-09-01,2009-07-31\r\n");
    CHECK_HAS("what is to come", files[1], "Z354900108001,house,Oak,2011-09-01,\r\n");
    CHECK_HAS("groups", files[2], "Z354900108001,Boosters,user,,2009-01-05,2009-03-27\r\n");
    CHECK_TRUE("not in results.csv", strstr(files[3], "CHK") == NULL);
    for (size_t i = 0; i < COUNT(whats); i++) {
        school_import(&f, whats[i], files[i]);
        CHECK_INT(whats[i], f.outcome.added, 0); /* elements made of values are kept once */
        school_import(&f, whats[i], files[i]);
        check_counts(&f, whats[i], 0, (int)f.outcome.unchanged, 0, 0);
    }
    school_second(&f, "3549003");
    for (size_t i = 0; i < COUNT(whats); i++)
        school_import(&f, whats[i], files[i]);
    for (size_t i = 0; i < COUNT(whats) - 1; i++)
        CHECK_TEXT(whats[i], school_export(&f, &arena, whats[i]), files[i]);
    CHECK_TEXT("ctf, behind its header",
            strstr(school_export(&f, &arena, "ctf"), "<CTFpupilData>"),
            strstr(files[4], "<CTFpupilData>"));
    arena_free(&arena);
    school_remove(&f);
}

static const struct {
    const char *name, *row;
    const char *column, *reason;
} wrong_histories[] = {
    { "nobody's", "A354900108001,sen,A,,", "upn", "no pupil with this UPN is on record" },
    { "no such characteristic", "Z354900108001,hight,A,,", "attribute",
            "there is no such characteristic" },
    { "the number in use", "Z354900108001,upn,N354900108002,,", "attribute",
            "there is no such characteristic" },
    { "no value", "Z354900108001,sen,,,", "value", "the value is missing" },
    { "no year", "Z354900108001,year_group,14,,", "value", "it is not a year group" },
    { "no date of birth", "Z354900108001,dob,31/02/2000,,", "value", "there is no such day" },
    { "born tomorrow", "Z354900108001,dob,2010-03-28,,", "value",
            "the date of birth is not in the past" },
    { "no sex", "Z354900108001,sex,X,,", "value", "it is written M or F" },
    { "no former number", "Z354900108001,former_upn,123,,", "value", "it is no UPN" },
    { "joined on no day", "Z354900108001,entry_date,31/02/2010,,", "value",
            "there is no such day" },
    { "no day", "Z354900108001,sen,A,2010-02-30,", "from", "there is no such day" },
    { "no last day", "Z354900108001,sen,A,,soon", "to", "there is no such day" },
    { "backwards", "Z354900108001,sen,A,2010-02-02,2010-02-01", "to",
            "it ends before it begins" },
};

static void a_wrong_row_of_a_history_is_refused(void **state)
{
    struct school_file f;
    char file[200];

    (void)state;
    school_make(&f);
    school_import(&f, "pupils", school_pupils);
    for (size_t i = 0; i < COUNT(wrong_histories); i++) {
        (void)snprintf(file, sizeof(file), "upn,attribute,value,from,to\n%s\n",
                wrong_histories[i].row);
        school_import(&f, "history", file);
        check_counts(&f, wrong_histories[i].name, 0, 0, 0, 1);
        CHECK_TEXT(wrong_histories[i].name, f.outcome.refused[0].column,
                wrong_histories[i].column);
        CHECK_HAS(wrong_histories[i].name, f.outcome.refused[0].reason,
                wrong_histories[i].reason);
    }
    school_remove(&f);
}

/* Support from 2009 is on record; the file names it with a day that is none. */
static void a_refused_row_of_a_history_withdraws_nothing(void **state)
{
    static const char *const start =
            "upn,attribute,value,from,to\nZ354900108001,sen,A,2008-09-01,\n"
            "Z354900108001,sen,P,2009-09-01,\n";
    struct school_file f;
    struct arena arena = { 0 };

    (void)state;
    school_make(&f);
    school_import(&f, "pupils", school_pupils);
    school_import(&f, "history", start);
    school_import(&f, "history",
            "upn,attribute,value,from,to\nZ354900108001,sen,N,2008-09-01,\n"
            "Z354900108001,sen,P,2009-02-30,\nZ354900108001,dob,29/02/2000,,\n");
    check_counts(&f, "one of three refused", 0, 1, 1, 1);
    CHECK_HAS("what was right is taken", school_export(&f, &arena, "history"),
            "Z354900108001,sen,N,2008-09-01,\r\n");
    CHECK_HAS("what was meant stays", school_export(&f, &arena, "history"),
            "Z354900108001,sen,P,2009-09-01,\r\n");
    CHECK_HAS("days are written one way", school_export(&f, &arena, "history"),
            "Z354900108001,dob,2000-02-29,,\r\n");
    arena_free(&arena);
    school_remove(&f);
}

static void targets_and_predictions_go_out_alone(void **state)
{
    struct school_file f;
    struct arena arena = { 0 };
    const char *head =
            "upn,subject,kind,stage,date,review,grade,mark,max_mark,scale,source\r\n";
    char want[300];

    (void)state;
    school_make(&f);
    school_import(&f, "pupils", school_pupils);
    school_import(&f, "results", results);
    (void)snprintf(want, sizeof(want), "%s%s", head,
            "Z354900108001,MAT,target,KS2,2009-09-01,,4b,,,nc,\r\n");
    CHECK_TEXT("targets", school_export(&f, &arena, "targets"), want);
    (void)snprintf(want, sizeof(want), "%s%s", head,
            "N354900108002,MAT,prediction,KS2,2009-10-01,,4c,,,nc,model\r\n");
    CHECK_TEXT("predictions", school_export(&f, &arena, "predictions"), want);
    arena_free(&arena);
    school_remove(&f);
}

static void a_transfer_file_has_those_on_roll_and_says_what_is_a_target(void **state)
{
    struct school_file f;
    struct arena arena = { 0 };
    const char *ctf;

    (void)state;
    school_make(&f);
    school_import(&f, "pupils",
            "upn,surname,forename,dob,sex,year_group,leaving_date\n"
            "Z354900108001,Stays,Ann,2000-02-29,F,5,\n"
            "N354900108002,Left,Ben,1999-09-01,M,5,2010-03-26\n");
    school_import(&f, "results", results);
    ctf = school_export(&f, &arena, "ctf");
    CHECK_HAS("on roll", ctf, "<Surname>Stays</Surname>");
    CHECK_TRUE("left", strstr(ctf, "Left") == NULL);
    CHECK_HAS("target", ctf, "<ResultStatus>T</ResultStatus>");
    CHECK_HAS("year that began in 2009", ctf, "<AcademicYear>2009</AcademicYear>");
    CHECK_HAS("version of it", ctf, "<CTFversion>9.0</CTFversion>");
    CHECK_HAS("sender", ctf, "<Estab>9002</Estab>");
    arena_free(&arena);
    school_remove(&f);
}

static void filters_narrow_an_export_and_unknown_ones_are_refused(void **state)
{
    const struct {
        const char *name;
        struct filters filters;
        enum err_code code;
        bool first, second;
    } rows[] = {
        { "all", { 0 }, ERR_OK, true, true },
        { "year", { .has_year = true, .year = 6 }, ERR_OK, false, true },
        { "registration", { .registration = "5b" }, ERR_OK, true, false },
        { "group", { .group = "Blue" }, ERR_OK, false, true },
        { "upn", { .upn = "Z354900108001" }, ERR_OK, true, false },
        { "no such upn", { .upn = "X" }, ERR_NOT_FOUND, false, false },
        { "no such group", { .group = "Green" }, ERR_NOT_FOUND, false, false },
        { "no such subject", { .subject = "XYZ" }, ERR_NOT_FOUND, false, false },
    };
    struct school_file f;
    struct arena arena = { 0 };

    (void)state;
    school_make(&f);
    school_import(&f, "pupils",
            "upn,surname,forename,dob,sex,year_group,registration\n"
            "Z354900108001,First,Ann,2000-02-29,F,5,5B\nN354900108002,Second,Ben,1999-09-01,M,"
            "6,6A\n");
    school_import(&f, "groups", "upn,group\nN354900108002,Blue\n");
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct buf buf = buf_make(&arena, BUF_MAX_PAGE);
        const char *text = "";
        enum err_code code = export_file(&f.context, "pupils", &rows[i].filters,
                school_keep_bytes, &buf, NULL, &f.err);

        CHECK_INT(rows[i].name, code, rows[i].code);
        CHECK_OK(rows[i].name, buf_end(&buf, &text, NULL, &f.err), &f.err);
        CHECK_INT(rows[i].name, text != NULL && strstr(text, "First") != NULL, rows[i].first);
        CHECK_INT(rows[i].name, text != NULL && strstr(text, "Second") != NULL, rows[i].second);
    }
    CHECK_INT("no such export",
            export_file(&f.context, "registers", &rows[0].filters, school_keep_bytes, NULL,
                    NULL, &f.err),
            ERR_USAGE);
    arena_free(&arena);
    school_remove(&f);
}

static enum err_code full(void *data, const char *bytes, size_t n, struct err *err)
{
    (void)data;
    (void)bytes;
    (void)n;
    return err_set(err, ERR_IO, "the disk is full");
}

static void a_writer_that_fails_stops_the_export(void **state)
{
    const char *const whats[] = { "ctf", "pupils", "results" };
    struct filters filters = { 0 };
    struct school_file f;

    (void)state;
    school_make(&f);
    school_import(&f, "pupils", school_pupils);
    for (size_t i = 0; i < COUNT(whats); i++)
        CHECK_INT(whats[i],
                export_file(&f.context, whats[i], &filters, full, NULL, NULL, &f.err), ERR_IO);
    school_remove(&f);
}

/* ---- the sample transfer files ---- */

static void check_sample(const char *path, const char *name)
{
    struct import_options options = { 0 };
    struct school_file f;
    struct arena arena = { 0 };
    const char *first;

    school_make(&f);
    f.context.today = (struct date){ 20230901 };
    CHECK_OK(name, import_file(&f.context, path, &options, &f.outcome, &f.err), &f.err);
    CHECK_INT(name, f.outcome.refused_n, 0);
    CHECK_TRUE(name, f.outcome.added > 0);
    first = school_export(&f, &arena, "ctf");
    CHECK_OK(name, import_file(&f.context, path, &options, &f.outcome, &f.err), &f.err);
    CHECK_INT(name, f.outcome.added + f.outcome.superseded + f.outcome.refused_n, 0);
    CHECK_TEXT(name, school_export(&f, &arena, "ctf"), first);
    CHECK_OK(name,
            school_create(&f.context, "3549003", "Testbury School", "", "england-2008",
                    &(int64_t){ 0 }, &f.err),
            &f.err);
    CHECK_OK(name, context_choose_school(&f.context, "3549003", &f.err), &f.err);
    school_import(&f, name, first);
    CHECK_INT(name, f.outcome.refused_n, 0);
    {
        const char *second = school_export(&f, &arena, "ctf");
        const char *a = strstr(first, "<CTFpupilData>");
        const char *b = strstr(second, "<CTFpupilData>");

        CHECK_TEXT(name, b, a);
    }
    arena_free(&arena);
    school_remove(&f);
}

static void every_sample_goes_out_and_comes_in_the_same(void **state)
{
    const char *samples = getenv("ATTAIN_SAMPLES");
    char folder[512];
    DIR *dir;
    struct dirent *entry;
    int n = 0;

    (void)state;
    if (samples == NULL || samples[0] == '\0') {
        print_message("ATTAIN_SAMPLES names no folder of sample files: left out\n");
        skip();
    }
    (void)snprintf(folder, sizeof(folder), "%s/ctf", samples);
    dir = opendir(folder);
    if (dir == NULL) {
        print_message("there is no folder %s: left out\n", folder);
        skip();
        return;
    }
    while ((entry = readdir(dir)) != NULL) {
        char path[1024];

        if (strstr(entry->d_name, ".xml") == NULL)
            continue;
        (void)snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name);
        check_sample(path, entry->d_name);
        n++;
    }
    (void)closedir(dir);
    CHECK_TRUE("samples", n > 0);
}

TESTS(TEST(five_files_make_the_whole_school_again), TEST(a_wrong_row_of_a_history_is_refused),
        TEST(a_refused_row_of_a_history_withdraws_nothing),
        TEST(export_and_import_make_the_same_school_again),
        TEST(targets_and_predictions_go_out_alone),
        TEST(a_transfer_file_has_those_on_roll_and_says_what_is_a_target),
        TEST(filters_narrow_an_export_and_unknown_ones_are_refused),
        TEST(a_writer_that_fails_stops_the_export),
        TEST(every_sample_goes_out_and_comes_in_the_same))
