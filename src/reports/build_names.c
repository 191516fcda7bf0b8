#include "base/buf.h"
#include "base/text.h"
#include "reports/build.h"

enum {
    N_UPN,
    N_SURNAME,
    N_FORENAME,
    N_YEAR,
    N_REGISTRATION,
    N_VALUE,
    N_MET,
    N__MAX
};

static const struct column columns[N__MAX] = {
    [N_UPN] = { .key = "upn", .label = "UPN", .type = COLUMN_TEXT, .quiet = true },
    [N_SURNAME] = { .key = "surname", .label = "Surname", .type = COLUMN_TEXT },
    [N_FORENAME] = { .key = "forename",
            .label = "Forename",
            .type = COLUMN_TEXT,
            .join = "Pupil" },
    [N_YEAR] = { .key = "year_group", .label = "Year", .type = COLUMN_GRADE },
    [N_REGISTRATION] = { .key = "registration",
            .label = "Form",
            .type = COLUMN_GRADE,
            .minor = true },
    [N_VALUE] = { .key = "value", .label = "On record", .type = COLUMN_TEXT },
    [N_MET] = { .key = "met", .label = "Reaches it", .type = COLUMN_BOOL },
};

struct names_build {
    struct report *report;
    const struct frame *frame;
    const struct cohort *cohort;
    const struct measure *measure;
    struct cut_index index;
    size_t value; /* of the cut */
    struct table *table;
    int64_t met, counted, left_out;
};

/* The subjects that the measure looks at. */
struct looked {
    const int16_t *subjects;
    size_t n;
};

static struct looked looked_at(const struct names_build *b)
{
    const struct formula_measure *formulas = b->cohort->formulas;
    size_t i = (size_t)(b->measure - b->cohort->fw->measures);

    if (b->measure->kind != MEASURE_FORMULA)
        return (struct looked){ b->measure->subjects, (size_t)b->measure->subject_n };
    return formulas == NULL ? (struct looked){ NULL, 0 }
                            : (struct looked){ formulas[i].subjects, formulas[i].subject_n };
}

/* "ENG 4a, MAT 3b": the values that the measure looks at. */
static const char *values_text(const struct names_build *b, size_t p)
{
    const struct framework *fw = b->cohort->fw;
    struct buf buf = buf_make(b->report->arena, 400);
    const char *text = "";
    struct err err;
    struct looked looked = looked_at(b);
    bool several = looked.n > 1;

    for (size_t i = 0; i < looked.n; i++) {
        int column = cohort_column(b->cohort, looked.subjects[i]);
        char grade[VALUE_TEXT_SIZE];
        struct value value;
        size_t cell;

        if (column < 0)
            continue;
        cell = cohort_cell(b->cohort, p, (size_t)column);
        value = b->measure->kind == MEASURE_FORMULA
                        ? build_value(b->cohort, cell, b->frame->basis)
                        : measure_value(b->cohort, b->measure, p, cell, b->frame->basis);
        if (!value_is_set(value))
            continue;
        if (several)
            buf_printf(&buf, "%s%s ", buf.n == 0 ? "" : ", ",
                    fw->subjects[looked.subjects[i]].code);
        buf_add(&buf, framework_shown_text(fw, value, grade));
    }
    if (buf_end(&buf, &text, NULL, &err) != ERR_OK)
        b->report->failed = true;
    return text;
}

static void put_pupil(struct names_build *b, size_t p, int met)
{
    const struct cohort_pupil *pupil = &b->cohort->pupils[p];
    struct row *row = table_row(b->report, b->table);

    cell_text(b->report, row, N_UPN, pupil->upn);
    cell_text(b->report, row, N_SURNAME, pupil->surname);
    cell_text(b->report, row, N_FORENAME, pupil->forename);
    if (pupil->year != COHORT_YEAR_UNKNOWN)
        cell_text(b->report, row, N_YEAR, framework_year_text(pupil->year));
    cell_text(b->report, row, N_REGISTRATION, pupil->registration);
    cell_text(b->report, row, N_VALUE, values_text(b, p));
    if (met == MEASURE_NOT_COUNTED)
        cell_missing(b->report, row, N_MET, "not counted");
    else
        cell_number(row, N_MET, met);
    row->link = report_text(b->report, "/pupils/%lld", (long long)pupil->id);
}

/* Those who do not reach it first: they are what is asked about. */
static void add_rows(struct names_build *b)
{
    static const int order[] = { MEASURE_NOT_MET, MEASURE_NOT_COUNTED, MEASURE_MET };

    for (size_t i = 0; i < COUNT(order); i++) {
        for (size_t p = 0; p < b->cohort->pupil_n; p++) {
            int met;

            if (!cut_has(&b->index, p, b->value) || !measure_asks(b->cohort, b->measure, p))
                continue;
            met = measure_of_pupil(b->cohort, b->measure, p, b->frame->basis);
            if (met != order[i])
                continue;
            b->met += met == MEASURE_MET;
            b->counted += met != MEASURE_NOT_COUNTED;
            b->left_out += met == MEASURE_NOT_COUNTED;
            put_pupil(b, p, met);
        }
    }
}

static void say(struct names_build *b)
{
    struct report *report = b->report;
    int64_t percent;

    report->counted = b->counted;
    report->of = b->counted + b->left_out;
    if (b->table->row_n == 0)
        b->table->empty = "The measure asks about none of these pupils.";
    if (b->counted == 0) {
        report->says = "Nobody here has the values that this measure needs.";
        return;
    }
    percent = report_percent(b->met, b->counted);
    report->says = report_text(report, "%lld of %lld pupils reach this (%lld.%lld%%).",
            (long long)b->met, (long long)b->counted, (long long)(percent / 1000),
            (long long)(percent / 100 % 10));
}

static void explain(struct names_build *b)
{
    report_note(b->report,
            "How to read this: the pupils behind one figure of the summary. Those who do not "
            "reach it come first, then those who are not counted, then those who reach it. "
            "The basis is %s.",
            basis_name(b->frame->basis));
    if (b->left_out > 0)
        report_note(b->report,
                "%lld %s no value in a subject that the measure needs, and %s not counted.",
                (long long)b->left_out, b->left_out == 1 ? "pupil has" : "pupils have",
                b->left_out == 1 ? "is" : "are");
    if (b->measure->everybody)
        report_note(b->report,
                "This measure counts everybody: a pupil without a value has not reached it.");
}

/* The value of the cut that is asked for; false when no pupil has it. */
static bool find_value(struct names_build *b, enum cut cut, const char *value)
{
    if (cut == CUT_NONE || value == NULL)
        return cut == CUT_NONE;
    for (size_t v = 0; v < b->index.value_n; v++) {
        if (text_eq_fold(b->index.values[v], value)) {
            b->value = v;
            return true;
        }
    }
    return false;
}

struct report *build_names(struct arena *arena, const struct frame *frame,
        const struct cohort *cohort, const struct measure *measure, const char *value)
{
    enum cut cut = frame->by_n > 0 && value != NULL ? frame->by[0] : CUT_NONE;
    enum cut cross = cut == CUT_NONE ? CUT_NONE : frame->cross;
    struct names_build b = { .frame = frame, .cohort = cohort, .measure = measure };
    char day[DATE_LONG_SIZE];
    struct err err;

    b.report = build_begin(arena, "names", frame, cohort, NULL);
    b.report->basis = basis_name(frame->basis);
    b.table = report_table(b.report, "pupils", "The pupils behind the figure", columns, N__MAX);
    if (cut_make_crossed(arena, cohort, cut, cross, &b.index, &err) != ERR_OK) {
        b.report->failed = true;
        return b.report;
    }
    b.report->title = report_text(b.report, "%s: %s%s%s on %s", frame->description,
            measure->label, cut == CUT_NONE ? "" : ", ",
            cut == CUT_NONE ? "" : cut_words(arena, b.index.name, value),
            date_long(cohort->day, day));
    if (find_value(&b, cut, value))
        add_rows(&b);
    say(&b);
    explain(&b);
    return build_end(b.report, frame);
}
