#include "web/asset.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "generated/web_static.h"
#include "web/gzip.h"

enum {
    ASSETS = 32
};

static struct asset assets[ASSETS];
static size_t assets_n;
static struct arena kept = { .limit = (size_t)8 << 20 };
static pthread_once_t once = PTHREAD_ONCE_INIT;

static const char *type_of(const char *name)
{
    static const struct {
        const char *ending;
        const char *type;
    } types[] = {
        { ".css", "text/css; charset=utf-8" },
        { ".js", "text/javascript; charset=utf-8" },
        { ".svg", "image/svg+xml; charset=utf-8" },
        { ".png", "image/png" },
        { ".woff2", "font/woff2" },
        { ".txt", "text/plain; charset=utf-8" },
    };
    const char *dot = strrchr(name, '.');

    for (size_t i = 0; dot != NULL && i < COUNT(types); i++)
        if (strcmp(dot, types[i].ending) == 0)
            return types[i].type;
    return "application/octet-stream";
}

/* FNV-1a: tells versions of our own files apart, nothing more. */
static unsigned long long hash(const unsigned char *bytes, size_t n)
{
    unsigned long long value = 0xcbf29ce484222325ULL;

    for (size_t i = 0; i < n; i++)
        value = (value ^ bytes[i]) * 0x100000001b3ULL;
    return value;
}

static void compress(struct asset *asset, struct gzip *gzip)
{
    struct err ignored;
    const char *bytes;
    size_t n;

    if (gzip == NULL || asset->n < GZIP_LEAST || strcmp(asset->type, "image/png") == 0 ||
            gzip_bytes(gzip, asset->bytes, asset->n, &kept, &bytes, &n, &ignored) != ERR_OK)
        return;
    asset->gzip = bytes;
    asset->gzip_n = n;
}

static void prepare(void)
{
    struct gzip *gzip = NULL;
    struct err ignored;

    if (gzip_open(GZIP_SMALL, &gzip, &ignored) != ERR_OK)
        gzip = NULL;
    for (size_t i = 0; i < web_static_n && i < ASSETS; i++) {
        const struct embedded *file = &web_static[i];
        const char *slash = strrchr(file->path, '/');
        struct asset *asset = &assets[assets_n++];
        unsigned long long value = hash(file->bytes, file->n);

        asset->name = slash == NULL ? file->path : slash + 1;
        asset->type = type_of(asset->name);
        asset->bytes = (const char *)file->bytes;
        asset->n = file->n;
        (void)snprintf(asset->etag, sizeof(asset->etag), "\"%016llx\"", value);
        (void)snprintf(asset->address, sizeof(asset->address), "/static/%016llx/%.60s", value,
                asset->name);
        compress(asset, gzip);
    }
    gzip_close(gzip);
}

const struct asset *asset_named(const char *name)
{
    (void)pthread_once(&once, prepare);
    for (size_t i = 0; i < assets_n; i++)
        if (strcmp(assets[i].name, name) == 0)
            return &assets[i];
    return NULL;
}

enum err_code asset_handle(struct request *request, struct response *response, struct err *err)
{
    const struct asset *asset = asset_named(request_word(request, "file"));
    const char *hash_asked = request_word(request, "hash");
    bool gzip;

    if (asset == NULL || strlen(hash_asked) != 16 ||
            strncmp(asset->etag + 1, hash_asked, 16) != 0)
        return err_set(err, ERR_NOT_FOUND, "there is no such file");
    response->lasting = true;
    response_header(response, "ETag", asset->etag);
    response_header(response, "Vary", "Accept-Encoding");
    if (request->if_none_match != NULL && strstr(request->if_none_match, asset->etag) != NULL) {
        response_body(response, 304, asset->type, "", 0);
        return ERR_OK;
    }
    gzip = request->accepts_gzip && asset->gzip != NULL;
    response->encoded = gzip;
    response->plain = true;
    response_body(response, 200, asset->type, gzip ? asset->gzip : asset->bytes,
            gzip ? asset->gzip_n : asset->n);
    return ERR_OK;
}
