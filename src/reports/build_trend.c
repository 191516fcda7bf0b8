#include "analysis/measure.h"
#include "base/text.h"
#include "reports/build.h"
#include "reports/suppress.h"

enum {
    T_PERIOD,
    T_DATE,
    T_BY,
    T_GROUP,
    T_MEASURE,
    T_SUBJECT,
    T_SUBJECT_NAME,
    T_COUNT,
    T_OF,
    T_PERCENT,
    T_PERCENT_CHANGE,
    T_NATIONAL,
    T_APS,
    T_APS_CHANGE,
    T_EXPECTED,
    T_SCALE,
    T__MAX
};

enum {
    LINES_MOST = 6, /* more of them are a table */
    CHARTS_MOST = 3
};

static const struct column columns[T__MAX] = {
    [T_PERIOD] = { .key = "period", .label = "Period", .type = COLUMN_TEXT },
    [T_DATE] = { .key = "date", .label = "Up to", .type = COLUMN_DATE, .quiet = true },
    [T_BY] = { .key = "by", .label = "By", .type = COLUMN_TEXT, .quiet = true },
    [T_GROUP] = { .key = "group", .label = "Group", .type = COLUMN_TEXT },
    [T_MEASURE] = { .key = "measure", .label = "Measure", .type = COLUMN_TEXT, .quiet = true },
    [T_SUBJECT] = { .key = "subject", .label = "Code", .type = COLUMN_TEXT, .quiet = true },
    [T_SUBJECT_NAME] = { .key = "subject_name", .label = "Subject", .type = COLUMN_TEXT },
    [T_COUNT] = { .key = "count", .label = "Count", .type = COLUMN_INTEGER },
    [T_OF] = { .key = "of", .label = "Of", .type = COLUMN_INTEGER },
    [T_PERCENT] = { .key = "percent", .label = "Share", .type = COLUMN_PERCENT, .unit = "%" },
    [T_PERCENT_CHANGE] = { .key = "percent_change",
            .label = "Change",
            .type = COLUMN_PERCENT,
            .unit = "%",
            .signed_ = true },
    [T_NATIONAL] = { .key = "national",
            .label = "National",
            .type = COLUMN_PERCENT,
            .unit = "%" },
    [T_APS] = { .key = "aps", .label = "Mean points", .type = COLUMN_POINTS, .unit = "points" },
    [T_APS_CHANGE] = { .key = "aps_change",
            .label = "Change",
            .type = COLUMN_POINTS,
            .unit = "points",
            .signed_ = true },
    [T_EXPECTED] = { .key = "expected",
            .label = "Expected",
            .type = COLUMN_POINTS,
            .unit = "points" },
    [T_SCALE] = { .key = "scale", .label = "Scale", .type = COLUMN_TEXT, .minor = true },
};

static const struct suppress_columns hidden_columns = { .block = { "period", "subject", "by" },
    .value = "group",
    .count = "count",
    .of = "of",
    .derived = { "percent", "aps", "expected" },
    .rest = true };

struct trend_build {
    struct report *report;
    const struct trend *in;
    struct table *table;
    const struct scale *ended;
};

/* Half away from zero. */
static int64_t divide(int64_t sum, int64_t n)
{
    return sum >= 0 ? (2 * sum + n) / (2 * n) : -((-2 * sum + n) / (2 * n));
}

/* ---- rows ---- */

static void put_points(struct trend_build *b, struct row *row, const struct trend_row *in)
{
    const struct scale *scale;

    if (in->points_n == 0)
        return;
    scale = &b->in->fw->scales[in->scale];
    cell_number(row, T_APS, divide(in->sum, in->points_n));
    cell_text(b->report, row, T_SCALE, scale->name);
    if (in->expected_n == in->points_n)
        cell_number(row, T_EXPECTED, divide(in->expected_sum, in->expected_n));
    if (scale->valid_to != 0 && b->in->periods[in->period].year > scale->valid_to)
        b->ended = scale;
}

static void put_row(struct trend_build *b, const struct trend_row *in)
{
    const struct trend *trend = b->in;
    const struct trend_period *period = &trend->periods[in->period];
    struct row *row = table_row(b->report, b->table);

    cell_text(b->report, row, T_PERIOD, period->name);
    cell_number(row, T_DATE, period->end.ymd);
    cell_text(b->report, row, T_BY, trend->by);
    cell_text(b->report, row, T_GROUP, in->group);
    cell_text(b->report, row, T_MEASURE, trend->measure == NULL ? "aps" : trend->measure->id);
    if (in->subject >= 0) {
        cell_text(b->report, row, T_SUBJECT, trend->fw->subjects[in->subject].code);
        cell_text(b->report, row, T_SUBJECT_NAME, trend->fw->subjects[in->subject].name);
    }
    cell_number(row, T_COUNT, in->count * 1000);
    cell_number(row, T_OF, in->of * 1000);
    if (trend->measure != NULL && in->of > 0)
        cell_number(row, T_PERCENT, proportion_printed(in->count, in->of));
    if (in->national >= 0)
        cell_number(row, T_NATIONAL, in->national);
    put_points(b, row, in);
}

/* ---- from one period to the next ---- */

static bool same_line(const struct trend_row *a, const struct trend_row *b)
{
    return a->subject == b->subject && text_eq(a->group, b->group);
}

/* The row before of the same line, in whichever period it has one; -1. */
static long row_before(const struct trend *trend, size_t i)
{
    for (size_t j = i; j-- > 0;) {
        if (trend->rows[j].period != trend->rows[i].period &&
                same_line(&trend->rows[j], &trend->rows[i]))
            return (long)j;
    }
    return -1;
}

static bool same_metric(const struct trend *trend, const struct trend_row *a,
        const struct trend_row *b)
{
    return a->scale >= 0 && b->scale >= 0 &&
           text_eq(trend->fw->scales[a->scale].metric, trend->fw->scales[b->scale].metric);
}

static void put_change(struct row *row, const struct row *before, size_t of, size_t column)
{
    const struct cell *now = &row->cells[of];
    const struct cell *then = &before->cells[of];

    if (now->state == CELL_SUPPRESSED ||
            (now->state == CELL_SET && then->state == CELL_SUPPRESSED))
        cell_suppressed(row, column);
    else if (now->state == CELL_SET && then->state == CELL_SET)
        cell_number(row, column, now->number - then->number);
}

/* Between figures as printed, once small ones are hidden. */
static void put_changes(struct trend_build *b)
{
    for (size_t i = 0; i < b->table->row_n && i < b->in->row_n; i++) {
        long before = row_before(b->in, i);

        if (before < 0)
            continue;
        put_change(&b->table->rows[i], &b->table->rows[before], T_PERCENT, T_PERCENT_CHANGE);
        if (same_metric(b->in, &b->in->rows[i], &b->in->rows[before]))
            put_change(&b->table->rows[i], &b->table->rows[before], T_APS, T_APS_CHANGE);
    }
}

/* ---- charts ---- */

/* Which figures of the rows a chart draws. */
struct drawing {
    struct trend_build *b;
    struct chart *chart;
    size_t column;
    const char *metric; /* of points; NULL: shares */
};

static int64_t place_of(const struct trend *trend, size_t period)
{
    return (int64_t)date_number(trend->periods[period].end) * 1000;
}

static bool is_drawn(const struct drawing *d, size_t i)
{
    const struct trend_row *in = &d->b->in->rows[i];

    if (d->metric == NULL)
        return true;
    return in->scale >= 0 && text_eq(d->b->in->fw->scales[in->scale].metric, d->metric);
}

/* Whether row i is the first of its line that is drawn. */
static bool begins_line(const struct drawing *d, size_t i)
{
    for (size_t j = 0; j < i; j++) {
        if (is_drawn(d, j) && same_line(&d->b->in->rows[j], &d->b->in->rows[i]))
            return false;
    }
    return is_drawn(d, i);
}

static size_t line_count(const struct drawing *d)
{
    size_t n = 0;

    for (size_t i = 0; i < d->b->in->row_n; i++)
        n += begins_line(d, i);
    return n;
}

static const char *line_name(const struct trend_build *b, const struct trend_row *row)
{
    const char *group =
            row->group == NULL ? NULL : cut_words(b->report->arena, b->in->by, row->group);
    const char *subject = row->subject < 0 ? NULL : b->in->fw->subjects[row->subject].name;

    if (group != NULL && subject != NULL)
        return report_text(b->report, "%s, %s", subject, group);
    if (group != NULL || subject != NULL)
        return group != NULL ? group : subject;
    return "Here";
}

static void draw_line(const struct drawing *d, size_t first)
{
    const struct trend *trend = d->b->in;
    struct chart_series *series = chart_series(d->b->report, d->chart,
            line_name(d->b, &trend->rows[first]), "points");

    for (size_t i = first; i < trend->row_n; i++) {
        const struct cell *cell = &d->b->table->rows[i].cells[d->column];

        if (cell->state == CELL_SET && is_drawn(d, i) &&
                same_line(&trend->rows[i], &trend->rows[first]))
            chart_point(d->b->report, series, place_of(trend, trend->rows[i].period),
                    cell->number, NULL);
    }
}

/* What stands beside the lines: the national figure, what is expected; once a period. */
static void draw_beside(const struct drawing *d, size_t column, const char *name)
{
    const struct trend *trend = d->b->in;
    struct chart_series *series = NULL;
    size_t last = trend->period_n;

    for (size_t i = 0; i < trend->row_n; i++) {
        const struct cell *cell = &d->b->table->rows[i].cells[column];

        if (cell->state != CELL_SET || !is_drawn(d, i) || trend->rows[i].period == last)
            continue;
        if (series == NULL)
            series = chart_series(d->b->report, d->chart, name, "line");
        last = trend->rows[i].period;
        chart_point(d->b->report, series, place_of(trend, last), cell->number, NULL);
    }
}

static void draw_axis(const struct drawing *d)
{
    const struct trend *trend = d->b->in;
    int year = 0;

    for (size_t i = 0; i < trend->period_n; i++) {
        const struct trend_period *period = &trend->periods[i];

        if (trend->years)
            chart_x_tick(d->b->report, d->chart, place_of(trend, i), period->tick, true);
        else
            chart_x_tick(d->b->report, d->chart, place_of(trend, i), period->tick, false);
        if (!trend->years && period->year != year)
            chart_x_tick(d->b->report, d->chart, place_of(trend, i),
                    report_text(d->b->report, "%d/%02d", period->year - 1, period->year % 100),
                    true);
        year = period->year;
    }
}

/* The place where a line goes on in points of another kind. */
static void mark_break(const struct drawing *d)
{
    const struct trend *trend = d->b->in;

    for (size_t i = 0; i < trend->row_n; i++) {
        long before = row_before(trend, i);

        if (before < 0 || trend->rows[i].scale < 0 || trend->rows[before].scale < 0 ||
                same_metric(trend, &trend->rows[i], &trend->rows[before]))
            continue;
        d->chart->mark_x = place_of(trend, trend->rows[i].period);
        d->chart->mark_label = report_text(d->b->report, "from here %s",
                trend->fw->scales[trend->rows[i].scale].name);
        return;
    }
}

static void draw(struct trend_build *b, const char *name, size_t column, const char *metric,
        const char *title)
{
    struct drawing d = { .b = b, .column = column, .metric = metric };
    size_t lines = line_count(&d);

    if (lines == 0 || lines > LINES_MOST || b->in->period_n < 2)
        return;
    d.chart = report_chart(b->report, name, title, "line",
            report_text(b->report, "%s by %s, one line a group or subject.", title,
                    b->in->over));
    d.chart->unit = metric == NULL ? "%" : "points";
    d.chart->x_title = "Period";
    draw_axis(&d);
    mark_break(&d);
    for (size_t i = 0; i < b->in->row_n; i++) {
        if (begins_line(&d, i))
            draw_line(&d, i);
    }
    if (metric == NULL)
        draw_beside(&d, T_NATIONAL, "National");
    else
        draw_beside(&d, T_EXPECTED, "Expected of their age");
}

/* Points of each kind on a chart of their own. */
static void draw_points(struct trend_build *b)
{
    const struct trend *trend = b->in;
    const char *drawn[CHARTS_MOST] = { NULL };
    size_t n = 0;

    for (size_t i = 0; i < trend->row_n && n < CHARTS_MOST; i++) {
        const struct scale *scale;
        bool known = false;

        if (trend->rows[i].scale < 0)
            continue;
        scale = &trend->fw->scales[trend->rows[i].scale];
        for (size_t j = 0; j < n; j++)
            known = known || text_eq(drawn[j], scale->metric);
        if (known)
            continue;
        drawn[n++] = scale->metric;
        draw(b, report_text(b->report, "points-%s", scale->metric), T_APS, scale->metric,
                report_text(b->report, "Mean points, %s", scale->name));
    }
}

/* ---- around it ---- */

static void explain(struct trend_build *b)
{
    const struct trend *trend = b->in;
    struct report *report = b->report;

    report_note(report,
            "How to read this: each %s shows how it stood on its last day, by the latest "
            "judgement then on record, or the final result of the stage; a %s that is not "
            "over, "
            "by today's. Followed are %s.",
            trend->over, trend->over, trend->follow);
    if (trend->measure != NULL)
        report_note(report,
                "The share is of those who have a value in all subjects of the measure. The "
                "same "
                "pupils are held against its standard in every year they come from, so that "
                "their way towards it shows.");
    report_note(report,
            "Mean points rest on the values of the scale that most have then; where that "
            "changes the line breaks, for points of two scales cannot be compared. A change is "
            "against the %s before, between the figures as printed.",
            trend->over);
    report_note(report,
            "Expected: level 2 at the end of Key Stage 1, 4 of Key Stage 2, 5 of Key Stage 3, "
            "in the middle of the level and on a straight line between.");
}

/* Whether the number behind a line moves by more than a tenth between two periods: pupils who
   go over to another scale take their part of the mean along. */
static bool who_changes(const struct trend *trend)
{
    for (size_t i = 0; i < trend->row_n; i++) {
        long before = row_before(trend, i);
        int64_t now = trend->rows[i].points_n;
        int64_t then = before < 0 ? now : trend->rows[before].points_n;

        if (now * 10 < then * 9 || now * 9 > then * 10)
            return true;
    }
    return false;
}

static void say(struct trend_build *b, int64_t pupil_n)
{
    const struct trend *trend = b->in;
    struct report *report = b->report;
    int64_t least = INT64_MAX;

    report->counted = 0;
    for (size_t i = 0; i < trend->row_n; i++) {
        least = trend->rows[i].of < least ? trend->rows[i].of : least;
        if (trend->rows[i].of > report->counted)
            report->counted = trend->rows[i].of;
    }
    report->of = pupil_n > report->counted ? pupil_n : report->counted;
    if (trend->suppress)
        report_suppress_population(report);
    if (trend->row_n != 0 && least < 30)
        report_caution(report, "Some rows rest on fewer than 30 pupils: a change of a few "
                               "points may be chance.");
    if (who_changes(trend))
        report_caution(report,
                "More than a tenth of the pupils behind a line changes from one %s to the "
                "next: "
                "look at the counts before reading a change.",
                trend->over);
    if (trend->row_n != 0)
        return;
    if (pupil_n == 0)
        b->table->empty = "No pupil fits these filters in any of these years.";
    else if (trend->period_n == 0)
        b->table->empty = "No review lies in these years; terms and years are there without.";
    else
        b->table->empty = "None of these pupils has a value on record in these years.";
}

/* Columns that have nothing to say here stand in the files only. */
static void hide_unused(const struct trend_build *b)
{
    const struct trend *trend = b->in;
    struct column *made = b->table->columns;
    bool national = false;
    bool expected = false;

    if (b->report->failed)
        return;
    for (size_t i = 0; i < trend->row_n; i++) {
        national = national || trend->rows[i].national >= 0;
        expected = expected || trend->rows[i].expected_n != 0;
    }
    made[T_GROUP].quiet = trend->by == NULL;
    made[T_SUBJECT_NAME].quiet = trend->measure != NULL;
    made[T_PERCENT].quiet = made[T_PERCENT_CHANGE].quiet = trend->measure == NULL;
    made[T_NATIONAL].quiet = !national;
    made[T_EXPECTED].quiet = !expected;
}

static struct report *begin(struct arena *arena, const struct frame *frame,
        const struct trend *trend, struct date day)
{
    struct report *report = report_make(arena, "trend");

    report->school = frame->school;
    report->title = report_text(report, "%s: %s by %s", frame->description,
            trend->measure == NULL ? "mean points" : trend->measure->label, trend->over);
    report->as_at = day;
    report->basis = basis_name(BASIS_ATTAINMENT);
    report->population = frame->description;
    report->audience = "staff of the school who may see these pupils";
    for (size_t i = 0; i < frame->filter_n; i++)
        report_filter(report, "%s", frame->filter_words[i]);
    return report;
}

/* The rows whose counts add up to one total side by side, as hiding small numbers needs
   them: by period, then by subject. */
static struct trend_row *by_subject(struct report *report, const struct trend *trend)
{
    struct trend_row *rows = arena_array(report->arena, trend->row_n + 1, sizeof(*rows));
    bool *done = arena_array(report->arena, trend->row_n + 1, sizeof(*done));
    size_t n = 0;

    if (rows == NULL || done == NULL) {
        report->failed = true;
        return trend->rows;
    }
    for (size_t first = 0; first < trend->row_n; first++) {
        for (size_t i = first; i < trend->row_n; i++) {
            if (done[i] || trend->rows[i].period != trend->rows[first].period ||
                    trend->rows[i].subject != trend->rows[first].subject)
                continue;
            done[i] = true;
            rows[n++] = trend->rows[i];
        }
    }
    return rows;
}

struct report *build_trend(struct arena *arena, const struct frame *frame,
        const struct trend *trend, struct date day, int64_t pupil_n)
{
    struct report *report = begin(arena, frame, trend, day);
    struct trend own = *trend;
    struct trend_build b = { .report = report, .in = &own };
    struct frame end = *frame;

    if (own.suppress)
        own.rows = by_subject(report, trend);
    b.table = report_table(report, "trend", "Over time", columns, T__MAX);
    hide_unused(&b);
    for (size_t i = 0; i < own.row_n; i++)
        put_row(&b, &own.rows[i]);
    explain(&b);
    say(&b, pupil_n);
    if (trend->suppress)
        report_suppress(report, &hidden_columns);
    if (report->failed)
        return report;
    put_changes(&b);
    if (trend->measure != NULL)
        draw(&b, "share", T_PERCENT, NULL, trend->measure->label);
    else
        draw_points(&b);
    end.ended = b.ended;
    return build_end(report, &end);
}
