#include "analysis/forecast.h"
#include "analysis/measure.h"
#include "base/text.h"
#include "reports/build.h"
#include "reports/suppress.h"

enum {
    F_PERIOD,
    F_BY,
    F_GROUP,
    F_MEASURE,
    F_KIND,
    F_COUNT,
    F_OF,
    F_PERCENT,
    F_LOW,
    F_HIGH,
    F_NATIONAL,
    F__MAX
};

enum {
    AHEAD = 2,      /* years carried on */
    LINES_MOST = 3, /* more of them are a table */
    WHOLE = 100
};

static const struct column columns[F__MAX] = {
    [F_PERIOD] = { .key = "period", .label = "Year", .type = COLUMN_TEXT },
    [F_BY] = { .key = "by", .label = "By", .type = COLUMN_TEXT, .quiet = true },
    [F_GROUP] = { .key = "group", .label = "Group", .type = COLUMN_TEXT },
    [F_MEASURE] = { .key = "measure", .label = "Measure", .type = COLUMN_TEXT, .quiet = true },
    [F_KIND] = { .key = "kind", .label = "What it is", .type = COLUMN_TEXT },
    [F_COUNT] = { .key = "count", .label = "Count", .type = COLUMN_INTEGER },
    [F_OF] = { .key = "of", .label = "Of", .type = COLUMN_INTEGER },
    [F_PERCENT] = { .key = "percent", .label = "Share", .type = COLUMN_PERCENT, .unit = "%" },
    [F_LOW] = { .key = "low", .label = "From", .type = COLUMN_PERCENT, .unit = "%" },
    [F_HIGH] = { .key = "high", .label = "To", .type = COLUMN_PERCENT, .unit = "%" },
    [F_NATIONAL] = { .key = "national",
            .label = "National",
            .type = COLUMN_PERCENT,
            .unit = "%" },
};

static const struct suppress_columns hidden_columns = { .block = { "period", "measure", "by" },
    .value = "group",
    .count = "count",
    .of = "of",
    .derived = { "percent" },
    .rest = true };

struct forecast_build {
    struct report *report;
    const struct trend *in;
    struct table *table;
    struct date day;
    size_t past_n;  /* rows of past years in the table, one each of in->rows */
    size_t lines;   /* groups that have a forecast */
    size_t refused; /* groups that have too few years */
};

/* The year that is not over is neither past nor known. */
static bool is_past(const struct forecast_build *b, const struct trend_row *row)
{
    const struct trend_period *period = &b->in->periods[row->period];

    return period->end.ymd < b->day.ymd;
}

static void put_past(struct forecast_build *b, const struct trend_row *in)
{
    struct row *row = table_row(b->report, b->table);

    cell_text(b->report, row, F_PERIOD, b->in->periods[in->period].name);
    cell_text(b->report, row, F_BY, b->in->by);
    cell_text(b->report, row, F_GROUP, in->group);
    cell_text(b->report, row, F_MEASURE, b->in->measure->id);
    cell_text(b->report, row, F_KIND, "past");
    cell_number(row, F_COUNT, in->count * 1000);
    cell_number(row, F_OF, in->of * 1000);
    cell_number(row, F_PERCENT, proportion_printed(in->count, in->of));
    if (in->national >= 0)
        cell_number(row, F_NATIONAL, in->national);
}

/* A share cannot leave 0 to 100; to one decimal place. */
static int64_t share(double percent)
{
    return percent_printed(percent < 0 ? 0 : percent > WHOLE ? WHOLE : percent);
}

static void put_ahead(struct forecast_build *b, const struct forecast *line, const char *group,
        int year)
{
    struct row *row = table_row(b->report, b->table);
    double percent, low, high;

    forecast_at(line, year, &percent, &low, &high);
    cell_text(b->report, row, F_PERIOD,
            report_text(b->report, "%d/%02d", year - 1, year % 100));
    cell_text(b->report, row, F_BY, b->in->by);
    cell_text(b->report, row, F_GROUP, group);
    cell_text(b->report, row, F_MEASURE, b->in->measure->id);
    cell_text(b->report, row, F_KIND, "forecast");
    cell_number(row, F_PERCENT, share(percent));
    cell_number(row, F_LOW, share(low));
    cell_number(row, F_HIGH, share(high));
}

/* ---- the lines ---- */

static bool begins(const struct forecast_build *b, size_t i)
{
    for (size_t j = 0; j < i; j++) {
        if (text_eq(b->in->rows[j].group, b->in->rows[i].group))
            return false;
    }
    return true;
}

/* Past rows whose figure is shown: what is hidden must not be guessed from a line either. */
static size_t figures_of(const struct forecast_build *b, const char *group, double *x,
        double *y)
{
    size_t n = 0;
    size_t r = 0;

    for (size_t i = 0; i < b->in->row_n; i++) {
        const struct trend_row *row = &b->in->rows[i];
        const struct cell *cell;

        if (!is_past(b, row))
            continue;
        cell = &b->table->rows[r++].cells[F_PERCENT];
        if (!text_eq(row->group, group) || cell->state != CELL_SET)
            continue;
        x[n] = b->in->periods[row->period].year;
        y[n++] = (double)row->count * WHOLE / (double)row->of;
    }
    return n;
}

static void carry_on(struct forecast_build *b, const char *group)
{
    double *x = arena_array(b->report->arena, b->in->row_n + 1, sizeof(*x));
    double *y = arena_array(b->report->arena, b->in->row_n + 1, sizeof(*y));
    struct forecast line;
    size_t n;

    if (x == NULL || y == NULL) {
        b->report->failed = true;
        return;
    }
    n = figures_of(b, group, x, y);
    if (!forecast_make(x, y, n, &line)) {
        b->refused++;
        report_caution(b->report,
                "%s%sno forecast: %zu past year%s on record, and a line needs at least %d.",
                group == NULL ? "" : cut_words(b->report->arena, b->in->by, group),
                group == NULL ? "There is " : ": ", n, n == 1 ? "" : "s", FORECAST_LEAST);
        return;
    }
    b->lines++;
    for (int ahead = 1; ahead <= AHEAD; ahead++)
        put_ahead(b, &line, group, (int)x[n - 1] + ahead);
}

/* ---- the chart ---- */

static int year_of(const struct row *row)
{
    int64_t year = 0;
    char text[5] = "";

    for (size_t i = 0; i < 4; i++)
        text[i] = row->cells[F_PERIOD].text[i];
    return text_int(text, &year) ? (int)year + 1 : 0;
}

static void draw_series(struct forecast_build *b, struct chart *chart, const char *group,
        const char *role, size_t column)
{
    const char *label = group == NULL ? "Here" : cut_words(b->report->arena, b->in->by, group);
    bool past = text_eq(role, "points");
    struct chart_series *series = chart_series(b->report, chart,
            past                        ? label
            : text_eq(role, "band-low") ? "Lower end"
            : text_eq(role, "line")     ? "Forecast"
                                        : "Where a new year lies with 95% chance",
            role);

    for (size_t i = 0; i < b->table->row_n; i++) {
        const struct row *row = &b->table->rows[i];

        if (!text_eq(row->cells[F_GROUP].state == CELL_SET ? row->cells[F_GROUP].text : NULL,
                    group) ||
                row->cells[column].state != CELL_SET || (i < b->past_n) != past)
            continue;
        chart_point(b->report, series, (int64_t)year_of(row) * 1000, row->cells[column].number,
                NULL);
    }
}

static void draw_axis(struct forecast_build *b, struct chart *chart)
{
    for (size_t i = 0; i < b->table->row_n; i++) {
        int64_t at = (int64_t)year_of(&b->table->rows[i]) * 1000;
        bool known = false;

        for (size_t t = 0; t < chart->x_tick_n; t++)
            known = known || chart->x_ticks[t].at == at;
        if (!known)
            chart_x_tick(b->report, chart, at, b->table->rows[i].cells[F_PERIOD].text, true);
    }
}

/* One chart a group: its past, the line carried on, and the band about it. */
static void draw(struct forecast_build *b, const char *group)
{
    const char *title = group == NULL ? b->in->measure->label
                                      : report_text(b->report, "%s: %s", b->in->measure->label,
                                                cut_words(b->report->arena, b->in->by, group));
    struct chart *chart = report_chart(b->report,
            group == NULL ? "forecast" : report_text(b->report, "forecast-%s", group), title,
            "line",
            "Past years as they were, and the straight line through them carried on two years, "
            "with the range in which a new year's figure lies with 95% chance.");

    chart->unit = "%";
    chart->x_title = "Year";
    draw_axis(b, chart);
    draw_series(b, chart, group, "band-low", F_LOW);
    draw_series(b, chart, group, "band-high", F_HIGH);
    draw_series(b, chart, group, "line", F_PERCENT);
    draw_series(b, chart, group, "points", F_PERCENT);
}

/* ---- around it ---- */

static void explain(struct forecast_build *b)
{
    report_note(b->report,
            "How to read this: the past years' shares of whoever was in the year group at the "
            "end of the year, and a straight line through the latest %d at most carried on to "
            "the next two. It is a forecast of the school's figure from its own past: not a "
            "target, and not what the present pupils are predicted to reach.",
            FORECAST_YEARS);
    report_note(b->report,
            "How it is worked out: least squares on the year; From and To is the interval for "
            "a "
            "new year, the line's value +- t(0.975, n - 2) s sqrt(1 + 1/n + (x - mean)^2 / "
            "Sxx) "
            "(Draper and Smith, Applied Regression Analysis), cut at 0%% and 100%%. Few years "
            "make it wide, rightly.");
}

static void put_all_past(struct forecast_build *b)
{
    const struct trend *trend = b->in;

    for (size_t i = 0; i < trend->row_n; i++) {
        if (!is_past(b, &trend->rows[i]))
            continue;
        put_past(b, &trend->rows[i]);
        if (trend->rows[i].of > b->report->counted)
            b->report->counted = trend->rows[i].of;
    }
    b->report->of = b->report->counted;
    if (trend->suppress)
        report_suppress_population(b->report);
    b->past_n = b->table->row_n;
}

struct report *build_forecast(struct arena *arena, const struct frame *frame,
        const struct trend *trend, struct date day)
{
    struct report *report = report_make(arena, "forecast");
    struct forecast_build b = { .report = report, .in = trend, .day = day };

    report->school = frame->school;
    report->title = report_text(report, "%s: forecast of %s", frame->description,
            trend->measure->label);
    report->as_at = day;
    report->basis = basis_name(BASIS_ATTAINMENT);
    report->population = frame->description;
    report->audience = "staff of the school who may see these pupils";
    for (size_t i = 0; i < frame->filter_n; i++)
        report_filter(report, "%s", frame->filter_words[i]);
    b.table = report_table(report, "forecast", "Past years and the next", columns, F__MAX);
    if (!report->failed)
        b.table->columns[F_GROUP].quiet = trend->by == NULL;
    put_all_past(&b);
    explain(&b);
    if (trend->suppress)
        report_suppress(report, &hidden_columns);
    for (size_t i = 0; i < trend->row_n && !report->failed; i++) {
        if (begins(&b, i))
            carry_on(&b, trend->rows[i].group);
    }
    for (size_t i = 0; i < trend->row_n && !report->failed && b.lines <= LINES_MOST; i++) {
        if (begins(&b, i) && b.lines != 0)
            draw(&b, trend->rows[i].group);
    }
    if (b.past_n == 0)
        b.table->empty = "No past year has a pupil with a value in this measure.";
    else
        report->says = b.lines == 0 ? "Too few past years for a forecast."
                                    : "A straight line through the past, with its range.";
    return build_end(report, frame);
}
