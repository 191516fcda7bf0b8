#include <stdlib.h>

#include "base/text.h"
#include "reports/build.h"

enum {
    U_UPN,
    U_SUBJECT,
    U_SUBJECT_NAME,
    U_PRIOR,
    U_TARGET,
    U_PROGRESS_TARGET,
    U_CURRENT,
    U_CURRENT_DATE,
    U_CURRENT_POINTS,
    U_PROGRESS_POINTS,
    U_GAP,
    U_STEPS,
    U_FLAG,
    U_PREDICTION,
    U__MAX
};

static const struct column columns[U__MAX] = {
    [U_UPN] = { .key = "upn", .label = "UPN", .type = COLUMN_TEXT, .quiet = true },
    [U_SUBJECT] = { .key = "subject", .label = "Code", .type = COLUMN_TEXT, .quiet = true },
    [U_SUBJECT_NAME] = { .key = "subject_name", .label = "Subject", .type = COLUMN_TEXT },
    [U_PRIOR] = { .key = "prior", .label = "Prior", .type = COLUMN_GRADE },
    [U_TARGET] = { .key = "target", .label = "Target", .type = COLUMN_GRADE },
    [U_PROGRESS_TARGET] = { .key = "progress_target",
            .label = "Progress target",
            .type = COLUMN_GRADE },
    [U_CURRENT] = { .key = "current", .label = "Current", .type = COLUMN_GRADE },
    [U_CURRENT_DATE] = { .key = "current_date", .label = "Judged on", .type = COLUMN_DATE },
    [U_CURRENT_POINTS] = { .key = "current_points",
            .label = "Current",
            .type = COLUMN_POINTS,
            .unit = "points",
            .quiet = true },
    [U_PROGRESS_POINTS] = { .key = "progress_points",
            .label = "Progress target",
            .type = COLUMN_POINTS,
            .unit = "points",
            .quiet = true },
    [U_GAP] = { .key = "gap_points",
            .label = "Gap",
            .type = COLUMN_POINTS,
            .unit = "points",
            .signed_ = true },
    [U_STEPS] = { .key = "gap_steps",
            .label = "Steps",
            .type = COLUMN_INTEGER,
            .signed_ = true },
    [U_FLAG] = { .key = "flag", .label = "Against target", .type = COLUMN_FLAG },
    [U_PREDICTION] = { .key = "prediction",
            .label = "Prediction (a model's)",
            .type = COLUMN_GRADE,
            .quiet = true },
};

static void put_value(struct report *report, struct row *row, size_t column,
        const struct framework *fw, struct value value)
{
    char text[VALUE_TEXT_SIZE];

    cell_text(report, row, column, framework_shown_text(fw, value, text));
}

static void put_subject(struct report *report, struct table *table, const struct cohort *cohort,
        size_t s)
{
    const struct subject *subject = &cohort->fw->subjects[cohort->subjects[s]];
    size_t cell = cohort_cell(cohort, 0, s);
    char text[PROGRESS_TEXT_SIZE];
    struct row *row;

    if (!value_is_set(cohort->prior[cell]) && !value_is_set(cohort->target[cell]) &&
            !value_is_set(cohort->now[cell]))
        return;
    row = table_row(report, table);
    cell_text(report, row, U_UPN, cohort->pupils[0].upn);
    cell_text(report, row, U_SUBJECT, subject->code);
    cell_text(report, row, U_SUBJECT_NAME, subject->name);
    put_value(report, row, U_PRIOR, cohort->fw, cohort->prior[cell]);
    put_value(report, row, U_TARGET, cohort->fw, cohort->target[cell]);
    put_value(report, row, U_CURRENT, cohort->fw, cohort->now[cell]);
    put_value(report, row, U_PREDICTION, cohort->fw, cohort->prediction[cell]);
    cell_text(report, row, U_PROGRESS_TARGET,
            progress_target_text(cohort->fw, &cohort->progress[cell], text));
    if (value_is_set(cohort->now[cell]))
        cell_number(row, U_CURRENT_DATE, cohort->now_date[cell].ymd);
    if (value_is_set(cohort->now[cell]) && cohort->now[cell].points != POINTS_NONE)
        cell_number(row, U_CURRENT_POINTS, cohort->now[cell].points);
    if (cohort->progress[cell].points != POINTS_NONE)
        cell_number(row, U_PROGRESS_POINTS, cohort->progress[cell].points);
    if (cohort->gap[cell] != POINTS_NONE)
        cell_number(row, U_GAP, cohort->gap[cell]);
    if (cohort->steps[cell] != STEP_NONE)
        cell_number(row, U_STEPS, (int64_t)cohort->steps[cell] * 1000);
    if (cohort->flag[cell] != FLAG_NONE) {
        cell_text(report, row, U_FLAG, flag_code((enum flag)cohort->flag[cell]));
        cell_number(row, U_FLAG, cohort->flag[cell]);
    }
}

static void add_subjects(struct report *report, const struct frame *frame,
        const struct cohort *cohort)
{
    struct table *table = report_table(report, "subjects", "Subjects", columns, U__MAX);

    for (size_t s = 0; s < cohort->subject_n; s++) {
        if (frame->subject < 0 || cohort->subjects[s] == frame->subject)
            put_subject(report, table, cohort, s);
    }
    if (table->row_n == 0)
        table->empty = "Nothing has been recorded in any subject.";
}

static void add_characteristics(struct report *report, const struct pupil_extra *extra)
{
    static const struct column about[] = {
        { .key = "characteristic", .label = "What", .type = COLUMN_TEXT },
        { .key = "value", .label = "Value", .type = COLUMN_TEXT },
        { .key = "from", .label = "From", .type = COLUMN_DATE },
        { .key = "to", .label = "To", .type = COLUMN_DATE },
    };
    struct table *table =
            report_table(report, "characteristics", "About the pupil", about, COUNT(about));

    for (size_t i = 0; i < extra->characteristic_n; i++) {
        const struct characteristic_row *in = &extra->characteristics[i];
        struct row *row = table_row(report, table);

        cell_text(report, row, 0, in->label);
        cell_text(report, row, 1, in->value);
        if (date_is_set(in->from))
            cell_number(row, 2, in->from.ymd);
        if (date_is_set(in->to))
            cell_number(row, 3, in->to.ymd);
    }
    if (table->row_n == 0)
        table->empty = "Nothing more is recorded.";
}

static void add_history(struct report *report, const struct pupil_extra *extra)
{
    static const struct column history[] = {
        { .key = "date", .label = "Date", .type = COLUMN_DATE },
        { .key = "subject", .label = "Subject", .type = COLUMN_GRADE },
        { .key = "kind", .label = "What", .type = COLUMN_TEXT },
        { .key = "stage", .label = "Stage", .type = COLUMN_GRADE },
        { .key = "grade", .label = "Grade", .type = COLUMN_GRADE },
        { .key = "points", .label = "Points", .type = COLUMN_POINTS, .unit = "points" },
        { .key = "source", .label = "Source", .type = COLUMN_TEXT, .quiet = true },
        { .key = "review", .label = "Review", .type = COLUMN_TEXT, .quiet = true },
        { .key = "recorded_at", .label = "Recorded", .type = COLUMN_TEXT, .quiet = true },
        { .key = "superseded", .label = "Corrected since", .type = COLUMN_BOOL, .quiet = true },
    };
    struct table *table =
            report_table(report, "history", "On record, newest first", history, COUNT(history));

    for (size_t i = 0; i < extra->history_n; i++) {
        const struct history_row *in = &extra->history[i];
        struct row *row = table_row(report, table);

        cell_number(row, 0, in->date.ymd);
        cell_text(report, row, 1, in->subject);
        cell_text(report, row, 2, in->kind);
        cell_text(report, row, 3, in->stage);
        cell_text(report, row, 4, in->grade);
        if (in->points != POINTS_NONE)
            cell_number(row, 5, in->points);
        cell_text(report, row, 6, in->source);
        cell_text(report, row, 7, in->review);
        cell_text(report, row, 8, in->recorded_at);
        cell_number(row, 9, in->superseded ? 1 : 0);
    }
    if (table->row_n == 0)
        table->empty = "No judgement, result or target is on record.";
}

static void add_contacts(struct report *report, const struct pupil_extra *extra)
{
    static const struct column contacts[] = {
        { .key = "name", .label = "Contact", .type = COLUMN_TEXT },
        { .key = "relationship", .label = "Relationship", .type = COLUMN_TEXT },
        { .key = "responsibility", .label = "Parental responsibility", .type = COLUMN_TEXT },
        { .key = "phone", .label = "Telephone", .type = COLUMN_TEXT },
        { .key = "email", .label = "E-mail", .type = COLUMN_TEXT },
    };
    struct table *table =
            report_table(report, "contacts", "Contacts", contacts, COUNT(contacts));

    for (size_t i = 0; i < extra->contact_n; i++) {
        const struct contact_row *in = &extra->contacts[i];
        struct row *row = table_row(report, table);

        cell_text(report, row, 0, in->name);
        cell_text(report, row, 1, in->relationship);
        cell_text(report, row, 2, in->responsibility);
        cell_text(report, row, 3, in->phone);
        cell_text(report, row, 4, in->email);
    }
    if (table->row_n == 0)
        table->empty = "No contact is on record.";
}

static void add_groups(struct report *report, const struct cohort_pupil *pupil)
{
    static const struct column groups[] = {
        { .key = "group", .label = "Group", .type = COLUMN_TEXT },
    };
    struct table *table = report_table(report, "groups", "Groups today", groups, COUNT(groups));

    for (size_t i = 0; i < pupil->group_n; i++)
        cell_text(report, table_row(report, table), 0, pupil->groups[i]);
    if (table->row_n == 0)
        table->empty = "The pupil is in no group today.";
}

/* What a flight path is drawn from. */
struct path {
    struct report *report;
    struct chart *chart;
    const struct cohort *cohort;
    const struct pupil_extra *extra;
    const struct subject *subject;
    struct trajectory line;
    int first_year; /* the end year of the stage's first school year */
    size_t cell;
};

static int64_t x_of(struct date day)
{
    return (int64_t)date_number(day) * 1000;
}

/* The last day of period k; k = 0 is the end of the stage before. */
static struct date end_of(const struct path *path, int k)
{
    const struct calendar *calendar = &path->cohort->reckoning.calendar;
    int year = k == 0 ? path->first_year - 1 : path->first_year + (k - 1) / calendar->period_n;

    return calendar_period_end(calendar, year,
            (k + calendar->period_n - 1) % calendar->period_n);
}

static void add_line(struct path *path, const char *name, const char *role, int32_t offset)
{
    struct chart_series *series = chart_series(path->report, path->chart, name, role);

    for (int k = 0; k <= path->line.period_n; k++)
        chart_point(path->report, series, x_of(end_of(path, k)),
                trajectory_points(&path->line, k) + offset, NULL);
}

/* The judgements of this stage, each flagged against the line at the end of its term. */
static void add_judgements(struct path *path)
{
    struct chart_series *series =
            chart_series(path->report, path->chart, "Judgements", "points");
    const struct reckoning *r = &path->cohort->reckoning;

    for (size_t i = path->extra->history_n; i-- > 0;) {
        const struct history_row *row = &path->extra->history[i];
        int k = (calendar_year(&r->calendar, row->date) - path->first_year) *
                        r->calendar.period_n +
                calendar_period(&r->calendar, row->date) + 1;
        struct progress_target target;
        struct value value;
        int steps;

        if (row->superseded || row->points == POINTS_NONE || k < 1 || k > path->line.period_n ||
                !text_eq(row->kind, "assessment") ||
                !text_eq(row->subject, path->subject->code))
            continue;
        target = trajectory_target(path->cohort->fw, &path->line, k, r->rounding);
        value = framework_nearest(path->cohort->fw, path->line.target, path->line.prior,
                row->points);
        chart_flagged(path->report, series, x_of(row->date), row->points, row->grade,
                progress_target_steps(path->cohort->fw, value, &target, &steps)
                        ? flag_of(&r->flags, steps)
                        : FLAG_NONE);
    }
}

static void add_ends(struct path *path)
{
    char text[VALUE_TEXT_SIZE];
    struct chart_series *series =
            chart_series(path->report, path->chart, "Prior attainment", "start");

    chart_point(path->report, series, x_of(end_of(path, 0)), path->line.prior.points,
            framework_shown_text(path->cohort->fw, path->line.prior, text));
    series = chart_series(path->report, path->chart, "Target", "target");
    chart_point(path->report, series, x_of(end_of(path, path->line.period_n)),
            path->line.target.points,
            framework_shown_text(path->cohort->fw, path->line.target, text));
}

/* A place on x at the end of each school year; on y at the first rung of each level. */
static void add_ticks(struct path *path)
{
    const struct framework *fw = path->cohort->fw;
    const struct scale *scale = &fw->scales[path->line.target.scale];
    int per_year = path->cohort->reckoning.calendar.period_n;
    int year = path->cohort->pupils[0].year - (path->cohort->pupils[0].period - 1) / per_year;
    int32_t low = path->line.prior.points - 7000;
    int32_t high = path->line.target.points + 7000;
    int level = LEVEL_NONE;

    for (int k = per_year; k <= path->line.period_n; k += per_year)
        chart_x_tick(path->report, path->chart, x_of(end_of(path, k)),
                report_text(path->report, "end of Year %s",
                        framework_year_text(year + k / per_year - 1)),
                true);
    for (int i = 0; i < scale->grade_n; i++) {
        const struct grade *grade = &fw->grades[scale->first_grade + i];

        if (!grade->rung || grade->points < low || grade->points > high)
            continue;
        if (grade->level != level)
            chart_y_tick(path->report, path->chart, grade->points, grade->code, true);
        level = grade->level;
    }
}

/* The flight path of one subject: start, corridor, line, judgements, target. */
static void add_flight_path(struct report *report, const struct cohort *cohort,
        const struct pupil_extra *extra, size_t s)
{
    const struct cohort_pupil *pupil = &cohort->pupils[0];
    const struct calendar *calendar = &cohort->reckoning.calendar;
    size_t cell = cohort_cell(cohort, 0, s);
    struct path path = { .report = report, .cohort = cohort, .extra = extra, .cell = cell };

    path.subject = &cohort->fw->subjects[cohort->subjects[s]];
    path.line = trajectory_make(cohort->fw, pupil->stage, pupil->stage_years,
            calendar->period_n, cohort->prior[cell], cohort->target[cell]);
    if (path.line.period_n == 0)
        return;
    path.first_year =
            calendar_year(calendar, cohort->day) - (pupil->period - 1) / calendar->period_n;
    path.chart = report_chart(report, report_text(report, "path-%s", path.subject->code),
            report_text(report, "%s: flight path", path.subject->name), "line",
            report_text(report,
                    "The straight line from prior attainment to the target in %s, its "
                    "corridor, and the judgements made so far.",
                    path.subject->name));
    path.chart->mark_x = x_of(cohort->day);
    path.chart->mark_label = "today";
    path.chart->x_title = "Date";
    path.chart->unit = "points";
    add_line(&path, "Lower milestone", "band-low", -cohort->reckoning.corridor_lower);
    add_line(&path, "Upper milestone", "band-high", cohort->reckoning.corridor_upper);
    add_line(&path, "Progress target", "line", 0);
    add_ends(&path);
    add_judgements(&path);
    add_ticks(&path);
}

static void say(struct report *report, const struct cohort *cohort)
{
    int on = 0;
    int flagged = 0;

    for (size_t s = 0; s < cohort->subject_n; s++) {
        enum flag flag = (enum flag)cohort->flag[s];

        flagged += flag != FLAG_NONE;
        on += flag >= FLAG_ON;
    }
    if (flagged > 0)
        report->says =
                report_text(report, "%d of %d subjects %s on or above the progress target.", on,
                        flagged, on == 1 ? "is" : "are");
}

struct report *build_pupil(struct arena *arena, const struct frame *frame,
        const struct cohort *cohort, const struct pupil_extra *extra)
{
    struct report *report = build_begin(arena, "pupil", frame, cohort, NULL);
    const struct cohort_pupil *pupil;
    char day[DATE_LONG_SIZE];

    report->basis = basis_name(BASIS_ATTAINMENT);
    report->counted = (int64_t)cohort->pupil_n;
    if (cohort->pupil_n == 0) {
        report->title = "No such pupil on roll";
        report_table(report, "subjects", "Subjects", columns, U__MAX)->empty =
                "The pupil was not on roll on this day.";
        return report;
    }
    pupil = &cohort->pupils[0];
    report->title = report_text(report, "%s %s%s%s%s%s: record on %s", pupil->forename,
            pupil->surname, pupil->year == COHORT_YEAR_UNKNOWN ? "" : ", Year ",
            pupil->year == COHORT_YEAR_UNKNOWN ? "" : framework_year_text(pupil->year),
            text_empty(pupil->registration) ? "" : ", ",
            text_empty(pupil->registration) ? "" : pupil->registration,
            date_long(cohort->day, day));
    add_subjects(report, frame, cohort);
    add_characteristics(report, extra);
    add_contacts(report, extra);
    add_groups(report, pupil);
    add_history(report, extra);
    for (size_t s = 0; s < cohort->subject_n; s++) {
        if (frame->subject < 0 || cohort->subjects[s] == frame->subject)
            add_flight_path(report, cohort, extra, s);
    }
    say(report, cohort);
    report_note(report,
            "How to read this: the latest judgement stands beside the progress target of "
            "the term. Judgements are never changed: a correction is a later entry, and "
            "the earlier one stays readable.");
    return build_end(report, frame);
}
