/*
 * templates: every page template below FOLDER... as one C file and one header.
 *
 *   templates --include NAME --root FOLDER --header FILE --source FILE --depfile FILE FOLDER...
 *
 * NAME is how the source includes the header. Exit status 1 with `file:line: reason` for the
 * first fault in a template, 2 for wrong usage. The language: template.h.
 */
#include <stdio.h>
#include <string.h>

#include "gen.h"
#include "template.h"

struct options {
    const char *include;
    const char *root;
    const char *header;
    const char *source;
    const char *depfile;
};

static enum err_code write_text(const char *path, const char *text, struct arena *arena,
        struct err *err)
{
    struct buf buf = buf_make(arena, BUF_MAX_PAGE);

    buf_add(&buf, text);
    return gen_write(path, &buf, err);
}

static enum err_code compile(const struct options *options, const struct gen_files *files,
        struct arena *arena, struct err *err)
{
    struct template_source *sources = arena_array(arena, files->n + 1, sizeof(*sources));
    struct template_output output;
    enum err_code code;

    if (sources == NULL)
        return err_memory(err);
    for (size_t i = 0; i < files->n; i++)
        sources[i] = (struct template_source){ files->items[i].path + strlen(options->root) + 1,
            files->items[i].text };
    code = template_compile(sources, files->n, options->include, arena, &output, err);
    if (code == ERR_OK)
        code = write_text(options->header, output.header, arena, err);
    if (code == ERR_OK)
        code = write_text(options->source, output.source, arena, err);
    return code;
}

static enum err_code run(const struct options *options, char *const *folders,
        struct arena *arena, struct err *err)
{
    struct gen_files files = { 0 };
    enum err_code code = ERR_OK;

    for (; code == ERR_OK && *folders != NULL; folders++) {
        const char *folder = arena_printf(arena, "%s/%s", options->root, *folders);

        code = folder == NULL ? err_memory(err)
                              : gen_read_folder(folder, ".html", arena, &files, err);
    }
    if (code == ERR_OK)
        code = compile(options, &files, arena, err);
    if (code == ERR_OK)
        code = gen_write_depfile(options->depfile, options->header, &files, arena, err);
    return code;
}

int main(int argc, char **argv)
{
    struct options options = { 0 };
    const struct gen_option known[] = {
        { "--include", &options.include },
        { "--root", &options.root },
        { "--header", &options.header },
        { "--source", &options.source },
        { "--depfile", &options.depfile },
    };
    struct arena arena = { 0 };
    struct err err = { 0 };
    int status = 0;
    int folders = gen_options(argc, argv, known, COUNT(known));

    if (folders == 0 || folders == argc) {
        (void)fprintf(stderr, "usage: templates --include NAME --root FOLDER --header FILE "
                              "--source FILE --depfile FILE FOLDER...\n");
        return 2;
    }
    if (run(&options, argv + folders, &arena, &err) != ERR_OK)
        status = gen_complain("templates", &err);
    arena_free(&arena);
    return status;
}
