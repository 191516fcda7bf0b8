#include "base/buf.h"
#include "base/text.h"
#include "reports/build.h"
#include "reports/suppress.h"

enum {
    R_REGION,
    R_LABEL,
    R_SETS,
    R_COUNT,
    R_OF,
    R_PERCENT,
    R__MAX
};

static const struct column region_columns[R__MAX] = {
    [R_REGION] = { .key = "region", .label = "Part", .type = COLUMN_TEXT, .quiet = true },
    [R_LABEL] = { .key = "label", .label = "Who", .type = COLUMN_TEXT },
    [R_SETS] = { .key = "sets", .label = "In", .type = COLUMN_TEXT, .quiet = true },
    [R_COUNT] = { .key = "count", .label = "Pupils", .type = COLUMN_INTEGER },
    [R_OF] = { .key = "of", .label = "Of", .type = COLUMN_INTEGER },
    [R_PERCENT] = { .key = "percent", .label = "Share", .type = COLUMN_PERCENT, .unit = "%" },
};

enum {
    S_NAME,
    S_SET,
    S_FORMULA,
    S_COUNT,
    S_OF,
    S_PERCENT,
    S_WITHOUT,
    S__MAX
};

static const struct column set_columns[S__MAX] = {
    [S_NAME] = { .key = "name", .label = "Set", .type = COLUMN_TEXT },
    [S_SET] = { .key = "set", .label = "Letter", .type = COLUMN_GRADE },
    [S_FORMULA] = { .key = "formula", .label = "Formula", .type = COLUMN_TEXT },
    [S_COUNT] = { .key = "count", .label = "Pupils", .type = COLUMN_INTEGER },
    [S_OF] = { .key = "of", .label = "Of", .type = COLUMN_INTEGER },
    [S_PERCENT] = { .key = "percent", .label = "Share", .type = COLUMN_PERCENT, .unit = "%" },
    [S_WITHOUT] = { .key = "without_value", .label = "No answer", .type = COLUMN_INTEGER },
};

enum {
    P_UPN,
    P_SURNAME,
    P_FORENAME,
    P_YEAR,
    P_REGISTRATION,
    P_REGION,
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
    [P_REGISTRATION] = { .key = "registration",
            .label = "Form",
            .type = COLUMN_GRADE,
            .minor = true },
    [P_REGION] = { .key = "region", .label = "Stands in", .type = COLUMN_GRADE },
};

enum {
    TOLD = 8,   /* combinations that a chart's description names */
    CIRCLES = 3 /* sets that circles can show */
};

struct overlap_build {
    struct report *report;
    const struct frame *frame;
    const struct cohort *cohort;
    const struct overlap_view *view;
    const struct overlap *overlap;
    bool hides, hidden[OVERLAP_REGIONS];
    bool all_hidden;
    bool too_few;                    /* so few pupils in all that their number is hidden too */
    unsigned order[OVERLAP_REGIONS]; /* the regions as rows */
    size_t order_n;
};

static const char *const number_words[] = { "no", "one", "two", "three", "four", "five",
    "six" };

static const char *set_name(const struct overlap_build *b, size_t i)
{
    return b->view->sets->sets[i].name;
}

/* Names of the sets in the mask: "A", "A and B", "A, B and C". */
static const char *names_of(struct overlap_build *b, unsigned mask, const char *last)
{
    struct buf buf = buf_make(b->report->arena, 2000);
    const char *text = "";
    struct err err;
    size_t n = overlap_bits(mask);
    size_t written = 0;

    for (size_t i = 0; i < b->overlap->set_n; i++) {
        if ((mask >> i & 1u) == 0)
            continue;
        if (written != 0)
            buf_add(&buf, written + 1 == n ? last : ", ");
        buf_add(&buf, set_name(b, i));
        written++;
    }
    if (buf_end(&buf, &text, NULL, &err) != ERR_OK)
        b->report->failed = true;
    return text;
}

/* Who stands in a region, in words. */
static const char *label_of(struct overlap_build *b, unsigned mask)
{
    size_t n = b->overlap->set_n;
    unsigned all = (1u << n) - 1;

    if (mask == 0)
        return n == 2 ? "Neither of the two"
                      : report_text(b->report, "None of the %s", number_words[n]);
    if (mask == all)
        return n == 2 ? "Both" : report_text(b->report, "All %s", number_words[n]);
    if (overlap_bits(mask) == 1 || n > CIRCLES)
        return report_text(b->report, "%s only", names_of(b, mask, " and "));
    return report_text(b->report, "%s, not %s", names_of(b, mask, " and "),
            names_of(b, all & ~mask, " or "));
}

/* Whether region x stands before y: of few sets those in most sets first, of many those with
   most pupils; none last. */
static bool before(const struct overlap_build *b, unsigned x, unsigned y)
{
    int64_t more = b->overlap->counts[x] - b->overlap->counts[y];

    if ((x == 0) != (y == 0))
        return y == 0;
    if (b->overlap->set_n <= CIRCLES && overlap_bits(x) != overlap_bits(y))
        return overlap_bits(x) > overlap_bits(y);
    if (more != 0 && !b->hides)
        return more > 0;
    return overlap_bits(x) != overlap_bits(y) ? overlap_bits(x) < overlap_bits(y) : x < y;
}

/* Every region of two or three sets; of more sets those with anybody in them. */
static void put_in_order(struct overlap_build *b)
{
    for (unsigned mask = 0; mask < 1u << b->overlap->set_n; mask++) {
        size_t at = b->order_n;

        if (b->overlap->set_n > CIRCLES && mask != 0 && b->overlap->counts[mask] == 0 &&
                !b->hides)
            continue;
        while (at > 0 && before(b, mask, b->order[at - 1])) {
            b->order[at] = b->order[at - 1];
            at--;
        }
        b->order[at] = mask;
        b->order_n++;
    }
}

static void put_share(const struct overlap_build *b, struct row *row, size_t count_at,
        int64_t count, bool hide)
{
    int64_t of = b->overlap->counted;

    if (b->too_few)
        cell_suppressed(row, count_at + 1);
    else
        cell_number(row, count_at + 1, of * 1000);
    if (hide) {
        cell_suppressed(row, count_at);
        cell_suppressed(row, count_at + 2);
        return;
    }
    cell_number(row, count_at, count * 1000);
    if (of > 0)
        cell_number(row, count_at + 2, report_percent(count, of));
}

static void add_regions(struct overlap_build *b)
{
    struct table *table =
            report_table(b->report, "regions", "Every part", region_columns, R__MAX);
    const struct overlap *o = b->overlap;
    char letters[OVERLAP_LETTERS_SIZE];
    struct row *row;

    if (o->counted == 0) {
        table->empty = b->cohort->pupil_n == 0
                               ? "No pupil on roll on this day fits these filters."
                               : "Nobody here has an answer to every set: the table of sets "
                                 "says which of them have none.";
        return;
    }
    for (size_t i = 0; i < b->order_n; i++) {
        unsigned mask = b->order[i];

        row = table_row(b->report, table);
        cell_text(b->report, row, R_REGION, overlap_letters(mask, letters));
        cell_text(b->report, row, R_LABEL, label_of(b, mask));
        cell_text(b->report, row, R_SETS, names_of(b, mask, ", "));
        put_share(b, row, R_COUNT, o->counts[mask], b->hidden[mask]);
    }
    row = table_row(b->report, table);
    row->total = true;
    cell_text(b->report, row, R_REGION, "all");
    cell_text(b->report, row, R_LABEL, "All counted");
    put_share(b, row, R_COUNT, o->counted, b->too_few);
}

static void add_sets(struct overlap_build *b)
{
    struct table *table = report_table(b->report, "sets", "The sets", set_columns, S__MAX);
    const struct overlap *o = b->overlap;

    for (size_t i = 0; i < o->set_n; i++) {
        struct row *row = table_row(b->report, table);
        char letter[2] = { (char)('A' + i), '\0' };
        bool small = b->view->suppress && (b->all_hidden || suppress_is_small(o->sizes[i]) ||
                                                  suppress_is_small(o->counted - o->sizes[i]));

        cell_text(b->report, row, S_SET, letter);
        cell_text(b->report, row, S_NAME, set_name(b, i));
        cell_text(b->report, row, S_FORMULA, b->view->sets->sets[i].shown);
        put_share(b, row, S_COUNT, o->sizes[i], small);
        if (b->view->suppress && suppress_is_small(o->without[i]))
            cell_suppressed(row, S_WITHOUT);
        else
            cell_number(row, S_WITHOUT, o->without[i] * 1000);
    }
}

/* The names in the region asked for. */
static void add_pupils(struct overlap_build *b)
{
    struct overlap_asked asked = b->view->asked;
    bool several = asked.more && overlap_bits(asked.mask) > 1;
    struct table *table = report_table(b->report, "pupils",
            !asked.more ? label_of(b, asked.mask)
                        : report_text(b->report, "Everybody in %s%s",
                                  names_of(b, asked.mask, " and "), several ? " together" : ""),
            pupil_columns, P__MAX);

    for (size_t p = 0; p < b->cohort->pupil_n; p++) {
        const struct cohort_pupil *pupil = &b->cohort->pupils[p];
        char letters[OVERLAP_LETTERS_SIZE];
        struct row *row;

        if (!overlap_is_asked(asked, b->overlap->region[p]))
            continue;
        row = table_row(b->report, table);
        cell_text(b->report, row, P_UPN, pupil->upn);
        cell_text(b->report, row, P_SURNAME, pupil->surname);
        cell_text(b->report, row, P_FORENAME, pupil->forename);
        if (pupil->year != COHORT_YEAR_UNKNOWN)
            cell_text(b->report, row, P_YEAR, framework_year_text(pupil->year));
        cell_text(b->report, row, P_REGISTRATION, pupil->registration);
        cell_text(b->report, row, P_REGION, overlap_letters(b->overlap->region[p], letters));
        row->link = report_text(b->report, "/pupils/%lld", (long long)pupil->id);
    }
    if (table->row_n == 0)
        table->empty = "Nobody stands there.";
}

/* ---- the picture ---- */

static const char *description(struct overlap_build *b)
{
    struct buf buf = buf_make(b->report->arena, 4000);
    const char *text = "";
    struct err err;
    size_t told = 0;

    buf_printf(&buf, "Of %lld pupils:", (long long)b->overlap->counted);
    for (size_t i = 0; i < b->order_n && told < TOLD; i++) {
        int64_t n = b->overlap->counts[b->order[i]];

        if (n == 0)
            continue;
        buf_printf(&buf, "%s %lld: %s", told == 0 ? "" : ";", (long long)n,
                label_of(b, b->order[i]));
        told++;
    }
    buf_add(&buf, ".");
    if (buf_end(&buf, &text, NULL, &err) != ERR_OK)
        b->report->failed = true;
    return text;
}

static void add_chart(struct overlap_build *b)
{
    const struct overlap *o = b->overlap;
    struct chart *chart;
    struct chart_series *series;

    if (o->counted == 0 || b->hides)
        return;
    chart = report_chart(b->report, "overlap", "How the sets overlap",
            o->set_n <= CIRCLES ? "venn" : "upset", description(b));
    chart->caption = "Numbers of pupils.";
    chart->x_title = "Who";
    for (size_t i = 0; i < o->set_n; i++) {
        series = chart_series(b->report, chart, set_name(b, i), "set");
        chart_point(b->report, series, (int64_t)i * 1000, o->sizes[i] * 1000, NULL);
    }
    series = chart_series(b->report, chart, "Pupils", "region");
    for (size_t i = 0; i < b->order_n; i++)
        chart_point(b->report, series, b->order[i] * 1000, o->counts[b->order[i]] * 1000,
                label_of(b, b->order[i]));
}

/* ---- the words ---- */

static void say(struct overlap_build *b)
{
    const struct overlap *o = b->overlap;
    unsigned all = (1u << o->set_n) - 1;
    const char *every = o->set_n == 2
                                ? "both sets"
                                : report_text(b->report, "all %s sets", number_words[o->set_n]);

    b->report->counted = o->counted;
    if (b->view->suppress && suppress_is_small(o->left_out))
        b->report->of = o->counted;
    if (b->too_few)
        b->report->counted = b->report->of;
    if (o->counted == 0)
        b->report->says = "Nobody can be placed: see why below.";
    else if (b->too_few)
        b->report->says = "There are too few pupils to show how they are spread.";
    else if (b->hides)
        b->report->says = report_text(b->report,
                "%lld pupils are counted, spread over %s. Small numbers are hidden.",
                (long long)o->counted, every);
    else
        b->report->says = report_text(b->report,
                "%lld of %lld pupils %s in %s. %lld %s in none.", (long long)o->counts[all],
                (long long)o->counted, o->counts[all] == 1 ? "is" : "are", every,
                (long long)o->counts[0], o->counts[0] == 1 ? "is" : "are");
}

static void explain(struct overlap_build *b)
{
    const struct overlap *o = b->overlap;
    struct report *report = b->report;

    report_note(report,
            "How to read this: each pupil with an answer to every set stands in exactly one "
            "part; those outside all sets stand in the last. The size of a set is the sum of "
            "its parts.");
    if (o->left_out > 0 && !(b->view->suppress && suppress_is_small(o->left_out)))
        report_note(report,
                "%lld %s no answer to at least one set (no judgement, nothing recorded) and %s "
                "left out: missing is neither yes nor no.",
                (long long)o->left_out, o->left_out == 1 ? "pupil has" : "pupils have",
                o->left_out == 1 ? "is" : "are");
    if (o->set_n > CIRCLES && !b->hides && o->counted > 0)
        report_note(report,
                "Only parts with anybody in them are listed: %zu of %u; in all others is "
                "nobody.",
                b->order_n - (o->counts[0] == 0), 1u << o->set_n);
    if (!b->view->own)
        report_note(report,
                "These sets are the ready ones: below target is below or well below the "
                "progress target of this term in %s.%s",
                b->frame->subject >= 0 ? b->cohort->fw->subjects[b->frame->subject].name
                                       : "a core subject",
                b->view->suppress
                        ? ""
                        : " Others are written as formulas: NAME: FORMULA; NAME: FORMULA.");
    if (b->view->suppress)
        report_note(report,
                "Numbers from 1 to %d, and what would give them away, are hidden and shown "
                "as c.%s",
                SUPPRESS_MOST,
                b->hides ? " There is no picture, because its areas would tell them." : "");
    if (o->counted > 0 && o->counted < 30 && !b->too_few)
        report_caution(report,
                "Only %lld pupils are counted: one pupil is more than 3 percentage points.",
                (long long)o->counted);
}

struct report *build_overlap(struct arena *arena, const struct frame *frame,
        const struct cohort *cohort, const struct overlap_view *view)
{
    struct overlap_build b = { .frame = frame,
        .cohort = cohort,
        .view = view,
        .overlap = view->overlap };
    char day[DATE_LONG_SIZE];

    b.report = build_begin(arena, "overlap", frame, cohort, NULL);
    b.report->title = report_text(b.report, "%s: how %s sets overlap on %s", frame->description,
            number_words[view->sets->n], date_long(cohort->day, day));
    if (view->by_basis)
        b.report->basis = basis_name(frame->basis);
    b.hides = view->suppress && overlap_hide(view->overlap, SUPPRESS_MOST, b.hidden);
    b.too_few = view->suppress && suppress_is_small(view->overlap->counted);
    b.all_hidden = b.hides;
    for (unsigned mask = 0; mask < 1u << view->sets->n; mask++)
        b.all_hidden = b.all_hidden && (b.hidden[mask] || b.too_few);
    for (unsigned mask = 0; mask < 1u << view->sets->n && b.too_few; mask++)
        b.hidden[mask] = true;
    put_in_order(&b);
    if (view->has_region)
        add_pupils(&b);
    add_regions(&b);
    add_sets(&b);
    add_chart(&b);
    say(&b);
    explain(&b);
    return build_end(b.report, frame);
}
