#include "web/request.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "web/route.h"

int64_t request_id(const struct request *request, const char *name)
{
    const char *text = fields_get(&request->captures, name);
    int64_t id;

    return text != NULL && text_int(text, &id) ? id : 0;
}

const char *request_word(const struct request *request, const char *name)
{
    const char *text = fields_get(&request->captures, name);

    return text == NULL ? "" : text;
}

const struct input_value *request_value(const struct request *request, const char *name)
{
    static const struct input_value absent = { .state = INPUT_ABSENT, .text = "" };

    if (request->route == NULL || request->values == NULL)
        return &absent;
    for (size_t i = 0; i < request->route->inputs_n; i++)
        if (strcmp(request->route->inputs[i].name, name) == 0)
            return &request->values[i];
    return &absent;
}

static bool declares(const struct route *route, const char *prefix)
{
    for (size_t i = 0; route != NULL && i < route->inputs_n; i++)
        if (strcmp(route->inputs[i].name, prefix) == 0)
            return true;
    return false;
}

static int by_name(const void *a, const void *b)
{
    const struct form_field *const *left = a;
    const struct form_field *const *right = b;
    int order = strcmp((*left)->name, (*right)->name);

    if (order != 0)
        return order;
    return *left < *right ? -1 : 1; /* sent first, stands first */
}

enum err_code request_cells(const struct request *request, const char *prefix,
        struct form_field **ret_cells, size_t *ret_n, struct err *err)
{
    const struct fields *form = &request->form;
    const struct form_field **found = arena_array(request->arena, form->n + 1, sizeof(*found));
    struct form_field *cells = arena_array(request->arena, form->n + 1, sizeof(*cells));
    size_t found_n = 0;
    size_t n = 0;

    if (found == NULL || cells == NULL)
        return err_memory(err);
    for (size_t i = 0; declares(request->route, prefix) && i < form->n; i++)
        if (text_starts(form->items[i].name, prefix))
            found[found_n++] = &form->items[i];
    qsort(found, found_n, sizeof(*found), by_name);
    for (size_t i = 0; i < found_n; i++)
        if (n == 0 || strcmp(cells[n - 1].name, found[i]->name) != 0)
            cells[n++] = *found[i];
    *ret_cells = cells;
    *ret_n = n;
    return ERR_OK;
}

bool request_same_origin(const struct request *request)
{
    const char *origin = request->origin;
    const char *scheme = request->secure ? "https://" : "http://";

    if (request->fetch_site != NULL && !text_eq_fold(request->fetch_site, "same-origin") &&
            !text_eq_fold(request->fetch_site, "none"))
        return false;
    if (origin == NULL)
        return true;
    if (request->host == NULL || !text_starts(origin, scheme))
        return false;
    return text_eq_fold(origin + strlen(scheme), request->host);
}

enum err_code request_read_query(struct request *request, struct err *err)
{
    const char *mark = strchr(request->target, '?');

    if (mark == NULL)
        return ERR_OK;
    return fields_read_form(mark + 1, strlen(mark + 1), request->arena, &request->query, err);
}
