#include "web/pages/marksheets.h"

#include "actions/marksheet.h"
#include "base/text.h"
#include "generated/pages.h"
#include "web/json.h"
#include "web/program.h"

static struct marksheets_item item_of(struct request *request, const struct sheet_listed *from)
{
    const struct review *review = &from->marksheet.review;
    char day[DATE_LONG_SIZE];

    return (struct marksheets_item){
        .url = url_marksheet(request->arena, from->marksheet.marksheet_id),
        .name = from->marksheet.name,
        .group = from->marksheet.group,
        .review = review->name,
        .asks = text_eq(review->asks, "likely") ? "Likely grade" : "Working at",
        .closes =
                from->open ? arena_text(request->arena, date_long(review->to, day)) : "closed",
        .verb = "Enter",
        .enters = from->enters,
    };
}

static enum err_code draw(struct request *request, const struct sheet_listed *items, size_t n,
        struct response *response, struct err *err)
{
    struct marksheets_view view = { 0 };
    struct html html = html_make(request->arena);

    view.open = arena_array(request->arena, n + 1, sizeof(*view.open));
    view.others = arena_array(request->arena, n + 1, sizeof(*view.others));
    if (view.open == NULL || view.others == NULL)
        return err_memory(err);
    for (size_t i = 0; i < n; i++) {
        if (items[i].enters)
            view.open[view.open_n++] = item_of(request, &items[i]);
        else
            view.others[view.others_n++] = item_of(request, &items[i]);
    }
    view.says = view.open_n != 0
                        ? arena_printf(request->arena, "%zu to write in, %zu to look at.",
                                  view.open_n, view.others_n)
                : n != 0 ? "None to write in today."
                         : "There is no marksheet for you yet. The data manager makes "
                           "one for each group and review.";
    visit_layout(request, &view.layout, "Marksheets");
    page_marksheets(&html, &view);
    return response_page(response, 200, &html, err);
}

static enum err_code list_json(struct request *request, const struct sheet_listed *items,
        size_t n, struct response *response, struct err *err)
{
    struct buf buf = buf_make(request->arena, BUF_MAX_PAGE);
    const char *text;
    size_t size = 0;
    enum err_code code;

    buf_add(&buf, "{\"marksheets\":[");
    for (size_t i = 0; i < n; i++) {
        const struct marksheet *sheet = &items[i].marksheet;

        buf_printf(&buf, "%s{\"id\":%lld,\"name\":", i == 0 ? "" : ",",
                (long long)sheet->marksheet_id);
        json_text(&buf, sheet->name);
        buf_add(&buf, ",\"group\":");
        json_text(&buf, sheet->group);
        buf_add(&buf, ",\"subjects\":");
        json_text(&buf, sheet->subjects);
        buf_add(&buf, ",\"review\":");
        json_text(&buf, sheet->review.name);
        buf_printf(&buf, ",\"open\":%s,\"enters\":%s}", items[i].open ? "true" : "false",
                items[i].enters ? "true" : "false");
    }
    buf_add(&buf, "]}\n");
    code = buf_end(&buf, &text, &size, err);
    if (code == ERR_OK)
        response_body(response, 200, "application/json", text, size);
    return code;
}

static enum err_code marksheets_show(struct request *request, struct response *response,
        struct err *err)
{
    struct visit *visit = visit_of(request);
    struct sheet_listed *items = NULL;
    size_t n = 0;
    enum err_code code = sheet_list(visit->context, visit->person, &items, &n, err);

    if (code != ERR_OK)
        return code;
    return request->format == FORMAT_JSON ? list_json(request, items, n, response, err)
                                          : draw(request, items, n, response, err);
}

const struct route marksheets_routes[] = {
    { METHOD_GET, "/marksheets", "staff view identity", marksheets_show,
            .formats = ROUTE_FORMAT(FORMAT_JSON), .menu = "Marksheets", .help = "marksheet" },
};
const size_t marksheets_route_n = COUNT(marksheets_routes);
