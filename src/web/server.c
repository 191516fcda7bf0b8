#include "web/server.h"

#include <errno.h>
#include <microhttpd.h>
#include <netdb.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/text.h"
#include "web/gzip.h"
#include "web/heading.h"
#include "web/lane.h"
#include "web/listen.h"
#include "web/log.h"
#include "web/pool.h"

enum {
    CONNECTION_MEMORY = 40960, /* headers of HEADING_MAX bytes, and room to answer */
    CONNECTIONS = 4000,
    STOP_SECONDS = 10,
    BODY_SECONDS = 600, /* the longest a body may take to come */
};

static const size_t request_memory = (size_t)192 << 20;

struct server {
    struct server_options options;
    struct MHD_Daemon *daemon;
    struct pool *pool;
    struct lane lane;
    int port;
    bool secure;
    char *certificate;
    char *key;
    struct arena arena; /* of the TLS texts */
    pthread_mutex_t mutex;
    pthread_cond_t idle;
    size_t in_flight;
    atomic_bool stopping;
};

/* One request on its way through. */
struct exchange {
    struct server *server;
    struct MHD_Connection *connection;
    struct arena arena;
    struct request request;
    struct response response;
    struct heading heading;
    struct multipart *multipart;
    struct buf body;
    struct err body_err;
    enum err_code body_code;
    uint64_t body_n;
    uint64_t body_max;
    const char *allow;
    int64_t began; /* nanoseconds */
    bool begun;
    bool ready; /* the response is there */
    bool close;
};

struct worker {
    void *context;
    struct gzip *gzip;
};

/* ---- answers ---- */

static void add(struct MHD_Response *answer, const char *name, const char *value)
{
    (void)MHD_add_response_header(answer, name, value);
}

static void add_headers(const struct exchange *exchange, struct MHD_Response *answer)
{
    const struct response *response = &exchange->response;

    for (size_t i = 0; i < response_always_n; i++)
        add(answer, response_always[i].name, response_always[i].value);
    if (exchange->server->secure)
        add(answer, "Strict-Transport-Security", "max-age=31536000; includeSubDomains");
    add(answer, "Cache-Control",
            response->lasting ? "public, max-age=31536000, immutable" : "no-store");
    if (response->status != 304 && response->type != NULL)
        add(answer, "Content-Type", response->type);
    if (response->encoded)
        add(answer, "Content-Encoding", "gzip");
    if (response->encoded && !response->lasting)
        add(answer, "Vary", "Accept-Encoding");
    if (response->status == 405)
        add(answer, "Allow", exchange->allow == NULL ? "GET, HEAD, POST" : exchange->allow);
    if (response->status == 503)
        add(answer, "Retry-After", "2");
    for (size_t i = 0; i < response->headers_n; i++)
        add(answer, response->headers[i].name, response->headers[i].value);
    if (exchange->close || exchange->server->stopping)
        add(answer, "Connection", "close");
}

static enum MHD_Result send_answer(struct exchange *exchange)
{
    const struct response *response = &exchange->response;
    uintptr_t body = (uintptr_t)response->body; /* MHD does not change it */
    struct MHD_Response *answer =
            MHD_create_response_from_buffer(response->n, (void *)body, MHD_RESPMEM_PERSISTENT);
    enum MHD_Result result;

    if (answer == NULL)
        return MHD_NO;
    add_headers(exchange, answer);
    result = MHD_queue_response(exchange->connection, (unsigned)response->status, answer);
    MHD_destroy_response(answer);
    return result;
}

static void refuse(struct exchange *exchange, int status)
{
    app_refuse(exchange->server->options.app, &exchange->request, &exchange->response, status,
            NULL);
    exchange->ready = true;
}

/* ---- workers ---- */

static enum err_code open_worker(void *data, void **ret_context, struct err *err)
{
    struct server *server = data;
    const struct server_options *options = &server->options;
    struct worker *worker = mem_alloc(sizeof(*worker));
    enum err_code code;

    if (worker == NULL)
        return err_memory(err);
    code = gzip_open(GZIP_FAST, &worker->gzip, err);
    if (code == ERR_OK && options->worker_open != NULL)
        code = options->worker_open(options->worker_data, &worker->context, err);
    if (code != ERR_OK) {
        gzip_close(worker->gzip);
        mem_free(worker);
        return code;
    }
    *ret_context = worker;
    return ERR_OK;
}

static void close_worker(void *data, void *context)
{
    struct server *server = data;
    struct worker *worker = context;

    if (server->options.worker_close != NULL)
        server->options.worker_close(server->options.worker_data, worker->context);
    gzip_close(worker->gzip);
    mem_free(worker);
}

/* Turn the body that arrived into fields. */
static enum err_code read_body(struct exchange *exchange, struct err *err)
{
    struct request *request = &exchange->request;
    const char *bytes;
    size_t n;
    enum err_code code;

    if (exchange->body_code != ERR_OK) {
        *err = exchange->body_err;
        return exchange->body_code;
    }
    if (exchange->multipart != NULL) {
        code = multipart_finish(exchange->multipart, err);
        request->form = exchange->multipart->fields;
        request->uploads = &exchange->multipart->uploads;
        return code;
    }
    code = buf_end(&exchange->body, &bytes, &n, err);
    if (code != ERR_OK)
        return code;
    return fields_read_form(bytes, n, &exchange->arena, &request->form, err);
}

static void compress(struct exchange *exchange, struct gzip *gzip)
{
    struct response *response = &exchange->response;
    struct err ignored;
    const char *bytes;
    size_t n;

    if (response->plain || response->encoded || !exchange->request.accepts_gzip ||
            response->n < GZIP_LEAST || response->type == NULL ||
            (!text_starts(response->type, "text/") &&
                    !text_starts(response->type, "application/json")))
        return;
    if (gzip_bytes(gzip, response->body, response->n, &exchange->arena, &bytes, &n, &ignored) !=
            ERR_OK)
        return;
    response->body = bytes;
    response->n = n;
    response->encoded = true;
}

static void run_job(void *data, void *context, void *job)
{
    struct server *server = data;
    struct worker *worker = context;
    struct exchange *exchange = job;
    struct request *request = &exchange->request;
    struct err err = { 0 };
    enum err_code code = request_read_query(request, &err);

    request->worker = worker->context;
    if (code == ERR_OK && exchange->heading.cookies != NULL)
        code = fields_read_cookies(exchange->heading.cookies, &exchange->arena,
                &request->cookies, &err);
    if (code == ERR_OK && request->method == METHOD_POST)
        code = read_body(exchange, &err);
    if (code == ERR_OK)
        app_run(server->options.app, request, &exchange->response);
    else
        app_refuse(server->options.app, request, &exchange->response,
                code == ERR_INVALID ? 400 : 500, &err);
    compress(exchange, worker->gzip);
    exchange->ready = true;
    MHD_resume_connection(exchange->connection);
}

/* ---- a request comes ---- */

static void *on_uri(void *cls, const char *uri, struct MHD_Connection *connection)
{
    struct server *server = cls;
    struct exchange *exchange = mem_alloc(sizeof(*exchange));

    if (exchange == NULL)
        return NULL;
    exchange->server = server;
    exchange->connection = connection;
    exchange->began = clock_monotonic();
    exchange->arena.limit = request_memory;
    exchange->request.arena = &exchange->arena;
    exchange->request.remote = "";
    exchange->request.secure = server->secure;
    exchange->request.lane = &server->lane;
    exchange->request.target = arena_text(&exchange->arena, uri);
    if (exchange->request.target == NULL) {
        arena_free(&exchange->arena);
        mem_free(exchange);
        return NULL;
    }
    (void)pthread_mutex_lock(&server->mutex);
    server->in_flight++;
    (void)pthread_mutex_unlock(&server->mutex);
    return exchange;
}

static void on_completed(void *cls, struct MHD_Connection *connection, void **con_cls,
        enum MHD_RequestTerminationCode why)
{
    struct server *server = cls;
    struct exchange *exchange = *con_cls;
    char line[LOG_LINE];

    (void)connection;
    (void)why;
    if (exchange == NULL)
        return;
    *con_cls = NULL;
    if (exchange->ready)
        log_write(server->options.log, line,
                log_line(line, &exchange->request, &exchange->response,
                        (clock_monotonic() - exchange->began) / 1000));
    if (exchange->multipart != NULL)
        multipart_clear(exchange->multipart);
    arena_free(&exchange->arena);
    mem_free(exchange);
    (void)pthread_mutex_lock(&server->mutex);
    server->in_flight--;
    (void)pthread_cond_signal(&server->idle);
    (void)pthread_mutex_unlock(&server->mutex);
}

static enum MHD_Result on_header(void *cls, enum MHD_ValueKind kind, const char *name,
        const char *value)
{
    struct exchange *exchange = cls;

    if (strncmp(MHD_get_version(), "0.", 2) == 0 && heading_is_folded(name, value))
        exchange->heading.broken = true;
    (void)kind;
    heading_add(&exchange->heading, &exchange->request, name, value == NULL ? "" : value);
    return MHD_YES;
}

static void read_remote(struct exchange *exchange)
{
    const union MHD_ConnectionInfo *info =
            MHD_get_connection_info(exchange->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    char host[64];
    socklen_t n;

    if (info == NULL || info->client_addr == NULL)
        return;
    n = info->client_addr->sa_family == AF_INET6 ? sizeof(struct sockaddr_in6)
                                                 : sizeof(struct sockaddr_in);
    if (getnameinfo(info->client_addr, n, host, sizeof(host), NULL, 0, NI_NUMERICHOST) != 0)
        return;
    exchange->request.remote = arena_text(&exchange->arena, host);
    if (exchange->request.remote == NULL)
        exchange->request.remote = "";
}

/* Make ready for a body, or say with which status it is refused. */
static int expect_body(struct exchange *exchange)
{
    const struct server_options *options = &exchange->server->options;
    const struct request *request = &exchange->request;
    uint64_t files = request->route->upload_max;
    int status = route_takes(request->content_type);

    if (status != 0)
        return status;
    exchange->body_max = options->form_max + files;
    if (exchange->heading.lengths != 0 && exchange->heading.length > exchange->body_max)
        return 413;
    exchange->body = buf_make(&exchange->arena, options->form_max);
    if (request->content_type == NULL ||
            strncasecmp(request->content_type, "multipart/", strlen("multipart/")) != 0)
        return 0;
    exchange->multipart = arena_alloc(&exchange->arena, sizeof(*exchange->multipart));
    if (exchange->multipart == NULL)
        return 500;
    exchange->multipart->folder = options->folder;
    exchange->multipart->form_max = options->form_max;
    exchange->multipart->file_max = files;
    if (multipart_start(exchange->multipart, request->content_type, &exchange->arena,
                &exchange->body_err) != ERR_OK)
        return 400;
    return 0;
}

/* The headers are here: 0, or the status to refuse with. */
static int begin(struct exchange *exchange, const char *method)
{
    const struct app *app = exchange->server->options.app;
    struct request *request = &exchange->request;
    int status;

    read_remote(exchange);
    (void)MHD_get_connection_values(exchange->connection, MHD_HEADER_KIND, on_header, exchange);
    if (!route_method(method, &request->method))
        return 405;
    status = heading_judge(&exchange->heading, request->method);
    if (status == 0)
        status = route_match(app->routes, app->routes_n, request, &exchange->allow);
    if (status == 0 && request->method == METHOD_POST)
        status = expect_body(exchange);
    return status;
}

static enum MHD_Result feed(struct exchange *exchange, const char *bytes, size_t *n)
{
    enum err_code code = exchange->body_code;

    exchange->body_n += *n;
    if (exchange->body_n > 2 * exchange->body_max)
        return MHD_NO; /* a chunked body without end: nothing but hanging up helps */
    if (clock_monotonic() - exchange->began > (int64_t)BODY_SECONDS * 1000000000)
        return MHD_NO;
    if (code == ERR_OK && exchange->multipart != NULL)
        code = multipart_feed(exchange->multipart, bytes, *n, &exchange->body_err);
    else if (code == ERR_OK)
        buf_add_n(&exchange->body, bytes, *n);
    if (code == ERR_OK && exchange->body_n > exchange->body_max)
        code = err_set(&exchange->body_err, ERR_INVALID, "what was sent is too large");
    exchange->body_code = code;
    *n = 0;
    return MHD_YES;
}

static enum MHD_Result on_request(void *cls, struct MHD_Connection *connection, const char *url,
        const char *method, const char *version, const char *upload_data,
        size_t *upload_data_size, void **con_cls)
{
    struct server *server = cls;
    struct exchange *exchange = *con_cls;
    int status;

    (void)url;
    (void)version;
    if (exchange == NULL)
        return MHD_NO;
    if (!exchange->begun) {
        exchange->begun = true;
        status = begin(exchange, method);
        if (status == 0)
            return MHD_YES;
        exchange->close = status != 404 || heading_has_body(&exchange->heading);
        refuse(exchange, status);
        return send_answer(exchange);
    }
    if (*upload_data_size != 0)
        return feed(exchange, upload_data, upload_data_size);
    if (exchange->ready)
        return send_answer(exchange);
    if (exchange->body_n > exchange->body_max) {
        refuse(exchange, 413);
        return send_answer(exchange);
    }
    /* suspended first: a quick worker must find the connection asleep */
    MHD_suspend_connection(connection);
    if (!pool_push(server->pool, exchange)) {
        refuse(exchange, 503);
        MHD_resume_connection(connection);
    }
    return MHD_YES;
}

/* Names are decoded by request and route, not by the library. */
static size_t on_unescape(void *cls, struct MHD_Connection *connection, char *text)
{
    (void)cls;
    (void)connection;
    return strlen(text);
}

/* ---- life ---- */

/* The library's own messages may quote what was sent. */
static void quiet(void *cls, const char *fmt, va_list args)
        __attribute__((format(printf, 2, 0)));

static void quiet(void *cls, const char *fmt, va_list args)
{
    (void)cls;
    (void)fmt;
    (void)args;
}

static enum err_code start_daemon(struct server *server, const struct addrinfo *found,
        struct err *err)
{
    const struct server_options *o = &server->options;
    unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME |
                     (found->ai_family == AF_INET6 ? MHD_USE_IPv6 : 0) |
                     (server->secure ? MHD_USE_TLS : 0);
    static char priorities[] = "SECURE128:-VERS-ALL:+VERS-TLS1.2:+VERS-TLS1.3";
    struct MHD_OptionItem tls[] = {
        { MHD_OPTION_HTTPS_PRIORITIES, 0, priorities },
        { MHD_OPTION_HTTPS_MEM_KEY, 0, server->key },
        { MHD_OPTION_HTTPS_MEM_CERT, 0, server->certificate },
        { MHD_OPTION_END, 0, NULL },
    };
    const union MHD_DaemonInfo *info;

    if (!server->secure)
        tls[0].option = MHD_OPTION_END;
    server->daemon = MHD_start_daemon(flags, 0, NULL, NULL, on_request, server,
            MHD_OPTION_EXTERNAL_LOGGER, quiet, NULL, MHD_OPTION_SOCK_ADDR, found->ai_addr,
            MHD_OPTION_THREAD_POOL_SIZE, (unsigned)o->io_threads, MHD_OPTION_CONNECTION_LIMIT,
            (unsigned)CONNECTIONS, MHD_OPTION_PER_IP_CONNECTION_LIMIT, o->per_ip,
            MHD_OPTION_CONNECTION_TIMEOUT, o->timeout, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
            (size_t)CONNECTION_MEMORY, MHD_OPTION_STRICT_FOR_CLIENT, 1,
            MHD_OPTION_URI_LOG_CALLBACK, on_uri, server, MHD_OPTION_UNESCAPE_CALLBACK,
            on_unescape, NULL, MHD_OPTION_NOTIFY_COMPLETED, on_completed, server,
            MHD_OPTION_ARRAY, tls, MHD_OPTION_END);
    if (server->daemon == NULL) {
        (void)err_set(err, ERR_IO, "cannot listen on port %d", o->port);
        return err_hint(err, "Another program may use it, or the certificate does not fit the "
                             "key.");
    }
    info = MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_BIND_PORT);
    server->port = info == NULL ? o->port : info->port;
    return ERR_OK;
}

static void set_defaults(struct server_options *options)
{
    options->io_threads = options->io_threads == 0 ? 2 : options->io_threads;
    options->workers = options->workers == 0 ? 4 : options->workers;
    options->queue = options->queue == 0 ? 256 : options->queue;
    options->timeout = options->timeout == 0 ? 30 : options->timeout;
    options->per_ip = options->per_ip == 0 ? 1000 : options->per_ip;
    options->form_max = options->form_max == 0 ? (size_t)1 << 20 : options->form_max;
    options->folder = options->folder == NULL ? "/tmp" : options->folder;
}

static enum err_code start(struct server *server, struct err *err)
{
    const struct server_options *options = &server->options;
    const struct pool_options workers = { .workers = options->workers,
        .queue = options->queue,
        .data = server,
        .open = open_worker,
        .run = run_job,
        .close = close_worker };
    struct addrinfo *found;
    enum err_code code = listen_address(options->address, options->port,
            server->secure || options->insecure, &found, err);

    if (code != ERR_OK)
        return code;
    if (server->secure) {
        code = listen_read_pem(options->tls_certificate, &server->arena, &server->certificate,
                err);
        if (code == ERR_OK)
            code = listen_read_pem(options->tls_key, &server->arena, &server->key, err);
    }
    if (code == ERR_OK)
        code = pool_start(&workers, &server->pool, err);
    if (code == ERR_OK)
        code = start_daemon(server, found, err);
    freeaddrinfo(found);
    return code;
}

enum err_code server_start(const struct server_options *options, struct server **ret_server,
        struct err *err)
{
    struct server *server = mem_alloc(sizeof(*server));
    pthread_condattr_t monotonic;
    enum err_code code;

    if (server == NULL)
        return err_memory(err);
    server->options = *options;
    server->secure = options->tls_certificate != NULL;
    server->lane = (struct lane)LANE_READY;
    set_defaults(&server->options);
    (void)pthread_mutex_init(&server->mutex, NULL);
    (void)pthread_condattr_init(&monotonic);
    (void)pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    (void)pthread_cond_init(&server->idle, &monotonic);
    (void)pthread_condattr_destroy(&monotonic);
    listen_raise_descriptors();
    code = start(server, err);
    if (code != ERR_OK) {
        server_stop(server);
        return code;
    }
    *ret_server = server;
    return ERR_OK;
}

int server_port(const struct server *server)
{
    return server->port;
}

/* Wait until everything asked was answered, or patience ends. */
static void drain(struct server *server)
{
    const struct timespec until = { .tv_sec = clock_monotonic() / 1000000000 + STOP_SECONDS };

    (void)pthread_mutex_lock(&server->mutex);
    server->stopping = true;
    while (server->in_flight != 0)
        if (pthread_cond_timedwait(&server->idle, &server->mutex, &until) == ETIMEDOUT)
            break;
    (void)pthread_mutex_unlock(&server->mutex);
}

void server_stop(struct server *server)
{
    if (server == NULL)
        return;
    if (server->daemon != NULL) {
        MHD_socket listener = MHD_quiesce_daemon(server->daemon);

        if (listener != MHD_INVALID_SOCKET)
            (void)close(listener);
        drain(server);
    }
    if (server->pool != NULL)
        pool_finish(server->pool);
    if (server->daemon != NULL)
        MHD_stop_daemon(server->daemon);
    pool_free(server->pool);
    (void)pthread_cond_destroy(&server->idle);
    (void)pthread_mutex_destroy(&server->mutex);
    arena_free(&server->arena);
    mem_free(server);
}
