#include <string.h>

#include "analysis/summary.h"
#include "base/text.h"
#include "reports/build.h"

enum {
    S_MEASURE,
    S_LABEL,
    S_YEARS,
    S_GROUP,
    S_VALUE,
    S_COUNT,
    S_OF,
    S_PERCENT,
    S_LOW,
    S_HIGH,
    S_LEFT_OUT,
    S__MAX
};

static const struct column columns[S__MAX] = {
    [S_MEASURE] = { .key = "measure", .label = "Id", .type = COLUMN_TEXT, .quiet = true },
    [S_LABEL] = { .key = "label", .label = "Measure", .type = COLUMN_TEXT },
    [S_YEARS] = { .key = "years", .label = "Years", .type = COLUMN_GRADE },
    [S_GROUP] = { .key = "group", .label = "By", .type = COLUMN_TEXT, .quiet = true },
    [S_VALUE] = { .key = "value", .label = "Group", .type = COLUMN_TEXT },
    [S_COUNT] = { .key = "count", .label = "Count", .type = COLUMN_INTEGER },
    [S_OF] = { .key = "of", .label = "Of", .type = COLUMN_INTEGER },
    [S_PERCENT] = { .key = "percent", .label = "Share", .type = COLUMN_PERCENT, .unit = "%" },
    [S_LOW] = { .key = "low", .label = "From", .type = COLUMN_PERCENT, .unit = "%" },
    [S_HIGH] = { .key = "high", .label = "To", .type = COLUMN_PERCENT, .unit = "%" },
    [S_LEFT_OUT] = { .key = "without_value", .label = "No value", .type = COLUMN_INTEGER },
};

/* A measure of a whole key stage counts the years that stage has in this school. */
static struct measure in_school(const struct measure *measure, const struct cohort *cohort)
{
    const struct stage *stage = measure->stage < 0 ? NULL : &cohort->fw->stages[measure->stage];
    struct measure own = *measure;

    if (stage == NULL || measure->first_year != stage->first_year ||
            measure->last_year != stage->last_year)
        return own;
    for (size_t p = 0; p < cohort->pupil_n; p++) {
        if (cohort->pupils[p].stage == measure->stage) {
            own.last_year = stage->first_year + cohort->pupils[p].stage_years - 1;
            break;
        }
    }
    return own;
}

/* The years a measure counts that the filters leave: one year asked for shows as that year, a
   whole school shows the measure's own. */
static const char *years_text(struct report *report, const struct frame *frame,
        const struct measure *measure, const struct cohort *cohort)
{
    char text[SUMMARY_YEARS_SIZE];
    struct measure narrowed = in_school(measure, cohort);
    int first = 99;
    int last = COHORT_YEAR_UNKNOWN;

    for (size_t p = 0; p < cohort->pupil_n && frame->has_one_year; p++) {
        int year = cohort->pupils[p].year;

        if (year < measure->first_year || year > measure->last_year)
            continue;
        first = year < first ? year : first;
        last = year > last ? year : last;
    }
    if (first == last) {
        narrowed.first_year = first;
        narrowed.last_year = last;
    }
    return report_text(report, "%s", measure_years(&narrowed, text));
}

static void put_row(struct report *report, struct table *table, const struct frame *frame,
        const struct cohort *cohort, const struct summary_row *in)
{
    struct row *row = table_row(report, table);
    const struct proportion *p = &in->proportion;

    cell_text(report, row, S_MEASURE, in->measure->id);
    cell_text(report, row, S_LABEL, in->measure->label);
    cell_text(report, row, S_YEARS, years_text(report, frame, in->measure, cohort));
    cell_text(report, row, S_GROUP, in->group);
    if (in->value != NULL)
        cell_text(report, row, S_VALUE, in->value);
    cell_number(row, S_COUNT, p->count * 1000);
    cell_number(row, S_OF, p->of * 1000);
    cell_number(row, S_LEFT_OUT, p->left_out * 1000);
    if (p->of <= 0)
        return;
    cell_number(row, S_PERCENT, report_percent(p->count, p->of));
    cell_number(row, S_LOW, percent_printed(p->low));
    cell_number(row, S_HIGH, percent_printed(p->high));
}

/* The measures asked for: one by name, those of one subject, or all. */
static size_t choose(const struct frame *frame, const struct framework *fw, int16_t *chosen)
{
    size_t n = 0;

    for (int i = 0; i < fw->measure_n; i++) {
        const struct measure *measure = &fw->measures[i];
        bool fits = frame->measure == NULL || text_eq_fold(frame->measure, measure->id);

        if (frame->subject >= 0 && measure->subject_n > 0) {
            bool named = false;

            for (int s = 0; s < measure->subject_n; s++)
                named = named || measure->subjects[s] == frame->subject;
            fits = fits && named;
        }
        if (fits)
            chosen[n++] = (int16_t)i;
    }
    return n;
}

static void add_cut(struct report *report, struct table *table, const struct frame *frame,
        const struct cohort *cohort, enum cut cut)
{
    int16_t *chosen =
            arena_array(report->arena, (size_t)cohort->fw->measure_n + 1, sizeof(*chosen));
    struct summary summary = { 0 };
    struct err err;
    size_t n;

    if (chosen == NULL) {
        report->failed = true;
        return;
    }
    n = choose(frame, cohort->fw, chosen);
    if (n == 0)
        return;
    if (summary_make(report->arena, cohort, chosen, n, frame->basis, cut, &summary, &err) !=
            ERR_OK) {
        report->failed = true;
        return;
    }
    for (size_t i = 0; i < summary.row_n; i++)
        put_row(report, table, frame, cohort, &summary.rows[i]);
}

static void explain(struct report *report, const struct frame *frame)
{
    static const char *const bases[] = {
        [BASIS_ATTAINMENT] =
                ("attainment: the stage's result where there is one, else the latest "
                 "judgement"),
        [BASIS_TARGET] = "targets: what we aim for, not what is predicted",
        [BASIS_PREDICTION] = "predictions: what a model says of similar pupils, not a target",
    };

    report_note(report,
            "How to read this: each row counts the pupils of its years who reach the standard, "
            "out of "
            "those who have a value in all its subjects. The basis is %s.",
            bases[frame->basis]);
    report_note(report,
            "Measures of five or more awards count everybody. English is the mean of "
            "reading and writing where it has no value of its own.");
    report_note(report,
            "Year 4 measures use a target for the end of Year 4, else the point of the "
            "trajectory there.");
    report_note(report,
            "From and To: the range that chance alone allows for a group of this size "
            "(Wilson, 95%%). Groups whose ranges overlap widely should not be ranked.");
}

static void say(struct report *report, const struct table *table)
{
    int64_t least = INT64_MAX;

    report->counted = 0;
    for (size_t i = 0; i < table->row_n; i++) {
        const struct cell *of = &table->rows[i].cells[S_OF];

        if (of->number > 0 && of->number < least)
            least = of->number;
        if (of->number / 1000 > report->counted)
            report->counted = of->number / 1000;
    }
    if (report->counted > report->of)
        report->counted = report->of;
    if (least < 30000)
        report_caution(report,
                "Some rows rest on fewer than 30 pupils: one pupil is then more than "
                "3 percentage points.");
}

struct report *build_summary(struct arena *arena, const struct frame *frame,
        const struct cohort *cohort)
{
    char day[DATE_LONG_SIZE];
    struct report *report = build_begin(arena, "summary", frame, cohort, NULL);
    struct table *table;

    report->title = report_text(report, "%s: summary of %s on %s", frame->description,
            frame->basis == BASIS_ATTAINMENT ? "attainment"
            : frame->basis == BASIS_TARGET   ? "targets"
                                             : "predictions",
            date_long(cohort->day, day));
    report->basis = basis_name(frame->basis);
    table = report_table(report, "measures", "Measures", columns, S__MAX);
    if (frame->by_n == 0)
        add_cut(report, table, frame, cohort, CUT_NONE);
    for (size_t i = 0; i < frame->by_n; i++)
        add_cut(report, table, frame, cohort, frame->by[i]);
    if (table->row_n == 0)
        table->empty = cohort->pupil_n == 0
                               ? "No pupil on roll on this day fits these filters."
                               : "No measure asks about these pupils' years and subjects.";
    explain(report, frame);
    say(report, table);
    if (table->row_n > 0)
        report->says = report_text(report,
                "%zu measures, each with the range that chance allows.", table->row_n);
    return build_end(report, frame);
}
