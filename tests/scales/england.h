/*
 * england: reads the framework files that ship, and small texts, for the tests of scales.
 */
#ifndef TESTS_SCALES_ENGLAND_H
#define TESTS_SCALES_ENGLAND_H

#include "check.h"
#include "scales/framework.h"

#ifndef ATTAIN_SOURCE_ROOT
#define ATTAIN_SOURCE_ROOT "."
#endif

struct england_file {
    const char *name;
    char bytes[64 * 1024];
    size_t n;
};

static struct england_file england_files[] = {
    { "awards.framework", "", 0 },
    { "boundaries.framework", "", 0 },
    { "levels.framework", "", 0 },
    { "measures.framework", "", 0 },
    { "scores.framework", "", 0 },
    { "stages.framework", "", 0 },
    { "subjects.framework", "", 0 },
};

static inline size_t england_slurp(const char *path, char *bytes, size_t room)
{
    char whole[512];
    FILE *file;
    size_t n;

    (void)snprintf(whole, sizeof(whole), "%s/%s", ATTAIN_SOURCE_ROOT, path);
    file = fopen(whole, "rb");
    CHECK_TRUE(whole, file != NULL);
    n = fread(bytes, 1, room, file);
    CHECK_TRUE(whole, n < room);
    (void)fclose(file);
    return n;
}

static inline void england_fetch(void)
{
    for (size_t i = 0; i < COUNT(england_files); i++) {
        struct england_file *file = &england_files[i];
        char path[200];

        if (file->n != 0)
            continue;
        (void)snprintf(path, sizeof(path), "data/frameworks/england-2008/%s", file->name);
        file->n = england_slurp(path, file->bytes, sizeof(file->bytes));
    }
}

/* england-2008 and, when `more` is not NULL, one file after it; the first failure stops. */
static inline enum err_code england_try(struct arena *arena, const char *more,
        const struct framework **ret_framework, struct err *err)
{
    struct framework_draft *draft = framework_begin(arena);
    enum err_code code = ERR_OK;

    for (size_t i = 0; i < COUNT(england_files) && code == ERR_OK; i++)
        code = framework_read(draft, england_files[i].name, england_files[i].bytes,
                england_files[i].n, err);
    if (code == ERR_OK && more != NULL)
        code = framework_read(draft, "own.framework", more, strlen(more), err);
    return code == ERR_OK ? framework_finish(draft, ret_framework, err) : code;
}

static inline const struct framework *england_with(struct arena *arena, const char *more)
{
    const struct framework *fw = NULL;
    struct err err = { 0 };

    england_fetch();
    CHECK_OK("england-2008", england_try(arena, more, &fw, &err), &err);
    return fw;
}

static inline const struct framework *england(struct arena *arena)
{
    return england_with(arena, NULL);
}

/* A grade that must be there. */
static inline struct value england_grade(const struct framework *fw, const char *scale,
        const char *text)
{
    struct value value = framework_stored(fw, scale, text);

    CHECK_TRUE(text, value_is_set(value));
    return value;
}

#endif
