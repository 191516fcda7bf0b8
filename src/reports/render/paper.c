#include "reports/render/paper.h"

#include "base/text.h"

static const char *const dash = "\xE2\x80\x93";
static const char *const minus = "\xE2\x88\x92";
#define HOW_TO_READ "How to read this: "

int64_t paper_round(int64_t milli, int places)
{
    static const int64_t steps[] = { 1000, 100, 10, 1 };
    int64_t step = steps[places < 0 ? 0 : places > 3 ? 3 : places];
    int64_t rest = milli % step;

    if (rest < 0)
        return milli - rest - (-rest * 2 >= step ? step : 0);
    return milli - rest + (rest * 2 >= step ? step : 0);
}

enum flag paper_flag_named(const char *code)
{
    for (int flag = FLAG_NONE + 1; flag < FLAG__MAX; flag++)
        if (text_eq(flag_code((enum flag)flag), code))
            return (enum flag)flag;
    return FLAG_NONE;
}

enum flag paper_flag(const struct cell *cell)
{
    if (cell->state != CELL_SET)
        return FLAG_NONE;
    if (cell->number > FLAG_NONE && cell->number < FLAG__MAX)
        return (enum flag)cell->number;
    return paper_flag_named(cell->text);
}

const char *paper_flag_code(const struct cell *cell)
{
    enum flag flag = paper_flag(cell);

    return flag == FLAG_NONE ? NULL : flag_code(flag);
}

/* The places a column of plain numbers needs, at most two. */
static int places_needed(const struct table *table, size_t at)
{
    int most = 0;

    for (size_t i = 0; i < table->row_n; i++) {
        int64_t number = table->rows[i].cells[at].number;
        int places = number % 1000 == 0 ? 0 : number % 100 == 0 ? 1 : 2;

        if (table->rows[i].cells[at].state == CELL_SET && places > most)
            most = places;
    }
    return most;
}

static enum paper_align align_of(enum column_type type)
{
    switch (type) {
    case COLUMN_GRADE:
        return PAPER_CENTRE;
    case COLUMN_INTEGER:
    case COLUMN_NUMBER:
    case COLUMN_POINTS:
    case COLUMN_PERCENT:
        return PAPER_RIGHT;
    case COLUMN_TEXT:
    case COLUMN_DATE:
    case COLUMN_FLAG:
    case COLUMN_BOOL:
        break;
    }
    return PAPER_LEFT;
}

static struct paper_column one_column(const struct table *table, size_t at)
{
    const struct column *column = &table->columns[at];
    struct paper_column paper = {
        .column = column,
        .at = at,
        .label = column->label == NULL ? column->key : column->label,
        .unit = column->unit,
        .align = align_of(column->type),
    };

    if (column->type == COLUMN_POINTS && paper.unit == NULL)
        paper.unit = "points";
    if (column->type == COLUMN_PERCENT)
        paper.unit = NULL;
    if (column->sub != NULL)
        paper.unit = column->sub;
    if (column->type == COLUMN_POINTS || column->type == COLUMN_PERCENT)
        paper.places = 1;
    if (column->type == COLUMN_NUMBER)
        paper.places = places_needed(table, at);
    if (at + 1 < table->column_n && table->columns[at + 1].join != NULL) {
        paper.joined = true;
        paper.label = table->columns[at + 1].join;
    }
    return paper;
}

/* A row is headed by its first column that is not quiet: put that one in front. */
static void lead_with_words(struct paper_column *columns, size_t n)
{
    size_t lead = 0;

    while (lead + 1 < n && columns[lead].column->quiet)
        lead++;
    if (lead < n && columns[lead].column->quiet)
        return;
    for (; lead > 0; lead--) {
        struct paper_column swap = columns[lead];

        columns[lead] = columns[lead - 1];
        columns[lead - 1] = swap;
    }
}

struct paper_column *paper_columns(struct arena *arena, const struct table *table,
        size_t *ret_n)
{
    struct paper_column *columns = arena_array(arena, table->column_n, sizeof(*columns));
    size_t n = 0;

    if (columns == NULL)
        return NULL;
    for (size_t at = 0; at < table->column_n; at++) {
        columns[n] = one_column(table, at);
        at += columns[n].joined;
        n++;
    }
    lead_with_words(columns, n);
    *ret_n = n;
    return columns;
}

const char *paper_number(struct arena *arena, const struct column *column, int places,
        int64_t number)
{
    int64_t rounded = paper_round(number, places);
    uint64_t size = rounded < 0 ? 0 - (uint64_t)rounded : (uint64_t)rounded;
    const char *sign = rounded < 0 ? minus : rounded > 0 && column->signed_ ? "+" : "";
    const char *unit = column->type == COLUMN_PERCENT ? "%" : "";
    unsigned long long whole = size / 1000;
    unsigned part = (unsigned)(size % 1000);

    if (places <= 0)
        return arena_printf(arena, "%s%llu%s", sign, whole, unit);
    if (places == 1)
        return arena_printf(arena, "%s%llu.%01u%s", sign, whole, part / 100, unit);
    if (places == 2)
        return arena_printf(arena, "%s%llu.%02u%s", sign, whole, part / 10, unit);
    return arena_printf(arena, "%s%llu.%03u%s", sign, whole, part, unit);
}

static const char *missing(struct arena *arena, const struct cell *cell)
{
    return text_empty(cell->text) ? dash : arena_printf(arena, "%s %s", dash, cell->text);
}

static const char *set_cell(struct arena *arena, const struct paper_column *column,
        const struct cell *cell)
{
    char date[DATE_LONG_SIZE];
    enum flag flag;

    switch (column->column->type) {
    case COLUMN_INTEGER:
    case COLUMN_NUMBER:
    case COLUMN_POINTS:
    case COLUMN_PERCENT:
        return paper_number(arena, column->column, column->places, cell->number);
    case COLUMN_DATE:
        return arena_text(arena, date_long((struct date){ (int32_t)cell->number }, date));
    case COLUMN_FLAG:
        flag = paper_flag(cell);
        return flag == FLAG_NONE
                       ? dash
                       : arena_printf(arena, "%s %s", flag_sign(flag), flag_word(flag));
    case COLUMN_BOOL:
        return cell->number != 0 ? "yes" : "no";
    case COLUMN_TEXT:
    case COLUMN_GRADE:
        break;
    }
    return text_empty(cell->text) ? dash : cell->text;
}

const char *paper_cell(struct arena *arena, const struct paper_column *column,
        const struct row *row)
{
    const struct cell *cell = &row->cells[column->at];
    const char *text = "c";

    if (cell->state == CELL_MISSING)
        text = missing(arena, cell);
    else if (cell->state == CELL_SET)
        text = set_cell(arena, column, cell);
    if (text == NULL || !column->joined || cell[1].state != CELL_SET ||
            text_empty(cell[1].text))
        return text;
    return arena_printf(arena, "%s, %s", text, cell[1].text);
}

static bool table_has(const struct table *table, enum cell_state state)
{
    for (size_t i = 0; i < table->row_n; i++)
        for (size_t at = 0; at < table->column_n; at++)
            if (table->rows[i].cells[at].state == state)
                return true;
    return false;
}

bool paper_has(const struct report *report, enum cell_state state)
{
    for (const struct table *table = report->tables; table != NULL; table = table->next)
        if (table_has(table, state))
            return true;
    return false;
}

const char *paper_basis(struct arena *arena, const struct report *report)
{
    static const struct {
        const char *basis, *words;
    } words[] = { { "attainment", "Current attainment" }, { "target", "Targets" },
        { "prediction", "Predictions" } };
    const char *basis = report->basis;
    char date[DATE_LONG_SIZE];

    for (size_t i = 0; i < COUNT(words); i++)
        if (text_eq(report->basis, words[i].basis))
            basis = words[i].words;
    date_long(report->as_at, date);
    if (text_empty(basis))
        return date[0] == '\0' ? "" : arena_printf(arena, "As at %s", date);
    return arena_printf(arena, "%s%s%s", basis, date[0] == '\0' ? "" : ", as at ", date);
}

const char *paper_population(struct arena *arena, const struct report *report)
{
    const char *who = report->population == NULL ? "" : report->population;

    if ((report->of == 0 && report->counted == 0) || report->counted == REPORT_HIDDEN)
        return who;
    return arena_printf(arena, "%lld of %lld%s%s", (long long)report->counted,
            (long long)report->of, *who == '\0' ? "" : ": ", who);
}

const char *paper_note(struct arena *arena, const char *note)
{
    char *rest;

    if (!text_starts(note, HOW_TO_READ))
        return note;
    rest = arena_text(arena, note + sizeof(HOW_TO_READ) - 1);
    if (rest != NULL && *rest >= 'a' && *rest <= 'z')
        *rest = (char)(*rest - 'a' + 'A');
    return rest;
}
