#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "actions/context.h"
#include "actions/own_measure.h"
#include "base/text.h"
#include "generated/frameworks_embedded.h"

enum {
    FILE_LIMIT = 4 << 20,
    FILES_LIMIT = 64,
    NAME_LIMIT = 256
};

/* Read every embedded file below "frameworks/CODE/"; *ret_n counts them. */
static enum err_code read_embedded(struct framework_draft *draft, const char *code,
        size_t *ret_n, struct err *err)
{
    char folder[NAME_LIMIT];
    enum err_code failed = ERR_OK;

    (void)snprintf(folder, sizeof(folder), "frameworks/%s/", code);
    *ret_n = 0;
    for (size_t i = 0; i < frameworks_embedded_n && failed == ERR_OK; i++) {
        const struct embedded *file = &frameworks_embedded[i];

        if (!text_starts(file->path, folder))
            continue;
        failed = framework_read(draft, file->path, (const char *)file->bytes, file->n, err);
        (*ret_n)++;
    }
    return failed;
}

static enum err_code read_path(struct framework_draft *draft, struct arena *arena,
        const char *path, struct err *err)
{
    FILE *file = fopen(path, "rb");
    char *bytes = file == NULL ? NULL : arena_alloc(arena, FILE_LIMIT);
    size_t n = bytes == NULL ? 0 : fread(bytes, 1, FILE_LIMIT, file);
    bool whole = file != NULL && feof(file) != 0;

    if (file == NULL) {
        (void)err_set(err, ERR_IO, "the framework file %s could not be opened: %s", path,
                strerrordesc_np(errno));
        return err_hint(err, "Check the folder named for frameworks.");
    }
    (void)fclose(file);
    if (bytes == NULL)
        return err_memory(err);
    if (!whole)
        return err_set(err, ERR_INVALID, "the framework file %s is larger than 4 MB", path);
    return framework_read(draft, path, bytes, n, err);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(a, b);
}

static bool is_framework_file(const char *name)
{
    static const char ending[] = ".framework";
    size_t n = strlen(name);

    return name[0] != '.' && n > sizeof(ending) - 1 && n < NAME_LIMIT &&
           strcmp(name + n - (sizeof(ending) - 1), ending) == 0;
}

/* The operator's files FOLDER/CODE/NAME.framework in the order of their names; none is no
 * error. */
static enum err_code read_folder(struct framework_draft *draft, struct arena *arena,
        const char *folder, const char *code, size_t *ret_n, struct err *err)
{
    char path[1024];
    char names[FILES_LIMIT][NAME_LIMIT];
    size_t n = 0;
    enum err_code failed = ERR_OK;
    struct dirent *entry;
    DIR *dir;

    *ret_n = 0;
    (void)snprintf(path, sizeof(path), "%s/%s", folder, code);
    dir = opendir(path);
    if (dir == NULL)
        return ERR_OK;
    while (n < FILES_LIMIT && (entry = readdir(dir)) != NULL) {
        if (is_framework_file(entry->d_name))
            (void)text_copy(names[n++], NAME_LIMIT, entry->d_name);
    }
    (void)closedir(dir);
    qsort(names, n, NAME_LIMIT, by_name);
    for (size_t i = 0; i < n && failed == ERR_OK; i++) {
        (void)snprintf(path, sizeof(path), "%s/%s/%s", folder, code, names[i]);
        failed = read_path(draft, arena, path, err);
    }
    *ret_n = n;
    return failed;
}

static enum err_code read_own(struct framework_draft *draft, struct context *context,
        int64_t school_id, struct err *err)
{
    struct named_text_list files = { 0 };
    enum err_code code =
            store_framework_files(context->store, school_id, context->arena, &files, err);

    for (size_t i = 0; i < files.n && code == ERR_OK; i++)
        code = framework_read(draft, files.items[i].name, files.items[i].body,
                strlen(files.items[i].body), err);
    return code == ERR_OK ? own_measures_read(context, school_id, draft, err) : code;
}

enum err_code framework_load(struct context *context, const char *code, int64_t school_id,
        const struct framework **ret_framework, struct err *err)
{
    struct framework_draft *draft = framework_begin(context->arena);
    size_t embedded_n = 0;
    size_t folder_n = 0;
    enum err_code failed;

    if (draft == NULL)
        return err_memory(err);
    failed = read_embedded(draft, code, &embedded_n, err);
    if (failed == ERR_OK && context->framework_folder != NULL)
        failed = read_folder(draft, context->arena, context->framework_folder, code, &folder_n,
                err);
    if (failed == ERR_OK && embedded_n + folder_n == 0) {
        (void)err_set(err, ERR_NOT_FOUND, "there is no assessment framework called %s", code);
        return err_hint(err, "The program carries england-2008; others lie in the folder named "
                             "with --frameworks.");
    }
    if (failed == ERR_OK)
        failed = read_own(draft, context, school_id, err);
    return failed == ERR_OK ? framework_finish(draft, ret_framework, err) : failed;
}
