#include "web/json.h"

#include <string.h>

#include "base/text.h"

static void add_char(struct buf *buf, unsigned char c)
{
    if (c == '"' || c == '\\')
        buf_printf(buf, "\\%c", c);
    else if (c == '\n')
        buf_add(buf, "\\n");
    else if (c < 0x20 || c == '<' || c == '>' || c == '&' || c == 0x7f)
        buf_printf(buf, "\\u%04x", c);
    else
        buf_add_char(buf, (char)c);
}

void json_text(struct buf *buf, const char *text)
{
    size_t left;

    if (text == NULL) {
        buf_add(buf, "null");
        return;
    }
    buf_add_char(buf, '"');
    for (left = strlen(text); left != 0;) {
        size_t valid = text_utf8_valid(text, left);

        for (size_t i = 0; i < valid; i++)
            add_char(buf, (unsigned char)text[i]);
        text += valid;
        left -= valid;
        if (left == 0)
            break;
        buf_add(buf, "\\ufffd");
        text++;
        left--;
    }
    buf_add_char(buf, '"');
}

void json_error(struct buf *buf, const struct err *err, unsigned reference)
{
    buf_add(buf, "{\"error\":{\"code\":");
    json_text(buf, err_code_name(err->code));
    buf_add(buf, ",\"message\":");
    json_text(buf, err->message);
    buf_add(buf, ",\"hint\":");
    json_text(buf, err->hint);
    if (reference != 0)
        buf_printf(buf, ",\"reference\":\"%08x\"", reference);
    if (err->file[0] != '\0' || err->row != 0 || err->column[0] != '\0') {
        buf_add(buf, ",\"where\":{\"file\":");
        json_text(buf, err->file);
        buf_printf(buf, ",\"row\":%ld,\"column\":", err->row);
        json_text(buf, err->column);
        buf_add_char(buf, '}');
    }
    buf_add(buf, "}}\n");
}
