#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "actions/backup_in.h"
#include "base/text.h"

enum {
    COPY_SIZE = 1 << 16,
    PATH_SIZE = 1200
};

enum err_code backup_file_refuse(const char *verb, const char *path, struct err *err)
{
    int number = errno;

    if (number == ENOSPC || number == EDQUOT || number == EFBIG) {
        (void)err_set(err, ERR_IO, "could not %s %s: the disk is full", verb, path);
        return err_hint(err, "Make room there, or name another place. Nothing was changed.");
    }
    (void)err_set(err, ERR_IO, "could not %s %s: %s", verb, path,
            number == 0 ? "it ends too soon" : strerrordesc_np(number));
    return err_hint(err, "Check that the drive is there and that you may use the folder.");
}

const char *backup_path(struct arena *arena, const char *folder, const char *name)
{
    size_t n = strlen(folder);

    while (n > 1 && folder[n - 1] == '/')
        n--;
    return arena_printf(arena, "%.*s/%s", (int)n, folder, name);
}

static bool write_all(int fd, const char *bytes, size_t n)
{
    while (n > 0) {
        ssize_t written = write(fd, bytes, n);

        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        bytes += written;
        n -= (size_t)written;
    }
    return true;
}

/* To the disk and shut; what stands there is removed when it failed. */
static enum err_code finish(int fd, const char *path, bool good, struct err *err)
{
    int number;

    good = good && fsync(fd) == 0;
    number = errno;
    good = close(fd) == 0 && good;
    if (good)
        return ERR_OK;
    errno = number;
    (void)backup_file_refuse("write", path, err);
    (void)unlink(path);
    return err->code;
}

static int open_new(const char *path)
{
    return open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
}

enum err_code backup_file_copy(const char *from, const char *to, struct err *err)
{
    char bytes[COPY_SIZE];
    ssize_t n = 0;
    bool good = true;
    int in = open(from, O_RDONLY | O_CLOEXEC);
    int out;

    if (in < 0)
        return backup_file_refuse("read", from, err);
    out = open_new(to);
    if (out < 0) {
        (void)backup_file_refuse("write", to, err);
        (void)close(in);
        return err->code;
    }
    while (good && (n = read(in, bytes, sizeof(bytes))) > 0)
        good = write_all(out, bytes, (size_t)n);
    if (n < 0) {
        (void)backup_file_refuse("read", from, err);
        (void)close(out);
        (void)unlink(to);
    }
    (void)close(in);
    return n < 0 ? err->code : finish(out, to, good, err);
}

enum err_code backup_file_sync(const char *path, struct err *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    bool good = fd >= 0 && fsync(fd) == 0;

    /* Some drives cannot sync a folder; that is no failure of the backup. */
    if (!good && fd >= 0 && errno == EINVAL)
        good = true;
    if (!good)
        (void)backup_file_refuse("write", path, err);
    if (fd >= 0)
        (void)close(fd);
    return good ? ERR_OK : err->code;
}

enum err_code backup_file_write(const char *path, const char *text, size_t n, struct err *err)
{
    int fd = open_new(path);

    if (fd < 0)
        return backup_file_refuse("write", path, err);
    return finish(fd, path, write_all(fd, text, n), err);
}

static enum err_code read_open(int fd, const char *path, size_t max, struct buf *buf,
        struct err *err)
{
    char bytes[4096];
    ssize_t n;

    while ((n = read(fd, bytes, sizeof(bytes))) > 0) {
        if (buf->n + (size_t)n > max)
            return err_set(err, ERR_INVALID, "%s is too large to be what its name says", path);
        buf_add_n(buf, bytes, (size_t)n);
    }
    return n < 0 ? backup_file_refuse("read", path, err) : ERR_OK;
}

enum err_code backup_file_read(const char *path, size_t max, struct arena *arena,
        const char **ret_text, size_t *ret_n, struct err *err)
{
    struct buf buf = buf_make(arena, max + 1);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    enum err_code code;

    if (fd < 0)
        return backup_file_refuse("read", path, err);
    code = read_open(fd, path, max, &buf, err);
    (void)close(fd);
    return code == ERR_OK ? buf_end(&buf, ret_text, ret_n, err) : code;
}

void backup_file_drop(const char *path)
{
    static const char *const beside[] = { "", "-wal", "-shm", "-journal" };
    char name[PATH_SIZE];

    for (size_t i = 0; i < COUNT(beside); i++) {
        (void)snprintf(name, sizeof(name), "%s%s", path, beside[i]);
        (void)unlink(name);
    }
    (void)snprintf(name, sizeof(name), "%s.before-%d", path, store_schema_newest());
    (void)unlink(name);
}
