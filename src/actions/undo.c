#include "actions/import.h"
#include "actions/import_outcome.h"
#include "actions/undo_in.h"
#include "base/text.h"
#include "store/templates.h"

static const struct import *find_undoing(const struct import_list *imports, int64_t import_id)
{
    const struct import *newest = NULL;

    for (size_t i = 0; i < imports->n; i++) {
        if (imports->items[i].undoes == import_id &&
                (newest == NULL || imports->items[i].import_id > newest->import_id))
            newest = &imports->items[i];
    }
    return newest;
}

/* An undoing may itself have been undone: then that is what there is to undo. */
static enum err_code check_not_undone(struct undo *undo, struct err *err)
{
    struct import_list imports = { 0 };
    const struct import *undoing;
    const struct import *again;
    enum err_code code =
            store_imports(undo->context->store, undo->school_id, &undo->arena, &imports, err);

    if (code != ERR_OK)
        return code;
    undoing = find_undoing(&imports, undo->import_id);
    if (undoing == NULL)
        return ERR_OK;
    again = find_undoing(&imports, undoing->import_id);
    if (again != NULL) {
        (void)err_set(err, ERR_CONFLICT,
                "import %lld was undone, and brought back by import %lld",
                (long long)undo->import_id, (long long)again->import_id);
        return err_hint(err, "Undo import %lld instead.", (long long)again->import_id);
    }
    (void)err_set(err, ERR_CONFLICT, "import %lld was undone already, by import %lld",
            (long long)undo->import_id, (long long)undoing->import_id);
    return err_hint(err, "To have it back, undo import %lld.", (long long)undoing->import_id);
}

/* What is kept without its history cannot be brought back. */
static enum err_code check_kind(struct undo *undo, const struct import *import, struct err *err)
{
    bool framework = text_eq(import->kind, file_kind_name(FILE_FRAMEWORK));
    struct named_text_list files = { 0 };
    enum err_code code = ERR_OK;

    if (text_eq(import->kind, file_kind_name(FILE_SCHOOLS)) ||
            text_eq(import->kind, file_kind_name(FILE_NATIONAL)) ||
            text_eq(import->kind, "template") || text_eq(import->kind, "acceptance") ||
            text_eq(import->kind, "marksheet-template") ||
            (framework && import->superseded != 0)) {
        (void)err_set(err, ERR_INVALID, "an import of kind %s cannot be undone", import->kind);
        return err_hint(err, "Import the file as it was before.");
    }
    if (!framework || import->added == 0)
        return ERR_OK;
    code = store_framework_files(undo->context->store, undo->school_id, &undo->arena, &files,
            err);
    for (size_t i = 0; i < files.n && code == ERR_OK; i++) {
        if (text_eq(files.items[i].name, import->file))
            undo->framework_file = import->file;
    }
    return code;
}

static enum err_code work_out(struct undo *undo, struct err *err)
{
    enum err_code code = undo_values(undo, err);

    if (code == ERR_OK)
        code = undo_contacts(undo, err);
    if (code == ERR_OK)
        code = undo_parts(undo, err);
    if (code == ERR_OK)
        code = undo_members(undo, err);
    if (code == ERR_OK)
        code = undo_group_rules(undo, err);
    if (code == ERR_OK)
        code = undo_interventions(undo, err);
    if (code == ERR_OK)
        code = undo_adjustments(undo, err);
    if (code == ERR_OK)
        code = undo_aspect_values(undo, err);
    return code == ERR_OK ? undo_facts(undo, err) : code;
}

static int64_t statement_n(const struct undo *undo)
{
    return (int64_t)(undo->facts.n + undo->values.n + undo->contacts.n + undo->parts.n +
                     undo->members.n + undo->rules.n + undo->interventions.n +
                     undo->adjustments.n + undo->aspect_values.n) +
           (undo->framework_file != NULL);
}

static enum err_code state_all(struct undo *undo, struct err *err)
{
    struct store *store = undo->context->store;
    enum err_code code = ERR_OK;

    for (size_t i = 0; i < undo->values.n && code == ERR_OK; i++)
        code = store_add_pupil_fact(store, chunks_at(&undo->values, i), err);
    for (size_t i = 0; i < undo->contacts.n && code == ERR_OK; i++)
        code = store_add_contact(store, chunks_at(&undo->contacts, i), err);
    for (size_t i = 0; i < undo->parts.n && code == ERR_OK; i++)
        code = store_add_ctf_part(store, chunks_at(&undo->parts, i), err);
    for (size_t i = 0; i < undo->members.n && code == ERR_OK; i++)
        code = store_add_membership(store, chunks_at(&undo->members, i), err);
    for (size_t i = 0; i < undo->rules.n && code == ERR_OK; i++)
        code = store_add_group_rule(store, chunks_at(&undo->rules, i), err);
    for (size_t i = 0; i < undo->interventions.n && code == ERR_OK; i++)
        code = store_add_intervention(store, chunks_at(&undo->interventions, i), err);
    for (size_t i = 0; i < undo->facts.n && code == ERR_OK; i++)
        code = store_add_fact(store, chunks_at(&undo->facts, i), err);
    for (size_t i = 0; i < undo->adjustments.n && code == ERR_OK; i++)
        code = store_add_adjustment(store, chunks_at(&undo->adjustments, i), err);
    for (size_t i = 0; i < undo->aspect_values.n && code == ERR_OK; i++)
        code = store_add_aspect_value(store, chunks_at(&undo->aspect_values, i), err);
    if (code == ERR_OK && undo->framework_file != NULL)
        code = store_add_framework_file(store, undo->framework_file, "", true, err);
    return code;
}

/* Numbers go back unless another pupil has taken them since. */
static enum err_code rename_back(struct undo *undo, struct outcome_writer *writer,
        struct err *err)
{
    struct pupil_handle_list list = { 0 };
    enum err_code code = ERR_OK;

    if (undo->renames.n == 0)
        return ERR_OK;
    code = store_pupils(undo->context->store, undo->school_id, &undo->arena, &list, err);
    for (size_t i = 0; i < undo->renames.n && code == ERR_OK; i++) {
        const struct pupil_handle *back = chunks_at(&undo->renames, i);
        const struct pupil_handle *holder = NULL;

        for (size_t k = 0; k < list.n; k++) {
            if (text_eq(list.items[k].upn, back->upn))
                holder = &list.items[k];
        }
        if (holder == NULL)
            code = store_pupil_rename(undo->context->store, undo->school_id, back->pupil_id,
                    back->upn, err);
        else if (holder->pupil_id != back->pupil_id)
            code = outcome_note(writer, err,
                    "The UPN %s belongs to another pupil by now and was left there.",
                    back->upn);
    }
    return code;
}

static enum err_code write_undo(struct undo *undo, struct outcome_writer *writer,
        const char *file, struct err *err)
{
    struct import import = {
        .kind = "undo",
        .file = file,
        .unchanged = undo->left,
        .superseded = statement_n(undo),
        .undoes = undo->import_id,
        .recorded_by = undo->context->who,
        .recorded_at = undo->context->stamp,
    };
    struct store *store = undo->context->store;
    enum err_code code =
            store_import_begin(store, undo->school_id, &import, statement_n(undo), err);

    if (code == ERR_OK)
        code = state_all(undo, err);
    if (code == ERR_OK)
        code = store_import_end(store, err);
    if (code == ERR_OK)
        code = rename_back(undo, writer, err);
    if (code == ERR_OK)
        code = store_latest_rebuild(store, undo->school_id, err);
    if (code != ERR_OK)
        return code;
    writer->outcome->id = import.import_id;
    writer->outcome->unchanged = import.unchanged;
    writer->outcome->superseded = import.superseded;
    return ERR_OK;
}

static enum err_code run_undo(struct undo *undo, struct outcome_writer *writer, struct err *err)
{
    struct import import = { 0 };
    enum err_code code = store_import(undo->context->store, undo->school_id, undo->import_id,
            undo->context->arena, &import, err);

    if (code == ERR_OK)
        code = check_not_undone(undo, err);
    if (code == ERR_OK)
        code = check_kind(undo, &import, err);
    undo->all_new = code == ERR_OK && import.superseded == 0 &&
                    file_kind_parse(import.kind) != FILE_UNKNOWN;
    if (code == ERR_OK)
        code = work_out(undo, err);
    if (code != ERR_OK)
        return code;
    writer->outcome->kind = file_kind_parse(import.kind);
    writer->outcome->file = import.file;
    return write_undo(undo, writer, import.file, err);
}

enum err_code import_undo(struct context *context, int64_t import_id,
        struct import_outcome *ret_outcome, struct err *err)
{
    struct undo undo = { .context = context, .import_id = import_id };
    struct import_outcome outcome = { 0 };
    struct outcome_writer writer = { context->arena, &outcome };
    enum err_code code;

    undo.school_id = context->school.school_id;
    undo.facts = chunks_make(&undo.arena, sizeof(struct fact));
    undo.values = chunks_make(&undo.arena, sizeof(struct pupil_fact));
    undo.contacts = chunks_make(&undo.arena, sizeof(struct contact));
    undo.parts = chunks_make(&undo.arena, sizeof(struct ctf_part));
    undo.members = chunks_make(&undo.arena, sizeof(struct membership));
    undo.rules = chunks_make(&undo.arena, sizeof(struct group_rule));
    undo.interventions = chunks_make(&undo.arena, sizeof(struct intervention));
    undo.adjustments = chunks_make(&undo.arena, sizeof(struct adjustment));
    undo.aspect_values = chunks_make(&undo.arena, sizeof(struct aspect_value));
    undo.renames = chunks_make(&undo.arena, sizeof(struct pupil_handle));
    code = store_begin(context->store, err);
    if (code == ERR_OK)
        code = run_undo(&undo, &writer, err);
    if (code == ERR_OK)
        code = store_commit(context->store, err);
    store_rollback(context->store);
    arena_free(&undo.arena);
    if (code == ERR_OK)
        *ret_outcome = outcome;
    return code;
}
