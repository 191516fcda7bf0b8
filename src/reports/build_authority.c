#include "analysis/measure.h"
#include "base/text.h"
#include "reports/build_authority_in.h"
#include "reports/suppress.h"

enum {
    CHARTS_MOST = 6 /* more measures than that are a table */
};

static const struct {
    const char *code, *name;
} bodies[BODY__MAX] = {
    [BODY_AUTHORITY] = { "authority", "All schools" },
    [BODY_NATIONAL] = { "national", "National" },
    [BODY_SUPPORTED] = { "supported", "Supported schools" },
    [BODY_NOT_SUPPORTED] = { "not-supported", "Other schools" },
};

/* ---- the columns of the years ---- */

static struct column year_column(struct report *report, const char *kind, const char *label,
        int year, enum column_type type)
{
    return (struct column){ .key = report_text(report, "%s_%d", kind, year),
        .label = report_text(report, "%s %d", label, year),
        .type = type,
        .unit = type == COLUMN_PERCENT ? "%" : NULL };
}

/* A table with the fixed columns and then roll, share and (with `changes`) change by year. */
static struct table *year_table(struct authority_build *b, const char *name, const char *title,
        const struct column *fixed, size_t fixed_n, bool changes)
{
    struct report *report = b->report;
    size_t year_n = b->in->year_n;
    struct column *columns =
            arena_array(report->arena, fixed_n + year_n * 3 + 1, sizeof(*columns));
    size_t n = fixed_n;

    if (columns == NULL) {
        report->failed = true;
        return report_table(report, name, title, fixed, fixed_n);
    }
    for (size_t i = 0; i < fixed_n; i++)
        columns[i] = fixed[i];
    for (size_t y = 0; y < year_n; y++) {
        columns[n] =
                year_column(report, "roll", "Roll", b->in->first_year + (int)y, COLUMN_INTEGER);
        columns[n++].minor = true;
    }
    for (size_t y = 0; y < year_n; y++)
        columns[n++] = year_column(report, "percent", "Share", b->in->first_year + (int)y,
                COLUMN_PERCENT);
    for (size_t y = 0; y < year_n && changes; y++) {
        columns[n] = year_column(report, "change", "Change", b->in->first_year + (int)y,
                COLUMN_PERCENT);
        columns[n].signed_ = true;
        columns[n].minor = true;
        columns[n++].quiet = y == 0;
    }
    if (changes)
        columns[n++] = (struct column){ .key = "change_total",
            .label = "Change in all",
            .type = COLUMN_PERCENT,
            .unit = "%",
            .signed_ = true };
    return report_table(report, name, title, columns, n);
}

/* One row's years: what is printed, -1 for none. */
struct years {
    struct authority_build *b;
    struct row *row;
    size_t first; /* column of the first year's roll */
    int64_t *percent;
    bool *hide;
};

static void put_roll(const struct years *years, size_t y, int64_t roll, bool hide)
{
    if (hide)
        cell_suppressed(years->row, years->first + y);
    else
        cell_number(years->row, years->first + y, roll * 1000);
}

static void put_percent(const struct years *years, size_t y, int64_t printed, bool hide)
{
    size_t column = years->first + years->b->in->year_n + y;

    years->percent[y] = printed;
    years->hide[y] = hide && printed >= 0;
    if (printed < 0)
        return;
    if (hide)
        cell_suppressed(years->row, column);
    else
        cell_number(years->row, column, printed);
}

static void put_change(const struct years *years, size_t column, size_t from, size_t to)
{
    if (years->percent[from] < 0 || years->percent[to] < 0)
        return;
    if (years->hide[from] || years->hide[to])
        cell_suppressed(years->row, column);
    else
        cell_number(years->row, column, years->percent[to] - years->percent[from]);
}

static void put_changes(const struct years *years)
{
    size_t n = years->b->in->year_n;

    for (size_t y = 1; y < n; y++)
        put_change(years, years->first + 2 * n + y, y - 1, y);
    if (n > 1)
        put_change(years, years->first + 3 * n, 0, n - 1);
}

static struct years begin_years(struct authority_build *b, struct row *row, size_t first)
{
    struct years years = { b, row, first,
        arena_array(b->report->arena, b->in->year_n, sizeof(*years.percent)),
        arena_array(b->report->arena, b->in->year_n, sizeof(*years.hide)) };

    if (years.percent == NULL || years.hide == NULL)
        b->report->failed = true;
    return years;
}

/* ---- attainment ---- */

enum {
    A_MEASURE,
    A_LABEL,
    A_SUBJECT,
    A_BODY,
    A_FIXED
};

static const struct column attainment_columns[A_FIXED] = {
    [A_MEASURE] = { .key = "measure", .label = "Id", .type = COLUMN_TEXT, .quiet = true },
    [A_LABEL] = { .key = "label", .label = "Measure", .type = COLUMN_TEXT },
    [A_SUBJECT] = { .key = "subject", .label = "Subject", .type = COLUMN_TEXT, .quiet = true },
    [A_BODY] = { .key = "body", .label = "Body", .type = COLUMN_TEXT },
};

/* The printed percentage of a body; the roll of those that are pupils, else -1. */
static int64_t figure_of(const struct authority_measure *measure, enum authority_body body,
        size_t y, int64_t *ret_roll)
{
    const struct roll_up *sum = &measure->years[y];

    *ret_roll = -1;
    switch (body) {
    case BODY_AUTHORITY:
        *ret_roll = sum->all.roll;
        return proportion_printed(sum->all.count, sum->all.of);
    case BODY_SUPPORTED:
    case BODY_NOT_SUPPORTED:
        *ret_roll = sum->body[body == BODY_SUPPORTED].roll;
        return roll_up_mean(sum, body == BODY_SUPPORTED);
    case BODY_NATIONAL:
    case BODY__MAX:
        break;
    }
    return measure->national[y];
}

static bool body_is_shown(const struct authority_build *b, enum authority_body body)
{
    if (body == BODY_SUPPORTED || body == BODY_NOT_SUPPORTED)
        return b->in->has_tags;
    for (size_t y = 0; y < b->in->year_n && body == BODY_NATIONAL; y++) {
        if (b->measure->national[y] >= 0)
            return true;
    }
    return body == BODY_AUTHORITY;
}

static void add_body(struct authority_build *b, enum authority_body body)
{
    const struct authority_measure *measure = b->measure;
    struct row *row = table_row(b->report, b->attainment);
    struct years years = begin_years(b, row, A_FIXED);

    if (b->report->failed)
        return;
    cell_text(b->report, row, A_MEASURE, measure->id);
    cell_text(b->report, row, A_LABEL, measure->label);
    cell_text(b->report, row, A_SUBJECT, measure->subject);
    cell_text(b->report, row, A_BODY, bodies[body].code);
    for (size_t y = 0; y < b->in->year_n; y++) {
        bool hide = b->hide_body[(size_t)body * b->in->year_n + y];
        int64_t roll;
        int64_t printed = figure_of(measure, body, y, &roll);

        if (roll >= 0)
            put_roll(&years, y, roll, hide);
        put_percent(&years, y, printed, hide);
    }
    put_changes(&years);
}

/* ---- groups ---- */

enum {
    G_MEASURE,
    G_LABEL,
    G_SUBJECT,
    G_GROUP,
    G_VALUE,
    G_FIXED
};

static const struct column group_columns[G_FIXED] = {
    [G_MEASURE] = { .key = "measure", .label = "Id", .type = COLUMN_TEXT, .quiet = true },
    [G_LABEL] = { .key = "label", .label = "Measure", .type = COLUMN_TEXT },
    [G_SUBJECT] = { .key = "subject", .label = "Subject", .type = COLUMN_TEXT, .quiet = true },
    [G_GROUP] = { .key = "group", .label = "By", .type = COLUMN_TEXT, .quiet = true },
    [G_VALUE] = { .key = "value", .label = "Group", .type = COLUMN_TEXT },
};

static void add_group(struct authority_build *b, size_t g)
{
    const struct authority_group *group = &b->measure->groups[g];
    struct row *row = table_row(b->report, b->groups);
    struct years years = begin_years(b, row, G_FIXED);

    if (b->report->failed)
        return;
    cell_text(b->report, row, G_MEASURE, b->measure->id);
    cell_text(b->report, row, G_LABEL, b->measure->label);
    cell_text(b->report, row, G_SUBJECT, b->measure->subject);
    cell_text(b->report, row, G_GROUP, group->by);
    cell_text(b->report, row, G_VALUE, group->value);
    for (size_t y = 0; y < b->in->year_n; y++) {
        const struct attained *one = &group->years[y];
        bool hide = b->hide_group[g * b->in->year_n + y];

        put_roll(&years, y, one->roll, hide);
        put_percent(&years, y, proportion_printed(one->count, one->of), hide);
    }
    put_changes(&years);
}

/* Cut by cut, each value where it first came by. */
static void add_groups(struct authority_build *b)
{
    const struct authority_measure *measure = b->measure;

    for (size_t first = 0; first < measure->group_n; first++) {
        size_t before = 0;

        while (!text_eq(measure->groups[before].by, measure->groups[first].by))
            before++;
        for (size_t g = first; before == first && g < measure->group_n; g++) {
            if (text_eq(measure->groups[g].by, measure->groups[first].by))
                add_group(b, g);
        }
    }
}

/* ---- schools ---- */

enum {
    S_LAESTAB,
    S_SCHOOL,
    S_YEAR,
    S_SUPPORTED,
    S_FIXED
};

static const struct column school_columns[S_FIXED] = {
    [S_LAESTAB] = { .key = "laestab",
            .label = "School no.",
            .type = COLUMN_TEXT,
            .quiet = true },
    [S_SCHOOL] = { .key = "school", .label = "School", .type = COLUMN_TEXT },
    [S_YEAR] = { .key = "year", .label = "Year", .type = COLUMN_TEXT },
    [S_SUPPORTED] = { .key = "supported", .label = "Supported", .type = COLUMN_BOOL },
};

/* "percent_ks2_l4_eng" */
static const char *measure_key(struct report *report, const char *kind, const char *id)
{
    char *key = arena_printf(report->arena, "%s_%s", kind, id);

    if (key == NULL) {
        report->failed = true;
        return kind;
    }
    for (char *at = key; *at != '\0'; at++) {
        if (*at == '-')
            *at = '_';
    }
    return key;
}

static void make_school_table(struct authority_build *b)
{
    struct report *report = b->report;
    const struct authority *in = b->in;
    struct column *columns =
            arena_array(report->arena, S_FIXED + in->measure_n * 2 + 1, sizeof(*columns));
    size_t n = 0;

    if (columns == NULL) {
        report->failed = true;
        return;
    }
    for (; n < S_FIXED; n++)
        columns[n] = school_columns[n];
    for (size_t m = 0; m < in->measure_n; m++) {
        const struct authority_measure *measure = &in->measures[m];

        columns[n++] =
                (struct column){ .key = in->chosen ? "roll"
                                                   : measure_key(report, "roll", measure->id),
                    .label = in->chosen ? "Roll" : report_text(report, "%s roll", measure->id),
                    .type = COLUMN_INTEGER,
                    .quiet = !in->chosen };
        columns[n++] = (struct column){
            .key = in->chosen ? "percent" : measure_key(report, "percent", measure->id),
            .label = in->chosen ? "Share" : measure->id,
            .type = COLUMN_PERCENT,
            .unit = "%",
        };
    }
    b->schools = report_table(report, "schools", "School by school", columns, n);
}

static bool school_has_results(const struct authority *in, size_t s)
{
    for (size_t m = 0; m < in->measure_n; m++) {
        for (size_t y = 0; y < in->year_n; y++) {
            if (in->measures[m].schools[s * in->year_n + y].roll != 0)
                return true;
        }
    }
    return false;
}

static struct row *school_row(struct authority_build *b, size_t s, size_t y)
{
    const struct authority_school *school = &b->in->schools[s];
    struct row *row = table_row(b->report, b->schools);

    cell_text(b->report, row, S_LAESTAB, school->laestab);
    cell_text(b->report, row, S_SCHOOL, school->name);
    cell_text(b->report, row, S_YEAR, report_text(b->report, "%d", b->in->first_year + (int)y));
    cell_number(row, S_SUPPORTED, school->tagged[y]);
    return row;
}

static void add_school_rows(struct authority_build *b)
{
    for (size_t s = 0; s < b->in->school_n; s++) {
        for (size_t y = 0; y < b->in->year_n && school_has_results(b->in, s); y++)
            (void)school_row(b, s, y);
    }
}

/* The two cells of one measure in every row of the schools; the rows are there. */
static void fill_schools(struct authority_build *b, size_t m)
{
    const struct authority *in = b->in;
    size_t r = 0;

    for (size_t s = 0; s < in->school_n && !b->report->failed; s++) {
        for (size_t y = 0; y < in->year_n && school_has_results(in, s); y++) {
            const struct attained *one = &b->measure->schools[s * in->year_n + y];
            struct row *row = &b->schools->rows[r++];
            int64_t printed = proportion_printed(one->count, one->of);

            if (one->roll == 0)
                continue;
            cell_number(row, S_FIXED + 2 * m, one->roll * 1000);
            if (printed >= 0)
                cell_number(row, S_FIXED + 2 * m + 1, printed);
            if (!b->hide_school[s * in->year_n + y])
                continue;
            cell_suppressed(row, S_FIXED + 2 * m);
            cell_suppressed(row, S_FIXED + 2 * m + 1);
        }
    }
}

/* ---- the chart ---- */

static void add_line(struct authority_build *b, struct chart *chart, enum authority_body body)
{
    struct chart_series *series = chart_series(b->report, chart, bodies[body].name,
            body == BODY_NATIONAL ? "line" : "points");

    for (size_t y = 0; y < b->in->year_n; y++) {
        int64_t roll;
        int64_t printed = figure_of(b->measure, body, y, &roll);

        if (printed >= 0 && !b->hide_body[(size_t)body * b->in->year_n + y])
            chart_point(b->report, series, (b->in->first_year + (int64_t)y) * 1000, printed,
                    NULL);
    }
}

static void add_chart(struct authority_build *b)
{
    struct report *report = b->report;
    struct chart *chart = report_chart(report, b->measure->id, b->measure->label, "line",
            report_text(report,
                    "Share of pupils at %s, year by year, of all schools together and of the "
                    "bodies beside them.",
                    b->measure->label));

    chart->unit = "%";
    chart->x_title = "Year";
    for (size_t y = 0; y < b->in->year_n; y++)
        chart_x_tick(report, chart, (b->in->first_year + (int64_t)y) * 1000,
                report_text(report, "%d", b->in->first_year + (int)y), false);
    for (int body = 0; body < BODY__MAX; body++) {
        if (body_is_shown(b, (enum authority_body)body))
            add_line(b, chart, (enum authority_body)body);
    }
}

/* ---- around it ---- */

static void explain(struct authority_build *b)
{
    struct report *report = b->report;

    report_note(report,
            "How to read this: the share of pupils with a final result of the stage dated in "
            "the year (1 September to 31 August) who reach the standard. The roll is who has "
            "a result in the subject; one without a level (absent, below the test) counts on "
            "the roll and does not reach it. Progress is of those with a level before and "
            "after. Changes are in percentage points, between the figures as printed.");
    if (b->in->has_tags)
        report_note(report,
                "Supported schools carry the tag \"supported\" on the day of the result; "
                "their figure, and that of the others, is the mean of the schools' "
                "percentages, a small school weighing as much as a large one.");
    else
        report_note(report, "No school carried the tag \"supported\" on the day of a result; "
                            "tags come with schools.csv.");
    report_note(report,
            "A pupil whom two schools have is counted where he or she was when the result was "
            "dated; whom only one school of this file has, there, also with a result that came "
            "from elsewhere. National figures are those brought in with national.csv; a year "
            "without "
            "one shows a dash.");
    if (b->suppress)
        report_note(report,
                "Numbers from 1 to %d, and what would give them away, are hidden and shown as "
                "c.",
                SUPPRESS_MOST);
}

static void count_population(struct authority_build *b)
{
    int64_t most = 0;
    int64_t least = INT64_MAX;

    for (size_t m = 0; m < b->in->measure_n; m++) {
        int64_t roll = 0;

        for (size_t y = 0; y < b->in->year_n; y++) {
            int64_t one = b->in->measures[m].years[y].all.roll;

            roll += one;
            if (one > 0 && one < least)
                least = one;
        }
        most = roll > most ? roll : most;
    }
    b->report->counted = most;
    b->report->of = most;
    if (least < 30)
        report_caution(b->report,
                "Some figures rest on fewer than 30 pupils: one pupil is then more than "
                "3 percentage points, and a change may be chance.");
}

static void say(struct authority_build *b)
{
    const struct authority *in = b->in;
    struct report *report = b->report;

    report->says = report_text(report, "%zu measure%s in %zu school%s over %zu year%s.",
            in->measure_n, in->measure_n == 1 ? "" : "s", in->school_n,
            in->school_n == 1 ? "" : "s", in->year_n, in->year_n == 1 ? "" : "s");
    if (in->measure_n == 0)
        b->attainment->empty = report_text(report,
                "No school has a final result of a stage that is asked about, dated between "
                "1 September %d and 31 August %d.",
                in->first_year - 1, in->first_year + (int)in->year_n - 1);
}

struct report *build_authority(struct arena *arena, const struct frame *frame,
        const struct authority *authority, struct date day, bool suppress)
{
    struct report *report = report_make(arena, "authority");
    struct authority_build b = { .report = report, .in = authority, .suppress = suppress };

    report->school = frame->school;
    report->title = report_text(report, "Results of %d to %d: %s", authority->first_year,
            authority->first_year + (int)authority->year_n - 1, frame->school);
    report->as_at = day;
    report->basis = basis_name(BASIS_ATTAINMENT);
    report->population = frame->school;
    report->audience = "staff of the authority, and of schools who see a whole school";
    for (size_t i = 0; i < frame->filter_n; i++)
        report_filter(report, "%s", frame->filter_words[i]);
    b.attainment = year_table(&b, "attainment", "Attainment over the years", attainment_columns,
            A_FIXED, true);
    if (frame->by_n != 0)
        b.groups = year_table(&b, "groups", "Groups of pupils", group_columns, G_FIXED, true);
    make_school_table(&b);
    explain(&b);
    if (!report->failed)
        add_school_rows(&b);
    for (size_t m = 0; m < authority->measure_n && !report->failed; m++) {
        authority_begin_measure(&b, &authority->measures[m]);
        for (int body = 0; body < BODY__MAX && !report->failed; body++) {
            if (body_is_shown(&b, (enum authority_body)body))
                add_body(&b, (enum authority_body)body);
        }
        if (b.groups != NULL)
            add_groups(&b);
        fill_schools(&b, m);
        if (authority->measure_n <= CHARTS_MOST && authority->year_n > 1)
            add_chart(&b);
    }
    count_population(&b);
    say(&b);
    return build_end(report, frame);
}
