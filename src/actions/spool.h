/*
 * spool: uploaded files kept between a preview and its applying.
 *
 * Each lies alone in a private folder (mode 0700) under the machine's folder for temporary
 * files, named by account, school and the hash of its bytes; nobody else's account can name
 * it, and what is applied is what was previewed, byte for byte. Files older than
 * SPOOL_SECONDS are removed with the next upload.
 */
#ifndef ACTIONS_SPOOL_H
#define ACTIONS_SPOOL_H

#include <stdint.h>

#include "base/arena.h"
#include "base/digest.h"
#include "base/err.h"

enum {
    SPOOL_SECONDS = 2 * 60 * 60,
    SPOOL_MOST = 200 << 20 /* bytes of one file */
};

/* Whose upload it is. */
struct spool_owner {
    int64_t account_id, school_id, now; /* now: seconds since 1970 UTC */
};

struct spooled {
    char token[DIGEST_HEX_SIZE]; /* names it in a form */
    const char *path;            /* ends with a safe form of the sender's file name */
};

/* Keep a copy of the file at `path`, called `filename` on the sender's machine. ERR_IO,
   ERR_INVALID (too large), ERR_MEMORY. */
MUST_USE enum err_code spool_keep(const struct spool_owner *owner, const char *path,
        const char *filename, struct arena *arena, struct spooled *ret_spooled,
        struct err *err);

/* Find it again and prove its hash. ERR_NOT_FOUND when it is gone or was another's. */
MUST_USE enum err_code spool_find(const struct spool_owner *owner, const char *token,
        struct arena *arena, struct spooled *ret_spooled, struct err *err);

/* Remove it; nothing happens when it is gone. */
void spool_remove(const struct spooled *spooled);

#endif
