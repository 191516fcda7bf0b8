/*
 * embed: files as a C array, so that the program carries its own data.
 *
 *   embed --name NAME --root FOLDER --header FILE --source FILE --depfile FILE FOLDER...
 *
 * Every file below ROOT/FOLDER... whose name does not begin with a dot is embedded under
 * its path below ROOT. The header declares
 *
 *   struct embedded { const char *path; const unsigned char *bytes; size_t n; };
 *   extern const struct embedded NAME[];    sorted by path within each folder
 *   extern const size_t NAME_n;
 *
 * A NUL stands behind each file's bytes and is not counted in n.
 */
#include <stdio.h>
#include <string.h>

#include "gen.h"

struct options {
    const char *name;
    const char *root;
    const char *header;
    const char *source;
    const char *depfile;
};

static void add_header(struct buf *out, const struct options *options)
{
    buf_printf(out,
            "/* Made by tools/embed from the files it holds: change those. */\n"
            "#ifndef GENERATED_%s_H\n"
            "#define GENERATED_%s_H\n\n"
            "#include <stddef.h>\n\n"
            "#ifndef GENERATED_STRUCT_EMBEDDED\n"
            "#define GENERATED_STRUCT_EMBEDDED\n"
            "/* A file that the program carries; a NUL stands behind the n bytes. */\n"
            "struct embedded {\n"
            "    const char *path;\n"
            "    const unsigned char *bytes;\n"
            "    size_t n;\n"
            "};\n"
            "#endif\n\n"
            "extern const struct embedded %s[];\n"
            "extern const size_t %s_n;\n\n"
            "#endif\n",
            options->name, options->name, options->name, options->name);
}

static void add_source(struct buf *out, const struct options *options,
        const struct gen_files *files)
{
    const char *slash = strrchr(options->header, '/');

    buf_printf(out,
            "/* Made by tools/embed from the files it holds: change those. */\n"
            "#include \"%s\"\n\n",
            slash == NULL ? options->header : slash + 1);
    for (size_t i = 0; i < files->n; i++) {
        buf_printf(out, "static const unsigned char file_%zu[] =\n", i);
        gen_add_literal(out, "    ", files->items[i].text, files->items[i].n);
        buf_add(out, ";\n\n");
    }
    buf_printf(out, "const struct embedded %s[] = {\n", options->name);
    for (size_t i = 0; i < files->n; i++)
        buf_printf(out, "    { \"%s\", file_%zu, %zu },\n",
                files->items[i].path + strlen(options->root) + 1, i, files->items[i].n);
    if (files->n == 0)
        buf_add(out, "    { 0 },\n");
    buf_printf(out, "};\nconst size_t %s_n = %zu;\n", options->name, files->n);
}

static enum err_code run(const struct options *options, char *const *folders,
        struct arena *arena, struct err *err)
{
    struct gen_files files = { 0 };
    struct buf header = buf_make(arena, BUF_MAX_PAGE);
    struct buf source = buf_make(arena, ARENA_LIMIT);
    enum err_code code = ERR_OK;

    for (; code == ERR_OK && *folders != NULL; folders++) {
        const char *folder = arena_printf(arena, "%s/%s", options->root, *folders);

        code = folder == NULL ? err_memory(err)
                              : gen_read_folder(folder, "", arena, &files, err);
    }
    if (code != ERR_OK)
        return code;
    add_header(&header, options);
    add_source(&source, options, &files);
    code = gen_write(options->header, &header, err);
    if (code == ERR_OK)
        code = gen_write(options->source, &source, err);
    if (code == ERR_OK)
        code = gen_write_depfile(options->depfile, options->header, &files, arena, err);
    return code;
}

int main(int argc, char **argv)
{
    struct options options = { 0 };
    const struct gen_option known[] = {
        { "--name", &options.name },
        { "--root", &options.root },
        { "--header", &options.header },
        { "--source", &options.source },
        { "--depfile", &options.depfile },
    };
    struct arena arena = { 0 };
    struct err err;
    int status = 0;
    int folders = gen_options(argc, argv, known, COUNT(known));

    if (folders == 0 || folders == argc) {
        (void)fprintf(stderr, "usage: embed --name NAME --root FOLDER --header FILE "
                              "--source FILE --depfile FILE FOLDER...\n");
        return 2;
    }
    if (run(&options, argv + folders, &arena, &err) != ERR_OK)
        status = gen_complain("embed", &err);
    arena_free(&arena);
    return status;
}
