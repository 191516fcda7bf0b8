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
    S_SCHOOL_TARGET,
    S_NATIONAL,
    S_NATIONAL_TARGET,
    S_FLOOR,
    S__MAX,
    S_BESIDE = 3, /* columns of a further basis: count, of, percent */
    S_ALL = S__MAX + 2 * S_BESIDE
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
    [S_SCHOOL_TARGET] = { .key = "school_target",
            .label = "Our target",
            .type = COLUMN_PERCENT,
            .unit = "%" },
    [S_NATIONAL] = { .key = "national",
            .label = "England",
            .type = COLUMN_PERCENT,
            .unit = "%",
            .minor = true },
    [S_NATIONAL_TARGET] = { .key = "national_target",
            .label = "National target",
            .type = COLUMN_PERCENT,
            .unit = "%",
            .minor = true,
            .quiet = true },
    [S_FLOOR] = { .key = "floor",
            .label = "Floor",
            .type = COLUMN_PERCENT,
            .unit = "%",
            .minor = true,
            .quiet = true },
};

/* The columns of one further basis, in the order of enum basis. */
static const struct column beside_columns[][S_BESIDE] = {
    [BASIS_ATTAINMENT] = { { .key = "attainment_count",
                                   .label = "Count by attainment",
                                   .type = COLUMN_INTEGER,
                                   .quiet = true },
            { .key = "attainment_of",
                    .label = "Of by attainment",
                    .type = COLUMN_INTEGER,
                    .quiet = true },
            { .key = "attainment_percent",
                    .label = "Attainment",
                    .type = COLUMN_PERCENT,
                    .unit = "%" } },
    [BASIS_TARGET] = { { .key = "target_count",
                               .label = "Count by target",
                               .type = COLUMN_INTEGER,
                               .quiet = true },
            { .key = "target_of",
                    .label = "Of by target",
                    .type = COLUMN_INTEGER,
                    .quiet = true },
            { .key = "target_percent",
                    .label = "Targets",
                    .type = COLUMN_PERCENT,
                    .unit = "%" } },
    [BASIS_PREDICTION] = { { .key = "prediction_count",
                                   .label = "Count by prediction",
                                   .type = COLUMN_INTEGER,
                                   .quiet = true },
            { .key = "prediction_of",
                    .label = "Of by prediction",
                    .type = COLUMN_INTEGER,
                    .quiet = true },
            { .key = "prediction_percent",
                    .label = "Predictions",
                    .type = COLUMN_PERCENT,
                    .unit = "%" } },
};

enum {
    G_MEASURE,
    G_LABEL,
    G_GROUP,
    G_VALUE,
    G_AGAINST,
    G_COUNT,
    G_OF,
    G_PERCENT,
    G_AGAINST_COUNT,
    G_AGAINST_OF,
    G_AGAINST_PERCENT,
    G_GAP,
    G_LOW,
    G_HIGH,
    G_PUPILS,
    G__MAX
};

static const struct column gap_columns[G__MAX] = {
    [G_MEASURE] = { .key = "measure", .label = "Id", .type = COLUMN_TEXT, .quiet = true },
    [G_LABEL] = { .key = "label", .label = "Measure", .type = COLUMN_TEXT },
    [G_GROUP] = { .key = "group", .label = "By", .type = COLUMN_TEXT, .quiet = true },
    [G_VALUE] = { .key = "value", .label = "Group", .type = COLUMN_TEXT },
    [G_AGAINST] = { .key = "against", .label = "Against", .type = COLUMN_TEXT },
    [G_COUNT] = { .key = "count", .label = "Count", .type = COLUMN_INTEGER, .quiet = true },
    [G_OF] = { .key = "of", .label = "Of", .type = COLUMN_INTEGER, .quiet = true },
    [G_PERCENT] = { .key = "percent",
            .label = "Share",
            .type = COLUMN_PERCENT,
            .unit = "%",
            .minor = true },
    [G_AGAINST_COUNT] = { .key = "against_count",
            .label = "Count of the other",
            .type = COLUMN_INTEGER,
            .quiet = true },
    [G_AGAINST_OF] = { .key = "against_of",
            .label = "Of the other",
            .type = COLUMN_INTEGER,
            .quiet = true },
    [G_AGAINST_PERCENT] = { .key = "against_percent",
            .label = "Other share",
            .type = COLUMN_PERCENT,
            .unit = "%",
            .minor = true },
    [G_GAP] = { .key = "gap",
            .label = "Gap",
            .sub = "percentage points",
            .type = COLUMN_PERCENT,
            .unit = "percentage points",
            .signed_ = true },
    [G_LOW] = { .key = "low",
            .label = "From",
            .type = COLUMN_PERCENT,
            .unit = "percentage points",
            .signed_ = true,
            .minor = true },
    [G_HIGH] = { .key = "high",
            .label = "To",
            .type = COLUMN_PERCENT,
            .unit = "percentage points",
            .signed_ = true,
            .minor = true },
    [G_PUPILS] = { .key = "gap_pupils", .label = "In pupils", .type = COLUMN_INTEGER },
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

/* What the figure is held against, where that is on file. */
static void put_goals(struct row *row, const struct frame *frame, const struct framework *fw,
        const struct measure *measure)
{
    const struct goal *goal =
            frame->goals == NULL ? NULL : &frame->goals[measure - fw->measures];

    if (goal != NULL && goal->school >= 0)
        cell_number(row, S_SCHOOL_TARGET, goal->school);
    if (goal != NULL && goal->national >= 0)
        cell_number(row, S_NATIONAL, goal->national);
    if (measure->national_target > 0)
        cell_number(row, S_NATIONAL_TARGET, measure->national_target);
    if (measure->floor > 0)
        cell_number(row, S_FLOOR, measure->floor);
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
    put_goals(row, frame, cohort->fw, in->measure);
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

        if (frame->subject >= 0 && measure->kind == MEASURE_FORMULA) {
            fits = fits && frame->measure != NULL;
        } else if (frame->subject >= 0 && measure->subject_n > 0) {
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

static void put_gap(struct report *report, struct table *table, const struct summary_gap *in)
{
    struct row *row = table_row(report, table);

    cell_text(report, row, G_MEASURE, in->measure->id);
    cell_text(report, row, G_LABEL, in->measure->label);
    cell_text(report, row, G_GROUP, in->group);
    cell_text(report, row, G_VALUE, in->value);
    cell_text(report, row, G_AGAINST, in->against == NULL ? "rest" : in->against);
    cell_number(row, G_COUNT, in->one.count * 1000);
    cell_number(row, G_OF, in->one.of * 1000);
    cell_number(row, G_PERCENT, report_percent(in->one.count, in->one.of));
    cell_number(row, G_AGAINST_COUNT, in->other.count * 1000);
    cell_number(row, G_AGAINST_OF, in->other.of * 1000);
    cell_number(row, G_AGAINST_PERCENT, report_percent(in->other.count, in->other.of));
    cell_number(row, G_GAP, in->gap.printed);
    cell_number(row, G_LOW, percent_printed(in->gap.low));
    cell_number(row, G_HIGH, percent_printed(in->gap.high));
    cell_number(row, G_PUPILS, in->gap.pupils * 1000);
}

/* What the rows of a summary are made from. */
struct summary_build {
    struct report *report;
    const struct frame *frame;
    const struct cohort *cohort;
    struct table *table, *gaps; /* gaps NULL: nothing is divided */
};

/* The figures of a further basis, beside the rows of the first: which rows there are does not
   depend on the basis. */
static void put_beside(struct summary_build *b, const int16_t *chosen, size_t n,
        const struct cut_index *index, size_t place)
{
    struct summary summary = { 0 };
    size_t column = S__MAX + place * S_BESIDE;
    struct err err;

    if (summary_of_index(b->report->arena, b->cohort, chosen, n, b->frame->beside[place], index,
                &summary, &err) != ERR_OK) {
        b->report->failed = true;
        return;
    }
    for (size_t i = 0; i < summary.row_n; i++) {
        struct row *row = &b->table->rows[b->table->row_n - summary.row_n + i];
        const struct proportion *p = &summary.rows[i].proportion;

        cell_number(row, column, p->count * 1000);
        cell_number(row, column + 1, p->of * 1000);
        if (p->of > 0)
            cell_number(row, column + 2, report_percent(p->count, p->of));
    }
}

static void add_cut(struct summary_build *b, enum cut cut)
{
    struct arena *arena = b->report->arena;
    const struct cohort *cohort = b->cohort;
    enum cut cross = cut == b->frame->cross || cut == CUT_NONE ? CUT_NONE : b->frame->cross;
    int16_t *chosen = arena_array(arena, (size_t)cohort->fw->measure_n + 1, sizeof(*chosen));
    struct summary summary = { 0 };
    struct cut_index index;
    struct err err;
    size_t n;

    b->report->failed = b->report->failed || chosen == NULL ||
                        cut_make_crossed(arena, cohort, cut, cross, &index, &err) != ERR_OK;
    if (b->report->failed)
        return;
    n = choose(b->frame, cohort->fw, chosen);
    if (n == 0)
        return;
    if (summary_of_index(arena, cohort, chosen, n, b->frame->basis, &index, &summary, &err) !=
            ERR_OK) {
        b->report->failed = true;
        return;
    }
    for (size_t i = 0; i < summary.row_n; i++)
        put_row(b->report, b->table, b->frame, cohort, &summary.rows[i]);
    for (size_t i = 0; i < b->frame->beside_n; i++)
        put_beside(b, chosen, n, &index, i);
    for (size_t i = 0; i < summary.gap_n && b->gaps != NULL; i++)
        put_gap(b->report, b->gaps, &summary.gaps[i]);
}

/* All cuts asked for, or everybody together. */
static void add_cuts(struct summary_build *b)
{
    if (b->frame->by_n == 0) {
        add_cut(b, CUT_NONE);
        return;
    }
    b->gaps = report_table(b->report, "gaps", "Gaps", gap_columns, G__MAX);
    b->gaps->caption = "The first group's share less the other's, in percentage points. In "
                       "pupils: how many more of the group with the smaller share would have "
                       "to reach the standard.";
    for (size_t i = 0; i < b->frame->by_n; i++)
        add_cut(b, b->frame->by[i]);
    if (b->gaps->row_n == 0)
        b->gaps->empty = "There are no two groups here to compare.";
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
    if (frame->by_n > 0)
        report_note(report,
                "Gaps: From and To are the range that chance alone allows (Newcombe, 95%%); "
                "where "
                "it "
                "holds nought, the groups may well not differ. Where a division has more than "
                "two "
                "groups, each stands against the rest: all others on record. In pupils counts "
                "whole "
                "pupils; 0 is less than one.");
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

static struct table *measures_table(struct report *report, const struct frame *frame)
{
    static const char *const headings[] = {
        [BASIS_ATTAINMENT] = "Attainment",
        [BASIS_TARGET] = "Targets",
        [BASIS_PREDICTION] = "Predictions",
    };
    struct column all[S_ALL];

    memcpy(all, columns, sizeof(columns));
    for (size_t i = 0; i < frame->beside_n; i++)
        memcpy(&all[S__MAX + i * S_BESIDE], beside_columns[frame->beside[i]],
                sizeof(beside_columns[0]));
    if (frame->beside_n > 0)
        all[S_PERCENT].label = headings[frame->basis];
    return report_table(report, "measures", "Measures", all,
            S__MAX + frame->beside_n * S_BESIDE);
}

/* Columns of figures that are not on file stay out of sight. */
static void hide_empty(struct table *table)
{
    for (size_t c = S_SCHOOL_TARGET; c <= S_FLOOR; c++) {
        bool any = false;

        for (size_t i = 0; i < table->row_n && !any; i++)
            any = table->rows[i].cells[c].state == CELL_SET;
        table->columns[c].quiet = table->columns[c].quiet || !any;
    }
}

/* How the figures that measures are held against came about. */
static void explain_goals(struct report *report, const struct frame *frame,
        const struct table *table)
{
    bool national = false;

    for (size_t i = 0; i < table->row_n; i++)
        national = national || table->rows[i].cells[S_NATIONAL].state == CELL_SET;
    if (national)
        report_note(report,
                "England: the newest national figure on file until this school year. It is of "
                "final results; attainment now is not.");
    if (frame->beside_n > 0)
        report_note(report,
                "Several bases stand side by side; count, range and gaps are those of %s.",
                basis_name(frame->basis));
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
    table = measures_table(report, frame);
    add_cuts(&(struct summary_build){ report, frame, cohort, table, NULL });
    if (table->row_n == 0)
        table->empty = cohort->pupil_n == 0
                               ? "No pupil on roll on this day fits these filters."
                               : "No measure asks about these pupils' years and subjects.";
    explain(report, frame);
    explain_goals(report, frame, table);
    hide_empty(table);
    say(report, table);
    if (table->row_n > 0)
        report->says = report_text(report,
                "%zu figures, each with the range that chance allows.", table->row_n);
    return build_end(report, frame);
}
