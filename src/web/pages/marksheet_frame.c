#include <string.h>

#include "actions/aspect.h"
#include "base/text.h"
#include "web/pages/marksheet_in.h"
#include "web/program.h"
#include "web/url.h"

enum {
    METER = 280,
    CHIPS = 8
};

static const char *under_words(const struct sheet *sheet)
{
    if (sheet->kind == FACT_LIKELY)
        return "The grade each pupil is likely to get at the end of the course. What the "
               "teacher expects, not a target and not a model\u2019s estimate.";
    return "What each pupil is working at now. Judgements, not predictions.";
}

static void count_entries(struct sheet_page *page, struct marksheet_view *view)
{
    const struct sheet *sheet = page->sheet;
    struct arena *arena = page->request->arena;

    view->of = sheet->cohort.pupil_n * sheet->column_n;
    for (size_t i = 0; i < view->of; i++)
        view->entered += sheet->cells[i].text[0] != '\0';
    view->missing = view->of - view->entered;
    view->part = view->of == 0 ? 0 : (int)(view->entered * METER / view->of);
    for (size_t i = 0; i < page->order_n && view->first_missing == NULL; i++) {
        for (size_t c = 0; c < sheet->column_n && view->first_missing == NULL; c++) {
            if (sheet_cell(sheet, page->order[i], c)->text[0] == '\0')
                view->first_missing = arena_printf(arena, "c%lld-%s",
                        (long long)sheet->cohort.pupils[page->order[i]].id,
                        column_code(sheet, c));
        }
    }
    if (view->first_missing == NULL)
        view->first_missing = "sheet";
}

static void add_chip(struct sheet_page *page, struct marksheet_view *view, enum sheet_show show,
        const char *label, const char *sign)
{
    const struct sheet *sheet = page->sheet;
    struct sheet_chip *chip = &view->chips[view->chips_n];
    bool here = page->asked.show == show;

    *chip = (struct sheet_chip){ .label = label, .sign = sign, .here = here };
    for (size_t p = 0; p < sheet->cohort.pupil_n; p++)
        chip->n += sheet_shows(sheet, show, p);
    if (chip->n == 0 && !here)
        return;
    chip->url = sheet_url(page, "show", show == SHOW_ALL ? NULL : sheet_show_words[show]);
    view->chips_n++;
}

static enum err_code fill_chips(struct sheet_page *page, struct marksheet_view *view,
        struct err *err)
{
    view->chips = arena_array(page->request->arena, CHIPS, sizeof(*view->chips));
    if (view->chips == NULL)
        return err_memory(err);
    add_chip(page, view, SHOW_ALL, "All", NULL);
    add_chip(page, view, SHOW_TODO, "To do", NULL);
    add_chip(page, view, SHOW_WELL, "Well below", "s-well");
    add_chip(page, view, SHOW_BELOW, "Below", "s-below");
    add_chip(page, view, SHOW_ABOVE, "Above", "s-above");
    add_chip(page, view, SHOW_SEN, "SEN", NULL);
    add_chip(page, view, SHOW_PREMIUM, "Pupil premium", NULL);
    add_chip(page, view, SHOW_EAL, "EAL", NULL);
    return ERR_OK;
}

/* Whether the person may see anything of it: an empty column says nothing. */
static bool extra_is_there(struct sheet_page *page, enum sheet_extra extra)
{
    struct arena *arena = page->request->arena;

    if (extra != page->asked.extra)
        return true;
    for (size_t p = 0; p < page->sheet->cohort.pupil_n; p++) {
        if (!text_empty(extra_words(page->sheet, arena, p, extra)))
            return true;
    }
    return false;
}

static enum err_code fill_extras(struct sheet_page *page, struct marksheet_view *view,
        struct err *err)
{
    view->extras = arena_array(page->request->arena, EXTRA__MAX, sizeof(*view->extras));
    if (view->extras == NULL)
        return err_memory(err);
    for (int i = EXTRA_SET; i < EXTRA__MAX; i++) {
        if (extra_is_there(page, (enum sheet_extra)i))
            view->extras[view->extras_n++] = (struct sheet_chip){
                .url = sheet_url(page, "with", sheet_extra_words[i]),
                .label = sheet_extra_labels[i],
                .here = (int)page->asked.extra == i,
            };
    }
    view->blank = sheet_url(page, "with", NULL);
    return ERR_OK;
}

static enum err_code fill_radios(struct sheet_page *page, struct marksheet_view *view,
        struct err *err)
{
    const struct sheet *sheet = page->sheet;
    struct arena *arena = page->request->arena;

    view->radios = arena_array(arena, sheet->column_n + 1, sizeof(*view->radios));
    if (view->radios == NULL)
        return err_memory(err);
    for (size_t c = 0; c < sheet->column_n; c++)
        view->radios[view->radios_n++] =
                (struct sheet_radio){ arena_printf(arena, "v-k%zu", c + 1),
                    sheet->column_n == 1 ? entry_words(sheet) : column_name(sheet, c), c == 0 };
    view->radios[view->radios_n++] = (struct sheet_radio){ "v-all", "All columns", false };
    return ERR_OK;
}

static enum err_code add_choices(struct arena *arena, struct marksheet_view *view,
        const char *code, const struct cell_choice *from, size_t n, struct err *err)
{
    struct sheet_choices *to = &view->choices[view->choices_n++];

    *to = (struct sheet_choices){ .subject = code };
    to->items = arena_array(arena, n + 1, sizeof(*to->items));
    if (to->items == NULL)
        return err_memory(err);
    for (size_t i = 0; i < n; i++)
        to->items[to->items_n++] = (struct sheet_choice){ from[i].code, from[i].name };
    return ERR_OK;
}

static enum err_code fill_choices(struct sheet_page *page, struct marksheet_view *view,
        struct err *err)
{
    struct arena *arena = page->request->arena;
    enum err_code code = ERR_OK;

    if (!page->sheet->enters)
        return ERR_OK;
    view->choices = arena_array(arena, page->sheet->column_n + page->sheet->columns_n,
            sizeof(*view->choices));
    if (view->choices == NULL)
        return err_memory(err);
    for (size_t c = 0; c < page->sheet->column_n && code == ERR_OK; c++) {
        struct cell_choice *from = NULL;
        size_t n = 0;

        code = cell_choices(page->context, page->sheet, c, &from, &n, err);
        if (code == ERR_OK)
            code = add_choices(arena, view, column_code(page->sheet, c), from, n, err);
    }
    for (size_t c = 0; c < page->sheet->columns_n && code == ERR_OK; c++) {
        const struct sheet_column *column = &page->sheet->columns[c];
        struct cell_choice *from = NULL;
        size_t n = 0;

        if (column->entries == NULL)
            continue;
        code = aspect_choices(page->context, column->aspect, &from, &n, err);
        if (code == ERR_OK && n > 0)
            code = add_choices(arena, view, column->code, from, n, err);
    }
    return code;
}

static void hide(struct marksheet_view *view, const char *name, const char *value)
{
    if (value != NULL)
        view->hidden[view->hidden_n++] = (struct sheet_hidden){ name, value };
}

static enum err_code fill_hidden(struct sheet_page *page, struct marksheet_view *view,
        struct err *err)
{
    const struct sheet_asked *asked = &page->asked;

    view->hidden = arena_array(page->request->arena, 4, sizeof(*view->hidden));
    if (view->hidden == NULL)
        return err_memory(err);
    hide(view, "sort", asked->sort == SORT_PUPIL ? NULL : sheet_sort_words[asked->sort]);
    hide(view, "down", asked->down ? "1" : NULL);
    hide(view, "show", asked->show == SHOW_ALL ? NULL : sheet_show_words[asked->show]);
    hide(view, "with", asked->extra == EXTRA_NONE ? NULL : sheet_extra_words[asked->extra]);
    return ERR_OK;
}

static void fill_words(struct sheet_page *page, struct marksheet_view *view)
{
    const struct sheet *sheet = page->sheet;
    const struct review *review = &sheet->marksheet.review;
    struct arena *arena = page->request->arena;
    char day[DATE_LONG_SIZE];
    bool closing = sheet->open && review->to.ymd < page->context->today.ymd;

    view->closing = closing && sheet->enters;
    view->heading = sheet->marksheet.name;
    view->under = under_words(sheet);
    view->css = arena_printf(arena, "subj-%d", sheet->cohort.subjects[0] % 6 + 1);
    view->review = review->name;
    view->closes = !sheet->open ? "closed"
                   : closing    ? "at the end of today"
                   : review->to.ymd == page->context->today.ymd
                           ? "today"
                           : arena_text(arena, date_long(review->to, day));
    view->sheet = sheet->marksheet.marksheet_id;
    view->action = url_marksheet(arena, view->sheet);
    view->list = url_marksheets();
    view->csv = url_twin(arena, view->action, "csv");
    view->json = url_twin(arena, view->action, "json");
    view->writes = sheet->enters;
    view->wants_reason = sheet->enters && sheet->wants_reason;
    view->reason = "for the teacher";
    view->borderline = context_setting(page->context, "borderline", "the lower one");
    view->flags = sheet->sees_targets;
    view->beside = sheet->column_n == 1 && sheet->columns_n == 0;
    view->one = "one step";
    view->well = "two or more";
    if (!sheet->open)
        view->shut = "The review is closed: this is what it holds.";
    else if (!sheet->enters)
        view->shut = "You may read this marksheet, not write in it.";
    view->order = arena_printf(arena, "%zu of %zu pupils%s.", page->order_n,
            sheet->cohort.pupil_n, page->asked.sort == SORT_PUPIL ? ", by surname" : "");
    if (page->asked.saved > 0)
        view->said = arena_printf(arena, "%lld saved.", (long long)page->asked.saved);
}

static void add_signs(struct marksheet_view *view, const struct sheet_column *column)
{
    for (size_t i = 0; i < column->colour_n; i++) {
        enum flag flag = flag_find(column->colours[i].flag);

        view->legend[view->legend_n++] = (struct sheet_sign){ .css = flag_css(flag),
            .sign = flag_symbol(flag),
            .word = column->colours[i].word,
            .column = column->name,
            .formula = column->colours[i].formula };
    }
}

/* What the template's colours mean, and which of its columns wait. */
static enum err_code fill_template(struct sheet_page *page, struct marksheet_view *view,
        struct err *err)
{
    const struct sheet *sheet = page->sheet;
    struct arena *arena = page->request->arena;
    const struct visit *visit = visit_of(page->request);

    if (gate_may(&visit->gate, ACTION_SETTINGS, FIELD_NONE, NULL).yes)
        view->choose = url_with(arena, url_settings(arena, "templates"), "marksheet",
                arena_printf(arena, "%lld", (long long)view->sheet));
    if (sheet->columns_n == 0)
        return ERR_OK;
    view->template = sheet_template_name(sheet);
    view->legend =
            arena_array(arena, sheet->columns_n * TEMPLATE_COLOURS, sizeof(*view->legend));
    view->waits = arena_array(arena, sheet->columns_n, sizeof(*view->waits));
    if (view->legend == NULL || view->waits == NULL)
        return err_memory(err);
    for (size_t i = 0; i < sheet->columns_n; i++) {
        const struct sheet_column *column = &sheet->columns[i];

        if (column->waits == NULL)
            add_signs(view, column);
        else
            view->waits[view->waits_n++] = (struct sheet_wait){ column->name, column->waits };
    }
    return ERR_OK;
}

enum err_code sheet_frame(struct sheet_page *page, struct marksheet_view *view, struct err *err)
{
    enum err_code code = fill_chips(page, view, err);

    fill_words(page, view);
    count_entries(page, view);
    if (code == ERR_OK)
        code = fill_extras(page, view, err);
    if (code == ERR_OK)
        code = fill_radios(page, view, err);
    if (code == ERR_OK)
        code = fill_choices(page, view, err);
    if (code == ERR_OK)
        code = fill_template(page, view, err);
    return code == ERR_OK ? fill_hidden(page, view, err) : code;
}
