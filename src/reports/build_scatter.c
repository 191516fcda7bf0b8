#include <math.h>

#include "analysis/spread.h"
#include "base/text.h"
#include "reports/build_figures.h"

enum {
    C_UPN,
    C_SURNAME,
    C_FORENAME,
    C_YEAR,
    C_REGISTRATION,
    C_X,
    C_Y,
    C__MAX
};

struct scatter_build {
    struct report *report;
    const struct frame *frame;
    const struct cohort *cohort;
    const struct figures *x, *y;
    int64_t *xs, *ys; /* of those who have both */
    size_t n, left_out;
    int64_t least, most;  /* of either side */
    const char *metric_x; /* the one kind of points of each side; NULL: none yet */
    const char *metric_y;
    bool mixed; /* points of several kinds on one side */
};

const char *figure_words(struct report *report, const char *label)
{
    bool sentence = label[0] >= 'A' && label[0] <= 'Z' && label[1] >= 'a' && label[1] <= 'z';

    return sentence ? report_text(report, "%c%s", label[0] - 'A' + 'a', label + 1) : label;
}

static struct column column_of(const struct figures *figures, const char *key)
{
    return (struct column){ .key = key,
        .label = figures->label,
        .type = figures->points ? COLUMN_POINTS : COLUMN_NUMBER,
        .unit = figures->points ? "points" : NULL };
}

static struct table *make_table(struct report *report, const struct figures *x,
        const struct figures *y)
{
    const struct column columns[C__MAX] = {
        [C_UPN] = { .key = "upn", .label = "UPN", .type = COLUMN_TEXT, .quiet = true },
        [C_SURNAME] = { .key = "surname", .label = "Surname", .type = COLUMN_TEXT },
        [C_FORENAME] = { .key = "forename",
                .label = "Forename",
                .type = COLUMN_TEXT,
                .join = "Pupil" },
        [C_YEAR] = { .key = "year_group",
                .label = "Year",
                .type = COLUMN_GRADE,
                .minor = true },
        [C_REGISTRATION] = { .key = "registration",
                .label = "Form",
                .type = COLUMN_GRADE,
                .minor = true },
        [C_X] = column_of(x, "x"),
        [C_Y] = column_of(y, "y"),
    };

    return report_table(report, "pupils", "Pupils", columns, C__MAX);
}

/* Which kind of points a grade has; NULL where the figures are no grades. */
static const char *metric_of(const struct cohort *cohort, const struct figures *figures,
        size_t p)
{
    return figures->grades == NULL ? NULL : cohort->fw->scales[figures->grades[p].scale].metric;
}

static void meet_metric(struct scatter_build *b, const char **known, const char *metric)
{
    if (metric == NULL)
        return;
    if (*known == NULL)
        *known = metric;
    b->mixed = b->mixed || !text_eq(*known, metric);
}

static void put_pupil(struct scatter_build *b, struct table *table, size_t p)
{
    const struct cohort_pupil *pupil = &b->cohort->pupils[p];
    struct row *row = table_row(b->report, table);

    cell_text(b->report, row, C_UPN, pupil->upn);
    cell_text(b->report, row, C_SURNAME, pupil->surname);
    cell_text(b->report, row, C_FORENAME, pupil->forename);
    if (pupil->year != COHORT_YEAR_UNKNOWN)
        cell_text(b->report, row, C_YEAR, framework_year_text(pupil->year));
    cell_text(b->report, row, C_REGISTRATION, pupil->registration);
    cell_number(row, C_X, b->x->numbers[p]);
    cell_number(row, C_Y, b->y->numbers[p]);
    row->link = report_text(b->report, "/pupils/%lld", (long long)pupil->id);
}

static void widen(struct scatter_build *b, int64_t number)
{
    b->least = number < b->least ? number : b->least;
    b->most = number > b->most ? number : b->most;
}

static void add_pupils(struct scatter_build *b, struct table *table)
{
    for (size_t p = 0; p < b->cohort->pupil_n; p++) {
        int64_t x = b->x->numbers[p];
        int64_t y = b->y->numbers[p];

        if (x == FORMULA_NO_NUMBER || y == FORMULA_NO_NUMBER) {
            b->left_out++;
            continue;
        }
        put_pupil(b, table, p);
        meet_metric(b, &b->metric_x, metric_of(b->cohort, b->x, p));
        meet_metric(b, &b->metric_y, metric_of(b->cohort, b->y, p));
        widen(b, x);
        widen(b, y);
        b->xs[b->n] = x;
        b->ys[b->n++] = y;
    }
}

/* Both sides in points of one kind, so that as much here as there means something. */
static bool has_reference(const struct scatter_build *b)
{
    return b->n > 0 && b->x->points && b->y->points && !b->mixed &&
           (b->metric_x == NULL || b->metric_y == NULL || text_eq(b->metric_x, b->metric_y));
}

static void add_chart(struct scatter_build *b)
{
    struct report *report = b->report;
    struct chart *chart;
    struct chart_series *series;
    size_t at = 0;

    if (b->n == 0)
        return;
    chart = report_chart(report, "scatter",
            report_text(report, "%s against %s", b->y->label,
                    figure_words(report, b->x->label)),
            "scatter",
            report_text(report, "%zu pupils, one mark each: across %s, upright %s.", b->n,
                    figure_words(report, b->x->label), figure_words(report, b->y->label)));
    chart->x_title = b->x->label;
    chart->y_title = b->y->label;
    chart->unit = b->y->points ? "points" : NULL;
    if (has_reference(b)) {
        series = chart_series(report, chart, "As much here as there", "line");
        chart_point(report, series, b->least, b->least, NULL);
        chart_point(report, series, b->most, b->most, NULL);
    }
    series = chart_series(report, chart, b->y->label, "points");
    for (size_t p = 0; p < b->cohort->pupil_n && at < b->n; p++) {
        const struct cohort_pupil *pupil = &b->cohort->pupils[p];

        if (b->x->numbers[p] == FORMULA_NO_NUMBER || b->y->numbers[p] == FORMULA_NO_NUMBER)
            continue;
        chart_point(report, series, b->xs[at], b->ys[at],
                report_text(report, "%s, %s", pupil->surname, pupil->forename));
        at++;
    }
}

/* How many, how many not, and how closely the two go together. */
static void add_fit(struct scatter_build *b, double r)
{
    static const struct column columns[] = {
        { .key = "n", .label = "Pupils", .type = COLUMN_INTEGER },
        { .key = "left_out", .label = "Without a value", .type = COLUMN_INTEGER },
        { .key = "mean_x", .label = "Mean across", .type = COLUMN_NUMBER },
        { .key = "mean_y", .label = "Mean upright", .type = COLUMN_NUMBER },
        { .key = "correlation", .label = "Correlation", .type = COLUMN_NUMBER },
    };
    struct table *table =
            report_table(b->report, "together", "How they go together", columns, 5);
    struct row *row = table_row(b->report, table);

    cell_number(row, 0, (int64_t)b->n * 1000);
    cell_number(row, 1, (int64_t)b->left_out * 1000);
    if (b->n > 0 && !b->mixed) {
        cell_number(row, 2, spread_mean(b->xs, b->n));
        cell_number(row, 3, spread_mean(b->ys, b->n));
    }
    if (isnan(r))
        cell_missing(b->report, row, 4, "not given");
    else
        cell_number(row, 4, llround(r * 1000));
}

static void explain(struct scatter_build *b, double r)
{
    struct report *report = b->report;

    report_note(report,
            "How to read this: each pupil is one mark, %s across and %s upright; of a grade "
            "its points are taken.%s",
            figure_words(report, b->x->label), figure_words(report, b->y->label),
            has_reference(b) ? " On the line both are as much; above it the upright figure is "
                               "the greater."
                             : "");
    if (b->left_out > 0)
        report_note(report, "%zu %s one of the two figures and %s left out.", b->left_out,
                b->left_out == 1 ? "pupil lacks" : "pupils lack",
                b->left_out == 1 ? "is" : "are");
    if (isnan(r))
        report_note(report,
                "A correlation is given from %d pupils on, where both figures vary "
                "and each side is of one kind of points.",
                SPREAD_FEW);
    else
        report_note(report,
                "Correlation (Pearson's) is 1 where the marks lie on a rising line, 0 where "
                "the one figure says nothing of the other, -1 on a falling line. It does not "
                "say that one is the cause of the other.");
    if (b->mixed)
        report_caution(report, "Points of different scales stand on one side here and cannot "
                               "be compared: choose one year group.");
}

static void say(struct scatter_build *b, double r)
{
    struct report *report = b->report;

    report->counted = (int64_t)b->n;
    if (b->n == 0)
        report->says = "Nobody here has both figures.";
    else if (isnan(r))
        report->says = report_text(report, "%zu %s.", b->n,
                b->n == 1 ? "pupil has both figures" : "pupils have both figures");
    else
        report->says =
                report_text(report, "%zu pupils have both figures; their correlation is %.2f.",
                        b->n, r > -0.005 && r < 0.005 ? 0.0 : r);
}

struct report *build_scatter(struct arena *arena, const struct frame *frame,
        const struct cohort *cohort, const struct figures *x, const struct figures *y)
{
    char day[DATE_LONG_SIZE];
    struct scatter_build b = { .frame = frame,
        .cohort = cohort,
        .x = x,
        .y = y,
        .least = INT64_MAX,
        .most = INT64_MIN };
    struct table *table;
    double r;

    b.report = build_begin(arena, "scatter", frame, cohort, NULL);
    b.report->title = report_text(b.report, "%s: %s against %s on %s", frame->description,
            figure_words(b.report, y->label), figure_words(b.report, x->label),
            date_long(cohort->day, day));
    b.report->basis = basis_name(frame->basis);
    b.xs = arena_array(arena, cohort->pupil_n + 1, sizeof(*b.xs));
    b.ys = arena_array(arena, cohort->pupil_n + 1, sizeof(*b.ys));
    if (b.xs == NULL || b.ys == NULL) {
        b.report->failed = true;
        return b.report;
    }
    table = make_table(b.report, x, y);
    add_pupils(&b, table);
    if (table->row_n == 0)
        table->empty = cohort->pupil_n == 0 ? "No pupil on roll on this day fits these filters."
                                            : "None of these pupils has both figures.";
    r = b.mixed ? (double)NAN : spread_correlation(b.xs, b.ys, b.n);
    add_fit(&b, r);
    add_chart(&b);
    say(&b, r);
    explain(&b, r);
    return build_end(b.report, frame);
}
