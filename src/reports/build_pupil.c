#include <stdlib.h>

#include "base/text.h"
#include "reports/build.h"

enum { U_UPN, U_SUBJECT, U_SUBJECT_NAME, U_PRIOR, U_TARGET, U_PROGRESS_TARGET, U_CURRENT,
    U_CURRENT_DATE, U_CURRENT_POINTS, U_PROGRESS_POINTS, U_GAP, U_STEPS, U_FLAG, U_PREDICTION,
    U__MAX };

static const struct column columns[U__MAX] = {
    [U_UPN] = { .key = "upn", .label = "UPN", .type = COLUMN_TEXT, .quiet = true },
    [U_SUBJECT] = { .key = "subject", .label = "Code", .type = COLUMN_TEXT, .quiet = true },
    [U_SUBJECT_NAME] = { .key = "subject_name", .label = "Subject", .type = COLUMN_TEXT },
    [U_PRIOR] = { .key = "prior", .label = "Prior", .type = COLUMN_GRADE },
    [U_TARGET] = { .key = "target", .label = "Target", .type = COLUMN_GRADE },
    [U_PROGRESS_TARGET] = { .key = "progress_target", .label = "Progress target",
            .type = COLUMN_GRADE },
    [U_CURRENT] = { .key = "current", .label = "Current", .type = COLUMN_GRADE },
    [U_CURRENT_DATE] = { .key = "current_date", .label = "Judged on", .type = COLUMN_DATE },
    [U_CURRENT_POINTS] = { .key = "current_points", .label = "Current", .type = COLUMN_POINTS,
            .unit = "points", .quiet = true },
    [U_PROGRESS_POINTS] = { .key = "progress_points", .label = "Progress target",
            .type = COLUMN_POINTS, .unit = "points", .quiet = true },
    [U_GAP] = { .key = "gap_points", .label = "Gap", .type = COLUMN_POINTS, .unit = "points",
            .signed_ = true },
    [U_STEPS] = { .key = "gap_steps", .label = "Steps", .type = COLUMN_INTEGER, .signed_ = true },
    [U_FLAG] = { .key = "flag", .label = "Against target", .type = COLUMN_FLAG },
    [U_PREDICTION] = { .key = "prediction", .label = "Prediction (a model's)",
            .type = COLUMN_GRADE, .quiet = true },
};

static void put_value(struct report *report, struct row *row, size_t column,
        const struct framework *fw, struct value value)
{
    char text[VALUE_TEXT_SIZE];

    cell_text(report, row, column, framework_value_text(fw, value, text));
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

static void add_judgements(struct report *report, struct chart *chart, const struct cohort *cohort,
        const struct pupil_extra *extra, size_t s)
{
    const struct subject *subject = &cohort->fw->subjects[cohort->subjects[s]];
    struct chart_series *series = chart_series(report, chart, "Judgements", "points");

    for (size_t i = extra->history_n; i-- > 0;) {
        const struct history_row *row = &extra->history[i];

        if (row->superseded || row->points == POINTS_NONE || !text_eq(row->kind, "assessment") ||
                !text_eq(row->subject, subject->code))
            continue;
        chart_point(report, series, (int64_t)date_number(row->date) * 1000, row->points,
                row->grade);
    }
}

/* The flight path of one subject: start, corridor, line, judgements, target. */
static void add_flight_path(struct report *report, const struct cohort *cohort,
        const struct pupil_extra *extra, size_t s)
{
    const struct cohort_pupil *pupil = &cohort->pupils[0];
    const struct calendar *calendar = &cohort->reckoning.calendar;
    size_t cell = cohort_cell(cohort, 0, s);
    struct trajectory line = trajectory_make(cohort->fw, pupil->stage, pupil->stage_years,
            calendar->period_n, cohort->prior[cell], cohort->target[cell]);
    const struct subject *subject = &cohort->fw->subjects[cohort->subjects[s]];
    struct chart_series *low, *high, *path;
    struct chart *chart;
    int first_year;

    if (line.period_n == 0)
        return;
    first_year = calendar_year(calendar, cohort->day) - (pupil->period - 1) / calendar->period_n;
    chart = report_chart(report, report_text(report, "path-%s", subject->code),
            report_text(report, "%s: flight path", subject->name), "line",
            report_text(report, "The straight line from prior attainment to the target in %s, its "
                                "corridor, and the judgements made so far.",
                    subject->name));
    low = chart_series(report, chart, "Lower milestone", "band-low");
    high = chart_series(report, chart, "Upper milestone", "band-high");
    path = chart_series(report, chart, "Progress target", "line");
    for (int k = 0; k <= line.period_n; k++) {
        struct date end = k == 0
                ? calendar_period_end(calendar, first_year - 1, calendar->period_n - 1)
                : calendar_period_end(calendar, first_year + (k - 1) / calendar->period_n,
                          (k - 1) % calendar->period_n);
        int64_t x = (int64_t)date_number(end) * 1000;
        int32_t points = trajectory_points(&line, k);

        chart_point(report, low, x, points - cohort->reckoning.corridor_lower, NULL);
        chart_point(report, high, x, points + cohort->reckoning.corridor_upper, NULL);
        chart_point(report, path, x, points, k == 0 ? "start" : NULL);
    }
    add_judgements(report, chart, cohort, extra, s);
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
        report->says = report_text(report, "%d of %d subjects %s on or above the progress target.",
                on, flagged, on == 1 ? "is" : "are");
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
    add_history(report, extra);
    for (size_t s = 0; s < cohort->subject_n; s++) {
        if (frame->subject < 0 || cohort->subjects[s] == frame->subject)
            add_flight_path(report, cohort, extra, s);
    }
    say(report, cohort);
    report_note(report, "How to read this: the latest judgement stands beside the progress target of "
                        "the term. Judgements are never changed: a correction is a later entry, and "
                        "the earlier one stays readable.");
    return report;
}
