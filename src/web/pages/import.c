#include "actions/listing.h"
#include "actions/outcome_json.h"
#include "base/text.h"
#include "generated/pages.h"
#include "web/json.h"
#include "web/pages/imports.h"
#include "web/pages/moment.h"

/* ---- as JSON ---- */

static enum err_code answer_json(struct buf *buf, struct response *response, struct err *err)
{
    const char *text = NULL;
    size_t n = 0;
    enum err_code code = buf_end(buf, &text, &n, err);

    if (code == ERR_OK)
        response_body(response, 200, "application/json", text, n);
    return code;
}

enum err_code import_json(const struct request *request, const struct import_outcome *outcome,
        struct response *response, struct err *err)
{
    struct buf buf = buf_make(request->arena, BUF_MAX_PAGE);

    outcome_json(&buf, outcome);
    return answer_json(&buf, response, err);
}

static enum err_code register_json(const struct request *request, const struct import *import,
        int64_t undone_by, struct response *response, struct err *err)
{
    struct buf buf = buf_make(request->arena, BUF_MAX_PAGE);

    buf_printf(&buf, "{\"id\":%lld,\"kind\":", (long long)import->import_id);
    json_text(&buf, import->kind);
    buf_add(&buf, ",\"file\":");
    json_text(&buf, import->file);
    buf_printf(&buf,
            ",\"added\":%lld,\"unchanged\":%lld,\"superseded\":%lld,\"refused_count\":%lld",
            (long long)import->added, (long long)import->unchanged,
            (long long)import->superseded, (long long)import->refused);
    buf_add(&buf, ",\"recorded_by\":");
    json_text(&buf, import->recorded_by);
    buf_add(&buf, ",\"recorded_at\":");
    json_text(&buf, import->recorded_at);
    if (undone_by != 0)
        buf_printf(&buf, ",\"undone_by\":%lld", (long long)undone_by);
    buf_add(&buf, "}");
    return answer_json(&buf, response, err);
}

/* ---- one import ---- */

static const char *says(struct arena *arena, const struct import *import, int64_t undone_by)
{
    if (undone_by != 0)
        return "This import was undone.";
    if (import->undoes != 0)
        return "This took another import back.";
    return arena_printf(arena, "It added %lld and superseded %lld; %lld said nothing new.",
            (long long)import->added, (long long)import->superseded,
            (long long)import->unchanged);
}

/* Files that can be undone are those whose rows are facts with a history. */
static bool can_undo(const struct import *import, int64_t undone_by)
{
    enum file_kind kind = file_kind_parse(import->kind);

    return undone_by == 0 && (kind == FILE_CTF || kind == FILE_PUPILS || kind == FILE_RESULTS ||
                                     kind == FILE_GROUPS || kind == FILE_HISTORY ||
                                     kind == FILE_MAPPED || import->undoes != 0);
}

static void fill(const struct request *request, const struct import *import, int64_t undone_by,
        struct import_view *view)
{
    struct arena *arena = request->arena;
    int64_t other = undone_by != 0 ? undone_by : import->undoes;

    view->imports = url_imports();
    view->action = url_import(arena, import->import_id);
    view->title = arena_printf(arena, "Import %lld", (long long)import->import_id);
    view->under = arena_printf(arena, "%s, %s, recorded %s by %s.", import->kind, import->file,
            moment_stamp(arena, import->recorded_at), import->recorded_by);
    view->added = import->added;
    view->unchanged = import->unchanged;
    view->superseded = import->superseded;
    view->refused = import->refused;
    view->says = says(arena, import, undone_by);
    view->can_undo = can_undo(import, undone_by);
    if (other == 0)
        return;
    view->other = url_import(arena, other);
    view->other_label = arena_printf(arena, "Import %lld", (long long)other);
}

static enum err_code show(struct request *request, struct response *response,
        struct import_view *view, int status, struct err *err)
{
    struct visit *visit = page_visit(request, ACTION_VIEW);
    struct html html = html_make(request->arena);
    struct import import = { 0 };
    int64_t undone_by = 0;
    enum err_code code =
            listing_import(visit->context, request_id(request, "id"), &import, &undone_by, err);

    if (code == ERR_OK && request->format != FORMAT_HTML)
        return register_json(request, &import, undone_by, response, err);
    if (code != ERR_OK)
        return code;
    fill(request, &import, undone_by, view);
    visit_layout(request, &view->layout, view->title);
    view->layout.script = url_asset("find.js");
    view->layout.refused = view->problems.items_n != 0;
    page_import(&html, view);
    return response_page(response, status, &html, err);
}

enum err_code import_show(struct request *request, struct response *response, struct err *err)
{
    struct import_view view = { 0 };

    return show(request, response, &view, 200, err);
}

enum err_code import_undo_post(struct request *request, struct response *response,
        struct err *err)
{
    struct visit *visit = page_visit(request, ACTION_VIEW);
    struct import_outcome outcome = { 0 };
    struct import_view view = { 0 };
    struct problem problem = { "main", NULL };
    struct err why = { 0 };
    enum err_code code;

    visit_write(request);
    code = import_undo(visit->context, request_id(request, "id"), &outcome, &why);
    visit_wrote(request);
    if (code == ERR_OK) {
        view.done = arena_printf(request->arena,
                "Undone. Statements taken back or stated as before: %lld. Left, because a "
                "later "
                "import supersedes them: %lld.",
                (long long)outcome.superseded, (long long)outcome.unchanged);
        return show(request, response, &view, 200, err);
    }
    if (response_status(code) == 500 || code == ERR_NOT_FOUND) {
        *err = why;
        return code;
    }
    problem.words =
            arena_printf(request->arena, "It was not undone: %s. %s", why.message, why.hint);
    view.problems = (struct problems_view){ &problem, 1 };
    return show(request, response, &view, response_status(code), err);
}
