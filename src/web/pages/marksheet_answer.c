#include <string.h>

#include "base/text.h"
#include "reports/render/render.h"
#include "reports/tree.h"
#include "web/json.h"
#include "web/pages/marksheet_in.h"

enum {
    PREFIX = 5, /* "cell." */
    NEVER = -1  /* the revision of a cell that came without one: nobody had seen it */
};

/* "cell.12.MAT" */
static bool read_name(const char *name, struct arena *arena, struct cell_typed *cell)
{
    const char *start = name + PREFIX;
    const char *dot = strchr(start, '.');
    const char *number = dot == NULL ? NULL : arena_bytes(arena, start, (size_t)(dot - start));

    if (number == NULL || !text_int(number, &cell->pupil_id) || cell->pupil_id <= 0)
        return false;
    cell->subject = dot + 1;
    return true;
}

static int64_t revision_of(const struct request *request, const char *name)
{
    const char *text =
            fields_get(&request->form, arena_printf(request->arena, "rev.%s", name + PREFIX));
    int64_t revision = NEVER;

    return text != NULL && text_int(text, &revision) ? revision : NEVER;
}

enum err_code sheet_read_cells(const struct request *request, const char *keep,
        struct sheet_sent *sent, struct err *err)
{
    struct form_field *fields = NULL;
    struct cell_typed *cells;
    size_t field_n = 0, n = 0;
    enum err_code code = request_cells(request, "cell.", &fields, &field_n, err);

    if (code != ERR_OK)
        return code;
    cells = arena_array(request->arena, field_n + 1, sizeof(*cells));
    if (cells == NULL)
        return err_memory(err);
    for (size_t i = 0; i < field_n; i++) {
        char *typed = arena_text(request->arena, fields[i].value);

        if (typed == NULL)
            return err_memory(err);
        if (text_eq(fields[i].name, keep) ||
                !read_name(fields[i].name, request->arena, &cells[n]))
            continue;
        cells[n].typed = text_trim(typed);
        cells[n++].revision = revision_of(request, fields[i].name);
    }
    sent->cells = cells;
    sent->cell_n = n;
    return ERR_OK;
}

/* ---- the answer to an autosave ---- */

static void member(struct buf *buf, const char *name, const char *text)
{
    if (text == NULL)
        return;
    buf_printf(buf, ",\"%s\":", name);
    json_text(buf, text);
}

static void cell_json(struct sheet_page *page, struct buf *buf, const struct cell_outcome *out)
{
    const struct sheet *sheet = page->sheet;
    struct arena *arena = page->request->arena;
    char clock[CELL_CLOCK_SIZE];

    buf_add(buf, "{\"name\":");
    json_text(buf, arena_printf(arena, "cell.%lld.%s", (long long)out->cell->pupil_id,
                           out->cell->subject));
    member(buf, "state", entry_state_word(out->state));
    member(buf, "typed", out->cell->typed);
    member(buf, "message", out->message);
    member(buf, "hint", out->hint);
    member(buf, "theirs", out->theirs);
    member(buf, "who", out->who);
    if (out->entry != SIZE_MAX) {
        const struct sheet_entry *entry = &sheet->columns[out->entry].entries[out->pupil];

        member(buf, "value", entry->text);
        buf_printf(buf, ",\"revision\":%lld", (long long)entry->revision);
        member(buf, "when",
                out->when != NULL
                        ? out->when
                        : recorded_clock(entry->recorded_at, page->context->today, clock));
    } else if (out->pupil != SIZE_MAX && out->column != SIZE_MAX) {
        const struct sheet_cell *cell = sheet_cell(sheet, out->pupil, out->column);

        member(buf, "value", cell->text);
        buf_printf(buf, ",\"revision\":%lld", (long long)cell->revision);
        member(buf, "when",
                out->when != NULL
                        ? out->when
                        : recorded_clock(cell->recorded_at, page->context->today, clock));
        if (sheet->sees_targets) {
            enum flag flag = sheet_flag(sheet, out->pupil, out->column);

            member(buf, "flag", flag_css(flag));
            member(buf, "sign", flag_symbol(flag));
            member(buf, "word", sheet_flag_word(sheet, out->pupil, out->column));
            member(buf, "gap", gap_words(sheet, arena, out->pupil, out->column));
        }
    }
    buf_add_char(buf, '}');
}

enum err_code sheet_answer_json(struct sheet_page *page, struct response *response,
        struct err *err)
{
    const struct save_outcome *outcome = page->outcome;
    const struct sheet *sheet = page->sheet;
    struct buf buf = buf_make(page->request->arena, BUF_MAX_PAGE);
    size_t of = sheet->cohort.pupil_n * sheet->column_n;
    size_t entered = 0, n = 0;
    const char *text;
    enum err_code code;

    for (size_t i = 0; i < of; i++)
        entered += sheet->cells[i].text[0] != '\0';
    buf_printf(&buf, "{\"saved\":%zu,\"decide\":%zu,\"entered\":%zu,\"of\":%zu,\"cells\":[",
            outcome->state_n[ENTRY_SAVED] + outcome->state_n[ENTRY_SAME],
            outcome->state_n[ENTRY_CONFLICT], entered, of);
    for (size_t i = 0; i < outcome->cell_n; i++) {
        if (i != 0)
            buf_add_char(&buf, ',');
        cell_json(page, &buf, &outcome->cells[i]);
    }
    buf_add(&buf, "]}\n");
    code = buf_end(&buf, &text, &n, err);
    if (code == ERR_OK)
        response_body(response, 200, "application/json", text, n);
    return code;
}

/* ---- machine twins ---- */

static const struct column twin_columns[] = {
    { .key = "pupil_id", .label = "Pupil", .type = COLUMN_INTEGER, .quiet = true },
    { .key = "surname", .label = "Surname", .type = COLUMN_TEXT },
    { .key = "forename", .label = "Forename", .type = COLUMN_TEXT },
    { .key = "subject", .label = "Subject", .type = COLUMN_TEXT },
    { .key = "prior", .label = "Start", .type = COLUMN_GRADE },
    { .key = "target", .label = "Target", .type = COLUMN_GRADE },
    { .key = "progress_target", .label = "Progress target", .type = COLUMN_GRADE },
    { .key = "entry", .label = "Entry", .type = COLUMN_GRADE },
    { .key = "gap_points", .label = "Gap", .type = COLUMN_POINTS, .signed_ = true },
    { .key = "flag", .label = "Against progress target", .type = COLUMN_FLAG },
    { .key = "revision", .label = "Revision", .type = COLUMN_INTEGER, .quiet = true },
};

static void twin_row(struct sheet_page *page, struct report *report, struct table *table,
        size_t pupil, size_t column)
{
    const struct sheet *sheet = page->sheet;
    const struct cohort *cohort = &sheet->cohort;
    struct arena *arena = page->request->arena;
    const struct sheet_cell *entry = sheet_cell(sheet, pupil, column);
    size_t cell = cohort_cell(cohort, pupil, column);
    struct row *row = table_row(report, table);

    cell_number(row, 0, cohort->pupils[pupil].id * 1000);
    cell_text(report, row, 1, cohort->pupils[pupil].surname);
    cell_text(report, row, 2, cohort->pupils[pupil].forename);
    cell_text(report, row, 3, column_code(sheet, column));
    cell_text(report, row, 4, value_words(sheet, arena, cohort->prior[cell]));
    cell_text(report, row, 5, value_words(sheet, arena, cohort->target[cell]));
    cell_text(report, row, 6, progress_words(sheet, arena, pupil, column));
    cell_text(report, row, 7, entry->text);
    if (cohort->gap[cell] != POINTS_NONE)
        cell_number(row, 8, cohort->gap[cell]);
    cell_flag(row, 9, sheet_flag(sheet, pupil, column));
    cell_number(row, 10, entry->revision * 1000);
}

enum err_code sheet_answer_twin(struct sheet_page *page, struct response *response,
        struct err *err)
{
    const struct sheet *sheet = page->sheet;
    struct arena *arena = page->request->arena;
    struct report *report = report_make(arena, "marksheet");
    enum render_format format = page->request->format == FORMAT_CSV ? RENDER_CSV : RENDER_JSON;
    struct table *table = report_table(report, "marks", sheet->marksheet.name, twin_columns,
            COUNT(twin_columns));
    const char *text;
    size_t n = 0;
    enum err_code code;

    report->title =
            report_text(report, "%s: %s", sheet->marksheet.name, sheet->marksheet.review.name);
    report->school = page->context->school.name;
    report->as_at = page->context->today;
    report->basis = "attainment";
    report->population = sheet->marksheet.group;
    report->counted = (int64_t)page->order_n;
    report->of = (int64_t)sheet->cohort.pupil_n;
    report_note(report, "How to read this: one row a pupil and subject; entry is what this "
                        "review has, gap and flag compare it with the progress target.");
    for (size_t i = 0; i < page->order_n; i++) {
        for (size_t c = 0; c < sheet->column_n; c++)
            twin_row(page, report, table, page->order[i], c);
    }
    code = report_end(report, err);
    if (code == ERR_OK)
        code = render(report, format, NULL, arena, &text, &n, err);
    if (code == ERR_OK)
        response_body(response, 200, render_media_type(format), text, n);
    return code;
}
