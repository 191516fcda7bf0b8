#include "reports/suppress.h"

#include <string.h>

#include "base/text.h"

enum level {
    LEVEL_SHOWN,
    LEVEL_COUNT, /* count and what rests on it */
    LEVEL_ALL    /* `of` too */
};

/* The columns by their places; column_n where the table has none. */
struct places {
    size_t block[3], value, count, of, derived[SUPPRESS_DERIVED];
};

static size_t place_of(const struct table *table, const char *key)
{
    size_t i = 0;

    while (i < table->column_n && (key == NULL || !text_eq(table->columns[i].key, key)))
        i++;
    return i;
}

bool report_has_column(const struct report *report, const char *key)
{
    return report->tables != NULL && place_of(report->tables, key) < report->tables->column_n;
}

static struct places find_places(const struct table *table, const struct suppress_columns *in)
{
    struct places places = { { place_of(table, in->block[0]), place_of(table, in->block[1]),
                                     place_of(table, in->block[2]) },
        place_of(table, in->value), place_of(table, in->count), place_of(table, in->of),
        { 0 } };

    for (size_t i = 0; i < SUPPRESS_DERIVED; i++)
        places.derived[i] = place_of(table, in->derived[i]);
    return places;
}

bool suppress_is_small(int64_t n)
{
    return n > 0 && n <= SUPPRESS_MOST;
}

void report_suppress_population(struct report *report)
{
    if (suppress_is_small(report->counted) || suppress_is_small(report->of - report->counted))
        report->counted = report->of = REPORT_HIDDEN;
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

/* Rows of a block whose counts add up to a total that may be known: all of it, or those of a
   crossing that agree in one part of the value. */
struct line {
    const struct table *table;
    const struct places *at;
    size_t first, last;
    enum level *levels;
    enum part {
        PART_ALL,
        PART_FIRST,
        PART_SECOND
    } part;
    const char *like; /* a value of the line; NULL: all */
};

/* The first or second half of "F*Y", and how long it is. */
static const char *half(const char *value, enum part part, size_t *ret_n)
{
    const char *mark = strchr(value, '*');

    *ret_n = mark == NULL ? strlen(value) : (size_t)(mark - value);
    if (part == PART_FIRST || mark == NULL)
        return value;
    *ret_n = strlen(mark + 1);
    return mark + 1;
}

static bool on_line(const struct line *line, size_t i)
{
    const char *value;
    size_t n, like_n;
    const char *mine, *like;

    if (line->part == PART_ALL)
        return true;
    value = text_at(&line->table->rows[i], line->at->value);
    if (value == NULL)
        return false;
    mine = half(value, line->part, &n);
    like = half(line->like, line->part, &like_n);
    return n == like_n && memcmp(mine, like, n) == 0;
}

/* The row below `level` with pupils in it that tells least; line->last when there is none. */
static size_t least_telling(const struct line *line, enum level level, size_t column)
{
    size_t least = line->last;

    for (size_t i = line->first; i < line->last; i++) {
        const struct cell *cells = line->table->rows[i].cells;

        if (!on_line(line, i) || line->levels[i] >= level || cells[line->at->of].number <= 0)
            continue;
        if (least == line->last ||
                cells[column].number < line->table->rows[least].cells[column].number)
            least = i;
    }
    return least;
}

static size_t hidden_at(const struct line *line, enum level level)
{
    size_t n = 0;

    for (size_t i = line->first; i < line->last; i++)
        n += on_line(line, i) && line->levels[i] >= level;
    return n;
}

/* Whether another row was hidden: of counts, or of numbers of pupils, one alone. */
static bool hide_one_more(const struct line *line)
{
    bool all = hidden_at(line, LEVEL_ALL) == 1;
    size_t least = line->last;

    if (hidden_at(line, LEVEL_COUNT) == 1)
        least = least_telling(line, LEVEL_COUNT, line->at->count);
    else if (all)
        least = least_telling(line, LEVEL_ALL, line->at->of);
    if (least == line->last)
        return false;
    line->levels[least] = all ? LEVEL_ALL : LEVEL_COUNT;
    return true;
}

/* Every line of a block; those of a crossing again and again, for one may open another. */
static void hide_more(struct line line)
{
    const struct table *table = line.table;
    const struct places *at = line.at;
    size_t first = line.first;
    size_t last = line.last;
    const char *group = text_at(&table->rows[first], at->block[2]);
    bool crossed = group != NULL && strchr(group, '*') != NULL && at->value < table->column_n;
    bool more = !crossed;

    if (more)
        (void)hide_one_more(&line);
    for (more = crossed; more;) {
        more = false;
        for (size_t i = first; i < last; i++) {
            line.like = text_at(&table->rows[i], at->value);
            for (int part = PART_FIRST; part <= PART_SECOND && line.like != NULL; part++) {
                line.part = (enum part)part;
                more = hide_one_more(&line) || more;
            }
        }
    }
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

static void say_so(struct report *report)
{
    static const char start[] = "Numbers from 1 to ";

    for (size_t i = 0; i < report->notes.n; i++) {
        if (strncmp(report->notes.items[i], start, strlen(start)) == 0)
            return;
    }
    report_note(report, "%s%d, and what would give them away, are hidden and shown as c.",
            start, SUPPRESS_MOST);
}

void report_suppress(struct report *report, const struct suppress_columns *columns)
{
    struct table *table = report->tables;
    struct places at;
    enum level *levels;

    say_so(report);
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
        hide_more((struct line){ table, &at, first, last, levels, PART_ALL, NULL });
    }
    for (size_t i = 0; i < table->row_n; i++) {
        hide_beside(table, &table->rows[i], &at);
        hide(&table->rows[i], &at, levels[i]);
    }
}

/* ---- gaps ---- */

/* Whether the row of the first table with this value is hidden, or is not there. */
static bool is_hidden(const struct table *table, const struct places *at, const char *value,
        const struct row *like, const struct places *like_at)
{
    for (size_t i = 0; i < table->row_n; i++) {
        const struct row *row = &table->rows[i];
        bool same = text_eq(text_at(row, at->value), value);

        for (size_t b = 0; b < COUNT(at->block) && same; b++)
            same = text_eq(text_at(row, at->block[b]), text_at(like, like_at->block[b]));
        if (same)
            return row->cells[at->count].state == CELL_SUPPRESSED;
    }
    return true;
}

static bool is_telling(const struct row *row, size_t count, size_t of, bool rest)
{
    return is_small(row->cells[of].number) || is_small(row->cells[count].number) ||
           (rest && is_small(row->cells[of].number - row->cells[count].number));
}

void report_suppress_gaps(struct report *report, const struct suppress_columns *columns,
        const char *name)
{
    const struct table *first = report->tables;
    struct table *table = report->tables;
    struct places at, gap_at;
    size_t against, count, of;

    while (table != NULL && !text_eq(table->name, name))
        table = table->next;
    if (table == NULL)
        return;
    at = find_places(first, columns);
    gap_at = find_places(table, columns);
    against = place_of(table, "against");
    count = place_of(table, "against_count");
    of = place_of(table, "against_of");
    for (size_t i = 0; i < table->row_n; i++) {
        struct row *row = &table->rows[i];
        const char *other = text_at(row, against);
        bool hidden = is_hidden(first, &at, text_at(row, gap_at.value), row, &gap_at) ||
                      is_telling(row, gap_at.count, gap_at.of, columns->rest) ||
                      is_telling(row, count, of, columns->rest);

        if (!hidden && !text_eq(other, "rest"))
            hidden = is_hidden(first, &at, other, row, &gap_at);
        for (size_t c = 0; c < row->cell_n && hidden; c++) {
            if (table->columns[c].type == COLUMN_INTEGER ||
                    table->columns[c].type == COLUMN_PERCENT)
                cell_suppressed(row, c);
        }
    }
}
