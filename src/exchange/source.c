#include "exchange/source.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash == NULL || slash[1] == '\0' ? path : slash + 1;
}

static enum err_code open_failed(const char *path, int number, struct err *err)
{
    if (number == ENOENT || number == ENOTDIR) {
        err_set(err, ERR_NOT_FOUND, "there is no file %s", path);
        err_hint(err, "Check the name and the folder.");
    } else if (number == EACCES || number == EPERM) {
        err_set(err, ERR_IO, "you are not allowed to read %s", path);
        err_hint(err, "Ask the owner of the file for permission to read it.");
    } else {
        err_set(err, ERR_IO, "%s cannot be opened", path);
        err_hint(err, "Check that the disk is there and the file can be opened elsewhere.");
    }
    err_detail(err, "fopen: errno %d", number);
    return err_where(err, base_name(path), 0, NULL);
}

enum err_code source_open(struct source *source, const char *path, struct err *err)
{
    FILE *file = fopen(path, "rbe");
    struct stat stat;

    if (file == NULL)
        return open_failed(path, errno, err);
    if (fstat(fileno(file), &stat) == 0 && S_ISDIR(stat.st_mode)) {
        (void)fclose(file);
        err_set(err, ERR_IO, "%s is a folder, not a file", path);
        return err_hint(err, "Name the file inside the folder.");
    }
    (void)setvbuf(file, NULL, _IONBF, 0);
    *source = (struct source){
        .name = base_name(path),
        .file = file,
        .size = S_ISREG(stat.st_mode) ? (int64_t)stat.st_size : -1,
    };
    return ERR_OK;
}

void source_memory(struct source *source, const char *name, const char *bytes, size_t n)
{
    *source = (struct source){ .name = name, .bytes = bytes, .n = n, .size = (int64_t)n };
}

enum err_code source_read(struct source *source, char *buffer, size_t size, size_t *ret_n,
        struct err *err)
{
    size_t n;

    if (source->file == NULL) {
        n = source->n - source->at < size ? source->n - source->at : size;
        if (n != 0)
            memcpy(buffer, source->bytes + source->at, n);
        source->at += n;
        *ret_n = n;
        return ERR_OK;
    }
    errno = 0;
    n = fread(buffer, 1, size, source->file);
    if (n < size && ferror(source->file)) {
        err_set(err, ERR_IO, "%s cannot be read to its end", source->name);
        err_hint(err, "The disk or the network share failed; try again or copy the file.");
        err_detail(err, "fread: errno %d", errno);
        return err_where(err, source->name, 0, NULL);
    }
    source->at += n;
    *ret_n = n;
    return ERR_OK;
}

enum err_code source_rewind(struct source *source, struct err *err)
{
    if (source->file != NULL && fseeko(source->file, 0, SEEK_SET) != 0) {
        err_set(err, ERR_IO, "%s cannot be read a second time", source->name);
        err_hint(err, "Save it as an ordinary file and name that.");
        return err_where(err, source->name, 0, NULL);
    }
    source->at = 0;
    return ERR_OK;
}

void source_close(struct source *source)
{
    if (source == NULL || source->file == NULL)
        return;
    (void)fclose(source->file);
    source->file = NULL;
}
