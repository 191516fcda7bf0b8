#include "reports/render/render.h"

#include "base/text.h"
#include "reports/render/render_in.h"

static const struct {
    const char *name, *media_type;
    void (*write)(struct buf *buf, const struct report *report,
            const struct render_options *options);
} formats[RENDER__MAX] = {
    [RENDER_TEXT] = { "text", "text/plain; charset=utf-8", render_text },
    [RENDER_JSON] = { "json", "application/json", render_json },
    [RENDER_CSV] = { "csv", "text/csv; charset=utf-8", render_csv },
    [RENDER_HTML] = { "html", "text/html; charset=utf-8", render_html },
};

bool render_format_parse(const char *name, enum render_format *ret_format)
{
    for (size_t i = 0; i < RENDER__MAX; i++)
        if (text_eq_fold(name, formats[i].name)) {
            *ret_format = (enum render_format)i;
            return true;
        }
    return false;
}

const char *render_media_type(enum render_format format)
{
    return formats[format].media_type;
}

enum err_code render(const struct report *report, enum render_format format,
        const struct render_options *options, struct arena *arena, const char **ret_text,
        size_t *ret_n, struct err *err)
{
    static const struct render_options plain = { 0 };
    struct buf buf = buf_make(arena, BUF_MAX_PAGE);

    formats[format].write(&buf, report, options == NULL ? &plain : options);
    return buf_end(&buf, ret_text, ret_n, err);
}
