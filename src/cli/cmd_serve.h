/*
 * cmd_serve: the web server run from the command line, for `serve` and `demo`.
 */
#ifndef CLI_CMD_SERVE_H
#define CLI_CMD_SERVE_H

#include <stdbool.h>

#include "base/date.h"
#include "base/err.h"

struct serve {
    const char *db, *frameworks;
    const char *listen; /* "127.0.0.1:8080", "[::1]:0"; NULL: the default */
    const char *cert, *key;
    bool insecure;
    struct date today;  /* no date: the clock's */
    const char *notice; /* at the top of every page, or NULL */

    /* When it listens: the address ("http://127.0.0.1:8080"), for saying so. */
    enum err_code (*ready)(void *data, const char *url, struct err *err);
    void *data;
};

/* Serve until SIGTERM or SIGINT, then stop in order. */
MUST_USE enum err_code serve_run(const struct serve *serve, struct err *err);

#endif
