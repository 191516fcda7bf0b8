#include "school.h"

#include "pupils/upn.h"

/* ---- refusals: each row of the table is one row of a file, refused for one reason ---- */

static const char *const pupil_head =
        "upn,former_upn,surname,forename,dob,sex,year_group,entry_date,leaving_date\n";

static const struct {
    const char *name, *row, *column, *reason;
} pupil_refusals[] = {
    { "wrong check letter", "A354900108001,,Test,Ann,2000-01-01,F,5,,", "upn", "check letter" },
    { "upn too short", "Z3549001,,Test,Ann,2000-01-01,F,5,,", "upn", "13" },
    { "wrong former upn", "Z354900108001,X1,Test,Ann,2000-01-01,F,5,,", "former_upn", "13" },
    { "no surname", "Z354900108001,,,Ann,2000-01-01,F,5,,", "surname", "missing" },
    { "no forename", "Z354900108001,,Test,,2000-01-01,F,5,,", "forename", "missing" },
    { "no dob", "Z354900108001,,Test,Ann,,F,5,,", "dob", "missing" },
    { "no such day", "Z354900108001,,Test,Ann,2000-02-30,F,5,,", "dob", "no such day" },
    { "born today", "Z354900108001,,Test,Ann,2010-03-27,F,5,,", "dob", "not in the past" },
    { "no sex", "Z354900108001,,Test,Ann,2000-01-01,,5,,", "sex", "missing" },
    { "odd sex", "Z354900108001,,Test,Ann,2000-01-01,Q,5,,", "sex", "M or F" },
    { "no year group", "Z354900108001,,Test,Ann,2000-01-01,F,,,", "year_group", "missing" },
    { "odd year group", "Z354900108001,,Test,Ann,2000-01-01,F,14,,", "year_group", "N1" },
    { "odd entry", "Z354900108001,,Test,Ann,2000-01-01,F,5,31/02/2009,", "entry_date",
            "no such day" },
    { "leaves before joining", "Z354900108001,,Test,Ann,2000-01-01,F,5,2009-09-01,2009-08-31",
            "leaving_date", "before joining" },
};

static void a_wrong_pupil_is_refused_with_column_and_reason(void **state)
{
    struct school_file f;

    (void)state;
    school_make(&f);
    for (size_t i = 0; i < COUNT(pupil_refusals); i++) {
        char text[400];
        struct import_options options = { .preview = true };
        const char *name = pupil_refusals[i].name;

        (void)snprintf(text, sizeof(text), "%s%s\n", pupil_head, pupil_refusals[i].row);
        CHECK_OK(name, school_import_with(&f, text, &options), &f.err);
        check_counts(&f, name, 0, 0, 0, 1);
        CHECK_INT(name, f.outcome.refused[0].row, 2);
        CHECK_TEXT(name, f.outcome.refused[0].column, pupil_refusals[i].column);
        CHECK_HAS(name, f.outcome.refused[0].reason, pupil_refusals[i].reason);
    }
    school_remove(&f);
}

static const char *const result_head =
        "upn,subject,kind,stage,date,grade,mark,max_mark,scale,source\n";

static const struct {
    const char *name, *row, *column, *reason;
} result_refusals[] = {
    { "unknown pupil", "Y35490010801A,MAT,assessment,,2010-03-01,3b,,,,", "upn", "on record" },
    { "no subject", "Z354900108001,,assessment,,2010-03-01,3b,,,,", "subject", "missing" },
    { "unknown subject", "Z354900108001,XYZ,assessment,,2010-03-01,3b,,,,", "subject",
            "no such subject" },
    { "no kind", "Z354900108001,MAT,,,2010-03-01,3b,,,,", "kind", "missing" },
    { "unknown kind", "Z354900108001,MAT,guess,,2010-03-01,3b,,,,", "kind", "no such kind" },
    { "unknown stage", "Z354900108001,MAT,assessment,KS9,2010-03-01,3b,,,,", "stage",
            "no such stage" },
    { "no date", "Z354900108001,MAT,assessment,,,3b,,,,", "date", "missing" },
    { "no such day", "Z354900108001,MAT,assessment,,2010-02-29,3b,,,,", "date", "no such day" },
    { "assessment tomorrow", "Z354900108001,MAT,assessment,,2010-03-28,3b,,,,", "date",
            "future" },
    { "result tomorrow", "Z354900108001,MAT,result,KS2,2010-03-28,3b,,,,", "date", "future" },
    { "likely tomorrow", "Z354900108001,MAT,likely,,2010-03-28,3b,,,,", "date", "future" },
    { "test tomorrow", "Z354900108001,MAT,test,,2010-03-28,3b,,,,", "date", "future" },
    { "mock tomorrow", "Z354900108001,MAT,mock,,2010-03-28,3b,,,,", "date", "future" },
    { "unknown grade", "Z354900108001,MAT,assessment,,2010-03-01,3d,,,,", "grade",
            "3d is not a grade" },
    { "neither grade nor mark", "Z354900108001,MAT,assessment,,2010-03-01,,,,,", "grade",
            "neither" },
    { "unknown scale", "Z354900108001,MAT,assessment,,2010-03-01,3b,,,none,", "scale",
            "no such scale" },
    { "mark above its maximum", "Z354900108001,MAT,test,,2010-03-01,3b,21,20,,", "mark",
            "above its maximum" },
    { "mark is no number", "Z354900108001,MAT,test,,2010-03-01,3b,x,,,", "mark",
            "not a number" },
    { "mark below 0", "Z354900108001,MAT,test,,2010-03-01,3b,-1,,,", "mark", "below 0" },
    { "number outside its scale", "Z354900108001,MAT,test,,2010-03-01,,200,,cat-sas,", "mark",
            "outside" },
};

static void a_wrong_result_is_refused_with_column_and_reason(void **state)
{
    struct school_file f;

    (void)state;
    school_make(&f);
    school_import(&f, "pupils", school_pupils);
    for (size_t i = 0; i < COUNT(result_refusals); i++) {
        char text[400];
        const char *name = result_refusals[i].name;

        (void)snprintf(text, sizeof(text), "%s%s\n", result_head, result_refusals[i].row);
        school_import(&f, name, text);
        check_counts(&f, name, 0, 0, 0, 1);
        CHECK_INT(name, f.outcome.refused[0].row, 2);
        CHECK_TEXT(name, f.outcome.refused[0].column, result_refusals[i].column);
        CHECK_HAS(name, f.outcome.refused[0].reason, result_refusals[i].reason);
    }
    school_remove(&f);
}

static const struct {
    const char *name, *row, *column, *reason;
} group_refusals[] = {
    { "unknown pupil", "Y35490010801A,Blue,user,,,", "upn", "on record" },
    { "no group", "Z354900108001,,user,,,", "group", "missing" },
    { "unknown type", "Z354900108001,Blue,sport,,,", "type", "no such type" },
    { "unknown subject", "Z354900108001,Set 1,teaching,XYZ,,", "subject", "no such subject" },
    { "odd day", "Z354900108001,Blue,user,,2010-02-30,", "from", "no such day" },
    { "ends before it begins", "Z354900108001,Blue,user,,2010-02-02,2010-02-01", "to",
            "before it begins" },
};

static void a_wrong_membership_is_refused_with_column_and_reason(void **state)
{
    struct school_file f;

    (void)state;
    school_make(&f);
    school_import(&f, "pupils", school_pupils);
    for (size_t i = 0; i < COUNT(group_refusals); i++) {
        char text[400];
        const char *name = group_refusals[i].name;

        (void)snprintf(text, sizeof(text), "upn,group,type,subject,from,to\n%s\n",
                group_refusals[i].row);
        school_import(&f, name, text);
        check_counts(&f, name, 0, 0, 0, 1);
        CHECK_TEXT(name, f.outcome.refused[0].column, group_refusals[i].column);
        CHECK_HAS(name, f.outcome.refused[0].reason, group_refusals[i].reason);
    }
    school_remove(&f);
}

/* ---- twice, other, earlier ---- */

static const char *const results =
        "upn,subject,kind,stage,date,grade,mark,max_mark,scale,source\n"
        "Z354900108001,MAT,assessment,,2010-03-01,3b,,,,\n"
        "Z354900108001,MAT,target,,2009-09-01,4b,,,,\n"
        "Z354900108001,Mathematics,prior,KS1,2007-06-30,2a,,,,TA\n"
        "N354900108002,MAT,prediction,KS2,2009-10-01,4c,,,,model\n";

static void the_same_file_twice_changes_nothing(void **state)
{
    const char *const files[] = { school_pupils, results,
        "upn,group,type,subject,from,to\nZ354900108001,Blue,user,,,\n"
        "Z354900108001,Set 1,teaching,MAT,2009-09-01,\n" };
    const int added[] = { 2, 4, 2 };
    struct school_file f;
    struct arena arena = { 0 };

    (void)state;
    school_make(&f);
    for (size_t i = 0; i < COUNT(files); i++) {
        const char *before;

        school_import(&f, "first", files[i]);
        check_counts(&f, "first", added[i], 0, 0, 0);
        before = school_all(&f, &arena);
        school_import(&f, "second", files[i]);
        check_counts(&f, "second", 0, added[i], 0, 0);
        CHECK_TRUE("an import of its own", f.outcome.id != 0);
        CHECK_TEXT("as before", school_all(&f, &arena), before);
    }
    arena_free(&arena);
    school_remove(&f);
}

static void another_grade_supersedes_and_the_first_stays_on_record(void **state)
{
    struct school_file f;
    struct arena arena = { 0 };
    const char *all;

    (void)state;
    school_make(&f);
    school_import(&f, "pupils", school_pupils);
    school_import(&f, "results", results);
    school_import(&f, "other",
            "upn,subject,kind,date,grade\nZ354900108001,MAT,assessment,2010-03-01,3a\n"
            "Z354900108001,MAT,assessment,2010-03-01,3a\n"
            "Z354900108001,MAT,assessment,2010-03-01,4c\n");
    check_counts(&f, "other", 0, 1, 2, 0);
    all = school_export(&f, &arena, "results");
    CHECK_HAS("the last holds", all, "2010-03-01,,4c");
    CHECK_TRUE("the first does not", strstr(all, ",3b,") == NULL);
    arena_free(&arena);
    school_remove(&f);
}

/* In 2009/10 the pupil is in Year 5: the own stage is KS2, and the school year 2006/07 was
   Year 2, the last of KS1; 2007/08 was Year 3. */
static void a_missing_stage_is_worked_out(void **state)
{
    struct school_file f;
    struct arena arena = { 0 };
    const char *all;

    (void)state;
    school_make(&f);
    school_import(&f, "pupils", school_pupils);
    school_import(&f, "results",
            "upn,subject,kind,date,grade\nZ354900108001,MAT,target,2009-09-01,4b\n"
            "Z354900108001,REA,result,2007-06-30,2b\n"
            "Z354900108001,WRI,result,2008-06-30,2a\n"
            "Z354900108001,SCI,assessment,2008-06-30,2a\n");
    check_counts(&f, "results", 4, 0, 0, 0);
    all = school_export(&f, &arena, "results");
    CHECK_HAS("target", all, "MAT,target,KS2,");
    CHECK_HAS("end of a key stage", all, "REA,result,KS1,");
    CHECK_HAS("end of a year", all, "WRI,result,Y3,");
    CHECK_HAS("no stage", all, "SCI,assessment,,");
    arena_free(&arena);
    school_remove(&f);
}

static void a_changed_value_holds_from_today_and_an_empty_cell_says_nothing(void **state)
{
    struct school_file f;
    struct arena arena = { 0 };

    (void)state;
    school_make(&f);
    school_import(&f, "pupils", school_pupils);
    school_import(&f, "changed",
            "upn,surname,forename,dob,sex,year_group,registration,sen\n"
            "Z354900108001,O'Test-Pupil,Zoë,29/02/2000,female,5,5C,\n");
    check_counts(&f, "changed", 0, 0, 1, 0);
    CHECK_HAS("both", school_export(&f, &arena, "pupils"), "2000-02-29,F,5,5C,,,,,,,A");
    arena_free(&arena);
    school_remove(&f);
}

/* ---- who is it ---- */

static void a_permanent_upn_replaces_the_temporary_one(void **state)
{
    struct school_file f;
    struct arena arena = { 0 };
    const char *pupils;

    (void)state;
    school_make(&f);
    CHECK_INT("temporary", upn_check("Y35490010801A", NULL), UPN_TEMPORARY);
    school_import(&f, "temporary",
            "upn,surname,forename,dob,sex,year_group\nY35490010801A,Test,Ann,2000-01-01,F,5\n");
    school_import(&f, "results",
            "upn,subject,kind,date,grade\nY35490010801A,MAT,assessment,2010-03-01,3b\n");
    school_import(&f, "permanent",
            "upn,former_upn,surname,forename,dob,sex,year_group\n"
            "Z354900108001,Y35490010801A,Test,Ann,2000-01-01,F,5\n");
    check_counts(&f, "permanent", 0, 0, 1, 0);
    pupils = school_export(&f, &arena, "pupils");
    CHECK_HAS("renamed", pupils, "Z354900108001,Y35490010801A,Test");
    CHECK_HAS("results follow", school_export(&f, &arena, "results"), "Z354900108001,MAT");
    school_import(&f, "old number again",
            "upn,subject,kind,date,grade\nY35490010801A,MAT,assessment,2010-03-01,3b\n");
    check_counts(&f, "old number again", 0, 1, 0, 0);
    school_import(&f, "old file again",
            "upn,surname,forename,dob,sex,year_group\nY35490010801A,Test,Ann,2000-01-01,F,5\n");
    check_counts(&f, "old file again", 0, 1, 0, 0);
    CHECK_TEXT("nothing renamed", school_export(&f, &arena, "pupils"), pupils);
    arena_free(&arena);
    school_remove(&f);
}

static const char *const look_alike = "upn,surname,forename,dob,sex,year_group\nN354900108002,"
                                      "OTEST PUPIL,zoe,2000-02-29,F,5\n";

static void a_look_alike_is_a_doubt_until_a_person_says_so(void **state)
{
    struct import_options match = { .match_names = true };
    struct school_file f;
    struct arena arena = { 0 };

    (void)state;
    school_make(&f);
    school_import(&f, "first",
            "upn,surname,forename,dob,sex,year_group\n"
            "Z354900108001,O'Test Pupil,Zoë,2000-02-29,F,5\n");
    school_import(&f, "look-alike", look_alike);
    check_counts(&f, "look-alike", 0, 0, 0, 1);
    CHECK_INT("doubts", f.outcome.doubt_n, 1);
    CHECK_TEXT("who", f.outcome.doubts[0].other_upn, "Z354900108001");
    CHECK_TEXT("name", f.outcome.doubts[0].other_name, "Zoë O'Test Pupil");
    CHECK_HAS("reason", f.outcome.refused[0].reason, "--match-names");
    CHECK_OK("matched", school_import_with(&f, look_alike, &match), &f.err);
    check_counts(&f, "matched", 0, 0, 1, 0);
    CHECK_HAS("one pupil", school_export(&f, &arena, "pupils"),
            "N354900108002,Z354900108001,OTEST");
    arena_free(&arena);
    school_remove(&f);
}

static void two_who_look_alike_and_are_both_in_the_file_are_two(void **state)
{
    struct school_file f;

    (void)state;
    school_make(&f);
    school_import(&f, "first",
            "upn,surname,forename,dob,sex,year_group\nZ354900108001,Test,Ann,2000-02-29,F,5\n");
    school_import(&f, "both",
            "upn,surname,forename,dob,sex,year_group\nN354900108002,Test,Ann,2000-02-29,F,5\n"
            "Z354900108001,Test,Ann,2000-02-29,F,5\n");
    check_counts(&f, "both", 1, 1, 0, 0);
    school_remove(&f);
}

/* ---- all or nothing, preview ---- */

static void all_or_nothing_and_previews_write_nothing(void **state)
{
    static const char *const mixed =
            "upn,surname,forename,dob,sex,year_group\nZ354900108001,Test,Ann,2000-02-29,F,5\n"
            "N354900108002,Test,,2000-02-29,F,5\n";
    const struct import_options ways[] = { { .all_or_nothing = true }, { .preview = true } };
    struct school_file f;
    struct arena arena = { 0 };
    const char *before;

    (void)state;
    school_make(&f);
    before = school_all(&f, &arena);
    for (size_t i = 0; i < COUNT(ways); i++) {
        struct import_list imports = { 0 };

        CHECK_OK("import", school_import_with(&f, mixed, &ways[i]), &f.err);
        check_counts(&f, "import", 1, 0, 0, 1);
        CHECK_INT("no number", f.outcome.id, 0);
        CHECK_TEXT("as before", school_all(&f, &arena), before);
        CHECK_OK("register", store_imports(f.context.store, 1, &arena, &imports, &f.err),
                &f.err);
        CHECK_INT("register", imports.n, 0);
    }
    school_import(&f, "good rows", mixed);
    check_counts(&f, "good rows", 1, 0, 0, 1);
    CHECK_TRUE("written", f.outcome.id != 0);
    arena_free(&arena);
    school_remove(&f);
}

/* ---- what belongs to no school, and two schools ---- */

static void schools_and_national_figures_need_no_school(void **state)
{
    struct school_file f;
    struct arena arena = { 0 };
    struct school_list schools = { 0 };
    struct national_list figures = { 0 };

    (void)state;
    school_make(&f);
    f.context.has_school = false;
    school_import(&f, "schools",
            "laestab,name,phase,tag,from,to\n354/9003,Second School,primary,supported,"
            "2009-09-01,\n3549002,Testbury School,primary,,,\n12,Bad,,,,\n3549004,,,,,\n");
    check_counts(&f, "schools", 1, 1, 0, 2);
    CHECK_OK("list", store_schools(f.context.store, &arena, &schools, &f.err), &f.err);
    CHECK_INT("list", schools.n, 2);
    school_import(&f, "national",
            "body,measure,subject,year,percent\nnational,ks2-l4-mat,MAT,2009,79.4\n"
            "national,ks2-l4-mat,MAT,2008,79%\nnational,ks2-l4-mat,MAT,2008,101\n"
            "national,ks2-l4-mat,MAT,x,50\n");
    check_counts(&f, "national", 2, 0, 0, 2);
    school_import(&f, "national again",
            "body,measure,subject,year,percent\nnational,ks2-l4-mat,MAT,2009,79.5\n"
            "national,ks2-l4-mat,MAT,2008,79\n");
    check_counts(&f, "national again", 0, 1, 1, 0);
    CHECK_OK("figures", store_national(f.context.store, &arena, &figures, &f.err), &f.err);
    CHECK_INT("figures", figures.n, 2);
    CHECK_INT("thousandths", figures.items[1].percent, 79500);
    CHECK_INT("others need one",
            school_import_with(&f, school_pupils, &(struct import_options){ 0 }), ERR_USAGE);
    arena_free(&arena);
    school_remove(&f);
}

static void one_school_knows_nothing_of_the_other(void **state)
{
    struct school_file f;
    struct arena arena = { 0 };
    int64_t id = 0;

    (void)state;
    school_make(&f);
    school_import(&f, "first school", school_pupils);
    CHECK_OK("second",
            school_create(&f.context, "3549003", "Second", "", "england-2008", &id, &f.err),
            &f.err);
    school_open_again(&f, "3549003");
    school_import(&f, "results",
            "upn,subject,kind,date,grade\nZ354900108001,MAT,assessment,2010-03-01,3b\n");
    check_counts(&f, "results", 0, 0, 0, 1);
    school_import(&f, "the same pupils", school_pupils);
    check_counts(&f, "the same pupils", 2, 0, 0, 0);
    arena_free(&arena);
    school_remove(&f);
}

/* ---- mapped files ---- */

static const char *const mapping =
        "map results-abroad\nabout \"Marks of several schools.\"\nkind results\n\n"
        "school from column school as laestab 9984NNN\nschool name \"School {school}\"\n"
        "school phase secondary\n\npupils anonymous\n\npupil\ncolumn sex -> sex\n"
        "constant dob 1999-01-01\nconstant year_group 5\n\nresult\nconstant kind assessment\n"
        "constant subject MAT\nconstant date 2010-03-01\ncolumn level -> grade\n";

static void a_mapped_file_makes_a_plan_for_each_school(void **state)
{
    static const char *const table = "school,sex,level\n1,F,3b\n2,M,3c\n1,M,2a\n2,F,9z\n";
    struct school_file f;
    struct arena arena = { 0 };
    struct school_list schools = { 0 };
    char path[128];
    struct import_options options = { .map = path };
    FILE *file;

    (void)state;
    school_make(&f);
    (void)snprintf(path, sizeof(path), "%s/test.map", f.folder);
    file = fopen(path, "wb");
    CHECK_TRUE("mapping", file != NULL);
    (void)fwrite(mapping, 1, strlen(mapping), file);
    (void)fclose(file);
    options.preview = true;
    CHECK_OK("preview", school_import_with(&f, table, &options), &f.err);
    check_counts(&f, "preview", 7, 0, 0, 1);
    options.preview = false;
    CHECK_OK("import", school_import_with(&f, table, &options), &f.err);
    check_counts(&f, "import", 7, 0, 0, 1);
    CHECK_OK("schools", store_schools(f.context.store, &arena, &schools, &f.err), &f.err);
    CHECK_INT("two new schools", schools.n, 3);
    CHECK_OK("again", school_import_with(&f, table, &options), &f.err);
    check_counts(&f, "again", 0, 7, 0, 1);
    school_open_again(&f, "9984001");
    CHECK_HAS("its own results", school_export(&f, &arena, "results"),
            ",MAT,assessment,,2010-03-01,,3b");
    CHECK_TRUE("not the other's", strstr(school_export(&f, &arena, "results"), "3c") == NULL);
    (void)unlink(path);
    arena_free(&arena);
    school_remove(&f);
}

/* ---- transfer files ---- */

static const char *const ctf =
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><CTfile><Header>"
        "<DocumentName>Common Transfer File</DocumentName><CTFversion>9.0</CTFversion>"
        "<DocumentQualifier>full</DocumentQualifier><SourceSchool><LEA>354</LEA>"
        "<Estab>9001</Estab></SourceSchool><DestSchool><LEA>354</LEA><Estab>9002</Estab>"
        "</DestSchool></Header><CTFpupilData>"
        "<Pupil><UPN>Z354900108001</UPN><Surname>Test</Surname><Forename>Ann</Forename>"
        "<DOB>2000-02-29</DOB><Gender>F</Gender><StageAssessments><KeyStage><Stage>KS1</Stage>"
        "<StageAssessment><Locale>ENG</Locale><Year>2007</Year><Subject>MAT</Subject>"
        "<Method>TA</Method><Component>MAT</Component><ResultStatus>R</ResultStatus>"
        "<ResultQualifier>NL</ResultQualifier><Result>2B</Result></StageAssessment>"
        "<StageAssessment><Locale>ENG</Locale><Year>2007</Year><Subject>PHO</Subject>"
        "<Method>TT</Method><Component>CHK</Component><ResultStatus>R</ResultStatus>"
        "<ResultQualifier>NY</ResultQualifier><Result>WA</Result></StageAssessment>"
        "<StageAssessment><Locale>ENG</Locale><Year>2007</Year><Subject>MAT</Subject>"
        "<Method>TT</Method><Component>MAT</Component><ResultStatus>R</ResultStatus>"
        "<ResultQualifier>NR</ResultQualifier><Result>4</Result></StageAssessment>"
        "</KeyStage></StageAssessments></Pupil>"
        "<Pupil><UPN>A354900108002</UPN><Surname>Bad</Surname><Forename>Upn</Forename>"
        "<DOB>2000-02-28</DOB><Gender>M</Gender><StageAssessments><KeyStage><Stage>KS1</Stage>"
        "<StageAssessment><Locale>ENG</Locale><Year>2007</Year><Subject>MAT</Subject>"
        "<Method>TA</Method><Component>MAT</Component><ResultStatus>R</ResultStatus>"
        "<ResultQualifier>NL</ResultQualifier><Result>2C</Result></StageAssessment>"
        "</KeyStage></StageAssessments></Pupil></CTFpupilData></CTfile>";

static void a_transfer_file_keeps_what_is_not_understood(void **state)
{
    struct school_file f;
    struct arena arena = { 0 };
    const char *out;

    (void)state;
    school_make(&f);
    school_import(&f, "ctf", ctf);
    check_counts(&f, "ctf", 4, 0, 0, 2);
    CHECK_INT("kept", f.outcome.kept_n, 2);
    CHECK_HAS("kept", f.outcome.kept[0], "1 result of PHO CHK (NY) kept as it came");
    CHECK_HAS("a raw score is no level", f.outcome.kept[1], "MAT MAT (NR)");
    CHECK_HAS("one refusal for all results", f.outcome.refused[1].reason, "1 result");
    out = school_export(&f, &arena, "ctf");
    CHECK_HAS("goes out again", out, "<Component>CHK</Component>");
    CHECK_HAS("goes out again", out, "<Result>2B</Result>");
    CHECK_TRUE("not in results.csv",
            strstr(school_export(&f, &arena, "results"), "PHO") == NULL);
    school_import(&f, "again", ctf);
    check_counts(&f, "again", 0, 4, 0, 2);
    arena_free(&arena);
    school_remove(&f);
}

static void what_is_odd_but_right_is_said_and_taken(void **state)
{
    static const char *const elsewhere =
            "<CTfile><Header><DestSchool><LEA>354</LEA><Estab>9003</Estab></DestSchool></"
            "Header>"
            "<CTFpupilData><Pupil><UPN>F000400101001</UPN><Surname>Test</Surname>"
            "<Forename>Ann</Forename><DOB>2000-02-29</DOB><Gender>F</Gender></Pupil>"
            "</CTFpupilData></CTfile>";
    struct school_file f;
    bool authority = false;
    bool address = false;

    (void)state;
    school_make(&f);
    school_import(&f, "elsewhere", elsewhere);
    check_counts(&f, "elsewhere", 1, 0, 0, 0);
    for (size_t i = 0; i < f.outcome.note_n; i++) {
        authority = authority || strstr(f.outcome.notes[i], "no local authority") != NULL;
        address = address || strstr(f.outcome.notes[i], "addressed to school 354/9003") != NULL;
    }
    CHECK_TRUE("authority", authority);
    CHECK_TRUE("address", address);
    school_remove(&f);
}

TESTS(TEST(a_wrong_pupil_is_refused_with_column_and_reason),
        TEST(a_wrong_result_is_refused_with_column_and_reason),
        TEST(a_wrong_membership_is_refused_with_column_and_reason),
        TEST(the_same_file_twice_changes_nothing),
        TEST(another_grade_supersedes_and_the_first_stays_on_record),
        TEST(a_missing_stage_is_worked_out),
        TEST(a_changed_value_holds_from_today_and_an_empty_cell_says_nothing),
        TEST(a_permanent_upn_replaces_the_temporary_one),
        TEST(a_look_alike_is_a_doubt_until_a_person_says_so),
        TEST(two_who_look_alike_and_are_both_in_the_file_are_two),
        TEST(all_or_nothing_and_previews_write_nothing),
        TEST(schools_and_national_figures_need_no_school),
        TEST(one_school_knows_nothing_of_the_other),
        TEST(a_mapped_file_makes_a_plan_for_each_school),
        TEST(what_is_odd_but_right_is_said_and_taken),
        TEST(a_transfer_file_keeps_what_is_not_understood))
