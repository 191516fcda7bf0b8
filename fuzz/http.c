/*
 * http: what a browser sends, decoded: address, query, form, multipart form, cookies, inputs.
 *
 * The first byte chooses the reader, the second the size of the pieces a body comes in.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "web/app.h"
#include "web/asset.h"
#include "web/heading.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static enum err_code page(struct request *request, struct response *response, struct err *err)
{
    struct form_field *cells;
    size_t n;
    enum err_code code = request_cells(request, "cell.", &cells, &n, err);

    if (code == ERR_OK)
        response_body(response, 200, "text/plain; charset=utf-8",
                request_value(request, "name")->text, 0);
    return code;
}

static const char *const choices[] = { "a", "b", NULL };

static const struct input inputs[] = {
    { "name", "name", INPUT_TEXT, .required = true },
    { "n", "number", INPUT_INT, .min = 1, .max = 13 },
    { "p", "points", INPUT_MILLI, .max = 58000 },
    { "d", "day", INPUT_DATE, .required = false },
    { "c", "choice", INPUT_CHOICE, .choices = choices },
    { "f", "file", INPUT_FILE, .required = false },
    { "cell.", "cells", INPUT_TEXT, .required = false },
};

static const struct route routes[] = {
    APP_ROUTES,
    { METHOD_GET, "/", ROUTE_OPEN, page, .inputs = inputs, .inputs_n = COUNT(inputs) },
    { METHOD_GET, "/pupils/{id}", ROUTE_OPEN, page, .formats = ROUTE_TWINS },
    { METHOD_POST, "/reports/{name}", ROUTE_OPEN, page, .inputs = inputs,
            .inputs_n = COUNT(inputs) },
};

static const struct app app = { .routes = routes, .routes_n = COUNT(routes) };

static void read_address(struct request *request, const char *text)
{
    struct response response = { 0 };
    const char *allow;
    struct err err = { 0 };
    struct url own;

    request->target = text;
    if (url_own(text, &own) && text[0] != '/')
        abort();
    if (route_match(routes, COUNT(routes), request, &allow) != 0)
        return;
    if (request_read_query(request, &err) == ERR_OK)
        app_run(&app, request, &response);
}

static void read_form(struct request *request, const char *bytes, size_t n)
{
    struct response response = { 0 };
    const char *allow;
    struct err err = { 0 };

    request->method = METHOD_POST;
    request->target = "/reports/progress";
    if (fields_read_form(bytes, n, request->arena, &request->form, &err) != ERR_OK)
        return;
    if (route_match(routes, COUNT(routes), request, &allow) == 0)
        app_run(&app, request, &response);
}

static void read_multipart(struct request *request, const char *bytes, size_t n, size_t piece)
{
    struct multipart *reader = arena_alloc(request->arena, sizeof(*reader));
    struct err err = { 0 };
    enum err_code code;

    if (reader == NULL)
        return;
    reader->folder = "/tmp";
    reader->form_max = 1000;
    reader->file_max = 0; /* the writing of files is not what is sought here */
    code = multipart_start(reader, "multipart/form-data; boundary=AB", request->arena, &err);
    for (size_t i = 0; code == ERR_OK && i < n; i += piece)
        code = multipart_feed(reader, bytes + i, n - i < piece ? n - i : piece, &err);
    if (code == ERR_OK && multipart_finish(reader, &err) == ERR_OK && reader->form_n > n)
        abort();
    multipart_clear(reader);
}

static void read_header(struct request *request, char *text)
{
    struct heading heading = { 0 };
    char *value = strchr(text, ':');

    if (value == NULL)
        return;
    *value++ = '\0';
    heading_add(&heading, request, text, value);
    heading_add(&heading, request, "Content-Type", value);
    if (heading_judge(&heading, METHOD_POST) == 0)
        (void)request_same_origin(request);
    (void)route_takes(request->content_type);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = { .limit = (size_t)16 << 20 };
    struct request request = { .arena = &arena, .remote = "" };
    struct multipart reader = { 0 };
    struct err err = { 0 };
    const char *bytes;
    char *text;

    if (size < 2)
        return 0;
    bytes = (const char *)data + 2;
    text = arena_bytes(&arena, bytes, size - 2);
    if (text == NULL)
        return 0;
    switch (data[0] % 6) {
    case 0:
        read_address(&request, text);
        break;
    case 1:
        read_form(&request, bytes, size - 2);
        break;
    case 2:
        read_multipart(&request, bytes, size - 2, data[1] == 0 ? size : data[1]);
        break;
    case 3:
        if (fields_read_cookies(text, &arena, &request.cookies, &err) != ERR_OK)
            break;
        (void)fields_get(&request.cookies, "attain");
        break;
    case 4:
        read_header(&request, text);
        break;
    default:
        if (multipart_start(&reader, text, &arena, &err) == ERR_OK)
            multipart_clear(&reader);
        break;
    }
    arena_free(&arena);
    return 0;
}
