#include "web/pages/pupil_parts.h"

#include <string.h>

#include "base/text.h"
#include "pupils/pupil.h"
#include "reports/render/html.h"
#include "reports/render/paper.h"
#include "web/pages/pupil_notes.h"

/* Of a report without it (nobody on roll): a table without rows. */
static struct table *find_table(const struct pupil_page *page, const char *name)
{
    static _Thread_local struct table nothing;
    struct table *table = page->report->tables;

    while (table != NULL && !text_eq(table->name, name))
        table = table->next;
    if (table != NULL)
        return table;
    nothing = (struct table){ .name = "" };
    return &nothing;
}

static size_t place_of(const struct table *table, const char *key)
{
    size_t i = 0;

    while (i + 1 < table->column_n && !text_eq(table->columns[i].key, key))
        i++;
    return i;
}

static const char *text_at(const struct table *table, const struct row *row, const char *key)
{
    const struct cell *cell = &row->cells[place_of(table, key)];

    return cell->state == CELL_SET && cell->text != NULL ? cell->text : "";
}

static struct buf buf_of(const struct pupil_page *page)
{
    return buf_make(page->request->arena, BUF_MAX_PAGE);
}

static enum err_code end(struct buf *buf, struct html_safe *ret_safe, struct err *err)
{
    return buf_end(buf, &ret_safe->html, &ret_safe->n, err);
}

/* What gives way on a phone. */
static void make_minor(struct table *table)
{
    static const char *const minor[] = { "prior", "target", "current_date", "gap_points",
        "gap_steps", "stage", "kind", "relationship", "email" };

    for (size_t c = 0; c < table->column_n; c++) {
        for (size_t i = 0; i < COUNT(minor); i++) {
            if (text_eq(table->columns[c].key, minor[i]))
                table->columns[c].minor = true;
        }
    }
}

static enum err_code draw_table(const struct pupil_page *page, const char *name, bool links,
        struct html_safe *ret_safe, struct err *err)
{
    struct table *table = find_table(page, name);
    struct buf buf = buf_of(page);

    make_minor(table);
    html_table(&buf, table, arena_printf(page->request->arena, "t-%s", name), links);
    return end(&buf, ret_safe, err);
}

/* ---- the flight path ---- */

#define PATH_START "path-"

static const char *subject_of(const struct chart *chart)
{
    return text_starts(chart->name, PATH_START) ? chart->name + strlen(PATH_START) : NULL;
}

static struct url to_subject(const struct pupil_page *page, const char *subject)
{
    struct arena *arena = page->request->arena;

    return url_place(arena, url_with(arena, page->here, "subject", subject), "flight");
}

static const struct chart *chart_of(const struct pupil_page *page, const char *subject)
{
    for (const struct chart *chart = page->report->charts; chart != NULL; chart = chart->next) {
        if (text_eq_fold(subject_of(chart), subject))
            return chart;
    }
    return NULL;
}

/* The one asked for, else that of the subject furthest below its progress target. */
static const struct chart *choose_chart(const struct pupil_page *page)
{
    const struct table *table = find_table(page, "subjects");
    const struct chart *chosen = chart_of(page, page->subject);
    enum flag worst = FLAG__MAX;

    for (size_t i = 0; chosen == NULL && i < table->row_n; i++) {
        const struct chart *chart = chart_of(page, text_at(table, &table->rows[i], "subject"));
        enum flag flag = paper_flag(&table->rows[i].cells[place_of(table, "flag")]);

        if (chart != NULL && flag != FLAG_NONE && flag < worst)
            worst = flag;
    }
    for (size_t i = 0; chosen == NULL && i < table->row_n; i++) {
        const struct chart *chart = chart_of(page, text_at(table, &table->rows[i], "subject"));

        if (chart != NULL &&
                paper_flag(&table->rows[i].cells[place_of(table, "flag")]) == worst)
            chosen = chart;
    }
    return chosen != NULL ? chosen : page->report->charts;
}

static enum err_code fill_subjects(const struct pupil_page *page, struct pupil_view *view,
        const struct chart *chosen, struct err *err)
{
    struct table *table = find_table(page, "subjects");

    view->paths = arena_array(page->request->arena, table->row_n + 1, sizeof(*view->paths));
    if (view->paths == NULL)
        return err_memory(err);
    table->title = "All subjects";
    table->caption = "The latest judgement beside this term's progress target. Choose a "
                     "subject for its flight path.";
    for (size_t i = 0; i < table->row_n; i++) {
        const char *subject = text_at(table, &table->rows[i], "subject");
        const struct chart *chart = chart_of(page, subject);

        if (chart == NULL)
            continue;
        view->paths[view->paths_n++] =
                (struct pupil_link){ text_at(table, &table->rows[i], "subject_name"),
                    to_subject(page, subject), chart == chosen };
        table->rows[i].link = to_subject(page, subject).text;
    }
    return draw_table(page, "subjects", true, &view->subjects, err);
}

static enum err_code fill_chart(const struct pupil_page *page, struct pupil_view *view,
        const struct chart *chosen, struct err *err)
{
    struct buf buf = buf_of(page);

    if (chosen != NULL)
        html_chart(&buf, chosen, "path", false);
    return end(&buf, &view->chart, err);
}

/* ---- setting a target ---- */

static struct may_answer may_target(const struct pupil_page *page, const char *subject)
{
    const struct gate *gate = &page->visit->gate;
    struct access_pupil asked = { 0 };
    struct err ignored;

    if (gate_pupil(gate, &page->pupil, subject, &asked, &ignored) != ERR_OK)
        return (struct may_answer){ 0 };
    return may(&gate->person, ACTION_SET_TARGET, FIELD_TARGETS, &asked,
            page->visit->context->today);
}

unsigned pupil_target_needs(const struct pupil_page *page, const char *subject)
{
    struct may_answer answer = may_target(page, subject);

    return answer.yes ? answer.needs : 0;
}

static void fill_target(const struct pupil_page *page, struct pupil_view *view,
        const struct chart *chosen)
{
    const char *code = chosen == NULL ? page->subject : subject_of(chosen);
    int subject = framework_subject(page->visit->context->fw, code == NULL ? "" : code);
    struct may_answer answer;

    if (subject < 0 || date_is_set(request_value(page->request, "as-at")->date))
        return;
    answer = may_target(page, code);
    if (!answer.yes || (answer.needs & ~(page->visit->gate.met | (unsigned)NEED_REASON)) != 0)
        return;
    view->target.subject = code;
    view->target.subject_name = page->visit->context->fw->subjects[subject].name;
    view->target.wants_reason = (answer.needs & NEED_REASON) != 0;
}

/* ---- who it is ---- */

static void add_tag(struct pupil_view *view, bool has, const char *code, const char *title)
{
    if (has && view->tags_n < COUNT(view->tags))
        view->tags[view->tags_n++] = (struct pupil_tag){ code, title };
}

static void add_field(struct pupil_view *view, const char *label, const char *value)
{
    if (!text_empty(value) && view->fields_n < COUNT(view->fields))
        view->fields[view->fields_n++] = (struct pupil_field){ label, value };
}

static void fill_head(const struct pupil_page *page, struct pupil_view *view)
{
    const struct cohort_pupil *pupil = &page->pupil;
    struct arena *arena = page->request->arena;
    char day[DATE_LONG_SIZE];

    view->name = arena_printf(arena, "%s %s", pupil->forename, pupil->surname);
    view->under =
            arena_printf(arena, "%s%s%s%s", pupil->year == COHORT_YEAR_UNKNOWN ? "" : "Year ",
                    pupil->year == COHORT_YEAR_UNKNOWN ? "" : framework_year_text(pupil->year),
                    text_empty(pupil->registration) ? "" : ", registration group ",
                    text_empty(pupil->registration) ? "" : pupil->registration);
    add_tag(view, pupil_answer_is_yes(pupil->sen), "SEN", "Special educational needs");
    add_tag(view, pupil_answer_is_yes(pupil->pupil_premium), "PP", "Pupil premium");
    add_tag(view, pupil_answer_is_yes(pupil->fsm), "FSM", "Free school meals");
    add_tag(view, pupil_answer_is_yes(pupil->looked_after), "CLA", "Looked after");
    add_tag(view, pupil_language_is_additional(pupil->language), "EAL",
            "English as an additional language");
    if (date_is_set(pupil->dob))
        add_field(view, "Born",
                arena_printf(arena, "%s, age %d", date_long(pupil->dob, day),
                        date_age(pupil->dob, page->report->as_at)));
    add_field(view, "UPN", pupil->upn);
    add_field(view, "House", pupil->house);
    if (!text_empty(pupil->registration)) {
        view->form = pupil->registration;
        view->form_url = url_with(arena, url_pupils(), "registration", pupil->registration);
    }
}

/* ---- what holds today, groups, history ---- */

static bool holds(const struct row *row, struct date day)
{
    bool begun = row->cells[2].state != CELL_SET || row->cells[2].number <= day.ymd;

    return begun && (row->cells[3].state != CELL_SET || row->cells[3].number >= day.ymd);
}

/* What the head of the page says already. */
static bool in_head(const char *label)
{
    static const char *const head[] = { "Date of birth", "UPN", "House", "Registration group",
        "Year group" };

    for (size_t i = 0; i < COUNT(head); i++) {
        if (text_eq(head[i], label))
            return true;
    }
    return false;
}

static const char *in_words(const struct pupil_page *page, const char *value)
{
    struct date day;
    char text[DATE_LONG_SIZE];

    if (date_parse_iso(value, &day))
        return arena_text(page->request->arena, date_long(day, text));
    if (text_eq(value, "Y"))
        return "yes";
    return text_eq(value, "N") ? "no" : value;
}

/* Of each label the last row that holds (rows come by label and from). */
static enum err_code fill_facts(const struct pupil_page *page, struct pupil_view *view,
        struct err *err)
{
    const struct table *table = find_table(page, "characteristics");

    view->facts = arena_array(page->request->arena, table->row_n + 1, sizeof(*view->facts));
    if (view->facts == NULL)
        return err_memory(err);
    for (size_t i = 0; i < table->row_n; i++) {
        const struct row *row = &table->rows[i];
        const char *label = text_at(table, row, "characteristic");
        struct pupil_field *last = view->facts_n == 0 ? NULL : &view->facts[view->facts_n - 1];

        if (!holds(row, page->report->as_at) || in_head(label))
            continue;
        if (last == NULL || !text_eq(last->label, label))
            last = &view->facts[view->facts_n++];
        *last = (struct pupil_field){ label, in_words(page, text_at(table, row, "value")) };
    }
    return ERR_OK;
}

static enum err_code fill_groups(const struct pupil_page *page, struct pupil_view *view,
        struct err *err)
{
    struct arena *arena = page->request->arena;

    view->groups = arena_array(arena, page->pupil.group_n + 1, sizeof(*view->groups));
    if (view->groups == NULL)
        return err_memory(err);
    for (size_t i = 0; i < page->pupil.group_n; i++)
        view->groups[view->groups_n++] = (struct pupil_link){ page->pupil.groups[i],
            url_with(arena, url_pupils(), "group", page->pupil.groups[i]), false };
    return ERR_OK;
}

/* What a kind of fact is called on the page; the files and the JSON keep its word. */
static const char *kind_in_words(const char *word)
{
    static const char *const words[][2] = {
        { "assessment", "Teacher assessment" },
        { "result", "Result" },
        { "test", "Test" },
        { "mock", "Mock exam" },
        { "target", "Target" },
        { "prediction", "Prediction" },
        { "likely", "Likely grade" },
    };

    for (size_t i = 0; i < COUNT(words); i++) {
        if (text_eq(words[i][0], word))
            return words[i][1];
    }
    return word;
}

static void name_history(const struct pupil_page *page, struct table *table)
{
    const struct framework *fw = page->visit->context->fw;
    size_t subject_at = place_of(table, "subject");
    size_t kind_at = place_of(table, "kind");

    for (size_t i = 0; i < table->row_n; i++) {
        struct cell *cells = table->rows[i].cells;
        int subject = framework_subject(fw, text_at(table, &table->rows[i], "subject"));

        if (subject >= 0)
            cells[subject_at].text = fw->subjects[subject].name;
        cells[kind_at].text = kind_in_words(text_at(table, &table->rows[i], "kind"));
    }
    if (table->column_n > subject_at)
        table->columns[subject_at].type = COLUMN_TEXT;
}

static enum err_code fill_history(const struct pupil_page *page, struct pupil_view *view,
        struct err *err)
{
    struct table *table = find_table(page, "history");

    view->history_n = table->row_n;
    if (!page->whole_history && table->row_n > PUPIL_HISTORY) {
        table->row_n = PUPIL_HISTORY;
        view->history_all = url_with(page->request->arena, page->here, "history", "all");
    }
    name_history(page, table);
    table->title = "History";
    table->caption = "Nothing is ever overwritten. Newest first.";
    return draw_table(page, "history", false, &view->history, err);
}

static enum err_code fill_words(const struct pupil_page *page, struct pupil_view *view,
        struct err *err)
{
    const struct text_list *notes = &page->report->notes;
    struct html_options options = { .made = page_made(page->request) };
    struct arena *arena = page->request->arena;
    const char **words = arena_array(arena, notes->n + 1, sizeof(*words));
    struct buf buf = buf_of(page);

    if (words == NULL)
        return err_memory(err);
    for (size_t i = 0; i < notes->n; i++)
        words[i] = paper_note(arena, notes->items[i]);
    view->notes = words;
    view->notes_n = notes->n;
    view->says = page->report->says;
    html_foot(&buf, page->report, &options);
    return end(&buf, &view->foot, err);
}

enum err_code pupil_fill(struct pupil_page *page, struct pupil_view *view, struct err *err)
{
    const struct chart *chosen = choose_chart(page);
    const struct table *contacts = find_table(page, "contacts");
    struct arena *arena = page->request->arena;
    enum err_code code;

    view->pupils = url_pupils();
    view->here = page->here;
    view->twins[0] = (struct tree_twin){ url_twin(arena, page->here, "csv"), "CSV" };
    view->twins[1] = (struct tree_twin){ url_twin(arena, page->here, "json"), "JSON" };
    view->twins_n = TREE_TWINS;
    view->has_contacts = contacts->row_n > 0;
    fill_head(page, view);
    fill_target(page, view, chosen);
    code = fill_subjects(page, view, chosen, err);
    if (code == ERR_OK)
        code = fill_chart(page, view, chosen, err);
    if (code == ERR_OK)
        code = draw_table(page, "contacts", false, &view->contacts, err);
    if (code == ERR_OK)
        code = draw_table(page, "characteristics", false, &view->about, err);
    if (code == ERR_OK)
        code = fill_facts(page, view, err);
    if (code == ERR_OK)
        code = fill_groups(page, view, err);
    if (code == ERR_OK)
        code = fill_history(page, view, err);
    if (code == ERR_OK)
        code = pupil_fill_notes(page, view, err);
    return code == ERR_OK ? fill_words(page, view, err) : code;
}
