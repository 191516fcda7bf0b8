/*
 * The real server on a free loopback port, spoken to in raw HTTP: what it refuses, what it
 * answers. How it bears traffic: traffic_test.c.
 */
#include "web/server.h"

#include <sys/stat.h>
#include <zlib.h>

#include "check.h"
#include "client.h"
#include "web/asset.h"

/* ---- a small program to serve ---- */

/* Says what came. */
static enum err_code echo(struct request *request, struct response *response, struct err *err)
{
    struct html html = html_make(request->arena);
    const struct input_value *file = request_value(request, "file");

    html_put_text(&html, request_value(request, "name")->text);
    html_put_text(&html, "|");
    if (file->upload != NULL) {
        struct stat info;

        html_put_text(&html, file->upload->filename);
        html_put_text(&html, "|");
        html_put_uint(&html, file->upload->size);
        if (stat(file->upload->path, &info) == 0)
            html_put_text(&html, (info.st_mode & 0777) == 0600 ? "|0600" : "|lax");
    }
    html_put_text(&html, request->refused_n == 0 ? "" : "refused");
    return response_page(response, 200, &html, err);
}

static enum err_code long_page(struct request *request, struct response *response,
        struct err *err)
{
    struct html html = html_make(request->arena);

    for (int i = 0; i < 1000; i++)
        html_put_text(&html, "Year 5 <Mathematics> ");
    return response_page(response, 200, &html, err);
}

static enum err_code broken(struct request *request, struct response *response, struct err *err)
{
    (void)request;
    (void)response;
    (void)err_set(err, ERR_STORE, "the statement select_pupil failed for Ada");
    return err_detail(err, "SQLITE_IOERR");
}

static const struct input echo_inputs[] = {
    { "name", "name", INPUT_TEXT, .max = 200 },
    { "file", "file", INPUT_FILE, .required = false },
};

static const struct route routes[] = {
    APP_ROUTES,
    { METHOD_POST, "/turn/{id}", ROUTE_OPEN, echo, .formats = 0 },
    { METHOD_GET, "/echo", ROUTE_OPEN, echo, .inputs = echo_inputs, .inputs_n = 2 },
    { METHOD_POST, "/echo", ROUTE_OPEN, echo, .inputs = echo_inputs, .inputs_n = 2,
            .upload_max = 300000 },
    { METHOD_GET, "/long", ROUTE_OPEN, long_page, .formats = 0 },
    { METHOD_GET, "/broken", ROUTE_OPEN, broken, .formats = ROUTE_TWINS },
    { METHOD_GET, "/private/{id}", "see-pupil", long_page, .formats = 0 },
};

static const struct app app = { .routes = routes, .routes_n = COUNT(routes) };

static struct server *serve(void)
{
    const struct server_options options = { .app = &app,
        .workers = 2,
        .timeout = 1,
        .form_max = 100000,
        .log = -1 };
    struct server *server = NULL;
    struct err err = { 0 };

    CHECK_OK("server", server_start(&options, &server, &err), &err);
    return server;
}

/* ---- tests ---- */

static void what_a_request_may_not_be_is_refused(void **state)
{
    static const struct {
        const char *row;
        const char *request;
        int status;
    } rows[] = {
        { "health", "GET /health HTTP/1.1\r\n" HOST "\r\n", 200 },
        { "length and coding",
                "POST /echo HTTP/1.1\r\n" HOST
                "Content-Type: application/x-www-form-urlencoded\r\n"
                "Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGE",
                400 },
        { "coding and length",
                "POST /echo HTTP/1.1\r\n" HOST
                "Content-Type: application/x-www-form-urlencoded\r\n"
                "Transfer-Encoding: chunked\r\nContent-Length: 6\r\n\r\n0\r\n\r\nGE",
                400 },
        { "two lengths",
                "POST /echo HTTP/1.1\r\n" HOST
                "Content-Type: application/x-www-form-urlencoded\r\n"
                "Content-Length: 6\r\nContent-Length: 7\r\n\r\nname=a",
                400 },
        { "two equal lengths",
                "POST /echo HTTP/1.1\r\n" HOST
                "Content-Type: application/x-www-form-urlencoded\r\n"
                "Content-Length: 6\r\nContent-Length: 6\r\n\r\nname=a",
                400 },
        { "list of lengths",
                "POST /echo HTTP/1.1\r\n" HOST
                "Content-Type: application/x-www-form-urlencoded\r\n"
                "Content-Length: 6, 6\r\n\r\nname=a",
                400 },
        { "signed length",
                "POST /echo HTTP/1.1\r\n" HOST
                "Content-Type: application/x-www-form-urlencoded\r\n"
                "Content-Length: +6\r\n\r\nname=a",
                400 },
        { "length folded over lines",
                "POST /echo HTTP/1.1\r\n" HOST
                "Content-Type: application/x-www-form-urlencoded\r\n"
                "Content-Length: 6\r\n 7\r\n\r\nname=a",
                400 },
        { "length under another name, folded into it",
                "POST /echo HTTP/1.1\r\n" HOST
                "Content-Type: application/x-www-form-urlencoded\r\n"
                "Content-Lengt: 6\r\n h\r\n\r\nname=a",
                400 },
        { "harmless header folded over lines",
                "GET /health HTTP/1.1\r\n" HOST "X-Note: a\r\n b\r\n\r\n", 400 },
        { "header without a value", "GET /health HTTP/1.1\r\n" HOST "X-Note:\r\n\r\n", 200 },
        { "spaces before a value", "GET /health HTTP/1.1\r\n" HOST "X-Note:  \t a\r\n\r\n",
                200 },
        { "unknown coding",
                "POST /echo HTTP/1.1\r\n" HOST
                "Content-Type: application/x-www-form-urlencoded\r\n"
                "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
                400 },
        { "coding folded over lines",
                "POST /echo HTTP/1.1\r\n" HOST
                "Content-Type: application/x-www-form-urlencoded\r\n"
                "Transfer-Encoding:\r\n chunked\r\n x\r\n\r\n0\r\n\r\n",
                400 },
        { "name with a space before the colon",
                "POST /echo HTTP/1.1\r\n" HOST
                "Content-Type: application/x-www-form-urlencoded\r\n"
                "Content-Length : 6\r\n\r\nname=a",
                400 },
        { "body of a GET", "GET /health HTTP/1.1\r\n" HOST "Content-Length: 3\r\n\r\nabc",
                400 },
        { "no host", "GET /health HTTP/1.1\r\nConnection: close\r\n\r\n", 400 },
        { "two hosts", "GET /health HTTP/1.1\r\n" HOST "Host: i\r\n\r\n", 400 },
        { "TRACE", "TRACE /health HTTP/1.1\r\n" HOST "\r\n", 405 },
        { "PUT", "PUT /health HTTP/1.1\r\n" HOST "\r\n", 405 },
        { "POST where only GET is", "POST /health HTTP/1.1\r\n" HOST "\r\n", 405 },
        { "GET where only POST is", "GET /turn/1 HTTP/1.1\r\n" HOST "\r\n", 405 },
        { "HEAD", "HEAD /health HTTP/1.1\r\n" HOST "\r\n", 200 },
        { "unknown page", "GET /none HTTP/1.1\r\n" HOST "\r\n", 404 },
        { "climbing path", "GET /static/../health HTTP/1.1\r\n" HOST "\r\n", 404 },
        { "climbing path, encoded", "GET /static/%2e%2e/health HTTP/1.1\r\n" HOST "\r\n", 404 },
        { "NUL in the path", "GET /health%00 HTTP/1.1\r\n" HOST "\r\n", 404 },
        { "no permission", "GET /private/7 HTTP/1.1\r\n" HOST "\r\n", 403 },
        { "JSON body",
                "POST /echo HTTP/1.1\r\n" HOST
                "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}",
                415 },
        { "other origin",
                "POST /echo HTTP/1.1\r\n" HOST "Origin: https://evil.example\r\n"
                "Content-Type: application/x-www-form-urlencoded\r\n"
                "Content-Length: 6\r\n\r\nname=a",
                403 },
        { "own origin",
                "POST /echo HTTP/1.1\r\n" HOST "Origin: http://h\r\n"
                "Content-Type: application/x-www-form-urlencoded\r\n"
                "Content-Length: 6\r\n\r\nname=a",
                200 },
        { "not UTF-8 in a form",
                "POST /echo HTTP/1.1\r\n" HOST
                "Content-Type: application/x-www-form-urlencoded\r\n"
                "Content-Length: 8\r\n\r\nname=%ff",
                400 },
        { "NUL in a form",
                "POST /echo HTTP/1.1\r\n" HOST
                "Content-Type: application/x-www-form-urlencoded\r\n"
                "Content-Length: 8\r\n\r\nname=%00",
                400 },
        { "announced body too large",
                "POST /turn/1 HTTP/1.1\r\n" HOST
                "Content-Type: application/x-www-form-urlencoded\r\n"
                "Content-Length: 100001\r\n\r\n",
                413 },
        { "chunked form",
                "POST /echo HTTP/1.1\r\n" HOST
                "Content-Type: application/x-www-form-urlencoded\r\n"
                "Transfer-Encoding: chunked\r\n\r\n6\r\nname=a\r\n0\r\n\r\n",
                200 },
        { "failure of ours", "GET /broken HTTP/1.1\r\n" HOST "\r\n", 500 },
    };
    struct server *server = serve();

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        (void)ask(server, rows[i].request);
        CHECK_INT(rows[i].row, status(), rows[i].status);
        CHECK_TRUE(rows[i].row, strstr(answer, "Ada") == NULL);
    }
    server_stop(server);
}

static void every_answer_carries_the_security_headers(void **state)
{
    static const char *const paths[] = { "/health", "/none", "/long", "/broken",
        "/broken.json" };
    struct server *server = serve();
    char request[200];

    (void)state;
    for (size_t i = 0; i < COUNT(paths); i++) {
        (void)snprintf(request, sizeof(request), "GET %s HTTP/1.1\r\n" HOST "\r\n", paths[i]);
        (void)ask(server, request);
        CHECK_HAS(paths[i], answer, "Content-Security-Policy: default-src 'none';");
        CHECK_TRUE(paths[i], strstr(answer, "unsafe") == NULL);
        CHECK_HAS(paths[i], answer, "X-Content-Type-Options: nosniff");
        CHECK_HAS(paths[i], answer, "Referrer-Policy: same-origin");
        CHECK_HAS(paths[i], answer, "Cache-Control: no-store");
        CHECK_TRUE(paths[i], strstr(answer, "\r\nServer:") == NULL);
        CHECK_TRUE(paths[i], strstr(answer, "Access-Control") == NULL);
        CHECK_TRUE(paths[i], strstr(answer, "Strict-Transport") == NULL);
    }
    CHECK_HAS("JSON", answer, "{\"error\":{\"code\":\"store\",");
    CHECK_HAS("JSON", answer, "\"reference\":\"");
    server_stop(server);
}

static void headers_addresses_and_bodies_over_the_limits_are_refused(void **state)
{
    enum {
        BIG = 60000
    };
    static char request[BIG + 400];
    struct server *server = serve();
    int n;

    (void)state;
    n = snprintf(request, sizeof(request), "GET /health?q=%04000d HTTP/1.1\r\n" HOST "\r\n", 0);
    CHECK_INT("long address", (ask_bytes(server, request, (size_t)n), status()), 200);
    n = snprintf(request, sizeof(request), "GET /health?q=%05000d HTTP/1.1\r\n" HOST "\r\n", 0);
    CHECK_INT("address too long", (ask_bytes(server, request, (size_t)n), status()), 414);
    n = snprintf(request, sizeof(request),
            "GET /health HTTP/1.1\r\n" HOST "X: %015000d\r\n\r\n", 0);
    CHECK_INT("long header", (ask_bytes(server, request, (size_t)n), status()), 200);
    n = snprintf(request, sizeof(request),
            "GET /health HTTP/1.1\r\n" HOST "X: %017000d\r\n\r\n", 0);
    CHECK_INT("header too long", (ask_bytes(server, request, (size_t)n), status()), 431);
    n = snprintf(request, sizeof(request),
            "GET /health HTTP/1.1\r\n" HOST "X: %055000d\r\n\r\n", 0);
    CHECK_INT("header far too long", (ask_bytes(server, request, (size_t)n), status()), 431);
    server_stop(server);
}

static void a_chunked_body_over_the_limit_is_refused(void **state)
{
    static const char head[] = "POST /turn/1 HTTP/1.1\r\n" HOST
                               "Content-Type: application/x-www-form-urlencoded\r\n"
                               "Transfer-Encoding: chunked\r\n\r\n";
    struct server *server = serve();
    char chunk[1010];
    int s = dial(server);

    (void)state;
    say(s, head, strlen(head));
    memset(chunk, 'a', sizeof(chunk));
    memcpy(chunk, "3e8\r\n", 5);
    memcpy(chunk + 1005, "\r\n", 2);
    for (int i = 0; i < 101; i++)
        say(s, chunk, 1007);
    say(s, "0\r\n\r\n", 5);
    (void)hear(s, answer);
    CHECK_INT("status", status(), 413);
    s = dial(server);
    say(s, head, strlen(head));
    for (int i = 0; i < 300; i++)
        say(s, chunk, 1007);
    (void)hear(s, answer);
    CHECK_INT("hangs up on one without end", status(), 0);
    server_stop(server);
}

static void a_client_that_stops_talking_is_dropped(void **state)
{
    struct server *server = serve();
    int s = dial(server);

    (void)state;
    say(s, "GET /health HTTP/1.1\r\nHost:", 27);
    CHECK_TRUE("the server hangs up", hear(s, answer) < 600);
    CHECK_TRUE("no page", status() != 200);
    (void)ask(server, "GET /health HTTP/1.1\r\n" HOST "\r\n");
    CHECK_INT("others are served", status(), 200);
    server_stop(server);
}

static void a_head_has_the_headers_of_the_page_and_no_body(void **state)
{
    struct server *server = serve();

    (void)state;
    (void)ask(server, "HEAD /long HTTP/1.1\r\n" HOST "\r\n");
    CHECK_INT("status", status(), 200);
    CHECK_HAS("length", answer, "Content-Length: 27000\r\n"); /* 1000 x 27 escaped bytes */
    CHECK_TEXT("body", body(), "");
    server_stop(server);
}

static void a_page_is_compressed_for_those_who_can_read_it(void **state)
{
    struct server *server = serve();
    static char plain[30000];
    z_stream stream = { 0 };
    size_t n;

    (void)state;
    n = ask(server, "GET /long HTTP/1.1\r\n" HOST "Accept-Encoding: br, gzip\r\n\r\n");
    CHECK_HAS("encoding", answer, "Content-Encoding: gzip\r\n");
    CHECK_HAS("vary", answer, "Vary: Accept-Encoding\r\n");
    CHECK_INT("inflate", inflateInit2(&stream, 31), Z_OK);
    stream.next_in = (unsigned char *)answer + (body() - answer);
    stream.avail_in = (unsigned)(n - (size_t)(body() - answer));
    stream.next_out = (unsigned char *)plain;
    stream.avail_out = sizeof(plain) - 1;
    CHECK_INT("inflate", inflate(&stream, Z_FINISH), Z_STREAM_END);
    CHECK_INT("length", stream.total_out, 27000);
    CHECK_HAS("text", plain, "Year 5 &lt;Mathematics&gt; Year 5");
    (void)inflateEnd(&stream);
    (void)ask(server, "GET /long HTTP/1.1\r\n" HOST "Accept-Encoding: gzip;q=0\r\n\r\n");
    CHECK_TRUE("not wanted", strstr(answer, "Content-Encoding") == NULL);
    (void)ask(server, "GET /health HTTP/1.1\r\n" HOST "Accept-Encoding: gzip\r\n\r\n");
    CHECK_TRUE("too short", strstr(answer, "Content-Encoding") == NULL);
    server_stop(server);
}

static void an_asset_lasts_and_answers_304_to_its_tag(void **state)
{
    const struct asset *css = asset_named("attain.css");
    struct server *server = serve();
    char request[300];

    (void)state;
    (void)snprintf(request, sizeof(request), "GET %s HTTP/1.1\r\n" HOST "\r\n", css->address);
    (void)ask(server, request);
    CHECK_INT("status", status(), 200);
    CHECK_HAS("type", answer, "Content-Type: text/css; charset=utf-8\r\n");
    CHECK_HAS("cache", answer, "Cache-Control: public, max-age=31536000, immutable\r\n");
    CHECK_HAS("tag", answer, css->etag);
    CHECK_INT("length", strlen(body()), css->n);
    (void)snprintf(request, sizeof(request),
            "GET %s HTTP/1.1\r\n" HOST "If-None-Match: %s\r\n\r\n", css->address, css->etag);
    (void)ask(server, request);
    CHECK_INT("status", status(), 304);
    CHECK_TEXT("body", body(), "");
    (void)ask(server, "GET /static/0000000000000000/attain.css HTTP/1.1\r\n" HOST "\r\n");
    CHECK_INT("another hash", status(), 404);
    server_stop(server);
}

static void a_file_is_kept_apart_while_its_request_lasts(void **state)
{
    static const char form[] = "--XX\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\n"
                               "Zo\xc3\xab\r\n--XX\r\n"
                               "Content-Disposition: form-data; name=\"file\"; "
                               "filename=\"../../etc/results.csv\"\r\n"
                               "Content-Type: text/csv\r\n\r\nupn,grade\r\n\r\n--XX--\r\n";
    struct server *server = serve();
    char request[1000];

    (void)state;
    (void)snprintf(request, sizeof(request),
            "POST /echo HTTP/1.1\r\n" HOST "Content-Type: multipart/form-data; boundary=XX\r\n"
            "Content-Length: %zu\r\n\r\n%s",
            strlen(form), form);
    (void)ask(server, request);
    CHECK_INT("status", status(), 200);
    CHECK_TEXT("echo", body(), "Zo\xc3\xab|results.csv|11|0600");
    server_stop(server);
}

TESTS(TEST(what_a_request_may_not_be_is_refused),
        TEST(every_answer_carries_the_security_headers),
        TEST(headers_addresses_and_bodies_over_the_limits_are_refused),
        TEST(a_chunked_body_over_the_limit_is_refused),
        TEST(a_client_that_stops_talking_is_dropped),
        TEST(a_head_has_the_headers_of_the_page_and_no_body),
        TEST(a_page_is_compressed_for_those_who_can_read_it),
        TEST(an_asset_lasts_and_answers_304_to_its_tag),
        TEST(a_file_is_kept_apart_while_its_request_lasts))
