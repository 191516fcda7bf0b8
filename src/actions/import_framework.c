#include <string.h>

#include "actions/import_in.h"
#include "base/text.h"
#include "exchange/source.h"

enum {
    FRAMEWORK_LIMIT = 4 << 20
};

/* Whether a file of that name and content is in force already, or one of that name. */
static enum err_code compare(struct context *context, const char *name, const char *body,
        struct import_outcome *outcome, struct err *err)
{
    struct named_text_list files = { 0 };
    enum err_code code = store_framework_files(context->store, context->school.school_id,
            context->arena, &files, err);

    outcome->added = 1;
    for (size_t i = 0; i < files.n && code == ERR_OK; i++) {
        if (!text_eq(files.items[i].name, name))
            continue;
        outcome->added = 0;
        outcome->unchanged = text_eq(files.items[i].body, body);
        outcome->superseded = !outcome->unchanged;
    }
    return code;
}

/* The file is tried as part of the school's framework, as it will be read from now on. */
static enum err_code write_file(struct context *context, const char *body,
        struct import_outcome *outcome, struct err *err)
{
    const struct framework *fw = NULL;
    bool changed = outcome->unchanged == 0;
    struct import import = {
        .kind = file_kind_name(FILE_FRAMEWORK),
        .file = outcome->file,
        .added = outcome->added,
        .unchanged = outcome->unchanged,
        .superseded = outcome->superseded,
        .recorded_by = context->who,
        .recorded_at = context->stamp,
    };
    enum err_code code = store_import_begin(context->store, context->school.school_id, &import,
            changed, err);

    if (code == ERR_OK && changed)
        code = store_add_framework_file(context->store, outcome->file, body, false, err);
    if (code == ERR_OK)
        code = store_import_end(context->store, err);
    if (code == ERR_OK)
        code = framework_load(context, context->school.framework, context->school.school_id,
                &fw, err);
    if (code == ERR_OK)
        outcome->id = import.import_id;
    return code;
}

enum err_code import_framework(struct context *context, struct source *source,
        const struct import_options *options, struct import_outcome *ret_outcome,
        struct err *err)
{
    struct import_outcome outcome = { .kind = FILE_FRAMEWORK, .preview = options->preview };
    const char *body = NULL;
    size_t n = 0;
    enum err_code code;

    if (!context->has_school) {
        (void)err_set(err, ERR_USAGE, "%s belongs to a school, and none is chosen",
                source->name);
        return err_hint(err, "Name it with --school LAESTAB.");
    }
    outcome.file = arena_text(context->arena, source->name);
    if (outcome.file == NULL)
        return err_memory(err);
    code = import_read_all(source, FRAMEWORK_LIMIT, context->arena, &body, &n, err);
    if (code == ERR_OK && body != NULL && memchr(body, '\0', n) != NULL) {
        (void)err_set(err, ERR_INVALID, "%s is no text", source->name);
        return err_where(err, source->name, 0, NULL);
    }
    if (code == ERR_OK)
        code = store_begin(context->store, err);
    if (code == ERR_OK)
        code = compare(context, outcome.file, body, &outcome, err);
    if (code == ERR_OK)
        code = write_file(context, body, &outcome, err);
    if (code == ERR_OK && !options->preview)
        code = store_commit(context->store, err);
    store_rollback(context->store);
    if (code != ERR_OK)
        return code;
    if (options->preview)
        outcome.id = 0;
    *ret_outcome = outcome;
    return ERR_OK;
}
