#include "cli/command.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "reports/render/escape.h"

enum err_code command_open(const struct args *args, struct arena *arena, enum store_mode mode,
        bool choose, struct context *ret_context, struct err *err)
{
    const char *db = args->db != NULL ? args->db : getenv("ATTAIN_DB");
    const char *frameworks =
            args->frameworks != NULL ? args->frameworks : getenv("ATTAIN_FRAMEWORKS");
    struct context_options options = {
        .db = text_empty(db) ? "attain.db" : db,
        .mode = mode,
        .today = args->today,
        .framework_folder = text_empty(frameworks) ? NULL : frameworks,
    };
    enum err_code code = context_open(ret_context, arena, &options, err);

    if (code == ERR_OK && choose)
        code = context_choose_school(ret_context, args->school, err);
    if (code != ERR_OK)
        context_close(ret_context);
    return code;
}

static enum err_code write_failed(const char *path, struct err *err)
{
    int number = errno;

    (void)err_set(err, ERR_IO, "could not write %s: %s", path == NULL ? "the answer" : path,
            number == 0 ? "the disk may be full" : strerrordesc_np(number));
    return err_hint(err, "Check that the place exists, may be written to and has room.");
}

/* Beside the file first, then moved over it, so that no half file stands there. */
static enum err_code write_file(const char *path, const char *text, size_t n, struct err *err)
{
    char beside[1100];
    FILE *file;
    bool good;

    (void)snprintf(beside, sizeof(beside), "%s.part", path);
    errno = 0;
    file = fopen(beside, "wb");
    if (file == NULL)
        return write_failed(path, err);
    good = fwrite(text, 1, n, file) == n;
    good = fflush(file) == 0 && fsync(fileno(file)) == 0 && good;
    good = fclose(file) == 0 && good;
    if (good && rename(beside, path) == 0)
        return ERR_OK;
    (void)write_failed(path, err);
    (void)unlink(beside);
    return err->code;
}

enum err_code command_write(const char *path, const char *text, size_t n, struct err *err)
{
    if (path != NULL && !text_eq(path, "-"))
        return write_file(path, text, n, err);
    errno = 0;
    if (fwrite(text, 1, n, stdout) != n || fflush(stdout) != 0)
        return write_failed(NULL, err);
    return ERR_OK;
}

/* False when it could not be written. */
static bool say_json(const struct err *err)
{
    bool said;

    struct arena arena = { .limit = 1 << 16 };
    struct buf buf = buf_make(&arena, 1 << 15);

    buf_add(&buf, "{\"error\":{\"code\":");
    escape_json(&buf, err_code_name(err->code));
    buf_add(&buf, ",\"message\":");
    escape_json(&buf, err->message);
    buf_add(&buf, ",\"hint\":");
    escape_json(&buf, err->hint);
    buf_add(&buf, ",\"where\":{");
    if (err->file[0] != '\0') {
        buf_add(&buf, "\"file\":");
        escape_json(&buf, err->file);
    }
    if (err->row != 0)
        buf_printf(&buf, "%s\"row\":%ld", err->file[0] == '\0' ? "" : ",", err->row);
    if (err->column[0] != '\0') {
        buf_add(&buf, err->file[0] == '\0' && err->row == 0 ? "" : ",");
        buf_add(&buf, "\"column\":");
        escape_json(&buf, err->column);
    }
    buf_add(&buf, "}}}\n");
    said = !buf.failed && fwrite(buf.data, 1, buf.n, stdout) == buf.n && fflush(stdout) == 0;
    arena_free(&arena);
    return said;
}

static bool is_question(const char *message)
{
    size_t n = strlen(message);

    return n > 0 && message[n - 1] == '?';
}

void command_say_error(const struct args *args, const struct err *err)
{
    if (args->json && say_json(err))
        return;
    (void)fputs("attain: ", stderr);
    if (err->file[0] != '\0' && strstr(err->message, err->file) == NULL)
        (void)fprintf(stderr, "%s: ", err->file);
    if (err->row != 0)
        (void)fprintf(stderr, "row %ld: ", err->row);
    if (err->column[0] != '\0')
        (void)fprintf(stderr, "%s: ", err->column);
    (void)fprintf(stderr, "%s%s%s%s\n", err->message, is_question(err->message) ? "" : ".",
            err->hint[0] == '\0' ? "" : " ", err->hint);
    if (getenv("ATTAIN_DEBUG") != NULL && err->detail[0] != '\0')
        (void)fprintf(stderr, "attain: (%s)\n", err->detail);
}
