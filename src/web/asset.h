/*
 * asset: the files of src/web/static, embedded; nothing is read from disk.
 *
 * Each stands at /static/HASH/NAME and never changes there, so it may be cached for ever:
 * another content has another hash. Compressed once, at first use. Safe between threads.
 */
#ifndef WEB_ASSET_H
#define WEB_ASSET_H

#include "web/route.h"

enum {
    ASSET_ETAG_SIZE = 20,
    ASSET_ADDRESS_SIZE = 96
};

struct asset {
    const char *name;
    const char *type;
    const char *bytes;
    size_t n;
    const char *gzip; /* NULL when compressing does not pay */
    size_t gzip_n;
    char etag[ASSET_ETAG_SIZE]; /* with its quotes */
    char address[ASSET_ADDRESS_SIZE];
};

/* The asset, or NULL. */
const struct asset *asset_named(const char *name);

/* The handler of `/static/{hash}/{file}`: 200, 304, or 404. */
enum err_code asset_handle(struct request *request, struct response *response, struct err *err);

#endif
