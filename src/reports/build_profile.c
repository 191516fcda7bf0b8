#include <stdio.h>
#include <string.h>

#include "analysis/learning_style.h"
#include "analysis/spread.h"
#include "base/text.h"
#include "reports/build_figures.h"
#include "reports/suppress.h"

enum {
    F_UPN,
    F_SURNAME,
    F_FORENAME,
    F_YEAR,
    F_REGISTRATION,
    F_X,
    F_Y,
    F_DIFFERENCE,
    F_X_STANINE,
    F_Y_STANINE,
    F_PROFILE,
    F__MAX,
    WORD_SIZE = 40
};

struct profile_build {
    struct report *report;
    const struct cohort *cohort;
    const struct profile_question *question;
    char first[WORD_SIZE], second[WORD_SIZE]; /* "verbal", "non-verbal" */
    int64_t *xs, *ys;                         /* of those who have both */
    int64_t counts[STYLE__MAX];
    size_t n;
};

/* "CAT verbal" is "verbal": what stands behind the test's name. */
static void battery_word(const struct subject *subject, char word[WORD_SIZE])
{
    const char *space = strchr(subject->name, ' ');

    (void)text_copy(word, WORD_SIZE, space == NULL ? subject->name : space + 1);
}

static const char *style_label(struct profile_build *b, enum learning_style style)
{
    const char *word = learning_style_word(style);

    if (style == STYLE_EVEN)
        return "Even";
    return report_text(b->report, "%c%s %s", word[0] - 'a' + 'A', word + 1,
            style < STYLE_EVEN ? b->first : b->second);
}

/* "mild-non-verbal", for programs. */
static const char *style_code(struct profile_build *b, enum learning_style style)
{
    const char *side = style < STYLE_EVEN ? b->first : b->second;
    char code[2 * WORD_SIZE];

    if (style == STYLE_EVEN)
        return "even";
    (void)snprintf(code, sizeof(code), "%s-%s", learning_style_word(style), side);
    for (char *c = code; *c != '\0'; c++)
        *c = *c == ' ' ? '-' : *c;
    return report_text(b->report, "%s", text_lower(code));
}

static bool has_both(const struct profile_build *b, size_t p)
{
    return b->question->x_scores[p] != FORMULA_NO_NUMBER &&
           b->question->y_scores[p] != FORMULA_NO_NUMBER;
}

static void count_all(struct profile_build *b)
{
    for (size_t p = 0; p < b->cohort->pupil_n; p++) {
        if (!has_both(b, p))
            continue;
        b->xs[b->n] = b->question->x_scores[p];
        b->ys[b->n] = b->question->y_scores[p];
        b->counts[learning_style(b->xs[b->n], b->ys[b->n])]++;
        b->n++;
    }
}

/* ---- the pupils ---- */

static struct table *pupil_table(const struct profile_build *b)
{
    const struct column columns[F__MAX] = {
        [F_UPN] = { .key = "upn", .label = "UPN", .type = COLUMN_TEXT, .quiet = true },
        [F_SURNAME] = { .key = "surname", .label = "Surname", .type = COLUMN_TEXT },
        [F_FORENAME] = { .key = "forename",
                .label = "Forename",
                .type = COLUMN_TEXT,
                .join = "Pupil" },
        [F_YEAR] = { .key = "year_group",
                .label = "Year",
                .type = COLUMN_GRADE,
                .minor = true },
        [F_REGISTRATION] = { .key = "registration",
                .label = "Form",
                .type = COLUMN_GRADE,
                .minor = true },
        [F_X] = { .key = "x", .label = b->question->x->name, .type = COLUMN_NUMBER },
        [F_Y] = { .key = "y", .label = b->question->y->name, .type = COLUMN_NUMBER },
        [F_DIFFERENCE] = { .key = "difference",
                .label = "Difference",
                .type = COLUMN_NUMBER,
                .signed_ = true },
        [F_X_STANINE] = { .key = "x_stanine",
                .label = "Stanine",
                .sub = b->question->x->name,
                .type = COLUMN_INTEGER,
                .minor = true },
        [F_Y_STANINE] = { .key = "y_stanine",
                .label = "Stanine",
                .sub = b->question->y->name,
                .type = COLUMN_INTEGER,
                .minor = true },
        [F_PROFILE] = { .key = "profile", .label = "Profile", .type = COLUMN_TEXT },
    };

    return report_table(b->report, "pupils", "Pupils", columns, F__MAX);
}

static void put_pupil(struct profile_build *b, struct table *table, size_t p)
{
    const struct cohort_pupil *pupil = &b->cohort->pupils[p];
    int64_t x = b->question->x_scores[p];
    int64_t y = b->question->y_scores[p];
    struct row *row = table_row(b->report, table);

    cell_text(b->report, row, F_UPN, pupil->upn);
    cell_text(b->report, row, F_SURNAME, pupil->surname);
    cell_text(b->report, row, F_FORENAME, pupil->forename);
    if (pupil->year != COHORT_YEAR_UNKNOWN)
        cell_text(b->report, row, F_YEAR, framework_year_text(pupil->year));
    cell_text(b->report, row, F_REGISTRATION, pupil->registration);
    cell_number(row, F_X, x);
    cell_number(row, F_Y, y);
    cell_number(row, F_DIFFERENCE, y - x);
    cell_number(row, F_X_STANINE, stanine_of_score(x) * 1000L);
    cell_number(row, F_Y_STANINE, stanine_of_score(y) * 1000L);
    cell_text(b->report, row, F_PROFILE, style_label(b, learning_style(x, y)));
    row->link = report_text(b->report, "/pupils/%lld", (long long)pupil->id);
}

static const char *why_empty(const struct profile_build *b)
{
    return b->cohort->pupil_n == 0
                   ? "No pupil on roll on this day fits these filters."
                   : report_text(b->report,
                             "None of these pupils has a standard score in both %s and %s.",
                             b->question->x->name, b->question->y->name);
}

static void add_pupils(struct profile_build *b)
{
    struct table *table;

    if (b->question->suppress)
        return;
    table = pupil_table(b);
    for (size_t p = 0; p < b->cohort->pupil_n; p++) {
        if (has_both(b, p))
            put_pupil(b, table, p);
    }
    if (table->row_n == 0)
        table->empty = why_empty(b);
}

/* ---- the group ---- */

static void add_bands(struct profile_build *b)
{
    static const struct column columns[] = {
        { .key = "group", .label = "By", .type = COLUMN_TEXT, .quiet = true },
        { .key = "value", .label = "Code", .type = COLUMN_TEXT, .quiet = true },
        { .key = "label", .label = "Profile", .type = COLUMN_TEXT },
        { .key = "count", .label = "Pupils", .type = COLUMN_INTEGER },
        { .key = "of", .label = "Of", .type = COLUMN_INTEGER },
        { .key = "percent", .label = "Share", .type = COLUMN_PERCENT, .unit = "%" },
        { .key = "low", .label = "From", .type = COLUMN_PERCENT, .unit = "%" },
        { .key = "high", .label = "To", .type = COLUMN_PERCENT, .unit = "%" },
        { .key = "usual_percent",
                .label = "Usual",
                .sub = "CAT4, verbal and spatial",
                .type = COLUMN_PERCENT,
                .unit = "%" },
    };
    struct table *table =
            report_table(b->report, "profile", "The group", columns, COUNT(columns));

    for (int style = 0; style < STYLE__MAX && b->n > 0; style++) {
        struct proportion share = proportion_make(b->counts[style], (int64_t)b->n, 0);
        struct row *row = table_row(b->report, table);

        cell_text(b->report, row, 0, "profile");
        cell_text(b->report, row, 1, style_code(b, (enum learning_style)style));
        cell_text(b->report, row, 2, style_label(b, (enum learning_style)style));
        cell_number(row, 3, b->counts[style] * 1000);
        cell_number(row, 4, (int64_t)b->n * 1000);
        cell_number(row, 5, report_percent(b->counts[style], (int64_t)b->n));
        cell_number(row, 6, percent_printed(share.low));
        cell_number(row, 7, percent_printed(share.high));
        cell_number(row, 8, learning_style_usual((enum learning_style)style) * 1000L);
    }
    if (table->row_n == 0)
        table->empty = why_empty(b);
}

static void add_chart(struct profile_build *b)
{
    enum {
        LEAST = 59000,
        MOST = 141000
    };
    struct chart *chart;
    struct chart_series *series;

    if (b->n == 0 || b->question->suppress)
        return;
    chart = report_chart(b->report, "profile",
            report_text(b->report, "%s against %s", b->question->y->name, b->question->x->name),
            "scatter",
            report_text(b->report,
                    "%zu pupils, one mark each: across the score in %s, upright that in %s. On "
                    "the line both are alike.",
                    b->n, b->question->x->name, b->question->y->name));
    chart->x_title = b->question->x->name;
    chart->y_title = b->question->y->name;
    series = chart_series(b->report, chart, "Both alike", "line");
    chart_point(b->report, series, LEAST, LEAST, NULL);
    chart_point(b->report, series, MOST, MOST, NULL);
    series = chart_series(b->report, chart, b->question->y->name, "points");
    for (size_t p = 0; p < b->cohort->pupil_n; p++) {
        if (has_both(b, p))
            chart_point(b->report, series, b->question->x_scores[p], b->question->y_scores[p],
                    report_text(b->report, "%s, %s", b->cohort->pupils[p].surname,
                            b->cohort->pupils[p].forename));
    }
}

/* ---- words ---- */

static void explain(struct profile_build *b)
{
    struct report *report = b->report;
    size_t without = b->cohort->pupil_n - b->n;

    report_note(report,
            "How to read this: two standard scores of each pupil (mean 100, standard deviation "
            "15, the newest of each). A pupil whose stanines are two apart leans mildly to the "
            "higher side, three moderately, four or more extremely; else the profile is even.");
    if (b->question->published)
        report_note(report, "That less than two stanines apart is even is published for these "
                            "two batteries of CAT4; the steps beyond fit the shares that its "
                            "reports print.");
    else
        report_note(report, "This rule is published for the verbal and spatial batteries of "
                            "CAT4. For the two batteries here no published rule was found: to "
                            "use it for them is this program's own choice, and so is the "
                            "comparison with the usual shares.");
    report_note(report, "A difference of 7 points comes about by chance in about one pupil in "
                        "three, of 11 in one of ten: take a leaning as a question to the pupil "
                        "and those who teach, not as a label.");
    if (without > 0 && !(b->question->suppress && suppress_is_small((int64_t)without)))
        report_note(report, "%zu %s no score in one of the two and %s left out.", without,
                without == 1 ? "pupil has" : "pupils have", without == 1 ? "is" : "are");
    if (b->n > 0 && b->n < 30 && !b->question->suppress)
        report_caution(report, "Small group: one pupil is %lld.%lld percentage points.",
                (long long)(report_percent(1, (int64_t)b->n) / 1000),
                (long long)(report_percent(1, (int64_t)b->n) / 100 % 10));
}

static void say(struct profile_build *b)
{
    char x[TEXT_MILLI_SIZE], y[TEXT_MILLI_SIZE];

    b->report->counted = (int64_t)b->n;
    if (b->question->suppress)
        report_suppress_population(b->report);
    if (b->n == 0) {
        b->report->says = "Nobody here has both scores.";
        return;
    }
    if (b->question->suppress && b->n < SPREAD_FEW) {
        b->report->says = "A few pupils have both scores.";
        return;
    }
    b->report->says = report_text(b->report,
            "%zu %s both scores; the means are %s (%s) and %s "
            "(%s).",
            b->n, b->n == 1 ? "pupil has" : "pupils have",
            text_from_milli(spread_mean(b->xs, b->n) / 100 * 100, x), b->question->x->name,
            text_from_milli(spread_mean(b->ys, b->n) / 100 * 100, y), b->question->y->name);
}

struct report *build_profile(struct arena *arena, const struct frame *frame,
        const struct cohort *cohort, const struct profile_question *question)
{
    char day[DATE_LONG_SIZE];
    struct profile_build b = { .cohort = cohort, .question = question };

    b.report = build_begin(arena, "profile", frame, cohort, NULL);
    b.report->title = report_text(b.report, "%s: %s against %s on %s", frame->description,
            question->y->name, question->x->name, date_long(cohort->day, day));
    b.xs = arena_array(arena, cohort->pupil_n + 1, sizeof(*b.xs));
    b.ys = arena_array(arena, cohort->pupil_n + 1, sizeof(*b.ys));
    if (b.xs == NULL || b.ys == NULL) {
        b.report->failed = true;
        return b.report;
    }
    battery_word(question->x, b.first);
    battery_word(question->y, b.second);
    count_all(&b);
    add_pupils(&b);
    add_bands(&b);
    add_chart(&b);
    say(&b);
    explain(&b);
    return build_end(b.report, frame);
}
