#include "web/pages/targets.h"

#include "web/pages/report.h"

static enum err_code targets_show(struct request *request, struct response *response,
        struct err *err)
{
    return report_page(request, response, "targets", url_targets(), err);
}

const struct route targets_routes[] = {
    { METHOD_GET, "/targets", "staff view upn", targets_show, .formats = PAGE_TWINS,
            .inputs = report_inputs, .inputs_n = REPORT_INPUT_N, .menu = "Targets",
            .help = "targets" },
};
const size_t targets_route_n = COUNT(targets_routes);
