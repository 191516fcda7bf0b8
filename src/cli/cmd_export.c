#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "actions/export.h"
#include "base/text.h"
#include "cli/cmd_report.h"
#include "cli/command.h"

/* Bytes go out as they are made; to a file beside the wanted one first. */
struct out {
    FILE *file;
    const char *path; /* NULL: stdout */
    char beside[1100];
};

static enum err_code write_failed(const struct out *out, struct err *err)
{
    (void)err_set(err, ERR_IO, "could not write %s: %s",
            out->path == NULL ? "the answer" : out->path,
            errno == 0 ? "the disk may be full" : strerrordesc_np(errno));
    return err_hint(err, "Check that the place exists, may be written to and has room.");
}

static enum err_code put(void *data, const char *bytes, size_t n, struct err *err)
{
    struct out *out = data;

    errno = 0;
    return fwrite(bytes, 1, n, out->file) == n ? ERR_OK : write_failed(out, err);
}

static enum err_code out_open(struct out *out, const char *path, struct err *err)
{
    out->file = stdout;
    if (path == NULL || text_eq(path, "-"))
        return ERR_OK;
    out->path = path;
    (void)snprintf(out->beside, sizeof(out->beside), "%s.part", path);
    errno = 0;
    out->file = fopen(out->beside, "wb");
    return out->file == NULL ? write_failed(out, err) : ERR_OK;
}

static enum err_code out_close(struct out *out, enum err_code code, struct err *err)
{
    bool good;

    errno = 0;
    good = fflush(out->file) == 0;
    if (out->path == NULL)
        return code == ERR_OK && !good ? write_failed(out, err) : code;
    good = fsync(fileno(out->file)) == 0 && good;
    good = fclose(out->file) == 0 && good;
    if (code == ERR_OK && good && rename(out->beside, out->path) == 0)
        return ERR_OK;
    if (code == ERR_OK)
        code = write_failed(out, err);
    (void)unlink(out->beside);
    return code;
}

static enum err_code run_export(const struct args *args, struct context *context,
        const char *what, const struct filters *filters, struct err *err)
{
    struct out out = { 0 };
    int64_t left_out = 0;
    enum err_code code = out_open(&out, args_option(args, "o"), err);

    if (code != ERR_OK)
        return code;
    code = export_file(context, what, filters, put, &out, &left_out, err);
    code = out_close(&out, code, err);
    if (code == ERR_OK && left_out > 0 && !args->quiet)
        (void)fprintf(stderr,
                "attain: %lld result%s kept from a transfer file as %s came %s no place in "
                "this "
                "file; `attain export ctf` writes %s.\n",
                (long long)left_out, left_out == 1 ? "" : "s", left_out == 1 ? "it" : "they",
                left_out == 1 ? "has" : "have", left_out == 1 ? "it" : "them");
    return code;
}

int command_export(const struct args *args, struct arena *arena, struct err *err)
{
    const char *what = args->word_n > 1 ? args->words[1] : NULL;
    struct context context = { 0 };
    struct filters filters;
    enum err_code code;

    if (what == NULL) {
        (void)err_set(err, ERR_USAGE, "export what?");
        (void)err_hint(err,
                "It is ctf, pupils, history, groups, results, targets or predictions.");
        return -1;
    }
    code = command_filters(args, &filters, err);
    if (code == ERR_OK)
        code = command_open(args, arena, STORE_READ, true, &context, err);
    if (code != ERR_OK)
        return -1;
    code = run_export(args, &context, what, &filters, err);
    context_close(&context);
    return code == ERR_OK ? EXIT_DONE : -1;
}
