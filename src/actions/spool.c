#include "actions/spool.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/attr.h"
#include "base/text.h"

enum {
    PIECE = 65536,
    NAME_MOST = 80
};

static enum err_code io_error(struct err *err, const char *what)
{
    int number = errno;

    (void)err_set(err, ERR_IO, "%s", what);
    (void)err_hint(err, "Is there room on the disk of the server? Try again then.");
    return err_detail(err, "spool: errno %d", number);
}

/* The folder of this account of the operating system; nobody else's and not readable. */
static enum err_code open_folder(struct arena *arena, const char **ret_folder, struct err *err)
{
    const char *base = getenv("TMPDIR");
    char *folder = arena_printf(arena, "%s/attain-spool-%ld", text_empty(base) ? "/tmp" : base,
            (long)geteuid());
    struct stat found;

    if (folder == NULL)
        return err_memory(err);
    if (mkdir(folder, 0700) != 0 && errno != EEXIST)
        return io_error(err, "no folder can be made for uploaded files");
    if (lstat(folder, &found) != 0 || !S_ISDIR(found.st_mode) || found.st_uid != geteuid() ||
            (found.st_mode & 077) != 0) {
        (void)err_set(err, ERR_IO, "the folder for uploaded files is not private");
        return err_detail(err, "spool: %s", folder);
    }
    *ret_folder = folder;
    return ERR_OK;
}

/* Letters, digits, '.', '-' and '_' of a file's name; never hidden, never empty. */
static const char *safe_name(struct arena *arena, const char *filename)
{
    size_t n = strlen(filename);
    char *name = arena_text(arena, n > NAME_MOST ? filename + n - NAME_MOST : filename);

    for (char *c = name; c != NULL && *c != '\0'; c++) {
        bool plain = (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') ||
                     (*c >= '0' && *c <= '9') || *c == '.' || *c == '-' || *c == '_';

        if (!plain || (c == name && *c == '.'))
            *c = '_';
    }
    return name == NULL || *name == '\0' ? "upload" : name;
}

static enum err_code hash_and_copy(int from, int to, char hash[DIGEST_HEX_SIZE],
        struct arena *arena, struct err *err)
{
    char *piece = arena_alloc(arena, PIECE);
    struct digest digest;
    int64_t total = 0;
    ssize_t n = 0;

    if (piece == NULL)
        return err_memory(err);
    digest_start(&digest);
    while ((n = read(from, piece, PIECE)) > 0) {
        total += n;
        if (total > SPOOL_MOST)
            return err_set(err, ERR_INVALID, "the file is larger than %d MB", SPOOL_MOST >> 20);
        digest_bytes(&digest, piece, (size_t)n);
        if (to >= 0 && write(to, piece, (size_t)n) != n)
            return io_error(err, "the uploaded file could not be kept");
    }
    if (n < 0)
        return io_error(err, "the uploaded file could not be read");
    (void)digest_hex(&digest, hash);
    return ERR_OK;
}

static enum err_code hash_of(const char *path, char hash[DIGEST_HEX_SIZE], struct arena *arena,
        struct err *err)
{
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    enum err_code code;

    if (file < 0)
        return io_error(err, "the uploaded file could not be read");
    code = hash_and_copy(file, -1, hash, arena, err);
    (void)close(file);
    return code;
}

/* The folder of one upload. */
static char *place_of(struct arena *arena, const char *folder, const struct spool_owner *owner,
        const char *token)
{
    return arena_printf(arena, "%s/%lld-%lld-%s", folder, (long long)owner->account_id,
            (long long)owner->school_id, token);
}

/* Remove a folder with the one file in it. */
static void remove_place(const char *place)
{
    char path[1024];
    DIR *entries = opendir(place);

    if (entries == NULL)
        return;
    for (struct dirent *entry = readdir(entries); entry != NULL; entry = readdir(entries)) {
        if (text_eq(entry->d_name, ".") || text_eq(entry->d_name, ".."))
            continue;
        if (snprintf(path, sizeof(path), "%s/%s", place, entry->d_name) < (int)sizeof(path))
            (void)unlink(path);
    }
    (void)closedir(entries);
    (void)rmdir(place);
}

static void sweep(const char *folder, int64_t now)
{
    char path[1024];
    DIR *entries = opendir(folder);
    struct stat found;

    if (entries == NULL)
        return;
    for (struct dirent *entry = readdir(entries); entry != NULL; entry = readdir(entries)) {
        if (entry->d_name[0] == '.' || snprintf(path, sizeof(path), "%s/%s", folder,
                                               entry->d_name) >= (int)sizeof(path))
            continue;
        if (lstat(path, &found) == 0 && S_ISDIR(found.st_mode) &&
                (int64_t)found.st_mtime + SPOOL_SECONDS < now)
            remove_place(path);
    }
    (void)closedir(entries);
}

static enum err_code copy_file(const char *from, const char *to, struct arena *arena,
        struct err *err)
{
    char hash[DIGEST_HEX_SIZE];
    int in = open(from, O_RDONLY | O_CLOEXEC);
    int out =
            in < 0 ? -1 : open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    enum err_code code = out < 0 ? io_error(err, "the uploaded file could not be kept")
                                 : hash_and_copy(in, out, hash, arena, err);

    if (in >= 0)
        (void)close(in);
    if (out >= 0 && close(out) != 0 && code == ERR_OK)
        code = io_error(err, "the uploaded file could not be kept");
    return code;
}

enum err_code spool_keep(const struct spool_owner *owner, const char *path,
        const char *filename, struct arena *arena, struct spooled *ret_spooled, struct err *err)
{
    struct spooled spooled = { 0 };
    const char *folder = NULL;
    char *place;
    enum err_code code = open_folder(arena, &folder, err);

    if (code != ERR_OK)
        return code;
    sweep(folder, owner->now);
    code = hash_of(path, spooled.token, arena, err);
    if (code != ERR_OK)
        return code;
    place = place_of(arena, folder, owner, spooled.token);
    if (place == NULL)
        return err_memory(err);
    remove_place(place);
    if (mkdir(place, 0700) != 0)
        return io_error(err, "the uploaded file could not be kept");
    spooled.path = arena_printf(arena, "%s/%s", place, safe_name(arena, filename));
    if (spooled.path == NULL)
        return err_memory(err);
    code = copy_file(path, spooled.path, arena, err);
    if (code != ERR_OK)
        remove_place(place);
    else
        *ret_spooled = spooled;
    return code;
}

static bool is_token(const char *token)
{
    size_t n = strlen(token);

    return n == DIGEST_HEX_SIZE - 1 && strspn(token, "0123456789abcdef") == n;
}

static enum err_code gone(struct err *err)
{
    (void)err_set(err, ERR_NOT_FOUND, "the uploaded file is not here any more");
    return err_hint(err, "Files are kept for two hours. Upload it again.");
}

static const char *only_file(struct arena *arena, const char *place)
{
    DIR *entries = opendir(place);
    const char *path = NULL;

    if (entries == NULL)
        return NULL;
    for (struct dirent *entry = readdir(entries); entry != NULL; entry = readdir(entries)) {
        if (entry->d_name[0] != '.')
            path = arena_printf(arena, "%s/%s", place, entry->d_name);
    }
    (void)closedir(entries);
    return path;
}

enum err_code spool_find(const struct spool_owner *owner, const char *token,
        struct arena *arena, struct spooled *ret_spooled, struct err *err)
{
    struct spooled spooled = { 0 };
    const char *folder = NULL;
    char *place;
    enum err_code code = is_token(token) ? open_folder(arena, &folder, err) : gone(err);

    if (code != ERR_OK)
        return code;
    place = place_of(arena, folder, owner, token);
    if (place == NULL)
        return err_memory(err);
    spooled.path = only_file(arena, place);
    if (spooled.path == NULL)
        return gone(err);
    code = hash_of(spooled.path, spooled.token, arena, err);
    if (code == ERR_OK && !text_eq(spooled.token, token))
        return gone(err);
    if (code == ERR_OK)
        *ret_spooled = spooled;
    return code;
}

void spool_remove(const struct spooled *spooled)
{
    char place[1024];
    char *slash;

    if (!text_copy(place, sizeof(place), spooled->path))
        return;
    slash = strrchr(place, '/');
    if (slash == NULL)
        return;
    *slash = '\0';
    remove_place(place);
}
