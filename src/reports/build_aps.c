#include "analysis/expected.h"
#include "base/text.h"
#include "reports/build.h"
#include "reports/suppress.h"

enum {
    A_SCHOOL,
    A_SCHOOL_NAME,
    A_SUBJECT,
    A_SUBJECT_NAME,
    A_GROUP,
    A_VALUE,
    A_COUNT,
    A_OF,
    A_APS,
    A_LAST_TERM,
    A_LAST_YEAR,
    A_EXPECTED,
    A_SCALE,
    A__MAX,
    SCALES_MAX = 8
};

static const struct column columns[A__MAX] = {
    [A_SCHOOL] = { .key = "laestab",
            .label = "School no.",
            .type = COLUMN_TEXT,
            .quiet = true },
    [A_SCHOOL_NAME] = { .key = "school", .label = "School", .type = COLUMN_TEXT },
    [A_SUBJECT] = { .key = "subject", .label = "Code", .type = COLUMN_TEXT, .quiet = true },
    [A_SUBJECT_NAME] = { .key = "subject_name", .label = "Subject", .type = COLUMN_TEXT },
    [A_GROUP] = { .key = "group", .label = "By", .type = COLUMN_TEXT, .quiet = true },
    [A_VALUE] = { .key = "value", .label = "Group", .type = COLUMN_TEXT },
    [A_COUNT] = { .key = "count", .label = "Pupils", .type = COLUMN_INTEGER },
    [A_OF] = { .key = "of", .label = "Of", .type = COLUMN_INTEGER },
    [A_APS] = { .key = "aps", .label = "Mean", .type = COLUMN_POINTS, .unit = "points" },
    [A_LAST_TERM] = { .key = "last_term",
            .label = "Last term",
            .type = COLUMN_POINTS,
            .unit = "points" },
    [A_LAST_YEAR] = { .key = "last_year",
            .label = "Last year’s",
            .type = COLUMN_POINTS,
            .unit = "points" },
    [A_EXPECTED] = { .key = "expected",
            .label = "Expected",
            .type = COLUMN_POINTS,
            .unit = "points" },
    [A_SCALE] = { .key = "scale", .label = "Scale", .type = COLUMN_TEXT, .minor = true },
};

/* A mean that can be added up over schools: sum and count of one subject, value and metric. */
struct mean {
    int64_t sum, n, of;
    int64_t expected_sum, expected_n; /* what is expected of those with a value */
};

struct aps_build {
    struct report *report;
    const struct frame *frame;
    struct table *table;
    const struct aps_beside *beside;
    size_t beside_n;
};

/* Half away from zero. */
static int64_t divide(int64_t sum, int64_t n)
{
    int64_t half = n / 2;

    return sum >= 0 ? (sum + half) / n : -((-sum + half) / n);
}

static void add_expected(const struct cohort *cohort, size_t p, int scale, struct mean *mean)
{
    const struct cohort_pupil *pupil = &cohort->pupils[p];
    const char *metric = NULL;
    int32_t expected = expected_points(cohort->fw, pupil->stage, pupil->period,
            pupil->stage_years * cohort->reckoning.calendar.period_n, &metric);

    if (expected == POINTS_NONE || !text_eq(metric, cohort->fw->scales[scale].metric))
        return;
    mean->expected_sum += expected;
    mean->expected_n++;
}

/* Only of values whose scale shares points with `scale`: levels and grades do not mix. */
static struct mean mean_of(const struct cohort *cohort, size_t s, enum basis basis,
        const struct cut_index *index, size_t value, int scale)
{
    const struct scale *scales = cohort->fw->scales;
    struct mean mean = { 0 };

    for (size_t p = 0; p < cohort->pupil_n; p++) {
        struct value v = build_value(cohort, cohort_cell(cohort, p, s), basis);

        if (!cut_has(index, p, value))
            continue;
        mean.of++;
        if (!value_is_set(v) || v.points == POINTS_NONE ||
                !text_eq(scales[v.scale].metric, scales[scale].metric))
            continue;
        mean.sum += v.points;
        mean.n++;
        add_expected(cohort, p, scale, &mean);
    }
    return mean;
}

/* A figure of an earlier day: of the same subject, group and kind of points. */
static void put_earlier(struct row *row, size_t column, const struct trend *trend, int subject,
        const char *value, int scale)
{
    for (size_t i = 0; i < trend->row_n; i++) {
        const struct trend_row *in = &trend->rows[i];

        if (in->subject != subject || in->points_n == 0 ||
                !text_eq(in->group == NULL ? "" : in->group, value) ||
                !text_eq(trend->fw->scales[in->scale].metric, trend->fw->scales[scale].metric))
            continue;
        if (trend->suppress && in->points_n <= SUPPRESS_MOST)
            cell_suppressed(row, column);
        else
            cell_number(row, column, divide(in->sum, in->points_n));
    }
}

static void put_beside(struct aps_build *b, struct row *row, int subject, const char *group,
        const char *value, int scale, const struct mean *mean)
{
    for (size_t i = 0; i < b->beside_n; i++) {
        if (!text_eq(b->beside[i].name, group == NULL ? "" : group))
            continue;
        put_earlier(row, A_LAST_TERM, &b->beside[i].last_term, subject, value, scale);
        put_earlier(row, A_LAST_YEAR, &b->beside[i].last_year, subject, value, scale);
    }
    if (b->frame->basis == BASIS_ATTAINMENT && mean->expected_n == mean->n)
        cell_number(row, A_EXPECTED, divide(mean->expected_sum, mean->expected_n));
}

static void put_mean(struct aps_build *b, const struct school_cohort *school, size_t s,
        const char *group, const char *value, int scale, struct mean mean)
{
    const struct subject *subject = &school->cohort->fw->subjects[school->cohort->subjects[s]];
    struct row *row;

    if (mean.n == 0)
        return;
    row = table_row(b->report, b->table);
    cell_text(b->report, row, A_SCHOOL, school->laestab);
    cell_text(b->report, row, A_SCHOOL_NAME, school->name);
    cell_text(b->report, row, A_SUBJECT, subject->code);
    cell_text(b->report, row, A_SUBJECT_NAME, subject->name);
    cell_text(b->report, row, A_GROUP, group);
    cell_text(b->report, row, A_VALUE, value);
    cell_number(row, A_COUNT, mean.n * 1000);
    cell_number(row, A_OF, mean.of * 1000);
    cell_number(row, A_APS, divide(mean.sum, mean.n));
    cell_text(b->report, row, A_SCALE, school->cohort->fw->scales[scale].name);
    put_beside(b, row, school->cohort->subjects[s], group, value, scale, &mean);
}

/* The scales of a subject's values, one for each kind of points among them. */
struct scale_set {
    int items[SCALES_MAX];
    int n;
};

static void take_scale(const struct framework *fw, struct scale_set *set, int scale)
{
    for (int i = 0; i < set->n; i++) {
        if (text_eq(fw->scales[set->items[i]].metric, fw->scales[scale].metric)) {
            set->items[i] = scale < set->items[i] ? scale : set->items[i];
            return;
        }
    }
    if (set->n < SCALES_MAX)
        set->items[set->n++] = scale;
}

static struct scale_set scales_of(const struct cohort *cohort, size_t s, enum basis basis)
{
    struct scale_set set = { .n = 0 };

    for (size_t p = 0; p < cohort->pupil_n; p++) {
        struct value v = build_value(cohort, cohort_cell(cohort, p, s), basis);

        if (value_is_set(v) && v.points != POINTS_NONE)
            take_scale(cohort->fw, &set, v.scale);
    }
    return set;
}

static void add_subject(struct aps_build *b, const struct school_cohort *school, size_t s,
        const struct cut_index *index)
{
    enum basis basis = b->frame->basis;
    struct scale_set set = scales_of(school->cohort, s, basis);

    for (size_t v = 0; v < index->value_n; v++) {
        for (int i = 0; i < set.n; i++)
            put_mean(b, school, s, index->name, index->values[v], set.items[i],
                    mean_of(school->cohort, s, basis, index, v, set.items[i]));
    }
}

static void add_school(struct aps_build *b, const struct school_cohort *school, enum cut cut)
{
    const struct cohort *cohort = school->cohort;
    enum cut cross = cut == b->frame->cross ? CUT_NONE : b->frame->cross;
    struct cut_index index;
    struct err err;

    if (cut_make_crossed(b->report->arena, cohort, cut, cut == CUT_NONE ? CUT_NONE : cross,
                &index, &err) != ERR_OK) {
        b->report->failed = true;
        return;
    }
    for (size_t s = 0; s < cohort->subject_n; s++) {
        if (b->frame->subject >= 0 && cohort->subjects[s] != b->frame->subject)
            continue;
        add_subject(b, school, s, &index);
    }
}

static void explain_beside(struct aps_build *b)
{
    bool expected = false;

    for (size_t i = 0; i < b->table->row_n; i++)
        expected = expected || b->table->rows[i].cells[A_EXPECTED].state == CELL_SET;
    if (!b->report->failed) {
        b->table->columns[A_LAST_TERM].quiet = b->beside_n == 0;
        b->table->columns[A_LAST_YEAR].quiet = b->beside_n == 0;
        b->table->columns[A_EXPECTED].quiet = !expected;
    }
    if (b->beside_n != 0)
        report_note(b->report,
                "Last term: the same pupils at the end of the term (or half-term) before. Last "
                "year's: whoever was in the year group (without one: in the school) on this "
                "day "
                "a year ago.");
    else
        report_note(b->report, "Choose one school and a year group, a group or a subject to "
                               "see last term's and "
                               "last year's figures beside these.");
    if (expected)
        report_note(b->report,
                "Expected at the end of this term: level 2 at the end of Key Stage 1, 4 of Key "
                "Stage 2, 5 of Key Stage 3, in the middle of the level and on a straight line "
                "between.");
}

struct report *build_aps(struct arena *arena, const struct frame *frame,
        const struct school_cohort *schools, size_t school_n, const struct aps_beside *beside,
        size_t beside_n)
{
    char day[DATE_LONG_SIZE];
    struct report *report = build_begin(arena, "aps", frame, schools[0].cohort, NULL);
    struct aps_build b = { .report = report,
        .frame = frame,
        .beside = beside,
        .beside_n = beside_n };

    report->title = report_text(report, "%s: average points on %s", frame->description,
            date_long(schools[0].cohort->day, day));
    report->basis = basis_name(frame->basis);
    report->of = 0;
    b.table = report_table(report, "aps", "Average points", columns, A__MAX);
    for (size_t i = 0; i < school_n; i++) {
        report->of += (int64_t)schools[i].cohort->pupil_n;
        if (frame->by_n == 0)
            add_school(&b, &schools[i], CUT_NONE);
        for (size_t c = 0; c < frame->by_n; c++)
            add_school(&b, &schools[i], frame->by[c]);
    }
    report->counted = report->of;
    if (b.table->row_n == 0)
        b.table->empty = "None of these pupils has a value with points.";
    report_note(report,
            "How to read this: the mean of the points of all who have a value, by subject. "
            "Points of one scale cannot be compared with those of another. For National "
            "Curriculum levels 6 points are one level.");
    explain_beside(&b);
    return build_end(report, frame);
}
