#include "web/multipart.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"

static enum err_code broken(struct err *err)
{
    return err_set(err, ERR_INVALID, "the form did not arrive whole");
}

static bool boundary_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (c != '\0' && strchr("'()+_,-./:=? ", c) != NULL);
}

enum err_code multipart_start(struct multipart *reader, const char *content_type,
        struct arena *arena, struct err *err)
{
    const char *at = strcasestr(content_type, "boundary=");
    size_t n = 0;

    reader->file = -1;
    reader->arena = arena;
    reader->state = MULTIPART_PREAMBLE;
    if (at == NULL)
        return broken(err);
    at += strlen("boundary=");
    if (*at == '"') {
        at++;
        n = strcspn(at, "\"");
    } else {
        n = strcspn(at, "; \t");
    }
    if (n == 0 || n > MULTIPART_BOUNDARY)
        return broken(err);
    memcpy(reader->delimiter, "\r\n--", 4);
    memcpy(reader->delimiter + 4, at, n);
    reader->delimiter_n = n + 4;
    for (size_t i = 0; i < n; i++)
        if (!boundary_char(at[i]))
            return broken(err);
    reader->matched = 2; /* the first boundary may stand at the very beginning */
    return ERR_OK;
}

/* ---- one part ---- */

/* The quoted value of `name="..."` in a Content-Disposition line, NULL when absent. */
static const char *parameter(const char *line, const char *name, struct arena *arena)
{
    size_t n = strlen(name);

    for (const char *at = strchr(line, ';'); at != NULL; at = strchr(at, ';')) {
        at++;
        at += strspn(at, " \t");
        if (strncasecmp(at, name, n) != 0 || at[n] != '=' || at[n + 1] != '"')
            continue;
        at += n + 2;
        return arena_bytes(arena, at, strcspn(at, "\""));
    }
    return NULL;
}

static bool good_text(const char *text)
{
    size_t n = strlen(text);

    return text_utf8_valid(text, n) == n;
}

/* What follows the last slash of either kind: some browsers send whole paths. */
static const char *last_part(const char *filename)
{
    const char *from = filename;

    for (const char *p = filename; *p != '\0'; p++)
        if (*p == '/' || *p == '\\')
            from = p + 1;
    return from;
}

/* A name for a new file that nobody can foretell. */
static const char *random_path(const char *folder, struct arena *arena)
{
    unsigned char bytes[16];
    char name[2 * sizeof(bytes) + 1];

    if (getrandom(bytes, sizeof(bytes), 0) != (ssize_t)sizeof(bytes))
        return NULL;
    for (size_t i = 0; i < sizeof(bytes); i++) {
        name[2 * i] = "0123456789abcdef"[bytes[i] >> 4];
        name[2 * i + 1] = "0123456789abcdef"[bytes[i] & 15];
    }
    name[sizeof(name) - 1] = '\0';
    return arena_printf(arena, "%s/upload-%s", folder, name);
}

static enum err_code begin_file(struct multipart *reader, const char *filename, struct err *err)
{
    struct upload *upload = &reader->uploads.items[reader->uploads.n];

    if (reader->file_max == 0)
        return err_set(err, ERR_INVALID, "no file is expected here");
    if (reader->uploads.n == MULTIPART_FILES)
        return err_set(err, ERR_INVALID, "more than %d files were sent at once",
                MULTIPART_FILES);
    upload->name = reader->name;
    upload->filename = last_part(filename);
    upload->size = 0;
    upload->path = random_path(reader->folder, reader->arena);
    if (upload->path == NULL)
        return err_memory(err);
    reader->file = open(upload->path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW,
            S_IRUSR | S_IWUSR);
    if (reader->file < 0) {
        (void)err_set(err, ERR_IO, "the file sent could not be kept");
        return err_detail(err, "open: %s", strerror(errno));
    }
    reader->uploads.n++;
    return ERR_OK;
}

/* The headers of a part are complete: is it a field or a file, and of what name? */
static enum err_code begin_part(struct multipart *reader, struct err *err)
{
    const char *line = strcasestr(reader->header, "\r\ncontent-disposition:");
    const char *filename;
    char *one;

    if (line == NULL)
        return broken(err);
    one = arena_bytes(reader->arena, line + 2, strcspn(line + 2, "\r"));
    if (one == NULL)
        return err_memory(err);
    reader->name = parameter(one, "name", reader->arena);
    filename = parameter(one, "filename", reader->arena);
    if (reader->name == NULL || !good_text(reader->name) ||
            (filename != NULL && !good_text(filename)))
        return broken(err);
    reader->state = MULTIPART_BODY;
    reader->value = buf_make(reader->arena, reader->form_max);
    if (filename != NULL)
        return begin_file(reader, filename, err);
    return ERR_OK;
}

static enum err_code write_all(int file, const char *bytes, size_t n, struct err *err)
{
    while (n != 0) {
        ssize_t done = write(file, bytes, n);

        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0) {
            (void)err_set(err, ERR_IO, "the file sent could not be kept");
            return err_detail(err, "write: %s", strerror(errno));
        }
        bytes += done;
        n -= (size_t)done;
    }
    return ERR_OK;
}

static enum err_code keep(struct multipart *reader, const char *bytes, size_t n,
        struct err *err)
{
    if (n == 0 || reader->state != MULTIPART_BODY)
        return ERR_OK;
    if (reader->file >= 0) {
        reader->file_n += n;
        if (reader->file_n > reader->file_max)
            return err_set(err, ERR_INVALID, "the file is larger than %llu MB",
                    (unsigned long long)(reader->file_max >> 20));
        reader->uploads.items[reader->uploads.n - 1].size += n;
        return write_all(reader->file, bytes, n, err);
    }
    reader->form_n += n;
    if (reader->form_n > reader->form_max)
        return err_set(err, ERR_INVALID, "the form is too large");
    buf_add_n(&reader->value, bytes, n);
    return ERR_OK;
}

static enum err_code end_part(struct multipart *reader, struct err *err)
{
    const char *text;
    size_t n;
    enum err_code code;

    if (reader->state != MULTIPART_BODY)
        return ERR_OK;
    if (reader->file >= 0) {
        (void)close(reader->file);
        reader->file = -1;
        return ERR_OK;
    }
    code = buf_end(&reader->value, &text, &n, err);
    if (code != ERR_OK)
        return code;
    if (strlen(text) != n || !good_text(text))
        return err_set(err, ERR_INVALID, "the text sent is not UTF-8");
    return fields_add(&reader->fields, reader->name, text, reader->arena, err);
}

/* ---- the stream ---- */

/* Read body bytes until the delimiter is whole; returns how many were taken. */
static enum err_code feed_body(struct multipart *reader, const char *bytes, size_t n,
        size_t *ret_used, struct err *err)
{
    size_t from = 0;
    size_t i = 0;
    enum err_code code = ERR_OK;

    while (i < n && reader->matched < reader->delimiter_n && code == ERR_OK) {
        if (bytes[i] == reader->delimiter[reader->matched]) {
            reader->matched++;
            i++;
            continue;
        }
        if (reader->matched == 0) {
            i++;
            continue;
        }
        /* a false start: bytes of it may lie in an earlier piece. CR stands only at the
           delimiter's beginning, so nothing inside the false start can begin a true one */
        if (i - from < reader->matched) {
            code = keep(reader, reader->delimiter, reader->matched - (i - from), err);
            if (code == ERR_OK)
                code = keep(reader, bytes + from, i - from, err);
            from = i;
        }
        reader->matched = 0;
    }
    if (code == ERR_OK && i - from > reader->matched)
        code = keep(reader, bytes + from, i - from - reader->matched, err);
    *ret_used = i;
    if (code != ERR_OK || reader->matched < reader->delimiter_n)
        return code;
    code = end_part(reader, err);
    reader->state = MULTIPART_AFTER_BOUNDARY;
    reader->matched = 0;
    reader->pair_n = 0;
    return code;
}

/* Behind a boundary stands CR LF (another part) or "--" (the end). */
static enum err_code feed_after(struct multipart *reader, char c, struct err *err)
{
    if (reader->pair_n == 0 && (c == ' ' || c == '\t'))
        return ERR_OK;
    reader->pair[reader->pair_n++] = c;
    if (reader->pair_n < 2)
        return ERR_OK;
    if (memcmp(reader->pair, "--", 2) == 0) {
        reader->state = MULTIPART_END;
        return ERR_OK;
    }
    if (memcmp(reader->pair, "\r\n", 2) != 0)
        return broken(err);
    reader->state = MULTIPART_HEADERS;
    memcpy(reader->header, "\r\n", 2);
    reader->header_n = 2;
    return ERR_OK;
}

static enum err_code feed_header(struct multipart *reader, char c, struct err *err)
{
    if (c == '\0' || reader->header_n == MULTIPART_HEADER)
        return broken(err);
    reader->header[reader->header_n++] = c;
    reader->header[reader->header_n] = '\0';
    if (reader->header_n < 4 ||
            memcmp(reader->header + reader->header_n - 4, "\r\n\r\n", 4) != 0)
        return ERR_OK;
    reader->matched = 0;
    return begin_part(reader, err);
}

enum err_code multipart_feed(struct multipart *reader, const char *bytes, size_t n,
        struct err *err)
{
    enum err_code code = ERR_OK;
    size_t used = 0;

    while (code == ERR_OK && n != 0 && reader->state != MULTIPART_END) {
        switch (reader->state) {
        case MULTIPART_PREAMBLE:
        case MULTIPART_BODY:
            code = feed_body(reader, bytes, n, &used, err);
            break;
        case MULTIPART_AFTER_BOUNDARY:
            code = feed_after(reader, *bytes, err);
            used = 1;
            break;
        case MULTIPART_HEADERS:
            code = feed_header(reader, *bytes, err);
            used = 1;
            break;
        case MULTIPART_END:
            break;
        }
        bytes += used;
        n -= used;
    }
    return code;
}

enum err_code multipart_finish(struct multipart *reader, struct err *err)
{
    return reader->state == MULTIPART_END ? ERR_OK : broken(err);
}

void multipart_clear(struct multipart *reader)
{
    if (reader->file > 0)
        (void)close(reader->file);
    reader->file = -1;
    for (size_t i = 0; i < reader->uploads.n; i++)
        (void)unlink(reader->uploads.items[i].path);
    reader->uploads.n = 0;
}
