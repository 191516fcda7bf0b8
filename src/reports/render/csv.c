/* The first table, keys as header, RFC 4180 with its CRLF. */
#include "reports/render/escape.h"
#include "reports/render/paper.h"
#include "reports/render/render_in.h"

static void field(struct buf *buf, const struct column *column, const struct cell *cell)
{
    char date[DATE_TEXT_SIZE];

    if (cell->state != CELL_SET) {
        buf_add(buf, cell->state == CELL_SUPPRESSED ? "c" : "");
        return;
    }
    if (column->type == COLUMN_DATE)
        buf_add(buf, date_text((struct date){ (int32_t)cell->number }, date));
    else if (column->type == COLUMN_FLAG)
        escape_csv(buf, paper_flag_code(cell) == NULL ? "" : paper_flag_code(cell), true);
    else if (!render_bare(buf, column, cell))
        escape_csv(buf, cell->text == NULL ? "" : cell->text, true);
}

void render_csv(struct buf *buf, const struct report *report,
        const struct render_options *options)
{
    const struct table *table = report->tables;

    (void)options;
    if (table == NULL)
        return;
    for (size_t i = 0; i < table->column_n; i++) {
        if (i != 0)
            buf_add_char(buf, ',');
        escape_csv(buf, table->columns[i].key, false);
    }
    buf_add(buf, "\r\n");
    for (size_t n = 0; n < table->row_n; n++) {
        for (size_t i = 0; i < table->column_n; i++) {
            if (i != 0)
                buf_add_char(buf, ',');
            field(buf, &table->columns[i], &table->rows[n].cells[i]);
        }
        buf_add(buf, "\r\n");
    }
}
