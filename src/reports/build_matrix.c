#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "reports/matrix_in.h"
#include "reports/suppress.h"

enum {
    KEY_SIZE = 40,
    FROM = 0,
    OF = 1,
    FIRST_TO = 2
};

struct matrix_build {
    struct report *report;
    const char *from, *to; /* the points, in words */
    const struct frame *frame;
    const struct cohort *cohort;
    const struct matrix_question *question;
    struct matrix_grid *grids; /* one a key stage that anybody counted is in */
    size_t grid_n;
    int64_t counted, left_out;
};

/* ---- counts and shares ---- */

/* "to_a_star" of A*, "to_4" of 4: lower case with underscores. */
static void key_of(const char *label, char key[KEY_SIZE])
{
    size_t n = (size_t)snprintf(key, KEY_SIZE, "to_");

    for (; *label != '\0' && n + 8 < KEY_SIZE; label++) {
        char c = *label;

        if (c >= 'A' && c <= 'Z')
            key[n++] = (char)(c - 'A' + 'a');
        else if ((c >= 'a' && c <= 'z') || text_is_digit(c))
            key[n++] = c;
        else if (c == '*' || c == '+' || c == '-')
            n += (size_t)snprintf(key + n, KEY_SIZE - n, "%s",
                    c == '*'   ? "_star"
                    : c == '+' ? "_plus"
                               : "_minus");
        else
            key[n++] = '_';
    }
    key[n] = '\0';
}

/* Grades of two kinds may be written alike: the later then has its place behind it. */
static const char *own_key(struct matrix_build *b, const struct matrix_grid *grid,
        const struct column *columns, size_t at)
{
    char key[KEY_SIZE];

    key_of(grid->to.marks[at - FIRST_TO].label, key);
    for (size_t i = FIRST_TO; i < at; i++) {
        if (text_eq(columns[i].key, key))
            return report_text(b->report, "%s_%zu", key, at - FIRST_TO + 1);
    }
    return report_text(b->report, "%s", key);
}

/* The first grid's table bears the plain name, the others their key stage behind it. */
static const char *own_name(struct matrix_build *b, const struct matrix_grid *grid,
        const char *name)
{
    char code[KEY_SIZE];

    if (grid == b->grids)
        return name;
    (void)text_copy(code, sizeof(code),
            grid->stage < 0 ? "none" : b->cohort->fw->stages[grid->stage].code);
    return report_text(b->report, "%s-%s", name, text_lower(code));
}

/* ", Key Stage 2", where there is more than one. */
static const char *stage_words(struct matrix_build *b, const struct matrix_grid *grid)
{
    if (b->grid_n < 2)
        return "";
    return report_text(b->report, ", %s",
            grid->stage < 0 ? "in no key stage" : b->cohort->fw->stages[grid->stage].name);
}

static struct table *add_table(struct matrix_build *b, const struct matrix_grid *grid,
        const char *name, const char *title, enum column_type type)
{
    const struct matrix_axis *to = &grid->to;
    struct column *columns = arena_array(b->report->arena, FIRST_TO + to->n, sizeof(*columns));

    if (columns == NULL) {
        b->report->failed = true;
        return report_table(b->report, name, title, NULL, 0);
    }
    columns[FROM] = (struct column){ .key = "from",
        .label = b->question->from.label,
        .type = COLUMN_TEXT };
    columns[OF] = (struct column){ .key = "of", .label = "Pupils", .type = COLUMN_INTEGER };
    for (size_t c = 0; c < to->n; c++) {
        columns[FIRST_TO + c] = (struct column){ .label = to->marks[c].label,
            .type = type,
            .unit = type == COLUMN_PERCENT ? "%" : NULL };
        columns[FIRST_TO + c].key = own_key(b, grid, columns, FIRST_TO + c);
    }
    return report_table(b->report, own_name(b, grid, name), title, columns, FIRST_TO + to->n);
}

static void put_row(struct matrix_build *b, const struct matrix_grid *grid, struct table *table,
        size_t r, bool shares)
{
    struct row *row = table_row(b->report, table);

    cell_text(b->report, row, FROM, grid->from.marks[r].label);
    if (grid->hidden_of[r])
        cell_suppressed(row, OF);
    else
        cell_number(row, OF, grid->of[r] * 1000);
    for (size_t c = 0; c < grid->to.n; c++) {
        size_t cell = r * grid->to.n + c;

        if (grid->hidden[cell])
            cell_suppressed(row, FIRST_TO + c);
        else if (shares)
            cell_number(row, FIRST_TO + c, report_percent(grid->counts[cell], grid->of[r]));
        else
            cell_number(row, FIRST_TO + c, grid->counts[cell] * 1000);
    }
}

static void add_tables(struct matrix_build *b, const struct matrix_grid *grid)
{
    struct table *counts = add_table(b, grid, "matrix",
            report_text(b->report, "Pupils: down %s, across %s%s", b->from, b->to,
                    stage_words(b, grid)),
            COLUMN_INTEGER);
    struct table *shares = add_table(b, grid, "shares",
            report_text(b->report, "Shares of each row%s", stage_words(b, grid)),
            COLUMN_PERCENT);

    for (size_t r = 0; r < grid->from.n; r++) {
        put_row(b, grid, counts, r, false);
        put_row(b, grid, shares, r, true);
    }
    if (counts->row_n > 0)
        return;
    counts->empty = b->cohort->pupil_n == 0
                            ? "No pupil on roll on this day fits these filters."
                            : "None of these pupils has a grade at both points.";
    shares->empty = counts->empty;
}

static void add_chart(struct matrix_build *b, const struct matrix_grid *grid)
{
    struct chart *chart;

    if (grid->counted == 0 || b->question->suppress)
        return;
    chart = report_chart(b->report, own_name(b, grid, "matrix"),
            report_text(b->report, "From %s to %s%s", b->from, b->to, stage_words(b, grid)),
            "matrix",
            report_text(b->report,
                    "%lld pupils: a row for each grade of %s, a column for each of %s, with "
                    "the "
                    "number who went from the one to the other.",
                    (long long)grid->counted, b->from, b->to));
    chart->x_title = b->question->from.label;
    for (size_t c = 0; c < grid->to.n; c++)
        chart_x_tick(b->report, chart, (int64_t)c * 1000, grid->to.marks[c].label, false);
    for (size_t r = 0; r < grid->from.n; r++) {
        struct chart_series *series =
                chart_series(b->report, chart, grid->from.marks[r].label, "row");

        for (size_t c = 0; c < grid->to.n; c++)
            chart_flagged(b->report, series, (int64_t)c * 1000,
                    grid->counts[r * grid->to.n + c] * 1000, grid->to.marks[c].label,
                    matrix_flag(grid, &grid->from.marks[r], &grid->to.marks[c]));
    }
}

/* ---- beside what is expected and what is known of the country ---- */

enum {
    E_MEASURE,
    E_LABEL,
    E_FROM,
    E_COUNT,
    E_OF,
    E_PERCENT,
    E_LOW,
    E_HIGH,
    E_NATIONAL,
    E_YEAR,
    E__MAX
};

static const struct column beside_columns[E__MAX] = {
    [E_MEASURE] = { .key = "measure", .label = "Id", .type = COLUMN_TEXT, .quiet = true },
    [E_LABEL] = { .key = "label", .label = "Measure", .type = COLUMN_TEXT },
    [E_FROM] = { .key = "from", .label = "From", .type = COLUMN_TEXT },
    [E_COUNT] = { .key = "count", .label = "Count", .type = COLUMN_INTEGER },
    [E_OF] = { .key = "of", .label = "Of", .type = COLUMN_INTEGER },
    [E_PERCENT] = { .key = "percent", .label = "Share", .type = COLUMN_PERCENT, .unit = "%" },
    [E_LOW] = { .key = "low", .label = "From", .type = COLUMN_PERCENT, .unit = "%" },
    [E_HIGH] = { .key = "high", .label = "To", .type = COLUMN_PERCENT, .unit = "%" },
    [E_NATIONAL] = { .key = "national",
            .label = "National",
            .type = COLUMN_PERCENT,
            .unit = "%" },
    [E_YEAR] = { .key = "national_year", .label = "Of the year", .type = COLUMN_TEXT },
};

/* The newest national figure of a measure, or NULL. */
static const struct outside *newest(const struct matrix_question *question, const char *measure)
{
    const struct outside *found = NULL;

    for (size_t i = 0; i < question->outside_n; i++) {
        if (text_eq_fold(question->outside[i].measure, measure) &&
                (found == NULL || question->outside[i].year > found->year))
            found = &question->outside[i];
    }
    return found;
}

/* `told`: cells that this adds up are hidden, and the sum would tell of them. */
static void put_share(struct matrix_build *b, struct row *row, int64_t count, int64_t of,
        bool told)
{
    struct proportion share = proportion_make(count, of, 0);
    bool hide = b->question->suppress &&
                (told || suppress_is_small(count) || suppress_is_small(of - count));

    if (hide) {
        for (size_t i = E_COUNT; i <= E_HIGH; i++)
            if (i != E_OF || of <= SUPPRESS_MOST)
                cell_suppressed(row, i);
    } else {
        cell_number(row, E_COUNT, count * 1000);
        cell_number(row, E_PERCENT, report_percent(count, of));
        cell_number(row, E_LOW, percent_printed(share.low));
        cell_number(row, E_HIGH, percent_printed(share.high));
    }
    if (!hide || of > SUPPRESS_MOST)
        cell_number(row, E_OF, of * 1000);
}

static void put_national(struct matrix_build *b, struct row *row, const struct outside *outside)
{
    if (outside == NULL) {
        cell_missing(b->report, row, E_NATIONAL, "not on file");
        return;
    }
    cell_number(row, E_NATIONAL, outside->percent);
    cell_text(b->report, row, E_YEAR, report_text(b->report, "%d", outside->year));
}

/* Of all who are counted, those who made the progress that the framework expects. */
static void put_expected(struct matrix_build *b, const struct matrix_grid *grid,
        struct table *table)
{
    struct row *row;
    int64_t count = 0, of = 0;

    for (size_t r = 0; r < grid->from.n; r++) {
        for (size_t c = 0; c < grid->to.n; c++) {
            enum flag flag = matrix_flag(grid, &grid->from.marks[r], &grid->to.marks[c]);
            int64_t n = grid->counts[r * grid->to.n + c];

            of += flag == FLAG_NONE ? 0 : n;
            count += flag == FLAG_ON || flag == FLAG_ABOVE ? n : 0;
        }
    }
    if (of == 0)
        return;
    row = table_row(b->report, table);
    cell_text(b->report, row, E_MEASURE, grid->asked->id);
    cell_text(b->report, row, E_LABEL, grid->asked->label);
    put_share(b, row, count, of, false);
    put_national(b, row, newest(b->question, grid->asked->id));
}

static void add_expected(struct matrix_build *b)
{
    struct table *table;
    bool any = false;

    for (size_t g = 0; g < b->grid_n; g++)
        any = any || b->grids[g].asked != NULL;
    if (!any)
        return;
    table = report_table(b->report, "expected", "Expected progress", beside_columns, E__MAX);
    if (table->column_n == E__MAX)
        table->columns[E_FROM].quiet = true;
    for (size_t g = 0; g < b->grid_n; g++)
        if (b->grids[g].asked != NULL)
            put_expected(b, &b->grids[g], table);
    if (table->row_n == 0)
        table->empty = "Nobody here has levels at both points.";
}

/* Of one row, how many reach the level that a measure asks for. */
static int64_t reaching(const struct matrix_grid *grid, size_t r, int at_least)
{
    int64_t count = 0;

    for (size_t c = 0; c < grid->to.n; c++) {
        if (grid->to.marks[c].level != LEVEL_NONE && grid->to.marks[c].level >= at_least)
            count += grid->counts[r * grid->to.n + c];
    }
    return count;
}

static bool hides_any(const struct matrix_grid *grid, size_t r)
{
    bool any = false;

    for (size_t c = 0; c < grid->to.n; c++)
        any = any || grid->hidden[r * grid->to.n + c];
    return any;
}

/* Rows for one threshold, where the country's figure from that grade is on file: the measure
   "ks2-l4-mat-from-2b". */
static void add_transitions(struct matrix_build *b, const struct matrix_grid *grid,
        struct table *table, const struct measure *measure)
{
    for (size_t r = 0; r < grid->from.n; r++) {
        const char *id =
                report_text(b->report, "%s-from-%s", measure->id, grid->from.marks[r].label);
        const struct outside *outside = newest(b->question, id);
        struct row *row;

        if (outside == NULL || grid->hidden_of[r])
            continue;
        row = table_row(b->report, table);
        cell_text(b->report, row, E_MEASURE, id);
        cell_text(b->report, row, E_LABEL, measure->label);
        cell_text(b->report, row, E_FROM, grid->from.marks[r].label);
        put_share(b, row, reaching(grid, r, measure->at_least), grid->of[r],
                hides_any(grid, r));
        put_national(b, row, outside);
    }
}

/* The thresholds of one key stage in the subject; the first one's name, or NULL. */
static const char *add_thresholds(struct matrix_build *b, const struct matrix_grid *grid,
        struct table *table)
{
    const struct framework *fw = b->cohort->fw;
    const char *example = NULL;

    for (int i = 0; i < fw->measure_n; i++) {
        const struct measure *measure = &fw->measures[i];

        if (measure->kind != MEASURE_THRESHOLD || measure->stage != grid->stage ||
                measure->subject_n != 1 || measure->subjects[0] != b->frame->subject)
            continue;
        example = example == NULL ? measure->id : example;
        add_transitions(b, grid, table, measure);
    }
    return example;
}

static void add_national(struct matrix_build *b)
{
    const char *example = NULL, *from = NULL;
    struct table *table;

    if (!b->question->from.prior || b->counted == 0)
        return;
    table = report_table(b->report, "national", "Beside the country, grade by grade",
            beside_columns, E__MAX);
    for (size_t g = 0; g < b->grid_n; g++) {
        const char *found = add_thresholds(b, &b->grids[g], table);

        if (example == NULL && found != NULL) {
            example = found;
            from = b->grids[g].from.marks[b->grids[g].from.n - 1].label;
        }
    }
    if (table->row_n > 0)
        return;
    table->empty = "No national figures from grade to grade are on file for this subject and "
                   "key stage.";
    if (example != NULL)
        report_note(b->report,
                "National figures from grade to grade come in with national.csv; a measure is "
                "then called, for instance, %s-from-%s: of those who had %s before, how many "
                "reach it. None is on file here, and none is guessed.",
                example, from, from);
}

/* ---- the pupils of one row ---- */

static const struct column pupil_columns[] = {
    { .key = "upn", .label = "UPN", .type = COLUMN_TEXT, .quiet = true },
    { .key = "surname", .label = "Surname", .type = COLUMN_TEXT },
    { .key = "forename", .label = "Forename", .type = COLUMN_TEXT, .join = "Pupil" },
    { .key = "year_group", .label = "Year", .type = COLUMN_GRADE, .minor = true },
    { .key = "registration", .label = "Form", .type = COLUMN_GRADE, .minor = true },
    { .key = "from", .label = "From", .type = COLUMN_GRADE },
    { .key = "to", .label = "To", .type = COLUMN_GRADE },
    { .key = "flag", .label = "Expected progress", .type = COLUMN_FLAG },
};

static void put_pupil(struct matrix_build *b, struct table *table, size_t p, enum flag flag)
{
    const struct cohort_pupil *pupil = &b->cohort->pupils[p];
    char text[VALUE_TEXT_SIZE];
    struct row *row = table_row(b->report, table);

    cell_text(b->report, row, 0, pupil->upn);
    cell_text(b->report, row, 1, pupil->surname);
    cell_text(b->report, row, 2, pupil->forename);
    if (pupil->year != COHORT_YEAR_UNKNOWN)
        cell_text(b->report, row, 3, framework_year_text(pupil->year));
    cell_text(b->report, row, 4, pupil->registration);
    cell_text(b->report, row, 5,
            framework_shown_text(b->cohort->fw, b->question->from.values[p], text));
    cell_text(b->report, row, 6,
            framework_shown_text(b->cohort->fw, b->question->to.values[p], text));
    cell_flag(row, 7, flag);
    row->link = report_text(b->report, "/pupils/%lld", (long long)pupil->id);
}

/* Those of one key stage who were at the grade asked for. */
static void put_pupils(struct matrix_build *b, const struct matrix_grid *grid,
        struct table *table)
{
    for (size_t p = 0; p < b->cohort->pupil_n; p++) {
        struct matrix_mark from, to;

        if (b->cohort->pupils[p].stage != grid->stage ||
                !matrix_place(b->cohort, b->question, p, &from, &to))
            continue;
        for (size_t r = 0; r < grid->from.n; r++) {
            if (grid->from.marks[r].metric == from.metric &&
                    grid->from.marks[r].rank == from.rank &&
                    text_eq_fold(grid->from.marks[r].label, b->question->only))
                put_pupil(b, table, p, matrix_flag(grid, &from, &to));
        }
    }
}

static void add_pupils(struct matrix_build *b)
{
    struct table *table;

    if (b->question->only == NULL || b->question->suppress)
        return;
    table = report_table(b->report, "pupils",
            report_text(b->report, "The pupils from %s", b->question->only), pupil_columns,
            COUNT(pupil_columns));
    for (size_t g = 0; g < b->grid_n; g++)
        put_pupils(b, &b->grids[g], table);
    if (table->row_n == 0)
        table->empty =
                report_text(b->report, "Nobody counted here was at %s.", b->question->only);
}

/* ---- words ---- */

static void explain_expected(struct matrix_build *b)
{
    const struct measure *asked = NULL;
    bool different = false;

    for (size_t g = 0; g < b->grid_n; g++) {
        const struct measure *one = b->grids[g].asked;

        different =
                different || (asked != NULL && one != NULL && one->at_least != asked->at_least);
        asked = asked == NULL ? one : asked;
    }
    if (asked != NULL)
        report_note(b->report,
                "Below, on and above mean against %s over the key stage (%s); sub-levels do "
                "not count.%s",
                different ? "the whole levels that the measure names"
                          : report_text(b->report, "%d whole levels", asked->at_least),
                asked->source,
                b->question->to.final ? ""
                                      : " The stage is not over yet for these pupils: who is "
                                        "below has time.");
    else if (b->question->from.prior && b->counted > 0)
        report_note(b->report, "No expected progress is marked: the framework names none for "
                               "this subject and key stage.");
}

static void explain(struct matrix_build *b)
{
    struct report *report = b->report;

    report_note(report,
            "How to read this: a row holds the pupils who had one grade at the first point "
            "(%s), a column those who have one at the second (%s). Levels are taken whole in "
            "the columns, W first; every share is of its row.",
            b->from, b->to);
    if (b->left_out > 0 && !(b->question->suppress && suppress_is_small(b->left_out)))
        report_note(report, "%lld %s a grade at one of the two points and %s left out.",
                (long long)b->left_out, b->left_out == 1 ? "pupil lacks" : "pupils lack",
                b->left_out == 1 ? "is" : "are");
    explain_expected(b);
    if (b->grid_n > 1)
        report_caution(report, "These pupils are in several key stages, each with a table of "
                               "its own; a CSV file holds the first. Choose a year group to "
                               "see one.");
    if (b->counted > 0 && b->counted < 30 && !b->question->suppress)
        report_caution(report, "Small group: %lld pupils; most cells hold one or two.",
                (long long)b->counted);
    if (b->question->suppress)
        report_note(report,
                "Numbers from 1 to %d, and what would give them away, are hidden and shown as "
                "c.",
                SUPPRESS_MOST);
}

/* One grid for each key stage with anybody to count; one without anybody where there is none.
 */
static void count_all(struct matrix_build *b)
{
    struct arena *arena = b->report->arena;
    int stages = b->cohort->fw->stage_n;

    b->grids = arena_array(arena, (size_t)stages + 2, sizeof(*b->grids));
    for (int stage = -1; stage < stages && !b->report->failed; stage++) {
        struct err err;

        if (b->grids == NULL || matrix_count(arena, b->frame, b->cohort, b->question, stage,
                                        &b->grids[b->grid_n], &err) != ERR_OK) {
            b->report->failed = true;
            return;
        }
        b->counted += b->grids[b->grid_n].counted;
        b->left_out += b->grids[b->grid_n].left_out;
        if (b->grids[b->grid_n].counted == 0)
            continue;
        if (b->question->suppress)
            matrix_hide(&b->grids[b->grid_n]);
        b->grid_n++;
    }
}

struct report *build_matrix(struct arena *arena, const struct frame *frame,
        const struct cohort *cohort, const struct matrix_question *question)
{
    char day[DATE_LONG_SIZE];
    struct matrix_build b = { .frame = frame, .cohort = cohort, .question = question };

    b.report = build_begin(arena, "matrix", frame, cohort, NULL);
    b.from = figure_words(b.report, question->from.label);
    b.to = figure_words(b.report, question->to.label);
    b.report->title = report_text(b.report, "%s: from %s to %s, on %s", frame->description,
            b.from, b.to, date_long(cohort->day, day));
    count_all(&b);
    if (b.report->failed)
        return b.report;
    b.report->counted = b.counted;
    b.report->says = b.counted == 0 ? "Nobody here has a grade at both points."
                                    : report_text(b.report,
                                              "%lld of %zu pupils have a grade at both "
                                              "points.",
                                              (long long)b.counted, cohort->pupil_n);
    if (question->suppress) {
        report_suppress_population(b.report);
        if (b.report->counted == REPORT_HIDDEN)
            b.report->says = "Few pupils have, or few lack, a grade at both points.";
    }
    for (size_t g = 0; g < (b.grid_n == 0 ? 1 : b.grid_n); g++) {
        add_tables(&b, &b.grids[g]);
        add_chart(&b, &b.grids[g]);
    }
    add_expected(&b);
    add_pupils(&b);
    explain(&b);
    add_national(&b);
    return build_end(b.report, frame);
}
