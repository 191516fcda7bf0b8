#include "base/text.h"
#include "reports/build.h"

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
    [A_SCALE] = { .key = "scale", .label = "Scale", .type = COLUMN_TEXT, .minor = true },
};

/* A mean that can be added up over schools: sum and count of one subject, value and metric. */
struct mean {
    int64_t sum, n, of;
};

struct aps_build {
    struct report *report;
    const struct frame *frame;
    struct table *table;
};

/* Half away from zero. */
static int64_t divide(int64_t sum, int64_t n)
{
    int64_t half = n / 2;

    return sum >= 0 ? (sum + half) / n : -((-sum + half) / n);
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
    }
    return mean;
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

struct report *build_aps(struct arena *arena, const struct frame *frame,
        const struct school_cohort *schools, size_t school_n)
{
    char day[DATE_LONG_SIZE];
    struct report *report = build_begin(arena, "aps", frame, schools[0].cohort, NULL);
    struct aps_build b = { .report = report, .frame = frame };

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
    return build_end(report, frame);
}
