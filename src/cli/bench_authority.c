/*
 * attain bench authority: an authority of 50 schools with five million judgements on file.
 * Making the file takes minutes; what is measured is what a person waits for afterwards.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "actions/cohort_load.h"
#include "analysis/cut.h"
#include "analysis/measure.h"
#include "base/text.h"
#include "cli/bench_authority.h"
#include "cli/bench_child.h"
#include "cli/bench_files.h"
#include "cli/bench_row.h"
#include "cli/cmd_report.h"
#include "pupils/upn.h"

enum {
    SCHOOLS = 50,
    PUPILS = 926, /* a school: 46,300 in all */
    CUT_RUNS = 9,
    PATH_SIZE = 240,
    MS = 1000000, /* nanoseconds */
    FIRST_ESTAB = 4001
};

static const char *const subjects[BENCH_SUBJECTS] = { "ENG", "MAT", "SCI", "HIS", "GEO", "ART",
    "DAT", "ICT", "MUS", "PED", "FRE", "GER" };
static const char *const levels[] = { "3c", "3b", "3a", "4c", "4b", "4a", "5c", "5b", "5a",
    "6c", "6b", "6a", "7c" };
static const char *const term_ends[BENCH_TERMS] = { "2007-07-13", "2007-12-14", "2008-03-28",
    "2008-07-18", "2008-12-12", "2009-04-03", "2009-07-17", "2009-12-18", "2010-03-26" };

struct authority_bench {
    struct arena *arena;
    struct report *report;
    struct table *table;
    char folder[PATH_SIZE - 40];
    bool keep, tell;
};

static const char *path_of(struct authority_bench *b, const char *name)
{
    return report_text(b->report, "%s/%s", b->folder, name);
}

/* ---- the files ---- */

static const char *laestab_of(int school, char text[8])
{
    (void)snprintf(text, 8, "806%04u", ((unsigned)FIRST_ESTAB + (unsigned)school) % 10000);
    return text;
}

static const char *upn_of(int school, int pupil, char upn[UPN_SIZE])
{
    char laestab[8];

    if (!upn_make(laestab_of(school, laestab), 98 + pupil / 1000, pupil % 1000, upn))
        upn[0] = '\0';
    return upn;
}

static const char *level_of(int school, int pupil, int subject, int step)
{
    int at = (pupil * 7 + subject * 3 + school) % 6 + step;

    return levels[at < (int)COUNT(levels) ? at : (int)COUNT(levels) - 1];
}

static void put_schools(FILE *file)
{
    char laestab[8];

    (void)fputs("laestab,name,phase,tag,from,to\n", file);
    for (int s = 0; s < SCHOOLS; s++)
        (void)fprintf(file, "%s,School %d,secondary,%s,,\n", laestab_of(s, laestab), s + 1,
                s % 3 == 0 ? "supported" : "");
}

static void put_pupils(FILE *file, int school)
{
    char upn[UPN_SIZE];

    (void)fputs("upn,surname,forename,dob,sex,year_group,entry_date,sen,fsm\n", file);
    for (int i = 0; i < PUPILS; i++)
        (void)fprintf(file, "%s,Pupil,P%d,%d-%02d-%02d,%s,%d,2006-09-01,%s,%s\n",
                upn_of(school, i, upn), i, 1997 - i % 3, 1 + i % 8, 1 + i % 28,
                i % 2 == 0 ? "F" : "M", 7 + i % 3, i % 9 == 0 ? "K" : "N",
                i % 6 == 0 ? "true" : "false");
}

static void put_marks(FILE *file, int school)
{
    char upn[UPN_SIZE];

    (void)fputs("upn,subject,kind,stage,date,grade\n", file);
    for (int i = 0; i < PUPILS; i++) {
        (void)upn_of(school, i, upn);
        for (int s = 0; s < BENCH_SUBJECTS; s++) {
            for (int t = 0; t < BENCH_TERMS; t++)
                (void)fprintf(file, "%s,%s,assessment,,%s,%s\n", upn, subjects[s], term_ends[t],
                        level_of(school, i, s, t * (i % 3 + 1) / 3));
            if (s < 3) /* English, mathematics, science, at the end of Year 6 */
                (void)fprintf(file, "%s,%s,result,KS2,%d-05-12,%.1s\n", upn, subjects[s],
                        2009 - i % 3, level_of(school, i, s, 0));
        }
    }
}

static enum err_code write_file(const char *path, int school,
        void (*put)(FILE *file, int school), struct err *err)
{
    FILE *file = fopen(path, "wb");
    bool failed = file == NULL;

    if (file != NULL) {
        if (put == NULL)
            put_schools(file);
        else
            put(file, school);
        failed = ferror(file) != 0;
        failed = fclose(file) != 0 || failed;
    }
    if (!failed)
        return ERR_OK;
    (void)err_set(err, ERR_IO, "a file for the benchmark could not be written");
    (void)err_hint(err, "Make room: the authority takes about two gigabytes. --keep names a "
                        "folder.");
    return err_where(err, path, 0, NULL);
}

/* ---- the database ---- */

static enum err_code run(struct authority_bench *b, const char *const *words,
        struct child_run *ret_run, struct err *err)
{
    const char *const fixed[] = { "attain", "--quiet", "--today", BENCH_TODAY, "--db",
        path_of(b, "authority.db") };
    char *argv[24];
    size_t n = 0;

    for (size_t i = 0; i < COUNT(fixed); i++)
        argv[n++] = arena_text(b->arena, fixed[i]);
    for (; *words != NULL && n + 1 < COUNT(argv); words++)
        argv[n++] = arena_text(b->arena, *words);
    argv[n] = NULL;
    for (size_t i = 0; i < n; i++) {
        if (argv[i] == NULL)
            return err_memory(err);
    }
    return bench_child(argv, ret_run, err);
}

static enum err_code make_schools(struct authority_bench *b, struct err *err)
{
    char laestab[8];
    const char *const init[] = { "init", "--name", "School 1", "--laestab",
        laestab_of(0, laestab), NULL };
    const char *const import[] = { "import", path_of(b, "schools.csv"), NULL };
    struct child_run one = { 0 };
    enum err_code code = write_file(import[1], 0, NULL, err);

    if (code == ERR_OK)
        code = run(b, init, &one, err);
    return code == ERR_OK ? run(b, import, &one, err) : code;
}

static enum err_code fill_school(struct authority_bench *b, int school, struct err *err)
{
    char laestab[8];
    const char *const words[] = { "import", path_of(b, "pupils.csv"), path_of(b, "marks.csv"),
        "--school", laestab_of(school, laestab), NULL };
    struct child_run one = { 0 };
    enum err_code code = write_file(words[1], school, put_pupils, err);

    if (code == ERR_OK)
        code = write_file(words[2], school, put_marks, err);
    return code == ERR_OK ? run(b, words, &one, err) : code;
}

static enum err_code make_database(struct authority_bench *b, struct err *err)
{
    enum err_code code = make_schools(b, err);

    for (int s = 0; s < SCHOOLS && code == ERR_OK; s++) {
        if (b->tell)
            (void)fprintf(stderr, "\r\033[Kmaking school %d of %d ...", s + 1, SCHOOLS);
        code = fill_school(b, s, err);
    }
    if (b->tell)
        (void)fputs("\r\033[K", stderr);
    return code;
}

/* ---- what is measured ---- */

static enum err_code measure_report(struct authority_bench *b, struct err *err)
{
    static const char *const words[] = { "report", "authority", "--years", "2007-2009", "--by",
        "gender,fsm", "--json", NULL };
    struct child_run one = { 0 };
    enum err_code code = run(b, words, &one, err);

    if (code != ERR_OK)
        return code;
    bench_row(b->report, b->table, "report authority", one.whole_ns / (MS / 1000), "ms", 0,
            "all measures of Key Stage 2 over three years by two cuts, cold");
    bench_row(b->report, b->table, "memory for it", one.peak_kib * 1000 / 1024, "MiB", 250000,
            "most resident at once: schools are loaded one after another");
    return ERR_OK;
}

static enum err_code load(struct context *context, struct loaded *cohorts, struct err *err)
{
    struct cohort_options options = { .aggregate = true,
        .characteristics = true,
        .results = true };
    struct filters filters = { 0 };
    enum err_code code = ERR_OK;

    for (int s = 0; s < SCHOOLS && code == ERR_OK; s++) {
        char laestab[8];

        code = context_choose_school(context, laestab_of(s, laestab), err);
        if (code == ERR_OK)
            code = cohort_load(context, &filters, &options, &cohorts[s], err);
    }
    return code;
}

/* A tally for each pair of values, as the summary counts. */
static enum err_code count(struct arena *arena, const struct cohort *cohort,
        const struct measure *measure, const struct cut_index *index, int64_t *pupils,
        struct err *err)
{
    struct tally *tallies = arena_array(arena, index->value_n + 1, sizeof(*tallies));

    if (tallies == NULL)
        return err_memory(err);
    for (size_t p = 0; p < cohort->pupil_n; p++) {
        for (size_t i = index->first[p]; i < index->first[p + 1]; i++)
            tally_add(&tallies[index->of[i]], cohort, measure, p, BASIS_ATTAINMENT);
    }
    for (size_t v = 0; v < index->value_n; v++)
        *pupils += tallies[v].of;
    return ERR_OK;
}

/* One measure over all schools by two characteristics at once. */
static enum err_code cut(const struct loaded *cohorts, int64_t *ret_pupils, struct err *err)
{
    struct arena scratch = { 0 };
    enum err_code code = ERR_OK;
    int64_t pupils = 0;

    for (int s = 0; s < SCHOOLS && code == ERR_OK; s++) {
        const struct cohort *cohort = &cohorts[s].cohort;
        const struct measure *measure =
                &cohort->fw->measures[framework_measure(cohort->fw, "ks3-l5-eng")];
        struct cut_index index;

        code = cut_make_crossed(&scratch, cohort, CUT_GENDER, CUT_FSM, &index, err);
        if (code == ERR_OK)
            code = count(&scratch, cohort, measure, &index, &pupils, err);
    }
    arena_free(&scratch);
    *ret_pupils = pupils;
    return code;
}

static int compare(const void *a, const void *b)
{
    const int64_t *left = a;
    const int64_t *right = b;

    return (*left > *right) - (*left < *right);
}

static enum err_code measure_cut(struct authority_bench *b, const struct loaded *cohorts,
        struct err *err)
{
    int64_t times[CUT_RUNS];
    int64_t pupils = 0;
    enum err_code code = ERR_OK;

    for (int i = 0; i < CUT_RUNS && code == ERR_OK; i++) {
        int64_t start = clock_monotonic();

        code = cut(cohorts, &pupils, err);
        times[i] = clock_monotonic() - start;
    }
    if (code != ERR_OK)
        return code;
    qsort(times, CUT_RUNS, sizeof(times[0]), compare);
    bench_row(b->report, b->table, "a measure by two characteristics",
            times[CUT_RUNS / 2] / (MS / 1000), "ms", 30000,
            report_text(b->report, "%lld pupils, gender by free meals, one core, median of %d",
                    (long long)pupils, CUT_RUNS));
    return ERR_OK;
}

static enum err_code measure_load(struct authority_bench *b, struct err *err)
{
    struct arena arena = { .limit = (size_t)2 << 30 };
    struct context_options options = { .db = path_of(b, "authority.db"),
        .mode = STORE_READ,
        .today = { 20100327 },
        .who = "bench" };
    struct loaded *cohorts = arena_array(b->arena, SCHOOLS, sizeof(*cohorts));
    struct context context = { 0 };
    struct rusage usage;
    int64_t start = clock_monotonic();
    enum err_code code =
            cohorts == NULL ? err_memory(err) : context_open(&context, &arena, &options, err);

    if (code == ERR_OK)
        code = load(&context, cohorts, err);
    if (code == ERR_OK) {
        bench_row(b->report, b->table, "all schools loaded at once",
                (clock_monotonic() - start) / (MS / 1000), "ms", 1700000,
                "every pupil, characteristic and group, the newest judgement and the results "
                "in 12 subjects; the history stays on file");
        code = measure_cut(b, cohorts, err);
    }
    if (code == ERR_OK && getrusage(RUSAGE_SELF, &usage) == 0)
        bench_row(b->report, b->table, "memory for all schools at once",
                (int64_t)usage.ru_maxrss * 1000 / 1024, "MiB", 250000, "most resident at once");
    context_close(&context);
    arena_free(&arena);
    return code;
}

/* ---- the folder and the answer ---- */

static enum err_code make_folder(struct authority_bench *b, const char *keep, struct err *err)
{
    const char *base = getenv("TMPDIR");
    bool made;

    b->keep = keep != NULL;
    if (keep != NULL) {
        made = text_copy(b->folder, sizeof(b->folder), keep) && mkdir(keep, 0700) == 0;
    } else {
        (void)snprintf(b->folder, sizeof(b->folder), "%s/attain-bench-XXXXXX",
                base == NULL ? "/tmp" : base);
        made = mkdtemp(b->folder) != NULL;
    }
    if (made)
        return ERR_OK;
    (void)err_set(err, ERR_IO, "the folder %s could not be made", b->folder);
    return err_hint(err, "Name a folder that is not there yet, in one that may be written to.");
}

static void remove_folder(const struct authority_bench *b)
{
    static const char *const names[] = { "schools.csv", "pupils.csv", "marks.csv",
        "authority.db", "authority.db-wal", "authority.db-shm" };

    for (size_t i = 0; i < COUNT(names) && !b->keep; i++) {
        char path[PATH_SIZE];

        (void)snprintf(path, sizeof(path), "%s/%s", b->folder, names[i]);
        (void)unlink(path);
    }
    if (!b->keep)
        (void)rmdir(b->folder);
}

enum err_code bench_authority(const struct args *args, struct arena *arena, struct err *err)
{
    static const struct column columns[] = {
        { .key = "measure", .label = "Measured", .type = COLUMN_TEXT },
        { .key = "value", .label = "Value", .type = COLUMN_NUMBER },
        { .key = "unit", .label = "Unit", .type = COLUMN_TEXT },
        { .key = "bar", .label = "Aimed at", .type = COLUMN_NUMBER },
        { .key = "how", .label = "How", .type = COLUMN_TEXT },
    };
    struct authority_bench b = { .arena = arena,
        .report = report_make(arena, "bench"),
        .tell = !args->quiet && isatty(STDERR_FILENO) };
    enum err_code code = make_folder(&b, args_option(args, "keep"), err);

    if (code != ERR_OK)
        return code;
    b.report->title = "An authority on this machine";
    b.report->as_at = clock_today();
    report_note(b.report,
            "How to read this: %d schools of %d pupils, %d judgements on file. Nothing fails "
            "when \"aimed at\" is missed.",
            SCHOOLS, PUPILS, SCHOOLS * PUPILS * BENCH_SUBJECTS * BENCH_TERMS);
    b.table = report_table(b.report, "measures", "Measures", columns, COUNT(columns));
    code = make_database(&b, err);
    if (code == ERR_OK)
        code = measure_report(&b, err);
    if (code == ERR_OK)
        code = measure_load(&b, err);
    remove_folder(&b);
    if (code == ERR_OK)
        code = report_end(b.report, err);
    return code == ERR_OK ? command_write_report(args, b.report, arena, err) : code;
}
