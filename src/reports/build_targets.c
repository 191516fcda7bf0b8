#include "base/text.h"
#include "reports/build.h"
#include "targets/alert.h"

enum {
    T_UPN,
    T_SURNAME,
    T_FORENAME,
    T_YEAR,
    T_SUBJECT,
    T_PRIOR,
    T_CURRENT,
    T_TARGET,
    T_REASON,
    T_AGAINST,
    T_WORDS,
    T__MAX
};

static const struct column columns[T__MAX] = {
    [T_UPN] = { .key = "upn", .label = "UPN", .type = COLUMN_TEXT, .quiet = true },
    [T_SURNAME] = { .key = "surname", .label = "Surname", .type = COLUMN_TEXT },
    [T_FORENAME] = { .key = "forename",
            .label = "Forename",
            .type = COLUMN_TEXT,
            .join = "Pupil" },
    [T_YEAR] = { .key = "year_group", .label = "Year", .type = COLUMN_GRADE, .quiet = true },
    [T_SUBJECT] = { .key = "subject", .label = "Subject", .type = COLUMN_GRADE },
    [T_PRIOR] = { .key = "prior", .label = "Prior", .type = COLUMN_GRADE },
    [T_CURRENT] = { .key = "current", .label = "Current", .type = COLUMN_GRADE },
    [T_TARGET] = { .key = "target", .label = "Target", .type = COLUMN_GRADE },
    [T_REASON] = { .key = "reason", .label = "Alert", .type = COLUMN_TEXT },
    [T_AGAINST] = { .key = "against", .label = "Against", .type = COLUMN_GRADE },
    [T_WORDS] = { .key = "explanation", .label = "Why", .type = COLUMN_TEXT },
};

struct targets_build {
    struct report *report;
    const struct frame *frame;
    const struct cohort *cohort;
    const struct recent_values *recent;
    size_t recent_n, recent_at; /* recent is in the order of the cells */
    struct table *table;
    int64_t targets, pupils, alerted;
};

static void put_value(struct targets_build *b, struct row *row, size_t column,
        struct value value)
{
    char text[VALUE_TEXT_SIZE];

    cell_text(b->report, row, column, framework_shown_text(b->cohort->fw, value, text));
}

static void put_alert(struct targets_build *b, size_t p, size_t s, const struct alert *alert)
{
    const struct cohort *cohort = b->cohort;
    const struct cohort_pupil *pupil = &cohort->pupils[p];
    size_t cell = cohort_cell(cohort, p, s);
    struct row *row = table_row(b->report, b->table);

    cell_text(b->report, row, T_UPN, pupil->upn);
    cell_text(b->report, row, T_SURNAME, pupil->surname);
    cell_text(b->report, row, T_FORENAME, pupil->forename);
    cell_text(b->report, row, T_YEAR, framework_year_text(pupil->year));
    cell_text(b->report, row, T_SUBJECT, cohort->fw->subjects[cohort->subjects[s]].code);
    put_value(b, row, T_PRIOR, cohort->prior[cell]);
    put_value(b, row, T_CURRENT, cohort->now[cell]);
    put_value(b, row, T_TARGET, cohort->target[cell]);
    cell_text(b->report, row, T_REASON, alert_code(alert->kind));
    put_value(b, row, T_AGAINST, alert->against);
    cell_text(b->report, row, T_WORDS, alert->sentence);
    row->link = report_text(b->report, "/pupils/%lld", (long long)pupil->id);
}

static struct alert_facts facts_of(struct targets_build *b, size_t p, size_t s)
{
    const struct cohort *cohort = b->cohort;
    const struct cohort_pupil *pupil = &cohort->pupils[p];
    size_t cell = cohort_cell(cohort, p, s);
    struct alert_facts facts = {
        .stage = pupil->stage,
        .prior = cohort->prior[cell],
        .target = cohort->target[cell],
        .now = cohort->now[cell],
        .prediction = VALUE_NONE,
        .period = pupil->period,
        .period_n = pupil->stage_years * cohort->reckoning.calendar.period_n,
        .periods_per_year = cohort->reckoning.calendar.period_n,
        .target_rate = cohort->reckoning.target_rate,
    };

    while (b->recent_at < b->recent_n &&
            (b->recent[b->recent_at].pupil < p || (b->recent[b->recent_at].pupil == p &&
                                                          b->recent[b->recent_at].subject < s)))
        b->recent_at++;
    if (b->recent_at < b->recent_n && b->recent[b->recent_at].pupil == p &&
            b->recent[b->recent_at].subject == s) {
        facts.recent = b->recent[b->recent_at].values;
        facts.recent_n = b->recent[b->recent_at].n;
    }
    return facts;
}

static bool check_cell(struct targets_build *b, size_t p, size_t s)
{
    struct alert alerts[ALERT__MAX];
    struct alert_facts facts = facts_of(b, p, s);
    size_t n;

    if (!value_is_set(facts.target))
        return false;
    b->targets++;
    n = alert_find(b->cohort->fw, &facts, alerts);
    for (size_t i = 0; i < n; i++)
        put_alert(b, p, s, &alerts[i]);
    if (n > 0)
        b->alerted++;
    return true;
}

static void check_all(struct targets_build *b)
{
    for (size_t p = 0; p < b->cohort->pupil_n; p++) {
        bool any = false;

        for (size_t s = 0; s < b->cohort->subject_n; s++) {
            if (b->frame->subject < 0 || b->cohort->subjects[s] == b->frame->subject)
                any = check_cell(b, p, s) || any;
        }
        b->pupils += any;
    }
}

struct report *build_targets(struct arena *arena, const struct frame *frame,
        const struct cohort *cohort, const struct recent_values *recent, size_t recent_n)
{
    char day[DATE_LONG_SIZE];
    struct report *report = build_begin(arena, "targets", frame, cohort, NULL);
    struct targets_build b = { .report = report,
        .frame = frame,
        .cohort = cohort,
        .recent = recent,
        .recent_n = recent_n };

    report->title = report_text(report, "%s: targets to look at again, on %s",
            frame->description, date_long(cohort->day, day));
    report->basis = basis_name(BASIS_TARGET);
    b.table = report_table(report, "targets", "Targets that look too low", columns, T__MAX);
    check_all(&b);
    report->counted = b.pupils;
    if (b.table->row_n == 0)
        b.table->empty = b.targets == 0 ? "None of these pupils has a target yet."
                                        : "No target raises an alert.";
    if (b.targets > 0)
        report->says =
                report_text(report, "%lld of %lld targets %s an alert.", (long long)b.alerted,
                        (long long)b.targets, b.alerted == 1 ? "raises" : "raise");
    report_note(report,
            "How to read this: a target is listed when it is below prior attainment "
            "(below-prior), below current or recent attainment (below-current), asks for "
            "fewer whole levels over the key stage than the school's rate (below-rate), "
            "or looks too low at the pace so far (now-too-low). An alert is an invitation "
            "to look again, not a verdict.");
    if (cohort->reckoning.target_rate > 0)
        report_note(report, "The school's rate is %d whole levels over a key stage.",
                cohort->reckoning.target_rate);
    return build_end(report, frame);
}
