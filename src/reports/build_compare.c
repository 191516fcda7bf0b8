#include "base/text.h"
#include "reports/compare_in.h"
#include "reports/suppress.h"

enum {
    G_SUBJECT,
    G_GROUP,
    G_VALUE,
    G_LABEL,
    G_N,
    G_MEAN,
    G_PRIOR,
    G_LOW,
    G_LOWER,
    G_MEDIAN,
    G_UPPER,
    G_HIGH,
    G_OF,
    G_BELOW, /* percent, from, to; then the same of on and of above */
    G_ON = G_BELOW + 3,
    G_ABOVE = G_ON + 3,
    G_WITHOUT = G_ABOVE + 3,
    G_SCALE,
    G__MAX
};

#define SHARE(name, words)                                                                     \
    { .key = name "_percent", .label = (words), .type = COLUMN_PERCENT, .unit = "%" },         \
            { .key = name "_low",                                                              \
                .label = words " from",                                                        \
                .type = COLUMN_PERCENT,                                                        \
                .unit = "%",                                                                   \
                .quiet = true },                                                               \
    {                                                                                          \
        .key = name "_high", .label = words " to", .type = COLUMN_PERCENT, .unit = "%",        \
        .quiet = true                                                                          \
    }

static const struct column columns[G__MAX] = {
    { .key = "subject", .label = "Subject", .type = COLUMN_GRADE, .quiet = true },
    { .key = "group", .label = "By", .type = COLUMN_TEXT, .quiet = true },
    { .key = "value", .label = "Value", .type = COLUMN_TEXT, .quiet = true },
    { .key = "label", .label = "Group", .type = COLUMN_TEXT },
    { .key = "n", .label = "Pupils", .type = COLUMN_INTEGER },
    { .key = "mean", .label = "Mean", .type = COLUMN_POINTS },
    { .key = "prior_mean", .label = "Mean prior", .type = COLUMN_POINTS, .unit = "points" },
    { .key = "low", .label = "Lowest", .type = COLUMN_POINTS },
    { .key = "lower_quartile", .label = "Lower quartile", .type = COLUMN_POINTS },
    { .key = "median", .label = "Median", .type = COLUMN_POINTS },
    { .key = "upper_quartile", .label = "Upper quartile", .type = COLUMN_POINTS },
    { .key = "high", .label = "Highest", .type = COLUMN_POINTS },
    { .key = "of", .label = "With a target", .type = COLUMN_INTEGER, .quiet = true },
    SHARE("below", "Below"),
    SHARE("on", "On"),
    SHARE("above", "Above"),
    { .key = "without_value", .label = "No value", .type = COLUMN_INTEGER },
    { .key = "scale", .label = "Scale", .type = COLUMN_TEXT, .minor = true },
};

struct compare_build {
    struct report *report;
    const struct frame *frame;
    const struct cohort *cohort;
    const struct compare_question *question;
    struct compare_groups groups;
};

static const char *by_name(const struct compare_build *b)
{
    return b->question->cut == CUT_NONE ? "subject" : cut_name(b->question->cut);
}

static bool is_signed(const struct compare_build *b)
{
    return b->question->column == COMPARE_GAP || b->question->column == COMPARE_PROGRESS;
}

/* "points" where they are; a formula may give any number. */
static const char *unit_of(const struct compare_build *b)
{
    for (size_t s = 0; s < b->cohort->subject_n; s++) {
        if (b->question->column == COMPARE_FORMULA &&
                b->question->formulas[s].numbers != NULL && !b->question->formulas[s].points)
            return NULL;
    }
    return "points";
}

/* ---- the groups' rows ---- */

/* Whether the three standings of a group would tell of a few pupils. */
static bool hides_standing(const struct compare_build *b, const struct compare_group *group)
{
    bool small = group->hidden;

    for (int i = 0; i < STANDING__MAX; i++)
        small = small || (group->standing[i] > 0 && group->standing[i] <= SUPPRESS_MOST);
    return b->question->suppress && small;
}

/* Whether how many have a target, or how many have none, would tell of a few pupils. */
static bool hides_of(const struct compare_build *b, const struct compare_group *group)
{
    int64_t without = (int64_t)group->spread.n - group->flagged;

    return group->hidden || (b->question->suppress && (suppress_is_small(group->flagged) ||
                                                              suppress_is_small(without)));
}

static void put_standing(const struct compare_build *b, struct row *row,
        const struct compare_group *group)
{
    static const size_t at[STANDING__MAX] = { G_BELOW, G_ON, G_ABOVE };

    if (group->flagged == 0)
        return;
    for (int i = 0; i < STANDING__MAX; i++) {
        struct proportion share = proportion_make(group->standing[i], group->flagged, 0);

        if (hides_standing(b, group)) {
            for (size_t c = 0; c < 3; c++)
                cell_suppressed(row, at[i] + c);
            continue;
        }
        cell_number(row, at[i], report_percent(group->standing[i], group->flagged));
        cell_number(row, at[i] + 1, percent_printed(share.low));
        cell_number(row, at[i] + 2, percent_printed(share.high));
    }
    if (hides_of(b, group))
        cell_suppressed(row, G_OF);
    else
        cell_number(row, G_OF, group->flagged * 1000);
}

static void put_spread(const struct compare_build *b, struct row *row,
        const struct compare_group *group)
{
    const struct spread *spread = &group->spread;
    bool few = b->question->suppress && spread->n < SPREAD_FEW;
    const struct {
        size_t column;
        int64_t number;
        bool hide;
    } figures[] = {
        { G_N, (int64_t)spread->n * 1000, false },
        { G_MEAN, spread->mean, false },
        { G_LOW, spread->low, b->question->suppress },
        { G_LOWER, spread->lower_quartile, few },
        { G_MEDIAN, spread->median, few },
        { G_UPPER, spread->upper_quartile, few },
        { G_HIGH, spread->high, b->question->suppress },
    };

    for (size_t i = 0; i < COUNT(figures); i++) {
        if (group->hidden || figures[i].hide)
            cell_suppressed(row, figures[i].column);
        else
            cell_number(row, figures[i].column, figures[i].number);
    }
    if (group->prior_n == 0)
        return;
    if (group->hidden || (b->question->suppress && group->prior_n <= SUPPRESS_MOST))
        cell_suppressed(row, G_PRIOR);
    else
        cell_number(row, G_PRIOR, group->prior_mean);
}

static void put_group(struct compare_build *b, struct table *table,
        const struct compare_group *group)
{
    struct row *row = table_row(b->report, table);

    cell_text(b->report, row, G_SUBJECT,
            b->cohort->fw->subjects[b->cohort->subjects[group->subject]].code);
    cell_text(b->report, row, G_GROUP, by_name(b));
    cell_text(b->report, row, G_VALUE, group->value);
    cell_text(b->report, row, G_LABEL, group->label);
    cell_text(b->report, row, G_SCALE, group->scale);
    if (b->question->suppress && group->without > 0 && group->without <= SUPPRESS_MOST)
        cell_suppressed(row, G_WITHOUT);
    else
        cell_number(row, G_WITHOUT, group->without * 1000);
    if (group->spread.n == 0) {
        cell_number(row, G_N, 0);
        return;
    }
    put_spread(b, row, group);
    put_standing(b, row, group);
}

static void add_groups(struct compare_build *b)
{
    static const size_t in_unit[] = { G_MEAN, G_LOW, G_LOWER, G_MEDIAN, G_UPPER, G_HIGH };
    struct table *table = report_table(b->report, "groups", "Side by side", columns, G__MAX);

    for (size_t i = 0; i < COUNT(in_unit) && table->column_n == G__MAX; i++) {
        table->columns[in_unit[i]].unit = unit_of(b);
        table->columns[in_unit[i]].signed_ = is_signed(b);
    }
    if (table->column_n == G__MAX)
        table->columns[G_LABEL].label =
                b->question->cut == CUT_NONE ? "Subject" : cut_label(b->question->cut);
    for (size_t i = 0; i < b->groups.n; i++)
        put_group(b, table, &b->groups.items[i]);
    if (table->row_n > 0)
        return;
    table->empty =
            b->cohort->pupil_n == 0 ? "No pupil on roll on this day fits these filters."
            : b->question->cut == CUT_SET
                    ? "None of these pupils is in a teaching group of this subject: compare "
                      "their registration groups."
            : b->question->cut == CUT_TEACHER
                    ? "No teacher's account is tied to a group that these pupils are taught in."
                    : "None of these pupils has a value.";
}

/* The same shares with their intervals, one row each. */
static void add_standing(struct compare_build *b)
{
    static const struct column standing_columns[] = {
        { .key = "label", .label = "Group", .type = COLUMN_TEXT },
        { .key = "standing", .label = "Against target", .type = COLUMN_FLAG },
        { .key = "count", .label = "Count", .type = COLUMN_INTEGER },
        { .key = "of", .label = "Of", .type = COLUMN_INTEGER },
        { .key = "percent", .label = "Share", .type = COLUMN_PERCENT, .unit = "%" },
        { .key = "low", .label = "From", .type = COLUMN_PERCENT, .unit = "%" },
        { .key = "high", .label = "To", .type = COLUMN_PERCENT, .unit = "%" },
    };
    static const enum flag flags[STANDING__MAX] = { FLAG_BELOW, FLAG_ON, FLAG_ABOVE };
    struct table *table = report_table(b->report, "standing", "Against the progress target",
            standing_columns, COUNT(standing_columns));

    for (size_t i = 0; i < b->groups.n; i++) {
        const struct compare_group *group = &b->groups.items[i];

        for (int f = 0; f < STANDING__MAX && group->flagged > 0; f++) {
            struct proportion share = proportion_make(group->standing[f], group->flagged, 0);
            struct row *row = table_row(b->report, table);

            cell_text(b->report, row, 0, group->label);
            cell_flag(row, 1, flags[f]);
            if (group->hidden)
                cell_suppressed(row, 3);
            else
                cell_number(row, 3, group->flagged * 1000);
            for (size_t c = 2; c < 7 && hides_standing(b, group); c++)
                if (c != 3)
                    cell_suppressed(row, c);
            if (hides_standing(b, group))
                continue;
            cell_number(row, 2, group->standing[f] * 1000);
            cell_number(row, 4, report_percent(group->standing[f], group->flagged));
            cell_number(row, 5, percent_printed(share.low));
            cell_number(row, 6, percent_printed(share.high));
        }
    }
    if (table->row_n == 0)
        table->empty = "Nobody here has both a target and a judgement.";
}

/* ---- charts: one for each kind of points ---- */

static const char *measure_words(const struct compare_build *b)
{
    static const char *const bases[] = {
        [BASIS_ATTAINMENT] = "points now",
        [BASIS_TARGET] = "points of the target",
        [BASIS_PREDICTION] = "points of the prediction",
    };

    switch (b->question->column) {
    case COMPARE_POINTS:
        return bases[b->frame->basis];
    case COMPARE_GAP:
        return "gap to the progress target";
    case COMPARE_PROGRESS:
        return "progress since the stage before";
    case COMPARE_PRIOR:
        return "prior attainment";
    case COMPARE_FORMULA:
        break;
    }
    for (size_t s = 0; s < b->cohort->subject_n; s++)
        if (b->question->formulas[s].label != NULL)
            return b->question->formulas[s].label;
    return "a formula";
}

static void add_series(struct compare_build *b, struct chart *chart,
        const struct compare_group *group, int64_t x)
{
    static const char *const labels[] = { "low", "lower quartile", "median", "upper quartile",
        "high" };
    const struct spread *spread = &group->spread;
    const int64_t five[] = { spread->low, spread->lower_quartile, spread->median,
        spread->upper_quartile, spread->high };
    bool dots = spread->n < SPREAD_FEW;
    const char *name = report_text(b->report, "%s (%zu)", group->label, spread->n);
    struct chart_series *series = chart_series(b->report, chart, name, dots ? "dots" : "box");

    chart_x_tick(b->report, chart, x, name, false);
    for (size_t i = 0; i < spread->n && dots; i++)
        chart_point(b->report, series, x, group->values[i], NULL);
    for (size_t i = 0; i < COUNT(five) && !dots; i++)
        chart_point(b->report, series, x, five[i], labels[i]);
}

/* The first group of its kind of points that is shown: it makes the chart. */
static bool opens_chart(const struct compare_build *b, size_t i)
{
    for (size_t j = 0; j < i; j++) {
        if (b->groups.items[j].spread.n > 0 &&
                text_eq(b->groups.items[j].metric, b->groups.items[i].metric))
            return false;
    }
    return b->groups.items[i].spread.n > 0;
}

static void add_chart(struct compare_build *b, const struct compare_group *first, size_t nth)
{
    struct chart *chart;
    int64_t x = 0;
    const char *of = first->scale == NULL ? "" : report_text(b->report, ", %s", first->scale);

    chart = report_chart(b->report,
            report_text(b->report, nth == 0 ? "box" : "box-%zu", nth + 1),
            report_text(b->report, "Side by side: %s%s", measure_words(b), of), "box",
            report_text(b->report,
                    "By %s: lowest value, lower quartile, median, upper quartile and highest "
                    "value of %s; groups of fewer than %d pupils as single values.",
                    by_name(b), measure_words(b), SPREAD_FEW));
    chart->unit = unit_of(b);
    chart->x_title = b->question->cut == CUT_NONE ? "Subject" : cut_label(b->question->cut);
    for (size_t i = 0; i < b->groups.n; i++) {
        const struct compare_group *group = &b->groups.items[i];

        if (group->spread.n == 0 || !text_eq(group->metric, first->metric))
            continue;
        add_series(b, chart, group, x);
        x += 1000;
    }
}

static void add_charts(struct compare_build *b)
{
    size_t n = 0;

    for (size_t i = 0; i < b->groups.n && !b->question->suppress; i++) {
        if (opens_chart(b, i))
            add_chart(b, &b->groups.items[i], n++);
    }
}

/* ---- the pupils of one group ---- */

static void add_pupils(struct compare_build *b)
{
    const struct column pupil_columns[] = {
        { .key = "upn", .label = "UPN", .type = COLUMN_TEXT, .quiet = true },
        { .key = "surname", .label = "Surname", .type = COLUMN_TEXT },
        { .key = "forename", .label = "Forename", .type = COLUMN_TEXT, .join = "Pupil" },
        { .key = "year_group", .label = "Year", .type = COLUMN_GRADE, .minor = true },
        { .key = "registration", .label = "Form", .type = COLUMN_GRADE, .minor = true },
        { .key = "subject", .label = "Subject", .type = COLUMN_GRADE },
        { .key = "measured", .label = "Measured", .type = COLUMN_POINTS, .unit = unit_of(b) },
        { .key = "prior", .label = "Prior", .type = COLUMN_GRADE },
        { .key = "flag", .label = "Against target", .type = COLUMN_FLAG },
    };
    const struct framework *fw = b->cohort->fw;
    struct table *table;
    bool *in = NULL;
    struct err err;

    if (b->question->only == NULL || b->question->suppress)
        return;
    table = report_table(b->report, "pupils",
            report_text(b->report, "The pupils of %s", b->question->only), pupil_columns,
            COUNT(pupil_columns));
    if (compare_members(b->report->arena, b->cohort, b->question, b->question->only, &in,
                &err) != ERR_OK) {
        b->report->failed = true;
        return;
    }
    for (size_t cell = 0; cell < b->cohort->pupil_n * b->cohort->subject_n; cell++) {
        size_t p = cell / b->cohort->subject_n, s = cell % b->cohort->subject_n;
        const struct cohort_pupil *pupil = &b->cohort->pupils[p];
        const char *code = fw->subjects[b->cohort->subjects[s]].code;
        char text[VALUE_TEXT_SIZE];
        struct value like;
        int64_t number;
        struct row *row;

        if (!in[p] || (b->frame->subject >= 0 && b->cohort->subjects[s] != b->frame->subject) ||
                (b->question->cut == CUT_NONE && !text_eq_fold(code, b->question->only)))
            continue;
        number = compare_value(b->cohort, b->frame, b->question, p, s, &like);
        if (b->question->cut == CUT_NONE && number == FORMULA_NO_NUMBER)
            continue;
        row = table_row(b->report, table);
        cell_text(b->report, row, 0, pupil->upn);
        cell_text(b->report, row, 1, pupil->surname);
        cell_text(b->report, row, 2, pupil->forename);
        if (pupil->year != COHORT_YEAR_UNKNOWN)
            cell_text(b->report, row, 3, framework_year_text(pupil->year));
        cell_text(b->report, row, 4, pupil->registration);
        cell_text(b->report, row, 5, code);
        if (number != FORMULA_NO_NUMBER)
            cell_number(row, 6, number);
        cell_text(b->report, row, 7, framework_shown_text(fw, b->cohort->prior[cell], text));
        cell_flag(row, 8, (enum flag)b->cohort->flag[cell]);
        row->link = report_text(b->report, "/pupils/%lld", (long long)pupil->id);
    }
    if (table->row_n == 0)
        table->empty =
                report_text(b->report, "Nobody counted here belongs to %s.", b->question->only);
}

/* ---- words ---- */

static void explain(struct compare_build *b)
{
    struct report *report = b->report;

    report_note(report,
            "How to read this: each row is one group, and what is compared is %s. Half of a "
            "group lies between its two quartiles. Mean prior is the mean of what the same "
            "pupils had at the end of the stage before.",
            measure_words(b));
    report_note(report, "Quartiles follow definition 7 of Hyndman and Fan, the default of R: "
                        "on the straight line between the two values nearest.");
    report_note(report, "Below, on and above count latest judgements against the progress "
                        "target, of those who have both; From and To are the range that "
                        "chance alone allows for a group of this size (Wilson, 95%%).");
    if (b->question->cut == CUT_SET || b->question->cut == CUT_TEACHER)
        report_caution(report,
                "Sets are not alike at the start, and pupils are not put into them, or before "
                "a teacher, by chance: look at the mean prior attainment first. A difference "
                "between groups is a reason to ask, not a measure of anybody's teaching.");
    else
        report_caution(report, "Groups that were not alike at the start are not alike now: "
                               "look at the mean prior attainment first.");
    if (!b->question->suppress)
        return;
    report_note(report,
            "Numbers from 1 to %d, and what would give them away, are hidden and shown as c; "
            "so are values of single pupils (the lowest and the highest).",
            SUPPRESS_MOST);
}

/* The groups that are shown, those of them that are large enough to rank, and the kinds of
   points among them. */
struct ranking {
    size_t shown, kinds;
    const struct compare_group *most, *least;
};

static struct ranking rank(const struct compare_build *b)
{
    struct ranking r = { 0 };

    for (size_t i = 0; i < b->groups.n; i++) {
        const struct compare_group *group = &b->groups.items[i];

        r.shown += group->spread.n > 0;
        r.kinds += opens_chart(b, i);
        if (group->spread.n < SPREAD_FEW || group->hidden)
            continue;
        if (r.most == NULL || group->spread.mean > r.most->spread.mean)
            r.most = group;
        if (r.least == NULL || group->spread.mean < r.least->spread.mean)
            r.least = group;
    }
    return r;
}

static void say(struct compare_build *b)
{
    struct report *report = b->report;
    struct ranking r = rank(b);

    for (size_t i = 0; i < b->groups.n; i++)
        report->counted += (int64_t)b->groups.items[i].spread.n;
    if (report->counted > report->of)
        report->counted = report->of;
    if (r.shown == 0)
        report->says = "Nobody here has a value to compare.";
    else if (r.kinds > 1)
        report->says = report_text(report,
                "%zu rows in %zu kinds of points; only rows of one scale can be compared.",
                r.shown, r.kinds);
    else if (r.most == r.least)
        report->says = report_text(report, "%zu %s side by side.", r.shown,
                r.shown == 1 ? "group stands" : "groups stand");
    else
        report->says = report_text(report,
                "%zu groups stand side by side; of those of %d pupils and more the highest "
                "mean "
                "is that of %s, the lowest that of %s.",
                r.shown, SPREAD_FEW, r.most->label, r.least->label);
}

struct report *build_compare(struct arena *arena, const struct frame *frame,
        const struct cohort *cohort, const struct compare_question *question)
{
    char day[DATE_LONG_SIZE];
    struct compare_build b = { .frame = frame, .cohort = cohort, .question = question };
    struct err err;

    b.report = build_begin(arena, "compare", frame, cohort, NULL);
    b.report->basis = basis_name(frame->basis);
    if (compare_groups(arena, frame, cohort, question, &b.groups, &err) != ERR_OK) {
        b.report->failed = true;
        return b.report;
    }
    b.report->title = report_text(b.report, "%s: %s by %s on %s", frame->description,
            measure_words(&b), question->cut == CUT_NONE ? "subject" : cut_name(question->cut),
            date_long(cohort->day, day));
    add_groups(&b);
    add_standing(&b);
    add_charts(&b);
    add_pupils(&b);
    say(&b);
    explain(&b);
    return build_end(b.report, frame);
}
