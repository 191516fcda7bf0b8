#include "sample.h"

enum {
    UPN,
    SURNAME,
    FORENAME,
    PRIOR,
    TARGET,
    PROGRESS,
    CURRENT,
    POINTS,
    GAP,
    STEPS,
    FLAG,
    DATED
};

static const struct column pupil_columns[] = {
    [UPN] = { .key = "upn", .label = "UPN", .type = COLUMN_TEXT, .quiet = true },
    [SURNAME] = { .key = "surname", .label = "Surname", .type = COLUMN_TEXT },
    [FORENAME] = { .key = "forename",
            .label = "Forename",
            .type = COLUMN_TEXT,
            .join = "Pupil" },
    [PRIOR] = { .key = "prior", .label = "KS1", .type = COLUMN_GRADE, .minor = true },
    [TARGET] = { .key = "target",
            .label = "Target",
            .type = COLUMN_GRADE,
            .sub = "end Year 6",
            .minor = true },
    [PROGRESS] = { .key = "progress_target",
            .label = "Progress target",
            .type = COLUMN_GRADE,
            .sub = "end of spring" },
    [CURRENT] = { .key = "current", .label = "Working at", .type = COLUMN_GRADE },
    [POINTS] = { .key = "current_points",
            .label = "Points",
            .type = COLUMN_POINTS,
            .quiet = true },
    [GAP] = { .minor = true,
            .key = "gap_points",
            .label = "Gap",
            .type = COLUMN_POINTS,
            .signed_ = true },
    [STEPS] = { .key = "gap_steps",
            .label = "Steps",
            .type = COLUMN_INTEGER,
            .signed_ = true,
            .quiet = true },
    [FLAG] = { .key = "flag", .label = "Against target", .type = COLUMN_FLAG },
    [DATED] = { .key = "judged_on", .label = "Judged on", .type = COLUMN_DATE, .quiet = true },
};

static const struct {
    const char *upn, *surname, *forename, *prior, *target, *progress, *current;
    int64_t points, gap;
    int steps;
    enum flag flag;
    int32_t dated;
} pupils[] = {
    { "F806400120001", "Jarvis", "Megan", "2c", "4b", "3b/3a", "2a", 17000, -5333, -2,
            FLAG_WELL_BELOW, 20260320 },
    { "F806400120002", "O'Shea<script>", "Zo\xC3\xAB \"Zed\" & co", "2b", "4a", "3a/4c", "3c",
            19000, -5333, -2, FLAG_WELL_BELOW, 20260320 },
    { "F806400120003",
            "Garc\xC3\xAD"
            "a Molina-Featherstonehaugh-Cholmondeley",
            "Luc\xC3\xAD"
            "a Alejandra Wilhelmina",
            "2b", "4b", "3a/3b", "3b", 21000, -2000, -1, FLAG_BELOW, 20260327 },
    { "F806400120004", "\xE6\x9D\x8E", "\xE5\xB0\x8F\xE9\xBE\x99", "3", "5b", "4b/4a", "4b",
            27000, 0, 0, FLAG_ON, 20260319 },
    { "F806400120005",
            "Nun\xCC\x83"
            "ez",
            "Jose\xCC\x81", "2a", "5c", "4c/4b", "4c", 25000, -667, 0, FLAG_ON, 20260319 },
    { "F806400120006", "Farouk", "Leila", "3", "5c", "4b/4a", "5c", 31000, 3333, 1, FLAG_ABOVE,
            20260319 },
    { "F806400120007", "Okafor", "Chidi", "2a", "4a", "4c", "6c", 37000, 12250, 6,
            FLAG_WELL_ABOVE, 20260327 },
};

static void pupil_table(struct report *report)
{
    struct table *table = report_table(report, "pupils", "Against their progress target",
            pupil_columns, COUNT(pupil_columns));
    struct row *row;

    table->caption = "Furthest from it first.";
    for (size_t i = 0; i < COUNT(pupils); i++) {
        row = table_row(report, table);
        row->link = report_text(report, "/pupils/%zu", i + 1);
        cell_text(report, row, UPN, pupils[i].upn);
        cell_text(report, row, SURNAME, pupils[i].surname);
        cell_text(report, row, FORENAME, pupils[i].forename);
        cell_text(report, row, PRIOR, pupils[i].prior);
        cell_text(report, row, TARGET, pupils[i].target);
        cell_text(report, row, PROGRESS, pupils[i].progress);
        cell_text(report, row, CURRENT, pupils[i].current);
        cell_number(row, POINTS, pupils[i].points);
        cell_number(row, GAP, pupils[i].gap);
        cell_number(row, STEPS, pupils[i].steps * 1000);
        cell_flag(row, FLAG, pupils[i].flag);
        cell_number(row, DATED, pupils[i].dated);
    }
    row = table_row(report, table);
    row->link = "//elsewhere.example/";
    cell_text(report, row, UPN, "F806400120008");
    cell_text(report, row, SURNAME, "=HYPERLINK(\"x\")");
    cell_text(report, row, FORENAME, "Ann, \x1B[31mred\nnext\xFF");
    cell_text(report, row, PRIOR, "");
    cell_missing(report, row, TARGET, NULL);
    cell_flag(row, FLAG, FLAG_NONE);
    cell_missing(report, row, FLAG, "not entered");
}

enum {
    GROUP,
    ON_OR_ABOVE,
    OF,
    SHARE,
    MEAN,
    EFFECT,
    DIFFERS
};

static const struct column group_columns[] = {
    [GROUP] = { .key = "group", .label = "Group", .type = COLUMN_TEXT },
    [ON_OR_ABOVE] = { .key = "count", .label = "On or above", .type = COLUMN_INTEGER },
    [OF] = { .key = "of", .label = "of", .type = COLUMN_INTEGER },
    [SHARE] = { .key = "percent", .label = "Share", .type = COLUMN_PERCENT },
    [MEAN] = { .key = "mean_gap", .label = "Mean gap", .type = COLUMN_POINTS, .signed_ = true },
    [EFFECT] = { .key = "effect", .label = "Effect", .type = COLUMN_NUMBER, .signed_ = true },
    [DIFFERS] = { .key = "significant", .label = "Differs", .type = COLUMN_BOOL },
};

static void group_row(struct report *report, struct table *table, const char *name, int count,
        int of)
{
    struct row *row = table_row(report, table);

    cell_text(report, row, GROUP, name);
    cell_number(row, ON_OR_ABOVE, count * 1000);
    cell_number(row, OF, of * 1000);
    cell_number(row, SHARE, report_percent(count, of));
    cell_number(row, MEAN, (count - of / 2) * 100);
    cell_number(row, EFFECT, (count - of / 2) * 25);
    cell_number(row, DIFFERS, count * 3 < of);
    row->total = of == 57;
}

static void group_table(struct report *report)
{
    struct table *table = report_table(report, "groups", "Sets and groups compared",
            group_columns, COUNT(group_columns));
    struct row *row;

    group_row(report, table, "Set 1", 21, 24);
    group_row(report, table, "Set 2", 15, 21);
    group_row(report, table, "Set 3", 5, 12);
    row = table_row(report, table);
    cell_text(report, row, GROUP, "Looked after");
    for (size_t i = ON_OR_ABOVE; i < COUNT(group_columns); i++)
        cell_suppressed(row, i);
    group_row(report, table, "English as an additional language", 13, 14);
    group_row(report, table, "Girls", 21, 28);
    group_row(report, table, "Boys", 20, 29);
    group_row(report, table, "All of Year 5", 41, 57);
}

static void distribution(struct report *report)
{
    static const struct {
        const char *name, *role;
        int n;
    } parts[] = { { "Well below", "well-below", 5 }, { "Below", "below", 11 },
        { "On", "on", 29 }, { "Above", "above", 12 } };
    struct chart *chart = report_chart(report, "distribution", "Where the 57 pupils stand",
            "stacked", "Of 57 pupils: 5 well below, 11 below, 29 on, 12 above.");

    chart->caption = "Latest judgement against this term's progress target.";
    for (size_t i = 0; i < COUNT(parts); i++)
        chart_point(report, chart_series(report, chart, parts[i].name, parts[i].role), 0,
                parts[i].n * 1000, "Year 5");
}

static void bars(struct report *report)
{
    struct chart *chart = report_chart(report, "sets", "On or above, set by set", "bar",
            "Set 1 87.5%, set 2 71.4%, set 3 41.7%; last year 80, 75.5 and 40%.");
    struct chart_series *series = chart_series(report, chart, "This year", "bar");

    chart->unit = "%";
    chart_point(report, series, 0, 87500, "Set 1");
    chart_point(report, series, 1000, 71400, "Set 2");
    chart_point(report, series, 2000, 41700, "Set 3 <small>");
    series = chart_series(report, chart, "Last year", "bar");
    chart_point(report, series, 0, 80000, "Set 1");
    chart_point(report, series, 1000, 75500, "Set 2");
    chart_point(report, series, 2000, 40000, "Set 3 <small>");
}

static void flight_axes(struct report *report, struct chart *chart)
{
    static const char *const grades[] = { "2c", "2b", "2a", "3c", "3b", "3a", "4c", "4b", "4a",
        "5c" };
    static const char *const terms[] = { "Aut", "Spr", "Sum" };

    for (size_t i = 0; i < COUNT(grades); i++)
        chart_y_tick(report, chart, 13000 + (int64_t)i * 2000, grades[i], i % 3 == 0);
    for (int k = 1; k <= 12; k++)
        chart_x_tick(report, chart, k * 1000, terms[(k - 1) % 3], false);
    for (int year = 3; year <= 6; year++)
        chart_x_tick(report, chart, (year - 3) * 3000 + 1500,
                report_text(report, "Year %d", year), true);
    chart->mark_x = 8000;
    chart->mark_label = "27 March";
    chart->x_title = "End of term";
}

/* 15 + 14 x k / 12 points at the end of term k. */
static void flight(struct report *report)
{
    static const struct {
        const char *grade;
        int64_t points;
        enum flag flag;
    } judged[] = { { "2b", 15000, FLAG_ON }, { "2a", 17000, FLAG_ON }, { "2a", 17000, FLAG_ON },
        { "3c", 19000, FLAG_ON }, { "3b", 21000, FLAG_ON }, { "3b", 21000, FLAG_ON },
        { "3b", 21000, FLAG_BELOW }, { "3b", 21000, FLAG_BELOW } };
    struct chart *chart =
            report_chart(report, "flight", "Mathematics: below the band since autumn", "line",
                    "From 2b at KS1 to 3b now; one sub-level below the band in Year 5.");
    struct chart_series *series;

    flight_axes(report, chart);
    series = chart_series(report, chart, "band, from", "band-low");
    chart_point(report, series, 0, 13000, NULL);
    chart_point(report, series, 12000, 27000, NULL);
    series = chart_series(report, chart, "one sub-level either way", "band-high");
    chart_point(report, series, 0, 17000, NULL);
    chart_point(report, series, 12000, 31000, NULL);
    series = chart_series(report, chart, "progress target for the term", "line");
    for (int k = 0; k <= 12; k++)
        chart_point(report, series, k * 1000, 15000 + 14000 * k / 12, NULL);
    series = chart_series(report, chart, "working at", "points");
    for (size_t i = 0; i < COUNT(judged); i++)
        chart_flagged(report, series, ((int64_t)i + 1) * 1000, judged[i].points,
                judged[i].grade, judged[i].flag);
    chart_point(report, chart_series(report, chart, "KS1 result", "start"), 0, 15000, "KS1 2b");
    chart_point(report, chart_series(report, chart, "target", "target"), 12000, 29000,
            "Target 4a");
}

struct report *sample_report(struct arena *arena)
{
    struct report *report = report_make(arena, "progress");
    struct table *none;

    report->title = "Year 5 mathematics: progress against spring targets";
    report->says = "41 of the 57 pupils judged so far are on or above their progress target. "
                   "11 are one sub-level below it and 5 are further away.";
    report->school = "Aldermere Park School";
    report->as_at = (struct date){ 20260327 };
    report->basis = "attainment";
    report->population = "Year 5, Mathematics";
    report->counted = 57;
    report->of = 64;
    report->freshness = "Latest judgement 27 March 2026; set 2 has entered 24 of 28.";
    report->audience = "the mathematics leader, senior staff, the data manager";
    report_filter(report, "Year %d", 5);
    report_filter(report, "Mathematics");
    report_note(report,
            "How to read this: each pupil's latest grade stands beside the point on "
            "the straight line from KS1 to their own target for the end of Year 6.");
    report_note(report,
            "A pupil is below when one sub-level under, well below when two or more.");
    report_caution(report, "One pupil in set 3 is %d percentage points.", 8);
    pupil_table(report);
    group_table(report);
    none = report_table(report, "absent", "Absent throughout", group_columns, 2);
    none->empty = "Nobody was absent for the whole term.";
    distribution(report);
    flight(report);
    bars(report);
    return report;
}

struct report *sample_empty(struct arena *arena)
{
    struct report *report = report_make(arena, "missing");
    struct table *table = report_table(report, "pupils", "Not entered", pupil_columns, 4);

    report->title = "Who has not entered what";
    table->empty = "Every class has entered every pupil.";
    return report;
}
