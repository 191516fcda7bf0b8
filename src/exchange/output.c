#include "exchange/output.h"

static enum err_code put_in_buf(void *data, const char *bytes, size_t n, struct err *err)
{
    struct buf *buf = data;

    buf_add_n(buf, bytes, n);
    return buf->failed ? err_memory(err) : ERR_OK;
}

struct output output_to_buf(struct buf *buf)
{
    return (struct output){ buf, put_in_buf };
}
