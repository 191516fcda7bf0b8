#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "analysis/cohort.h"
#include "base/text.h"
#include "cli/bench_authority.h"
#include "cli/bench_child.h"
#include "cli/bench_files.h"
#include "cli/bench_row.h"
#include "cli/cmd_report.h"
#include "cli/command.h"

enum {
    START_RUNS = 20,
    REPORT_RUNS = 10,
    RUNS_MAX = 20,
    FOLDER_SIZE = 200,
    PATH_SIZE = 240,
    MS = 1000000 /* nanoseconds */
};

struct bench {
    const struct args *args;
    struct arena *arena;
    struct report *report;
    struct table *table;
    char folder[FOLDER_SIZE];
    bool keep;
};

/* ---- the answer ---- */

static void add_detail(struct report *report, struct table *table, const char *name,
        const char *value)
{
    struct row *row = table_row(report, table);

    cell_text(report, row, 0, name);
    cell_text(report, row, 1, value);
}

/* The value behind `key` in a file of "key : value" lines; "" when it is not there. */
static const char *line_value(struct arena *arena, const char *path, const char *key)
{
    FILE *file = fopen(path, "r");
    char line[400];
    const char *found = "";

    while (file != NULL && *found == '\0' && fgets(line, sizeof(line), file) != NULL) {
        char *colon = strchr(line, ':');

        if (colon != NULL && text_starts(line, key))
            found = arena_text(arena, text_trim(colon + 1));
        found = found == NULL ? "" : found;
    }
    if (file != NULL)
        (void)fclose(file);
    return found;
}

static void tell_machine(struct bench *bench)
{
    static const struct column columns[] = {
        { .key = "name", .label = "Machine", .type = COLUMN_TEXT },
        { .key = "value", .label = "Value", .type = COLUMN_TEXT },
    };
    struct report *report = bench->report;
    struct table *table =
            report_table(report, "machine", "The machine", columns, COUNT(columns));
    char day[DATE_TEXT_SIZE];
    struct utsname name;

    add_detail(report, table, "processor",
            line_value(bench->arena, "/proc/cpuinfo", "model name"));
    add_detail(report, table, "cores",
            report_text(report, "%ld", sysconf(_SC_NPROCESSORS_ONLN)));
    add_detail(report, table, "memory",
            report_text(report, "%ld MiB",
                    sysconf(_SC_PHYS_PAGES) / (1048576 / sysconf(_SC_PAGESIZE))));
    if (uname(&name) == 0)
        add_detail(report, table, "kernel",
                report_text(report, "%s %s %s", name.sysname, name.release, name.machine));
#if defined(__clang__)
    add_detail(report, table, "compiler", __VERSION__);
#else
    add_detail(report, table, "compiler", report_text(report, "gcc %s", __VERSION__));
#endif
    add_detail(report, table, "measured on", date_text(clock_today(), day));
    add_detail(report, table, "files in", bench->folder);
}

static void begin_report(struct bench *bench)
{
    static const struct column columns[] = {
        { .key = "measure", .label = "Measured", .type = COLUMN_TEXT },
        { .key = "value", .label = "Value", .type = COLUMN_NUMBER },
        { .key = "unit", .label = "Unit", .type = COLUMN_TEXT },
        { .key = "bar", .label = "Aimed at", .type = COLUMN_NUMBER },
        { .key = "how", .label = "How", .type = COLUMN_TEXT },
    };

    bench->report = report_make(bench->arena, "bench");
    bench->report->title = "How fast this program is on this machine";
    bench->report->as_at = clock_today();
    report_note(bench->report,
            "How to read this: \"aimed at\" is what the program should not "
            "exceed (for cells: should reach) on an ordinary office machine. "
            "Nothing fails when it is missed.");
    bench->table = report_table(bench->report, "measures", "Measures", columns, COUNT(columns));
}

/* ---- running ---- */

static const char *path_of(struct bench *bench, const char *name)
{
    return report_text(bench->report, "%s/%s", bench->folder, name);
}

/* Run `attain --db FOLDER/db --today ... words`; the words end with NULL. */
static enum err_code run(struct bench *bench, const char *db, const char *const *words,
        struct child_run *ret_run, struct err *err)
{
    char *argv[24];
    const char *const fixed[] = { "attain", "--quiet", "--today", BENCH_TODAY, "--db",
        path_of(bench, db) };
    size_t n = 0;

    for (; n < COUNT(fixed); n++)
        argv[n] = arena_text(bench->arena, fixed[n]);
    for (; *words != NULL && n + 1 < COUNT(argv); words++)
        argv[n++] = arena_text(bench->arena, *words);
    argv[n] = NULL;
    for (size_t i = 0; i < n; i++) {
        if (argv[i] == NULL)
            return err_memory(err);
    }
    return bench_child(argv, ret_run, err);
}

static int compare(const void *a, const void *b)
{
    const int64_t *left = a;
    const int64_t *right = b;

    return (*left > *right) - (*left < *right);
}

/* The median over `n` runs, of the first output or of the whole. */
static enum err_code median(struct bench *bench, const char *const *words, size_t n, bool first,
        int64_t *ret_ns, struct err *err)
{
    int64_t times[RUNS_MAX];
    enum err_code code = ERR_OK;

    for (size_t i = 0; i < n && code == ERR_OK; i++) {
        struct child_run one = { 0 };

        code = run(bench, "school.db", words, &one, err);
        times[i] = first ? one.first_ns : one.whole_ns;
    }
    if (code != ERR_OK)
        return code;
    qsort(times, n, sizeof(times[0]), compare);
    *ret_ns = (times[(n - 1) / 2] + times[n / 2]) / 2;
    return ERR_OK;
}

static enum err_code measure_start(struct bench *bench, struct err *err)
{
    static const char *const words[] = { "help", NULL };
    struct stat info;
    int64_t ns = 0;
    enum err_code code = median(bench, words, START_RUNS, true, &ns, err);

    if (code != ERR_OK)
        return code;
    bench_row(bench->report, bench->table, "start to first output", ns / (MS / 1000), "ms",
            15000, "attain help, median of 20");
    if (stat("/proc/self/exe", &info) == 0)
        bench_row(bench->report, bench->table, "size of the program",
                (int64_t)info.st_size * 1000 / 1048576, "MiB", 3000,
                "as it stands; the aim is for the stripped file");
    return ERR_OK;
}

static enum err_code make_school(struct bench *bench, const char *db, struct err *err)
{
    static const char *const words[] = { "init", "--name", "Bench School", "--laestab",
        BENCH_LAESTAB, NULL };
    struct child_run one;

    return run(bench, db, words, &one, err);
}

static enum err_code bring_in(struct bench *bench, const char *db, const char *file,
        struct child_run *ret_run, struct err *err)
{
    const char *const words[] = { "import", path_of(bench, file), NULL };

    return run(bench, db, words, ret_run, err);
}

static enum err_code measure_ctf(struct bench *bench, struct err *err)
{
    struct child_run one = { 0 };
    int64_t bytes = 0;
    const char *how;
    enum err_code code = bench_write_ctf(path_of(bench, "transfer.xml"), &bytes, err);

    if (code == ERR_OK)
        code = make_school(bench, "transfer.db", err);
    if (code == ERR_OK)
        code = bring_in(bench, "transfer.db", "transfer.xml", &one, err);
    if (code != ERR_OK)
        return code;
    how = report_text(bench->report, "%d pupils with %d results each, %.1f MB, an empty school",
            BENCH_PUPILS, BENCH_CTF_RESULTS, (double)bytes / 1e6);
    bench_row(bench->report, bench->table, "transfer file brought in",
            one.whole_ns / (MS / 1000), "ms", 1000000, how);
    bench_row(bench->report, bench->table, "memory for it", one.peak_kib * 1000 / 1024, "MiB",
            32000, "most resident at once");
    return ERR_OK;
}

static enum err_code measure_csv(struct bench *bench, struct err *err)
{
    struct child_run one = { 0 };
    int64_t bytes = 0;
    enum err_code code = bench_write_pupils(path_of(bench, "pupils.csv"), &bytes, err);

    if (code == ERR_OK)
        code = bench_write_lines(path_of(bench, "lines.csv"), &bytes, err);
    if (code == ERR_OK)
        code = bench_write_judgements(path_of(bench, "judgements.csv"), &bytes, err);
    if (code == ERR_OK)
        code = make_school(bench, "school.db", err);
    if (code == ERR_OK)
        code = bring_in(bench, "school.db", "pupils.csv", &one, err);
    if (code == ERR_OK)
        code = bring_in(bench, "school.db", "judgements.csv", &one, err);
    if (code != ERR_OK)
        return code;
    bench_row(bench->report, bench->table, "results brought in", one.whole_ns / (MS / 1000),
            "ms", 1500000,
            report_text(bench->report, "%d judgements from a CSV file of %.1f MB",
                    BENCH_JUDGEMENTS, (double)bytes / 1e6));
    bench_row(bench->report, bench->table, "memory for them", one.peak_kib * 1000 / 1024, "MiB",
            0, "most resident at once");
    return bring_in(bench, "school.db", "lines.csv", &one, err);
}

static enum err_code measure_reports(struct bench *bench, struct err *err)
{
    static const char *const progress[] = { "report", "progress", "--json", NULL };
    static const char *const summary[] = { "report", "summary", "--json", NULL };
    int64_t ns = 0;
    enum err_code code = median(bench, progress, REPORT_RUNS, false, &ns, err);

    if (code != ERR_OK)
        return code;
    bench_row(bench->report, bench->table, "report progress", ns / (MS / 1000), "ms", 60000,
            report_text(bench->report,
                    "whole school, %d cells with prior and target, %d judgements on file, "
                    "cold, "
                    "median of 10",
                    BENCH_CELLS, BENCH_JUDGEMENTS));
    code = median(bench, summary, REPORT_RUNS, false, &ns, err);
    if (code == ERR_OK)
        bench_row(bench->report, bench->table, "report summary", ns / (MS / 1000), "ms", 0,
                "likewise");
    return code;
}

/* ---- the analysis alone ---- */

struct columns {
    int32_t now[BENCH_CELLS], progress[BENCH_CELLS], gap[BENCH_CELLS];
    int16_t now_step[BENCH_CELLS], low[BENCH_CELLS], high[BENCH_CELLS], steps[BENCH_CELLS];
    uint8_t unit[BENCH_CELLS], flag[BENCH_CELLS];
};

static void fill_columns(struct columns *columns)
{
    for (int i = 0; i < BENCH_CELLS; i++) {
        columns->now_step[i] = (int16_t)(i * 5 % 19);
        columns->low[i] = (int16_t)(i * 7 % 17);
        columns->high[i] = (int16_t)(columns->low[i] + i % 2);
        columns->now[i] = 3000 + 2000 * columns->now_step[i];
        columns->progress[i] = 3000 + 2000 * columns->low[i] + i % 2 * 1000;
        columns->unit[i] = 1;
    }
}

static enum err_code measure_analysis(struct bench *bench, struct err *err)
{
    struct columns *c = arena_alloc(bench->arena, sizeof(*c));
    struct flag_rule rule = flag_rule_default();
    int64_t start = clock_monotonic();
    int64_t ns = 0;
    int64_t cells = 0;

    if (c == NULL)
        return err_memory(err);
    fill_columns(c);
    while (ns < (int64_t)MS * 500) {
        cohort_gap_flag(BENCH_CELLS, c->now, c->progress, c->now_step, c->low, c->high, c->unit,
                &rule, c->gap, c->steps, c->flag);
        cells += BENCH_CELLS;
        ns = clock_monotonic() - start;
    }
    /* Cells a microsecond are million cells a second. */
    bench_row(bench->report, bench->table, "gaps and flags", cells * 1000000 / ns,
            "million cells/s", 100000,
            report_text(bench->report, "%d cells again and again for half a second",
                    BENCH_CELLS));
    return ERR_OK;
}

/* ---- the folder ---- */

static enum err_code make_folder(struct bench *bench, struct err *err)
{
    const char *keep = args_option(bench->args, "keep");
    const char *base = getenv("TMPDIR");
    bool made;

    bench->keep = keep != NULL;
    if (keep != NULL) {
        made = text_copy(bench->folder, sizeof(bench->folder), keep) && mkdir(keep, 0700) == 0;
    } else {
        (void)snprintf(bench->folder, sizeof(bench->folder), "%s/attain-bench-XXXXXX",
                base == NULL ? "/tmp" : base);
        made = mkdtemp(bench->folder) != NULL;
    }
    if (made)
        return ERR_OK;
    (void)err_set(err, ERR_IO, "the folder %s could not be made", bench->folder);
    return err_hint(err, "Name a folder that is not there yet, in one that may be written to.");
}

static void remove_folder(struct bench *bench)
{
    static const char *const names[] = { "transfer.xml", "transfer.db", "transfer.db-wal",
        "transfer.db-shm", "pupils.csv", "lines.csv", "judgements.csv", "school.db",
        "school.db-wal", "school.db-shm" };

    for (size_t i = 0; i < COUNT(names) && !bench->keep; i++) {
        char path[PATH_SIZE];

        (void)snprintf(path, sizeof(path), "%s/%s", bench->folder, names[i]);
        (void)unlink(path);
    }
    if (!bench->keep)
        (void)rmdir(bench->folder);
}

static enum err_code measure_all(struct bench *bench, struct err *err)
{
    static const struct {
        const char *what;
        enum err_code (*run)(struct bench *bench, struct err *err);
    } steps[] = {
        { "starting", measure_start },
        { "bringing a transfer file in", measure_ctf },
        { "bringing results in", measure_csv },
        { "reporting", measure_reports },
        { "reckoning", measure_analysis },
    };
    bool tell = !bench->args->quiet && isatty(STDERR_FILENO);
    enum err_code code = ERR_OK;

    for (size_t i = 0; i < COUNT(steps) && code == ERR_OK; i++) {
        if (tell)
            (void)fprintf(stderr, "\r\033[K%s ...", steps[i].what);
        code = steps[i].run(bench, err);
    }
    if (tell)
        (void)fputs("\r\033[K", stderr);
    return code;
}

int command_bench(const struct args *args, struct arena *arena, struct err *err)
{
    struct bench bench = { .args = args, .arena = arena };
    enum err_code code;

    if (args->word_n > 1 && !text_eq(args->words[1], "authority")) {
        (void)err_set(err, ERR_USAGE, "there is no benchmark called \"%s\"", args->words[1]);
        (void)err_hint(err, "It is bench, or bench authority.");
        return -1;
    }
    if (args->word_n > 1)
        return bench_authority(args, arena, err) == ERR_OK ? EXIT_DONE : -1;
    code = make_folder(&bench, err);
    if (code != ERR_OK)
        return -1;
    begin_report(&bench);
    code = measure_all(&bench, err);
    remove_folder(&bench);
    if (code != ERR_OK)
        return -1;
    tell_machine(&bench);
    code = report_end(bench.report, err);
    if (code == ERR_OK)
        code = command_write_report(args, bench.report, arena, err);
    return code == ERR_OK ? EXIT_DONE : -1;
}
