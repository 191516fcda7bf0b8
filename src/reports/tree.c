#include "reports/tree.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "base/text.h"

/* What builders write into after a failure; never read. */
static _Thread_local struct report no_report;
static _Thread_local struct table no_table;
static _Thread_local struct row no_row;
static _Thread_local struct chart no_chart;
static _Thread_local struct chart_series no_series;

struct report *report_make(struct arena *arena, const char *name)
{
    struct report *report = arena_alloc(arena, sizeof(*report));

    if (report == NULL) {
        no_report = (struct report){ .failed = true };
        report = &no_report;
    }
    report->arena = arena;
    report->name = name;
    report->title = name;
    return report;
}

/* NULL, and the failure kept, when memory is out now or was before. */
static void *take(struct report *report, void *memory)
{
    if (memory == NULL)
        report->failed = true;
    return report->failed ? NULL : memory;
}

/* A copy, shared with the same text written not long before; NULL stays NULL, a failure gives
 * NULL too. */
static const char *copy(struct report *report, const char *text)
{
    const char **known;

    if (text == NULL || report->failed)
        return NULL;
    known = &report->known[hash_of_text(text) % REPORT_KNOWN];
    if (*known == NULL || !text_eq(*known, text))
        *known = take(report, arena_text(report->arena, text));
    return *known;
}

PRINTF(2, 0) static const char *format(struct report *report, const char *fmt, va_list args)
{
    char small[64];
    va_list again;
    char *text = NULL;
    int n;

    if (report->failed)
        return NULL;
    va_copy(again, args);
    n = vsnprintf(small, sizeof(small), fmt, again);
    va_end(again);
    if (n >= 0 && (size_t)n < sizeof(small))
        return copy(report, small);
    if (n >= 0)
        text = arena_alloc(report->arena, (size_t)n + 1);
    if (text != NULL)
        (void)vsnprintf(text, (size_t)n + 1, fmt, args);
    return take(report, text);
}

static void list_add(struct report *report, struct text_list *list, const char *text)
{
    const char **items;

    if (report->failed)
        return;
    items = take(report, arena_grow(report->arena, list->items, list->n, sizeof(*items)));
    if (items == NULL)
        return;
    list->items = items;
    list->items[list->n++] = text;
}

void report_filter(struct report *report, const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    list_add(report, &report->filters, format(report, fmt, args));
    va_end(args);
}

void report_note(struct report *report, const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    list_add(report, &report->notes, format(report, fmt, args));
    va_end(args);
}

void report_caution(struct report *report, const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    list_add(report, &report->cautions, format(report, fmt, args));
    va_end(args);
}

const char *report_text(struct report *report, const char *fmt, ...)
{
    va_list args;
    const char *text;

    va_start(args, fmt);
    text = format(report, fmt, args);
    va_end(args);
    return text == NULL ? "" : text;
}

struct table *report_table(struct report *report, const char *name, const char *title,
        const struct column *columns, size_t column_n)
{
    struct table *table = NULL;
    struct column *own = NULL;

    if (!report->failed)
        table = take(report, arena_alloc(report->arena, sizeof(*table)));
    if (!report->failed)
        own = take(report, arena_array(report->arena, column_n, sizeof(*own)));
    if (table == NULL || own == NULL) {
        no_table = (struct table){ 0 };
        return &no_table;
    }
    if (column_n != 0)
        memcpy(own, columns, column_n * sizeof(*own));
    *table = (struct table){ .name = name,
        .title = title,
        .columns = own,
        .column_n = column_n };
    if (report->last_table == NULL)
        report->tables = table;
    else
        report->last_table->next = table;
    report->last_table = table;
    return table;
}

struct row *table_row(struct report *report, struct table *table)
{
    struct row *rows = NULL;
    struct cell *cells = NULL;

    if (!report->failed)
        rows = take(report,
                arena_grow(report->arena, table->rows, table->row_n, sizeof(*rows)));
    if (!report->failed)
        cells = take(report, arena_array(report->arena, table->column_n, sizeof(*cells)));
    if (rows == NULL || cells == NULL) {
        no_row = (struct row){ 0 };
        return &no_row;
    }
    table->rows = rows;
    rows[table->row_n] = (struct row){ .cells = cells, .cell_n = (uint32_t)table->column_n };
    return &rows[table->row_n++];
}

static void cell_put(struct row *row, size_t column, struct cell cell)
{
    if (column < row->cell_n)
        row->cells[column] = cell;
}

void cell_text(struct report *report, struct row *row, size_t column, const char *text)
{
    struct cell cell = { .state = CELL_SET };

    if (!text_empty(text))
        cell.text = copy(report, text);
    if (cell.text == NULL)
        cell.state = CELL_MISSING;
    cell_put(row, column, cell);
}

void cell_number(struct row *row, size_t column, int64_t number)
{
    cell_put(row, column, (struct cell){ .state = CELL_SET, .number = number });
}

void cell_flag(struct row *row, size_t column, enum flag flag)
{
    struct cell cell = { .state = CELL_SET, .text = flag_code(flag), .number = flag };

    if (flag == FLAG_NONE)
        cell = (struct cell){ .state = CELL_MISSING };
    cell_put(row, column, cell);
}

void cell_missing(struct report *report, struct row *row, size_t column, const char *why)
{
    cell_put(row, column, (struct cell){ .state = CELL_MISSING, .text = copy(report, why) });
}

void cell_suppressed(struct row *row, size_t column)
{
    cell_put(row, column, (struct cell){ .state = CELL_SUPPRESSED });
}

struct chart *report_chart(struct report *report, const char *name, const char *title,
        const char *kind, const char *description)
{
    struct chart *chart = NULL;
    struct chart fresh = {
        .name = copy(report, name),
        .title = copy(report, title),
        .kind = copy(report, kind),
        .description = copy(report, description),
    };

    if (!report->failed)
        chart = take(report, arena_alloc(report->arena, sizeof(*chart)));
    if (chart == NULL) {
        no_chart = (struct chart){ 0 };
        return &no_chart;
    }
    *chart = fresh;
    if (report->last_chart == NULL)
        report->charts = chart;
    else
        report->last_chart->next = chart;
    report->last_chart = chart;
    return chart;
}

struct chart_series *chart_series(struct report *report, struct chart *chart, const char *name,
        const char *role)
{
    struct chart_series fresh = { .name = copy(report, name), .role = copy(report, role) };
    struct chart_series *series = NULL;

    if (!report->failed)
        series = take(report,
                arena_grow(report->arena, chart->series, chart->series_n, sizeof(*series)));
    if (series == NULL) {
        no_series = (struct chart_series){ 0 };
        return &no_series;
    }
    chart->series = series;
    series[chart->series_n] = fresh;
    return &series[chart->series_n++];
}

void chart_flagged(struct report *report, struct chart_series *series, int64_t x, int64_t y,
        const char *label, enum flag flag)
{
    struct chart_point fresh = { .x = x, .y = y, .label = copy(report, label), .flag = flag };
    struct chart_point *points;

    if (report->failed)
        return;
    points = take(report,
            arena_grow(report->arena, series->points, series->point_n, sizeof(*points)));
    if (points == NULL)
        return;
    series->points = points;
    points[series->point_n++] = fresh;
}

void chart_point(struct report *report, struct chart_series *series, int64_t x, int64_t y,
        const char *label)
{
    chart_flagged(report, series, x, y, label, FLAG_NONE);
}

void chart_link(struct report *report, struct chart_series *series, const char *link)
{
    if (series->point_n != 0)
        series->points[series->point_n - 1].link = copy(report, link);
}

static void tick_add(struct report *report, struct chart_tick **list, size_t *n,
        struct chart_tick tick)
{
    struct chart_tick *ticks;

    if (report->failed)
        return;
    ticks = take(report, arena_grow(report->arena, *list, *n, sizeof(*ticks)));
    if (ticks == NULL)
        return;
    *list = ticks;
    ticks[(*n)++] = tick;
}

void chart_x_tick(struct report *report, struct chart *chart, int64_t at, const char *label,
        bool strong)
{
    tick_add(report, &chart->x_ticks, &chart->x_tick_n,
            (struct chart_tick){ at, copy(report, label), strong });
}

void chart_y_tick(struct report *report, struct chart *chart, int64_t at, const char *label,
        bool strong)
{
    tick_add(report, &chart->y_ticks, &chart->y_tick_n,
            (struct chart_tick){ at, copy(report, label), strong });
}

enum err_code report_end(struct report *report, struct err *err)
{
    return report->failed ? err_memory(err) : ERR_OK;
}

int64_t report_percent(int64_t x, int64_t n)
{
    int64_t size = x < 0 ? -x : x;
    int64_t whole = n < 0 ? -n : n;
    int64_t tenths = (size * 2000 + whole) / (whole * 2);

    return ((x < 0) != (n < 0) ? -tenths : tenths) * 100;
}
