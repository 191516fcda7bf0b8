#include "base/text.h"
#include "reports/build.h"

enum {
    P_UPN,
    P_SURNAME,
    P_FORENAME,
    P_YEAR,
    P_REGISTRATION,
    P_SUBJECT,
    P_PRIOR,
    P_TARGET,
    P_PROGRESS_TARGET,
    P_CURRENT,
    P_CURRENT_DATE,
    P_CURRENT_POINTS,
    P_PROGRESS_POINTS,
    P_GAP_POINTS,
    P_GAP_STEPS,
    P_FLAG,
    P_ADJUSTED,
    P__MAX,
};

static const struct column columns[P__MAX] = {
    [P_UPN] = { .key = "upn", .label = "UPN", .type = COLUMN_TEXT, .quiet = true },
    [P_SURNAME] = { .key = "surname", .label = "Surname", .type = COLUMN_TEXT },
    [P_FORENAME] = { .key = "forename",
            .label = "Forename",
            .type = COLUMN_TEXT,
            .join = "Pupil" },
    [P_YEAR] = { .key = "year_group", .label = "Year", .type = COLUMN_GRADE, .minor = true },
    [P_REGISTRATION] = { .key = "registration",
            .label = "Form",
            .type = COLUMN_GRADE,
            .minor = true },
    [P_SUBJECT] = { .key = "subject", .label = "Subject", .type = COLUMN_GRADE },
    [P_PRIOR] = { .key = "prior", .label = "Prior", .type = COLUMN_GRADE, .minor = true },
    [P_TARGET] = { .key = "target", .label = "Target", .type = COLUMN_GRADE },
    [P_PROGRESS_TARGET] = { .key = "progress_target",
            .label = "Progress target",
            .type = COLUMN_GRADE },
    [P_CURRENT] = { .key = "current", .label = "Current", .type = COLUMN_GRADE },
    [P_CURRENT_DATE] = { .key = "current_date",
            .label = "Judged on",
            .type = COLUMN_DATE,
            .minor = true },
    [P_CURRENT_POINTS] = { .key = "current_points",
            .label = "Current",
            .type = COLUMN_POINTS,
            .unit = "points",
            .quiet = true },
    [P_PROGRESS_POINTS] = { .key = "progress_points",
            .label = "Progress target",
            .type = COLUMN_POINTS,
            .unit = "points",
            .quiet = true },
    [P_GAP_POINTS] = { .key = "gap_points",
            .label = "Gap",
            .type = COLUMN_POINTS,
            .unit = "points",
            .signed_ = true },
    [P_GAP_STEPS] = { .key = "gap_steps",
            .label = "Steps",
            .type = COLUMN_INTEGER,
            .signed_ = true,
            .minor = true },
    [P_FLAG] = { .key = "flag", .label = "Against target", .type = COLUMN_FLAG },
    [P_ADJUSTED] = { .key = "adjusted",
            .label = "Adjusted",
            .type = COLUMN_BOOL,
            .quiet = true },
};

struct standing {
    int64_t flags[FLAG__MAX];
    int64_t flagged; /* judgements with a flag */
    int64_t pupils;  /* pupils with one at least */
    int64_t no_target, no_current;
};

static void put_points(struct row *row, size_t column, int32_t points)
{
    if (points != POINTS_NONE)
        cell_number(row, column, points);
}

static void put_value(struct report *report, struct row *row, size_t column,
        const struct framework *fw, struct value value)
{
    char text[VALUE_TEXT_SIZE];

    cell_text(report, row, column, framework_shown_text(fw, value, text));
}

static void put_judgement(struct report *report, struct row *row, const struct cohort *cohort,
        size_t cell)
{
    const struct progress_target *progress = &cohort->progress[cell];
    char text[PROGRESS_TEXT_SIZE];

    put_value(report, row, P_PRIOR, cohort->fw, cohort->prior[cell]);
    put_value(report, row, P_TARGET, cohort->fw, cohort->target[cell]);
    put_value(report, row, P_CURRENT, cohort->fw, cohort->now[cell]);
    cell_text(report, row, P_PROGRESS_TARGET, progress_target_text(cohort->fw, progress, text));
    put_points(row, P_PROGRESS_POINTS, progress->points);
    if (value_is_set(cohort->now[cell])) {
        put_points(row, P_CURRENT_POINTS, cohort->now[cell].points);
        cell_number(row, P_CURRENT_DATE, cohort->now_date[cell].ymd);
    }
    put_points(row, P_GAP_POINTS, cohort->gap[cell]);
    if (cohort->steps[cell] != STEP_NONE)
        cell_number(row, P_GAP_STEPS, (int64_t)cohort->steps[cell] * 1000);
    if (cohort->flag[cell] != FLAG_NONE) {
        cell_text(report, row, P_FLAG, flag_code((enum flag)cohort->flag[cell]));
        cell_number(row, P_FLAG, cohort->flag[cell]);
    }
    cell_number(row, P_ADJUSTED, progress->adjusted ? 1 : 0);
}

static void put_pupil(struct report *report, struct row *row, const struct cohort *cohort,
        size_t p, size_t s)
{
    const struct cohort_pupil *pupil = &cohort->pupils[p];

    cell_text(report, row, P_UPN, pupil->upn);
    cell_text(report, row, P_SURNAME, pupil->surname);
    cell_text(report, row, P_FORENAME, pupil->forename);
    if (pupil->year != COHORT_YEAR_UNKNOWN)
        cell_text(report, row, P_YEAR, framework_year_text(pupil->year));
    cell_text(report, row, P_REGISTRATION, pupil->registration);
    cell_text(report, row, P_SUBJECT, cohort->fw->subjects[cohort->subjects[s]].code);
    row->link = report_text(report, "/pupils/%lld", (long long)pupil->id);
}

static void count(struct standing *tally, const struct cohort *cohort, size_t cell)
{
    enum flag flag = (enum flag)cohort->flag[cell];

    tally->flags[flag]++;
    if (flag != FLAG_NONE)
        tally->flagged++;
    else if (!value_is_set(cohort->now[cell]))
        tally->no_current++;
    else
        tally->no_target++;
}

/* One subject asked for: everybody has a row. All subjects: those with something to say. */
static bool has_row(const struct frame *frame, const struct cohort *cohort, size_t s,
        size_t cell)
{
    if (frame->subject >= 0)
        return cohort->subjects[s] == frame->subject;
    return value_is_set(cohort->now[cell]) || value_is_set(cohort->target[cell]);
}

static void add_rows(struct report *report, struct table *table, const struct frame *frame,
        const struct cohort *cohort, struct standing *tally)
{
    for (size_t p = 0; p < cohort->pupil_n; p++) {
        int64_t before = tally->flagged;

        for (size_t s = 0; s < cohort->subject_n; s++) {
            size_t cell = cohort_cell(cohort, p, s);
            struct row *row;

            if (!has_row(frame, cohort, s, cell))
                continue;
            count(tally, cohort, cell);
            if (frame->flag != FLAG_NONE && cohort->flag[cell] != frame->flag)
                continue;
            row = table_row(report, table);
            put_pupil(report, row, cohort, p, s);
            put_judgement(report, row, cohort, cell);
        }
        if (tally->flagged > before)
            tally->pupils++;
    }
}

static void add_flag_table(struct report *report, const struct standing *tally)
{
    static const struct column flag_columns[] = {
        { .key = "flag", .label = "Against target", .type = COLUMN_FLAG },
        { .key = "count", .label = "Judgements", .type = COLUMN_INTEGER },
        { .key = "percent", .label = "Share", .type = COLUMN_PERCENT, .unit = "%" },
    };
    struct table *table = report_table(report, "flags", "Where they stand", flag_columns,
            COUNT(flag_columns));

    for (int flag = FLAG_WELL_BELOW; flag < FLAG__MAX; flag++) {
        struct row *row;

        if (flag == FLAG_WELL_ABOVE && tally->flags[flag] == 0)
            continue;
        row = table_row(report, table);
        cell_text(report, row, 0, flag_code((enum flag)flag));
        cell_number(row, 0, flag);
        cell_number(row, 1, tally->flags[flag] * 1000);
        if (tally->flagged > 0)
            cell_number(row, 2, report_percent(tally->flags[flag], tally->flagged));
    }
    if (tally->flagged == 0)
        table->empty = "Nobody has both a target and a judgement, so nothing can be compared.";
}

enum {
    B_GROUP,
    B_VALUE,
    B_PUPILS,
    B_JUDGEMENTS,
    B_BELOW,
    B_BELOW_PERCENT,
    B_ON,
    B_ON_PERCENT,
    B_ABOVE,
    B_ABOVE_PERCENT,
    B__MAX
};

static const struct column by_columns[B__MAX] = {
    [B_GROUP] = { .key = "group", .label = "By", .type = COLUMN_TEXT, .quiet = true },
    [B_VALUE] = { .key = "value", .label = "Group", .type = COLUMN_TEXT },
    [B_PUPILS] = { .key = "pupils", .label = "Pupils", .type = COLUMN_INTEGER },
    [B_JUDGEMENTS] = { .key = "judgements", .label = "Judgements", .type = COLUMN_INTEGER },
    [B_BELOW] = { .key = "below", .label = "Below", .type = COLUMN_INTEGER },
    [B_BELOW_PERCENT] = { .key = "below_percent",
            .label = "Below",
            .type = COLUMN_PERCENT,
            .unit = "%" },
    [B_ON] = { .key = "on", .label = "On", .type = COLUMN_INTEGER },
    [B_ON_PERCENT] = { .key = "on_percent",
            .label = "On",
            .type = COLUMN_PERCENT,
            .unit = "%" },
    [B_ABOVE] = { .key = "above", .label = "Above", .type = COLUMN_INTEGER },
    [B_ABOVE_PERCENT] = { .key = "above_percent",
            .label = "Above",
            .type = COLUMN_PERCENT,
            .unit = "%" },
};

/* Where the pupils of one value stand. */
static struct standing standing_of(const struct frame *frame, const struct cohort *cohort,
        const struct cut_index *index, size_t value)
{
    struct standing tally = { 0 };

    for (size_t p = 0; p < cohort->pupil_n; p++) {
        int64_t before = tally.flagged;

        for (size_t s = 0; s < cohort->subject_n && cut_has(index, p, value); s++) {
            size_t cell = cohort_cell(cohort, p, s);

            if (has_row(frame, cohort, s, cell))
                count(&tally, cohort, cell);
        }
        tally.pupils += tally.flagged > before;
    }
    return tally;
}

static void put_standing(struct report *report, struct table *table, const char *group,
        const char *value, const struct standing *tally)
{
    struct row *row = table_row(report, table);
    int64_t below = tally->flags[FLAG_WELL_BELOW] + tally->flags[FLAG_BELOW];
    int64_t above = tally->flags[FLAG_ABOVE] + tally->flags[FLAG_WELL_ABOVE];

    cell_text(report, row, B_GROUP, group);
    cell_text(report, row, B_VALUE, value);
    cell_number(row, B_PUPILS, tally->pupils * 1000);
    cell_number(row, B_JUDGEMENTS, tally->flagged * 1000);
    cell_number(row, B_BELOW, below * 1000);
    cell_number(row, B_ON, tally->flags[FLAG_ON] * 1000);
    cell_number(row, B_ABOVE, above * 1000);
    if (tally->flagged == 0)
        return;
    cell_number(row, B_BELOW_PERCENT, report_percent(below, tally->flagged));
    cell_number(row, B_ON_PERCENT, report_percent(tally->flags[FLAG_ON], tally->flagged));
    cell_number(row, B_ABOVE_PERCENT, report_percent(above, tally->flagged));
}

/* Counts and shares below, on and above for each value of each cut asked for. */
static void add_by_table(struct report *report, const struct frame *frame,
        const struct cohort *cohort)
{
    struct table *table;

    if (frame->by_n == 0)
        return;
    table = report_table(report, "by", "Where each group stands", by_columns, B__MAX);
    for (size_t i = 0; i < frame->by_n; i++) {
        enum cut cross = frame->by[i] == frame->cross ? CUT_NONE : frame->cross;
        struct cut_index index;
        struct err err;

        if (cut_make_crossed(report->arena, cohort, frame->by[i], cross, &index, &err) !=
                ERR_OK) {
            report->failed = true;
            return;
        }
        for (size_t v = 0; v < index.value_n; v++) {
            struct standing tally = standing_of(frame, cohort, &index, v);

            put_standing(report, table, index.name, index.values[v], &tally);
        }
    }
    if (table->row_n == 0)
        table->empty = "None of these pupils has a value to be divided by.";
}

static void add_chart(struct report *report, const struct standing *standing)
{
    struct chart *chart;

    if (standing->flagged == 0)
        return;
    chart = report_chart(report, "flags", "Where they stand", "stacked",
            report_text(report,
                    "Of %lld judgements: %lld well below, %lld below, %lld on, %lld above.",
                    (long long)standing->flagged, (long long)standing->flags[FLAG_WELL_BELOW],
                    (long long)standing->flags[FLAG_BELOW], (long long)standing->flags[FLAG_ON],
                    (long long)standing->flags[FLAG_ABOVE] +
                            (long long)standing->flags[FLAG_WELL_ABOVE]));
    for (int flag = FLAG_WELL_BELOW; flag < FLAG__MAX; flag++) {
        struct chart_series *series;

        if (flag == FLAG_WELL_ABOVE && standing->flags[flag] == 0)
            continue;
        series = chart_series(report, chart, flag_word((enum flag)flag),
                flag_code((enum flag)flag));
        chart_point(report, series, 0, standing->flags[flag] * 1000, "Judgements");
    }
}

static void say(struct report *report, const struct frame *frame, const struct standing *tally)
{
    long long good = (long long)tally->flags[FLAG_ON] + (long long)tally->flags[FLAG_ABOVE] +
                     (long long)tally->flags[FLAG_WELL_ABOVE];
    const char *what = frame->subject >= 0 ? "pupils judged so far" : "judgements";

    if (tally->flagged == 0) {
        report->says = "Nobody here has both a target and a judgement yet.";
        return;
    }
    report->says = report_text(report,
            "%lld of the %lld %s %s on or above the progress target; %lld %s below it and %lld "
            "well "
            "below.",
            good, (long long)tally->flagged, what, good == 1 ? "is" : "are",
            (long long)tally->flags[FLAG_BELOW], tally->flags[FLAG_BELOW] == 1 ? "is" : "are",
            (long long)tally->flags[FLAG_WELL_BELOW]);
}

static void explain(struct report *report, const struct frame *frame,
        const struct cohort *cohort, const struct standing *tally)
{
    const struct reckoning *r = &cohort->reckoning;
    int period = calendar_period(&r->calendar, cohort->day);
    char rule[FLAG_RULE_SIZE];

    report_note(report,
            "How to read this: each pupil's latest judgement stands beside the progress "
            "target, the "
            "point on the straight line from prior attainment to the target at the end of the "
            "%s "
            "%s. The line is notional: one part of the evidence, not a forecast.",
            r->calendar.periods[period].name, r->calendar.period_n == 3 ? "term" : "period");
    report_note(report,
            "Where a stage is judged by likely grades (Key Stage 4), the likely grade "
            "stands beside the final target.");
    report_note(report,
            "Rounding: a progress target is written as %s. Gap is in exact points, before "
            "rounding.",
            r->rounding == ROUND_PAIR
                    ? "the two neighbouring grades, or one where it falls on one"
                    : "the nearest grade; half-way goes to the higher");
    report_note(report,
            "Flags by steps on the scale (sub-levels; grades or thirds in Key Stage 4): "
            "%s.",
            flag_rule_text(&r->flags, rule));
    if (tally->no_current > 0)
        report_note(report, "%lld %s no judgement and %s not counted.",
                (long long)tally->no_current, tally->no_current == 1 ? "row has" : "rows have",
                tally->no_current == 1 ? "is" : "are");
    if (tally->no_target > 0)
        report_note(report,
                "%lld %s a judgement but nothing to compare it with (no target, no prior "
                "attainment, or another scale) and %s not counted.",
                (long long)tally->no_target, tally->no_target == 1 ? "row has" : "rows have",
                tally->no_target == 1 ? "is" : "are");
    if (frame->by_n > 0)
        report_note(report,
                "Groups: below counts those below and well below, above those above "
                "and well above, "
                "out of the group's judgements that can be compared with a target.");
    if (tally->pupils > 0 && tally->pupils < 30)
        report_caution(report, "Small group: one pupil is %lld.%lld percentage points.",
                (long long)(report_percent(1, tally->pupils) / 1000),
                (long long)(report_percent(1, tally->pupils) / 100 % 10));
}

struct report *build_progress(struct arena *arena, const struct frame *frame,
        const struct cohort *cohort)
{
    char day[DATE_LONG_SIZE];
    struct standing tally = { 0 };
    struct report *report = build_begin(arena, "progress", frame, cohort, NULL);
    struct table *table;

    report->title = report_text(report, "%s: current attainment against progress targets on %s",
            frame->description, date_long(cohort->day, day));
    report->basis = basis_name(BASIS_ATTAINMENT);
    table = report_table(report, "pupils", "Pupils", columns, P__MAX);
    add_rows(report, table, frame, cohort, &tally);
    if (table->row_n == 0)
        table->empty =
                cohort->pupil_n == 0 ? "No pupil on roll on this day fits these filters."
                : frame->flag != FLAG_NONE
                        ? "None of these pupils stands there."
                        : "No target and no judgement has been recorded for these pupils.";
    report->counted = tally.pupils;
    add_flag_table(report, &tally);
    add_by_table(report, frame, cohort);
    add_chart(report, &tally);
    say(report, frame, &tally);
    explain(report, frame, cohort, &tally);
    return build_end(report, frame);
}
