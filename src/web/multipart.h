/*
 * multipart: a form with files (RFC 7578), read as it comes.
 *
 * Fed in pieces of any size. Fields go to a list, files to temporary files: mode 0600, a
 * random name in the folder given, removed by multipart_clear. The name a file had on the
 * sender's machine is kept for messages only and never becomes a path.
 *
 * Limits: MULTIPART_HEADER bytes of headers a part, MULTIPART_FILES files, form_max bytes of
 * fields together, file_max bytes of files together; names and fields as in fields.h.
 */
#ifndef WEB_MULTIPART_H
#define WEB_MULTIPART_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "web/fields.h"

enum {
    MULTIPART_HEADER = 4096,
    MULTIPART_FILES = 16,
    MULTIPART_BOUNDARY = 70
};

struct upload {
    const char *name;     /* of the form's field */
    const char *filename; /* as sent, its last part only; for messages */
    const char *path;     /* of the temporary file */
    uint64_t size;
};

struct uploads {
    struct upload items[MULTIPART_FILES];
    size_t n;
};

enum multipart_state {
    MULTIPART_PREAMBLE,
    MULTIPART_AFTER_BOUNDARY,
    MULTIPART_HEADERS,
    MULTIPART_BODY,
    MULTIPART_END,
};

struct multipart {
    struct arena *arena;
    const char *folder;
    size_t form_max;
    uint64_t file_max;
    struct fields fields;
    struct uploads uploads;

    /* private */
    enum multipart_state state;
    char delimiter[MULTIPART_BOUNDARY + 8]; /* CR LF -- boundary */
    size_t delimiter_n;
    size_t matched; /* bytes of the delimiter seen */
    char header[MULTIPART_HEADER + 1];
    size_t header_n;
    struct buf value;
    const char *name;
    int file; /* descriptor of the part's file, or -1 */
    size_t form_n;
    uint64_t file_n;
    char pair[2];
    size_t pair_n;
};

/*
 * Make ready. `content_type` is the whole header; ERR_INVALID when it has no proper boundary.
 * `folder` is where files go; file_max 0 refuses files.
 */
MUST_USE enum err_code multipart_start(struct multipart *reader, const char *content_type,
        struct arena *arena, struct err *err);

/* Take the next `n` bytes. ERR_INVALID, ERR_IO or ERR_MEMORY end the reading. */
MUST_USE enum err_code multipart_feed(struct multipart *reader, const char *bytes, size_t n,
        struct err *err);

/* The body is over: ERR_INVALID when the last boundary did not come. */
MUST_USE enum err_code multipart_finish(struct multipart *reader, struct err *err);

/* Close and remove the temporary files. Also after a failure. */
void multipart_clear(struct multipart *reader);

#endif
