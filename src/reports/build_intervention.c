#include <math.h>
#include <stdlib.h>

#include "base/text.h"
#include "reports/build.h"

enum {
    I_SUBJECT,
    I_N,
    I_BEFORE,
    I_DURING,
    I_AFTER,
    I_PAIRS,
    I_MATCHED_BEFORE,
    I_MATCHED_DURING,
    I_MATCHED_AFTER,
    I_DIFFERENCE,
    I_LOW,
    I_HIGH,
    I_APART,
    I__MAX
};

static const struct column subject_columns[I__MAX] = {
    [I_SUBJECT] = { .key = "subject", .label = "Subject", .type = COLUMN_GRADE },
    [I_N] = { .key = "pupils", .label = "Pupils", .type = COLUMN_INTEGER },
    [I_BEFORE] = { .key = "before",
            .label = "Before",
            .type = COLUMN_POINTS,
            .unit = "points",
            .signed_ = true },
    [I_DURING] = { .key = "during",
            .label = "During",
            .type = COLUMN_POINTS,
            .unit = "points",
            .signed_ = true },
    [I_AFTER] = { .key = "after",
            .label = "After",
            .type = COLUMN_POINTS,
            .unit = "points",
            .signed_ = true },
    [I_PAIRS] = { .key = "pairs", .label = "Pairs", .type = COLUMN_INTEGER },
    [I_MATCHED_BEFORE] = { .key = "matched_before",
            .label = "Like pupils before",
            .type = COLUMN_POINTS,
            .unit = "points",
            .minor = true,
            .signed_ = true },
    [I_MATCHED_DURING] = { .key = "matched_during",
            .label = "Like pupils during",
            .type = COLUMN_POINTS,
            .unit = "points",
            .signed_ = true },
    [I_MATCHED_AFTER] = { .key = "matched_after",
            .label = "Like pupils after",
            .type = COLUMN_POINTS,
            .unit = "points",
            .minor = true,
            .signed_ = true },
    [I_DIFFERENCE] = { .key = "difference",
            .label = "Difference",
            .type = COLUMN_POINTS,
            .unit = "points",
            .signed_ = true },
    [I_LOW] = { .key = "low",
            .label = "From",
            .type = COLUMN_POINTS,
            .unit = "points",
            .signed_ = true },
    [I_HIGH] = { .key = "high",
            .label = "To",
            .type = COLUMN_POINTS,
            .unit = "points",
            .signed_ = true },
    [I_APART] = { .key = "start_apart",
            .label = "Apart at the start",
            .type = COLUMN_POINTS,
            .unit = "points",
            .minor = true,
            .signed_ = true },
};

enum {
    P_UPN,
    P_SURNAME,
    P_FORENAME,
    P_YEAR,
    P_SUBJECT,
    P_PRIOR,
    P_START,
    P_END,
    P_BEFORE,
    P_DURING,
    P_AFTER,
    P_MATCHED,
    P_MATCHED_DURING,
    P__MAX
};

static const struct column pupil_columns[P__MAX] = {
    [P_UPN] = { .key = "upn", .label = "UPN", .type = COLUMN_TEXT, .quiet = true },
    [P_SURNAME] = { .key = "surname", .label = "Surname", .type = COLUMN_TEXT },
    [P_FORENAME] = { .key = "forename",
            .label = "Forename",
            .type = COLUMN_TEXT,
            .join = "Pupil" },
    [P_YEAR] = { .key = "year_group", .label = "Year", .type = COLUMN_GRADE },
    [P_SUBJECT] = { .key = "subject", .label = "Subject", .type = COLUMN_GRADE, .quiet = true },
    [P_PRIOR] = { .key = "prior_points",
            .label = "Prior",
            .type = COLUMN_POINTS,
            .unit = "points",
            .minor = true },
    [P_START] = { .key = "start_points",
            .label = "At the start",
            .type = COLUMN_POINTS,
            .unit = "points" },
    [P_END] = { .key = "end_points",
            .label = "At the end",
            .type = COLUMN_POINTS,
            .unit = "points" },
    [P_BEFORE] = { .key = "before",
            .label = "Before",
            .type = COLUMN_POINTS,
            .unit = "points",
            .minor = true,
            .signed_ = true },
    [P_DURING] = { .key = "during",
            .label = "During",
            .type = COLUMN_POINTS,
            .unit = "points",
            .signed_ = true },
    [P_AFTER] = { .key = "after",
            .label = "After",
            .type = COLUMN_POINTS,
            .unit = "points",
            .minor = true,
            .signed_ = true },
    [P_MATCHED] = { .key = "matched", .label = "Like pupil", .type = COLUMN_TEXT },
    [P_MATCHED_DURING] = { .key = "matched_during",
            .label = "Like pupil during",
            .type = COLUMN_POINTS,
            .unit = "points",
            .signed_ = true },
};

struct intervention_build {
    struct report *report;
    const struct frame *frame;
    const struct cohort *cohort;
    const struct intervention_facts *facts;
    struct table *table;
    int64_t clear, shown; /* subjects whose interval leaves nought out; rows */
    double widest_apart;  /* in deviations */
    size_t fewest;        /* pairs, of subjects that have any */
};

/* ---- one subject ---- */

static void put_mean(struct row *row, size_t column, const struct impact_mean *mean)
{
    if (mean->n > 0)
        cell_number(row, column, llround(mean->mean));
}

static void put_points(struct row *row, size_t column, int32_t points)
{
    if (points != IMPACT_NONE)
        cell_number(row, column, points);
}

static const char *code_of(const struct intervention_build *b, int subject)
{
    return b->cohort->fw->subjects[subject].code;
}

static void note_figures(struct intervention_build *b, const struct impact *impact)
{
    double apart = impact->start_deviation > 0
                           ? fabs(impact->start_apart) / impact->start_deviation
                           : 0;

    b->shown++;
    b->clear += impact->has_interval && (impact->low > 0 || impact->high < 0);
    if (impact->pair_n == 0)
        return;
    b->widest_apart = fmax(b->widest_apart, apart);
    if (b->fewest == 0 || impact->pair_n < b->fewest)
        b->fewest = impact->pair_n;
}

static void put_subject(struct intervention_build *b, const struct impact_subject *subject,
        const struct impact *impact)
{
    struct row *row = table_row(b->report, b->table);

    cell_text(b->report, row, I_SUBJECT, code_of(b, subject->subject));
    cell_number(row, I_N, impact->group_n * 1000);
    put_mean(row, I_BEFORE, &impact->group[SPAN_BEFORE]);
    put_mean(row, I_DURING, &impact->group[SPAN_DURING]);
    put_mean(row, I_AFTER, &impact->group[SPAN_AFTER]);
    cell_number(row, I_PAIRS, (int64_t)impact->pair_n * 1000);
    put_mean(row, I_MATCHED_BEFORE, &impact->matched[SPAN_BEFORE]);
    put_mean(row, I_MATCHED_DURING, &impact->matched[SPAN_DURING]);
    put_mean(row, I_MATCHED_AFTER, &impact->matched[SPAN_AFTER]);
    if (impact->pair_n > 0) {
        cell_number(row, I_DIFFERENCE, llround(impact->difference));
        cell_number(row, I_APART, llround(impact->start_apart));
    }
    if (impact->has_interval) {
        cell_number(row, I_LOW, llround(impact->low));
        cell_number(row, I_HIGH, llround(impact->high));
    }
    note_figures(b, impact);
}

static const struct cohort_pupil *pupil_at(const struct intervention_build *b, size_t i)
{
    return &b->cohort->pupils[b->facts->places[i]];
}

static void put_matched(struct intervention_build *b, struct row *row,
        const struct impact_subject *subject, const struct impact *impact, size_t i)
{
    for (size_t k = 0; k < impact->pair_n; k++) {
        const struct impact_pair *pair = &impact->pairs[k];

        if (pair->in != i)
            continue;
        cell_text(b->report, row, P_MATCHED,
                report_text(b->report, "%s, %s", pupil_at(b, pair->other)->surname,
                        pupil_at(b, pair->other)->forename));
        put_points(row, P_MATCHED_DURING,
                impact_progress(&subject->pupils[pair->other], SPAN_DURING));
    }
}

static void put_pupils(struct intervention_build *b, const struct impact_subject *subject,
        const struct impact *impact)
{
    struct table *table = report_table(b->report, "pupils",
            "Its pupils, each with the one most like them", pupil_columns, P__MAX);

    for (size_t i = 0; i < b->facts->place_n; i++) {
        const struct impact_pupil *points = &subject->pupils[i];
        const struct cohort_pupil *pupil = pupil_at(b, i);
        struct row *row;

        if (!points->in)
            continue;
        row = table_row(b->report, table);
        cell_text(b->report, row, P_UPN, pupil->upn);
        cell_text(b->report, row, P_SURNAME, pupil->surname);
        cell_text(b->report, row, P_FORENAME, pupil->forename);
        if (pupil->year != COHORT_YEAR_UNKNOWN)
            cell_text(b->report, row, P_YEAR, framework_year_text(pupil->year));
        cell_text(b->report, row, P_SUBJECT, code_of(b, subject->subject));
        put_points(row, P_PRIOR, points->prior);
        put_points(row, P_START, points->points[IMPACT_START]);
        put_points(row, P_END, points->points[IMPACT_END]);
        put_points(row, P_BEFORE, impact_progress(points, SPAN_BEFORE));
        put_points(row, P_DURING, impact_progress(points, SPAN_DURING));
        put_points(row, P_AFTER, impact_progress(points, SPAN_AFTER));
        put_matched(b, row, subject, impact, i);
        row->link = report_text(b->report, "/pupils/%lld", (long long)pupil->id);
    }
    if (table->row_n == 0)
        table->empty = "None of its pupils is among those asked about.";
}

static void count_subject(struct intervention_build *b, const struct impact_subject *subject,
        bool one)
{
    struct impact impact = { 0 };
    struct err ignored;

    if (impact_make(b->report->arena, subject->pupils, b->facts->place_n, &impact, &ignored) !=
            ERR_OK) {
        b->report->failed = true;
        return;
    }
    if (impact.group_n > 0)
        put_subject(b, subject, &impact);
    if (one)
        put_pupils(b, subject, &impact);
}

/* ---- words ---- */

static const char *span_words(struct intervention_build *b)
{
    const struct date *days = b->facts->days;
    char from[DATE_LONG_SIZE];
    char to[DATE_LONG_SIZE];

    if (!b->facts->over)
        return report_text(b->report, "since %s", date_long(days[IMPACT_START], from));
    return report_text(b->report, "%s to %s", date_long(days[IMPACT_START], from),
            date_long(days[IMPACT_END], to));
}

static void say_days(struct intervention_build *b)
{
    const struct date *days = b->facts->days;
    char before[DATE_LONG_SIZE];
    char start[DATE_LONG_SIZE];
    char end[DATE_LONG_SIZE];
    char after[DATE_LONG_SIZE];

    report_note(b->report,
            "How to read this: before, during and after are points gained by term: from the "
            "judgement that stood on %s to that of %s, on to that of %s%s%s. Terms are those "
            "between the two judgements; where both lie in one term there is no figure. A "
            "judgement counts for a year.",
            date_long(days[IMPACT_BEFORE], before), date_long(days[IMPACT_START], start),
            date_long(days[IMPACT_END], end),
            date_is_set(days[IMPACT_AFTER]) ? ", and from there to that of " : "",
            date_is_set(days[IMPACT_AFTER]) ? date_long(days[IMPACT_AFTER], after) : "");
}

static void say_cost(struct intervention_build *b)
{
    const struct intervention_facts *facts = b->facts;

    report_note(b->report, "For: %s.%s%s%s", facts->purpose,
            text_empty(facts->staff) ? "" : " Done by ", facts->staff,
            text_empty(facts->staff) ? "" : ".");
    if (facts->cost != NULL && facts->cost_each != NULL)
        report_note(b->report,
                "Cost: %s, which is %s for each of the %zu pupils who were in it.", facts->cost,
                facts->cost_each, facts->member_n);
    else if (facts->cost != NULL)
        report_note(b->report, "Cost: %s.", facts->cost);
    if (facts->by_rule)
        report_note(b->report, "The group is by rule: its pupils are those of the first day.");
}

static void say_rule(struct intervention_build *b)
{
    report_note(b->report,
            "Like pupils: of the same year group, not in the group, one for each, nearest "
            "first "
            "and nobody twice (greedy matching: Rubin 1973). Near is the points between their "
            "prior attainment and the points between them at the start, added up; results "
            "later "
            "than the first day are no prior attainment. The same pupils give the same pairs.");
    report_note(b->report,
            "Difference: mean of the pairs' differences during. From and To: its 95%% interval "
            "(paired t, n - 1 degrees of freedom).");
}

static void warn(struct intervention_build *b)
{
    report_caution(b->report,
            "This is no trial: the pupils were chosen, and what else was done for them or for "
            "those like them is not known here. A difference is no proof of an effect.");
    report_caution(b->report,
            "Pupils chosen because they had fallen behind tend to gain more afterwards "
            "whatever "
            "is done (regression to the mean): look at Before on both sides.");
    if (b->fewest > 0 && b->fewest < 15)
        report_caution(b->report,
                "Few pairs (%zu in one subject): a single pupil moves the figures.", b->fewest);
    if (b->widest_apart > 0.25)
        report_caution(b->report,
                "In some subject the two sides were more than a quarter of a standard "
                "deviation "
                "apart at the start: too far to compare with confidence (What Works "
                "Clearinghouse).");
    if (b->shown > 1)
        report_caution(b->report,
                "Of %lld subjects about one in twenty leaves nought out by chance alone.",
                (long long)b->shown);
}

/* Of one subject: the difference, and whether chance alone would make it. */
static const char *say_one(struct intervention_build *b)
{
    const struct row *row = &b->table->rows[0];
    int64_t tenths = (llabs(row->cells[I_DIFFERENCE].number) + 50) / 100;

    if (row->cells[I_LOW].state != CELL_SET)
        return report_text(b->report, "There are too few pupils like them to compare with.");
    if (tenths == 0)
        return report_text(b->report,
                "Its pupils gained as much by term as those like them; the interval holds "
                "nought.");
    return report_text(b->report,
            "Its pupils gained %lld.%lld points a term %s than those like them; %s.",
            (long long)(tenths / 10), (long long)(tenths % 10),
            row->cells[I_DIFFERENCE].number > 0 ? "more" : "less",
            b->clear > 0 ? "that is more than chance would make it"
                         : "chance alone could make that");
}

static void say_outcome(struct intervention_build *b)
{
    if (b->shown == 0)
        b->table->empty =
                "None of its pupils who are on roll and asked about has a judgement at "
                "the start and a later one in another term.";
    else if (b->shown == 1)
        b->report->says = say_one(b);
    else
        b->report->says = report_text(b->report,
                "In %lld of %lld subjects the difference between its pupils and those like "
                "them "
                "is more than chance would make it.",
                (long long)b->clear, (long long)b->shown);
}

static int64_t count_in(const struct intervention_facts *facts)
{
    int64_t n = 0;

    for (size_t i = 0; i < facts->place_n && facts->subject_n > 0; i++)
        n += facts->subjects[0].pupils[i].in;
    return n;
}

struct report *build_intervention(struct arena *arena, const struct frame *frame,
        const struct cohort *cohort, const struct intervention_facts *facts)
{
    struct report *report = build_begin(arena, "intervention", frame, cohort, NULL);
    struct intervention_build b = { .report = report,
        .frame = frame,
        .cohort = cohort,
        .facts = facts };

    report->title = report_text(report, "%s, %s: progress of its pupils beside like ones",
            facts->group, span_words(&b));
    report_filter(report, "Group %s", facts->group);
    b.table = report_table(report, "subjects",
            "Progress by term, and the difference from like pupils", subject_columns, I__MAX);
    for (size_t s = 0; s < facts->subject_n; s++)
        count_subject(&b, &facts->subjects[s], frame->subject >= 0);
    report->counted = count_in(facts);
    say_outcome(&b);
    say_days(&b);
    say_cost(&b);
    say_rule(&b);
    warn(&b);
    return build_end(report, frame);
}
