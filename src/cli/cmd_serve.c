#include "cli/cmd_serve.h"

#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "cli/command.h"
#include "web/listen.h"
#include "web/program.h"

enum {
    ADDRESS_SIZE = 64,
    PORT_DEFAULT = 8080
};

struct place {
    char address[ADDRESS_SIZE];
    int port;
};

static enum err_code bad_place(const char *text, struct err *err)
{
    (void)err_set(err, ERR_USAGE, "\"%s\" is not a place to listen at", text);
    return err_hint(err, "Give an address and a port: --listen 127.0.0.1:8080");
}

/* "127.0.0.1:8080", "[::1]:8080", ":8080", "8080". */
static enum err_code read_place(const char *text, struct place *place, struct err *err)
{
    const char *colon = text == NULL ? NULL : strrchr(text, ':');
    const char *start = text;
    size_t n;
    int64_t port = PORT_DEFAULT;

    (void)text_copy(place->address, sizeof(place->address), "127.0.0.1");
    place->port = PORT_DEFAULT;
    if (text == NULL)
        return ERR_OK;
    if (!text_int(colon == NULL ? text : colon + 1, &port) || port < 0 || port > 65535)
        return bad_place(text, err);
    place->port = (int)port;
    n = colon == NULL ? 0 : (size_t)(colon - text);
    if (n > 1 && text[0] == '[' && text[n - 1] == ']') {
        start++;
        n -= 2;
    }
    if (n >= sizeof(place->address))
        return bad_place(text, err);
    if (n != 0) {
        memcpy(place->address, start, n);
        place->address[n] = '\0';
    }
    return ERR_OK;
}

static enum err_code check_tls(const struct serve *serve, struct err *err)
{
    if ((serve->cert == NULL) == (serve->key == NULL))
        return ERR_OK;
    (void)err_set(err, ERR_USAGE, "a certificate and its key are needed together");
    return err_hint(err, "Give both --cert FILE and --key FILE.");
}

static enum err_code say_ready(const struct serve *serve, const struct server *server,
        const struct place *place, struct err *err)
{
    bool six = strchr(place->address, ':') != NULL;
    char url[ADDRESS_SIZE + 32];

    (void)snprintf(url, sizeof(url), "%s://%s%s%s:%d", serve->cert == NULL ? "http" : "https",
            six ? "[" : "", place->address, six ? "]" : "", server_port(server));
    return serve->ready(serve->data, url, err);
}

static enum err_code run(const struct serve *serve, const struct place *place,
        struct program *program, struct err *err)
{
    struct server_options options = { .address = place->address,
        .port = place->port,
        .tls_certificate = serve->cert,
        .tls_key = serve->key,
        .insecure = serve->insecure,
        .log = STDERR_FILENO };
    struct server *server = NULL;
    enum err_code code = program_serve(program, &options, err);

    if (code == ERR_OK)
        code = server_start(&options, &server, err);
    if (code != ERR_OK)
        return code;
    code = say_ready(serve, server, place, err);
    if (code == ERR_OK)
        listen_wait();
    server_stop(server);
    return code;
}

/* One heap for each thread would keep what its largest request took: docs/design/LOAD.md. */
static void keep_memory_small(void)
{
    (void)mallopt(M_ARENA_MAX, 2);
    (void)mallopt(M_MMAP_THRESHOLD, 128 << 10);
    (void)mallopt(M_TRIM_THRESHOLD, 256 << 10);
}

enum err_code serve_run(const struct serve *serve, struct err *err)
{
    const struct program_options options = { .db = serve->db,
        .framework_folder = serve->frameworks,
        .today = serve->today,
        .notice = serve->notice };
    struct program *program = NULL;
    struct place place;
    enum err_code code = read_place(serve->listen, &place, err);

    keep_memory_small();
    if (code == ERR_OK)
        code = check_tls(serve, err);
    if (code == ERR_OK)
        code = program_make(&options, &program, err);
    if (code != ERR_OK)
        return code;
    listen_hold_signals();
    code = run(serve, &place, program, err);
    program_free(program);
    return code;
}

static enum err_code say_address(void *data, const char *url, struct err *err)
{
    const struct args *args = data;
    bool written = args->json ? printf("{\"url\":\"%s\"}\n", url) >= 0
                              : printf("Attain listens at %s\n", url) >= 0;

    if (!written || fflush(stdout) != 0)
        return err_set(err, ERR_IO, "the address could not be written");
    return ERR_OK;
}

int command_serve(const struct args *args, struct arena *arena, struct err *err)
{
    const char *db = args->db != NULL ? args->db : getenv("ATTAIN_DB");
    const char *frameworks =
            args->frameworks != NULL ? args->frameworks : getenv("ATTAIN_FRAMEWORKS");
    struct args copy = *args;
    const struct serve serve = {
        .db = text_empty(db) ? "attain.db" : db,
        .frameworks = text_empty(frameworks) ? NULL : frameworks,
        .listen = args_option(args, "listen"),
        .cert = args_option(args, "cert"),
        .key = args_option(args, "key"),
        .insecure = args_option(args, "insecure-http") != NULL,
        .today = args->today,
        .ready = say_address,
        .data = &copy,
    };

    (void)arena;
    return serve_run(&serve, err) == ERR_OK ? EXIT_DONE : -1;
}
