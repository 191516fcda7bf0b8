#include "base/text.h"
#include "reports/build.h"

enum {
    M_UPN,
    M_SURNAME,
    M_FORENAME,
    M_YEAR,
    M_REGISTRATION,
    M_SUBJECT,
    M_GROUP,
    M_LAST,
    M_LAST_DATE,
    M__MAX
};

static const struct column columns[M__MAX] = {
    [M_UPN] = { .key = "upn", .label = "UPN", .type = COLUMN_TEXT, .quiet = true },
    [M_SURNAME] = { .key = "surname", .label = "Surname", .type = COLUMN_TEXT },
    [M_FORENAME] = { .key = "forename",
            .label = "Forename",
            .type = COLUMN_TEXT,
            .join = "Pupil" },
    [M_YEAR] = { .key = "year_group", .label = "Year", .type = COLUMN_GRADE },
    [M_REGISTRATION] = { .key = "registration",
            .label = "Form",
            .type = COLUMN_GRADE,
            .quiet = true },
    [M_SUBJECT] = { .key = "subject", .label = "Subject", .type = COLUMN_GRADE },
    [M_GROUP] = { .key = "group", .label = "Teaching group", .type = COLUMN_TEXT },
    [M_LAST] = { .key = "last", .label = "Last judgement", .type = COLUMN_GRADE },
    [M_LAST_DATE] = { .key = "last_date", .label = "On", .type = COLUMN_DATE },
};

static const struct column by_columns[] = {
    { .key = "group", .label = "Class", .type = COLUMN_TEXT },
    { .key = "subject", .label = "Subject", .type = COLUMN_GRADE },
    { .key = "missing", .label = "Missing", .type = COLUMN_INTEGER },
    { .key = "entered", .label = "Entered", .type = COLUMN_INTEGER },
    { .key = "of", .label = "Of", .type = COLUMN_INTEGER },
    { .key = "percent", .label = "Entered", .type = COLUMN_PERCENT, .unit = "%" },
};

struct class_count {
    const char *group;
    int16_t subject;
    int64_t entered, of;
    struct class_count *next;
};

struct missing_build {
    struct report *report;
    const struct frame *frame;
    const struct cohort *cohort;
    const struct expectation *asked;
    struct table *table;
    struct class_count *classes, *last;
    int64_t entered, of;
};

/* The class an entry belongs to: the teaching group, else the registration group, else the
 * year. */
static const char *class_of(struct missing_build *b, size_t p, size_t cell)
{
    const struct cohort_pupil *pupil = &b->cohort->pupils[p];

    if (b->asked->group[cell] != NULL)
        return b->asked->group[cell];
    if (!text_empty(pupil->registration))
        return pupil->registration;
    return pupil->year == COHORT_YEAR_UNKNOWN
                   ? "no class"
                   : report_text(b->report, "Year %s", framework_year_text(pupil->year));
}

static void count_class(struct missing_build *b, const char *group, int16_t subject,
        bool entered)
{
    struct class_count *found = b->classes;

    while (found != NULL && (found->subject != subject || !text_eq(found->group, group)))
        found = found->next;
    if (found == NULL) {
        found = arena_alloc(b->report->arena, sizeof(*found));
        if (found == NULL) {
            b->report->failed = true;
            return;
        }
        found->group = group;
        found->subject = subject;
        if (b->last == NULL)
            b->classes = found;
        else
            b->last->next = found;
        b->last = found;
    }
    found->of++;
    found->entered += entered;
}

static void put_missing(struct missing_build *b, size_t p, size_t s, const char *group)
{
    const struct cohort *cohort = b->cohort;
    const struct cohort_pupil *pupil = &cohort->pupils[p];
    size_t cell = cohort_cell(cohort, p, s);
    struct row *row = table_row(b->report, b->table);
    char text[VALUE_TEXT_SIZE];

    cell_text(b->report, row, M_UPN, pupil->upn);
    cell_text(b->report, row, M_SURNAME, pupil->surname);
    cell_text(b->report, row, M_FORENAME, pupil->forename);
    if (pupil->year != COHORT_YEAR_UNKNOWN)
        cell_text(b->report, row, M_YEAR, framework_year_text(pupil->year));
    cell_text(b->report, row, M_REGISTRATION, pupil->registration);
    cell_text(b->report, row, M_SUBJECT, cohort->fw->subjects[cohort->subjects[s]].code);
    cell_text(b->report, row, M_GROUP, group);
    if (value_is_set(cohort->now[cell])) {
        cell_text(b->report, row, M_LAST,
                framework_shown_text(cohort->fw, cohort->now[cell], text));
        cell_number(row, M_LAST_DATE, cohort->now_date[cell].ymd);
    }
    row->link = report_text(b->report, "/pupils/%lld", (long long)pupil->id);
}

static void check_cell(struct missing_build *b, size_t p, size_t s)
{
    size_t cell = cohort_cell(b->cohort, p, s);
    const char *group;

    if (!b->asked->expected[cell] ||
            (b->frame->subject >= 0 && b->cohort->subjects[s] != b->frame->subject))
        return;
    group = class_of(b, p, cell);
    b->of++;
    b->entered += b->asked->entered[cell];
    count_class(b, group, b->cohort->subjects[s], b->asked->entered[cell]);
    if (!b->asked->entered[cell])
        put_missing(b, p, s, group);
}

static void add_classes(struct missing_build *b)
{
    struct table *table =
            report_table(b->report, "classes", "By class", by_columns, COUNT(by_columns));

    for (const struct class_count *c = b->classes; c != NULL; c = c->next) {
        struct row *row = table_row(b->report, table);

        cell_text(b->report, row, 0, c->group);
        cell_text(b->report, row, 1, b->cohort->fw->subjects[c->subject].code);
        cell_number(row, 2, (c->of - c->entered) * 1000);
        cell_number(row, 3, c->entered * 1000);
        cell_number(row, 4, c->of * 1000);
        cell_number(row, 5, report_percent(c->entered, c->of));
    }
    if (table->row_n == 0)
        table->empty = "No entry is expected of these pupils.";
}

struct report *build_missing(struct arena *arena, const struct frame *frame,
        const struct cohort *cohort, const struct expectation *expectation)
{
    struct report *report = build_begin(arena, "missing", frame, cohort, NULL);
    struct missing_build b = { .report = report,
        .frame = frame,
        .cohort = cohort,
        .asked = expectation };
    char from[DATE_LONG_SIZE];
    char to[DATE_LONG_SIZE];

    report->title = report_text(report, "%s: entries missing for %s", frame->description,
            expectation->review);
    b.table = report_table(report, "missing", "Missing entries", columns, M__MAX);
    for (size_t p = 0; p < cohort->pupil_n; p++) {
        int64_t before = b.of;

        for (size_t s = 0; s < cohort->subject_n; s++)
            check_cell(&b, p, s);
        report->counted += b.of > before;
    }
    if (b.table->row_n == 0)
        b.table->empty = b.of == 0 ? "No entry is expected of these pupils in this time."
                                   : "Nothing is missing.";
    add_classes(&b);
    if (b.of > 0)
        report->says = report_text(report, "%lld of %lld entries %s still missing.",
                (long long)(b.of - b.entered), (long long)b.of,
                b.of - b.entered == 1 ? "is" : "are");
    report_note(report,
            "How to read this: an entry (%s) is expected of every pupil for each subject "
            "he has a target in, is taught in a group for, or was judged in before. It "
            "counts as entered when there is one dated %s to %s; absent and not taught "
            "count as entered.",
            expectation->asks, date_long(expectation->from, from),
            date_long(expectation->to, to));
    return build_end(report, frame);
}
