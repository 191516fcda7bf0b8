#include "cli/bench_files.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/attr.h"
#include "pupils/upn.h"

static const char *const subjects[BENCH_SUBJECTS] = { "ENG", "MAT", "SCI", "HIS", "GEO", "ART",
    "DAT", "ICT", "MUS", "PED", "FRE", "GER" };
static const char *const levels[] = { "3c", "3b", "3a", "4c", "4b", "4a", "5c", "5b", "5a",
    "6c", "6b", "6a", "7c", "7b", "7a" };
static const char *const term_ends[BENCH_TERMS] = { "2007-07-13", "2007-12-14", "2008-03-28",
    "2008-07-18", "2008-12-12", "2009-04-03", "2009-07-17", "2009-12-18", "2010-03-26" };
static const char *const surnames[] = { "Abbot", "Barnes", "Clegg", "Dawson", "Ellis", "Firth",
    "Garside", "Hirst", "Ibbotson", "Jagger", "Kaye" };
static const char *const forenames[] = { "Amir", "Beth", "Chloe", "Daniel", "Ewa", "Farah",
    "George", "Holly", "Imran", "Jack", "Kirsty", "Leon", "Megan" };

static const char *upn_of(int pupil, char upn[UPN_SIZE])
{
    if (!upn_make(BENCH_LAESTAB, 98 + pupil / 1000, pupil % 1000, upn))
        upn[0] = '\0';
    return upn;
}

/* A level that rises with the terms, differs between pupils and subjects. */
static const char *level_of(int pupil, int subject, int step)
{
    int at = (pupil * 7 + subject * 3) % 6 + step;

    return levels[at < (int)COUNT(levels) ? at : (int)COUNT(levels) - 1];
}

typedef void (*write_fn)(FILE *file);

static enum err_code write_file(const char *path, write_fn fn, int64_t *ret_bytes,
        struct err *err)
{
    FILE *file = fopen(path, "wb");
    long bytes = 0;
    bool failed = file == NULL;

    if (file != NULL) {
        fn(file);
        bytes = ftell(file);
        failed = ferror(file) != 0 || bytes < 0;
        failed = fclose(file) != 0 || failed;
    }
    if (failed) {
        (void)err_set(err, ERR_IO, "a file for the benchmark could not be written");
        (void)err_detail(err, "%s", strerror(errno));
        (void)err_hint(err, "Make room in the folder for temporary files, or name another with "
                            "--keep.");
        return err_where(err, path, 0, NULL);
    }
    *ret_bytes = bytes;
    return ERR_OK;
}

static void put_pupils(FILE *file)
{
    char upn[UPN_SIZE];

    (void)fputs("upn,surname,forename,dob,sex,year_group,registration,entry_date,sen,fsm\n",
            file);
    for (int i = 0; i < BENCH_PUPILS; i++)
        (void)fprintf(file, "%s,%s,%s,%d-%02d-%02d,%s,%d,%d%c,2006-09-01,%s,%s\n",
                upn_of(i, upn), surnames[i % (int)COUNT(surnames)],
                forenames[i % (int)COUNT(forenames)], 1997 - i % 3, 1 + i % 8, 1 + i % 28,
                i % 2 == 0 ? "F" : "M", 7 + i % 3, 7 + i % 3, 'A' + i / 3 % 12,
                i % 9 == 0 ? "K" : "N", i % 6 == 0 ? "true" : "false");
}

static void put_judgements(FILE *file)
{
    char upn[UPN_SIZE];

    (void)fputs("upn,subject,kind,date,grade\n", file);
    for (int i = 0; i < BENCH_PUPILS; i++) {
        (void)upn_of(i, upn);
        for (int s = 0; s < BENCH_SUBJECTS; s++) {
            for (int t = 0; t < BENCH_TERMS; t++)
                (void)fprintf(file, "%s,%s,assessment,%s,%s\n", upn, subjects[s], term_ends[t],
                        level_of(i, s, t * (i % 3 + 1) / 3));
        }
    }
}

static void put_lines(FILE *file)
{
    char upn[UPN_SIZE];

    (void)fputs("upn,subject,kind,stage,date,grade\n", file);
    for (int i = 0; i < BENCH_PUPILS; i++) {
        (void)upn_of(i, upn);
        for (int s = 0; s < BENCH_SUBJECTS; s++) {
            (void)fprintf(file, "%s,%s,result,KS2,2006-07-14,%s\n", upn, subjects[s],
                    level_of(i, s, 0));
            (void)fprintf(file, "%s,%s,target,KS3,2006-10-02,%s\n", upn, subjects[s],
                    level_of(i, s, 6));
        }
    }
}

static void put_ctf_result(FILE *file, int pupil, int at)
{
    static const char *const codes[][2] = { { "ENG", "REA" }, { "ENG", "WRI" },
        { "ENG", "ENG" }, { "MAT", "MAT" }, { "SCI", "SCI" } };
    static const char *const dates[] = { "2004-07-09", "2005-07-08", "2006-07-07",
        "2007-07-06" };
    const char *const *code = codes[at % 5];
    const char *date = dates[at / 5 % 4];

    (void)fprintf(file,
            "<StageAssessment><Locale>ENG</Locale><Year>%.4s</Year><Subject>%s</Subject>"
            "<Method>TA</Method><Component>%s</Component><ResultStatus>R</ResultStatus>"
            "<ResultQualifier>NL</ResultQualifier><Result>%s</Result><ResultDate>%s</"
            "ResultDate>"
            "</StageAssessment>\n",
            date, code[0], code[1], level_of(pupil, at % 5, at / 5), date);
}

static void put_ctf_pupil(FILE *file, int i)
{
    static const char *const stages[] = { "KS1", "KS2" };
    char upn[UPN_SIZE];

    (void)fprintf(file,
            "<Pupil><UPN>%s</UPN><Surname>%s</Surname><Forename>%s</Forename>"
            "<DOB>%d-%02d-%02d</DOB><Gender>%s</Gender><BasicDetails><NCyearActual>%d"
            "</NCyearActual></BasicDetails><StageAssessments>\n",
            upn_of(i, upn), surnames[i % (int)COUNT(surnames)],
            forenames[i % (int)COUNT(forenames)], 1997 - i % 3, 1 + i % 8, 1 + i % 28,
            i % 2 == 0 ? "F" : "M", 7 + i % 3);
    for (size_t k = 0; k < COUNT(stages); k++) {
        (void)fprintf(file, "<KeyStage><Stage>%s</Stage>\n", stages[k]);
        for (int at = 0; at < BENCH_CTF_RESULTS / (int)COUNT(stages); at++)
            put_ctf_result(file, i, at);
        (void)fputs("</KeyStage>\n", file);
    }
    (void)fputs("</StageAssessments></Pupil>\n", file);
}

static void put_ctf(FILE *file)
{
    (void)fputs("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<CTfile><Header>"
                "<DocumentName>Common Transfer File</DocumentName><CTFversion>10.0</CTFversion>"
                "<DateTime>2010-03-27T00:00:00</DateTime>"
                "<DocumentQualifier>full</DocumentQualifier>"
                "<SupplierID>Attain</SupplierID><SourceSchool><LEA>806</LEA>"
                "<Estab>4002</Estab><SchoolName>Invented School</SchoolName>"
                "<AcademicYear>2010</AcademicYear></SourceSchool><DestSchool><LEA>806</LEA>"
                "<Estab>4001</Estab></DestSchool></Header><CTFpupilData>\n",
            file);
    for (int i = 0; i < BENCH_PUPILS; i++)
        put_ctf_pupil(file, i);
    (void)fputs("</CTFpupilData></CTfile>\n", file);
}

enum err_code bench_write_pupils(const char *path, int64_t *ret_bytes, struct err *err)
{
    return write_file(path, put_pupils, ret_bytes, err);
}

enum err_code bench_write_judgements(const char *path, int64_t *ret_bytes, struct err *err)
{
    return write_file(path, put_judgements, ret_bytes, err);
}

enum err_code bench_write_lines(const char *path, int64_t *ret_bytes, struct err *err)
{
    return write_file(path, put_lines, ret_bytes, err);
}

enum err_code bench_write_ctf(const char *path, int64_t *ret_bytes, struct err *err)
{
    return write_file(path, put_ctf, ret_bytes, err);
}
