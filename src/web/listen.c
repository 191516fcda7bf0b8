#include "web/listen.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>

#include "base/buf.h"
#include "base/text.h"

static bool is_loopback(const struct sockaddr *address)
{
    if (address->sa_family == AF_INET) {
        struct sockaddr_in in;

        memcpy(&in, address, sizeof(in));
        return ntohl(in.sin_addr.s_addr) >> 24 == 127;
    }
    if (address->sa_family == AF_INET6) {
        struct sockaddr_in6 in6;

        memcpy(&in6, address, sizeof(in6));
        return IN6_IS_ADDR_LOOPBACK(&in6.sin6_addr);
    }
    return false;
}

enum err_code listen_address(const char *address, int number, bool others,
        struct addrinfo **ret_found, struct err *err)
{
    const struct addrinfo hints = { .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE,
        .ai_family = AF_UNSPEC,
        .ai_socktype = SOCK_STREAM };
    char port[8];

    if (address == NULL || text_eq(address, "localhost"))
        address = "127.0.0.1";
    if (number < 0 || number > 65535)
        return err_set(err, ERR_USAGE, "%d is not a port", number);
    (void)snprintf(port, sizeof(port), "%d", number);
    if (getaddrinfo(address, port, &hints, ret_found) != 0) {
        (void)err_set(err, ERR_USAGE, "\"%s\" is not an address of this machine", address);
        return err_hint(err, "Write it in numbers, such as 127.0.0.1.");
    }
    if (others || is_loopback((*ret_found)->ai_addr))
        return ERR_OK;
    freeaddrinfo(*ret_found);
    (void)err_set(err, ERR_USAGE, "%s can be reached by others, and there is no TLS", address);
    return err_hint(err,
            "Give a certificate and key, or put a TLS proxy in front and listen on "
            "127.0.0.1.");
}

enum err_code listen_read_pem(const char *path, struct arena *arena, char **ret_text,
        struct err *err)
{
    struct buf buf = buf_make(arena, (size_t)1 << 20);
    FILE *file = path == NULL ? NULL : fopen(path, "rb");
    char block[4096];
    const char *text;
    char *copy;
    enum err_code code;
    size_t n;

    if (file == NULL)
        return err_set(err, ERR_IO, "cannot read the TLS file %s", path == NULL ? "" : path);
    while ((n = fread(block, 1, sizeof(block), file)) > 0)
        buf_add_n(&buf, block, n);
    (void)fclose(file);
    code = buf_end(&buf, &text, NULL, err);
    if (code != ERR_OK)
        return code;
    copy = arena_text(arena, text);
    if (copy == NULL)
        return err_memory(err);
    *ret_text = copy;
    return ERR_OK;
}

void listen_raise_descriptors(void)
{
    struct rlimit limit;

    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= limit.rlim_max)
        return;
    limit.rlim_cur = limit.rlim_max;
    (void)setrlimit(RLIMIT_NOFILE, &limit);
}

void listen_hold_signals(void)
{
    sigset_t set;

    (void)signal(SIGPIPE, SIG_IGN);
    (void)sigemptyset(&set);
    (void)sigaddset(&set, SIGTERM);
    (void)sigaddset(&set, SIGINT);
    (void)pthread_sigmask(SIG_BLOCK, &set, NULL);
}

void listen_wait(void)
{
    sigset_t set;
    int which;

    (void)sigemptyset(&set);
    (void)sigaddset(&set, SIGTERM);
    (void)sigaddset(&set, SIGINT);
    while (sigwait(&set, &which) == EINTR)
        continue;
}
