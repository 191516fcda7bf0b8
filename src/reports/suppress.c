#include "reports/suppress.h"

#include "base/text.h"

enum level {
    LEVEL_SHOWN,
    LEVEL_COUNT, /* count and what rests on it */
    LEVEL_ALL    /* `of` too */
};

/* The columns by their places; column_n where the table has none. */
struct places {
    size_t block[3], count, of, derived[SUPPRESS_DERIVED];
};

static size_t place_of(const struct table *table, const char *key)
{
    size_t i = 0;

    while (i < table->column_n && (key == NULL || !text_eq(table->columns[i].key, key)))
        i++;
    return i;
}

static struct places find_places(const struct table *table, const struct suppress_columns *in)
{
    struct places places = { { place_of(table, in->block[0]), place_of(table, in->block[1]),
                                     place_of(table, in->block[2]) },
        place_of(table, in->count), place_of(table, in->of), { 0 } };

    for (size_t i = 0; i < SUPPRESS_DERIVED; i++)
        places.derived[i] = place_of(table, in->derived[i]);
    return places;
}

static bool is_small(int64_t milli)
{
    return milli > 0 && milli <= SUPPRESS_MOST * 1000;
}

static enum level level_of(const struct row *row, const struct places *at, bool rest)
{
    const struct cell *count = &row->cells[at->count];
    const struct cell *of = &row->cells[at->of];

    if (is_small(of->number))
        return LEVEL_ALL;
    if (is_small(count->number) || (rest && is_small(of->number - count->number)))
        return LEVEL_COUNT;
    return LEVEL_SHOWN;
}

static const char *text_at(const struct row *row, size_t column)
{
    return column < row->cell_n && row->cells[column].state == CELL_SET
                   ? row->cells[column].text
                   : NULL;
}

/* A block without a cut holds one row and no other tells of it. */
static bool same_block(const struct row *a, const struct row *b, const struct places *at)
{
    const char *cut = text_at(a, at->block[2]);

    return cut != NULL && text_eq(cut, text_at(b, at->block[2])) &&
           text_eq(text_at(a, at->block[1]), text_at(b, at->block[1])) &&
           text_eq(text_at(a, at->block[0]), text_at(b, at->block[0]));
}

static void hide_one_more(const struct table *table, const struct places *at, size_t first,
        size_t last, enum level *levels)
{
    size_t hidden = 0;
    enum level level = LEVEL_SHOWN;
    size_t least = last;

    for (size_t i = first; i < last; i++) {
        const struct row *row = &table->rows[i];

        hidden += levels[i] != LEVEL_SHOWN;
        level = levels[i] > level ? levels[i] : level;
        if (levels[i] == LEVEL_SHOWN && row->cells[at->of].number > 0 &&
                (least == last || row->cells[at->count].number <
                                          table->rows[least].cells[at->count].number))
            least = i;
    }
    if (hidden == 1 && least != last)
        levels[least] = level;
}

/* Counts beside the one that matters (those without a value) are counts of pupils too. */
static void hide_beside(const struct table *table, struct row *row, const struct places *at)
{
    for (size_t i = 0; i < SUPPRESS_DERIVED; i++) {
        size_t c = at->derived[i];

        if (c < row->cell_n && table->columns[c].type == COLUMN_INTEGER &&
                is_small(row->cells[c].number))
            cell_suppressed(row, c);
    }
}

static void hide(struct row *row, const struct places *at, enum level level)
{
    if (level == LEVEL_SHOWN)
        return;
    cell_suppressed(row, at->count);
    for (size_t i = 0; i < SUPPRESS_DERIVED; i++) {
        if (at->derived[i] < row->cell_n)
            cell_suppressed(row, at->derived[i]);
    }
    if (level == LEVEL_ALL)
        cell_suppressed(row, at->of);
}

void report_suppress(struct report *report, const struct suppress_columns *columns)
{
    struct table *table = report->tables;
    struct places at;
    enum level *levels;

    report_note(report,
            "Numbers from 1 to %d, and what would give them away, are hidden and "
            "shown as c.",
            SUPPRESS_MOST);
    if (table == NULL || table->row_n == 0)
        return;
    levels = arena_array(report->arena, table->row_n, sizeof(*levels));
    at = find_places(table, columns);
    if (levels == NULL || at.count == table->column_n || at.of == table->column_n) {
        table->row_n = 0;
        report->failed = true;
        return;
    }
    for (size_t i = 0; i < table->row_n; i++)
        levels[i] = level_of(&table->rows[i], &at, columns->rest);
    for (size_t first = 0, last; first < table->row_n; first = last) {
        for (last = first + 1; last < table->row_n &&
                               same_block(&table->rows[first], &table->rows[last], &at);)
            last++;
        hide_one_more(table, &at, first, last, levels);
    }
    for (size_t i = 0; i < table->row_n; i++) {
        hide_beside(table, &table->rows[i], &at);
        hide(&table->rows[i], &at, levels[i]);
    }
}
