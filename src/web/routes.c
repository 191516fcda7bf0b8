#include "base/attr.h"
#include "web/pages/account.h"
#include "web/pages/audit.h"
#include "web/pages/exports.h"
#include "web/pages/groups.h"
#include "web/pages/help.h"
#include "web/pages/home.h"
#include "web/pages/imports.h"
#include "web/pages/marksheet.h"
#include "web/pages/marksheets.h"
#include "web/pages/me.h"
#include "web/pages/pupils.h"
#include "web/pages/reports.h"
#include "web/pages/reviews.h"
#include "web/pages/settings.h"
#include "web/pages/sign_in.h"
#include "web/pages/targets.h"
#include "web/pages/templates.h"
#include "web/pages/users.h"
#include "web/program_in.h"

/* The order is that of the menu. */
const struct route_table route_tables[] = {
    { home_routes, &home_route_n },
    { marksheets_routes, &marksheets_route_n },
    { marksheet_routes, &marksheet_route_n },
    { pupils_routes, &pupils_route_n },
    { targets_routes, &targets_route_n },
    { groups_routes, &groups_route_n },
    { reports_routes, &reports_route_n },
    { reviews_routes, &reviews_route_n },
    { imports_routes, &imports_route_n },
    { exports_routes, &exports_route_n },
    { me_routes, &me_route_n },
    { settings_routes, &settings_route_n },
    { templates_routes, &templates_route_n },
    { users_routes, &users_route_n },
    { audit_routes, &audit_route_n },
    { account_routes, &account_route_n },
    { sign_in_routes, &sign_in_route_n },
    { help_routes, &help_route_n },
};
const size_t route_table_n = COUNT(route_tables);
