#include "web/gzip.h"

#include <limits.h>
#include <stdint.h>
#include <zlib.h>

struct gzip {
    z_stream stream;
};

enum {
    GZIP_WINDOW = 15 + 16,
    GZIP_MEMORY = 8
}; /* 15 bits, and 16 for gzip's own header */

enum err_code gzip_open(int level, struct gzip **ret_gzip, struct err *err)
{
    struct gzip *gzip = mem_alloc(sizeof(*gzip));

    if (gzip == NULL)
        return err_memory(err);
    if (deflateInit2(&gzip->stream, level, Z_DEFLATED, GZIP_WINDOW, GZIP_MEMORY,
                Z_DEFAULT_STRATEGY) != Z_OK) {
        mem_free(gzip);
        return err_memory(err);
    }
    *ret_gzip = gzip;
    return ERR_OK;
}

void gzip_close(struct gzip *gzip)
{
    if (gzip == NULL)
        return;
    (void)deflateEnd(&gzip->stream);
    mem_free(gzip);
}

enum err_code gzip_bytes(struct gzip *gzip, const char *bytes, size_t n, struct arena *arena,
        const char **ret_bytes, size_t *ret_n, struct err *err)
{
    z_stream *stream = &gzip->stream;
    size_t room;
    unsigned char *to;
    uintptr_t from = (uintptr_t)bytes; /* zlib's input is not const, and not changed */

    if (n > UINT_MAX / 2 || deflateReset(stream) != Z_OK)
        return err_memory(err);
    room = deflateBound(stream, n);
    to = arena_alloc(arena, room);
    if (to == NULL)
        return err_memory(err);
    stream->next_in = (unsigned char *)from;
    stream->avail_in = (unsigned)n;
    stream->next_out = to;
    stream->avail_out = (unsigned)room;
    if (deflate(stream, Z_FINISH) != Z_STREAM_END)
        return err_memory(err);
    *ret_bytes = (const char *)to;
    *ret_n = room - stream->avail_out;
    return ERR_OK;
}
