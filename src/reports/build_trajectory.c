#include "base/text.h"
#include "reports/build.h"
#include "targets/corridor.h"

enum {
    J_UPN,
    J_SURNAME,
    J_FORENAME,
    J_SUBJECT,
    J_TERM,
    J_DATE,
    J_POINTS,
    J_GRADE,
    J_LOWER,
    J_UPPER,
    J_ADJUSTED,
    J_COMPUTED,
    J_REASON,
    J_K,
    J__MAX
};

static const struct column columns[J__MAX] = {
    [J_UPN] = { .key = "upn", .label = "UPN", .type = COLUMN_TEXT, .quiet = true },
    [J_SURNAME] = { .key = "surname", .label = "Surname", .type = COLUMN_TEXT },
    [J_FORENAME] = { .key = "forename",
            .label = "Forename",
            .type = COLUMN_TEXT,
            .join = "Pupil" },
    [J_SUBJECT] = { .key = "subject", .label = "Subject", .type = COLUMN_GRADE },
    [J_TERM] = { .key = "term", .label = "Term", .type = COLUMN_TEXT },
    [J_DATE] = { .key = "date", .label = "Ends", .type = COLUMN_DATE },
    [J_POINTS] = { .key = "points",
            .label = "Points",
            .type = COLUMN_POINTS,
            .unit = "points" },
    [J_GRADE] = { .key = "grade", .label = "Progress target", .type = COLUMN_GRADE },
    [J_LOWER] = { .key = "lower_points",
            .label = "Corridor from",
            .type = COLUMN_POINTS,
            .unit = "points",
            .quiet = true },
    [J_UPPER] = { .key = "upper_points",
            .label = "Corridor to",
            .type = COLUMN_POINTS,
            .unit = "points",
            .quiet = true },
    [J_ADJUSTED] = { .key = "adjusted", .label = "Adjusted", .type = COLUMN_BOOL },
    [J_COMPUTED] = { .key = "computed_points",
            .label = "Line says",
            .type = COLUMN_POINTS,
            .unit = "points",
            .quiet = true },
    [J_REASON] = { .key = "reason", .label = "Reason", .type = COLUMN_TEXT, .quiet = true },
    [J_K] = { .key = "k", .label = "No.", .type = COLUMN_INTEGER, .quiet = true },
};

struct trajectory_build {
    struct report *report;
    const struct frame *frame;
    const struct cohort *cohort;
    const struct adjusted_point *points;
    size_t point_n;
    struct table *table, *without;
    int64_t lines;
};

static const struct adjusted_point *find_point(const struct trajectory_build *b, size_t p,
        size_t s, struct date end)
{
    const struct adjusted_point *found = NULL;

    for (size_t i = 0; i < b->point_n; i++) {
        const struct adjusted_point *point = &b->points[i];

        if (point->pupil == p && point->subject == s && point->period_end.ymd == end.ymd)
            found = value_is_set(point->value) ? point : NULL;
    }
    return found;
}

static void put_points(struct row *row, size_t column, int32_t points)
{
    if (points != POINTS_NONE)
        cell_number(row, column, points);
}

/* The last day of period k of the pupil's stage. */
static struct date period_end(const struct cohort *cohort, const struct cohort_pupil *pupil,
        int k)
{
    const struct calendar *calendar = &cohort->reckoning.calendar;
    int now = calendar_year(calendar, cohort->day);
    int year_of_stage = (pupil->period - 1) / calendar->period_n;

    return calendar_period_end(calendar, now - year_of_stage + (k - 1) / calendar->period_n,
            (k - 1) % calendar->period_n);
}

static void put_period(struct trajectory_build *b, size_t p, size_t s,
        const struct trajectory *line, int k)
{
    const struct cohort *cohort = b->cohort;
    const struct cohort_pupil *pupil = &cohort->pupils[p];
    const struct calendar *calendar = &cohort->reckoning.calendar;
    struct corridor_width width = { cohort->reckoning.corridor_lower,
        cohort->reckoning.corridor_upper };
    struct corridor corridor = corridor_at(cohort->fw, line, k, width);
    struct date end = period_end(cohort, pupil, k);
    const struct adjusted_point *point = find_point(b, p, s, end);
    struct progress_target target =
            point == NULL ? trajectory_target(cohort->fw, line, k, cohort->reckoning.rounding)
                          : trajectory_adjusted(cohort->fw, line, k, cohort->reckoning.rounding,
                                    point->value);
    int year = pupil->year - (pupil->period - 1) / calendar->period_n +
               (k - 1) / calendar->period_n;
    char text[PROGRESS_TEXT_SIZE];
    struct row *row = table_row(b->report, b->table);

    cell_text(b->report, row, J_UPN, pupil->upn);
    cell_text(b->report, row, J_SURNAME, pupil->surname);
    cell_text(b->report, row, J_FORENAME, pupil->forename);
    cell_text(b->report, row, J_SUBJECT, cohort->fw->subjects[cohort->subjects[s]].code);
    cell_text(b->report, row, J_TERM,
            report_text(b->report, "Year %s %s", framework_year_text(year),
                    calendar->periods[(k - 1) % calendar->period_n].name));
    cell_number(row, J_DATE, end.ymd);
    put_points(row, J_POINTS, target.points);
    cell_text(b->report, row, J_GRADE, progress_target_text(cohort->fw, &target, text));
    put_points(row, J_LOWER, corridor.lower);
    put_points(row, J_UPPER, corridor.upper);
    cell_number(row, J_ADJUSTED, target.adjusted ? 1 : 0);
    put_points(row, J_COMPUTED, trajectory_points(line, k));
    cell_text(b->report, row, J_REASON, point == NULL ? NULL : point->reason);
    cell_number(row, J_K, (int64_t)k * 1000);
    row->link = report_text(b->report, "/pupils/%lld", (long long)pupil->id);
}

static void put_without(struct trajectory_build *b, size_t p, size_t s, const char *why)
{
    struct row *row = table_row(b->report, b->without);

    cell_text(b->report, row, 0, b->cohort->pupils[p].upn);
    cell_text(b->report, row, 1, b->cohort->pupils[p].surname);
    cell_text(b->report, row, 2, b->cohort->pupils[p].forename);
    cell_text(b->report, row, 3, b->cohort->fw->subjects[b->cohort->subjects[s]].code);
    cell_text(b->report, row, 4, why);
}

static void draw_cell(struct trajectory_build *b, size_t p, size_t s)
{
    const struct cohort *cohort = b->cohort;
    const struct cohort_pupil *pupil = &cohort->pupils[p];
    size_t cell = cohort_cell(cohort, p, s);
    struct trajectory line;

    if (b->frame->subject < 0 && !value_is_set(cohort->target[cell]))
        return;
    line = trajectory_make(cohort->fw, pupil->stage, pupil->stage_years,
            cohort->reckoning.calendar.period_n, cohort->prior[cell], cohort->target[cell]);
    if (line.period_n == 0) {
        put_without(b, p, s, line.why_none);
        return;
    }
    b->lines++;
    for (int k = 1; k <= line.period_n; k++)
        put_period(b, p, s, &line, k);
}

struct report *build_trajectory(struct arena *arena, const struct frame *frame,
        const struct cohort *cohort, const struct adjusted_point *points, size_t point_n)
{
    static const struct column without[] = {
        { .key = "upn", .label = "UPN", .type = COLUMN_TEXT, .quiet = true },
        { .key = "surname", .label = "Surname", .type = COLUMN_TEXT },
        { .key = "forename", .label = "Forename", .type = COLUMN_TEXT, .join = "Pupil" },
        { .key = "subject", .label = "Subject", .type = COLUMN_GRADE },
        { .key = "why", .label = "Why there is no line", .type = COLUMN_TEXT },
    };
    struct report *report = build_begin(arena, "trajectory", frame, cohort, NULL);
    struct trajectory_build b = { .report = report,
        .frame = frame,
        .cohort = cohort,
        .points = points,
        .point_n = point_n };

    report->title = report_text(report, "%s: notional trajectories", frame->description);
    report->basis = basis_name(BASIS_TARGET);
    b.table = report_table(report, "trajectory", "Progress targets", columns, J__MAX);
    b.without = report_table(report, "without", "Without a line", without, COUNT(without));
    for (size_t p = 0; p < cohort->pupil_n; p++) {
        int64_t before = b.lines;

        for (size_t s = 0; s < cohort->subject_n; s++) {
            if (frame->subject < 0 || cohort->subjects[s] == frame->subject)
                draw_cell(&b, p, s);
        }
        report->counted += b.lines > before;
    }
    if (b.table->row_n == 0)
        b.table->empty =
                "None of these pupils has both prior attainment and a target from which a "
                "line can be drawn.";
    if (b.without->row_n == 0)
        b.without->empty = "Everybody with a target has a line.";
    if (b.lines > 0)
        report->says = report_text(report, "%lld %s from prior attainment to target.",
                (long long)b.lines, b.lines == 1 ? "line" : "lines");
    report_note(report,
            "How to read this: a straight line runs from the result at the end of the "
            "previous key stage to the target at the end of this one; the progress target "
            "of a term is the point at its end. The line is notional: pupils do not learn "
            "in straight lines.");
    report_note(report,
            "An adjusted progress target replaces the computed one; both are shown.");
    return build_end(report, frame);
}
