#include "web/pages/groups.h"

#include "actions/listing.h"
#include "actions/roll.h"
#include "generated/pages.h"
#include "web/pages/reports.h"

/* Groups of the pupils whom the person may see, counting only those. */
static enum err_code groups_show(struct request *request, struct response *response,
        struct err *err)
{
    struct visit *visit = page_visit(request, ACTION_VIEW);
    struct reports_view view = { 0 };
    struct html html = html_make(request->arena);
    struct filters filters = { 0 };
    struct loaded loaded = { 0 };
    struct report *tree = NULL;
    enum err_code code = page_ask_names(visit, err);

    if (code == ERR_OK)
        code = roll_load(visit->context, &filters, &loaded, err);
    if (code == ERR_OK)
        code = listing_groups(visit->context, &loaded, NULL, &tree, err);
    if (code != ERR_OK || tree_answer(request, tree, response, &code, err))
        return code;
    code = tree_draw(request, tree, url_groups(), request_value(request, "page")->number, true,
            &view.tree, err);
    if (code != ERR_OK)
        return code;
    visit_layout(request, &view.layout, "Groups");
    view.layout.script = url_asset("find.js");
    page_reports(&html, &view);
    return response_page(response, 200, &html, err);
}

static const struct input groups_inputs[] = {
    { .name = "page", .label = "page", .kind = INPUT_INT, .min = 1, .max = 10000 },
};

const struct route groups_routes[] = {
    { METHOD_GET, "/groups", "staff view identity", groups_show, .formats = PAGE_TWINS,
            .inputs = groups_inputs, .inputs_n = COUNT(groups_inputs), .menu = "Groups",
            .help = "groups" },
};
const size_t groups_route_n = COUNT(groups_routes);
