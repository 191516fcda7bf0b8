/*
 * server: HTTP on a socket; the only user of libmicrohttpd.
 *
 * I/O threads read requests and send answers; workers, each with its own context (a database
 * connection), make them. A request waits for a worker in a bounded queue; when that is full
 * the answer is 503. docs/design/WEB.md tells the whole story.
 *
 * Without TLS only a loopback address is served, unless `insecure` is set.
 */
#ifndef WEB_SERVER_H
#define WEB_SERVER_H

#include "web/app.h"

struct server;

struct server_options {
    const struct app *app;
    const char *address;         /* numeric, or "localhost"; NULL is 127.0.0.1 */
    int port;                    /* 0: any free one */
    const char *tls_certificate; /* path of a PEM file; NULL: no TLS */
    const char *tls_key;
    bool insecure;
    size_t io_threads;  /* 0: 2 */
    size_t workers;     /* 0: 4 */
    size_t queue;       /* 0: 256 */
    unsigned timeout;   /* seconds a connection may be idle; 0: 30 */
    unsigned per_ip;    /* connections from one address; 0: 1000 */
    size_t form_max;    /* bytes of a form; 0: 1 MiB */
    const char *folder; /* for uploads; NULL: /tmp */
    int log;            /* descriptor of the access log; -1: none */

    /* A worker's context, given to handlers as request->worker; both may be NULL. */
    enum err_code (*worker_open)(void *data, void **ret_worker, struct err *err);
    void (*worker_close)(void *data, void *worker);
    void *worker_data;
};

/*
 * Begin to serve. ERR_USAGE (address), ERR_IO (port taken, TLS files), ERR_MEMORY, or what
 * worker_open says. *ret_server must be given to server_stop.
 */
MUST_USE enum err_code server_start(const struct server_options *options,
        struct server **ret_server, struct err *err);

/* The port served, also when 0 was asked for. */
int server_port(const struct server *server);

/*
 * Take no more connections, answer what was asked already (at most 10 seconds), end. Takes
 * NULL. Not to be called from a handler.
 */
void server_stop(struct server *server);

#endif
