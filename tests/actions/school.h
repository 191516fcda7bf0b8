/*
 * school: what the tests of import, undo and export share: a database file with one empty
 * school, files given as text, and exports kept as text.
 *
 * The day is 27 March 2010, a Saturday in the spring term of the school year 2009/10.
 */
#ifndef TESTS_ACTIONS_SCHOOL_H
#define TESTS_ACTIONS_SCHOOL_H

#include <unistd.h>

#include "actions/context.h"
#include "actions/export.h"
#include "actions/import.h"
#include "base/buf.h"
#include "base/text.h"
#include "check.h"

struct school_file {
    char folder[64], path[96], input[96];
    struct arena arena;
    struct context context;
    struct err err;
    struct import_outcome outcome;
};

static inline void school_open_again(struct school_file *f, const char *laestab)
{
    struct context_options options = { .db = f->path,
        .mode = STORE_WRITE,
        .today = { 20100327 },
        .who = "test" };

    context_close(&f->context);
    arena_free(&f->arena);
    CHECK_OK("open again", context_open(&f->context, &f->arena, &options, &f->err), &f->err);
    CHECK_OK("choose", context_choose_school(&f->context, laestab, &f->err), &f->err);
}

static inline void school_make(struct school_file *f)
{
    struct context_options options = { .mode = STORE_CREATE,
        .today = { 20100327 },
        .who = "test" };
    int64_t id = 0;

    *f = (struct school_file){ .folder = "/tmp/attain-import-XXXXXX" };
    CHECK_TRUE("folder", mkdtemp(f->folder) != NULL);
    (void)snprintf(f->path, sizeof(f->path), "%s/school.db", f->folder);
    (void)snprintf(f->input, sizeof(f->input), "%s/input", f->folder);
    options.db = f->path;
    CHECK_OK("open", context_open(&f->context, &f->arena, &options, &f->err), &f->err);
    CHECK_OK("school",
            school_create(&f->context, "3549002", "Testbury School", "primary", "england-2008",
                    &id, &f->err),
            &f->err);
    CHECK_OK("choose", context_choose_school(&f->context, NULL, &f->err), &f->err);
}

static inline void school_remove(struct school_file *f)
{
    char path[128];

    context_close(&f->context);
    arena_free(&f->arena);
    (void)unlink(f->path);
    (void)unlink(f->input);
    (void)snprintf(path, sizeof(path), "%s-wal", f->path);
    (void)unlink(path);
    (void)snprintf(path, sizeof(path), "%s-shm", f->path);
    (void)unlink(path);
    (void)rmdir(f->folder);
}

/* Import a text as a file. */
static inline enum err_code school_import_with(struct school_file *f, const char *text,
        const struct import_options *options)
{
    FILE *file = fopen(f->input, "wb");

    CHECK_TRUE("input", file != NULL);
    (void)fwrite(text, 1, strlen(text), file);
    (void)fclose(file);
    f->outcome = (struct import_outcome){ 0 };
    f->err = (struct err){ 0 };
    return import_file(&f->context, f->input, options, &f->outcome, &f->err);
}

static inline void school_import(struct school_file *f, const char *row, const char *text)
{
    struct import_options options = { 0 };

    CHECK_OK(row, school_import_with(f, text, &options), &f->err);
}

static inline void check_counts(const struct school_file *f, const char *row, int added,
        int unchanged, int superseded, int refused)
{
    for (size_t i = 0; (int)f->outcome.refused_n != refused && i < f->outcome.refused_n; i++)
        print_error("%s: row %ld, %s, \"%s\": %s\n", row, f->outcome.refused[i].row,
                f->outcome.refused[i].column, f->outcome.refused[i].value,
                f->outcome.refused[i].reason);
    CHECK_INT(row, f->outcome.added, added);
    CHECK_INT(row, f->outcome.unchanged, unchanged);
    CHECK_INT(row, f->outcome.superseded, superseded);
    CHECK_INT(row, f->outcome.refused_n, refused);
}

static inline enum err_code school_keep_bytes(void *data, const char *bytes, size_t n,
        struct err *err)
{
    (void)err;
    buf_add_n(data, bytes, n);
    return ERR_OK;
}

/* An export as text, in the arena given. */
static inline const char *school_export(struct school_file *f, struct arena *arena,
        const char *what)
{
    struct buf buf = buf_make(arena, BUF_MAX_PAGE);
    struct filters filters = { 0 };
    const char *text = "";
    size_t n = 0;

    CHECK_OK(what,
            export_file(&f->context, what, &filters, school_keep_bytes, &buf, NULL, &f->err),
            &f->err);
    CHECK_OK(what, buf_end(&buf, &text, &n, &f->err), &f->err);
    return text == NULL ? "" : text;
}

/* The memberships in force, one a line: no file has them but groups.csv. */
static inline const char *school_members(struct school_file *f, struct arena *arena)
{
    struct membership_list list = { 0 };
    struct buf buf = buf_make(arena, BUF_MAX_PAGE);
    const char *text = "";
    size_t n = 0;

    CHECK_OK("members",
            store_memberships(f->context.store, f->context.school.school_id, (struct date){ 0 },
                    arena, &list, &f->err),
            &f->err);
    for (size_t i = 0; i < list.n; i++) {
        const struct membership *row = &list.items[i];
        bool last = i + 1 == list.n || row[1].group_id != row->group_id ||
                    row[1].pupil_id != row->pupil_id || row[1].from.ymd != row->from.ymd;

        if (last && !row->withdrawn)
            buf_printf(&buf, "%lld %lld %d %d\n", (long long)row->group_id,
                    (long long)row->pupil_id, (int)row->from.ymd, (int)row->to.ymd);
    }
    CHECK_OK("members", buf_end(&buf, &text, &n, &f->err), &f->err);
    return text == NULL ? "" : text;
}

/* Everything the school has, one text. */
static inline const char *school_all(struct school_file *f, struct arena *arena)
{
    const char *text = arena_printf(arena, "%s\n%s\n%s\n%s", school_export(f, arena, "pupils"),
            school_export(f, arena, "results"), school_export(f, arena, "ctf"),
            school_members(f, arena));

    CHECK_TRUE("room", text != NULL);
    return text;
}

static const char *const school_pupils =
        "upn,surname,forename,dob,sex,year_group,registration,sen\n"
        "Z354900108001,O'Test-Pupil,Zoë,2000-02-29,F,5,5B,A\n"
        "N354900108002,Minimal,Child,01/09/1999,M,5,5B,\n";

#endif
