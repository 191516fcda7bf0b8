#include "web/pages/imports.h"
#include "web/pages/moment.h"

#include "actions/listing.h"
#include "actions/spool.h"
#include "base/text.h"
#include "generated/pages.h"

static const char *const kind_words[] = { "auto", "ctf", "pupils", "results", "groups", NULL };
static const char *const kind_labels[] = { "See by its content", "Common Transfer File",
    "Pupils", "Results, targets, assessments", "Groups" };

enum {
    KIND_N = COUNT(kind_labels)
};

static const struct input imports_query[] = {
    { .name = "page", .label = "page", .kind = INPUT_INT, .min = 1, .max = 10000 },
    { .name = "upload", .label = "upload", .max = 100 },
    { .name = "kind", .label = "kind", .kind = INPUT_CHOICE, .choices = kind_words },
    { .name = "whole", .label = "all or nothing", .kind = INPUT_YES },
};

static const struct input imports_form[] = {
    { .name = "file", .label = "file", .kind = INPUT_FILE },
    { .name = "upload", .label = "upload", .max = 100 },
    { .name = "kind", .label = "kind", .kind = INPUT_CHOICE, .choices = kind_words },
    { .name = "whole", .label = "all or nothing", .kind = INPUT_YES },
};

static enum file_kind kind_of(const struct request *request)
{
    return file_kind_parse(request_value(request, "kind")->text);
}

static struct spool_owner owner_of(const struct visit *visit)
{
    return (struct spool_owner){ visit->session.account_id, visit->session.school_id,
        visit->desk.now };
}

/* The page that shows what a kept file would do, read as it was asked for. */
static struct url url_of_preview(const struct request *request, const char *token)
{
    struct url url = url_with(request->arena, url_imports(), "upload", token);

    url = url_with(request->arena, url, "kind", request_value(request, "kind")->text);
    return request_value(request, "whole")->number == 0
                   ? url
                   : url_with(request->arena, url, "whole", "yes");
}

/* ---- the register, and the form ---- */

static enum err_code show_list(struct request *request, struct response *response,
        struct problems_view problems, struct err *err)
{
    struct visit *visit = page_visit(request, ACTION_VIEW);
    struct imports_view view = { .problems = problems,
        .action = url_imports(),
        .whole = request_value(request, "whole")->number != 0 };
    struct kind_choice kinds[KIND_N];
    struct html html = html_make(request->arena);
    struct report *tree = NULL;
    enum err_code code = listing_imports(visit->context, true, &tree, err);

    if (code != ERR_OK)
        return code;
    tree->audience = "data managers of the school";
    if (tree_answer(request, tree, response, &code, err))
        return code;
    for (size_t i = 0; i < KIND_N; i++)
        kinds[i] = (struct kind_choice){ kind_words[i], kind_labels[i],
            request_value(request, "kind")->number == (int64_t)i };
    view.kinds = kinds;
    view.kinds_n = KIND_N;
    code = tree_draw(request, tree, url_imports(), request_value(request, "page")->number, true,
            &view.tree, err);
    if (code != ERR_OK)
        return code;
    visit_layout(request, &view.layout, "Imports");
    view.layout.script = url_asset("find.js");
    view.layout.refused = problems.items_n != 0;
    page_imports(&html, &view);
    return response_page(response, problems.items_n != 0 ? 422 : 200, &html, err);
}

static enum err_code show_problem(struct request *request, struct response *response,
        const struct err *why, struct err *err)
{
    struct problems_view problems = problem_of(request->arena, "file", why);

    return problems.items_n == 0 ? err_memory(err)
                                 : show_list(request, response, problems, err);
}

/* ---- what would happen, and what did ---- */

static const char *says(struct arena *arena, const struct import_outcome *outcome)
{
    const char *be = outcome->preview ? "would be" : outcome->added == 1 ? "was" : "were";
    const char *refused = outcome->preview          ? "would be"
                          : outcome->refused_n == 1 ? "was"
                                                    : "were";

    if (!outcome->preview && outcome->id == 0)
        return "Nothing was written, because a row was refused.";
    if (outcome->added + outcome->superseded == 0)
        return arena_printf(arena, "This file changes nothing: all it says %s.",
                outcome->refused_n == 0 ? "is on record already"
                                        : "is on record already or is refused");
    return arena_printf(arena, "%lld %s %s added; %lld %s what stands; %zu %s refused.",
            (long long)outcome->added, outcome->added == 1 ? "row" : "rows", be,
            (long long)outcome->superseded,
            outcome->superseded == 1 ? "row supersedes" : "rows supersede", outcome->refused_n,
            refused);
}

static enum err_code fill_rows(struct arena *arena, const struct import_outcome *outcome,
        struct import_preview_view *view, struct err *err)
{
    size_t n = outcome->refused_n < IMPORTS_SHOWN ? outcome->refused_n : IMPORTS_SHOWN;

    view->rows = arena_array(arena, n + 1, sizeof(*view->rows));
    if (view->rows == NULL)
        return err_memory(err);
    for (size_t i = 0; i < n; i++) {
        const struct refusal *in = &outcome->refused[i];

        view->rows[view->rows_n++] =
                (struct import_row){ in->row, in->column, in->value, in->reason };
    }
    if (n < outcome->refused_n)
        view->more = arena_printf(arena, "The first %zu of %zu; the JSON file has all.", n,
                outcome->refused_n);
    return ERR_OK;
}

static enum err_code show_outcome(struct request *request, struct response *response,
        const struct import_outcome *outcome, const char *token, struct err *err)
{
    struct arena *arena = request->arena;
    struct import_preview_view view = { .imports = url_imports(),
        .action = url_imports(),
        .file = outcome->file,
        .kind = file_kind_name(outcome->kind),
        .applied = !outcome->preview,
        .says = says(arena, outcome),
        .added = outcome->added,
        .unchanged = outcome->unchanged,
        .superseded = outcome->superseded,
        .refused = outcome->refused_n,
        .notes = outcome->notes,
        .notes_n = outcome->note_n,
        .kept = outcome->kept,
        .kept_n = outcome->kept_n,
        .token = token,
        .kind_value = request_value(request, "kind")->text,
        .whole = request_value(request, "whole")->number != 0 ? "yes" : NULL };
    struct html html = html_make(arena);
    enum err_code code = fill_rows(arena, outcome, &view, err);

    if (code != ERR_OK)
        return code;
    if (outcome->id != 0)
        view.written = url_import(arena, outcome->id);
    view.can_apply = outcome->preview && outcome->added + outcome->superseded > 0 &&
                     (view.whole == NULL || outcome->refused_n == 0);
    if (outcome->preview) {
        view.twins[view.twins_n++] =
                (struct tree_twin){ url_twin(arena, url_of_preview(request, token), "json"),
                    "JSON" };
    }
    visit_layout(request, &view.layout, view.file);
    view.layout.script = url_asset("find.js");
    page_import_preview(&html, &view);
    return response_page(response, 200, &html, err);
}

/* GET /imports?upload=...: what the kept file would do. */
static enum err_code show_preview(struct request *request, struct response *response,
        struct err *err)
{
    struct visit *visit = page_visit(request, ACTION_VIEW);
    const char *token = request_value(request, "upload")->text;
    struct spool_owner owner = owner_of(visit);
    struct import_options options = { .kind = kind_of(request),
        .preview = true,
        .all_or_nothing = request_value(request, "whole")->number != 0 };
    struct import_outcome outcome = { 0 };
    struct spooled spooled = { 0 };
    struct err why = { 0 };
    enum err_code code = spool_find(&owner, token, request->arena, &spooled, &why);

    if (code == ERR_OK)
        code = import_file(visit->context, spooled.path, &options, &outcome, &why);
    if (code != ERR_OK && (response_status(code) == 500 || request->format != FORMAT_HTML)) {
        *err = why;
        return code;
    }
    if (code != ERR_OK)
        return show_problem(request, response, &why, err);
    if (request->format != FORMAT_HTML)
        return import_json(request, &outcome, response, err);
    return show_outcome(request, response, &outcome, token, err);
}

static enum err_code imports_show(struct request *request, struct response *response,
        struct err *err)
{
    if (request_value(request, "upload")->text[0] != '\0')
        return show_preview(request, response, err);
    return show_list(request, response, (struct problems_view){ 0 }, err);
}

/* ---- taking a file, and applying it ---- */

static enum err_code keep_upload(struct request *request, struct response *response,
        const struct upload *upload, struct err *err)
{
    struct spool_owner owner = owner_of(visit_of(request));
    struct spooled spooled = { 0 };
    struct err why = { 0 };
    enum err_code code =
            spool_keep(&owner, upload->path, upload->filename, request->arena, &spooled, &why);

    if (code != ERR_OK && response_status(code) == 500) {
        *err = why;
        return code;
    }
    if (code != ERR_OK)
        return show_problem(request, response, &why, err);
    response_go(response, url_of_preview(request, spooled.token));
    return ERR_OK;
}

static enum err_code apply(struct request *request, struct response *response,
        const char *token, struct err *err)
{
    struct visit *visit = page_visit(request, ACTION_VIEW);
    struct spool_owner owner = owner_of(visit);
    struct import_options options = { .kind = kind_of(request),
        .all_or_nothing = request_value(request, "whole")->number != 0 };
    struct import_outcome outcome = { 0 };
    struct spooled spooled = { 0 };
    struct err why = { 0 };
    enum err_code code = spool_find(&owner, token, request->arena, &spooled, &why);

    if (code == ERR_OK) {
        visit_write(request);
        code = import_file(visit->context, spooled.path, &options, &outcome, &why);
        visit_wrote(request);
    }
    if (code != ERR_OK && response_status(code) == 500) {
        *err = why;
        return code;
    }
    if (code != ERR_OK)
        return show_problem(request, response, &why, err);
    if (outcome.id != 0)
        spool_remove(&spooled);
    code = gate_note(&visit->gate, "import",
            arena_printf(request->arena, "import %lld", (long long)outcome.id), NULL, 0, "",
            err);
    return code == ERR_OK ? show_outcome(request, response, &outcome, token, err) : code;
}

static enum err_code imports_post(struct request *request, struct response *response,
        struct err *err)
{
    const struct input_value *file = request_value(request, "file");
    const char *token = request_value(request, "upload")->text;
    struct err why = { 0 };

    if (request->refused_n != 0)
        return show_list(request, response, problems_of(request), err);
    if (token[0] != '\0')
        return apply(request, response, token, err);
    if (file->state == INPUT_GIVEN && file->upload != NULL && file->upload->size != 0)
        return keep_upload(request, response, file->upload, err);
    (void)err_set(&why, ERR_INVALID, "no file was chosen, or it is empty");
    (void)err_hint(&why, "Choose a file and look at it.");
    return show_problem(request, response, &why, err);
}

const struct route imports_routes[] = {
    { METHOD_GET, "/imports", "import identity", imports_show, .formats = PAGE_TWINS,
            .inputs = imports_query, .inputs_n = COUNT(imports_query), .menu = "Imports",
            .help = "imports" },
    { METHOD_POST, "/imports", "import identity", imports_post, .formats = 0,
            .inputs = imports_form, .inputs_n = COUNT(imports_form),
            .upload_max = IMPORTS_UPLOAD, .help = "imports" },
    { METHOD_GET, "/imports/{id}", "import identity", import_show,
            .formats = ROUTE_FORMAT(FORMAT_JSON), .help = "imports" },
    { METHOD_POST, "/imports/{id}", "import identity", import_undo_post, .formats = 0,
            .help = "imports" },
};
const size_t imports_route_n = COUNT(imports_routes);
