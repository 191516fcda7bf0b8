#include "base/text.h"
#include "reports/render/html.h"
#include "reports/render/html_in.h"
#include "reports/render/paper.h"

static const struct {
    const char *css, *symbol;
} faces[FLAG__MAX] = {
    [FLAG_NONE] = { "none", "none" },
    [FLAG_WELL_BELOW] = { "well", "well" },
    [FLAG_BELOW] = { "below", "below" },
    [FLAG_ON] = { "on", "on" },
    [FLAG_ABOVE] = { "above", "above" },
    [FLAG_WELL_ABOVE] = { "above", "high" },
};

const char *html_flag_css(enum flag flag)
{
    return faces[flag].css;
}

const char *html_flag_symbol(enum flag flag)
{
    return faces[flag].symbol;
}

void html_sign(struct buf *buf, enum flag flag)
{
    buf_printf(buf, "<svg class=\"s\" aria-hidden=\"true\"><use href=\"#s-%s\"/></svg>",
            html_flag_symbol(flag));
}

void html_flag(struct buf *buf, enum flag flag, const char *word)
{
    if (flag == FLAG_NONE)
        html_raw(buf, "<span class=\"flag\">");
    else
        buf_printf(buf, "<span class=\"flag %s\">", faces[flag].css);
    html_sign(buf, flag);
    html_text(buf, flag == FLAG_NONE ? word : flag_word(flag));
    html_raw(buf, "</span>");
}

/* The classes of a column's cells, a space before each: alignment, and what narrow screens
   leave out. */
static void classes(struct buf *buf, const struct paper_column *column)
{
    const char *align = column->align == PAPER_RIGHT    ? " num"
                        : column->align == PAPER_CENTRE ? " mid"
                                                        : "";
    const char *date = column->column->type == COLUMN_DATE ? " nw" : "";
    const char *quiet = column->column->quiet   ? " c-quiet no-print"
                        : column->column->minor ? " c-opt"
                                                : "";
    struct buf text = buf_make(buf->arena, 100);
    const char *list = "";
    struct err err;

    buf_printf(&text, "%s%s%s", align, date, quiet);
    if (buf_end(&text, &list, NULL, &err) != ERR_OK)
        buf->failed = true;
    if (*list != '\0')
        buf_printf(buf, " class=\"%s\"", list + 1);
}

static void head_cell(struct buf *buf, const struct paper_column *column)
{
    html_raw(buf, "<th scope=\"col\"");
    classes(buf, column);
    html_raw(buf, ">");
    html_text(buf, column->label);
    if (column->unit != NULL) {
        html_raw(buf, "<small>");
        html_text(buf, column->unit);
        html_raw(buf, "</small>");
    }
    html_raw(buf, "</th>");
}

bool html_is_local(const char *link)
{
    return link != NULL && link[0] == '/' && link[1] != '/' && link[1] != '\\';
}

static void joined(struct buf *buf, const struct cell *cell)
{
    html_raw(buf, "<b>");
    html_text(buf, cell->text);
    html_raw(buf, "</b>");
    if (cell[1].state == CELL_SET && !text_empty(cell[1].text)) {
        html_raw(buf, ", ");
        html_text(buf, cell[1].text);
    }
}

static void missing(struct buf *buf, const struct cell *cell)
{
    html_raw(buf, "<span class=\"quiet\">\xE2\x80\x93");
    if (cell->text != NULL) {
        html_raw(buf, " ");
        html_text(buf, cell->text);
    }
    html_raw(buf, "</span>");
}

static void content(struct buf *buf, const struct paper_column *column, const struct row *row)
{
    const struct cell *cell = &row->cells[column->at];
    const char *text;

    if (column->column->type == COLUMN_FLAG && cell->state != CELL_SUPPRESSED) {
        enum flag flag = paper_flag(cell);

        if (flag != FLAG_NONE || !text_empty(cell->text)) {
            html_flag(buf, flag, cell->text);
            return;
        }
    }
    if (cell->state == CELL_MISSING) {
        missing(buf, cell);
        return;
    }
    if (column->joined && cell->state == CELL_SET && !text_empty(cell->text)) {
        joined(buf, cell);
        return;
    }
    text = paper_cell(buf->arena, column, row);
    if (text == NULL)
        buf->failed = true;
    html_text(buf, text);
}

static void body_row(struct buf *buf, const struct paper_column *columns, size_t n,
        const struct row *row, bool links)
{
    bool linked = links && html_is_local(row->link);

    html_raw(buf, "<tr");
    buf_printf(buf, " class=\"%s\">", row->total ? "total" : "p");
    for (size_t i = 0; i < n; i++) {
        if (i == 0)
            html_raw(buf, "<th scope=\"row\"");
        else
            html_raw(buf, "<td");
        classes(buf, &columns[i]);
        html_raw(buf, ">");
        if (i == 0 && linked) {
            html_raw(buf, "<a href=\"");
            html_text(buf, row->link);
            html_raw(buf, "\">");
        }
        content(buf, &columns[i], row);
        if (i == 0 && linked)
            html_raw(buf, "</a>");
        if (i == 0)
            html_raw(buf, "</th>");
        else
            html_raw(buf, "</td>");
    }
    html_raw(buf, "</tr>\n");
}

static void empty(struct buf *buf, const struct table *table)
{
    html_raw(buf, "<section class=\"fig\"><h2>");
    html_text(buf, table->title);
    html_raw(buf, "</h2><p>");
    html_text(buf, table->empty == NULL ? "Nothing to show." : table->empty);
    html_raw(buf, "</p></section>\n");
}

/* A table of more columns than stand side by side scrolls by itself. */
enum {
    FIT_MOST = 16
};

void html_table(struct buf *buf, const struct table *table, const char *id, bool links)
{
    struct paper_column *columns;
    size_t n = 0;

    if (table->row_n == 0 || table->column_n == 0) {
        empty(buf, table);
        return;
    }
    columns = paper_columns(buf->arena, table, &n);
    if (columns == NULL) {
        buf->failed = true;
        return;
    }
    html_raw(buf, "<div class=\"sheet scroll");
    if (n > FIT_MOST)
        html_raw(buf, " fit");
    html_raw(buf, "\" role=\"region\" tabindex=\"0\" aria-labelledby=\"");
    html_text(buf, id);
    html_raw(buf, "\"><table class=\"book\"><caption><h2 id=\"");
    html_text(buf, id);
    html_raw(buf, "\">");
    html_text(buf, table->title);
    html_raw(buf, "</h2>");
    html_text(buf, table->caption);
    html_raw(buf, "</caption>\n<thead><tr>");
    for (size_t i = 0; i < n; i++)
        head_cell(buf, &columns[i]);
    html_raw(buf, "</tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < table->row_n; i++)
        body_row(buf, columns, n, &table->rows[i], links);
    html_raw(buf, "</tbody></table></div>\n");
}
