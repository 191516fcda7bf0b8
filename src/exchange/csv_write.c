#include "exchange/csv_write.h"

#include <string.h>

#include "base/text.h"

static const char *const pupil_columns[] = { "upn", "former_upn", "surname", "forename", "dob",
    "sex", "year_group", "registration", "entry_date", "leaving_date", "ethnicity", "language",
    "fsm", "pupil_premium", "sen", "looked_after", "gifted", "house" };
enum {
    IDENTITY_N = 6
};

static const char *const result_columns[] = { "upn", "subject", "kind", "stage", "date",
    "review", "grade", "mark", "max_mark", "scale", "source" };

static const char *const group_columns[] = { "upn", "group", "type", "subject", "from", "to" };

static const char *const history_columns[] = { "upn", "attribute", "value", "from", "to" };

enum {
    ROW_MAX = 16 * 1024 * 1024
};

/* A field needs quotes for separators, quotes and line ends, and to keep blanks at its
   ends from being cut. */
static bool needs_quotes(const char *cell)
{
    size_t n = strlen(cell);

    return strpbrk(cell, ",;\t\"\r\n") != NULL ||
           (n != 0 && (cell[0] == ' ' || cell[n - 1] == ' '));
}

static void add_cell(struct buf *row, const char *cell)
{
    if (!needs_quotes(cell)) {
        buf_add(row, cell);
        return;
    }
    buf_add_char(row, '"');
    for (;;) {
        size_t n = strcspn(cell, "\"");

        buf_add_n(row, cell, n);
        if (cell[n] == '\0')
            break;
        buf_add(row, "\"\"");
        cell += n + 1;
    }
    buf_add_char(row, '"');
}

enum err_code csv_write_row(const struct output *output, const char *const *cells,
        size_t cell_n, struct err *err)
{
    struct arena arena = { .limit = 2 * (size_t)ROW_MAX + 4096 };
    struct buf row = buf_make(&arena, ROW_MAX);
    const char *text;
    size_t n;
    enum err_code rc;

    for (size_t i = 0; i < cell_n; i++) {
        if (i != 0)
            buf_add_char(&row, ',');
        if (cells[i] != NULL)
            add_cell(&row, cells[i]);
    }
    if (cell_n == 1 && text_empty(cells[0]))
        buf_add(&row, "\"\"");
    buf_add(&row, "\r\n");
    rc = buf_end(&row, &text, &n, err);
    if (rc == ERR_OK)
        rc = output->put(output->data, text, n, err);
    arena_free(&arena);
    return rc;
}

enum err_code csv_write_pupil_header(const struct output *output, struct err *err)
{
    return csv_write_row(output, pupil_columns, COUNT(pupil_columns), err);
}

enum err_code csv_write_result_header(const struct output *output, struct err *err)
{
    return csv_write_row(output, result_columns, COUNT(result_columns), err);
}

enum err_code csv_write_group_header(const struct output *output, struct err *err)
{
    return csv_write_row(output, group_columns, COUNT(group_columns), err);
}

enum err_code csv_write_history_header(const struct output *output, struct err *err)
{
    return csv_write_row(output, history_columns, COUNT(history_columns), err);
}

const char *pupil_attribute(const struct pupil_record *pupil, const char *attribute)
{
    const struct attribute_record *latest = NULL;

    for (size_t i = 0; i < pupil->attribute_n; i++) {
        const struct attribute_record *record = &pupil->attributes[i];
        const char *from = record->from == NULL ? "" : record->from;

        if (!text_eq(record->attribute, attribute))
            continue;
        if (latest == NULL || latest->from == NULL || strcmp(from, latest->from) >= 0)
            latest = record;
    }
    return latest == NULL ? NULL : latest->value;
}

enum err_code csv_write_pupil(const struct output *output, const struct pupil_record *pupil,
        struct err *err)
{
    const char *cells[COUNT(pupil_columns)] = { pupil->upn, pupil->former_upn, pupil->surname,
        pupil->forename, pupil->dob, pupil->sex };

    for (size_t i = IDENTITY_N; i < COUNT(pupil_columns); i++)
        cells[i] = pupil_attribute(pupil, pupil_columns[i]);
    return csv_write_row(output, cells, COUNT(cells), err);
}

enum err_code csv_write_result(const struct output *output, const struct result_record *result,
        struct err *err)
{
    const char *const cells[] = { result->upn, result->subject, result->kind, result->stage,
        result->date, result->review, result->grade, result->mark, result->max_mark,
        result->scale, result->source };

    return csv_write_row(output, cells, COUNT(cells), err);
}

enum err_code csv_write_group(const struct output *output, const struct group_record *group,
        struct err *err)
{
    const char *const cells[] = { group->upn, group->group, group->type, group->subject,
        group->from, group->to };

    return csv_write_row(output, cells, COUNT(cells), err);
}

enum err_code csv_write_history(const struct output *output, const struct history_record *row,
        struct err *err)
{
    const char *const cells[] = { row->upn, row->attribute, row->value, row->from, row->to };

    return csv_write_row(output, cells, COUNT(cells), err);
}
