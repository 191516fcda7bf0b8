#include "web/pages/layout.h"

#include <string.h>

#include "web/app.h"

static bool is_here(const struct request *request, const char *path)
{
    const struct route *route = request->route;
    size_t n = strlen(path);

    if (route == NULL || strncmp(route->path, path, n) != 0)
        return false;
    return n == 1 ? route->path[1] == '\0' : route->path[n] == '\0' || route->path[n] == '/';
}

static void fill_menu(struct layout_view *layout, const struct app *app,
        const struct request *request)
{
    for (size_t i = 0; i < app->routes_n && layout->nav_n < LAYOUT_NAV; i++) {
        const struct route *route = &app->routes[i];

        if (route->menu == NULL || app->may == NULL || !app->may(request, route->permission))
            continue;
        layout->nav[layout->nav_n++] = (struct nav_item){ { route->path }, route->menu,
            is_here(request, route->path) };
    }
}

void layout_fill(struct layout_view *layout, const struct app *app,
        const struct request *request, const char *title)
{
    const char *topic = request->route == NULL ? NULL : request->route->help;

    layout->title = title;
    layout->home = url_home();
    layout->find = url_pupils();
    layout->account = url_account();
    layout->sign_in = url_sign_in();
    layout->sign_out = url_sign_out();
    layout->help = url_help(request->arena, topic);
    layout->keys = url_help(request->arena, "keys");
    layout->accessibility = url_help(request->arena, "accessibility");
    layout->style = url_asset("attain.css");
    layout->icon = url_asset("icon.svg");
    fill_menu(layout, app, request);
}

struct problems_view problems_of(const struct request *request)
{
    struct problems_view view = { 0 };

    view.items = arena_array(request->arena, request->refused_n + 1, sizeof(*view.items));
    for (size_t i = 0; view.items != NULL && i < request->route->inputs_n; i++) {
        const struct input_value *value = &request->values[i];

        if (value->state == INPUT_REFUSED && view.items_n < request->refused_n)
            view.items[view.items_n++] = (struct problem){ value->input->name, value->reason };
    }
    return view;
}
