#include "reports/render/render.h"

#include "base/text.h"
#include "reports/render/paper.h"
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

bool render_bare(struct buf *buf, const struct column *column, const struct cell *cell)
{
    switch (column->type) {
    case COLUMN_INTEGER:
        buf_printf(buf, "%lld", (long long)(cell->number / 1000));
        break;
    case COLUMN_NUMBER:
        buf_add_milli(buf, cell->number, 0);
        break;
    case COLUMN_POINTS:
        buf_add_milli(buf, cell->number, 2);
        break;
    case COLUMN_PERCENT:
        buf_add_milli(buf, paper_round(cell->number, 1), 1);
        break;
    case COLUMN_BOOL:
        buf_add(buf, cell->number != 0 ? "true" : "false");
        break;
    case COLUMN_TEXT:
    case COLUMN_GRADE:
    case COLUMN_DATE:
    case COLUMN_FLAG:
        return false;
    }
    return true;
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
