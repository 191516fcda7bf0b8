/*
 * gen: what the build's own generators share: reading folders and files, and writing C.
 *
 * Everything lives in the caller's arena. A failure names the file and, where it can,
 * the line, so that a generator's complaint reads like a compiler's.
 */
#ifndef TOOLS_GEN_H
#define TOOLS_GEN_H

#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

/* One input: `path` as given or found, `n` bytes and a NUL behind them. */
struct gen_file {
    const char *path;
    const char *text;
    size_t n;
};

struct gen_files {
    struct gen_file *items;
    size_t n;
    const char **folders; /* the folders that were looked into, for the depfile */
    size_t folder_n;
};

/*
 * Add every file below `folder` whose name ends in `ending`, sorted by path, to *files.
 * Hidden names are passed over. A folder that does not exist adds nothing.
 *
 * Errors: ERR_MEMORY, ERR_IO.
 */
MUST_USE enum err_code gen_read_folder(const char *folder, const char *ending,
        struct arena *arena, struct gen_files *files, struct err *err);

/* Write what was built to `path`. Errors: ERR_MEMORY, ERR_IO. */
MUST_USE enum err_code gen_write(const char *path, struct buf *built, struct err *err);

/*
 * Write a Make rule by which `target` depends on every file and folder read, so that a
 * new or a changed file makes the generator run again. Errors: ERR_MEMORY, ERR_IO.
 */
MUST_USE enum err_code gen_write_depfile(const char *path, const char *target,
        const struct gen_files *files, struct arena *arena, struct err *err);

/* One option of a generator's command line: `--schema FOLDER` fills *place. */
struct gen_option {
    const char *name;
    const char **place;
};

/*
 * Read options, each with a value, until an argument that is none. Returns the index of
 * that argument (argc at the end), or 0 when one of the n options is missing.
 */
int gen_options(int argc, char **argv, const struct gen_option *options, size_t n);

/* Append `n` bytes as C string literals, one a line, each line behind `indent`. */
void gen_add_literal(struct buf *buf, const char *indent, const char *bytes, size_t n);

/* Print "file:line: message" (and the hint) to stderr; returns 1, for main to return. */
int gen_complain(const char *tool, const struct err *err);

#endif
