#include "gen.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const size_t largest_file = (size_t)64 << 20;

static enum err_code failed_on(const char *path, const char *what, struct err *err)
{
    (void)err_set(err, ERR_IO, "could not %s: %s", what, strerror(errno));
    return err_where(err, path, 0, NULL);
}

static enum err_code read_open(FILE *in, const char *path, struct arena *arena,
        struct gen_file *ret_file, struct err *err)
{
    struct buf buf = buf_make(arena, largest_file);
    struct gen_file file = { .path = path };
    char part[8192];
    size_t n;
    enum err_code code;

    while ((n = fread(part, 1, sizeof(part), in)) > 0)
        buf_add_n(&buf, part, n);
    if (ferror(in))
        return failed_on(path, "read", err);
    code = buf_end(&buf, &file.text, &file.n, err);
    if (code == ERR_OK)
        *ret_file = file;
    return code;
}

static enum err_code add_file(const char *path, struct arena *arena, struct gen_files *files,
        struct err *err)
{
    FILE *in = fopen(path, "rb");
    enum err_code code;

    if (in == NULL)
        return failed_on(path, "open", err);
    files->items = arena_grow(arena, files->items, files->n, sizeof(*files->items));
    if (files->items == NULL)
        code = err_memory(err);
    else
        code = read_open(in, path, arena, &files->items[files->n], err);
    if (code == ERR_OK)
        files->n++;
    (void)fclose(in);
    return code;
}

static enum err_code add_folder_name(const char *folder, struct arena *arena,
        struct gen_files *files, struct err *err)
{
    files->folders =
            arena_grow(arena, files->folders, files->folder_n, sizeof(*files->folders));
    if (files->folders == NULL)
        return err_memory(err);
    files->folders[files->folder_n++] = folder;
    return ERR_OK;
}

static int ends_in(const char *name, const char *ending)
{
    size_t n = strlen(name);
    size_t end_n = strlen(ending);

    return n >= end_n && strcmp(name + n - end_n, ending) == 0;
}

static enum err_code add_entry(const char *path, const char *ending, struct arena *arena,
        struct gen_files *files, struct err *err)
{
    struct stat about;

    if (stat(path, &about) != 0)
        return failed_on(path, "look at", err);
    if (S_ISDIR(about.st_mode))
        return gen_read_folder(path, ending, arena, files, err);
    if (!S_ISREG(about.st_mode) || !ends_in(path, ending))
        return ERR_OK;
    return add_file(path, arena, files, err);
}

enum err_code gen_read_folder(const char *folder, const char *ending, struct arena *arena,
        struct gen_files *files, struct err *err)
{
    struct dirent **names = NULL;
    enum err_code code;
    int n = scandir(folder, &names, NULL, alphasort);

    if (n < 0)
        return errno == ENOENT ? ERR_OK : failed_on(folder, "read the folder", err);
    code = add_folder_name(folder, arena, files, err);
    for (int i = 0; i < n; i++) {
        const char *name = names[i]->d_name;

        if (code == ERR_OK && name[0] != '.') {
            const char *path = arena_printf(arena, "%s/%s", folder, name);

            code = path == NULL ? err_memory(err) : add_entry(path, ending, arena, files, err);
        }
        free(names[i]);
    }
    free(names);
    return code;
}

enum err_code gen_write(const char *path, struct buf *built, struct err *err)
{
    const char *text;
    size_t n;
    size_t written;
    FILE *out;
    enum err_code code = buf_end(built, &text, &n, err);

    if (code != ERR_OK)
        return code;
    out = fopen(path, "wb");
    if (out == NULL)
        return failed_on(path, "open for writing", err);
    written = fwrite(text, 1, n, out);
    if (fclose(out) != 0 || written != n)
        return failed_on(path, "write", err);
    return ERR_OK;
}

enum err_code gen_write_depfile(const char *path, const char *target,
        const struct gen_files *files, struct arena *arena, struct err *err)
{
    struct buf buf = buf_make(arena, BUF_MAX_PAGE);

    buf_printf(&buf, "%s:", target);
    for (size_t i = 0; i < files->folder_n; i++)
        buf_printf(&buf, " %s", files->folders[i]);
    for (size_t i = 0; i < files->n; i++)
        buf_printf(&buf, " %s", files->items[i].path);
    buf_add(&buf, "\n");
    return gen_write(path, &buf, err);
}

/* The index of the option called `name`, or n. */
static size_t option_find(const char *name, const struct gen_option *options, size_t n)
{
    size_t i = 0;

    while (i < n && strcmp(options[i].name, name) != 0)
        i++;
    return i;
}

int gen_options(int argc, char **argv, const struct gen_option *options, size_t n)
{
    int at = 1;

    for (; at + 1 < argc; at += 2) {
        size_t i = option_find(argv[at], options, n);

        if (i == n)
            break;
        *options[i].place = argv[at + 1];
    }
    for (size_t i = 0; i < n; i++) {
        if (*options[i].place == NULL)
            return 0;
    }
    return at;
}

/* Three octal digits end an escape, so no following digit can join it; ?? would be a trigraph.
 */
static void add_literal_byte(struct buf *buf, unsigned char byte, unsigned char before)
{
    if (byte == '"' || byte == '\\')
        buf_printf(buf, "\\%c", byte);
    else if (byte == '\n')
        buf_add(buf, "\\n");
    else if (byte < ' ' || byte > '~' || (byte == '?' && before == '?'))
        buf_printf(buf, "\\%03o", (unsigned)byte);
    else
        buf_add_char(buf, (char)byte);
}

void gen_add_literal(struct buf *buf, const char *indent, const char *bytes, size_t n)
{
    size_t i = 0;

    do {
        size_t width = 0;

        buf_printf(buf, "%s\"", indent);
        while (i < n && width < 80) {
            add_literal_byte(buf, (unsigned char)bytes[i],
                    i > 0 ? (unsigned char)bytes[i - 1] : 0);
            i++;
            width++;
            if (bytes[i - 1] == '\n')
                break;
        }
        buf_add(buf, i < n ? "\"\n" : "\"");
    } while (i < n);
}

int gen_complain(const char *tool, const struct err *err)
{
    if (err->file[0] != '\0' && err->row > 0)
        (void)fprintf(stderr, "%s:%ld: ", err->file, err->row);
    else if (err->file[0] != '\0')
        (void)fprintf(stderr, "%s: ", err->file);
    else
        (void)fprintf(stderr, "%s: ", tool);
    (void)fprintf(stderr, "%s\n", err->message);
    if (err->hint[0] != '\0')
        (void)fprintf(stderr, "    %s\n", err->hint);
    return 1;
}
