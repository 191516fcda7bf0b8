/* The shape of contract section 4. */
#include "reports/render/escape.h"
#include "reports/render/paper.h"
#include "reports/render/render_in.h"

static const struct {
    const char *word, *unit;
} types[] = {
    [COLUMN_TEXT] = { "text", NULL },
    [COLUMN_GRADE] = { "grade", NULL },
    [COLUMN_INTEGER] = { "integer", NULL },
    [COLUMN_NUMBER] = { "number", NULL },
    [COLUMN_POINTS] = { "number", "points" },
    [COLUMN_PERCENT] = { "number", "%" },
    [COLUMN_DATE] = { "date", NULL },
    [COLUMN_FLAG] = { "flag", NULL },
    [COLUMN_BOOL] = { "boolean", NULL },
};

static void member(struct buf *buf, const char *key, const char *text)
{
    escape_json(buf, key);
    buf_add_char(buf, ':');
    escape_json(buf, text);
}

static void value(struct buf *buf, const struct column *column, const struct cell *cell)
{
    char date[DATE_TEXT_SIZE];

    if (cell->state != CELL_SET) {
        buf_add(buf, cell->state == CELL_SUPPRESSED ? "\"c\"" : "null");
        return;
    }
    if (column->type == COLUMN_DATE)
        escape_json(buf, date_text((struct date){ (int32_t)cell->number }, date));
    else if (column->type == COLUMN_FLAG)
        escape_json(buf, paper_flag_code(cell));
    else if (!render_bare(buf, column, cell))
        escape_json(buf, cell->text);
}

static void columns(struct buf *buf, const struct table *table)
{
    for (size_t i = 0; i < table->column_n; i++) {
        const struct column *column = &table->columns[i];
        const char *unit = column->unit == NULL ? types[column->type].unit : column->unit;

        buf_add(buf, i == 0 ? "\n   {" : ",\n   {");
        member(buf, "key", column->key);
        buf_add_char(buf, ',');
        member(buf, "label", column->label);
        buf_add_char(buf, ',');
        member(buf, "type", types[column->type].word);
        if (unit != NULL) {
            buf_add_char(buf, ',');
            member(buf, "unit", unit);
        }
        buf_add_char(buf, '}');
    }
}

/* What stands before the value of each column: `,"upn":`, made once for all rows. */
struct lead {
    const char *text;
    size_t n;
};

static struct lead *make_leads(struct arena *arena, const struct table *table)
{
    struct lead *leads = arena_array(arena, table->column_n, sizeof(*leads));

    for (size_t i = 0; leads != NULL && i < table->column_n; i++) {
        struct buf lead = buf_make(arena, BUF_MAX_PAGE);

        buf_add_char(&lead, i == 0 ? '{' : ',');
        escape_json(&lead, table->columns[i].key);
        buf_add_char(&lead, ':');
        if (lead.failed)
            return NULL;
        leads[i] = (struct lead){ lead.data, lead.n };
    }
    return leads;
}

static void rows(struct buf *buf, const struct table *table)
{
    const struct lead *leads = make_leads(buf->arena, table);

    buf->failed = buf->failed || leads == NULL;
    for (size_t i = 0; i < table->row_n && !buf->failed; i++) {
        buf_add(buf, i == 0 ? "\n   " : ",\n   ");
        for (size_t c = 0; c < table->column_n; c++) {
            buf_add_n(buf, leads[c].text, leads[c].n);
            value(buf, &table->columns[c], &table->rows[i].cells[c]);
        }
        buf_add_char(buf, '}');
    }
}

static void tables(struct buf *buf, const struct report *report)
{
    buf_add(buf, "\"tables\":[");
    for (const struct table *table = report->tables; table != NULL; table = table->next) {
        buf_add(buf, table == report->tables ? "\n {" : ",\n {");
        member(buf, "name", table->name);
        buf_add_char(buf, ',');
        member(buf, "title", table->title);
        buf_add(buf, ",\n  \"columns\":[");
        columns(buf, table);
        buf_add(buf, "],\n  \"rows\":[");
        rows(buf, table);
        buf_add(buf, "]}");
    }
    buf_add_char(buf, ']');
}

static void point(struct buf *buf, const struct chart_point *at)
{
    buf_add(buf, "{\"x\":");
    buf_add_milli(buf, at->x, 0);
    buf_add(buf, ",\"y\":");
    buf_add_milli(buf, at->y, 0);
    if (at->label != NULL) {
        buf_add_char(buf, ',');
        member(buf, "label", at->label);
    }
    if (at->flag != FLAG_NONE) {
        buf_add_char(buf, ',');
        member(buf, "flag", flag_code(at->flag));
    }
    buf_add_char(buf, '}');
}

static void series(struct buf *buf, const struct chart *chart)
{
    for (size_t i = 0; i < chart->series_n; i++) {
        const struct chart_series *one = &chart->series[i];

        buf_add(buf, i == 0 ? "\n  {" : ",\n  {");
        member(buf, "name", one->name);
        buf_add_char(buf, ',');
        member(buf, "role", one->role);
        buf_add(buf, ",\"points\":[");
        for (size_t n = 0; n < one->point_n; n++) {
            if (n != 0)
                buf_add_char(buf, ',');
            point(buf, &one->points[n]);
        }
        buf_add(buf, "]}");
    }
}

static void charts(struct buf *buf, const struct report *report)
{
    buf_add(buf, "\"charts\":[");
    for (const struct chart *chart = report->charts; chart != NULL; chart = chart->next) {
        buf_add(buf, chart == report->charts ? "\n {" : ",\n {");
        member(buf, "name", chart->name);
        buf_add_char(buf, ',');
        member(buf, "title", chart->title);
        buf_add_char(buf, ',');
        member(buf, "kind", chart->kind);
        buf_add_char(buf, ',');
        member(buf, "description", chart->description);
        buf_add(buf, ",\"series\":[");
        series(buf, chart);
        buf_add(buf, "]}");
    }
    buf_add_char(buf, ']');
}

/* One more text of a list whose first one has no comma. */
static void item(struct buf *buf, const char *text, bool *first)
{
    if (text == NULL)
        return;
    if (!*first)
        buf_add_char(buf, ',');
    *first = false;
    escape_json(buf, text);
}

static void items(struct buf *buf, const struct text_list *list, bool *first)
{
    for (size_t i = 0; i < list->n; i++)
        item(buf, list->items[i], first);
}

/* The notes, then what a reader must not miss: cautions, freshness, why a table is empty. */
static void notes(struct buf *buf, const struct report *report)
{
    bool first = true;

    buf_add(buf, "\"notes\":[");
    items(buf, &report->notes, &first);
    items(buf, &report->cautions, &first);
    item(buf, report->freshness, &first);
    for (const struct table *table = report->tables; table != NULL; table = table->next)
        if (table->row_n == 0)
            item(buf, table->empty, &first);
    buf_add(buf, "],\n");
}

void render_json(struct buf *buf, const struct report *report,
        const struct render_options *options)
{
    char date[DATE_TEXT_SIZE];
    bool first = true;

    (void)options;
    buf_add(buf, "{");
    member(buf, "report", report->name);
    buf_add(buf, ",\n");
    member(buf, "title", report->title);
    buf_add(buf, ",\n");
    member(buf, "school", report->school);
    buf_add(buf, ",\n");
    member(buf, "as_at", date_is_set(report->as_at) ? date_text(report->as_at, date) : NULL);
    buf_add(buf, ",\n");
    member(buf, "basis", report->basis);
    buf_add(buf, ",\n\"population\":{");
    member(buf, "description", report->population);
    if (report->counted == REPORT_HIDDEN)
        buf_add(buf, ",\"counted\":\"c\",\"of\":\"c\"},\n\"filters\":[");
    else
        buf_printf(buf, ",\"counted\":%lld,\"of\":%lld},\n\"filters\":[",
                (long long)report->counted, (long long)report->of);
    items(buf, &report->filters, &first);
    buf_add(buf, "],\n");
    notes(buf, report);
    tables(buf, report);
    buf_add(buf, ",\n");
    charts(buf, report);
    buf_add(buf, "}\n");
}
