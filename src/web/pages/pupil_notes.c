#include "web/pages/pupil_notes.h"

#include <string.h>

#include "actions/note.h"
#include "base/text.h"
#include "web/pages/moment.h"

static const char *const do_words[] = { "add", "withdraw", NULL };

enum {
    DO_ADD,
    DO_WITHDRAW
};

enum {
    BYTES_MAX = NOTE_MAX * 4 + 1000 /* so that the count of characters is what refuses */
};

const struct input pupil_note_inputs[PUPIL_NOTE_INPUT_N] = {
    { .name = "do",
            .label = "what to do",
            .kind = INPUT_CHOICE,
            .required = true,
            .choices = do_words },
    { .name = "kind", .label = "kind of note", .max = 40 },
    { .name = "body", .label = "note", .max = BYTES_MAX },
    { .name = "note", .label = "number of the note", .kind = INPUT_INT, .min = 0 },
    { .name = "why", .label = "reason", .max = NOTE_REASON_MAX * 4 },
};

/* ---- showing ---- */

static enum err_code split_lines(struct arena *arena, const char *body, struct pupil_note *line,
        struct err *err)
{
    for (const char *at = body; *at != '\0';) {
        size_t n = strcspn(at, "\n");

        line->lines = arena_grow(arena, line->lines, line->lines_n, sizeof(*line->lines));
        if (line->lines == NULL)
            return err_memory(err);
        line->lines[line->lines_n] = arena_printf(arena, "%.*s", (int)n, at);
        if (line->lines[line->lines_n] == NULL)
            return err_memory(err);
        line->lines_n += n > 0;
        at += n + (at[n] == '\n');
    }
    return ERR_OK;
}

static enum err_code fill_note(const struct pupil_page *page, const struct pupil_view *view,
        const struct note *note, struct pupil_note *line, struct err *err)
{
    struct arena *arena = page->request->arena;

    *line = (struct pupil_note){ .no = note->note_no,
        .kind = note->kind,
        .under = arena_printf(arena, "%s, %s", note->who, moment_stamp(arena, note->at)) };
    line->takes_back = note->mine && !date_is_set(request_value(page->request, "as-at")->date);
    line->here = !view->notebook.adds && view->notebook.no == note->note_no;
    line->why = line->here ? view->notebook.why : "";
    if (note->withdrawn)
        line->withdrawn = arena_printf(arena, "Withdrawn by %s, %s: %s", note->withdrawn_who,
                moment_stamp(arena, note->withdrawn_at), note->reason);
    if (line->under == NULL || (note->withdrawn && line->withdrawn == NULL))
        return err_memory(err);
    return split_lines(arena, note->body, line, err);
}

static void fill_form(const struct pupil_page *page, struct pupil_view *view)
{
    struct pupil_notes *notes = &view->notebook;

    notes->action = url_under(page->request->arena, page->here, "notes");
    notes->most = NOTE_MAX;
    notes->body = notes->body == NULL ? "" : notes->body;
    for (size_t i = 0; i < NOTE_KINDS; i++)
        notes->kinds[notes->kinds_n++] = (struct pupil_note_kind){ note_kinds[i].code,
            note_kinds[i].label, text_eq(note_kinds[i].code, notes->kind) };
}

enum err_code pupil_fill_notes(const struct pupil_page *page, struct pupil_view *view,
        struct err *err)
{
    const struct gate *gate = &page->visit->gate;
    struct date as_at = request_value(page->request, "as-at")->date;
    struct pupil_notes *notes = &view->notebook;
    struct note_list list = { 0 };
    enum err_code code = note_read(gate, &page->pupil, as_at, &list, &notes->sees, err);

    if (code != ERR_OK)
        return code;
    notes->items = arena_array(page->request->arena, list.n + 1, sizeof(*notes->items));
    if (notes->items == NULL)
        return err_memory(err);
    notes->writes = !date_is_set(as_at) && note_may_add(gate, &page->pupil);
    fill_form(page, view);
    for (size_t i = 0; i < list.n && code == ERR_OK; i++)
        code = fill_note(page, view, &list.items[i], &notes->items[notes->items_n++], err);
    return code;
}

/* ---- writing ---- */

static void keep_typed(const struct request *request, struct pupil_notes *notes)
{
    notes->kind = request_value(request, "kind")->text;
    notes->body = request_value(request, "body")->text;
    notes->no = request_value(request, "note")->number;
    notes->why = request_value(request, "why")->text;
    notes->adds = request_value(request, "do")->number == DO_ADD;
}

static enum err_code change(struct pupil_page *page, const struct pupil_notes *typed,
        struct err *err)
{
    struct gate *gate = &page->visit->gate;
    int64_t no = typed->no;
    const char *what;
    enum err_code code;

    visit_write(page->request);
    code = typed->adds ? note_add(gate, &page->pupil, typed->kind, typed->body, &no, err)
                       : note_withdraw(gate, &page->pupil, no, typed->why, err);
    visit_wrote(page->request);
    if (code != ERR_OK)
        return code;
    what = arena_printf(page->request->arena, "note %lld", (long long)no);
    if (what == NULL)
        return err_memory(err);
    return gate_note(gate, typed->adds ? "note" : "withdraw", what, &page->pupil.id, 1, "",
            err);
}

static const char *wrong_field(struct arena *arena, const struct pupil_notes *typed)
{
    const char *id;

    if (typed->adds)
        return "body";
    id = arena_printf(arena, "why-%lld", (long long)typed->no);
    return id == NULL ? "" : id;
}

enum err_code pupil_change_notes(struct request *request, struct response *response,
        struct err *err)
{
    struct pupil_page page = { .subject = "" };
    struct pupil_view view = { .target = { .grade = "", .reason = "" } };
    struct err why = { 0 };
    enum err_code code = pupil_open(request, &page, err);
    enum err_code failed;

    if (code != ERR_OK)
        return code;
    keep_typed(request, &view.notebook);
    if (request->refused_n != 0) {
        view.problems = problems_of(request);
        return pupil_draw(&page, &view, response, 422, err);
    }
    failed = change(&page, &view.notebook, &why);
    if (failed == ERR_OK) {
        response_go(response, url_place(request->arena, page.here, "notes"));
        return ERR_OK;
    }
    if (response_status(failed) != 422) {
        *err = why;
        return failed;
    }
    view.problems =
            problem_of(request->arena, wrong_field(request->arena, &view.notebook), &why);
    return pupil_draw(&page, &view, response, 422, err);
}
