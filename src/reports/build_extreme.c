#include "reports/build_extreme.h"

#include "base/text.h"

static struct column text_column(const char *key, const char *label)
{
    return (struct column){ .key = key, .label = label, .type = COLUMN_TEXT };
}

/* The case, every input, what came out, its colour, what is odd. */
static struct table *make_table(struct report *report, const struct extreme_sheet *sheet,
        const char *name, const char *title)
{
    struct column *columns = arena_array(report->arena, sheet->input_n + 6, sizeof(*columns));
    size_t n = 0;

    if (columns == NULL) {
        report->failed = true;
        return report_table(report, name, title, NULL, 0);
    }
    columns[n++] = text_column("what", "Case");
    columns[n++] = text_column("case", "");
    for (size_t i = 0; i < sheet->input_n; i++)
        columns[n++] = text_column(report_text(report, "input_%zu", i + 1), sheet->inputs[i]);
    columns[n++] = text_column("result", "Result");
    columns[n++] = text_column("colour", "Colour");
    columns[n++] = text_column("remark", "To look at");
    return report_table(report, name, title, columns, n);
}

static void add_case(struct report *report, struct table *table,
        const struct extreme_sheet *sheet, const struct extreme_case *shown)
{
    struct row *row = table_row(report, table);
    size_t n = 0;

    cell_text(report, row, n++, shown->input < 0 ? "" : sheet->inputs[shown->input]);
    cell_text(report, row, n++, extreme_words(shown->kind));
    for (size_t i = 0; i < sheet->input_n; i++)
        cell_text(report, row, n++, shown->values[i]);
    cell_text(report, row, n++, shown->result);
    cell_text(report, row, n++, shown->colour);
    cell_text(report, row, n, shown->remark);
}

void build_extreme(struct report *report, const struct extreme_sheet *sheet, const char *name,
        const char *title, const char *caption)
{
    struct table *table = make_table(report, sheet, name, title);

    table->caption = report_text(report, "%s", caption);
    for (size_t i = 0; i < sheet->case_n; i++)
        add_case(report, table, sheet, &sheet->cases[i]);
    for (size_t i = 0; i < sheet->note_n; i++)
        report_caution(report, "%s: %s", title, sheet->notes[i]);
}
