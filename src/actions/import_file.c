#include <string.h>

#include "actions/import_in.h"
#include "base/buf.h"
#include "base/text.h"
#include "exchange/csv_files.h"
#include "exchange/ctf_read.h"
#include "exchange/mapping.h"
#include "exchange/recognise.h"
#include "generated/maps_embedded.h"

enum {
    READ_SIZE = 16384,
    MAPPING_LIMIT = 1 << 20
};

/* A file and how it is read. */
struct opened {
    struct source source;
    enum file_kind kind;
    struct mapping mapping;
};

static enum err_code read_opened(void *data, const struct sink *sink, struct err *err)
{
    struct opened *opened = data;

    if (opened->kind == FILE_MAPPED)
        return mapping_read(&opened->mapping, &opened->source, sink, err);
    if (opened->kind == FILE_CTF)
        return ctf_read(&opened->source, sink, err);
    return csv_file_read(&opened->source, opened->kind, sink, err);
}

enum err_code import_read_all(struct source *source, size_t max, struct arena *arena,
        const char **ret_bytes, size_t *ret_n, struct err *err)
{
    struct buf buf = buf_make(arena, max);
    char piece[READ_SIZE];
    size_t n = 1;
    size_t total = 0;
    enum err_code code = ERR_OK;

    while (code == ERR_OK && n != 0) {
        code = source_read(source, piece, sizeof(piece), &n, err);
        if (code == ERR_OK)
            buf_add_n(&buf, piece, n);
        total += code == ERR_OK ? n : 0;
        if (code == ERR_OK && total > max) {
            (void)err_set(err, ERR_INVALID, "%s is larger than %zu bytes", source->name, max);
            return err_where(err, source->name, 0, NULL);
        }
    }
    return code == ERR_OK ? buf_end(&buf, ret_bytes, ret_n, err) : code;
}

static enum err_code parse_mapping(const char *name, const char *bytes, size_t n,
        struct context *context, struct mapping *ret_mapping, struct err *err)
{
    return mapping_parse(name, bytes, n, context->arena, ret_mapping, err);
}

/* A mapping by the name of one that the program carries, or a path. */
static enum err_code load_mapping(struct context *context, const char *map,
        struct mapping *ret_mapping, struct err *err)
{
    struct source source = { 0 };
    const char *bytes = NULL;
    size_t n = 0;
    enum err_code code;

    for (size_t i = 0; i < maps_embedded_n; i++) {
        const struct embedded *file = &maps_embedded[i];
        const char *name = strrchr(file->path, '/');
        size_t length = strlen(map);

        name = name == NULL ? file->path : name + 1;
        if (text_starts(name, map) && text_eq(name + length, ".map"))
            return parse_mapping(name, (const char *)file->bytes, file->n, context, ret_mapping,
                    err);
    }
    code = source_open(&source, map, err);
    if (code == ERR_NOT_FOUND)
        return err_hint(err, "Name a mapping that the program carries, or the path of one.");
    if (code != ERR_OK)
        return code;
    code = import_read_all(&source, MAPPING_LIMIT, context->arena, &bytes, &n, err);
    if (code == ERR_OK)
        code = parse_mapping(source.name, bytes, n, context, ret_mapping, err);
    source_close(&source);
    return code;
}

static enum err_code recognise(struct context *context, struct opened *opened,
        const struct import_options *options, struct err *err)
{
    enum err_code code;

    opened->kind = options->kind;
    if (options->map != NULL) {
        code = load_mapping(context, options->map, &opened->mapping, err);
        opened->kind = FILE_MAPPED;
        return code;
    }
    if (opened->kind == FILE_MAPPED) {
        (void)err_set(err, ERR_USAGE, "a mapped file needs a mapping");
        return err_hint(err, "Name it with --map NAME.");
    }
    return opened->kind != FILE_UNKNOWN ? ERR_OK
                                        : recognise_file(&opened->source, &opened->kind, err);
}

enum err_code import_file(struct context *context, const char *path,
        const struct import_options *options, struct import_outcome *ret_outcome,
        struct err *err)
{
    struct opened opened = { 0 };
    enum err_code code = source_open(&opened.source, path, err);

    if (code != ERR_OK)
        return code;
    code = recognise(context, &opened, options, err);
    if (code == ERR_OK && opened.kind == FILE_FRAMEWORK)
        code = import_framework(context, &opened.source, options, ret_outcome, err);
    else if (code == ERR_OK)
        code = import_records(context, opened.source.name, opened.kind, read_opened, &opened,
                options, ret_outcome, err);
    source_close(&opened.source);
    return code;
}
