#include <string.h>

#include "base/text.h"
#include "web/pages/marksheet_in.h"

enum {
    HEADS_MAX = 12 + 3 * MARKSHEET_SUBJECTS + TEMPLATE_COLUMNS
};

/* What fills the table: where the next head or cell goes. */
struct filling {
    struct sheet_page *page;
    struct marksheet_view *view;
    struct arena *arena;
    bool one; /* one column to write in: everything about it stands beside it */
};

struct url sheet_url(const struct sheet_page *page, const char *name, const char *value)
{
    struct arena *arena = page->request->arena;
    const struct sheet_asked *asked = &page->asked;
    struct url url = url_marksheet(arena, page->sheet->marksheet.marksheet_id);
    const char *sort = asked->sort == SORT_PUPIL ? NULL : sheet_sort_words[asked->sort];
    const char *show = asked->show == SHOW_ALL ? NULL : sheet_show_words[asked->show];
    const char *with = asked->extra == EXTRA_NONE ? NULL : sheet_extra_words[asked->extra];
    bool sorts = text_eq(name, "sort");

    url = url_with(arena, url, "sort", sorts ? value : sort);
    if (!sorts && asked->down)
        url = url_with(arena, url, "down", "1");
    if (!sorts && asked->sort_column != 0)
        url = url_with(arena, url, "column", arena_printf(arena, "%zu", asked->sort_column));
    url = url_with(arena, url, "show", text_eq(name, "show") ? value : show);
    url = url_with(arena, url, "with", text_eq(name, "with") ? value : with);
    if (text_eq(name, "why") || text_eq(name, "history"))
        url = url_place(arena, url_with(arena, url, name, value), "why");
    return url;
}

const struct cell_outcome *sheet_outcome(const struct sheet_page *page, size_t pupil,
        size_t column)
{
    const struct save_outcome *outcome = page->outcome;

    for (size_t i = 0; outcome != NULL && i < outcome->cell_n; i++) {
        if (outcome->cells[i].pupil == pupil && outcome->cells[i].column == column)
            return &outcome->cells[i];
    }
    return NULL;
}

/* ---- heads ---- */

static struct sheet_head *add_head(struct filling *f, const char *label, const char *small,
        const char *css, enum sheet_sort sort, size_t column)
{
    const struct sheet_asked *asked = &f->page->asked;
    struct sheet_head *head = &f->view->heads[f->view->heads_n++];
    bool here = asked->sort == sort && (f->one || asked->sort_column == column);
    const char *word = sort == SORT_PUPIL ? NULL : sheet_sort_words[sort];

    *head = (struct sheet_head){ .label = label, .small = small, .css = css };
    head->url = sheet_url(f->page, "sort", word);
    if (column != 0)
        head->url =
                url_with(f->arena, head->url, "column", arena_printf(f->arena, "%zu", column));
    if (here && !asked->down)
        head->url = url_with(f->arena, head->url, "down", "1");
    if (here) {
        head->direction = asked->down ? "descending" : "ascending";
        head->arrow = asked->down ? "\u2191" : "\u2193";
    }
    return head;
}

/* The first key stage of the sheet that a pupil is in, or -1. */
static int first_stage(const struct sheet *sheet)
{
    for (size_t p = 0; p < sheet->cohort.pupil_n; p++) {
        if (sheet->cohort.pupils[p].stage >= 0)
            return sheet->cohort.pupils[p].stage;
    }
    return -1;
}

static const char *prior_small(const struct filling *f)
{
    return prior_name(f->page, first_stage(f->page->sheet));
}

static const char *target_small(const struct filling *f)
{
    const struct framework *fw = f->page->sheet->cohort.fw;
    int stage = first_stage(f->page->sheet);

    return stage < 0 ? NULL : arena_printf(f->arena, "end of %s", fw->stages[stage].name);
}

/* "Autumn 2025 likely" as two lines. */
static void earlier_head(struct filling *f, size_t i)
{
    const char *name = f->page->sheet->earlier[i];
    const char *space = strchr(name, ' ');
    const char *label =
            space == NULL ? name : arena_bytes(f->arena, name, (size_t)(space - name));

    (void)add_head(f, label, space == NULL ? NULL : space + 1, "c-more mid",
            (enum sheet_sort)(SORT_EARLIER_1 + (int)i), 0);
}

static const char *term_small(const struct filling *f)
{
    const struct calendar *calendar = &f->page->context->reckoning.calendar;
    int period = calendar_period(calendar, f->page->context->today);

    return arena_printf(f->arena, "end of %s", calendar->periods[period].name);
}

/* The columns of one subject that belong to what is entered in it. */
static void entry_heads(struct filling *f, size_t column)
{
    const struct sheet *sheet = f->page->sheet;
    const char *name = column_name(sheet, column);
    const char *k = f->one ? "" : arena_printf(f->arena, " c-k c-k%zu", column + 1);
    bool targets = sheet->sees_targets;
    struct sheet_head *head;

    if (targets && !(f->one && sheet->against_target))
        (void)add_head(f, sheet->against_target ? "Target" : "Progress target",
                f->one ? term_small(f) : name, arena_printf(f->arena, "mid%s", k),
                SORT_PROGRESS, column);
    head = add_head(f, f->one ? entry_words(sheet) : name,
            f->one ? "this review" : entry_words(sheet),
            arena_printf(f->arena, "mid entry%s", k), SORT_ENTRY, column);
    head->id = arena_printf(f->arena, "h-%s", column_code(sheet, column));
    if (targets && f->one)
        (void)add_head(f, "Gap", "points", "c-more num", SORT_GAP, 0);
    if (targets)
        (void)add_head(f, "Against",
                !f->one                 ? name
                : sheet->against_target ? "target"
                                        : "progress target",
                arena_printf(f->arena, "c-flag%s", k), SORT_FLAG, column);
}

static void template_head(struct filling *f, const struct sheet_column *column)
{
    bool entered = column->entries != NULL;
    bool waits = column->waits != NULL && !entered;
    struct sheet_head *head = &f->view->heads[f->view->heads_n++];

    *head = (struct sheet_head){ .label = column->name,
        .small = waits ? "not yet in use" : NULL,
        .css = entered          ? "mid entry"
               : column->number ? "num"
                                : "mid" };
    if (entered)
        head->id = arena_printf(f->arena, "h-%s", column->code);
}

static void fill_heads(struct filling *f)
{
    const struct sheet *sheet = f->page->sheet;
    enum sheet_extra extra = f->page->asked.extra;

    (void)add_head(f, "Pupil", NULL, "", SORT_PUPIL, 0);
    (void)add_head(f, "Groups", NULL, "c-more", SORT_GROUPS, 0);
    if (extra != EXTRA_NONE)
        (void)add_head(f, sheet_extra_labels[extra], NULL, "c-more", SORT_EXTRA, 0);
    if (f->one) {
        (void)add_head(f, "Start", prior_small(f), "c-more mid", SORT_PRIOR, 0);
        if (sheet->sees_targets)
            (void)add_head(f, "Target", target_small(f),
                    sheet->against_target ? "mid" : "c-more mid", SORT_TARGET, 0);
        for (size_t i = 0; i < sheet->earlier_n; i++)
            earlier_head(f, i);
    }
    for (size_t c = 0; c < sheet->column_n; c++)
        entry_heads(f, c);
    for (size_t c = 0; c < sheet->columns_n; c++)
        template_head(f, &sheet->columns[c]);
}

/* ---- rows ---- */

static struct sheet_shown *add_cell(struct sheet_row *row, const char *css)
{
    struct sheet_shown *cell = &row->cells[row->cells_n++];

    *cell = (struct sheet_shown){ .css = css };
    return cell;
}

static void add_text(struct sheet_row *row, const char *css, const char *text)
{
    struct sheet_shown *cell = add_cell(row, css);

    cell->is_text = true;
    cell->text = text;
}

/* A place in the sheet as addresses name it. */
static const char *place_words(struct filling *f, size_t pupil, size_t column)
{
    const struct sheet *sheet = f->page->sheet;

    return arena_printf(f->arena, "%lld.%s", (long long)sheet->cohort.pupils[pupil].id,
            column_code(sheet, column));
}

static void fill_entry_state(struct filling *f, struct sheet_shown *cell,
        const struct sheet_cell *entry, size_t pupil, size_t column)
{
    const struct cell_outcome *outcome = sheet_outcome(f->page, pupil, column);
    enum entry_state state = outcome == NULL ? ENTRY_UNCHANGED : outcome->state;
    char clock[CELL_CLOCK_SIZE];

    cell->state = entry->text[0] == '\0' ? " todo" : "";
    if (state == ENTRY_CONFLICT || state == ENTRY_INVALID) {
        cell->text = outcome->cell->typed;
        cell->two = state == ENTRY_CONFLICT;
        cell->bad = !cell->two;
        cell->state = cell->two ? " two" : " bad";
        cell->sign = cell->two ? "s-two" : "s-bad";
        cell->note = arena_printf(f->arena, "m%lld-%s", (long long)cell->pupil, cell->subject);
    } else if (entry->text[0] != '\0') {
        cell->sign = "s-ok";
        cell->title = arena_printf(f->arena, "Saved at %s: see its history",
                recorded_clock(entry->recorded_at, f->page->context->today, clock));
    }
    if (cell->title != NULL)
        cell->history = sheet_url(f->page, "history", place_words(f, pupil, column));
}

static void fill_entry(struct filling *f, struct sheet_row *row, const char *css, size_t pupil,
        size_t column)
{
    const struct sheet *sheet = f->page->sheet;
    const struct sheet_cell *entry = sheet_cell(sheet, pupil, column);
    struct sheet_shown *cell = add_cell(row, css);
    char mark[TEXT_MILLI_SIZE];

    cell->is_entry = true;
    cell->most = CELL_TYPED_MAX;
    cell->writes = entry->enters;
    cell->text = entry->text;
    cell->subject = column_code(sheet, column);
    cell->pupil = sheet->cohort.pupils[pupil].id;
    cell->revision = entry->revision;
    if (entry->mark != MARK_NONE)
        cell->extra = arena_printf(f->arena, "%s marks", text_from_milli(entry->mark, mark));
    fill_entry_state(f, cell, entry, pupil, column);
}

static void fill_flag(struct filling *f, struct sheet_row *row, const char *css, size_t pupil,
        size_t column)
{
    const struct sheet *sheet = f->page->sheet;
    struct sheet_shown *cell = add_cell(row, css);
    enum flag flag = sheet_flag(sheet, pupil, column);

    cell->is_flag = true;
    cell->flag = flag_css(flag);
    cell->sign = flag_symbol(flag);
    cell->word = sheet_flag_word(sheet, pupil, column);
    cell->brief = !f->one && sheet_cell(sheet, pupil, column)->text[0] == '\0';
    if (flag != FLAG_NONE)
        cell->why = sheet_url(f->page, "why", place_words(f, pupil, column));
}

static void fill_subject(struct filling *f, struct sheet_row *row, size_t pupil, size_t column)
{
    const struct sheet *sheet = f->page->sheet;
    const struct sheet_head *heads = f->view->heads;

    if (sheet->sees_targets && !(f->one && sheet->against_target))
        add_text(row, heads[row->cells_n + 1].css,
                progress_words(sheet, f->arena, pupil, column));
    fill_entry(f, row, heads[row->cells_n + 1].css, pupil, column);
    if (sheet->sees_targets && f->one)
        add_text(row, "c-more num", gap_words(sheet, f->arena, pupil, column));
    if (sheet->sees_targets)
        fill_flag(f, row, heads[row->cells_n + 1].css, pupil, column);
}

/* What came of a cell of the template in the save that came back; NULL: it was not sent. */
static const struct cell_outcome *entry_outcome(const struct sheet_page *page, size_t pupil,
        size_t entry)
{
    const struct save_outcome *outcome = page->outcome;

    for (size_t i = 0; outcome != NULL && i < outcome->cell_n; i++) {
        if (outcome->cells[i].pupil == pupil && outcome->cells[i].entry == entry)
            return &outcome->cells[i];
    }
    return NULL;
}

/* A cell to write in. Its colour stands behind the input. */
static void fill_input(struct filling *f, struct sheet_row *row, size_t pupil, size_t c)
{
    const struct sheet_column *column = &f->page->sheet->columns[c];
    const struct sheet_entry *entry = &column->entries[pupil];
    const struct cell_outcome *outcome = entry_outcome(f->page, pupil, c);
    enum entry_state state = outcome == NULL ? ENTRY_UNCHANGED : outcome->state;
    struct sheet_shown *cell = add_cell(row, "mid entry");

    cell->is_entry = cell->writes = true;
    cell->text = entry->text;
    cell->subject = column->code;
    cell->pupil = f->page->sheet->cohort.pupils[pupil].id;
    cell->revision = entry->revision;
    cell->most = column->aspect->kind == ASPECT_COMMENT ? column->aspect->highest : 40;
    cell->state = "";
    if (column->colour[pupil] >= 0)
        cell->extra = column->colours[column->colour[pupil]].word;
    if (state == ENTRY_CONFLICT || state == ENTRY_INVALID) {
        cell->text = outcome->cell->typed;
        cell->two = state == ENTRY_CONFLICT;
        cell->bad = !cell->two;
        cell->state = cell->two ? " two" : " bad";
        cell->sign = cell->two ? "s-two" : "s-bad";
        cell->note = arena_printf(f->arena, "m%lld-%s", (long long)cell->pupil, cell->subject);
    } else if (entry->text[0] != '\0') {
        cell->sign = "s-ok";
    }
}

/* A column of the template: its value, with sign and word where a colour holds. */
static void fill_column(struct filling *f, struct sheet_row *row, size_t pupil, size_t c)
{
    const struct sheet_column *column = &f->page->sheet->columns[c];
    const char *text = column->texts[pupil];
    const struct template_colour *colour =
            column->colour[pupil] < 0 ? NULL : &column->colours[column->colour[pupil]];
    struct sheet_shown *cell;
    enum flag flag = colour == NULL ? FLAG_NONE : flag_find(colour->flag);

    if (column->entries != NULL && column->entries[pupil].enters) {
        fill_input(f, row, pupil, c);
        return;
    }
    if (column->entries != NULL)
        text = column->entries[pupil].text;
    cell = add_cell(row, column->number && colour == NULL ? "num" : "mid");
    cell->is_text = colour == NULL;
    cell->is_flag = colour != NULL;
    cell->text = text;
    if (colour == NULL)
        return;
    cell->flag = flag_css(flag);
    cell->sign = flag_symbol(flag);
    cell->word = text_eq_fold(text, colour->word) || text_eq(text, "yes") || text[0] == '\0'
                         ? colour->word
                         : arena_printf(f->arena, "%s %s", text, colour->word);
}

static void fill_cells(struct filling *f, struct sheet_row *row, size_t pupil)
{
    const struct sheet *sheet = f->page->sheet;
    const struct cohort *cohort = &sheet->cohort;
    struct sheet_shown *tags = add_cell(row, "c-more");

    tags->is_tags = true;
    tags->sen = sheet->pupils[pupil].sen;
    tags->premium = sheet->pupils[pupil].premium;
    tags->eal = sheet->pupils[pupil].eal;
    if (f->page->asked.extra != EXTRA_NONE)
        add_text(row, "c-more", extra_words(sheet, f->arena, pupil, f->page->asked.extra));
    if (f->one) {
        size_t cell = cohort_cell(cohort, pupil, 0);

        add_text(row, "c-more mid", value_words(sheet, f->arena, cohort->prior[cell]));
        if (sheet->sees_targets)
            add_text(row, sheet->against_target ? "mid" : "c-more mid",
                    value_words(sheet, f->arena, cohort->target[cell]));
        for (size_t i = 0; i < sheet->earlier_n; i++)
            add_text(row, "c-more mid",
                    value_words(sheet, f->arena, sheet_cell(sheet, pupil, 0)->earlier[i]));
    }
    for (size_t c = 0; c < sheet->column_n; c++)
        fill_subject(f, row, pupil, c);
    for (size_t c = 0; c < sheet->columns_n; c++)
        fill_column(f, row, pupil, c);
}

/* ---- messages and panels ---- */

static void fill_message(struct filling *f, struct sheet_row *row,
        const struct cell_outcome *outcome)
{
    struct sheet_message *message = &row->messages[row->messages_n];
    const struct cell_typed *cell = outcome->cell;
    const char *typed = cell->typed[0] == '\0' ? "nothing" : cell->typed;

    if (outcome->state != ENTRY_CONFLICT && outcome->state != ENTRY_INVALID &&
            outcome->state != ENTRY_REFUSED)
        return;
    *message = (struct sheet_message){ .two = outcome->state == ENTRY_CONFLICT };
    message->id = arena_printf(f->arena, "m%lld-%s", (long long)cell->pupil_id, cell->subject);
    message->name =
            arena_printf(f->arena, "cell.%lld.%s", (long long)cell->pupil_id, cell->subject);
    if (message->two) {
        const char *theirs = outcome->theirs[0] == '\0' ? "nothing" : outcome->theirs;

        message->strong =
                arena_printf(f->arena, "%s saved %s at %s, while you had this sheet open.",
                        outcome->who, theirs, outcome->when);
        message->words = arena_printf(f->arena,
                "You typed %s, which is not saved yet. Which one counts?", typed);
        message->keep = arena_printf(f->arena, "Keep %s", theirs);
        message->use = arena_printf(f->arena, "Use my %s", typed);
    } else {
        message->strong = outcome->message;
        message->words = outcome->state == ENTRY_REFUSED
                                 ? arena_printf(f->arena, "You typed %s. %s", typed,
                                           outcome->hint == NULL ? "" : outcome->hint)
                                 : outcome->hint;
    }
    row->messages_n++;
}

static enum err_code fill_row(struct filling *f, size_t pupil, struct sheet_row *row,
        struct err *err)
{
    const struct sheet *sheet = f->page->sheet;
    const struct sheet_asked *asked = &f->page->asked;
    const struct cohort_pupil *p = &sheet->cohort.pupils[pupil];
    enum err_code code = ERR_OK;

    row->id = p->id;
    row->url = url_pupil(f->arena, p->id);
    row->surname = p->surname;
    row->forename = p->forename;
    fill_cells(f, row, pupil);
    for (size_t c = 0; c < sheet->column_n && code == ERR_OK; c++) {
        const struct cell_outcome *outcome = sheet_outcome(f->page, pupil, c);

        if (outcome != NULL)
            fill_message(f, row, outcome);
        if (asked->pupil != p->id || !text_eq(asked->subject, column_code(sheet, c)))
            continue;
        code = asked->history ? sheet_past(f->page, pupil, c, row->panels, err)
                              : sheet_why(f->page, pupil, c, row->panels, err);
        row->panels_n = 1;
    }
    for (size_t c = 0; c < sheet->columns_n; c++) {
        const struct cell_outcome *outcome = entry_outcome(f->page, pupil, c);

        if (outcome != NULL)
            fill_message(f, row, outcome);
    }
    return code;
}

/* The heads are there already: each row has a cell for all of them but the name's. */
static enum err_code make_rows(struct filling *f, struct err *err)
{
    struct marksheet_view *view = f->view;
    size_t n = f->page->order_n;
    size_t columns = f->page->sheet->column_n + f->page->sheet->columns_n;
    struct sheet_shown *cells = arena_array(f->arena, n * view->heads_n + 1, sizeof(*cells));
    struct sheet_message *messages = arena_array(f->arena, n * columns + 1, sizeof(*messages));
    struct sheet_panel *panel = arena_alloc(f->arena, sizeof(*panel));

    view->rows = arena_array(f->arena, n + 1, sizeof(*view->rows));
    if (cells == NULL || messages == NULL || panel == NULL || view->rows == NULL)
        return err_memory(err);
    view->rows_n = n;
    for (size_t i = 0; i < n; i++)
        view->rows[i] = (struct sheet_row){ .cells = &cells[i * view->heads_n],
            .messages = &messages[i * columns],
            .panels = panel };
    return ERR_OK;
}

enum err_code sheet_table(struct sheet_page *page, struct marksheet_view *view, struct err *err)
{
    struct filling f = { .page = page,
        .view = view,
        .arena = page->request->arena,
        .one = page->sheet->column_n == 1 };
    enum err_code code;

    view->heads = arena_array(f.arena, HEADS_MAX, sizeof(*view->heads));
    if (view->heads == NULL)
        return err_memory(err);
    fill_heads(&f);
    code = make_rows(&f, err);
    for (size_t i = 0; i < page->order_n && code == ERR_OK; i++)
        code = fill_row(&f, page->order[i], &view->rows[i], err);
    return code;
}
